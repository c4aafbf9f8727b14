//! Bars over time in letters: a line a bar, words on the left, years above.

use super::lines::{UNLIMITED, cut, side_by_side};
use super::plain;
use super::table::{BOLD, DIM, Paint};
use crate::graph::{Ending, Footing, Stretch};
use crate::model::Category;
use crate::time::{Day, Tick, Unit, ticks};
use unicode_width::UnicodeWidthStr;

/// The fewest columns that bars get, whatever the width.
const LEAST: usize = 16;
/// The fewest columns that words get.
const NARROWEST: usize = 6;
/// How far an end without a date is drawn as possible before a thin line goes on.
const FADE: usize = 4;

/// Bars over time.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Chart {
    pub(in crate::cli) first: Day,
    pub(in crate::cli) last: Day,
    pub(in crate::cli) lines: Vec<Entry>,
}

/// One line of a chart.
#[derive(Clone, Debug)]
pub(in crate::cli) enum Entry {
    /// A heading over several groups.
    Heading(String),
    /// What the bars below have in common.
    Group(String),
    /// A bar with its words.
    Bar(String, Stretch, Option<Category>),
}

/// Writes a chart; the signs that occur are explained below it.
pub(super) fn write(chart: &Chart, width: usize, paint: Paint, out: &mut String) {
    let width = if width == 0 { UNLIMITED } else { width };
    let longest = chart.lines.iter().map(|line| if let Entry::Bar(words, ..) = line { words.width() + 2 } else { 0 });
    let words =
        longest.max().unwrap_or(0).min((width * 2 / 5).max(12)).min(width.saturating_sub(LEAST + 3)).max(NARROWEST);
    let scale = Scale {
        first: chart.first,
        last: chart.last.max(chart.first),
        cells: width.saturating_sub(words + 3).max(LEAST),
    };
    let marks = scale.ticks();
    let header = scale.header(&marks);
    let pad = " ".repeat(words + 2);
    out.push('\n');
    out.push_str(&paint.with(DIM, format!("{pad}{header}").trim_end()));
    out.push('\n');
    let mut seen = String::new();
    for line in &chart.lines {
        match line {
            Entry::Heading(text) => {
                out.push('\n');
                out.push_str(&paint.with(BOLD, &cut(&plain(text), width)));
            }
            Entry::Group(text) => out.push_str(&paint.with(BOLD, &cut(&plain(text), width))),
            Entry::Bar(text, stretch, category) => {
                let text = cut(&plain(text), words.saturating_sub(2));
                let gap = " ".repeat((words - 2).saturating_sub(text.width()));
                let cells = scale.cells(stretch, &marks);
                seen.push_str(&cells);
                let drawn = paint.with(hue(*category), cells.trim_end());
                out.push_str(format!("  {text}{gap} {drawn}").trim_end());
            }
        }
        out.push('\n');
    }
    let key: Vec<String> = SIGNS
        .iter()
        .filter(|(signs, _)| signs.chars().any(|sign| seen.contains(sign)))
        .map(|(signs, words)| format!("{} {words}", signs.chars().filter(|s| seen.contains(*s)).collect::<String>()))
        .collect();
    out.push_str(if key.is_empty() { "" } else { "\n" });
    for line in side_by_side(key, " · ", width) {
        out.push_str(&paint.with(DIM, &line));
        out.push('\n');
    }
}

/// The signs of bars, and what they mean.
const SIGNS: [(&str, &str); 7] = [
    ("█", "certain"),
    ("░", "only possible"),
    ("╌", "no beginning or end recorded"),
    ("▒", "contested"),
    ("×", "denied"),
    ("◆◇", "happened that day, on some day"),
    ("◂▸", "going on, or beyond the axis"),
];

/// The colour of a category on terminals.
const fn hue(category: Option<Category>) -> &'static str {
    match category {
        None => "",
        Some(Category::Cooperation) => "\u{1b}[32m",
        Some(Category::Hostility) => "\u{1b}[31m",
        Some(Category::Structure) => "\u{1b}[34m",
        Some(Category::Lineage) => "\u{1b}[35m",
        Some(Category::Diplomacy) => "\u{1b}[36m",
        Some(Category::Support) => "\u{1b}[92m",
        Some(Category::Designation) => "\u{1b}[91m",
        Some(Category::Stance) => "\u{1b}[90m",
        Some(Category::Territory) => "\u{1b}[33m",
    }
}

/// Days as columns.
struct Scale {
    first: Day,
    last: Day,
    cells: usize,
}

impl Scale {
    /// The column of a day, when it is on the axis.
    fn column(&self, day: Day) -> Option<usize> {
        let days = i64::from(self.last.number()) - i64::from(self.first.number()) + 1;
        let from = i64::from(day.number()) - i64::from(self.first.number());
        (0..days).contains(&from).then(|| (from * self.cells as i64 / days) as usize)
    }

