//! Operators: what stands left and right of them, and what they come to.
//!
//! Each has its own function, so that an expression that nests deep takes little of the stack.

use super::Resolver;
use super::expr::CALCULABLE;
use super::typing::Known;
use crate::query::error::{Error, Kind, Result};
use crate::query::graph::Graph;
use crate::query::plan::{At, Expr};
use crate::query::tree::{self, BinaryOp, CompareOp, ExprKind, LabelExpr, Span, UnaryOp};
use crate::query::types::Types;
use crate::query::value::Value;

impl<G: Graph> Resolver<'_, G> {
    /// `a:Label`
    pub(super) fn has_labels(&mut self, base: &tree::Expr, labels: &LabelExpr, span: &Span) -> Result<(Expr, Known)> {
        let at = || At(span.clone());
        let (base, known) = self.value(base)?;
        self.accept(known, Types::ENTITY, span, "what is asked for a label")?;
        let test = self.label_test(labels, known.types)?;
        Ok((Expr::HasLabels { base: Box::new(base), test, at: at() }, Known::of(Types::BOOLEAN)))
    }

    /// `NOT a`
    pub(super) fn negation(&mut self, a: &tree::Expr, span: &Span) -> Result<(Expr, Known)> {
        let at = || At(span.clone());
        let (a, known) = self.expr(a)?;
        self.accept(known, Types::BOOLEAN, span, "what `NOT` takes")?;
        Ok((Expr::Not(Box::new(a), at()), Known::of(Types::BOOLEAN)))
    }

    /// `-a` and `+a`
    pub(super) fn signed(&mut self, op: UnaryOp, a: &tree::Expr, span: &Span) -> Result<(Expr, Known)> {
        let at = || At(span.clone());
        let (a, known) = self.value(a)?;
        self.accept(known, Types::NUMBER.or(Types::DURATION), span, "what a sign stands before")?;
        let known = Known::of(known.types);
        Ok(match (op, a) {
            (UnaryOp::Negate, Expr::Const(Value::Integer(i))) if i != i64::MIN => {
                (Expr::Const(Value::Integer(-i)), known)
            }
            (UnaryOp::Negate, Expr::Const(Value::Float(f))) => (Expr::Const(Value::Float(-f)), known),
            (UnaryOp::Negate, a) => (Expr::Negate(Box::new(a), at()), known),
            (_, a) => (Expr::Plus(Box::new(a), at()), known),
        })
    }

    /// `a < b <= c`
    pub(super) fn comparison(
        &mut self,
        first: &tree::Expr,
        rest: &[(CompareOp, tree::Expr)],
        span: &Span,
    ) -> Result<(Expr, Known)> {
        let at = || At(span.clone());
        let mut parts = Vec::with_capacity(rest.len());
        let (mut left, _) = self.value(first)?;
        for (op, right) in rest {
            let (right, _) = self.value(right)?;
            parts.push(Expr::Compare(*op, Box::new(left), Box::new(right.clone()), at()));
            left = right;
        }
        let whole = if parts.len() == 1 { parts.remove(0) } else { Expr::And(parts, at()) };
        Ok((whole, Known::of(Types::BOOLEAN)))
    }

    /// `a[i]`
    pub(super) fn index(&mut self, base: &tree::Expr, index: &tree::Expr, span: &Span) -> Result<(Expr, Known)> {
        let at = || At(span.clone());
        let (base, of) = self.value(base)?;
        let (index, by) = self.value(index)?;
        let as_type_error = |mut error: Box<Error>| {
            error.kind = Kind::TypeError;
            error
        };
        self.accept(of, Types::LIST.or(Types::MAP).or(Types::ENTITY), span, "what `[ ]` looks into")
            .map_err(as_type_error)?;
        self.accept(by, Types::INTEGER.or(Types::STRING), span, "what stands in `[ ]`").map_err(as_type_error)?;
        let known = if of.types == Types::LIST { of.element() } else { Known::ANY };
        Ok((Expr::Index(Box::new(base), Box::new(index), self.slice, at()), known))
    }

    /// `a[i..j]`
    pub(super) fn slice(
        &mut self,
        base: &tree::Expr,
        from: &Option<Box<tree::Expr>>,
        to: &Option<Box<tree::Expr>>,
        span: &Span,
    ) -> Result<(Expr, Known)> {
        let at = || At(span.clone());
        let (base, of) = self.value(base)?;
        self.accept(of, Types::LIST, span, "what `[ .. ]` cuts")?;
        let end = |this: &mut Self, end: &Option<Box<tree::Expr>>| -> Result<Option<Box<Expr>>> {
            let Some(end) = end else { return Ok(None) };
            let (expr, known) = this.value(end)?;
            this.accept(known, Types::INTEGER, &end.span, "an end of a slice")?;
            Ok(Some(Box::new(expr)))
        };
        let (from, to) = (end(self, from)?, end(self, to)?);
        Ok((Expr::Slice(Box::new(base), from, to, at()), Known { types: Types::LIST, ..of }))
    }

    /// `a IN list`
    pub(super) fn contained(&mut self, a: &tree::Expr, list: &tree::Expr, span: &Span) -> Result<(Expr, Known)> {
        let at = || At(span.clone());
        let (a, _) = self.value(a)?;
        let (list, known) = self.value(list)?;
        self.accept(known, Types::LIST, span, "what stands right of `IN`")?;
        Ok((Expr::In(Box::new(a), Box::new(list), at()), Known::of(Types::BOOLEAN)))
    }

    /// `a + b`, `a AND b`
    pub(super) fn binary(
        &mut self,
        op: BinaryOp,
        a: &tree::Expr,
        b: &tree::Expr,
        span: &Span,
    ) -> Result<(Expr, Known)> {
        match op {
            BinaryOp::And => self.joined(op, a, b, span, "what `AND` joins"),
            BinaryOp::Or => self.joined(op, a, b, span, "what `OR` joins"),
            BinaryOp::Xor => self.joined(op, a, b, span, "what `XOR` joins"),
            _ => self.calculation(op, a, b, span),
        }
    }

    /// Conditions joined by one word.
    fn joined(
        &mut self,
        op: BinaryOp,
        a: &tree::Expr,
        b: &tree::Expr,
        span: &Span,
        word: &'static str,
    ) -> Result<(Expr, Known)> {
        // A long chain leans to the left; it is gone down without recursion.
        let mut chain = vec![b];
        let mut left = a;
        while let ExprKind::Binary(inner, x, y) = &left.kind {
            if *inner != op || op == BinaryOp::Xor {
                break;
            }
            chain.push(y);
            left = x;
        }
        chain.push(left);
        let mut all = Vec::with_capacity(chain.len());
        for part in chain.into_iter().rev() {
            let (expr, known) = self.expr(part)?;
            self.accept(known, Types::BOOLEAN, &part.span, word)?;
            all.push(expr);
        }
        let at = At(span.clone());
        let expr = match op {
            BinaryOp::And => Expr::And(all, at),
            BinaryOp::Or => Expr::Or(all, at),
            _ => {
                let second = all.pop().unwrap_or(Expr::Const(Value::Null));
                let first = all.pop().unwrap_or(Expr::Const(Value::Null));
                Expr::Xor(Box::new(first), Box::new(second), at)
            }
        };
        Ok((expr, Known::of(Types::BOOLEAN)))
    }

    /// `a + b - c`: a chain leans to the left, and is gone down without recursion.
    fn calculation(&mut self, op: BinaryOp, a: &tree::Expr, b: &tree::Expr, span: &Span) -> Result<(Expr, Known)> {
        let mut chain = vec![(op, b, span)];
        let mut left = a;
        while let ExprKind::Binary(op, x, y) = &left.kind
            && !matches!(op, BinaryOp::And | BinaryOp::Or | BinaryOp::Xor)
        {
            chain.push((*op, y, &left.span));
            left = x;
        }
        let (mut total, mut known) = self.value(left)?;
        for (op, operand, span) in chain.into_iter().rev() {
            let (operand, of) = self.value(operand)?;
            known = self.calculated(op, known, of, span)?;
            total = Expr::Arithmetic(op, Box::new(total), Box::new(operand), At(span.clone()));
        }
        Ok((total, known))
    }

    /// What is known of a calculation, its operands checked.
    fn calculated(&self, op: BinaryOp, left: Known, right: Known, span: &Span) -> Result<Known> {
        if op == BinaryOp::Add {
            return self.sum(left, right, span);
        }
        for known in [left, right] {
            self.accept(known, CALCULABLE, span, "what is calculated with")?;
        }
        let is_whole = left.types == Types::INTEGER && right.types == Types::INTEGER && op != BinaryOp::Power;
        let is_number = Types::NUMBER.contains(left.types) && Types::NUMBER.contains(right.types);
        Ok(Known::of(match () {
            () if is_whole => Types::INTEGER,
            () if is_number => Types::NUMBER,
            () => CALCULABLE,
        }))
    }

    fn sum(&self, left: Known, right: Known, span: &Span) -> Result<Known> {
        if left.types == Types::LIST || right.types == Types::LIST {
            return Ok(Known::of(Types::LIST));
        }
        let addable = CALCULABLE.or(Types::STRING).or(Types::LIST);
        for known in [left, right] {
            self.accept(known, addable, span, "what is added")?;
        }
        let is = |types: Types| types.contains(left.types) && types.contains(right.types);
        Ok(Known::of(match () {
            () if is(Types::INTEGER) => Types::INTEGER,
            () if is(Types::NUMBER) => Types::NUMBER,
            () if is(Types::STRING) => Types::STRING,
            () => addable,
        }))
    }
}
