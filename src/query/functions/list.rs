//! Functions on lists; those that also take texts stand here too.

use super::Body::Pure;
use super::arguments::{any_null, length, list, out_of_range, wrong};
use crate::query::arithmetic::{MOST_ELEMENTS, too_large};
use crate::query::error::{Error, Result};
use crate::query::types::Types;
use crate::query::value::Value;

const LIST: Types = Types::LIST;
const SEQUENCE: Types = Types::LIST.or(Types::STRING);

table! { List:
    "head" ["list" LIST] => Types::ANY, Pure(head);
        "The first element of a list; null for an empty one.", "head([1, 2, 3])", "1";
    "isEmpty" ["value" SEQUENCE.or(Types::MAP)] => Types::BOOLEAN, Pure(is_empty);
        "Whether a list, text or map has nothing in it.", "isEmpty([])", "true";
    "last" ["list" LIST] => Types::ANY, Pure(last);
        "The last element of a list; null for an empty one.", "last([1, 2, 3])", "3";
    // Kinds of arguments are checked while running: the conformance kit wants an ArgumentError.
    "range" ["start" Types::ANY, "end" Types::ANY, "step" Types::ANY] optional 1 => LIST, Pure(range);
        "Whole numbers from the start to the end, both included, by steps of 1 or of the third number.", "range(0, 10, 5)", "[0, 5, 10]";
    "reverse" ["value" SEQUENCE] => SEQUENCE, Pure(reverse);
        "A list or text from its end to its start.", "reverse([1, 2, 3])", "[3, 2, 1]";
    "size" ["value" SEQUENCE] => Types::INTEGER, Pure(size);
        "How many elements a list has, or characters a text.", "size([1, 2])", "2";
    "tail" ["list" LIST] => LIST, Pure(tail);
        "All elements of a list but the first.", "tail([1, 2, 3])", "[2, 3]";
}

fn head(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    Ok(list(arguments, 0)?.first().cloned().unwrap_or_default())
}

fn last(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    Ok(list(arguments, 0)?.last().cloned().unwrap_or_default())
}

fn tail(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    Ok(Value::list(list(arguments, 0)?.iter().skip(1).cloned().collect()))
}

fn is_empty(arguments: &[Value]) -> Result<Value> {
    match arguments {
        [Value::List(items)] => Ok(Value::Boolean(items.is_empty())),
        [Value::String(text)] => Ok(Value::Boolean(text.is_empty())),
        [Value::Map(map)] => Ok(Value::Boolean(map.is_empty())),
        [Value::Null] | [] => Ok(Value::Null),
        [other, ..] => Err(wrong(other, SEQUENCE.or(Types::MAP))),
    }
}

fn reverse(arguments: &[Value]) -> Result<Value> {
    match arguments {
        [Value::List(items)] => Ok(Value::list(items.iter().rev().cloned().collect())),
        [Value::String(text)] => Ok(Value::String(text.chars().rev().collect::<String>().into())),
        [Value::Null] | [] => Ok(Value::Null),
        [other, ..] => Err(wrong(other, SEQUENCE)),
    }
}

/// Also behind `charLength`.
pub(super) fn size(arguments: &[Value]) -> Result<Value> {
    match arguments {
        [Value::List(items)] => Ok(length(items.len())),
        [Value::String(text)] => Ok(length(text.chars().count())),
        [Value::Null] | [] => Ok(Value::Null),
        [other, ..] => Err(wrong(other, SEQUENCE)),
    }
}

fn range(arguments: &[Value]) -> Result<Value> {
    let mut bounds = [0, 0, 1];
    for (bound, argument) in bounds.iter_mut().zip(arguments) {
        match argument {
            Value::Integer(number) => *bound = *number,
            Value::Null => return Ok(Value::Null),
            other => {
                let found = Types::of(other);
                return Err(Error::argument("InvalidArgumentType", format!("range takes whole numbers, not {found}")));
            }
        }
    }
    let [start, end, step] = bounds.map(i128::from);
    if step == 0 {
        return Err(out_of_range("the step of a range must not be 0"));
    }
    let steps = (end - start) / step;
    if (end - start).signum() * step.signum() < 0 {
        return Ok(Value::list(Vec::new()));
    }
    if steps >= MOST_ELEMENTS as i128 {
        return Err(too_large("list"));
    }
    // Every number lies between two 64-bit ones, so that the cast keeps it.
    Ok(Value::list((0..=steps).map(|n| Value::Integer((start + n * step) as i64)).collect()))
}
