//! What a query means, as data: operators over slots of one frame.
//!
//! `resolve` makes a [`Plan`], `rewrite` improves the [`Pattern`]s in it, `compile` turns it into the steps that `exec` runs and
//! `explain` draws. Every variable has its own slot in one frame that the whole statement shares: subqueries read the slots of the rows around
//! them and write only their own, so nothing is copied on the way in or out.

mod traverse;

use crate::query::functions::{Aggregate, Function, OfGraph};
use crate::query::graph::{KeyId, LabelId, SliceId, Toward, TypeSet};
use crate::query::tree::{BinaryOp, CompareOp, QuantifierKind, Span};
use crate::query::value::Value;
use crate::time::Reading;
use std::sync::Arc;

/// A place in the frame.
pub type Slot = usize;

/// A span that does not count when plans are compared.
#[derive(Clone, Debug, Default)]
pub struct At(pub Span);

impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A query, resolved.
#[derive(Clone, Debug, PartialEq)]
pub enum Plan {
    /// One row: whatever the frame holds.
    Argument,
    /// Rows of the input, once for each match.
    Match {
        /// Rows to start from.
        input: Box<Plan>,
        /// What is matched.
        pattern: Pattern,
    },
    /// Rows of the input with those of the inner plan, or with nulls where it has none.
    Optional {
        /// Rows to start from.
        input: Box<Plan>,
        /// What is looked for.
        inner: Box<Plan>,
        /// What becomes null.
        slots: Vec<Slot>,
    },
    /// Rows of the input, once for each row of the inner plan.
    Apply {
        /// Rows to start from.
        input: Box<Plan>,
        /// What is run for each.
        inner: Box<Plan>,
    },
    /// Rows for which the condition is true.
    Filter {
        /// Rows.
        input: Box<Plan>,
        /// The condition.
        condition: Expr,
        /// Keep also what is only possible.
        possibly: bool,
    },
    /// Rows with further slots filled.
    Project {
        /// Rows.
        input: Box<Plan>,
        /// What is filled with what, all at once.
        items: Vec<(Slot, Expr)>,
    },
    /// A row for each group.
    Aggregate {
        /// Rows.
        input: Box<Plan>,
        /// What groups are told apart by.
        keys: Vec<(Slot, Expr)>,
        /// What is made of each group.
        aggregates: Vec<(Slot, Call)>,
    },
    /// Each different row once, the first time.
    Distinct {
        /// Rows.
        input: Box<Plan>,
        /// What rows are told apart by.
        slots: Vec<Slot>,
    },
    /// Rows in order; equal ones as they came.
    Sort {
        /// Rows.
        input: Box<Plan>,
        /// What is kept of a row.
        slots: Vec<Slot>,
        /// By what, and whether from high to low.
        keys: Vec<(Expr, bool)>,
        /// Only so many of the first, when set by `keep_top`: skip and limit.
        top: Option<(Option<Expr>, Expr)>,
    },
    /// Rows but for the first so many.
    Skip {
        /// Rows.
        input: Box<Plan>,
        /// How many.
        count: Expr,
    },
    /// The first so many rows.
    Limit {
        /// Rows.
        input: Box<Plan>,
        /// How many.
        count: Expr,
    },
    /// Rows, once for each element of a list.
    Unwind {
        /// Rows.
        input: Box<Plan>,
        /// The list.
        list: Expr,
        /// The element.
        slot: Slot,
    },
    /// The rows of several plans, one after the other.
    Union {
        /// The plans with the slots of their columns.
        arms: Vec<(Plan, Vec<Slot>)>,
        /// Where the columns come out.
        slots: Vec<Slot>,
        /// Each different row once.
        distinct: bool,
    },
    /// Rows, once for each row of a procedure.
    Procedure {
        /// Rows.
        input: Box<Plan>,
        /// Which.
        procedure: &'static super::procedures::Procedure,
        /// With what.
        arguments: Vec<Expr>,
        /// Fields, by number, with the slots they go to.
        yields: Vec<(usize, Slot)>,
        /// Which slice it runs on.
        slice: SliceId,
        /// Where it stands.
        at: At,
    },
}

/// An aggregate with what it is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Which; `None` for `count(*)`.
    pub aggregate: Option<Aggregate>,
    /// Each different value once.
    pub distinct: bool,
    /// What it is given.
    pub arguments: Vec<Expr>,
    /// Where it stands.
    pub at: At,
}

/// What one `MATCH` looks for: nodes, hops between them, conditions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pattern {
    /// The nodes.
    pub nodes: Vec<PatternNode>,
    /// The hops, as written.
    pub hops: Vec<PatternHop>,
    /// Paths to be put together when all is matched: the slot and its parts.
    pub paths: Vec<(Slot, Vec<PathPart>)>,
    /// Conditions; all must be true.
    pub conditions: Vec<Condition>,
    /// Which slice it is matched in.
    pub slice: SliceId,
    /// Check conditions as soon as what they speak of is there; set by `check_early`.
    pub check_early: bool,
    /// Start where there is least to look at and go on so; set by `start_from_rarest`.
    pub start_from_rarest: bool,
}

