//! What uncertain ends certainly and possibly cover.

use super::Day;
use crate::storage::Sound;
use bytemuck::{Pod, Zeroable};

/// Whether something holds: not, possibly, certainly. Ordered from weak to strong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holds {
    /// It does not hold, whatever the uncertain days turn out to be.
    No,
    /// It holds for some of the possible days, not for all.
    Possible,
    /// It holds whatever the uncertain days turn out to be.
    Certain,
}

impl Holds {
    /// The value of a word; `No` for any other.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "certain" => Self::Certain,
            "possible" => Self::Possible,
            _ => Self::No,
        }
    }

    /// The word used in tables, JSON and the query language: `no`, `possible`, `certain`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Possible => "possible",
            Self::Certain => "certain",
        }
    }
}

/// Which answers a reader wants: only what is certain, or also what is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// Keep what certainly holds.
    Certain,
    /// Keep what certainly or possibly holds.
    Possible,
}

impl Reading {
    /// Whether this reading keeps something that holds in such a way.
    #[must_use]
    pub fn keeps(self, holds: Holds) -> bool {
        match self {
            Self::Certain => holds == Holds::Certain,
            Self::Possible => holds != Holds::No,
        }
    }
}

/// Whether a question about a period asks for some day of it or for every day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantifier {
    /// At some day of the period (`--at`, `--during`).
    Sometime,
    /// On every day of the period (`--throughout`).
    Throughout,
    /// Only in the period: it begins and ends there (`WITHIN`).
    Within,
}

/// The days a question asks about, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    /// The first day asked about.
    pub first: Day,
    /// The last day asked about; never before `first`.
    pub last: Day,
    /// Some day of it, or all.
    pub quantifier: Quantifier,
}

impl Window {
    /// All of time: whatever held on some day.
    pub const ALL: Self =
        Self { first: Day::new(i32::MIN + 1), last: Day::new(i32::MAX - 1), quantifier: Quantifier::Sometime };

    /// One day.
    #[must_use]
    pub const fn on(day: Day) -> Self {
        Self { first: day, last: day, quantifier: Quantifier::Sometime }
    }

    /// Some day from `first` to `last`, both included. The two are put in order.
    #[must_use]
    pub fn sometime(first: Day, last: Day) -> Self {
        Self::between(first, last, Quantifier::Sometime)
    }

    /// Every day from `first` to `last`, both included. The two are put in order.
    #[must_use]
    pub fn throughout(first: Day, last: Day) -> Self {
        Self::between(first, last, Quantifier::Throughout)
    }

    /// All of it from `first` to `last`, both included: it begins and ends there. The two are put in order.
    #[must_use]
    pub fn within(first: Day, last: Day) -> Self {
        Self::between(first, last, Quantifier::Within)
    }

    /// The window to ask about the lives of those between whom something holds in this one: nobody need be born and die within it.
    #[must_use]
    #[inline]
    pub const fn of_lives(self) -> Self {
        match self.quantifier {
            Quantifier::Within => Self { quantifier: Quantifier::Sometime, ..self },
            Quantifier::Sometime | Quantifier::Throughout => self,
        }
    }

    /// The two days in order, and within all of time: the unbounded values are no days to ask about.
    fn between(first: Day, last: Day, quantifier: Quantifier) -> Self {
        let within = |day: Day| day.clamp(Self::ALL.first, Self::ALL.last);
        Self { first: within(first.min(last)), last: within(first.max(last)), quantifier }
    }

    /// The day by which something must have begun, and the day up to which it must have lasted, to hold in the window; for `Within`, to touch it.
    #[inline]
    const fn ends(self) -> (Day, Day) {
        match self.quantifier {
            Quantifier::Sometime | Quantifier::Within => (self.last, self.first),
            Quantifier::Throughout => (self.first, self.last),
        }
    }

    /// Whether the window is all of time.
    #[must_use]
    #[inline]
    pub fn is_all(self) -> bool {
        self.first == Self::ALL.first && self.last == Self::ALL.last && self.quantifier == Quantifier::Sometime
    }
}

