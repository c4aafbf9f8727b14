//! The program as people use it: transcripts under `tests/cli/`, and what a transcript cannot show.
//!
//! `TRYCMD=overwrite cargo test --test cli` writes the transcripts anew; read them before committing.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Output, Stdio};

const DATA: &str = "tests/cli/data";

/// The program, in the crate's directory and without the environment's say in colours and data.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allegiance"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    for name in ["ALLEGIANCE_DATA", "NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

fn run(arguments: &[&str]) -> Output {
    program().args(arguments).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn transcripts() {
    trycmd::TestCases::new()
        .env("ALLEGIANCE_DATA", "")
        .env("CLICOLOR_FORCE", "")
        .case("tests/cli/*.trycmd")
        .case("tests/cli/*.toml");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    // Far more than a pipe holds, so that the program is still writing when the pipe closes.
    const PAIRS: &str = "MATCH (a:Actor), (b:State) RETURN a, b";
    for arguments in [
        &["list", "relations", "--format", "json"][..],
        &["export", "dot", "--ever"],
        &["schema"],
        &["query", "-e", PAIRS],
        &["query", "-e", PAIRS, "--format", "csv"],
        &["query", "-e", PAIRS, "--format", "tsv"],
        &["query", "-e", PAIRS, "--format", "jsonl"],
        &["query", "-e", PAIRS, "--format", "json"],
    ] {
        let mut child =
            program().args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
        let mut first = String::new();
        BufReader::with_capacity(64, child.stdout.take().expect("piped")).read_line(&mut first).expect("a line");
        assert!(!first.is_empty());
        let mut complaints = String::new();
        child.stderr.take().expect("piped").read_to_string(&mut complaints).expect("UTF-8");
        let status = child.wait().expect("it ends");
        assert_eq!(status.code(), Some(0), "{arguments:?}: {complaints}");
        assert!(!complaints.contains("error") && !complaints.contains("panic"), "{arguments:?}: {complaints}");
    }
}

#[test]
fn completions_for_every_shell_and_a_manual() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(&["completions", shell]);
        assert!(output.status.success(), "{shell}");
        let script = text(&output.stdout);
        assert!(script.contains("allegiance") && script.contains("lineage"), "{shell}: {script}");
    }
    assert_eq!(run(&["completions", "tcsh"]).status.code(), Some(2));
    let manual = run(&["man"]);
    assert!(manual.status.success() && text(&manual.stdout).contains(".SH"), "{}", text(&manual.stdout));
    let directory = std::env::temp_dir().join(format!("allegiance-man-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a directory");
    assert!(run(&["man", "--out", directory.to_str().expect("UTF-8")]).status.success());
    let pages = std::fs::read_dir(&directory).expect("there").count();
    std::fs::remove_dir_all(&directory).expect("ours");
    assert!(pages > 15, "{pages} pages");
    assert_eq!(run(&["man", "--out", "/nowhere/at/all"]).status.code(), Some(2));
}

#[test]
fn the_data_may_be_named_by_the_environment_and_the_flag_goes_first() {
    let ask = |env: Option<&str>, flags: &[&str]| {
        let mut command = program();
        if let Some(value) = env {
            command.env("ALLEGIANCE_DATA", value);
        }
        let output = command.args(["show", "north", "--format", "json"]).args(flags).output().expect("it runs");
        (output.status.code(), text(&output.stdout).contains("Northern Front"))
    };
    assert_eq!(ask(Some(DATA), &[]), (Some(0), true));
    assert_eq!(ask(Some("tests/cli/nowhere"), &["--data", DATA]), (Some(0), true));
    assert_eq!(ask(Some("tests/cli/nowhere"), &[]).0, Some(2));
    assert_eq!(ask(Some(""), &[]).0, Some(2), "what comes with the program has no such actor");
    // Several data sets make one.
    let both = std::env::join_paths([format!("{DATA}/actors.json"), format!("{DATA}/sources.json")]).expect("no colon");
    assert_eq!(ask(both.to_str(), &[]), (Some(0), true));
}

