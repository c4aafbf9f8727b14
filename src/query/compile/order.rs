//! In which order a pattern is walked, and where its conditions are checked.
//!
//! A greedy order: from what is there, the cheapest hop next; where nothing is there, the node with the fewest candidates.

use super::reads::reads;
use super::{Compiler, Hop, ShortestPlan, Step, StepKind, WalkPlan};
use crate::query::graph::Toward;
use crate::query::plan::{
    Access, Condition, Expr, HopKind, LabelTest, Pattern, PatternNode, RelationFilter, Slot, Walk,
};
use crate::query::tree::CompareOp;

/// A pattern being put into order.
pub(super) struct Order<'c, 'a> {
    compiler: &'c mut Compiler<'a>,
    pattern: Pattern,
    /// The steps so far.
    pub(super) done: Step,
    /// For each node whether it is there.
    there: Vec<bool>,
    /// For each hop whether it has been gone.
    gone: Vec<bool>,
    /// Slots that this pattern fills and that are not filled yet.
    empty: Vec<Slot>,
    /// Relations so far, one or a list a slot.
    relations: Vec<Slot>,
    conditions: Vec<Condition>,
}

impl<'c, 'a> Order<'c, 'a> {
    pub(super) fn new(compiler: &'c mut Compiler<'a>, mut pattern: Pattern, input: Step) -> Self {
        let mut empty: Vec<Slot> = pattern.nodes.iter().filter(|n| !n.is_bound).map(|n| n.slot).collect();
        let is_single = pattern.hops.len() <= 1;
        for hop in &mut pattern.hops {
            match &mut hop.kind {
                HopKind::One { slot, is_bound, .. } => empty.extend((!*is_bound).then_some(*slot)),
                HopKind::Many(walk) => {
                    walk.is_listed |= !is_single;
                    fill_slots(walk, &mut empty);
                }
                HopKind::Shortest { walk, path, .. } => {
                    fill_slots(walk, &mut empty);
                    empty.extend(*path);
                }
            }
        }
        empty.extend(pattern.paths.iter().map(|(slot, _)| *slot));
        Self {
            there: pattern.nodes.iter().map(|n| n.is_bound).collect(),
            gone: vec![false; pattern.hops.len()],
            conditions: std::mem::take(&mut pattern.conditions),
            relations: Vec::new(),
            compiler,
            pattern,
            done: input,
            empty,
        }
    }

    fn push(&mut self, kind: StepKind) {
        let input = std::mem::replace(&mut self.done, Step { id: 0, kind: StepKind::Argument, input: None, height: 0 });
        self.done = self.compiler.step(kind, Some(input));
    }

    pub(super) fn run(&mut self) {
        for node in 0..self.pattern.nodes.len() {
            let PatternNode { slot, name, checked: true, .. } = &self.pattern.nodes[node] else { continue };
            // A hop finds nothing from what is no node; only the slice could leave one out.
            let has_hop = self.pattern.hops.iter().any(|hop| hop.from == node || hop.to == node);
            if has_hop && self.compiler.schema.has_all_nodes(self.pattern.slice) {
                continue;
            }
            let kind = StepKind::CheckNode { slot: *slot, name: name.clone(), slice: self.pattern.slice };
            self.push(kind);
        }
        self.check();
        while let Some(next) = self.next() {
            match next {
                Next::Scan(node) => {
                    let found = self.pattern.nodes[node].clone();
                    let slot = found.slot;
                    self.conditions.retain(|condition| !is_met_by(&found, &condition.expr));
                    self.push(StepKind::Nodes { node: found, slice: self.pattern.slice });
                    self.there[node] = true;
                    self.filled(slot);
                }
                Next::Go(hop) => self.go(hop),
            }
            self.check();
        }
        if !self.pattern.paths.is_empty() {
            let paths = std::mem::take(&mut self.pattern.paths);
            for (slot, _) in &paths {
                self.empty.retain(|e| e != slot);
            }
            self.push(StepKind::Paths(paths));
        }
        self.empty.clear();
        let rest = std::mem::take(&mut self.conditions);
        if !rest.is_empty() {
            self.push(StepKind::Filter(rest));
        }
    }

    fn filled(&mut self, slot: Slot) {
        self.empty.retain(|e| *e != slot);
    }

    /// Checks the conditions that can be checked by now.
    fn check(&mut self) {
        if !self.pattern.check_early {
            return;
        }
        let empty = &self.empty;
        let (ready, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.conditions)
            .into_iter()
            .partition(|c| !reads(&c.expr, &|slot| empty.contains(&slot)));
        self.conditions = rest;
        if !ready.is_empty() {
            self.push(StepKind::Filter(ready));
        }
    }

