//! The formats for other tools hold what the view holds: texts of any signs come back exactly, days and directions are right, and nothing of the data becomes markup.
//!
//! The readers here share no code with the writers; those in `tests/readers` are the tools themselves.

use allegiance::dataset::{self, InputFile, load};
use allegiance::export::{
    Contents, Cypher, Exporter, Ftm, Gexf, GraphMl, JsonLd, Mermaid, NodeLink, Part, Stix, Style, Table, Turtle,
};
use allegiance::graph::TemporalGraph;
use allegiance::query::temporal_graph::QueryGraph;
use allegiance::time::{Day, Holds, Reading, Window};
use decypher::ast::query::{QueryBody, SingleQueryKind};
use roxmltree::{Document, Node};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Texts that would be something else if they were not escaped.
const NASTY: &[&str] = &[
    r#"say "no" and 'yes'"#,
    r"back\slash \n \u0027 \",
    "جبهة الشمال \u{200f}",
    "<b onclick='x()'>bold</b> &amp; ]]> <!-- -->",
    "two\nlines\tand\ra tab",
    "'}) DETACH DELETE (n); //",
    "=HYPERLINK(\"x\")",
    "'@already",
    "semi;colon, | bar, `tick` #35; %%{init}%%",
    "a --> b[end]\nsubgraph x",
    "🕊 peace \u{1f1f8}\u{1f1fe}",
    " blanks around ",
];

fn claim(note: &str, stance: &str, modality: &str) -> Value {
    json!({"source": if stance == "supports" { "s1" } else { "s2" }, "locator": "p. \"3\" | \\", "stance": stance, "modality": modality,
        "credibility": 2, "note": note})
}

/// A ring of actors with nasty names; a second strand beside the first edge, the third edge only possible, the fourth contested.
fn nasty() -> TemporalGraph {
    let source =
        |id: &str| json!({"id": id, "title": NASTY[5], "published": "2020-01-01", "kind": "news", "reliability": "B"});
    let actors: Vec<Value> = NASTY
        .iter()
        .enumerate()
        .map(|(n, name)| {
            let names = json!([{"name": NASTY[(n + 1) % NASTY.len()], "kind": "alias"}, {"name": format!("x{n}"), "kind": "acronym"}]);
            json!({"id": if n == 0 { "end".into() } else { format!("a{n:02}") }, "name": name, "names": names,
                "kind": if n % 2 == 0 { "armed_group" } else { "state" }, "summary": NASTY[(n + 5) % NASTY.len()],
                "exists": if n == 4 { json!("2014/2030") } else { Value::Null }})
        })
        .map(without_nulls)
        .collect();
    let id = |n: usize| actors[n % NASTY.len()]["id"].clone();
    let relation = |n: usize, name: String, valid: &str| {
        let mut claims = vec![claim(NASTY[n], "supports", if n == 2 { "reported" } else { "asserted" })];
        if n == 3 {
            claims.push(claim(NASTY[n], "denies", "asserted"));
        }
        json!({"id": name, "subject": id(n), "type": if n.is_multiple_of(3) { "arms" } else { "enemy_of" }, "object": id(n + 1),
            "valid": valid, "basis": "reported", "claims": claims, "note": NASTY[n], "roles": {"weapon": NASTY[n]}})
    };
    let mut relations: Vec<Value> = (0..NASTY.len()).map(|n| relation(n, format!("r{n:02}"), "2015/2018")).collect();
    relations.push(relation(0, "r00-again".into(), "2019-02~/.."));
    let event = json!({"id": "e1", "name": NASTY[5], "kind": "attack", "date": "2016-03", "claims": [claim(NASTY[3], "supports", "asserted")],
        "participants": [{"actor": id(0), "role": "agent"}, {"actor": id(1), "role": "target"}]});
    let file =
        json!({"sources": [source("s1"), source("s2")], "actors": actors, "relations": relations, "events": [event]});
    let bytes = file.to_string().into_bytes().into();
    load(vec![InputFile { name: "test.json".into(), bytes }]).unwrap_or_else(|r| panic!("{:?}", r.diagnostics)).graph
}

