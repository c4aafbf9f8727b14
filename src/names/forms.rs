//! Tables of names in one form (folded, or keyed), for look-up without keeping a string for each.

use crate::graph::TemporalGraph;
use crate::model::{Actor, ActorId, Name, NameKind};
use rustc_hash::FxHasher;
use std::hash::Hasher as _;

/// One name of an actor: the main one, or one of its `names`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NameRef {
    pub(super) actor: ActorId,
    /// 0 is the main name, `n` the name at `n - 1`.
    place: u32,
}

impl NameRef {
    pub(super) fn name(self, graph: &TemporalGraph) -> Option<&Name> {
        let place = (self.place as usize).checked_sub(1)?;
        graph.actor(self.actor).names.get(place)
    }

    pub(super) fn text(self, graph: &TemporalGraph) -> &str {
        self.name(graph).map_or(&graph.actor(self.actor).name, |name| &name.text)
    }

    /// Whether the name is an acronym, by its record or by its look; acronyms are never bent.
    pub(super) fn is_acronym(self, graph: &TemporalGraph) -> bool {
        self.name(graph).is_some_and(|name| name.kind == NameKind::Acronym) || is_in_capitals(self.text(graph))
    }
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
    /// (hash of the form, place in `forms`), ascending. Four times quicker to make than a map of strings.
    by_hash: Vec<(u64, u32)>,
    longest_words: usize,
}

impl Forms {
    /// Collects forms; empty ones are left out.
    pub(super) fn collect(names: impl Iterator<Item = (NameRef, String)>) -> Self {
        let mut table = Self::default();
        for (name, form) in names {
            if form.is_empty() {
                continue;
            }
            let place = |n: usize| u32::try_from(n).expect("names of less than four gigabytes");
            let start = place(table.text.len());
            table.text.push_str(&form);
            table.by_hash.push((hash(&form), place(table.forms.len())));
            table.forms.push(Form { name, start, end: place(table.text.len()) });
            table.longest_words = table.longest_words.max(form.split(' ').count());
        }
        table.by_hash.sort_unstable();
        table
    }

    /// The names of exactly this form, by actor and place.
    pub(super) fn get(&self, form: &str) -> impl Iterator<Item = NameRef> {
        let hash = hash(form);
        let first = self.by_hash.partition_point(|(h, _)| *h < hash);
        self.by_hash[first..]
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
