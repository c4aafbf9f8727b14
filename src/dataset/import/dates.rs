//! Dates as tables write them, turned into EDTF no finer than they are.

use std::fmt::Write;

/// A part of a date's form.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Year,
    Month,
    MonthName,
    Day,
    /// Whatever follows.
    Rest,
    Literal(String),
}

/// How a table writes dates: `%d/%m/%Y`, `%d %B %Y`, `%Y-%m-%d%*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DateForm {
    parts: Vec<Part>,
}

/// The words that forms may hold, for messages.
pub(super) const WORDS: &str = "%Y the year in four digits, %m the month and %d the day in digits, %B or %b the month in English, %* whatever follows";

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl DateForm {
    /// Reads a form.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut signs = text.chars();
        while let Some(sign) = signs.next() {
            if sign != '%' {
                literal.push(sign);
                continue;
            }
            let part = match signs.next() {
                Some('Y') => Part::Year,
                Some('m') => Part::Month,
                Some('B' | 'b') => Part::MonthName,
                Some('d') => Part::Day,
                Some('*') => Part::Rest,
                Some('%') => {
                    literal.push('%');
                    continue;
                }
                Some('y') => return Err("`%y` leaves open which century is meant".into()),
                Some(other) => return Err(format!("`%{other}` is no part of a date here")),
                None => return Err("it ends in `%`".into()),
            };
            if !literal.is_empty() {
                parts.push(Part::Literal(std::mem::take(&mut literal)));
            }
            parts.push(part);
        }
        if !literal.is_empty() {
            parts.push(Part::Literal(literal));
        }
        let has = |wanted: &[Part]| parts.iter().filter(|p| wanted.contains(p)).count();
        let (years, months, days) = (has(&[Part::Year]), has(&[Part::Month, Part::MonthName]), has(&[Part::Day]));
        if years != 1 {
            return Err("it needs `%Y`, once".into());
        }
        if months > 1 || days > 1 || days > months {
            return Err("a day needs a month, and each stands once".into());
        }
        Ok(Self { parts })
    }

    /// The EDTF of a text in this form; `None` when it is not in it. Whether the day exists is not looked at.
    pub(super) fn read(&self, text: &str) -> Option<String> {
        let (mut year, mut month, mut day) = (None, None, None);
        let mut rest = text;
        for part in &self.parts {
            match part {
                Part::Literal(literal) => rest = rest.strip_prefix(literal.as_str())?,
                Part::Rest => rest = "",
                Part::Year => year = Some(digits(&mut rest, 4, 4)?),
                Part::Month => month = Some(digits(&mut rest, 1, 2)?),
                Part::Day => day = Some(digits(&mut rest, 1, 2)?),
                Part::MonthName => {
                    let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
                    let word = rest[..length].to_lowercase();
                    let fits = |name: &&str| {
                        **name == word
                            || (word.len() == 3 && name.starts_with(&word))
                            || (word == "sept" && name.starts_with("sept"))
                    };
                    month = Some(u32::try_from(MONTHS.iter().position(fits)?).unwrap_or(0) + 1);
                    rest = &rest[length..];
                    // "Dec." and the like.
                    if word.len() < 5 && !self.has_literal_dot() {
                        rest = rest.strip_prefix('.').unwrap_or(rest);
                    }
                }
            }
        }
        rest.is_empty().then(|| edtf(year.unwrap_or_default(), month, day))
    }

    fn has_literal_dot(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Literal(text) if text.starts_with('.')))
    }
}

/// A year, month and day as EDTF.
pub(super) fn edtf(year: u32, month: Option<u32>, day: Option<u32>) -> String {
    let mut out = format!("{year:04}");
    for part in [month, day].into_iter().flatten() {
        // Writing to a text never fails.
        let _ = write!(out, "-{part:02}");
    }
    out
}

fn digits(rest: &mut &str, least: usize, most: usize) -> Option<u32> {
    let length = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if length < least {
        return None;
    }
    let number = rest[..length].parse().ok()?;
    *rest = &rest[length..];
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: &str, text: &str, expected: Option<&str>) {
        assert_eq!(DateForm::parse(form).unwrap().read(text).as_deref(), expected, "{form} {text}");
    }

    #[test]
    fn forms_read_what_they_say_and_nothing_else() {
        check("%d/%m/%Y", "3/12/2016", Some("2016-12-03"));
        check("%m/%d/%Y", "3/12/2016", Some("2016-03-12"));
        check("%d %B %Y", "08 December 2024", Some("2024-12-08"));
        check("%d %b %Y", "8 Dec 2024", Some("2024-12-08"));
        check("%d %b %Y", "8 Dec. 2024", Some("2024-12-08"));
        check("%b. %Y", "Sept. 2024", Some("2024-09"));
        check("%Y-%m-%d%*", "2016-03-01 00:00:00.000", Some("2016-03-01"));
        check("%Y%m%d", "20160301", Some("2016-03-01"));
        check("%Y", "2016", Some("2016"));
        check("%Y", "16", None);
        check("%Y", "20161", None);
        check("%d/%m/%Y", "2016-12-03", None);
        check("%d %B %Y", "08 Dezember 2024", None);
        check("%d %B %Y", "08  2024", None);
        check("%Y%m%d", "２０１６0301", None);
    }

    #[test]
    fn forms_that_leave_something_open_are_refused() {
        for form in ["%y", "%d.%m.%y", "%m", "%d %Y", "%Y %Y", "%Y%", "%Q", ""] {
            assert!(DateForm::parse(form).is_err(), "{form}");
        }
    }
}
