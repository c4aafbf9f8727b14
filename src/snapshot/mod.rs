//! Compiled sets: a graph as one file that opens at once, whatever its size.
//!
//! [`write()`] makes one of a graph, [`Writer`] one of relations that come one at a time, [`open`] maps one into memory: nothing is read but the head and the
//! directory, and of the rest what a question touches. The arrays in the file are those of `graph`; records are made when asked for.
//!
//! ```text
//! head (64 bytes: magic, version, order of bytes, length, where the directory is)
//! records of relations │ their starts │ … │ arrays │ …      each at a multiple of 64 bytes
//! directory: for each section its name, place, length, the sums of its blocks and the sum of those
//! ```
//!
//! The same input makes the same bytes. A file that is damaged, cut, of another version or no compiled set at all is refused when it is opened, or, where the damage
//! lies in what opening does not read, found when it is: see [`crate::storage::Health`]. A file is written beside the one it replaces and then renamed.
//!
//! Deliberately absent: what a directory of data holds (`dataset`), and when a compiled set is out of date.

mod format;
mod open;
mod write;

pub use format::{EXTENSION, FORMAT};
pub use open::{Compiled, OpenError, Verified, is_compiled, open, verify};
pub use write::{Extras, WriteError, Writer, Written, write};
