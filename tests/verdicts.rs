//! What relations, claims and dates come to: every verdict for every reason, signs, ties, changes, timelines, conflicts, lineages, chains.
//!
//! Small data sets are written one record a line (see [`graph`]), turned into JSON and read by `dataset::load`; questions are words.

use allegiance::dataset::{InputFile, load};
use allegiance::diagnostic::{Style, render};
use allegiance::graph::TemporalGraph;
use allegiance::model::{Category, Grade, Modality, TypeId};
use allegiance::question::{
    Answer, ChangeKind, ConflictKind, EntryKind, Lens, Line, Reason, RelationWord, Scope, StepKind, When, chains,
    changes, conflicts, history, lineage, shared, sign, ties, timeline, verdict,
};
use allegiance::time::{Dated, Day, Holds, Reading, Window};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

/// The words that this test speaks of, so that it does not hang on the shipped ones.
fn vocabulary() -> Value {
    let t = |name: &str, inverse: &str, category: &str, polarity: i8, kind: &str| {
        json!({"name": name, "inverse": inverse, "symmetric": name == inverse, "category": category, "polarity": polarity, "weight": 2,
            "kind": kind, "subjects": ["armed_group"], "objects": ["armed_group"], "definition": "D.", "example": "E.",
            "label": name.replace('_', " "), "inverse_label": inverse.replace('_', " ")})
    };
    // A type of lineage of which one end is the later; of some the two are one actor over time.
    let lineage = |name: &str, inverse: &str, later: &str, continues: bool| {
        let mut t = t(name, inverse, "lineage", 0, "event");
        t["later"] = later.into();
        t["continues"] = continues.into();
        t
    };
    let group = |name: &str, types: &[&str]| json!({"name": name, "types": types, "definition": "D."});
    json!({
        "relation_types": [
            t("allied_with", "allied_with", "cooperation", 1, "state"),
            t("cooperates_with", "cooperates_with", "cooperation", 1, "state"),
            t("enemy_of", "enemy_of", "hostility", -1, "state"),
            t("attacks", "attacked_by", "hostility", -1, "event"),
            t("arms", "armed_by", "support", 1, "state"),
            t("leads", "led_by", "structure", 0, "state"),
            t("engages_with", "engages_with", "diplomacy", 0, "state"),
            lineage("successor_of", "succeeded_by", "subject", true),
            lineage("renamed_to", "renamed_from", "object", true),
            lineage("reborn_as", "rebirth_of", "object", true),
            lineage("merges_into", "formed_from", "object", false),
            t("splits_from", "has_splinter", "lineage", 0, "event"),
        ],
        "relation_groups": [
            group("allied-with", &["allied_with", "cooperates_with"]),
            group("hostile-to", &["enemy_of", "attacks"]),
            group("friendly-to", &["allied_with", "cooperates_with", "arms"]),
        ],
    })
}

/// (id, published, reliability).
const SOURCES: &[(&str, &str, &str)] = &[
    ("s2012", "2012-06-30", "A"),
    ("s2016", "2016-06-30", "B"),
    ("t2016", "2016-06-30", "B"),
    ("u2017", "2017", "B"),
    ("s2020", "2020-06-30", "C"),
    ("f2018", "2018-06-30", "F"),
];

/// A graph from lines: `subject type object dating | claim | claim`, relations being called `r0`, `r1` … as they come;
/// `actor id [exists=…] [former=Name@dating]`; `event id date a,b [opens=r0] [closes=r0] | claim`.
///
/// A claim is a source with any of: a stance, a modality, a credibility, `valid=…`. Actors that are only mentioned are declared too.
/// Of the sources of [`SOURCES`] those are in the set that a claim cites.
fn graph(lines: &str) -> TemporalGraph {
    let (mut actors, mut relations, mut events): (Vec<Value>, Vec<Value>, Vec<Value>) = Default::default();
    let mut mentioned: Vec<String> = Vec::new();
    let mut cited: Vec<String> = Vec::new();
    for line in lines.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (head, rest) = line.split_once('|').unwrap_or((line, ""));
        let words: Vec<&str> = head.split_whitespace().collect();
        let field = |name: &str| words.iter().find_map(|w| w.strip_prefix(name)?.strip_prefix('='));
        let claims: Vec<Value> = rest.split('|').map(str::trim).filter(|c| !c.is_empty()).map(claim).collect();
        cited.extend(claims.iter().map(|c| c["source"].as_str().unwrap().to_owned()));
        match words[0] {
            "actor" => {
                let mut actor = json!({"id": words[1], "name": called(words[1]), "kind": "armed_group"});
                if let Some(exists) = field("exists") {
                    actor["exists"] = exists.into();
                }
                if let Some((name, valid)) = field("former").and_then(|f| f.split_once('@')) {
                    actor["names"] = json!([{"name": name, "kind": "former", "valid": valid}]);
                }
                actors.push(actor);
            }
            "event" => {
                let who: Vec<&str> = words[3].split(',').collect();
                mentioned.extend(who.iter().map(|w| (*w).to_owned()));
                let list = |name: &str| field(name).map(|id| vec![id]).unwrap_or_default();
                events.push(json!({"id": words[1], "name": called(words[1]), "kind": "clash", "date": words[2], "claims": claims,
                    "participants": who.iter().map(|w| json!({"actor": w, "role": "party"})).collect::<Vec<_>>(),
                    "opens": list("opens"), "closes": list("closes")}));
            }
            _ => {
                mentioned.extend([words[0].to_owned(), words[2].to_owned()]);
                relations.push(json!({"id": format!("r{}", relations.len()), "subject": words[0], "type": words[1], "object": words[2],
                    "valid": words[3], "basis": "reported", "claims": claims}));
            }
        }
    }
    mentioned.sort();
    mentioned.dedup();
    mentioned.retain(|id| !actors.iter().any(|a| a["id"] == **id));
    actors.extend(mentioned.iter().map(|id| json!({"id": id, "name": called(id), "kind": "armed_group"})));
    let sources: Vec<Value> = SOURCES
        .iter()
        .filter(|(id, ..)| cited.iter().any(|c| c == id))
        .map(|(id, published, reliability)| {
            json!({"id": id, "title": id, "published": published, "kind": "news", "reliability": reliability})
        })
        .collect();
    let mut file = vocabulary();
    file["actors"] = actors.into();
    file["relations"] = relations.into();
    file["events"] = events.into();
    file["sources"] = sources.into();
    match load(vec![InputFile { name: "test.json".into(), bytes: file.to_string().into_bytes().into() }]) {
        Ok(loaded) => loaded.graph,
        Err(refused) => panic!("{}", render(&refused.diagnostics, &refused.sources, Style::default())),
    }
}

fn called(id: &str) -> String {
    let mut signs = id.chars();
    signs.next().map(|c| c.to_uppercase().chain(signs).collect()).unwrap_or_default()
}

fn claim(text: &str) -> Value {
    let mut words = text.split_whitespace();
    let mut claim = json!({"source": words.next(), "locator": "¶1", "stance": "supports", "modality": "asserted", "credibility": 2, "note": "N."});
    for word in words {
        match word {
            "supports" | "disputes" | "denies" => claim["stance"] = word.into(),
            "asserted" | "reported" | "possible" | "offered" | "predicted" => claim["modality"] = word.into(),
            _ => match word.split_once('=') {
                Some((field, value)) => claim[field] = value.into(),
                None => claim["credibility"] = word.parse::<u8>().expect("a credibility").into(),
            },
        }
    }
    claim
}

fn day(text: &str) -> Day {
    let bounds = Dated::parse(text).expect("a date").hull();
    assert_eq!(bounds.earliest, bounds.latest, "one day is wanted: {text}");
    bounds.earliest
}

/// A scope from words: `ever`, `now`, `at D`, `throughout D`, `during D`, `known-by D`, `source S`, `exclude S`, `min G`, `exact`, `certain`, `possible`.
fn scope(graph: &TemporalGraph, text: &str) -> Scope {
    let mut scope = Scope { when: When::Ever, ..Scope::default() };
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        let mut next = || words.next().expect("a value");
        let dated = |text: &str| Dated::parse(text).expect("a date");
        let source = |id: &str| graph.source_by_slug(id).unwrap_or_else(|| panic!("{id} is cited"));
        match word {
            "ever" => {}
            "now" => scope.when = When::Now,
            "at" => scope.when = When::At(dated(next())),
            "throughout" => scope.when = When::Throughout(dated(next())),
            "during" => scope.when = When::During(dated(next())),
            "known-by" => scope.claims.known_by = Some(dated(next()).hull().latest),
            "source" => scope.claims.sources.push(source(next())),
            "exclude" => scope.claims.excluded.push(source(next())),
            "min" => scope.claims.min_grade = Grade::parse(next()),
            "exact" => scope.exact = true,
            "certain" => scope.only = Some(Reading::Certain),
            "possible" => (scope.only, scope.claims.known_possibly) = (Some(Reading::Possible), true),
            _ => panic!("no word for a scope: {word}"),
        }
    }
    scope
}

fn lens<'g>(graph: &'g TemporalGraph, text: &str) -> Lens<'g> {
    Lens::new(graph, scope(graph, text))
}

fn line(lens: &Lens<'_>, slug: &str) -> Line {
    lens.line(lens.graph.actor_by_slug(slug).unwrap_or_else(|| panic!("no actor {slug}")))
}

