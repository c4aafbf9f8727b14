//! How answers are printed: a [`Page`] holds one answer in all its forms, a file a format writes it.

pub(super) mod chart;
mod csv;
pub(super) mod guard;
mod json;
mod lines;
mod markdown;
mod results;
mod rows;
mod table;
pub(super) mod tree;
mod values;

pub(super) use lines::{cut, side_by_side};
pub(super) use markdown::escaped;
pub(super) use results::Results;
pub(super) use rows::{claim_in_words, event_sheet, facts, held, relation_flat, relation_sheet, wrapped_note};
pub(super) use values::Values;

use super::args::{Color, Flags};
use crate::model::Verdict;
use clap::ValueEnum;
use serde::Serialize;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

/// The formats of answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A table for people
    #[default]
    Table,
    /// One JSON object
    Json,
    /// A JSON object a line, one a row
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// Tab-separated values with a header
    Tsv,
    /// A Markdown table
    Md,
    /// A drawing (matrix, timeline, lineage)
    Svg,
    /// The same as a picture
    Png,
    /// A page for browsers (matrix)
    Html,
}

impl Format {
    /// Its word on the command line.
    pub(super) fn word(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// Rows and columns of text.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) columns: Vec<Cow<'static, str>>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Sheet {
    pub(super) fn new(columns: &[&'static str]) -> Self {
        Self { columns: columns.iter().map(|column| Cow::Borrowed(*column)).collect(), rows: Vec::new() }
    }

    pub(super) fn push(&mut self, row: impl IntoIterator<Item = String>) {
        self.rows.push(row.into_iter().collect());
    }
}

/// The colour of a piece of a line, where colour is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hue {
    Plain,
    Dim,
    Bold,
    Green,
    Red,
    Yellow,
    Magenta,
}

/// A piece of a line in its colour.
pub(super) type Piece = (Hue, String);

/// A table with a heading and remarks below.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub(super) heading: Option<String>,
    pub(super) sheet: Sheet,
    pub(super) lines: Vec<String>,
    /// Lines laid out by whoever made them, for tables only.
    pub(super) painted: Vec<Vec<Piece>>,
}

/// One answer in all its forms.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// What is answered.
    pub(super) title: String,
    /// The date it speaks for (EDTF).
    pub(super) as_of: Option<String>,
    /// An answer in sentences, which people get in place of the title and the verdict.
    pub(super) text: Option<String>,
    /// The days in words, after the title.
    pub(super) when: Option<String>,
    /// What was assumed.
    pub(super) assumptions: Vec<String>,
    /// The verdict with a sentence.
    pub(super) verdict: Option<(Verdict, String)>,
    /// Bars over time, before the tables: for people.
    pub(super) chart: Option<chart::Chart>,
    /// A tree, before the tables: for people.
    pub(super) tree: Option<tree::Tree>,
    /// For people.
    pub(super) blocks: Vec<Block>,
    /// Remarks at the end, for people.
    pub(super) notes: Vec<String>,
    /// Further fields of the JSON object.
    pub(super) fields: Map<String, Value>,
    /// The rows, for JSON and JSON Lines.
    pub(super) rows: Vec<Value>,
    /// The rows, for CSV and TSV; the blocks' tables when absent.
    pub(super) flat: Option<Sheet>,
    /// The drawing, for SVG and PNG.
    pub(super) drawing: Option<String>,
    /// The page, for HTML.
    pub(super) html: Option<String>,
}

impl Page {
    pub(super) fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Sets the rows of JSON from anything that serialises.
    pub(super) fn set_rows<T: Serialize>(&mut self, rows: &[T]) {
        self.rows = rows.iter().map(to_value).collect();
    }

    /// Adds a field to the JSON object.
    pub(super) fn set<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.fields.insert(name.to_owned(), to_value(value));
    }

    /// Adds a table, unless it has no row.
    pub(super) fn block(&mut self, heading: Option<&str>, sheet: Sheet) {
        if !sheet.rows.is_empty() {
            self.blocks.push(Block { heading: heading.map(str::to_owned), sheet, ..Block::default() });
        }
    }

    /// Adds lines of text under a heading, unless there are none.
    pub(super) fn lines(&mut self, heading: Option<&str>, lines: Vec<String>) {
        if !lines.is_empty() {
            self.blocks.push(Block { heading: heading.map(str::to_owned), lines, ..Block::default() });
        }
    }

    /// Adds lines that are laid out already, unless there are none; only tables show them.
    pub(super) fn painted(&mut self, heading: Option<&str>, painted: Vec<Vec<Piece>>) {
        if !painted.is_empty() {
            self.blocks.push(Block { heading: heading.map(str::to_owned), painted, ..Block::default() });
        }
    }
}

