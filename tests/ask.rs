//! Asks every question of `tests/ask/*.json` and grades the answers.
//!
//! `cargo test --test ask -- --nocapture` shows the marks by category and every miss; `ASK_SET=FILE` grades a file of the same form instead,
//! and holds it against nothing; with `ASK_ANSWERS=FILE` it grades what `allegiance ask --file` wrote for that file, and `ASK_MARKS=FILE` writes the mark of each
//! question, for another grader to be held against this one. The form and the rules of grading: `tests/ask/README.md`. `tests/ask/floor.json` says how many must be right at least and
//! may be wrong at most.

#![expect(clippy::print_stdout, reason = "marks are for people")]

#[path = "ask/dating.rs"]
mod dating;
#[path = "ask/grade.rs"]
mod grade;
#[path = "ask/key.rs"]
mod key;

use allegiance::ask::{Ground, Lexicon, Problem, ask};
use allegiance::dataset;
use allegiance::names::Index;
use allegiance::question::Scope;
use grade::{Graded, Mark, grade};
use key::{Key, Question, Set};
use serde::Deserialize;
use serde_json::{Value, json};
use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Floor {
    /// How many questions there are.
    questions: usize,
    /// At least so many are right.
    right: usize,
    /// At most so many are wrong.
    wrong: usize,
}

/// A file that the environment names.
fn file_named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from)
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ask")
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The questions of a file, with its own key or the shared one.
fn questions(path: &Path, set: Set) -> Vec<Question> {
    let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    set.questions.into_iter().map(|question| Question { set: name.clone(), ..question }).collect()
}

