//! The temporal graph of a data set, as queries see it.
//!
//! Nodes are the actors, then the events, then the sources, each in id order; relations are those of the graph, then the links of `links`:
//! participations of events, and which source repeats which. A pattern without types means the graph's relations alone, since a chain
//! through an event is no chain of ties. `words` says what labels and types are called, `slice` what a scope lets a query see.
//!
//! Cheap to make: names, links and counts are gathered when first asked for.

mod facets;
mod hops;
mod links;
mod procedures;
mod properties;
mod slice;
mod words;

pub use hops::{Hops, Nodes};

use super::error::{Error, Kind, Result};
use super::graph::{
    Entity, Facet, Graph, HopFilter, KeyId, LabelId, NodeId, Owner, RelId, Schema, SliceId, Term, TypeSet,
};
use super::procedures as procedure_kinds;
use super::scope::Scope;
use super::value::{Map, Value};
use crate::graph::{Line, TemporalGraph, View};
use crate::model::{ActorId, EventId, RelationId, SourceId};
use crate::names::{Candidate, Index, NameError};
use crate::time::{Day, Extent, Holds, Window};
use links::{Link, Links};
use properties::Property;
use slice::Slice;
use std::sync::OnceLock;
use words::{Label, Words};

/// A [`TemporalGraph`] that queries run on.
///
/// The first slice is the whole: every record, whatever its dates and claims.
#[derive(Debug)]
pub struct QueryGraph<'g> {
    graph: &'g TemporalGraph,
    names: Index<'g>,
    words: Words,
    slices: Vec<Slice<'g>>,
    links: OnceLock<Links>,
    registers: OnceLock<Vec<&'g str>>,
    /// Actors and events by name, then by number.
    events_by_name: OnceLock<Vec<EventId>>,
    counts: OnceLock<Counts>,
}

/// How many of what, by kind.
#[derive(Debug)]
struct Counts {
    actors: Vec<usize>,
    events: Vec<usize>,
    relations: Vec<usize>,
}

/// What a node or relation is.
#[derive(Clone, Copy, Debug)]
enum Record {
    Actor(ActorId),
    Event(EventId),
    Source(SourceId),
    Relation(RelationId),
    Link(Link),
}

impl<'g> QueryGraph<'g> {
    /// The graph as queries see it.
    #[must_use]
    pub fn new(graph: &'g TemporalGraph) -> Self {
        Self {
            graph,
            names: Index::new(graph),
            words: Words::new(graph.vocabulary()),
            slices: vec![Slice::new(graph, &Scope::default())],
            links: OnceLock::new(),
            registers: OnceLock::new(),
            events_by_name: OnceLock::new(),
            counts: OnceLock::new(),
        }
    }