fn types(graph: &TemporalGraph, word: &str) -> Vec<TypeId> {
    RelationWord::read(graph.vocabulary(), word).expect("a word").types
}

/// The verdict on `a word b` in a scope.
fn asked(graph: &TemporalGraph, question: &str, text: &str) -> &'static str {
    let (a, rest) = question.split_once(' ').expect("a question");
    let (word, b) = rest.rsplit_once(' ').expect("a question");
    let lens = lens(graph, text);
    let word = RelationWord::read(graph.vocabulary(), word).unwrap_or_else(|e| panic!("{e}"));
    verdict(&lens, &line(&lens, a), &word, &line(&lens, b)).verdict.word()
}

/// Asks one question of a data set in several scopes: lines of `scope: verdict`.
fn check(lines: &str, question: &str, wanted: &str) {
    let graph = graph(lines);
    for row in wanted.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (scope, verdict) = row.rsplit_once(": ").expect("scope: verdict");
        assert_eq!(asked(&graph, question, scope), verdict, "{question}, {scope}, of\n{lines}");
    }
}

fn ids(rows: &[allegiance::question::RelationRow]) -> Vec<&str> {
    rows.iter().map(|r| r.id.as_str()).collect()
}

// ---- verdicts: dates -------------------------------------------------------------------------------------------------

#[test]
fn a_relation_is_certain_between_the_latest_start_and_the_earliest_end() {
    check(
        "a allied_with b 2015/2018 | s2020",
        "a allied-with b",
        "at 2014-12-31: no
         at 2015-01-01: possible
         at 2015-12-30: possible
         at 2015-12-31: yes
         at 2018-01-01: yes
         at 2018-01-02: possible
         at 2018-12-31: possible
         at 2019-01-01: no
         at 2014: no
         at 2015: yes
         at 2018: yes
         at 2014/2015: yes
         at 2014/2015-06: possible
         ever: yes
         now: no",
    );
}

#[test]
fn throughout_a_period_is_more_than_at_some_day_of_it() {
    check(
        "a allied_with b 2015/2018 | s2020",
        "a allied-with b",
        "at 2015: yes
         throughout 2015: possible
         throughout 2016: yes
         throughout 2016/2017: yes
         throughout 2018: possible
         at 2014/2016: yes
         throughout 2014/2016: no
         during 2014/2016: yes
         throughout 2018/2019: no",
    );
}

#[test]
fn an_open_or_unknown_end_is_certain_up_to_the_last_attestation() {
    for valid in ["2015-01-01/..", "2015-01-01/"] {
        check(
            &format!("a allied_with b {valid} | s2016 | s2020 | s2012 denies 5 valid=2011"),
            "a allied-with b",
            "exclude s2012 at 2014-12-31: no
             exclude s2012 at 2015-01-01: yes
             exclude s2012 at 2020-06-30: yes
             exclude s2012 at 2020-07-01: possible
             exclude s2012 at 2050: possible
             exclude s2012 throughout 2016/2019: yes
             exclude s2012 throughout 2016/2021: possible
             exclude s2012 now: yes",
        );
    }
}

#[test]
fn only_supporting_claims_attest() {
    // The newest source denies it, so that the relation is contested; with that source left out, it was last attested in 2016.
    check(
        "a allied_with b 2015-01-01/.. | s2016 | s2020 denies",
        "a allied-with b",
        "at 2016: disputed
         exclude s2020 at 2016-06-30: yes
         exclude s2020 at 2016-07-01: possible",
    );
}

#[test]
fn an_unknown_start_is_certain_from_the_first_attestation() {
    check(
        "a allied_with b /.. | s2016 | s2020",
        "a allied-with b",
        "at 2016-06-29: possible
         at 2016-06-30: yes
         at 2020-06-30: yes
         at 2020-07-01: possible
         at 1900: possible",
    );
    for valid in ["/2018-05-01", "../2018-05-01"] {
        check(
            &format!("a allied_with b {valid} | s2016"),
            "a allied-with b",
            "at 2016-06-29: possible
             at 2016-06-30: yes
             at 2018-05-01: yes
             at 2018-05-02: no",
        );
        // Attested only after the end: it was so on the last day, whatever else.
        check(
            &format!("a allied_with b {valid} | s2020"),
            "a allied-with b",
            "at 2018-04-30: possible
             at 2018-05-01: yes
             at 2018-05-02: no",
        );
    }
}

#[test]
fn a_source_of_uncertain_date_attests_cautiously() {
    // Published on some day of 2017: it attests an open end up to the first day, an unknown start from the last.
    check("a allied_with b 2015-01-01/.. | u2017", "a allied-with b", "at 2017-01-01: yes\n at 2017-01-02: possible");
    check("a allied_with b /2019-01-01 | u2017", "a allied-with b", "at 2017-12-30: possible\n at 2017-12-31: yes");
    check(
        "a allied_with b /2019-01-01 | s2020 | u2017",
        "a allied-with b",
        "at 2017-12-30: possible\n at 2017-12-31: yes",
    );
    check("a allied_with b 2010/.. | s2012 | u2017", "a allied-with b", "at 2017-01-01: yes\n at 2017-01-02: possible");
}

#[test]
fn about_and_uncertain_widen_an_end_by_one_unit() {
    for mark in ["~", "?", "%"] {
        check(
            &format!("a allied_with b 2016{mark}/2019 | s2020"),
            "a allied-with b",
            "at 2014-12-31: no
             at 2015-01-01: possible
             at 2017-12-30: possible
             at 2017-12-31: yes
             at 2019-01-01: yes
             at 2019-01-02: possible",
        );
    }
    check(
        "a allied_with b 2015/2018-05~ | s2020",
        "a allied-with b",
        "at 2018-04-01: yes\n at 2018-04-02: possible\n at 2018-06-30: possible\n at 2018-07-01: no",
    );
}

#[test]
fn one_sided_ends_are_certain_on_their_closed_side_only() {
    check(
        "a allied_with b ..2014/2016 | s2020",
        "a allied-with b",
        "at 1950: possible\n at 2014-12-30: possible\n at 2014-12-31: yes\n at 2016-01-01: yes\n at 2017: no",
    );
    check(
        "a allied_with b 2015/2018-07.. | s2020",
        "a allied-with b",
        "at 2014: no\n at 2018-07-01: yes\n at 2018-07-02: possible\n at 2050: possible",
    );
    check(
        "a allied_with b 2015/..2018-03 | s2020",
        "a allied-with b",
        "at 2015: yes\n at 2016: possible\n at 2018-03-31: possible\n at 2018-04-01: no",
    );
    check(
        "a allied_with b [2015-03-11..2015-03-29]/.. | s2016",
        "a allied-with b",
        "at 2015-03-10: no\n at 2015-03-28: possible\n at 2015-03-29: yes\n at 2016-06-30: yes\n at 2016-07-01: possible",
    );
}

#[test]
fn whatever_held_on_some_day_held_at_some_time() {
    for valid in
        ["..2014/2016", "2015/2018-07..", "2015/..2018-03", "/..", "../2016", "2015/", "[..2015-03-29]", "2016~"]
    {
        check(&format!("a allied_with b {valid} | s2020"), "a allied-with b", "ever: yes");
        check(&format!("a allied_with b {valid} | s2020 possible"), "a allied-with b", "ever: possible");
        check(&format!("a allied_with b {valid} | s2020 | s2016 disputes"), "a allied-with b", "ever: disputed");
        check(&format!("a allied_with b {valid} | s2020 denies"), "a allied-with b", "ever: no");
    }
}

#[test]
fn ends_that_overlap_are_as_narrow_as_each_makes_the_other() {
    // It began by the day on which it ended, and ended on no day before the first on which it may have begun.
    check(
        "a allied_with b 2015/2015-06-30 | s2020",
        "a allied-with b",
        "at 2014: no\n at 2015-06-29: possible\n at 2015-06-30: yes\n at 2015-07-01: no",
    );
    check(
        "a allied_with b 2015-06-01/2015 | s2020",
        "a allied-with b",
        "at 2015-05-31: no\n at 2015-06-01: yes\n at 2015-06-02: possible\n at 2016: no\n throughout 2015-06: possible",
    );
}

#[test]
fn what_is_dated_by_a_single_date_happened_on_some_day_of_it() {
    check(
        "a attacks b 2016-05 | s2020",
        "a attacks b",
        "at 2016: yes\n at 2016-05: yes\n at 2016-05-09: possible\n at 2016-06: no\n throughout 2016-05: possible\n throughout 2016: no",
    );
}

#[test]
fn a_life_cuts_what_a_dating_leaves_open() {
    let lines = "actor a exists=2014-01-01/2016-12-31
                 a allied_with b 2013/2018 | s2020";
    check(
        lines,
        "a allied-with b",
        "at 2013: no\n at 2014-01-01: yes\n at 2016-12-31: yes\n at 2017-01-01: no\n at 2018: no",
    );
}

#[test]
fn now_is_the_horizon_of_the_data_and_of_the_claims_that_count() {
    let graph = graph("a allied_with b 2015-01-01/.. | s2016 | u2017\n c allied_with d 2019 | s2020");
    let now = |text: &str| scope(&graph, text).now(&graph).to_string();
    assert_eq!(now("now"), "2020-06-30");
    assert_eq!(now("now exclude s2020"), "2017-12-31");
    assert_eq!(now("now known-by 2018"), "2017-12-31");
    assert_eq!(now("now known-by 2017-06-30"), "2016-06-30");
    assert_eq!(now("now source s2016"), "2016-06-30");
    assert_eq!(now("now known-by 2016-03-01"), "2016-03-01");
}

