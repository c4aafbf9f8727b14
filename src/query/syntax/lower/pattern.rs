//! Patterns: paths of nodes, relations and groups, and the labels in them.

use super::{Lower, SyntaxElement, SyntaxKind, SyntaxNode, balanced, child, has_token, literal, significant};
use crate::query::error::{Error, Result};
use crate::query::syntax::errors;
use crate::query::tree::{
    Direction, Element, Expr, Hops, LabelExpr, NodePattern, Pattern, PatternKind, RelationPattern, Span,
};

/// Where conditions written inside a pattern go; `None` where there is no place for them.
pub(super) type Conditions<'c> = Option<&'c mut Vec<Expr>>;

impl Lower<'_> {
    /// Patterns separated by commas. Those that follow each other without one are pieces of the same path.
    pub(super) fn patterns(&mut self, node: &SyntaxNode, inside: &mut Conditions<'_>) -> Result<Vec<Pattern>> {
        let mut patterns: Vec<Pattern> = Vec::new();
        let mut goes_on = false;
        for element in significant(node) {
            let SyntaxElement::Node(part) = element else {
                goes_on = false;
                continue;
            };
            let pattern = self.part(&part, inside)?;
            match patterns.last_mut().filter(|_| goes_on) {
                Some(before) => {
                    if pattern.variable.is_some()
                        || pattern.kind != PatternKind::Every
                        || before.kind != PatternKind::Every
                    {
                        return Err(errors::unexpected(self.source, pattern.span.start, &["`,`".to_owned()]));
                    }
                    before.elements.extend(pattern.elements);
                    before.span.end = pattern.span.end;
                }
                None => patterns.push(pattern),
            }
            goes_on = true;
        }
        for pattern in &mut patterns {
            alternate(&mut pattern.elements)?;
        }
        Ok(patterns)
    }

    /// The patterns of `CREATE`: each relation of one type, one direction and length one.
    pub(super) fn created(&mut self, node: &SyntaxNode) -> Result<Vec<Pattern>> {
        let patterns = self.patterns(node, &mut None)?;
        for element in patterns.iter().flat_map(|p| &p.elements) {
            let Element::Relation(relation) = element else { continue };
            let wrong = |detail, message: &str| Err(Error::syntax(detail, relation.span.clone(), message));
            if relation.range.is_some() {
                return wrong("CreatingVarLength", "a path of several lengths cannot be created");
            }
            // A relation without a type but with a name may be one that is bound already, which is another error.
            let is_named = relation.types.is_none() && relation.variable.is_some();
            if !is_named && !matches!(relation.types, Some(LabelExpr::Name(_))) {
                return wrong("NoSingleRelationshipType", "a relation is created with exactly one type");
            }
            if relation.direction == Direction::Either {
                return wrong("RequiresDirectedRelationship", "a relation is created in one direction");
            }
        }
        Ok(patterns)
    }

    /// `p = shortestPath(…)`, each of it optional but the path.
    fn part(&mut self, node: &SyntaxNode, inside: &mut Conditions<'_>) -> Result<Pattern> {
        let span = self.span(node);
        let variable = child(node, SyntaxKind::VARIABLE).map(|name| self.name(&name)).transpose()?;
        let word = significant(node).into_iter().find(|e| e.as_token().is_some() && e.kind() == SyntaxKind::IDENT);
        let kind = match word {
            Some(word) => path_function(self.text(&self.element_span(&word))).unwrap_or(PatternKind::Every),
            None => PatternKind::Every,
        };
        let path = child(node, SyntaxKind::ANONYMOUS_PATTERN_PART).and_then(|path| path.first_child());
        let path = path.ok_or_else(|| self.missing(node, "a pattern"))?;
        let elements = self.path(&path, inside)?;
        check_shortest(kind, &elements, &span)?;
        Ok(Pattern { variable, kind, elements, span })
    }

    /// A path, a path in parentheses, or a group.
    fn path(&mut self, node: &SyntaxNode, inside: &mut Conditions<'_>) -> Result<Vec<Element>> {
        if node.kind() == SyntaxKind::QUANTIFIED_PATH_PATTERN {
            return self.group(node).map(|group| vec![group]);
        }
        let nested = node
            .children()
            .find(|c| matches!(c.kind(), SyntaxKind::PATTERN_ELEMENT | SyntaxKind::QUANTIFIED_PATH_PATTERN));
        match nested {
            Some(nested) => self.path(&nested, inside),
            None => self.elements(node, inside),
        }
    }

    fn group(&mut self, node: &SyntaxNode) -> Result<Element> {
        let span = self.span(node);
        let quantifier = child(node, SyntaxKind::RELATIONSHIP_QUANTIFIER).ok_or_else(|| self.missing(node, "`{`"))?;
        let repeated = child(node, SyntaxKind::PATTERN_ELEMENT).ok_or_else(|| self.missing(node, "a pattern"))?;
        if !has_token(&repeated, SyntaxKind::L_PAREN) {
            let message = "only a relation or a group in parentheses can be repeated";
            return Err(Error::syntax("InvalidRelationshipPattern", self.span(&quantifier), message)
                .help("write `((a)-[r]->(b)){1,3}`, or `(a)-[r]->{1,3}(b)`"));
        }
        let elements = self.path(&repeated, &mut None)?;
        if elements.iter().any(|e| matches!(e, Element::Group { .. })) {
            let message = "a group cannot stand in another group";
            return Err(Error::syntax("InvalidRelationshipPattern", span, message));
        }
        if !elements.iter().any(|e| matches!(e, Element::Relation(_))) {
            let message = "a group that is repeated needs a relation";
            return Err(Error::syntax("InvalidRelationshipPattern", span, message));
        }
        let Hops { least, most } = self.quantifier(&quantifier)?;
        Ok(Element::Group { elements, least, most, span })
    }

    /// `{2}`, `{1,3}`, `{1,}`, `{,3}`
    fn quantifier(&mut self, node: &SyntaxNode) -> Result<Hops> {
        let hops = self.bounds(node, SyntaxKind::COMMA, 0)?;
        if hops.most.is_some_and(|most| most < hops.least) {
            let message = "the most times are fewer than the fewest";
            return Err(Error::syntax("InvalidRelationshipPattern", self.span(node), message));
        }
        Ok(hops)
    }

    /// Two numbers around a separator, each optional; without the separator, one number for both.
    fn bounds(&self, node: &SyntaxNode, separator: SyntaxKind, default: u64) -> Result<Hops> {
        let (mut first, mut second, mut is_range) = (None, None, false);
        for element in significant(node) {
            match element.kind() {
                SyntaxKind::NUMBER_LITERAL => {
                    let span = self.element_span(&element);
                    let count = Some(literal::count(self.text(&span), &span)?);
                    if is_range { second = count } else { first = count }
                }
                kind if kind == separator => is_range = true,
                _ => {}
            }
        }
        let most = if is_range { second } else { first };
        Ok(Hops { least: first.unwrap_or(default), most })
    }

    /// The nodes and relations among the children, in order, as a pattern without a name.
    pub(super) fn chain(&mut self, node: &SyntaxNode, inside: &mut Conditions<'_>) -> Result<Pattern> {
        let nodes: Vec<SyntaxNode> = node.children().filter(is_of_path).collect();
        let span = match (nodes.first(), nodes.last()) {
            (Some(first), Some(last)) => self.span(first).start..self.span(last).end,
            _ => self.span(node),
        };
        let elements = self.elements(node, inside)?;
        Ok(Pattern { variable: None, kind: PatternKind::Every, elements, span })
    }

    fn elements(&mut self, node: &SyntaxNode, inside: &mut Conditions<'_>) -> Result<Vec<Element>> {
        let mut elements = Vec::new();
        for part in node.children().filter(is_of_path) {
            if part.kind() == SyntaxKind::NODE_PATTERN {
                elements.push(Element::Node(self.node(&part, inside)?));
                continue;
            }
            let relation = child(&part, SyntaxKind::RELATIONSHIP_PATTERN);
            let other = child(&part, SyntaxKind::NODE_PATTERN);
            let (Some(relation), Some(other)) = (relation, other) else {
                return Err(self.missing(&part, "a node"));
            };
            elements.push(Element::Relation(self.relation(&relation, inside)?));
            elements.push(Element::Node(self.node(&other, inside)?));
        }
        Ok(elements)
    }

    fn node(&mut self, node: &SyntaxNode, inside: &mut Conditions<'_>) -> Result<NodePattern> {
        let span = self.span(node);
        // The parser takes whatever stands where the parenthesis is due.
        if !self.text(&span).starts_with('(') {
            return Err(errors::unexpected(self.source, span.start, &["`(`".to_owned()]));
        }
        let variable = child(node, SyntaxKind::VARIABLE).map(|name| self.name(&name)).transpose()?;
        let labels = self.labels(node.children().filter(|c| c.kind() == SyntaxKind::NODE_LABELS))?;
        let properties = self.properties(node)?;
        self.inner_condition(node, inside, false)?;
        Ok(NodePattern { variable, labels, properties, span })
    }

    /// `WHERE` inside a node or a relation: the same as after the whole pattern, where there is such a place.
    fn inner_condition(&mut self, node: &SyntaxNode, inside: &mut Conditions<'_>, is_range: bool) -> Result<()> {
        let Some(clause) = child(node, SyntaxKind::WHERE_CLAUSE) else { return Ok(()) };
        let Some(conditions) = inside.as_mut().filter(|_| !is_range) else {
            let message = "`WHERE` cannot stand inside this pattern";
            let help = if is_range {
                "name the path and write `WHERE all(r IN relationships(p) WHERE …)`"
            } else {
                "write the condition after the pattern, in `WHERE` of `MATCH` or of `EXISTS { MATCH … WHERE … }`"
            };
            return Err(Error::syntax("UnexpectedSyntax", self.span(&clause), message).help(help));
        };
        conditions.extend(self.condition(node)?);
        Ok(())
    }

    fn properties(&mut self, node: &SyntaxNode) -> Result<Option<Expr>> {
        let Some(properties) = child(node, SyntaxKind::PROPERTIES) else { return Ok(None) };
        let end = self.span(&properties).end;
        self.expression(&significant(&properties), end).map(Some)
    }

    fn relation(&mut self, node: &SyntaxNode, inside: &mut Conditions<'_>) -> Result<RelationPattern> {
        let span = self.span(node);
        let (mut arrow, mut points_left, mut points_right) = (String::new(), false, false);
        for element in significant(node) {
            match element.kind() {
                SyntaxKind::LT => {
                    arrow.push('<');
                    points_left = true;
                }
                SyntaxKind::GT => {
                    arrow.push('>');
                    points_right = true;
                }
                SyntaxKind::MINUS => arrow.push('-'),
                _ => {}
            }
        }
        if !matches!(arrow.as_str(), "--" | "-->" | "<--" | "<-->") {
            return Err(Error::syntax("InvalidRelationshipPattern", span, "this is no relation between two nodes")
                .help("write `-->`, `<--`, `--`, or with a type `-[r:ALLIED_WITH]->`"));
        }
        let direction = match (points_left, points_right) {
            (true, false) => Direction::In,
            (false, true) => Direction::Out,
            _ => Direction::Either,
        };
        let mut relation = RelationPattern {
            variable: None,
            types: None,
            direction,
            range: None,
            properties: None,
            span: span.clone(),
        };
        let quantifier = child(node, SyntaxKind::RELATIONSHIP_QUANTIFIER);
        let sign = self.source.repeats.iter().find(|(end, _)| *end == span.end).map(|(_, hops)| *hops);
        relation.range = match &quantifier {
            Some(quantifier) => Some(self.quantifier(quantifier)?),
            None => sign,
        };
        let Some(detail) = child(node, SyntaxKind::RELATIONSHIP_DETAIL) else { return Ok(relation) };
        if let Some(star) = child(&detail, SyntaxKind::RANGE_LITERAL) {
            if quantifier.is_some() || sign.is_some() {
                let message = "a relation has either a star or a quantifier";
                return Err(Error::syntax("InvalidRelationshipPattern", span, message));
            }
            // `*` alone has no bounds, `*2` has one for both ends.
            relation.range = Some(self.bounds(&star, SyntaxKind::DOT_DOT, 1)?);
        }
        relation.variable = child(&detail, SyntaxKind::VARIABLE).map(|name| self.name(&name)).transpose()?;
        relation.types = self.labels(detail.children().filter(|c| c.kind() == SyntaxKind::RELATIONSHIP_TYPES))?;
        relation.properties = self.properties(&detail)?;
        self.inner_condition(&detail, inside, relation.range.is_some())?;
        Ok(relation)
    }

    /// `:A:B`: all of them.
    pub(super) fn labels(&mut self, nodes: impl Iterator<Item = SyntaxNode>) -> Result<Option<LabelExpr>> {
        let mut all = Vec::new();
        for node in nodes {
            let labels = child(&node, SyntaxKind::LABEL_EXPRESSION).ok_or_else(|| self.missing(&node, "a label"))?;
            all.push(self.label(&labels)?);
        }
        Ok(balanced(all, &mut |a, b| LabelExpr::And(Box::new(a), Box::new(b))))
    }

    fn label(&mut self, node: &SyntaxNode) -> Result<LabelExpr> {
        let span = self.span(node);
        if node.kind() == SyntaxKind::LABEL_ATOM {
            return self.label_atom(node, span);
        }
        self.descend(1, &span)?;
        let parts: Vec<LabelExpr> = node.children().map(|part| self.label(&part)).collect::<Result<_>>()?;
        self.levels -= 1;
        let joined = match node.kind() {
            SyntaxKind::LABEL_AND => balanced(parts, &mut |a, b| LabelExpr::And(Box::new(a), Box::new(b))),
            SyntaxKind::LABEL_NOT => parts.into_iter().next().map(|inner| LabelExpr::Not(Box::new(inner))),
            _ => balanced(parts, &mut |a, b| LabelExpr::Or(Box::new(a), Box::new(b))),
        };
        joined.ok_or_else(|| self.missing(node, "a label"))
    }

    fn label_atom(&mut self, node: &SyntaxNode, span: Span) -> Result<LabelExpr> {
        if has_token(node, SyntaxKind::PERCENT) {
            return Ok(LabelExpr::Any(span));
        }
        let name = node.first_child().ok_or_else(|| self.missing(node, "a label"))?;
        if matches!(name.kind(), SyntaxKind::DYNAMIC_LABEL | SyntaxKind::DYNAMIC_REL_TYPE) {
            let message = "labels and types cannot be computed";
            return Err(Error::syntax("UnexpectedSyntax", span, message)
                .help("write them out, or ask `WHERE $label IN labels(n)`, `WHERE type(r) = $type`"));
        }
        self.name(&name).map(LabelExpr::Name)
    }
}

