//! Operators: each gives the rows of a step, one at a time.

use super::eval::as_list;
use super::gather::{gather, keep, put_together, sort};
use super::hop::{HopState, Time, asks, is_among, not_a};
use super::walk::{ShortestState, WalkState};
use super::{Context, Frame};
use crate::query::compile::{Step, StepKind};
use crate::query::error::Result;
use crate::query::graph::{Entity, Graph, NodeId, SliceId, Toward};
use crate::query::keys::Seen;
use crate::query::plan::{Access, Call, Condition, Expr, PathPart, PatternNode, Slot};
use crate::query::value::{List, Value};
use std::sync::Arc;

/// The rows of a step.
#[derive(Debug)]
pub(super) struct Operator<'a, G: Graph + 'a> {
    id: usize,
    input: Option<Box<Operator<'a, G>>>,
    state: State<'a, G>,
    /// The weight of what it keeps.
    kept: u64,
}

enum State<'a, G: Graph + 'a> {
    Argument {
        is_given: bool,
    },
    Nodes {
        node: &'a PatternNode,
        slice: SliceId,
        source: Source<'a, G>,
    },
    CheckNode {
        slot: Slot,
        slice: SliceId,
    },
    Hop(HopState<'a, G>),
    Ends {
        step: &'a StepKind,
        waiting: Vec<(NodeId, NodeId)>,
        time: Time,
    },
    Walk(Box<WalkState<'a, G>>),
    Shortest(Box<ShortestState<'a>>),
    Paths(&'a [(Slot, Vec<PathPart>)]),
    Filter(&'a [Condition]),
    Project(&'a [(Slot, Expr)]),
    Aggregate {
        keys: &'a [(Slot, Expr)],
        aggregates: &'a [(Slot, Call)],
        groups: Option<std::vec::IntoIter<Vec<Value>>>,
    },
    Distinct {
        slots: &'a [Slot],
        seen: Seen,
    },
    Sort {
        slots: &'a [Slot],
        keys: &'a [(Expr, bool)],
        top: Option<&'a (Option<Expr>, Expr)>,
        rows: Option<std::vec::IntoIter<Vec<Value>>>,
    },
    Skip {
        count: &'a Expr,
        is_done: bool,
    },
    Limit {
        count: &'a Expr,
        left: Option<u64>,
    },
    Unwind {
        list: &'a Expr,
        slot: Slot,
        items: Option<(Arc<List>, usize)>,
    },
    Optional {
        inner: Box<Operator<'a, G>>,
        slots: &'a [Slot],
        is_inside: bool,
        has_found: bool,
    },
    Apply {
        inner: Box<Operator<'a, G>>,
        is_inside: bool,
    },
    Union {
        arms: Vec<(Operator<'a, G>, &'a [Slot])>,
        slots: &'a [Slot],
        current: usize,
        seen: Option<Seen>,
    },
    Procedure {
        step: &'a StepKind,
        rows: std::vec::IntoIter<Vec<Value>>,
    },
}

impl<G: Graph> std::fmt::Debug for State<'_, G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("State")
    }
}

/// Where the nodes of a scan come from.
enum Source<'a, G: Graph + 'a> {
    Closed,
    Scan(G::Nodes<'a>),
    Found(std::vec::IntoIter<NodeId>),
}

impl<'a, G: Graph> Operator<'a, G> {
    pub(super) fn new(step: &'a Step) -> Self {
        let state = match &step.kind {
            StepKind::Argument => State::Argument { is_given: false },
            StepKind::Nodes { node, slice } => State::Nodes { node, slice: *slice, source: Source::Closed },
            StepKind::CheckNode { slot, slice, .. } => State::CheckNode { slot: *slot, slice: *slice },
            StepKind::Hop(hop) => State::Hop(HopState::new(hop)),
            StepKind::Ends { .. } => State::Ends { step: &step.kind, waiting: Vec::new(), time: Time::default() },
            StepKind::Walk(plan) => State::Walk(Box::new(WalkState::new(plan))),
            StepKind::Shortest(plan) => State::Shortest(Box::new(ShortestState::new(plan))),
            StepKind::Paths(paths) => State::Paths(paths),
            StepKind::Filter(conditions) => State::Filter(conditions),
            StepKind::Project(items) => State::Project(items),
            StepKind::Aggregate { keys, aggregates } => State::Aggregate { keys, aggregates, groups: None },
            StepKind::Distinct(slots) => State::Distinct { slots, seen: Seen::default() },
            StepKind::Sort { slots, keys, top } => State::Sort { slots, keys, top: top.as_ref(), rows: None },
            StepKind::Skip(count) => State::Skip { count, is_done: false },
            StepKind::Limit(count) => State::Limit { count, left: None },
            StepKind::Unwind(list, slot) => State::Unwind { list, slot: *slot, items: None },
            StepKind::Optional(inner, slots) => {
                State::Optional { inner: Box::new(Self::new(inner)), slots, is_inside: false, has_found: false }
            }
            StepKind::Apply(inner) => State::Apply { inner: Box::new(Self::new(inner)), is_inside: false },
            StepKind::Union { arms, slots, distinct } => State::Union {
                arms: arms.iter().map(|(arm, slots)| (Self::new(arm), slots.as_slice())).collect(),
                slots,
                current: 0,
                seen: distinct.then(Seen::default),
            },
            StepKind::Procedure { .. } => State::Procedure { step: &step.kind, rows: Vec::new().into_iter() },
        };
        Self { id: step.id, input: step.input.as_ref().map(|input| Box::new(Self::new(input))), state, kept: 0 }
    }

    /// Goes back to the beginning, for a new row around.
    fn rewind(&mut self, context: &Context<'a, G>) {
        if let Some(input) = &mut self.input {
            input.rewind(context);
        }
        context.let_go(std::mem::take(&mut self.kept));
        match &mut self.state {
            State::Argument { is_given } => *is_given = false,
            State::Nodes { source, .. } => *source = Source::Closed,
            State::Hop(hop) => hop.rewind(),
            State::Ends { waiting, .. } => waiting.clear(),
            State::Walk(walk) => walk.rewind(),
            State::Shortest(shortest) => shortest.rewind(),
            State::CheckNode { .. } | State::Paths(_) | State::Filter(_) | State::Project(_) => {}
            State::Aggregate { groups, .. } => *groups = None,
            State::Distinct { seen, .. } => seen.clear(),
            State::Sort { rows, .. } => *rows = None,
            State::Skip { is_done, .. } => *is_done = false,
            State::Limit { left, .. } => *left = None,
            State::Unwind { items, .. } => *items = None,
            State::Optional { inner, is_inside, has_found, .. } => {
                inner.rewind(context);
                *is_inside = false;
                *has_found = false;
            }
            State::Apply { inner, is_inside } => {
                inner.rewind(context);
                *is_inside = false;
            }
            State::Union { arms, current, seen, .. } => {
                arms.iter_mut().for_each(|(arm, _)| arm.rewind(context));
                *current = 0;
                if let Some(seen) = seen {
                    seen.clear();
                }
            }
            State::Procedure { rows, .. } => *rows = Vec::new().into_iter(),
        }
    }

    /// Writes the next row into the frame; false when there is none.
    ///
    /// # Errors
    /// Whatever an expression raises, and limits.
    pub(super) fn next(&mut self, context: &Context<'a, G>, frame: &mut Frame) -> Result<bool> {
        let found = self.advance(context, frame)?;
        if found {
            context.count_rows(self.id, 1);
        }
        Ok(found)
    }

    /// Counts the rows that are left, without making them where that can be told.
    ///
    /// # Errors
    /// As [`Operator::next`].
    pub(super) fn count(&mut self, context: &Context<'a, G>, frame: &mut Frame) -> Result<i64> {
        let mut count = 0;
        if let (State::Hop(hop), Some(input)) = (&mut self.state, &mut self.input)
            && hop.can_count()
        {
            return hop.count(self.id, input, context, frame);
        }
        while self.next(context, frame)? {
            count += 1;
        }
        Ok(count)
    }

    fn advance(&mut self, context: &Context<'a, G>, frame: &mut Frame) -> Result<bool> {
        let id = self.id;
        let mut pull = |frame: &mut Frame| match &mut self.input {
            Some(input) => {
                let found = input.next(context, frame);
                context.current.set(id);
                found
            }
            None => Ok(false),
        };
        context.current.set(id);
        let kept = &mut self.kept;
        match &mut self.state {
            State::Argument { is_given } => Ok(!std::mem::replace(is_given, true)),
            State::Nodes { node, slice, source } => loop {
                let next = match source {
                    Source::Closed => None,
                    Source::Scan(nodes) => nodes.next(),
                    Source::Found(nodes) => nodes.next(),
                };
                if let Some(next) = next {
                    context.tick()?;
                    frame[node.slot] = Value::Node(next);
                    return Ok(true);
                }
                if !pull(frame)? {
                    return Ok(false);
                }
                *source = open(node, *slice, context, frame)?;
            },
            State::CheckNode { slot, slice } => loop {
                if !pull(frame)? {
                    return Ok(false);
                }
                context.hit();
                match &frame[*slot] {
                    Value::Node(node) if context.graph.has_node(*slice, *node) => return Ok(true),
                    Value::Node(_) | Value::Null => {}
                    other => return Err(not_a("node", other)),
                }
            },
            State::Hop(hop) => hop.next(id, &mut self.input, context, frame),
            State::Ends { step, waiting, time } => {
                let StepKind::Ends { relation, from, to, filter, slice, unlike, .. } = step else { return Ok(false) };
                loop {
                    while let Some((a, b)) = waiting.pop() {
                        let fits = |(slot, is_there): (Slot, bool), node: NodeId, frame: &Frame| {
                            !is_there || frame[slot] == Value::Node(node)
                        };
                        if !fits(*from, a, frame) {
                            continue;
                        }
                        frame[from.0] = Value::Node(a);
                        if !fits(*to, b, frame) {
                            continue;
                        }
                        frame[to.0] = Value::Node(b);
                        return Ok(true);
                    }
                    if !pull(frame)? {
                        return Ok(false);
                    }
                    context.tick()?;
                    let id = match &frame[*relation] {
                        Value::Relation(id) => *id,
                        Value::Null => continue,
                        other => return Err(not_a("relation", other)),
                    };
                    let kind = context.graph.type_of(id);
                    time.ready(filter.time.as_ref(), context, frame)?;
                    let is_valid = time
                        .valid
                        .is_none_or(|v| v.reading.keeps(context.graph.holds(*slice, Entity::Relation(id), v.window)));
                    if filter.types.as_ref().is_some_and(|types| !types.contains(kind))
                        || !context.graph.has_relation(*slice, id)
                        || !is_valid
                        || is_among(id, unlike, frame)
                        || (time.must_ask && !asks(filter, context, frame)?)
                    {
                        continue;
                    }
                    let (start, end) = context.graph.ends(id);
                    let both = filter.toward == Toward::Either || context.graph.is_symmetric(kind);
                    let forward = both || filter.toward == Toward::Out;
                    let backward = (both && start != end) || filter.toward == Toward::In;
                    if backward {
                        waiting.push((end, start));
                    }
                    if forward {
                        waiting.push((start, end));
                    }
                }
            }
            State::Walk(walk) => loop {
                if walk.next(context, frame)? {
                    return Ok(true);
                }
                if !pull(frame)? {
                    return Ok(false);
                }
                walk.open(context, frame)?;
            },
            State::Shortest(shortest) => loop {
                if shortest.next(frame) {
                    return Ok(true);
                }
                if !pull(frame)? {
                    return Ok(false);
                }
                shortest.open(context, frame)?;
            },
            State::Paths(paths) => {
                if !pull(frame)? {
                    return Ok(false);
                }
                for (slot, parts) in *paths {
                    frame[*slot] = put_together(parts, context.graph, frame);
                }
                Ok(true)
            }
            State::Filter(conditions) => {
                while pull(frame)? {
                    if context.keeps(conditions, frame)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            State::Project(items) => {
                if !pull(frame)? {
                    return Ok(false);
                }
                for (slot, expr) in *items {
                    frame[*slot] = context.eval(expr, frame)?;
                }
                Ok(true)
            }
            State::Aggregate { keys, aggregates, groups } => {
                if groups.is_none() {
                    let is_only_counting =
                        keys.is_empty() && aggregates.iter().all(|(_, call)| call.aggregate.is_none());
                    let rows = if is_only_counting {
                        let count = self.input.as_mut().map_or(Ok(0), |input| input.count(context, frame))?;
                        context.current.set(id);
                        vec![vec![Value::Integer(count); aggregates.len()]]
                    } else {
                        gather(keys, aggregates, context, frame, kept, &mut pull)?
                    };
                    *groups = Some(rows.into_iter());
                }
                let Some(row) = groups.as_mut().and_then(Iterator::next) else {
                    context.let_go(std::mem::take(kept));
                    return Ok(false);
                };
                let slots = keys.iter().map(|(slot, _)| *slot).chain(aggregates.iter().map(|(slot, _)| *slot));
                for (slot, value) in slots.zip(row) {
                    frame[slot] = value;
                }
                Ok(true)
            }
            State::Distinct { slots, seen } => {
                while pull(frame)? {
                    let is_new = match &**slots {
                        [slot] => seen.insert(std::slice::from_ref(&frame[*slot])),
                        slots => seen.insert(&slots.iter().map(|slot| frame[*slot].clone()).collect::<Vec<_>>()),
                    };
                    if is_new {
                        keep(context, kept, slots.iter().map(|slot| frame[*slot].weight()).sum())?;
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            State::Sort { slots, keys, top, rows } => {
                if rows.is_none() {
                    *rows = Some(sort(slots, keys, *top, context, frame, kept, &mut pull)?.into_iter());
                }
                let Some(row) = rows.as_mut().and_then(Iterator::next) else {
                    context.let_go(std::mem::take(kept));
                    return Ok(false);
                };
                for (slot, value) in slots.iter().zip(row) {
                    frame[*slot] = value;
                }
                Ok(true)
            }
            State::Skip { count, is_done } => {
                if !*is_done {
                    *is_done = true;
                    let count = context.row_count(count, frame)?;
                    for _ in 0..count {
                        if !pull(frame)? {
                            return Ok(false);
                        }
                    }
                }
                pull(frame)
            }
            State::Limit { count, left } => {
                let now = match left {
                    Some(left) => *left,
                    None => context.row_count(count, frame)?,
                };
                *left = Some(now.saturating_sub(1));
                if now == 0 {
                    *left = Some(0);
                    return Ok(false);
                }
                pull(frame)
            }
            State::Unwind { list, slot, items } => loop {
                if let Some((all, at)) = items {
                    if let Some(item) = all.get(*at) {
                        context.tick()?;
                        frame[*slot] = item.clone();
                        *at += 1;
                        return Ok(true);
                    }
                    *items = None;
                }
                if !pull(frame)? {
                    return Ok(false);
                }
                *items = match context.eval(list, frame)? {
                    Value::Null => None,
                    Value::List(all) => Some((all, 0)),
                    one => Some((Arc::new(vec![one].into()), 0)),
                };
            },
            State::Optional { inner, slots, is_inside, has_found } => loop {
                if *is_inside {
                    let found = inner.next(context, frame)?;
                    context.current.set(id);
                    if found {
                        *has_found = true;
                        return Ok(true);
                    }
                    *is_inside = false;
                    if !*has_found {
                        for slot in *slots {
                            frame[*slot] = Value::Null;
                        }
                        return Ok(true);
                    }
                }
                if !pull(frame)? {
                    return Ok(false);
                }
                inner.rewind(context);
                *is_inside = true;
                *has_found = false;
            },
            State::Apply { inner, is_inside } => loop {
                if *is_inside {
                    let found = inner.next(context, frame)?;
                    context.current.set(id);
                    if found {
                        return Ok(true);
                    }
                    *is_inside = false;
                }
                if !pull(frame)? {
                    return Ok(false);
                }
                inner.rewind(context);
                *is_inside = true;
            },
            State::Union { arms, slots, current, seen } => {
                while let Some((arm, from)) = arms.get_mut(*current) {
                    if !arm.next(context, frame)? {
                        *current += 1;
                        continue;
                    }
                    context.current.set(id);
                    let row: Vec<Value> = from.iter().map(|slot| frame[*slot].clone()).collect();
                    if let Some(seen) = seen {
                        if !seen.insert(&row) {
                            continue;
                        }
                        keep(context, kept, row.iter().map(Value::weight).sum())?;
                    }
                    for (slot, value) in slots.iter().zip(row) {
                        frame[*slot] = value;
                    }
                    return Ok(true);
                }
                Ok(false)
            }
            State::Procedure { step, rows } => {
                let StepKind::Procedure { procedure, arguments, yields, slice, at } = step else { return Ok(false) };
                loop {
                    if let Some(row) = rows.next() {
                        for (field, slot) in yields {
                            frame[*slot] = row.get(*field).cloned().unwrap_or_default();
                        }
                        return Ok(true);
                    }
                    if !pull(frame)? {
                        return Ok(false);
                    }
                    let mut values = Vec::with_capacity(arguments.len());
                    for argument in arguments {
                        values.push(context.eval(argument, frame)?);
                    }
                    context.tick()?;
                    let made = super::eval::placed(context.graph.call(*slice, procedure.kind, &values), at)?;
                    *rows = made.into_iter();
                }
            }
        }
    }
}

/// Opens the source of a scan.
fn open<'a, G: Graph>(
    node: &'a PatternNode,
    slice: SliceId,
    context: &Context<'a, G>,
    frame: &mut Frame,
) -> Result<Source<'a, G>> {
    let values = |expr: &'a Expr, is_list: bool, frame: &mut Frame| -> Result<Vec<Value>> {
        let value = context.eval(expr, frame)?;
        Ok(match (is_list, value) {
            (true, value) => as_list(&value)?.unwrap_or_default().to_vec(),
            (false, value) => vec![value],
        })
    };
    Ok(match &node.access {
        Access::All => Source::Scan(context.graph.nodes(slice, None)),
        Access::Label(label, _) => Source::Scan(context.graph.nodes(slice, Some(*label))),
        Access::Seek(key, _, expr, is_list) => {
            let mut found = Vec::new();
            for value in values(expr, *is_list, frame)? {
                context.hit();
                found.extend(context.graph.seek(slice, *key, &value));
            }
            found.sort_unstable();
            found.dedup();
            Source::Found(found.into_iter())
        }
        Access::Identity(expr, is_list) => {
            let mut found: Vec<NodeId> = values(expr, *is_list, frame)?
                .into_iter()
                .filter_map(|value| if let Value::Node(node) = value { Some(node) } else { None })
                .filter(|node| context.graph.has_node(slice, *node))
                .collect();
            found.sort_unstable();
            found.dedup();
            Source::Found(found.into_iter())
        }
    })
}