#[test]
fn relations_that_adjoin_hold_throughout_together() {
    let lines = "a allied_with b 2013-01-01/2015-06-30 | s2020
                 a allied_with b 2015-07-01/2016 | s2020
                 b cooperates_with a 2018/2019 | s2020 reported";
    check(
        lines,
        "a allied-with b",
        "throughout 2014/2015: yes
         throughout 2013/2016: possible
         throughout 2016: possible
         throughout 2015/2017: no
         throughout 2017/2018: no
         throughout 2018-12: possible
         throughout 2012/2014: no",
    );
    // A day between the two is one on which it was not so.
    check(&lines.replace("2015-07-01", "2015-07-02"), "a allied-with b", "throughout 2014/2015: no");
    let two = "actor old exists=2012-01-01/2016-06-01
        actor new exists=2016-06-01/..
        new successor_of old 2016-06-01 | s2020
        old allied_with b 2013/2016-06-01 | s2020
        new allied_with b 2016-06-01/2019 | s2020";
    check(
        two,
        "new allied-with b",
        "throughout 2015/2017: yes\n exact throughout 2015/2017: no\n throughout 2013: possible",
    );
}

// ---- verdicts: claims ------------------------------------------------------------------------------------------------

#[test]
fn what_is_only_reported_possible_offered_or_predicted_is_never_a_yes() {
    for modality in ["reported", "possible", "offered", "predicted"] {
        check(
            &format!("a allied_with b 2015/2018 | s2020 {modality}"),
            "a allied-with b",
            "at 2016: possible\n ever: possible\n at 2014: no\n at 2019: no",
        );
        // One source that vouches for it is enough.
        check(
            &format!("a allied_with b 2015/2018 | s2020 {modality} | s2016"),
            "a allied-with b",
            "at 2016: yes\n exclude s2016 at 2016: possible",
        );
    }
}

#[test]
fn what_is_only_denied_is_a_no_and_what_is_only_disputed_is_disputed() {
    let denied = "a allied_with b 2015/2018 | s2020 denies";
    check(
        denied,
        "a allied-with b",
        "at 2016: no\n at 2015: no\n ever: no\n throughout 2016/2017: no\n at 2015-06-01: unknown\n throughout 2015: unknown
         at 2014: unknown\n at 2030: unknown",
    );
    // What is denied is attested, as denied, by those who deny it.
    check(
        "a allied_with b 2015-01-01/.. | s2012 denies | s2016 denies",
        "a allied-with b",
        "at 2016-06-30: no\n at 2016-07-01: unknown\n exclude s2016 at 2016: unknown\n exclude s2012 at 2016: no",
    );
    check(
        "a allied_with b /2018-05-01 | s2016 denies",
        "a allied-with b",
        "at 2016-06-29: unknown\n at 2016-06-30: no",
    );
    // A relation recorded for other days makes it a no, whatever is denied for others again.
    check(&format!("{denied}\n a allied_with b 2010/2011 | s2012"), "a allied-with b", "at 2030: no\n at 2016: no");
    // A relation that holds is told before one that is denied.
    check(&format!("{denied}\n a cooperates_with b 2014/2019 | s2020"), "a allied-with b", "at 2016: yes");
    check("a allied_with b 2015/2018 | s2020 disputes", "a allied-with b", "at 2016: disputed\n at 2030: no");
    check("a allied_with b 2015/2018 | s2020 denies | s2016 disputes", "a allied-with b", "at 2016: no");
}

#[test]
fn claims_on_both_sides_are_disputed_within_the_dates_and_a_no_outside() {
    for against in ["denies", "disputes"] {
        check(
            &format!("a allied_with b 2015/2018 | s2020 | s2016 {against}"),
            "a allied-with b",
            "at 2016: disputed
             at 2015-06-01: disputed
             at 2014: no
             at 2019: no
             ever: disputed
             source s2020 at 2016: yes
             exclude s2020 at 2014: WITHOUT
             exclude s2020 at 2019: WITHOUT"
                .replace("WITHOUT", if against == "denies" { "unknown" } else { "no" })
                .as_str(),
        );
    }
    check("a allied_with b 2015/2018 | s2020 | s2016 denies", "a allied-with b", "source s2016 at 2016: no");
    let graph = graph(
        "a allied_with b 2015/2018 | s2020 | s2016 denies | s2012 denies\n a enemy_of b 2015 | s2020 | s2016 denies",
    );
    let lens = lens(&graph, "at 2016");
    let row = |slug: &str| lens.row(graph.relation_by_slug(slug).unwrap()).status;
    assert_eq!((row("r0"), row("r1")), ("disputed", "contested"));
}

#[test]
fn a_firm_relation_beats_a_contested_one_and_a_contested_one_a_possible_one() {
    let lines = "a allied_with b 2015/2018 | s2020 | s2016 denies
                 a allied_with b 2016-01-01/2016-12-31 | s2020
                 a allied_with b 2014/2019 | s2020 reported";
    check(lines, "a allied-with b", "at 2016: yes\n at 2017: disputed\n at 2019-01-01: possible\n at 2020: no");
}

#[test]
fn sources_that_date_it_differently_leave_a_day_between_disputed() {
    check(
        "a allied_with b [2014,2017]/2018 | s2016 valid=2014-03-01/2018 | s2020 valid=2017-09-01/2018",
        "a allied-with b",
        "at 2015: disputed
         at 2013: no
         at 2017-12-31: yes
         at 2018-01-01: yes
         source s2016 at 2015: yes
         source s2020 at 2015: no
         source s2016 source s2020 at 2015: disputed
         exclude s2016 at 2015: no",
    );
    let graph = graph("a allied_with b [2014,2017]/2018 | s2016 valid=2014-03-01/2018 | s2020 valid=2017-09-01/2018");
    assert_eq!(verdict_of(&graph, "at 2015").reasons, [Reason::DatedDifferently("r0".into())]);
    let whether = self::graph("a allied_with b 2014/2018 | s2016 | s2020 denies");
    assert_eq!(verdict_of(&whether, "at 2015").reasons, [Reason::BothSides("r0".into())]);
}

#[test]
fn a_dating_of_the_curators_does_not_settle_what_sources_date_differently() {
    for curators in ["2014-01-01/2018", "2014/2018", "2018-01-01/2019"] {
        let lines = format!("a allied_with b {curators} | s2016 valid=2014-03-01/2018 | s2020 valid=2017-09-01/2018");
        check(&lines, "a allied-with b", "at 2015: disputed\n throughout 2015/2016: disputed\n at 2018-01-01: yes");
        // A yes needs a relation that nobody doubts, and one that is merely possible does not outdo the dispute.
        let other = |claim: &str| format!("{lines}\n a cooperates_with b 2015/2016 | {claim}");
        check(&other("s2020"), "a allied-with b", "at 2015: yes\n at 2016-01-01: yes\n at 2016-06-01: disputed");
        check(&other("s2020 reported"), "a allied-with b", "at 2015: disputed");
        check(&other("s2020 denies"), "a allied-with b", "at 2015: disputed");
    }
    // A source that gives no dating of its own stands by the curator's.
    check(
        "a allied_with b 2014-01-01/2018 | s2016 | s2020 valid=2017-09-01/2018",
        "a allied-with b",
        "at 2015: disputed\n exclude s2020 at 2015: yes\n exclude s2016 at 2015: no",
    );
}

#[test]
fn every_reason_is_told() {
    let told = |lines: &str, at: &str| -> Vec<Reason> { verdict_of(&graph(lines), at).reasons };
    let id = || "r0".to_owned();
    let plain = "a allied_with b 2015/2018 | s2020";
    let open = "a allied_with b 2015-01-01/.. | u2017 | s2016";
    let adjoining = "a allied_with b 2013-01-01/2015-06-30 | s2020\n a allied_with b 2015-07-01/2016 | s2020";
    let denied = "a allied_with b 2015/2018 | s2020 denies";
    for (lines, at, wanted, words) in [
        (plain, "at 2016", Reason::Certain, "supported, and certain for the days asked about"),
        (
            adjoining,
            "throughout 2014/2015",
            Reason::OneAfterAnother,
            "supported, and certain for the days asked about, one relation after another",
        ),
        (
            adjoining,
            "throughout 2013/2016",
            Reason::GapsOpen,
            "their dates leave it open whether one followed on another without a break",
        ),
        (
            "a allied_with b 2015/2018 | s2020 | s2016 disputes",
            "at 2016",
            Reason::BothSides(id()),
            "r0: claims stand on both sides",
        ),
        (
            "a allied_with b 2015/2018 | s2020 | s2016 valid=2017/2018",
            "at 2016",
            Reason::DatedDifferently(id()),
            "r0: sources date it differently",
        ),
        (
            "a allied_with b 2015/2018 | s2020 reported | s2016 possible",
            "at 2016",
            Reason::OnlyClaimed(id(), Modality::Reported),
            "r0: only claimed as reported",
        ),
        (
            open,
            "at 2018",
            Reason::LastAttested(id(), "2017".into()),
            "r0: no end is recorded, and it was last attested 2017",
        ),
        (
            plain,
            "at 2015-06-01",
            Reason::DatesOpen(id(), "2015/2018".into()),
            "r0: its dates (2015/2018) leave it open",
        ),
        (denied, "at 2016", Reason::Denied(id()), "r0: the sources deny it"),
        (
            plain,
            "at 2019",
            Reason::Elsewhen(id(), "2015/2018".into()),
            "r0: recorded for 2015/2018, not for the days asked about",
        ),
        (
            "a enemy_of b 2015/2018 | s2020",
            "at 2016",
            Reason::Opposite,
            "nothing of this sort is recorded, and the opposite certainly held all the time",
        ),
        (
            "a enemy_of b 2015/2018 | s2020",
            "at 2019",
            Reason::NothingRecorded,
            "nothing of this sort is recorded of the two; that is not a no",
        ),
        (
            denied,
            "at 2019",
            Reason::DeniedElsewhen(id(), "2015/2018".into()),
            "r0: denied for 2015/2018; nothing is recorded for the days asked about",
        ),
    ] {
        assert_eq!(told(lines, at), std::slice::from_ref(&wanted), "{at}, of\n{lines}");
        assert_eq!(wanted.to_string(), words);
    }
    // What is event-like happened rather than held.
    let graph = graph("a attacks b 2016-05 | s2020");
    let lens = lens(&graph, "at 2017");
    let word = RelationWord::read(graph.vocabulary(), "attacks").expect("a word");
    let found = verdict(&lens, &line(&lens, "a"), &word, &line(&lens, "b"));
    assert_eq!(found.reasons, [Reason::Happened(id(), "2016-05".into())]);
    assert_eq!(found.reasons[0].to_string(), "r0: it happened 2016-05, not in the days asked about");
}

