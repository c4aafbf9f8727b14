//! The cheapest ways from one actor to another, one after the other.

use super::Path;
use petgraph::visit::{EdgeRef, IntoEdges};
use std::collections::{BTreeSet, HashSet};
use std::hash::Hash;

/// A path with what its edges cost together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CostedPath<N, E> {
    /// The sum of the costs of its edges, in the unit of the costs.
    pub cost: u64,
    /// The path.
    pub path: Path<N, E>,
}

/// Returns up to `count` simple paths of at most `hops` steps with their costs: cheapest first, equal costs by fewer steps, and
/// then in order of the ids of their nodes.
///
/// `cost` is asked once for each edge met. Costs are whole numbers, so that equal costs are equal and none is negative or lost in
/// rounding; scale where fractions matter.
///
/// petgraph's `k_shortest_path` differs: it yields the cost of the k-th cheapest *walk*, which may go in circles.
///
/// # Complexity
/// O(count · L² · E) for the part of the graph within `hops` steps, L being the most steps of a path in it (never more than `hops`).
///
/// Source: J. Y. Yen, "Finding the k shortest loopless paths in a network", Management Science 17, 1971. The search for a spur is
/// Bellman's by number of steps, so that the hop limit is kept exactly.
///
/// ```
/// use allegiance::algo::k_shortest_paths;
/// use petgraph::graph::DiGraph;
/// let graph = DiGraph::<(), u32>::from_edges([(0, 1, 1), (1, 3, 1), (0, 2, 2), (2, 3, 2), (0, 3, 4)]);
/// let paths = k_shortest_paths(&graph, 0.into(), 3.into(), 9, 3, |edge| *edge.weight());
/// assert_eq!(paths.iter().map(|p| (p.cost, p.path.hops())).collect::<Vec<_>>(), [(2, 2), (4, 1), (4, 2)]);
/// assert_eq!(paths[2].path.nodes, [0, 2, 3].map(Into::into));
/// ```
#[must_use]
pub fn k_shortest_paths<G, F>(
    graph: G,
    from: G::NodeId,
    to: G::NodeId,
    hops: usize,
    count: usize,
    cost: F,
) -> Vec<CostedPath<G::NodeId, G::EdgeId>>
where
    G: IntoEdges,
    G::NodeId: Ord + Hash,
    G::EdgeId: Ord,
    F: FnMut(G::EdgeRef) -> u32,
{
    let Some(local) = Local::around(graph, from, to, hops, cost) else { return Vec::new() };
    let mut found: Vec<Ranked> = Vec::new();
    let mut candidates = BTreeSet::new();
    candidates.extend(local.spur(&[local.from], &HashSet::new(), hops));
    while found.len() < count {
        let Some(best) = candidates.pop_first() else { break };
        for at in 0..best.nodes.len() - 1 {
            let root = &best.nodes[..=at];
            let told = found.iter().chain([&best]).filter(|path| path.nodes.starts_with(root));
            let taken = told.filter_map(|path| path.nodes.get(at + 1).copied()).collect();
            candidates.extend(local.spur(root, &taken, hops));
        }
        found.push(best);
    }
    found.into_iter().map(|ranked| CostedPath { cost: ranked.cost, path: local.path(&ranked.nodes) }).collect()
}

/// A path of the local graph; the order of the fields is the order of the results.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Ranked {
    cost: u64,
    hops: usize,
    nodes: Vec<usize>,
}

/// The cheapest edge to another node.
struct Step<E> {
    to: usize,
    cost: u32,
    edge: E,
}

/// The part of a graph that paths can use, as a simple graph over small numbers in the order of ids.
struct Local<N, E> {
    nodes: Vec<N>,
    /// For each node its steps, ascending by where they lead.
    steps: Vec<Vec<Step<E>>>,
    from: usize,
    to: usize,
}

