//! Rewrites: the same rows for less work. Each is a small function, called in one list, and can be left out by name.

use super::functions::{Body, OfGraph};
use super::graph::Schema;
use super::plan::{Access, Condition, Expr, HopKind, LabelTest, Pattern, Plan, Slot, TimeTest, Walk};
use super::tree::{CompareOp, QuantifierKind};
use crate::time::Reading;

/// A rewrite of a plan.
type Rewrite = fn(&mut Plan, &dyn Schema);

/// Every rewrite by name, in the order in which they are made.
const ALL: &[(&str, Rewrite)] = &[
    ("split_conditions", split_conditions),
    ("check_while_walking", check_while_walking),
    ("push_time_into_hops", push_time_into_hops),
    ("scan_by_label", scan_by_label),
    ("seek_by_key", seek_by_key),
    ("seek_by_identity", seek_by_identity),
    ("check_early", check_early),
    ("start_from_rarest", start_from_rarest),
    ("keep_top", keep_top),
];

/// The names of all rewrites.
pub const NAMES: &[&str] = &{
    let mut names = [""; ALL.len()];
    let mut at = 0;
    while at < ALL.len() {
        names[at] = ALL[at].0;
        at += 1;
    }
    names
};

/// Makes all rewrites but those named.
pub(super) fn rewrite(plan: &mut Plan, schema: &dyn Schema, without: &[&str]) {
    for (name, rewrite) in ALL {
        if !without.contains(name) {
            plan.for_each_plan(&mut |plan| rewrite(plan, schema));
        }
    }
}

fn pattern_of(plan: &mut Plan) -> Option<&mut Pattern> {
    if let Plan::Match { pattern, .. } = plan { Some(pattern) } else { None }
}

/// Takes conditions joined by `AND` apart, so that each can be checked by itself.
fn split_conditions(plan: &mut Plan, _: &dyn Schema) {
    let Some(pattern) = pattern_of(plan) else { return };
    pattern.conditions = split(std::mem::take(&mut pattern.conditions));
    for hop in &mut pattern.hops {
        if let HopKind::Shortest { conditions, .. } = &mut hop.kind {
            *conditions = split(std::mem::take(conditions));
        }
    }
}

fn split(conditions: Vec<Condition>) -> Vec<Condition> {
    let mut parts = Vec::with_capacity(conditions.len());
    for Condition { expr, possibly } in conditions {
        match expr {
            Expr::And(all, _) => {
                parts.extend(split(all.into_iter().map(|expr| Condition { expr, possibly }).collect()));
            }
            expr => parts.push(Condition { expr, possibly }),
        }
    }
    parts
}

/// What must be true of every relation, or node, of a walk is asked at each step.
fn check_while_walking(plan: &mut Plan, _: &dyn Schema) {
    let Some(pattern) = pattern_of(plan) else { return };
    // A named path that is one walk between two nodes.
    let paths: Vec<(Slot, Slot)> = pattern
        .paths
        .iter()
        .filter_map(|(path, parts)| match parts.as_slice() {
            [_, super::plan::PathPart::Relations(list), _] => Some((*path, *list)),
            _ => None,
        })
        .collect();
    let fresh = fresh_slots(pattern);
    let mut outer = std::mem::take(&mut pattern.conditions);
    for hop in &mut pattern.hops {
        let (walk, path, own) = match &mut hop.kind {
            HopKind::One { .. } => continue,
            HopKind::Many(walk) => {
                let path = paths.iter().find(|(_, list)| *list == walk.relations).map(|(path, _)| *path);
                (walk, path, None)
            }
            HopKind::Shortest { walk, path, conditions, .. } => {
                let path = *path;
                (walk, path, Some(conditions))
            }
        };
        if walk.steps.len() != 1 || walk.is_bound {
            continue;
        }
        let conditions = own.unwrap_or(&mut outer);
        conditions.retain(|condition| match at_each_step(condition, walk, path, &fresh) {
            Some(inner) => {
                walk.steps[0].conditions.push(inner);
                false
            }
            None => true,
        });
    }
    pattern.conditions = outer;
}

