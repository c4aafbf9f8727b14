//! Where a statement ends, and what is open at a place: enough of the language's signs for a line editor.
//!
//! Texts, names in backticks and comments are minded, nothing else is read: whether it is a query is for the parser to say.

/// What a text leaves open at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Open {
    /// The sign of the text or name that is open, with the place after it.
    pub(super) quote: Option<(char, usize)>,
    /// A comment is open: to the end of the line or to `*/`.
    pub(super) comment: bool,
    /// The brackets that are open, with their places.
    pub(super) brackets: Vec<(char, usize)>,
}

/// A text as statements.
#[derive(Debug)]
pub(super) struct Split<'t> {
    /// The statements, in order, without what ends them. Pieces of blanks and comments are left out.
    pub(super) statements: Vec<&'t str>,
    /// Whether the last one was ended by `;`.
    pub(super) is_ended: bool,
    /// What is open at the end.
    pub(super) open: Open,
}

/// Splits a text at its semicolons.
pub(super) fn split(text: &str) -> Split<'_> {
    let (mut statements, mut open, mut start, mut has_words) = (Vec::new(), Open::default(), 0, false);
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        if let Some((quote, _)) = open.quote {
            if sign == '\\' && quote != '`' {
                signs.next();
            } else if sign == quote {
                open.quote = None;
            }
            continue;
        }
        let next = signs.peek().map(|(_, next)| *next);
        match sign {
            '/' if next == Some('/') => {
                open.comment = !signs.any(|(_, sign)| sign == '\n');
                continue;
            }
            '/' if next == Some('*') => {
                signs.next();
                open.comment = true;
                while let Some((_, sign)) = signs.next() {
                    if sign == '*' && signs.peek().is_some_and(|(_, next)| *next == '/') {
                        signs.next();
                        open.comment = false;
                        break;
                    }
                }
                continue;
            }
            '\'' | '"' | '`' => open.quote = Some((sign, at + 1)),
            '(' | '[' | '{' => open.brackets.push((sign, at)),
            ')' | ']' | '}' => {
                open.brackets.pop();
            }
            // Also inside brackets, so that a bracket too many does not hold a shell for ever.
            ';' => {
                if has_words {
                    statements.push(text[start..at].trim());
                }
                (start, has_words) = (at + 1, false);
                open.brackets.clear();
                continue;
            }
            _ => {}
        }
        has_words |= !sign.is_whitespace();
    }
    if has_words {
        statements.push(text[start..].trim());
    }
    Split { statements, is_ended: !has_words, open }
}

/// The command in what was typed, without its colon. A few words that no query begins with need none.
pub(super) fn command(text: &str) -> Option<&str> {
    const BARE: [&str; 3] = ["help", "quit", "exit"];
    let text = text.trim();
    text.strip_prefix(':').or_else(|| BARE.contains(&text.trim_end_matches(';').trim_end()).then_some(text))
}

/// Whether what was typed can be carried out: a command of the shell, a statement that ends with `;`, or one followed by an empty line
/// with nothing left open.
pub(super) fn is_complete(text: &str) -> bool {
    let begin = text.trim_start();
    if begin.is_empty() || command(text).is_some() {
        return true;
    }
    let Split { is_ended, open, .. } = split(text);
    let has_empty_line = text.rsplit_once('\n').is_some_and(|(_, last)| last.trim().is_empty());
    is_ended || (has_empty_line && !open.comment && open.quote.is_none() && open.brackets.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semicolons_end_statements_outside_texts_and_comments() {
        let check = |text: &str, want: &[&str]| assert_eq!(split(text).statements, want, "{text}");
        check("RETURN 1; RETURN 2", &["RETURN 1", "RETURN 2"]);
        check("RETURN ';' /* ; */ // ;\n;", &["RETURN ';' /* ; */ // ;"]);
        check(r"RETURN 'it\';' ; ", &[r"RETURN 'it\';'"]);
        check("MATCH (a:`x;y`) RETURN a;;", &["MATCH (a:`x;y`) RETURN a"]);
        check("// only a remark\n;", &[]);
        check("RETURN (1; RETURN 2", &["RETURN (1", "RETURN 2"]);
    }

    #[test]
    fn a_statement_goes_on_until_it_is_ended() {
        for (text, want) in [
            ("", true),
            (":help", true),
            ("help", true),
            ("helpful", false),
            ("RETURN 1;", true),
            ("RETURN 1; // one", true),
            ("RETURN 1", false),
            ("RETURN 1\n", true),
            ("RETURN 1\n  ", true),
            ("RETURN [1,\n", false),
            ("RETURN 'a;\n", false),
            ("RETURN 1 /* ;\n", false),
            ("RETURN (1;", true),
        ] {
            assert_eq!(is_complete(text), want, "{text:?}");
        }
    }
}
