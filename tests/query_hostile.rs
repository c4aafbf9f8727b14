//! Queries that mean harm: each ends in rows, an error or a limit, within seconds and on the small stack of a thread.

use allegiance::dataset;
use allegiance::graph::TemporalGraph;
use allegiance::query::error::{Error, Kind};
use allegiance::query::property_graph::PropertyGraph;
use allegiance::query::temporal_graph::QueryGraph;
use allegiance::query::value::{Map, Value};
use allegiance::query::{Limits, Options, Prepared, REWRITES};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

static DATA: LazyLock<TemporalGraph> = LazyLock::new(dataset::embedded);

/// Longer than any of these queries may take in a debug build.
const SECONDS: u64 = 30;

/// What became of a query: the first rows, and how many there were.
type Outcome = Result<(Vec<Vec<Value>>, usize), Box<Error>>;

/// Runs a query on a stack of two megabytes, the least that threads have; on the shipped data or on an empty graph.
fn run_under(query: String, is_shipped: bool, limits: Limits) -> Outcome {
    let begun = Instant::now();
    let work = move || {
        if is_shipped {
            ask(&query, &mut QueryGraph::new(&DATA), limits)
        } else {
            ask(&query, &mut PropertyGraph::new(), limits)
        }
    };
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(work).expect("a thread");
    let outcome = thread.join().expect("no panic");
    assert!(begun.elapsed() < Duration::from_secs(SECONDS), "{:?}", begun.elapsed());
    outcome
}

fn ask<G: allegiance::query::graph::Graph>(query: &str, graph: &mut G, limits: Limits) -> Outcome {
    let options = Options::default();
    let prepared = Prepared::new(query, graph, &options)?;
    let _ = prepared.explain();
    let (mut first, mut count) = (Vec::new(), 0);
    for row in prepared.run(graph, &Map::new(), limits)? {
        let row = row?;
        count += 1;
        if count <= 10 {
            first.push(row);
        }
    }
    let _ = Prepared::new(query, graph, &Options { without: REWRITES.to_vec(), ..options })?.explain();
    Ok((first, count))
}

fn run(query: String) -> Outcome {
    run_under(query, false, Limits { deadline: Some(Instant::now() + Duration::from_secs(10)), ..Limits::default() })
}

/// Runs a query on the shipped data for at most a second.
fn a_second(query: &str) -> Outcome {
    LazyLock::force(&DATA);
    let begun = Instant::now();
    let limits = Limits { deadline: Some(begun + Duration::from_secs(1)), ..Limits::default() };
    let outcome = run_under(query.to_owned(), true, limits);
    assert!(begun.elapsed() < Duration::from_secs(5), "{query}: {:?}", begun.elapsed());
    outcome
}

#[track_caller]
fn is_limit(outcome: Outcome, codes: &[&str]) {
    let error = outcome.expect_err("a limit");
    assert!(codes.contains(&error.code().as_str()), "{error:?}");
    assert_eq!(error.kind, Kind::LimitReached, "{error:?}");
    assert!(!error.help.is_empty(), "{error:?}");
}

/// Rows or a limit, both will do.
#[track_caller]
fn ends(outcome: Outcome) {
    if let Err(error) = outcome {
        assert_eq!(error.kind, Kind::LimitReached, "{error:?}");
    }
}

fn nested(open: &str, inner: &str, close: &str, times: usize) -> String {
    format!("{}{inner}{}", open.repeat(times), close.repeat(times))
}

#[test]
fn brackets_a_hundred_thousand_deep_are_refused() {
    const DEEP: usize = 100_000;
    for (open, inner, close) in
        [("(", "1", ")"), ("[", "", "]"), ("NOT ", "true", ""), ("-", "1", ""), ("{a:", "1", "}")]
    {
        let times = DEEP.min(200_000 / (open.len() + close.len()));
        is_limit(run(format!("RETURN {}", nested(open, inner, close, times))), &["nesting-too-deep"]);
        is_limit(
            run(format!("RETURN {}", nested(open, inner, close, DEEP * 3))),
            &["nesting-too-deep", "query-too-long"],
        );
    }
    is_limit(run(format!("RETURN {}", nested("CASE WHEN true THEN ", "1", " END", 10_000))), &["nesting-too-deep"]);
    is_limit(run(format!("RETURN {}", nested("size([", "1", "])", 20_000))), &["nesting-too-deep"]);
    is_limit(run(format!("RETURN {}1", "1^".repeat(100_000))), &["nesting-too-deep"]);
    is_limit(run(format!("RETURN {}", nested("EXISTS { MATCH (a) WHERE ", "true", "}", 2_000))), &["nesting-too-deep"]);
    is_limit(run(nested("CALL { ", "RETURN 1 AS x", " } RETURN x", 2_000)), &["nesting-too-deep"]);
}

