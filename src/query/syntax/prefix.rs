//! What stands outside the parser's grammar: the mode word, the valid-time prefix, `CALL (a, b) { … }`, the closing semicolon.
//!
//! They are read from the tokens, remembered by the offset of what they belong to, and overwritten by blanks of the same length, so that the spans of
//! all that is parsed stay true. Blanks and line ends that the parser does not know are replaced in the same way.

use super::scan::{Token, TokenKind, is_blank};
use crate::query::asked::Asked;
use crate::query::error::{Error, Result};
use crate::query::scope::{Scope, Valid};
use crate::query::tree::{Hops, Mode, Name, Span};
use crate::time::{Dated, Day, Reading, Window};

/// How the prefix can be written; the help of every error about it.
const FORMS: &str = "write `FOR VALID_TIME AS OF '2016-07'`, `FOR VALID_TIME FROM '2017' TO '2019'`, `FOR VALID_TIME WITHIN '2017/2019'`, \
                     `FOR VALID_TIME ALL`, each perhaps with `POSSIBLY`, or `FOR KNOWN_TIME AS OF '2019-12-31'`";

/// A text ready to be parsed, and what was taken out of it.
#[derive(Debug)]
pub(super) struct Source<'t> {
    /// The text as written.
    pub(super) text: &'t str,
    /// The text to parse: of the same length, with blanks where something was taken out.
    pub(super) masked: String,
    /// The tokens that are left.
    pub(super) tokens: Vec<Token>,
    /// Run, explain or profile.
    pub(super) mode: Mode,
    /// The prefixes, by where they stood.
    pub(super) scopes: Vec<Prefix>,
    /// The lists of `CALL (a, b) { … }`, by the offset of `CALL`.
    pub(super) imports: Vec<(usize, Vec<Name>)>,
    /// The signs of `-[…]->+` and `-->*`, by the offset at which the relation ends.
    pub(super) repeats: Vec<(usize, Hops)>,
}

/// A prefix that was taken out.
#[derive(Debug)]
pub(super) struct Prefix {
    /// What it says.
    pub(super) scope: Scope,
    /// Where it stood.
    pub(super) span: Span,
    /// The offset of the token after it.
    pub(super) before: usize,
}

/// Takes out what the parser does not know.
pub(super) fn prepare(text: &str, tokens: Vec<Token>) -> Result<Source<'_>> {
    let mut taken = vec![false; tokens.len()];
    let mode = mode(text, &tokens, &mut taken);
    one_statement(text, &tokens, &mut taken)?;
    let (mut scopes, mut imports, mut repeats) = (Vec::new(), Vec::new(), Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        let begin = at;
        at += 1;
        if is_prefix(text, &tokens, begin) {
            let mut reader = Reader { text, tokens: &tokens, at: begin };
            let scope = reader.prefixes()?;
            at = reader.at;
            scopes.push(Prefix {
                scope,
                span: tokens[begin].span.start..tokens[at - 1].span.end,
                before: tokens.get(at).map_or(text.len(), |t| t.span.start),
            });
            taken[begin..at].fill(true);
        } else if is_import_list(text, &tokens, begin) {
            let mut reader = Reader { text, tokens: &tokens, at: begin + 2 };
            let names = reader.imports()?;
            at = reader.at;
            imports.push((tokens[begin].span.start, names));
            taken[begin + 1..at].fill(true);
        } else if let Some(hops) = repeat(text, &tokens, begin) {
            repeats.push((tokens[begin - 1].span.end, hops));
            taken[begin] = true;
        }
    }
    let masked = mask(text, &tokens, &taken);
    let mut kept = taken.iter();
    let mut left = tokens;
    left.retain(|_| kept.next() == Some(&false));
    Ok(Source { text, masked, tokens: left, mode, scopes, imports, repeats })
}

/// The mode word at the beginning.
fn mode(text: &str, tokens: &[Token], taken: &mut [bool]) -> Mode {
    let mode = match tokens.first() {
        Some(token) if token.is_word(text, "EXPLAIN") => Mode::Explain,
        Some(token) if token.is_word(text, "PROFILE") => Mode::Profile,
        _ => return Mode::Run,
    };
    taken[0] = true;
    mode
}

