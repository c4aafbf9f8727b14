//! One pinned test for each trap that petgraph lays for whoever walks a slice of a graph.

use crate::oracle::LINEAGE;
use crate::records::{actor, day, relation, source, vocabulary};
use allegiance::algo::{
    Terms, earliest_journey, k_shortest_paths, page_rank, shortest_path, strong_components, weak_components,
};
use allegiance::graph::{Builder, ClaimFilter, RelationRef, TemporalGraph, Weighed};
use allegiance::model::{ActorId, RelationId, Reliability, TypeId};
use allegiance::time::{Dated, Day, Extent, Holds, Reading, Window};
use petgraph::algo::articulation_points::articulation_points;
use petgraph::algo::{bridges, dijkstra, k_shortest_path};
use petgraph::visit::{IntoNodeReferences, NodeIndexable};

fn dated(text: &str) -> Dated {
    Dated::parse(text).unwrap()
}

/// A graph of actors with their lives (empty: not recorded) and of dated relations between them.
fn graph(lives: &[&str], relations: &[(usize, usize, &str)]) -> TemporalGraph {
    let life = |text: &&str| (!text.is_empty()).then(|| dated(text));
    let records =
        relations.iter().enumerate().map(|(i, (a, b, when))| relation(&format!("r{i:06}"), *a, *b, dated(when)));
    Builder {
        vocabulary: vocabulary(),
        sources: vec![source("s", dated("2020"), Reliability::A)],
        actors: lives.iter().enumerate().map(|(i, l)| actor(&format!("a{i:06}"), life(l))).collect(),
        relations: records.collect(),
        events: Vec::new(),
    }
    .build()
}

fn ids<const N: usize>(ids: [usize; N]) -> [ActorId; N] {
    ids.map(ActorId::new)
}

/// Actors 0, 2 and 4 are gone by 2010, so that the ids of those present have holes: 1 → 3 → 5 → 1, 6 → 5.
fn with_absent_actors() -> TemporalGraph {
    let lives = ["1990/2000", "", "1990/2000", "", "1990/2000", "", ""];
    let always = "1980/2020";
    graph(&lives, &[(0, 1, always), (1, 3, always), (3, 5, always), (5, 1, always), (6, 5, always), (2, 4, always)])
}

const TODAY: fn() -> Day = || Day::from_ymd(2010, 1, 1).unwrap();

#[test]
fn trap_1_indices_have_no_holes() {
    let graph = with_absent_actors();
    let view = graph.on(TODAY(), Reading::Certain);
    assert_eq!(view.actors().collect::<Vec<_>>(), ids([1, 3, 5, 6]));
    assert_eq!(view.node_bound(), 4);

    // petgraph's own would panic with holes, or be silently wrong: it must say of the view what it says of the copy.
    let [one, three, five, _] = ids([1, 3, 5, 6]);
    let costs = k_shortest_path(&view, one, None, 1, |_| 1);
    assert_eq!((costs[&one], costs[&three], costs[&five]), (0, 1, 2));
    assert_eq!(petgraph::algo::page_rank(&view, 0.85, 20), petgraph::algo::page_rank(&view.to_graph(), 0.85, 20));
    let ranks = page_rank(&view, 0.85, 100);
    assert!((ranks.iter().map(|(_, rank)| rank).sum::<f64>() - 1.0).abs() < 1e-12);
}