#[test]
fn an_export_is_written_whole_or_not_at_all() {
    let path = std::env::temp_dir().join(format!("allegiance-{}.dot", std::process::id()));
    let file = path.to_str().expect("UTF-8");
    assert!(run(&["export", "dot", "--ever", "--data", DATA, "--out", file]).status.success());
    let written = std::fs::read_to_string(&path).expect("written");
    std::fs::remove_file(&path).expect("ours");
    let printed = run(&["export", "dot", "--ever", "--data", DATA]);
    assert_eq!(written, text(&printed.stdout));
    let failed = run(&["export", "dot", "--data", DATA, "--out", "/nowhere/x.dot"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(text(&failed.stderr).contains("/nowhere/x.dot"), "{}", text(&failed.stderr));
}

#[test]
fn json_is_json_and_every_line_of_jsonl_too() {
    for question in [
        &["allies", "NF"][..],
        &["relations", "salt"],
        &["between", "north", "salt"],
        &["was", "north", "allied-with", "salt"],
        &["when", "north", "allied-with", "valley-guard"],
        &["path", "salt", "lions-east"],
        &["lineage", "valley-force"],
        &["timeline"],
        &["changes", "2013", "2018"],
        &["conflicts"],
        &["shared", "north", "highland"],
        &["show", "north"],
        &["show", "raid-2016"],
        &["show", "Bulletin"],
        &["list", "kinds"],
        &["search", "the"],
        &["check"],
    ] {
        let with = |format: &str| {
            let output = run(&[question, &["--data", DATA, "--format", format]].concat());
            text(&output.stdout).to_owned()
        };
        let whole: serde_json::Value =
            serde_json::from_str(&with("json")).unwrap_or_else(|e| panic!("{question:?}: {e}"));
        let rows = whole["rows"].as_array().expect("rows");
        assert!(
            whole["title"].is_string() && whole.get("as_of").is_some() && whole["assumptions"].is_array(),
            "{whole}"
        );
        // What the answer is comes first, what it rests on last.
        let keys: Vec<&str> = whole.as_object().expect("an object").keys().map(String::as_str).collect();
        let is_judged = whole.get("verdict").is_some();
        let head: &[&str] = if is_judged { &["title", "as_of", "assumptions", "verdict", "text"] } else { &["title"] };
        assert!(keys.starts_with(head) && keys.ends_with(&["rows"]), "{question:?}: {keys:?}");
        let lines = with("jsonl");
        let mut lines: Vec<serde_json::Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{question:?}: {e}")))
            .collect();
        if is_judged {
            let first = lines.remove(0);
            assert_eq!((&first["verdict"], &first["text"]), (&whole["verdict"], &whole["text"]), "{question:?}");
        }
        assert_eq!(&lines, rows, "{question:?}");
        assert!(lines.iter().all(serde_json::Value::is_object));
    }
}

#[test]
fn a_verdict_stands_before_every_row_of_separated_values() {
    for (question, verdict) in [
        (&["was", "north", "allied-with", "valley-guard"][..], "yes"),
        (&["was", "north", "allied-with", "valley-guard", "--at", "2010"], "no"),
        (&["was", "salt", "arms", "valley-guard"], "possible"),
        (&["was", "highland", "arms", "north"], "disputed"),
        (&["was", "hermit", "allied-with", "north"], "unknown"),
        (&["between", "north", "salt"], "possible"),
        (&["between", "hermit", "salt"], "unknown"),
    ] {
        for (format, separator) in [("csv", ','), ("tsv", '\t')] {
            let output = run(&[question, &["--data", DATA, "--format", format]].concat());
            let lines: Vec<&str> = text(&output.stdout).lines().collect();
            assert!(lines.len() > 1 && lines[0].starts_with(&format!("verdict{separator}id{separator}")), "{lines:?}");
            let columns = lines[0].matches(separator).count();
            for line in &lines[1..] {
                assert!(line.starts_with(&format!("{verdict}{separator}")), "{question:?}: {line}");
                assert!(line.matches(separator).count() >= columns, "{question:?}: {line}");
            }
        }
    }
    let rows = run(&["relations", "north", "--data", DATA, "--format", "csv"]);
    assert!(text(&rows.stdout).starts_with("id,"), "{}", text(&rows.stdout));
}

#[test]
fn no_question_panics_on_odd_words() {
    for odd in ["", " ", "\u{202e}", "'", "--", "-", "%s", "☃", "\u{7f}", "a".repeat(5000).as_str()] {
        for command in [
            &["allies"][..],
            &["lineage"],
            &["search"],
            &["show"],
            &["was", "north", "allied-with"],
            &["matrix", "north"],
            &["ask"],
            &["ask", "was", "north"],
        ] {
            let output = run(&[command, &["--data", DATA, "--", odd]].concat());
            assert!(matches!(output.status.code(), Some(0..=3)), "{command:?} {odd:?}: {}", text(&output.stderr));
            assert!(!text(&output.stderr).contains("panicked"), "{command:?} {odd:?}");
        }
    }
}

/// The program with a text on its standard input.
fn run_with_input(arguments: &[&str], input: &[u8]) -> Output {
    let piped = program().args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = piped.expect("the program runs");
    child.stdin.take().expect("piped").write_all(input).expect("it reads");
    child.wait_with_output().expect("it ends")
}

#[test]
fn a_query_is_read_from_standard_input() {
    let arguments = ["query", "-", "--format", "csv", "--data", DATA];
    let output = run_with_input(&arguments, b"MATCH (a:State)\nRETURN a.name AS state ORDER BY state;\n");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "state\nHighland Republic\nSalt Coast\n"));
    let output = run_with_input(&arguments, b"RETURN '\xff'");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("standard input is no text in UTF-8"), "{}", text(&output.stderr));
}