#[test]
fn what_attests_a_relation_last_is_told_as_its_source_is_dated() {
    let graph = graph(
        "a allied_with b 2015/.. | s2016 | u2017 | s2020 disputes
         a allied_with c 2015/.. | s2012 denies | u2017 denies",
    );
    let lens = lens(&graph, "at 2018");
    let told = |slug: &str| {
        let id = graph.relation_by_slug(slug).expect("there");
        (graph.standing(id).last_attested.map(|d| d.to_string()), lens.row(id).last_attested)
    };
    assert_eq!(told("r0"), (Some("2017-01-01".into()), Some("2017".into())));
    // Those who deny it attest the denial; nobody attests the relation.
    assert_eq!(told("r1"), (Some("2017-01-01".into()), None));
}

fn verdict_of(graph: &TemporalGraph, text: &str) -> Answer {
    let lens = lens(graph, text);
    let word = RelationWord::read(graph.vocabulary(), "allied-with").expect("a word");
    verdict(&lens, &line(&lens, "a"), &word, &line(&lens, "b"))
}

#[test]
fn claims_published_later_are_not_known_and_the_dates_are_reckoned_anew() {
    check(
        "a allied_with b 2010-01-01/.. | s2012 | s2020\n a enemy_of b 2011 | s2020",
        "a allied-with b",
        "at 2019: yes
         known-by 2013 at 2012-06-30: yes
         known-by 2013 at 2012-07-01: possible
         known-by 2013 now: yes
         known-by 2011 at 2011: unknown
         known-by 2020-06-29 at 2019: possible
         known-by 2020-06-30 at 2019: yes",
    );
    // Contested only since 2016; of a source of 2017 it is not known on which day of the year it became known.
    check(
        "a allied_with b 2010/2019 | s2012 | s2016 denies",
        "a allied-with b",
        "at 2015: disputed\n known-by 2015 at 2015: yes",
    );
    check(
        "a allied_with b 2010/2019 | u2017",
        "a allied-with b",
        "known-by 2017-12-31 at 2015: yes\n known-by 2017-12-30 at 2015: unknown\n known-by 2017-01-01 possible at 2015: yes\n known-by 2016 possible at 2015: unknown",
    );
}

#[test]
fn sources_and_grades_decide_which_claims_count() {
    check(
        "a allied_with b 2015/2018 | s2020 | f2018 2 | s2016 4",
        "a allied-with b",
        "source s2020 at 2016: yes
         exclude s2020 exclude f2018 exclude s2016 at 2016: unknown
         min C2 at 2016: yes
         min B3 at 2016: unknown
         min B4 at 2016: yes
         min B at 2016: yes
         min A at 2016: unknown
         exclude s2020 exclude s2016 min E5 at 2016: unknown
         exclude s2020 exclude s2016 min F at 2016: yes",
    );
}

#[test]
fn the_opposite_that_holds_all_the_time_is_a_no_where_nothing_speaks_for_it() {
    let enemies = "a enemy_of b 2015/2018 | s2020";
    check(
        enemies,
        "a allied-with b",
        "at 2016: no
         at 2015-12-31: no
         at 2016/2017: no
         throughout 2016: no
         at 2015: unknown
         at 2015-06-01: unknown
         at 2017/2018: unknown
         at 2018-01-01: no
         at 2030: unknown
         ever: unknown",
    );
    // For words of several types only: that one arms nobody whom one fights is more than is known.
    for (word, wanted) in [
        ("friendly-to", "no"),
        ("cooperation", "no"),
        ("support", "no"),
        ("arms", "unknown"),
        ("cooperates_with", "unknown"),
        ("engages-with", "unknown"),
        ("leads", "unknown"),
        ("lineage", "unknown"),
    ] {
        check(enemies, &format!("a {word} b"), &format!("at 2016: {wanted}"));
    }
    // Only cooperation is the opposite of enmity: help is not, and neither are talks.
    check("a cooperates_with b 2015/2018 | s2020", "a hostile-to b", "at 2016: no\n ever: unknown");
    check("a cooperates_with b 2015/2018 | s2020", "a hostility b", "at 2016: no");
    check("a arms b 2015/2018 | s2020", "a hostile-to b", "at 2016: unknown");
    check("a engages_with b 2015/2018 | s2020", "a hostile-to b", "at 2016: unknown");
    // What happened on a day speaks of that day.
    check(
        "a attacks b 2016-05-05 | s2020",
        "a allied-with b",
        "at 2016-05-05: no\n at 2016-05-06: unknown\n at 2016-05: unknown",
    );
    // A doubtful opposite is none; a doubtful alliance is not outdone by a certain enmity.
    check("a enemy_of b 2015/2018 | s2020 reported", "a allied-with b", "at 2016: unknown");
    check("a enemy_of b 2015/2018 | s2020 | s2016 denies", "a allied-with b", "at 2016: unknown");
    check(&format!("{enemies}\n a allied_with b 2015/2018 | s2020 reported"), "a allied-with b", "at 2016: possible");
    // Nothing of the polarity asked about may hold, of whatever sort and however doubtful.
    for claims in ["s2020", "s2020 reported", "s2020 | s2016 disputes"] {
        check(
            &format!("{enemies}\n a arms b 2016-06-01/2019 | {claims}"),
            "a allied-with b",
            "at 2016-05: no\n at 2016: unknown\n at 2017: unknown",
        );
    }
    check(&format!("{enemies}\n a arms b 2016/2019 | s2020 denies"), "a allied-with b", "at 2017: no");
}

#[test]
fn whatever_else_is_recorded_of_the_two_stands_beside_the_verdict() {
    let graph = graph(
        "a allied_with b 2013/2019 | s2020
         a cooperates_with b 2014/2018 | s2020 denies
         a cooperates_with b 2014/2018 | s2020 reported
         a cooperates_with b 2010/2011 | s2020
         b enemy_of a 2015/2018 | s2020 reported
         a arms b 2015/2018 | s2020
         a engages_with b 2015/2018 | s2020
         a leads b 2005 | s2020
         a enemy_of c 2015/2018 | s2020",
    );
    let told = |at: &str| {
        let found = verdict_of(&graph, at);
        let own = |rows: &[allegiance::question::RelationRow]| ids(rows).join(" ");
        (found.verdict.word(), own(&found.rows), own(&found.nearest))
    };
    let own = |verdict, rows: &str, nearest: &str| (verdict, rows.to_owned(), nearest.to_owned());
    // The firmest first, those with a polarity before those without.
    assert_eq!(told("at 2016"), own("yes", "r0", "r5 r6 r2 r4 r1"));
    // What is recorded for other days is not contrary; a denial always is.
    assert_eq!(told("at 2012"), own("no", "r0 r2 r3", "r1"));
    assert_eq!(told("at 2013-06-01"), own("possible", "r0", "r1"));
    // A denial of other days stands beside an unknown, and so does whatever else there is.
    let denied =
        self::graph("a allied_with b 2015/2018 | s2020 denies\n a leads b 2005 | s2020\n a arms b 2019 | s2020");
    let found = verdict_of(&denied, "at 2019");
    assert_eq!((found.verdict.word(), ids(&found.rows), ids(&found.nearest)), ("unknown", vec![], vec!["r2", "r0"]));
}

#[test]
fn nothing_recorded_is_unknown_and_names_the_nearest_fact() {
    let graph = graph("a engages_with b 2015/2018 | s2020\n a enemy_of c 2015/2018 | s2020");
    assert_eq!(asked(&graph, "a allied-with b", "at 2016"), "unknown");
    let found = verdict_of(&graph, "at 2016");
    assert_eq!((ids(&found.rows), ids(&found.nearest)), (vec![], vec!["r0"]));
    assert_eq!(asked(&graph, "b allied-with c", "ever"), "unknown");
}

