//! Timelines and lineages as drawings: what a bar shows is what the graph answers for each day, and no text of the data becomes markup.
//!
//! The drawings are made by the program and read by an XML parser; days are read off them by the marks of the axis, which share no code with what
//! a view answers.

use allegiance::dataset::{InputFile, embedded, load};
use allegiance::graph::TemporalGraph;
use allegiance::model::{Category, RelationId};
use allegiance::question::{Lens, Scope, When, bars, descent};
use allegiance::time::{Day, Holds, Reading, Window};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

/// Names that would be something else if they were not escaped.
const NASTY: &[&str] = &[
    r#"say "no""#,
    "<b>bold</b>",
    "two\nlines",
    "R&D &amp; &gt;",
    "]]> <![CDATA[ <script>alert(1)</script>",
    "'><svg onload='x'>",
    "جبهة الشمال لتحرير الجبال",
    "🦁 lions 日本語",
    "\u{1}\u{8}control\u{7f}",
    "A name so long that no column could ever hold it, and yet it goes on and on about the deliverance of the far northern hills",
    "Unbreakablenameofonesinglewordthatislongerthananycolumncouldpossiblybeexpectedtobe",
];

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allegiance"));
    for name in ["ALLEGIANCE_DATA", "NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    let output = command.args(arguments).output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

// ---- a reader of drawings --------------------------------------------------------------------------------------------

#[derive(Clone, Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn number(&self, name: &str) -> f64 {
        self.attributes[name].parse().unwrap_or_else(|_| panic!("{name} of {self:?} is a number"))
    }

    fn is(&self, class: &str) -> bool {
        self.attributes.get("class").is_some_and(|c| c == class)
    }

    /// It and all below it, depth first.
    fn all(&self) -> Vec<&Element> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(Element::all));
        all
    }
}

fn parse(svg: &str) -> Element {
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let mut stack = vec![Element::default()];
    let opened = |start: &quick_xml::events::BytesStart<'_>| Element {
        name: start.name().as_ref().to_owned(),
        attributes: start
            .attributes()
            .map(|a| {
                let a = a.expect("an attribute once, quoted");
                let key = a.key.as_ref().to_owned();
                let raw = a.value.to_string();
                (key, quick_xml::escape::unescape(&raw).expect("known entities").into_owned())
            })
            .collect(),
        ..Element::default()
    };
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) => stack.push(opened(&start)),
            Event::Empty(start) => stack.last_mut().expect("a root").children.push(opened(&start)),
            Event::End(_) => {
                let done = stack.pop().expect("it was opened");
                stack.last_mut().expect("a root").children.push(done);
            }
            Event::Text(text) => {
                stack.last_mut().expect("a root").text.push_str(&text);
            }
            Event::GeneralRef(entity) => {
                let text =
                    quick_xml::escape::unescape(&format!("&{};", &*entity)).expect("a known entity").into_owned();
                stack.last_mut().expect("a root").text.push_str(&text);
            }
            Event::Eof => break,
            other => panic!("a drawing has no {other:?}"),
        }
    }
    assert_eq!(stack.len(), 1, "all is closed");
    let root = stack.remove(0).children.remove(0);
    assert_eq!(root.name, "svg");
    root
}

/// What may stand in our drawings: nothing that runs, loads or leads elsewhere.
fn assert_harmless(root: &Element) {
    const KNOWN: &[&str] = &[
        "svg",
        "title",
        "desc",
        "defs",
        "rect",
        "line",
        "path",
        "text",
        "g",
        "circle",
        "pattern",
        "mask",
        "stop",
        "linearGradient",
    ];
    for element in root.all() {
        assert!(KNOWN.contains(&element.name.as_str()), "<{}> in a drawing", element.name);
        for (name, value) in &element.attributes {
            assert!(!name.starts_with("on") && !name.contains("href"), "{name}={value}");
        }
    }
}

/// The day at a place, read off the marks of the axis, which name days by year, month or date.
struct Ruler {
    marks: Vec<(f64, f64)>,
}

