//! Queries of questions made up by hand, run on the engine.

use super::*;
use crate::ask::{End, NamesWanted, RecordQuestion, Sort, Standing, Toward, Wanted, Who};
use crate::cli::args::Flags;
use crate::dataset;
use crate::graph::TemporalGraph;
use crate::query::temporal_graph::QueryGraph;
use crate::query::value::{Map, Value};
use crate::query::{Limits, Options, Prepared};
use crate::question::{RelationWord, Scope, When};
use crate::time::{Dated, Holds};
use std::sync::LazyLock;

static DATA: LazyLock<TemporalGraph> = LazyLock::new(dataset::embedded);

fn named(slug: &str) -> Named {
    Named { text: slug.to_owned(), actor: DATA.actor_by_slug(slug).expect("an actor") }
}

fn word(text: &str) -> RelationWord {
    RelationWord::read(DATA.vocabulary(), text).expect("a word")
}

fn related(tie: &str, to: Who) -> Who {
    Who::Related { tie: word(tie), to: Box::new(to) }
}

fn of(slug: &str) -> Who {
    Who::Named(named(slug))
}

fn scope(date: &str) -> Scope {
    let when = if date.is_empty() { When::Ever } else { When::At(Dated::parse(date).expect("a date")) };
    Scope { when, ..Scope::default() }
}

/// The query for a question, with the relations that its answer is said to rest on, and the values of a column of its rows.
fn rows(question: Question, date: &str, relations: &[&str], column: &str) -> (String, Vec<String>) {
    rows_assuming(question, date, relations, &[], column)
}

fn rows_assuming(
    question: Question,
    date: &str,
    relations: &[&str],
    assumed: &[&str],
    column: &str,
) -> (String, Vec<String>) {
    let mut context = Context::new(&DATA, &Flags::default(), When::Now).unwrap_or_else(|_| panic!("no flags"));
    context.scope = scope(date);
    let lens = context.lens();
    let rows = relations.iter().map(|id| lens.row(DATA.relation_by_slug(id).expect("a relation"))).collect();
    let reply = Reply {
        question: "a question\nthat is // odd".into(),
        status: Standing::Answered,
        kind: Some("x"),
        verdict: None,
        answers: Vec::new(),
        dates: Vec::new(),
        count: None,
        text: String::new(),
        evidence: Vec::new(),
        query: None,
        as_of: None,
        assumptions: assumed.iter().map(|words| (*words).to_owned()).collect(),
        nearest: Vec::new(),
        is_widened: false,
        tables: vec![(String::new(), Rows::Relations(rows))],
    };
    let read = Asked {
        question,
        scope: context.scope.clone(),
        is_dated: !date.is_empty(),
        is_now: false,
        assumptions: Vec::new(),
        anchors: Vec::new(),
        turned: false,
        unaccounted: Vec::new(),
        unaccounted_actors: Vec::new(),
    };
    let text = asked(&context, &read, &reply).unwrap_or_else(|failure| panic!("{failure:?}"));
    let mut graph = QueryGraph::new(&DATA);
    let prepared = Prepared::new(&text, &mut graph, &Options::default()).unwrap_or_else(|e| panic!("{text}\n{e:?}"));
    let at = prepared.columns().iter().position(|name| name == column).unwrap_or_else(|| panic!("{text}"));
    let found = prepared.run(&graph, &Map::default(), Limits::default()).expect("it runs");
    let values = found.map(|row| match &row.unwrap_or_else(|e| panic!("{text}\n{e:?}"))[at] {
        Value::String(text) => text.to_string(),
        other => format!("{other:?}"),
    });
    let values = values.collect();
    (text, values)
}

