//! Times told in words: "before the fall of Assad", "after HTS took Damascus", "when the split happened".

use super::{Found, Relative, Time};
use crate::ask::sentence::Sentence;
use std::ops::Range;

/// The words before a clause, the longest first where one begins another.
const LEADS: &[(&str, Relative)] = &[
    ("at the time that", Relative::In),
    ("at the time when", Relative::In),
    ("at the time of", Relative::In),
    ("at the moment when", Relative::In),
    ("at the moment of", Relative::In),
    ("by the time of", Relative::In),
    ("by the time that", Relative::In),
    ("by the time", Relative::In),
    ("in the course of", Relative::In),
    ("on the day that", Relative::In),
    ("on the day when", Relative::In),
    ("on the day of", Relative::In),
    ("on the day", Relative::In),
    ("in the days before", Relative::Before),
    ("in the weeks before", Relative::Before),
    ("in the months before", Relative::Before),
    ("in the years before", Relative::Before),
    ("in the run up to", Relative::Before),
    ("in the days after", Relative::After),
    ("in the weeks after", Relative::After),
    ("in the months after", Relative::After),
    ("in the years after", Relative::After),
    ("in the wake of", Relative::After),
    ("in the aftermath of", Relative::After),
    ("at any time before", Relative::Before),
    ("any time before", Relative::Before),
    ("at any time after", Relative::After),
    ("any time after", Relative::After),
    ("at any time since", Relative::Since),
    ("ever since", Relative::Since),
    ("right before", Relative::Before),
    ("just before", Relative::Before),
    ("shortly before", Relative::Before),
    ("prior to", Relative::Before),
    ("ahead of", Relative::Before),
    ("right after", Relative::After),
    ("just after", Relative::After),
    ("soon after", Relative::After),
    ("shortly after", Relative::After),
    ("immediately after", Relative::After),
    ("up until", Relative::Until),
    ("up till", Relative::Until),
    ("before", Relative::Before),
    ("b4", Relative::Before),
    ("after", Relative::After),
    ("following", Relative::After),
    ("since", Relative::Since),
    ("until", Relative::Until),
    ("till", Relative::Until),
    ("til", Relative::Until),
    ("during", Relative::In),
    ("upon", Relative::In),
    ("when", Relative::In),
    ("once", Relative::Since),
];

/// Verbs that make something else of "after" ("go after", "named after").
const BEFORE_AFTER: &[&str] = &[
    "go", "goes", "going", "gone", "went", "look", "looks", "looking", "looked", "take", "takes", "taking", "took",
    "taken", "name", "named", "call", "called", "run", "running", "ran", "seek", "seeking", "chase", "chasing",
    "chased", "come", "comes", "coming", "came",
];

/// Words that ask: before them a clause at the beginning of a sentence ends.
const QUESTION_WORDS: &[&str] = &["who", "whom", "whose", "what", "which", "how", "where", "why", "did", "does", "do"];

const AUXILIARIES: &[&str] = &[
    "did",
    "do",
    "does",
    "is",
    "was",
    "were",
    "are",
    "am",
    "has",
    "have",
    "had",
    "will",
    "would",
    "can",
    "could",
    "should",
    "may",
    "might",
    "'s",
    "'d",
    "exactly",
    "precisely",
    "else",
];

/// Words that point back at something said before, so that no clause follows.
const POINTERS: &[&str] =
    &["that", "this", "then", "which", "what", "whom", "who", "when", "all", "and", "or", "now", "today"];

/// Finds them among the free words and takes the words before the clauses, given the dates found.
pub(super) fn find(sentence: &mut Sentence, dates: &[Found]) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        // "before and after the fall of Assad" is both.
        let first = match (sentence.word(at), sentence.word(at + 1), sentence.word(at + 2)) {
            ("before" | "b4", "and" | "or", "after") if sentence.is_free(at..at + 2) => Some((2, Relative::Before)),
            _ => None,
        };
        let Some((found, clause)) = anchor(sentence, dates, at + first.map_or(0, |(length, _)| length)) else {
            at += 1;
            continue;
        };
        if let Some((length, how)) = first {
            let words = at..at + length;
            sentence.take(words.clone());
            all.push(Found { words, time: Time::Anchored(how, clause.clone()) });
        }
        sentence.take(found.words.clone());
        at = clause.end;
        all.push(found);
    }
    all
}

fn anchor(sentence: &Sentence, dates: &[Found], at: usize) -> Option<(Found, Range<usize>)> {
    let (length, how) = lead(sentence, dates, at)?;
    let start = at + length;
    let clause = clause(sentence, dates, at, start);
    const EMPTY: &[&str] = &["the", "a", "an", "its", "their", "his", "her", "him", "it", "them", "us", "me", "you"];
    let tells = clause.clone().any(|at| !sentence.taken[at] && !EMPTY.contains(&sentence.word(at)));
    tells.then(|| (Found { words: at..start, time: Time::Anchored(how, clause.clone()) }, clause))
}

