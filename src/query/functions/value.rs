//! Functions on any value, and conversion from one type to another.

use super::Body::Pure;
use super::arguments::{any_null, list, wrong};
use super::number::to_whole;
use crate::query::error::Result;
use crate::query::notation::number_text;
use crate::query::types::Types;
use crate::query::value::Value;

const ANY: Types = Types::ANY;
const TEXT: Types = Types::STRING;
const BOOLISH: Types = Types::BOOLEAN.or(Types::STRING);
const NUMERIC: Types = Types::NUMBER.or(Types::STRING);
const PRINTABLE: Types = NUMERIC.or(Types::BOOLEAN).or(Types::DATE).or(Types::DURATION);

table! { Value:
    "coalesce" ["value" ANY] variadic true => ANY, Pure(coalesce);
        "The first argument that is not null.", "coalesce(null, 2, 3)", "2";
    "exists" ["value" ANY] => Types::BOOLEAN, Pure(exists);
        "Whether a value is not null; `x IS NOT NULL` is the same.", "exists(null)", "false";
    "nullIf" ["a" ANY, "b" ANY] => ANY, Pure(null_if);
        "The first value; null when the two are equal.", "nullIf(1, 1)", "null";
    "toBoolean" ["value" BOOLISH] => Types::BOOLEAN, Pure(to_boolean);
        "'true' and 'false' as a Boolean; null for any other text.", "toBoolean('true')", "true";
    "toBooleanList" ["list" Types::LIST] => Types::LIST, Pure(|a| each(a, to_boolean));
        "A list with every element as a Boolean; null where it is none.", "toBooleanList(['true', 1])", "[true, null]";
    "toBooleanOrNull" ["value" ANY] => Types::BOOLEAN, Pure(|a| or_null(a, to_boolean));
        "A value as a Boolean; null where it is none.", "toBooleanOrNull(1.5)", "null";
    "toFloat" ["value" NUMERIC] => Types::FLOAT, Pure(to_float);
        "A number or its text as a float; null for any other text.", "toFloat('1')", "1.0";
    "toFloatList" ["list" Types::LIST] => Types::LIST, Pure(|a| each(a, to_float));
        "A list with every element as a float; null where it is none.", "toFloatList([1, 'a'])", "[1.0, null]";
    "toFloatOrNull" ["value" ANY] => Types::FLOAT, Pure(|a| or_null(a, to_float));
        "A value as a float; null where it is none.", "toFloatOrNull([])", "null";
    "toInteger" ["value" NUMERIC] => Types::INTEGER, Pure(to_integer);
        "A number or its text as a whole number, cut towards zero; null for any other text.", "toInteger('1.7')", "1";
    "toIntegerList" ["list" Types::LIST] => Types::LIST, Pure(|a| each(a, to_integer));
        "A list with every element as a whole number; null where it is none.", "toIntegerList(['1', 'a'])", "[1, null]";
    "toIntegerOrNull" ["value" ANY] => Types::INTEGER, Pure(|a| or_null(a, to_integer));
        "A value as a whole number; null where it is none.", "toIntegerOrNull({})", "null";
    "toString" ["value" PRINTABLE] => TEXT, Pure(to_string);
        "A number, Boolean, day or duration as a text.", "toString(1.5)", "'1.5'";
    "toStringList" ["list" Types::LIST] => Types::LIST, Pure(|a| each(a, to_string));
        "A list with every element as a text; null where it cannot be one.", "toStringList([1, []])", "['1', null]";
    "toStringOrNull" ["value" ANY] => TEXT, Pure(|a| or_null(a, to_string));
        "A value as a text; null where it cannot be one.", "toStringOrNull([])", "null";
    "valueType" ["value" ANY] => TEXT, Pure(value_type);
        "The name of a value's type.", "valueType(1)", "'Integer'";
}

#[allow(clippy::unnecessary_wraps, reason = "one signature for all")]
fn coalesce(arguments: &[Value]) -> Result<Value> {
    Ok(arguments.iter().find(|value| !value.is_null()).cloned().unwrap_or_default())
}

#[allow(clippy::unnecessary_wraps, reason = "one signature for all")]
fn exists(arguments: &[Value]) -> Result<Value> {
    Ok(Value::Boolean(!any_null(arguments)))
}

#[allow(clippy::unnecessary_wraps, reason = "one signature for all")]
fn null_if(arguments: &[Value]) -> Result<Value> {
    Ok(match arguments {
        [a, b] if crate::query::compare::equals(a, b) != Some(true) => a.clone(),
        _ => Value::Null,
    })
}

#[allow(clippy::unnecessary_wraps, reason = "one signature for all")]
fn value_type(arguments: &[Value]) -> Result<Value> {
    Ok(Value::text(arguments.first().map_or("Null", Value::type_name)))
}

#[allow(clippy::unnecessary_wraps, reason = "one signature for all")]
fn or_null(arguments: &[Value], convert: fn(&[Value]) -> Result<Value>) -> Result<Value> {
    Ok(convert(arguments).unwrap_or_default())
}

fn each(arguments: &[Value], convert: fn(&[Value]) -> Result<Value>) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    let items = list(arguments, 0)?.iter();
    Ok(Value::list(items.map(|item| convert(std::slice::from_ref(item)).unwrap_or_default()).collect()))
}

fn to_boolean(arguments: &[Value]) -> Result<Value> {
    match arguments {
        [Value::Null] | [] => Ok(Value::Null),
        [value @ Value::Boolean(_)] => Ok(value.clone()),
        [Value::String(text)] => Ok(match text.trim().to_ascii_lowercase().as_str() {
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            _ => Value::Null,
        }),
        [other, ..] => Err(wrong(other, BOOLISH)),
    }
}

/// A text as a float: digits with at most a sign, a point and an exponent; not the words that Rust also reads.
fn read_float(text: &str) -> Option<f64> {
    let text = text.trim();
    text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b)).then(|| text.parse().ok()).flatten()
}

fn to_float(arguments: &[Value]) -> Result<Value> {
    match arguments {
        [Value::Null] | [] => Ok(Value::Null),
        [Value::Integer(number)] => Ok(Value::Float(*number as f64)),
        [value @ Value::Float(_)] => Ok(value.clone()),
        [Value::String(text)] => Ok(read_float(text).map_or(Value::Null, Value::Float)),
        [other, ..] => Err(wrong(other, NUMERIC)),
    }
}

fn to_integer(arguments: &[Value]) -> Result<Value> {
    match arguments {
        [Value::Null] | [] => Ok(Value::Null),
        [value @ Value::Integer(_)] => Ok(value.clone()),
        [Value::Float(number)] => to_whole(*number).map(Value::Integer),
        [Value::String(text)] => {
            let text = text.trim();
            let whole = text.parse().ok().or_else(|| read_float(text).and_then(|number| to_whole(number).ok()));
            Ok(whole.map_or(Value::Null, Value::Integer))
        }
        [other, ..] => Err(wrong(other, NUMERIC)),
    }
}

fn to_string(arguments: &[Value]) -> Result<Value> {
    Ok(match arguments {
        [Value::Null] | [] => Value::Null,
        [value @ Value::String(_)] => value.clone(),
        [Value::Boolean(value)] => Value::from(if *value { "true" } else { "false" }),
        [number @ (Value::Integer(_) | Value::Float(_))] => Value::text(&number_text(number)),
        [Value::Date(day)] => Value::text(&day.to_string()),
        [Value::Duration(duration)] => Value::text(&duration.to_string()),
        [other, ..] => return Err(wrong(other, PRINTABLE)),
    })
}
