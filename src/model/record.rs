//! Records as they lie in compiled sets: what they refer to, and what stands for one that cannot be read.

use super::{Actor, Claim, Event, EventKindId, KindId, Relation, TypeId};
use super::{ActorId, Basis};
use crate::storage::{Limits, Record};
use crate::time::Dated;

/// Whether claims refer to nothing that is not there.
fn are_sound(claims: &[Claim], limits: &Limits) -> bool {
    claims.iter().all(|claim| {
        claim.source.index() < limits.sources
            && (1..=6).contains(&claim.credibility)
            && claim.attributed_to.as_ref().and_then(|a| a.actor).is_none_or(|actor| actor.index() < limits.actors)
    })
}

impl Record for Actor {
    const NAME: &'static str = "actor";

    fn slug(&self) -> &str {
        &self.slug
    }

    fn is_sound(&self, limits: &Limits) -> bool {
        self.kind.index() < limits.kinds
            && self.names.iter().flat_map(|name| &name.sources).all(|source| source.index() < limits.sources)
            && are_sound(&self.claims, limits)
    }

    fn missing() -> Self {
        Self {
            slug: "".into(),
            name: "".into(),
            kind: KindId::new(0),
            names: Vec::new(),
            exists: None,
            traits: Vec::new(),
            summary: None,
            external_ids: Vec::new(),
            claims: Vec::new(),
        }
    }
}

impl Record for Relation {
    const NAME: &'static str = "relation";

    fn slug(&self) -> &str {
        &self.slug
    }

    fn is_sound(&self, limits: &Limits) -> bool {
        let ends = [self.subject, self.object];
        ends.into_iter().chain(self.roles.iter().filter_map(|role| role.actor)).all(|id| id.index() < limits.actors)
            && self.kind.index() < limits.types
            && are_sound(&self.claims, limits)
    }

    fn missing() -> Self {
        Self {
            slug: "".into(),
            subject: ActorId::new(0),
            kind: TypeId::new(0),
            object: ActorId::new(0),
            valid: Dated::unrecorded(),
            roles: Vec::new(),
            basis: Basis::Reported,
            claims: Vec::new(),
            note: None,
        }
    }
}

impl Record for Event {
    const NAME: &'static str = "event";

    fn slug(&self) -> &str {
        &self.slug
    }

    fn is_sound(&self, limits: &Limits) -> bool {
        self.participants.iter().all(|p| p.actor.index() < limits.actors && p.role.index() < limits.roles)
            && self.kind.index() < limits.event_kinds
            && self.place.is_none_or(|place| place.index() < limits.actors)
            && self.opens.iter().chain(&self.closes).all(|relation| relation.index() < limits.relations)
            && are_sound(&self.claims, limits)
    }

    fn missing() -> Self {
        Self {
            slug: "".into(),
            name: "".into(),
            kind: EventKindId::new(0),
            date: Dated::unrecorded(),
            place: None,
            participants: Vec::new(),
            opens: Vec::new(),
            closes: Vec::new(),
            claims: Vec::new(),
            note: None,
        }
    }
}
