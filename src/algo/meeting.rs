//! Searching from both ends until they meet: how far two nodes lie apart, and which nodes lie on a shortest way between them.
//!
//! Pohl, "Bi-directional search" (1971), breadth first: always the smaller of the two edges of what has been seen goes a step further. Where
//! degrees are large, it sees the root of what a search from one end does.

use petgraph::Direction;
use petgraph::visit::{IntoNeighborsDirected, VisitMap, Visitable};

/// Two searches that have met: all that lies up to so many steps from the first node, and from the last, by steps, each layer ascending.
#[derive(Debug)]
pub(super) struct Meeting<N> {
    /// From the first node on; the layer at `n` is `n` steps away.
    forward: Vec<Vec<N>>,
    /// Towards the last node.
    backward: Vec<Vec<N>>,
    /// How many steps the two nodes lie apart.
    hops: usize,
}

impl<N: Copy + Ord> Meeting<N> {
    /// Searches for a way of at most `most` steps. `None` when there is none.
    pub(super) fn of<G>(graph: G, from: N, to: N, most: usize) -> Option<Self>
    where
        G: IntoNeighborsDirected<NodeId = N> + Visitable,
    {
        let (mut forward, mut backward) = (vec![vec![from]], vec![vec![to]]);
        if from == to {
            return Some(Self { forward, backward, hops: 0 });
        }
        let (mut met, mut met_behind) = (graph.visit_map(), graph.visit_map());
        met.visit(from);
        met_behind.visit(to);
        for hops in 1..=most {
            let (ahead, behind) = (forward.last()?, backward.last()?);
            let is_forward = ahead.len() <= behind.len();
            let (layer, direction) =
                if is_forward { (ahead, Direction::Outgoing) } else { (behind, Direction::Incoming) };
            let (own, other) = if is_forward { (&mut met, &met_behind) } else { (&mut met_behind, &met) };
            let mut next = Vec::new();
            for node in layer {
                for neighbour in graph.neighbors_directed(*node, direction) {
                    // Whatever the other search has seen that this one meets now lies on its edge.
                    if other.is_visited(&neighbour) {
                        return Some(Self { forward, backward, hops });
                    }
                    if own.visit(neighbour) {
                        next.push(neighbour);
                    }
                }
            }
            if next.is_empty() {
                return None;
            }
            next.sort_unstable();
            if is_forward { forward.push(next) } else { backward.push(next) }
        }
        None
    }

    /// How many steps the two nodes lie apart.
    pub(super) const fn hops(&self) -> usize {
        self.hops
    }

    /// For each number of steps from the first node, the nodes there that may lie on a shortest way, ascending. Those of the first half all do; of the second
    /// half those do that a way leads to.
    pub(super) fn layers<G>(mut self, graph: G) -> Vec<Vec<N>>
    where
        G: IntoNeighborsDirected<NodeId = N>,
    {
        if self.hops == 0 {
            return self.forward;
        }
        // From where the searches met, back to the first node: what has no step onward falls away.
        let mut onward = self.backward.last().cloned().unwrap_or_default();
        for layer in self.forward.iter_mut().rev() {
            // The side with fewer nodes is asked for its neighbours.
            if onward.len() < layer.len() {
                let mut kept: Vec<N> = onward
                    .iter()
                    .flat_map(|node| graph.neighbors_directed(*node, Direction::Incoming))
                    .filter(|node| layer.binary_search(node).is_ok())
                    .collect();
                kept.sort_unstable();
                kept.dedup();
                *layer = kept;
            } else {
                layer.retain(|node| {
                    graph.neighbors_directed(*node, Direction::Outgoing).any(|next| onward.binary_search(&next).is_ok())
                });
            }
            onward.clone_from(layer);
        }
        self.forward.extend(self.backward.into_iter().rev());
        self.forward
    }
}