/// A condition of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// What must be true.
    pub expr: Expr,
    /// Also what is only possible will do.
    pub possibly: bool,
}

/// A node of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct PatternNode {
    /// Where it goes.
    pub slot: Slot,
    /// Its name, for plans; empty where it has none.
    pub name: String,
    /// Whether it was there before.
    pub is_bound: bool,
    /// How it is found when a walk starts from it.
    pub access: Access,
    /// Whether the slice must have it: said of nodes that were bound outside.
    pub checked: bool,
}

/// How the nodes that a walk starts from are found.
#[derive(Clone, Debug, PartialEq)]
pub enum Access {
    /// All there are.
    All,
    /// Those with a label; set by `scan_by_label`.
    Label(LabelId, String),
    /// Those whose property is equal to one of the values; set by `seek_by_key`. The value is a list when the flag is set.
    Seek(KeyId, String, Expr, bool),
    /// The node or nodes that an expression comes to; set by `seek_by_identity`. The value is a list when the flag is set.
    Identity(Expr, bool),
}

/// A hop of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct PatternHop {
    /// From which node of the pattern.
    pub from: usize,
    /// To which.
    pub to: usize,
    /// How.
    pub kind: HopKind,
}

/// How two nodes of a pattern hang together.
#[derive(Clone, Debug, PartialEq)]
pub enum HopKind {
    /// By one relation.
    One {
        /// Where it goes.
        slot: Slot,
        /// Its name, for plans.
        name: String,
        /// Whether it was there before.
        is_bound: bool,
        /// Which.
        filter: RelationFilter,
    },
    /// By several in a row.
    Many(Walk),
    /// By a shortest walk.
    Shortest {
        /// The walk.
        walk: Walk,
        /// All shortest ones rather than one.
        all: bool,
        /// Where the path goes, for conditions on it.
        path: Option<Slot>,
        /// What must be true of the whole path, checked while looking.
        conditions: Vec<Condition>,
    },
}

/// Which relations a hop takes.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationFilter {
    /// Which way.
    pub toward: Toward,
    /// Of which types; what an untyped pattern means for `None`.
    pub types: Option<TypeSet>,
    /// The types as written, for plans.
    pub type_names: String,
    /// Only relations that hold so; set by `push_time_into_hops`.
    pub time: Option<TimeTest>,
}

/// A test of time that is made while hopping: `validAt(r, date)` and its like.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeTest {
    /// The date; the same for all rows.
    pub date: Expr,
    /// Which function asks.
    pub function: OfGraph,
    /// Only what certainly holds, or also what possibly does.
    pub reading: Reading,
    /// The condition it was made of, for dates that are themselves uncertain.
    pub condition: Condition,
}

/// Steps that are repeated.
#[derive(Clone, Debug, PartialEq)]
pub struct Walk {
    /// The steps of one round; one for a variable-length relation.
    pub steps: Vec<WalkStep>,
    /// The fewest rounds.
    pub least: u64,
    /// The most rounds.
    pub most: Option<u64>,
    /// Where the list of relations goes.
    pub relations: Slot,
    /// Whether anything reads that list.
    pub is_listed: bool,
    /// Whether that list was there before.
    pub is_bound: bool,
    /// Where the lists of a group's variables go: for nodes by place in the round (0 is the first), for relations by step.
    pub node_lists: Vec<(usize, Slot)>,
    /// The same of relations.
    pub relation_lists: Vec<(usize, Slot)>,
    /// Where the whole walk goes as a path, when a named path needs it.
    pub path: Option<Slot>,
    /// Conditions on the first node of each round.
    pub first: Vec<Condition>,
    /// The slot that `first` speaks of.
    pub first_slot: Option<Slot>,
    /// Its name, for plans.
    pub name: String,
}

/// One step of a walk.
#[derive(Clone, Debug, PartialEq)]
pub struct WalkStep {
    /// Which relations.
    pub filter: RelationFilter,
    /// What must be true of the relation, in `relation_slot`, and of the node it leads to, in `node_slot`.
    pub conditions: Vec<Condition>,
    /// Where the relation is put while conditions are checked.
    pub relation_slot: Slot,
    /// Where the node is put.
    pub node_slot: Slot,
}

/// A piece of a path to be put together.
#[derive(Clone, Debug, PartialEq)]
pub enum PathPart {
    /// A node.
    Node(Slot),
    /// A relation.
    Relation(Slot),
    /// A list of relations; nodes between them are found from their ends.
    Relations(Slot),
    /// A whole path.
    Path(Slot),
}

