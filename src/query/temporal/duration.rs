//! Durations: from text and parts, added, scaled, taken apart, written.
//!
//! Fractions of a larger unit go to the smaller ones: a month has 30.436875 days (2 629 746 seconds, a twelfth of a mean Gregorian
//! year), a day 24 hours.

use super::{overflow, take_digits, unusable};
use crate::query::error::{Error, Result};
use crate::query::value::{Map, Value};
use std::fmt;

/// The parts of a duration.
pub(super) const COMPONENTS: &[&str] = &[
    "years",
    "quarters",
    "months",
    "weeks",
    "days",
    "hours",
    "minutes",
    "seconds",
    "milliseconds",
    "microseconds",
    "nanoseconds",
    "quartersOfYear",
    "monthsOfQuarter",
    "monthsOfYear",
    "daysOfWeek",
    "minutesOfHour",
    "secondsOfMinute",
    "millisecondsOfSecond",
    "microsecondsOfSecond",
    "nanosecondsOfSecond",
];

const NANOSECONDS: i128 = 1_000_000_000;
const SECONDS_OF_DAY: i64 = 86_400;
const SECONDS_OF_MONTH: i64 = 2_629_746;

/// Months, days and seconds, kept apart as calendars need it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Duration {
    /// Months; a year is twelve.
    pub months: i64,
    /// Days; a week is seven.
    pub days: i64,
    /// Seconds; an hour is 3600.
    pub seconds: i64,
    /// Nanoseconds, from 0 to 999 999 999.
    pub nanoseconds: i32,
}

/// A duration being put together from parts with fractions.
#[derive(Default)]
struct Sum {
    months: i128,
    days: i128,
    nanoseconds: i128,
    /// Fractions of months, of days, and of nanoseconds, on their way down.
    fractions: [f64; 3],
}

impl Sum {
    /// Adds `whole + fraction` of a unit that is `count` of the base unit (0 months, 1 days, 2 nanoseconds).
    fn add(&mut self, base: usize, count: i128, whole: i128, fraction: f64) -> Option<()> {
        let part = fraction * count as f64;
        let total = whole.checked_mul(count)?.checked_add(part.trunc() as i128)?;
        let field = match base {
            0 => &mut self.months,
            1 => &mut self.days,
            _ => &mut self.nanoseconds,
        };
        *field = field.checked_add(total)?;
        self.fractions[base] += part.fract();
        Some(())
    }

    fn finish(mut self) -> Option<Duration> {
        let days = self.fractions[0] * SECONDS_OF_MONTH as f64 / SECONDS_OF_DAY as f64 + self.fractions[1];
        self.days = self.days.checked_add(days.trunc() as i128)?;
        let nanoseconds = days.fract() * SECONDS_OF_DAY as f64 * NANOSECONDS as f64 + self.fractions[2];
        // Floating point leaves traces far below a nanosecond; what is within a thousandth of a whole one is that one.
        let rounded =
            if (nanoseconds - nanoseconds.round()).abs() < 1e-3 { nanoseconds.round() } else { nanoseconds.trunc() };
        self.nanoseconds = self.nanoseconds.checked_add(rounded as i128)?;
        Duration::exact(self.months, self.days, self.nanoseconds)
    }
}

/// A unit by its name in maps: base unit, how many of the base one is.
fn unit(name: &str) -> Option<(usize, i128)> {
    Some(match name {
        "years" => (0, 12),
        "quarters" => (0, 3),
        "months" => (0, 1),
        "weeks" => (1, 7),
        "days" => (1, 1),
        "hours" => (2, 3600 * NANOSECONDS),
        "minutes" => (2, 60 * NANOSECONDS),
        "seconds" => (2, NANOSECONDS),
        "milliseconds" => (2, 1_000_000),
        "microseconds" => (2, 1000),
        "nanoseconds" => (2, 1),
        _ => return None,
    })
}

impl Duration {
    fn exact(months: i128, days: i128, nanoseconds: i128) -> Option<Self> {
        Some(Self {
            months: i64::try_from(months).ok()?,
            days: i64::try_from(days).ok()?,
            seconds: i64::try_from(nanoseconds.div_euclid(NANOSECONDS)).ok()?,
            nanoseconds: nanoseconds.rem_euclid(NANOSECONDS) as i32,
        })
    }