fn without_nulls(value: Value) -> Value {
    let Value::Object(map) = value else { return value };
    Value::Object(map.into_iter().filter(|(_, value)| !value.is_null()).collect())
}

static NASTY_GRAPH: LazyLock<TemporalGraph> = LazyLock::new(nasty);
static SHIPPED: LazyLock<TemporalGraph> = LazyLock::new(dataset::embedded);

const TITLE: &str = "A \"title\" --> \\ <with>\nsigns; & \u{1} جبهة";

fn style() -> Style {
    Style { title: TITLE.into(), dates: true, legend: true, isolated: true, ..Style::default() }
}

fn written(exporter: &dyn Exporter, graph: &TemporalGraph, window: Window) -> String {
    let mut out = Vec::new();
    let view = graph.view(window, Reading::Possible);
    exporter.write(&Contents::of(&view, &style()), &style(), &mut out).expect("memory takes it all");
    String::from_utf8(out).expect("UTF-8")
}

fn table(part: Part, delimiter: u8) -> Table {
    Table { part, delimiter }
}

/// The text as XML can hold it.
fn in_xml(text: &str) -> String {
    text.replace('\u{1}', " ")
}

fn named<'a, 'd>(node: Node<'a, 'd>, name: &'a str) -> impl Iterator<Item = Node<'a, 'd>> {
    node.descendants().filter(move |n| n.tag_name().name() == name)
}

/// The values of a node or edge by name, of GraphML or GEXF; of several of a name the last.
fn values(element: Node<'_, '_>) -> BTreeMap<String, String> {
    let bare = |key: &str| key.trim_start_matches("node_").trim_start_matches("edge_").to_owned();
    let data =
        named(element, "data").map(|d| (bare(d.attribute("key").expect("a key")), d.text().unwrap_or("").into()));
    let attvalues = named(element, "attvalue")
        .map(|v| (v.attribute("for").expect("for").to_owned(), v.attribute("value").expect("a value").to_owned()));
    data.chain(attvalues).collect()
}

// ---- texts -----------------------------------------------------------------------------------------------------------

#[test]
fn texts_of_any_signs_come_back_exactly_from_xml() {
    for (exporter, is_gexf) in [(&GraphMl as &dyn Exporter, false), (&Gexf, true)] {
        let text = written(exporter, &NASTY_GRAPH, Window::ALL);
        let document = Document::parse(&text).unwrap_or_else(|e| panic!("{}: {e}", exporter.name()));
        let about = if is_gexf { "description" } else { "desc" };
        assert_eq!(named(document.root(), about).next().and_then(|d| d.text()), Some(&*in_xml(TITLE)));
        let nodes: Vec<_> = named(document.root(), "node").collect();
        assert_eq!(nodes.len(), NASTY.len());
        for node in nodes {
            let values = values(node);
            let n = match node.attribute("id").expect("an id") {
                "end" => 0,
                id => id.trim_start_matches('a').parse().expect("a number"),
            };
            let name = if is_gexf { node.attribute("label").map(str::to_owned) } else { values.get("name").cloned() };
            assert_eq!(name.as_deref(), Some(NASTY[n]));
            assert_eq!(values["summary"], NASTY[(n + 5) % NASTY.len()]);
        }
        let edges: Vec<_> = named(document.root(), "edge").collect();
        assert_eq!(edges.len(), NASTY.len() + 1);
        for edge in edges {
            let n: usize = edge.attribute("id").expect("an id")[1..3].parse().expect("a number");
            assert_eq!(values(edge)["note"], NASTY[n]);
        }
    }
}

/// The items of a list in one cell: bars part them, unless a backslash stands before.
fn items(cell: &str) -> Vec<String> {
    let (mut all, mut item) = (Vec::new(), String::new());
    let mut signs = cell.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => item.extend(signs.next()),
            '|' => {
                assert!(item.ends_with(' ') && signs.peek() == Some(&' '), "blanks around a bar: {cell:?}");
                item.pop();
                signs.next();
                all.push(std::mem::take(&mut item));
            }
            sign => item.push(sign),
        }
    }
    all.push(item);
    all
}

