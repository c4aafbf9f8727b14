//! Expressions: how operators bind, and what stands between them.
//!
//! The parser's tree is only read for what stands where: its operators are laid out flat and bound anew, since it lets `IN`, `STARTS WITH` and `IS NULL`
//! bind tighter than `+`, and `^` to the right, where the language says otherwise (openCypher 9, "Operator precedence").

use super::clause::{Ending, not_here, position};
use super::{Lower, SyntaxElement, SyntaxKind, SyntaxNode, balanced, child, has_token, literal, significant};
use crate::query::error::Result;
use crate::query::syntax::errors;
use crate::query::tree::{BinaryOp, CompareOp, Expr, ExprKind, Span, UnaryOp};

/// How tightly operators bind, from loose to tight.
mod level {
    pub(super) const OR: u8 = 1;
    pub(super) const XOR: u8 = 2;
    pub(super) const AND: u8 = 3;
    pub(super) const NOT: u8 = 4;
    pub(super) const COMPARISON: u8 = 5;
    pub(super) const PREDICATE: u8 = 6;
    pub(super) const ADDITION: u8 = 7;
    pub(super) const MULTIPLICATION: u8 = 8;
    pub(super) const POWER: u8 = 9;
    pub(super) const SIGN: u8 = 10;
    pub(super) const POSTFIX: u8 = 11;
}

/// A piece of an expression laid out flat.
enum Piece {
    /// The flag says whether a truth value is due, as a bare pattern is.
    Operand(SyntaxNode, bool),
    Prefix(UnaryOp, Span),
    Infix(Infix, Span),
    Postfix(SyntaxNode),
}

#[derive(Clone, Copy, PartialEq)]
enum Infix {
    Binary(BinaryOp),
    Compare(CompareOp),
    In,
}

impl Infix {
    const fn level(self) -> u8 {
        match self {
            Self::Binary(BinaryOp::Or) => level::OR,
            Self::Binary(BinaryOp::Xor) => level::XOR,
            Self::Binary(BinaryOp::And) => level::AND,
            Self::Binary(BinaryOp::Add | BinaryOp::Subtract) => level::ADDITION,
            Self::Binary(BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Modulo) => level::MULTIPLICATION,
            Self::Binary(BinaryOp::Power) => level::POWER,
            Self::In
            | Self::Compare(CompareOp::Matches | CompareOp::StartsWith | CompareOp::EndsWith | CompareOp::Contains) => {
                level::PREDICATE
            }
            Self::Compare(_) => level::COMPARISON,
        }
    }

    /// Whether the order in which several are joined makes no difference.
    const fn is_logical(self) -> bool {
        matches!(self, Self::Binary(BinaryOp::Or | BinaryOp::Xor | BinaryOp::And))
    }
}

type Pieces = std::iter::Peekable<std::vec::IntoIter<Piece>>;

