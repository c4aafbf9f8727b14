//! A table as text: its delimiter, its header, and its rows with the lines they begin on.
//!
//! Comma, semicolon, tab or bar; a byte order mark and Windows line ends are read over; texts in quotes may hold ends of lines, and lines are still
//! counted right. Anything but UTF-8 is refused with its place.

use super::quotes::{self, Broken};
use crate::dataset::InputFile;
use crate::diagnostic::{Diagnostic, FileId, Label, Severity, SourceMap};
use std::ops::Range;

/// The signs that may part columns.
pub(super) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A table that is ready to be read, as often as need be.
#[derive(Debug)]
pub(super) struct Table {
    /// Its text, for messages.
    pub(super) file: FileId,
    /// What it is called.
    pub(super) name: String,
    pub(super) header: Vec<String>,
    delimiter: u8,
    has_header: bool,
    has_quotes: bool,
    text: String,
    /// Where the header begins: after a byte order mark and a line `sep=;`.
    start: usize,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// What parts columns; found out when `None`.
    pub(super) delimiter: Option<u8>,
    /// Whether the first line names the columns; otherwise they are called `1`, `2` and so on.
    pub(super) has_header: bool,
    /// Whether quotes hold texts together; otherwise they are signs like others.
    pub(super) has_quotes: bool,
}

impl Default for Shape {
    fn default() -> Self {
        Self { delimiter: None, has_header: true, has_quotes: true }
    }
}

/// One row.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) at: RowAt,
    pub(super) cells: csv::StringRecord,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RowAt {
    /// Its first line, counted from 1.
    pub(super) line: usize,
    /// Its first byte.
    pub(super) byte: usize,
}

impl Table {
    /// Reads the header. Without a delimiter, it is the one that gives the most of the columns `wanted`, and of those that give as many the one that gives
    /// the most columns.
    pub(super) fn open(
        input: InputFile,
        shape: Shape,
        wanted: &[&str],
        sources: &mut SourceMap,
    ) -> Result<Self, Box<Diagnostic>> {
        let Shape { delimiter, has_header, has_quotes } = shape;
        let header = |text: &str, delimiter: u8| -> Vec<String> {
            let first = header(text, delimiter, has_quotes);
            if has_header { first } else { numbered(first.len()) }
        };
        let name = input.name;
        let text = match String::from_utf8(input.bytes.into_owned()) {
            Ok(text) => text,
            Err(error) => return Err(Box::new(not_utf8(&name, error, sources))),
        };
        let file = sources.add(name.clone(), text.clone());
        let mut start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut said = None;
        if let Some((sign, length)) = dialect(&text[start..]) {
            if !may_part(sign) && delimiter.is_none() {
                return Err(Box::new(Diagnostic {
                    code: "bad-delimiter".into(),
                    severity: Severity::Error,
                    message: format!("the first line of {name} says that `{}` parts columns", sign.escape_ascii()),
                    labels: vec![Label { file, span: start..start + "sep=".len(), text: "cannot part columns".into() }],
                    help: vec!["use one sign of ASCII: `,`, `;`, a tab, `|`; or take the line away".into()],
                }));
            }
            said = Some(sign);
            start += length;
        }
        let table = |delimiter| Self {
            file,
            name: name.clone(),
            header: header(&text[start..], delimiter),
            delimiter,
            has_header,
            has_quotes,
            text: text.clone(),
            start,
        };
        let table = match delimiter.or(said) {
            Some(delimiter) => table(delimiter),
            None => {
                let found = DELIMITERS.iter().rev().max_by_key(|sign| {
                    let header = header(&text[start..], **sign);
                    (wanted.iter().filter(|w| header.iter().any(|h| h == **w)).count(), header.len())
                });
                table(*found.unwrap_or(&b','))
            }
        };
        if has_quotes && let Some(broken) = quotes::broken(&table.text, table.start, table.delimiter) {
            return Err(Box::new(table.broken_quote(&broken)));
        }
        if table.header.iter().all(String::is_empty) {
            return Err(Box::new(Diagnostic {
                code: "empty-table".into(),
                severity: Severity::Error,
                message: format!("{name} has no header"),
                labels: Vec::new(),
                help: vec!["the first line of a table names its columns".into()],
            }));
        }
        Ok(table)
    }

