//! Tables for people, with colour where wanted.

use super::{Block, Hue, Page, Sheet, plain};
use comfy_table::presets::NOTHING;
use comfy_table::{Cell, ColumnConstraint, ContentArrangement, Table, Width};
use unicode_width::UnicodeWidthStr;

pub(super) const BOLD: &str = "\u{1b}[1m";
pub(super) const DIM: &str = "\u{1b}[2m";
const GREEN: &str = "\u{1b}[32m";
const RED: &str = "\u{1b}[31m";
const YELLOW: &str = "\u{1b}[33m";
const MAGENTA: &str = "\u{1b}[35m";
const RESET: &str = "\u{1b}[0m";

/// A word wider than this, or than a third of the table, may be broken.
const LONGEST_WORD: usize = 26;
/// No column gets narrower than this for want of room, unless its words are shorter.
const SHORTEST: usize = 8;

/// Signs of no width that stand for colours while the table is laid out; data never holds them, since cells are cleaned of them.
const MARKS: [(char, &str); 4] =
    [('\u{2061}', GREEN), ('\u{2062}', YELLOW), ('\u{2063}', MAGENTA), ('\u{2064}', RESET)];

/// Writes the page.
pub(super) fn write(page: &Page, width: usize, color: bool, out: &mut String) {
    let paint = Paint { color };
    head(page, width, paint, out);
    for line in &page.assumptions {
        for (index, part) in wrapped(&plain(line), width.saturating_sub(2)).into_iter().enumerate() {
            let lead = if index == 0 { "· " } else { "  " };
            out.push_str(&paint.with(DIM, &format!("{lead}{part}")));
            out.push('\n');
        }
    }
    if let Some(chart) = &page.chart {
        super::chart::write(chart, width, paint, out);
    }
    if let Some(tree) = &page.tree {
        super::tree::write(tree, width, paint, out);
    }
    for block in &page.blocks {
        out.push('\n');
        if let Some(heading) = &block.heading {
            out.push_str(&paint.with(BOLD, &plain(heading)));
            out.push('\n');
        }
        if !block.sheet.rows.is_empty() {
            table(block, width, paint, out);
        }
        for line in &block.painted {
            let line: Vec<(Hue, String)> = line.iter().map(|(hue, text)| (*hue, plain(text))).collect();
            let end = line.iter().rposition(|(_, text)| !text.trim_end().is_empty()).map_or(0, |last| last + 1);
            for (place, (hue, text)) in line[..end].iter().enumerate() {
                out.push_str(&paint.in_hue(*hue, if place + 1 == end { text.trim_end() } else { text }));
            }
            out.push('\n');
        }
        for line in &block.lines {
            for part in wrapped(&plain(line), width) {
                out.push_str(part.trim_end());
                out.push('\n');
            }
        }
    }
    if !page.notes.is_empty() {
        out.push('\n');
    }
    for note in &page.notes {
        for part in wrapped(&plain(note), width) {
            out.push_str(&paint.with(DIM, &part));
            out.push('\n');
        }
    }
}

/// The answer in sentences, or else the title, the days and the verdict.
fn head(page: &Page, width: usize, paint: Paint, out: &mut String) {
    if let Some(text) = &page.text {
        for line in wrapped(&plain(text), width) {
            out.push_str(&paint.with(BOLD, line.trim_start()));
            out.push('\n');
        }
        return;
    }
    out.push_str(&paint.with(BOLD, &plain(&page.title)));
    if let Some(when) = &page.when {
        out.push_str(&format!(", {}", plain(when)));
    }
    out.push('\n');
    if let Some((verdict, text)) = &page.verdict {
        let hue = match verdict.word() {
            "yes" => GREEN,
            "no" => RED,
            "unknown" => DIM,
            _ => YELLOW,
        };
        out.push_str(&format!("{}: {}\n", paint.with(hue, verdict.word()), plain(text)));
    }
}

#[derive(Clone, Copy)]
pub(super) struct Paint {
    color: bool,
}

impl Paint {
    /// Without colour.
    pub(super) const NONE: Self = Self { color: false };

    pub(super) fn with(self, hue: &str, text: &str) -> String {
        if self.color { format!("{hue}{text}{RESET}") } else { text.to_owned() }
    }