/// Who stands so to the line of one, counted by hand.
fn by_hand(tie: &str, slug: &str, date: &str) -> Vec<String> {
    let lens = Lens::new(&DATA, scope(date));
    let (tie, line) = (word(tie), lens.line(named(slug).actor));
    let mut found: Vec<String> = Vec::new();
    for id in lens.relations_of(&line) {
        let relation = DATA.relation(id);
        let (forwards, backwards) = tie.reads(DATA.vocabulary(), relation.kind);
        if !tie.types.contains(&relation.kind) || lens.holds(id) == Holds::No || lens.row(id).status == "disputed" {
            continue;
        }
        for (other, own, fits) in
            [(relation.subject, relation.object, forwards), (relation.object, relation.subject, backwards)]
        {
            let is_place = &*DATA.vocabulary().kind(DATA.actor(other).kind).name == "place";
            if fits && line.contains(own) && !line.contains(other) && !(is_place && tie.either_way) {
                found.push(DATA.actor(other).slug.to_string());
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

#[test]
fn who_stands_so_is_what_the_relations_say() {
    for (tie, slug, date) in [
        ("allied-with", "hts", "2018"),
        ("hostile-to", "hts", ""),
        ("leads", "hts", "2019"),
        ("led-by", "ahmed-al-sharaa", ""),
        ("designates", "hts", "2025-01-24"),
        ("support", "assad-regime", "2016"),
        ("pledges-allegiance-to", "al-qaeda", ""),
    ] {
        let set = related(tie, of(slug));
        let (text, mut ids) = rows(Question::Who { set, sort: None, manner: Manner::Holding }, date, &[], "id");
        ids.sort();
        assert_eq!(ids, by_hand(tie, slug, date), "{tie} {slug} {date}\n{text}");
    }
}

#[test]
fn types_that_read_the_other_way_round_are_turned() {
    let vocabulary = DATA.vocabulary();
    let (leads, under) = (vocabulary.type_named("leads").unwrap(), vocabulary.type_named("subordinate_to").unwrap());
    let mut types = vec![leads, under];
    types.sort_unstable();
    let tie = RelationWord { types, turned: vec![under], ..word("leads") };
    let subordinate = DATA.relations().find(|(_, r)| r.kind == under).expect("a subordinate").1;
    let to = Named { text: String::new(), actor: subordinate.subject };
    let set = Who::Related { tie: tie.clone(), to: Box::new(Who::Named(to.clone())) };
    let (text, ids) = rows(Question::Who { set, sort: None, manner: Manner::Holding }, "", &[], "id");
    assert!(ids.contains(&DATA.actor(subordinate.object).slug.to_string()), "{text}\n{ids:?}");
    // From the side of those led nobody of these is found.
    let tie = tie.from_the_other_side();
    let set = Who::Related { tie, to: Box::new(Who::Named(to)) };
    let (text, ids) = rows(Question::Who { set, sort: None, manner: Manner::Holding }, "", &[], "id");
    assert!(!ids.contains(&DATA.actor(subordinate.object).slug.to_string()), "{text}\n{ids:?}");
}

#[test]
fn sets_inside_sets_and_of_both() {
    let allies = related("allied-with", of("turkey"));
    let (_, ids) =
        rows(Question::Who { set: related("hostile-to", allies), sort: None, manner: Manner::Holding }, "", &[], "id");
    assert!(ids.contains(&"isis".to_owned()) && !ids.contains(&"turkey".to_owned()), "{ids:?}");
    let both =
        |a: &str, b: &str| Who::Both(Box::new(related("hostile-to", of(a))), Box::new(related("hostile-to", of(b))));
    let (text, ids) =
        rows(Question::Who { set: both("united-states", "hts"), sort: None, manner: Manner::Holding }, "", &[], "id");
    let expected: Vec<String> = by_hand("hostile-to", "united-states", "")
        .into_iter()
        .filter(|id| by_hand("hostile-to", "hts", "").contains(id))
        .collect();
    let mut ids = ids;
    ids.sort();
    assert_eq!(ids, expected, "{text}");
    assert!(ids.contains(&"isis".to_owned()));
    let states = Sort::Kinds { text: "states".into(), kinds: vec![DATA.vocabulary().kind_named("state").unwrap()] };
    let (_, ids) = rows(
        Question::Who { set: related("linked-to", of("hts")), sort: Some(states), manner: Manner::Holding },
        "",
        &[],
        "id",
    );
    assert!(ids.contains(&"turkey".to_owned()) && !ids.contains(&"isis".to_owned()), "{ids:?}");
    let parts = Sort::PartsOf(named("al-qaeda"));
    let (text, ids) = rows(
        Question::Who { set: related("linked-to", of("hts")), sort: Some(parts), manner: Manner::Holding },
        "",
        &[],
        "id",
    );
    assert!(!ids.is_empty() && !ids.contains(&"turkey".to_owned()), "{text}\n{ids:?}");
}

#[test]
fn what_a_name_was_taken_for_besides_is_in_the_query() {
    let question = || Question::Whether {
        a: named("russia"),
        tie: word("friendly-to"),
        b: Some(named("bashar-al-assad")),
        ended: false,
    };
    let assumed = ["Bashar al-Assad: also asked of Assad regime, which Bashar al-Assad led or governed then"];
    let (text, ids) = rows_assuming(question(), "2016", &[], &assumed, "object");
    assert!(text.contains("'assad-regime'") && ids.iter().any(|name| name == "Assad regime"), "{text}\n{ids:?}");
    let (text, _) = rows(question(), "2016", &[], "id");
    assert!(!text.contains("'assad-regime'"), "{text}");
}

#[test]
fn every_kind_of_question_has_a_query_that_runs() {
    let pair = || (named("turkey"), named("pkk"));
    let (a, b) = pair();
    let all = [
        (Question::Whether { a: a.clone(), tie: word("hostile-to"), b: Some(b.clone()), ended: false }, true),
        (Question::Whether { a: named("hts"), tie: word("designated-by"), b: None, ended: false }, true),
        (Question::When { a: named("hts"), tie: word("designated-by"), b: None, end: End::Start }, true),
        (Question::Between { a: a.clone(), b: b.clone() }, true),
        (Question::Between { a: named("nusra"), b: named("hts") }, true),
        (Question::Same { a: named("hts"), b: named("nusra") }, true),
        (Question::Names { of: named("hts"), wanted: NamesWanted::All }, true),
        (Question::Lineage { of: named("hts"), toward: Toward::All }, true),
        (Question::Existence { of: named("hts"), end: None, gone: true }, true),
        (Question::Path { a: named("jnim"), b: named("hts") }, false),
        (Question::Changes { of: vec![a.clone(), b.clone()], from: None, to: None }, true),
        (Question::Changes { of: vec![a.clone()], from: Some(Day::from_ymd(2024, 1, 1).unwrap()), to: None }, true),
        (Question::Disagreements { about: Vec::new() }, false),
        (Question::Disagreements { about: vec![named("hts")] }, false),
        (Question::Disagreements { about: vec![named("hts"), named("al-qaeda")] }, false),
        (Question::Anonymous { about: Vec::new() }, true),
        (Question::Anonymous { about: vec![named("united-states")] }, true),
        (Question::Known { about: vec![a.clone(), b.clone()] }, true),
        (
            Question::Count(Box::new(Question::Who {
                set: related("hostile-to", of("hts")),
                sort: None,
                manner: Manner::Holding,
            })),
            true,
        ),
        (Question::Sureness(Box::new(Question::Between { a, b })), true),
        (Question::Timeline { of: vec![named("assad-regime")], events_only: false }, true),
        (Question::Timeline { of: Vec::new(), events_only: true }, true),
        (Question::Profile { of: named("hts") }, true),
        (Question::Where { of: named("isis") }, true),
        (Question::ListSources, true),
    ];
    for (question, has_id) in all {
        let asked = format!("{question:?}");
        let column = match &question {
            Question::Path { .. } => "chain",
            Question::Disagreements { .. } => "about",
            _ if has_id => "id",
            _ => unreachable!("one of these"),
        };
        let (text, found) = rows(question, "", &[], column);
        assert!(!found.is_empty(), "{asked}\n{text}");
        assert!(text.starts_with("// title: "), "{text}");
    }
    let records = RecordQuestion {
        wanted: Wanted::When,
        actors: Vec::new(),
        agent: None,
        target: None,
        words: vec!["overthrow".into()],
    };
    let (_, ids) = rows(Question::Records(records), "", &["hts.affiliate_of.al-qaeda"], "id");
    assert_eq!(ids, ["hts.affiliate_of.al-qaeda"]);
}
