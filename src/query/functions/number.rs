//! Functions on numbers. Whole numbers stay whole where the result is one; the others give floats.

use super::Body::Pure;
use super::arguments::{any_null, float, integer, out_of_range, text, unusable, wrong};
use crate::query::arithmetic::overflow;
use crate::query::error::Result;
use crate::query::types::Types;
use crate::query::value::Value;
use std::cell::Cell;

const NUMBER: Types = Types::NUMBER;
const FLOAT: Types = Types::FLOAT;

table! { Number:
    "abs" ["number" NUMBER] => NUMBER, Pure(abs);
        "A number without its sign.", "abs(-1)", "1";
    "acos" ["number" NUMBER] => FLOAT, Pure(|a| floats(a, f64::acos));
        "The angle in radians of a cosine.", "acos(1)", "0.0";
    "asin" ["number" NUMBER] => FLOAT, Pure(|a| floats(a, f64::asin));
        "The angle in radians of a sine.", "asin(0)", "0.0";
    "atan" ["number" NUMBER] => FLOAT, Pure(|a| floats(a, f64::atan));
        "The angle in radians of a tangent.", "atan(0)", "0.0";
    "atan2" ["y" NUMBER, "x" NUMBER] => FLOAT, Pure(atan2);
        "The angle in radians of the point (x, y).", "atan2(0, 1)", "0.0";
    "ceil" ["number" NUMBER] => FLOAT, Pure(|a| floats(a, f64::ceil));
        "The next whole number upwards, as a float.", "ceil(0.1)", "1.0";
    "cos" ["angle" NUMBER] => FLOAT, Pure(|a| floats(a, f64::cos));
        "The cosine of an angle in radians.", "cos(0)", "1.0";
    "cosh" ["number" NUMBER] => FLOAT, Pure(|a| floats(a, f64::cosh));
        "The hyperbolic cosine.", "cosh(0)", "1.0";
    "cot" ["angle" NUMBER] => FLOAT, Pure(|a| floats(a, |x| 1.0 / x.tan()));
        "The cotangent of an angle in radians.", "cot(0)", "Infinity";
    "degrees" ["angle" NUMBER] => FLOAT, Pure(|a| floats(a, f64::to_degrees));
        "Radians as degrees.", "degrees(pi())", "180.0";
    "e" [] => FLOAT, Pure(|_| Ok(Value::Float(std::f64::consts::E)));
        "The base of the natural logarithm.", "round(e(), 3)", "2.718";
    "exp" ["number" NUMBER] => FLOAT, Pure(|a| floats(a, f64::exp));
        "e to the power of a number.", "exp(0)", "1.0";
    "floor" ["number" NUMBER] => FLOAT, Pure(|a| floats(a, f64::floor));
        "The next whole number downwards, as a float.", "floor(0.9)", "0.0";
    "haversin" ["angle" NUMBER] => FLOAT, Pure(|a| floats(a, |x| (x / 2.0).sin().powi(2)));
        "Half the versine of an angle in radians.", "haversin(0)", "0.0";
    "isNaN" ["number" NUMBER] => Types::BOOLEAN, Pure(is_nan);
        "Whether a number is not-a-number.", "isNaN(0.0 / 0.0)", "true";
    "log" ["number" NUMBER] => FLOAT, Pure(|a| floats(a, f64::ln));
        "The natural logarithm.", "log(1)", "0.0";
    "log10" ["number" NUMBER] => FLOAT, Pure(|a| floats(a, f64::log10));
        "The logarithm to the base of 10.", "log10(100)", "2.0";
    "pi" [] => FLOAT, Pure(|_| Ok(Value::Float(std::f64::consts::PI)));
        "The ratio of a circle's circumference to its diameter.", "round(pi(), 2)", "3.14";
    "radians" ["angle" NUMBER] => FLOAT, Pure(|a| floats(a, f64::to_radians));
        "Degrees as radians.", "radians(0)", "0.0";
    "rand" [] => FLOAT, Pure(rand);
        "The next number from 0 to 1 (1 excluded) of a fixed sequence, the same in every run.", "0 <= rand() < 1", "true";
    "round" ["number" NUMBER, "digits" Types::INTEGER, "mode" Types::STRING] optional 2 => FLOAT, Pure(round);
        "The nearest whole number as a float, or the nearest of so many digits after the point. A half goes up, or as the mode says: UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN, HALF_EVEN.",
        "round(3.14159, 2)", "3.14";
    "sign" ["number" NUMBER] => Types::INTEGER, Pure(sign);
        "-1, 0 or 1, as a number is below, at or above zero.", "sign(-7)", "-1";
    "sin" ["angle" NUMBER] => FLOAT, Pure(|a| floats(a, f64::sin));
        "The sine of an angle in radians.", "sin(0)", "0.0";
    "sinh" ["number" NUMBER] => FLOAT, Pure(|a| floats(a, f64::sinh));
        "The hyperbolic sine.", "sinh(0)", "0.0";
    "sqrt" ["number" NUMBER] => FLOAT, Pure(|a| floats(a, f64::sqrt));
        "The square root; not-a-number below zero.", "sqrt(9)", "3.0";
    "tan" ["angle" NUMBER] => FLOAT, Pure(|a| floats(a, f64::tan));
        "The tangent of an angle in radians.", "tan(0)", "0.0";
    "tanh" ["number" NUMBER] => FLOAT, Pure(|a| floats(a, f64::tanh));
        "The hyperbolic tangent.", "tanh(0)", "0.0";
}

