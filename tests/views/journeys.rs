//! Journeys against every path in every world, travelled day by day.

use crate::{Telling, for_all};
use allegiance::algo::{Terms, earliest_arrivals, earliest_journey};
use allegiance::time::{Bounds, Day, Extent, Reading, Window};
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use proptest::prelude::*;

/// An edge of a case: its ends, and the days that may be its first and its last.
#[derive(Clone, Debug)]
struct Tie {
    from: usize,
    to: usize,
    firsts: Vec<i32>,
    lasts: Vec<i32>,
}

impl Tie {
    fn spans(&self) -> Vec<(i32, i32)> {
        let pairs = self.firsts.iter().flat_map(|s| self.lasts.iter().map(move |e| (*s, *e)));
        pairs.filter(|(s, e)| s <= e).collect()
    }

    fn extent(&self) -> Extent {
        let bounds = |days: &[i32]| Bounds::between(Day::new(days[0]), Day::new(days[days.len() - 1]));
        Extent { start: bounds(&self.firsts), end: bounds(&self.lasts) }
    }
}

fn tie() -> impl Strategy<Value = Tie> {
    // The last possible first day is a possible last day too, as records have it.
    (0..5usize, 0..5usize, 0..9i32, 0..3i32, 0..8i32, 0..3i32).prop_map(|(from, to, start, more, length, later)| Tie {
        from,
        to,
        firsts: (start..=start + more).collect(),
        lasts: (start + length..=start + more.max(length) + later.min(2)).collect(),
    })
}

/// Travels the spans in order, day by day; the day of arrival, if there is one within the window.
fn travel(spans: &[(i32, i32)], first: i32, last: i32) -> Option<i32> {
    let mut day = first;
    for (start, end) in spans {
        while !(*start <= day && day <= *end) {
            day += 1;
            if day > last {
                return None;
            }
        }
    }
    Some(day)
}

/// Every path by edges that visits no node twice, of at most `hops` edges.
fn paths(ties: &[Tie], from: usize, hops: usize) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    let mut open = vec![(vec![from], Vec::new())];
    while let Some((nodes, edges)) = open.pop() {
        if edges.len() < hops {
            for (id, tie) in ties.iter().enumerate() {
                if tie.from == nodes[nodes.len() - 1] && !nodes.contains(&tie.to) {
                    open.push(([&nodes[..], &[tie.to]].concat(), [&edges[..], &[id]].concat()));
                }
            }
        }
        found.push(edges);
    }
    found
}

/// The day by which a path is travelled: on the best of luck, or whatever the uncertain days turn out to be.
fn arrival(ties: &[Tie], path: &[usize], first: i32, last: i32, certain: bool) -> Option<i32> {
    let mut worlds: Vec<Vec<(i32, i32)>> = vec![Vec::new()];
    for id in path {
        let spans = ties[*id].spans();
        worlds = worlds.iter().flat_map(|w| spans.iter().map(|s| [&w[..], &[*s]].concat())).collect();
    }
    let days: Vec<Option<i32>> = worlds.iter().map(|world| travel(world, first, last)).collect();
    if certain {
        days.into_iter().collect::<Option<Vec<i32>>>().and_then(|days| days.into_iter().max())
    } else {
        days.into_iter().flatten().min()
    }
}

#[test]
fn journeys_are_the_earliest_of_all_that_respect_time() {
    let (found, out_of_time) = (Telling::default(), Telling::default());
    let case = (prop::collection::vec(tie(), 4..14), 0..6i32, 2..12i32, any::<bool>(), 0..4usize);
    for_all(&case, |(ties, first, more, certain, hops)| {
        let last = first + more;
        let mut graph = DiGraph::<(), usize>::new();
        let nodes: Vec<NodeIndex> = (0..5).map(|_| graph.add_node(())).collect();
        for (id, tie) in ties.iter().enumerate() {
            graph.add_edge(nodes[tie.from], nodes[tie.to], id);
        }
        let reading = if certain { Reading::Certain } else { Reading::Possible };
        let window = Window::sometime(Day::new(first), Day::new(last));
        let terms = Terms { window, reading, hops };
        let all = paths(&ties, 0, hops);
        let arrivals = earliest_arrivals(&graph, nodes[0], terms, |e| ties[*e.weight()].extent());
        let mut reached = vec![nodes[0]];
        for to in 1..5 {
            let leads_there = |path: &&Vec<usize>| path.last().is_some_and(|id| ties[*id].to == to);
            let days: Vec<(i32, usize)> = all
                .iter()
                .filter(leads_there)
                .filter_map(|path| arrival(&ties, path, first, last, certain).map(|day| (day, path.len())))
                .collect();
            let best = days.iter().min().copied();
            let journey = earliest_journey(&graph, nodes[0], nodes[to], terms, |e| ties[*e.weight()].extent());
            prop_assert_eq!(journey.as_ref().map(|j| (j.day().number(), j.steps.len())), best);
            if let Some(journey) = journey {
                reached.push(nodes[to]);
                let path: Vec<usize> = journey.steps.iter().map(|step| step.edge.index()).collect();
                prop_assert!(all.contains(&path));
                prop_assert_eq!(arrival(&ties, &path, first, last, certain), best.map(|b| b.0));
                prop_assert!(journey.steps.is_sorted_by_key(|step| step.day));
                let arrived = arrivals.iter().find(|a| a.node == nodes[to]).map(|a| (a.day.number(), a.hops));
                prop_assert_eq!(arrived, best);
                found.count(path.len() > 1);
            }
            out_of_time.count(best.is_none() && all.iter().any(|path| leads_there(&path)));
        }
        prop_assert_eq!(arrivals.iter().map(|a| a.node).collect::<Vec<_>>(), reached);
        Ok(())
    });
    found.assert_percent(20, "a journey of several relations");
    out_of_time.assert_percent(5, "a path that does not respect time");
}

#[test]
fn an_actor_reaches_itself_at_once() {
    let graph = DiGraph::<(), ()>::from_edges([(0, 1)]);
    let terms = Terms { window: Window::ALL, reading: Reading::Certain, hops: 0 };
    let journey = earliest_journey(&graph, NodeIndex::new(0), NodeIndex::new(0), terms, |_| Extent::ALWAYS).unwrap();
    assert_eq!((journey.day(), journey.steps.len()), (Window::ALL.first, 0));
    assert_eq!(earliest_journey(&graph, NodeIndex::new(0), NodeIndex::new(1), terms, |_| Extent::ALWAYS), None);
}

#[test]
fn what_never_or_only_possibly_holds_carries_no_certain_journey() {
    let graph = DiGraph::<(), ()>::from_edges([(0, 1)]);
    let unbounded = Window::sometime(Day::FAR_PAST, Day::FAR_FUTURE);
    let by = |reading, extent: Extent| {
        let terms = Terms { window: unbounded, reading, hops: 3 };
        earliest_journey(&graph, NodeIndex::new(0), NodeIndex::new(1), terms, |_| extent).map(|j| j.steps[0].edge)
    };
    assert_eq!(by(Reading::Certain, Extent::ALWAYS), Some(EdgeIndex::new(0)));
    assert_eq!(by(Reading::Certain, Extent::ALWAYS.only_possibly()), None);
    assert_eq!(by(Reading::Possible, Extent::ALWAYS.only_possibly()), Some(EdgeIndex::new(0)));
    assert_eq!(by(Reading::Possible, Extent::NEVER), None);
}
