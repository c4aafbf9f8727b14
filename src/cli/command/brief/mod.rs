//! `brief`: what is known of an actor, as a Markdown page with numbered sources.
//!
//! `content` orders statements into sections, each with its claims (`nature`, `ties`, `course` and `doubts` make them); `sources` numbers what they cite;
//! `markdown` writes the page. Nothing is said that
//! no record says: sentences are relations with their dates and doubts, names of events, and the notes of claims.

mod content;
mod course;
mod doubts;
mod markdown;
mod nature;
mod short;
mod sources;
mod ties;

use super::{Ask, Context, Exit, Failure};
use crate::cli::output::{self, Format, Page, Sheet};
use crate::dataset;
use crate::question::When;
use clap::Args;
use content::{Section, Statement};
use serde_json::json;
use sources::Sources;
use std::path::PathBuf;

/// Write what is known of an actor as a Markdown brief with numbered sources
///
/// Names, origins, friends, enemies and dealings on the days asked about, earlier ties, events in order, what the sources disagree about, figures, and
/// what is not known. Every statement cites source and paragraph. `--format json` gives the same in parts.
#[derive(Debug, Args)]
pub(in crate::cli) struct Brief {
    /// An actor: name, acronym or id
    actor: String,
    /// Also tell, below each statement, what each source says, and leave nobody out
    #[arg(long)]
    full: bool,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Ask for Brief {
    const DEFAULT: When = When::Now;

    fn equal(&self, _: &mut Context<'_>) -> Result<String, Failure> {
        Err(crate::cli::equal::refused(
            "brief",
            "it is a page of several answers: `allegiance relations`, `timeline`, `conflicts` and `lineage` with --explain tell the queries of its parts",
        ))
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        if self.out.is_some() && !matches!(context.printer.format(), Format::Table | Format::Md) {
            return Err(Failure::new(
                "not-to-a-file",
                "only the Markdown brief is written to a file",
                vec!["leave --format out, or redirect standard output".into()],
            ));
        }
        let lens = context.lens();
        let line = context.line(&lens, &self.actor)?;
        let sections = content::sections(&lens, &line, self.full);
        let short = short::in_short(&lens, &line);
        let sources = Sources::number(&sections, lens.graph);
        let found = sections.iter().any(|s| s.statements.iter().any(|statement| !statement.claims.is_empty()));
        let page = context.page(lens.name(line.named).to_owned());
        if matches!(context.printer.format(), Format::Table | Format::Md) {
            let when = context.scope.when_in_words(context.graph);
            let brief = markdown::Brief {
                page: &page,
                when,
                lens: &lens,
                line: &line,
                short: &short,
                sections: &sections,
                sources: &sources,
            };
            let text = brief.write(self.full);
            match &self.out {
                Some(path) => {
                    output::guard::check().map_err(|damage| Failure::damaged(&damage))?;
                    dataset::write_files(&[(path.clone(), text.as_bytes())])?;
                }
                None => output::print(&text)?,
            }
        } else {
            context.printer.print(&in_parts(page, &lens, &line, &short, &sections, &sources))?;
        }
        Ok(Exit::found(found))
    }
}

/// The brief for programs: a row a statement.
fn in_parts(
    mut page: Page,
    lens: &crate::question::Lens<'_>,
    line: &crate::question::Line,
    short: &[short::Camp],
    sections: &[Section],
    sources: &Sources,
) -> Page {
    let actor = lens.graph.actor(line.named);
    page.set("actor", &lens.brief(line.named));
    page.set("kind", &*lens.graph.vocabulary().kind(actor.kind).name);
    page.set("summary", &actor.summary.as_deref());
    page.set("in_short", short);
    let heads: Vec<_> =
        sections.iter().map(|s| json!({ "section": s.id, "heading": s.heading, "remark": s.remark })).collect();
    page.set("sections", &heads);
    page.set("sources", &sources.rows(lens.graph));
    let mut sheet = Sheet::new(&["section", "text", "holds", "about", "record", "citations"]);
    for (section, statement) in sections.iter().flat_map(|s| s.statements.iter().map(move |one| (s, one))) {
        let about = statement.about.as_ref().map(|a| a.id.clone());
        let cited = sources.citations(&statement.claims);
        page.rows.push(row(section, statement, &cited));
        sheet.push([
            section.id.to_owned(),
            statement.text.clone(),
            statement.holds.to_owned(),
            about.unwrap_or_default(),
            statement.record.clone().unwrap_or_default(),
            cited,
        ]);
    }
    page.flat = Some(sheet);
    page
}

fn row(section: &Section, statement: &Statement, cited: &str) -> serde_json::Value {
    json!({
        "section": section.id,
        "text": statement.text,
        "date": statement.date,
        "holds": statement.holds,
        "about": statement.about,
        "record": statement.record,
        "citations": cited,
        "claims": statement.claims,
    })
}
