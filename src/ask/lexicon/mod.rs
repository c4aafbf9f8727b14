//! The words that questions are asked in, kept as data (`data/lexicon.json`) beside the vocabulary.
//!
//! ```text
//! lexicon.json ─shape─▶ entries ─notation─▶ phrases ─senses (vocabulary)─▶ meanings ─matching─▶ Phrase
//!                                              ▲ inflection                 concepts ─stem─▶ keys of words
//! ```

mod inflection;
mod matching;
mod notation;
mod senses;
mod shape;
mod stem;

use crate::model::{KindId, Vocabulary};
use crate::question::RelationWord;
use matching::Phrases;
use senses::Sense;
use std::collections::{BTreeMap, BTreeSet};

/// The lexicon that comes with the program.
const SHIPPED: &str = include_str!("../../../data/lexicon.json");

/// The kinds of question that words can make.
const ASKS: &[&str] = &[
    "timeline",
    "happened",
    "path",
    "changes",
    "names",
    "former-names",
    "former",
    "short-name",
    "full-name",
    "lineage",
    "origins",
    "outcomes",
    "breaks",
    "same",
    "relation",
    "disagreements",
    "anonymous",
    "known",
    "publications",
    "list-sources",
    "count",
    "profile",
    "existence",
    "gone",
    "founded",
    "where",
    "sureness",
    "sources",
    "start",
    "finish",
    "span",
    "no-longer",
    "risk",
    "common",
    "each-other",
    "newest",
    "when",
    "why",
];

/// How a word for a tie stands in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `back`, as in "did X back Y", "who do X back".
    Base,
    /// `backs`.
    Present,
    /// `backed`, which may also be the participle of a passive.
    Past,
    /// `given`, where it differs from the past.
    Participle,
    /// `backing`.
    Ing,
    /// `ally of`, `ally`: "X is an ally of Y", "Y's ally": X is the subject of the sense.
    Noun,
    /// `allies`.
    Plural,
    /// `allied with`, `hostile to`, `at war with`, `part of`: "X is … Y".
    Adjective,
    /// `support`, `designation`, `pledge`, as the thing itself: "Turkey's support for HTS", "the designation of HTS by the US".
    Matter,
}

/// What a phrase means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A tie: the number of its sense, and how it stands.
    Tie {
        /// Which sense: an index for [`Lexicon::tie`].
        sense: usize,
        /// How it stands in the sentence.
        form: Form,
        /// The sense reads from the other's side: "receives support from" of `backs`, "client of" of `backs`.
        turned: bool,
        /// It says that the tie ends or ended: "delist", "take back its pledge to".
        ends: bool,
        /// The particle belongs to it already (`split from`, `allied with`, `ally of`); without, the other end follows at once or another way.
        has_particle: bool,
    },
    /// What kind of question it makes: `timeline`, `path`, `names`, … (the words of `asks` in the data).
    Ask(&'static str),
    /// A sort of actors: `states`, `militias`.
    Sort(Vec<KindId>),
    /// Nothing that matters: "please", "tell me".
    Filler,
}

/// A phrase found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    /// How many units it takes, a gap included.
    pub(super) length: usize,
    /// Where an actor stands inside it ("gave HTS intelligence"): the unit's offset.
    pub(super) gap: Option<usize>,
    /// What it may mean, the likeliest first.
    pub(super) meanings: Vec<Meaning>,
    /// The word that was meant where one was misspelt by a letter.
    pub(super) slip: Option<(String, String)>,
}

/// A word or a name, for phrases with a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit<'s> {
    /// A word, in small letters.
    Word(&'s str),
    /// A name, a date, or another part that is taken already.
    Taken,
}

/// Why a lexicon cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconError {
    /// What is wrong, with the place in the text.
    pub message: String,
}

impl std::fmt::Display for LexiconError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "this is no lexicon: {}", self.message)
    }
}

impl std::error::Error for LexiconError {}

