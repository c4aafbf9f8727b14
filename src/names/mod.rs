//! Names as people type them: from a text to the actor that is meant, or to what stands in the way.
//!
//! [`Index::resolve`] goes from the exact to the tolerant and stops at the first step that finds something: id → exact name →
//! [`fold`]ed name → [`transliteration_key`] → a misspelling by one letter. Whatever was not exact can be said aloud
//! ([`Resolved::reason`]); a text that fits several actors is an error that lists them, one that fits none an error with the nearest names.
//! [`Index::mentions`] finds names inside a sentence, [`nearest`] the word of a vocabulary that was meant.
//! [`keys()`] makes what a compiled set carries so that names are found in it without reading all actors.
//!
//! Deliberately absent: guessing. Similarity serves suggestions only, since between any two similar names of a war may run its front:
//! Ahrar al-Sham is not Hayat Tahrir al-Sham. Acronyms and short names are never bent.

mod fold;
mod forms;
mod index;
mod keys;
mod mentions;
mod resolution;
mod similarity;
mod transliteration;

pub use fold::fold;
pub use index::Index;
pub use keys::{KeysBuilder, forms_version, keys};
pub use mentions::Mention;
pub use resolution::{Candidate, How, NameError, Near, Resolution, Resolved};
pub use similarity::nearest;
pub use transliteration::transliteration_key;
