//! Exports for linked data and intelligence tools, and briefs: the same bytes every time, what is denied never told as if it were so, and no text of
//! the data that becomes anything but text. What the formats mean is judged by readers that we did not write: tests/readers/test_linked.py.

use allegiance::dataset::{self, InputFile, load};
use allegiance::export::{Base, Contents, Exporter, Ftm, JsonLd, Stix, Style, Turtle};
use allegiance::graph::{ClaimFilter, TemporalGraph};
use allegiance::model::Status;
use allegiance::time::{Dated, Day, Reading, Window};
use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxttl::TurtleParser;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::process::{Command, Output};

/// Names and notes that would be something else in one of the formats if they were not escaped.
const NASTY: &[&str] = &[
    r#"say "no""#,
    r"back\slash",
    r"ends with \",
    "جبهة الشمال",
    "<b>bold</b> & ]]> <!--",
    "two\nlines\r\nand a tab\t.",
    "\"\"\" . <urn:x> <urn:y> <urn:z> .",
    "# heading",
    "1. list",
    "- item",
    "[link](https://example.org/) ![x](y) [1]: z",
    "`code` *bold* _em_ ~~gone~~ | cell",
    "control \u{1}\u{7f}\u{85}\u{2028} signs",
    "\u{1f9ff} emoji \u{202e}turned",
    "@en^^xsd:date",
    "{\"json\": true}",
    "&lt;entity&gt; &#60;",
    "a very long name that goes on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on",
];

fn read(file: &Value) -> TemporalGraph {
    let bytes = file.to_string().into_bytes().into();
    load(vec![InputFile { name: "test.json".into(), bytes }]).unwrap_or_else(|r| panic!("{:?}", r.diagnostics)).graph
}

fn claim(source: &str, stance: &str, modality: &str, note: &str) -> Value {
    json!({"source": source, "locator": "p. \"3\" \\ ](x)", "stance": stance, "modality": modality, "credibility": 2, "note": note,
        "attributed_to": {"name": note, "anonymous": true}, "figures": [{"what": note, "value": note, "qualifier": note}]})
}

/// Actors with nasty names around one in the middle: allied, contested, denied, reported and dated by turns.
fn nasty() -> Value {
    let kinds = ["armed_group", "state", "person", "faction"];
    let mut actors: Vec<Value> = NASTY
        .iter()
        .enumerate()
        .map(|(n, name)| {
            json!({"id": format!("a{n:02}"), "name": name, "kind": kinds[n % 4], "summary": name, "traits": [name],
                "names": [{"name": format!("{name} too"), "kind": "alias", "lang": "not a tag", "sources": ["s1"]}, {"name": name, "kind": "acronym", "lang": "ar", "script": "Arab"}],
                "external_ids": {"wikidata": name, "register": name},
                "claims": [claim("s1", "supports", "asserted", name)]})
        })
        .collect();
    actors.push(json!({"id": "middle", "name": "Middle", "kind": "armed_group", "exists": "2010/.."}));
    let dates = ["2016", "2016~/..", "/..", "[2016,2017]", "2015/2018-05", "..2014/2016", "2017/..2025-03", "2016-21"];
    let relations: Vec<Value> = (0..NASTY.len())
        .map(|n| {
            let claims = match n % 4 {
                0 => vec![claim("s1", "supports", "asserted", NASTY[n])],
                1 => vec![claim("s1", "supports", "asserted", NASTY[n]), claim("s2", "denies", "asserted", NASTY[n])],
                2 => vec![claim("s2", "denies", "asserted", NASTY[n])],
                _ => vec![claim("s1", "supports", "reported", NASTY[n])],
            };
            json!({"id": format!("r{n:02}"), "subject": format!("a{n:02}"), "type": if n % 2 == 0 { "allied_with" } else { "enemy_of" }, "object": "middle",
                "valid": dates[n % dates.len()], "basis": "reported", "note": NASTY[n], "roles": {"against": NASTY[n]}, "claims": claims})
        })
        .collect();
    let events: Vec<Value> = NASTY
        .iter()
        .enumerate()
        .map(|(n, name)| {
            json!({"id": format!("e{n:02}"), "name": name, "kind": "meeting", "date": "2016-05", "note": name,
                "participants": [{"actor": "middle", "role": "party"}, {"actor": format!("a{n:02}"), "role": "party"}],
                "claims": [claim("s1", "supports", "asserted", name)]})
        })
        .collect();
    let source = |id: &str, n: usize| {
        json!({"id": id, "title": NASTY[n], "author": NASTY[n + 1], "publisher": NASTY[n + 2], "url": NASTY[n + 3], "published": "2020-01~", "kind": "news",
            "reliability": "B", "names": [NASTY[n]]})
    };
    json!({"sources": [source("s1", 4), source("s2", 6)], "actors": actors, "relations": relations, "events": events})
}

