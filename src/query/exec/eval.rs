//! Expressions, evaluated.

use super::operator::Operator;
use super::{Context, Frame};
use crate::query::arithmetic;
use crate::query::compare::equals;
use crate::query::error::{Error, Kind, Result};
use crate::query::functions::{Body, of_graph};
use crate::query::graph::{Entity, Graph, SliceId};
use crate::query::plan::{At, Expr, MapItem, Subquery};
use crate::query::temporal;
use crate::query::types::Types;
use crate::query::value::{MOST_NESTED, Map, Value};
use std::borrow::Cow;
use std::sync::Arc;

impl<'a, G: Graph> Context<'a, G> {
    /// An expression; borrowed where it is there already.
    pub(super) fn eval_ref<'f>(&self, expr: &'a Expr, frame: &'f mut Frame) -> Result<Cow<'f, Value>>
    where
        'a: 'f,
    {
        Ok(match expr {
            Expr::Const(value) => Cow::Borrowed(value),
            Expr::Slot(slot) => Cow::Borrowed(&frame[*slot]),
            other => Cow::Owned(self.eval(other, frame)?),
        })
    }

    /// An expression.
    pub(super) fn eval(&self, expr: &'a Expr, frame: &mut Frame) -> Result<Value> {
        Ok(match expr {
            Expr::Const(value) => value.clone(),
            Expr::Param(at) => self.parameters.get(*at).cloned().unwrap_or_default(),
            Expr::Slot(slot) => frame[*slot].clone(),
            Expr::Property { base, name, key, slice, at } => {
                let base = self.eval_ref(base, frame)?;
                self.property(&base, name, key.as_ref().copied(), *slice).map_err(|e| e.at(&at.0))?
            }
            Expr::Negate(a, at) => arithmetic::negate(&self.eval(a, frame)?).map_err(|e| e.at(&at.0))?,
            Expr::Plus(a, at) => {
                let a = self.eval(a, frame)?;
                arithmetic::negate(&a).map_err(|e| e.at(&at.0))?;
                a
            }
            Expr::Arithmetic(op, a, b, at) => {
                let a = self.eval(a, frame)?;
                let b = self.eval_ref(b, frame)?;
                let result = arithmetic::binary(*op, &a, &b).map_err(|e| e.at(&at.0))?;
                self.spend(result.weight())?;
                result
            }
            Expr::And(..)
            | Expr::Or(..)
            | Expr::Xor(..)
            | Expr::Not(..)
            | Expr::Compare(..)
            | Expr::IsNull(..)
            | Expr::HasLabels { .. }
            | Expr::In(..)
            | Expr::Quantifier { .. }
            | Expr::Run(Subquery::Exists, _) => self.truth(expr, frame)?.into(),
            Expr::List(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    values.push(self.eval(item, frame)?);
                }
                let list = Value::list(values);
                self.weigh(list.weight())?;
                list
            }
            Expr::Map(entries) => {
                let mut map = Map::new();
                for (key, value) in entries {
                    map.insert(Arc::clone(key), self.eval(value, frame)?);
                }
                Value::map(map)
            }
            Expr::Index(base, index, slice, at) => {
                let base = self.eval(base, frame)?;
                let index = self.eval_ref(index, frame)?;
                self.index(&base, &index, *slice).map_err(|e| e.at(&at.0))?
            }
            Expr::Slice(base, from, to, at) => {
                let base = self.eval(base, frame)?;
                let from = from.as_ref().map(|e| self.eval(e, frame)).transpose()?;
                let to = to.as_ref().map(|e| self.eval(e, frame)).transpose()?;
                cut(&base, from.as_ref(), to.as_ref()).map_err(|e| e.at(&at.0))?
            }
            Expr::Call { function, arguments, slice, at } => {
                let mut values = Vec::with_capacity(arguments.len());
                for argument in arguments {
                    values.push(self.eval(argument, frame)?);
                }
                self.tick()?;
                let result = match function.body {
                    Body::Pure(compute) => compute(&values),
                    Body::OfGraph(which) => of_graph::call(which, &values, self.graph, *slice),
                    Body::Aggregate(_) => Ok(Value::Null),
                }
                .map_err(|e| e.at(&at.0))?;
                self.spend(values.iter().chain([&result]).map(Value::weight).sum())?;
                result
            }
            Expr::Case { subject, branches, otherwise } => {
                let subject = subject.as_ref().map(|s| self.eval(s, frame)).transpose()?;
                for (when, then) in branches {
                    let is_met = match &subject {
                        Some(subject) => {
                            let when = self.eval_ref(when, frame)?;
                            equals(subject, &when) == Some(true)
                        }
                        None => self.truth(when, frame)? == Some(true),
                    };
                    if is_met {
                        return self.eval(then, frame);
                    }
                }
                match otherwise {
                    Some(otherwise) => self.eval(otherwise, frame)?,
                    None => Value::Null,
                }
            }
            Expr::ListComprehension { slot, list, condition, value, at } => {
                let list = self.eval(list, frame)?;
                let Some(items) = as_list(&list).map_err(|e| e.at(&at.0))? else { return Ok(Value::Null) };
                let mut kept = Vec::new();
                let mut weight = 0;
                for item in items {
                    self.tick()?;
                    frame[*slot] = item.clone();
                    if let Some(condition) = condition
                        && self.truth(condition, frame)? != Some(true)
                    {
                        continue;
                    }
                    let value = match value {
                        Some(value) => self.eval(value, frame)?,
                        None => item.clone(),
                    };
                    weight += value.weight();
                    self.weigh(weight)?;
                    kept.push(value);
                }
                Value::list(kept)
            }
            Expr::Reduce { accumulator, initial, slot, list, value, at } => {
                let list = self.eval(list, frame)?;
                let Some(items) = as_list(&list).map_err(|e| e.at(&at.0))? else { return Ok(Value::Null) };
                frame[*accumulator] = self.eval(initial, frame)?;
                for item in items {
                    self.tick()?;
                    frame[*slot] = item.clone();
                    let next = self.eval(value, frame)?;
                    self.weigh(next.weight())?;
                    if next.depth() > MOST_NESTED {
                        let message = format!("`reduce` nests lists more than {MOST_NESTED} deep");
                        return Err(Error::runtime(Kind::LimitReached, "NestingTooDeep", message).at(&at.0));
                    }
                    frame[*accumulator] = next;
                }
                std::mem::take(&mut frame[*accumulator])
            }
            Expr::Run(kind, step) => {
                // What the subquery keeps goes with it.
                let (before, kept) = (self.current.get(), self.kept.get());
                let result = self.run(*kind, step, frame);
                self.current.set(before);
                self.kept.set(kept);
                result?
            }
            Expr::MapProjection { base, items, slice, at } => {
                let base = self.eval(base, frame)?;
                if base.is_null() {
                    return Ok(Value::Null);
                }
                let mut map = Map::new();
                for item in items {
                    match item {
                        MapItem::All => {
                            for (key, value) in self.all_properties(&base, *slice).map_err(|e| e.at(&at.0))?.iter() {
                                map.insert(Arc::clone(key), value.clone());
                            }
                        }
                        MapItem::Entry(key, value) => map.insert(Arc::clone(key), self.eval(value, frame)?),
                    }
                }
                Value::map(map)
            }
            // `compile` has made every subquery ready to run.
            Expr::Subquery(..) => Value::Null,
        })
    }

    fn run(&self, kind: Subquery, step: &'a super::Step, frame: &mut Frame) -> Result<Value> {
        let mut operator = Operator::new(step);
        Ok(match kind {
            Subquery::Exists => Value::Boolean(operator.next(self, frame)?),
            Subquery::Count => Value::Integer(operator.count(self, frame)?),
            Subquery::Collect(slot) => {
                let mut values = Vec::new();
                while operator.next(self, frame)? {
                    self.keep(frame[slot].weight())?;
                    values.push(frame[slot].clone());
                }
                Value::list(values)
            }
            Subquery::First(slot) => {
                if operator.next(self, frame)? {
                    frame[slot].clone()
                } else {
                    Value::Null
                }
            }
        })
    }

    fn property(
        &self,
        base: &Value,
        name: &str,
        key: Option<crate::query::graph::KeyId>,
        slice: SliceId,
    ) -> Result<Value> {
        let of = |entity: Entity| {
            self.hit();
            key.map_or(Value::Null, |key| self.graph.property(slice, entity, key))
        };
        Ok(match base {
            Value::Null => Value::Null,
            Value::Node(node) => of(Entity::Node(*node)),
            Value::Relation(id) => of(Entity::Relation(*id)),
            Value::Map(map) => map.get(name).cloned().unwrap_or_default(),
            Value::Date(_) | Value::Duration(_) => temporal::component(base, name).ok_or_else(|| {
                Error::type_error("InvalidArgumentValue", format!("a {} has no `{name}`", base.type_name()))
            })?,
            other => {
                return Err(Error::type_error(
                    "InvalidArgumentType",
                    format!("{} has no properties, and `{name}` is asked of it", Types::of(other)),
                ));
            }
        })
    }

    fn all_properties(&self, base: &Value, slice: SliceId) -> Result<Map> {
        self.hit();
        Ok(match base {
            Value::Node(node) => self.graph.properties(slice, Entity::Node(*node)),
            Value::Relation(id) => self.graph.properties(slice, Entity::Relation(*id)),
            Value::Map(map) => (**map).clone(),
            other => {
                return Err(Error::type_error(
                    "InvalidArgumentType",
                    format!("{} has no properties", Types::of(other)),
                ));
            }
        })
    }

    fn index(&self, base: &Value, index: &Value, slice: SliceId) -> Result<Value> {
        Ok(match (base, index) {
            (Value::Null, _) | (_, Value::Null) => Value::Null,
            (Value::List(items), Value::Integer(at)) => {
                let at = if *at < 0 { *at + items.len() as i64 } else { *at };
                usize::try_from(at).ok().and_then(|at| items.get(at)).cloned().unwrap_or_default()
            }
            (Value::Map(map), Value::String(key)) => map.get(key).cloned().unwrap_or_default(),
            (Value::Node(node), Value::String(key)) => {
                self.hit();
                self.graph.property_by_name(slice, Entity::Node(*node), key)
            }
            (Value::Relation(id), Value::String(key)) => {
                self.hit();
                self.graph.property_by_name(slice, Entity::Relation(*id), key)
            }
            (Value::Map(_) | Value::Node(_) | Value::Relation(_), other) => {
                return Err(Error::type_error(
                    "MapElementAccessByNonString",
                    format!("a key is a String, and this is {}", Types::of(other)),
                ));
            }
            (Value::List(_), other) => {
                return Err(Error::type_error(
                    "InvalidArgumentType",
                    format!("a place in a list is an Integer, and this is {}", Types::of(other)),
                ));
            }
            (other, _) => {
                return Err(Error::type_error(
                    "InvalidArgumentType",
                    format!("`[ ]` looks into lists, maps, nodes and relations, and this is {}", Types::of(other)),
                ));
            }
        })
    }

    /// A number of rows, for `SKIP` and `LIMIT`.
    pub(super) fn row_count(&self, expr: &'a Expr, frame: &mut Frame) -> Result<u64> {
        let value = self.eval(expr, frame)?;
        let refused = |detail: &'static str, message: String| {
            Error::runtime(crate::query::error::Kind::SyntaxError, detail, message)
                .help("`SKIP` and `LIMIT` take a whole number from 0 on")
        };
        match value {
            Value::Integer(count) => u64::try_from(count)
                .map_err(|_| refused("NegativeIntegerArgument", format!("{count} rows are fewer than none"))),
            other => Err(refused(
                "InvalidArgumentType",
                format!("a number of rows is an Integer, and this is {}", Types::of(&other)),
            )),
        }
    }
}

