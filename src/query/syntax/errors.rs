//! What is wrong with a text, in our words: what was found, what is due there, and what people mean who come from other languages.
//!
//! Deliberately absent: the parser's error types; `lower` hands over a place and a list of what is due.

use super::nesting::ends_operand;
use super::prefix::Source;
use super::scan::{Token, TokenKind};
use crate::query::error::{Error, Result};
use crate::query::tree::Span;

/// The words that a clause begins with.
const CLAUSES: &[&str] = &["MATCH", "OPTIONAL MATCH", "WITH", "UNWIND", "CALL", "RETURN"];

/// Words that can begin a statement, those that are refused later with their reason included.
const BEGINNINGS: &[&str] = &[
    "MATCH", "OPTIONAL", "WITH", "UNWIND", "CALL", "RETURN", "CREATE", "MERGE", "SET", "DELETE", "DETACH", "REMOVE",
    "FOREACH", "LOAD", "SHOW", "USE", "FINISH",
];

/// Words that a statement of another kind begins with: they change data, or what is around it.
const COMMANDS: &[&str] = &["DROP", "ALTER", "GRANT", "REVOKE", "INSERT", "UPDATE", "REPLACE", "TRUNCATE"];

/// Words after `CREATE` that make it a command rather than a clause.
const CREATED: &[&str] = &[
    "INDEX",
    "CONSTRAINT",
    "TEXT",
    "LOOKUP",
    "RANGE",
    "POINT",
    "FULLTEXT",
    "VECTOR",
    "DATABASE",
    "OR",
    "USER",
    "ROLE",
    "TABLE",
];

/// Words of other languages, each with the answer to it.
const HABITS: &[(&str, &str)] = &[
    (
        "SELECT",
        "a query names what it looks for first and what it returns last: `MATCH (a:Actor) WHERE … RETURN a.name`",
    ),
    ("FROM", "there are no tables: what is looked for stands in `MATCH (a:Actor)`"),
    ("JOIN", "things are joined by a pattern: `MATCH (a)-[r:ALLIED_WITH]-(b)`"),
    ("INNER", "things are joined by a pattern: `MATCH (a)-[r:ALLIED_WITH]-(b)`"),
    ("LEFT", "what may be missing is asked for with `OPTIONAL MATCH`"),
    ("LIKE", "write `CONTAINS 'part'`, `STARTS WITH 'begin'`, `ENDS WITH 'end'`, or `=~ 'regular expression'`"),
    ("ILIKE", "write `toLower(a.name) CONTAINS 'part'`, or `=~ '(?i)regular expression'`"),
    ("BETWEEN", "write `low <= x <= high`"),
    ("GROUP", "grouping is implicit: in `RETURN a.kind, count(*)` rows are grouped by what is not an aggregate"),
    ("HAVING", "filter after an aggregate with `WITH …, count(*) AS n WHERE n > 1`"),
    ("OFFSET", "write `SKIP`"),
    ("TOP", "write `LIMIT` at the end"),
    ("FETCH", "write `LIMIT` at the end"),
    ("LET", "name a value with `WITH *, … AS name`"),
    ("FILTER", "write `WITH * WHERE …`"),
    ("INSERT", "queries only read; data is edited in its files"),
    ("UPDATE", "queries only read; data is edited in its files"),
    ("NULLS", "nulls come last; with `DESC`, first"),
];

/// Operators of other languages: how they are written there and here.
const OPERATORS: &[(&str, &str)] = &[("==", "="), ("!=", "<>"), ("&&", "AND"), ("||", "OR")];

/// Refuses signs that no query has: operators of other languages, typographic quotes, dashes that are no minus.
pub(super) fn check_signs(text: &str, tokens: &[Token]) -> Result<()> {
    for (index, token) in tokens.iter().enumerate().filter(|(_, t)| t.kind == TokenKind::Sign) {
        let sign = token.text(text);
        if !sign.is_ascii() {
            return Err(foreign_sign(token, sign));
        }
        let pair = tokens.get(index + 1).filter(|next| next.span.start == token.span.end).map(|next| {
            let span = token.span.start..next.span.end;
            (&text[span.clone()], span)
        });
        if let Some((written, span)) = pair
            && let Some((_, ours)) = OPERATORS.iter().find(|(theirs, _)| *theirs == written)
        {
            let message = format!("`{written}` is not an operator here");
            let error = Error::syntax("UnexpectedSyntax", span, message).saying(format!("write `{ours}`"));
            return Err(match written {
                "||" => error.help("`OR` joins conditions, `+` joins texts and lists"),
                _ => error.help(format!("write `{ours}` instead of `{written}`")),
            });
        }
    }
    Ok(())
}

