//! `WITH` and `RETURN`: columns, groups, order.

use super::typing::Known;
use super::variables::Variables;
use super::{Aggregates, Column, Resolver};
use crate::query::error::{Error, Result};
use crate::query::graph::Graph;
use crate::query::plan::{Expr, Plan, Slot};
use crate::query::tree::{self, ExprKind, Name, Projection, Span};
use crate::query::types::Types;
use crate::query::value::Value;

/// An item, resolved.
struct Resolved {
    name: String,
    expr: Expr,
    known: Known,
    span: Span,
    is_aggregated: bool,
}

impl<G: Graph> Resolver<'_, G> {
    pub(super) fn returns(&mut self, input: Plan, projection: &Projection) -> Result<(Plan, Vec<Column>)> {
        self.project(input, projection, false)
    }

    pub(super) fn with(&mut self, input: Plan, projection: &Projection) -> Result<Plan> {
        let (plan, columns) = self.project(input, projection, true)?;
        let mut next = self.variables.outer();
        for column in columns {
            next.declare(&Name { text: column.name, span: column.span }, column.slot, column.known);
        }
        self.variables = next;
        Ok(plan)
    }

    fn project(&mut self, input: Plan, projection: &Projection, is_with: bool) -> Result<(Plan, Vec<Column>)> {
        let before = std::mem::replace(&mut self.aggregates, Aggregates::Gathered(Vec::new()));
        let items = self.items(projection, is_with);
        let gathered = std::mem::replace(&mut self.aggregates, before);
        let items = items?;
        let Aggregates::Gathered(mut calls) = gathered else { return Ok((input, Vec::new())) };
        let is_aggregating = !calls.is_empty();

        let mut columns = Vec::with_capacity(items.len());
        for item in &items {
            // A variable that is passed on keeps its slot. What a query inside another returns has its own, so that the plan says what is read.
            let keeps_slot = !item.is_aggregated && (is_with || self.depth == 0);
            let slot = match &item.expr {
                Expr::Slot(slot) if keeps_slot => *slot,
                _ => self.slot(),
            };
            let (name, span) = (item.name.clone(), item.span.clone());
            self.call_slot(slot, &name);
            columns.push(Column { name, slot, known: item.known, span });
        }

        // What can be seen after: aliases hide what was there before.
        let mut outputs = Variables::default();
        for column in &columns {
            outputs.declare(&Name { text: column.name.clone(), span: column.span.clone() }, column.slot, column.known);
        }
        let inputs = self.variables.clone();
        let is_closed = is_aggregating || projection.distinct;
        let merged = inputs.with(outputs);

        // ORDER BY, in which aggregates may be repeated that the items have.
        let known_calls = calls.len();
        let mut order = Vec::with_capacity(projection.order.len());
        for item in &projection.order {
            self.variables = merged.clone();
            self.aggregates = if is_aggregating {
                Aggregates::Gathered(std::mem::take(&mut calls))
            } else {
                Aggregates::Refused("this `ORDER BY`")
            };
            let resolved = self.expr(&item.expr);
            let gathered = std::mem::replace(&mut self.aggregates, Aggregates::Refused("here"));
            if let Aggregates::Gathered(more) = gathered {
                calls = more;
            }
            self.variables = inputs.clone();
            let (expr, _) = resolved?;
            order.push((expr, item));
        }
        self.aggregates = Aggregates::Refused("here");
        let visible: Vec<Slot> = inputs.iter().map(|v| v.slot).collect();
        let own: Vec<Slot> = columns.iter().map(|c| c.slot).collect();
        if is_closed {
            for (expr, item) in &mut order {
                let has_aggregate = expr.reads(&|slot| calls.iter().any(|(s, _)| *s == slot));
                for (column, resolved) in columns.iter().zip(&items) {
                    let is_simple = matches!(resolved.expr, Expr::Slot(_) | Expr::Property { .. });
                    if !has_aggregate || is_simple || resolved.is_aggregated {
                        replace(expr, &resolved.expr, column.slot);
                    }
                }
                let is_outer = |slot: Slot| inputs.iter().any(|v| v.is_outer && v.slot == slot);
                let lost = |slot: Slot| {
                    (visible.contains(&slot) && !own.contains(&slot) && !is_outer(slot))
                        || calls[known_calls..].iter().any(|(s, _)| *s == slot)
                };
                if expr.reads(&lost) {
                    let is_complex = has_aggregate
                        && items.iter().any(|i| !i.is_aggregated && contains(&item.expr, &i.name, &projection.items));
                    return Err(self.lost_in_order(&item.expr.span, is_complex));
                }
            }
        }

        if is_with {
            expect_aliases(projection)?;
        }
        let mut plan = input;
        if is_aggregating {
            plan = self.aggregate_plan(plan, &items, &columns, calls, &visible)?;
        } else {
            let projected: Vec<(Slot, Expr)> = items
                .iter()
                .zip(&columns)
                .filter(|(item, column)| item.expr != Expr::Slot(column.slot))
                .map(|(item, column)| (column.slot, item.expr.clone()))
                .collect();
            if !projected.is_empty() {
                plan = Plan::Project { input: Box::new(plan), items: projected };
            }
        }
        if projection.distinct {
            plan = Plan::Distinct { input: Box::new(plan), slots: own.clone() };
        }

        let condition = match &projection.condition {
            None => None,
            Some(condition) => {
                self.variables = merged;
                let resolved = self.predicate(condition);
                self.variables = inputs.clone();
                let mut resolved = resolved?;
                if is_closed {
                    for (column, item) in columns.iter().zip(&items) {
                        replace(&mut resolved, &item.expr, column.slot);
                    }
                    let is_outer = |slot: Slot| inputs.iter().any(|v| v.is_outer && v.slot == slot);
                    if resolved.reads(&|slot| visible.contains(&slot) && !own.contains(&slot) && !is_outer(slot)) {
                        return Err(Error::syntax(
                            "UndefinedVariable",
                            condition.span.clone(),
                            "after `DISTINCT` or an aggregate, `WHERE` sees only the columns",
                        )
                        .help("pass on what the condition needs: `WITH a, count(*) AS n WHERE …`"));
                    }
                }
                Some(resolved)
            }
        };

        if !order.is_empty() {
            let mut kept = own.clone();
            if let Some(condition) = &condition {
                kept.extend(visible.iter().filter(|slot| !own.contains(slot) && condition.reads(&|s| s == **slot)));
            }
            let keys = order.into_iter().map(|(expr, item)| (expr, item.descending)).collect();
            plan = Plan::Sort { input: Box::new(plan), slots: kept, keys, top: None };
        }
        if let Some(skip) = &projection.skip {
            let count = self.count(skip, "SKIP")?;
            plan = Plan::Skip { input: Box::new(plan), count };
        }
        if let Some(limit) = &projection.limit {
            let count = self.count(limit, "LIMIT")?;
            plan = Plan::Limit { input: Box::new(plan), count };
        }
        if let Some(condition) = condition {
            plan = Plan::Filter { input: Box::new(plan), condition, possibly: self.scope.is_possibly() };
        }
        Ok((plan, columns))
    }

    fn lost_in_order(&self, span: &Span, is_complex: bool) -> Box<Error> {
        if is_complex {
            return Error::syntax(
                "AmbiguousAggregationExpression",
                span.clone(),
                "this mixes an aggregate with an expression that is more than a variable or a property",
            )
            .help("give the expression a name with `AS` and order by the name");
        }
        Error::syntax(
            "UndefinedVariable",
            span.clone(),
            "after `DISTINCT` or an aggregate, `ORDER BY` sees only the columns",
        )
        .help("return what you order by, or aggregate it")
    }

    fn items(&mut self, projection: &Projection, is_with: bool) -> Result<Vec<Resolved>> {
        let mut items = Vec::new();
        if projection.star {
            for variable in self.variables.star() {
                items.push(Resolved {
                    name: variable.name.clone(),
                    expr: Expr::Slot(variable.slot),
                    known: variable.known,
                    span: variable.span.clone(),
                    is_aggregated: false,
                });
            }
            if items.is_empty() && projection.items.is_empty() && !is_with {
                return Err(Error::syntax(
                    "NoVariablesInScope",
                    projection.span.clone(),
                    "`RETURN *` returns every variable, and there is none",
                )
                .help("name something in the pattern: `MATCH (a) RETURN *`"));
            }
        }
        for item in &projection.items {
            let (name, span) = match (&item.alias, &item.expr.kind) {
                (Some(alias), _) => (alias.text.clone(), alias.span.clone()),
                (None, ExprKind::Variable(name)) => (name.clone(), item.expr.span.clone()),
                (None, _) => (item.text.clone(), item.expr.span.clone()),
            };
            if let Some(other) = items.iter().find(|other| other.name == name) {
                return Err(Error::syntax("ColumnNameConflict", span, format!("two columns are called `{name}`"))
                    .also(other.span.clone(), "the other one")
                    .help("rename one of them with `AS`"));
            }
            let gathered =
                |this: &Self| if let Aggregates::Gathered(calls) = &this.aggregates { calls.len() } else { 0 };
            let before = gathered(self);
            let (expr, known) = self.expr(&item.expr)?;
            // An aggregate that another item has already is known by its slot.
            let is_aggregated = gathered(self) > before
                || matches!(&self.aggregates, Aggregates::Gathered(calls)
                    if expr.reads(&|slot| calls.iter().any(|(s, _)| *s == slot)));
            items.push(Resolved { name, expr, known, span, is_aggregated });
        }
        Ok(items)
    }

    /// Groups, what is made of them, and the columns that combine both.
    fn aggregate_plan(
        &mut self,
        input: Plan,
        items: &[Resolved],
        columns: &[Column],
        calls: Vec<(Slot, super::Call)>,
        visible: &[Slot],
    ) -> Result<Plan> {
        let mut keys: Vec<(Slot, Expr)> = Vec::new();
        for (item, column) in items.iter().zip(columns).filter(|(item, _)| !item.is_aggregated) {
            keys.push((column.slot, item.expr.clone()));
        }
        let outer: Vec<Slot> = self.variables.iter().filter(|v| v.is_outer).map(|v| v.slot).collect();
        let key_slots: Vec<Slot> = keys.iter().map(|(slot, _)| *slot).collect();
        let mut after = Vec::new();
        for (item, column) in items.iter().zip(columns).filter(|(item, _)| item.is_aggregated) {
            let mut expr = item.expr.clone();
            for (slot, key) in &keys {
                if matches!(key, Expr::Slot(_) | Expr::Property { .. }) {
                    replace(&mut expr, key, *slot);
                }
            }
            if expr.reads(&|slot| visible.contains(&slot) && !key_slots.contains(&slot) && !outer.contains(&slot)) {
                return Err(Error::syntax(
                    "AmbiguousAggregationExpression",
                    item.span.clone(),
                    "this mixes an aggregate with something that differs within a group",
                )
                .help("what stands beside an aggregate must be a column of its own: put it into a `WITH` before, under a name"));
            }
            after.push((column.slot, expr));
        }
        let mut plan = Plan::Aggregate { input: Box::new(input), keys, aggregates: calls };
        if !after.is_empty() {
            plan = Plan::Project { input: Box::new(plan), items: after };
        }
        Ok(plan)
    }

    /// What `SKIP` and `LIMIT` take: a whole number that is the same for all rows.
    fn count(&mut self, expr: &tree::Expr, word: &'static str) -> Result<Expr> {
        let before = std::mem::take(&mut self.variables);
        let resolved = self.expr(expr);
        self.variables = before;
        let refused = |detail: &'static str, message: String| {
            Error::syntax(detail, expr.span.clone(), message)
                .help(format!("`{word}` takes a whole number or a parameter"))
        };
        let (resolved, known) = match resolved {
            Err(error) if error.detail == "UndefinedVariable" => {
                return Err(refused("NonConstantExpression", format!("`{word}` cannot depend on a row")));
            }
            other => other?,
        };
        if !resolved.is_constant() {
            return Err(refused("NonConstantExpression", format!("`{word}` cannot depend on a row")));
        }
        if let Expr::Const(Value::Integer(i)) = &resolved
            && *i < 0
        {
            return Err(refused("NegativeIntegerArgument", format!("`{word} {i}` is below zero")));
        }
        if !known.types.intersects(Types::INTEGER) {
            return Err(refused(
                "InvalidArgumentType",
                format!("`{word}` takes an Integer, and this is {}", known.types),
            ));
        }
        Ok(resolved)
    }
}

/// Every item of a `WITH` has a name.
fn expect_aliases(projection: &Projection) -> Result<()> {
    for item in &projection.items {
        if item.alias.is_none() && !matches!(item.expr.kind, ExprKind::Variable(_)) {
            return Err(Error::syntax(
                "NoExpressionAlias",
                item.expr.span.clone(),
                format!("`{}` needs a name in `WITH`", item.text),
            )
            .help(format!("write `{} AS …`", item.text)));
        }
    }
    Ok(())
}

/// Whether an expression as written holds one of the items as written.
fn contains(expr: &tree::Expr, name: &str, items: &[tree::Item]) -> bool {
    let Some(item) = items.iter().find(|i| i.alias.is_none() && i.text == name) else { return false };
    let ExprKind::Binary(_, a, b) = &expr.kind else { return false };
    let same = |e: &tree::Expr| *e == item.expr;
    same(a) || same(b) || contains(a, name, items) || contains(b, name, items)
}

/// Puts a slot in the place of every part of an expression that is equal to `wanted`.
fn replace(expr: &mut Expr, wanted: &Expr, slot: Slot) {
    if expr == wanted {
        *expr = Expr::Slot(slot);
        return;
    }
    expr.for_each_child(&mut |child| replace(child, wanted, slot));
}
