//! Whether an answer is right, by the conventions of the question sets. Shares nothing with `src/ask`: it reads the JSON of the contract.

use crate::dating::{Fit, fit, told};
use crate::key::{Expected, Key, Question, folded};
use serde_json::Value;
use std::collections::BTreeMap;

/// What an answer is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    Right,
    /// Nothing in it is wrong, and a part of what is wanted is missing or too coarse.
    Half,
    /// Not understood, or nothing recorded where there is something.
    Refused,
    Wrong,
}

/// A graded answer.
#[derive(Debug)]
pub(crate) struct Graded {
    pub(crate) mark: Mark,
    /// Why it is not right.
    pub(crate) why: Vec<String>,
    /// Actors that were wanted stand in the text only, and not among the answers.
    pub(crate) by_text_only: bool,
    /// A part of what is missing stands in what the citations say.
    pub(crate) only_in_evidence: bool,
    /// HTS passed for the interim government, or the other way round.
    pub(crate) by_either_name: bool,
    /// A paragraph that the set refers to is cited; `None` where it refers to none.
    pub(crate) cites: Option<bool>,
}

/// Grades an answer in the form of the contract.
///
/// `documents` has the document of each source of the data.
pub(crate) fn grade(key: &Key, documents: &BTreeMap<String, String>, question: &Question, reply: &Value) -> Graded {
    let expected = &question.expected;
    let kinds = std::iter::once(&expected.kind).chain(&expected.type_accept);
    let best = kinds.map(|kind| Grader::new(key, question, reply).grade(kind)).min_by_key(|graded| graded.mark);
    let mut graded = best.expect("at least the expected type");
    graded.cites = (!expected.source_refs.is_empty()).then(|| cites(documents, expected, reply));
    graded
}

fn cites(documents: &BTreeMap<String, String>, expected: &Expected, reply: &Value) -> bool {
    let of = |text: &Value| text.as_str().unwrap_or_default().to_owned();
    list(&reply["evidence"]).any(|evidence| {
        let document = documents.get(&of(&evidence["source"]));
        let places: Vec<u32> =
            of(&evidence["locator"]).split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let is_at = |para: u32| places.contains(&para) || matches!(places[..], [a, b] if a <= para && para <= b);
        expected.source_refs.iter().any(|wanted| document == Some(&wanted.doc) && is_at(wanted.para))
    })
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn texts(value: &Value) -> Vec<String> {
    list(value).filter_map(Value::as_str).map(str::to_owned).collect()
}

struct Grader<'a> {
    key: &'a Key,
    question: &'a Question,
    reply: &'a Value,
    /// The names of the answers.
    names: Vec<String>,
    text: String,
    graded: Graded,
    /// How many of the things wanted are there, wholly or coarsely.
    there: usize,
    /// How many are missing, and how many too coarse.
    missing: usize,
    wrong: Vec<String>,
}

impl<'a> Grader<'a> {
    fn new(key: &'a Key, question: &'a Question, reply: &'a Value) -> Self {
        let mut text = reply["text"].as_str().unwrap_or_default().to_owned();
        match &reply["count"] {
            Value::Null => {}
            Value::String(count) => text.push_str(&format!(" {count}")),
            count => text.push_str(&format!(" {count}")),
        }
        let names = list(&reply["answers"]).filter_map(|a| a["name"].as_str()).map(str::to_owned).collect();
        let graded = Graded {
            mark: Mark::Wrong,
            why: Vec::new(),
            by_text_only: false,
            only_in_evidence: false,
            by_either_name: false,
            cites: None,
        };
        Self { key, question, reply, names, text, graded, there: 0, missing: 0, wrong: Vec::new() }
    }