fn write(graph: &TemporalGraph, exporter: &dyn Exporter, window: Window) -> String {
    let view = graph.view(window, Reading::Possible);
    let style =
        Style { title: NASTY[6].to_owned(), limits: vec![NASTY[0].to_owned()], isolated: true, ..Style::default() };
    let mut out = Vec::new();
    exporter.write(&Contents::of(&view, &style), &style, &mut out).expect("it writes");
    String::from_utf8(out).expect("UTF-8")
}

fn all(graph: &TemporalGraph, window: Window) -> Vec<(&'static str, String)> {
    let exporters: [&dyn Exporter; 4] = [&Turtle::default(), &JsonLd::default(), &Stix, &Ftm];
    exporters.map(|exporter| (exporter.name(), write(graph, exporter, window))).to_vec()
}

fn triples(turtle: &str) -> BTreeSet<String> {
    TurtleParser::new().for_slice(turtle).map(|t| t.expect("Turtle").to_string()).collect()
}

#[test]
fn the_same_records_give_the_same_bytes() {
    let (first, second) = (dataset::embedded(), dataset::embedded());
    for ((name, a), (_, b)) in all(&first, Window::ALL).into_iter().zip(all(&second, Window::ALL)) {
        assert_eq!(a, b, "{name}");
        assert!(a.len() > 100_000, "{name} holds the shipped data");
    }
}

#[test]
fn turtle_and_json_ld_say_the_same() {
    for graph in [dataset::embedded(), read(&nasty())] {
        let turtle = triples(&write(&graph, &Turtle::default(), Window::ALL));
        let json_ld = write(&graph, &JsonLd::default(), Window::ALL);
        let parsed = oxjsonld::JsonLdParser::new().for_slice(json_ld.as_bytes());
        let parsed: BTreeSet<String> = parsed.map(|q| Triple::from(q.expect("JSON-LD")).to_string()).collect();
        assert_eq!(turtle, parsed);
        assert!(turtle.len() > 500);
    }
}

#[test]
fn no_text_of_the_data_becomes_a_triple_or_a_name() {
    let graph = read(&nasty());
    let turtle = write(&graph, &Turtle::default(), Window::ALL);
    let mut notes: BTreeSet<String> = BTreeSet::new();
    for triple in TurtleParser::new().for_slice(&turtle) {
        let triple = triple.expect("Turtle");
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { panic!("{triple} has a blank node") };
        assert!(subject.as_str().starts_with("urn:allegiance:"), "{triple}");
        match &triple.object {
            Term::Literal(literal) if triple.predicate.as_str() == "urn:allegiance:ns:note" => {
                notes.insert(literal.value().to_owned());
            }
            Term::NamedNode(object) => {
                assert!(!object.as_str().contains("urn:x") && !object.as_str().contains("urn:z"), "{triple}");
            }
            Term::Literal(_) => {}
            other => panic!("{other} is neither a name nor a text"),
        }
    }
    for name in NASTY {
        assert!(notes.contains(*name), "{name:?} comes back as it was");
    }
}