#[test]
fn a_directed_type_reads_one_way_and_its_inverse_the_other() {
    let graph = graph("a arms b 2015/2018 | s2020");
    for (question, wanted) in [
        ("a arms b", "yes"),
        ("b arms a", "unknown"),
        ("b armed-by a", "yes"),
        ("b armed by a", "yes"),
        ("a armed_by b", "unknown"),
        ("a friendly-to b", "yes"),
        ("b friendly-to a", "yes"),
        ("b support a", "yes"),
    ] {
        assert_eq!(asked(&graph, question, "at 2016"), wanted, "{question}");
    }
    let symmetric = self::graph("a enemy_of b 2015/2018 | s2020");
    assert_eq!(asked(&symmetric, "b enemy_of a", "at 2016"), "yes");
}

// ---- signs and histories ---------------------------------------------------------------------------------------------

fn signed(graph: &TemporalGraph, text: &str) -> &'static str {
    let lens = lens(graph, text);
    sign(&lens, &line(&lens, "a"), &line(&lens, "b")).word()
}

#[test]
fn a_pair_comes_to_friend_enemy_mixed_dealings_or_nothing_known() {
    let ally = "a allied_with b 2015/2018 | s2020";
    let enemy = "a enemy_of b 2016-06-01/2019 | s2020";
    let talks = "a engages_with b 2015/2020-06-30 | s2020";
    let all = graph(&[ally, enemy, talks].join("\n"));
    for (at, wanted) in [
        ("at 2014-06-01", "nothing known"),
        ("at 2016-01-01", "friend"),
        ("at 2017-01-01", "mixed"),
        ("at 2018-12-31", "enemy"),
        ("at 2020-01-01", "dealings"),
        ("at 2021-01-01", "nothing known"),
    ] {
        assert_eq!(signed(&all, at), wanted, "{at}");
    }
    assert_eq!(signed(&graph(&format!("{ally}\n{enemy} reported")), "at 2017-01-01"), "friend");
    assert_eq!(signed(&graph("a enemy_of b 2015/2018 | s2020 reported"), "at 2017-01-01"), "enemy");
    assert_eq!(signed(&graph("a enemy_of b 2015/2018 | s2020 denies"), "at 2017-01-01"), "nothing known");
    // The question is answered for both directions and whichever end is asked first.
    assert_eq!(signed(&graph("b arms a 2015/2018 | s2020"), "at 2017-01-01"), "friend");
}

#[test]
fn what_has_no_recorded_end_counts_beside_what_is_certain() {
    let graph = graph("a enemy_of b 2010/.. | s2012\n a arms b 2019/2021 | s2020");
    assert_eq!(signed(&graph, "at 2020-01-01"), "mixed");
}

#[test]
fn what_is_dated_differently_counts_as_merely_possible() {
    for curators in ["[2014,2017]/2018", "2014-01-01/2018"] {
        let ally = format!("a allied_with b {curators} | s2016 valid=2014-03-01/2018 | s2020 valid=2017-09-01/2018");
        let alone = graph(&ally);
        let both = graph(&format!("{ally}\n a enemy_of b 2010/2019 | s2020"));
        let seen = |graph: &TemporalGraph, at: &str| {
            let lens = lens(graph, at);
            let found = history(&lens, &line(&lens, "a"), &line(&lens, "b"), None);
            assert_eq!(found.sign.word(), signed(graph, at));
            (found.sign.word(), found.verdict.word())
        };
        assert_eq!(seen(&alone, "at 2015"), ("friend", "disputed"));
        assert_eq!(seen(&alone, "at 2018-01-01"), ("friend", "yes"));
        assert_eq!(seen(&alone, "at 2019"), ("nothing known", "no"));
        assert_eq!(seen(&both, "at 2015"), ("enemy", "yes"));
        assert_eq!(seen(&both, "at 2018-01-01"), ("mixed", "yes"));
    }
}

#[test]
fn an_event_is_remembered_for_ninety_days() {
    let graph = graph("a attacks b 2016-03-01 | s2020");
    for (at, wanted) in [
        ("at 2016-02-29", "nothing known"),
        ("at 2016-03-01", "enemy"),
        ("at 2016-05-30", "enemy"),
        ("at 2016-05-31", "nothing known"),
        ("at 2016-05-30/2017", "enemy"),
        ("at 2016-05-31/2017", "nothing known"),
        ("throughout 2016-03-01", "enemy"),
        ("throughout 2016-03-01/2016-05-30", "enemy"),
        ("throughout 2016-03-01/2016-05-31", "nothing known"),
        ("throughout 2016-02-29/2016-03-02", "nothing known"),
        ("ever", "enemy"),
    ] {
        assert_eq!(signed(&graph, at), wanted, "{at}");
    }
    // The history goes by the same rows, and tells which of them happened shortly before.
    for (at, recent, verdict) in [
        ("at 2016-02-29", false, "no"),
        ("at 2016-03-01", false, "yes"),
        ("at 2016-03", false, "yes"),
        ("at 2016-03-02", true, "yes"),
        ("at 2016-05-30", true, "yes"),
        ("at 2016-05-31", false, "no"),
        ("throughout 2016-03-01", false, "yes"),
        ("throughout 2016-03-02", true, "yes"),
        ("ever", false, "yes"),
    ] {
        let lens = lens(&graph, at);
        let found = history(&lens, &line(&lens, "a"), &line(&lens, "b"), None);
        assert_eq!((found.relations[0].recent, found.verdict.word()), (recent, verdict), "{at}");
    }
    let doubtful = self::graph("a attacks b 2016-03-01 | s2020 reported");
    let lens = lens(&doubtful, "at 2016-04");
    let found = history(&lens, &line(&lens, "a"), &line(&lens, "b"), None);
    assert_eq!((found.relations[0].recent, found.verdict.word(), found.sign.word()), (true, "possible", "enemy"));
    // Whether it was so on the day itself has no such memory.
    assert_eq!(asked(&graph, "a hostile-to b", "at 2016-03-02"), "no");
    assert_eq!(asked(&graph, "a hostile-to b", "at 2016-03"), "yes");
}

#[test]
fn a_history_holds_every_relation_and_common_event_in_order() {
    let graph = graph(
        "a enemy_of b 2017/2019 | s2020
         a allied_with b 2013/2015 | s2020
         b arms a 2014 | s2016 denies
         a allied_with c 2013 | s2020
         event talks 2016-05 a,b | s2020
         event clash 2012 a,b,c | s2012
         event other 2012 a,c | s2012",
    );
    let lens_ = lens(&graph, "at 2014");
    let (a, b) = (line(&lens_, "a"), line(&lens_, "b"));
    let all = history(&lens_, &a, &b, None);
    assert_eq!(ids(&all.relations), ["r1", "r2", "r0"]);
    assert_eq!(all.events.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["clash", "talks"]);
    assert_eq!((all.sign.word(), all.verdict.word()), ("friend", "yes"));
    assert_eq!(all.relations.iter().map(|r| r.holds).collect::<Vec<_>>(), ["certain", "no", "no"]);
    let hostile = RelationWord::read(graph.vocabulary(), "hostile-to").unwrap();
    assert_eq!(ids(&history(&lens_, &a, &b, Some(&hostile)).relations), ["r0"]);
    let armed = RelationWord::read(graph.vocabulary(), "arms").unwrap();
    assert!(history(&lens_, &a, &b, Some(&armed)).relations.is_empty());
    assert_eq!(ids(&history(&lens_, &b, &a, Some(&armed)).relations), ["r2"]);
    // What no counting claim bears is not there.
    let known = lens(&graph, "at 2014 known-by 2016-12-31");
    let early = history(&known, &line(&known, "a"), &line(&known, "b"), None);
    assert_eq!((ids(&early.relations), early.events.len()), (vec!["r2"], 1));
}

// ---- ties ------------------------------------------------------------------------------------------------------------

#[test]
fn ties_are_certain_first_then_by_name_and_say_what_holds_otherwise() {
    let graph = graph(
        "a allied_with zeta 2015/2018 | s2020
         a allied_with beta 2015/2018 | s2020
         gamma allied_with a 2015/2018 | s2020 reported
         a allied_with delta 2010/2012 | s2012
         a enemy_of e 2015/2018 | s2020
         a allied_with f 2015/2018 | s2020 denies",
    );
    let found = |text: &str| {
        let lens = lens(&graph, text);
        ties(&lens, &line(&lens, "a"), &types(&graph, "allied-with"), None, None)
    };
    assert_eq!(ids(&found("at 2016").rows), ["r1", "r0", "r2"]);
    assert_eq!(ids(&found("at 2016").elsewhen), ["r3", "r5"]);
    assert_eq!(ids(&found("at 2016 certain").rows), ["r1", "r0"]);
    assert_eq!(ids(&found("at 2016 possible").rows), ["r2"]);
    let mut lens = lens(&graph, "at 2016");
    let most = |lens: &Lens<'_>, most| {
        let cut = ties(lens, &line(lens, "a"), &types(&graph, "allied-with"), None, most);
        (cut.rows.iter().map(|r| r.id.clone()).collect::<Vec<_>>().join(" "), cut.cut)
    };
    assert_eq!(most(&lens, Some(1)), ("r1".to_owned(), 2));
    assert_eq!(most(&lens, Some(3)), ("r1 r0 r2".to_owned(), 0));
    // The limit is the caller's: what the question is limited to does not cut behind its back.
    lens.scope.limit = Some(1);
    assert_eq!(most(&lens, None), ("r1 r0 r2".to_owned(), 0));
    let with = ties(&lens, &line(&lens, "a"), &[], Some(&line(&lens, "e")), None);
    assert_eq!(ids(&with.rows), ["r4"]);
}

