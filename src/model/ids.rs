//! Small numbers that name records inside one graph.

use crate::storage::{Limits, Sound};
use bytemuck::{Pod, Zeroable};

macro_rules! id {
    ($(#[$meta:meta])* $name:ident, $repr:ty) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable, serde::Serialize, serde::Deserialize,
        )]
        #[repr(transparent)]
        pub struct $name($repr);

        impl $name {
            /// The record at this place. Only a graph's builder and tests should need it: an id made up elsewhere names nothing.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(<$repr>::try_from(index).expect("more records than an id can number"))
            }

            /// The place of the record among its like, counted from 0.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(
    /// Names an actor of one graph; ordered as the actors' readable ids are.
    ActorId, u32
);
id!(
    /// Names a relation of one graph; ordered as the relations' readable ids are.
    RelationId, u32
);
id!(
    /// Names an event of one graph.
    EventId, u32
);
id!(
    /// Names a source of one graph.
    SourceId, u16
);
id!(
    /// Names a relation type of the vocabulary.
    TypeId, u16
);
id!(
    /// Names an actor kind of the vocabulary.
    KindId, u16
);
id!(
    /// Names an event kind of the vocabulary.
    EventKindId, u16
);
id!(
    /// Names a role that an actor may have in an event.
    RoleId, u16
);

impl Sound for ActorId {
    fn is_sound(&self, limits: &Limits) -> bool {
        self.index() < limits.actors
    }
}

impl Sound for RelationId {
    fn is_sound(&self, limits: &Limits) -> bool {
        self.index() < limits.relations
    }
}

impl Sound for TypeId {
    fn is_sound(&self, limits: &Limits) -> bool {
        self.index() < limits.types
    }
}

impl Sound for KindId {
    fn is_sound(&self, limits: &Limits) -> bool {
        self.index() < limits.kinds
    }
}
