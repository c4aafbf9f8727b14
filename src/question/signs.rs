//! What every pair is to each other on every day: the sign of a pair as a list of the days on which it turns.
//!
//! The rule is [`sign`](super::sign)'s; here it is asked on each day on which its answer may change, and nowhere else.

use super::history::signed;
use super::matrix::{Footing, footing_of_pair};
use super::{EVENT_MEMORY_DAYS, Lens, Line};
use crate::model::{ActorId, RelationId, Sign};
use crate::time::{Day, Extent, Window};
use std::collections::{BTreeMap, BTreeSet};

/// The days on which what a pair comes to changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairSigns {
    /// The actors of one line.
    pub a: Vec<ActorId>,
    /// Those of the other.
    pub b: Vec<ActorId>,
    /// The changes, by day; before the first nothing is known.
    pub turnings: Vec<Turning>,
}

/// A day on which what a pair comes to, how firmly, or what decides it, changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turning {
    /// The first day of it.
    pub day: Day,
    /// What the pair comes to from then on.
    pub sign: Sign,
    /// How firmly that stands, as in [`matrix`](super::matrix()); absent when nothing is known.
    pub footing: Option<Footing>,
    /// The relations that decide it, by id.
    pub deciding: Vec<RelationId>,
}

/// What the pairs of lines between which some of these relations stand come to on each day from `first` to `last`, by their first members.
///
/// # Complexity
/// O(relations × claims) questions in all, each O(relations of its pair).
#[must_use]
pub fn signs_over_time(lens: &Lens<'_>, relations: &[RelationId], first: Day, last: Day) -> Vec<PairSigns> {
    let mut lines: BTreeMap<ActorId, Line> = BTreeMap::new();
    let mut pairs: BTreeMap<(ActorId, ActorId), Vec<RelationId>> = BTreeMap::new();
    for id in relations {
        if !lens.keeps_type(lens.graph.type_of(*id)) || !lens.is_sourced(*id) {
            continue;
        }
        let relation = lens.graph.relation(*id);
        let [a, b] = [relation.subject, relation.object].map(|actor| {
            let line = lines.entry(actor).or_insert_with(|| lens.line(actor));
            line.members.first().copied().unwrap_or(actor)
        });
        if a != b {
            pairs.entry((a.min(b), a.max(b))).or_default().push(*id);
        }
    }
    let members = |actor: ActorId| lines.values().find(|line| line.contains(actor)).map(|line| line.members.clone());
    pairs
        .into_iter()
        .filter_map(|((a, b), mut relations)| {
            relations.sort_unstable();
            relations.dedup();
            let turnings = turnings(lens, &relations, first, last);
            Some(PairSigns { a: members(a)?, b: members(b)?, turnings })
        })
        .collect()
}

/// The days on which the sign of these relations changes.
fn turnings(lens: &Lens<'_>, relations: &[RelationId], first: Day, last: Day) -> Vec<Turning> {
    let mut turnings: Vec<Turning> = Vec::new();
    for day in breaks(lens, relations, first, last) {
        let lens = lens.at(Window::on(day));
        let (sign, deciding) = signed(&lens, relations);
        let footing = footing_of_pair(&lens, sign, &deciding);
        match turnings.last() {
            None if sign == Sign::NothingKnown => {}
            Some(before) if (before.sign, before.footing) == (sign, footing) && before.deciding == deciding => {}
            _ => turnings.push(Turning { day, sign, footing, deciding }),
        }
    }
    turnings
}

/// The days from `first` to `last` on which the answer may differ from the day before: `first` itself, and where a bound of a relation, of its
/// dating by one source, or of the time for which an event counts, is crossed.
fn breaks(lens: &Lens<'_>, relations: &[RelationId], first: Day, last: Day) -> BTreeSet<Day> {
    let mut days = BTreeSet::from([first]);
    let mut add = |extent: Extent| {
        for bound in [extent.start.earliest, extent.start.latest, extent.end.earliest, extent.end.latest] {
            let after = bound.plus(1);
            days.extend([bound, after, after.plus(EVENT_MEMORY_DAYS)].into_iter().filter(|d| first < *d && *d <= last));
        }
    };
    for id in relations {
        lens.view.datings(*id).for_each(&mut add);
    }
    days
}
