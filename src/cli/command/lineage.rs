//! `lineage`: what an actor came from and what became of it.

use super::{Ask, Context, Exit, Failure};
use crate::cli::equal;
use crate::cli::output::{Sheet, relation_flat};
use crate::question::{LineageStep, StepKind, When, lineage};
use clap::Args;

/// Show what an actor came from, what became of it, and who left it
#[derive(Debug, Args)]
pub(in crate::cli) struct Lineage {
    /// An actor: name, acronym or id, in any common spelling
    actor: String,
}

impl Ask for Lineage {
    const DEFAULT: When = When::Ever;

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        let lens = context.lens();
        let actor = context.actor(&self.actor)?;
        equal::lineage(context, &format!("Lineage of {}", lens.name(actor)), actor)
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        let lens = context.lens();
        let actor = context.actor(&self.actor)?;
        let steps = lineage(&lens, actor);
        let mut page = context.page(format!("Lineage of {}", lens.name(actor)));
        let names: Vec<String> = context
            .graph
            .actor(actor)
            .names
            .iter()
            .filter(|n| n.kind == crate::model::NameKind::Former || n.valid.is_some())
            .map(|n| match &n.valid {
                Some(valid) => format!("{} ({valid})", n.text),
                None => n.text.to_string(),
            })
            .collect();
        if !names.is_empty() {
            page.assumptions.push(format!("names over time: {}", names.join(", ")));
        }
        page.set("actor", &lens.brief(actor));
        page.set_rows(&steps);
        page.flat = Some(relation_flat(steps.iter().map(|s| &s.relation)));
        for (heading, wanted) in [
            ("Came from", StepKind::Origin),
            ("Breaks, splits and defections", StepKind::Break),
            ("Became, or went into", StepKind::Outcome),
        ] {
            let found: Vec<&LineageStep> = steps.iter().filter(|s| s.step == wanted).collect();
            page.block(Some(heading), sheet(&found));
        }
        if steps.is_empty() {
            page.lines(None, vec!["No lineage is recorded.".to_owned()]);
        }
        context.printer.print(&page)?;
        Ok(Exit::found(!steps.is_empty()))
    }
}

fn sheet(steps: &[&LineageStep]) -> Sheet {
    let mut sheet = Sheet::new(&["relation", "when", "status", "sources"]);
    for step in steps {
        let row = &step.relation;
        sheet.push([
            format!("{} {} {}", row.subject.name, row.label, row.object.name),
            row.valid.clone(),
            row.status_in_words(),
            row.citations(),
        ]);
    }
    sheet
}
