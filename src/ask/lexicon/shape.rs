//! The shape of `lexicon.json`. What the lists mean is told in `data/README.md`.

use super::LexiconError;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A lexicon file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a lexicon: an object with `ties`, `asks`, …")]
pub(super) struct File {
    /// For people.
    #[serde(rename = "$comment")]
    pub(super) _comment: serde::de::IgnoredAny,
    pub(super) ties: Vec<Tie>,
    /// Name of an ask → phrases.
    pub(super) asks: BTreeMap<String, Vec<String>>,
    pub(super) sorts: Vec<Sort>,
    pub(super) fillers: Vec<String>,
    /// Words that carry nothing.
    pub(super) empty: Vec<String>,
    /// Words that carry nothing and may stand inside a phrase ("split PUBLICLY from", "swore AN oath").
    pub(super) passed_over: Vec<String>,
    /// "break broke broken", and two more where they are irregular too: the `-ing` form and the present.
    pub(super) irregular: Vec<String>,
    /// "person people".
    pub(super) plurals: Vec<String>,
    /// Beginning of a word → how the lexicon spells it.
    pub(super) spellings: BTreeMap<String, String>,
    /// Words that mean the same to records.
    pub(super) concepts: Vec<String>,
    /// Words that are right as they are and a letter away from one of the lexicon's.
    pub(super) no_slips: Vec<String>,
}

/// A sense of words for ties.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Tie {
    pub(super) name: String,
    /// Type, `@group` or `#category`; `~` before it turns it round, `-` takes it out again.
    pub(super) types: Vec<String>,
    pub(super) either_way: bool,
    pub(super) label: Option<String>,
    pub(super) turned_label: Option<String>,
    pub(super) verbs: Vec<String>,
    pub(super) adjectives: Vec<String>,
    pub(super) nouns: Vec<String>,
    pub(super) matters: Vec<String>,
    /// Words read from the other side.
    pub(super) turned: Words,
    /// Words that say that the tie ends.
    pub(super) ends: Words,
    /// The same, read from the other side.
    pub(super) turned_ends: Words,
}

/// Phrases by the part of speech.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Words {
    pub(super) verbs: Vec<String>,
    pub(super) adjectives: Vec<String>,
    pub(super) nouns: Vec<String>,
    pub(super) matters: Vec<String>,
}

/// A word for sorts of actors.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sort {
    /// In the singular.
    pub(super) words: Vec<String>,
    /// Kinds and groups of kinds of the vocabulary.
    pub(super) kinds: Vec<String>,
}

impl File {
    pub(super) fn read(text: &str) -> Result<Self, LexiconError> {
        // Serde would read a list as an object's fields in order.
        if text.trim_start().starts_with('[') {
            return Err(LexiconError { message: "it must be an object, and begins as a list".to_owned() });
        }
        serde_json::from_str(text).map_err(|error| LexiconError { message: error.to_string() })
    }
}
