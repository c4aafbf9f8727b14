//! JSON-LD that people can read: prefixes in a context, types of values said once there, one object a node.
//!
//! The library writes expanded JSON-LD; what is done here is the part of compaction (JSON-LD 1.1 API, section 6) that needs no more than prefixes and
//! type coercion, on nodes none of which is blank.

use super::node::Node;
use oxjsonld::JsonLdSerializer;
use oxrdf::vocab::rdf;
use oxrdf::{GraphName, Quad};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// What every value of a predicate is, when all are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Coercion {
    /// An IRI, or a literal of a datatype.
    Type(String),
    /// Nothing that all share.
    None,
}

/// Writes the nodes, prefixes being those of the context.
pub(super) fn write(nodes: &[Node], prefixes: &[(String, String)], out: &mut dyn Write) -> io::Result<()> {
    let expanded = expanded(nodes)?;
    let short = |iri: &str| shortened(iri, prefixes);
    let mut coercions: BTreeMap<String, Coercion> = BTreeMap::new();
    for (predicate, value) in expanded.iter().flat_map(predicates).flat_map(|(p, vs)| vs.iter().map(move |v| (p, v))) {
        let one = coercion(value);
        coercions
            .entry(short(predicate))
            .and_modify(|known| {
                if *known != one {
                    *known = Coercion::None;
                }
            })
            .or_insert(one);
    }
    let mut context: Map<String, Value> = prefixes.iter().map(|(p, iri)| (p.clone(), iri.clone().into())).collect();
    for (predicate, coercion) in &coercions {
        if let Coercion::Type(kind) = coercion {
            context.insert(predicate.clone(), json!({ "@type": short(kind) }));
        }
    }
    let graph: Vec<Value> = expanded
        .iter()
        .map(|node| {
            let mut object = Map::new();
            object.insert("@id".to_owned(), short(text(node, "@id")).into());
            if let Some(types) = node.get(rdf::TYPE.as_str()).and_then(Value::as_array) {
                object.insert(
                    "@type".to_owned(),
                    one_or_all(types.iter().map(|t| short(text(t, "@id")).into()).collect()),
                );
            }
            for (predicate, values) in predicates(node) {
                let key = short(predicate);
                let coerced = coercions.get(&key).is_some_and(|c| *c != Coercion::None);
                object.insert(key, one_or_all(values.iter().map(|value| compact(value, coerced, &short)).collect()));
            }
            Value::Object(object)
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &json!({ "@context": context, "@graph": graph }))?;
    out.write_all(b"\n")
}

/// The nodes as the library writes them, read as JSON.
fn expanded(nodes: &[Node]) -> io::Result<Vec<Value>> {
    let mut writer = JsonLdSerializer::new().for_writer(Vec::new());
    for triple in nodes.iter().flat_map(Node::triples) {
        writer.serialize_quad(&Quad::new(triple.subject, triple.predicate, triple.object, GraphName::DefaultGraph))?;
    }
    Ok(serde_json::from_slice(&writer.finish()?)?)
}

/// The predicates of a node with their values, its class apart.
fn predicates(node: &Value) -> impl Iterator<Item = (&String, &Vec<Value>)> {
    node.as_object()
        .into_iter()
        .flatten()
        .filter(|(key, _)| !key.starts_with('@') && *key != rdf::TYPE.as_str())
        .filter_map(|(key, values)| Some((key, values.as_array()?)))
}

/// What a value says of its own type. Plain text and text with a language need no word in the context.
fn coercion(value: &Value) -> Coercion {
    if value.get("@id").is_some() {
        return Coercion::Type("@id".to_owned());
    }
    value.get("@type").and_then(Value::as_str).map_or(Coercion::None, |kind| Coercion::Type(kind.to_owned()))
}

/// A value in its shortest form: `coerced` where the context tells its type.
fn compact(value: &Value, coerced: bool, short: &impl Fn(&str) -> String) -> Value {
    match (value.get("@id").and_then(Value::as_str), value.get("@value").and_then(Value::as_str)) {
        (Some(iri), _) if coerced => short(iri).into(),
        (Some(iri), _) => json!({ "@id": short(iri) }),
        (None, Some(text)) if coerced || value.as_object().is_some_and(|o| o.len() == 1) => text.into(),
        _ => {
            let mut object = value.as_object().cloned().unwrap_or_default();
            if let Some(kind) = object.get_mut("@type") {
                *kind = short(kind.as_str().unwrap_or_default()).into();
            }
            object.into()
        }
    }
}

fn one_or_all(mut values: Vec<Value>) -> Value {
    if values.len() == 1 { values.remove(0) } else { values.into() }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// An IRI by the longest prefix that it begins with; keywords and what no prefix fits as they are.
fn shortened(iri: &str, prefixes: &[(String, String)]) -> String {
    prefixes
        .iter()
        .filter_map(|(prefix, space)| Some((space.len(), prefix, iri.strip_prefix(space.as_str())?)))
        .filter(|(_, _, rest)| !rest.is_empty() && !rest.starts_with("//"))
        .max_by_key(|(length, _, _)| *length)
        .map_or_else(|| iri.to_owned(), |(_, prefix, rest)| format!("{prefix}:{rest}"))
}
