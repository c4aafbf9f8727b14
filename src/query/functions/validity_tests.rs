//! Valid time against an oracle that tries every possible world: every first and last day of what is asked about, every reading of the date.

use super::mock::{Mock, SLICE};
use super::of_graph::{OfGraph, call};
use crate::query::allen::Allen;
use crate::query::graph::{NodeId, RelId};
use crate::query::notation::write;
use crate::query::value::{Map, Path, Value};
use crate::time::{Bounds, Dated, Day, Extent, Holds};
use proptest::prelude::*;
use std::sync::Arc;

const NODE: Value = Value::Node(NodeId(0));

fn extent(text: &str) -> Extent {
    Dated::parse(text).unwrap().extent(None, Day::from_ymd(2025, 3, 29).ok())
}

fn graph(extents: &[&str]) -> Mock {
    Mock { extents: extents.iter().map(|text| extent(text)).collect(), ..Mock::default() }
}

/// What a call on a node that holds so comes to.
fn check(function: OfGraph, holds: &str, date: &str, want: Option<bool>) {
    let found = call(function, &[NODE, Value::text(date)], &graph(&[holds]), SLICE);
    assert_eq!(found.map_err(|e| e.message), Ok(Value::from(want)), "{function:?} {holds} {date}");
}

#[test]
fn exact_dates_are_periods() {
    use OfGraph::{ValidSometime, ValidThroughout, ValidWithin};
    check(ValidSometime, "2017/..", "2016", Some(false));
    check(ValidSometime, "2017/..", "2017", Some(true));
    check(ValidSometime, "2017/..", "2017-06", None);
    check(ValidSometime, "2017/..", "2018/2019", Some(true));
    check(ValidSometime, "2017/..", "2025-04", None);
    check(ValidThroughout, "2017/..", "2017", None);
    check(ValidThroughout, "2017/..", "2018/2024", Some(true));
    check(ValidThroughout, "2017/2020", "2016/2018", Some(false));
    check(ValidWithin, "2016/2017-01", "2016/2017", Some(true));
    check(ValidWithin, "2016/2017-01", "2016/2017-01-15", None);
    check(ValidWithin, "2016/2017-01", "2015", Some(false));
    check(ValidWithin, "2017/..", "2016/..", Some(true));
    check(ValidWithin, "2017/..", "2016/2026", None);
}

#[test]
fn uncertain_dates_are_answered_for_every_reading() {
    use OfGraph::{ValidSometime, ValidThroughout, ValidWithin};
    check(ValidSometime, "2014-01-01/2014-12-31", "2016~", Some(false));
    check(ValidSometime, "2015-01-01/2015-12-31", "2016~", None);
    check(ValidSometime, "2015-12-31/2017-01-01", "2016~", Some(true));
    check(ValidSometime, "2015-01-01/2015-12-31", "[2014,2016]", Some(false));
    check(ValidSometime, "2014-07-01/2016-07-01", "[2014,2016]", Some(true));
    check(ValidSometime, "2014-07-01/2016-07-01", "[2014,2017]", None);
    check(ValidSometime, "2016-07-01/2016-08-01", "2016/", None);
    check(ValidSometime, "2015-07-01/2016-08-01", "2016-01-01/", Some(true));
    check(ValidSometime, "2015-07-01/2016-08-01", "201X", None);
    check(ValidSometime, "2009-07-01/2021-08-01", "201X", Some(true));
    check(ValidThroughout, "2015-01-01/2017-12-31", "2016~", Some(true));
    check(ValidThroughout, "2016-01-01/2016-12-31", "2016~", None);
    check(ValidThroughout, "2016-02-01/2016-05-31", "2016~", Some(false));
    check(ValidThroughout, "2013-01-01/2014-12-31", "[2014,2016]", None);
    check(ValidWithin, "2016-05-01/2016-06-01", "[2016,2018]", None);
    check(ValidWithin, "2017-05-01/2017-06-01", "[2016,2018]", Some(false));
    check(ValidWithin, "2017-05-01/2017-06-01", "/2018", None);
    check(ValidWithin, "2017-05-01/2017-06-01", "../2018", Some(true));
}

#[test]
fn lists_and_paths_are_asked_about_together() {
    let graph = graph(&["2010-01-01/2012-12-31", "2012-01-01/2014-12-31", "2014-01-01/2016-12-31"]);
    let relation = |id| Value::Relation(RelId(id));
    let path = |ids: &[u32]| {
        let nodes = (0..=ids.len()).map(|id| NodeId(id as u32)).collect();
        Value::Path(Arc::new(Path { nodes, relations: ids.iter().map(|id| RelId(*id)).collect() }))
    };
    let at = |value: Value, date: &str| call(OfGraph::ValidSometime, &[value, date.into()], &graph, SLICE).ok();
    assert_eq!(at(path(&[0, 1]), "2012"), Some(Value::Boolean(true)));
    assert_eq!(at(path(&[0, 1]), "2014"), Some(Value::Boolean(false)));
    assert_eq!(at(path(&[]), "2014"), Some(Value::Boolean(true)));
    assert_eq!(at(Value::list(vec![relation(1), Value::Null]), "2012"), Some(Value::Null));
    assert_eq!(at(Value::list(vec![relation(0), Value::Null]), "2020"), Some(Value::Boolean(false)));
    assert_eq!(at(Value::Integer(1), "2020"), None);
    let together = |values: &[Value]| call(OfGraph::Coexist, values, &graph, SLICE).ok();
    assert_eq!(together(&[relation(0), relation(1)]), Some(Value::Boolean(true)));
    assert_eq!(together(&[path(&[0, 1, 2])]), Some(Value::Boolean(false)));
    assert_eq!(together(&[relation(0), relation(2), Value::Null]), Some(Value::Boolean(false)));
    assert_eq!(together(&[relation(0), Value::Null]), Some(Value::Null));
}

