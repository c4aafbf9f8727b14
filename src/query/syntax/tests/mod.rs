//! Trees, places and errors, each through one helper that alone knows the tree.

mod hostile;
mod shown;
mod wrong;

use super::parse;
use crate::query::scope::{Scope, Valid};
use crate::query::tree::{Clause, Element, ExprKind, Mode, Projection, Statement, Subquery, Write};
use crate::time::{Day, Quantifier, Reading, Window};
use shown::{projected, shown_clauses};

fn parsed(text: &str) -> Statement {
    parse(text).unwrap_or_else(|error| panic!("{text}: {error}: {:?}", error.labels))
}

/// The items of the closing `RETURN`.
fn returned(text: &str) -> Projection {
    match parsed(text).query.first.clauses.pop() {
        Some(Clause::Return(projection)) => projection,
        other => panic!("{text}: {other:?}"),
    }
}

/// An expression, shown with a bracket around each operator.
fn check(text: &str, expected: &str) {
    assert_eq!(projected(&returned(&format!("RETURN {text}"))), expected, "{text}");
}

/// A statement, its clauses shown.
fn check_clauses(text: &str, expected: &str) {
    assert_eq!(shown_clauses(&parsed(text).query.first.clauses), expected, "{text}");
}

#[test]
fn operators_bind_as_the_language_says() {
    check("1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)");
    check("2 ^ 3 ^ 2", "((2 ^ 3) ^ 2)");
    check("-3 ^ 2 + 2 ^ -3", "((-3 ^ 2) + (2 ^ -3))");
    check("NOT a = b", "NOT (a = b)");
    check("NOT a AND b OR c XOR d", "((NOT a AND b) OR (c XOR d))");
    check("1 < 2 <= 3 = 4", "(1 < 2 <= 3 = 4)");
    check("(1 < 2) < 3", "((1 < 2) < 3)");
    check("[1] + 2 IN [3] + 4", "(([1] + 2) IN ([3] + 4))");
    check("a = b IN c", "(a = (b IN c))");
    check("a + b IS NULL", "((a + b) IS NULL)");
    check("-a.b IS NOT NULL", "(-a.b IS NOT NULL)");
    check("a + b STARTS WITH c + d", "((a + b) STARTS WITH (c + d))");
    check("a = b =~ c", "(a = (b =~ c))");
    check("a.b[1][..2][1..][1+1..x].c", "a.b[1][..2][1..][(1 + 1)..x].c");
    check("a:B:C|D", "a:(B&(C|D))");
    check("a:!B&(C|%)", "a:(!B&(C|%))");
    check("a OR b OR c OR d OR e", "(((a OR b) OR (c OR d)) OR e)");
}

#[test]
fn literals_mean_what_they_say() {
    check("0x1A, 0o17, 42, 1e3, .5, 1.5E-2", "26, 15, 42, 1000.0, 0.5, 0.015");
    check("-9223372036854775808, 9223372036854775807", "-9223372036854775808, 9223372036854775807");
    check("-0x8000000000000000", "-9223372036854775808");
    check("'a\\'b\\n\\u00e9\\uD83D\\uDE00\\U0001F600\\d\\\\', \"it's\"", "\"a'b\\né😀😀\\\\d\\\\\", \"it's\"");
    check("'a\nb'", "\"a\\nb\"");
    check("null, true, FALSE, $p, $0, $`a b`", "null, true, false, $p, $0, $a b");
    check("{a: 1, `b``c`: [2, {}], null: 3}, `x y`.`z`", "{a: 1, b`c: [2, {}], null: 3}, x y.z");
}

