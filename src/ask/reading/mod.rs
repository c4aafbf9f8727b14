//! From a sentence to questions.
//!
//! What limits a sentence is taken out first (publication, dates), then the actors; the rest becomes a row of items ([`items`]). [`special`]
//! reads kinds of question by their own words, [`patterns`] by ties, and what neither accounts for is put to the records.

mod actors;
#[cfg(test)]
mod answered_tests;
mod by_ties;
mod by_words;
mod frame;
mod items;
mod limits;
mod patterns;
mod refusal;
mod sets;
mod special;
#[cfg(test)]
mod tests;
mod time;
#[cfg(test)]
mod told_tests;

use super::lexicon::{Form, Meaning};
use super::sentence::Sentence;
use super::{Asked, Ground, Named, Problem, Question, RecordQuestion, Wanted, Who, dates, publication};
use crate::model::{ActorId, SourceId};
use crate::question::{RelationWord, Scope, When};
use crate::time::Holds;
use actors::Mentioned;
use frame::{Aux, Tense, Wh};
use items::{Item, Placed};
use sets::{MOST_ITEMS, Row};

/// Longer sentences are not read, in bytes.
const LONGEST_SENTENCE: usize = 2000;

/// The readings of a sentence, the likeliest first, and what to say when none of them answers.
pub(super) struct Readings {
    pub(super) asked: Vec<Asked>,
    pub(super) refusal: Problem,
}

/// The concept of verbs whose subject has something done to it: "suffer losses".
const SUFFERING: &str = "suffer";

/// No more circumstances are left out than this, one after the other.
const MOST_CIRCUMSTANCES: usize = 6;

/// A sentence with all that was found in it.
pub(super) struct Parsed<'a, 'g> {
    ground: Ground<'a, 'g>,
    sentence: Sentence,
    actors: Vec<Mentioned>,
    items: Vec<Placed>,
    publication: publication::Publication,
    days: time::Days,
    tense: Option<Tense>,
    assumptions: Vec<String>,
}

/// A question that a sentence may be, with the items that it accounts for beyond those without content.
struct Candidate {
    question: Question,
    /// Words that it leaves, in small letters.
    unaccounted: Vec<String>,
    /// Actors that it leaves.
    actors: Vec<ActorId>,
}

impl Candidate {
    fn new(question: Question, unaccounted: Vec<String>) -> Self {
        Self { question, unaccounted, actors: Vec::new() }
    }

    /// Whether it accounts for everything.
    fn is_whole(&self) -> bool {
        self.unaccounted.is_empty() && self.actors.is_empty()
    }
}

