//! `path`: how two actors are connected.

use super::{Ask, Context, Exit, Failure};
use crate::cli::equal;
use crate::cli::output::{Page, Sheet, held};
use crate::model::{Category, TypeId};
use crate::question::{Chain, When, chains};
use clap::Args;

/// Show how two actors are connected: the shortest chains of sourced relations
///
/// Without a date: over all of time, and each chain says whether all of it held on some one day. Attitudes and places make no link unless
/// asked for with --category or --type.
#[derive(Debug, Args)]
pub(in crate::cli) struct Path {
    /// One actor
    first: String,
    /// The other
    second: String,
}

/// How many chains are shown when no limit is given.
const CHAINS: usize = 5;

/// The types that make a link.
fn types(context: &Context<'_>) -> Vec<TypeId> {
    if context.scope.types.is_empty() {
        context.types_without(&[Category::Stance, Category::Territory])
    } else {
        context.scope.types.clone()
    }
}

impl Ask for Path {
    const DEFAULT: When = When::Ever;

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        let lens = context.lens();
        let (a, b) = context.pair(&lens, &self.first, &self.second)?;
        let (first, second) = (context.called(&lens, &a), context.called(&lens, &b));
        let title = format!("From {first} to {second}, {}", context.scope.when_in_words(context.graph));
        equal::path(context, &title, (&a, &b), &types(context), CHAINS)
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        let lens = context.lens();
        let (a, b) = context.pair(&lens, &self.first, &self.second)?;
        let types = types(&context);
        if context.scope.types.is_empty() {
            context.assume("attitudes (stance) and places (territory) make no link; ask for them with --category");
        }
        let most = context.scope.limit.unwrap_or(CHAINS);
        let found = chains(&lens, &a, &b, &types, most);
        let mut page = context.page(format!("From {} to {}", context.called(&lens, &a), context.called(&lens, &b)));
        page.when = Some(context.scope.when_in_words(context.graph));
        page.set_rows(&found);
        page.flat = Some(flat(&found));
        blocks(&mut page, &found);
        if found.is_empty() {
            page.lines(
                None,
                vec![format!("No chain of at most {} recorded relations joins the two.", crate::question::MOST_HOPS)],
            );
        }
        context.printer.print(&page)?;
        Ok(Exit::found(!found.is_empty()))
    }
}

/// A table for each chain.
pub(super) fn blocks(page: &mut Page, chains: &[Chain]) {
    for (number, chain) in (1..).zip(chains) {
        let names: Vec<&str> = chain.actors.iter().map(|a| a.name.as_str()).collect();
        let steps = if chain.hops == 1 { "1 step" } else { &format!("{} steps", chain.hops) };
        let together = match chain.coexist {
            "certain" => "all of it held on some one day",
            "possible" => "all of it possibly held on some one day",
            _ => "never all of it at once",
        };
        let heading = format!("{number}. {} ({steps}; {together})", names.join(" – "));
        page.block(Some(&heading), sheet(chain));
    }
}

fn sheet(chain: &Chain) -> Sheet {
    let mut sheet = Sheet::new(&["relation", "when", "holds", "sources"]);
    for link in &chain.links {
        for (index, row) in link.relations.iter().enumerate().take(3) {
            let more = if index == 2 && link.relations.len() > 3 {
                format!(" (and {} more between these two)", link.relations.len() - 3)
            } else {
                String::new()
            };
            sheet.push([
                format!("{} {} {}{more}", row.subject.name, row.label, row.object.name),
                row.valid.clone(),
                held(row),
                row.citations(),
            ]);
        }
    }
    sheet
}

fn flat(chains: &[Chain]) -> Sheet {
    let mut sheet = Sheet::new(&[
        "chain", "step", "from_id", "from", "to_id", "to", "relation", "type", "valid", "holds", "status", "sources",
    ]);
    for (number, chain) in (1..).zip(chains) {
        for (step, link) in (1..).zip(&chain.links) {
            for row in &link.relations {
                sheet.push([
                    number.to_string(),
                    step.to_string(),
                    link.from.id.clone(),
                    link.from.name.clone(),
                    link.to.id.clone(),
                    link.to.name.clone(),
                    row.id.clone(),
                    row.kind.clone(),
                    row.valid.clone(),
                    row.holds.to_owned(),
                    row.status.to_owned(),
                    row.citations(),
                ]);
            }
        }
    }
    sheet
}
