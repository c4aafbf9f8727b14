//! Rows of actors with hundreds and thousands of relations, and whatever is walked over them.

use super::graphs::{Axis, Dice, Size, build, case, filter, indices, slice, view};
use super::oracle::{Answer, Asked, BEGIN, Case, END, FUTURE, Filter, Held, PAST, Slice, Tick, earliest, latest};
use crate::records::KINDS;
use crate::{Telling, for_some};
use allegiance::graph::{Direction, RelationRef, TemporalGraph, View};
use allegiance::model::{ActorId, RelationId, TypeId};
use allegiance::time::{Bounds, Extent, Holds};
use petgraph::visit::{
    Bfs, EdgeCount, EdgeRef, IntoEdgeReferences, IntoEdges, IntoEdgesDirected, IntoNeighbors, IntoNeighborsDirected,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use std::collections::BTreeSet;

/// (other end, relation), the order of rows.
type Step = (usize, usize);

/// What is seen of one actor, in both directions.
struct Rows {
    outgoing: Vec<Step>,
    incoming: Vec<Step>,
}

impl Rows {
    fn of(actor: usize, case: &Case, seen: &[usize]) -> Self {
        let ends = |id: &usize| (case.relations[*id].subject, case.relations[*id].object);
        let sorted = |steps: BTreeSet<Step>| steps.into_iter().collect();
        Self {
            outgoing: sorted(seen.iter().filter(|id| ends(id).0 == actor).map(|id| (ends(id).1, *id)).collect()),
            incoming: sorted(seen.iter().filter(|id| ends(id).1 == actor).map(|id| (ends(id).0, *id)).collect()),
        }
    }

    /// Out first, then in; a loop once.
    fn both(&self, actor: usize) -> Vec<Step> {
        let back = self.incoming.iter().filter(|(other, _)| *other != actor);
        self.outgoing.iter().chain(back).copied().collect()
    }
}

fn far(edge: RelationRef<'_>) -> Step {
    (edge.target().index(), edge.id().index())
}

fn near(edge: RelationRef<'_>) -> Step {
    (edge.source().index(), edge.id().index())
}

fn others(steps: &[Step]) -> Vec<usize> {
    steps.iter().map(|(other, _)| *other).collect()
}

/// Holds all that a view tells of its relations against what is seen.
fn compare(view: &View<'_>, case: &Case, slice: &Slice, seen: &[usize]) -> TestCaseResult {
    prop_assert_eq!(&indices(view.relations()), seen);
    for kind in 0..KINDS + 1 {
        let of_kind: Vec<usize> = seen.iter().copied().filter(|id| case.relations[*id].kind == kind).collect();
        prop_assert_eq!(indices(view.relations_of(TypeId::new(kind))), of_kind);
    }
    prop_assert_eq!(view.edge_count(), seen.len());

    let undirected = view.clone().undirected();
    let mut walked = Vec::new();
    for actor in 0..=case.actors.len() {
        let id = ActorId::new(actor);
        let rows = Rows::of(actor, case, seen);
        let row =
            |direction| view.row(id, direction).map(|n| (n.other.index(), n.relation.index())).collect::<Vec<_>>();
        prop_assert_eq!(&row(Direction::Outgoing), &rows.outgoing);
        prop_assert_eq!(&row(Direction::Incoming), &rows.incoming);
        let both = rows.both(actor);
        let ties: Vec<Step> = view.ties(id).map(|n| (n.other.index(), n.relation.index())).collect();
        prop_assert_eq!(&ties, &both);
        let (out, back) = (petgraph::Direction::Outgoing, petgraph::Direction::Incoming);
        prop_assert_eq!(&view.edges(id).map(far).collect::<Vec<_>>(), &rows.outgoing);
        prop_assert_eq!(&view.edges_directed(id, back).map(near).collect::<Vec<_>>(), &rows.incoming);
        prop_assert_eq!(&undirected.edges(id).map(far).collect::<Vec<_>>(), &both);
        prop_assert_eq!(&undirected.edges_directed(id, back).map(near).collect::<Vec<_>>(), &both);
        let plain = |ids: Vec<ActorId>| ids.into_iter().map(ActorId::index).collect::<Vec<_>>();
        prop_assert_eq!(plain(view.neighbors(id).collect()), others(&rows.outgoing));
        prop_assert_eq!(plain(view.neighbors_directed(id, out).collect()), others(&rows.outgoing));
        prop_assert_eq!(plain(view.neighbors_directed(id, back).collect()), others(&rows.incoming));
        prop_assert_eq!(plain(undirected.neighbors(id).collect()), others(&both));
        walked.extend(rows.outgoing.iter().map(|(object, id)| (actor, *object, *id)));
    }
    let edges = |edge: RelationRef<'_>| (edge.source().index(), edge.target().index(), edge.id().index());
    prop_assert_eq!(&view.edge_references().map(edges).collect::<Vec<_>>(), &walked);

    // A walk of petgraph's, against reaching on until nothing is new.
    let mut reached = BTreeSet::from([0]);
    while walked.iter().any(|(from, to, _)| reached.contains(from) && reached.insert(*to)) {}
    let mut met = BTreeSet::new();
    let mut search = Bfs::new(view, ActorId::new(0));
    while let Some(actor) = search.next(view) {
        met.insert(actor.index());
    }
    prop_assert_eq!(met, reached, "{:?}", slice);
    Ok(())
}

#[test]
fn rows_of_hubs_are_what_a_look_at_every_relation_finds() {
    let [some, few, rounded, filtered, uncertain, loops] = std::array::from_fn(|_| Telling::default());
    let strategy = (any::<u64>(), 600..1_300usize, 2..8usize, prop::bool::weighted(0.1)).no_shrink();
    for_some(24, &strategy, |(seed, relations, actors, is_large)| {
        let mut dice = Dice::new(seed);
        let axis = Axis::new(&mut dice);
        let relations = if is_large { 3_000 } else { relations };
        let case = case(&mut dice, &axis, Size { actors, relations });
        let graph = build(&case, &axis, std::iter::empty());
        prop_assert!(graph.outgoing(ActorId::new(0)).len() >= 400);
        for round in 0..6 {
            let filter = if round % 2 == 0 { Filter::default() } else { filter(&mut dice, &axis) };
            let held = case.held(&filter);
            for at in 0..if round == 0 { 12 } else { 3 } {
                let mut slice = slice(&mut dice, &axis, actors);
                if let (0, Some(day)) = (round, [PAST, BEGIN, END, FUTURE].get(at)) {
                    slice.asked = Asked::Sometime(*day, *day);
                }
                let seen = case.seen(&held, &slice);
                let view = view(&graph, &axis, &slice, &filter);
                compare(&view, &case, &slice, &seen).map_err(|e| fail(e, &slice, &filter, &axis))?;
                let is_hub = graph.outgoing(ActorId::new(0)).len() >= 512;
                let share = seen.len() * 100 / relations;
                some.count(is_hub && share > 0);
                few.count(is_hub && (1..20).contains(&share));
                rounded.count(axis.is_rounded && share > 0);
                filtered.count(round % 2 == 1 && share > 0);
                let other = Slice { certain: !slice.certain, ..slice.clone() };
                uncertain.count(case.seen(&held, &other) != seen);
                loops.count(seen.iter().any(|id| case.relations[*id].subject == case.relations[*id].object));
            }
        }
        Ok(())
    });
    some.assert_percent(45, "an indexed row and relations to see in it");
    few.assert_percent(12, "an indexed row of which less than a fifth is seen");
    rounded.assert_percent(20, "relations seen in a graph whose calendar rounds");
    filtered.assert_percent(12, "relations that a claim filter leaves");
    uncertain.assert_percent(40, "something possible but not certain");
    loops.assert_percent(30, "a relation of an actor with itself");
}

fn fail(error: TestCaseError, slice: &Slice, filter: &Filter, axis: &Axis) -> TestCaseError {
    match error {
        TestCaseError::Fail(why) => TestCaseError::fail(format!("{why}\n{slice:?}\n{filter:?}\n{axis:?}")),
        rejected => rejected,
    }
}

/// What a relation's extent should be, with the ends that doubt takes away.
fn extent(held: Option<&Held>, axis: &Axis) -> Extent {
    let Some(held) = held else { return Extent::NEVER };
    let bounds = |from: Tick, to: Tick| Bounds::between(axis.day(from), axis.day(to));
    let (first, last) = (earliest(held.firsts), latest(held.lasts));
    match held.is_firm {
        true => Extent { start: bounds(first, latest(held.firsts)), end: bounds(earliest(held.lasts), last) },
        false => Extent { start: bounds(first, FUTURE), end: bounds(PAST, last) },
    }
}

fn check_extents(graph: &TemporalGraph, case: &Case, axis: &Axis) -> TestCaseResult {
    let held = case.held(&Filter::default());
    let mut seen = [0; 2];
    for actor in (0..case.actors.len()).map(ActorId::new) {
        for (at, row) in [graph.outgoing(actor), graph.incoming(actor)].into_iter().enumerate() {
            for neighbour in row {
                let id = neighbour.relation;
                let (relation, wanted) = (&case.relations[id.index()], extent(held[id.index()].as_ref(), axis));
                prop_assert_eq!(graph.extent_of(neighbour), wanted, "{:?}", relation);
                prop_assert_eq!(graph.standing(id).extent(), wanted, "{:?}", relation);
                prop_assert_eq!(graph.ends(id), (ActorId::new(relation.subject), ActorId::new(relation.object)));
                prop_assert_eq!(neighbour.kind, graph.type_of(id));
                seen[at] += 1;
            }
        }
    }
    prop_assert_eq!(seen, [case.relations.len(); 2]);
    Ok(())
}

#[test]
fn extents_out_of_rows_are_those_of_dates_claims_and_lives() {
    let [exact, rounded] = std::array::from_fn(|_| Telling::default());
    for_some(8, &(any::<u64>(), 20..700usize).no_shrink(), |(seed, relations)| {
        let mut dice = Dice::new(seed);
        let axis = Axis::new(&mut dice);
        let case = case(&mut dice, &axis, Size { actors: 5, relations });
        let graph = build(&case, &axis, std::iter::empty());
        check_extents(&graph, &case, &axis)?;
        let slice = slice(&mut dice, &axis, 5);
        for (at, held) in case.held(&Filter::default()).iter().enumerate() {
            let answer = held.map_or(Answer::No, |held| held.answer(slice.asked));
            let holds = graph.all_time(allegiance::time::Reading::Possible).with_window(axis.window(slice.asked));
            let wanted = [Holds::No, Holds::Possible, Holds::Certain][answer as usize];
            prop_assert_eq!(holds.holds(RelationId::new(at)), wanted, "{:?} {:?}", slice.asked, case.relations[at]);
            exact.count(held.is_some_and(|h| h.is_firm && h.firsts.count_ones() == 1 && h.lasts.count_ones() == 1));
        }
        rounded.count(axis.is_rounded);
        Ok(())
    });
    exact.assert_percent(20, "days known at both ends");
    rounded.assert_percent(30, "a calendar that rounds");
}
