//! From the parser's tree to ours. The only module that names the parser.
//!
//! Its lossless tree is read rather than the typed one above that: it knows the place of everything, keeps `shortestPath(…)`, and leaves it to us how
//! operators bind (`expression`). What it lets pass although something is missing is refused here. Deliberately absent: what names mean.

mod clause;
mod expression;
mod literal;
mod operand;
mod pattern;

use super::errors;
use super::prefix::{Prefix, Source};
use crate::query::error::{Error, Result};
use crate::query::scope::Scope;
use crate::query::tree::{Name, Query, Span, Statement};
use decypher::syntax::{SyntaxElement, SyntaxKind, SyntaxNode};
use decypher::{CypherError, ErrorKind, Expected};

/// How deep our tree may get, and so how deep later stages may recurse: a debug build takes up to 10 KiB a level, and threads have as little as 2 MiB.
const MAX_LEVELS: usize = 160;

/// Parses the masked text and lowers what comes out.
pub(super) fn statement(source: &Source<'_>) -> Result<Statement> {
    let parsed = decypher::parse_cst(&source.masked);
    if let Some(error) = parsed.errors.iter().min_by_key(|e| e.span.start) {
        return Err(told(source, error));
    }
    let mut lower = Lower { source, taken: vec![false; source.scopes.len()], levels: 0 };
    lower.refuse_rest(&parsed.tree)?;
    let query = lower.root(&parsed.tree)?;
    lower.refuse_stray_prefix()?;
    Ok(Statement { mode: source.mode, query })
}

/// The parser's error in our words.
fn told(source: &Source<'_>, error: &CypherError) -> Box<Error> {
    let (ErrorKind::UnexpectedToken { expected, .. } | ErrorKind::UnexpectedEof { expected }) = &error.kind else {
        return Error::syntax("UnexpectedSyntax", error.span.start..error.span.end, error.kind.to_string());
    };
    let is_clause = |e: &Expected| matches!(e, Expected::Category(c) if c == "clause" || c == "valid token" || c == "subquery clause");
    if expected.iter().any(is_clause) {
        return errors::unexpected(source, error.span.start, &[]);
    }
    if expected.iter().any(|e| matches!(e, Expected::Category(c) if c == "label name")) {
        return errors::unexpected(source, error.span.start, &["a label".to_owned()]);
    }
    let due: Vec<String> = expected
        .iter()
        .map(|e| match e {
            Expected::Keyword(word) | Expected::Symbol(word) => format!("`{word}`"),
            Expected::Category(thing) => with_article(thing),
        })
        .collect();
    errors::unexpected(source, error.span.start, &due)
}

/// The parser's name of a thing as we say it.
fn with_article(thing: &str) -> String {
    let thing = if thing == "node pattern" { "node" } else { thing };
    let article = if thing.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {thing}")
}

/// What lowering knows on its way.
struct Lower<'s> {
    source: &'s Source<'s>,
    /// Which prefixes have found their query part.
    taken: Vec<bool>,
    /// How deep the tree is at most, down to where lowering is.
    levels: usize,
}

