//! Question sets as they are written: questions with what a right answer holds, and the names that count as one.

use serde::Deserialize;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A question set; the parts that a set does not bring come from `key.json`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Set {
    pub(crate) documents: Vec<Document>,
    pub(crate) actors: Vec<Actor>,
    pub(crate) questions: Vec<Question>,
}

#[derive(Deserialize)]
pub(crate) struct Document {
    pub(crate) doc: String,
    pub(crate) aliases: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Actor {
    pub(crate) canonical: String,
    #[serde(default)]
    pub(crate) attested: Vec<String>,
    #[serde(default)]
    pub(crate) not_attested: Vec<String>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct Question {
    pub(crate) question: String,
    pub(crate) category: String,
    pub(crate) expected: Expected,
    #[serde(default)]
    pub(crate) model_answer: String,
    /// Which file it is from.
    #[serde(skip)]
    pub(crate) set: String,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Expected {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) type_accept: Vec<String>,
    pub(crate) must_include: Vec<String>,
    pub(crate) must_include_any: Vec<Vec<String>>,
    pub(crate) may_include: Vec<String>,
    pub(crate) must_not_include: Vec<String>,
    pub(crate) exhaustive: bool,
    pub(crate) dates: Vec<String>,
    pub(crate) verdict: Option<String>,
    pub(crate) verdict_accept: Vec<String>,
    pub(crate) should_say: Vec<String>,
    pub(crate) source_refs: Vec<SourceRef>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct SourceRef {
    pub(crate) doc: String,
    pub(crate) para: u32,
}

/// The names that count as one, and what texts hold of them.
pub(crate) struct Key {
    /// Keys with their aliases.
    names: BTreeMap<String, Vec<Alias>>,
}

struct Alias {
    /// As compared: see [`folded`].
    text: String,
    /// An acronym so short that it is a common word in small letters ("IS", "US").
    is_cased: bool,
}

impl Alias {
    fn new(text: &str) -> Self {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let is_cased = letters <= 4 && !text.chars().any(char::is_lowercase);
        Self { text: folded(text, is_cased), is_cased }
    }
}

impl Key {
    pub(crate) fn new(set: &Set) -> Self {
        let mut names = BTreeMap::new();
        for document in &set.documents {
            let all = document.aliases.iter().chain([&document.doc]);
            names.insert(document.doc.clone(), all.map(|alias| Alias::new(alias)).collect());
        }
        for actor in &set.actors {
            // "Damascus (after Dec 2024)": what stands in brackets is a remark, but in the canonical name another name.
            let bare = |alias: &String| alias.split(" (").next().unwrap_or(alias).to_owned();
            let mut all: Vec<String> = actor.attested.iter().chain(&actor.not_attested).map(bare).collect();
            all.extend(forms(&actor.canonical));
            all.sort();
            all.dedup();
            names.insert(actor.canonical.clone(), all.iter().map(|alias| Alias::new(alias)).collect());
        }
        Self { names }
    }

    /// Whether a text holds a name, or a string that is none.
    pub(crate) fn is_in(&self, wanted: &str, text: &str) -> bool {
        match self.names.get(wanted) {
            None => folded(text, false).contains(&folded(wanted, false)),
            Some(aliases) => {
                let (cased, plain) = (folded(text, true), folded(text, false));
                aliases.iter().any(|a| !spans(if a.is_cased { &cased } else { &plain }, &a.text).is_empty())
            }
        }
    }

    /// Whether the name of an answer is one of these, wholly; a string that is no key may be a part of it.
    pub(crate) fn is_named(&self, wanted: &str, answer: &str) -> bool {
        match self.names.get(wanted) {
            None => folded(answer, false).contains(&folded(wanted, false)),
            Some(aliases) => forms(answer).iter().any(|form| {
                let form = without_article(form);
                let (cased, plain) = (folded(form, true), folded(form, false));
                aliases.iter().any(|a| without_article(&a.text) == if a.is_cased { &cased } else { &plain })
            }),
        }
    }

    /// Whether the name of an answer is one of these, or holds one that is no part of a longer name: "Assad regime" is not Assad.
    pub(crate) fn is_of(&self, wanted: &str, answer: &str) -> bool {
        self.is_named(wanted, answer) || self.spoken_of(answer).contains(&wanted)
    }

    /// The keys that a text speaks of, the longest name first where several begin at one place.
    pub(crate) fn spoken_of(&self, text: &str) -> Vec<&str> {
        let (cased, plain) = (folded(text, true), folded(text, false));
        let mut found: Vec<(usize, usize, &str)> = Vec::new();
        for (key, aliases) in &self.names {
            for alias in aliases {
                let within = if alias.is_cased { &cased } else { &plain };
                found.extend(spans(within, &alias.text).into_iter().map(|at| (at, alias.text.len(), key.as_str())));
            }
        }
        found.sort_by_key(|(at, length, key)| (std::cmp::Reverse(*length), *at, *key));
        let mut taken: Vec<(usize, usize)> = Vec::new();
        let mut keys = Vec::new();
        for (at, length, key) in found {
            let is_inside =
                |(from, to): &(usize, usize)| at < *to && *from < at + length && (*from, *to) != (at, at + length);
            if !taken.iter().any(is_inside) {
                taken.push((at, at + length));
                keys.push(key);
            }
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// A name with what stands in its brackets: "Hayat Tahrir al-Sham (HTS)" is either, and both.
fn forms(name: &str) -> Vec<String> {
    let mut forms = vec![name.to_owned()];
    if let Some((before, after)) = name.split_once(" (") {
        forms.push(before.to_owned());
        forms.push(after.trim_end_matches(')').to_owned());
    }
    forms
}

fn without_article(name: &str) -> &str {
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name)
}

/// A text without accents, apostrophes and possessive endings, dashes and blanks alike; in small letters unless case counts.
pub(crate) fn folded(text: &str, keeps_case: bool) -> String {
    let mut out = String::new();
    let chars: Vec<char> = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    let is_apostrophe = |c: char| "'’‘`´ʼʾʿʻʽ′".contains(c);
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        let next = |n: usize| chars.get(at + n).copied();
        if is_apostrophe(c) {
            let is_possessive =
                next(1).is_some_and(|c| c == 's') && next(2).is_none_or(|c| !c.is_alphanumeric() && !is_apostrophe(c));
            at += if is_possessive { 2 } else { 1 };
            continue;
        }
        at += 1;
        match c {
            '–' | '—' | '‑' | '−' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if keeps_case => out.push(c),
            c => out.extend(c.to_lowercase()),
        }
    }
    out.trim().to_owned()
}

/// Where a name stands as whole words.
fn spans(text: &str, name: &str) -> Vec<usize> {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(name)
        .filter(|(at, found)| {
            !found.is_empty()
                && !is_letter(text[..*at].chars().next_back())
                && !is_letter(text[at + found.len()..].chars().next())
        })
        .map(|(at, _)| at)
        .collect()
}
