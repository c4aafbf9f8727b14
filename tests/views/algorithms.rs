//! Algorithms on views: against plain copies, against enumeration, against the written-out matrix.

use crate::oracle::{Slice, Tie, page_rank as matrix_rank, reach, simple_paths, steps};
use crate::records::{build, case, view, walkable_slice};
use crate::{Telling, for_all};
use allegiance::algo::{
    Path, all_shortest_paths, coexist, k_shortest_paths, page_rank, shortest_path, strong_components, weak_components,
};
use allegiance::graph::{Directed, Directedness, RelationRef, TemporalGraph, Undirected, View, Weighed};
use allegiance::model::{ActorId, RelationId};
use allegiance::time::{Bounds, Day, Extent, Holds, Window};
use petgraph::algo::{bellman_ford, connected_components, dijkstra, kosaraju_scc, min_spanning_tree, toposort};
use petgraph::data::Element;
use petgraph::graph::{Graph, NodeIndex};
use petgraph::visit::{EdgeRef, IntoNodeIdentifiers};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use std::collections::{BTreeMap, BTreeSet};

/// Some costs, zero among them, so that ties are common.
fn cost(relation: usize) -> u32 {
    (relation as u32 * 7) % 4
}

fn weigh(edge: RelationRef<'_>) -> u32 {
    cost(edge.id().index())
}

/// A plain graph of the actors and ties that a slice holds: nodes weigh their actor, edges their relation.
fn plain<Ty: Directedness>(actors: &[usize], ties: &[Tie]) -> Graph<usize, usize, Ty::EdgeType> {
    let mut graph = Graph::default();
    let nodes: BTreeMap<usize, NodeIndex> = actors.iter().map(|a| (*a, graph.add_node(*a))).collect();
    for (id, a, b) in ties {
        graph.add_edge(nodes[a], nodes[b], *id);
    }
    graph
}

/// A slice in one directedness with what the oracle says of it.
struct Seen<'g, Ty: Directedness> {
    view: View<'g, Ty>,
    actors: Vec<usize>,
    steps: Vec<Tie>,
    copy: Graph<usize, usize, Ty::EdgeType>,
}

impl<'g> Seen<'g, Directed> {
    fn new(graph: &'g TemporalGraph, case: &crate::oracle::Case, slice: &Slice) -> Self {
        let (actors, ties) = (case.actors_of(slice), case.ties_of(slice));
        let copy = plain::<Directed>(&actors, &ties);
        Self { view: view(graph, slice), actors, steps: ties, copy }
    }

    fn undirected(self) -> Seen<'g, Undirected> {
        let copy = plain::<Undirected>(&self.actors, &self.steps);
        Seen { view: self.view.undirected(), actors: self.actors, steps: steps(&self.steps, true), copy }
    }
}

/// Runs a property on random slices, directed and undirected, and counts as telling those with at least so many steps.
macro_rules! on_views {
    ($least:expr, $property:expr) => {{
        let telling = Telling::default();
        for_all(&(case(), walkable_slice()), |(case, slice)| {
            let graph = build(&case);
            let seen = Seen::new(&graph, &case, &slice);
            telling.count(seen.steps.len() >= $least);
            $property(&seen)?;
            $property(&seen.undirected())
        });
        telling.assert_percent(25, "enough relations");
    }};
}

fn ends<Ty: Directedness>(seen: &Seen<'_, Ty>) -> Vec<(usize, usize)> {
    seen.actors.iter().flat_map(|a| seen.actors.iter().map(move |b| (*a, *b))).collect()
}

fn sets(sets: Vec<Vec<usize>>) -> BTreeSet<BTreeSet<usize>> {
    sets.into_iter().map(|set| set.into_iter().collect()).collect()
}

