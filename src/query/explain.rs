//! Plans as text: what `EXPLAIN` and `PROFILE` show.

use super::compile::{Step, StepKind};
use super::exec::Count;
use super::functions::{self, Aggregate, Body, OfGraph};
use super::graph::Toward;
use super::plan::{Access, Call, Condition, Expr, LabelTest, MapItem, RelationFilter, Slot, Subquery, Walk};
use super::tree::{BinaryOp, CompareOp};
use super::value::Value;
use crate::time::Reading;
use rustc_hash::FxHashMap;

/// The longest expression that is shown whole.
const LONGEST: usize = 60;

/// What slots and parameters are called, by number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names<'a> {
    /// Variables and columns; empty where there is no name.
    pub(super) slots: &'a [String],
    /// Parameters.
    pub(super) parameters: &'a [String],
}

/// A line of a plan.
struct Line {
    text: String,
    id: usize,
}

/// Draws the steps, the last one first, each with what it takes rows from below it.
pub(super) fn draw(step: &Step, names: Names<'_>, counts: Option<&[Count]>) -> String {
    let mut drawing = Drawing { names, aggregates: FxHashMap::default(), lines: Vec::new() };
    drawing.name_aggregates(step);
    drawing.put(step, 0);
    let lines = drawing.lines;
    let width = lines.iter().map(|l| l.text.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    let Some(counts) = counts else {
        lines.iter().for_each(|line| text.extend([line.text.as_str(), "\n"]));
        return text;
    };
    let mut row = |step: &str, rows: String, hits: String| {
        text.push_str(&format!("{step:width$}  {rows:>10}  {hits:>10}\n"));
    };
    row("step", "rows".into(), "hits".into());
    let mut all = 0;
    for line in &lines {
        let count = counts.get(line.id).copied().unwrap_or_default();
        all += count.hits;
        row(&line.text, count.rows.to_string(), count.hits.to_string());
    }
    row("all", String::new(), all.to_string());
    text
}

struct Drawing<'a> {
    names: Names<'a>,
    /// What the slots of aggregates hold, as text.
    aggregates: FxHashMap<Slot, String>,
    lines: Vec<Line>,
}

