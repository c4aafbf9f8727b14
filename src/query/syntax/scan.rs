//! The text cut into tokens: words, quoted names, texts, numbers and signs, without blanks and comments.
//!
//! What stands outside the parser's grammar (the valid-time prefix, limits, advice on errors) is found among these tokens, and spans are trimmed
//! by them. Deliberately absent: the grammar.

use crate::query::error::{Error, Result};
use crate::query::tree::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A keyword or a name.
    Word,
    /// A name in backticks.
    Quoted,
    /// `'…'`, `"…"`
    Text,
    /// `1`, `0x1a`, `.5e-3`
    Number,
    /// Any other character.
    Sign,
}

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: TokenKind,
    /// Where it stands.
    pub(super) span: Span,
}

impl Token {
    /// Its text.
    pub(super) fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.span.clone()]
    }

    /// Whether it is this word, in any case.
    pub(super) fn is_word(&self, text: &str, word: &str) -> bool {
        self.kind == TokenKind::Word && self.text(text).eq_ignore_ascii_case(word)
    }

    /// Whether it is this sign.
    pub(super) fn is_sign(&self, text: &str, sign: char) -> bool {
        self.kind == TokenKind::Sign && self.text(text).starts_with(sign)
    }
}

/// Whether the character is a blank that may stand between tokens.
pub(super) fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || sign == '\u{feff}' || ('\u{1c}'..='\u{1f}').contains(&sign)
}

/// Cuts the text into tokens.
///
/// # Errors
/// A text, name or comment that does not end, and a number that is none.
pub(super) fn scan(text: &str) -> Result<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 4);
    let mut at = 0;
    while let Some(sign) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut push = |kind, length| tokens.push(Token { kind, span: at..at + length });
        let length = if is_blank(sign) {
            sign.len_utf8()
        } else if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(comment) = rest.strip_prefix("/*") {
            2 + comment.find("*/").ok_or_else(|| unfinished(at..at + 2, "comment", "*/"))? + 2
        } else if sign == '\'' || sign == '"' {
            let length = quoted(rest, sign).ok_or_else(|| unfinished_text(text, at, sign))?;
            push(TokenKind::Text, length);
            length
        } else if sign == '`' {
            let length = backticked(rest).ok_or_else(|| unfinished(at..at + 1, "name", "`"))?;
            push(TokenKind::Quoted, length);
            length
        } else if sign.is_alphabetic() || sign == '_' {
            let length = rest.find(|c: char| !continues_name(c)).unwrap_or(rest.len());
            push(TokenKind::Word, length);
            length
        } else if sign.is_ascii_digit() || (sign == '.' && begins_fraction(text, at)) {
            let length = number(rest);
            push(TokenKind::Number, length);
            check_number(text, &tokens)?;
            length
        } else {
            push(TokenKind::Sign, sign.len_utf8());
            sign.len_utf8()
        };
        at += length;
    }
    Ok(tokens)
}

/// Whether a name goes on with this character: letters, digits, `_`, and marks that stand on letters.
fn continues_name(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_' || unicode_normalization::char::is_combining_mark(sign)
}

/// The length of a text that begins here; `None` where it does not end.
fn quoted(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, sign) in rest.char_indices().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if sign == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The length of a name in backticks that begins here; two backticks inside stand for one.
fn backticked(rest: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        at += rest[at..].find('`')? + 1;
        if !rest[at..].starts_with('`') {
            return Some(at);
        }
        at += 1;
    }
}

/// Whether a point begins a number (`.5`), as it does unless another point stands before it (`1..5`).
fn begins_fraction(text: &str, at: usize) -> bool {
    text[at + 1..].starts_with(|c: char| c.is_ascii_digit()) && !text[..at].ends_with('.')
}

/// The length of a number with all letters that hang on to it.
fn number(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let is_based = matches!(bytes, [b'0', b'x' | b'X' | b'o' | b'O', ..]);
    let (mut at, mut has_point, mut has_exponent) = (0, false, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'.' if !has_point && !has_exponent && !is_based && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
                has_point = true;
            }
            b'e' | b'E' if !is_based && !has_exponent => {
                has_exponent = true;
                if matches!(bytes.get(at + 1), Some(b'+' | b'-')) {
                    at += 1;
                }
            }
            b'_' => {}
            _ if byte.is_ascii_alphanumeric() => {}
            _ => break,
        }
        at += 1;
    }
    at
}

/// Checks the shape of the last token, a number.
fn check_number(text: &str, tokens: &[Token]) -> Result<()> {
    let Some((last, before)) = tokens.split_last() else { return Ok(()) };
    let written = last.text(text);
    let help = match written.as_bytes() {
        [b'0', b'x' | b'X', digits @ ..] => {
            if !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit) {
                return Ok(());
            }
            "a hexadecimal number is written `0x1A`"
        }
        [b'0', b'o' | b'O', digits @ ..] => {
            if !digits.is_empty() && digits.iter().all(|d| (b'0'..=b'7').contains(d)) {
                return Ok(());
            }
            "an octal number is written `0o17`"
        }
        [b'0', b'0'..=b'9', ..] if written.bytes().all(|b| b.is_ascii_digit()) => {
            "a number does not begin with a zero; an octal number is written `0o17`"
        }
        bytes if bytes.contains(&b'_') => "digits are not grouped: write `1000000`",
        _ if written.parse::<f64>().is_ok() && !written.starts_with(|c: char| c.is_alphabetic()) => return Ok(()),
        _ => "a name cannot begin with a digit; in backticks it can",
    };
    // Where a key should stand it is a wrong key rather than a wrong number.
    let is_key = before.last().is_some_and(|t| t.is_sign(text, '{') || t.is_sign(text, ','))
        && text[last.span.end..].trim_start().starts_with(':');
    let (detail, what) =
        if is_key { ("UnexpectedSyntax", "name of a key") } else { ("InvalidNumberLiteral", "number") };
    Err(Error::syntax(detail, last.span.clone(), format!("`{written}` is no {what}")).help(help))
}

fn unfinished(span: Span, what: &str, close: &str) -> Box<Error> {
    Error::syntax("UnexpectedSyntax", span, format!("this {what} does not end"))
        .saying("it begins here")
        .help(format!("close it with `{close}`"))
}

/// An open quote; where it looks like an apostrophe inside a text, it says how to write one.
fn unfinished_text(text: &str, at: usize, quote: char) -> Box<Error> {
    let error = unfinished(at..at + 1, "text", &quote.to_string());
    let is_apostrophe = quote == '\'' && text[..at].ends_with(char::is_alphanumeric);
    if is_apostrophe {
        error.help("an apostrophe inside a text is written `\\'`, or the text is put in double quotes")
    } else {
        error
    }
}
