//! An axis of time across a drawing: where a day stands, and the marks along it.

use super::{Canvas, Lettering};
use crate::export::font::{Weight, width};
use crate::time::{Day, Tick, Unit, ticks};

/// The grey of marks and of letters that stand back.
pub(super) const GREY: &str = "#6b6b6b";
/// The grey of lines that guide the eye.
const GRID: &str = "#e3e3e0";
const MAJOR: &str = "#c4c4c0";
/// The size of the letters along the axis.
const SIZE: f64 = 10.0;

/// An axis of time, from left to right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    first: Day,
    last: Day,
    /// Where its first day begins, in pixels.
    pub(super) left: f64,
    /// How long it is, in pixels.
    pub(super) width: f64,
}

impl Axis {
    /// An axis over the days from `first` to `last`, both included; a backward pair counts as one day.
    pub(super) fn new(first: Day, last: Day, left: f64, width: f64) -> Self {
        Self { first, last: last.max(first), left, width }
    }

    /// Where it ends.
    pub(super) fn right(&self) -> f64 {
        self.left + self.width
    }

    /// Where a day begins, kept within the axis.
    pub(super) fn x(&self, day: Day) -> f64 {
        let days = |to: Day| (i64::from(to.number()) - i64::from(self.first.number())) as f64;
        let share = days(day.clamp(self.first, self.last)) / (days(self.last) + 1.0);
        if day > self.last { self.right() } else { self.left + share * self.width }
    }

    /// Where a day ends, kept within the axis.
    pub(super) fn x_after(&self, day: Day) -> f64 {
        self.x(if day.is_bounded() { day.plus(1) } else { day })
    }

    /// Whether some of the days, both included, lie on the axis.
    pub(super) fn shows(&self, first: Day, last: Day) -> bool {
        first <= self.last && last >= self.first
    }

    /// Whether a day lies before the axis.
    pub(super) fn is_before(&self, day: Day) -> bool {
        day < self.first
    }

    /// Whether a day lies after the axis.
    pub(super) fn is_after(&self, day: Day) -> bool {
        day > self.last
    }

    /// Its marks, as many as there is room for.
    fn ticks(&self) -> Vec<Tick> {
        let room = |unit| {
            let label = match unit {
                Unit::Year => "2024",
                Unit::Month => "2024-12",
                Unit::Day => "2024-12-08",
            };
            (self.width / (width(label, SIZE, Weight::Regular) + 22.0)).max(1.0) as usize
        };
        ticks(self.first, self.last, room)
    }

    /// Draws the lines of the marks from `top` to `bottom`.
    pub(super) fn grid(&self, canvas: &mut Canvas, top: f64, bottom: f64) {
        for tick in self.ticks() {
            let x = self.x(tick.day);
            let color = if tick.is_major { MAJOR } else { GRID };
            canvas.line((x, top), (x, bottom), &[("stroke", color), ("stroke-width", "1")]);
        }
        for x in [self.left, self.right()] {
            canvas.line((x, top), (x, bottom), &[("stroke", GRID), ("stroke-width", "1")]);
        }
    }

    /// Writes the marks, their feet at `y`. One at the very edge stands inside it.
    pub(super) fn labels(&self, canvas: &mut Canvas, y: f64) {
        for tick in self.ticks() {
            let half = width(&tick.label, SIZE, Weight::Regular) / 2.0;
            let x = self.x(tick.day).clamp(self.left - 14.0 + half, (self.right() + 14.0 - half).max(self.left + half));
            let weight = if tick.is_major { Weight::Bold } else { Weight::Regular };
            let lettering = Lettering { size: SIZE, weight, fill: GREY, anchor: "middle" };
            canvas.text(x, y, &lettering, &[("class", "tick")], &tick.label);
        }
    }

    /// Draws lines at days, each with a word above the marks, such as the last day the data speaks for. A word without room is left out.
    pub(super) fn marks(&self, canvas: &mut Canvas, marks: &[(Day, String)], top: f64, bottom: f64) {
        let mut taken: Vec<(f64, f64)> = Vec::new();
        for (day, word) in marks.iter().filter(|(day, _)| self.shows(*day, *day)) {
            let x = self.x_after(*day);
            let look = [("stroke", "#444444"), ("stroke-width", "1"), ("stroke-dasharray", "2 3")];
            canvas.line((x, top), (x, bottom), &look);
            let length = width(word, 9.0, Weight::Regular);
            let (least, most) = (self.left - 8.0, (self.right() + 8.0 - length).max(self.left));
            let places = [x + 3.0 - length, x - 3.0].map(|from| from.clamp(least, most));
            let free = |from: &f64| taken.iter().all(|(a, b)| from + length + 6.0 < *a || *from > b + 6.0);
            if let Some(from) = places.into_iter().find(free) {
                taken.push((from, from + length));
                let lettering = Lettering { size: 9.0, fill: "#444444", ..Lettering::default() };
                canvas.text(from, top - 17.0, &lettering, &[("class", "mark")], word);
            }
        }
    }
}
