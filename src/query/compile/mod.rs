//! From plan to steps: in which order a pattern is walked, and where its conditions are checked.
//!
//! The order is a greedy one: from what is there, the cheapest hop next; where nothing is there, the node with the fewest candidates. The plan says by its
//! flags whether to look for it ([`Pattern::start_from_rarest`]) or to take things as written.

mod order;
mod reads;

use crate::query::graph::{Schema, SliceId};
use crate::query::plan::{
    At, Call, Condition, Expr, HopKind, PathPart, Pattern, PatternNode, Plan, RelationFilter, Slot, Walk,
};
use crate::query::procedures::Procedure;
use order::Order;
use std::sync::Arc;

/// A step with what it takes rows from.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its number, for counting.
    pub id: usize,
    /// What it does.
    pub kind: StepKind,
    /// Where its rows come from; nothing for those that begin.
    pub input: Option<Box<Step>>,
    /// How many steps may be at work at once when it is asked for a row, itself and those of subqueries included.
    pub height: usize,
}

impl Step {
    /// Calls `visit` on this step and on those that it takes rows from or runs, subqueries in expressions aside.
    pub(super) fn for_each<'s>(&'s self, visit: &mut dyn FnMut(&'s Self)) {
        let mut next = Some(self);
        while let Some(step) = next {
            visit(step);
            match &step.kind {
                StepKind::Optional(inner, _) | StepKind::Apply(inner) => inner.for_each(visit),
                StepKind::Union { arms, .. } => arms.iter().for_each(|(arm, _)| arm.for_each(visit)),
                _ => {}
            }
            next = step.input.as_deref();
        }
    }
}

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
pub enum StepKind {
    /// Gives one row.
    Argument,
    /// Puts nodes into a slot.
    Nodes {
        /// The node.
        node: PatternNode,
        /// In which slice.
        slice: SliceId,
    },
    /// Keeps rows whose node is in the slice.
    CheckNode {
        /// The node.
        slot: Slot,
        /// Its name.
        name: String,
        /// In which slice.
        slice: SliceId,
    },
    /// Follows one relation.
    Hop(Box<Hop>),
    /// Puts the ends of a relation that is there into slots.
    Ends {
        /// The relation.
        relation: Slot,
        /// Its name.
        name: String,
        /// Where the walk starts, and whether that is there already.
        from: (Slot, bool),
        /// Where it goes, and whether that is there already.
        to: (Slot, bool),
        /// Which relations.
        filter: RelationFilter,
        /// In which slice.
        slice: SliceId,
        /// Relations that it must not be.
        unlike: Vec<Slot>,
    },
    /// Follows several relations in a row.
    Walk(Box<WalkPlan>),
    /// Follows a shortest row of relations between two nodes.
    Shortest(Box<ShortestPlan>),
    /// Puts paths together.
    Paths(Vec<(Slot, Vec<PathPart>)>),
    /// Keeps rows for which all conditions are true.
    Filter(Vec<Condition>),
    /// Fills slots.
    Project(Vec<(Slot, Expr)>),
    /// Groups rows.
    Aggregate {
        /// What groups are told apart by.
        keys: Vec<(Slot, Expr)>,
        /// What is made of each.
        aggregates: Vec<(Slot, Call)>,
    },
    /// Each different row once.
    Distinct(Vec<Slot>),
    /// Rows in order.
    Sort {
        /// What is kept of a row.
        slots: Vec<Slot>,
        /// By what, and whether from high to low.
        keys: Vec<(Expr, bool)>,
        /// Only so many: skip and limit.
        top: Option<(Option<Expr>, Expr)>,
    },
    /// Leaves out the first rows.
    Skip(Expr),
    /// Leaves out all but the first rows.
    Limit(Expr),
    /// A row for each element of a list.
    Unwind(Expr, Slot),
    /// The rows of another step for each row, or nulls.
    Optional(Box<Step>, Vec<Slot>),
    /// The rows of another step for each row.
    Apply(Box<Step>),
    /// The rows of several steps.
    Union {
        /// The steps with the slots of their columns.
        arms: Vec<(Step, Vec<Slot>)>,
        /// Where the columns come out.
        slots: Vec<Slot>,
        /// Each different row once.
        distinct: bool,
    },
    /// The rows of a procedure for each row.
    Procedure {
        /// Which.
        procedure: &'static Procedure,
        /// With what.
        arguments: Vec<Expr>,
        /// Fields with their slots.
        yields: Vec<(usize, Slot)>,
        /// In which slice.
        slice: SliceId,
        /// Where it stands.
        at: At,
    },
}

