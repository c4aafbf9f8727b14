//! Every fault of shape in one file: unknown fields, missing fields, values of the wrong type.
//!
//! Serde stops at the first fault; this walks the file's tree beside the JSON Schema that is generated from the same types, and
//! goes on. It runs only on files that serde refused.

use super::draft::FileDraft;
use super::fault::strict;
use crate::diagnostic::{Diagnostic, FileId, Label, Severity};
use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, parse_to_ast};
use serde_json::Value as Json;
use std::ops::Range;

/// What was found in a file that serde refused.
pub(super) struct Shape {
    /// What is wrong, in the order of the text.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The ids and names that the file declares all the same, so that other files' references to them are not called unknown.
    pub(super) declared: Vec<(String, String)>,
}

/// Examines a file that serde refused, with `error` for its reason.
pub(super) fn examine(file: FileId, text: &str, error: &serde_json::Error) -> Shape {
    let schema = schemars::schema_for!(FileDraft<'_>).to_value();
    let mut shape = against(file, text, &schema);
    if shape.diagnostics.is_empty() {
        // The tree and serde disagree (a number too large, say): give serde's reason, at serde's place.
        let span = offset(text, error.line(), error.column());
        shape.diagnostics.push(Diagnostic {
            code: "wrong-shape".into(),
            severity: Severity::Error,
            message: error.to_string(),
            labels: vec![Label { file, span: visible(text, span..span), text: "here".into() }],
            help: Vec::new(),
        });
    }
    shape
}

/// Holds a text against a schema: everything in which it is not of that shape.
pub(super) fn against(file: FileId, text: &str, schema: &Json) -> Shape {
    let tree = match parse_to_ast(text, &CollectOptions::default(), &strict()) {
        Ok(result) => result.value,
        Err(error) => {
            let range = error.range();
            let diagnostic = Diagnostic {
                code: "not-json".into(),
                severity: Severity::Error,
                message: format!("this is not JSON: {}", lower_first(&error.kind().to_string())),
                labels: vec![Label { file, span: visible(text, range.start..range.end), text: "here".into() }],
                help: json_habits(text, range.start),
            };
            return Shape { diagnostics: vec![diagnostic], declared: Vec::new() };
        }
    };
    let mut walk = Walk { file, schema, found: Vec::new() };
    let declared = match &tree {
        Some(value) => {
            walk.value(value, schema, "the file");
            declared(value)
        }
        None => {
            walk.report("not-json", 0..0, "the file is empty", "here", vec!["a data file is an object: {}".into()]);
            Vec::new()
        }
    };
    Shape { diagnostics: walk.found, declared }
}

struct Walk<'s> {
    file: FileId,
    schema: &'s Json,
    found: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn report(&mut self, code: &'static str, span: Range<usize>, message: &str, label: &str, help: Vec<String>) {
        self.found.push(Diagnostic {
            code: code.into(),
            severity: Severity::Error,
            message: message.into(),
            labels: vec![Label { file: self.file, span, text: label.into() }],
            help,
        });
    }

    /// What a schema comes to: `$ref` followed, and each of `anyOf`, the `null` of optional fields left out where there is anything else.
    fn resolve<'a>(&'a self, schema: &'a Json) -> Vec<&'a Json> {
        if let Some(reference) = schema.get("$ref").and_then(Json::as_str) {
            return match self.schema.pointer(reference.trim_start_matches('#')) {
                Some(target) => self.resolve(target),
                None => vec![schema],
            };
        }
        let Some(any) = schema.get("anyOf").and_then(Json::as_array) else { return vec![schema] };
        any.iter().flat_map(|one| self.resolve(one)).collect()
    }

    fn value(&mut self, value: &Value<'_>, schema: &Json, what: &str) {
        let found = kind_of(value);
        let choices = self.resolve(schema);
        let fits = |schema: &Json| {
            let wanted = types(schema);
            wanted.is_empty() || wanted.contains(&found) || (found == "integer" && wanted.contains(&"number"))
        };
        let Some(schema) = choices.iter().find(|schema| fits(schema)).map(|schema| (*schema).clone()) else {
            let mut wanted: Vec<&str> =
                choices.iter().flat_map(|schema| types(schema)).filter(|w| *w != "null").collect();
            let mut known = Vec::new();
            wanted.retain(|w| {
                let is_new = !known.contains(w);
                known.push(*w);
                is_new
            });
            let wanted = wanted.iter().map(|w| with_article(w)).collect::<Vec<_>>().join(" or ");
            let message = format!("{what} must be {wanted}, not {}", with_article(found));
            self.report("wrong-type", opening(value), &message, &format!("{wanted} is wanted here"), Vec::new());
            return;
        };
        match value {
            Value::Object(object) => self.object(object, &schema),
            Value::Array(array) => {
                if let Some(items) = schema.get("items") {
                    for element in &array.elements {
                        self.value(element, items, &format!("an item of {what}"));
                    }
                }
            }
            Value::NumberLit(number) => self.number(number.value, opening(value), &schema, what),
            _ => {}
        }
    }

    fn number(&mut self, text: &str, span: Range<usize>, schema: &Json, what: &str) {
        let Ok(number) = text.parse::<f64>() else { return };
        let limit = |name: &str| schema.get(name).and_then(Json::as_f64);
        let (least, most) = (limit("minimum"), limit("maximum"));
        if least.is_some_and(|least| number < least) || most.is_some_and(|most| number > most) {
            let range = match (least, most) {
                (Some(least), Some(most)) => format!("between {least} and {most}"),
                (Some(least), None) => format!("at least {least}"),
                _ => format!("at most {}", most.unwrap_or_default()),
            };
            self.report("out-of-range", span, &format!("{what} must be {range}"), "out of range", Vec::new());
        }
    }

    fn object(&mut self, object: &Object<'_>, schema: &Json) {
        let Some(properties) = schema.get("properties").and_then(Json::as_object) else {
            if let Some(values) = schema.get("additionalProperties").filter(|s| s.is_object()) {
                let mut seen: Vec<&str> = Vec::new();
                for property in &object.properties {
                    let name = format!("`{}`", property.name.as_str());
                    if seen.contains(&property.name.as_str()) {
                        let span = property.name.start()..property.name.end();
                        let message = format!("{name} is given twice");
                        self.report("duplicate-field", span, &message, "a second time", Vec::new());
                        continue;
                    }
                    seen.push(property.name.as_str());
                    self.value(&property.value, values, &name);
                }
            }
            return;
        };
        let mut seen: Vec<&str> = Vec::new();
        for property in &object.properties {
            let name = property.name.as_str();
            let span = property.name.start()..property.name.end();
            if seen.contains(&name) {
                self.report("duplicate-field", span, &format!("`{name}` is given twice"), "a second time", Vec::new());
                continue;
            }
            seen.push(name);
            match properties.get(name) {
                Some(field) => self.value(&property.value, field, &format!("`{name}`")),
                None => {
                    let mut known: Vec<&str> =
                        properties.keys().map(String::as_str).filter(|k| *k != "$schema").collect();
                    known.sort_unstable();
                    let help = suggestion(name, &known);
                    self.report(
                        "unknown-field",
                        span,
                        &format!("there is no field `{name}` here"),
                        "not a field",
                        help,
                    );
                }
            }
        }
        for name in schema.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str) {
            if !seen.contains(&name) {
                let span = object
                    .get("id")
                    .or_else(|| object.get("name"))
                    .map_or_else(|| object.start()..object.start() + 1, |p| p.value.start()..p.value.end());
                let help = properties[name]
                    .get("description")
                    .and_then(Json::as_str)
                    .map(|d| format!("`{name}`: {}", lower_first(d)))
                    .into_iter()
                    .collect();
                self.report("missing-field", span, &format!("`{name}` is missing"), "in this record", help);
            }
        }
    }
}