/// `all(x IN relationships(p) WHERE …)` and `none(…)` as a condition on one step.
fn at_each_step(condition: &Condition, walk: &Walk, path: Option<Slot>, fresh: &[Slot]) -> Option<Condition> {
    let Expr::Quantifier { kind, slot, list, condition: inner, at } = &condition.expr else { return None };
    let step = &walk.steps[0];
    match &**list {
        Expr::Slot(list) if *list == walk.relations => {}
        Expr::Call { function, arguments, .. }
            if function.name == "relationships"
                && matches!(arguments.as_slice(), [Expr::Slot(slot)] if Some(*slot) == path) => {}
        _ => return None,
    }
    // It may speak of nothing that the walk itself has yet to find.
    if inner.reads(&|s| s == walk.relations || Some(s) == path || fresh.contains(&s)) || has_subquery(inner) {
        return None;
    }
    let mut expr = (**inner).clone();
    rename(&mut expr, *slot, step.relation_slot);
    let expr = match kind {
        QuantifierKind::All => expr,
        QuantifierKind::None => Expr::Not(Box::new(expr), at.clone()),
        QuantifierKind::Any | QuantifierKind::Single => return None,
    };
    Some(Condition { expr, possibly: condition.possibly })
}

fn has_subquery(expr: &Expr) -> bool {
    let mut found = false;
    expr.walk(&mut |e| {
        found |= matches!(e, Expr::Subquery(..) | Expr::Run(..));
        !found
    });
    found
}

fn rename(expr: &mut Expr, from: Slot, to: Slot) {
    if let Expr::Slot(slot) = expr
        && *slot == from
    {
        *slot = to;
    }
    expr.for_each_child(&mut |child| rename(child, from, to));
}

/// `validAt(r, date)` is asked of the days that lie beside each relation, before it is taken.
fn push_time_into_hops(plan: &mut Plan, _: &dyn Schema) {
    let Some(pattern) = pattern_of(plan) else { return };
    let mut outer = std::mem::take(&mut pattern.conditions);
    for hop in &mut pattern.hops {
        match &mut hop.kind {
            HopKind::One { slot, filter, .. } => {
                if let Some(at) = outer.iter().position(|c| time_test(c, *slot).is_some()) {
                    let condition = outer.remove(at);
                    filter.time = time_test(&condition, *slot);
                }
            }
            HopKind::Many(walk) | HopKind::Shortest { walk, .. } => {
                for step in &mut walk.steps {
                    let slot = step.relation_slot;
                    if let Some(at) = step.conditions.iter().position(|c| time_test(c, slot).is_some()) {
                        let condition = step.conditions.remove(at);
                        step.filter.time = time_test(&condition, slot);
                    }
                }
            }
        }
    }
    pattern.conditions = outer;
}

/// A condition as a test of time of the relation in a slot, if it is one whose date is the same for all rows.
fn time_test(condition: &Condition, slot: Slot) -> Option<TimeTest> {
    let mut reading = if condition.possibly { Reading::Possible } else { Reading::Certain };
    let mut expr = &condition.expr;
    if let Expr::Call { function, arguments, .. } = expr
        && matches!(function.name, "possibly" | "certainly")
        && let [inner] = arguments.as_slice()
    {
        reading = if function.name == "possibly" { Reading::Possible } else { Reading::Certain };
        expr = inner;
    }
    let Expr::Call { function, arguments, .. } = expr else { return None };
    let Body::OfGraph(asked @ (OfGraph::ValidSometime | OfGraph::ValidThroughout)) = function.body else { return None };
    match arguments.as_slice() {
        [Expr::Slot(of), date] if *of == slot && matches!(date, Expr::Const(_) | Expr::Param(_)) => {
            Some(TimeTest { date: date.clone(), function: asked, reading, condition: condition.clone() })
        }
        _ => None,
    }
}

/// A node with a label is looked for among those that carry it; where it has several, among the fewest.
fn scan_by_label(plan: &mut Plan, schema: &dyn Schema) {
    let Some(pattern) = pattern_of(plan) else { return };
    for at in 0..pattern.nodes.len() {
        let slot = pattern.nodes[at].slot;
        let labels = pattern.conditions.iter().filter_map(|c| match &c.expr {
            Expr::HasLabels { base, test, .. } if **base == Expr::Slot(slot) => Some(test),
            _ => None,
        });
        let mut all = Vec::new();
        labels.for_each(|test| gather_labels(test, &mut all));
        if let Some((label, name)) = all.into_iter().min_by_key(|(label, _)| (schema.count_nodes(Some(*label)), *label))
        {
            pattern.nodes[at].access = Access::Label(label, name);
        }
    }
}

/// Labels that a node must have to pass a test.
fn gather_labels(test: &LabelTest, all: &mut Vec<(super::graph::LabelId, String)>) {
    match test {
        LabelTest::Name(Some(label), _, name) => all.push((*label, name.clone())),
        LabelTest::And(a, b) => {
            gather_labels(a, all);
            gather_labels(b, all);
        }
        _ => {}
    }
}