#[test]
fn everything_between_operators_is_read() {
    check(
        "count(*), count( DISTINCT a ), a.b.c(1, 2), exists(n.x)",
        "count(*), count(DISTINCT a), a.b.c(1, 2), exists(n.x)",
    );
    check("CASE a WHEN 1 THEN 2 ELSE 3 END", "CASE a WHEN 1 THEN 2 ELSE 3");
    check("CASE WHEN a THEN CASE WHEN b THEN 1 END END + 1", "(CASE WHEN a THEN CASE WHEN b THEN 1 + 1)");
    check("[x IN l], [x IN l WHERE x > 1 | x + 1]", "[x IN l], [x IN l WHERE (x > 1) | (x + 1)]");
    check("[p = (a)-[:X]->(b) WHERE a.x | b]", "[p = (a)-[:X]->(b) WHERE a.x | b]");
    check("all(x IN l WHERE x), single(x IN l WHERE x)", "All(x IN l WHERE x), Single(x IN l WHERE x)");
    check("reduce(t = 0, x IN l | t + x)", "reduce(t = 0, x IN l | (t + x))");
    check("n {.a, .*, b: 1, c}", "n {.a, .*, b: 1, c}");
    check("exists((a)-->(b)), EXISTS { (a)-->(b) WHERE a.x }", "EXISTS {(a)-->(b)}, EXISTS {(a)-->(b) WHERE a.x}");
    check("COUNT { MATCH (a), (b) WHERE a.x }", "COUNT {(a), (b) WHERE a.x}");
    check("EXISTS { MATCH (a) RETURN a }, COLLECT { MATCH (a) RETURN a }", "EXISTS {query}, COLLECT {query}");
    check("shortestPath((a)-[*]-(b)), NOT (a)-->(b)", "Shortest((a)-[*1..]-(b)), NOT (a)-->(b)");
    check("(a), (((a)))", "a, a");
}

#[test]
fn patterns_are_read_with_what_they_leave_out() {
    check_clauses(
        "MATCH (a:A {x: 1})-[r:X|:Y|Z*1..3 {y: 2}]->(b)<--()--(c)<-->(d) RETURN *",
        "MATCH (a:A {x: 1})-[r:((X|Y)|Z)*1..3 {y: 2}]->(b)<--()--(c)--(d) RETURN *",
    );
    check_clauses(
        "MATCH (a)-[*2]-(b), p = (c)-[*..4]-() RETURN *",
        "MATCH (a)-[*2..2]-(b), p = (c)-[*1..4]-() RETURN *",
    );
    check_clauses("MATCH ((a)-->(b)) RETURN *", "MATCH (a)-->(b) RETURN *");
    check_clauses("MATCH ((a)-[r]->(b)){1,3} RETURN *", "MATCH ()((a)-[r]->(b)){1,3}() RETURN *");
    check_clauses("MATCH (z), (x) ((a)-->(b)){2,} (y) RETURN *", "MATCH (z), (x)((a)-->(b)){2,}(y) RETURN *");
    check_clauses("MATCH (a)-[r:X]->{,3}(b) RETURN *", "MATCH (a)-[r:X*0..3]->(b) RETURN *");
    check_clauses("MATCH p = allShortestPaths((a)-[*]-(b)) RETURN p", "MATCH p = AllShortest((a)-[*1..]-(b)) RETURN p");
    check_clauses(
        "MATCH (a WHERE a.x)-[r WHERE r.y]->(b) WHERE b.z RETURN *",
        "MATCH (a)-[r]->(b) WHERE ((a.x AND r.y) AND b.z) RETURN *",
    );
}