impl Lower<'_> {
    /// Where the tokens of a stretch begin and end: the stretch without blanks and comments at its ends.
    fn trimmed(&self, start: usize, end: usize) -> Span {
        let tokens = &self.source.tokens;
        let first = tokens.partition_point(|t| t.span.start < start);
        let after = tokens.partition_point(|t| t.span.end <= end);
        match (tokens.get(first), after.checked_sub(1).and_then(|last| tokens.get(last))) {
            (Some(first), Some(last)) if first.span.start < last.span.end => first.span.start..last.span.end,
            _ => start..start,
        }
    }

    fn span(&self, node: &SyntaxNode) -> Span {
        let range = node.text_range();
        self.trimmed(range.start().into(), range.end().into())
    }

    fn element_span(&self, element: &SyntaxElement) -> Span {
        let range = element.text_range();
        self.trimmed(range.start().into(), range.end().into())
    }

    fn text(&self, span: &Span) -> &str {
        &self.source.text[span.clone()]
    }

    /// The error for what is missing at the end of a node.
    fn missing(&self, node: &SyntaxNode, due: &str) -> Box<Error> {
        errors::unexpected(self.source, self.span(node).end, &[due.to_owned()])
    }

    /// The name that a node consists of.
    fn name(&self, node: &SyntaxNode) -> Result<Name> {
        let span = self.span(node);
        let written = self.text(&span);
        if written.is_empty() {
            return Err(self.missing(node, "a name"));
        }
        let text = if written.starts_with('`') { super::prefix::unquoted(written) } else { written.to_owned() };
        Ok(Name { text, span })
    }

    /// The name that a child of this kind consists of.
    fn name_of(&self, node: &SyntaxNode, kind: SyntaxKind) -> Result<Name> {
        let child = child(node, kind).ok_or_else(|| self.missing(node, "a name"))?;
        self.name(&child)
    }

    /// Goes down by so many levels of our tree, if they are left.
    fn descend(&mut self, levels: usize, span: &Span) -> Result<()> {
        self.levels += levels;
        if self.levels > MAX_LEVELS { Err(super::nesting::too_deep(span.clone())) } else { Ok(()) }
    }

    /// What the prefix before the token at this offset says.
    fn scope_before(&mut self, at: usize) -> Scope {
        let found = self.source.scopes.iter().position(|prefix: &Prefix| prefix.before == at);
        let Some(index) = found else { return Scope::default() };
        self.taken[index] = true;
        self.source.scopes[index].scope.clone()
    }

    /// A prefix that stands anywhere but at the beginning of a query part.
    fn refuse_stray_prefix(&self) -> Result<()> {
        let stray = self.source.scopes.iter().zip(&self.taken).find(|(_, taken)| !**taken);
        let Some((prefix, _)) = stray else { return Ok(()) };
        let message = "the valid-time prefix cannot stand here";
        Err(Error::syntax("UnexpectedSyntax", prefix.span.clone(), message).help(
            "it stands at the beginning of a query, of an arm of `UNION`, or of what is in the braces of `CALL`, `EXISTS`, `COUNT` and `COLLECT`",
        ))
    }

    /// The parser stops quietly at what begins no clause.
    fn refuse_rest(&self, root: &SyntaxNode) -> Result<()> {
        let end: usize = root.text_range().end().into();
        match self.source.tokens.iter().find(|t| t.span.start >= end) {
            Some(token) => Err(errors::unexpected(self.source, token.span.start, &[])),
            None => Ok(()),
        }
    }

    /// The one statement of the text.
    fn root(&mut self, root: &SyntaxNode) -> Result<Query> {
        let mut statements = root.children();
        let Some(first) = statements.next() else { return Err(errors::unexpected(self.source, 0, &[])) };
        if let Some(second) = statements.next() {
            return Err(errors::unexpected(self.source, self.span(&second).start, &[]));
        }
        if first.kind() == SyntaxKind::STATEMENT {
            let parts: Vec<SyntaxNode> = first.children().collect();
            return self.query(&parts, self.span(&first), clause::Ending::Statement);
        }
        self.query(std::slice::from_ref(&first), self.span(&first), clause::Ending::Statement)
    }
}

/// The children without blanks and comments.
fn significant(node: &SyntaxNode) -> Vec<SyntaxElement> {
    node.children_with_tokens().filter(|e| !matches!(e.kind(), SyntaxKind::WHITESPACE | SyntaxKind::COMMENT)).collect()
}

/// The first child node of this kind.
fn child(node: &SyntaxNode, kind: SyntaxKind) -> Option<SyntaxNode> {
    node.children().find(|c| c.kind() == kind)
}

/// Whether a token of this kind is among the children.
fn has_token(node: &SyntaxNode, kind: SyntaxKind) -> bool {
    node.children_with_tokens().any(|e| e.as_token().is_some() && e.kind() == kind)
}

/// Joins many into a balanced tree, so that a long chain does not become a deep one.
fn balanced<T>(mut items: Vec<T>, join: &mut impl FnMut(T, T) -> T) -> Option<T> {
    while items.len() > 1 {
        let mut joined = Vec::with_capacity(items.len().div_ceil(2));
        let mut rest = items.into_iter();
        while let Some(left) = rest.next() {
            joined.push(match rest.next() {
                Some(right) => join(left, right),
                None => left,
            });
        }
        items = joined;
    }
    items.pop()
}