/// `did you mean …`, with the allowed words after it.
pub(super) fn suggestion(word: &str, known: &[&str]) -> Vec<String> {
    let near = near(word, known);
    let list = listed(known);
    match near {
        Some(near) => vec![format!("did you mean `{near}`? allowed here: {list}")],
        None => vec![format!("allowed here: {list}")],
    }
}

/// The nearest of some words, when it is near enough to be a slip. None for a word of more than a hundred letters: comparing takes the product of lengths.
pub(super) fn near<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if word.chars().nth(100).is_some() {
        return None;
    }
    let plain = |text: &str| text.to_lowercase().replace([' ', '-'], "_");
    let word = plain(word);
    let limit = match word.chars().count() {
        0..=3 => 1,
        4..=7 => 2,
        _ => 3,
    };
    known
        .iter()
        .map(|k| (strsim::osa_distance(&word, &plain(k)), *k))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, k)| k)
}

/// Words in a row, cut after a while.
pub(super) fn listed(words: &[&str]) -> String {
    const MOST: usize = 24;
    let shown = words.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    if words.len() > MOST { format!("{shown}, … ({} in all)", words.len()) } else { shown }
}

/// The types that a schema allows; none named, when it allows any.
fn types(schema: &Json) -> Vec<&str> {
    match schema.get("type") {
        Some(Json::String(one)) => vec![one],
        Some(Json::Array(several)) => several.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    }
}

