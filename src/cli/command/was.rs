//! `was`: a verdict.

use super::{Ask, Context, Exit, Failure};
use crate::cli::equal;
use crate::cli::output::{Page, relation_flat, relation_sheet, wrapped_note};
use crate::model::Verdict;
use crate::question::{Lens, Line, RelationRow, When, verdict};
use clap::Args;

/// Answer whether one actor stood to another in some relation
///
/// The verdict is yes, no, possible, disputed or unknown (nothing recorded: never the same as no), and the exit code 0, 1 or 3.
/// Without a date: at any time. RELATION is an everyday word (allied-with, hostile-to, friendly-to, linked-to), a type
/// (`leads`, `led-by`, `shares-intelligence-with` …) or a category (support, hostility …).
#[derive(Debug, Args)]
pub(in crate::cli) struct Was {
    /// One actor
    first: String,
    /// A word, type or category
    relation: String,
    /// The other
    second: String,
}

impl Ask for Was {
    const DEFAULT: When = When::Ever;

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        let lens = context.lens();
        let (a, b) = context.pair(&lens, &self.first, &self.second)?;
        let word = context.relation_word(&self.relation)?;
        let (first, second) = (context.called(&lens, &a), context.called(&lens, &b));
        let title = format!("{first} – {} – {second}, {}", word.label, context.scope.when_in_words(context.graph));
        equal::was(context, &title, &a, &word, &b)
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        let lens = context.lens();
        let (a, b) = context.pair(&lens, &self.first, &self.second)?;
        let word = context.relation_word(&self.relation)?;
        let answer = verdict(&lens, &a, &word, &b);
        let mut page =
            context.page(format!("{} – {} – {}", context.called(&lens, &a), word.label, context.called(&lens, &b)));
        page.when = Some(context.scope.when_in_words(context.graph));
        let reasons: Vec<String> = answer.reasons.iter().map(ToString::to_string).collect();
        page.verdict = Some((answer.verdict, reasons.join("; ")));
        page.set("relation", &word.name);
        page.set("nearest", &answer.nearest);
        page.set_rows(&answer.rows);
        page.flat = Some(relation_flat(&answer.rows));
        with_claims(&mut page, "Recorded", &answer.rows);
        let heading = match (answer.rows.is_empty(), answer.verdict) {
            (true, Verdict::Unknown) => "Nearest recorded facts, of another sort or time",
            (true, _) => "What speaks against it",
            _ => "Also recorded of the two",
        };
        page.block(Some(heading), relation_sheet(answer.nearest.iter().take(MOST_NEAREST)));
        if answer.verdict == Verdict::Unknown && answer.nearest.is_empty() {
            let parts = segments(&context, &lens, &a, &b)?;
            page.block(Some("Recorded of parts of them"), relation_sheet(parts.iter().take(MOST_NEAREST)));
        }
        if answer.verdict == Verdict::Unknown {
            for line in [&a, &b] {
                if let Some(words) = context.also_meant(&lens, line) {
                    page.notes.push(format!("{}: {words}", context.called(&lens, line)));
                }
            }
        }
        context.printer.print(&page)?;
        Ok(answer.verdict.into())
    }
}

/// Adds relations, each with its claims in words.
pub(super) fn with_claims(page: &mut Page, heading: &str, rows: &[RelationRow]) {
    page.block(Some(heading), relation_sheet(rows));
    let lines: Vec<String> =
        rows.iter().flat_map(|row| row.claims.iter().map(|claim| format!("  {}", wrapped_note(claim)))).collect();
    page.lines(Some("Who says so"), lines);
}

/// How many of the nearest facts are shown.
const MOST_NEAREST: usize = 8;

/// The relations of a part of the one line with the other: a rank and file, a wing.
fn segments(context: &Context<'_>, lens: &Lens<'_>, a: &Line, b: &Line) -> Result<Vec<RelationRow>, Failure> {
    let types = context.group("segment-of")?;
    let mut rows = Vec::new();
    for (whole, other) in [(a, b), (b, a)] {
        let parts = whole.members.iter().flat_map(|id| context.graph.incoming(*id)).filter(|n| types.contains(&n.kind));
        for part in parts {
            let part = Line::exactly(part.other);
            rows.extend(lens.relations_between(&part, other).into_iter().map(|id| lens.row(id)));
        }
    }
    rows.sort_by(|x, y| x.id.cmp(&y.id));
    rows.dedup_by(|x, y| x.id == y.id);
    Ok(rows)
}
