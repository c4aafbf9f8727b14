//! What a view tells through petgraph's traits against what the oracle says.

use crate::oracle::{Answer, LINEAGE, Slice, Tie, steps};
use crate::records::{build, case, claim_filter, slice, types, view, window};
use crate::{Telling, for_all};
use allegiance::graph::{Directedness, RelationRef, View};
use allegiance::model::{ActorId, RelationId};
use allegiance::time::Reading;
use petgraph::Direction;
use petgraph::data::DataMap;
use petgraph::visit::{
    EdgeCount, EdgeRef, GetAdjacencyMatrix, GraphProp, IntoEdgeReferences, IntoEdges, IntoEdgesDirected, IntoNeighbors,
    IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences, NodeCount, NodeIndexable, VisitMap, Visitable,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

fn tie(edge: RelationRef<'_>) -> Tie {
    (edge.id().index(), edge.source().index(), edge.target().index())
}

fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort_unstable();
    items
}

/// Holds everything the traits tell of a view against the actors and ties that should be in it. `all` actors are in the graph.
fn compare<Ty: Directedness>(view: &View<'_, Ty>, all: usize, actors: &[usize], ties: &[Tie]) -> TestCaseResult {
    let undirected = !Ty::IS_DIRECTED;
    prop_assert_eq!(view.is_directed(), !undirected);

    // Actors: identifiers, records, exact sizes, ranks without holes.
    let ids: Vec<usize> = view.node_identifiers().map(ActorId::index).collect();
    prop_assert_eq!(&ids, actors);
    prop_assert_eq!(&view.actors().map(ActorId::index).collect::<Vec<_>>(), actors);
    prop_assert_eq!(view.node_count(), actors.len());
    prop_assert_eq!(view.node_bound(), actors.len());
    prop_assert_eq!(view.node_identifiers().size_hint(), (actors.len(), Some(actors.len())));
    prop_assert_eq!(view.node_references().size_hint(), (actors.len(), Some(actors.len())));
    for ((id, record), wanted) in view.node_references().zip(actors) {
        prop_assert_eq!(id.index(), *wanted);
        prop_assert_eq!(&*record.slug, format!("a{wanted}"));
    }
    for (rank, actor) in actors.iter().enumerate() {
        prop_assert_eq!(view.to_index(ActorId::new(*actor)), rank);
        prop_assert_eq!(view.from_index(rank), ActorId::new(*actor));
    }

    // Relations: each once, from subject to object, with its record.
    let edges: Vec<RelationRef<'_>> = view.edge_references().collect();
    prop_assert_eq!(&sorted(edges.iter().map(|e| tie(*e))), ties);
    for edge in &edges {
        prop_assert_eq!(&*edge.weight().slug, format!("r{:02}", edge.id().index()));
    }
    prop_assert_eq!(view.edge_count(), ties.len());
    prop_assert_eq!(
        view.relations().map(RelationId::index).collect::<Vec<_>>(),
        ties.iter().map(|t| t.0).collect::<Vec<_>>()
    );
    let copy = view.to_graph();
    prop_assert_eq!(copy.node_weights().map(|id| id.index()).collect::<Vec<_>>(), actors);
    let copied =
        copy.edge_references().map(|e| (e.weight().index(), copy[e.source()].index(), copy[e.target()].index()));
    prop_assert_eq!(&copied.collect::<Vec<_>>(), ties);
    prop_assert_eq!(copy.is_directed(), !undirected);

    // Walks, also from absent actors and from one that the graph does not have.
    let walked = steps(ties, undirected);
    let matrix = view.adjacency_matrix();
    let mut map = view.visit_map();
    for actor in 0..=all {
        let id = ActorId::new(actor);
        prop_assert_eq!(view.contains(id), actors.contains(&actor));
        prop_assert_eq!(view.node_weight(id).is_some(), actors.contains(&actor));
        let from: Vec<Tie> = sorted(walked.iter().copied().filter(|(_, a, _)| *a == actor));
        let to: Vec<Tie> = sorted(walked.iter().copied().filter(|(_, _, b)| *b == actor));
        let (outgoing, incoming) = (Direction::Outgoing, Direction::Incoming);
        prop_assert_eq!(&sorted(view.edges(id).map(tie)), &from);
        prop_assert_eq!(&sorted(view.edges_directed(id, outgoing).map(tie)), &from);
        prop_assert_eq!(&sorted(view.edges_directed(id, incoming).map(tie)), &to);
        let (after, before) = (sorted(from.iter().map(|t| t.2)), sorted(to.iter().map(|t| t.1)));
        prop_assert_eq!(&sorted(view.neighbors(id).map(ActorId::index)), &after);
        prop_assert_eq!(&sorted(view.neighbors_directed(id, outgoing).map(ActorId::index)), &after);
        prop_assert_eq!(&sorted(view.neighbors_directed(id, incoming).map(ActorId::index)), &before);
        prop_assert_eq!(view.ties(id).count(), sorted(steps(ties, true)).iter().filter(|t| t.1 == actor).count());
        if !undirected {
            let order: Vec<(usize, usize)> = view.edges(id).map(tie).map(|t| (t.2, t.0)).collect();
            prop_assert!(order.is_sorted(), "rows are by (other end, relation): {:?}", order);
        }
        for other in 0..=all {
            let adjacent = walked.iter().any(|(_, a, b)| (*a, *b) == (actor, other));
            prop_assert_eq!(view.is_adjacent(&matrix, id, ActorId::new(other)), adjacent);
        }
        prop_assert!(!map.is_visited(&id));
        prop_assert!(map.visit(id) && !map.visit(id) && map.is_visited(&id));
        prop_assert!(map.unvisit(id) && !map.unvisit(id) && !map.is_visited(&id));
        map.visit(id);
    }
    view.reset_map(&mut map);
    prop_assert!((0..=all).all(|actor| !map.is_visited(&ActorId::new(actor))));
    Ok(())
}

