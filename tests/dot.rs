//! DOT as written is DOT as read: names of any signs come back exactly, and `dot` itself accepts it where it is installed.

use allegiance::dataset::{InputFile, load};
use allegiance::export::{Contents, Dot, Exporter, Style};
use allegiance::graph::TemporalGraph;
use allegiance::time::{Dated, Reading, Window};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};

/// Names that would be something else if they were not escaped; none long enough to be broken into lines.
const NASTY: &[&str] = &[
    r#"say "no""#,
    r"back\slash",
    r"ends with \",
    "جبهة الشمال",
    "<b>bold</b>",
    "two\nlines",
    "a -> b",
    "} digraph {",
    "semi;colon, [x=1]",
    r#"\" quote"#,
    "/* no */ // #",
    r"\N \G \l",
    "R&D &amp; &gt;",
];

fn claim(stance: &str, modality: &str, locator: &str) -> Value {
    json!({"source": "s1", "locator": locator, "stance": stance, "modality": modality, "credibility": 2, "note": "N."})
}

fn read(file: &Value) -> TemporalGraph {
    let bytes = file.to_string().into_bytes().into();
    load(vec![InputFile { name: "test.json".into(), bytes }]).unwrap_or_else(|r| panic!("{:?}", r.diagnostics)).graph
}

fn source() -> Value {
    json!([
        {"id": "s1", "title": "First", "published": "2020-01-01", "kind": "news", "reliability": "B"},
        {"id": "s2", "title": "Second", "published": "2020-01-01", "kind": "news", "reliability": "B"}
    ])
}

/// A ring of actors with nasty names, the third edge of which is only possible and the fourth contested.
fn ring() -> TemporalGraph {
    let actors: Vec<Value> = NASTY
        .iter()
        .enumerate()
        .map(|(n, name)| json!({"id": format!("a{n:02}"), "name": name, "kind": if n % 2 == 0 { "armed_group" } else { "state" }}))
        .collect();
    let relations: Vec<Value> = (0..NASTY.len())
        .map(|n| {
            let mut claims = vec![claim("supports", if n == 2 { "reported" } else { "asserted" }, "p. \"3\" \\")];
            if n == 3 {
                let mut against = claim("denies", "asserted", "¶2");
                against["source"] = "s2".into();
                claims.push(against);
            }
            json!({"id": format!("r{n:02}"), "subject": format!("a{n:02}"), "type": if n % 3 == 0 { "arms" } else { "enemy_of" },
                "object": format!("a{:02}", (n + 1) % NASTY.len()), "valid": "2015/2018", "basis": "reported", "claims": claims})
        })
        .collect();
    read(&json!({"sources": source(), "actors": actors, "relations": relations}))
}

fn written(graph: &TemporalGraph, window: Window, style: &Style) -> String {
    let mut out = Vec::new();
    let view = graph.view(window, Reading::Possible);
    Dot.write(&Contents::of(&view, style), style, &mut out).expect("memory takes it all");
    String::from_utf8(out).expect("UTF-8")
}

// ---- a reader of DOT -------------------------------------------------------------------------------------------------

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// A quoted string, its `\"` read.
    Text(String),
    Word(String),
    Sign(char),
    Arrow,
}

fn tokens(dot: &str) -> Vec<Token> {
    let signs: Vec<char> = dot.chars().collect();
    let mut all = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        let sign = signs[at];
        if sign.is_whitespace() {
            at += 1;
        } else if sign == '"' {
            let mut text = String::new();
            at += 1;
            while signs[at] != '"' {
                if signs[at] == '\\' && signs[at + 1] == '"' {
                    at += 1;
                } else if signs[at] == '\\' {
                    // Kept as it is: what it means depends on the attribute.
                    text.push('\\');
                    at += 1;
                }
                assert_ne!(signs[at], '\n', "a bare end of line in a string");
                text.push(signs[at]);
                at += 1;
            }
            all.push(Token::Text(text));
            at += 1;
        } else if sign == '-' && signs[at + 1] == '>' {
            all.push(Token::Arrow);
            at += 2;
        } else if sign.is_ascii_alphanumeric() || sign == '_' || sign == '.' {
            let start = at;
            while signs[at].is_ascii_alphanumeric() || signs[at] == '_' || signs[at] == '.' {
                at += 1;
            }
            all.push(Token::Word(signs[start..at].iter().collect()));
        } else {
            assert!("{}[];,=".contains(sign), "no token of DOT begins with {sign:?} at {at} of\n{dot}");
            all.push(Token::Sign(sign));
            at += 1;
        }
    }
    all
}

