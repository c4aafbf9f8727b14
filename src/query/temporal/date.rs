//! Days: from text and parts, truncated, moved, taken apart.
//!
//! Weeks are those of ISO 8601: Monday is day 1, and week 1 is the week with the year's first Thursday.

use super::{Duration, overflow, take_digits, unusable, whole};
use crate::query::error::{Error, Result};
use crate::query::value::{Map, Value};
use crate::time::Day;

/// The parts of a day.
pub(super) const COMPONENTS: &[&str] =
    &["year", "quarter", "month", "week", "weekYear", "day", "dayOfQuarter", "dayOfWeek", "weekDay", "ordinalDay"];

/// The units a day can be truncated to.
const UNITS: &str = "millennium, century, decade, year, weekYear, quarter, month, week, day";

const SECONDS_OF_DAY: i64 = 86_400;

/// Reads a day: `2016-07-01`, `2016-07` (its first day), `2016`, `2016-W30-2`, `2016-202`, each also without dashes.
///
/// # Errors
/// When the text is none of these or names no day of the calendar.
pub fn parse(text: &str) -> Result<Day> {
    let wrong = || {
        unusable(format!("`{text}` is no day"))
            .help("write `2016-07-01`, `2016-07`, `2016`, `2016-W30-2` or `2016-202`; an uncertain date stays a text")
    };
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if !rest.is_ascii() || rest.len() < 4 || !rest.as_bytes()[..4].iter().all(u8::is_ascii_digit) {
        return Err(wrong());
    }
    let number = |digits: &str| digits.parse::<i64>().map_err(|_| wrong());
    let year = sign * number(&rest[..4])?;
    rest = &rest[4..];
    let dashed = rest.starts_with('-');
    rest = rest.strip_prefix('-').unwrap_or(rest);
    let part = if let Some(mut week) = rest.strip_prefix('W') {
        let digits = take_digits(&mut week);
        let (digits, day_of_week) = match (dashed, week.strip_prefix('-')) {
            (true, Some(day)) => (digits, day),
            (false, None) if digits.len() == 3 && week.is_empty() => digits.split_at(2),
            (_, None) if week.is_empty() => (digits, ""),
            _ => return Err(wrong()),
        };
        let day_of_week = if day_of_week.is_empty() { 1 } else { number(day_of_week)? };
        if digits.len() != 2 {
            return Err(wrong());
        }
        Part::Week(number(digits)?, day_of_week)
    } else {
        let digits = take_digits(&mut rest);
        match (digits.len(), rest.strip_prefix('-')) {
            (0, None) if rest.is_empty() && !dashed => Part::Month(1, 1),
            (2, None) if rest.is_empty() => Part::Month(number(digits)?, 1),
            (2, Some(day)) if dashed && day.len() == 2 => Part::Month(number(digits)?, number(day)?),
            (4, None) if rest.is_empty() && !dashed => Part::Month(number(&digits[..2])?, number(&digits[2..])?),
            (3, None) if rest.is_empty() => Part::Ordinal(number(digits)?),
            _ => return Err(wrong()),
        }
    };
    part.of_year(year)
}

/// The place of a day in its year.
enum Part {
    /// Month and day.
    Month(i64, i64),
    /// Week and day of the week; the year is the week's.
    Week(i64, i64),
    /// Quarter and day of the quarter.
    Quarter(i64, i64),
    /// Day of the year.
    Ordinal(i64),
}

impl Part {
    fn of_year(self, year: i64) -> Result<Day> {
        match self {
            Self::Month(month, day) => ymd(year, month, day),
            Self::Week(week, day) => {
                within("week", week, 1, weeks_in(year)?)?;
                within("dayOfWeek", day, 1, 7)?;
                checked(week_one(year)? + (week - 1) * 7 + day - 1)
            }
            Self::Quarter(quarter, day) => {
                within("quarter", quarter, 1, 4)?;
                let first = number(ymd(year, quarter * 3 - 2, 1)?);
                let last = quarter_end(year, quarter)?;
                within("dayOfQuarter", day, 1, last - first + 1)?;
                checked(first + day - 1)
            }
            Self::Ordinal(day) => {
                let first = number(ymd(year, 1, 1)?);
                within("ordinalDay", day, 1, number(ymd(year, 12, 31)?) - first + 1)?;
                checked(first + day - 1)
            }
        }
    }
}

fn quarter_end(year: i64, quarter: i64) -> Result<i64> {
    let month = quarter * 3;
    Ok(number(ymd(year, month, if month == 6 || month == 9 { 30 } else { 31 })?))
}

