//! From tree to plan: names become slots, labels and types become numbers, and what cannot be meant is refused.
//!
//! Everything that can be known before running is checked here: variables, kinds of variables, types of operands and arguments, aggregation.
//! Deliberately absent: any thought of speed; that is `rewrite`'s.

mod expr;
mod lists;
mod operators;
mod pattern;
mod projection;
mod typing;
mod variables;

use super::error::{Error, Kind, Phase, Result};
use super::graph::{Graph, SliceId};
use super::plan::{At, Call, Condition, Plan, Slot};
use super::procedures;
use super::scope::Scope;
use super::tree::{CallProcedure, Clause, Expr as TreeExpr, ExprKind, Name, Query, SingleQuery, Span, Yields};
use super::types::Types;
use crate::names::nearest;
use typing::Known;
use variables::Variables;

/// A resolved query.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) plan: Plan,
    pub(super) columns: Vec<(String, Slot)>,
    /// Parameters with the place where each stands first.
    pub(super) parameters: Vec<(String, Span)>,
    /// What each slot is called, for plans; empty where it has no name.
    pub(super) names: Vec<String>,
    /// The slice of its parts, where all have the same; otherwise that around them.
    pub(super) slice: SliceId,
}

/// Resolves a query under a scope.
pub(super) fn resolve<G: Graph>(query: &Query, graph: &mut G, scope: &Scope) -> Result<Resolved> {
    let slice = graph.slice(scope)?;
    let mut resolver = Resolver {
        graph,
        names: Vec::new(),
        parameters: Vec::new(),
        scope: scope.clone(),
        slice,
        variables: Variables::default(),
        aggregates: Aggregates::Refused("here"),
        is_predicate: false,
        depth: 0,
        parts: 0,
    };
    let (plan, columns) = resolver.query(query, true)?;
    let columns = columns.into_iter().map(|c| (c.name, c.slot)).collect();
    let (parameters, names) = (resolver.parameters, resolver.names);
    let first = &query.first.scope;
    let slice = match query.unions.iter().all(|other| other.query.scope == *first) {
        true => graph.slice(&first.within(scope))?,
        false => slice,
    };
    Ok(Resolved { plan, columns, parameters, names, slice })
}

/// What to do with an aggregate that is met.
#[derive(Debug)]
enum Aggregates {
    /// It may not stand here; where that is, in words.
    Refused(&'static str),
    /// It stands inside another.
    Nested,
    /// It is gathered.
    Gathered(Vec<(Slot, Call)>),
}

/// A column that a query gives.
#[derive(Clone, Debug)]
struct Column {
    name: String,
    slot: Slot,
    known: Known,
    span: Span,
}

struct Resolver<'a, G> {
    graph: &'a mut G,
    /// The slots so far, by name; those without one have an empty one.
    names: Vec<String>,
    parameters: Vec<(String, Span)>,
    /// The scope of the part being resolved, and its slice.
    scope: Scope,
    slice: SliceId,
    variables: Variables,
    aggregates: Aggregates,
    /// Whether a pattern may stand where an expression is read.
    is_predicate: bool,
    /// How deep queries are nested.
    depth: usize,
    /// How many clauses, nodes and hops there are so far.
    parts: usize,
}

/// How many clauses, nodes and hops a query may have. People write dozens.
const MOST_PARTS: usize = 2_000;