    /// The graph underneath.
    #[must_use]
    pub const fn graph(&self) -> &'g TemporalGraph {
        self.graph
    }

    /// The view underneath a slice: of all time and possible, where the slice has no valid time.
    #[must_use]
    pub fn view(&self, slice: SliceId) -> &View<'g> {
        &self.sliced(slice).view
    }

    /// The actor that a node is, if it is one.
    #[must_use]
    #[inline]
    pub fn actor_of(&self, node: NodeId) -> Option<ActorId> {
        (node.0 < self.actor_count()).then(|| ActorId::new(node.0 as usize))
    }

    /// The relation of the graph that a relation is; `None` for a link of an event or source.
    #[must_use]
    pub fn relation_of(&self, relation: RelId) -> Option<RelationId> {
        ((relation.0 as usize) < self.graph.relation_count()).then(|| RelationId::new(relation.0 as usize))
    }

    /// The labels: those of whole classes, kinds of actors and their groups, kinds of events.
    pub fn label_names(&self) -> impl Iterator<Item = &str> {
        self.words.labels.iter().map(|label| &*label.name)
    }

    /// The types that stand for themselves: those of relations, the roles in events, and the other links.
    pub fn type_names(&self) -> impl Iterator<Item = &str> {
        self.words.types.iter().map(|name| &**name)
    }

    /// The names that stand for several types.
    pub fn group_names(&self) -> impl Iterator<Item = &str> {
        self.words.group_names()
    }

    #[inline]
    fn sliced(&self, slice: SliceId) -> &Slice<'g> {
        &self.slices[slice.0 as usize]
    }

    #[inline]
    fn actor_count(&self) -> u32 {
        self.graph.actor_count() as u32
    }

    fn event_count(&self) -> u32 {
        self.graph.event_count() as u32
    }

    fn node_count(&self) -> u32 {
        self.actor_count() + self.event_count() + self.graph.sources().len() as u32
    }

    fn links(&self) -> &Links {
        self.links.get_or_init(|| Links::pack(self.graph, &self.words))
    }

    fn link_id(&self, number: u32) -> RelId {
        RelId(self.graph.relation_count() as u32 + number)
    }

    /// What a node or relation is; `None` for an id that is not of this graph.
    fn record(&self, entity: Entity) -> Option<Record> {
        match entity {
            Entity::Node(NodeId(number)) => {
                let (actors, events) = (self.actor_count(), self.actor_count() + self.event_count());
                match number {
                    _ if number < actors => Some(Record::Actor(ActorId::new(number as usize))),
                    _ if number < events => Some(Record::Event(EventId::new((number - actors) as usize))),
                    _ if number < self.node_count() => Some(Record::Source(SourceId::new((number - events) as usize))),
                    _ => None,
                }
            }
            Entity::Relation(RelId(number)) => match number.checked_sub(self.graph.relation_count() as u32) {
                None => Some(Record::Relation(RelationId::new(number as usize))),
                Some(link) => self.links().get(link).map(Record::Link),
            },
        }
    }

    fn carries(&self, node: NodeId, label: &Label) -> bool {
        match self.record(Entity::Node(node)) {
            Some(Record::Actor(id)) => label.actors.get(self.graph.kind_of(id).index()) == Some(&true),
            Some(Record::Event(id)) => label.events.get(self.graph.event(id).kind.index()) == Some(&true),
            Some(Record::Source(_)) => label.sources,
            _ => false,
        }
    }

    fn counts(&self) -> &Counts {
        self.counts.get_or_init(|| {
            let (graph, vocabulary) = (self.graph, self.graph.vocabulary());
            let mut counts = Counts {
                actors: vec![0; vocabulary.actor_kinds.len()],
                events: vec![0; vocabulary.event_kinds.len()],
                relations: vec![0; self.words.types.len()],
            };
            for id in (0..graph.actor_count()).map(ActorId::new) {
                if let Some(count) = counts.actors.get_mut(graph.kind_of(id).index()) {
                    *count += 1;
                }
            }
            for (kind, _) in vocabulary.types() {
                counts.relations[kind.index()] = graph.relation_count_of(kind);
            }
            for (_, event) in graph.events() {
                counts.events[event.kind.index()] += 1;
            }
            for link in self.links().all() {
                counts.relations[link.kind as usize] += 1;
            }
            counts
        })
    }

    fn events_by_name(&self) -> &[EventId] {
        self.events_by_name.get_or_init(|| {
            let mut all: Vec<EventId> = (0..self.graph.event_count()).map(EventId::new).collect();
            all.sort_unstable_by_key(|id| (&*self.graph.event(*id).name, *id));
            all
        })
    }
}

impl Schema for QueryGraph<'_> {
    fn label(&self, name: &str) -> Term<LabelId> {
        self.words.label(name)
    }

    fn relation_type(&self, name: &str) -> Term<TypeSet> {
        self.words.relation_type(name)
    }

    fn all_types(&self) -> TypeSet {
        TypeSet::of(0..self.words.relation_types)
    }

    fn key(&self, name: &str, owner: Owner) -> Term<KeyId> {
        self.find_key(name, owner)
    }

    fn count_nodes(&self, label: Option<LabelId>) -> usize {
        let Some(label) = label else { return self.node_count() as usize };
        match label {
            words::ACTOR => self.actor_count() as usize,
            words::EVENT => self.event_count() as usize,
            words::SOURCE => self.graph.sources().len(),
            label => {
                let Some(label) = self.words.labels.get(label.0 as usize) else { return 0 };
                let sum = |has: &[bool], counts: &[usize]| -> usize {
                    has.iter().zip(counts).filter(|(has, _)| **has).map(|(_, count)| count).sum()
                };
                let sources = if label.sources { self.graph.sources().len() } else { 0 };
                sum(&label.actors, &self.counts().actors) + sum(&label.events, &self.counts().events) + sources
            }
        }
    }

    fn count_relations(&self, types: Option<&TypeSet>) -> usize {
        match types {
            None => self.graph.relation_count(),
            Some(types) => types.iter().filter_map(|id| self.counts().relations.get(id as usize)).sum(),
        }
    }

    fn has_all_nodes(&self, slice: SliceId) -> bool {
        self.sliced(slice).is_whole()
    }

    fn can_seek(&self, key: KeyId) -> bool {
        properties::seekable(key).is_some()
    }
}

