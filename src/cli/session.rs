//! Queries asked of one graph: the scope that the flags set, limits, and how a query is run and its answer printed.
//!
//! Used by `query` for one query and by `shell` for many.

use super::args::Flags;
use super::context::{claims_in_words, scope};
use super::failure::Failure;
use super::output::{self, Page, Printer, Results, Values};
use super::progress::Progress;
use super::{Exit, args};
use crate::graph::TemporalGraph;
use crate::names::nearest;
use crate::query::error::Error;
use crate::query::graph::{Graph, Owner, Schema, SliceId, Term};
use crate::query::library::Entry;
use crate::query::scope::{Scope, Valid};
use crate::query::temporal_graph::QueryGraph;
use crate::query::tree::Mode;
use crate::query::value::{Map, Value};
use crate::query::{Limits, Options, Prepared};
use crate::question::When;
use crate::time::Reading;
use std::time::{Duration, Instant};

/// How far a query may go.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bounds {
    /// For how long.
    pub(super) timeout: Option<Duration>,
    /// More rows are a failure.
    pub(super) max_rows: Option<u64>,
}

/// A query to run.
pub(super) struct Question<'t> {
    /// What its answer is called.
    pub(super) title: &'t str,
    /// What messages call its text.
    pub(super) file: &'t str,
    /// The text.
    pub(super) text: &'t str,
    /// Its parameters.
    pub(super) parameters: Map,
    /// Those of them that were typed for it: each must be one of its own.
    pub(super) typed: Vec<String>,
}

/// A graph that is being asked.
pub(super) struct Session<'g> {
    pub(super) graph: QueryGraph<'g>,
    pub(super) bounds: Bounds,
    printer: Printer,
    scope: Scope,
    /// The days of the scope in words.
    when: Option<String>,
    as_of: Option<String>,
    assumptions: Vec<String>,
    /// At most so many rows are shown.
    limit: Option<usize>,
}

impl<'g> Session<'g> {
    /// Readies a graph for questions under these flags.
    pub(super) fn new(graph: &'g TemporalGraph, flags: &Flags, bounds: Bounds) -> Result<Self, Failure> {
        let mut session = Self {
            graph: QueryGraph::new(graph),
            bounds,
            printer: Printer::new(flags),
            scope: Scope::default(),
            when: None,
            as_of: None,
            assumptions: Vec::new(),
            limit: None,
        };
        session.set_flags(flags)?;
        Ok(session)
    }

    /// Takes other flags; when they are wrong the ones before stay.
    pub(super) fn set_flags(&mut self, flags: &Flags) -> Result<(), Failure> {
        refuse_foreign(flags)?;
        let graph = self.graph.graph();
        let asked = scope(graph, flags, When::Ever)?;
        let is_dated = flags.at.is_some() || flags.throughout.is_some() || flags.during.is_some();
        let is_scoped = is_dated || flags.ever || flags.certain || flags.possible;
        let reading = if flags.possible { Reading::Possible } else { Reading::Certain };
        let valid = is_scoped.then(|| Valid { window: asked.window(graph), reading });
        self.scope = Scope { valid, known_by: asked.claims.known_by };
        let possibly = if flags.possible { ", certain or possible" } else { "" };
        self.when = is_scoped.then(|| format!("{}{possibly}", asked.when_in_words(graph)));
        self.as_of = asked.as_of(graph);
        self.assumptions = claims_in_words(graph, &asked.claims).into_iter().collect();
        self.limit = asked.limit;
        self.printer = Printer::new(flags);
        Ok(())
    }

    /// The days of the scope in words; `None` where no day is asked about.
    pub(super) fn when(&self) -> Option<&str> {
        self.when.as_deref()
    }

    /// Runs a query, prints its rows, and returns whether there were any.
    pub(super) fn run(&mut self, question: &Question<'_>) -> Result<Exit, Failure> {
        let fail = |error: Box<Error>| Failure::query(&error, question.file, question.text);
        let options = Options { scope: self.scope.clone(), ..Options::default() };
        let prepared = Prepared::new(question.text, &mut self.graph, &options).map_err(fail)?;
        for name in &question.typed {
            let is_declared = Entry::read("", question.text).parameters.iter().any(|(declared, _)| declared == name);
            if !prepared.parameters().contains(name) && !is_declared {
                return Err(unknown_parameter(name, prepared.parameters()));
            }
        }
        if prepared.mode() == Mode::Explain {
            return self.plan(question, &prepared.explain());
        }
        let limits = Limits {
            deadline: self.bounds.timeout.and_then(|time| Instant::now().checked_add(time)),
            rows: self.bounds.max_rows,
            ..Limits::default()
        };
        let mut rows = prepared.run(&self.graph, &question.parameters, limits).map_err(fail)?;
        let slice = rows.slice();
        let streams = self.printer.streams() && prepared.mode() == Mode::Run;
        let progress = Progress::start(streams);
        if prepared.mode() == Mode::Profile {
            for row in rows.by_ref() {
                row.map_err(fail)?;
                progress.count();
            }
            progress.stop();
            return self.plan(question, &rows.profile());
        }
        let page = self.page(question, prepared.parameters(), slice);
        let values = Values::new(&self.graph, slice);
        let mut results = Results::new(self.printer, page, prepared.columns())?;
        let limit = self.limit.map_or(u64::MAX, |limit| limit as u64);
        while results.count() < limit {
            match rows.next() {
                None => break,
                Some(Ok(row)) => results.push(&row, values)?,
                Some(Err(error)) => {
                    progress.stop();
                    results.abandon()?;
                    return Err(fail(error));
                }
            }
            progress.count();
        }
        progress.stop();
        let found = results.count() > 0;
        results.finish((!found).then(|| self.nothing(&prepared, slice)))?;
        Ok(Exit::found(found))
    }

