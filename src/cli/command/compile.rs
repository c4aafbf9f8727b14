//! `compile`: a data set as one file that opens at once.

use super::{Exit, Failure};
use crate::cli::args::Flags;
use crate::cli::context::{data_paths, lexicon_file, read};
use crate::cli::output::{Page, Printer, Sheet};
use crate::dataset;
use crate::snapshot::{self, Extras, WriteError};
use clap::Args;
use std::io;
use std::path::{Path, PathBuf};

/// Compile a data set into one file that opens at once, whatever its size
///
/// Every command and query takes the file where it takes a directory: `--data set.agz`. It is read as it lies on disk, only what a question touches, and has indexes of days, types and names. The same data makes the
/// same bytes. An old file is replaced in one step when the new one is whole. `check set.agz` reads all of it for damage.
///
/// With --cache each directory keeps a compiled set of itself, which is used as long as its content is what the files say, and passed over as soon as it is not.
#[derive(Debug, Args)]
pub(in crate::cli) struct Compile {
    /// The data set: directories or files that are read together; without any, the one named by --data or ALLEGIANCE_DATA, else the one that comes with the program
    #[arg(value_name = "DIR")]
    paths: Vec<PathBuf>,
    /// Write it here; by custom the name ends with `.agz`
    #[arg(long, short, value_name = "FILE", required_unless_present = "cache")]
    out: Option<PathBuf>,
    /// Keep it in the directory itself, as `.allegiance.agz`
    #[arg(long, conflicts_with = "out")]
    cache: bool,
}

impl Compile {
    pub(super) fn run(self, flags: &Flags) -> Result<Exit, Failure> {
        let paths = if self.paths.is_empty() { data_paths(flags) } else { self.paths };
        let mut page = Page::new("");
        let mut sheet = Sheet::new(&["file", "actors", "relations", "events", "sources", "bytes"]);
        let mut rows = Vec::new();
        let targets: Vec<(Vec<PathBuf>, PathBuf)> = match self.out {
            Some(out) => vec![(paths, out)],
            None => {
                if let Some(other) = paths.iter().find(|path| !path.is_dir()) {
                    return Err(Failure::new(
                        "no-directory",
                        format!("--cache keeps a compiled set in a directory, and {} is none", other.display()),
                        vec!["name directories alone, or a file with --out".into()],
                    ));
                }
                let directories = paths;
                if directories.is_empty() {
                    return Err(Failure::new(
                        "no-directory",
                        "--cache keeps a compiled set in a directory of data, and none is named",
                        vec!["name one: `allegiance compile DIR --cache`".into()],
                    ));
                }
                directories.into_iter().map(|path| (vec![path.clone()], dataset::cache_path(&path))).collect()
            }
        };
        for (paths, out) in targets {
            let line = compile(&paths, &out)?;
            sheet.push(line.iter().map(ToString::to_string));
            rows.push(serde_json::json!({
                "file": line[0], "actors": number(&line[1]), "relations": number(&line[2]), "events": number(&line[3]),
                "sources": number(&line[4]), "bytes": number(&line[5]),
            }));
        }
        page.title = "Compiled".into();
        page.rows = rows;
        page.flat = Some(sheet.clone());
        page.block(None, sheet);
        Printer::new(flags).print(&page)?;
        Ok(Exit::Yes)
    }
}

fn number(text: &str) -> u64 {
    text.parse().unwrap_or_default()
}

/// Compiles what is at some paths, and tells what of.
fn compile(paths: &[PathBuf], out: &Path) -> Result<[String; 6], Failure> {
    if let Some(input) = paths.iter().find(|path| is_same(path, out)) {
        return Err(Failure::new(
            "onto-itself",
            format!("{} would be replaced by what is made of it", input.display()),
            vec!["name another file with --out".into()],
        ));
    }
    if out.file_name() != dataset::cache_path(Path::new("")).file_name() {
        check_place(out)?;
    }
    let (graph, extras) = if let [one] = paths
        && snapshot::is_compiled(one)
    {
        // Once more from the start: a newer program may number and weigh otherwise.
        let compiled = snapshot::open(one).map_err(|error| Failure::compiled(one, &error))?;
        let extras = Extras { lexicon: compiled.lexicon, fingerprint: compiled.fingerprint, made_of: compiled.made_of };
        (compiled.graph, extras)
    } else if paths.is_empty() {
        let files = dataset::embedded_files();
        let fingerprint = dataset::fingerprint(&[], &files, None);
        let made_of = files.into_iter().map(|file| file.name).collect();
        (dataset::embedded(), Extras { lexicon: None, fingerprint, made_of })
    } else {
        let files = read(paths)?;
        let lexicon = lexicon_file(paths)?;
        let extras = Extras {
            fingerprint: dataset::fingerprint(paths, &files, lexicon.as_ref()),
            // Not where they lay: the same data makes the same bytes, and a file that is handed on tells nothing of its maker's disk.
            made_of: files.iter().map(|file| dataset::relative(paths, &file.name)).collect(),
            lexicon: lexicon.map(|file| file.bytes.into_owned()),
        };
        (dataset::load_without_warnings(files)?, extras)
    };
    let written = snapshot::write(out, &graph, extras).map_err(|error| not_written(out, &error))?;
    Ok([
        out.display().to_string(),
        graph.actor_count().to_string(),
        graph.relation_count().to_string(),
        graph.event_count().to_string(),
        graph.sources().len().to_string(),
        written.bytes.to_string(),
    ])
}

fn is_same(path: &Path, out: &Path) -> bool {
    match (path.canonicalize(), out.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

/// Refuses to replace what is no compiled set.
pub(super) fn check_place(out: &Path) -> Result<(), Failure> {
    if !out.exists() || snapshot::is_compiled(out) {
        return Ok(());
    }
    Err(Failure::new(
        "not-replaced",
        format!("{} exists, and is no compiled set", out.display()),
        vec![
            "a compiled set replaces one of the same name and nothing else: name another file, or remove this one"
                .into(),
        ],
    ))
}

/// Why a compiled set was not written.
pub(super) fn not_written(out: &Path, error: &WriteError) -> Failure {
    let help = match error {
        WriteError::Damaged(damage) => return Failure::damaged(damage),
        WriteError::Io(error) if error.kind() == io::ErrorKind::NotFound => "its directory must exist",
        WriteError::Io(_) => {
            "the directory must be one that can be written to, with room for the whole file beside an old one"
        }
        WriteError::Twice(_) | WriteError::TooMuch(_) | WriteError::Unordered(..) | WriteError::Unsound(_) => {
            "ids must be unique, and refer to what there is"
        }
    };
    Failure::new("not-written", format!("cannot write {}: {error}", out.display()), vec![help.into()])
}
