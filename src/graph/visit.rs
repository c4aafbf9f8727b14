//! petgraph's visit traits for views: `&View` can be walked wherever petgraph takes `&Graph`.
//!
//! ```
//! use allegiance::graph::Builder;
//! use allegiance::time::{Day, Reading};
//! use petgraph::algo::kosaraju_scc;
//!
//! let graph = Builder::default().build();
//! let view = graph.on(Day::new(0), Reading::Certain).undirected();
//! assert!(kosaraju_scc(&view).is_empty());
//! ```
//!
//! Four things keep the algorithms right, each of them learnt from one that went wrong:
//!
//! * `NodeIndexable` hands out *ranks* without holes, since several algorithms size tables by `node_count` and index them by
//!   `to_index`; with holes petgraph's `k_shortest_path` panics and its `page_rank` is silently wrong.
//! * Iterators over actors have exact size hints: `articulation_points` sizes its tables by them.
//! * Every end of a present relation is itself present: rows are clipped to the lives of both ends when packed, and lineage, which joins
//!   lives that need not overlap and is not clipped, is left out while an end is absent.
//! * A relation of an actor with itself is told once, also when read from both ends.
//!
//! What petgraph does not check: an absent start is accepted quietly by most walks and makes those over indices panic. Ask
//! [`View::contains`] of every actor that a person named.
//!
//! Prefer `kosaraju_scc` to `tarjan_scc`, which recurses and overflows the stack on deep graphs, and [`crate::algo`]'s page rank and
//! k shortest paths to petgraph's (there the former strays from the textbook, and the latter yields costs of walks).
//!
//! All implementations are in this one file ([`super::Weighed`] adapts them), as petgraph's next release moves these traits.
//! Deliberately absent: `EdgeIndexable`, which only flow algorithms ask for; those take a copy, see [`View::to_graph`].

use super::{Candidates, Directed, Directedness, Neighbour, RelationRef, Undirected, View};
use crate::model::{Actor, ActorId, Relation, RelationId};
use fixedbitset::FixedBitSet;
use petgraph::data::DataMap;
use petgraph::graph::{Graph, NodeIndex};
use petgraph::visit::{
    Data, EdgeCount, EdgeRef, GetAdjacencyMatrix, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges,
    IntoEdgesDirected, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences,
    NodeCompactIndexable, NodeCount, NodeIndexable, VisitMap, Visitable,
};
use petgraph::{Direction, EdgeType};
use std::{iter, slice};

/// What petgraph calls a view's directedness.
pub trait EdgeKind {
    /// `petgraph::Directed` or `petgraph::Undirected`.
    type EdgeType: EdgeType;
}

impl EdgeKind for Directed {
    type EdgeType = petgraph::Directed;
}
impl EdgeKind for Undirected {
    type EdgeType = petgraph::Undirected;
}

/// A set of visited actors, one bit for each; grows when asked about actors beyond its size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visited(FixedBitSet);

impl VisitMap<ActorId> for Visited {
    fn visit(&mut self, actor: ActorId) -> bool {
        self.0.grow(actor.index() + 1);
        !self.0.put(actor.index())
    }

    fn is_visited(&self, actor: &ActorId) -> bool {
        self.0.contains(actor.index())
    }

    fn unvisit(&mut self, actor: ActorId) -> bool {
        let was = self.is_visited(&actor);
        if was {
            self.0.remove(actor.index());
        }
        was
    }
}

/// The present relations at one actor, as its rows tell them.
#[derive(Clone, Debug)]
struct Walk<'a, 'g, Ty> {
    view: &'a View<'g, Ty>,
    actor: ActorId,
    first: Candidates<'g>,
    /// The incoming row of an undirected walk, whose loops `first` has told already; empty in a directed one.
    second: Candidates<'g>,
}

impl<'a, 'g, Ty: Directedness> Walk<'a, 'g, Ty> {
    fn new(view: &'a View<'g, Ty>, actor: ActorId, direction: Direction) -> Self {
        let outgoing = || view.candidates(actor, super::Direction::Outgoing);
        let incoming = || view.candidates(actor, super::Direction::Incoming);
        let (first, second) = match direction {
            _ if !Ty::IS_DIRECTED => (outgoing(), incoming()),
            Direction::Outgoing => (outgoing(), Candidates::default()),
            Direction::Incoming => (incoming(), Candidates::default()),
        };
        Self { view, actor, first, second }
    }
}

impl<'g, Ty: Directedness> Iterator for Walk<'_, 'g, Ty> {
    type Item = &'g Neighbour;

    fn next(&mut self) -> Option<Self::Item> {
        let (view, actor) = (self.view, self.actor);
        self.first
            .find(|n| view.keeps_neighbour(n))
            .or_else(|| self.second.find(|n| n.other != actor && view.keeps_neighbour(n)))
    }
}

/// The other ends of the present relations at an actor, once for each relation, by (other end, relation); in an undirected
/// view those of outgoing relations first.
#[derive(Clone, Debug)]
pub struct Neighbours<'a, 'g, Ty>(Walk<'a, 'g, Ty>);