impl Drawing<'_> {
    /// The slots of aggregates have no names of their own: they are shown as what was called.
    fn name_aggregates(&mut self, step: &Step) {
        if let StepKind::Aggregate { aggregates, .. } = &step.kind {
            for (slot, call) in aggregates {
                let text = self.call(call);
                self.aggregates.insert(*slot, text);
            }
        }
        for inner in inner_steps(&step.kind) {
            self.name_aggregates(inner);
        }
        if let Some(input) = &step.input {
            self.name_aggregates(input);
        }
    }

    fn put(&mut self, step: &Step, depth: usize) {
        let indent = "  ".repeat(depth);
        if !matches!(step.kind, StepKind::Argument) || depth == 0 {
            let text = format!("{indent}{}", self.describe(&step.kind));
            self.lines.push(Line { text, id: step.id });
        }
        for inner in inner_steps(&step.kind) {
            self.put(inner, depth + 2);
        }
        if let Some(input) = &step.input {
            self.put(input, depth + 1);
        }
    }

    fn describe(&self, kind: &StepKind) -> String {
        match kind {
            StepKind::Argument => "One row".to_owned(),
            StepKind::Nodes { node, .. } => {
                let name = &node.name;
                match &node.access {
                    Access::All => format!("Scan ({name})"),
                    Access::Label(_, label) => format!("Scan ({name}:{label})"),
                    Access::Seek(_, key, value, false) => format!("Seek ({name}) by {key} = {}", self.expr(value)),
                    Access::Seek(_, key, value, true) => format!("Seek ({name}) by {key} in {}", self.expr(value)),
                    Access::Identity(value, false) => format!("Seek ({name}) = {}", self.expr(value)),
                    Access::Identity(value, true) => format!("Seek ({name}) in {}", self.expr(value)),
                }
            }
            StepKind::CheckNode { name, .. } => format!("Check ({name}) is in the slice"),
            StepKind::Hop(hop) => {
                let word = if hop.into { "Join" } else { "Hop" };
                let [from, relation, to] = &hop.names;
                format!("{word} ({from}){}({to})", self.arrow(&hop.filter, relation, ""))
            }
            StepKind::Ends { name, filter, from, to, .. } => {
                let [from, to] = [from.0, to.0].map(|slot| self.slot(slot).unwrap_or_default());
                format!("Ends of ({from}){}({to})", self.arrow(filter, name, ""))
            }
            StepKind::Walk(plan) => self.walk("Walk", &plan.names, &plan.walk),
            StepKind::Shortest(plan) => {
                let word = if plan.all { "All shortest" } else { "Shortest" };
                let walk = self.walk(word, &plan.names, &plan.walk);
                if plan.conditions.is_empty() {
                    walk
                } else {
                    format!("{walk} where {}", self.conditions(&plan.conditions))
                }
            }
            StepKind::Paths(paths) => {
                let names: Vec<&str> = paths.iter().map(|(slot, _)| self.slot(*slot).unwrap_or("_")).collect();
                format!("Path {}", names.join(", "))
            }
            StepKind::Filter(conditions) => format!("Filter {}", self.conditions(conditions)),
            StepKind::Project(items) => format!("Project {}", self.items(items)),
            StepKind::Aggregate { keys, aggregates } => {
                let calls = aggregates.iter().map(|(_, call)| self.call(call)).collect::<Vec<_>>().join(", ");
                match (calls.is_empty(), keys.is_empty()) {
                    (_, true) => format!("Aggregate {calls}"),
                    (true, _) => format!("Aggregate by {}", self.items(keys)),
                    _ => format!("Aggregate {calls} by {}", self.items(keys)),
                }
            }
            StepKind::Distinct(slots) => {
                let names: Vec<&str> = slots.iter().map(|slot| self.slot(*slot).unwrap_or("_")).collect();
                format!("Distinct {}", names.join(", "))
            }
            StepKind::Sort { keys, top, .. } => {
                let down = |is_down: bool| if is_down { " desc" } else { "" };
                let by: Vec<String> = keys.iter().map(|(e, is_down)| self.expr(e) + down(*is_down)).collect();
                let word = match top {
                    None => "Sort".to_owned(),
                    Some((None, limit)) => format!("Top {}", self.expr(limit)),
                    Some((Some(skip), limit)) => format!("Top {} + {}", self.expr(skip), self.expr(limit)),
                };
                format!("{word} by {}", by.join(", "))
            }
            StepKind::Skip(count) => format!("Skip {}", self.expr(count)),
            StepKind::Limit(count) => format!("Limit {}", self.expr(count)),
            StepKind::Unwind(list, slot) => {
                format!("Unwind {} as {}", self.expr(list), self.slot(*slot).unwrap_or("_"))
            }
            StepKind::Optional(..) => "Optional".to_owned(),
            StepKind::Apply(_) => "For each row".to_owned(),
            StepKind::Union { distinct: true, .. } => "Union, each row once".to_owned(),
            StepKind::Union { .. } => "Union".to_owned(),
            StepKind::Procedure { procedure, arguments, yields, .. } => {
                let given: Vec<String> = arguments.iter().map(|e| self.expr(e)).collect();
                let taken: Vec<&str> = yields.iter().map(|(_, slot)| self.slot(*slot).unwrap_or("_")).collect();
                let call = format!("Call {}({})", procedure.name, given.join(", "));
                if taken.is_empty() { call } else { format!("{call} as {}", taken.join(", ")) }
            }
        }
    }

    /// What a slot is called.
    fn slot(&self, slot: Slot) -> Option<&str> {
        let named = self.names.slots.get(slot).map(String::as_str).filter(|name| !name.is_empty());
        self.aggregates.get(&slot).map(String::as_str).or(named)
    }

    /// What is filled with what; a slot that is passed on, and one called as what it holds, once.
    fn items(&self, items: &[(Slot, Expr)]) -> String {
        let all = items.iter().map(|(slot, e)| {
            let (name, text) = (self.slot(*slot).unwrap_or_default(), self.expr(e));
            let is_same = || {
                let plain = |text: &str| text.replace(char::is_whitespace, "").to_lowercase();
                *e == Expr::Slot(*slot) || plain(name) == plain(&text)
            };
            if name.is_empty() || is_same() { text } else { format!("{text} as {name}") }
        });
        all.collect::<Vec<_>>().join(", ")
    }

    fn call(&self, call: &Call) -> String {
        let Some(aggregate) = call.aggregate else { return "count(*)".to_owned() };
        let arguments: Vec<String> = call.arguments.iter().map(|e| self.expr(e)).collect();
        let distinct = if call.distinct { "distinct " } else { "" };
        format!("{}({distinct}{})", name_of(aggregate), arguments.join(", "))
    }

    fn arrow(&self, filter: &RelationFilter, name: &str, range: &str) -> String {
        let types = if filter.types.is_some() { format!(":{}", filter.type_names) } else { String::new() };
        let time = match &filter.time {
            None => String::new(),
            Some(test) => {
                let how = match test.function {
                    OfGraph::ValidThroughout => "throughout",
                    OfGraph::ValidWithin => "within",
                    _ => "at",
                };
                let reading = if test.reading == Reading::Possible { " possibly" } else { "" };
                format!(" {how} {}{reading}", self.expr(&test.date))
            }
        };
        let inside = format!("{name}{types}{range}{time}");
        let inside = if inside.is_empty() { "--".to_owned() } else { format!("-[{inside}]-") };
        match filter.toward {
            Toward::Out => format!("{inside}>"),
            Toward::In => format!("<{inside}"),
            Toward::Either => inside,
        }
    }

    fn walk(&self, word: &str, [from, to]: &[String; 2], walk: &Walk) -> String {
        let most = walk.most.map_or(String::new(), |most| most.to_string());
        let arrow = if let [step] = walk.steps.as_slice() {
            self.arrow(&step.filter, &walk.name, &format!("*{}..{most}", walk.least))
        } else {
            let steps: Vec<String> =
                walk.steps.iter().map(|s| format!("(){}", self.arrow(&s.filter, "", ""))).collect();
            format!("({}()){{{},{most}}}", steps.concat(), walk.least)
        };
        let all: Vec<String> = walk
            .first
            .iter()
            .chain(walk.steps.iter().flat_map(|step| &step.conditions))
            .map(|condition| self.condition(condition))
            .collect();
        let each = if all.is_empty() { String::new() } else { format!(" where each {}", all.join(" and ")) };
        format!("{word} ({from}){arrow}({to}){each}")
    }

    fn conditions(&self, conditions: &[Condition]) -> String {
        conditions.iter().map(|c| self.condition(c)).collect::<Vec<_>>().join(" and ")
    }

    fn condition(&self, condition: &Condition) -> String {
        let text = self.expr(&condition.expr);
        if condition.possibly { format!("possibly {text}") } else { text }
    }

    /// An expression, cut where it is long.
    fn expr(&self, e: &Expr) -> String {
        let whole = self.whole(e);
        match whole.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &whole[..end]),
            None => whole,
        }
    }

    fn list<'e>(&self, all: impl IntoIterator<Item = &'e Expr>, between: &str) -> String {
        all.into_iter().map(|e| self.whole(e)).collect::<Vec<_>>().join(between)
    }

    /// An operand, in parentheses where it is an operation itself.
    fn operand(&self, e: &Expr) -> String {
        let text = self.whole(e);
        let is_operation = matches!(
            e,
            Expr::Arithmetic(..)
                | Expr::And(..)
                | Expr::Or(..)
                | Expr::Xor(..)
                | Expr::Compare(..)
                | Expr::In(..)
                | Expr::Not(..)
        );
        if is_operation { format!("({text})") } else { text }
    }

    fn whole(&self, e: &Expr) -> String {
        match e {
            Expr::Const(value) => value_text(value),
            Expr::Param(at) => format!("${}", self.names.parameters.get(*at).map_or("_", |name| name)),
            Expr::Slot(slot) => self.slot(*slot).unwrap_or("_").to_owned(),
            Expr::Property { base, name, .. } => format!("{}.{name}", self.operand(base)),
            Expr::HasLabels { base, test, .. } => format!("{}:{}", self.operand(base), test_text(test)),
            Expr::Not(a, _) => format!("not {}", self.operand(a)),
            Expr::Negate(a, _) => format!("-{}", self.operand(a)),
            Expr::Plus(a, _) => self.whole(a),
            Expr::Arithmetic(op, a, b, _) => format!("{} {} {}", self.operand(a), sign(*op), self.operand(b)),
            Expr::And(all, _) => self.list(all, " and "),
            Expr::Or(all, _) => format!("({})", self.list(all, " or ")),
            Expr::Xor(a, b, _) => format!("{} xor {}", self.operand(a), self.operand(b)),
            Expr::Compare(op, a, b, _) => format!("{} {} {}", self.whole(a), op_text(*op), self.whole(b)),
            Expr::List(items) => format!("[{}]", self.list(items, ", ")),
            Expr::Map(entries) => {
                let all: Vec<String> = entries.iter().map(|(key, e)| format!("{key}: {}", self.whole(e))).collect();
                format!("{{{}}}", all.join(", "))
            }
            Expr::MapProjection { base, items, .. } => {
                let all: Vec<String> = items
                    .iter()
                    .map(|item| match item {
                        MapItem::All => ".*".to_owned(),
                        MapItem::Entry(key, e) => format!("{key}: {}", self.whole(e)),
                    })
                    .collect();
                format!("{} {{{}}}", self.whole(base), all.join(", "))
            }
            Expr::Index(a, b, ..) => format!("{}[{}]", self.operand(a), self.whole(b)),
            Expr::Slice(a, from, to, _) => {
                let end = |end: &Option<Box<Expr>>| end.as_ref().map_or(String::new(), |e| self.whole(e));
                format!("{}[{}..{}]", self.operand(a), end(from), end(to))
            }
            Expr::In(a, b, _) => format!("{} in {}", self.operand(a), self.operand(b)),
            Expr::IsNull(a, false) => format!("{} is null", self.operand(a)),
            Expr::IsNull(a, true) => format!("{} is not null", self.operand(a)),
            Expr::Call { function, arguments, .. } => format!("{}({})", function.name, self.list(arguments, ", ")),
            Expr::Case { .. } => "case … end".to_owned(),
            Expr::ListComprehension { slot, list, condition, value, .. } => {
                let condition = condition.as_ref().map_or(String::new(), |e| format!(" where {}", self.whole(e)));
                let value = value.as_ref().map_or(String::new(), |e| format!(" | {}", self.whole(e)));
                format!("[{} in {}{condition}{value}]", self.slot(*slot).unwrap_or("_"), self.whole(list))
            }
            Expr::Quantifier { kind, slot, list, condition, .. } => {
                let word = format!("{kind:?}").to_lowercase();
                let name = self.slot(*slot).unwrap_or("_");
                format!("{word}({name} in {} where {})", self.whole(list), self.whole(condition))
            }
            Expr::Reduce { accumulator, initial, slot, list, value, .. } => {
                let [total, name] = [*accumulator, *slot].map(|slot| self.slot(slot).unwrap_or("_"));
                let [initial, list, value] = [initial, list, value].map(|e| self.whole(e));
                format!("reduce({total} = {initial}, {name} in {list} | {value})")
            }
            Expr::Run(kind, _) | Expr::Subquery(kind, _) => match kind {
                Subquery::Exists => "exists {…}".to_owned(),
                Subquery::Count => "count {…}".to_owned(),
                Subquery::Collect(_) => "collect {…}".to_owned(),
                Subquery::First(_) => "first {…}".to_owned(),
            },
        }
    }
}

