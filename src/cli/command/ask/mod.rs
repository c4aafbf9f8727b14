//! `ask`: a question in English.
//!
//! Here: what is typed, and how one question is asked. `batch` asks the lines of a file, `page` lays an answer out, `problem` tells what could
//! not be answered, `explain` writes a reading down for a person to check.

mod batch;
mod explain;
mod page;
mod problem;

use super::{Context, Exit, Failure};
use crate::ask::{self, Asked, Ground, Lexicon, Reply, Standing};
use crate::cli::args::Flags;
use crate::cli::context::load_with_words;
use crate::cli::equal;
use crate::cli::output::{self, Format};
use crate::dataset;
use crate::graph::TemporalGraph;
use crate::question::{Scope, When};
use clap::Args;
use std::path::PathBuf;

const HELP: &str = "\
Examples:
  allegiance ask was HTS allied with al-Qaeda in 2018
  allegiance ask \"who are the enemies of Turkey's allies?\"
  allegiance ask who led HTS in 2019 --explain          how it was read, and the query that it equals
  allegiance ask --file questions.txt                   one question a line; JSON Lines out

Write the question within quotes where it holds an apostrophe or a question mark, which shells read otherwise.
With --file: blank lines and lines that begin with # are passed over; each answer is a JSON object on a line,
whatever --format says; a question that is not understood gets a line with an `error`, and the next is asked.
Exit codes: 0 yes or answered, 1 no or nothing recorded, 2 not understood or an unknown name, 3 possible or
disputed; with --file the worst of all: 2, else 3, else 1, else 0.";

/// Answer a question in English
///
/// Deterministic and offline. What is not understood is said, with what was, and never guessed at; what is not recorded is not made up. Days,
/// sources and what counts may stand in the question (`in 2016`, `before the fall of Assad`, `according to the Washington Post`) or in flags.
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(in crate::cli) struct Question {
    /// The question, in quotes or as several words
    #[arg(value_name = "QUESTION", required_unless_present = "file")]
    words: Vec<String>,
    /// Answer every line of this file; `-` for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "words")]
    file: Option<PathBuf>,
}

impl Question {
    pub(super) fn run(self, flags: &Flags) -> Result<Exit, Failure> {
        // The program ends right after the answer: taking the graph apart again would only cost time.
        let (graph, words) = load_with_words(flags)?;
        let graph: &'static TemporalGraph = Box::leak(Box::new(graph));
        let mut asker = Asker::new(graph, &words, flags)?;
        match self.file {
            Some(_) if flags.explain => Err(Failure::new(
                "flag-without-meaning",
                "`--explain` says nothing to `ask --file`",
                vec!["each line of the answer has its `query`; ask one question with --explain for its reading".into()],
            )),
            Some(file) => batch::run(&mut asker, &file),
            None => one(&mut asker, &self.words.join(" "), flags),
        }
    }
}

/// Asks one question and prints the answer.
fn one(asker: &mut Asker<'_>, question: &str, flags: &Flags) -> Result<Exit, Failure> {
    let (asked, mut reply) = match asker.ask(question) {
        Ok(answered) => answered,
        Err(failure) => {
            if flags.format == Format::Json && !flags.explain {
                output::print(&problem::json(question, &failure, true))?;
            }
            return Err(failure);
        }
    };
    if flags.explain {
        output::print(&explain::write(asker, &asked, &reply))?;
        return Ok(Exit::Yes);
    }
    if flags.format == Format::Json {
        reply.query = asker.query(&asked, &reply);
        let text = serde_json::to_string_pretty(&reply).unwrap_or_default();
        output::print(&format!("{text}\n"))?;
    } else {
        asker.context.printer.print(&page::lay_out(&reply))?;
    }
    Ok(exit(&reply))
}

/// How a run with this answer ends.
fn exit(reply: &Reply) -> Exit {
    match (reply.verdict, reply.status) {
        (_, Standing::NotUnderstood) => Exit::Failed,
        (Some(verdict), _) => verdict.into(),
        (None, status) => Exit::found(status == Standing::Answered),
    }
}

/// The words that questions are asked in: those that come with the program, and those that a data set adds.
fn lexicon(graph: &TemporalGraph, files: &[dataset::InputFile]) -> Result<Lexicon, Failure> {
    let mut lexicon = Lexicon::embedded(graph.vocabulary());
    for file in files {
        let wrong = |message: String| {
            let help = "its form is that of `data/lexicon.json` in the program's repository; see data/README.md";
            Failure::new("bad-lexicon", format!("{}: {message}", file.name), vec![help.into()])
        };
        let text = std::str::from_utf8(&file.bytes).map_err(|_| wrong("no text in UTF-8".into()))?;
        lexicon = lexicon.with(text, graph.vocabulary()).map_err(|error| wrong(error.message))?;
    }
    Ok(lexicon)
}

/// Whom questions are put to: a graph with its names and words, under flags.
struct Asker<'g> {
    context: Context<'g>,
    lexicon: &'static Lexicon,
    /// What the flags limit every question to.
    flags: Scope,
    /// The flag that names days, as typed.
    days: Option<String>,
}

impl<'g> Asker<'g> {
    fn new(graph: &'g TemporalGraph, words: &[dataset::InputFile], flags: &Flags) -> Result<Self, Failure> {
        // The program ends right after the answers: taking the words apart again would only cost time.
        let lexicon: &'static Lexicon = Box::leak(Box::new(lexicon(graph, words)?));
        let mut context = Context::new(graph, flags, When::Now)?;
        // Days that no flag names are left to the question: `Now` stands for that, so that `--at now` must be said otherwise.
        if flags.at.as_deref() == Some("now") {
            context.scope.when = When::On(context.scope.now(graph));
        }
        let flag = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name} {value}"));
        let days = flag("--at", &flags.at)
            .or_else(|| flag("--throughout", &flags.throughout))
            .or_else(|| flag("--during", &flags.during))
            .or_else(|| flags.ever.then(|| "--ever".to_owned()));
        let flags = context.scope.clone();
        Ok(Self { context, lexicon, flags, days })
    }

    /// Asks a question.
    fn ask(&mut self, question: &str) -> Result<(Asked, Reply), Failure> {
        let ground = Ground { graph: self.context.graph, names: self.context.names(), lexicon: self.lexicon };
        let (asked, reply) =
            ask::ask(ground, question, &self.flags).map_err(|problem| problem::failure(question, &problem))?;
        match &self.days {
            // Days that the question does not name are those of the flag.
            Some(days) if asked.scope.when != self.flags.when => {
                Err(problem::two_days(days, &asked.scope.when_in_words(self.context.graph)))
            }
            _ => {
                self.context.scope = asked.scope.clone();
                Ok((asked, reply))
            }
        }
    }

    /// The query that a reading equals, where there is one.
    fn query(&self, asked: &Asked, reply: &Reply) -> Option<String> {
        equal::asked(&self.context, asked, reply).ok()
    }
}
