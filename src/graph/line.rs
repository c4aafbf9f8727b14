//! One actor through its renamings and successions.

use super::{Directedness, TemporalGraph, View};
use crate::model::{ActorId, Modality, Side, Status};
use crate::time::{Holds, Reading, Window};
use std::collections::{BTreeSet, VecDeque};

/// An actor with those who carry on what it was, or whose work it carried on.
///
/// Joined by relations of types that continue an identity (`renamed_to`, `successor_of`), where these are supported, asserted and not contested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The actor asked about.
    pub named: ActorId,
    /// All of the line, the one asked about included, by id.
    pub members: Vec<ActorId>,
}

impl Line {
    /// The actor alone.
    #[must_use]
    pub fn exactly(actor: ActorId) -> Self {
        Self { named: actor, members: vec![actor] }
    }

    /// The whole line of an actor, all claims counted.
    ///
    /// # Complexity
    /// O(relations of the line's members).
    #[must_use]
    pub fn of(graph: &TemporalGraph, actor: ActorId) -> Self {
        Self::seen(&graph.all_time(Reading::Possible), actor)
    }

    /// The line of an actor as far as the claims that count in a view bear it out, whatever the view's days and types.
    #[must_use]
    pub fn seen<Ty: Directedness>(view: &View<'_, Ty>, actor: ActorId) -> Self {
        let graph = view.graph();
        let mut members = BTreeSet::from([actor]);
        let mut queue = VecDeque::from([actor]);
        while let Some(next) = queue.pop_front() {
            for neighbour in graph.outgoing(next).iter().chain(graph.incoming(next)) {
                // Claims are asked only of what could continue it: most of a long row cannot.
                let continues = graph.vocabulary().relation_type(neighbour.kind).continues && {
                    let standing = view.standing(neighbour.relation);
                    standing.status == Status::Supported && standing.modality == Modality::Asserted
                };
                if continues && members.insert(neighbour.other) {
                    queue.push_back(neighbour.other);
                }
            }
        }
        Self { named: actor, members: members.into_iter().collect() }
    }

    /// Whether the actor is of the line.
    #[must_use]
    pub fn contains(&self, actor: ActorId) -> bool {
        self.members.binary_search(&actor).is_ok()
    }

    /// Whether the line has more than the actor asked about.
    #[must_use]
    pub fn is_followed(&self) -> bool {
        self.members.len() > 1
    }

    /// The members, each after those it carries on; otherwise by their lives, earliest first, then by id.
    ///
    /// Where succession runs in a circle, what is left of the circle comes in the order of lives.
    #[must_use]
    pub fn by_age(&self, graph: &TemporalGraph) -> Vec<ActorId> {
        let mut left = self.members.clone();
        left.sort_by_key(|id| (graph.life(*id).start.latest, graph.life(*id).start.earliest, *id));
        let mut ordered = Vec::with_capacity(left.len());
        while !left.is_empty() {
            let free = left.iter().position(|id| !left.iter().any(|other| other != id && follows(graph, *id, *other)));
            ordered.push(left.remove(free.unwrap_or(0)));
        }
        ordered
    }

    /// The members that certainly or possibly lived in the window, by age; all of them when none did.
    #[must_use]
    pub fn in_force(&self, graph: &TemporalGraph, window: Window) -> Vec<ActorId> {
        let all = self.by_age(graph);
        let alive: Vec<ActorId> =
            all.iter().copied().filter(|id| graph.life(*id).holds(window.of_lives()) != Holds::No).collect();
        if alive.is_empty() { all } else { alive }
    }
}

/// Whether `later` carries on `earlier` by a direct relation that nobody doubts.
fn follows(graph: &TemporalGraph, later: ActorId, earlier: ActorId) -> bool {
    let carries_on = |from: ActorId, to: ActorId, side: Side| {
        graph.joining(from, to).filter(|n| graph.ends(n.relation).0 == from).any(|n| {
            let (t, standing) = (graph.vocabulary().relation_type(n.kind), graph.standing(n.relation));
            let is_undoubted = standing.status == Status::Supported && standing.modality == Modality::Asserted;
            t.continues && t.later == Some(side) && is_undoubted
        })
    };
    carries_on(later, earlier, Side::Subject) || carries_on(earlier, later, Side::Object)
}
