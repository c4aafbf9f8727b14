//! From JSON files to a checked graph, or to a list of everything that is wrong with them.
//!
//! The only part that knows files, serde and the shape of records on disk. A load is all or nothing: with one error in one file
//! there is no graph, and the answer is every error of every file, each with its place.
//!
//! ```text
//! paths ─input─▶ texts ─draft (serde)─▶ records ─check─▶ graph::Builder ─▶ TemporalGraph
//!                          │ refused           │ faults
//!                          ▼                   ▼
//!                        shape              fault ─▶ Vec<Diagnostic>
//! ```

mod check;
mod compiled;
mod coverage;
#[allow(clippy::vec_box, reason = "see there")]
mod draft;
mod embedded;
mod fault;
mod import;
mod input;
mod shape;
mod vocabulary;
mod write;

pub use compiled::{cache_path, cached, fingerprint, relative};
pub use coverage::{Coverage, ParagraphUse, SourceCoverage};
pub use import::bulk;
pub use import::{CsvOptions, Imported, ftm_schema, import_csv, import_ftm, import_json, mapping_schema};
pub use input::{InputFile, read, read_lexicon, read_with_paths};
pub use write::{Occupied, OutputFile, Selection, canonical, to_text, write_directory, write_files};

use crate::diagnostic::{Diagnostic, FileId, Label, Severity, SourceMap};
use crate::graph::TemporalGraph;
use draft::FileDraft;
use std::borrow::Cow;

/// What the names of the shipped files begin with, in messages.
const SHIPPED: &str = "embedded:";

/// A data set that loaded.
#[derive(Debug)]
pub struct Loaded {
    /// The graph.
    pub graph: TemporalGraph,
    /// What is probably not meant, though it loads.
    pub warnings: Vec<Diagnostic>,
    /// The texts that the warnings point into.
    pub sources: SourceMap,
}

/// A data set that did not load.
#[derive(Debug)]
pub struct Refused {
    /// Everything that is wrong, errors first, each file's in the order of its text.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts that they point into.
    pub sources: SourceMap,
}

/// The data set that comes with the program.
///
/// ```
/// let graph = allegiance::dataset::embedded();
/// assert!(graph.actor_by_slug("hts").is_some());
/// ```
#[must_use]
pub fn embedded() -> TemporalGraph {
    match load_without_warnings(embedded_files()) {
        Ok(graph) => graph,
        Err(refused) => {
            let first = refused.diagnostics.first().map_or("", |d| &d.message);
            unreachable!("the shipped data is tested to load: {first}")
        }
    }
}

/// The files of the data set that comes with the program, by path.
#[must_use]
pub fn embedded_files() -> Vec<InputFile> {
    embedded::FILES
        .iter()
        .map(|(name, text)| InputFile { name: format!("{SHIPPED}{name}"), bytes: text.as_bytes().into() })
        .collect()
}

/// The JSON Schema of data files, as generated from the types that read them; with an end of line.
#[must_use]
pub fn schema() -> String {
    let schema = schemars::schema_for!(FileDraft<'_>);
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

/// Reads files into a graph, with the warnings of a thorough look.
///
/// The shipped vocabulary is always there; a kind or type declared in the files takes the place of the shipped one of that name.
///
/// # Errors
/// When anything in any file is wrong: everything that is.
///
/// ```
/// use allegiance::dataset::{InputFile, load};
/// let file = InputFile { name: "x.json".into(), bytes: br#"{"actors": [{"id": "a", "name": "A", "kind": "stat"}]}"#.into() };
/// let refused = load(vec![file]).unwrap_err();
/// assert_eq!(refused.diagnostics[0].code, "unknown-kind");
/// ```
pub fn load(files: Vec<InputFile>) -> Result<Loaded, Box<Refused>> {
    load_with(files, true)
}

/// Reads files into a graph without looking for what is merely odd.
///
/// # Errors
/// As [`load`].
pub fn load_without_warnings(files: Vec<InputFile>) -> Result<TemporalGraph, Box<Refused>> {
    load_with(files, false).map(|loaded| loaded.graph)
}

fn load_with(files: Vec<InputFile>, warn: bool) -> Result<Loaded, Box<Refused>> {
    let mut sources = SourceMap::default();
    let mut diagnostics = Vec::new();
    let has_shipped_vocabulary = files.iter().any(|f| f.name.strip_prefix(SHIPPED) == Some(embedded::VOCABULARY));
    let mut ids: Vec<FileId> = Vec::with_capacity(files.len());
    for file in files {
        match utf8(file.bytes) {
            Ok(text) => ids.push(sources.add(file.name, text)),
            Err(error) => diagnostics.push(not_utf8(&mut sources, &file.name, &error)),
        }
    }
    let mut drafts: Vec<(FileId, FileDraft<'_>)> = Vec::with_capacity(ids.len());
    let mut declared = Vec::new();
    let mut damaged: Vec<(FileId, serde_json::Value)> = Vec::new();
    for id in ids {
        let text = sources.text(id);
        match parse(text) {
            Ok(draft) => drafts.push((id, draft)),
            Err(error) => {
                let found = shape::examine(id, text, &error);
                diagnostics.extend(found.diagnostics);
                declared.extend(found.declared);
                // What is sound in it is checked with the rest, so that one slip does not hide the other faults of the file.
                damaged.extend(serde_json::from_str(text).map(|value| (id, value)));
            }
        }
    }
    drafts.extend(damaged.iter().map(|(id, value)| (*id, FileDraft::sound_parts(value))));
    let (builder, faults) = check::check(drafts, &declared, has_shipped_vocabulary, warn);
    if !faults.is_empty() {
        diagnostics.extend(fault::to_diagnostics(faults, &sources));
    }
    diagnostics.sort_by_key(|d| (d.severity, d.labels.first().map(|l| (l.file, l.span.start))));
    if diagnostics.iter().any(|d| d.severity == Severity::Error) {
        return Err(Box::new(Refused { diagnostics, sources }));
    }
    Ok(Loaded { graph: builder.build(), warnings: diagnostics, sources })
}

/// A file's records. Serde would read a list as an object's fields in order; a file is an object.
fn parse(text: &str) -> Result<FileDraft<'_>, serde_json::Error> {
    if text.trim_start().starts_with('[') {
        return Err(serde::de::Error::custom("the file must be an object"));
    }
    serde_json::from_str(text)
}

/// The bytes as text, without a copy and without a byte order mark, which is no part of JSON.
fn utf8(mut bytes: Cow<'static, [u8]>) -> Result<Cow<'static, str>, std::string::FromUtf8Error> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    if bytes.starts_with(MARK) {
        bytes = match bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[MARK.len()..]),
            Cow::Owned(mut bytes) => Cow::Owned(bytes.split_off(MARK.len())),
        };
    }
    match bytes {
        Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned),
        Cow::Borrowed(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(_) => String::from_utf8(bytes.to_vec()).map(Cow::Owned),
        },
    }
}

fn not_utf8(sources: &mut SourceMap, name: &str, error: &std::string::FromUtf8Error) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    let lossy = String::from_utf8_lossy(error.as_bytes()).into_owned();
    let file = sources.add(name, lossy);
    Diagnostic {
        code: "not-utf8".into(),
        severity: Severity::Error,
        message: "the file is not UTF-8".into(),
        labels: vec![Label { file, span: at..at + 3, text: format!("byte {at} is not part of a UTF-8 sign") }],
        help: vec!["save the file as UTF-8, for instance with `iconv -f WINDOWS-1252 -t UTF-8`".into()],
    }
}
