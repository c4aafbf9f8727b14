//! Numbers and texts, read from the source rather than from the parser's tree.

use crate::query::error::{Error, Result};
use crate::query::tree::{ExprKind, Span};

/// Reads a number; `negative` where a minus stands before it, which is part of it only for the least integer.
pub(super) fn number(written: &str, span: &Span) -> Result<ExprKind> {
    match magnitude(written, span)? {
        Some(value) => i64::try_from(value).map(ExprKind::Integer).map_err(|_| overflow(written, span)),
        None => match written.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(ExprKind::Float(value)),
            Ok(_) => Err(Error::syntax(
                "FloatingPointOverflow",
                span.clone(),
                format!("`{written}` is too large for a floating point number"),
            )),
            Err(_) => Err(Error::syntax("InvalidNumberLiteral", span.clone(), format!("`{written}` is no number"))),
        },
    }
}

/// Whether the digits are those of the least integer, which has no positive counterpart.
pub(super) fn is_least(written: &str) -> bool {
    magnitude(written, &(0..0)).is_ok_and(|value| value == Some(1 << 63))
}

/// A count in a pattern: how many relations in a row.
pub(super) fn count(written: &str, span: &Span) -> Result<u64> {
    magnitude(written, span)?.filter(|count| i64::try_from(*count).is_ok()).ok_or_else(|| overflow(written, span))
}

/// The digits as a number; `None` for one with a point or an exponent.
fn magnitude(written: &str, span: &Span) -> Result<Option<u64>> {
    let (digits, radix) = match written.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&written[2..], 16),
        [b'0', b'o' | b'O', ..] => (&written[2..], 8),
        _ => (written, 10),
    };
    if radix == 10 && !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    u64::from_str_radix(digits, radix).map(Some).map_err(|_| overflow(written, span))
}

fn overflow(written: &str, span: &Span) -> Box<Error> {
    Error::syntax("IntegerOverflow", span.clone(), format!("`{written}` is too large for an integer")).help(
        "integers reach from -9223372036854775808 to 9223372036854775807; with a point it is a floating point number",
    )
}

/// Undoes the escapes of a text with its quotes. A backslash before any other character stands for itself, as in `'\d'`.
pub(super) fn text(written: &str, span: &Span) -> Result<String> {
    let inner = written.get(1..written.len().saturating_sub(1)).unwrap_or("");
    if !inner.contains('\\') {
        return Ok(inner.to_owned());
    }
    let mut meant = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        meant.push_str(&rest[..at]);
        let escape = &rest[at..];
        let from = span.start + 1 + (inner.len() - escape.len());
        let length = match escape[1..].chars().next() {
            Some('u' | 'U') => {
                let (sign, length) = unicode(escape).ok_or_else(|| bad_unicode(escape, from))?;
                meant.push(sign);
                length
            }
            Some(sign) => {
                match sign {
                    'b' | 'B' => meant.push('\u{8}'),
                    'f' | 'F' => meant.push('\u{c}'),
                    'n' | 'N' => meant.push('\n'),
                    'r' | 'R' => meant.push('\r'),
                    't' | 'T' => meant.push('\t'),
                    '\\' | '\'' | '"' | '`' => meant.push(sign),
                    other => meant.extend(['\\', other]),
                }
                1 + sign.len_utf8()
            }
            None => 1,
        };
        rest = &escape[length..];
    }
    meant.push_str(rest);
    Ok(meant)
}

/// The character of `\uXXXX`, of `\UXXXXXXXX`, or of two `\uXXXX` that make one, and the length of the escape.
fn unicode(escape: &str) -> Option<(char, usize)> {
    let digits = |from: usize, count: usize| {
        let digits = escape.get(from..from + count)?;
        let is_hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
        is_hex.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
    };
    if escape.as_bytes().get(1) == Some(&b'U') {
        return Some((char::from_u32(digits(2, 8)?)?, 10));
    }
    let first = digits(2, 4)?;
    if !(0xd800..0xdc00).contains(&first) {
        return Some((char::from_u32(first)?, 6));
    }
    let second = escape.get(6..8).filter(|next| *next == "\\u").and_then(|_| digits(8, 4))?;
    (0xdc00..0xe000).contains(&second).then_some(())?;
    Some((char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00))?, 12))
}

fn bad_unicode(escape: &str, at: usize) -> Box<Error> {
    let shown: String = escape.chars().take(6).collect();
    Error::syntax("InvalidUnicodeLiteral", at..at + shown.len(), format!("`{shown}` names no character"))
        .help("write `\\u` with four hexadecimal digits (`\\u00e9`), or `\\U` with eight; a backslash itself is written `\\\\`")
}
