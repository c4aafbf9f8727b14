//! The tree as text, with a bracket around every operator.

use crate::query::tree::{
    Clause, CompareOp, Direction, Element, Expr, ExprKind, Hops, LabelExpr, MapItem, Match, NodePattern, Pattern,
    PatternKind, Projection, RelationPattern, Subquery, UnaryOp, Write, Yields,
};

pub(super) fn shown_clauses(clauses: &[Clause]) -> String {
    clauses.iter().map(clause).collect::<Vec<_>>().join(" ")
}

/// The items of a projection.
pub(super) fn projected(projection: &Projection) -> String {
    let star = projection.star.then(|| "*".to_owned());
    let items = projection.items.iter().map(|item| {
        let alias = item.alias.as_ref().map_or(String::new(), |alias| format!(" AS {}", alias.text));
        format!("{}{alias}", shown(&item.expr))
    });
    star.into_iter().chain(items).collect::<Vec<_>>().join(", ")
}

fn clause(clause: &Clause) -> String {
    match clause {
        Clause::Match(Match { optional, patterns: parts, condition, .. }) => {
            format!(
                "{}MATCH {}{}",
                if *optional { "OPTIONAL " } else { "" },
                patterns(parts),
                after(" WHERE ", condition.as_ref())
            )
        }
        Clause::Unwind { list, variable, .. } => format!("UNWIND {} AS {}", shown(list), variable.text),
        Clause::With(body) => format!("WITH {}", projection(body)),
        Clause::Return(body) => format!("RETURN {}", projection(body)),
        Clause::CallProcedure(call) => {
            let arguments = call.arguments.as_ref().map_or(String::new(), |all| format!("({})", list(all)));
            let yields = match &call.yields {
                Yields::Nothing => String::new(),
                Yields::All => " YIELD *".to_owned(),
                Yields::Items(items) => {
                    let items: Vec<_> = items.iter().map(|(a, b)| format!("{} AS {}", a.text, b.text)).collect();
                    format!(" YIELD {}", items.join(", "))
                }
            };
            let standalone = if call.standalone { " standalone" } else { "" };
            format!(
                "CALL {}{arguments}{standalone}{yields}{}",
                call.name.text,
                after(" WHERE ", call.condition.as_ref())
            )
        }
        Clause::CallSubquery { imports, .. } => {
            let names = |names: &Vec<_>| {
                names.iter().map(|n: &crate::query::tree::Name| n.text.as_str()).collect::<Vec<_>>().join(", ")
            };
            format!("CALL {}{{query}}", imports.as_ref().map_or(String::new(), |all| format!("({}) ", names(all))))
        }
        Clause::Write(Write::Create { patterns: parts, .. }) => format!("CREATE {}", patterns(parts)),
        Clause::Write(Write::Delete { detach, targets, .. }) => {
            format!("{}DELETE {}", if *detach { "DETACH " } else { "" }, list(targets))
        }
        Clause::Write(Write::Other { word, .. }) => word.clone(),
    }
}

fn projection(body: &Projection) -> String {
    let mut text = if body.distinct { "DISTINCT ".to_owned() } else { String::new() };
    text.push_str(&projected(body));
    if !body.order.is_empty() {
        let item =
            |i: &crate::query::tree::SortItem| format!("{}{}", shown(&i.expr), if i.descending { " DESC" } else { "" });
        text.push_str(&format!(" ORDER BY {}", body.order.iter().map(item).collect::<Vec<_>>().join(", ")));
    }
    text.push_str(&after(" SKIP ", body.skip.as_ref()));
    text.push_str(&after(" LIMIT ", body.limit.as_ref()));
    text.push_str(&after(" WHERE ", body.condition.as_ref()));
    text
}

fn after(word: &str, expr: Option<&Expr>) -> String {
    expr.map_or(String::new(), |expr| format!("{word}{}", shown(expr)))
}

