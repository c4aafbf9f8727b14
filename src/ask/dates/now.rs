//! Words for the present and for all of time: "now", "these days", "ever", "over the years".

use super::{Found, Time};
use crate::ask::sentence::Sentence;

/// A time without a date.
#[derive(Clone, Debug)]
pub(super) struct Soft {
    pub(super) found: Found,
    /// It says nothing where another time is said: "still part of al-Qaeda in 2020", "ever allied before 2015".
    pub(super) yields: bool,
}

/// The phrases, the longest first where one begins another; whether they say the present, and whether they yield to dates.
const PHRASES: &[(&str, bool, bool)] = &[
    ("as of right now", true, false),
    ("as of this moment", true, false),
    ("as of now", true, false),
    ("as of today", true, false),
    ("as things stand", true, false),
    ("at the present time", true, false),
    ("at the present moment", true, false),
    ("at the current time", true, false),
    ("at the moment", true, false),
    ("at the minute", true, false),
    ("at this moment", true, false),
    ("at this point in time", true, false),
    ("at this time", true, false),
    ("at present", true, false),
    ("in the present day", true, false),
    ("to this day", true, true),
    ("these days", true, false),
    ("right now", true, false),
    ("just now", true, false),
    ("now", true, false),
    ("nowadays", true, false),
    ("today", true, false),
    ("currently", true, false),
    ("current", true, false),
    ("presently", true, false),
    ("still", true, true),
    ("yet", true, true),
    ("at any point in time", false, true),
    ("at any time", false, true),
    ("at any point", false, true),
    ("at any stage", false, true),
    ("at any moment", false, true),
    ("at some time", false, true),
    ("at some point", false, true),
    ("at some stage", false, true),
    ("at one time", false, true),
    ("at one point", false, true),
    ("at all times", false, true),
    ("any time", false, true),
    ("anytime", false, true),
    ("throughout history", false, true),
    ("in all of history", false, true),
    ("in history", false, true),
    ("of all time", false, true),
    ("over the course of time", false, true),
    ("over the course of the years", false, true),
    ("over the years", false, true),
    ("through the years", false, true),
    ("throughout the years", false, true),
    ("across the years", false, true),
    ("down the years", false, true),
    ("down through the years", false, true),
    ("with the years", false, true),
    ("over time", false, true),
    ("through time", false, true),
    ("across time", false, true),
    ("with time", false, true),
    ("historically", false, true),
    ("in the past", false, true),
    ("until now", false, true),
    ("till now", false, true),
    ("up to now", false, true),
    ("up until now", false, true),
    ("until today", false, true),
    ("up to today", false, true),
    ("before now", false, true),
    ("before today", false, true),
    ("to date", false, true),
    ("so far", false, true),
    ("ever", false, true),
];

/// What "once" stands before when it means "at one time".
const AFTER_ONCE: &[&str] = &[
    "a",
    "an",
    "part",
    "under",
    "in",
    "with",
    "at",
    "called",
    "known",
    "named",
    "belong",
    "belonged",
    "led",
    "fought",
    "fight",
    "close",
    "loyal",
    "hostile",
    "ally",
    "affiliate",
    "friends",
    "enemies",
    "allies",
    "among",
    "one",
    "such",
];

/// Finds them among the free words and takes them.
pub(super) fn find(sentence: &mut Sentence) -> Vec<Soft> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        let Some((length, is_now, yields)) = phrase(sentence, at) else {
            at += 1;
            continue;
        };
        // "in 2018 and now", "2018 versus today"
        let joins = at > 1
            && matches!(sentence.word(at - 1), "and" | "or" | "vs" | "versus")
            && !sentence.taken[at - 1]
            && sentence.taken[at - 2];
        let words = if is_now && joins { at - 1 } else { at }..at + length;
        sentence.take(words.clone());
        let time = if is_now { Time::Now } else { Time::Ever };
        all.push(Soft { found: Found { words, time }, yields });
        at += length;
    }
    all
}

fn phrase(sentence: &Sentence, at: usize) -> Option<(usize, bool, bool)> {
    if sentence.word(at) == "once" && sentence.is_free(at..at + 1) {
        let next = sentence.word(at + 1);
        let is_adverb = AFTER_ONCE.contains(&next) || (next.len() > 4 && next.ends_with("ed"));
        return (at > 0 && is_adverb).then_some((1, false, true));
    }
    let first = sentence.word(at);
    let fits = |words: &str| {
        if !words.starts_with(first) {
            return None;
        }
        let length = words.split(' ').count();
        let fits = words.split(' ').enumerate().all(|(place, word)| sentence.word(at + place) == word);
        (fits && sentence.is_free(at..at + length)).then_some(length)
    };
    let mut best: Option<(usize, bool, bool)> = None;
    for (words, is_now, yields) in PHRASES {
        if let Some(length) = fits(words)
            && best.is_none_or(|(longest, ..)| length > longest)
        {
            best = Some((length, *is_now, *yields));
        }
    }
    let (length, ..) = best?;
    let (word, next) = (sentence.word(at), sentence.word(at + length));
    let before = at.checked_sub(1).map_or("", |before| sentence.word(before));
    // "today's Syria", "now that …", "current and former officials", "ever since …" and "since now" say something else.
    let is_other = match word {
        "now" => next == "that" || matches!(before, "since" | "from" | "by"),
        "today" => next == "'s",
        "current" => {
            matches!(next, "and" | "or")
                || before == "former"
                || (before == "and" && at > 1 && sentence.word(at - 2) == "former")
        }
        "ever" => matches!(next, "since" | "after") || before == "for",
        "still" => next == "'s",
        _ => false,
    };
    (!is_other).then_some(best).flatten()
}