/// Reads a sentence; `chosen` says who is meant by names that fit several actors.
///
/// # Errors
/// When it is empty or too long, names somebody unknown, or says a date that there is not.
pub(super) fn read(ground: Ground<'_, '_>, text: &str, flags: &Scope, chosen: &[Named]) -> Result<Readings, Problem> {
    if text.len() > LONGEST_SENTENCE {
        return Err(Problem::TooLong);
    }
    let mut sentence = Sentence::new(text);
    if sentence.words.is_empty() {
        return Err(Problem::Empty);
    }
    let publication = publication::find(ground.graph, &mut sentence)?;
    let (by_flag, said) = (&flags.claims.sources, &publication.claims.sources);
    if !by_flag.is_empty() && !said.is_empty() && !by_flag.iter().any(|source| said.contains(source)) {
        let names = |ids: &[SourceId]| ids.iter().map(|id| ground.graph.source(*id).slug.to_string()).collect();
        return Err(Problem::TwoSources { flags: names(by_flag), sentence: names(said) });
    }
    let times = dates::find(&mut sentence)?;
    let tense = tense(&sentence);
    let mut days = time::Days::of(&times)?;
    let window = days.window_for_names(ground.graph, tense, flags);
    let mut actors = actors::find(ground, &mut sentence, window, chosen)?;
    let mut assumptions: Vec<String> = actors.iter().filter_map(|actor| actor.reason.clone()).collect();
    days.anchor(ground, &mut sentence, &mut actors, flags, &mut assumptions);
    let (items, slips) = items::items(ground.lexicon, &sentence, &actors);
    assumptions.extend(slips);
    assumptions.extend(publication.assumptions.iter().cloned());
    let parsed = Parsed { ground, sentence, actors, items, publication, days, tense, assumptions };
    let mut candidates = special::questions(&parsed);
    candidates.extend(parsed.by_ties());
    // What accounts for every word comes first, then the records by the words themselves, then what must be borne out by its records.
    if parsed.items.iter().any(|placed| placed.item == Item::Unread) || parsed.days.is_undated_side() {
        candidates.clear();
    }
    if parsed.days.is_split {
        // Days apart from one another are asked about only by what changed between them.
        candidates
            .retain(|candidate| matches!(candidate.question, Question::Changes { .. } | Question::Timeline { .. }));
    }
    if parsed.is_yes_or_no() {
        candidates.retain(|candidate| is_of_yes_or_no(&candidate.question));
    }
    let (whole, partly): (Vec<Candidate>, Vec<Candidate>) = candidates.into_iter().partition(Candidate::is_whole);
    // Who stands so is known in full where the ties account for everything; nothing is found then by words that is not the same or less.
    let is_known = |candidate: &Candidate| matches!(candidate.question, Question::Who { .. } | Question::Any(_));
    let is_known = whole.iter().any(is_known);
    let records = parsed.records().into_iter().chain(parsed.records_at_places()).filter(|_| !is_known);
    let asked =
        whole.into_iter().chain(records).chain(partly).map(|candidate| parsed.asked(candidate, flags)).collect();
    Ok(Readings { asked, refusal: refusal::refusal(&parsed) })
}

/// The tense of the first auxiliary.
fn tense(sentence: &Sentence) -> Option<Tense> {
    (0..sentence.words.len()).filter(|at| !sentence.taken[*at]).find_map(|at| {
        let word = sentence.word(at);
        frame::auxiliary(word).map(|(_, tense, _)| tense).or_else(|| frame::contracted(word).map(|(_, tense)| tense))
    })
}

impl Parsed<'_, '_> {
    fn names(&self) -> Vec<Named> {
        self.actors.iter().map(|actor| actor.named.clone()).collect()
    }

    /// Whether an actor is only where something happens: a place or a state after "in".
    fn is_place(&self, actor: &Mentioned) -> bool {
        let kind = &*self.ground.graph.vocabulary().kind(self.ground.graph.actor(actor.named.actor).kind).name;
        let before = self.items.iter().position(|placed| placed.words == actor.words).and_then(|at| at.checked_sub(1));
        matches!(kind, "place" | "state") && before.is_some_and(|at| self.items[at].item == Item::In)
    }

    fn names_but_places(&self) -> Vec<Named> {
        self.actors.iter().filter(|actor| !self.is_place(actor)).map(|actor| actor.named.clone()).collect()
    }

    fn places(&self) -> Vec<ActorId> {
        self.actors.iter().filter(|actor| self.is_place(actor)).map(|actor| actor.named.actor).collect()
    }

    /// The word before the second of two names, where only that stands between them.
    fn word_between(&self, a: &Named, b: &Named) -> Option<&str> {
        let at = |named: &Named| self.items.iter().position(|placed| placed.item == Item::Name(named.clone()));
        let (first, second) = (at(a)?, at(b)?);
        (second == first + 2).then(|| self.sentence.word(self.items[second].words.start - 1))
    }

    fn starts_with_aux(&self) -> bool {
        self.items.first().is_some_and(|placed| matches!(placed.item, Item::Aux(..)))
    }

    /// Whether there is nothing but a question word, a form of "be", names and "to": "what was X to Y".
    fn is_names_and_a_copula(&self) -> bool {
        let is_to = |placed: &Placed| placed.item == Item::Prep && self.sentence.word(placed.words.start) == "to";
        self.items.iter().any(is_to)
            && self.items.iter().all(|placed| {
                is_to(placed) || matches!(placed.item, Item::Wh(_) | Item::Aux(Aux::Be, _) | Item::Name(_))
            })
    }

