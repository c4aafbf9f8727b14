//! Where the names of actors are found without making the actors: arrays that a compiled set carries for `names`.
//!
//! What a key is made of is for `names` to say; here they are numbers.

use crate::model::ActorId;
use crate::storage::{Column, Limits, Sound};
use bytemuck::{Pod, Zeroable};

/// A name under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(C)]
pub struct NameKey {
    /// The key: a hash of the name in some form.
    pub hash: u32,
    /// Whose name it is.
    pub actor: ActorId,
    /// 0 for the main name, `n` for the name at `n - 1`.
    pub place: u32,
}

impl Sound for NameKey {
    fn is_sound(&self, limits: &Limits) -> bool {
        self.actor.is_sound(limits)
    }
}

/// The names of a graph's actors in three forms, each by key, actor and place.
#[derive(Debug, Default)]
pub struct NameKeys {
    /// Letter for letter.
    pub exact: Column<NameKey>,
    /// Folded.
    pub folded: Column<NameKey>,
    /// By transliteration key.
    pub keyed: Column<NameKey>,
    /// How many words the longest folded name has.
    pub longest_words: u32,
}

impl NameKeys {
    /// The names under a key, by actor and place.
    ///
    /// # Complexity
    /// O(log names + answer).
    #[must_use]
    pub fn under(column: &Column<NameKey>, hash: u32) -> &[NameKey] {
        let at = |wanted: u32, after: bool| {
            let (mut from, mut to) = (0, column.len());
            while from < to {
                let middle = from + (to - from) / 2;
                match column.get(middle) {
                    Some(key) if key.hash < wanted || (after && key.hash == wanted) => from = middle + 1,
                    Some(_) => to = middle,
                    None => return from,
                }
            }
            from
        };
        column.slice(at(hash, false)..at(hash, true))
    }
}
