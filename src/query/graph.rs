//! What the engine asks of a graph: two small traits.
//!
//! [`Schema`] answers while a query is compiled: which names there are, and how many of what. [`Graph`] answers while it runs.
//! Two graphs implement them: the temporal graph of a data set (`temporal_graph`) and a plain property graph (`property_graph`), on which
//! the conformance scenarios run.

use super::error::{Error, Kind, Result};
use super::procedures;
use super::scope::{Scope, Valid};
use super::value::{Map, Value};
use crate::time::{Day, Extent, Holds, Window};

/// A node: its number among all nodes of the graph, from 0 on without holes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A relation: its number among all relations of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelId(pub u32);

/// A label, as numbered by the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LabelId(pub u32);

/// A property key, as numbered by the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub u32);

/// A slice of the graph that [`Graph::slice`] made.
#[derive(Default, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SliceId(pub u32);

/// A set of relation types, as numbered by the graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeSet {
    words: Vec<u64>,
}

impl TypeSet {
    /// A set of these types.
    pub fn of(types: impl IntoIterator<Item = u32>) -> Self {
        let mut set = Self::default();
        for id in types {
            set.insert(id);
        }
        set
    }

    /// Adds a type.
    pub fn insert(&mut self, id: u32) {
        let word = (id / 64) as usize;
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= 1 << (id % 64);
    }

    /// Whether the set has a type.
    #[must_use]
    #[inline]
    pub fn contains(&self, id: u32) -> bool {
        self.words.get((id / 64) as usize).is_some_and(|word| word >> (id % 64) & 1 == 1)
    }

    /// Whether the set has a type of this number or a higher one.
    #[must_use]
    #[inline]
    pub fn reaches(&self, id: u32) -> bool {
        let at = (id / 64) as usize;
        self.words.get(at).is_some_and(|word| word >> (id % 64) != 0)
            || self.words.get(at + 1..).is_some_and(|above| above.iter().any(|word| *word != 0))
    }

    /// Whether some type is in both.
    #[must_use]
    #[inline]
    pub fn intersects(&self, other: &Self) -> bool {
        self.words.iter().zip(&other.words).any(|(a, b)| a & b != 0)
    }

    /// The types, ascending.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        (0..self.words.len() as u32 * 64).filter(|id| self.contains(*id))
    }

    /// What is in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self::of(self.iter().filter(|id| other.contains(*id)))
    }

    /// What is in either.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self::of(self.iter().chain(other.iter()))
    }
}

/// What a name means to a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term<T> {
    /// It is known.
    Known(T),
    /// It is not there, and the graph takes any name: nothing has it.
    Absent,
    /// It is not there and cannot be: a mistake.
    Unknown {
        /// What is near, nearest first; empty when nothing is.
        near: Vec<String>,
        /// All there are, when they are few enough to list.
        all: Vec<String>,
    },
}

/// What a property is asked of, as far as known before running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// A node.
    Node,
    /// A node with this label.
    Labelled(LabelId),
    /// A relation.
    Relation,
    /// Either, or a map.
    Unknown,
}

/// A node or a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A node.
    Node(NodeId),
    /// A relation.
    Relation(RelId),
}

/// What a query can name, and how much there is of it.
pub trait Schema {
    /// The label of this name.
    fn label(&self, name: &str) -> Term<LabelId>;

    /// The relation types of this name; a name may stand for several.
    fn relation_type(&self, name: &str) -> Term<TypeSet>;

    /// All relation types: what `%` stands for and `!` is taken from.
    fn all_types(&self) -> TypeSet;

    /// The property of this name.
    fn key(&self, name: &str, owner: Owner) -> Term<KeyId>;

    /// How many nodes carry the label; all nodes for `None`. An estimate will do.
    fn count_nodes(&self, label: Option<LabelId>) -> usize;

    /// How many relations are of these types; all that an untyped pattern means for `None`. An estimate will do.
    fn count_relations(&self, types: Option<&TypeSet>) -> usize;

    /// Whether a slice leaves no node out, so that none need be checked.
    fn has_all_nodes(&self, slice: SliceId) -> bool {
        let _ = slice;
        false
    }

    /// Whether nodes can be found by this property without a scan ([`Graph::seek`]).
    fn can_seek(&self, key: KeyId) -> bool;
}

/// A relation met on a walk, with the node it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// The relation.
    pub relation: RelId,
    /// The other end; the node itself for a loop.
    pub node: NodeId,
}

/// Which way a walk leaves a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// Along relations.
    Out,
    /// Against relations.
    In,
    /// Both.
    Either,
}

/// Which hops a walk takes.
#[derive(Clone, Copy, Debug)]
pub struct HopFilter<'a> {
    /// Which way. Relations of symmetric types go both ways, whatever is asked.
    pub toward: Toward,
    /// Of which types; whatever an untyped pattern means for `None`.
    pub types: Option<&'a TypeSet>,
    /// Only relations that hold so, besides what the slice asks.
    pub valid: Option<Valid>,
}

