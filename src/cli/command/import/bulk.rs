//! `import tsv`, `import jsonl`, and `import csv` into a compiled set: what is typed, and how it is told what came of it.

use crate::cli::args::Flags;
use crate::cli::command::{Exit, Failure};
use crate::cli::output::{Page, Printer, stderr_color, stderr_width};
use crate::cli::progress::Far;
use crate::dataset::InputFile;
use crate::dataset::bulk::{self, BulkError, Form, Input, Plan, Report};
use crate::diagnostic::{Diagnostic, Severity, SourceMap, Style, render};
use clap::Args;
use serde_json::json;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Rows into a compiled set.
#[derive(Debug, Args)]
pub(super) struct Rows {
    /// Rows of relations; `-` reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Which columns become which fields: JSON as `allegiance schema mapping` describes it
    #[arg(short, long, value_name = "MAP")]
    map: Option<PathBuf>,
    /// A data set whose actors, sources and vocabulary are taken over (repeatable); `embedded` is the one that comes with the program
    #[arg(long, value_name = "PATH")]
    onto: Vec<PathBuf>,
    /// The compiled set to make, `.agz`; one that is there is replaced
    #[arg(short, long, value_name = "SET", required_unless_present = "dry_run")]
    out: Option<PathBuf>,
    /// Write nothing; read everything, and tell what would come of it
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    options: Box<Options>,
}

// Not a doc comment: clap would give it to the commands as what they are about.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Into a compiled set")]
pub(super) struct Options {
    /// A table of actors (repeatable): `id`, `name`, `kind`, `names`, `exists` …
    #[arg(long, value_name = "FILE")]
    pub(super) actors: Vec<PathBuf>,
    /// Make actors of this kind of whatever rows name that is no actor yet; the files are read twice
    #[arg(long, value_name = "KIND")]
    pub(super) new_actors: Option<String>,
    /// A table of types of relations (repeatable): `name`, `polarity`, `category`, `symmetric` …; those of the shipped vocabulary are there anyway
    #[arg(long = "types", value_name = "FILE")]
    pub(super) type_tables: Vec<PathBuf>,
    /// A table of sources (repeatable): `id`, `title`, `published`, `reliability` …
    #[arg(long, value_name = "FILE")]
    pub(super) sources: Vec<PathBuf>,
    /// The source of every row that names none
    #[arg(long, value_name = "ID")]
    pub(super) cite: Option<String>,
    /// Make that source: its title
    #[arg(long, requires_all = ["cite", "published", "reliability"])]
    pub(super) title: Option<String>,
    /// Make that source: when it was published (EDTF)
    #[arg(long, value_name = "DATE", requires = "title")]
    pub(super) published: Option<String>,
    /// Make that source: how far it is to be trusted, A–F
    #[arg(long, value_name = "GRADE", requires = "title")]
    pub(super) reliability: Option<String>,
    /// Take quotes for signs like others
    #[arg(long)]
    pub(super) no_quotes: bool,
    /// Where bad rows go [default: the compiled set's name and `.bad.tsv`]
    #[arg(long, value_name = "FILE")]
    pub(super) bad: Option<PathBuf>,
    /// Give up, writing nothing, when more rows than this are bad
    #[arg(long, value_name = "N")]
    pub(super) max_bad: Option<u64>,
    /// Tell how far it has come even where standard error is no terminal
    #[arg(long)]
    pub(super) progress: bool,
}

/// Whether a path names a compiled set.
pub(super) fn is_set(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(crate::snapshot::EXTENSION))
}

impl Options {
    /// The first that was given, as it is typed.
    pub(super) fn given(&self) -> Option<&'static str> {
        let all = [
            (!self.actors.is_empty(), "--actors"),
            (self.new_actors.is_some(), "--new-actors"),
            (!self.type_tables.is_empty(), "--types"),
            (!self.sources.is_empty(), "--sources"),
            (self.cite.is_some(), "--cite"),
            (self.no_quotes, "--no-quotes"),
            (self.bad.is_some(), "--bad"),
            (self.max_bad.is_some(), "--max-bad"),
            (self.progress, "--progress"),
        ];
        all.into_iter().find(|(is_given, _)| *is_given).map(|(_, name)| name)
    }
}