#[test]
fn as_deep_as_allowed_runs() {
    for (open, inner, close) in
        [("(", "1", ")"), ("[", "", "]"), ("NOT ", "true", ""), ("{a:", "1", "}"), ("abs(", "1", ")")]
    {
        let (rows, count) = run(format!("RETURN {} AS x", nested(open, inner, close, 95))).expect("not too deep");
        assert_eq!((rows.len(), count), (1, 1));
    }
    let (_, count) = run(nested("CALL { ", "RETURN 1 AS x", " } RETURN x", 30)).expect("not too deep");
    assert_eq!(count, 1);
    let (_, count) =
        run(format!("RETURN {}", nested("COUNT { MATCH (a) WHERE 0 = ", "0", "}", 30))).expect("not too deep");
    assert_eq!(count, 1);
}

#[test]
fn long_chains_of_operators_run_or_are_refused() {
    for (term, operator) in
        [("1", "+"), ("1", "-"), ("1", "*"), ("true", " AND "), ("true", " OR "), ("true", " XOR "), ("1", "<")]
    {
        for times in [100, 155, 999, 10_000, 250_000 / (term.len() + operator.len())] {
            ends(run(format!("RETURN {}{term}", format!("{term}{operator}").repeat(times))));
        }
    }
    for times in [100, 155, 10_000, 60_000] {
        ends(run(format!("RETURN true{}", " IS NULL".repeat(times.min(30_000)))));
        ends(run(format!("MATCH (n) RETURN n{}", "[0]".repeat(times))));
        ends(run(format!("WITH {{}} AS m RETURN m{}", ".a".repeat(times))));
        ends(run(format!("MATCH (n{}) RETURN n", ":A".repeat(times))));
        ends(run(format!("MATCH (n:A{}) RETURN n", "|A".repeat(times))));
        ends(run(format!("MATCH (n)-[:A{}]->() RETURN n", "|A".repeat(times))));
        ends(run(format!("MATCH (n) WHERE n{} RETURN n", ":A".repeat(times))));
    }
}

#[test]
fn as_many_clauses_as_there_may_be_run_and_more_are_refused() {
    for times in [100, 900, 20_000] {
        let clauses = [
            "WITH 1 AS x ",
            "MATCH (a) ",
            "OPTIONAL MATCH (a) ",
            "CALL { RETURN 1 AS y } WITH 1 AS x ",
            "UNWIND [1] AS x WITH 1 AS z ",
        ];
        for clause in clauses {
            let clause = if times == 20_000 { &clause[..clause.len().min(12)] } else { clause };
            let clause = if clause.starts_with("OPTIONAL M") && times == 20_000 { "MATCH (a) " } else { clause };
            let clause = if clause.starts_with("CALL") && times == 20_000 { "WITH 1 AS q " } else { clause };
            let clause = if clause.starts_with("UNWIND") && times == 20_000 { "WITH *       " } else { clause };
            let outcome = run(format!("{}RETURN 1 AS one", clause.repeat(times)));
            if times == 20_000 { is_limit(outcome, &["query-too-large", "query-too-long"]) } else { ends(outcome) }
        }
        let outcome = run(format!("{}RETURN 1 AS x", "RETURN 1 AS x UNION ALL ".repeat(times.min(5_000))));
        if times > 1_000 { is_limit(outcome, &["query-too-large"]) } else { ends(outcome) }
    }
}

#[test]
fn long_patterns_run_or_are_refused() {
    for times in [100, 400, 10_000] {
        ends(run(format!("MATCH (){} RETURN 1", "-->()".repeat(times))));
        ends(run(format!("MATCH (a0){} RETURN 1", (1..=times).map(|i| format!("-->(a{i})")).collect::<String>())));
        ends(run(format!("MATCH (){} RETURN 1", ",()".repeat(times))));
    }
    is_limit(run(format!("MATCH (){} RETURN 1", "-->()".repeat(10_000))), &["query-too-large"]);
    is_limit(run(format!("RETURN EXISTS {{ (){} }}", "-->()".repeat(10_000))), &["query-too-large"]);
}

