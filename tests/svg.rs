//! Drawings of networks, read back by an XML parser and a text shaper that we did not write: everything is there, nothing overlaps, and
//! no text of the data becomes markup.

use allegiance::dataset::{self, InputFile, load};
use allegiance::export::{Contents, Exporter, Style, Svg};
use allegiance::graph::TemporalGraph;
use allegiance::time::{Dated, Reading, Window};
use roxmltree::{Document, Node};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Names that would be something else if they were not escaped, and names that are hard to set.
const NASTY: &[&str] = &[
    r#"say "no""#,
    "<script>alert(1)</script>",
    "R&D &amp; &gt; &#x41;",
    "]]> <!-- no --> <?pi?>",
    "' onload='alert(1)",
    "جبهة تحرير الشام وحلفاؤها في الشمال",
    "two\nlines\tand a tab",
    "bell\u{7}and\u{fffe}nothing\u{0}",
    "Unbreakablenameofonesinglewordthatgoesonandonandonandonandonwithoutanyblank",
    "A very long name of an alliance of the united fronts for the deliverance of the northern, southern, eastern and western governorates, \
     provisional command, reconstituted after the second congress of the general council",
    "日本語の名前 and 🕊️ doves",
    "e\u{301}\u{327}\u{30a}",
    "\u{202e}reversed\u{202c}",
    "   ",
    "Ḥayʾat Taḥrīr aš-Šām",
];

fn claim(source: &str, stance: &str, locator: &str) -> Value {
    json!({"source": source, "locator": locator, "stance": stance, "modality": "asserted", "credibility": 2, "note": "N."})
}

fn read(file: &Value) -> TemporalGraph {
    let bytes = file.to_string().into_bytes().into();
    load(vec![InputFile { name: "test.json".into(), bytes }]).unwrap_or_else(|r| panic!("{:?}", r.diagnostics)).graph
}

fn sources() -> Value {
    json!([
        {"id": "s1", "title": "First & <last>", "author": "A \"B\" C", "published": "2020-01-01", "kind": "news", "reliability": "B"},
        {"id": "s2", "title": "Second", "publisher": "ناشر", "published": "2020-02-01", "kind": "news", "reliability": "C"},
        {"id": "s3", "title": "Cited by nobody", "published": "2020-02-01", "kind": "news", "reliability": "C"}
    ])
}

/// A ring of actors with nasty names and a spoke from each to the first; one relation is contested.
fn ring() -> TemporalGraph {
    let kinds = ["armed_group", "state", "person", "faction", "government", "place", "unidentified", "community"];
    let names: Vec<&str> = NASTY.iter().map(|name| if name.trim().is_empty() { "blank" } else { name }).collect();
    let actors: Vec<Value> = names
        .iter()
        .enumerate()
        .map(|(n, name)| json!({"id": format!("a{n:02}"), "name": name, "kind": kinds[n % 2]}))
        .collect();
    let count = names.len();
    let relation = |n: usize, id: String, to: usize, kind: &str| {
        let mut claims = vec![claim("s1", "supports", "p. \"3\" <\\")];
        if n == 3 {
            claims.push(claim("s2", "denies", "¶2"));
        }
        json!({"id": id, "subject": format!("a{n:02}"), "type": kind, "object": format!("a{to:02}"), "valid": "2015/2018", "basis": "reported", "claims": claims})
    };
    let mut relations: Vec<Value> = (0..count)
        .map(|n| relation(n, format!("r{n:02}"), (n + 1) % count, if n % 3 == 0 { "arms" } else { "enemy_of" }))
        .collect();
    relations.extend((2..count - 1).map(|n| relation(n, format!("t{n:02}"), 0, "arms")));
    read(&json!({"sources": sources(), "actors": actors, "relations": relations}))
}

fn drawn(graph: &TemporalGraph, window: Window, style: &Style) -> String {
    let mut out = Vec::new();
    let view = graph.view(window, Reading::Possible);
    Svg.write(&Contents::of(&view, style), style, &mut out).expect("memory takes it all");
    String::from_utf8(out).expect("UTF-8")
}

