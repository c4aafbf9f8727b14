//! A date or period without its preposition: "11 March 2025", "March 11, 2025", "early 2024", "summer 2016", "Q1 2025", "the 1990s".

use super::calendar::{Part, day_number, misspelt_month, month, month_name, ordinal, weekday, weekday_of, year};
use super::numbers::{Figures, figures, no_day};
use crate::ask::Problem;
use crate::ask::sentence::Sentence;
use crate::time::{Dated, Day};

/// What of the calendar a date names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// As typed, in EDTF.
    Typed(Dated),
    /// Ten years from the year on.
    Decade,
    /// A year.
    Year,
    /// From a month to another of the year: a season, a quarter, a half.
    Months(u32, u32),
    /// The winter of a year.
    Winter,
    /// The winter that begins in a year and ends in the next.
    WinterFrom,
    /// A month.
    Month(u32),
    /// A month and its day.
    Day(u32, u32),
    /// A day of a month that the other end of a range names.
    DayOfMonth(u32),
}

/// A date as far as its words give it; a range may give the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) unit: Unit,
    pub(super) year: Option<i32>,
    pub(super) approximate: bool,
    pub(super) part: Option<Part>,
    /// The day of the week, Monday being 0.
    pub(super) weekday: Option<usize>,
}

/// What stands at a word.
#[derive(Clone, Debug)]
pub(super) struct Point {
    /// After the last word.
    pub(super) end: usize,
    pub(super) what: What,
    /// It is nothing but a number that may as well count something.
    pub(super) is_bare_number: bool,
}

/// One date or two in one breath.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A date.
    One(Parts),
    /// From one to another: `2016-2018`, `6-11 March 2025`.
    Two(Parts, Parts),
    /// From a date to the present.
    Onward(Parts),
}

impl Parts {
    pub(super) const fn new(unit: Unit, year: Option<i32>) -> Self {
        Self { unit, year, approximate: false, part: None, weekday: None }
    }

    /// Whether nothing of it must be given elsewhere.
    pub(super) const fn is_whole(&self) -> bool {
        match self.unit {
            Unit::Typed(_) => true,
            Unit::DayOfMonth(_) => false,
            _ => self.year.is_some(),
        }
    }

    /// Takes from the end of a range what its beginning leaves out: "6 to 11 March 2025", "between March and November 2025".
    pub(super) fn complete_from(&mut self, end: &Self) {
        if let (Unit::DayOfMonth(day), Unit::Day(month, _)) = (&self.unit, &end.unit) {
            self.unit = Unit::Day(*month, *day);
        }
        if self.year.is_none() {
            self.year = end.year;
        }
    }

    /// The date they give.
    pub(super) fn dated(&self, typed: &str) -> Result<Dated, Problem> {
        let problem = |message: String, help: String| Problem::Date { text: typed.to_owned(), message, help };
        let year = self.year.unwrap_or_default();
        let mut text = match &self.unit {
            Unit::Typed(dated) => return Ok(dated.clone()),
            Unit::Decade => format!("{year}/{}", year + 9),
            Unit::Year => format!("{year}"),
            Unit::Months(first, last) => format!("{year}-{first:02}/{year}-{last:02}"),
            Unit::WinterFrom => format!("{year}-12/{}-02", year + 1),
            Unit::Winter => {
                return Err(problem(
                    format!("the winter of {year} may be the one that began or the one that ended in that year"),
                    format!("write `{year}-12/{}-02` or `{}-12/{year}-02`", year + 1, year - 1),
                ));
            }
            Unit::Month(month) => format!("{year}-{month:02}"),
            Unit::Day(month, day) => {
                let date = Day::from_ymd(year, *month, *day).map_err(|_| no_day(typed, year, *month, *day))?;
                if let Some(said) = self.weekday
                    && weekday(weekday_of(date)).is_some_and(|is| is != said)
                {
                    return Err(problem(
                        format!("{day} {} {year} was a {}", month_name(*month), weekday_of(date)),
                        format!("write `{date}` without the day of the week"),
                    ));
                }
                date.to_string()
            }
            Unit::DayOfMonth(day) => {
                return Err(problem(format!("{day} of which month?"), "write a date such as `2025-03-11`".to_owned()));
            }
        };
        if self.approximate && self.part.is_none() && !text.contains('/') {
            text.push('~');
        }
        let dated = Dated::parse(&text)
            .map_err(|e| problem(e.message, "write a date such as `2016`, `2025-03-11` or `2016/2018`".to_owned()))?;
        match self.part {
            None => Ok(dated),
            Some(part) => part.of(&dated).ok_or_else(|| {
                problem("only a month, a year or a decade has such a part".to_owned(), format!("write `{dated}`"))
            }),
        }
    }
}