impl Lower<'_> {
    /// The expression that these elements make; `at` is where it is due, if there is none.
    pub(super) fn expression(&mut self, elements: &[SyntaxElement], at: usize) -> Result<Expr> {
        self.expression_or_truth(elements, at, false)
    }

    /// The same, where a truth value may be due.
    pub(super) fn expression_or_truth(
        &mut self,
        elements: &[SyntaxElement],
        at: usize,
        is_truth: bool,
    ) -> Result<Expr> {
        let mut pieces = Vec::with_capacity(elements.len());
        for element in elements {
            self.lay_out(element, &mut pieces)?;
        }
        mark_truths(&mut pieces, is_truth);
        let levels = levels(&pieces);
        let span = match elements {
            [first, .., last] => self.element_span(first).start..self.element_span(last).end,
            [one] => self.element_span(one),
            [] => at..at,
        };
        self.descend(levels, &span)?;
        let mut pieces = pieces.into_iter().peekable();
        let expr = self.climb(&mut pieces, 0, at)?;
        self.levels -= levels;
        match pieces.next() {
            None => Ok(expr),
            Some(_) => Err(errors::unexpected(self.source, expr.span.end, &["an operator".to_owned()])),
        }
    }

    /// Expressions separated by commas.
    pub(super) fn listed(&mut self, elements: &[SyntaxElement]) -> Result<Vec<Expr>> {
        if elements.is_empty() {
            return Ok(Vec::new());
        }
        let is_comma = |e: &SyntaxElement| e.as_token().is_some() && e.kind() == SyntaxKind::COMMA;
        let at = elements.first().map_or(0, |first| self.element_span(first).start);
        elements.split(is_comma).map(|one| self.expression(one, at)).collect()
    }

    /// Appends what an element consists of.
    fn lay_out(&self, element: &SyntaxElement, pieces: &mut Vec<Piece>) -> Result<()> {
        let SyntaxElement::Node(node) = element else {
            return Err(errors::unexpected(
                self.source,
                self.element_span(element).start,
                &["an expression".to_owned()],
            ));
        };
        let parts = significant(node);
        let first = parts.first().map_or(node.kind(), SyntaxElement::kind);
        let head = parts.first().map_or(0..0, |part| self.element_span(part));
        let binary = |op| Some(Piece::Infix(Infix::Binary(op), head.clone()));
        let compare = |op| Some(Piece::Infix(Infix::Compare(op), head.clone()));
        let mut skipped = 1;
        let operator = match node.kind() {
            SyntaxKind::OR_EXPR => binary(BinaryOp::Or),
            SyntaxKind::XOR_EXPR => binary(BinaryOp::Xor),
            SyntaxKind::AND_EXPR => binary(BinaryOp::And),
            SyntaxKind::ADD_SUB_EXPR if first == SyntaxKind::PLUS => binary(BinaryOp::Add),
            SyntaxKind::ADD_SUB_EXPR => binary(BinaryOp::Subtract),
            SyntaxKind::MUL_DIV_MOD_EXPR if first == SyntaxKind::STAR => binary(BinaryOp::Multiply),
            SyntaxKind::MUL_DIV_MOD_EXPR if first == SyntaxKind::SLASH => binary(BinaryOp::Divide),
            SyntaxKind::MUL_DIV_MOD_EXPR => binary(BinaryOp::Modulo),
            SyntaxKind::POWER_EXPR => binary(BinaryOp::Power),
            SyntaxKind::COMPARISON_EXPR => compare(match first {
                SyntaxKind::NE => CompareOp::NotEqual,
                SyntaxKind::LT => CompareOp::Less,
                SyntaxKind::LE => CompareOp::LessOrEqual,
                SyntaxKind::GT => CompareOp::Greater,
                SyntaxKind::GE => CompareOp::GreaterOrEqual,
                SyntaxKind::TILDE_EQ => CompareOp::Matches,
                _ => CompareOp::Equal,
            }),
            SyntaxKind::STRING_OP_EXPR => {
                skipped = if first == SyntaxKind::KW_CONTAINS { 1 } else { 2 };
                compare(match first {
                    SyntaxKind::KW_STARTS => CompareOp::StartsWith,
                    SyntaxKind::KW_ENDS => CompareOp::EndsWith,
                    _ => CompareOp::Contains,
                })
            }
            SyntaxKind::LIST_OP_EXPR if first == SyntaxKind::KW_IN => Some(Piece::Infix(Infix::In, head.clone())),
            SyntaxKind::NOT_EXPR => Some(Piece::Prefix(UnaryOp::Not, head.clone())),
            SyntaxKind::UNARY_ADD_SUB_EXPR if first == SyntaxKind::PLUS => {
                Some(Piece::Prefix(UnaryOp::Plus, head.clone()))
            }
            SyntaxKind::UNARY_ADD_SUB_EXPR => Some(Piece::Prefix(UnaryOp::Negate, head.clone())),
            _ => None,
        };
        let Some(operator) = operator else {
            let is_postfix = matches!(
                node.kind(),
                SyntaxKind::LIST_OP_EXPR
                    | SyntaxKind::PROPERTY_LOOKUP
                    | SyntaxKind::NULL_OP_EXPR
                    | SyntaxKind::NORMALIZED_PREDICATE_EXPR
                    | SyntaxKind::TYPE_PREDICATE_EXPR
                    | SyntaxKind::PROPERTY_OR_LABELS_EXPR
            );
            pieces.push(if is_postfix { Piece::Postfix(node.clone()) } else { Piece::Operand(node.clone(), false) });
            return Ok(());
        };
        pieces.push(operator);
        parts.iter().skip(skipped).try_for_each(|part| self.lay_out(part, pieces))
    }

    /// Reads an operand and all operators after it that bind at least as tightly as asked.
    fn climb(&mut self, pieces: &mut Pieces, least: u8, at: usize) -> Result<Expr> {
        let due = || vec!["an expression".to_owned()];
        let mut left = match pieces.next() {
            Some(Piece::Operand(node, is_truth)) => self.operand(&node, is_truth)?,
            Some(Piece::Prefix(op, span)) => self.prefix(op, span, pieces)?,
            Some(Piece::Infix(_, span)) => return Err(errors::unexpected(self.source, span.start, &due())),
            Some(Piece::Postfix(node)) => return Err(errors::unexpected(self.source, self.span(&node).start, &due())),
            None => return Err(errors::unexpected(self.source, at, &due())),
        };
        loop {
            let binds = match pieces.peek() {
                Some(Piece::Infix(infix, _)) => infix.level(),
                Some(Piece::Postfix(node)) => match node.kind() {
                    SyntaxKind::LIST_OP_EXPR | SyntaxKind::PROPERTY_LOOKUP | SyntaxKind::PROPERTY_OR_LABELS_EXPR => {
                        level::POSTFIX
                    }
                    _ => level::PREDICATE,
                },
                _ => return Ok(left),
            };
            if binds < least {
                return Ok(left);
            }
            left = match pieces.next() {
                Some(Piece::Infix(infix, span)) => self.infix(left, infix, span.end, pieces)?,
                Some(Piece::Postfix(node)) => self.postfix(left, &node)?,
                _ => return Ok(left),
            };
        }
    }

    fn prefix(&mut self, op: UnaryOp, sign: Span, pieces: &mut Pieces) -> Result<Expr> {
        if op == UnaryOp::Negate
            && let Some(Piece::Operand(node, _)) = pieces.peek()
            && node.kind() == SyntaxKind::NUMBER_LITERAL
        {
            let span = self.span(node);
            if literal::is_least(self.text(&span)) {
                pieces.next();
                return Ok(Expr { kind: ExprKind::Integer(i64::MIN), span: sign.start..span.end });
            }
        }
        let binds = if op == UnaryOp::Not { level::NOT } else { level::SIGN };
        let operand = self.climb(pieces, binds, sign.end)?;
        let span = sign.start..operand.span.end;
        Ok(Expr { kind: ExprKind::Unary(op, Box::new(operand)), span })
    }

    /// What an operator makes of its left operand and what stands right of it; of a chain of the same kind at once.
    fn infix(&mut self, left: Expr, infix: Infix, at: usize, pieces: &mut Pieces) -> Result<Expr> {
        let begin = left.span.start;
        let right = self.climb(pieces, infix.level() + 1, at)?;
        match infix {
            Infix::Binary(op) if infix.is_logical() => {
                let mut terms = vec![left, right];
                while let Some(Piece::Infix(_, span)) =
                    pieces.next_if(|p| matches!(p, Piece::Infix(next, _) if *next == infix))
                {
                    terms.push(self.climb(pieces, infix.level() + 1, span.end)?);
                }
                let joined = balanced(terms, &mut |a, b| binary(op, a, b));
                joined.ok_or_else(|| errors::unexpected(self.source, at, &["an expression".to_owned()]))
            }
            Infix::Binary(op) => Ok(binary(op, left, right)),
            Infix::In => {
                let span = begin..right.span.end;
                Ok(Expr { kind: ExprKind::In(Box::new(left), Box::new(right)), span })
            }
            Infix::Compare(op) => {
                let mut chain = vec![(op, right)];
                // Only comparisons of rank are chained (`a < b <= c`); the others bind tighter and stand alone.
                while infix.level() == level::COMPARISON
                    && let Some(Piece::Infix(Infix::Compare(next), span)) =
                        pieces.next_if(|p| matches!(p, Piece::Infix(next, _) if next.level() == level::COMPARISON))
                {
                    chain.push((next, self.climb(pieces, level::COMPARISON + 1, span.end)?));
                }
                let end = chain.last().map_or(at, |(_, last)| last.span.end);
                Ok(Expr { kind: ExprKind::Comparison(Box::new(left), chain), span: begin..end })
            }
        }
    }

    fn postfix(&mut self, left: Expr, node: &SyntaxNode) -> Result<Expr> {
        let own = self.span(node);
        let span = left.span.start..own.end;
        let kind = match node.kind() {
            SyntaxKind::PROPERTY_LOOKUP => {
                ExprKind::Property(Box::new(left), self.name_of(node, SyntaxKind::PROPERTY_KEY_NAME)?)
            }
            SyntaxKind::PROPERTY_OR_LABELS_EXPR => {
                let labels = self.labels(node.children())?.ok_or_else(|| self.missing(node, "a label"))?;
                ExprKind::HasLabels(Box::new(left), labels)
            }
            SyntaxKind::NULL_OP_EXPR => {
                ExprKind::IsNull { operand: Box::new(left), negated: has_token(node, SyntaxKind::KW_NOT) }
            }
            SyntaxKind::NORMALIZED_PREDICATE_EXPR => {
                return Err(not_here(own, "IS NORMALIZED", "texts are compared as they are stored"));
            }
            SyntaxKind::TYPE_PREDICATE_EXPR => {
                return Err(not_here(own, "IS TYPED", "ask what the value is used for: `toInteger(x) IS NOT NULL`"));
            }
            _ => self.index(left, node)?,
        };
        Ok(Expr { kind, span })
    }

    /// `[i]`, `[i..j]`
    fn index(&mut self, left: Expr, node: &SyntaxNode) -> Result<ExprKind> {
        let elements = significant(node);
        let inner = &elements[1..elements.len().saturating_sub(1).max(1)];
        let end = self.span(node).end.saturating_sub(1);
        let Some(dots) = position(inner, SyntaxKind::DOT_DOT) else {
            return Ok(ExprKind::Index(Box::new(left), Box::new(self.expression(inner, end)?)));
        };
        let mut bound = |side: &[SyntaxElement]| -> Result<Option<Box<Expr>>> {
            if side.is_empty() { Ok(None) } else { self.expression(side, end).map(|e| Some(Box::new(e))) }
        };
        let (from, to) = (bound(&inner[..dots])?, bound(&inner[dots + 1..])?);
        Ok(ExprKind::Slice(Box::new(left), from, to))
    }

    /// The subquery of `COLLECT { … }`.
    pub(super) fn collected(&mut self, node: &SyntaxNode) -> Result<ExprKind> {
        let parts: Vec<SyntaxNode> = node.children().collect();
        let Some(first) = parts.first() else { return Err(self.empty_braces(node)) };
        let at = self.span(first).start;
        self.query(&parts, at..at, Ending::Collect).map(|query| ExprKind::Collect(Box::new(query)))
    }

    /// The value of an entry `key: value`.
    pub(super) fn entry_value(&mut self, node: &SyntaxNode) -> Result<Expr> {
        let elements = significant(node);
        let colon = position(&elements, SyntaxKind::COLON).ok_or_else(|| self.missing(node, "`:`"))?;
        self.expression(&elements[colon + 1..], self.span(node).end)
    }

    /// The subject of `CASE`, what stands between the word and the first `WHEN`.
    pub(super) fn case(&mut self, node: &SyntaxNode) -> Result<ExprKind> {
        let elements = significant(node);
        let end = self.span(node).end;
        let is_branch = |e: &SyntaxElement| e.kind() == SyntaxKind::CASE_ALTERNATIVE;
        let first = elements.iter().position(is_branch).ok_or_else(|| self.missing(node, "`WHEN`"))?;
        let subject = if first > 1 { Some(Box::new(self.expression(&elements[1..first], end)?)) } else { None };
        let mut branches = Vec::new();
        for branch in node.children().filter(|c| c.kind() == SyntaxKind::CASE_ALTERNATIVE) {
            let parts = significant(&branch);
            let then = position(&parts, SyntaxKind::KW_THEN).ok_or_else(|| self.missing(&branch, "`THEN`"))?;
            let condition = self.expression_or_truth(&parts[1..then], end, subject.is_none())?;
            branches.push((condition, self.expression(&parts[then + 1..], end)?));
        }
        let otherwise = match position(&elements, SyntaxKind::KW_ELSE) {
            Some(at) => {
                let last = elements.len().saturating_sub(1).max(at + 1);
                Some(Box::new(self.expression(&elements[at + 1..last], end)?))
            }
            None => None,
        };
        Ok(ExprKind::Case { subject, branches, otherwise })
    }

    /// The shared part of list comprehensions and quantifiers: the element, the list, the condition.
    pub(super) fn filtered(
        &mut self,
        node: &SyntaxNode,
    ) -> Result<(crate::query::tree::Name, Box<Expr>, Option<Box<Expr>>)> {
        let source = child(node, SyntaxKind::ID_IN_COLL).ok_or_else(|| self.missing(node, "a name"))?;
        let (variable, list) = self.drawn(&source)?;
        let condition = self.condition(node)?.map(Box::new);
        Ok((variable, Box::new(list), condition))
    }

    /// `x IN list`
    pub(super) fn drawn(&mut self, node: &SyntaxNode) -> Result<(crate::query::tree::Name, Expr)> {
        let variable = self.name_of(node, SyntaxKind::VARIABLE)?;
        let elements = significant(node);
        let at = position(&elements, SyntaxKind::KW_IN).ok_or_else(|| self.missing(node, "`IN`"))?;
        let list = self.expression(&elements[at + 1..], self.span(node).end)?;
        Ok((variable, list))
    }
}

