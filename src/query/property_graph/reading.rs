//! The property graph as queries see it.

use super::{Node, PropertyGraph, Relation, Step, known_by};
use crate::query::compare::{Key, equals};
use crate::query::error::{Error, Kind, Result};
use crate::query::graph::{
    Entity, Facet, Graph, Hop, HopFilter, KeyId, LabelId, NodeId, Owner, RelId, Schema, SliceId, Term, Toward, TypeSet,
};
use crate::query::scope::{Scope, Valid};
use crate::query::value::{Map, Value};
use crate::time::{Day, Extent, Holds, Reading};

impl Schema for PropertyGraph {
    fn label(&self, name: &str) -> Term<LabelId> {
        self.labels.number(name).map_or(Term::Absent, |id| Term::Known(LabelId(id)))
    }

    fn relation_type(&self, name: &str) -> Term<TypeSet> {
        self.types.number(name).map_or(Term::Absent, |id| Term::Known(TypeSet::of([id])))
    }

    fn all_types(&self) -> TypeSet {
        TypeSet::of(0..self.types.names.len() as u32)
    }

    fn key(&self, name: &str, _owner: Owner) -> Term<KeyId> {
        self.keys.number(name).map_or(Term::Absent, |id| Term::Known(KeyId(id)))
    }

    fn count_nodes(&self, label: Option<LabelId>) -> usize {
        match label {
            None => self.nodes.iter().flatten().count(),
            Some(label) => self.labelled.get(label.0 as usize).map_or(0, Vec::len),
        }
    }

    fn count_relations(&self, types: Option<&TypeSet>) -> usize {
        let counted = self.typed.iter().enumerate();
        counted.filter(|(id, _)| types.is_none_or(|types| types.contains(*id as u32))).map(|(_, count)| count).sum()
    }

    fn can_seek(&self, key: KeyId) -> bool {
        self.is_sought(key.0)
    }
}

impl Graph for PropertyGraph {
    type Hops<'a> = Hops<'a>;
    type Nodes<'a> = Box<dyn Iterator<Item = NodeId> + 'a>;

    fn slice(&mut self, scope: &Scope) -> Result<SliceId> {
        let place = self.slices.iter().position(|known| known == scope).unwrap_or_else(|| {
            self.slices.push(scope.clone());
            self.slices.len() - 1
        });
        Ok(SliceId(place as u32))
    }

