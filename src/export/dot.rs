//! Graphviz DOT.
//!
//! Kinds of actors are shapes, categories of relations colours; what is only possible is dashed, what is contested dotted. Every id and
//! label is a quoted string with quotes and backslashes escaped, so that no text of the data can become DOT.
//!
//! Source of the syntax: the DOT language, <https://graphviz.org/doc/info/lang.html>.

use super::theme::{Stroke, color};
use super::{Contents, Exporter, Style};
use crate::graph::View;
use crate::model::{ActorId, Category, RelationId};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// The DOT format.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dot;

impl Exporter for Dot {
    fn name(&self) -> &'static str {
        "dot"
    }

    fn losses(&self) -> &'static [&'static str] {
        &["claims and their notes (tooltips hold the sources)", "events", "names besides the main one"]
    }

    fn write(&self, contents: &Contents<'_, '_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let Contents { view, actors, relations, .. } = contents;
        writeln!(out, "digraph allegiance {{")?;
        writeln!(
            out,
            "  graph [label={}, labelloc=t, fontname=\"Helvetica\", fontsize=18, rankdir=LR, overlap=prism, splines=true, nodesep=0.35, ranksep=1.1];",
            shown(&style.title)
        )?;
        writeln!(
            out,
            "  node [fontname=\"Helvetica\", fontsize=11, style=filled, fillcolor=\"#f7f7f5\", color=\"#555555\"];"
        )?;
        writeln!(out, "  edge [fontname=\"Helvetica\", fontsize=9, arrowsize=0.7];")?;
        let clusters = if style.lineage_clusters { contents.lines() } else { Vec::new() };
        for (number, members) in clusters.iter().enumerate() {
            writeln!(out, "  subgraph cluster_{number} {{")?;
            writeln!(out, "    label=\"one line\"; style=\"rounded,dashed\"; color=\"#888888\"; fontsize=9;")?;
            for id in members {
                node(view, *id, "    ", out)?;
            }
            writeln!(out, "  }}")?;
        }
        for id in actors.iter().filter(|id| !clusters.iter().any(|members| members.contains(id))) {
            node(view, *id, "  ", out)?;
        }
        let labelled = relations.len() <= MOST_LABELLED;
        for id in relations {
            edge(view, *id, labelled.then(|| label(view, *id, style)), out)?;
        }
        if style.legend {
            legend(view, actors, relations, out)?;
        }
        writeln!(out, "}}")
    }
}

fn node(view: &View<'_>, id: ActorId, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let actor = view.graph().actor(id);
    let kind = &view.graph().vocabulary().kind(actor.kind).name;
    let name = actor.name_in(view.window());
    writeln!(
        out,
        "{indent}{} [label={}, shape={}, tooltip={}];",
        quoted(&actor.slug),
        shown(&broken(name)),
        shape(kind),
        shown(&format!("{} ({kind})", actor.name))
    )
}

/// Up to how many relations their types and dates are written on their lines; beyond that these would hide the lines, and tooltips tell them.
const MOST_LABELLED: usize = 60;

/// What is written on the line of a relation.
fn label(view: &View<'_>, id: RelationId, style: &Style) -> String {
    let t = view.graph().vocabulary().relation_type(view.graph().relation(id).kind);
    if style.dates { format!("{}\n{}", t.label, view.dated(id)) } else { t.label.to_string() }
}