#[test]
fn clauses_are_read_in_order() {
    check_clauses(
        "OPTIONAL MATCH (a) UNWIND [1] AS x WITH DISTINCT a, x + 1 AS y ORDER BY y DESC, a SKIP 1 LIMIT 2 WHERE y RETURN a;",
        "OPTIONAL MATCH (a) UNWIND [1] AS x WITH DISTINCT a, (x + 1) AS y ORDER BY y DESC, a SKIP 1 LIMIT 2 WHERE y RETURN a",
    );
    check_clauses("CALL a.b(1) YIELD c, d AS e WHERE e RETURN c", "CALL a.b(1) YIELD c AS c, d AS e WHERE e RETURN c");
    check_clauses("CALL a.b", "CALL a.b standalone");
    check_clauses("CALL a.b() YIELD *", "CALL a.b() standalone YIELD *");
    check_clauses("MATCH (a) CALL (a, `b c`) { RETURN 1 AS x } RETURN x", "MATCH (a) CALL (a, b c) {query} RETURN x");
    check_clauses("CALL (*) { RETURN 1 AS x } RETURN x", "CALL (*) {query} RETURN x");
    check_clauses("CALL () { RETURN 1 AS x } RETURN x", "CALL () {query} RETURN x");
    check_clauses("CALL { WITH a RETURN 1 AS x } RETURN x", "CALL {query} RETURN x");
    check_clauses("CREATE (a:A)-[:X]->(b) DETACH DELETE a, b", "CREATE (a:A)-[:X]->(b) DETACH DELETE a, b");
    check_clauses("MATCH (a) SET a.x = 1 REMOVE a.y", "MATCH (a) SET REMOVE");
    check_clauses("CREATE INDEX FOR (n:X) ON (n.y)", "CREATE INDEX");
    check_clauses("DROP INDEX x", "DROP");
}

#[test]
fn columns_are_called_as_they_are_written() {
    let names: Vec<String> = returned("RETURN  count( * ),n.name + 1 , /*c*/ f ( a/*d*/, b ) AS x, (1) // end")
        .items
        .into_iter()
        .map(|item| item.text)
        .collect();
    assert_eq!(names, ["count( * )", "n.name + 1", "f ( a/*d*/, b )", "(1)"]);
}

#[test]
fn spans_are_those_of_the_text_as_written() {
    let text = "PROFILE FOR VALID_TIME ALL MATCH (a:Ärger) /* é */ WHERE NOT a.x + 'é' = $p RETURN a . x AS y";
    let statement = parsed(text);
    let Some(Clause::Match(matched)) = statement.query.first.clauses.first() else { panic!("{statement:?}") };
    assert_eq!(&text[matched.span.clone()], "MATCH (a:Ärger) /* é */ WHERE NOT a.x + 'é' = $p");
    assert_eq!(&text[matched.patterns[0].span.clone()], "(a:Ärger)");
    let Some(condition) = &matched.condition else { panic!("no condition") };
    assert_eq!(&text[condition.span.clone()], "NOT a.x + 'é' = $p");
    let ExprKind::Unary(_, inner) = &condition.kind else { panic!("{condition:?}") };
    assert_eq!(&text[inner.span.clone()], "a.x + 'é' = $p");
    let Some(Clause::Return(projection)) = statement.query.first.clauses.last() else { panic!("{statement:?}") };
    let item = &projection.items[0];
    assert_eq!(&text[item.expr.span.clone()], "a . x");
    let ExprKind::Property(_, name) = &item.expr.kind else { panic!("{item:?}") };
    assert_eq!(&text[name.span.clone()], "x");
    assert_eq!(item.alias.as_ref().map(|alias| &text[alias.span.clone()]), Some("y"));
}

fn scope_of(text: &str) -> Scope {
    parsed(&format!("{text} MATCH (n) RETURN n")).query.first.scope
}

fn day(year: i32, month: u32, day: u32) -> Day {
    Day::from_ymd(year, month, day).expect("a day of the calendar")
}

