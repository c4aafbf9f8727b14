//! Expressions: names to slots, types checked as far as they are known.

use super::typing::Known;
use super::{Aggregates, Resolver};
use crate::query::error::{Error, Result};
use crate::query::functions::{self, Body, Function};
use crate::query::graph::{Graph, Owner, Term};
use crate::query::plan::{At, Call, Expr, LabelTest, Plan, Subquery};
use crate::query::tree::{self, CompareOp, ExprKind, LabelExpr, Name, Span, UnaryOp};
use crate::query::types::Types;
use crate::query::value::Value;
use std::sync::Arc;

/// What has properties.
pub(super) const OWNERS: Types = Types::ENTITY.or(Types::MAP).or(Types::DATE).or(Types::DURATION);

/// Where no aggregate can stand, since it would have to be of the rows and of the element at once.
pub(super) const EACH_ELEMENT: &str = "what is said of each element of a list";

/// What can be calculated with.
pub(super) const CALCULABLE: Types = Types::NUMBER.or(Types::DATE).or(Types::DURATION);

impl<G: Graph> Resolver<'_, G> {
    /// A condition, in which patterns may stand.
    pub(super) fn predicate(&mut self, expr: &tree::Expr) -> Result<Expr> {
        let before = std::mem::replace(&mut self.is_predicate, true);
        let resolved = self.expr(expr);
        self.is_predicate = before;
        let (resolved, known) = resolved?;
        self.accept(known, Types::BOOLEAN, &expr.span, "a condition")?;
        Ok(resolved)
    }

    /// An expression that is no condition of its own.
    pub(super) fn value(&mut self, expr: &tree::Expr) -> Result<(Expr, Known)> {
        let before = std::mem::replace(&mut self.is_predicate, false);
        let resolved = self.expr(expr);
        self.is_predicate = before;
        resolved
    }

    pub(super) fn accept(&self, known: Known, types: Types, span: &Span, what: &str) -> Result<()> {
        if known.types.intersects(types) {
            return Ok(());
        }
        Err(Error::syntax(
            "InvalidArgumentType",
            span.clone(),
            format!("{what} is {types}, and this is {}", known.types),
        ))
    }

    /// An expression, with what is known of its value. Each kind has its own function, so that what nests deep takes little of the stack.
    pub(super) fn expr(&mut self, expr: &tree::Expr) -> Result<(Expr, Known)> {
        let span = &expr.span;
        match &expr.kind {
            ExprKind::Null
            | ExprKind::Boolean(_)
            | ExprKind::Integer(_)
            | ExprKind::Float(_)
            | ExprKind::String(_)
            | ExprKind::Parameter(_)
            | ExprKind::Variable(_)
            | ExprKind::CountStar => self.leaf(&expr.kind, span),
            ExprKind::List(items) => self.list_literal(items),
            ExprKind::Map(entries) => self.map_literal(entries),
            ExprKind::Property(base, key) => self.property(base, key),
            ExprKind::HasLabels(base, labels) => self.has_labels(base, labels, span),
            ExprKind::Unary(UnaryOp::Not, a) => self.negation(a, span),
            ExprKind::Unary(op, a) => self.signed(*op, a, span),
            ExprKind::Binary(op, a, b) => self.binary(*op, a, b, span),
            ExprKind::Comparison(first, rest) => self.comparison(first, rest, span),
            ExprKind::Index(base, index) => self.index(base, index, span),
            ExprKind::Slice(base, from, to) => self.slice(base, from, to, span),
            ExprKind::In(a, list) => self.contained(a, list, span),
            ExprKind::IsNull { operand, negated } => self.null_test(operand, *negated),
            ExprKind::Call { name, distinct, arguments } => self.call(name, *distinct, arguments, span),
            ExprKind::Case { subject, branches, otherwise } => {
                self.case(subject.as_deref(), branches, otherwise.as_deref())
            }
            ExprKind::ListComprehension { variable, list, condition, value } => {
                self.list_comprehension(variable, list, condition.as_deref(), value.as_deref(), span)
            }
            ExprKind::Quantifier { kind, variable, list, condition } => {
                self.quantifier(*kind, variable, list, condition.as_deref(), span)
            }
            ExprKind::Reduce { accumulator, initial, variable, list, value } => {
                self.reduce(accumulator, initial, variable, list, value, span)
            }
            ExprKind::PatternComprehension { pattern, condition, value } => {
                self.pattern_comprehension(pattern, condition.as_deref(), value)
            }
            ExprKind::Pattern(pattern) => self.pattern_as_value(pattern, span),
            ExprKind::Exists(subquery) => self.of_subquery(Subquery::Exists, Types::BOOLEAN, subquery, span),
            ExprKind::Count(subquery) => self.of_subquery(Subquery::Count, Types::INTEGER, subquery, span),
            ExprKind::Collect(query) => self.collected(query, span),
            ExprKind::MapProjection { base, items } => self.map_projection(base, items, span),
        }
    }

    /// An expression that has no other in it.
    fn leaf(&mut self, kind: &ExprKind, span: &Span) -> Result<(Expr, Known)> {
        let (value, types) = match kind {
            ExprKind::Boolean(b) => (Value::Boolean(*b), Types::BOOLEAN),
            ExprKind::Integer(i) => (Value::Integer(*i), Types::INTEGER),
            ExprKind::Float(f) => (Value::Float(*f), Types::FLOAT),
            ExprKind::String(s) => (Value::text(s), Types::STRING),
            ExprKind::Parameter(name) => return Ok((Expr::Param(self.parameter(name, span)), Known::ANY)),
            ExprKind::Variable(name) => {
                let variable = self.variables.expect(&Name { text: name.clone(), span: span.clone() })?;
                return Ok((Expr::Slot(variable.slot), variable.known));
            }
            ExprKind::CountStar => {
                let call = Call { aggregate: None, distinct: false, arguments: Vec::new(), at: At(span.clone()) };
                return Ok((self.aggregate(call, "count(*)", span)?, Known::of(Types::INTEGER)));
            }
            _ => (Value::Null, Types::ANY),
        };
        Ok((Expr::Const(value), Known::of(types)))
    }

    fn map_literal(&mut self, entries: &[(Name, tree::Expr)]) -> Result<(Expr, Known)> {
        Ok((Expr::Map(self.map_entries(entries)?), Known::of(Types::MAP)))
    }

    fn null_test(&mut self, operand: &tree::Expr, negated: bool) -> Result<(Expr, Known)> {
        let (operand, _) = self.value(operand)?;
        Ok((Expr::IsNull(Box::new(operand), negated), Known::of(Types::BOOLEAN)))
    }

    fn of_subquery(
        &mut self,
        kind: Subquery,
        types: Types,
        subquery: &tree::Subquery,
        span: &Span,
    ) -> Result<(Expr, Known)> {
        let plan = self.subquery(subquery, span)?;
        Ok((Expr::Subquery(kind, Box::new(plan)), Known::of(types)))
    }

    /// The entries of a map, resolved.
    pub(super) fn map_entries(&mut self, entries: &[(Name, tree::Expr)]) -> Result<Vec<(Arc<str>, Expr)>> {
        entries.iter().map(|(key, value)| Ok((key.text.as_str().into(), self.value(value)?.0))).collect()
    }

    pub(super) fn list(&mut self, list: &tree::Expr) -> Result<(Expr, Known)> {
        let (expr, known) = self.value(list)?;
        self.accept(known, Types::LIST, &list.span, "what is gone through")?;
        Ok((expr, known))
    }

    /// A list as written.
    fn list_literal(&mut self, items: &[tree::Expr]) -> Result<(Expr, Known)> {
        let mut resolved = Vec::with_capacity(items.len());
        let mut elements: Option<Types> = None;
        for item in items {
            let (item, known) = self.value(item)?;
            elements = Some(elements.map_or(known.types, |e| e.or(known.types)));
            resolved.push(item);
        }
        Ok((constant_list(resolved), Known::list(elements.unwrap_or(Types::ANY))))
    }

    fn property(&mut self, base: &tree::Expr, key: &Name) -> Result<(Expr, Known)> {
        let (base, known) = self.value(base)?;
        Ok((self.property_of(base, known, key)?, Known::ANY))
    }

    /// A property of something, its name checked against what the graph has.
    pub(super) fn property_of(&self, base: Expr, known: Known, key: &Name) -> Result<Expr> {
        self.accept(known, OWNERS, &key.span, "what has properties")?;
        let owner = match known.types {
            Types::NODE => known.label.map_or(Owner::Node, Owner::Labelled),
            Types::RELATION => Owner::Relation,
            types if types.intersects(Types::ENTITY) => Owner::Unknown,
            _ => {
                let at = At(key.span.clone());
                let name = key.text.as_str().into();
                return Ok(Expr::Property { base: Box::new(base), name, key: None, slice: self.slice, at });
            }
        };
        let found = match self.graph.key(&key.text, owner) {
            Term::Known(id) => Some(id),
            Term::Absent => None,
            // A map may have any key.
            Term::Unknown { .. } if known.types.intersects(Types::MAP.or(Types::DATE).or(Types::DURATION)) => None,
            Term::Unknown { near, all } => return Err(self.unknown_property(key, owner, &near, &all)),
        };
        Ok(Expr::Property {
            base: Box::new(base),
            name: key.text.as_str().into(),
            key: found,
            slice: self.slice,
            at: At(key.span.clone()),
        })
    }

    fn unknown_property(&self, key: &Name, owner: Owner, near: &[String], all: &[String]) -> Box<Error> {
        let (what, listed) = match owner {
            Owner::Relation => ("no relation", "properties of relations"),
            Owner::Labelled(_) => ("no node with this label", "properties of nodes with this label"),
            Owner::Node | Owner::Unknown => ("no node", "properties of nodes"),
        };
        let message = format!("{what} has a property `{}`", key.text);
        let mut error = unknown("UnknownProperty", &key.span, &message, listed, near, all);
        let has = |owner| matches!(self.graph.key(&key.text, owner), Term::Known(_));
        if matches!(owner, Owner::Labelled(_)) && has(Owner::Node) {
            error = error.help(format!("nodes with other labels have a property `{}`", key.text));
        } else if owner != Owner::Relation && has(Owner::Relation) {
            error = error.help(format!("relations have a property `{}`: `MATCH (a)-[r]-(b) RETURN r.{0}`", key.text));
        }
        if owner != Owner::Relation && ["valid", "since", "until"].contains(&key.text.as_str()) {
            error = error
                .help("`validity(x)` gives the dates of a node as of a relation, `bounds(x)` the days between them");
        }
        error
    }

    /// A test of labels; of types where the thing tested is a relation.
    pub(super) fn label_test(&mut self, labels: &LabelExpr, types: Types) -> Result<LabelTest> {
        Ok(match labels {
            LabelExpr::Any(_) => LabelTest::Any,
            LabelExpr::And(a, b) => {
                LabelTest::And(Box::new(self.label_test(a, types)?), Box::new(self.label_test(b, types)?))
            }
            LabelExpr::Or(a, b) => {
                LabelTest::Or(Box::new(self.label_test(a, types)?), Box::new(self.label_test(b, types)?))
            }
            LabelExpr::Not(a) => LabelTest::Not(Box::new(self.label_test(a, types)?)),
            LabelExpr::Name(name) => {
                let (mut label, mut kinds) = (None, None);
                let mut fault = None;
                if types.intersects(Types::NODE) {
                    match self.graph.label(&name.text) {
                        Term::Known(id) => label = Some(id),
                        Term::Absent => {}
                        Term::Unknown { near, all } => fault = Some(("UnknownLabel", "label", near, all)),
                    }
                }
                if types.intersects(Types::RELATION) {
                    match self.graph.relation_type(&name.text) {
                        Term::Known(set) => {
                            kinds = Some(set);
                            fault = None;
                        }
                        Term::Absent => fault = None,
                        Term::Unknown { near, all } if types == Types::RELATION => {
                            fault = Some(("UnknownRelationType", "type of relation", near, all));
                        }
                        Term::Unknown { .. } => {}
                    }
                }
                if let (Some((detail, what, near, all)), None) = (fault, label) {
                    let message = format!("there is no {what} called `{}`", name.text);
                    let listed = if detail == "UnknownLabel" { "labels here" } else { "types of relations here" };
                    let error = unknown(detail, &name.span, &message, listed, &near, &all);
                    return Err(if detail == "UnknownLabel" {
                        self.maybe_type(error, &name.text)
                    } else {
                        self.maybe_label(error, &name.text, near.is_empty())
                    });
                }
                LabelTest::Name(label, kinds, name.text.clone())
            }
        })
    }

    /// Tells that the name of an unknown label is that of a type.
    fn maybe_type(&self, error: Box<Error>, name: &str) -> Box<Error> {
        match self.graph.relation_type(name) {
            Term::Known(_) => error.help(format!("`{name}` is a type of relation: `(a)-[:{name}]-(b)`")),
            _ => error,
        }
    }

    /// Tells that the name of an unknown type is that of a label; and where nothing is like it, how the types are found.
    pub(super) fn maybe_label(&self, error: Box<Error>, name: &str, is_alone: bool) -> Box<Error> {
        match self.graph.label(name) {
            Term::Known(_) => error.help(format!("`{name}` is a label of nodes: `(a:{name})`")),
            _ if is_alone => error.help(
                "`MATCH ()-[r]->() RETURN DISTINCT type(r)` lists the types; `-[r]-` without one takes any relation",
            ),
            _ => error,
        }
    }

    fn call(&mut self, name: &Name, distinct: bool, written: &[tree::Expr], span: &Span) -> Result<(Expr, Known)> {
        let Some(function) = functions::find(&name.text) else { return Err(unknown_function(name)) };
        self.check_count(function, written.len(), span)?;
        let Body::Aggregate(aggregate) = function.body else {
            if distinct {
                return Err(Error::syntax(
                    "UnexpectedSyntax",
                    span.clone(),
                    format!("`DISTINCT` is for functions of many rows, and `{}` is not one", function.name),
                )
                .help("functions of many rows: count, collect, sum, avg, min, max …"));
            }
            let (arguments, known) = self.arguments(function, written)?;
            let known = returned(function, &known);
            return Ok((Expr::Call { function, arguments, slice: self.slice, at: At(span.clone()) }, known));
        };
        let before = match &mut self.aggregates {
            Aggregates::Gathered(_) => std::mem::replace(&mut self.aggregates, Aggregates::Nested),
            _ => {
                let call = Call { aggregate: None, distinct, arguments: Vec::new(), at: At(span.clone()) };
                return Err(self.aggregate(call, function.name, span).err().unwrap_or_else(|| {
                    Error::syntax("InvalidAggregation", span.clone(), "an aggregate cannot stand here")
                }));
            }
        };
        let resolved = self.arguments(function, written);
        self.aggregates = before;
        let (arguments, known) = resolved?;
        if arguments.iter().any(is_random) {
            return Err(Error::syntax(
                "NonConstantExpression",
                span.clone(),
                format!("`{}` of something that is random each time", function.name),
            ));
        }
        let call = Call { aggregate: Some(aggregate), distinct, arguments, at: At(span.clone()) };
        let expr = self.aggregate(call, function.name, span)?;
        let known = match aggregate {
            functions::Aggregate::Collect => Known::list(known.first().map_or(Types::ANY, |k| k.types)),
            functions::Aggregate::Min | functions::Aggregate::Max => known.first().copied().unwrap_or(Known::ANY),
            _ => Known::of(function.returns),
        };
        Ok((expr, known))
    }

    fn arguments(&mut self, function: &'static Function, written: &[tree::Expr]) -> Result<(Vec<Expr>, Vec<Known>)> {
        let mut arguments = Vec::with_capacity(written.len());
        let mut all = Vec::with_capacity(written.len());
        for (at, argument) in written.iter().enumerate() {
            let (expr, known) = self.value(argument)?;
            let parameter = function.parameters.get(at).or(function.parameters.last());
            if let Some(parameter) = parameter
                && !known.types.intersects(parameter.types)
            {
                return Err(Error::syntax(
                    "InvalidArgumentType",
                    argument.span.clone(),
                    format!(
                        "`{}` takes {} as its {}, and this is {}",
                        function.name, parameter.types, parameter.name, known.types
                    ),
                )
                .help(format!("{}: {}", function.signature(), function.summary)));
            }
            arguments.push(expr);
            all.push(known);
        }
        Ok((arguments, all))
    }

    fn check_count(&self, function: &Function, given: usize, span: &Span) -> Result<()> {
        let most = function.parameters.len();
        let least = most - function.optional;
        if given >= least && (given <= most || function.variadic) {
            return Ok(());
        }
        let arguments = |n: usize| if n == 1 { "1 argument".to_owned() } else { format!("{n} arguments") };
        let takes = match (least, most) {
            _ if function.variadic => format!("at least {}", arguments(least)),
            (least, most) if least == most => arguments(least),
            (least, most) => format!("{least} to {}", arguments(most)),
        };
        Err(Error::syntax(
            "InvalidNumberOfArguments",
            span.clone(),
            format!("`{}` takes {takes}, and is given {given}", function.name),
        )
        .help(format!("{}: {}", function.signature(), function.summary)))
    }

    /// An aggregate met: the slot it will be in.
    fn aggregate(&mut self, call: Call, name: &str, span: &Span) -> Result<Expr> {
        match &mut self.aggregates {
            Aggregates::Refused(place) => Err(Error::syntax(
                "InvalidAggregation",
                span.clone(),
                format!("`{name}` counts over many rows, and cannot stand in {place}"),
            )
            .help("aggregate in a `WITH` first and use the result: `WITH a, count(*) AS n WHERE n > 1`")),
            Aggregates::Nested => Err(Error::syntax(
                "NestedAggregation",
                span.clone(),
                format!("`{name}` stands inside another function of many rows"),
            )
            .help("aggregate in a `WITH` first, and aggregate the result in the next clause")),
            Aggregates::Gathered(calls) => {
                if let Some((slot, _)) = calls.iter().find(|(_, known)| *known == call) {
                    return Ok(Expr::Slot(*slot));
                }
                let slot = self.names.len();
                self.names.push(String::new());
                calls.push((slot, call));
                Ok(Expr::Slot(slot))
            }
        }
    }

    /// Does something where no aggregate may stand.
    pub(super) fn refuse_aggregates<T>(
        &mut self,
        place: &'static str,
        act: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        let before = std::mem::replace(&mut self.aggregates, Aggregates::Refused(place));
        let result = act(self);
        self.aggregates = before;
        result
    }

    fn pattern_as_value(&mut self, pattern: &tree::Pattern, span: &Span) -> Result<(Expr, Known)> {
        if pattern.kind != tree::PatternKind::Every {
            return self.refuse_aggregates("a pattern", |this| {
                let before = this.variables.clone();
                let mut pattern = pattern.clone();
                let name = Name { text: " path".to_owned(), span: span.clone() };
                pattern.variable = Some(name.clone());
                let all = pattern.kind == tree::PatternKind::AllShortest;
                let inner = this.matching(Plan::Argument, std::slice::from_ref(&pattern), None, true);
                let slot = this.variables.find(&name.text).map(|v| v.slot);
                this.variables = before;
                let (plan, slot) = (inner?, slot.unwrap_or_default());
                let (how, known) = if all {
                    (Subquery::Collect(slot), Known::list(Types::PATH))
                } else {
                    (Subquery::First(slot), Known::of(Types::PATH))
                };
                Ok((Expr::Subquery(how, Box::new(plan)), known))
            });
        }
        if !self.is_predicate {
            return Err(Error::syntax("UnexpectedSyntax", span.clone(), "a pattern is no value")
                .saying("this is true or false, and may stand in `WHERE` only")
                .help("`EXISTS { … }` says whether there is a match, `COUNT { … }` how many, `[ … | x ]` makes a list of them"));
        }
        self.refuse_aggregates("a pattern", |this| {
            let before = this.variables.clone();
            let plan = this.matching(Plan::Argument, std::slice::from_ref(pattern), None, true);
            this.variables = before;
            Ok((Expr::Subquery(Subquery::Exists, Box::new(plan?)), Known::of(Types::BOOLEAN)))
        })
    }

    fn subquery(&mut self, subquery: &tree::Subquery, span: &Span) -> Result<Plan> {
        match subquery {
            tree::Subquery::Query(query) => Ok(self.inner_query(query, span)?.0),
            tree::Subquery::Patterns { scope, patterns, condition } => self.in_scope(scope, |this| {
                this.refuse_aggregates("the braces of a pattern", |this| {
                    let before = this.variables.clone();
                    let plan = this.matching(Plan::Argument, patterns, condition.as_ref(), false);
                    this.variables = before;
                    plan
                })
            }),
        }
    }

    /// A query inside an expression: it sees every variable around it.
    pub(super) fn inner_query(&mut self, query: &tree::Query, span: &Span) -> Result<(Plan, Vec<super::Column>)> {
        self.deeper(span)?;
        let outside = self.variables.clone();
        self.variables = outside.as_outer();
        let before = std::mem::replace(&mut self.is_predicate, false);
        // A bare pattern with `WHERE`, and no `RETURN`, is a query too where only its rows count.
        let mut query = query.clone();
        for arm in std::iter::once(&mut query.first).chain(query.unions.iter_mut().map(|u| &mut u.query)) {
            if !arm.clauses.iter().any(|c| matches!(c, tree::Clause::Return(_))) {
                let end = arm.span.end..arm.span.end;
                arm.clauses.push(tree::Clause::Return(tree::Projection {
                    distinct: false,
                    star: false,
                    items: vec![tree::Item {
                        expr: tree::Expr { kind: ExprKind::Boolean(true), span: end.clone() },
                        alias: None,
                        text: "true".to_owned(),
                    }],
                    order: Vec::new(),
                    skip: None,
                    limit: None,
                    condition: None,
                    span: end,
                }));
            }
        }
        let result = self.refuse_aggregates("a subquery", |this| this.query(&query, false));
        self.is_predicate = before;
        self.variables = outside;
        self.depth -= 1;
        result
    }
}