/// Takes out the closing semicolon; anything after it is a second statement.
fn one_statement(text: &str, tokens: &[Token], taken: &mut [bool]) -> Result<()> {
    let Some(first) = tokens.iter().position(|t| t.is_sign(text, ';')) else { return Ok(()) };
    if let Some(second) = tokens[first..].iter().find(|t| !t.is_sign(text, ';')) {
        let message = "only one statement can be run at a time";
        return Err(Error::syntax("UnexpectedSyntax", second.span.clone(), message)
            .saying("a second statement begins here")
            .help("put each statement into a text of its own, or join their rows with `UNION ALL`"));
    }
    taken[first..].fill(true);
    Ok(())
}

/// `FOR VALID_TIME`, `FOR KNOWN_TIME`, and slips of them where nothing else can be meant.
fn is_prefix(text: &str, tokens: &[Token], at: usize) -> bool {
    let begins_part = at == 0
        || tokens[at - 1].is_sign(text, '{')
        || ["EXPLAIN", "PROFILE", "UNION", "ALL"].iter().any(|word| tokens[at - 1].is_word(text, word));
    let follows_name_sign = at > 0
        && tokens[at - 1].kind == TokenKind::Sign
        && tokens[at - 1].text(text).starts_with(['.', ':', '$', '(', '-', '[']);
    tokens[at].is_word(text, "FOR")
        && !follows_name_sign
        && tokens.get(at + 1).is_some_and(|next| {
            next.is_word(text, "VALID_TIME")
                || next.is_word(text, "KNOWN_TIME")
                || (begins_part && next.kind == TokenKind::Word)
        })
}

/// `+` and `*` between an arrow and a node: `->+(`, and `]-+(` where the bracket is a relation's. The parser knows `{1,}` and `{0,}` alone.
fn repeat(text: &str, tokens: &[Token], at: usize) -> Option<Hops> {
    let least = match tokens[at].text(text) {
        "+" => 1,
        "*" => 0,
        _ => return None,
    };
    let is = |at: Option<usize>, sign| at.and_then(|at| tokens.get(at)).is_some_and(|t| t.is_sign(text, sign));
    let before = |back: usize| at.checked_sub(back);
    if !is(Some(at + 1), '(') {
        return None;
    }
    let is_arrow = is(before(1), '>') && is(before(2), '-');
    let is_line = is(before(1), '-') && is(before(2), ']') && {
        let mut depth = 0;
        let open = (0..at - 1).rev().find(|at| {
            depth += i32::from(tokens[*at].is_sign(text, ']')) - i32::from(tokens[*at].is_sign(text, '['));
            depth == 0
        });
        is(open.and_then(|open| open.checked_sub(1)), '-')
    };
    (is_arrow || is_line).then_some(Hops { least, most: None })
}

/// `CALL (`
fn is_import_list(text: &str, tokens: &[Token], at: usize) -> bool {
    let follows_name_sign =
        at > 0 && tokens[at - 1].kind == TokenKind::Sign && tokens[at - 1].text(text).starts_with(['.', ':', '$']);
    if !tokens[at].is_word(text, "CALL")
        || follows_name_sign
        || !tokens.get(at + 1).is_some_and(|t| t.is_sign(text, '('))
    {
        return false;
    }
    let close = tokens[at + 2..].iter().position(|t| t.is_sign(text, ')'));
    close.and_then(|close| tokens.get(at + 2 + close + 1)).is_some_and(|t| t.is_sign(text, '{'))
}