/// `n.id = …` and `n.name IN …` find the node instead of looking at all.
fn seek_by_key(plan: &mut Plan, schema: &dyn Schema) {
    let Some(pattern) = pattern_of(plan) else { return };
    let fresh = fresh_slots(pattern);
    for at in 0..pattern.nodes.len() {
        let slot = pattern.nodes[at].slot;
        let found = pattern.conditions.iter().find_map(|c| {
            let (property, value, is_list) = equation(&c.expr, &|e| matches!(e, Expr::Property { .. }))?;
            let Expr::Property { base, key: Some(key), name, .. } = property else { return None };
            let is_seek = **base == Expr::Slot(slot) && schema.can_seek(*key) && is_there(value, &fresh);
            is_seek.then(|| Access::Seek(*key, name.to_string(), value.clone(), is_list))
        });
        if let Some(access) = found {
            pattern.nodes[at].access = access;
        }
    }
}

/// `n = actor('HTS')` and `n IN line(…)` take the nodes as they are.
fn seek_by_identity(plan: &mut Plan, _: &dyn Schema) {
    let Some(pattern) = pattern_of(plan) else { return };
    let fresh = fresh_slots(pattern);
    for at in 0..pattern.nodes.len() {
        let slot = pattern.nodes[at].slot;
        let found = pattern.conditions.iter().find_map(|c| {
            let (_, value, is_list) = equation(&c.expr, &|e| *e == Expr::Slot(slot))?;
            is_there(value, &fresh).then(|| Access::Identity(value.clone(), is_list))
        });
        if let Some(access) = found {
            pattern.nodes[at].access = access;
        }
    }
}

/// The two sides of `a = b`, or of `a IN b`, with the one that is wanted first.
fn equation<'e>(expr: &'e Expr, is_wanted: &dyn Fn(&Expr) -> bool) -> Option<(&'e Expr, &'e Expr, bool)> {
    match expr {
        Expr::Compare(CompareOp::Equal, a, b, _) if is_wanted(a) => Some((a, b, false)),
        Expr::Compare(CompareOp::Equal, a, b, _) if is_wanted(b) => Some((b, a, false)),
        Expr::In(a, list, _) if is_wanted(a) => Some((a, list, true)),
        _ => None,
    }
}

/// Slots that the pattern itself fills.
fn fresh_slots(pattern: &Pattern) -> Vec<Slot> {
    let mut slots: Vec<Slot> = pattern.nodes.iter().filter(|n| !n.is_bound).map(|n| n.slot).collect();
    for hop in &pattern.hops {
        match &hop.kind {
            HopKind::One { slot, .. } => slots.push(*slot),
            HopKind::Many(walk) | HopKind::Shortest { walk, .. } => {
                slots.push(walk.relations);
                slots.extend(walk.node_lists.iter().chain(&walk.relation_lists).map(|(_, s)| *s));
                slots.extend(walk.path);
            }
        }
        if let HopKind::Shortest { path: Some(path), .. } = &hop.kind {
            slots.push(*path);
        }
    }
    slots.extend(pattern.paths.iter().map(|(slot, _)| *slot));
    slots
}

/// Whether an expression can be evaluated before the pattern is begun.
fn is_there(expr: &Expr, fresh: &[Slot]) -> bool {
    !has_subquery(expr) && !expr.reads(&|slot| fresh.contains(&slot))
}

/// A condition is checked as soon as what it speaks of is there.
fn check_early(plan: &mut Plan, _: &dyn Schema) {
    if let Some(pattern) = pattern_of(plan) {
        pattern.check_early = true;
    }
}

/// A pattern is begun where there is least to look at, and gone on with the cheapest hop.
fn start_from_rarest(plan: &mut Plan, _: &dyn Schema) {
    if let Some(pattern) = pattern_of(plan) {
        pattern.start_from_rarest = true;
    }
}

/// `ORDER BY` under a `LIMIT` keeps no more rows than are wanted.
fn keep_top(plan: &mut Plan, _: &dyn Schema) {
    let Plan::Limit { input, count } = plan else { return };
    match &mut **input {
        Plan::Sort { top, .. } => *top = Some((None, count.clone())),
        Plan::Skip { input, count: skip } => {
            if let Plan::Sort { top, .. } = &mut **input {
                *top = Some((Some(skip.clone()), count.clone()));
            }
        }
        _ => {}
    }
}
