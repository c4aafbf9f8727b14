//! What may come next: words that fit the place, from the language, the vocabulary and the names of actors.

use super::commands::COMMANDS;
use super::statement::split;
use crate::cli::output::Format;
use crate::names::Index;
use crate::query::functions;
use crate::query::graph::Owner;
use crate::query::library;
use crate::query::procedures;
use crate::query::temporal_graph::QueryGraph;
use clap::ValueEnum;

/// The words that begin and join clauses and conditions.
const KEYWORDS: &[&str] = &[
    "ALL",
    "ALLSHORTESTPATHS",
    "AND",
    "AS",
    "ASC",
    "BY",
    "CALL",
    "CASE",
    "COLLECT",
    "CONTAINS",
    "COUNT",
    "DESC",
    "DISTINCT",
    "ELSE",
    "END",
    "ENDS",
    "EXISTS",
    "EXPLAIN",
    "FALSE",
    "FOR",
    "FROM",
    "IN",
    "IS",
    "KNOWN_TIME",
    "LIMIT",
    "MATCH",
    "NOT",
    "NULL",
    "OF",
    "OPTIONAL",
    "OR",
    "ORDER",
    "POSSIBLY",
    "PROFILE",
    "RETURN",
    "SHORTESTPATH",
    "SKIP",
    "STARTS",
    "THEN",
    "TO",
    "TRUE",
    "UNION",
    "UNWIND",
    "VALID_TIME",
    "WHEN",
    "WHERE",
    "WITH",
    "WITHIN",
    "XOR",
    "YIELD",
];

/// No more names than a screen holds.
const MOST_NAMES: usize = 60;

/// A word that may come next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// As listed.
    pub(super) shown: String,
    /// As put in.
    pub(super) typed: String,
}

impl Word {
    fn plain(text: &str) -> Self {
        Self { shown: text.to_owned(), typed: text.to_owned() }
    }
}

/// The words of one graph.
pub(super) struct Words<'g> {
    /// The names of actors; gathered when first asked for.
    names: Index<'g>,
    labels: Vec<String>,
    types: Vec<String>,
    properties: Vec<String>,
    /// The parameters that are set.
    pub(super) parameters: Vec<String>,
}

impl<'g> Words<'g> {
    pub(super) fn new(graph: &QueryGraph<'g>) -> Self {
        let owned = |words: Vec<&str>| {
            let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
            words.sort_unstable();
            words
        };
        Self {
            names: Index::new(graph.graph()),
            labels: owned(graph.label_names().collect()),
            types: owned(graph.type_names().chain(graph.group_names()).collect()),
            properties: owned(graph.property_names_of(Owner::Unknown)),
            parameters: Vec::new(),
        }
    }

    /// The words that may stand at the end of a text, with the place where they would begin.
    pub(super) fn after(&self, text: &str) -> (usize, Vec<Word>) {
        if let Some(command) = text.trim_start().strip_prefix(':') {
            return after_command(text, command);
        }
        let open = split(text).open;
        if let Some((quote, start)) = open.quote {
            let names = if quote == '`' { Vec::new() } else { self.names_like(&text[start..], quote) };
            return (start, names);
        }
        let start = text
            .rfind(|c: char| !c.is_alphanumeric() && c != '_')
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let (before, begun) = (text[..start].trim_end(), &text[start..]);
        if open.comment {
            return (start, Vec::new());
        }
        let bracket = open.brackets.last();
        let is_type = bracket.is_some_and(|(sign, at)| *sign == '[' && text[..*at].trim_end().ends_with('-'));
        let words = match before.chars().next_back() {
            Some('.') if before.ends_with("..") || is_number(before) => Vec::new(),
            Some('.') => {
                let dotted = dotted(before, begun);
                if dotted.is_empty() { begin_with(begun, &self.properties) } else { dotted }
            }
            Some('$') => begin_with(begun, &self.parameters),
            Some(':' | '|' | '&' | '!') if is_type => begin_with(begun, &self.types),
            Some(':' | '&' | '!') if bracket.is_none_or(|(sign, _)| *sign != '{') => begin_with(begun, &self.labels),
            _ if begun.is_empty() => Vec::new(),
            _ => keywords(begun),
        };
        (start, words)
    }

    /// The names of actors that begin so, or have a word that does; each escaped for the text it stands in.
    fn names_like(&self, begun: &str, quote: char) -> Vec<Word> {
        let names = self.names.beginning(begun, MOST_NAMES).into_iter();
        names
            .map(|name| Word {
                shown: name.to_owned(),
                typed: name.replace('\\', "\\\\").replace(quote, &format!("\\{quote}")),
            })
            .collect()
    }
}

/// Whether the digits before a point make it a decimal one.
fn is_number(before: &str) -> bool {
    let word = before[..before.len() - 1].rsplit(|c: char| !c.is_alphanumeric() && c != '_').next();
    word.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
}

