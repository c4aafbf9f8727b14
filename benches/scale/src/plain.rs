//! The plain form: a folder of tables that any engine can read.
//!
//! * `edges.tsv`: `src dst type start end eid polarity`, integers, days since 1970-01-01, `end` inclusive
//! * `actors.tsv`: `id name` · `types.tsv`: `id polarity name` · `queries.tsv`: kind and arguments · `meta.json`: sizes
//!
//! [`Edges`] reads row by row and keeps no text. Whoever wrote the folder, a bad row is an error with file and line.

use crate::question::{Kind, Question};
use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A dated relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The subject.
    pub src: u32,
    /// The object.
    pub dst: u32,
    /// The type.
    pub kind: u16,
    /// The first day.
    pub start: i32,
    /// The last day.
    pub end: i32,
    /// The relation's number.
    pub eid: u32,
    /// For (1), against (-1) or neither (0).
    pub polarity: i8,
}

/// The sizes of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// How many relations.
    pub n_edges: u64,
    /// How many actors; their numbers are below this.
    pub n_actors: u32,
    /// How many types; their numbers are below this.
    pub n_types: u16,
    /// The first day on which any relation starts.
    pub day_min: i32,
    /// The last day on which any ends.
    pub day_max: i32,
}

/// A type of relations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeRow {
    /// For (1), against (-1) or neither (0).
    pub polarity: i8,
    /// Its name.
    pub name: String,
}

/// Reads the sizes.
///
/// # Errors
/// When the folder is not a whole set.
pub fn meta(dir: &Path) -> Result<Meta> {
    let path = dir.join("meta.json");
    let text = fs::read_to_string(&path)
        .with_context(|| format!("{} is no set in the plain form: cannot read {}", dir.display(), path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("in {}", path.display()))
}

/// Reads the relations one by one.
///
/// # Errors
/// When the file cannot be opened; the iterator gives an error for a row that is not as it must be.
pub fn edges(dir: &Path) -> Result<Edges> {
    let meta = meta(dir)?;
    Ok(Edges { meta, lines: Lines::open(dir.join("edges.tsv"))? })
}

/// The relations of a set, in the order of the file.
#[derive(Debug)]
pub struct Edges {
    meta: Meta,
    lines: Lines,
}

impl Edges {
    /// The sizes of the set.
    #[must_use]
    pub const fn meta(&self) -> Meta {
        self.meta
    }

    fn edge(&mut self) -> Result<Option<Edge>> {
        if !self.lines.advance()? {
            return Ok(None);
        }
        let Some([src, dst, kind, start, end, eid, polarity]) = numbers(self.lines.line()) else {
            bail!(self.lines.fault("must be seven integers: src dst type start end eid polarity"));
        };
        let number = |value: i64, below: i64, name: &str| {
            ensure!(
                (0..below).contains(&value),
                self.lines.fault(&format!("{name} {value} must be from 0 to {}", below - 1))
            );
            Ok(value)
        };
        let day = |value: i64| i32::try_from(value).with_context(|| self.lines.fault(&format!("{value} is no day")));
        let edge = Edge {
            src: number(src, self.meta.n_actors.into(), "src")? as u32,
            dst: number(dst, self.meta.n_actors.into(), "dst")? as u32,
            kind: number(kind, self.meta.n_types.into(), "type")? as u16,
            start: day(start)?,
            end: day(end)?,
            eid: number(eid, 1 << 32, "eid")? as u32,
            polarity: (number(polarity + 1, 3, "polarity + 1")? - 1) as i8,
        };
        ensure!(edge.start <= edge.end, self.lines.fault("must not end before it starts"));
        Ok(Some(edge))
    }
}

impl Iterator for Edges {
    type Item = Result<Edge>;

    fn next(&mut self) -> Option<Self::Item> {
        self.edge().transpose()
    }
}

/// Reads the types, by number.
///
/// # Errors
/// When the file cannot be read, or numbers do not run from 0.
pub fn types(dir: &Path) -> Result<Vec<TypeRow>> {
    let mut lines = Lines::open(dir.join("types.tsv"))?;
    let mut types = Vec::new();
    while lines.advance()? {
        let text = lines.text()?;
        let mut fields = text.splitn(3, '\t');
        let (number, polarity, name) = (fields.next(), fields.next(), fields.next());
        let (Some(Ok(number)), Some(Ok(polarity)), Some(name)) =
            (number.map(str::parse::<usize>), polarity.map(str::parse::<i8>), name)
        else {
            bail!(lines.fault("must be: id, polarity and name"));
        };
        ensure!(number == types.len(), lines.fault(&format!("must have the id {}: ids run from 0", types.len())));
        types.push(TypeRow { polarity, name: name.to_owned() });
    }
    Ok(types)
}

/// Reads the questions, in the order of the file.
///
/// # Errors
/// When the file cannot be read or a row is no question.
pub fn questions(dir: &Path) -> Result<Vec<Question>> {
    let actors = i64::from(meta(dir)?.n_actors);
    let mut lines = Lines::open(dir.join("queries.tsv"))?;
    let mut questions = Vec::new();
    while lines.advance()? {
        let text = lines.text()?;
        let (word, arguments) = text.split_once('\t').unwrap_or((text, ""));
        let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.word() == word) else {
            bail!(lines.fault(&format!("asks `{word}`; known are rel_at, allies, path, changed and aggr")));
        };
        let day = |value: i64| i32::try_from(value).with_context(|| lines.fault(&format!("{value} is no day")));
        let actor = |value: i64| {
            ensure!((0..actors).contains(&value), lines.fault(&format!("there is no actor {value}")));
            Ok(value as u32)
        };
        let arguments = arguments.as_bytes();
        questions.push(match kind {
            Kind::RelAt | Kind::Allies => {
                let Some([who, on]) = numbers(arguments) else { bail!(lines.fault("takes an actor and a day")) };
                let (actor, day) = (actor(who)?, day(on)?);
                if kind == Kind::RelAt { Question::RelAt { actor, day } } else { Question::Allies { actor, day } }
            }
            Kind::Path => {
                let Some([from, to, on]) = numbers(arguments) else { bail!(lines.fault("takes two actors and a day")) };
                Question::Path { from: actor(from)?, to: actor(to)?, day: day(on)? }
            }
            Kind::Changed => {
                let Some([after, upto]) = numbers(arguments) else { bail!(lines.fault("takes two days")) };
                Question::Changed { after: day(after)?, upto: day(upto)? }
            }
            Kind::Aggr => {
                let Some([on]) = numbers(arguments) else { bail!(lines.fault("takes a day")) };
                Question::Aggr { day: day(on)? }
            }
        });
    }
    Ok(questions)
}

