//! Walks of several relations: every one that fits, or the shortest.

use super::hop::{Time, asks, is_among, not_a};
use super::{Context, Frame};
use crate::query::compile::{ShortestPlan, WalkPlan};
use crate::query::error::Result;
use crate::query::graph::{Graph, Hop, HopFilter, NodeId, RelId, SliceId, Toward};
use crate::query::plan::{Walk, WalkStep};
use crate::query::value::{Path, Value};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Walks from a node, depth first. A walk takes each relation once.
pub(super) struct WalkState<'a, G: Graph + 'a> {
    plan: &'a WalkPlan,
    times: Vec<Time>,
    stack: Vec<G::Hops<'a>>,
    nodes: Vec<NodeId>,
    relations: Vec<RelId>,
    /// A walk of no relation is still to be given.
    has_empty: bool,
    /// The end that must be met.
    target: Option<NodeId>,
}

impl<'a, G: Graph + 'a> WalkState<'a, G> {
    pub(super) fn new(plan: &'a WalkPlan) -> Self {
        Self {
            plan,
            times: vec![Time::default(); plan.walk.steps.len()],
            stack: Vec::new(),
            nodes: Vec::new(),
            relations: Vec::new(),
            has_empty: false,
            target: None,
        }
    }

    pub(super) fn rewind(&mut self) {
        self.stack.clear();
        self.has_empty = false;
    }

    /// Begins at the node of a new row.
    pub(super) fn open(&mut self, context: &Context<'a, G>, frame: &mut Frame) -> Result<()> {
        let walk = &self.plan.walk;
        self.rewind();
        self.nodes.clear();
        self.relations.clear();
        let start = match &frame[self.plan.from] {
            Value::Node(node) => *node,
            Value::Null => return Ok(()),
            other => return Err(not_a("node", other)),
        };
        self.target = match (&frame[self.plan.to], self.plan.into) {
            (_, false) => None,
            (Value::Node(node), true) => Some(*node),
            (Value::Null, true) => return Ok(()),
            (other, true) => return Err(not_a("node", other)),
        };
        for (time, step) in self.times.iter_mut().zip(&walk.steps) {
            time.ready(step.filter.time.as_ref(), context, frame)?;
        }
        self.nodes.push(start);
        if walk.is_bound {
            return self.follow_list(context, frame);
        }
        self.has_empty = walk.least == 0;
        if walk.most != Some(0) && begins_round(walk, start, context, frame)? {
            self.stack.push(hops(self.plan.slice, &walk.steps[0], &self.times[0], start, context));
        }
        Ok(())
    }

    /// The list of relations is there already: it is the walk, if it is one.
    fn follow_list(&mut self, context: &Context<'a, G>, frame: &mut Frame) -> Result<()> {
        let walk = &self.plan.walk;
        let Value::List(all) = frame[walk.relations].clone() else { return Ok(()) };
        let count = all.len() as u64;
        if count < walk.least || walk.most.is_some_and(|most| count > most) {
            return Ok(());
        }
        let (step, time) = (&walk.steps[0], &self.times[0]);
        for relation in all.iter() {
            let Value::Relation(wanted) = relation else { return Err(not_a("relation", relation)) };
            let at = self.nodes[self.nodes.len() - 1];
            let mut found = None;
            for hop in hops(self.plan.slice, step, time, at, context) {
                context.tick()?;
                if hop.relation == *wanted && fits(step, time, hop, context, frame)? {
                    found = Some(hop.node);
                    break;
                }
            }
            let Some(node) = found else { return Ok(()) };
            if self.relations.contains(wanted) || is_among(*wanted, &self.plan.unlike, frame) {
                return Ok(());
            }
            self.relations.push(*wanted);
            self.nodes.push(node);
        }
        self.has_empty = true;
        Ok(())
    }

    pub(super) fn next(&mut self, context: &Context<'a, G>, frame: &mut Frame) -> Result<bool> {
        let walk = &self.plan.walk;
        if std::mem::replace(&mut self.has_empty, false) && self.ends_well() {
            self.write(frame);
            return Ok(true);
        }
        let round = walk.steps.len();
        while let Some(top) = self.stack.last_mut() {
            let next = top.next();
            let depth = self.stack.len();
            self.relations.truncate(depth - 1);
            self.nodes.truncate(depth);
            let Some(hop) = next else {
                self.stack.pop();
                continue;
            };
            context.tick()?;
            if self.relations.contains(&hop.relation) {
                continue;
            }
            if !self.plan.unlike.is_empty() && is_among(hop.relation, &self.plan.unlike, frame) {
                continue;
            }
            let at = (depth - 1) % round;
            if !fits(&walk.steps[at], &self.times[at], hop, context, frame)? {
                continue;
            }
            self.relations.push(hop.relation);
            self.nodes.push(hop.node);
            let is_round = depth.is_multiple_of(round);
            let rounds = (depth / round) as u64;
            let goes_on = if is_round {
                walk.most.is_none_or(|most| rounds < most) && begins_round(walk, hop.node, context, frame)?
            } else {
                true
            };
            if goes_on {
                let step = depth % round;
                self.stack.push(hops(self.plan.slice, &walk.steps[step], &self.times[step], hop.node, context));
            }
            if is_round && rounds >= walk.least && self.ends_well() {
                self.write(frame);
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn ends_well(&self) -> bool {
        self.target.is_none_or(|target| self.nodes.last() == Some(&target))
    }

    /// Writes the walk so far into the frame.
    fn write(&self, frame: &mut Frame) {
        let (plan, walk) = (self.plan, &self.plan.walk);
        if let Some(last) = self.nodes.last()
            && !plan.into
        {
            frame[plan.to] = Value::Node(*last);
        }
        if walk.is_listed && !walk.is_bound {
            let mut list: Vec<Value> = self.relations.iter().map(|r| Value::Relation(*r)).collect();
            if plan.is_reversed {
                list.reverse();
            }
            frame[walk.relations] = Value::list(list);
        }
        let round = walk.steps.len();
        for (at, slot) in &walk.node_lists {
            let rounds = self.relations.len() / round;
            let list = (0..rounds).map(|k| Value::Node(self.nodes[k * round + at])).collect();
            frame[*slot] = Value::list(list);
        }
        for (at, slot) in &walk.relation_lists {
            let list = self.relations.iter().skip(*at).step_by(round).map(|r| Value::Relation(*r)).collect();
            frame[*slot] = Value::list(list);
        }
        if let Some(slot) = walk.path {
            let path = Path { nodes: self.nodes.clone(), relations: self.relations.clone() };
            frame[slot] = Value::Path(Arc::new(path));
        }
    }
}

/// Whether a round may begin at a node.
fn begins_round<'a, G: Graph>(
    walk: &'a Walk,
    node: NodeId,
    context: &Context<'a, G>,
    frame: &mut Frame,
) -> Result<bool> {
    let Some(slot) = walk.first_slot else { return Ok(true) };
    frame[slot] = Value::Node(node);
    context.keeps(&walk.first, frame)
}

/// Whether a step may take a hop.
fn fits<'a, G: Graph>(
    step: &'a WalkStep,
    time: &Time,
    hop: Hop,
    context: &Context<'a, G>,
    frame: &mut Frame,
) -> Result<bool> {
    if step.conditions.is_empty() && !time.must_ask {
        return Ok(true);
    }
    frame[step.relation_slot] = Value::Relation(hop.relation);
    frame[step.node_slot] = Value::Node(hop.node);
    if time.must_ask && !asks(&step.filter, context, frame)? {
        return Ok(false);
    }
    context.keeps(&step.conditions, frame)
}

