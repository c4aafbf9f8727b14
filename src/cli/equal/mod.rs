//! The query that a command equals: what `--explain` prints instead of an answer.
//!
//! One function a command, in a file for each sort of question; what they share is here: dates, lines, types and the head. The texts name what was
//! typed, actors by their ids. A command that no query equals says why.

mod asked;
mod matrix;
mod pairs;
mod records;
mod sets;
mod times;

pub(super) use asked::asked;
pub(super) use matrix::matrix;
pub(super) use pairs::{between, path, shared, ties, was};
pub(super) use records::{Record, conflicts, lineage, list_actors, list_events, list_relations, list_sources, show};
pub(super) use times::{Whose, changes, timeline};

use super::Failure;
use super::context::Context;
use crate::model::TypeId;
use crate::query::functions::{OfGraph, window_of};
use crate::query::graph::{Schema, Term, TypeSet};
use crate::query::temporal_graph::QueryGraph;
use crate::query::value::Value;
use crate::question::{Lens, Line, RelationWord, When};
use crate::time::{Day, Quantifier, Reading, Window};

/// The columns of a relation `r`, with `holds` worked out before.
const RELATION: &str = "RETURN r.id AS id, startNode(r).name AS subject, type(r) AS type, endNode(r).name AS object, r.valid AS valid,\n  \
                        holds, status(r) AS status, sources(r) AS sources";

/// What the flags come to in the words of the language.
pub(super) struct Parts<'g> {
    lens: Lens<'g>,
    schema: QueryGraph<'g>,
    head: Vec<String>,
}

/// Whom one end of a relation is asked about: a line, and others who are meant by its name while they stand for it; anybody, without a line.
#[derive(Default)]
pub(super) struct Side {
    line: Option<Line>,
    others: Vec<Line>,
}

impl Side {
    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.line.iter().chain(&self.others)
    }
}

impl From<&Line> for Side {
    fn from(line: &Line) -> Self {
        Self { line: Some(line.clone()), others: Vec::new() }
    }
}

/// Why no query equals a command.
pub(super) fn refused(command: &str, reason: &str) -> Failure {
    Failure::new("no-equal-query", format!("no query equals `{command}`"), vec![reason.to_owned()])
}

impl<'g> Parts<'g> {
    /// Reads the flags; `title` and `adds` are told in comments: what is asked, and what the command says beyond the rows.
    fn new(context: &Context<'g>, title: &str, adds: &[&str]) -> Result<Self, Failure> {
        let claims = &context.scope.claims;
        if !claims.sources.is_empty() || !claims.excluded.is_empty() || claims.min_grade.is_some() {
            return Err(Failure::new(
                "no-equal-query",
                "no query equals --source, --exclude-source or --min-grade",
                vec![
                    "they weigh every relation anew by the claims that are left; a query chooses claims by their date only (--known-by)".into(),
                    "to find relations by their sources, ask for `sources(r)` or `claims(r)`".into(),
                ],
            ));
        }
        let mut head = vec![format!("// title: {title}")];
        head.extend(adds.iter().map(|line| format!("// {line}")));
        Ok(Self { lens: context.lens(), schema: QueryGraph::new(context.graph), head })
    }

    /// The whole text: head, prefix, body.
    fn text(&self, body: &str) -> String {
        let mut lines = self.head.clone();
        if let Some(day) = self.lens.scope.claims.known_by {
            let possibly = if self.lens.scope.claims.known_possibly { "FOR VALID_TIME ALL POSSIBLY " } else { "" };
            lines.push(format!("{possibly}FOR KNOWN_TIME AS OF '{day}'"));
        }
        lines.push(body.trim_end().to_owned());
        lines.join("\n") + "\n"
    }

    /// Refuses `--known-by` with `--possible` for a command that also shows what does not hold: the prefix would leave that out.
    fn shows_all(self) -> Result<Self, Failure> {
        let claims = &self.lens.scope.claims;
        if claims.known_by.is_some() && claims.known_possibly {
            return Err(Failure::new(
                "no-equal-query",
                "no query equals --known-by with --possible here",
                vec!["what was only possibly published by then is let in by `POSSIBLY`, which leaves out what does not hold".into()],
            ));
        }
        Ok(self)
    }