impl<'g> Graph for QueryGraph<'g> {
    type Hops<'a>
        = Hops<'a, 'g>
    where
        Self: 'a;

    type Nodes<'a>
        = Nodes<'a, 'g>
    where
        Self: 'a;

    fn slice(&mut self, scope: &Scope) -> Result<SliceId> {
        let at = self.slices.iter().position(|slice| slice.scope == *scope).unwrap_or_else(|| {
            self.slices.push(Slice::new(self.graph, scope));
            self.slices.len() - 1
        });
        Ok(SliceId(at as u32))
    }

    fn nodes<'a>(&'a self, slice: SliceId, label: Option<LabelId>) -> Nodes<'a, 'g> {
        Nodes::new(self, slice, label.and_then(|label| self.words.labels.get(label.0 as usize)))
    }

    fn has_node(&self, slice: SliceId, node: NodeId) -> bool {
        let slice = self.sliced(slice);
        match self.record(Entity::Node(node)) {
            Some(Record::Actor(id)) => slice.has_actor(id),
            Some(Record::Event(id)) => slice.has_event(id),
            Some(Record::Source(id)) => slice.has_source(id),
            _ => false,
        }
    }

    fn has_relation(&self, slice: SliceId, relation: RelId) -> bool {
        match self.record(Entity::Relation(relation)) {
            Some(Record::Relation(id)) => self.sliced(slice).has_relation(id),
            Some(Record::Link(link)) => self.has_node(slice, link.start) && self.has_node(slice, link.end),
            _ => false,
        }
    }

    fn seek(&self, slice: SliceId, key: KeyId, value: &Value) -> Vec<NodeId> {
        let Value::String(text) = value else { return Vec::new() };
        let (graph, actors, events) = (self.graph, self.actor_count(), self.event_count());
        let mut found: Vec<NodeId> = match properties::seekable(key) {
            Some(Property::Id) => [
                graph.actor_by_slug(text).map(|id| id.index() as u32),
                graph.event_by_slug(text).map(|id| actors + id.index() as u32),
                graph.source_by_slug(text).map(|id| actors + events + id.index() as u32),
            ]
            .into_iter()
            .flatten()
            .map(NodeId)
            .collect(),
            Some(_) => {
                let all = self.events_by_name();
                let name = |id: EventId| &*graph.event(id).name;
                let from = all.partition_point(|id| name(*id) < &**text);
                let named = all[from..].iter().copied().take_while(|id| name(*id) == &**text);
                let bearing = self.names.with_main_name(text).into_iter().map(|id| id.index() as u32);
                bearing.chain(named.map(|id| actors + id.index() as u32)).map(NodeId).collect()
            }
            None => Vec::new(),
        };
        found.retain(|node| self.has_node(slice, *node));
        found
    }

    fn hops<'a>(&'a self, slice: SliceId, node: NodeId, filter: HopFilter<'a>) -> Hops<'a, 'g> {
        Hops::new(self, slice, node, filter)
    }

    fn ends(&self, relation: RelId) -> (NodeId, NodeId) {
        match self.record(Entity::Relation(relation)) {
            Some(Record::Relation(id)) => {
                let (subject, object) = self.graph.ends(id);
                (NodeId(subject.index() as u32), NodeId(object.index() as u32))
            }
            Some(Record::Link(link)) => (link.start, link.end),
            // Ids come from this graph; one that does not joins nothing that is there.
            _ => (NodeId(u32::MAX), NodeId(u32::MAX)),
        }
    }

    fn type_of(&self, relation: RelId) -> u32 {
        match self.record(Entity::Relation(relation)) {
            Some(Record::Relation(id)) => self.graph.type_of(id).index() as u32,
            Some(Record::Link(link)) => link.kind,
            _ => u32::MAX,
        }
    }

    fn type_name(&self, id: u32) -> &str {
        self.words.types.get(id as usize).map_or("", |name| name)
    }

    fn is_symmetric(&self, id: u32) -> bool {
        self.words.symmetric.contains(id)
    }

    fn has_label(&self, node: NodeId, label: LabelId) -> bool {
        match (label, self.record(Entity::Node(node))) {
            (words::ACTOR, record) => matches!(record, Some(Record::Actor(_))),
            (words::EVENT, record) => matches!(record, Some(Record::Event(_))),
            (words::SOURCE, record) => matches!(record, Some(Record::Source(_))),
            _ => self.words.labels.get(label.0 as usize).is_some_and(|label| self.carries(node, label)),
        }
    }

    fn labels(&self, node: NodeId) -> Vec<&str> {
        let all = self.words.labels.iter().enumerate();
        all.filter(|(at, _)| self.has_label(node, LabelId(*at as u32))).map(|(_, label)| &*label.name).collect()
    }

    fn property(&self, slice: SliceId, entity: Entity, key: KeyId) -> Value {
        self.property_of_key(slice, entity, key)
    }

    fn property_by_name(&self, slice: SliceId, entity: Entity, name: &str) -> Value {
        self.property_of_name(slice, entity, name)
    }

    fn properties(&self, slice: SliceId, entity: Entity) -> Map {
        self.all_properties(slice, entity)
    }

    fn extent(&self, slice: SliceId, entity: Entity) -> Option<Extent> {
        match self.record(entity)? {
            Record::Actor(id) => Some(self.graph.life(id)),
            Record::Event(id) => Some(self.sliced(slice).event_extent(id).unwrap_or(Extent::NEVER)),
            Record::Source(_) => None,
            Record::Relation(id) => Some(self.sliced(slice).view.standing(id).extent()),
            Record::Link(link) => self.extent(slice, Entity::Node(link.start)),
        }
    }

    fn holds(&self, slice: SliceId, entity: Entity, window: Window) -> Holds {
        self.extent(slice, entity).map_or(Holds::Certain, |extent| extent.holds(window))
    }

    fn known_by(&self, slice: SliceId, entity: Entity, day: Day) -> Holds {
        self.is_known_by(slice, entity, day)
    }

    fn facet(&self, slice: SliceId, entity: Entity, facet: Facet) -> Value {
        self.facet_of(slice, entity, facet)
    }

    fn actor(&self, slice: SliceId, name: &str) -> Result<NodeId> {
        let slice = self.sliced(slice);
        // Without a date the last day the data speaks for decides between actors that bore a name in turn, as on the command line.
        let window = slice.scope.valid.map_or_else(
            || {
                let horizon = self.graph.horizon();
                Window::on(slice.scope.known_by.map_or(horizon, |day| day.min(horizon)))
            },
            |valid| valid.window,
        );
        match self.names.resolve(name, window) {
            Ok(resolved) => Ok(NodeId(resolved.actor.index() as u32)),
            Err(error) => Err(unresolved(&error)),
        }
    }

    fn call(&self, slice: SliceId, procedure: procedure_kinds::Kind, arguments: &[Value]) -> Result<Vec<Vec<Value>>> {
        self.run_procedure(slice, procedure, arguments)
    }

    fn horizon(&self) -> Option<Day> {
        Some(self.graph.horizon())
    }

    fn line(&self, slice: SliceId, node: NodeId) -> Vec<NodeId> {
        let Some(actor) = self.actor_of(node) else { return vec![node] };
        let line = Line::seen(&self.sliced(slice).view, actor);
        line.by_age(self.graph).into_iter().map(|id| NodeId(id.index() as u32)).collect()
    }
}

