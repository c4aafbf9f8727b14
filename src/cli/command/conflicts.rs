//! `conflicts`: where the sources disagree.

use super::{Ask, Context, Exit, Failure};
use crate::cli::equal;
use crate::cli::output::{Sheet, facts, wrapped_note};
use crate::question::{ClaimRow, Conflict, ConflictKind, When, conflicts};
use clap::Args;

/// Show where the sources disagree, with both sides
///
/// Whether something was so, or when. Of one actor, or of everybody.
#[derive(Debug, Args)]
pub(in crate::cli) struct Conflicts {
    /// An actor: name, acronym or id
    actor: Option<String>,
}

impl Ask for Conflicts {
    const DEFAULT: When = When::Ever;

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        let lens = context.lens();
        let line = self.actor.as_deref().map(|name| context.line(&lens, name)).transpose()?;
        let whose = line.as_ref().map_or_else(String::new, |l| format!(" about {}", context.called(&lens, l)));
        equal::conflicts(context, &format!("Where the sources disagree{whose}"), line.as_slice())
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        let lens = context.lens();
        let line = self.actor.as_deref().map(|name| context.line(&lens, name)).transpose()?;
        let found = conflicts(&lens, line.as_ref());
        let whose = line.as_ref().map_or_else(String::new, |l| format!(" about {}", context.called(&lens, l)));
        let mut page = context.page(format!("Where the sources disagree{whose}"));
        page.set_rows(&found);
        page.flat = Some(flat(&found));
        for conflict in &found {
            page.block(Some(&heading(conflict)), sides(conflict));
        }
        if found.is_empty() {
            page.lines(None, vec!["No disagreement is recorded.".to_owned()]);
        }
        context.printer.print(&page)?;
        Ok(Exit::found(!found.is_empty()))
    }
}

fn heading(conflict: &Conflict) -> String {
    let (text, valid, status) = match (&conflict.relation, &conflict.event) {
        (Some(row), _) => (format!("{} {} {}", row.subject.name, row.label, row.object.name), &row.valid, row.status),
        (_, Some(event)) => (event.name.clone(), &event.date, event.status),
        (None, None) => return String::new(),
    };
    match conflict.about {
        ConflictKind::Whether => format!("Whether: {text} ({valid}; {status})"),
        ConflictKind::When => format!("When: {text} ({valid} as the curator reads it)"),
    }
}

fn claims(conflict: &Conflict) -> &[ClaimRow] {
    match (&conflict.relation, &conflict.event) {
        (Some(row), _) => &row.claims,
        (_, Some(event)) => &event.claims,
        (None, None) => &[],
    }
}

fn sides(conflict: &Conflict) -> Sheet {
    let is_for = |claim: &&ClaimRow| claim.stance == "supports";
    let for_it = claims(conflict).iter().filter(is_for).map(|c| ("for".to_owned(), wrapped_note(c)));
    let against = claims(conflict).iter().filter(|c| !is_for(c)).map(|c| ("against".to_owned(), wrapped_note(c)));
    facts(for_it.chain(against))
}

fn flat(conflicts: &[Conflict]) -> Sheet {
    let mut sheet = Sheet::new(&["about", "id", "stance", "source", "locator", "valid", "grade", "note"]);
    for conflict in conflicts {
        let about = match conflict.about {
            ConflictKind::Whether => "whether",
            ConflictKind::When => "when",
        };
        for claim in claims(conflict) {
            sheet.push([
                about.to_owned(),
                conflict.id().to_owned(),
                claim.stance.to_owned(),
                claim.source.clone(),
                claim.locator.clone(),
                claim.valid.clone().unwrap_or_default(),
                claim.grade.clone(),
                claim.note.clone(),
            ]);
        }
    }
    sheet
}
