//! Views as files that other tools read, a format a file behind one trait.
//!
//! An exporter writes the [`Contents`] of a [`crate::graph::View`] in a [`Style`] to anything that can be written to. Deliberately absent:
//! questions, names as people type them, and the choice of what to export; that is the view.

mod attributes;
mod contents;
mod cypher;
mod dot;
pub mod font;
mod ftm;
mod gexf;
mod graphml;
pub mod html;
pub mod matrix;
mod mermaid;
mod node_link;
#[cfg(feature = "png")]
mod png;
mod rdf;
mod stix;
pub mod svg;
mod table;
pub mod theme;
mod web;
mod xml;

pub use contents::Contents;
pub use cypher::Cypher;
pub use dot::Dot;
pub use ftm::Ftm;
pub use gexf::Gexf;
pub use graphml::GraphMl;
pub use html::Html;
pub use mermaid::Mermaid;
pub use node_link::NodeLink;
#[cfg(feature = "png")]
pub use png::{Png, SCALE, lost, missing, png, scaled};
pub use rdf::{Base, BaseError, JsonLd, Turtle};
pub use stix::Stix;
pub use svg::Svg;
pub use table::{Part, Table, defused};

use std::io::{self, Write};

/// What an export shows besides the relations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// A title, usually with the date it speaks for.
    pub title: String,
    /// What the contents are limited to besides days, a line each: the claims that count, the types left out.
    pub limits: Vec<String>,
    /// Whether relations carry their dates.
    pub dates: bool,
    /// Whether a legend explains shapes, colours and lines.
    pub legend: bool,
    /// Whether the members of a line (renamings, successions) are drawn in a box together.
    pub lineage_clusters: bool,
    /// Whether actors without any relation in the view are shown.
    pub isolated: bool,
    /// Whether a drawing lists the sources of what it shows, numbered.
    pub footnotes: bool,
}

/// Writes views in one format.
pub trait Exporter {
    /// The format's name on the command line.
    fn name(&self) -> &'static str;

    /// What the format cannot hold, for people to know; nothing when it holds everything.
    fn losses(&self) -> &'static [&'static str];

    /// What of these very contents is lost besides, a line each: for people to know.
    fn lost(&self, _: &Contents<'_, '_>, _: &Style) -> Vec<String> {
        Vec::new()
    }

    /// Writes the contents of a view. The same contents and style give the same bytes.
    ///
    /// # Errors
    /// When writing fails.
    fn write(&self, contents: &Contents<'_, '_>, style: &Style, out: &mut dyn Write) -> io::Result<()>;
}
