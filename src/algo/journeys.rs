//! Ways from actor to actor that respect time: [`Journey`] says exactly what that means where dates are uncertain.
//!
//! Deliberately absent: how long a step takes. A tie is no road; several can be passed within one day.
//!
//! Source of the method: B. B. Xuan, A. Ferreira and A. Jarry, "Computing shortest, fastest, and foremost journeys in dynamic networks", 2003
//! (foremost journeys), searched here by number of steps so that a hop limit can be kept.

use crate::time::{Day, Extent, Reading, Window};
use petgraph::visit::{EdgeRef, IntoEdges};
use std::collections::BTreeMap;

/// What a journey must keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The days of travel. Its quantifier is left aside: a journey is made on some of them.
    pub window: Window,
    /// Whether it must be certain or may be possible.
    pub reading: Reading,
    /// The most relations it may take.
    pub hops: usize,
}

/// One relation of a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<N, E> {
    /// Where it leads to.
    pub to: N,
    /// By which relation.
    pub edge: E,
    /// The day by which it is passed: at the earliest, in the possible reading; at the latest, in the certain one.
    pub day: Day,
}

/// A way that respects time; no node comes twice.
///
/// In a slice of many days a path may lead over relations that never held one after the other: `a` to `b` in 2020, `b` to `c` in
/// 2015. A *journey* takes its relations on days that never go back:
///
/// > A journey in a window is a sequence of relations, each beginning where the one before ended, with a day for each on
/// > which it holds, all within the window, none before the one that precedes it. Waiting is free; several may share a day.
///
/// With uncertain dates, taking each extent's first and last day to be any within its bounds, independently of the others:
///
/// * it is **possible** when for some choice of those days such days of travel exist;
/// * it is **certain** when for every choice they do, though the days of travel may differ from choice to choice.
///
/// Both come to one rule: with `first` and `last` the bounds that suit the reading (the earliest start and latest end for the
/// possible, the latest start and earliest end for the certain), a relation can be taken if one has arrived by `last`, and one
/// has passed it on the day `first` or on that of one's arrival, whichever is later; that day must lie in the window. An event
/// dated "July 2016" can thus be certain part of a journey, although no day of July is certain to be its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey<N, E> {
    /// Where it begins.
    pub from: N,
    /// The first day of the window.
    pub since: Day,
    /// Its relations in order, days never going back. Empty when the end is the beginning.
    pub steps: Vec<Step<N, E>>,
}

impl<N, E> Journey<N, E> {
    /// The day of arrival.
    #[must_use]
    pub fn day(&self) -> Day {
        self.steps.last().map_or(self.since, |step| step.day)
    }
}

/// How early a node is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival<N> {
    /// The node.
    pub node: N,
    /// The day, as in [`Step::day`].
    pub day: Day,
    /// The fewest relations that get there by that day.
    pub hops: usize,
}

/// Returns the journey that arrives first; of several, one of the fewest relations. Where that leaves a choice, it comes to each
/// node from the smallest node, by the smallest edge, counted from its end.
///
/// `when` tells when an edge holds; an edge of a view: `view.standing(edge.id).extent()`.
///
/// # Complexity
/// O(L · E log V), L being the fewest relations it takes, never more than the hop limit.
///
/// ```
/// use allegiance::algo::{Terms, earliest_journey};
/// use allegiance::time::{Dated, Day, Reading, Window};
/// use petgraph::graph::DiGraph;
///
/// let dates = [(0, 1, "2020"), (1, 2, "2015"), (1, 3, "2019/2022"), (3, 2, "2021-05")];
/// let graph = DiGraph::<(), &str>::from_edges(dates);
/// let terms = Terms { window: Window::ALL, reading: Reading::Certain, hops: 5 };
/// let journey = earliest_journey(&graph, 0.into(), 2.into(), terms, |edge| {
///     Dated::parse(edge.weight()).unwrap().extent(None, None)
/// });
/// let journey = journey.unwrap();
/// assert_eq!(journey.steps.iter().map(|step| step.to.index()).collect::<Vec<_>>(), [1, 3, 2]);
/// assert_eq!(journey.day(), Day::from_ymd(2021, 5, 31).unwrap()); // by then at the latest
/// ```
#[must_use]
pub fn earliest_journey<G, F>(
    graph: G,
    from: G::NodeId,
    to: G::NodeId,
    terms: Terms,
    when: F,
) -> Option<Journey<G::NodeId, G::EdgeId>>
where
    G: IntoEdges,
    G::NodeId: Ord,
    G::EdgeId: Ord,
    F: FnMut(G::EdgeRef) -> Extent,
{
    let layers = search(graph, from, terms, when);
    // A layer holds only what it reached earlier than those before it, so the last that has the end has it earliest.
    let mut hops = layers.iter().rposition(|layer| layer.contains_key(&to))?;
    let (mut steps, mut at) = (Vec::new(), to);
    while let Some(reached) = layers[hops].get(&at) {
        let Some((node, edge)) = reached.came_by else { break };
        steps.push(Step { to: at, edge, day: reached.day });
        at = node;
        hops -= 1;
    }
    steps.reverse();
    Some(Journey { from, since: within_time(terms.window).0, steps })
}

