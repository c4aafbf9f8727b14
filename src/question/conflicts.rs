//! Where the sources disagree: both sides, each with its claims.

use super::lens::rows_of;
use super::{EventRow, Lens, Line, RelationRow};
use crate::model::{Claim, RelationId, Stance};
use crate::time::Dated;
use serde::Serialize;

/// What the disagreement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictKind {
    /// Whether it is or was so at all.
    Whether,
    /// When it was so.
    When,
}

/// One disagreement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conflict {
    /// What it is about.
    pub about: ConflictKind,
    /// The relation disagreed about, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<RelationRow>,
    /// The event disagreed about, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EventRow>,
}

impl Conflict {
    /// The readable id of the record.
    #[must_use]
    pub fn id(&self) -> &str {
        match (&self.relation, &self.event) {
            (Some(relation), _) => &relation.id,
            (_, Some(event)) => &event.id,
            (None, None) => "",
        }
    }
}

/// The records whose counting claims disagree: relations first, then events, each by id. With a line, only those it has part in.
///
/// # Complexity
/// O(relations of the line); without one O(relations), of which only those of several claims are read.
#[must_use]
pub fn conflicts(lens: &Lens<'_>, line: Option<&Line>) -> Vec<Conflict> {
    let limit = lens.scope.limit.unwrap_or(usize::MAX);
    let mut all = Vec::new();
    // One claim disagrees with nothing.
    let mut disputable: Vec<RelationId> = match line {
        None => lens.graph.of_several_claims().collect(),
        Some(line) => rows_of(lens.graph, line, None).into_iter().map(|n| n.relation).collect(),
    };
    disputable.retain(|id| lens.graph.has_several_claims(*id) && lens.keeps_type(lens.graph.type_of(*id)));
    for id in disputable {
        if all.len() >= limit {
            break;
        }
        let relation = lens.graph.relation(id);
        let kept: Vec<&Claim> = lens.view.kept_claims(&relation.claims).collect();
        for about in disagreements(&kept, &relation.valid) {
            all.push(Conflict { about, relation: Some(lens.row(id)), event: None });
        }
    }
    for (id, event) in lens.graph.events() {
        let ours = line.is_none_or(|l| event.participants.iter().any(|p| l.contains(p.actor)));
        if !ours || !lens.scope.types.is_empty() {
            continue;
        }
        let kept: Vec<&Claim> = lens.view.kept_claims(&event.claims).collect();
        for about in disagreements(&kept, &event.date) {
            all.push(Conflict { about, relation: None, event: lens.event_row(id) });
        }
    }
    all.truncate(limit);
    all
}

/// What some claims disagree about.
fn disagreements(claims: &[&Claim], valid: &Dated) -> Vec<ConflictKind> {
    let supports = |c: &&&Claim| c.stance == Stance::Supports;
    let (for_it, against) = (claims.iter().filter(supports).count(), claims.iter().filter(|c| !supports(c)).count());
    let mut all = Vec::new();
    if for_it > 0 && against > 0 {
        all.push(ConflictKind::Whether);
    }
    let datings: Vec<&Dated> = claims.iter().filter(supports).map(|c| c.valid.as_ref().unwrap_or(valid)).collect();
    let incompatible = |a: &Dated, b: &Dated| {
        let (a, b) = (a.extent(None, None), b.extent(None, None));
        a.start.earliest > b.start.latest
            || b.start.earliest > a.start.latest
            || a.end.earliest > b.end.latest
            || b.end.earliest > a.end.latest
    };
    if datings.iter().enumerate().any(|(n, a)| datings[n + 1..].iter().any(|b| incompatible(a, b))) {
        all.push(ConflictKind::When);
    }
    all
}