#[test]
fn prefixes_say_which_days_which_reading_and_which_sources() {
    let valid = |first, last, quantifier, reading| Scope {
        valid: Some(Valid { window: Window { first, last, quantifier }, reading }),
        known_by: None,
    };
    let july = (day(2016, 7, 1), day(2016, 7, 31));
    let sometime = Quantifier::Sometime;
    assert_eq!(scope_of("FOR VALID_TIME AS OF '2016-07'"), valid(july.0, july.1, sometime, Reading::Certain));
    assert_eq!(
        scope_of("for Valid_Time as of date(\"2016-07\") possibly"),
        valid(july.0, july.1, sometime, Reading::Possible)
    );
    assert_eq!(
        scope_of("FOR VALID_TIME FROM '2017' TO '2019-03' CERTAINLY"),
        valid(day(2017, 1, 1), day(2019, 3, 31), sometime, Reading::Certain)
    );
    assert_eq!(
        scope_of("FOR VALID_TIME WITHIN '2017/2019'"),
        valid(day(2017, 1, 1), day(2019, 12, 31), Quantifier::Within, Reading::Certain)
    );
    assert_eq!(scope_of("FOR VALID_TIME ALL").valid.map(|v| v.window), Some(Window::ALL));
    assert_eq!(scope_of("FOR KNOWN_TIME AS OF '2019'"), Scope { valid: None, known_by: Some(day(2019, 12, 31)) });
    let both = scope_of("FOR KNOWN_TIME AS OF '2019-05-01' FOR VALID_TIME ALL POSSIBLY");
    assert_eq!((both.known_by, both.is_possibly()), (Some(day(2019, 5, 1)), true));
    assert_eq!(both, scope_of("FOR VALID_TIME ALL POSSIBLY /* and */ FOR KNOWN_TIME AS OF '2019-05-01'"));
}

#[test]
fn prefixes_belong_to_the_part_they_begin() {
    let text = "EXPLAIN FOR VALID_TIME AS OF '2001' MATCH (n) WHERE EXISTS { FOR VALID_TIME AS OF '2002' (n)-->() } \
                CALL { FOR VALID_TIME AS OF '2003' MATCH (x) RETURN x } \
                RETURN COUNT { FOR VALID_TIME AS OF '2004' MATCH (n) }, COLLECT { FOR VALID_TIME AS OF '2005' RETURN 1 } \
                UNION ALL FOR VALID_TIME AS OF '2006' RETURN 1, 2";
    let statement = parsed(text);
    assert_eq!(statement.mode, Mode::Explain);
    let year = |scope: &Scope| scope.valid.and_then(|valid| valid.window.first.to_ymd()).map(|(year, ..)| year);
    let arm = &statement.query.first;
    assert_eq!(year(&arm.scope), Some(2001));
    assert_eq!(statement.query.unions.first().and_then(|u| year(&u.query.scope)), Some(2006));
    let [Clause::Match(matched), Clause::CallSubquery { query, .. }, Clause::Return(projection)] =
        arm.clauses.as_slice()
    else {
        panic!("{arm:?}")
    };
    assert_eq!(year(&query.first.scope), Some(2003));
    let kinds = [matched.condition.as_ref().map(|c| &c.kind), projection.items.first().map(|i| &i.expr.kind)];
    for (kind, expected) in kinds.into_iter().zip([2002, 2004]) {
        let Some(ExprKind::Exists(inner) | ExprKind::Count(inner)) = kind else { panic!("{kind:?}") };
        let Subquery::Patterns { scope, .. } = inner.as_ref() else { panic!("{inner:?}") };
        assert_eq!(year(scope), Some(expected));
    }
    let ExprKind::Collect(query) = &projection.items[1].expr.kind else { panic!("no COLLECT") };
    assert_eq!(year(&query.first.scope), Some(2005));
}

#[test]
fn words_of_the_language_can_be_names_where_nothing_else_is_meant() {
    check_clauses("MATCH (end)-->(start:In) RETURN end.case AS for", "MATCH (end)-->(start:In) RETURN end.case AS for");
    let created = parsed("CREATE (valid_time:FOR)");
    let Some(Clause::Write(Write::Create { patterns, .. })) = created.query.first.clauses.first() else {
        panic!("{created:?}")
    };
    assert!(matches!(patterns[0].elements.as_slice(), [Element::Node(_)]));
}