impl Ruler {
    fn of(root: &Element) -> Self {
        let full = |label: &str| match label.len() {
            4 => format!("{label}-01-01"),
            7 => format!("{label}-01"),
            _ => label.to_owned(),
        };
        // The labels at the edges stand aside; the lines of the grid do not. Both come in the order of days.
        let mut lines: Vec<f64> = root
            .all()
            .iter()
            .filter(|e| e.name == "line" && ["#e3e3e0", "#c4c4c0"].contains(&e.attributes["stroke"].as_str()))
            .map(|e| e.number("x1"))
            .collect();
        let mut labels: Vec<&str> = root.all().into_iter().filter(|e| e.is("tick")).map(|e| e.text.as_str()).collect();
        labels.truncate(labels.len() / 2);
        lines.truncate(labels.len());
        let number = |label: &str| {
            let days = allegiance::time::Dated::parse(&full(label)).expect("a date").hull();
            f64::from(days.earliest.number())
        };
        Self { marks: lines.into_iter().zip(labels.into_iter().map(number)).collect() }
    }

    /// Where the middle of a day stands.
    fn x(&self, day: Day) -> f64 {
        let (first, last) = (self.marks[0], self.marks[self.marks.len() - 1]);
        first.0 + (f64::from(day.number()) + 0.5 - first.1) / (last.1 - first.1) * (last.0 - first.0)
    }
}

// ---- what bars show --------------------------------------------------------------------------------------------------

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd(year, month, day).expect("a day")
}

/// What a view of one day says of a relation.
fn answered(graph: &TemporalGraph, id: RelationId, day: Day) -> Holds {
    if graph.on(day, Reading::Certain).contains_relation(id) {
        Holds::Certain
    } else if graph.on(day, Reading::Possible).contains_relation(id) {
        Holds::Possible
    } else {
        Holds::No
    }
}

#[test]
fn a_bar_is_certain_and_possible_on_the_days_on_which_a_view_says_so() {
    let graph = embedded();
    let lens = Lens::new(&graph, Scope { when: When::Ever, ..Scope::default() });
    let (mut compared, mut told) = (0, [0; 3]);
    for name in ["hts", "turkey", "united-states", "isis", "al-qaeda", "assad-regime"] {
        let line = lens.line(graph.actor_by_slug(name).expect("an actor of the data"));
        for bar in bars(&lens, &[line], &[], false).bars() {
            // Lineage joins lives that need not overlap: a view also asks whether both are there.
            if bar.relation.category == Category::Lineage.word() {
                continue;
            }
            let edges = [bar.stretch.dates.start, bar.stretch.dates.end];
            let edges = edges.into_iter().flat_map(|b| [b.earliest, b.latest]).filter(|d| d.is_bounded());
            let around = edges.flat_map(|edge| [edge.plus(-1), edge, edge.plus(1)]);
            let sampled = (0..40).map(|n| day(2000, 1, 1).plus(n * 251));
            for day in around.chain(sampled) {
                let said = answered(&graph, bar.relation.relation, day);
                assert_eq!(bar.stretch.on(day), said, "{} on {day}", bar.relation.id);
                compared += 1;
                told[said as usize] += 1;
            }
        }
    }
    assert!(compared > 10_000 && told.iter().all(|n| *n > 500), "{compared} days, {told:?}");
}

#[test]
fn days_read_off_a_drawing_are_those_that_a_view_gives() {
    let graph = embedded();
    let (code, svg, complaints) = run(&["timeline", "HTS", "--format", "svg", "--during", "2015/2025"]);
    assert_eq!(code, Some(0), "{complaints}");
    let root = parse(&svg);
    assert_harmless(&root);
    let ruler = Ruler::of(&root);
    let mut told = [0; 2];
    for row in root.all().into_iter().filter(|e| e.is("row")) {
        let Some(id) = graph.relation_by_slug(&row.attributes["data-record"]) else { continue };
        if graph.vocabulary().relation_type(graph.relation(id).kind).category == Category::Lineage {
            continue;
        }
        let spans = |class: &str| -> Vec<(f64, f64)> {
            let rects = row.children.iter().filter(|e| e.name == "rect" && e.is(class));
            rects.map(|r| (r.number("x"), r.number("x") + r.number("width"))).collect()
        };
        let (certain, possible, open) = (spans("certain"), spans("possible"), spans("open"));
        let covers = |spans: &[(f64, f64)], x: f64| spans.iter().any(|(a, b)| *a <= x && x <= *b);
        for step in 0..130 {
            let day = day(2015, 1, 15).plus(step * 31);
            let x = ruler.x(day);
            // Bars are widened to be seen: near an edge a pixel or two belong to the days beside.
            let edges = [&certain, &possible, &open].into_iter().flatten().flat_map(|(a, b)| [*a, *b]);
            if edges.into_iter().any(|edge| (edge - x).abs() < 2.8) {
                continue;
            }
            let said = answered(&graph, id, day);
            assert_eq!(covers(&certain, x), said == Holds::Certain, "{:?} on {day}", graph.relation(id).slug);
            if covers(&possible, x) {
                assert_eq!(said, Holds::Possible, "{:?} on {day}", graph.relation(id).slug);
            }
            told[usize::from(said == Holds::Certain)] += 1;
        }
    }
    assert!(told.iter().all(|n| *n > 500), "{told:?}");
}

