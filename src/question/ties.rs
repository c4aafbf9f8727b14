//! Who stands in some relation with an actor: `allies`, `rivals`, `relations`.

use super::{Lens, Line, RelationRow};
use crate::model::{ActorId, TypeId};
use crate::time::Holds;

/// The relations of an actor that hold in the days asked about.
#[derive(Clone, Debug)]
pub struct Ties {
    /// The rows: certain before possible, undoubted before contested or unconfirmed, then by the other end's name and the relation's id.
    pub rows: Vec<RelationRow>,
    /// How many rows the limit cut off.
    pub cut: usize,
    /// Relations of the sort asked about that are recorded and do not hold then: the nearest recorded facts when there is no row.
    pub elsewhen: Vec<RelationRow>,
}

/// The relations of a line that are of these types (any, when none are named) and hold, at most so many; with `with`, only those whose other
/// end is of that line.
#[must_use]
pub fn ties(lens: &Lens<'_>, line: &Line, types: &[TypeId], with: Option<&Line>, most: Option<usize>) -> Ties {
    let mut rows = Vec::new();
    let mut elsewhen = Vec::new();
    let found = match with {
        Some(with) => lens.relations_between(line, with),
        None => lens.relations_of(line),
    };
    for id in found {
        let relation = lens.graph.relation(id);
        let inside = line.contains(relation.subject) && line.contains(relation.object);
        if inside || !(types.is_empty() || types.contains(&relation.kind)) {
            continue;
        }
        let holds = lens.holds(id);
        if holds == Holds::No {
            elsewhen.push(lens.row(id));
        } else if lens.keeps(holds) {
            rows.push(lens.row(id));
        }
    }
    rows.sort_by_cached_key(|row| {
        let doubted = row.status != "supported" || row.modality != "asserted";
        (std::cmp::Reverse(row.how), doubted, lens.name(other_end(line, row)).to_lowercase(), row.id.clone())
    });
    let limit = most.unwrap_or(usize::MAX);
    let cut = rows.len().saturating_sub(limit);
    rows.truncate(limit);
    Ties { rows, cut, elsewhen }
}

/// The end of a row that is not of the line, or the object when both are.
#[must_use]
pub(super) fn other_end(line: &Line, row: &RelationRow) -> ActorId {
    if line.contains(row.subject_id) { row.object_id } else { row.subject_id }
}