impl<N: Copy + Ord + Hash, E: Copy + Ord> Local<N, E> {
    /// Copies what lies within `hops` steps; `None` when the end does not.
    fn around<G, F>(graph: G, from: N, to: N, hops: usize, mut cost: F) -> Option<Self>
    where
        G: IntoEdges<NodeId = N, EdgeId = E>,
        F: FnMut(G::EdgeRef) -> u32,
    {
        let mut edges: Vec<(N, N, u32, E)> = Vec::new();
        let mut met = HashSet::from([from]);
        let mut layer = vec![from];
        for _ in 0..hops {
            let before = edges.len();
            for node in &layer {
                let others = graph.edges(*node).filter(|edge| edge.target() != *node);
                edges.extend(others.map(|edge| (*node, edge.target(), cost(edge), edge.id())));
            }
            layer = edges[before..].iter().map(|edge| edge.1).filter(|node| met.insert(*node)).collect();
            if layer.is_empty() {
                break;
            }
        }
        let mut nodes: Vec<N> = met.into_iter().collect();
        nodes.sort_unstable();
        edges.sort_unstable();
        edges.dedup_by_key(|(a, b, ..)| (*a, *b));
        let place = |node: N| nodes.binary_search(&node).ok();
        let (from, to) = (place(from)?, place(to)?);
        let mut steps: Vec<Vec<Step<E>>> = nodes.iter().map(|_| Vec::new()).collect();
        for (a, b, cost, edge) in edges {
            steps[place(a)?].push(Step { to: place(b)?, cost, edge });
        }
        Some(Self { nodes, steps, from, to })
    }

    /// The best path that begins with `root`, does not go on from it to any of `taken`, and keeps the hop limit.
    fn spur(&self, root: &[usize], taken: &HashSet<usize>, hops: usize) -> Option<Ranked> {
        let (start, passed) = root.split_last()?;
        let open = |a: usize, b: usize| !(passed.contains(&b) || a == *start && taken.contains(&b));
        // Layer h holds for each node the least (cost, steps) to the end in at most h steps. Each step adds to that pair, even
        // where it costs nothing, so what is least never goes in circles.
        let mut layers: Vec<Vec<Option<(u64, usize)>>> = vec![vec![None; self.nodes.len()]];
        layers[0][self.to] = Some((0, 0));
        for _ in 0..hops.saturating_sub(passed.len()) {
            let last = &layers[layers.len() - 1];
            let reach = |a: usize| {
                let ways = self.steps[a].iter().filter(|step| open(a, step.to));
                ways.filter_map(|step| last[step.to].map(|rest| rest.after(step.cost))).chain(last[a]).min()
            };
            let next: Vec<_> = (0..self.nodes.len()).map(reach).collect();
            if next == *last {
                break;
            }
            layers.push(next);
        }
        // Walk forward, at each node to the smallest of those from which the rest is still the least.
        let mut nodes = root.to_vec();
        let mut at = *start;
        let mut rest = layers[layers.len() - 1][at]?;
        while rest.1 > 0 {
            let below = &layers[rest.1 - 1];
            let keeps = |step: &&Step<E>| below[step.to].is_some_and(|r| r.after(step.cost) == rest);
            at = self.steps[at].iter().filter(|step| open(at, step.to)).find(keeps)?.to;
            rest = below[at]?;
            nodes.push(at);
        }
        let cost = nodes.windows(2).map(|pair| self.step(pair[0], pair[1]).map_or(0, |s| u64::from(s.cost))).sum();
        Some(Ranked { cost, hops: nodes.len() - 1, nodes })
    }

    fn step(&self, a: usize, b: usize) -> Option<&Step<E>> {
        self.steps[a].binary_search_by_key(&b, |step| step.to).ok().map(|index| &self.steps[a][index])
    }

    fn path(&self, nodes: &[usize]) -> Path<N, E> {
        Path {
            nodes: nodes.iter().map(|node| self.nodes[*node]).collect(),
            edges: nodes.windows(2).filter_map(|pair| self.step(pair[0], pair[1]).map(|s| s.edge)).collect(),
        }
    }
}

trait After {
    /// What it comes to with one more step of this cost before it.
    fn after(self, cost: u32) -> Self;
}

impl After for (u64, usize) {
    fn after(self, cost: u32) -> Self {
        (self.0 + u64::from(cost), self.1 + 1)
    }
}