#[test]
fn a_denied_relation_is_drawn_as_denied_and_never_as_held() {
    let (_, svg, _) = run(&["timeline", "HTS", "--with", "United States", "--type", "allied_with", "--format", "svg"]);
    let root = parse(&svg);
    let rows: Vec<&Element> = root.all().into_iter().filter(|e| e.is("row") && !e.children.is_empty()).collect();
    let denied: Vec<&&Element> = rows.iter().filter(|r| r.attributes["data-record"].contains("allied_with")).collect();
    assert_eq!(denied.len(), 1);
    let signs = |class: &str| denied[0].children.iter().filter(|e| e.is(class)).count();
    assert_eq!((signs("denied"), signs("certain"), signs("possible"), signs("open")), (1, 0, 0, 0));
    assert!(denied[0].children[0].text.contains("denied"), "{:?}", denied[0].children[0].text);
}

// ---- hostile data ----------------------------------------------------------------------------------------------------

fn claim(stance: &str) -> Value {
    json!({"source": "s1", "locator": "p. \"3\" <i>", "stance": stance, "modality": "asserted", "credibility": 2, "note": "]]> & <b>."})
}

/// Actors with nasty names in a circle of successions, all enemies of the first.
fn circle() -> Value {
    let actors: Vec<Value> = NASTY
        .iter()
        .enumerate()
        .map(|(n, name)| {
            json!({"id": format!("a{n:02}"), "name": name, "kind": "armed_group", "exists": format!("{}/{}", 1990 + n, 1995 + 2 * n),
                "names": [{"name": format!("{name} (old)"), "kind": "former", "valid": format!("{}/{}", 1990 + n, 1991 + n)}]})
        })
        .collect();
    let mut relations: Vec<Value> = (0..NASTY.len())
        .map(|n| {
            json!({"id": format!("s{n:02}"), "subject": format!("a{:02}", (n + 1) % NASTY.len()), "type": "successor_of",
                "object": format!("a{n:02}"), "valid": format!("{}", 1995 + n), "basis": "reported", "claims": [claim("supports")]})
        })
        .collect();
    relations.extend((1..NASTY.len()).map(|n| {
        json!({"id": format!("r{n:02}"), "subject": format!("a{n:02}"), "type": "enemy_of", "object": "foe",
            "valid": format!("{}/{}", 1990 + n, 1992 + n), "basis": "reported", "claims": [claim("supports")]})
    }));
    let mut all = actors;
    all.push(json!({"id": "foe", "name": "Foe", "kind": "state"}));
    let events: Vec<Value> = NASTY
        .iter()
        .enumerate()
        .map(|(n, name)| {
            json!({"id": format!("e{n:02}"), "name": name, "kind": "clash", "date": format!("{}", 1991 + n),
                "participants": [{"actor": "foe", "role": "agent"}], "claims": [claim("supports")]})
        })
        .collect();
    json!({"sources": [{"id": "s1", "title": "<First> & \"last\"", "published": "2020-01-01", "kind": "news", "reliability": "B"}],
        "actors": all, "relations": relations, "events": events})
}

/// The data set on disk; the name tells tests apart that run at the same time.
fn on_disk(name: &str, data: &Value) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("set.json"), data.to_string()).expect("a file");
    folder
}