/// Steps that are run inside a step: those of its parts, and those of subqueries in its expressions.
fn inner_steps(kind: &StepKind) -> Vec<&Step> {
    let mut inner: Vec<&Step> = Vec::new();
    match kind {
        StepKind::Optional(step, _) | StepKind::Apply(step) => inner.push(step),
        StepKind::Union { arms, .. } => inner.extend(arms.iter().map(|(arm, _)| arm)),
        _ => {}
    }
    for expr in exprs(kind) {
        subqueries(expr, &mut inner);
    }
    inner
}

fn subqueries<'s>(expr: &'s Expr, found: &mut Vec<&'s Step>) {
    // `walk` hands out references that live as long as the call; the few kinds that hold subqueries are gone into by hand.
    match expr {
        Expr::Run(_, step) => found.push(step),
        Expr::Not(a, _) | Expr::IsNull(a, _) => subqueries(a, found),
        Expr::And(all, _) | Expr::Or(all, _) | Expr::List(all) => all.iter().for_each(|e| subqueries(e, found)),
        Expr::Compare(_, a, b, _) | Expr::Arithmetic(_, a, b, _) | Expr::In(a, b, _) | Expr::Xor(a, b, _) => {
            subqueries(a, found);
            subqueries(b, found);
        }
        Expr::Call { arguments, .. } => arguments.iter().for_each(|e| subqueries(e, found)),
        Expr::Map(entries) => entries.iter().for_each(|(_, e)| subqueries(e, found)),
        Expr::MapProjection { items, .. } => items.iter().for_each(|item| {
            if let MapItem::Entry(_, e) = item {
                subqueries(e, found);
            }
        }),
        Expr::Case { subject, branches, otherwise } => {
            let branches = branches.iter().flat_map(|(when, then)| [when, then]);
            subject
                .as_deref()
                .into_iter()
                .chain(branches)
                .chain(otherwise.as_deref())
                .for_each(|e| subqueries(e, found));
        }
        Expr::ListComprehension { list, condition, value, .. } => {
            let parts = [Some(&**list), condition.as_deref(), value.as_deref()];
            parts.into_iter().flatten().for_each(|e| subqueries(e, found));
        }
        Expr::Quantifier { list, condition, .. } => {
            subqueries(list, found);
            subqueries(condition, found);
        }
        _ => {}
    }
}

