//! An openCypher script that builds the graph in another engine, one statement a line.
//!
//! Labels, types and properties are those of our own query language, so that a query for one runs on the other: `(:Actor:ArmedGroup)`, `(:Event)`,
//! `(:Source)`, `[:ALLIED_WITH]`, roles in events (`[:AGENT]`), `[:IN_PLACE]`, `[:DERIVED_FROM]`. What the language has as maps or works out is a list
//! of texts here (`roles`, `claims`), and bounds are dates. A relation cannot be pointed to in a property graph, so its claims are texts on it.
//!
//! Names of labels, types and properties stand between backticks unless they are plain words; texts between single quotes with every sign that
//! could end them escaped, so that no text of the data can become a clause.
//!
//! Source of the syntax: openCypher 9, "Cypher Query Language Reference", sections on literals and on naming.

use super::attributes::{ACTOR, Field, RELATION, Value, claim_in_words};
use super::{Contents, Exporter, Style};
use crate::model::{ActorId, Claim, EventId, SourceId, camel, upper};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, Write};

/// openCypher.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cypher;

impl Exporter for Cypher {
    fn name(&self) -> &'static str {
        "cypher"
    }

    fn losses(&self) -> &'static [&'static str] {
        &[
            "relations and events that are only denied",
            "claims as records (each is one text in `claims`)",
            "the kinds, languages and dates of further names",
            "that symmetric relations have no direction (`symmetric` tells; match them without an arrow)",
            "who took part in events without being in the view",
            "what no claim cites of the sources, and the vocabulary (definitions, examples, kinds allowed)",
            "days before the year 1 (`valid` tells)",
        ]
    }

    fn write(&self, contents: &Contents<'_, '_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let names = Names::of(contents);
        for line in std::iter::once(&style.title).chain(&style.limits) {
            writeln!(out, "// {}", remark(line))?;
        }
        writeln!(
            out,
            "// One statement a line, for an empty database. Ends are found by id: with much data make an index on it first,"
        )?;
        writeln!(
            out,
            "// in Neo4j by CREATE INDEX FOR (a:Actor) ON (a.id), in Memgraph by CREATE INDEX ON :Actor(id)."
        )?;
        for id in &contents.sources {
            writeln!(out, "CREATE (:Source {});", source(contents, *id))?;
        }
        for id in &contents.actors {
            let kind = identifier(&camel(contents.kind(*id)));
            writeln!(out, "CREATE (:Actor:{kind} {});", actor(contents, *id))?;
        }
        for id in &contents.events {
            let kind = &contents.view.graph().vocabulary().event_kind(contents.event(*id).kind).name;
            writeln!(out, "CREATE (:Event:{} {});", identifier(&camel(kind)), event(contents, *id))?;
        }
        for id in &contents.relations {
            let relation = contents.relation(*id);
            let mut properties = Properties::default();
            properties.fields(RELATION, contents, *id);
            let kind = identifier(&upper(&contents.relation_type(*id).name));
            let ends = [("Actor", relation.subject), ("Actor", relation.object)];
            let [from, to] = ends.map(|(label, id)| (label, &*contents.actor(id).slug));
            writeln!(out, "{}", joined(from, &format!("{kind} {properties}"), to))?;
        }
        links(contents, &names, out)
    }
}

/// Who took part in events, where they were, and which source repeats which.
fn links(contents: &Contents<'_, '_>, names: &Names, out: &mut dyn Write) -> io::Result<()> {
    let graph = contents.view.graph();
    let has = |id: ActorId| contents.actors.binary_search(&id).is_ok();
    for id in &contents.events {
        let event = contents.event(*id);
        let from = ("Event", &*event.slug);
        for part in event.participants.iter().filter(|part| has(part.actor)) {
            let kind = identifier(&names.roles[part.role.index()]);
            let role = &graph.vocabulary().event_role(part.role).name;
            let what = format!("{kind} {{role: {}}}", quoted(role));
            writeln!(out, "{}", joined(from, &what, ("Actor", &graph.actor(part.actor).slug)))?;
        }
        if let Some(place) = event.place.filter(|place| has(*place)) {
            writeln!(out, "{}", joined(from, &identifier(&names.in_place), ("Actor", &graph.actor(place).slug)))?;
        }
    }
    for id in &contents.sources {
        for repeated in graph.source(*id).derived_from.iter().filter(|id| contents.sources.contains(id)) {
            let (from, to) = (("Source", &*graph.source(*id).slug), ("Source", &*graph.source(*repeated).slug));
            writeln!(out, "{}", joined(from, &identifier(&names.derived_from), to))?;
        }
    }
    Ok(())
}

