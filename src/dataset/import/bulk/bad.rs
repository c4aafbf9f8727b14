//! Rows that are not taken: counted by reason, and written to a file beside the result.
//!
//! The file is a table with tabs: file, line, reason, what is wrong, and the row as it stands, in quotes where it needs them. It is written beside its place and put
//! there at the end, and replaces nothing but such a file of an earlier run.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read};
use std::path::{Path, PathBuf};

/// How the file begins: the names of its columns.
const HEADER: [&str; 5] = ["file", "line", "reason", "what", "row"];

/// Rows that are bad for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRows {
    /// The reason, as a stable code.
    pub reason: &'static str,
    /// How many.
    pub count: u64,
    /// The file of the first.
    pub file: String,
    /// The line on which the first begins, counted from 1.
    pub line: u64,
    /// What is wrong with the first, in words.
    pub what: String,
}

/// A row that is bad.
pub(super) struct BadRow<'r> {
    pub(super) file: &'r str,
    pub(super) line: u64,
    pub(super) reason: &'static str,
    pub(super) what: &'r str,
    pub(super) text: &'r [u8],
}

/// Counts and keeps them.
pub(super) struct Bad {
    kinds: Vec<BadRows>,
    count: u64,
    most: Option<u64>,
    /// Where they go; none where nothing is written.
    path: Option<PathBuf>,
    file: Option<(csv::Writer<BufWriter<File>>, PathBuf)>,
}

/// More rows are bad than may be, or they could not be written.
pub(super) enum Stop {
    TooMany,
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Bad {
    pub(super) const fn new(path: Option<PathBuf>, most: Option<u64>) -> Self {
        Self { kinds: Vec::new(), count: 0, most, path, file: None }
    }

    /// How many so far.
    pub(super) const fn count(&self) -> u64 {
        self.count
    }

    /// Where they go; empty when nowhere.
    pub(super) fn path(&self) -> &Path {
        self.path.as_deref().unwrap_or_else(|| Path::new(""))
    }

    /// By reason, in the order of the first of each.
    pub(super) fn kinds(&self) -> Vec<BadRows> {
        self.kinds.clone()
    }

    /// Adds a row.
    pub(super) fn add(&mut self, row: &BadRow<'_>) -> Result<(), Stop> {
        self.count += 1;
        match self.kinds.iter_mut().find(|kind| kind.reason == row.reason) {
            Some(kind) => kind.count += 1,
            None => self.kinds.push(BadRows {
                reason: row.reason,
                count: 1,
                file: row.file.to_owned(),
                line: row.line,
                what: row.what.to_owned(),
            }),
        }
        if let Some(path) = &self.path {
            let file = match &mut self.file {
                Some((file, _)) => file,
                none => {
                    let partial = beside(path);
                    let out = BufWriter::new(File::create(&partial)?);
                    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(out);
                    writer.write_record(HEADER).map_err(io::Error::from)?;
                    &mut none.insert((writer, partial)).0
                }
            };
            let (line, text) = (row.line.to_string(), String::from_utf8_lossy(row.text));
            file.write_record([row.file, &line, row.reason, row.what, &text]).map_err(io::Error::from)?;
        }
        if self.most.is_some_and(|most| self.count > most) { Err(Stop::TooMany) } else { Ok(()) }
    }

    /// Puts the file in its place, if there is one.
    pub(super) fn finish(&mut self) -> io::Result<Option<PathBuf>> {
        let (Some((mut file, partial)), Some(path)) = (self.file.take(), &self.path) else { return Ok(None) };
        let done = file.flush().and_then(|()| fs::rename(&partial, path));
        drop(file);
        match done {
            Ok(()) => Ok(Some(path.clone())),
            Err(error) => {
                let _ = fs::remove_file(&partial);
                Err(error)
            }
        }
    }
}

impl Drop for Bad {
    /// What was not finished goes.
    fn drop(&mut self) {
        if let Some((file, partial)) = self.file.take() {
            drop(file);
            let _ = fs::remove_file(partial);
        }
    }
}

/// Whether something else than bad rows of an earlier run is in this place.
pub(super) fn is_in_the_way(path: &Path) -> bool {
    let Ok(about) = path.metadata() else { return false };
    let header = HEADER.join("\t");
    let mut begin = vec![0; header.len()];
    !(about.is_file()
        && File::open(path).and_then(|mut f| f.read_exact(&mut begin)).is_ok()
        && begin == header.as_bytes())
}

fn beside(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.partial", std::process::id()));
    path.with_file_name(name)
}
