//! Hops: the most frequent operator, and so one that is kept small. And what hops and walks have in common: the test of time made ready, and what a
//! relation must not be.

use super::operator::Operator;
use super::{Context, Frame};
use crate::query::compile::Hop;
use crate::query::error::{Error, Result};
use crate::query::functions::window_of;
use crate::query::graph::{Graph, HopFilter, RelId};
use crate::query::plan::{RelationFilter, Slot, TimeTest};
use crate::query::scope::Valid;
use crate::query::types::Types;
use crate::query::value::Value;

/// The test of time of a hop, made ready once.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Time {
    is_ready: bool,
    pub(super) valid: Option<Valid>,
    /// The date is itself uncertain, so that the condition must be asked for each relation.
    pub(super) must_ask: bool,
}

impl Time {
    /// Makes the test ready; later calls do nothing.
    pub(super) fn ready<'a, G: Graph>(
        &mut self,
        test: Option<&'a TimeTest>,
        context: &Context<'a, G>,
        frame: &mut Frame,
    ) -> Result<()> {
        if self.is_ready {
            return Ok(());
        }
        self.is_ready = true;
        let Some(test) = test else { return Ok(()) };
        let date = context.eval(&test.date, frame)?;
        match window_of(test.function, std::slice::from_ref(&date), test.reading) {
            Some(window) => self.valid = Some(Valid { window, reading: test.reading }),
            None => self.must_ask = true,
        }
        Ok(())
    }
}

/// Asks the condition that a test of time was made of.
pub(super) fn asks<'a, G: Graph>(
    filter: &'a RelationFilter,
    context: &Context<'a, G>,
    frame: &mut Frame,
) -> Result<bool> {
    match &filter.time {
        Some(test) => context.keeps(std::slice::from_ref(&test.condition), frame),
        None => Ok(true),
    }
}

/// Whether a relation is one of those that stand in some slots.
pub(super) fn is_among(relation: RelId, slots: &[Slot], frame: &Frame) -> bool {
    let wanted = Value::Relation(relation);
    slots.iter().any(|slot| match &frame[*slot] {
        Value::List(all) => all.contains(&wanted),
        one => *one == wanted,
    })
}

pub(super) fn not_a(wanted: &str, value: &Value) -> Box<Error> {
    Error::type_error(
        "InvalidArgumentType",
        format!("a pattern wants a {wanted} here, and this is {}", Types::of(value)),
    )
}

/// The rows of a hop.
pub(super) struct HopState<'a, G: Graph + 'a> {
    hop: &'a Hop,
    hops: Option<G::Hops<'a>>,
    time: Time,
    /// Every hop found is a row.
    is_plain: bool,
}

impl<'a, G: Graph + 'a> HopState<'a, G> {
    pub(super) fn new(hop: &'a Hop) -> Self {
        Self { hop, hops: None, time: Time::default(), is_plain: !hop.into && hop.unlike.is_empty() }
    }

    pub(super) fn rewind(&mut self) {
        self.hops = None;
    }

    /// Writes the next row into the frame; false when there is none.
    pub(super) fn next(
        &mut self,
        id: usize,
        input: &mut Option<Box<Operator<'a, G>>>,
        context: &Context<'a, G>,
        frame: &mut Frame,
    ) -> Result<bool> {
        loop {
            if let Some(open) = &mut self.hops {
                for next in open.by_ref() {
                    context.tick()?;
                    if !self.is_plain
                        && ((self.hop.into && frame[self.hop.to] != Value::Node(next.node))
                            || is_among(next.relation, &self.hop.unlike, frame))
                    {
                        continue;
                    }
                    match &mut frame[self.hop.relation] {
                        Value::Relation(relation) => *relation = next.relation,
                        other => *other = Value::Relation(next.relation),
                    }
                    if !self.hop.into {
                        match &mut frame[self.hop.to] {
                            Value::Node(node) => *node = next.node,
                            other => *other = Value::Node(next.node),
                        }
                    }
                    if self.time.must_ask && !asks(&self.hop.filter, context, frame)? {
                        continue;
                    }
                    return Ok(true);
                }
                self.hops = None;
            }
            let Some(input) = input else { return Ok(false) };
            let found = input.next(context, frame)?;
            context.current.set(id);
            if !found {
                return Ok(false);
            }
            self.hops = self.open(context, frame)?;
        }
    }

    /// The hops of the node that stands in the frame; none for null.
    fn open(&mut self, context: &Context<'a, G>, frame: &mut Frame) -> Result<Option<G::Hops<'a>>> {
        let node = match &frame[self.hop.from] {
            Value::Node(node) => *node,
            Value::Null => return Ok(None),
            other => return Err(not_a("node", other)),
        };
        self.time.ready(self.hop.filter.time.as_ref(), context, frame)?;
        let filter = &self.hop.filter;
        let filter = HopFilter { toward: filter.toward, types: filter.types.as_ref(), valid: self.time.valid };
        Ok(Some(context.graph.hops(self.hop.slice, node, filter)))
    }

    /// Whether the rows that are left can be counted without being made.
    pub(super) fn can_count(&self) -> bool {
        self.is_plain && self.hops.is_none()
    }

    /// Counts the rows that are left; asked only where it can be.
    pub(super) fn count(
        &mut self,
        id: usize,
        input: &mut Operator<'a, G>,
        context: &Context<'a, G>,
        frame: &mut Frame,
    ) -> Result<i64> {
        let mut count = 0;
        while input.next(context, frame)? {
            let Some(hops) = self.open(context, frame)? else { continue };
            context.current.set(id);
            let met = if self.time.must_ask {
                let mut met = 0;
                for next in hops {
                    context.current.set(id);
                    context.tick()?;
                    frame[self.hop.relation] = Value::Relation(next.relation);
                    met += u64::from(asks(&self.hop.filter, context, frame)?);
                }
                met
            } else {
                hops.count() as u64
            };
            context.current.set(id);
            context.ticks(met)?;
            context.count_rows(id, met);
            count += met as i64;
        }
        Ok(count)
    }
}
