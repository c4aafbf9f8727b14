//! Records whose texts match a pattern.

use crate::graph::TemporalGraph;
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

/// Every text of the graph that matches: actors, relations, events, sources, each by id and in the order of their fields.
#[must_use]
pub fn search(graph: &TemporalGraph, pattern: &Regex, limit: usize) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut look = |record: &'static str, id: &str, field: String, text: &str| {
        if hits.len() < limit
            && let Some(found) = pattern.find(text)
        {
            hits.push(Hit {
                record,
                id: id.to_owned(),
                field,
                text: text.to_owned(),
                span: (found.start(), found.end()),
            });
        }
    };
    let claim_field =
        |claim: &crate::model::Claim| format!("claim {} {}", graph.source(claim.source).slug, claim.locator);
    for (_, actor) in graph.actors() {
        look("actor", &actor.slug, "name".into(), &actor.name);
        for name in &actor.names {
            look("actor", &actor.slug, name.kind.word().into(), &name.text);
        }
        if let Some(summary) = &actor.summary {
            look("actor", &actor.slug, "summary".into(), summary);
        }
        for claim in &actor.claims {
            for text in claim_texts(claim) {
                look("actor", &actor.slug, claim_field(claim), &text);
            }
        }
    }
    for (_, relation) in graph.relations() {
        if let Some(note) = &relation.note {
            look("relation", &relation.slug, "note".into(), note);
        }
        for role in &relation.roles {
            look("relation", &relation.slug, format!("role {}", role.name), &role.value);
        }
        for claim in &relation.claims {
            for text in claim_texts(claim) {
                look("relation", &relation.slug, claim_field(claim), &text);
            }
        }
    }
    for (_, event) in graph.events() {
        look("event", &event.slug, "name".into(), &event.name);
        if let Some(note) = &event.note {
            look("event", &event.slug, "note".into(), note);
        }
        for claim in &event.claims {
            for text in claim_texts(claim) {
                look("event", &event.slug, claim_field(claim), &text);
            }
        }
    }
    for (_, source) in graph.sources() {
        look("source", &source.slug, "title".into(), &source.title);
        for name in &source.names {
            look("source", &source.slug, "name".into(), name);
        }
    }
    hits
}

/// The note of a claim, and its figures in words.
fn claim_texts(claim: &crate::model::Claim) -> Vec<String> {
    let figures = claim.figures.iter().map(|f| {
        let qualifier = f.qualifier.as_ref().map_or_else(String::new, |q| format!("{q} "));
        format!("{qualifier}{} {}", f.value, f.what)
    });
    std::iter::once(claim.note.to_string()).chain(figures).collect()
}
