//! Dates with the prepositions and conjunctions that belong to them: "since March 2025", "between 2016 and 2018", "from 2017 to now".

use super::Relative::{self, After, Before, In, Since, Throughout, Until};
use super::calendar::{Part, day_number, month, ordinal, weekday};
use super::leads::{COUNTED, LEADS, LONGEST_LEAD, Lead, MEASURES};
use super::point::{Parts, Point, Unit, What, gap, is_near, point};
use super::{Found, Time, interval};
use crate::ask::Problem;
use crate::ask::sentence::Sentence;
use crate::time::Dated;
use std::ops::Range;

/// Finds the dates of a sentence and takes their words, in their order.
pub(super) fn find(sentence: &mut Sentence) -> Result<Vec<Found>, Problem> {
    let mut all: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        if let Some((first, second)) = both_sides(sentence, at).transpose()? {
            at = second.words.end;
            for found in [first, second] {
                sentence.take(found.words.clone());
                all.push(found);
            }
            continue;
        }
        let follows = all.last().is_some_and(|last| last.words.end == at && matches!(last.time, Time::Dated(In, _)));
        let found = self::at(sentence, at, follows).transpose()?;
        if let Some(found) = found {
            at = found.words.end;
            if !follows && !has_lead(sentence, &found) && is_blocked(sentence, found.words.start) {
                continue;
            }
            sentence.take(found.words.clone());
            all.push(found);
        } else {
            at += 1;
        }
    }
    Ok(all)
}

/// "before and after 2025-03-11": both times.
fn both_sides(sentence: &Sentence, at: usize) -> Option<Result<(Found, Found), Problem>> {
    let side = |at: usize| match sentence.word(at) {
        "before" | "b4" => Some(Before),
        "after" => Some(After),
        "until" => Some(Until),
        "since" => Some(Since),
        _ => None,
    };
    let (first, second) = (side(at)?, side(at + 2)?);
    if first == second || !matches!(sentence.word(at + 1), "and" | "or") || !sentence.is_free(at..at + 2) {
        return None;
    }
    let found = match self::at(sentence, at + 2, false)? {
        Ok(found) => found,
        Err(problem) => return Some(Err(problem)),
    };
    let Time::Dated(_, dated) = &found.time else { return None };
    Some(Ok((Found { words: at..at + 2, time: Time::Dated(first, dated.clone()) }, found)))
}

/// Whether a date found begins with a preposition.
fn has_lead(sentence: &Sentence, found: &Found) -> bool {
    let at = found.words.start;
    (1..=LONGEST_LEAD).any(|length| at + length < found.words.end && lead(sentence, at, length).is_some())
        || prefix(sentence, at).is_some()
}

/// The date phrase that begins at a word, whatever stands before it. `follows`: another stands right before, so that "and 2018" is one too.
pub(super) fn at(sentence: &Sentence, at: usize, follows: bool) -> Option<Result<Found, Problem>> {
    if !sentence.is_free(at..at + 1) {
        return None;
    }
    if follows && matches!(sentence.word(at), "and" | "or" | "then") {
        let next = if matches!(sentence.word(at + 1), "in" | "on" | "during") { at + 2 } else { at + 1 };
        return with_lead(sentence, at, next, Lead::Relative(In));
    }
    for length in (1..=LONGEST_LEAD).rev() {
        let Some(lead) = lead(sentence, at, length) else { continue };
        if let Some(found) = with_lead(sentence, at, at + length, lead) {
            return Some(found);
        }
    }
    if let Some(how) = prefix(sentence, at)
        && let Some(found) = with_lead(sentence, at, at + 1, Lead::Relative(how))
    {
        return Some(found);
    }
    missing_year(sentence, at).or_else(|| with_lead(sentence, at, at, Lead::Bare))
}