fn full() -> Style {
    Style {
        title: "A \"title\" with <signs> & &amp;".into(),
        limits: vec!["only <sources> of rank & file".into()],
        dates: true,
        legend: true,
        lineage_clusters: true,
        isolated: true,
        footnotes: true,
    }
}

fn at(date: &str) -> Window {
    Dated::parse(date).expect("a date").window()
}

fn of_class<'a, 'd>(drawing: &'a Document<'d>, class: &str) -> Vec<Node<'a, 'd>> {
    drawing.descendants().filter(|n| n.attribute("class") == Some(class)).collect()
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|v| v.parse().ok()).unwrap_or_else(|| panic!("{name} of {node:?}"))
}

/// The frame of an actor's outline: left, top, right, bottom.
fn frame(actor: Node<'_, '_>) -> [f64; 4] {
    let mut all = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let mut take = |x: f64, y: f64| {
        all = [all[0].min(x), all[1].min(y), all[2].max(x), all[3].max(y)];
    };
    for part in actor.children().filter(Node::is_element) {
        match part.tag_name().name() {
            "rect" => {
                let (x, y) = (number(part, "x"), number(part, "y"));
                take(x, y);
                take(x + number(part, "width"), y + number(part, "height"));
            }
            "polygon" => {
                for corner in part.attribute("points").expect("corners").split(' ') {
                    let (x, y) = corner.split_once(',').expect("a pair");
                    take(x.parse().expect("x"), y.parse().expect("y"));
                }
            }
            _ => {}
        }
    }
    assert!(all[0] < all[2] && all[1] < all[3], "an actor without an outline: {actor:?}");
    all
}

fn frames(drawing: &Document<'_>) -> BTreeMap<String, [f64; 4]> {
    of_class(drawing, "actor").into_iter().map(|a| (a.attribute("id").expect("an id").to_owned(), frame(a))).collect()
}

/// Pairs of actors whose outlines share ground.
fn overlaps(frames: &BTreeMap<String, [f64; 4]>) -> Vec<(String, String)> {
    let all: Vec<(&String, &[f64; 4])> = frames.iter().collect();
    let mut found = Vec::new();
    for (n, (a, p)) in all.iter().enumerate() {
        for (b, q) in &all[n + 1..] {
            if p[2].min(q[2]) - p[0].max(q[0]) > 0.01 && p[3].min(q[3]) - p[1].max(q[1]) > 0.01 {
                found.push(((*a).clone(), (*b).clone()));
            }
        }
    }
    found
}

/// A line drawn: the ends, the types of its relations, and points along it.
type Tie<'a> = (BTreeSet<&'a str>, BTreeSet<&'a str>, Vec<(f64, f64)>);

#[test]
fn no_text_of_the_data_becomes_markup() {
    let svg = drawn(&ring(), Window::ALL, &full());
    let drawing = Document::parse(&svg).expect("well-formed");
    let ours: BTreeSet<&str> =
        ["svg", "title", "desc", "defs", "style", "rect", "g", "text", "path", "polygon", "polyline", "line"].into();
    for element in drawing.descendants().filter(Node::is_element) {
        assert!(ours.contains(element.tag_name().name()), "{element:?}");
        for attribute in element.attributes() {
            assert!(!attribute.name().starts_with("on") && !attribute.name().contains("href"), "{attribute:?}");
        }
    }
    assert!(drawing.descendants().all(|n| !n.is_comment() && !n.is_pi()));
    assert!(!svg.contains("<script") && !svg.contains("url(") && !svg.contains("<!"), "nothing from outside");
}

