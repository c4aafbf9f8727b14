//! `lineage`: what an actor came from and what became of it.

mod drawing;

use super::{Ask, Context, Draws, Exit, Failure};
use crate::cli::equal;
use crate::cli::output::{Format, Sheet, relation_flat};
use crate::export::svg::lineage::lineage as draw;
use crate::question::{LineageStep, Scope, StepKind, When, descent, lineage};
use crate::time::Reading;
use clap::Args;

/// The most actors that a drawing shows.
const MOST_DRAWN: usize = 300;

/// Show what an actor came from, what became of it, and who left it
///
/// As a table, with --tree as a tree, and as a drawing over time (`--format svg`, `png`). A lineage is a history: flags that name days or leave
/// rows out are refused; those about claims count.
#[derive(Debug, Args)]
pub(in crate::cli) struct Lineage {
    /// An actor: name, acronym or id, in any common spelling
    actor: String,
    /// Show it as a tree
    #[arg(long)]
    tree: bool,
    /// List the sources of what a drawing shows, numbered, below it
    #[arg(long)]
    footnotes: bool,
    /// Leave out the legend of a drawing
    #[arg(long)]
    no_legend: bool,
}

impl Ask for Lineage {
    const DEFAULT: When = When::Ever;
    const DRAWS: Draws = Draws::PICTURE;

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        refuse_rows(&context.scope)?;
        let lens = context.lens();
        let actor = context.actor(&self.actor)?;
        equal::lineage(context, &format!("Lineage of {}", lens.name(actor)), actor)
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        refuse_rows(&context.scope)?;
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
        if matches!(context.printer.format(), Format::Svg | Format::Png) {
            let found = descent(&lens, actor);
            if found.lives.len() > MOST_DRAWN {
                return Err(too_big(found.lives.len()));
            }
            let mut remarks = page.assumptions.clone();
            if steps.is_empty() {
                remarks.push(NOTHING.to_owned());
            }
            let now = context.scope.now(context.graph);
            let shown = (page.title.clone(), remarks);
            let shown = drawing::drawing(context.graph, &found, shown, now, (!self.no_legend, self.footnotes));
            page.drawing = Some(draw(&shown));
        } else if self.tree && !steps.is_empty() {
            page.tree = Some(drawing::tree(&descent(&lens, actor)));
        }
        for (heading, wanted) in [
            ("Came from", StepKind::Origin),
            ("Breaks, splits and defections", StepKind::Break),
            ("Became, or went into", StepKind::Outcome),
        ] {
            let found: Vec<&LineageStep> = steps.iter().filter(|s| s.step == wanted).collect();
            if page.tree.is_none() {
                page.block(Some(heading), sheet(&found));
            }
        }
        if steps.is_empty() {
            page.lines(None, vec![NOTHING.to_owned()]);
        }
        context.printer.print(&page)?;
        Ok(Exit::found(!steps.is_empty()))
    }
}

const NOTHING: &str = "No lineage is recorded.";

/// Refuses the flags that would leave out a part of a history: it is told as a whole.
fn refuse_rows(scope: &Scope) -> Result<(), Failure> {
    // With --known-by, --possible also says which claims count.
    let possible = scope.only == Some(Reading::Possible) && scope.claims.known_by.is_none();
    let (flag, asks) = match &scope.when {
        When::Throughout(_) => ("--throughout", "asks about days"),
        When::During(_) => ("--during", "asks about days"),
        When::At(_) | When::On(_) | When::Now => ("--at", "asks about days"),
        When::Ever if scope.only == Some(Reading::Certain) => ("--certain", "leaves steps out"),
        When::Ever if possible => ("--possible", "leaves steps out"),
        When::Ever if !scope.types.is_empty() => ("--type` or `--category", "leaves steps out"),
        When::Ever if scope.limit.is_some() => ("--limit", "leaves steps out"),
        When::Ever => return Ok(()),
    };
    Err(Failure::new(
        "flag-without-effect",
        format!("`{flag}` {asks}, and a lineage is told as a whole, whatever its days"),
        vec![
            "leave it out; which claims count can be said: `--known-by`, `--source`, `--exclude-source`, `--min-grade`"
                .into(),
            "`allegiance relations NAME --category lineage` takes days and the like".into(),
        ],
    ))
}

/// A drawing that nobody could read.
fn too_big(count: usize) -> Failure {
    Failure::new(
        "too-big-to-draw",
        format!("the lineage has {count} actors, more than a drawing can show (at most {MOST_DRAWN})"),
        vec!["ask for the lineage of an actor nearer to the part you mean, or read it with --tree".into()],
    )
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
