//! The syntax tree of a query: our own types, with a span on every node.
//!
//! Made by `syntax` from text, read by `resolve`. It says what was written, not what it means: names are still names.
//! Deliberately absent: the parser's types, and anything a graph would have to be asked for.

use super::scope::Scope;
use std::ops::Range;

/// A stretch of the query's text, in bytes.
pub type Span = Range<usize>;

/// A name with the place it stands at, as meant (quotes and escapes undone). Where it stands does not count when names are compared.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// What to do with a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// Run it.
    #[default]
    Run,
    /// Show the plan (`EXPLAIN`).
    Explain,
    /// Run it and show the plan with what it cost (`PROFILE`).
    Profile,
}

/// A whole statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Run, explain or profile.
    pub mode: Mode,
    /// The query.
    pub query: Query,
}

/// One or more single queries joined by `UNION`.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The first arm.
    pub first: SingleQuery,
    /// The others, in order.
    pub unions: Vec<Union>,
}

/// An arm after the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// `UNION ALL` rather than `UNION`.
    pub all: bool,
    /// The arm.
    pub query: SingleQuery,
    /// From the word `UNION` on.
    pub span: Span,
}

/// Clauses in order, under one scope of time.
#[derive(Clone, Debug, PartialEq)]
pub struct SingleQuery {
    /// What its prefix says; nothing where there is none.
    pub scope: Scope,
    /// The clauses, in order.
    pub clauses: Vec<Clause>,
    /// All of it.
    pub span: Span,
}

/// A clause.
#[derive(Clone, Debug, PartialEq)]
pub enum Clause {
    /// `[OPTIONAL] MATCH … [WHERE …]`
    Match(Match),
    /// `UNWIND … AS …`
    Unwind {
        /// The list.
        list: Expr,
        /// The variable of an element.
        variable: Name,
        /// All of it.
        span: Span,
    },
    /// `WITH …`
    With(Projection),
    /// `RETURN …`
    Return(Projection),
    /// `CALL name(…) [YIELD …]`
    CallProcedure(CallProcedure),
    /// `CALL { … }`, `CALL (a, b) { … }`
    CallSubquery {
        /// What it may see of the outside: `None` where the query says so itself, by a first `WITH`; a lone name `*` for everything (`CALL (*)`).
        imports: Option<Vec<Name>>,
        /// What is called.
        query: Box<Query>,
        /// All of it.
        span: Span,
    },
    /// A writing clause; refused in queries, understood by the fixture loader.
    Write(Write),
}

/// `[OPTIONAL] MATCH … [WHERE …]`
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    /// `OPTIONAL MATCH`.
    pub optional: bool,
    /// What is matched.
    pub patterns: Vec<Pattern>,
    /// The condition.
    pub condition: Option<Expr>,
    /// All of it.
    pub span: Span,
}

/// A writing clause.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// `CREATE …`
    Create {
        /// What is made.
        patterns: Vec<Pattern>,
        /// All of it.
        span: Span,
    },
    /// `[DETACH] DELETE …`
    Delete {
        /// With the relations of deleted nodes.
        detach: bool,
        /// What goes.
        targets: Vec<Expr>,
        /// All of it.
        span: Span,
    },
    /// `SET`, `MERGE`, `REMOVE`, `FOREACH`, `LOAD CSV`, schema commands.
    Other {
        /// The word it begins with, upper case.
        word: String,
        /// All of it, or its first word.
        span: Span,
    },
}

impl Write {
    /// The word it begins with, and where it stands.
    #[must_use]
    pub fn word(&self) -> (&str, &Span) {
        match self {
            Self::Create { span, .. } => ("CREATE", span),
            Self::Delete { span, .. } => ("DELETE", span),
            Self::Other { word, span } => (word, span),
        }
    }
}

/// `CALL name(…) [YIELD …]`
#[derive(Clone, Debug, PartialEq)]
pub struct CallProcedure {
    /// The dotted name.
    pub name: Name,
    /// The arguments; `None` where the parentheses are left out and parameters of the same names are taken.
    pub arguments: Option<Vec<Expr>>,
    /// What is yielded.
    pub yields: Yields,
    /// The condition after `YIELD`.
    pub condition: Option<Expr>,
    /// Whether the call is the whole statement.
    pub standalone: bool,
    /// All of it.
    pub span: Span,
}

