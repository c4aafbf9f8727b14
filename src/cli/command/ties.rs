//! `allies`, `rivals` and `relations`: who stands in some relation with an actor.

use super::{Ask, Context, Exit, Failure};
use crate::cli::equal;
use crate::cli::output::{Sheet, held, relation_flat, relation_sheet};
use crate::model::TypeId;
use crate::question::{Lens, Line, RelationRow, Ties, When, ties};
use clap::Args;

/// Show who an actor is allied with
///
/// Cooperation of any kind, and pledges, affiliations and memberships in force. A question about a group is answered for its whole line
/// (what it grew out of and what carries it on); --exact takes it alone. Without a date the answer is for the last day the data speaks for.
#[derive(Debug, Args)]
pub(in crate::cli) struct Allies {
    /// An actor: name, acronym or id, in any common spelling
    actor: String,
    /// Also show support, structure that binds, and recognition: every relation that speaks for
    #[arg(long)]
    broad: bool,
}

/// Show who an actor is hostile to, or faces the hostility of
#[derive(Debug, Args)]
pub(in crate::cli) struct Rivals {
    /// An actor: name, acronym or id, in any common spelling
    actor: String,
}

/// Show every relation of an actor, or of a pair
///
/// Without a date: of all time.
#[derive(Debug, Args)]
pub(in crate::cli) struct Relations {
    /// An actor: name, acronym or id, in any common spelling
    actor: String,
    /// Only relations with this actor
    #[arg(long, value_name = "ACTOR")]
    with: Option<String>,
}

impl Allies {
    fn what(&self) -> &'static str {
        if self.broad { "Friends and supporters" } else { "Allies" }
    }
}

impl Ask for Allies {
    const DEFAULT: When = When::Now;

    fn run(self, context: Context<'_>) -> Result<Exit, Failure> {
        let types = context.group(if self.broad { "friendly-to" } else { "allied-with" })?;
        answer(context, &self.actor, None, &types, self.what())
    }

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        let types = context.group(if self.broad { "friendly-to" } else { "allied-with" })?;
        query(context, &self.actor, None, &types, self.what())
    }
}

impl Ask for Rivals {
    const DEFAULT: When = When::Now;

    fn run(self, context: Context<'_>) -> Result<Exit, Failure> {
        let types = context.group("hostile-to")?;
        answer(context, &self.actor, None, &types, "Rivals")
    }

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        let types = context.group("hostile-to")?;
        query(context, &self.actor, None, &types, "Rivals")
    }
}

impl Ask for Relations {
    const DEFAULT: When = When::Ever;

    fn run(self, context: Context<'_>) -> Result<Exit, Failure> {
        answer(context, &self.actor, self.with.as_deref(), &[], "Relations")
    }

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        query(context, &self.actor, self.with.as_deref(), &[], "Relations")
    }
}

/// The query that one of the three equals.
fn query(
    context: &mut Context<'_>,
    actor: &str,
    with: Option<&str>,
    types: &[TypeId],
    what: &str,
) -> Result<String, Failure> {
    let lens = context.lens();
    let line = context.line(&lens, actor)?;
    let with = with.map(|name| context.line(&lens, name)).transpose()?;
    let title = format!("{what} of {}, {}", context.called(&lens, &line), context.scope.when_in_words(context.graph));
    equal::ties(context, &title, &line, with.as_ref(), types)
}

fn answer(
    mut context: Context<'_>,
    actor: &str,
    with: Option<&str>,
    types: &[TypeId],
    what: &str,
) -> Result<Exit, Failure> {
    let lens = context.lens();
    let line = context.line(&lens, actor)?;
    let with = with.map(|name| context.line(&lens, name)).transpose()?;
    let found = ties(&lens, &line, types, with.as_ref(), context.scope.limit);
    let mut title = format!("{what} of {}", context.called(&lens, &line));
    if let Some(with) = &with {
        title.push_str(&format!(" with {}", context.called(&lens, with)));
    }
    let mut page = context.page(title);
    page.when = Some(context.scope.when_in_words(context.graph));
    page.set_rows(&found.rows);
    page.flat = Some(relation_flat(&found.rows));
    page.block(None, sheet(&lens, &line, &found.rows));
    notes(&lens, &line, &found, &mut page.notes);
    if found.rows.is_empty() {
        page.notes.extend(context.also_meant(&lens, &line));
        page.lines(None, vec![nothing(&context, &found)]);
        page.block(Some("Recorded for other days"), relation_sheet(&found.elsewhen));
    }
    context.printer.print(&page)?;
    Ok(Exit::found(!found.rows.is_empty()))
}

/// The relations as seen from the line.
fn sheet(lens: &Lens<'_>, line: &Line, rows: &[RelationRow]) -> Sheet {
    let mut sheet = Sheet::new(&["actor", "relation", "when", "holds", "sources"]);
    let several = line.members.len() > 1;
    for row in rows {
        let is_subject = line.contains(row.subject_id);
        let (own, other, label) = if is_subject {
            (row.subject_id, &row.object.name, &row.label)
        } else {
            (row.object_id, &row.subject.name, &row.inverse_label)
        };
        // Whose relation it is, where the line has several members and it is not the one asked about.
        let whose = if several && own != line.named { format!("{}: ", lens.name(own)) } else { String::new() };
        sheet.push([other.clone(), format!("{whose}{label}"), row.valid.clone(), held(row), row.citations()]);
    }
    sheet
}

fn nothing(context: &Context<'_>, found: &Ties) -> String {
    match (found.elsewhen.is_empty(), context.is_narrowed()) {
        (false, _) => "Nothing of this sort is recorded for these days.".to_owned(),
        (true, false) => "Nothing of this sort is recorded. That is not a no.".to_owned(),
        (true, true) => {
            "Nothing of this sort is recorded within what the flags let through. That is not a no.".to_owned()
        }
    }
}

fn notes(lens: &Lens<'_>, line: &Line, found: &Ties, notes: &mut Vec<String>) {
    if found.cut > 0 {
        notes.push(format!("{} more (--limit)", found.cut));
    }
    if found.rows.iter().any(|r| held(r).contains(", attested ")) {
        notes.push(
            "\"possible, attested D\": nothing records an end, and the newest source for it is of day D".to_owned(),
        );
    }
    if !found.elsewhen.is_empty() && !found.rows.is_empty() {
        let name = lens.name(line.named);
        notes.push(format!(
            "{} more recorded for other days: `--ever`, or `allegiance timeline \"{name}\"`",
            found.elsewhen_count
        ));
    }
}