#[test]
fn a_base_goes_before_every_record_and_before_no_term() {
    let graph = dataset::embedded();
    let base = Base::parse("https://example.org/syria/").expect("a base");
    let there = triples(&write(&graph, &Turtle { base }, Window::ALL));
    let here = triples(&write(&graph, &Turtle::default(), Window::ALL));
    assert_eq!(here.len(), there.len());
    assert!(there.iter().any(|t| t.starts_with("<https://example.org/syria/actor/hts> ")));
    assert!(there.iter().all(|t| !t.contains("urn:allegiance:actor:") && !t.contains("urn:allegiance:type:")));
    assert!(there.iter().any(|t| t.contains("<urn:allegiance:ns:subject>")));
}

/// The pairs of a graph that a day finds so: `(subject, type, object)`, by readable ids.
fn ties(
    graph: &TemporalGraph,
    wanted: impl Fn(allegiance::model::RelationId) -> bool,
) -> BTreeSet<(String, String, String)> {
    let slug = |id| graph.actor(id).slug.to_string();
    let of = |r: &allegiance::model::Relation| {
        (slug(r.subject), graph.vocabulary().relation_type(r.kind).name.to_string(), slug(r.object))
    };
    graph.relations().filter(|(id, _)| wanted(*id)).map(|(_, r)| of(r)).collect()
}

#[test]
fn only_what_certainly_holds_is_a_direct_triple() {
    let graph = dataset::embedded();
    for day in [None, Day::from_ymd(2015, 6, 1).ok(), Day::from_ymd(2025, 1, 24).ok()] {
        let window = day.map_or(Window::ALL, Window::on);
        let view = graph.view(window, Reading::Possible);
        let certain = ties(&graph, |id| {
            view.contains_relation(id) && view.standing(id).extent().holds(window).word() == "certain"
        });
        let mut found = BTreeSet::new();
        for triple in TurtleParser::new().for_slice(&write(&graph, &Turtle::default(), window)) {
            let triple = triple.expect("Turtle").to_string();
            let parts: Vec<&str> = triple.split(' ').map(|p| p.trim_matches(['<', '>'])).collect();
            if let (Some(s), Some(p), Some(o)) = (
                parts[0].strip_prefix("urn:allegiance:actor:"),
                parts[1].strip_prefix("urn:allegiance:type:"),
                parts[2].strip_prefix("urn:allegiance:actor:"),
            ) {
                found.insert((s.to_owned(), p.to_owned(), o.to_owned()));
            }
        }
        let symmetric = |kind: &str| {
            graph.vocabulary().type_named(kind).is_some_and(|id| graph.vocabulary().relation_type(id).symmetric)
        };
        let both: BTreeSet<_> = certain
            .iter()
            .flat_map(|(s, p, o)| {
                [Some((s.clone(), p.clone(), o.clone())), symmetric(p).then(|| (o.clone(), p.clone(), s.clone()))]
            })
            .flatten()
            .collect();
        assert!(found.len() > 10, "{day:?}");
        assert_eq!(found, both, "{day:?}");
    }
}

