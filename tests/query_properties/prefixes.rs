//! A prefix held against a graph from which everything that it leaves out has been taken.
//!
//! The same random query runs under the prefix on the whole graph, and without one on what is left; the rows are the same. What is left is told from
//! the bounds in `worlds`, which are written down by hand.

use super::drawing::{Drawing, property};
use super::grammar::Grammar;
use super::random::Random;
use super::rewrites::parameters;
use super::worlds::{ASKED, asked, bounds, day, written};
use allegiance::query::graph::{NodeId, RelId};
use allegiance::query::property_graph::PropertyGraph;
use allegiance::query::scope::{Scope, Valid};
use allegiance::query::value::{Path, Value};
use allegiance::query::{Limits, Options, Prepared};
use allegiance::time::{Day, Reading, Window};
use std::sync::Arc;

/// A prefix: the days asked about and how, and by when things were known.
#[derive(Clone, Copy, Debug)]
struct Prefix {
    days: Option<(&'static str, bool)>,
    known: Option<&'static str>,
}

impl Prefix {
    fn random(random: &mut Random) -> Self {
        let known = random.chance(40).then(|| random.of(&["2016", "2017-12-31", "2018-06"]));
        let days = (known.is_none() || random.chance(70)).then(|| (random.of(&ASKED), random.chance(25)));
        Self { days, known }
    }

    fn text(self) -> String {
        let days = self.days.map_or_else(String::new, |(date, is_within)| {
            format!("FOR VALID_TIME {} '{date}' ", if is_within { "WITHIN" } else { "AS OF" })
        });
        days + &self.known.map_or_else(String::new, |date| format!("FOR KNOWN_TIME AS OF '{date}' "))
    }

    fn scope(self) -> Scope {
        let valid = self.days.map(|(date, is_within)| {
            let (first, last) = asked(date);
            let (first, last) = (Day::new(first), Day::new(last));
            let window = if is_within { Window::within(first, last) } else { Window::sometime(first, last) };
            Valid { window, reading: Reading::Certain }
        });
        Scope { valid, known_by: self.known_by().map(Day::new) }
    }

    fn known_by(self) -> Option<i32> {
        self.known.map(|text| match text {
            "2016" => day(2016, 12, 31),
            "2017-12-31" => day(2017, 12, 31),
            _ => day(2018, 6, 30),
        })
    }

