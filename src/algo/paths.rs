//! Fewest steps from one actor to another.

use petgraph::visit::{EdgeRef, IntoEdges};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

/// A way from node to node that visits none twice: its nodes from first to last, and the edges between them, one fewer.
///
/// Paths are told apart by their nodes. Of several edges between two nodes, the one given is the cheapest where there are costs,
/// and among equals the smallest; the graph knows the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path<N, E> {
    /// The nodes, first to last; at least one.
    pub nodes: Vec<N>,
    /// The edge from each node to the next.
    pub edges: Vec<E>,
}

impl<N, E> Path<N, E> {
    /// How many steps it has.
    #[must_use]
    pub fn hops(&self) -> usize {
        self.edges.len()
    }
}

/// Returns a path with the fewest steps, at most `hops`; of several, the one whose nodes come first in order of ids.
///
/// A node reaches itself in no step. In a wide window such a path need not respect time; [`super::earliest_journey`] does.
///
/// # Complexity
/// O(V + E log D), D being the largest degree, of the part within `hops` steps.
///
/// ```
/// use allegiance::algo::shortest_path;
/// use petgraph::graph::DiGraph;
/// let graph = DiGraph::<(), ()>::from_edges([(0, 2), (2, 3), (0, 1), (1, 3), (3, 4)]);
/// assert_eq!(shortest_path(&graph, 0.into(), 4.into(), 9).unwrap().nodes, [0, 1, 3, 4].map(Into::into));
/// assert_eq!(shortest_path(&graph, 0.into(), 4.into(), 2), None);
/// ```
#[must_use]
pub fn shortest_path<G>(graph: G, from: G::NodeId, to: G::NodeId, hops: usize) -> Option<Path<G::NodeId, G::EdgeId>>
where
    G: IntoEdges,
    G::NodeId: Ord + Hash,
    G::EdgeId: Ord,
{
    // Breadth first, with layers and neighbours in ascending order: each node is then first met by the smallest of its
    // shortest paths, since the layers before it are in the order of theirs.
    let mut came_from = HashMap::from([(from, None)]);
    let mut layer = vec![from];
    for _ in 0..hops {
        if layer.is_empty() || came_from.contains_key(&to) {
            break;
        }
        let mut next = Vec::new();
        for node in layer {
            for (neighbour, edge) in steps(graph, node) {
                came_from.entry(neighbour).or_insert_with(|| {
                    next.push(neighbour);
                    Some((node, edge))
                });
            }
        }
        layer = next;
    }
    let (mut nodes, mut edges) = (vec![to], Vec::new());
    let mut last = came_from.get(&to)?;
    while let Some((node, edge)) = last {
        nodes.push(*node);
        edges.push(*edge);
        last = &came_from[node];
    }
    nodes.reverse();
    edges.reverse();
    Some(Path { nodes, edges })
}

/// Returns every path with the fewest steps, at most `hops`, in order of the ids of their nodes; no more than the first `count`.
///
/// There can be exponentially many, hence `count`.
///
/// # Complexity
/// O((V + E) log V) for the part within `hops` steps, and O(steps · degree) for each path.
///
/// ```
/// use allegiance::algo::all_shortest_paths;
/// use petgraph::graph::DiGraph;
/// let graph = DiGraph::<(), ()>::from_edges([(0, 2), (2, 3), (0, 1), (1, 3), (0, 4), (4, 5), (5, 3)]);
/// let paths = all_shortest_paths(&graph, 0.into(), 3.into(), 9, 10);
/// assert_eq!(paths.len(), 2);
/// assert_eq!(paths[0].nodes, [0, 1, 3].map(Into::into));
/// assert_eq!(paths[1].nodes, [0, 2, 3].map(Into::into));
/// ```
#[must_use]
pub fn all_shortest_paths<G>(
    graph: G,
    from: G::NodeId,
    to: G::NodeId,
    hops: usize,
    count: usize,
) -> Vec<Path<G::NodeId, G::EdgeId>>
where
    G: IntoEdges,
    G::NodeId: Ord + Hash,
    G::EdgeId: Ord,
{
    // Forward by layers, keeping every step from a layer to the next …
    let mut met = HashSet::from([from]);
    let mut layers: Vec<Onward<G::NodeId, G::EdgeId>> = Vec::new();
    let mut layer = vec![from];
    while !met.contains(&to) {
        if layers.len() == hops || layer.is_empty() {
            return Vec::new();
        }
        let onward: Onward<_, _> = layer
            .iter()
            .map(|node| (*node, steps(graph, *node).into_iter().filter(|(n, _)| !met.contains(n)).collect()))
            .collect();
        layer = onward.values().flatten().map(|(node, _)| *node).collect();
        layer.sort_unstable();
        layer.dedup();
        met.extend(&layer);
        layers.push(onward);
    }
    // … then backward, dropping the steps that do not lead to the end …
    let mut wanted = HashSet::from([to]);
    for onward in layers.iter_mut().rev() {
        onward.retain(|_, steps| {
            steps.retain(|(node, _)| wanted.contains(node));
            !steps.is_empty()
        });
        wanted = onward.keys().copied().collect();
    }
    // … so that every step left belongs to a path, and writing them down never runs into a dead end.
    let mut paths = Vec::new();
    let (mut nodes, mut edges) = (vec![from], Vec::new());
    let mut turns: Vec<std::slice::Iter<'_, _>> = Vec::new();
    while paths.len() < count {
        if nodes.len() > layers.len() {
            paths.push(Path { nodes: nodes.clone(), edges: edges.clone() });
        } else if turns.len() < nodes.len() {
            turns.push(layers[nodes.len() - 1][&nodes[nodes.len() - 1]].iter());
        }
        // Take the next turn at the deepest place that has one left.
        let turn = loop {
            nodes.truncate(turns.len());
            edges.truncate(turns.len().saturating_sub(1));
            match turns.last_mut().map(Iterator::next) {
                Some(Some(turn)) => break turn,
                Some(None) => turns.pop(),
                None => return paths,
            };
        };
        nodes.push(turn.0);
        edges.push(turn.1);
    }
    paths
}

/// For each node of a layer the steps to the next layer, ascending.
type Onward<N, E> = BTreeMap<N, Vec<(N, E)>>;

/// The other nodes one step away, ascending, each with the smallest edge that leads there.
fn steps<G>(graph: G, node: G::NodeId) -> Vec<(G::NodeId, G::EdgeId)>
where
    G: IntoEdges,
    G::NodeId: Ord,
    G::EdgeId: Ord,
{
    let mut steps: Vec<_> =
        graph.edges(node).map(|edge| (edge.target(), edge.id())).filter(|(n, _)| *n != node).collect();
    steps.sort_unstable();
    steps.dedup_by_key(|(neighbour, _)| *neighbour);
    steps
}