#[test]
fn what_is_denied_is_never_told_as_a_tie() {
    let graph = dataset::embedded();
    let denied = ties(&graph, |id| graph.standing(id).status == Status::Denied);
    assert!(denied.len() > 3);
    let held = ties(&graph, |id| graph.standing(id).status != Status::Denied);
    let exports: BTreeMap<&str, String> = all(&graph, Window::ALL).into_iter().collect();
    let slugs: Vec<String> = graph
        .relations()
        .filter(|(id, _)| graph.standing(*id).status == Status::Denied)
        .map(|(_, r)| r.slug.to_string())
        .collect();
    let turtle = triples(&exports["turtle"]);
    for slug in &slugs {
        let name = format!("<urn:allegiance:relation:{slug}>");
        let said: Vec<&String> = turtle.iter().filter(|t| t.starts_with(&name)).collect();
        assert!(said.iter().any(|t| t.contains("ns:DeniedRelation>")), "{slug} is there");
        assert!(
            !said.iter().any(|t| t.contains("ns:Relation>") || t.contains("<urn:allegiance:ns:subject>")),
            "{slug}"
        );
    }
    let bundle: Value = serde_json::from_str(&exports["stix"]).expect("JSON");
    for object in bundle["objects"].as_array().expect("objects") {
        let id = object["extensions"].as_object().and_then(|e| e.values().next()).and_then(|e| e["id"].as_str());
        if object["type"] == "relationship" {
            assert!(!id.is_some_and(|id| slugs.iter().any(|slug| slug == id)), "{object}");
        }
    }
    let notes = exports["ftm"].lines().filter(|line| line.contains("\"schema\":\"Note\"")).count();
    assert_eq!(notes, slugs.len());
    for line in exports["ftm"].lines() {
        let entity: Value = serde_json::from_str(line).expect("JSON");
        let record = entity["properties"]["recordId"][0].as_str().unwrap_or_default();
        assert!(!slugs.iter().any(|slug| slug == record), "{line}");
    }
    assert!(denied.is_disjoint(&held) || held.len() > 400);
}

#[test]
fn a_date_or_a_filter_narrows_every_export() {
    let graph = dataset::embedded();
    let day = Window::on(Day::from_ymd(2015, 6, 1).expect("a day"));
    for ((name, whole), (_, part)) in all(&graph, Window::ALL).into_iter().zip(all(&graph, day)) {
        assert!(part.len() < whole.len() * 9 / 10, "{name}");
    }
    let filter = ClaimFilter { known_by: Day::from_ymd(2019, 12, 31).ok(), ..ClaimFilter::default() };
    let view = graph.view(Window::ALL, Reading::Possible).with_claims(filter);
    let style = Style { isolated: true, ..Style::default() };
    let exporters: [&dyn Exporter; 4] = [&Turtle::default(), &JsonLd::default(), &Stix, &Ftm];
    for exporter in exporters {
        let mut out = Vec::new();
        exporter.write(&Contents::of(&view, &style), &style, &mut out).expect("it writes");
        let text = String::from_utf8(out).expect("UTF-8");
        assert!(text.contains("mei-2019-01"), "{}", exporter.name());
        for later in ["wapo-2025-01", "giustozzi-2025-03", "anti-isis-gamble-2025-11"] {
            assert!(!text.contains(later), "{} cites {later}, which was not known", exporter.name());
        }
    }
}

#[test]
fn an_empty_view_is_written_too() {
    let graph = read(
        &json!({"sources": [{"id": "s1", "title": "S", "published": "2020", "kind": "news", "reliability": "B"}], "actors": []}),
    );
    for (name, text) in all(&graph, Window::ALL) {
        match name {
            "turtle" => assert!(!triples(&text).is_empty()),
            "ftm" => assert_eq!(text, ""),
            _ => assert!(serde_json::from_str::<Value>(&text).is_ok(), "{name}"),
        }
    }
}

#[test]
fn exports_say_plainly_what_they_lose() {
    let exporters: [&dyn Exporter; 4] = [&Turtle::default(), &JsonLd::default(), &Stix, &Ftm];
    for exporter in exporters {
        assert!(!exporter.losses().is_empty(), "{}", exporter.name());
    }
}

