//! What needs all rows before it can give one: groups and order.

use super::{Context, Frame};
use crate::query::compare::order;
use crate::query::error::Result;
use crate::query::functions::{Aggregate, aggregate::Accumulator};
use crate::query::graph::{Graph, RelId};
use crate::query::keys::Numbering;
use crate::query::plan::{Call, Expr, PathPart, Slot};
use crate::query::value::{Path, Value};
use std::sync::Arc;

/// Groups all rows, in the order in which groups were first met.
pub(super) fn gather<'a, G: Graph>(
    keys: &'a [(Slot, Expr)],
    aggregates: &'a [(Slot, Call)],
    context: &Context<'a, G>,
    frame: &mut Frame,
    kept: &mut u64,
    pull: &mut dyn FnMut(&mut Frame) -> Result<bool>,
) -> Result<Vec<Vec<Value>>> {
    enum Cell {
        Rows(i64),
        Of(Accumulator),
    }
    let fresh = || -> Vec<Cell> {
        aggregates
            .iter()
            .map(|(_, call)| match call.aggregate {
                None => Cell::Rows(0),
                Some(aggregate) => Cell::Of(Accumulator::new(aggregate, call.distinct)),
            })
            .collect()
    };
    let mut known = Numbering::default();
    let mut values = Vec::with_capacity(keys.len());
    let mut arguments = Vec::new();
    let mut groups: Vec<(Box<[Value]>, Vec<Cell>)> = Vec::new();
    if keys.is_empty() {
        groups.push((Box::default(), fresh()));
    }
    while pull(frame)? {
        context.tick()?;
        let at = if keys.is_empty() {
            0
        } else {
            values.clear();
            for (_, expr) in keys {
                values.push(context.eval(expr, frame)?);
            }
            let (at, is_new) = known.number(&values);
            if is_new {
                keep(context, kept, values.iter().map(Value::weight).sum::<u64>() + aggregates.len() as u64)?;
                groups.push((values.as_slice().into(), fresh()));
            }
            at
        };
        for (cell, (_, call)) in groups[at].1.iter_mut().zip(aggregates) {
            match cell {
                Cell::Rows(count) => *count += 1,
                Cell::Of(accumulator) => {
                    arguments.clear();
                    for argument in &call.arguments {
                        arguments.push(context.eval(argument, frame)?);
                    }
                    if call.distinct || call.aggregate.is_some_and(Aggregate::keeps_values) {
                        keep(context, kept, arguments.iter().map(Value::weight).sum())?;
                    }
                    super::eval::placed(accumulator.add(&arguments), &call.at)?;
                }
            }
        }
    }
    let mut rows = Vec::with_capacity(groups.len());
    for (key, cells) in groups {
        let mut row = key.into_vec();
        for (cell, (_, call)) in cells.into_iter().zip(aggregates) {
            row.push(match cell {
                Cell::Rows(count) => Value::Integer(count),
                Cell::Of(accumulator) => super::eval::placed(accumulator.finish(), &call.at)?,
            });
        }
        rows.push(row);
    }
    Ok(rows)
}

fn weight(row: &[Value]) -> u64 {
    row.iter().map(Value::weight).sum()
}

/// Counts what an operator keeps, for the limit and for letting go of it.
pub(super) fn keep<G: Graph>(context: &Context<'_, G>, kept: &mut u64, weight: u64) -> Result<()> {
    *kept = kept.saturating_add(weight);
    context.keep(weight)
}

/// All rows in order, or the first so many of them.
pub(super) fn sort<'a, G: Graph>(
    slots: &'a [Slot],
    keys: &'a [(Expr, bool)],
    top: Option<&'a (Option<Expr>, Expr)>,
    context: &Context<'a, G>,
    frame: &mut Frame,
    kept: &mut u64,
    pull: &mut dyn FnMut(&mut Frame) -> Result<bool>,
) -> Result<Vec<Vec<Value>>> {
    let most = match top {
        None => None,
        Some((skip, limit)) => {
            let skip = skip.as_ref().map_or(Ok(0), |skip| context.row_count(skip, frame))?;
            let most = skip.saturating_add(context.row_count(limit, frame)?);
            usize::try_from(most).ok()
        }
    };
    let by_keys = |a: &(Vec<Value>, Vec<Value>), b: &(Vec<Value>, Vec<Value>)| {
        for ((_, is_descending), (a, b)) in keys.iter().zip(a.0.iter().zip(&b.0)) {
            let ordering = order(a, b);
            let ordering = if *is_descending { ordering.reverse() } else { ordering };
            if ordering.is_ne() {
                return ordering;
            }
        }
        std::cmp::Ordering::Equal
    };
    let mut rows: Vec<(Vec<Value>, Vec<Value>)> = Vec::new();
    while pull(frame)? {
        context.tick()?;
        let mut by = Vec::with_capacity(keys.len());
        for (key, _) in keys {
            by.push(context.eval(key, frame)?);
        }
        let row: Vec<Value> = slots.iter().map(|slot| frame[*slot].clone()).collect();
        keep(context, kept, weight(&row) + by.len() as u64)?;
        rows.push((by, row));
        // Twice as many as wanted are sorted and cut now and then, so that few are kept.
        if let Some(most) = most
            && rows.len() >= most.saturating_mul(2).max(1024)
        {
            rows.sort_by(by_keys);
            let cut: u64 = rows[most..].iter().map(|(by, row)| weight(row) + by.len() as u64).sum();
            context.let_go(cut);
            *kept = kept.saturating_sub(cut);
            rows.truncate(most);
        }
    }
    rows.sort_by(by_keys);
    if let Some(most) = most {
        rows.truncate(most);
    }
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

pub(super) fn put_together<G: Graph>(parts: &[PathPart], graph: &G, frame: &Frame) -> Value {
    let mut path = Path::default();
    let follow = |path: &mut Path, relation: RelId| {
        let (start, end) = graph.ends(relation);
        let at = path.nodes.last().copied();
        path.relations.push(relation);
        path.nodes.push(if at == Some(start) { end } else { start });
    };
    for part in parts {
        match part {
            PathPart::Node(slot) => match &frame[*slot] {
                Value::Node(node) => {
                    if path.nodes.len() == path.relations.len() {
                        path.nodes.push(*node);
                    }
                }
                _ => return Value::Null,
            },
            PathPart::Relation(slot) => match &frame[*slot] {
                Value::Relation(relation) => follow(&mut path, *relation),
                _ => return Value::Null,
            },
            PathPart::Relations(slot) => {
                let Value::List(all) = &frame[*slot] else { return Value::Null };
                for relation in all.iter() {
                    if let Value::Relation(relation) = relation {
                        follow(&mut path, *relation);
                    }
                }
            }
            PathPart::Path(slot) => {
                let Value::Path(inner) = &frame[*slot] else { return Value::Null };
                path.relations.extend(&inner.relations);
                path.nodes.extend(inner.nodes.iter().skip(usize::from(!path.nodes.is_empty())));
            }
        }
    }
    Value::Path(Arc::new(path))
}