/// The elements of a list; `None` for null.
pub(super) fn as_list(value: &Value) -> Result<Option<&[Value]>> {
    match value {
        Value::Null => Ok(None),
        Value::List(items) => Ok(Some(items)),
        other => {
            Err(Error::type_error("InvalidArgumentType", format!("a list is wanted, and this is {}", Types::of(other))))
        }
    }
}

/// `list[from..to]`: ends below zero count from the end, ends outside are the nearest inside.
fn cut(list: &Value, from: Option<&Value>, to: Option<&Value>) -> Result<Value> {
    let Some(items) = as_list(list)? else { return Ok(Value::Null) };
    let len = items.len() as i64;
    let end = |end: Option<&Value>, default: i64| -> Result<Option<usize>> {
        let at = match end {
            None => default,
            Some(Value::Null) => return Ok(None),
            Some(Value::Integer(at)) => *at,
            Some(other) => {
                return Err(Error::type_error(
                    "InvalidArgumentType",
                    format!("an end of a slice is an Integer, and this is {}", Types::of(other)),
                ));
            }
        };
        let at = if at < 0 { at.saturating_add(len) } else { at };
        Ok(Some(at.clamp(0, len) as usize))
    };
    match (end(from, 0)?, end(to, len)?) {
        (Some(from), Some(to)) => Ok(Value::list(items.get(from..to).unwrap_or_default().to_vec())),
        _ => Ok(Value::Null),
    }
}

/// The same result, its error placed where the query says so.
pub(super) fn placed<T>(result: Result<T>, at: &At) -> Result<T> {
    result.map_err(|error| error.at(&at.0))
}
