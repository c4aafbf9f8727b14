//! Dates written in figures: `2016`, `2025-03-11`, `11/03/2025`, `2016-2018`, `2016~/2018`, `1990s`, `11-Mar-2025`.

use super::calendar::{day_number, month, month_name, year};
use super::point::{Parts, Unit};
use crate::ask::Problem;
use crate::ask::sentence::Sentence;
use crate::time::{Dated, Day};

/// What a word of figures says.
#[derive(Clone, Debug)]
pub(super) enum Figures {
    /// A date.
    One(Parts),
    /// From one to another.
    Two(Parts, Parts),
    /// From a date to the present: `2016-now`.
    Onward(Parts),
    /// From a day of a month to another: `6-11`, of `6-11 March 2025`.
    Days(u32, u32),
    /// A year and the month that follows after a hyphen: `2016-june`, of `March 2016-June 2018`.
    YearToMonth(i32, u32),
}

/// Reads the word at a place; `None` when it is no date.
pub(super) fn figures(sentence: &Sentence, at: usize) -> Option<Result<Figures, Problem>> {
    let word = sentence.words.get(at)?;
    if !word.text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // Marks that the word itself does not hold, for they stand at its edge.
    let before = sentence.text.get(..word.span.start).unwrap_or_default();
    let after = sentence.text.get(word.span.end..).unwrap_or_default();
    let mut text = word.text.clone();
    if after.starts_with('~') || before.ends_with('~') {
        text.push('~');
    }
    if text.ends_with('/') && after.starts_with("..") {
        text.push_str("..");
    }
    let open_start =
        ["../", "…/"].iter().any(|open| before.ends_with(open)) || (before.ends_with('/') && starts_a_word(before));
    if open_start {
        text.insert_str(0, if before.ends_with("./") || before.ends_with("…/") { "../" } else { "/" });
    }
    read(&text)
}

/// Whether the slash at the end of a text stands before anything else.
fn starts_a_word(before: &str) -> bool {
    before.trim_end_matches('/').chars().next_back().is_none_or(char::is_whitespace)
}

