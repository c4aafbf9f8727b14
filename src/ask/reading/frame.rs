//! The frame of a question: what is asked for, and in which tense.

use crate::ask::sentence::Sentence;
use std::ops::Range;

/// What the question word asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wh {
    /// who, whom, which groups, what (as a subject or object).
    Who,
    /// whose.
    Whose,
    /// what, which, without a noun of its own.
    What,
    /// when, what year, on what date.
    When,
    /// since when.
    Since,
    /// until when.
    Until,
    /// how long, from when to when.
    Span,
    /// where.
    Where,
    /// how many, how much, number of.
    HowMany,
    /// how.
    How,
    /// why.
    Why,
}

/// An auxiliary verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aux {
    Be,
    Do,
    Have,
    Modal,
}

/// When the sentence speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Present,
    Past,
}

/// Phrases that ask, the longest first.
const QUESTION_WORDS: &[(&[&str], Wh)] = &[
    (&["from", "when", "to", "when"], Wh::Span),
    (&["from", "when", "until", "when"], Wh::Span),
    (&["in", "what", "month", "and", "year"], Wh::When),
    (&["in", "which", "month", "and", "year"], Wh::When),
    (&["month", "in", "which"], Wh::When),
    (&["year", "in", "which"], Wh::When),
    (&["day", "on", "which"], Wh::When),
    (&["date", "on", "which"], Wh::When),
    (&["month", "when"], Wh::When),
    (&["year", "when"], Wh::When),
    (&["day", "when"], Wh::When),
    (&["date", "when"], Wh::When),
    (&["for", "how", "long"], Wh::Span),
    (&["since", "what", "date"], Wh::Since),
    (&["since", "what", "year"], Wh::Since),
    (&["since", "which", "year"], Wh::Since),
    (&["until", "what", "date"], Wh::Until),
    (&["until", "what", "year"], Wh::Until),
    (&["until", "which", "year"], Wh::Until),
    (&["what", "is", "the", "date", "of"], Wh::When),
    (&["what", "was", "the", "date", "of"], Wh::When),
    (&["what", "is", "the", "number", "of"], Wh::HowMany),
    (&["what", "was", "the", "number", "of"], Wh::HowMany),
    (&["the", "exact", "date", "of"], Wh::When),
    (&["exact", "date", "of"], Wh::When),
    (&["start", "date", "of"], Wh::Since),
    (&["end", "date", "of"], Wh::Until),
    (&["on", "what", "date"], Wh::When),
    (&["on", "which", "date"], Wh::When),
    (&["on", "what", "day"], Wh::When),
    (&["on", "which", "day"], Wh::When),
    (&["in", "what", "year"], Wh::When),
    (&["in", "which", "year"], Wh::When),
    (&["in", "what", "month"], Wh::When),
    (&["in", "which", "month"], Wh::When),
    (&["at", "what", "time"], Wh::When),
    (&["by", "what", "date"], Wh::When),
    (&["what", "exact", "date"], Wh::When),
    (&["what", "exact", "day"], Wh::When),
    (&["how", "many"], Wh::HowMany),
    (&["how", "much"], Wh::HowMany),
    (&["how", "big"], Wh::HowMany),
    (&["how", "large"], Wh::HowMany),
    (&["how", "long"], Wh::Span),
    (&["since", "when"], Wh::Since),
    (&["from", "when"], Wh::Since),
    (&["until", "when"], Wh::Until),
    (&["till", "when"], Wh::Until),
    (&["up", "to", "when"], Wh::Until),
    (&["by", "when"], Wh::When),
    (&["what", "date"], Wh::When),
    (&["what", "day"], Wh::When),
    (&["what", "year"], Wh::When),
    (&["what", "month"], Wh::When),
    (&["which", "date"], Wh::When),
    (&["which", "day"], Wh::When),
    (&["which", "year"], Wh::When),
    (&["which", "month"], Wh::When),
    (&["exact", "date"], Wh::When),
    (&["exact", "day"], Wh::When),
    (&["date", "of"], Wh::When),
    (&["number", "of"], Wh::HowMany),
    (&["size", "of"], Wh::HowMany),
    (&["what", "place"], Wh::Where),
    (&["which", "place"], Wh::Where),
    (&["in", "which", "city"], Wh::Where),
    (&["in", "what", "city"], Wh::Where),
    (&["which", "city"], Wh::Where),
    (&["when"], Wh::When),
    (&["who"], Wh::Who),
    (&["whom"], Wh::Who),
    (&["whose"], Wh::Whose),
    (&["which"], Wh::What),
    (&["what"], Wh::What),
    (&["where"], Wh::Where),
    (&["how"], Wh::How),
    (&["why"], Wh::Why),
    (&["date"], Wh::When),
];

/// The question word that begins at a place, with the words it takes.
pub(super) fn question_word(sentence: &Sentence, at: usize) -> Option<(Range<usize>, Wh)> {
    QUESTION_WORDS.iter().find_map(|(words, wh)| {
        let range = at..at + words.len();
        let fits = sentence.is_free(range.clone())
            && words.iter().zip(range.clone()).all(|(w, i)| bare(sentence.word(i)) == *w);
        fits.then_some((range, *wh))
    })
}

/// A word without a contracted auxiliary: `who'd` is `who`, `what're` is `what`.
pub(super) fn bare(word: &str) -> &str {
    ["'d", "'re", "'ve", "'ll", "'s"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .filter(|head| {
            matches!(*head, "who" | "what" | "when" | "where" | "how" | "why" | "which" | "that" | "they" | "it")
        })
        .unwrap_or(word)
}

/// The auxiliary that is contracted into a question word.
pub(super) fn contracted(word: &str) -> Option<(Aux, Tense)> {
    let head = bare(word);
    match &word[head.len()..] {
        "'d" => Some((Aux::Do, Tense::Past)),
        "'re" => Some((Aux::Be, Tense::Present)),
        "'ve" => Some((Aux::Have, Tense::Past)),
        "'ll" => Some((Aux::Modal, Tense::Present)),
        _ => None,
    }
}

/// The auxiliary that a word is, with its tense and whether it holds a "not".
pub(super) fn auxiliary(word: &str) -> Option<(Aux, Tense, bool)> {
    let (head, negated) = match word.strip_suffix("n't") {
        Some(head) => (head, true),
        None => (word, false),
    };
    let head = match (head, negated) {
        ("ca", true) => "can",
        ("wo", true) => "will",
        _ => head,
    };
    let (aux, tense) = match head {
        "is" | "are" | "am" => (Aux::Be, Tense::Present),
        "was" | "were" | "been" => (Aux::Be, Tense::Past),
        "do" | "does" => (Aux::Do, Tense::Present),
        "did" => (Aux::Do, Tense::Past),
        // What has been done was done at some time.
        "has" | "have" | "had" => (Aux::Have, Tense::Past),
        "can" | "could" | "will" | "would" | "may" | "might" | "shall" | "should" | "must" => {
            (Aux::Modal, Tense::Present)
        }
        "didnt" => return Some((Aux::Do, Tense::Past, true)),
        "wasnt" | "werent" => return Some((Aux::Be, Tense::Past, true)),
        "isnt" | "arent" => return Some((Aux::Be, Tense::Present, true)),
        "doesnt" | "dont" => return Some((Aux::Do, Tense::Present, true)),
        "hasnt" | "havent" | "hadnt" => return Some((Aux::Have, Tense::Past, true)),
        _ => return None,
    };
    Some((aux, tense, negated))
}