/// The text of a cell that was guarded against spreadsheets.
fn unguarded(cell: &str) -> String {
    let risky = |rest: &str| {
        let bare = rest.trim_start_matches('\'');
        bare.trim_start().starts_with(['=', '+', '-', '@']) || bare.starts_with(['\t', '\r', '\n'])
    };
    cell.strip_prefix('\'').filter(|rest| risky(rest)).unwrap_or(cell).to_owned()
}

fn rows(text: &str, delimiter: u8) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row as long as the others")).collect()
}

#[test]
fn texts_of_any_signs_come_back_exactly_from_csv() {
    let text = written(&table(Part::Nodes, b','), &NASTY_GRAPH, Window::ALL);
    let nodes = rows(&text, b',');
    assert_eq!(nodes.len(), NASTY.len());
    for row in &nodes {
        let n = if row["Id"] == "end" { 0 } else { row["Id"][1..].parse().expect("a number") };
        assert_eq!(unguarded(&row["Label"]), NASTY[n]);
        assert_eq!(unguarded(&row["summary"]), NASTY[(n + 5) % NASTY.len()]);
        assert_eq!(items(&unguarded(&row["names"])), [NASTY[(n + 1) % NASTY.len()], &format!("x{n}")]);
        assert!(row.values().all(|cell| !cell.trim_start().starts_with(['=', '+', '@'])), "a formula: {row:?}");
    }
    let edges = rows(&written(&table(Part::Edges, b','), &NASTY_GRAPH, Window::ALL), b',');
    for row in &edges {
        let n: usize = row["Id"][1..3].parse().expect("a number");
        assert_eq!(unguarded(&row["note"]), NASTY[n]);
        assert_eq!(row["Type"], if n.is_multiple_of(3) { "Directed" } else { "Undirected" });
        assert_eq!(items(&row["citations"]).first().map(String::as_str), Some("s1 p. \"3\" | \\"));
    }
    // Two strands of one type between the same two are of two kinds.
    let kinds: Vec<&str> = edges.iter().filter(|r| r["Source"] == "end").map(|r| r["Kind"].as_str()).collect();
    assert_eq!(kinds, ["arms", "arms-2"]);
}

#[test]
fn a_row_of_tsv_is_a_line() {
    for part in [Part::Nodes, Part::Edges] {
        let text = written(&table(part, b'\t'), &NASTY_GRAPH, Window::ALL);
        let columns = text.lines().next().expect("a heading").split('\t').count();
        assert_eq!(text.lines().count(), 1 + NASTY.len() + usize::from(part == Part::Edges));
        assert!(text.lines().all(|line| line.split('\t').count() == columns));
    }
}

#[test]
fn texts_of_any_signs_come_back_exactly_from_json() {
    let whole: Value = serde_json::from_str(&written(&NodeLink, &NASTY_GRAPH, Window::ALL)).expect("JSON");
    assert_eq!(whole["graph"]["title"], TITLE);
    for (n, node) in whole["nodes"].as_array().expect("nodes").iter().filter(|n| n["id"] != "end").enumerate() {
        assert_eq!(node["name"], NASTY[n + 1]);
        assert_eq!(node["names"][0], json!({"name": NASTY[(n + 2) % NASTY.len()], "kind": "alias"}));
    }
    let edge = whole["edges"].as_array().expect("edges").iter().find(|edge| edge["id"] == "r03").expect("r03");
    assert_eq!(edge["roles"], json!([{"name": "weapon", "value": NASTY[3]}]));
    let told: Vec<_> = edge["claims"].as_array().expect("claims").iter().map(|c| (&c["stance"], &c["note"])).collect();
    assert_eq!(told, [(&json!("supports"), &json!(NASTY[3])), (&json!("denies"), &json!(NASTY[3]))]);
    assert_eq!(whole["graph"]["events"][0]["participants"][1], json!({"actor": "a01", "role": "target"}));
    assert_eq!(whole["graph"]["sources"][0]["title"], NASTY[5]);
}

