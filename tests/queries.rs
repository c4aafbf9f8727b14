//! The questions that come with the program, each with its rows: an edit of the data that changes a judgement fails here with the difference.
//!
//! The rows are those that `allegiance query NAME --format tsv` prints. Here each query also runs without any rewrite and must answer the same.
//!
//! `UPDATE=1 cargo test --test queries` writes `tests/queries/NAME.expected` anew; read the difference before committing.
//! `cargo test --test queries -- hts-patrons` runs one.

use allegiance::dataset;
use allegiance::graph::TemporalGraph;
use allegiance::query::error::Error;
use allegiance::query::library::{self, Entry};
use allegiance::query::temporal_graph::QueryGraph;
use allegiance::query::{Limits, Options, Prepared, REWRITES, notation};
use libtest_mimic::{Arguments, Failed, Trial};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::{Arc, OnceLock};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let update = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    let graph: Arc<OnceLock<TemporalGraph>> = Arc::default();
    let mut trials: Vec<Trial> = library::all()
        .map(|entry| {
            let graph = Arc::clone(&graph);
            Trial::test(entry.name.to_string(), move || check(&entry, graph.get_or_init(dataset::embedded), update))
        })
        .collect();
    trials.push(Trial::test("the-library-is-the-folder", || same_names("queries", "cypher")));
    if !update {
        trials.push(Trial::test("no-answer-without-a-query", || same_names("tests/queries", "expected")));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn expected(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/queries").join(name).with_extension("expected")
}

/// Holds a query against its head and its rows.
fn check(entry: &Entry<'_>, graph: &TemporalGraph, update: bool) -> Result<(), Failed> {
    check_head(entry)?;
    let (rows, plain) = (run(entry, graph, &[])?, run(entry, graph, REWRITES)?);
    if rows != plain {
        let difference = difference(&plain.join("\n"), &rows.join("\n"));
        return Err(format!("rewrites change the answer (- without, + with them):\n{difference}").into());
    }
    match (entry.expect, rows.len()) {
        (Some("rows"), 1..) | (Some("none"), 0) => {}
        (wanted, rows) => return Err(format!("the head expects {wanted:?}, and there are {rows} rows").into()),
    }
    let (path, found) = (expected(&entry.name), printed(&entry.name)?);
    if found.lines().count() != rows.len() + 1 {
        return Err(format!("the program prints {} lines for {} rows", found.lines().count(), rows.len()).into());
    }
    if update {
        return Ok(fs::write(path, found)?);
    }
    let wanted = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    if wanted == found {
        return Ok(());
    }
    Err(format!("the answer has changed (- expected, + found):\n{}", difference(&wanted, &found)).into())
}

/// What the program prints: the columns, and a line for each row.
fn printed(name: &str) -> Result<String, Failed> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_allegiance"));
    let output = program.args(["query", name, "--format", "tsv"]).env_remove("ALLEGIANCE_DATA").output()?;
    match output.status.code() {
        Some(0 | 1) => Ok(String::from_utf8(output.stdout)?),
        _ => Err(String::from_utf8_lossy(&output.stderr).into_owned().into()),
    }
}

/// A head says all there is to say, and its parameters are those of the query.
fn check_head(entry: &Entry<'_>) -> Result<(), Failed> {
    let (Some(title), Some(question)) = (entry.title, entry.question) else {
        return Err("the head wants a title and a question".into());
    };
    if title.ends_with(['.', '?']) || !question.trim_end_matches(')').ends_with(['?', '.']) {
        return Err(format!("a title is no sentence, a question is one: {title} / {question}").into());
    }
    let declares = entry.text.lines().any(|line| line.starts_with("// params:"));
    let says_none = entry.text.lines().any(|line| line == "// params: none");
    if !declares || says_none != entry.parameters.is_empty() {
        return Err("the head wants `params`: names with defaults, or `none`".into());
    }
    Ok(())
}

/// The rows in the notation of the language, a line each.
fn run(entry: &Entry<'_>, graph: &TemporalGraph, without: &[&'static str]) -> Result<Vec<String>, Failed> {
    let fail = |error: Box<Error>| Failed::from(format!("{}: {}", error.message, error.help.join("; ")));
    let mut graph = QueryGraph::new(graph);
    let options = Options { without: without.to_vec(), ..Options::default() };
    let prepared = Prepared::new(entry.text, &mut graph, &options).map_err(fail)?;
    let parameters = entry.defaults().map_err(fail)?;
    let mut declared: Vec<&str> = parameters.iter().map(|(name, _)| &**name).collect();
    let mut used: Vec<&str> = prepared.parameters().iter().map(|name| &**name).collect();
    declared.sort_unstable();
    used.sort_unstable();
    if declared != used {
        return Err(format!("the head declares {declared:?}, and the query uses {used:?}").into());
    }
    let mut rows = prepared.run(&graph, &parameters, Limits::default()).map_err(fail)?;
    let slice = rows.slice();
    let row = |row: Vec<_>| row.iter().map(|v| notation::write(v, &graph, slice)).collect::<Vec<_>>().join(" | ");
    rows.by_ref().map(|values| values.map(row).map_err(fail)).collect()
}

/// Both folders name the same queries.
fn same_names(folder: &str, ending: &str) -> Result<(), Failed> {
    let mut found = Vec::new();
    for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))? {
        let path = file?.path();
        if path.extension().is_none_or(|extension| extension != ending) {
            return Err(format!("{} is no .{ending}", path.display()).into());
        }
        found.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    found.sort();
    let library: Vec<String> = library::names().map(str::to_owned).collect();
    if found == library {
        return Ok(());
    }
    Err(format!("the library and {folder}/ differ:\n{}", difference(&library.join("\n"), &found.join("\n"))).into())
}

/// The lines of two texts that the other has not, in their order: `-` of the first, `+` of the second.
fn difference(wanted: &str, found: &str) -> String {
    let count = |text: &str, line: &str| text.lines().filter(|other| *other == line).count();
    let mut text = String::new();
    for (sign, these, others) in [('-', wanted, found), ('+', found, wanted)] {
        for line in these.lines().filter(|line| count(these, line) > count(others, line)) {
            text.push_str(&format!("{sign} {line}\n"));
        }
    }
    if text.is_empty() { "the order".to_owned() } else { text }
}
