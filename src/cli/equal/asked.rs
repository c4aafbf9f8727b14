//! Of questions in English: `ask`.
//!
//! Most equal what a command equals. Where the answer says that it was also asked of another than the one named – a state's government, say – the query
//! asks the same.

use super::{Failure, Parts, Side, pairs, quoted, records, sets, times};
use crate::ask::{Asked, Manner, Meant, Named, Question, Reply, Rows};
use crate::cli::context::Context;
use crate::cli::output::plain;
use crate::model::Category;
use crate::question::{Lens, Line, RelationRow};
use crate::time::{Day, Window};

/// As many chains as the command shows.
const CHAINS: usize = 5;

/// The query that a reading equals. The scope of the context is that of the reading.
pub(in crate::cli) fn asked(context: &Context<'_>, asked: &Asked, reply: &Reply) -> Result<String, Failure> {
    let claims = &context.scope.claims;
    if !claims.sources.is_empty() || !claims.excluded.is_empty() || claims.min_grade.is_some() {
        return Err(super::refused(
            "ask",
            "to count some sources or grades only weighs every relation anew; a query chooses claims by their date",
        ));
    }
    let leaves_something = !asked.unaccounted.is_empty() || !asked.unaccounted_actors.is_empty();
    let goes_beyond = leaves_something || reply.is_widened;
    Equal { context, title: plain(&reply.question), reply, goes_beyond }.of(&asked.question)
}

/// The line of a name, and the lines of others for whom the answer says that it was asked too.
pub(super) fn side_of(lens: &Lens<'_>, reply: &Reply, named: &Named) -> Side {
    let meant = Meant::of(lens, named.actor);
    let mut side = Side::from(&meant.line);
    for (other, _) in meant.also {
        let words = format!("{}: also asked of {},", lens.name(named.actor), lens.name(other));
        let is_said = reply.assumptions.iter().any(|assumption| assumption.contains(&words));
        if is_said && !side.lines().any(|line| line.contains(other)) {
            side.others.push(lens.line(other));
        }
    }
    side
}

struct Equal<'a, 'g> {
    context: &'a Context<'g>,
    title: String,
    reply: &'a Reply,
    /// The answer is less or more than the ties of the question say by themselves.
    goes_beyond: bool,
}

impl Equal<'_, '_> {
    fn of(&self, question: &Question) -> Result<String, Failure> {
        let (context, title) = (self.context, self.title.as_str());
        match question {
            Question::Who { set, sort, manner: Manner::Holding } if !self.goes_beyond => {
                sets::who(context, title, set, sort.as_ref(), self.reply)
            }
            Question::Whether { a, tie, b, .. } => pairs::was(context, title, self.side(a), tie, self.other_side(b)),
            Question::When { a, tie, b, .. } => {
                pairs::between(context, title, self.side(a), self.other_side(b), Some(tie))
            }
            Question::Between { a, b } => {
                let line = self.line(a);
                if line.contains(b.actor) {
                    let alone = |named: &Named| Side::from(&Line::exactly(named.actor));
                    return pairs::between(context, title, alone(a), alone(b), None);
                }
                pairs::between(context, title, self.side(a), self.side(b), None)
            }
            Question::Same { a, .. } | Question::Names { of: a, .. } => records::names(context, title, &self.line(a)),
            Question::Lineage { of, .. } => records::lineage(context, title, of.actor),
            Question::Existence { of, .. } => records::lives(context, title, &self.line(of)),
            Question::Path { a, b } => {
                let types = context.types_without(&[Category::Stance, Category::Territory]);
                pairs::path(context, title, (&self.line(a), &self.line(b)), &types, CHAINS)
            }
            Question::Changes { of, from, to } => {
                if let ([a, b], None, None) = (of.as_slice(), from, to) {
                    return pairs::between(context, title, self.side(a), self.side(b), None);
                }
                let first = from.map_or(Window::ALL.first, |day: Day| day.plus(1));
                let last = to.unwrap_or_else(|| context.scope.now(context.graph));
                let between = Window::sometime(first.min(last), last);
                let lines: Vec<Vec<Line>> =
                    of.iter().map(|named| self.side(named).lines().cloned().collect()).collect();
                let all = lines.concat();
                let whose = match lines.as_slice() {
                    [first, second] => times::Whose::Pair(first, second),
                    _ => times::Whose::Any(&all),
                };
                times::changes(context, title, between, whose)
            }
            Question::Disagreements { about } => records::conflicts(context, title, &self.lines(about)),
            Question::Anonymous { about } => records::claims(context, title, &self.lines(about), true),
            Question::Known { about } => records::claims(context, title, &self.lines(about), false),
            Question::Count(inner) | Question::Any(inner) | Question::Sources(inner) | Question::Sureness(inner) => {
                self.of(inner)
            }
            Question::Timeline { of, events_only } => {
                let lines: Vec<Line> =
                    of.iter().flat_map(|named| self.side(named).lines().cloned().collect::<Vec<_>>()).collect();
                times::timeline(context, title, &lines, &[], *events_only)
            }
            Question::Profile { of } => records::show(context, &records::Record::Actor(of.actor)),
            Question::Where { of } => {
                let types = context.graph.vocabulary().types_of(Category::Territory);
                pairs::ties(context, title, &self.line(of), None, &types)
            }
            Question::ListSources => records::list_sources(context),
            Question::Who { .. } | Question::Records(_) => self.records(),
        }
    }

