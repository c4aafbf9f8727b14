//! What a date means in a question: the period from the first to the last day of what is written, perhaps one of several.
//!
//! `'2016'` is all of 2016 and `'2016/2017-01'` all days from January 2016 to January 2017, as the command line's `--at` and `--during` have it. An
//! uncertain date has several readings: `'2016~'` is 2015, 2016 or 2017, `'[2014,2016]'` is 2014 or 2016, `'201X'` is a year of that decade,
//! and `'2016/'` ends on any day. `'../..'` is all of time, and a whole number is a year. What a *record* means by the same text is another
//! matter: see `Dated::extent`.

use super::error::{Error, Result};
use super::types::Types;
use super::value::Value;
use crate::time::{Bounds, Dated, Day, Holds, Window};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// How many readings are told apart; of more, only their outer bounds count.
const MOST_READINGS: usize = 64;

/// One reading of a date: its first day lies within `first`, its last within `last`, and the first is not after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) first: Bounds,
    pub(super) last: Bounds,
}

/// A date or interval in a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// At least one.
    pub(super) readings: Vec<Period>,
}

impl Period {
    pub(super) const fn on(day: Day) -> Self {
        Self { first: Bounds::on(day), last: Bounds::on(day) }
    }

    /// From the first day to the last.
    fn all(days: Bounds) -> Self {
        Self { first: Bounds::on(days.earliest), last: Bounds::on(days.latest) }
    }

    /// The same with bounds that follow from one another: the last day is not before the first.
    fn tightened(mut self) -> Self {
        self.last.earliest = self.last.earliest.max(self.first.earliest);
        self.first.latest = self.first.latest.min(self.last.latest);
        self
    }

    fn hull(self, other: Self) -> Self {
        let hull = |a: Bounds, b: Bounds| Bounds::between(a.earliest.min(b.earliest), a.latest.max(b.latest));
        Self { first: hull(self.first, other.first), last: hull(self.last, other.last) }
    }

    /// A window that is covered or touched as one of both days is: from `a` to `b` as it stands, and turned into its counterpart where
    /// `b` comes before `a`.
    ///
    /// What holds sometime from `a` to `b` has begun by `b` and lasted to `a`; with `b` before `a` that is to hold throughout.
    fn window(a: Day, b: Day, throughout: bool) -> Window {
        if (a <= b) == throughout { Window::throughout(a, b) } else { Window::sometime(a, b) }
    }

    /// The window in which exactly that certainly holds which certainly holds at some day of every reading.
    pub(super) fn sometime_for_certain(self) -> Window {
        Self::window(self.first.latest, self.last.earliest, false)
    }

    /// The window in which exactly that certainly holds which certainly holds on every day of every reading.
    pub(super) fn throughout_for_certain(self) -> Window {
        Window::throughout(self.first.earliest, self.last.latest)
    }

    /// Whether something holds at some day of the period.
    pub(super) fn sometime(self, holds: &impl Fn(Window) -> Holds) -> Holds {
        if holds(self.sometime_for_certain()) == Holds::Certain {
            return Holds::Certain;
        }
        holds(Window::sometime(self.first.earliest, self.last.latest)).min(Holds::Possible)
    }

    /// Whether something holds on every day of the period.
    pub(super) fn throughout(self, holds: &impl Fn(Window) -> Holds) -> Holds {
        if holds(self.throughout_for_certain()) == Holds::Certain {
            return Holds::Certain;
        }
        holds(Self::window(self.first.latest, self.last.earliest, true)).min(Holds::Possible)
    }

    /// Whether something that holds from a day within `start` to a day within `end` lies inside the period.
    pub(super) fn encloses(self, start: Bounds, end: Bounds) -> Holds {
        if start.earliest > end.latest {
            return Holds::No;
        }
        if start.earliest >= self.first.latest && end.latest <= self.last.earliest {
            return Holds::Certain;
        }
        let (first, last) = (start.earliest.max(self.first.earliest), end.latest.min(self.last.latest));
        let can = first <= start.latest && last >= end.earliest && first <= last;
        if can { Holds::Possible } else { Holds::No }
    }
}

impl Asked {
    /// The date of an argument: a text in EDTF, a day, or the number of a year.
    pub(super) fn of(value: &Value) -> Result<Rc<Self>> {
        match value {
            Value::Date(day) => Ok(Rc::new(Self { readings: vec![Period::on(*day)] })),
            other => Self::read(&written(other)?),
        }
    }