/// A label as people see it: `\\` is a backslash, `\n` an end of line, `&amp;` an ampersand, which never stands alone.
fn seen(label: &str) -> String {
    let mut out = String::new();
    assert_eq!(label.matches('&').count(), label.matches("&amp;").count(), "an entity of the data's own: {label:?}");
    let label = label.replace("&amp;", "&");
    let mut signs = label.chars();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some('n') => out.push('\n'),
                Some('\\') => out.push('\\'),
                other => panic!("an escape that means something else to Graphviz: {other:?} in {label:?}"),
            },
            sign => out.push(sign),
        }
    }
    out
}

type Attributes = BTreeMap<String, String>;

#[derive(Debug, Default)]
struct Parsed {
    /// (subgraph, id, attributes).
    nodes: Vec<(String, String, Attributes)>,
    /// (from, to, attributes).
    edges: Vec<(String, String, Attributes)>,
    graph: Attributes,
    clusters: Vec<String>,
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn next(&mut self) -> Token {
        self.at += 1;
        self.tokens[self.at - 1].clone()
    }

    fn take(&mut self, sign: char) -> bool {
        let found = self.tokens.get(self.at) == Some(&Token::Sign(sign));
        self.at += usize::from(found);
        found
    }

    fn id(&mut self) -> String {
        match self.next() {
            Token::Text(text) | Token::Word(text) => text,
            other => panic!("an id is wanted, not {other:?}"),
        }
    }

    fn attributes(&mut self) -> Attributes {
        let mut all = Attributes::new();
        if self.take('[') {
            while !self.take(']') {
                let name = self.id();
                assert!(self.take('='), "an attribute has a value");
                let value = self.id();
                assert!(all.insert(name, value).is_none(), "an attribute is given once");
                let _ = self.take(',') || self.take(';');
            }
        }
        all
    }

    fn statements(&mut self, within: &str, into: &mut Parsed) {
        while !self.take('}') {
            if self.take(';') {
                continue;
            }
            let first = self.id();
            if first == "subgraph" {
                let name = self.id();
                assert!(self.take('{'));
                into.clusters.push(name.clone());
                self.statements(&name, into);
            } else if self.take('=') {
                let _ = self.id();
            } else if self.tokens.get(self.at) == Some(&Token::Arrow) {
                self.at += 1;
                let to = self.id();
                let attributes = self.attributes();
                into.edges.push((first, to, attributes));
            } else {
                let attributes = self.attributes();
                match first.as_str() {
                    "graph" => into.graph = attributes,
                    "node" | "edge" => {}
                    _ => into.nodes.push((within.to_owned(), first, attributes)),
                }
            }
        }
    }
}

fn parse(dot: &str) -> Parsed {
    let mut parser = Parser { tokens: tokens(dot), at: 0 };
    assert_eq!((parser.id().as_str(), parser.id().as_str()), ("digraph", "allegiance"));
    assert!(parser.take('{'));
    let mut parsed = Parsed::default();
    parser.statements("", &mut parsed);
    assert_eq!(parser.at, parser.tokens.len(), "something follows the graph");
    parsed
}

// ---- tests -----------------------------------------------------------------------------------------------------------

