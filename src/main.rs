//! The `allegiance` program: hands its arguments to [`allegiance::cli`] and turns the outcome into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    allegiance::cli::run(std::env::args_os()).into()
}