/// A text as drawings hold it: signs that XML or a line cannot hold are blanks.
fn as_drawn(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[test]
fn names_of_any_signs_stay_text() {
    let folder = on_disk("chart-nasty", &circle());
    let data = folder.to_str().expect("UTF-8");
    for arguments in [
        &["timeline", "foe", "--format", "svg", "--footnotes", "--exact"][..],
        &["lineage", "a00", "--format", "svg", "--footnotes"],
    ] {
        let (code, svg, complaints) = run(&[arguments, &["--data", data]].concat());
        assert_eq!(code, Some(0), "{complaints}");
        let root = parse(&svg);
        assert_harmless(&root);
        let tips: Vec<&str> = root.all().into_iter().filter(|e| e.name == "title").map(|e| e.text.as_str()).collect();
        for name in NASTY {
            assert!(tips.iter().any(|tip| tip.contains(&as_drawn(name))), "{name} in {}", arguments[0]);
        }
        let notes: Vec<&str> = root.all().into_iter().filter(|e| e.is("note")).map(|e| e.text.as_str()).collect();
        assert!(notes.iter().any(|note| note.contains("“<First> & \"last\"”")), "{notes:?}");
        assert_eq!(run(&[arguments, &["--data", data]].concat()).1, svg, "the same bytes");
    }
    for arguments in [&["timeline", "foe", "--bars", "--exact"][..], &["lineage", "a00", "--tree"]] {
        for width in ["0", "20", "60", "140"] {
            let (code, text, complaints) = run(&[arguments, &["--data", data, "--width", width]].concat());
            assert_eq!(code, Some(0), "{complaints}");
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text}");
        }
    }
}

#[test]
fn a_circle_of_successions_is_told_of_once_and_ends() {
    let bytes = circle().to_string().into_bytes().into();
    let loaded =
        load(vec![InputFile { name: "set.json".into(), bytes }]).unwrap_or_else(|r| panic!("{:?}", r.diagnostics));
    let graph = loaded.graph;
    let lens = Lens::new(&graph, Scope { when: When::Ever, ..Scope::default() });
    let found = descent(&lens, graph.actor_by_slug("a00").expect("an actor"));
    assert_eq!((found.lives.len(), found.passages.len()), (NASTY.len(), NASTY.len()));
    let tree = found.tree();
    let mut seen: Vec<Option<usize>> = tree.iter().map(|branch| branch.passage).collect();
    seen.sort_unstable();
    let expected: Vec<Option<usize>> = std::iter::once(None).chain((0..NASTY.len()).map(Some)).collect();
    assert_eq!(seen, expected, "each passage once");
    assert!(tree.iter().filter(|branch| branch.is_known).count() > 0);
}

#[test]
fn bars_keep_to_the_width() {
    use unicode_width::UnicodeWidthStr;
    for width in [40, 60, 80, 140] {
        for arguments in [&["timeline", "Turkey", "--bars"][..], &["lineage", "HTS", "--tree"]] {
            let (code, text, _) = run(&[arguments, &["--width", &width.to_string()]].concat());
            assert_eq!(code, Some(0));
            for line in text.lines() {
                assert!(line.width() <= width, "{} columns of {width}: {line}", line.width());
            }
        }
    }
}