#[test]
fn every_actor_and_relation_is_there_with_its_name_dates_and_claims() {
    let graph = ring();
    let svg = drawn(&graph, Window::ALL, &full());
    let drawing = Document::parse(&svg).expect("well-formed");
    let seen: BTreeSet<&str> = of_class(&drawing, "actor").iter().filter_map(|a| a.attribute("id")).collect();
    assert_eq!(seen.len(), NASTY.len());
    for (id, actor) in graph.actors() {
        let own = format!("actor-{}", actor.slug);
        assert!(seen.contains(own.as_str()), "{id:?}");
    }
    let name = |slug: &str| {
        let id = format!("actor-{slug}");
        drawing
            .descendants()
            .find(|n| n.attribute("id") == Some(&id))
            .and_then(|n| n.attribute("data-name"))
            .expect("a name")
    };
    assert_eq!(name("a00"), NASTY[0]);
    assert_eq!(name("a01"), NASTY[1]);
    assert_eq!(name("a02"), NASTY[2]);
    assert_eq!(name("a03"), NASTY[3]);
    assert_eq!(name("a05"), NASTY[5]);
    // What XML cannot hold is a blank.
    assert_eq!(name("a07"), "bell and nothing ");
    let relations = of_class(&drawing, "relation");
    assert_eq!(relations.len(), graph.relations().len());
    for (_, relation) in graph.relations() {
        let id = format!("relation-{}", relation.slug);
        let found =
            relations.iter().find(|r| r.attribute("id") == Some(&id)).unwrap_or_else(|| panic!("{id} is missing"));
        assert_eq!(found.attribute("data-subject"), Some(&*graph.actor(relation.subject).slug));
        assert_eq!(found.attribute("data-object"), Some(&*graph.actor(relation.object).slug));
        assert_eq!(found.attribute("data-valid"), Some("2015/2018"));
        let claims = found.attribute("data-claims").expect("claims");
        assert!(claims.starts_with("s1 p. \"3\" <\\"), "{claims}");
        // The line it is drawn as has a tooltip that tells of it.
        let tie = found.parent().expect("a tie");
        let tip = tie.children().find(|n| n.has_tag_name("title")).and_then(|n| n.text()).expect("a tooltip");
        assert!(tip.contains("s1 p. \"3\" <\\") && tip.contains("2015/2018"), "{tip}");
        assert!(tie.children().any(|n| n.has_tag_name("path")));
    }
}

#[test]
fn lines_are_dashed_when_possible_dotted_when_contested_and_point_where_their_types_do() {
    let svg = drawn(&ring(), at("2016"), &Style::default());
    let drawing = Document::parse(&svg).expect("well-formed");
    let dashes = |id: &str| {
        let relation = drawing.descendants().find(|n| n.attribute("id") == Some(id)).expect("it is there");
        let tie = relation.parent().expect("a tie");
        let heads = tie.children().filter(|n| n.has_tag_name("polygon")).count();
        let line = tie
            .children()
            .filter(|n| n.has_tag_name("path"))
            .find(|p| p.attribute("stroke-opacity").is_none())
            .expect("a line");
        (line.attribute("stroke-dasharray").map(str::to_owned), line.attribute("stroke-linecap"), heads)
    };
    // `arms` points at its object, `enemy_of` at nobody.
    assert_eq!(dashes("relation-r00"), (None, None, 1));
    assert_eq!(dashes("relation-r01"), (None, None, 0));
    let (dotted, cap, _) = dashes("relation-r03");
    assert!(dotted.is_some_and(|d| d.starts_with("0.1 ")) && cap == Some("round"));
    let later = drawn(&ring(), at("2018-06-01"), &Style::default());
    assert_eq!(
        later.matches("data-certainty=\"only possible\"").count()
            + later.matches("data-certainty=\"contested\"").count(),
        of_class(&Document::parse(&later).expect("well-formed"), "tie").len()
    );
}

