//! The matrix as rows: a square of words, a row for each pair, what changed, and what each pair comes from.

use super::grid::cell_marks;
use super::{Cell, Worked};
use crate::cli::output::{Page, Sheet, event_sheet, held, relation_sheet, wrapped_note};
use crate::model::Sign;
use crate::question::{EventRow, Footing, RelationRow, State, Turned};
use std::collections::BTreeSet;

/// A square with a name before each row and above each column, the diagonal blank.
pub(super) fn square(worked: &Worked<'_>, cell: fn(&Cell<'_>) -> String) -> Sheet {
    let count = worked.members.len();
    let mut cells = vec![vec![String::new(); count]; count];
    for one in worked.cells.all() {
        let text = cell(&one);
        cells[one.first][one.second].clone_from(&text);
        cells[one.second][one.first] = text;
    }
    let names = || (0..count).map(|place| worked.name(place).to_owned());
    let mut sheet = Sheet {
        columns: std::iter::once("actor".to_owned()).chain(names()).map(Into::into).collect(),
        rows: Vec::new(),
    };
    for (name, row) in names().zip(cells) {
        sheet.push(std::iter::once(name).chain(row));
    }
    sheet
}

/// A cell in words: `enemy, possible`; both times, where it changed.
pub(super) fn in_words(cell: &Cell<'_>) -> String {
    match cell.before {
        Some(before) if cell.has_changed() => format!("{} → {}", state_in_words(before), state_in_words(cell.state)),
        _ => state_in_words(cell.state),
    }
}

/// A cell in marks.
pub(super) fn in_marks(cell: &Cell<'_>) -> String {
    cell_marks(cell).replace('>', "→")
}

/// `enemy`, `enemy, possible`, `mixed, contested`.
pub(super) fn state_in_words(state: &State) -> String {
    match state.footing {
        None | Some(Footing::Certain) => state.sign.word().to_owned(),
        Some(footing) => format!("{}, {}", state.sign, footing.word()),
    }
}

/// The ids of relations, and where they are said.
fn evidence(state: &State) -> (String, String) {
    let ids: Vec<&str> = state.ties.iter().map(|tie| &*tie.row.id).collect();
    let citations: Vec<String> = state.ties.iter().map(|tie| tie.row.citations()).collect();
    let mut seen = BTreeSet::new();
    let citations: Vec<String> = citations.into_iter().filter(|citation| seen.insert(citation.clone())).collect();
    (ids.join("; "), citations.join("; "))
}

/// A row for each pair, for CSV and TSV.
pub(super) fn flat(worked: &Worked<'_>) -> Sheet {
    let holds =
        |state: &State| state.footing.map_or("no", |f| if f == Footing::Certain { "certain" } else { "possible" });
    let contested = |state: &State| (state.footing == Some(Footing::Contested)).to_string();
    let otherwise = |state: &State| state.otherwise.map_or("", Sign::word).to_owned();
    let parts = |state: &State| {
        let (relations, sources) = evidence(state);
        [state.sign.word().to_owned(), holds(state).to_owned(), contested(state), otherwise(state), relations, sources]
    };
    let ends = |cell: &Cell<'_>| {
        let [a, b] = [cell.first, cell.second].map(|place| worked.members[place].actor.clone());
        [a.id, a.name, b.id, b.name]
    };
    let mut sheet = if worked.times.is_some() {
        Sheet::new(&[
            "first_id",
            "first",
            "second_id",
            "second",
            "change",
            "from_sign",
            "from_holds",
            "from_contested",
            "from_otherwise",
            "from_relations",
            "from_sources",
            "to_sign",
            "to_holds",
            "to_contested",
            "to_otherwise",
            "to_relations",
            "to_sources",
        ])
    } else {
        Sheet::new(&[
            "first_id",
            "first",
            "second_id",
            "second",
            "sign",
            "holds",
            "contested",
            "otherwise",
            "relations",
            "sources",
        ])
    };
    for cell in worked.cells.all() {
        let change = cell.change.map(|comparison| comparison.change.word().to_owned());
        let before = cell.before.map(parts);
        sheet.push(ends(&cell).into_iter().chain(change).chain(before.into_iter().flatten()).chain(parts(cell.state)));
    }
    sheet
}

/// A row for each pair, for people.
pub(super) fn pairs(worked: &Worked<'_>) -> Sheet {
    let mut sheet = Sheet::new(if worked.times.is_some() {
        &["pair", "change", "was", "is", "sources"]
    } else {
        &["pair", "sign", "relations", "sources"]
    });
    for cell in worked.cells.all().into_iter().filter(Cell::is_known) {
        let deciding = |state: &State| {
            state.ties.iter().filter(|t| t.decides).map(|t| said(&t.row)).collect::<Vec<_>>().join("; ")
        };
        let (_, sources) = evidence(cell.state);
        match (cell.before, cell.change) {
            (Some(before), Some(comparison)) => {
                let sources = if sources.is_empty() { evidence(before).1 } else { sources };
                sheet.push([
                    pair(worked, &cell),
                    comparison.change.word().to_owned(),
                    state_in_words(before),
                    state_in_words(cell.state),
                    sources,
                ]);
            }
            _ => sheet.push([pair(worked, &cell), state_in_words(cell.state), deciding(cell.state), sources]),
        }
    }
    sheet
}

fn pair(worked: &Worked<'_>, cell: &Cell<'_>) -> String {
    format!("{} – {}", worked.name(cell.first), worked.name(cell.second))
}

