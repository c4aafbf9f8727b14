//! Data sets written and read back: what is written is what was read, in one form only, whole or not at all, and nothing that comes in breaks the program.

use allegiance::dataset::{
    self, CsvOptions, InputFile, Occupied, OutputFile, Refused, canonical, import_csv, import_ftm, import_json, load,
    to_text, write_directory,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Texts that would be something else if they were not escaped.
const NASTY: &[&str] = &[
    r#"say "no""#,
    r"back\slash",
    r"ends with \",
    "جبهة الشمال",
    "<b>bold</b>",
    "two\nlines",
    "]}, {\"id\": \"x\"",
    "// no comment /* */",
    "semi;colon, comma\ttab",
    "\u{1}\u{7f}\u{85}\u{2028}\u{2029}\u{feff}",
    "\u{202e}turned",
    "👩‍👩‍👧 family",
    "e\u{301}",
    "R&D &amp; ]]>",
];

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(5), failure_persistence: None, ..ProptestConfig::default() }
}

fn file(name: &str, text: impl Into<Vec<u8>>) -> InputFile {
    InputFile { name: name.into(), bytes: text.into().into() }
}

fn told(refused: &Refused) -> String {
    allegiance::diagnostic::render(&refused.diagnostics, &refused.sources, Default::default())
}