#[test]
fn no_two_actors_overlap_on_the_shipped_data() {
    let graph = dataset::embedded();
    for date in ["2018", "2025-01"] {
        let svg = drawn(&graph, at(date), &Style { legend: true, ..Style::default() });
        let frames = frames(&Document::parse(&svg).expect("well-formed"));
        assert!(frames.len() > 100, "{date}: {}", frames.len());
        assert_eq!(overlaps(&frames), [], "{date}");
    }
    // All of time at once, lines in boxes, those without a tie as well.
    let style = Style { lineage_clusters: true, isolated: true, ..Style::default() };
    let svg = drawn(&graph, Window::ALL, &style);
    let frames = frames(&Document::parse(&svg).expect("well-formed"));
    assert_eq!(frames.len(), graph.actors().len());
    assert_eq!(overlaps(&frames), []);
}

#[test]
fn nobody_stands_in_the_box_of_a_line_who_is_not_of_it() {
    let graph = dataset::embedded();
    let style = Style { lineage_clusters: true, ..Style::default() };
    let svg = drawn(&graph, at("2016/2018"), &style);
    let drawing = Document::parse(&svg).expect("well-formed");
    let boxes = of_class(&drawing, "line");
    assert!(!boxes.is_empty());
    let view = graph.view(at("2016/2018"), Reading::Possible);
    let lines = Contents::of(&view, &style).lines();
    assert_eq!(boxes.len(), lines.len());
    let frames = frames(&drawing);
    for (frame, members) in boxes.iter().zip(lines) {
        let (x, y) = (number(*frame, "x"), number(*frame, "y"));
        let (right, bottom) = (x + number(*frame, "width"), y + number(*frame, "height"));
        let inside: BTreeSet<String> = frames
            .iter()
            .filter(|(_, f)| f[0] < right && f[2] > x && f[1] < bottom && f[3] > y)
            .map(|(id, _)| id.clone())
            .collect();
        let wanted: BTreeSet<String> = members.iter().map(|id| format!("actor-{}", graph.actor(*id).slug)).collect();
        assert_eq!(inside, wanted);
    }
}

#[test]
fn labels_of_relations_hide_neither_actors_nor_one_another() {
    let svg = drawn(&ring(), Window::ALL, &Style { dates: true, ..Style::default() });
    let drawing = Document::parse(&svg).expect("well-formed");
    let labels: Vec<Node<'_, '_>> =
        of_class(&drawing, "labels").iter().flat_map(|g| g.children().filter(|n| n.has_tag_name("text"))).collect();
    assert!(labels.iter().any(|l| l.text() == Some("arms")), "some are written");
    // A frame well inside the letters, by a measure of our own: half an em a letter is less than any of these words takes.
    let all: Vec<(f64, [f64; 4])> = labels
        .iter()
        .map(|l| {
            let (x, y, size) = (number(*l, "x"), number(*l, "y"), number(*l, "font-size"));
            #[expect(clippy::cast_precision_loss, reason = "short words")]
            let half = l.text().unwrap_or_default().chars().count() as f64 * size * 0.22;
            (y, [x - half, y - size * 0.6, x + half, y])
        })
        .collect();
    let frames = frames(&drawing);
    for (n, (_, p)) in all.iter().enumerate() {
        let hits = |q: &[f64; 4]| p[0] < q[2] && q[0] < p[2] && p[1] < q[3] && q[1] < p[3];
        assert!(frames.values().all(|f| !hits(f)), "{:?} hides an actor", labels[n]);
        assert!(all[n + 1..].iter().all(|(_, q)| !hits(q)), "{:?} hides a label", labels[n]);
    }
}

/// The points of a cubic curve as a path has it, close to one another.
fn along(path: &str) -> Vec<(f64, f64)> {
    let numbers: Vec<f64> = path
        .split(['M', 'C', ' ', ','])
        .filter(|part| !part.is_empty())
        .map(|n| n.parse().expect("a number"))
        .collect();
    (0..=200)
        .map(|n| {
            let t = f64::from(n) / 200.0;
            let on = |k: usize| {
                let r = 1.0 - t;
                r * r * r * numbers[k]
                    + 3.0 * r * r * t * numbers[k + 2]
                    + 3.0 * r * t * t * numbers[k + 4]
                    + t * t * t * numbers[k + 6]
            };
            (on(0), on(1))
        })
        .collect()
}

