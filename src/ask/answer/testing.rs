//! What the tests of answers share: questions put together by hand, on the data that comes with the program.

use super::super::question::{Asked, Named, Question, Who};
use super::super::reply::Reply;
use super::super::{Ground, Lexicon};
// Only the tests look at the shipped data set; `ask` itself is given its graph.
use crate as allegiance;
use crate::graph::TemporalGraph;
use crate::names::Index;
use crate::question::{RelationWord, Scope, When};
use crate::time::Dated;
use std::sync::LazyLock;

static GRAPH: LazyLock<TemporalGraph> = LazyLock::new(allegiance::dataset::embedded);
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded(GRAPH.vocabulary()));

/// An actor by its id.
pub(super) fn named(slug: &str) -> Named {
    Named { text: slug.to_owned(), actor: GRAPH.actor_by_slug(slug).unwrap() }
}

/// A relation word by name.
pub(super) fn tie(word: &str) -> RelationWord {
    RelationWord::read(GRAPH.vocabulary(), word).unwrap()
}

/// A word for several types, read from subject to object.
pub(super) fn ties(names: &[&str], inverted: bool) -> RelationWord {
    let mut word = tie(names[0]);
    word.types = names.iter().map(|name| GRAPH.vocabulary().type_named(name).unwrap()).collect();
    word.types.sort_unstable();
    word.either_way = false;
    word.inverted = inverted;
    word
}

/// Those who stand so to one.
pub(super) fn related(word: RelationWord, to: Who) -> Who {
    Who::Related { tie: word, to: Box::new(to) }
}

/// A date asked about; `now` and `ever` for those.
pub(super) fn at(date: &str) -> When {
    match date {
        "now" => When::Now,
        "ever" => When::Ever,
        _ => When::At(Dated::parse(date).unwrap()),
    }
}

/// The graph.
pub(super) fn graph() -> &'static TemporalGraph {
    &GRAPH
}

/// A question at a date.
pub(super) fn asked(question: Question, date: &str) -> Asked {
    Asked {
        question,
        scope: Scope { when: at(date), ..Scope::default() },
        is_dated: !matches!(date, "now" | "ever"),
        is_now: false,
        assumptions: Vec::new(),
        anchors: Vec::new(),
        turned: false,
        unaccounted: Vec::new(),
        unaccounted_actors: Vec::new(),
    }
}

/// The reply to a question at a date.
pub(super) fn reply(question: Question, date: &str) -> Reply {
    reply_to("test", asked(question, date))
}

/// The reply to a question put together with care.
pub(super) fn reply_to(sentence: &str, asked: Asked) -> Reply {
    let names = Index::new(&GRAPH);
    let ground = Ground { graph: &GRAPH, names: &names, lexicon: &LEXICON };
    super::answer(ground, sentence, &asked).0
}

/// The ids of the answers.
pub(super) fn ids(reply: &Reply) -> Vec<&str> {
    reply.answers.iter().map(|answer| &*answer.id).collect()
}
