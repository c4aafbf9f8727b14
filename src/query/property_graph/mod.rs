//! A plain property graph in memory: nodes with labels, relations with a type, both with properties of any name.
//!
//! For conformance scenarios and for tests that draw a small graph by hand. Two properties put an entry in time: `valid` (a date or interval
//! as written) says when it holds, `known` when it was published. Deliberately absent: claims, sources, and any checking of names.

mod reading;

use super::compare::Key;
use super::graph::{Entity, Hop, LabelId, NodeId, RelId, SliceId, TypeSet};
use super::scope::{Scope, Valid};
use super::value::{Map, Value};
use crate::time::{Bounds, Dated, Day, Extent, Holds, Reading};
pub use reading::Hops;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The properties by which nodes are found without a scan.
const SOUGHT: [&str; 2] = ["id", "name"];

/// Names, numbered in the order in which they came.
#[derive(Clone, Debug, Default)]
struct Names {
    names: Vec<Arc<str>>,
    numbers: FxHashMap<Arc<str>, u32>,
}

impl Names {
    fn number(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    fn add(&mut self, name: &str) -> u32 {
        if let Some(number) = self.number(name) {
            return number;
        }
        let (number, name) = (self.names.len() as u32, Arc::<str>::from(name));
        self.names.push(name.clone());
        self.numbers.insert(name, number);
        number
    }

    fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", |name| name)
    }
}

/// Properties in the order in which they were given, with what two of them say of time.
#[derive(Clone, Debug)]
struct Record {
    properties: Vec<(u32, Value)>,
    valid: Option<Extent>,
    known: Option<Bounds>,
}

/// A node: its labels, and the relations at it.
#[derive(Clone, Debug)]
struct Node {
    labels: Vec<LabelId>,
    record: Record,
    steps: Vec<Step>,
}

/// A relation: its type and ends.
#[derive(Clone, Debug)]
struct Relation {
    kind: u32,
    ends: (NodeId, NodeId),
    record: Record,
}

/// A relation as seen from a node; a loop is there once and leads both ways.
#[derive(Clone, Copy, Debug)]
struct Step {
    hop: Hop,
    kind: u32,
    out: bool,
    into: bool,
}

/// A property graph that takes any label, type and property.
///
/// What is deleted leaves its number behind: numbers are never used twice.
#[derive(Clone, Debug)]
pub struct PropertyGraph {
    nodes: Vec<Option<Node>>,
    relations: Vec<Option<Relation>>,
    labels: Names,
    types: Names,
    keys: Names,
    /// Nodes by label, ascending.
    labelled: Vec<Vec<NodeId>>,
    /// How many relations there are, by type.
    typed: Vec<usize>,
    /// Nodes by the value of a property they are sought by, ascending.
    sought: FxHashMap<(u32, Key), Vec<NodeId>>,
    /// The names of types that go both ways, and those of their numbers that there are.
    symmetric: BTreeSet<Arc<str>>,
    both_ways: TypeSet,
    /// What each slice asks; the first is the whole graph.
    slices: Vec<Scope>,
}

impl Default for PropertyGraph {
    fn default() -> Self {
        Self::new()
    }
}

impl PropertyGraph {
    /// An empty graph in which every relation has a direction.
    #[must_use]
    pub fn new() -> Self {
        Self::with_symmetric(std::iter::empty::<&str>())
    }

    /// An empty graph in which relations of these types go both ways.
    #[must_use]
    pub fn with_symmetric<S: AsRef<str>>(types: impl IntoIterator<Item = S>) -> Self {
        Self {
            nodes: Vec::new(),
            relations: Vec::new(),
            labels: Names::default(),
            types: Names::default(),
            keys: Names::default(),
            labelled: Vec::new(),
            typed: Vec::new(),
            sought: FxHashMap::default(),
            symmetric: types.into_iter().map(|name| name.as_ref().into()).collect(),
            both_ways: TypeSet::default(),
            slices: vec![Scope::default()],
        }
    }

