//! Events: what happened, when, where, with whom.

use super::{ActorId, Claim, EventKindId, RelationId, RoleId};
use crate::time::Dated;
use serde::{Deserialize, Serialize};

/// An actor in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    /// Who.
    pub actor: ActorId,
    /// In which part.
    pub role: RoleId,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The readable id.
    pub slug: Box<str>,
    /// What it is called.
    pub name: Box<str>,
    /// What kind of event it is.
    pub kind: EventKindId,
    /// When.
    pub date: Dated,
    /// Where, when a place is recorded.
    pub place: Option<ActorId>,
    /// Who took part, in the order written.
    pub participants: Vec<Participant>,
    /// Relations that begin with it.
    pub opens: Vec<RelationId>,
    /// Relations that end with it.
    pub closes: Vec<RelationId>,
    /// The claims, at least one.
    pub claims: Vec<Claim>,
    /// A remark of the curator.
    pub note: Option<Box<str>>,
}