impl Rows {
    /// Reads rows of a form.
    pub(super) fn run(self, form: Form, flags: &Flags) -> Result<Exit, Failure> {
        if let Some(out) = self.out.as_deref().filter(|out| !is_set(out)) {
            return Err(Failure::new(
                "no-set",
                format!("{} does not end in `.agz`: these rows become a compiled set", out.display()),
                vec![
                    "name a compiled set: `-o set.agz`".into(),
                    "a directory is made of tables by `import csv … --map MAP --out DIR`".into(),
                ],
            ));
        }
        let out = Target { out: self.out, dry_run: self.dry_run };
        run(form, &self.files, self.map.as_deref(), &self.onto, None, out, *self.options, flags)
    }
}

/// Where to, if anywhere.
pub(super) struct Target {
    pub(super) out: Option<PathBuf>,
    pub(super) dry_run: bool,
}

/// Carries it out.
#[allow(clippy::too_many_arguments, reason = "what two commands are given, in common")]
pub(super) fn run(
    form: Form,
    files: &[PathBuf],
    map: Option<&Path>,
    onto: &[PathBuf],
    delimiter: Option<u8>,
    target: Target,
    options: Options,
    flags: &Flags,
) -> Result<Exit, Failure> {
    if !flags.source.is_empty() {
        return Err(Failure::new(
            "no-such-flag",
            "`--source` limits questions; an import cites",
            vec!["name the source of all rows with `--cite ID`".into()],
        ));
    }
    let mut inputs = Vec::with_capacity(files.len());
    let mut is_stdin_named = false;
    for path in files {
        if path.as_os_str() == "-" {
            if std::mem::replace(&mut is_stdin_named, true) {
                return Err(Failure::new("stdin-twice", "standard input can be read only once", Vec::new()));
            }
            inputs.push(Input::reader("standard input", Box::new(io::stdin())));
        } else {
            inputs.push(Input::path(path));
        }
    }
    let mapping = match map {
        None => None,
        Some(path) => Some(InputFile {
            name: path.display().to_string(),
            bytes: std::fs::read(path).map_err(|error| unreadable(&path.display().to_string(), &error))?.into(),
        }),
    };
    let cited = options.title.as_ref().map(|title| {
        json!({"id": options.cite, "title": title, "published": options.published, "kind": "dataset", "reliability": options.reliability})
    });
    let bad = options.bad.clone().or_else(|| {
        let mut name = target.out.clone()?.into_os_string();
        name.push(".bad.tsv");
        Some(name.into())
    });
    let shown = target.out.clone();
    let plan = Plan {
        actors: options.actors,
        types: options.type_tables,
        sources: options.sources,
        onto: crate::cli::context::read(onto)?,
        mapping,
        delimiter,
        no_quotes: options.no_quotes,
        cite: options.cite,
        cited,
        new_actors: options.new_actors,
        out: target.out.filter(|_| !target.dry_run),
        bad: bad.clone(),
        most_bad: options.max_bad,
        ..Plan::of(form, inputs)
    };
    let mut far = Far::start(options.progress);
    let outcome = bulk::run(plan, &mut |progress| far.tell(&progress));
    far.stop();
    match outcome {
        Ok(report) => tell(&report, shown.as_deref(), bad.as_deref(), target.dry_run, flags),
        Err(BulkError::Refused(refused)) => Err(Failure::from(refused)),
        Err(BulkError::Read(name, error)) => Err(unreadable(&name, &error)),
        Err(BulkError::Bad(path, error)) => {
            let message = format!("cannot write {}: {error}", path.display());
            Err(Failure::new("unwritable-file", message, vec!["name another file for bad rows: `--bad FILE`".into()]))
        }
        Err(BulkError::Write(error)) => {
            let path = shown.unwrap_or_default();
            Err(Failure::new("unwritable-file", format!("cannot write {}: {error}", path.display()), Vec::new()))
        }
        Err(BulkError::TooManyBad(report)) => {
            tell_bad(&report, flags);
            let most = options.max_bad.unwrap_or_default();
            let rows = if most == 1 { "row is" } else { "rows are" };
            let message = format!("more than {most} {rows} bad; nothing was written");
            Err(Failure::new("too-many-bad", message, vec!["`--max-bad` says how many may be".into()]))
        }
    }
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    Failure::new("unreadable-file", format!("cannot read {name}: {error}"), Vec::new())
}

