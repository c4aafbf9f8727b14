//! Data of other forms as a data set of ours.
//!
//! ```text
//! our own JSON ──────────────────────────┐
//! tables ─rows─▶ cells ─mapping─▶ records ┼─▶ checked as any data set ─▶ files, or everything that is wrong
//! FollowTheMoney entities ─ftm─▶ records ─┘
//! ```
//!
//! Nothing is guessed: what is not understood is counted and named, what is wrong is told with its row and column, and a claim without a source is
//! refused. What comes out loads; with one error nothing comes out.

pub mod bulk;
mod cell;
mod csv;
mod dates;
mod ftm;
mod gather;
mod json;
mod known;
mod mapping;
mod quotes;
mod rows;
mod slug;
mod template;

pub use self::csv::{CsvOptions, import_csv};
pub use ftm::{ftm_schema, import_ftm};
pub use json::import_json;
pub use mapping::mapping_schema;

use super::OutputFile;
use super::write::{Order, by_list};
use crate::diagnostic::{Diagnostic, Severity, SourceMap};
use serde_json::Value;

/// A data set made of something else.
#[derive(Debug)]
pub struct Imported {
    /// Its records, as one data file would hold them, in canonical order.
    pub records: Value,
    /// Its files.
    pub files: Vec<OutputFile>,
    /// What was done beyond taking over: put together, numbered, set aside; a line each.
    pub notes: Vec<String>,
    /// What is probably not meant, though it loads.
    pub warnings: Vec<Diagnostic>,
    /// The texts that the warnings point into.
    pub sources: SourceMap,
}

impl Imported {
    fn new(records: Value, notes: Vec<String>, warnings: Vec<Diagnostic>, sources: SourceMap) -> Self {
        let order = Order::of_data_files();
        let records = order.file(records);
        Self { files: by_list(&records, &order), records, notes, warnings, sources }
    }

    /// The records of a list: `actors`.
    #[must_use]
    pub fn list(&self, name: &str) -> &[Value] {
        self.records.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// How many claims the records have.
    #[must_use]
    pub fn claims(&self) -> usize {
        let of =
            |list| -> usize { self.list(list).iter().filter_map(|r| r.get("claims")?.as_array()).map(Vec::len).sum() };
        of("actors") + of("relations") + of("events")
    }
}

/// How many errors are told in full.
const MOST_SHOWN: usize = 50;

/// The first of what is wrong, and how much more there is.
fn cap(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for diagnostic in diagnostics.iter_mut().take(MOST_SHOWN) {
        diagnostic.message = cut(&diagnostic.message);
    }
    let more = diagnostics.len().saturating_sub(MOST_SHOWN);
    if more > 0 {
        let mut by_code: Vec<(String, usize)> = Vec::new();
        for diagnostic in diagnostics.drain(MOST_SHOWN..) {
            match by_code.iter_mut().find(|(code, _)| *code == diagnostic.code) {
                Some((_, count)) => *count += 1,
                None => by_code.push((diagnostic.code.into_owned(), 1)),
            }
        }
        let kinds: Vec<String> = by_code.iter().map(|(code, count)| format!("{count} {code}")).collect();
        diagnostics.push(Diagnostic {
            code: "and-more".into(),
            severity: Severity::Error,
            message: format!("{more} more are not shown: {}", kinds.join(", ")),
            labels: Vec::new(),
            help: Vec::new(),
        });
    }
    diagnostics
}

/// A headline in which no word is longer than what can be read: what is longer is cut.
fn cut(message: &str) -> String {
    const LONGEST: usize = 80;
    let pieces = message.split('`').map(|piece| match piece.char_indices().nth(LONGEST) {
        Some((end, _)) if message.contains('`') && piece.len() > 2 * LONGEST => format!("{}…", &piece[..end]),
        _ => piece.to_owned(),
    });
    pieces.collect::<Vec<_>>().join("`")
}
