//! The table of functions on nodes, relations and paths. Those that need the graph are computed in `of_graph`.

use super::Body::{self, Pure};
use super::arguments::{any_null, length, path};
use super::of_graph::OfGraph;
use crate::query::error::Result;
use crate::query::types::Types;
use crate::query::value::Value;

const NODE: Types = Types::NODE;
const RELATION: Types = Types::RELATION;
const ENTITY: Types = Types::ENTITY;
const KEYED: Types = Types::ENTITY.or(Types::MAP);
const LIST: Types = Types::LIST;

const fn asks(function: OfGraph) -> Body {
    Body::OfGraph(function)
}

table! { Graph:
    "actor" ["name" Types::STRING] => NODE, asks(OfGraph::Actor);
        "The actor of a name, read as the command line reads it; an error when none or several have it.", "actor('HTS').id", "'hts'";
    "elementId" ["entity" ENTITY] => Types::STRING, asks(OfGraph::ElementId);
        "The readable id of a node or relation; the same as its property `id`.", "elementId(actor('HTS'))", "'hts'";
    "endNode" ["relation" RELATION] => NODE, asks(OfGraph::EndNode);
        "The node a relation leads to, as recorded.", "head([({id: 'hts'})-[r:SUCCESSOR_OF]->({id: 'nusra'}) | endNode(r).id])", "'nusra'";
    "keys" ["value" KEYED] => LIST, asks(OfGraph::Keys);
        "The names of the properties of a node or relation, or the keys of a map.", "keys({a: 1, b: null})", "['a', 'b']";
    "labels" ["node" NODE] => LIST, asks(OfGraph::Labels);
        "The labels of a node.", "labels(actor('HTS'))", "['Actor', 'ArmedGroup', 'Armed', 'Org', 'Social']";
    "length" ["path" Types::PATH] => Types::INTEGER, Pure(length_of);
        "How many relations a path has.", "head([p = ({id: 'hts'})-[:SUCCESSOR_OF]->({id: 'nusra'}) | length(p)])", "1";
    "line" ["node" NODE] => LIST, asks(OfGraph::Line);
        "The actors that an actor is one with through renames and successions, oldest first.",
        "[n IN line(actor('HTS')) | n.id]", "['nusra', 'hts']";
    "nodes" ["path" Types::PATH] => LIST, Pure(nodes);
        "The nodes of a path, in order.", "head([p = ({id: 'hts'})-[:SUCCESSOR_OF]->({id: 'nusra'}) | [n IN nodes(p) | n.id]])", "['hts', 'nusra']";
    "properties" ["value" KEYED] => Types::MAP, asks(OfGraph::Properties);
        "All properties of a node or relation as a map; a map as it is.", "properties({a: 1})", "{a: 1}";
    "relationships" ["path" Types::PATH] => LIST, Pure(relationships);
        "The relations of a path, in order.", "head([p = ({id: 'hts'})-[:SUCCESSOR_OF]->({id: 'nusra'}) | size(relationships(p))])", "1";
    "startNode" ["relation" RELATION] => NODE, asks(OfGraph::StartNode);
        "The node a relation comes from, as recorded.", "head([({id: 'nusra'})<-[r:SUCCESSOR_OF]-({id: 'hts'}) | startNode(r).id])", "'hts'";
    "type" ["relation" RELATION] => Types::STRING, asks(OfGraph::Type);
        "The type of a relation.", "head([({id: 'hts'})-[r:SUCCESSOR_OF]->({id: 'nusra'}) | type(r)])", "'SUCCESSOR_OF'";
}

fn nodes(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    Ok(Value::list(path(arguments, 0)?.nodes.iter().map(|id| Value::Node(*id)).collect()))
}

fn relationships(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    Ok(Value::list(path(arguments, 0)?.relations.iter().map(|id| Value::Relation(*id)).collect()))
}

fn length_of(arguments: &[Value]) -> Result<Value> {
    if any_null(arguments) {
        return Ok(Value::Null);
    }
    Ok(length(path(arguments, 0)?.relations.len()))
}
