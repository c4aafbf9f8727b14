//! The commands, a file each: what is typed, and what is done.

pub(super) mod ask;
pub(super) mod between;
pub(super) mod changes;
pub(super) mod check;
pub(super) mod completions;
pub(super) mod conflicts;
pub(super) mod export;
pub(super) mod lineage;
pub(super) mod list;
pub(super) mod path;
pub(super) mod queries;
pub(super) mod query;
pub(super) mod schema;
pub(super) mod search;
pub(super) mod shared;
pub(super) mod shell;
pub(super) mod show;
pub(super) mod ties;
pub(super) mod timeline;
pub(super) mod was;
pub(super) mod when;

use super::args::{Cli, Command, Flags};
use super::context::{Context, load};
use super::equal;
use super::exit::Exit;
use super::failure::Failure;
use super::output;
use crate::graph::TemporalGraph;
use crate::question::When;

/// A command that asks something of a graph.
pub(super) trait Ask {
    /// What is asked about when no flag names days.
    const DEFAULT: When;

    /// The query that it equals.
    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure>;

    /// Asks it, prints the answer, and returns how it ended.
    fn run(self, context: Context<'_>) -> Result<Exit, Failure>;
}

/// Carries out a command.
pub(super) fn run(cli: Cli) -> Result<Exit, Failure> {
    let Cli { command, flags } = cli;
    match command {
        Command::Ask(command) => command.run(&flags),
        Command::Allies(command) => ask(command, &flags),
        Command::Rivals(command) => ask(command, &flags),
        Command::Relations(command) => ask(command, &flags),
        Command::Between(command) => ask(command, &flags),
        Command::Was(command) => ask(command, &flags),
        Command::When(command) => ask(command, &flags),
        Command::Path(command) => ask(command, &flags),
        Command::Lineage(command) => ask(command, &flags),
        Command::Timeline(command) => ask(command, &flags),
        Command::Changes(command) => ask(command, &flags),
        Command::Conflicts(command) => ask(command, &flags),
        Command::Shared(command) => ask(command, &flags),
        Command::Show(command) => ask(command, &flags),
        Command::List(command) => ask(command, &flags),
        Command::Search(command) => ask(command, &flags),
        Command::Export(command) => ask(command, &flags),
        Command::Query(_) | Command::Queries(_) | Command::Shell(_) if flags.explain => Err(equal::refused(
            "query",
            "it asks a query itself: `EXPLAIN` before the query shows how it is run, `allegiance queries NAME` its text",
        )),
        Command::Check(_) | Command::Schema(_) | Command::Completions(_) | Command::Man(_) if flags.explain => {
            Err(equal::refused(
                "check, schema, completions, man",
                "they tell of files and of the program, not of the graph",
            ))
        }
        Command::Query(command) => command.run(&flags),
        Command::Queries(command) => command.run(&flags),
        Command::Shell(command) => command.run(&flags),
        Command::Check(command) => command.run(&flags),
        Command::Schema(command) => command.run(),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
    }
}

fn ask<A: Ask>(command: A, flags: &Flags) -> Result<Exit, Failure> {
    // The program ends right after the answer: taking the graph apart again would only cost time.
    let graph: &'static TemporalGraph = Box::leak(Box::new(load(flags)?));
    let mut context = Context::new(graph, flags, A::DEFAULT)?;
    if flags.explain {
        output::print(&command.equal(&mut context)?)?;
        return Ok(Exit::Yes);
    }
    command.run(context)
}
