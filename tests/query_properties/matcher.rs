//! Patterns held against a naive matcher: every node for every variable, every row of relations for every hop, on plain lists.

use super::drawing::{Drawing, LABELS, SYMMETRIC, TYPES, property};
use super::random::Random;
use allegiance::query::property_graph::PropertyGraph;
use allegiance::query::value::{Map, Value};
use allegiance::query::{Limits, Options, Prepared};

const GRAPHS: u64 = 150;
const PATTERNS: usize = 10;

#[derive(Clone, Debug)]
struct NodeTest {
    variable: usize,
    label: Option<&'static str>,
    k: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Out,
    In,
    Either,
}

#[derive(Clone, Debug)]
struct HopTest {
    from: NodeTest,
    to: NodeTest,
    way: Way,
    types: Vec<&'static str>,
    w: Option<i64>,
    /// How many relations at least and at most; `None` for a single one.
    range: Option<(usize, usize)>,
}

/// A condition on the number of two variables.
#[derive(Clone, Debug)]
enum Condition {
    Less(usize, usize),
    Equal(usize, i64),
    Not(Box<Condition>),
    Both(Box<Condition>, Box<Condition>),
    Either(Box<Condition>, Box<Condition>),
}

#[derive(Clone, Debug)]
struct Clause {
    optional: bool,
    hops: Vec<HopTest>,
    condition: Option<Condition>,
}

/// What variables stand for; nothing for one that is null.
#[derive(Clone, Debug, Default)]
struct Row {
    nodes: Vec<Option<Option<usize>>>,
    hops: Vec<Option<Vec<usize>>>,
}

fn number(drawing: &Drawing, row: &Row, variable: usize) -> Option<i64> {
    let node = row.nodes.get(variable).copied().flatten().flatten()?;
    match property(&drawing.nodes[node].properties, "k") {
        Value::Integer(number) => Some(number),
        _ => None,
    }
}

impl Condition {
    fn random(random: &mut Random, variables: usize, depth: usize) -> Self {
        let inner = |random: &mut Random| Box::new(Self::random(random, variables, depth - 1));
        match random.below(if depth == 0 { 2 } else { 5 }) {
            0 => Self::Less(random.below(variables), random.below(variables)),
            1 => Self::Equal(random.below(variables), random.below(4) as i64),
            2 => Self::Not(inner(random)),
            3 => Self::Both(inner(random), inner(random)),
            _ => Self::Either(inner(random), inner(random)),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Less(a, b) => format!("n{a}.k < n{b}.k"),
            Self::Equal(a, k) => format!("n{a}.k = {k}"),
            Self::Not(a) => format!("NOT ({})", a.text()),
            Self::Both(a, b) => format!("({} AND {})", a.text(), b.text()),
            Self::Either(a, b) => format!("({} OR {})", a.text(), b.text()),
        }
    }