fn lead(sentence: &Sentence, dates: &[Found], at: usize) -> Option<(usize, Relative)> {
    let first = sentence.word(at);
    let fits = |words: &str| {
        if !words.starts_with(first) {
            return None;
        }
        let length = words.split(' ').count();
        let fits = words.split(' ').enumerate().all(|(place, word)| sentence.word(at + place) == word);
        (fits && sentence.is_free(at..at + length)).then_some(length)
    };
    if let Some(found) = LEADS.iter().find_map(|(words, how)| Some((fits(words)?, *how))) {
        return is_anchor(sentence, at, found.0).then_some(found);
    }
    // "from 2017 to the fall of Assad"
    let follows_from = dates.iter().any(|date| date.words.end == at && sentence.word(date.words.start) == "from");
    (sentence.word(at) == "to" && follows_from && sentence.is_free(at..at + 1)).then_some((1, Relative::Until))
}

/// Whether a word that may stand before a clause does so here.
fn is_anchor(sentence: &Sentence, at: usize, length: usize) -> bool {
    let (word, next) = (sentence.word(at + length - 1), sentence.word(at + length));
    let before = at.checked_sub(1).map_or("", |before| sentence.word(before));
    if next.is_empty() || ends_clause(sentence, at + length) {
        return false;
    }
    let is_first = at == 0 || ends_clause(sentence, at);
    match word {
        "when" if length == 1 => is_when_clause(sentence, at),
        "once" => matches!(next, "it" | "they" | "he" | "she") || is_first,
        "following" => {
            before != "the"
                && (matches!(next, "the" | "its" | "his" | "her" | "their" | "a" | "an")
                    || (at + 2..at + 5).any(|at| sentence.word(at) == "'s"))
        }
        "upon" => matches!(next, "the" | "its" | "his" | "her" | "their") || next.ends_with("ing"),
        "after" | "before" | "b4" if BEFORE_AFTER.contains(&before) => false,
        "after" | "before" | "b4"
            if matches!(before, "is" | "was" | "were" | "are" | "'s")
                && at == 2
                && matches!(sentence.word(0), "who" | "what" | "which") =>
        {
            false
        }
        _ => !POINTERS.contains(&next),
    }
}

/// "when" tells of a time unless it asks for one.
fn is_when_clause(sentence: &Sentence, at: usize) -> bool {
    if AUXILIARIES.contains(&sentence.word(at + 1)) {
        return false;
    }
    if at == 0 {
        // "When Assad fell, who ruled Syria?"
        return (2..sentence.words.len()).any(|at| {
            ends_clause(sentence, at) && (is_question(sentence, at) || AUXILIARIES.contains(&sentence.word(at)))
        });
    }
    const ASKING: &[&str] = &[
        "me", "know", "tell", "say", "ask", "show", "find", "out", "remember", "since", "until", "till", "from", "by",
        "and", "or", "give", "on", "whether", "date", "exactly", "see", "of", "learn", "explain", "about", "to",
        "list",
    ];
    let before = sentence.word(at - 1);
    // "until when": the word before is free or an anchor itself.
    !ASKING.contains(&before)
}

fn is_question(sentence: &Sentence, at: usize) -> bool {
    QUESTION_WORDS.contains(&sentence.word(at))
        || (matches!(sentence.word(at), "to" | "by" | "with" | "from" | "in" | "for" | "of" | "against")
            && QUESTION_WORDS.contains(&sentence.word(at + 1)))
}

/// Whether a comma or another mark ends what stands before a word.
fn ends_clause(sentence: &Sentence, at: usize) -> bool {
    super::point::gap(sentence, at).is_some_and(|gap| {
        gap.contains([',', ';', ':', '?', '!', '(', ')', '–', '—'])
            || gap.trim_start().starts_with(". ")
            || gap.contains(" - ")
    })
}

/// The words of the clause that begins at `start`: up to the end of the sentence, a comma, a date with a preposition or at the end, words that
/// are taken otherwise, "until", or the question where the clause stands first.
fn clause(sentence: &Sentence, dates: &[Found], lead: usize, start: usize) -> Range<usize> {
    let mut end = start;
    while end < sentence.words.len() {
        if end > start && ends_clause(sentence, end) {
            break;
        }
        if let Some(date) = dates.iter().find(|date| date.words.contains(&end)) {
            let after = date.words.end;
            let is_inside = date.words.start == end && is_bare(sentence, date) && !is_end(sentence, dates, after);
            if !is_inside {
                break;
            }
            end = after;
            continue;
        }
        if sentence.taken[end] {
            break;
        }
        let is_lead_in = lead == 0 && end > start + 1 && is_question(sentence, end);
        let turns = end > start && matches!(sentence.word(end), "until" | "till");
        if is_lead_in || turns {
            break;
        }
        end += 1;
    }
    start..end
}

/// Whether nothing of the clause follows at a word.
fn is_end(sentence: &Sentence, dates: &[Found], at: usize) -> bool {
    at >= sentence.words.len()
        || ends_clause(sentence, at)
        || (sentence.taken[at] && !dates.iter().any(|date| date.words.contains(&at) && is_bare(sentence, date)))
}

/// Whether a date stands without a preposition.
fn is_bare(sentence: &Sentence, date: &Found) -> bool {
    let first = sentence.word(date.words.start);
    let is_in = matches!(date.time, Time::Dated(Relative::In, _) | Time::Between(..));
    is_in
        && !matches!(
            first,
            "in" | "on"
                | "at"
                | "during"
                | "within"
                | "of"
                | "for"
                | "as"
                | "back"
                | "between"
                | "from"
                | "over"
                | "sometime"
                | "some"
                | "and"
                | "or"
        )
}
