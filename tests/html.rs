//! The explorer's page holds what it should and lets nothing out: its policy names its own script and style by their hashes, its data is JSON
//! that no text can end, and what it says of every day is what views of those days say. Browsers try it in `tests/readers/test_explorer.py`.

use allegiance::dataset::{InputFile, load};
use allegiance::export::{Contents, Exporter, Html, Style};
use allegiance::graph::{ClaimFilter, TemporalGraph};
use allegiance::time::{Day, Holds, Reading, Window};
use base64::Engine as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

/// Names that would be something else if they were not escaped.
const NASTY: &[&str] = &[
    "</script><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    r#"say "no" & 'never'"#,
    "<!-- --> ]]>",
    "line\u{2028}and\u{2029}paragraph",
    "\u{202e}gnorw\u{202c}",
    "{{script}}{{data}}{{title}}",
    "جبهة الشمال",
    "two\nlines\tand a tab",
    "\\u003c \\",
    "__proto__",
];

/// The shipped data.
static SHIPPED: LazyLock<TemporalGraph> = LazyLock::new(allegiance::dataset::embedded);

/// Its page.
static PAGE: LazyLock<String> = LazyLock::new(|| page(&SHIPPED, Window::ALL, Reading::Possible, "T"));

fn style(title: &str) -> Style {
    Style { title: title.to_owned(), isolated: true, ..Style::default() }
}

fn page(graph: &TemporalGraph, window: Window, reading: Reading, title: &str) -> String {
    let view = graph.view(window, reading);
    let mut out = Vec::new();
    Html::default().write(&Contents::of(&view, &style(title)), &style(title), &mut out).expect("memory takes it all");
    String::from_utf8(out).expect("UTF-8")
}

/// What stands between the first `from` and the next `to`.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    rest.split_once(to).unwrap_or_else(|| panic!("no {to} after {from}")).0
}

fn data(page: &str) -> Value {
    serde_json::from_str(between(page, "<script type=\"application/json\" id=\"data\">", "</script>")).expect("JSON")
}

/// A ring of actors with nasty names, whose claims, notes and sources are nasty too.
fn ring() -> TemporalGraph {
    let text = |n: usize| NASTY[n % NASTY.len()];
    let actors: Vec<Value> = (0..NASTY.len())
        .map(|n| json!({"id": format!("a{n:02}"), "name": text(n), "kind": "armed_group", "summary": text(n + 1)}))
        .collect();
    let relations: Vec<Value> = (0..NASTY.len())
        .map(|n| {
            let claim = json!({"source": "s1", "locator": text(n + 2), "stance": "supports", "modality": "asserted",
                "credibility": 2, "note": text(n + 3)});
            json!({"id": format!("r{n:02}"), "subject": format!("a{n:02}"), "type": "enemy_of",
                "object": format!("a{:02}", (n + 1) % NASTY.len()), "valid": "2015/2018", "basis": "reported",
                "note": text(n), "claims": [claim]})
        })
        .collect();
    let source = json!({"id": "s1", "title": text(0), "published": "2020-01-01", "kind": "news", "reliability": "B",
        "url": "javascript:alert(1)"});
    let file = json!({"sources": [source], "actors": actors, "relations": relations});
    let bytes = file.to_string().into_bytes().into();
    load(vec![InputFile { name: "test.json".into(), bytes }]).unwrap_or_else(|r| panic!("{:?}", r.diagnostics)).graph
}

#[test]
fn the_policy_allows_its_own_script_and_style_and_nothing_else() {
    let page = &*PAGE;
    let policy = between(page, "<meta http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let hash =
        |text: &str| format!("'sha256-{}'", base64::prelude::BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())));
    let script = hash(between(page, "<script>", "</script>"));
    let style = hash(between(page, "<style>", "</style>"));
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; script-src {script}; style-src {style}; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
        )
    );
    assert_eq!(page.matches("<script").count(), 2, "the data and the script");
    assert!(!page.contains(" style=\"") && !page.contains(" onclick="), "the policy would refuse them");
}