#[test]
fn what_may_have_been_on_one_day_each_need_not_coexist() {
    let graph = graph(&["2016-07", "2016-07"]);
    let both = [Value::Relation(RelId(0)), Value::Relation(RelId(1))];
    assert_eq!(call(OfGraph::Coexist, &both, &graph, SLICE).ok(), Some(Value::Null));
    let twice = [Value::Relation(RelId(0)), Value::Relation(RelId(0))];
    assert_eq!(call(OfGraph::Coexist, &twice, &graph, SLICE).ok(), Some(Value::Boolean(true)));
}

#[test]
fn intervals_of_records_keep_their_uncertain_ends() {
    let graph = graph(&["2016/2018", "2018-02-01/2019-01-01"]);
    let other = Value::Node(NodeId(1));
    let related =
        |relation, a: &Value, b: &Value| call(OfGraph::Allen(relation), &[a.clone(), b.clone()], &graph, SLICE).ok();
    assert_eq!(related(Allen::Overlaps, &NODE, &other), Some(Value::Null));
    assert_eq!(related(Allen::Before, &NODE, &"2019-01-02".into()), Some(Value::Boolean(true)));
    assert_eq!(related(Allen::Equals, &NODE, &NODE), Some(Value::Boolean(true)));
    assert_eq!(related(Allen::Equals, &NODE, &"2016/2018".into()), Some(Value::Null));
    assert_eq!(related(Allen::During, &"2017".into(), &"2016~/2018".into()), Some(Value::Null));
    let bounds = call(OfGraph::Bounds, &["2016/2018".into()], &graph, SLICE).unwrap();
    let written =
        "{startEarliest: '2016-01-01', startLatest: '2016-12-31', endEarliest: '2018-01-01', endLatest: '2018-12-31'}";
    assert_eq!(write(&bounds, &graph, SLICE), written);
    assert_eq!(related(Allen::Equals, &bounds, &"2016/2018".into()), Some(Value::Null));
    assert_eq!(related(Allen::Before, &Value::map(Map::new()), &NODE), None);
}

#[test]
fn paths_are_written_with_arrows_as_stored() {
    let mut graph = graph(&["2016", "2016", "2016"]);
    graph.properties.insert("k", Value::Integer(1));
    let nodes = vec![NodeId(0), NodeId(1), NodeId(0)];
    let path = Value::Path(Arc::new(Path { nodes, relations: vec![RelId(0), RelId(0)] }));
    let written = "<(:A:`odd one` {k: 1})-[:T {k: 1}]->()<-[:T {k: 1}]-(:A:`odd one` {k: 1})>";
    assert_eq!(write(&path, &graph, SLICE), written);
}

/// A first day and a last day, each with how far it may be off.
fn span() -> impl Strategy<Value = (Bounds, Bounds)> {
    let bounds = |first: i32, more: i32| Bounds::between(Day::new(first), Day::new(first + more));
    ((0_i32..8, 0_i32..4), (0_i32..6, 0_i32..4))
        .prop_map(move |((start, a), (length, b))| (bounds(start, a), bounds(start + length, b)))
}

fn worlds((start, end): (Bounds, Bounds)) -> Vec<(i32, i32)> {
    let within = |bounds: Bounds| bounds.earliest.number()..=bounds.latest.number();
    let all = within(start).flat_map(|first| within(end).map(move |last| (first, last)));
    all.filter(|(first, last)| first <= last).collect()
}

