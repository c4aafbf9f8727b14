//! Days and durations as the language has them: reading, arithmetic, parts.
//!
//! Deliberately absent: times of day, time zones and the clock. A duration may count seconds; a day has none.

pub mod date;
mod duration;
#[cfg(test)]
mod tests;

pub use duration::Duration;

use super::error::{Error, Result};
use super::value::Value;

/// A part of a day or a duration by name (`year`, `week`, `daysOfWeek` …); `None` for other values and other names.
#[must_use]
pub fn component(value: &Value, key: &str) -> Option<Value> {
    match value {
        Value::Date(day) => date::component(*day, key).map(Value::Integer),
        Value::Duration(duration) => duration.component(key).map(Value::Integer),
        _ => None,
    }
}

/// The names that [`component`] knows for a value, for a *did you mean*; empty for what has no parts.
#[must_use]
pub const fn components(value: &Value) -> &'static [&'static str] {
    match value {
        Value::Date(_) => date::COMPONENTS,
        Value::Duration(_) => duration::COMPONENTS,
        _ => &[],
    }
}

/// An argument that is no date or duration.
fn unusable(message: impl Into<String>) -> Box<Error> {
    Error::argument("InvalidArgumentValue", message)
}

fn overflow() -> Box<Error> {
    Error::arithmetic("IntegerOverflow", "the duration is too long: its months, days and seconds must each fit 64 bits")
}

/// The next characters that are decimal digits, taken off the front.
fn take_digits<'a>(text: &mut &'a str) -> &'a str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    *text = rest;
    digits
}

/// The whole number a value is, or an error that names the part.
fn whole(name: &str, value: &Value) -> Result<i64> {
    match value {
        Value::Integer(number) => Ok(*number),
        other => Err(Error::type_error(
            "InvalidArgumentValue",
            format!("`{name}` must be a whole number, not a {}", other.type_name()),
        )),
    }
}
