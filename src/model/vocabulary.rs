//! The vocabulary: kinds of actors and types of relations, declared as data.

use super::{EventKindId, KindId, RoleId, TypeId, words};
use serde::{Deserialize, Serialize};

words!(
    /// What sort of tie a relation type is.
    Category {
        /// Standing or working together.
        Cooperation = "cooperation",
        /// Standing or fighting against one another.
        Hostility = "hostility",
        /// Belonging, command, leadership.
        Structure = "structure",
        /// What became of whom: renaming, merging, splitting, succession.
        Lineage = "lineage",
        /// Talks, meetings, agreements, recognition.
        Diplomacy = "diplomacy",
        /// Help: arms, money, intelligence, shelter.
        Support = "support",
        /// Listing as terrorist, sanctions, bounties.
        Designation = "designation",
        /// Attitudes, outreach and risks; never an alliance.
        Stance = "stance",
        /// Holding a place or being active there.
        Territory = "territory",
    }
);

words!(
    /// Whether a relation type says what two actors are to each other.
    Polarity {
        /// −1: against.
        Negative = "-1",
        /// 0: neither.
        Neutral = "0",
        /// +1: for.
        Positive = "+1",
    }
);

impl Polarity {
    /// −1, 0 or 1.
    #[must_use]
    pub const fn number(self) -> i8 {
        match self {
            Self::Negative => -1,
            Self::Neutral => 0,
            Self::Positive => 1,
        }
    }
}

words!(
    /// Whether a relation type lasts or happens.
    Temporality {
        /// It lasts: its `valid` is the time over which it held.
        State = "state",
        /// It happens: its `valid` says when.
        Event = "event",
    }
);

words!(
    /// An end of a relation.
    Side {
        /// The end the type speaks of.
        Subject = "subject",
        /// The other end.
        Object = "object",
    }
);

/// A kind of actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorKind {
    /// Its name in records: `armed_group`.
    pub name: Box<str>,
    /// What it is, in one sentence.
    pub definition: Box<str>,
    /// An example.
    pub example: Option<Box<str>>,
}

/// A set of kinds under one name, for use in the ends of relation types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindGroup {
    /// Its name, in capitals: `ARMED`.
    pub name: Box<str>,
    /// The kinds.
    pub kinds: Vec<KindId>,
}

/// A type of relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationType {
    /// Its name in records: `shares_intelligence_with`.
    pub name: Box<str>,
    /// The name of the same tie read from the object's side; its own name when symmetric.
    pub inverse: Box<str>,
    /// Whether it says the same from both ends.
    pub symmetric: bool,
    /// What sort of tie it is.
    pub category: Category,
    /// For, against or neither.
    pub polarity: Polarity,
    /// How much it counts in rankings and drawings, 1–3; never added to the polarity.
    pub weight: u8,
    /// Whether it lasts or happens.
    pub temporality: Temporality,
    /// The kinds its subject may have, ascending.
    pub subjects: Vec<KindId>,
    /// The kinds its object may have, ascending.
    pub objects: Vec<KindId>,
    /// What it means, in one sentence.
    pub definition: Box<str>,
    /// An example.
    pub example: Box<str>,
    /// How it reads between subject and object: `shares intelligence with`.
    pub label: Box<str>,
    /// How it reads between object and subject.
    pub inverse_label: Box<str>,
    /// Which end comes after the other, where one does: in `successor_of` the subject, in `merges_into` the object.
    pub later: Option<Side>,
    /// Whether the two ends are one actor over time, so that a question about one is answered for the other as well.
    pub continues: bool,
}

/// A word for several types at once: `allied-with`, `hostile-to`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationGroup {
    /// Its name on the command line.
    pub name: Box<str>,
    /// Other words for it.
    pub words: Vec<Box<str>>,
    /// The types it stands for, ascending.
    pub types: Vec<TypeId>,
    /// What it means, in one sentence.
    pub definition: Box<str>,
}

/// A kind of event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventKind {
    /// Its name in records.
    pub name: Box<str>,
    /// What it is, in one sentence.
    pub definition: Box<str>,
}

/// A part that an actor may have in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRole {
    /// Its name in records.
    pub name: Box<str>,
    /// What it is, in one sentence.
    pub definition: Box<str>,
}

/// All kinds and types of one graph, each list ordered by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vocabulary {
    /// Kinds of actors.
    pub actor_kinds: Vec<ActorKind>,
    /// Sets of kinds.
    pub kind_groups: Vec<KindGroup>,
    /// Types of relations.
    pub relation_types: Vec<RelationType>,
    /// Words for several types.
    pub relation_groups: Vec<RelationGroup>,
    /// Kinds of events.
    pub event_kinds: Vec<EventKind>,
    /// Parts in events.
    pub event_roles: Vec<EventRole>,
}

impl Vocabulary {
    /// The actor kind of this id.
    #[must_use]
    pub fn kind(&self, id: KindId) -> &ActorKind {
        &self.actor_kinds[id.index()]
    }

    /// The relation type of this id.
    #[must_use]
    pub fn relation_type(&self, id: TypeId) -> &RelationType {
        &self.relation_types[id.index()]
    }

    /// The event kind of this id.
    #[must_use]
    pub fn event_kind(&self, id: EventKindId) -> &EventKind {
        &self.event_kinds[id.index()]
    }

    /// The event role of this id.
    #[must_use]
    pub fn event_role(&self, id: RoleId) -> &EventRole {
        &self.event_roles[id.index()]
    }

    /// Every relation type with its id, by name.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &RelationType)> {
        self.relation_types.iter().enumerate().map(|(index, t)| (TypeId::new(index), t))
    }

    /// The relation type of exactly this name.
    #[must_use]
    pub fn type_named(&self, name: &str) -> Option<TypeId> {
        self.relation_types.binary_search_by(|t| (*t.name).cmp(name)).ok().map(TypeId::new)
    }

    /// The actor kind of exactly this name.
    #[must_use]
    pub fn kind_named(&self, name: &str) -> Option<KindId> {
        self.actor_kinds.binary_search_by(|k| (*k.name).cmp(name)).ok().map(KindId::new)
    }

    /// The types of a category, ascending.
    #[must_use]
    pub fn types_of(&self, category: Category) -> Vec<TypeId> {
        self.types().filter(|(_, t)| t.category == category).map(|(id, _)| id).collect()
    }
}
