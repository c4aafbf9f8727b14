//! `search`: a pattern in all texts.

use super::{Ask, Context, Exit, Failure};
use crate::cli::equal;
use crate::cli::output::Sheet;
use crate::question::{When, search};
use clap::Args;
use regex::RegexBuilder;

/// Search names, summaries and notes for a regular expression
///
/// Case does not matter unless the pattern has a capital letter. The syntax is that of the Rust crate `regex`.
#[derive(Debug, Args)]
pub(in crate::cli) struct Search {
    /// The pattern
    #[arg(value_name = "REGEX")]
    pattern: String,
}

impl Ask for Search {
    const DEFAULT: When = When::Ever;

    fn equal(&self, _: &mut Context<'_>) -> Result<String, Failure> {
        Err(equal::refused(
            "search",
            "it looks in every text of every record; a query looks where it says: `WHERE any(c IN claims(r) WHERE c.note =~ '…')`",
        ))
    }

    fn run(self, context: Context<'_>) -> Result<Exit, Failure> {
        if self.pattern.is_empty() {
            return Err(Failure::new(
                "bad-pattern",
                "an empty pattern matches everything",
                vec!["`allegiance list actors`, `list relations` and `list events` show everything".into()],
            ));
        }
        let pattern = RegexBuilder::new(&self.pattern)
            .case_insensitive(!self.pattern.chars().any(char::is_uppercase))
            .size_limit(1 << 20)
            .build()
            .map_err(|error| {
                let reason = error.to_string();
                let last = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
                Failure::new(
                    "bad-pattern",
                    format!("`{}` is no regular expression: {last}", self.pattern),
                    vec!["put a backslash before signs that mean themselves: `\\(`, `\\.`".into()],
                )
            })?;
        let hits = search(context.graph, &pattern, context.scope.limit.unwrap_or(usize::MAX));
        let mut page = context.page(format!("Texts with `{}`", self.pattern));
        page.set_rows(&hits);
        let mut sheet = Sheet::new(&["record", "id", "field", "text"]);
        for hit in &hits {
            sheet.push([hit.record.to_owned(), hit.id.clone(), hit.field.clone(), hit.text.clone()]);
        }
        page.flat = Some(sheet.clone());
        page.block(None, sheet);
        if hits.is_empty() {
            page.lines(None, vec!["No text matches.".to_owned()]);
        }
        context.printer.print(&page)?;
        Ok(Exit::found(!hits.is_empty()))
    }
}