impl<Ty: Directedness> Iterator for Neighbours<'_, '_, Ty> {
    type Item = ActorId;

    fn next(&mut self) -> Option<ActorId> {
        self.0.next().map(|n| n.other)
    }
}

/// The present relations at an actor, in the order of [`Neighbours`].
#[derive(Clone, Debug)]
pub struct Edges<'a, 'g, Ty> {
    walk: Walk<'a, 'g, Ty>,
    direction: Direction,
}

impl<'g, Ty: Directedness> Iterator for Edges<'_, 'g, Ty> {
    type Item = RelationRef<'g>;

    fn next(&mut self) -> Option<RelationRef<'g>> {
        let neighbour = self.walk.next()?;
        let (source, target) = match self.direction {
            Direction::Outgoing => (self.walk.actor, neighbour.other),
            Direction::Incoming => (neighbour.other, self.walk.actor),
        };
        let id = neighbour.relation;
        Some(RelationRef { id, source, target, graph: self.walk.view.graph })
    }
}

/// Every present relation once, from subject to object, by (subject, object, relation).
///
/// Walks the packed rows rather than the records, since the rows hold all that decides and lie in one run of memory.
#[derive(Clone, Debug)]
pub struct EdgeReferences<'a, 'g, Ty> {
    view: &'a View<'g, Ty>,
    subject: usize,
    row: Candidates<'g>,
}

impl<'g, Ty: Directedness> Iterator for EdgeReferences<'_, 'g, Ty> {
    type Item = RelationRef<'g>;

    fn next(&mut self) -> Option<RelationRef<'g>> {
        let (view, graph) = (self.view, self.view.graph);
        loop {
            if let Some(neighbour) = self.row.find(|n| view.keeps_neighbour(n)) {
                let (id, source) = (neighbour.relation, ActorId::new(self.subject));
                return Some(RelationRef { id, source, target: neighbour.other, graph });
            }
            if self.subject + 1 >= graph.actor_count() {
                return None;
            }
            self.subject += 1;
            self.row = view.candidates(ActorId::new(self.subject), super::Direction::Outgoing);
        }
    }
}

/// Every present actor with its record, in id order.
#[derive(Clone, Debug)]
pub struct NodeReferences<'a, 'g, Ty> {
    view: &'a View<'g, Ty>,
    present: slice::Iter<'a, ActorId>,
}

impl<'g, Ty> Iterator for NodeReferences<'_, 'g, Ty> {
    type Item = (ActorId, &'g Actor);

    fn next(&mut self) -> Option<Self::Item> {
        self.present.next().map(|id| (*id, self.view.graph.actor(*id)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.present.size_hint()
    }
}

impl<Ty> ExactSizeIterator for NodeReferences<'_, '_, Ty> {}

impl EdgeRef for RelationRef<'_> {
    type NodeId = ActorId;
    type EdgeId = RelationId;
    type Weight = Relation;

    fn source(&self) -> ActorId {
        self.source
    }
    fn target(&self) -> ActorId {
        self.target
    }
    fn weight(&self) -> &Relation {
        self.relation()
    }
    fn id(&self) -> RelationId {
        self.id
    }
}

impl<Ty> GraphBase for View<'_, Ty> {
    type NodeId = ActorId;
    type EdgeId = RelationId;
}

impl<Ty> Data for View<'_, Ty> {
    type NodeWeight = Actor;
    type EdgeWeight = Relation;
}

impl<Ty: Directedness> DataMap for View<'_, Ty> {
    fn node_weight(&self, id: ActorId) -> Option<&Actor> {
        self.contains(id).then(|| self.graph.actor(id))
    }
    fn edge_weight(&self, id: RelationId) -> Option<&Relation> {
        self.contains_relation(id).then(|| self.graph.relation(id))
    }
}

impl<Ty: Directedness> GraphProp for View<'_, Ty> {
    type EdgeType = Ty::EdgeType;
}

impl<Ty: Directedness> NodeCount for View<'_, Ty> {
    fn node_count(&self) -> usize {
        self.ranks().present.len()
    }
}

impl<Ty: Directedness> EdgeCount for View<'_, Ty> {
    fn edge_count(&self) -> usize {
        self.ranks().relations
    }
}

impl<Ty: Directedness> NodeIndexable for View<'_, Ty> {
    fn node_bound(&self) -> usize {
        self.ranks().present.len()
    }

    /// The actor's place among the present ones.
    ///
    /// # Panics
    /// When the actor is not present: the trait leaves no other way to say so.
    fn to_index(&self, actor: ActorId) -> usize {
        let rank = self.rank(actor);
        rank.expect("only present actors have a rank; ask `View::contains` before walking from an actor")
    }

    fn from_index(&self, rank: usize) -> ActorId {
        self.ranks().present[rank]
    }
}

impl<Ty: Directedness> NodeCompactIndexable for View<'_, Ty> {}