/// Whether only blanks and the given marks part a word from the one before.
pub(super) fn is_near(sentence: &Sentence, at: usize, marks: &str) -> bool {
    gap(sentence, at).is_some_and(|gap| gap.chars().all(|c| c.is_whitespace() || marks.contains(c)))
}

/// What stands between a word and the one before.
pub(super) fn gap(sentence: &Sentence, at: usize) -> Option<&str> {
    let before = at.checked_sub(1)?;
    sentence.text.get(sentence.words.get(before)?.span.end..sentence.words.get(at)?.span.start)
}

/// The year at a word that belongs to the word before.
fn year_after(sentence: &Sentence, at: usize) -> Option<i32> {
    year(sentence.word(at)).filter(|_| is_near(sentence, at, ",.-"))
}

/// Reads a date or period at a word, without article or preposition.
pub(super) fn point(sentence: &Sentence, at: usize) -> Option<Result<Point, Problem>> {
    let word = sentence.word(at);
    if let Some(day) = weekday(word) {
        return after_weekday(sentence, at, day);
    }
    if let Some((part, next)) = part(sentence, at)
        && let Some(point) = with_part(sentence, next, part)
    {
        return Some(point);
    }
    season(sentence, at)
        .or_else(|| fraction(sentence, at))
        .map(Ok)
        .or_else(|| month_first(sentence, at))
        .or_else(|| no_such_day(sentence, at).map(Err))
        .or_else(|| day_first(sentence, at).map(Ok))
        .or_else(|| in_figures(sentence, at))
}

fn one(end: usize, unit: Unit, year: Option<i32>) -> Point {
    Point { end, what: What::One(Parts::new(unit, year)), is_bare_number: false }
}

/// "Monday 20 January 2025", "Monday, January 20, 2025".
fn after_weekday(sentence: &Sentence, at: usize, day: usize) -> Option<Result<Point, Problem>> {
    if !is_near(sentence, at + 1, ",.") {
        return None;
    }
    let next = if sentence.word(at + 1) == "the" { at + 2 } else { at + 1 };
    let point = match point(sentence, next)? {
        Ok(point) => point,
        Err(problem) => return Some(Err(problem)),
    };
    match point.what {
        What::One(parts) if matches!(parts.unit, Unit::Day(..)) => {
            Some(Ok(Point { what: What::One(Parts { weekday: Some(day), ..parts }), ..point }))
        }
        _ => None,
    }
}

/// "early", "the end of", "mid-": the part and where the whole begins.
fn part(sentence: &Sentence, at: usize) -> Option<(Part, usize)> {
    let (word, next) = (sentence.word(at), sentence.word(at + 1));
    let (part, end) = match (word, next) {
        ("first", "week") => (Part::FirstWeek, at + 2),
        ("last" | "final", "week") => (Part::LastWeek, at + 2),
        ("first" | "early", "part" | "days" | "months" | "weeks") => (Part::Early, at + 2),
        ("late" | "last" | "latter" | "final", "part" | "days" | "months" | "weeks") => (Part::Late, at + 2),
        ("very", "beginning" | "start") => (Part::Beginning, at + 2),
        ("very", "end") => (Part::End, at + 2),
        ("early", _) => (Part::Early, at + 1),
        ("mid" | "middle", _) => (Part::Middle, at + 1),
        ("late", _) => (Part::Late, at + 1),
        ("beginning" | "start" | "outset" | "onset", _) => (Part::Beginning, at + 1),
        ("end" | "close", _) => (Part::End, at + 1),
        _ => return None,
    };
    let mut end = end;
    while matches!(sentence.word(end), "of" | "the" | "in" | "year") {
        end += 1;
    }
    is_near(sentence, at + 1, "-").then_some((part, end))
}

fn with_part(sentence: &Sentence, at: usize, part: Part) -> Option<Result<Point, Problem>> {
    let point = match point(sentence, at)? {
        Ok(point) => point,
        Err(problem) => return Some(Err(problem)),
    };
    match point.what {
        What::One(parts)
            if parts.part.is_none() && matches!(parts.unit, Unit::Year | Unit::Month(_) | Unit::Decade) =>
        {
            Some(Ok(Point { what: What::One(Parts { part: Some(part), ..parts }), is_bare_number: false, ..point }))
        }
        _ => None,
    }
}

