//! Walks: the hops from a node, and the nodes of a scan.
//!
//! Both are read straight from what is packed, without a copy or a box: benchmarks hold them against the same walk written by hand.

use super::QueryGraph;
use super::slice::Slice;
use super::words::Label;
use crate::graph::{Candidates, Direction, Gate, Neighbour};
use crate::model::ActorId;
use crate::query::graph::{Graph, Hop, HopFilter, NodeId, RelId, SliceId, Toward, TypeSet};
use std::ops::Range;
use std::slice;

/// The hops of a slice from a node: those along rows of relations, then those of events and sources.
///
/// Toward `Out` the outgoing row comes first and then, of the incoming one, what is of a symmetric type; toward `In` the other way round.
#[derive(Debug)]
pub struct Hops<'a, 'g> {
    test: Test<'a, 'g>,
    first: Candidates<'g>,
    second: Candidates<'g>,
    /// Of the second row only these types; all for `None`.
    second_types: Option<&'a TypeSet>,
    node: ActorId,
    /// Boxed: seldom there, and large.
    links: Option<Box<LinkHops<'a, 'g>>>,
}

/// What a relation of a row must pass.
#[derive(Clone, Copy, Debug)]
struct Test<'a, 'g> {
    slice: &'a Slice<'g>,
    types: Option<&'a TypeSet>,
    /// What the slice asks of days; nothing where it leaves none out.
    is_whole: bool,
    /// What is asked of days besides.
    gate: Option<Gate<'g>>,
    /// The days that stand in the rows are those of the slice.
    is_plain: bool,
}

impl Test<'_, '_> {
    #[inline]
    fn keeps(&self, neighbour: &Neighbour) -> bool {
        self.types.is_none_or(|types| types.contains(neighbour.kind.index() as u32))
            && (self.is_whole || self.slice.has_neighbour(neighbour))
            && match (&self.gate, self.is_plain) {
                (None, _) => true,
                (Some(gate), true) => gate.passes(neighbour),
                (Some(gate), false) => gate.sieve().passes(&self.slice.view.extent(neighbour)),
            }
    }
}

impl Test<'_, '_> {
    /// Whether nothing but days decides, and those stand in the rows.
    fn asks_days_alone(&self) -> bool {
        self.types.is_none() && self.is_whole && self.is_plain
    }

    /// How many of some relations pass, the day test taken out of the loop where it is all there is.
    fn count<'n>(&self, neighbours: impl Iterator<Item = &'n Neighbour>) -> usize {
        match &self.gate {
            Some(gate) if self.asks_days_alone() => neighbours.filter(|n| gate.passes(n)).count(),
            _ => neighbours.filter(|n| self.keeps(n)).count(),
        }
    }
}

impl<'a, 'g> Hops<'a, 'g> {
    pub(super) fn new(graph: &'a QueryGraph<'g>, slice: SliceId, node: NodeId, filter: HopFilter<'a>) -> Self {
        let sliced = graph.sliced(slice);
        let links = filter
            .types
            .is_some_and(|types| types.reaches(graph.words.relation_types))
            .then(|| Box::new(LinkHops::new(graph, slice, node, filter)));
        let test = Test {
            slice: sliced,
            types: filter.types,
            is_whole: sliced.is_whole(),
            gate: filter.valid.map(|valid| Gate::new(graph.graph, valid.window, valid.reading)),
            is_plain: sliced.is_plain,
        };
        let actor = graph.actor_of(node);
        // The days that leave least to look at; what else is asked is asked of what they leave.
        let gate = test.gate.or_else(|| sliced.held_gate()).filter(|_| sliced.is_plain);
        let row = |direction| match actor {
            Some(actor) => graph.graph.candidates(actor, direction, gate.as_ref()),
            None => Candidates::default(),
        };
        let (outgoing, incoming) = (|| row(Direction::Outgoing), || row(Direction::Incoming));
        let symmetric = &graph.words.symmetric;
        let may_turn = filter.types.is_none_or(|types| types.intersects(symmetric));
        let (first, second, second_types) = match filter.toward {
            Toward::Either => (outgoing(), incoming(), None),
            Toward::Out => (outgoing(), if may_turn { incoming() } else { Candidates::default() }, Some(symmetric)),
            Toward::In => (incoming(), if may_turn { outgoing() } else { Candidates::default() }, Some(symmetric)),
        };
        Self { test, first, second, second_types, node: actor.unwrap_or(ActorId::new(0)), links }
    }
}

#[inline]
fn hop(neighbour: &Neighbour) -> Hop {
    Hop { relation: RelId(neighbour.relation.index() as u32), node: NodeId(neighbour.other.index() as u32) }
}

