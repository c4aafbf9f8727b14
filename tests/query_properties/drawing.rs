//! Small graphs as plain lists of nodes and relations: what is given to the engine, and what the oracles look at.

use super::random::Random;
use allegiance::query::property_graph::PropertyGraph;
use allegiance::query::value::{Map, Value};
use std::fmt;

/// The labels that nodes carry; `D` is one that none does.
pub(crate) const LABELS: [&str; 4] = ["A", "B", "C", "D"];
/// The types of relations; `S` goes both ways, and no relation is a `V`.
pub(crate) const TYPES: [&str; 4] = ["T", "U", "S", "V"];
/// The type that goes both ways.
pub(crate) const SYMMETRIC: &str = "S";

/// Dates as records have them, uncertain ones among them.
pub(crate) const WRITTEN: [&str; 19] = [
    "2016/2018",
    "2016~",
    "[2016,2018]",
    "../2017",
    "2016/..",
    "2016/",
    "/2017",
    "2015-03-01/2017-06-30",
    "2017-02-01",
    "2015/2016",
    "2018/..",
    "2016-05/2016-08",
    "2014/2019",
    "2017~/2018",
    "2016-12-31/2017-01-01",
    "2018-03",
    "2015?/2017?",
    "2016-06-15/2018~",
    "2017/2017",
];

/// A node.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) labels: Vec<&'static str>,
    pub(crate) properties: Vec<(&'static str, Value)>,
}

/// A relation: its ends are places in the list of nodes.
#[derive(Clone, Debug)]
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) kind: &'static str,
    pub(crate) properties: Vec<(&'static str, Value)>,
}

/// A graph.
#[derive(Clone, Debug)]
pub(crate) struct Drawing {
    pub(crate) nodes: Vec<Node>,
    pub(crate) edges: Vec<Edge>,
}

/// The value of a property; null where there is none.
pub(crate) fn property(properties: &[(&'static str, Value)], key: &str) -> Value {
    properties.iter().find(|(name, _)| *name == key).map_or(Value::Null, |(_, value)| value.clone())
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = |properties: &[(&'static str, Value)]| {
            let all: Vec<String> = properties.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
            all.join(", ")
        };
        for (at, node) in self.nodes.iter().enumerate() {
            writeln!(f, "({at}:{} {{{}}})", node.labels.join(":"), told(&node.properties))?;
        }
        for (at, edge) in self.edges.iter().enumerate() {
            writeln!(f, "({})-[{at}:{} {{{}}}]->({})", edge.from, edge.kind, told(&edge.properties), edge.to)?;
        }
        Ok(())
    }
}

impl Drawing {
    /// A graph of a few nodes and relations: loops, parallel relations, and missing properties happen.
    pub(crate) fn random(random: &mut Random, most_nodes: usize, most_edges: usize) -> Self {
        let count = most_nodes - random.below(most_nodes / 2);
        let nodes = (0..count).map(|at| Node {
            labels: LABELS[..3].iter().copied().filter(|_| random.chance(45)).collect(),
            properties: properties(random, &format!("n{at}"), "k", &["x", "y", "z"]),
        });
        let nodes: Vec<Node> = nodes.collect();
        let edges = (0..most_edges - random.below(most_edges / 2 + 1)).map(|at| Edge {
            from: random.below(count),
            to: random.below(count),
            kind: random.of(&TYPES[..3]),
            properties: properties(random, &format!("r{at}"), "w", &["p", "q"]),
        });
        Self { edges: edges.collect(), nodes }
    }

    /// The graph as the engine has it: nodes and relations have the numbers of their places.
    pub(crate) fn graph(&self) -> PropertyGraph {
        let map = |properties: &[(&'static str, Value)]| properties.iter().cloned().collect::<Map>();
        let mut graph = PropertyGraph::with_symmetric([SYMMETRIC]);
        let ids: Vec<_> = self.nodes.iter().map(|n| graph.add_node(&n.labels, &map(&n.properties))).collect();
        for edge in &self.edges {
            let added = graph.add_relation(ids[edge.from], edge.kind, ids[edge.to], &map(&edge.properties));
            assert!(added.is_some(), "both ends were added");
        }
        graph
    }
}

fn properties(random: &mut Random, id: &str, number: &'static str, names: &[&str]) -> Vec<(&'static str, Value)> {
    let mut all = Vec::new();
    if random.chance(85) {
        all.push(("id", Value::text(id)));
    }
    if random.chance(80) {
        all.push(("name", Value::text(random.of(names))));
    }
    if random.chance(75) {
        all.push((number, Value::Integer(random.below(4) as i64)));
    }
    let is_node = number == "k";
    if random.chance(if is_node { 25 } else { 75 }) {
        all.push(("valid", Value::text(random.of(&WRITTEN))));
    }
    if random.chance(30) {
        all.push(("known", Value::text(random.of(&["2016", "2017-05-01", "2018~", "2019"]))));
    }
    all
}
