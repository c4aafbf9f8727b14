//! Functions of valid time: when things hold, together and one to another, and by when it was known.
//!
//! All answer true for what is certain, null for what is possible, false for what is not so.

use super::arguments::wrong;
use super::of_graph::{OfGraph, entity};
use crate::algo;
use crate::query::allen::{Allen, Interval};
use crate::query::asked::{self, Asked, Period, agreed};
use crate::query::error::Result;
use crate::query::graph::{Entity, Graph, SliceId};
use crate::query::types::Types;
use crate::query::value::{Map, Value};
use crate::time::{Bounds, Day, Extent, Holds, Reading, Window};

/// How something is to hold in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// On some day of it.
    Sometime,
    /// On every day of it.
    Throughout,
    /// Only in it: it begins and ends there.
    Within,
}

/// What can be asked whether it holds.
pub(super) const HOLDING: Types = Types::ENTITY.or(Types::LIST).or(Types::PATH);

const fn answer(holds: Holds) -> Value {
    match holds {
        Holds::Certain => Value::Boolean(true),
        Holds::Possible => Value::Null,
        Holds::No => Value::Boolean(false),
    }
}

/// The nodes and relations of an argument: itself, those of a list, the relations of a path. A null among them is `None`.
fn entities(value: &Value, into: &mut Vec<Option<Entity>>) -> Result<()> {
    match value {
        Value::Null => into.push(None),
        Value::List(items) => items.iter().try_for_each(|item| entities(item, into))?,
        Value::Path(path) => into.extend(path.relations.iter().map(|id| Some(Entity::Relation(*id)))),
        other => into.push(Some(entity(other, HOLDING)?)),
    }
    Ok(())
}

/// `AND` over all nodes and relations of an argument; for a null among them it is open.
fn all(value: &Value, holds: impl Fn(Entity) -> Holds) -> Result<Value> {
    let mut found = Vec::new();
    entities(value, &mut found)?;
    let answers = found.into_iter().map(|entity| entity.map_or(Holds::Possible, &holds));
    Ok(answer(answers.min().unwrap_or(Holds::Certain)))
}

/// `validAt(x, t)`, `validDuring(x, i)`, `validDuring(x, from, to)` and the like.
pub(super) fn valid<G: Graph>(how: How, arguments: &[Value], graph: &G, slice: SliceId) -> Result<Value> {
    let (value, asked) = match arguments {
        [_, times @ ..] if times.is_empty() || times.iter().any(Value::is_null) => return Ok(Value::Null),
        [value, time] => (value, Asked::of(time)?),
        [value, from, to] => (value, Asked::from_to(from, to)?),
        _ => return Ok(Value::Null),
    };
    all(value, |entity| {
        let holds = |window: Window| graph.holds(slice, entity, window);
        asked.over(|period| match how {
            How::Sometime => period.sometime(&holds),
            How::Throughout => period.throughout(&holds),
            How::Within => {
                let extent = graph.extent(slice, entity).unwrap_or(Extent::ALWAYS);
                // Of what may never have been, no place in time is certain.
                period.encloses(extent.start, extent.end).min(holds(Window::ALL))
            }
        })
    })
}

/// The window in which exactly those nodes and relations hold, in this reading, for which `validAt(x, …)` and its like are true, or not false;
/// `None` where there is no one window that says it.
///
/// For plans: a condition on a relation that is met on a walk can then be left to the walk. `times` are the arguments after the first.
#[must_use]
pub fn window_of(function: OfGraph, times: &[Value], reading: Reading) -> Option<Window> {
    let asked = match times {
        [time] => Asked::of(time),
        [from, to] => Asked::from_to(from, to),
        _ => return None,
    };
    let asked = asked.ok()?;
    let [period] = asked.readings.as_slice() else { return None };
    // What is possible reaches as far as the period may; only for known ends is that the same window.
    let is_exact = period.first.earliest == period.first.latest && period.last.earliest == period.last.latest;
    if reading == Reading::Possible && !is_exact {
        return None;
    }
    match function {
        OfGraph::ValidSometime => Some(period.sometime_for_certain()),
        OfGraph::ValidThroughout => Some(period.throughout_for_certain()),
        _ => None,
    }
}

/// `knownBy(x, d)`: by the last day of the date.
pub(super) fn known_by<G: Graph>(arguments: &[Value], graph: &G, slice: SliceId) -> Result<Value> {
    let [value, date] = arguments else { return Ok(Value::Null) };
    if date.is_null() {
        return Ok(Value::Null);
    }
    let asked = Asked::of(date)?;
    all(value, |entity| {
        asked.over(|Period { last, .. }| {
            // What is known by a day is known by every later one.
            match graph.known_by(slice, entity, last.earliest) {
                Holds::Certain => Holds::Certain,
                _ => graph.known_by(slice, entity, last.latest).min(Holds::Possible),
            }
        })
    })
}

