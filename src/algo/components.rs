//! Actors tied together, whatever the way or there and back.

use petgraph::algo::kosaraju_scc;
use petgraph::unionfind::UnionFind;
use petgraph::visit::{
    EdgeRef, IntoEdgeReferences, IntoNeighborsDirected, IntoNodeIdentifiers, NodeCompactIndexable, Visitable,
};

/// Returns the sets of nodes that are tied together when the direction of edges is left aside.
///
/// Nodes ascend within a set; sets are ordered by their smallest node. A node without edges is a set of its own.
///
/// # Complexity
/// O((V + E) · α(V) + V log V), α being the inverse of Ackermann's function.
///
/// ```
/// use allegiance::algo::weak_components;
/// use petgraph::graph::DiGraph;
/// let graph = DiGraph::<(), ()>::from_edges([(1, 0), (1, 2), (4, 3)]);
/// let sets = weak_components(&graph);
/// assert_eq!(sets, [vec![0.into(), 1.into(), 2.into()], vec![3.into(), 4.into()]]);
/// ```
#[must_use]
pub fn weak_components<G>(graph: G) -> Vec<Vec<G::NodeId>>
where
    G: IntoNodeIdentifiers + IntoEdgeReferences + NodeCompactIndexable,
    G::NodeId: Ord,
{
    let mut sets = UnionFind::<usize>::new(graph.node_count());
    for edge in graph.edge_references() {
        sets.union(graph.to_index(edge.source()), graph.to_index(edge.target()));
    }
    let mut members = vec![Vec::new(); graph.node_count()];
    for node in graph.node_identifiers() {
        members[sets.find_mut(graph.to_index(node))].push(node);
    }
    ordered(members)
}

/// Returns the sets of nodes of which each can be reached from each, along the direction of edges.
///
/// Nodes ascend within a set; sets are ordered by their smallest node. A node on no cycle is a set of its own.
///
/// # Complexity
/// O(V log V + E). Nothing recurses, so deep graphs are safe.
///
/// Source: S. R. Kosaraju's algorithm, in petgraph's implementation (its Tarjan recurses and overflows the stack on deep graphs).
///
/// ```
/// use allegiance::algo::strong_components;
/// use petgraph::graph::DiGraph;
/// let graph = DiGraph::<(), ()>::from_edges([(0, 2), (2, 0), (2, 1)]);
/// assert_eq!(strong_components(&graph), [vec![0.into(), 2.into()], vec![1.into()]]);
/// ```
#[must_use]
pub fn strong_components<G>(graph: G) -> Vec<Vec<G::NodeId>>
where
    G: IntoNeighborsDirected + IntoNodeIdentifiers + Visitable,
    G::NodeId: Ord,
{
    ordered(kosaraju_scc(graph))
}

fn ordered<N: Ord>(mut sets: Vec<Vec<N>>) -> Vec<Vec<N>> {
    sets.retain(|set| !set.is_empty());
    for set in &mut sets {
        set.sort_unstable();
    }
    sets.sort_unstable();
    sets
}
