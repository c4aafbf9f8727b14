//! Mermaid flowchart, for Markdown pages.
//!
//! Nodes are called after the ids of actors (`a_hts`), kinds are shapes and classes that a page may colour, categories are colours of lines; what is only
//! possible is dashed, what is contested dotted. Every label is a quoted string in which any sign that Mermaid, HTML or Markdown might read is an
//! entity, so that no text of the data can become markup or another statement.
//!
//! A page draws at most 500 edges (`maxEdges`) and 50 000 signs (`maxTextSize`) unless whoever runs it raises the limits; the text itself may not. A remark
//! at the top tells where they are exceeded.
//!
//! Source of the syntax: "Flowcharts - Basic Syntax", <https://mermaid.js.org/syntax/flowchart.html>.

use super::theme::{Stroke, color};
use super::{Contents, Exporter, Style};
use crate::model::{ActorId, Category};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Mermaid.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mermaid;

/// What Mermaid draws unless its configuration says otherwise.
const MOST_EDGES: usize = 500;
const MOST_SIGNS: usize = 50_000;

impl Exporter for Mermaid {
    fn name(&self) -> &'static str {
        "mermaid"
    }

    fn losses(&self) -> &'static [&'static str] {
        &[
            "relations that are only denied",
            "claims and sources",
            "events",
            "names besides the one shown, summaries, notes, roles",
            "more than 500 edges (relations, and lines of the legend) or 50 000 signs, unless the page raises `maxEdges` and `maxTextSize`",
        ]
    }

    fn write(&self, contents: &Contents<'_, '_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let (chart, edges) = chart(contents, style);
        let mut head = String::new();
        if !style.title.is_empty() {
            // YAML takes strings of JSON.
            let _ = writeln!(head, "---\ntitle: {}\n---", serde_json::to_string(&style.title)?);
        }
        head.push_str("flowchart LR\n");
        if edges > MOST_EDGES {
            let _ = writeln!(head, "%% {edges} edges: a page draws them only with maxEdges raised above {MOST_EDGES}");
        }
        // Counted as Mermaid does, whose language has texts of UTF-16.
        let signs: usize = head.chars().chain(chart.chars()).map(char::len_utf16).sum();
        out.write_all(head.as_bytes())?;
        if signs > MOST_SIGNS {
            writeln!(out, "%% {signs} signs: a page draws them only with maxTextSize raised above {MOST_SIGNS}")?;
        }
        out.write_all(chart.as_bytes())
    }
}

/// The lines of the chart below its heading, and how many edges they draw: relations, and lines of the legend.
fn chart(contents: &Contents<'_, '_>, style: &Style) -> (String, usize) {
    let mut out = String::new();
    let ids = ids(contents);
    let clusters = if style.lineage_clusters { contents.lines() } else { Vec::new() };
    for (number, members) in clusters.iter().enumerate() {
        let _ = writeln!(out, "  subgraph line_{number} [\"one line\"]");
        for id in members {
            let _ = writeln!(out, "    {}", node(contents, *id, &ids[id]));
        }
        out.push_str("  end\n");
    }
    for id in contents.actors.iter().filter(|id| !clusters.iter().any(|members| members.contains(id))) {
        let _ = writeln!(out, "  {}", node(contents, *id, &ids[id]));
    }
    let mut strokes = Strokes::new();
    for (number, id) in contents.relations.iter().enumerate() {
        let (relation, kind) = (contents.relation(*id), contents.relation_type(*id));
        let stroke = Stroke::of(contents.view, *id);
        let label =
            if style.dates { format!("{}\n{}", kind.label, contents.dated(*id)) } else { kind.label.to_string() };
        let (from, to) = (&ids[&relation.subject], &ids[&relation.object]);
        let _ = writeln!(out, "  {from} {}|{}| {to}", line(stroke, kind.symmetric), quoted(&label));
        strokes.entry((color(kind.category), stroke)).or_default().push(number);
    }
    if style.legend && !strokes.is_empty() {
        legend(&mut out, contents.relations.len(), &mut strokes);
    }
    let edges = strokes.values().map(Vec::len).sum();
    for ((color, stroke), numbers) in strokes {
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        let _ = write!(out, "  linkStyle {} stroke:{color},color:{color}", numbers.join(","));
        out.push_str(match stroke {
            Stroke::Solid => "\n",
            Stroke::Dashed => ",stroke-dasharray:7 4\n",
            Stroke::Dotted => ",stroke-dasharray:2 4\n",
        });
    }
    let kinds: BTreeSet<&str> = contents.actors.iter().map(|id| contents.kind(*id)).collect();
    for kind in kinds {
        let _ = writeln!(out, "  classDef {} fill:#f7f7f5,stroke:#555555,color:#222222", class(kind));
    }
    (out, edges)
}

