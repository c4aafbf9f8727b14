//! What uncertain ends certainly and possibly cover.

use super::Day;

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

    /// The two days in order, and within all of time: the unbounded values are no days to ask about.
    fn between(first: Day, last: Day, quantifier: Quantifier) -> Self {
        let within = |day: Day| day.clamp(Self::ALL.first, Self::ALL.last);
        Self { first: within(first.min(last)), last: within(first.max(last)), quantifier }
    }

    /// The day by which something must have begun, and the day up to which it must have lasted, to hold in the window.
    #[inline]
    const fn ends(self) -> (Day, Day) {
        match self.quantifier {
            Quantifier::Sometime => (self.last, self.first),
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

/// The earliest and the latest day that an end may fall on, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Extent {
    /// Bounds of the first day.
    pub start: Bounds,
    /// Bounds of the last day.
    pub end: Bounds,
}

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

    /// Returns whether it holds in the window: at some day of it or throughout, as the window asks.
    ///
    /// For `Sometime` it certainly holds when in every possible world the first day is not after the window and the last not before it.
    #[must_use]
    #[inline]
    pub fn holds(self, window: Window) -> Holds {
        if window.is_all() {
            return self.ever_holds();
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

    /// Whether a reader with this reading sees it in the window.
    #[must_use]
    #[inline]
    pub fn is_seen(self, window: Window, reading: Reading) -> bool {
        if window.is_all() {
            return reading.keeps(self.ever_holds());
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
