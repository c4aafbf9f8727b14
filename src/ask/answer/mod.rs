//! From questions to replies: a file for each sort.

mod between;
mod changes;
mod circumstance;
mod count;
mod disagreements;
mod ended;
mod evidence;
mod existence;
mod known;
mod lineage;
mod meant;
mod names;
mod path;
mod place;
mod profile;
mod records;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod timeline;
mod when;
mod whether;
mod who;
pub(crate) mod wording;

use super::question::{Asked, Question, Wanted};
use super::reply::{Reply, Rows, Standing};
use super::{Ground, Meant};
use crate::model::{ActorId, Category, Verdict};
use crate::question::{Lens, Line, When};
use wording::Wording;

/// Answers the first of several readings of a sentence of which something is recorded; where nothing is of any, the first that accounts for every
/// word says so. `None` when no reading accounts for every word and no record bears out what they leave.
pub(super) fn first_answer(ground: Ground<'_, '_>, sentence: &str, readings: Vec<Asked>) -> Option<(Asked, Reply)> {
    let mut first: Option<(Asked, Reply)> = None;
    for asked in readings {
        // Where a reading accounts for every word and finds nothing, one that leaves words is no better.
        if first.is_some() && !accounts_for_all(&asked) {
            continue;
        }
        let (reply, is_borne_out) = answer(ground, sentence, &asked);
        // What gives no number does not tell how many.
        let is_of_another_sort = matches!(
            asked.question,
            Question::Records(_) | Question::Between { .. } | Question::Profile { .. } | Question::Timeline { .. }
        );
        if is_of_another_sort && reply.count.is_none() && sentence.to_lowercase().starts_with("how many ") {
            continue;
        }
        if first.as_ref().is_some_and(|(before, _)| !is_a_way_out(ground, before, &asked, &reply)) {
            continue;
        }
        if reply.status == Standing::Answered {
            if is_borne_out {
                return Some((asked, reply));
            }
        } else if accounts_for_all(&asked) && !is_by_words(&asked.question) {
            first.get_or_insert((asked, reply));
        }
    }
    first
}

/// Whether a reading may answer where an earlier one that accounts for every word found nothing: it must ask for the same sort of thing, and
/// of the same people.
fn is_a_way_out(ground: Ground<'_, '_>, before: &Asked, asked: &Asked, reply: &Reply) -> bool {
    match (&before.question, &asked.question) {
        (Question::Existence { end: None, .. }, _) => false,
        (Question::Count(_), Question::Records(question)) => {
            question.wanted == Wanted::HowMany && reply.count.is_some()
        }
        (Question::Count(_), question) => matches!(question, Question::Count(_) | Question::Sources(_)),
        (Question::Whether { a, tie, b: Some(b), .. }, Question::Records(_)) => {
            // Who came of whom, or left whom, the relations say; an event in which both took part does not say which way.
            let vocabulary = ground.graph.vocabulary();
            if tie.types.iter().all(|kind| vocabulary.relation_type(*kind).category == Category::Lineage) {
                return false;
            }
            let lens = Lens::new(ground.graph, asked.scope.clone());
            let (a, b) = (lens.line(a.actor), lens.line(b.actor));
            let joins = |ids: &[ActorId]| [&a, &b].iter().all(|line| ids.iter().any(|id| line.contains(*id)));
            reply.tables.iter().all(|(_, rows)| match rows {
                Rows::Relations(rows) => rows.iter().any(|row| joins(&[row.subject_id, row.object_id])),
                Rows::Events(rows) => rows.iter().any(|row| {
                    let event = ground.graph.event(row.event);
                    let there = event.participants.iter().map(|part| part.actor).chain(event.place);
                    joins(&there.collect::<Vec<_>>())
                }),
                _ => true,
            })
        }
        _ => true,
    }
}

/// Whether a question goes by the words of records, so that nothing found may mean that it was not understood.
fn is_by_words(question: &Question) -> bool {
    match question {
        Question::Records(_) => true,
        Question::Count(inner) | Question::Any(inner) | Question::Sources(inner) | Question::Sureness(inner) => {
            is_by_words(inner)
        }
        _ => false,
    }
}

fn accounts_for_all(asked: &Asked) -> bool {
    asked.unaccounted.is_empty() && asked.unaccounted_actors.is_empty()
}

