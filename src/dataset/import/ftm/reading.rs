//! Lines of JSON as entities; the fragments of one entity put together.

use crate::dataset::shape::suggestion;
use crate::dataset::{InputFile, not_utf8, utf8};
use crate::diagnostic::{Diagnostic, FileId, Label, Severity, SourceMap};
use serde_json::Value;
use std::collections::BTreeMap;

/// An entity: what it is, and its properties, each a list of texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Entity {
    pub(super) id: String,
    pub(super) schema: String,
    properties: BTreeMap<String, Vec<String>>,
    /// Where it stands first, for messages.
    pub(super) at: Option<Label>,
}

impl Entity {
    /// The values of a property, in the order given.
    pub(super) fn all(&self, property: &str) -> &[String] {
        self.properties.get(property).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first value of a property.
    pub(super) fn first(&self, property: &str) -> Option<&str> {
        self.all(property).first().map(String::as_str)
    }

    /// The first value of the first of some properties that has any.
    pub(super) fn any(&self, properties: &[&str]) -> Option<&str> {
        properties.iter().find_map(|property| self.first(property))
    }
}

/// Every entity in the order of its first line, and what is wrong with lines.
pub(super) fn read(files: Vec<InputFile>, sources: &mut SourceMap) -> (Vec<Entity>, Vec<Diagnostic>) {
    let mut entities: Vec<Entity> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for file in files {
        let text = match utf8(file.bytes) {
            Ok(text) => text,
            Err(error) => {
                wrong.push(not_utf8(sources, &file.name, &error));
                continue;
            }
        };
        let id = sources.add(file.name, text);
        let mut next = 0;
        for line in sources.text(id).split_inclusive('\n') {
            let begin = next;
            next += line.len();
            let line = line.trim_end();
            if line.trim().is_empty() {
                continue;
            }
            match entity(line) {
                Ok(mut entity) => {
                    entity.at = Some(Label { file: id, span: begin..begin + line.len(), text: String::new() });
                    match places.get(&entity.id).and_then(|at| entities.get_mut(*at)) {
                        Some(known) => {
                            for (property, values) in entity.properties {
                                let all = known.properties.entry(property).or_default();
                                for value in values {
                                    if !all.contains(&value) {
                                        all.push(value);
                                    }
                                }
                            }
                        }
                        None => {
                            places.insert(entity.id.clone(), entities.len());
                            entities.push(entity);
                        }
                    }
                }
                Err((message, help)) => wrong.push(refused(id, begin, line, message, help)),
            }
        }
    }
    (entities, wrong)
}

fn refused(file: FileId, begin: usize, line: &str, message: String, help: Vec<String>) -> Diagnostic {
    Diagnostic {
        code: "not-an-entity".into(),
        severity: Severity::Error,
        message,
        labels: vec![Label { file, span: begin..begin + line.len(), text: "not an entity".into() }],
        help,
    }
}

/// One line.
fn entity(line: &str) -> Result<Entity, (String, Vec<String>)> {
    let whole = || {
        vec!["FollowTheMoney entities stand one a line: `{\"id\": …, \"schema\": …, \"properties\": {…}}`".to_owned()]
    };
    let value: Value =
        serde_json::from_str(line).map_err(|error| (format!("this line is not JSON: {error}"), whole()))?;
    let Value::Object(fields) = value else { return Err(("this line is not an object".into(), whole())) };
    let text = |key: &str| match fields.get(key) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text.clone()),
        _ => {
            let known: Vec<&str> = fields.keys().map(String::as_str).collect();
            Err((
                format!("the entity has no `{key}`"),
                if known.is_empty() { whole() } else { suggestion(key, &known) },
            ))
        }
    };
    let (id, schema) = (text("id")?, text("schema")?);
    let Some(Value::Object(properties)) = fields.get("properties") else {
        return Err(("the entity has no `properties`".into(), whole()));
    };
    let mut all = BTreeMap::new();
    for (property, values) in properties {
        let values = values.as_array().map_or(std::slice::from_ref(values), Vec::as_slice);
        let texts: Vec<String> = values
            .iter()
            .filter_map(|value| match value {
                Value::String(text) => Some(text.trim().to_owned()),
                Value::Number(number) => Some(number.to_string()),
                // Entities nested in others, as some interfaces give them: the reference is what counts.
                Value::Object(inner) => inner.get("id").and_then(Value::as_str).map(str::to_owned),
                _ => None,
            })
            .filter(|text| !text.is_empty())
            .collect();
        if !texts.is_empty() {
            all.insert(property.clone(), texts);
        }
    }
    Ok(Entity { id, schema, properties: all, at: None })
}
