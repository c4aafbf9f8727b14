//! Days of the proleptic Gregorian calendar, as numbers.

use crate::storage::Sound;
use bytemuck::{Pod, Zeroable};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day, counted from 1970-01-01 (day 0) in the proleptic Gregorian calendar.
///
/// Two values are no days of the calendar: [`Day::FAR_PAST`] and [`Day::FAR_FUTURE`] stand for ends without bound.
///
/// ```
/// use allegiance::time::Day;
/// let fall = Day::from_ymd(2024, 12, 8).unwrap();
/// assert_eq!(fall.number(), 20065);
/// assert_eq!(fall.to_string(), "2024-12-08");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable, Serialize, Deserialize)]
#[repr(transparent)]
pub struct Day(i32);

/// Why a day could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayError {
    /// The month is not 1–12.
    Month,
    /// The month has no such day.
    DayOfMonth,
    /// The year lies outside −9999 … 9999.
    Year,
}

impl fmt::Display for DayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Month => "the month must be 01–12",
            Self::DayOfMonth => "the month has no such day",
            Self::Year => "the year must lie between -9999 and 9999",
        })
    }
}

impl std::error::Error for DayError {}

impl Sound for Day {}

impl Day {
    /// Before every day of the calendar: the bound of an end that reaches back without limit.
    pub const FAR_PAST: Self = Self(i32::MIN);
    /// After every day of the calendar: the bound of an end that reaches on without limit.
    pub const FAR_FUTURE: Self = Self(i32::MAX);

    /// The day with this number, 1970-01-01 being 0.
    #[must_use]
    pub const fn new(number: i32) -> Self {
        Self(number)
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// Returns the day of a calendar date.
    ///
    /// # Errors
    /// When the date does not exist, or the year lies outside −9999 … 9999.
    ///
    /// Source of the method: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Result<Self, DayError> {
        if !(-9999..=9999).contains(&year) {
            return Err(DayError::Year);
        }
        if !(1..=12).contains(&month) {
            return Err(DayError::Month);
        }
        if day == 0 || day > days_in_month(year, month) {
            return Err(DayError::DayOfMonth);
        }
        let (month, day) = (month as i32, day as i32);
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Ok(Self(era * 146_097 + day_of_era - 719_468))
    }

    /// The calendar date: year, month 1–12, day of the month 1–31. `None` for the two unbounded values.
    ///
    /// Source of the method: Howard Hinnant, as above, `civil_from_days`.
    #[must_use]
    pub fn to_ymd(self) -> Option<(i32, u32, u32)> {
        if self == Self::FAR_PAST || self == Self::FAR_FUTURE {
            return None;
        }
        let z = i64::from(self.0) + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 } as u32;
        let year = (year_of_era + era * 400 + i64::from(month <= 2)) as i32;
        Some((year, month, day))
    }

    /// The day `days` later (earlier when negative); unbounded values stay what they are, and the result never
    /// runs into them.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        match self {
            Self::FAR_PAST | Self::FAR_FUTURE => self,
            Self(number) => Self(number.saturating_add(days).clamp(i32::MIN + 1, i32::MAX - 1)),
        }
    }

    /// The same day of the month `months` later (earlier when negative), or the last day of that month where it is shorter.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let Some((year, month, day)) = self.to_ymd() else { return self };
        let total = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(months);
        let (year, month) = ((total.div_euclid(12)) as i32, total.rem_euclid(12) as u32 + 1);
        let year = year.clamp(-9999, 9999);
        Self::from_ymd(year, month, day.min(days_in_month(year, month))).unwrap_or(self)
    }

    /// Whether this is a day of the calendar rather than one of the unbounded values.
    #[must_use]
    pub fn is_bounded(self) -> bool {
        self != Self::FAR_PAST && self != Self::FAR_FUTURE
    }
}

impl fmt::Display for Day {
    /// Writes `YYYY-MM-DD`, or `..` for an unbounded value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_ymd() {
            None => f.write_str(".."),
            Some((year, month, day)) if year < 0 => write!(f, "-{:04}-{month:02}-{day:02}", -year),
            Some((year, month, day)) => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

/// The number of days in a month of the proleptic Gregorian calendar; 0 for a month that does not exist.
fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(year: i32, month: u32, day: u32, number: i32) {
        let d = Day::from_ymd(year, month, day).expect("a date of the calendar");
        assert_eq!(d.number(), number, "{year}-{month}-{day}");
        assert_eq!(d.to_ymd(), Some((year, month, day)));
    }

    #[test]
    fn days_count_from_1970() {
        check(1970, 1, 1, 0);
        check(1969, 12, 31, -1);
        check(2000, 2, 29, 11_016);
        check(2024, 12, 8, 20_065);
        check(1, 1, 1, -719_162);
        check(-1, 3, 1, -719_162 - 366 - 306);
    }

    #[test]
    fn every_day_of_four_centuries_comes_back() {
        let first = Day::from_ymd(1800, 1, 1).unwrap().number();
        let last = Day::from_ymd(2200, 1, 1).unwrap().number();
        for number in first..=last {
            let (y, m, d) = Day::new(number).to_ymd().unwrap();
            assert_eq!(Day::from_ymd(y, m, d).unwrap().number(), number);
        }
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        assert_eq!(Day::from_ymd(2025, 2, 29), Err(DayError::DayOfMonth));
        assert_eq!(Day::from_ymd(2025, 13, 1), Err(DayError::Month));
        assert_eq!(Day::from_ymd(2025, 4, 0), Err(DayError::DayOfMonth));
        assert_eq!(Day::from_ymd(10_000, 1, 1), Err(DayError::Year));
    }

    #[test]
    fn months_are_added_within_the_calendar() {
        let day = Day::from_ymd(2024, 1, 31).unwrap();
        assert_eq!(day.plus_months(1).to_string(), "2024-02-29");
        assert_eq!(day.plus_months(-2).to_string(), "2023-11-30");
        assert_eq!(Day::FAR_FUTURE.plus_months(1), Day::FAR_FUTURE);
    }
}
