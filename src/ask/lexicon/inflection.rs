//! The forms of English words: regular rules, and a table of those that are not.

use super::Form;
use std::collections::BTreeMap;
use std::ops::Bound;

/// What is not regular, and how words are spelt.
#[derive(Clone, Debug, Default)]
pub(super) struct Inflection {
    /// Base → past, participle, `-ing` form, present; an empty text for what is regular.
    verbs: BTreeMap<String, [String; 4]>,
    /// Any irregular form → base.
    bases: BTreeMap<String, String>,
    /// Singular → plural.
    plurals: BTreeMap<String, String>,
    /// Plural → singular.
    singulars: BTreeMap<String, String>,
    /// Beginning → beginning as the lexicon spells it.
    spellings: BTreeMap<String, String>,
}

impl Inflection {
    /// Adds a line such as "break broke broken".
    pub(super) fn add_irregular(&mut self, line: &str) {
        let mut words = line.split_whitespace().map(str::to_owned);
        let Some(base) = words.next() else { return };
        let past = words.next().unwrap_or_default();
        let participle = words.next().unwrap_or_else(|| past.clone());
        let forms = [past, participle, words.next().unwrap_or_default(), words.next().unwrap_or_default()];
        for form in forms.iter().filter(|form| !form.is_empty() && **form != base) {
            self.bases.entry(form.clone()).or_insert_with(|| base.clone());
        }
        self.verbs.insert(base, forms);
    }

    /// Adds a line such as "person people".
    pub(super) fn add_plural(&mut self, line: &str) {
        if let Some((one, many)) = line.split_once(' ') {
            self.plurals.insert(one.to_owned(), many.to_owned());
            self.singulars.insert(many.to_owned(), one.to_owned());
        }
    }

    /// Adds another spelling of the beginning of words.
    pub(super) fn add_spelling(&mut self, other: &str, ours: &str) {
        self.spellings.insert(other.to_owned(), ours.to_owned());
    }

    /// A word as the lexicon spells it: `recognized` → `recognised`.
    pub(super) fn spelt(&self, word: &str) -> String {
        let first = word.as_bytes().first();
        let before = self.spellings.range::<str, _>((Bound::Unbounded, Bound::Included(word))).rev();
        let mut near = before.take_while(|(other, _)| other.as_bytes().first() == first);
        let beginning = near.find(|(other, _)| word.starts_with(other.as_str()));
        match beginning {
            Some((other, ours)) => format!("{ours}{}", &word[other.len()..]),
            None => word.to_owned(),
        }
    }

    /// The forms of a verb, each once: (form, which).
    pub(super) fn verb(&self, base: &str) -> Vec<(String, Form)> {
        let of = |at: usize| self.verbs.get(base).map(|forms| forms[at].clone()).filter(|form| !form.is_empty());
        let past = of(0).unwrap_or_else(|| past(base));
        let participle = of(1).unwrap_or_else(|| past.clone());
        let mut forms = vec![
            (base.to_owned(), Form::Base),
            (of(3).unwrap_or_else(|| with_s(base)), Form::Present),
            (past.clone(), Form::Past),
        ];
        if participle != past {
            forms.push((participle, Form::Participle));
        }
        forms.push((of(2).unwrap_or_else(|| ing(base)), Form::Ing));
        if base == "be" {
            forms.extend(["am", "are"].map(|form| (form.to_owned(), Form::Present)));
            forms.push(("were".to_owned(), Form::Past));
        }
        forms
    }

    /// The plural of a noun.
    pub(super) fn plural(&self, noun: &str) -> String {
        self.plurals.get(noun).cloned().unwrap_or_else(|| with_s(noun))
    }

    /// The base of an irregular form; the word itself when it is none.
    pub(super) fn base<'w>(&'w self, word: &'w str) -> &'w str {
        self.bases.get(word).or_else(|| self.singulars.get(word)).map_or(word, |base| base)
    }
}

const fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Whether a word ends in a consonant and `y`, without which it is given.
fn before_y(word: &str) -> Option<&str> {
    word.strip_suffix('y').filter(|rest| rest.chars().next_back().is_some_and(|letter| !is_vowel(letter)))
}

/// With the `s` of the third person or of the plural.
fn with_s(word: &str) -> String {
    if let Some(rest) = before_y(word) {
        return format!("{rest}ies");
    }
    let hisses =
        ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) || matches!(word, "go" | "do" | "veto");
    format!("{word}{}", if hisses { "es" } else { "s" })
}

/// `stop` → `stopp`: a word of one syllable that ends in one vowel and one consonant doubles it.
fn doubled(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let syllables = letters.windows(2).filter(|pair| is_vowel(pair[0]) && !is_vowel(pair[1])).count();
    if let [.., before, vowel, last] = letters[..]
        && !is_vowel(before)
        && is_vowel(vowel)
        && !is_vowel(last)
        && !matches!(last, 'w' | 'x' | 'y')
        && syllables == 1
    {
        return format!("{word}{last}");
    }
    word.to_owned()
}

fn past(base: &str) -> String {
    if base.ends_with('e') {
        return format!("{base}d");
    }
    match before_y(base) {
        Some(rest) => format!("{rest}ied"),
        None => format!("{}ed", doubled(base)),
    }
}

fn ing(base: &str) -> String {
    if let Some(rest) = base.strip_suffix("ie") {
        return format!("{rest}ying");
    }
    match base.strip_suffix('e') {
        Some(rest) if rest.len() > 1 && !rest.ends_with(['e', 'o', 'y']) => format!("{rest}ing"),
        _ => format!("{}ing", doubled(base)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(inflection: &Inflection, base: &str) -> String {
        inflection.verb(base).into_iter().map(|(form, _)| form).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn regular_verbs_follow_the_rules() {
        let none = Inflection::default();
        for (base, expected) in [
            ("back", "back backs backed backing"),
            ("pledge", "pledge pledges pledged pledging"),
            ("ally", "ally allies allied allying"),
            ("tie", "tie ties tied tying"),
            ("clash", "clash clashes clashed clashing"),
            ("stop", "stop stops stopped stopping"),
            ("join", "join joins joined joining"),
            ("label", "label labels labeled labeling"),
            ("free", "free frees freed freeing"),
            ("target", "target targets targeted targeting"),
            ("obey", "obey obeys obeyed obeying"),
        ] {
            assert_eq!(forms(&none, base), expected);
        }
    }

    #[test]
    fn irregular_verbs_are_looked_up_both_ways() {
        let mut table = Inflection::default();
        for line in ["break broke broken", "split split split splitting", "fight fought", "be was been being is"] {
            table.add_irregular(line);
        }
        assert_eq!(forms(&table, "break"), "break breaks broke broken breaking");
        assert_eq!(forms(&table, "split"), "split splits split splitting");
        assert_eq!(forms(&table, "fight"), "fight fights fought fighting");
        assert_eq!(forms(&table, "be"), "be is was been being am are were");
        assert_eq!((table.base("broke"), table.base("fought"), table.base("back")), ("break", "fight", "back"));
    }

    #[test]
    fn plurals_and_spellings() {
        let mut table = Inflection::default();
        table.add_plural("person people");
        table.add_spelling("recogniz", "recognis");
        assert_eq!(table.plural("ally"), "allies");
        assert_eq!(table.plural("person"), "people");
        assert_eq!(table.spelt("recognizing"), "recognising");
        assert_eq!(table.spelt("recommends"), "recommends");
    }
}