fn read(text: &str) -> Option<Result<Figures, Problem>> {
    let bare = text.trim_end_matches('~');
    let approximate = bare.len() < text.len();
    if let Some(year) = year(bare) {
        return Some(Ok(Figures::One(Parts { approximate, ..Parts::new(Unit::Year, Some(year)) })));
    }
    if let Some(decade) = bare.strip_suffix('s').or_else(|| bare.strip_suffix('x').filter(|rest| rest.len() == 3)) {
        let digits = if decade.len() == 3 { format!("{decade}0") } else { decade.to_owned() };
        return year(&digits)
            .filter(|year| year % 10 == 0 && (1800..2100).contains(year))
            .map(|year| Ok(Figures::One(Parts::new(Unit::Decade, Some(year)))));
    }
    let hyphens: Vec<&str> = bare.split('-').collect();
    let strokes: Vec<&str> = bare.split(['/', '.']).collect();
    if hyphens.len() > 1
        && hyphens.iter().all(|part| !part.is_empty())
        && !text.contains(['/', '~', '?', ',', '.', ':'])
    {
        return hyphenated(text, &hyphens);
    }
    if strokes.len() > 1 && strokes.iter().all(|part| is_number(part)) && !approximate {
        return stroked(text, &strokes, bare.contains('/'));
    }
    // Anything else that begins with a year is EDTF, or meant to be.
    let edtf = text.to_uppercase();
    let first: String = edtf.trim_start_matches(['.', '/']).chars().take_while(char::is_ascii_digit).collect();
    year(&first)?;
    if !edtf.contains(['/', '~', '?']) || edtf.contains(',') {
        return None;
    }
    Some(match Dated::parse(&edtf) {
        Ok(dated) => Ok(Figures::One(Parts::new(Unit::Typed(dated), None))),
        Err(error) => Err(Problem::Date {
            text: text.to_owned(),
            message: error.message,
            help: error.help.unwrap_or_else(|| "write a date such as `2016`, `2025-03-11` or `2016/2018`".to_owned()),
        }),
    })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A number of one or two digits.
fn small(text: &str) -> Option<u32> {
    if text.len() > 2 || !is_number(text) {
        return None;
    }
    text.parse().ok()
}

fn hyphenated(text: &str, parts: &[&str]) -> Option<Result<Figures, Problem>> {
    let date = |unit, year| Some(Ok(Figures::One(Parts::new(unit, Some(year)))));
    match *parts {
        [first, second] => {
            if let Some(from) = year(first) {
                if let Some(to) = year(second) {
                    let whole = |y| Parts::new(Unit::Year, Some(y));
                    return Some(Ok(Figures::Two(whole(from), whole(to))));
                }
                if matches!(second, "now" | "today" | "present" | "date" | "onward" | "onwards" | "on") {
                    return Some(Ok(Figures::Onward(Parts::new(Unit::Year, Some(from)))));
                }
                if let Some(quarter) = second.strip_prefix('q').and_then(small).filter(|q| (1..=4).contains(q)) {
                    return date(Unit::Months(quarter * 3 - 2, quarter * 3), from);
                }
                if let Some(month) = month(second) {
                    return Some(Ok(Figures::YearToMonth(from, month)));
                }
                let number = small(second)?;
                return match number {
                    1..=12 if second.len() == 2 => date(Unit::Month(number), from),
                    _ => Some(Err(no_month(text, from, number))),
                };
            }
            if let (Some(month), Some(year)) = (small(first).filter(|m| (1..=12).contains(m)), year(second)) {
                return date(Unit::Month(month), year);
            }
            match (day_number(first), day_number(second)) {
                (Some(from), Some(to)) => Some(Ok(Figures::Days(from, to))),
                _ => None,
            }
        }
        [first, second, third] => {
            if let Some(year) = year(first) {
                let day = small(third)?;
                let month = month(second).or_else(|| small(second))?;
                return Some(day_of(text, year, month, day));
            }
            let year = year(third)?;
            match month(second) {
                Some(month) => Some(day_of(text, year, month, day_number(first)?)),
                None => Some(day_or_month(text, small(first)?, small(second)?, year)),
            }
        }
        _ => None,
    }
}

fn stroked(text: &str, parts: &[&str], slashes: bool) -> Option<Result<Figures, Problem>> {
    match *parts {
        [first, second] if slashes => {
            if let Some(from) = year(first) {
                if year(second).is_some() {
                    return Some(match Dated::parse(text) {
                        Ok(dated) => Ok(Figures::One(Parts::new(Unit::Typed(dated), None))),
                        Err(error) => Err(Problem::Date {
                            text: text.to_owned(),
                            message: error.message,
                            help: error.help.unwrap_or_default(),
                        }),
                    });
                }
                let number = small(second)?;
                return Some(Err(Problem::Date {
                    text: text.to_owned(),
                    message: format!("`{text}` may be a month or a range of years"),
                    help: format!(
                        "write `{from}-{number:02}` for a month, or both years in full: `{from}/{}`",
                        from + 1
                    ),
                }));
            }
            let (month, year) = (small(first)?, year(second)?);
            if (1..=12).contains(&month) {
                return Some(Ok(Figures::One(Parts::new(Unit::Month(month), Some(year)))));
            }
            Some(Err(no_month(text, year, month)))
        }
        [first, second, third] => {
            if let Some(year) = year(first) {
                return Some(day_of(text, year, small(second)?, small(third)?));
            }
            Some(day_or_month(text, small(first)?, small(second)?, year(third)?))
        }
        _ => None,
    }
}

/// A day by its numbers, of which nobody knows which is the month unless one of them cannot be.
fn day_or_month(text: &str, first: u32, second: u32, year: i32) -> Result<Figures, Problem> {
    match (first, second) {
        (1..=12, 1..=12) if first != second => Err(Problem::Date {
            text: text.to_owned(),
            message: format!("`{text}` may be {first} {} or {second} {} {year}", month_name(second), month_name(first)),
            help: format!("write `{year}-{second:02}-{first:02}` or `{year}-{first:02}-{second:02}`"),
        }),
        (1..=12, 13..) => day_of(text, year, first, second),
        _ => day_of(text, year, second, first),
    }
}

fn day_of(text: &str, year: i32, month: u32, day: u32) -> Result<Figures, Problem> {
    if !(1..=12).contains(&month) {
        return Err(no_month(text, year, month));
    }
    if Day::from_ymd(year, month, day).is_err() {
        return Err(no_day(text, year, month, day));
    }
    Ok(Figures::One(Parts::new(Unit::Day(month, day), Some(year))))
}

/// The problem of a month that does not exist.
fn no_month(text: &str, year: i32, month: u32) -> Problem {
    let help = if month > 12 && i64::from(month) > i64::from(year) % 100 {
        let century = year / 100 * 100;
        format!("months run from 01 to 12, as in `{year}-03`; a range of years is `{year}/{}`", century + month as i32)
    } else {
        format!("months run from 01 to 12, as in `{year}-03`")
    };
    Problem::Date { text: text.to_owned(), message: format!("there is no month {month:02}"), help }
}

/// The problem of a day that its month does not have.
pub(super) fn no_day(text: &str, year: i32, month: u32, day: u32) -> Problem {
    let last = (28..=31).rev().find(|day| Day::from_ymd(year, month, *day).is_ok()).unwrap_or(28);
    let name = month_name(month);
    Problem::Date {
        text: text.to_owned(),
        message: format!("there is no {day} {name} {year}"),
        help: format!(
            "{name} {year} has {last} days: write `{year}-{month:02}-{last}`, or `{year}-{month:02}` for the month"
        ),
    }
}