/// A graph that queries run on.
///
/// Node and relation ids mean the same in every slice of one graph. A slice is a selection: what is in it is in the whole graph, and ids of the
/// whole may be asked about in any slice.
pub trait Graph: Schema {
    /// The hops of a walk; the same ones in the same order each time.
    type Hops<'a>: Iterator<Item = Hop>
    where
        Self: 'a;

    /// The nodes of a scan; the same ones in the same order each time.
    type Nodes<'a>: Iterator<Item = NodeId>
    where
        Self: 'a;

    /// Readies a slice and names it. The same scope gives the same slice.
    ///
    /// # Errors
    /// When the graph cannot be sliced so.
    fn slice(&mut self, scope: &Scope) -> Result<SliceId>;

    /// The nodes of a slice, ascending; those that carry the label, if one is given.
    fn nodes<'a>(&'a self, slice: SliceId, label: Option<LabelId>) -> Self::Nodes<'a>;

    /// Whether a slice has the node.
    fn has_node(&self, slice: SliceId, node: NodeId) -> bool;

    /// Whether a slice has the relation.
    fn has_relation(&self, slice: SliceId, relation: RelId) -> bool;

    /// The nodes of a slice, ascending, whose property has this value. Asked only where [`Schema::can_seek`].
    fn seek(&self, slice: SliceId, key: KeyId, value: &Value) -> Vec<NodeId>;

    /// The hops of a slice from a node. A loop comes once.
    fn hops<'a>(&'a self, slice: SliceId, node: NodeId, filter: HopFilter<'a>) -> Self::Hops<'a>;

    /// The ends of a relation, as stored: start, end.
    fn ends(&self, relation: RelId) -> (NodeId, NodeId);

    /// The type of a relation.
    fn type_of(&self, relation: RelId) -> u32;

    /// The name of a type.
    fn type_name(&self, id: u32) -> &str;

    /// Whether relations of a type go both ways.
    fn is_symmetric(&self, id: u32) -> bool {
        let _ = id;
        false
    }

    /// Whether a node carries a label.
    fn has_label(&self, node: NodeId, label: LabelId) -> bool;

    /// The labels of a node, in order.
    fn labels(&self, node: NodeId) -> Vec<&str>;

    /// A property; null where there is none.
    fn property(&self, slice: SliceId, entity: Entity, key: KeyId) -> Value;

    /// A property by name; null where there is none.
    fn property_by_name(&self, slice: SliceId, entity: Entity, name: &str) -> Value;

    /// All properties, in order.
    fn properties(&self, slice: SliceId, entity: Entity) -> Map;

    /// When a node or relation holds, by the claims that count in the slice; `None` for what is not in time.
    fn extent(&self, slice: SliceId, entity: Entity) -> Option<Extent> {
        let _ = (slice, entity);
        None
    }

    /// Whether a node or relation holds in a window. Differs from the extent's own answer only where the graph knows better.
    fn holds(&self, slice: SliceId, entity: Entity, window: Window) -> Holds {
        self.extent(slice, entity).unwrap_or(Extent::ALWAYS).holds(window)
    }

    /// Whether some source that was published by the end of the day says so: no, possibly (its date is uncertain), certainly.
    fn known_by(&self, slice: SliceId, entity: Entity, day: Day) -> Holds {
        let _ = (slice, entity, day);
        Holds::Certain
    }

    /// Something a record says of itself; null where the graph has nothing of the sort.
    fn facet(&self, slice: SliceId, entity: Entity, facet: Facet) -> Value {
        let _ = (slice, entity, facet);
        Value::Null
    }

    /// The actor of a name, as the command line would understand it.
    ///
    /// # Errors
    /// When no actor, or more than one, has the name.
    fn actor(&self, slice: SliceId, name: &str) -> Result<NodeId>;

    /// Runs a procedure: rows of the fields that it yields, all of them, in its order.
    ///
    /// # Errors
    /// When the graph has no such procedure, or an argument cannot be used.
    fn call(&self, slice: SliceId, procedure: procedures::Kind, arguments: &[Value]) -> Result<Vec<Vec<Value>>> {
        let _ = (slice, procedure, arguments);
        Err(Error::runtime(Kind::ProcedureError, "ProcedureNotFound", "this graph has no procedures"))
    }

    /// The last day the data speaks for: what `date()` without an argument means. `None` for a graph that is not in time.
    fn horizon(&self) -> Option<Day> {
        None
    }

    /// The actors that an actor is one with through renames and successions, oldest first; itself alone where there is none.
    fn line(&self, slice: SliceId, node: NodeId) -> Vec<NodeId> {
        let _ = slice;
        vec![node]
    }
}

/// What a record says of itself beyond its properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// Its dates as written (EDTF).
    Validity,
    /// Its claims: a list of maps.
    Claims,
    /// The ids of its sources, in order, each once.
    Sources,
    /// `supported`, `contested` …
    Status,
    /// The earliest day on which a source that supports it was certainly out.
    KnownSince,
}
