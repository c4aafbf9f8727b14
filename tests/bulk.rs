//! Rows in bulk: what comes of them is what a load of the same records gives, bad rows are told by reason and line and stop nothing, and nothing is replaced
//! unless all went well.

use allegiance::dataset::bulk::{self, BulkError, Form, Input, Plan, Report};
use allegiance::dataset::{InputFile, load};
use allegiance::graph::TemporalGraph;
use allegiance::snapshot::{self, Extras};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// A directory of this test's own, removed at the end.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("allegiance-bulk-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a directory");
        Self(path)
    }

    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).expect("writable");
        path
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("there");
        let mut names: Vec<String> =
            entries.map(|e| e.expect("readable").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const ACTORS: &str = "id\tname\tkind\tnames\texists\n\
    reds\tThe Reds\tarmed_group\tRed Army;Reds\t\n\
    blues\tThe Blues\tarmed_group\t\t2012/2018\n\
    north\tNorth\tstate\t\t\n\
    ford\tThe Ford\tplace\t\t\n";

fn source() -> Value {
    json!({"id": "log", "title": "A log (invented)", "published": "2020-01", "kind": "dataset", "reliability": "C"})
}

/// A plan for rows in a file of a directory, with four actors and one source.
fn plan(dir: &Temporary, form: Form, rows: impl AsRef<[u8]>) -> Plan {
    let name = match form {
        Form::Tsv => "rows.tsv",
        Form::Csv => "rows.csv",
        Form::JsonLines => "rows.jsonl",
    };
    let rows = dir.file(name, rows);
    Plan {
        actors: vec![dir.file("actors.tsv", ACTORS)],
        cite: Some("log".into()),
        cited: Some(source()),
        out: Some(dir.path("set.agz")),
        bad: Some(dir.path("set.agz.bad.tsv")),
        ..Plan::of(form, vec![Input::path(&rows)])
    }
}

fn run(plan: Plan) -> Result<Report, BulkError> {
    bulk::run(plan, &mut |_| {})
}

/// Every bad row of the file: line, reason, row.
fn bad_rows(path: &Path) -> Vec<(u64, String, String)> {
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_path(path).expect("there");
    let rows = reader.records().map(|row| {
        let row = row.expect("readable");
        (row[1].parse().expect("a line"), row[2].to_owned(), row[4].to_owned())
    });
    rows.collect()
}

/// Lines and reasons only.
#[track_caller]
fn check_bad(form: Form, rows: impl AsRef<[u8]>, taken: u64, expected: &[(u64, &str)]) -> Vec<(u64, String, String)> {
    let dir = Temporary::new(&format!("bad-{}", std::panic::Location::caller().line()));
    let report = run(plan(&dir, form, rows)).expect("it runs");
    let bad = bad_rows(&dir.path("set.agz.bad.tsv"));
    let seen: Vec<(u64, &str)> = bad.iter().map(|(line, reason, _)| (*line, reason.as_str())).collect();
    assert_eq!(seen, expected);
    assert_eq!((report.relations, report.bad_rows), (taken, expected.len() as u64));
    for kind in &report.bad {
        let of_it = expected.iter().filter(|(_, reason)| *reason == kind.reason);
        assert_eq!(Some(kind.line), of_it.clone().map(|(line, _)| *line).next(), "{kind:?}");
        assert_eq!(kind.count, of_it.count() as u64);
    }
    let graph = snapshot::open(&dir.path("set.agz")).expect("written").graph;
    assert_eq!(graph.relation_count() as u64, taken);
    snapshot::verify(&dir.path("set.agz")).expect("sound");
    bad
}

#[test]
fn each_bad_row_is_told_with_its_reason_and_its_line() {
    let header = "id\tsubject\ttype\tobject\tvalid\tcredibility\tmodality\tstance\tsource\n";
    let rows = [
        ("a1\treds\tenemy_of\tblues\t2013/2014\t2\t\t\t", None),
        ("a2\tgreens\tenemy_of\tblues\t2013\t\t\t\t", Some("unknown-actor")),
        ("a3\treds\tenemy_of\tblues\t2013-13\t\t\t\t", Some("bad-date")),
        ("a4\treds\tenemy_of\tblues\t2014/2013\t\t\t\t", Some("reversed-interval")),
        ("a5\treds\tloves\tblues\t2013\t\t\t\t", Some("unknown-type")),
        ("a6\treds\tpart_of\tford\t2013\t\t\t\t", Some("type-not-allowed")),
        ("a7\treds\tenemy_of\treds\t2013\t\t\t\t", Some("self-relation")),
        ("a8\treds\tenemy_of\tblues\t2020\t\t\t\t", Some("outside-life")),
        ("a9\treds\tenemy_of\tblues\t2013", Some("ragged-row")),
        ("a1\treds\tenemy_of\tnorth\t2013\t\t\t\t", Some("duplicate-id")),
        ("A2\treds\tenemy_of\tnorth\t2013\t\t\t\t", Some("bad-id")),
        ("b1\t\tenemy_of\tnorth\t2013\t\t\t\t", Some("empty-cell")),
        ("b2\treds\tenemy_of\tnorth\t2013\t7\t\t\t", Some("bad-credibility")),
        ("b3\treds\tenemy_of\tnorth\t2013\tgood\t\t\t", Some("not-a-number")),
        ("b4\treds\tenemy_of\tnorth\t2013\t1\t\t\t", Some("unconfirmed")),
        ("b5\treds\tenemy_of\tnorth\t2013\t\tshouted\t\t", Some("unknown-word")),
        ("b6\treds\tenemy_of\tnorth\t2013\t\t\t\tdiary", Some("unknown-source")),
        ("b7\tThe Reds\tenemy_of\tRed Army\t2013\t\t\t\t", Some("self-relation")),
        ("b8\t\"reds\" x\tenemy_of\tnorth\t2013\t\t\t\t", Some("broken-quote")),
        ("b9\tRed Army\tenemy_of\tnorth\t2013\t\tpossible\tdenies\tlog", None),
    ];
    let text: String = rows.iter().map(|(row, _)| format!("{row}\n")).collect();
    let reasons = rows.iter().zip(2..).filter_map(|((_, reason), line)| Some((line, (*reason)?)));
    let expected: Vec<(u64, &str)> = reasons.collect();
    let bad = check_bad(Form::Tsv, format!("{header}{text}"), 2, &expected);
    let texts = rows.iter().filter(|(_, reason)| reason.is_some()).map(|(row, _)| *row);
    for ((_, _, seen), row) in bad.iter().zip(texts) {
        assert_eq!(seen, row);
    }
}

#[test]
fn what_is_not_utf8_is_one_bad_row() {
    let mut rows = b"subject\ttype\tobject\tvalid\nreds\tenemy_of\tblues\t2013\n".to_vec();
    rows.extend(b"caf\xe9\tenemy_of\tblues\t2013\nreds\tenemy_of\tblues\t2014\n");
    check_bad(Form::Tsv, rows, 2, &[(3, "not-utf8")]);
}

#[test]
fn lines_are_counted_through_quotes_marks_and_every_end_of_line() {
    let good = "reds,enemy_of,blues,2013,\"one\ntwo\"";
    for end in ["\n", "\r\n", "\r"] {
        let rows = [
            "\u{feff}subject,type,object,valid,note",
            &good.replace('\n', end),
            "",
            "reds,enemy_of,greens,2013,x",
            "\"reds\",enemy_of,\"blues\",2013,\"say \"\"no\"\"\"",
            ",,,,",
            "reds,enemy_of,greens,2013,x",
        ]
        .join(end);
        check_bad(Form::Csv, rows, 2, &[(5, "unknown-actor"), (8, "unknown-actor")]);
    }
}

#[test]
fn a_quote_that_is_never_closed_costs_its_own_line_only() {
    let header = "subject;type;object;valid;note\n";
    let row = "reds;enemy_of;blues;2013;fine\n";
    let open = "reds;enemy_of;blues;2013;\"never closed\n";
    let text = format!("{header}{row}{open}{row}{row}");
    let bad = check_bad(Form::Csv, &text, 3, &[(3, "broken-quote")]);
    assert_eq!(bad[0].2, open.trim_end());
    // Also where far more follows than a row may have.
    let many = row.repeat(40_000);
    assert!(many.len() > 1 << 20);
    check_bad(
        Form::Csv,
        format!("{header}{open}{many}{open}{row}"),
        40_001,
        &[(2, "broken-quote"), (40_003, "broken-quote")],
    );
}

#[test]
fn a_row_of_too_many_bytes_is_bad_and_its_text_is_cut() {
    let long = "x".repeat(3 << 20);
    let row = "reds\tenemy_of\tblues\t2013\tfine\n";
    let text = format!("subject\ttype\tobject\tvalid\tnote\n{row}reds\tenemy_of\tblues\t2013\t{long}\n{row}");
    let bad = check_bad(Form::Tsv, text, 2, &[(3, "row-too-long")]);
    assert!(bad[0].2.len() <= 200);
    let row = "{\"subject\": \"reds\", \"type\": \"enemy_of\", \"object\": \"blues\", \"valid\": \"2013\"}\n";
    check_bad(Form::JsonLines, format!("{row}{{\"note\": \"{long}\"}}\n{row}"), 2, &[(2, "row-too-long")]);
}

#[test]
fn quotes_can_be_signs_like_others() {
    let dir = Temporary::new("no-quotes");
    let rows = "subject\ttype\tobject\tvalid\tnote\nreds\tenemy_of\tblues\t2013\t\"quoted\" once\n";
    let report = run(Plan { no_quotes: true, ..plan(&dir, Form::Tsv, rows) }).expect("it runs");
    assert_eq!((report.relations, report.bad_rows), (1, 0));
    let graph = snapshot::open(&dir.path("set.agz")).expect("written").graph;
    let (_, relation) = graph.relations().next().expect("one");
    assert_eq!(&*relation.claims[0].note, "\"quoted\" once");
}

#[test]
fn json_lines_are_read_a_line_at_a_time() {
    let rows = [
        r#"{"subject": "reds", "type": "enemy_of", "object": "blues", "valid": "2013/2014", "credibility": 3, "extra": {"deep": [1]}}"#,
        r#"{"subject": "reds", "type": "enemy_of", "object": "north", "start": "2013", "end": null}"#,
        r#"{"subject": "reds", "type": "enemy_of""#,
        r#"["reds", "enemy_of"]"#,
        r#"{"subject": "reds", "subject": "north", "type": "enemy_of", "object": "blues", "valid": "2013"}"#,
        r#"{"subject": {"id": "reds"}, "type": "enemy_of", "object": "blues", "valid": "2013"}"#,
        "",
        r#"{"subject": "reds", "type": "enemy_of", "object": "blues"}"#,
        r#"{"subject": "reds", "type": "enemy_of", "object": "blues", "valid": "2013"} and more"#,
        r#"{"id": "own", "subject": "reds", "type": "enemy_of", "object": "blues", "date": "2013"}"#,
    ];
    let expected =
        [(3, "not-json"), (4, "not-a-row"), (5, "not-a-row"), (6, "not-a-row"), (8, "empty-cell"), (9, "not-json")];
    check_bad(Form::JsonLines, rows.join("\n"), 3, &expected);
}

#[test]
fn standard_input_is_read_once_and_new_actors_take_files() {
    let dir = Temporary::new("stdin");
    let rows = "subject\ttype\tobject\tvalid\nreds\tenemy_of\tgreens\t2013\nreds\tenemy_of\tblues\t2013\n";
    let streamed = || Input::reader("standard input", Box::new(rows.as_bytes()));
    let with = |new_actors: Option<&str>, input: Input| {
        let new_actors = new_actors.map(str::to_owned);
        Plan { relations: vec![input], new_actors, ..plan(&dir, Form::Tsv, rows) }
    };
    let report = run(with(None, streamed())).expect("it runs");
    assert_eq!((report.relations, report.bad_rows), (1, 1));
    assert_eq!(report.bad[0].file, "standard input");
    let error = run(with(Some("armed_group"), streamed())).expect_err("once only");
    assert!(error.to_string().contains("can be read only once"), "{error}");
    let report = run(with(Some("armed_group"), Input::path(&dir.path("rows.tsv")))).expect("it runs");
    assert_eq!((report.relations, report.bad_rows, report.new_actors), (2, 0, 1));
    let error = run(with(Some("army"), Input::path(&dir.path("rows.tsv")))).expect_err("no such kind");
    assert!(error.to_string().contains("`army`"), "{error}");
}

#[test]
fn new_actors_get_ids_of_their_names_and_known_names_stay_whose_they_are() {
    let dir = Temporary::new("new-actors");
    let rows = "subject\ttype\tobject\tvalid\n\
        Hay'at al-Nahr\tenemy_of\tRed Army\t2013\n\
        Hayat al Nahr\tenemy_of\tHay'at al-Nahr\t2014\n\
        blues\tallied_with\tHay'at al-Nahr\t2014\n";
    let report = run(Plan { new_actors: Some("militia".into()), ..plan(&dir, Form::Tsv, rows) }).expect("it runs");
    assert_eq!((report.relations, report.new_actors, report.actors), (3, 2, 6));
    let graph = snapshot::open(&dir.path("set.agz")).expect("written").graph;
    let ends = graph.relations().map(|(_, r)| [r.subject, r.object].map(|id| graph.actor(id).slug.to_string()));
    let ends: Vec<[String; 2]> = ends.collect();
    let expected = [["hayat-al-nahr", "reds"], ["hayat-al-nahr-2", "hayat-al-nahr"], ["blues", "hayat-al-nahr"]];
    assert_eq!(ends, expected);
}

#[test]
fn ids_may_come_in_any_order_and_are_refused_twice() {
    let dir = Temporary::new("order");
    let ids = ["m", "c", "z", "a", "c", "m", "b"];
    let rows: String =
        ids.iter().zip(2001..).map(|(id, year)| format!("{id}\treds\tenemy_of\tnorth\t{year}\n")).collect();
    let rows = format!("id\tsubject\ttype\tobject\tvalid\n{rows}");
    run(plan(&dir, Form::Tsv, rows)).expect("it runs");
    let bad = bad_rows(&dir.path("set.agz.bad.tsv"));
    assert_eq!(
        bad.iter().map(|(line, reason, _)| (*line, reason.as_str())).collect::<Vec<_>>(),
        [(6, "duplicate-id"), (7, "duplicate-id")]
    );
    let graph = snapshot::open(&dir.path("set.agz")).expect("written").graph;
    let seen: Vec<String> = graph.relations().map(|(_, r)| format!("{} {}", r.slug, r.valid)).collect();
    assert_eq!(seen, ["a 2004", "b 2007", "c 2002", "m 2001", "z 2003"]);
    snapshot::verify(&dir.path("set.agz")).expect("sound");
}

#[test]
fn rows_without_ids_are_numbered_as_they_stand_and_cited_by_their_row() {
    let dir = Temporary::new("numbers");
    let rows = "subject\ttype\tobject\tvalid\nreds\tenemy_of\tx\t2013\nreds\tenemy_of\tblues\t2013\n";
    let mut plan = plan(&dir, Form::Tsv, rows);
    let more = dir.file(
        "more.tsv",
        "subject\ttype\tobject\tvalid\tlocator\nreds\tenemy_of\tblues\t2014\t\nreds\tenemy_of\tblues\t2015\tp. 3\n",
    );
    plan.relations.push(Input::path(&more));
    run(plan).expect("it runs");
    let graph = snapshot::open(&dir.path("set.agz")).expect("written").graph;
    let seen: Vec<String> = graph.relations().map(|(_, r)| format!("{} {}", r.slug, r.claims[0].locator)).collect();
    assert_eq!(seen, ["r0000000002 rows.tsv row 2", "r0000000003 more.tsv row 1", "r0000000004 p. 3"]);
}

#[test]
fn a_run_that_fails_replaces_nothing_and_leaves_nothing_behind() {
    let dir = Temporary::new("fails");
    let good = "subject\ttype\tobject\tvalid\nreds\tenemy_of\tblues\t2013\n";
    let bad = format!("{good}{}", "x\tenemy_of\tblues\t2013\n".repeat(3));
    run(plan(&dir, Form::Tsv, good)).expect("it runs");
    let before = fs::read(dir.path("set.agz")).expect("there");
    let report = run(Plan { out: None, ..plan(&dir, Form::Tsv, &bad) }).expect("a dry run");
    assert_eq!((report.relations, report.bad_rows, report.written, report.bad_file), (1, 3, None, None));
    assert_eq!(dir.names(), ["actors.tsv", "rows.tsv", "set.agz"]);

    match run(Plan { most_bad: Some(2), ..plan(&dir, Form::Tsv, &bad) }) {
        Err(BulkError::TooManyBad(report)) => assert_eq!((report.bad_rows, report.bad[0].line), (3, 3)),
        other => panic!("{other:?}"),
    }
    assert_eq!(fs::read(dir.path("set.agz")).expect("there"), before);
    assert_eq!(bad_rows(&dir.path("set.agz.bad.tsv")).len(), 3);
    assert_eq!(dir.names(), ["actors.tsv", "rows.tsv", "set.agz", "set.agz.bad.tsv"]);
    assert_eq!(run(Plan { most_bad: Some(3), ..plan(&dir, Form::Tsv, &bad) }).expect("as many").bad_rows, 3);
    fs::write(dir.path("set.agz"), &before).expect("writable");

    // Nothing good, nothing written.
    let report = run(plan(&dir, Form::Tsv, bad.replace("reds", "y"))).expect("it runs");
    assert_eq!((report.relations, report.written), (0, None));
    assert_eq!(fs::read(dir.path("set.agz")).expect("there"), before);
    assert_eq!(dir.names(), ["actors.tsv", "rows.tsv", "set.agz", "set.agz.bad.tsv"]);
}

#[test]
fn only_compiled_sets_and_old_bad_rows_are_replaced() {
    let dir = Temporary::new("foreign");
    let good = "subject\ttype\tobject\tvalid\nreds\tenemy_of\tblues\t2013\n";
    for name in ["set.agz", "set.agz.bad.tsv"] {
        let path = dir.file(name, "my notes");
        let error = run(plan(&dir, Form::Tsv, good)).expect_err("in the way");
        assert!(error.to_string().contains("was not touched"), "{error}");
        assert_eq!(fs::read(&path).expect("there"), b"my notes");
        fs::remove_file(path).expect("ours");
    }
    let into = Plan { out: Some(dir.path("rows.tsv")), ..plan(&dir, Form::Tsv, good) };
    assert!(run(into).is_err());
    let aside = Plan { bad: Some(dir.path("rows.tsv")), ..plan(&dir, Form::Tsv, good) };
    assert!(run(aside).is_err());
    assert_eq!(fs::read(dir.path("rows.tsv")).expect("there"), good.as_bytes());
}

#[test]
fn an_empty_file_a_header_alone_and_missing_columns_are_told() {
    let dir = Temporary::new("empty");
    for text in ["", "\n\n", "\u{feff}"] {
        let error = run(plan(&dir, Form::Tsv, text)).expect_err("nothing in it");
        assert!(error.to_string().contains("has no header"), "{error}");
    }
    let report = run(plan(&dir, Form::Tsv, "subject\ttype\tobject\tvalid\n")).expect("a header");
    assert_eq!((report.rows, report.relations, report.written), (0, 0, None));
    assert_eq!(run(plan(&dir, Form::JsonLines, "")).expect("no rows").rows, 0);
    for (header, told) in [
        ("subject\ttype\tvalid\n", "no column `object`"),
        ("subject\ttype\tobject\n", "says when"),
        ("subject\ttype\tobject\tvalid\tsubject\n", "several columns `subject`"),
    ] {
        let error = run(plan(&dir, Form::Tsv, header)).expect_err("something is missing");
        assert!(error.to_string().contains(told), "{error}");
    }
    let unsourced = Plan { cite: None, cited: None, ..plan(&dir, Form::Tsv, "subject\ttype\tobject\tvalid\n") };
    assert!(run(unsourced).expect_err("no source").to_string().contains("rest on no source"));
    let unknown = Plan { cited: None, ..plan(&dir, Form::Tsv, "subject\ttype\tobject\tvalid\n") };
    assert!(run(unknown).expect_err("no source").to_string().contains("no source has the id `log`"));
    assert!(!dir.path("set.agz").exists());
}

#[test]
fn bad_rows_of_actors_types_and_sources_are_set_aside_too() {
    let dir = Temporary::new("tables");
    let actors = "id,name,kind,names,external_ids.cow,exists\n\
        reds,The Reds,armed_group,A; B,7,\n\
        reds,Again,armed_group,,,\n\
        Blue,The Blues,armed_group,,,\n\
        blues,,armed_group,,,\n\
        blues,The Blues,army,,,\n\
        blues,The Blues,armed_group,,8,2020/2010\n\
        blues,The Blues,armed_group,,8,2010/..\n\
        ,Ünnamed Front,militia,,,\n";
    let types = "name,polarity,category\nraids,-1,\ntalks,5,\nblesses,1,diplomacy\nRaids,1,\nhonks,0,noise\n";
    let sources = "id,title,published,reliability\nlog,A log,2020,C\nlog,Twice,2020,C\ndiary,A diary,20,C\n";
    let rows = "subject,type,object,date,source\n\
        reds,raids,blues,2013,log\nA,blesses,unnamed-front,2014,log\nreds,talks,blues,2013,log\nreds,raids,blues,2013,\n";
    let plan = Plan {
        actors: vec![dir.file("actors.csv", actors)],
        types: vec![dir.file("types.csv", types)],
        sources: vec![dir.file("sources.csv", sources)],
        out: Some(dir.path("set.agz")),
        bad: Some(dir.path("bad.tsv")),
        ..Plan::of(Form::Csv, vec![Input::path(&dir.file("rows.csv", rows))])
    };
    let report = run(plan).expect("it runs");
    assert_eq!((report.relations, report.actors, report.sources, report.types), (2, 3, 1, 2), "{report:?}");
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_path(dir.path("bad.tsv")).expect("there");
    let seen = reader.records().map(|row| {
        let row = row.expect("readable");
        format!("{}:{} {}", row[0].rsplit('/').next().expect("a name"), &row[1], &row[2])
    });
    assert_eq!(
        seen.collect::<Vec<_>>(),
        [
            "sources.csv:3 duplicate-id",
            "sources.csv:4 bad-date",
            "types.csv:3 bad-polarity",
            "types.csv:5 bad-id",
            "types.csv:6 unknown-word",
            "actors.csv:3 duplicate-id",
            "actors.csv:4 bad-id",
            "actors.csv:5 empty-cell",
            "actors.csv:6 unknown-kind",
            "actors.csv:7 reversed-interval",
            "rows.csv:4 unknown-type",
            "rows.csv:5 no-source",
        ]
    );
    let graph = snapshot::open(&dir.path("set.agz")).expect("written").graph;
    let raids = graph.vocabulary().type_named("raids").expect("a type");
    let raids = graph.vocabulary().relation_type(raids);
    assert_eq!(
        (raids.polarity.number(), raids.category.word(), &*raids.inverse),
        (-1, "hostility", "inverse_of_raids")
    );
}

#[test]
fn the_plain_form_is_read_by_the_mapping_in_the_examples() {
    let dir = Temporary::new("plain");
    let map = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/bulk/plain.map.json")).expect("there");
    let plan = Plan {
        mapping: Some(InputFile { name: "plain.map.json".into(), bytes: map.into() }),
        actors: vec![dir.file("actors.tsv", "0\tactor0\n1\tactor1\n10\tactor10\n")],
        types: vec![dir.file("types.tsv", "0\t1\ttype0\n1\t-1\ttype1\n2\t0\ttype2\n")],
        out: Some(dir.path("set.agz")),
        bad: Some(dir.path("bad.tsv")),
        ..Plan::of(Form::Tsv, vec![Input::path(&dir.file(
            "edges.tsv",
            "0\t10\t1\t10957\t11195\t0\t-1\n10\t1\t0\t0\t0\t1\t1\n1\t2\t0\t5\t6\t2\t1\n1\t0\t0\t6\t5\t3\t1\n1\t0\t0\t-1\t0\t4\t1\n",
        ))])
    };
    let report = run(plan).expect("it runs");
    assert_eq!((report.relations, report.actors, report.types), (3, 3, 3));
    let bad = bad_rows(&dir.path("bad.tsv"));
    assert_eq!(
        bad.iter().map(|(line, reason, _)| (*line, reason.as_str())).collect::<Vec<_>>(),
        [(3, "unknown-actor"), (4, "reversed-interval")]
    );
    let graph = snapshot::open(&dir.path("set.agz")).expect("written").graph;
    let told = graph.relations().map(|(_, r)| {
        let slug = |id| graph.actor(id).slug.to_string();
        let kind = &graph.vocabulary().relation_type(r.kind).name;
        format!("{} {} {kind} {} {} {}", r.slug, slug(r.subject), slug(r.object), r.valid, r.claims[0].locator)
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            "r0000000001 a0 type1 a10 2000-01-01/2000-08-26 row 0",
            "r0000000002 a10 type0 a1 1970-01-01 row 1",
            "r0000000005 a1 type0 a0 1969-12-31/1970-01-01 row 4",
        ]
    );
}

#[test]
fn what_a_mapping_says_that_needs_all_rows_is_refused() {
    let dir = Temporary::new("not-in-bulk");
    let relation = json!({"subject": {"column": "a"}, "type": "enemy_of", "object": {"column": "b"}, "valid": {"column": "d"}, "basis": "reported",
        "claims": [{"source": "log", "locator": "p. 1", "stance": "supports", "modality": "asserted", "credibility": 2, "note": "n"}]});
    let mut figures = relation.clone();
    figures["claims"][0]["figures"] = json!([{"what": "dead", "value": {"column": "d"}}]);
    let actor = json!({"name": {"column": "a"}, "kind": "state"});
    let event = json!({"name": "n", "kind": "clash", "date": {"column": "d"}, "claims": relation["claims"]});
    for table in [
        json!({"relations": [relation.clone()], "actors": [actor]}),
        json!({"relations": [relation.clone()], "events": [event]}),
        json!({"relations": [figures]}),
    ] {
        let mapping = json!({"records": {"sources": [source()]}, "tables": [table]});
        let mapping = InputFile { name: "map.json".into(), bytes: mapping.to_string().into_bytes().into() };
        let plan = Plan {
            mapping: Some(mapping),
            cite: None,
            cited: None,
            ..plan(&dir, Form::Csv, "a,b,d\nreds,blues,2013\n")
        };
        match run(plan) {
            Err(BulkError::Refused(refused)) => assert_eq!(refused.diagnostics[0].code, "not-in-bulk"),
            other => panic!("{other:?}"),
        }
    }
}

/// Numbers without rhyme, the same at each run: the method is xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled", 2016).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides
    }
}