    fn is_known(self, properties: &[(&'static str, Value)]) -> bool {
        let latest = match property(properties, "known") {
            Value::String(text) => match &*text {
                "2016" => day(2016, 12, 31),
                "2017-05-01" => day(2017, 5, 1),
                "2018~" | "2019" => day(2019, 12, 31),
                other => panic!("{other} is not in the table"),
            },
            _ => return true,
        };
        self.known_by().is_none_or(|day| latest <= day)
    }

    fn has_node(self, drawing: &Drawing, node: usize) -> bool {
        let properties = &drawing.nodes[node].properties;
        let lives = |(date, _): (&str, bool)| {
            let (first, last) = asked(date);
            written(properties).is_none_or(|(start, end)| start.0 <= last && end.1 >= first)
        };
        self.days.is_none_or(lives) && self.is_known(properties)
    }

    fn has_edge(self, drawing: &Drawing, edge: usize) -> bool {
        let drawn = &drawing.edges[edge];
        let holds = |(date, is_within): (&str, bool)| {
            let (first, last) = asked(date);
            bounds(drawing, edge).is_some_and(|(start, end)| match is_within {
                true => start.0 >= first && end.1 <= last,
                false => start.1 <= last && end.0 >= first,
            })
        };
        self.days.is_none_or(holds)
            && self.is_known(&drawn.properties)
            && self.has_node(drawing, drawn.from)
            && self.has_node(drawing, drawn.to)
    }

    /// What is left of a graph, with the places where its nodes and relations were.
    fn left(self, drawing: &Drawing) -> (Drawing, Vec<usize>, Vec<usize>) {
        let nodes: Vec<usize> = (0..drawing.nodes.len()).filter(|node| self.has_node(drawing, *node)).collect();
        let edges: Vec<usize> = (0..drawing.edges.len()).filter(|edge| self.has_edge(drawing, *edge)).collect();
        let place = |node: usize| nodes.iter().position(|kept| *kept == node).expect("both ends are kept");
        let left = Drawing {
            nodes: nodes.iter().map(|node| drawing.nodes[*node].clone()).collect(),
            edges: edges
                .iter()
                .map(|edge| {
                    let mut kept = drawing.edges[*edge].clone();
                    (kept.from, kept.to) = (place(kept.from), place(kept.to));
                    kept
                })
                .collect(),
        };
        (left, nodes, edges)
    }
}

fn run(text: &str, graph: &mut PropertyGraph, scope: Scope) -> Option<Vec<Vec<Value>>> {
    let options = Options { scope, ..Options::default() };
    let prepared = Prepared::new(text, graph, &options).unwrap_or_else(|error| panic!("{text}: {error}"));
    let limits = Limits { rows: Some(400), ..Limits::default() };
    let rows = prepared.run(&*graph, &parameters(), limits).expect("every parameter has a value");
    rows.collect::<Result<_, _>>().ok()
}

/// A value with the numbers that its nodes and relations have in the whole graph.
fn placed(value: &Value, nodes: &[usize], edges: &[usize]) -> Value {
    let node = |id: &NodeId| NodeId(nodes[id.0 as usize] as u32);
    let relation = |id: &RelId| RelId(edges[id.0 as usize] as u32);
    match value {
        Value::Node(id) => Value::Node(node(id)),
        Value::Relation(id) => Value::Relation(relation(id)),
        Value::List(all) => Value::list(all.iter().map(|one| placed(one, nodes, edges)).collect()),
        Value::Path(path) => Value::Path(Arc::new(Path {
            nodes: path.nodes.iter().map(node).collect(),
            relations: path.relations.iter().map(relation).collect(),
        })),
        other => other.clone(),
    }
}

fn sorted(rows: impl IntoIterator<Item = Vec<Value>>) -> Vec<String> {
    let mut rows: Vec<String> = rows.into_iter().map(|row| format!("{row:?}")).collect();
    rows.sort_unstable();
    rows
}

#[test]
fn a_prefix_shows_what_is_left_of_the_graph() {
    let (mut compared, mut telling) = (0, 0);
    for seed in 0..70 {
        let mut random = Random::new(5000 + seed);
        let drawing = Drawing::random(&mut random, 5, 8);
        let mut whole = drawing.graph();
        for _ in 0..10 {
            let prefix = Prefix::random(&mut random);
            let (left, nodes, edges) = prefix.left(&drawing);
            let mut graph = left.graph();
            let body = Grammar::without_prefixes(&mut random).query();
            let Some(wanted) = run(&body.to_string(), &mut graph, Scope::default()) else { continue };
            let wanted = wanted.iter().map(|row| row.iter().map(|value| placed(value, &nodes, &edges)).collect());
            let wanted = sorted(wanted);
            let mut prefixed = body.clone();
            for arm in &mut prefixed.arms {
                arm.prefix = prefix.text();
            }
            let found = run(&prefixed.to_string(), &mut whole, Scope::default()).map(sorted);
            assert_eq!(found.as_ref(), Some(&wanted), "seed {seed}: {prefixed}\n{drawing}");
            // From outside, and around a part of its own.
            let outside = run(&body.to_string(), &mut whole, prefix.scope()).map(sorted);
            assert_eq!(outside.as_ref(), Some(&wanted), "seed {seed}: {prefix:?} {body}\n{drawing}");
            let other = Scope {
                valid: Some(Valid { window: Window::ALL, reading: Reading::Possible }),
                known_by: Some(Day::FAR_FUTURE),
            };
            if prefix.days.is_some() && prefix.known.is_some() {
                let inner = run(&prefixed.to_string(), &mut whole, other).map(sorted);
                assert_eq!(inner.as_ref(), Some(&wanted), "seed {seed}: {prefixed}\n{drawing}");
            }
            compared += 1;
            let unscoped = run(&body.to_string(), &mut whole, Scope::default()).map(sorted);
            telling += usize::from(unscoped.as_ref() != Some(&wanted));
        }
    }
    assert!(telling * 5 > compared, "only for {telling} of {compared} does the prefix matter");
}

#[test]
fn parts_have_prefixes_of_their_own() {
    let mut telling = 0;
    for seed in 0..60 {
        let mut random = Random::new(6000 + seed);
        let drawing = Drawing::random(&mut random, 5, 8);
        let mut graph = drawing.graph();
        let [one, two] = [(); 2].map(|()| Prefix { known: None, ..Prefix::random(&mut random) });
        let [one, two] = [one, two].map(|p| Prefix { days: p.days.or(Some(("2016", false))), ..p });
        let body = "MATCH (a)-[r]-(b)";
        let mut rows = |text: String| sorted(run(&text, &mut graph, Scope::default()).expect("few rows"));
        let first = rows(format!("{}{body} RETURN a, r, b", one.text()));
        let second = rows(format!("{}{body} RETURN a, r, b", two.text()));
        let union = rows(format!("{}{body} RETURN a, r, b UNION ALL {}{body} RETURN a, r, b", one.text(), two.text()));
        let mut both = [first.clone(), second.clone()].concat();
        both.sort_unstable();
        assert_eq!(union, both, "{one:?} {two:?}\n{drawing}");
        let inner = rows(format!("{}CALL () {{ {}{body} RETURN a, r, b }} RETURN a, r, b", one.text(), two.text()));
        assert_eq!(inner, second, "{one:?} {two:?}\n{drawing}");
        let inherited = rows(format!("{}CALL () {{ {body} RETURN a, r, b }} RETURN a, r, b", one.text()));
        assert_eq!(inherited, first, "{one:?} {two:?}\n{drawing}");
        // The relation is of the outer part, and must be one of the inner part too.
        let exists =
            rows(format!("{}{body} WHERE EXISTS {{ {}MATCH (a)-[r]-(b) }} RETURN a, r, b", one.text(), two.text()));
        let common: Vec<String> = first.iter().filter(|row| second.contains(row)).cloned().collect();
        assert_eq!(exists, common, "{one:?} {two:?}\n{drawing}");
        telling += usize::from(first != second);
    }
    assert!(telling > 30, "only {telling} tell the parts apart");
}

#[test]
fn a_prefix_is_a_condition_on_every_relation_and_its_ends() {
    let mut found = 0;
    for seed in 0..40 {
        let mut random = Random::new(7000 + seed);
        let drawing = Drawing::random(&mut random, 5, 8);
        let mut graph = drawing.graph();
        let mut rows = |text: String| sorted(run(&text, &mut graph, Scope::default()).expect("few rows"));
        for date in ASKED {
            let (from, to) = date.split_once('/').unwrap_or((date, date));
            for (prefix, asks) in [
                (format!("AS OF '{date}'"), format!("validAt(r, '{date}')")),
                (format!("FROM '{from}' TO '{to}'"), format!("validDuring(r, '{from}', '{to}')")),
                (format!("WITHIN '{date}'"), format!("validWithin(r, '{date}')")),
            ] {
                let ends = format!("possibly(validAt(a, '{date}')) AND possibly(validAt(b, '{date}'))");
                let certain = rows(format!("FOR VALID_TIME {prefix} MATCH (a)-[r]->(b) RETURN a, r, b"));
                let wanted = rows(format!("MATCH (a)-[r]->(b) WHERE {asks} AND {ends} RETURN a, r, b"));
                assert_eq!(certain, wanted, "{prefix}\n{drawing}");
                let possible = rows(format!("FOR VALID_TIME {prefix} POSSIBLY MATCH (a)-[r]->(b) RETURN a, r, b"));
                let wanted = rows(format!("MATCH (a)-[r]->(b) WHERE possibly({asks}) AND {ends} RETURN a, r, b"));
                assert_eq!(possible, wanted, "{prefix} POSSIBLY\n{drawing}");
                assert!(certain.iter().all(|row| possible.contains(row)), "{prefix}\n{drawing}");
                found += certain.len();
            }
        }
    }
    assert!(found > 1000, "{found}");
}
