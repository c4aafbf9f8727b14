//! Views as files that other tools read, a format a file behind one trait.
//!
//! An exporter writes a [`View`] in a [`Style`] to anything that can be written to. Deliberately absent: questions, names as people
//! type them, and the choice of what to export; that is the view.

mod dot;

pub use dot::Dot;

use crate::graph::View;
use std::io::{self, Write};

/// What an export shows besides the relations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// A title, usually with the date it speaks for.
    pub title: String,
    /// Whether relations carry their dates.
    pub dates: bool,
    /// Whether a legend explains shapes, colours and lines.
    pub legend: bool,
    /// Whether the members of a line (renamings, successions) are drawn in a box together.
    pub lineage_clusters: bool,
    /// Whether actors without any relation in the view are shown.
    pub isolated: bool,
}

/// Writes views in one format.
pub trait Exporter {
    /// The format's name on the command line.
    fn name(&self) -> &'static str;

    /// What the format cannot hold, for people to know; nothing when it holds everything.
    fn losses(&self) -> &'static [&'static str];

    /// Writes a view.
    ///
    /// # Errors
    /// When writing fails.
    fn write(&self, view: &View<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()>;
}
