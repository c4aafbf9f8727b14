//! Days and periods in a sentence: "in 2016", "on 11 March 2025", "between … and …", "before the fall of Assad".
//!
//! Three looks at the sentence, each at the words that the earlier ones left: dates with their prepositions, words for now and ever, and
//! prepositions before something told in words (anchors). A date that may be meant two ways (`11/03/2025`) is asked about, never guessed.
//!
//! Deliberately absent: two-digit years, dates without a year, and dates that lean on the day of asking ("last year"): they stay unread.

mod anchors;
mod calendar;
mod leads;
mod now;
mod numbers;
mod phrase;
mod point;
#[cfg(test)]
mod tests;
mod yearless;

pub(super) use yearless::in_full;

use super::Problem;
use super::sentence::Sentence;
use crate::question::When;
use crate::time::{Dated, Day};
use std::ops::Range;

/// How a time is said to lie to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relative {
    /// "in", "on", "at", "during", "when": some day of it.
    In,
    /// "before", "prior to": some day earlier than all of it.
    Before,
    /// "after", "following": some day later than all of it.
    After,
    /// "since", "from": some day of it or later.
    Since,
    /// "until", "by", "up to": some day of it or earlier.
    Until,
    /// "throughout", "all through": every day of it.
    Throughout,
}

/// A time that a sentence speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// In relation to a date or period.
    Dated(Relative, Dated),
    /// "between 2016 and 2018", "from May 2024 to March 2025", "2016-2018": (from, to), each a date or period.
    Between(Dated, Dated),
    /// "now", "today", "currently", "still", "these days", "at present": the last day the data speaks for, never the machine's clock.
    Now,
    /// "ever", "at any time", "in history", "over time".
    Ever,
    /// In relation to something told in words, of which these are the words after "before", "after", "when", "since", "until", "during": the
    /// records say when it was. A date that stands inside the clause ("after the March 2025 clashes") is found on its own too, and taken.
    Anchored(Relative, Range<usize>),
}

/// A time with the words that say it, the preposition included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) words: Range<usize>,
    pub(super) time: Time,
}

/// Finds the times among the free words of a sentence and takes their words; the words of an anchor's clause are not taken, only the word before it.
///
/// In the order of the sentence. "Ever" says nothing beside a date, nor does "still": their words are taken, but they are not told.
///
/// # Errors
/// When the sentence says a date that there is not, that may be meant two ways, or an interval that ends before it begins.
pub(super) fn find(sentence: &mut Sentence) -> Result<Vec<Found>, Problem> {
    let mut found = phrase::find(sentence)?;
    let soft = now::find(sentence);
    let anchors = anchors::find(sentence, &found);
    found.extend(anchors.into_iter().map(|anchor| Found { words: anchor.words, time: anchor.time }));
    for time in soft {
        if found.is_empty() || !time.yields {
            found.push(time.found);
        }
    }
    found.sort_by_key(|found| (found.words.start, found.words.end));
    // "ever … now": the one that stands first says what the other repeats.
    found.dedup_by(|later, earlier| later.time == earlier.time && matches!(later.time, Time::Now | Time::Ever));
    Ok(found)
}

/// A date phrase at a word, its preposition included: the words and the time. `None` when no date stands there, or not all its words are free.
pub(super) fn date_at(sentence: &Sentence, at: usize) -> Option<Result<Found, Problem>> {
    phrase::at(sentence, at, false)
}

impl Time {
    /// The days it means; `None` for an anchor, which the records must date first.
    pub(super) fn when(&self) -> Option<When> {
        match self {
            Self::Dated(how, dated) => Some(relative(*how, dated)),
            Self::Between(from, to) => Some(between(from, to)),
            Self::Now => Some(When::Now),
            Self::Ever => Some(When::Ever),
            Self::Anchored(..) => None,
        }
    }
}

/// The days in relation to a date or period: "before 2019" is `../2018-12-31`, "since 2024-12" is `2024-12-01/..`.
///
/// Where there are none (before a period without beginning), the date itself.
pub(super) fn relative(relative: Relative, dated: &Dated) -> When {
    let hull = dated.hull();
    let up_to = |day: Day| format!("../{day}");
    let from = |day: Day| format!("{day}/..");
    let text = match relative {
        Relative::In => return When::At(dated.clone()),
        Relative::Throughout => return When::Throughout(dated.clone()),
        Relative::Before => up_to(hull.earliest.plus(-1)),
        Relative::Until => up_to(hull.latest),
        Relative::After => from(hull.latest.plus(1)),
        Relative::Since => from(hull.earliest),
    };
    Dated::parse(&text).map_or_else(|_| When::At(dated.clone()), When::During)
}

/// From the first day of one date or period to the last of another, as written where both are plain dates.
fn between(from: &Dated, to: &Dated) -> When {
    interval(from, to).map_or_else(|| When::At(from.clone()), When::During)
}

/// The interval from one date or period to another; `None` when it would end before it begins.
fn interval(from: &Dated, to: &Dated) -> Option<Dated> {
    let (first, last) = (from.hull().earliest, to.hull().latest);
    if first > last {
        return None;
    }
    let text = if from.is_interval() || to.is_interval() { format!("{first}/{last}") } else { format!("{from}/{to}") };
    Dated::parse(&text).ok()
}
