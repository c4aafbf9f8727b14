//! Where the names of a compiled set are found: a key for each name in each of its forms, made once and written into the file.
//!
//! [`KeysBuilder`] takes actors one by one, [`keys()`] those of a graph; [`Index`](super::Index) looks under the key of a text and then compares
//! the names of the few actors found there, so that keys decide no answer and only spare reading all actors.
//!
//! A key is the CRC-32 of the form's UTF-8 bytes, as in zlib and PNG (ISO/IEC 3309: reflected polynomial `0xEDB88320`, all ones before and
//! after). Forms that share a key by chance are told apart by comparing. The forms are
//!
//! | column | form of the name | names without it |
//! |---|---|---|
//! | `exact` | as recorded | none |
//! | `folded` | [`fold`] | those with no letter and no digit |
//! | `keyed` | [`transliteration_key`](super::transliteration_key) of the folded name | those of fewer than five letters, those that are never bent |
//!
//! Never bent are acronyms, and names with a word of five capitals or more in them.
//!
//! What a file holds was true for the program that wrote it: [`forms_version`] tells whether another makes the same forms of names. Where
//! it does not, names must be looked up without the keys.

use super::fold::fold;
use super::forms::{NameRef, count_words, names_of};
use crate::graph::{NameKey, NameKeys, TemporalGraph};
use crate::model::{Actor, ActorId};

/// Raised with every change of [`fold`], of [`transliteration_key`](super::transliteration_key), or of who has which form.
const RULES: u32 = 1;

/// Makes the keys of names, an actor at a time; no name is kept.
///
/// ```
/// use allegiance::{dataset, graph::NameKeys, names::KeysBuilder};
/// let graph = dataset::embedded();
/// let mut builder = KeysBuilder::default();
/// graph.actors().for_each(|(id, actor)| builder.add(id, actor));
/// let keys = builder.finish();
/// // CRC-32 of "turkiye", which is how Türkiye is folded.
/// let turkey = NameKeys::under(&keys.folded, 0x35b2_d35e)[0];
/// assert_eq!(&*graph.actor(turkey.actor).slug, "turkey");
/// ```
#[derive(Debug, Default)]
pub struct KeysBuilder {
    exact: Vec<NameKey>,
    folded: Vec<NameKey>,
    keyed: Vec<NameKey>,
    longest_words: usize,
}

impl KeysBuilder {
    /// Adds the names of an actor; actors may come in any order, each once.
    pub fn add(&mut self, id: ActorId, actor: &Actor) {
        for (name, text) in names_of(id, actor) {
            self.exact.push(name.key(hash(text)));
            let folded = fold(text);
            if folded.is_empty() {
                continue;
            }
            self.folded.push(name.key(hash(&folded)));
            self.longest_words = self.longest_words.max(count_words(&folded));
            if let Some(keyed) = name.keyed(actor, &folded).filter(|keyed| !keyed.is_empty()) {
                self.keyed.push(name.key(hash(&keyed)));
            }
        }
    }

    /// The keys, whatever the order in which the actors came.
    ///
    /// # Complexity
    /// O(names · log names); twelve bytes for each name in each of its forms.
    #[must_use]
    pub fn finish(self) -> NameKeys {
        let sorted = |mut keys: Vec<NameKey>| {
            keys.sort_unstable();
            keys.into()
        };
        NameKeys {
            exact: sorted(self.exact),
            folded: sorted(self.folded),
            keyed: sorted(self.keyed),
            longest_words: u32::try_from(self.longest_words).unwrap_or(u32::MAX),
        }
    }
}

/// The keys of the names of a graph's actors. Of a compiled set, no actor is kept in memory for it.
///
/// # Complexity
/// O(names · log names).
#[must_use]
pub fn keys(graph: &TemporalGraph) -> NameKeys {
    let mut builder = KeysBuilder::default();
    graph.each_actor_once(|id, actor| builder.add(id, actor));
    builder.finish()
}

/// What the forms of names depend on, as a text: the rules, and the versions of Unicode by which letters are told and taken apart. To be
/// kept beside keys; those of another version may miss names.
#[must_use]
pub fn forms_version() -> String {
    let dotted = |(a, b, c): (u8, u8, u8)| format!("{a}.{b}.{c}");
    let parts = unicode_normalization::UNICODE_VERSION;
    format!("{RULES}, letters of Unicode {}, parts of Unicode {}", dotted(char::UNICODE_VERSION), dotted(parts))
}

/// The key of a form.
pub(super) fn hash(form: &str) -> u32 {
    crc32fast::hash(form.as_bytes())
}

/// Those of the names under a key that are what was looked for, in their order.
pub(super) fn confirmed(graph: &TemporalGraph, keys: &[NameKey], is_meant: impl Fn(NameRef) -> bool) -> Vec<NameRef> {
    keys.iter().filter_map(|key| NameRef::of_key(key, graph)).filter(|name| is_meant(*name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_sum_that_other_programs_make() {
        // The check value of CRC-32/ISO-HDLC, and two words long known to share one.
        assert_eq!(hash("123456789"), 0xcbf4_3926);
        assert_eq!((hash("plumless"), hash("buckeroo"), hash("")), (0x4ddb_0c25, 0x4ddb_0c25, 0));
    }
}