    /// All of its time of day, in nanoseconds.
    fn clock(&self) -> i128 {
        i128::from(self.seconds) * NANOSECONDS + i128::from(self.nanoseconds)
    }

    /// Its average length in nanoseconds, a month being a twelfth of a mean year.
    #[must_use]
    pub fn average(&self) -> i128 {
        let seconds =
            i128::from(self.months) * i128::from(SECONDS_OF_MONTH) + i128::from(self.days) * i128::from(SECONDS_OF_DAY);
        seconds * NANOSECONDS + self.clock()
    }

    /// Reads a duration in ISO 8601: `P1Y2M10DT2H30M`, `P2W`, `PT0.5S`; each number may be negative or have a fraction.
    ///
    /// # Errors
    /// When the text is no duration, or too long a one.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = || {
            unusable(format!("`{text}` is no duration")).help(
                "write `P1Y2M10D` for a year, two months and ten days, `P2W` for two weeks, `PT12H` for twelve hours",
            )
        };
        let (sign, body) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let mut rest = body.strip_prefix('P').filter(|rest| !rest.is_empty()).ok_or_else(wrong)?;
        let mut sum = Sum::default();
        let mut in_clock = false;
        while !rest.is_empty() {
            if !in_clock && let Some(after) = rest.strip_prefix('T') {
                in_clock = true;
                rest = after;
                if rest.is_empty() {
                    return Err(wrong());
                }
                continue;
            }
            let sign = if let Some(after) = rest.strip_prefix('-') {
                rest = after;
                -sign
            } else {
                rest = rest.strip_prefix('+').unwrap_or(rest);
                sign
            };
            let digits = take_digits(&mut rest);
            let decimals = match rest.strip_prefix(['.', ',']) {
                Some(after) => {
                    rest = after;
                    Some(take_digits(&mut rest)).filter(|digits| !digits.is_empty()).ok_or_else(wrong)?
                }
                None => "",
            };
            let mut signs = rest.chars();
            let name = match (in_clock, signs.next()) {
                (false, Some('Y')) => "years",
                (false, Some('M')) => "months",
                (false, Some('W')) => "weeks",
                (false, Some('D')) => "days",
                (true, Some('H')) => "hours",
                (true, Some('M')) => "minutes",
                (true, Some('S')) => "seconds",
                _ => return Err(wrong()),
            };
            rest = signs.as_str();
            let whole: i128 = digits.parse().map_err(|_| wrong())?;
            let (base, count) = unit(name).ok_or_else(wrong)?;
            if name == "seconds" {
                // Exact: nine digits are nanoseconds, more are below what is kept.
                let nanoseconds: i128 = format!("{decimals:0<9}")[..9].parse().map_err(|_| wrong())?;
                sum.add(2, 1, sign * (whole.checked_mul(count).ok_or_else(overflow)? + nanoseconds), 0.0)
            } else {
                let fraction: f64 = format!("0.{decimals}0").parse().map_err(|_| wrong())?;
                sum.add(base, count, sign * whole, sign as f64 * fraction)
            }
            .ok_or_else(overflow)?;
        }
        sum.finish().ok_or_else(overflow)
    }

    /// A duration from its parts: `{years, quarters, months, weeks, days, hours, minutes, seconds, milliseconds …}`, each a number.
    ///
    /// # Errors
    /// When a part is unknown or no number, or the whole is too long.
    pub fn from_map(map: &Map) -> Result<Self> {
        let mut sum = Sum::default();
        for (key, value) in map.iter() {
            let (base, count) = unit(key).ok_or_else(|| {
                unusable(format!("a duration has no part `{key}`"))
                    .help("parts: years, quarters, months, weeks, days, hours, minutes, seconds, milliseconds, microseconds, nanoseconds")
            })?;
            match value {
                Value::Integer(number) => sum.add(base, count, i128::from(*number), 0.0),
                Value::Float(number) if number.is_finite() => {
                    sum.add(base, count, number.trunc() as i128, number.fract())
                }
                other => {
                    return Err(Error::type_error(
                        "InvalidArgumentValue",
                        format!("`{key}` must be a number, not a {}", other.type_name()),
                    ));
                }
            }
            .ok_or_else(overflow)?;
        }
        sum.finish().ok_or_else(overflow)
    }

    /// Both together.
    ///
    /// # Errors
    /// On overflow.
    pub fn plus(&self, other: &Self) -> Result<Self> {
        let months = i128::from(self.months) + i128::from(other.months);
        let days = i128::from(self.days) + i128::from(other.days);
        Self::exact(months, days, self.clock() + other.clock()).ok_or_else(overflow)
    }

    /// The same the other way.
    ///
    /// # Errors
    /// On overflow.
    pub fn negated(&self) -> Result<Self> {
        Self::exact(-i128::from(self.months), -i128::from(self.days), -self.clock()).ok_or_else(overflow)
    }

    /// As many times as long; fractions of months and days go to the smaller units.
    ///
    /// # Errors
    /// On overflow, and when the factor is no number.
    pub fn times(&self, factor: f64) -> Result<Self> {
        if !factor.is_finite() {
            return Err(overflow());
        }
        let mut sum = Sum::default();
        let clock = self.clock();
        let amounts = [(0, i128::from(self.months)), (1, i128::from(self.days)), (2, clock)];
        for (base, amount) in amounts {
            // A whole factor is exact however large the amount.
            if factor.fract() == 0.0 && factor.abs() < 9e15 {
                sum.add(base, factor as i128, amount, 0.0).ok_or_else(overflow)?;
            } else {
                let product = amount as f64 * factor;
                sum.add(base, 1, product.trunc() as i128, product.fract()).ok_or_else(overflow)?;
            }
        }
        sum.finish().ok_or_else(overflow)
    }

    /// A part by name.
    pub(super) fn component(&self, key: &str) -> Option<i64> {
        let clock = self.clock();
        // What counts in small units may not fit; then the part cannot be had.
        let fit = |value: i128| i64::try_from(value).ok();
        match key {
            "years" => Some(self.months / 12),
            "quarters" => Some(self.months / 3),
            "months" => Some(self.months),
            "weeks" => Some(self.days / 7),
            "days" => Some(self.days),
            "hours" => Some(self.seconds / 3600),
            "minutes" => Some(self.seconds / 60),
            "seconds" => Some(self.seconds),
            "milliseconds" => fit(clock / 1_000_000),
            "microseconds" => fit(clock / 1000),
            "nanoseconds" => fit(clock),
            "quartersOfYear" => Some(self.months / 3 % 4),
            "monthsOfQuarter" => Some(self.months % 3),
            "monthsOfYear" => Some(self.months % 12),
            "daysOfWeek" => Some(self.days % 7),
            "minutesOfHour" => Some(self.seconds / 60 % 60),
            "secondsOfMinute" => Some(self.seconds % 60),
            "millisecondsOfSecond" => Some(i64::from(self.nanoseconds) / 1_000_000),
            "microsecondsOfSecond" => Some(i64::from(self.nanoseconds) / 1000),
            "nanosecondsOfSecond" => Some(i64::from(self.nanoseconds)),
            _ => None,
        }
    }
}

