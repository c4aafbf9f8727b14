//! What began, and what ended, in some days: relations by the days of their ends.
//!
//! An end whose day is known, of a relation that nobody doubts, stands in one list ordered by days: what ended in a window is a run of it. Every other end lies
//! between two days, and stands in an index of spans; the few that it finds are asked.

use super::calendar::{Calendar, FAR_PAST};
use super::spans::{SpanColumns, SpanTable};
use crate::model::RelationId;
use crate::storage::Column;
use crate::time::{Bounds, Day, Reading};

/// The days of one end of all relations that ever hold.
#[derive(Debug, Default)]
pub(super) struct Moments {
    /// For each number of a day, and one more, where its relations begin in `exact`.
    pub(super) starts: Column<u32>,
    /// The relations whose end falls on a known day, by day and then by id.
    pub(super) exact: Column<RelationId>,
    /// Beside each the number of the day of its other end, or [`ASK`].
    pub(super) others: Column<u16>,
    /// The relations whose end lies between two days, or is doubted, by id.
    pub(super) vague: Column<RelationId>,
    /// The days between which it lies, outwards.
    pub(super) vague_days: Column<[u16; 2]>,
    pub(super) spans: SpanColumns,
}

/// One end of a relation, as the index of its days takes it in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    /// The relation.
    pub(super) relation: RelationId,
    /// Between which days it lies, by dates alone.
    pub(super) bounds: Bounds,
    /// Between which days the other end lies.
    pub(super) other: Bounds,
    /// Nobody doubts the relation.
    pub(super) is_sure: bool,
}

/// What stands for the day of another end that is not known.
pub(super) const ASK: u16 = u16::MAX;

impl Moments {
    /// Sorts ends by days. Given by ascending relation.
    pub(super) fn pack(calendar: Calendar, moments: impl Iterator<Item = Moment> + Clone) -> Self {
        let exact_number = |m: &Moment| {
            let is_exact = m.is_sure && m.bounds.earliest == m.bounds.latest;
            if is_exact { calendar.number(m.bounds.earliest) } else { None }
        };
        let highest = moments.clone().filter_map(|m| exact_number(&m)).max();
        let days = highest.map_or(0, |number| usize::from(number) + 1);
        let mut starts = vec![0u32; days + 1];
        let (mut vague, mut vague_days) = (Vec::new(), Vec::new());
        for moment in moments.clone() {
            match exact_number(&moment) {
                Some(number) => starts[usize::from(number) + 1] += 1,
                None if moment.bounds.earliest == moment.bounds.latest && !moment.bounds.earliest.is_bounded() => {}
                None => {
                    let (first, last, _) = calendar.outwards(moment.bounds.earliest, moment.bounds.latest);
                    vague.push(moment.relation);
                    vague_days.push([first, last]);
                }
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let count = starts.last().copied().unwrap_or(0) as usize;
        let (mut exact, mut others) = (vec![RelationId::new(0); count], vec![0u16; count]);
        let mut next = starts.clone();
        for moment in moments {
            if let Some(number) = exact_number(&moment) {
                let at = &mut next[usize::from(number)];
                let other = moment.other;
                others[*at as usize] = match other.earliest {
                    _ if other.earliest != other.latest => ASK,
                    Day::FAR_PAST => FAR_PAST,
                    day => calendar.number(day).unwrap_or(ASK),
                };
                exact[*at as usize] = moment.relation;
                *at += 1;
            }
        }
        let mut spans = SpanTable::default();
        spans.push(vague_days.iter().map(|[first, last]| (*first, *last)));
        Self {
            starts: starts.into(),
            exact: exact.into(),
            others: others.into(),
            vague: vague.into(),
            vague_days: vague_days.into(),
            spans: spans.into(),
        }
    }

    /// The relations of known days from `first` to `last`, both included, by day and then by id, and the numbers of their other ends.
    pub(super) fn known(&self, calendar: Calendar, first: Day, last: Day) -> (&[RelationId], &[u16]) {
        let days = self.starts.len().saturating_sub(1);
        let number = |day: Day| (i64::from(day.number()) - i64::from(calendar.base())).clamp(0, days as i64) as usize;
        let (from, to) = (number(first), (number(last) + 1).min(days));
        if days == 0 || from >= to || last < calendar.day(1) {
            return (&[], &[]);
        }
        let at = |number: usize| self.starts.get(number).map_or(0, |at| *at as usize);
        let run = at(from)..at(to);
        (self.exact.slice(run.clone()), self.others.slice(run))
    }

    /// The relations whose end may lie from `first` to `last`, both included, and is not known to a day, by id. Some may be too many: they must be asked.
    pub(super) fn unknown(&self, calendar: Calendar, first: Day, last: Day) -> Vec<RelationId> {
        let ids = self.vague.all();
        let (by, from) = (calendar.by(last), calendar.from(first));
        let row = self.vague_days.all();
        let all = || (0..ids.len() as u32).collect();
        let places = self.spans.of(0, 0, row).map_or_else(all, |spans| spans.touching(from, by));
        places.iter().filter_map(|place| ids.get(*place as usize).copied()).collect()
    }
}

/// Whether an end that lies between some bounds falls between two days, both included, in a reading; `is_sure` when nobody doubts the relation.
pub(super) fn falls(bounds: Bounds, is_sure: bool, first: Day, last: Day, reading: Reading) -> bool {
    match reading {
        Reading::Certain => is_sure && bounds.earliest >= first && bounds.latest <= last,
        Reading::Possible => bounds.earliest <= last && bounds.latest >= first && is_told(bounds),
    }
}

/// Whether bounds say anything of when: an end without any is none.
fn is_told(bounds: Bounds) -> bool {
    bounds.earliest.is_bounded() || bounds.latest.is_bounded()
}
