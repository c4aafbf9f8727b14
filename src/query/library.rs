//! The questions that come with the program: queries with a head that says what they ask and of what.
//!
//! ```text
//! // title: Patrons of HTS
//! // question: Who stood behind HTS at a date?
//! // params: actor = 'HTS'; date = '2018'
//! // expect: rows
//! MATCH …
//! ```
//!
//! The same head may stand in any file of one's own. Texts are embedded and read when asked for; a test holds the list against the folder.

use super::error::Result;
use super::notation;
use super::value::{Map, Value};
use std::borrow::Cow;

macro_rules! queries {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../queries/", $name, ".cypher")))),*]
    };
}

/// (name, text), by name.
const QUERIES: &[(&str, &str)] = queries![
    "agreements-at-date",
    "anonymous-only",
    "attacks-and-victims",
    "blocs-by-friendship",
    "brokers-between-camps",
    "changed-sides",
    "common-enemies",
    "components-at-date",
    "dated-differently",
    "defection-risks",
    "designations-in-force",
    "discontent-inside",
    "disputed-ties",
    "endorsements-in-force",
    "enemies-of-allies",
    "events-by-year",
    "forces-in-syria",
    "foreign-fighters-in-coalition",
    "friends-of-both-enemies",
    "hedged-only",
    "held-throughout",
    "history-of-a-pair",
    "hts-patrons",
    "hubs-by-degree",
    "hubs-by-page-rank",
    "intelligence-sharing",
    "known-by-end-of-2019",
    "known-only-later",
    "leaders-over-time",
    "lineage-of-group",
    "linked-to-both-sides",
    "mixed-pairs",
    "offers-on-the-table",
    "oldest-open-ties",
    "only-this-source-says",
    "overthrow-line-up",
    "parts-of-an-actor",
    "pledges-unrevoked",
    "proxies-at-date",
    "repression-at-date",
    "resting-on-one-publisher",
    "rivals-with-common-enemy",
    "said-not-to-be",
    "several-ways",
    "shortest-certain-chain",
    "shortest-sourced-chain",
    "single-source-ties",
    "sources-and-their-share",
    "splinters-and-breaks",
    "sponsors-at-date",
    "stale-ties",
    "states-tied-to-the-designated",
    "strangest-bedfellows",
    "talks-and-mediators",
    "talks-between-enemies",
    "then-and-later",
    "weakest-evidence",
    "what-an-event-changed",
    "what-came-before",
    "who-holds-what",
    "who-met-whom",
    "who-speaks",
    "who-struck-whom",
    "widest-dating",
];

/// A query with what its head says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    /// What it is run by: the name of its file.
    pub name: Cow<'t, str>,
    /// A few words.
    pub title: Option<&'t str>,
    /// What it asks, as a sentence.
    pub question: Option<&'t str>,
    /// Its parameters: names with defaults in the notation of the language.
    pub parameters: Vec<(&'t str, &'t str)>,
    /// What comes out on the shipped data: `rows` or `none`.
    pub expect: Option<&'t str>,
    /// All of the text, the head included.
    pub text: &'t str,
}

impl<'t> Entry<'t> {
    /// Reads the head of a query; what is not said is absent.
    #[must_use]
    pub fn read(name: impl Into<Cow<'t, str>>, text: &'t str) -> Self {
        let mut entry =
            Self { name: name.into(), title: None, question: None, parameters: Vec::new(), expect: None, text };
        for line in text.lines() {
            let Some(comment) = line.trim_start().strip_prefix("//") else { break };
            let Some((key, value)) = comment.split_once(':') else { continue };
            let value = value.trim();
            match key.trim() {
                "title" => entry.title = Some(value),
                "question" => entry.question = Some(value),
                "expect" => entry.expect = Some(value),
                "params" => entry.parameters.extend(assignments(value)),
                _ => {}
            }
        }
        entry
    }

    /// The defaults of its parameters.
    ///
    /// # Errors
    /// When a default is no value in the notation of the language.
    pub fn defaults(&self) -> Result<Map> {
        self.parameters.iter().map(|(name, text)| Ok((*name, notation::literal(text)?))).collect()
    }
}

/// Every query of the library, by name.
pub fn all() -> impl Iterator<Item = Entry<'static>> {
    QUERIES.iter().map(|(name, text)| Entry::read(*name, text))
}

/// The names of the library, in order; nothing is read for them.
pub fn names() -> impl Iterator<Item = &'static str> {
    QUERIES.iter().map(|(name, _)| *name)
}

/// The query of this name.
#[must_use]
pub fn find(name: &str) -> Option<Entry<'static>> {
    QUERIES.iter().find(|(known, _)| *known == name).map(|(name, text)| Entry::read(*name, text))
}

/// A value as typed: in the notation of the language, or else the text itself. Where `default` is a text, whatever is no quoted text is
/// taken as it stands, so that `date=2018` is the date and not a number.
#[must_use]
pub fn typed_value(text: &str, default: Option<&Value>) -> Value {
    match notation::literal(text) {
        Ok(value) if !matches!(default, Some(Value::String(_))) || matches!(value, Value::String(_)) => value,
        _ => Value::text(text),
    }
}

/// `a = 'x; y'; b = [1, 2]` as names with texts: a semicolon inside quotes or brackets belongs to the value.
fn assignments(line: &str) -> Vec<(&str, &str)> {
    let (mut parts, mut start, mut quote, mut depth, mut escaped) = (Vec::new(), 0, None, 0i32, false);
    for (at, sign) in line.char_indices() {
        match (quote, sign) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), sign) if sign == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(sign),
            (None, '[' | '{' | '(') => depth += 1,
            (None, ']' | '}' | ')') => depth -= 1,
            (None, ';') if depth <= 0 => {
                parts.push(&line[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&line[start..]);
    parts
        .into_iter()
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| (name.trim(), value.trim()))
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn heads_are_read_and_end_with_the_first_clause() {
        let text = "// title: Patrons\n// question: Who: when?\n//\n// params: actor = 'A; B'; dates = ['1'; '2'];\n\
                    MATCH (a) // title: no\n";
        let entry = Entry::read("patrons", text);
        assert_eq!((entry.title, entry.question), (Some("Patrons"), Some("Who: when?")));
        assert_eq!(entry.parameters, [("actor", "'A; B'"), ("dates", "['1'; '2']")]);
        assert_eq!((entry.expect, entry.text), (None, text));
        assert!(Entry::read("plain", "MATCH (a) RETURN a").parameters.is_empty());
    }

    #[test]
    fn the_list_is_that_of_the_folder() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .map(|entries| {
                let paths = entries.map(|entry| entry.expect("readable").path());
                let queries = paths.filter(|path| path.extension().is_some_and(|end| end == "cypher"));
                queries.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect()
            })
            .unwrap_or_default();
        files.sort();
        assert_eq!(names().collect::<Vec<_>>(), files, "the list in src/query/library.rs");
        for entry in all() {
            assert!(entry.title.is_some() && entry.question.is_some() && entry.expect.is_some(), "{}", entry.name);
        }
    }
}