#[test]
fn what_is_too_big_is_refused_with_what_narrows_it() {
    let (code, out, complaints) = run(&["timeline", "HTS", "--format", "svg", "--max-bars", "20"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(complaints.contains("too-big-to-draw") && complaints.contains("--with"), "{complaints}");
    assert_eq!(run(&["timeline", "HTS", "--format", "svg", "--max-bars", "20", "--limit", "20"]).0, Some(0));
}

#[test]
fn days_that_the_window_leaves_out_are_not_drawn() {
    let graph = embedded();
    let scope =
        Scope { when: When::During(allegiance::time::Dated::parse("2016/2018").expect("dates")), ..Scope::default() };
    let lens = Lens::new(&graph, scope);
    let found = bars(&lens, &[lens.line(graph.actor_by_slug("hts").expect("an actor"))], &[], false);
    assert_eq!((found.first, found.last), (day(2016, 1, 1), day(2018, 12, 31)));
    let window = Window::sometime(found.first, found.last);
    let seen: Vec<_> = found.bars().filter(|bar| bar.stretch.possible().is_some()).collect();
    assert!(seen.len() > 20);
    for bar in seen {
        assert_ne!(bar.stretch.extent.holds(window), Holds::No, "{}", bar.relation.id);
    }
}

#[test]
fn a_lineage_refuses_flags_about_days_and_rows_in_every_form() {
    let flags: [&[&str]; 8] = [
        &["--at", "2014"],
        &["--throughout", "2014"],
        &["--during", "2014/2015"],
        &["--certain"],
        &["--possible"],
        &["--type", "breaks_with"],
        &["--category", "lineage"],
        &["--limit", "1"],
    ];
    for flag in flags {
        for form in [&["--tree"][..], &["--format", "svg"], &["--explain"], &[]] {
            let (code, out, complaint) = run(&[&["lineage", "HTS"], flag, form].concat());
            assert_eq!((code, out.as_str()), (Some(2), ""), "{flag:?} {form:?}");
            assert!(complaint.contains("flag-without-effect") && complaint.contains(flag[0]), "{complaint}");
        }
    }
    for counted in [&["--known-by", "2019"][..], &["--known-by", "2019", "--possible"], &["--source", "mei-2019-01"]] {
        let (code, out, _) = run(&[&["lineage", "HTS"], counted].concat());
        assert!(code == Some(0) && out != run(&["lineage", "HTS"]).1, "{counted:?} counts");
    }
    assert_eq!(run(&["lineage", "HTS", "--ever"]), run(&["lineage", "HTS"]));
}

#[test]
fn a_lineage_of_nobody_else_says_that_nothing_is_recorded() {
    let described = |name: &str| {
        let root = parse(&run(&["lineage", name, "--format", "svg"]).1);
        root.all().into_iter().find(|e| e.name == "desc").expect("a description").text.clone()
    };
    let alone = described("Turkey");
    assert!(alone.starts_with("The life of 1 actor over time"), "{alone}");
    assert!(alone.ends_with("Nothing is recorded of what it came from or became."), "{alone}");
    let many = described("HTS");
    assert!(many.starts_with("Lives of ") && many.ends_with(" passages between them."), "{many}");
}

#[test]
fn our_own_words_in_drawings_have_all_their_letters() {
    use allegiance::export::font::has;
    assert!(!has('→') && has('–'), "else this shows nothing");
    for words in [
        "timeline HTS",
        "lineage HTS",
        "matrix HTS ISIS Turkey",
        "matrix HTS ISIS Turkey --at 2014 --vs 2025",
        "export svg --around HTS --footnotes",
    ] {
        let arguments: Vec<&str> = words.split(' ').chain(["--format", "svg"]).collect();
        let arguments = if words.starts_with("export") { &arguments[..arguments.len() - 2] } else { &arguments };
        let root = parse(&run(arguments).1);
        let texts: Vec<&str> = root.all().into_iter().filter(|e| e.name == "text").map(|e| e.text.as_str()).collect();
        assert!(texts.len() > 5, "{words}: {texts:?}");
        let lacking: Vec<&&str> = texts.iter().filter(|text| !text.chars().all(has)).collect();
        assert!(lacking.is_empty(), "{words}: {lacking:?}");
    }
}

#[test]
fn what_may_have_happened_by_the_last_day_of_the_data_is_marked_by_then() {
    let root = parse(&run(&["timeline", "HTS", "Turkey", "--format", "svg"]).1);
    let line = root.all().into_iter().find(|e| e.attributes.get("stroke-dasharray").is_some_and(|d| d == "2 3"));
    let until = line.expect("the last day of the data").number("x1");
    let mut marks = BTreeMap::new();
    for event in root.all().into_iter().filter(|e| e.is("event") && e.name == "g") {
        let mark = event.children.iter().find(|e| e.is("happened")).expect("a mark");
        let (x, _) = mark.attributes["d"][1..].split_once(' ').expect("a place");
        marks.insert(event.attributes["data-record"].as_str(), x.parse::<f64>().expect("a number"));
    }
    // Some day up to the end of 2025.
    assert!(until - marks["pkk-turkey-earlier-process"] < 20.0, "where its dates end");
    assert!(marks.len() > 20 && marks.values().all(|x| *x <= until), "{until}: {marks:?}");
}
