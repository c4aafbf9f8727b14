//! Texts that are meant to break the parser: deep, long, random.

use super::parse;
use proptest::prelude::*;

/// The detail of the error, or nothing where it is parsed; on a thread with a small stack, and dropped there.
fn outcome(text: String) -> Option<&'static str> {
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let thread = thread.spawn(move || parse(&text).err().map(|error| error.detail)).expect("a thread");
    thread.join().expect("no panic")
}

#[test]
fn nesting_ends_in_an_error_before_it_ends_the_stack() {
    let shapes = [
        ("RETURN ", "(", "1", ")", ""),
        ("RETURN ", "[", "1", "]", ""),
        ("RETURN ", "{a: ", "1", "}", ""),
        ("RETURN ", "f(", "1", ")", ""),
        ("RETURN ", "a[", "1", "]", ""),
        ("RETURN ", "CASE WHEN true THEN ", "1", " END", ""),
        ("RETURN ", "NOT ", "true", "", ""),
        ("RETURN ", "- ", "1", "", ""),
        ("RETURN ", "1 ^ ", "1", "", ""),
        ("RETURN ", "a IN ", "a", "", ""),
        ("RETURN ", "a STARTS WITH ", "a", "", ""),
        ("RETURN ", "NOT - (a ^ [CASE WHEN f({x: ", "1", "}) THEN 1 END])", ""),
        ("RETURN ", "[x IN ", "l", " | x]", ""),
        ("RETURN ", "[(a)-->(b) WHERE ", "1", " | 1]", ""),
        ("MATCH (a) WHERE ", "EXISTS { MATCH (c) MATCH (b) WHERE ", "true", " }", " RETURN 1"),
        ("", "CALL { ", "WITH 1 AS x", " RETURN 1 }", " RETURN 1"),
        ("MATCH (a:", "!(", "A", ")", ") RETURN 1"),
        ("MATCH ", "(", "(a)-->(b)", ")", " RETURN 1"),
        ("", "FOREACH (x IN y | ", "CREATE (a)", ")", ""),
    ];
    for (begin, open, middle, close, end) in shapes {
        let text = |depth: usize| format!("{begin}{}{middle}{}{end}", open.repeat(depth), close.repeat(depth));
        assert_eq!(outcome(text(10)), None, "{}", text(10));
        for depth in [45, 95, 101, 2000, 100_000] {
            let found = outcome(text(depth));
            assert!(matches!(found, None | Some("NestingTooDeep" | "QueryTooLong")), "{open} {depth}: {found:?}");
            assert!(depth <= 100 || found.is_some(), "{open} {depth}");
        }
        // Without the closing half it is an error of one kind or another.
        outcome(format!("{begin}{}", open.repeat(5000)));
    }
}

#[test]
fn long_chains_are_read_or_refused_and_never_overflow() {
    let long =
        |begin: &str, piece: &str, count: usize, end: &str| outcome(format!("{begin}{}{end}", piece.repeat(count)));
    assert_eq!(long("RETURN ", "a.x AND ", 20_000, "true"), None);
    assert_eq!(long("RETURN ", "a OR b XOR c AND ", 10_000, "true"), None);
    assert_eq!(long("MATCH ()", "-->()", 50_000, " RETURN 1"), None);
    assert_eq!(long("MATCH (n:A", "|B", 50_000, ") RETURN 1"), None);
    assert_eq!(long("RETURN [1", ", 1", 50_000, "]"), None);
    assert_eq!(long("RETURN 1 AS a ", "UNION RETURN 1 AS a ", 5000, ""), None);
    assert_eq!(long("RETURN 1", " < 1", 150, ""), None);
    assert_eq!(long("RETURN 1", "+1", 150, ""), None);
    for (begin, piece) in
        [("RETURN 1", "+1"), ("RETURN a", ".b"), ("RETURN a", "[0]"), ("RETURN 1", " = 1"), ("RETURN 1", " IS NULL")]
    {
        assert_eq!(long(begin, piece, 25_000, ""), Some("NestingTooDeep"), "{piece}");
    }
    assert_eq!(long("RETURN '", "a", 300_000, "'"), Some("QueryTooLong"));
    // Broken chains: the parser goes on after an error, and must not go deeper there either.
    for piece in [
        "^ , ",
        "NOT , ",
        "a ^ , ^ ",
        "CASE WHEN x end + ",
        "IN , ",
        "^ AND ",
        "STARTS , ^ ",
        "^ return ",
        "CASE , ",
        "NOT match ",
    ] {
        long("RETURN 1 ", piece, 20_000, "");
    }
}

