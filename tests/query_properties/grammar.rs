//! Random queries that compile: clauses kept apart, so that a query that shows a fault can be cut down to what shows it.
//!
//! What a query leaves open is never asked: which shortest path, which rows a `LIMIT` keeps without a total order, in which order values are
//! collected.

use super::random::Random;
use std::fmt;

/// A query: arms joined by `UNION`.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    pub(crate) arms: Vec<Arm>,
    pub(crate) is_all: bool,
}

/// Clauses up to a `RETURN`.
#[derive(Clone, Debug)]
pub(crate) struct Arm {
    pub(crate) prefix: String,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) distinct: bool,
    pub(crate) items: Vec<String>,
    pub(crate) tail: String,
}

/// A clause, and what its `WHERE` asks.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub(crate) head: String,
    pub(crate) conditions: Vec<String>,
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, arm) in self.arms.iter().enumerate() {
            if at > 0 {
                f.write_str(if self.is_all { "\nUNION ALL\n" } else { "\nUNION\n" })?;
            }
            write!(f, "{arm}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Arm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.prefix)?;
        for clause in &self.clauses {
            write!(f, "{clause} ")?;
        }
        let items: Vec<String> = self.items.iter().enumerate().map(|(at, item)| format!("{item} AS c{at}")).collect();
        write!(f, "RETURN {}{}{}", if self.distinct { "DISTINCT " } else { "" }, items.join(", "), self.tail)
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.head)?;
        if !self.conditions.is_empty() {
            write!(f, " WHERE {}", self.conditions.join(" AND "))?;
        }
        Ok(())
    }
}

impl Query {
    /// The same with one thing less, in every way there is.
    pub(crate) fn smaller(&self) -> Vec<Self> {
        let mut all = Vec::new();
        for at in 0..self.arms.len() {
            if self.arms.len() > 1 {
                let mut less = self.clone();
                less.arms.remove(at);
                all.push(less);
            }
            all.extend(self.arms[at].smaller().into_iter().map(|arm| {
                let mut less = self.clone();
                less.arms[at] = arm;
                less
            }));
        }
        all
    }
}

impl Arm {
    fn smaller(&self) -> Vec<Self> {
        let mut all = Vec::new();
        let mut cut = |cut: &dyn Fn(&mut Self)| {
            let mut less = self.clone();
            cut(&mut less);
            all.push(less);
        };
        for at in 0..self.clauses.len() {
            cut(&|arm| drop(arm.clauses.remove(at)));
            for condition in 0..self.clauses[at].conditions.len() {
                cut(&|arm| drop(arm.clauses[at].conditions.remove(condition)));
            }
        }
        if self.items.len() > 1 {
            for at in 0..self.items.len() {
                cut(&|arm| drop(arm.items.remove(at)));
            }
        }
        if !self.tail.is_empty() {
            cut(&|arm| arm.tail.clear());
        }
        if !self.prefix.is_empty() {
            cut(&|arm| arm.prefix.clear());
        }
        if self.distinct {
            cut(&|arm| arm.distinct = false);
        }
        all
    }
}

/// What a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Node,
    Relation,
    /// A list of relations.
    Relations,
    Path,
    /// A shortest path: only its length is the same each time.
    Shortest,
    /// A whole number or null.
    Number,
}

const DATES: [&str; 14] = [
    "'2016'",
    "'2017-03'",
    "'2016-06-01'",
    "'2015/2017'",
    "'2016~'",
    "'[2016,2018]'",
    "'2017/'",
    "'2017/..'",
    "'../2016'",
    "date('2017-01-01')",
    "$when",
    "'201X'",
    "'/2016'",
    "'2016?'",
];

const PREFIXES: [&str; 10] = [
    "FOR VALID_TIME AS OF '2016-06-01' ",
    "FOR VALID_TIME AS OF '2017' ",
    "FOR VALID_TIME AS OF '2016-06-01' POSSIBLY ",
    "FOR VALID_TIME FROM '2015' TO '2016' ",
    "FOR VALID_TIME WITHIN '2015/2018' ",
    "FOR VALID_TIME ALL ",
    "FOR VALID_TIME ALL POSSIBLY ",
    "FOR KNOWN_TIME AS OF '2017' ",
    "FOR VALID_TIME AS OF '2017' FOR KNOWN_TIME AS OF '2018' ",
    "FOR VALID_TIME WITHIN '2014/2019' POSSIBLY ",
];

