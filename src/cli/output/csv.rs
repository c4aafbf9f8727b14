//! Comma- and tab-separated values.

use super::{Page, Sheet};
use crate::export::defused;
use std::io;

/// Writes the rows with a header, the verdict of a page that has one before each. A page without a flat form gives its tables one after another, an empty line between.
///
/// # Errors
/// Never in practice: the rows are written into memory.
pub(super) fn write(page: &Page, delimiter: u8, out: &mut String) -> io::Result<()> {
    let judged =
        page.verdict.as_ref().zip(page.flat.as_ref()).map(|((verdict, _), sheet)| with_verdict(verdict.word(), sheet));
    let sheets: Vec<&Sheet> = match (&judged, &page.flat) {
        (Some(sheet), _) | (None, Some(sheet)) => vec![sheet],
        (None, None) => page.blocks.iter().map(|b| &b.sheet).filter(|s| !s.columns.is_empty()).collect(),
    };
    for (index, sheet) in sheets.into_iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(sheet.columns.iter().map(|column| defused(column, delimiter)))?;
        for row in &sheet.rows {
            writer.write_record(row.iter().map(|cell| defused(cell, delimiter)))?;
        }
        let bytes = writer.into_inner().map_err(|e| io::Error::other(e.to_string()))?;
        out.push_str(&String::from_utf8_lossy(&bytes));
    }
    Ok(())
}

/// The rows with the verdict before each; one row with the verdict alone, where there are none.
fn with_verdict(verdict: &str, sheet: &Sheet) -> Sheet {
    let mut judged = Sheet {
        columns: std::iter::once("verdict".into()).chain(sheet.columns.iter().cloned()).collect(),
        rows: Vec::new(),
    };
    for row in &sheet.rows {
        judged.push(std::iter::once(verdict.to_owned()).chain(row.iter().cloned()));
    }
    if judged.rows.is_empty() {
        judged.push(std::iter::once(verdict.to_owned()).chain(sheet.columns.iter().map(|_| String::new())));
    }
    judged
}