fn list(all: &[Expr]) -> String {
    all.iter().map(shown).collect::<Vec<_>>().join(", ")
}

fn boxed(word: &str, expr: &Option<Box<Expr>>) -> String {
    after(word, expr.as_deref())
}

pub(super) fn shown(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Null => "null".to_owned(),
        ExprKind::Boolean(value) => value.to_string(),
        ExprKind::Integer(value) => value.to_string(),
        ExprKind::Float(value) => format!("{value:?}"),
        ExprKind::String(value) => format!("{value:?}"),
        ExprKind::List(all) => format!("[{}]", list(all)),
        ExprKind::Map(entries) => {
            let entries: Vec<_> =
                entries.iter().map(|(key, value)| format!("{}: {}", key.text, shown(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        ExprKind::Variable(name) => name.clone(),
        ExprKind::Parameter(name) => format!("${name}"),
        ExprKind::Property(base, key) => format!("{}.{}", shown(base), key.text),
        ExprKind::HasLabels(base, all) => format!("{}:{}", shown(base), labels(all)),
        ExprKind::Unary(UnaryOp::Not, inner) => format!("NOT {}", shown(inner)),
        ExprKind::Unary(UnaryOp::Negate, inner) => format!("-{}", shown(inner)),
        ExprKind::Unary(UnaryOp::Plus, inner) => format!("+{}", shown(inner)),
        ExprKind::Binary(op, left, right) => {
            let sign = match format!("{op:?}").as_str() {
                "Add" => "+".to_owned(),
                "Subtract" => "-".to_owned(),
                "Multiply" => "*".to_owned(),
                "Divide" => "/".to_owned(),
                "Modulo" => "%".to_owned(),
                "Power" => "^".to_owned(),
                word => word.to_ascii_uppercase(),
            };
            format!("({} {sign} {})", shown(left), shown(right))
        }
        ExprKind::Comparison(first, rest) => {
            let rest: String =
                rest.iter().map(|(op, right)| format!(" {} {}", comparison(*op), shown(right))).collect();
            format!("({}{rest})", shown(first))
        }
        ExprKind::Index(base, index) => format!("{}[{}]", shown(base), shown(index)),
        ExprKind::Slice(base, from, to) => {
            format!("{}[{}..{}]", shown(base), boxed("", from), boxed("", to))
        }
        ExprKind::In(left, right) => format!("({} IN {})", shown(left), shown(right)),
        ExprKind::IsNull { operand, negated } => {
            format!("({} IS {}NULL)", shown(operand), if *negated { "NOT " } else { "" })
        }
        ExprKind::Call { name, distinct, arguments } => {
            format!("{}({}{})", name.text, if *distinct { "DISTINCT " } else { "" }, list(arguments))
        }
        ExprKind::CountStar => "count(*)".to_owned(),
        ExprKind::Case { subject, branches, otherwise } => {
            let branches: String =
                branches.iter().map(|(when, then)| format!(" WHEN {} THEN {}", shown(when), shown(then))).collect();
            format!("CASE{}{branches}{}", boxed(" ", subject), boxed(" ELSE ", otherwise))
        }
        ExprKind::ListComprehension { variable, list, condition, value } => {
            let tail = format!("{}{}", boxed(" WHERE ", condition), boxed(" | ", value));
            format!("[{} IN {}{tail}]", variable.text, shown(list))
        }
        ExprKind::PatternComprehension { pattern: part, condition, value } => {
            format!("[{}{} | {}]", pattern(part), boxed(" WHERE ", condition), shown(value))
        }
        ExprKind::Quantifier { kind, variable, list, condition } => {
            format!("{kind:?}({} IN {}{})", variable.text, shown(list), boxed(" WHERE ", condition))
        }
        ExprKind::Reduce { accumulator, initial, variable, list, value } => {
            let head = format!("{} = {}, {} IN {}", accumulator.text, shown(initial), variable.text, shown(list));
            format!("reduce({head} | {})", shown(value))
        }
        ExprKind::Pattern(part) => pattern(part),
        ExprKind::Exists(inner) => format!("EXISTS {}", subquery(inner)),
        ExprKind::Count(inner) => format!("COUNT {}", subquery(inner)),
        ExprKind::Collect(_) => "COLLECT {query}".to_owned(),
        ExprKind::MapProjection { base, items } => {
            let items: Vec<_> = items
                .iter()
                .map(|item| match item {
                    MapItem::All => ".*".to_owned(),
                    MapItem::Property(key) => format!(".{}", key.text),
                    MapItem::Entry(key, value) => format!("{}: {}", key.text, shown(value)),
                    MapItem::Variable(name) => name.text.clone(),
                })
                .collect();
            format!("{} {{{}}}", base.text, items.join(", "))
        }
    }
}

fn comparison(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Equal => "=",
        CompareOp::NotEqual => "<>",
        CompareOp::Less => "<",
        CompareOp::LessOrEqual => "<=",
        CompareOp::Greater => ">",
        CompareOp::GreaterOrEqual => ">=",
        CompareOp::Matches => "=~",
        CompareOp::StartsWith => "STARTS WITH",
        CompareOp::EndsWith => "ENDS WITH",
        CompareOp::Contains => "CONTAINS",
    }
}

fn subquery(inner: &Subquery) -> String {
    match inner {
        Subquery::Patterns { patterns: parts, condition, .. } => {
            format!("{{{}{}}}", patterns(parts), after(" WHERE ", condition.as_ref()))
        }
        Subquery::Query(_) => "{query}".to_owned(),
    }
}

fn patterns(parts: &[Pattern]) -> String {
    parts.iter().map(pattern).collect::<Vec<_>>().join(", ")
}

fn pattern(part: &Pattern) -> String {
    let variable = part.variable.as_ref().map_or(String::new(), |name| format!("{} = ", name.text));
    let path: String = part.elements.iter().map(element).collect();
    match part.kind {
        PatternKind::Every => format!("{variable}{path}"),
        kind => format!("{variable}{kind:?}({path})"),
    }
}

fn element(element: &Element) -> String {
    match element {
        Element::Node(NodePattern { variable, labels: all, properties, .. }) => {
            let variable = variable.as_ref().map_or("", |name| name.text.as_str());
            let all = all.as_ref().map_or(String::new(), |all| format!(":{}", labels(all)));
            format!("({variable}{all}{})", after(" ", properties.as_ref()))
        }
        Element::Relation(part) => relation(part),
        Element::Group { elements, least, most, .. } => {
            let path: String = elements.iter().map(self::element).collect();
            format!("({path}){{{least},{}}}", most.map_or(String::new(), |most| most.to_string()))
        }
    }
}

fn relation(part: &RelationPattern) -> String {
    let variable = part.variable.as_ref().map_or("", |name| name.text.as_str());
    let types = part.types.as_ref().map_or(String::new(), |all| format!(":{}", labels(all)));
    let range = part.range.map_or(String::new(), |Hops { least, most }| {
        format!("*{least}..{}", most.map_or(String::new(), |most| most.to_string()))
    });
    let inner = format!("{variable}{types}{range}{}", after(" ", part.properties.as_ref()));
    let inner = if inner.is_empty() { inner } else { format!("[{inner}]") };
    match part.direction {
        Direction::Out => format!("-{inner}->"),
        Direction::In => format!("<-{inner}-"),
        Direction::Either => format!("-{inner}-"),
    }
}

fn labels(all: &LabelExpr) -> String {
    match all {
        LabelExpr::Name(name) => name.text.clone(),
        LabelExpr::Any(_) => "%".to_owned(),
        LabelExpr::Or(a, b) => format!("({}|{})", labels(a), labels(b)),
        LabelExpr::And(a, b) => format!("({}&{})", labels(a), labels(b)),
        LabelExpr::Not(inner) => format!("!{}", labels(inner)),
    }
}