/// Makes queries.
#[derive(Debug)]
pub(crate) struct Grammar<'r> {
    random: &'r mut Random,
    scope: Vec<(String, Kind)>,
    /// How many variables of this clause stand at the end of the scope: they may be asked about, and not be used in the pattern.
    names: usize,
    /// How deep subqueries are nested.
    depth: usize,
    /// Whether a condition is wanted as a value, which a pattern is not.
    is_value: bool,
    /// Whether a group stands in the pattern: the parser takes no comma after it.
    has_group: bool,
    /// Whether a relation from before stands in the clause, where it may stand once.
    has_bound: bool,
    has_prefixes: bool,
}

impl<'r> Grammar<'r> {
    pub(crate) fn new(random: &'r mut Random) -> Self {
        Self {
            random,
            scope: Vec::new(),
            names: 0,
            depth: 0,
            is_value: false,
            has_group: false,
            has_bound: false,
            has_prefixes: true,
        }
    }

    /// The same for queries that speak of all time.
    pub(crate) fn without_prefixes(random: &'r mut Random) -> Self {
        Self { has_prefixes: false, ..Self::new(random) }
    }

    /// A query.
    pub(crate) fn query(&mut self) -> Query {
        let columns = 1 + self.random.below(3);
        let arms = if self.random.chance(12) { 2 } else { 1 };
        let arms = (0..arms).map(|_| self.arm(columns)).collect();
        Query { arms, is_all: self.random.chance(50) }
    }

    fn prefix(&mut self, percent: usize) -> String {
        if self.has_prefixes && self.random.chance(percent) {
            self.random.of(&PREFIXES).to_owned()
        } else {
            String::new()
        }
    }

    fn arm(&mut self, columns: usize) -> Arm {
        self.scope.clear();
        let prefix = self.prefix(30);
        let mut first = self.matching(false);
        first.conditions.truncate(self.random.below(2));
        let mut clauses = vec![first];
        for _ in 0..self.random.below(4) {
            let clause = match self.random.below(12) {
                0..=3 => self.matching(false),
                4..=6 => self.matching(true),
                7 | 8 => self.with(),
                9 => self.unwind(),
                _ => self.call(),
            };
            clauses.push(clause);
        }
        let is_grouped = self.random.chance(25);
        let mut items: Vec<String> = (0..columns).map(|_| self.item()).collect();
        if is_grouped {
            let at = self.random.below(columns);
            items[at] = self.aggregate();
        }
        let tail = if self.random.chance(20) {
            let order: Vec<String> =
                (0..columns).map(|at| format!("c{at}{}", self.random.of(&["", " DESC"]))).collect();
            let skip = if self.random.chance(15) { " SKIP 1" } else { "" };
            format!(" ORDER BY {}{skip} LIMIT {}", order.join(", "), 1 + self.random.below(5))
        } else {
            String::new()
        };
        Arm { prefix, clauses, distinct: self.random.chance(15), items, tail }
    }

    fn fresh(&mut self, sign: char) -> String {
        self.names += 1;
        format!("{sign}{}", self.names)
    }

    fn of_kind(&mut self, wanted: &[Kind]) -> Option<String> {
        let all: Vec<&String> =
            self.scope.iter().filter(|(_, kind)| wanted.contains(kind)).map(|(name, _)| name).collect();
        if all.is_empty() { None } else { Some(self.random.of(&all).clone()) }
    }

    fn node_or(&mut self, otherwise: &str) -> String {
        self.of_kind(&[Kind::Node]).unwrap_or_else(|| otherwise.to_owned())
    }

    // Clauses.

    fn matching(&mut self, optional: bool) -> Clause {
        let before = self.scope.len();
        let word = if optional { "OPTIONAL MATCH" } else { "MATCH" };
        (self.has_group, self.has_bound) = (false, false);
        let mut patterns = vec![self.pattern(before)];
        let more = if patterns[0].contains("hortestPath") { 70 } else { 30 };
        if !self.has_group && self.random.chance(more) {
            patterns.push(self.pattern(before));
        }
        let conditions = self.conditions();
        Clause { head: format!("{word} {}", patterns.join(", ")), conditions }
    }

    fn conditions(&mut self) -> Vec<String> {
        let count = self.random.of(&[0, 0, 0, 0, 1, 1, 2]);
        (0..count).map(|_| self.condition(2)).collect()
    }

