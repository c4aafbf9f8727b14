//! Who stands in some relation with an actor: `allies`, `rivals`, `relations`.

use super::{Lens, Line, RelationRow};
use crate::model::{ActorId, Modality, RelationId, Status, TypeId};
use crate::time::Holds;

/// How many of the relations that hold on other days are shown.
pub const MOST_ELSEWHEN: usize = 8;

/// The relations of an actor that hold in the days asked about.
#[derive(Clone, Debug)]
pub struct Ties {
    /// The rows: certain before possible, undoubted before contested or unconfirmed, then by the other end's name and the relation's id.
    pub rows: Vec<RelationRow>,
    /// How many rows the limit cut off.
    pub cut: usize,
    /// Relations of the sort asked about that are recorded and do not hold then, by id, the first [`MOST_ELSEWHEN`]: the nearest recorded facts when there is no
    /// row.
    pub elsewhen: Vec<RelationRow>,
    /// How many of those there are in all.
    pub elsewhen_count: usize,
}

/// The relations of a line that are of these types (any, when none are named) and hold, at most so many; with `with`, only those whose other
/// end is of that line.
#[must_use]
pub fn ties(lens: &Lens<'_>, line: &Line, types: &[TypeId], with: Option<&Line>, most: Option<usize>) -> Ties {
    let graph = lens.graph;
    let mut found: Vec<(Holds, RelationId)> = Vec::new();
    let mut elsewhen: Vec<RelationId> = Vec::new();
    for n in lens.neighbours(line, with) {
        let id = n.relation;
        // Which of its ends a relation was met from does not matter: both are of the line, or one is.
        let inside = line.contains(n.other);
        if inside || !(types.is_empty() || types.contains(&n.kind)) {
            continue;
        }
        let holds = lens.view.extent(n).holds(lens.window);
        if holds == Holds::No {
            elsewhen.push(id);
        } else if lens.keeps(holds) {
            found.push((holds, id));
        }
    }
    // Relations are numbered in the order of their readable ids.
    found.sort_by_cached_key(|(holds, id)| {
        let standing = lens.view.standing(*id);
        let doubted = (standing.status, standing.modality) != (Status::Supported, Modality::Asserted);
        let (subject, object) = graph.ends(*id);
        let other = if line.contains(subject) { object } else { subject };
        (std::cmp::Reverse(*holds), doubted, lens.name(other).to_lowercase(), *id)
    });
    let limit = most.unwrap_or(usize::MAX);
    let cut = found.len().saturating_sub(limit);
    found.truncate(limit);
    Ties {
        rows: found.into_iter().map(|(_, id)| lens.row(id)).collect(),
        cut,
        elsewhen_count: elsewhen.len(),
        elsewhen: elsewhen.into_iter().take(MOST_ELSEWHEN).map(|id| lens.row(id)).collect(),
    }
}

/// The end of a row that is not of the line, or the object when both are.
#[must_use]
pub(super) fn other_end(line: &Line, row: &RelationRow) -> ActorId {
    if line.contains(row.subject_id) { row.object_id } else { row.subject_id }
}
