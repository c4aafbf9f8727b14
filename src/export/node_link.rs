//! Node-link JSON: what networkx reads by `node_link_graph` and D3 draws.
//!
//! The list of relations is called `edges`, as networkx does from 3.4 on (older versions and some pages of D3 want `edges="links"`). JSON holds lists
//! and records, so claims, names, events and sources come whole; a field without a value is left out.
//!
//! Source of the format: networkx 3.6, "readwrite.json_graph.node_link_data".

use super::attributes::{self, ACTOR, Field, RELATION, Value};
use super::{Contents, Exporter, Style};
use crate::model::{Claim, Name};
use serde_json::{Map, Value as Json, json};
use std::io::{self, Write};

/// Node-link JSON.
#[derive(Clone, Copy, Debug, Default)]
pub struct NodeLink;

/// `subject` and `object` are `source` and `target` here; claims and names are records.
const TAKEN_OF_NODES: &[&str] = &["names", "external_ids", "claims"];
const TAKEN_OF_EDGES: &[&str] = &["id", "subject", "object", "roles", "claims"];

impl Exporter for NodeLink {
    fn name(&self) -> &'static str {
        "node-link"
    }

    fn losses(&self) -> &'static [&'static str] {
        &[
            "relations and events that are only denied",
            "that symmetric relations have no direction (`symmetric` tells)",
            "what no claim cites of the sources, and the vocabulary (definitions, examples, kinds allowed)",
        ]
    }

    fn write(&self, contents: &Contents<'_, '_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let nodes: Vec<Json> = contents
            .actors
            .iter()
            .map(|id| {
                let actor = contents.actor(*id);
                let mut node = fields(attributes::besides(ACTOR, TAKEN_OF_NODES), contents, *id);
                if *actor.name != *contents.name(*id) {
                    node.insert("main_name".into(), json!(actor.name));
                }
                insert_list(&mut node, "names", actor.names.iter().map(|name| a_name(contents, name)));
                if !actor.external_ids.is_empty() {
                    let ids = actor.external_ids.iter().map(|(register, id)| (register.to_string(), json!(id)));
                    node.insert("external_ids".into(), Json::Object(ids.collect()));
                }
                insert_list(&mut node, "claims", claims(contents, &actor.claims));
                Json::Object(node)
            })
            .collect();
        let edges: Vec<Json> = contents
            .relations
            .iter()
            .map(|id| {
                let relation = contents.relation(*id);
                let mut edge = Map::new();
                // What tells parallel edges apart, for networkx.
                edge.insert("key".into(), json!(relation.slug));
                edge.insert("source".into(), json!(contents.actor(relation.subject).slug));
                edge.insert("target".into(), json!(contents.actor(relation.object).slug));
                edge.insert("id".into(), json!(relation.slug));
                edge.extend(fields(attributes::besides(RELATION, TAKEN_OF_EDGES), contents, *id));
                let role = |role: &crate::model::Role| json!({"name": role.name, "value": role.value});
                insert_list(&mut edge, "roles", relation.roles.iter().map(role));
                insert_list(&mut edge, "claims", claims(contents, &relation.claims));
                Json::Object(edge)
            })
            .collect();
        let whole = json!({
            "directed": true,
            "multigraph": true,
            "graph": {
                "title": style.title,
                "limits": style.limits,
                "events": contents.events.iter().map(|id| event(contents, *id)).collect::<Vec<_>>(),
                "sources": contents.sources.iter().map(|id| source(contents, *id)).collect::<Vec<_>>(),
            },
            "nodes": nodes,
            "edges": edges,
        });
        serde_json::to_writer_pretty(&mut *out, &whole)?;
        writeln!(out)
    }
}

/// The values of the fields that a record has.
fn fields<Id: Copy + 'static>(
    fields: impl Iterator<Item = &'static Field<Id>>,
    contents: &Contents<'_, '_>,
    id: Id,
) -> Map<String, Json> {
    let value = |value| match value {
        Value::Text(text) => json!(text),
        Value::List(items) => json!(items),
        Value::Number(number) => json!(number),
        Value::Flag(flag) => json!(flag),
        Value::Day(day) => json!(day.to_string()),
    };
    fields.filter_map(|field| Some((field.name.to_owned(), value(field.of(contents, id)?)))).collect()
}

