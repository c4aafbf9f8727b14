//! Nothing is printed that was made of damaged data.
//!
//! A compiled set is checked as it is read, and what is damaged reads as if it were not there. So standard output is written through [`stdout`], which asks, before each write, whether all
//! that was read so far was sound.

use crate::storage::{Damage, Health};
use std::io::{self, StdoutLock, Write};
use std::sync::OnceLock;

/// What is to be sound. A run of the program reads one data set.
static WATCHED: OnceLock<Health> = OnceLock::new();

/// From now on nothing is printed once this is not sound.
pub(in crate::cli) fn watch(health: &Health) {
    let _ = WATCHED.set(health.clone());
}

/// Whether all that was read so far was sound.
///
/// # Errors
/// With what was found.
pub(in crate::cli) fn check() -> Result<(), Damage> {
    WATCHED.get().map_or(Ok(()), Health::check)
}

/// Standard output, as long as what was read is sound.
pub(in crate::cli) fn stdout() -> Guarded {
    Guarded(io::stdout().lock())
}

/// Standard output, as long as what was read is sound.
pub(in crate::cli) struct Guarded(StdoutLock<'static>);

impl Write for Guarded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        check().map_err(io::Error::other)?;
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        check().map_err(io::Error::other)?;
        self.0.flush()
    }
}
