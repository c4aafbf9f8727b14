//! Cells of a mapping: what of a row they take, and what becomes of it.

use super::MOST_SHOWN;
use super::dates::{DateForm, WORDS, edtf};
use super::known::{Known, Missing};
use super::rows::{Row, RowAt, Table};
use crate::dataset::shape::{listed, near, suggestion};
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::time::Dated;
use std::collections::BTreeMap;

/// What came of a cell or a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Got<T> {
    Have(T),
    /// The row says nothing here.
    Empty,
    /// The mapping says to leave it out.
    LeftOut,
    /// Something is wrong, and has been told.
    Failed,
}

/// Where what is wrong with a row goes.
pub(super) enum Told<'r> {
    /// To the other errors, with its place in the table.
    Here { table: &'r Table, at: RowAt, wrong: &'r mut Vec<Diagnostic> },
    /// The first of it only, in a few words.
    First(&'r mut Option<Trouble>),
}

/// What is wrong with a row, in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) code: &'static str,
    pub(super) column: Option<usize>,
    pub(super) message: String,
}

/// A row being read, and where what is wrong with it goes.
pub(super) struct Reading<'r> {
    pub(super) cells: &'r csv::StringRecord,
    /// Texts that stand for an empty cell.
    pub(super) empty: &'r [String],
    /// The actors and sources that cells may name; while those are still being gathered, none.
    pub(super) known: Option<(&'r Known, &'r Known)>,
    /// Which of several texts in one cell is read.
    pub(super) part: Option<usize>,
    pub(super) told: Told<'r>,
}

impl<'r> Reading<'r> {
    /// A row of a table that is held as a whole.
    pub(super) fn of(
        table: &'r Table,
        row: &'r Row,
        empty: &'r [String],
        known: Option<(&'r Known, &'r Known)>,
        wrong: &'r mut Vec<Diagnostic>,
    ) -> Self {
        Self { cells: &row.cells, empty, known, part: None, told: Told::Here { table, at: row.at, wrong } }
    }
}

impl Reading<'_> {
    /// A cell's text, without the blanks around it; empty, where it stands for nothing.
    fn cell(&self, column: usize) -> &str {
        let text = self.cells.get(column).unwrap_or_default().trim();
        if self.empty.iter().any(|e| e == text) { "" } else { text }
    }

    /// Whether what is wrong here will be among the errors that are shown, so that words to help are worth gathering.
    ///
    /// The errors shown are the first by place, and rows are read in order: as many before this place are enough.
    fn is_shown(&self, column: Option<usize>) -> bool {
        let Told::Here { table, at, wrong } = &self.told else { return false };
        let here = (table.file, table.span(*at, column.unwrap_or(0)).start);
        let before = |d: &&Diagnostic| d.labels.first().is_none_or(|l| (l.file, l.span.start) <= here);
        wrong.iter().filter(before).take(MOST_SHOWN).count() < MOST_SHOWN
    }

    /// Tells of something wrong in a column, or in the row.
    pub(super) fn refuse(
        &mut self,
        column: Option<usize>,
        code: &'static str,
        message: &str,
        label: &str,
        help: Vec<String>,
    ) {
        match &mut self.told {
            Told::Here { table, at, wrong } => {
                wrong.push(at_cell(table, *at, column, code, Severity::Error, message, label, help));
            }
            Told::First(first) => {
                first.get_or_insert_with(|| Trouble { code, column, message: message.to_owned() });
            }
        }
    }
}

/// Something wrong in a column of a row, or in the row.
#[allow(clippy::too_many_arguments, reason = "the parts of one record")]
pub(super) fn at_cell(
    table: &Table,
    at: super::rows::RowAt,
    column: Option<usize>,
    code: impl Into<std::borrow::Cow<'static, str>>,
    severity: Severity,
    message: &str,
    label: &str,
    help: Vec<String>,
) -> Diagnostic {
    let span = table.span(at, column.unwrap_or(0));
    let message = match column.and_then(|c| table.header.get(c)) {
        Some(name) => format!("column \"{name}\": {message}"),
        None => message.to_owned(),
    };
    Diagnostic {
        code: code.into(),
        severity,
        message,
        labels: vec![Label { file: table.file, span, text: label.into() }],
        help,
    }
}

