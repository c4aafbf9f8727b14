//! Finding phrases among the words of a sentence.

use super::inflection::Inflection;
use super::notation::{GAP, Notation, choices, words_of};
use super::{Form, Meaning, Phrase, Unit};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// How many parts a name in a gap may have.
const LONGEST_GAP: usize = 8;
/// How many words without weight may stand between two words of a phrase: "swore ITS FIRST oath".
const MOST_PASSED_OVER: usize = 2;
/// Words shorter than this, in letters, are taken as they are, and nothing shorter is what a slip was meant for.
const SHORTEST_BENT: usize = 6;

/// A phrase and what it means.
#[derive(Clone, Debug)]
struct Entry {
    notation: Notation,
    meaning: Meaning,
}

/// All phrases, by their first words.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrases {
    inflection: Inflection,
    entries: Vec<Entry>,
    /// Form of a verb → (its place in `verbs`, which form).
    forms: BTreeMap<String, Vec<(usize, Form)>>,
    /// Base → its place in `verbs`.
    bases: BTreeMap<String, usize>,
    /// The entries that begin with this verb, in any form.
    verbs: Vec<Vec<usize>>,
    /// The entries that begin with this very word.
    plain: BTreeMap<String, Vec<usize>>,
    /// Words that may stand inside a phrase without being part of it.
    passed_over: BTreeSet<String>,
    /// Words that are right as they are, beside those of the phrases, and that a slip may have been meant for.
    right: BTreeSet<String>,
    /// Words that are right as they are and mean nothing here.
    foreign: BTreeSet<String>,
    /// Every word that is right; whether it is one of a phrase, so that a slip may have been meant for it. Made when first asked for.
    spelling: OnceLock<BTreeMap<String, bool>>,
}

/// What a phrase has taken.
#[derive(Clone, Copy, Debug)]
struct Taken {
    length: usize,
    gap: Option<usize>,
}

impl Phrases {
    pub(super) fn inflection(&self) -> &Inflection {
        &self.inflection
    }

    pub(super) fn inflection_mut(&mut self) -> &mut Inflection {
        &mut self.inflection
    }

    /// Adds a word that may stand inside a phrase.
    pub(super) fn pass_over(&mut self, word: &str) {
        self.passed_over.insert(word.to_owned());
    }

    /// Adds a word that is right as it is and means nothing here: it is neither a slip nor what one was meant for.
    pub(super) fn leave_alone(&mut self, word: &str) {
        self.foreign.insert(word.to_owned());
    }

    /// Adds a word that is right as it is.
    pub(super) fn know(&mut self, word: &str) {
        self.right.insert(word.to_owned());
    }

    /// Adds a phrase that is found as it stands.
    pub(super) fn add(&mut self, notation: Notation, meaning: Meaning) {
        self.spelling = OnceLock::new();
        let place = self.entries.len();
        for first in notation.first_choices().filter_map(|choice| words_of(choice).next()) {
            let first = self.inflection.spelt(first);
            let entries = self.plain.entry(first).or_default();
            if entries.last() != Some(&place) {
                entries.push(place);
            }
        }
        self.entries.push(Entry { notation, meaning });
    }

    /// Adds a phrase of which the first word is a verb, found in all its forms. A tie's meaning gets the form that is found.
    pub(super) fn add_verb(&mut self, notation: Notation, meaning: Meaning) {
        self.spelling = OnceLock::new();
        let place = self.entries.len();
        let mut compounds: Vec<String> = Vec::new();
        for first in notation.first_choices() {
            match first.rsplit_once('-') {
                Some(_) => compounds.push(first.to_owned()),
                None => {
                    let verb = self.verb(first);
                    self.verbs[verb].push(place);
                }
            }
        }
        self.entries.push(Entry { notation: notation.clone(), meaning: meaning.clone() });
        // `co-operate`: the second word is the verb.
        for (before, verb) in compounds.iter().filter_map(|compound| compound.rsplit_once('-')) {
            for (form, which) in self.inflection.verb(verb) {
                self.add(notation.beginning(&format!("{before}-{form}")), in_form(&meaning, Some(which)));
            }
        }
    }

    /// The place of a verb, with its forms.
    fn verb(&mut self, base: &str) -> usize {
        let base = self.inflection.spelt(base);
        if let Some(place) = self.bases.get(&base) {
            return *place;
        }
        let place = self.verbs.len();
        for (form, which) in self.inflection.verb(&base) {
            self.forms.entry(form).or_default().push((place, which));
        }
        self.bases.insert(base, place);
        self.verbs.push(Vec::new());
        place
    }

    /// Whether a phrase means a tie as it stands, so that a label need not be added.
    pub(super) fn has_tie(&self, notation: &Notation) -> bool {
        let units: Vec<Unit<'_>> = notation.words().map(Unit::Word).collect();
        self.longest(&units).is_some_and(|phrase| {
            phrase.length == units.len() && phrase.meanings.iter().any(|meaning| matches!(meaning, Meaning::Tie { .. }))
        })
    }

