//! Quotes of a table that do not pair: told before a row is read, since a quote left open takes in whatever follows it.

use std::ops::Range;

/// The first quote that is broken: what is wrong, where, and where the quoted text begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// Whether the text goes on after its closing quote; otherwise nothing closes it.
    pub(super) goes_on: bool,
    /// The sign that should not be there, or the quote that is never closed.
    pub(super) at: Range<usize>,
    /// The opening quote.
    pub(super) opened: usize,
}

/// Finds the first broken quote from a byte of a text on. A quote opens a cell only as its first sign, as RFC 4180 has it; blanks may follow the
/// closing one. Linear in the text.
pub(super) fn broken(text: &str, start: usize, delimiter: u8) -> Option<Broken> {
    let bytes = text.as_bytes();
    let ends_cell = |byte: u8| byte == delimiter || byte == b'\n' || byte == b'\r';
    let mut at = start;
    while at < bytes.len() {
        if bytes[at] == b'"' {
            let opened = at;
            at += 1;
            loop {
                match (bytes.get(at), bytes.get(at + 1)) {
                    (None, _) => return Some(Broken { goes_on: false, at: opened..opened + 1, opened }),
                    (Some(b'"'), Some(b'"')) => at += 2,
                    (Some(b'"'), _) => break,
                    _ => at += 1,
                }
            }
            at += 1;
            while at < bytes.len() && !ends_cell(bytes[at]) && matches!(bytes[at], b' ' | b'\t') {
                at += 1;
            }
            if let Some(sign) = text[at..].chars().next()
                && !ends_cell(bytes[at])
            {
                return Some(Broken { goes_on: true, at: at..at + sign.len_utf8(), opened });
            }
        }
        while at < bytes.len() && !ends_cell(bytes[at]) {
            at += 1;
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(bool, usize, usize)>) {
        let found = broken(text, 0, b',').map(|b| (b.goes_on, b.at.start, b.opened));
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn quotes_that_pair_pass_and_others_are_found() {
        check("a,\"b\"\r\n\"c\"\"d\n\",\"\" \n", None);
        check("a,b\"c\"d, \"e\n", None);
        check("a,\"b\nc,d\n", Some((false, 2, 2)));
        check("a,\"b\" and c\n", Some((true, 6, 2)));
        check("a,\"b\"\"\n", Some((false, 2, 2)));
        check("é,\"b\"é", Some((true, 6, 3)));
        check("\"", Some((false, 0, 0)));
    }
}
