//! Comma- and tab-separated values.

use super::{Page, Sheet};
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
        writer.write_record(sheet.columns.iter().map(|column| column.as_bytes()))?;
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

/// The cell so that no spreadsheet runs it as a formula: an apostrophe before `=`, `+`, `-`, `@`, unless it is a plain number.
/// In tab-separated values blanks also take the place of tabs and ends of line, so that a row stays a line.
pub(super) fn defused(cell: &str, delimiter: u8) -> String {
    let mut cell: String = if delimiter == b'\t' {
        cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
    } else {
        cell.to_owned()
    };
    let risky = cell.trim_start().starts_with(['=', '+', '-', '@']) || cell.starts_with(['\t', '\r', '\n']);
    if risky && cell.parse::<f64>().is_err() {
        cell.insert(0, '\'');
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_a_spreadsheet_would_run_are_defused() {
        for (cell, want) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+1+cmd", "'+1+cmd"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" =1+1", "' =1+1"),
            ("-1", "-1"),
            ("+1", "+1"),
            ("al-Nusra", "al-Nusra"),
        ] {
            assert_eq!(defused(cell, b','), want);
        }
        assert_eq!(defused("a\tb\nc", b'\t'), "a b c");
    }
}