/// The numbers of the edges of each colour and stroke.
type Strokes = BTreeMap<(&'static str, Stroke), Vec<usize>>;

/// A line for each category in use, and for what is possible and contested where there is such; the lines are numbered on from `first`.
fn legend(out: &mut String, first: usize, strokes: &mut Strokes) {
    const GREY: &str = "#777777";
    let has = |stroke: Stroke| strokes.keys().any(|(_, used)| *used == stroke);
    let categories = Category::ALL.iter().filter(|category| strokes.keys().any(|(used, _)| *used == color(**category)));
    let mut lines: Vec<(&str, &str, Stroke)> =
        categories.map(|category| (category.word(), color(*category), Stroke::Solid)).collect();
    lines.extend(
        [Stroke::Dashed, Stroke::Dotted].into_iter().filter(|s| has(*s)).map(|stroke| (stroke.meaning(), GREY, stroke)),
    );
    out.push_str("  subgraph legend [\"Legend\"]\n");
    for (number, (meaning, color, stroke)) in lines.into_iter().enumerate() {
        let [from, to] = ["from", "to"].map(|end| format!("legend_{number}_{end}[\" \"]:::blank"));
        let _ = writeln!(out, "    {from} {}|{}| {to}", line(stroke, true), quoted(meaning));
        strokes.entry((color, stroke)).or_default().push(first + number);
    }
    out.push_str("  end\n  style legend fill:none,stroke:#bbbbbb\n  classDef blank fill:none,stroke:none\n");
}

/// What each actor's node is called: its id with an underscore for each sign that Mermaid might read, numbered where two would be the same.
fn ids(contents: &Contents<'_, '_>) -> BTreeMap<ActorId, String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut ids = BTreeMap::new();
    for id in &contents.actors {
        // The letter before it keeps words such as `end` from being read as such.
        let plain = format!("a_{}", word(&contents.actor(*id).slug));
        let mut name = plain.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{plain}__{number}");
            number += 1;
        }
        ids.insert(*id, name);
    }
    ids
}

fn node(contents: &Contents<'_, '_>, id: ActorId, name: &str) -> String {
    let kind = contents.kind(id);
    let (open, close) = shape(kind);
    format!("{name}{open}{}{close}:::{}", quoted(contents.name(id)), class(kind))
}

fn class(kind: &str) -> String {
    format!("kind_{}", word(kind))
}

/// The text with an underscore for each sign but letters of ASCII and digits.
fn word(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

/// The brackets around the label of a kind of actor; kinds of one's own are boxes.
fn shape(kind: &str) -> (&'static str, &'static str) {
    match kind {
        "state" | "intergovernmental_org" => ("[[", "]]"),
        "government" | "governing_authority" => ("[/", "\\]"),
        "state_force" | "external_mission" => ("[/", "/]"),
        "coalition" | "operations_room" => ("{{", "}}"),
        "person" | "private_actor" => ("([", "])"),
        "community" | "faction" => ("(", ")"),
        "place" => ("[\\", "/]"),
        "unidentified" => ("{", "}"),
        _ => ("[", "]"),
    }
}

const fn line(stroke: Stroke, is_symmetric: bool) -> &'static str {
    match (stroke, is_symmetric) {
        (Stroke::Solid, false) => "-->",
        (Stroke::Solid, true) => "---",
        (Stroke::Dashed | Stroke::Dotted, false) => "-.->",
        (Stroke::Dashed | Stroke::Dotted, true) => "-.-",
    }
}

/// A label in quotes. Letters, digits and harmless signs stand as they are; any other sign is an entity by its number, as Mermaid writes them.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for sign in text.chars() {
        match sign {
            '\n' => out.push_str("<br>"),
            ' ' | '-' | ',' | '.' | '\'' | '(' | ')' | '/' | '?' | '!' | '¶' | '–' | '’' => out.push(sign),
            sign if sign.is_alphanumeric() => out.push(sign),
            sign if sign.is_control() => out.push(' '),
            // Marks of scripts, emoji and the like are not read by anything.
            sign if !sign.is_ascii() => out.push(sign),
            sign => {
                let _ = write!(out, "#{};", u32::from(sign));
            }
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_hold_no_sign_that_anything_reads() {
        for (text, written) in [
            ("Hay'at Tahrir al-Sham (HTS)", "\"Hay'at Tahrir al-Sham (HTS)\""),
            ("say \"no\"", "\"say #34;no#34;\""),
            ("<b>&amp;", "\"#60;b#62;#38;amp#59;\""),
            ("`md` **x** #35;", "\"#96;md#96; #42;#42;x#42;#42; #35;35#59;\""),
            ("two\nlines\t\u{1}", "\"two<br>lines  \""),
            ("جبهة 🕊", "\"جبهة 🕊\""),
            ("a_b:c;%%{x}", "\"a#95;b#58;c#59;#37;#37;#123;x#125;\""),
        ] {
            assert_eq!(quoted(text), written);
        }
    }
}