/// `coexist(r, s, …)`: some one day on which all hold.
pub(super) fn coexist<G: Graph>(arguments: &[Value], graph: &G, slice: SliceId) -> Result<Value> {
    let mut found = Vec::new();
    arguments.iter().try_for_each(|value| entities(value, &mut found))?;
    let has_unknown = found.iter().any(Option::is_none);
    let mut known: Vec<Entity> = found.into_iter().flatten().collect();
    // One thing holds together with itself, however uncertain its days are.
    known.sort_unstable();
    known.dedup();
    let extents: Vec<Extent> = known.iter().map(|one| graph.extent(slice, *one).unwrap_or(Extent::ALWAYS)).collect();
    let holds = match (known.as_slice(), extents.as_slice()) {
        ([one], _) => graph.holds(slice, *one, Window::ALL),
        (_, extents) => algo::coexist(extents.iter().copied()).holds(Window::ALL),
    };
    Ok(answer(if has_unknown { holds.min(Holds::Possible) } else { holds }))
}

const STARTS: (&str, &str) = ("startEarliest", "startLatest");
const ENDS: (&str, &str) = ("endEarliest", "endLatest");

/// `bounds(x)`: the four days, null where there is no bound.
pub(super) fn bounds<G: Graph>(value: &Value, graph: &G, slice: SliceId) -> Result<Value> {
    let extent = match value {
        Value::String(_) | Value::Integer(_) => asked::parse(&asked::written(value)?)?.extent(None, None),
        Value::Date(day) => Extent { start: Bounds::on(*day), end: Bounds::on(*day) },
        other => {
            let entity = entity(other, Types::ENTITY.or(Types::WHEN))?;
            graph.extent(slice, entity).unwrap_or(Extent::ALWAYS)
        }
    };
    let day = |day: Day| if day.is_bounded() { Value::Date(day) } else { Value::Null };
    let ends = [(STARTS, extent.start), (ENDS, extent.end)];
    let entries = ends
        .into_iter()
        .flat_map(|((earliest, latest), bounds)| [(earliest, day(bounds.earliest)), (latest, day(bounds.latest))]);
    Ok(Value::map(entries.collect::<Map>()))
}

/// One side of a relation of intervals.
struct Side {
    /// One for each reading.
    intervals: Vec<Interval>,
    /// Whether it ever was.
    holds: Holds,
    /// What it is, if it is a node or relation.
    entity: Option<Entity>,
}

/// What can stand in a relation of intervals.
pub(super) const INTERVAL: Types = Types::WHEN.or(Types::ENTITY).or(Types::MAP);

fn side<G: Graph>(value: &Value, graph: &G, slice: SliceId) -> Result<Side> {
    match value {
        Value::String(_) | Value::Date(_) | Value::Integer(_) => {
            let asked = Asked::of(value)?;
            let intervals = asked.readings.iter().map(|p| Interval { start: p.first, end: p.last }).collect();
            Ok(Side { intervals, holds: Holds::Certain, entity: None })
        }
        Value::Map(map) => {
            let bounds = |(earliest, latest): (&str, &str)| -> Result<Bounds> {
                let day = |name: &str, without: Day| match map.get(name) {
                    Some(Value::Date(day)) => Ok(*day),
                    Some(Value::Null) => Ok(without),
                    other => {
                        let help = "a map that stands for an interval is one that `bounds(x)` gives";
                        Err(wrong(other.unwrap_or(&Value::Null), Types::DATE).help(help))
                    }
                };
                Ok(Bounds::between(day(earliest, Day::FAR_PAST)?, day(latest, Day::FAR_FUTURE)?))
            };
            let interval = Interval { start: bounds(STARTS)?, end: bounds(ENDS)? };
            Ok(Side { intervals: vec![interval], holds: Holds::Certain, entity: None })
        }
        other => {
            let entity = entity(other, INTERVAL)?;
            let extent = graph.extent(slice, entity).unwrap_or(Extent::ALWAYS);
            let interval = Interval { start: extent.start, end: extent.end };
            Ok(Side { intervals: vec![interval], holds: graph.holds(slice, entity, Window::ALL), entity: Some(entity) })
        }
    }
}

/// `before(a, b)` and the other relations of intervals.
pub(super) fn related<G: Graph>(relation: Allen, arguments: &[Value], graph: &G, slice: SliceId) -> Result<Value> {
    let [a, b] = arguments else { return Ok(Value::Null) };
    if a.is_null() || b.is_null() {
        return Ok(Value::Null);
    }
    let (a, b) = (side(a, graph, slice)?, side(b, graph, slice)?);
    let is_one = a.entity.is_some() && a.entity == b.entity;
    let pairs = a.intervals.iter().flat_map(|x| b.intervals.iter().map(move |y| (x, y)));
    let holds = agreed(pairs.map(|(x, y)| relation.holds(*x, *y, is_one)));
    // Of what may never have been, no place in time is certain.
    Ok(answer(holds.min(a.holds).min(b.holds)))
}
