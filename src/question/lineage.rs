//! What an actor came from and what became of it.

use super::{ActorBrief, EventRow, Lens, RelationRow};
use crate::model::{ActorId, Category, Side};
use serde::Serialize;
use std::collections::{BTreeSet, VecDeque};

/// What a step of a lineage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Towards those whom the actor came from.
    Origin,
    /// A break, split or defection.
    Break,
    /// Towards those who came of it.
    Outcome,
}

/// One step of a lineage.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineageStep {
    /// What the step is: where the actor came from, what became of it, or a break, split or defection on the way.
    pub step: StepKind,
    /// How far from the actor asked about: −1 for those it came from, 1 for those that came of it; for a break, where it happened.
    pub generation: i32,
    /// Who it leads to.
    pub actor: ActorBrief,
    /// The relation that leads there.
    pub relation: RelationRow,
    /// The events that open or close that relation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<EventRow>,
}

/// The relations of category lineage around an actor, by generation and then date: back to its origins' origins, on to its outcomes' outcomes,
/// and the breaks and splits of the actor itself and of its origins.
///
/// Whatever the days asked about: a lineage is a history. Contested steps are told as such.
#[must_use]
pub fn lineage(lens: &Lens<'_>, actor: ActorId) -> Vec<LineageStep> {
    let mut steps: Vec<(i32, crate::time::Day, LineageStep)> = Vec::new();
    let mut seen_relations = BTreeSet::new();
    let mut seen_actors = BTreeSet::from([actor]);
    let mut queue = VecDeque::from([(actor, 0)]);
    while let Some((at, generation)) = queue.pop_front() {
        let around = lens.graph.outgoing(at).iter().map(|n| (n, true));
        let around = around.chain(lens.graph.incoming(at).iter().map(|n| (n, false)));
        for (neighbour, is_subject) in around {
            let t = lens.graph.vocabulary().relation_type(neighbour.kind);
            if t.category != Category::Lineage || !lens.is_sourced(neighbour.relation) {
                continue;
            }
            let step = direction(t.later, is_subject);
            // Back from origins and on from outcomes: what else an outcome is made of is not this actor's lineage.
            if (generation > 0 && step <= 0) || (generation < 0 && step > 0) {
                continue;
            }
            let next = generation + step;
            if seen_relations.insert(neighbour.relation) {
                let start = lens.graph.relation(neighbour.relation).valid.hull().earliest;
                let events = lens
                    .graph
                    .events()
                    .filter(|(_, e)| e.opens.contains(&neighbour.relation) || e.closes.contains(&neighbour.relation))
                    .filter_map(|(id, _)| lens.event_row(id))
                    .collect();
                steps.push((
                    next,
                    start,
                    LineageStep {
                        step: match step {
                            0 => StepKind::Break,
                            1 => StepKind::Outcome,
                            _ => StepKind::Origin,
                        },
                        generation: next,
                        actor: lens.brief(neighbour.other),
                        relation: lens.row(neighbour.relation),
                        events,
                    },
                ));
            }
            if step != 0 && seen_actors.insert(neighbour.other) {
                queue.push_back((neighbour.other, next));
            }
        }
    }
    steps.sort_by_cached_key(|(generation, start, step)| (*generation, *start, step.relation.id.clone()));
    steps.into_iter().map(|(_, _, step)| step).collect()
}

/// Towards the past (−1), the future (+1) or neither (0), seen from the subject or the object of a lineage type.
fn direction(later: Option<Side>, is_subject: bool) -> i32 {
    match (later, is_subject) {
        (None, _) => 0,
        (Some(Side::Object), true) | (Some(Side::Subject), false) => 1,
        (Some(Side::Subject), true) | (Some(Side::Object), false) => -1,
    }
}
