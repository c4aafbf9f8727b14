//! What began, ended or changed in some days, over the whole graph, without looking at what did not.

use super::TemporalGraph;
use super::moments::{ASK, Moments, falls};
use crate::model::RelationId;
use crate::time::{Bounds, Day, Extent, Reading, Window};

/// Which end of a relation: its bounds among its dates.
type End = fn(&Extent) -> Bounds;

/// The relations with an end in some days.
struct Falling<'g> {
    /// Those of known days so early that they have no number, by day and then by id.
    early: Vec<RelationId>,
    /// Those of other known days, by day and then by id, and the numbers of their other ends.
    known: (&'g [RelationId], &'g [u16]),
    /// Those of known days so late that they have none.
    late: Vec<RelationId>,
    /// The others, by id.
    vague: Vec<RelationId>,
}

impl Falling<'_> {
    fn all(self) -> Vec<RelationId> {
        [self.early.as_slice(), self.known.0, self.late.as_slice(), self.vague.as_slice()].concat()
    }
}

impl TemporalGraph {
    /// The relations that began on a day from `first` to `last`, both included, all claims counted: certainly so, or also possibly.
    ///
    /// Those that nobody doubts and whose day is known come by day and then by id; after them the others, by id. A relation that is denied never began;
    /// one that is contested or not asserted began possibly at most. One that has always held, or of whose beginning nothing is recorded, began on no
    /// day, and there is no day from a later to an earlier one.
    ///
    /// # Complexity
    /// O(answer) for known days; for others O(log n + those of which the end may lie there), also where only the certain is wanted.
    ///
    /// ```
    /// use allegiance::{dataset, time::{Day, Reading}};
    /// let graph = dataset::embedded();
    /// let day = |y, m, d| Day::from_ymd(y, m, d).unwrap();
    /// let in_2025 = graph.began(day(2025, 1, 1), day(2025, 12, 31), Reading::Certain);
    /// assert!(in_2025.iter().all(|id| graph.standing(*id).dates.start.earliest >= day(2025, 1, 1)));
    /// ```
    #[must_use]
    pub fn began(&self, first: Day, last: Day, reading: Reading) -> Vec<RelationId> {
        let days = days(first, last);
        days.map(|days| self.falling(&self.tables.began, start, days, reading).all()).unwrap_or_default()
    }

    /// The relations whose last day was one from `first` to `last`, both included; all else as with [`TemporalGraph::began`].
    #[must_use]
    pub fn ended(&self, first: Day, last: Day, reading: Reading) -> Vec<RelationId> {
        let days = days(first, last);
        days.map(|days| self.falling(&self.tables.ended, end, days, reading).all()).unwrap_or_default()
    }

    /// The relations whose standing on the days `after` < day ≤ `until` is not what it was the day before: they began on such a day, or had their last
    /// day on the day before it. Each once: those that began, then the others, in the orders of [`TemporalGraph::began`] and [`TemporalGraph::ended`].
    #[must_use]
    pub fn changed(&self, after: Day, until: Day, reading: Reading) -> Vec<RelationId> {
        let Some((after, until)) = days(after, until) else { return Vec::new() };
        let (Some(begin), Some(done)) = (days(after.plus(1), until), days(after, until.plus(-1))) else {
            return Vec::new();
        };
        let calendar = self.tables.calendar;
        let mut all = self.falling(&self.tables.began, start, begin, reading).all();
        let ended = self.falling(&self.tables.ended, end, done, reading);
        // What began on these days has been listed.
        let is_new = |id: &RelationId| !self.falls(*id, start, begin, reading);
        let (lowest, highest) = (calendar.from(begin.0), calendar.by(begin.1));
        all.extend(ended.early.into_iter().filter(is_new));
        let (known, begun) = ended.known;
        all.reserve(known.len());
        for (id, begun) in known.iter().zip(begun) {
            let is_listed = match *begun {
                ASK => !is_new(id),
                begun => lowest <= begun && begun <= highest,
            };
            if !is_listed {
                all.push(*id);
            }
        }
        all.extend(ended.late.into_iter().chain(ended.vague).filter(is_new));
        all
    }

    /// Whether an end of a relation falls into some days.
    fn falls(&self, id: RelationId, end: End, days: (Day, Day), reading: Reading) -> bool {
        let standing = self.standing(id);
        falls(end(&standing.dates), standing.extent() == standing.dates, days.0, days.1, reading)
    }

    fn falling<'g>(&'g self, moments: &'g Moments, end: End, days: (Day, Day), reading: Reading) -> Falling<'g> {
        let calendar = self.tables.calendar;
        let (mut early, mut late, mut vague) = (Vec::new(), Vec::new(), Vec::new());
        let candidates = moments.unknown(calendar, days.0, days.1);
        for id in candidates.into_iter().filter(|id| self.falls(*id, end, days, reading)) {
            let standing = self.standing(id);
            let bounds = end(&standing.dates);
            if bounds.earliest == bounds.latest && standing.extent() == standing.dates {
                let is_early = bounds.earliest.number() <= calendar.base();
                if is_early { &mut early } else { &mut late }.push((bounds.earliest, id));
            } else {
                vague.push(id);
            }
        }
        let by_day = |mut found: Vec<(Day, RelationId)>| {
            found.sort_unstable();
            found.into_iter().map(|(_, id)| id).collect()
        };
        let known = moments.known(calendar, days.0, days.1);
        Falling { early: by_day(early), known, late: by_day(late), vague }
    }
}

fn start(dates: &Extent) -> Bounds {
    dates.start
}

fn end(dates: &Extent) -> Bounds {
    dates.end
}

/// The days from one to another that can be asked about; `None` when there are none.
fn days(first: Day, last: Day) -> Option<(Day, Day)> {
    let (first, last) = (first.max(Window::ALL.first), last.min(Window::ALL.last));
    (first <= last).then_some((first, last))
}
