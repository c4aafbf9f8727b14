//! What could not be answered: as a diagnostic that points into the question, and as JSON in the shape of an answer.

use super::Failure;
use crate::ask::{Problem, Reply, Standing};
use crate::diagnostic::{Label, SourceMap};
use crate::names::fold;
use serde_json::{Value, json};
use std::ops::Range;

/// What questions are called where something points into one.
const FILE: &str = "question";

/// A problem as a diagnostic.
pub(super) fn failure(question: &str, problem: &Problem) -> Failure {
    match problem {
        Problem::Empty => Failure::new(
            "empty-question",
            "the question is empty",
            vec!["ask, for instance: `was HTS allied with al-Qaeda in 2015`".into()],
        ),
        Problem::TooLong => Failure::new(
            "question-too-long",
            "this is longer than any question",
            vec!["ask one thing at a time, in one sentence".into()],
        ),
        Problem::Name(error) => {
            let text = match error {
                crate::names::NameError::Empty => "",
                crate::names::NameError::Ambiguous { text, .. } | crate::names::NameError::Unknown { text, .. } => text,
            };
            pointed(question, Failure::name(error), [(text, "")])
        }
        Problem::Date { text, message, help } => pointed(
            question,
            Failure::new("bad-date", format!("`{text}` is no date: {message}"), vec![help.clone()]),
            [(text.as_str(), message.as_str())],
        ),
        Problem::Source { text, near } => {
            let mut help = Vec::new();
            if !near.is_empty() {
                help.push(format!("did you mean {}?", listed(near, " or ")));
            }
            help.push("`allegiance list sources` shows every source".into());
            let failure = Failure::new("unknown-source", format!("no source is called `{text}`"), help);
            pointed(question, failure, [(text.as_str(), "")])
        }
        Problem::TwoSources { flags, sentence } => Failure::new(
            "two-sources",
            format!("the sentence asks of {}, and --source of {}", listed(sentence, " and "), listed(flags, " and ")),
            vec!["name the sources in one of the two".into()],
        ),
        Problem::SameActor { first, second } => pointed(
            question,
            Failure::new(
                "same-actor",
                format!("`{first}` and `{second}` are one actor, or one line of actors"),
                vec![format!(
                    "use --exact to ask about two members of a line, or `allegiance lineage {}` for how they are tied",
                    quoted_word(first)
                )],
            ),
            [(first.as_str(), ""), (second.as_str(), "")],
        ),
        Problem::NotUnderstood { understood, not, forms } => {
            let mut help = Vec::new();
            if !understood.is_empty() {
                let words: Vec<String> = understood
                    .iter()
                    .map(|(typed, meant)| {
                        if meant.is_empty() || fold(typed) == fold(meant) {
                            format!("`{typed}`")
                        } else {
                            format!("`{typed}` as {meant}")
                        }
                    })
                    .collect();
                help.push(format!("understood: {}", words.join(", ")));
            }
            help.extend(forms.iter().map(|form| format!("this would work: `{form}`")));
            let message = match not.as_slice() {
                [] => "the question was not understood".to_owned(),
                [one] => format!("`{one}` was not understood"),
                several => format!("{} were not understood", listed(several, ", ")),
            };
            pointed(
                question,
                Failure::new("not-understood", message, help),
                not.iter().map(|words| (words.as_str(), "not understood")),
            )
        }
    }
}

/// A flag names days, and so does the question.
pub(super) fn two_days(flag: &str, said: &str) -> Failure {
    Failure::new(
        "two-dates",
        format!("the question names days ({said}), and so does `{flag}`"),
        vec!["leave one of the two out: a flag is for questions that name no days".into()],
    )
}

fn listed(words: &[String], between: &str) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(between)
}

/// A name as one word of a command line.
fn quoted_word(name: &str) -> String {
    if name.contains(|c: char| !c.is_alphanumeric() && c != '-') { format!("\"{name}\"") } else { name.to_owned() }
}

/// The diagnostic with the words it is about underlined in the question, as far as they are found there.
fn pointed<'t>(question: &str, failure: Failure, words: impl IntoIterator<Item = (&'t str, &'t str)>) -> Failure {
    let Failure::Wrong { mut diagnostics, .. } = failure else { return failure };
    let mut sources = SourceMap::default();
    let file = sources.add(FILE, question.to_owned());
    let mut labels: Vec<Label> = Vec::new();
    for (typed, text) in words {
        let is_new = |span: &Range<usize>| labels.iter().all(|label| label.span != *span);
        if let Some(span) = places(question, typed).find(is_new) {
            labels.push(Label { file, span, text: text.to_owned() });
        }
    }
    if let Some(first) = diagnostics.first_mut() {
        first.labels = labels;
    }
    Failure::Wrong { diagnostics, sources }
}