    fn nodes<'a>(&'a self, slice: SliceId, label: Option<LabelId>) -> Self::Nodes<'a> {
        match label {
            None => Box::new((0..self.nodes.len() as u32).map(NodeId).filter(move |id| self.has_node(slice, *id))),
            Some(label) => {
                let carriers = self.labelled.get(label.0 as usize).map_or(&[][..], Vec::as_slice);
                Box::new(carriers.iter().copied().filter(move |id| self.has_node(slice, *id)))
            }
        }
    }

    fn has_node(&self, slice: SliceId, node: NodeId) -> bool {
        let Some(Node { record, .. }) = self.node(node) else { return false };
        let scope = self.scope(slice);
        // As in a view: an actor is there when it possibly lives on some of the days; more is asked of relations only.
        let lives =
            |valid: Valid| record.valid.is_none_or(|life| life.is_seen(valid.window.of_lives(), Reading::Possible));
        scope.valid.is_none_or(lives) && Self::is_known(scope, record)
    }

    fn has_relation(&self, slice: SliceId, relation: RelId) -> bool {
        let Some(Relation { ends, record, .. }) = self.relation(relation) else { return false };
        let scope = self.scope(slice);
        if scope.is_empty() {
            return true;
        }
        scope.valid.is_none_or(|valid| self.is_valid(valid, Entity::Relation(relation)))
            && Self::is_known(scope, record)
            && self.has_node(slice, ends.0)
            && self.has_node(slice, ends.1)
    }

    fn seek(&self, slice: SliceId, key: KeyId, value: &Value) -> Vec<NodeId> {
        let found = self.sought.get(&(key.0, Key([value.clone()].into())));
        let found = found.map_or(&[][..], Vec::as_slice).iter().copied();
        // A key of grouping is equal to itself even where the language cannot say so: null, not-a-number.
        found
            .filter(|id| self.has_node(slice, *id))
            .filter(|id| equals(&self.property(slice, Entity::Node(*id), key), value) == Some(true))
            .collect()
    }

    fn hops<'a>(&'a self, slice: SliceId, node: NodeId, filter: HopFilter<'a>) -> Self::Hops<'a> {
        let steps = self.node(node).map_or(&[][..], |node| node.steps.as_slice()).iter();
        Hops { graph: self, slice, filter, steps }
    }

    fn ends(&self, relation: RelId) -> (NodeId, NodeId) {
        // Asked only of relations that the graph gave out; one deleted since has no ends any more.
        self.relation(relation).map_or((NodeId(u32::MAX), NodeId(u32::MAX)), |relation| relation.ends)
    }

    fn type_of(&self, relation: RelId) -> u32 {
        self.relation(relation).map_or(u32::MAX, |relation| relation.kind)
    }

    fn type_name(&self, id: u32) -> &str {
        self.types.name(id)
    }

    fn is_symmetric(&self, id: u32) -> bool {
        self.both_ways.contains(id)
    }

    fn has_label(&self, node: NodeId, label: LabelId) -> bool {
        self.node(node).is_some_and(|node| node.labels.contains(&label))
    }

    fn labels(&self, node: NodeId) -> Vec<&str> {
        let labels = self.node(node).map_or(&[][..], |node| node.labels.as_slice());
        labels.iter().map(|label| self.labels.name(label.0)).collect()
    }

    fn property(&self, _slice: SliceId, entity: Entity, key: KeyId) -> Value {
        let found = self.record_of(entity).and_then(|record| record.properties.iter().find(|(k, _)| *k == key.0));
        found.map_or(Value::Null, |(_, value)| value.clone())
    }

    fn property_by_name(&self, slice: SliceId, entity: Entity, name: &str) -> Value {
        self.keys.number(name).map_or(Value::Null, |key| self.property(slice, entity, KeyId(key)))
    }

    fn properties(&self, _slice: SliceId, entity: Entity) -> Map {
        let properties = self.record_of(entity).map_or(&[][..], |record| record.properties.as_slice());
        properties.iter().map(|(key, value)| (self.keys.name(*key), value.clone())).collect()
    }

    fn extent(&self, slice: SliceId, entity: Entity) -> Option<Extent> {
        let record = self.record_of(entity)?;
        let counts = Self::is_known(self.scope(slice), record);
        if counts { self.whole_extent(entity) } else { Some(Extent::NEVER) }
    }

    fn known_by(&self, _slice: SliceId, entity: Entity, day: Day) -> Holds {
        self.record_of(entity).map_or(Holds::No, |record| known_by(record, day))
    }

    fn facet(&self, slice: SliceId, entity: Entity, facet: Facet) -> Value {
        let Some(record) = self.record_of(entity) else { return Value::Null };
        match facet {
            Facet::Validity => match self.property_by_name(slice, entity, "valid") {
                Value::Date(day) => Value::text(&day.to_string()),
                text if record.valid.is_some() => text,
                _ => Value::Null,
            },
            Facet::KnownSince => {
                record.known.filter(|known| known.latest.is_bounded()).map_or(Value::Null, |k| Value::Date(k.latest))
            }
            Facet::Claims | Facet::Sources | Facet::Status => Value::Null,
        }
    }

    fn actor(&self, slice: SliceId, name: &str) -> Result<NodeId> {
        let key = self.keys.number("name").map(KeyId);
        let found = key.map_or_else(Vec::new, |key| self.seek(slice, key, &Value::text(name)));
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(Error::runtime(Kind::EntityNotFound, "UnknownActor", format!("no actor is called `{name}`"))),
            several => Err(Error::runtime(
                Kind::EntityNotFound,
                "AmbiguousActor",
                format!("{} actors are called `{name}`", several.len()),
            )),
        }
    }
}

/// The hops from a node, in the order in which its relations were added.
#[derive(Debug)]
pub struct Hops<'a> {
    graph: &'a PropertyGraph,
    slice: SliceId,
    filter: HopFilter<'a>,
    steps: std::slice::Iter<'a, Step>,
}

