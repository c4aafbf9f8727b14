//! English questions: from a sentence to a typed [`Question`], and from there to a [`Reply`] that cites.
//!
//! Deterministic and offline: no model, no guess. Every word of a sentence must be accounted for — by a name, a date, a phrase of the
//! [`Lexicon`], the frame of the question, or the record that answers it — or the sentence is refused with what was understood and what not
//! ([`Problem::NotUnderstood`]). A wrong answer costs more than a refusal.
//!
//! ```text
//! sentence ─publication─▶ claims that count ─dates─▶ days ─names─▶ actors ─lexicon─▶ phrases ─reading─▶ Asked ─answer─▶ Reply
//! ```

mod answer;
mod dates;
mod lexicon;
mod meant;
mod problem;
mod publication;
mod question;
mod reading;
mod records;
mod reply;
mod sentence;

pub(crate) use answer::wording;
pub use lexicon::{Lexicon, LexiconError};
pub use meant::{Meant, Why};
pub use problem::Problem;
pub use question::{Asked, End, Manner, Named, NamesWanted, Question, RecordQuestion, Sort, Toward, Wanted, Who};
pub use reply::{Answered, Count, Evidence, Reply, Rows, Standing};

use crate::graph::TemporalGraph;
use crate::model::ActorId;
use crate::names::{Index, NameError};
use crate::question::Scope;
use crate::time::{Holds, Window};

/// What questions are asked of.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a, 'g> {
    /// The graph.
    pub graph: &'g TemporalGraph,
    /// The names of its actors.
    pub names: &'a Index<'g>,
    /// The words that questions are asked in.
    pub lexicon: &'a Lexicon,
}

/// Reads a sentence and answers it. `flags` limits every answer further (claims, types, lineage, and days when they are set).
///
/// # Errors
/// When it cannot be read: an unknown or ambiguous actor, a date that there is not, words that were not understood.
pub fn ask(ground: Ground<'_, '_>, sentence: &str, flags: &Scope) -> Result<(Asked, Reply), Problem> {
    let problem = match ask_of(ground, sentence, flags, &[]) {
        Err(problem @ Problem::NotUnderstood { .. }) => problem,
        other => return other,
    };
    // A day without a year may be all that stood in the way.
    let Some((full, assumptions)) = dates::in_full(ground.graph, sentence) else { return Err(problem) };
    let (asked, mut reply) = ask_of(ground, &full, flags, &[]).map_err(|_| problem)?;
    reply.question = sentence.to_owned();
    reply.assumptions.extend(assumptions);
    Ok((asked, reply))
}

/// No more names of a sentence than this may fit several actors.
const MOST_AMBIGUOUS: usize = 2;
/// No more actors that a name fits are tried than this.
const MOST_TRIED: usize = 12;

/// Reads a sentence with some names chosen. Another name that fits several actors is tried with each: where something is recorded of one alone, that
/// one is meant, which is said; where of several, the sentence asks too little.
fn ask_of(ground: Ground<'_, '_>, sentence: &str, flags: &Scope, chosen: &[Named]) -> Result<(Asked, Reply), Problem> {
    let (text, candidates) = match reading::read(ground, sentence, flags, chosen) {
        Err(Problem::Name(NameError::Ambiguous { text, candidates })) if chosen.len() < MOST_AMBIGUOUS => {
            (text.to_string(), candidates)
        }
        Err(problem) => return Err(problem),
        Ok(reading::Readings { asked, refusal }) => {
            return answer::first_answer(ground, sentence, asked).ok_or(refusal);
        }
    };
    let mut actors: Vec<ActorId> = candidates.iter().map(|candidate| candidate.actor).collect();
    actors.dedup();
    if actors.len() > MOST_TRIED {
        return Err(Problem::Name(NameError::Ambiguous { text: text.into(), candidates }));
    }
    let mut answered = Vec::new();
    let mut others = Vec::new();
    for actor in actors {
        let mut chosen = chosen.to_vec();
        chosen.push(Named { text: text.clone(), actor });
        match ask_of(ground, sentence, flags, &chosen) {
            Ok((asked, reply)) if reply.status == Standing::Answered => answered.push((actor, asked, reply)),
            other => others.push((actor, other)),
        }
    }
    // Of several, the one that was called so in the days asked about; of a period, on its last.
    let is_called_so_in = |actor: ActorId, window: Window| {
        candidates
            .iter()
            .filter(|candidate| candidate.actor == actor)
            .any(|c| c.valid.as_ref().is_none_or(|valid| valid.extent(None, None).holds(window) != Holds::No))
    };
    let is_called_so = |(actor, asked, _): &(ActorId, Asked, Reply)| {
        let window = asked.scope.window(ground.graph);
        is_called_so_in(*actor, if window.is_all() { window } else { Window::on(window.last) })
    };
    // Who was not called so at all in the days asked about is not meant.
    let is_ever_called_so =
        |(actor, asked, _): &(ActorId, Asked, Reply)| is_called_so_in(*actor, asked.scope.window(ground.graph));
    answered.retain(is_ever_called_so);
    if answered.len() > 1 && answered.iter().filter(|found| is_called_so(found)).count() == 1 {
        answered.retain(is_called_so);
    }
    // Or the one of whom the records tell under the very name.
    let wanted = crate::names::fold(&text);
    let tells_so = |(_, _, reply): &(ActorId, Asked, Reply)| crate::names::fold(&reply.text).contains(&wanted);
    if answered.len() > 1 && answered.iter().filter(|found| tells_so(found)).count() == 1 {
        answered.retain(tells_so);
    }
    // Where all are told the same, it does not matter which is meant.
    if let [(_, _, first), rest @ ..] = &*answered
        && rest.iter().all(|(_, _, reply)| reply.text == first.text && reply.verdict == first.verdict)
    {
        answered.truncate(1);
    }
    let name = |actor: ActorId| &*ground.graph.actor(actor).name;
    if let [(actor, asked, reply)] = &mut *answered {
        let rest: Vec<&str> = candidates.iter().filter(|c| c.actor != *actor).map(|c| &*c.label).collect();
        reply.assumptions.push(format!("\"{text}\" read as {}, not as {}", name(*actor), rest.join(", ")));
        return Ok((asked.clone(), reply.clone()));
    }
    if answered.is_empty()
        && let Some(at) = others.iter().position(|(_, result)| result.is_ok())
        && let (_, Ok((asked, mut reply))) = others.swap_remove(at)
    {
        let all: Vec<&str> = candidates.iter().map(|candidate| &*candidate.label).collect();
        reply.assumptions.push(format!("\"{text}\" asked of each that is called so: {}", all.join(", ")));
        return Ok((asked, reply));
    }
    if answered.is_empty()
        && let Some((_, Err(problem))) = others.into_iter().next()
    {
        return Err(problem);
    }
    Err(Problem::Name(NameError::Ambiguous { text: text.into(), candidates }))
}