/// The text with blanks where tokens were taken out, and for blanks that the parser does not know.
fn mask(text: &str, tokens: &[Token], taken: &[bool]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (token, _) in tokens.iter().zip(taken).filter(|(_, taken)| **taken) {
        bytes[token.span.clone()].fill(b' ');
    }
    for token in tokens.iter().filter(|t| t.kind == TokenKind::Text) {
        bytes[token.span.clone()].iter_mut().filter(|b| **b == b'\n').for_each(|b| *b = b' ');
    }
    // The parser takes an `end` that begins a list of columns for a keyword. Names are read from the text as written, so it may be any word here.
    for pair in tokens.windows(2).filter(|pair| pair[1].is_word(text, "END")) {
        if ["RETURN", "WITH", "DISTINCT"].iter().any(|word| pair[0].is_word(text, word)) {
            bytes[pair[1].span.clone()].fill(b'x');
        }
    }
    for (at, sign) in text.char_indices().filter(|(_, sign)| is_blank(*sign) && !sign.is_ascii_whitespace()) {
        bytes[at..at + sign.len_utf8()].fill(b' ');
    }
    for byte in bytes.iter_mut().filter(|b| matches!(**b, 0x0b | 0x0c)) {
        *byte = b' ';
    }
    String::from_utf8(bytes).expect("only whole characters were overwritten, by blanks")
}

/// Reads what was taken out.
struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
}

