//! What a slice of time costs, beside a walk written by hand and a copied graph: `cargo bench --bench views`.
//!
//! `benches/README.md` tells how to read it. In each group `by_hand` or `copy` is what to compare with; absolute times say
//! more about the machine.

#![allow(missing_docs)]

mod common;

use allegiance::algo::{page_rank, shortest_path, weak_components};
use allegiance::graph::{TemporalGraph, Undirected, View};
use allegiance::model::ActorId;
use allegiance::time::{Day, Reading, Window};
use common::{Random, graph, sizes};
use divan::{Bencher, black_box};
use petgraph::algo::{dijkstra, kosaraju_scc};
use petgraph::graph::NodeIndex;
use petgraph::visit::{EdgeCount, IntoNeighbors, NodeCount, NodeIndexable};
use std::collections::{HashSet, VecDeque};

fn main() {
    divan::main();
}

fn day() -> Day {
    Day::from_ymd(2012, 6, 1).expect("a date")
}

fn slice(relations: usize) -> View<'static> {
    graph(relations).on(day(), Reading::Certain)
}

fn both_ways(relations: usize) -> View<'static, Undirected> {
    slice(relations).undirected()
}

/// The same thousand actors in every group, as many have few relations and few have many.
fn starts(relations: usize) -> Vec<ActorId> {
    let mut random = Random::seeded(7);
    (0..1000).map(|_| ActorId::new(random.below(graph(relations).actors().len()))).collect()
}

/// Whom an actor has relations with on the day, straight from the rows.
fn neighbours_by_hand(graph: &TemporalGraph, actor: ActorId) -> impl Iterator<Item = ActorId> {
    let window = Window::on(day());
    let seen = move |n: &&allegiance::graph::Neighbour| {
        let extent = graph.extent_of(n);
        extent.start.latest <= window.last && extent.end.earliest >= window.first
    };
    let incoming = graph.incoming(actor).iter().filter(move |n| n.other != actor);
    graph.outgoing(actor).iter().chain(incoming).filter(seen).map(|n| n.other)
}

#[divan::bench_group]
mod one_hop_of_1000_actors {
    use super::*;

    #[divan::bench(args = sizes())]
    fn view(bencher: Bencher<'_, '_>, size: usize) {
        let starts = starts(size);
        bencher.bench_local(|| {
            let view = both_ways(size);
            starts.iter().map(|actor| view.neighbors(*actor).count()).sum::<usize>()
        });
    }

    #[divan::bench(args = sizes())]
    fn by_hand(bencher: Bencher<'_, '_>, size: usize) {
        let (starts, graph) = (starts(size), graph(size));
        bencher.bench_local(|| starts.iter().map(|a| neighbours_by_hand(graph, *a).count()).sum::<usize>());
    }
}

#[divan::bench_group]
mod two_hops_of_1000_actors {
    use super::*;

    fn reach<I: Iterator<Item = ActorId>>(start: ActorId, neighbours: impl Fn(ActorId) -> I) -> usize {
        let mut met: HashSet<ActorId> = HashSet::from([start]);
        for first in neighbours(start) {
            met.insert(first);
            met.extend(neighbours(first));
        }
        met.len()
    }

    #[divan::bench(args = sizes())]
    fn view(bencher: Bencher<'_, '_>, size: usize) {
        let starts = starts(size);
        bencher.bench_local(|| {
            let view = both_ways(size);
            starts.iter().map(|a| reach(*a, |b| view.neighbors(b))).sum::<usize>()
        });
    }

    #[divan::bench(args = sizes())]
    fn by_hand(bencher: Bencher<'_, '_>, size: usize) {
        let (starts, graph) = (starts(size), graph(size));
        bencher.bench_local(|| starts.iter().map(|a| reach(*a, |b| neighbours_by_hand(graph, b))).sum::<usize>());
    }
}

#[divan::bench_group]
mod shortest_path_of_20_pairs {
    use super::*;

    fn pairs(size: usize) -> Vec<(ActorId, ActorId)> {
        starts(size).chunks(2).take(20).map(|pair| (pair[0], pair[1])).collect()
    }

    #[divan::bench(args = sizes(), sample_count = 20)]
    fn view(bencher: Bencher<'_, '_>, size: usize) {
        let pairs = pairs(size);
        bencher.bench_local(|| {
            let view = both_ways(size);
            pairs.iter().filter_map(|(a, b)| shortest_path(&view, *a, *b, 6)).map(|p| p.hops()).sum::<usize>()
        });
    }

