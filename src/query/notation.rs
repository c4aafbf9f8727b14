//! Values as text, in the notation of the conformance kit: `null`, `1.0`, `'a'`, `[1]`, `{k: 1}`, `(:A {k: 1})`, `[:T]`, `<(:A)-[:T]->(:B)>`.
//!
//! [`write()`] needs the graph for nodes and relations; [`literal`] reads scalars, lists and maps back. Days and durations are written as
//! texts and read as such: `date(…)` and `duration(…)` make them again.

use super::error::{Error, Result};
use super::graph::{Entity, Graph, SliceId};
use super::value::{Map, Path, Value};

/// How deep lists and maps may be nested in a literal.
const DEEPEST: usize = 200;

/// Writes a value.
#[must_use]
pub fn write<G: Graph>(value: &Value, graph: &G, slice: SliceId) -> String {
    let mut out = String::new();
    put(&mut out, value, graph, slice);
    out
}

fn put<G: Graph>(out: &mut String, value: &Value, graph: &G, slice: SliceId) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Integer(_) | Value::Float(_) => out.push_str(&number_text(value)),
        Value::String(text) => quote(out, text),
        Value::Date(day) => quote(out, &day.to_string()),
        Value::Duration(duration) => quote(out, &duration.to_string()),
        Value::List(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push_str(", ");
                }
                put(out, item, graph, slice);
            }
            out.push(']');
        }
        Value::Map(map) => put_map(out, map, graph, slice),
        Value::Node(id) => {
            out.push('(');
            for label in graph.labels(*id) {
                out.push(':');
                put_name(out, label);
            }
            let properties = graph.properties(slice, Entity::Node(*id));
            if !properties.is_empty() {
                if out.ends_with(|last| last != '(') {
                    out.push(' ');
                }
                put_map(out, &properties, graph, slice);
            }
            out.push(')');
        }
        Value::Relation(id) => {
            out.push_str("[:");
            put_name(out, graph.type_name(graph.type_of(*id)));
            let properties = graph.properties(slice, Entity::Relation(*id));
            if !properties.is_empty() {
                out.push(' ');
                put_map(out, &properties, graph, slice);
            }
            out.push(']');
        }
        Value::Path(path) => put_path(out, path, graph, slice),
    }
}

fn put_map<G: Graph>(out: &mut String, map: &Map, graph: &G, slice: SliceId) {
    out.push('{');
    for (place, (key, value)) in map.iter().enumerate() {
        if place > 0 {
            out.push_str(", ");
        }
        put_name(out, key);
        out.push_str(": ");
        put(out, value, graph, slice);
    }
    out.push('}');
}

/// Arrows point as the relations are stored, whichever way the path goes.
fn put_path<G: Graph>(out: &mut String, path: &Path, graph: &G, slice: SliceId) {
    out.push('<');
    for (place, node) in path.nodes.iter().enumerate() {
        if let Some((relation, from)) =
            place.checked_sub(1).and_then(|i| Some((path.relations.get(i)?, path.nodes.get(i)?)))
        {
            let (start, _) = graph.ends(*relation);
            let (before, after) = if start == *from { ("-", "->") } else { ("<-", "-") };
            out.push_str(before);
            put(out, &Value::Relation(*relation), graph, slice);
            out.push_str(after);
        }
        put(out, &Value::Node(*node), graph, slice);
    }
    out.push('>');
}

/// A number as it is written: `1`, `1.0`, `1e300`, `NaN`, `Infinity`; empty for what is no number.
pub(super) fn number_text(value: &Value) -> String {
    match value {
        Value::Integer(number) => number.to_string(),
        Value::Float(number) if number.is_nan() => "NaN".into(),
        Value::Float(number) if number.is_infinite() => (if *number > 0.0 { "Infinity" } else { "-Infinity" }).into(),
        Value::Float(number) => format!("{number:?}"),
        _ => String::new(),
    }
}

