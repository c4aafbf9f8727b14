//! Mapping files: how the columns of tables become records.
//!
//! A mapping has a table for each file, and a table has templates: records of our own form in which a *cell* (`{"column": "side_a"}`) may stand for
//! any text, number or date. The schema of mappings is made from that of data files, so that the two cannot part.

use crate::dataset::draft::FileDraft;
use crate::dataset::fault::strict;
use crate::dataset::{InputFile, shape, utf8};
use crate::diagnostic::{Diagnostic, FileId, Label, Severity, SourceMap};
use jsonc_parser::ast::Value as Ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, parse_to_ast};
use serde_json::{Map, Value, json};
use std::ops::Range;

/// A step from a value of a mapping to one inside it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Step {
    Key(String),
    Item(usize),
}

/// A mapping that is of the right shape.
#[derive(Debug)]
pub(super) struct Mapping {
    pub(super) file: FileId,
    pub(super) value: Value,
}

/// The lists of templates that a table may have.
pub(super) const LISTS: [&str; 4] = ["sources", "actors", "relations", "events"];

/// The fields that hold dates.
const DATES: [&str; 5] = ["published", "accessed", "valid", "date", "exists"];

/// Whether a field of a record holds a date.
pub(super) fn is_date(field: &str) -> bool {
    DATES.contains(&field)
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// When it is not JSON, or not of the shape of mappings: everything that is wrong with it.
    pub(super) fn read(input: InputFile, sources: &mut SourceMap) -> Result<Self, Vec<Diagnostic>> {
        let name = input.name.clone();
        let text = utf8(input.bytes).map_err(|error| vec![crate::dataset::not_utf8(sources, &name, &error)])?;
        let file = sources.add(name, text);
        let text = sources.text(file);
        let mut diagnostics = shape::against(file, text, &schema_value()).diagnostics;
        for diagnostic in &mut diagnostics {
            // The one rule that a mapping must not break unnoticed.
            if diagnostic.message == "`source` is missing" {
                "no-source".clone_into(diagnostic.code.to_mut());
                diagnostic.message = "this claim names no source: every claim needs one".into();
                diagnostic.help = vec![
                    "add `\"source\": \"ID\"`, the id of a source under `records`, or `\"source\": {\"column\": …}`"
                        .into(),
                ];
            } else if diagnostic.message == "`claims` is missing" {
                "no-source".clone_into(diagnostic.code.to_mut());
                diagnostic.message =
                    "the records made here rest on no source: every relation and event needs a claim".into();
                diagnostic.help = vec![
                    "add `claims`, each with `source`, `locator`, `stance`, `modality`, `credibility` and `note`"
                        .into(),
                ];
            }
        }
        let value = serde_json::from_str(text).unwrap_or(Value::Null);
        let mapping = Self { file, value };
        if diagnostics.is_empty() {
            for (number, table) in mapping.tables().iter().enumerate() {
                for list in ["relations", "events"] {
                    for (index, template) in array(table, list).iter().enumerate() {
                        if array(template, "claims").is_empty() {
                            let path = [
                                Step::Key("tables".into()),
                                Step::Item(number),
                                Step::Key(list.into()),
                                Step::Item(index),
                                Step::Key("claims".into()),
                            ];
                            diagnostics.push(mapping.wrong(
                                sources,
                                &path,
                                "no-source",
                                "the records made here rest on no source: every relation and event needs a claim".into(),
                                "no claim",
                                vec!["add a claim with `source`, `locator`, `stance`, `modality`, `credibility` and `note`".into()],
                            ));
                        }
                    }
                }
            }
        }
        if diagnostics.is_empty() { Ok(mapping) } else { Err(diagnostics) }
    }

    /// Its tables.
    pub(super) fn tables(&self) -> &[Value] {
        array(&self.value, "tables")
    }

    /// Something wrong at a place of the mapping.
    pub(super) fn wrong(
        &self,
        sources: &SourceMap,
        path: &[Step],
        code: &'static str,
        message: String,
        label: &str,
        help: Vec<String>,
    ) -> Diagnostic {
        Diagnostic {
            code: code.into(),
            severity: Severity::Error,
            message,
            labels: vec![self.label(sources, path, label)],
            help,
        }
    }

    /// A place of the mapping with a few words.
    pub(super) fn label(&self, sources: &SourceMap, path: &[Step], text: &str) -> Label {
        Label { file: self.file, span: span(sources.text(self.file), path), text: text.into() }
    }
}

