//! Going through plans and expressions: every part seen, every part changed, what is read.
//!
//! Inputs are gone along in loops, not by recursion, since a query may have many clauses.

use super::{Access, Condition, Expr, HopKind, MapItem, Plan, Slot, Walk};

impl Expr {
    /// Calls `visit` on this expression and all below it, also inside plans of subqueries, until it says no.
    pub fn walk(&self, visit: &mut dyn FnMut(&Self) -> bool) {
        if !visit(self) {
            return;
        }
        match self {
            Self::Const(_) | Self::Param(_) | Self::Slot(_) | Self::Run(..) => {}
            Self::Property { base, .. } | Self::HasLabels { base, .. } => base.walk(visit),
            Self::Not(a, _) | Self::Negate(a, _) | Self::Plus(a, _) | Self::IsNull(a, _) => a.walk(visit),
            Self::Arithmetic(_, a, b, _)
            | Self::Xor(a, b, _)
            | Self::Compare(_, a, b, _)
            | Self::Index(a, b, _, _)
            | Self::In(a, b, _) => {
                a.walk(visit);
                b.walk(visit);
            }
            Self::And(all, _) | Self::Or(all, _) | Self::List(all) => all.iter().for_each(|e| e.walk(visit)),
            Self::Call { arguments, .. } => arguments.iter().for_each(|e| e.walk(visit)),
            Self::Map(entries) => entries.iter().for_each(|(_, e)| e.walk(visit)),
            Self::Slice(a, from, to, _) => {
                a.walk(visit);
                from.iter().chain(to).for_each(|e| e.walk(visit));
            }
            Self::Case { subject, branches, otherwise } => {
                subject.iter().for_each(|e| e.walk(visit));
                for (when, then) in branches {
                    when.walk(visit);
                    then.walk(visit);
                }
                otherwise.iter().for_each(|e| e.walk(visit));
            }
            Self::ListComprehension { list, condition, value, .. } => {
                list.walk(visit);
                condition.iter().chain(value).for_each(|e| e.walk(visit));
            }
            Self::Quantifier { list, condition, .. } => {
                list.walk(visit);
                condition.walk(visit);
            }
            Self::Reduce { initial, list, value, .. } => {
                initial.walk(visit);
                list.walk(visit);
                value.walk(visit);
            }
            Self::Subquery(_, plan) => plan.walk(visit),
            Self::MapProjection { base, items, .. } => {
                base.walk(visit);
                for item in items {
                    if let MapItem::Entry(_, e) = item {
                        e.walk(visit);
                    }
                }
            }
        }
    }

    /// Calls `visit` on each expression directly below this one; plans of subqueries are left alone.
    pub fn for_each_child(&mut self, visit: &mut dyn FnMut(&mut Self)) {
        match self {
            Self::Const(_) | Self::Param(_) | Self::Slot(_) | Self::Subquery(..) | Self::Run(..) => {}
            Self::Property { base, .. } | Self::HasLabels { base, .. } => visit(base),
            Self::Not(a, _) | Self::Negate(a, _) | Self::Plus(a, _) | Self::IsNull(a, _) => visit(a),
            Self::Arithmetic(_, a, b, _)
            | Self::Xor(a, b, _)
            | Self::Compare(_, a, b, _)
            | Self::Index(a, b, _, _)
            | Self::In(a, b, _) => {
                visit(a);
                visit(b);
            }
            Self::And(all, _) | Self::Or(all, _) | Self::List(all) => all.iter_mut().for_each(visit),
            Self::Call { arguments, .. } => arguments.iter_mut().for_each(visit),
            Self::Map(entries) => entries.iter_mut().for_each(|(_, e)| visit(e)),
            Self::Slice(a, from, to, _) => {
                visit(a);
                from.iter_mut().chain(to).for_each(|e| visit(e));
            }
            Self::Case { subject, branches, otherwise } => {
                subject.iter_mut().for_each(|e| visit(e));
                for (when, then) in branches {
                    visit(when);
                    visit(then);
                }
                otherwise.iter_mut().for_each(|e| visit(e));
            }
            Self::ListComprehension { list, condition, value, .. } => {
                visit(list);
                condition.iter_mut().chain(value).for_each(|e| visit(e));
            }
            Self::Quantifier { list, condition, .. } => {
                visit(list);
                visit(condition);
            }
            Self::Reduce { initial, list, value, .. } => {
                visit(initial);
                visit(list);
                visit(value);
            }
            Self::MapProjection { base, items, .. } => {
                visit(base);
                for item in items {
                    if let MapItem::Entry(_, e) = item {
                        visit(e);
                    }
                }
            }
        }
    }