    /// What to do next; nothing when all is done.
    fn next(&self) -> Option<Next> {
        // What a shortest path is asked may speak of anything else in the pattern: it is looked for when all else is there.
        let is_shortest = |hop: usize| matches!(self.pattern.hops[hop].kind, HopKind::Shortest { .. });
        let all_open = || (0..self.gone.len()).filter(|hop| !self.gone[*hop]);
        let is_else_there = self.there.iter().all(|there| *there) && all_open().all(is_shortest);
        let open = || all_open().filter(|hop| is_else_there || !is_shortest(*hop));
        if !self.pattern.start_from_rarest {
            // As written: the first hop, from its left end unless only the right one is there.
            if let Some(hop) = open().next() {
                return Some(match self.can_go(hop) {
                    Ok(_) => Next::Go(hop),
                    Err(node) => Next::Scan(node),
                });
            }
            return self.there.iter().position(|there| !there).map(Next::Scan);
        }
        let cheapest = open().filter_map(|hop| Some((self.can_go(hop).ok()?, hop)));
        if let Some((_, hop)) = cheapest.min_by(|a, b| a.0.total_cmp(&b.0)) {
            return Some(Next::Go(hop));
        }
        // A group and a shortest path ask for a certain end; a node is looked for where there are fewest.
        let wanted: Vec<usize> = all_open().filter_map(|hop| self.must_scan(hop)).collect();
        let candidates = (0..self.there.len()).filter(|node| !self.there[*node]);
        candidates
            .filter(|node| wanted.is_empty() || wanted.contains(node) || !self.is_only_end(*node))
            .map(|node| (self.candidates(node), node))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, node)| Next::Scan(node))
    }

    /// Whether a node can only be reached as the far end of hops that go one way.
    fn is_only_end(&self, node: usize) -> bool {
        let mut hops = self
            .pattern
            .hops
            .iter()
            .enumerate()
            .filter(|(at, h)| !self.gone[*at] && (h.from == node || h.to == node))
            .peekable();
        hops.peek().is_some() && hops.all(|(_, h)| h.to == node && h.from != node && !is_reversible(&h.kind))
    }

    fn must_scan(&self, hop: usize) -> Option<usize> {
        let hop = &self.pattern.hops[hop];
        (!is_reversible(&hop.kind) && !self.there[hop.from]).then_some(hop.from)
    }

    /// About how many rows a hop makes of one, if it can be gone; else the node that must be found first.
    fn can_go(&self, at: usize) -> Result<f64, usize> {
        let hop = &self.pattern.hops[at];
        let (from, to) = (self.there[hop.from], self.there[hop.to]);
        let both = if from && to { 0.1 } else { 1.0 };
        match &hop.kind {
            HopKind::One { is_bound: true, .. } => Ok(0.01),
            HopKind::One { filter, .. } if from || to => Ok(both * self.fan_out(filter)),
            HopKind::Many(walk) if from || (to && is_reversible(&hop.kind)) => {
                let rounds = walk.most.unwrap_or(4).min(4) as i32;
                let fan_out: f64 = walk.steps.iter().map(|s| self.fan_out(&s.filter).max(1.1)).product();
                Ok(both * fan_out.powi(rounds.max(1)) + 1.0)
            }
            HopKind::Shortest { .. } if from && to => Ok(1000.0),
            HopKind::Shortest { .. } if from => Err(hop.to),
            _ => Err(hop.from),
        }
    }

    fn fan_out(&self, filter: &RelationFilter) -> f64 {
        let nodes = self.compiler.schema.count_nodes(None).max(1) as f64;
        let relations = self.compiler.schema.count_relations(filter.types.as_ref()) as f64;
        let ways = if filter.toward == Toward::Either { 2.0 } else { 1.0 };
        let time = if filter.time.is_some() { 0.3 } else { 1.0 };
        relations * ways * time / nodes
    }

    fn candidates(&self, node: usize) -> f64 {
        match &self.pattern.nodes[node].access {
            Access::All => self.compiler.schema.count_nodes(None) as f64,
            Access::Label(label, _) => self.compiler.schema.count_nodes(Some(*label)) as f64,
            Access::Seek(.., is_list) => {
                if *is_list {
                    4.0
                } else {
                    1.0
                }
            }
            Access::Identity(_, is_list) => {
                if *is_list {
                    3.0
                } else {
                    0.5
                }
            }
        }
    }

    fn go(&mut self, at: usize) {
        self.gone[at] = true;
        let hop = self.pattern.hops[at].clone();
        let slice = self.pattern.slice;
        let (mut from, mut to) = (hop.from, hop.to);
        // From the end that is there; from the left one when both are.
        let is_reversed = !self.there[from] && self.there[to];
        if is_reversed {
            std::mem::swap(&mut from, &mut to);
        }
        let slot = |node: usize| self.pattern.nodes[node].slot;
        let name = |node: usize| self.pattern.nodes[node].name.clone();
        let (from_slot, to_slot) = (slot(from), slot(to));
        let into = self.there[to] || from == to;
        let unlike = self.relations.clone();
        match hop.kind {
            HopKind::One { slot: relation, name: own, is_bound, mut filter } => {
                let kind = if is_bound {
                    let (left, right) = (hop.from, hop.to);
                    StepKind::Ends {
                        relation,
                        name: own,
                        from: (slot(left), self.there[left]),
                        to: (slot(right), self.there[right] || left == right),
                        filter,
                        slice,
                        unlike,
                    }
                } else {
                    if is_reversed {
                        filter.toward = turned(filter.toward);
                    }
                    let names = [name(from), own, name(to)];
                    StepKind::Hop(Box::new(Hop {
                        from: from_slot,
                        to: to_slot,
                        relation,
                        into,
                        filter,
                        slice,
                        unlike,
                        names,
                    }))
                };
                self.push(kind);
                self.filled(relation);
                self.relations.push(relation);
            }
            HopKind::Many(mut walk) => {
                if is_reversed {
                    for step in &mut walk.steps {
                        step.filter.toward = turned(step.filter.toward);
                    }
                }
                let mut lists = Vec::new();
                fill_slots(&walk, &mut lists);
                self.relations.push(walk.relations);
                let names = [name(from), name(to)];
                self.push(StepKind::Walk(Box::new(WalkPlan {
                    from: from_slot,
                    to: to_slot,
                    into,
                    walk,
                    is_reversed,
                    slice,
                    unlike,
                    names,
                })));
                self.empty.retain(|e| !lists.contains(e));
            }
            HopKind::Shortest { walk, all, path, conditions } => {
                let mut lists: Vec<Slot> = path.into_iter().collect();
                fill_slots(&walk, &mut lists);
                self.relations.push(walk.relations);
                let names = [name(from), name(to)];
                self.push(StepKind::Shortest(Box::new(ShortestPlan {
                    from: from_slot,
                    to: to_slot,
                    walk,
                    all,
                    path,
                    conditions,
                    slice,
                    names,
                })));
                self.empty.retain(|e| !lists.contains(e));
            }
        }
        for node in [from, to] {
            if !self.there[node] {
                self.there[node] = true;
                self.filled(self.pattern.nodes[node].slot);
            }
        }
    }
}