/// A table and the same records as a data file, made by chance.
fn made_by_chance(seed: u64, count: usize) -> (String, Value) {
    let mut dice = Dice(seed);
    let (mut table, mut records) =
        (String::from("id,subject,type,object,start,end,note,locator,modality,stance,credibility\n"), Vec::new());
    for number in 0..count {
        let ends = [["reds", "north"], ["north", "blues"], ["blues", "reds"]][dice.roll(3)];
        let kind = ["enemy_of", "allied_with", "arms", "attacks"][dice.roll(4)];
        let year = 2012 + dice.roll(3);
        let start = match dice.roll(5) {
            0 => format!("{year}"),
            1 => format!("{year}-0{}", 1 + dice.roll(9)),
            2 => format!("{year}~"),
            _ => format!("{year}-0{}-{:02}", 1 + dice.roll(9), 1 + dice.roll(28)),
        };
        let end = match dice.roll(4) {
            0 => "..".to_owned(),
            1 => String::new(),
            2 => start.clone(),
            _ => format!("{}-1{}-0{}", year + 2, dice.roll(3), 1 + dice.roll(9)),
        };
        let valid = if start == end { start.clone() } else { format!("{start}/{end}") };
        let note = ["plain", "with, comma", "two\nlines", "say \"no\"", "جبهة"][dice.roll(5)];
        let modality = ["asserted", "reported", "possible"][dice.roll(3)];
        let stance = ["supports", "supports", "disputes", "denies"][dice.roll(4)];
        let credibility = 2 + dice.roll(5);
        let id = format!("{}{number:04}", ["x", "a", "m"][dice.roll(3)]);
        table.push_str(&format!(
            "{id},{},{kind},{},{start},{end},\"{}\",p. {number},{modality},{stance},{credibility}\n",
            ends[0],
            ends[1],
            note.replace('"', "\"\"")
        ));
        records.push(json!({"id": id, "subject": ends[0], "type": kind, "object": ends[1], "valid": valid, "basis": "reported",
            "claims": [{"source": "log", "locator": format!("p. {number}"), "stance": stance, "modality": modality, "credibility": credibility, "note": note}]}));
    }
    let actors = json!([
        {"id": "reds", "name": "The Reds", "kind": "armed_group", "names": [{"name": "Red Army", "kind": "alias"}, {"name": "Reds", "kind": "alias"}]},
        {"id": "blues", "name": "The Blues", "kind": "armed_group", "exists": "2012/2018"},
        {"id": "north", "name": "North", "kind": "state"},
        {"id": "ford", "name": "The Ford", "kind": "place"}
    ]);
    (table, json!({"sources": [source()], "actors": actors, "relations": records}))
}

