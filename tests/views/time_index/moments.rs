//! What began, ended and changed in windows of any width.

use super::graphs::{Axis, Dice, Size, build, case, indices, reading};
use super::oracle::{BEGIN, Case, END, End, Filter, Held, Tick};
use crate::{Telling, for_some};
use proptest::prelude::*;

/// The relations with an end from one tick to another: those of known days by day and id, then the others by id.
fn falling(held: &[Option<Held>], end: End, from: Tick, to: Tick, certain: bool) -> Vec<usize> {
    let falls = |id: &usize| held[*id].is_some_and(|held| held.falls(end, from, to, certain));
    let known = |id: usize| held[id].and_then(|held| held.known(end));
    let all: Vec<usize> = (0..held.len()).filter(falls).collect();
    let mut by_day: Vec<(Tick, usize)> = all.iter().filter_map(|id| Some((known(*id)?, *id))).collect();
    by_day.sort_unstable();
    by_day.into_iter().map(|(_, id)| id).chain(all.into_iter().filter(|id| known(*id).is_none())).collect()
}

/// Those that began after a day and by another, then those whose last day was one before them, each once.
fn changing(held: &[Option<Held>], after: Tick, until: Tick, certain: bool) -> Vec<usize> {
    // Between days that can be asked about.
    let (after, until) = (after.max(BEGIN), until.min(END));
    if after >= until {
        return Vec::new();
    }
    let mut all = falling(held, End::First, after + 1, until, certain);
    for id in falling(held, End::Last, after, until - 1, certain) {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    all
}

struct Told {
    known: Telling,
    vague: Telling,
    doubted: Telling,
    both: Telling,
    rounded: Telling,
}

fn compare(case: &Case, axis: &Axis, dice: &mut Dice, told: &Told) -> proptest::test_runner::TestCaseResult {
    let graph = build(case, axis, std::iter::empty());
    let held = case.held(&Filter::default());
    for round in 0..48 {
        let (a, b) = (axis.any(dice), axis.any(dice));
        // Single days, days that follow one another, any, and the wrong way round.
        let (from, to) = match round % 6 {
            0 => (a, a),
            1 => (a.min(END), a.min(END) + 1),
            2 => (a.max(b), a.min(b)),
            _ => (a.min(b), a.max(b)),
        };
        let (first, last) = (axis.day(from), axis.day(to));
        for certain in [true, false] {
            let reading = reading(certain);
            let [began, ended] = [End::First, End::Last].map(|end| falling(&held, end, from, to, certain));
            let what = format!("{from}..={to} = {first}..={last}, {reading:?}");
            prop_assert_eq!(indices(graph.began(first, last, reading)), began.clone(), "began {} {:?}", &what, axis);
            prop_assert_eq!(indices(graph.ended(first, last, reading)), ended.clone(), "ended {} {:?}", &what, axis);
            let changed = changing(&held, from, to, certain);
            prop_assert_eq!(
                indices(graph.changed(first, last, reading)),
                changed.clone(),
                "changed {} {:?}",
                &what,
                axis
            );

            let some = |list: &[usize], test: &dyn Fn(&Held) -> bool| {
                list.iter().any(|id| held[*id].as_ref().is_some_and(test))
            };
            told.known.count(
                some(&began, &|h| h.known(End::First).is_some()) && some(&ended, &|h| h.known(End::Last).is_some()),
            );
            told.vague.count(
                some(&began, &|h| h.known(End::First).is_none()) && some(&ended, &|h| h.known(End::Last).is_none()),
            );
            told.doubted.count(some(&changed, &|h| !h.is_firm));
            told.both.count(changed.len() > 1 && changed.len() < began.len() + ended.len());
            told.rounded.count(axis.is_rounded && !changed.is_empty());
        }
    }
    Ok(())
}

#[test]
fn what_began_ended_and_changed_is_what_a_look_at_every_end_finds() {
    let told: Told = Told {
        known: Telling::default(),
        vague: Telling::default(),
        doubted: Telling::default(),
        both: Telling::default(),
        rounded: Telling::default(),
    };
    let few = prop_oneof![0..9usize, 20..300usize];
    let relations = prop_oneof![2 => few, 1 => 900..1_800usize];
    for_some(8, &(any::<u64>(), relations).no_shrink(), |(seed, relations)| {
        let mut dice = Dice::new(seed);
        let axis = Axis::new(&mut dice);
        let case = case(&mut dice, &axis, Size { actors: 6, relations });
        compare(&case, &axis, &mut dice, &told)
    });
    told.known.assert_percent(30, "ends of known days at both ends");
    told.vague.assert_percent(25, "ends between two days");
    told.doubted.assert_percent(20, "an end of a relation that is doubted");
    told.both.assert_percent(20, "a relation that began and ended there");
    told.rounded.assert_percent(20, "a calendar that rounds");
}