fn quote(out: &mut String, text: &str) {
    out.push('\'');
    for sign in text.chars() {
        match sign {
            '\\' => out.push_str("\\\\"),
            '\'' => out.push_str("\\'"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other => out.push(other),
        }
    }
    out.push('\'');
}

fn put_name(out: &mut String, name: &str) {
    let mut signs = name.chars();
    let is_plain = signs.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && signs.all(|sign| sign.is_alphanumeric() || sign == '_');
    if is_plain {
        out.push_str(name);
    } else {
        out.push('`');
        out.push_str(&name.replace('`', "``"));
        out.push('`');
    }
}

/// Reads a value: null, Booleans, numbers, texts in either quotes, lists and maps.
///
/// # Errors
/// When the text is something else; the message says where.
pub fn literal(text: &str) -> Result<Value> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0)?;
    reader.space();
    if reader.at < text.len() {
        return Err(reader.wrong("nothing more is wanted"));
    }
    Ok(value)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Takes a sign if it is next, after any space.
    fn eat(&mut self, sign: char) -> bool {
        self.space();
        let found = self.rest().starts_with(sign);
        if found {
            self.at += sign.len_utf8();
        }
        found
    }

    fn wrong(&self, wanted: &str) -> Box<Error> {
        let rest: String = self.rest().chars().take(20).collect();
        let found = if rest.is_empty() { "the end".to_owned() } else { format!("`{rest}`") };
        Error::argument(
            "InvalidArgumentValue",
            format!("no value: {wanted} at character {}, not {found}", self.column()),
        )
        .help("a value is written 1, 2.5, true, null, 'text', [1, 2] or {key: 'value'}")
    }

    fn column(&self) -> usize {
        self.text[..self.at].chars().count() + 1
    }

    fn value(&mut self, depth: usize) -> Result<Value> {
        if depth > DEEPEST {
            return Err(self.wrong("lists and maps are nested too deep"));
        }
        self.space();
        match self.rest().chars().next() {
            Some(mark @ ('\'' | '"')) => self.string(mark).map(|text| Value::text(&text)),
            Some('[') => {
                self.at += 1;
                let mut items = Vec::new();
                while !self.eat(']') {
                    if !items.is_empty() && !self.eat(',') {
                        return Err(self.wrong("a comma or `]` is wanted"));
                    }
                    items.push(self.value(depth + 1)?);
                }
                Ok(Value::list(items))
            }
            Some('{') => {
                self.at += 1;
                let mut map = Map::new();
                while !self.eat('}') {
                    if !map.is_empty() && !self.eat(',') {
                        return Err(self.wrong("a comma or `}` is wanted"));
                    }
                    let key = self.key()?;
                    if !self.eat(':') {
                        return Err(self.wrong("a colon is wanted"));
                    }
                    let value = self.value(depth + 1)?;
                    map.insert(key, value);
                }
                Ok(Value::map(map))
            }
            _ => self.word(),
        }
    }

    fn key(&mut self) -> Result<String> {
        self.space();
        match self.rest().chars().next() {
            Some(mark @ ('\'' | '"')) => self.string(mark),
            Some('`') => {
                let mut name = String::new();
                let mut signs = self.rest().char_indices().skip(1).peekable();
                while let Some((place, sign)) = signs.next() {
                    if sign != '`' {
                        name.push(sign);
                    } else if signs.peek().is_some_and(|(_, next)| *next == '`') {
                        signs.next();
                        name.push('`');
                    } else {
                        self.at += place + 1;
                        return Ok(name);
                    }
                }
                Err(self.wrong("a closing backtick is wanted"))
            }
            _ => {
                let rest = self.rest();
                let end = rest.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(rest.len());
                if end == 0 {
                    return Err(self.wrong("a key is wanted"));
                }
                self.at += end;
                Ok(rest[..end].to_owned())
            }
        }
    }

    fn string(&mut self, mark: char) -> Result<String> {
        let mut out = String::new();
        let mut signs = self.rest().char_indices().skip(1);
        while let Some((place, sign)) = signs.next() {
            match sign {
                '\\' => match signs.next().map(|(_, escaped)| escaped) {
                    Some('n') => out.push('\n'),
                    Some('t') => out.push('\t'),
                    Some('r') => out.push('\r'),
                    Some('b') => out.push('\u{8}'),
                    Some('f') => out.push('\u{c}'),
                    Some('u') => {
                        let digits: String = signs.by_ref().take(4).map(|(_, digit)| digit).collect();
                        let code = u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 4);
                        let sign = code
                            .and_then(char::from_u32)
                            .ok_or_else(|| self.wrong("`\\u` takes four hexadecimal digits"))?;
                        out.push(sign);
                    }
                    Some(sign @ ('\\' | '\'' | '"')) => out.push(sign),
                    Some(other) => out.extend(['\\', other]),
                    None => break,
                },
                sign if sign == mark => {
                    self.at += place + 1;
                    return Ok(out);
                }
                other => out.push(other),
            }
        }
        Err(self.wrong("a closing quote is wanted"))
    }

    fn word(&mut self) -> Result<Value> {
        let rest = self.rest();
        let end = rest.find(|sign: char| !sign.is_ascii_alphanumeric() && !"+-._".contains(sign)).unwrap_or(rest.len());
        let word = &rest[..end];
        let value = match word {
            "null" | "NULL" => Value::Null,
            "true" | "TRUE" => Value::Boolean(true),
            "false" | "FALSE" => Value::Boolean(false),
            "NaN" => Value::Float(f64::NAN),
            "Infinity" | "Inf" => Value::Float(f64::INFINITY),
            "-Infinity" | "-Inf" => Value::Float(f64::NEG_INFINITY),
            _ => number(word).ok_or_else(|| self.wrong("a value is wanted"))?,
        };
        self.at += end;
        Ok(value)
    }
}

/// A number as the language writes it.
fn number(word: &str) -> Option<Value> {
    let (sign, digits) = match word.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", word.strip_prefix('+').unwrap_or(word)),
    };
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) =
            digits.strip_prefix(prefix).filter(|digits| digits.starts_with(|d: char| d.is_digit(radix)))
        {
            return i64::from_str_radix(&format!("{sign}{digits}"), radix).ok().map(Value::Integer);
        }
    }
    if !digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    if digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return word.parse().ok().map(Value::Integer);
    }
    word.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::Float)
}