/// All questions of the repository.
fn all_questions() -> Vec<Question> {
    let entries = fs::read_dir(directory()).expect("tests/ask is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
    paths.retain(|path| !path.ends_with("key.json") && !path.ends_with("floor.json"));
    paths.sort();
    paths.iter().flat_map(|path| questions(path, read(path))).collect()
}

/// The answer to a question, or its problem, in the form of the contract.
fn answer(ground: Ground<'_, '_>, question: &str) -> Value {
    match ask(ground, question, &Scope::default()) {
        Ok((_, reply)) => serde_json::to_value(&reply).expect("JSON"),
        Err(problem) => {
            let code = match &problem {
                Problem::NotUnderstood { .. } => "not-understood",
                _ => "error",
            };
            json!({
                "status": "not-understood",
                "text": format!("{problem:?}"),
                "error": { "code": code, "message": format!("{problem:?}") },
            })
        }
    }
}

/// Which document each source of the data is.
fn documents(key: &Set) -> BTreeMap<String, String> {
    let sources: Value = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sources.json"));
    let mut documents = BTreeMap::new();
    for source in sources["sources"].as_array().into_iter().flatten() {
        let names: Vec<&str> = source["names"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if let Some(document) = key.documents.iter().find(|document| names.contains(&document.doc.as_str())) {
            documents.insert(source["id"].as_str().unwrap_or_default().to_owned(), document.doc.clone());
        }
    }
    documents
}

#[derive(Default)]
struct Tally {
    marks: BTreeMap<Mark, usize>,
}

impl Tally {
    fn of(&self, mark: Mark) -> usize {
        self.marks.get(&mark).copied().unwrap_or_default()
    }

    fn line(&self, name: &str) -> String {
        let all: usize = self.marks.values().sum();
        let percent = 100.0 * self.of(Mark::Right) as f64 / all.max(1) as f64;
        format!(
            "{name:<24} {:>5} {:>5} {:>8} {:>6} {all:>6} {percent:>6.1} %\n",
            self.of(Mark::Right),
            self.of(Mark::Half),
            self.of(Mark::Refused),
            self.of(Mark::Wrong)
        )
    }
}

#[test]
fn questions_are_answered() {
    let outside = file_named("ASK_SET");
    let shared: Set = read(&directory().join("key.json"));
    let (mut shared, all) = match &outside {
        None => (shared, all_questions()),
        Some(path) => {
            let mut set: Set = read(path);
            let mut shared = shared;
            if !set.actors.is_empty() {
                shared.actors = std::mem::take(&mut set.actors);
            }
            if !set.documents.is_empty() {
                shared.documents = std::mem::take(&mut set.documents);
            }
            (shared, questions(path, set))
        }
    };
    shared.questions.clear();
    let (key, documents) = (Key::new(&shared), documents(&shared));
    let graph = dataset::embedded();
    let names = Index::new(&graph);
    let lexicon = LazyCell::new(|| Lexicon::embedded(graph.vocabulary()));
    let mut total = Tally::default();
    let mut by_category: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut misses: Vec<(Mark, String)> = Vec::new();
    let (mut by_text_only, mut only_in_evidence, mut by_either_name) = (0, 0, 0);
    let (mut cited, mut to_be_cited) = (0, 0);
    let written: Option<Vec<Value>> = file_named("ASK_ANSWERS").map(|path| {
        let text = fs::read_to_string(&path).expect("answers");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON Lines")).collect()
    });
    let mut marks = String::new();
    for (number, question) in all.iter().enumerate() {
        let reply = match &written {
            None => answer(Ground { graph: &graph, names: &names, lexicon: &lexicon }, &question.question),
            Some(answers) => answers[number].clone(),
        };
        let graded = grade(&key, &documents, question, &reply);
        marks.push_str(&format!("{}\t{}\n", format!("{:?}", graded.mark).to_lowercase(), question.question));
        *total.marks.entry(graded.mark).or_default() += 1;
        *by_category.entry(&question.category).or_default().marks.entry(graded.mark).or_default() += 1;
        let is_right = graded.mark == Mark::Right;
        by_text_only += usize::from(is_right && graded.by_text_only);
        by_either_name += usize::from(is_right && graded.by_either_name);
        only_in_evidence += usize::from(!is_right && graded.only_in_evidence);
        if let (true, Some(cites)) = (is_right, graded.cites) {
            to_be_cited += 1;
            cited += usize::from(cites);
        }
        if !is_right {
            misses.push((graded.mark, miss(question, &graded, &reply)));
        }
    }
    misses.sort_by_key(|(mark, _)| std::cmp::Reverse(*mark));
    for (_, miss) in &misses {
        println!("{miss}");
    }
    let mut table = format!("{:<24} {:>5} {:>5} {:>8} {:>6} {:>6}\n", "", "right", "half", "refused", "wrong", "all");
    for (category, tally) in &by_category {
        table.push_str(&tally.line(category));
    }
    table.push_str(&total.line("total"));
    println!("{table}");
    println!("right only by the text, not by the answers: {by_text_only}");
    println!("right only because HTS and the interim government pass for one another: {by_either_name}");
    println!("not right, and a part of what is missing stands in the citations: {only_in_evidence}");
    println!("right answers that cite a paragraph the set refers to: {cited} of {to_be_cited}");
    if let Some(path) = file_named("ASK_MARKS") {
        fs::write(path, marks).expect("written");
    }
    if outside.is_none() {
        let floor: Floor = read(&directory().join("floor.json"));
        assert_eq!(all.len(), floor.questions, "tests/ask/floor.json counts other questions");
        let (right, wrong) = (total.of(Mark::Right), total.of(Mark::Wrong));
        assert!(right >= floor.right, "{right} are right, and {} were", floor.right);
        assert!(wrong <= floor.wrong, "{wrong} are wrong, and {} were", floor.wrong);
    }
}

/// A question that was not answered rightly, for people.
fn miss(question: &Question, graded: &Graded, reply: &Value) -> String {
    let list = |value: &Value, field: Option<&str>| {
        let texts = value.as_array().into_iter().flatten().map(|item| field.map_or(item, |field| &item[field]));
        texts.filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
    };
    format!(
        "{:?} [{}, {}] {}\n    {}\n    wanted: {}\n    kind {}, {}, verdict {}; dates: {}; answers: {}\n    text: {}\n",
        graded.mark,
        question.set,
        question.category,
        question.question,
        graded.why.join("; "),
        question.model_answer,
        reply["kind"],
        reply["status"],
        reply["verdict"],
        list(&reply["dates"], None),
        list(&reply["answers"], Some("name")),
        reply["text"].as_str().unwrap_or_default(),
    )
}

/// Answers made up by hand, so that the grading itself is held to its rules.
mod of_grading {
    use super::*;

    fn marked(expected: Value, reply: Value) -> Mark {
        let shared: Set = read(&directory().join("key.json"));
        let question = json!({ "question": "which?", "category": "x", "expected": expected, "model_answer": "" });
        let question: Question = serde_json::from_value(question).expect("a question");
        grade(&Key::new(&shared), &BTreeMap::new(), &question, &reply).mark
    }

    fn actors(names: &[&str]) -> Value {
        let answers: Vec<Value> = names.iter().map(|name| json!({ "name": name })).collect();
        json!({ "status": "answered", "text": format!("They are {}.", names.join(", ")), "answers": answers })
    }

    #[test]
    fn of_actors() {
        let wanted = json!({ "type": "actors", "must_include": ["Russia", "Iran"], "must_not_include": ["Turkey", "Assad regime"] });
        assert_eq!(marked(wanted.clone(), actors(&["Iran", "Russia", "Israel"])), Mark::Right);
        assert_eq!(marked(wanted.clone(), actors(&["Iran"])), Mark::Half);
        assert_eq!(marked(wanted.clone(), actors(&["Israel"])), Mark::Wrong);
        assert_eq!(marked(wanted.clone(), actors(&["Iran", "Russia", "Türkiye"])), Mark::Wrong);
        assert_eq!(marked(wanted.clone(), actors(&["Iran", "Russia", "Bashar al-Assad"])), Mark::Right);
        assert_eq!(marked(wanted.clone(), actors(&["Iran", "Russia", "Bashar al-Assad's regime"])), Mark::Wrong);
        let said = json!({ "status": "answered", "text": "Not Turkey but Russia and Iran.", "answers": [] });
        assert_eq!(marked(wanted.clone(), said), Mark::Right);
        let nothing = json!({ "status": "nothing-recorded", "text": "Nothing.", "answers": [] });
        assert_eq!(marked(wanted.clone(), nothing), Mark::Refused);
        let problem = json!({ "status": "not-understood", "text": "?", "error": { "code": "not-understood" } });
        assert_eq!(marked(wanted, problem), Mark::Refused);
        let exhaustive =
            json!({ "type": "actors", "must_include": ["Russia"], "may_include": ["Iran"], "exhaustive": true });
        assert_eq!(marked(exhaustive.clone(), actors(&["Iran", "Russia"])), Mark::Right);
        assert_eq!(marked(exhaustive, actors(&["Israel", "Russia"])), Mark::Wrong);
        let state = json!({ "type": "actors", "must_include": ["Syrian interim government"] });
        assert_eq!(marked(state, actors(&["Hayat Tahrir al-Sham (HTS)"])), Mark::Right);
        // A common word is no acronym, and a longer name no shorter one.
        let text = |text: &str| json!({ "status": "answered", "text": text });
        let isis = json!({ "type": "text", "must_include": ["Islamic State (ISIS)"] });
        assert_eq!(marked(isis.clone(), text("That is us.")), Mark::Wrong);
        assert_eq!(marked(isis, text("That is IS.")), Mark::Right);
        let coalition =
            json!({ "type": "text", "must_include_any": [["x", "coalition"]], "must_not_include": ["United States"] });
        assert_eq!(marked(coalition.clone(), text("The US-led coalition did.")), Mark::Right);
        assert_eq!(marked(coalition, text("The US with the coalition did.")), Mark::Wrong);
    }

    #[test]
    fn of_verdicts() {
        let said = |verdict: &str| json!({ "status": "answered", "verdict": verdict, "text": "Turkey." });
        let wanted = json!({ "type": "yesno", "verdict": "no", "verdict_accept": ["disputed"] });
        for (verdict, mark) in [
            ("no", Mark::Right),
            ("disputed", Mark::Right),
            ("unknown", Mark::Refused),
            ("yes", Mark::Wrong),
            ("possible", Mark::Wrong),
        ] {
            assert_eq!(marked(wanted.clone(), said(verdict)), mark, "{verdict}");
        }
        let unknown = json!({ "type": "yesno", "verdict": "unknown" });
        assert_eq!(marked(unknown.clone(), json!({ "status": "nothing-recorded", "text": "" })), Mark::Right);
        assert_eq!(marked(unknown, said("no")), Mark::Wrong);
        let with_name = json!({ "type": "yesno", "verdict": "no", "must_include": ["Russia"] });
        assert_eq!(marked(with_name, said("no")), Mark::Half);
    }

    #[test]
    fn of_dates() {
        let dated = |date: &str| json!({ "status": "answered", "dates": [date], "text": format!("It was {date}.") });
        let wanted = json!({ "type": "dates", "dates": ["2024-11"], "must_not_include": ["2024-12"] });
        for (date, mark) in [
            ("2024-11", Mark::Right),
            ("2024-11~", Mark::Right),
            ("2024-11/..", Mark::Right),
            ("2024", Mark::Half),
            ("2024-11-27", Mark::Wrong),
            ("2024-12", Mark::Wrong),
            ("2019", Mark::Wrong),
        ] {
            assert_eq!(marked(wanted.clone(), dated(date)), mark, "{date}");
        }
        let told = json!({ "status": "answered", "dates": [], "text": "In November 2024." });
        assert_eq!(marked(wanted, told), Mark::Right);
    }

    #[test]
    fn of_nothing_and_of_errors() {
        let problem =
            |code: &str, text: &str| json!({ "status": "not-understood", "text": text, "error": { "code": code } });
        let none = json!({ "type": "none", "must_not_include": ["Turkey"] });
        let nothing = json!({ "status": "nothing-recorded", "text": "Nothing; nearest: Turkey.", "answers": [] });
        assert_eq!(marked(none.clone(), nothing.clone()), Mark::Right);
        assert_eq!(marked(none.clone(), actors(&["Russia"])), Mark::Wrong);
        assert_eq!(marked(none.clone(), problem("unknown-actor", "no actor `x`")), Mark::Refused);
        let either = json!({ "type": "none", "type_accept": ["error"] });
        assert_eq!(marked(either.clone(), problem("unknown-actor", "no actor `x`")), Mark::Right);
        assert_eq!(marked(either, nothing.clone()), Mark::Right);
        let error = json!({ "type": "error", "should_say": ["Unknown actor 'Ahrar al-Sham'."] });
        assert_eq!(marked(error.clone(), problem("unknown-actor", "no actor is called `Ahrar al-Sham`")), Mark::Right);
        assert_eq!(marked(error.clone(), problem("not-understood", "What?")), Mark::Half);
        assert_eq!(marked(error.clone(), nothing), Mark::Wrong);
        assert_eq!(marked(error, actors(&["Turkey"])), Mark::Wrong);
    }
}