    fn verdict(&self) -> Option<&'a str> {
        self.reply["verdict"].as_str()
    }

    fn is_nothing(&self) -> bool {
        self.reply["status"] == "nothing-recorded" || self.verdict() == Some("unknown")
    }

    fn is_problem(&self) -> bool {
        self.reply["status"] == "not-understood"
    }

    fn is_not_understood(&self) -> bool {
        self.is_problem() && self.reply["error"]["code"] == "not-understood"
    }

    fn ends(mut self, mark: Mark, why: impl Into<String>) -> Graded {
        self.graded.mark = mark;
        let why = why.into();
        if !why.is_empty() {
            self.graded.why.push(why);
        }
        self.graded
    }

    fn grade(mut self, kind: &str) -> Graded {
        match kind {
            "error" => return self.error(),
            "none" => return self.none(),
            _ => {}
        }
        if self.is_problem() {
            let why = if self.is_not_understood() { "not understood" } else { "taken for an error" };
            let why = format!("{why}: {}", self.text);
            return self.ends(Mark::Refused, why);
        }
        self.judge_verdict(kind);
        self.judge_names(kind);
        self.judge_dates(kind);
        if kind == "actors" && self.question.expected.exhaustive {
            self.judge_extras();
        }
        if !self.wrong.is_empty() {
            let why = std::mem::take(&mut self.wrong).join("; ");
            return self.ends(Mark::Wrong, why);
        }
        match (self.missing, self.there) {
            (0, _) => self.ends(Mark::Right, ""),
            _ if self.is_nothing() => self.ends(Mark::Refused, "nothing recorded, they say"),
            (_, 0) => self.ends(Mark::Wrong, "nothing of what is wanted is there"),
            _ => self.ends(Mark::Half, ""),
        }
    }

    /// What is wanted is a message that says what is wrong.
    fn error(self) -> Graded {
        if !self.is_problem() {
            return self.ends(Mark::Wrong, "an error was wanted, and it answers");
        }
        let said = format!("{} {}", self.text, self.reply["error"]);
        // What a message should name stands between quotes.
        let should_say = self.question.expected.should_say.join(" ");
        let quoted: Vec<&str> = should_say.split('\'').skip(1).step_by(2).filter(|q| q.len() < 40).collect();
        match quoted.iter().find(|name| !folded(&said, false).contains(&folded(name, false))) {
            Some(name) => {
                let why = format!("the message does not name `{name}`");
                self.ends(Mark::Half, why)
            }
            None => self.ends(Mark::Right, ""),
        }
    }

    /// What is wanted is to hear that nothing is recorded.
    fn none(self) -> Graded {
        if self.is_problem() {
            let why = format!("nothing recorded was wanted, and it says: {}", self.text);
            return self.ends(Mark::Refused, why);
        }
        let banned = |name: &&String| self.names.iter().any(|answer| self.key.is_named(name, answer));
        if let Some(name) = self.question.expected.must_not_include.iter().find(banned) {
            let why = format!("`{name}` is among the answers");
            return self.ends(Mark::Wrong, why);
        }
        if self.is_nothing() {
            return self.ends(Mark::Right, "");
        }
        self.ends(Mark::Wrong, "nothing is recorded, and it answers")
    }

    fn judge_verdict(&mut self, kind: &str) {
        let expected = &self.question.expected;
        let Some(wanted) = &expected.verdict else { return };
        let given = self.verdict().or_else(|| (kind == "yesno" && self.is_nothing()).then_some("unknown"));
        match given {
            Some(given) if given == wanted || expected.verdict_accept.iter().any(|other| other == given) => {
                self.there += 1;
            }
            Some("unknown") => self.miss(format!("the verdict is unknown and not {wanted}")),
            Some(given) => self.wrong.push(format!("the verdict is {given} and not {wanted}")),
            None => self.miss(format!("no verdict, where it is {wanted}")),
        }
    }

    fn miss(&mut self, why: String) {
        self.missing += 1;
        self.graded.why.push(why);
    }

    fn judge_names(&mut self, kind: &str) {
        let expected = &self.question.expected;
        let groups: Vec<Vec<String>> = expected.must_include.iter().map(|one| vec![one.clone()]).collect();
        for group in groups.iter().chain(&expected.must_include_any) {
            if group.iter().any(|wanted| self.is_there(kind, wanted)) {
                self.there += 1;
            } else if group.iter().filter_map(|wanted| other_name(wanted)).any(|other| self.is_there(kind, other)) {
                self.there += 1;
                self.graded.by_either_name = true;
            } else {
                let notes: Vec<&str> = list(&self.reply["evidence"]).filter_map(|e| e["note"].as_str()).collect();
                if group.iter().any(|wanted| self.key.is_in(wanted, &notes.join(" "))) {
                    self.graded.only_in_evidence = true;
                }
                self.miss(format!("missing: {}", group.join(" | ")));
            }
        }
        for banned in &expected.must_not_include {
            let is_answer = self.names.iter().any(|answer| self.key.is_named(banned, answer));
            // Among actors only what is an answer counts; elsewhere what the text says.
            let is_said = !matches!(kind, "actors" | "path")
                && (self.key.spoken_of(&self.text).contains(&banned.as_str())
                    || (!self.is_key(banned) && self.key.is_in(banned, &self.text))
                    || texts(&self.reply["dates"]).contains(banned));
            if is_answer || (is_said && !self.key.is_in(banned, &self.question.question)) {
                self.wrong.push(format!("`{banned}` must not be there"));
            }
        }
    }

    fn is_key(&self, name: &str) -> bool {
        self.key.spoken_of(name).contains(&name)
    }

    /// Whether a name is among the answers or in the text, another string in the text.
    fn is_there(&mut self, kind: &str, wanted: &str) -> bool {
        if self.names.iter().any(|answer| self.key.is_of(wanted, answer)) {
            return true;
        }
        let is_said = self.key.is_in(wanted, &self.text);
        self.graded.by_text_only |= is_said && kind == "actors";
        is_said
    }

    fn judge_dates(&mut self, kind: &str) {
        let given = texts(&self.reply["dates"]);
        let valid = list(&self.reply["answers"]).filter_map(|a| a["valid"].as_str()).map(str::to_owned);
        let elsewhere: Vec<String> = valid.chain(told(&self.text)).collect();
        for wanted in &self.question.expected.dates {
            let best = |dates: &[String]| dates.iter().map(|date| fit(wanted, date)).max().unwrap_or(Fit::Other);
            let known = |date: &&String| folded(&self.question.model_answer, false).contains(&folded(date, false));
            match best(&given).max(best(&elsewhere)) {
                Fit::Same => self.there += 1,
                Fit::Coarser => {
                    self.there += 1;
                    self.miss(format!("only coarser than {wanted}"));
                }
                _ if given.iter().filter(|date| fit(wanted, date) == Fit::Finer).any(|date| known(&date)) => {
                    self.there += 1;
                }
                Fit::Finer if kind == "dates" && best(&given) == Fit::Finer => {
                    self.wrong.push(format!("finer than {wanted}: {}", given.join(", ")));
                }
                Fit::Finer => {
                    self.there += 1;
                    self.miss(format!("only finer than {wanted}"));
                }
                Fit::Other => self.miss(format!("missing date: {wanted}")),
            }
        }
    }

    fn judge_extras(&mut self) {
        let expected = &self.question.expected;
        let allowed: Vec<&String> = expected
            .must_include
            .iter()
            .chain(&expected.may_include)
            .chain(expected.must_include_any.iter().flatten())
            .collect();
        for answer in &self.names {
            if !allowed.iter().any(|name| self.key.is_of(name, answer)) {
                self.wrong.push(format!("`{answer}` is one too many"));
            }
        }
    }
}

/// After 8 December 2024 the texts use the two almost interchangeably.
fn other_name(wanted: &str) -> Option<&'static str> {
    match wanted {
        "Hayat Tahrir al-Sham (HTS)" => Some("Syrian interim government"),
        "Syrian interim government" => Some("Hayat Tahrir al-Sham (HTS)"),
        _ => None,
    }
}
