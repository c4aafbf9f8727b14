//! Records whose texts match a pattern.

use crate::graph::TemporalGraph;
use crate::model::Claim;
use regex::Regex;
use serde::Serialize;

/// A text that matches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// `actor`, `relation`, `event` or `source`.
    pub record: &'static str,
    /// The readable id.
    pub id: String,
    /// Which text of it: `name`, `summary`, `note`, `claim wapo-2025-01 ¶4` …
    pub field: String,
    /// The text.
    pub text: String,
    /// Where in the text the pattern first matches: bytes from, to.
    pub span: (usize, usize),
}

/// Every text of the graph that matches, at most so many: actors, relations, events, sources, each by id and in the order of their fields.
///
/// # Complexity
/// O(texts) up to the last that is given. No record is kept in memory but those found.
#[must_use]
pub fn search(graph: &TemporalGraph, pattern: &Regex, limit: usize) -> Vec<Hit> {
    let mut found = Found { pattern, limit, hits: Vec::new() };
    let claim_field = |claim: &Claim| format!("claim {} {}", graph.source(claim.source).slug, claim.locator);
    graph.each_actor(|_, actor| {
        found.look("actor", &actor.slug, || "name".into(), &actor.name);
        for name in &actor.names {
            found.look("actor", &actor.slug, || name.kind.word().into(), &name.text);
        }
        if let Some(summary) = &actor.summary {
            found.look("actor", &actor.slug, || "summary".into(), summary);
        }
        found.look_in_claims("actor", &actor.slug, &actor.claims, claim_field);
        !found.is_full()
    });
    graph.each_relation(|_, relation| {
        if let Some(note) = &relation.note {
            found.look("relation", &relation.slug, || "note".into(), note);
        }
        for role in &relation.roles {
            found.look("relation", &relation.slug, || format!("role {}", role.name), &role.value);
        }
        found.look_in_claims("relation", &relation.slug, &relation.claims, claim_field);
        !found.is_full()
    });
    for (_, event) in graph.events() {
        found.look("event", &event.slug, || "name".into(), &event.name);
        if let Some(note) = &event.note {
            found.look("event", &event.slug, || "note".into(), note);
        }
        found.look_in_claims("event", &event.slug, &event.claims, claim_field);
    }
    for (_, source) in graph.sources() {
        found.look("source", &source.slug, || "title".into(), &source.title);
        for name in &source.names {
            found.look("source", &source.slug, || "name".into(), name);
        }
    }
    found.hits
}

/// What was found so far.
struct Found<'p> {
    pattern: &'p Regex,
    limit: usize,
    hits: Vec<Hit>,
}

impl Found<'_> {
    fn is_full(&self) -> bool {
        self.hits.len() >= self.limit
    }

    fn look(&mut self, record: &'static str, id: &str, field: impl FnOnce() -> String, text: &str) {
        if !self.is_full()
            && let Some(found) = self.pattern.find(text)
        {
            self.hits.push(Hit {
                record,
                id: id.to_owned(),
                field: field(),
                text: text.to_owned(),
                span: (found.start(), found.end()),
            });
        }
    }

    fn look_in_claims(&mut self, record: &'static str, id: &str, claims: &[Claim], field: impl Fn(&Claim) -> String) {
        for claim in claims {
            self.look(record, id, || field(claim), &claim.note);
            for figure in &claim.figures {
                let qualifier = figure.qualifier.as_ref().map_or_else(String::new, |q| format!("{q} "));
                let text = format!("{qualifier}{} {}", figure.value, figure.what);
                self.look(record, id, || field(claim), &text);
            }
        }
    }
}
