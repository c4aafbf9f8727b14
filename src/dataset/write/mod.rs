//! Data sets as text: one form for any content, so that what changes in a diff is what changed in the data.
//!
//! ```text
//! text of a file ─canonical─────────────────▶ text in canonical form
//! graph ─records─▶ JSON records ─order─▶ layout ─▶ text in canonical form
//! ```
//!
//! The form: fields in the order of the schema, and none that say nothing (`null`, an optional list that is empty, an optional `false`);
//! sources, actors, relations and events by id; a record a line, its `names`, `claims` and `uncited` a line each below it. What has an order
//! that people chose keeps it: claims, names, participants, and the lists of a vocabulary.
//!
//! Files hold JSON, which has no comments; what is not of the schema is refused, so that nothing can be lost in rewriting.

mod layout;
mod marker;
mod order;
mod place;
mod records;

pub use place::{Occupied, write_directory, write_files};
pub use records::Selection;

pub(super) use layout::layout;
pub(super) use order::Order;

use super::draft::FileDraft;
use super::{InputFile, Refused, not_utf8, parse, shape, utf8};
use crate::diagnostic::SourceMap;
use crate::graph::TemporalGraph;
use serde_json::Value;

/// A data file of a set, its name given below the set's directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// The path below the directory: `relations.json`.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// The texts of data files in canonical form, in the order given. Texts that are in it already come back as they are.
///
/// What the records mean is not looked at, only their shape: a set that is worked on, with references to records still to come, can be
/// rewritten too. A byte order mark goes.
///
/// # Errors
/// When a file is no data file: no JSON, or fields that the schema does not know or that have the wrong type; all of it, for all files.
///
/// ```
/// use allegiance::dataset::{InputFile, canonical};
/// let file = InputFile { name: "x.json".into(), bytes: br#"{"actors": [{"name": "B", "kind": "state", "id": "b", "traits": []}]}"#.into() };
/// let text = &canonical(vec![file]).unwrap()[0];
/// assert_eq!(text, "{\n \"actors\": [\n  {\"id\": \"b\", \"name\": \"B\", \"kind\": \"state\"}\n ]\n}\n");
/// ```
pub fn canonical(files: Vec<InputFile>) -> Result<Vec<String>, Box<Refused>> {
    let order = Order::of_data_files();
    let mut sources = SourceMap::default();
    let mut diagnostics = Vec::new();
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        let text = match utf8(file.bytes) {
            Ok(text) => text,
            Err(error) => {
                diagnostics.push(not_utf8(&mut sources, &file.name, &error));
                continue;
            }
        };
        match parse(&text).and_then(|_: FileDraft<'_>| serde_json::from_str::<Value>(&text)) {
            Ok(value) => texts.push(layout(&order.file(value))),
            Err(error) => {
                let id = sources.add(file.name, text);
                diagnostics.extend(shape::examine(id, sources.text(id), &error).diagnostics);
            }
        }
    }
    if diagnostics.is_empty() { Ok(texts) } else { Err(Box::new(Refused { diagnostics, sources })) }
}

/// A whole graph, or what a selection names of it, as one data file in canonical form, with whatever of the vocabulary the shipped one lacks or
/// has otherwise. Loading it gives the records back, and writing those gives the same bytes.
#[must_use]
pub fn to_text(graph: &TemporalGraph, selection: Option<&Selection>) -> String {
    layout(&Order::of_data_files().file(records::to_value(graph, selection)))
}

/// One file's records as the files of a directory, a file a list; the vocabulary's lists in one.
pub(super) fn by_list(file: &Value, order: &Order) -> Vec<OutputFile> {
    const LISTS: [&str; 4] = ["sources", "actors", "relations", "events"];
    let mut files = Vec::new();
    let Some(object) = file.as_object() else { return files };
    let mut push = |name: &str, lists: serde_json::Map<String, Value>| {
        if lists.is_empty() {
            return;
        }
        let mut all = serde_json::Map::new();
        all.insert("$schema".into(), format!("schema/{SCHEMA}").into());
        all.extend(lists);
        files.push(OutputFile { name: format!("{name}.json"), text: layout(&order.file(Value::Object(all))) });
    };
    let filled = |key: &str, list: &Value| key != "$schema" && list.as_array().is_some_and(|list| !list.is_empty());
    for name in LISTS {
        push(
            name,
            object.iter().filter(|(k, v)| *k == name && filled(k, v)).map(|(k, v)| (k.clone(), v.clone())).collect(),
        );
    }
    let rest = object.iter().filter(|(k, v)| !LISTS.contains(&k.as_str()) && filled(k, v));
    push("vocabulary", rest.map(|(k, v)| (k.clone(), v.clone())).collect());
    files.push(OutputFile { name: format!("schema/{SCHEMA}"), text: super::schema() });
    files
}

/// The file of the JSON Schema that data files point at.
const SCHEMA: &str = "dataset.schema.json";
