//! Whom two actors have in common: allies of both, enemies of both.

use super::{ActorBrief, Lens, Line, RelationRow, ties};
use crate::model::{ActorId, TypeId};
use crate::time::Holds;
use serde::Serialize;
use std::collections::BTreeMap;

/// An actor that two others have a tie with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Common {
    /// Whom they share.
    pub actor: ActorBrief,
    /// Whether both ties hold certainly, or one only possibly.
    pub holds: &'static str,
    /// The ties of the first.
    pub first: Vec<RelationRow>,
    /// The ties of the second.
    pub second: Vec<RelationRow>,
}

/// Whom two actors have in common.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SharedTies {
    /// Allies of both, by name.
    pub allies: Vec<Common>,
    /// Enemies of both, by name.
    pub enemies: Vec<Common>,
}

/// The actors that both lines have a tie with, of the friendly types and of the hostile ones.
#[must_use]
pub fn shared(lens: &Lens<'_>, a: &Line, b: &Line, friendly: &[TypeId], hostile: &[TypeId]) -> SharedTies {
    SharedTies { allies: common(lens, a, b, friendly), enemies: common(lens, a, b, hostile) }
}

fn common(lens: &Lens<'_>, a: &Line, b: &Line, types: &[TypeId]) -> Vec<Common> {
    let others = |line: &Line| {
        let mut found: BTreeMap<ActorId, Vec<RelationRow>> = BTreeMap::new();
        for row in ties::ties(lens, line, types, None, None).rows {
            found.entry(ties::other_end(line, &row)).or_default().push(row);
        }
        found
    };
    let mut second = others(b);
    let mut all: Vec<Common> = others(a)
        .into_iter()
        .filter(|(actor, _)| !a.contains(*actor) && !b.contains(*actor))
        .filter_map(|(actor, first)| {
            let second = second.remove(&actor)?;
            let best = |rows: &[RelationRow]| rows.iter().map(|r| r.how).max().unwrap_or(Holds::No);
            let holds = best(&first).min(best(&second));
            Some(Common { actor: lens.brief(actor), holds: holds.word(), first, second })
        })
        .collect();
    all.sort_by_cached_key(|c| (c.holds != "certain", c.actor.name.to_lowercase(), c.actor.id.clone()));
    all.truncate(lens.scope.limit.unwrap_or(usize::MAX));
    all
}