    fn in_hue(self, hue: Hue, text: &str) -> String {
        match hue {
            Hue::Plain => text.to_owned(),
            Hue::Dim => self.with(DIM, text),
            Hue::Bold => self.with(BOLD, text),
            Hue::Green => self.with(GREEN, text),
            Hue::Red => self.with(RED, text),
            Hue::Yellow => self.with(YELLOW, text),
            Hue::Magenta => self.with(MAGENTA, text),
        }
    }
}

fn table(block: &Block, width: usize, paint: Paint, out: &mut String) {
    let mut table = Table::new();
    table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(if width == 0 { u16::MAX } else { u16::try_from(width).unwrap_or(u16::MAX) });
    let has_header = block.sheet.columns.iter().any(|c| !c.is_empty());
    if has_header {
        table.set_header(block.sheet.columns.iter().map(Cell::new));
    }
    for row in &block.sheet.rows {
        table.add_row(
            row.iter()
                .zip(&block.sheet.columns)
                .map(|(cell, column)| Cell::new(marked(column, &clean(cell), paint.color))),
        );
    }
    let last = block.sheet.columns.len().saturating_sub(1);
    let padding = |index: usize| if index == last { 0 } else { 2 };
    let least = least_widths(&block.sheet, width, padding);
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, padding(index)));
        let least = least.get(index).copied().unwrap_or(1) + padding(index);
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
    }
    for (index, line) in table.lines().enumerate() {
        let line = line.trim_end();
        if index == 0 && has_header {
            out.push_str(&paint.with(DIM, line));
        } else {
            out.push_str(&unmarked(line));
        }
        out.push('\n');
    }
}

/// The width each column needs so that no word is broken: names, dates and source ids stay whole while there is room, and the
/// longest words give way first where there is not.
fn least_widths(sheet: &Sheet, width: usize, padding: impl Fn(usize) -> u16) -> Vec<u16> {
    let longest: Vec<usize> = (0..sheet.columns.len())
        .map(|index| {
            let cells = sheet.rows.iter().map(|row| row[index].as_str()).chain([&*sheet.columns[index]]);
            cells.flat_map(str::split_whitespace).map(UnicodeWidthStr::width).max().unwrap_or(1)
        })
        .collect();
    let mut most = if width == 0 { usize::MAX } else { LONGEST_WORD.max(width / 3) };
    let fits = |most: usize| {
        let needed = longest.iter().enumerate().map(|(i, w)| (*w).min(most) + usize::from(padding(i))).sum::<usize>();
        width == 0 || needed <= width
    };
    while most > SHORTEST && !fits(most) {
        most -= 1;
    }
    longest.into_iter().map(|w| u16::try_from(w.clamp(1, most)).unwrap_or(u16::MAX)).collect()
}

fn clean(cell: &str) -> String {
    plain(cell).chars().filter(|c| !MARKS.iter().any(|(mark, _)| mark == c)).collect()
}

/// The first word of a cell with marks of colour around it, where its column is one of judgements.
fn marked(column: &str, cell: &str, color: bool) -> String {
    if !color || !matches!(column, "holds" | "status" | "verdict") {
        return cell.to_owned();
    }
    let (word, rest) = cell.split_at(cell.find([',', ' ']).unwrap_or(cell.len()));
    let mark = match word {
        "certain" | "supported" | "yes" => MARKS[0].0,
        "possible" | "possibly" => MARKS[1].0,
        "contested" | "disputed" | "denied" => MARKS[2].0,
        _ => return cell.to_owned(),
    };
    format!("{mark}{word}{}{rest}", MARKS[3].0)
}

fn unmarked(line: &str) -> String {
    let mut out = line.to_owned();
    for (mark, code) in MARKS {
        out = out.replace(mark, code);
    }
    out
}

/// Text broken at blanks into lines of at most this many columns (0: not broken), keeping the indent of the first.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    if width == 0 || text.width() <= width {
        return vec![text.to_owned()];
    }
    let indent: String = text.chars().take_while(|c| *c == ' ').collect();
    let mut lines = Vec::new();
    let mut line = indent.clone();
    for word in text.split_whitespace() {
        let empty = line.trim().is_empty();
        if !empty && line.width() + 1 + word.width() > width {
            lines.push(std::mem::replace(&mut line, format!("{indent}  ")));
            line.push_str(word);
        } else {
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.push(line);
    lines
}