/// A range of days as EDTF.
fn end_text(bounds: Bounds) -> String {
    if bounds.earliest == bounds.latest {
        bounds.earliest.to_string()
    } else {
        format!("[{}..{}]", bounds.earliest, bounds.latest)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]
    #[test]
    fn answers_are_those_of_every_possible_world(thing in span(), asked in span()) {
        let text = format!("{}/{}", end_text(thing.0), end_text(thing.1));
        let date = format!("{}/{}", end_text(asked.0), end_text(asked.1));
        let graph = graph(&[&text]);
        let pairs: Vec<_> = worlds(thing).into_iter().flat_map(|x| worlds(asked).into_iter().map(move |y| (x, y))).collect();
        type Oracle = fn((i32, i32), (i32, i32)) -> bool;
        let oracles: [(OfGraph, Oracle); 3] = [
            (OfGraph::ValidSometime, |(s, e), (first, last)| (first..=last).any(|day| s <= day && day <= e)),
            (OfGraph::ValidThroughout, |(s, e), (first, last)| (first..=last).all(|day| s <= day && day <= e)),
            (OfGraph::ValidWithin, |(s, e), (first, last)| (s..=e).all(|day| first <= day && day <= last)),
        ];
        for (function, holds) in oracles {
            let answers: Vec<bool> = pairs.iter().map(|(x, y)| holds(*x, *y)).collect();
            let want = match (answers.contains(&true), answers.contains(&false)) {
                (true, false) => Some(true),
                (false, _) => Some(false),
                _ => None,
            };
            let found = call(function, &[NODE, date.as_str().into()], &graph, SLICE);
            prop_assert_eq!(found.ok(), Some(Value::from(want)), "{:?} {} {}", function, text, date);
            if let Some(window) = super::window_of(function, &[date.as_str().into()], crate::time::Reading::Certain) {
                prop_assert_eq!(extent(&text).holds(window) == Holds::Certain, want == Some(true));
            }
        }
    }

    #[test]
    fn every_reading_of_an_uncertain_date_counts(thing in span(), which in 0_usize..8, year in -3_i32..3) {
        let year = 1970 + year;
        let (text, readings) = match which {
            0 => (format!("{year}~"), vec![year - 1, year, year + 1]),
            1 => (format!("[{year},{}]", year + 2), vec![year, year + 2]),
            2 => (format!("[{year}..{}]", year + 2), vec![year, year + 1, year + 2]),
            3 => (format!("[{},{year}?]", year + 4), vec![year - 1, year, year + 1, year + 4]),
            4 => ("197X".to_owned(), (1970..1980).collect()),
            _ => (year.to_string(), vec![year]),
        };
        let year_of = |year| Bounds::between(Day::from_ymd(year, 1, 1).unwrap(), Day::from_ymd(year, 12, 31).unwrap());
        // Days of the thing are stretched, so that years can lie in it.
        let stretched = |bounds: Bounds| Bounds::between(Day::new(bounds.earliest.number() * 150 - 900), Day::new(bounds.latest.number() * 150 - 900));
        let thing = (stretched(thing.0), stretched(thing.1));
        let holds = format!("{}/{}", end_text(thing.0), end_text(thing.1));
        let graph = graph(&[&holds]);
        for (function, how) in [(OfGraph::ValidSometime, 0), (OfGraph::ValidThroughout, 1), (OfGraph::ValidWithin, 2)] {
            let answers: Vec<Option<bool>> = readings.iter().map(|year| {
                let days = year_of(*year);
                // The answer changes only at an end of the bounds or of the period.
                let edges = [thing.0.earliest, thing.0.latest, thing.1.earliest, thing.1.latest, days.earliest, days.latest];
                let firsts = edges.into_iter().filter(|day| thing.0.contains(*day));
                let corners = firsts.flat_map(|s| edges.into_iter().filter(|day| thing.1.contains(*day)).map(move |e| (s, e)));
                let found: Vec<bool> = corners.filter(|(s, e)| s <= e).map(|(s, e)| match how {
                    0 => s <= days.latest && e >= days.earliest,
                    1 => s <= days.earliest && e >= days.latest,
                    _ => s >= days.earliest && e <= days.latest,
                }).collect();
                match (found.contains(&true), found.contains(&false)) {
                    (true, true) => None,
                    (is_true, _) => Some(is_true),
                }
            }).collect();
            let want = if answers.iter().all(|one| *one == answers[0]) { answers[0] } else { None };
            let found = call(function, &[NODE, text.as_str().into()], &graph, SLICE);
            prop_assert_eq!(found.ok(), Some(Value::from(want)), "{:?} {} {}", function, holds, text);
        }
    }

    #[test]
    fn things_coexist_when_they_share_a_day(spans in prop::collection::vec(span(), 2..4)) {
        let texts: Vec<String> = spans.iter().map(|(start, end)| format!("{}/{}", end_text(*start), end_text(*end))).collect();
        let graph = graph(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let mut answers: Vec<Vec<(i32, i32)>> = vec![vec![]];
        for span in &spans {
            let worlds = worlds(*span);
            answers = answers.iter().flat_map(|known| worlds.iter().map(|world| [known.as_slice(), &[*world]].concat())).collect();
        }
        let shared = |all: &Vec<(i32, i32)>| (0..30).any(|day| all.iter().all(|(s, e)| *s <= day && day <= *e));
        let want = match (answers.iter().any(shared), answers.iter().all(shared)) {
            (_, true) => Some(true),
            (false, _) => Some(false),
            _ => None,
        };
        let things: Vec<Value> = (0..spans.len()).map(|id| Value::Node(NodeId(id as u32))).collect();
        prop_assert_eq!(call(OfGraph::Coexist, &things, &graph, SLICE).ok(), Some(Value::from(want)), "{:?}", texts);
    }
}