#[test]
fn petgraph_finds_on_views_what_it_finds_on_copies() {
    fn property<Ty: Directedness>(seen: &Seen<'_, Ty>) -> TestCaseResult {
        let (view, copy) = (&seen.view, &seen.copy);
        for start in copy.node_indices() {
            let on_view = dijkstra(view, ActorId::new(copy[start]), None, |e| u64::from(weigh(e)));
            let on_copy = dijkstra(copy, start, None, |e| u64::from(cost(*e.weight())));
            let on_view: BTreeMap<usize, u64> = on_view.into_iter().map(|(a, c)| (a.index(), c)).collect();
            prop_assert_eq!(on_view, on_copy.into_iter().map(|(n, c)| (copy[n], c)).collect::<BTreeMap<_, _>>());

            let weighed = Weighed::new(view, |e| f64::from(weigh(e)));
            let on_view = bellman_ford(&weighed, ActorId::new(copy[start])).map(|p| p.distances);
            let on_copy = bellman_ford(&copy.map(|_, a| *a, |_, id| f64::from(cost(*id))), start).map(|p| p.distances);
            prop_assert_eq!(on_view.ok(), on_copy.ok());
        }
        let on_view = kosaraju_scc(view).into_iter().map(|set| set.into_iter().map(ActorId::index).collect());
        let on_copy = kosaraju_scc(copy).into_iter().map(|set| set.into_iter().map(|n| copy[n]).collect());
        prop_assert_eq!(sets(on_view.collect()), sets(on_copy.collect()));
        prop_assert_eq!(connected_components(view), connected_components(copy));
        prop_assert_eq!(toposort(view, None).is_ok(), toposort(copy, None).is_ok());
        let on_view = petgraph::algo::page_rank(view, 0.85, 8);
        prop_assert_eq!(on_view, petgraph::algo::page_rank(copy, 0.85, 8));
        let lightest = |tree: &mut dyn Iterator<Item = u32>| tree.sum::<u32>();
        let weighed = Weighed::new(view, weigh);
        let on_view = lightest(&mut min_spanning_tree(&weighed).filter_map(|e| match e {
            Element::Edge { weight, .. } => Some(weight),
            Element::Node { .. } => None,
        }));
        let weighed = copy.map(|_, a| *a, |_, id| cost(*id));
        let on_copy = lightest(&mut min_spanning_tree(&weighed).filter_map(|e| match e {
            Element::Edge { weight, .. } => Some(weight),
            Element::Node { .. } => None,
        }));
        prop_assert_eq!(on_view, on_copy);
        Ok(())
    }
    on_views!(2, property);
}

#[test]
fn components_are_what_reaches_one_another() {
    fn property<Ty: Directedness>(seen: &Seen<'_, Ty>) -> TestCaseResult {
        let ids = |sets: Vec<Vec<ActorId>>| -> Vec<Vec<usize>> {
            sets.into_iter().map(|set| set.into_iter().map(ActorId::index).collect()).collect()
        };
        let classes = |pairs: &BTreeSet<(usize, usize)>| -> Vec<Vec<usize>> {
            let tied = |a: usize, b: usize| pairs.contains(&(a, b)) && pairs.contains(&(b, a));
            let class = |a: usize| seen.actors.iter().copied().filter(|b| tied(a, *b)).collect::<Vec<_>>();
            seen.actors.iter().map(|a| class(*a)).collect::<BTreeSet<_>>().into_iter().collect()
        };
        let both_ways: Vec<Tie> = seen.steps.iter().flat_map(|(i, a, b)| [(*i, *a, *b), (*i, *b, *a)]).collect();
        prop_assert_eq!(ids(strong_components(&seen.view)), classes(&reach(&seen.steps, &seen.actors)));
        prop_assert_eq!(ids(weak_components(&seen.view)), classes(&reach(&both_ways, &seen.actors)));
        Ok(())
    }
    on_views!(2, property);
}

#[test]
fn page_ranks_are_those_of_the_written_out_matrix() {
    fn property<Ty: Directedness>(seen: &Seen<'_, Ty>) -> TestCaseResult {
        let place = |actor: usize| seen.actors.iter().position(|a| *a == actor).unwrap();
        let pairs: Vec<(usize, usize)> = seen.steps.iter().map(|(_, a, b)| (place(*a), place(*b))).collect();
        let ranks = page_rank(&seen.view, 0.85, 30);
        let wanted = matrix_rank(&pairs, seen.actors.len(), 0.85, 30);
        prop_assert_eq!(ranks.iter().map(|(a, _)| a.index()).collect::<Vec<_>>(), seen.actors.clone());
        for ((_, rank), wanted) in ranks.iter().zip(&wanted) {
            prop_assert!((rank - wanted).abs() < 1e-12, "{:?} instead of {:?}", ranks, wanted);
        }
        prop_assert!(ranks.is_empty() || (ranks.iter().map(|(_, r)| r).sum::<f64>() - 1.0).abs() < 1e-12);
        Ok(())
    }
    on_views!(2, property);
}

