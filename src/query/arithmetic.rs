//! Operators on values: numbers, texts, lists, days and durations.
//!
//! Null with anything is null. Whole numbers stay whole and say so when they do not fit; floats follow IEEE 754, so that a float divided
//! by zero is infinite or not-a-number.

use super::error::{Error, Kind, Result};
use super::notation::number_text;
use super::temporal::date;
use super::tree::BinaryOp;
use super::value::Value;
use std::sync::Arc;

/// How many elements a list may have, and how many million bytes a text: what a computation may make in one step.
pub(super) const MOST_ELEMENTS: usize = 10_000_000;
pub(super) const MOST_BYTES: usize = 64_000_000;

/// `a + b`, `a - b`, `a * b`, `a / b`, `a % b`, `a ^ b`; not the logical ones.
///
/// # Errors
/// Wrong types, overflow, division of a whole number by zero.
pub fn binary(op: BinaryOp, a: &Value, b: &Value) -> Result<Value> {
    if a.is_null() || b.is_null() {
        return Ok(Value::Null);
    }
    match (a, b) {
        (Value::Integer(a), Value::Integer(b)) => integers(op, *a, *b),
        (Value::Float(_) | Value::Integer(_), Value::Float(_) | Value::Integer(_)) => {
            Ok(Value::Float(floats(op, as_float(a), as_float(b))))
        }
        _ => match op {
            BinaryOp::Add => add(a, b),
            BinaryOp::Subtract => subtract(a, b),
            BinaryOp::Multiply => multiply(a, b),
            BinaryOp::Divide => divide(a, b),
            _ => Err(wrong_types(op, a, b)),
        },
    }
}

/// `-a`
///
/// # Errors
/// A wrong type, overflow.
pub fn negate(a: &Value) -> Result<Value> {
    match a {
        Value::Null => Ok(Value::Null),
        Value::Integer(number) => {
            number.checked_neg().map(Value::Integer).ok_or_else(|| overflow(&format!("-({number})")))
        }
        Value::Float(number) => Ok(Value::Float(-number)),
        Value::Duration(duration) => Ok(Value::Duration(Arc::new(duration.negated()?))),
        other => Err(Error::type_error("InvalidArgumentType", format!("a {} cannot be negated", other.type_name()))),
    }
}

/// A number as a float; the nearest one where a whole number has more than 53 bits.
pub(super) const fn as_float(value: &Value) -> f64 {
    match value {
        Value::Integer(number) => *number as f64,
        Value::Float(number) => *number,
        _ => f64::NAN,
    }
}

const fn sign(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
        BinaryOp::Multiply => "*",
        BinaryOp::Divide => "/",
        BinaryOp::Modulo => "%",
        BinaryOp::Power => "^",
        BinaryOp::And => "AND",
        BinaryOp::Or => "OR",
        BinaryOp::Xor => "XOR",
    }
}

fn wrong_types(op: BinaryOp, a: &Value, b: &Value) -> Box<Error> {
    let message = format!("`{}` does not take a {} and a {}", sign(op), a.type_name(), b.type_name());
    Error::type_error("InvalidArgumentType", message)
}

pub(super) fn overflow(what: &str) -> Box<Error> {
    Error::arithmetic("IntegerOverflow", format!("{what} does not fit a whole number of 64 bits"))
        .help("make one of the numbers a float: `toFloat(x)`")
}

/// A list or text that would be too large.
pub(super) fn too_large(what: &str) -> Box<Error> {
    Error::runtime(Kind::LimitReached, "ValueTooLarge", format!("the {what} would be too large"))
        .help(format!("a list may have {MOST_ELEMENTS} elements and a text {MOST_BYTES} bytes"))
}

fn integers(op: BinaryOp, a: i64, b: i64) -> Result<Value> {
    if b == 0 && matches!(op, BinaryOp::Divide | BinaryOp::Modulo) {
        return Err(Error::arithmetic("DivisionByZero", format!("{a} {} 0: a division by zero", sign(op))));
    }
    let result = match op {
        BinaryOp::Add => a.checked_add(b),
        BinaryOp::Subtract => a.checked_sub(b),
        BinaryOp::Multiply => a.checked_mul(b),
        BinaryOp::Divide => a.checked_div(b),
        // The one remainder that overflows, of the least number by -1, is zero.
        BinaryOp::Modulo => Some(a.checked_rem(b).unwrap_or(0)),
        BinaryOp::Power => return Ok(Value::Float((a as f64).powf(b as f64))),
        BinaryOp::And | BinaryOp::Or | BinaryOp::Xor => {
            return Err(wrong_types(op, &Value::Integer(a), &Value::Integer(b)));
        }
    };
    result.map(Value::Integer).ok_or_else(|| overflow(&format!("{a} {} {b}", sign(op))))
}

fn floats(op: BinaryOp, a: f64, b: f64) -> f64 {
    match op {
        BinaryOp::Add => a + b,
        BinaryOp::Subtract => a - b,
        BinaryOp::Multiply => a * b,
        BinaryOp::Divide => a / b,
        BinaryOp::Modulo => a % b,
        BinaryOp::Power => a.powf(b),
        BinaryOp::And | BinaryOp::Or | BinaryOp::Xor => f64::NAN,
    }
}

