//! openCypher read queries, with extensions for valid time.
//!
//! ```text
//! text ─syntax─▶ Statement ─resolve─▶ Plan ─rewrite─▶ Plan ─exec on a Graph─▶ rows
//! ```

pub mod allen;
pub mod arithmetic;
mod asked;
pub mod compare;
pub mod compile;
pub mod error;
mod exec;
mod explain;
pub mod fixture;
pub mod functions;
pub mod graph;
mod keys;
pub mod library;
pub mod notation;
pub mod plan;
pub mod procedures;
pub mod property_graph;
mod resolve;
mod rewrite;
pub mod scope;
pub mod syntax;
pub mod temporal;
pub mod temporal_graph;
pub mod tree;
pub mod types;
pub mod value;

use compile::Step;
use error::{Error, Kind, Result};
pub use exec::Rows;
use graph::{Graph, SliceId};
pub use rewrite::NAMES as REWRITES;
use scope::Scope;
use std::time::Instant;
use tree::{Mode, Span, Statement};
use value::Map;

/// How many steps may wait for each other: each takes some of the stack, and threads have as little as 2 MiB.
const MOST_STEPS_AT_ONCE: usize = 150;

/// How a query is compiled.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The scope around the whole query, as `--at` sets it.
    pub scope: Scope,
    /// Rewrites that are left out, by name; for tests.
    pub without: Vec<&'static str>,
}

/// How far a query may go.
#[derive(Clone, Debug)]
pub struct Limits {
    /// When to stop.
    pub deadline: Option<Instant>,
    /// How many rows at most; one more is an error.
    pub rows: Option<u64>,
    /// How much may be kept at once for sorting, grouping and collecting, in values as [`value::Value::weight`] counts them.
    pub kept: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { deadline: None, rows: None, kept: 20_000_000 }
    }
}

/// A compiled query, ready to run on the graph it was compiled for.
#[derive(Debug)]
pub struct Prepared {
    mode: Mode,
    step: Step,
    steps: usize,
    names: Vec<String>,
    columns: Vec<String>,
    outputs: Vec<usize>,
    parameters: Vec<String>,
    parameter_places: Vec<Span>,
    slice: SliceId,
}

impl Prepared {
    /// Compiles a query.
    ///
    /// # Errors
    /// When the text is no query, or names what is not there.
    pub fn new<G: Graph>(text: &str, graph: &mut G, options: &Options) -> Result<Self> {
        Self::from_tree(syntax::parse(text)?, graph, options)
    }

    /// Compiles a statement that has been read.
    ///
    /// # Errors
    /// When it names what is not there, or cannot be meant.
    pub fn from_tree<G: Graph>(statement: Statement, graph: &mut G, options: &Options) -> Result<Self> {
        let resolved = resolve::resolve(&statement.query, graph, &options.scope)?;
        let mut plan = resolved.plan;
        rewrite::rewrite(&mut plan, graph, &options.without);
        let (step, steps) = compile::compile(plan, graph);
        if step.height > MOST_STEPS_AT_ONCE {
            return Err(Error::too_large(format!(
                "the query is too large: {} steps that wait for each other, at most {MOST_STEPS_AT_ONCE}",
                step.height
            )));
        }
        let (parameters, parameter_places) = resolved.parameters.into_iter().unzip();
        let (columns, outputs) = resolved.columns.into_iter().unzip();
        Ok(Self {
            mode: statement.mode,
            step,
            steps,
            names: resolved.names,
            columns,
            outputs,
            parameters,
            parameter_places,
            slice: resolved.slice,
        })
    }

    /// Whether to run it or to show its plan.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// The names of the columns, in order.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The parameters it uses, in order of their first use.
    #[must_use]
    pub fn parameters(&self) -> &[String] {
        &self.parameters
    }

    /// Runs it: rows are made as they are asked for.
    ///
    /// # Errors
    /// When a parameter is missing.
    pub fn run<'a, G: Graph>(&'a self, graph: &'a G, parameters: &Map, limits: Limits) -> Result<Rows<'a, G>> {
        let mut values = Vec::with_capacity(self.parameters.len());
        for (name, place) in self.parameters.iter().zip(&self.parameter_places) {
            match parameters.get(name) {
                Some(value) => values.push(value.clone()),
                None => {
                    let mut error = Error::runtime(
                        Kind::ParameterMissing,
                        "MissingParameter",
                        format!("the query uses `${name}`, and no value is given for it"),
                    )
                    .at(place)
                    .help(format!("give it: `--param {name}=…`"));
                    error.phase = error::Phase::Compile;
                    return Err(error);
                }
            }
        }
        let context = exec::Context::new(graph, values, self.steps, limits);
        Ok(Rows::new(context, &self.step, self.called(), self.outputs.clone(), self.slice))
    }

    /// The plan, drawn as a tree.
    #[must_use]
    pub fn explain(&self) -> String {
        explain::draw(&self.step, self.called(), None)
    }

    /// The texts by which nodes are looked for under a key: `'HTS'` in `{name: 'HTS'}`.
    #[must_use]
    pub fn sought(&self, key: &str) -> Vec<&str> {
        let mut found = Vec::new();
        self.step.for_each(&mut |step| {
            if let compile::StepKind::Nodes { node, .. } = &step.kind
                && let plan::Access::Seek(_, sought, plan::Expr::Const(value::Value::String(text)), _) = &node.access
                && sought == key
            {
                found.push(&**text);
            }
        });
        found
    }

    /// What slots and parameters are called in plans.
    fn called(&self) -> explain::Names<'_> {
        explain::Names { slots: &self.names, parameters: &self.parameters }
    }
}