impl<Ty: Directedness> Visitable for View<'_, Ty> {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(FixedBitSet::with_capacity(self.graph.actor_count()))
    }
    fn reset_map(&self, map: &mut Visited) {
        map.0.clear();
        map.0.grow(self.graph.actor_count());
    }
}

impl<Ty: Directedness> GetAdjacencyMatrix for View<'_, Ty> {
    /// A square of bits by rank: n² bits for n present actors.
    type AdjMatrix = FixedBitSet;

    fn adjacency_matrix(&self) -> FixedBitSet {
        let count = self.node_count();
        let mut matrix = FixedBitSet::with_capacity(count * count);
        for edge in self.edge_references() {
            let (a, b) = (self.to_index(edge.source), self.to_index(edge.target));
            matrix.insert(a * count + b);
            if !Ty::IS_DIRECTED {
                matrix.insert(b * count + a);
            }
        }
        matrix
    }

    fn is_adjacent(&self, matrix: &FixedBitSet, a: ActorId, b: ActorId) -> bool {
        match (self.rank(a), self.rank(b)) {
            (Some(a), Some(b)) => matrix.contains(a * self.node_count() + b),
            _ => false,
        }
    }
}

impl<'a, 'g, Ty: Directedness> IntoNeighbors for &'a View<'g, Ty> {
    type Neighbors = Neighbours<'a, 'g, Ty>;

    fn neighbors(self, actor: ActorId) -> Self::Neighbors {
        self.neighbors_directed(actor, Direction::Outgoing)
    }
}

impl<'a, 'g, Ty: Directedness> IntoNeighborsDirected for &'a View<'g, Ty> {
    type NeighborsDirected = Neighbours<'a, 'g, Ty>;

    fn neighbors_directed(self, actor: ActorId, direction: Direction) -> Self::NeighborsDirected {
        Neighbours(Walk::new(self, actor, direction))
    }
}

impl<'a, 'g, Ty: Directedness> IntoEdgeReferences for &'a View<'g, Ty> {
    type EdgeRef = RelationRef<'g>;
    type EdgeReferences = EdgeReferences<'a, 'g, Ty>;

    fn edge_references(self) -> Self::EdgeReferences {
        EdgeReferences { view: self, subject: 0, row: self.candidates(ActorId::new(0), super::Direction::Outgoing) }
    }
}

impl<'a, 'g, Ty: Directedness> IntoEdges for &'a View<'g, Ty> {
    type Edges = Edges<'a, 'g, Ty>;

    fn edges(self, actor: ActorId) -> Self::Edges {
        self.edges_directed(actor, Direction::Outgoing)
    }
}

impl<'a, 'g, Ty: Directedness> IntoEdgesDirected for &'a View<'g, Ty> {
    type EdgesDirected = Edges<'a, 'g, Ty>;

    fn edges_directed(self, actor: ActorId, direction: Direction) -> Self::EdgesDirected {
        Edges { walk: Walk::new(self, actor, direction), direction }
    }
}

impl<'a, Ty: Directedness> IntoNodeIdentifiers for &'a View<'_, Ty> {
    type NodeIdentifiers = iter::Copied<slice::Iter<'a, ActorId>>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        self.ranks().present.iter().copied()
    }
}

impl<'a, 'g, Ty: Directedness> IntoNodeReferences for &'a View<'g, Ty> {
    type NodeRef = (ActorId, &'g Actor);
    type NodeReferences = NodeReferences<'a, 'g, Ty>;

    fn node_references(self) -> Self::NodeReferences {
        NodeReferences { view: self, present: self.ranks().present.iter() }
    }
}

impl<Ty: Directedness> View<'_, Ty> {
    /// Copies the slice into a petgraph `Graph` of ids, for the few algorithms and exporters that insist on one.
    ///
    /// Nodes are in id order, so that `NodeIndex` is the actor's rank in this view; edges are in id order.
    ///
    /// # Complexity
    /// O(actors + relations) of the whole graph, time and memory; whoever can walk the view should.
    ///
    /// ```
    /// use allegiance::{graph::Builder, time::{Day, Reading}};
    /// let graph = Builder::default().build();
    /// let copy = graph.on(Day::new(0), Reading::Possible).to_graph();
    /// assert_eq!((copy.node_count(), copy.is_directed()), (0, true));
    /// ```
    #[must_use]
    pub fn to_graph(&self) -> Graph<ActorId, RelationId, Ty::EdgeType> {
        let mut copy = Graph::with_capacity(self.node_count(), self.edge_count());
        for actor in self.node_identifiers() {
            copy.add_node(actor);
        }
        for id in self.relations() {
            let (subject, object) = self.graph.ends(id);
            let end = |actor| NodeIndex::new(self.to_index(actor));
            copy.add_edge(end(subject), end(object), id);
        }
        copy
    }

    /// The actor's place among the present ones; `None` when it is not present.
    fn rank(&self, actor: ActorId) -> Option<usize> {
        let rank = self.ranks().ranks.get(actor.index()).copied();
        rank.filter(|rank| *rank != u32::MAX).map(|rank| rank as usize)
    }
}