    /// From the first day of one date to the last day of another.
    pub(super) fn from_to(from: &Value, to: &Value) -> Result<Rc<Self>> {
        let text = |value: &Value| -> Result<String> {
            Self::of(value)?;
            Ok(written(value)?.into_owned())
        };
        Self::read(&format!("{}/{}", text(from)?, text(to)?))
    }

    /// Reads a text.
    ///
    /// A condition asks about the same date row after row, so that the last one read is kept.
    pub(super) fn read(text: &str) -> Result<Rc<Self>> {
        thread_local! {
            static LAST: RefCell<Option<(Box<str>, Rc<Asked>)>> = const { RefCell::new(None) };
        }
        let kept =
            LAST.with_borrow(|last| last.as_ref().filter(|(of, _)| **of == *text).map(|(_, asked)| Rc::clone(asked)));
        if let Some(asked) = kept {
            return Ok(asked);
        }
        let asked = Rc::new(Self::parse(text)?);
        LAST.set(Some((text.into(), Rc::clone(&asked))));
        Ok(asked)
    }

    fn parse(text: &str) -> Result<Self> {
        // Of a record it would say nothing; asked about, it is all of time.
        if text != "../.." {
            parse(text)?;
        }
        let mut readings = match text.split_once('/') {
            Some((first, last)) => {
                vec![Period { first: end(first, true)?, last: end(last, false)? }.tightened()]
            }
            None => dates(text)?,
        };
        if readings.len() > MOST_READINGS {
            readings = readings.into_iter().reduce(Period::hull).into_iter().collect();
        }
        Ok(Self { readings })
    }

    /// The answer of every reading as one: certain or no where they agree, possible where not.
    /// Whether it means one stretch of days and no other.
    pub(super) fn is_one_window(&self) -> bool {
        matches!(self.readings.as_slice(), [one] if one.first.earliest == one.first.latest && one.last.earliest == one.last.latest)
    }

    pub(super) fn over(&self, answer: impl Fn(Period) -> Holds) -> Holds {
        agreed(self.readings.iter().map(|period| answer(*period)))
    }
}

/// A date as its text: a number from 1 to 9999 is a year.
pub(super) fn written(value: &Value) -> Result<Cow<'_, str>> {
    match value {
        Value::String(text) => Ok(Cow::Borrowed(text)),
        Value::Date(day) => Ok(Cow::Owned(day.to_string())),
        Value::Integer(year @ 1..=9999) => Ok(Cow::Owned(format!("{year:04}"))),
        Value::Integer(number) => {
            let error = Error::argument("InvalidArgumentValue", format!("{number} is no year"));
            Err(error.help("a number is a year from 1 to 9999; write other dates as texts: '2016-07', '2016/2018'"))
        }
        other => {
            let message = format!("wanted {}, not {}", Types::WHEN, Types::of(other));
            Err(Error::type_error("InvalidArgumentValue", message))
        }
    }
}

/// One answer of several readings.
pub(super) fn agreed(answers: impl Iterator<Item = Holds>) -> Holds {
    answers.reduce(|a, b| if a == b { a } else { Holds::Possible }).unwrap_or(Holds::No)
}

/// Reads a date as records have it, with an error that says what may be written.
pub(super) fn parse(text: &str) -> Result<Dated> {
    Dated::parse(text).map_err(|fault| {
        let error = Error::argument("InvalidArgumentValue", format!("`{text}` is no date: {}", fault.message));
        let error = match fault.help {
            Some(help) => error.help(help),
            None => error,
        };
        error.help(
            "dates are EDTF: '2016', '2016-07', '2016-07-01', '2016~' (about), '2016/2018', '2016/..', '[2016,2017]'",
        )
    })
}

/// The readings of a date without a slash.
fn dates(text: &str) -> Result<Vec<Period>> {
    let Some(elements) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else { return date(text) };
    let mut readings = Vec::new();
    for element in elements.split(',') {
        readings.extend(element_of_set(element.trim())?);
    }
    Ok(readings)
}

