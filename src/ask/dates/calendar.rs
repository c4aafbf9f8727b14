//! Months, days of the week, and the parts of a year as dates.

use crate::time::{Dated, Day};

/// The months by their names and the short forms that people write.
const MONTHS: [(&str, &[&str]); 12] = [
    ("january", &["jan"]),
    ("february", &["feb", "febr"]),
    ("march", &["mar"]),
    ("april", &["apr"]),
    ("may", &[]),
    ("june", &["jun"]),
    ("july", &["jul"]),
    ("august", &["aug"]),
    ("september", &["sep", "sept"]),
    ("october", &["oct"]),
    ("november", &["nov"]),
    ("december", &["dec"]),
];

/// English words that lie a letter from the name of a month.
const NO_MONTHS: [&str; 5] = ["match", "marsh", "larch", "parch", "starch"];

/// The days of the week from Monday on.
const WEEKDAYS: [(&str, &[&str]); 7] = [
    ("Monday", &["mon"]),
    ("Tuesday", &["tue", "tues"]),
    ("Wednesday", &["wed"]),
    ("Thursday", &["thu", "thur", "thurs"]),
    ("Friday", &["fri"]),
    ("Saturday", &["sat"]),
    ("Sunday", &["sun"]),
];

const ORDINALS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// The number of a month, 1–12, by its name or a short form.
pub(super) fn month(word: &str) -> Option<u32> {
    (1u32..).zip(MONTHS).find(|(_, (name, short))| *name == word || short.contains(&word)).map(|(number, _)| number)
}

/// The same with one letter wrong, not the first, in a name of five letters or more.
pub(super) fn misspelt_month(word: &str) -> Option<u32> {
    if word.chars().count() < 5 || NO_MONTHS.contains(&word) {
        return None;
    }
    let mut near = (1u32..).zip(MONTHS).filter(|(_, (name, _))| {
        name.len() >= 5 && name.get(..1) == word.get(..1) && strsim::osa_distance(word, name) == 1
    });
    near.next().filter(|_| near.next().is_none()).map(|(number, _)| number)
}

/// The English name of a month, with a capital.
pub(super) fn month_name(month: u32) -> String {
    let name = MONTHS.get((month as usize).wrapping_sub(1)).map_or("", |(name, _)| name);
    name.chars().enumerate().map(|(at, c)| if at == 0 { c.to_ascii_uppercase() } else { c }).collect()
}

/// The place of a day in the week, Monday being 0.
pub(super) fn weekday(word: &str) -> Option<usize> {
    WEEKDAYS.iter().position(|(name, short)| name.eq_ignore_ascii_case(word) || short.contains(&word))
}

/// The name of the day of the week.
pub(super) fn weekday_of(day: Day) -> &'static str {
    // Day 0 was a Thursday.
    let place = (i64::from(day.number()) + 3).rem_euclid(7) as usize;
    WEEKDAYS.get(place).map_or("", |(name, _)| name)
}

/// A day of a month, 1–31, as a number: `11`, `11th`, `1st`.
pub(super) fn day_number(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    if !(1..=2).contains(&digits.len()) || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// A day of a month as a number with its ending, or in letters: `11th`, `first`.
pub(super) fn ordinal(word: &str) -> Option<u32> {
    let spelt = (1u32..).zip(ORDINALS).find(|(_, name)| *name == word).map(|(number, _)| number);
    spelt.or_else(|| day_number(word).filter(|_| word.ends_with(|c: char| c.is_ascii_alphabetic())))
}

/// A year of four digits, 1000–2999.
pub(super) fn year(word: &str) -> Option<i32> {
    if word.len() != 4 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    word.parse().ok().filter(|year| (1000..=2999).contains(year))
}

/// A part of a year, a month or a decade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The first third.
    Early,
    /// The second third.
    Middle,
    /// The last third.
    Late,
    /// The beginning: the first third, or its first day where something is measured from it.
    Beginning,
    /// The end: the last third, or its last day where something is measured from it.
    End,
    /// The first seven days.
    FirstWeek,
    /// The last seven days.
    LastWeek,
}

impl Part {
    /// This part of a year, a month or a decade, given by its first and last day; `None` where it has no such part.
    pub(super) fn of(self, dated: &Dated) -> Option<Dated> {
        let hull = dated.hull();
        let (first_year, first_month, first_day) = hull.earliest.to_ymd()?;
        let (last_year, last_month, last_day) = hull.latest.to_ymd()?;
        let third = match self {
            Self::Early | Self::Beginning => 0,
            Self::Middle => 1,
            Self::Late | Self::End => 2,
            Self::FirstWeek | Self::LastWeek => 3,
        };
        let is_month = first_year == last_year && first_month == last_month && first_day == 1 && last_day >= 28;
        let is_year = first_year == last_year && (first_month, last_month) == (1, 12);
        let is_decade = last_year - first_year == 9 && (first_month, last_month) == (1, 12);
        let text = match self {
            Self::FirstWeek if is_month => format!("{}/{}", hull.earliest, hull.earliest.plus(6)),
            Self::LastWeek if is_month => format!("{}/{}", hull.latest.plus(-6), hull.latest),
            Self::FirstWeek | Self::LastWeek => return None,
            _ if is_month => {
                let (from, to) = [(1, 10), (11, 20), (21, last_day)].get(third).copied()?;
                format!("{first_year}-{first_month:02}-{from:02}/{first_year}-{first_month:02}-{to:02}")
            }
            _ if is_year => {
                let (from, to) = [("01", "04"), ("05", "08"), ("09", "12")].get(third).copied()?;
                format!("{first_year}-{from}/{first_year}-{to}")
            }
            _ if is_decade => {
                let (from, to) = [(0, 3), (4, 6), (7, 9)].get(third).copied()?;
                format!("{}/{}", first_year + from, first_year + to)
            }
            _ => return None,
        };
        Dated::parse(&text).ok()
    }
}