fn said(row: &RelationRow) -> String {
    format!("{} {} {}", row.subject.name, row.label, row.object.name)
}

/// Adds what changed and why: the pairs that turned, then those of which something came to be known, then those of which nothing is any more; and
/// the events that had part in it.
pub(super) fn changes(worked: &Worked<'_>, as_tables: bool, page: &mut Page) {
    let mut any = false;
    for (heading, change) in [
        ("Turned", Turned::Turned),
        ("Something known now", Turned::Appeared),
        ("Nothing known any more (which is no end of it)", Turned::Lapsed),
    ] {
        let cells: Vec<Cell<'_>> =
            worked.cells.all().into_iter().filter(|cell| cell.change.is_some_and(|c| c.change == change)).collect();
        any |= !cells.is_empty();
        if as_tables {
            page.block(Some(heading), changed(worked, &cells));
            continue;
        }
        let mut lines = Vec::new();
        for cell in cells {
            lines.push(format!("{}: {}", pair(worked, &cell), in_words(&cell)));
            for shift in cell.change.iter().flat_map(|comparison| &comparison.shifts) {
                let row = &shift.relation;
                lines.push(format!("    {}: {} {} [{}]", shift.shift.words(), said(row), row.valid, row.citations()));
            }
        }
        page.lines(Some(heading), lines);
    }
    if !any {
        page.lines(Some("Changed"), vec!["No pair came to anything else.".to_owned()]);
    }
    page.block(Some("Events with both, or that open or close these relations"), events(worked));
}

/// Pairs that changed, with the relations that made it.
fn changed(worked: &Worked<'_>, cells: &[Cell<'_>]) -> Sheet {
    let mut sheet = Sheet::new(&["pair", "change", "relation", "when", "sources"]);
    for cell in cells {
        let mut head = (pair(worked, cell), in_words(cell));
        for shift in cell.change.iter().flat_map(|comparison| &comparison.shifts) {
            let relation = format!("{}: {}", shift.shift.words(), said(&shift.relation));
            let (pair, change) = std::mem::take(&mut head);
            sheet.push([pair, change, relation, shift.relation.valid.clone(), shift.relation.citations()]);
        }
    }
    sheet
}

/// The events that had part in the changes, each once, by date.
fn events(worked: &Worked<'_>) -> Sheet {
    let mut seen = BTreeSet::new();
    let mut all: Vec<&EventRow> =
        worked.cells.all().iter().filter_map(|cell| cell.change).flat_map(|c| &c.events).collect();
    all.retain(|event| seen.insert(event.id.clone()));
    all.sort_by_key(|event| {
        let hull = worked.lens.graph.event(event.event).date.hull();
        (hull.latest, hull.earliest, event.id.clone())
    });
    event_sheet(all)
}

/// For each pair, the relations it comes from; with `notes`, what each claim says.
pub(super) fn claims(worked: &Worked<'_>, notes: bool, page: &mut Page) {
    for cell in worked.cells.all().into_iter().filter(Cell::is_known) {
        let heading = format!("{}: {}", pair(worked, &cell), in_words(&cell));
        let rows = rows(&cell);
        let mut sheet = relation_sheet(rows.iter().map(|(row, _)| row));
        for (cells, (_, holds)) in sheet.rows.iter_mut().zip(&rows) {
            cells[2].clone_from(holds);
        }
        page.block(Some(&heading), sheet);
        if notes {
            page.lines(
                None,
                rows.iter()
                    .flat_map(|(row, _)| &row.claims)
                    .map(|claim| format!("  {}", wrapped_note(claim)))
                    .collect(),
            );
        }
    }
}

/// The relations a cell comes from, those that decide first, each with how it holds and counts.
pub(super) fn rows(cell: &Cell<'_>) -> Vec<(RelationRow, String)> {
    let Some(before) = cell.before else {
        let mut ties: Vec<_> = cell.state.ties.iter().collect();
        ties.sort_by_key(|tie| !tie.decides);
        return ties.into_iter().map(|tie| (tie.row.clone(), counted(&tie.row, tie.decides))).collect();
    };
    let mut found: Vec<(bool, RelationRow, String)> = Vec::new();
    let by_id = |state: &State, id: &str| state.ties.iter().find(|tie| tie.row.id == id).cloned();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for tie in before.ties.iter().chain(&cell.state.ties) {
        if !ids.insert(tie.row.id.clone()) {
            continue;
        }
        let (was, is) = (by_id(before, &tie.row.id), by_id(cell.state, &tie.row.id));
        let words = |tie: &Option<crate::question::Tie>| {
            tie.as_ref().map_or_else(|| "not in force".to_owned(), |tie| counted(&tie.row, tie.decides))
        };
        let decides = [&was, &is].into_iter().flatten().any(|tie| tie.decides);
        let holds = format!("{} → {}", words(&was), words(&is));
        found.push((decides, is.or(was).map_or_else(|| tie.row.clone(), |tie| tie.row), holds));
    }
    found.sort_by(|a, b| (!a.0, &a.1.id).cmp(&(!b.0, &b.1.id)));
    found.into_iter().map(|(_, row, holds)| (row, holds)).collect()
}

fn counted(row: &RelationRow, decides: bool) -> String {
    let aside = if decides { "" } else { ", does not decide" };
    format!("{}{aside}", held(row))
}
