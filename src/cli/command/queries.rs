//! `queries`: the questions that come with the program.

use super::query::unknown_query;
use super::{Exit, Failure};
use crate::cli::args::Flags;
use crate::cli::output::{self, Format, Page, Printer, Sheet};
use crate::query::library::{self, Entry};
use clap::Args;
use serde_json::{Value as Json, json};

/// List the questions that come with the program, each a query run by `allegiance query NAME`
#[derive(Debug, Args)]
pub(in crate::cli) struct Queries {
    /// Show the text of this one
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

impl Queries {
    pub(super) fn run(self, flags: &Flags) -> Result<Exit, Failure> {
        let printer = Printer::new(flags);
        let Some(name) = self.name else {
            let page = listed(flags.limit);
            printer.print(&page)?;
            return Ok(Exit::found(!page.rows.is_empty()));
        };
        let entry = library::find(&name).ok_or_else(|| unknown_query(&name))?;
        if matches!(printer.format(), Format::Table | Format::Md) {
            output::print(&format!("{}\n", entry.text.trim_end()))?;
        } else {
            let mut page = Page::new(entry.title.unwrap_or(&name));
            add(&mut page, &mut sheet(), &entry);
            let mut flat = Sheet::new(&["name", "text"]);
            flat.push([name, entry.text.to_owned()]);
            page.flat = Some(flat);
            printer.print(&page)?;
        }
        Ok(Exit::Yes)
    }
}

/// The whole library as a page.
pub(super) fn listed(limit: Option<usize>) -> Page {
    let mut page = Page::new("Queries");
    let mut sheet = sheet();
    for entry in library::all().take(limit.unwrap_or(usize::MAX)) {
        add(&mut page, &mut sheet, &entry);
    }
    page.title = format!("Queries ({})", page.rows.len());
    page.flat = Some(sheet.clone());
    page.block(None, sheet);
    page.notes
        .push("run one: `allegiance query NAME --param name=value`; see its text: `allegiance queries NAME`".into());
    page
}

fn sheet() -> Sheet {
    Sheet::new(&["name", "question", "parameters"])
}

/// Adds a query as a row.
fn add(page: &mut Page, sheet: &mut Sheet, entry: &Entry<'_>) {
    let parameters: Vec<String> = entry.parameters.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    sheet.push([
        entry.name.to_string(),
        entry.question.or(entry.title).unwrap_or_default().to_owned(),
        parameters.join("; "),
    ]);
    let defaults: serde_json::Map<String, Json> =
        entry.parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
    page.rows.push(json!({
        "name": entry.name, "title": entry.title, "question": entry.question, "parameters": defaults, "text": entry.text,
    }));
}
