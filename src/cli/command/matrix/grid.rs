//! The matrix in the terminal: numbered columns, a mark a cell, colour besides.

use super::{Cell, Worked};
use crate::cli::output::{Hue, Page, Piece, cut, side_by_side};
use crate::model::Sign;
use crate::question::{Footing, State};
use unicode_width::UnicodeWidthStr;

/// Names are cut to this many columns before the grid is split.
const SHORT_NAME: usize = 15;

/// The mark of a sign.
pub(super) const fn mark(sign: Sign) -> &'static str {
    match sign {
        Sign::Friend => "+",
        Sign::Enemy => "−",
        Sign::Mixed => "±",
        Sign::Dealings => "o",
        Sign::NothingKnown => "·",
    }
}

/// The marks of a state: what it is, how firmly, and whether something says otherwise.
pub(super) fn marks(state: &State) -> String {
    let firm = match state.footing {
        Some(Footing::Possible) => "?",
        Some(Footing::Contested) => "!",
        _ => "",
    };
    let otherwise = if state.otherwise.is_some() { "*" } else { "" };
    format!("{}{firm}{otherwise}", mark(state.sign))
}

/// The marks of a cell; where it changed, those of both times.
pub(super) fn cell_marks(cell: &Cell<'_>) -> String {
    match cell.before {
        Some(before) if cell.has_changed() => format!("{}>{}", marks(before), marks(cell.state)),
        _ => marks(cell.state),
    }
}

const fn hue(sign: Sign) -> Hue {
    match sign {
        Sign::Friend => Hue::Green,
        Sign::Enemy => Hue::Red,
        Sign::Mixed => Hue::Magenta,
        Sign::Dealings => Hue::Yellow,
        Sign::NothingKnown => Hue::Dim,
    }
}

/// Adds the grid and its legend to a page, in parts where it is wider than `width` columns (0: no limit).
pub(super) fn show(worked: &Worked<'_>, width: usize, page: &mut Page) {
    let cells = worked.cells.all();
    let count = worked.members.len();
    let at = |row: usize, column: usize| {
        let (first, second) = (row.min(column), row.max(column));
        (first != second).then(|| cells[first * (2 * count - first - 1) / 2 + second - first - 1])
    };
    let digits = count.to_string().len();
    let widest = cells.iter().map(|cell| cell_marks(cell).width()).max().unwrap_or(1).max(digits) + 2;
    let names: Vec<String> = (0..count).map(|place| crate::cli::output::plain(worked.name(place))).collect();
    let longest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let width = if width == 0 { usize::MAX } else { width };
    let room = width.saturating_sub(digits + 1 + widest * count);
    // All columns side by side where names stay readable, else as many as fit beside whole names of a fair length.
    let (label, columns) = if room >= longest.min(SHORT_NAME) {
        (longest.min(room), count)
    } else {
        let label = longest.min(SHORT_NAME.max(width / 3));
        (label, (width.saturating_sub(digits + 1 + label) / widest).max(1))
    };
    // As wide as one another, where there are several.
    let columns = count.div_ceil(count.div_ceil(columns).max(1)).max(1);
    for from in (0..count).step_by(columns) {
        let until = (from + columns).min(count);
        let mut lines: Vec<Vec<Piece>> = Vec::with_capacity(count + 1);
        let numbers: String = (from..until).map(|column| format!("{:>widest$}", column + 1)).collect();
        lines.push(vec![(Hue::Dim, format!("{}{numbers}", " ".repeat(digits + 1 + label)))]);
        for (row, name) in names.iter().enumerate() {
            let name = cut(name, label);
            let blanks = " ".repeat(label.saturating_sub(name.width()));
            let mut line: Vec<Piece> = vec![(Hue::Dim, format!("{:>digits$} ", row + 1)), (Hue::Plain, name + &blanks)];
            for column in from..until {
                line.extend(
                    at(row, column)
                        .map_or_else(|| vec![(Hue::Plain, " ".repeat(widest))], |cell| painted(&cell, widest)),
                );
            }
            lines.push(line);
        }
        let heading = (columns < count).then(|| format!("Columns {}–{until} of {count}", from + 1));
        page.painted(heading.as_deref(), lines);
    }
    let notes: Vec<String> = (0..count)
        .filter_map(|place| worked.note(place).map(|note| format!("{} {}: {note}", place + 1, worked.name(place))))
        .collect();
    page.notes.extend(legend(worked, width));
    page.notes.extend(notes);
}

/// The marks of a cell in their colours, to the right of a field.
fn painted(cell: &Cell<'_>, widest: usize) -> Vec<Piece> {
    let text = cell_marks(cell);
    let mut pieces = vec![(Hue::Plain, " ".repeat(widest.saturating_sub(text.width())))];
    match cell.before {
        Some(before) if cell.has_changed() => {
            pieces.push((hue(before.sign), marks(before)));
            pieces.push((Hue::Bold, ">".to_owned()));
            pieces.push((hue(cell.state.sign), marks(cell.state)));
        }
        _ => pieces.push((hue(cell.state.sign), text)),
    }
    pieces
}

/// What the marks mean, as far as they occur, in lines of at most `width` columns (0: no limit).
pub(super) fn legend(worked: &Worked<'_>, width: usize) -> Vec<String> {
    let cells = worked.cells.all();
    let states = || cells.iter().flat_map(|cell| cell.before.into_iter().chain([cell.state]));
    let words = |sign: Sign| match sign {
        Sign::Friend => "friend",
        Sign::Enemy => "enemy",
        Sign::Mixed => "mixed: both at once",
        Sign::Dealings => "dealings that are neither",
        Sign::NothingKnown => "nothing known",
    };
    let occurs = |sign: &&Sign| states().any(|state| state.sign == **sign);
    let signs = Sign::ALL.iter().filter(occurs).map(|sign| format!("{} {}", mark(*sign), words(*sign)));
    let mut marks = Vec::new();
    for (footing, words) in [(Footing::Possible, "? only possible"), (Footing::Contested, "! contested")] {
        if states().any(|state| state.footing == Some(footing)) {
            marks.push(words.to_owned());
        }
    }
    if states().any(|state| state.otherwise.is_some()) {
        marks.push("* a possible or contested relation says otherwise".to_owned());
    }
    if let Some((from, to)) = &worked.times
        && cells.iter().any(Cell::has_changed)
    {
        marks.push(format!("a>b a {from}, b {to}"));
    }
    let mut lines = side_by_side(signs, "   ", width);
    lines.extend(side_by_side(marks, "   ", width));
    lines
}
