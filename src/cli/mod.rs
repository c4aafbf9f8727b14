//! The command line: reads arguments, asks the library, prints.
//!
//! The only part that prints, reads the environment, the clock and the terminal. One file a command under `command/`; `output/` holds a
//! file a format; `context` is what the flags come to.

mod args;
mod command;
mod context;
mod equal;
mod exit;
mod failure;
mod output;
mod progress;
mod session;

pub use exit::Exit;

use args::Cli;
use clap::error::ErrorKind;
use failure::Failure;
use std::ffi::OsString;

/// Runs the program with these arguments, the first being its name, and returns how it ended.
///
/// Answers go to standard output, everything else to standard error. A reader that goes away (`| head`) is no failure.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let cli = match Cli::read(&arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let code = match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Yes,
                _ => Exit::Failed,
            };
            // Nobody is left to tell when this fails.
            let _ = error.print();
            return code;
        }
    };
    let color = cli.flags.color;
    let result = command::run(cli);
    // What was made of damaged data is neither an answer nor a failure of what was asked.
    let result = match output::guard::check() {
        Ok(()) => result,
        Err(damage) => Err(Failure::damaged(&damage)),
    };
    match result {
        Ok(exit) => exit,
        Err(failure) => failure.report(color),
    }
}

/// The program's arguments as clap knows them, for completions and the manual page.
#[must_use]
pub fn clap_command() -> clap::Command {
    use clap::CommandFactory;
    Cli::command()
}
