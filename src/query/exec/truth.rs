//! Conditions: true, false or not known, and what is possible by its dates.

use super::eval::as_list;
use super::operator::Operator;
use super::{Context, Frame, TICKS_A_LOOK};
use crate::query::compare::{equals, test};
use crate::query::error::{Error, Kind, Result};
use crate::query::functions::Group;
use crate::query::graph::Graph;
use crate::query::plan::{Condition, Expr, LabelTest, Subquery};
use crate::query::tree::{CompareOp, QuantifierKind};
use crate::query::types::Types;
use crate::query::value::Value;

/// How large a regular expression may become, in bytes.
const LARGEST_PATTERN: usize = 1 << 20;

/// How many are kept.
const MOST_PATTERNS: usize = 32;

/// Truth with what is possible by its dates told apart from what is simply not known. In this order `AND` is the least and `OR` the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Truth {
    False,
    Unknown,
    Possible,
    True,
}

impl From<Option<bool>> for Truth {
    fn from(value: Option<bool>) -> Self {
        match value {
            Some(true) => Self::True,
            Some(false) => Self::False,
            None => Self::Unknown,
        }
    }
}

impl<'a, G: Graph> Context<'a, G> {
    /// Whether all conditions keep the row.
    pub(super) fn keeps(&self, conditions: &'a [Condition], frame: &mut Frame) -> Result<bool> {
        for condition in conditions {
            let kept = if condition.possibly {
                matches!(self.possibility(&condition.expr, frame)?, Truth::Possible | Truth::True)
            } else {
                self.truth(&condition.expr, frame)? == Some(true)
            };
            if !kept {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A condition read so that what is only possible shows. Uncertainty by dates is carried through `AND`, `OR`, `XOR`, `NOT`
    /// and quantifiers; any other unknown is no possibility.
    fn possibility(&self, expr: &'a Expr, frame: &mut Frame) -> Result<Truth> {
        Ok(match expr {
            Expr::And(all, _) => {
                let mut whole = Truth::True;
                for part in all {
                    let truth = self.possibility(part, frame)?;
                    if truth == Truth::False {
                        return Ok(truth);
                    }
                    whole = whole.min(truth);
                }
                whole
            }
            Expr::Or(all, _) => {
                let mut whole = Truth::False;
                for part in all {
                    let truth = self.possibility(part, frame)?;
                    if truth == Truth::True {
                        return Ok(truth);
                    }
                    whole = whole.max(truth);
                }
                whole
            }
            Expr::Xor(a, b, _) => match (self.possibility(a, frame)?, self.possibility(b, frame)?) {
                (Truth::Unknown, _) | (_, Truth::Unknown) => Truth::Unknown,
                (Truth::Possible, _) | (_, Truth::Possible) => Truth::Possible,
                (a, b) => Some(a != b).into(),
            },
            Expr::Not(a, _) => match self.possibility(a, frame)? {
                Truth::True => Truth::False,
                Truth::False => Truth::True,
                other => other,
            },
            Expr::Call { function, .. } if function.group == Group::Time && function.returns == Types::BOOLEAN => {
                match self.truth(expr, frame)? {
                    None => Truth::Possible,
                    known => known.into(),
                }
            }
            Expr::Quantifier { kind, slot, list, condition, at } => {
                let list = self.eval(list, frame)?;
                let Some(items) = as_list(&list).map_err(|e| e.at(&at.0))? else { return Ok(Truth::Unknown) };
                self.possibly_quantify(*kind, *slot, items, condition, frame)?
            }
            other => self.truth(other, frame)?.into(),
        })
    }

    /// A quantifier as the `AND` or `OR` of its conditions, so that it is the same whether it is asked of a walk or at each of its steps.
    fn possibly_quantify(
        &self,
        kind: QuantifierKind,
        slot: usize,
        items: &[Value],
        condition: &'a Expr,
        frame: &mut Frame,
    ) -> Result<Truth> {
        let (mut yes, mut possible, mut unknown) = (0, 0, 0);
        for item in items {
            self.spend(1)?;
            frame[slot] = item.clone();
            match (kind, self.possibility(condition, frame)?) {
                (QuantifierKind::All, Truth::False) | (QuantifierKind::None, Truth::True) => return Ok(Truth::False),
                (QuantifierKind::Any, Truth::True) => return Ok(Truth::True),
                (_, Truth::True) => yes += 1,
                (_, Truth::False) => {}
                (_, Truth::Possible) => possible += 1,
                (_, Truth::Unknown) => unknown += 1,
            }
        }
        Ok(match kind {
            QuantifierKind::Single if yes > 1 => Truth::False,
            QuantifierKind::Any if possible > 0 => Truth::Possible,
            _ if unknown > 0 => Truth::Unknown,
            _ if possible > 0 => Truth::Possible,
            QuantifierKind::All | QuantifierKind::None => Truth::True,
            QuantifierKind::Any => Truth::False,
            QuantifierKind::Single => Some(yes == 1).into(),
        })
    }

    /// A condition: true, false, or not known.
    pub(super) fn truth(&self, expr: &'a Expr, frame: &mut Frame) -> Result<Option<bool>> {
        Ok(match expr {
            Expr::And(all, _) => {
                let mut known = true;
                for part in all {
                    match self.truth(part, frame)? {
                        Some(false) => return Ok(Some(false)),
                        Some(true) => {}
                        None => known = false,
                    }
                }
                known.then_some(true)
            }
            Expr::Or(all, _) => {
                let mut known = true;
                for part in all {
                    match self.truth(part, frame)? {
                        Some(true) => return Ok(Some(true)),
                        Some(false) => {}
                        None => known = false,
                    }
                }
                known.then_some(false)
            }
            Expr::Xor(a, b, _) => match (self.truth(a, frame)?, self.truth(b, frame)?) {
                (Some(a), Some(b)) => Some(a != b),
                _ => None,
            },
            Expr::Not(a, _) => self.truth(a, frame)?.map(|a| !a),
            Expr::Compare(op, a, b, at) => {
                let a = self.eval_ref(a, frame)?.into_owned();
                let b = self.eval_ref(b, frame)?;
                self.compare(*op, &a, &b).map_err(|e| e.at(&at.0))?
            }
            Expr::IsNull(a, negated) => Some(self.eval_ref(a, frame)?.is_null() != *negated),
            Expr::HasLabels { base, test, at } => {
                let base = self.eval(base, frame)?;
                self.has_labels(&base, test).map_err(|e| e.at(&at.0))?
            }
            Expr::In(a, list, at) => {
                let a = self.eval(a, frame)?;
                let list = self.eval_ref(list, frame)?;
                self.spend(list.weight())?;
                contains(&a, &list).map_err(|e| e.at(&at.0))?
            }
            Expr::Quantifier { kind, slot, list, condition, at } => {
                let list = self.eval(list, frame)?;
                let Some(items) = as_list(&list).map_err(|e| e.at(&at.0))? else { return Ok(None) };
                self.quantify(*kind, *slot, items, condition, frame)?
            }
            Expr::Run(Subquery::Exists, step) => {
                let (before, kept) = (self.current.get(), self.kept.get());
                let found = Operator::new(step).next(self, frame);
                self.current.set(before);
                self.kept.set(kept);
                Some(found?)
            }
            other => match self.eval(other, frame)? {
                Value::Boolean(b) => Some(b),
                Value::Null => None,
                value => {
                    return Err(Error::type_error(
                        "InvalidArgumentType",
                        format!("a condition is true, false or null, and this is {}", Types::of(&value)),
                    ));
                }
            },
        })
    }

    fn quantify(
        &self,
        kind: QuantifierKind,
        slot: usize,
        items: &[Value],
        condition: &'a Expr,
        frame: &mut Frame,
    ) -> Result<Option<bool>> {
        let (mut yes, mut unknown) = (0, 0);
        for item in items {
            self.spend(1)?;
            frame[slot] = item.clone();
            match (kind, self.truth(condition, frame)?) {
                (QuantifierKind::All, Some(false)) | (QuantifierKind::None, Some(true)) => return Ok(Some(false)),
                (QuantifierKind::Any, Some(true)) => return Ok(Some(true)),
                (_, Some(true)) => yes += 1,
                (_, Some(false)) => {}
                (_, None) => unknown += 1,
            }
        }
        Ok(match kind {
            QuantifierKind::All | QuantifierKind::None => (unknown == 0).then_some(true),
            QuantifierKind::Any => (unknown == 0).then_some(false),
            QuantifierKind::Single if yes > 1 => Some(false),
            QuantifierKind::Single => (unknown == 0).then_some(yes == 1),
        })
    }

    fn compare(&self, op: CompareOp, a: &Value, b: &Value) -> Result<Option<bool>> {
        Ok(match op {
            CompareOp::StartsWith => texts(a, b).map(|(a, b)| a.starts_with(b)),
            CompareOp::EndsWith => texts(a, b).map(|(a, b)| a.ends_with(b)),
            CompareOp::Contains => texts(a, b).map(|(a, b)| a.contains(b)),
            CompareOp::Matches => match texts(a, b) {
                None => None,
                Some((text, pattern)) => Some(self.matches(text, pattern)?),
            },
            op => test(op, a, b),
        })
    }

    /// Whether a text as a whole matches a regular expression; each is built once a run.
    fn matches(&self, text: &str, pattern: &str) -> Result<bool> {
        if let Some(built) = self.patterns.borrow().get(pattern) {
            return Ok(built.is_match(text));
        }
        // To build one may take long and much memory, so each counts for many steps, and few are kept.
        self.spend(TICKS_A_LOOK)?;
        let whole = format!("^(?s:{pattern})$");
        let limits =
            regex::RegexBuilder::new(&whole).size_limit(LARGEST_PATTERN).dfa_size_limit(LARGEST_PATTERN).build();
        let built = limits.map_err(|error| {
            if matches!(error, regex::Error::CompiledTooBig(_)) {
                let message = format!("`{pattern}` is too large a regular expression");
                return Error::runtime(Kind::LimitReached, "ValueTooLarge", message)
                    .help("repeat less: `\\w{50}` is fifty times as large as `\\w`");
            }
            let reason = error.to_string();
            let line = reason.lines().last().unwrap_or_default().trim().trim_start_matches("error: ").to_owned();
            Error::argument("InvalidArgumentValue", format!("`{pattern}` is no regular expression: {line}"))
        })?;
        let found = built.is_match(text);
        let mut kept = self.patterns.borrow_mut();
        if kept.len() >= MOST_PATTERNS {
            kept.clear();
        }
        kept.insert(pattern.into(), built);
        Ok(found)
    }

    fn has_labels(&self, value: &Value, wanted: &LabelTest) -> Result<Option<bool>> {
        self.hit();
        match value {
            Value::Null => Ok(None),
            Value::Node(_) | Value::Relation(_) => Ok(Some(self.passes(value, wanted))),
            other => Err(Error::type_error(
                "InvalidArgumentType",
                format!("only nodes and relations have labels, and this is {}", Types::of(other)),
            )),
        }
    }

    fn passes(&self, value: &Value, test: &LabelTest) -> bool {
        match test {
            LabelTest::Any => match value {
                Value::Node(node) => !self.graph.labels(*node).is_empty(),
                _ => true,
            },
            LabelTest::Name(label, types, _) => match value {
                Value::Node(node) => label.is_some_and(|label| self.graph.has_label(*node, label)),
                Value::Relation(id) => types.as_ref().is_some_and(|types| types.contains(self.graph.type_of(*id))),
                _ => false,
            },
            LabelTest::And(a, b) => self.passes(value, a) && self.passes(value, b),
            LabelTest::Or(a, b) => self.passes(value, a) || self.passes(value, b),
            LabelTest::Not(a) => !self.passes(value, a),
        }
    }
}

fn texts<'v>(a: &'v Value, b: &'v Value) -> Option<(&'v str, &'v str)> {
    match (a, b) {
        (Value::String(a), Value::String(b)) => Some((a, b)),
        _ => None,
    }
}

/// `a IN list`: not known where an element that could be it is not known.
fn contains(a: &Value, list: &Value) -> Result<Option<bool>> {
    let Some(items) = as_list(list)? else { return Ok(None) };
    let mut known = true;
    for item in items {
        match equals(a, item) {
            Some(true) => return Ok(Some(true)),
            Some(false) => {}
            None => known = false,
        }
    }
    Ok(known.then_some(false))
}