    /// What is said where there are no rows: also that a name is exact in a query, where one that was looked for is an actor's other name.
    fn nothing(&self, prepared: &Prepared, slice: SliceId) -> String {
        let mut text = "No rows.".to_owned();
        let (name_key, all) = (self.graph.key("name", Owner::Node), prepared.sought("name"));
        for name in all {
            let is_exact =
                matches!(name_key, Term::Known(key) if !self.graph.seek(slice, key, &Value::text(name)).is_empty());
            if let (false, Ok(node)) = (is_exact, self.graph.actor(slice, name)) {
                let known = Values::new(&self.graph, slice).text(&Value::Node(node));
                text.push_str(&format!(
                    "\nNames are exact in a query, and no record is called `{name}`: `WHERE a = actor('{name}')` finds {known}."
                ));
            }
        }
        text
    }

    /// The head of an answer.
    fn page(&self, question: &Question<'_>, used: &[String], slice: SliceId) -> Page {
        let mut page = Page::new(question.title);
        page.as_of = self.as_of.clone();
        page.when = self.when.clone();
        let values = Values::new(&self.graph, slice);
        let with: Vec<String> = question
            .parameters
            .iter()
            .filter(|(name, _)| used.iter().any(|used| **used == ***name))
            .map(|(name, value)| format!("{name} = {}", values.text(value)))
            .collect();
        if !with.is_empty() {
            page.assumptions.push(format!("with {}", with.join(", ")));
        }
        page.assumptions.extend(self.assumptions.iter().cloned());
        page
    }

    /// Prints a plan: as it is drawn for people, a row for each line elsewhere.
    fn plan(&self, question: &Question<'_>, plan: &str) -> Result<Exit, Failure> {
        if self.printer.format() == output::Format::Table {
            output::print(&format!("{}\n", plan.trim_end()))?;
            return Ok(Exit::Yes);
        }
        let columns = ["plan".to_owned()];
        let mut results = Results::new(self.printer, Page::new(question.title), &columns)?;
        for line in plan.trim_end().lines() {
            results.push(&[Value::text(line)], Values::new(&self.graph, SliceId(0)))?;
        }
        results.finish(None)?;
        Ok(Exit::Yes)
    }
}

/// A parameter that was typed for a query that has no such one.
fn unknown_parameter(name: &str, known: &[String]) -> Failure {
    let mut help = Vec::new();
    if let Some(near) = nearest(name, known.iter().map(String::as_str), 1).first() {
        help.push(format!("did you mean `{near}`?"));
    }
    help.push(match known {
        [] => "it has none; write `$name` where a query takes a value from outside".to_owned(),
        _ => format!("its parameters: {}", known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
    });
    Failure::new("unknown-parameter", format!("the query has no parameter `{name}`"), help)
}

/// Refuses the flags that choose among relations for the everyday commands: a query says that itself.
fn refuse_foreign(flags: &args::Flags) -> Result<(), Failure> {
    let foreign = [
        (!flags.source.is_empty(), "--source", "WHERE any(s IN sources(r) WHERE s = 'ID')"),
        (!flags.exclude_source.is_empty(), "--exclude-source", "WHERE none(s IN sources(r) WHERE s = 'ID')"),
        (
            flags.min_grade.is_some(),
            "--min-grade",
            "WHERE any(c IN claims(r) WHERE c.reliability <= 'B' AND c.credibility <= 3)",
        ),
        (!flags.types.is_empty(), "--type", "-[r:ALLIED_WITH]-"),
        (!flags.category.is_empty(), "--category", "-[r:COOPERATION]-"),
        (flags.exact, "--exact", "WHERE a IN line(actor('NAME'))"),
    ];
    match foreign.into_iter().find(|(is_given, ..)| *is_given) {
        None => Ok(()),
        Some((_, "--exact", instead)) => Err(Failure::new(
            "flag-without-meaning",
            "`--exact` says nothing to a query",
            vec![format!("a query follows a line only where it says so: `{instead}`")],
        )),
        Some((_, flag, instead)) => Err(Failure::new(
            "flag-without-meaning",
            format!("`{flag}` says nothing to a query"),
            vec![format!("say it in the query: `{instead}`")],
        )),
    }
}