// ---- openCypher ------------------------------------------------------------------------------------------------------

/// The lines of a script that are statements, each read by a parser: which clauses it has.
fn statements(script: &str) -> Vec<(&str, String)> {
    script
        .lines()
        .filter(|line| !line.starts_with("//"))
        .map(|line| {
            let query = decypher::parse(line).unwrap_or_else(|e| panic!("{e}\n{line}"));
            assert_eq!(query.statements.len(), 1, "one statement a line: {line}");
            let QueryBody::SingleQuery(single) = &query.statements[0] else { panic!("{line}") };
            let SingleQueryKind::SinglePart(part) = &single.kind else { panic!("{line}") };
            let shown = format!("{part:?}");
            let clauses = ["Match(", "Create(", "Delete(", "Remove(", "Set("].map(|c| shown.matches(c).count().min(1));
            (line, format!("{clauses:?}"))
        })
        .collect()
}

#[test]
fn every_line_of_the_script_is_one_create_and_no_text_can_add_a_clause() {
    for graph in [&*NASTY_GRAPH, &*SHIPPED] {
        let script = written(&Cypher, graph, Window::ALL);
        let statements = statements(&script);
        let (mut created, mut joined) = (0, 0);
        for (line, clauses) in &statements {
            match clauses.as_str() {
                "[0, 1, 0, 0, 0]" => created += 1,
                "[1, 1, 0, 0, 0]" => joined += 1,
                other => panic!("{other}: {line}"),
            }
        }
        let links: usize = graph.events().map(|(_, e)| e.participants.len() + usize::from(e.place.is_some())).sum();
        let repeats: usize = graph.sources().map(|(_, s)| s.derived_from.len()).sum();
        assert_eq!(created, graph.actors().len() + graph.events().len() + graph.sources().len());
        let holding = graph.all_time(Reading::Possible).relations().count();
        assert_eq!(joined, holding + links + repeats);
    }
}

#[test]
fn the_script_speaks_our_query_language() {
    let graph = QueryGraph::new(&SHIPPED);
    let labels: BTreeSet<&str> = graph.label_names().collect();
    let types: BTreeSet<&str> = graph.type_names().collect();
    let script = written(&Cypher, &SHIPPED, Window::ALL);
    let (mut seen_labels, mut seen_types) = (BTreeSet::new(), BTreeSet::new());
    for line in script.lines().filter(|line| !line.starts_with("//")) {
        let pattern = &line[line.find("CREATE (").expect("a CREATE") + 8..];
        let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '`');
        match pattern.strip_prefix("a)-[:") {
            Some(rest) => seen_types.extend(rest.split(ends).next()),
            None => seen_labels.extend(pattern[1..].split(" {").next().expect("properties").split(':')),
        }
    }
    assert!(seen_labels.len() > 30 && seen_types.len() > 50, "{} {}", seen_labels.len(), seen_types.len());
    let plain = |names: BTreeSet<&str>| -> Vec<String> { names.iter().map(|name| name.replace('`', "")).collect() };
    for label in plain(seen_labels) {
        assert!(labels.contains(&*label), "no label of ours: {label}");
    }
    for name in plain(seen_types) {
        assert!(types.contains(&*name), "no type of ours: {name}");
    }
}

// ---- Mermaid ---------------------------------------------------------------------------------------------------------