fn add(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::List(a), Value::List(b)) => joined(a, b),
        (Value::List(list), element) => joined(list, std::slice::from_ref(element)),
        (element, Value::List(list)) => joined(std::slice::from_ref(element), list),
        (Value::String(a), Value::String(b)) => concatenated(a, b),
        (Value::String(a), Value::Integer(_) | Value::Float(_)) => concatenated(a, &number_text(b)),
        (Value::Integer(_) | Value::Float(_), Value::String(b)) => concatenated(&number_text(a), b),
        (Value::Date(day), Value::Duration(duration)) | (Value::Duration(duration), Value::Date(day)) => {
            Ok(Value::Date(date::plus(*day, duration)?))
        }
        (Value::Duration(a), Value::Duration(b)) => Ok(Value::Duration(Arc::new(a.plus(b)?))),
        _ => Err(wrong_types(BinaryOp::Add, a, b)),
    }
}

fn joined(a: &[Value], b: &[Value]) -> Result<Value> {
    if a.len() + b.len() > MOST_ELEMENTS {
        return Err(too_large("list"));
    }
    Ok(Value::list([a, b].concat()))
}

fn concatenated(a: &str, b: &str) -> Result<Value> {
    if a.len() + b.len() > MOST_BYTES {
        return Err(too_large("text"));
    }
    Ok(Value::from([a, b].concat().as_str()))
}

fn subtract(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::Date(day), Value::Duration(duration)) => Ok(Value::Date(date::plus(*day, &duration.negated()?)?)),
        (Value::Duration(a), Value::Duration(b)) => Ok(Value::Duration(Arc::new(a.plus(&b.negated()?)?))),
        (Value::Date(_), Value::Date(_)) => {
            Err(wrong_types(BinaryOp::Subtract, a, b).help("write `duration.inDays(b, a)` or `duration.between(b, a)`"))
        }
        _ => Err(wrong_types(BinaryOp::Subtract, a, b)),
    }
}

fn multiply(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::Duration(duration), factor @ (Value::Integer(_) | Value::Float(_)))
        | (factor @ (Value::Integer(_) | Value::Float(_)), Value::Duration(duration)) => {
            Ok(Value::Duration(Arc::new(duration.times(as_float(factor))?)))
        }
        _ => Err(wrong_types(BinaryOp::Multiply, a, b)),
    }
}

fn divide(a: &Value, b: &Value) -> Result<Value> {
    match (a, b) {
        (Value::Duration(duration), Value::Integer(_) | Value::Float(_)) => {
            let divisor = as_float(b);
            if divisor == 0.0 {
                return Err(Error::arithmetic("DivisionByZero", "a duration divided by zero"));
            }
            Ok(Value::Duration(Arc::new(duration.times(1.0 / divisor)?)))
        }
        _ => Err(wrong_types(BinaryOp::Divide, a, b)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::compare::equals;
    use crate::query::notation::literal;
    use proptest::prelude::*;

    fn value(text: &str) -> Value {
        literal(text).unwrap_or_else(|e| panic!("{text}: {e}"))
    }

    fn check(a: &str, op: BinaryOp, b: &str, want: &str) {
        let found = match binary(op, &value(a), &value(b)) {
            Ok(found) => found,
            Err(error) => Value::from(error.detail),
        };
        assert!(found == value(want) || equals(&found, &value(want)) == Some(true), "{a} {op:?} {b}: {found:?}");
    }

    #[test]
    fn operators_follow_their_types() {
        use BinaryOp::{Add, Divide, Modulo, Multiply, Power, Subtract};
        for (a, op, b, want) in [
            ("1", Add, "null", "null"),
            ("12", Divide, "5", "2"),
            ("-7", Modulo, "4", "-3"),
            ("-9223372036854775808", Modulo, "-1", "0"),
            ("-9223372036854775808", Divide, "-1", "'IntegerOverflow'"),
            ("9223372036854775807", Add, "1", "'IntegerOverflow'"),
            ("1", Divide, "0", "'DivisionByZero'"),
            ("1.0", Divide, "0", "Infinity"),
            ("-3", Power, "2", "9.0"),
            ("1", Add, "0.5", "1.5"),
            ("'a'", Add, "1.0", "'a1.0'"),
            ("1", Add, "'a'", "'1a'"),
            ("'a'", Multiply, "2", "'InvalidArgumentType'"),
            ("true", Add, "1", "'InvalidArgumentType'"),
            ("[1]", Add, "[2]", "[1, 2]"),
            ("[1]", Add, "2", "[1, 2]"),
            ("1", Add, "[2]", "[1, 2]"),
            ("{}", Subtract, "1", "'InvalidArgumentType'"),
        ] {
            check(a, op, b, want);
        }
        assert!(matches!(binary(Divide, &value("0.0"), &value("0")), Ok(Value::Float(n)) if n.is_nan()));
    }

    proptest! {
        #[test]
        fn whole_numbers_are_exact_or_refused(a in any::<i64>(), b in any::<i64>()) {
            let exact = |op| match op {
                BinaryOp::Add => i128::from(a) + i128::from(b),
                BinaryOp::Subtract => i128::from(a) - i128::from(b),
                _ => i128::from(a) * i128::from(b),
            };
            for op in [BinaryOp::Add, BinaryOp::Subtract, BinaryOp::Multiply] {
                let found = binary(op, &Value::Integer(a), &Value::Integer(b)).ok();
                prop_assert_eq!(found, i64::try_from(exact(op)).ok().map(Value::Integer));
            }
        }

        #[test]
        fn nothing_makes_it_panic(a in crate::query::compare::tests::any_value(), b in crate::query::compare::tests::any_value()) {
            use BinaryOp::{Add, And, Divide, Modulo, Multiply, Power, Subtract};
            for op in [Add, And, Divide, Modulo, Multiply, Power, Subtract] {
                let _ = binary(op, &a, &b);
            }
            let _ = negate(&a);
        }
    }
}
