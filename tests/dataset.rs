//! Every fault a data file can have, one small file each under `tests/dataset/`: told with its code, place, underlined text and help.
//!
//! Each file is loaded after `base.json`, which declares what it refers to. Lists of the shipped vocabulary are not spelled out here.

use allegiance::dataset::{Coverage, InputFile, Loaded, Refused, load};
use allegiance::diagnostic::{Diagnostic, Severity, SourceMap, Style, render};
use allegiance::graph::TemporalGraph;
use allegiance::model::{Category, Polarity, Verdict};
use allegiance::question::{Lens, Line, RelationWord, Scope, When, verdict};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeSet;
use std::fs;

/// File (without `.json`), code, line and column, underlined text, how the help begins (empty: no help).
struct Fault(&'static str, &'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    Fault("bad-category-in-group", "unknown-word", "5:22", r#""money""#, "allowed here: cooperation, hostility, structure, lineage, diplomacy, support, designation, stance, territory"),
    Fault("bad-category", "unknown-word", "7:19", r#""suport""#, "did you mean `support`?"),
    Fault("bad-credibility", "bad-credibility", "11:104", "7", "1 confirmed by independent sources, 2 probably true, 3 possibly, 4 doubtful, 5 improbable, 6 cannot be judged"),
    Fault("bad-date-claim", "bad-date", "11:148", "13", "dates are EDTF: "),
    Fault("bad-date-name", "bad-date", "7:61", "sometime", "dates are EDTF: "),
    Fault("bad-date-published", "bad-date", "6:20", r#""2022/..""#, "write the latest day it may have been published: `2025-08~/2025-09~`"),
    Fault("bad-date", "bad-date", "8:30", "30", "dates are EDTF: "),
    Fault("bad-id-relation", "bad-id", "4:13", r#""-tie""#, "ids are lower-case letters a–z, digits and `-` `_` `.`, and begin with a letter or digit"),
    Fault("bad-id", "bad-id", "4:13", r#""East Bloc""#, "ids are lower-case letters a–z, digits and `-`, and begin with a letter or digit"),
    Fault("bad-inverse-empty", "bad-inverse", "5:18", r#""""#, ""),
    Fault("bad-inverse-same", "bad-inverse", "5:18", r#""pays""#, "a directed type needs another name for its inverse, or `symmetric: true`"),
    Fault("bad-inverse-shipped", "bad-inverse", "5:18", r#""led_by""#, ""),
    Fault("bad-inverse-symmetric", "bad-inverse", "5:18", r#""paid_by""#, "a symmetric type reads the same from both ends: its inverse is `pays`"),
    Fault("bad-inverse-twice", "bad-inverse", "5:18", r#""paid_by""#, ""),
    Fault("bad-inverse-twice", "bad-inverse", "20:18", r#""paid_by""#, ""),
    Fault("bad-inverse-type", "bad-inverse", "5:18", r#""allied_with""#, ""),
    Fault("bad-later", "unknown-word", "17:16", r#""objekt""#, "did you mean `object`? allowed here: subject, object"),
    Fault("bad-locator", "bad-locator", "11:37", r#""¶two""#, "write `¶14`, `¶3-5` or `¶3, ¶7`"),
    Fault("bad-polarity", "bad-polarity", "8:19", "2", "1 is for, -1 against, 0 neither"),
    Fault("bad-reason", "unknown-word", "10:47", r#""boring""#, "allowed here: furniture, argument"),
    Fault("bad-temporality", "unknown-word", "10:15", r#""states""#, "did you mean `state`? allowed here: state, event"),
    Fault("bad-type-name", "bad-id", "4:15", r#""Pays Well""#, "use lower-case letters, digits and underscores: `allied_with`"),
    Fault("bad-weight", "bad-weight", "9:17", "4", ""),
    Fault("blank", "not-json", "1:1", "", "a data file is an object: {}"),
    Fault("circa", "bad-date", "8:22", " 2016", "write `2016~`"),
    Fault("comment", "not-json", "2:3", "// the actors", "JSON has no comments; use the `note` field"),
    Fault("cut-short", "not-json", "2:13", "[\n", ""),
    Fault("duplicate-field", "duplicate-field", "7:7", r#""name""#, ""),
    Fault("duplicate-id-across", "duplicate-id", "4:13", r#""north""#, ""),
    Fault("duplicate-id", "duplicate-id", "9:13", r#""east""#, ""),
    Fault("duplicate-role", "duplicate-field", "10:37", r#""against""#, ""),
    Fault("duplicate-type", "duplicate-id", "19:15", r#""pays""#, ""),
    Fault("empty-alias", "empty-name", "7:61", r#"" ""#, ""),
    Fault("empty-attribution", "empty-attribution", "11:150", "{", r#"give `actor`, `name` or `"anonymous": true`"#),
    Fault("empty-date", "bad-date", "8:17", r#"""#, "dates are EDTF: "),
    Fault("empty-name", "empty-name", "5:15", r#""""#, ""),
    Fault("empty-note", "empty-note", "11:115", r#"" ""#, "say in your own words what the source says there"),
    Fault("empty-role", "empty-role", "10:45", r#"" ""#, ""),
    Fault("empty", "not-json", "1:1", "", "a data file is an object: {}"),
    Fault("event-elsewhere", "event-elsewhere", "8:18", r#""base.tie""#, ""),
    Fault("fraction", "wrong-type", "11:104", "2.5", ""),
    Fault("hash-comment", "not-json", "2:3", "#", "JSON has no comments; use the `note` field"),
    Fault("inverse-as-type", "unknown-type", "6:15", r#""led_by""#, "`led_by` is the inverse of `leads`: swap subject and object"),
    Fault("kind-cascade", "unknown-kind", "6:15", r#""persn""#, "did you mean `person`?"),
    Fault("locator-beyond", "bad-locator", "11:37", r#""¶19-21""#, ""),
    Fault("locator-zero", "bad-locator", "11:37", r#""¶0""#, ""),
    Fault("missing-comma", "not-json", "2:15", "\n", ""),
    Fault("missing-field", "missing-field", "4:13", r#""east""#, "`kind`: one of the vocabulary's `actor_kinds`."),
    Fault("missing-id", "missing-field", "4:15", r#""Eastern Bloc""#, "`id`: readable id, stable for ever: `hts`. Lower-case letters, digits and hyphens."),
    Fault("missing-polarity", "missing-field", "4:15", r#""pays""#, "`polarity`: 1 for, -1 against, 0 neither."),
    Fault("name-of-an-inverse", "bad-inverse", "4:15", r#""led_by""#, "use `leads`, or another name"),
    Fault("negative", "out-of-range", "11:104", "-1", ""),
    Fault("no-claims-event", "no-claims", "4:13", r#""fall-2018""#, "add `claims`, each with `source`, `locator`, `stance`, `modality`, `credibility` and `note`"),
    Fault("no-claims", "no-claims", "4:13", r#""new.tie""#, "add `claims`, each with `source`, `locator`, `stance`, `modality`, `credibility` and `note`"),
    Fault("no-kinds", "no-kinds", "11:19", "[", ""),
    Fault("no-order", "no-order", "17:20", "true", r#"add `"later": "subject"` or `"later": "object"`"#),
    Fault("not-utf8", "not-utf8", "1:37", "�", "save the file as UTF-8, for instance with `iconv -f WINDOWS-1252 -t UTF-8`"),
    Fault("out-of-range", "out-of-range", "11:104", "300", ""),
    Fault("outside-life", "outside-life", "8:16", r#""2016/2017""#, ""),
    Fault("reversed-interval", "reversed-interval", "8:17", "2018/2016", "if the two are swapped, write `2016/2018`"),
    Fault("self-relation", "self-relation", "7:17", r#""north""#, ""),
    Fault("single-quotes", "not-json", "2:3", "'", "texts stand in double quotes"),
    Fault("told-twice", "told-twice", "15:13", r#""new.tie-again""#, "put the claims under one relation"),
    Fault("top-level-empty-list", "wrong-type", "1:1", "[", ""),
    Fault("top-level-list", "wrong-type", "1:1", "[", ""),
    Fault("trailing-comma", "not-json", "2:15", ",", "remove the comma before the closing bracket"),
    Fault("type-not-allowed", "type-not-allowed", "5:18", r#""north""#, "allowed: person"),
    Fault("type-swapped", "type-not-allowed", "5:18", r#""north""#, "allowed: person"),
    Fault("type-swapped", "type-not-allowed", "7:17", r#""ruler""#, "allowed: "),
    Fault("uncited-beyond", "bad-locator", "10:31", r#""¶4""#, ""),
    Fault("unconfirmed-copy", "unconfirmed", "11:104", "1", "2 is the best grade that one source can have"),
    Fault("unconfirmed", "unconfirmed", "11:104", "1", "2 is the best grade that one source can have"),
    Fault("unknown-actor-far", "unknown-actor", "7:17", r#""nobody-at-all""#, "`allegiance list actors` shows the ids"),
    Fault("unknown-actor", "unknown-actor", "7:17", r#""suoth""#, "did you mean `south`?"),
    Fault("unknown-event-kind", "unknown-word", "6:15", r#""captured""#, "did you mean `capture`?"),
    Fault("unknown-field", "unknown-field", "7:7", r#""knd""#, "did you mean `kind`? allowed here: claims, exists, external_ids, id, kind, name, names, summary, traits"),
    Fault("unknown-kind-in-type", "unknown-kind", "12:19", r#""SOCAL""#, "did you mean `SOCIAL`?"),
    Fault("unknown-kind", "unknown-kind", "6:15", r#""armed_grup""#, "did you mean `armed_group`?"),
    Fault("unknown-list", "unknown-field", "2:3", r#""actor""#, "did you mean `actors`?"),
    Fault("unknown-participant", "unknown-actor", "8:34", r#""norht""#, "did you mean `north`?"),
    Fault("unknown-place", "unknown-actor", "8:16", r#""vally""#, "did you mean `valley`?"),
    Fault("unknown-relation", "unknown-relation", "8:18", r#""base.tei""#, "did you mean `base.tie`?"),
    Fault("unknown-role", "unknown-word", "8:51", r#""attacker""#, "allowed here: agent, beneficiary, host, mediator, party, place, recipient, source, subject, target, victim"),
    Fault("unknown-source-derived", "unknown-source", "9:30", r#""report-of-west""#, "`allegiance list sources` shows the ids"),
    Fault("unknown-source", "unknown-source", "11:20", r#""s9x""#, "`allegiance list sources` shows the ids"),
    Fault("unknown-speaker", "unknown-actor", "11:160", r#""rulr""#, "did you mean `ruler`?"),
    Fault("unknown-type-in-group", "unknown-type", "5:17", r#""alied_with""#, "did you mean `allied_with`?"),
    Fault("unknown-type", "unknown-type", "6:15", r#""alied_with""#, "did you mean `allied_with`?"),
    Fault("unknown-word-far", "unknown-word", "9:16", r#""hearsay""#, "allowed here: reported, inferred, derived"),
    Fault("unknown-word", "unknown-word", "11:53", r#""support""#, "did you mean `supports`? allowed here: supports, disputes, denies"),
    Fault("wrong-shape", "wrong-shape", "9:31", "9", ""),
    Fault("bom-fault", "unknown-kind", "6:15", r#""armed_grup""#, "did you mean `armed_group`?"),
    Fault("bom-shape", "unknown-field", "7:7", r#""knd""#, "did you mean `kind`?"),
    Fault("wrong-type-item", "wrong-type", "2:14", r#""east""#, ""),
    Fault("wrong-type-list", "wrong-type", "2:13", "{", ""),
    Fault("wrong-type", "wrong-type", "5:15", "7", ""),
];

/// Files whose text is told about elsewhere in this test.
const OTHERS: &[&str] = &[
    "base",
    "bom",
    "declares-with-a-fault",
    "dozen",
    "lineage-outside-life",
    "no-source-at-all",
    "own-types",
    "refers-to-it",
    "shape-and-sense",
    "two-warnings",
];

const DIRECTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/dataset/");

fn file(name: &str) -> InputFile {
    let path = format!("{DIRECTORY}{name}.json");
    let bytes = fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    InputFile { name: format!("{name}.json"), bytes: bytes.into() }
}

fn text(name: &str, text: impl Into<String>) -> InputFile {
    InputFile { name: name.to_owned(), bytes: text.into().into_bytes().into() }
}

/// Everything said about some files, with whether they loaded.
fn told(files: Vec<InputFile>) -> (Vec<Diagnostic>, SourceMap, bool) {
    match load(files) {
        Ok(Loaded { warnings, sources, .. }) => (warnings, sources, true),
        Err(refused) => {
            let Refused { diagnostics, sources } = *refused;
            (diagnostics, sources, false)
        }
    }
}

/// `code place` of everything said about files of the directory.
fn codes(names: &[&str]) -> Vec<String> {
    let (diagnostics, sources, _) = told(names.iter().map(|n| file(n)).collect());
    diagnostics.iter().map(|d| format!("{} {}", d.code, sources.place(d).unwrap_or_default())).collect()
}

fn graph(names: &[&str]) -> TemporalGraph {
    match load(names.iter().map(|n| file(n)).collect()) {
        Ok(loaded) => loaded.graph,
        Err(refused) => panic!("{}", render(&refused.diagnostics, &refused.sources, Style::default())),
    }
}

#[test]
fn every_fault_is_told_with_code_place_culprit_and_help() {
    let names: BTreeSet<&str> = FAULTS.iter().map(|f| f.0).collect();
    for name in names {
        let wanted: Vec<&Fault> = FAULTS.iter().filter(|f| f.0 == name).collect();
        let (diagnostics, sources, loaded) = told(vec![file("base"), file(name)]);
        let drawn = render(&diagnostics, &sources, Style::default());
        assert_eq!(diagnostics.len(), wanted.len(), "{name}:\n{drawn}");
        assert_eq!(loaded, diagnostics.iter().all(|d| d.severity == Severity::Warning), "{name}");
        for (Fault(_, code, place, underlined, help), found) in wanted.iter().zip(&diagnostics) {
            assert_eq!(found.code, *code, "{name}:\n{drawn}");
            assert_eq!(sources.place(found), Some(format!("{name}.json:{place}")), "{name}:\n{drawn}");
            let label = &found.labels[0];
            let culprit = sources.text(label.file).get(label.span.clone());
            assert_eq!(culprit, Some(*underlined), "{name}:\n{drawn}");
            let first = found.help.first().map_or("", String::as_str);
            assert!(first.starts_with(help) && first.is_empty() == help.is_empty(), "{name}: {first:?}\n{drawn}");
            assert!(drawn.contains(&format!("[{code}]")) && drawn.contains(&format!("{name}.json:{place}")), "{drawn}");
        }
    }
}

#[test]
fn every_file_and_every_code_is_tested() {
    let tested: BTreeSet<&str> = FAULTS.iter().map(|f| f.0).chain(OTHERS.iter().copied()).collect();
    for entry in fs::read_dir(DIRECTORY).expect("the directory is there") {
        let name = entry.expect("an entry").file_name().into_string().expect("a plain name");
        assert!(tested.contains(name.trim_end_matches(".json")), "{name} is not tested");
    }
    let code = regex::Regex::new(
        r#"(?:Fault::(?:error|warning)\(|report\(|code:|=>|let code = if .*?\{)\s*"([a-z0-9]+(?:-[a-z0-9]+)+)""#,
    )
    .expect("a pattern");
    let seen: BTreeSet<&str> = FAULTS.iter().map(|f| f.1).collect();
    let mut found = 0;
    for path in ["check", "vocabulary", "shape", "mod"] {
        let source =
            fs::read_to_string(format!("{}/src/dataset/{path}.rs", env!("CARGO_MANIFEST_DIR"))).expect("source");
        for capture in code.captures_iter(&source) {
            found += 1;
            assert!(seen.contains(&capture[1]), "no file has the fault `{}` of {path}.rs", &capture[1]);
        }
    }
    assert!(found > 40, "only {found} codes were found in the source: has it another form now?");
    for code in ["unknown-actor", "unknown-source", "unknown-relation", "reversed-interval", "bad-date"] {
        assert!(seen.contains(code), "{code}");
    }
}

#[test]
fn a_second_place_is_shown_where_it_helps() {
    let second = |name: &str| {
        let (diagnostics, sources, _) = told(vec![file("base"), file(name)]);
        let label = diagnostics[0].labels[1].clone();
        let (line, _) = sources.position(label.file, label.span.start);
        (format!("{}:{line}", sources.name(label.file)), sources.text(label.file)[label.span].to_owned(), label.text)
    };
    let own = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(second("duplicate-id"), own("duplicate-id.json:4", "\"east\"", "first here"));
    assert_eq!(second("duplicate-id-across"), own("base.json:8", "\"north\"", "first here"));
    assert_eq!(second("outside-life"), own("base.json:12", "\"2012/2014\"", "this one existed 2012/2014"));
    assert_eq!(second("told-twice"), own("told-twice.json:4", "\"new.tie\"", "the first"));
    assert_eq!(second("event-elsewhere"), own("base.json:15", "\"2015/2018\"", "its own dating"));
}

#[test]
fn the_other_way_round_is_suggested_where_it_would_fit() {
    let swapped = |name: &str| {
        let (diagnostics, ..) = told(vec![file("base"), file(name)]);
        diagnostics.iter().all(|d| d.help.iter().any(|h| h.contains("are subject and object swapped?")))
    };
    assert!(swapped("type-swapped"));
    assert!(!swapped("type-not-allowed"));
}

#[test]
fn a_file_with_a_dozen_faults_tells_all_of_them_in_the_order_of_its_text() {
    let all = codes(&["base", "dozen"]);
    let wanted = [
        "bad-date dozen.json:3:55",
        "unknown-word dozen.json:3:91",
        "bad-id dozen.json:6:12",
        "empty-name dozen.json:6:29",
        "unknown-kind dozen.json:7:48",
        "unknown-actor dozen.json:10:32",
        "bad-date dozen.json:10:99",
        "unknown-word dozen.json:10:113",
        "unknown-source dozen.json:11:28",
        "unknown-word dozen.json:11:86",
        "bad-credibility dozen.json:11:112",
        "empty-note dozen.json:11:123",
        "no-claims dozen.json:12:12",
        "unknown-type dozen.json:12:49",
        "self-relation dozen.json:13:76",
        "reversed-interval dozen.json:13:95",
        "unknown-relation dozen.json:17:82",
    ];
    assert_eq!(all, wanted);
}

#[test]
fn faults_of_several_files_are_told_together_whatever_their_kind() {
    let all = codes(&["base", "unknown-actor", "comment", "unknown-field", "not-utf8", "reversed-interval"]);
    let wanted = [
        "unknown-actor unknown-actor.json:7:17",
        "not-json comment.json:2:3",
        "unknown-field unknown-field.json:7:7",
        "not-utf8 not-utf8.json:1:37",
        "duplicate-id reversed-interval.json:4:13",
    ];
    assert_eq!(all, wanted);
}

#[test]
fn a_fault_of_shape_hides_no_other_fault_of_its_file() {
    let all = codes(&["base", "shape-and-sense"]);
    let wanted = [
        "unknown-field shape-and-sense.json:3:67",
        "unknown-kind shape-and-sense.json:4:52",
        "bad-date shape-and-sense.json:5:83",
        "wrong-type shape-and-sense.json:8:94",
        "unknown-type shape-and-sense.json:9:50",
        "bad-date shape-and-sense.json:11:101",
        "unknown-source shape-and-sense.json:12:28",
        "no-claims shape-and-sense.json:13:12",
        "wrong-type shape-and-sense.json:16:112",
        "unknown-word shape-and-sense.json:18:44",
        "unknown-relation shape-and-sense.json:18:101",
    ];
    assert_eq!(all, wanted);
    // Each is told with what it underlines, as though the others were not there.
    let (diagnostics, sources, _) = told(vec![file("base"), file("shape-and-sense")]);
    let underlined: Vec<&str> =
        diagnostics.iter().map(|d| &sources.text(d.labels[0].file)[d.labels[0].span.clone()]).collect();
    let wanted = [
        r#""colour""#,
        r#""armed_grup""#,
        "30",
        "2016",
        r#""alied_with""#,
        "l7",
        r#""s7""#,
        r#""m.claims""#,
        "7",
        r#""captre""#,
        r#""m.none""#,
    ];
    assert_eq!(underlined, wanted);
}

#[test]
fn lineage_may_lie_outside_the_lives_it_joins() {
    let graph = graph(&["base", "lineage-outside-life"]);
    assert!(graph.relation_by_slug("new.tie").is_some());
}

#[test]
fn what_a_faulty_file_declares_is_not_called_unknown() {
    let all = codes(&["base", "declares-with-a-fault", "refers-to-it"]);
    assert_eq!(all, ["unknown-field declares-with-a-fault.json:6:69", "unknown-actor refers-to-it.json:18:17"]);
}

#[test]
fn a_record_whose_source_is_unknown_is_told_even_where_there_is_no_source_at_all() {
    let all = codes(&["no-source-at-all"]);
    assert_eq!(all, ["unknown-source no-source-at-all.json:9:19", "unconfirmed no-source-at-all.json:9:103"]);
}

#[test]
fn all_warnings_are_told_in_one_run_and_hinder_nothing() {
    let (diagnostics, _, loaded) = told(vec![file("base"), file("two-warnings")]);
    assert!(loaded);
    assert_eq!(diagnostics.iter().map(|d| d.code.clone()).collect::<Vec<_>>(), ["told-twice", "event-elsewhere"]);
}

#[test]
fn errors_come_before_warnings() {
    let all = codes(&["base", "event-elsewhere", "unknown-actor"]);
    assert_eq!(all, ["unknown-actor unknown-actor.json:7:17", "event-elsewhere event-elsewhere.json:8:18"]);
}

#[test]
fn nothing_is_half_loaded() {
    // The one file is sound and the other is not: there is no graph, whichever comes first.
    for names in [["base", "unknown-field"], ["unknown-field", "base"]] {
        assert!(load(names.iter().map(|n| file(n)).collect()).is_err());
    }
}

#[test]
fn a_byte_order_mark_is_no_fault_and_shifts_no_place() {
    let graph = graph(&["base", "bom"]);
    assert!(graph.actor_by_slug("east").is_some());
}

#[test]
fn a_data_set_brings_its_own_kinds_and_types_without_touching_code() {
    let graph = graph(&["base", "own-types"]);
    let vocabulary = graph.vocabulary();
    let t = vocabulary.relation_type(vocabulary.type_named("insures").expect("declared"));
    assert_eq!((t.category, t.polarity, t.weight), (Category::Support, Polarity::Positive, 2));
    let lens = Lens::new(&graph, Scope { when: When::Ever, ..Scope::default() });
    let line = |slug: &str| Line::exactly(graph.actor_by_slug(slug).expect("declared"));
    let ask = |a: &str, word: &str, b: &str| {
        let word = RelationWord::read(vocabulary, word).unwrap_or_else(|e| panic!("{e}"));
        verdict(&lens, &line(a), &word, &line(b)).verdict
    };
    for word in ["insures", "in-business-with", "in business", "support"] {
        assert_eq!(ask("salt", word, "city"), Verdict::Yes, "{word}");
    }
    assert_eq!(ask("city", "insured by", "salt"), Verdict::Yes);
    assert_eq!(ask("city", "insures", "salt"), Verdict::Unknown);
}

#[test]
fn a_type_of_ones_own_takes_the_place_of_the_shipped_one() {
    let own = r#"{"relation_types": [{"name": "allied_with", "inverse": "allied_with", "symmetric": true, "category": "stance", "polarity": 0,
        "weight": 1, "kind": "event", "subjects": ["state"], "objects": ["state"], "definition": "D.", "example": "E.",
        "label": "at one with", "inverse_label": "at one with"}]}"#;
    let loaded = load(vec![text("own.json", own)]).expect("sound");
    let vocabulary = loaded.graph.vocabulary();
    let t = vocabulary.relation_type(vocabulary.type_named("allied_with").expect("there"));
    assert_eq!((t.category, &*t.label), (Category::Stance, "at one with"));
}

#[test]
fn coverage_counts_every_paragraph_once() {
    let graph = graph(&["base", "own-types"]);
    let coverage = Coverage::of(&graph);
    let first = &coverage.sources[0];
    assert_eq!(first.paragraphs.len(), 20);
    assert_eq!((first.claims, first.numbers(|p| *p != allegiance::dataset::ParagraphUse::Missing)), (2, vec![1, 3]));
    assert!(!coverage.is_complete());
}

/// What a person's slip, a merge or a broken disk may do to a file.
#[derive(Clone, Debug)]
enum Mutation {
    Delete(usize, usize),
    Duplicate(usize, usize),
    Swap(usize, usize),
    Truncate(usize),
    Set(usize, u8),
    /// One line takes the place of another, so that the JSON often stays JSON.
    Line(usize, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = any::<usize>;
    prop_oneof![
        (at(), 0..40usize).prop_map(|(a, n)| Mutation::Delete(a, n)),
        (at(), 0..80usize).prop_map(|(a, n)| Mutation::Duplicate(a, n)),
        (at(), at()).prop_map(|(a, b)| Mutation::Swap(a, b)),
        at().prop_map(Mutation::Truncate),
        (at(), prop_oneof![any::<u8>(), prop::sample::select(b"{}[],:\"\\/#'0-.e".to_vec())])
            .prop_map(|(a, b)| Mutation::Set(a, b)),
        (at(), at()).prop_map(|(a, b)| Mutation::Line(a, b)),
    ]
}

fn mutate(bytes: &mut Vec<u8>, mutation: &Mutation) {
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    match *mutation {
        Mutation::Delete(at, count) => {
            let at = at % length;
            bytes.drain(at..(at + count).min(length));
        }
        Mutation::Duplicate(at, count) => {
            let at = at % length;
            let piece = bytes[at..(at + count).min(length)].to_vec();
            bytes.splice(at..at, piece);
        }
        Mutation::Swap(a, b) => bytes.swap(a % length, b % length),
        Mutation::Truncate(at) => bytes.truncate(at % length),
        Mutation::Set(at, byte) => bytes[at % length] = byte,
        Mutation::Line(a, b) => {
            let mut lines: Vec<Vec<u8>> = bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
            let count = lines.len();
            lines[a % count] = lines[b % count].clone();
            *bytes = lines.join(&b'\n');
        }
    }
}

/// Files in which most kinds of value stand.
const MUTATED: &[&str] =
    &["base", "own-types", "dozen", "two-warnings", "uncited-beyond", "duplicate-role", "bom-fault"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, rng_seed: RngSeed::Fixed(5), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_broken_file_panics_and_every_span_lies_within_its_text(
        which in prop::sample::select(MUTATED),
        alone in any::<bool>(),
        mutations in prop::collection::vec(mutation(), 1..4),
    ) {
        let mut broken = file(which);
        let mut bytes = broken.bytes.into_owned();
        for mutation in &mutations {
            mutate(&mut bytes, mutation);
        }
        broken.bytes = bytes.into();
        let files = if alone || which == "base" { vec![broken] } else { vec![file("base"), broken] };
        match load(files) {
            Ok(loaded) => {
                let _ = Coverage::of(&loaded.graph);
            }
            Err(refused) => {
                prop_assert!(refused.diagnostics.iter().any(|d| d.severity == Severity::Error));
                for diagnostic in &refused.diagnostics {
                    prop_assert!(!diagnostic.labels.is_empty(), "{diagnostic:?}");
                    for label in &diagnostic.labels {
                        let text = refused.sources.text(label.file);
                        prop_assert!(text.get(label.span.clone()).is_some(), "{diagnostic:?} in {text:?}");
                    }
                }
                let _ = render(&refused.diagnostics, &refused.sources, Style::default());
            }
        }
    }
}
