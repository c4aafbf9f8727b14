//! The language page: its tables are those of the source, and every example and query on it runs on the shipped data.
//!
//! `UPDATE=1 cargo test --test language` writes the tables and the answers anew; read them before committing.

use allegiance::dataset;
use allegiance::query::functions::{self, Function, Group};
use allegiance::query::graph::Graph;
use allegiance::query::scope::Scope;
use allegiance::query::temporal_graph::QueryGraph;
use allegiance::query::types::Types;
use allegiance::query::value::Map;
use allegiance::query::{Limits, Options, Prepared, notation, procedures};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const PAGE: &str = "docs/query-language.md";

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE)).expect("the page is there")
}

fn updates() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}

/// The value of an expression on the shipped data, in the notation of the language.
fn value_of(expression: &str) -> Result<String, String> {
    let data = dataset::embedded();
    let mut graph = QueryGraph::new(&data);
    let text = format!("RETURN {expression} AS value");
    let prepared = Prepared::new(&text, &mut graph, &Options::default()).map_err(|error| format!("{text}: {error}"))?;
    let whole = graph.slice(&Scope::default()).map_err(|error| error.to_string())?;
    let mut rows = prepared.run(&graph, &Map::new(), Limits::default()).map_err(|error| format!("{text}: {error}"))?;
    match rows.next() {
        Some(Ok(row)) => Ok(notation::write(&row[0], &graph, whole)),
        Some(Err(error)) => Err(format!("{text}: {error}")),
        None => Err(format!("{text}: no row")),
    }
}

#[test]
fn the_example_of_every_function_has_its_value() {
    let mut wrong = Vec::new();
    for Function { name, example: (expression, expected), .. } in functions::all() {
        match value_of(expression) {
            Ok(value) if value == *expected => {}
            Ok(value) => wrong.push(format!("{name}: {expression} is {value}, not {expected}")),
            Err(error) => wrong.push(format!("{name}: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const GROUPS: &[(Group, &str)] = &[
    (Group::Time, "Valid time"),
    (Group::Graph, "Nodes, relations, paths"),
    (Group::Aggregate, "Many rows to one value"),
    (Group::List, "Lists"),
    (Group::Text, "Texts"),
    (Group::Number, "Numbers"),
    (Group::Value, "Any value"),
    (Group::Calendar, "Days and durations"),
];

fn signature(function: &Function) -> String {
    let required = function.parameters.len() - function.optional;
    let mut text = format!("{}(", function.name);
    for (at, parameter) in function.parameters.iter().enumerate() {
        let separator = if at == 0 { "" } else { ", " };
        let _ = if at < required {
            write!(text, "{separator}{}", parameter.name)
        } else {
            write!(text, "[{separator}{}]", parameter.name)
        };
    }
    text + if function.variadic { ", …)" } else { ")" }
}

fn returned(types: Types) -> String {
    let text = types.to_string();
    text.split(' ').filter(|word| !matches!(*word, "a" | "an")).collect::<Vec<_>>().join(" ")
}

fn function_tables() -> String {
    let mut text = String::new();
    for (group, heading) in GROUPS {
        let _ = write!(text, "### {heading}\n\n");
        for function in functions::all().filter(|function| function.group == *group) {
            let (example, value) = function.example;
            let _ = writeln!(
                text,
                "* **`{}`** → {}. {} `{example}` is `{value}`.",
                signature(function),
                returned(function.returns),
                function.summary,
            );
        }
        text.push('\n');
    }
    text
}

fn procedure_table() -> String {
    let mut text = String::new();
    for procedure in procedures::ALL {
        let required = procedure.parameters.len() - procedure.optional;
        let parameters: Vec<String> = procedure
            .parameters
            .iter()
            .enumerate()
            .map(|(at, (name, _))| if at < required { (*name).to_owned() } else { format!("[{name}]") })
            .collect();
        let yields: Vec<&str> = procedure.yields.iter().map(|(name, _)| *name).collect();
        let _ = writeln!(
            text,
            "* **`CALL {}({}) YIELD {}`**. {}",
            procedure.name,
            parameters.join(", "),
            yields.join(", "),
            procedure.summary
        );
    }
    text + "\n"
}

/// The page with what stands between two markers replaced.
fn with_part(page: &str, name: &str, part: &str) -> String {
    let begin = format!("<!-- {name}: made by `UPDATE=1 cargo test --test language` -->\n");
    let end = format!("<!-- end of {name} -->");
    let from = page.find(&begin).unwrap_or_else(|| panic!("the page has the marker {begin}")) + begin.len();
    let to = from + page[from..].find(&end).unwrap_or_else(|| panic!("the page has the marker {end}"));
    format!("{}\n{part}{}", &page[..from], &page[to..])
}

/// What the program prints of a query, without its heading.
fn printed(query: &str) -> Result<String, String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_allegiance"))
        .args(["query", "-", "--width", "110", "--color", "never"])
        .env_remove("ALLEGIANCE_DATA")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let written = child.stdin.take().expect("piped").write_all(query.as_bytes());
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    written.map_err(|error| error.to_string())?;
    if !matches!(output.status.code(), Some(0 | 1)) {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let body = if text.starts_with("Query") { text.split_once("\n\n").map_or("", |(_, body)| body) } else { &text };
    Ok(body.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned() + "\n")
}

/// Every `cypher` block of a page: where the text of the `text` block right after it stands, if there is one.
fn blocks(page: &str) -> Vec<(String, Option<std::ops::Range<usize>>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = page[at..].find("```cypher\n") {
        let from = at + open + "```cypher\n".len();
        let to = from + page[from..].find("```\n").expect("the block is closed");
        let after = to + "```\n".len();
        let answer = page[after..].trim_start_matches('\n').strip_prefix("```text\n").map(|rest| {
            let begin = page.len() - rest.len();
            begin..begin + rest.find("```").expect("the block is closed")
        });
        at = answer.as_ref().map_or(after, |answer| answer.end);
        found.push((page[from..to].to_owned(), answer));
    }
    found
}

#[test]
fn the_page_tells_what_the_program_does() {
    let page = page();
    let mut wanted = with_part(&page, "functions", &function_tables());
    wanted = with_part(&wanted, "procedures", &procedure_table());
    let mut wrong = Vec::new();
    let found = blocks(&wanted);
    assert!(found.len() > 25, "only {} queries on the page", found.len());
    // From the end, so that the places of those before stay true.
    for (query, answer) in found.into_iter().rev() {
        match (printed(&query), answer) {
            (Ok(text), _) if text.trim() == "No rows." => wrong.push(format!("{query}finds nothing")),
            (Ok(text), Some(place)) => wanted.replace_range(place, &text),
            (Ok(_), None) => {}
            (Err(error), _) => wrong.push(format!("{query}{error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    if updates() {
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE), &wanted).expect("the page can be written");
        return;
    }
    let differs = page.lines().zip(wanted.lines()).position(|(a, b)| a != b);
    assert!(
        page == wanted,
        "{PAGE}:{} differs from what the program does (UPDATE=1 writes it):\n{}",
        differs.map_or(0, |line| line + 1),
        differs.map_or("", |line| wanted.lines().nth(line).unwrap_or(""))
    );
}