fn floats(arguments: &[Value], compute: fn(f64) -> f64) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    Ok(Value::Float(compute(float(arguments, 0)?)))
}

fn atan2(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    Ok(Value::Float(float(arguments, 0)?.atan2(float(arguments, 1)?)))
}

fn abs(arguments: &[Value]) -> Result<Value> {
    match arguments.first() {
        Some(Value::Integer(number)) => {
            number.checked_abs().map(Value::Integer).ok_or_else(|| overflow(&format!("abs({number})")))
        }
        _ => floats(arguments, f64::abs),
    }
}

fn sign(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    match arguments.first() {
        Some(Value::Integer(number)) => Ok(Value::Integer(number.signum())),
        _ => {
            let number = float(arguments, 0)?;
            Ok(Value::Integer(i64::from(number > 0.0) - i64::from(number < 0.0)))
        }
    }
}

fn is_nan(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    Ok(Value::Boolean(float(arguments, 0)?.is_nan()))
}

fn round(arguments: &[Value]) -> Result<Value> {
    /// More digits than a float has change nothing.
    const MOST_DIGITS: i64 = 300;
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    let number = float(arguments, 0)?;
    let digits = if arguments.len() > 1 { integer(arguments, 1)? } else { 0 };
    if digits < 0 {
        return Err(out_of_range(format!("digits must be 0 or more, not {digits}")));
    }
    let mode = if arguments.len() > 2 { text(arguments, 2)?.to_ascii_uppercase() } else { "HALF_UP".to_owned() };
    let rounded = |x: f64| -> Result<f64> {
        let is_half = (x - x.trunc()).abs() == 0.5;
        Ok(match mode.as_str() {
            "UP" => x.abs().ceil().copysign(x),
            "DOWN" => x.trunc(),
            "CEILING" => x.ceil(),
            "FLOOR" => x.floor(),
            // Without digits a half goes towards positive infinity, as in the reference implementation; with them away from zero.
            "HALF_UP" if is_half && arguments.len() < 2 => x.ceil(),
            "HALF_UP" => x.round(),
            "HALF_DOWN" if is_half => x.trunc(),
            "HALF_DOWN" => x.round(),
            "HALF_EVEN" => x.round_ties_even(),
            _ => {
                return Err(unusable(format!("there is no mode `{mode}` of rounding"))
                    .help("modes: UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN, HALF_EVEN"));
            }
        })
    };
    let scale = 10_f64.powi(i32::try_from(digits.min(MOST_DIGITS)).unwrap_or(0));
    let scaled = number * scale;
    let result = rounded(scaled)? / scale;
    // What is too large to scale, or no number, has no digits to round.
    Ok(Value::Float(if scaled.is_finite() { result } else { number }))
}

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014 (SplitMix64), from a fixed seed. Answers must be the same
/// each time, so that there is no other source of chance; each thread has its own sequence.
#[allow(clippy::unnecessary_wraps, reason = "one signature for all")]
fn rand(_: &[Value]) -> Result<Value> {
    thread_local! {
        static STATE: Cell<u64> = const { Cell::new(0) };
    }
    let state = STATE.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
    STATE.set(state);
    let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^= mixed >> 31;
    // The upper 53 bits are exact in floating point.
    Ok(Value::Float((mixed >> 11) as f64 / (1_u64 << 53) as f64))
}

/// A whole number from a float, cut towards zero; an error where it does not fit.
pub(super) fn to_whole(number: f64) -> Result<i64> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0; // 2^63
    if number.is_nan() {
        return Err(wrong(&Value::Float(number), Types::INTEGER));
    }
    if !(-LIMIT..LIMIT).contains(&number) {
        return Err(overflow(&format!("{number:?}")));
    }
    Ok(number as i64)
}