/// What a reader sees in a window, made ready to be asked of many extents: two days to compare with, for most windows.
///
/// ```
/// use allegiance::time::{Dated, Reading, Sieve, Window};
/// let extent = Dated::parse("2016/2018").unwrap().extent(None, None);
/// let window = Dated::parse("2016-07").unwrap().window();
/// for reading in [Reading::Certain, Reading::Possible] {
///     let sieve = Sieve::new(window, reading);
///     assert_eq!(sieve.passes(&extent), extent.is_seen(window, reading));
///     assert_eq!(sieve.count([extent; 3].iter()), if sieve.passes(&extent) { 3 } else { 0 });
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sieve {
    window: Window,
    reading: Reading,
    by: Day,
    from: Day,
    /// The two days say all.
    is_plain: bool,
}

impl Sieve {
    /// Makes a window and a reading ready.
    #[must_use]
    pub fn new(window: Window, reading: Reading) -> Self {
        let (by, from) = window.ends();
        let is_plain = !window.is_all() && window.quantifier != Quantifier::Within;
        Self { window, reading, by, from, is_plain }
    }

    /// Whether an extent is seen, as by [`Extent::is_seen`].
    #[must_use]
    #[inline]
    pub fn passes(&self, extent: &Extent) -> bool {
        if !self.is_plain {
            return self.asks(extent);
        }
        match self.reading {
            Reading::Certain => extent.start.latest <= self.by && extent.end.earliest >= self.from,
            Reading::Possible => extent.start.earliest <= self.by && extent.end.latest >= self.from,
        }
    }

    /// The last day by which something must have begun, and the first up to which it must have lasted, to be seen: both together say all. `None` for
    /// windows of which two days do not say all.
    #[must_use]
    #[inline]
    pub const fn days(&self) -> Option<(Day, Day)> {
        if self.is_plain { Some((self.by, self.from)) } else { None }
    }

    /// Whether only the certain is seen.
    #[must_use]
    #[inline]
    pub const fn reading(&self) -> Reading {
        self.reading
    }

    /// How many of the extents are seen.
    #[inline]
    pub fn count<'e>(&self, extents: impl Iterator<Item = &'e Extent>) -> usize {
        let (by, from) = (self.by, self.from);
        match self.reading {
            _ if !self.is_plain => extents.filter(|e| self.asks(e)).count(),
            Reading::Certain => extents.filter(|e| e.start.latest <= by && e.end.earliest >= from).count(),
            Reading::Possible => extents.filter(|e| e.start.earliest <= by && e.end.latest >= from).count(),
        }
    }

    /// Kept out of the walk.
    fn asks(&self, extent: &Extent) -> bool {
        extent.is_seen(self.window, self.reading)
    }
}

/// The earliest and the latest day that an end may fall on, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable)]
#[repr(C)]
pub struct Bounds {
    /// The earliest possible day.
    pub earliest: Day,
    /// The latest possible day.
    pub latest: Day,
}

impl Bounds {
    /// An end whose day is known.
    #[must_use]
    pub const fn on(day: Day) -> Self {
        Self { earliest: day, latest: day }
    }

    /// An end that lies between two days, both included.
    #[must_use]
    pub const fn between(earliest: Day, latest: Day) -> Self {
        Self { earliest, latest }
    }

    /// Whether the day lies within the bounds.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.earliest <= day && day <= self.latest
    }
}

/// When something holds, as far as is known: its first day lies within `start`, its last day within `end`.
///
/// The two ends are independent but for `first day ≤ last day`. On a single day `t` it holds
/// *certainly* when `start.latest ≤ t ≤ end.earliest` and *possibly* when `start.earliest ≤ t ≤ end.latest`.
/// A period is asked about with a [`Quantifier`]; an event dated "July 2016" holds on no one day certainly, and
/// yet certainly on some day of 2016, which is why four days are kept rather than two spans.
///
/// ```
/// use allegiance::time::{Dated, Day, Holds, Window};
/// let extent = Dated::parse("2016/2017-01").unwrap().extent(None, None);
/// let at = |y, m, d| extent.holds(Window::on(Day::from_ymd(y, m, d).unwrap()));
/// assert_eq!(at(2016, 6, 1), Holds::Possible); // it began on some day of 2016
/// assert_eq!(at(2016, 12, 31), Holds::Certain);
/// assert_eq!(at(2017, 2, 1), Holds::No);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Pod, Zeroable)]
#[repr(C)]
pub struct Extent {
    /// Bounds of the first day.
    pub start: Bounds,
    /// Bounds of the last day.
    pub end: Bounds,
}