    fn with(&mut self) -> Clause {
        if self.random.chance(30) {
            // Grouped: what is kept, and a number.
            let kept: Vec<(String, Kind)> = self
                .scope
                .clone()
                .into_iter()
                .filter(|(_, kind)| *kind == Kind::Node && self.random.chance(60))
                .collect();
            let name = self.fresh('k');
            let mut items: Vec<String> = kept.iter().map(|(name, _)| name.clone()).collect();
            let aggregate = self.aggregate();
            items.push(format!("{aggregate} AS {name}"));
            self.scope = kept;
            self.scope.push((name, Kind::Number));
            let conditions = self.conditions();
            return Clause { head: format!("WITH {}", items.join(", ")), conditions };
        }
        self.scope.retain(|(_, kind)| *kind != Kind::Shortest);
        let mut kept: Vec<(String, Kind)> = Vec::new();
        for (name, kind) in self.scope.clone() {
            if kept.is_empty() || self.random.chance(75) {
                kept.push((name, kind));
            }
        }
        let mut items: Vec<String> = kept.iter().map(|(name, _)| name.clone()).collect();
        if items.is_empty() {
            items.push("1 AS one".to_owned());
            kept.push(("one".to_owned(), Kind::Number));
        } else if self.random.chance(40) {
            let name = self.fresh('k');
            let value = self.number();
            items.push(format!("{value} AS {name}"));
            kept.push((name, Kind::Number));
        }
        self.scope = kept;
        let distinct = if self.random.chance(25) { "DISTINCT " } else { "" };
        let order = if self.random.chance(30) {
            let all: Vec<&str> = self.scope.iter().map(|(name, _)| name.as_str()).collect();
            format!(" ORDER BY {} LIMIT {}", all.join(", "), 2 + self.random.below(6))
        } else {
            String::new()
        };
        let conditions = self.conditions();
        Clause { head: format!("WITH {distinct}{}{order}", items.join(", ")), conditions }
    }

    fn unwind(&mut self) -> Clause {
        if self.random.chance(50)
            && let Some(list) = self.of_kind(&[Kind::Relations, Kind::Path])
        {
            let is_path = self.scope.iter().any(|(name, kind)| *name == list && *kind == Kind::Path);
            let name = self.fresh('r');
            self.scope.push((name.clone(), Kind::Relation));
            let list = if is_path { format!("relationships({list})") } else { list };
            return Clause { head: format!("UNWIND {list} AS {name}"), conditions: Vec::new() };
        }
        let list = self.random.of(&["[1, 2]", "[0, null, 3]", "range(1, 3)", "$numbers"]);
        let name = self.fresh('k');
        self.scope.push((name.clone(), Kind::Number));
        Clause { head: format!("UNWIND {list} AS {name}"), conditions: Vec::new() }
    }

    fn call(&mut self) -> Clause {
        let outer = self.scope.clone();
        let imported: Vec<(String, Kind)> =
            outer.iter().filter(|(_, kind)| *kind != Kind::Shortest && self.random.chance(60)).cloned().collect();
        let names: Vec<&str> = imported.iter().map(|(name, _)| name.as_str()).collect();
        let names = names.join(", ");
        self.scope.clone_from(&imported);
        let prefix = self.prefix(40);
        let optional = self.random.chance(20);
        let inner = self.matching(optional);
        let name = self.fresh('k');
        let value = if self.random.chance(40) { self.aggregate() } else { self.number() };
        self.scope = outer;
        self.scope.push((name.clone(), Kind::Number));
        Clause {
            head: format!("CALL ({names}) {{ {prefix}{inner} RETURN {value} AS {name} }}"),
            conditions: Vec::new(),
        }
    }

    // Patterns.

