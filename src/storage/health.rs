//! Whether what was read so far was sound.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The file.
    pub file: String,
    /// What is wrong, and where.
    pub message: String,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is damaged: {}", self.file, self.message)
    }
}

impl std::error::Error for Damage {}

/// Whether what was read so far was sound. Shared by everything that reads one file; the first damage found stays.
///
/// What lies in memory is always sound.
#[derive(Clone, Debug, Default)]
pub struct Health(Arc<OnceLock<Damage>>);

impl Health {
    /// Nothing found so far.
    ///
    /// # Errors
    /// When something read so far was damaged: answers made since then may lack what was there.
    pub fn check(&self) -> Result<(), Damage> {
        self.0.get().map_or(Ok(()), |damage| Err(damage.clone()))
    }

    /// Notes damage; what was noted first stays.
    #[cold]
    pub(crate) fn note(&self, file: &str, message: impl Into<String>) {
        let _ = self.0.set(Damage { file: file.to_owned(), message: message.into() });
    }
}