    /// The columns that days, both included, reach over; `None` when all of them lie off the axis.
    fn columns(&self, first: Day, last: Day) -> Option<(usize, usize)> {
        if first > last || first > self.last || last < self.first {
            return None;
        }
        Some((self.column(first.max(self.first))?, self.column(last.min(self.last))?))
    }

    fn ticks(&self) -> Vec<(usize, Tick)> {
        let room = |unit| {
            let label = match unit {
                Unit::Year => 4,
                Unit::Month => 7,
                Unit::Day => 10,
            };
            (self.cells / (label + 2)).max(1)
        };
        ticks(self.first, self.last, room).into_iter().filter_map(|t| Some((self.column(t.day)?, t))).collect()
    }

    /// The line with the marks; a mark that would run into the one before is left out.
    fn header(&self, marks: &[(usize, Tick)]) -> String {
        let mut line = String::new();
        for (column, tick) in marks {
            let length = line.chars().count();
            if (length == 0 || *column > length) && column + tick.label.len() <= self.cells + 1 {
                line.push_str(&" ".repeat(column - length));
                line.push_str(&tick.label);
            }
        }
        line
    }

    /// A bar in signs, with a column on either side for what goes on beyond.
    fn cells(&self, stretch: &Stretch, marks: &[(usize, Tick)]) -> String {
        let mut cells: Vec<char> = vec![' '; self.cells];
        for (column, _) in marks {
            cells[*column] = '·';
        }
        let (mut left, mut right) = (' ', ' ');
        let (first, last) = (stretch.dates.start.earliest, stretch.dates.end.latest);
        let mut fill = |days: Option<(usize, usize)>, sign: char| {
            if let Some((from, to)) = days {
                cells[from..=to].fill(sign);
            }
        };
        if !stretch.dates.is_never()
            && let Some((from, to)) = self.columns(first, last)
        {
            // The days told of, and what only fades away from them.
            let edge_start = if first.is_bounded() { first } else { stretch.dates.start.latest.min(last) };
            let edge_end = if last.is_bounded() { last } else { stretch.dates.end.earliest.max(edge_start) };
            let told = self.columns(edge_start, edge_end);
            fill(Some((from, to)), '╌');
            let near = match told {
                Some((a, b)) => (
                    if first.is_bounded() { a } else { a.saturating_sub(FADE) },
                    if last.is_bounded() { b } else { (b + FADE).min(self.cells - 1) },
                ),
                None if edge_end < self.first => (0, FADE.min(to)),
                None => (from.max((self.cells - 1).saturating_sub(FADE)), self.cells - 1),
            };
            let sign = match stretch.footing {
                Footing::Held => '░',
                Footing::Contested => '▒',
                Footing::Denied => '×',
            };
            fill(Some(near), if stretch.footing == Footing::Held { sign } else { '╌' });
            fill(told, sign);
            if stretch.footing == Footing::Held {
                fill(stretch.certain().and_then(|(first, last)| self.columns(first, last)), '█');
            }
            let denied = stretch.footing == Footing::Denied;
            if !denied && first < self.first && (first.is_bounded() || stretch.begins == Ending::GoingOn) {
                left = '◂';
            }
            if !denied && last > self.last && (last.is_bounded() || stretch.ends == Ending::GoingOn) {
                right = '▸';
            }
            if stretch.happened && !denied {
                let (a, b) = told.unwrap_or((from, to));
                let at = match (first.is_bounded(), last.is_bounded()) {
                    (true, true) => usize::midpoint(a, b),
                    (false, _) => b,
                    (true, false) => a,
                };
                let sign = if first == last && stretch.certain().is_some() { '◆' } else { '◇' };
                fill(Some((at, at)), sign);
            }
        }
        let cells: String = cells.into_iter().collect();
        format!("{left}{cells}{right}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Dated;

    fn check(text: &str, attested: &str, expected: &str) {
        let axis = Dated::parse("2010/2019").unwrap().hull();
        let scale = Scale { first: axis.earliest, last: axis.latest, cells: 20 };
        let dated = Dated::parse(text).unwrap();
        let day = Dated::parse(attested).unwrap().hull().earliest;
        let stretch =
            Stretch { happened: !dated.is_interval(), ..Stretch::dated(&dated, dated.extent(Some(day), Some(day))) };
        assert_eq!(scale.cells(&stretch, &[]), expected, "{text}");
    }

    #[test]
    fn what_is_certain_is_full_and_what_is_possible_is_light() {
        check("2012/2015", "2019", "    ░░██████░         ");
        check("2012-01-01/2015-12-31", "2019", "    █████████         ");
        check("2014-03-05", "2019", "         ◆            ");
        check("[2013,2016]", "2019", "       ░░░◇░░░░       ");
        check("2018-06-01/2030", "2019", "                 ████▸");
        check("2016/..", "2018-06-01", "            ░░████░░░▸");
        check("/..", "2014-08-01", " ╌╌╌╌╌░░░░█░░░░╌╌╌╌╌╌▸");
        check("1990/2000", "2019", "                      ");
    }
}
