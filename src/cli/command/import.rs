//! `import`: data of other forms as a data set directory or a compiled set; and our own JSON as an export.

mod bulk;

use super::{Exit, Failure};
use crate::cli::args::Flags;
use crate::cli::output::{Page, Printer, Sheet, stderr_color, stderr_width};
use crate::dataset::bulk::Form;
use crate::dataset::{self, CsvOptions, Imported, InputFile, Occupied, Selection};
use crate::diagnostic::{Style as Drawn, render};
use crate::export::{Contents, Exporter, Style};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Import tables, FollowTheMoney entities or JSON
///
/// Into a data set directory; or, where `-o` names a compiled set (`set.agz`), a row at a time, as many as there are. A directory is written whole or not at all, and only when it loads as `allegiance check` would have it. Nothing is guessed: what is not understood
/// is counted and named, what is wrong is told with row and column, and every claim needs a source. `docs/import.md` shows each form.
#[derive(Debug, Args)]
pub(in crate::cli) struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Tables: into a directory by a mapping file; or into a compiled set a row at a time
    ///
    /// Into a compiled set, columns are known by their names (`subject`, `type`, `object`, `valid` or `start` and `end`, `source` …) or by a mapping.
    Csv(Csv),
    /// Tables parted by tabs, into a compiled set a row at a time
    ///
    /// Columns are known by their names (`subject`, `type`, `object`, `valid` or `start` and `end`, `source` …) or by a mapping.
    Tsv(bulk::Rows),
    /// JSON objects, one a line, into a compiled set
    ///
    /// Fields are known by their names (`subject`, `type`, `object`, `valid` or `start` and `end`, `source` …) or by a mapping.
    Jsonl(bulk::Rows),
    /// FollowTheMoney entities, one a line
    Ftm(Ftm),
    /// Our own JSON: data files, or what `export json` wrote
    Json(Json),
}

/// Tables and a mapping.
#[derive(Debug, Args)]
struct Csv {
    /// The tables, in the order of the mapping's; `-` reads standard input
    #[arg(value_name = "TABLE", required = true)]
    files: Vec<PathBuf>,
    /// The mapping: JSON as `allegiance schema mapping` describes it
    #[arg(short, long, value_name = "MAP")]
    map: Option<PathBuf>,
    /// What parts columns, where the mapping does not say: one sign or `tab` [default: found out]
    #[arg(long, value_name = "SIGN", value_parser = delimiter)]
    delimiter: Option<u8>,
    /// A data set to whose actors and sources the tables may refer (repeatable); `embedded` is the one that comes with the program
    ///
    /// What is made then loads together with it: `allegiance --data embedded --data DIR …`.
    #[arg(long, value_name = "PATH")]
    onto: Vec<PathBuf>,
    #[command(flatten)]
    into: Into,
    #[command(flatten)]
    options: Box<bulk::Options>,
}

/// One sign of ASCII, or its name.
fn delimiter(text: &str) -> Result<u8, String> {
    match text {
        "tab" | "\\t" => Ok(b'\t'),
        _ if text.len() == 1 && text.is_ascii() && !matches!(text, "\"" | "\n" | "\r") => Ok(text.as_bytes()[0]),
        _ => Err("one sign of ASCII is wanted, such as `;`, or `tab`".into()),
    }
}

/// FollowTheMoney entities.
#[derive(Debug, Args)]
struct Ftm {
    /// The files; `-` reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// What becomes of schemata, and the source of entities that name none: JSON as `allegiance schema ftm` describes it
    #[arg(short, long, value_name = "MAP")]
    map: Option<PathBuf>,
    #[command(flatten)]
    into: Into,
}

/// Files of our own JSON.
#[derive(Debug, Args)]
struct Json {
    /// The files; `-` reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    into: Into,
}

