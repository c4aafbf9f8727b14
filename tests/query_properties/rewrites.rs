//! Every query has the same rows whichever rewrites are made: all, none, all but one, one alone.

use super::drawing::Drawing;
use super::grammar::{Grammar, Query};
use super::random::Random;
use allegiance::query::error::Result;
use allegiance::query::property_graph::PropertyGraph;
use allegiance::query::syntax::parse;
use allegiance::query::tree::Statement;
use allegiance::query::value::{Map, Value};
use allegiance::query::{Limits, Options, Prepared, REWRITES};
use std::ops::Range;
use std::time::{Duration, Instant};

/// How many graphs, and queries on each.
const GRAPHS: u64 = 50;
const QUERIES: usize = 40;

/// Queries that give more rows are left out: the graphs are small, and a product of patterns tells nothing more.
const MOST_ROWS: u64 = 400;

/// What a query came to.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    Rows(Vec<String>),
    /// It does not compile.
    Refused(String),
    /// It stopped: an error of a value, or a limit.
    Stopped(String),
}

pub(crate) fn parameters() -> Map {
    Map::from_iter([
        ("when", Value::text("2016-06-01")),
        ("id", Value::text("n1")),
        ("ids", Value::list(vec![Value::text("n0"), Value::text("n2"), Value::Null])),
        ("numbers", Value::list(vec![Value::Integer(1), Value::Integer(2)])),
        ("one", Value::Integer(1)),
    ])
}

fn prepare(statement: &Result<Statement>, graph: &mut PropertyGraph, without: &[&'static str]) -> Result<Prepared> {
    let options = Options { without: without.to_vec(), ..Options::default() };
    statement.clone().and_then(|statement| Prepared::from_tree(statement, graph, &options))
}

fn run(prepared: &Prepared, graph: &PropertyGraph) -> Outcome {
    let limits = Limits {
        deadline: Some(Instant::now() + Duration::from_millis(500)),
        rows: Some(MOST_ROWS),
        ..Limits::default()
    };
    let rows = prepared.run(graph, &parameters(), limits).and_then(Iterator::collect::<Result<Vec<_>>>);
    match rows {
        Ok(rows) => {
            let mut rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
            rows.sort_unstable();
            Outcome::Rows(rows)
        }
        Err(error) => Outcome::Stopped(error.to_string()),
    }
}

/// The sets of rewrites to leave out.
fn selections() -> Vec<Vec<&'static str>> {
    let mut all = vec![REWRITES.to_vec()];
    for one in REWRITES {
        all.push(vec![one]);
        all.push(REWRITES.iter().copied().filter(|other| other != one).collect());
    }
    all
}

/// What a query comes to with all rewrites, and without some where that is not the same.
fn outcomes(text: &str, graph: &mut PropertyGraph) -> (Outcome, Option<(Vec<&'static str>, Outcome)>) {
    let statement = parse(text);
    let with_all = match prepare(&statement, graph, &[]) {
        Ok(prepared) => prepared,
        Err(error) => return (Outcome::Refused(error.to_string()), None),
    };
    let rows = run(&with_all, graph);
    if !matches!(rows, Outcome::Rows(_)) {
        return (rows, None);
    }
    // A rewrite that changes nothing need not be run.
    let mut known = vec![format!("{with_all:?}")];
    for without in selections() {
        let prepared = prepare(&statement, graph, &without).expect("rewrites do not decide what compiles");
        let drawn = format!("{prepared:?}");
        if known.contains(&drawn) {
            continue;
        }
        known.push(drawn);
        let other = run(&prepared, graph);
        if matches!(other, Outcome::Rows(_)) && other != rows {
            return (rows, Some((without, other)));
        }
    }
    (rows, None)
}

/// The query cut down for as long as its rows differ.
fn shrunk(mut query: Query, graph: &mut PropertyGraph) -> Query {
    while let Some(less) = query.smaller().into_iter().find(|less| outcomes(&less.to_string(), graph).1.is_some()) {
        query = less;
    }
    query
}

fn check(seeds: Range<u64>) {
    let (mut asked, mut answered, mut refused, mut stopped) = (0u32, 0u32, Vec::new(), 0u32);
    for seed in seeds {
        let mut random = Random::new(seed);
        let drawing = Drawing::random(&mut random, 5, 8);
        let mut graph = drawing.graph();
        for _ in 0..QUERIES {
            let query = Grammar::new(&mut random).query();
            let (rows, other) = outcomes(&query.to_string(), &mut graph);
            if other.is_some() {
                let least = shrunk(query, &mut graph).to_string();
                let found = outcomes(&least, &mut graph);
                panic!("seed {seed}: {least}\n{found:#?}\n{drawing}");
            }
            asked += 1;
            match rows {
                Outcome::Rows(rows) => answered += u32::from(!rows.is_empty()),
                Outcome::Refused(error) => refused.push(format!("{query}: {error}")),
                Outcome::Stopped(_) => stopped += 1,
            }
        }
    }
    assert!(refused.is_empty(), "{} of {asked} do not compile: {:#?}", refused.len(), &refused[..refused.len().min(5)]);
    assert!(stopped * 50 < asked, "{stopped} of {asked} were stopped");
    assert!(answered * 3 > asked, "only {answered} of {asked} have rows");
}

#[test]
fn rows_are_the_same_with_each_rewrite_and_without() {
    check(0..GRAPHS / 2);
}

// In two halves, which run beside each other.
#[test]
fn rows_are_the_same_with_each_rewrite_and_without_on_more_graphs() {
    check(GRAPHS / 2..GRAPHS);
}