fn foreign_sign(token: &Token, sign: &str) -> Box<Error> {
    let error =
        Error::syntax("InvalidUnicodeCharacter", token.span.clone(), format!("`{sign}` has no meaning in a query"));
    match sign {
        "“" | "”" | "„" | "‘" | "’" | "‚" | "«" | "»" => {
            error.help("put texts in straight quotes: `'…'` or `\"…\"`")
        }
        "–" | "—" | "‐" | "‑" | "−" | "―" => error.help("write the minus of the keyboard: `-`"),
        "≤" => error.help("write `<=`"),
        "≥" => error.help("write `>=`"),
        "≠" => error.help("write `<>`"),
        "→" => error.help("write `-->`"),
        "←" => error.help("write `<--`"),
        _ => error.help("put texts in quotes, and names with unusual signs in backticks"),
    }
}

/// The words of a command that changes data or what is around it, and that no grammar is needed for to refuse it.
pub(super) fn command(source: &Source<'_>) -> Option<Span> {
    let first = source.tokens.first()?;
    if COMMANDS.iter().any(|word| first.is_word(source.text, word)) {
        return Some(first.span.clone());
    }
    let second = source.tokens.get(1).filter(|_| first.is_word(source.text, "CREATE"))?;
    let is_command = CREATED.iter().any(|word| second.is_word(source.text, word));
    is_command.then_some(first.span.start..second.span.end)
}

/// Refuses a text that does not begin as a statement does.
pub(super) fn check_beginning(source: &Source<'_>) -> Result<()> {
    let Some(first) = source.tokens.first() else { return Ok(()) };
    if BEGINNINGS.iter().any(|word| first.is_word(source.text, word)) {
        return Ok(());
    }
    let found = first.text(source.text);
    let error = Error::syntax("UnexpectedSyntax", first.span.clone(), format!("a query cannot begin with `{found}`"));
    if let Some(answer) = habit(source.text, first) {
        return Err(error.help(answer));
    }
    Err(
        match near(first, source.text, &["MATCH", "OPTIONAL", "WITH", "UNWIND", "CALL", "RETURN", "EXPLAIN", "PROFILE"])
        {
            Some(word) => error.help(format!("did you mean `{word}`?")),
            None => error.help(format!("it begins with {}", listed(CLAUSES))),
        },
    )
}

/// The error for something that cannot stand at a place, where something else is due.
///
/// `due` has words in backticks and names of things (`an expression`); an empty list stands for a clause.
pub(super) fn unexpected(source: &Source<'_>, at: usize, due: &[String]) -> Box<Error> {
    let text = source.text;
    let index = source.tokens.partition_point(|t| t.span.start < at);
    // The parser takes a keyword for a name where an operand is due, and stumbles over what follows.
    if let Some(before) = index.checked_sub(1).filter(|before| is_clause_word(text, &source.tokens[*before]))
        && before > 0
        && !ends_operand(text, &source.tokens[..before])
    {
        return wrong_token(source, before, &["an expression".to_owned()], &[]);
    }
    if !due.is_empty() {
        return wrong_token(source, index, &in_brackets(source, index, due), &[]);
    }
    let words = going_on(source, index);
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    wrong_token(source, index, &quoted, &words)
}

fn wrong_token(source: &Source<'_>, index: usize, due: &[String], words: &[&str]) -> Box<Error> {
    let text = source.text;
    let due_text = joined(&due.iter().map(String::as_str).collect::<Vec<_>>());
    let advice = habit_of_signs(source, index, due);
    let Some(token) = source.tokens.get(index) else {
        let end = source.tokens.last().map_or(text.len(), |t| t.span.end);
        let error = Error::syntax("UnexpectedSyntax", end..end, format!("the query ends where {due_text} is due"))
            .saying(format!("{due_text} is due"));
        return match advice {
            Some(answer) => error.help(answer),
            None => error,
        };
    };
    let found = token.text(text);
    let is_relation = opener(source, index).is_some_and(|open| is_relation_bracket(source, open));
    let is_range = is_relation && (matches!(found, "." | "-" | "*") || token.kind == TokenKind::Number);
    let detail = if is_range { "InvalidRelationshipPattern" } else { "UnexpectedSyntax" };
    let error = Error::syntax(detail, token.span.clone(), format!("`{}` cannot stand here", shortened(found)))
        .saying(format!("{due_text} is due"));
    if is_range {
        return error.help("a range of lengths is written `*`, `*2`, `*1..3`, `*..3` or `*1..`, with the star");
    }
    if is_relation && found == ":" {
        return error.help("a relation has one type; to allow several, write `[r:A|B]`");
    }
    if let Some(answer) = habit(text, token).or(advice) {
        return error.help(answer);
    }
    let known: Vec<&str> = words
        .iter()
        .copied()
        .chain(due.iter().map(|d| d.trim_matches('`')).filter(|d| d.starts_with(|c: char| c.is_ascii_uppercase())))
        .chain(["AND", "OR", "XOR", "STARTS", "ENDS", "CONTAINS", "IN", "IS"])
        .collect();
    match near(token, text, &known) {
        Some(word) => error.help(format!("did you mean `{word}`?")),
        None => error,
    }
}

