//! Counts by type, kept and looked at.

use super::graphs::{Axis, Dice, Size, build, case, filter, slice, view};
use super::oracle::{Asked, BEGIN, Case, END, FUTURE, Filter, LINEAGE, NEWEST, OLDEST, PAST};
use crate::{Telling, for_some};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// (type, relations, actors), by type.
type Count = (usize, usize, usize);

fn count(case: &Case, seen: &[usize]) -> Vec<Count> {
    let mut by_kind: BTreeMap<usize, (usize, BTreeSet<usize>)> = BTreeMap::new();
    for relation in seen.iter().map(|id| &case.relations[*id]) {
        let of_kind = by_kind.entry(relation.kind).or_default();
        of_kind.0 += 1;
        of_kind.1.extend([relation.subject, relation.object]);
    }
    by_kind.into_iter().map(|(kind, (relations, actors))| (kind, relations, actors.len())).collect()
}

#[test]
fn tallies_are_what_counting_every_relation_gives() {
    let [days, many, lineage, outside, rounded, filtered] = std::array::from_fn(|_| Telling::default());
    let relations = prop_oneof![3 => 0..40usize, 2 => 40..900usize];
    for_some(6, &(any::<u64>(), relations, 1..40usize).no_shrink(), |(seed, relations, actors)| {
        let mut dice = Dice::new(seed);
        let axis = Axis::new(&mut dice);
        let case = case(&mut dice, &axis, Size { actors, relations });
        let graph = build(&case, &axis, std::iter::empty());
        let all = case.held(&Filter::default());
        let some = filter(&mut dice, &axis);
        let fewer = case.held(&some);
        for round in 0..40 {
            let mut slice = slice(&mut dice, &axis, actors);
            // Mostly single days, of which counts are kept, asked in each of the ways there are.
            if round % 4 != 0 {
                let day = axis.any(&mut dice);
                let bounded = day.clamp(BEGIN, END);
                slice.asked = match round % 4 {
                    1 => Asked::Sometime(day, day),
                    2 => Asked::Throughout(bounded, bounded),
                    _ => Asked::Within(bounded, bounded),
                };
                slice.among = slice.among.filter(|_| round % 8 == 1);
            }
            let is_filtered = round % 5 == 0;
            let (filter, held) = if is_filtered { (&some, &fewer) } else { (&Filter::default(), &all) };
            let wanted = count(&case, &case.seen(held, &slice));
            let found: Vec<Count> = view(&graph, &axis, &slice, filter)
                .tally()
                .iter()
                .map(|of_type| (of_type.kind.index(), of_type.relations, of_type.actors))
                .collect();
            prop_assert_eq!(&found, &wanted, "{:?} {:?} {:?}", &slice, filter, &axis);
            let is_day = matches!(slice.asked, Asked::Sometime(a, b) if a == b);
            days.count(is_day && !wanted.is_empty());
            many.count(is_day && wanted.iter().any(|(_, relations, actors)| *relations > 9 && actors < relations));
            lineage.count(wanted.iter().any(|(kind, ..)| *kind == LINEAGE));
            outside.count(matches!(slice.asked, Asked::Sometime(a, b) if a == b && [PAST, BEGIN, OLDEST, NEWEST, END, FUTURE].contains(&a)));
            rounded.count(axis.is_rounded && is_day && !wanted.is_empty());
            filtered.count(is_filtered && !wanted.is_empty());
        }
        Ok(())
    });
    days.assert_percent(15, "something to count on a day");
    many.assert_percent(5, "many relations between few actors on a day");
    lineage.assert_percent(15, "lineage");
    outside.assert_percent(1, "days before and after all others");
    rounded.assert_percent(10, "something to count on a day of a calendar that rounds");
    filtered.assert_percent(6, "something that a claim filter leaves");
}