    /// Every row that holds anything, in order; a row with more or fewer cells than the header comes as an error.
    pub(super) fn rows(&self) -> impl Iterator<Item = Result<Row, Box<Diagnostic>>> + '_ {
        let mut reader = reader(&self.text[self.start..], self.delimiter, self.has_quotes);
        let mut lines = Lines::new(&self.text);
        let mut cells = csv::StringRecord::new();
        let mut is_header = self.has_header;
        std::iter::from_fn(move || {
            loop {
                // A text never fails to be read, and it is UTF-8.
                if !reader.read_record(&mut cells).unwrap_or(false) {
                    return None;
                }
                if std::mem::replace(&mut is_header, false) || cells.iter().all(|cell| cell.trim().is_empty()) {
                    continue;
                }
                let byte = cells.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0)) + self.start;
                let at = lines.row_at(byte);
                return Some(if cells.len() == self.header.len() {
                    Ok(Row { at, cells: cells.clone() })
                } else {
                    Err(Box::new(self.ragged(at, cells.len())))
                });
            }
        })
    }

    /// A quote that is left open, or a text that goes on after its closing quote.
    fn broken_quote(&self, broken: &Broken) -> Diagnostic {
        let line = |byte: usize| Lines::new(&self.text).row_at(byte).line;
        let column = |byte: usize| {
            let begin = self.text[..byte].rfind(['\n', '\r']).map_or(0, |end| end + 1);
            self.text[begin..byte].trim_start_matches('\u{feff}').chars().count() + 1
        };
        let (opened, at) = (broken.opened, broken.at.start);
        let mut labels = vec![Label { file: self.file, span: broken.at.clone(), text: "no quote closes it".into() }];
        let message = if broken.goes_on {
            labels[0].text = "after the closing quote".into();
            labels.push(Label { file: self.file, span: opened..opened + 1, text: "the quote opens here".into() });
            let opened =
                if line(opened) == line(at) { String::new() } else { format!("; it opened on line {}", line(opened)) };
            format!("line {}, column {}: text follows a closing quote{opened}", line(at), column(at))
        } else {
            format!("line {}, column {}: a quote is opened and never closed", line(opened), column(opened))
        };
        let help =
            vec!["a cell in quotes ends with its closing quote; a quote inside quotes is written twice: `\"\"`".into()];
        Diagnostic { code: "broken-quote".into(), severity: Severity::Error, message, labels, help }
    }

    fn ragged(&self, at: RowAt, found: usize) -> Diagnostic {
        let (wanted, line) = (self.header.len(), at.line);
        let label = format!("{found} cell{} here", if found == 1 { "" } else { "s" });
        let first = if self.has_header { "header" } else { "first row" };
        let mut help = vec![format!("the {first} has {wanted} columns")];
        let ends = self.text[at.byte..].find('\n').map_or(self.text.len(), |end| at.byte + end);
        if self.text[at.byte..ends].matches('"').count() % 2 == 1 {
            help.push("a quote that is not closed takes in the lines after it; a quote inside quotes is written twice: `\"\"`".into());
        }
        Diagnostic {
            code: "ragged-row".into(),
            severity: Severity::Error,
            message: format!("line {line} has {found} cells, not {wanted}"),
            labels: vec![Label { file: self.file, span: at.byte..ends.max(at.byte + 1), text: label }],
            help,
        }
    }

    /// Which bytes a cell takes, with its quotes.
    pub(super) fn span(&self, at: RowAt, column: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let (mut begin, mut number, mut offset) = (at.byte, 0, at.byte);
        while let Some(&byte) = bytes.get(offset) {
            // A quote opens only at the start of a cell; anywhere else it is a sign like others.
            if byte == b'"' && offset == begin && self.has_quotes {
                offset = behind_quotes(bytes, offset);
                continue;
            }
            if byte == b'\n' || byte == b'\r' {
                return begin..offset;
            }
            if byte == self.delimiter {
                if number == column {
                    return begin..offset;
                }
                (begin, number) = (offset + 1, number + 1);
            }
            offset += 1;
        }
        begin..bytes.len()
    }
}

/// Where the text goes on behind what stands in quotes from here, in which two quotes are a quote.
fn behind_quotes(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while let Some(&byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1)) {
            (b'"', Some(b'"')) => at += 2,
            (b'"', _) => return at + 1,
            _ => at += 1,
        }
    }
    at
}

/// Whether a sign can part columns.
pub(super) const fn may_part(sign: u8) -> bool {
    sign.is_ascii() && !matches!(sign, b'"' | b'\n' | b'\r')
}

