//! `schema`: the JSON Schemas of the files that people write.

use super::{Exit, Failure};
use crate::cli::output::print;
use clap::{Args, ValueEnum};

/// Print the JSON Schema of data files or of import mappings, for editors that complete and check
#[derive(Debug, Args)]
pub(in crate::cli) struct Schema {
    /// Of which files
    #[arg(value_enum, default_value_t)]
    what: What,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum What {
    /// Data files
    #[default]
    Data,
    /// The mappings of `import csv`
    Mapping,
    /// The maps of `import ftm`
    Ftm,
}

impl Schema {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        print(&match self.what {
            What::Data => crate::dataset::schema(),
            What::Mapping => crate::dataset::mapping_schema(),
            What::Ftm => crate::dataset::ftm_schema(),
        })?;
        Ok(Exit::Yes)
    }
}
