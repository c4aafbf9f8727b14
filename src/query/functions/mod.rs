//! The functions of the language: one table, from which calls, errors, completion and the language page are made.
//!
//! Each group has a file with its rows and their code. A parameter's types are what can be refused before a query runs; what turns out to
//! be of a wrong type while it runs is refused by the function itself.

/// Makes the table of a group: `"name" ["parameter" TYPES, …] optional n => RETURNS, body; "summary", "example", "value";`
macro_rules! table {
    ($group:ident: $(
        $name:literal [$($parameter:literal $types:expr),*] $(optional $optional:literal)? $(variadic $variadic:literal)?
        => $returns:expr, $body:expr; $summary:expr, $example:literal, $value:literal;
    )*) => {
        pub(super) static FUNCTIONS: &[$crate::query::functions::Function] = &[$($crate::query::functions::Function {
            name: $name,
            parameters: &[$($crate::query::functions::Parameter { name: $parameter, types: $types }),*],
            optional: 0 $(+ $optional)?,
            variadic: false $(|| $variadic)?,
            returns: $returns,
            body: $body,
            group: $crate::query::functions::Group::$group,
            summary: $summary,
            example: ($example, $value),
        }),*];
    };
}

pub mod aggregate;
mod arguments;
mod calendar;
mod graph;
mod habits;
mod list;
#[cfg(test)]
mod mock;
mod number;
pub mod of_graph;
#[cfg(test)]
mod tests;
mod text;
mod time;
mod validity;
#[cfg(test)]
mod validity_tests;
mod value;

use super::error::Result;
use super::types::Types;
use super::value::Value;
use crate::names::nearest;
pub use aggregate::Aggregate;
pub use habits::habit;
pub use of_graph::OfGraph;
pub use validity::window_of;

/// A function with all that is said of it.
#[derive(Debug)]
pub struct Function {
    /// As written in documents; matched in any case.
    pub name: &'static str,
    /// What it takes.
    pub parameters: &'static [Parameter],
    /// How many of the last parameters may be left out.
    pub optional: usize,
    /// Whether the last parameter may be given any number of times.
    pub variadic: bool,
    /// What it gives.
    pub returns: Types,
    /// What it does.
    pub body: Body,
    /// Under which heading it is described.
    pub group: Group,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// An expression with its value, in the notation of the language: `("size([1, 2])", "2")`. On the shipped data.
    pub example: (&'static str, &'static str),
}

impl Function {
    /// The function as it is called: `substring(text, start, [length])`.
    #[must_use]
    pub fn signature(&self) -> String {
        let names = self.parameters.iter().map(|parameter| parameter.name);
        signature(self.name, names, self.optional, self.variadic)
    }
}

/// A call with the names of its parameters, those that may be left out in brackets.
pub(super) fn signature<'a>(
    name: &str,
    parameters: impl ExactSizeIterator<Item = &'a str>,
    optional: usize,
    variadic: bool,
) -> String {
    let least = parameters.len() - optional;
    let mut names: Vec<String> = parameters
        .enumerate()
        .map(|(at, name)| if at < least { name.to_owned() } else { format!("[{name}]") })
        .collect();
    if variadic {
        names.push("…".to_owned());
    }
    format!("{name}({})", names.join(", "))
}

/// A parameter of a function.
#[derive(Debug)]
pub struct Parameter {
    /// Its name in documents.
    pub name: &'static str,
    /// What it may be; null is always accepted here.
    pub types: Types,
}

/// How a function is computed.
#[derive(Clone, Copy, Debug)]
pub enum Body {
    /// From its arguments alone.
    Pure(fn(&[Value]) -> Result<Value>),
    /// From its arguments and the graph.
    OfGraph(OfGraph),
    /// From many rows.
    Aggregate(Aggregate),
}

/// A heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Valid time.
    Time,
    /// Nodes, relations, paths.
    Graph,
    /// Many rows to one value.
    Aggregate,
    /// Lists.
    List,
    /// Texts.
    Text,
    /// Numbers.
    Number,
    /// Any value, conversion.
    Value,
    /// Days and durations.
    Calendar,
}

/// Every function, by group and name.
pub fn all() -> impl Iterator<Item = &'static Function> {
    [
        time::FUNCTIONS,
        graph::FUNCTIONS,
        aggregate::FUNCTIONS,
        list::FUNCTIONS,
        text::FUNCTIONS,
        number::FUNCTIONS,
        value::FUNCTIONS,
        calendar::FUNCTIONS,
    ]
    .into_iter()
    .flatten()
}

/// The function of a name, in any case.
#[must_use]
pub fn find(name: &str) -> Option<&'static Function> {
    all().find(|f| f.name.eq_ignore_ascii_case(name))
}

/// The names of functions that are near to this one, nearest first; at most three.
#[must_use]
pub fn near(name: &str) -> Vec<&'static str> {
    nearest(name, all().map(|function| function.name), 3)
}

/// A function is known by its name.
impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