/// A list of constants is a constant.
fn constant_list(items: Vec<Expr>) -> Expr {
    if items.iter().all(|item| matches!(item, Expr::Const(_))) {
        let values = items.into_iter().map(|item| if let Expr::Const(v) = item { v } else { Value::Null }).collect();
        return Expr::Const(Value::list(values));
    }
    Expr::List(items)
}

/// What a call gives, a little more exactly than the table says for functions that hand on an argument.
fn returned(function: &Function, arguments: &[Known]) -> Known {
    match function.name {
        "nodes" => Known::list(Types::NODE),
        "relationships" => Known::list(Types::RELATION),
        "keys" | "labels" | "split" => Known::list(Types::STRING),
        "range" => Known::list(Types::INTEGER),
        "tail" | "reverse" if arguments.first().is_some_and(|k| k.types == Types::LIST) => arguments[0],
        "head" | "last" => arguments.first().map_or(Known::ANY, |k| k.element()),
        _ => Known::of(function.returns),
    }
}

fn is_random(expr: &Expr) -> bool {
    let mut random = false;
    expr.walk(&mut |e| {
        random |= matches!(e, Expr::Call { function, .. } if function.name == "rand");
        !random
    });
    random
}

fn unknown_function(name: &Name) -> Box<Error> {
    let error =
        Error::syntax("UnknownFunction", name.span.clone(), format!("there is no function called `{}`", name.text));
    if let Some(advice) = functions::habit(&name.text) {
        return error.help(advice);
    }
    match functions::near(&name.text).as_slice() {
        [] => error.help("`allegiance shell` lists them with `:help functions`; so does the page on the language"),
        near => error.help(format!("did you mean `{}`?", near.join("`, `"))),
    }
}

/// An error about a name that a graph does not have.
pub(super) fn unknown(
    detail: &'static str,
    span: &Span,
    message: &str,
    listed: &str,
    near: &[String],
    all: &[String],
) -> Box<Error> {
    let mut error = Error::syntax(detail, span.clone(), message);
    // What is near may be followed by how it is meant: `RENAMED_TO, with the arrow turned round`.
    let quoted: Vec<String> = near
        .iter()
        .map(|name| match name.split_once(", ") {
            Some((name, how)) => format!("`{name}`, {how}"),
            None => format!("`{name}`"),
        })
        .collect();
    if !near.is_empty() {
        error = error.help(format!("did you mean {}?", quoted.join(", ")));
    }
    if !all.is_empty() && (near.is_empty() || all.len() <= 40) {
        error = error.help(format!("{listed}: {}", all.join(", ")));
    }
    error
}

/// The comparison that asks for the same value.
pub(super) const EQUAL: CompareOp = CompareOp::Equal;