fn hops<'a, G: Graph>(
    slice: SliceId,
    step: &'a WalkStep,
    time: &Time,
    node: NodeId,
    context: &Context<'a, G>,
) -> G::Hops<'a> {
    let filter = HopFilter { toward: step.filter.toward, types: step.filter.types.as_ref(), valid: time.valid };
    context.graph.hops(slice, node, filter)
}

/// Shortest walks between two nodes, found as a whole when a row comes.
pub(super) struct ShortestState<'a> {
    plan: &'a ShortestPlan,
    time: Time,
    found: std::vec::IntoIter<Path>,
}

impl<'a> ShortestState<'a> {
    pub(super) fn new(plan: &'a ShortestPlan) -> Self {
        Self { plan, time: Time::default(), found: Vec::new().into_iter() }
    }

    pub(super) fn rewind(&mut self) {
        self.found = Vec::new().into_iter();
    }

    pub(super) fn next(&mut self, frame: &mut Frame) -> bool {
        let Some(path) = self.found.next() else { return false };
        put(self.plan, path, frame);
        true
    }

    pub(super) fn open<G: Graph>(&mut self, context: &Context<'a, G>, frame: &mut Frame) -> Result<()> {
        let plan = self.plan;
        let end = |value: &Value| match value {
            Value::Node(node) => Ok(Some(*node)),
            Value::Null => Ok(None),
            other => Err(not_a("node", other)),
        };
        let (Some(from), Some(to)) = (end(&frame[plan.from])?, end(&frame[plan.to])?) else { return Ok(()) };
        self.time.ready(plan.walk.steps[0].filter.time.as_ref(), context, frame)?;
        let mut search = Search { plan, time: &self.time, context };
        let paths = if plan.conditions.is_empty() {
            search.both_ways(from, to, frame)?
        } else {
            search.by_length(from, to, frame)?
        };
        self.found = paths.into_iter();
        Ok(())
    }
}