#[test]
fn the_script_makes_no_markup_of_texts_and_asks_for_nothing() {
    let script = between(&PAGE, "<script>", "</script>");
    for word in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "DOMParser",
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "import(",
        "localStorage",
        "sendBeacon",
        "srcdoc",
    ] {
        assert!(!script.contains(word), "{word}");
    }
    // The name of SVG's elements is the one address in it, and nothing is fetched from there.
    assert_eq!(script.matches("http").count(), 1);
    assert!(script.starts_with("\"use strict\";"));
}

#[test]
fn the_same_contents_give_the_same_bytes() {
    let once = &*PAGE;
    assert_eq!(*once, page(&SHIPPED, Window::ALL, Reading::Possible, "T"));
    assert!(once.len() < 1_500_000, "{} bytes", once.len());
}

#[test]
fn every_record_and_claim_of_the_shipped_data_is_in_the_page() {
    let graph = &*SHIPPED;
    let data = data(&page(graph, Window::ALL, Reading::Possible, "T"));
    let list = |name: &str| data[name].as_array().expect("a list").clone();
    let ids = |name: &str| list(name).iter().map(|r| r["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>();
    assert_eq!(ids("actors"), graph.actors().map(|(_, a)| a.slug.to_string()).collect::<Vec<_>>());
    assert_eq!(ids("relations"), graph.relations().map(|(_, r)| r.slug.to_string()).collect::<Vec<_>>());
    assert_eq!(ids("sources"), graph.sources().map(|(_, s)| s.slug.to_string()).collect::<Vec<_>>());
    let mut held: Vec<String> = Vec::new();
    for name in ["relations", "events", "actors"] {
        for record in list(name) {
            for claim in record["claims"].as_array().into_iter().flatten() {
                let source = claim["source"].as_u64().expect("a place in the list") as usize;
                held.push(format!("{} {} {} {}", record["id"], ids("sources")[source], claim["at"], claim["note"]));
            }
        }
    }
    let mut wanted: Vec<String> = Vec::new();
    let mut add = |slug: &str, claims: &[allegiance::model::Claim]| {
        for claim in claims {
            let source = &graph.source(claim.source).slug;
            wanted.push(format!("{} {source} {} {}", json!(slug), json!(&*claim.locator), json!(&*claim.note)));
        }
    };
    graph.relations().for_each(|(_, r)| add(&r.slug, &r.claims));
    graph.actors().for_each(|(_, a)| add(&a.slug, &a.claims));
    let reached = ids("events");
    for (_, event) in graph.events() {
        if reached.contains(&event.slug.to_string()) {
            add(&event.slug, &event.claims);
        } else {
            assert!(event.participants.is_empty() && event.place.is_none(), "{} concerns nobody", event.slug);
        }
    }
    held.sort();
    wanted.sort();
    assert_eq!(held, wanted);
    assert!(held.len() > 900);
}

/// The value in force on a day in a list of changes: a walk, where the page halves.
fn on(changes: &Value, day: i32) -> u64 {
    let flat: Vec<i64> = changes.as_array().into_iter().flatten().filter_map(Value::as_i64).collect();
    flat.chunks(2).rfind(|change| change[0] <= i64::from(day)).map_or(0, |change| change[1] as u64)
}

#[test]
fn the_lists_of_days_say_what_views_of_the_days_say_under_all_claims_and_under_each_source() {
    let graph = &*SHIPPED;
    let data = data(&page(graph, Window::ALL, Reading::Possible, "T"));
    let (first, last) = (data["days"]["first"].as_i64().unwrap() as i32, data["days"]["last"].as_i64().unwrap() as i32);
    assert_eq!(last, graph.horizon().number());
    let mut told = [0_usize; 3];
    let mut views = vec![(None, graph.all_time(Reading::Possible))];
    for (id, _) in graph.sources() {
        let filter = ClaimFilter { sources: vec![id], ..ClaimFilter::default() };
        views.push((Some(id.index()), graph.all_time(Reading::Possible).with_claims(filter)));
    }
    // Every 211th day, and all of the days around which the dates of the data crowd.
    let crowd = Day::from_ymd(2024, 11, 25).unwrap().number()..Day::from_ymd(2024, 12, 15).unwrap().number();
    let days: Vec<i32> = (first..=last).step_by(211).chain(crowd).collect();
    for (source, view) in &views {
        for day in &days {
            let view = view.clone().with_window(Window::on(Day::new(*day)));
            for (id, relation) in graph.relations() {
                let record = &data["relations"][id.index()];
                let standing = match source {
                    None => &record["all"],
                    Some(place) => match &record["alone"][place.to_string()] {
                        Value::Number(_) => &record["all"],
                        other => other,
                    },
                };
                let value = on(&standing["days"], *day) & 3;
                let holds = view.holds(id);
                let wanted = [Holds::No, Holds::Possible, Holds::Certain].iter().position(|h| *h == holds).unwrap();
                assert_eq!(value, wanted as u64, "{} on {} by {source:?}", relation.slug, Day::new(*day));
                told[wanted] += 1;
            }
        }
    }
    assert!(told.iter().all(|n| *n > 2_000), "each answer was asked for: {told:?}");
}

#[test]
fn a_view_of_the_certain_shows_nothing_merely_possible() {
    let data = data(&page(&SHIPPED, Window::ALL, Reading::Certain, "T"));
    let values = |record: &Value| -> Vec<u64> {
        record["all"]["days"].as_array().into_iter().flatten().skip(1).step_by(2).filter_map(Value::as_u64).collect()
    };
    let all: Vec<u64> = data["relations"].as_array().unwrap().iter().flat_map(values).collect();
    assert!(all.iter().any(|v| v & 2 == 2) && all.iter().all(|v| v & 1 == 0));
}

#[test]
fn a_view_of_some_days_speaks_for_no_others() {
    let day = |year| Day::from_ymd(year, 1, 1).unwrap();
    let data = data(&page(&SHIPPED, Window::sometime(day(2016), day(2018)), Reading::Possible, "T"));
    assert_eq!(data["days"]["first"], day(2016).number());
    assert_eq!(data["days"]["last"], day(2018).number());
    assert!(data["relations"].as_array().unwrap().len() < SHIPPED.relations().len());
}

#[test]
fn no_text_ends_its_element_or_fills_another_hole() {
    for title in NASTY {
        let page = page(&ring(), Window::ALL, Reading::Possible, title);
        assert_eq!(page.matches("<script").count(), 2, "{title}");
        assert_eq!(page.matches("</script").count(), 2);
        assert_eq!(page.matches("<img").count(), 0);
        assert_eq!(page.matches("</title").count(), 1);
        assert!(!page.contains('\u{2028}') || title.contains('\u{2028}'), "the title may hold it, the data not");
        let data = data(&page);
        let names: Vec<&str> = data["actors"].as_array().unwrap().iter().map(|a| a["name"].as_str().unwrap()).collect();
        assert_eq!(names, NASTY);
        assert_eq!(data["relations"].as_array().unwrap().len(), NASTY.len());
        assert!(data["sources"][0]["url"].is_null(), "only addresses of pages become links");
    }
}

#[test]
fn an_empty_view_is_a_page_all_the_same() {
    let graph = &*SHIPPED;
    let view = graph.all_time(Reading::Possible).with_types(&[]).among(&[]);
    let mut out = Vec::new();
    Html::default().write(&Contents::of(&view, &style("T")), &style("T"), &mut out).expect("memory takes it all");
    let data = data(&String::from_utf8(out).expect("UTF-8"));
    assert_eq!(data["actors"].as_array().map(Vec::len), Some(0));
}
