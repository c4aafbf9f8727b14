//! Dates as tables write them, turned into EDTF no finer than they are.

use crate::time::Day;

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

/// How a table writes dates: `%d/%m/%Y`, `%d %B %Y`, `%Y-%m-%d%*`, `days since 1970-01-01`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DateForm {
    parts: Vec<Part>,
    /// A number of days since this one, as the conventions for climate data write it (CF 1.11, 4.4 "Time Coordinate").
    since: Option<Day>,
}

const SINCE: &str = "days since ";

/// The words that forms may hold, for messages.
pub(super) const WORDS: &str = "%Y the year in four digits, %m the month and %d the day in digits, %B or %b the month in English, %* whatever follows; or `days since 1970-01-01`";

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
        if let Some(day) = text.strip_prefix(SINCE) {
            let since = ymd(day).ok_or_else(|| format!("`{day}` is no day: write it as in `{SINCE}1970-01-01`"))?;
            return Ok(Self { parts: Vec::new(), since: Some(since) });
        }
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
        Ok(Self { parts, since: None })
    }

    /// The EDTF of a text in this form; `None` when it is not in it. Whether the day exists is not looked at.
    pub(super) fn read(&self, text: &str) -> Option<String> {
        if let Some(since) = self.since {
            return after(since, text);
        }
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

/// A day written as in `1970-01-01`.
fn ymd(text: &str) -> Option<Day> {
    let mut rest = text;
    let year = digits(&mut rest, 4, 4)?;
    rest = rest.strip_prefix('-')?;
    let month = digits(&mut rest, 2, 2)?;
    rest = rest.strip_prefix('-')?;
    let day = digits(&mut rest, 2, 2)?;
    if !rest.is_empty() {
        return None;
    }
    Day::from_ymd(i32::try_from(year).ok()?, month, day).ok()
}

/// The day so many days after another, in years of four digits; `None` when the text is no whole number or the year has more.
fn after(since: Day, text: &str) -> Option<String> {
    // "+3" is a number for programs, and none that people count days with.
    let days: i32 = if text.starts_with('+') { None } else { text.parse().ok() }?;
    let number = since.number().checked_add(days)?;
    let (year, month, day) = Day::new(number).to_ymd()?;
    (0..=9999).contains(&year).then(|| edtf(year.unsigned_abs(), Some(month), Some(day)))
}

/// A year, month and day as EDTF.
pub(super) fn edtf(year: u32, month: Option<u32>, day: Option<u32>) -> String {
    let mut out = String::with_capacity("2017-01-29".len());
    push_number(&mut out, year.into(), 4);
    for part in [month, day].into_iter().flatten() {
        out.push('-');
        push_number(&mut out, part.into(), 2);
    }
    out
}

/// Writes a number with at least so many digits, at most twenty. Of millions of rows each has several, and `format!` takes four times as long.
pub(super) fn push_number(out: &mut String, mut number: u64, least: usize) {
    let mut digits = [b'0'; 20];
    let mut begin = digits.len();
    while number > 0 {
        begin -= 1;
        digits[begin] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    let begin = begin.min(digits.len() - least.clamp(1, digits.len()));
    out.extend(digits[begin..].iter().map(|digit| char::from(*digit)));
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
        check("days since 1970-01-01", "0", Some("1970-01-01"));
        check("days since 1970-01-01", "20065", Some("2024-12-08"));
        check("days since 1970-01-01", "-1", Some("1969-12-31"));
        check("days since 0000-01-01", "-1", None);
        check("days since 1970-01-01", "3000000", None);
        check("days since 1970-01-01", "2147483647", None);
        check("days since 1970-01-01", "1.5", None);
        check("days since 1970-01-01", "+3", None);
        check("days since 1970-01-01", "", None);
    }

    #[test]
    fn numbers_are_written_with_as_many_digits_as_are_wanted() {
        for (number, least, text) in [
            (0, 1, "0"),
            (0, 4, "0000"),
            (7, 2, "07"),
            (12_345, 4, "12345"),
            (u64::MAX, 0, "18446744073709551615"),
            (0, 0, "0"),
            (1, 99, "00000000000000000001"),
        ] {
            let mut out = String::from("r");
            push_number(&mut out, number, least);
            assert_eq!(out[1..], *text);
        }
    }

    #[test]
    fn forms_that_leave_something_open_are_refused() {
        for form in [
            "days since 1970",
            "days since 1970-02-30",
            "days since 1970-01-01 ",
            "%y",
            "%d.%m.%y",
            "%m",
            "%d %Y",
            "%Y %Y",
            "%Y%",
            "%Q",
            "",
        ] {
            assert!(DateForm::parse(form).is_err(), "{form}");
        }
    }
}
