//! One JSON object, or one a row.

use super::Page;
use serde_json::{Map, Value};

/// Writes the whole answer as one object, with `rows` last.
pub(super) fn write(page: &Page, out: &mut String) {
    let mut object = Map::new();
    object.insert("title".into(), page.title.clone().into());
    object.insert("as_of".into(), page.as_of.clone().map_or(Value::Null, Value::String));
    object.insert("assumptions".into(), page.assumptions.clone().into());
    if let Some((verdict, text)) = &page.verdict {
        object.insert("verdict".into(), verdict.word().into());
        object.insert("text".into(), text.clone().into());
    }
    for (name, value) in &page.fields {
        object.insert(name.clone(), value.clone());
    }
    object.insert("rows".into(), Value::Array(page.rows.clone()));
    out.push_str(&serde_json::to_string_pretty(&Value::Object(object)).unwrap_or_default());
    out.push('\n');
}

/// Writes each row as an object on a line of its own; before them, where there is a verdict, an object with it.
pub(super) fn write_lines(page: &Page, out: &mut String) {
    if let Some((verdict, text)) = &page.verdict {
        let head =
            serde_json::json!({ "verdict": verdict.word(), "text": text, "title": page.title, "as_of": page.as_of });
        out.push_str(&head.to_string());
        out.push('\n');
    }
    for row in &page.rows {
        out.push_str(&row.to_string());
        out.push('\n');
    }
}
