//! Bulk import: millions of dated relations as a compiled set, a row at a time.
//!
//! ```text
//! sources, types ─records─▶ vocabulary ┐
//! actors ─actors─▶ who there is ───────┼─▶ snapshot::Writer ─▶ set.agz
//! rows ─reader─▶ cells ─pattern─▶ relation ─check─┘      │
//!                  └────────── bad ◀──────────┘    OUT.bad.tsv
//! ```
//!
//! No row is kept: what takes memory is the actors with their names, and the columns of the result. A row that is bad never stops the run; it is counted by reason
//! and set aside with its line. The rules are those of a load ([`crate::dataset::load`]), and so are their codes.
//!
//! Deliberately absent: what needs all rows at once. Rows that say the same are not put together, a symmetric relation is not turned round, and there are no events.

mod actors;
mod bad;
mod columns;
mod index;
mod json_row;
mod open;
mod pattern;
mod reader;
mod records;
mod run;

pub use bad::BadRows;
pub use run::run;

use crate::dataset::{InputFile, Refused};
use crate::diagnostic::{Diagnostic, Severity, SourceMap};
use crate::snapshot::{WriteError, Written};
use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What a claim says where no column does: a claim needs a note.
const NOTE: &str = "As the row says.";

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Parted by tabs.
    Tsv,
    /// Parted by commas, semicolons, tabs or bars, which is found out.
    Csv,
    /// JSON objects, one a line.
    JsonLines,
}

/// Rows to read.
pub struct Input {
    name: String,
    way: Way,
}

enum Way {
    Path(PathBuf),
    /// Can be read once only.
    Reader(Option<Box<dyn Read>>),
}

impl Input {
    /// A file.
    #[must_use]
    pub fn path(path: &Path) -> Self {
        Self { name: path.display().to_string(), way: Way::Path(path.to_owned()) }
    }

    /// Whatever can be read once, such as standard input, under a name for messages.
    #[must_use]
    pub fn reader(name: &str, reader: Box<dyn Read>) -> Self {
        Self { name: name.to_owned(), way: Way::Reader(Some(reader)) }
    }
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Input").field(&self.name).finish()
    }
}

/// What is imported, how, and where to.
#[derive(Debug)]
pub struct Plan {
    /// How the rows of relations are written; other tables too, unless their names end in `.tsv`, `.csv`, `.jsonl` or `.ndjson`.
    pub form: Form,
    /// Rows of relations, in this order.
    pub relations: Vec<Input>,
    /// Tables of actors.
    pub actors: Vec<PathBuf>,
    /// Tables of types of relations.
    pub types: Vec<PathBuf>,
    /// Tables of sources.
    pub sources: Vec<PathBuf>,
    /// Data files whose sources, actors and vocabulary are taken over; their relations and events are not.
    pub onto: Vec<InputFile>,
    /// How columns become fields; without it, columns are known by their names.
    pub mapping: Option<InputFile>,
    /// What parts columns, where the mapping does not say.
    pub delimiter: Option<u8>,
    /// Whether quotes are signs like others.
    pub no_quotes: bool,
    /// The source of claims whose row names none: an id.
    pub cite: Option<String>,
    /// That source itself, as a record of a data file, where nothing else has it.
    pub cited: Option<serde_json::Value>,
    /// The kind of actors that only rows of relations name; without it, such rows are bad.
    pub new_actors: Option<String>,
    /// The compiled set to make; nothing is written without one.
    pub out: Option<PathBuf>,
    /// Where bad rows go; counted only, without one.
    pub bad: Option<PathBuf>,
    /// How many rows may be bad.
    pub most_bad: Option<u64>,
}

impl Plan {
    /// A plan that names nothing but rows.
    #[must_use]
    pub const fn of(form: Form, relations: Vec<Input>) -> Self {
        Self {
            form,
            relations,
            actors: Vec::new(),
            types: Vec::new(),
            sources: Vec::new(),
            onto: Vec::new(),
            mapping: None,
            delimiter: None,
            no_quotes: false,
            cite: None,
            cited: None,
            new_actors: None,
            out: None,
            bad: None,
            most_bad: None,
        }
    }
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Actors are read from their own tables.
    Actors,
    /// Rows of relations are read for actors that nothing else names.
    NewActors,
    /// Relations are read.
    Relations,
    /// All is read, and the arrays are packed and written.
    Packing,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Rows read in this phase.
    pub rows: u64,
    /// Rows that were bad so far.
    pub bad: u64,
    /// Bytes read in this phase.
    pub bytes: u64,
    /// Bytes that there are to read in this phase, where that is known.
    pub all_bytes: Option<u64>,
}

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows of relations.
    pub rows: u64,
    /// Rows of them that made a relation.
    pub taken: u64,
    /// Relations made of them.
    pub relations: u64,
    /// Rows that the mapping leaves out.
    pub left_out: u64,
    /// Actors of the result.
    pub actors: u64,
    /// Those of them that only rows of relations name.
    pub new_actors: u64,
    /// Sources of the result.
    pub sources: u64,
    /// Types of the result that the shipped vocabulary does not have.
    pub types: u64,
    /// Bad rows, in all tables.
    pub bad_rows: u64,
    /// Bad rows by reason, in the order of the first of each.
    pub bad: Vec<BadRows>,
    /// Where bad rows were written to, if there were any.
    pub bad_file: Option<PathBuf>,
    /// What was written; nothing when no relation came of it.
    pub written: Option<Written>,
    /// What else is worth a word; a line each.
    pub notes: Vec<String>,
}

/// Why a run was given up. Nothing was written or replaced, but for the file of bad rows when there were too many.
#[derive(Debug)]
pub enum BulkError {
    /// The plan, the mapping, a header or a source is wrong.
    Refused(Box<Refused>),
    /// A file cannot be read: its name, and why.
    Read(String, io::Error),
    /// The file of bad rows cannot be written.
    Bad(PathBuf, io::Error),
    /// The result cannot be written.
    Write(WriteError),
    /// More rows are bad than may be: what was found until then.
    TooManyBad(Box<Report>),
}

impl fmt::Display for BulkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => f.write_str(refused.diagnostics.first().map_or("refused", |d| &d.message)),
            Self::Read(name, error) => write!(f, "cannot read {name}: {error}"),
            Self::Bad(path, error) => write!(f, "cannot write {}: {error}", path.display()),
            Self::Write(error) => error.fmt(f),
            Self::TooManyBad(report) => write!(f, "{} rows are bad", report.bad_rows),
        }
    }
}

impl std::error::Error for BulkError {}

impl From<WriteError> for BulkError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

/// One thing wrong with what was asked for.
fn refuse(code: &'static str, message: impl Into<String>, help: Vec<String>) -> BulkError {
    let diagnostic =
        Diagnostic { code: code.into(), severity: Severity::Error, message: message.into(), labels: Vec::new(), help };
    BulkError::Refused(Box::new(Refused { diagnostics: vec![diagnostic], sources: SourceMap::default() }))
}