impl Reader<'_> {
    fn here(&self) -> Span {
        self.tokens.get(self.at).map_or(self.text.len()..self.text.len(), |t| t.span.clone())
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.tokens.get(self.at).is_some_and(|t| t.is_word(self.text, word));
        self.at += usize::from(found);
        found
    }

    fn eat_sign(&mut self, sign: char) -> bool {
        let found = self.tokens.get(self.at).is_some_and(|t| t.is_sign(self.text, sign));
        self.at += usize::from(found);
        found
    }

    /// The error for something else than is due here.
    fn wrong(&self, due: &str) -> Box<Error> {
        let found = self.tokens.get(self.at).map_or("the end", |t| t.text(self.text));
        Error::syntax(
            "UnexpectedSyntax",
            self.here(),
            format!("the valid-time prefix goes on with {due}, not `{found}`"),
        )
        .saying(format!("{due} is due"))
        .help(FORMS)
    }

    /// One prefix or several that follow each other.
    fn prefixes(&mut self) -> Result<Scope> {
        let mut scope = Scope::default();
        loop {
            let begin = self.here();
            if !self.eat("FOR") {
                return Ok(scope);
            }
            let repeated = if self.eat("VALID_TIME") {
                scope.valid.replace(self.valid()?).is_some()
            } else if self.eat("KNOWN_TIME") {
                if !(self.eat("AS") && self.eat("OF")) {
                    return Err(self.wrong("`AS OF`"));
                }
                scope.known_by.replace(self.days()?.last).is_some()
            } else {
                return Err(self.wrong("`VALID_TIME` or `KNOWN_TIME`"));
            };
            if repeated {
                let message = "the same prefix stands here twice";
                return Err(Error::syntax("UnexpectedSyntax", begin, message).saying("the second one"));
            }
        }
    }

    fn valid(&mut self) -> Result<Valid> {
        let window = if self.eat("ALL") {
            Window::ALL
        } else if self.eat("AS") {
            if !self.eat("OF") {
                return Err(self.wrong("`OF`"));
            }
            self.days()?
        } else if self.eat("FROM") {
            self.bounds()?
        } else if self.eat("WITHIN") {
            let window = self.days()?;
            Window::within(window.first, window.last)
        } else {
            return Err(self.wrong("`AS OF`, `FROM … TO`, `WITHIN` or `ALL`"));
        };
        let reading = if self.eat("POSSIBLY") {
            Reading::Possible
        } else {
            self.eat("CERTAINLY");
            Reading::Certain
        };
        Ok(Valid { window, reading })
    }

    /// A date as the days of a window. One that is itself uncertain has no one window: functions ask it for each of its readings.
    fn days(&mut self) -> Result<Window> {
        let place = self.here();
        let dated = self.date()?;
        if Asked::read(dated.text()).is_ok_and(|asked| !asked.is_one_window()) {
            let message = format!("`{}` is itself uncertain, and a prefix speaks of certain days", dated.text());
            return Err(Error::syntax("InvalidDate", place, message)
                .help(format!("give a date without `~`, `?`, `[ ]` and unknown ends, or ask `WHERE validAt(r, '{}')`, which goes through what it may mean", dated.text())));
        }
        Ok(dated.window())
    }

    /// `'2017' TO '2019'`, from the first day of the one to the last day of the other.
    fn bounds(&mut self) -> Result<Window> {
        let from = self.here();
        let first: Day = self.days()?.first;
        if !self.eat("TO") {
            return Err(self.wrong("`TO`"));
        }
        let to = self.here();
        let last = self.days()?.last;
        if first > last {
            return Err(Error::syntax("InvalidDate", to, "the period ends before it begins")
                .saying("this is earlier")
                .also(from, "than this")
                .help("if the two are swapped, write the earlier one after `FROM`"));
        }
        Ok(Window::sometime(first, last))
    }

    /// `'2016-07'` or `date('2016-07')`.
    fn date(&mut self) -> Result<Dated> {
        let is_call = self.eat("date") && {
            if !self.eat_sign('(') {
                return Err(self.wrong("`(`"));
            }
            true
        };
        let Some(token) = self.tokens.get(self.at) else { return Err(self.wrong("a date in quotes")) };
        if token.is_sign(self.text, '$') {
            let message = "the valid-time prefix takes no parameters";
            return Err(Error::syntax("UnexpectedSyntax", token.span.clone(), message)
                .help("write the date itself, or ask with `WHERE validAt(r, $date)`"));
        }
        if token.kind != TokenKind::Text {
            return Err(self.wrong("a date in quotes"));
        }
        let content = token.span.start + 1..token.span.end - 1;
        let dated =
            Dated::parse(&self.text[content.clone()]).map_err(|wrong| unreadable(&content, self.text, wrong))?;
        self.at += 1;
        if is_call && !self.eat_sign(')') {
            return Err(self.wrong("`)`"));
        }
        Ok(dated)
    }

    /// The names up to the closing bracket, which is passed.
    fn imports(&mut self) -> Result<Vec<Name>> {
        let mut names = Vec::new();
        if self.eat_sign(')') {
            return Ok(names);
        }
        loop {
            let here = self.here();
            let written = self.tokens.get(self.at).map_or("", |t| t.text(self.text));
            let is_star = written == "*" && names.is_empty();
            match self.tokens.get(self.at).map(|t| t.kind) {
                Some(TokenKind::Word) => names.push(Name { text: written.to_owned(), span: here }),
                Some(TokenKind::Quoted) => names.push(Name { text: unquoted(written), span: here }),
                Some(_) if is_star => names.push(Name { text: "*".to_owned(), span: here }),
                _ => return Err(not_an_import(here)),
            }
            self.at += 1;
            if self.eat_sign(')') {
                return Ok(names);
            }
            if is_star || !self.eat_sign(',') {
                return Err(not_an_import(self.here()));
            }
        }
    }
}

/// A name in backticks as meant.
pub(super) fn unquoted(written: &str) -> String {
    let inner = written.strip_prefix('`').unwrap_or(written);
    inner.strip_suffix('`').unwrap_or(inner).replace("``", "`")
}

fn not_an_import(span: Span) -> Box<Error> {
    Error::syntax("UnexpectedSyntax", span, "only names of variables can stand between `CALL (` and `) {`")
        .help("write `CALL (a, b) { … }`, `CALL (*) { … }` or `CALL () { … }`")
}

/// The error for a date that cannot be read, at the place in the quotes where reading stopped.
fn unreadable(content: &Span, text: &str, wrong: crate::time::DatedError) -> Box<Error> {
    let at = (content.start + wrong.offset).min(content.end);
    let begin = if text.is_char_boundary(at) && at < content.end { at } else { content.start };
    let written = &text[content.clone()];
    let error = Error::syntax("InvalidDate", begin..content.end, format!("`{written}` is no date: {}", wrong.message));
    match wrong.help {
        Some(help) => error.help(help),
        None => error.help("dates are written `2016`, `2016-07`, `2016-07-15`, `2016/2018`, `2016~`"),
    }
}