// Where to. Not a doc comment: clap would give it to the commands as what they are about.
#[derive(Debug, Args)]
struct Into {
    /// The directory to make
    #[arg(short, long, value_name = "DIR", required_unless_present = "dry_run")]
    out: Option<PathBuf>,
    /// Take the place of a directory that an import made before
    #[arg(long)]
    force: bool,
    /// Write nothing; tell what would be written: how many records, the first of them, and every warning
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    pub(in crate::cli) fn run(self, flags: &Flags) -> Result<Exit, Failure> {
        match self.what {
            What::Tsv(rows) => rows.run(Form::Tsv, flags),
            What::Jsonl(rows) => rows.run(Form::JsonLines, flags),
            What::Csv(csv) if csv.is_bulk() => {
                let Into { out, dry_run, .. } = csv.into;
                let target = bulk::Target { out, dry_run };
                bulk::run(
                    Form::Csv,
                    &csv.files,
                    csv.map.as_deref(),
                    &csv.onto,
                    csv.delimiter,
                    target,
                    *csv.options,
                    flags,
                )
            }
            What::Csv(csv) => {
                csv.into.refuse_early()?;
                let map = csv.mapping()?;
                let mut files = read(csv.files.iter().chain([map]), false)?;
                let Some(mapping) = files.pop() else { unreachable!("the mapping is the last of them") };
                let onto = crate::cli::context::read(&csv.onto)?;
                let options = CsvOptions { delimiter: csv.delimiter, onto };
                csv.into.finish(&dataset::import_csv(files, mapping, options)?, flags)
            }
            What::Ftm(ftm) => {
                ftm.into.refuse_early()?;
                let map = read(&ftm.map, false)?.pop();
                ftm.into.finish(&dataset::import_ftm(read(&ftm.files, false)?, map)?, flags)
            }
            What::Json(json) => {
                json.into.refuse_early()?;
                let imported = dataset::import_json(read(&json.files, true)?)?;
                json.into.finish(&imported, flags)
            }
        }
    }
}

impl Csv {
    /// Whether a compiled set is made; where nothing is written and there is no mapping, that alone can be meant.
    fn is_bulk(&self) -> bool {
        self.into.out.as_deref().map_or(self.map.is_none(), bulk::is_set)
    }

    /// The mapping, which a directory needs; and that no flag is given which a directory does not know.
    fn mapping(&self) -> Result<&PathBuf, Failure> {
        if let Some(flag) = self.options.given() {
            return Err(Failure::new(
                "not-into-a-directory",
                format!("`{flag}` is for compiled sets, and here a directory is made"),
                vec!["name a compiled set, `-o set.agz`, or say in the mapping what the flag says".into()],
            ));
        }
        self.map.as_ref().ok_or_else(|| {
            Failure::new(
                "no-mapping",
                "a directory is made of tables by a mapping, and none is named",
                vec![
                    "name one with `--map MAP`; `allegiance schema mapping` describes it".into(),
                    "into a compiled set, `-o set.agz`, columns can say by their names what they are".into(),
                ],
            )
        })
    }
}

impl Into {
    /// Tells of a directory that is in the way before anything is read.
    fn refuse_early(&self) -> Result<(), Failure> {
        match &self.out {
            Some(out) if !self.dry_run && !self.force && out.symlink_metadata().is_ok() => {
                Err(occupied(out, Occupied::Exists))
            }
            Some(out) if !self.dry_run && holds_working_directory(out) => Err(Failure::new(
                "working-directory",
                format!("{} is or holds the directory you are in, which cannot be replaced", out.display()),
                vec!["name another directory, or go out of it first".into()],
            )),
            _ => Ok(()),
        }
    }

