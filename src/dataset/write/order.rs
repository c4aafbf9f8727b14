//! The order of fields and records, read from the schema that the types of a file generate.

use super::super::draft::FileDraft;
use serde_json::{Map, Value};

/// The lists that are kept by id. A vocabulary's lists keep the order in which people grouped them.
const BY_ID: [&str; 4] = ["sources", "actors", "relations", "events"];

/// Knows the fields of every record and which of them must be there.
pub(in crate::dataset) struct Order {
    schema: Value,
}

impl Order {
    /// That of data files.
    pub(in crate::dataset) fn of_data_files() -> Self {
        Self { schema: schemars::schema_for!(FileDraft<'_>).to_value() }
    }

    /// A data file with every field and record in its place, and nothing in it that says nothing.
    pub(in crate::dataset) fn file(&self, file: Value) -> Value {
        let mut file = self.value(file, &self.schema).unwrap_or_else(|| Value::Object(Map::new()));
        for list in BY_ID {
            if let Some(records) = file.get_mut(list).and_then(Value::as_array_mut) {
                // Stable, so that two records of one id, which `check` will tell of, stay as they are.
                records.sort_by(|a, b| id(a).cmp(id(b)));
            }
        }
        file
    }

    fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        loop {
            if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
                let Some(target) = self.schema.pointer(reference.trim_start_matches('#')) else { return schema };
                schema = target;
            } else if let Some(first) = schema.get("anyOf").and_then(|any| any.get(0)) {
                schema = first;
            } else {
                return schema;
            }
        }
    }

    /// The value in order; `None` where it says nothing.
    fn value(&self, value: Value, schema: &Value) -> Option<Value> {
        let schema = self.resolve(schema);
        match value {
            Value::Object(mut fields) => {
                let mut ordered = Map::new();
                match schema.get("properties").and_then(Value::as_object) {
                    Some(properties) => {
                        let required = |name: &str| {
                            let names = schema.get("required").and_then(Value::as_array);
                            names.is_some_and(|names| names.iter().any(|n| n == name))
                        };
                        for (name, field) in properties {
                            let Some(found) = fields.remove(name) else { continue };
                            let says_nothing = match &found {
                                Value::Null | Value::Bool(false) => true,
                                Value::Array(items) => items.is_empty(),
                                Value::Object(entries) => entries.is_empty(),
                                _ => false,
                            };
                            if !says_nothing || required(name) {
                                ordered.extend(self.value(found, field).map(|value| (name.clone(), value)));
                            }
                        }
                    }
                    None => {
                        // A map of names and texts: by name.
                        let mut entries: Vec<(String, Value)> = fields.into_iter().collect();
                        entries.sort_by(|a, b| a.0.cmp(&b.0));
                        ordered.extend(entries);
                    }
                }
                Some(Value::Object(ordered))
            }
            Value::Array(items) => {
                let each = schema.get("items").unwrap_or(&Value::Null);
                Some(Value::Array(items.into_iter().filter_map(|item| self.value(item, each)).collect()))
            }
            plain => Some(plain),
        }
    }
}

fn id(record: &Value) -> &str {
    record.get("id").and_then(Value::as_str).unwrap_or_default()
}