fn exprs(kind: &StepKind) -> Vec<&Expr> {
    match kind {
        StepKind::Filter(conditions) => conditions.iter().map(|c| &c.expr).collect(),
        StepKind::Project(items) => items.iter().map(|(_, e)| e).collect(),
        StepKind::Aggregate { keys, aggregates } => {
            keys.iter().map(|(_, e)| e).chain(aggregates.iter().flat_map(|(_, c)| &c.arguments)).collect()
        }
        StepKind::Sort { keys, .. } => keys.iter().map(|(e, _)| e).collect(),
        StepKind::Unwind(list, _) => vec![list],
        StepKind::Procedure { arguments, .. } => arguments.iter().collect(),
        _ => Vec::new(),
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Boolean(b) => b.to_string(),
        Value::Integer(i) => i.to_string(),
        // As written: with a point.
        Value::Float(f) => format!("{f:?}"),
        Value::String(s) => format!("'{s}'"),
        Value::List(items) => format!("[{}]", items.iter().map(value_text).collect::<Vec<_>>().join(", ")),
        Value::Date(day) => day.to_string(),
        other => other.type_name().to_lowercase(),
    }
}

fn test_text(test: &LabelTest) -> String {
    match test {
        LabelTest::Any => "%".to_owned(),
        LabelTest::Name(_, _, name) => name.clone(),
        LabelTest::And(a, b) => format!("{}&{}", test_text(a), test_text(b)),
        LabelTest::Or(a, b) => format!("({}|{})", test_text(a), test_text(b)),
        LabelTest::Not(a) => format!("!{}", test_text(a)),
    }
}

fn name_of(aggregate: Aggregate) -> &'static str {
    functions::all().find(|f| matches!(f.body, Body::Aggregate(a) if a == aggregate)).map_or("", |f| f.name)
}

const fn sign(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
        BinaryOp::Multiply => "*",
        BinaryOp::Divide => "/",
        BinaryOp::Modulo => "%",
        BinaryOp::Power => "^",
        BinaryOp::And => "and",
        BinaryOp::Or => "or",
        BinaryOp::Xor => "xor",
    }
}

const fn op_text(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Equal => "=",
        CompareOp::NotEqual => "<>",
        CompareOp::Less => "<",
        CompareOp::LessOrEqual => "<=",
        CompareOp::Greater => ">",
        CompareOp::GreaterOrEqual => ">=",
        CompareOp::Matches => "=~",
        CompareOp::StartsWith => "starts with",
        CompareOp::EndsWith => "ends with",
        CompareOp::Contains => "contains",
    }
}
