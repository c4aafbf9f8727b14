//! Rows of a query in every format: JSON Lines and separated values as they come, the others when all are there.

use super::guard::{Guarded, stdout};
use super::{Format, Page, Printer, Sheet, Values};
use crate::export::defused;
use crate::query::value::Value;
use std::io::{self, BufWriter, Write};

/// What went wrong below: that a reader went away must stay visible, which `From` does not see to.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Where the rows of one query go.
pub(in crate::cli) struct Results<'a> {
    printer: Printer,
    columns: &'a [String],
    page: Page,
    sink: Sink,
    count: u64,
}

enum Sink {
    /// Kept until the end.
    Kept(Sheet),
    Lines(BufWriter<Guarded>),
    Separated(Box<csv::Writer<Guarded>>, u8),
}

impl<'a> Results<'a> {
    /// Makes ready for rows of these columns; `page` has the title and what else is told once.
    pub(in crate::cli) fn new(printer: Printer, page: Page, columns: &'a [String]) -> io::Result<Self> {
        let separated = |delimiter: u8| -> io::Result<Sink> {
            let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(stdout());
            writer.write_record(columns.iter().map(|column| defused(column, delimiter))).map_err(io_error)?;
            Ok(Sink::Separated(Box::new(writer), delimiter))
        };
        let sink = match printer.format() {
            Format::Csv => separated(b',')?,
            Format::Tsv => separated(b'\t')?,
            Format::Jsonl => Sink::Lines(BufWriter::new(stdout())),
            Format::Table | Format::Json | Format::Md | Format::Svg | Format::Png | Format::Html => Sink::Kept(Sheet {
                columns: columns.iter().map(|column| column.clone().into()).collect(),
                rows: Vec::new(),
            }),
        };
        Ok(Self { printer, columns, page, sink, count: 0 })
    }

    /// Takes a row.
    pub(in crate::cli) fn push(&mut self, row: &[Value], values: Values<'_, '_>) -> io::Result<()> {
        self.count += 1;
        let object = || -> serde_json::Value {
            let pairs = self.columns.iter().zip(row).map(|(column, value)| (column.clone(), values.json(value)));
            serde_json::Value::Object(pairs.collect())
        };
        match &mut self.sink {
            Sink::Separated(writer, delimiter) => {
                let cells = row.iter().map(|value| defused(&values.text(value), *delimiter));
                writer.write_record(cells).map_err(io_error)?;
            }
            Sink::Lines(out) => {
                serde_json::to_writer(&mut *out, &object())?;
                out.write_all(b"\n")?;
            }
            Sink::Kept(sheet) => match self.printer.format() {
                Format::Json => self.page.rows.push(object()),
                _ => sheet.push(row.iter().map(|value| values.text(value))),
            },
        }
        Ok(())
    }

    /// How many rows came so far.
    pub(in crate::cli) const fn count(&self) -> u64 {
        self.count
    }

    /// Writes out what has come, when no more can: formats that need every row write nothing.
    pub(in crate::cli) fn abandon(self) -> io::Result<()> {
        match self.sink {
            Sink::Kept(_) => Ok(()),
            Sink::Lines(mut out) => out.flush(),
            Sink::Separated(mut writer, _) => writer.flush(),
        }
    }

    /// Writes out everything. `remark` goes below the rows for people.
    pub(in crate::cli) fn finish(mut self, remark: Option<String>) -> io::Result<()> {
        let sheet = match self.sink {
            Sink::Lines(mut out) => return out.flush(),
            Sink::Separated(mut writer, _) => return writer.flush(),
            Sink::Kept(sheet) => sheet,
        };
        let rows = if self.count == 1 { "row" } else { "rows" };
        if self.printer.format() == Format::Json {
            self.page.set("columns", self.columns);
        } else {
            self.page.title = format!("{} ({} {rows})", self.page.title, self.count);
        }
        self.page.notes.extend(remark);
        self.page.block(None, sheet);
        self.printer.print(&self.page)
    }
}