    fn labels(&mut self) -> &'static str {
        self.random.of(&["", "", "", "", "", "", "", "", ":A", ":B", ":A|B", ":!C", ":B&!A", ":D|A", ":%"])
    }

    /// A node in a pattern: one from before, one of this clause, a new one, or one without a name.
    fn node(&mut self) -> String {
        let labels = self.labels();
        let known = if self.random.chance(45) { self.of_kind(&[Kind::Node]) } else { None };
        if let Some(known) = known {
            return format!("({known}{labels})");
        }
        let properties = match self.random.below(40) {
            0 => " {id: 'n1'}",
            1 => " {name: 'x'}",
            2 => " {k: 1}",
            3 => " {id: $id}",
            _ => "",
        };
        if self.random.chance(25) {
            return format!("({labels}{properties})");
        }
        let name = self.fresh('n');
        self.scope.push((name.clone(), Kind::Node));
        format!("({name}{labels}{properties})")
    }

    fn arrow(&mut self, inside: &str) -> String {
        match self.random.below(5) {
            0 | 1 => format!("-[{inside}]->"),
            2 => format!("<-[{inside}]-"),
            _ => format!("-[{inside}]-"),
        }
    }

    fn types(&mut self) -> &'static str {
        self.random.of(&["", "", "", "", "", "", ":T", ":U", ":S", ":T|S", ":T|U", ":!T", ":T|U|S", ":!V"])
    }

    fn hop(&mut self, before: usize) -> String {
        let types = self.types();
        match self.random.below(20) {
            0..=3 => {
                let range = self.random.of(&["*1..2", "*0..2", "*2", "*..2", "*1..3", "*0..1"]);
                let name = if self.random.chance(50) { self.fresh('l') } else { String::new() };
                let properties = if self.random.chance(10) { " {w: 1}" } else { "" };
                let arrow = self.arrow(&format!("{name}{types}{range}{properties}"));
                if !name.is_empty() {
                    self.scope.push((name, Kind::Relations));
                }
                arrow
            }
            4 => {
                let inside = self.arrow(types);
                format!("{inside}{}", self.random.of(&["{1,2}", "{2}", "?", "{0,1}"]))
                    .replace("-?", "-{0,1}")
                    .replace(">?", ">{0,1}")
            }
            5 if !self.has_bound => {
                self.has_bound = true;
                let bound: Vec<String> =
                    self.scope[..before].iter().filter(|(_, k)| *k == Kind::Relation).map(|(n, _)| n.clone()).collect();
                let inside = if bound.is_empty() { types.to_owned() } else { self.random.of(&bound) };
                self.arrow(&inside)
            }
            _ => {
                let name = if self.random.chance(70) { self.fresh('r') } else { String::new() };
                let properties = if self.random.chance(10) { " {w: 2}" } else { "" };
                let arrow = self.arrow(&format!("{name}{types}{properties}"));
                if !name.is_empty() {
                    self.scope.push((name, Kind::Relation));
                }
                arrow
            }
        }
    }

    fn group(&mut self) -> String {
        self.has_group = true;
        let (a, r, b) = (self.fresh('x'), self.fresh('g'), self.fresh('y'));
        let types = self.types();
        let arrow = self.arrow(&format!("{r}{types}"));
        self.scope.push((r, Kind::Relations));
        format!("(({a}){arrow}({b})){}", self.random.of(&["{1,2}", "{0,2}", "{2}", "{1,3}"]))
    }

    fn pattern(&mut self, before: usize) -> String {
        if self.random.chance(12)
            && let (Some(a), Some(b)) = (self.bound_node(before), self.bound_node(before))
        {
            let types = self.types();
            let range = self.random.of(&["*", "*..3", "*1..2", "*0..3"]);
            let all = self.random.chance(50);
            let arrow = self.arrow(&format!("{types}{range}"));
            let name = self.fresh('p');
            self.scope.push((name.clone(), if all { Kind::Path } else { Kind::Shortest }));
            let word = if all { "allShortestPaths" } else { "shortestPath" };
            return format!("{name} = {word}(({a}){arrow}({b}))");
        }
        let mut text = self.node();
        for _ in 0..self.random.of(&[0, 1, 1, 1, 1, 2, 2]) {
            text += &if self.random.chance(8) { self.group() } else { self.hop(before) };
            text += &self.node();
        }
        if self.random.chance(25) {
            let name = self.fresh('p');
            self.scope.push((name.clone(), Kind::Path));
            text = format!("{name} = {text}");
        }
        text
    }

    fn bound_node(&mut self, before: usize) -> Option<String> {
        let all: Vec<String> =
            self.scope[..before].iter().filter(|(_, k)| *k == Kind::Node).map(|(n, _)| n.clone()).collect();
        if all.is_empty() { None } else { Some(self.random.of(&all)) }
    }

    // Expressions.

    /// A number or null.
    fn number(&mut self) -> String {
        let found = match self.random.below(6) {
            0 | 1 => self.of_kind(&[Kind::Node]).map(|n| format!("{n}.k")),
            2 => self.of_kind(&[Kind::Relation]).map(|r| format!("{r}.w")),
            3 => self.of_kind(&[Kind::Number]),
            4 => self.of_kind(&[Kind::Path, Kind::Shortest]).map(|p| format!("length({p})")),
            _ => self.of_kind(&[Kind::Relations]).map(|l| format!("size({l})")),
        };
        found.unwrap_or_else(|| self.random.of(&["0", "1", "2", "null", "$one"]).to_owned())
    }

    /// What is returned.
    fn item(&mut self) -> String {
        let name = self.of_kind(&[Kind::Node, Kind::Relation, Kind::Relations, Kind::Path, Kind::Number]);
        match (self.random.below(8), name) {
            (0, _) => self.number(),
            (1, _) => {
                self.is_value = true;
                let condition = self.condition(1);
                self.is_value = false;
                condition
            }
            (2, _) => {
                let node = self.node_or("null");
                format!("{node}.id")
            }
            (_, Some(name)) => name,
            (_, None) => "1".to_owned(),
        }
    }

    fn aggregate(&mut self) -> String {
        let value = match self.random.below(3) {
            0 => self.of_kind(&[Kind::Node, Kind::Relation]).unwrap_or_else(|| "1".to_owned()),
            _ => self.number(),
        };
        let is_number = !value.starts_with(['n', 'r']) || value.contains('.');
        match self.random.below(6) {
            0 => "count(*)".to_owned(),
            1 => format!("count(DISTINCT {value})"),
            2 if is_number => format!("sum({value})"),
            3 if is_number => format!("max({value})"),
            4 => format!("size(collect({value}))"),
            _ => format!("count({value})"),
        }
    }

    /// A condition in brackets or by itself, so that it can stand beside `AND`.
    fn condition(&mut self, depth: usize) -> String {
        if depth > 0 && self.random.chance(35) {
            let (a, b) = (self.condition(depth - 1), self.condition(depth - 1));
            return match self.random.below(8) {
                0 | 1 => format!("({a} OR {b})"),
                2 | 3 => format!("({a} AND {b})"),
                4 => format!("({a} XOR {b})"),
                5 => format!("(NOT ({a} AND {b}))"),
                _ => format!("(NOT {a})"),
            };
        }
        match self.random.below(25) {
            0..=2 => {
                let sign = self.random.of(&["=", "<>", "<", "<=", ">", ">="]);
                let (a, b) = (self.number(), self.number());
                format!("({a} {sign} {b})")
            }
            3..=5 => self.sought(),
            6 => {
                let (a, b) = (self.node_or("null"), self.node_or("null"));
                format!("({a} {} {b})", self.random.of(&["=", "<>"]))
            }
            7 => {
                let (a, b, c) = (self.node_or("null"), self.node_or("null"), self.node_or("null"));
                format!("({a} IN [{b}, {c}])")
            }
            8 => {
                let number = self.number();
                format!("({number} {})", self.random.of(&["IS NULL", "IS NOT NULL", "IN [0, 1, null]", "IN $numbers"]))
            }
            9 | 10 => match self.of_kind(&[Kind::Node]) {
                Some(node) => format!("({node}{})", self.random.of(&[":A", ":B", ":A|C", ":!B", ":A&B", ":D"])),
                None => "true".to_owned(),
            },
            11 => match self.of_kind(&[Kind::Relation]) {
                Some(r) => {
                    let node = self.node_or("null");
                    let forms = [
                        format!("(type({r}) = 'T')"),
                        format!("(startNode({r}) = {node})"),
                        format!("(type({r}) IN ['S', 'U'])"),
                        format!("({r}.name = 'p')"),
                    ];
                    self.random.of(&forms)
                }
                None => "true".to_owned(),
            },
            12..=16 => self.time(),
            17 | 18 => self.quantifier(),
            19 | 20 => self.exists(),
            21 | 22 => self.pattern_predicate(),
            _ => self.random.of(&["true", "(null = 1)", "($one = 1)", "NOT false"]).to_owned(),
        }
    }

    /// A condition by which a node may be found.
    fn sought(&mut self) -> String {
        let (a, b) = (self.node_or("null"), self.node_or("null"));
        let forms = [
            format!("({a}.id = 'n1')"),
            format!("('n0' = {a}.id)"),
            format!("({a}.id = $id)"),
            format!("({a}.id = {b}.id)"),
            format!("({a}.name = {b}.name)"),
            format!("({a}.name IN ['x', 'y', null])"),
            format!("({a}.id IN $ids)"),
            format!("({a}.id IN [{b}.id, 'n2'])"),
            format!("({a}.name = 'x')"),
            format!("({a}.name = null)"),
        ];
        self.random.of(&forms)
    }

    fn time(&mut self) -> String {
        let wanted = [Kind::Relation, Kind::Relation, Kind::Node, Kind::Relations, Kind::Path];
        let kind = self.random.of(&wanted);
        let Some(of) = self.of_kind(&[kind]) else { return "true".to_owned() };
        let (date, other) = (self.random.of(&DATES), self.random.of(&DATES));
        let question = match self.random.below(9) {
            0..=2 => format!("validAt({of}, {date})"),
            3 => format!("validDuring({of}, {date})"),
            4 => format!("validThroughout({of}, {date})"),
            5 => format!("validWithin({of}, {date})"),
            6 => format!("knownBy({of}, {other})"),
            7 => {
                let more = self.of_kind(&[Kind::Relation, Kind::Node]).unwrap_or_else(|| of.clone());
                format!("coexist({of}, {more})")
            }
            _ if matches!(kind, Kind::Relation | Kind::Node) => {
                format!("{}({of}, {date})", self.random.of(&["before", "overlaps", "during", "meets"]))
            }
            _ => format!("coexist({of})"),
        };
        match self.random.below(6) {
            0 => format!("possibly({question})"),
            1 => format!("certainly({question})"),
            2 => format!("(NOT {question})"),
            _ => question,
        }
    }

    fn quantifier(&mut self) -> String {
        let Some(of) = self.of_kind(&[Kind::Relations, Kind::Path, Kind::Shortest]) else { return "true".to_owned() };
        let is_list = self.scope.iter().any(|(name, kind)| *name == of && *kind == Kind::Relations);
        // A list of nodes is not made for a shortest path alone, or it would be asked of one of several.
        let of_nodes = !is_list && self.random.chance(25);
        let word = self.random.of(&["all", "all", "none", "any", "single"]);
        let list = match (is_list, of_nodes) {
            (true, _) => of,
            (_, true) => format!("nodes({of})"),
            _ => format!("relationships({of})"),
        };
        let name = self.fresh('e');
        let before = self.scope.len();
        self.scope.push((name.clone(), if of_nodes { Kind::Node } else { Kind::Relation }));
        let date = self.random.of(&DATES);
        let condition = match self.random.below(5) {
            0 if !of_nodes => format!("{name}.w >= {}", self.number()),
            1 => format!("possibly(validAt({name}, {date}))"),
            2 => format!("validAt({name}, {date})"),
            3 if of_nodes => format!("{name}:A"),
            _ => self.condition(1),
        };
        self.scope.truncate(before);
        format!("{word}({name} IN {list} WHERE {condition})")
    }

    fn exists(&mut self) -> String {
        if self.depth >= 2 {
            return "true".to_owned();
        }
        self.depth += 1;
        let (outer, was_value) = (self.scope.clone(), std::mem::replace(&mut self.is_value, false));
        // The length of a shortest path is all that may be asked, which inside nothing asks.
        self.scope.retain(|(_, kind)| *kind != Kind::Shortest);
        let prefix = self.prefix(25);
        let inner = self.matching(false);
        self.scope = outer;
        self.is_value = was_value;
        self.depth -= 1;
        match self.random.below(4) {
            0 => format!("(COUNT {{ {prefix}{inner} }} > {})", self.random.below(3)),
            1 => format!("(NOT EXISTS {{ {prefix}{inner} }})"),
            _ => format!("EXISTS {{ {prefix}{inner} }}"),
        }
    }

    fn pattern_predicate(&mut self) -> String {
        if self.is_value {
            return "false".to_owned();
        }
        let (Some(a), Some(b)) = (self.of_kind(&[Kind::Node]), self.of_kind(&[Kind::Node])) else {
            return "true".to_owned();
        };
        let types = self.types();
        let range = self.random.of(&["", "", "*1..2"]);
        let arrow = self.arrow(&format!("{types}{range}"));
        let (end, not) = (self.random.chance(50), self.random.chance(40));
        let end = if end { format!("({b})") } else { format!("({})", self.labels()) };
        if not { format!("(NOT ({a}){arrow}{end})") } else { format!("({a}){arrow}{end}") }
    }
}