fn counted(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Tells of bad rows on standard error, by reason.
fn tell_bad(report: &Report, flags: &Flags) {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for kind in &report.bad {
        let first = if kind.count == 1 { "" } else { "first " };
        diagnostics.push(Diagnostic {
            code: kind.reason.into(),
            severity: Severity::Warning,
            message: format!("{}, {first}{}:{}: {}", counted(kind.count, "bad row"), kind.file, kind.line, kind.what),
            labels: Vec::new(),
            help: Vec::new(),
        });
    }
    if let (Some(last), Some(path)) = (diagnostics.last_mut(), &report.bad_file) {
        last.help.push(format!("{} in {}", counted(report.bad_rows, "bad row"), path.display()));
    }
    if !diagnostics.is_empty() {
        let style = Style { color: stderr_color(flags.color), width: stderr_width() };
        let _ = writeln!(io::stderr(), "{}", render(&diagnostics, &SourceMap::default(), style));
    }
}

/// Tells what came of it.
fn tell(
    report: &Report,
    out: Option<&Path>,
    bad: Option<&Path>,
    dry_run: bool,
    flags: &Flags,
) -> Result<Exit, Failure> {
    tell_bad(report, flags);
    if report.relations == 0 {
        let message = format!("no relation came of {}, so there is nothing to write", counted(report.rows, "row"));
        return Err(Failure::new("nothing-imported", message, report.notes.clone()));
    }
    let parts = [(report.relations, "relation"), (report.actors, "actor"), (report.sources, "source")];
    let mut summary = parts.map(|(count, what)| counted(count, what)).join(", ");
    if report.types > 0 {
        summary.push_str(&format!(", {} of its own", counted(report.types, "type")));
    }
    let place = out.map(|out| out.display().to_string());
    let mut page = Page::new(match &place {
        Some(place) if !dry_run => format!("Wrote {summary} to {place}"),
        _ => format!("Would write {summary}"),
    });
    let mut notes = vec![format!("{} read", counted(report.rows, "row"))];
    if report.left_out > 0 {
        notes.push(format!("{} left out, as the mapping says", counted(report.left_out, "row")));
    }
    if report.new_actors > 0 {
        notes.push(format!("{} that only rows name", counted(report.new_actors, "actor")));
    }
    notes.extend(report.notes.iter().cloned());
    if let (0, Some(bad)) = (report.bad_rows, bad)
        && !dry_run
        && bad.exists()
    {
        notes.push(format!("{} is of an earlier run: this one had no bad rows", bad.display()));
    }
    page.set("dry_run", &dry_run);
    page.set("out", &place);
    page.set("bytes", &report.written.map(|written| written.bytes));
    page.set(
        "counts",
        &json!({"relations": report.relations, "actors": report.actors, "new_actors": report.new_actors, "sources": report.sources,
            "types": report.types}),
    );
    page.set(
        "row_counts",
        &json!({"read": report.rows, "taken": report.taken, "left_out": report.left_out, "bad": report.bad_rows}),
    );
    page.set("bad_file", &report.bad_file.as_ref().map(|path| path.display().to_string()));
    let kinds = report.bad.iter().map(|kind| {
        json!({"reason": kind.reason, "rows": kind.count, "file": kind.file, "line": kind.line, "what": kind.what})
    });
    page.set("bad", &kinds.collect::<Vec<_>>());
    page.set("notes", &report.notes);
    page.lines(Some("Notes"), notes);
    Printer::new(flags).print(&page)?;
    Ok(if report.bad_rows == 0 { Exit::Yes } else { Exit::No })
}