impl Sound for Extent {}

impl Extent {
    /// What never holds: the one empty extent.
    pub const NEVER: Self = Self {
        start: Bounds::between(Day::FAR_FUTURE, Day::FAR_FUTURE),
        end: Bounds::between(Day::FAR_PAST, Day::FAR_PAST),
    };

    /// What holds, certainly, on every day.
    pub const ALWAYS: Self = Self {
        start: Bounds::between(Day::FAR_PAST, Day::FAR_PAST),
        end: Bounds::between(Day::FAR_FUTURE, Day::FAR_FUTURE),
    };

    /// Returns whether it holds in the window: at some day of it, throughout, or only there, as the window asks.
    ///
    /// For `Sometime` it certainly holds when in every possible world the first day is not after the window and the last not before it;
    /// for `Within`, when in every one of them both lie in the window.
    #[must_use]
    #[inline]
    pub fn holds(self, window: Window) -> Holds {
        if window.is_all() {
            return self.ever_holds();
        }
        if window.quantifier == Quantifier::Within {
            return self.lies_within(window);
        }
        let (by, from) = window.ends();
        if self.start.latest <= by && self.end.earliest >= from {
            Holds::Certain
        } else if self.start.earliest <= by && self.end.latest >= from {
            Holds::Possible
        } else {
            Holds::No
        }
    }

    /// Whether it holds at any time: whatever held, held at some time, also when it is not known at all how long ago.
    fn ever_holds(self) -> Holds {
        match self {
            _ if self.is_never() => Holds::No,
            _ if self == self.only_possibly() => Holds::Possible,
            _ => Holds::Certain,
        }
    }

    /// Whether its first and its last day both lie in the window. Seldom asked, and kept out of walks that ask for some day or every day.
    #[cold]
    fn lies_within(self, window: Window) -> Holds {
        // The outermost days of a window stand for no bound at all.
        let first = if window.first == Window::ALL.first { Day::FAR_PAST } else { window.first };
        let last = if window.last == Window::ALL.last { Day::FAR_FUTURE } else { window.last };
        let (first_begin, last_begin) = (self.start.earliest.max(first), self.start.latest.min(last));
        let (first_end, last_end) = (self.end.earliest.max(first), self.end.latest.min(last));
        match self.ever_holds() {
            Holds::Certain if self.start.earliest >= first && self.end.latest <= last => Holds::Certain,
            Holds::No => Holds::No,
            _ if first_begin <= last_begin && first_end <= last_end && first_begin <= last_end => Holds::Possible,
            _ => Holds::No,
        }
    }

    /// Whether a reader with this reading sees it in the window.
    #[must_use]
    #[inline]
    pub fn is_seen(self, window: Window, reading: Reading) -> bool {
        if window.is_all() {
            return reading.keeps(self.ever_holds());
        }
        if window.quantifier == Quantifier::Within {
            return reading.keeps(self.lies_within(window));
        }
        let (by, from) = window.ends();
        match reading {
            Reading::Certain => self.start.latest <= by && self.end.earliest >= from,
            Reading::Possible => self.start.earliest <= by && self.end.latest >= from,
        }
    }

    /// The same days with every certainty taken away: possible where it held in any way.
    #[must_use]
    pub fn only_possibly(self) -> Self {
        Self {
            start: Bounds::between(self.start.earliest, Day::FAR_FUTURE),
            end: Bounds::between(Day::FAR_PAST, self.end.latest),
        }
    }