/// A directory of this test's own, removed at the end.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("allegiance-import-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("a directory");
        Self(path)
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(&self.0)
            .expect("there")
            .map(|e| e.expect("readable").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn program(arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allegiance"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("ALLEGIANCE_DATA")
        .args(arguments)
        .output()
        .expect("it runs")
}

// ---------------------------------------------------------------- writing

fn a_text() -> impl Strategy<Value = String> {
    prop_oneof![proptest::sample::select(NASTY).prop_map(str::to_owned), "[a-zA-Zé ]{1,20}", "\\PC{1,12}"]
        .prop_map(|t| format!("x{t}"))
}

fn a_date() -> impl Strategy<Value = String> {
    let texts: &[&str] = &[
        "2017",
        "2016~/..",
        "/2016",
        "..2014/2017",
        "[2016,2017]",
        "2017/",
        "/..",
        "2015-03-01/2015-04",
        "2018/2025-07..",
    ];
    proptest::sample::select(texts).prop_map(str::to_owned)
}

/// A claim, with the optional fields or without.
fn a_claim() -> impl Strategy<Value = Value> {
    (0..3usize, a_text(), 2..7u8, proptest::option::of(a_date()), any::<(bool, bool)>(), a_text()).prop_map(
        |(source, locator, credibility, valid, (attributed, figures), note)| {
            let mut claim = json!({
                "source": format!("s{source}"), "locator": format!("p. {locator}").replace('¶', ""), "stance": "supports",
                "modality": "asserted", "credibility": credibility, "note": note,
            });
            if let Some(valid) = valid {
                claim["valid"] = valid.into();
            }
            if attributed {
                claim["attributed_to"] = json!({"name": note, "anonymous": true});
            }
            if figures {
                claim["figures"] = json!([{"what": "x", "value": locator}, {"what": "y", "value": "1", "qualifier": "about"}]);
            }
            claim
        },
    )
}

/// A whole data set in one value, its records in no order.
fn a_set() -> impl Strategy<Value = Value> {
    let actor = (a_text(), proptest::collection::vec(a_text(), 0..3), any::<bool>());
    let relation = (0..5usize, 1..5usize, a_date(), proptest::collection::vec(a_claim(), 1..3), any::<bool>());
    (
        proptest::collection::vec(actor, 5),
        proptest::collection::vec(relation, 0..6),
        proptest::collection::vec((a_text(), a_date(), a_claim()), 0..3),
        a_text(),
        any::<bool>(),
    )
        .prop_map(|(actors, relations, events, title, own_types)| {
            let actors: Vec<Value> = actors
                .into_iter()
                .enumerate()
                .map(|(n, (name, names, with_ids))| {
                    let names: Vec<Value> = names.iter().map(|n| json!({"kind": "alias", "name": n, "sources": ["s1"]})).collect();
                    let mut actor = json!({"name": name, "id": format!("a{n}"), "kind": "armed_group"});
                    if !names.is_empty() {
                        actor["names"] = names.into();
                    }
                    if with_ids {
                        actor["external_ids"] = json!({"wikidata": "Q1", "acled": name});
                        actor["traits"] = json!([name]);
                    }
                    actor
                })
                .rev()
                .collect();
            let relations: Vec<Value> = relations
                .into_iter()
                .enumerate()
                .map(|(n, (a, step, valid, claims, with_roles))| {
                    let kind = if own_types && n == 0 { "pays" } else { "arms" };
                    let mut relation = json!({
                        "valid": valid, "id": format!("r{}", 9 - n), "subject": format!("a{a}"), "type": kind,
                        "object": format!("a{}", (a + step) % 5), "basis": "reported", "claims": claims,
                    });
                    if with_roles {
                        relation["roles"] = json!({"with": "a1", "against": claims_note(&relation)});
                        relation["note"] = "A remark.".into();
                    }
                    relation
                })
                .collect();
            let events: Vec<Value> = events
                .into_iter()
                .enumerate()
                .map(|(n, (name, date, claim))| {
                    json!({"id": format!("e{}", 5 - n), "name": name, "kind": "attack", "date": date, "place": "a2",
                        "participants": [{"actor": "a1", "role": "target"}, {"actor": "a0", "role": "agent"}], "claims": [claim]})
                })
                .collect();
            let sources: Vec<Value> = (0..3)
                .map(|n| json!({"id": format!("s{}", 2 - n), "title": title, "published": "2020-01~", "kind": "news", "reliability": "B", "names": [title]}))
                .collect();
            let mut set = json!({"events": events, "sources": sources, "actors": actors, "relations": relations});
            if own_types {
                set["relation_types"] = json!([{"name": "pays", "inverse": "paid_by", "symmetric": false, "category": "support", "polarity": 1,
                    "weight": 2, "kind": "state", "subjects": ["armed_group"], "objects": ["armed_group"], "definition": title,
                    "example": "X pays Y", "label": "pays", "inverse_label": "is paid by"}]);
            }
            set
        })
}

fn claims_note(relation: &Value) -> Value {
    relation["claims"][0]["note"].clone()
}

/// The records of a file by id: equal when the same is said, in whatever order.
fn by_id(file: &Value) -> Value {
    let mut file = file.clone();
    for list in ["sources", "actors", "relations", "events"] {
        if let Some(records) = file.get_mut(list).and_then(Value::as_array_mut) {
            records.sort_by_key(|r| r["id"].as_str().unwrap_or_default().to_owned());
            if records.is_empty() {
                file.as_object_mut().expect("an object").remove(list);
            }
        }
    }
    file
}

proptest! {
    #![proptest_config(config(120))]

    #[test]
    fn what_is_written_says_what_was_read_and_is_written_the_same_again(set in a_set()) {
        let loaded = load(vec![file("x.json", set.to_string())]).map_err(|r| TestCaseError::fail(told(&r)))?;
        let text = to_text(&loaded.graph, None);
        let read: Value = serde_json::from_str(&text).expect("JSON");
        prop_assert_eq!(by_id(&set), read, "what was written says something else");
        let again = load(vec![file("y.json", text.clone())]).map_err(|r| TestCaseError::fail(told(&r)))?;
        prop_assert_eq!(&to_text(&again.graph, None), &text);
        // Through a directory, as `import json` makes it.
        let imported = import_json(vec![file("y.json", text.clone())]).map_err(|r| TestCaseError::fail(told(&r)))?;
        let files = imported.files.iter().filter(|f| !f.name.ends_with(".schema.json")).map(|f| file(&f.name, f.text.clone())).collect();
        let third = load(files).map_err(|r| TestCaseError::fail(told(&r)))?;
        prop_assert_eq!(to_text(&third.graph, None), text);
    }

    #[test]
    fn one_content_has_one_form(set in a_set(), shuffle in any::<u64>()) {
        let text = canonical(vec![file("x.json", set.to_string())]).expect("well formed").remove(0);
        prop_assert_eq!(&canonical(vec![file("x.json", text.clone())]).expect("well formed")[0], &text, "not idempotent");
        let other = shuffled(&set, shuffle);
        prop_assert_eq!(&canonical(vec![file("x.json", other)]).expect("well formed")[0], &text, "depends on the order");
        prop_assert_eq!(by_id(&set), serde_json::from_str::<Value>(&text).expect("JSON"));
    }
}

/// The same file with fields turned round, records in another order, and blanks.
fn shuffled(set: &Value, seed: u64) -> String {
    fn turn(value: &Value) -> Value {
        match value {
            Value::Object(fields) => Value::Object(fields.iter().rev().map(|(k, v)| (k.clone(), turn(v))).collect()),
            Value::Array(items) => items.iter().map(turn).collect(),
            plain => plain.clone(),
        }
    }
    let mut set = turn(set);
    for list in ["sources", "actors", "relations", "events"] {
        if let Some(records) = set.get_mut(list).and_then(Value::as_array_mut)
            && !records.is_empty()
        {
            let by = usize::try_from(seed % 97).expect("small") % records.len();
            records.rotate_left(by);
        }
    }
    serde_json::to_string_pretty(&set).expect("JSON")
}

#[test]
fn the_shipped_data_is_in_canonical_form_and_survives_export_and_import_byte_for_byte() {
    let files = dataset::embedded_files();
    let names: Vec<String> = files.iter().map(|f| f.name.clone()).collect();
    let texts = canonical(files.clone()).unwrap_or_else(|r| panic!("{}", told(&r)));
    for ((name, file), text) in names.iter().zip(&files).zip(&texts) {
        assert!(*file.bytes == *text.as_bytes(), "{name} is not in canonical form: run `allegiance fmt data`");
    }
    let text = to_text(&dataset::embedded(), None);
    let imported = import_json(vec![file("all.json", text.clone())]).unwrap_or_else(|r| panic!("{}", told(&r)));
    assert_eq!((imported.list("actors").len(), imported.list("relations").len(), imported.claims()), (200, 530, 970));
    let files = imported
        .files
        .iter()
        .filter(|f| !f.name.starts_with("schema/"))
        .map(|f| file(&f.name, f.text.clone()))
        .collect();
    let again = load(files).unwrap_or_else(|r| panic!("{}", told(&r)));
    assert!(again.warnings.is_empty());
    assert!(to_text(&again.graph, None) == text, "other bytes after export, import, export");
}

#[test]
fn a_set_that_replaces_parts_of_the_vocabulary_exports_them() {
    let own = json!({
        "actor_kinds": [{"name": "guild", "definition": "A guild."}],
        "kind_groups": [{"name": "ARMED", "kinds": ["armed_group", "guild"]}],
        "relation_groups": [{"name": "paid", "words": ["paid"], "categories": ["support"], "definition": "Paid."}],
        "event_kinds": [{"name": "feast", "definition": "A feast."}, {"name": "attack", "definition": "Another meaning."}],
        "event_roles": [{"name": "cook", "definition": "Who cooks."}],
    });
    let loaded = load(vec![file("own.json", own.to_string())]).unwrap_or_else(|r| panic!("{}", told(&r)));
    let text = to_text(&loaded.graph, None);
    let again = load(vec![file("again.json", text.clone())]).unwrap_or_else(|r| panic!("{}", told(&r)));
    assert_eq!(loaded.graph.vocabulary(), again.graph.vocabulary());
    assert_eq!(to_text(&again.graph, None), text);
    // What the shipped vocabulary says as well is not said again, nor what follows from what is said.
    let value: Value = serde_json::from_str(&text).expect("JSON");
    let mut lists: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    lists.sort_unstable();
    assert_eq!(lists, ["actor_kinds", "event_kinds", "event_roles", "kind_groups", "relation_groups"]);
    assert_eq!(value["event_kinds"].as_array().map(Vec::len), Some(2));
}

// ---------------------------------------------------------------- on disk

#[test]
fn a_directory_is_written_whole_or_not_at_all_and_never_over_anything_unasked() {
    let temporary = Temporary::new("whole");
    let place = temporary.0.join("set");
    let old = vec![
        OutputFile { name: "actors.json".into(), text: "old".into() },
        OutputFile { name: "schema/dataset.schema.json".into(), text: "{}".into() },
    ];
    write_directory(&place, &old, false).expect("nothing is there");
    assert!(matches!(write_directory(&place, &old, false), Err(Occupied::Exists)));
    // A file that cannot be written, after others could.
    let broken = vec![
        OutputFile { name: "actors.json".into(), text: "new".into() },
        OutputFile { name: "actors.json/x".into(), text: String::new() },
    ];
    assert!(matches!(write_directory(&place, &broken, true), Err(Occupied::Io(_))));
    assert_eq!(fs::read_to_string(place.join("actors.json")).expect("there"), "old");
    assert_eq!(temporary.names(), ["set"], "something was left beside it");
    let new = vec![OutputFile { name: "actors.json".into(), text: "new".into() }];
    write_directory(&place, &new, true).expect("asked for");
    assert_eq!(fs::read_to_string(place.join("actors.json")).expect("there"), "new");
    assert!(!place.join("schema").exists(), "the old is not mixed with the new");
    fs::write(place.join("notes.txt"), "mine").expect("written");
    match write_directory(&place, &old, true) {
        Err(Occupied::Foreign(names)) => assert_eq!(names, ["notes.txt"]),
        other => panic!("{other:?}"),
    }
    assert_eq!(fs::read_to_string(place.join("notes.txt")).expect("there"), "mine");
    let plain = temporary.0.join("plain");
    fs::write(&plain, "x").expect("written");
    assert!(matches!(write_directory(&plain, &old, true), Err(Occupied::NotDirectory)));
    assert!(matches!(write_directory(&temporary.0.join("no/such/place"), &old, false), Err(Occupied::Io(_))));
    assert!(matches!(write_directory(Path::new(".."), &old, true), Err(Occupied::Foreign(_))));
    // What a hand has changed or made.
    fs::remove_file(place.join("notes.txt")).expect("there");
    write_directory(&place, &old, true).expect("the foreign file is gone");
    fs::write(place.join("actors.json"), "old, and more").expect("written");
    match write_directory(&place, &new, true) {
        Err(Occupied::Changed(names)) => assert_eq!(names, ["actors.json"]),
        other => panic!("{other:?}"),
    }
    assert_eq!(fs::read_to_string(place.join("actors.json")).expect("there"), "old, and more");
    let own = temporary.0.join("own");
    fs::create_dir(&own).expect("made");
    fs::write(own.join("actors.json"), "mine").expect("written");
    match write_directory(&own, &new, true) {
        Err(Occupied::Foreign(names)) => assert_eq!(names, ["actors.json"]),
        other => panic!("{other:?}"),
    }
    fs::remove_dir_all(&own).expect("there");
    assert_eq!(temporary.names(), ["plain", "set"]);
}

#[test]
fn an_import_that_is_killed_leaves_the_old_or_the_new() {
    let temporary = Temporary::new("killed");
    let place = temporary.0.join("set");
    let text = |file: &Path| fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let export = |name: &str, arguments: &[&str]| {
        let path = temporary.0.join(name);
        let output = program(&[&["export", "json", "--out", path.to_str().expect("UTF-8")], arguments].concat());
        assert!(output.status.success());
        path
    };
    let inputs = [export("a.json", &[]), export("b.json", &["--source", "WaPo"])];
    let states: Vec<String> = inputs.iter().map(|path| text(path)).collect();
    let import = |input: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_allegiance"));
        command.args(["import", "json", "--force", "--out"]).arg(&place).arg(input).env_remove("ALLEGIANCE_DATA");
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    assert!(import(&inputs[1]).status().expect("it runs").success());
    let whole = std::time::Instant::now();
    assert!(import(&inputs[0]).status().expect("it runs").success());
    let whole = whole.elapsed();
    let (mut killed, mut seen) = (0, [0; 2]);
    for round in 0..20u32 {
        let mut child = import(&inputs[round as usize % 2]).spawn().expect("it runs");
        // From the first moments to beyond the end.
        std::thread::sleep(whole * round / 13);
        let _ = child.kill();
        killed += usize::from(!child.wait().expect("it ends").success());
        let loaded = dataset::read(&place).map(load).unwrap_or_else(|e| panic!("round {round}: {e}"));
        let loaded = loaded.unwrap_or_else(|r| panic!("round {round}: {}", told(&r)));
        let now = to_text(&loaded.graph, None);
        let state = states.iter().position(|s| *s == now).unwrap_or_else(|| panic!("round {round}: a mixture"));
        seen[state] += 1;
    }
    assert!(killed >= 3, "only {killed} of 20 were killed in time");
    assert!(seen[0] > 0 && seen[1] > 0, "{seen:?}");
    // Give the last one time to be gone before the directory is removed.
    std::thread::sleep(Duration::from_millis(10));
}

#[test]
fn fmt_changes_the_layout_only_and_nothing_where_anything_is_broken() {
    let temporary = Temporary::new("fmt");
    let write = |name: &str, text: &str| {
        fs::write(temporary.0.join(name), text).expect("written");
        temporary.0.join(name)
    };
    let directory = temporary.0.to_str().expect("UTF-8").to_owned();
    let good = "{\n \"actors\": [\n  {\"id\": \"a\", \"name\": \"A\", \"kind\": \"state\"}\n ]\n}\n";
    let first = write("a.json", good);
    let second = write(
        "b.json",
        "\u{feff}{\"actors\":[{\"kind\":\"state\",\"id\":\"c\",\"name\":\"C\",\"names\":[]},\r\n{\"id\":\"b\",\"name\":\"B\",\"kind\":\"state\"}]}",
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&second, fs::Permissions::from_mode(0o640)).expect("ours");
        let real = temporary.0.join("real.txt");
        fs::rename(&second, &real).expect("ours");
        std::os::unix::fs::symlink(&real, &second).expect("ours");
    }
    let check = program(&["fmt", "--check", &directory]);
    let shown = String::from_utf8_lossy(&check.stdout).into_owned();
    assert_eq!(check.status.code(), Some(1), "{shown}");
    assert!(
        shown.contains("b.json:1: not in canonical order")
            && !shown.contains("a.json:")
            && shown.contains("1 of 2 files would change"),
        "{shown}"
    );
    let broken = write("broken.json", "{\"actors\": [{\"id\": \"d\", \"nam\": \"D\"}]}");
    let before = fs::read(&second).expect("there");
    let refused = program(&["fmt", &directory]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&refused.stderr).contains("broken.json:1:25"),
        "{}",
        String::from_utf8_lossy(&refused.stderr)
    );
    assert_eq!(fs::read(&second).expect("there"), before, "a file was changed beside a broken one");
    fs::remove_file(broken).expect("ours");
    assert_eq!(program(&["fmt", &directory]).status.code(), Some(0));
    let after = fs::read_to_string(&second).expect("there");
    assert_eq!(
        after,
        "{\n \"actors\": [\n  {\"id\": \"b\", \"name\": \"B\", \"kind\": \"state\"},\n  {\"id\": \"c\", \"name\": \"C\", \"kind\": \"state\"}\n ]\n}\n"
    );
    assert_eq!(fs::read_to_string(&first).expect("there"), good);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert!(fs::symlink_metadata(&second).expect("there").file_type().is_symlink(), "the link became a file");
        assert_eq!(fs::metadata(&second).expect("there").permissions().mode() & 0o777, 0o640);
    }
    assert_eq!(program(&["fmt", "--check", &directory]).status.code(), Some(0));
    assert_eq!(temporary.names().iter().filter(|n| n.starts_with('.')).count(), 0);
    assert_eq!(program(&["fmt"]).status.code(), Some(2), "what comes with the program is not rewritten");
}

