//! Whom people may mean by a name beside the one who bears it: a head and what it heads, a state, its government and its organs.

use crate::model::ActorId;
use crate::question::{Lens, Line, RelationWord};
use crate::time::Holds;

/// Why another actor may be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The one named leads or governs it.
    Heads,
    /// It leads or governs the one named.
    HeadedBy,
    /// It is an organ of the one named: an army, a service, an administration.
    Organ,
}

/// An actor named, with whom else may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// The line of the actor named.
    pub line: Line,
    /// Others, nearest first: tried where nothing is recorded of the line, and said.
    pub also: Vec<(ActorId, Why)>,
}

impl Meant {
    /// Whom a name means, in the days of a lens.
    ///
    /// Of relations that certainly or possibly hold then: what the line leads or governs and who leads or governs it (the vocabulary's group
    /// `speaks-for`), then the armies, services and governments that are part of a state or a government (`segment-of`).
    #[must_use]
    pub fn of(lens: &Lens<'_>, actor: ActorId) -> Self {
        let line = lens.line(actor);
        let vocabulary = lens.graph.vocabulary();
        let group = |name: &str| RelationWord::read(vocabulary, name).map(|word| word.types).unwrap_or_default();
        let (speaks_for, segment_of) = (group("speaks-for"), group("segment-of"));
        let kind = |id: ActorId| &*vocabulary.kind(lens.graph.actor(id).kind).name;
        let mut also: Vec<(Why, ActorId)> = Vec::new();
        for id in lens.relations_of(&line) {
            let relation = lens.graph.relation(id);
            let (is_subject, is_object) = (line.contains(relation.subject), line.contains(relation.object));
            if is_subject == is_object || lens.holds(id) == Holds::No {
                continue;
            }
            let other = if is_subject { relation.object } else { relation.subject };
            if speaks_for.contains(&relation.kind) && kind(other) != "place" {
                also.push((if is_subject { Why::Heads } else { Why::HeadedBy }, other));
            } else if segment_of.contains(&relation.kind)
                && is_object
                && matches!(kind(relation.object), "state" | "government" | "state_force")
                && matches!(kind(other), "state_force" | "government")
            {
                also.push((Why::Organ, other));
            }
        }
        also.sort_unstable();
        also.dedup_by_key(|(_, id)| *id);
        let mut seen = Vec::new();
        also.retain(|(_, id)| {
            !seen.contains(id) && {
                seen.push(*id);
                true
            }
        });
        Self { line, also: also.into_iter().map(|(why, id)| (id, why)).collect() }
    }
}
