//! Functions on days and durations.

use super::Body::{self, Pure};
use super::arguments::{any_null, map, text, unusable, wrong};
use super::of_graph::OfGraph;
use crate::query::error::Result;
use crate::query::temporal::{Duration, date as days};
use crate::query::types::Types;
use crate::query::value::Value;
use crate::time::Day;
use std::sync::Arc;

const DATE: Types = Types::DATE;
const DURATION: Types = Types::DURATION;
const DATE_PARTS: Types = Types::DATE.or(Types::STRING).or(Types::MAP);
const DURATION_PARTS: Types = Types::DURATION.or(Types::STRING).or(Types::MAP);
/// A text is read as a day here, for convenience.
const DAY: Types = Types::DATE.or(Types::STRING);

table! { Calendar:
    "date" ["value" DATE_PARTS] optional 1 => DATE, Body::OfGraph(OfGraph::Date);
        "A day from a text ('2016-07-01', '2016-W30-2', '2016-202') or from its parts; a month or year is its first day. Without an argument the last day the data speaks for, since there is no clock.",
        "date({year: 2016, month: 7, day: 1})", "'2016-07-01'";
    "date.truncate" ["unit" Types::STRING, "date" DAY, "fields" Types::MAP] optional 2 => DATE, Pure(truncate);
        "The first day of the unit a day lies in ('year', 'quarter', 'month', 'week' …), with parts of it put in.",
        "date.truncate('month', date('2016-07-23'))", "'2016-07-01'";
    "duration" ["value" DURATION_PARTS] => DURATION, Pure(duration);
        "A duration from a text (ISO 8601) or from its parts.", "duration({months: 14, days: 3})", "'P1Y2M3D'";
    "duration.between" ["from" DAY, "to" DAY] => DURATION, Pure(between);
        "The time from one day to another, in months and days.", "duration.between('2016-07-01', '2017-08-05')", "'P1Y1M4D'";
    "duration.inDays" ["from" DAY, "to" DAY] => DURATION, Pure(in_days);
        "The time from one day to another, in days.", "duration.inDays('2016-07-01', '2016-08-01').days", "31";
    "duration.inMonths" ["from" DAY, "to" DAY] => DURATION, Pure(in_months);
        "The whole months from one day to another.", "duration.inMonths('2016-07-01', '2017-08-05')", "'P1Y1M'";
    "duration.inSeconds" ["from" DAY, "to" DAY] => DURATION, Pure(in_seconds);
        "The time from one day to another, in seconds; every day has 86 400.", "duration.inSeconds('2016-07-01', '2016-07-02')", "'PT24H'";
}

/// A day, or the text of one.
fn day(arguments: &[Value], index: usize) -> Result<Day> {
    match arguments.get(index).unwrap_or(&Value::Null) {
        Value::Date(day) => Ok(*day),
        Value::String(text) => days::parse(text),
        other => Err(wrong(other, DAY)),
    }
}

/// `date(…)`, in a graph whose data speak up to a day.
pub(super) fn date(arguments: &[Value], horizon: impl FnOnce() -> Option<Day>) -> Result<Value> {
    let day = match arguments {
        [] => horizon().ok_or_else(|| {
            unusable("`date()` has no day: there is no clock, and this graph does not say up to when it speaks")
                .help("give the day: `date('2025-03-29')`")
        })?,
        [Value::Null, ..] => return Ok(Value::Null),
        [Value::Map(map), ..] => days::from_map(map)?,
        [Value::Date(_) | Value::String(_), ..] => day(arguments, 0)?,
        [other, ..] => return Err(wrong(other, DATE_PARTS)),
    };
    Ok(Value::Date(day))
}

fn truncate(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    if arguments.len() < 2 {
        return Err(unusable("`date.truncate` needs the day to truncate")
            .help("write `date.truncate('month', date('2016-07-23'))`"));
    }
    let fields = if arguments.len() > 2 { Some(map(arguments, 2)?) } else { None };
    Ok(Value::Date(days::truncate(text(arguments, 0)?, day(arguments, 1)?, fields.map(|map| &**map))?))
}

fn made(duration: Duration) -> Value {
    Value::Duration(Arc::new(duration))
}

fn duration(arguments: &[Value]) -> Result<Value> {
    match arguments {
        [Value::Null] | [] => Ok(Value::Null),
        [value @ Value::Duration(_), ..] => Ok(value.clone()),
        [Value::String(text), ..] => Ok(made(Duration::parse(text)?)),
        [Value::Map(map), ..] => Ok(made(Duration::from_map(map)?)),
        [other, ..] => Err(wrong(other, DURATION_PARTS)),
    }
}

fn between(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    Ok(made(days::between(day(arguments, 0)?, day(arguments, 1)?)?))
}

fn in_months(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    let between = days::between(day(arguments, 0)?, day(arguments, 1)?)?;
    Ok(made(Duration { days: 0, ..between }))
}

fn in_days(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    let days = days::days_between(day(arguments, 0)?, day(arguments, 1)?);
    Ok(made(Duration { days, ..Duration::default() }))
}

fn in_seconds(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    let days = days::days_between(day(arguments, 0)?, day(arguments, 1)?);
    Ok(made(Duration { seconds: days * 86_400, ..Duration::default() }))
}