/// The paths the library should give for these actors: between two of them the smallest of the cheapest relations.
fn told(paths: &[Vec<usize>], steps: &[Tie], cost: fn(usize) -> u32) -> Vec<Path<ActorId, RelationId>> {
    let edge = |a: usize, b: usize| {
        let ids = steps.iter().filter(|s| (s.1, s.2) == (a, b)).map(|s| s.0);
        RelationId::new(ids.min_by_key(|id| (cost(*id), *id)).unwrap())
    };
    let path = |nodes: &Vec<usize>| Path {
        nodes: nodes.iter().map(|n| ActorId::new(*n)).collect(),
        edges: nodes.windows(2).map(|pair| edge(pair[0], pair[1])).collect(),
    };
    paths.iter().map(path).collect()
}

#[test]
fn shortest_paths_are_the_shortest_of_all() {
    let several = Telling::default();
    let property = |several: &Telling, a: usize, b: usize, steps: &[Tie]| {
        let mut paths: Vec<Vec<usize>> = simple_paths(steps, a, b).into_iter().collect();
        let least = paths.iter().map(Vec::len).min().unwrap_or(0);
        paths.retain(|path| path.len() == least);
        several.count(paths.len() > 1);
        paths
    };
    fn check<Ty: Directedness>(
        seen: &Seen<'_, Ty>,
        several: &Telling,
        shortest: impl Fn(&Telling, usize, usize, &[Tie]) -> Vec<Vec<usize>>,
    ) -> TestCaseResult {
        for (a, b) in ends(seen) {
            let paths = shortest(several, a, b, &seen.steps);
            let wanted = told(&paths, &seen.steps, |_| 0);
            let (from, to) = (ActorId::new(a), ActorId::new(b));
            for hops in 0..=6 {
                let within = paths.first().is_some_and(|p| p.len() <= hops + 1);
                let wanted = if within { &wanted[..] } else { &[] };
                let one = shortest_path(&seen.view, from, to, hops);
                prop_assert_eq!(one.as_ref(), wanted.first());
                prop_assert_eq!(&all_shortest_paths(&seen.view, from, to, hops, 1000)[..], wanted);
                let two = all_shortest_paths(&seen.view, from, to, hops, 2);
                prop_assert_eq!(&two[..], &wanted[..wanted.len().min(2)]);
            }
        }
        Ok(())
    }
    for_all(&(case(), walkable_slice()), |(case, slice)| {
        let graph = build(&case);
        let seen = Seen::new(&graph, &case, &slice);
        check(&seen, &several, property)?;
        check(&seen.undirected(), &several, property)
    });
    several.assert_count(50, "several shortest paths between two actors");
}

#[test]
fn k_shortest_paths_are_the_cheapest_of_all() {
    let several = Telling::default();
    fn property<Ty: Directedness>(seen: &Seen<'_, Ty>, several: &Telling) -> TestCaseResult {
        for (a, b) in ends(seen) {
            let (from, to) = (ActorId::new(a), ActorId::new(b));
            let all = simple_paths(&seen.steps, a, b);
            for hops in [0, 2, 3, 9] {
                let mut ranked: Vec<(u64, usize, Vec<usize>)> = Vec::new();
                for nodes in all.iter().filter(|nodes| nodes.len() <= hops + 1) {
                    let edges = &told(std::slice::from_ref(nodes), &seen.steps, cost)[0].edges;
                    let sum = edges.iter().map(|id| u64::from(cost(id.index()))).sum();
                    ranked.push((sum, nodes.len(), nodes.clone()));
                }
                ranked.sort();
                several.count(ranked.len() >= 3);
                let nodes: Vec<Vec<usize>> = ranked.iter().map(|r| r.2.clone()).collect();
                let wanted = told(&nodes, &seen.steps, cost);
                for count in [1, 3, 100] {
                    let found = k_shortest_paths(&seen.view, from, to, hops, count, weigh);
                    let costs: Vec<u64> = found.iter().map(|p| p.cost).collect();
                    prop_assert_eq!(costs, ranked.iter().take(count).map(|r| r.0).collect::<Vec<_>>());
                    let paths: Vec<_> = found.into_iter().map(|p| p.path).collect();
                    prop_assert_eq!(&paths[..], &wanted[..wanted.len().min(count)]);
                }
            }
        }
        Ok(())
    }
    for_all(&(case(), walkable_slice()), |(case, slice)| {
        let graph = build(&case);
        let seen = Seen::new(&graph, &case, &slice);
        property(&seen, &several)?;
        property(&seen.undirected(), &several)
    });
    several.assert_count(500, "three paths or more");
}