/// Writes a whole set; `meta.json` last, so that a set half written is not taken for one.
///
/// # Errors
/// When the folder cannot be written.
pub fn write(
    dir: &Path,
    meta: Meta,
    types: &[TypeRow],
    edges: impl Iterator<Item = Edge>,
    questions: &[Question],
) -> Result<()> {
    fs::create_dir_all(dir).with_context(|| format!("cannot make {}", dir.display()))?;
    let last = dir.join("meta.json");
    if last.exists() {
        fs::remove_file(&last).with_context(|| format!("cannot replace {}", last.display()))?;
    }
    table(dir, "edges.tsv", edges, |out, e| {
        writeln!(out, "{}\t{}\t{}\t{}\t{}\t{}\t{}", e.src, e.dst, e.kind, e.start, e.end, e.eid, e.polarity)
    })?;
    table(dir, "actors.tsv", 0..meta.n_actors, |out, actor| writeln!(out, "{actor}\tactor{actor}"))?;
    table(dir, "types.tsv", types.iter().enumerate(), |out, (number, t)| {
        writeln!(out, "{number}\t{}\t{}", t.polarity, t.name)
    })?;
    table(dir, "queries.tsv", questions.iter(), |out, question| match *question {
        Question::RelAt { actor, day } | Question::Allies { actor, day } => {
            writeln!(out, "{}\t{actor}\t{day}", question.kind())
        }
        Question::Path { from, to, day } => writeln!(out, "path\t{from}\t{to}\t{day}"),
        Question::Changed { after, upto } => writeln!(out, "changed\t{after}\t{upto}"),
        Question::Aggr { day } => writeln!(out, "aggr\t{day}"),
    })?;
    fs::write(&last, serde_json::to_string(&meta)?).with_context(|| format!("cannot write {}", last.display()))
}