    /// The part of it that lies within the days on which `life` possibly holds; [`Extent::NEVER`] when nothing is left.
    ///
    /// Only the outer bounds of `life` cut: what is certain of a relation is itself evidence that both ends lived.
    #[must_use]
    pub fn clipped_to(self, life: Self) -> Self {
        let (first, last) = (life.start.earliest, life.end.latest);
        let clipped = Self {
            start: Bounds::between(self.start.earliest.max(first), self.start.latest.max(first)),
            end: Bounds::between(self.end.earliest.min(last), self.end.latest.min(last)),
        };
        if clipped.start.earliest > clipped.end.latest { Self::NEVER } else { clipped }
    }

    /// Whether it can hold on no day at all.
    #[must_use]
    pub fn is_never(self) -> bool {
        self.start.earliest > self.end.latest
    }

    /// The days on which both certainly hold, and those on which both possibly do, as one extent.
    ///
    /// Right for single days. Of a period it may say too much: two events of some day of July each took place in July, and perhaps on
    /// different days; `algo::coexist` minds that.
    #[must_use]
    pub fn meet(self, other: Self) -> Self {
        let both = Self {
            start: Bounds::between(
                self.start.earliest.max(other.start.earliest),
                self.start.latest.max(other.start.latest),
            ),
            end: Bounds::between(self.end.earliest.min(other.end.earliest), self.end.latest.min(other.end.latest)),
        };
        if both.start.earliest > both.end.latest { Self::NEVER } else { both }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks every pair of a first and a last day that the bounds allow.
    fn enumerated(extent: Extent, first: i32, last: i32) -> Holds {
        let days = |bounds: Bounds| (0..8).filter(move |day| bounds.contains(Day::new(*day)));
        let worlds: Vec<bool> = days(extent.start)
            .flat_map(|begin| days(extent.end).filter(move |end| begin <= *end).map(move |end| (begin, end)))
            .map(|(begin, end)| first <= begin && end <= last)
            .collect();
        match (worlds.iter().any(|inside| *inside), worlds.iter().all(|inside| *inside)) {
            (true, true) => Holds::Certain,
            (true, false) => Holds::Possible,
            (false, _) => Holds::No,
        }
    }

    #[test]
    fn within_agrees_with_every_pair_of_days() {
        let bounds = |from: i32, to: i32| Bounds::between(Day::new(from), Day::new(to));
        let pairs: Vec<(i32, i32)> = (0..6).flat_map(|a| (a..6).map(move |b| (a, b))).collect();
        let mut told = [0; 3];
        for (a, b) in &pairs {
            // As `Dated::extent` makes them: an end is not surely before the start, nor a start surely after the end.
            for (c, d) in pairs.iter().filter(|(c, d)| c >= a && d >= b) {
                let extent = Extent { start: bounds(*a, *b), end: bounds(*c, *d) };
                for (first, last) in &pairs {
                    let window = Window::within(Day::new(*first), Day::new(*last));
                    let expected = enumerated(extent, *first, *last);
                    assert_eq!(extent.holds(window), expected, "{extent:?} within {first}..={last}");
                    assert_eq!(extent.is_seen(window, Reading::Certain), expected == Holds::Certain);
                    assert_eq!(extent.is_seen(window, Reading::Possible), expected != Holds::No);
                    told[expected as usize] += 1;
                }
            }
        }
        assert!(told.iter().all(|count| *count > 500), "{told:?}");
    }

    #[test]
    fn within_takes_nothing_merely_possible_for_certain_and_knows_open_windows() {
        let extent = Extent { start: Bounds::on(Day::new(3)), end: Bounds::on(Day::new(5)) };
        let window = Window::within(Day::new(0), Day::new(9));
        assert_eq!(extent.holds(window), Holds::Certain);
        assert_eq!(extent.only_possibly().holds(window), Holds::Possible);
        assert_eq!(Extent::NEVER.holds(window), Holds::No);
        assert_eq!(Extent::ALWAYS.holds(window), Holds::No);
        assert_eq!(Extent::ALWAYS.holds(Window::within(Window::ALL.first, Window::ALL.last)), Holds::Certain);
    }
}