/// The statement that joins two nodes, each given by its label and id.
fn joined(from: (&str, &str), what: &str, to: (&str, &str)) -> String {
    format!(
        "MATCH (a:{} {{id: {}}}) MATCH (b:{} {{id: {}}}) CREATE (a)-[:{what}]->(b);",
        from.0,
        quoted(from.1),
        to.0,
        quoted(to.1)
    )
}

/// The names of types that are not relation types, each free of those that are, as our query language has them.
struct Names {
    /// By role.
    roles: Vec<Box<str>>,
    in_place: Box<str>,
    derived_from: Box<str>,
}

impl Names {
    fn of(contents: &Contents<'_, '_>) -> Self {
        let vocabulary = contents.view.graph().vocabulary();
        let types = vocabulary.relation_types.iter().map(|t| upper(&t.name));
        let groups = vocabulary.relation_groups.iter().flat_map(|g| std::iter::once(&g.name).chain(&g.words));
        let categories = crate::model::Category::ALL.iter().map(|category| upper(category.word()));
        let mut taken: BTreeSet<Box<str>> = types.chain(groups.map(|name| upper(name))).chain(categories).collect();
        let mut free = |name: Box<str>, suffix: &str| {
            let mut name = name;
            while taken.contains(&name) {
                name = format!("{name}{suffix}").into();
            }
            taken.insert(name.clone());
            name
        };
        Self {
            roles: vocabulary.event_roles.iter().map(|role| free(upper(&role.name), "_ROLE")).collect(),
            in_place: free("IN_PLACE".into(), "_ROLE"),
            derived_from: free("DERIVED_FROM".into(), "_SOURCE"),
        }
    }
}

/// The properties of a node or relation, in the order in which they were put.
#[derive(Default)]
struct Properties {
    pairs: Vec<(String, String)>,
}

impl Properties {
    fn fields<Id: Copy>(&mut self, fields: &[Field<Id>], contents: &Contents<'_, '_>, id: Id) {
        for field in fields {
            let Some(value) = field.of(contents, id) else { continue };
            match value {
                Value::Text(text) => self.text(field.name, &text),
                Value::List(items) => self.list(field.name, items.iter().map(String::as_str)),
                Value::Number(number) => self.put(field.name, number.to_string()),
                Value::Flag(flag) => self.put(field.name, flag.to_string()),
                // Engines differ on years before 1.
                Value::Day(day) if day.to_ymd().is_some_and(|(year, ..)| year < 1) => {}
                Value::Day(day) => self.put(field.name, format!("date('{day}')")),
            }
        }
    }

    fn put(&mut self, name: &str, value: String) {
        self.pairs.push((name.to_owned(), value));
    }

    fn text(&mut self, name: &str, text: &str) {
        self.put(name, quoted(text));
    }

    fn optional(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    fn list<'a>(&mut self, name: &str, items: impl Iterator<Item = &'a str>) {
        let items: Vec<String> = items.map(quoted).collect();
        if !items.is_empty() {
            self.put(name, format!("[{}]", items.join(", ")));
        }
    }

    fn claims(&mut self, contents: &Contents<'_, '_>, claims: &[Claim]) {
        let texts: Vec<String> = contents.view.kept_claims(claims).map(|c| claim_in_words(contents, c)).collect();
        self.list("citations", contents.citations(claims).iter().map(String::as_str));
        self.list("claims", texts.iter().map(String::as_str));
    }
}

impl std::fmt::Display for Properties {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("{")?;
        for (at, (name, value)) in self.pairs.iter().enumerate() {
            let separator = if at == 0 { "" } else { ", " };
            write!(f, "{separator}{}: {value}", identifier(name))?;
        }
        f.write_str("}")
    }
}

fn actor(contents: &Contents<'_, '_>, id: ActorId) -> Properties {
    let mut properties = Properties::default();
    properties.fields(ACTOR, contents, id);
    // As in our query language each register is a property of its own, unless a field is called so.
    for (register, value) in &contents.actor(id).external_ids {
        if !properties.pairs.iter().any(|(name, _)| **name == **register) {
            properties.text(register, value);
        }
    }
    properties
}