    /// Calls `visit` on this expression and all below it, but for plans of subqueries, which it shows to `on_plan`.
    pub fn for_each_plan(&mut self, on_plan: &mut dyn FnMut(&mut Plan)) {
        if let Self::Subquery(_, plan) = self {
            on_plan(plan);
        }
        self.for_each_child(&mut |child| child.for_each_plan(on_plan));
    }

    /// Whether it reads a slot for which `is_wanted` holds.
    pub fn reads(&self, is_wanted: &dyn Fn(Slot) -> bool) -> bool {
        let mut found = false;
        self.walk(&mut |e| {
            match e {
                Self::Slot(slot) => found |= is_wanted(*slot),
                Self::Subquery(_, plan) => plan.bound_slots(&mut |slot| found |= is_wanted(slot)),
                _ => {}
            }
            !found
        });
        found
    }

    /// Whether it is the same in every row: it reads no slot and no subquery.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        let mut constant = true;
        self.walk(&mut |e| {
            constant &= !matches!(e, Self::Slot(_) | Self::Subquery(..) | Self::Run(..));
            constant
        });
        constant
    }
}

impl Plan {
    /// What it takes rows from; nothing for those that begin.
    #[must_use]
    pub fn input(&self) -> Option<&Self> {
        match self {
            Self::Argument | Self::Union { .. } => None,
            Self::Match { input, .. }
            | Self::Optional { input, .. }
            | Self::Apply { input, .. }
            | Self::Filter { input, .. }
            | Self::Project { input, .. }
            | Self::Aggregate { input, .. }
            | Self::Distinct { input, .. }
            | Self::Sort { input, .. }
            | Self::Skip { input, .. }
            | Self::Limit { input, .. }
            | Self::Unwind { input, .. }
            | Self::Procedure { input, .. } => Some(input),
        }
    }

    /// The same, to be changed.
    pub fn input_mut(&mut self) -> Option<&mut Self> {
        match self {
            Self::Argument | Self::Union { .. } => None,
            Self::Match { input, .. }
            | Self::Optional { input, .. }
            | Self::Apply { input, .. }
            | Self::Filter { input, .. }
            | Self::Project { input, .. }
            | Self::Aggregate { input, .. }
            | Self::Distinct { input, .. }
            | Self::Sort { input, .. }
            | Self::Skip { input, .. }
            | Self::Limit { input, .. }
            | Self::Unwind { input, .. }
            | Self::Procedure { input, .. } => Some(input),
        }
    }

    /// Calls `visit` on every expression of the plan, outermost first.
    pub fn walk(&self, visit: &mut dyn FnMut(&Expr) -> bool) {
        // A plan is long rather than deep: no recursion along what it takes rows from.
        let mut plan = Some(self);
        while let Some(here) = plan {
            here.walk_own(visit);
            plan = here.input();
        }
    }

    fn walk_own(&self, visit: &mut dyn FnMut(&Expr) -> bool) {
        let conditions = |conditions: &[Condition], visit: &mut dyn FnMut(&Expr) -> bool| {
            conditions.iter().for_each(|c| c.expr.walk(visit));
        };
        match self {
            Self::Argument => {}
            Self::Match { pattern, .. } => {
                conditions(&pattern.conditions, visit);
                for node in &pattern.nodes {
                    if let Access::Seek(_, _, e, _) | Access::Identity(e, _) = &node.access {
                        e.walk(visit);
                    }
                }
                for hop in &pattern.hops {
                    match &hop.kind {
                        HopKind::One { .. } => {}
                        HopKind::Many(walk) => {
                            walk.steps.iter().for_each(|s| conditions(&s.conditions, visit));
                            conditions(&walk.first, visit);
                        }
                        HopKind::Shortest { walk, conditions: on_path, .. } => {
                            walk.steps.iter().for_each(|s| conditions(&s.conditions, visit));
                            conditions(on_path, visit);
                        }
                    }
                }
            }
            Self::Optional { inner, .. } | Self::Apply { inner, .. } => {
                inner.walk(visit);
            }
            Self::Filter { condition, .. } => {
                condition.walk(visit);
            }
            Self::Project { items, .. } => {
                items.iter().for_each(|(_, e)| e.walk(visit));
            }
            Self::Aggregate { keys, aggregates, .. } => {
                keys.iter().for_each(|(_, e)| e.walk(visit));
                aggregates.iter().flat_map(|(_, c)| &c.arguments).for_each(|e| e.walk(visit));
            }
            Self::Distinct { .. } => {}
            Self::Sort { keys, top, .. } => {
                keys.iter().for_each(|(e, _)| e.walk(visit));
                if let Some((skip, limit)) = top {
                    skip.iter().for_each(|e| e.walk(visit));
                    limit.walk(visit);
                }
            }
            Self::Skip { count, .. } | Self::Limit { count, .. } => {
                count.walk(visit);
            }
            Self::Unwind { list, .. } => {
                list.walk(visit);
            }
            Self::Union { arms, .. } => arms.iter().for_each(|(plan, _)| plan.walk(visit)),
            Self::Procedure { arguments, .. } => {
                arguments.iter().for_each(|e| e.walk(visit));
            }
        }
    }

