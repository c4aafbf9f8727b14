//! Runs the scripts of `tests/query/`: queries with their answers, on small graphs drawn in `tests/query/graphs/`.
//!
//! `cargo test --test query -- match:12` runs one; `UPDATE=1 cargo test --test query` writes the answers anew. The format is told in
//! `tests/query/README.md`. Every query runs twice, with all rewrites and with none, and must answer the same.

#[path = "query/script.rs"]
mod script;

use allegiance::dataset;
use allegiance::diagnostic::{SourceMap, Style, render};
use allegiance::graph::TemporalGraph;
use allegiance::query::error::Error;
use allegiance::query::graph::{Graph, SliceId};
use allegiance::query::property_graph::PropertyGraph;
use allegiance::query::scope::Scope;
use allegiance::query::temporal_graph::QueryGraph;
use allegiance::query::value::Map;
use allegiance::query::{Limits, Options, Prepared, REWRITES, fixture, notation};
use libtest_mimic::{Arguments, Failed, Trial};
use script::{Ask, Case, Script};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Longer than any query of a script takes, so that one that does not end fails alone.
const PATIENCE: Duration = Duration::from_secs(20);

/// The name that stands for the data that comes with the program.
const SHIPPED: &str = "shipped";

static DATA: LazyLock<TemporalGraph> = LazyLock::new(dataset::embedded);

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/query");
    let mut paths = Vec::new();
    scripts(&root, &mut paths);
    let update = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    let mut trials = Vec::new();
    for path in paths {
        let name = path.strip_prefix(&root).unwrap_or(&path).with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).unwrap_or_default();
        match script::read(&text) {
            Ok(script) if update => trials.push(Trial::test(name, {
                let graphs = root.join("graphs");
                move || rewrite(&path, &text, &script, &graphs)
            })),
            Ok(Script { cases }) => trials.extend(cases.into_iter().map(|case| {
                let graphs = root.join("graphs");
                Trial::test(format!("{name}:{}", case.line), move || check(&case, &graphs))
            })),
            Err(fault) => trials.push(Trial::test(name, || Err(fault.into()))),
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Every script below a folder, in order of name.
fn scripts(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            scripts(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "test") {
            found.push(path);
        }
    }
}

/// What a query came to.
struct Outcome {
    columns: String,
    rows: Vec<String>,
}