// ---------------------------------------------------------------- tables

fn example(name: &str) -> InputFile {
    let path = format!("examples/import/{name}");
    file(name, fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}")))
}

#[test]
fn the_examples_give_what_is_expected() {
    for (tables, map, expected) in [
        (&["actors.csv", "ties.csv"][..], "ties.map.json", "ties.expected.json"),
        (&["incidents.csv"], "incidents.map.json", "incidents.expected.json"),
    ] {
        let tables = tables.iter().map(|name| example(name)).collect();
        let imported =
            import_csv(tables, example(map), CsvOptions::default()).unwrap_or_else(|r| panic!("{}", told(&r)));
        let files = imported
            .files
            .iter()
            .filter(|f| !f.name.starts_with("schema/"))
            .map(|f| file(&f.name, f.text.clone()))
            .collect();
        let loaded = load(files).unwrap_or_else(|r| panic!("{}", told(&r)));
        let drawn = allegiance::diagnostic::render(&loaded.warnings, &loaded.sources, Default::default());
        assert!(loaded.warnings.is_empty(), "{drawn}");
        let text = to_text(&loaded.graph, None);
        let path = format!("examples/import/{expected}");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &text).expect("written");
        }
        assert_eq!(text, fs::read_to_string(&path).expect("checked in"), "{path}: UPDATE=1 writes it anew");
    }
}

