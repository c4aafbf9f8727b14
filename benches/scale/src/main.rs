//! `scale`: five questions on large dated graphs, asked of allegiance and of what else one would use.
//!
//! `generate` makes a set, `run` asks one peer about it, `compare` asks several and checks them. `README.md` tells how.

mod bounds;
mod compare;
mod generate;
mod instances;
mod measure;
mod memory;
mod peers;
mod plain;
mod question;

use anyhow::Result;
use clap::{Parser, Subcommand};
use peers::Name;
use question::Kind;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// Five questions on large dated graphs, asked of allegiance and of what else one would use.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a set in the plain form: relations, actors, types, and 200 of each question.
    Generate {
        /// How many relations: 1e5, 1e6, 1e7, or any number.
        #[arg(value_parser = count)]
        relations: usize,
        /// How many actors [default: a tenth of the relations].
        #[arg(long, value_parser = count)]
        actors: Option<usize>,
        /// Another seed gives another set, the same seed the same bytes.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The folder to write.
        #[arg(short, long)]
        output: PathBuf,
    },
    /// Load a set into one peer, ask it, and print a report as a line of JSON.
    Run {
        /// The folder of a set in the plain form, whoever wrote it.
        dir: PathBuf,
        /// Who is asked.
        #[arg(long)]
        peer: Name,
        /// Kinds of questions.
        #[arg(long, value_delimiter = ',', default_values_t = Kind::ALL)]
        kinds: Vec<Kind>,
        /// Ask at most so many of each kind.
        #[arg(long, default_value_t = 200)]
        count: usize,
        /// Ask all of them so many times.
        #[arg(long, default_value_t = 5)]
        passes: usize,
        /// Seconds that a kind may take.
        #[arg(long, default_value_t = 25.0, value_parser = seconds)]
        budget: f64,
        /// Open the file that the peer made before, where it keeps one.
        #[arg(long)]
        reopen: bool,
    },
    /// Ask several peers in processes of their own, check every answer, and print figures and ratios. Exit code 1 when an answer differs.
    Compare {
        /// The folder of a set in the plain form, whoever wrote it.
        dir: PathBuf,
        /// Who is asked, in this order.
        #[arg(long, value_delimiter = ',', default_values_t = [Name::Petgraph, Name::Sqlite, Name::Allegiance])]
        peers: Vec<Name>,
        /// How often each peer has its turn.
        #[arg(long, default_value_t = 3)]
        rounds: usize,
        /// Kinds of questions.
        #[arg(long, value_delimiter = ',', default_values_t = Kind::ALL)]
        kinds: Vec<Kind>,
        /// Seconds that a kind may take a peer in a round.
        #[arg(long, default_value_t = 25.0, value_parser = seconds)]
        budget: f64,
        /// Check the first so many of each kind against the oracle.
        #[arg(long, default_value_t = 200)]
        check: usize,
        /// Lay reports of other engines on the same set beside: files with the JSON that `run` prints.
        #[arg(long, value_name = "FILE")]
        beside: Vec<PathBuf>,
        /// Print tables in Markdown.
        #[arg(long)]
        markdown: bool,
    },
}

fn main() -> Result<ExitCode> {
    match Arguments::parse().command {
        Command::Generate { relations, actors, seed, output } => {
            let actors = u32::try_from(actors.unwrap_or(relations / 10))?;
            let meta = generate::generate(&output, relations, actors, seed)?;
            eprintln!("{}: {} relations, {} actors, seed {seed}", output.display(), meta.n_edges, meta.n_actors);
        }
        Command::Run { dir, peer, kinds, count, passes, budget, reopen } => {
            let report = measure::run(&dir, peer, &measure::Terms { kinds, count, passes, budget, reopen })?;
            println!("{}", serde_json::to_string(&report)?);
        }
        Command::Compare { dir, peers, rounds, kinds, budget, check, beside, markdown } => {
            let terms = compare::Terms { peers, rounds, kinds, budget, check, beside, markdown };
            if !compare::compare(&dir, &terms, &mut io::stdout().lock())? {
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A whole number, also as `1e6`.
fn count(text: &str) -> Result<usize, String> {
    let fault = || format!("`{text}` is no number of something; write 1000000 or 1e6");
    let (digits, zeros) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let digits: usize = digits.replace('_', "").parse().map_err(|_| fault())?;
    let zeros: u32 = zeros.parse().map_err(|_| fault())?;
    10usize.checked_pow(zeros).and_then(|factor| factor.checked_mul(digits)).ok_or_else(fault)
}

/// Seconds, none below 0, at most what a clock can count.
fn seconds(text: &str) -> Result<f64, String> {
    let seconds: f64 = text.parse().map_err(|_| format!("`{text}` is no number of seconds"))?;
    if (0.0..=1e9).contains(&seconds) { Ok(seconds) } else { Err("must be from 0 to 1e9 seconds".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_may_be_written_with_an_exponent() {
        assert_eq!(["1e6", "100_000", "12", "25e3"].map(count), [Ok(1_000_000), Ok(100_000), Ok(12), Ok(25_000)]);
        for text in ["", "1.5e6", "e6", "1e99", "-1", "1e"] {
            assert!(count(text).is_err(), "{text}");
        }
    }
}
