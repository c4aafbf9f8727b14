//! The fixture loader: small graphs drawn by `CREATE` statements.
//!
//! For conformance scenarios and tests only: it is no part of the query language, which reads. Knows `CREATE` and `[DETACH] DELETE`; what stands
//! between them (`MATCH`, `UNWIND`, `WITH` …) runs on the query engine, over the rows so far.

use super::arithmetic::negate;
use super::error::{Error, Kind, Result};
use super::graph::{NodeId, RelId};
use super::property_graph::PropertyGraph;
use super::syntax::parse;
use super::tree::{
    Clause, Direction, Element, Expr, ExprKind, Item, LabelExpr, Mode, Name, NodePattern, Pattern, Projection, Query,
    RelationPattern, SingleQuery, Span, Statement, UnaryOp, Write,
};
use super::value::{Map, Path, Value};
use super::{Limits, Options, Prepared};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// The variable that stands for a row while the engine runs, and keeps a row from being empty. The space keeps it apart from any other.
const ROW: &str = " row";

/// Executes the set-up statements of a fixture, one after another, on a graph. Statements are parted by semicolons.
///
/// A statement that fails leaves what it and those before it had already done.
///
/// # Errors
/// When a statement is none, or writes in a way that fixtures do not know; the places are those in the whole text.
pub fn load(text: &str, graph: &mut PropertyGraph) -> Result<()> {
    for place in statements(text) {
        let run = parse(&text[place.clone()]).and_then(|statement| execute(statement, graph));
        run.map_err(|mut error| {
            for (span, _) in &mut error.labels {
                *span = span.start + place.start..span.end + place.start;
            }
            error
        })?;
    }
    Ok(())
}

/// The statements of a text: what stands between semicolons and is more than space and comments.
fn statements(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut says_something, mut rest) = (0, false, text);
    while let Some(sign) = rest.chars().next() {
        let at = text.len() - rest.len();
        let length = match sign {
            '\'' | '"' | '`' => quoted(rest, sign),
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => sign.len_utf8(),
        };
        if sign == ';' {
            if says_something {
                found.push(start..at);
            }
            (start, says_something) = (at + 1, false);
        } else {
            let is_comment = sign == '/' && length > 1;
            says_something |= !sign.is_whitespace() && !is_comment;
        }
        rest = &rest[length..];
    }
    if says_something {
        found.push(start..text.len());
    }
    found
}