    /// Adds a node. Properties that are null are left out.
    pub fn add_node<S: AsRef<str>>(&mut self, labels: impl IntoIterator<Item = S>, properties: &Map) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        let mut carried = Vec::new();
        for name in labels {
            let label = self.labels.add(name.as_ref());
            self.labelled.resize_with(self.labels.names.len(), Vec::new);
            if !carried.contains(&LabelId(label)) {
                carried.push(LabelId(label));
                self.labelled[label as usize].push(id);
            }
        }
        let record = self.record(properties);
        for (key, value) in &record.properties {
            if self.is_sought(*key) {
                self.sought.entry((*key, Key([value.clone()].into()))).or_default().push(id);
            }
        }
        self.nodes.push(Some(Node { labels: carried, record, steps: Vec::new() }));
        id
    }

    /// Adds a relation. Properties that are null are left out. `None`, and nothing added, where an end is not in the graph.
    pub fn add_relation(&mut self, from: NodeId, kind: &str, to: NodeId, properties: &Map) -> Option<RelId> {
        if self.node(from).is_none() || self.node(to).is_none() {
            return None;
        }
        let id = RelId(self.relations.len() as u32);
        let is_symmetric = self.symmetric.contains(kind);
        let kind = self.types.add(kind);
        if is_symmetric {
            self.both_ways.insert(kind);
        }
        self.typed.resize(self.types.names.len(), 0);
        self.typed[kind as usize] += 1;
        let is_loop = from == to;
        let mut steps = vec![(from, Step { hop: Hop { relation: id, node: to }, kind, out: true, into: is_loop })];
        if !is_loop {
            steps.push((to, Step { hop: Hop { relation: id, node: from }, kind, out: false, into: true }));
        }
        for (at, step) in steps {
            if let Some(node) = self.node_mut(at) {
                node.steps.push(step);
            }
        }
        let record = self.record(properties);
        self.relations.push(Some(Relation { kind, ends: (from, to), record }));
        Some(id)
    }

    /// Takes a relation out, if it is in the graph.
    pub fn delete_relation(&mut self, id: RelId) {
        let Some(relation) = self.relations.get_mut(id.0 as usize).and_then(Option::take) else { return };
        self.typed[relation.kind as usize] -= 1;
        for end in [relation.ends.0, relation.ends.1] {
            if let Some(node) = self.node_mut(end) {
                node.steps.retain(|step| step.hop.relation != id);
            }
        }
    }

    /// Takes a node out, with the relations at it, if it is in the graph.
    pub fn delete_node(&mut self, id: NodeId) {
        let Some(node) = self.node(id) else { return };
        let relations: Vec<RelId> = node.steps.iter().map(|step| step.hop.relation).collect();
        for relation in relations {
            self.delete_relation(relation);
        }
        let Some(node) = self.nodes.get_mut(id.0 as usize).and_then(Option::take) else { return };
        for label in node.labels {
            self.labelled[label.0 as usize].retain(|other| *other != id);
        }
        for (key, value) in node.record.properties {
            if let Some(found) = self.sought.get_mut(&(key, Key([value].into()))) {
                found.retain(|other| *other != id);
            }
        }
    }

    /// How many relations there are at a node; a loop counts once.
    #[must_use]
    pub fn degree(&self, id: NodeId) -> usize {
        self.node(id).map_or(0, |node| node.steps.len())
    }

    fn record(&mut self, properties: &Map) -> Record {
        let dated = |name: &str| properties.get(name).and_then(extent_of);
        let given = properties.iter().filter(|(_, value)| !value.is_null());
        Record {
            valid: dated("valid"),
            known: dated("known").map(|extent| Bounds::between(extent.start.earliest, extent.end.latest)),
            properties: given.map(|(name, value)| (self.keys.add(name), value.clone())).collect(),
        }
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)?.as_ref()
    }

    fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(id.0 as usize)?.as_mut()
    }

    fn relation(&self, id: RelId) -> Option<&Relation> {
        self.relations.get(id.0 as usize)?.as_ref()
    }

    fn record_of(&self, entity: Entity) -> Option<&Record> {
        match entity {
            Entity::Node(id) => self.node(id).map(|node| &node.record),
            Entity::Relation(id) => self.relation(id).map(|relation| &relation.record),
        }
    }

    fn is_sought(&self, key: u32) -> bool {
        SOUGHT.contains(&self.keys.name(key))
    }

    fn scope(&self, slice: SliceId) -> &Scope {
        // Slices are only made by `slice`; a number that is none stands for the whole graph, which is always the first.
        self.slices.get(slice.0 as usize).unwrap_or(&self.slices[0])
    }

    /// When an entry holds, whatever is known of it; a relation only while both of its ends possibly live.
    fn whole_extent(&self, entity: Entity) -> Option<Extent> {
        let own = self.record_of(entity)?.valid;
        let Entity::Relation(id) = entity else { return own };
        let (from, to) = self.relation(id)?.ends;
        let lives = [from, to].map(|end| self.node(end).and_then(|node| node.record.valid));
        lives.into_iter().flatten().fold(own, |extent, life| Some(extent.unwrap_or(Extent::ALWAYS).clipped_to(life)))
    }

    /// Whether the entry was known by the day that the scope names, in the scope's reading.
    fn is_known(scope: &Scope, record: &Record) -> bool {
        let reading = scope.valid.map_or(Reading::Certain, |valid| valid.reading);
        scope.known_by.is_none_or(|day| reading.keeps(known_by(record, day)))
    }

    fn is_valid(&self, valid: Valid, entity: Entity) -> bool {
        self.whole_extent(entity).unwrap_or(Extent::ALWAYS).is_seen(valid.window, valid.reading)
    }
}

/// When something holds whose dates are this value: a date as written, or a day.
fn extent_of(value: &Value) -> Option<Extent> {
    match value {
        Value::String(text) => Dated::parse(text).ok().map(|dated| dated.extent(None, None)),
        Value::Date(day) => Some(Extent { start: Bounds::on(*day), end: Bounds::on(*day) }),
        _ => None,
    }
}

fn known_by(record: &Record, day: Day) -> Holds {
    match record.known {
        Some(known) if known.earliest > day => Holds::No,
        Some(known) if known.latest > day => Holds::Possible,
        _ => Holds::Certain,
    }
}
