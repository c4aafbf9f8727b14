//! Reading the arguments of a call: each reader gives what it asks for or the error of a wrong type.

use crate::query::error::{Error, Result};
use crate::query::types::Types;
use crate::query::value::{Map, Path, Value};
use std::sync::Arc;

/// Whether an argument is null.
pub(super) fn any_null(arguments: &[Value]) -> bool {
    arguments.iter().any(Value::is_null)
}

/// An argument that is of a type the function does not take.
pub(super) fn wrong(value: &Value, wanted: Types) -> Box<Error> {
    let found = match value {
        Value::Null => "null".to_owned(),
        other => Types::of(other).to_string(),
    };
    Error::type_error("InvalidArgumentValue", format!("wanted {wanted}, not {found}"))
}

/// An argument that cannot be used, though of a right type.
pub(super) fn unusable(message: impl Into<String>) -> Box<Error> {
    Error::argument("InvalidArgumentValue", message)
}

/// A number that lies outside what the function takes.
pub(super) fn out_of_range(message: impl Into<String>) -> Box<Error> {
    Error::argument("NumberOutOfRange", message)
}

fn of(arguments: &[Value], index: usize) -> &Value {
    arguments.get(index).unwrap_or(&Value::Null)
}

pub(super) fn text(arguments: &[Value], index: usize) -> Result<&Arc<str>> {
    match of(arguments, index) {
        Value::String(text) => Ok(text),
        other => Err(wrong(other, Types::STRING)),
    }
}

pub(super) fn integer(arguments: &[Value], index: usize) -> Result<i64> {
    match of(arguments, index) {
        Value::Integer(number) => Ok(*number),
        other => Err(wrong(other, Types::INTEGER)),
    }
}

/// A whole number from 0 on, as a count.
pub(super) fn count(arguments: &[Value], index: usize) -> Result<usize> {
    let number = integer(arguments, index)?;
    if number < 0 {
        return Err(out_of_range(format!("wanted a number from 0 on, not {number}")));
    }
    Ok(usize::try_from(number).unwrap_or(usize::MAX))
}

pub(super) fn float(arguments: &[Value], index: usize) -> Result<f64> {
    match of(arguments, index) {
        Value::Integer(number) => Ok(*number as f64),
        Value::Float(number) => Ok(*number),
        other => Err(wrong(other, Types::NUMBER)),
    }
}

pub(super) fn list(arguments: &[Value], index: usize) -> Result<&Arc<crate::query::value::List>> {
    match of(arguments, index) {
        Value::List(items) => Ok(items),
        other => Err(wrong(other, Types::LIST)),
    }
}

pub(super) fn map(arguments: &[Value], index: usize) -> Result<&Arc<Map>> {
    match of(arguments, index) {
        Value::Map(map) => Ok(map),
        other => Err(wrong(other, Types::MAP)),
    }
}

pub(super) fn path(arguments: &[Value], index: usize) -> Result<&Arc<Path>> {
    match of(arguments, index) {
        Value::Path(path) => Ok(path),
        other => Err(wrong(other, Types::PATH)),
    }
}

/// A number of elements as a value.
pub(super) fn length(count: usize) -> Value {
    Value::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}
