//! Questions in English and the queries that they equal: every question of `docs/ask.md` and of `tests/ask/*.json` is asked, its `query` is run on the engine, and
//! must have the answer's rows.
//!
//! The engine shares the graph's views with `ask`, and nothing else: each is an oracle for the other.

#![expect(clippy::print_stdout, reason = "how much was compared is for people")]

use allegiance::dataset;
use allegiance::graph::TemporalGraph;
use allegiance::query::temporal_graph::QueryGraph;
use allegiance::query::value::{Map, Value as Cell};
use allegiance::query::{Limits, Options, Prepared};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

static DATA: LazyLock<TemporalGraph> = LazyLock::new(dataset::embedded);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The program with a text on its standard input.
fn run(arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allegiance"));
    command.args(arguments).env_remove("ALLEGIANCE_DATA").env_remove("CLICOLOR_FORCE");
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = piped.expect("the program runs");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_owned();
    // It answers while it reads.
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads");
    output
}

/// The questions of the page.
fn of_the_page() -> Vec<String> {
    let page = fs::read_to_string(root().join("docs/ask.md")).expect("docs/ask.md");
    let mut is_inside = false;
    let mut questions = Vec::new();
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some(word) => is_inside = word == "ask",
            None if is_inside => questions.push(line.to_owned()),
            None => {}
        }
    }
    questions
}

/// The questions of the sets.
fn of_the_sets() -> Vec<String> {
    let entries = fs::read_dir(root().join("tests/ask")).expect("tests/ask");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    let mut questions = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|e| e == "json")) {
        let set: Value = serde_json::from_str(&fs::read_to_string(path).expect("a set")).expect("JSON");
        questions.extend(
            set["questions"].as_array().into_iter().flatten().filter_map(|q| q["question"].as_str()).map(str::to_owned),
        );
    }
    questions
}

fn answers(questions: &[String]) -> Vec<Value> {
    let output = run(&["ask", "--file", "-"], &(questions.join("\n") + "\n"));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.code().is_some_and(|code| code <= 3), "{}", String::from_utf8_lossy(&output.stderr));
    let answers: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(answers.len(), questions.len(), "a line for each question");
    answers
}

/// The columns and rows of a query.
fn rows(text: &str) -> Result<(Vec<String>, Vec<Vec<Cell>>), String> {
    let mut graph = QueryGraph::new(&DATA);
    let prepared = Prepared::new(text, &mut graph, &Options::default()).map_err(|error| format!("{error:?}"))?;
    let rows = prepared.run(&graph, &Map::default(), Limits::default()).map_err(|error| format!("{error:?}"))?;
    let rows: Result<Vec<_>, String> =
        rows.map(|row| row.map(|row| row.to_vec()).map_err(|error| format!("{error:?}"))).collect();
    Ok((prepared.columns().to_vec(), rows?))
}

/// The texts of a value, lists taken apart.
fn texts(cell: &Cell, into: &mut BTreeSet<String>) {
    match cell {
        Cell::String(text) => {
            into.insert(text.to_string());
        }
        Cell::List(items) => items.iter().for_each(|item| texts(item, into)),
        Cell::Map(map) => map.iter().for_each(|(_, value)| texts(value, into)),
        _ => {}
    }
}

fn strings(value: &Value, field: &str) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().filter_map(|item| item[field].as_str()).map(str::to_owned).collect()
}

/// What is wrong between an answer and the rows of its query.
fn difference(answer: &Value, columns: &[String], rows: &[Vec<Cell>]) -> Option<String> {
    let mut all = BTreeSet::new();
    rows.iter().flatten().for_each(|cell| texts(cell, &mut all));
    let ids = strings(&answer["answers"], "id");
    let missing = |wanted: &BTreeSet<String>, what: &str| {
        let missing: Vec<&String> = wanted.iter().filter(|one| !all.contains(*one)).collect();
        (!missing.is_empty()).then(|| format!("{what} that the query has not: {missing:?}"))
    };
    match answer["kind"].as_str()? {
        // Whoever stands so, and nobody else, and as surely.
        "who" => {
            let at = |name: &str| columns.iter().position(|column| column == name);
            let (id, holds) = (at("id")?, at("holds")?);
            let text = |cell: &Cell| match cell {
                Cell::String(text) => text.to_string(),
                other => format!("{other:?}"),
            };
            let theirs: BTreeSet<(String, String)> =
                rows.iter().map(|row| (text(&row[id]), text(&row[holds]))).collect();
            let answers = answer["answers"].as_array().into_iter().flatten();
            let ours: BTreeSet<(String, String)> = answers
                .map(|a| (a["id"].as_str().unwrap_or_default().into(), a["holds"].as_str().unwrap_or_default().into()))
                .collect();
            let only = |one: &BTreeSet<(String, String)>, other: &BTreeSet<(String, String)>| {
                one.difference(other).cloned().collect::<Vec<_>>()
            };
            (theirs != ours).then(|| {
                format!("only the answer: {:?}\nonly the query: {:?}", only(&ours, &theirs), only(&theirs, &ours))
            })
        }
        // A yes rests on what was asked for; a no and an unknown may also cite what speaks against it, or what is nearest.
        "whether" if !matches!(answer["verdict"].as_str(), Some("yes" | "possible" | "disputed")) => None,
        "whether" | "when" | "timeline" | "anonymous" | "known" => {
            missing(&strings(&answer["evidence"], "source"), "sources")
        }
        "path" => missing(&ids, "actors"),
        _ => None,
    }
}

#[test]
fn answers_have_the_rows_of_their_queries() {
    let mut questions = of_the_page();
    assert!(questions.len() > 30, "docs/ask.md has questions");
    questions.extend(of_the_sets());
    let (mut wrong, mut compared, mut without) = (Vec::new(), 0, 0);
    for answer in answers(&questions) {
        let asked = answer["question"].as_str().unwrap_or_default().to_owned();
        let Some(query) = answer["query"].as_str() else {
            without += usize::from(answer["status"] == "answered");
            continue;
        };
        match rows(query) {
            Err(error) => wrong.push(format!("{asked}\n{query}\n{error}")),
            Ok((columns, rows)) => {
                compared += 1;
                wrong.extend(difference(&answer, &columns, &rows).map(|d| format!("{asked}\n{query}\n{d}")));
            }
        }
    }
    println!("{compared} compared, {without} answers that no query equals");
    assert!(wrong.is_empty(), "{} disagree ({compared} compared):\n\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(compared > 30, "only {compared} have a query");
}

#[test]
fn the_page_asks_nothing_that_is_not_understood() {
    let questions = of_the_page();
    let refused: Vec<String> = answers(&questions)
        .iter()
        .filter(|answer| answer["status"] != "answered")
        .map(|answer| format!("{}: {}", answer["question"], answer["text"]))
        .collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn an_explanation_runs() {
    for question in
        ["was HTS allied with al-Qaeda in 2018", "who are the enemies of Turkey's allies", "who backed Assad in 2016"]
    {
        let explained = run(&["ask", question, "--explain"], "");
        let text = String::from_utf8(explained.stdout).expect("UTF-8");
        assert_eq!(explained.status.code(), Some(0), "{question}");
        assert!(text.starts_with("// asked: ") && text.contains("// read as: ") && text.contains("\nMATCH "), "{text}");
        let ran = run(&["query", "-"], &text);
        assert_eq!(ran.status.code(), Some(0), "{text}\n{}", String::from_utf8_lossy(&ran.stderr));
    }
}