#[test]
fn labels_are_nearest_to_their_own_lines_and_those_left_out_are_counted() {
    let graph = dataset::embedded();
    let style = Style { dates: true, footnotes: true, ..Style::default() };
    let mut written = 0;
    for (around, days) in [("turkey", "2025-11"), ("hts", "2025-01"), ("sdf", "2019"), ("al-qaeda", "2014")] {
        let view = graph.view(at(days), Reading::Possible);
        let wanted: Vec<_> = graph.actors().filter(|(_, a)| a.slug.starts_with(around)).map(|(id, _)| id).collect();
        let near: Vec<_> = view
            .relations()
            .map(|id| graph.relation(id))
            .filter(|r| wanted.contains(&r.subject) || wanted.contains(&r.object))
            .flat_map(|r| [r.subject, r.object])
            .collect();
        let view = graph.view(at(days), Reading::Possible).among(&near);
        let mut out = Vec::new();
        Svg.write(&Contents::of(&view, &style), &style, &mut out).expect("memory takes it all");
        let svg = String::from_utf8(out).expect("UTF-8");
        let drawing = Document::parse(&svg).expect("well-formed");
        let groups = of_class(&drawing, "labels");
        let Some(group) = groups.first() else { continue };
        let ties: Vec<Tie<'_>> = of_class(&drawing, "tie")
            .into_iter()
            .map(|tie| {
                let records: Vec<Node<'_, '_>> =
                    tie.children().filter(|n| n.attribute("class") == Some("relation")).collect();
                let pair = ["data-subject", "data-object"].iter().filter_map(|e| records[0].attribute(*e)).collect();
                let types = records.iter().filter_map(|r| r.attribute("data-type")).collect();
                let path = tie.children().find_map(|n| n.attribute("d")).expect("a path");
                (pair, types, along(path))
            })
            .collect();
        // The lines of a label stand one below the other.
        let mut labels: Vec<(&str, [f64; 4])> = Vec::new();
        for text in group.children().filter(|n| n.has_tag_name("text")) {
            let (x, y, size) = (number(text, "x"), number(text, "y"), number(text, "font-size"));
            let words = text.text().unwrap_or_default();
            let half = 0.22 * size * f64::from(u32::try_from(words.chars().count()).expect("few"));
            let (frame, middle) = ([x - half, y - size * 0.7, x + half, y], |f: &[f64; 4]| f64::midpoint(f[0], f[2]));
            match labels.last_mut() {
                Some((_, f)) if (middle(f) - x).abs() < 0.01 && (y - f[3] - 11.5).abs() < 0.11 => {
                    *f = [f[0].min(frame[0]), f[1], f[2].max(frame[2]), y];
                }
                _ => labels.push((words, frame)),
            }
        }
        for (words, frame) in &labels {
            let distance = |line: &[(f64, f64)]| {
                line.iter()
                    .map(|(x, y)| {
                        (frame[0] - x).max(x - frame[2]).max(0.0).hypot((frame[1] - y).max(y - frame[3]).max(0.0))
                    })
                    .fold(f64::INFINITY, f64::min)
            };
            let touched: BTreeSet<&BTreeSet<&str>> =
                ties.iter().filter(|(.., line)| distance(line) == 0.0).map(|(pair, ..)| pair).collect();
            assert!(touched.len() < 2, "{around}: {words} lies on {touched:?}");
            let nearest = ties.iter().min_by(|a, b| distance(&a.2).total_cmp(&distance(&b.2))).expect("a line");
            let label = words.split(" [").next().unwrap_or_default();
            let is_own = ties.iter().filter(|(pair, ..)| *pair == nearest.0).flat_map(|(_, types, _)| types).any(|t| {
                graph.vocabulary().type_named(t).is_some_and(|t| *graph.vocabulary().relation_type(t).label == *label)
            });
            assert!(is_own, "{around}: {words} is nearest to {:?} {:?}", nearest.0, nearest.1);
            written += 1;
        }
        assert!(labels.len() <= ties.len());
        let heading: String =
            of_class(&drawing, "heading")[0].descendants().filter(Node::is_text).filter_map(|n| n.text()).collect();
        let left_out = ties.len() - labels.len();
        let told =
            heading.split("what is written on ").nth(1).map_or("0", |rest| rest.split(' ').next().unwrap_or("0"));
        assert_eq!(told, left_out.to_string(), "{around}: {heading}");
    }
    assert!(written > 20, "{written}");
}

