//! `timeline`: what began, ended and happened.

use super::{Ask, Context, Exit, Failure};
use crate::cli::equal;
use crate::cli::output::Sheet;
use crate::question::{Entry, EntryKind, Line, When, timeline};
use clap::Args;

/// Show what began, ended and happened, in order of time
///
/// Of the actors named, or of everybody. Dates are as the sources give them: a year stands after the days within it.
#[derive(Debug, Args)]
pub(in crate::cli) struct Timeline {
    /// Actors: names, acronyms or ids
    actors: Vec<String>,
    /// Only events and what happened, without the beginnings and ends of lasting relations
    #[arg(long)]
    events: bool,
}

impl Ask for Timeline {
    const DEFAULT: When = When::Ever;

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        let lens = context.lens();
        let lines: Vec<Line> = self.actors.iter().map(|name| context.line(&lens, name)).collect::<Result<_, _>>()?;
        let whose: Vec<String> = lines.iter().map(|l| context.called(&lens, l)).collect();
        let whose = if whose.is_empty() { String::new() } else { format!(" of {}", whose.join(", ")) };
        let title = format!("Timeline{whose}, {}", context.scope.when_in_words(context.graph));
        equal::timeline(context, &title, &lines, self.events)
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        let lens = context.lens();
        let lines: Vec<Line> = self.actors.iter().map(|name| context.line(&lens, name)).collect::<Result<_, _>>()?;
        let entries = timeline(&lens, &lines, self.events);
        let whose: Vec<String> = lines.iter().map(|l| context.called(&lens, l)).collect();
        let title = if whose.is_empty() { "Timeline".to_owned() } else { format!("Timeline of {}", whose.join(", ")) };
        let mut page = context.page(title);
        page.when = Some(context.scope.when_in_words(context.graph));
        page.set_rows(&entries);
        let sheet = sheet(&entries);
        page.flat = Some(flat(&entries));
        page.block(None, sheet);
        if entries.is_empty() {
            page.lines(None, vec!["Nothing dated is recorded for these days.".to_owned()]);
        }
        context.printer.print(&page)?;
        Ok(Exit::found(!entries.is_empty()))
    }
}

fn what(entry: &Entry) -> String {
    match (&entry.event, &entry.relation) {
        (Some(event), _) => event.name.clone(),
        (_, Some(row)) => {
            let sentence = format!("{} {} {}", row.subject.name, row.label, row.object.name);
            match entry.what {
                EntryKind::Began => format!("began: {sentence}"),
                EntryKind::Ended => format!("ended: {sentence}"),
                EntryKind::Happened => sentence,
            }
        }
        (None, None) => String::new(),
    }
}

fn citations(entry: &Entry) -> String {
    entry
        .event
        .as_ref()
        .map(crate::question::EventRow::citations)
        .or_else(|| entry.relation.as_ref().map(crate::question::RelationRow::citations))
        .unwrap_or_default()
}

pub(super) fn sheet(entries: &[Entry]) -> Sheet {
    let mut sheet = Sheet::new(&["date", "what", "holds", "sources"]);
    for entry in entries {
        sheet.push([entry.date.clone(), what(entry), entry.holds.to_owned(), citations(entry)]);
    }
    sheet
}

fn flat(entries: &[Entry]) -> Sheet {
    let mut sheet = Sheet::new(&["date", "earliest", "latest", "what", "record", "text", "holds", "sources"]);
    for entry in entries {
        let word = match entry.what {
            EntryKind::Began => "began",
            EntryKind::Happened => "happened",
            EntryKind::Ended => "ended",
        };
        let id = entry.event.as_ref().map(|e| e.id.clone()).or_else(|| entry.relation.as_ref().map(|r| r.id.clone()));
        sheet.push([
            entry.date.clone(),
            entry.bounds.earliest.to_string(),
            entry.bounds.latest.to_string(),
            word.to_owned(),
            id.unwrap_or_default(),
            what(entry),
            entry.holds.to_owned(),
            citations(entry),
        ]);
    }
    sheet
}
