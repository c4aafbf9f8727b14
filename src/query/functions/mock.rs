//! A graph of a few things with extents, for tests of functions.

use crate::query::error::{Error, Result};
use crate::query::graph::{
    Entity, Graph, Hop, HopFilter, KeyId, LabelId, NodeId, Owner, RelId, Schema, SliceId, Term, TypeSet,
};
use crate::query::scope::Scope;
use crate::query::value::{Map, Value};
use crate::time::{Day, Extent};

/// Nodes in a row, one for each extent, each with a relation to the next that has the extent of the node it comes from.
#[derive(Debug, Default)]
pub(crate) struct Mock {
    pub(crate) extents: Vec<Extent>,
    pub(crate) properties: Map,
    pub(crate) horizon: Option<Day>,
}

pub(crate) const SLICE: SliceId = SliceId(0);

impl Schema for Mock {
    fn label(&self, _: &str) -> Term<LabelId> {
        Term::Absent
    }

    fn relation_type(&self, _: &str) -> Term<TypeSet> {
        Term::Absent
    }

    fn all_types(&self) -> TypeSet {
        TypeSet::of([0])
    }

    fn key(&self, _: &str, _: Owner) -> Term<KeyId> {
        Term::Absent
    }

    fn count_nodes(&self, _: Option<LabelId>) -> usize {
        self.extents.len()
    }

    fn count_relations(&self, _: Option<&TypeSet>) -> usize {
        self.extents.len()
    }

    fn can_seek(&self, _: KeyId) -> bool {
        false
    }
}

impl Graph for Mock {
    type Hops<'a> = std::iter::Empty<Hop>;
    type Nodes<'a> = std::iter::Empty<NodeId>;

    fn slice(&mut self, _: &Scope) -> Result<SliceId> {
        Ok(SLICE)
    }

    fn nodes(&self, _: SliceId, _: Option<LabelId>) -> Self::Nodes<'_> {
        std::iter::empty()
    }

    fn has_node(&self, _: SliceId, _: NodeId) -> bool {
        true
    }

    fn has_relation(&self, _: SliceId, _: RelId) -> bool {
        true
    }

    fn seek(&self, _: SliceId, _: KeyId, _: &Value) -> Vec<NodeId> {
        Vec::new()
    }

    fn hops<'a>(&'a self, _: SliceId, _: NodeId, _: HopFilter<'a>) -> Self::Hops<'a> {
        std::iter::empty()
    }

    fn ends(&self, relation: RelId) -> (NodeId, NodeId) {
        (NodeId(relation.0), NodeId(relation.0 + 1))
    }

    fn type_of(&self, _: RelId) -> u32 {
        0
    }

    fn type_name(&self, _: u32) -> &str {
        "T"
    }

    fn has_label(&self, _: NodeId, _: LabelId) -> bool {
        false
    }

    fn labels(&self, node: NodeId) -> Vec<&str> {
        if node.0 == 0 { vec!["A", "odd one"] } else { Vec::new() }
    }

    fn property(&self, _: SliceId, _: Entity, _: KeyId) -> Value {
        Value::Null
    }

    fn property_by_name(&self, _: SliceId, _: Entity, name: &str) -> Value {
        self.properties.get(name).cloned().unwrap_or_default()
    }

    fn properties(&self, _: SliceId, entity: Entity) -> Map {
        if matches!(entity, Entity::Node(NodeId(1))) { Map::new() } else { self.properties.clone() }
    }

    fn extent(&self, _: SliceId, entity: Entity) -> Option<Extent> {
        let (Entity::Node(NodeId(index)) | Entity::Relation(RelId(index))) = entity;
        self.extents.get(index as usize).copied()
    }

    fn actor(&self, _: SliceId, name: &str) -> Result<NodeId> {
        Err(Error::argument("UnknownActor", format!("no actor is called `{name}`")))
    }

    fn horizon(&self) -> Option<Day> {
        self.horizon
    }
}