/// What to do next.
enum Next {
    /// Find a node.
    Scan(usize),
    /// Go a hop.
    Go(usize),
}

/// The slots that a walk fills.
fn fill_slots(walk: &Walk, slots: &mut Vec<Slot>) {
    slots.extend((!walk.is_bound).then_some(walk.relations));
    slots.extend(walk.node_lists.iter().chain(&walk.relation_lists).map(|(_, slot)| *slot));
    slots.extend(walk.path);
}

/// Whether a hop can be gone from its right end.
fn is_reversible(kind: &HopKind) -> bool {
    match kind {
        HopKind::One { .. } => true,
        HopKind::Many(walk) => {
            walk.steps.len() == 1
                && walk.path.is_none()
                && walk.first_slot.is_none()
                && !walk.is_bound
                && walk.steps[0].conditions.iter().all(|c| !reads(&c.expr, &|slot| slot == walk.steps[0].node_slot))
        }
        HopKind::Shortest { .. } => false,
    }
}

fn turned(toward: Toward) -> Toward {
    match toward {
        Toward::Out => Toward::In,
        Toward::In => Toward::Out,
        Toward::Either => Toward::Either,
    }
}

/// Whether the way a node is found already makes a condition true.
fn is_met_by(node: &PatternNode, condition: &Expr) -> bool {
    let is_node = |e: &Expr| *e == Expr::Slot(node.slot);
    let equates = |wanted: &dyn Fn(&Expr) -> bool, value: &Expr, is_list: bool| match condition {
        Expr::Compare(CompareOp::Equal, a, b, _) => {
            !is_list && ((wanted(a) && **b == *value) || (wanted(b) && **a == *value))
        }
        Expr::In(a, list, _) => is_list && wanted(a) && **list == *value,
        _ => false,
    };
    match &node.access {
        Access::All => false,
        Access::Label(label, _) => {
            matches!(condition, Expr::HasLabels { base, test: LabelTest::Name(Some(tested), ..), .. }
            if is_node(base) && tested == label)
        }
        Access::Seek(key, _, value, is_list) => {
            let is_property =
                |e: &Expr| matches!(e, Expr::Property { base, key: Some(k), .. } if is_node(base) && k == key);
            equates(&is_property, value, *is_list)
        }
        Access::Identity(value, is_list) => equates(&is_node, value, *is_list),
    }
}
