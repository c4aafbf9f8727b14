//! Compiled sets: the same answers as from memory, the same bytes each time, and no answer out of a damaged one.

use allegiance::dataset::{self, InputFile};
use allegiance::graph::{ClaimFilter, Direction, TemporalGraph};
use allegiance::model::{ActorId, RelationId};
use allegiance::snapshot::{self, Extras, OpenError};
use allegiance::time::{Day, Reading, Window};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A directory that goes when the test ends.
struct Desk(PathBuf);

impl Desk {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("allegiance-snapshot-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(&self.0).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn compiled(desk: &Desk, graph: &TemporalGraph) -> PathBuf {
    let path = desk.file("set.agz");
    snapshot::write(&path, graph, Extras::default()).unwrap();
    path
}

fn day(year: i32) -> Day {
    Day::from_ymd(year, 6, 30).unwrap()
}

/// All that can be asked of a graph without naming an answer: each line something that it says.
fn everything(graph: &TemporalGraph) -> Vec<String> {
    in_years(graph, &[1979, 2011, 2015, 2018, 2022, 2025, 2030])
}

fn in_years(graph: &TemporalGraph, years: &[i32]) -> Vec<String> {
    let mut said = vec![format!("{:?}", graph.vocabulary()), format!("{:?}", graph.horizon())];
    said.extend(graph.sources().map(|s| format!("{s:?}")));
    said.extend(graph.actors().map(|(id, a)| format!("{a:?} {:?} {:?}", graph.life(id), graph.kind_of(id))));
    said.extend(graph.relations().map(|(id, r)| {
        let found = graph.relation_by_slug(&r.slug);
        format!("{r:?} {:?} {:?} {:?} {found:?}", graph.standing(id), graph.ends(id), graph.type_of(id))
    }));
    said.extend(graph.events().map(|e| format!("{e:?}")));
    let actors: Vec<ActorId> = graph.actors().map(|(id, _)| id).collect();
    for year in years.iter().copied() {
        for reading in [Reading::Certain, Reading::Possible] {
            let window = Window::sometime(day(year), day(year + 1));
            for view in [graph.on(day(year), reading), graph.view(window, reading), graph.all_time(reading)] {
                said.push(format!("{:?}", view.relations().collect::<Vec<RelationId>>()));
                said.push(format!("{:?}", view.tally()));
                for actor in &actors {
                    let row = view.row(*actor, Direction::Incoming).map(|n| (n.other, n.relation, n.kind));
                    said.push(format!("{:?}", row.collect::<Vec<_>>()));
                    let ties = view.ties(*actor).map(|n| (n.other, n.relation, graph.extent_of(n)));
                    said.push(format!("{:?}", ties.collect::<Vec<_>>()));
                }
            }
            let known = ClaimFilter { known_by: Some(day(2020)), ..ClaimFilter::default() };
            said.push(format!("{:?}", graph.on(day(year), reading).with_claims(known).relations().collect::<Vec<_>>()));
            said.push(format!("{:?}", graph.began(day(year), day(year + 2), reading)));
            said.push(format!("{:?}", graph.ended(day(year), day(year + 2), reading)));
            said.push(format!("{:?}", graph.changed(day(year), day(year + 2), reading)));
        }
    }
    said
}

#[test]
fn a_compiled_set_says_what_the_graph_says_that_it_was_made_of() {
    let (desk, graph) = (Desk::new(), dataset::embedded());
    let opened = snapshot::open(&compiled(&desk, &graph)).unwrap();
    let (expected, found) = (everything(&graph), everything(&opened.graph));
    assert_eq!(expected.len(), found.len());
    for (a, b) in expected.iter().zip(&found) {
        assert_eq!(a, b);
    }
    opened.graph.check_health().unwrap();
}

#[test]
fn the_same_input_makes_the_same_bytes_also_out_of_a_compiled_set() {
    let (desk, graph) = (Desk::new(), dataset::embedded());
    let first = fs::read(compiled(&desk, &graph)).unwrap();
    let opened = snapshot::open(&desk.file("set.agz")).unwrap();
    snapshot::write(&desk.file("again.agz"), &opened.graph, Extras::default()).unwrap();
    assert!(first == fs::read(desk.file("again.agz")).unwrap());
    assert_eq!(desk.names(), ["again.agz", "set.agz"]);
}

/// Every byte of a small set, changed one at a time: it is refused, or the damage is told, or it lay between sections and changes nothing.
#[test]
fn no_changed_byte_changes_an_answer_without_a_word() {
    let desk = Desk::new();
    let text = br#"{
        "sources": [{"id": "s", "title": "S", "published": "2020-02-03", "kind": "news", "reliability": "B"}],
        "actors": [
            {"id": "a", "name": "Alpha", "kind": "state"}, {"id": "b", "name": "Beta", "kind": "state", "exists": "1990/.."},
            {"id": "c", "name": "Gamma", "kind": "state", "names": [{"name": "Gimel", "kind": "alias"}]}
        ],
        "relations": [
            {"id": "a.allied_with.b", "subject": "a", "type": "allied_with", "object": "b", "basis": "reported", "valid": "2001-02-03/2015~",
             "claims": [{"source": "s", "locator": "p. 3", "stance": "supports", "modality": "asserted", "credibility": 2, "note": "so it is"}]},
            {"id": "b.allied_with.c", "subject": "b", "type": "allied_with", "object": "c", "basis": "reported", "valid": "2010-01-01/2012-12-31",
             "claims": [{"source": "s", "locator": "p. 4", "stance": "supports", "modality": "asserted", "credibility": 2, "note": "so it was"}]}
        ],
        "events": [{"id": "e", "name": "Talks", "kind": "negotiation", "date": "2011-05", "participants": [{"actor": "a", "role": "party"}],
             "claims": [{"source": "s", "locator": "p. 5", "stance": "supports", "modality": "asserted", "credibility": 2, "note": "they met"}]}]
    }"#;
    let file = InputFile { name: "x.json".into(), bytes: text.to_vec().into() };
    let graph = match dataset::load_without_warnings(vec![file]) {
        Ok(graph) => graph,
        Err(refused) => panic!("{:#?}", refused.diagnostics),
    };
    let path = compiled(&desk, &graph);
    let sound = fs::read(&path).unwrap();
    let expected = in_years(&graph, &[2011]);
    let (mut refused, mut told, mut harmless) = (0, 0, 0);
    // All of the head, the directory and the small arrays; of the vocabulary, which is most of the file, every 29th byte.
    for at in (0..sound.len()).filter(|at| *at < 3000 || at % 29 == 0 || at + 2000 > sound.len()) {
        let mut bytes = sound.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&path, &bytes).unwrap();
        let Ok(opened) = snapshot::open(&path) else {
            refused += 1;
            continue;
        };
        let found = in_years(&opened.graph, &[2011]);
        match opened.graph.check_health() {
            Err(damage) => {
                assert!(damage.to_string().contains("set.agz is damaged: "), "{damage}");
                told += 1;
            }
            Ok(()) => {
                assert!(found == expected, "byte {at} changed an answer");
                harmless += 1;
            }
        }
    }
    assert!(refused > 300 && told > 200 && harmless > 50, "{refused} refused, {told} told, {harmless} harmless");
}