/// The sign of a first line `sep=;`, which Excel writes and reads, and the length of that line with its end. A column may be called `sep=x`, in a
/// header of more than that; and no sign beyond ASCII parts columns, so that such a line is a header too.
pub(super) fn dialect(text: &str) -> Option<(u8, usize)> {
    let rest = text.strip_prefix("sep=")?;
    let sign = rest.chars().next().and_then(|sign| u8::try_from(sign).ok()).filter(u8::is_ascii)?;
    let end = ["\r\n", "\r", "\n"].into_iter().find(|end| rest[1..].starts_with(end))?;
    Some((sign, "sep=".len() + 1 + end.len()))
}

fn reader(text: &str, delimiter: u8, has_quotes: bool) -> csv::Reader<&[u8]> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).quoting(has_quotes);
    builder.from_reader(text.as_bytes())
}

/// The names of columns that have none.
pub(super) fn numbered(count: usize) -> Vec<String> {
    (1..=count).map(|number| number.to_string()).collect()
}

fn header(text: &str, delimiter: u8, has_quotes: bool) -> Vec<String> {
    let mut first = csv::StringRecord::new();
    let found = reader(text, delimiter, has_quotes).read_record(&mut first).unwrap_or(false);
    if found { first.iter().map(|name| name.trim().to_owned()).collect() } else { Vec::new() }
}

/// Counts lines as rows come.
struct Lines<'t> {
    text: &'t [u8],
    at: RowAt,
}

impl<'t> Lines<'t> {
    const fn new(text: &'t str) -> Self {
        Self { text: text.as_bytes(), at: RowAt { line: 1, byte: 0 } }
    }

    /// The place of a row that begins at this byte or after the ends of lines that stand there.
    fn row_at(&mut self, byte: usize) -> RowAt {
        let mut at = self.at;
        while at.byte < self.text.len() {
            let is_end = match self.text[at.byte] {
                b'\n' => true,
                // An end of line of its own only where no line feed follows.
                b'\r' => self.text.get(at.byte + 1) != Some(&b'\n'),
                _ if at.byte >= byte => break,
                _ => false,
            };
            at = RowAt { line: at.line + usize::from(is_end), byte: at.byte + 1 };
        }
        self.at = at;
        at
    }
}

