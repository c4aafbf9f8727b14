//! A sentence as a row of items: question words, auxiliaries, actors, phrases of the lexicon, and what is left.

use super::actors::Mentioned;
use super::frame::{self, Aux, Tense, Wh};
use crate::ask::Named;
use crate::ask::lexicon::{Lexicon, Meaning, Unit};
use crate::ask::sentence::Sentence;
use std::ops::Range;

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Wh(Wh),
    Aux(Aux, Tense),
    Name(Named),
    /// A possessive ending.
    Poss,
    /// A phrase with its possible meanings, the likeliest first; with the actor that stands inside it, if any.
    Phrase(Vec<Meaning>, Option<Named>),
    /// A word that no reading takes: "or", and pronouns for somebody.
    Unread,
    By,
    Of,
    /// A preposition of place, or "under".
    In,
    /// Another preposition.
    Prep,
    And,
    Not,
    /// A content word that nothing accounts for yet.
    Free,
}

/// An item with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) words: Range<usize>,
    pub(super) item: Item,
}

/// The items of a sentence of which publication, dates and names are taken, and the slips that were read over.
pub(super) fn items(lexicon: &Lexicon, sentence: &Sentence, actors: &[Mentioned]) -> (Vec<Placed>, Vec<String>) {
    let units: Vec<Unit<'_>> = (0..sentence.words.len())
        .map(|at| if sentence.taken[at] { Unit::Taken } else { Unit::Word(sentence.word(at)) })
        .collect();
    let mut items: Vec<Placed> = Vec::new();
    let mut slips = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        if let Some(actor) = actors.iter().find(|actor| actor.words.start == at) {
            // A comma between two names joins them.
            if let Some(Placed { item: Item::Name(_), words }) = items.last()
                && words.end == actor.words.start
                && !sentence.words[actor.words.start].joined
            {
                items.push(Placed { words: at..at, item: Item::And });
            }
            items.push(Placed { words: actor.words.clone(), item: Item::Name(actor.named.clone()) });
            at = actor.words.end.max(at + 1);
            continue;
        }
        if sentence.taken[at] {
            at += 1;
            continue;
        }
        let word = sentence.word(at);
        let reach = phrase_reach(&units, actors, at);
        let phrase = lexicon.phrase(&reach.0).map(|mut phrase| {
            // A name in the gap takes as many words as it has.
            let extra = phrase.gap.filter(|gap| *gap < phrase.length).and(reach.1).unwrap_or(0);
            phrase.length += extra;
            phrase
        });
        // A phrase that stops before a misspelt word may go on over it: "pledged suport to".
        let phrase = match phrase {
            Some(phrase) if is_unknown(lexicon, sentence, at + phrase.length) => {
                let over = lexicon.misspelt(&reach.0).filter(|over| over.length > phrase.length && over.gap.is_none());
                if let Some((typed, meant)) = over.as_ref().and_then(|over| over.slip.as_ref()) {
                    slips.push(format!("read \"{typed}\" as {meant}"));
                }
                Some(over.unwrap_or(phrase))
            }
            phrase => phrase,
        };
        let asks = frame::question_word(sentence, at);
        // "who is", "when did": a question word and auxiliaries say no more than the question word.
        let phrase = phrase.filter(|phrase| {
            let is_bare =
                |wh: &Range<usize>| (wh.end..at + phrase.length).all(|i| frame::auxiliary(sentence.word(i)).is_some());
            let only_asks = phrase.meanings.iter().all(|meaning| matches!(meaning, Meaning::Ask(_) | Meaning::Filler));
            // "could" alone is an auxiliary.
            let is_auxiliary = phrase.length == 1 && frame::auxiliary(word).is_some();
            !(only_asks && (is_auxiliary || asks.as_ref().is_some_and(|(wh, _)| is_bare(wh))))
        });
        let longer = |words: &Range<usize>| phrase.as_ref().is_none_or(|phrase| phrase.length <= words.len());
        if let Some((words, wh)) = asks.filter(|(words, _)| longer(words)) {
            items.push(Placed { words: words.clone(), item: Item::Wh(wh) });
            if let Some((aux, tense)) = frame::contracted(sentence.word(words.end - 1)) {
                items.push(Placed { words: words.clone(), item: Item::Aux(aux, tense) });
            }
            at = words.end;
            continue;
        }
        if let Some(phrase) = phrase {
            let words = at..at + phrase.length.max(1);
            // "list the members of X": at the beginning it only asks to be told.
            let is_request = items.is_empty() && phrase.meanings.contains(&Meaning::Filler);
            if !is_request && !matches!(phrase.meanings.as_slice(), [Meaning::Filler] | []) {
                let inside = actors.iter().find(|a| words.contains(&a.words.start)).map(|a| a.named.clone());
                items.push(Placed { words: words.clone(), item: Item::Phrase(phrase.meanings, inside) });
            }
            at = words.end;
            continue;
        }
        if let Some((aux, tense, negated)) = frame::auxiliary(word) {
            items.push(Placed { words: at..at + 1, item: Item::Aux(aux, tense) });
            if negated {
                // "isn't X …" expects a yes; only after the subject does it deny.
                let is_before_subject = !items.iter().any(|placed| matches!(placed.item, Item::Name(_)));
                let is_tag = (at + 1..sentence.words.len()).all(|i| lexicon.is_empty_word(sentence.word(i)));
                if !is_before_subject && !is_tag {
                    items.push(Placed { words: at..at + 1, item: Item::Not });
                }
            }
            at += 1;
            continue;
        }
        let item = match word {
            // After a question word it is "is"; elsewhere it makes a possessive.
            "'s" if matches!(items.last(), Some(Placed { item: Item::Wh(_), .. })) => {
                Some(Item::Aux(Aux::Be, Tense::Present))
            }
            "'s" => Some(Item::Poss),
            "by" => Some(Item::By),
            "of" => Some(Item::Of),
            "or" | "nor" => Some(Item::Unread),
            "and" | "&" | "+" | "n" | "vs" | "versus" => Some(Item::And),
            // "not in 2018" leaves out days, which no reading does; pronouns stand for somebody.
            "not" | "never" | "no" if sentence.taken.get(at + 1) == Some(&true) => Some(Item::Free),
            "not" | "never" | "no" => Some(Item::Not),
            "us" | "me" | "him" | "her" | "them" => Some(Item::Unread),
            "in" | "on" | "at" | "inside" | "within" | "under" | "across" | "near" | "outside" | "according"
            | "because" | "despite" | "amid" => Some(Item::In),
            "to" | "with" | "from" | "for" | "against" | "between" | "into" | "over" | "about" | "among" | "w"
            | "via" | "through" | "towards" | "toward" | "as" => Some(Item::Prep),
            _ if lexicon.is_empty_word(word) => None,
            _ => Some(Item::Free),
        };
        match item {
            Some(Item::Free) => {
                let (units, _) = phrase_reach(&units, actors, at);
                match lexicon.misspelt(&units) {
                    Some(phrase) => {
                        if let Some((typed, meant)) = &phrase.slip {
                            slips.push(format!("read \"{typed}\" as {meant}"));
                        }
                        let words = at..at + phrase.length.max(1);
                        items.push(Placed { words: words.clone(), item: Item::Phrase(phrase.meanings, None) });
                        at = words.end;
                        continue;
                    }
                    None => items.push(Placed { words: at..at + 1, item: Item::Free }),
                }
            }
            Some(item) => items.push(Placed { words: at..at + 1, item }),
            None => {}
        }
        at += 1;
    }
    drop_numbers(sentence, &mut items);
    (items, slips)
}