    /// Writes what was imported, or tells what would be written.
    fn finish(&self, imported: &Imported, flags: &Flags) -> Result<Exit, Failure> {
        if ["sources", "actors", "relations", "events"].iter().all(|list| imported.list(list).is_empty())
            && imported.files.iter().all(|file| file.name.starts_with("schema/"))
        {
            return Err(Failure::new(
                "nothing-imported",
                "no record came of it, so there is nothing to write",
                imported.notes.iter().take(8).cloned().collect(),
            ));
        }
        if !imported.warnings.is_empty() {
            let style = Drawn { color: stderr_color(flags.color), width: stderr_width() };
            let _ = writeln!(io::stderr(), "{}", render(&imported.warnings, &imported.sources, style));
        }
        let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let counts = ["actor", "relation", "event", "claim", "source"].map(|what| {
            let count = if what == "claim" { imported.claims() } else { imported.list(&format!("{what}s")).len() };
            (what, count)
        });
        let summary = counts.map(|(what, count)| counted(count, what)).join(", ");
        let place = self.out.as_ref().map(|out| out.display().to_string());
        let mut page = if self.dry_run {
            let mut page = Page::new(format!("Would write {summary}"));
            add_first(imported, &mut page);
            page
        } else {
            let Some(out) = &self.out else { unreachable!("clap asks for it unless it is a dry run") };
            dataset::write_directory(out, &imported.files, self.force).map_err(|why| occupied(out, why))?;
            Page::new(format!("Wrote {summary} to {}", out.display()))
        };
        page.set("dry_run", &self.dry_run);
        page.set("out", &place);
        page.set("counts", &Value::Object(counts.iter().map(|(what, n)| (format!("{what}s"), json!(n))).collect()));
        page.set("notes", &imported.notes);
        page.set("warnings", &imported.warnings.len());
        if let (Some(place), true) = (&place, self.dry_run) {
            page.lines(Some(&format!("Files in {place}")), imported.files.iter().map(|f| f.name.clone()).collect());
        }
        if let (Some(out), true) = (&self.out, self.dry_run)
            && out.symlink_metadata().is_ok()
        {
            let out = out.display();
            let how = if self.force {
                "`--force` replaces it where an import wrote it and nothing was changed since"
            } else {
                "without `--force` nothing would be written"
            };
            page.lines(Some("In the way"), vec![format!("{out} is already there: {how}")]);
        }
        page.lines((!imported.notes.is_empty()).then_some("Notes"), imported.notes.clone());
        Printer::new(flags).print(&page)?;
        Ok(Exit::found(
            !imported.list("actors").is_empty()
                || !imported.list("relations").is_empty()
                || !imported.list("events").is_empty(),
        ))
    }
}

/// Whether a path is the current directory or one above it, however it is spelled.
fn holds_working_directory(path: &Path) -> bool {
    let current = std::env::current_dir().and_then(std::fs::canonicalize);
    matches!((std::fs::canonicalize(path), current), (Ok(path), Ok(current)) if current.starts_with(&path))
}

/// The first records of each list.
fn add_first(imported: &Imported, page: &mut Page) {
    const MOST: usize = 5;
    let cited = |record: &Value| -> String {
        let claims = record.get("claims").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let text = |claim: &Value, key: &str| claim.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut all: Vec<String> =
            claims.iter().map(|c| format!("{} {}", text(c, "source"), text(c, "locator"))).collect();
        let more = all.len().saturating_sub(2);
        all.truncate(2);
        if more > 0 { format!("{}, {more} more", all.join(", ")) } else { all.join(", ") }
    };
    let lists: [(&str, &'static [&'static str]); 4] = [
        ("sources", &["id", "title", "published", "kind", "reliability"]),
        ("actors", &["id", "name", "kind"]),
        ("relations", &["subject", "type", "object", "valid"]),
        ("events", &["id", "name", "kind", "date"]),
    ];
    for (list, columns) in lists {
        let records = imported.list(list);
        let has_claims = list == "relations" || list == "events";
        let mut sheet = Sheet::new(columns);
        if has_claims {
            sheet.columns.push("sources".into());
        }
        for record in records.iter().take(MOST) {
            let cell = |key: &&str| record.get(*key).and_then(Value::as_str).unwrap_or_default().to_owned();
            sheet.push(columns.iter().map(cell).chain(has_claims.then(|| cited(record))));
            page.rows.push(json!({"list": list, "record": record}));
        }
        let heading = match records.len() {
            n if n > MOST => format!("The first {MOST} of {n} {list}"),
            1 => format!("1 {}", list.trim_end_matches('s')),
            n => format!("{n} {list}"),
        };
        page.block(Some(&heading), sheet);
    }
}