    /// Breadth first with a table for all actors; any of the shortest paths, where ours is the first in order of ids.
    #[divan::bench(args = sizes(), sample_count = 20)]
    fn by_hand(bencher: Bencher<'_, '_>, size: usize) {
        let (pairs, graph) = (pairs(size), graph(size));
        let hops = |from: ActorId, to: ActorId| {
            let mut hops = vec![u32::MAX; graph.actors().len()];
            hops[from.index()] = 0;
            let mut queue = VecDeque::from([from]);
            while let Some(actor) = queue.pop_front() {
                let next = hops[actor.index()] + 1;
                if actor == to || next > 7 {
                    break;
                }
                for other in neighbours_by_hand(graph, actor) {
                    if hops[other.index()] == u32::MAX {
                        hops[other.index()] = next;
                        queue.push_back(other);
                    }
                }
            }
            Some(hops[to.index()] as usize).filter(|hops| *hops <= 6)
        };
        bencher.bench_local(|| pairs.iter().filter_map(|(a, b)| hops(*a, *b)).sum::<usize>());
    }
}

#[divan::bench_group(sample_count = 20)]
mod dijkstra_from_one_actor {
    use super::*;

    #[divan::bench(args = sizes())]
    fn make_view_and_walk(bencher: Bencher<'_, '_>, size: usize) {
        let start = starts(size)[0];
        bencher.bench_local(|| dijkstra(&both_ways(size), start, None, |_| 1u32).len());
    }

    #[divan::bench(args = sizes())]
    fn make_copy_and_walk(bencher: Bencher<'_, '_>, size: usize) {
        let start = starts(size)[0];
        bencher.bench_local(|| {
            let view = both_ways(size);
            dijkstra(&view.to_graph(), NodeIndex::new(view.to_index(start)), None, |_| 1u32).len()
        });
    }

    #[divan::bench(args = sizes())]
    fn walk_ready_copy(bencher: Bencher<'_, '_>, size: usize) {
        let view = both_ways(size);
        let (copy, start) = (view.to_graph(), NodeIndex::new(view.to_index(starts(size)[0])));
        bencher.bench_local(|| dijkstra(&copy, start, None, |_| 1u32).len());
    }
}

#[divan::bench_group(sample_count = 20)]
mod whole_graph {
    use super::*;

    #[divan::bench(args = sizes())]
    fn make_view(size: usize) -> View<'static> {
        slice(black_box(size))
    }

    #[divan::bench(args = sizes())]
    fn make_view_and_ranks(size: usize) -> (usize, usize) {
        let view = slice(size);
        (view.node_count(), view.edge_count())
    }

    #[divan::bench(args = sizes())]
    fn make_copy(size: usize) -> usize {
        slice(size).to_graph().edge_count()
    }

    #[divan::bench(args = sizes())]
    fn kosaraju_on_view(bencher: Bencher<'_, '_>, size: usize) {
        let view = slice(size);
        bencher.bench_local(|| kosaraju_scc(&view).len());
    }

    #[divan::bench(args = sizes())]
    fn kosaraju_on_ready_copy(bencher: Bencher<'_, '_>, size: usize) {
        let copy = slice(size).to_graph();
        bencher.bench_local(|| kosaraju_scc(&copy).len());
    }

    #[divan::bench(args = sizes())]
    fn weak_components_on_view(bencher: Bencher<'_, '_>, size: usize) {
        let view = slice(size);
        bencher.bench_local(|| weak_components(&view).len());
    }

    #[divan::bench(args = sizes())]
    fn weak_components_on_ready_copy(bencher: Bencher<'_, '_>, size: usize) {
        let copy = slice(size).to_graph();
        bencher.bench_local(|| weak_components(&copy).len());
    }

    #[divan::bench(args = sizes())]
    fn page_rank_round_on_view(bencher: Bencher<'_, '_>, size: usize) {
        let view = slice(size);
        bencher.bench_local(|| page_rank(&view, 0.85, 1).len());
    }

    #[divan::bench(args = sizes())]
    fn page_rank_round_on_ready_copy(bencher: Bencher<'_, '_>, size: usize) {
        let copy = slice(size).to_graph();
        bencher.bench_local(|| page_rank(&copy, 0.85, 1).len());
    }
}