/// JSON of anything; our rows hold nothing that JSON cannot.
fn to_value<T: Serialize + ?Sized>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// How and where to print.
#[derive(Clone, Copy, Debug)]
pub(super) struct Printer {
    format: Format,
    color: bool,
    width: usize,
}

/// The columns a table may use when nobody says: where output is piped.
const PIPED_WIDTH: usize = 100;

impl Printer {
    pub(super) fn new(flags: &Flags) -> Self {
        let terminal = io::stdout().is_terminal();
        let width = flags.width.unwrap_or_else(|| {
            if terminal {
                terminal_size::terminal_size().map_or(PIPED_WIDTH, |(w, _)| usize::from(w.0))
            } else {
                PIPED_WIDTH
            }
        });
        Self { format: flags.format, color: wants_color(flags.color, terminal), width }
    }

    /// The format asked for.
    pub(super) const fn format(self) -> Format {
        self.format
    }

    /// How many columns a table may use; 0 for no limit.
    pub(super) const fn width(self) -> usize {
        self.width
    }

    /// Whether rows of queries are written as they come.
    pub(super) const fn streams(self) -> bool {
        matches!(self.format, Format::Csv | Format::Tsv | Format::Jsonl)
    }

    /// Prints a page on standard output.
    pub(super) fn print(self, page: &Page) -> io::Result<()> {
        let mut out = String::new();
        match self.format {
            Format::Table => table::write(page, self.width, self.color, &mut out),
            Format::Json => json::write(page, &mut out),
            Format::Jsonl => json::write_lines(page, &mut out),
            Format::Csv => csv::write(page, b',', &mut out)?,
            Format::Tsv => csv::write(page, b'\t', &mut out)?,
            Format::Md => markdown::write(page, &mut out),
            Format::Svg => out.push_str(page.drawing.as_deref().unwrap_or_default()),
            Format::Html => out.push_str(page.html.as_deref().unwrap_or_default()),
            Format::Png => return print_png(page.drawing.as_deref().unwrap_or_default()),
        }
        print(&out)
    }
}

/// Writes a drawing on standard output as a picture.
#[cfg(feature = "png")]
fn print_png(drawing: &str) -> io::Result<()> {
    let mut stdout = guard::stdout();
    stdout.write_all(&crate::export::png(drawing)?)?;
    if let Some(lost) = crate::export::lost(drawing) {
        let _ = writeln!(io::stderr(), "note: png does not show: {lost}");
    }
    stdout.flush()
}

#[cfg(not(feature = "png"))]
fn print_png(_: &str) -> io::Result<()> {
    Err(io::Error::other("this program was built without the feature `png`"))
}

/// Writes text on standard output.
pub(super) fn print(text: &str) -> io::Result<()> {
    let mut stdout = guard::stdout();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()
}

/// Whether colour is wanted: as told, else on a terminal unless `NO_COLOR` is set to something or the terminal is dumb.
fn wants_color(color: Color, terminal: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
            let forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|v| !v.is_empty() && v != "0");
            let dumb = std::env::var_os("TERM").is_some_and(|v| v == "dumb");
            !set("NO_COLOR") && (forced || (terminal && !dumb))
        }
    }
}

/// Whether messages on standard error are coloured.
pub(super) fn stderr_color(color: Color) -> bool {
    wants_color(color, io::stderr().is_terminal())
}

/// How many columns messages on standard error may use.
pub(super) fn stderr_width() -> usize {
    if io::stderr().is_terminal() {
        terminal_size::terminal_size_of(io::stderr()).map_or(PIPED_WIDTH, |(w, _)| usize::from(w.0))
    } else {
        PIPED_WIDTH
    }
}

/// Text without control characters, so that data cannot steer a terminal or break a line.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