fn loaded(records: &Value) -> TemporalGraph {
    let file = InputFile { name: "set.json".into(), bytes: records.to_string().into_bytes().into() };
    load(vec![file]).unwrap_or_else(|refused| panic!("{:?}", refused.diagnostics)).graph
}

#[test]
fn what_comes_of_rows_is_byte_for_byte_what_a_load_of_the_same_records_compiles_to() {
    let dir = Temporary::new("same");
    for seed in 1..=5 {
        let (table, records) = made_by_chance(seed, 400);
        let mut plan = plan(&dir, Form::Csv, &table);
        let made_of = ["rows.csv", "actors.tsv"].map(|name| dir.path(name).display().to_string()).to_vec();
        plan.bad = None;
        let report = run(plan).expect("it runs");
        assert_eq!((report.relations, report.bad_rows), (400, 0), "{:?}", report.bad);
        let graph = loaded(&records);
        snapshot::write(&dir.path("loaded.agz"), &graph, Extras { made_of, ..Extras::default() }).expect("written");
        let load = fs::read(dir.path("loaded.agz")).expect("there");
        // Records lie in the order they came, and rows come in any; so the sets are compared record by record, and in full where the order is the same.
        let opened = snapshot::open(&dir.path("set.agz")).expect("sound").graph;
        assert!(opened.actors().map(|(_, a)| a).eq(graph.actors().map(|(_, a)| a)));
        assert!(opened.relations().map(|(_, r)| r).eq(graph.relations().map(|(_, r)| r)));
        assert!(opened.sources().map(|(_, s)| s).eq(graph.sources().map(|(_, s)| s)));
        assert_eq!(opened.vocabulary(), graph.vocabulary());
        let mut lines: Vec<&str> = Vec::new();
        let mut rest = &table[..];
        // A row ends where a line does that is not in quotes.
        while let Some(end) =
            rest.match_indices('\n').map(|(at, _)| at).find(|at| rest[..*at].matches('"').count().is_multiple_of(2))
        {
            lines.push(&rest[..=end]);
            rest = &rest[end + 1..];
        }
        lines[1..].sort_unstable();
        run(Plan { bad: None, ..self::plan(&dir, Form::Csv, lines.concat()) }).expect("it runs");
        assert!(fs::read(dir.path("set.agz")).expect("there") == load, "seed {seed}");
    }
}

#[test]
fn the_same_rows_make_the_same_bytes() {
    let dir = Temporary::new("again");
    let (table, _) = made_by_chance(9, 200);
    let made = || {
        run(plan(&dir, Form::Csv, &table)).expect("it runs");
        fs::read(dir.path("set.agz")).expect("there")
    };
    assert!(made() == made());
}

#[test]
fn what_is_told_on_the_way_adds_up() {
    let dir = Temporary::new("progress");
    let rows = format!("subject\ttype\tobject\tvalid\n{}", "reds\tenemy_of\tnorth\t2013\n".repeat(20_000));
    let bytes = rows.len() as u64;
    let mut told = Vec::new();
    bulk::run(plan(&dir, Form::Tsv, rows), &mut |progress| told.push(progress)).expect("it runs");
    let relations: Vec<_> = told.iter().filter(|p| p.phase == bulk::Phase::Relations).collect();
    assert!(relations.len() >= 5 && relations.is_sorted_by_key(|p| (p.rows, p.bytes)), "{relations:?}");
    assert!(relations.iter().all(|p| p.all_bytes == Some(bytes) && p.bytes <= bytes), "{relations:?}");
    assert_eq!(told.last().map(|p| p.phase), Some(bulk::Phase::Packing));
}
