//! The commands, a file each: what is typed, and what is done.

pub(super) mod ask;
pub(super) mod between;
pub(super) mod brief;
pub(super) mod changes;
pub(super) mod check;
pub(super) mod compile;
pub(super) mod completions;
pub(super) mod conflicts;
pub(super) mod export;
pub(super) mod fmt;
pub(super) mod import;
pub(super) mod lineage;
pub(super) mod list;
pub(super) mod matrix;
mod narrowing;
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
use super::output::{self, Format};
use crate::graph::TemporalGraph;
use crate::question::When;

/// A command that asks something of a graph.
pub(super) trait Ask {
    /// What is asked about when no flag names days.
    const DEFAULT: When;

    /// Whether it can also be drawn: `--format svg`, `png` and `html` are refused where it cannot.
    const DRAWS: Draws = Draws::NOTHING;

    /// The query that it equals.
    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure>;

    /// Asks it, prints the answer, and returns how it ended.
    fn run(self, context: Context<'_>) -> Result<Exit, Failure>;
}

/// What of its answer a command can draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Draws {
    /// A drawing, as SVG and PNG.
    pub(super) picture: bool,
    /// A page of its own, as HTML.
    pub(super) page: bool,
}

impl Draws {
    /// Neither.
    pub(super) const NOTHING: Self = Self { picture: false, page: false };
    /// A drawing.
    pub(super) const PICTURE: Self = Self { picture: true, page: false };
    /// A drawing and a page.
    pub(super) const PICTURE_AND_PAGE: Self = Self { picture: true, page: true };

    /// Refuses a format that the command cannot answer in.
    pub(super) fn check(self, format: Format) -> Result<(), Failure> {
        let can = match format {
            Format::Svg | Format::Png => self.picture,
            Format::Html => self.page,
            _ => true,
        };
        if can {
            return Ok(());
        }
        let word = format.word();
        Err(Failure::new(
            "not-drawn",
            format!("this answer has no form as `{word}`"),
            vec![
                "`svg` and `png` are for `matrix`, `timeline` and `lineage`, `html` for `matrix`; `allegiance export` draws the network".into(),
            ],
        ))
    }
}

/// Carries out a command.
pub(super) fn run(cli: Cli) -> Result<Exit, Failure> {
    let Cli { command, flags } = cli;
    // Before anything is read or written. The others are checked in `ask`, by what they can draw.
    if let Command::Ask(_)
    | Command::Query(_)
    | Command::Queries(_)
    | Command::Shell(_)
    | Command::Check(_)
    | Command::Compile(_)
    | Command::Export(_)
    | Command::Import(_)
    | Command::Fmt(_)
    | Command::Schema(_)
    | Command::Completions(_)
    | Command::Man(_) = command
    {
        Draws::NOTHING.check(flags.format)?;
    }
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
        Command::Matrix(command) => ask(command, &flags),
        Command::Brief(command) => ask(command, &flags),
        Command::Export(command) => command.run(&flags),
        Command::Query(_) | Command::Queries(_) | Command::Shell(_) if flags.explain => Err(equal::refused(
            "query",
            "it asks a query itself: `EXPLAIN` before the query shows how it is run, `allegiance queries NAME` its text",
        )),
        Command::Check(_)
        | Command::Compile(_)
        | Command::Import(_)
        | Command::Fmt(_)
        | Command::Schema(_)
        | Command::Completions(_)
        | Command::Man(_)
            if flags.explain =>
        {
            Err(equal::refused(
                "check, compile, import, fmt, schema, completions, man",
                "they tell of files and of the program, not of the graph",
            ))
        }
        Command::Query(command) => command.run(&flags),
        Command::Queries(command) => command.run(&flags),
        Command::Shell(command) => command.run(&flags),
        Command::Check(command) => command.run(&flags),
        Command::Compile(command) => command.run(&flags),
        Command::Import(command) => command.run(&flags),
        Command::Fmt(command) => command.run(&flags),
        Command::Schema(command) => command.run(),
        Command::Completions(command) => command.run(),
        Command::Man(command) => command.run(),
    }
}

fn ask<A: Ask>(command: A, flags: &Flags) -> Result<Exit, Failure> {
    A::DRAWS.check(flags.format)?;
    // The program ends right after the answer: taking the graph apart again would only cost time.
    let graph: &'static TemporalGraph = Box::leak(Box::new(load(flags)?));
    let mut context = Context::new(graph, flags, A::DEFAULT)?;
    if flags.explain {
        output::print(&command.equal(&mut context)?)?;
        return Ok(Exit::Yes);
    }
    command.run(context)
}