#[test]
fn things_coexist_when_all_of_them_hold_on_one_day() {
    let ends = || (0..10i32, 0..4i32, 0..15i32, 0..4i32);
    let extent = |(from, more, length, later): (i32, i32, i32, i32)| Extent {
        start: Bounds::between(Day::new(from), Day::new(from + more)),
        end: Bounds::between(Day::new(from + length), Day::new(from + more.max(length) + later)),
    };
    let certain = Telling::default();
    for_all(&(prop::collection::vec(ends(), 1..4), 0..24i32, 0..8i32), |(extents, first, more)| {
        // Every world: a first and a last day for each, the first not after the last.
        let mut worlds: Vec<Vec<(i32, i32)>> = vec![Vec::new()];
        for (from, more, length, later) in extents.iter().copied() {
            let spans: Vec<(i32, i32)> = (from..=from + more)
                .flat_map(|s| (from + length..=from + more.max(length) + later).map(move |e| (s, e)))
                .filter(|(s, e)| s <= e)
                .collect();
            worlds = worlds.iter().flat_map(|w| spans.iter().map(|s| [&w[..], &[*s]].concat())).collect();
        }
        let together = |world: &Vec<(i32, i32)>, day: i32| world.iter().all(|(s, e)| *s <= day && day <= *e);
        let all = coexist(extents.iter().copied().map(extent));
        for day in -1..32 {
            let wanted = match worlds.iter().filter(|world| together(world, day)).count() {
                0 => Holds::No,
                some if some == worlds.len() => Holds::Certain,
                _ => Holds::Possible,
            };
            prop_assert_eq!(all.holds(Window::on(Day::new(day))), wanted, "day {}", day);
        }
        // Some day of a period: never more certain than the worlds allow.
        let window = Window::sometime(Day::new(first), Day::new(first + more));
        let share = worlds.iter().filter(|w| (first..=first + more).any(|day| together(w, day))).count();
        let got = all.holds(window);
        prop_assert!(
            got != Holds::Certain || share == worlds.len(),
            "{:?} in {} of {} worlds",
            got,
            share,
            worlds.len()
        );
        prop_assert_eq!(got == Holds::No, share == 0);
        certain.count(got == Holds::Certain && extents.len() > 1);
        Ok(())
    });
    certain.assert_percent(5, "several things that certainly hold together");
    assert_eq!(coexist([]), Extent::ALWAYS);
    assert_eq!(coexist([Extent::ALWAYS, Extent::NEVER]), Extent::NEVER);
}

#[test]
fn results_do_not_depend_on_the_order_of_edges() {
    let edges = [(0, 3), (0, 1), (0, 2), (1, 4), (2, 4), (3, 4), (4, 5), (0, 2)];
    let forward = Graph::<(), ()>::from_edges(edges);
    let mut turned = edges;
    turned.reverse();
    let backward = Graph::<(), ()>::from_edges(turned);
    let nodes = |graph: &Graph<(), ()>| {
        let (from, to) = (NodeIndex::new(0), NodeIndex::new(5));
        let paths = all_shortest_paths(graph, from, to, 9, 9);
        assert_eq!(shortest_path(graph, from, to, 9).as_ref(), paths.first());
        paths.into_iter().map(|p| p.nodes).collect::<Vec<_>>()
    };
    assert_eq!(nodes(&forward), nodes(&backward));
    assert_eq!(forward.node_identifiers().count(), 6);
}