/// An expression over slots.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A value.
    Const(Value),
    /// A parameter, by number.
    Param(usize),
    /// What a slot holds.
    Slot(Slot),
    /// `a.key`
    Property {
        /// Of what.
        base: Box<Expr>,
        /// The key.
        name: Arc<str>,
        /// The key as the graph numbers it; `None` where nothing in the graph has it.
        key: Option<KeyId>,
        /// In which slice.
        slice: SliceId,
        /// Where it stands.
        at: At,
    },
    /// `a:Label`
    HasLabels {
        /// What is asked about.
        base: Box<Expr>,
        /// The labels.
        test: LabelTest,
        /// Where it stands.
        at: At,
    },
    /// `NOT a`
    Not(Box<Expr>, At),
    /// `-a`
    Negate(Box<Expr>, At),
    /// `+a`
    Plus(Box<Expr>, At),
    /// `a + b`
    Arithmetic(BinaryOp, Box<Expr>, Box<Expr>, At),
    /// `a AND b AND c`
    And(Vec<Expr>, At),
    /// `a OR b OR c`
    Or(Vec<Expr>, At),
    /// `a XOR b`
    Xor(Box<Expr>, Box<Expr>, At),
    /// `a < b`
    Compare(CompareOp, Box<Expr>, Box<Expr>, At),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `{a: 1}`
    Map(Vec<(Arc<str>, Expr)>),
    /// `a[i]`
    Index(Box<Expr>, Box<Expr>, SliceId, At),
    /// `a[i..j]`
    Slice(Box<Expr>, Option<Box<Expr>>, Option<Box<Expr>>, At),
    /// `a IN b`
    In(Box<Expr>, Box<Expr>, At),
    /// `a IS NULL`, negated when the flag is set.
    IsNull(Box<Expr>, bool),
    /// `f(a, b)`
    Call {
        /// Which.
        function: &'static Function,
        /// With what.
        arguments: Vec<Expr>,
        /// In which slice.
        slice: SliceId,
        /// Where it stands.
        at: At,
    },
    /// `CASE … END`
    Case {
        /// What is compared.
        subject: Option<Box<Expr>>,
        /// `WHEN … THEN …`
        branches: Vec<(Expr, Expr)>,
        /// `ELSE …`
        otherwise: Option<Box<Expr>>,
    },
    /// `[x IN list WHERE … | …]`
    ListComprehension {
        /// The element.
        slot: Slot,
        /// The list.
        list: Box<Expr>,
        /// The condition.
        condition: Option<Box<Expr>>,
        /// What is kept.
        value: Option<Box<Expr>>,
        /// Where it stands.
        at: At,
    },
    /// `all(x IN list WHERE …)`
    Quantifier {
        /// Which.
        kind: QuantifierKind,
        /// The element.
        slot: Slot,
        /// The list.
        list: Box<Expr>,
        /// The condition.
        condition: Box<Expr>,
        /// Where it stands.
        at: At,
    },
    /// `reduce(a = i, x IN list | …)`
    Reduce {
        /// The total.
        accumulator: Slot,
        /// Its first value.
        initial: Box<Expr>,
        /// The element.
        slot: Slot,
        /// The list.
        list: Box<Expr>,
        /// The next total.
        value: Box<Expr>,
        /// Where it stands.
        at: At,
    },
    /// Something made of the rows of a plan.
    Subquery(Subquery, Box<Plan>),
    /// The same, ready to run; made by `compile`.
    Run(Subquery, std::sync::Arc<super::compile::Step>),
    /// `a {.name, …}`
    MapProjection {
        /// Of what.
        base: Box<Expr>,
        /// The items.
        items: Vec<MapItem>,
        /// In which slice.
        slice: SliceId,
        /// Where it stands.
        at: At,
    },
}

/// What is made of the rows of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subquery {
    /// Whether there is one.
    Exists,
    /// How many.
    Count,
    /// The list of what a slot holds.
    Collect(Slot),
    /// What a slot holds in the first row; null where there is none.
    First(Slot),
}

/// An item of a map projection.
#[derive(Clone, Debug, PartialEq)]
pub enum MapItem {
    /// `.*`
    All,
    /// `key: value`
    Entry(Arc<str>, Expr),
}

/// A test of labels, or of a relation's type.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelTest {
    /// Has any label.
    Any,
    /// A label of nodes and types of relations that the name stands for; neither where it stands for nothing.
    Name(Option<LabelId>, Option<TypeSet>, String),
    /// Both.
    And(Box<LabelTest>, Box<LabelTest>),
    /// One of them.
    Or(Box<LabelTest>, Box<LabelTest>),
    /// Not.
    Not(Box<LabelTest>),
}