// Briefs.

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_allegiance"))
        .args(arguments)
        .env_remove("ALLEGIANCE_DATA")
        .output()
        .expect("it runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

fn brief(arguments: &[&str]) -> String {
    let output = run(&[&["brief"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout).to_owned()
}

/// The numbers of sources that a brief cites, and those that it lists.
fn numbers(brief: &str) -> (BTreeSet<usize>, Vec<usize>) {
    let (body, listed) = brief.split_once("\n## Sources\n").unwrap_or((brief, ""));
    let mut cited = BTreeSet::new();
    for citation in body.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(inside, _)| inside) {
        for part in citation.split(';') {
            cited.extend(part.trim().split([' ', ',']).next().and_then(|number| number.parse::<usize>().ok()));
        }
    }
    let listed = listed.lines().filter_map(|line| line.split_once(". ")?.0.parse().ok()).collect();
    (cited, listed)
}

#[test]
fn every_number_of_a_brief_is_listed_and_every_source_listed_is_cited() {
    for who in ["HTS", "SDF", "Ahmed al-Sharaa", "nusra", "idlib"] {
        for when in [
            &[][..],
            &["--at", "2015"],
            &["--ever"],
            &["--during", "2016/2018"],
            &["--known-by", "2019-12-31"],
            &["--full"],
            &["--limit", "2"],
        ] {
            let output = run(&[&["brief", who], when].concat());
            assert!(matches!(output.status.code(), Some(0 | 1)), "{who} {when:?}: {}", text(&output.stderr));
            let (cited, listed) = numbers(text(&output.stdout));
            assert_eq!(
                cited.iter().copied().collect::<Vec<_>>(),
                (1..=listed.len()).collect::<Vec<_>>(),
                "{who} {when:?}"
            );
            assert_eq!(listed, (1..=listed.len()).collect::<Vec<_>>(), "{who} {when:?}");
        }
    }
}

#[test]
fn a_statement_of_a_brief_cites_unless_it_counts_records() {
    let page: Value = serde_json::from_str(&brief(&["HTS", "--format", "json"])).expect("JSON");
    let rows = page["rows"].as_array().expect("rows");
    assert!(rows.len() > 100);
    for row in rows {
        let cites = row["claims"].as_array().is_some_and(|claims| !claims.is_empty());
        let of_names =
            row["section"] == "names" && row["text"].as_str().is_some_and(|t| t.starts_with("In other languages"));
        assert!(cites || row["section"] == "unknown" || of_names, "{row}");
        assert_eq!(cites, row["citations"].as_str().is_some_and(|c| !c.is_empty()), "{row}");
    }
    let sections: Vec<&str> =
        page["sections"].as_array().expect("sections").iter().filter_map(|s| s["section"].as_str()).collect();
    for wanted in [
        "names",
        "nature",
        "lineage",
        "friends",
        "enemies",
        "dealings",
        "earlier",
        "events",
        "contested",
        "denied",
        "figures",
        "unknown",
    ] {
        assert!(sections.contains(&wanted), "{wanted} is missing of {sections:?}");
    }
}

#[test]
fn a_brief_says_of_the_days_asked_about_what_the_other_commands_say() {
    let rows = |arguments: &[&str]| -> Vec<Value> {
        let page: Value = serde_json::from_str(text(&run(arguments).stdout)).expect("JSON");
        page["rows"].as_array().expect("rows").clone()
    };
    for (who, day) in [("HTS", "2015-06-01"), ("HTS", "2025-01-24"), ("SDF", "2025-11-25"), ("Iran", "2024-06-01")] {
        let told: BTreeMap<String, String> = rows(&["brief", who, "--at", day, "--full", "--format", "json"])
            .iter()
            .filter(|row| {
                ["friends", "enemies", "listings", "structure", "dealings", "attitudes", "places"]
                    .contains(&row["section"].as_str().unwrap_or(""))
            })
            .filter(|row| !row["text"].as_str().is_some_and(|t| t.starts_with("shortly before")))
            .map(|row| {
                (
                    row["record"].as_str().expect("a record").to_owned(),
                    row["holds"].as_str().expect("a word").to_owned(),
                )
            })
            .collect();
        let listed: BTreeMap<String, String> = rows(&["relations", who, "--at", day, "--format", "json"])
            .iter()
            .filter(|row| row["status"] == "supported" && row["category"] != "lineage")
            .map(|row| {
                (row["id"].as_str().expect("an id").to_owned(), row["holds"].as_str().expect("a word").to_owned())
            })
            .collect();
        assert!(!listed.is_empty(), "{who} {day}");
        assert_eq!(told, listed, "{who} {day}");
    }
}

#[test]
fn a_brief_keeps_to_what_was_known_and_to_one_source() {
    let known = brief(&["HTS", "--known-by", "2019-12-31"]);
    assert!(
        known.contains("Middle East Institute") && !known.contains("Washington Post") && !known.contains("Giustozzi"),
        "{known}"
    );
    let post = brief(&["HTS", "--source", "WaPo"]);
    assert!(post.contains("Washington Post") && !post.contains("Middle East Institute, published"));
}

#[test]
fn names_and_notes_stay_text_in_a_brief() {
    let path = std::env::temp_dir().join(format!("allegiance-linked-{}.json", std::process::id()));
    std::fs::write(&path, nasty().to_string()).expect("written");
    let file = path.to_str().expect("UTF-8");
    let middle = brief(&["middle", "--data", file, "--at", "2016", "--full"]);
    for n in 0..NASTY.len() {
        brief(&[&format!("a{n:02}"), "--data", file, "--at", "2016", "--full"]);
    }
    std::fs::remove_file(&path).expect("ours");
    for line in middle.lines() {
        let rest = line.trim_start();
        let is_structure = rest.is_empty()
            || rest.starts_with("# Middle")
            || ["## ", "- ", "*", "> "].iter().any(|sign| rest.starts_with(sign))
            || rest.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok())
            || ["As last attested", "Only possible", "Only reported", "Citations give", "Armed group."]
                .iter()
                .any(|start| rest.starts_with(start));
        assert!(is_structure, "{line:?}");
        for bare in ["<b>", "](https", "](x)", "`code`", " *bold*", "~~gone", "| cell", "<urn:"] {
            assert!(
                !line.replace("\\|", "").replace("\\*", "").replace("\\`", "").replace("\\]", "").contains(bare),
                "{line:?}"
            );
        }
        for start in ["- # ", "- 1. ", "- - ", "- + "] {
            assert!(!rest.starts_with(start), "{line:?}");
        }
    }
    let dated = Dated::parse("2016").expect("a date");
    assert!(middle.contains(dated.text()));
}

#[test]
fn a_brief_is_refused_or_written_as_asked() {
    for (arguments, code) in [
        (&["brief", "HTS", "--explain"][..], "no-equal-query"),
        (&["brief", "HTS", "--format", "svg"], "not-drawn"),
        (&["brief", "HTS", "--format", "json", "--out", "x.md"], "not-to-a-file"),
        (&["brief", "Nobody at all"], "unknown-actor"),
        (&["export", "stix", "--base", "https://example.org/"], "flag-without-effect"),
        (&["export", "turtle", "--base", "https://example.org"], "bad-base"),
        (&["export", "turtle", "--base", "example"], "bad-base"),
    ] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(&format!("error[{code}]")), "{arguments:?}: {}", text(&output.stderr));
    }
    let path = std::env::temp_dir().join(format!("allegiance-brief-{}.md", std::process::id()));
    let file = path.to_str().expect("UTF-8");
    assert_eq!(text(&run(&["brief", "SDF", "--out", file]).stdout), "");
    let written = std::fs::read_to_string(&path).expect("written");
    std::fs::remove_file(&path).expect("ours");
    assert_eq!(written, brief(&["SDF"]));
    assert_eq!(written, brief(&["SDF", "--format", "md"]));
    let nothing = run(&["brief", "SDF", "--at", "1950"]);
    assert_eq!(nothing.status.code(), Some(0), "names are recorded whatever the days: {}", text(&nothing.stdout));
}
