//! Relations that are not in the graph's rows: who took part in an event, where it was, and which source repeats which.
//!
//! Packed on first use, as most queries never ask for them.

use super::words::Words;
use crate::graph::TemporalGraph;
use crate::query::graph::NodeId;
use std::ops::Range;

/// From an event to an actor, or from a source to a source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) start: NodeId,
    pub(super) end: NodeId,
    /// Its type.
    pub(super) kind: u32,
}

/// All links, by start and then in the order written; and for each node those that lead to it.
#[derive(Debug)]
pub(super) struct Links {
    all: Vec<Link>,
    /// Where the links from each event and source begin.
    starts: Vec<u32>,
    /// Where the links to each node begin in `incoming`.
    incoming_starts: Vec<u32>,
    incoming: Vec<u32>,
}

impl Links {
    /// Packs the links of a graph whose nodes are actors, events, sources in this order.
    pub(super) fn pack(graph: &TemporalGraph, words: &Words) -> Self {
        let (actors, events) = (graph.actors().len() as u32, graph.events().len() as u32);
        let nodes = actors + events + graph.sources().len() as u32;
        let (mut all, mut starts) = (Vec::new(), vec![0]);
        for (id, event) in graph.events() {
            let start = NodeId(actors + id.index() as u32);
            let to = |actor: crate::model::ActorId, kind| Link { start, end: NodeId(actor.index() as u32), kind };
            all.extend(event.participants.iter().map(|p| to(p.actor, words.relation_types + p.role.index() as u32)));
            all.extend(event.place.map(|place| to(place, words.in_place())));
            starts.push(all.len() as u32);
        }
        for (id, source) in graph.sources() {
            let node = |id: crate::model::SourceId| NodeId(actors + events + id.index() as u32);
            let kind = words.derived_from();
            all.extend(source.derived_from.iter().map(|end| Link { start: node(id), end: node(*end), kind }));
            starts.push(all.len() as u32);
        }
        let mut incoming: Vec<u32> = (0..all.len() as u32).collect();
        incoming.sort_by_key(|link| all[*link as usize].end);
        let mut incoming_starts = vec![0u32; nodes as usize + 1];
        for link in &all {
            incoming_starts[link.end.0 as usize + 1] += 1;
        }
        for node in 1..incoming_starts.len() {
            incoming_starts[node] += incoming_starts[node - 1];
        }
        Self { all, starts, incoming_starts, incoming }
    }

    pub(super) fn get(&self, number: u32) -> Option<Link> {
        self.all.get(number as usize).copied()
    }

    pub(super) fn all(&self) -> &[Link] {
        &self.all
    }

    /// The numbers of the links from an event or source, counted together from 0.
    pub(super) fn from(&self, event_or_source: u32) -> Range<u32> {
        let at = event_or_source as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => *from..*to,
            _ => 0..0,
        }
    }

    /// The numbers of the links to a node.
    pub(super) fn to(&self, node: NodeId) -> &[u32] {
        let at = node.0 as usize;
        match (self.incoming_starts.get(at), self.incoming_starts.get(at + 1)) {
            (Some(from), Some(to)) => &self.incoming[*from as usize..*to as usize],
            _ => &[],
        }
    }
}