/// The list of a field; empty when it is absent.
pub(super) fn array<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// Where a value stands, or the nearest around it that is there.
fn span(text: &str, path: &[Step]) -> Range<usize> {
    let Ok(parsed) = parse_to_ast(text, &CollectOptions::default(), &strict()) else { return 0..0 };
    let Some(tree) = &parsed.value else { return 0..0 };
    let mut value = tree;
    for step in path {
        let next = match (value, step) {
            (Ast::Object(object), Step::Key(name)) => object.get(name).map(|p| &p.value),
            (Ast::Array(array), Step::Item(index)) => array.elements.get(*index),
            _ => None,
        };
        let Some(next) = next else { break };
        value = next;
    }
    match value {
        Ast::Object(_) | Ast::Array(_) => value.start()..value.start() + 1,
        _ => value.start()..value.end(),
    }
}

/// The JSON Schema of mapping files; with an end of line.
#[must_use]
pub fn mapping_schema() -> String {
    let mut text = serde_json::to_string_pretty(&schema_value()).unwrap_or_default();
    text.push('\n');
    text
}

/// A copy of the schema of data files in which cells may stand for texts, and templates for records.
pub(super) fn schema_value() -> Value {
    let data = schemars::schema_for!(FileDraft<'_>).to_value();
    let mut defs = Map::new();
    for (name, def) in data["$defs"].as_object().into_iter().flatten() {
        // As they are, for `records`; and as templates.
        defs.insert(name.clone(), def.clone());
        if let Some(template) = name.strip_suffix("Draft") {
            defs.insert(format!("{template}Template"), template_of(template, def));
        }
    }
    defs.extend(cells());
    let list = |of: &str, description: &str| json!({"description": description, "type": "array", "items": {"$ref": format!("#/$defs/{of}Template")}});
    let table = json!({
        "description": "How the rows of one file become records.",
        "type": "object",
        "properties": {
            "file": {"description": "The name of the file; without it, the files go to the tables in the order named on the command line.", "type": "string"},
            "delimiter": {"description": "What parts the columns, one sign; found out when not given.", "type": "string"},
            "header": {"description": "Whether the first line names the columns; otherwise they are called `1`, `2` and so on.", "type": "boolean"},
            "quotes": {"description": "Whether quotes hold texts together; otherwise they are signs like others.", "type": "boolean"},
            "empty": {"description": "Texts that stand for an empty cell: `NA`, `-9`.", "type": "array", "items": {"type": "string"}},
            "sources": list("Source", "Sources that each row makes."),
            "actors": list("Actor", "Actors that each row makes; rows that make the same one add to it."),
            "relations": list("Relation", "Relations that each row makes; rows that say the same put their claims together."),
            "events": list("Event", "Events that each row makes."),
            "relation_types": list("RelationType", "Types of relations that each row makes; only where a compiled set is made.")
        },
        "additionalProperties": false
    });
    defs.insert("Table".into(), table);
    let mut records = data.clone();
    if let Some(object) = records.as_object_mut() {
        for key in ["$schema", "$defs", "title"] {
            object.remove(key);
        }
        object.insert(
            "description".into(),
            "Records taken over as they stand: sources, actors, a vocabulary of your own.".into(),
        );
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Allegiance mapping of tables",
        "description": "How the columns of tables become the records of a data set.",
        "type": "object",
        "properties": {
            "$schema": {"description": "The schema that editors check this file against.", "type": "string"},
            "records": records,
            "tables": {"description": "The tables, in the order of the files.", "type": "array", "items": {"$ref": "#/$defs/Table"}}
        },
        "required": ["tables"],
        "additionalProperties": false,
        "$defs": defs
    })
}

fn template_of(name: &str, def: &Value) -> Value {
    let mut def = def.clone();
    let is_record = matches!(name, "Source" | "Actor" | "Relation" | "Event");
    let Some(properties) = def.get_mut("properties").and_then(Value::as_object_mut) else { return def };
    for (field, schema) in properties.iter_mut() {
        *schema = field_of(schema, is_date(field));
    }
    if is_record || name == "Claim" {
        properties.insert(
            "when".into(),
            json!({"description": "Only for rows that meet all of this.", "anyOf": [
                {"$ref": "#/$defs/Condition"}, {"type": "array", "items": {"$ref": "#/$defs/Condition"}}]}),
        );
    }
    if let Some(required) = def.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|field| field != "id");
        if matches!(name, "Relation" | "Event") {
            required.push("claims".into());
        }
        if name == "RelationType" {
            // The rest follows from these where it is not given.
            required.retain(|field| field == "name" || field == "polarity");
        }
    }
    def
}

