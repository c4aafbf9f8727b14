//! What a careful user would write by hand on `petgraph::Graph`.
//!
//! A directed graph with the days on its edges, walked both ways; no index beside it, so questions about all relations are scans.
//! Marks and bits for "each once" are kept from question to question, so that nothing is hashed.

use super::Peer;
use super::bidirectional::{Marks, hops};
use crate::plain;
use crate::question::TypeCount;
use ::petgraph::graph::{DiGraph, NodeIndex};
use ::petgraph::visit::EdgeRef;
use ::petgraph::{Incoming, Outgoing};
use anyhow::Result;
use fixedbitset::FixedBitSet;
use std::path::Path;

/// What is known of a relation: 16 bytes.
#[derive(Clone, Copy, Debug)]
struct Tie {
    start: i32,
    end: i32,
    eid: u32,
    kind: u16,
    polarity: i8,
}

impl Tie {
    const fn is_valid(&self, day: i32) -> bool {
        self.start <= day && day <= self.end
    }
}

/// A graph of ties, and room for marks.
#[derive(Debug)]
pub struct ByHand {
    graph: DiGraph<(), Tie>,
    marks: Marks,
    kinds: usize,
    ends: FixedBitSet,
}

impl ByHand {
    /// Reads a set.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn load(dir: &Path) -> Result<Self> {
        let edges = plain::edges(dir)?;
        let meta = edges.meta();
        let (actors, kinds) = (meta.n_actors as usize, usize::from(meta.n_types));
        let mut graph = DiGraph::with_capacity(actors, meta.n_edges as usize);
        for _ in 0..actors {
            graph.add_node(());
        }
        for edge in edges {
            let edge = edge?;
            let tie = Tie { start: edge.start, end: edge.end, eid: edge.eid, kind: edge.kind, polarity: edge.polarity };
            graph.add_edge(NodeIndex::new(edge.src as usize), NodeIndex::new(edge.dst as usize), tie);
        }
        Ok(Self { graph, marks: Marks::new(actors), kinds, ends: FixedBitSet::with_capacity(actors * kinds) })
    }
}

/// Ties of an actor both ways with the other end; one with itself comes twice.
fn ties(graph: &DiGraph<(), Tie>, actor: u32) -> impl Iterator<Item = (u32, &Tie)> {
    let actor = NodeIndex::new(actor as usize);
    let going_out = graph.edges_directed(actor, Outgoing).map(|edge| (edge.target().index() as u32, edge.weight()));
    let coming_in = graph.edges_directed(actor, Incoming).map(|edge| (edge.source().index() as u32, edge.weight()));
    going_out.chain(coming_in)
}

impl Peer for ByHand {
    fn rel_at(&mut self, actor: u32, day: i32) -> Result<Vec<u32>> {
        let node = NodeIndex::new(actor as usize);
        let mut found = Vec::new();
        for edge in self.graph.edges_directed(node, Outgoing) {
            if edge.weight().is_valid(day) {
                found.push(edge.weight().eid);
            }
        }
        for edge in self.graph.edges_directed(node, Incoming) {
            if edge.weight().is_valid(day) && edge.source() != node {
                found.push(edge.weight().eid);
            }
        }
        Ok(found)
    }

    fn allies(&mut self, actor: u32, day: i32) -> Result<Vec<u32>> {
        let (graph, marks) = (&self.graph, &mut self.marks);
        let mark = marks.fresh();
        let mut enemies = Vec::new();
        for (other, tie) in ties(graph, actor) {
            if tie.polarity < 0 && tie.is_valid(day) && marks.put(other, mark) {
                enemies.push(other);
            }
        }
        let mark = marks.fresh();
        marks.put(actor, mark);
        let mut allies = Vec::new();
        for enemy in enemies {
            for (other, tie) in ties(graph, enemy) {
                if tie.polarity > 0 && tie.is_valid(day) && marks.put(other, mark) {
                    allies.push(other);
                }
            }
        }
        Ok(allies)
    }

    fn path(&mut self, from: u32, to: u32, day: i32) -> Result<Option<u32>> {
        let graph = &self.graph;
        hops(&mut self.marks, from, to, |actor, around| {
            around.extend(ties(graph, actor).filter(|(_, tie)| tie.is_valid(day)).map(|(other, _)| other));
            Ok(())
        })
    }

    fn changed(&mut self, after: i32, upto: i32) -> Result<Vec<u32>> {
        let ties = self.graph.raw_edges().iter().map(|edge| &edge.weight);
        let has_changed = |tie: &&Tie| (after < tie.start && tie.start <= upto) || (after <= tie.end && tie.end < upto);
        Ok(ties.filter(has_changed).map(|tie| tie.eid).collect())
    }

    fn aggr(&mut self, day: i32) -> Result<Vec<TypeCount>> {
        let mut counts: Vec<TypeCount> =
            (0..self.kinds).map(|kind| TypeCount { kind: kind as u16, relations: 0, actors: 0 }).collect();
        self.ends.clear();
        let actors = self.graph.node_count();
        for edge in self.graph.raw_edges().iter().filter(|edge| edge.weight.is_valid(day)) {
            let kind = usize::from(edge.weight.kind);
            let count = &mut counts[kind];
            count.relations += 1;
            for end in [edge.source(), edge.target()] {
                count.actors += u32::from(!self.ends.put(kind * actors + end.index()));
            }
        }
        counts.retain(|count| count.relations > 0);
        Ok(counts)
    }
}