fn put(plan: &ShortestPlan, path: Path, frame: &mut Frame) {
    frame[plan.walk.relations] = Value::list(path.relations.iter().map(|r| Value::Relation(*r)).collect());
    if let Some(slot) = plan.path {
        frame[slot] = Value::Path(Arc::new(path));
    }
}

struct Search<'s, 'a, G> {
    plan: &'a ShortestPlan,
    time: &'s Time,
    context: &'s Context<'a, G>,
}

impl<'a, G: Graph> Search<'_, 'a, G> {
    fn step(&self) -> &'a WalkStep {
        &self.plan.walk.steps[0]
    }

    fn most(&self) -> u64 {
        self.plan.walk.most.unwrap_or(u64::MAX)
    }

    /// The hops of a node along the walk, or against it.
    fn hops(&self, node: NodeId, is_back: bool) -> G::Hops<'a> {
        let filter = &self.step().filter;
        let toward = match (filter.toward, is_back) {
            (Toward::Out, true) => Toward::In,
            (Toward::In, true) => Toward::Out,
            (toward, _) => toward,
        };
        let filter = HopFilter { toward, types: filter.types.as_ref(), valid: self.time.valid };
        self.context.graph.hops(self.plan.slice, node, filter)
    }

    /// Whether a hop from a node may be taken. Against the walk, the node that the hop leads to on the walk is the one it comes from.
    fn fits(&self, from: NodeId, hop: Hop, is_back: bool, frame: &mut Frame) -> Result<bool> {
        let forward = if is_back { Hop { node: from, ..hop } } else { hop };
        fits(self.step(), self.time, forward, self.context, frame)
    }

    /// Breadth first from both ends: the nearer ring of nodes is always the next to grow. Then walks are read off the distances.
    ///
    /// O(b^(d/2)) nodes for a branching of b and a distance of d, against O(b^d) from one end alone.
    fn both_ways(&mut self, from: NodeId, to: NodeId, frame: &mut Frame) -> Result<Vec<Path>> {
        if from == to {
            let empty = Path { nodes: vec![from], relations: Vec::new() };
            return Ok(if self.plan.walk.least == 0 { vec![empty] } else { Vec::new() });
        }
        let mut near: [FxHashMap<NodeId, u64>; 2] = [FxHashMap::default(), FxHashMap::default()];
        near[0].insert(from, 0);
        near[1].insert(to, 0);
        let mut rings = [vec![from], vec![to]];
        let mut depths = [0u64, 0u64];
        let mut best: Option<u64> = None;
        while best.is_none() && !rings[0].is_empty() && !rings[1].is_empty() && depths[0] + depths[1] < self.most() {
            let side = usize::from(rings[1].len() < rings[0].len());
            let ring = std::mem::take(&mut rings[side]);
            depths[side] += 1;
            for node in ring {
                for hop in self.hops(node, side == 1) {
                    self.context.tick()?;
                    if near[side].contains_key(&hop.node) || !self.fits(node, hop, side == 1, frame)? {
                        continue;
                    }
                    near[side].insert(hop.node, depths[side]);
                    rings[side].push(hop.node);
                    if let Some(other) = near[1 - side].get(&hop.node) {
                        let length = depths[side] + other;
                        best = Some(best.map_or(length, |b| b.min(length)));
                    }
                }
            }
        }
        let Some(length) = best.filter(|length| *length <= self.most()) else { return Ok(Vec::new()) };
        self.context.keep((near[0].len() + near[1].len()) as u64)?;
        let paths = self.read_off(from, length, &near, depths, frame);
        self.context.let_go((near[0].len() + near[1].len()) as u64);
        paths
    }

    /// The walks of a length whose nodes stand at their distances.
    fn read_off(
        &self,
        from: NodeId,
        length: u64,
        near: &[FxHashMap<NodeId, u64>; 2],
        depths: [u64; 2],
        frame: &mut Frame,
    ) -> Result<Vec<Path>> {
        let first_half = self.first_half(length, near, depths, frame)?;
        let is_on_way = |node: NodeId, at: u64| match near[1].get(&node) {
            _ if at < depths[0].min(length) => near[0].get(&node) == Some(&at) && first_half.contains(&node),
            left => left == Some(&(length - at)),
        };
        let mut paths = Vec::new();
        let mut nodes = vec![from];
        let mut relations: Vec<RelId> = Vec::new();
        let mut stack = vec![self.hops(from, false)];
        while let Some(top) = stack.last_mut() {
            let next = top.next();
            let depth = stack.len();
            nodes.truncate(depth);
            relations.truncate(depth - 1);
            let Some(hop) = next else {
                stack.pop();
                continue;
            };
            self.context.tick()?;
            if !is_on_way(hop.node, depth as u64) || !self.fits(nodes[depth - 1], hop, false, frame)? {
                continue;
            }
            nodes.push(hop.node);
            relations.push(hop.relation);
            if depth as u64 == length {
                self.context.weigh(paths.len() as u64 * length)?;
                paths.push(Path { nodes: nodes.clone(), relations: relations.clone() });
                if !self.plan.all {
                    break;
                }
            } else {
                stack.push(self.hops(hop.node, false));
            }
        }
        Ok(paths)
    }

    /// The nodes of the nearer half that some walk of the length goes through: back from where the two searches met, so that no dead end is
    /// gone into when walks are read off.
    fn first_half(
        &self,
        length: u64,
        near: &[FxHashMap<NodeId, u64>; 2],
        depths: [u64; 2],
        frame: &mut Frame,
    ) -> Result<FxHashSet<NodeId>> {
        let met = depths[0].min(length);
        let is_met = |node: &NodeId| near[0].get(node) == Some(&met);
        let mut ring: Vec<NodeId> =
            near[1].iter().filter(|(_, left)| **left == length - met).map(|(n, _)| *n).filter(is_met).collect();
        ring.sort_unstable();
        let mut kept: FxHashSet<NodeId> = ring.iter().copied().collect();
        for at in (1..met).rev() {
            let mut before = Vec::new();
            for node in ring {
                for hop in self.hops(node, true) {
                    self.context.tick()?;
                    if near[0].get(&hop.node) == Some(&at)
                        && !kept.contains(&hop.node)
                        && self.fits(node, hop, true, frame)?
                    {
                        kept.insert(hop.node);
                        before.push(hop.node);
                    }
                }
            }
            ring = before;
        }
        Ok(kept)
    }

    /// Walks by length, the shortest first, until one meets the conditions on the whole path.
    fn by_length(&mut self, from: NodeId, to: NodeId, frame: &mut Frame) -> Result<Vec<Path>> {
        let plan = self.plan;
        let mut found = Vec::new();
        if plan.walk.least == 0 && from == to {
            let path = Path { nodes: vec![from], relations: Vec::new() };
            put(plan, path.clone(), frame);
            if self.context.keeps(&plan.conditions, frame)? {
                found.push(path);
            }
        }
        let mut length = 1;
        while length <= self.most() && found.is_empty() {
            let mut accept = |path: Path, frame: &mut Frame| -> Result<bool> {
                put(plan, path.clone(), frame);
                let is_kept = self.context.keeps(&plan.conditions, frame)?;
                if is_kept {
                    found.push(path);
                }
                Ok(is_kept && !plan.all)
            };
            if !self.of_length(from, to, length, frame, &mut accept)? {
                break;
            }
            length += 1;
        }
        Ok(found)
    }

    /// Shows every walk of a length, without a repeated node, to `accept`, until it says enough. False when no walk is as long.
    fn of_length(
        &self,
        from: NodeId,
        to: NodeId,
        length: u64,
        frame: &mut Frame,
        accept: &mut dyn FnMut(Path, &mut Frame) -> Result<bool>,
    ) -> Result<bool> {
        let mut reached = false;
        let mut nodes = vec![from];
        let mut relations: Vec<RelId> = Vec::new();
        let mut stack = vec![self.hops(from, false)];
        while let Some(top) = stack.last_mut() {
            let next = top.next();
            let depth = stack.len();
            nodes.truncate(depth);
            relations.truncate(depth - 1);
            let Some(hop) = next else {
                stack.pop();
                continue;
            };
            self.context.tick()?;
            let is_last = depth as u64 == length;
            if nodes.contains(&hop.node) || (!is_last && hop.node == to) {
                continue;
            }
            if !self.fits(nodes[depth - 1], hop, false, frame)? {
                continue;
            }
            nodes.push(hop.node);
            relations.push(hop.relation);
            if is_last {
                reached = true;
                if hop.node == to && accept(Path { nodes: nodes.clone(), relations: relations.clone() }, frame)? {
                    return Ok(true);
                }
            } else {
                stack.push(self.hops(hop.node, false));
            }
        }
        Ok(reached)
    }
}
