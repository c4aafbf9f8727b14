//! Rows of a text that is never held as a whole, with the lines they begin on.
//!
//! Tables are read by `csv-core`, JSON line by line. A row that cannot be read comes as such, and reading goes on with the next line: so does a quote that is never
//! closed, which would take in all that follows. No row may be longer than [`MOST`] bytes.

use super::super::quotes;
use super::json_row::Picker;
use csv_core::ReadRecordResult;
use std::io::{self, BufRead, BufReader, Read};

/// The longest row, in bytes.
pub(super) const MOST: usize = 1 << 20;

/// How much is read at a time.
const CHUNK: usize = 1 << 18;

/// What comes next.
pub(super) enum Next {
    /// A row, whose cells are [`Reader::cells`].
    Row,
    /// A row that cannot be read: why, as a code and in words.
    Bad(&'static str, String),
    /// Nothing more.
    End,
}

/// Reads rows.
pub(super) enum Reader {
    Table(Box<Delimited>),
    Json(Box<JsonLines>),
}

impl Reader {
    /// The next row that holds anything.
    pub(super) fn next(&mut self) -> io::Result<Next> {
        match self {
            Self::Table(table) => table.next(),
            Self::Json(lines) => lines.next(),
        }
    }

    /// The cells of the last row.
    pub(super) fn cells(&self) -> &csv::StringRecord {
        match self {
            Self::Table(table) => &table.cells,
            Self::Json(lines) => &lines.cells,
        }
    }

    /// The line on which the last row begins, counted from 1.
    pub(super) fn line(&self) -> u64 {
        match self {
            Self::Table(table) => table.row_line,
            Self::Json(lines) => lines.line,
        }
    }

    /// The text of the last row, without the end of its line.
    pub(super) fn text(&self) -> &[u8] {
        let text = match self {
            Self::Table(table) if !table.head.is_empty() => &table.head[..],
            Self::Table(table) => &table.buffer.bytes[table.row.clone()],
            Self::Json(lines) => &lines.text[..],
        };
        let end = text.iter().rposition(|byte| !matches!(byte, b'\n' | b'\r')).map_or(0, |at| at + 1);
        &text[..end]
    }

    /// How many bytes were read so far.
    pub(super) fn bytes(&self) -> u64 {
        match self {
            Self::Table(table) => table.buffer.read,
            Self::Json(lines) => lines.read,
        }
    }
}

/// What was read and not yet used.
struct Buffer {
    from: Box<dyn Read>,
    bytes: Vec<u8>,
    at: usize,
    end: usize,
    read: u64,
    is_over: bool,
}

impl Buffer {
    fn new(from: Box<dyn Read>) -> Self {
        Self { from, bytes: vec![0; 2 * CHUNK], at: 0, end: 0, read: 0, is_over: false }
    }

