//! Reads the scripts of queries: what is asked, under which settings, and which answer is wanted.

use allegiance::query::scope::{Scope, Valid};
use allegiance::time::{Dated, Reading, Window};
use std::ops::Range;
use std::time::Duration;

/// A file of cases.
pub(crate) struct Script {
    /// The cases, in order.
    pub(crate) cases: Vec<Case>,
}

/// What is asked of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// Its rows; with the names of the columns above them; in the order in which they come.
    Rows { header: bool, ordered: bool },
    /// An error with this code whose drawing has these words.
    Error { code: String, words: String },
    /// Its plan.
    Plan,
    /// Its plan with what it cost.
    Profile,
}

/// What holds for the queries below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Setting {
    pub(crate) graph: Option<String>,
    pub(crate) scope: Scope,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) rows: Option<u64>,
    pub(crate) kept: Option<u64>,
    pub(crate) patience: Option<Duration>,
}

/// A query with what it should come to.
pub(crate) struct Case {
    /// The line of the word that opens it, from 1.
    pub(crate) line: usize,
    pub(crate) ask: Ask,
    pub(crate) setting: Setting,
    pub(crate) text: String,
    /// What stands below the rule; `None` where there is no rule.
    pub(crate) answer: Option<Vec<String>>,
    /// The lines of the answer, from 0; empty and after the query where there is none.
    pub(crate) place: Range<usize>,
}

/// Reads a script; the fault of one that is none tells its line.
pub(crate) fn read(text: &str) -> Result<Script, String> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut setting = Setting::default();
    let mut cases = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let opening = at;
        at += 1;
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let fault = |message: &str| format!("line {}: {message}: {line}", opening + 1);
        let (word, rest) = line.split_once(char::is_whitespace).map_or((*line, ""), |(word, rest)| (word, rest.trim()));
        let ask = match word {
            "query" => rows(rest).ok_or_else(|| fault("what of the query?"))?,
            "error" => {
                let (code, words) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
                Ask::Error { code: code.into(), words: words.trim().into() }
            }
            "plan" => Ask::Plan,
            "profile" => Ask::Profile,
            _ => {
                set(&mut setting, word, rest).map_err(|message| fault(&message))?;
                continue;
            }
        };
        let block = |from: usize, stop: &dyn Fn(&str) -> bool| {
            lines[from..].iter().position(|line| stop(line)).map_or(lines.len(), |length| from + length)
        };
        let end = block(at, &|line| line.is_empty() || line == "----");
        let has_answer = lines.get(end).is_some_and(|line| *line == "----");
        let place = if has_answer { end + 1..block(end + 1, &str::is_empty) } else { end..end };
        let own = |range: Range<usize>| lines[range].iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        if at == end {
            return Err(fault("no query below"));
        }
        cases.push(Case {
            line: opening + 1,
            ask,
            setting: setting.clone(),
            text: lines[at..end].join("\n"),
            answer: has_answer.then(|| own(place.clone())),
            place: place.clone(),
        });
        at = place.end;
    }
    Ok(Script { cases })
}

/// What is asked by `query rows [ordered]` and `query table [ordered]`.
fn rows(words: &str) -> Option<Ask> {
    let mut words = words.split_whitespace();
    let header = match words.next()? {
        "rows" => false,
        "table" => true,
        _ => return None,
    };
    match words.next() {
        None | Some("sorted") => Some(Ask::Rows { header, ordered: false }),
        Some("ordered") => Some(Ask::Rows { header, ordered: true }),
        Some(_) => None,
    }
}

/// Takes over a setting. A graph begins anew: whatever was set before is forgotten.
fn set(setting: &mut Setting, word: &str, rest: &str) -> Result<(), String> {
    let dated = |text: &str| Dated::parse(text).map_err(|error| error.to_string());
    let number = |text: &str| text.trim().parse::<u64>().map_err(|error| error.to_string());
    match word {
        "graph" => {
            let name = (rest != "empty").then(|| rest.to_owned());
            *setting = Setting { graph: name, ..Setting::default() };
        }
        "at" => {
            let (date, reading) = match rest.split_once(char::is_whitespace) {
                Some((date, "possible")) => (date, Reading::Possible),
                Some((date, "certain")) => (date, Reading::Certain),
                Some(_) => return Err("`certain` or `possible`".into()),
                None => (rest, Reading::Certain),
            };
            let window = if date == "all" { Window::ALL } else { dated(date)?.window() };
            setting.scope.valid = Some(Valid { window, reading });
        }
        "known-by" => setting.scope.known_by = Some(dated(rest)?.hull().latest),
        "param" => {
            let (name, value) = rest.split_once('=').ok_or("`param NAME = VALUE`")?;
            setting.parameters.push((name.trim().into(), value.trim().into()));
        }
        "limit" => match rest.split_once(char::is_whitespace) {
            Some(("rows", most)) => setting.rows = Some(number(most)?),
            Some(("kept", most)) => setting.kept = Some(number(most)?),
            Some(("seconds", most)) => setting.patience = Some(Duration::from_secs(number(most)?)),
            _ => return Err("`limit rows|kept|seconds NUMBER`".into()),
        },
        _ => return Err("not understood".into()),
    }
    Ok(())
}