fn within(name: &str, value: i64, first: i64, last: i64) -> Result<()> {
    if (first..=last).contains(&value) {
        return Ok(());
    }
    Err(unusable(format!("`{name}` must lie between {first} and {last}, and is {value}")))
}

fn number(day: Day) -> i64 {
    i64::from(day.number())
}

/// The day of a calendar date.
fn ymd(year: i64, month: i64, day: i64) -> Result<Day> {
    let narrow = |value: i64| u32::try_from(value).unwrap_or(0);
    let year = i32::try_from(year).unwrap_or(i32::MAX);
    Day::from_ymd(year, narrow(month), narrow(day)).map_err(|why| unusable(format!("no such day: {why}")))
}

/// The day of a number, if the calendar has it.
fn checked(number: i64) -> Result<Day> {
    let day = i32::try_from(number).ok().map(Day::new).filter(|day| day.is_bounded());
    let day = day.filter(|day| day.to_ymd().is_some_and(|(year, _, _)| (-9999..=9999).contains(&year)));
    day.ok_or_else(|| unusable("the day lies outside the years -9999 to 9999"))
}

/// The calendar date; the two ends without bound are no days.
fn parts(day: Day) -> Result<(i64, i64, i64)> {
    let (year, month, day) = day.to_ymd().ok_or_else(|| unusable("an end without bound is no day of the calendar"))?;
    Ok((i64::from(year), i64::from(month), i64::from(day)))
}

/// Monday of week 1 of a year, as a number.
fn week_one(year: i64) -> Result<i64> {
    // January 4 always lies in week 1. The first and last years of the calendar have weeks that reach out of it.
    let fourth = number(ymd(year, 1, 4)?);
    Ok(fourth - (day_of_week(fourth) - 1))
}

fn weeks_in(year: i64) -> Result<i64> {
    let last = number(ymd(year, 12, 28)?); // always in the last week
    Ok((last - week_one(year)?) / 7 + 1)
}

/// Monday is 1. Day 0, 1970-01-01, was a Thursday.
const fn day_of_week(number: i64) -> i64 {
    (number + 3).rem_euclid(7) + 1
}

/// Week-year and week of a day.
fn week(day: Day) -> Result<(i64, i64)> {
    let number = number(day);
    // The Thursday of a week lies in the week's year.
    let thursday = checked(number - (day_of_week(number) - 1) + 3)?;
    let (year, _, _) = parts(thursday)?;
    Ok((year, (number - week_one(year)?).div_euclid(7) + 1))
}

/// A part of a day by name.
pub(super) fn component(day: Day, key: &str) -> Option<i64> {
    let (year, month, day_of_month) = parts(day).ok()?;
    let since = |first: Result<Day>| first.ok().map(|first| number(day) - number(first) + 1);
    match key {
        "year" => Some(year),
        "quarter" => Some((month - 1) / 3 + 1),
        "month" => Some(month),
        "week" => week(day).ok().map(|(_, week)| week),
        "weekYear" => week(day).ok().map(|(year, _)| year),
        "day" => Some(day_of_month),
        "dayOfQuarter" => since(ymd(year, (month - 1) / 3 * 3 + 1, 1)),
        "dayOfWeek" | "weekDay" => Some(day_of_week(number(day))),
        "ordinalDay" => since(ymd(year, 1, 1)),
        _ => None,
    }
}