#[test]
fn labels_of_mermaid_hold_no_sign_that_it_reads() {
    let text = written(&Mermaid, &NASTY_GRAPH, Window::ALL);
    assert!(
        text.starts_with(
            "---\ntitle: \"A \\\"title\\\" --> \\\\ <with>\\nsigns; & \\u0001 جبهة\"\n---\nflowchart LR\n"
        )
    );
    let chart: Vec<&str> = text.lines().skip(4).collect();
    let labels: Vec<&str> = chart.iter().filter_map(|line| line.split('"').nth(1)).collect();
    for label in &labels {
        let bare = label.replace("<br>", " ");
        assert!(!bare.contains(['<', '>', '&', '`', '[', ']', '{', '}', '|', '\\', '*', '%', ':']), "{label}");
        // `#` begins an entity, and `;` ends one.
        assert_eq!(bare.matches('#').count(), bare.matches(';').count(), "{label}");
    }
    assert!(chart.iter().all(|line| matches!(line.matches('"').count(), 0 | 2 | 4 | 6)), "quotes pair up");
    let nodes = chart.iter().filter(|line| line.contains(":::kind_")).count();
    assert_eq!(nodes, NASTY.len());
    let arrows = |arrow: &str| chart.iter().filter(|line| line.starts_with("  a_") && line.contains(arrow)).count();
    let edges = arrows(" -->|") + arrows(" ---|") + arrows(" -.->|") + arrows(" -.-|");
    assert_eq!(edges, NASTY.len() + 1);
}

#[test]
fn a_chart_too_big_for_a_page_says_so() {
    let big = written(&Mermaid, &SHIPPED, Window::ALL);
    let count = SHIPPED.all_time(Reading::Possible).relations().count();
    assert!(count > 500 && count < SHIPPED.relations().len(), "some are only denied");
    let edges = big
        .lines()
        .filter(|line| [" -->|", " ---|", " -.->|", " -.-|"].iter().any(|arrow| line.contains(arrow)))
        .count();
    assert!(edges > count, "the legend has lines as well");
    assert!(big.contains(&format!("%% {edges} edges: a page draws them only with maxEdges raised above 500\n")));
    let remark =
        big.lines().find(|line| line.ends_with("maxTextSize raised above 50000")).expect("it is longer than that");
    let signs = big.replacen(&format!("{remark}\n"), "", 1).encode_utf16().count();
    assert!(remark.starts_with(&format!("%% {signs} signs: ")), "{remark}");
    assert!(!written(&Mermaid, &NASTY_GRAPH, Window::ALL).contains("%% "));
}

// ---- days ------------------------------------------------------------------------------------------------------------

fn days() -> impl Iterator<Item = Day> {
    (2009..=2027)
        .flat_map(|year| [(1, 1), (3, 15), (7, 1), (12, 8), (12, 31)].map(|(m, d)| (year, m, d)))
        .map(|(y, m, d)| Day::from_ymd(y, m, d).expect("a day"))
}

/// Whether a span with optional ends has the day; dates of one length order as texts do.
fn has(start: Option<&str>, end: Option<&str>, day: &str) -> bool {
    start.is_none_or(|start| start <= day) && end.is_none_or(|end| day <= end)
}

#[test]
fn spells_cover_the_days_on_which_a_relation_possibly_holds_and_tell_the_certain_ones() {
    for graph in [&*NASTY_GRAPH, &*SHIPPED] {
        let text = written(&Gexf, graph, Window::ALL);
        let document = Document::parse(&text).expect("XML");
        let edges: Vec<_> = named(document.root(), "edge").collect();
        assert_eq!(edges.len(), graph.relations().filter(|(id, _)| !graph.standing(*id).extent().is_never()).count());
        let mut told = BTreeMap::new();
        for edge in &edges {
            let id = graph.relation_by_slug(edge.attribute("id").expect("an id")).expect("a relation of ours");
            for day in days() {
                let text = day.to_string();
                let covers = |n: &Node<'_, '_>| has(n.attribute("start"), n.attribute("end"), &text);
                let spells: Vec<_> = named(*edge, "spell").collect();
                let is_shown = spells.is_empty() || spells.iter().any(covers);
                let said: Vec<&str> = named(*edge, "attvalue")
                    .filter(|v| v.attribute("for") == Some("holds_on_day") && covers(v))
                    .filter_map(|v| v.attribute("value"))
                    .collect();
                // What a view says, which knows nothing of spells.
                let holds = graph.on(day, Reading::Possible).holds(id);
                assert_eq!(is_shown, holds != Holds::No, "{:?} on {day}", edge.attribute("id"));
                let expected: &[&str] = if holds == Holds::No { &[] } else { &[holds.word()] };
                assert_eq!(said, expected, "{:?} on {day}", edge.attribute("id"));
                *told.entry(holds.word()).or_insert(0) += 1;
            }
        }
        assert!(told.len() == 3 && told.values().all(|count| *count > 100), "{told:?}");
    }
}