/// The example of ties with a text in one of its files replaced: the code, place and underlined text of everything that is wrong.
#[track_caller]
fn wrong(in_file: &str, from: &str, to: &str, expected: &[(&str, &str, &str)]) {
    let changed = |name: &str| {
        let mut input = example(name);
        if name == in_file {
            let text = String::from_utf8(input.bytes.to_vec()).expect("UTF-8");
            assert!(text.contains(from), "{from:?} is not in {name}");
            input.bytes = text.replacen(from, to, 1).into_bytes().into();
        }
        input
    };
    let tables = vec![changed("actors.csv"), changed("ties.csv")];
    let Err(refused) = import_csv(tables, changed("ties.map.json"), CsvOptions::default()) else {
        panic!("{from:?} → {to:?} passes");
    };
    let found: Vec<(String, String, String)> = refused
        .diagnostics
        .iter()
        .map(|d| {
            let label = d.labels.first();
            let text = label.map(|l| refused.sources.text(l.file).get(l.span.clone()).unwrap_or_default().to_owned());
            (d.code.to_string(), refused.sources.place(d).unwrap_or_default(), text.unwrap_or_default())
        })
        .collect();
    let found: Vec<(&str, &str, &str)> = found.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    assert_eq!(found, expected, "\n{}", told(&refused));
    assert!(refused.diagnostics.iter().all(|d| !d.message.contains('\n')));
}

#[test]
fn what_is_wrong_with_rows_is_told_at_the_cell() {
    let table = "ties.csv";
    wrong(table, "alliance;701", "aliance;701", &[("unknown-value", "ties.csv:2:5", "aliance")]);
    wrong(table, "700;alliance;701", "700;alliance;799", &[("unknown-actor", "ties.csv:2:14", "799")]);
    wrong(table, "2011;4;-9", "2011;14;-9", &[("bad-date", "ties.csv:2:23", "14")]);
    wrong(table, "2016;2;1;", "2016;2;30;", &[("bad-date", "ties.csv:7:18", "2016")]);
    wrong(table, "2012;3;-9;2018", "2012;3;-9;2011", &[("reversed-interval", "ties.csv:5:16", "2012")]);
    wrong(table, "sure;4;A treaty of mutual defence.", "sure;4;", &[("empty-cell", "ties.csv:2:40", "")]);
    wrong(
        table,
        "900;services;700;2016;2;1;-9;sure;9;The",
        "900;services;900;2016;2;1;-9;sure;9;The",
        &[("self-relation", "ties.csv:7:14", "900")],
    );
    // The line after a text in quotes that holds an end of line.
    wrong(table, "811;member", "811;membr", &[("unknown-value", "ties.csv:5:5", "membr")]);
    wrong(
        table,
        "701;support;810;2013;-9;-9;2015",
        "811;support;810;2019;-9;-9;2020",
        &[("outside-life", "ties.csv:6:17", "2019")],
    );
    wrong(
        table,
        "2013;-9;-9;2015;rumoured;7;",
        "2013;-9;-9;2015;rumoured;",
        &[(
            "ragged-row",
            "ties.csv:6:1",
            "701;support;810;2013;-9;-9;2015;rumoured;Money is said to have come from Upper Vale.",
        )],
    );
    wrong("actors.csv", "Upper Vale;state;", "Upper Vale;State;", &[("unknown-value", "actors.csv:3:38", "State")]);
    wrong(
        "actors.csv",
        "701;Kingdom of Upper Vale;",
        "701;Republic of Saltmarsh;",
        &[("conflicting-rows", "actors.csv:3:1", "701"), ("self-relation", "ties.csv:2:14", "701")],
    );
    wrong("actors.csv", "2012;2018", "2012;2010", &[("reversed-interval", "actors.csv:5:26", "2012")]);
}