/// What is due before a closing bracket: in a list, a map or a call also a comma.
fn in_brackets(source: &Source<'_>, index: usize, due: &[String]) -> Vec<String> {
    let closes = matches!(due, [one] if one == "`)`" || one == "`]`");
    let after_operand = ends_operand(source.text, &source.tokens[..index.min(source.tokens.len())]);
    let Some(open) = opener(source, index).filter(|_| closes && after_operand) else { return due.to_vec() };
    let is_call = source.tokens[open].is_sign(source.text, '(')
        && open > 0
        && source.tokens[open - 1].kind == TokenKind::Word
        && source.tokens[open - 1].span.end == source.tokens[open].span.start;
    let is_list = source.tokens[open].is_sign(source.text, '[') && !is_relation_bracket(source, open);
    if is_call || is_list {
        let mut all = vec!["an operator".to_owned(), "`,`".to_owned()];
        all.extend_from_slice(due);
        return all;
    }
    due.to_vec()
}

fn is_clause_word(text: &str, token: &Token) -> bool {
    ["MATCH", "OPTIONAL", "RETURN", "WITH", "UNWIND", "CALL", "WHERE", "ORDER", "UNION", "LIMIT", "SKIP"]
        .iter()
        .any(|word| token.is_word(text, word))
}

/// What may follow a finished expression or pattern, by the clause that this place belongs to.
fn going_on(source: &Source<'_>, index: usize) -> Vec<&'static str> {
    let tokens = &source.tokens[..index.min(source.tokens.len())];
    let last_of = |words: &[&'static str]| {
        tokens.iter().rev().find_map(|t| words.iter().copied().find(|word| t.is_word(source.text, word)))
    };
    let ends = last_of(&["MATCH", "RETURN", "WITH", "UNWIND", "CALL"]) == Some("RETURN");
    let part = last_of(&["MATCH", "RETURN", "WITH", "UNWIND", "CALL", "WHERE", "ORDER", "SKIP", "LIMIT", "YIELD"]);
    let mut words = match part {
        Some("MATCH" | "YIELD") => vec!["WHERE"],
        Some("RETURN") => vec!["AS", "ORDER BY", "SKIP", "LIMIT"],
        Some("WITH") => vec!["AS", "WHERE", "ORDER BY", "SKIP", "LIMIT"],
        Some("ORDER") => vec!["ASC", "DESC", "SKIP", "LIMIT"],
        Some("SKIP") => vec!["LIMIT"],
        Some("CALL") => vec!["YIELD"],
        Some("WHERE") => vec!["AND", "OR"],
        _ => Vec::new(),
    };
    if ends {
        words.push("UNION");
    } else {
        words.extend(CLAUSES);
    }
    words
}

/// The innermost bracket that is open before the token.
fn opener(source: &Source<'_>, index: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in source.tokens[..index.min(source.tokens.len())].iter().enumerate().rev() {
        if token.kind != TokenKind::Sign {
            continue;
        }
        match token.text(source.text) {
            ")" | "]" | "}" => depth += 1,
            "(" | "[" | "{" if depth == 0 => return Some(at),
            "(" | "[" | "{" => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Whether the bracket belongs to a relation: `-[`.
fn is_relation_bracket(source: &Source<'_>, open: usize) -> bool {
    source.tokens[open].is_sign(source.text, '[') && open > 0 && source.tokens[open - 1].is_sign(source.text, '-')
}

/// The answer to a word of another language.
fn habit(text: &str, token: &Token) -> Option<&'static str> {
    HABITS.iter().find(|(word, _)| token.is_word(text, word)).map(|(_, answer)| *answer)
}

/// The answer to signs and pairs of words that mean something in another language.
fn habit_of_signs(source: &Source<'_>, index: usize, due: &[String]) -> Option<&'static str> {
    let (text, tokens) = (source.text, &source.tokens);
    let is = |at: Option<usize>, sign| at.and_then(|at| tokens.get(at)).is_some_and(|t| t.is_sign(text, sign));
    let is_word = |at: Option<usize>, word| at.and_then(|at| tokens.get(at)).is_some_and(|t| t.is_word(text, word));
    let (here, before, earlier) = (Some(index), index.checked_sub(1), index.checked_sub(2));
    let is_due = |what: &str| due.iter().any(|d| d == what);
    if is_word(here, "NOT") && is_word(Some(index + 1), "IN") {
        return Some("write `NOT x IN list`");
    }
    if is_word(here, "SKIP") && tokens[..index].iter().any(|t| t.is_word(text, "LIMIT")) {
        return Some("`SKIP` stands before `LIMIT`");
    }
    if is(here, '!') && is_due("an expression") {
        return Some("write `NOT`");
    }
    if is_word(before, "IS") {
        return Some("compare with `=` and `<>`; `IS NULL` and `IS NOT NULL` ask whether there is a value");
    }
    if is(here, ',') && (is_word(earlier, "LIMIT") || is_word(earlier, "SKIP")) {
        return Some("write `SKIP 20 LIMIT 10` for ten rows after the first twenty");
    }
    let is_times = |at| is(at, '+') || is(at, '*');
    if (is_times(here) && (is(before, '>') || is(before, '-') || is(before, ')')))
        || (is_times(before) && (is(earlier, '>') || is(earlier, '-')))
    {
        return Some("write `{1,}` for one or more, `{0,}` for none or more");
    }
    if is(here, '#') || is_dashed_comment(source, index) {
        return Some("a comment begins with `//`, or stands between `/*` and `*/`");
    }
    if is(here, ',') && is_due("`}`") {
        return Some(
            "several patterns, and all else than one, stand after `MATCH`: `EXISTS { MATCH (a)-->(b), (b)-->(c) }`",
        );
    }
    if is(here, ',') && is_due("`WHERE`") {
        return Some("after a path with a group in it, give what follows a `MATCH` of its own, or put that path last");
    }
    if is_due("a node") {
        return Some("a node stands in parentheses: `MATCH (a)-->(b)`");
    }
    None
}

/// Whether `-- words` stands shortly before the token, as comments do in SQL.
fn is_dashed_comment(source: &Source<'_>, index: usize) -> bool {
    let tokens = &source.tokens[..(index + 2).min(source.tokens.len())];
    tokens.windows(3).rev().take(8).any(|three| {
        let is_dash = |t: &Token| t.is_sign(source.text, '-');
        is_dash(&three[0])
            && is_dash(&three[1])
            && three[0].span.end == three[1].span.start
            && three[2].kind == TokenKind::Word
    })
}

/// The word most like the token, if it is like it at all.
fn near<'w>(token: &Token, text: &str, words: &[&'w str]) -> Option<&'w str> {
    if token.kind != TokenKind::Word {
        return None;
    }
    let written = token.text(text).to_ascii_uppercase();
    let allowed = if written.len() <= 4 { 1 } else { 2 };
    words
        .iter()
        .map(|word| (strsim::osa_distance(&written, word.split(' ').next().unwrap_or(word)), *word))
        .filter(|(distance, _)| (1..=allowed).contains(distance))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// The words in backticks, joined by commas and `or`.
fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    joined(&quoted.iter().map(String::as_str).collect::<Vec<_>>())
}

fn joined(things: &[&str]) -> String {
    match things {
        [] => "something else".to_owned(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

/// A found text short enough for one line.
fn shortened(found: &str) -> String {
    let line = found.lines().next().unwrap_or("");
    if line.chars().count() <= 40 {
        line.to_owned()
    } else {
        format!("{}…", line.chars().take(39).collect::<String>())
    }
}

/// The error for a query part that ends without saying what it gives.
pub(super) fn missing_return(after: &str, clause: Span, end: usize) -> Box<Error> {
    let message = format!("a query cannot end with `{after}`: it must say what it returns");
    Error::syntax("UnexpectedSyntax", end..end, message)
        .saying("`RETURN` is due")
        .also(clause, "the last clause")
        .help("add `RETURN …` at the end, `RETURN *` for everything that was matched")
}