fn event(contents: &Contents<'_, '_>, id: EventId) -> Properties {
    let (graph, event) = (contents.view.graph(), contents.event(id));
    let mut properties = Properties::default();
    properties.text("id", &event.slug);
    properties.text("name", &event.name);
    properties.text("kind", &graph.vocabulary().event_kind(event.kind).name);
    properties.text("date", event.date.text());
    properties.optional("place", event.place.map(|place| &*graph.actor(place).slug));
    properties.list("participants", event.participants.iter().map(|part| &*graph.actor(part.actor).slug));
    properties.list("opens", event.opens.iter().map(|id| &*graph.relation(*id).slug));
    properties.list("closes", event.closes.iter().map(|id| &*graph.relation(*id).slug));
    if let Some((status, modality)) = contents.view.weigh(&contents.event(id).claims) {
        properties.text("status", status.word());
        properties.text("modality", modality.word());
    }
    properties.claims(contents, &event.claims);
    properties.optional("note", event.note.as_deref());
    properties
}

fn source(contents: &Contents<'_, '_>, id: SourceId) -> Properties {
    let source = contents.view.graph().source(id);
    let mut properties = Properties::default();
    properties.text("id", &source.slug);
    properties.text("title", &source.title);
    properties.text("kind", source.kind.word());
    properties.list("names", source.names.iter().map(|name| &**name));
    properties.optional("author", source.author.as_deref());
    properties.optional("publisher", source.publisher.as_deref());
    properties.text("published", source.published.text());
    properties.optional("accessed", source.accessed.as_ref().map(crate::time::Dated::text));
    properties.optional("url", source.url.as_deref());
    properties.text("reliability", source.reliability.word());
    if let Some(count) = source.paragraphs {
        properties.put("paragraphs", count.to_string());
    }
    properties
}

/// Words that some engine keeps for itself, in capitals: what openCypher 9 reserves.
const RESERVED: &[&str] = &[
    "ADD",
    "ALL",
    "AND",
    "AS",
    "ASC",
    "ASCENDING",
    "BY",
    "CASE",
    "CONSTRAINT",
    "CONTAINS",
    "CREATE",
    "DELETE",
    "DESC",
    "DESCENDING",
    "DETACH",
    "DISTINCT",
    "DO",
    "DROP",
    "ELSE",
    "END",
    "ENDS",
    "EXISTS",
    "FALSE",
    "FOR",
    "IN",
    "IS",
    "LIMIT",
    "MANDATORY",
    "MATCH",
    "MERGE",
    "NOT",
    "NULL",
    "OF",
    "ON",
    "OPTIONAL",
    "OR",
    "ORDER",
    "REMOVE",
    "REQUIRE",
    "RETURN",
    "SCALAR",
    "SET",
    "SKIP",
    "STARTS",
    "THEN",
    "TRUE",
    "UNION",
    "UNIQUE",
    "UNWIND",
    "WHEN",
    "WHERE",
    "WITH",
    "XOR",
];

/// A name of a label, type or property: as it is where it is a plain word, else between backticks.
fn identifier(name: &str) -> String {
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !RESERVED.contains(&&*name.to_ascii_uppercase());
    if is_plain {
        return name.to_owned();
    }
    // A backslash begins an escape for Neo4j even here, and there is none for itself.
    let name: String = name.chars().map(|c| if c.is_control() || c == '\\' { '_' } else { c }).collect();
    format!("`{}`", name.replace('`', "``"))
}

/// A text between single quotes. Neo4j replaces `\u…` before it reads anything else, but not after a backslash that is itself escaped.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for sign in text.chars() {
        match sign {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            sign if sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{:04X}", u32::from(sign));
            }
            sign => out.push(sign),
        }
    }
    out.push('\'');
    out
}

/// A text in a remark: on one line, and without the sign at which simple loaders cut scripts.
fn remark(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() || matches!(c, '\\' | '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .map(|c| if c == ';' { ',' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_end_their_quotes() {
        for (text, written) in [
            ("it's", r"'it\'s'"),
            (r"\u0027}) DETACH DELETE n //", r"'\\u0027}) DETACH DELETE n //'"),
            ("ends with \\", r"'ends with \\'"),
            ("two\nlines\r\t\u{1}\u{2028}", r"'two\nlines\r\t\u0001\u2028'"),
            ("جبهة \"x\" `y`", "'جبهة \"x\" `y`'"),
        ] {
            assert_eq!(quoted(text), written);
        }
    }

    #[test]
    fn names_are_plain_words_or_stand_between_backticks() {
        for (name, written) in [
            ("ArmedGroup", "ArmedGroup"),
            ("End", "`End`"),
            ("2nd", "`2nd`"),
            ("a`b", "`a``b`"),
            ("a\\u0060b", "`a_u0060b`"),
        ] {
            assert_eq!(identifier(name), written);
        }
        assert_eq!(remark("a;\nb \\u000a c"), "a, b  u000a c");
    }
}