/// Where words stand in a question, as whole words.
fn places<'t>(question: &'t str, words: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    question.match_indices(words).filter(|(_, found)| !found.is_empty()).map(|(at, found)| at..at + found.len()).filter(
        move |span| {
            !is_letter(question[..span.start].chars().next_back()) && !is_letter(question[span.end..].chars().next())
        },
    )
}

/// A failure in the shape of an answer, with an `error` at its end: on several lines for people, on one for JSON Lines.
pub(super) fn json(question: &str, failure: &Failure, is_pretty: bool) -> String {
    let error = match failure {
        Failure::Wrong { diagnostics, .. } => diagnostics
            .first()
            .map_or(Value::Null, |first| json!({ "code": first.code, "message": first.message, "help": first.help })),
        Failure::Io(error) => json!({ "code": "io", "message": error.to_string(), "help": [] }),
    };
    let reply = Reply {
        question: question.to_owned(),
        status: Standing::NotUnderstood,
        kind: None,
        verdict: None,
        answers: Vec::new(),
        dates: Vec::new(),
        count: None,
        text: error["message"].as_str().unwrap_or_default().to_owned(),
        evidence: Vec::new(),
        query: None,
        as_of: None,
        assumptions: Vec::new(),
        nearest: Vec::new(),
        is_widened: false,
        tables: Vec::new(),
    };
    let mut object = serde_json::to_value(&reply).unwrap_or(Value::Null);
    object["error"] = error;
    let text = if is_pretty { serde_json::to_string_pretty(&object) } else { serde_json::to_string(&object) };
    format!("{}\n", text.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::NameError;

    fn spans(failure: &Failure) -> Vec<(usize, usize)> {
        match failure {
            Failure::Wrong { diagnostics, .. } => {
                diagnostics[0].labels.iter().map(|l| (l.span.start, l.span.end)).collect()
            }
            Failure::Io(_) => Vec::new(),
        }
    }

    fn found(question: &str, words: &str) -> Vec<(usize, usize)> {
        places(question, words).map(|span| (span.start, span.end)).collect()
    }

    #[test]
    fn words_are_pointed_at_where_they_stand_alone() {
        let question = "isn't is IS the isis?";
        assert_eq!(found(question, "is"), [(6, 8)]);
        assert_eq!(found(question, "IS"), [(9, 11)]);
        assert_eq!(found(question, "isis"), [(16, 20)]);
        assert_eq!(places(question, "").count(), 0);
        assert_eq!(found("né né", "né"), [(0, 3), (4, 7)]);
    }

    #[test]
    fn each_word_not_understood_is_pointed_at() {
        let problem = Problem::NotUnderstood {
            understood: vec![("hts".into(), "Hayat Tahrir al-Sham (HTS)".into())],
            not: vec!["frobnicate".into(), "gladly".into(), "gladly".into()],
            forms: vec!["who is HTS allied with".into()],
        };
        let failure = failure("does hts frobnicate gladly and gladly", &problem);
        assert_eq!(spans(&failure), [(9, 19), (20, 26), (31, 37)]);
        let Failure::Wrong { diagnostics, .. } = &failure else { panic!("it points") };
        assert_eq!(diagnostics[0].message, "`frobnicate`, `gladly`, `gladly` were not understood");
        assert_eq!(diagnostics[0].help[0], "understood: `hts` as Hayat Tahrir al-Sham (HTS)");
    }

    #[test]
    fn a_problem_has_the_shape_of_an_answer() {
        let unknown = Problem::Name(NameError::Unknown { text: "Ahrar al-Sham".into(), near: Vec::new() });
        let question = "is Ahrar al-Sham allied with Turkey";
        let failure = failure(question, &unknown);
        assert_eq!(spans(&failure), [(3, 16)]);
        let line = json(question, &failure, false);
        assert_eq!(line.lines().count(), 1);
        let object: Value = serde_json::from_str(&line).unwrap();
        let keys: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            keys,
            [
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
                "error"
            ]
        );
        assert_eq!((&object["status"], &object["kind"]), (&"not-understood".into(), &Value::Null));
        assert_eq!(object["error"]["code"], "unknown-actor");
    }
}
