//! From text to tree.
//!
//! ```text
//! text ─scan─▶ tokens ─nesting─▶ tokens ─prefix─▶ Source ─lower─▶ Statement
//! ```
//!
//! The grammar is that of a parser crate, which only `lower` names. Whatever that grammar lacks is taken out before (`prefix`); what it would
//! break its stack on is refused before (`nesting`); its errors are told in our words (`errors`). Deliberately absent: what names mean.

mod errors;
mod lower;
mod nesting;
mod prefix;
mod scan;
#[cfg(test)]
mod tests;

use super::error::{Error, Result};
use super::tree::{Clause, Query, SingleQuery, Span, Statement, Write};

/// Reads a statement.
///
/// # Errors
/// The first thing wrong with it.
pub fn parse(text: &str) -> Result<Statement> {
    nesting::check_length(text)?;
    let tokens = scan::scan(text)?;
    errors::check_signs(text, &tokens)?;
    let depth = nesting::check_nesting(text, &tokens)?;
    let source = prefix::prepare(text, tokens)?;
    if source.tokens.is_empty() {
        let error = Error::syntax("UnexpectedSyntax", text.len()..text.len(), "there is nothing to run");
        return Err(error.help("a query looks like `MATCH (a:Actor) RETURN a.name`"));
    }
    if let Some(span) = errors::command(&source) {
        return Ok(command(&source, span));
    }
    errors::check_beginning(&source)?;
    nesting::with_stack(depth, || lower::statement(&source))
}

/// A statement that is refused for its first words, whatever follows them.
fn command(source: &prefix::Source<'_>, span: Span) -> Statement {
    let word = source.text[span.clone()].split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_uppercase();
    let clauses = vec![Clause::Write(Write::Other { word, span: span.clone() })];
    let first = SingleQuery { scope: super::scope::Scope::default(), clauses, span };
    Statement { mode: source.mode, query: Query { first, unions: Vec::new() } }
}