/// The preposition of so many words at a word.
fn lead(sentence: &Sentence, at: usize, length: usize) -> Option<Lead> {
    let first = sentence.word(at);
    let matches = |phrase: &str| {
        if !phrase.starts_with(first) {
            return false;
        }
        let mut words = 0;
        phrase.split(' ').enumerate().all(|(place, word)| {
            words += 1;
            sentence.word(at + place) == word
        }) && words == length
    };
    LEADS.iter().find(|(phrase, _)| matches(phrase)).map(|(_, lead)| *lead)
}

/// "pre-2017", "post-2020".
fn prefix(sentence: &Sentence, at: usize) -> Option<Relative> {
    let how = match sentence.word(at) {
        "pre" => Before,
        "post" => After,
        _ => return None,
    };
    (gap(sentence, at + 1) == Some("-")).then_some(how)
}

/// "in March" without a year: nobody knows which.
fn missing_year(sentence: &Sentence, at: usize) -> Option<Result<Found, Problem>> {
    let word = sentence.word(at + 1);
    if sentence.word(at) != "in" || month(word).is_none() || !sentence.is_free(at..at + 2) {
        return None;
    }
    // "in March" ends here, or it is the beginning of something else: "in May they …" is rare enough to be asked about.
    let is_last = at + 2 >= sentence.words.len() || gap(sentence, at + 2).is_some_and(|gap| gap.contains([',', ';']));
    if matches!(word, "may" | "march" | "mar") && !is_last {
        return None;
    }
    if with_lead(sentence, at, at + 1, Lead::Relative(In)).is_some() {
        return None;
    }
    let text = sentence.typed(at..at + 2).to_owned();
    let name = sentence.typed(at + 1..at + 2);
    Some(Err(Problem::Date {
        message: format!("{name} of which year?"),
        help: format!("write the year too, as in `{name} 2025`"),
        text,
    }))
}

/// What was read after a preposition.
#[derive(Clone, Debug)]
enum Body {
    One(Parts),
    Two(Parts, Joint, Parts),
    Onward(Parts),
}

/// What joins two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// A dash, "2016-2018".
    Dash,
    /// "to", "until", "through".
    To,
    /// "and".
    And,
    /// "vs", "compared with".
    Versus,
}

fn with_lead(sentence: &Sentence, start: usize, at: usize, lead: Lead) -> Option<Result<Found, Problem>> {
    let (at, approximate) = fillers(sentence, at, lead)?;
    let (end, body, bare_number) = match body(sentence, at, lead)? {
        Ok(read) => read,
        Err(problem) => return is_free(sentence, start..at + 1).then_some(Err(problem)),
    };
    let (mut end, body) = (end, body);
    if bare_number && !is_year(sentence, start, at, end, lead, &body) {
        return None;
    }
    let mut lead = lead;
    if let Body::One(_) = &body {
        let (after, word) = (sentence.word(end + 1), sentence.word(end));
        let turned = match (word, after) {
            ("onwards" | "onward", _) => Some((Since, 1)),
            ("on" | "forward" | "forwards", _) if matches!(lead, Lead::From) && point(sentence, end + 1).is_none() => {
                Some((Since, 1))
            }
            ("or", "later") | ("and", "after" | "later" | "onwards" | "beyond") => Some((Since, 2)),
            ("or", "earlier" | "before") | ("and", "before" | "earlier") => Some((Until, 2)),
            _ => None,
        };
        // "before 2016 or later" is nothing that anybody says.
        if let Some((how, words)) = turned
            && matches!(lead, Lead::Bare | Lead::From | Lead::Relative(In | Since | Until))
            && is_free(sentence, end..end + words)
        {
            lead = Lead::Relative(how);
            end += words;
        }
    }
    let words = start..end;
    if !is_free(sentence, words.clone()) {
        return None;
    }
    let typed = sentence.typed(at..end).to_owned();
    Some(time(lead, body, approximate, &typed)?.map(|time| Found { words, time }))
}

fn is_free(sentence: &Sentence, words: Range<usize>) -> bool {
    sentence.is_free(words)
}