/// Whether a word means nothing by itself.
fn is_unknown(lexicon: &Lexicon, sentence: &Sentence, at: usize) -> bool {
    at < sentence.words.len()
        && !sentence.taken[at]
        && sentence.word(at) != "'s"
        && !lexicon.is_empty_word(sentence.word(at))
        && frame::auxiliary(sentence.word(at)).is_none()
        && lexicon.phrase(&[Unit::Word(sentence.word(at))]).is_none()
}

/// How many are asked for, which limits nothing: "which two states".
const HOW_MANY: &[&str] = &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// Takes away numbers between "which" and a sort.
fn drop_numbers(sentence: &Sentence, items: &mut Vec<Placed>) {
    let is_sort = |item: &Item| matches!(item, Item::Phrase(meanings, _) if meanings.iter().any(|m| matches!(m, Meaning::Sort(_))));
    let number = items.windows(3).position(|three| {
        matches!(three[0].item, Item::Wh(Wh::What))
            && three[1].item == Item::Free
            && HOW_MANY.contains(&sentence.word(three[1].words.start))
            && is_sort(&three[2].item)
    });
    if let Some(at) = number {
        items.remove(at + 1);
    }
}

/// The units from a word on in which a name is one unit, and how many more words than one the first name has.
fn phrase_reach<'s>(units: &[Unit<'s>], actors: &[Mentioned], at: usize) -> (Vec<Unit<'s>>, Option<usize>) {
    let mut reach = Vec::new();
    let mut extra = None;
    let mut next = at;
    while next < units.len() {
        match actors.iter().find(|actor| actor.words.start == next) {
            Some(actor) => {
                reach.push(Unit::Taken);
                extra.get_or_insert(actor.words.len() - 1);
                next = actor.words.end.max(next + 1);
            }
            None => {
                reach.push(units[next]);
                next += 1;
            }
        }
    }
    (reach, extra)
}