/// A day from its parts: `{year, month, day}`, `{year, week, dayOfWeek}`, `{year, quarter, dayOfQuarter}`, `{year, ordinalDay}`. Parts that
/// are left out come from `date`, or are the first.
///
/// # Errors
/// When a part is missing, unknown, or names no day.
pub fn from_map(map: &Map) -> Result<Day> {
    let mut base = None;
    for (key, value) in map.iter() {
        match (&**key, value) {
            ("date", Value::Date(day)) => base = Some(*day),
            ("date", other) => return Err(unusable(format!("`date` must be a day, not a {}", other.type_name()))),
            (known, _) if COMPONENTS.contains(&known) && known != "weekYear" && known != "weekDay" => {}
            (other, _) => {
                return Err(unusable(format!("a day has no part `{other}`"))
                    .help("parts: date, year, month, day, week, dayOfWeek, quarter, dayOfQuarter, ordinalDay"));
            }
        }
    }
    let given = |name: &str| map.get(name).map(|value| whole(name, value)).transpose();
    let of_base = |name: &str| base.and_then(|day| component(day, name));
    let or_base = |name: &str| Ok::<_, Box<Error>>(given(name)?.or_else(|| of_base(name)));
    let has = |name: &str| map.get(name).is_some();

    let is_week = has("week") || has("dayOfWeek");
    let year = match given("year")? {
        Some(year) => year,
        None => of_base(if is_week { "weekYear" } else { "year" }).ok_or_else(|| {
            unusable("a day needs at least a `year`").help("write `date({year: 2016, month: 7, day: 1})`")
        })?,
    };
    let needs = |part: &str, whole: &str| -> Result<()> {
        if has(part) && !has(whole) && base.is_none() {
            return Err(unusable(format!("`{part}` needs a `{whole}`")));
        }
        Ok(())
    };
    needs("day", "month")?;
    needs("dayOfWeek", "week")?;
    needs("dayOfQuarter", "quarter")?;
    let kinds = [is_week, has("quarter") || has("dayOfQuarter"), has("ordinalDay"), has("month") || has("day")];
    if kinds.iter().filter(|kind| **kind).count() > 1 {
        return Err(unusable("give a day by month, by week, by quarter or by day of the year, not by two of them"));
    }
    let part = if is_week {
        Part::Week(or_base("week")?.unwrap_or(1), or_base("dayOfWeek")?.unwrap_or(1))
    } else if kinds[1] {
        Part::Quarter(or_base("quarter")?.unwrap_or(1), or_base("dayOfQuarter")?.unwrap_or(1))
    } else if let Some(day) = given("ordinalDay")? {
        Part::Ordinal(day)
    } else {
        Part::Month(or_base("month")?.unwrap_or(1), or_base("day")?.unwrap_or(1))
    };
    part.of_year(year)
}

/// The first day of the unit a day lies in, with the parts of `fields` put in.
///
/// # Errors
/// When there is no such unit, or the fields name no day.
pub fn truncate(unit: &str, day: Day, fields: Option<&Map>) -> Result<Day> {
    let (year, month, _) = parts(day)?;
    let first = match unit.to_ascii_lowercase().as_str() {
        "millennium" => ymd(year.div_euclid(1000) * 1000, 1, 1),
        "century" => ymd(year.div_euclid(100) * 100, 1, 1),
        "decade" => ymd(year.div_euclid(10) * 10, 1, 1),
        "year" => ymd(year, 1, 1),
        "weekyear" => checked(week_one(week(day)?.0)?),
        "quarter" => ymd(year, (month - 1) / 3 * 3 + 1, 1),
        "month" => ymd(year, month, 1),
        "week" => checked(number(day) - (day_of_week(number(day)) - 1)),
        "day" => Ok(day),
        _ => Err(unusable(format!("there is no unit `{unit}`")).help(format!("units: {UNITS}"))),
    }?;
    let Some(fields) = fields.filter(|fields| !fields.is_empty()) else { return Ok(first) };
    let mut map = fields.clone();
    map.insert("date", Value::Date(first));
    from_map(&map)
}

/// The day `months` later, at its month's end where that is shorter.
fn plus_months(day: Day, months: i64) -> Result<Day> {
    let (year, month, day) = parts(day)?;
    let total = (year * 12 + month - 1).checked_add(months).ok_or_else(overflow)?;
    let (year, month) = (total.div_euclid(12), total.rem_euclid(12) + 1);
    // Every month has 28 days; the first that fits, from the wanted one down, is the day.
    (28..=day).rev().find_map(|last| ymd(year, month, last).ok()).map_or_else(|| ymd(year, month, day.min(28)), Ok)
}

/// The day a duration later: months first, then days, then whole days of its seconds.
///
/// # Errors
/// When the result is no day of the calendar.
pub fn plus(day: Day, duration: &Duration) -> Result<Day> {
    let moved = plus_months(day, duration.months)?;
    let seconds = duration.seconds + i64::from(duration.seconds < 0 && duration.nanoseconds > 0);
    let days = duration.days.checked_add(seconds / SECONDS_OF_DAY).ok_or_else(overflow)?;
    checked(number(moved).checked_add(days).ok_or_else(overflow)?)
}

/// The duration from one day to another in whole months and the days that are left; both negative when it runs backwards.
///
/// # Errors
/// When one is no day of the calendar.
pub fn between(from: Day, to: Day) -> Result<Duration> {
    let (a, b) = (parts(from)?, parts(to)?);
    // Months and days in one number: 32 is more than any month has.
    let packed = |(year, month, day): (i64, i64, i64)| (year * 12 + month) * 32 + day;
    let months = (packed(b) - packed(a)) / 32;
    let days = number(to) - number(plus_months(from, months)?);
    Ok(Duration { months, days, ..Duration::default() })
}

/// The days from one day to another.
#[must_use]
pub fn days_between(from: Day, to: Day) -> i64 {
    number(to) - number(from)
}
