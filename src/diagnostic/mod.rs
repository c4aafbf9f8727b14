//! One shape for everything that is wrong with what a person wrote: code, message, place, way out.
//!
//! A [`Diagnostic`] carries data; [`render`] draws it for people in the manner of compilers. Nothing else formats errors with places.
//! Deliberately absent: where the texts come from, and what they mean.

mod render;

pub use render::{Style, render};

use std::borrow::Cow;
use std::ops::Range;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing can be done with it.
    Error,
    /// It works, and is probably not what was meant.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Names a text of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub usize);

/// A stretch of a text with a few words about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// In which text.
    pub file: FileId,
    /// Which bytes of it.
    pub span: Range<usize>,
    /// A few words, or none.
    pub text: String,
}

/// Something wrong, told so that it can be mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable, kebab-case: `unknown-actor`.
    pub code: std::borrow::Cow<'static, str>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line that stands alone.
    pub message: String,
    /// Where; the first is the culprit.
    pub labels: Vec<Label>,
    /// What to do instead.
    pub help: Vec<String>,
}

/// The texts that diagnostics point into.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<(String, Cow<'static, str>)>,
}

impl SourceMap {
    /// Adds a text under the name that messages show.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<Cow<'static, str>>) -> FileId {
        self.files.push((name.into(), text.into()));
        FileId(self.files.len() - 1)
    }

    /// The name of a text.
    #[must_use]
    pub fn name(&self, file: FileId) -> &str {
        self.files.get(file.0).map_or("", |(name, _)| name)
    }

    /// A text; empty for an id of another map.
    #[must_use]
    pub fn text(&self, file: FileId) -> &str {
        self.files.get(file.0).map_or("", |(_, text)| text)
    }

    /// The line and column of a byte, both counted from 1; columns count characters.
    #[must_use]
    pub fn position(&self, file: FileId, offset: usize) -> (usize, usize) {
        let text = self.text(file);
        let offset = floor_boundary(text, offset);
        let line_start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        (text[..line_start].matches('\n').count() + 1, text[line_start..offset].chars().count() + 1)
    }

    /// Where the diagnostic points, as `file:line:column`; `None` when it points nowhere.
    #[must_use]
    pub fn place(&self, diagnostic: &Diagnostic) -> Option<String> {
        let label = diagnostic.labels.first()?;
        let (line, column) = self.position(label.file, label.span.start);
        Some(format!("{}:{line}:{column}", self.name(label.file)))
    }
}

/// The nearest character boundary at or before an offset.
fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