/// The length of a quoted text or name that begins here.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            '\\' if quote != '`' => escaped = true,
            _ if sign == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Rows with named columns, as they pass from clause to clause.
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Table {
    /// One row of no columns, with which a statement begins.
    fn unit() -> Self {
        Self { columns: Vec::new(), rows: vec![Vec::new()] }
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    fn bind(&mut self, name: &Name, values: impl IntoIterator<Item = Value>) {
        self.columns.push(name.text.clone());
        for (row, value) in self.rows.iter_mut().zip(values) {
            row.push(value);
        }
    }

    /// Runs reading clauses over the rows, and gives the rows of their projection, or all variables in scope where there is none.
    fn read(self, clauses: Vec<Clause>, wanted: Option<Vec<Item>>, graph: &mut PropertyGraph) -> Result<Self> {
        let span = 0..0;
        let star = wanted.is_none();
        let mut all = vec![
            Clause::Unwind { list: expr(ExprKind::Parameter("rows".into())), variable: name(ROW), span: span.clone() },
            Clause::With(projection(self.columns.iter().enumerate().map(|(place, column)| {
                let row = Box::new(expr(ExprKind::Variable(ROW.into())));
                let place = Box::new(expr(ExprKind::Integer(place as i64)));
                item(expr(ExprKind::Index(row, place)), column)
            }))),
        ];
        // The same value for every row, so that grouping and DISTINCT do not see it.
        if let Some(Clause::With(seed)) = all.last_mut() {
            seed.items.push(item(expr(ExprKind::Null), ROW));
        }
        all.extend(clauses);
        all.push(Clause::Return(Projection { star, ..projection(wanted.unwrap_or_default()) }));
        let first = SingleQuery { scope: super::scope::Scope::default(), clauses: all, span };
        let statement = Statement { mode: Mode::Run, query: Query { first, unions: Vec::new() } };

        let prepared = Prepared::from_tree(statement, graph, &Options::default())?;
        let rows = Value::list(self.rows.into_iter().map(Value::list).collect());
        let parameters: Map = [("rows", rows)].into_iter().collect();
        let rows = prepared.run(&*graph, &parameters, Limits::default())?.collect::<Result<Vec<_>>>()?;
        let mut table = Self { columns: prepared.columns().to_vec(), rows };
        if let Some(place) = table.column(ROW) {
            table.columns.remove(place);
            for row in &mut table.rows {
                row.remove(place);
            }
        }
        Ok(table)
    }

    /// The value of an expression in each row.
    fn evaluate(&self, asked: &Expr, graph: &mut PropertyGraph) -> Result<Vec<Value>> {
        if let Some(value) = constant(asked)? {
            return Ok(vec![value; self.rows.len()]);
        }
        let this = Self { columns: self.columns.clone(), rows: self.rows.clone() };
        let values = this.read(Vec::new(), Some(vec![item(asked.clone(), "value")]), graph)?;
        Ok(values.rows.into_iter().map(|row| row.into_iter().next().unwrap_or_default()).collect())
    }
}

fn expr(kind: ExprKind) -> Expr {
    Expr { kind, span: 0..0 }
}

fn name(text: &str) -> Name {
    Name { text: text.into(), span: 0..0 }
}

fn item(expr: Expr, alias: &str) -> Item {
    Item { expr, alias: Some(name(alias)), text: alias.into() }
}

fn projection(items: impl IntoIterator<Item = Item>) -> Projection {
    Projection {
        distinct: false,
        star: false,
        items: items.into_iter().collect(),
        order: Vec::new(),
        skip: None,
        limit: None,
        condition: None,
        span: 0..0,
    }
}

/// The value of an expression that is written out; `None` for one that has to be computed.
fn constant(expr: &Expr) -> Result<Option<Value>> {
    Ok(Some(match &expr.kind {
        ExprKind::Null => Value::Null,
        ExprKind::Boolean(value) => Value::Boolean(*value),
        ExprKind::Integer(value) => Value::Integer(*value),
        ExprKind::Float(value) => Value::Float(*value),
        ExprKind::String(text) => Value::text(text),
        ExprKind::Unary(UnaryOp::Negate, operand) => match constant(operand)? {
            Some(value) => negate(&value).map_err(|error| error.at(&expr.span))?,
            None => return Ok(None),
        },
        ExprKind::List(items) => {
            let items: Option<Vec<Value>> = items.iter().map(constant).collect::<Result<_>>()?;
            return Ok(items.map(Value::list));
        }
        ExprKind::Map(entries) => {
            let entries =
                entries.iter().map(|(key, value)| Ok(constant(value)?.map(|value| (key.text.as_str(), value))));
            let entries: Option<Map> = entries.collect::<Result<_>>()?;
            return Ok(entries.map(Value::map));
        }
        _ => return Ok(None),
    }))
}

fn execute(statement: Statement, graph: &mut PropertyGraph) -> Result<()> {
    if let Some(union) = statement.query.unions.first() {
        return Err(Error::syntax("UnsupportedFixture", union.span.clone(), "a fixture has no `UNION`"));
    }
    let mut table = Table::unit();
    let mut reading = Vec::new();
    for clause in statement.query.first.clauses {
        let Clause::Write(write) = clause else {
            reading.push(clause);
            continue;
        };
        if !reading.is_empty() {
            table = table.read(std::mem::take(&mut reading), None, graph)?;
        }
        match write {
            Write::Create { patterns, .. } => {
                for pattern in &patterns {
                    create(pattern, &mut table, graph)?;
                }
            }
            Write::Delete { detach, targets, .. } => delete(&targets, detach, &table, graph)?,
            Write::Other { word, span } => {
                return Err(Error::syntax("UnsupportedFixture", span, format!("fixtures do not know `{word}`"))
                    .help("draw them with `CREATE`, and take out with `DELETE`"));
            }
        }
    }
    Ok(())
}

/// Creates what a pattern draws, for each row, and binds its variables.
fn create(pattern: &Pattern, table: &mut Table, graph: &mut PropertyGraph) -> Result<()> {
    let mut walks = vec![Path::default(); table.rows.len()];
    let mut pieces = pattern.elements.iter();
    while let Some(piece) = pieces.next() {
        let relation = match piece {
            Element::Node(node) => {
                for (walk, id) in walks.iter_mut().zip(create_node(node, table, graph)?) {
                    walk.nodes.push(id);
                }
                continue;
            }
            Element::Relation(relation) => relation,
            Element::Group { span, .. } => return Err(cannot_create(span, "a repeated pattern cannot be created")),
        };
        let Some(Element::Node(node)) = pieces.next() else {
            return Err(cannot_create(&relation.span, "a relation needs a node at each end"));
        };
        let others = create_node(node, table, graph)?;
        let starts: Vec<NodeId> = walks.iter().filter_map(|walk| walk.nodes.last().copied()).collect();
        let relations = create_relation(relation, &starts, &others, table, graph)?;
        for ((walk, id), other) in walks.iter_mut().zip(relations).zip(others) {
            walk.relations.push(id);
            walk.nodes.push(other);
        }
    }
    if let Some(variable) = &pattern.variable {
        table.bind(variable, walks.into_iter().map(|walk| Value::Path(Arc::new(walk))));
    }
    Ok(())
}

fn cannot_create(span: &Span, message: &str) -> Box<Error> {
    Error::syntax("InvalidCreate", span.clone(), message)
}

/// The node that a pattern stands for, in each row: one made, or one bound before.
fn create_node(pattern: &NodePattern, table: &mut Table, graph: &mut PropertyGraph) -> Result<Vec<NodeId>> {
    if let Some(variable) = &pattern.variable
        && let Some(place) = table.column(&variable.text)
    {
        if pattern.labels.is_some() || pattern.properties.is_some() {
            let message = format!("`{}` is there already and cannot be created again", variable.text);
            return Err(Error::syntax("VariableAlreadyBound", variable.span.clone(), message));
        }
        let bound = table.rows.iter().map(|row| match row[place] {
            Value::Node(id) => Ok(id),
            ref other => Err(Error::type_error(
                "InvalidArgumentType",
                format!(
                    "a relation needs a node at each end, and `{}` is of type {}",
                    variable.text,
                    other.type_name()
                ),
            )
            .at(&variable.span)),
        });
        return bound.collect();
    }
    let mut labels = Vec::new();
    if let Some(written) = &pattern.labels {
        plain_labels(written, &pattern.span, &mut labels)?;
    }
    let made: Vec<NodeId> = properties(pattern.properties.as_ref(), table, graph)?
        .iter()
        .map(|properties| graph.add_node(&labels, properties))
        .collect();
    if let Some(variable) = &pattern.variable {
        table.bind(variable, made.iter().copied().map(Value::Node));
    }
    Ok(made)
}

/// The names of `:A:B`; other expressions say what may be there, not what is.
fn plain_labels<'a>(labels: &'a LabelExpr, span: &Span, found: &mut Vec<&'a str>) -> Result<()> {
    match labels {
        LabelExpr::Name(name) => {
            found.push(&name.text);
            Ok(())
        }
        LabelExpr::And(a, b) => {
            plain_labels(a, span, found)?;
            plain_labels(b, span, found)
        }
        LabelExpr::Any(_) | LabelExpr::Or(..) | LabelExpr::Not(_) => {
            Err(cannot_create(span, "a node is created with labels, not with a choice of them"))
        }
    }
}