/// A name that is no one actor's, with those it may mean.
fn unresolved(error: &NameError) -> Box<Error> {
    match error {
        NameError::Empty => {
            Error::argument("EmptyName", "an actor's name is empty").help("give a name, an acronym or an id")
        }
        NameError::Ambiguous { text, candidates } => {
            let mut failure =
                Error::runtime(Kind::EntityNotFound, "AmbiguousActor", format!("`{text}` fits several actors"));
            let (listed, others) = Candidate::listed(candidates);
            for candidate in listed {
                let dates = candidate.valid.as_ref().map_or_else(String::new, |valid| format!(", so called {valid}"));
                failure = failure.help(format!("`{}`: {}{dates}", candidate.slug, candidate.label));
            }
            if others > 0 {
                failure = failure.help(format!(
                    "and {others} more; `MATCH (a:Actor {{name: $name}}) RETURN a.id` lists those of one name"
                ));
            }
            failure.help("name one by its id, or ask as of a date when the dates tell them apart")
        }
        NameError::Unknown { text, near } => {
            let failure = Error::runtime(
                Kind::EntityNotFound,
                "UnknownActor",
                format!("no actor of the data is called `{text}`"),
            );
            if near.is_empty() {
                return failure.help(
                    "`MATCH (a:Actor) WHERE toLower(a.name) CONTAINS 'part' RETURN a.name` looks for a part of a name",
                );
            }
            let names: Vec<String> = near
                .iter()
                .map(|near| match &near.name {
                    name if *name == near.label => format!("`{name}`"),
                    name => format!("`{name}` ({})", near.label),
                })
                .collect();
            failure.help(format!("nearest names: {}", names.join(", ")))
        }
    }
}
