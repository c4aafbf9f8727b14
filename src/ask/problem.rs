//! Why a sentence could not be answered.

use crate::names::NameError;

/// Why a sentence could not be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is nothing in it.
    Empty,
    /// It is longer than any question.
    TooLong,
    /// A name in it is unknown or fits several actors.
    Name(NameError),
    /// It says a date that there is not.
    Date {
        /// As typed.
        text: String,
        /// What is wrong.
        message: String,
        /// What to write instead.
        help: String,
    },
    /// It names a source that there is not.
    Source {
        /// As typed.
        text: String,
        /// Names that may have been meant.
        near: Vec<String>,
    },
    /// It names other sources than the flags do, and none of theirs.
    TwoSources {
        /// The ids of the sources that the flags name.
        flags: Vec<String>,
        /// Of those that the sentence names.
        sentence: Vec<String>,
    },
    /// It asks how something stands to itself.
    SameActor {
        /// One name.
        first: String,
        /// The other.
        second: String,
    },
    /// Words were not understood.
    NotUnderstood {
        /// What was, as typed, with what it was taken for: (`HTS`, `Hayat Tahrir al-Sham`).
        understood: Vec<(String, String)>,
        /// What was not, as typed.
        not: Vec<String>,
        /// Three questions that would work, with the actors named where there are some.
        forms: Vec<String>,
    },
}
