//! What stands in a compiled set besides the arrays: head, directory, and what a graph is beyond its records.

use crate::model::{Source, Vocabulary};
use bytemuck::{Pod, Zeroable};
use serde::{Deserialize, Serialize};

/// The version of the format: a program reads the files of its own only.
pub const FORMAT: u32 = 1;

/// What names of compiled sets end with by custom; nothing hangs on it.
pub const EXTENSION: &str = "agz";

/// How a compiled set begins. The first sign is no text's, and the end of line shows a transfer that took the file for one.
pub(super) const MAGIC: [u8; 8] = *b"\x93ALLEG\r\n";

/// How this number is written tells the order of bytes.
pub(super) const ORDER: u32 = 0x0102_0304;

/// Sections begin at multiples of this.
pub(super) const ALIGN: u64 = 64;

/// How a file begins: 64 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Head {
    pub(super) magic: [u8; 8],
    pub(super) format: u32,
    pub(super) order: u32,
    /// Of the whole file, in bytes.
    pub(super) length: u64,
    /// Where the directory begins, and how long it is.
    pub(super) directory: u64,
    pub(super) directory_length: u64,
    pub(super) directory_sum: u64,
    pub(super) zero: u64,
    /// Of all that stands before it.
    pub(super) sum: u64,
}

/// Where a section lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Section {
    pub(super) name: String,
    /// The size of its values, in bytes.
    pub(super) element: u32,
    pub(super) at: u64,
    pub(super) length: u64,
    /// Where the sums of its blocks stand, and the sum of those.
    pub(super) sums_at: u64,
    pub(super) sums_count: u64,
    pub(super) sums_sum: u64,
}

/// The directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Directory {
    pub(super) sections: Vec<Section>,
}

/// What a graph is beyond its records and arrays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Meta {
    pub(super) vocabulary: Vocabulary,
    pub(super) sources: Vec<Source>,
    pub(super) actors: u64,
    pub(super) relations: u64,
    pub(super) events: u64,
    pub(super) calendar_base: i32,
    pub(super) longest_words: u32,
    /// Which forms of names the keys were made of.
    pub(super) forms: String,
    /// Words for `ask` that came with the data.
    pub(super) lexicon: Option<Vec<u8>>,
    /// What it was made of, as a sum of content; empty where that was not kept.
    pub(super) fingerprint: Vec<u8>,
    /// What it was made of, in words.
    pub(super) made_of: Vec<String>,
}

/// The sections that are no arrays of the graph.
pub(super) mod names {
    pub(in crate::snapshot) const META: &str = "meta";
    pub(in crate::snapshot) const RELATIONS: [&str; 2] = ["relations.starts", "relations.records"];
    pub(in crate::snapshot) const ACTORS: [&str; 2] = ["actors.starts", "actors.records"];
    pub(in crate::snapshot) const EVENTS: [&str; 2] = ["events.starts", "events.records"];
    pub(in crate::snapshot) const NAMES: [&str; 3] = ["names.exact", "names.folded", "names.keyed"];
}