fn insert_list(into: &mut Map<String, Json>, name: &str, items: impl Iterator<Item = Json>) {
    let items: Vec<Json> = items.collect();
    if !items.is_empty() {
        into.insert(name.to_owned(), Json::Array(items));
    }
}

/// A record of what is there; nulls and empty lists are left out.
fn record(pairs: Json) -> Json {
    match pairs {
        Json::Object(map) => Json::Object(
            map.into_iter()
                .filter(|(_, value)| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty()))
                .collect(),
        ),
        other => other,
    }
}

fn a_name(contents: &Contents<'_, '_>, name: &Name) -> Json {
    let sources: Vec<&str> = name.sources.iter().map(|id| &*contents.view.graph().source(*id).slug).collect();
    record(json!({
        "name": name.text, "kind": name.kind.word(), "lang": name.lang, "script": name.script,
        "valid": name.valid.as_ref().map(|valid| valid.text()), "sources": sources,
    }))
}

/// The claims that count, in the words of records.
fn claims<'a>(contents: &'a Contents<'_, '_>, claims: &'a [Claim]) -> impl Iterator<Item = Json> {
    contents.view.kept_claims(claims).map(|claim| {
        let by = claim.attributed_to.as_ref().map(|by| {
            record(json!({
                "actor": by.actor.map(|id| &contents.actor(id).slug), "name": by.name, "anonymous": by.anonymous,
            }))
        });
        let figures: Vec<Json> = claim
            .figures
            .iter()
            .map(|figure| record(json!({"what": figure.what, "value": figure.value, "qualifier": figure.qualifier})))
            .collect();
        record(json!({
            "source": contents.view.graph().source(claim.source).slug, "locator": claim.locator,
            "stance": claim.stance.word(), "modality": claim.modality.word(), "attributed_to": by,
            "credibility": claim.credibility, "grade": attributes::grade(contents, claim).to_string(),
            "valid": claim.valid.as_ref().map(|valid| valid.text()), "figures": figures, "note": claim.note,
        }))
    })
}

fn event(contents: &Contents<'_, '_>, id: crate::model::EventId) -> Json {
    let (graph, event) = (contents.view.graph(), contents.event(id));
    let vocabulary = graph.vocabulary();
    let slugs = |ids: &[crate::model::RelationId]| -> Vec<String> {
        ids.iter().map(|id| graph.relation(*id).slug.to_string()).collect()
    };
    let participants: Vec<Json> = event
        .participants
        .iter()
        .map(|p| json!({"actor": graph.actor(p.actor).slug, "role": vocabulary.event_role(p.role).name}))
        .collect();
    let standing = contents.view.weigh(&contents.event(id).claims);
    record(json!({
        "id": event.slug, "name": event.name, "kind": vocabulary.event_kind(event.kind).name, "date": event.date.text(),
        "place": event.place.map(|place| &graph.actor(place).slug), "participants": participants,
        "opens": slugs(&event.opens), "closes": slugs(&event.closes),
        "status": standing.map(|(status, _)| status.word()), "modality": standing.map(|(_, modality)| modality.word()),
        "claims": claims(contents, &event.claims).collect::<Vec<_>>(), "note": event.note,
    }))
}

fn source(contents: &Contents<'_, '_>, id: crate::model::SourceId) -> Json {
    let graph = contents.view.graph();
    let source = graph.source(id);
    let repeats: Vec<&str> = source.derived_from.iter().map(|id| &*graph.source(*id).slug).collect();
    record(json!({
        "id": source.slug, "title": source.title, "author": source.author, "publisher": source.publisher,
        "published": source.published.text(), "accessed": source.accessed.as_ref().map(|day| day.text()),
        "url": source.url, "kind": source.kind.word(), "reliability": source.reliability.word(),
        "derived_from": repeats, "paragraphs": source.paragraphs, "names": source.names,
    }))
}
