//! From entries of the data to senses and phrases for one vocabulary.

use super::inflection::Inflection;
use super::notation::{Notation, words_of};
use super::shape::{self, File, Words};
use super::{ASKS, Form, Lexicon, LexiconError, Meaning, stem};
use crate::model::{Category, KindId, Polarity, TypeId, Vocabulary};
use crate::question::RelationWord;

/// What words for a tie mean.
#[derive(Clone, Debug)]
pub(super) struct Sense {
    pub(super) name: String,
    /// Read from subject to object.
    word: RelationWord,
    /// How it reads from the other side.
    turned_label: String,
}

impl Sense {
    /// The relation word from the subject's side, or the object's when `turned`.
    pub(super) fn word(&self, turned: bool) -> RelationWord {
        if !turned {
            return self.word.clone();
        }
        RelationWord { label: self.turned_label.clone(), ..self.word.clone().from_the_other_side() }
    }
}

/// The word for a sense that there is not.
pub(super) fn no_word() -> RelationWord {
    RelationWord {
        name: String::new(),
        types: Vec::new(),
        inverted: false,
        either_way: true,
        turned: Vec::new(),
        polarity: None,
        label: String::new(),
    }
}

/// Which side of a sense a phrase speaks from, and whether of its end.
#[derive(Clone, Copy, Debug)]
struct Aspect {
    sense: usize,
    turned: bool,
    ends: bool,
}

impl Aspect {
    /// The meaning of a phrase; whether it has a particle is told when it is found.
    fn meaning(self, form: Form) -> Meaning {
        Meaning::Tie { sense: self.sense, form, turned: self.turned, ends: self.ends, has_particle: false }
    }
}

impl Lexicon {
    /// Adds what a file says.
    pub(super) fn add_file(&mut self, text: &str, vocabulary: &Vocabulary) -> Result<(), LexiconError> {
        let file = File::read(text)?;
        self.add_forms(&file);
        for (at, tie) in file.ties.iter().enumerate() {
            if tie.name.is_empty() {
                return Err(LexiconError { message: format!("`ties`: number {} has no `name`", at + 1) });
            }
            self.add_tie(tie, vocabulary);
        }
        if let Some(unknown) = file.asks.keys().find(|name| !ASKS.contains(&name.as_str())) {
            return Err(LexiconError {
                message: format!("`asks`: `{unknown}` is no kind of question; there are {}", ASKS.join(", ")),
            });
        }
        for name in ASKS {
            for entry in file.asks.get(*name).into_iter().flatten() {
                self.add_ask(name, entry);
            }
        }
        for sort in &file.sorts {
            self.add_sort(sort, vocabulary);
        }
        for notation in file.fillers.iter().filter_map(|entry| Notation::new(entry)) {
            self.phrases.add(notation, Meaning::Filler);
        }
        for line in &file.concepts {
            self.add_concept(line);
        }
        Ok(())
    }

    /// Forms and words without weight, before all that is found by them.
    fn add_forms(&mut self, file: &File) {
        let inflection = self.phrases.inflection_mut();
        file.irregular.iter().for_each(|line| inflection.add_irregular(line));
        file.plurals.iter().for_each(|line| inflection.add_plural(line));
        file.spellings.iter().for_each(|(other, ours)| inflection.add_spelling(other, ours));
        for word in words(&file.empty) {
            self.phrases.know(word);
            self.empty.insert(word.to_owned());
        }
        for word in words(&file.passed_over) {
            self.phrases.pass_over(word);
            self.empty.insert(word.to_owned());
        }
        words(&file.no_slips).for_each(|word| self.phrases.leave_alone(word));
    }

    fn add_tie(&mut self, tie: &shape::Tie, vocabulary: &Vocabulary) {
        let known = self.sense(&tie.name);
        let word = read_types(tie, vocabulary);
        let sense = match (known, word) {
            (Some(sense), None) => sense,
            (Some(sense), Some(word)) => {
                self.senses[sense] = word;
                sense
            }
            (None, Some(word)) => {
                self.senses.push(word);
                self.senses.len() - 1
            }
            (None, None) => return,
        };
        let aspect = Aspect { sense, turned: false, ends: false };
        let words = [&tie.verbs, &tie.adjectives, &tie.nouns, &tie.matters];
        self.add_words(aspect, words);
        self.add_words(Aspect { turned: true, ..aspect }, lists(&tie.turned));
        self.add_words(Aspect { ends: true, ..aspect }, lists(&tie.ends));
        self.add_words(Aspect { turned: true, ends: true, ..aspect }, lists(&tie.turned_ends));
    }