    fn truth(&self, drawing: &Drawing, row: &Row) -> Option<bool> {
        match self {
            Self::Less(a, b) => Some(number(drawing, row, *a)? < number(drawing, row, *b)?),
            Self::Equal(a, k) => Some(number(drawing, row, *a)? == *k),
            Self::Not(a) => a.truth(drawing, row).map(|truth| !truth),
            Self::Both(a, b) => match (a.truth(drawing, row), b.truth(drawing, row)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Self::Either(a, b) => match (a.truth(drawing, row), b.truth(drawing, row)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
        }
    }
}

impl NodeTest {
    fn random(random: &mut Random, variable: usize) -> Self {
        let label = random.chance(10).then(|| random.of(&LABELS));
        Self { variable, label, k: random.chance(3).then(|| random.below(4) as i64) }
    }

    fn text(&self) -> String {
        let label = self.label.map_or_else(String::new, |label| format!(":{label}"));
        let k = self.k.map_or_else(String::new, |k| format!(" {{k: {k}}}"));
        format!("(n{}{label}{k})", self.variable)
    }

    fn fits(&self, drawing: &Drawing, node: usize) -> bool {
        let drawn = &drawing.nodes[node];
        self.label.is_none_or(|label| drawn.labels.contains(&label))
            && self.k.is_none_or(|k| property(&drawn.properties, "k") == Value::Integer(k))
    }
}

impl HopTest {
    fn text(&self, number: usize) -> String {
        let types = if self.types.is_empty() { String::new() } else { format!(":{}", self.types.join("|")) };
        let range = self.range.map_or_else(String::new, |(least, most)| format!("*{least}..{most}"));
        let w = self.w.map_or_else(String::new, |w| format!(" {{w: {w}}}"));
        let inside = format!("-[h{number}{types}{range}{w}]-");
        let (left, right) = match self.way {
            Way::Out => ("", ">"),
            Way::In => ("<", ""),
            Way::Either => ("", ""),
        };
        format!("{}{left}{inside}{right}{}", self.from.text(), self.to.text())
    }

    /// Where a relation leads from a node, if the hop may take it.
    fn step(&self, drawing: &Drawing, at: usize, edge: usize) -> Option<usize> {
        let drawn = &drawing.edges[edge];
        let fits = (self.types.is_empty() || self.types.contains(&drawn.kind))
            && self.w.is_none_or(|w| property(&drawn.properties, "w") == Value::Integer(w));
        let both = self.way == Way::Either || drawn.kind == SYMMETRIC;
        if fits && drawn.from == at && (both || self.way == Way::Out) {
            Some(drawn.to)
        } else if fits && drawn.to == at && (both || self.way == Way::In) {
            Some(drawn.from)
        } else {
            None
        }
    }

    /// Every row of different relations that leads from one node to another, besides those taken.
    fn walks(&self, drawing: &Drawing, from: usize, to: usize, taken: &[usize]) -> Vec<Vec<usize>> {
        let (least, most) = self.range.unwrap_or((1, 1));
        let mut found = Vec::new();
        let mut rows: Vec<(usize, Vec<usize>)> = vec![(from, Vec::new())];
        for length in 0..=most {
            found.extend(rows.iter().filter(|(at, _)| *at == to && length >= least).map(|(_, row)| row.clone()));
            let mut longer = Vec::new();
            for (at, row) in &rows {
                for edge in (0..drawing.edges.len()).filter(|edge| !row.contains(edge) && !taken.contains(edge)) {
                    if let Some(next) = self.step(drawing, *at, edge) {
                        longer.push((next, [row.as_slice(), &[edge]].concat()));
                    }
                }
            }
            rows = longer;
        }
        found
    }
}

impl Clause {
    fn text(&self, first: usize) -> String {
        let hops: Vec<String> = self.hops.iter().enumerate().map(|(at, hop)| hop.text(first + at)).collect();
        let condition = self.condition.as_ref().map_or_else(String::new, |c| format!(" WHERE {}", c.text()));
        format!("{}MATCH {}{condition} ", if self.optional { "OPTIONAL " } else { "" }, hops.join(", "))
    }

    /// The rows that a row becomes.
    fn rows(&self, drawing: &Drawing, row: &Row, first: usize) -> Vec<Row> {
        let mut rows = vec![row.clone()];
        for (at, hop) in self.hops.iter().enumerate() {
            let mut longer = Vec::new();
            for row in &rows {
                let taken: Vec<usize> = row.hops[first..first + at].iter().flatten().flatten().copied().collect();
                for from in 0..drawing.nodes.len() {
                    for to in 0..drawing.nodes.len() {
                        let is = |row: &Row, test: &NodeTest, node: usize| {
                            row.nodes[test.variable].is_none_or(|known| known == Some(node)) && test.fits(drawing, node)
                        };
                        let is_same = hop.from.variable != hop.to.variable || from == to;
                        if !is_same || !is(row, &hop.from, from) || !is(row, &hop.to, to) {
                            continue;
                        }
                        for walk in hop.walks(drawing, from, to, &taken) {
                            let mut next = row.clone();
                            next.nodes[hop.from.variable] = Some(Some(from));
                            next.nodes[hop.to.variable] = Some(Some(to));
                            next.hops[first + at] = Some(walk);
                            longer.push(next);
                        }
                    }
                }
            }
            rows = longer;
        }
        rows.retain(|row| self.condition.as_ref().is_none_or(|c| c.truth(drawing, row) == Some(true)));
        if rows.is_empty() && self.optional {
            let mut nulls = row.clone();
            for hop in &self.hops {
                for variable in [hop.from.variable, hop.to.variable] {
                    nulls.nodes[variable] = Some(nulls.nodes[variable].flatten());
                }
            }
            return vec![nulls];
        }
        rows
    }
}

/// Clauses of up to three hops, chained or not.
fn clauses(random: &mut Random) -> (Vec<Clause>, usize) {
    let mut variables = 0;
    let count = if random.chance(40) { 2 } else { 1 };
    let mut all = Vec::new();
    for at in 0..count {
        let mut hops: Vec<HopTest> = Vec::new();
        for _ in 0..1 + random.below(if count == 1 { 3 } else { 2 }) {
            let mut end = |random: &mut Random, known: usize| {
                let variable = if variables > 0 && random.chance(known) { random.below(variables) } else { variables };
                variables = variables.max(variable + 1);
                NodeTest::random(random, variable)
            };
            let (from, to) = (end(random, 85), end(random, 12));
            let types = TYPES.iter().copied().filter(|_| random.chance(15)).collect();
            let range = random.chance(30).then(|| random.of(&[(0, 1), (1, 2), (2, 2), (0, 2), (1, 3), (2, 3)]));
            let w = random.chance(4).then(|| random.below(4) as i64);
            hops.push(HopTest { from, to, way: random.of(&[Way::Out, Way::In, Way::Either]), types, w, range });
        }
        let condition = random.chance(25).then(|| Condition::random(random, variables, 2));
        all.push(Clause { optional: at > 0 && random.chance(60), hops, condition });
    }
    (all, variables)
}

fn run(text: &str, graph: &mut PropertyGraph) -> Vec<Vec<Value>> {
    let prepared = Prepared::new(text, graph, &Options::default()).unwrap_or_else(|error| panic!("{text}: {error}"));
    let rows = prepared.run(&*graph, &Map::new(), Limits::default()).expect("there are no parameters");
    rows.collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn told(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Node(node) => format!("n{}", node.0),
        Value::Relation(relation) => format!("[{}]", relation.0),
        Value::List(all) => {
            let all: Vec<String> = all.iter().map(|one| told(one).replace(['[', ']'], "")).collect();
            format!("[{}]", all.join(" "))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn patterns_bind_what_a_naive_matcher_binds() {
    let (mut asked, mut answered) = (0, 0);
    for seed in 0..GRAPHS {
        let mut random = Random::new(1000 + seed);
        let drawing = Drawing::random(&mut random, 5, 7);
        let mut graph = drawing.graph();
        for _ in 0..PATTERNS {
            let (clauses, variables) = clauses(&mut random);
            let hops = clauses.iter().map(|clause| clause.hops.len()).sum();
            let mut rows = vec![Row { nodes: vec![None; variables], hops: vec![None; hops] }];
            let (mut text, mut first) = (String::new(), 0);
            for clause in &clauses {
                text += &clause.text(first);
                rows = rows.iter().flat_map(|row| clause.rows(&drawing, row, first)).collect();
                first += clause.hops.len();
            }
            let names: Vec<String> =
                (0..variables).map(|n| format!("n{n}")).chain((0..hops).map(|h| format!("h{h}"))).collect();
            text += &format!("RETURN {}", names.join(", "));
            let mut wanted: Vec<String> = rows
                .iter()
                .map(|row| {
                    let nodes =
                        row.nodes.iter().map(|n| n.flatten().map_or_else(|| "-".to_owned(), |n| format!("n{n}")));
                    let hops = row.hops.iter().map(|hop| match hop {
                        Some(walk) => {
                            let walk: Vec<String> = walk.iter().map(usize::to_string).collect();
                            format!("[{}]", walk.join(" "))
                        }
                        None => "-".to_owned(),
                    });
                    nodes.chain(hops).collect::<Vec<_>>().join(" ")
                })
                .collect();
            let tell = |row: &Vec<Value>| row.iter().map(told).collect::<Vec<_>>().join(" ");
            let mut found: Vec<String> = run(&text, &mut graph).iter().map(tell).collect();
            wanted.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, wanted, "{text}\n{drawing}");
            asked += 1;
            answered += usize::from(!wanted.is_empty());
        }
    }
    assert!(answered * 3 > asked, "only {answered} of {asked} patterns are met");
}

#[test]
fn shortest_paths_are_the_shortest_of_all_walks() {
    let (mut asked, mut answered) = (0, 0);
    for seed in 0..GRAPHS {
        let mut random = Random::new(2000 + seed);
        let drawing = Drawing::random(&mut random, 6, 9);
        let mut graph = drawing.graph();
        let most = 1 + random.below(4);
        let node = |variable| NodeTest { variable, label: None, k: None };
        let types = TYPES.iter().copied().filter(|_| random.chance(30)).collect();
        let way = random.of(&[Way::Out, Way::In, Way::Either]);
        let hop = HopTest { from: node(0), to: node(1), way, types, w: None, range: Some((1, most)) };
        // Only relations of this number, as a condition on the whole path.
        let least = random.chance(40).then(|| random.below(3) as i64);
        let passes = |edge: usize| match (least, property(&drawing.edges[edge].properties, "w")) {
            (None, _) => true,
            (Some(least), Value::Integer(w)) => w >= least,
            _ => false,
        };
        let barred: Vec<usize> = (0..drawing.edges.len()).filter(|edge| !passes(*edge)).collect();
        let condition =
            least.map_or_else(String::new, |w| format!("WHERE all(x IN relationships(p) WHERE x.w >= {w})"));
        for word in ["shortestPath", "allShortestPaths"] {
            let text = format!(
                "MATCH (n0), (n1) WHERE n0 <> n1 MATCH p = {word}({}) {condition} RETURN n0, n1, length(p)",
                hop.text(0).replace("h0", "")
            );
            let mut wanted = Vec::new();
            for (from, to) in (0..drawing.nodes.len()).flat_map(|a| (0..drawing.nodes.len()).map(move |b| (a, b))) {
                if from == to {
                    continue;
                }
                let walks = hop.walks(&drawing, from, to, &barred);
                let Some(length) = walks.iter().map(Vec::len).min() else { continue };
                let count = if word == "shortestPath" { 1 } else { walks.iter().filter(|w| w.len() == length).count() };
                wanted.extend(vec![(from, to, length); count]);
            }
            let mut found: Vec<(usize, usize, usize)> = run(&text, &mut graph)
                .iter()
                .map(|row| match row.as_slice() {
                    [Value::Node(a), Value::Node(b), Value::Integer(n)] => (a.0 as usize, b.0 as usize, *n as usize),
                    other => panic!("{other:?}"),
                })
                .collect();
            wanted.sort_unstable();
            found.sort_unstable();
            assert_eq!(found, wanted, "{text}\n{drawing}");
            asked += 1;
            answered += usize::from(!wanted.is_empty());
        }
    }
    assert!(answered * 2 > asked, "only {answered} of {asked} are met");
}
