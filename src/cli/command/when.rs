//! `when`: the dates of one sort of relation between two actors.

use super::{Ask, Context, Exit, Failure};
use crate::cli::equal;
use crate::cli::output::{event_sheet, relation_flat};
use crate::question::{When as Days, history};
use clap::Args;

/// Show when two actors stood in some relation: every dating, with who gives it
#[derive(Debug, Args)]
pub(in crate::cli) struct When {
    /// One actor
    first: String,
    /// A word, type or category
    relation: String,
    /// The other
    second: String,
}

impl Ask for When {
    const DEFAULT: Days = Days::Ever;

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        let lens = context.lens();
        let (a, b) = context.pair(&lens, &self.first, &self.second)?;
        let word = context.relation_word(&self.relation)?;
        let (first, second) = (context.called(&lens, &a), context.called(&lens, &b));
        let title =
            format!("Datings of {first} – {} – {second}, {}", word.label, context.scope.when_in_words(context.graph));
        equal::between(context, &title, &a, &b, Some(&word))
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        let lens = context.lens();
        let (a, b) = context.pair(&lens, &self.first, &self.second)?;
        let word = context.relation_word(&self.relation)?;
        let found = history(&lens, &a, &b, Some(&word));
        let mut page = context.page(format!(
            "Datings of {} – {} – {}",
            context.called(&lens, &a),
            word.label,
            context.called(&lens, &b)
        ));
        page.when = Some(context.scope.when_in_words(context.graph));
        page.set("relation", &word.name);
        page.set("events", &found.events);
        page.set_rows(&found.relations);
        page.flat = Some(relation_flat(&found.relations));
        super::was::with_claims(&mut page, "Recorded", &found.relations);
        // What both took part in often dates a relation that has no date of its own.
        page.block(Some("Events with both"), event_sheet(&found.events));
        if found.relations.is_empty() {
            page.lines(None, vec!["No relation of this sort is recorded of the two. That is not a no.".to_owned()]);
        }
        context.printer.print(&page)?;
        Ok(Exit::found(!found.relations.is_empty()))
    }
}