fn table<T>(
    dir: &Path,
    name: &str,
    rows: impl Iterator<Item = T>,
    line: impl Fn(&mut BufWriter<File>, T) -> std::io::Result<()>,
) -> Result<()> {
    let path = dir.join(name);
    let write = || {
        let mut out = BufWriter::with_capacity(1 << 18, File::create(&path)?);
        for row in rows {
            line(&mut out, row)?;
        }
        out.into_inner()?.sync_data()
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

/// The lines of a file in a buffer that is used again, with their numbers for errors.
#[derive(Debug)]
struct Lines {
    path: PathBuf,
    reader: BufReader<File>,
    line: Vec<u8>,
    number: u64,
}

impl Lines {
    fn open(path: PathBuf) -> Result<Self> {
        let file = File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
        Ok(Self { path, reader: BufReader::with_capacity(1 << 18, file), line: Vec::new(), number: 0 })
    }

    /// Goes on to the next line; false at the end.
    fn advance(&mut self) -> Result<bool> {
        self.line.clear();
        self.number += 1;
        let read = self.reader.read_until(b'\n', &mut self.line);
        let read = read.with_context(|| format!("cannot read {}", self.path.display()))?;
        while self.line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            self.line.pop();
        }
        Ok(read > 0)
    }

    fn line(&self) -> &[u8] {
        &self.line
    }

    fn text(&self) -> Result<&str> {
        std::str::from_utf8(&self.line).with_context(|| self.fault("must be UTF-8"))
    }

    fn fault(&self, what: &str) -> String {
        format!("{}:{}: {what}", self.path.display(), self.number)
    }
}

/// So many integers, parted by blanks, and nothing else; none when the line is not that.
fn numbers<const N: usize>(line: &[u8]) -> Option<[i64; N]> {
    let mut values = [0; N];
    let mut fields = line.split(|byte| matches!(byte, b'\t' | b' ')).filter(|field| !field.is_empty());
    for value in &mut values {
        *value = integer(fields.next()?)?;
    }
    fields.next().is_none().then_some(values)
}

/// An integer of at most 18 digits.
fn integer(field: &[u8]) -> Option<i64> {
    let (digits, sign) = field.strip_prefix(b"-").map_or((field, 1), |digits| (digits, -1));
    let is_whole = (1..=18).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    is_whole.then(|| sign * digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> (Meta, Vec<TypeRow>, Vec<Edge>, Vec<Question>) {
        let edge = |eid, src, dst, polarity| Edge {
            src,
            dst,
            kind: u16::from(polarity < 0),
            start: -3,
            end: 9,
            eid,
            polarity,
        };
        (
            Meta { n_edges: 2, n_actors: 3, n_types: 2, day_min: -3, day_max: 9 },
            vec![TypeRow { polarity: 1, name: "a type".into() }, TypeRow { polarity: -1, name: "b".into() }],
            vec![edge(0, 0, 2, 1), edge(1, 2, 1, -1)],
            vec![
                Question::RelAt { actor: 2, day: -1 },
                Question::Allies { actor: 1, day: 5 },
                Question::Path { from: 0, to: 1, day: 5 },
                Question::Changed { after: -4, upto: 3 },
                Question::Aggr { day: 9 },
            ],
        )
    }

    #[test]
    fn what_is_written_is_read_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let (sizes, kinds, rows, asked) = small();
        write(dir.path(), sizes, &kinds, rows.iter().copied(), &asked).expect("written");
        assert_eq!(meta(dir.path()).expect("sizes"), sizes);
        assert_eq!(types(dir.path()).expect("types"), kinds);
        assert_eq!(edges(dir.path()).expect("open").collect::<Result<Vec<_>>>().expect("rows"), rows);
        assert_eq!(questions(dir.path()).expect("questions"), asked);
    }

    #[test]
    fn a_bad_row_is_told_with_its_line() {
        let dir = tempfile::tempdir().expect("a folder");
        let (sizes, kinds, rows, asked) = small();
        for (row, wanted) in [
            ("0\t1\t0\t5\t9\t2", "edges.tsv:3: must be seven integers"),
            ("0\t1\t0\t5\t9\t2\t1\t1", "edges.tsv:3: must be seven integers"),
            ("0\t1\t0\t5\t9\tx\t1", "edges.tsv:3: must be seven integers"),
            ("0\t3\t0\t5\t9\t2\t1", "edges.tsv:3: dst 3 must be from 0 to 2"),
            ("0\t1\t2\t5\t9\t2\t1", "edges.tsv:3: type 2 must be from 0 to 1"),
            ("0\t1\t0\t5\t4\t2\t1", "edges.tsv:3: must not end before it starts"),
            ("0\t1\t0\t5\t9\t2\t2", "edges.tsv:3: polarity"),
            ("", "edges.tsv:3: must be seven integers"),
        ] {
            write(dir.path(), sizes, &kinds, rows.iter().copied(), &asked).expect("written");
            let path = dir.path().join("edges.tsv");
            fs::write(&path, format!("{}{row}\n", fs::read_to_string(&path).expect("text"))).expect("a row more");
            let fault = edges(dir.path()).expect("open").find_map(Result::err).expect("a fault").to_string();
            assert!(fault.contains(wanted), "{row:?}: {fault}");
        }
    }

    #[test]
    fn a_set_half_written_is_not_taken_for_one() {
        let dir = tempfile::tempdir().expect("a folder");
        let (sizes, kinds, rows, asked) = small();
        write(dir.path(), sizes, &kinds, rows.into_iter(), &asked).expect("written");
        fs::remove_file(dir.path().join("meta.json")).expect("removed");
        assert!(edges(dir.path()).expect_err("no set").to_string().contains("is no set in the plain form"));
    }
}