fn create_relation(
    pattern: &RelationPattern,
    starts: &[NodeId],
    others: &[NodeId],
    table: &mut Table,
    graph: &mut PropertyGraph,
) -> Result<Vec<RelId>> {
    let fault = |detail: &'static str, message: &str| Error::syntax(detail, pattern.span.clone(), message);
    let Some(LabelExpr::Name(kind)) = &pattern.types else {
        return Err(fault("NoSingleRelationshipType", "a relation is created with one type"));
    };
    if pattern.range.is_some() {
        return Err(fault("CreatingVarLength", "a relation of variable length cannot be created"));
    }
    if pattern.direction == Direction::Either {
        return Err(fault("RequiresDirectedRelationship", "a relation is created in one direction"));
    }
    let bound = pattern.variable.as_ref().filter(|variable| table.column(&variable.text).is_some());
    if let Some(variable) = bound {
        let message = format!("`{}` is there already and cannot be created again", variable.text);
        return Err(Error::syntax("VariableAlreadyBound", variable.span.clone(), message));
    }
    let mut made = Vec::with_capacity(starts.len());
    for ((start, other), properties) in
        starts.iter().zip(others).zip(properties(pattern.properties.as_ref(), table, graph)?)
    {
        let (from, to) = if pattern.direction == Direction::In { (*other, *start) } else { (*start, *other) };
        made.push(graph.add_relation(from, &kind.text, to, &properties).ok_or_else(|| {
            Error::runtime(Kind::EntityNotFound, "DeletedEntityAccess", "an end of this relation was deleted")
                .at(&pattern.span)
        })?);
    }
    if let Some(variable) = &pattern.variable {
        table.bind(variable, made.iter().copied().map(Value::Relation));
    }
    Ok(made)
}

