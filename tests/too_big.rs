//! Drawings of more than can be told apart are refused, with flags that help and the numbers they would leave; the numbers are true.

use serde_json::json;
use std::path::Path;
use std::process::{Command, Output};

fn export(data: &Path, flags: &[&str]) -> Output {
    export_as("svg", data, flags)
}

fn export_as(format: &str, data: &Path, flags: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_allegiance"))
        .args(["export", format, "--data"])
        .arg(data)
        .args(flags)
        .env_remove("ALLEGIANCE_DATA")
        .output()
        .expect("the program runs")
}

/// A data set of `count` actors, nine hundred or the like: clans of a hundred, each around a chief, the chiefs in a ring; enmity every fifth.
fn big(folder: &Path, count: usize) {
    let claim = json!([{"source": "s", "locator": "¶1", "stance": "supports", "modality": "asserted", "credibility": 2, "note": "N."}]);
    let actors: Vec<_> = (0..count)
        .map(|n| json!({"id": format!("a{n:03}"), "name": format!("Actor {n}"), "kind": "armed_group"}))
        .collect();
    let mut relations = Vec::new();
    for n in 0..count {
        let chief = n / 100 * 100;
        let (object, kind) = match n % 100 {
            0 => ((n + 100) % count, "allied_with"),
            m if m % 5 == 0 => (chief, "enemy_of"),
            _ => (chief, "cooperates_with"),
        };
        let valid = if n % 2 == 0 { "2010/2020" } else { "2010/2014" };
        relations.push(json!({"id": format!("r{n:03}"), "subject": format!("a{n:03}"), "type": kind, "object": format!("a{object:03}"),
            "valid": valid, "basis": "reported", "claims": claim}));
    }
    let file = json!({
        "sources": [{"id": "s", "title": "S", "published": "2020-01-01", "kind": "news", "reliability": "B"}],
        "actors": actors, "relations": relations
    });
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::write(folder.join("big.json"), file.to_string()).expect("written");
}

fn counts(svg: &str) -> (usize, usize) {
    (svg.matches("class=\"actor\"").count(), svg.matches("class=\"relation\"").count())
}

#[test]
fn too_much_is_refused_and_every_way_out_leaves_what_it_says() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("too-big");
    big(&folder, 900);
    let refused = export(&folder, &["--during", "2012/2013"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(refused.stdout.is_empty(), "nothing is drawn");
    let told = String::from_utf8(refused.stderr).expect("UTF-8");
    assert!(told.contains("error[too-big-to-draw]: the view has 900 actors and 900 relations"), "{told}");
    assert!(told.contains("at most 300 actors"), "{told}");
    assert!(told.contains("`--max-actors 900`"), "{told}");
    let mut tried = 0;
    for line in told.lines().filter(|line| line.contains("` leaves ")) {
        let flags: Vec<&str> = line.split('`').nth(1).expect("flags").split(' ').collect();
        let numbers: Vec<usize> =
            line.split("leaves ").nth(1).expect("numbers").split(' ').filter_map(|word| word.parse().ok()).collect();
        let mut all = flags.clone();
        if !flags.contains(&"--at") {
            all.extend(["--during", "2012/2013"]);
        }
        let drawn = export(&folder, &all);
        assert!(drawn.status.success(), "{line}: {}", String::from_utf8_lossy(&drawn.stderr));
        let svg = String::from_utf8(drawn.stdout).expect("UTF-8");
        assert_eq!([counts(&svg).0, counts(&svg).1], numbers[..], "{line}");
        tried += 1;
    }
    assert!(tried >= 2, "{told}");
}

#[test]
fn relations_are_limited_as_well_and_limits_can_be_raised() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("too-many-lines");
    big(&folder, 900);
    let around = ["--at", "2012", "--around", "a000"];
    let refused = export(&folder, &[&around[..], &["--max-relations", "50"]].concat());
    assert_eq!(refused.status.code(), Some(2));
    let told = String::from_utf8(refused.stderr).expect("UTF-8");
    assert!(told.contains("at most 50 relations") && told.contains("`--max-relations "), "{told}");
    let drawn = export(&folder, &around);
    assert!(drawn.status.success());
    assert_eq!(counts(&String::from_utf8(drawn.stdout).expect("UTF-8")), (102, 101));
}

#[test]
fn the_explorer_takes_what_drawings_refuse_and_has_a_limit_of_its_own() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("big-for-drawings");
    big(&folder, 900);
    let told = String::from_utf8(export(&folder, &["--at", "2012"]).stderr).expect("UTF-8");
    assert!(told.contains("export `html`, `gexf` or `graphml`"), "{told}");
    for format in ["html", "gexf"] {
        let written = export_as(format, &folder, &["--at", "2012"]);
        assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
        let text = String::from_utf8(written.stdout).expect("UTF-8");
        assert!(text.contains("Actor 899"));
        assert!(format == "html" || text.matches("<viz:position").count() == 900, "every actor has a place");
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("too-big-for-the-explorer");
    big(&folder, 2_100);
    let refused = export_as("html", &folder, &["--at", "2012"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(refused.stdout.is_empty());
    let told = String::from_utf8(refused.stderr).expect("UTF-8");
    assert!(
        told.contains("the view has 2100 actors and 2100 relations, more than can be told apart in the explorer"),
        "{told}"
    );
    assert!(told.contains("at most 2000 actors") && told.contains("`--max-actors 2100`"), "{told}");
    assert!(told.contains("export `gexf` or `graphml`") && !told.contains("`html`"), "{told}");
    let told = String::from_utf8(export(&folder, &["--at", "2012"]).stderr).expect("UTF-8");
    assert!(
        told.contains("export `gexf` or `graphml`") && !told.contains("`html`"),
        "html would be refused as well: {told}"
    );
    assert!(export_as("html", &folder, &["--at", "2012", "--max-actors", "2100"]).status.success());
}

#[test]
fn any_number_of_hops_ends_where_nobody_new_is_reached() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("many-hops");
    big(&folder, 900);
    let around = ["--at", "2012", "--around", "a001", "--hops", "18446744073709551615"];
    let all = export_as("node-link", &folder, &around);
    assert!(all.status.success());
    let graph: serde_json::Value = serde_json::from_slice(&all.stdout).expect("JSON");
    assert_eq!(graph["nodes"].as_array().expect("a list").len(), 900);
}

#[test]
fn matrices_are_drawn_of_few_and_put_in_blocs_of_some() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("big-matrix");
    big(&folder, 900);
    let matrix = |flags: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_allegiance"))
            .args(["matrix", "--at", "2012", "--data"])
            .arg(&folder)
            .args(flags)
            .env_remove("ALLEGIANCE_DATA")
            .output()
            .expect("the program runs")
    };
    for format in ["svg", "html"] {
        let refused = matrix(&["--top", "121", "--format", format]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(refused.stdout.is_empty(), "nothing is drawn");
        let told = String::from_utf8(refused.stderr).expect("UTF-8");
        assert!(told.contains("error[too-big-to-draw]: the matrix has 121 actors"), "{told}");
        assert!(told.contains("`--top 120`"), "{told}");
        assert!(matrix(&["--top", "120", "--order", "name", "--format", format]).status.success());
    }
    let told = String::from_utf8(matrix(&["--top", "401"]).stderr).expect("UTF-8");
    assert!(told.contains("error[too-many-for-blocs]: 401 actors") && told.contains("`--order name`"), "{told}");
}