impl<G: Graph> Resolver<'_, G> {
    fn slot(&mut self) -> Slot {
        self.names.push(String::new());
        self.names.len() - 1
    }

    /// Adds a variable.
    fn declare(&mut self, name: &Name, slot: Slot, known: Known) {
        self.call_slot(slot, &name.text);
        self.variables.declare(name, slot, known);
    }

    /// Counts a clause, node or hop.
    fn one_more(&mut self, span: &Span) -> Result<()> {
        self.parts += 1;
        if self.parts <= MOST_PARTS {
            return Ok(());
        }
        let message = format!("the query is too large: more than {MOST_PARTS} clauses, nodes and relations");
        Err(Error::too_large(message).at(span).saying("this is one more"))
    }

    /// Says what a slot is called, unless it has a name.
    fn call_slot(&mut self, slot: Slot, name: &str) {
        if let Some(known) = self.names.get_mut(slot).filter(|known| known.is_empty() && !name.starts_with(' ')) {
            name.clone_into(known);
        }
    }

    fn parameter(&mut self, name: &str, span: &Span) -> usize {
        match self.parameters.iter().position(|(p, _)| p == name) {
            Some(at) => at,
            None => {
                self.parameters.push((name.to_owned(), span.clone()));
                self.parameters.len() - 1
            }
        }
    }

    /// Does something under the scope that a prefix says, and goes back to the one before.
    fn in_scope<T>(&mut self, scope: &Scope, act: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if scope.is_empty() {
            return act(self);
        }
        let inner = scope.within(&self.scope);
        let slice = self.graph.slice(&inner)?;
        let before = (std::mem::replace(&mut self.scope, inner), std::mem::replace(&mut self.slice, slice));
        let result = act(self);
        (self.scope, self.slice) = before;
        result
    }

    fn condition(&self, expr: super::plan::Expr) -> Condition {
        Condition { expr, possibly: self.scope.is_possibly() }
    }

    /// A query with its columns. `is_whole` for the statement itself, where a procedure call may stand alone.
    fn query(&mut self, query: &Query, is_whole: bool) -> Result<(Plan, Vec<Column>)> {
        let outside = vec![self.variables.clone(); query.unions.len() + 1];
        self.query_from(query, is_whole, outside)
    }

    /// A query whose arms see what is given for each.
    fn query_from(&mut self, query: &Query, is_whole: bool, outside: Vec<Variables>) -> Result<(Plan, Vec<Column>)> {
        let mut outside = outside.into_iter();
        self.variables = outside.next().unwrap_or_default();
        let before = self.variables.clone();
        if query.unions.is_empty() {
            return self.single_query(&query.first, is_whole);
        }
        let all = query.unions[0].all;
        if let Some(other) = query.unions.iter().find(|u| u.all != all) {
            return Err(Error::syntax(
                "InvalidClauseComposition",
                other.span.clone(),
                "`UNION` and `UNION ALL` cannot be mixed in one query",
            )
            .help("write the same of the two everywhere, or put one of them into `CALL { … }`"));
        }
        let (first, columns) = self.single_query(&query.first, is_whole)?;
        let mut arms = vec![(first, columns.iter().map(|c| c.slot).collect::<Vec<_>>())];
        let mut outer: Vec<Column> = columns;
        for union in &query.unions {
            self.variables = outside.next().unwrap_or_default();
            let (plan, columns) = self.single_query(&union.query, is_whole)?;
            let mut slots = Vec::with_capacity(outer.len());
            for wanted in &mut outer {
                let Some(column) = columns.iter().find(|c| c.name == wanted.name) else { break };
                slots.push(column.slot);
                wanted.known = wanted.known.either(column.known);
            }
            if slots.len() != outer.len() || columns.len() != outer.len() {
                let list =
                    |columns: &[Column]| columns.iter().map(|c| format!("`{}`", c.name)).collect::<Vec<_>>().join(", ");
                return Err(Error::syntax(
                    "DifferentColumnsInUnion",
                    union.span.clone(),
                    "the parts of a `UNION` return different columns",
                )
                .saying(format!("this part returns {}", list(&columns)))
                .help(format!("return {} in every part; rename columns with `AS`", list(&outer))));
            }
            arms.push((plan, slots));
        }
        self.variables = before;
        for column in &mut outer {
            column.slot = self.slot();
        }
        let slots = outer.iter().map(|c| c.slot).collect();
        Ok((Plan::Union { arms, slots, distinct: !all }, outer))
    }

    fn single_query(&mut self, query: &SingleQuery, is_whole: bool) -> Result<(Plan, Vec<Column>)> {
        self.in_scope(&query.scope, |this| {
            let mut plan = Plan::Argument;
            let mut columns = None;
            for (at, clause) in query.clauses.iter().enumerate() {
                this.one_more(&clause_span(clause))?;
                let is_last = at + 1 == query.clauses.len();
                if columns.is_some() {
                    return Err(Error::syntax(
                        "InvalidClauseComposition",
                        clause_span(clause),
                        "nothing can follow `RETURN`",
                    ));
                }
                plan = match clause {
                    Clause::Match(m) => this.match_clause(plan, m)?,
                    Clause::Unwind { list, variable, .. } => this.unwind(plan, list, variable)?,
                    Clause::With(projection) => this.with(plan, projection)?,
                    Clause::Return(projection) => {
                        let (plan, returned) = this.returns(plan, projection)?;
                        columns = Some(returned);
                        plan
                    }
                    Clause::CallProcedure(call) => {
                        let alone = is_whole && query.clauses.len() == 1;
                        let (plan, yielded) = this.procedure(plan, call, alone)?;
                        if alone {
                            columns = Some(yielded);
                        }
                        plan
                    }
                    Clause::CallSubquery { imports, query, span } => {
                        this.call_subquery(plan, imports.as_deref(), query, span)?
                    }
                    Clause::Write(write) => {
                        let (word, span) = write.word();
                        return Err(Error::syntax(
                            "ReadOnly",
                            span.clone(),
                            format!("`{word}` would change the data, and queries only read it"),
                        )
                        .help("the data set is edited in its files, where every claim names its source; `allegiance check` reads them back"));
                    }
                };
                if is_last && columns.is_none() {
                    let end = query.span.end;
                    return Err(Error::syntax(
                        "InvalidClauseComposition",
                        clause_span(clause).start..end,
                        "the query ends without `RETURN`",
                    )
                    .saying("nothing is made of this")
                    .help("end with `RETURN …`, for example `RETURN *`"));
                }
            }
            columns.map(|columns| (plan, columns)).ok_or_else(|| {
                Error::syntax("UnexpectedSyntax", query.span.clone(), "there is no clause here")
                    .help("a query begins with `MATCH`, `UNWIND`, `WITH`, `CALL` or `RETURN`")
            })
        })
    }

    fn unwind(&mut self, input: Plan, list: &TreeExpr, variable: &Name) -> Result<Plan> {
        let (list, known) = self.expr(list)?;
        self.variables.refuse(variable)?;
        let slot = self.slot();
        let element = if known.types.contains(Types::ANY) { Known::ANY } else { known.element() };
        self.declare(variable, slot, element);
        Ok(Plan::Unwind { input: Box::new(input), list, slot })
    }

    fn call_subquery(&mut self, input: Plan, imports: Option<&[Name]>, query: &Query, span: &Span) -> Result<Plan> {
        self.deeper(span)?;
        let outside = std::mem::take(&mut self.variables);
        let inner = match imports {
            None => self.importing(&outside, query),
            Some([star]) if star.text == "*" => {
                self.variables = outside.as_outer();
                self.query(query, false)
            }
            Some(names) => {
                let mut imported = Variables::default();
                let found = names.iter().try_for_each(|name| imported.import(&outside, name));
                self.variables = imported.as_outer();
                found.and_then(|()| self.query(query, false))
            }
        };
        self.variables = outside;
        self.depth -= 1;
        let (inner, columns) = inner?;
        for column in columns {
            let name = Name { text: column.name, span: column.span };
            self.variables.refuse(&name)?;
            self.declare(&name, column.slot, column.known);
        }
        Ok(Plan::Apply { input: Box::new(input), inner: Box::new(inner) })
    }

    /// A subquery that says itself what it imports: each arm by a first `WITH` of plain variables.
    fn importing(&mut self, outside: &Variables, query: &Query) -> Result<(Plan, Vec<Column>)> {
        let mut query = query.clone();
        let mut arms = Vec::with_capacity(query.unions.len() + 1);
        for arm in std::iter::once(&mut query.first).chain(query.unions.iter_mut().map(|u| &mut u.query)) {
            let mut imported = Variables::default();
            let Some(Clause::With(with)) = arm.clauses.first() else {
                arms.push(imported);
                continue;
            };
            let is_plain = !with.distinct
                && with.order.is_empty()
                && with.skip.is_none()
                && with.limit.is_none()
                && with.items.iter().all(|i| {
                    i.alias.as_ref().is_none_or(|a| matches!(&i.expr.kind, ExprKind::Variable(v) if *v == a.text))
                        && matches!(i.expr.kind, ExprKind::Variable(_))
                });
            if !is_plain {
                arms.push(imported);
                continue;
            }
            if with.star {
                imported = outside.clone();
            }
            for item in &with.items {
                if let ExprKind::Variable(name) = &item.expr.kind {
                    let name = Name { text: name.clone(), span: item.expr.span.clone() };
                    if imported.find(&name.text).is_none() {
                        imported.import(outside, &name)?;
                    }
                }
            }
            // The import itself is done; a condition on it stays.
            if with.condition.is_none() && arm.clauses.len() > 1 {
                arm.clauses.remove(0);
            }
            arms.push(imported);
        }
        self.query_from(&query, false, arms)
    }

    fn procedure(&mut self, input: Plan, call: &CallProcedure, alone: bool) -> Result<(Plan, Vec<Column>)> {
        let Some(procedure) = procedures::find(&call.name.text) else {
            let all: Vec<String> = procedures::ALL.iter().map(|p| format!("`{}`", p.name)).collect();
            let mut error = Error::syntax(
                "ProcedureNotFound",
                call.name.span.clone(),
                format!("there is no procedure called `{}`", call.name.text),
            );
            error.kind = Kind::ProcedureError;
            let near = nearest(&call.name.text, procedures::ALL.iter().map(|p| p.name), 1);
            if let Some(near) = near.first() {
                error = error.help(format!("did you mean `{near}`?"));
            }
            if call.name.text.to_ascii_lowercase().starts_with("db.") {
                error = error.help(
                    "names are found by asking: `MATCH (n) UNWIND labels(n) AS label RETURN DISTINCT label`, \
                     `MATCH ()-[r]->() RETURN DISTINCT type(r)`",
                );
            }
            return Err(error.help(format!("procedures here: {}", all.join(", "))));
        };
        let written: Vec<TreeExpr> = match &call.arguments {
            Some(arguments) => arguments.clone(),
            None if call.standalone => procedure
                .parameters
                .iter()
                .take(procedure.parameters.len() - procedure.optional)
                .map(|(name, _)| TreeExpr {
                    kind: ExprKind::Parameter((*name).to_owned()),
                    span: call.name.span.clone(),
                })
                .collect(),
            None => {
                return Err(Error::syntax(
                    "InvalidArgumentPassingMode",
                    call.name.span.clone(),
                    format!("`{}` needs its arguments in parentheses here", procedure.name),
                )
                .help("only a call that is the whole query may leave them out, and takes them from parameters"));
            }
        };
        let least = procedure.parameters.len() - procedure.optional;
        if written.len() < least || written.len() > procedure.parameters.len() {
            let takes: Vec<String> = procedure.parameters.iter().map(|(n, t)| format!("{n}: {t}")).collect();
            let mut error = Error::syntax(
                "InvalidNumberOfArguments",
                call.span.clone(),
                format!(
                    "`{}` takes {least} to {} arguments, and is given {}",
                    procedure.name,
                    takes.len(),
                    written.len()
                ),
            );
            error.kind = Kind::ProcedureError;
            return Err(error.help(format!("it takes ({})", takes.join(", "))));
        }
        let mut arguments = Vec::with_capacity(written.len());
        for (argument, (name, types)) in written.iter().zip(procedure.parameters) {
            let (expr, known) = self.expr(argument)?;
            if !known.types.intersects(*types) {
                return Err(Error::syntax(
                    "InvalidArgumentType",
                    argument.span.clone(),
                    format!("`{name}` of `{}` is {types}, and this is {}", procedure.name, known.types),
                ));
            }
            arguments.push(expr);
        }
        let field = |name: &Name| {
            procedure.yields.iter().position(|(field, _)| *field == name.text).ok_or_else(|| {
                let all: Vec<&str> = procedure.yields.iter().map(|(f, _)| *f).collect();
                let message = format!("`{}` yields no `{}`", procedure.name, name.text);
                let error = Error::syntax("UndefinedVariable", name.span.clone(), message);
                match nearest(&name.text, all.iter().copied(), 1).first() {
                    Some(near) => error.help(format!("did you mean `{near}`?")),
                    None => error,
                }
                .help(format!("it yields {}", all.join(", ")))
            })
        };
        let mut wanted: Vec<(usize, Name)> = Vec::new();
        match &call.yields {
            Yields::Items(items) => {
                for (name, variable) in items {
                    wanted.push((field(name)?, variable.clone()));
                }
            }
            Yields::All | Yields::Nothing if alone => {
                for (at, (name, _)) in procedure.yields.iter().enumerate() {
                    wanted.push((at, Name { text: (*name).to_owned(), span: call.name.span.clone() }));
                }
            }
            Yields::All => {
                return Err(Error::syntax(
                    "UnexpectedSyntax",
                    call.span.clone(),
                    "`YIELD *` is for a call that stands alone",
                )
                .help("name the fields: `YIELD node, score`"));
            }
            Yields::Nothing => {}
        }
        let mut yields = Vec::new();
        let mut columns = Vec::new();
        for (at, name) in wanted {
            self.variables.refuse(&name)?;
            let slot = self.slot();
            let known = Known::of(procedure.yields[at].1);
            self.declare(&name, slot, known);
            yields.push((at, slot));
            columns.push(Column { name: name.text, slot, known, span: name.span });
        }
        let mut plan = Plan::Procedure {
            input: Box::new(input),
            procedure,
            arguments,
            yields,
            slice: self.slice,
            at: At(call.span.clone()),
        };
        if let Some(condition) = &call.condition {
            let condition = self.predicate(condition)?;
            plan = Plan::Filter { input: Box::new(plan), condition, possibly: self.scope.is_possibly() };
        }
        Ok((plan, columns))
    }

    /// Counts one more level of nested queries; their number is bounded, since each is run inside the other.
    fn deeper(&mut self, span: &Span) -> Result<()> {
        self.depth += 1;
        if self.depth > 32 {
            let mut error = Error::syntax("NestingTooDeep", span.clone(), "subqueries are nested more than 32 deep");
            error.kind = Kind::LimitReached;
            error.phase = Phase::Compile;
            return Err(error);
        }
        Ok(())
    }
}

/// The place of a clause.
fn clause_span(clause: &Clause) -> Span {
    match clause {
        Clause::Match(m) => m.span.clone(),
        Clause::Unwind { span, .. } | Clause::CallSubquery { span, .. } => span.clone(),
        Clause::With(p) | Clause::Return(p) => p.span.clone(),
        Clause::CallProcedure(c) => c.span.clone(),
        Clause::Write(w) => w.word().1.clone(),
    }
}