impl Iterator for Hops<'_> {
    type Item = Hop;

    fn next(&mut self) -> Option<Hop> {
        let Self { graph, slice, filter, steps } = self;
        let step = steps.find(|step| {
            let toward = match filter.toward {
                Toward::Out => step.out,
                Toward::In => step.into,
                Toward::Either => true,
            };
            (toward || graph.both_ways.contains(step.kind))
                && filter.types.is_none_or(|types| types.contains(step.kind))
                && graph.has_relation(*slice, step.hop.relation)
                && filter.valid.is_none_or(|valid| graph.is_valid(valid, Entity::Relation(step.hop.relation)))
        });
        step.map(|step| step.hop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Window;

    fn dated(text: &str) -> Map {
        [("valid", Value::text(text))].into_iter().collect()
    }

    fn hops(graph: &PropertyGraph, slice: SliceId, node: NodeId, toward: Toward) -> Vec<u32> {
        graph.hops(slice, node, HopFilter { toward, types: None, valid: None }).map(|hop| hop.relation.0).collect()
    }

    #[test]
    fn hops_come_in_order_a_loop_once_and_symmetric_ones_both_ways() {
        let mut graph = PropertyGraph::with_symmetric(["ALLIED_WITH"]);
        let [a, b] = [(); 2].map(|()| graph.add_node(["House"], &Map::new()));
        let add = |graph: &mut PropertyGraph, from, kind, to| graph.add_relation(from, kind, to, &Map::new());
        let war = add(&mut graph, a, "FOUGHT", b);
        add(&mut graph, b, "ALLIED_WITH", a);
        add(&mut graph, a, "FOUGHT", a);
        let whole = SliceId(0);
        assert_eq!(hops(&graph, whole, a, Toward::Out), [0, 1, 2]);
        assert_eq!(hops(&graph, whole, a, Toward::In), [1, 2]);
        assert_eq!(hops(&graph, whole, a, Toward::Either), [0, 1, 2]);
        assert_eq!(hops(&graph, whole, b, Toward::In), [0, 1]);

        graph.delete_relation(war.expect("both ends are there"));
        assert_eq!(hops(&graph, whole, b, Toward::In), [1]);
        graph.delete_node(a);
        assert!(hops(&graph, whole, b, Toward::Either).is_empty());
        assert_eq!(graph.nodes(whole, None).collect::<Vec<_>>(), [b]);
        assert_eq!((graph.count_nodes(None), graph.count_relations(None)), (1, 0));
        assert_eq!(graph.add_relation(a, "FOUGHT", b, &Map::new()), None);
    }

    #[test]
    fn slices_keep_what_holds_while_both_ends_may_live() {
        let mut graph = PropertyGraph::new();
        let a = graph.add_node(["State"], &dated("1900-01-01/.."));
        let b = graph.add_node(["State"], &dated("1930/1950"));
        graph.add_relation(a, "FIRM", b, &dated("1935-01-01/1940-12-31"));
        graph.add_relation(a, "VAGUE", b, &dated("1935/1940-12-31"));
        graph.add_relation(a, "UNDATED", b, &Map::new());
        let on = |year, reading| {
            let day = Day::from_ymd(year, 6, 1).expect("a day of the calendar");
            Scope { valid: Some(Valid { window: Window::on(day), reading }), known_by: None }
        };
        let mut check = |scope: Scope, relations: &[u32], nodes: usize| {
            let slice = graph.slice(&scope).expect("any scope will do");
            assert_eq!(graph.slice(&scope).expect("as before"), slice);
            assert_eq!(hops(&graph, slice, a, Toward::Out), relations, "{scope:?}");
            assert_eq!(graph.nodes(slice, None).count(), nodes, "{scope:?}");
        };
        check(Scope::default(), &[0, 1, 2], 2);
        check(on(1935, Reading::Certain), &[0, 2], 2);
        check(on(1935, Reading::Possible), &[0, 1, 2], 2);
        check(on(1938, Reading::Certain), &[0, 1, 2], 2);
        check(on(1925, Reading::Possible), &[], 1);
        check(on(1955, Reading::Possible), &[], 1);
        check(on(1890, Reading::Possible), &[], 0);
    }

    #[test]
    fn actors_are_found_by_name_when_there_is_one() {
        let mut graph = PropertyGraph::new();
        let named = |name: Value| -> Map { [("name", name)].into_iter().collect() };
        let anjou = graph.add_node(["House"], &named("Anjou".into()));
        let [first, second] = [(); 2].map(|()| graph.add_node(["Town"], &named("Vexin".into())));
        graph.add_node(["Town"], &named(Value::Float(f64::NAN)));
        let whole = SliceId(0);
        let code = |name: &str, graph: &PropertyGraph| graph.actor(whole, name).map_err(|error| error.detail);
        assert_eq!(code("Anjou", &graph), Ok(anjou));
        assert_eq!(code("Maine", &graph), Err("UnknownActor"));
        assert_eq!(code("Vexin", &graph), Err("AmbiguousActor"));
        graph.delete_node(second);
        assert_eq!(code("Vexin", &graph), Ok(first));

        let Term::Known(key) = graph.key("name", Owner::Node) else { panic!("the key is there") };
        assert!(graph.can_seek(key));
        assert!(graph.seek(whole, key, &Value::Float(f64::NAN)).is_empty());
        assert!(graph.seek(whole, key, &Value::Null).is_empty());
    }
}