/// "spring 2016", "summer of 2016", "winter 2016-17"; never "the fall of Assad".
fn season(sentence: &Sentence, at: usize) -> Option<Point> {
    let word = sentence.word(at);
    let months = match word {
        "spring" => Some((3, 5)),
        "summer" => Some((6, 8)),
        "autumn" | "fall" => Some((9, 11)),
        "winter" => None,
        _ => return None,
    };
    // "Operation Peace Spring 2019" is no season: only words that may stand before one.
    let before = at.checked_sub(1).map_or("", |before| sentence.word(before));
    let is_after_pause = at == 0 || gap(sentence, at).is_some_and(|gap| gap.contains([',', ';', ':', '(', '–', '—']));
    const LEADS: [&str; 34] = [
        "in",
        "the",
        "of",
        "since",
        "during",
        "until",
        "till",
        "by",
        "before",
        "after",
        "from",
        "to",
        "early",
        "late",
        "mid",
        "middle",
        "end",
        "beginning",
        "start",
        "and",
        "or",
        "between",
        "throughout",
        "through",
        "last",
        "this",
        "that",
        "over",
        "around",
        "about",
        "vs",
        "at",
        "on",
        "for",
    ];
    if !is_after_pause && !LEADS.contains(&before) {
        return None;
    }
    let next = if sentence.word(at + 1) == "of" { at + 2 } else { at + 1 };
    if let Some((first, last)) = months {
        let year = year_after(sentence, next)?;
        return Some(one(next + 1, Unit::Months(first, last), Some(year)));
    }
    let text = sentence.word(next);
    let split = text.split_once(['-', '/']).or_else(|| {
        let joined = gap(sentence, next + 1).is_some_and(|gap| matches!(gap, "–" | "—"));
        joined.then(|| (text, sentence.word(next + 1)))
    });
    if let Some((first, last)) = split
        && let Some(begin) = year(first)
    {
        let following = format!("{}", begin + 1);
        if last == following || following.get(2..) == Some(last) {
            let length = if text.len() > 4 { 1 } else { 2 };
            return Some(one(next + length, Unit::WinterFrom, Some(begin)));
        }
    }
    year_after(sentence, next).map(|year| one(next + 1, Unit::Winter, Some(year)))
}

/// "Q1 2025", "2025 Q1", "first half of 2024", "H2 2024", "last quarter of 2024".
fn fraction(sentence: &Sentence, at: usize) -> Option<Point> {
    let short = |word: &str| match word {
        "q1" => Some((1, 3)),
        "q2" => Some((4, 6)),
        "q3" => Some((7, 9)),
        "q4" => Some((10, 12)),
        "h1" => Some((1, 6)),
        "h2" => Some((7, 12)),
        _ => None,
    };
    let word = sentence.word(at);
    if let Some(year) = year(word) {
        let (first, last) = short(sentence.word(at + 1)).filter(|_| is_near(sentence, at + 1, ",-"))?;
        return Some(one(at + 2, Unit::Months(first, last), Some(year)));
    }
    let ((first, last), next) = match (short(word), word, sentence.word(at + 1)) {
        (Some(months), _, _) => (months, at + 1),
        (_, "first", "half") => ((1, 6), at + 2),
        (_, "second" | "last" | "latter", "half") => ((7, 12), at + 2),
        (_, "first" | "1st", "quarter") => ((1, 3), at + 2),
        (_, "second" | "2nd", "quarter") => ((4, 6), at + 2),
        (_, "third" | "3rd", "quarter") => ((7, 9), at + 2),
        (_, "fourth" | "4th" | "last" | "final", "quarter") => ((10, 12), at + 2),
        _ => return None,
    };
    let next = if matches!(sentence.word(next), "of" | "in") { next + 1 } else { next };
    let next = if sentence.word(next) == "the" && sentence.word(next + 1) == "year" { next + 2 } else { next };
    year_after(sentence, next).map(|year| one(next + 1, Unit::Months(first, last), Some(year)))
}