/// The words that questions are asked in.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    senses: Vec<Sense>,
    phrases: Phrases,
    empty: BTreeSet<String>,
    /// Stem → concept.
    concepts: BTreeMap<String, String>,
    /// First stem of a concept's phrase of several words → (its other stems, concept), long ones first.
    long_concepts: BTreeMap<String, Vec<(Vec<String>, String)>>,
}

impl Lexicon {
    /// Reads a lexicon for a vocabulary. Senses of which the vocabulary has no type are left out; the labels of its types are words too.
    ///
    /// # Errors
    /// When the text is no lexicon.
    pub fn read(text: &str, vocabulary: &Vocabulary) -> Result<Self, LexiconError> {
        let mut lexicon = Self::default();
        lexicon.add_file(text, vocabulary)?;
        lexicon.add_labels(vocabulary);
        Ok(lexicon)
    }

    /// The lexicon that comes with the program.
    #[must_use]
    pub fn embedded(vocabulary: &Vocabulary) -> Self {
        match Self::read(SHIPPED, vocabulary) {
            Ok(lexicon) => lexicon,
            Err(error) => unreachable!("the shipped lexicon is tested to read: {error}"),
        }
    }

    /// Adds the words of another lexicon. A sense of a name that is there already gets further words, and other types where it says some.
    ///
    /// # Errors
    /// When the text is no lexicon.
    pub fn with(mut self, text: &str, vocabulary: &Vocabulary) -> Result<Self, LexiconError> {
        self.add_file(text, vocabulary)?;
        Ok(self)
    }

    /// The tie of a sense, read from subject to object, or from the object's side when `turned`.
    pub(super) fn tie(&self, sense: usize, turned: bool) -> RelationWord {
        self.senses.get(sense).map(|sense| sense.word(turned)).unwrap_or_else(senses::no_word)
    }

    /// The number of the sense of a name: `allied`, or the name of a group or type.
    pub(super) fn sense(&self, name: &str) -> Option<usize> {
        self.senses.iter().position(|sense| sense.name == name)
    }

    /// The longest phrase that begins these units.
    pub(super) fn phrase(&self, units: &[Unit<'_>]) -> Option<Phrase> {
        self.phrases.longest(units)
    }

    /// The same for a phrase in which one letter of one word is wrong; only for words of five letters or more, and only when one phrase alone is meant.
    pub(super) fn misspelt(&self, units: &[Unit<'_>]) -> Option<Phrase> {
        self.phrases.bent(units)
    }

    /// The concept of a content word: one text for all words that mean the same to records (`topple`, `overthrew`, `ouster` → `overthrow`); the stem of other words.
    pub(super) fn concept(&self, word: &str) -> String {
        let stem = stem::stem(self.phrases.inflection(), word);
        self.concepts.get(&stem).cloned().unwrap_or(stem)
    }

    /// The concepts of words in a row, where several words may make one ("air strike", "bring down").
    pub(super) fn concepts(&self, words: &[&str]) -> Vec<String> {
        let stems: Vec<String> = words.iter().map(|word| stem::stem(self.phrases.inflection(), word)).collect();
        let mut concepts = Vec::with_capacity(stems.len());
        let mut at = 0;
        while let Some(first) = stems.get(at) {
            let after = &stems[at + 1..];
            let long =
                self.long_concepts.get(first).into_iter().flatten().find(|(others, _)| after.starts_with(others));
            let (length, concept) = match long {
                Some((others, concept)) => (1 + others.len(), concept),
                None => (1, self.concepts.get(first).unwrap_or(first)),
            };
            concepts.push(concept.clone());
            at += length;
        }
        concepts
    }

    /// Whether a word carries nothing (`the`, `please`, `exactly`): articles, auxiliaries, pronouns, prepositions and fillers.
    pub(super) fn is_empty_word(&self, word: &str) -> bool {
        self.empty.contains(word)
    }
}

#[cfg(test)]
mod tests;