#[test]
fn views_tell_what_a_graph_rebuilt_day_by_day_holds() {
    let [ties, absent, uncertain, throughout, loops, filtered, typed, loose] =
        std::array::from_fn(|_| Telling::default());
    for_all(&(case(), slice()), |(case, slice)| {
        let graph = build(&case);
        let directed = view(&graph, &slice);
        let (wanted_actors, wanted_ties) = (case.actors_of(&slice), case.ties_of(&slice));
        for (_, a, b) in &wanted_ties {
            prop_assert!(wanted_actors.contains(a) && wanted_actors.contains(b), "a present relation has present ends");
        }
        for id in 0..case.relations.len() {
            let wanted = format!("{:?}", case.answer(id, slice.asked, &slice.filter));
            prop_assert_eq!(format!("{:?}", directed.holds(RelationId::new(id))), wanted);
            let is_there = wanted_ties.iter().any(|t| t.0 == id);
            prop_assert_eq!(directed.contains_relation(RelationId::new(id)), is_there);
            prop_assert_eq!(directed.edge_weight(RelationId::new(id)).is_some(), is_there);
        }
        compare(&directed, case.actors.len(), &wanted_actors, &wanted_ties)?;
        let undirected = directed.undirected();
        compare(&undirected, case.actors.len(), &wanted_actors, &wanted_ties)?;

        let other = Slice { certain: !slice.certain, ..slice.clone() };
        let unfiltered = Slice { filter: Default::default(), ..slice.clone() };
        let untyped = Slice { kinds: None, ..slice.clone() };
        ties.count(wanted_ties.len() >= 2);
        absent.count(wanted_actors.len() < case.actors.len() && !wanted_ties.is_empty());
        uncertain.count(case.ties_of(&other) != wanted_ties);
        throughout.count(slice.asked.throughout && !wanted_ties.is_empty());
        loops.count(wanted_ties.iter().any(|t| t.1 == t.2));
        filtered.count(case.ties_of(&unfiltered) != wanted_ties);
        typed.count(case.ties_of(&untyped) != wanted_ties);
        loose.count((0..case.relations.len()).any(|r| {
            let relation = &case.relations[r];
            let is_end_absent =
                !(wanted_actors.contains(&relation.subject) && wanted_actors.contains(&relation.object));
            let holds = case.answer(r, slice.asked, &slice.filter) != Answer::No;
            assert!(relation.kind == LINEAGE || !(holds && is_end_absent), "lives cut all but lineage");
            holds && is_end_absent
        }));
        Ok(())
    });
    ties.assert_percent(30, "two relations or more");
    absent.assert_percent(15, "an absent actor beside a relation");
    uncertain.assert_percent(40, "something possible but not certain");
    throughout.assert_percent(5, "a relation throughout a period");
    loops.assert_percent(8, "a relation of an actor with itself");
    filtered.assert_percent(10, "a relation that the claim filter takes away or alters");
    typed.assert_percent(10, "a relation that the type filter takes away");
    loose.assert_percent(5, "a relation of lineage that holds while an end of it is absent");
}

#[test]
fn certain_views_lie_within_possible_ones() {
    let telling = Telling::default();
    for_all(&(case(), slice()), |(case, slice)| {
        let graph = build(&case);
        let certain = view(&graph, &Slice { certain: true, ..slice.clone() });
        let possible = view(&graph, &Slice { certain: false, ..slice });
        prop_assert!(certain.relations().all(|id| possible.contains_relation(id)));
        prop_assert_eq!(certain.actors().collect::<Vec<_>>(), possible.actors().collect::<Vec<_>>());
        telling.count(certain.relations().count() > 0 && certain.relations().count() < possible.relations().count());
        Ok(())
    });
    telling.assert_percent(25, "something certain and something only possible");
}

#[test]
fn a_view_altered_step_by_step_is_the_one_made_at_once() {
    fn same<A: Directedness, B: Directedness>(altered: &View<'_, A>, fresh: &View<'_, B>) -> TestCaseResult {
        prop_assert_eq!(altered.edge_count(), fresh.edge_count());
        prop_assert_eq!(altered.relations().collect::<Vec<_>>(), fresh.relations().collect::<Vec<_>>());
        // By ranks, which a view keeps once made: a stale table would show.
        prop_assert_eq!(altered.node_identifiers().collect::<Vec<_>>(), fresh.actors().collect::<Vec<_>>());
        Ok(())
    }
    let telling = Telling::default();
    for_all(&(case(), slice(), slice()), |(case, mut now, wanted)| {
        let graph = build(&case);
        let mut altered = view(&graph, &now);
        let before = altered.edge_count();
        altered = altered.with_window(window(wanted.asked));
        now.asked = wanted.asked;
        same(&altered, &view(&graph, &now))?;
        let window_tells = altered.edge_count() != before;
        let reading = if wanted.certain { Reading::Certain } else { Reading::Possible };
        altered = altered.with_reading(reading);
        now.certain = wanted.certain;
        same(&altered, &view(&graph, &now))?;
        altered = altered.with_claims(claim_filter(&wanted.filter));
        now.filter = wanted.filter;
        same(&altered, &view(&graph, &now))?;
        if let Some(kinds) = wanted.kinds {
            altered = altered.with_types(&types(&kinds));
            now.kinds = Some(kinds);
            same(&altered, &view(&graph, &now))?;
        }
        same(&altered.clone(), &altered)?;
        let fresh = view(&graph, &now);
        same(&altered.undirected(), &fresh)?;
        telling.count(window_tells);
        Ok(())
    });
    telling.assert_percent(40, "a window that changes what is there");
}