    /// Reads on, keeping what is not yet used, which may move; whether there was more.
    fn more(&mut self) -> io::Result<bool> {
        if self.is_over {
            return Ok(false);
        }
        if self.at > 0 && self.bytes.len() - self.end < CHUNK {
            self.bytes.copy_within(self.at..self.end, 0);
            (self.at, self.end) = (0, self.end - self.at);
        }
        if self.bytes.len() - self.end < CHUNK {
            self.bytes.resize(self.bytes.len() + CHUNK, 0);
        }
        loop {
            match self.from.read(&mut self.bytes[self.end..]) {
                Ok(0) => {
                    self.is_over = true;
                    return Ok(false);
                }
                Ok(count) => {
                    self.end += count;
                    self.read += count as u64;
                    return Ok(true);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Whether as many bytes are there, reading on if need be.
    fn has(&mut self, count: usize) -> io::Result<bool> {
        while self.end - self.at < count {
            if !self.more()? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Rows whose cells are parted by a sign.
pub(super) struct Delimited {
    buffer: Buffer,
    reader: csv_core::Reader,
    delimiter: u8,
    has_quotes: bool,
    out: Vec<u8>,
    ends: Vec<usize>,
    cells: csv::StringRecord,
    /// The line on which reading goes on.
    line: u64,
    row_line: u64,
    row: std::ops::Range<usize>,
    /// The beginning of a row that was too long, while it is the last.
    head: Vec<u8>,
}

impl Delimited {
    /// Begins; `choose` is given the first line (without a byte order mark, and without what it says of the delimiter) and names the sign, unless that line does.
    pub(super) fn open(from: Box<dyn Read>, has_quotes: bool, choose: impl FnOnce(&str) -> u8) -> io::Result<Self> {
        let mut buffer = Buffer::new(from);
        if buffer.has(3)? && buffer.bytes.starts_with("\u{feff}".as_bytes()) {
            buffer.at = 3;
        }
        let mut searched = buffer.at;
        let end = loop {
            if let Some(at) = buffer.bytes[searched..buffer.end].iter().position(|b| matches!(b, b'\n' | b'\r')) {
                // Two bytes more, so that an end of line is there as a whole.
                buffer.has(searched + at + 2 - buffer.at)?;
                break (searched + at + 2).min(buffer.end);
            }
            searched = buffer.end;
            if buffer.end - buffer.at > MOST || !buffer.more()? {
                break buffer.end;
            }
        };
        let first = String::from_utf8_lossy(&buffer.bytes[buffer.at..end]).into_owned();
        let mut line = 1;
        let delimiter = match super::super::rows::dialect(&first) {
            Some((sign, length)) if super::super::rows::may_part(sign) => {
                buffer.at += length;
                line += 1;
                sign
            }
            _ => choose(&first),
        };
        let mut builder = csv_core::ReaderBuilder::new();
        let reader = builder.delimiter(delimiter).quoting(has_quotes).build();
        Ok(Self {
            buffer,
            reader,
            delimiter,
            has_quotes,
            out: vec![0; 4096],
            ends: vec![0; 64],
            cells: csv::StringRecord::new(),
            line,
            row_line: line,
            row: 0..0,
            head: Vec::new(),
        })
    }

    fn next(&mut self) -> io::Result<Next> {
        self.head.clear();
        loop {
            if !self.skip_ends()? {
                return Ok(Next::End);
            }
            self.row_line = self.line;
            let Some((length, columns)) = self.record()? else { return self.too_long() };
            let begin = self.buffer.at;
            self.row = begin..begin + length;
            let raw = &self.buffer.bytes[self.row.clone()];
            let Ok(text) = std::str::from_utf8(raw) else {
                let at = std::str::from_utf8(raw).map_or_else(|e| e.valid_up_to(), |_| 0);
                let message = format!("byte {} of the row is 0x{:02X}, which is not UTF-8", at + 1, raw[at]);
                self.only_first_line();
                return Ok(Next::Bad("not-utf8", message));
            };
            if self.has_quotes
                && raw.contains(&b'"')
                && let Some(broken) = quotes::broken(text, 0, self.delimiter)
            {
                let what =
                    if broken.goes_on { "text follows a closing quote" } else { "a quote is opened and never closed" };
                self.only_first_line();
                return Ok(Next::Bad("broken-quote", what.into()));
            }
            self.cells.clear();
            let mut start = 0;
            let mut is_blank = true;
            for end in &self.ends[..columns] {
                // The row is UTF-8, and what parts its cells is ASCII.
                let cell = std::str::from_utf8(&self.out[start..*end]).unwrap_or_default();
                is_blank &= cell.trim().is_empty();
                self.cells.push_field(cell);
                start = *end;
            }
            // A carriage return that ends the row is looked at again with what follows it: perhaps a line feed.
            let used = if raw.ends_with(b"\r") { length - 1 } else { length };
            self.line += lines(&raw[..used]);
            self.buffer.at += used;
            if !is_blank {
                return Ok(Next::Row);
            }
        }
    }

    /// Goes on to the next row that is not empty; false when there is none.
    fn skip_ends(&mut self) -> io::Result<bool> {
        loop {
            if !self.buffer.has(1)? {
                return Ok(false);
            }
            let is_end = match self.buffer.bytes[self.buffer.at] {
                b'\n' => true,
                // An end of line of its own only where no line feed follows.
                b'\r' => !(self.buffer.has(2)? && self.buffer.bytes[self.buffer.at + 1] == b'\n'),
                _ => return Ok(true),
            };
            self.line += u64::from(is_end);
            self.buffer.at += 1;
        }
    }

    /// Reads a row: how many bytes and cells it has; `None` when it is too long.
    fn record(&mut self) -> io::Result<Option<(usize, usize)>> {
        let (mut taken, mut written, mut columns) = (0, 0, 0);
        loop {
            let input = &self.buffer.bytes[self.buffer.at + taken..self.buffer.end];
            let (result, used, made, ended) =
                self.reader.read_record(input, &mut self.out[written..], &mut self.ends[columns..]);
            taken += used;
            written += made;
            columns += ended;
            match result {
                ReadRecordResult::Record => return Ok((taken <= MOST).then_some((taken, columns))),
                ReadRecordResult::End => return Ok(Some((taken, columns))),
                ReadRecordResult::OutputFull => self.out.resize(self.out.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty => {
                    if taken > MOST {
                        return Ok(None);
                    }
                    // With nothing more to read, the reader is asked once more, and ends the row.
                    self.buffer.more()?;
                }
            }
        }
    }

    /// A row of too many bytes: only its first line is left out.
    fn too_long(&mut self) -> io::Result<Next> {
        let mut end = self.buffer.at;
        let is_long_line = loop {
            if let Some(at) = self.buffer.bytes[end..self.buffer.end].iter().position(|b| matches!(b, b'\n' | b'\r')) {
                end += at;
                break end - self.buffer.at > MOST;
            }
            end = self.buffer.end;
            if end - self.buffer.at > 2 * MOST || !self.buffer.more()? {
                break true;
            }
        };
        let shown = if is_long_line { 200 } else { end - self.buffer.at };
        let head = self.buffer.bytes[self.buffer.at..self.buffer.at + shown].to_vec();
        self.buffer.at = end;
        if is_long_line {
            // The rest of the line, however long it is.
            while self.buffer.has(1)? {
                let rest = &self.buffer.bytes[self.buffer.at..self.buffer.end];
                match rest.iter().position(|b| matches!(b, b'\n' | b'\r')) {
                    Some(at) => {
                        self.buffer.at += at;
                        break;
                    }
                    None => self.buffer.at = self.buffer.end,
                }
            }
        }
        self.reader.reset();
        self.head = head;
        Ok(if is_long_line {
            Next::Bad("row-too-long", format!("the row has more than {MOST} bytes"))
        } else {
            Next::Bad("broken-quote", format!("a quote is opened and not closed within {MOST} bytes"))
        })
    }

    /// Takes of the row only its first line, and goes on behind it.
    fn only_first_line(&mut self) {
        let raw = &self.buffer.bytes[self.row.clone()];
        let end = raw.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(raw.len());
        self.row = self.row.start..self.row.start + end;
        // The end of the line stays, to be counted with those between rows.
        self.buffer.at = self.row.end;
        self.reader.reset();
    }
}

/// How many lines end in a text.
fn lines(text: &[u8]) -> u64 {
    let feeds = text.iter().filter(|byte| **byte == b'\n').count();
    let alone = |at: usize| text[at] == b'\r' && text.get(at + 1) != Some(&b'\n');
    let returns = if text.contains(&b'\r') { (0..text.len()).filter(|at| alone(*at)).count() } else { 0 };
    (feeds + returns) as u64
}

/// Rows that are JSON objects, one a line.
pub(super) struct JsonLines {
    from: BufReader<Box<dyn Read>>,
    picker: Picker,
    cells: csv::StringRecord,
    text: Vec<u8>,
    line: u64,
    read: u64,
}

impl JsonLines {
    /// Begins; each of these fields is a cell, in this order.
    pub(super) fn open(from: Box<dyn Read>, fields: &[String]) -> Self {
        Self {
            from: BufReader::with_capacity(CHUNK, from),
            picker: Picker::new(fields),
            cells: csv::StringRecord::new(),
            text: Vec::new(),
            line: 0,
            read: 0,
        }
    }

    fn next(&mut self) -> io::Result<Next> {
        loop {
            self.text.clear();
            let count = (&mut self.from).take(MOST as u64 + 1).read_until(b'\n', &mut self.text)?;
            if count == 0 {
                return Ok(Next::End);
            }
            self.line += 1;
            self.read += count as u64;
            if count > MOST && self.text.last() != Some(&b'\n') {
                loop {
                    let rest = self.from.fill_buf()?;
                    let end = rest.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
                    let used = end.unwrap_or(rest.len());
                    self.read += used as u64;
                    self.from.consume(used);
                    if end.is_some() || used == 0 {
                        break;
                    }
                }
                self.text.truncate(200);
                return Ok(Next::Bad("row-too-long", format!("the line has more than {MOST} bytes")));
            }
            let begin = if self.line == 1 && self.text.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
            let bytes = &self.text[begin..];
            let text = match std::str::from_utf8(bytes) {
                Ok(text) => text.trim(),
                Err(error) => {
                    let at = error.valid_up_to();
                    let message = format!("byte {} of the line is 0x{:02X}, which is not UTF-8", at + 1, bytes[at]);
                    return Ok(Next::Bad("not-utf8", message));
                }
            };
            if text.is_empty() {
                continue;
            }
            return Ok(match self.picker.pick(text, &mut self.cells) {
                Ok(()) => Next::Row,
                Err((code, message)) => Next::Bad(code, message),
            });
        }
    }
}