/// "March 2025", "March 11, 2025", "March 6-11, 2025", "March 11" (without its year).
fn month_first(sentence: &Sentence, at: usize) -> Option<Result<Point, Problem>> {
    let word = sentence.word(at);
    let exact = month(word);
    let number = exact.or_else(|| misspelt_month(word))?;
    let mut next = at + 1;
    if matches!(sentence.word(next), "of" | "the") && is_near(sentence, next, "") {
        next += 1;
    }
    if !is_near(sentence, next, ",.-") {
        return exact.map(|month| Ok(one(at + 1, Unit::Month(month), None)));
    }
    if let Some(year) = year_after(sentence, next) {
        let approximate = sentence.text.get(sentence.words[next].span.end..).is_some_and(|rest| rest.starts_with('~'));
        let parts = Parts { approximate, ..Parts::new(Unit::Month(number), Some(year)) };
        return Some(Ok(Point { end: next + 1, what: What::One(parts), is_bare_number: false }));
    }
    if let Some(day) = day_number(sentence.word(next)).or_else(|| ordinal(sentence.word(next))) {
        let after = if sentence.word(next + 1) == "of" { next + 2 } else { next + 1 };
        if let Some(year) = year_after(sentence, after) {
            return Some(Ok(one(after + 1, Unit::Day(number, day), Some(year))));
        }
        return exact.map(|month| Ok(one(next + 1, Unit::Day(month, day), None)));
    }
    match figures(sentence, next) {
        Some(Ok(Figures::Days(first, last))) => {
            let year = year_after(sentence, next + 1)?;
            let what = What::Two(
                Parts::new(Unit::Day(number, first), Some(year)),
                Parts::new(Unit::Day(number, last), Some(year)),
            );
            Some(Ok(Point { end: next + 2, what, is_bare_number: false }))
        }
        Some(Ok(Figures::YearToMonth(from, last))) => {
            let to = year_after(sentence, next + 1)?;
            let what = What::Two(Parts::new(Unit::Month(number), Some(from)), Parts::new(Unit::Month(last), Some(to)));
            Some(Ok(Point { end: next + 2, what, is_bare_number: false }))
        }
        Some(Ok(Figures::Onward(parts))) => {
            let parts = Parts { unit: Unit::Month(number), ..parts };
            Some(Ok(Point { end: next + 1, what: What::Onward(parts), is_bare_number: false }))
        }
        _ => exact.map(|month| Ok(one(at + 1, Unit::Month(month), None))),
    }
}

/// "11 March 2025", "11th of March, 2025", "6-11 March 2025", "11 March" and "6" (without the rest).
fn day_first(sentence: &Sentence, at: usize) -> Option<Point> {
    let word = sentence.word(at);
    let month_at = |at: usize| {
        let next = if sentence.word(at) == "of" { at + 1 } else { at };
        let word = sentence.word(next);
        is_near(sentence, next, "-.,").then(|| month(word).or_else(|| misspelt_month(word)).map(|m| (m, next + 1)))?
    };
    if let Some(Ok(Figures::Days(first, last))) = figures(sentence, at) {
        let (month, next) = month_at(at + 1)?;
        let year = year_after(sentence, next)?;
        let day = |day| Parts::new(Unit::Day(month, day), Some(year));
        return Some(Point { end: next + 1, what: What::Two(day(first), day(last)), is_bare_number: false });
    }
    let day = day_number(word).or_else(|| ordinal(word).filter(|_| sentence.word(at + 1) == "of"))?;
    let Some((month, next)) = month_at(at + 1) else {
        return Some(one(at + 1, Unit::DayOfMonth(day), None));
    };
    let after = if sentence.word(next) == "of" { next + 1 } else { next };
    match year_after(sentence, after) {
        Some(year) => Some(one(after + 1, Unit::Day(month, day), Some(year))),
        None => Some(one(next, Unit::Day(month, day), None)),
    }
}

/// "the 32nd of March 2025", "on 0 March 2025".
fn no_such_day(sentence: &Sentence, at: usize) -> Option<Problem> {
    let word = sentence.word(at);
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    if digits.is_empty() || digits.len() > 2 {
        return None;
    }
    let day: u32 = digits.parse().ok().filter(|day| !(1..=31).contains(day))?;
    const LEADS: [&str; 6] = ["on", "by", "before", "after", "since", "until"];
    let is_meant =
        digits.len() < word.len() || at.checked_sub(1).is_some_and(|before| LEADS.contains(&sentence.word(before)));
    let next = if sentence.word(at + 1) == "of" { at + 2 } else { at + 1 };
    let month = month(sentence.word(next)).filter(|_| is_meant)?;
    let year = year_after(sentence, next + 1)?;
    Some(no_day(sentence.typed(at..next + 2), year, month, day))
}

fn in_figures(sentence: &Sentence, at: usize) -> Option<Result<Point, Problem>> {
    let figures = match figures(sentence, at)? {
        Ok(figures) => figures,
        Err(problem) => return Some(Err(problem)),
    };
    let (what, is_bare_number) = match figures {
        Figures::One(mut parts) => {
            // `1990's`: the ending is a word of its own.
            let is_year = parts.unit == Unit::Year;
            if is_year && sentence.word(at + 1) == "'s" && parts.year.is_some_and(|year| year % 10 == 0) {
                parts.unit = Unit::Decade;
                return Some(Ok(Point { end: at + 2, what: What::One(parts), is_bare_number: false }));
            }
            (What::One(parts), is_year)
        }
        Figures::Two(from, to) => (What::Two(from, to), true),
        Figures::Onward(parts) => (What::Onward(parts), false),
        Figures::YearToMonth(year, month) => (What::One(Parts::new(Unit::Month(month), Some(year))), false),
        Figures::Days(..) => return None,
    };
    Some(Ok(Point { end: at + 1, what, is_bare_number }))
}
