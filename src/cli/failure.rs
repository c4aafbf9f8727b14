//! What could not be done, and how that is told.

use super::args::Color;
use super::{Exit, output};
use crate::diagnostic::{Diagnostic, Severity, SourceMap, Style, render};
use crate::names::{Candidate, NameError};
use crate::question::WordError;
use crate::snapshot::OpenError;
use crate::storage::Damage;
use crate::time::DatedError;
use std::io::{self, Write};
use std::path::Path;

/// Why a command could not be carried out.
#[derive(Debug)]
pub(super) enum Failure {
    /// Something typed or some data is wrong.
    Wrong {
        /// What.
        diagnostics: Vec<Diagnostic>,
        /// The texts they point into.
        sources: SourceMap,
    },
    /// Reading or writing failed.
    Io(io::Error),
}

impl Failure {
    /// One thing wrong with what was typed.
    pub(super) fn new(code: &'static str, message: impl Into<String>, help: Vec<String>) -> Self {
        let diagnostic = Diagnostic {
            code: code.into(),
            severity: Severity::Error,
            message: message.into(),
            labels: Vec::new(),
            help,
        };
        Self::Wrong { diagnostics: vec![diagnostic], sources: SourceMap::default() }
    }

    /// A name that is no one actor's. `flag` says where it was typed, when not as an argument of the command.
    pub(super) fn name(error: &NameError) -> Self {
        match error {
            NameError::Empty => Self::new(
                "empty-name",
                "an actor's name is empty",
                vec!["give a name, an acronym or an id; `allegiance list actors` shows them".into()],
            ),
            NameError::Ambiguous { text, candidates } => {
                let (listed, others) = Candidate::listed(candidates);
                let mut help: Vec<String> = listed
                    .iter()
                    .map(|c| {
                        let dates = c.valid.as_ref().map_or_else(String::new, |v| format!(", so called {v}"));
                        format!("`{}`: {}{dates}", c.slug, c.label)
                    })
                    .collect();
                if others > 0 {
                    help.push(format!("and {others} more; `allegiance search TEXT` shows all, with their ids"));
                }
                help.push("name one by its id, or give a date with --at when the dates tell them apart".into());
                Self::new("ambiguous-actor", format!("`{text}` fits several actors"), help)
            }
            NameError::Unknown { text, near } => {
                let mut help = Vec::new();
                if !near.is_empty() {
                    let names: Vec<String> = near
                        .iter()
                        .map(|n| {
                            if n.name == n.label {
                                format!("`{}`", n.name)
                            } else {
                                format!("`{}` ({})", n.name, n.label)
                            }
                        })
                        .collect();
                    help.push(format!("nearest names: {}", names.join(", ")));
                }
                help.push(
                    "`allegiance list actors` shows every actor, `allegiance search TEXT` looks in all texts".into(),
                );
                Self::new("unknown-actor", format!("no actor of the data is called `{text}`"), help)
            }
        }
    }

    /// A word that is no relation.
    pub(super) fn word(error: &WordError) -> Self {
        let near = crate::names::nearest(&error.word, error.known.iter().map(String::as_str), 3);
        let mut help = Vec::new();
        if !near.is_empty() {
            help.push(format!(
                "did you mean {}?",
                near.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" or ")
            ));
        }
        help.push(
            "relations are words such as `allied-with`, `hostile-to`, `linked-to`, types (`allegiance list types`) or categories".into(),
        );
        Self::new("unknown-relation-word", error.to_string(), help)
    }

    /// Something wrong with a query; `file` is what its text is called.
    pub(super) fn query(error: &crate::query::error::Error, file: &str, text: &str) -> Self {
        let mut sources = SourceMap::default();
        let file = sources.add(file, text.to_owned());
        Self::Wrong { diagnostics: vec![error.to_diagnostic(file)], sources }
    }

    /// A date that is none.
    pub(super) fn date(flag: &str, text: &str, error: &DatedError) -> Self {
        let mut sources = SourceMap::default();
        let file = sources.add(flag, text.to_owned());
        let start = error.offset.min(text.len());
        let diagnostic = Diagnostic {
            code: "bad-date".into(),
            severity: Severity::Error,
            message: format!("`{text}` is no date: {}", error.message),
            labels: vec![crate::diagnostic::Label {
                file,
                span: start..text.len().max(start + 1),
                text: error.message.clone(),
            }],
            help: vec![error.help.clone().unwrap_or_else(|| {
                "dates are EDTF: `2016`, `2016-07`, `2025-03-11`, `2016~`, `2016/2018`, `../2017`, `2024-12-08/..`"
                    .into()
            })],
        };
        Self::Wrong { diagnostics: vec![diagnostic], sources }
    }

    /// A compiled set that is not opened.
    pub(super) fn compiled(path: &Path, error: &OpenError) -> Self {
        let (code, help) = match error {
            OpenError::Io(_) => ("unreadable-data", "a compiled set is a regular file that `allegiance compile` made"),
            OpenError::Foreign => ("not-compiled", "a compiled set is a file that `allegiance compile` made"),
            OpenError::Format(_) | OpenError::Order => {
                ("other-format", "compile the data again with this program: `allegiance compile DIR -o FILE`")
            }
            OpenError::Length(..) | OpenError::Damaged(_) => {
                ("damaged-set", "compile the data again: `allegiance compile DIR -o FILE`")
            }
        };
        Self::new(code, format!("cannot read the data set {}: {error}", path.display()), vec![help.into()])
    }

    /// A compiled set given together with others, or to a command that needs files of JSON.
    pub(super) fn compiled_instead(path: &Path) -> Self {
        Self::new(
            "compiled-set",
            format!("{} is a compiled set, which is read alone and by commands that ask of a graph", path.display()),
            vec![
                "name the directories that it was made of; `allegiance compile A B -o FILE` makes one set of several"
                    .into(),
            ],
        )
    }

    /// A compiled set in which damage was found after it was opened: nothing of what was made of it is printed.
    pub(super) fn damaged(damage: &Damage) -> Self {
        Self::new(
            "damaged-set",
            format!("the data set {damage}"),
            vec!["compile the data again: `allegiance compile DIR -o FILE`; `allegiance check FILE` tells whether a file is whole".into()],
        )
    }

    /// Tells it on standard error, and returns how the run ended: a reader that went away is no failure.
    pub(super) fn report(self, color: Color) -> Exit {
        match self {
            Self::Io(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Yes,
            Self::Io(error) => {
                let _ = writeln!(io::stderr(), "error: {error}");
                Exit::Failed
            }
            Self::Wrong { diagnostics, sources } => {
                let style = Style { color: output::stderr_color(color), width: output::stderr_width() };
                let _ = write!(io::stderr(), "{}", render(&diagnostics, &sources, style));
                Exit::Failed
            }
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Box<crate::dataset::Refused>> for Failure {
    fn from(refused: Box<crate::dataset::Refused>) -> Self {
        let crate::dataset::Refused { diagnostics, sources } = *refused;
        Self::Wrong { diagnostics, sources }
    }
}
