//! GraphML: a directed multigraph with typed data on nodes and edges.
//!
//! Every edge is an arrow from subject to object, since networkx and igraph refuse graphs of both sorts; `symmetric` tells where the arrow means
//! nothing. Days are texts, because GraphML has no type for them; lists are one text.
//!
//! Source of the format: U. Brandes, M. Eiglsperger, J. Lerner, "GraphML Primer", <http://graphml.graphdrawing.org/primer/graphml-primer.html>;
//! types of data: <http://graphml.graphdrawing.org/xmlns/1.0/graphml-attributes.xsd>.

use super::attributes::{self, ACTOR, Field, Kind, RELATION};
use super::xml::{attribute, content};
use super::{Contents, Exporter, Style};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, Event};
use std::io::{self, Write};

/// GraphML.
#[derive(Clone, Copy, Debug, Default)]
pub struct GraphMl;

/// What nodes and edges say by attributes of their elements. The id of an edge stands among its data as well: igraph 1.0 gives edges the ids of nodes otherwise.
const TAKEN_OF_NODES: &[&str] = &["id"];
const TAKEN_OF_EDGES: &[&str] = &["subject", "object"];

impl Exporter for GraphMl {
    fn name(&self) -> &'static str {
        "graphml"
    }

    fn losses(&self) -> &'static [&'static str] {
        &[
            "relations that are only denied",
            "events, and what is known of sources besides their ids",
            "claims as records (each is one text)",
            "the kinds, languages and dates of further names",
            "that symmetric relations have no direction (`symmetric` tells)",
            "types for days and lists (both are texts)",
        ]
    }

    fn write(&self, contents: &Contents<'_, '_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Writer::new_with_indent(out, b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let root = BytesStart::new("graphml").with_attributes([
            ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            (
                "xsi:schemaLocation",
                "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
            ),
        ]);
        xml.write_event(Event::Start(root))?;
        for field in attributes::besides(ACTOR, TAKEN_OF_NODES) {
            key(&mut xml, "node", field)?;
        }
        for field in attributes::besides(RELATION, TAKEN_OF_EDGES) {
            key(&mut xml, "edge", field)?;
        }
        let graph = BytesStart::new("graph").with_attributes([("id", "allegiance"), ("edgedefault", "directed")]);
        xml.write_event(Event::Start(graph))?;
        let about = std::iter::once(&style.title).chain(&style.limits).map(String::as_str).collect::<Vec<_>>();
        xml.create_element("desc").write_text_content(content(&about.join("; ")))?;
        for id in &contents.actors {
            let node = BytesStart::new("node").with_attributes([attribute("id", &contents.actor(*id).slug)]);
            xml.write_event(Event::Start(node))?;
            data(&mut xml, "node", attributes::besides(ACTOR, TAKEN_OF_NODES), contents, *id)?;
            xml.write_event(Event::End(BytesEnd::new("node")))?;
        }
        for id in &contents.relations {
            let relation = contents.relation(*id);
            let edge = BytesStart::new("edge").with_attributes([
                attribute("id", &relation.slug),
                attribute("source", &contents.actor(relation.subject).slug),
                attribute("target", &contents.actor(relation.object).slug),
            ]);
            xml.write_event(Event::Start(edge))?;
            data(&mut xml, "edge", attributes::besides(RELATION, TAKEN_OF_EDGES), contents, *id)?;
            xml.write_event(Event::End(BytesEnd::new("edge")))?;
        }
        xml.write_event(Event::End(BytesEnd::new("graph")))?;
        xml.write_event(Event::End(BytesEnd::new("graphml")))?;
        writeln!(xml.get_mut())
    }
}

/// Declares a field of nodes or edges.
fn key<Id>(xml: &mut Writer<&mut dyn Write>, of: &str, field: &Field<Id>) -> io::Result<()> {
    let id = format!("{of}_{}", field.name);
    let kind = match field.kind {
        Kind::Text | Kind::List | Kind::Day => "string",
        Kind::Number => "int",
        Kind::Flag => "boolean",
    };
    xml.create_element("key")
        .with_attributes([("id", id.as_str()), ("for", of), ("attr.name", field.name), ("attr.type", kind)])
        .write_empty()?;
    Ok(())
}

/// The values of the fields that a record has.
fn data<Id: Copy + 'static>(
    xml: &mut Writer<&mut dyn Write>,
    of: &str,
    fields: impl Iterator<Item = &'static Field<Id>>,
    contents: &Contents<'_, '_>,
    id: Id,
) -> io::Result<()> {
    for field in fields {
        if let Some(value) = field.of(contents, id) {
            let key = format!("{of}_{}", field.name);
            xml.create_element("data")
                .with_attribute(("key", key.as_str()))
                .write_text_content(content(&value.flat()))?;
        }
    }
    Ok(())
}
