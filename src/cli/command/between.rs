//! `between`: the whole dated history of a pair.

use super::{Ask, Context, Exit, Failure};
use crate::cli::equal;
use crate::cli::output::{event_sheet, relation_flat, relation_sheet};
use crate::question::{EVENT_MEMORY_DAYS, Footing, When, history};
use clap::Args;

/// Show everything recorded between two actors, and what it comes to at the date
///
/// Ties of polarity +1 alone make a friend, of −1 alone an enemy, both at once `mixed`; talks, agreements and attitudes alone are `dealings`.
/// A single attack or pledge counts for 90 days.
#[derive(Debug, Args)]
pub(in crate::cli) struct Between {
    /// One actor
    first: String,
    /// The other
    second: String,
}

impl Ask for Between {
    const DEFAULT: When = When::Now;

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        let lens = context.lens();
        let (a, b) = context.pair(&lens, &self.first, &self.second)?;
        let (first, second) = (context.called(&lens, &a), context.called(&lens, &b));
        let title = format!("{first} and {second}, {}", context.scope.when_in_words(context.graph));
        equal::between(context, &title, &a, &b, None)
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        let lens = context.lens();
        let (a, b) = context.pair(&lens, &self.first, &self.second)?;
        let found = history(&lens, &a, &b, None);
        let mut page = context.page(format!("{} and {}", context.called(&lens, &a), context.called(&lens, &b)));
        page.when = Some(context.scope.when_in_words(context.graph));
        let in_force = found.relations.iter().filter(|r| r.holds != "no" || r.recent).count();
        let text = match found.relations.len() {
            0 if context.is_narrowed() => {
                "nothing is recorded within what the flags let through; that is not a no".to_owned()
            }
            0 => "nothing is recorded of the two; that is not a no".to_owned(),
            all => {
                let how = match found.footing {
                    Some(Footing::Possible) => ", only possible",
                    Some(Footing::Contested) => ", contested",
                    _ => "",
                };
                format!("{}{how} ({in_force} of {all} recorded relations in force)", found.sign)
            }
        };
        page.verdict = Some((found.verdict, text));
        page.set("sign", found.sign.word());
        page.set("footing", &found.footing.map(Footing::word));
        page.set("events", &found.events);
        page.set_rows(&found.relations);
        page.flat = Some(relation_flat(&found.relations));
        page.block(Some("Relations, by their beginning"), relation_sheet(&found.relations));
        page.block(Some("Events with both"), event_sheet(&found.events));
        if found.relations.iter().any(|r| r.recent) {
            page.notes.push(format!(
                "\"shortly before\": it happened in the {EVENT_MEMORY_DAYS} days before, and still counts"
            ));
        }
        if found.relations.is_empty() {
            for line in [&a, &b] {
                if let Some(words) = context.also_meant(&lens, line) {
                    page.notes.push(format!("{}: {words}", context.called(&lens, line)));
                }
            }
        }
        context.printer.print(&page)?;
        Ok(found.verdict.into())
    }
}
