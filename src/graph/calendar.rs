//! Days as small numbers: what stands in the rows, two bytes a day.
//!
//! A graph's days seldom lie more than a lifetime apart. Its calendar numbers 65,534 of them (179 years), those among which most lie; what lies
//! before or after is rounded outwards, so that a test by numbers lets through too much rather than too little, and is marked as not exact.

use crate::time::{Bounds, Day, Extent, Sieve};
use bytemuck::{Pod, Zeroable};

/// How the days of a graph are numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Calendar {
    /// The day before the one with the number 1.
    base: i32,
}

/// Before every day that has a number.
pub(super) const FAR_PAST: u16 = 0;
/// After every day that has a number.
pub(super) const FAR_FUTURE: u16 = u16::MAX;
/// The highest number of a day.
const LAST: i64 = u16::MAX as i64 - 1;

/// The days between which something possibly holds, as numbers, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// The first day on which it possibly holds.
    pub(super) first: u16,
    /// The last one.
    pub(super) last: u16,
    /// Whether the numbers say all: it holds certainly on all of these days, and none of them was rounded.
    pub(super) is_exact: bool,
}

impl Calendar {
    /// A calendar for the days of some extents: for all, where they lie within 179 years; else for the 179 years with most of them, the latest such.
    ///
    /// So neither one treaty of 1648 nor one end written as 9999-12-31 keeps the days of all others from having a number.
    ///
    /// # Complexity
    /// O(n); O(n log n) and four bytes for each day where they lie further apart.
    pub(super) fn of(extents: impl Iterator<Item = Extent> + Clone) -> Self {
        let ends = |b: Bounds| [b.earliest, b.latest];
        let all = extents.flat_map(|e| [ends(e.start), ends(e.end)]).flatten();
        let days = all.filter(|day| day.is_bounded()).map(Day::number);
        let (Some(first), Some(last)) = (days.clone().min(), days.clone().max()) else { return Self::default() };
        if i64::from(last) - i64::from(first) < LAST {
            return Self { base: first.saturating_sub(1) };
        }
        let mut days: Vec<i32> = days.collect();
        days.sort_unstable();
        let (mut from, mut best) = (0, (0, first));
        for (to, day) in days.iter().enumerate() {
            while i64::from(*day) - i64::from(days[from]) >= LAST {
                from += 1;
            }
            best = best.max((to + 1 - from, *day));
        }
        Self { base: best.1.saturating_sub(LAST as i32) }
    }

    /// A calendar that begins here.
    pub(super) const fn from_base(base: i32) -> Self {
        Self { base }
    }

    /// The day before the one with the number 1.
    pub(super) const fn base(self) -> i32 {
        self.base
    }

    /// The number of a day, rounded into those that days have.
    fn rounded(self, day: Day) -> u16 {
        (i64::from(day.number()) - i64::from(self.base)).clamp(1, LAST) as u16
    }

    /// The number of a day; `None` for one without.
    pub(super) fn number(self, day: Day) -> Option<u16> {
        let number = i64::from(day.number()) - i64::from(self.base);
        (day.is_bounded() && (1..=LAST).contains(&number)).then_some(number as u16)
    }

    /// The day of a number.
    pub(super) fn day(self, number: u16) -> Day {
        match number {
            FAR_PAST => Day::FAR_PAST,
            FAR_FUTURE => Day::FAR_FUTURE,
            number => Day::new(self.base.saturating_add(i32::from(number))),
        }
    }

    /// Bounds as numbers, rounded outwards; whether no rounding was needed.
    pub(super) fn outwards(self, earliest: Day, latest: Day) -> (u16, u16, bool) {
        let (first, is_first_exact) = match earliest {
            Day::FAR_PAST => (FAR_PAST, true),
            Day::FAR_FUTURE => (FAR_FUTURE, true),
            day => match self.number(day) {
                Some(number) => (number, true),
                None if day.number() <= self.base => (FAR_PAST, false),
                None => (LAST as u16, false),
            },
        };
        let (last, is_last_exact) = match latest {
            Day::FAR_PAST => (FAR_PAST, true),
            Day::FAR_FUTURE => (FAR_FUTURE, true),
            day => match self.number(day) {
                Some(number) => (number, true),
                None if day.number() <= self.base => (1, false),
                None => (FAR_FUTURE, false),
            },
        };
        (first, last, is_first_exact && is_last_exact)
    }

