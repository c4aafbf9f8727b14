//! The matrix against a naive oracle, and what must hold of every matrix: the same read either way, in any order of actors, at one time or at two.
//!
//! The oracle knows records as plain text and years, and shares no code with the library; the random cases are the same in every run.

use allegiance::dataset::{InputFile, load};
use allegiance::export::html::matrix::page;
use allegiance::export::matrix::{Change, Face, Fact, Happening, Head, Look, Matrix, Pair, Said, Source};
use allegiance::export::svg::matrix::draw;
use allegiance::export::theme::Stroke;
use allegiance::graph::TemporalGraph;
use allegiance::model::Sign;
use allegiance::question::{
    Footing, Lens, Line, Scope, State, Turned, When, blocs, compare, matrix, most_connected, sign, state,
};
use allegiance::time::Dated;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use serde_json::{Value, json};
use std::cell::Cell;

/// A relation of the cases: two of four actors, a type, a dating, and claims by (source, stance, whether it asserts).
#[derive(Clone, Debug)]
struct Tie {
    ends: (usize, usize),
    kind: usize,
    valid: Valid,
    claims: Vec<(usize, &'static str, bool)>,
}

#[derive(Clone, Copy, Debug)]
enum Valid {
    /// From a year to a year.
    Years(i32, i32),
    /// From a year, still going on.
    Since(i32),
    /// In a month.
    Month(i32, u32),
}

/// (type, polarity, whether it happens rather than lasts).
const TYPES: [(&str, i8, bool); 4] =
    [("allied_with", 1, false), ("enemy_of", -1, false), ("engages_with", 0, false), ("attacks", -1, true)];
/// When the three sources were published.
const PUBLISHED: [(i32, u32, u32); 3] = [(2013, 6, 30), (2016, 6, 30), (2016, 6, 30)];
const ACTORS: usize = 4;
/// The days asked about.
const DAYS: [(i32, u32, u32); 4] = [(2012, 3, 1), (2013, 9, 15), (2015, 1, 1), (2018, 7, 1)];

/// The number of a day, counted from the year 0 by rules of its own.
fn number((year, month, day): (i32, u32, u32)) -> i32 {
    let leap = |year: i32| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let before = (0..year).map(|y| if leap(y) { 366 } else { 365 }).sum::<i32>();
    let months = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    before + months[..month as usize - 1].iter().sum::<i32>() + day as i32
}

impl Valid {
    fn text(self) -> String {
        match self {
            Self::Years(from, to) => format!("{from}/{to}"),
            Self::Since(year) => format!("{year}/.."),
            Self::Month(year, month) => format!("{year}-{month:02}"),
        }
    }
}

/// How firmly a relation counts: nothing, possible (by doubt or by dates), or as good as certain; and whether it certainly holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Force {
    None,
    Weak,
    Strong,
}

/// What the oracle makes of a relation on a day: its force, and how firmly it stands (0 certain, 1 possible, 2 contested).
fn judged(tie: &Tie, day: i32) -> (Force, u8) {
    let supporting = || tie.claims.iter().filter(|c| c.1 == "supports");
    let is_contested = tie.claims.iter().any(|c| c.1 != "supports");
    // Claims against it only: denied, unless they merely dispute it.
    if supporting().next().is_none() && tie.claims.iter().any(|c| c.1 == "denies") {
        return (Force::None, 0);
    }
    let last = supporting().map(|c| number(PUBLISHED[c.0])).max().unwrap_or(0);
    let is_asserted = supporting().any(|c| c.2);
    let happens = TYPES[tie.kind].2;
    let (first_day, last_day) = if happens { (day - 90, day) } else { (day, day) };
    // The earliest and latest day of the start, and of the end.
    let (start, end) = match tie.valid {
        Valid::Years(from, to) => {
            ((number((from, 1, 1)), number((from, 12, 31))), (number((to, 1, 1)), number((to, 12, 31))))
        }
        Valid::Since(year) => {
            let start = (number((year, 1, 1)), number((year, 12, 31)));
            (start, (last.max(start.0), i32::MAX))
        }
        Valid::Month(year, month) => {
            let next = if month == 12 { (year + 1, 1, 1) } else { (year, month + 1, 1) };
            let month = (number((year, month, 1)), number(next) - 1);
            (month, month)
        }
    };
    let possible = start.0 <= last_day && end.1 >= first_day;
    let certain = start.1 <= last_day && end.0 >= first_day && is_asserted && !is_contested;
    let goes_on = matches!(tie.valid, Valid::Since(_)) && start.1 <= last_day && is_asserted && !is_contested;
    let footing = if is_contested { 2 } else { u8::from(!certain) };
    match (possible, certain || goes_on) {
        (false, _) => (Force::None, footing),
        (true, true) => (Force::Strong, footing),
        (true, false) => (Force::Weak, footing),
    }
}

