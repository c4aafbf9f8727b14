//! The scope of a query part: which days, which reading, and what was published by when.
//!
//! Said by the valid-time prefix (`FOR VALID_TIME AS OF '2016-07' POSSIBLY`), or from outside by `--at`. A prefix sets the default of one
//! query part; what it does not say is taken from the part around it.

use crate::time::{Day, Reading, Window};

/// What a prefix says. Fields that it leaves out come from the part around.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    /// `FOR VALID_TIME …`
    pub valid: Option<Valid>,
    /// `FOR KNOWN_TIME AS OF …`: only what was published by the end of this day counts.
    pub known_by: Option<Day>,
}

/// `FOR VALID_TIME …`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Valid {
    /// The days asked about.
    pub window: Window,
    /// Only what certainly holds, or also what possibly does (`POSSIBLY`).
    pub reading: Reading,
}

impl Scope {
    /// Whether it says nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.valid.is_none() && self.known_by.is_none()
    }

    /// This scope inside another: what it does not say is taken from outside.
    #[must_use]
    pub fn within(&self, outer: &Self) -> Self {
        Self { valid: self.valid.or(outer.valid), known_by: self.known_by.or(outer.known_by) }
    }

    /// Whether `WHERE` keeps what is only possible.
    #[must_use]
    pub fn is_possibly(&self) -> bool {
        self.valid.is_some_and(|v| v.reading == Reading::Possible)
    }
}