#[test]
fn a_file_that_was_cut_or_lengthened_is_refused() {
    let (desk, graph) = (Desk::new(), dataset::embedded());
    let path = compiled(&desk, &graph);
    let sound = fs::read(&path).unwrap();
    for length in [1, 7, 8, 63, 64, 65, 1000, sound.len() / 2, sound.len() - 1] {
        fs::write(&path, &sound[..length]).unwrap();
        let error = snapshot::open(&path).unwrap_err();
        let is_expected = match error {
            OpenError::Foreign => length < 8,
            OpenError::Length(is, _) => is == length as u64,
            _ => false,
        };
        assert!(is_expected, "{length}: {error}");
    }
    fs::write(&path, [sound.as_slice(), b"x"].concat()).unwrap();
    assert!(matches!(snapshot::open(&path), Err(OpenError::Length(..))));
    fs::write(&path, b"").unwrap();
    assert!(matches!(snapshot::open(&path), Err(OpenError::Foreign)));
}

#[test]
fn another_file_another_format_and_another_order_of_bytes_are_told_apart() {
    let (desk, graph) = (Desk::new(), dataset::embedded());
    let path = compiled(&desk, &graph);
    let sound = fs::read(&path).unwrap();
    let with = |at: usize, bytes: &[u8]| {
        let mut changed = sound.clone();
        changed[at..at + bytes.len()].copy_from_slice(bytes);
        fs::write(&path, changed).unwrap();
        snapshot::open(&path).unwrap_err().to_string()
    };
    assert_eq!(with(0, b"SQLite f"), "it is no compiled set");
    assert_eq!(with(8, &7u32.to_le_bytes()), "it is of format 7, and this program reads format 1");
    assert_eq!(with(12, &0x0102_0304u32.to_be_bytes()), "it was made on a machine that orders bytes the other way");
    assert_eq!(with(40, &[1]), "it is damaged: the sum of its head is wrong");
    assert!(matches!(snapshot::open(Path::new("data")), Err(OpenError::Foreign)));
    assert!(matches!(snapshot::open(Path::new("no such file")), Err(OpenError::Io(_))));
    assert!(!snapshot::is_compiled(Path::new("data")) && !snapshot::is_compiled(Path::new("README.md")));
}