#[test]
fn words_without_a_blank_do_not_stick_out_of_footnotes() {
    let long = "n".repeat(300);
    let url = format!("https://example.org/{}", "path/".repeat(60));
    let graph = read(&json!({
        "sources": [{"id": "s1", "title": long, "url": url, "published": "2020-01-01", "kind": "news", "reliability": "B"}],
        "actors": [{"id": "a", "name": long, "kind": "armed_group"}, {"id": "b", "name": "B", "kind": "armed_group"}],
        "relations": [{"id": "r", "subject": "a", "type": "arms", "object": "b", "valid": "2015/2018", "basis": "reported",
            "claims": [claim("s1", "supports", &long)]}]
    }));
    let svg = drawn(&graph, Window::ALL, &Style { footnotes: true, ..Style::default() });
    let drawing = Document::parse(&svg).expect("well-formed");
    let wide = number(drawing.root_element(), "width");
    for group in ["footnotes", "heading"] {
        for text in of_class(&drawing, group)[0].descendants().filter(|n| n.has_tag_name("text")) {
            let (x, size, words) = (number(text, "x"), number(text, "font-size"), text.text().unwrap_or_default());
            let letters = f64::from(u32::try_from(words.chars().count()).expect("few"));
            // No text of this many letters is narrower than a third of an em each.
            assert!(x + letters * size * 0.33 < wide, "{words} sticks out");
        }
    }
    let all: String =
        of_class(&drawing, "footnotes")[0].descendants().filter(Node::is_text).filter_map(|n| n.text()).collect();
    let all: String = all.split_whitespace().collect();
    assert!(all.contains(&long) && all.contains(&url), "nothing is lost");
}

#[test]
fn large_drawings_leave_types_to_tooltips() {
    let graph = dataset::embedded();
    let svg = drawn(&graph, at("2015"), &Style { dates: true, ..Style::default() });
    assert!(of_class(&Document::parse(&svg).expect("well-formed"), "labels").is_empty());
}

#[test]
fn the_legend_explains_what_occurs_and_nothing_else() {
    let words = |style: &Style| -> Vec<String> {
        let svg = drawn(&ring(), at("2016"), style);
        let drawing = Document::parse(&svg).expect("well-formed");
        let legend = of_class(&drawing, "legend");
        legend
            .iter()
            .flat_map(|g| g.children())
            .filter(|n| n.has_tag_name("text"))
            .filter_map(|n| n.text().map(str::to_owned))
            .collect()
    };
    let style = Style { legend: true, ..Style::default() };
    assert_eq!(
        words(&style),
        [
            "Lines",
            "hostility",
            "support",
            "How sure",
            "certain",
            "contested",
            "from whom to whom",
            "Actors",
            "state",
            "armed group"
        ]
    );
    assert!(words(&Style::default()).is_empty());
}