/// Reads the files named, `-` from standard input; where directories may be named, the data files in them.
fn read<'p>(paths: impl IntoIterator<Item = &'p PathBuf>, directories: bool) -> Result<Vec<InputFile>, Failure> {
    let mut files = Vec::new();
    let mut stdin_is_read = false;
    for path in paths {
        if path.as_os_str() == "-" {
            if std::mem::replace(&mut stdin_is_read, true) {
                return Err(Failure::new("stdin-twice", "standard input can be read only once", Vec::new()));
            }
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            files.push(InputFile { name: "standard input".into(), bytes: bytes.into() });
        } else {
            let read = if directories {
                dataset::read(path)
            } else {
                std::fs::read(path)
                    .map(|bytes| vec![InputFile { name: path.display().to_string(), bytes: bytes.into() }])
            };
            files.extend(read.map_err(|error| {
                Failure::new("unreadable-file", format!("cannot read {}: {error}", path.display()), Vec::new())
            })?);
        }
    }
    Ok(files)
}

/// The first of several names, and how many more there are.
fn the_first(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let (first, rest) = names.split_at(names.len().min(SHOWN));
    let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    format!("{}{more}", first.join(", "))
}

fn occupied(out: &Path, why: Occupied) -> Failure {
    let out = out.display();
    match why {
        Occupied::Exists => Failure::new(
            "already-there",
            format!("{out} is already there, and nothing in it was changed"),
            vec!["name another directory, or replace what an import made before with `--force`".into()],
        ),
        Occupied::NotDirectory => Failure::new(
            "not-a-directory",
            format!("{out} is no directory, and was not touched"),
            vec!["a data set is a directory of *.json files: name one that is not there yet".into()],
        ),
        Occupied::Foreign(names) => Failure::new(
            "not-an-import",
            format!("{out} holds what no import wrote ({}); `--force` would lose it", the_first(&names)),
            vec!["name another directory; `--force` takes the place only of what an import made".into()],
        ),
        Occupied::Changed(names) => Failure::new(
            "changed-since-import",
            format!(
                "{out} was changed after an import wrote it ({}); `--force` would lose the changes",
                the_first(&names)
            ),
            vec!["name another directory; `--force` takes the place only of what is as an import wrote it".into()],
        ),
        Occupied::Io(error) => Failure::Io(error),
    }
}

/// A data set in our own JSON, as an export.
pub(super) struct DataSet {
    /// Whether nothing narrows the view: then every record is written, also those that no view shows, such as what is only denied.
    pub(super) whole: bool,
}

/// What a part of a data set does not hold.
const PARTIAL: [&str; 2] = [
    "which relations outside the view an event opened or closed",
    "that claims left out made other dates count (the dates are those of the record)",
];

impl Exporter for DataSet {
    fn name(&self) -> &'static str {
        "json"
    }

    fn losses(&self) -> &'static [&'static str] {
        if self.whole { &[] } else { &PARTIAL }
    }

    fn write(&self, contents: &Contents<'_, '_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
        let selection = (!self.whole).then(|| Selection {
            actors: contents.actors.iter().copied().collect(),
            relations: contents.relations.iter().copied().chain(contents.denied()).collect(),
            events: contents.events.iter().copied().collect(),
            sources: contents.sources.iter().copied().collect(),
            claims: contents.view.claim_filter().clone(),
        });
        out.write_all(dataset::to_text(contents.view.graph(), selection.as_ref()).as_bytes())
    }
}
