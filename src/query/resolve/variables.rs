//! The variables that an expression can see.

use super::typing::Known;
use crate::names::nearest;
use crate::query::error::{Error, Result};
use crate::query::plan::Slot;
use crate::query::tree::Name;

/// A variable.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) name: String,
    pub(super) slot: Slot,
    pub(super) known: Known,
    /// Where it was made.
    pub(super) span: crate::query::tree::Span,
    /// Seen from a query around: not among what `*` stands for.
    pub(super) is_outer: bool,
}

/// Variables in the order in which they were made; a later one hides an earlier one of the same name.
#[derive(Clone, Debug, Default)]
pub(super) struct Variables {
    all: Vec<Variable>,
}

impl Variables {
    /// The variable of a name.
    pub(super) fn find(&self, name: &str) -> Option<&Variable> {
        self.all.iter().rev().find(|v| v.name == name)
    }

    /// The variable of a name, or why there is none.
    pub(super) fn expect(&self, name: &Name) -> Result<&Variable> {
        self.find(&name.text).ok_or_else(|| {
            let mut error = Error::syntax(
                "UndefinedVariable",
                name.span.clone(),
                format!("there is no variable called `{}` here", name.text),
            );
            let mut known: Vec<&str> = self.all.iter().map(|v| &*v.name).filter(|n| !n.starts_with(' ')).collect();
            known.sort_unstable();
            known.dedup();
            error = error.help(match nearest(&name.text, known.iter().copied(), 1).first() {
                Some(best) => format!("did you mean `{best}`?"),
                None => format!("if a text is meant, put it in quotes: '{}'", name.text),
            });
            error.help(if known.is_empty() {
                "no variable is known here".to_owned()
            } else {
                format!("variables here: {}; `WITH` passes on only what it names", known.join(", "))
            })
        })
    }

    /// Refuses a name that is taken.
    pub(super) fn refuse(&self, name: &Name) -> Result<()> {
        match self.find(&name.text) {
            None => Ok(()),
            Some(taken) => Err(Error::syntax(
                "VariableAlreadyBound",
                name.span.clone(),
                format!("the variable `{}` is there already", name.text),
            )
            .also(taken.span.clone(), "made here")
            .help("choose another name")),
        }
    }

    /// Adds a variable.
    pub(super) fn declare(&mut self, name: &Name, slot: Slot, known: Known) {
        self.all.push(Variable { name: name.text.clone(), slot, known, span: name.span.clone(), is_outer: false });
    }

    /// Adds a variable of others.
    pub(super) fn import(&mut self, others: &Self, name: &Name) -> Result<()> {
        let variable = others.expect(name)?;
        self.all.push(variable.clone());
        Ok(())
    }

    /// The same variables as a query inside sees them.
    pub(super) fn as_outer(&self) -> Self {
        Self { all: self.all.iter().cloned().map(|v| Variable { is_outer: true, ..v }).collect() }
    }

    /// Only those from the queries around.
    pub(super) fn outer(&self) -> Self {
        Self { all: self.all.iter().filter(|v| v.is_outer).cloned().collect() }
    }

    /// These with others that hide them.
    pub(super) fn with(&self, others: Self) -> Self {
        Self { all: self.all.iter().cloned().chain(others.all).collect() }
    }

    /// What `*` stands for, by name.
    pub(super) fn star(&self) -> Vec<&Variable> {
        let mut own: Vec<&Variable> = self.all.iter().filter(|v| !v.is_outer).collect();
        own.sort_by(|a, b| a.name.cmp(&b.name));
        own
    }

    /// Every variable that can be seen.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Variable> {
        self.all.iter()
    }

    /// How many there are, for [`Variables::truncate`].
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Forgets the latest.
    pub(super) fn truncate(&mut self, len: usize) {
        self.all.truncate(len);
    }
}