    /// Whether a variable is of a line.
    fn is_of(&self, variable: &str, line: &Line) -> String {
        let id = quoted(&self.lens.graph.actor(line.named).slug);
        if self.lens.scope.exact || *line != self.lens.line(line.named) {
            format!("{variable} = actor({id})")
        } else {
            format!("{variable} IN line(actor({id}))")
        }
    }

    /// Whether a variable is of one of these lines; `None` where none is named.
    fn is_of_any(&self, variable: &str, lines: &[Line]) -> Option<String> {
        let any: Vec<String> = lines.iter().map(|line| self.is_of(variable, line)).collect();
        match any.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            _ => Some(format!("({})", any.join(" OR "))),
        }
    }

    /// Whether a variable, at one end of `r`, is of a side; `None` for anybody.
    fn is_meant(&self, variable: &str, side: &Side) -> Result<Option<String>, Failure> {
        let Some(line) = &side.line else { return Ok(None) };
        let mut any = vec![self.is_of(variable, line)];
        if !side.others.is_empty() {
            let vocabulary = self.lens.graph.vocabulary();
            let groups =
                ["speaks-for", "segment-of"].into_iter().filter_map(|name| RelationWord::read(vocabulary, name).ok());
            let links = self.types(&groups.flat_map(|word| word.types).collect::<Vec<_>>())?;
            for other in &side.others {
                any.push(format!(
                    "{} AND EXISTS {{\n    MATCH (named:Actor)-[link{links}]-(meant:Actor)\n    WHERE {}\n      AND meant = actor({})\n      AND possibly({})\n      AND possibly(coexist(r, link))\n  }}",
                    self.is_of(variable, other),
                    self.is_of("named", line),
                    quoted(&self.lens.graph.actor(other.named).slug),
                    self.valid("link"),
                ));
            }
        }
        Ok(Some(if any.len() == 1 { any.remove(0) } else { format!("({})", any.join("\n    OR ")) }))
    }

    /// The pattern of a relation `r` as a word reads from one variable to another, and a condition where its types do not all read the same way.
    fn reading(&self, from: &str, word: Option<&RelationWord>, to: &str) -> Result<(String, Option<String>), Failure> {
        let types = self.types(word.map_or(&[], |word| &word.types))?;
        let vocabulary = self.lens.graph.vocabulary();
        let (mut forwards, mut backwards, mut either) = (Vec::new(), Vec::new(), word.is_none());
        for id in word.into_iter().flat_map(|word| &word.types).filter(|id| self.lens.keeps_type(**id)) {
            match word.map_or((true, true), |word| word.reads(vocabulary, *id)) {
                (true, true) => either = true,
                (true, false) => forwards.push(*id),
                (false, _) => backwards.push(*id),
            }
        }
        let (tail, head) = match (forwards.is_empty(), backwards.is_empty()) {
            // What is symmetric matches an arrow from either side.
            (false, true) if word.is_some_and(|word| !word.either_way) => ("", ">"),
            (true, false) if word.is_some_and(|word| !word.either_way) => ("<", ""),
            _ => ("", ""),
        };
        let matched = format!("({from}:Actor){tail}-[r{types}]-{head}({to}:Actor)");
        if forwards.is_empty() || backwards.is_empty() {
            return Ok((matched, None));
        }
        let listed = |ids: &[TypeId]| {
            let mut names: Vec<String> = self.schema.type_names().map(str::to_owned).collect();
            let names = ids.iter().map(|id| quoted(&std::mem::take(&mut names[id.index()])));
            names.collect::<Vec<_>>().join(", ")
        };
        let mut ways = vec![
            format!("startNode(r) = {from} AND type(r) IN [{}]", listed(&forwards)),
            format!("endNode(r) = {from} AND type(r) IN [{}]", listed(&backwards)),
        ];
        if either {
            let both: Vec<TypeId> = forwards.iter().chain(&backwards).copied().collect();
            ways.push(format!("NOT type(r) IN [{}]", listed(&both)));
        }
        Ok((matched, Some(format!("({})", ways.join(" OR ")))))
    }

    /// Whether a variable holds in the days asked about.
    fn valid(&self, variable: &str) -> String {
        valid(variable, self.lens.window, &self.lens.scope.when)
    }

    /// The same as a word: `certain`, `possible` or `no`.
    fn holds(&self, variable: &str) -> String {
        format!("certainty({})", self.valid(variable))
    }

    /// Which rows the flags keep of those that hold.
    fn kept(&self) -> &'static str {
        match self.lens.scope.only {
            None => "holds <> 'no'",
            Some(Reading::Certain) => "holds = 'certain'",
            Some(Reading::Possible) => "holds = 'possible'",
        }
    }

    /// `LIMIT n`, where a limit was given or stands.
    fn limit(&self, most: Option<usize>) -> String {
        self.lens.scope.limit.or(most).map_or_else(String::new, |limit| format!("\nLIMIT {limit}"))
    }

    /// The types of a pattern: those of the command (all, when none are named) that --type and --category let through.
    fn types(&self, types: &[TypeId]) -> Result<String, Failure> {
        let vocabulary = self.lens.graph.vocabulary();
        let all = vocabulary.relation_types.len() as u32;
        let asked = |id: TypeId| (types.is_empty() || types.contains(&id)) && self.lens.keeps_type(id);
        let wanted: Vec<u32> =
            vocabulary.types().map(|(id, _)| id).filter(|id| asked(*id)).map(|id| id.index() as u32).collect();
        if wanted.is_empty() {
            return Err(Failure::new(
                "contradictory-types",
                "--type and --category leave nothing of what is asked about",
                vec!["leave them out, or ask with `allegiance relations`".into()],
            ));
        }
        if wanted.len() == all as usize {
            return Ok(String::new());
        }
        Ok(format!(":{}", self.names(&wanted, all).join("|")))
    }

    /// The fewest names that stand for these types and no others, as far as taking the widest first finds them.
    fn names(&self, wanted: &[u32], all: u32) -> Vec<String> {
        let members = |set: &TypeSet| (0..all).filter(|id| set.contains(*id)).collect::<Vec<u32>>();
        let mut groups: Vec<(&str, Vec<u32>)> = self
            .schema
            .group_names()
            .filter_map(|name| match self.schema.relation_type(name) {
                Term::Known(set) if !set.reaches(all) => Some((name, members(&set))),
                _ => None,
            })
            .filter(|(_, types)| types.len() > 1 && types.iter().all(|id| wanted.contains(id)))
            .collect();
        groups.sort_by_key(|(_, types)| std::cmp::Reverse(types.len()));
        let mut left = wanted.to_vec();
        let mut names = Vec::new();
        for (name, types) in groups {
            if types.iter().filter(|id| left.contains(id)).count() > 1 {
                left.retain(|id| !types.contains(id));
                names.push(name.to_owned());
            }
        }
        let mut single: Vec<String> = self.schema.type_names().map(str::to_owned).collect();
        names.extend(left.into_iter().map(|id| std::mem::take(&mut single[id as usize])));
        names
    }
}