/// The rest of the functions and procedures with a point in their names: `pageRank` after `algo.`.
fn dotted(before: &str, begun: &str) -> Vec<Word> {
    let bare = &before[..before.len() - 1];
    let start = bare.rfind(|c: char| !c.is_alphanumeric() && c != '_');
    let space = &bare[start.map_or(0, |at| at + bare[at..].chars().next().map_or(1, char::len_utf8))..];
    let names = functions::all().map(|function| function.name).chain(procedures::ALL.iter().map(|p| p.name));
    let rest = names.filter_map(|name| {
        let (head, rest) = name.split_once('.')?;
        head.eq_ignore_ascii_case(space).then(|| rest.to_owned())
    });
    let words = begin_with(begun, &rest.collect::<Vec<_>>());
    words
        .into_iter()
        .map(|word| Word { shown: format!("{}()", word.shown), typed: format!("{}(", word.typed) })
        .collect()
}

fn begin_with(begun: &str, words: &[String]) -> Vec<Word> {
    let fits = |word: &&String| word.get(..begun.len()).is_some_and(|start| start.eq_ignore_ascii_case(begun));
    words.iter().filter(fits).map(|word| Word::plain(word)).collect()
}

/// Keywords in the case begun with, then functions.
fn keywords(begun: &str) -> Vec<Word> {
    let is_lower = begun.chars().all(|c| !c.is_uppercase());
    let fits = |word: &str| word.get(..begun.len()).is_some_and(|start| start.eq_ignore_ascii_case(begun));
    let cased = |word: &str| Word::plain(&if is_lower { word.to_lowercase() } else { word.to_owned() });
    let mut functions: Vec<&str> = functions::all().map(|function| function.name).filter(|name| fits(name)).collect();
    functions.sort_unstable();
    functions.dedup();
    let functions = functions.into_iter().map(|name| Word { shown: format!("{name}()"), typed: format!("{name}(") });
    KEYWORDS.iter().filter(|word| fits(word)).map(|word| cased(word)).chain(functions).collect()
}

/// The commands of the shell, and what some of them take.
fn after_command(text: &str, command: &str) -> (usize, Vec<Word>) {
    let start = text.rfind([' ', ':']).map_or(0, |at| at + 1);
    let begun = &text[start..];
    let words: Vec<String> = match command.split_whitespace().next() {
        _ if !command.contains(' ') => COMMANDS.iter().map(|(name, ..)| (*name).to_owned()).collect(),
        Some("format") => Format::value_variants()
            .iter()
            .filter_map(|format| Some(format.to_possible_value()?.get_name().to_owned()))
            .collect(),
        Some("run") => library::names().map(str::to_owned).collect(),
        Some("help") => ["functions", "procedures"]
            .into_iter()
            .chain(functions::all().map(|function| function.name))
            .chain(procedures::ALL.iter().map(|procedure| procedure.name))
            .map(str::to_owned)
            .collect(),
        Some("at" | "during" | "throughout") => vec!["possible".to_owned()],
        _ => Vec::new(),
    };
    (start, begin_with(begun, &words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset;

    #[test]
    fn words_fit_their_place() {
        let graph = dataset::embedded();
        let words = Words::new(&QueryGraph::new(&graph));
        let check = |text: &str, some: &str, not: &str| {
            let (start, found) = words.after(text);
            let has = |wanted: &str| found.iter().any(|word| word.typed == wanted);
            assert!(text.is_char_boundary(start));
            assert!((some.is_empty() && found.is_empty()) || has(some), "{text}: {found:?}");
            assert!(not.is_empty() || !has(not), "{text}: {found:?}");
        };
        check("mat", "match", "MATCH");
        check("MATCH (a:Arm", "ArmedGroup", "ARMS");
        check("MATCH (a)-[:AR", "ARMS", "Armed");
        check("MATCH (a)-[r:BACKS|ARM", "ARMS", "");
        check("MATCH (a) WHERE a.na", "name", "date");
        check("RETURN 1.", "", "");
        check("RETURN x[0..", "", "");
        check("MATCH (a {name: 'Hayat", "Hayat Tahrir al-Sham", "");
        check("RETURN '☃", "", "");
        check(":fo", "format", "help");
        check(":format js", "jsonl", "csv");
        check("RETURN a // na", "", "");
        check(":run hts", "hts-patrons", "help");
        check(":help fu", "functions", "format");
        check(":help valid", "validAt", "valid");
        check("RETURN certain", "certainly(", "");
        check("RETURN Cert", "certainty(", "");
        check("CALL algo.p", "pageRank(", "components(");
        check("RETURN date.tr", "truncate(", "");
        check("MATCH (a:Actor {na", "", "");
        check("RETURN actor('جبهة", "جبهة النصرة", "");
        check("RETURN actor(\"moor", "", "");
        check("RETURN actor('qaed", "al-Qaeda", "");
        check("MATCH (a)-[r:ALLIED", "ALLIED_WITH", "");
        check("RETURN $", "", "");
    }
}
