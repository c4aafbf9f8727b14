//! `check`: is a data set sound, and does it account for its sources?

use super::{Exit, Failure};
use crate::cli::args::Flags;
use crate::cli::context::{data_paths, read};
use crate::cli::output::{Page, Printer, Sheet, print, stderr_width};
use crate::dataset::{self, Coverage, ParagraphUse, SourceCoverage};
use crate::diagnostic::{Severity, Style, render};
use crate::graph::TemporalGraph;
use crate::model::UncitedReason;
use crate::snapshot::{self, OpenError};
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Check a data set: every fault with file, line and column, and what is allowed
///
/// Without a directory: the data set named by --data or ALLEGIANCE_DATA, else the one that comes with the program. Exit code 1 when there is
/// an error, or a paragraph that nobody has accounted for; warnings alone are no failure. A compiled set is read as a whole, every block against its sum.
#[derive(Debug, Args)]
pub(in crate::cli) struct Check {
    /// The data set
    #[arg(value_name = "DIR")]
    path: Vec<PathBuf>,
    /// Report which paragraphs of each source are cited, set aside with a reason, or not accounted for
    #[arg(long)]
    coverage: bool,
}

impl Check {
    pub(super) fn run(self, flags: &Flags) -> Result<Exit, Failure> {
        let paths = if self.path.is_empty() { data_paths(flags) } else { self.path };
        if let [one] = paths.as_slice()
            && snapshot::is_compiled(one)
            && !self.coverage
        {
            return whole(one, flags);
        }
        let files = if paths.is_empty() { dataset::embedded_files() } else { read(&paths)? };
        let count = files.len();
        let printer = Printer::new(flags);
        let style = Style { color: crate::cli::output::stderr_color(flags.color), width: stderr_width() };
        match dataset::load(files) {
            Err(refused) => {
                print(&render(&refused.diagnostics, &refused.sources, style))?;
                let errors = refused.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
                let warnings = refused.diagnostics.len() - errors;
                print(&format!(
                    "\n{} and {} in {}\n",
                    counted(errors, "error"),
                    counted(warnings, "warning"),
                    counted(count, "file")
                ))?;
                Ok(Exit::No)
            }
            Ok(loaded) => {
                if !loaded.warnings.is_empty() {
                    print(&render(&loaded.warnings, &loaded.sources, style))?;
                    print("\n")?;
                }
                let coverage = Coverage::of(&loaded.graph);
                let complete = coverage.is_complete();
                printer.print(&page(&loaded.graph, &coverage, count, loaded.warnings.len(), self.coverage))?;
                Ok(Exit::found(complete || !self.coverage))
            }
        }
    }
}

/// Reads a compiled set as a whole.
fn whole(path: &Path, flags: &Flags) -> Result<Exit, Failure> {
    let verified = match snapshot::verify(path) {
        Ok(verified) => verified,
        Err(error @ (OpenError::Damaged(_) | OpenError::Length(..))) => {
            Failure::compiled(path, &error).report(flags.color);
            return Ok(Exit::No);
        }
        Err(error) => return Err(Failure::compiled(path, &error)),
    };
    let mut page = Page::new(format!("Whole: {}, {} bytes", path.display(), verified.bytes));
    let mut sheet = Sheet::new(&["section", "bytes"]);
    for (name, bytes) in &verified.sections {
        sheet.push([name.clone(), bytes.to_string()]);
        page.rows.push(json!({"section": name, "bytes": bytes}));
    }
    page.set("made_of", &verified.made_of);
    page.flat = Some(sheet.clone());
    page.block(None, sheet);
    Printer::new(flags).print(&page)?;
    Ok(Exit::Yes)
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn page(graph: &TemporalGraph, coverage: &Coverage, files: usize, warnings: usize, with_coverage: bool) -> Page {
    let claims = graph.claims().count();
    let mut page = Page::new(format!(
        "Sound: {}, {}, {}, {}, {} from {}",
        counted(graph.actors().len(), "actor"),
        counted(graph.relations().len(), "relation"),
        counted(graph.events().len(), "event"),
        counted(claims, "claim"),
        counted(graph.sources().len(), "source"),
        counted(files, "file"),
    ));
    page.set("warnings", &warnings);
    page.as_of = Some(graph.horizon().to_string());
    if !with_coverage {
        return page;
    }
    let mut sheet = Sheet::new(&["source", "¶", "cited", "furniture", "argument", "missing", "both", "claims"]);
    let mut lines = Vec::new();
    let mut rows = Vec::new();
    for one in &coverage.sources {
        let slug = graph.source(one.source).slug.to_string();
        let [cited, furniture, argument, missing, both] = numbers(one);
        sheet.push([
            slug.clone(),
            one.paragraphs.len().to_string(),
            cited.len().to_string(),
            furniture.len().to_string(),
            argument.len().to_string(),
            missing.len().to_string(),
            both.len().to_string(),
            one.claims.to_string(),
        ]);
        rows.push(json!({
            "source": slug, "paragraphs": one.paragraphs.len(), "cited": cited, "furniture": furniture,
            "argument": argument, "missing": missing, "both": both, "claims": one.claims,
        }));
        if one.paragraphs.is_empty() {
            lines.push(format!("{slug}: the data does not say how many paragraphs it has"));
        }
        if !missing.is_empty() {
            lines.push(format!("{slug}: nobody accounts for {}", ranges(&missing)));
        }
        if !both.is_empty() {
            lines.push(format!("{slug}: cited, and listed as uncited: {}", ranges(&both)));
        }
        for uncited in &graph.source(one.source).uncited {
            lines.push(format!("{slug} {}: {}: {}", uncited.locator, uncited.reason, uncited.note));
        }
    }
    page.rows = rows;
    page.flat = Some(sheet.clone());
    page.block(Some("Paragraphs by source"), sheet);
    page.lines(None, lines);
    let word = if coverage.is_complete() {
        "Every paragraph is accounted for."
    } else {
        "Not every paragraph is accounted for."
    };
    page.notes.push(word.to_owned());
    page
}

fn numbers(one: &SourceCoverage) -> [Vec<u32>; 5] {
    [
        one.numbers(|p| matches!(p, ParagraphUse::Cited(_) | ParagraphUse::Both(_))),
        one.numbers(|p| *p == ParagraphUse::SetAside(UncitedReason::Furniture)),
        one.numbers(|p| *p == ParagraphUse::SetAside(UncitedReason::Argument)),
        one.numbers(|p| *p == ParagraphUse::Missing),
        one.numbers(|p| matches!(p, ParagraphUse::Both(_))),
    ]
}

/// Numbers as `¶1-3, ¶7`.
fn ranges(numbers: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *number => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    runs.iter().map(|(a, b)| if a == b { format!("¶{a}") } else { format!("¶{a}-{b}") }).collect::<Vec<_>>().join(", ")
}