/// A piece of a text with blanks for cells.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Literal(String),
    Column(usize),
}

/// What becomes of texts that `values` does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Others {
    Error,
    Keep,
    LeaveOut,
}

/// A text of the row.
#[derive(Clone, Debug)]
pub(super) struct TextCell {
    pub(super) pieces: Vec<Piece>,
    pub(super) values: Option<BTreeMap<String, Option<String>>>,
    pub(super) others: Others,
    pub(super) default: Option<String>,
    pub(super) split: Option<String>,
    pub(super) by: Option<String>,
    pub(super) slug: bool,
}

impl TextCell {
    /// The first column it reads.
    pub(super) fn column(&self) -> Option<usize> {
        self.pieces.iter().find_map(|piece| match piece {
            Piece::Column(column) => Some(*column),
            Piece::Literal(_) => None,
        })
    }

    /// The text as it stands in the row; empty when every cell in it is.
    fn raw(&self, reading: &Reading<'_>) -> String {
        if let [Piece::Column(column)] = self.pieces.as_slice() {
            return reading.cell(*column).to_owned();
        }
        let mut out = String::new();
        let mut says_something = false;
        for piece in &self.pieces {
            match piece {
                Piece::Literal(text) => out.push_str(text),
                Piece::Column(column) => {
                    let text = reading.cell(*column);
                    says_something |= !text.is_empty();
                    out.push_str(text);
                }
            }
        }
        if says_something { out.trim().to_owned() } else { String::new() }
    }

    /// The texts that `split` parts; none where it parts nothing.
    pub(super) fn parts(&self, reading: &Reading<'_>) -> Option<Vec<String>> {
        let sign = self.split.as_deref().filter(|sign| !sign.is_empty())?;
        Some(self.raw(reading).split(sign).map(str::trim).filter(|p| !p.is_empty()).map(str::to_owned).collect())
    }

    /// The text, and whether it stands in the row as it is.
    pub(super) fn read(&self, reading: &mut Reading<'_>) -> Got<(String, bool)> {
        let raw = match (self.parts(reading), reading.part) {
            (Some(parts), Some(part)) => parts.get(part).cloned().unwrap_or_default(),
            _ => self.raw(reading),
        };
        let mut text = (raw, true);
        if let Some(values) = &self.values {
            match (values.get(&text.0), self.others) {
                (Some(Some(value)), _) => text = (value.clone(), false),
                (Some(None), _) => return Got::LeftOut,
                (None, _) if text.0.is_empty() => {}
                (None, Others::Keep) => {}
                (None, Others::LeaveOut) => return Got::LeftOut,
                (None, Others::Error) => {
                    let words = values.keys().map(String::as_str).filter(|k| !k.is_empty());
                    let known: Vec<&str> = if reading.is_shown(self.column()) { words.collect() } else { Vec::new() };
                    let message = format!("the mapping does not say what `{}` stands for", text.0);
                    let mut help = suggestion(&text.0, &known);
                    help.push("add it to `values`, or say `\"others\": \"keep\"` or `\"leave_out\"`".into());
                    reading.refuse(self.column(), "unknown-value", &message, "not among `values`", help);
                    return Got::Failed;
                }
            }
        }
        if text.0.is_empty() {
            match &self.default {
                Some(default) => text = (default.clone(), false),
                None => return Got::Empty,
            }
        }
        if self.slug {
            text.0 = super::slug::slug(&text.0);
        }
        Got::Have(text)
    }