/// One relation from a node that is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Hop {
    /// Where it starts.
    pub from: Slot,
    /// Where it goes.
    pub to: Slot,
    /// The relation.
    pub relation: Slot,
    /// Whether `to` is there already and must be met.
    pub into: bool,
    /// Which relations.
    pub filter: RelationFilter,
    /// In which slice.
    pub slice: SliceId,
    /// Relations, and lists of relations, that it must not be.
    pub unlike: Vec<Slot>,
    /// Names for plans: from, relation, to.
    pub names: [String; 3],
}

/// A walk from a node that is there.
#[derive(Clone, Debug, PartialEq)]
pub struct WalkPlan {
    /// Where it starts.
    pub from: Slot,
    /// Where it goes.
    pub to: Slot,
    /// Whether `to` is there already and must be met.
    pub into: bool,
    /// The walk.
    pub walk: Walk,
    /// Whether it is gone from its end to its beginning.
    pub is_reversed: bool,
    /// In which slice.
    pub slice: SliceId,
    /// Relations, and lists of relations, that it must not hold.
    pub unlike: Vec<Slot>,
    /// Names for plans: from, to.
    pub names: [String; 2],
}

/// A shortest walk between two nodes that are there.
#[derive(Clone, Debug, PartialEq)]
pub struct ShortestPlan {
    /// Where it starts.
    pub from: Slot,
    /// Where it goes.
    pub to: Slot,
    /// The walk.
    pub walk: Walk,
    /// All shortest ones.
    pub all: bool,
    /// Where the path goes.
    pub path: Option<Slot>,
    /// What must be true of it.
    pub conditions: Vec<Condition>,
    /// In which slice.
    pub slice: SliceId,
    /// Names for plans: from, to.
    pub names: [String; 2],
}

/// Makes steps of a plan. Gives also how many steps there are, those of subqueries included.
pub(super) fn compile(plan: Plan, schema: &dyn Schema) -> (Step, usize) {
    let mut compiler = Compiler { schema, steps: 0, inside: 0 };
    let step = compiler.plan(plan);
    (step, compiler.steps)
}

struct Compiler<'a> {
    schema: &'a dyn Schema,
    steps: usize,
    /// The height of the highest of the inner steps that the next step will have.
    inside: usize,
}

