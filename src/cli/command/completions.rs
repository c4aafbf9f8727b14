//! `completions` and `man`: what shells and readers of manuals want.

use super::{Exit, Failure};
use crate::cli::output::print;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io;

/// Print completions for a shell
///
/// For bash: `allegiance completions bash > ~/.local/share/bash-completion/completions/allegiance`
#[derive(Debug, Args)]
pub(in crate::cli) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let mut out = Vec::new();
        clap_complete::generate(self.shell, &mut crate::cli::args::Cli::command(), "allegiance", &mut out);
        print(&String::from_utf8_lossy(&out))?;
        Ok(Exit::Yes)
    }
}

/// Print the manual page, in roff: `allegiance man | man -l -`
#[derive(Debug, Args)]
pub(in crate::cli) struct Man {
    /// Write a page for the program and one for each command into this directory instead
    #[arg(long, value_name = "DIR")]
    out: Option<std::path::PathBuf>,
}

impl Man {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let command = crate::cli::args::Cli::command();
        match self.out {
            None => {
                let mut out = Vec::new();
                clap_mangen::Man::new(command).render(&mut out)?;
                print(&String::from_utf8_lossy(&out))?;
            }
            Some(directory) => {
                clap_mangen::generate_to(command, &directory)
                    .map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", directory.display())))?;
            }
        }
        Ok(Exit::Yes)
    }
}