/// Returns every node that a journey reaches with its earliest day, by node; the beginning is among them.
///
/// # Complexity
/// O(L · E log V), L being the most relations that an earliest journey takes, never more than the hop limit.
#[must_use]
pub fn earliest_arrivals<G, F>(graph: G, from: G::NodeId, terms: Terms, when: F) -> Vec<Arrival<G::NodeId>>
where
    G: IntoEdges,
    G::NodeId: Ord,
    G::EdgeId: Ord,
    F: FnMut(G::EdgeRef) -> Extent,
{
    let mut arrivals = BTreeMap::new();
    for (hops, layer) in search(graph, from, terms, when).into_iter().enumerate() {
        arrivals.extend(layer.into_iter().map(|(node, reached)| (node, Arrival { node, day: reached.day, hops })));
    }
    arrivals.into_values().collect()
}

/// How a node was reached in some number of steps.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Reached<N, E> {
    day: Day,
    came_by: Option<(N, E)>,
}

type Layer<N, E> = BTreeMap<N, Reached<N, E>>;

/// For each number of steps the nodes that it reaches earlier than any smaller number, with the earliest day.
fn search<G, F>(graph: G, from: G::NodeId, terms: Terms, mut when: F) -> Vec<Layer<G::NodeId, G::EdgeId>>
where
    G: IntoEdges,
    G::NodeId: Ord,
    G::EdgeId: Ord,
    F: FnMut(G::EdgeRef) -> Extent,
{
    let (begin, end) = within_time(terms.window);
    let mut earliest = BTreeMap::from([(from, begin)]);
    let mut layers = vec![Layer::from([(from, Reached { day: begin, came_by: None })])];
    while layers.len() <= terms.hops {
        let mut next = Layer::new();
        for (node, reached) in &layers[layers.len() - 1] {
            for edge in graph.edges(*node) {
                let extent = when(edge);
                let (first, last) = match terms.reading {
                    Reading::Possible => (extent.start.earliest, extent.end.latest),
                    Reading::Certain => (extent.start.latest, extent.end.earliest),
                };
                let day = reached.day.max(first);
                let target = edge.target();
                if reached.day > last || day > end || earliest.get(&target).is_some_and(|known| *known <= day) {
                    continue;
                }
                let candidate = Reached { day, came_by: Some((*node, edge.id())) };
                next.entry(target).and_modify(|best| *best = candidate.min(*best)).or_insert(candidate);
            }
        }
        if next.is_empty() {
            break;
        }
        earliest.extend(next.iter().map(|(node, reached)| (*node, reached.day)));
        layers.push(next);
    }
    layers
}

/// The first and last day of the window, cut to days of the calendar: the unbounded values would meet the ends of what
/// never or only possibly holds.
fn within_time(window: Window) -> (Day, Day) {
    (window.first.max(Window::ALL.first), window.last.min(Window::ALL.last))
}
