//! Running a compiled query: rows are pulled through operators that share one frame.
//!
//! An operator writes its slots into the frame and says whether there is a row. Only what sorts, groups or tells rows apart keeps values. Every
//! step taken counts towards the deadline, and everything kept towards a limit, so that no query runs away.

mod eval;
mod gather;
mod hop;
mod operator;
mod truth;
mod walk;

use super::Limits;
use super::compile::Step;
use super::error::{Error, Kind, Result};
use super::explain::Names;
use super::graph::{Graph, SliceId};
use super::value::Value;
use operator::Operator;
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::time::Instant;

/// The values of all variables.
pub(super) type Frame = Vec<Value>;

/// What one step did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// How many rows it gave.
    pub(super) rows: u64,
    /// How often it asked the graph for a node, a relation or a property.
    pub(super) hits: u64,
}

/// What everything that runs can see.
#[derive(Debug)]
pub(super) struct Context<'a, G> {
    pub(super) graph: &'a G,
    pub(super) parameters: Vec<Value>,
    /// By step, how many rows it gave.
    rows: Vec<Cell<u64>>,
    /// By step, how often it asked the graph.
    hits: Vec<Cell<u64>>,
    /// The step that is running, for hits of expressions.
    current: Cell<usize>,
    until_look: Cell<u64>,
    kept: Cell<u64>,
    limits: Limits,
    patterns: RefCell<FxHashMap<Box<str>, regex::Regex>>,
}

/// How many ticks pass between two looks at the clock.
const TICKS_A_LOOK: u64 = 4096;

impl<'a, G: Graph> Context<'a, G> {
    pub(super) fn new(graph: &'a G, parameters: Vec<Value>, steps: usize, limits: Limits) -> Self {
        Self {
            graph,
            parameters,
            rows: vec![Cell::new(0); steps],
            hits: vec![Cell::new(0); steps],
            current: Cell::new(0),
            until_look: Cell::new(TICKS_A_LOOK),
            kept: Cell::new(0),
            limits,
            patterns: RefCell::new(FxHashMap::default()),
        }
    }

    /// Counts a look into the graph by the running step.
    #[inline]
    fn hit(&self) {
        let hits = &self.hits[self.current.get()];
        hits.set(hits.get() + 1);
    }

    /// Counts a look into the graph, and now and then looks at the clock.
    #[inline]
    fn tick(&self) -> Result<()> {
        self.ticks(1)
    }

    /// Counts so many looks into the graph.
    #[inline]
    fn ticks(&self, ticks: u64) -> Result<()> {
        let hits = &self.hits[self.current.get()];
        hits.set(hits.get() + ticks);
        self.spend(ticks)
    }

    /// Counts work that is no look into the graph: about so many elements gone over.
    #[inline]
    fn spend(&self, elements: u64) -> Result<()> {
        let left = self.until_look.get();
        if elements < left {
            self.until_look.set(left - elements);
            return Ok(());
        }
        self.until_look.set(TICKS_A_LOOK);
        self.look_at_clock()
    }

    #[cold]
    fn look_at_clock(&self) -> Result<()> {
        match self.limits.deadline {
            Some(deadline) if Instant::now() >= deadline => Err(Error::runtime(
                Kind::LimitReached,
                "TimeLimit",
                format!(
                    "the query was stopped: its time is over, after {} looks at the graph",
                    self.hits.iter().map(Cell::get).sum::<u64>()
                ),
            )
            .help(
                "narrow it down: a label or a name to start from, fewer hops, a `LIMIT`; `EXPLAIN` shows what it does",
            )
            .help("or give it more time: `--timeout SECONDS`")),
            _ => Ok(()),
        }
    }

    /// Counts values that are kept, by weight.
    fn keep(&self, weight: u64) -> Result<()> {
        let kept = self.kept.get().saturating_add(weight);
        self.kept.set(kept);
        if kept > self.limits.kept {
            return Err(Error::runtime(
                Kind::LimitReached,
                "MemoryLimit",
                format!("the query was stopped: it keeps more than {} values at once", self.limits.kept),
            )
            .help("sorting, grouping, `DISTINCT` and `collect` keep what they see: narrow it down before"));
        }
        Ok(())
    }

    /// Forgets that values were kept.
    fn let_go(&self, weight: u64) {
        self.kept.set(self.kept.get().saturating_sub(weight));
    }

    /// Refuses a value that is heavier than all that may be kept.
    fn weigh(&self, weight: u64) -> Result<()> {
        self.keep(weight)?;
        self.let_go(weight);
        Ok(())
    }

    #[inline]
    fn count_rows(&self, id: usize, rows: u64) {
        let cell = &self.rows[id];
        cell.set(cell.get() + rows);
    }
}

/// The rows of a running query.
#[derive(Debug)]
pub struct Rows<'a, G: Graph + 'a> {
    step: &'a Step,
    names: Names<'a>,
    context: Context<'a, G>,
    operator: Operator<'a, G>,
    frame: Frame,
    columns: Vec<usize>,
    slice: SliceId,
    given: u64,
    is_over: bool,
}

impl<'a, G: Graph> Rows<'a, G> {
    pub(super) fn new(
        context: Context<'a, G>,
        step: &'a Step,
        names: Names<'a>,
        columns: Vec<usize>,
        slice: SliceId,
    ) -> Self {
        let operator = Operator::new(step);
        let frame = vec![Value::Null; names.slots.len()];
        Self { step, names, context, operator, frame, columns, slice, given: 0, is_over: false }
    }

    /// The plan, drawn as a tree with the rows and the hits of each step so far.
    #[must_use]
    pub fn profile(&self) -> String {
        let counts = self.context.rows.iter().zip(&self.context.hits);
        let counts: Vec<Count> = counts.map(|(rows, hits)| Count { rows: rows.get(), hits: hits.get() }).collect();
        super::explain::draw(self.step, self.names, Some(&counts))
    }

    /// The slice of the statement, in which values are best shown.
    #[must_use]
    pub const fn slice(&self) -> SliceId {
        self.slice
    }

    /// The graph it runs on.
    #[must_use]
    pub const fn graph(&self) -> &'a G {
        self.context.graph
    }

    fn advance(&mut self) -> Result<bool> {
        if !self.operator.next(&self.context, &mut self.frame)? {
            return Ok(false);
        }
        self.given += 1;
        match self.context.limits.rows {
            Some(most) if self.given > most => Err(Error::runtime(
                Kind::LimitReached,
                "RowLimit",
                format!("the query was stopped: it gives more than {most} rows"),
            )
            .help("add a `LIMIT`, or allow more: `--max-rows N`")),
            _ => Ok(true),
        }
    }

    /// Goes to the next row without making a copy of it; [`Rows::value`] reads it.
    ///
    /// # Errors
    /// As the iterator.
    pub fn step(&mut self) -> Result<bool> {
        if self.is_over {
            return Ok(false);
        }
        let found = self.advance();
        self.is_over = !matches!(found, Ok(true));
        found
    }

    /// A column of the row that [`Rows::step`] went to; null when there is no such column.
    #[must_use]
    pub fn value(&self, column: usize) -> &Value {
        self.columns.get(column).and_then(|slot| self.frame.get(*slot)).unwrap_or(&Value::Null)
    }
}

impl<G: Graph> Iterator for Rows<'_, G> {
    type Item = Result<Vec<Value>>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.step() {
            Ok(false) => None,
            Ok(true) => Some(Ok(self.columns.iter().map(|slot| self.frame[*slot].clone()).collect())),
            Err(error) => Some(Err(error)),
        }
    }
}
