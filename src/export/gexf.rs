//! GEXF 1.3 with the days over which each relation held, for Gephi's timeline.
//!
//! The spells of an edge are the days on which the relation possibly holds; the dynamic attribute `holds_on_day` says on which of them it certainly
//! does. The spells of a node are the days of its possible life and those of its edges, since Gephi hides an edge while an end of it is hidden; a
//! node without a recorded life has none and is always shown. Both ends of a spell are included; an end without limit is left out.
//!
//! Every edge is an arrow from subject to object, since networkx refuses graphs of both sorts and Gephi takes `mutual` for an error; `symmetric` tells
//! where the arrow means nothing. `kind` keeps parallel edges apart. Colours, thickness and strokes are those of our drawings, positions those of
//! our layout.
//!
//! Source of the format: GEXF working group, "GEXF File Format", version 1.3, <https://gexf.net/>; what Gephi reads: `ImporterGEXF` of Gephi 0.10.

use super::attributes::{self, ACTOR, Field, Kind, RELATION};
use super::theme::{Stroke, color};
use super::xml::{attribute, content};
use super::{Contents, Exporter, Style};
use crate::layout::{self, Point};
use crate::model::RelationId;
use crate::time::{Day, Extent};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, Event};
use std::io::{self, Write};

/// GEXF 1.3.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gexf;

/// What nodes and edges say by attributes of their elements.
const TAKEN_OF_NODES: &[&str] = &["id", "name"];
const TAKEN_OF_EDGES: &[&str] = &["id", "subject", "object", "type", "label", "weight"];

/// The type of a relation, since `type` is the direction to GEXF.
const TYPE: &str = "relation_type";

/// The dynamic attribute of edges.
const ON_DAY: &str = "holds_on_day";

type Xml<'w> = Writer<&'w mut dyn Write>;

/// Days from the first to the last, both included.
type Span = (Day, Day);