#[test]
fn common_friends_and_enemies_are_those_of_both() {
    let graph = graph(
        "a allied_with c 2015/2018 | s2020
         c allied_with b 2016/2019 | s2020
         a allied_with d 2015/2018 | s2020
         a enemy_of e 2015/2018 | s2020
         e attacks b 2016-12 | s2020 reported
         a allied_with b 2015/2018 | s2020",
    );
    let found = |text: &str| {
        let lens = lens(&graph, text);
        let (friends, enemies) = (types(&graph, "allied-with"), types(&graph, "hostile-to"));
        let found = shared(&lens, &line(&lens, "a"), &line(&lens, "b"), &friends, &enemies);
        let brief = |all: &[allegiance::question::Common]| {
            all.iter().map(|c| format!("{} {}", c.actor.id, c.holds)).collect::<Vec<_>>().join(", ")
        };
        (brief(&found.allies), brief(&found.enemies))
    };
    let own = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(found("ever"), own("c certain", "e possible"));
    assert_eq!(found("at 2017-06"), own("c certain", ""));
    assert_eq!(found("at 2016-06-01"), own("c possible", ""));
    assert_eq!(found("at 2019"), own("", ""));
}

#[test]
fn a_limit_cuts_what_is_shared_and_not_what_it_is_found_in() {
    // The first by name of either are not shared, and of what is shared the certain comes first.
    let graph = graph(
        "a allied_with aa 2015/2018 | s2020
         a allied_with ab 2015/2018 | s2020
         b allied_with ac 2015/2018 | s2020
         a allied_with m 2015/2018 | s2020 reported
         b allied_with m 2015/2018 | s2020
         a allied_with z 2015/2018 | s2020
         b allied_with z 2015/2018 | s2020
         a enemy_of y 2015/2018 | s2020
         b enemy_of y 2015/2018 | s2020",
    );
    let found = |limit| {
        let mut lens = lens(&graph, "at 2016");
        lens.scope.limit = limit;
        let (friends, enemies) = (types(&graph, "allied-with"), types(&graph, "hostile-to"));
        let found = shared(&lens, &line(&lens, "a"), &line(&lens, "b"), &friends, &enemies);
        found.allies.iter().chain(&found.enemies).map(|c| c.actor.id.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(found(None), "z m y");
    assert_eq!(found(Some(2)), "z m y");
    assert_eq!(found(Some(1)), "z y");
}

// ---- identity --------------------------------------------------------------------------------------------------------

/// One history told twice: one actor with a former name, and two actors of which one succeeds the other. The one ends on the day before the
/// other begins: what joins them lies within neither life or within one.
const ONE: &str = "actor new exists=2012-01-01/.. former=Old@2012-01-01/2016-05-31
    new allied_with friend 2013/2015 | s2020
    new enemy_of friend 2017/2019 | s2020
    arms-of arms new 2014-05/2015 | s2020 reported
    new attacks third 2013-03-03 | s2020";
const TWO: &str = "actor old exists=2012-01-01/2016-05-31
    actor new exists=2016-06-01/..
    old allied_with friend 2013/2015 | s2020
    new enemy_of friend 2017/2019 | s2020
    arms-of arms old 2014-05/2015 | s2020 reported
    old attacks third 2013-03-03 | s2020
    new successor_of old 2016-06-01 | s2020";

#[test]
fn one_actor_with_dated_names_answers_as_two_with_a_succession() {
    let (one, two) = (graph(ONE), graph(TWO));
    let mut seen = std::collections::BTreeSet::new();
    for year in 2011..=2021 {
        for at in
            [format!("at {year}"), format!("at {year}-05-31"), format!("at {year}-07"), format!("throughout {year}")]
        {
            for question in
                ["new allied-with friend", "new hostile-to friend", "arms-of arms new", "third attacked-by new"]
            {
                let (first, second) = (asked(&one, question, &at), asked(&two, question, &at));
                assert_eq!(first, second, "{question} {at}");
                assert_eq!(first, asked(&two, &question.replace("new", "old"), &at), "{question} of the old one, {at}");
                seen.insert(first);
            }
            let rows = |graph: &TemporalGraph| -> Vec<String> {
                let lens = lens(graph, &at);
                let found = ties(&lens, &line(&lens, "new"), &[], None, None);
                let tell = |r: &allegiance::question::RelationRow| {
                    format!("{} {} {}, {} {}", r.subject.name, r.kind, r.object.name, r.valid, r.holds)
                };
                found.rows.iter().map(tell).collect()
            };
            assert_eq!(rows(&one), rows(&two), "{at}");
        }
    }
    // The questions are telling: they have had each of these answers.
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["no", "possible", "yes"]);
}

#[test]
fn the_name_in_force_on_the_day_asked_is_the_one_shown() {
    for lines in [ONE, TWO] {
        let graph = graph(lines);
        let shown = |at: &str| {
            let lens = lens(&graph, at);
            let new = line(&lens, "new");
            new.in_force(&graph, lens.window).iter().map(|id| lens.name(*id)).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(shown("at 2014"), "Old");
        assert_eq!(shown("at 2016-05-31"), "Old");
        assert_eq!(shown("at 2016-06-01"), "New");
        assert_eq!(shown("at 2020"), "New");
    }
}

#[test]
fn exact_takes_the_actor_alone() {
    let graph = graph(TWO);
    assert_eq!(asked(&graph, "new allied-with friend", "at 2014"), "yes");
    assert_eq!(asked(&graph, "new allied-with friend", "at 2014 exact"), "unknown");
    assert_eq!(asked(&graph, "old allied-with friend", "at 2014 exact"), "yes");
    let lens = lens(&graph, "ever");
    let new = line(&lens, "new");
    assert!(new.is_followed());
    assert_eq!(lens.line_in_words(&new).as_deref(), Some("lineage followed: Old → New (--exact: New alone)"));
}

#[test]
fn only_an_undoubted_succession_is_followed() {
    let with = |claims: &str| {
        let graph = graph(&TWO.replace("2016-06-01 | s2020", &format!("2016-06-01 | {claims}")));
        asked(&graph, "new allied-with friend", "at 2014")
    };
    assert_eq!(with("s2020"), "yes");
    assert_eq!(with("s2020 | s2016 disputes"), "unknown");
    assert_eq!(with("s2020 | s2016 denies"), "unknown");
    assert_eq!(with("s2020 denies"), "unknown");
    for modality in ["reported", "possible", "offered", "predicted"] {
        assert_eq!(with(&format!("s2020 {modality}")), "unknown", "{modality}");
    }
}

#[test]
fn a_succession_that_no_counting_claim_bears_is_not_followed() {
    let graph =
        graph(&TWO.replace("old allied_with friend 2013/2015 | s2020", "old allied_with friend 2013/2015 | s2016"));
    assert_eq!(asked(&graph, "new allied-with friend", "at 2014 known-by 2017"), "unknown");
    assert_eq!(asked(&graph, "old allied-with friend", "at 2014 known-by 2017"), "yes");
    assert_eq!(asked(&graph, "new allied-with friend", "at 2014 exclude s2020"), "unknown");
}

#[test]
fn a_renaming_is_followed_both_ways_and_a_merger_is_not() {
    let lines = "first renamed_to second 2014 | s2020
                 third successor_of second 2016 | s2020
                 second merges_into other 2016 | s2020
                 first allied_with friend 2013/2020 | s2020";
    let graph = graph(lines);
    for (actor, wanted) in [("first", "yes"), ("second", "yes"), ("third", "yes"), ("other", "unknown")] {
        assert_eq!(asked(&graph, &format!("{actor} allied-with friend"), "at 2015"), wanted, "{actor}");
    }
    let lens = lens(&graph, "ever");
    let ages: Vec<&str> = line(&lens, "second").by_age(&graph).iter().map(|id| &*graph.actor(*id).slug).collect();
    assert_eq!(ages, ["first", "second", "third"]);
}

#[test]
fn lives_do_not_cut_what_joins_one_to_the_next() {
    let graph = graph(
        "actor old exists=2012-01-01/2016-05-31
         actor new exists=2016-06-02/..
         new successor_of old 2016-06-01 | s2020
         new allied_with b 2012/2019 | s2020",
    );
    let holds = |slug: &str, at: &str| lens(&graph, at).holds(graph.relation_by_slug(slug).expect("there"));
    for (at, wanted) in [("at 2016-06-01", Holds::Certain), ("at 2016-06-02", Holds::No), ("ever", Holds::Certain)] {
        assert_eq!(holds("r0", at), wanted, "{at}");
    }
    assert_eq!((holds("r1", "at 2016-06-01"), holds("r1", "at 2016-06-02")), (Holds::No, Holds::Certain));
    assert_eq!(asked(&graph, "old allied-with b", "at 2017"), "yes");
}

/// The ids of a line in the order of its members.
fn order(lines: &str, slug: &str) -> String {
    let graph = graph(lines);
    let lens = lens(&graph, "ever");
    let members = line(&lens, slug).by_age(&graph);
    members.iter().map(|id| &*graph.actor(*id).slug).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_line_is_told_in_the_order_of_succession_whatever_the_ids_and_lives() {
    let four = "a2 successor_of z1 2012 | s2020
                m3 successor_of a2 2014 | s2020
                b4 successor_of m3 2016 | s2020";
    // The same by types of which the object is the later.
    let mixed = "z1 renamed_to a2 2012 | s2020
                 a2 reborn_as m3 2014 | s2020
                 b4 successor_of m3 2016 | s2020";
    // Lives that are recorded for some, and would mislead.
    let lives = "actor b4 exists=2010/..\n actor m3 exists=2011/..\n";
    for lines in [four.to_owned(), mixed.to_owned(), format!("{lives}{four}"), format!("{lives}{mixed}")] {
        for slug in ["z1", "a2", "m3", "b4"] {
            assert_eq!(order(&lines, slug), "z1 a2 m3 b4", "{slug} of\n{lines}");
        }
    }
    let graph = graph(mixed);
    let lens = lens(&graph, "ever");
    let words = lens.line_in_words(&line(&lens, "m3"));
    assert_eq!(words.as_deref(), Some("lineage followed: Z1 → A2 → M3 → B4 (--exact: M3 alone)"));
    // Two that carry on one: both come after it, the elder first; without lives by id.
    let fork = "b successor_of z 2014 | s2020\n a successor_of z 2014 | s2020";
    assert_eq!(order(fork, "a"), "z a b");
    assert_eq!(order(&format!("actor a exists=2016/..\n actor b exists=2014/..\n{fork}"), "a"), "z b a");
}

#[test]
fn a_succession_that_is_denied_or_doubted_gives_no_order() {
    for claims in ["s2016 denies", "s2016 disputes", "s2016 reported"] {
        let lines = format!("a successor_of z 2014 | s2020\n z successor_of a 2010 | {claims}");
        assert_eq!(order(&lines, "a"), "z a", "{claims}");
    }
}

#[test]
fn a_circle_of_successions_is_borne() {
    let circle = "cb successor_of ca 2012 | s2020
                  cc successor_of cb 2014 | s2020
                  ca successor_of cc 2016 | s2020";
    assert_eq!(order(circle, "cb"), "ca cb cc");
    let lives = "actor ca exists=2014/..\n actor cb exists=2012/..\n actor cc exists=2013/..\n";
    assert_eq!(order(&format!("{lives}{circle}"), "ca"), "cb cc ca");
    // Whoever comes before the circle comes first all the same.
    assert_eq!(order(&format!("{circle}\n ca successor_of z 2010 | s2020"), "z"), "z ca cb cc");
    let graph = graph(circle);
    let lens = lens(&graph, "ever");
    assert_eq!(lineage(&lens, graph.actor_by_slug("ca").expect("there")).len(), 3);
    assert_eq!(line(&lens, "ca").members.len(), 3);
}

#[test]
fn a_type_of_ones_own_runs_the_way_its_later_end_says() {
    let graph = graph("seed reborn_as bloom 2015 | s2020\n fruit successor_of bloom 2017 | s2020");
    let steps = |slug: &str| -> Vec<String> {
        let lens = lens(&graph, "ever");
        let steps = lineage(&lens, graph.actor_by_slug(slug).expect("there"));
        steps.iter().map(|s| format!("{:?} {} {:+}", s.step, s.actor.id, s.generation)).collect()
    };
    assert_eq!(steps("seed"), ["Outcome bloom +1", "Outcome fruit +2"]);
    assert_eq!(steps("bloom"), ["Origin seed -1", "Outcome fruit +1"]);
    assert_eq!(steps("fruit"), ["Origin seed -2", "Origin bloom -1"]);
}

#[test]
fn a_lineage_goes_back_to_the_origins_and_on_to_the_outcomes() {
    let graph = graph(
        "first renamed_to second 2014 | s2020
         third successor_of second 2016-06 | s2020 | s2016 disputes
         third merges_into army 2018 | s2020
         rest splits_from second 2015 | s2020
         stranger merges_into army 2018 | s2020
         event vote 2014 first,second opens=r0 | s2020",
    );
    let steps = |slug: &str| -> Vec<String> {
        let lens = lens(&graph, "ever");
        let steps = lineage(&lens, graph.actor_by_slug(slug).unwrap());
        let word = |s: StepKind| match s {
            StepKind::Origin => "from",
            StepKind::Break => "break",
            StepKind::Outcome => "to",
        };
        let tell = |s: &allegiance::question::LineageStep| {
            let events = if s.events.is_empty() { "" } else { " with event" };
            format!("{:+} {} {} {}{events}", s.generation, word(s.step), s.actor.id, s.relation.status)
        };
        steps.iter().map(tell).collect()
    };
    assert_eq!(
        steps("second"),
        [
            "-1 from first supported with event",
            "+0 break rest supported",
            "+1 to third contested",
            "+2 to army supported"
        ]
    );
    assert_eq!(
        steps("third"),
        [
            "-2 from first supported with event",
            "-1 break rest supported",
            "-1 from second contested",
            "+1 to army supported"
        ]
    );
    // Of an outcome's other parts nothing is told, and nothing of those who only left.
    assert_eq!(steps("stranger"), ["+1 to army supported"]);
    assert_eq!(steps("rest"), ["+0 break second supported"]);
    assert!(steps("army").starts_with(&["-3 from first supported with event".to_owned()]));
}

// ---- change, time, conflict ------------------------------------------------------------------------------------------

#[test]
fn changes_are_certain_or_possible_at_the_edges_of_the_window() {
    let lines = "a allied_with b 2015-03-01/2016-06-30 | s2020
                 a enemy_of c 2015/2018 | s2020
                 a attacks d 2015-12 | s2020
                 a allied_with e ..2015/2016.. | s2020
                 a allied_with f 2015-05-05/.. | s2020 reported
                 a allied_with g 2015-05-05/.. | s2020 denies";
    let graph = graph(lines);
    let told = |from: &str, to: &str| -> Vec<String> {
        let lens = lens(&graph, "ever");
        let found = changes(&lens, day(from), day(to), &[line(&lens, "a")]);
        let word = |c: ChangeKind| match c {
            ChangeKind::Began => "began",
            ChangeKind::Ended => "ended",
            ChangeKind::Happened => "happened",
        };
        let all = found.changes.iter();
        all.map(|c| format!("{} {} {} {}", c.relation.id, word(c.change), c.date, c.holds)).collect()
    };
    // The first day is excluded, the last included.
    assert_eq!(told("2015-03-01", "2015-03-02"), ["r1 began 2015 possible"]);
    assert_eq!(told("2015-02-28", "2015-03-01"), ["r0 began 2015-03-01 certain", "r1 began 2015 possible"]);
    assert_eq!(told("2016-06-29", "2016-06-30"), ["r0 ended 2016-06-30 certain"]);
    assert!(told("2016-06-30", "2016-07-30").is_empty());
    assert_eq!(
        told("2014-12-31", "2015-12-31"),
        [
            "r1 began 2015 certain",
            "r0 began 2015-03-01 certain",
            "r2 happened 2015-12 certain",
            "r4 began 2015-05-05 possible",
        ]
    );
    assert_eq!(told("2015-12-01", "2015-12-30"), ["r1 began 2015 possible", "r2 happened 2015-12 possible"]);
    assert_eq!(told("2017-12-31", "2018-12-31"), ["r1 ended 2018 certain"]);
    assert_eq!(told("2018-12-30", "2018-12-31"), ["r1 ended 2018 possible"]);
    assert!(told("2018-12-31", "2019-12-31").is_empty());
}

#[test]
fn a_pair_that_comes_to_something_else_has_turned() {
    let lines = "a allied_with b 2013-01-01/2015-06-30 | s2020
                 a enemy_of b 2016-01-01/2018-12-31 | s2020
                 a arms b 2018-01-01/2018-12-31 | s2020
                 a allied_with c 2013-01-01/2018-12-31 | s2020
                 event summit 2016-02-02 a,b | s2020
                 event other 2016-02-02 x,y | s2020";
    let graph = graph(lines);
    let lens = lens(&graph, "ever");
    let turned = |from: &str, to: &str| -> Vec<String> {
        let found = changes(&lens, day(from), day(to), &[line(&lens, "a")]);
        found.turns.iter().map(|t| format!("{} {}: {} to {}", t.first.id, t.second.id, t.from, t.to)).collect()
    };
    assert_eq!(turned("2015-01-01", "2016-05-05"), ["a b: friend to enemy"]);
    assert_eq!(turned("2015-01-01", "2018-05-05"), ["a b: friend to mixed"]);
    assert_eq!(turned("2017-01-01", "2018-05-05"), ["a b: enemy to mixed"]);
    // From or to nothing known is no turn, and neither is what stays.
    assert!(turned("2015-01-01", "2015-10-01").is_empty());
    let found = changes(&lens, day("2016-02-01"), day("2016-02-02"), &[line(&lens, "a")]);
    assert_eq!(found.events.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["summit"]);
    assert!(changes(&lens, day("2016-02-02"), day("2016-03-02"), &[line(&lens, "a")]).events.is_empty());
    assert_eq!(changes(&lens, day("2016-02-01"), day("2016-02-02"), &[]).events.len(), 2);
}

#[test]
fn a_timeline_goes_by_the_latest_day_and_leaves_open_ends_out() {
    let graph = graph(
        "a allied_with b 2015/2016-06 | s2020
         a enemy_of c ..2014/.. | s2020
         a attacks d 2015-07-07 | s2020 reported
         a attacks e 2015 | s2020 denies
         event vote 2015-12-31 a,b | s2020
         event raid 2015~ a | s2020",
    );
    let told = |text: &str| -> Vec<String> {
        let lens = lens(&graph, text);
        let word = |e: EntryKind| match e {
            EntryKind::Began => "began",
            EntryKind::Ended => "ended",
            EntryKind::Happened => "happened",
        };
        timeline(&lens, &[line(&lens, "a")], &[], false)
            .iter()
            .map(|e| {
                let event = e.event.as_ref().map(|e| e.id.clone());
                let id = event.or_else(|| e.relation.as_ref().map(|r| r.id.clone())).unwrap_or_default();
                format!("{} {} {id} {}", e.date, word(e.what), e.holds)
            })
            .collect()
    };
    assert_eq!(
        told("ever"),
        [
            "2015-07-07 happened r2 possible",
            "2015 began r0 certain",
            "2015-12-31 happened vote certain",
            "2016-06 ended r0 certain",
            "2015~ happened raid certain",
        ]
    );
    assert_eq!(
        told("at 2015"),
        [
            "2015-07-07 happened r2 possible",
            "2015 began r0 certain",
            "2015-12-31 happened vote certain",
            "2015~ happened raid possible",
        ]
    );
    assert_eq!(told("at 2016-06-15"), ["2016-06 ended r0 possible", "2015~ happened raid possible"]);
    assert_eq!(told("at 2015 certain"), ["2015 began r0 certain", "2015-12-31 happened vote certain"]);
}

#[test]
fn sources_disagree_on_whether_or_on_when() {
    let graph = graph(
        "a allied_with b 2015/2018 | s2020 | s2016 denies
         a allied_with c 2015/2018 | s2020 | s2016
         a allied_with d [2014,2017]/2018 | s2016 valid=2014/2018 | s2020 valid=2017/2018
         a allied_with e 2015/2018 | s2016 valid=2015-05/2018 | s2020
         a allied_with f 2015/2018 | s2016 denies
         x allied_with y 2015/2018 | s2020 | s2016 disputes
         a allied_with g 2014/2018 | s2016 valid=2015-01-01/2018 | s2020 valid=[2014-05-01..2015-01-01]/2018
         event raid 2016-05 a,b | s2016 valid=2016-05 | s2020 valid=2016-07",
    );
    let told = |text: &str, who: Option<&str>| -> Vec<String> {
        let lens = lens(&graph, text);
        let found = conflicts(&lens, who.map(|w| line(&lens, w)).as_ref());
        let word = |c: &allegiance::question::Conflict| if c.about == ConflictKind::When { "when" } else { "whether" };
        found.iter().map(|c| format!("{} {}", word(c), c.id())).collect()
    };
    assert_eq!(told("ever", None), ["whether r0", "when r2", "whether r5", "when raid"]);
    assert_eq!(told("ever", Some("d")), ["when r2"]);
    assert_eq!(told("ever", Some("b")), ["whether r0", "when raid"]);
    assert!(told("source s2020", None).is_empty());
}

// ---- chains ----------------------------------------------------------------------------------------------------------

#[test]
fn the_links_of_a_chain_coexist_certainly_possibly_or_not() {
    let coexist = |first: &str, second: &str| {
        let graph = graph(&format!("a allied_with m {first}\n m enemy_of b {second}"));
        let lens = lens(&graph, "ever");
        let all: Vec<TypeId> = graph.vocabulary().types().map(|(id, _)| id).collect();
        let found = chains(&lens, &line(&lens, "a"), &line(&lens, "b"), &all, 5);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].hops, 2);
        found[0].coexist
    };
    assert_eq!(coexist("2013/2016 | s2020", "2015/2018 | s2020"), "certain");
    assert_eq!(coexist("2013/2016 | s2020", "2016/2018 | s2020"), "possible");
    assert_eq!(coexist("2013/2016 | s2020", "2015/2018 | s2020 reported"), "possible");
    assert_eq!(coexist("2013/2016 | s2020", "2017/2018 | s2020"), "no");
    assert_eq!(coexist("2013/2016-05-05 | s2020", "2016-05-05/2018 | s2020"), "certain");
    assert_eq!(coexist("2013/2016-05-05 | s2020", "2016-05-06/2018 | s2020"), "no");
}

#[test]
fn chains_are_the_shortest_with_the_firmest_first() {
    let graph = graph(
        "a allied_with m 2013/2016 | s2020 reported
         m allied_with b 2013/2016 | s2020
         a allied_with n 2013/2016 | s2020
         n allied_with b 2013/2016 | s2020
         n arms b 2013/2016 | s2020
         a allied_with o 2013/2016 | s2020
         o allied_with p 2013/2016 | s2020
         p allied_with b 2013/2016 | s2020
         a enemy_of b 2018 | s2020",
    );
    let lens = lens(&graph, "at 2015");
    let (a, b) = (line(&lens, "a"), line(&lens, "b"));
    let through = |types: &[TypeId], most| -> Vec<String> {
        let found = chains(&lens, &a, &b, types, most);
        found.iter().map(|c| c.actors.iter().map(|a| a.id.as_str()).collect::<Vec<_>>().join("-")).collect()
    };
    let friendly = types(&graph, "friendly-to");
    assert_eq!(through(&friendly, 5), ["a-n-b", "a-m-b"]);
    assert_eq!(through(&friendly, 1), ["a-n-b"]);
    assert!(through(&types(&graph, "hostile-to"), 5).is_empty());
    let found = chains(&lens, &a, &b, &friendly, 1);
    assert_eq!(ids(&found[0].links[1].relations), ["r3", "r4"]);
    let ever = self::lens(&graph, "ever");
    assert_eq!(chains(&ever, &line(&ever, "a"), &line(&ever, "b"), &types(&graph, "hostile-to"), 5)[0].hops, 1);
}

// ---- properties ------------------------------------------------------------------------------------------------------

/// The first day of the little calendar in which the oracle counts: day `n` of it is this many days after 1970-01-01.
const FIRST: i32 = 16_000;

/// An end as the oracle knows it: any of the days from one to another.
type Days = std::ops::RangeInclusive<i32>;

fn written(days: &Days) -> String {
    let text = |n: i32| Day::new(FIRST + n).to_string();
    if days.start() == days.end() {
        text(*days.start())
    } else {
        format!("[{}..{}]", text(*days.start()), text(*days.end()))
    }
}

/// Whether it holds in every world, in some, in none; worlds in which the last day comes before the first are none.
fn worlds(start: &Days, end: &Days, first: i32, last: i32, throughout: bool) -> Option<(bool, bool)> {
    let (mut all, mut some, mut any) = (true, false, false);
    for s in start.clone() {
        for e in end.clone().filter(|e| s <= *e) {
            any = true;
            let on = |day: i32| (s..=e).any(|d| d == day);
            let holds = if throughout { (first..=last).all(on) } else { (first..=last).any(on) };
            all &= holds;
            some |= holds;
        }
    }
    any.then_some((all, some))
}

fn some_days() -> impl Strategy<Value = Days> {
    (0..14i32, 0..6i32).prop_map(|(a, n)| a..=a + n)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn verdicts_agree_with_every_possible_world(
        start in some_days(),
        end in some_days(),
        asked_days in (0..20i32, 0..6i32),
        throughout in any::<bool>(),
        reported in any::<bool>(),
    ) {
        prop_assume!(start.start() <= end.end());
        let (first, last) = (asked_days.0, asked_days.0 + asked_days.1);
        let Some((every, some)) = worlds(&start, &end, first, last, throughout) else { return Ok(()) };
        let modality = if reported { " reported" } else { "" };
        let graph = graph(&format!("a allied_with b {}/{} | s2020{modality}", written(&start), written(&end)));
        let when = if throughout { "throughout" } else { "at" };
        let text = format!("{when} {}/{}", Day::new(FIRST + first), Day::new(FIRST + last));
        let found = asked(&graph, "a allied-with b", &text);
        let wanted = match (every && !reported, some) { (true, _) => "yes", (_, false) => "no", _ => "possible" };
        prop_assert_eq!(found, wanted, "{}", text);
        let lens = lens(&graph, &text);
        let id = graph.relation_by_slug("r0").expect("there");
        let certain = graph.view(lens.window, Reading::Certain).contains_relation(id);
        let possible = graph.view(lens.window, Reading::Possible).contains_relation(id);
        prop_assert!(!certain || possible);
        prop_assert_eq!(lens.holds(id) == Holds::Certain, certain);
    }

    #[test]
    fn whatever_is_certain_on_a_day_is_certain_of_every_period_around_it(
        start in some_days(),
        end in some_days(),
        day in 0..20i32,
        before in 0..5i32,
        after in 0..5i32,
    ) {
        prop_assume!(start.start() <= end.end());
        let graph = graph(&format!("a allied_with b {}/{} | s2020", written(&start), written(&end)));
        let id = graph.relation_by_slug("r0").expect("there");
        let extent = graph.standing(id).extent();
        let on = |n: i32| Day::new(FIRST + n);
        let single = extent.holds(Window::on(on(day)));
        let some = extent.holds(Window::sometime(on(day - before), on(day + after)));
        let every = extent.holds(Window::throughout(on(day - before), on(day + after)));
        prop_assert!(every <= single && single <= some, "{every:?} {single:?} {some:?}");
    }
}

#[test]
fn categories_are_words_too() {
    let graph = graph("a arms b 2015/2018 | s2020");
    for category in Category::ALL {
        let word = RelationWord::read(graph.vocabulary(), category.word());
        assert!(word.is_ok(), "{category}");
    }
    assert!(RelationWord::read(graph.vocabulary(), "befriends").is_err());
}
