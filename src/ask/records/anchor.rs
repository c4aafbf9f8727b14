//! When something was that a sentence refers to in passing: "after HTS took Damascus", "before the split".

use super::Record;
use super::find::{self, Match};
use crate::ask::{Lexicon, Named, RecordQuestion, Wanted};
use crate::model::{ActorId, Temporality};
use crate::question::Lens;
use crate::time::{Dated, Window};

/// The date of what is told in words, and what it is called; see the module above.
pub(super) fn anchor(
    lexicon: &Lexicon,
    lens: &Lens<'_>,
    words: &[String],
    actors: &[ActorId],
    context: &[ActorId],
) -> Option<(Dated, String)> {
    let lens = &lens.at(Window::ALL);
    // All of the sentence first, then the clause with one actor of the sentence, then the clause alone.
    let mut casts: Vec<Vec<ActorId>> = Vec::new();
    let others: Vec<ActorId> = context.iter().copied().filter(|actor| !actors.contains(actor)).collect();
    if !others.is_empty() {
        casts.push(actors.iter().chain(&others).copied().collect());
        if actors.is_empty() && others.len() > 1 {
            casts.extend(others.iter().map(|other| vec![*other]));
        }
    }
    casts.push(actors.to_vec());
    for cast in casts {
        let forgets_context = cast.is_empty() && !context.is_empty();
        let question = RecordQuestion {
            wanted: Wanted::When,
            actors: cast.iter().map(|actor| Named { text: String::new(), actor: *actor }).collect(),
            agent: None,
            target: None,
            words: words.to_vec(),
        };
        let mut found = find::matches(lexicon, lens, &question);
        found.retain(|found| !found.is_denied && !found.lacks_wanted);
        // One word alone, of none of those in the sentence, must be the word of one event only: "the massacre", but not "the war".
        if forgets_context && words.len() == 1 && found.iter().filter(|m| !m.is_relation).count() > 1 {
            return None;
        }
        if !found.is_empty() {
            return clearest(lens, &found);
        }
    }
    None
}

/// The date of the best record, if it is clearly the best: those that fit as well have the same date, or tell much else.
fn clearest(lens: &Lens<'_>, found: &[Match]) -> Option<(Dated, String)> {
    let key = |m: &Match| (m.faint, m.reach, m.is_relation);
    let first = key(found.first()?);
    let fit =
        |m: &&Match| (m.share.0 * 60 / m.share.1.max(1), std::cmp::Reverse(m.is_doubtful), std::cmp::Reverse(m.extra));
    let best = found.iter().rev().filter(|m| key(m) == first).max_by_key(fit)?;
    let (dated, name) = start(lens, best.record)?;
    let (met, all) = best.share;
    let is_rival = |other: &&Match| {
        let (other_met, other_all) = other.share;
        // Half as much again of the name met makes it clear.
        key(other) == key(best) && 3 * other_met * all >= 2 * met * other_all
    };
    let agrees = |other: &Match| start(lens, other.record).is_none_or(|(other, _)| other == dated);
    found.iter().filter(is_rival).all(agrees).then_some((dated, name))
}

/// When a record happened or began, and what it is called.
fn start(lens: &Lens<'_>, record: Record) -> Option<(Dated, String)> {
    match record {
        Record::Event(id) => {
            let event = lens.graph.event(id);
            Some((event.date.clone(), event.name.to_string()))
        }
        Record::Relation(id) => {
            let relation = lens.graph.relation(id);
            let kind = lens.graph.vocabulary().relation_type(relation.kind);
            let (subject, object) = (lens.name(relation.subject), lens.name(relation.object));
            let name = format!("{subject} {} {object}", kind.label);
            let valid = lens.view.dated(id);
            if kind.temporality == Temporality::Event || !valid.is_interval() {
                return Some((valid.clone(), name));
            }
            Dated::parse(valid.start_text()).ok().map(|dated| (dated, name))
        }
    }
}
