//! The records of a data set and the words in which they speak: actors, relations, claims, events, sources, vocabulary.
//!
//! Plain data, without files and without a graph. Ids are small numbers handed out by [`crate::graph::Builder`]; the
//! readable id of a record, stable for ever, is its `slug`.

mod actor;
mod claim;
mod cypher;
mod event;
mod ids;
mod record;
mod relation;
mod source;
mod verdict;
mod vocabulary;

pub use actor::{Actor, Name, NameKind};
pub use claim::{Attribution, Claim, Figure, Grade, Modality, Reliability, Stance, places_in_words};
pub(crate) use cypher::{camel, upper};
pub use event::{Event, Participant};
pub use ids::{ActorId, EventId, EventKindId, KindId, RelationId, RoleId, SourceId, TypeId};
pub use relation::{Basis, Relation, Role};
pub use source::{Source, SourceKind, Uncited, UncitedReason};
pub use verdict::{Sign, Status, Verdict};
pub use vocabulary::{
    ActorKind, Category, EventKind, EventRole, KindGroup, Polarity, RelationGroup, RelationType, Side, Temporality,
    Vocabulary,
};

/// Declares an enum whose values are written as words, with `word`, `ALL` and `from_word`.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// Every value, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that records, tables, JSON and the query language use.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value of a word, or `None` for any other word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}
use words;
