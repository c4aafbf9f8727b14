//! Values of queries: readable in tables and separated values, whole objects in JSON.

use crate::graph::TemporalGraph;
use crate::query::graph::{Entity, Facet, Graph, NodeId, RelId, SliceId};
use crate::query::notation;
use crate::query::temporal_graph::QueryGraph;
use crate::query::value::{Map, Path, Value};
use serde_json::{Value as Json, json};

/// Writes values of one graph, as seen in one slice.
#[derive(Clone, Copy)]
pub(in crate::cli) struct Values<'a, 'g> {
    graph: &'a QueryGraph<'g>,
    slice: SliceId,
}

impl<'a, 'g> Values<'a, 'g> {
    pub(in crate::cli) const fn new(graph: &'a QueryGraph<'g>, slice: SliceId) -> Self {
        Self { graph, slice }
    }

    fn records(&self) -> &'g TemporalGraph {
        self.graph.graph()
    }

    /// A value for people: names of actors, relations and paths as arrows with dates, lists joined by `; `; null as nothing.
    pub(in crate::cli) fn text(&self, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::String(text) => text.to_string(),
            Value::Date(day) => day.to_string(),
            Value::Node(node) => self.node(*node),
            Value::Relation(relation) => self.relation(*relation),
            Value::Path(path) => self.path(path),
            Value::List(items) => items.iter().map(|item| self.part(item)).collect::<Vec<_>>().join("; "),
            Value::Map(map) => {
                map.iter().map(|(key, value)| format!("{key}: {}", self.part(value))).collect::<Vec<_>>().join(", ")
            }
            Value::Duration(_) => self.duration(value),
            Value::Boolean(_) | Value::Integer(_) | Value::Float(_) => notation::write(value, self.graph, self.slice),
        }
    }

    /// A value inside another.
    fn part(&self, value: &Value) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::List(_) => format!("[{}]", self.text(value)),
            Value::Map(_) => format!("{{{}}}", self.text(value)),
            _ => self.text(value),
        }
    }

    fn duration(&self, value: &Value) -> String {
        notation::write(value, self.graph, self.slice).trim_matches('\'').to_owned()
    }

    /// The name an actor bore in the days of the slice; the name of an event with its date; the id of a source.
    fn node(&self, node: NodeId) -> String {
        if let Some(actor) = self.graph.actor_of(node) {
            return self.records().actor(actor).name_in(self.graph.view(self.slice).window()).to_owned();
        }
        let property = |name| self.text(&self.graph.property_by_name(self.slice, Entity::Node(node), name));
        match (property("name"), property("date")) {
            (name, _) if name.is_empty() => property("id"),
            (name, date) if date.is_empty() => name,
            (name, date) => format!("{name} ({date})"),
        }
    }

    fn relation(&self, relation: RelId) -> String {
        let (start, end) = self.graph.ends(relation);
        format!("{} {} {}", self.node(start), self.arrow(relation, true), self.node(end))
    }

    /// `-[allied with 2016/2017]-`, `-[leads 2017]->`, `<-[leads 2017]-`.
    fn arrow(&self, relation: RelId, is_along: bool) -> String {
        let label = match self.graph.relation_of(relation) {
            Some(id) => self.records().vocabulary().relation_type(self.records().relation(id).kind).label.to_string(),
            None => self.graph.type_name(self.graph.type_of(relation)).to_lowercase().replace('_', " "),
        };
        let dates = self.text(&self.graph.facet(self.slice, Entity::Relation(relation), Facet::Validity));
        let inside = if dates.is_empty() { label } else { format!("{label} {dates}") };
        match (self.graph.is_symmetric(self.graph.type_of(relation)), is_along) {
            (true, _) => format!("-[{inside}]-"),
            (false, true) => format!("-[{inside}]->"),
            (false, false) => format!("<-[{inside}]-"),
        }
    }

    fn path(&self, path: &Path) -> String {
        let mut nodes = path.nodes.iter();
        let Some(mut at) = nodes.next() else { return String::new() };
        let mut text = self.node(*at);
        for (relation, next) in path.relations.iter().zip(nodes) {
            let is_along = self.graph.ends(*relation).0 == *at;
            text.push_str(&format!(" {} {}", self.arrow(*relation, is_along), self.node(*next)));
            at = next;
        }
        text
    }

    /// A value as JSON: actors, events, sources and relations with all they have.
    pub(in crate::cli) fn json(&self, value: &Value) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Boolean(truth) => Json::Bool(*truth),
            Value::Integer(number) => json!(number),
            // What JSON has no number for is told as a text.
            Value::Float(number) => serde_json::Number::from_f64(*number)
                .map_or_else(|| notation::write(value, self.graph, self.slice).into(), Json::Number),
            Value::String(_) | Value::Date(_) => self.text(value).into(),
            Value::Duration(_) => self.duration(value).into(),
            Value::List(items) => Json::Array(items.iter().map(|item| self.json(item)).collect()),
            Value::Map(map) => self.object(map).into(),
            Value::Node(node) => self.object(&self.graph.properties(self.slice, Entity::Node(*node))).into(),
            Value::Relation(relation) => self.relation_json(*relation),
            Value::Path(path) => json!({
                "nodes": path.nodes.iter().map(|node| self.json(&Value::Node(*node))).collect::<Vec<_>>(),
                "relations": path.relations.iter().map(|relation| self.relation_json(*relation)).collect::<Vec<_>>(),
            }),
        }
    }

    fn object(&self, map: &Map) -> serde_json::Map<String, Json> {
        map.iter().map(|(key, value)| (key.to_string(), self.json(value))).collect()
    }

    /// A relation with its ends as id and name, as the other commands tell it, its sources and claims; an event's link likewise.
    fn relation_json(&self, relation: RelId) -> Json {
        let entity = Entity::Relation(relation);
        let (start, end) = self.graph.ends(relation);
        let mut object = self.object(&self.graph.properties(self.slice, entity));
        object.insert("subject".into(), self.brief(start));
        object.insert("object".into(), self.brief(end));
        for (name, facet) in [("sources", Facet::Sources), ("claims", Facet::Claims)] {
            object.insert(name.into(), self.json(&self.graph.facet(self.slice, entity, facet)));
        }
        Json::Object(object)
    }

    fn brief(&self, node: NodeId) -> Json {
        let property = |name| self.json(&self.graph.property_by_name(self.slice, Entity::Node(node), name));
        match self.graph.actor_of(node) {
            Some(_) => json!({ "id": property("id"), "name": self.node(node) }),
            None => json!({ "id": property("id"), "name": property("name") }),
        }
    }
}
