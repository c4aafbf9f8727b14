//! Limits on a text before it is parsed: its length, and how deep it nests.
//!
//! The parser recurses on brackets, on `CASE … END`, on prefix operators and on a few operators that it reads from right to left (`^`, `IN`,
//! `STARTS WITH`, `ENDS WITH`, `CONTAINS`). All of them are counted here, so that no text can exhaust the stack. Brackets and `CASE` that do not
//! match are told here too, since the one that was opened is the better place to point at.

use super::scan::{Token, TokenKind};
use crate::query::error::{Error, Kind, Result};
use crate::query::tree::Span;

/// The longest text, in bytes. Analysts' queries have hundreds; generated ones, thousands.
const MAX_LENGTH: usize = 256 * 1024;

/// The deepest nesting. People write less than 20; the scenarios of openCypher, lists in 40 lists.
const MAX_DEPTH: usize = 100;

/// The deepest nesting that any thread bears. A debug build takes up to 33 KiB a level (`EXISTS { MATCH … MATCH … WHERE EXISTS { …`), and threads
/// have as little as 2 MiB.
const SHALLOW: usize = 20;

/// The stack for what nests deeper: ten times what `MAX_DEPTH` takes.
const DEEP_STACK: usize = 32 << 20;

/// Checks the length, before anything else is done.
pub(super) fn check_length(text: &str) -> Result<()> {
    if text.len() <= MAX_LENGTH {
        return Ok(());
    }
    let message = format!("the query is too long: {} bytes, at most {MAX_LENGTH}", text.len());
    let mut error =
        Error::syntax("QueryTooLong", 0..0, message).help("pass long lists as parameters: `UNWIND $rows AS row`");
    error.kind = Kind::LimitReached;
    error.labels.clear();
    Err(error)
}

/// The error for something nested too deep.
pub(super) fn too_deep(span: Span) -> Box<Error> {
    let mut error = Error::syntax("NestingTooDeep", span, "the query nests too deep")
        .saying("from here on")
        .help("split it: name parts of it with `WITH … AS …`, or pass nested values as parameters");
    error.kind = Kind::LimitReached;
    error
}

/// What a level was opened by.
#[derive(Clone, Copy, PartialEq)]
enum Opener {
    Statement,
    Bracket(char),
    /// `CASE`, with the last of its words.
    Case(CaseWord),
}

#[derive(Clone, Copy, PartialEq)]
enum CaseWord {
    Case,
    When,
    Then,
    Else,
}

struct Level {
    opener: Opener,
    span: Span,
    /// Operators that the parser recurses on, since the last place where it is certainly back.
    operators: usize,
}

/// Walks over the tokens and counts.
struct Counter<'t> {
    text: &'t str,
    levels: Vec<Level>,
    depth: usize,
}

/// Does something on a stack that is large enough for such a depth: its own thread where the present one may be too small.
pub(super) fn with_stack<T: Send>(depth: usize, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    if depth <= SHALLOW {
        return work();
    }
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(DEEP_STACK).spawn_scoped(scope, work);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => Err(too_deep(0..0)),
        }
    })
}

/// Checks that brackets and `CASE … END` match and that nothing nests too deep; returns how deep it nests.
pub(super) fn check_nesting(text: &str, tokens: &[Token]) -> Result<usize> {
    let root = Level { opener: Opener::Statement, span: 0..0, operators: 0 };
    let mut counter = Counter { text, levels: vec![root], depth: 0 };
    let (mut signs, mut deepest) = (0, 0);
    for (index, token) in tokens.iter().enumerate() {
        let is_prefix = matches!(token.kind, TokenKind::Sign) && matches!(token.text(text), "-" | "+" | "!");
        signs = if is_prefix { signs + 1 } else { 0 };
        deepest = deepest.max(counter.depth + signs);
        if deepest > MAX_DEPTH {
            return Err(too_deep(token.span.clone()));
        }
        match token.kind {
            TokenKind::Sign => counter.sign(token, &tokens[..index])?,
            TokenKind::Word => counter.word(token, &tokens[..index], tokens.get(index + 1))?,
            TokenKind::Quoted | TokenKind::Text | TokenKind::Number => {}
        }
    }
    match counter.levels.pop() {
        Some(Level { opener: Opener::Bracket(open), span, .. }) => Err(never_closed(open, span)),
        Some(Level { opener: Opener::Case(_), span, .. }) => Err(case_without_end(span)),
        _ => Ok(deepest),
    }
}