#[test]
fn nested_slices_take_no_time() {
    let text = format!("RETURN {}1{}", "a[1 + ".repeat(45), " .. 2]".repeat(45));
    assert_eq!(outcome(text), None);
}

const WORDS: &[&str] = &[
    "MATCH",
    "OPTIONAL",
    "RETURN",
    "WITH",
    "WHERE",
    "UNWIND",
    "CALL",
    "YIELD",
    "UNION",
    "ALL",
    "AS",
    "ORDER",
    "BY",
    "SKIP",
    "LIMIT",
    "DISTINCT",
    "CREATE",
    "SET",
    "MERGE",
    "DELETE",
    "DETACH",
    "REMOVE",
    "FOREACH",
    "LOAD",
    "CSV",
    "FROM",
    "USE",
    "SHOW",
    "FINISH",
    "DROP",
    "INDEX",
    "ON",
    "IN",
    "NOT",
    "AND",
    "OR",
    "XOR",
    "IS",
    "NULL",
    "STARTS",
    "ENDS",
    "CONTAINS",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
    "EXISTS",
    "COUNT",
    "COLLECT",
    "reduce",
    "all",
    "any",
    "none",
    "single",
    "filter",
    "extract",
    "shortestPath",
    "allShortestPaths",
    "true",
    "a",
    "b",
    "n",
    "x",
    "1",
    "0x1F",
    ".5",
    "1e9",
    "'t'",
    "\"u\"",
    "`q`",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "-",
    "->",
    "<-",
    "--",
    "-->",
    "<",
    ">",
    "=",
    "<>",
    "<=",
    "=~",
    "+",
    "*",
    "/",
    "%",
    "^",
    ".",
    "..",
    ",",
    ":",
    "::",
    "|",
    "&",
    "!",
    "$",
    ";",
    "//x\n",
    "/*y*/",
    "FOR VALID_TIME AS OF '2016'",
    "FOR KNOWN_TIME AS OF '2016'",
    "FOR",
    "VALID_TIME",
    "POSSIBLY",
    "EXPLAIN",
    "TYPED",
    "NORMALIZED",
    "TRANSACTIONS",
    "(a)",
    "(b)",
    "(a)-->(b)",
    "[x IN",
    "{1,2}",
    "\u{a0}",
    "é",
    "’",
    "\u{301}",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_characters_give_a_tree_or_an_error(text in any::<String>()) {
        let _ = parse(&text);
        let _ = parse(&format!("RETURN {text}"));
        let _ = parse(&format!("MATCH ({text}) RETURN 1"));
    }

    #[test]
    fn any_tokens_give_a_tree_or_an_error_inside_the_text(
        words in prop::collection::vec((prop::sample::select(WORDS), prop::bool::weighted(0.8)), 0..40)
    ) {
        let soup: String = words.iter().map(|(word, apart)| format!("{word}{}", if *apart { " " } else { "" })).collect();
        for text in [soup.clone(), format!("RETURN {soup}"), format!("MATCH (a) WHERE {soup} RETURN a"), format!("MATCH {soup} RETURN 1")] {
            if let Err(error) = parse(&text) {
                for (span, _) in &error.labels {
                    prop_assert!(text.get(span.clone()).is_some(), "{text}: {error:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_cut_off_gives_a_tree_or_an_error(at in 0_usize..300, removed in 0_usize..6) {
        let text = "FOR VALID_TIME AS OF '2016-07' POSSIBLY MATCH p = shortestPath((a:A|B {x: 1})-[r:X*1..3]->(b)), (c) ((d)-->(e)){1,2} \
                    WHERE a.x + 1 IN [1, 2] AND EXISTS { FOR VALID_TIME ALL (a)-->(c) } CALL (a, b) { MATCH (a) RETURN a.y AS y } \
                    WITH *, CASE WHEN y THEN [z IN range(1, 3) WHERE z | z] END AS w ORDER BY w DESC RETURN w {.a, b: 1}, count(*)";
        let at = at.min(text.len());
        let _ = parse(&text[..at]);
        let _ = parse(&format!("{}{}", &text[..at], &text[(at + removed).min(text.len())..]));
    }
}