impl fmt::Display for Duration {
    /// Writes ISO 8601: `P1Y2M10DT2H30M0.5S`, and `PT0S` for none. Each part has its own sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        let part = |f: &mut fmt::Formatter<'_>, value: i128, sign: char| {
            if value == 0 { Ok(()) } else { write!(f, "{value}{sign}") }
        };
        part(f, i128::from(self.months / 12), 'Y')?;
        part(f, i128::from(self.months % 12), 'M')?;
        part(f, i128::from(self.days), 'D')?;
        let clock = self.clock();
        if clock == 0 {
            return if self.months == 0 && self.days == 0 { f.write_str("T0S") } else { Ok(()) };
        }
        f.write_str("T")?;
        part(f, clock / (3600 * NANOSECONDS), 'H')?;
        part(f, clock / (60 * NANOSECONDS) % 60, 'M')?;
        let seconds = clock % (60 * NANOSECONDS);
        if seconds == 0 {
            return Ok(());
        }
        let sign = if seconds < 0 { "-" } else { "" };
        write!(f, "{sign}{}", seconds.abs() / NANOSECONDS)?;
        let fraction = seconds.abs() % NANOSECONDS;
        if fraction != 0 {
            write!(f, ".{}", format!("{fraction:09}").trim_end_matches('0'))?;
        }
        f.write_str("S")
    }
}
