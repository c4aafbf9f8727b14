//! Errors: the word of the conformance kit, the place, and what they advise.

use super::parse;

/// The detail of the error, what stands at its first place, and a part of what it says.
fn check(text: &str, detail: &str, place: &str, said: &str) {
    let error = parse(text).expect_err(text);
    let span = error.labels.first().map_or(0..0, |(span, _)| span.clone());
    assert_eq!((error.detail, &text[span]), (detail, place), "{text}: {error:?}");
    let all = format!(
        "{} | {} | {}",
        error.message,
        error.labels.iter().map(|l| l.1.as_str()).collect::<String>(),
        error.help.join(" ")
    );
    assert!(all.contains(said), "{text}: {all}");
    assert!(!error.message.contains('\n') && !error.message.is_empty());
}

/// An error in the grammar.
fn unexpected(text: &str, place: &str, said: &str) {
    check(text, "UnexpectedSyntax", place, said);
}

#[test]
fn mistyped_words_are_recognised() {
    unexpected("MACTH (n) RETURN n", "MACTH", "did you mean `MATCH`?");
    unexpected("MATCH (n) RETRUN n", "RETRUN", "did you mean `RETURN`?");
    unexpected("MATCH (n) WHER n.x RETURN n", "WHER", "did you mean `WHERE`?");
    unexpected("RETURN n ODER BY n", "ODER", "did you mean `ORDER BY`?");
    unexpected("UNWIND [1] SA x RETURN x", "SA", "did you mean `AS`?");
    unexpected("MATCH (n) WHERE n.x STRATS WITH 'a' RETURN n", "STRATS", "did you mean `STARTS`?");
    unexpected("FOR VALIDTIME AS OF '2016' RETURN 1", "VALIDTIME", "`VALID_TIME`");
}

#[test]
fn habits_of_other_languages_are_answered() {
    unexpected("RETURN 1 == 2", "==", "write `=`");
    unexpected("RETURN 1 != 2", "!=", "write `<>`");
    unexpected("RETURN a && b", "&&", "write `AND`");
    unexpected("RETURN a || b", "||", "write `OR`");
    unexpected("MATCH (n) WHERE n.x LIKE 'a%' RETURN n", "LIKE", "CONTAINS");
    unexpected("MATCH (n) WHERE n.x BETWEEN 1 AND 2 RETURN n", "BETWEEN", "low <= x <= high");
    unexpected("RETURN x NOT IN [1]", "NOT", "NOT x IN list");
    unexpected("SELECT * FROM actors", "SELECT", "RETURN");
    unexpected("MATCH (n) RETURN n.x, count(*) GROUP BY n.x", "GROUP", "implicit");
    unexpected("MATCH (n) -- all of them\nRETURN n", "them", "`//`");
    unexpected("MATCH (n) RETURN n LIMIT 2 SKIP 1", "SKIP", "before `LIMIT`");
    check("RETURN ’x’", "InvalidUnicodeCharacter", "’", "straight quotes");
    check("RETURN 42 — 41", "InvalidUnicodeCharacter", "—", "`-`");
}

#[test]
fn what_is_missing_is_named_where_it_is_missing() {
    unexpected("", "", "nothing to run");
    unexpected(" // nothing\n;", "", "nothing to run");
    unexpected("MATCH (n)", "", "`RETURN` is due");
    unexpected("MATCH (n) WITH n", "", "`RETURN` is due");
    unexpected("RETURN 'abc", "'", "does not end");
    unexpected("RETURN 'it's'", "'", "apostrophe");
    unexpected("RETURN /* abc", "/*", "does not end");
    unexpected("RETURN `abc", "`", "does not end");
    unexpected("RETURN [[[]] AS x", "[", "never closed");
    unexpected("RETURN (1]", "]", "`)` is due");
    unexpected("RETURN 1)", ")", "closes nothing");
    unexpected("RETURN CASE WHEN a THEN b", "CASE", "`END`");
    unexpected("RETURN", "", "an expression is due");
    unexpected("MATCH (a) WHERE RETURN a", "RETURN", "an expression is due");
    unexpected("RETURN 1 +", "", "an expression is due");
    unexpected("RETURN a.", "", "a name is due");
    unexpected("RETURN {a: 1, b}", "}", "`:` is due");
    unexpected("RETURN f(a b)", "b", "`,` or `)` is due");
    unexpected("RETURN [1 2]", "2", "`,` or `]` is due");
    unexpected("MATCH a RETURN a", "a", "parentheses");
    unexpected("MATCH (a:) RETURN a", ")", "a label is due");
    unexpected("MATCH (a)-[r:A:B]->(b) RETURN a", ":", "`[r:A|B]`");
    unexpected("hello", "hello", "`MATCH`");
    unexpected("RETURN 1; RETURN 2", "RETURN", "one statement");
    unexpected("RETURN 1 RETURN 2", "RETURN 2", "WITH");
    unexpected("MATCH (a)(b) RETURN a", "(b)", "a comma");
    unexpected("MATCH (x) ((a)-->(b)){2} (y), (z) RETURN *", ",", "`MATCH` of its own");
}

