//! Names in one form (folded, or keyed): who may have which, and tables for look-up without keeping a string for each.

use super::transliteration::transliteration_key;
use crate::graph::{NameKey, TemporalGraph};
use crate::model::{Actor, ActorId, Name, NameKind};
use rustc_hash::FxHasher;
use std::hash::Hasher as _;
use std::sync::OnceLock;

/// One name of an actor: the main one, or one of its `names`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NameRef {
    pub(super) actor: ActorId,
    /// 0 is the main name, `n` the name at `n - 1`.
    place: u32,
}

impl NameRef {
    /// The name that a key of a compiled set speaks of; `None` when its actor has not so many names.
    pub(super) fn of_key(key: &NameKey, graph: &TemporalGraph) -> Option<Self> {
        let is_there = key.place as usize <= graph.actor(key.actor).names.len();
        is_there.then_some(Self { actor: key.actor, place: key.place })
    }

    /// The name under a hash, for a compiled set.
    pub(super) const fn key(self, hash: u32) -> NameKey {
        NameKey { hash, actor: self.actor, place: self.place }
    }

    pub(super) fn name(self, graph: &TemporalGraph) -> Option<&Name> {
        self.name_of(graph.actor(self.actor))
    }

    pub(super) fn text(self, graph: &TemporalGraph) -> &str {
        self.text_of(graph.actor(self.actor))
    }

    /// Whether the name is an acronym, by its record or by its look; acronyms are never bent.
    pub(super) fn is_acronym(self, graph: &TemporalGraph) -> bool {
        self.is_acronym_of(graph.actor(self.actor))
    }

    fn name_of(self, actor: &Actor) -> Option<&Name> {
        let place = (self.place as usize).checked_sub(1)?;
        actor.names.get(place)
    }

    fn text_of(self, actor: &Actor) -> &str {
        self.name_of(actor).map_or(&actor.name, |name| &name.text)
    }

    fn is_acronym_of(self, actor: &Actor) -> bool {
        self.name_of(actor).is_some_and(|name| name.kind == NameKind::Acronym) || is_in_capitals(self.text_of(actor))
    }

    /// The transliteration key of a name, given its actor and how it is folded; `None` for short names and acronyms, which are never bent.
    pub(super) fn keyed(self, actor: &Actor, folded: &str) -> Option<String> {
        let may_be_bent = has_key(folded) && !self.is_acronym_of(actor) && !has_long_acronym(self.text_of(actor));
        may_be_bent.then(|| transliteration_key(folded))
    }
}

/// Whether a folded name is long enough for a key: five letters or more.
pub(super) fn has_key(folded: &str) -> bool {
    folded.chars().filter(|c| *c != ' ').count() >= 5
}

/// Whether a word of the name is an acronym long enough for a key to bend it.
fn has_long_acronym(name: &str) -> bool {
    words(name).any(|word| word.len() >= 5 && is_in_capitals(word))
}

/// The words of a name as recorded.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric())
}

/// Every name of an actor, the main one first, as recorded.
pub(super) fn names_of(id: ActorId, actor: &Actor) -> impl Iterator<Item = (NameRef, &str)> {
    std::iter::once(&*actor.name)
        .chain(actor.names.iter().map(|name| &*name.text))
        .zip(0..)
        .map(move |(text, place)| (NameRef { actor: id, place }, text))
}

/// Whether a text that someone typed looks like an acronym: one word of up to five capitals, digits and dots between them. A longer
/// one is rather a name typed in capitals.
pub(super) fn looks_like_acronym(text: &str) -> bool {
    capitals(text).is_some_and(|capitals| (1..=5).contains(&capitals))
}

/// Whether a name or a word of it, as recorded, is an acronym; no record writes names in capitals otherwise.
pub(super) fn is_in_capitals(name: &str) -> bool {
    capitals(name).is_some_and(|capitals| capitals > 1)
}

/// How many capitals a word has that is made of nothing but capitals, digits and dots.
fn capitals(word: &str) -> Option<usize> {
    let mut capitals = 0;
    for c in word.chars() {
        match c {
            '.' => {}
            _ if c.is_uppercase() => capitals += 1,
            _ if c.is_numeric() => {}
            _ => return None,
        }
    }
    Some(capitals)
}

/// A name in the form of the table.
#[derive(Clone, Copy, Debug)]
struct Form {
    name: NameRef,
    start: u32,
    end: u32,
}

/// Names in one form, found by it.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// All forms, end to end.
    text: String,
    forms: Vec<Form>,
    /// (hash of the form, place in `forms`), ascending; made for the first look-up. Four times quicker to make than a map of strings.
    by_hash: OnceLock<Vec<(u64, u32)>>,
    longest_words: usize,
}

impl Forms {
    /// Adds a name, after those of actors before and of places before; an empty form is left out.
    pub(super) fn push(&mut self, name: NameRef, form: &str) {
        if form.is_empty() {
            return;
        }
        let start = place(self.text.len());
        self.text.push_str(form);
        self.forms.push(Form { name, start, end: place(self.text.len()) });
        self.longest_words = self.longest_words.max(count_words(form));
        self.by_hash.take();
    }

    fn by_hash(&self) -> &[(u64, u32)] {
        self.by_hash.get_or_init(|| {
            let hashed = |(at, form)| (hash(self.form(form)), place(at));
            let mut by_hash: Vec<(u64, u32)> = self.forms.iter().enumerate().map(hashed).collect();
            by_hash.sort_unstable();
            by_hash
        })
    }

    /// The names of exactly this form, by actor and place.
    pub(super) fn get(&self, form: &str) -> impl Iterator<Item = NameRef> {
        let hash = hash(form);
        let by_hash = self.by_hash();
        let first = by_hash.partition_point(|(h, _)| *h < hash);
        by_hash[first..]
            .iter()
            .take_while(move |(h, _)| *h == hash)
            .map(|(_, place)| self.forms[*place as usize])
            .filter(move |f| self.form(f) == form)
            .map(|f| f.name)
    }

    /// Every name with its form, by actor and place.
    pub(super) fn iter(&self) -> impl Iterator<Item = (NameRef, &str)> {
        self.forms.iter().map(|f| (f.name, self.form(f)))
    }

    /// How many words the longest form has.
    pub(super) const fn longest_words(&self) -> usize {
        self.longest_words
    }

    fn form(&self, form: &Form) -> &str {
        &self.text[form.start as usize..form.end as usize]
    }
}

/// How many words a form has.
pub(super) fn count_words(form: &str) -> usize {
    form.split(' ').count()
}

fn place(n: usize) -> u32 {
    u32::try_from(n).expect("names of less than four gigabytes")
}

fn hash(form: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(form.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_are_known_by_their_capitals() {
        for text in ["YPG", "U.S.", "MI6", "JNIM", "M23"] {
            assert!(looks_like_acronym(text), "{text}");
        }
        for text in ["Hamas", "MoD", "TALIBAN", "US-led", "", "23", "al-Nusra", "HTS members"] {
            assert!(!looks_like_acronym(text), "{text}");
        }
        assert!(
            is_in_capitals("MINUSMA") && !is_in_capitals("Hamas") && !is_in_capitals("2") && !is_in_capitals("حماس")
        );
    }
}
