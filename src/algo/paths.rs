//! Fewest steps from one actor to another.

use super::meeting::Meeting;
use petgraph::visit::{EdgeRef, IntoEdges, IntoNeighborsDirected, Visitable};
use std::collections::HashMap;
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

/// Returns how many steps two nodes lie apart, if at most `hops`. A node lies no step from itself.
///
/// # Complexity
/// O(V + E) of what lies within half the steps from either end, and of a bit for every node.
///
/// ```
/// use allegiance::algo::distance;
/// use petgraph::graph::DiGraph;
/// let graph = DiGraph::<(), ()>::from_edges([(0, 2), (2, 3), (3, 4)]);
/// assert_eq!(distance(&graph, 0.into(), 4.into(), 9), Some(3));
/// assert_eq!(distance(&graph, 4.into(), 0.into(), 9), None);
/// ```
#[must_use]
pub fn distance<G>(graph: G, from: G::NodeId, to: G::NodeId, hops: usize) -> Option<usize>
where
    G: IntoNeighborsDirected + Visitable,
    G::NodeId: Ord,
{
    Meeting::of(graph, from, to, hops).map(|meeting| meeting.hops())
}

/// Returns a path with the fewest steps, at most `hops`; of several, the one whose nodes come first in order of ids.
///
/// A node reaches itself in no step. In a wide window such a path need not respect time; [`super::earliest_journey`] does.
///
/// # Complexity
/// O(V + E log D), D being the largest degree, of what lies within half the steps from either end, and of a bit for every node.
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
    G: IntoEdges + IntoNeighborsDirected + Visitable,
    G::NodeId: Ord + Hash,
    G::EdgeId: Ord,
{
    all_shortest_paths(graph, from, to, hops, 1).pop()
}

/// Returns every path with the fewest steps, at most `hops`, in order of the ids of their nodes; no more than the first `count`.
///
/// There can be exponentially many, hence `count`.
///
/// # Complexity
/// O(V + E log D), D being the largest degree, of what lies within half the steps from either end, and of a bit for every node; O(steps · degree) for each path.
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
    G: IntoEdges + IntoNeighborsDirected + Visitable,
    G::NodeId: Ord + Hash,
    G::EdgeId: Ord,
{
    if count == 0 {
        return Vec::new();
    }
    let Some(meeting) = Meeting::of(graph, from, to, hops) else { return Vec::new() };
    // Every step from a node of a layer to one of the next belongs to a path, so that writing them down never runs into a dead end.
    let layers = meeting.layers(graph);
    // A node is in one layer only, so that its steps are those to the next.
    let mut onward: HashMap<G::NodeId, Steps<G::NodeId, G::EdgeId>> = HashMap::new();
    let mut paths = Vec::new();
    let (mut nodes, mut edges) = (vec![from], Vec::new());
    // For each node of the path, which of its steps comes next.
    let mut turns = vec![0];
    while let (Some(node), Some(turn)) = (nodes.last().copied(), turns.last_mut()) {
        let next = layers.get(nodes.len()).and_then(|layer| {
            let wanted = |(node, _): &(G::NodeId, G::EdgeId)| layer.binary_search(node).is_ok();
            let steps = onward.entry(node).or_insert_with(|| steps(graph, node).into_iter().filter(wanted).collect());
            steps.get(*turn).copied()
        });
        if let Some((neighbour, edge)) = next {
            *turn += 1;
            nodes.push(neighbour);
            edges.push(edge);
            turns.push(0);
            continue;
        }
        if nodes.len() == layers.len() {
            paths.push(Path { nodes: nodes.clone(), edges: edges.clone() });
            if paths.len() >= count {
                break;
            }
        }
        nodes.pop();
        edges.pop();
        turns.pop();
    }
    paths
}

/// Other nodes with the edges that lead there.
type Steps<N, E> = Vec<(N, E)>;

/// The other nodes one step away, ascending, each with the smallest edge that leads there.
fn steps<G>(graph: G, node: G::NodeId) -> Steps<G::NodeId, G::EdgeId>
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
