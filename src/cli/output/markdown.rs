//! Markdown: a heading, what was assumed, the tables.

use super::{Page, plain};

/// The columns of bars and trees, in a block of code.
const CHART_WIDTH: usize = 100;

/// Writes the page.
pub(super) fn write(page: &Page, out: &mut String) {
    let when = page.when.as_ref().map_or_else(String::new, |w| format!(", {w}"));
    out.push_str(&format!("## {}{when}\n\n", escaped(&page.title)));
    if let Some((verdict, text)) = &page.verdict {
        out.push_str(&format!("**{}** {}\n\n", verdict.word(), escaped(text)));
    } else if let Some(text) = &page.text {
        out.push_str(&format!("{}\n\n", escaped(text)));
    }
    for line in &page.assumptions {
        out.push_str(&format!("* {}\n", escaped(line)));
    }
    if !page.assumptions.is_empty() {
        out.push('\n');
    }
    if let Some(chart) = &page.chart {
        fenced(out, |text| super::chart::write(chart, CHART_WIDTH, super::table::Paint::NONE, text));
    }
    if let Some(tree) = &page.tree {
        fenced(out, |text| super::tree::write(tree, CHART_WIDTH, super::table::Paint::NONE, text));
    }
    for block in &page.blocks {
        if let Some(heading) = &block.heading {
            out.push_str(&format!("### {}\n\n", escaped(heading)));
        }
        if !block.sheet.rows.is_empty() {
            row(block.sheet.columns.iter().map(|c| escaped(c)), out);
            row(block.sheet.columns.iter().map(|_| "---".to_owned()), out);
            for cells in &block.sheet.rows {
                row(cells.iter().map(|c| escaped(c)), out);
            }
            out.push('\n');
        }
        for line in &block.lines {
            out.push_str(&format!("{}\n\n", escaped(line)));
        }
    }
    for note in &page.notes {
        out.push_str(&format!("{}\n\n", escaped(note)));
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
}

/// A block of code, its fence longer than any row of backticks in it.
fn fenced(out: &mut String, write: impl FnOnce(&mut String)) {
    let mut text = String::new();
    write(&mut text);
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    out.push_str(&format!("{fence}text{text}{fence}\n\n"));
}

fn row(cells: impl Iterator<Item = String>, out: &mut String) {
    out.push('|');
    for cell in cells {
        out.push(' ');
        out.push_str(&cell);
        out.push_str(" |");
    }
    out.push('\n');
}

/// Text that Markdown shows as it is, also inside a table.
pub(in crate::cli) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in plain(text).chars() {
        match sign {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' => {
                out.push('\\');
                out.push(sign);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            _ => out.push(sign),
        }
    }
    out
}