    /// Adds verbs, adjectives, nouns and matters.
    fn add_words(&mut self, aspect: Aspect, [verbs, adjectives, nouns, matters]: [&Vec<String>; 4]) {
        for notation in verbs.iter().filter_map(|entry| Notation::new(entry)) {
            self.phrases.add_verb(notation, aspect.meaning(Form::Base));
        }
        for notation in adjectives.iter().filter_map(|entry| Notation::new(entry)) {
            self.phrases.add(notation, aspect.meaning(Form::Adjective));
        }
        for notation in nouns.iter().filter_map(|entry| Notation::of_noun(entry)) {
            let plural = notation.plural(self.phrases.inflection());
            self.phrases.add(notation, aspect.meaning(Form::Noun));
            self.phrases.add(plural, aspect.meaning(Form::Plural));
        }
        for notation in matters.iter().filter_map(|entry| Notation::new(entry)) {
            let plural = notation.plural(self.phrases.inflection());
            self.phrases.add(notation, aspect.meaning(Form::Matter));
            self.phrases.add(plural, aspect.meaning(Form::Matter));
        }
    }

    /// Adds the words of a kind of question: `*` marks a verb, found in all its forms, `+` a noun, found in the plural too.
    fn add_ask(&mut self, name: &'static str, entry: &str) {
        let Some(notation) = Notation::new(&entry.replace(['*', '+'], "")) else { return };
        if entry.contains('*') {
            self.phrases.add_verb(notation, Meaning::Ask(name));
            return;
        }
        if entry.contains('+') {
            let plural = notation.plural(self.phrases.inflection());
            self.phrases.add(plural, Meaning::Ask(name));
        }
        self.phrases.add(notation, Meaning::Ask(name));
    }

    fn add_sort(&mut self, sort: &shape::Sort, vocabulary: &Vocabulary) {
        let mut kinds: Vec<KindId> = Vec::new();
        for name in &sort.kinds {
            match vocabulary.kind_groups.iter().find(|group| *group.name == **name) {
                Some(group) => kinds.extend(&group.kinds),
                None => kinds.extend(vocabulary.kind_named(name)),
            }
        }
        kinds.sort_unstable();
        kinds.dedup();
        if kinds.is_empty() {
            return;
        }
        for notation in sort.words.iter().filter_map(|entry| Notation::new(entry)) {
            let plural = notation.plural(self.phrases.inflection());
            self.phrases.add(notation, Meaning::Sort(kinds.clone()));
            self.phrases.add(plural, Meaning::Sort(kinds.clone()));
        }
    }

    /// `topple/overthrow/bring down`: the first names the concept.
    fn add_concept(&mut self, line: &str) {
        let mut concept: Option<&str> = None;
        for entry in line.split('/').map(str::trim).filter(|entry| !entry.is_empty()) {
            let concept = *concept.get_or_insert(entry);
            let mut stems = words_of(entry).map(|word| stem::stem(self.phrases.inflection(), word));
            let Some(first) = stems.next() else { continue };
            let others: Vec<String> = stems.collect();
            if others.is_empty() {
                self.concepts.entry(first).or_insert_with(|| concept.to_owned());
                self.phrases.know(entry);
            } else {
                let long = self.long_concepts.entry(first).or_default();
                long.push((others, concept.to_owned()));
                long.sort_by_key(|(others, _)| std::cmp::Reverse(others.len()));
            }
        }
    }

    /// Adds the labels of the vocabulary's types and the words of its groups, so far as the lexicon has no ties for them.
    pub(super) fn add_labels(&mut self, vocabulary: &Vocabulary) {
        for (id, t) in vocabulary.types() {
            let word = RelationWord::of_type(vocabulary, id, false);
            let sense =
                self.add_sense(Sense { name: t.name.to_string(), word, turned_label: t.inverse_label.to_string() });
            self.add_label(Aspect { sense, turned: false, ends: false }, &t.label);
            if !t.symmetric {
                self.add_label(Aspect { sense, turned: true, ends: false }, &t.inverse_label);
            }
        }
        for group in &vocabulary.relation_groups {
            let Ok(word) = RelationWord::read(vocabulary, &group.name) else { continue };
            let turned_label = word.label.clone();
            let sense = self.add_sense(Sense { name: group.name.to_string(), word, turned_label });
            for label in &group.words {
                self.add_label(Aspect { sense, turned: false, ends: false }, label);
            }
        }
    }

    fn add_sense(&mut self, sense: Sense) -> usize {
        self.senses.push(sense);
        self.senses.len() - 1
    }