    /// Whether a name is asked for ("what name did he go by"), and not whose it is ("the name of X's adviser").
    fn asks_what_it_is_called(&self) -> bool {
        let is_name = |placed: &Placed| Self::asks(placed).any(|ask| ask == "names") && !Self::is_tie(placed);
        self.wh() == Some(Wh::What)
            && self.items.windows(2).any(|pair| {
                is_name(&pair[0]) && matches!(pair[0].item, Item::Phrase(..)) && !matches!(pair[1].item, Item::Of)
            })
            && self.items.iter().any(|placed| matches!(placed.item, Item::Wh(_)))
    }

    /// Whether the last word asks for somebody who does not follow: "was HTS allied with".
    fn breaks_off(&self) -> bool {
        const OPEN: &[&str] = &[
            "with", "to", "of", "from", "against", "by", "for", "between", "towards", "toward", "and", "or", "the",
            "a", "an",
        ];
        let last = self.sentence.words.len().saturating_sub(1);
        (self.wh().is_none() || self.actors.is_empty())
            && !self.sentence.taken[last]
            && OPEN.contains(&self.sentence.word(last))
    }

    fn has_word(&self, wanted: &str) -> bool {
        self.sentence.words.iter().any(|word| word.text == wanted)
    }

    fn wh(&self) -> Option<Wh> {
        self.items.iter().find_map(|placed| match placed.item {
            Item::Wh(wh) => Some(wh),
            _ => None,
        })
    }

    fn first_auxiliary(&self) -> Option<Aux> {
        self.items.iter().find_map(|placed| match placed.item {
            Item::Aux(aux, _) => Some(aux),
            _ => None,
        })
    }

    /// Whether the sentence begins with an auxiliary and asks for nobody and nothing: "was HTS …".
    fn is_yes_or_no(&self) -> bool {
        self.wh().is_none() && self.items.first().is_some_and(|placed| matches!(placed.item, Item::Aux(..)))
    }

    fn is_negated(&self) -> bool {
        self.items.iter().any(|placed| placed.item == Item::Not)
    }

    /// The kinds of question that a placed item asks for by its own words, where it means nothing else.
    fn asks(placed: &Placed) -> impl Iterator<Item = &'static str> {
        let meanings: &[Meaning] = match &placed.item {
            Item::Phrase(meanings, _) => meanings,
            _ => &[],
        };
        meanings.iter().filter_map(|meaning| match meaning {
            Meaning::Ask(ask) => Some(*ask),
            _ => None,
        })
    }

    fn is_tie(placed: &Placed) -> bool {
        matches!(&placed.item, Item::Phrase(meanings, _) if meanings.iter().any(|m| matches!(m, Meaning::Tie { .. })))
    }

    /// The words of items, in small letters, without those that carry nothing.
    fn words_of<'p>(&self, placed: impl Iterator<Item = &'p Placed>) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for at in placed.flat_map(|placed| placed.words.clone()) {
            let word = self.sentence.word(at);
            let is_name = self.actors.iter().any(|actor| actor.words.contains(&at));
            if !is_name && word != "'s" && !self.ground.lexicon.is_empty_word(word) && !words.iter().any(|w| w == word)
            {
                words.push(word.to_owned());
            }
        }
        words
    }

    fn has_ask(&self, wanted: &str) -> bool {
        self.items.iter().any(|placed| Self::asks(placed).any(|ask| ask == wanted))
    }
}

/// Whether a question can be answered by yes or no, or asks where that stands.
fn is_of_yes_or_no(question: &Question) -> bool {
    matches!(
        question,
        Question::Whether { .. }
            | Question::Any(_)
            | Question::Same { .. }
            | Question::Existence { .. }
            | Question::Records(_)
            | Question::Sureness(_)
            | Question::Sources(_)
            | Question::Disagreements { .. }
            | Question::Between { .. }
            | Question::Path { .. }
            | Question::Changes { .. }
            | Question::Known { .. }
            | Question::Anonymous { .. }
    )
}