/// Skips what may stand between a preposition and its date. An article only before what takes one: "the 1990s", "the end of 2024", "the
/// 11th of March"; in "after the 2016 split" the year tells of the split.
fn fillers(sentence: &Sentence, mut at: usize, lead: Lead) -> Option<(usize, bool)> {
    let mut approximate = false;
    loop {
        let (word, next) = (sentence.word(at), sentence.word(at + 1));
        at += match (word, next) {
            ("about" | "around" | "circa" | "ca" | "c" | "approximately" | "roughly", _) => {
                approximate = true;
                1
            }
            ("at", "least") | ("the", "year" | "years" | "month" | "months" | "period" | "day") => 2,
            ("year" | "years", _) if lead != Lead::Bare || crate::ask::dates::calendar::year(next).is_some() => 1,
            ("both", _) if lead != Lead::Bare => 1,
            ("late", "as") => 2,
            ("of" | "from", _) if at > 0 && matches!(sentence.word(at - 1), "month" | "months" | "period" | "day") => 1,
            ("the", _) if takes_article(sentence, at + 1) => 1,
            _ => return Some((at, approximate)),
        };
    }
}

/// Whether a date at a word may have an article before it.
fn takes_article(sentence: &Sentence, at: usize) -> bool {
    let (word, next) = (sentence.word(at), sentence.word(at + 1));
    match word {
        "beginning" | "start" | "end" | "middle" | "outset" | "onset" | "close" | "spring" | "summer" | "autumn"
        | "fall" | "winter" | "very" => true,
        "first" | "second" | "third" | "fourth" | "last" | "latter" | "final" | "early" | "late" | "1st" | "2nd"
        | "3rd" | "4th"
            if matches!(next, "half" | "quarter" | "week" | "part" | "days" | "months" | "weeks") =>
        {
            true
        }
        "early" | "mid" | "late" => is_decade(sentence, at + 1),
        _ => ordinal(word).is_some() || is_ordinal_like(word) || is_decade(sentence, at) || weekday(word).is_some(),
    }
}

fn is_decade(sentence: &Sentence, at: usize) -> bool {
    matches!(point(sentence, at), Some(Ok(Point { what: What::One(Parts { unit: Unit::Decade, .. }), .. })))
}

/// One date or two.
fn body(sentence: &Sentence, at: usize, lead: Lead) -> Option<Result<(usize, Body, bool), Problem>> {
    let first = match point(sentence, at)? {
        Ok(first) => first,
        Err(problem) => return Some(Err(problem)),
    };
    let number = first.is_bare_number;
    let mut from = match first.what {
        What::Two(from, to) => return Some(Ok((first.end, Body::Two(from, Joint::Dash, to), number))),
        What::Onward(from) => return Some(Ok((first.end, Body::Onward(from), false))),
        What::One(parts) => parts,
    };
    if let Some((joint, next)) = joint(sentence, first.end)
        && joint_fits(joint, lead)
    {
        if joint != Joint::Versus
            && from.is_whole()
            && let Some(end) = present(sentence, next)
        {
            return Some(Ok((end, Body::Onward(from), false)));
        }
        match second(sentence, next, &from) {
            Some(Ok((end, to))) => {
                from.complete_from(&to);
                if from.is_whole() && to.is_whole() {
                    return Some(Ok((end, Body::Two(from, joint, to), number)));
                }
            }
            Some(Err(problem)) if from.is_whole() => return Some(Err(problem)),
            _ => {}
        }
    }
    // "between 2017 and the fall of Assad" is no date.
    (from.is_whole() && lead != Lead::Between).then_some(Ok((first.end, Body::One(from), number)))
}