#[test]
fn trap_2_size_hints_are_exact() {
    let graph = with_absent_actors();
    let view = graph.on(TODAY(), Reading::Certain).undirected();
    assert_eq!(view.node_references().size_hint(), (4, Some(4)));
    // Sizes its tables by that hint; without 5 the actor 6 is cut off.
    let weighed = Weighed::new(&view, |edge: RelationRef<'_>| edge.id.index());
    let cuts: Vec<ActorId> = articulation_points(&weighed).into_iter().collect();
    assert_eq!(cuts, ids([5]));
    assert_eq!(bridges(&view).map(|edge| edge.id).collect::<Vec<_>>(), [RelationId::new(4)]);
}

#[test]
fn trap_3_page_ranks_are_the_textbooks() {
    let always = "1980/2020";
    let graph = graph(&[""; 3], &[(0, 2, always), (1, 2, always), (2, 0, always)]);
    let view = graph.on(TODAY(), Reading::Certain);
    let ranks: Vec<f64> = page_rank(&view, 0.85, 200).into_iter().map(|(_, rank)| rank).collect();
    for (rank, wanted) in ranks.iter().zip([0.463_514, 0.05, 0.486_486]) {
        assert!((rank - wanted).abs() < 1e-6, "{ranks:?}");
    }
    // petgraph 0.8.3 says otherwise (its issue 960). Should this fail, its page rank has been mended.
    let theirs: Vec<f64> = petgraph::algo::page_rank(&view, 0.85, 200);
    assert!((theirs[0] - ranks[0]).abs() > 1e-3, "{theirs:?}");
}

#[test]
fn trap_4_deep_graphs_do_not_overflow_the_stack() {
    // A chain of 200,000 actors, long enough to overflow a stack that grows by a frame an actor (petgraph's Tarjan).
    let count = 200_000;
    let chain: Vec<_> = (1..count).map(|i| (i - 1, i, "2005/2015")).collect();
    let graph = graph(&vec![""; count], &chain);
    let view = graph.all_time(Reading::Certain);
    assert_eq!(strong_components(&view).len(), count);
    assert_eq!(weak_components(&view).len(), 1);
    let [first, last] = ids([0, count - 1]);
    assert_eq!(shortest_path(&view, first, last, count).unwrap().hops(), count - 1);
    let terms = Terms { window: Window::ALL, reading: Reading::Certain, hops: count };
    let journey = earliest_journey(&view, first, last, terms, |e| view.standing(e.id).extent());
    assert_eq!(journey.unwrap().steps.len(), count - 1);
}

#[test]
fn trap_5_an_absent_start_is_told_apart_before_walking() {
    let graph = with_absent_actors();
    let view = graph.on(TODAY(), Reading::Possible);
    let (absent, foreign, present) = (ActorId::new(0), ActorId::new(4711), ActorId::new(1));
    assert!(!view.contains(absent) && !view.contains(foreign) && view.contains(present));
    // Quietly accepted: an absent actor reaches itself and nothing else. Hence `contains`.
    assert_eq!(dijkstra(&view, absent, None, |_| 1).len(), 1);
    assert_eq!(dijkstra(&view, foreign, None, |_| 1).len(), 1);
    for start in [absent, foreign] {
        assert_eq!(shortest_path(&view, start, present, 9), None);
        assert_eq!(k_shortest_paths(&view, start, present, 9, 3, |_| 1), []);
        assert_eq!(k_shortest_paths(&view, present, start, 9, 3, |_| 1), []);
    }
}

#[test]
fn disjoint_lives_leave_one_empty_extent() {
    // The relation spans both lives, which never met: clipped to both, its start would lie after its end, and an
    // inverted extent overlaps every wide window.
    let graph = graph(&["1900/1910", "1950/1960"], &[(0, 1, "1890/1970")]);
    assert_eq!(graph.standing(RelationId::new(0)).extent(), Extent::NEVER);
    for reading in [Reading::Certain, Reading::Possible] {
        assert_eq!(graph.all_time(reading).relations().count(), 0);
        let century = Window::sometime(Day::from_ymd(1800, 1, 1).unwrap(), Day::from_ymd(2100, 1, 1).unwrap());
        assert_eq!(graph.view(century, reading).relations().count(), 0);
    }
}

#[test]
fn what_joins_two_lives_that_never_met_is_walked_where_both_are_there() {
    let mut builder = Builder {
        vocabulary: vocabulary(),
        sources: vec![source("s", dated("2020"), Reliability::A)],
        actors: vec![actor("new", Some(dated("2016-06-02/.."))), actor("old", Some(dated("2012/2016-05-31")))],
        relations: vec![relation("r", 0, 1, dated("2016-06-01"))],
        events: Vec::new(),
    };
    builder.relations[0].kind = TypeId::new(LINEAGE);
    let graph = builder.build();
    let year = dated("2016").window();
    for (window, holds, seen) in [
        (dated("2016-06-01").window(), Holds::Certain, 0),
        (dated("2016-06-02").window(), Holds::No, 0),
        (year, Holds::Certain, 1),
        (Window::ALL, Holds::Certain, 1),
    ] {
        let view = graph.view(window, Reading::Certain);
        // That it was so is told all the same; walks would stumble over an end that has no rank.
        assert_eq!(view.holds(RelationId::new(0)), holds);
        assert_eq!((view.relations().count(), view.to_graph().edge_count()), (seen, seen));
        assert_eq!(weak_components(&view).len(), view.actors().count() - seen);
        assert_eq!(page_rank(&view, 0.85, 9).len(), view.actors().count());
        for known_by in [None, Some(window.last)] {
            let filtered = view.clone().with_claims(ClaimFilter { known_by, ..Default::default() }).undirected();
            assert!(filtered.actors().all(|a| filtered.ties(a).all(|n| filtered.contains(n.other))));
        }
    }
}

#[test]
fn a_path_in_a_wide_window_need_not_respect_time() {
    let graph = graph(&[""; 4], &[(0, 1, "2015"), (1, 2, "2001/2003"), (1, 3, "2016"), (3, 2, "2015/2018")]);
    let view = graph.all_time(Reading::Certain);
    let [from, to] = ids([0, 2]);
    assert_eq!(shortest_path(&view, from, to, 9).unwrap().nodes, ids([0, 1, 2]));
    let terms = Terms { window: view.window(), reading: view.reading(), hops: 9 };
    let journey = earliest_journey(&view, from, to, terms, |e| view.standing(e.id).extent()).unwrap();
    assert_eq!(journey.steps.iter().map(|step| step.to).collect::<Vec<_>>(), ids([1, 3, 2]));
}

#[test]
fn views_can_be_shared_between_threads() {
    let graph = with_absent_actors();
    let view = graph.on(TODAY(), Reading::Certain);
    let counts: Vec<usize> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..4).map(|_| scope.spawn(|| page_rank(&view, 0.85, 3).len())).collect();
        handles.into_iter().map(|handle| handle.join().unwrap()).collect()
    });
    assert_eq!(counts, [4; 4]);
}

#[test]
fn an_empty_graph_is_walked_in_peace() {
    let graph = Builder::default().build();
    let view =
        graph.all_time(Reading::Possible).with_claims(ClaimFilter { known_by: Some(day(0)), ..Default::default() });
    assert!(page_rank(&view, 0.85, 5).is_empty() && weak_components(&view).is_empty());
    assert!(strong_components(&view).is_empty() && view.to_graph().node_count() == 0);
    assert_eq!(shortest_path(&view, ActorId::new(0), ActorId::new(1), 5), None);
}
