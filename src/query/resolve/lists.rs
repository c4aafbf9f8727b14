//! Expressions that go through lists, branches or rows: comprehensions, quantifiers, `CASE`, `COLLECT { … }`, map projections.
//!
//! Each has its own function, so that an expression that nests deep takes little of the stack.

use super::Resolver;
use super::expr::{EACH_ELEMENT, OWNERS};
use super::typing::Known;
use crate::query::error::{Error, Result};
use crate::query::graph::Graph;
use crate::query::plan::{At, Expr, MapItem, Plan, Subquery};
use crate::query::tree::{self, Name, QuantifierKind, Span};
use crate::query::types::Types;

impl<G: Graph> Resolver<'_, G> {
    /// `CASE … END`
    pub(super) fn case(
        &mut self,
        subject: Option<&tree::Expr>,
        branches: &[(tree::Expr, tree::Expr)],
        otherwise: Option<&tree::Expr>,
    ) -> Result<(Expr, Known)> {
        let subject = match subject {
            Some(subject) => Some(Box::new(self.value(subject)?.0)),
            None => None,
        };
        let mut known: Option<Known> = None;
        let mut learn = |more: Known| known = Some(known.map_or(more, |k| k.either(more)));
        let mut resolved = Vec::with_capacity(branches.len());
        for (when, then) in branches {
            let when = if subject.is_some() { self.value(when)?.0 } else { self.predicate(when)? };
            let (then, more) = self.value(then)?;
            learn(more);
            resolved.push((when, then));
        }
        let otherwise = match otherwise {
            Some(otherwise) => {
                let (otherwise, more) = self.value(otherwise)?;
                learn(more);
                Some(Box::new(otherwise))
            }
            None => None,
        };
        Ok((Expr::Case { subject, branches: resolved, otherwise }, known.unwrap_or(Known::ANY)))
    }

    /// `[x IN list WHERE … | …]`
    pub(super) fn list_comprehension(
        &mut self,
        variable: &Name,
        list: &tree::Expr,
        condition: Option<&tree::Expr>,
        value: Option<&tree::Expr>,
        span: &Span,
    ) -> Result<(Expr, Known)> {
        let at = || At(span.clone());
        let (list, known) = self.list(list)?;
        let mark = self.variables.len();
        let slot = self.slot();
        self.declare(variable, slot, known.element());
        let inner = self.refuse_aggregates(EACH_ELEMENT, |this| {
            let condition = match condition {
                Some(condition) => Some(Box::new(this.predicate(condition)?)),
                None => None,
            };
            let value = match value {
                Some(value) => {
                    let (value, known) = this.value(value)?;
                    Some((Box::new(value), known))
                }
                None => None,
            };
            Ok((condition, value))
        });
        self.variables.truncate(mark);
        let (condition, value) = inner?;
        let (value, elements) = match value {
            Some((value, known)) => (Some(value), known.types),
            None => (None, known.elements),
        };
        let expr = Expr::ListComprehension { slot, list: Box::new(list), condition, value, at: at() };
        Ok((expr, Known::list(elements)))
    }

    /// `reduce(total = 0, x IN list | …)`
    pub(super) fn reduce(
        &mut self,
        accumulator: &Name,
        initial: &tree::Expr,
        variable: &Name,
        list: &tree::Expr,
        value: &tree::Expr,
        span: &Span,
    ) -> Result<(Expr, Known)> {
        let at = || At(span.clone());
        let (initial, _) = self.value(initial)?;
        let (list, known) = self.list(list)?;
        let mark = self.variables.len();
        let (total, slot) = (self.slot(), self.slot());
        self.declare(accumulator, total, Known::ANY);
        self.declare(variable, slot, known.element());
        let inner = self.refuse_aggregates(EACH_ELEMENT, |this| this.value(value));
        self.variables.truncate(mark);
        let (value, _) = inner?;
        let expr = Expr::Reduce {
            accumulator: total,
            initial: Box::new(initial),
            slot,
            list: Box::new(list),
            value: Box::new(value),
            at: at(),
        };
        Ok((expr, Known::ANY))
    }

    /// `[(a)-->(b) WHERE … | …]`
    pub(super) fn pattern_comprehension(
        &mut self,
        pattern: &tree::Pattern,
        condition: Option<&tree::Expr>,
        value: &tree::Expr,
    ) -> Result<(Expr, Known)> {
        self.refuse_aggregates("a pattern comprehension", |this| {
            let mark = this.variables.clone();
            let inner = (|| {
                let plan = this.matching(Plan::Argument, std::slice::from_ref(pattern), condition, false)?;
                let (value, known) = this.value(value)?;
                let slot = this.slot();
                Ok::<_, Box<Error>>((Plan::Project { input: Box::new(plan), items: vec![(slot, value)] }, slot, known))
            })();
            this.variables = mark;
            let (plan, slot, known) = inner?;
            Ok((Expr::Subquery(Subquery::Collect(slot), Box::new(plan)), Known::list(known.types)))
        })
    }

    /// `COLLECT { … }`
    pub(super) fn collected(&mut self, query: &tree::Query, span: &Span) -> Result<(Expr, Known)> {
        let (plan, columns) = self.inner_query(query, span)?;
        let [column] = columns.as_slice() else {
            return Err(Error::syntax(
                "InvalidClauseComposition",
                span.clone(),
                format!("`COLLECT {{ … }}` makes a list of one column, and this query returns {}", columns.len()),
            )
            .help("return one thing; a map holds several: `RETURN {name: a.name, id: a.id}`"));
        };
        let known = Known::list(column.known.types);
        Ok((Expr::Subquery(Subquery::Collect(column.slot), Box::new(plan)), known))
    }

    /// `a {.name, …}`
    pub(super) fn map_projection(
        &mut self,
        base: &Name,
        items: &[tree::MapItem],
        span: &Span,
    ) -> Result<(Expr, Known)> {
        let at = || At(span.clone());
        let variable = self.variables.expect(base)?;
        let (slot, known) = (variable.slot, variable.known);
        self.accept(known, OWNERS, &base.span, "what a map is projected from")?;
        let mut resolved = Vec::with_capacity(items.len());
        for item in items {
            resolved.push(match item {
                tree::MapItem::All => MapItem::All,
                tree::MapItem::Property(key) => {
                    let expr = self.property_of(Expr::Slot(slot), known, key)?;
                    MapItem::Entry(key.text.as_str().into(), expr)
                }
                tree::MapItem::Entry(key, value) => MapItem::Entry(key.text.as_str().into(), self.value(value)?.0),
                tree::MapItem::Variable(name) => {
                    let slot = self.variables.expect(name)?.slot;
                    MapItem::Entry(name.text.as_str().into(), Expr::Slot(slot))
                }
            });
        }
        let base = Box::new(Expr::Slot(slot));
        Ok((Expr::MapProjection { base, items: resolved, slice: self.slice, at: at() }, Known::of(Types::MAP)))
    }

    /// `all(x IN list WHERE …)`
    pub(super) fn quantifier(
        &mut self,
        kind: QuantifierKind,
        variable: &Name,
        list: &tree::Expr,
        condition: Option<&tree::Expr>,
        span: &Span,
    ) -> Result<(Expr, Known)> {
        let (list, known) = self.list(list)?;
        let Some(condition) = condition else {
            return Err(Error::syntax("UnexpectedSyntax", span.clone(), "a condition is missing")
                .help("write `all(x IN list WHERE …)`"));
        };
        let mark = self.variables.len();
        let slot = self.slot();
        self.declare(variable, slot, known.element());
        let inner = self.refuse_aggregates(EACH_ELEMENT, |this| this.predicate(condition));
        self.variables.truncate(mark);
        let condition = Box::new(inner?);
        let expr = Expr::Quantifier { kind, slot, list: Box::new(list), condition, at: At(span.clone()) };
        Ok((expr, Known::of(Types::BOOLEAN)))
    }
}