fn field_of(schema: &Value, date: bool) -> Value {
    let mut out = schema.clone();
    let description = out.as_object_mut().and_then(|o| o.shift_remove("description"));
    // `[string, null]` and `anyOf [X, null]` of optional fields: a template that leaves a field out says so by not naming it.
    if let Some(Value::Array(types)) = out.get("type") {
        out["type"] = types.iter().find(|t| *t != "null").cloned().unwrap_or(Value::Null);
    }
    if let Some(first) = out.get("anyOf").and_then(|any| any.get(0)) {
        out = first.clone();
    }
    let to_template = |reference: &str| json!({"$ref": reference.replace("Draft", "Template")});
    let cell = json!({"$ref": if date { "#/$defs/DateCell" } else { "#/$defs/Cell" }});
    let mut made = if let Some(reference) = out.get("$ref").and_then(Value::as_str) {
        to_template(reference)
    } else if out.get("type") == Some(&json!("array")) {
        let items = field_of(&out["items"], false);
        json!({"type": "array", "items": items})
    } else if let Some(values) = out.get("additionalProperties").filter(|v| v.is_object()) {
        json!({"type": "object", "additionalProperties": field_of(values, false)})
    } else {
        if let Some(object) = out.as_object_mut() {
            for key in ["default", "format"] {
                object.remove(key);
            }
        }
        json!({"anyOf": [out, cell]})
    };
    if let (Some(description), Some(object)) = (description, made.as_object_mut()) {
        object.insert("description".into(), description);
    }
    made
}

/// The definitions of cells.
fn cells() -> Map<String, Value> {
    let text_cell = json!({
        "column": {"description": "The column whose cell is taken.", "type": "string"},
        "text": {"description": "A text in which `{column}` stands for cells; `{{` and `}}` for the braces themselves.", "type": "string"},
        "values": {"description": "What each text of the cell stands for; `null` leaves the field out, or the record where it cannot do without.",
            "type": "object", "additionalProperties": {"type": ["string", "null"]}},
        "others": {"description": "What becomes of texts that `values` does not name: `error` (the default), `keep` or `leave_out`.",
            "type": "string", "enum": ["error", "keep", "leave_out"]},
        "default": {"description": "What an empty cell stands for.", "type": "string"},
        "split": {"description": "What parts several texts in one cell, where a list is made.", "type": "string"},
        "by": {"description": "Which of an actor's ids elsewhere the text is: a register of `external_ids`. Without it: an id, or exactly a name.", "type": "string"},
        "slug": {"description": "Whether to make an id of the text.", "type": "boolean"}
    });
    let mut date_cell = text_cell.as_object().cloned().unwrap_or_default();
    for key in ["split", "by", "slug"] {
        date_cell.shift_remove(key);
    }
    let date = json!({"anyOf": [{"type": "string"}, {"$ref": "#/$defs/DateCell"}]});
    let part = |what: &str| json!({"description": format!("The {what}, from a column of its own."), "anyOf": [{"type": "string"}, {"$ref": "#/$defs/Cell"}]});
    date_cell.extend(
        json!({
            "format": {"description": "How the date is written, such as `%d/%m/%Y` or `days since 1970-01-01`; one or several, tried in order. Without it: EDTF.",
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
            "mark": {"description": "`~` about or `?` uncertain, put behind the date.", "anyOf": [{"type": "string"}, {"$ref": "#/$defs/Cell"}]},
            "year": part("year"), "month": part("month"), "day": part("day"),
            "from": date, "until": date,
            "ongoing": {"description": "Whether an empty `until` says that it still goes on; otherwise it is unknown whether it ended.", "type": "boolean"}
        })
        .as_object()
        .cloned()
        .unwrap_or_default(),
    );
    let condition = json!({
        "column": {"description": "The column looked at.", "type": "string"},
        "is": {"description": "The cell is one of these.", "type": "array", "items": {"type": "string"}},
        "is_not": {"description": "The cell is none of these.", "type": "array", "items": {"type": "string"}},
        "filled": {"description": "Whether the cell holds anything.", "type": "boolean"}
    });
    let object = |description: &str, properties: Value| json!({"description": description, "type": "object", "properties": properties, "additionalProperties": false});
    let mut condition = object("What a row must be like.", condition);
    condition["required"] = json!(["column"]);
    [
        ("Cell".to_owned(), object("A text of the row.", text_cell)),
        ("DateCell".to_owned(), object("A date of the row.", Value::Object(date_cell))),
        ("Condition".to_owned(), condition),
    ]
    .into_iter()
    .collect()
}