    /// The longest phrase that begins these units, with all its meanings, those of the data's order first.
    pub(super) fn longest(&self, units: &[Unit<'_>]) -> Option<Phrase> {
        let Some(Unit::Word(first)) = units.first() else { return None };
        let first = self.inflection.spelt(first);
        let of_verbs = self.forms.get(&first).into_iter().flatten();
        let of_verbs = of_verbs.flat_map(|(verb, form)| self.verbs[*verb].iter().map(move |at| (*at, Some(*form))));
        let plain = self.plain.get(&first).into_iter().flatten().map(|at| (*at, None));
        let mut best: Option<Taken> = None;
        let mut meanings: Vec<Meaning> = Vec::new();
        for (at, form) in plain.chain(of_verbs) {
            let Entry { notation, meaning } = &self.entries[at];
            let Some((taken, has_particle)) = self.follow(notation, form.is_some(), units) else { continue };
            if best.is_none_or(|best| taken.length > best.length) {
                best = Some(taken);
                meanings.clear();
            }
            if best.is_some_and(|best| taken.length == best.length && taken.gap == best.gap) {
                let mut meaning = in_form(meaning, form);
                if let Meaning::Tie { has_particle: place, .. } = &mut meaning {
                    *place = has_particle;
                }
                if !meanings.contains(&meaning) {
                    meanings.push(meaning);
                }
            }
        }
        let Taken { length, gap } = best?;
        meanings.sort_by_key(order);
        Some(Phrase { length, gap, meanings, slip: None })
    }

    /// Holds a phrase against units; what it takes, and whether its last word is a particle. The verb that it begins with is found already.
    fn follow(&self, notation: &Notation, begins_with_verb: bool, units: &[Unit<'_>]) -> Option<(Taken, bool)> {
        let mut places = notation.places();
        let mut length = 0;
        if begins_with_verb {
            places.next();
            length = 1;
        }
        let places: Vec<&str> = places.collect();
        let taken = self.follow_places(&places, units, Taken { length, gap: None })?;
        let particles = notation.particles().filter_map(|particle| self.follow_choice(particle, units, taken));
        match particles.max_by_key(|taken| taken.length) {
            Some(longer) => Some((longer, !notation.has_gap())),
            None => Some((taken, notation.ends_in_particle())),
        }
    }

    fn follow_places(&self, places: &[&str], units: &[Unit<'_>], taken: Taken) -> Option<Taken> {
        let Some((place, others)) = places.split_first() else { return Some(taken) };
        if *place == GAP {
            let at = taken.length;
            let has_article = matches!(units.get(at), Some(Unit::Word(word)) if self.is_article(word));
            let start = at + usize::from(has_article);
            let parts = units.iter().skip(start).take(LONGEST_GAP).take_while(|unit| **unit == Unit::Taken).count();
            let taken = Taken { length: start + parts, gap: taken.gap.or(Some(start)) };
            return if parts > 0 { self.follow_places(others, units, taken) } else { None };
        }
        choices(place)
            .filter_map(|choice| self.follow_choice(choice, units, taken))
            .filter_map(|taken| self.follow_places(others, units, taken))
            .max_by_key(|taken| taken.length)
    }

    /// Takes the words of a choice, after words without weight unless it begins the phrase.
    fn follow_choice(&self, choice: &str, units: &[Unit<'_>], taken: Taken) -> Option<Taken> {
        let passed_over = if taken.length == 0 { 0 } else { MOST_PASSED_OVER };
        let mut at = taken.length;
        for _ in 0..=passed_over {
            let length = words_of(choice).count();
            let is_here = words_of(choice).zip(units.iter().skip(at)).filter(|(word, unit)| self.is_word(unit, word));
            if is_here.count() == length {
                return Some(Taken { length: at + length, ..taken });
            }
            match units.get(at) {
                Some(Unit::Word(word)) if self.passed_over.contains(*word) => at += 1,
                _ => return None,
            }
        }
        None
    }

    fn is_word(&self, unit: &Unit<'_>, wanted: &str) -> bool {
        let Unit::Word(word) = unit else { return false };
        *word == wanted || self.inflection.spelt(word) == self.inflection.spelt(wanted)
    }

    fn is_article(&self, word: &str) -> bool {
        matches!(word, "the" | "a" | "an") && self.passed_over.contains(word)
    }

    /// The longest phrase once one word, wrong by a letter, is put right.
    pub(super) fn bent(&self, units: &[Unit<'_>]) -> Option<Phrase> {
        const FARTHEST: usize = 6;
        for (at, unit) in units.iter().enumerate().take(FARTHEST) {
            let Unit::Word(typed) = unit else { continue };
            let Some(meant) = self.meant_by(typed) else { continue };
            let mut right = units.to_vec();
            right[at] = Unit::Word(meant);
            if let Some(mut phrase) = self.longest(&right).filter(|phrase| phrase.length > at) {
                phrase.slip = Some(((*typed).to_owned(), meant.to_owned()));
                return Some(phrase);
            }
        }
        None
    }

    /// The one word of the lexicon that a word is a letter away from; the first letter is hardly ever the wrong one. A word that may have
    /// been meant for another that is right, though no phrase has it, is left alone.
    fn meant_by(&self, typed: &str) -> Option<&str> {
        let is_long = |word: &str| word.chars().count() >= SHORTEST_BENT && word.chars().all(char::is_alphabetic);
        // A letter may be left out of a word of six.
        let can_be_bent =
            |word: &str| word.chars().count() + 1 >= SHORTEST_BENT && word.chars().all(char::is_alphabetic);
        let spelt = self.inflection.spelt(typed);
        let spelling = self.spelling.get_or_init(|| self.spelling());
        if !can_be_bent(&spelt) || self.foreign.contains(&spelt) || spelling.contains_key(&spelt) {
            return None;
        }
        let first: String = spelt.chars().take(1).collect();
        let near: Vec<(&String, bool)> = spelling
            .range(first.clone()..)
            .take_while(|(word, _)| word.starts_with(&first))
            .filter(|(word, _)| is_long(word) && is_slip(&spelt, word))
            .map(|(word, is_wanted)| (word, *is_wanted))
            .collect();
        let meant = match near[..] {
            [only] => only,
            // Forms of one verb: the one that ends alike.
            [(first, _), ref others @ ..] if others.iter().all(|(other, _)| self.is_same_verb(first, other)) => {
                let last = spelt.chars().next_back();
                let mut alike = near.iter().filter(|(word, _)| word.chars().next_back() == last);
                let only = alike.next()?;
                if alike.next().is_some() {
                    return None;
                }
                *only
            }
            _ => return None,
        };
        meant.1.then_some(meant.0)
    }

    /// Every word that is right, and whether a phrase has it.
    fn spelling(&self) -> BTreeMap<String, bool> {
        let right = self.right.iter().chain(&self.passed_over).map(|word| (word.clone(), false));
        let forms = self.forms.keys().map(|form| (form.clone(), true));
        let words = self.entries.iter().flat_map(|entry| entry.notation.words());
        let words = words.map(|word| (self.inflection.spelt(word), true));
        right.chain(forms).chain(words).collect()
    }

    fn is_same_verb(&self, a: &str, b: &str) -> bool {
        let verbs = |word: &str| self.forms.get(word).into_iter().flatten().map(|(verb, _)| *verb).collect::<Vec<_>>();
        verbs(a).iter().any(|verb| verbs(b).contains(verb))
    }
}

/// Whether two words are one slip apart. Letters are left out, doubled or swapped more often than one is struck for another, and another
/// letter mostly makes another word (`hosts`, `posts`): that counts in long words only.
fn is_slip(typed: &str, word: &str) -> bool {
    const SHORTEST_REPLACED: usize = 7;
    let length = typed.chars().count();
    strsim::osa_distance(typed, word) == 1
        && (length >= SHORTEST_REPLACED || length != word.chars().count() || same_letters(typed, word))
}

fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

/// A verb's meaning in the form that was found.
fn in_form(meaning: &Meaning, found: Option<Form>) -> Meaning {
    let mut meaning = meaning.clone();
    if let (Meaning::Tie { form, .. }, Some(found)) = (&mut meaning, found) {
        *form = found;
    }
    meaning
}

/// Ties before questions before sorts; ties in the order of the data, and within a sense by what the word mostly is.
fn order(meaning: &Meaning) -> (u8, usize, u8) {
    match meaning {
        Meaning::Tie { sense, form, .. } => {
            let rank = match form {
                Form::Adjective => 0,
                Form::Past | Form::Participle => 1,
                Form::Ing => 2,
                Form::Noun | Form::Plural => 3,
                Form::Base | Form::Present => 4,
                Form::Matter => 5,
            };
            (0, *sense, rank)
        }
        Meaning::Ask(_) => (1, 0, 0),
        Meaning::Sort(_) => (2, 0, 0),
        Meaning::Filler => (3, 0, 0),
    }
}

#[cfg(test)]
impl Phrases {
    /// Every phrase in every form, in words.
    pub(super) fn all(&self) -> BTreeSet<String> {
        let of_verbs = self.forms.iter().flat_map(|(form, verbs)| verbs.iter().map(move |verb| (form, verb.0)));
        let of_verbs = of_verbs.flat_map(|(form, verb)| self.verbs[verb].iter().map(move |at| (Some(form), *at)));
        let plain = self.plain.values().flatten().map(|at| (None, *at));
        let mut all = BTreeSet::new();
        for (form, at) in of_verbs.chain(plain) {
            let notation = &self.entries[at].notation;
            let notation = form.map_or(notation.clone(), |form| notation.beginning(form));
            all.extend(notation.spelt_out());
        }
        all
    }
}