/// Answers one reading, and whether the records bear out what the reading leaves of the sentence.
fn answer(ground: Ground<'_, '_>, sentence: &str, asked: &Asked) -> (Reply, bool) {
    let asking = Asking { ground, sentence, asked, lens: Lens::new(ground.graph, asked.scope.clone()) };
    let mut reply = asking.before_the_horizon().unwrap_or_else(|| asking.of(&asked.question));
    if let (true, Some(verdict)) = (asked.turned, reply.verdict) {
        let turned = match verdict {
            Verdict::Yes => Verdict::No,
            Verdict::No => Verdict::Yes,
            other => other,
        };
        let (before, after) = (wording::verdict_in_words(verdict), wording::verdict_in_words(turned));
        if let Some(rest) = reply.text.strip_prefix(before) {
            reply.text = format!("{after}{rest}");
        }
        reply.verdict = Some(turned);
    }
    let is_borne_out = asking.is_borne_out(&reply);
    (reply, is_borne_out)
}

/// A question on its way to a reply.
struct Asking<'a, 'g> {
    ground: Ground<'a, 'g>,
    sentence: &'a str,
    asked: &'a Asked,
    /// The graph, seen through what the question is limited to.
    lens: Lens<'g>,
}

impl<'g> Asking<'_, 'g> {
    /// The reply to a question within what is asked.
    fn of(&self, question: &Question) -> Reply {
        match question {
            Question::Who { set, sort, manner } => self.who(set, sort.as_ref(), *manner),
            Question::Whether { a, tie, b, ended: false } => self.whether(a, tie, b.as_ref()),
            Question::Whether { a, tie, b, ended: true } => self.ended(a, tie, b.as_ref()),
            Question::When { a, tie, b, end } => self.when(a, tie, b.as_ref(), *end),
            Question::Between { a, b } => self.between(a, b),
            Question::Same { a, b } => self.same(a, b),
            Question::Names { of, wanted } => self.names(of, *wanted),
            Question::Lineage { of, toward } => self.lineage(of, *toward),
            Question::Existence { of, end, gone } => self.existence(of, *end, *gone),
            Question::Path { a, b } => self.path(a, b),
            Question::Changes { of, from, to } => self.changes(of, *from, *to),
            Question::Disagreements { about } => self.disagreements(about),
            Question::Anonymous { about } => self.anonymous(about),
            Question::Known { about } => self.known(about),
            Question::Count(inner) => self.count(inner),
            Question::Any(inner) => self.any(inner),
            Question::Sources(inner) => self.sources(inner),
            Question::Sureness(inner) => self.sureness(inner),
            Question::Timeline { of, events_only } => self.timeline(of, *events_only),
            Question::Profile { of } => self.profile(of),
            Question::Where { of } => self.place(of),
            Question::ListSources => self.list_sources(),
            Question::Records(question) => self.records(question),
        }
    }

    /// What to say of days that no source can speak for; `None` for others.
    fn before_the_horizon(&self) -> Option<Reply> {
        let horizon = self.asked.scope.now(self.lens.graph);
        if self.lens.window.first <= horizon || self.lens.window.is_all() {
            return None;
        }
        let mut reply = self.reply("future");
        reply.status = Standing::NothingRecorded;
        reply.text =
            format!("Nothing is recorded of that: the newest source that counts speaks for {horizon} at the latest.");
        Some(reply)
    }

    /// An empty reply with what every reply says: the days it speaks for and what was assumed.
    fn reply(&self, kind: &'static str) -> Reply {
        let mut reply = Reply::new(self.sentence, kind);
        reply.as_of = self.asked.scope.as_of(self.lens.graph);
        reply.assumptions.clone_from(&self.asked.assumptions);
        if self.asked.scope.when == When::Now {
            assume(&mut reply, self.asked.scope.when_in_words(self.lens.graph));
        }
        reply
    }

    /// An empty reply to a question that is about no days unless it names some.
    fn timeless(&self, kind: &'static str) -> Reply {
        let mut reply = self.reply(kind);
        if !self.asked.is_dated {
            let now = self.asked.scope.when_in_words(self.lens.graph);
            reply.assumptions.retain(|words| *words != now);
            reply.as_of = None;
        }
        reply
    }

    /// Whom a name means, in the days asked about.
    fn meant(&self, actor: ActorId) -> Meant {
        Meant::of(&self.lens, actor)
    }

    fn wording(&self) -> Wording<'_, 'g> {
        Wording::new(&self.lens)
    }

    /// Says which line was followed for an actor, if one was.
    fn say_line(&self, reply: &mut Reply, line: &Line) {
        if let Some(words) = self.lens.line_in_words(line) {
            assume(reply, words);
        }
    }
}

/// Notes an assumption, once.
fn assume(reply: &mut Reply, words: String) {
    if !reply.assumptions.contains(&words) {
        reply.assumptions.push(words);
    }
}

/// Joins the parts of a text that say something.
fn join(parts: &[String]) -> String {
    parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
