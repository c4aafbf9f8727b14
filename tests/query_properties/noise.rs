//! Texts that are no queries, or nearly: soups of words, and real queries with a word lost, doubled, moved or put in. None of them panics.

use super::drawing::Drawing;
use super::random::Random;
use super::rewrites::parameters;
use allegiance::query::{Limits, Options, Prepared};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

const TEXTS: usize = 10_000;

const WORDS: &str = "MATCH OPTIONAL WHERE RETURN WITH UNWIND UNION ALL CALL EXISTS COUNT COLLECT { } ( ) [ ] -> <- - -- --> : | & ! % , . .. * + / ^ = <> < > <= >= =~ \
    == != AND OR XOR NOT IN IS NULL AS ORDER BY SKIP LIMIT DISTINCT DESC ASC CASE WHEN THEN ELSE END all any none single reduce shortestPath allShortestPaths \
    FOR VALID_TIME KNOWN_TIME OF FROM TO WITHIN POSSIBLY '2016' '2016~' '2016/..' '' \"x\" `a b` 0 1 -1 9223372036854775807 1e308 0x1F 3.5 null true false $id $ids $missing \
    a b r p n x A T S id name k w validAt(r,'2016') coexist(p) date('2016-01-01') duration('P1Y') range(0,3) size( count(*) sum( collect( nodes(p) relationships(p) \
    length(p) startNode(r) labels(a) type(r) (a) (b:A) -[r:T]-> -[*1..3]- -[*]- {1,2} {id: 'n1'} STARTS ENDS CONTAINS EXPLAIN PROFILE ; // /* */ ' \" ` \\ é 猫 \u{0} \u{feff} CREATE DELETE";

/// The queries of scripts and of the library.
fn queries() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut folders = vec![root.join("tests/query"), root.join("queries")];
    while let Some(folder) = folders.pop() {
        let mut paths: Vec<_> =
            fs::read_dir(&folder).expect("a folder of the package").flatten().map(|e| e.path()).collect();
        paths.sort();
        for path in paths {
            let text = match path.extension().and_then(|extension| extension.to_str()) {
                _ if path.is_dir() => {
                    folders.push(path);
                    continue;
                }
                Some("test" | "cypher") => fs::read_to_string(&path).expect("a text"),
                _ => continue,
            };
            let part = if path.extension().is_some_and(|e| e == "test") { "\n\n" } else { "\0" };
            found.extend(text.split(part).map(|part| {
                let lines: Vec<&str> = part.lines().take_while(|line| *line != "----").collect();
                let is_head = |line: &&&str| {
                    !["query ", "error ", "plan", "profile", "#", "graph ", "at ", "param ", "limit ", "known-by "]
                        .iter()
                        .any(|word| line.starts_with(word))
                };
                lines.iter().filter(is_head).copied().collect::<Vec<_>>().join("\n")
            }));
        }
    }
    found.retain(|text| !text.trim().is_empty());
    found
}

/// A text in pieces: words, numbers, blanks, and single signs.
fn pieces(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for sign in text.chars() {
        match all.last_mut() {
            Some(last) if sign.is_alphanumeric() && last.ends_with(char::is_alphanumeric) => last.push(sign),
            _ => all.push(sign.to_string()),
        }
    }
    all
}

fn mutated(random: &mut Random, queries: &[String], words: &[&str]) -> String {
    let mut all = pieces(&random.of(queries));
    for _ in 0..random.of(&[0, 1, 1, 1, 2, 3]) {
        if all.is_empty() {
            break;
        }
        let at = random.below(all.len());
        match random.below(7) {
            0 => drop(all.remove(at)),
            1 => all.insert(at, all[at].clone()),
            2 => {
                let other = random.below(all.len());
                all.swap(at, other);
            }
            3 => all.truncate(at),
            4 => {
                let other = pieces(&random.of(queries));
                let (from, count) = (random.below(other.len()), 1 + random.below(6));
                all.splice(at..at, other.into_iter().skip(from).take(count));
            }
            5 => all[at] = random.of(words).to_owned(),
            _ => all.insert(at, format!(" {} ", random.of(words))),
        }
    }
    all.concat()
}

#[test]
fn no_text_makes_it_panic() {
    let mut random = Random::new(8000);
    let drawing = Drawing::random(&mut random, 5, 8);
    let queries = queries();
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    assert!(queries.len() > 300, "{} queries", queries.len());
    let mut graph = drawing.graph();
    let (mut compiled, mut run) = (0, 0);
    for at in 0..TEXTS {
        let text = if at % 5 == 0 {
            (0..1 + random.below(25)).map(|_| random.of(&words)).collect::<Vec<_>>().join(" ")
        } else {
            mutated(&mut random, &queries, &words)
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let prepared = Prepared::new(&text, &mut graph, &Options::default()).ok()?;
            let _ = prepared.explain();
            let limits =
                Limits { deadline: Some(Instant::now() + Duration::from_millis(20)), rows: Some(1000), kept: 100_000 };
            let rows = prepared.run(&graph, &parameters(), limits);
            Some(rows.is_ok_and(|rows| rows.collect::<Result<Vec<_>, _>>().is_ok()))
        }));
        match outcome {
            Ok(found) => {
                compiled += usize::from(found.is_some());
                run += usize::from(found == Some(true));
            }
            Err(_) => panic!("this text panics:\n{text}\n{text:?}"),
        }
    }
    assert!(compiled * 10 > TEXTS && run * 15 > TEXTS, "{compiled} of {TEXTS} compile, {run} run");
}