#[test]
fn footnotes_are_numbered_without_gaps_and_cover_every_claim_shown() {
    let svg = drawn(&ring(), Window::ALL, &full());
    let drawing = Document::parse(&svg).expect("well-formed");
    let text = |n: Node<'_, '_>| -> String {
        n.descendants().filter(|d| d.has_tag_name("text")).filter_map(|d| d.text()).collect::<Vec<_>>().join(" ")
    };
    let listed: Vec<String> = of_class(&drawing, "source").into_iter().map(text).collect();
    assert_eq!(listed.len(), 2, "a source that nothing shown cites is not listed");
    assert!(listed[0].starts_with("1. A \"B\" C: “First & <last>”, 2020-01-01"), "{}", listed[0]);
    assert!(listed[1].starts_with("2. ناشر: “Second”"), "{}", listed[1]);
    let notes = text(of_class(&drawing, "footnotes")[0]);
    assert_eq!(notes.matches("[1]").count(), ring().relations().len(), "{notes}");
    assert_eq!(notes.matches("[2] ¶2").count(), 2);
    assert!(
        of_class(&Document::parse(&drawn(&ring(), Window::ALL, &Style::default())).expect("well-formed"), "footnotes")
            .is_empty()
    );
}

#[test]
fn title_limits_and_counts_are_written_above() {
    let svg = drawn(&ring(), Window::ALL, &full());
    let drawing = Document::parse(&svg).expect("well-formed");
    let heading: String =
        of_class(&drawing, "heading")[0].descendants().filter(Node::is_text).filter_map(|n| n.text()).collect();
    assert!(heading.contains("A \"title\" with <signs> & &amp;"), "{heading}");
    assert!(heading.contains("only <sources> of rank & file"), "{heading}");
    assert!(heading.contains(&format!("{} actors", NASTY.len())), "{heading}");
}

#[test]
fn an_empty_view_is_a_drawing_that_says_so() {
    let svg = drawn(&ring(), at("1900"), &full().clone());
    let drawing = Document::parse(&svg).expect("well-formed");
    let style = Style { isolated: false, ..full() };
    let empty = drawn(&ring(), at("1900"), &style);
    let none = Document::parse(&empty).expect("well-formed");
    assert!(of_class(&none, "actor").is_empty() && of_class(&none, "tie").is_empty());
    assert!(empty.contains("nothing is recorded"), "{empty}");
    assert!(of_class(&drawing, "tie").is_empty());
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    let first = drawn(&ring(), Window::ALL, &full());
    for _ in 0..3 {
        assert_eq!(drawn(&ring(), Window::ALL, &full()), first);
    }
}

/// By a shaper of texts that we did not write: names lie within their outlines, Arabic and long ones as well.
#[cfg(feature = "png")]
#[test]
fn names_lie_within_their_outlines() {
    use resvg::usvg;
    let mut options = usvg::Options { font_family: "Noto Sans".into(), ..usvg::Options::default() };
    for file in allegiance::export::font::FILES {
        options.fontdb_mut().load_font_data(file.to_vec());
    }
    fn texts(group: &usvg::Group, all: &mut Vec<[f32; 4]>) {
        for node in group.children() {
            match node {
                usvg::Node::Group(group) => texts(group, all),
                usvg::Node::Text(text) => {
                    let b = text.abs_bounding_box();
                    all.push([b.left(), b.top(), b.right(), b.bottom()]);
                }
                _ => {}
            }
        }
    }
    let graph = dataset::embedded();
    for svg in [drawn(&ring(), Window::ALL, &Style::default()), drawn(&graph, at("2025-11"), &Style::default())] {
        let drawing = Document::parse(&svg).expect("well-formed");
        let frames = frames(&drawing);
        let tree = usvg::Tree::from_str(&svg, &options).expect("a drawing");
        let mut told = 0;
        for (id, frame) in &frames {
            let Some(usvg::Node::Group(group)) = tree.node_by_id(id) else { panic!("{id} is not drawn") };
            let mut all = Vec::new();
            texts(group, &mut all);
            for [left, _, right, _] in all {
                told += 1;
                assert!(
                    f64::from(left) >= frame[0] && f64::from(right) <= frame[2],
                    "{id}: {left}..{right} in {frame:?}"
                );
            }
        }
        assert!(told >= frames.len());
    }
}
