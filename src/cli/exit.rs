//! How a run ended.

use crate::model::Verdict;
use std::process::ExitCode;

/// How a run ended, as an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: yes, found, clean.
    Yes,
    /// 1: no, nothing recorded, problems found.
    No,
    /// 2: could not do it: wrong arguments, unknown or ambiguous names, data that does not load.
    Failed,
    /// 3: undetermined: possible or disputed.
    Undetermined,
}

impl Exit {
    /// The number.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Yes => 0,
            Self::No => 1,
            Self::Failed => 2,
            Self::Undetermined => 3,
        }
    }

    /// Found or not.
    #[must_use]
    pub const fn found(found: bool) -> Self {
        if found { Self::Yes } else { Self::No }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

impl From<Verdict> for Exit {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Yes => Self::Yes,
            Verdict::No | Verdict::Unknown => Self::No,
            Verdict::Possible | Verdict::Disputed => Self::Undetermined,
        }
    }
}