/// Marks the operands that a truth value is due of: those of logical operators, and a lone one where that is due of the whole.
fn mark_truths(pieces: &mut [Piece], of_the_whole: bool) {
    let logical: Vec<bool> = pieces
        .iter()
        .map(|p| match p {
            Piece::Infix(infix, _) => infix.is_logical(),
            Piece::Prefix(op, _) => *op == UnaryOp::Not,
            _ => false,
        })
        .collect();
    let is_lone = pieces.len() == 1;
    let is_end = |at: Option<usize>| at.and_then(|at| logical.get(at)).is_none_or(|logical| *logical);
    for (at, piece) in pieces.iter_mut().enumerate() {
        if let Piece::Operand(_, is_truth) = piece {
            *is_truth = if is_lone { of_the_whole } else { is_end(at.checked_sub(1)) && is_end(Some(at + 1)) };
        }
    }
}

fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    let span = left.span.start..right.span.end;
    Expr { kind: ExprKind::Binary(op, Box::new(left), Box::new(right)), span }
}

/// All conditions joined by `AND`.
pub(super) fn all_of(conditions: Vec<Expr>) -> Option<Expr> {
    balanced(conditions, &mut |a, b| binary(BinaryOp::And, a, b))
}

/// How many levels of our tree these pieces may come to at most: operators nest, those of logic as a balanced tree.
fn levels(pieces: &[Piece]) -> usize {
    let is_logical = |p: &Piece| matches!(p, Piece::Infix(infix, _) if infix.is_logical());
    let terms = pieces.split(is_logical);
    let (count, deepest) = terms.fold((0_usize, 0_usize), |(count, deepest), term| {
        (count + 1, deepest.max(term.iter().filter(|p| !matches!(p, Piece::Operand(..))).count()))
    });
    let logical = if count > 1 { 3 * (usize::BITS - count.leading_zeros()) as usize } else { 0 };
    deepest + logical + 1
}
