//! Markdown: a heading, what was assumed, the tables.

use super::{Page, plain};

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
fn escaped(text: &str) -> String {
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