#[test]
fn a_node_is_shown_whenever_an_edge_of_it_is() {
    for graph in [&*NASTY_GRAPH, &*SHIPPED] {
        let text = written(&Gexf, graph, Window::ALL);
        let document = Document::parse(&text).expect("XML");
        let spells = |n: Node<'_, '_>| -> Vec<(Option<String>, Option<String>)> {
            named(n, "spell")
                .map(|s| (s.attribute("start").map(str::to_owned), s.attribute("end").map(str::to_owned)))
                .collect()
        };
        let nodes: BTreeMap<&str, _> =
            named(document.root(), "node").map(|n| (n.attribute("id").expect("an id"), spells(n))).collect();
        assert!(nodes.values().any(|spells| !spells.is_empty()), "some lives are recorded");
        for edge in named(document.root(), "edge") {
            for end in ["source", "target"] {
                let around = &nodes[edge.attribute(end).expect("an end")];
                for (start, end) in spells(edge) {
                    let within = |(first, last): &(Option<String>, Option<String>)| {
                        first.as_ref().is_none_or(|first| start.as_ref().is_some_and(|start| first <= start))
                            && last.as_ref().is_none_or(|last| end.as_ref().is_some_and(|end| end <= last))
                    };
                    assert!(around.is_empty() || around.iter().any(within), "{:?}: {around:?}", edge.attribute("id"));
                }
            }
        }
    }
}

#[test]
fn certain_and_possible_days_are_those_of_a_view() {
    for graph in [&*NASTY_GRAPH, &*SHIPPED] {
        let whole: Value = serde_json::from_str(&written(&NodeLink, graph, Window::ALL)).expect("JSON");
        for edge in whole["edges"].as_array().expect("edges") {
            let id = graph.relation_by_slug(edge["id"].as_str().expect("an id")).expect("ours");
            for day in days() {
                let text = day.to_string();
                let ends = |from: &str, until: &str| (edge[from].as_str(), edge[until].as_str());
                let (from, until) = ends("certain_from", "certain_until");
                let is_certain = from.is_some() && until.is_some() && has(from, until, &text);
                let (from, until) = ends("possible_from", "possible_until");
                let told = match (is_certain, has(from, until, &text)) {
                    (true, true) => Holds::Certain,
                    (false, true) => Holds::Possible,
                    (false, false) => Holds::No,
                    (true, false) => panic!("certain and not possible: {edge}"),
                };
                assert_eq!(told, graph.on(day, Reading::Possible).holds(id), "{} on {day}", edge["id"]);
            }
        }
        for node in whole["nodes"].as_array().expect("nodes") {
            let id = graph.actor_by_slug(node["id"].as_str().expect("an id")).expect("ours");
            for day in days() {
                let is_alive = has(node["possible_from"].as_str(), node["possible_until"].as_str(), &day.to_string());
                assert_eq!(is_alive, graph.on(day, Reading::Possible).contains(id), "{} on {day}", node["id"]);
            }
        }
    }
}

// ---- all of them -----------------------------------------------------------------------------------------------------

fn all() -> Vec<Box<dyn Exporter>> {
    let mut all: Vec<Box<dyn Exporter>> =
        vec![Box::new(GraphMl), Box::new(Gexf), Box::new(NodeLink), Box::new(Cypher), Box::new(Mermaid)];
    for part in [Part::Nodes, Part::Edges] {
        all.extend([b',', b'\t'].map(|delimiter| Box::new(table(part, delimiter)) as Box<dyn Exporter>));
    }
    all
}

