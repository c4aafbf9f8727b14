//! Packed adjacency: for each actor, its relations in one run of memory, with what a walk needs beside each.

use crate::model::{ActorId, RelationId, TypeId};
use crate::time::Extent;

/// A relation as seen from one of its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// When it holds, claims weighed and clipped to the lives of both ends.
    pub extent: Extent,
    /// The other end.
    pub other: ActorId,
    /// The relation.
    pub relation: RelationId,
    /// Its type.
    pub kind: TypeId,
    /// Whether no lives cut it, so that it may hold while an end is absent.
    pub(super) is_uncut: bool,
}

/// Rows of neighbours, one for each actor.
///
/// A row is ordered by (other end, relation), which makes every walk's order stable.
#[derive(Debug, Default)]
pub(super) struct Rows {
    starts: Vec<u32>,
    entries: Vec<Neighbour>,
}

impl Rows {
    /// Packs entries given as (actor, neighbour), in any order, for `actors` actors.
    ///
    /// # Complexity
    /// O(entries · log entries).
    #[must_use]
    pub(super) fn pack(actors: usize, mut entries: Vec<(ActorId, Neighbour)>) -> Self {
        entries.sort_unstable_by_key(|(actor, n)| (*actor, n.other, n.relation));
        let mut starts = vec![0u32; actors + 1];
        for (actor, _) in &entries {
            starts[actor.index() + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        Self { starts, entries: entries.into_iter().map(|(_, n)| n).collect() }
    }

    /// The row of an actor; empty for an id that is not of this graph.
    #[must_use]
    pub(super) fn row(&self, actor: ActorId) -> &[Neighbour] {
        match (self.starts.get(actor.index()), self.starts.get(actor.index() + 1)) {
            (Some(&from), Some(&to)) => &self.entries[from as usize..to as usize],
            _ => &[],
        }
    }
}
