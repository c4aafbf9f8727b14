//! `schema`: the JSON Schema of data files.

use super::{Exit, Failure};
use crate::cli::output::print;
use clap::Args;

/// Print the JSON Schema of data files, for editors that complete and check
#[derive(Debug, Args)]
pub(in crate::cli) struct Schema {}

impl Schema {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        print(&crate::dataset::schema())?;
        Ok(Exit::Yes)
    }
}