/// What the oracle makes of a pair: the sign, and how firmly it stands.
fn expected(ties: &[Tie], a: usize, b: usize, day: i32) -> (Sign, Option<u8>) {
    let all: Vec<(Force, u8, i8)> = ties
        .iter()
        .filter(|t| t.ends == (a, b) || t.ends == (b, a))
        .map(|t| {
            let (force, footing) = judged(t, day);
            (force, footing, TYPES[t.kind].1)
        })
        .filter(|(force, ..)| *force != Force::None)
        .collect();
    let Some(best) = all.iter().map(|(force, ..)| *force).max() else { return (Sign::NothingKnown, None) };
    let firmest = |side: i8| {
        all.iter().filter(|(force, _, polarity)| *force == best && *polarity == side).map(|(_, f, _)| *f).min()
    };
    match (firmest(1), firmest(-1), firmest(0)) {
        (Some(plus), Some(minus), _) => (Sign::Mixed, Some(plus.max(minus))),
        (Some(plus), None, _) => (Sign::Friend, Some(plus)),
        (None, Some(minus), _) => (Sign::Enemy, Some(minus)),
        (None, None, zero) => (Sign::Dealings, zero),
    }
}

fn ties() -> impl Strategy<Value = Vec<Tie>> {
    let valid = prop_oneof![
        (2010..2018, 0..5).prop_map(|(from, more)| Valid::Years(from, from + more)),
        (2010..2017).prop_map(Valid::Since),
        (2012..2016, 1..13_u32).prop_map(|(year, month)| Valid::Month(year, month)),
    ];
    let stance = prop_oneof![8 => Just("supports"), 1 => Just("disputes"), 1 => Just("denies")];
    let claims = prop::collection::vec((0..PUBLISHED.len(), stance, prop::bool::weighted(0.7)), 1..4);
    let tie = (0..ACTORS, 1..ACTORS, 0..TYPES.len(), valid, claims).prop_map(|(a, step, kind, valid, claims)| {
        // What is dated by a month happens.
        let kind = if matches!(valid, Valid::Month(..)) { 3 } else { kind.min(2) };
        Tie { ends: (a, (a + step) % ACTORS), kind, valid, claims }
    });
    prop::collection::vec(tie, 4..24)
}

fn graph(ties: &[Tie]) -> TemporalGraph {
    let sources: Vec<Value> = PUBLISHED
        .iter()
        .enumerate()
        .map(|(n, (y, m, d))| json!({"id": format!("s{n}"), "title": "T", "published": format!("{y}-{m:02}-{d:02}"), "kind": "news", "reliability": "B"}))
        .collect();
    let actors: Vec<Value> = (0..ACTORS)
        .map(|n| json!({"id": format!("a{n}"), "name": format!("Actor {n}"), "kind": "armed_group"}))
        .collect();
    let relations: Vec<Value> = ties
        .iter()
        .enumerate()
        .map(|(n, tie)| {
            let claims: Vec<Value> = tie
                .claims
                .iter()
                .enumerate()
                .map(|(place, (source, stance, asserted))| {
                    json!({"source": format!("s{source}"), "locator": format!("¶{}", place + 1), "stance": stance,
                        "modality": if *asserted { "asserted" } else { "reported" }, "credibility": 2, "note": "N."})
                })
                .collect();
            json!({"id": format!("r{n:02}"), "subject": format!("a{}", tie.ends.0), "type": TYPES[tie.kind].0, "object": format!("a{}", tie.ends.1),
                "valid": tie.valid.text(), "basis": "reported", "claims": claims})
        })
        .collect();
    let file = json!({"sources": sources, "actors": actors, "relations": relations});
    let files = vec![InputFile { name: "case.json".into(), bytes: file.to_string().into_bytes().into() }];
    load(files).unwrap_or_else(|refused| panic!("{:?}", refused.diagnostics)).graph
}