/// What a procedure call yields.
#[derive(Clone, Debug, PartialEq)]
pub enum Yields {
    /// No `YIELD`.
    Nothing,
    /// `YIELD *`
    All,
    /// `YIELD a, b AS c`: the field and the variable.
    Items(Vec<(Name, Name)>),
}

/// The body of `WITH` and `RETURN`.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// `DISTINCT`.
    pub distinct: bool,
    /// `*`.
    pub star: bool,
    /// The items, in order.
    pub items: Vec<Item>,
    /// `ORDER BY`.
    pub order: Vec<SortItem>,
    /// `SKIP`.
    pub skip: Option<Expr>,
    /// `LIMIT`.
    pub limit: Option<Expr>,
    /// The condition after `WITH`.
    pub condition: Option<Expr>,
    /// All of it.
    pub span: Span,
}

/// `expression [AS alias]`
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The expression.
    pub expr: Expr,
    /// `AS …`
    pub alias: Option<Name>,
    /// The expression as written, which is the column's name where there is no alias.
    pub text: String,
}

/// `expression [DESC]`
#[derive(Clone, Debug, PartialEq)]
pub struct SortItem {
    /// The expression.
    pub expr: Expr,
    /// From high to low.
    pub descending: bool,
}

/// One part of a pattern: a path, perhaps named.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// `p = …`
    pub variable: Option<Name>,
    /// Whether all paths are meant or only shortest ones.
    pub kind: PatternKind,
    /// The path: a first element and what follows it.
    pub elements: Vec<Element>,
    /// All of it.
    pub span: Span,
}

/// Which of the paths that fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternKind {
    /// Every one.
    Every,
    /// `shortestPath(…)`: one that is shortest.
    Shortest,
    /// `allShortestPaths(…)`: all that are shortest.
    AllShortest,
}

/// A piece of a path. Nodes and relations alternate; a group stands between two nodes (those left out are added by `syntax`).
#[derive(Clone, Debug, PartialEq)]
pub enum Element {
    /// `(a:Label {…})`
    Node(NodePattern),
    /// `-[r:TYPE*1..3 {…}]->`
    Relation(RelationPattern),
    /// `((a)-[r]->(b)){1,3}`: begins and ends with a node inside.
    Group {
        /// What is repeated.
        elements: Vec<Element>,
        /// The fewest times.
        least: u64,
        /// The most times; without bound where there is none.
        most: Option<u64>,
        /// All of it.
        span: Span,
    },
}

/// `(a:Label {…})`
#[derive(Clone, Debug, PartialEq)]
pub struct NodePattern {
    /// The variable.
    pub variable: Option<Name>,
    /// The labels.
    pub labels: Option<LabelExpr>,
    /// The properties: a map, or a parameter.
    pub properties: Option<Expr>,
    /// All of it.
    pub span: Span,
}

/// `-[r:TYPE*1..3 {…}]->`
#[derive(Clone, Debug, PartialEq)]
pub struct RelationPattern {
    /// The variable.
    pub variable: Option<Name>,
    /// The types.
    pub types: Option<LabelExpr>,
    /// Which way it points.
    pub direction: Direction,
    /// `*least..most`, or a quantifier after the arrow; `None` for exactly one relation that is not a list.
    pub range: Option<Hops>,
    /// The properties.
    pub properties: Option<Expr>,
    /// All of it.
    pub span: Span,
}

/// How many relations in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hops {
    /// The fewest, 1 where not given.
    pub least: u64,
    /// The most; without bound where not given.
    pub most: Option<u64>,
}

/// Which way a relation points in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `-->`
    Out,
    /// `<--`
    In,
    /// `--` and `<-->`
    Either,
}

/// Labels or types, as an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum LabelExpr {
    /// One.
    Name(Name),
    /// `%`: any.
    Any(Span),
    /// `a|b`
    Or(Box<LabelExpr>, Box<LabelExpr>),
    /// `a&b`, `:a:b`
    And(Box<LabelExpr>, Box<LabelExpr>),
    /// `!a`
    Not(Box<LabelExpr>),
}