fn edge(view: &View<'_>, id: RelationId, label: Option<String>, out: &mut dyn Write) -> io::Result<()> {
    let graph = view.graph();
    let relation = graph.relation(id);
    let t = graph.vocabulary().relation_type(relation.kind);
    let standing = view.standing(id);
    let mut sources: Vec<String> =
        view.kept_claims(&relation.claims).map(|c| format!("{} {}", graph.source(c.source).slug, c.locator)).collect();
    sources.dedup();
    let line = match Stroke::of(view, id) {
        Stroke::Solid => "solid",
        Stroke::Dashed => "dashed",
        Stroke::Dotted => "dotted",
    };
    let color = color(t.category);
    write!(
        out,
        "  {} -> {} [id={}, label={}, color=\"{color}\", fontcolor=\"{color}\", style={line}, penwidth={}, tooltip={}",
        quoted(&graph.actor(relation.subject).slug),
        quoted(&graph.actor(relation.object).slug),
        quoted(&relation.slug),
        shown(label.as_deref().unwrap_or_default()),
        f32::from(t.weight) * 0.6 + 0.4,
        shown(&format!("{}, {}, {}: {}", t.label, view.dated(id), standing.status, sources.join("; ")))
    )?;
    if t.symmetric {
        write!(out, ", dir=none")?;
    }
    writeln!(out, "];")
}

fn legend(view: &View<'_>, actors: &[ActorId], relations: &[RelationId], out: &mut dyn Write) -> io::Result<()> {
    let graph = view.graph();
    let categories: BTreeSet<Category> =
        relations.iter().map(|id| graph.vocabulary().relation_type(graph.relation(*id).kind).category).collect();
    let kinds: BTreeSet<&str> = actors.iter().map(|id| &*graph.vocabulary().kind(graph.actor(*id).kind).name).collect();
    writeln!(out, "  subgraph cluster_legend {{")?;
    writeln!(out, "    label=\"Legend\"; style=rounded; color=\"#bbbbbb\"; fontsize=11;")?;
    writeln!(out, "    node [fontsize=9, width=0.3, height=0.25]; edge [fontsize=9];")?;
    for kind in kinds {
        writeln!(
            out,
            "    {} [label={}, shape={}];",
            quoted(&format!("legend kind {kind}")),
            quoted(&kind.replace('_', " ")),
            shape(kind)
        )?;
    }
    let mut line = |name: &str, color: &str, style: &str| {
        let (from, to) = (quoted(&format!("legend {name} from")), quoted(&format!("legend {name} to")));
        writeln!(out, "    {from} [label=\"\", shape=point, width=0.05]; {to} [label=\"\", shape=point, width=0.05];")?;
        writeln!(
            out,
            "    {from} -> {to} [label={}, color=\"{color}\", fontcolor=\"{color}\", style={style}];",
            quoted(name)
        )
    };
    for category in categories {
        line(category.word(), color(category), "solid")?;
    }
    line("only possible", "#333333", "dashed")?;
    line("contested", "#333333", "dotted")?;
    writeln!(out, "  }}")
}

/// The shape of a kind of actor; kinds of one's own are boxes.
fn shape(kind: &str) -> &'static str {
    match kind {
        "state" => "box3d",
        "government" | "governing_authority" => "house",
        "state_force" | "external_mission" => "hexagon",
        "armed_group" | "militia" => "box",
        "faction" => "component",
        "coalition" | "operations_room" => "doubleoctagon",
        "intergovernmental_org" => "octagon",
        "political_body" => "tab",
        "private_actor" => "note",
        "community" => "egg",
        "person" => "ellipse",
        "place" => "invtrapezium",
        "unidentified" => "diamond",
        _ => "box",
    }
}

/// A text as a DOT string that is shown: as [`quoted`], with `&` escaped, since Graphviz reads HTML entities in what it shows.
fn shown(text: &str) -> String {
    quoted(&text.replace('&', "&amp;"))
}

/// A text as a DOT string: in double quotes, with quotes, backslashes and ends of line escaped.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for sign in text.chars() {
        match sign {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            sign if sign.is_control() => out.push(' '),
            sign => out.push(sign),
        }
    }
    out.push('"');
    out
}

/// A name broken near its middle when it is long, so that nodes stay compact.
fn broken(name: &str) -> String {
    const LONG: usize = 18;
    let length = name.chars().count();
    if length <= LONG {
        return name.to_owned();
    }
    let blanks = name.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at);
    match blanks.min_by_key(|at| name[..*at].chars().count().abs_diff(length / 2)) {
        Some(at) => format!("{}\n{}", &name[..at], &name[at + 1..]),
        None => name.to_owned(),
    }
}
