//! `export`: a view in a format that other tools read.

use super::{Ask, Context, Exit, Failure};
use crate::export::{Dot, Exporter, Style};
use crate::model::{ActorId, Category, TypeId};
use crate::question::When;
use crate::time::Reading;
use clap::{Args, ValueEnum};
use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// The formats of exports.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ExportFormat {
    /// Graphviz DOT: `… | dot -Tsvg > picture.svg`
    Dot,
}

/// Export a view: DOT for Graphviz
///
/// The view is what the flags say: days, claims, types. Without a date: the last day the data speaks for. Attitudes and places are left out
/// unless asked for with --category or --type.
#[derive(Debug, Args)]
pub(in crate::cli) struct Export {
    /// The format
    what: ExportFormat,
    /// Only these actors and their neighbours (repeatable)
    #[arg(long, value_name = "ACTOR")]
    around: Vec<String>,
    /// How many steps from the actors of --around
    #[arg(long, value_name = "N", default_value_t = 1)]
    hops: usize,
    /// Draw the members of a line (renamings, successions) in a box together
    #[arg(long)]
    lineage: bool,
    /// Leave out the dates
    #[arg(long)]
    no_dates: bool,
    /// Leave out the legend
    #[arg(long)]
    no_legend: bool,
    /// Also show actors without any relation in the view
    #[arg(long)]
    isolated: bool,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Ask for Export {
    const DEFAULT: When = When::Now;

    fn equal(&self, _: &mut Context<'_>) -> Result<String, Failure> {
        Err(crate::cli::equal::refused(
            "export",
            "it draws a graph; `allegiance list relations --explain` tells the relations of the same days",
        ))
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        let lens = context.lens();
        let types: Vec<TypeId> = if context.scope.types.is_empty() {
            context.types_without(&[Category::Stance, Category::Territory])
        } else {
            context.scope.types.clone()
        };
        let mut view = lens.view.clone().with_types(&types);
        if context.scope.only == Some(Reading::Certain) {
            view = view.with_reading(Reading::Certain);
        }
        let mut title = format!("Allegiance, {}", context.scope.when_in_words(context.graph));
        if !self.around.is_empty() {
            let mut near: BTreeSet<ActorId> = BTreeSet::new();
            let mut names = Vec::new();
            for name in &self.around {
                let line = context.line(&lens, name)?;
                names.push(context.called(&lens, &line));
                near.extend(line.members);
            }
            title = format!("{title}: around {}", names.join(", "));
            for _ in 0..self.hops {
                let next: Vec<ActorId> = near.iter().flat_map(|id| view.ties(*id).map(|n| n.other)).collect();
                near.extend(next);
            }
            view = view.among(&near.into_iter().collect::<Vec<_>>());
        }
        let style = Style {
            title,
            dates: !self.no_dates,
            legend: !self.no_legend,
            lineage_clusters: self.lineage,
            isolated: self.isolated,
        };
        let exporter: &dyn Exporter = match self.what {
            ExportFormat::Dot => &Dot,
        };
        match &self.out {
            None => {
                let mut out = BufWriter::new(io::stdout().lock());
                exporter.write(&view, &style, &mut out)?;
                out.flush()?;
            }
            Some(path) => write_file(path, |out| exporter.write(&view, &style, out))?,
        }
        if !exporter.losses().is_empty() {
            let _ = writeln!(io::stderr(), "note: {} does not hold: {}", exporter.name(), exporter.losses().join("; "));
        }
        Ok(Exit::found(view.relations().next().is_some()))
    }
}

/// Writes a file whole or not at all: beside it first, then in its place.
fn write_file(path: &std::path::Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let named = |e: io::Error| io::Error::new(e.kind(), format!("{}: {e}", path.display()));
    let mut text = Vec::new();
    write(&mut text)?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    std::fs::write(&beside, &text).map_err(named)?;
    std::fs::rename(&beside, path).map_err(|e| {
        let _ = std::fs::remove_file(&beside);
        named(e)
    })?;
    Ok(())
}
