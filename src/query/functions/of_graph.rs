//! Functions that ask the graph: the dispatch, and those on nodes and relations. Those on time are in `validity`.

use super::arguments::{any_null, text, wrong};
use super::validity;
use crate::query::allen::Allen;
use crate::query::error::Result;
use crate::query::graph::{Entity, Facet, Graph, SliceId};
use crate::query::types::Types;
use crate::query::value::Value;

/// Which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfGraph {
    /// `labels(n)`
    Labels,
    /// `type(r)`
    Type,
    /// `keys(x)`
    Keys,
    /// `properties(x)`
    Properties,
    /// `startNode(r)`
    StartNode,
    /// `endNode(r)`
    EndNode,
    /// `elementId(x)`
    ElementId,
    /// `actor(name)`
    Actor,
    /// `line(n)`
    Line,
    /// `validity(x)`, `claims(x)` and the other things a record says of itself.
    Facet(Facet),
    /// `validAt(x, t)`, `validDuring(x, i)`
    ValidSometime,
    /// `validThroughout(x, i)`
    ValidThroughout,
    /// `validWithin(x, i)`
    ValidWithin,
    /// `knownBy(x, d)`
    KnownBy,
    /// `coexist(r, s, …)`
    Coexist,
    /// `bounds(x)`
    Bounds,
    /// `before(a, b)` and the other relations of intervals.
    Allen(Allen),
    /// `date(…)`
    Date,
}

/// Computes one.
///
/// # Errors
/// When an argument is of a wrong type or out of range.
pub fn call<G: Graph>(function: OfGraph, arguments: &[Value], graph: &G, slice: SliceId) -> Result<Value> {
    let null = Value::Null;
    let first = arguments.first().unwrap_or(&null);
    match function {
        OfGraph::ValidSometime => return validity::valid(validity::How::Sometime, arguments, graph, slice),
        OfGraph::ValidThroughout => return validity::valid(validity::How::Throughout, arguments, graph, slice),
        OfGraph::ValidWithin => return validity::valid(validity::How::Within, arguments, graph, slice),
        OfGraph::KnownBy => return validity::known_by(arguments, graph, slice),
        OfGraph::Coexist => return validity::coexist(arguments, graph, slice),
        OfGraph::Allen(relation) => return validity::related(relation, arguments, graph, slice),
        OfGraph::Date => return super::calendar::date(arguments, || graph.horizon()),
        _ if any_null(arguments) => return Ok(Value::Null),
        _ => {}
    }
    match function {
        OfGraph::Labels => {
            let Value::Node(id) = first else { return Err(wrong(first, Types::NODE)) };
            Ok(Value::list(graph.labels(*id).into_iter().map(Value::from).collect()))
        }
        OfGraph::Type => {
            let Value::Relation(id) = first else { return Err(wrong(first, Types::RELATION)) };
            Ok(Value::from(graph.type_name(graph.type_of(*id))))
        }
        OfGraph::StartNode | OfGraph::EndNode => {
            let Value::Relation(id) = first else { return Err(wrong(first, Types::RELATION)) };
            let (start, end) = graph.ends(*id);
            Ok(Value::Node(if function == OfGraph::StartNode { start } else { end }))
        }
        OfGraph::Keys | OfGraph::Properties => {
            let map = match first {
                Value::Map(map) => (**map).clone(),
                other => graph.properties(slice, entity(other, Types::ENTITY.or(Types::MAP))?),
            };
            Ok(match function {
                OfGraph::Keys => Value::list(map.iter().map(|(key, _)| Value::String(key.clone())).collect()),
                _ => Value::map(map),
            })
        }
        OfGraph::ElementId => {
            let entity = entity(first, Types::ENTITY)?;
            Ok(match graph.property_by_name(slice, entity, "id") {
                id @ Value::String(_) => id,
                _ => Value::String(match entity {
                    Entity::Node(id) => format!("n{}", id.0).into(),
                    Entity::Relation(id) => format!("r{}", id.0).into(),
                }),
            })
        }
        OfGraph::Actor => Ok(Value::Node(graph.actor(slice, text(arguments, 0)?)?)),
        OfGraph::Line => {
            let Value::Node(id) = first else { return Err(wrong(first, Types::NODE)) };
            Ok(Value::list(graph.line(slice, *id).into_iter().map(Value::Node).collect()))
        }
        OfGraph::Facet(facet) => Ok(graph.facet(slice, entity(first, Types::ENTITY)?, facet)),
        OfGraph::Bounds => validity::bounds(first, graph, slice),
        OfGraph::ValidSometime
        | OfGraph::ValidThroughout
        | OfGraph::ValidWithin
        | OfGraph::KnownBy
        | OfGraph::Coexist
        | OfGraph::Allen(_)
        | OfGraph::Date => Ok(Value::Null), // answered above
    }
}

/// The node or relation of a value.
pub(super) fn entity(value: &Value, wanted: Types) -> Result<Entity> {
    match value {
        Value::Node(id) => Ok(Entity::Node(*id)),
        Value::Relation(id) => Ok(Entity::Relation(*id)),
        other => Err(wrong(other, wanted)),
    }
}