/// The properties that a pattern gives, in each row.
fn properties(written: Option<&Expr>, table: &Table, graph: &mut PropertyGraph) -> Result<Vec<Map>> {
    let Some(written) = written else { return Ok(vec![Map::new(); table.rows.len()]) };
    let values = table.evaluate(written, graph)?;
    let maps = values.into_iter().map(|value| match value {
        Value::Map(map) => match map.iter().find(|(_, value)| !can_be_kept(value)) {
            None => Ok(map.as_ref().clone()),
            Some((key, value)) => Err(Error::type_error(
                "InvalidPropertyType",
                format!("`{key}` is of type {}, which no property can be", value.type_name()),
            )
            .at(&written.span)),
        },
        other => Err(Error::type_error(
            "InvalidArgumentType",
            format!("properties are a map, and this is of type {}", other.type_name()),
        )
        .at(&written.span)),
    });
    maps.collect()
}

/// Whether a property can have this value.
fn can_be_kept(value: &Value) -> bool {
    match value {
        Value::Map(_) | Value::Node(_) | Value::Relation(_) | Value::Path(_) => false,
        Value::List(items) => items.iter().all(can_be_kept),
        _ => true,
    }
}

/// Deletes what the targets are, in all rows: relations first, so that the nodes between them can go too.
fn delete(targets: &[Expr], detach: bool, table: &Table, graph: &mut PropertyGraph) -> Result<()> {
    let (mut nodes, mut relations) = (BTreeSet::new(), BTreeSet::new());
    for target in targets {
        for value in table.evaluate(target, graph)? {
            match value {
                Value::Null => {}
                Value::Node(id) => drop(nodes.insert(id)),
                Value::Relation(id) => drop(relations.insert(id)),
                Value::Path(path) => {
                    nodes.extend(path.nodes.iter().copied());
                    relations.extend(path.relations.iter().copied());
                }
                other => {
                    let message = format!("a value of type {} cannot be deleted", other.type_name());
                    return Err(Error::type_error("InvalidArgumentType", message).at(&target.span));
                }
            }
        }
    }
    for relation in relations {
        graph.delete_relation(relation);
    }
    for node in nodes {
        if !detach && graph.degree(node) > 0 {
            let message = "a node that still has relations cannot be deleted; write `DETACH DELETE`";
            return Err(Error::runtime(Kind::ArgumentError, "DeleteConnectedNode", message));
        }
        graph.delete_node(node);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::statements;

    #[test]
    fn semicolons_part_statements_but_not_texts_and_comments() {
        let check = |text: &str, wanted: &[&str]| {
            let found: Vec<&str> = statements(text).into_iter().map(|place| text[place].trim()).collect();
            assert_eq!(found, wanted, "{text}");
        };
        check("", &[]);
        check(" ; ;\n", &[]);
        check("CREATE (a)", &["CREATE (a)"]);
        check("CREATE (a);CREATE (b);", &["CREATE (a)", "CREATE (b)"]);
        check("CREATE ({t: 'a;b', u: \"c;d\"});", &["CREATE ({t: 'a;b', u: \"c;d\"})"]);
        check("CREATE (`a;b`)", &["CREATE (`a;b`)"]);
        check(r"CREATE ({t: 'it\'s; so'})", &[r"CREATE ({t: 'it\'s; so'})"]);
        check("// nothing; here\n", &[]);
        check("/* a; */ CREATE (a) /* b;", &["/* a; */ CREATE (a) /* b;"]);
        check("CREATE ({x: 4 / 2}); CREATE (é)", &["CREATE ({x: 4 / 2})", "CREATE (é)"]);
    }
}
