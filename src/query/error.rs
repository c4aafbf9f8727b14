//! What can be wrong with a query, told so that it can be mended.
//!
//! [`Error::kind`] and [`Error::detail`] use the words of the openCypher conformance kit, so that an error can be held against it;
//! [`Error::code`] is the stable code that people see.

use super::tree::Span;
use crate::diagnostic::{Diagnostic, FileId, Label, Severity};

/// The result of anything that can go wrong in a query.
pub type Result<T> = std::result::Result<T, Box<Error>>;

/// When it was noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before anything ran.
    Compile,
    /// While running.
    Runtime,
}

/// What sort of error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The text or its meaning.
    SyntaxError,
    /// A value of a wrong type, met while running.
    TypeError,
    /// An argument out of range.
    ArgumentError,
    /// A number that does not fit, or a division by zero.
    ArithmeticError,
    /// A parameter that was not given.
    ParameterMissing,
    /// A procedure that does not exist or was called wrongly.
    ProcedureError,
    /// Something asked of an entity that cannot be had.
    EntityNotFound,
    /// A limit was reached: time, rows, memory, depth.
    LimitReached,
}

impl Kind {
    /// Its name in the conformance kit.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SyntaxError => "SyntaxError",
            Self::TypeError => "TypeError",
            Self::ArgumentError => "ArgumentError",
            Self::ArithmeticError => "ArithmeticError",
            Self::ParameterMissing => "ParameterMissing",
            Self::ProcedureError => "ProcedureError",
            Self::EntityNotFound => "EntityNotFound",
            Self::LimitReached => "LimitReached",
        }
    }
}

/// Something wrong with a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// When it was noticed.
    pub phase: Phase,
    /// What sort.
    pub kind: Kind,
    /// The conformance kit's word for it: `UndefinedVariable`. The code is made from it.
    pub detail: &'static str,
    /// What is wrong, in one line that stands alone.
    pub message: String,
    /// Where; empty where it has no place.
    pub labels: Vec<(Span, String)>,
    /// What to do instead.
    pub help: Vec<String>,
}

impl Error {
    /// An error in the text or its meaning, noticed before running.
    #[must_use]
    pub fn syntax(detail: &'static str, span: Span, message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            phase: Phase::Compile,
            kind: Kind::SyntaxError,
            detail,
            message: message.into(),
            labels: vec![(span, String::new())],
            help: Vec::new(),
        })
    }

    /// An error met while running; [`Error::at`] adds the place.
    #[must_use]
    pub fn runtime(kind: Kind, detail: &'static str, message: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            phase: Phase::Runtime,
            kind,
            detail,
            message: message.into(),
            labels: Vec::new(),
            help: Vec::new(),
        })
    }

    /// A query with too much in it.
    pub(super) fn too_large(message: impl Into<String>) -> Box<Self> {
        let mut error = Self::syntax("QueryTooLarge", 0..0, message);
        error.kind = Kind::LimitReached;
        error.labels.clear();
        error.help("split it into several queries; many values of one sort are a list: `UNWIND $rows AS row`")
    }

    /// A value of a wrong type, met while running.
    #[must_use]
    pub fn type_error(detail: &'static str, message: impl Into<String>) -> Box<Self> {
        Self::runtime(Kind::TypeError, detail, message)
    }

    /// An argument that cannot be used, met while running.
    #[must_use]
    pub fn argument(detail: &'static str, message: impl Into<String>) -> Box<Self> {
        Self::runtime(Kind::ArgumentError, detail, message)
    }

    /// A number that does not fit, or a division by zero, met while running.
    #[must_use]
    pub fn arithmetic(detail: &'static str, message: impl Into<String>) -> Box<Self> {
        Self::runtime(Kind::ArithmeticError, detail, message)
    }

    /// The same error with a place, unless it has one.
    #[must_use]
    pub fn at(mut self: Box<Self>, span: &Span) -> Box<Self> {
        if self.labels.is_empty() {
            self.labels.push((span.clone(), String::new()));
        }
        self
    }

    /// The same error with a few words at its first place.
    #[must_use]
    pub fn saying(mut self: Box<Self>, text: impl Into<String>) -> Box<Self> {
        if let Some(label) = self.labels.first_mut() {
            label.1 = text.into();
        }
        self
    }

    /// The same error with one more place.
    #[must_use]
    pub fn also(mut self: Box<Self>, span: Span, text: impl Into<String>) -> Box<Self> {
        self.labels.push((span, text.into()));
        self
    }

    /// The same error with advice.
    #[must_use]
    pub fn help(mut self: Box<Self>, text: impl Into<String>) -> Box<Self> {
        self.help.push(text.into());
        self
    }

    /// The stable code: the detail in kebab case (`undefined-variable`).
    #[must_use]
    pub fn code(&self) -> String {
        let mut code = String::with_capacity(self.detail.len() + 4);
        for sign in self.detail.chars() {
            if sign.is_ascii_uppercase() && !code.is_empty() {
                code.push('-');
            }
            code.push(sign.to_ascii_lowercase());
        }
        code
    }

    /// The error as a diagnostic about a text of a source map.
    #[must_use]
    pub fn to_diagnostic(&self, file: FileId) -> Diagnostic {
        Diagnostic {
            code: self.code().into(),
            severity: Severity::Error,
            message: self.message.clone(),
            labels: self
                .labels
                .iter()
                .map(|(span, text)| Label { file, span: span.clone(), text: text.clone() })
                .collect(),
            help: self.help.clone(),
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
