//! `shared`: common allies and enemies.

use super::{Ask, Context, Exit, Failure};
use crate::cli::equal;
use crate::cli::output::Sheet;
use crate::question::{Common, RelationRow, When, shared};
use clap::Args;

/// Show whom two actors have in common: allies of both, enemies of both
///
/// Without a date: at any time, each with its own dates.
#[derive(Debug, Args)]
pub(in crate::cli) struct Shared {
    /// One actor
    first: String,
    /// The other
    second: String,
}

impl Ask for Shared {
    const DEFAULT: When = When::Ever;

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        let lens = context.lens();
        let (a, b) = context.pair(&lens, &self.first, &self.second)?;
        let (first, second) = (context.called(&lens, &a), context.called(&lens, &b));
        let title = format!("Shared by {first} and {second}, {}", context.scope.when_in_words(context.graph));
        equal::shared(context, &title, (&a, &b), &context.group("allied-with")?, &context.group("hostile-to")?)
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        let lens = context.lens();
        let (a, b) = context.pair(&lens, &self.first, &self.second)?;
        let found = shared(&lens, &a, &b, &context.group("allied-with")?, &context.group("hostile-to")?);
        let (first, second) = (context.called(&lens, &a), context.called(&lens, &b));
        let mut page = context.page(format!("Shared by {first} and {second}"));
        page.when = Some(context.scope.when_in_words(context.graph));
        let row = |what: &str, common: &Common| {
            let mut value = serde_json::to_value(common).unwrap_or_default();
            if let Some(object) = value.as_object_mut() {
                object.insert("shared".into(), what.into());
            }
            value
        };
        page.rows =
            found.allies.iter().map(|c| row("ally", c)).chain(found.enemies.iter().map(|c| row("enemy", c))).collect();
        page.set("allies", &found.allies);
        page.set("enemies", &found.enemies);
        page.flat = Some(flat(&found.allies, &found.enemies));
        page.block(Some("Allies of both"), sheet(&found.allies));
        page.block(Some("Enemies of both"), sheet(&found.enemies));
        let any = !(found.allies.is_empty() && found.enemies.is_empty());
        if !any {
            page.lines(None, vec!["No common ally or enemy is recorded.".to_owned()]);
        }
        context.printer.print(&page)?;
        Ok(Exit::found(any))
    }
}

fn tie(row: &RelationRow) -> String {
    format!("{} {} {} ({}; {})", row.subject.name, row.label, row.object.name, row.valid, row.citations())
}

fn sheet(commons: &[Common]) -> Sheet {
    let mut sheet = Sheet::new(&["actor", "holds", "tie of the first", "tie of the second"]);
    for common in commons {
        let ties = |rows: &[RelationRow]| rows.iter().map(tie).collect::<Vec<_>>().join("; ");
        sheet.push([common.actor.name.clone(), common.holds.to_owned(), ties(&common.first), ties(&common.second)]);
    }
    sheet
}

fn flat(allies: &[Common], enemies: &[Common]) -> Sheet {
    let mut sheet = Sheet::new(&["shared", "actor_id", "actor", "holds", "of", "relation", "type", "valid", "sources"]);
    for (what, commons) in [("ally", allies), ("enemy", enemies)] {
        for common in commons {
            for (of, rows) in [("first", &common.first), ("second", &common.second)] {
                for row in rows {
                    sheet.push([
                        what.to_owned(),
                        common.actor.id.clone(),
                        common.actor.name.clone(),
                        common.holds.to_owned(),
                        of.to_owned(),
                        row.id.clone(),
                        row.kind.clone(),
                        row.valid.clone(),
                        row.citations(),
                    ]);
                }
            }
        }
    }
    sheet
}