impl Exporter for Gexf {
    fn name(&self) -> &'static str {
        "gexf"
    }

    fn losses(&self) -> &'static [&'static str] {
        &[
            "relations that are only denied",
            "events, and what is known of sources besides their ids",
            "claims as records (each is one text)",
            "the kinds, languages and dates of further names",
            "that symmetric relations have no direction (`symmetric` tells)",
            "lists (each is one text)",
            "spells before the year 1 and after 9999 (they have no limit there)",
        ]
    }

    fn write(&self, contents: &Contents<'_, '_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = Writer::new_with_indent(out, b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let root = BytesStart::new("gexf").with_attributes([
            ("xmlns", "http://gexf.net/1.3"),
            ("xmlns:viz", "http://gexf.net/1.3/viz"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd"),
            ("version", "1.3"),
        ]);
        xml.write_event(Event::Start(root))?;
        let about = std::iter::once(&style.title).chain(&style.limits).map(String::as_str).collect::<Vec<_>>();
        xml.create_element("meta").write_inner_content(|xml| {
            xml.create_element("creator").write_text_content(content("Allegiance"))?;
            xml.create_element("description").write_text_content(content(&about.join("; ")))?;
            Ok(())
        })?;
        let graph = BytesStart::new("graph").with_attributes([
            ("mode", "dynamic"),
            ("defaultedgetype", "directed"),
            ("idtype", "string"),
            ("timeformat", "date"),
            ("timerepresentation", "interval"),
        ]);
        xml.write_event(Event::Start(graph))?;
        // The dynamic ones first: graphology goes by the last list of a class.
        declare(&mut xml, "edge", "dynamic", std::iter::once((ON_DAY, "string")))?;
        declare(&mut xml, "node", "static", attributes::besides(ACTOR, TAKEN_OF_NODES).map(described))?;
        let of_edges = attributes::besides(RELATION, TAKEN_OF_EDGES).map(described);
        declare(&mut xml, "edge", "static", std::iter::once((TYPE, "string")).chain(of_edges))?;
        nodes(&mut xml, contents)?;
        edges(&mut xml, contents)?;
        xml.write_event(Event::End(BytesEnd::new("graph")))?;
        xml.write_event(Event::End(BytesEnd::new("gexf")))?;
        writeln!(xml.get_mut())
    }
}

/// The name of a field and its type in GEXF.
fn described<Id>(field: &Field<Id>) -> (&'static str, &'static str) {
    let kind = match field.kind {
        Kind::Text | Kind::List | Kind::Day => "string",
        Kind::Number => "integer",
        Kind::Flag => "boolean",
    };
    (field.name, kind)
}

fn declare(
    xml: &mut Xml<'_>,
    class: &str,
    mode: &str,
    fields: impl Iterator<Item = (&'static str, &'static str)>,
) -> io::Result<()> {
    let list = BytesStart::new("attributes").with_attributes([("class", class), ("mode", mode)]);
    xml.write_event(Event::Start(list))?;
    for (name, kind) in fields {
        xml.create_element("attribute")
            .with_attributes([("id", name), ("title", name), ("type", kind)])
            .write_empty()?;
    }
    xml.write_event(Event::End(BytesEnd::new("attributes")))
}

fn nodes(xml: &mut Xml<'_>, contents: &Contents<'_, '_>) -> io::Result<()> {
    let mut edges_of: Vec<Vec<RelationId>> = vec![Vec::new(); contents.actors.len()];
    for id in &contents.relations {
        let relation = contents.relation(*id);
        for end in [relation.subject, relation.object] {
            if let Ok(rank) = contents.actors.binary_search(&end) {
                edges_of[rank].push(*id);
            }
        }
    }
    let sizes: Vec<f64> = edges_of.iter().map(|edges| 8.0 + 4.0 * (edges.len() as f64).sqrt()).collect();
    let places = positions(contents, &sizes);
    let count = contents.actors.len().to_string();
    xml.write_event(Event::Start(BytesStart::new("nodes").with_attributes([("count", count.as_str())])))?;
    for (rank, id) in contents.actors.iter().enumerate() {
        let node = BytesStart::new("node")
            .with_attributes([attribute("id", &contents.actor(*id).slug), attribute("label", contents.name(*id))]);
        xml.write_event(Event::Start(node))?;
        xml.create_element("attvalues")
            .write_inner_content(|xml| values(xml, attributes::besides(ACTOR, TAKEN_OF_NODES), contents, *id))?;
        let lives = edges_of[rank].iter().map(|edge| contents.view.standing(*edge).extent());
        spells(xml, &merged(lives.chain([contents.view.graph().life(*id)])))?;
        let size = format!("{:.1}", sizes[rank]);
        xml.create_element("viz:size").with_attribute(("value", size.as_str())).write_empty()?;
        if let Some(at) = places.get(rank) {
            // Upwards in Gephi, downwards on a page.
            let (x, y) = (format!("{:.1}", at.x), format!("{:.1}", -at.y));
            xml.create_element("viz:position")
                .with_attributes([("x", x.as_str()), ("y", &y), ("z", "0")])
                .write_empty()?;
        }
        xml.write_event(Event::End(BytesEnd::new("node")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("nodes")))
}

fn edges(xml: &mut Xml<'_>, contents: &Contents<'_, '_>) -> io::Result<()> {
    let count = contents.relations.len().to_string();
    xml.write_event(Event::Start(BytesStart::new("edges").with_attributes([("count", count.as_str())])))?;
    for (id, strand) in contents.relations.iter().zip(attributes::strands(contents)) {
        let (relation, kind) = (contents.relation(*id), contents.relation_type(*id));
        let extent = contents.view.standing(*id).extent();
        let edge = BytesStart::new("edge").with_attributes([
            attribute("id", &relation.slug),
            attribute("source", &contents.actor(relation.subject).slug),
            attribute("target", &contents.actor(relation.object).slug),
            attribute("type", "directed"),
            attribute("kind", &strand),
            attribute("label", &kind.label),
            attribute("weight", &kind.weight.to_string()),
        ]);
        xml.write_event(Event::Start(edge))?;
        xml.create_element("attvalues").write_inner_content(|xml| {
            let name = [attribute("for", TYPE), attribute("value", &kind.name)];
            xml.create_element("attvalue").with_attributes(name).write_empty()?;
            values(xml, attributes::besides(RELATION, TAKEN_OF_EDGES), contents, *id)?;
            for (word, span) in by_certainty(extent) {
                let value = [attribute("for", ON_DAY), attribute("value", word)];
                xml.create_element("attvalue").with_attributes(value.into_iter().chain(ends(span))).write_empty()?;
            }
            Ok(())
        })?;
        spells(xml, &merged([extent]))?;
        let channel = |at: usize| u8::from_str_radix(&color(kind.category)[at..at + 2], 16).unwrap_or(0).to_string();
        let (red, green, blue) = (channel(1), channel(3), channel(5));
        let rgb = [("r", red.as_str()), ("g", green.as_str()), ("b", blue.as_str())];
        xml.create_element("viz:color").with_attributes(rgb).write_empty()?;
        let thickness = kind.weight.to_string();
        xml.create_element("viz:thickness").with_attribute(("value", thickness.as_str())).write_empty()?;
        let shape = match Stroke::of(contents.view, *id) {
            Stroke::Solid => "solid",
            Stroke::Dashed => "dashed",
            Stroke::Dotted => "dotted",
        };
        xml.create_element("viz:shape").with_attribute(("value", shape)).write_empty()?;
        xml.write_event(Event::End(BytesEnd::new("edge")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("edges")))
}

/// The static values of a record.
fn values<Id: Copy + 'static>(
    xml: &mut Xml<'_>,
    fields: impl Iterator<Item = &'static Field<Id>>,
    contents: &Contents<'_, '_>,
    id: Id,
) -> io::Result<()> {
    for field in fields {
        if let Some(value) = field.of(contents, id) {
            xml.create_element("attvalue")
                .with_attributes([attribute("for", field.name), attribute("value", &value.flat())])
                .write_empty()?;
        }
    }
    Ok(())
}

/// Spells for the spans; none where nothing is limited.
fn spells(xml: &mut Xml<'_>, spans: &[Span]) -> io::Result<()> {
    let limited: Vec<&Span> = spans.iter().filter(|span| ends(**span).next().is_some()).collect();
    if limited.len() != spans.len() || spans.is_empty() {
        return Ok(());
    }
    xml.create_element("spells").write_inner_content(|xml| {
        for span in spans {
            xml.create_element("spell").with_attributes(ends(*span)).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The attributes `start` and `end` of a span, where they have a limit that other tools can read as a date.
fn ends(span: Span) -> impl Iterator<Item = quick_xml::events::attributes::Attribute<'static>> {
    let is_plain = |day: &Day| day.to_ymd().is_some_and(|(year, ..)| (1..=9999).contains(&year));
    [("start", span.0), ("end", span.1)]
        .into_iter()
        .filter(move |(_, day)| is_plain(day))
        .map(|(name, day)| attribute(name, &day.to_string()))
}

/// The days on which extents possibly hold, as spans in order that neither meet nor touch.
fn merged(extents: impl IntoIterator<Item = Extent>) -> Vec<Span> {
    let mut spans: Vec<Span> = extents
        .into_iter()
        .filter(|extent| !extent.is_never())
        .map(|extent| (extent.start.earliest, extent.end.latest))
        .collect();
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.0 <= last.1.plus(1) => last.1 = last.1.max(span.1),
            _ => merged.push(span),
        }
    }
    merged
}

/// The days on which an extent holds, each span with how: `possible`, `certain`, `possible`, as far as there are such.
fn by_certainty(extent: Extent) -> Vec<(&'static str, Span)> {
    if extent.is_never() {
        return Vec::new();
    }
    let (first, last) = (extent.start.earliest, extent.end.latest);
    let Some((certain_from, certain_until)) = attributes::certain_days(extent) else {
        return vec![("possible", (first, last))];
    };
    let mut spans = vec![("certain", (certain_from, certain_until))];
    if first < certain_from {
        spans.insert(0, ("possible", (first, certain_from.plus(-1))));
    }
    if certain_until < last {
        spans.push(("possible", (certain_until.plus(1), last)));
    }
    spans
}

/// Where the nodes stand.
fn positions(contents: &Contents<'_, '_>, sizes: &[f64]) -> Vec<Point> {
    let nodes: Vec<layout::Node> = sizes.iter().map(|size| layout::Node { width: *size, height: *size }).collect();
    let rank = |id| contents.actors.binary_search(&id).ok();
    let ties: Vec<layout::Edge> = contents
        .relations
        .iter()
        .filter_map(|id| {
            let relation = contents.relation(*id);
            Some(layout::Edge { from: rank(relation.subject)?, to: rank(relation.object)?, length: 1.0 })
        })
        .collect();
    layout::layout(&nodes, &ties, &layout::Options { tries: 1, ..layout::Options::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Bounds, Dated};

    fn extent(text: &str) -> Extent {
        Dated::parse(text).expect("a date").extent(None, Day::from_ymd(2020, 1, 1).ok())
    }

    fn told(spans: Vec<(&'static str, Span)>) -> Vec<String> {
        spans.into_iter().map(|(word, (first, last))| format!("{word} {first} {last}")).collect()
    }

    #[test]
    fn certain_days_lie_between_possible_ones() {
        assert_eq!(
            told(by_certainty(extent("2016/2018-03"))),
            ["possible 2016-01-01 2016-12-30", "certain 2016-12-31 2018-03-01", "possible 2018-03-02 2018-03-31"]
        );
        assert_eq!(told(by_certainty(extent("2016-01-05/2018-03-01"))), ["certain 2016-01-05 2018-03-01"]);
        assert_eq!(told(by_certainty(extent("2016"))), ["possible 2016-01-01 2016-12-31"]);
        assert_eq!(
            told(by_certainty(extent("2016-01-05/.."))),
            ["certain 2016-01-05 2020-01-01", "possible 2020-01-02 .."]
        );
        assert_eq!(told(by_certainty(extent("2016-01-05/..").only_possibly())), ["possible 2016-01-05 .."]);
        assert!(by_certainty(Extent::NEVER).is_empty());
    }

    #[test]
    fn spans_that_meet_or_touch_are_one() {
        let span = |from: i32, to: i32| Extent {
            start: Bounds::between(Day::new(from), Day::new(from)),
            end: Bounds::between(Day::new(to), Day::new(to)),
        };
        let days = |extents: &[Extent]| -> Vec<(i32, i32)> {
            merged(extents.iter().copied()).into_iter().map(|(a, b)| (a.number(), b.number())).collect()
        };
        assert_eq!(days(&[span(5, 9), span(1, 4), span(20, 21), span(21, 30)]), [(1, 9), (20, 30)]);
        assert_eq!(days(&[span(1, 3), span(5, 6), Extent::NEVER]), [(1, 3), (5, 6)]);
        assert_eq!(merged([Extent::ALWAYS, span(1, 3)]), [(Day::FAR_PAST, Day::FAR_FUTURE)]);
    }
}