/// A query on its graph, with these rewrites left out.
fn run(case: &Case, graphs: &Path, without: &[&'static str]) -> Result<Result<Outcome, Box<Error>>, Failed> {
    if case.setting.graph.as_deref() == Some(SHIPPED) {
        return run_on(case, &mut QueryGraph::new(&DATA), without);
    }
    run_on(case, &mut draw(case, graphs)?, without)
}

fn run_on<G: Graph>(
    case: &Case,
    graph: &mut G,
    without: &[&'static str],
) -> Result<Result<Outcome, Box<Error>>, Failed> {
    let options = Options { scope: case.setting.scope.clone(), without: without.to_vec() };
    let limits = Limits {
        deadline: Some(Instant::now() + case.setting.patience.unwrap_or(PATIENCE)),
        rows: case.setting.rows,
        kept: case.setting.kept.unwrap_or(Limits::default().kept),
    };
    let mut parameters = Map::new();
    for (name, text) in &case.setting.parameters {
        let value = notation::literal(text).map_err(|error| format!("parameter `{name}`: {error}"))?;
        parameters.insert(name.as_str(), value);
    }
    let whole = graph.slice(&Scope::default()).map_err(|error| error.to_string())?;
    Ok(answer(case, graph, &options, &parameters, limits, whole))
}

fn answer<G: Graph>(
    case: &Case,
    graph: &mut G,
    options: &Options,
    parameters: &Map,
    limits: Limits,
    whole: SliceId,
) -> Result<Outcome, Box<Error>> {
    let prepared = Prepared::new(&case.text, graph, options)?;
    let lines =
        |text: &str| text.lines().map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect();
    if case.ask == Ask::Plan {
        return Ok(Outcome { columns: String::new(), rows: lines(&prepared.explain()) });
    }
    let mut running = prepared.run(graph, parameters, limits)?;
    let mut rows = Vec::new();
    for row in &mut running {
        let row: Vec<String> = row?.iter().map(|value| notation::write(value, graph, whole)).collect();
        rows.push(row.join(" | "));
    }
    if case.ask == Ask::Profile {
        return Ok(Outcome { columns: String::new(), rows: lines(&running.profile()) });
    }
    Ok(Outcome { columns: prepared.columns().join(" | "), rows })
}

/// The graph of a case.
fn draw(case: &Case, graphs: &Path) -> Result<PropertyGraph, Failed> {
    let Some(name) = &case.setting.graph else { return Ok(PropertyGraph::new()) };
    let text = fs::read_to_string(graphs.join(name).with_extension("cypher"))
        .map_err(|error| format!("the graph `{name}`: {error}"))?;
    let symmetric = text.lines().find_map(|line| line.strip_prefix("// symmetric:")).unwrap_or_default();
    let symmetric = symmetric.split(',').map(str::trim).filter(|name| !name.is_empty());
    let mut graph = PropertyGraph::with_symmetric(symmetric);
    fixture::load(&text, &mut graph).map_err(|error| drawn(&error, name, &text))?;
    Ok(graph)
}

/// An error as people see it.
fn drawn(error: &Error, name: &str, text: &str) -> String {
    let mut sources = SourceMap::default();
    let file = sources.add(name, text.to_owned());
    render(&[error.to_diagnostic(file)], &sources, Style::default()).trim_end().to_owned()
}

/// What the script should say below the line: the answer with all rewrites, once the one without has been held against it.
fn found(case: &Case, graphs: &Path) -> Result<Vec<String>, Failed> {
    let with = run(case, graphs, &[])?;
    if matches!(case.ask, Ask::Plan | Ask::Profile) {
        return Ok(with.map_err(|error| drawn(&error, "query", &case.text))?.rows);
    }
    let without = run(case, graphs, REWRITES)?;
    match (&case.ask, with, without) {
        (Ask::Error { code, words }, Err(error), Err(plain)) => {
            let picture = drawn(&error, "query", &case.text);
            if error.code() != *code {
                return Err(format!("wanted `{code}`, got `{}`:\n{picture}", error.code()).into());
            }
            if plain.code() != *code {
                return Err(format!("`{code}` with rewrites, `{}` without:\n{picture}", plain.code()).into());
            }
            if !picture.contains(words.as_str()) {
                return Err(format!("the error does not say `{words}`:\n{picture}").into());
            }
            Ok(picture.lines().map(|line| line.trim_end().to_owned()).collect())
        }
        (Ask::Error { code, .. }, Ok(outcome), _) => {
            Err(format!("wanted `{code}`, got rows:\n{}", outcome.rows.join("\n")).into())
        }
        (_, Err(error), _) => Err(drawn(&error, "query", &case.text).into()),
        (_, _, Err(error)) => Err(format!("without rewrites:\n{}", drawn(&error, "query", &case.text)).into()),
        (ask, Ok(mut with), Ok(mut without)) => {
            if !matches!(ask, Ask::Rows { ordered: true, .. }) {
                with.rows.sort();
                without.rows.sort();
            }
            if with.rows != without.rows {
                let (with, without) = (with.rows.join("\n"), without.rows.join("\n"));
                return Err(format!("with rewrites:\n{with}\nwithout:\n{without}").into());
            }
            let header = matches!(ask, Ask::Rows { header: true, .. }).then_some(with.columns);
            Ok(header.into_iter().chain(with.rows).collect())
        }
    }
}

/// Holds one case against its script.
fn check(case: &Case, graphs: &Path) -> Result<(), Failed> {
    let found = found(case, graphs)?;
    let Some(wanted) = &case.answer else {
        let needs_none = matches!(case.ask, Ask::Error { .. });
        return if needs_none { Ok(()) } else { Err("no answer in the script: end the query with `----`".into()) };
    };
    let mut wanted = wanted.clone();
    if let Ask::Rows { header, ordered: false } = case.ask {
        let first = usize::from(header).min(wanted.len());
        wanted[first..].sort();
    }
    if wanted == found {
        return Ok(());
    }
    Err(format!("{}\n-- wanted\n{}\n-- found\n{}", case.text, wanted.join("\n"), found.join("\n")).into())
}

/// Writes the answers of a script anew; queries that fail are told and left as they are.
fn rewrite(path: &Path, text: &str, script: &Script, graphs: &Path) -> Result<(), Failed> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut faults = String::new();
    // From the end, so that the places of those before stay true.
    for case in script.cases.iter().rev() {
        match found(case, graphs) {
            Ok(_) if case.answer.is_none() && matches!(case.ask, Ask::Error { .. }) => {}
            Ok(answer) => {
                let rule = case.answer.is_none().then(|| "----".to_owned());
                lines.splice(case.place.clone(), rule.into_iter().chain(answer));
            }
            Err(fault) => {
                faults.insert_str(0, &format!("line {}: {}\n", case.line, fault.message().unwrap_or_default()));
            }
        }
    }
    let anew = lines.join("\n") + "\n";
    if anew != text {
        fs::write(path, anew).map_err(|error| error.to_string())?;
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}