    /// The id of the record that the text names.
    pub(super) fn refer(&self, known: &Known, what: &str, reading: &mut Reading<'_>) -> Got<String> {
        let text = match self.read(reading) {
            Got::Have((text, _)) => text,
            Got::Empty => return Got::Empty,
            Got::LeftOut => return Got::LeftOut,
            Got::Failed => return Got::Failed,
        };
        let (message, label, help) = match known.find(&text, self.by.as_deref()) {
            Ok(id) => return Got::Have(id.to_owned()),
            Err(Missing::Unknown) => {
                let how = self.by.as_ref().map_or_else(String::new, |by| format!(" by the register `{by}`"));
                let words = if reading.is_shown(self.column()) { known.words(self.by.as_deref()) } else { Vec::new() };
                let mut help: Vec<String> =
                    near(&text, &words).map(|near| format!("did you mean `{near}`?")).into_iter().collect();
                help.push(match what {
                    "actor" => {
                        "an actor is named by its id or exactly by one of its names; map other spellings with `values`"
                            .into()
                    }
                    _ => format!("{what}s here: {}", listed(&words)),
                });
                (
                    format!("no {what} is called `{text}`{how}"),
                    format!("not {} of this import", crate::dataset::check::an(what)),
                    help,
                )
            }
            Err(Missing::Ambiguous) => {
                let is_shown = reading.is_shown(self.column());
                let ids = known.several(&text, self.by.as_deref()).filter(|_| is_shown);
                let ids: Vec<String> = ids.map(|id| format!("`{id}`")).collect();
                let help = vec![format!("name one by its id: {}", ids.join(", "))];
                (format!("`{text}` fits several {what}s"), "which of them?".into(), help)
            }
        };
        let code = if what == "actor" { "unknown-actor" } else { "unknown-source" };
        reading.refuse(self.column(), code, &message, &label, help);
        Got::Failed
    }
}

/// A text that the mapping gives, or a cell.
#[derive(Clone, Debug)]
pub(super) enum TextOr {
    Constant(String),
    Cell(Box<TextCell>),
}

impl TextOr {
    pub(super) fn column(&self) -> Option<usize> {
        match self {
            Self::Constant(_) => None,
            Self::Cell(cell) => cell.column(),
        }
    }

    fn read(&self, reading: &mut Reading<'_>) -> Got<(String, bool)> {
        match self {
            Self::Constant(text) => Got::Have((text.clone(), false)),
            Self::Cell(cell) => cell.read(reading),
        }
    }
}

/// A date of the row.
#[derive(Clone, Debug)]
pub(super) struct DateCell {
    pub(super) base: DateBase,
    pub(super) mark: Option<TextOr>,
}

/// Where a date comes from.
#[derive(Clone, Debug)]
pub(super) enum DateBase {
    /// EDTF of the mapping.
    Constant(String),
    /// A cell, in EDTF or in one of these forms.
    Cell(Box<TextCell>, Vec<(String, DateForm)>),
    /// Columns of their own for year, month and day.
    Parts(Box<[Option<TextOr>; 3]>),
    /// Two dates.
    Interval { from: Option<Box<DateCell>>, until: Option<Box<DateCell>>, ongoing: bool },
}

impl DateCell {
    /// The first column it reads.
    pub(super) fn column(&self) -> Option<usize> {
        match &self.base {
            DateBase::Constant(_) => None,
            DateBase::Cell(cell, _) => cell.column(),
            DateBase::Parts(parts) => parts.iter().flatten().find_map(TextOr::column),
            DateBase::Interval { from, until, .. } => {
                [from, until].into_iter().flatten().find_map(|date| date.column())
            }
        }
    }

