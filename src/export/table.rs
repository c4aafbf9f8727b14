//! A pair of tables, CSV or TSV: one of actors (nodes), one of relations (edges).
//!
//! The columns that Gephi and Cytoscape look for have the names they look for (`Id`, `Label`, `Source`, `Target`, `Type`, `Kind`, `Weight`); `Type` is
//! `Directed` or `Undirected` to them, so the type of a relation stands in `relation_type`. All other columns are fields by their words. A list is one
//! cell, ` | ` between its items.
//!
//! **Formulas.** A cell that a spreadsheet would take for a formula gets an apostrophe before it, unless it is a plain number; a cell that only
//! begins so after apostrophes gets one more. Whoever wants the text exactly takes one apostrophe away where apostrophes, and then blanks, lead up to
//! `=`, `+`, `-` or `@`, or apostrophes to a tab or an end of line. In TSV a blank stands for each tab and end of line, so that a row is a line.
//!
//! Source of the signs: OWASP, "CSV Injection".

use super::attributes::{self, ACTOR, Field, RELATION};
use super::{Contents, Exporter, Style};
use std::io::{self, Write};

/// Which table of the pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A row an actor.
    Nodes,
    /// A row a relation.
    Edges,
}

/// One table of the pair.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Which.
    pub part: Part,
    /// What separates fields: a comma or a tab.
    pub delimiter: u8,
}

/// The fields that have a column of another name, before the others.
const TAKEN_OF_NODES: &[&str] = &["id", "name"];
const TAKEN_OF_EDGES: &[&str] = &["id", "subject", "object", "type", "label", "weight"];

impl Exporter for Table {
    fn name(&self) -> &'static str {
        if self.delimiter == b'\t' { "tsv" } else { "csv" }
    }

    fn losses(&self) -> &'static [&'static str] {
        if self.delimiter == b'\t' {
            &[
                "relations that are only denied",
                "events, and what is known of sources besides their ids",
                "claims as records (each is one text), lists (each is one cell)",
                "the kinds, languages and dates of further names",
                "tabs and ends of line in texts (a blank stands there)",
                "texts that a spreadsheet would run as they are (an apostrophe stands before them)",
            ]
        } else {
            &[
                "relations that are only denied",
                "events, and what is known of sources besides their ids",
                "claims as records (each is one text), lists (each is one cell)",
                "the kinds, languages and dates of further names",
                "texts that a spreadsheet would run as they are (an apostrophe stands before them)",
            ]
        }
    }

    fn write(&self, contents: &Contents<'_, '_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
        let mut rows = csv::WriterBuilder::new().delimiter(self.delimiter).from_writer(out);
        match self.part {
            Part::Nodes => {
                let more: Vec<_> = attributes::besides(ACTOR, TAKEN_OF_NODES).collect();
                let names = more.iter().map(|field| field.name);
                rows.write_record(["Id", "Label"].into_iter().chain(names))?;
                for id in &contents.actors {
                    let first = [contents.actor(*id).slug.to_string(), contents.name(*id).to_owned()];
                    rows.write_record(self.cells(first, &more, contents, *id))?;
                }
            }
            Part::Edges => {
                let more: Vec<_> = attributes::besides(RELATION, TAKEN_OF_EDGES).collect();
                let names = more.iter().map(|field| field.name);
                let first = ["Id", "Source", "Target", "Type", "Kind", "Label", "Weight", "relation_type"];
                rows.write_record(first.into_iter().chain(names))?;
                for (id, strand) in contents.relations.iter().zip(attributes::strands(contents)) {
                    let (relation, kind) = (contents.relation(*id), contents.relation_type(*id));
                    let first = [
                        relation.slug.to_string(),
                        contents.actor(relation.subject).slug.to_string(),
                        contents.actor(relation.object).slug.to_string(),
                        if kind.symmetric { "Undirected" } else { "Directed" }.to_owned(),
                        strand,
                        kind.label.to_string(),
                        kind.weight.to_string(),
                        kind.name.to_string(),
                    ];
                    rows.write_record(self.cells(first, &more, contents, *id))?;
                }
            }
        }
        rows.flush()
    }
}

impl Table {
    /// The cells of a row: those of columns with names of their own, then the other fields, empty where there is no value.
    fn cells<Id: Copy>(
        self,
        first: impl IntoIterator<Item = String>,
        more: &[&Field<Id>],
        contents: &Contents<'_, '_>,
        id: Id,
    ) -> Vec<String> {
        let more = more.iter().map(|field| field.of(contents, id).map(|value| value.flat()).unwrap_or_default());
        first.into_iter().chain(more).map(|cell| defused(&cell, self.delimiter)).collect()
    }
}

/// The cell so that no spreadsheet runs it as a formula and, in TSV, no sign of it ends the cell: an apostrophe before `=`, `+`, `-`, `@`, unless
/// it is a plain number, and blanks for what ends cells and lines.
///
/// ```
/// use allegiance::export::defused;
/// assert_eq!(defused("=1+1", b','), "'=1+1");
/// assert_eq!(defused("-1", b','), "-1");
/// ```
#[must_use]
pub fn defused(cell: &str, delimiter: u8) -> String {
    let cell: String = if delimiter == b'\t' {
        cell.chars().map(|sign| if matches!(sign, '\t' | '\n' | '\r') { ' ' } else { sign }).collect()
    } else {
        cell.to_owned()
    };
    let bare = cell.trim_start_matches('\'');
    let is_risky = bare.trim_start().starts_with(['=', '+', '-', '@']) || bare.starts_with(['\t', '\r', '\n']);
    if is_risky && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_a_spreadsheet_would_run_are_defused_and_come_back() {
        let restored = |cell: &str| match cell.strip_prefix('\'') {
            Some(rest)
                if rest.trim_start_matches('\'').trim_start().starts_with(['=', '+', '-', '@'])
                    || rest.trim_start_matches('\'').starts_with(['\t', '\r', '\n']) =>
            {
                rest.to_owned()
            }
            _ => cell.to_owned(),
        };
        for (cell, written) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("'=already", "''=already"),
            ("'quoted'", "'quoted'"),
            (" @SUM(A1)", "' @SUM(A1)"),
            ("\tx", "'\tx"),
            ("-1", "-1"),
            ("al-Nusra", "al-Nusra"),
            ("", ""),
        ] {
            assert_eq!(defused(cell, b','), written);
            assert_eq!(restored(written), cell);
        }
        assert_eq!(defused("a\tb\r\n=c", b'\t'), "a b  =c");
    }
}