#[test]
fn what_is_not_finished_leaves_the_old_file_and_nothing_beside_it() {
    let (desk, graph) = (Desk::new(), dataset::embedded());
    let path = compiled(&desk, &graph);
    let before = fs::read(&path).unwrap();
    let sources: Vec<_> = graph.sources().map(|(_, source)| source.clone()).collect();
    let begin =
        || snapshot::Writer::begin(&path, graph.vocabulary(), &sources, graph.actors().map(|(_, a)| a)).unwrap();
    let mut writer = begin();
    for (_, relation) in graph.relations().take(100) {
        writer.relation(relation).unwrap();
    }
    drop(writer);
    assert!(fs::read(&path).unwrap() == before && desk.names() == ["set.agz"]);
    // Two of one id are found at the end.
    let mut writer = begin();
    let relation = graph.relations().next().unwrap().1;
    writer.relation(relation).unwrap();
    writer.relation(relation).unwrap();
    let error = writer.finish(std::iter::empty(), Extras::default()).unwrap_err();
    assert_eq!(error.to_string(), format!("two relations have the id `{}`", relation.slug));
    assert!(fs::read(&path).unwrap() == before && desk.names() == ["set.agz"]);
    // Killed: nothing is tidied up, and still the old file stands and a new one can be made.
    let mut writer = begin();
    writer.relation(relation).unwrap();
    std::mem::forget(writer);
    assert!(fs::read(&path).unwrap() == before && desk.names().len() == 2);
    snapshot::write(&path, &graph, Extras::default()).unwrap();
    assert!(fs::read(&path).unwrap() == before && desk.names().len() == 2);
    // A directory is not replaced.
    assert!(snapshot::write(&desk.0, &graph, Extras::default()).is_err());
}

#[test]
fn relations_in_any_order_make_the_set_that_they_make_in_theirs() {
    let (desk, graph) = (Desk::new(), dataset::embedded());
    let sources: Vec<_> = graph.sources().map(|(_, source)| source.clone()).collect();
    let path = desk.file("shuffled.agz");
    let mut writer =
        snapshot::Writer::begin(&path, graph.vocabulary(), &sources, graph.actors().map(|(_, a)| a)).unwrap();
    let mut relations: Vec<_> = graph.relations().map(|(_, relation)| relation).collect();
    relations.sort_by_key(|relation| std::cmp::Reverse((relation.claims.len(), relation.slug.clone())));
    for relation in relations {
        writer.relation(relation).unwrap();
    }
    writer.finish(graph.events().map(|(_, event)| event), Extras::default()).unwrap();
    let opened = snapshot::open(&path).unwrap();
    assert!(everything(&graph) == everything(&opened.graph));
    snapshot::verify(&path).unwrap();
}

#[test]
fn who_has_the_old_file_open_keeps_it() {
    let (desk, graph) = (Desk::new(), dataset::embedded());
    let path = compiled(&desk, &graph);
    let old = snapshot::open(&path).unwrap();
    let empty = dataset::load_without_warnings(vec![]).unwrap();
    snapshot::write(&path, &empty, Extras::default()).unwrap();
    assert_eq!(snapshot::open(&path).unwrap().graph.relation_count(), 0);
    assert!(everything(&graph) == everything(&old.graph));
}

