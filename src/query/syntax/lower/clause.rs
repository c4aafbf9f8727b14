//! Clauses and how they follow each other.

use super::{Lower, SyntaxElement, SyntaxKind, SyntaxNode, child, has_token, significant};
use crate::query::error::{Error, Result};
use crate::query::syntax::errors;
use crate::query::tree::{
    CallProcedure, Clause, Expr, ExprKind, Item, Match, Name, Projection, Query, SingleQuery, SortItem, Span, Subquery,
    Union, Write, Yields,
};

/// Where a query part stands, which says how it may end.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Ending {
    /// The statement itself.
    Statement,
    /// `CALL { … }`
    Call,
    /// `COLLECT { … }`
    Collect,
    /// `EXISTS { … }`, `COUNT { … }`: whose rows are only counted.
    Counted,
}

impl Lower<'_> {
    /// Arms joined by `UNION`.
    pub(super) fn query(&mut self, parts: &[SyntaxNode], span: Span, ending: Ending) -> Result<Query> {
        let is_union = |node: &&SyntaxNode| node.kind() == SyntaxKind::UNION;
        let first: Vec<SyntaxNode> = parts.iter().take_while(|n| !is_union(n)).cloned().collect();
        let joined: Vec<&SyntaxNode> = parts.iter().filter(is_union).collect();
        let is_alone = ending == Ending::Statement && joined.is_empty();
        let first = self.single(&first, span.start, ending, is_alone)?;
        let mut unions: Vec<Union> = Vec::with_capacity(joined.len());
        for node in joined {
            let span = self.span(node);
            let all = has_token(node, SyntaxKind::KW_ALL);
            if unions.last().is_some_and(|before| before.all != all) {
                let message = "`UNION` and `UNION ALL` cannot be mixed";
                return Err(Error::syntax("InvalidClauseComposition", span, message)
                    .help("join the arms that are to be told apart in a `CALL { … }` of their own"));
            }
            let clauses: Vec<SyntaxNode> = node.children().collect();
            let query = self.single(&clauses, span.end, ending, false)?;
            unions.push(Union { all, query, span });
        }
        Ok(Query { first, unions })
    }

    fn single(&mut self, nodes: &[SyntaxNode], at: usize, ending: Ending, is_alone: bool) -> Result<SingleQuery> {
        let (Some(first), Some(last)) = (nodes.first(), nodes.last()) else {
            return Err(errors::unexpected(self.source, at, &[]));
        };
        let span = self.span(first).start..self.span(last).end;
        let scope = self.scope_before(span.start);
        let mut clauses = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            let clause = self.clause(node, is_alone && nodes.len() == 1)?;
            if let (Clause::Return(_), Some(next)) = (&clause, nodes.get(index + 1)) {
                let span = self.span(next);
                let message = format!("`{}` cannot follow `RETURN`", self.first_word(next));
                return Err(Error::syntax("UnexpectedSyntax", span, message)
                    .help("`RETURN` ends a query; to go on with its rows, write `WITH` instead"));
            }
            if let (Clause::Write(write), Ending::Counted | Ending::Collect) = (&clause, ending) {
                let (word, span) = write.word();
                let message = format!("`{word}` cannot stand in a subquery that is an expression");
                return Err(Error::syntax("InvalidClauseComposition", span.clone(), message));
            }
            clauses.push(clause);
        }
        self.check_end(&clauses, last, ending)?;
        Ok(SingleQuery { scope, clauses, span })
    }

    /// Whether the last clause may be the last.
    fn check_end(&self, clauses: &[Clause], node: &SyntaxNode, ending: Ending) -> Result<()> {
        let may_end = match clauses.last() {
            Some(Clause::Return(_)) => true,
            Some(Clause::Write(_)) => ending != Ending::Collect,
            Some(Clause::CallProcedure(call)) => {
                ending == Ending::Counted || call.standalone || matches!(call.yields, Yields::Nothing)
            }
            Some(Clause::CallSubquery { query, .. }) => {
                ending == Ending::Counted || matches!(query.first.clauses.last(), Some(Clause::Write(_)))
            }
            _ => ending == Ending::Counted,
        };
        if may_end {
            return Ok(());
        }
        let span = self.span(node);
        let word = self.first_word(node);
        let end = span.end;
        Err(errors::missing_return(&word, span.start..span.start + word.len(), end))
    }

    /// The word a clause begins with, upper case.
    fn first_word(&self, node: &SyntaxNode) -> String {
        let span = self.span(node);
        let written = self.text(&span);
        let end = written.find(|c: char| !c.is_alphabetic()).unwrap_or(written.len());
        written[..end].to_ascii_uppercase()
    }

    fn clause(&mut self, node: &SyntaxNode, standalone: bool) -> Result<Clause> {
        let span = self.span(node);
        Ok(match node.kind() {
            SyntaxKind::MATCH_CLAUSE => Clause::Match(self.match_clause(node)?),
            SyntaxKind::UNWIND_CLAUSE => {
                let elements = significant(node);
                let until = position(&elements, SyntaxKind::KW_AS).ok_or_else(|| self.missing(node, "`AS`"))?;
                let list = self.expression(&elements[1..until], span.start + "UNWIND".len())?;
                Clause::Unwind { list, variable: self.bound(node, &elements[until..])?, span }
            }
            SyntaxKind::WITH_CLAUSE => {
                let mut projection = self.projection(node)?;
                projection.condition = self.condition(node)?;
                Clause::With(projection)
            }
            SyntaxKind::RETURN_CLAUSE => Clause::Return(self.projection(node)?),
            SyntaxKind::STANDALONE_CALL => Clause::CallProcedure(self.call(node, standalone)?),
            SyntaxKind::CALL_SUBQUERY_CLAUSE => self.call_subquery(node)?,
            SyntaxKind::CREATE_CLAUSE => {
                let pattern = child(node, SyntaxKind::PATTERN).ok_or_else(|| self.missing(node, "a pattern"))?;
                Clause::Write(Write::Create { patterns: self.created(&pattern)?, span })
            }
            SyntaxKind::DELETE_CLAUSE => self.delete(node)?,
            SyntaxKind::USE_CLAUSE => return Err(not_here(span, "USE", "there is one graph, and nothing to choose")),
            SyntaxKind::SHOW_CLAUSE => {
                return Err(not_here(
                    span,
                    "SHOW",
                    "`:schema` in `allegiance shell` shows labels, types and properties",
                ));
            }
            SyntaxKind::FINISH_CLAUSE => {
                return Err(not_here(span, "FINISH", "a query returns something: `RETURN count(*)`"));
            }
            SyntaxKind::IN_QUERY_CALL => return Err(errors::unexpected(self.source, span.start, &[])),
            SyntaxKind::LOAD_CSV_CLAUSE => {
                Clause::Write(Write::Other { word: "LOAD CSV".to_owned(), span: span.start..span.start + "LOAD".len() })
            }
            _ => {
                let word = self.first_word(node);
                let end = span.start + word.len();
                Clause::Write(Write::Other { word, span: span.start..end })
            }
        })
    }

    pub(super) fn match_clause(&mut self, node: &SyntaxNode) -> Result<Match> {
        let pattern = child(node, SyntaxKind::PATTERN).ok_or_else(|| self.missing(node, "a pattern"))?;
        let mut conditions = Vec::new();
        let patterns = self.patterns(&pattern, &mut Some(&mut conditions))?;
        conditions.extend(self.condition(node)?);
        Ok(Match {
            optional: has_token(node, SyntaxKind::KW_OPTIONAL),
            patterns,
            condition: super::expression::all_of(conditions),
            span: self.span(node),
        })
    }

    /// What stands after `WHERE`, where it stands.
    pub(super) fn condition(&mut self, node: &SyntaxNode) -> Result<Option<Expr>> {
        let Some(clause) = child(node, SyntaxKind::WHERE_CLAUSE) else { return Ok(None) };
        let end = self.span(&clause).end;
        self.expression_or_truth(&significant(&clause)[1..], end, true).map(Some)
    }

    /// The name that the node introduces by `AS`.
    fn bound(&self, node: &SyntaxNode, elements: &[SyntaxElement]) -> Result<Name> {
        let name = elements.iter().filter_map(SyntaxElement::as_node).find(|n| n.kind() == SyntaxKind::VARIABLE);
        self.name(name.ok_or_else(|| self.missing(node, "a name"))?)
    }

    fn projection(&mut self, clause: &SyntaxNode) -> Result<Projection> {
        let span = self.span(clause);
        let body = child(clause, SyntaxKind::PROJECTION_BODY).ok_or_else(|| self.missing(clause, "an expression"))?;
        let list = child(&body, SyntaxKind::PROJECTION_ITEMS).ok_or_else(|| self.missing(clause, "an expression"))?;
        let star = has_token(&list, SyntaxKind::STAR);
        let distinct = has_token(&body, SyntaxKind::KW_DISTINCT);
        let items: Vec<Item> = list.children().map(|item| self.item(&item)).collect::<Result<_>>()?;
        if items.is_empty() && !star {
            let word = self.trimmed(span.start, body.text_range().start().into());
            let at = if distinct { self.span(&body).start + "DISTINCT".len() } else { word.end };
            return Err(errors::unexpected(self.source, at, &["an expression".to_owned()]));
        }
        let mut order = Vec::new();
        if let Some(by) = child(&body, SyntaxKind::ORDER_BY) {
            order = by.children().map(|item| self.sort_item(&item)).collect::<Result<_>>()?;
        }
        let skip = self.bound_of_rows(&body, SyntaxKind::SKIP_CLAUSE)?;
        let limit = self.bound_of_rows(&body, SyntaxKind::LIMIT_CLAUSE)?;
        Ok(Projection { distinct, star, items, order, skip, limit, condition: None, span })
    }

    /// What stands after `SKIP` or `LIMIT`.
    fn bound_of_rows(&mut self, body: &SyntaxNode, kind: SyntaxKind) -> Result<Option<Expr>> {
        let Some(clause) = child(body, kind) else { return Ok(None) };
        let end = self.span(&clause).end;
        self.expression(&significant(&clause)[1..], end).map(Some)
    }

    fn item(&mut self, node: &SyntaxNode) -> Result<Item> {
        let elements = significant(node);
        let until = position(&elements, SyntaxKind::KW_AS).unwrap_or(elements.len());
        let alias = if until < elements.len() { Some(self.bound(node, &elements[until..])?) } else { None };
        let expr = self.expression(&elements[..until], self.span(node).start)?;
        let text = match (elements.first(), elements[..until].last()) {
            (Some(first), Some(last)) => {
                let written = self.element_span(first).start..self.element_span(last).end;
                self.text(&written).to_owned()
            }
            _ => String::new(),
        };
        Ok(Item { expr, alias, text })
    }

    fn sort_item(&mut self, node: &SyntaxNode) -> Result<SortItem> {
        let mut elements = significant(node);
        let word = elements.last().filter(|e| e.as_token().is_some()).map(SyntaxElement::kind);
        let descending = matches!(word, Some(SyntaxKind::KW_DESC | SyntaxKind::KW_DESCENDING));
        if descending || matches!(word, Some(SyntaxKind::KW_ASC | SyntaxKind::KW_ASCENDING)) {
            elements.pop();
        }
        Ok(SortItem { expr: self.expression(&elements, self.span(node).end)?, descending })
    }

    fn call(&mut self, node: &SyntaxNode, standalone: bool) -> Result<CallProcedure> {
        let span = self.span(node);
        let invoked = child(node, SyntaxKind::IMPLICIT_PROCEDURE_INVOCATION);
        let invoked = invoked.ok_or_else(|| self.missing(node, "the name of a procedure"))?;
        let named = child(&invoked, SyntaxKind::PROCEDURE_NAME);
        let name = self.dotted(&named.ok_or_else(|| self.missing(node, "the name of a procedure"))?)?;
        let arguments = match child(&invoked, SyntaxKind::EXPLICIT_PROCEDURE_INVOCATION) {
            Some(explicit) => {
                let elements = significant(&explicit);
                Some(self.listed(&elements[1..elements.len().saturating_sub(1)])?)
            }
            None => None,
        };
        let (mut yields, mut condition) = (Yields::Nothing, None);
        if let Some(list) = child(node, SyntaxKind::YIELD_ITEMS) {
            let elements = significant(&list);
            let until = position(&elements, SyntaxKind::KW_WHERE).unwrap_or(elements.len());
            if until < elements.len() {
                condition = Some(self.expression_or_truth(&elements[until + 1..], self.span(&list).end, true)?);
            }
            yields = self.yields(&elements[..until])?;
        }
        if !standalone && matches!(yields, Yields::All) {
            let message = "`YIELD *` can only stand where the call is the whole query";
            return Err(Error::syntax("UnexpectedSyntax", span, message).help("name the fields: `YIELD a, b`"));
        }
        Ok(CallProcedure { name, arguments, yields, condition, standalone, span })
    }

    fn yields(&mut self, elements: &[SyntaxElement]) -> Result<Yields> {
        if elements.first().is_some_and(|e| e.kind() == SyntaxKind::STAR) {
            return Ok(Yields::All);
        }
        let items = elements.iter().filter_map(SyntaxElement::as_node).map(|item| {
            let field = self.name_of(item, SyntaxKind::PROCEDURE_RESULT_FIELD)?;
            let variable = if has_token(item, SyntaxKind::KW_AS) {
                self.name_of(item, SyntaxKind::VARIABLE)?
            } else {
                field.clone()
            };
            Ok((field, variable))
        });
        items.collect::<Result<_>>().map(Yields::Items)
    }

    fn call_subquery(&mut self, node: &SyntaxNode) -> Result<Clause> {
        let span = self.span(node);
        if let Some(batches) = child(node, SyntaxKind::IN_TRANSACTIONS) {
            return Err(not_here(
                self.span(&batches),
                "IN TRANSACTIONS",
                "queries only read, so there is nothing to commit",
            ));
        }
        let imports = self.source.imports.iter().find(|(at, _)| *at == span.start).map(|(_, names)| names.clone());
        let parts: Vec<SyntaxNode> = node.children().collect();
        let at = span.end.saturating_sub(1);
        self.descend(1, &span)?;
        let query = self.query(&parts, at..at, Ending::Call)?;
        self.levels -= 1;
        Ok(Clause::CallSubquery { imports, query: Box::new(query), span })
    }

    fn delete(&mut self, node: &SyntaxNode) -> Result<Clause> {
        let span = self.span(node);
        let detach = has_token(node, SyntaxKind::KW_DETACH);
        let elements = significant(node);
        let targets = self.listed(&elements[1 + usize::from(detach)..])?;
        if let Some(target) = targets.iter().find(|t| matches!(t.kind, ExprKind::HasLabels(..))) {
            let message = "labels and types cannot be deleted";
            return Err(Error::syntax("InvalidDelete", target.span.clone(), message));
        }
        Ok(Clause::Write(Write::Delete { detach, targets, span }))
    }

    /// What stands in the braces of `EXISTS`, `COUNT`: a bare pattern, a lone `MATCH`, or a query.
    pub(super) fn subquery(&mut self, node: &SyntaxNode) -> Result<Subquery> {
        let parts: Vec<SyntaxNode> = node.children().collect();
        let Some(first) = parts.first() else { return Err(self.empty_braces(node)) };
        let at = self.span(first).start;
        if first.kind() == SyntaxKind::NODE_PATTERN {
            let scope = self.scope_before(at);
            let mut conditions = Vec::new();
            let pattern = self.chain(node, &mut Some(&mut conditions))?;
            conditions.extend(self.condition(node)?);
            return Ok(Subquery::Patterns {
                scope,
                patterns: vec![pattern],
                condition: super::expression::all_of(conditions),
            });
        }
        let is_lone_match =
            parts.len() == 1 && first.kind() == SyntaxKind::MATCH_CLAUSE && !has_token(first, SyntaxKind::KW_OPTIONAL);
        if is_lone_match {
            let scope = self.scope_before(at);
            let Match { patterns, condition, .. } = self.match_clause(first)?;
            return Ok(Subquery::Patterns { scope, patterns, condition });
        }
        Ok(Subquery::Query(self.query(&parts, at..at, Ending::Counted)?))
    }

    pub(super) fn empty_braces(&self, node: &SyntaxNode) -> Box<Error> {
        let at = self.span(node).end.saturating_sub(1);
        errors::unexpected(self.source, at, &["a pattern".to_owned(), "a query".to_owned()])
    }

    /// A dotted name.
    pub(super) fn dotted(&self, node: &SyntaxNode) -> Result<Name> {
        let parts: Vec<Name> = node.children().map(|part| self.name(&part)).collect::<Result<_>>()?;
        let text = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(".");
        Ok(Name { text, span: self.span(node) })
    }
}

/// Where the first token of this kind stands.
pub(super) fn position(elements: &[SyntaxElement], kind: SyntaxKind) -> Option<usize> {
    elements.iter().position(|e| e.as_token().is_some() && e.kind() == kind)
}

/// The error for what other databases have and this language has not.
pub(super) fn not_here(span: Span, what: &str, help: &str) -> Box<Error> {
    Error::syntax("UnexpectedSyntax", span, format!("`{what}` is not part of the language here")).help(help)
}
