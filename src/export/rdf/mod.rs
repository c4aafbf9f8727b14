//! RDF with PROV-O provenance, as Turtle and as JSON-LD.
//!
//! Both write the same triples: `records` turns the contents of a view into nodes, `terms` names the vocabulary they use and says what
//! each term means, and a file a syntax writes them. There are no blank nodes, so two exports can be compared line by line.
//! Deliberately absent: inference, and IRIs made up for anything outside the data.

mod base;
mod json_ld;
mod node;
mod records;
mod terms;

pub use base::{Base, BaseError};

use super::{Contents, Exporter, Style};
use node::Node;
use oxttl::TurtleSerializer;
use std::io::{self, Write};

/// What neither syntax holds.
const LOSSES: &[&str] = &[
    "who wrote what into the data set (its history is in version control)",
    "the paragraphs that no claim cites and why",
    "groups of kinds and of relation types",
    "events that are only denied",
];

/// RDF as Turtle.
#[derive(Clone, Debug, Default)]
pub struct Turtle {
    /// What the names of records begin with.
    pub base: Base,
}

impl Exporter for Turtle {
    fn name(&self) -> &'static str {
        "turtle"
    }

    fn losses(&self) -> &'static [&'static str] {
        LOSSES
    }

    fn write(&self, contents: &Contents<'_, '_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let mut serializer = TurtleSerializer::new();
        for (prefix, iri) in self.base.prefixes() {
            serializer = serializer.with_prefix(prefix, iri).map_err(io::Error::other)?;
        }
        let mut writer = serializer.for_writer(out);
        for node in records::nodes(contents, style, &self.base) {
            for triple in node.triples() {
                writer.serialize_triple(&triple)?;
            }
        }
        writer.finish()?.flush()
    }
}

/// RDF as JSON-LD.
#[derive(Clone, Debug, Default)]
pub struct JsonLd {
    /// What the names of records begin with.
    pub base: Base,
}

impl Exporter for JsonLd {
    fn name(&self) -> &'static str {
        "json-ld"
    }

    fn losses(&self) -> &'static [&'static str] {
        LOSSES
    }

    fn write(&self, contents: &Contents<'_, '_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let nodes: Vec<Node> = records::nodes(contents, style, &self.base);
        json_ld::write(&nodes, &self.base.prefixes(), out)
    }
}