#[test]
fn what_is_wrong_with_a_mapping_is_told_at_its_place() {
    let map = "ties.map.json";
    wrong(
        map,
        r#"{"column": "sort", "#,
        r#"{"column": "sorts", "#,
        &[("unknown-column", "ties.map.json:14:30", r#""sorts""#)],
    );
    let page = r#""text": "p. {page}""#;
    wrong(map, page, r#""text": "p. {pages}""#, &[("unknown-column", "ties.map.json:40:35", r#""p. {pages}""#)]);
    wrong(map, page, r#""text": "p. {page""#, &[("bad-text", "ties.map.json:40:35", r#""p. {page""#)]);
    wrong(map, page, r#""text": "the page""#, &[("no-column", "ties.map.json:40:35", r#""the page""#)]);
    let source = r#""source": "marsh-report-2019","#;
    wrong(map, source, "", &[("no-source", "ties.map.json:38:13", "{")]);
    wrong(
        map,
        source,
        r#""source": "marsh-report","#,
        &[("unknown-source", "ties.map.json:39:25", r#""marsh-report""#)],
    );
    let unknown = ("unknown-field", "ties.map.json:31:11", r#""validity""#);
    wrong(map, r#""valid": {"#, r#""validity": {"#, &[unknown, ("missing-field", "ties.map.json:24:9", "{")]);
    wrong(
        map,
        r#""basis": "reported","#,
        r#""basis": "told","#,
        &[("unknown-word", "ties.map.json:36:20", r#""told""#)],
    );
    wrong(
        map,
        r#""hostility": "enemy_of""#,
        r#""hostility": "foe_of""#,
        &[("unknown-type", "ties.csv:3:5", "hostility")],
    );
    wrong(map, r#""member": "part_of""#, r#""member": "has_part""#, &[("unknown-type", "ties.csv:5:5", "member")]);
    wrong(
        map,
        r#""contractor": "private_actor""#,
        r#""contractor": "place""#,
        &[("type-not-allowed", "ties.csv:7:1", "900")],
    );
    wrong(
        map,
        r#"{"column": "name"},"#,
        r#"{"column": "name", "split": "|"},"#,
        &[("split-without-a-list", "ties.map.json:13:19", "{")],
    );
    wrong(
        map,
        r#""published": "2019-06""#,
        r#""published": "June 2019""#,
        &[("bad-date", "ties.map.json:4:139", r#""June 2019""#)],
    );
    let until = r#""until": {"column": "ended", "format": "%d.%m.%y"}"#;
    wrong(map, r#""until": {"column": "ended"}"#, until, &[("bad-format", "ties.map.json:16:92", r#""%d.%m.%y""#)]);
}

#[test]
fn the_rows_that_are_wrong_are_counted_beyond_the_first() {
    let mut rows =
        String::from("side_a;relation;side_b;start_year;start_month;start_day;end_year;how_sure;page;remark\n");
    for n in 0..300 {
        rows.push_str(&format!("700;alliance;x{n};2011;4;-9;2016;sure;4;Note.\n"));
    }
    let refused = import_csv(
        vec![example("actors.csv"), file("ties.csv", rows)],
        example("ties.map.json"),
        CsvOptions::default(),
    )
    .expect_err("wrong");
    assert_eq!(refused.diagnostics.len(), 51);
    assert!(
        refused.diagnostics[50].message.starts_with("250 more are not shown: 250 unknown-actor"),
        "{}",
        refused.diagnostics[50].message
    );
}

/// Ties of one column set, by a mapping that gives everything else.
fn ties(rows: &str, valid: &str) -> Result<allegiance::dataset::Imported, Box<Refused>> {
    let map = r#"{"records": {"sources": [{"id": "s", "title": "S", "published": "2020", "kind": "ngo", "reliability": "C"}]},
     "tables": [{"actors": [{"name": {"column": "a"}, "kind": "state"}, {"name": {"column": "b"}, "kind": "state"}],
       "relations": [{"subject": {"column": "a"}, "type": {"column": "type"}, "object": {"column": "b"}, "valid": VALID, "basis": "reported",
         "claims": [{"source": "s", "locator": {"column": "p"}, "stance": "supports", "modality": "asserted", "credibility": 3, "note": "It says so."}]}]}]}"#;
    let map = map.replace("VALID", valid);
    import_csv(vec![file("t.csv", format!("a,type,b,when,p\n{rows}"))], file("m.json", map), CsvOptions::default())
}

#[test]
fn a_broken_quote_is_told_where_it_stands_and_makes_no_actor() {
    for (rows, place, line) in [
        (
            "Red,arms,\"Black,2016,1\nRed,arms,\"White\",2016,1\n",
            "t.csv:3:11",
            "line 3, column 11: text follows a closing quote; it opened on line 2",
        ),
        (
            "Red,arms,White,2016,1\nRed,arms,\"Black,2016,1\nRed,arms,Blue,2016,1\n",
            "t.csv:3:10",
            "line 3, column 10: a quote is opened and never closed",
        ),
        ("Red,arms,\"White\" and more,2016,1\n", "t.csv:2:18", "line 2, column 18: text follows a closing quote"),
    ] {
        let refused = ties(rows, r#"{"column": "when"}"#).expect_err("broken");
        let first = &refused.diagnostics[0];
        assert_eq!((first.code.as_ref(), first.message.as_str()), ("broken-quote", line));
        assert_eq!(refused.sources.place(first).as_deref(), Some(place));
    }
    assert!(ties("Red,arms,\"White, \"\"the\"\" one\",2016,1\n", r#"{"column": "when"}"#).is_ok());
}

#[test]
fn a_date_that_no_calendar_has_is_read_by_the_next_form() {
    let forms = r#"{"column": "when", "format": ["%d/%m/%Y", "%m/%d/%Y"]}"#;
    let read = |rows: &str| ties(rows, forms).map(|made| made.list("relations")[0]["valid"].clone());
    assert_eq!(read("Red,arms,White,03/15/2015,1\n").unwrap_or_else(|r| panic!("{}", told(&r))), "2015-03-15");
    assert_eq!(read("Red,arms,White,15/03/2015,1\n").unwrap_or_else(|r| panic!("{}", told(&r))), "2015-03-15");
    let refused = read("Red,arms,White,31/15/2015,1\n").expect_err("no date");
    assert!(refused.diagnostics[0].message.contains("`31/15/2015` is no day of the calendar"), "{}", told(&refused));
    for year in ["215", "15", "+215", "20155"] {
        let refused =
            ties(&format!("Red,arms,White,{year},1\n"), r#"{"year": {"column": "when"}}"#).expect_err("no year");
        let first = &refused.diagnostics[0];
        assert!(first.code == "bad-date" && first.message.contains(&format!("`{year}`")), "{}", told(&refused));
    }
}

#[test]
fn every_bad_row_about_one_relation_is_told() {
    let rows: String = (0..30).map(|n| format!("Red,armz,White,2016,{n}\n")).collect();
    let refused = ties(&rows, r#"{"column": "when"}"#).expect_err("no such type");
    let all = told(&refused);
    assert!(all.contains("the same stands on lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 and 17 more"), "{all}");
}

#[test]
fn a_very_long_word_is_cut_in_headlines_and_compared_with_nothing() {
    let word = "x".repeat(100_000);
    let before = std::time::Instant::now();
    let refused = ties(&format!("Red,{word},White,2016,1\n"), r#"{"column": "when"}"#).expect_err("no such type");
    assert!(before.elapsed() < Duration::from_secs(3), "{:?}", before.elapsed());
    let message = &refused.diagnostics[0].message;
    assert!(message.len() < 300 && message.contains('…'), "{message}");
}

#[test]
fn an_import_that_would_lose_something_or_makes_nothing_is_refused() {
    let temporary = Temporary::new("refused");
    let run = |from: &Path, arguments: &[&str], input: &str| {
        fs::write(temporary.0.join("in.json"), input).expect("written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_allegiance"));
        command.current_dir(from).env_remove("ALLEGIANCE_DATA").args(["import", "json"]);
        let output = command.arg(temporary.0.join("in.json")).args(arguments).output().expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
    };
    let some = r#"{"actors": [{"id": "a", "name": "A", "kind": "state"}]}"#;
    let (code, text) = run(&temporary.0, &["--out", "set"], r#"{"actors": []}"#);
    assert!(code == Some(2) && text.contains("nothing-imported"), "{text}");
    assert!(!temporary.0.join("set").exists());
    assert_eq!(run(&temporary.0, &["--out", "set"], some).0, Some(0));
    assert!(
        dataset::read(&temporary.0.join("set")).is_ok_and(|files| load(files).is_ok()),
        "the marker is no data file"
    );
    let (_, text) = run(&temporary.0, &["--out", "set", "--dry-run"], some);
    assert!(text.contains("set is already there: without `--force` nothing would be written"), "{text}");
    let set = temporary.0.join("set");
    for out in [".", "../set", "..", set.to_str().expect("UTF-8")] {
        let (code, text) = run(&set, &["--force", "--out", out], some);
        assert!(code == Some(2) && text.contains("working-directory"), "{out}: {text}");
    }
    assert_eq!(run(&temporary.0, &["--force", "--out", "set"], some).0, Some(0));
    fs::write(set.join("actors.json"), some).expect("written");
    let (code, text) = run(&temporary.0, &["--force", "--out", "set"], some);
    assert!(code == Some(2) && text.contains("changed-since-import") && text.contains("actors.json"), "{text}");
    assert_eq!(fs::read_to_string(set.join("actors.json")).expect("there"), some);
}

const LIST: &str = r#"{"records": {"sources": [{"id": "s", "title": "S", "published": "2020", "kind": "ngo", "reliability": "C"}]},
 "tables": [{"actors": [{"name": {"column": "name"}, "kind": "state", "summary": {"column": "text"}}]}]}"#;

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn tables_of_any_dialect_say_the_same(
        cells in proptest::collection::vec((a_text(), a_text()), 1..6),
        delimiter in proptest::sample::select(b",;\t|".as_slice()),
        (windows, mark) in any::<(bool, bool)>(),
    ) {
        let end = if windows { "\r\n" } else { "\n" };
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let sign = char::from(delimiter);
        let mut table = format!("{}name{sign}text{end}", if mark { "\u{feff}" } else { "" });
        for (n, (name, text)) in cells.iter().enumerate() {
            table.push_str(&format!("{}{sign}{}{end}", quoted(&format!("{n} {name}")), quoted(text)));
        }
        let imported = import_csv(vec![file("t.csv", table)], file("m.json", LIST), CsvOptions::default()).map_err(|r| TestCaseError::fail(told(&r)))?;
        let mut said: Vec<(String, String)> = imported.list("actors").iter()
            .map(|a| (a["name"].as_str().unwrap_or_default().to_owned(), a["summary"].as_str().unwrap_or_default().to_owned())).collect();
        said.sort();
        let mut wanted: Vec<(String, String)> = cells.iter().enumerate()
            .map(|(n, (name, text))| (format!("{n} {name}").trim().to_owned(), text.trim().to_owned())).collect();
        wanted.sort();
        prop_assert_eq!(said, wanted);
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn nothing_that_comes_in_breaks_an_import(bytes in proptest::collection::vec(any::<u8>(), 0..80), at in any::<prop::sample::Index>(), text in "[\\[\\]{}\",:;\n\r0-9a-z|\\\\-]{0,12}") {
        let _ = import_csv(vec![file("t.csv", bytes.clone())], file("m.json", LIST), CsvOptions::default());
        let _ = import_json(vec![file("t.json", bytes.clone())]);
        let _ = import_ftm(vec![file("t.json", bytes.clone())], None);
        let _ = canonical(vec![file("t.json", bytes)]);
        // A sound file with something put into it at some place.
        for name in ["actors.csv", "ties.csv", "ties.map.json"] {
            let broken = |wanted: &str| {
                let mut input = example(wanted);
                if wanted == name {
                    let mut bytes = input.bytes.to_vec();
                    let place = at.index(bytes.len());
                    bytes.splice(place..(place + text.len() / 2).min(bytes.len()), text.bytes());
                    input.bytes = bytes.into();
                }
                input
            };
            if let Err(refused) = import_csv(vec![broken("actors.csv"), broken("ties.csv")], broken("ties.map.json"), CsvOptions::default()) {
                prop_assert!(!refused.diagnostics.is_empty());
                prop_assert!(!told(&refused).is_empty());
            }
        }
        let entity = r#"{"id": "a", "schema": "Person", "properties": {"name": ["A"], "proof": ["d"]}}"#;
        let place = at.index(entity.len());
        let broken = format!("{}{text}{}", &entity[..place], &entity[place..]);
        let _ = import_ftm(vec![file("t.json", broken)], None).map_err(|r| told(&r));
    }
}

#[test]
fn an_import_onto_another_set_refers_to_its_actors_and_makes_none_of_them_again() {
    let map = json!({
        "records": {"sources": [{"id": "own", "title": "Own", "published": "2025-01", "kind": "dataset", "reliability": "C"}]},
        "tables": [{
            "actors": [{"name": {"column": "a"}, "kind": "armed_group"}],
            "relations": [{"subject": {"column": "a"}, "type": "rival_of", "object": {"column": "b"}, "valid": "2024", "basis": "reported",
                "claims": [{"source": "own", "locator": "row", "stance": "supports", "modality": "asserted", "credibility": 3, "note": {"text": "{a} and {b}."}}]}],
        }],
    });
    let table = || vec![file("t.csv", "a,b\nHayat Tahrir al-Sham,ISIS\nA New Group,hts\n")];
    let options = CsvOptions { onto: dataset::embedded_files(), ..CsvOptions::default() };
    let imported =
        import_csv(table(), file("m.json", map.to_string()), options).unwrap_or_else(|r| panic!("{}", told(&r)));
    let ids: Vec<&str> = imported.list("relations").iter().map(|r| r["id"].as_str().expect("an id")).collect();
    assert_eq!(ids, ["a-new-group.rival_of.hts", "hts.rival_of.isis"]);
    assert_eq!(imported.list("actors").len(), 1);
    let mut files = dataset::embedded_files();
    files.extend(
        imported.files.iter().filter(|f| !f.name.starts_with("schema/")).map(|f| file(&f.name, f.text.clone())),
    );
    let loaded = load(files).unwrap_or_else(|r| panic!("{}", told(&r)));
    assert!(loaded.graph.relation_by_slug("hts.rival_of.isis").is_some());
    assert!(
        import_csv(table(), file("m.json", map.to_string()), CsvOptions::default()).is_err(),
        "alone there is no such actor"
    );
}

#[test]
fn the_page_on_imports_shows_what_the_program_prints() {
    trycmd::TestCases::new().env("ALLEGIANCE_DATA", "").env("CLICOLOR_FORCE", "").case("docs/import.md");
}

// ---------------------------------------------------------------- FollowTheMoney

#[test]
fn what_export_ftm_writes_is_read_back_as_far_as_it_holds() {
    let output = program(&["export", "ftm"]);
    assert!(output.status.success());
    let imported =
        import_ftm(vec![file("syria.ftm.json", output.stdout)], None).unwrap_or_else(|r| panic!("{}", told(&r)));
    let ours: Value = serde_json::from_str(&to_text(&dataset::embedded(), None)).expect("JSON");
    // What the two say of each record of a list, in these fields.
    for (list, fields) in [
        ("sources", &["id", "title", "author", "publisher", "published", "kind", "reliability"][..]),
        ("actors", &["id", "name", "kind", "exists", "traits", "summary"]),
        ("relations", &["id", "subject", "type", "object", "valid", "roles", "note"]),
        ("events", &["id", "name", "kind", "date", "place", "note"]),
    ] {
        let picked = |records: &[Value]| -> Vec<Value> {
            records.iter().map(|r| fields.iter().map(|f| r.get(*f).cloned().unwrap_or_default()).collect()).collect()
        };
        let (wanted, found) = (picked(ours[list].as_array().expect("a list")), picked(imported.list(list)));
        assert_eq!(wanted.len(), found.len(), "{list}");
        for ((wanted, found), record) in wanted.iter().zip(&found).zip(ours[list].as_array().expect("a list")) {
            // What is denied is a note there, without the further parts of the relation.
            let is_denied = list == "relations"
                && record["claims"].as_array().expect("claims").iter().all(|c| c["stance"] == "denies");
            let said = |record: &Value| {
                record.as_array().expect("fields")[..if is_denied { 5 } else { fields.len() }].to_vec()
            };
            assert_eq!(said(wanted), said(found), "{list}");
        }
    }
    // And of every claim under relations: where it stands, how it speaks, what it says.
    let claims = |records: &[Value]| -> Vec<Value> {
        let fields = ["source", "locator", "stance", "modality", "credibility", "valid"];
        records
            .iter()
            .flat_map(|r| r["claims"].as_array().expect("claims"))
            .map(|c| fields.iter().map(|f| c.get(*f).cloned().unwrap_or_default()).collect())
            .collect()
    };
    assert_eq!(claims(ours["relations"].as_array().expect("a list")), claims(imported.list("relations")));
    assert_eq!(imported.claims(), 970);
}

#[test]
fn foreign_entities_become_what_the_rules_say_and_what_no_rule_covers_is_named() {
    let entities = r#"
{"id": "doc", "schema": "Article", "properties": {"title": ["A report"], "publishedAt": ["2020-05-01"], "publisher": ["A paper"]}}
{"id": "link", "schema": "Membership", "properties": {"member": ["p"], "organization": ["o"], "startDate": ["2012-03"], "proof": ["doc"]}}
{"id": "p", "schema": "Person", "properties": {"name": ["Ann Example", "A. Example"], "birthDate": ["1970"], "wikidataId": ["Q1"]}}
{"id": "o", "schema": "Organization", "properties": {"name": ["The Group"], "topics": ["crime.terror"], "abbreviation": ["TG"]}}
{"id": "o", "schema": "Organization", "properties": {"name": ["The Group"], "previousName": ["The Band"]}}
{"id": "g", "schema": "PublicBody", "properties": {"name": ["The Government"], "topics": ["gov.national"]}}
{"id": "u1", "schema": "UnknownLink", "properties": {"subject": ["g"], "object": ["o"], "role": ["Enemy of"], "date": ["2015"], "proof": ["doc"]}}
{"id": "u2", "schema": "UnknownLink", "properties": {"subject": ["g"], "object": ["o"], "role": ["knows"], "proof": ["doc"]}}
{"id": "r", "schema": "Representation", "properties": {"agent": ["o"], "client": ["g"], "proof": ["doc"]}}
{"id": "f", "schema": "Family", "properties": {"person": ["p"], "relative": ["p"]}}
{"id": "e", "schema": "Event", "properties": {"name": ["A raid"], "keywords": ["attack"], "date": ["2016-02-01"], "involved": ["o"], "proof": ["doc"]}}
{"id": "w", "schema": "Ownership", "properties": {"owner": ["g"], "asset": ["o"], "percentage": ["20"], "proof": ["doc"]}}
"#;
    let imported = import_ftm(vec![file("x.json", entities)], None).unwrap_or_else(|r| panic!("{}", told(&r)));
    let relations: Vec<String> = imported
        .list("relations")
        .iter()
        .map(|r| format!("{} {}", r["id"].as_str().unwrap_or_default(), r["valid"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(
        relations,
        [
            "ann-example.belongs_to.the-group 2012-03/",
            "the-government.enemy_of.the-group 2015",
            "the-group.proxy_of.the-government /.."
        ]
    );
    let kinds: Vec<&str> = imported.list("actors").iter().map(|a| a["kind"].as_str().unwrap_or_default()).collect();
    assert_eq!(kinds, ["person", "government", "armed_group"]);
    assert_eq!(
        imported.list("actors")[2]["names"],
        json!([{"name": "TG", "kind": "acronym"}, {"name": "The Band", "kind": "former"}])
    );
    assert_eq!(imported.list("actors")[0]["external_ids"], json!({"ftm": "p", "wikidata": "Q1"}));
    assert_eq!(imported.list("events").len(), 1);
    let notes = imported.notes.join("\n");
    for left in [
        "1 Family left out: no rule covers it",
        "1 UnknownLink left out: no relation type is called \"knows\"",
        "1 Ownership left out: a share of half",
    ] {
        assert!(notes.contains(left), "{left}: {notes}");
    }
    // What a link says of how firmly it is said.
    let link = r#"{"id": "f", "schema": "Family""#;
    let stated = [
        ("denied", "denies asserted"),
        ("alleged", "supports reported"),
        ("Disputed", "disputes asserted"),
        ("only offered", "supports offered"),
        ("Current", "supports asserted"),
    ];
    for (status, expected) in stated {
        let more = format!(
            r#"{{"id": "t", "schema": "UnknownLink", "properties": {{"subject": ["g"], "object": ["o"], "role": ["rival of"], "status": ["{status}"], "proof": ["doc"]}}}}
{link}"#
        );
        let imported = import_ftm(vec![file("x.json", entities.replacen(link, &more, 1))], None)
            .unwrap_or_else(|r| panic!("{}", told(&r)));
        let made = imported.list("relations").iter().find(|r| r["type"] == "rival_of").expect("made");
        let claim = &made["claims"][0];
        assert_eq!(
            format!("{} {}", claim["stance"].as_str().expect("a word"), claim["modality"].as_str().expect("a word")),
            expected,
            "{status}"
        );
    }
    for (status, why) in [
        ("pending", "what its status \"pending\" says is not known"),
        ("former", "it is over, and no date says since when"),
    ] {
        let more = format!(
            r#"{{"id": "t", "schema": "UnknownLink", "properties": {{"subject": ["g"], "object": ["o"], "role": ["rival of"], "status": ["{status}"], "proof": ["doc"]}}}}
{link}"#
        );
        let imported = import_ftm(vec![file("x.json", entities.replacen(link, &more, 1))], None)
            .unwrap_or_else(|r| panic!("{}", told(&r)));
        assert!(!imported.list("relations").iter().any(|r| r["type"] == "rival_of"));
        assert!(imported.notes.join("\n").contains(&format!("1 UnknownLink left out: {why}")), "{:?}", imported.notes);
    }
    // Without a document, somebody must be named who says so.
    let bare = entities.replace(r#", "proof": ["doc"]"#, "");
    let refused = import_ftm(vec![file("x.json", bare.clone())], None).expect_err("no source");
    assert!(refused.diagnostics.iter().all(|d| d.code == "no-source"), "{}", told(&refused));
    assert_eq!(refused.sources.place(&refused.diagnostics[0]).as_deref(), Some("x.json:3:1"));
    let map = r#"{"source": "dump", "records": {"sources": [{"id": "dump", "title": "A dump", "published": "2021", "kind": "dataset", "reliability": "F"}]},
      "roles": {"knows": "engages_with"}, "links": {"Representation": null}, "kinds": {"Organization": "militia"}, "topics": {"crime.terror": "militia"}}"#;
    let imported =
        import_ftm(vec![file("x.json", bare)], Some(file("map.json", map))).unwrap_or_else(|r| panic!("{}", told(&r)));
    let ids: Vec<&str> = imported.list("relations").iter().map(|r| r["id"].as_str().unwrap_or_default()).collect();
    assert_eq!(
        ids,
        [
            "ann-example.belongs_to.the-group",
            "the-government.enemy_of.the-group",
            "the-government.engages_with.the-group"
        ]
    );
    assert_eq!(imported.list("relations")[0]["claims"][0]["locator"], "entity link");
}

#[test]
fn a_format_that_cannot_be_answered_in_is_refused_before_anything_is_written() {
    let temporary = Temporary::new("formats");
    let messy = temporary.0.join("messy.json");
    let text = r#"{"actors":[{"kind":"state","id":"c","name":"C"}]}"#;
    fs::write(&messy, text).expect("written");
    let input = messy.to_str().expect("UTF-8");
    let out = temporary.0.join("out");
    let out = out.to_str().expect("UTF-8");
    for command in [
        &["import", "json", input, "--out", out][..],
        &["fmt", input],
        &["export", "dot", "--data", input, "--out", out],
        &["schema"],
        &["completions", "bash"],
        &["man", "--out", out],
    ] {
        for format in ["svg", "png", "html"] {
            let output = program(&[command, &["--format", format]].concat());
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{command:?} {format}: {error}");
            assert!(error.contains("not-drawn") && output.stdout.is_empty(), "{command:?} {format}: {error}");
        }
    }
    assert_eq!(temporary.names(), ["messy.json"]);
    assert_eq!(fs::read_to_string(&messy).expect("there"), text);
}

#[cfg(unix)]
#[test]
fn what_is_exported_to_a_file_keeps_links_permissions_and_leaves_nothing_beside_it() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    let temporary = Temporary::new("export");
    let at = |name: &str| temporary.0.join(name);
    fs::write(at("real.ttl"), "old").expect("written");
    fs::set_permissions(at("real.ttl"), fs::Permissions::from_mode(0o600)).expect("ours");
    symlink("real.ttl", at("link.ttl")).expect("ours");
    symlink("to-come.md", at("link.md")).expect("ours");
    fs::write(at("link.ttl.part"), "mine").expect("written");
    fs::create_dir(at("x.edges.csv")).expect("ours");
    let run =
        |arguments: &[&str], out: &str| program(&[arguments, &["--out", at(out).to_str().expect("UTF-8")]].concat());
    assert!(run(&["export", "turtle"], "link.ttl").status.success());
    assert!(run(&["brief", "hts"], "link.md").status.success());
    let read = |name: &str| fs::read_to_string(at(name)).expect("there");
    assert!(read("real.ttl").contains("@prefix") && read("to-come.md").contains("Tahrir"));
    assert_eq!(read("link.ttl.part"), "mine");
    assert_eq!(fs::metadata(at("real.ttl")).expect("there").permissions().mode() & 0o777, 0o600);
    for link in ["link.ttl", "link.md"] {
        assert!(fs::symlink_metadata(at(link)).expect("there").file_type().is_symlink(), "{link}");
    }
    // The second of a pair is in the way: neither is written.
    let refused = run(&["export", "csv"], "x");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("x.edges.csv"));
    assert_ne!(run(&["export", "dot"], "no/such/place").status.code(), Some(0));
    assert_eq!(temporary.names(), ["link.md", "link.ttl", "link.ttl.part", "real.ttl", "to-come.md", "x.edges.csv"]);
    // What is no file is written to, and stays what it is.
    assert!(program(&["brief", "hts", "--out", "/dev/null"]).status.success());
    assert!(fs::metadata("/dev/null").expect("there").file_type().is_char_device());
    let shown = program(&["brief", "hts", "--out", "/dev/stdout"]);
    assert_eq!(String::from_utf8_lossy(&shown.stdout), read("to-come.md"));
}

#[cfg(target_os = "linux")]
#[test]
fn fmt_rewrites_a_file_whose_path_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let temporary = Temporary::new("path");
    let directory = temporary.0.join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    fs::create_dir(&directory).expect("ours");
    fs::write(directory.join("a.json"), r#"{"actors":[{"kind":"state","id":"c","name":"C"}]}"#).expect("written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_allegiance"));
    assert!(command.arg("fmt").arg(&directory).output().expect("it runs").status.success());
    let text = fs::read_to_string(directory.join("a.json")).expect("there");
    assert!(text.starts_with("{\n \"actors\": [\n"), "{text}");
    assert_eq!(temporary.names().len(), 1);
}

// ---------------------------------------------------------------- size

/// What takes time in the square of its size in place of its size would need many minutes for this; so that it fails rather than hangs, it has one.
#[track_caller]
fn in_time<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (send, receive) = std::sync::mpsc::channel();
    std::thread::spawn(move || send.send(work()));
    receive.recv_timeout(Duration::from_secs(90)).unwrap_or_else(|_| panic!("{what}: not done after 90 s"))
}

/// The n-th of many names that are different and give one id.
fn of_one_id(n: usize) -> String {
    let signs: String = (0..6).map(|place| ['!', '?', '*', '=', '~', '^', '#', '%'][(n >> (3 * place)) % 8]).collect();
    format!("G {signs}")
}

#[test]
fn many_rows_with_one_id_claims_under_one_relation_and_errors_are_read_in_time() {
    const MANY: usize = 20_000;
    let map = |subject: Value| {
        json!({
            "records": {
                "sources": [{"id": "own", "title": "Own", "published": "2025-01", "kind": "dataset", "reliability": "C"}],
                "actors": [{"id": "x", "name": "X", "kind": "armed_group"}, {"id": "y", "name": "Y", "kind": "armed_group"}],
            },
            "tables": [{
                "actors": [{"name": {"column": "name"}, "kind": "armed_group"}],
                "relations": [{"subject": subject, "type": "rival_of", "object": "y", "valid": "2024", "basis": "reported",
                    "claims": [{"source": "own", "locator": {"column": "name"}, "stance": "supports", "modality": "asserted", "credibility": 3, "note": "It says so."}]}],
            }],
        })
        .to_string()
    };
    let table: String = (0..MANY).map(|n| format!("{},nobody {n}\n", of_one_id(n))).collect();
    let table = format!("name,other\n{table}");
    let import = |table: String, map: String| {
        move || import_csv(vec![file("t.csv", table)], file("m.json", map), CsvOptions::default())
    };
    let imported = in_time("rows", import(table.clone(), map("x".into()))).unwrap_or_else(|r| panic!("{}", told(&r)));
    let mut ids: Vec<&str> = imported.list("actors").iter().filter_map(|a| a["id"].as_str()).collect();
    assert_eq!(ids.len(), MANY + 2);
    ids.sort_by_key(|id| (id.len(), *id));
    assert_eq!(ids[..4], ["g", "x", "y", "g-2"]);
    assert_eq!(*ids.last().expect("many"), format!("g-{MANY}"));
    assert_eq!(imported.list("relations")[0]["claims"].as_array().map(Vec::len), Some(MANY));
    // The last error that is shown still has words to help.
    let few = MANY / 4;
    let table = table.lines().take(few + 1).fold(String::new(), |all, line| all + line + "\n");
    let wrong = table.replace("nobody 49\n", &format!("{}x\n", of_one_id(9)));
    let refused = in_time("errors", import(wrong, map(json!({"column": "other"})))).expect_err("nobody is known");
    let more = &refused.diagnostics[50].message;
    assert!(more.starts_with(&format!("{} more are not shown", few - 50)), "{more}");
    let last = &refused.diagnostics[49];
    assert_eq!(last.help[0], format!("did you mean `{}`?", of_one_id(9)), "{last:?}");
}

#[test]
fn many_entities_sanctions_among_them_are_read_in_time() {
    const MANY: usize = 20_000;
    let source =
        r#"{"id": "doc", "schema": "Article", "properties": {"title": ["A report"], "publishedAt": ["2020-05-01"]}}"#;
    let authority = r#"{"id": "gov", "schema": "Country", "properties": {"name": ["A State"]}}"#;
    let mut lines = format!("{source}\n{authority}\n");
    for n in 0..MANY {
        let name = of_one_id(n);
        lines.push_str(&format!(
            "{{\"id\": \"c{n}\", \"schema\": \"Company\", \"properties\": {{\"name\": [\"{name}\"]}}}}\n"
        ));
        lines.push_str(&format!(
            "{{\"id\": \"s{n}\", \"schema\": \"Sanction\", \"properties\": {{\"entity\": [\"c{n}\"], \"authority\": [\"A State\"], \"recordId\": [\"r{}\"], \"proof\": [\"doc\"], \"description\": [\"agreement: nobody {n}\"]}}}}\n",
            n / 2
        ));
    }
    // Our own link that tells what the first two sanctions tell.
    lines.push_str(r#"{"id": "agl-relation-r0", "schema": "UnknownLink", "properties": {"recordId": ["r0"]}}"#);
    let imported = in_time("entities", move || import_ftm(vec![file("x.json", lines)], None));
    let imported = imported.unwrap_or_else(|r| panic!("{}", told(&r)));
    let sanctions = imported.list("relations").iter().filter(|r| r["type"] == "sanctions").count();
    assert_eq!((imported.list("actors").len(), sanctions), (MANY + 1, MANY - 2));
    assert!(
        imported.notes.iter().any(|n| n.starts_with("2 Sanction left out: its link says the same")),
        "{:?}",
        imported.notes
    );
}
