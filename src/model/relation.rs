//! Relations: a tie between two actors, of a type, over a time, on the word of sources.

use super::{ActorId, Claim, TypeId, words};
use crate::time::Dated;
use serde::{Deserialize, Serialize};

words!(
    /// What a relation rests on.
    Basis {
        /// A source says it.
        Reported = "reported",
        /// The curator infers it from what a source says; the note tells how.
        Inferred = "inferred",
        /// A rule derives it from other records.
        Derived = "derived",
    }
);

/// A further part of a relation: against whom, from whom, under which agreement, on which list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// The part's name: `against`, `from`, `agreement`, `list` …
    pub name: Box<str>,
    /// Who or what plays it, as written: an actor's id or words.
    pub value: Box<str>,
    /// The actor, when the value is an actor's id.
    pub actor: Option<ActorId>,
}

/// A tie between two actors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// The readable id: `hts.enemy_of.isis`.
    pub slug: Box<str>,
    /// The first end; for a directed type, the one the type speaks of.
    pub subject: ActorId,
    /// The type.
    pub kind: TypeId,
    /// The other end.
    pub object: ActorId,
    /// When it held, as the curator reads the claims.
    pub valid: Dated,
    /// Further parts, in the order written.
    pub roles: Vec<Role>,
    /// What it rests on.
    pub basis: Basis,
    /// The claims, at least one.
    pub claims: Vec<Claim>,
    /// A remark of the curator.
    pub note: Option<Box<str>>,
}