/// An expression with its place, which does not count when expressions are compared.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands; that of the nearest thing that has one, where the text has none.
    pub span: Span,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// `42`
    Integer(i64),
    /// `4.2`
    Float(f64),
    /// `'text'`
    String(String),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `{a: 1}`
    Map(Vec<(Name, Expr)>),
    /// `a`
    Variable(String),
    /// `$a`
    Parameter(String),
    /// `a.key`
    Property(Box<Expr>, Name),
    /// `a:Label`
    HasLabels(Box<Expr>, LabelExpr),
    /// `NOT a`, `-a`, `+a`
    Unary(UnaryOp, Box<Expr>),
    /// `a + b`, `a AND b`
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `a < b <= c`: each operator with what stands right of it.
    Comparison(Box<Expr>, Vec<(CompareOp, Expr)>),
    /// `a[i]`
    Index(Box<Expr>, Box<Expr>),
    /// `a[i..j]`
    Slice(Box<Expr>, Option<Box<Expr>>, Option<Box<Expr>>),
    /// `a IN b`
    In(Box<Expr>, Box<Expr>),
    /// `a IS [NOT] NULL`
    IsNull {
        /// What is asked about.
        operand: Box<Expr>,
        /// `IS NOT NULL`.
        negated: bool,
    },
    /// `f(a, b)`
    Call {
        /// The dotted name, as written.
        name: Name,
        /// `f(DISTINCT a)`
        distinct: bool,
        /// The arguments.
        arguments: Vec<Expr>,
    },
    /// `count(*)`
    CountStar,
    /// `CASE … END`
    Case {
        /// What is compared; `None` for conditions.
        subject: Option<Box<Expr>>,
        /// `WHEN … THEN …`
        branches: Vec<(Expr, Expr)>,
        /// `ELSE …`
        otherwise: Option<Box<Expr>>,
    },
    /// `[x IN list WHERE … | …]`
    ListComprehension {
        /// The element.
        variable: Name,
        /// The list.
        list: Box<Expr>,
        /// The condition.
        condition: Option<Box<Expr>>,
        /// What is kept of an element.
        value: Option<Box<Expr>>,
    },
    /// `[p = (a)-->(b) WHERE … | …]`
    PatternComprehension {
        /// The pattern.
        pattern: Box<Pattern>,
        /// The condition.
        condition: Option<Box<Expr>>,
        /// What is kept of a match.
        value: Box<Expr>,
    },
    /// `all(x IN list WHERE …)` and its like.
    Quantifier {
        /// Which.
        kind: QuantifierKind,
        /// The element.
        variable: Name,
        /// The list.
        list: Box<Expr>,
        /// The condition.
        condition: Option<Box<Expr>>,
    },
    /// `reduce(total = 0, x IN list | total + x)`
    Reduce {
        /// The total.
        accumulator: Name,
        /// Its first value.
        initial: Box<Expr>,
        /// The element.
        variable: Name,
        /// The list.
        list: Box<Expr>,
        /// The next total.
        value: Box<Expr>,
    },
    /// `(a)-->(b)` as a condition, and `shortestPath(…)` as a value.
    Pattern(Box<Pattern>),
    /// `EXISTS { … }`, `exists((a)-->(b))`
    Exists(Box<Subquery>),
    /// `COUNT { … }`
    Count(Box<Subquery>),
    /// `COLLECT { … }`
    Collect(Box<Query>),
    /// `a {.name, .*, other: 1, b}`
    MapProjection {
        /// The variable it starts from.
        base: Name,
        /// The items, in order.
        items: Vec<MapItem>,
    },
}

/// What stands in the braces of `EXISTS` and `COUNT`.
#[derive(Clone, Debug, PartialEq)]
pub enum Subquery {
    /// Patterns with a condition, perhaps after a prefix.
    Patterns {
        /// What its prefix says.
        scope: Scope,
        /// The patterns.
        patterns: Vec<Pattern>,
        /// The condition.
        condition: Option<Expr>,
    },
    /// A query.
    Query(Query),
}

/// An item of a map projection.
#[derive(Clone, Debug, PartialEq)]
pub enum MapItem {
    /// `.*`
    All,
    /// `.key`
    Property(Name),
    /// `key: value`
    Entry(Name, Expr),
    /// `variable`
    Variable(Name),
}

/// `all`, `any`, `none`, `single`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantifierKind {
    /// Every element.
    All,
    /// At least one.
    Any,
    /// Not one.
    None,
    /// Exactly one.
    Single,
}

/// An operator on one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `NOT`
    Not,
    /// `-`
    Negate,
    /// `+`
    Plus,
}

/// An operator on two operands, comparisons aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// `^`
    Power,
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `XOR`
    Xor,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `=~`
    Matches,
    /// `STARTS WITH`
    StartsWith,
    /// `ENDS WITH`
    EndsWith,
    /// `CONTAINS`
    Contains,
}