fn is_of_path(node: &SyntaxNode) -> bool {
    matches!(node.kind(), SyntaxKind::NODE_PATTERN | SyntaxKind::PATTERN_ELEMENT_CHAIN)
}

/// What `shortestPath` and `allShortestPaths` stand for.
pub(super) fn path_function(word: &str) -> Option<PatternKind> {
    if word.eq_ignore_ascii_case("shortestPath") {
        Some(PatternKind::Shortest)
    } else if word.eq_ignore_ascii_case("allShortestPaths") {
        Some(PatternKind::AllShortest)
    } else {
        None
    }
}

/// A shortest path has one relation pattern between two nodes.
pub(super) fn check_shortest(kind: PatternKind, elements: &[Element], span: &Span) -> Result<()> {
    let is_simple = matches!(elements, [Element::Node(_), Element::Relation(_), Element::Node(_)]);
    if kind == PatternKind::Every || is_simple {
        return Ok(());
    }
    let message = "a shortest path is asked for between two nodes, with one relation pattern";
    Err(Error::syntax("UnexpectedSyntax", span.clone(), message)
        .help("write `p = shortestPath((a)-[:ALLIED_WITH*]-(b))`"))
}

/// Adds the nodes that are left out beside groups, so that nodes alternate with relations and groups.
fn alternate(elements: &mut Vec<Element>) -> Result<()> {
    if !elements.iter().any(|e| matches!(e, Element::Group { .. })) && elements.len() % 2 == 1 {
        // Pieces without a group each have an odd number of elements: two of them, an even one.
        return refuse_neighbours(elements);
    }
    let mut complete: Vec<Element> = Vec::with_capacity(elements.len() + 2);
    for element in elements.drain(..) {
        let needs_node = matches!(element, Element::Group { .. }) && !matches!(complete.last(), Some(Element::Node(_)));
        if needs_node {
            complete.push(anonymous(&element));
        }
        complete.push(element);
    }
    if let Some(last @ Element::Group { .. }) = complete.last() {
        let node = anonymous(last);
        complete.push(node);
    }
    *elements = complete;
    refuse_neighbours(elements)
}

fn refuse_neighbours(elements: &[Element]) -> Result<()> {
    for pair in elements.windows(2) {
        if let [Element::Node(_), Element::Node(second)] = pair {
            return Err(Error::syntax(
                "UnexpectedSyntax",
                second.span.clone(),
                "there is nothing between these two nodes",
            )
            .help("put a relation between them (`-->`), or a comma"));
        }
    }
    Ok(())
}

/// A node that stands beside an element without having been written.
fn anonymous(beside: &Element) -> Element {
    let at = match beside {
        Element::Node(node) => &node.span,
        Element::Relation(relation) => &relation.span,
        Element::Group { span, .. } => span,
    };
    Element::Node(NodePattern { variable: None, labels: None, properties: None, span: at.start..at.start })
}