/// An element of a one-of set: a date, or a range of dates, of which it is one.
fn element_of_set(text: &str) -> Result<Vec<Period>> {
    let Some((first, last)) = text.split_once("..") else { return date(text) };
    let side = |text: &str| -> Result<Period> {
        let open = Bounds::between(Day::FAR_PAST, Day::FAR_FUTURE);
        let readings = if text.is_empty() { Vec::new() } else { date(text)? };
        Ok(readings.into_iter().reduce(Period::hull).unwrap_or(Period { first: open, last: open }))
    };
    let (a, b) = (side(first)?, side(last)?);
    if let Some(unit) = Unit::of(first).filter(|unit| Some(*unit) == Unit::of(last))
        && let Some(each) = unit.each(Bounds::between(a.first.earliest, b.last.latest))
    {
        return Ok(each);
    }
    let period = Period {
        first: Bounds::between(a.first.earliest, b.first.latest),
        last: Bounds::between(a.last.earliest, b.last.latest),
    };
    Ok(vec![period.tightened()])
}

/// One date: exact, or one of several by its qualifiers and unspecified digits.
fn date(text: &str) -> Result<Vec<Period>> {
    let whole = parse(text)?.hull();
    if text.contains(['~', '?', '%']) {
        // A qualified date is wider by one unit of its precision on both sides: it is that unit, the one before or the one after.
        let bare = parse(&text.replace(['~', '?', '%'], ""))?.hull();
        if bare.earliest > whole.earliest && bare.latest < whole.latest {
            let before = Bounds::between(whole.earliest, bare.earliest.plus(-1));
            let after = Bounds::between(bare.latest.plus(1), whole.latest);
            return Ok([before, bare, after].map(Period::all).to_vec());
        }
    }
    let unspecified = if text.contains('X') { Unit::written(text) } else { None };
    Ok(unspecified.and_then(|unit| unit.each(whole)).unwrap_or_else(|| vec![Period::all(whole)]))
}

/// What a date is precise to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Year,
    Month,
    Day,
}

impl Unit {
    /// By the number of its fields.
    fn written(text: &str) -> Option<Self> {
        match text.trim_start_matches('-').split('-').count() {
            1 => Some(Self::Year),
            2 => Some(Self::Month),
            3 => Some(Self::Day),
            _ => None,
        }
    }

    /// Of a plain date, which is one such unit; seasons and the like are none.
    fn of(text: &str) -> Option<Self> {
        let unit = Self::written(text)?;
        let hull = parse(text).ok()?.hull();
        (unit.last(hull.earliest)? == hull.latest).then_some(unit)
    }

    /// The last day of the unit that begins on a day.
    fn last(self, first: Day) -> Option<Day> {
        let (year, month, _) = first.to_ymd()?;
        match self {
            Self::Year => Day::from_ymd(year, 12, 31).ok(),
            Self::Month => (28..=31).rev().find_map(|day| Day::from_ymd(year, month, day).ok()),
            Self::Day => Some(first),
        }
    }

    /// Every unit of a period; `None` where they are too many.
    fn each(self, whole: Bounds) -> Option<Vec<Period>> {
        let mut units = Vec::new();
        let mut first = whole.earliest;
        while first <= whole.latest {
            let last = self.last(first)?;
            units.push(Period::all(Bounds::between(first, last)));
            if units.len() > MOST_READINGS {
                return None;
            }
            first = last.plus(1);
        }
        Some(units)
    }
}

/// The bounds of an end of an interval: of its first day where `is_first`, of its last otherwise.
fn end(text: &str, is_first: bool) -> Result<Bounds> {
    let without_bound = if is_first { Day::FAR_PAST } else { Day::FAR_FUTURE };
    if text.is_empty() {
        return Ok(Bounds::between(Day::FAR_PAST, Day::FAR_FUTURE));
    }
    if text == ".." {
        return Ok(Bounds::on(without_bound));
    }
    if let Some(date) = text.strip_prefix("..") {
        return Ok(Bounds::between(Day::FAR_PAST, parse(date)?.hull().latest));
    }
    if let Some(date) = text.strip_suffix("..") {
        return Ok(Bounds::between(parse(date)?.hull().earliest, Day::FAR_FUTURE));
    }
    let whole = dates(text)?.into_iter().reduce(Period::hull);
    let period = whole.unwrap_or(Period { first: Bounds::on(without_bound), last: Bounds::on(without_bound) });
    Ok(if is_first { period.first } else { period.last })
}
