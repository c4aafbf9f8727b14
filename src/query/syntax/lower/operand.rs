//! What stands between operators: literals, names, calls, comprehensions, subqueries.

use super::clause::{not_here, position};
use super::pattern::{check_shortest, path_function};
use super::{Lower, SyntaxElement, SyntaxKind, SyntaxNode, child, has_token, literal, significant};
use crate::query::error::{Error, Result};
use crate::query::syntax::errors;
use crate::query::tree::{Expr, ExprKind, MapItem, Name, Pattern, PatternKind, QuantifierKind, Span};

impl Lower<'_> {
    /// One operand; `is_truth` where a truth value is due, as a bare pattern is.
    pub(super) fn operand(&mut self, node: &SyntaxNode, is_truth: bool) -> Result<Expr> {
        let span = self.span(node);
        let kind = match node.kind() {
            SyntaxKind::NUMBER_LITERAL => literal::number(self.text(&span), &span)?,
            SyntaxKind::STRING_LITERAL => ExprKind::String(literal::text(self.text(&span), &span)?),
            SyntaxKind::BOOLEAN_LITERAL => ExprKind::Boolean(has_token(node, SyntaxKind::TRUE_KW)),
            SyntaxKind::NULL_KW => ExprKind::Null,
            SyntaxKind::PARAMETER => self.parameter(node)?,
            SyntaxKind::VARIABLE => ExprKind::Variable(self.name(node)?.text),
            SyntaxKind::PARENTHESIZED_EXPR => {
                let elements = significant(node);
                self.expression_or_truth(inner(&elements), span.end, is_truth)?.kind
            }
            SyntaxKind::LIST_LITERAL => ExprKind::List(self.listed(inner(&significant(node)))?),
            SyntaxKind::MAP_LITERAL => self.map(node)?,
            SyntaxKind::MAP_PROJECTION => self.map_projection(node)?,
            SyntaxKind::CASE_EXPR => self.case(node)?,
            SyntaxKind::LIST_COMPREHENSION => self.list_comprehension(node)?,
            SyntaxKind::PATTERN_COMPREHENSION => self.pattern_comprehension(node)?,
            SyntaxKind::FUNCTION_INVOCATION => self.call_of_function(node, &span)?,
            SyntaxKind::RELATIONSHIPS_PATTERN if !is_truth => return Err(pattern_as_value(span)),
            SyntaxKind::RELATIONSHIPS_PATTERN => ExprKind::Pattern(Box::new(self.chain(node, &mut None)?)),
            SyntaxKind::EXISTS_SUBQUERY => ExprKind::Exists(Box::new(self.subquery(node)?)),
            SyntaxKind::COUNT_SUBQUERY => ExprKind::Count(Box::new(self.subquery(node)?)),
            SyntaxKind::COLLECT_SUBQUERY => self.collected(node)?,
            _ => return Err(errors::unexpected(self.source, span.start, &["an expression".to_owned()])),
        };
        Ok(Expr { kind, span })
    }

    fn parameter(&self, node: &SyntaxNode) -> Result<ExprKind> {
        let elements = significant(node);
        let name = elements.get(1).ok_or_else(|| self.missing(node, "the name of a parameter"))?;
        let span = self.element_span(name);
        let written = self.text(&span);
        let is_quoted = written.starts_with('`');
        Ok(ExprKind::Parameter(if is_quoted {
            crate::query::syntax::prefix::unquoted(written)
        } else {
            written.to_owned()
        }))
    }

    fn map(&mut self, node: &SyntaxNode) -> Result<ExprKind> {
        let entries = node.children().map(|entry| {
            let key = self.name_of(&entry, SyntaxKind::PROPERTY_KEY_NAME)?;
            Ok((key, self.entry_value(&entry)?))
        });
        entries.collect::<Result<_>>().map(ExprKind::Map)
    }

    fn map_projection(&mut self, node: &SyntaxNode) -> Result<ExprKind> {
        let base = self.name_of(node, SyntaxKind::VARIABLE)?;
        let mut items = Vec::new();
        for item in node.children().filter(|c| c.kind() == SyntaxKind::MAP_PROJECTION_ITEM) {
            let has_dot = significant(&item).first().is_some_and(|e| e.kind() == SyntaxKind::DOT);
            items.push(if has_dot && has_token(&item, SyntaxKind::STAR) {
                MapItem::All
            } else if child(&item, SyntaxKind::PROPERTY_KEY_NAME).is_none() {
                let span = self.span(&item);
                return Err(Error::syntax("UnexpectedSyntax", span, "this entry has no key").help("write `key: value`"));
            } else {
                let key = self.name_of(&item, SyntaxKind::PROPERTY_KEY_NAME)?;
                match (has_dot, has_token(&item, SyntaxKind::COLON)) {
                    (true, _) => MapItem::Property(key),
                    (false, true) => MapItem::Entry(key, self.entry_value(&item)?),
                    (false, false) => MapItem::Variable(key),
                }
            });
        }
        Ok(ExprKind::MapProjection { base, items })
    }

    fn list_comprehension(&mut self, node: &SyntaxNode) -> Result<ExprKind> {
        let filter = child(node, SyntaxKind::FILTER_EXPRESSION).ok_or_else(|| self.missing(node, "a name"))?;
        let (variable, list, condition) = self.filtered(&filter)?;
        let value = self.after_bar(node)?.map(Box::new);
        Ok(ExprKind::ListComprehension { variable, list, condition, value })
    }

    fn pattern_comprehension(&mut self, node: &SyntaxNode) -> Result<ExprKind> {
        let variable = child(node, SyntaxKind::VARIABLE).map(|name| self.name(&name)).transpose()?;
        let mut conditions = Vec::new();
        let chain = self.chain(node, &mut Some(&mut conditions))?;
        // A variable that is all that is kept is a child of the same kind; only one before the pattern names the path.
        let variable = variable.filter(|name: &Name| name.span.end <= chain.span.start);
        conditions.extend(self.condition(node)?);
        let value = self.after_bar(node)?.ok_or_else(|| self.missing(node, "`|`"))?;
        Ok(ExprKind::PatternComprehension {
            pattern: Box::new(Pattern { variable, ..chain }),
            condition: super::expression::all_of(conditions).map(Box::new),
            value: Box::new(value),
        })
    }

    /// What stands between `|` and the closing bracket.
    fn after_bar(&mut self, node: &SyntaxNode) -> Result<Option<Expr>> {
        let elements = significant(node);
        let Some(bar) = position(&elements, SyntaxKind::PIPE) else { return Ok(None) };
        let last = elements.len().saturating_sub(1).max(bar + 1);
        self.expression(&elements[bar + 1..last], self.span(node).end).map(Some)
    }

    fn call_of_function(&mut self, node: &SyntaxNode, span: &Span) -> Result<ExprKind> {
        let named =
            child(node, SyntaxKind::FUNCTION_NAME).ok_or_else(|| self.missing(node, "the name of a function"))?;
        let name = self.dotted(&named)?;
        if let Some(filter) = child(node, SyntaxKind::FILTER_EXPRESSION) {
            let kind = match name.text.to_ascii_lowercase().as_str() {
                "all" => QuantifierKind::All,
                "any" => QuantifierKind::Any,
                "none" => QuantifierKind::None,
                _ => QuantifierKind::Single,
            };
            let (variable, list, condition) = self.filtered(&filter)?;
            return Ok(ExprKind::Quantifier { kind, variable, list, condition });
        }
        if let Some(total) = child(node, SyntaxKind::REDUCE_ACCUMULATOR) {
            return self.reduce(node, &total);
        }
        if matches!(name.text.to_ascii_lowercase().as_str(), "filter" | "extract") {
            let help = "write a list comprehension: `[x IN list WHERE x > 1 | x.name]`";
            return Err(not_here(name.span, &format!("{}()", name.text), help));
        }
        let elements = significant(node);
        let open = position(&elements, SyntaxKind::L_PAREN).ok_or_else(|| self.missing(node, "`(`"))?;
        let mut arguments = &elements[open + 1..elements.len().saturating_sub(1).max(open + 1)];
        let distinct = arguments.first().is_some_and(|e| e.kind() == SyntaxKind::KW_DISTINCT);
        if distinct {
            arguments = &arguments[1..];
        }
        if let [star] = arguments
            && star.kind() == SyntaxKind::STAR
        {
            if distinct {
                let message = "`count(DISTINCT *)` does not say what is counted once";
                return Err(Error::syntax("UnexpectedSyntax", span.clone(), message).help("write `count(DISTINCT a)`"));
            }
            return Ok(ExprKind::CountStar);
        }
        if let Some(kind) = path_function(&name.text) {
            return self.shortest(kind, arguments, span);
        }
        Ok(ExprKind::Call { name, distinct, arguments: self.listed(arguments)? })
    }

    /// `shortestPath((a)-[*]-(b))` as a value.
    fn shortest(&mut self, kind: PatternKind, arguments: &[SyntaxElement], span: &Span) -> Result<ExprKind> {
        if let [SyntaxElement::Node(argument)] = arguments
            && argument.kind() == SyntaxKind::RELATIONSHIPS_PATTERN
        {
            let pattern = self.chain(argument, &mut None)?;
            check_shortest(kind, &pattern.elements, span)?;
            return Ok(ExprKind::Pattern(Box::new(Pattern { kind, span: span.clone(), ..pattern })));
        }
        let message = "a shortest path is asked for with a pattern";
        Err(Error::syntax("UnexpectedSyntax", span.clone(), message)
            .help("write `MATCH p = shortestPath((a)-[:ALLIED_WITH*]-(b))`"))
    }

    fn reduce(&mut self, node: &SyntaxNode, total: &SyntaxNode) -> Result<ExprKind> {
        let accumulator: Name = self.name_of(total, SyntaxKind::VARIABLE)?;
        let parts = significant(total);
        let equals = position(&parts, SyntaxKind::EQ).ok_or_else(|| self.missing(total, "`=`"))?;
        let initial = Box::new(self.expression(&parts[equals + 1..], self.span(total).end)?);
        let source = child(node, SyntaxKind::ID_IN_COLL).ok_or_else(|| self.missing(node, "a name"))?;
        let (variable, list) = self.drawn(&source)?;
        let value = self.after_bar(node)?.ok_or_else(|| self.missing(node, "`|`"))?;
        Ok(ExprKind::Reduce { accumulator, initial, variable, list: Box::new(list), value: Box::new(value) })
    }
}

/// A bare pattern says whether there is a match; it is no list of them.
fn pattern_as_value(span: Span) -> Box<Error> {
    Error::syntax("UnexpectedSyntax", span, "a pattern alone is a condition, not a value")
        .help("count its matches with `COUNT { (a)-->(b) }`, ask for one with `EXISTS { (a)-->(b) }`, list them with `[p = (a)-->(b) | p]`")
}

/// What stands between the first and the last element, which are brackets.
fn inner(elements: &[SyntaxElement]) -> &[SyntaxElement] {
    elements.get(1..elements.len().saturating_sub(1)).unwrap_or(&[])
}