impl Counter<'_> {
    fn open(&mut self, opener: Opener, span: Span) {
        self.levels.push(Level { opener, span, operators: 0 });
        self.depth += 1;
    }

    fn close(&mut self) {
        if let Some(level) = self.levels.pop() {
            self.depth -= level.operators + 1;
        }
    }

    fn count(&mut self) {
        self.depth += 1;
        if let Some(level) = self.levels.last_mut() {
            level.operators += 1;
        }
    }

    fn restart(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            self.depth -= level.operators;
            level.operators = 0;
        }
    }

    fn sign(&mut self, token: &Token, before: &[Token]) -> Result<()> {
        let sign = token.text(self.text).chars().next().unwrap_or(' ');
        match sign {
            '(' | '[' | '{' => self.open(Opener::Bracket(sign), token.span.clone()),
            ')' | ']' | '}' => {
                match self.levels.last() {
                    Some(Level { opener: Opener::Bracket(open), span, .. }) => {
                        if closing(*open) != sign {
                            return Err(mismatched(*open, span.clone(), sign, token.span.clone()));
                        }
                    }
                    Some(Level { opener: Opener::Case(_), span, .. }) => return Err(case_without_end(span.clone())),
                    _ => return Err(never_opened(sign, token.span.clone())),
                }
                self.close();
            }
            '^' => self.count(),
            ',' if matches!(self.levels.last(), Some(Level { opener: Opener::Case(_), .. })) => {
                return Err(misplaced_in_case(self.text, token));
            }
            ',' if ends_operand(self.text, before) => self.restart(),
            _ => {}
        }
        Ok(())
    }

    fn word(&mut self, token: &Token, before: &[Token], after: Option<&Token>) -> Result<()> {
        let is_sign = |token: Option<&Token>, signs: [char; 3]| {
            token.is_some_and(|t| t.kind == TokenKind::Sign && t.text(self.text).starts_with(signs))
        };
        let is_key = is_sign(before.last(), ['{', ',', ',']) && is_sign(after, [':', ':', ':']);
        if is_key || is_sign(before.last(), ['.', ':', '$']) {
            return Ok(());
        }
        let written = token.text(self.text).to_ascii_uppercase();
        match written.as_str() {
            "NOT" | "IN" | "STARTS" | "ENDS" | "CONTAINS" => self.count(),
            "CASE" => self.open(Opener::Case(CaseWord::Case), token.span.clone()),
            "WHEN" | "THEN" | "ELSE" | "END" => return self.case_word(&written, token, before),
            "AND" | "OR" | "XOR" | "MATCH" | "OPTIONAL" | "WHERE" | "WITH" | "RETURN" | "UNWIND" | "CALL" | "UNION"
            | "CREATE" | "MERGE" | "SET" | "DELETE" | "DETACH" | "REMOVE"
                if ends_operand(self.text, before) =>
            {
                self.restart();
            }
            _ => {}
        }
        Ok(())
    }

    /// A word of `CASE … END`. Outside of one, and where an operand is due, it is a name.
    fn case_word(&mut self, written: &str, token: &Token, before: &[Token]) -> Result<()> {
        let Some(Level { opener: Opener::Case(last), .. }) = self.levels.last_mut() else { return Ok(()) };
        let follows_case = before.last().is_some_and(|t| t.is_word(self.text, "CASE"));
        let is_due = ends_operand(self.text, before) || (follows_case && written == "WHEN");
        if !is_due {
            return Ok(());
        }
        match (written, *last) {
            ("WHEN", CaseWord::Case | CaseWord::Then) => *last = CaseWord::When,
            ("THEN", CaseWord::When) => *last = CaseWord::Then,
            ("ELSE", CaseWord::Then) => *last = CaseWord::Else,
            ("END", CaseWord::Then | CaseWord::Else) => self.close(),
            _ => return Err(misplaced_in_case(self.text, token)),
        }
        Ok(())
    }
}

/// Whether an operand ends with the last of these tokens, so that an operator, a separator or a keyword is due.
pub(super) fn ends_operand(text: &str, before: &[Token]) -> bool {
    const OPERATORS: [&str; 21] = [
        "AND", "OR", "XOR", "NOT", "IN", "STARTS", "ENDS", "CONTAINS", "WITH", "CASE", "WHEN", "THEN", "ELSE", "AS",
        "BY", "WHERE", "RETURN", "DISTINCT", "UNWIND", "SKIP", "LIMIT",
    ];
    let Some((last, earlier)) = before.split_last() else { return false };
    match last.kind {
        TokenKind::Quoted | TokenKind::Text | TokenKind::Number => true,
        TokenKind::Sign => matches!(last.text(text), ")" | "]" | "}" | "*"),
        TokenKind::Word => {
            earlier.last().is_some_and(|t| t.kind == TokenKind::Sign && t.text(text).starts_with(['.', ':', '$']))
                || !OPERATORS.iter().any(|word| last.is_word(text, word))
        }
    }
}

const fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

fn never_closed(open: char, span: Span) -> Box<Error> {
    Error::syntax("UnexpectedSyntax", span, format!("this `{open}` is never closed"))
        .help(format!("add `{}` where it should end", closing(open)))
}

fn never_opened(close: char, span: Span) -> Box<Error> {
    Error::syntax("UnexpectedSyntax", span, format!("this `{close}` closes nothing"))
}

fn mismatched(open: char, opened: Span, close: char, span: Span) -> Box<Error> {
    let due = closing(open);
    Error::syntax("UnexpectedSyntax", span, format!("found `{close}` where `{due}` is due"))
        .saying(format!("`{due}` is due"))
        .also(opened, format!("this `{open}` is still open"))
}

fn case_without_end(span: Span) -> Box<Error> {
    Error::syntax("UnexpectedSyntax", span, "this `CASE` has no `END`")
        .help("write `CASE WHEN condition THEN value ELSE value END`")
}

fn misplaced_in_case(text: &str, token: &Token) -> Box<Error> {
    let message = format!("`{}` cannot stand here, inside `CASE … END`", token.text(text));
    Error::syntax("UnexpectedSyntax", token.span.clone(), message)
        .help("write `CASE WHEN condition THEN value ELSE value END`")
}
