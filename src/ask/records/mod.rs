//! Records by the words of a question: events first, then relations, each with a bag of actors and concepts.
//!
//! For questions about a particular happening rather than a kind of tie: "who gave Assad refuge", "where did Trump meet Sharaa". A record
//! answers only when it accounts for every actor and every content word of the question, in the directions that the question gives; a
//! refusal is better than a record that is merely near. [`find`] ranks what does, [`figures`] gives the numbers told in it, and
//! [`anchor`] dates what a sentence refers to in passing ("after HTS took Damascus").
//!
//! What words mean comes from the lexicon, what happened from the data; how the two are held against one another is all there is here.

mod actors;
mod anchor;
mod bag;
mod deed;
mod figures;
mod find;
mod words;

#[cfg(test)]
mod tests;

pub(super) use actors::Reach;
pub(super) use figures::Figured;
pub(super) use find::Match;

use super::{Ground, RecordQuestion};
use crate::model::{ActorId, EventId, RelationId};
use crate::question::Lens;
use crate::time::Dated;

/// A record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Record {
    /// Something that happened.
    Event(EventId),
    /// A tie.
    Relation(RelationId),
}

/// The records that account for every word and every actor of a question, with how well each fits, best first: those that have nothing else in them
/// before those that have much; what is denied last. Records clearly worse than the best are left out. Empty when no record accounts for all.
pub(super) fn matches(ground: Ground<'_, '_>, lens: &Lens<'_>, question: &RecordQuestion) -> Vec<Match> {
    find::best(find::matches(ground.lexicon, lens, question))
}

/// The numbers that answer a question of how many, each with its claim and the record it stands under, best first and each number of a
/// source once: of the records that [`find`] gives, or of the actor named where no record has one.
pub(super) fn figures<'g>(ground: Ground<'_, 'g>, lens: &Lens<'g>, question: &RecordQuestion) -> Vec<Figured<'g>> {
    figures::figures(ground.lexicon, lens, question)
}

/// When something told in words was ("the fall of Assad", "HTS took Damascus", "the split happened"): its date and what it is called.
///
/// `words` are the content words of the clause, `actors` those it names, `context` those named in the rest of the sentence, who are preferred
/// where they took part. Looked for in all of time, whatever days the lens has. `None` when nothing is clearly meant: no record, or several
/// that fit equally well and differ in their dates.
pub(super) fn anchor(
    ground: Ground<'_, '_>,
    lens: &Lens<'_>,
    words: &[String],
    actors: &[ActorId],
    context: &[ActorId],
) -> Option<(Dated, String)> {
    anchor::anchor(ground.lexicon, lens, words, actors, context)
}