fn lens<'g>(graph: &'g TemporalGraph, date: &str) -> Lens<'g> {
    let when = When::At(Dated::parse(date).expect("a date"));
    Lens::new(graph, Scope { when, ..Scope::default() })
}

fn on((year, month, day): (i32, u32, u32)) -> String {
    format!("{year}-{month:02}-{day:02}")
}

fn lines(graph: &TemporalGraph) -> Vec<Line> {
    (0..ACTORS).map(|n| Line::exactly(graph.actor_by_slug(&format!("a{n}")).expect("there"))).collect()
}

fn for_all<S: Strategy>(strategy: &S, property: impl Fn(S::Value) -> TestCaseResult) {
    let config = Config { failure_persistence: None, cases: 160, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    if let Err(failure) = TestRunner::new_with_rng(config, rng).run(strategy, property) {
        panic!("{failure}");
    }
}

const fn level(footing: Footing) -> u8 {
    match footing {
        Footing::Certain => 0,
        Footing::Possible => 1,
        Footing::Contested => 2,
    }
}

#[test]
fn each_cell_is_what_the_oracle_makes_of_the_records() {
    let seen: [Cell<u32>; 8] = Default::default();
    for_all(&ties(), |ties| {
        let graph = graph(&ties);
        let lines = lines(&graph);
        for day in DAYS {
            let lens = lens(&graph, &on(day));
            for pair in matrix(&lens, &lines) {
                let (sign, footing) = expected(&ties, pair.first, pair.second, number(day));
                prop_assert_eq!(pair.state.sign, sign, "a{} a{} on {:?}", pair.first, pair.second, day);
                prop_assert_eq!(
                    pair.state.footing.map(level),
                    footing,
                    "a{} a{} on {:?}",
                    pair.first,
                    pair.second,
                    day
                );
                let count = &seen[sign as usize];
                count.set(count.get() + 1);
                if let Some(footing) = footing {
                    let count = &seen[5 + footing as usize];
                    count.set(count.get() + 1);
                }
            }
        }
        Ok(())
    });
    let seen: Vec<u32> = seen.iter().map(Cell::get).collect();
    assert!(seen.iter().all(|count| *count > 60), "too few of some sort to tell: {seen:?}");
}

#[test]
fn a_pair_is_the_same_read_either_way_and_what_sign_says() {
    for_all(&ties(), |ties| {
        let graph = graph(&ties);
        let lines = lines(&graph);
        for day in DAYS {
            let lens = lens(&graph, &on(day));
            for a in 0..ACTORS {
                for b in (0..ACTORS).filter(|b| *b != a) {
                    let there = state(&lens, &lines[a], &lines[b]);
                    prop_assert_eq!(&there, &state(&lens, &lines[b], &lines[a]));
                    prop_assert_eq!(there.sign, sign(&lens, &lines[a], &lines[b]));
                    let decides = there.ties.iter().any(|tie| tie.decides);
                    prop_assert_eq!(decides, there.sign != Sign::NothingKnown);
                    prop_assert!(there.otherwise != Some(there.sign));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn the_order_of_actors_moves_cells_and_changes_none_and_blocs_do_not_hang_on_it() {
    for_all(&(ties(), Just((0..ACTORS).collect::<Vec<usize>>()).prop_shuffle()), |(ties, order)| {
        let graph = graph(&ties);
        let lines = lines(&graph);
        let lens = lens(&graph, "2015");
        let shuffled: Vec<Line> = order.iter().map(|n| lines[*n].clone()).collect();
        let cells = matrix(&lens, &lines);
        for pair in matrix(&lens, &shuffled) {
            let (a, b) = (order[pair.first], order[pair.second]);
            let same = cells.iter().find(|c| (c.first, c.second) == (a.min(b), a.max(b))).expect("every pair is there");
            prop_assert_eq!(&same.state, &pair.state);
        }
        let names = |lines: &[Line], order: Vec<usize>| order.into_iter().map(|n| lines[n].named).collect::<Vec<_>>();
        prop_assert_eq!(names(&lines, blocs(&lens, &lines)), names(&shuffled, blocs(&lens, &shuffled)));
        Ok(())
    });
}

#[test]
fn two_times_are_the_two_matrices_and_what_moved_between_them() {
    let changed = Cell::new(0);
    for_all(&ties(), |ties| {
        let graph = graph(&ties);
        let lines = lines(&graph);
        let (before, after) = (lens(&graph, "2013-09-15"), lens(&graph, "2018-07-01"));
        let (from, to) = (matrix(&before, &lines), matrix(&after, &lines));
        for (place, comparison) in compare(&before, &after, &lines).into_iter().enumerate() {
            prop_assert_eq!(&comparison.from, &from[place].state);
            prop_assert_eq!(&comparison.to, &to[place].state);
            let is_same = comparison.from.sign == comparison.to.sign;
            prop_assert_eq!(comparison.change == Turned::Same, is_same);
            let [was, is] = [&comparison.from, &comparison.to].map(|state| state.sign != Sign::NothingKnown);
            prop_assert_eq!(comparison.change == Turned::Appeared, is && !was);
            prop_assert_eq!(comparison.change == Turned::Lapsed, was && !is);
            prop_assert_eq!(comparison.shifts.is_empty(), is_same, "a pair that changed has a relation that made it");
            changed.set(changed.get() + u32::from(!is_same));
            let counts = |state: &State, id: &str| state.ties.iter().find(|t| t.row.id == id).map(|t| t.decides);
            for shift in &comparison.shifts {
                let id = &shift.relation.id;
                prop_assert_ne!(counts(&comparison.from, id), counts(&comparison.to, id));
            }
        }
        Ok(())
    });
    assert!(changed.get() > 200, "only {} pairs changed", changed.get());
}

#[test]
fn the_most_connected_have_ties_and_come_in_the_same_order_every_time() {
    for_all(&ties(), |ties| {
        let graph = graph(&ties);
        let lens = lens(&graph, "2014");
        let found = most_connected(&[&lens], &[], 3);
        prop_assert!(found.len() <= 3);
        prop_assert_eq!(&found, &most_connected(&[&lens], &[], 3));
        let lines = lines(&graph);
        let has_tie =
            |line: &Line| lines.iter().any(|other| other != line && sign(&lens, line, other) != Sign::NothingKnown);
        prop_assert!(found.iter().all(has_tie));
        prop_assert_eq!(found.is_empty(), !lines.iter().any(has_tie));
        for line in &lines {
            let around = most_connected(&[&lens], std::slice::from_ref(line), 9);
            prop_assert_eq!(&around[0], line);
            prop_assert!(around[1..].iter().all(|other| sign(&lens, line, other) != Sign::NothingKnown));
            let ties = lines.iter().filter(|other| *other != line && sign(&lens, line, other) != Sign::NothingKnown);
            prop_assert_eq!(around.len(), 1 + ties.count());
        }
        Ok(())
    });
}

#[test]
fn those_with_the_most_relations_stand_in_a_matrix_of_nobody_named() {
    let left_out = Cell::new(0);
    for_all(&ties(), |ties| {
        let graph = graph(&ties);
        let lines = lines(&graph);
        for day in DAYS {
            let lens = lens(&graph, &on(day));
            let number = number(day);
            let in_force: Vec<&Tie> = ties.iter().filter(|tie| judged(tie, number).0 != Force::None).collect();
            let count = |a: usize| in_force.iter().filter(|tie| tie.ends.0 == a || tie.ends.1 == a).count();
            // Of as many relations, by name.
            let mut ranked: Vec<usize> = (0..ACTORS).filter(|a| count(*a) > 0).collect();
            ranked.sort_by_key(|a| (usize::MAX - count(*a), *a));
            let expected: Vec<&Line> = ranked.iter().map(|a| &lines[*a]).collect();
            let found = most_connected(&[&lens], &[], 9);
            prop_assert_eq!(found.iter().collect::<Vec<_>>(), expected);
            for most in 2..ACTORS {
                let found = most_connected(&[&lens], &[], most);
                let first = ranked.get(..most.min(ranked.len())).unwrap_or_default();
                let tied = |a: usize, b: usize| in_force.iter().any(|tie| tie.ends == (a, b) || tie.ends == (b, a));
                if first.iter().all(|a| first.iter().any(|b| tied(*a, *b))) {
                    prop_assert_eq!(
                        found.iter().collect::<Vec<_>>(),
                        first.iter().map(|a| &lines[*a]).collect::<Vec<_>>()
                    );
                } else {
                    left_out.set(left_out.get() + 1);
                }
                for line in &found {
                    prop_assert!(
                        found.iter().any(|other| sign(&lens, line, other) != Sign::NothingKnown && other != line)
                    );
                }
                prop_assert_eq!(found.is_empty(), in_force.is_empty());
            }
        }
        Ok(())
    });
    assert!(left_out.get() > 0, "somebody has to make room");
}

#[test]
fn being_in_a_place_is_nothing_between_the_two_and_shown_all_the_same() {
    let claim = json!({"source": "s", "locator": "¶1", "stance": "supports", "modality": "asserted", "credibility": 2, "note": "N."});
    let file = json!({
        "sources": [{"id": "s", "title": "T", "published": "2016", "kind": "news", "reliability": "B"}],
        "actors": [{"id": "group", "name": "Group", "kind": "armed_group"}, {"id": "land", "name": "Land", "kind": "state"}],
        "relations": [{"id": "r", "subject": "group", "type": "present_in", "object": "land", "valid": "2010/2015", "basis": "reported", "claims": [claim]}]
    });
    let files = vec![InputFile { name: "place.json".into(), bytes: file.to_string().into_bytes().into() }];
    let graph = load(files).unwrap_or_else(|refused| panic!("{:?}", refused.diagnostics)).graph;
    let [group, land] = ["group", "land"].map(|id| Line::exactly(graph.actor_by_slug(id).expect("there")));
    let lens = lens(&graph, "2013");
    let found = state(&lens, &group, &land);
    assert_eq!((found.sign, found.footing, found.otherwise), (Sign::NothingKnown, None, None));
    assert!(matches!(found.ties.as_slice(), [tie] if !tie.decides && tie.row.id == "r"));
    assert!(most_connected(&[&lens], &[], 5).is_empty());
}

/// Texts that would be something else if they were not escaped.
const NASTY: &[&str] = &[
    "<script>alert(1)</script>",
    "\" onmouseover=\"alert(1)",
    "' autofocus onfocus='x",
    "]]> <!-- -->",
    "</style></title></svg><b>",
    "&lt;already&gt; &amp; &#0;",
    "two\nlines\tand\u{0}\u{1b}[31m",
    "\u{202e}reversed \u{2066}isolate",
    "جبهة الشمال",
    "🏴 flag 👨‍👩‍👧",
    "A name that goes on and on and on, as names of coalitions, campaigns and committees do, until nobody can read it any more",
    "javascript:alert(1)",
];

/// A matrix in which every text is one of the nasty ones.
fn nasty(times: bool) -> Matrix {
    let text = |n: usize| NASTY[n % NASTY.len()].to_owned();
    let count = NASTY.len();
    let faces: Vec<Face> = Sign::ALL
        .iter()
        .flat_map(|sign| {
            [Stroke::Solid, Stroke::Dashed, Stroke::Dotted].map(|stroke| Face {
                sign: *sign,
                stroke,
                otherwise: stroke == Stroke::Solid,
            })
        })
        .collect();
    let mut pairs = Vec::new();
    for first in 0..count {
        for second in first + 1..count {
            let n = first * count + second;
            let before = times.then(|| faces[(n / 3) % faces.len()]);
            let face = faces[n % faces.len()];
            let change = match before {
                Some(before) if before.sign != face.sign => {
                    if n.is_multiple_of(2) {
                        Change::Turned
                    } else {
                        Change::Known
                    }
                }
                _ => Change::None,
            };
            pairs.push(Pair {
                first,
                second,
                look: Look { before, face, change },
                words: text(n),
                facts: vec![Fact {
                    id: text(n),
                    text: text(n + 1),
                    when: text(n + 2),
                    holds: text(n + 3),
                    decides: n.is_multiple_of(2),
                    citations: text(n + 4),
                    claims: vec![Said {
                        source: text(n),
                        locator: text(n + 1),
                        qualities: text(n + 2),
                        note: text(n + 3),
                    }],
                }],
                events: vec![Happening { date: text(n), name: text(n + 1), citations: text(n + 2) }],
                remarks: vec![text(n)],
            });
        }
    }
    Matrix {
        title: text(0),
        when: text(1),
        times: times.then(|| (text(2), text(3))),
        assumptions: (0..count).map(text).collect(),
        actors: (0..count).map(|n| Head { id: format!("actor-{n}"), name: text(n), note: Some(text(n + 1)) }).collect(),
        pairs,
        sources: (0..count)
            .map(|n| Source {
                id: format!("s{n}"),
                title: text(n),
                publisher: Some(text(n + 1)),
                published: text(n + 2),
                url: Some(text(n)),
            })
            .collect(),
    }
}

#[test]
fn no_text_of_the_data_becomes_markup() {
    for times in [false, true] {
        let matrix = nasty(times);
        let (drawing, html) = (draw(&matrix), page(&matrix));
        let names: Vec<String> = elements(&drawing);
        let known =
            ["svg", "title", "desc", "defs", "pattern", "rect", "circle", "path", "polygon", "line", "g", "text"];
        assert!(names.iter().all(|name| known.contains(&&**name)), "{names:?}");
        for forbidden in ["<script", "<b>flag", "onmouseover=\"", "onfocus='", "href=\"javascript:", "\u{0}", "\u{1b}"]
        {
            assert!(!html.contains(forbidden), "the page holds {forbidden:?}");
            assert!(!drawing.contains(forbidden), "the drawing holds {forbidden:?}");
        }
        assert!(html.contains("&lt;script&gt;") && drawing.contains("&lt;script&gt;"));
    }
}

/// The names of the elements of a drawing, which must be well-formed.
fn elements(drawing: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(drawing);
    reader.config_mut().check_end_names = true;
    let mut names = Vec::new();
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Start(e) | quick_xml::events::Event::Empty(e)) => {
                assert!(e.attributes().all(|a| a.is_ok_and(|a| !a.key.as_ref().starts_with("on"))), "{e:?}");
                names.push(e.name().as_ref().to_owned());
            }
            Ok(quick_xml::events::Event::Eof) => return names,
            Ok(_) => {}
            Err(error) => panic!("no XML at {}: {error}", reader.error_position()),
        }
    }
}

#[test]
fn a_matrix_of_nobody_is_drawn_without_cells() {
    let empty = Matrix { title: "Nobody".to_owned(), ..Matrix::default() };
    assert!(!draw(&empty).contains("cell."));
    assert!(page(&empty).contains("<table"));
}
