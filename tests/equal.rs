//! Commands and the queries that they equal: what `--explain` prints is run, and must give the rows of the command.
//!
//! The engine shares the graph's views with the commands, and nothing of `question`: each is an oracle for the other.

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Output, Stdio};

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allegiance"));
    command.args(arguments).env_remove("ALLEGIANCE_DATA").env_remove("CLICOLOR_FORCE");
    command
}

fn run(arguments: &[&str]) -> Output {
    program(arguments).output().expect("the program runs")
}

/// The rows of a query given on standard input.
fn query(text: &str) -> Result<Vec<Value>, String> {
    let mut child = program(&["query", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let written = child.stdin.take().expect("piped").write_all(text.as_bytes());
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    written.map_err(|error| error.to_string())?;
    match output.status.code() {
        Some(0 | 1) => rows(&output.stdout),
        _ => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

fn rows(json: &[u8]) -> Result<Vec<Value>, String> {
    let page: Value = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    Ok(page["rows"].as_array().cloned().unwrap_or_default())
}

/// A part of a row as text: `relation.id` goes into objects, `actors.id` into each of a list.
fn part(row: &Value, path: &str) -> String {
    let mut values = vec![row.clone()];
    for name in path.split('.') {
        values = values
            .into_iter()
            .flat_map(|value| match value {
                Value::Array(items) => items.iter().map(|item| item[name].clone()).collect(),
                value => vec![value[name].clone()],
            })
            .collect();
    }
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" – "),
        value => value.to_string(),
    };
    values.iter().map(text).collect::<Vec<_>>().join(" – ")
}

fn parts(rows: &[Value], paths: &[&str]) -> Vec<String> {
    rows.iter().map(|row| paths.iter().map(|path| part(row, path)).collect::<Vec<_>>().join(" | ")).collect()
}

/// How rows are compared.
#[derive(Clone, Copy, PartialEq)]
enum Rows {
    /// The same in the same order.
    Ordered,
    /// The same in any order.
    Same,
    /// The command's are among the query's.
    Among,
}

/// A command, what of its rows is compared with what of the query's, and how.
struct Case {
    words: &'static [&'static str],
    of_command: &'static [&'static str],
    of_query: &'static [&'static str],
    rows: Rows,
}

const RELATION: &[&str] = &["id", "holds", "valid", "status"];

const fn relations(words: &'static [&'static str]) -> Case {
    Case { words, of_command: RELATION, of_query: RELATION, rows: Rows::Ordered }
}

fn cases() -> Vec<Case> {
    let mut all: Vec<Case> = [
        &["allies", "HTS"][..],
        &["allies", "Turkey", "--broad"],
        &["allies", "al-Qaeda"],
        &["rivals", "ISIS"],
        &["rivals", "HTS"],
        &["relations", "SDF"],
        &["relations", "HTS", "--with", "Turkey"],
        &["between", "HTS", "US"],
        &["between", "Turkey", "PKK"],
        &["when", "HTS", "allied-with", "al-Qaeda"],
        &["when", "US", "designates", "HTS"],
        &["when", "HTS", "led-by", "Jolani"],
        &["list", "relations"],
        &["show", "HTS"],
        &["show", "hts.affiliate_of.al-qaeda"],
    ]
    .map(relations)
    .into();
    for words in [
        &["was", "HTS", "allied-with", "al-Qaeda"][..],
        &["was", "US", "designates", "HTS"],
        &["was", "HTS", "led-by", "Jolani"],
        &["was", "Turkey", "cooperates-with", "HTS"],
        &["was", "SDF", "friendly-to", "Turkey"],
    ] {
        all.push(Case { rows: Rows::Among, ..relations(words) });
    }
    let mut add = |words, of_command, of_query, rows| all.push(Case { words, of_command, of_query, rows });
    let event = &["id", "date", "holds", "status"][..];
    add(&["list", "events"], event, event, Rows::Ordered);
    add(&["list", "actors"], &["id", "name", "kind"], &["id", "name", "kind"], Rows::Ordered);
    add(&["list", "sources"], &["id", "published"], &["id", "published"], Rows::Ordered);
    let shared = &["shared", "id", "holds"][..];
    for words in [&["shared", "US", "HTS"][..], &["shared", "Turkey", "US"], &["shared", "Iran", "Hamas"]] {
        add(words, &["shared", "actor.id", "holds"], shared, Rows::Ordered);
    }
    for words in [&["path", "Hamas", "Hezbollah"][..], &["path", "JNIM", "HTS"], &["path", "Turkey", "Russia"]] {
        add(words, &["hops", "actors.id", "coexist"], &["steps", "chain", "coexist"], Rows::Ordered);
    }
    for words in [&["lineage", "HTS"][..], &["lineage", "al-Qaeda"], &["lineage", "SDF"], &["lineage", "Africa Corps"]]
    {
        add(words, &["step", "relation.id", "relation.holds"], &["step", "id", "holds"], Rows::Same);
    }
    for words in [&["conflicts"][..], &["conflicts", "HTS"]] {
        add(words, &["about", "relation.id", "event.id"], &["about", "relation", "event"], Rows::Ordered);
    }
    let entry = &["date", "what", "relation.id", "event.id", "holds"][..];
    for words in
        [&["timeline"][..], &["timeline", "HTS"], &["timeline", "SDF", "Turkey"], &["timeline", "US", "--events"]]
    {
        add(words, entry, &["date", "what", "relation", "event", "holds"], Rows::Ordered);
    }
    for words in [
        &["changes", "2024-11", "2025-03"][..],
        &["changes", "2016", "2019", "HTS"],
        &["changes", "2025-02", "2025-03", "SDF", "Turkey"],
    ] {
        add(words, &["change", "date", "relation.id", "holds"], &["what", "date", "id", "holds"], Rows::Ordered);
    }
    let pair = (&["first.id", "second.id", "relations.id"][..], &["first", "second", "relations"][..]);
    for words in [&["matrix", "HTS", "ISIS", "al-Qaeda", "Turkey", "US"][..], &["matrix", "--top", "6"]] {
        add(words, pair.0, pair.1, Rows::Ordered);
    }
    add(
        &["matrix", "HTS", "US", "Iran", "Turkey", "--vs", "2021"],
        &["first.id", "second.id", "from.relations.id", "to.relations.id"],
        &["first", "second", "from", "to"],
        Rows::Ordered,
    );
    add(&["show", "the Post"], &["record", "claim.locator", "claim.stance"], &["id", "locator", "stance"], Rows::Same);
    add(&["show", "hts-dissolution-2025-01"], event, event, Rows::Ordered);
    all
}