    /// The plans that this one runs for its rows, and its own expressions; not what it takes rows from.
    pub fn for_each_part(&mut self, on_plan: &mut dyn FnMut(&mut Self), on_expr: &mut dyn FnMut(&mut Expr)) {
        let conditions = |all: &mut [Condition], on_expr: &mut dyn FnMut(&mut Expr)| {
            all.iter_mut().for_each(|c| on_expr(&mut c.expr));
        };
        match self {
            Self::Argument => {}
            Self::Match { pattern, .. } => {
                conditions(&mut pattern.conditions, on_expr);
                for node in &mut pattern.nodes {
                    if let Access::Seek(_, _, e, _) | Access::Identity(e, _) = &mut node.access {
                        on_expr(e);
                    }
                }
                for hop in &mut pattern.hops {
                    match &mut hop.kind {
                        HopKind::One { .. } => {}
                        HopKind::Many(walk) => {
                            walk.steps.iter_mut().for_each(|s| conditions(&mut s.conditions, on_expr));
                            conditions(&mut walk.first, on_expr);
                        }
                        HopKind::Shortest { walk, conditions: on_path, .. } => {
                            walk.steps.iter_mut().for_each(|s| conditions(&mut s.conditions, on_expr));
                            conditions(on_path, on_expr);
                        }
                    }
                }
            }
            Self::Optional { inner, .. } | Self::Apply { inner, .. } => {
                on_plan(inner);
            }
            Self::Filter { condition, .. } => {
                on_expr(condition);
            }
            Self::Project { items, .. } => {
                items.iter_mut().for_each(|(_, e)| on_expr(e));
            }
            Self::Aggregate { keys, aggregates, .. } => {
                keys.iter_mut().for_each(|(_, e)| on_expr(e));
                aggregates.iter_mut().flat_map(|(_, c)| &mut c.arguments).for_each(on_expr);
            }
            Self::Distinct { .. } => {}
            Self::Sort { keys, top, .. } => {
                keys.iter_mut().for_each(|(e, _)| on_expr(e));
                if let Some((skip, limit)) = top {
                    skip.iter_mut().chain([limit]).for_each(on_expr);
                }
            }
            Self::Skip { count, .. } | Self::Limit { count, .. } => {
                on_expr(count);
            }
            Self::Unwind { list, .. } => {
                on_expr(list);
            }
            Self::Union { arms, .. } => arms.iter_mut().for_each(|(plan, _)| on_plan(plan)),
            Self::Procedure { arguments, .. } => {
                arguments.iter_mut().for_each(on_expr);
            }
        }
    }

    /// Calls `visit` on this plan and every plan in it, also those of subqueries: on what it takes rows from later than on itself.
    pub fn for_each_plan(&mut self, visit: &mut dyn FnMut(&mut Self)) {
        // Two borrows of one visitor: gathered first, visited after, would need a copy; so it is handed on through a cell.
        let visit = std::cell::RefCell::new(visit);
        self.visit_plans(&visit);
    }

    fn visit_plans(&mut self, visit: &std::cell::RefCell<&mut dyn FnMut(&mut Self)>) {
        let mut plan = Some(self);
        while let Some(here) = plan {
            here.for_each_part(&mut |plan| plan.visit_plans(visit), &mut |expr| {
                expr.for_each_plan(&mut |plan| plan.visit_plans(visit));
            });
            (visit.borrow_mut())(here);
            plan = here.input_mut();
        }
    }

    /// Calls `visit` on the slots that patterns of this plan start from because they were bound outside.
    pub fn bound_slots(&self, visit: &mut dyn FnMut(Slot)) {
        let mut plan = Some(self);
        while let Some(here) = plan {
            match here {
                Self::Match { pattern, .. } => {
                    pattern.nodes.iter().filter(|n| n.is_bound).for_each(|n| visit(n.slot));
                    for hop in &pattern.hops {
                        match &hop.kind {
                            HopKind::One { slot, is_bound: true, .. } => visit(*slot),
                            HopKind::Many(Walk { relations: slot, is_bound: true, .. }) => visit(*slot),
                            _ => {}
                        }
                    }
                }
                Self::Optional { inner, .. } | Self::Apply { inner, .. } => inner.bound_slots(visit),
                Self::Union { arms, .. } => arms.iter().for_each(|(plan, _)| plan.bound_slots(visit)),
                _ => {}
            }
            plan = here.input();
        }
    }
}