/// The later date of a range: its month may stand with the first, as in "March 6 to 11, 2025".
fn second(sentence: &Sentence, at: usize, from: &Parts) -> Option<Result<(usize, Parts), Problem>> {
    let at = if matches!(sentence.word(at), "in" | "on" | "by") { at + 1 } else { at };
    let (at, approximate) = fillers(sentence, at, Lead::From)?;
    if let (Unit::Day(month, _), Some(day)) = (&from.unit, day_number(sentence.word(at)))
        && from.year.is_none()
        && is_near(sentence, at + 1, ",")
        && let Some(year) = super::calendar::year(sentence.word(at + 1))
    {
        return Some(Ok((at + 2, Parts::new(Unit::Day(*month, day), Some(year)))));
    }
    let point = match point(sentence, at)? {
        Ok(point) => point,
        Err(problem) => return Some(Err(problem)),
    };
    match point.what {
        What::One(parts) => {
            let approximate = approximate || parts.approximate;
            Some(Ok((point.end, Parts { approximate, ..parts })))
        }
        _ => None,
    }
}

fn joint_fits(joint: Joint, lead: Lead) -> bool {
    match joint {
        Joint::Dash => true,
        Joint::To => lead != Lead::Between,
        Joint::And => matches!(lead, Lead::Between | Lead::Relative(Throughout)),
        Joint::Versus => matches!(lead, Lead::Bare | Lead::Relative(In)),
    }
}

/// What joins the date before a word to one after it, and where that begins.
fn joint(sentence: &Sentence, at: usize) -> Option<(Joint, usize)> {
    let gap = gap(sentence, at)?.trim();
    match gap.trim_start_matches('~') {
        "-" | "–" | "—" | "−" | "‐" | "‑" | "‒" | ".." | "..." | "…" | "/" | "->" | "→" => {
            return Some((Joint::Dash, at));
        }
        "&" | "+" => return Some((Joint::And, at)),
        "" | "," => {}
        _ => return None,
    }
    match (sentence.word(at), sentence.word(at + 1)) {
        ("up", "to" | "until" | "till") => Some((Joint::To, at + 2)),
        ("and", "up") if sentence.word(at + 2) == "to" => Some((Joint::To, at + 3)),
        ("to" | "until" | "till" | "til" | "through" | "thru", _) => Some((Joint::To, at + 1)),
        ("and" | "n", _) => Some((Joint::And, at + 1)),
        ("vs" | "versus" | "v", _) => Some((Joint::Versus, at + 1)),
        ("compared", "to" | "with") | ("as", "against") => Some((Joint::Versus, at + 2)),
        ("as", "opposed") if sentence.word(at + 2) == "to" => Some((Joint::Versus, at + 3)),
        _ => None,
    }
}

/// "now", "the present day": where it ends.
fn present(sentence: &Sentence, at: usize) -> Option<usize> {
    let at = if matches!(sentence.word(at), "the" | "this") { at + 1 } else { at };
    match (sentence.word(at), sentence.word(at + 1)) {
        ("present" | "current", "day" | "moment") => Some(at + 2),
        ("now" | "today" | "present" | "date" | "day", _) => Some(at + 1),
        _ => None,
    }
}

/// Whether a number of four digits is a year rather than a count.
fn is_year(sentence: &Sentence, start: usize, at: usize, end: usize, lead: Lead, body: &Body) -> bool {
    let strong = match lead {
        Lead::Bare => false,
        Lead::Between | Lead::From => true,
        Lead::Relative(In) => !matches!(sentence.word(start), "of" | "for" | "at" | "dated") || at > start + 1,
        Lead::Relative(_) => true,
    };
    let years: Vec<i32> = match body {
        Body::One(one) | Body::Onward(one) => one.year.into_iter().collect(),
        Body::Two(from, _, to) => from.year.into_iter().chain(to.year).collect(),
    };
    if !strong && sentence.word(at.saturating_sub(1)) != "year" && !years.iter().all(|year| (1900..2100).contains(year))
    {
        return false;
    }
    let counts = |at: usize| COUNTED.contains(&sentence.word(at));
    if counts(end) || (counts(end + 1) && !strong) {
        return false;
    }
    !start.checked_sub(1).is_some_and(|before| MEASURES.contains(&sentence.word(before)))
}