    fn line(&self, named: &Named) -> Line {
        self.context.lens().line(named.actor)
    }

    fn lines(&self, named: &[Named]) -> Vec<Line> {
        named.iter().map(|named| self.line(named)).collect()
    }

    /// The relations that the answer rests on.
    fn relations(&self) -> impl Iterator<Item = &RelationRow> {
        self.reply.tables.iter().flat_map(|(_, rows)| match rows {
            Rows::Relations(rows) => rows.as_slice(),
            _ => &[],
        })
    }

    /// The line of a name, and those of others whom it was taken for.
    fn side(&self, named: &Named) -> Side {
        side_of(&self.context.lens(), self.reply, named)
    }

    /// Anybody, where nobody is named.
    fn other_side(&self, named: &Option<Named>) -> Side {
        named.as_ref().map(|named| self.side(named)).unwrap_or_default()
    }

    /// The records of the answer, by their ids.
    fn records(&self) -> Result<String, Failure> {
        let mut events: Vec<&str> = Vec::new();
        for (_, rows) in &self.reply.tables {
            match rows {
                Rows::Events(rows) => events.extend(rows.iter().map(|row| row.id.as_str())),
                Rows::Timeline(rows) => {
                    events.extend(rows.iter().filter_map(|row| row.event.as_ref()).map(|row| row.id.as_str()));
                }
                _ => {}
            }
        }
        let relations: Vec<&str> = self.relations().map(|row| row.id.as_str()).collect();
        let parts = Parts::new(self.context, &self.title, &["The command found these by the words of the question."])?;
        let listed = |ids: &[&str]| {
            let mut ids: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
            ids.sort();
            ids.dedup();
            ids.join(", ")
        };
        let mut arms = Vec::new();
        if !events.is_empty() {
            arms.push(format!(
                "MATCH (e:Event)\nWHERE e.id IN [{}]\nRETURN e.id AS id, e.date AS date, e.name AS what, status(e) AS status, sources(e) AS sources",
                listed(&events)
            ));
        }
        if !relations.is_empty() {
            arms.push(format!(
                "{}\n  AND r.id IN [{}]\nRETURN r.id AS id, r.valid AS date, a.name + ' ' + type(r) + ' ' + b.name AS what, status(r) AS status, sources(r) AS sources",
                records::each(""),
                listed(&relations)
            ));
        }
        if arms.is_empty() {
            return Err(super::refused("ask", "no record answers it"));
        }
        Ok(parts.text(&arms.join("\nUNION ALL\n")))
    }
}

#[cfg(test)]
mod tests;