#[test]
fn walks_and_products_keep_to_their_time() {
    is_limit(a_second("MATCH (a), (b), (c), (d), (e) RETURN count(*)"), &["time-limit"]);
    is_limit(a_second("MATCH (a:Actor)-[*100]-(b) RETURN count(*)"), &["time-limit"]);
    is_limit(a_second("MATCH (a:Actor)-[*]-(b) RETURN count(*)"), &["time-limit"]);
    is_limit(a_second("MATCH (a:Actor)((x)-[r]-(y)){30,}(b) RETURN count(*)"), &["time-limit"]);
    is_limit(a_second("MATCH p = (a:Actor)-[*]-(b) WHERE length(p) < 0 RETURN p"), &["time-limit"]);
    is_limit(a_second("RETURN COUNT { MATCH (a), (b), (c), (d), (e) } AS n"), &["time-limit"]);
    is_limit(a_second("MATCH (a), (b), (c), (d) RETURN a, b, c, d ORDER BY a.name LIMIT 1"), &["time-limit"]);
    is_limit(a_second("MATCH (a:Actor) RETURN [(a)-[*]-(b) | b.name] AS names"), &["time-limit", "memory-limit"]);
    ends(a_second("MATCH p = shortestPath((a:Actor)-[*]-(b:Actor)) WHERE none(n IN nodes(p) WHERE n = n) RETURN p"));
    ends(a_second("MATCH p = shortestPath((a {id: 'hts'})-[*]-(b:Actor)) WHERE length(p) > 50 RETURN p"));
    ends(a_second("MATCH p = allShortestPaths((a:Actor)-[*]-(b:Actor)) RETURN count(p)"));
}

#[test]
fn expressions_keep_to_their_time_and_room() {
    is_limit(a_second("RETURN range(1, 10000000000) AS r"), &["value-too-large", "memory-limit", "time-limit"]);
    ends(a_second("RETURN size(range(1, 10000000)) AS n"));
    for each in [
        "size([a IN range(1, 3000) WHERE any(b IN range(1, 3000) WHERE a * b = -1)])",
        "all(a IN range(1, 100000) WHERE all(b IN range(1, 100000) WHERE a + b > 0))",
        "reduce(s = 0, a IN range(1, 10000) | s + reduce(t = 0, b IN range(1, 10000) | t + b))",
        "size([a IN range(1, 100000) | size([b IN range(1, 100000) | a])])",
        "[a IN range(1, 10000) | reverse(range(1, 100000))[0]][0]",
        "size([a IN range(1, 20000) WHERE NOT a IN range(20000, 40000)])",
        "single(a IN range(1, 100000) WHERE any(b IN range(1, 100000) WHERE b < 0))",
    ] {
        ends(a_second(&format!("RETURN {each} AS x")));
    }
    is_limit(
        run_under(
            "UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN collect([a, b]) AS all".into(),
            false,
            Limits { kept: 100_000, deadline: Some(Instant::now() + Duration::from_secs(20)), ..Limits::default() },
        ),
        &["memory-limit"],
    );
    ends(a_second("RETURN size(reduce(l = [], x IN range(1, 1000000) | [l])) AS x"));
    ends(a_second("RETURN reduce(l = {a: 1}, x IN range(1, 1000000) | {a: l}) AS x"));
    ends(a_second("RETURN size(reduce(t = 'a', x IN range(1, 1000) | t + t)) AS x"));
    ends(a_second("RETURN size(reduce(l = [1], x IN range(1, 1000) | l + l)) AS x"));
    ends(a_second("UNWIND range(1, 1000000000) AS x RETURN max(x) AS x"));
}

#[test]
fn large_texts_patterns_and_lists_run() {
    let text = "a".repeat(200_000);
    for query in [
        format!("RETURN '{text}' =~ '(a+)+b' AS x"),
        format!("RETURN '{}' =~ '{}' AS x", "a".repeat(100), "(a|aa)*".repeat(1_000)),
        "RETURN 'aaaa' =~ '((((a{1,100}){1,100}){1,100}){1,100}){1,100}' AS x".to_owned(),
        format!("RETURN 'a' =~ '{}' AS x", "(".repeat(50_000) + &")".repeat(50_000)),
        format!("RETURN replace('{}', 'a', '{}') AS x", "a".repeat(100_000), "b".repeat(100_000)),
        format!("RETURN size(split('{text}', '')) AS x"),
    ] {
        match run(query) {
            Ok((rows, _)) => assert_eq!(rows.len(), 1),
            Err(error) => {
                assert!(["invalid-argument-value", "value-too-large"].contains(&error.code().as_str()), "{error:?}");
            }
        }
    }
    let many = (0..10_000).map(|i| i.to_string()).collect::<Vec<_>>().join(", ");
    let (rows, _) =
        run(format!("UNWIND range(9990, 10010) AS x WITH x WHERE x IN [{many}] RETURN count(x)")).expect("a list");
    assert_eq!(rows, [[Value::Integer(10)]]);
    let map = (0..10_000).map(|i| format!("k{i}: {i}")).collect::<Vec<_>>().join(", ");
    let (rows, _) = run(format!("RETURN {{{map}}}.k9999 AS x")).expect("a map");
    assert_eq!(rows, [[Value::Integer(9999)]]);
    let items = (0..10_000).map(|i| format!("{i} AS c{i}")).collect::<Vec<_>>().join(", ");
    let (rows, _) = run(format!("RETURN {items}")).expect("columns");
    assert_eq!(rows[0].len(), 10_000);
    let branches = (0..5_000).map(|i| format!("WHEN x = {i} THEN {i} ")).collect::<String>();
    let (rows, _) = run(format!("WITH 4999 AS x RETURN CASE {branches} END AS y")).expect("branches");
    assert_eq!(rows, [[Value::Integer(4999)]]);
}