/// The bytes of a small set with dates of many forms. When this fails, either the vocabulary that comes with the program changed, or the version of Unicode, and the sum is to be renewed; or what
/// a compiled set holds did, and then `snapshot::FORMAT` must be raised with it, since older files would be read as something they are not.
#[test]
fn the_format_does_not_change_under_one_number() {
    let desk = Desk::new();
    let dates = ["2001-02-03/2015~", "2010-01-01/2012-12-31", "2016-07", "/..", "2017/..2025-03", "1648/1806-08-06"];
    let relations: Vec<String> = dates
        .iter()
        .enumerate()
        .map(|(at, valid)| {
            let stance = ["supports", "supports", "disputes"][at % 3];
            format!(
                r#"{{"id": "r{at}", "subject": "a", "type": "allied_with", "object": "b", "basis": "reported", "valid": "{valid}", "claims": [
                {{"source": "s", "locator": "p. {at}", "stance": "{stance}", "modality": "asserted", "credibility": 2, "note": "so it is"}}]}}"#
            )
        })
        .collect();
    let text = format!(
        r#"{{"sources": [{{"id": "s", "title": "S", "published": "2020-02", "kind": "news", "reliability": "B"}}],
        "actors": [{{"id": "a", "name": "Alpha", "kind": "state"}},
        {{"id": "b", "name": "Bet\u00e1 Group", "kind": "state", "exists": "1600/2018"}}], "relations": [{}]}}"#,
        relations.join(",")
    );
    let file = InputFile { name: "x.json".into(), bytes: text.into_bytes().into() };
    let graph = match dataset::load_without_warnings(vec![file]) {
        Ok(graph) => graph,
        Err(refused) => panic!("{:#?}", refused.diagnostics),
    };
    let bytes = fs::read(compiled(&desk, &graph)).unwrap();
    assert_eq!(
        (snapshot::FORMAT, bytes.len(), xxhash_rust::xxh3::xxh3_64(&bytes)),
        (1, 536_877, 1_573_360_266_764_928_917)
    );
}

#[test]
fn what_is_damaged_is_not_compiled_again() {
    let (desk, graph) = (Desk::new(), dataset::embedded());
    let path = compiled(&desk, &graph);
    let mut bytes = fs::read(&path).unwrap();
    bytes[100] ^= 1;
    fs::write(&path, bytes).unwrap();
    let opened = snapshot::open(&path).unwrap();
    let error = snapshot::write(&desk.file("again.agz"), &opened.graph, Extras::default()).unwrap_err();
    assert!(error.to_string().contains("set.agz is damaged: the sum of actors.records at byte 64 is wrong"), "{error}");
    assert_eq!(desk.names(), ["set.agz"]);
}

/// A directory's own compiled set is used while it is what the files say, and never after.
#[test]
fn a_cache_is_passed_over_as_soon_as_the_files_say_something_else() {
    let desk = Desk::new();
    let program = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_allegiance"));
        let output = command.arg("--data").arg(&desk.0).args(arguments).env_remove("ALLEGIANCE_DATA").output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap(), output.status.code())
    };
    let write = |name: &str, actor: &str| {
        let text = format!(r#"{{"actors": [{{"id": "a-{}", "name": "{actor}", "kind": "state"}}]}}"#, &name[..1]);
        fs::write(desk.file(name), text).unwrap();
    };
    let names = || program(&["list", "actors", "--format", "csv"]).0;
    write("x.json", "Before");
    let (_, complaint, code) = program(&["compile", "--cache"]);
    assert_eq!(code, Some(0), "{complaint}");
    let cache = dataset::cache_path(&desk.0);
    let is_used = || {
        let files = dataset::read(&desk.0).unwrap();
        dataset::cached(&desk.0, &files, None).is_some()
    };
    assert!(is_used() && names().contains("Before"));
    // Another content of the same length, another file, another name, a file less: read anew each time.
    write("x.json", "Beware");
    assert!(!is_used() && names().contains("Beware"));
    write("x.json", "Before");
    assert!(is_used());
    write("y.json", "Beside");
    assert!(!is_used() && names().contains("Beside"));
    fs::remove_file(desk.file("y.json")).unwrap();
    fs::rename(desk.file("x.json"), desk.file("z.json")).unwrap();
    assert!(!is_used());
    fs::rename(desk.file("z.json"), desk.file("x.json")).unwrap();
    assert!(is_used());
    // Damage in its head is as if there were none; damage elsewhere is told.
    let sound = fs::read(&cache).unwrap();
    for at in [3, 20, sound.len() - 1] {
        let mut damaged = sound.clone();
        damaged[at] ^= 1;
        fs::write(&cache, damaged).unwrap();
        assert!(names().contains("Before"), "{at}");
    }
    let mut damaged = sound.clone();
    damaged[72] ^= 1;
    fs::write(&cache, damaged).unwrap();
    let (answer, complaint, code) = program(&["list", "actors", "--format", "csv"]);
    assert!(answer.is_empty() && complaint.contains("error[damaged-set]") && code == Some(2), "{answer}{complaint}");
}