    /// The number under which the census has an end: its own; that of all days before those with one, or of all days after them.
    pub(super) fn census_end(self, day: Day) -> u16 {
        match day {
            Day::FAR_FUTURE => FAR_FUTURE,
            day if day.number() <= self.base => FAR_PAST,
            day => self.number(day).unwrap_or(FAR_FUTURE),
        }
    }

    /// The number under which the census has a day: its own. `None` for days without one, which it takes for one day before and one after all others.
    pub(super) fn census_day(self, day: Day) -> Option<u16> {
        self.number(day)
    }

    /// When something possibly holds.
    pub(super) fn span(self, extent: Extent) -> Span {
        let (first, last, is_exact) = self.outwards(extent.start.earliest, extent.end.latest);
        let is_sure = extent.start.earliest == extent.start.latest && extent.end.earliest == extent.end.latest;
        Span { first, last, is_exact: is_exact && is_sure }
    }

    /// The extent of a span that is exact.
    pub(super) fn extent(self, first: u16, last: u16) -> Extent {
        Extent { start: Bounds::on(self.day(first)), end: Bounds::on(self.day(last)) }
    }

    /// The number by which something must have begun and that up to which it must have lasted to be possibly seen through a sieve; `None` where two
    /// days do not say all.
    pub(super) fn days(self, sieve: &Sieve) -> Option<(u16, u16)> {
        let (by, from) = sieve.days()?;
        Some((self.by(by), self.from(from)))
    }

    /// The number by which something must have begun to have begun by a day.
    pub(super) fn by(self, day: Day) -> u16 {
        if day.number() <= self.base { FAR_PAST } else { self.rounded(day) }
    }

    /// The number up to which something must have lasted to have lasted up to a day.
    pub(super) fn from(self, day: Day) -> u16 {
        if i64::from(day.number()) - i64::from(self.base) > LAST { FAR_FUTURE } else { self.rounded(day) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Reading, Window};

    /// Every pair of bounds around the edges of a calendar, asked about every day there.
    #[test]
    fn numbers_let_through_whatever_days_do_and_exact_ones_nothing_else() {
        let around = |middle: i32| (middle - 2..=middle + 2).map(Day::new);
        let calendar = Calendar::from_base(100);
        let edges: Vec<Day> = around(100).chain(around(5_000)).chain(around(100 + LAST as i32)).collect();
        let ends: Vec<Day> = edges.iter().copied().chain([Day::FAR_PAST, Day::FAR_FUTURE]).collect();
        let (mut exact, mut more) = (0, 0);
        for first in &ends {
            for last in ends.iter().filter(|last| *last >= first) {
                let extent = Extent { start: Bounds::on(*first), end: Bounds::on(*last) };
                let span = calendar.span(extent);
                for day in &edges {
                    let sieve = Sieve::new(Window::on(*day), Reading::Possible);
                    let (by, from) = calendar.days(&sieve).unwrap();
                    let passes = span.first <= by && span.last >= from;
                    assert!(passes || !sieve.passes(&extent), "{extent:?} on {day}");
                    if span.is_exact {
                        assert_eq!(passes, sieve.passes(&extent), "{extent:?} on {day}");
                        assert_eq!(calendar.extent(span.first, span.last), extent);
                        exact += 1;
                    } else {
                        more += usize::from(passes);
                    }
                }
            }
        }
        assert!(exact > 500 && more > 50, "{exact} {more}");
    }

    #[test]
    fn what_never_holds_passes_nothing() {
        let calendar = Calendar::from_base(0);
        let span = calendar.span(Extent::NEVER);
        assert!(span.is_exact && span.first == FAR_FUTURE && span.last == FAR_PAST);
        let late =
            calendar.span(Extent { start: Bounds::on(Day::new(9)), end: Bounds::between(Day::new(9), Day::new(12)) });
        assert!(!late.is_exact);
    }
}