#[test]
fn a_hostile_query_ends_with_its_time() {
    for query in ["MATCH (a), (b), (c), (d), (e) RETURN count(*)", "MATCH p = (a)-[*1..100]-(b) RETURN count(p)"] {
        let output = run(&["query", "-e", query, "--timeout", "0.2"]);
        assert_eq!(output.status.code(), Some(2), "{query}");
        assert!(text(&output.stderr).contains("error[time-limit]"), "{}", text(&output.stderr));
    }
}

/// The fields of an answer to a question in English, in order.
const CONTRACT: [&str; 13] = [
    "question",
    "status",
    "kind",
    "verdict",
    "answers",
    "dates",
    "count",
    "text",
    "evidence",
    "query",
    "as_of",
    "assumptions",
    "nearest",
];

fn keys(answer: &serde_json::Value) -> Vec<&str> {
    answer.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn an_answer_to_a_question_has_the_fields_of_the_contract() {
    for (question, code, status, verdict) in [
        ("was HTS affiliated with al-Qaeda in 2015", 0, "answered", Some("yes")),
        ("was HTS allied with al-Qaeda in 2018", 3, "answered", Some("disputed")),
        ("was HTS allied with Hamas", 1, "nothing-recorded", Some("unknown")),
        ("who led HTS in 2019", 0, "answered", None),
        ("who leads JNIM", 1, "nothing-recorded", None),
        ("is Ahrar al-Sham allied with Turkey", 2, "not-understood", None),
        ("was HTS allied with al-Qaeda in 2025-13", 2, "not-understood", None),
        ("frobnicate the gizmo", 2, "not-understood", None),
    ] {
        let output = run(&["ask", question, "--format", "json"]);
        let answer: serde_json::Value = serde_json::from_str(text(&output.stdout)).expect(question);
        assert_eq!(output.status.code(), Some(code), "{question}: {answer}");
        assert_eq!((answer["status"].as_str(), answer["verdict"].as_str()), (Some(status), verdict), "{question}");
        assert_eq!(answer["question"], *question);
        assert_eq!(keys(&answer)[..CONTRACT.len()], CONTRACT, "{question}");
        let is_refused = status == "not-understood";
        assert_eq!(keys(&answer).get(CONTRACT.len()).copied(), is_refused.then_some("error"), "{question}");
        if is_refused {
            let code = answer["error"]["code"].as_str().expect("a code");
            let message = answer["error"]["message"].as_str().expect("a message");
            assert!(text(&output.stderr).contains(&format!("error[{code}]: {message}")), "{}", text(&output.stderr));
            assert!(answer["error"]["help"].as_array().is_some_and(|help| !help.is_empty()), "{answer}");
        } else {
            assert_eq!(text(&output.stderr), "", "{question}");
        }
    }
}

#[test]
fn words_without_quotes_are_one_question() {
    let answer = |arguments: &[&str]| text(&run(&[arguments, &["--format", "json"]].concat()).stdout).to_owned();
    assert_eq!(
        answer(&["ask", "who", "led", "HTS", "in", "2019"]),
        answer(&["ask", "who led HTS in 2019"]),
        "as several words"
    );
    assert_eq!(run(&["ask"]).status.code(), Some(2));
    assert_eq!(run(&["ask", "who leads HTS", "--file", "-"]).status.code(), Some(2));
}

#[test]
fn flags_limit_a_question_and_days_are_said_once() {
    let verdict = |arguments: &[&str]| {
        let output = run(&[&["ask", "--format", "json"], arguments].concat());
        let answer: serde_json::Value = serde_json::from_str(text(&output.stdout)).expect("JSON");
        let said = answer["verdict"].as_str().or_else(|| answer["error"]["code"].as_str()).map(str::to_owned);
        (said.unwrap_or_default(), answer["as_of"].as_str().map(str::to_owned))
    };
    let (verdict_2015, as_of) = verdict(&["was HTS allied with al-Qaeda", "--at", "2015"]);
    assert_eq!((verdict_2015.as_str(), as_of.as_deref()), ("yes", Some("2015")));
    assert_eq!(verdict(&["was HTS allied with al-Qaeda in 2015", "--at", "2018"]).0, "two-dates");
    assert_eq!(verdict(&["was HTS allied with al-Qaeda in 2015", "--at", "2015"]).0, "yes");
    assert_eq!(verdict(&["was HTS allied with al-Qaeda in 2015", "--exact"]).0, "no");
    assert_eq!(verdict(&["was HTS allied with al-Qaeda in 2018", "--source", "the Post"]).0, "no");
    assert_eq!(verdict(&["was HTS allied with al-Qaeda", "--at", "now"]).1.as_deref(), Some("2025-11-25"));
}

#[test]
fn a_file_of_questions_is_answered_line_by_line() {
    let questions = "\u{feff}who led HTS in 2019\r\n\n  # a remark\nfrobnicate the gizmo\nwho leads JNIM\n\u{fffd}?\nis Ahrar al-Sham allied with Turkey";
    let mut bytes = questions.as_bytes().to_vec();
    bytes.extend(b"\nwas HTS \xff allied\n");
    let output = run_with_input(&["ask", "--file", "-", "--format", "csv"], &bytes);
    let lines: Vec<serde_json::Value> =
        text(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON Lines")).collect();
    let told: Vec<(&str, Option<&str>)> =
        lines.iter().map(|line| (line["status"].as_str().expect("a status"), line["error"]["code"].as_str())).collect();
    assert_eq!(
        told,
        [
            ("answered", None),
            ("not-understood", Some("not-understood")),
            ("nothing-recorded", None),
            ("not-understood", Some("empty-question")),
            ("not-understood", Some("unknown-actor")),
            ("not-understood", Some("not-utf-8")),
        ]
    );
    assert_eq!(lines[0]["question"], "who led HTS in 2019");
    assert!(lines.iter().all(|line| keys(line)[..CONTRACT.len()] == CONTRACT));
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(2), ""));
    for (questions, code) in [
        ("", 0),
        ("# nothing\n\n", 0),
        ("who led HTS in 2019\n", 0),
        ("who led HTS in 2019\nwho leads JNIM", 1),
        ("who leads JNIM\nwas HTS allied with al-Qaeda in 2018\nwho led HTS in 2019\n", 3),
        ("was HTS allied with al-Qaeda in 2018\nwho leads Nobody\nwho led HTS in 2019\n", 2),
    ] {
        let output = run_with_input(&["ask", "--file", "-"], questions.as_bytes());
        assert_eq!(output.status.code(), Some(code), "{questions}");
    }
    assert_eq!(run(&["ask", "--file", "/nowhere/questions.txt"]).status.code(), Some(2));
    assert_eq!(run(&["ask", "--file", "tests"]).status.code(), Some(2));
    assert_eq!(run(&["ask", "--file", "-", "--explain"]).status.code(), Some(2));
}