/// Whether the word before says that a bare date is part of something that was not read: "between 2017 and the fall of Assad".
fn is_blocked(sentence: &Sentence, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    if gap(sentence, at).is_some_and(|gap| gap.contains([',', ';', ':', '(', '?', '!'])) {
        return false;
    }
    match sentence.word(before) {
        "between" | "to" | "through" | "thru" | "than" | "least" | "about" | "around" => !sentence.taken[before],
        "from" | "until" | "till" | "before" | "after" | "since" | "not" | "except" | "excluding" | "without"
        | "but" => !sentence.taken[before],
        "and" | "or" => {
            !sentence.taken[before]
                && (0..before).any(|at| matches!(sentence.word(at), "between" | "from") && !sentence.taken[at])
        }
        _ => false,
    }
}

/// The time that a preposition and its dates say.
fn time(lead: Lead, body: Body, approximate: bool, typed: &str) -> Option<Result<Time, Problem>> {
    Some(match body {
        Body::One(mut parts) => {
            parts.approximate |= approximate;
            let how = match lead {
                Lead::Bare => In,
                Lead::Relative(how) => how,
                Lead::From => Since,
                Lead::Between => return None,
            };
            related(how, &parts, typed)
        }
        Body::Onward(mut parts) => {
            parts.approximate |= approximate;
            match lead {
                Lead::Bare | Lead::From | Lead::Between | Lead::Relative(In | Since | Throughout) => {
                    related(Since, &parts, typed)
                }
                Lead::Relative(_) => return None,
            }
        }
        Body::Two(mut from, joint, to) => {
            from.approximate |= approximate;
            if lead == Lead::Between && !matches!(joint, Joint::And | Joint::Dash) {
                return None;
            }
            two(lead, joint, &from, &to, typed)
        }
    })
}

fn two(lead: Lead, joint: Joint, from: &Parts, to: &Parts, typed: &str) -> Result<Time, Problem> {
    let (mut first, mut last) = (from.dated(typed)?, to.dated(typed)?);
    if joint == Joint::Versus && first.hull().earliest > last.hull().latest {
        (first, last) = (last, first);
    }
    let Some(whole) = interval(&first, &last) else {
        return Err(Problem::Date {
            text: typed.to_owned(),
            message: "the interval ends before it begins".to_owned(),
            help: format!("if the two are swapped, write `{last}/{first}`; otherwise give the year of both"),
        });
    };
    Ok(match lead {
        Lead::Bare | Lead::Between | Lead::From | Lead::Relative(In | Since) => Time::Between(first, last),
        Lead::Relative(how) => Time::Dated(how, whole),
    })
}

/// One date in a relation. Something measured from a beginning or an end is measured from its day: "before the end of 2024" is not before
/// its last third.
fn related(how: Relative, parts: &Parts, typed: &str) -> Result<Time, Problem> {
    let whole = || Parts { part: None, ..parts.clone() }.dated(typed);
    let day = |whole: &Dated, last: bool| {
        let hull = whole.hull();
        Dated::parse(&(if last { hull.latest } else { hull.earliest }).to_string()).unwrap_or_else(|_| whole.clone())
    };
    Ok(match (parts.part, how) {
        (Some(Part::End), Before | Until) => Time::Dated(Until, whole()?),
        (Some(Part::End), After) => Time::Dated(After, whole()?),
        (Some(Part::End), Since) => Time::Dated(Since, day(&whole()?, true)),
        (Some(Part::Beginning), Before) => Time::Dated(Before, whole()?),
        (Some(Part::Beginning), After | Since) => Time::Dated(Since, whole()?),
        (Some(Part::Beginning), Until) => Time::Dated(Until, day(&whole()?, false)),
        _ => Time::Dated(how, parts.dated(typed)?),
    })
}

/// "32nd": no day of any month, but meant as one.
fn is_ordinal_like(word: &str) -> bool {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or_default();
    digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit())
}
