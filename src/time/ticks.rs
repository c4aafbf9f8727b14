//! Where an axis of time is marked: the days of whole years, months or dates that fit.

use super::Day;

/// What the marks of an axis count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Days: `2024-12-08`.
    Day,
    /// Months: `2024-12`.
    Month,
    /// Years: `2024`.
    Year,
}

/// One mark of an axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// The day it stands at: the first of its unit.
    pub day: Day,
    /// What is written there, as in EDTF: `2024`, `2024-12` or `2024-12-08`.
    pub label: String,
    /// Whether a greater unit begins there: a month among days, a year among months, a decade among years.
    pub is_major: bool,
}

/// The steps tried, from fine to coarse. Steps of days begin anew with each month, those of months with each year.
const STEPS: [(Unit, i32); 19] = [
    (Unit::Day, 1),
    (Unit::Day, 5),
    (Unit::Day, 10),
    (Unit::Month, 1),
    (Unit::Month, 2),
    (Unit::Month, 3),
    (Unit::Month, 6),
    (Unit::Year, 1),
    (Unit::Year, 2),
    (Unit::Year, 5),
    (Unit::Year, 10),
    (Unit::Year, 20),
    (Unit::Year, 50),
    (Unit::Year, 100),
    (Unit::Year, 200),
    (Unit::Year, 500),
    (Unit::Year, 1000),
    (Unit::Year, 2000),
    (Unit::Year, 5000),
];

/// The marks between two days of the calendar, both included, in the finest step of which no more fit than `room` says for its unit.
///
/// Ascending; none when a bound is no day of the calendar.
///
/// ```
/// use allegiance::time::{Dated, ticks};
/// let days = Dated::parse("2016/2018").unwrap().hull();
/// let labels: Vec<String> = ticks(days.earliest, days.latest, |_| 5).into_iter().map(|t| t.label).collect();
/// assert_eq!(labels, ["2016", "2017", "2018"]);
/// ```
#[must_use]
pub fn ticks(first: Day, last: Day, room: impl Fn(Unit) -> usize) -> Vec<Tick> {
    let mut found = Vec::new();
    for (unit, step) in STEPS {
        // Steps far too fine are not even counted.
        let days = i64::from(last.number()) - i64::from(first.number());
        let shortest = i64::from(step)
            * match unit {
                Unit::Day => 1,
                Unit::Month => 28,
                Unit::Year => 365,
            };
        if !first.is_bounded() || !last.is_bounded() || days / shortest > 4 * room(unit) as i64 + 8 {
            continue;
        }
        found = marks(first, last, unit, step);
        if found.len() <= room(unit) {
            break;
        }
    }
    found
}

/// All marks of a step.
fn marks(first: Day, last: Day, unit: Unit, step: i32) -> Vec<Tick> {
    let (Some((from, ..)), Some((to, ..))) = (first.to_ymd(), last.to_ymd()) else { return Vec::new() };
    let mut marks = Vec::new();
    let mut mark = |year: i32, month: u32, day: u32| {
        let Ok(at) = Day::from_ymd(year, month, day) else { return };
        if at < first || at > last {
            return;
        }
        let text = at.to_string();
        let (kept, is_major) = match unit {
            Unit::Day => (0, day == 1),
            Unit::Month => (3, month == 1),
            Unit::Year => (6, step < 10 && year.rem_euclid(10) == 0),
        };
        marks.push(Tick { day: at, label: text[..text.len() - kept].to_owned(), is_major });
    };
    for year in from..=to {
        match unit {
            Unit::Year if year.rem_euclid(step) == 0 => mark(year, 1, 1),
            Unit::Year => {}
            Unit::Month => (1..=12).step_by(step as usize).for_each(|month| mark(year, month, 1)),
            Unit::Day => {
                for month in 1..=12 {
                    // A month's last mark keeps away from the first of the next.
                    let most = if step == 1 { 31 } else { 31 - step as u32 };
                    (1..=most).step_by(step as usize).for_each(|day| mark(year, month, day));
                }
            }
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Dated;

    fn check(dates: &str, room: usize, labels: &[&str]) {
        let hull = Dated::parse(dates).unwrap().hull();
        let found = ticks(hull.earliest, hull.latest, |_| room);
        assert_eq!(found.iter().map(|t| t.label.as_str()).collect::<Vec<_>>(), labels, "{dates}");
    }

    #[test]
    fn the_finest_step_that_fits_is_taken() {
        check("2016/2018", 8, &["2016-01", "2016-07", "2017-01", "2017-07", "2018-01", "2018-07"]);
        check("2016/2018", 3, &["2016", "2017", "2018"]);
        check("2016-02/2025", 5, &["2018", "2020", "2022", "2024"]);
        check("1011/2025", 3, &["1500", "2000"]);
        check("2024-12", 4, &["2024-12-01", "2024-12-11", "2024-12-21"]);
        check("2024-12-30/2025-01-02", 9, &["2024-12-30", "2024-12-31", "2025-01-01", "2025-01-02"]);
        check("-0003/0002", 9, &["-0003", "-0002", "-0001", "0000", "0001", "0002"]);
    }

    #[test]
    fn any_two_days_of_the_calendar_get_no_more_marks_than_fit() {
        let day = |y| Day::from_ymd(y, 1, 1).unwrap();
        for (first, last) in [(-9999, 9999), (0, 1), (2000, 2000), (1900, 2100), (9998, 9999)] {
            for room in [4, 7, 12, 40] {
                let found = ticks(day(first), day(last), |_| room);
                assert!(found.len() <= room, "{first} {last} {room}: {}", found.len());
            }
        }
        assert!(ticks(Day::FAR_PAST, day(2000), |_| 9).is_empty());
        assert!(ticks(day(2000), day(1999), |_| 9).is_empty());
    }
}