#[test]
fn numbers_and_texts_fail_as_the_conformance_kit_says() {
    check("RETURN 9223372036854775808", "IntegerOverflow", "9223372036854775808", "too large");
    check("RETURN -9223372036854775809", "IntegerOverflow", "9223372036854775809", "too large");
    check("RETURN 0o1000000000000000000000", "IntegerOverflow", "0o1000000000000000000000", "too large");
    check("MATCH ()-[*99999999999999999999]-() RETURN 1", "IntegerOverflow", "99999999999999999999", "too large");
    check("RETURN 1.34E999", "FloatingPointOverflow", "1.34E999", "too large");
    check("RETURN 9223372h54775808", "InvalidNumberLiteral", "9223372h54775808", "no number");
    check("RETURN 0x", "InvalidNumberLiteral", "0x", "0x1A");
    check("RETURN 0x1A2b3j4D5E6f7", "InvalidNumberLiteral", "0x1A2b3j4D5E6f7", "0x1A");
    check("RETURN 1_000", "InvalidNumberLiteral", "1_000", "not grouped");
    check("RETURN '\\uH'", "InvalidUnicodeLiteral", "\\uH", "four hexadecimal digits");
    check("RETURN 'é\\uD83D'", "InvalidUnicodeLiteral", "\\uD83D", "no character");
    unexpected("RETURN {1B2c3e67:1} AS literal", "1B2c3e67", "no name");
    unexpected("RETURN 9223372#54775808", "#", "`//`");
}

#[test]
fn what_cannot_be_said_here_is_refused_with_the_reason() {
    unexpected("MATCH (n) FINISH", "FINISH", "not part of the language");
    unexpected("SHOW INDEXES", "SHOW INDEXES", "not part of the language");
    unexpected("USE x MATCH (n) RETURN n", "USE x", "not part of the language");
    unexpected("CALL { RETURN 1 AS x } IN TRANSACTIONS RETURN x", "IN TRANSACTIONS", "not part of the language");
    unexpected("RETURN n IS NORMALIZED", "IS NORMALIZED", "not part of the language");
    unexpected("RETURN n IS :: INTEGER", "IS :: INTEGER", "not part of the language");
    unexpected("MATCH (n:$(x)) RETURN n", "$(x)", "computed");
    unexpected("RETURN extract(x IN l | x)", "extract", "list comprehension");
    unexpected("RETURN size((a)-->(b))", "(a)-->(b)", "COUNT {");
    unexpected("MATCH (n) RETURN (n)-[]->()", "(n)-[]->()", "a condition");
    unexpected("RETURN shortestPath(a, b)", "shortestPath(a, b)", "shortestPath((a)");
    unexpected("MATCH (a)-[r* WHERE r.x]->(b) RETURN a", "WHERE r.x", "relationships(p)");
    unexpected("CALL p() YIELD * RETURN a", "CALL p() YIELD *", "name the fields");
    unexpected("MATCH (n) CALL (n.x) { RETURN 1 AS y } RETURN y", ".", "names of variables");
    check("MATCH (a)-[:LIKES..]->(c) RETURN c", "InvalidRelationshipPattern", ".", "with the star");
    check("MATCH (a)-[:LIKES*-2]->(c) RETURN c", "InvalidRelationshipPattern", "-", "with the star");
    check("MATCH (a)->(b) RETURN a", "InvalidRelationshipPattern", "->", "`-->`");
    check(
        "RETURN 1 AS a UNION RETURN 2 AS a UNION ALL RETURN 3 AS a",
        "InvalidClauseComposition",
        "UNION ALL RETURN 3 AS a",
        "mixed",
    );
    check("MATCH (n) WHERE EXISTS { MATCH (n) SET n.x = 1 } RETURN n", "InvalidClauseComposition", "SET", "expression");
    check("CREATE ()-->()", "NoSingleRelationshipType", "-->", "one type");
    check("CREATE (a)-[:X]-(b)", "RequiresDirectedRelationship", "-[:X]-", "one direction");
    check("CREATE ()-[:X*2]->()", "CreatingVarLength", "-[:X*2]->", "lengths");
    check("MATCH (n) DELETE n:Person", "InvalidDelete", "n:Person", "cannot be deleted");
}

#[test]
fn wrong_prefixes_say_how_they_are_written() {
    check("FOR VALID_TIME AS OF '2016-13' RETURN 1", "InvalidDate", "13", "`2016-13` is no date");
    check("FOR VALID_TIME FROM '2019' TO '2017' RETURN 1", "InvalidDate", "'2017'", "before it begins");
    unexpected("FOR VALID_TIME AS OF $d RETURN 1", "$", "no parameters");
    unexpected("FOR VALID_TIME AS OF 2016 RETURN 1", "2016", "quotes");
    unexpected("FOR VALID_TIME BETWEEN '1' AND '2' RETURN 1", "BETWEEN", "FROM … TO");
    unexpected("FOR VALID_TIME ALL FOR VALID_TIME ALL RETURN 1", "FOR", "twice");
    unexpected("FOR VALID_TIME AS", "", "`OF`");
    unexpected("FOR VALID_TIME ALL", "", "nothing to run");
    unexpected("MATCH (n) FOR VALID_TIME ALL RETURN n", "FOR VALID_TIME ALL", "cannot stand here");
    unexpected("MATCH (n) RETURN n FOR VALID_TIME ALL", "FOR VALID_TIME ALL", "cannot stand here");
}