fn kind_of(value: &Value<'_>) -> &'static str {
    match value {
        Value::StringLit(_) => "string",
        Value::NumberLit(number) if number.value.contains(['.', 'e', 'E']) => "number",
        Value::NumberLit(_) => "integer",
        Value::BooleanLit(_) => "boolean",
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::NullKeyword(_) => "null",
    }
}

fn with_article(kind: &str) -> &'static str {
    match kind {
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "object" => "an object",
        "array" => "a list",
        _ => "null",
    }
}

/// The whole of a plain value, the opening of an object or list.
fn opening(value: &Value<'_>) -> Range<usize> {
    match value {
        Value::Object(_) | Value::Array(_) => value.start()..value.start() + 1,
        _ => value.start()..value.end(),
    }
}

/// (list, id or name) of every record of a file.
fn declared(value: &Value<'_>) -> Vec<(String, String)> {
    let Some(object) = value.as_object() else { return Vec::new() };
    let mut all = Vec::new();
    for property in &object.properties {
        for record in property.value.as_array().map(|a| a.elements.as_slice()).unwrap_or_default() {
            let key = |k: &str| record.as_object().and_then(|o| o.get_string(k)).map(|s| s.value.to_string());
            if let Some(id) = key("id").or_else(|| key("name")) {
                all.push((property.name.as_str().to_owned(), id));
            }
        }
    }
    all
}

/// Help for what people write who have another format in mind.
fn json_habits(text: &str, at: usize) -> Vec<String> {
    let here = text.get(at..).unwrap_or_default();
    if here.starts_with("//") || here.starts_with("/*") || here.starts_with('#') {
        vec!["JSON has no comments; use the `note` field".into()]
    } else if here.starts_with('\'') {
        vec!["texts stand in double quotes".into()]
    } else if here.strip_prefix(',').is_some_and(|after| after.trim_start().starts_with([']', '}'])) {
        vec!["remove the comma before the closing bracket".into()]
    } else {
        Vec::new()
    }
}

/// The byte offset of a line and column as serde counts them (from 1; columns in bytes).
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (start + column.saturating_sub(1)).min(text.len())
}

/// The range with at least one sign in it, and none cut: the last of the text where it points behind that.
fn visible(text: &str, range: Range<usize>) -> Range<usize> {
    let last = text.char_indices().next_back().map_or(0, |(at, _)| at);
    let start = (0..=range.start.min(last)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = range.end.max(start + 1).min(text.len());
    start..(end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

fn lower_first(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_lowercase().chain(signs).collect())
}