impl Iterator for Hops<'_, '_> {
    type Item = Hop;

    #[inline]
    fn next(&mut self) -> Option<Hop> {
        // Loops rather than `find`: the test is large, and a closure would be handed a copy of it.
        for neighbour in self.first.by_ref() {
            if self.test.keeps(neighbour) {
                return Some(hop(neighbour));
            }
        }
        for neighbour in self.second.by_ref() {
            if neighbour.other != self.node
                && self.second_types.is_none_or(|types| types.contains(neighbour.kind.index() as u32))
                && self.test.keeps(neighbour)
            {
                return Some(hop(neighbour));
            }
        }
        self.links.as_mut()?.next()
    }

    fn count(self) -> usize {
        let (test, node) = (&self.test, self.node);
        let second = self.second.filter(|n| n.other != node);
        let second = match self.second_types {
            None => test.count(second),
            Some(types) => test.count(second.filter(|n| types.contains(n.kind.index() as u32))),
        };
        test.count(self.first) + second + self.links.map_or(0, |links| links.count())
    }
}

/// The hops of events and sources.
#[derive(Debug)]
struct LinkHops<'a, 'g> {
    graph: &'a QueryGraph<'g>,
    slice: SliceId,
    filter: HopFilter<'a>,
    node: NodeId,
    outgoing: Range<u32>,
    incoming: slice::Iter<'a, u32>,
}

impl<'a, 'g> LinkHops<'a, 'g> {
    fn new(graph: &'a QueryGraph<'g>, slice: SliceId, node: NodeId, filter: HopFilter<'a>) -> Self {
        let links = graph.links();
        let outgoing = match node.0.checked_sub(graph.actor_count()) {
            Some(at) if filter.toward != Toward::In => links.from(at),
            _ => 0..0,
        };
        let incoming = if filter.toward == Toward::Out { &[] } else { links.to(node) };
        Self { graph, slice, filter, node, outgoing, incoming: incoming.iter() }
    }

    fn keeps(&self, number: u32) -> Option<Hop> {
        let link = self.graph.links().get(number)?;
        let relation = self.graph.link_id(number);
        let kept = self.filter.types.is_none_or(|types| types.contains(link.kind))
            && self.graph.has_relation(self.slice, relation)
            && self.filter.valid.is_none_or(|valid| {
                let held = self.graph.holds(self.slice, crate::query::graph::Entity::Relation(relation), valid.window);
                valid.reading.keeps(held)
            });
        let node = if link.start == self.node { link.end } else { link.start };
        kept.then_some(Hop { relation, node })
    }

    fn count(mut self) -> usize {
        std::iter::from_fn(|| self.next()).count()
    }

    #[cold]
    fn next(&mut self) -> Option<Hop> {
        while let Some(number) = self.outgoing.next() {
            if let Some(hop) = self.keeps(number) {
                return Some(hop);
            }
        }
        // A source that repeats itself was told on its way out.
        let told_loops = self.filter.toward == Toward::Either;
        while let Some(number) = self.incoming.next() {
            let is_loop = self.graph.links().get(*number).is_some_and(|link| link.start == link.end);
            if let Some(hop) = self.keeps(*number)
                && !(is_loop && told_loops)
            {
                return Some(hop);
            }
        }
        None
    }
}

/// The nodes of a slice, ascending.
#[derive(Debug)]
pub struct Nodes<'a, 'g> {
    graph: &'a QueryGraph<'g>,
    slice: SliceId,
    label: Option<&'a Label>,
    numbers: Range<u32>,
}

impl<'a, 'g> Nodes<'a, 'g> {
    pub(super) fn new(graph: &'a QueryGraph<'g>, slice: SliceId, label: Option<&'a Label>) -> Self {
        let (actors, events) = (graph.actor_count(), graph.actor_count() + graph.event_count());
        let numbers = label.map_or(0..graph.node_count(), |label| {
            let begin = match label {
                _ if label.actors.contains(&true) => 0,
                _ if label.events.contains(&true) => actors,
                _ => events,
            };
            let end = match label {
                _ if label.sources => graph.node_count(),
                _ if label.events.contains(&true) => events,
                _ => actors,
            };
            begin..end.max(begin)
        });
        Self { graph, slice, label, numbers }
    }
}

impl Iterator for Nodes<'_, '_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let (graph, slice, label) = (self.graph, self.slice, self.label);
        self.numbers
            .by_ref()
            .map(NodeId)
            .find(|node| label.is_none_or(|label| graph.carries(*node, label)) && graph.has_node(slice, *node))
    }
}