    /// Its text in EDTF. Whether that is a date is looked at with the record.
    pub(super) fn read(&self, reading: &mut Reading<'_>) -> Got<String> {
        let mut date = match &self.base {
            DateBase::Constant(text) => text.clone(),
            DateBase::Cell(cell, forms) => match cell.read(reading) {
                Got::Have((text, is_raw)) if is_raw && !forms.is_empty() => {
                    // A month or day that no calendar has is not of the form: perhaps it is of the next.
                    let exists = |date: &String| Dated::parse(date).is_ok();
                    let Some(date) = forms.iter().filter_map(|(_, form)| form.read(&text)).find(exists) else {
                        let all: Vec<String> = forms.iter().map(|(form, _)| format!("`{form}`")).collect();
                        let is_written = forms.iter().any(|(_, form)| form.read(&text).is_some());
                        let how = if is_written { "is no day of the calendar, read as" } else { "is not written as" };
                        let message = format!("`{text}` {how} {}", all.join(" or "));
                        let help = vec![format!("`format` is made of {WORDS}; several may be given")];
                        reading.refuse(cell.column(), "bad-date", &message, "not a date of this form", help);
                        return Got::Failed;
                    };
                    date
                }
                Got::Have((text, _)) => text,
                Got::Empty => return Got::Empty,
                Got::LeftOut => return Got::LeftOut,
                Got::Failed => return Got::Failed,
            },
            DateBase::Parts(ones) => match parts(ones, reading) {
                Got::Have(text) => text,
                other => return other,
            },
            DateBase::Interval { from, until, ongoing } => {
                let mut end = |date: &Option<Box<Self>>| match date.as_ref().map(|date| date.read(reading)) {
                    Some(Got::Have(text)) => Ok(text),
                    None | Some(Got::Empty) => Ok(String::new()),
                    Some(other) => Err(other),
                };
                let (from, until) = match (end(from), end(until)) {
                    (Ok(from), Ok(until)) => (from, until),
                    (Err(other), _) | (_, Err(other)) => return other,
                };
                return match (from.is_empty(), until.is_empty()) {
                    (_, true) if *ongoing => Got::Have(format!("{from}/..")),
                    (true, true) => Got::Empty,
                    _ if from == until => Got::Have(from),
                    _ => Got::Have(format!("{from}/{until}")),
                };
            }
        };
        match self.mark.as_ref().map(|mark| mark.read(reading)) {
            Some(Got::Have((mark, _))) => date.push_str(&mark),
            Some(Got::Failed) => return Got::Failed,
            _ => {}
        }
        Got::Have(date)
    }
}

/// A date from a year, a month and a day, as fine as the row has it.
fn parts(parts: &[Option<TextOr>; 3], reading: &mut Reading<'_>) -> Got<String> {
    let mut numbers = [None; 3];
    let names = [("year", 9999), ("month", 12), ("day", 31)];
    for ((number, part), (what, most)) in numbers.iter_mut().zip(parts).zip(names) {
        let Some(part) = part else { continue };
        // "+215" is a number, and no year.
        let is_written =
            |what: &str, text: &str| text.bytes().all(|b| b.is_ascii_digit()) && (what != "year" || text.len() == 4);
        match part.read(reading) {
            Got::Have((text, _)) => match text.parse::<u32>() {
                Ok(found) if (1..=most).contains(&found) && is_written(what, &text) => {
                    *number = Some(found);
                }
                Ok(_) if what == "year" => {
                    let message = format!("`{text}` is no year of four digits");
                    let help = vec!["a year of the Common Era is written with four digits: `0987`, `2015`".into()];
                    reading.refuse(part.column(), "bad-date", &message, "not four digits", help);
                    return Got::Failed;
                }
                _ => {
                    let message = format!("`{text}` is no {what}");
                    let help = vec![
                        "texts that stand for an empty cell are listed under `empty`: `\"empty\": [\"-9\"]`".into(),
                    ];
                    reading.refuse(part.column(), "bad-date", &message, &format!("not a {what}"), help);
                    return Got::Failed;
                }
            },
            Got::Empty | Got::LeftOut => {}
            Got::Failed => return Got::Failed,
        }
    }
    match numbers {
        [None, None, None] => Got::Empty,
        [None, ..] => {
            let column = parts.iter().flatten().find_map(TextOr::column);
            reading.refuse(column, "bad-date", "a month or day without a year is no date", "no year", Vec::new());
            Got::Failed
        }
        [Some(year), None, _] => Got::Have(edtf(year, None, None)),
        [Some(year), month, day] => Got::Have(edtf(year, month, day)),
    }
}
