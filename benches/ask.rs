//! What a question in English costs beside the command that it equals: `cargo bench --bench ask`.
//!
//! `ask` reads the sentence and answers it; `by_command` asks what the command asks, its arguments resolved as the command line does. Both on the data that
//! comes with the program. What a run of the program pays besides is under `start`.

#![allow(missing_docs)]

use allegiance::ask::{Ground, Lexicon, ask};
use allegiance::dataset;
use allegiance::graph::TemporalGraph;
use allegiance::names::Index;
use allegiance::question::{
    Lens, Line, RelationWord, Scope, When, chains, conflicts, history, ties, timeline, verdict,
};
use allegiance::time::{Dated, Window};
use divan::Bencher;
use std::sync::LazyLock;

static GRAPH: LazyLock<TemporalGraph> = LazyLock::new(dataset::embedded);
static NAMES: LazyLock<Index<'static>> = LazyLock::new(|| Index::new(&GRAPH));
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded(GRAPH.vocabulary()));

fn main() {
    LazyLock::force(&LEXICON);
    LazyLock::force(&NAMES);
    for (sentence, _) in QUESTIONS {
        let answer = asked(sentence);
        assert!(answer.is_some_and(|text| !text.is_empty()), "`{sentence}` is answered before it is timed");
    }
    divan::main();
}

/// Asks what a command asks, and counts its rows.
type Command = fn() -> usize;

/// A sentence with its command.
const QUESTIONS: &[(&str, Command)] = &[
    ("who was HTS allied with in 2018", || {
        let lens = lens("2018");
        ties(&lens, &line(&lens, "HTS"), &word("allied-with").types, None, None).rows.len()
    }),
    ("was HTS allied with al-Qaeda in 2015", || {
        let lens = lens("2015");
        verdict(&lens, &line(&lens, "HTS"), &word("allied-with"), &line(&lens, "al-Qaeda")).rows.len()
    }),
    ("when did the US designate HTS", || {
        let lens = lens("");
        let (a, b) = (line(&lens, "US"), line(&lens, "HTS"));
        history(&lens, &a, &b, Some(&word("designates"))).relations.len()
    }),
    ("what was the relation between HTS and the United States on 2025-01-24", || {
        let lens = lens("2025-01-24");
        history(&lens, &line(&lens, "HTS"), &line(&lens, "United States"), None).relations.len()
    }),
    ("how is JNIM connected to HTS", || {
        let lens = lens("");
        chains(&lens, &line(&lens, "JNIM"), &line(&lens, "HTS"), &word("linked-to").types, 5).len()
    }),
    ("what do the sources disagree about", || conflicts(&lens(""), None).len()),
    ("timeline of the Assad regime", || {
        let lens = lens("");
        timeline(&lens, &[line(&lens, "Assad regime")], &[], false).len()
    }),
];

fn lens(date: &str) -> Lens<'static> {
    let when = if date.is_empty() { When::Ever } else { When::At(Dated::parse(date).expect("a date")) };
    Lens::new(&GRAPH, Scope { when, ..Scope::default() })
}

fn line(lens: &Lens<'_>, name: &str) -> Line {
    lens.line(NAMES.resolve(name, Window::ALL).expect("a name").actor)
}

fn word(text: &str) -> RelationWord {
    RelationWord::read(GRAPH.vocabulary(), text).expect("a word")
}

fn asked(sentence: &str) -> Option<String> {
    let ground = Ground { graph: &GRAPH, names: &NAMES, lexicon: &LEXICON };
    ask(ground, sentence, &Scope::default()).ok().map(|(_, reply)| reply.text)
}

/// The sentences.
fn sentences() -> impl Iterator<Item = &'static str> {
    QUESTIONS.iter().map(|(sentence, _)| *sentence)
}

#[divan::bench(name = "ask", args = sentences())]
fn by_sentence(bencher: Bencher<'_, '_>, sentence: &str) {
    bencher.bench_local(|| asked(sentence));
}

#[divan::bench(args = sentences())]
fn by_command(bencher: Bencher<'_, '_>, sentence: &str) {
    let (_, command) = QUESTIONS.iter().find(|(other, _)| *other == sentence).expect("one of them");
    bencher.bench_local(command);
}

/// What each run of the program pays before it answers: the last only where a sentence is asked.
#[divan::bench_group]
mod start {
    use super::*;

    #[divan::bench]
    fn data() -> TemporalGraph {
        dataset::embedded()
    }

    #[divan::bench]
    fn names() -> Index<'static> {
        Index::new(&GRAPH)
    }

    #[divan::bench]
    fn lexicon() -> Lexicon {
        Lexicon::embedded(GRAPH.vocabulary())
    }
}