/// Flags, each set given to every command.
const FLAGS: &[&str] = &[
    "",
    "--ever",
    "--at 2016",
    "--at 2018~",
    "--at 2025-01-24",
    "--at now --certain",
    "--during 2015/2018-06 --possible",
    "--during ../2016 --certain",
    "--throughout 2018",
    "--at 2018 --known-by 2019-12-31",
    "--known-by 2025-01",
    "--known-by 2025-02-01 --possible --at 2024",
    "--exact --ever",
    "--category hostility --category structure --at 2024",
    "--type allied_with --ever",
    "--limit 3",
    "--limit 2 --at 2016 --certain",
];

#[test]
fn commands_answer_as_the_queries_they_equal() {
    // Each command with every fifth set of flags, the next command with others; all of them with `EQUAL_ALL=1`.
    let step = if std::env::var_os("EQUAL_ALL").is_some() { 1 } else { 5 };
    let cases = cases();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = |from: usize| compare(cases.iter().enumerate().skip(from).step_by(threads), step);
    let (mut wrong, mut compared) = (Vec::new(), 0);
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|from| scope.spawn(move || share(from))).collect();
        for outcome in running {
            let (theirs, number) = outcome.join().expect("a thread that ends");
            wrong.extend(theirs);
            compared += number;
        }
    });
    assert!(wrong.is_empty(), "{} disagree ({compared} compared):\n\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(compared > 100, "only {compared} of the comparisons have rows");
}

/// What is wrong with some of the cases, and how many comparisons had rows.
fn compare<'c>(cases: impl Iterator<Item = (usize, &'c Case)>, step: usize) -> (Vec<String>, usize) {
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for (number, case) in cases {
        for flags in FLAGS.iter().skip(number % step).step_by(step) {
            let typed: Vec<&str> = case.words.iter().copied().chain(flags.split_whitespace()).collect();
            let asked = typed.join(" ");
            let explained = run(&[&typed[..], &["--explain"]].concat());
            let command = run(&[&typed[..], &["--format", "json"]].concat());
            let said = String::from_utf8_lossy(&explained.stderr).into_owned();
            if command.status.code() == Some(2) {
                if explained.status.code() != Some(2) {
                    wrong.push(format!("{asked}: the command fails, and is explained all the same"));
                }
                continue;
            }
            if explained.status.code() != Some(0) {
                if !said.contains("[no-equal-query]") && !said.contains("[contradictory-types]") {
                    wrong.push(format!("{asked}: {said}"));
                }
                continue;
            }
            let text = String::from_utf8_lossy(&explained.stdout).into_owned();
            match (rows(&command.stdout), query(&text)) {
                (Ok(command), Ok(query)) => {
                    let (mut theirs, mut ours) = (parts(&command, case.of_command), parts(&query, case.of_query));
                    if case.rows == Rows::Among {
                        ours.retain(|row| theirs.contains(row));
                    }
                    if case.rows != Rows::Ordered {
                        theirs.sort();
                        ours.sort();
                    }
                    compared += usize::from(!theirs.is_empty());
                    if theirs != ours {
                        wrong.push(format!("{asked}\n{text}{}", difference(&theirs, &ours)));
                    }
                }
                (Err(error), _) | (_, Err(error)) => wrong.push(format!("{asked}\n{text}{error}")),
            }
        }
    }
    (wrong, compared)
}

fn difference(command: &[String], query: &[String]) -> String {
    let only = |of: &[String], not: &[String], what: &str| -> String {
        of.iter().filter(|row| !not.contains(row)).map(|row| format!("  {what}: {row}\n")).collect()
    };
    let all = only(command, query, "command") + &only(query, command, "query");
    if all.is_empty() { format!("  order or number:\n  {command:?}\n  {query:?}\n") } else { all }
}

#[test]
fn what_no_query_equals_is_refused_with_the_reason() {
    for typed in [
        &["search", "Idlib"][..],
        &["check"],
        &["schema"],
        &["list", "types"],
        &["export", "dot"],
        &["query", "-e", "RETURN 1"],
        &["allies", "HTS", "--source", "the Post"],
        &["allies", "HTS", "--min-grade", "B"],
        &["between", "HTS", "US", "--known-by", "2025", "--possible"],
    ] {
        let output = run(&[typed, &["--explain"]].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{typed:?}: {said}");
        assert!(said.contains("error[no-equal-query]") && said.contains("= help:"), "{typed:?}: {said}");
    }
}