#[test]
fn an_answer_is_written_before_the_next_question_is_read() {
    let piped = program().args(["ask", "--file", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = piped.expect("the program runs");
    let mut input = child.stdin.take().expect("piped");
    let mut output = BufReader::new(child.stdout.take().expect("piped"));
    for question in ["who led HTS in 2019", "frobnicate the gizmo", "who leads JNIM"] {
        input.write_all(format!("{question}\n").as_bytes()).expect("it reads");
        let mut line = String::new();
        output.read_line(&mut line).expect("it answers");
        assert!(line.contains(question), "{line}");
    }
    drop(input);
    assert_eq!(child.wait().expect("it ends").code(), Some(2));
}

#[test]
fn a_data_set_may_bring_words_of_its_own() {
    let directory = std::env::temp_dir().join(format!("allegiance-words-{}", std::process::id()));
    std::fs::create_dir_all(&directory).expect("a directory");
    for entry in std::fs::read_dir(DATA).expect("there") {
        let path = entry.expect("readable").path();
        std::fs::copy(&path, directory.join(path.file_name().expect("a name"))).expect("copied");
    }
    let lexicon = directory.join("lexicon.json");
    std::fs::write(&lexicon, "{ \"senses\": 3 }").expect("written");
    let ask = || run(&["ask", "who leads the Northern Front", "--data", directory.to_str().expect("UTF-8")]);
    let output = ask();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("error[bad-lexicon]"), "{}", text(&output.stderr));
    std::fs::remove_file(&lexicon).expect("ours");
    let output = ask();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", text(&output.stderr));
    std::fs::remove_dir_all(&directory).expect("ours");
}