#[test]
fn names_of_any_signs_come_back_exactly() {
    let graph = ring();
    let title = r#"A "title" \ with <signs> & &amp; }"#;
    let style = Style { title: title.into(), dates: true, legend: true, ..Style::default() };
    let parsed = parse(&written(&graph, Window::ALL, &style));
    assert_eq!(seen(&parsed.graph["label"]), title);
    let nodes: Vec<_> = parsed.nodes.iter().filter(|(within, ..)| within.is_empty()).collect();
    assert_eq!(nodes.len(), NASTY.len());
    for ((_, id, attributes), (n, name)) in nodes.iter().zip(NASTY.iter().enumerate()) {
        assert_eq!(*id, format!("a{n:02}"));
        assert_eq!(seen(&attributes["label"]), *name);
        assert!(seen(&attributes["tooltip"]).starts_with(name));
    }
    let edges: Vec<_> = parsed.edges.iter().filter(|(_, _, a)| a.contains_key("id")).collect();
    assert_eq!(edges.len(), NASTY.len());
    for (n, (from, to, attributes)) in edges.iter().enumerate() {
        assert_eq!((from.as_str(), to.as_str()), (&*format!("a{n:02}"), &*format!("a{:02}", (n + 1) % NASTY.len())));
        assert_eq!(attributes["id"], format!("r{n:02}"));
        assert!(seen(&attributes["tooltip"]).contains(r#"s1 p. "3" \"#));
        // A tie that reads the same from both ends has no arrow.
        assert_eq!(attributes.get("dir").map(String::as_str), (n % 3 != 0).then_some("none"));
    }
}

#[test]
fn dates_are_shown_unless_unwanted() {
    let graph = ring();
    let label = |dates| {
        let parsed = parse(&written(&graph, Window::ALL, &Style { dates, ..Style::default() }));
        seen(&parsed.edges[0].2["label"])
    };
    assert!(label(true).ends_with("\n2015/2018"), "{}", label(true));
    assert!(!label(false).contains("2015"));
}

#[test]
fn many_relations_tell_their_types_and_dates_in_tooltips_alone() {
    let graph = allegiance::dataset::embedded();
    let style = Style { dates: true, ..Style::default() };
    let parsed = parse(&written(&graph, Window::ALL, &style));
    assert!(parsed.edges.len() > 60);
    for (_, _, attributes) in &parsed.edges {
        assert_eq!(attributes["label"], "");
        let told = seen(&attributes["tooltip"]);
        assert!(told.split(", ").count() >= 3 && told.contains(": "), "{told}");
    }
    assert!(parsed.edges.iter().any(|(_, _, a)| a["tooltip"].starts_with("allied with, ")));
}

#[test]
fn possible_is_dashed_and_contested_dotted() {
    let graph = ring();
    let lines = |text: &str| -> Vec<String> {
        let window = Dated::parse(text).expect("a date").window();
        let parsed = parse(&written(&graph, window, &Style::default()));
        parsed.edges.iter().take(5).map(|(_, _, a)| a["style"].clone()).collect()
    };
    assert_eq!(lines("2016"), ["solid", "solid", "dashed", "dotted", "solid"]);
    assert_eq!(lines("2018-06-01"), ["dashed", "dashed", "dashed", "dotted", "dashed"]);
    assert!(lines("2020").is_empty());
}

#[test]
fn the_legend_explains_the_kinds_and_categories_that_are_there() {
    let parsed = parse(&written(&ring(), Window::ALL, &Style { legend: true, ..Style::default() }));
    assert_eq!(parsed.clusters, ["cluster_legend"]);
    let kinds: Vec<&str> = parsed
        .nodes
        .iter()
        .filter(|(within, id, _)| within == "cluster_legend" && id.starts_with("legend kind"))
        .map(|(_, _, a)| a["label"].as_str())
        .collect();
    assert_eq!(kinds, ["armed group", "state"]);
    let lines: Vec<(&str, &str)> = parsed
        .edges
        .iter()
        .filter(|(_, _, a)| !a.contains_key("id"))
        .map(|(_, _, a)| (a["label"].as_str(), a["style"].as_str()))
        .collect();
    assert_eq!(
        lines,
        [("hostility", "solid"), ("support", "solid"), ("only possible", "dashed"), ("contested", "dotted")]
    );
    // A category has one colour, in the legend as in the picture.
    let color = |label: &str| {
        let found = parsed.edges.iter().find(|(_, _, a)| a["label"] == label);
        found.map(|(_, _, a)| a["color"].clone())
    };
    assert!(parsed.edges.iter().filter(|(_, _, a)| a.contains_key("id")).all(|(_, _, a)| {
        let category = if a["label"] == "arms" { "support" } else { "hostility" };
        Some(a["color"].clone()) == color(category)
    }));
    assert!(parse(&written(&ring(), Window::ALL, &Style::default())).clusters.is_empty());
}

/// Two actors of which one succeeds the other, an enemy of both, and one whom nobody knows.
fn line(claims: &Value) -> TemporalGraph {
    let enemy = |id: &str, subject: &str| {
        json!({"id": id, "subject": subject, "type": "enemy_of", "object": "foe", "valid": "2012/2019", "basis": "reported",
            "claims": [claim("supports", "asserted", "¶1")]})
    };
    let actors = ["old", "new", "foe", "hermit"].map(|id| json!({"id": id, "name": id, "kind": "armed_group"}));
    read(&json!({"sources": source(),
        "actors": actors,
        "relations": [enemy("r1", "old"), enemy("r2", "new"),
            {"id": "r3", "subject": "new", "type": "successor_of", "object": "old", "valid": "2016", "basis": "reported", "claims": claims}]}))
}

#[test]
fn the_members_of_a_line_stand_in_a_box() {
    let style = Style { lineage_clusters: true, ..Style::default() };
    let boxed = |claims: &Value| -> Vec<String> {
        let parsed = parse(&written(&line(claims), Window::ALL, &style));
        parsed.nodes.iter().filter(|(within, ..)| within == "cluster_0").map(|(_, id, _)| id.clone()).collect()
    };
    let asserted = claim("supports", "asserted", "¶1");
    assert_eq!(boxed(&json!([asserted])), ["new", "old"]);
    let mut against = claim("disputes", "asserted", "¶1");
    against["source"] = "s2".into();
    assert!(boxed(&json!([asserted, against])).is_empty());
    assert!(boxed(&json!([claim("supports", "predicted", "¶1")])).is_empty());
    assert!(parse(&written(&line(&json!([asserted])), Window::ALL, &Style::default())).clusters.is_empty());
}

#[test]
fn actors_without_a_tie_are_left_out_unless_wanted() {
    let graph = line(&json!([claim("supports", "asserted", "¶1")]));
    let count = |isolated| parse(&written(&graph, Window::ALL, &Style { isolated, ..Style::default() })).nodes.len();
    assert_eq!((count(false), count(true)), (3, 4));
}

#[test]
fn a_long_name_is_broken_at_one_blank_and_keeps_its_words() {
    let name = "A Front for the Deliverance of the North";
    let graph = read(&json!({"sources": source(),
        "actors": [{"id": "a", "name": name, "kind": "armed_group"}, {"id": "b", "name": "Unbreakablenameofonelongword", "kind": "state"}],
        "relations": [{"id": "r", "subject": "a", "type": "enemy_of", "object": "b", "valid": "2015", "basis": "reported",
            "claims": [claim("supports", "asserted", "¶1")]}]}));
    let parsed = parse(&written(&graph, Window::ALL, &Style::default()));
    let label = seen(&parsed.nodes[0].2["label"]);
    assert_eq!((label.matches('\n').count(), label.replace('\n', " ")), (1, name.to_owned()));
    assert_eq!(parsed.nodes[1].2["label"], "Unbreakablenameofonelongword");
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    let style = Style {
        title: "t".into(),
        dates: true,
        legend: true,
        lineage_clusters: true,
        isolated: true,
        ..Style::default()
    };
    let first = written(&ring(), Window::ALL, &style);
    for _ in 0..5 {
        assert_eq!(written(&ring(), Window::ALL, &style), first);
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "whoever runs the tests should know what was skipped")]
fn graphviz_reads_as_many_nodes_and_edges() {
    let Ok(mut child) =
        Command::new("dot").arg("-Tcanon").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
    else {
        eprintln!("skipped: there is no `dot` on the PATH");
        return;
    };
    let style = Style {
        title: r#"A "title""#.into(),
        dates: true,
        legend: true,
        lineage_clusters: true,
        isolated: true,
        ..Style::default()
    };
    let dot = written(&ring(), Window::ALL, &style);
    let own = parse(&dot);
    child.stdin.take().expect("piped").write_all(dot.as_bytes()).expect("dot reads it all");
    let output = child.wait_with_output().expect("dot ends");
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && complaints.is_empty(), "{complaints}");
    // The canonical form breaks long texts by a backslash at the end of a line.
    let canonical = parse(&String::from_utf8(output.stdout).expect("UTF-8").replace("\\\n", ""));
    let nodes = |parsed: &Parsed| -> BTreeMap<String, String> {
        parsed.nodes.iter().map(|(_, id, a)| (id.clone(), a["label"].clone())).collect()
    };
    let edges = |parsed: &Parsed| -> Vec<(String, String, String, String)> {
        let tell = |(from, to, a): &(String, String, Attributes)| {
            (from.clone(), to.clone(), a["label"].clone(), a["style"].clone())
        };
        let mut all: Vec<_> = parsed.edges.iter().map(tell).collect();
        all.sort();
        all
    };
    assert_eq!(nodes(&canonical), nodes(&own));
    assert_eq!(edges(&canonical), edges(&own));
}
