//! `shell`: questions one after another, at a prompt or from standard input.

mod commands;
mod completion;
mod editor;
mod help;
mod statement;

use super::query::{seconds, time};
use super::{Exit, Failure};
use crate::cli::args::{Color, Flags};
use crate::cli::context::load;
use crate::cli::session::{Bounds, Question, Session};
use crate::graph::TemporalGraph;
use crate::query::value::Map;
use clap::Args;
use commands::Done;
use completion::Words;
use editor::{Prompt, Typed};
use statement::{command, is_complete, split};
use std::io::{self, BufRead, IsTerminal, Write};

/// Ask one question after another at a prompt
///
/// Statements of the query language end with `;` or an empty line and may run over several lines. The tabulator completes keywords, labels,
/// types, properties, functions and, inside quotes, names of actors. `:help` shows the commands. Statements are also read from standard
/// input when it is no terminal; the exit code is then 2 when one of them failed.
#[derive(Debug, Args)]
pub(in crate::cli) struct Shell {
    /// Stop a query after so many seconds; 0 for no limit
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = seconds, help_heading = "Limits")]
    timeout: f64,
    /// Fail a query when there are more rows than this
    #[arg(long, value_name = "N", help_heading = "Limits")]
    max_rows: Option<u64>,
}

/// What stays from one statement to the next.
struct State<'g> {
    session: Session<'g>,
    flags: Flags,
    parameters: Map,
}

impl Shell {
    pub(super) fn run(self, flags: &Flags) -> Result<Exit, Failure> {
        let bounds = Bounds { timeout: time(self.timeout), max_rows: self.max_rows };
        // The program ends right after: taking the graph apart again would only cost time.
        let graph: &'static TemporalGraph = Box::leak(Box::new(load(flags)?));
        let session = Session::new(graph, flags, bounds)?;
        let state = State { session, flags: flags.clone(), parameters: Map::new() };
        if io::stdin().is_terminal() && io::stdout().is_terminal() { at_prompt(state) } else { from_input(state) }
    }
}

/// Reads from a terminal until the end is asked for.
fn at_prompt(mut state: State<'_>) -> Result<Exit, Failure> {
    let broken = |error: rustyline::error::ReadlineError| Failure::Io(io::Error::other(error));
    let mut prompt = Prompt::new(Words::new(&state.session.graph)).map_err(broken)?;
    let counts = state.session.graph.graph();
    let (actors, relations) = (counts.actors().len(), counts.relations().len());
    let greeting = format!("{actors} actors, {relations} relations; `:help` for help, `:quit` or Ctrl-D to leave\n");
    io::stdout().lock().write_all(greeting.as_bytes())?;
    loop {
        let lead = state.session.when().map_or_else(String::new, |when| format!(" {when}"));
        match prompt.read(&format!("allegiance{lead}> ")).map_err(broken)? {
            Typed::Text(text) => {
                if state.take(&text)? == (Done::Quit, true) {
                    break;
                }
                prompt.set_parameters(state.parameters.iter().map(|(name, _)| name.to_string()).collect());
            }
            Typed::Nothing => {}
            Typed::End => break,
        }
    }
    prompt.close();
    Ok(Exit::Yes)
}

/// Reads from what is no terminal until it ends.
fn from_input(mut state: State<'_>) -> Result<Exit, Failure> {
    let (mut text, mut all_well) = (String::new(), true);
    let mut input = io::stdin().lock();
    loop {
        let mut line = Vec::new();
        let is_end = input.read_until(b'\n', &mut line)? == 0;
        text.push_str(&String::from_utf8_lossy(&line));
        let typed = text.strip_suffix('\n').unwrap_or(&text);
        if is_end || is_complete(typed) {
            let (done, is_well) = state.take(typed)?;
            all_well &= is_well;
            text.clear();
            if is_end || done == Done::Quit {
                break;
            }
        }
    }
    Ok(if all_well { Exit::Yes } else { Exit::Failed })
}

impl State<'_> {
    /// Carries out a command or statements, and returns how to go on and whether all went well. What goes wrong is told and is no end; only
    /// a reader or terminal that is gone is.
    fn take(&mut self, text: &str) -> Result<(Done, bool), Failure> {
        let color: Color = self.flags.color;
        let told = |failure: Failure| match failure {
            Failure::Io(error) => Err(Failure::Io(error)),
            wrong => {
                wrong.report(color);
                Ok((Done::Next, false))
            }
        };
        if let Some(command) = command(text) {
            return match self.command(command) {
                Ok(done) => Ok((done, true)),
                Err(failure) => told(failure),
            };
        }
        let mut all_well = true;
        for statement in split(text).statements {
            if let Err(failure) = self.ask(statement) {
                all_well &= told(failure)?.1;
            }
        }
        Ok((Done::Next, all_well))
    }

    /// Runs a statement under the parameters that are set.
    fn ask(&mut self, text: &str) -> Result<Exit, Failure> {
        let parameters = self.parameters.clone();
        self.session.run(&Question { title: "Query", file: "<query>", text, parameters, typed: Vec::new() })
    }
}
