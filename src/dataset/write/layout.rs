//! The lines of a data file: a record a line, what is long in it a line each below.

use serde_json::Value;

/// The lists of a record of which each item has a line of its own.
const BROKEN: [&str; 3] = ["names", "claims", "uncited"];

/// Returns a data file as text: its fields in the order they have, a record a line.
pub(in crate::dataset) fn layout(file: &Value) -> String {
    let mut out = String::from("{");
    for (nth, (key, value)) in file.as_object().into_iter().flatten().enumerate() {
        out.push_str(if nth == 0 { "\n " } else { ",\n " });
        quoted(key, &mut out);
        out.push_str(": ");
        match value.as_array() {
            Some(records) if !records.is_empty() => {
                out.push('[');
                for (nth, item) in records.iter().enumerate() {
                    out.push_str(if nth == 0 { "\n  " } else { ",\n  " });
                    record(item, &mut out);
                }
                out.push_str("\n ]");
            }
            _ => inline(value, &mut out),
        }
    }
    out.push_str("\n}\n");
    out
}

fn record(value: &Value, out: &mut String) {
    let Some(fields) = value.as_object() else { return inline(value, out) };
    out.push('{');
    for (nth, (key, value)) in fields.iter().enumerate() {
        if nth > 0 {
            out.push_str(", ");
        }
        quoted(key, out);
        out.push_str(": ");
        match value.as_array() {
            Some(items) if BROKEN.contains(&key.as_str()) && items.first().is_some_and(Value::is_object) => {
                out.push('[');
                for (nth, item) in items.iter().enumerate() {
                    out.push_str(if nth == 0 { "\n    " } else { ",\n    " });
                    inline(item, out);
                }
                out.push(']');
            }
            _ => inline(value, out),
        }
    }
    out.push('}');
}

fn inline(value: &Value, out: &mut String) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (nth, item) in items.iter().enumerate() {
                if nth > 0 {
                    out.push_str(", ");
                }
                inline(item, out);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            for (nth, (key, value)) in fields.iter().enumerate() {
                if nth > 0 {
                    out.push_str(", ");
                }
                quoted(key, out);
                out.push_str(": ");
                inline(value, out);
            }
            out.push('}');
        }
        Value::String(text) => quoted(text, out),
        plain => out.push_str(&plain.to_string()),
    }
}

/// A text in quotes; whatever JSON need not escape stands as it is, but for what would be an end of line to some editors.
fn quoted(text: &str, out: &mut String) {
    let quoted = Value::from(text).to_string();
    if quoted.contains(['\u{85}', '\u{2028}', '\u{2029}', '\u{7f}']) {
        for c in quoted.chars() {
            match c {
                '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{7f}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
                _ => out.push(c),
            }
        }
    } else {
        out.push_str(&quoted);
    }
}
