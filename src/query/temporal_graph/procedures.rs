//! Procedures: whole-graph algorithms over the view of a slice.

use super::QueryGraph;
use crate::algo::{k_shortest_paths, page_rank, weak_components};
use crate::graph::View;
use crate::model::TypeId;
use crate::query::error::{Error, Kind, Result};
use crate::query::graph::{NodeId, RelId, Schema, SliceId, Term};
use crate::query::procedures;
use crate::query::types::Types;
use crate::query::value::{Path, Value};
use std::sync::Arc;

/// How long a path of `path.kShortest` may be.
const MOST_HOPS: usize = 12;

/// How many paths it gives at most.
const MOST_PATHS: i64 = 1000;

impl<'g> QueryGraph<'g> {
    pub(super) fn run_procedure(
        &self,
        slice: SliceId,
        procedure: procedures::Kind,
        arguments: &[Value],
    ) -> Result<Vec<Vec<Value>>> {
        let node = |index: usize| Value::Node(NodeId(index as u32));
        match (procedure, arguments) {
            (procedures::Kind::PageRank, rest) => {
                let view = self.view_of_types(slice, rest.first())?;
                let mut ranks = page_rank(&view, 0.85, 100);
                ranks.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
                Ok(ranks.into_iter().map(|(id, rank)| vec![node(id.index()), Value::Float(rank)]).collect())
            }
            (procedures::Kind::Components, rest) => {
                let view = self.view_of_types(slice, rest.first())?;
                let mut components = weak_components(&view);
                for component in &mut components {
                    component.sort_unstable();
                }
                components.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
                let mut rows = Vec::new();
                for (at, component) in components.into_iter().enumerate() {
                    let size = Value::Integer(component.len() as i64);
                    let number = Value::Integer(at as i64 + 1);
                    rows.extend(component.into_iter().map(|id| vec![node(id.index()), number.clone(), size.clone()]));
                }
                Ok(rows)
            }
            (procedures::Kind::KShortest, [Value::Node(from), Value::Node(to), Value::Integer(count), rest @ ..]) => {
                if !(0..=MOST_PATHS).contains(count) {
                    let message = format!("`k` is a number of paths from 0 to {MOST_PATHS}, and this is {count}");
                    return Err(Error::argument("NumberOutOfRange", message));
                }
                let (Some(from), Some(to)) = (self.actor_of(*from), self.actor_of(*to)) else { return Ok(Vec::new()) };
                let view = self.view_of_types(slice, rest.first())?;
                if !view.contains(from) || !view.contains(to) {
                    return Ok(Vec::new());
                }
                let view = view.undirected();
                let paths = k_shortest_paths(&view, from, to, MOST_HOPS, *count as usize, |_| 1);
                Ok(paths
                    .into_iter()
                    .map(|found| {
                        let path = Path {
                            nodes: found.path.nodes.iter().map(|id| NodeId(id.index() as u32)).collect(),
                            relations: found.path.edges.iter().map(|id| RelId(id.index() as u32)).collect(),
                        };
                        let length = Value::Integer(path.relations.len() as i64);
                        vec![Value::Path(Arc::new(path)), length]
                    })
                    .collect())
            }
            (procedures::Kind::KShortest, [from, to, count, ..])
                if [from, to, count].into_iter().any(Value::is_null) =>
            {
                Ok(Vec::new())
            }
            (procedures::Kind::KShortest, _) => Err(Error::type_error(
                "InvalidArgumentType",
                "`path.kShortest` takes two nodes and a whole number".to_owned(),
            )),
        }
    }

    /// The view of a slice, with only the types named in a list where there is one.
    fn view_of_types(&self, slice: SliceId, types: Option<&Value>) -> Result<View<'g>> {
        let view = self.view(slice).clone();
        let names = match types {
            None | Some(Value::Null) => return Ok(view),
            Some(Value::List(names)) => names,
            Some(other) => {
                return Err(Error::type_error(
                    "InvalidArgumentType",
                    format!("types are a list of names, and this is {}", Types::of(other)),
                ));
            }
        };
        let mut kept: Vec<TypeId> = Vec::new();
        for name in names.iter() {
            let Value::String(name) = name else {
                return Err(Error::type_error(
                    "InvalidArgumentType",
                    format!("the name of a type is a String, and this is {}", Types::of(name)),
                ));
            };
            match self.relation_type(name) {
                Term::Known(set) => {
                    kept.extend(
                        set.iter().filter(|id| *id < self.words.relation_types).map(|id| TypeId::new(id as usize)),
                    );
                }
                Term::Absent => {}
                Term::Unknown { near, .. } => {
                    let error = Error::runtime(
                        Kind::ArgumentError,
                        "UnknownRelationType",
                        format!("there is no type of relation called `{name}`"),
                    );
                    return Err(match near.as_slice() {
                        [] => error,
                        near => error.help(format!("did you mean `{}`?", near.join("`, `"))),
                    });
                }
            }
        }
        Ok(view.with_types(&kept))
    }
}