#[test]
fn unusual_signs_are_texts_and_names_like_others() {
    for sign in ["\0", "\u{202e}", "🦀", "e\u{301}", "\u{feff}", "\u{200d}", "ß", "日本語", "\u{7f}", "\u{10ffff}"]
    {
        let (rows, _) =
            run(format!("WITH '{sign}' AS `{sign}` RETURN `{sign}` AS `x{sign}`, size(`{sign}`) AS n")).expect(sign);
        assert_eq!(rows[0][0], Value::text(sign), "{sign:?}");
        assert_eq!(rows[0][1], Value::Integer(sign.chars().count() as i64));
        ends(run(format!("MATCH (`{sign}`:`{sign}` {{`{sign}`: '{sign}'}})-[:`{sign}`]->() RETURN `{sign}`.`{sign}`")));
        // Where it stands bare it is a mistake or a name, never a crash.
        for query in [
            format!("RETURN {sign}"),
            format!("{sign}RETURN 1"),
            format!("RETURN 1{sign}"),
            format!("RETURN '{sign}"),
            format!("RETURN `{sign}"),
        ] {
            if let Err(error) = run(query.clone()) {
                for (span, _) in &error.labels {
                    assert!(query.get(span.clone()).is_some(), "{query:?} {error:?}");
                }
            }
        }
    }
}

#[test]
fn quantifiers_look_at_the_clock_under_a_possible_prefix_too() {
    let nested = "WITH range(1, 30000) AS l WHERE any(x IN l WHERE any(y IN l WHERE y < 0)) RETURN 1";
    for prefix in ["", "FOR VALID_TIME ALL POSSIBLY "] {
        let error = a_second(&format!("{prefix}{nested}")).expect_err("longer than a second");
        assert_eq!(error.code(), "time-limit");
    }
}

#[test]
fn regular_expressions_are_counted_and_bounded() {
    let many = "UNWIND range(1, 100000) AS i WITH i WHERE 'a' =~ ('(\\\\w{9}){2}' + toString(i)) RETURN count(*)";
    assert_eq!(a_second(many).expect_err("longer than a second").code(), "time-limit");
    let large = "RETURN 'a' =~ '((\\\\w{50}){50}){50}'";
    assert_eq!(a_second(large).expect_err("too large").code(), "value-too-large");
}

#[test]
fn a_shortest_path_is_found_past_many_ways_that_lead_nowhere() {
    // Twenty diamonds out of each end double the ways at each step; one plain chain joins the ends.
    let mut graph = PropertyGraph::new();
    let node = |graph: &mut PropertyGraph, id: &str| {
        graph.add_node(["N"], &[("id", Value::from(id))].into_iter().collect::<Map>())
    };
    let (a, b) = (node(&mut graph, "a"), node(&mut graph, "b"));
    let join = |graph: &mut PropertyGraph, from, to| {
        graph.add_relation(from, "T", to, &Map::new());
    };
    for (end, is_first) in [(a, true), (b, false)] {
        let mut tip = end;
        for _ in 0..20 {
            let (left, right, next) = (node(&mut graph, ""), node(&mut graph, ""), node(&mut graph, ""));
            for side in [left, right] {
                if is_first {
                    join(&mut graph, tip, side);
                    join(&mut graph, side, next);
                } else {
                    join(&mut graph, side, tip);
                    join(&mut graph, next, side);
                }
            }
            tip = next;
        }
    }
    let mut last = a;
    for _ in 0..90 {
        let next = node(&mut graph, "");
        join(&mut graph, last, next);
        last = next;
    }
    join(&mut graph, last, b);
    let query = "MATCH (a {id: 'a'}), (b {id: 'b'}), p = shortestPath((a)-[:T*]->(b)) RETURN length(p)";
    let limits = Limits { deadline: Some(Instant::now() + Duration::from_secs(5)), ..Limits::default() };
    let (rows, _) = ask(query, &mut graph, limits).expect("in time");
    assert_eq!(rows, [[Value::Integer(91)]]);
}
