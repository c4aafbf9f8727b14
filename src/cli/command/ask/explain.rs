//! How a question was read, for a person to check: comments above the query that it equals.

use super::{Asker, Failure};
use crate::ask::{Asked, End, Manner, Meant, Named, Question, Reply, Sort, Toward, Wanted, Who};
use crate::cli::context::{Context, claims_in_words};
use crate::cli::equal;
use crate::cli::output::plain;
use crate::question::{RelationWord, When};
use crate::time::Reading;

/// Writes a reading down. What comes out runs with `allegiance query -`, where a query equals the question.
pub(super) fn write(asker: &Asker<'_>, asked: &Asked, reply: &Reply) -> String {
    let context = &asker.context;
    let mut lines = vec![format!("asked: {}", reply.question)];
    question(context, &asked.question, &mut lines);
    if asked.turned {
        lines.push("turned round: the question asks whether it is not so".to_owned());
    }
    lines.push(format!("days: {}, {}", asked.scope.when_in_words(context.graph), whence(asker, asked)));
    let claims = claims_in_words(context.graph, &asked.scope.claims);
    lines.push(format!("claims that count: {}", claims.as_deref().unwrap_or("all")));
    match asked.scope.only {
        Some(Reading::Certain) => lines.push("kept: only what is certain".to_owned()),
        Some(Reading::Possible) => lines.push("kept: only what is possible and not certain".to_owned()),
        None => {}
    }
    lines.extend(reply.assumptions.iter().map(|words| format!("assumed: {words}")));
    let mut text: String = lines.iter().map(|line| format!("// {}\n", plain(line))).collect();
    match equal::asked(context, asked, reply) {
        Ok(query) => {
            text.push_str("//\n");
            text.push_str(&query);
        }
        Err(failure) => text.push_str(&format!("// no query equals it: {}\n", plain(&reason(&failure)))),
    }
    text
}

fn reason(failure: &Failure) -> String {
    match failure {
        Failure::Wrong { diagnostics, .. } => {
            diagnostics.first().map_or_else(String::new, |first| first.help.first().unwrap_or(&first.message).clone())
        }
        Failure::Io(error) => error.to_string(),
    }
}

/// Who says which days.
fn whence(asker: &Asker<'_>, asked: &Asked) -> String {
    if !asked.anchors.is_empty() {
        let dates: Vec<&str> = asked.anchors.iter().map(|date| date.text()).collect();
        return format!("from what the question names, dated {}", dates.join(", "));
    }
    match (&asker.days, &asked.scope.when) {
        (Some(flag), _) => format!("as `{flag}` says"),
        (None, _) if asked.is_dated => "as the question says".to_owned(),
        (None, When::Now) => "as for every question about the present".to_owned(),
        (None, _) => "since the question names none".to_owned(),
    }
}

/// What is asked: its kind, who and how.
fn question(context: &Context<'_>, question: &Question, lines: &mut Vec<String>) {
    let mut kind = |words: &str| lines.push(format!("read as: {words}"));
    match question {
        Question::Who { set, sort, manner } => {
            kind(match manner {
                Manner::Holding => "who stands so",
                Manner::Denied => "of whom the sources deny that they stand so",
                Manner::Ended => "who stood so until it ended",
            });
            let text = describe(context, set);
            lines.push(format!("who: {text}"));
            let mut named = Vec::new();
            in_set(context, set, lines, &mut named);
            for name in named {
                lines.push(actor(context, name));
            }
            match sort {
                Some(Sort::Kinds { text, kinds }) => {
                    let vocabulary = context.graph.vocabulary();
                    let names: Vec<&str> = kinds.iter().map(|id| &*vocabulary.kind(*id).name).collect();
                    lines.push(format!("only `{text}`: kinds {}", names.join(", ")));
                }
                Some(Sort::PartsOf(named)) => {
                    lines.push(format!("only parts of: {}", context.graph.actor(named.actor).name));
                    lines.push(actor(context, named));
                }
                None => {}
            }
        }
        Question::Whether { a, tie, b, ended } => {
            kind(if *ended {
                "whether it has ended that one stands so to the other"
            } else {
                "whether one stands so to the other"
            });
            pair(context, a, tie, b.as_ref(), lines);
        }
        Question::When { a, tie, b, end } => {
            kind(match end {
                End::Start => "when it began or happened that one stood so to the other",
                End::Finish => "when it ended that one stood so to the other",
                End::Span => "from when to when one stood so to the other",
            });
            pair(context, a, tie, b.as_ref(), lines);
        }
        Question::Between { a, b } => named(context, "what two were to each other", [a, b], lines),
        Question::Same { a, b } => named(context, "whether two names are one actor's", [a, b], lines),
        Question::Path { a, b } => named(context, "how two are connected", [a, b], lines),
        Question::Names { of, .. } => named(context, "what somebody is or was called", [of], lines),
        Question::Lineage { of, toward } => {
            let words = match toward {
                Toward::Origins => "what somebody grew out of",
                Toward::Outcomes => "what became of somebody",
                Toward::Breaks => "who split from whom",
                Toward::All => "where somebody comes from and what became of it",
            };
            named(context, words, [of], lines);
        }
        Question::Existence { of, end, gone } => {
            let words = match (end, gone) {
                (None, false) => "whether it exists",
                (None, true) => "whether it is gone",
                (Some(End::Start), _) => "when it began",
                (Some(End::Finish), _) => "when it ended",
                (Some(End::Span), _) => "from when to when it existed",
            };
            named(context, words, [of], lines);
        }
        Question::Changes { of, from, to } => {
            named(context, "what changed", of, lines);
            let day = |day: &Option<crate::time::Day>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
            lines.push(format!("after {} and up to {}", day(from), day(to)));
        }
        Question::Disagreements { about } => named(context, "where the sources disagree", about, lines),
        Question::Anonymous { about } => named(context, "what rests on people without a name", about, lines),
        Question::Known { about } => named(context, "what is recorded within the claims that count", about, lines),
        Question::Timeline { of, .. } => named(context, "what happened, in order", of, lines),
        Question::Profile { of } => named(context, "who or what somebody is", [of], lines),
        Question::Where { of } => named(context, "where somebody is", [of], lines),
        Question::ListSources => kind("which sources there are"),
        Question::Count(inner) | Question::Any(inner) | Question::Sources(inner) | Question::Sureness(inner) => {
            kind(match question {
                Question::Count(_) => "how many answers this has:",
                Question::Any(_) => "whether this has any answer:",
                Question::Sources(_) => "who says what answers this:",
                _ => "how sure the answer to this is:",
            });
            self::question(context, inner, lines);
        }
        Question::Records(records) => {
            let wanted = match records.wanted {
                Wanted::When => "the date",
                Wanted::Who => "those who took part",
                Wanted::Where => "the place",
                Wanted::Whether => "whether it is recorded",
                Wanted::HowMany => "a number",
                Wanted::What => "what is recorded",
            };
            named(
                context,
                &format!("{wanted}, of events and relations that these words describe"),
                &records.actors,
                lines,
            );
            if let Some(agent) = records.agent.and_then(|at| records.actors.get(at)) {
                lines.push(format!("who does it: {}", context.graph.actor(agent.actor).name));
            }
            if let Some(target) = records.target.and_then(|at| records.actors.get(at)) {
                lines.push(format!("to whom it is done: {}", context.graph.actor(target.actor).name));
            }
            lines.push(format!("words: {}", records.words.join(", ")));
        }
    }
}

