//! Which slots steps and expressions read, subqueries included.

use super::{Step, StepKind};
use crate::query::plan::{Access, Condition, Expr, PathPart, RelationFilter, Slot, Walk};

/// Whether an expression reads one of some slots, also in its subqueries, which are ready to run by now.
pub(super) fn reads(expr: &Expr, is_wanted: &dyn Fn(Slot) -> bool) -> bool {
    let mut found = false;
    expr.walk(&mut |e| {
        match e {
            Expr::Slot(slot) => found |= is_wanted(*slot),
            Expr::Run(_, step) => found |= step_reads(step, is_wanted),
            _ => {}
        }
        !found
    });
    found
}

/// Whether a step, or one that it takes rows from or runs, reads one of some slots.
fn step_reads(step: &Step, is_wanted: &dyn Fn(Slot) -> bool) -> bool {
    let in_exprs = |mut all: &mut dyn Iterator<Item = &Expr>| Iterator::any(&mut all, |e| reads(e, is_wanted));
    let in_conditions = |all: &[Condition]| all.iter().any(|c| reads(&c.expr, is_wanted));
    let in_walk = |walk: &Walk| {
        in_conditions(&walk.first)
            || (walk.is_bound && is_wanted(walk.relations))
            || walk.steps.iter().any(|s| in_conditions(&s.conditions) || in_filter(&s.filter, is_wanted))
    };
    let own = match &step.kind {
        StepKind::Argument => false,
        StepKind::Nodes { node, .. } => match &node.access {
            Access::Seek(_, _, e, _) | Access::Identity(e, _) => reads(e, is_wanted),
            Access::All | Access::Label(..) => false,
        },
        StepKind::CheckNode { slot, .. } => is_wanted(*slot),
        StepKind::Hop(hop) => {
            is_wanted(hop.from)
                || (hop.into && is_wanted(hop.to))
                || hop.unlike.iter().any(|s| is_wanted(*s))
                || in_filter(&hop.filter, is_wanted)
        }
        StepKind::Ends { relation, from, to, .. } => is_wanted(*relation) || is_wanted(from.0) || is_wanted(to.0),
        StepKind::Walk(plan) => is_wanted(plan.from) || is_wanted(plan.to) || in_walk(&plan.walk),
        StepKind::Shortest(plan) => {
            is_wanted(plan.from) || is_wanted(plan.to) || in_walk(&plan.walk) || in_conditions(&plan.conditions)
        }
        StepKind::Paths(paths) => paths.iter().flat_map(|(_, parts)| parts).any(|part| match part {
            PathPart::Node(slot) | PathPart::Relation(slot) | PathPart::Relations(slot) | PathPart::Path(slot) => {
                is_wanted(*slot)
            }
        }),
        StepKind::Filter(conditions) => in_conditions(conditions),
        StepKind::Project(items) => in_exprs(&mut items.iter().map(|(_, e)| e)),
        StepKind::Aggregate { keys, aggregates } => {
            in_exprs(&mut keys.iter().map(|(_, e)| e).chain(aggregates.iter().flat_map(|(_, c)| &c.arguments)))
        }
        StepKind::Distinct(slots) => slots.iter().any(|s| is_wanted(*s)),
        StepKind::Sort { keys, slots, .. } => {
            in_exprs(&mut keys.iter().map(|(e, _)| e)) || slots.iter().any(|s| is_wanted(*s))
        }
        StepKind::Skip(e) | StepKind::Limit(e) | StepKind::Unwind(e, _) => reads(e, is_wanted),
        StepKind::Optional(inner, _) | StepKind::Apply(inner) => step_reads(inner, is_wanted),
        StepKind::Union { arms, .. } => arms.iter().any(|(arm, _)| step_reads(arm, is_wanted)),
        StepKind::Procedure { arguments, .. } => in_exprs(&mut arguments.iter()),
    };
    own || step.input.as_ref().is_some_and(|input| step_reads(input, is_wanted))
}

fn in_filter(filter: &RelationFilter, is_wanted: &dyn Fn(Slot) -> bool) -> bool {
    filter.time.as_ref().is_some_and(|t| reads(&t.condition.expr, is_wanted))
}