/// Which byte is wrong, on which line, and what the file probably is.
fn not_utf8(name: &str, error: std::string::FromUtf8Error, sources: &mut SourceMap) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Diagnostic {
            code: "not-utf8".into(),
            severity: Severity::Error,
            message: format!("{name} is UTF-16, not UTF-8"),
            labels: Vec::new(),
            help: vec![format!("convert it: `iconv -f UTF-16 -t UTF-8 {name}`")],
        };
    }
    let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
    let byte = bytes.get(at).copied().unwrap_or_default();
    // As Latin-1, which has a sign for every byte, so that people recognise the word.
    let begin = bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |n| n + 1);
    let end = bytes[at..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| at + n);
    let before: String = String::from_utf8_lossy(&bytes[begin..at]).into_owned();
    let after: String = bytes[at..end].iter().map(|b| char::from(*b)).collect();
    let sign = char::from(byte);
    let text = format!("{}{before}{after}\n", "\n".repeat(line - 1));
    let start = line - 1 + before.len();
    let file = sources.add(name, text);
    Diagnostic {
        code: "not-utf8".into(),
        severity: Severity::Error,
        message: format!("{name} is not UTF-8: byte {} on line {line} is 0x{byte:02X}", at + 1),
        labels: vec![Label { file, span: start..start + sign.len_utf8(), text: format!("`{sign}`, were it Latin-1") }],
        help: vec![format!("convert it: `iconv -f WINDOWS-1252 -t UTF-8 {name}`")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> (Table, SourceMap) {
        let mut sources = SourceMap::default();
        let input = InputFile { name: "t.csv".into(), bytes: text.as_bytes().to_vec().into() };
        (Table::open(input, Shape::default(), &["a", "b"], &mut sources).unwrap(), sources)
    }

    #[track_caller]
    fn check(text: &str, expected: &[(usize, &str)]) {
        let (table, _) = table(text);
        let rows: Vec<Row> = table.rows().map(|row| row.expect("as many cells as the header")).collect();
        let seen: Vec<(usize, String)> =
            rows.iter().map(|r| (r.at.line, r.cells.iter().collect::<Vec<_>>().join("·"))).collect();
        let seen: Vec<(usize, &str)> = seen.iter().map(|(line, cells)| (*line, cells.as_str())).collect();
        assert_eq!(seen, expected, "{text:?}");
        for row in &rows {
            for (column, cell) in row.cells.iter().enumerate() {
                let span = table.span(row.at, column);
                assert_eq!(table.text[span].trim_matches('"').replace("\"\"", "\""), cell, "{text:?}");
            }
        }
    }

    #[test]
    fn rows_stand_on_the_lines_where_they_begin() {
        check("a,b\n1,2\n3,4", &[(2, "1·2"), (3, "3·4")]);
        check("a;b\r\n1;2\r\n\r\n3;4\r\n", &[(2, "1·2"), (4, "3·4")]);
        check("\u{feff}a\tb\n\n\n1\t\"x\ny\"\n3\t4\n", &[(4, "1·x\ny"), (6, "3·4")]);
        check("sep=;\na;b\n1,5;\"q\"\"q;\"\n,;,\n", &[(3, "1,5·q\"q;"), (4, ",·,")]);
        check("a|b\r1|2\r3|4", &[(2, "1·2"), (3, "3·4")]);
        check("a,b\n\"one\r\ntwo\",2\r\n3,4", &[(2, "one\r\ntwo·2"), (4, "3·4")]);
        check("sep=;\ra;b\r1;2", &[(3, "1·2")]);
    }

    #[test]
    fn quotes_count_only_where_a_cell_begins() {
        for (text, spans) in [
            ("a,b\n5\" gun,6\" gun\n", ["5\" gun", "6\" gun"]),
            ("a,b\n\"x\"\"y,\",z", ["\"x\"\"y,\"", "z"]),
            ("a,b\n\"\",\"\"\"\"\n", ["\"\"", "\"\"\"\""]),
        ] {
            let (table, _) = table(text);
            let row = table.rows().next().unwrap().expect("two cells");
            assert_eq!([0, 1].map(|column| &table.text[table.span(row.at, column)]), spans, "{text:?}");
        }
    }

    #[test]
    fn a_first_line_names_a_delimiter_only_when_it_is_one_sign_of_ascii() {
        let open = |text: &str, delimiter| {
            let shape = Shape { delimiter, ..Shape::default() };
            let mut sources = SourceMap::default();
            let input = InputFile { name: "t.csv".into(), bytes: text.as_bytes().to_vec().into() };
            Table::open(input, shape, &[], &mut sources).map(|t| t.header).map_err(|e| e.code)
        };
        for (text, header) in [
            ("sep=;\na;b\n", &["a", "b"][..]),
            ("sep=é\na;b\n", &["sep=é"]),
            ("sep=ü,b\n1,2\n", &["sep=ü", "b"]),
            ("sep=;x\n1;2\n", &["sep=", "x"]),
            ("sep=é", &["sep=é"]),
            ("sep=", &["sep="]),
        ] {
            assert_eq!(open(text, None).unwrap(), header, "{text:?}");
        }
        for text in ["sep=\"\na,b\n", "sep=\n\na,b\n", "sep=\r\na,b\n"] {
            assert_eq!(open(text, None).unwrap_err(), "bad-delimiter", "{text:?}");
        }
        assert_eq!(open("sep=\"\na,b\n", Some(b',')).unwrap(), ["a", "b"]);
    }

    #[test]
    fn a_row_of_another_length_is_told_with_its_line() {
        let (table, _) = table("a,b\n1,2\n1,2,3\n");
        let error = table.rows().nth(1).unwrap().unwrap_err();
        assert_eq!((error.code.as_ref(), error.message.as_str()), ("ragged-row", "line 3 has 3 cells, not 2"));
    }

    #[test]
    fn latin_1_is_refused_at_its_byte() {
        let mut sources = SourceMap::default();
        let bytes = b"a,b\nx,caf\xe9\n".to_vec();
        let error =
            Table::open(InputFile { name: "t.csv".into(), bytes: bytes.into() }, Shape::default(), &[], &mut sources);
        let error = error.unwrap_err();
        assert_eq!(error.message, "t.csv is not UTF-8: byte 10 on line 2 is 0xE9");
        assert_eq!(sources.place(&error).as_deref(), Some("t.csv:2:6"));
    }
}