impl Compiler<'_> {
    fn step(&mut self, kind: StepKind, input: Option<Step>) -> Step {
        self.steps += 1;
        let below = input.as_ref().map_or(0, |input| input.height).max(std::mem::take(&mut self.inside));
        Step { id: self.steps - 1, kind, input: input.map(Box::new), height: below + 1 }
    }

    /// Makes the subqueries in an expression ready to run.
    fn expr(&mut self, expr: &mut Expr) {
        if let Expr::Subquery(kind, plan) = expr {
            let (kind, plan) = (*kind, std::mem::replace(&mut **plan, Plan::Argument));
            let step = self.plan(plan);
            *expr = Expr::Run(kind, Arc::new(step));
            return;
        }
        expr.for_each_child(&mut |child| self.expr(child));
    }

    fn exprs<'e>(&mut self, all: impl IntoIterator<Item = &'e mut Expr>) {
        all.into_iter().for_each(|e| self.expr(e));
    }

    /// The steps of a plan. A plan is long rather than deep: it is gone down and up without recursion.
    fn plan(&mut self, plan: Plan) -> Step {
        let around = std::mem::take(&mut self.inside);
        let step = self.chain(plan);
        self.inside = around.max(step.height);
        step
    }

    fn chain(&mut self, plan: Plan) -> Step {
        let mut above = Vec::new();
        let mut plan = plan;
        while let Some(input) = plan.input_mut() {
            let below = std::mem::replace(input, Plan::Argument);
            above.push(std::mem::replace(&mut plan, below));
        }
        let mut step = if let Plan::Union { arms, slots, distinct } = plan {
            self.union(arms, slots, distinct)
        } else {
            self.step(StepKind::Argument, None)
        };
        while let Some(plan) = above.pop() {
            step = self.on(plan, step);
        }
        step
    }

    fn union(&mut self, arms: Vec<(Plan, Vec<Slot>)>, slots: Vec<Slot>, distinct: bool) -> Step {
        let arms = arms.into_iter().map(|(plan, slots)| (self.plan(plan), slots)).collect();
        self.step(StepKind::Union { arms, slots, distinct }, None)
    }

    fn inner(&mut self, plan: Plan) -> Box<Step> {
        Box::new(self.plan(plan))
    }

    /// The step of one operator, on the steps of what it takes rows from.
    fn on(&mut self, plan: Plan, input: Step) -> Step {
        let kind = match plan {
            Plan::Match { pattern, .. } => return self.pattern(pattern, input),
            Plan::Optional { inner, slots, .. } => StepKind::Optional(self.inner(*inner), slots),
            Plan::Apply { inner, .. } => StepKind::Apply(self.inner(*inner)),
            Plan::Filter { mut condition, possibly, .. } => {
                self.expr(&mut condition);
                StepKind::Filter(vec![Condition { expr: condition, possibly }])
            }
            Plan::Project { mut items, .. } => {
                self.exprs(items.iter_mut().map(|(_, e)| e));
                StepKind::Project(items)
            }
            Plan::Aggregate { mut keys, mut aggregates, .. } => {
                self.exprs(keys.iter_mut().map(|(_, e)| e));
                self.exprs(aggregates.iter_mut().flat_map(|(_, c)| &mut c.arguments));
                StepKind::Aggregate { keys, aggregates }
            }
            Plan::Distinct { slots, .. } => StepKind::Distinct(slots),
            Plan::Sort { slots, mut keys, top, .. } => {
                self.exprs(keys.iter_mut().map(|(e, _)| e));
                StepKind::Sort { slots, keys, top }
            }
            Plan::Skip { count, .. } => StepKind::Skip(count),
            Plan::Limit { count, .. } => StepKind::Limit(count),
            Plan::Unwind { mut list, slot, .. } => {
                self.expr(&mut list);
                StepKind::Unwind(list, slot)
            }
            Plan::Procedure { procedure, mut arguments, yields, slice, at, .. } => {
                self.exprs(&mut arguments);
                StepKind::Procedure { procedure, arguments, yields, slice, at }
            }
            // They take no rows from anything: `plan` has them at the bottom.
            Plan::Argument | Plan::Union { .. } => return input,
        };
        self.step(kind, Some(input))
    }

    fn pattern(&mut self, mut pattern: Pattern, input: Step) -> Step {
        self.exprs(pattern.conditions.iter_mut().map(|c| &mut c.expr));
        for hop in &mut pattern.hops {
            match &mut hop.kind {
                HopKind::One { .. } => {}
                HopKind::Many(walk) => self.walk(walk),
                HopKind::Shortest { walk, conditions, .. } => {
                    self.exprs(conditions.iter_mut().map(|c| &mut c.expr));
                    self.walk(walk);
                }
            }
        }
        let mut order = Order::new(self, pattern, input);
        order.run();
        order.done
    }

    fn walk(&mut self, walk: &mut Walk) {
        self.exprs(walk.first.iter_mut().map(|c| &mut c.expr));
        for step in &mut walk.steps {
            self.exprs(step.conditions.iter_mut().map(|c| &mut c.expr));
        }
    }
}