    /// Adds a label: a verb when it begins with one in the third person (`supplies`, `trades with`), a noun when it is one and `of`,
    /// otherwise as it stands.
    fn add_label(&mut self, aspect: Aspect, label: &str) {
        let Some(notation) = Notation::new(&label.replace(['(', ')', '/'], " ")) else { return };
        if self.phrases.has_tie(&notation) {
            return;
        }
        let places: Vec<&str> = notation.places().collect();
        match places[..] {
            // "has received the pledge of": the auxiliary is no part of it where the rest says the same.
            ["is" | "has" | "are" | "have", _, ..] => {
                let rest = notation.without_first().filter(|rest| !self.phrases.has_tie(rest));
                match (rest, places[0]) {
                    (Some(rest), "is" | "are") => self.phrases.add(rest, aspect.meaning(Form::Adjective)),
                    (Some(_), _) => self.phrases.add_verb(notation.beginning("have"), aspect.meaning(Form::Base)),
                    (None, _) => {}
                }
            }
            [noun, "of"] => self.add_words(aspect, [&vec![], &vec![], &vec![noun.to_owned()], &vec![]]),
            [first, ..] => match base_of_third_person(self.phrases.inflection(), first) {
                Some(base) => self.phrases.add_verb(notation.beginning(&base), aspect.meaning(Form::Base)),
                None => self.phrases.add(notation, aspect.meaning(Form::Adjective)),
            },
            [] => {}
        }
    }
}

/// `supplies` → `supply`; `None` for what is no third person.
fn base_of_third_person(inflection: &Inflection, word: &str) -> Option<String> {
    let with_es = ["shes", "ches", "sses", "xes", "zzes"].iter().any(|ending| word.ends_with(ending));
    let base = match word.strip_suffix("ies") {
        Some(rest) => format!("{rest}y"),
        None => word.strip_suffix(if with_es { "es" } else { "s" })?.to_owned(),
    };
    let is_its_base = |(form, which): &(String, Form)| *which == Form::Present && form == word;
    (base.len() > 2 && inflection.verb(&base).iter().any(is_its_base)).then_some(base)
}

fn lists(words: &Words) -> [&Vec<String>; 4] {
    [&words.verbs, &words.adjectives, &words.nouns, &words.matters]
}

/// The words of lines of words.
fn words(lines: &[String]) -> impl Iterator<Item = &str> {
    lines.iter().flat_map(|line| line.split_whitespace())
}

/// The sense of an entry; `None` when the vocabulary has none of its types.
fn read_types(tie: &shape::Tie, vocabulary: &Vocabulary) -> Option<Sense> {
    if let [only] = &tie.types[..]
        && let Some(group) = only.strip_prefix('@')
        && let Ok(word) = RelationWord::read(vocabulary, group)
    {
        let label = tie.label.clone().unwrap_or_else(|| word.label.clone());
        let turned_label = tie.turned_label.clone().unwrap_or_else(|| label.clone());
        let word = RelationWord { either_way: tie.either_way, label, ..word };
        return (!word.types.is_empty()).then(|| Sense { name: tie.name.clone(), word, turned_label });
    }
    let mut types: Vec<TypeId> = Vec::new();
    let mut turned: Vec<TypeId> = Vec::new();
    for entry in &tie.types {
        let (mark, name) = match entry.as_bytes().first() {
            Some(mark @ (b'~' | b'-')) => (*mark, &entry[1..]),
            _ => (b'+', entry.as_str()),
        };
        for id in types_of(name, vocabulary) {
            types.retain(|other| *other != id);
            turned.retain(|other| *other != id);
            if mark != b'-' {
                types.push(id);
            }
            if mark == b'~' && !vocabulary.relation_type(id).symmetric {
                turned.push(id);
            }
        }
    }
    types.sort_unstable();
    turned.sort_unstable();
    let first = *types.first()?;
    // When all are turned, the sense as a whole is.
    let inverted = turned == types;
    if inverted {
        turned.clear();
    }
    let own = RelationWord::of_type(vocabulary, first, inverted);
    let other = RelationWord::of_type(vocabulary, first, !inverted);
    let is_one = types.len() == 1;
    let word = RelationWord {
        name: if is_one { own.name } else { tie.name.clone() },
        inverted,
        either_way: tie.either_way || (is_one && own.either_way),
        polarity: common_polarity(vocabulary, &types),
        label: tie.label.clone().unwrap_or(if is_one { own.label } else { tie.name.clone() }),
        types,
        turned,
    };
    let turned_label = tie.turned_label.clone().unwrap_or(if is_one { other.label } else { word.label.clone() });
    Some(Sense { name: tie.name.clone(), word, turned_label })
}

/// The types of a name: of a group with `@`, of a category with `#`, or the one type.
fn types_of(name: &str, vocabulary: &Vocabulary) -> Vec<TypeId> {
    if let Some(group) = name.strip_prefix('@') {
        return RelationWord::read(vocabulary, group).map(|word| word.types).unwrap_or_default();
    }
    if let Some(category) = name.strip_prefix('#') {
        return Category::from_word(category).map(|category| vocabulary.types_of(category)).unwrap_or_default();
    }
    vocabulary.type_named(name).into_iter().collect()
}

/// What all types that are for or against have in common.
fn common_polarity(vocabulary: &Vocabulary, types: &[TypeId]) -> Option<Polarity> {
    let mut all = types.iter().map(|id| vocabulary.relation_type(*id).polarity).filter(|p| *p != Polarity::Neutral);
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}