#[test]
fn the_same_view_gives_the_same_bytes() {
    let again = nasty();
    for exporter in all() {
        let first = written(&*exporter, &NASTY_GRAPH, Window::ALL);
        assert_eq!(written(&*exporter, &again, Window::ALL), first, "{}", exporter.name());
        assert!(first.ends_with('\n') && !first.ends_with("\n\n"), "{}", exporter.name());
    }
}

#[test]
fn an_empty_view_is_a_file_that_can_be_read() {
    let day = Window::on(Day::from_ymd(1500, 1, 1).expect("a day"));
    let quiet = Style::default();
    for exporter in all() {
        let mut out = Vec::new();
        let view = NASTY_GRAPH.view(day, Reading::Possible).with_types(&[]);
        exporter.write(&Contents::of(&view, &quiet), &quiet, &mut out).expect("memory takes it all");
        let text = String::from_utf8(out).expect("UTF-8");
        match exporter.name() {
            "graphml" | "gexf" => assert_eq!(named(Document::parse(&text).expect("XML").root(), "edge").count(), 0),
            "node-link" => assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON")["edges"], json!([])),
            "csv" => assert!(rows(&text, b',').is_empty()),
            "tsv" => assert!(rows(&text, b'\t').is_empty()),
            "cypher" => assert!(statements(&text).is_empty()),
            _ => assert_eq!(text, "flowchart LR\n"),
        }
    }
}

// ---- the page --------------------------------------------------------------------------------------------------------

const PAGE: &str = "docs/exchange.md";

#[test]
fn the_page_says_what_each_format_leaves_out() {
    let mut part = String::new();
    let mut told = BTreeSet::new();
    let linked: [Box<dyn Exporter>; 4] =
        [Box::new(Turtle::default()), Box::new(JsonLd::default()), Box::new(Stix), Box::new(Ftm)];
    for exporter in all().iter().chain(&linked).filter(|exporter| told.insert(exporter.name())) {
        let losses: Vec<String> = exporter.losses().iter().map(|loss| format!("  * {loss}\n")).collect();
        part.push_str(&format!("* **{}**\n{}", exporter.name(), losses.concat()));
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let (begin, end) = ("made by `UPDATE=1 cargo test --test exchange` -->\n", "<!-- end of losses -->");
    let from = page.find(begin).expect("the page has the marker") + begin.len();
    let to = from + page[from..].find(end).expect("the page has the marker");
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        std::fs::write(&path, format!("{}\n{part}\n{}", &page[..from], &page[to..])).expect("the page is ours");
    } else {
        assert_eq!(page[from..to].trim(), part.trim(), "UPDATE=1 writes it anew");
    }
}

#[test]
fn every_command_of_the_page_writes_its_file() {
    let page = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE)).expect("there");
    let folder = std::env::temp_dir().join(format!("allegiance-exchange-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut commands: Vec<&str> = page.split('`').filter(|part| part.starts_with("allegiance export ")).collect();
    let block = |line: &&str| line.starts_with("allegiance export ");
    commands.extend(page.lines().filter(block));
    commands.retain(|command| !command.contains("FORMAT"));
    commands.sort_unstable();
    commands.dedup();
    assert!(commands.len() >= 7, "{commands:?}");
    for command in commands {
        let words: Vec<&str> = command.split(' ').skip(1).collect();
        let out = words[1 + words.iter().position(|word| *word == "-o").expect("it writes a file")];
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_allegiance"))
            .args(&words)
            .current_dir(&folder)
            .env_remove("ALLEGIANCE_DATA")
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        let files = if words[1] == "csv" {
            vec![format!("{out}.nodes.csv"), format!("{out}.edges.csv")]
        } else {
            vec![out.to_owned()]
        };
        for file in files {
            let size = std::fs::metadata(folder.join(&file)).map_or(0, |about| about.len());
            assert!(size > 500, "{command}: {file} has {size} bytes");
        }
    }
    std::fs::remove_dir_all(&folder).expect("ours");
}