/// `validAt(r, '2016')` for these days: the date as typed where it means them in a query too, else its first and last day.
fn valid(variable: &str, window: Window, when: &When) -> String {
    let throughout = window.quantifier == Quantifier::Throughout;
    let function = if throughout { OfGraph::ValidThroughout } else { OfGraph::ValidSometime };
    let typed = match when {
        When::At(dated) | When::During(dated) | When::Throughout(dated) => Some(dated.text()),
        _ => None,
    };
    let means = |text: &str, reading| window_of(function, &[Value::text(text)], reading) == Some(window);
    let text = typed.filter(|text| means(text, Reading::Certain) && means(text, Reading::Possible));
    let text = text.map_or_else(|| days(window), str::to_owned);
    let name = match (throughout, text.contains('/')) {
        (true, _) => "validThroughout",
        (_, true) => "validDuring",
        (_, false) => "validAt",
    };
    format!("{name}({variable}, {})", quoted(&text))
}

/// The days of a window as EDTF: `2016-01-01/2016-12-31`, one day alone, `../..` for all of time.
fn days(window: Window) -> String {
    let day = |day: Day, without_bound: Day| if day == without_bound { "..".to_owned() } else { day.to_string() };
    let (first, last) = (day(window.first, Window::ALL.first), day(window.last, Window::ALL.last));
    if first == last && first != ".." { first } else { format!("{first}/{last}") }
}

/// A text of the language.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
