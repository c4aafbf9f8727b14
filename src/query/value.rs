//! Values: what expressions come to, and what rows hold.
//!
//! Cheap to clone: what is large is shared. Equality and order as the language has them live in `compare`, arithmetic in `arithmetic`;
//! Rust's own `==` on values is structural (a null equals a null, `1` is not `1.0`) and is for tests and for keeping plans comparable.

use super::graph::{NodeId, RelId};
use super::temporal::Duration;
use crate::time::Day;
use std::sync::Arc;

/// How deep lists and maps may be nested in a value that a query makes.
pub const MOST_NESTED: u32 = 500;

/// A value of the language.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`: nothing, or not known.
    #[default]
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number in floating point.
    Float(f64),
    /// A text. Dates as written (EDTF) are texts too.
    String(Arc<str>),
    /// A list.
    List(Arc<List>),
    /// A map.
    Map(Arc<Map>),
    /// A node: an actor, event or source.
    Node(NodeId),
    /// A relation.
    Relation(RelId),
    /// A path.
    Path(Arc<Path>),
    /// A day.
    Date(Day),
    /// A span of months, days and seconds.
    Duration(Arc<Duration>),
}

/// The values of a list, and how deep they are nested.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct List {
    items: Vec<Value>,
    depth: u32,
    weight: u64,
}

impl std::ops::Deref for List {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.items
    }
}

impl From<Vec<Value>> for List {
    fn from(items: Vec<Value>) -> Self {
        let (depth, weight) = items
            .iter()
            .fold((0, 1), |(depth, weight), item| (item.depth().max(depth), item.weight().saturating_add(weight)));
        Self { items, depth: depth + 1, weight }
    }
}

/// Nodes with the relations between them; one node more than relations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// The nodes, in order of the walk.
    pub nodes: Vec<NodeId>,
    /// The relations between them, whichever way they point.
    pub relations: Vec<RelId>,
}

/// Keys with values, in the order they were put in. A key is there once; a later value replaces an earlier one.
#[derive(Clone, Debug, Default)]
pub struct Map {
    entries: Vec<(Arc<str>, Value)>,
    depth: u32,
    weight: u64,
}

impl Map {
    /// An empty map.
    #[must_use]
    pub const fn new() -> Self {
        Self { entries: Vec::new(), depth: 0, weight: 0 }
    }

    /// Puts in a value, in the place of an earlier one of the same key.
    pub fn insert(&mut self, key: impl Into<Arc<str>>, value: Value) {
        let key = key.into();
        self.depth = self.depth.max(value.depth());
        self.weight = self.weight.saturating_add(value.weight() + 1);
        match self.entries.iter_mut().find(|(k, _)| *k == key) {
            Some(entry) => entry.1 = value,
            None => self.entries.push((key, value)),
        }
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().find(|(k, _)| &**k == key).map(|(_, v)| v)
    }

    /// Keys with values, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Arc<str>, &Value)> {
        self.entries.iter().map(|(k, v)| (k, v))
    }

    /// How many keys.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Maps are equal when they hold the same, in whatever order.
impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(k, v)| other.get(k) == Some(v))
    }
}

impl<K: Into<Arc<str>>> FromIterator<(K, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(entries: I) -> Self {
        let mut map = Self::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl Value {
    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::String(text.into())
    }

    /// A list.
    #[must_use]
    pub fn list(items: Vec<Self>) -> Self {
        Self::List(Arc::new(List::from(items)))
    }

    /// A map.
    #[must_use]
    pub fn map(map: Map) -> Self {
        Self::Map(Arc::new(map))
    }

    /// How deep lists and maps are nested in it: 0 for what is neither, 1 for a flat list. What walks values recursively relies on
    /// [`MOST_NESTED`], which the engine holds it against.
    #[must_use]
    pub fn depth(&self) -> u32 {
        match self {
            Self::List(list) => list.depth,
            Self::Map(map) => map.depth + 1,
            _ => 0,
        }
    }

    /// About how much memory it takes, in values: 1 for a number, more for texts and for what holds others. Shared parts count each time.
    #[must_use]
    pub fn weight(&self) -> u64 {
        match self {
            Self::String(text) => 1 + text.len() as u64 / 16,
            Self::List(list) => list.weight,
            Self::Map(map) => map.weight + 1,
            Self::Path(path) => 1 + path.nodes.len() as u64,
            _ => 1,
        }
    }

    /// Whether it is null.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The name of its type, as errors say it: `Integer`, `List`, `Node`.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "Null",
            Self::Boolean(_) => "Boolean",
            Self::Integer(_) => "Integer",
            Self::Float(_) => "Float",
            Self::String(_) => "String",
            Self::List(_) => "List",
            Self::Map(_) => "Map",
            Self::Node(_) => "Node",
            Self::Relation(_) => "Relation",
            Self::Path(_) => "Path",
            Self::Date(_) => "Date",
            Self::Duration(_) => "Duration",
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<Option<bool>> for Value {
    fn from(value: Option<bool>) -> Self {
        value.map_or(Self::Null, Self::Boolean)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::text(value)
    }
}
