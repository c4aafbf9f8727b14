//! Functions on texts. Places and lengths count characters (Unicode scalar values), from 0.

use super::Body::Pure;
use super::arguments::{any_null, count, list, out_of_range, text, wrong};
use crate::query::arithmetic::{MOST_BYTES, too_large};
use crate::query::error::Result;
use crate::query::types::Types;
use crate::query::value::Value;

const TEXT: Types = Types::STRING;
const INTEGER: Types = Types::INTEGER;

table! { Text:
    "bTrim" ["text" TEXT, "signs" TEXT] optional 1 => TEXT, Pure(trim_both);
        "A text without the spaces, or the signs given, at both ends.", "bTrim('--a-b--', '-')", "'a-b'";
    "char_length" ["text" TEXT] => INTEGER, Pure(super::list::size);
        "How many characters a text has.", "char_length('Idlib')", "5";
    "character_length" ["text" TEXT] => INTEGER, Pure(super::list::size);
        "How many characters a text has.", "character_length('Idlib')", "5";
    "join" ["list" Types::LIST, "separator" TEXT] => TEXT, Pure(join);
        "The texts of a list as one, with the separator between them; nulls are left out.", "join(['a', 'b'], ', ')", "'a, b'";
    "left" ["text" TEXT, "length" INTEGER] => TEXT, Pure(left);
        "The first characters of a text.", "left('Aleppo', 3)", "'Ale'";
    "lower" ["text" TEXT] => TEXT, Pure(to_lower);
        "A text in small letters.", "lower('ISIS')", "'isis'";
    "lTrim" ["text" TEXT, "signs" TEXT] optional 1 => TEXT, Pure(trim_left);
        "A text without the spaces, or the signs given, at its start.", "lTrim('  a ')", "'a '";
    "replace" ["text" TEXT, "search" TEXT, "replacement" TEXT] => TEXT, Pure(replace);
        "A text with every occurrence of another one replaced.", "replace('al-Sham', 'al-', '')", "'Sham'";
    "right" ["text" TEXT, "length" INTEGER] => TEXT, Pure(right);
        "The last characters of a text.", "right('Aleppo', 2)", "'po'";
    "rTrim" ["text" TEXT, "signs" TEXT] optional 1 => TEXT, Pure(trim_right);
        "A text without the spaces, or the signs given, at its end.", "rTrim(' a  ')", "' a'";
    "split" ["text" TEXT, "separator" TEXT.or(Types::LIST)] => Types::LIST, Pure(split);
        "The parts of a text between separators: one text, or any of a list of texts.", "split('a;b', ';')", "['a', 'b']";
    "substring" ["text" TEXT, "start" INTEGER, "length" INTEGER] optional 1 => TEXT, Pure(substring);
        "The part of a text from a place on, to its end or of a length.", "substring('Jabhat', 1, 3)", "'abh'";
    "toLower" ["text" TEXT] => TEXT, Pure(to_lower);
        "A text in small letters.", "toLower('ISIS')", "'isis'";
    "toUpper" ["text" TEXT] => TEXT, Pure(to_upper);
        "A text in capital letters.", "toUpper('isis')", "'ISIS'";
    "trim" ["text" TEXT, "signs" TEXT] optional 1 => TEXT, Pure(trim_both);
        "A text without the spaces, or the signs given, at both ends.", "trim(' a ')", "'a'";
    "upper" ["text" TEXT] => TEXT, Pure(to_upper);
        "A text in capital letters.", "upper('isis')", "'ISIS'";
}

fn mapped(arguments: &[Value], change: impl Fn(&str) -> String) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    Ok(Value::String(change(text(arguments, 0)?).into()))
}

fn to_lower(arguments: &[Value]) -> Result<Value> {
    mapped(arguments, str::to_lowercase)
}

fn to_upper(arguments: &[Value]) -> Result<Value> {
    mapped(arguments, str::to_uppercase)
}

fn trimmed(arguments: &[Value], at_start: bool, at_end: bool) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    let signs = if arguments.len() > 1 { Some(text(arguments, 1)?) } else { None };
    let goes = |sign: char| signs.map_or_else(|| sign.is_whitespace(), |signs| signs.contains(sign));
    let mut rest: &str = text(arguments, 0)?;
    if at_start {
        rest = rest.trim_start_matches(goes);
    }
    if at_end {
        rest = rest.trim_end_matches(goes);
    }
    Ok(Value::text(rest))
}

fn trim_both(arguments: &[Value]) -> Result<Value> {
    trimmed(arguments, true, true)
}

fn trim_left(arguments: &[Value]) -> Result<Value> {
    trimmed(arguments, true, false)
}

fn trim_right(arguments: &[Value]) -> Result<Value> {
    trimmed(arguments, false, true)
}

fn join(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    let (items, separator) = (list(arguments, 0)?, text(arguments, 1)?);
    let mut parts: Vec<&str> = Vec::new();
    for item in items.iter() {
        match item {
            Value::String(part) => parts.push(part),
            Value::Null => {}
            other => return Err(wrong(other, TEXT).help("write `join([x IN list | toString(x)], ', ')`")),
        }
    }
    let bytes = parts.iter().map(|part| part.len()).sum::<usize>() + separator.len().saturating_mul(parts.len());
    if bytes > MOST_BYTES {
        return Err(too_large("text"));
    }
    Ok(Value::String(parts.join(separator).into()))
}

fn left(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    let length = count(arguments, 1)?;
    mapped(arguments, |text| text.chars().take(length).collect())
}

fn right(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    let length = count(arguments, 1)?;
    mapped(arguments, |text| text.chars().skip(text.chars().count().saturating_sub(length)).collect())
}

fn substring(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    let start = count(arguments, 1)?;
    let length = if arguments.len() > 2 { count(arguments, 2)? } else { usize::MAX };
    mapped(arguments, |text| text.chars().skip(start).take(length).collect())
}

fn replace(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    let (whole, search, replacement) = (text(arguments, 0)?, text(arguments, 1)?, text(arguments, 2)?);
    if search.is_empty() {
        return Err(out_of_range("the text to search for is empty"));
    }
    if whole.len() + whole.matches(&**search).count().saturating_mul(replacement.len()) > MOST_BYTES {
        return Err(too_large("text"));
    }
    Ok(Value::String(whole.replace(&**search, replacement).into()))
}

fn split(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    let whole = text(arguments, 0)?;
    let separators: Vec<&str> = match arguments.get(1) {
        Some(Value::List(items)) => {
            let texts = items.iter().map(|item| match item {
                Value::String(text) => Ok(&**text),
                other => Err(wrong(other, TEXT)),
            });
            texts.collect::<Result<_>>()?
        }
        _ => vec![text(arguments, 1)?],
    };
    let parts = if separators.iter().any(|separator| separator.is_empty()) {
        // Between any two characters there is an empty text.
        whole.chars().map(|sign| Value::String(sign.to_string().into())).collect()
    } else {
        split_by(whole, &separators).into_iter().map(Value::from).collect()
    };
    Ok(Value::list(parts))
}

/// The parts between separators; of two that begin at the same place the first given counts.
fn split_by<'a>(whole: &'a str, separators: &[&str]) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut rest, mut from) = (whole, 0);
    loop {
        let places = separators.iter().filter_map(|separator| Some((rest.find(separator)?, separator.len())));
        let Some((place, length)) = places.min_by_key(|(place, _)| *place) else { break };
        parts.push(&rest[..place]);
        from += place + length;
        rest = &whole[from..];
    }
    parts.push(rest);
    parts
}