/// A kind of question about those named.
fn named<'n>(context: &Context<'_>, words: &str, all: impl IntoIterator<Item = &'n Named>, lines: &mut Vec<String>) {
    lines.push(format!("read as: {words}"));
    lines.extend(all.into_iter().map(|named| actor(context, named)));
}

/// One, a tie, another or anybody.
fn pair(context: &Context<'_>, a: &Named, word: &RelationWord, b: Option<&Named>, lines: &mut Vec<String>) {
    let name = |named: &Named| context.graph.actor(named.actor).name.to_string();
    let other = b.map_or_else(|| "anybody".to_owned(), name);
    lines.push(format!("that is: {} – {} – {other}", name(a), word.label));
    lines.push(tie(context, word));
    lines.push(actor(context, a));
    lines.extend(b.map(|b| actor(context, b)));
}

/// How a name was read.
fn actor(context: &Context<'_>, named: &Named) -> String {
    let lens = context.lens();
    let found = context.graph.actor(named.actor);
    let mut text = format!("`{}` is {} ({})", named.text, found.name, found.slug);
    let line = lens.line(named.actor);
    if let Some(words) = lens.line_in_words(&line) {
        text.push_str(&format!(", {words}"));
    }
    let also: Vec<&str> =
        Meant::of(&lens, named.actor).also.iter().map(|(id, _)| &*context.graph.actor(*id).name).collect();
    if !also.is_empty() {
        text.push_str(&format!("; where nothing is recorded of it, what may be meant: {}", also.join(", ")));
    }
    text
}

/// What a word for a tie means, and which way.
fn tie(context: &Context<'_>, word: &RelationWord) -> String {
    let vocabulary = context.graph.vocabulary();
    let names = |wanted: (bool, bool)| -> Vec<&str> {
        let types = word.types.iter().filter(|id| word.reads(vocabulary, **id) == wanted);
        types.map(|id| &*vocabulary.relation_type(*id).name).collect()
    };
    let ways = [
        ("either way", names((true, true))),
        ("from the first to the second", names((true, false))),
        ("from the second to the first", names((false, true))),
    ];
    let ways: Vec<String> = ways
        .into_iter()
        .filter(|(_, types)| !types.is_empty())
        .map(|(way, types)| format!("{way}: {}", types.join(", ")))
        .collect();
    format!("`{}` means, {}", word.label, ways.join("; "))
}

/// A set in words: `x – allied with – (x – hostile to – Turkey)`.
fn describe(context: &Context<'_>, set: &Who) -> String {
    match set {
        Who::Named(named) => context.graph.actor(named.actor).name.to_string(),
        Who::Anybody => "anybody".to_owned(),
        Who::Related { tie, to } => {
            let to = match &**to {
                Who::Named(_) | Who::Anybody => describe(context, to),
                _ => format!("one of ({})", describe(context, to)),
            };
            format!("those – {} – {to}", tie.label)
        }
        Who::Both(first, second) => format!("({}) and also ({})", describe(context, first), describe(context, second)),
    }
}

/// The ties of a set, each once, and those named in it.
fn in_set<'w>(context: &Context<'_>, set: &'w Who, lines: &mut Vec<String>, found: &mut Vec<&'w Named>) {
    match set {
        Who::Named(named) if found.iter().all(|known| known.actor != named.actor) => found.push(named),
        Who::Named(_) | Who::Anybody => {}
        Who::Related { tie: word, to } => {
            let words = tie(context, word);
            if !lines.contains(&words) {
                lines.push(words);
            }
            in_set(context, to, lines, found);
        }
        Who::Both(first, second) => {
            in_set(context, first, lines, found);
            in_set(context, second, lines, found);
        }
    }
}
