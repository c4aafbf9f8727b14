//! Where the sources disagree: both sides, each with its claims.

use super::{EventRow, Lens, Line, RelationRow};
use crate::model::{Claim, Stance};
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
#[must_use]
pub fn conflicts(lens: &Lens<'_>, line: Option<&Line>) -> Vec<Conflict> {
    let mut all = Vec::new();
    for (id, relation) in lens.graph.relations() {
        let ours = line.is_none_or(|l| l.contains(relation.subject) || l.contains(relation.object));
        if !ours || !lens.keeps_type(relation.kind) {
            continue;
        }
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
    all.truncate(lens.scope.limit.unwrap_or(usize::MAX));
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
