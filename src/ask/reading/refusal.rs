//! What to say of a sentence that was not understood.

use super::Parsed;
use super::items::Item;
use crate::ask::Problem;
use crate::ask::lexicon::Meaning;
use crate::graph::TemporalGraph;
use crate::model::ActorId;
use std::cmp::Reverse;

/// What was understood, what was not, and three questions that would work.
pub(super) fn refusal(parsed: &Parsed<'_, '_>) -> Problem {
    let graph = parsed.ground.graph;
    let mut understood = Vec::new();
    let mut not: Vec<std::ops::Range<usize>> = Vec::new();
    for placed in &parsed.items {
        let typed = || parsed.sentence.typed(placed.words.clone()).to_owned();
        match &placed.item {
            Item::Name(named) => understood.push((typed(), graph.actor(named.actor).name.to_string())),
            // Words in a row may be a name: told together.
            Item::Free => match not.last_mut() {
                Some(last) if last.end == placed.words.start && parsed.sentence.words[placed.words.start].joined => {
                    last.end = placed.words.end;
                }
                _ => not.push(placed.words.clone()),
            },
            Item::Phrase(meanings, _) => {
                let meaning = meanings.iter().find_map(|meaning| match meaning {
                    Meaning::Tie { sense, turned, .. } => Some(parsed.ground.lexicon.tie(*sense, *turned).label),
                    Meaning::Ask(ask) => Some(format!("a question of {}", ask.replace('-', " "))),
                    Meaning::Sort(_) => Some("a sort of actors".to_owned()),
                    Meaning::Filler => None,
                });
                understood.extend(meaning.map(|meaning| (typed(), meaning)));
            }
            _ => {}
        }
    }
    for dated in &parsed.days.dates {
        understood.push((dated.to_string(), "a date".to_owned()));
    }
    for clause in &parsed.days.undated {
        not.push(clause.clone());
    }
    let not = not.into_iter().map(|words| parsed.sentence.typed(words).to_owned()).collect();
    Problem::NotUnderstood { understood, not, forms: forms(parsed) }
}

/// Three questions that work, with the actors named as far as there are some.
fn forms(parsed: &Parsed<'_, '_>) -> Vec<String> {
    let graph = parsed.ground.graph;
    let mut names: Vec<String> = Vec::new();
    for actor in &parsed.actors {
        let name = graph.actor(actor.named.actor).name.to_string();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    for name in best_known(graph) {
        if names.len() < 2 && !names.contains(&name) {
            names.push(name);
        }
    }
    match &*names {
        [a, b, ..] => vec![
            format!("was {a} allied with {b} in 2018"),
            format!("who is hostile to {a}"),
            format!("what was the relation between {a} and {b}"),
        ],
        [a] => vec![format!("who is allied with {a}"), format!("who leads {a}"), format!("timeline of {a}")],
        [] => vec![
            "what do the sources disagree about".to_owned(),
            "what happened in 2024".to_owned(),
            "which sources are there".to_owned(),
        ],
    }
}

/// The two actors with the most relations, for examples; of equals the first by name.
fn best_known(graph: &TemporalGraph) -> Vec<String> {
    const WANTED: usize = 2;
    let ties = |id: ActorId| Reverse(graph.outgoing(id).len() + graph.incoming(id).len());
    let mut actors: Vec<(Reverse<usize>, ActorId)> =
        (0..graph.actor_count()).map(ActorId::new).map(|id| (ties(id), id)).collect();
    // Of a large set only the actors that may be shown are made.
    if actors.len() > WANTED {
        let (_, (last, _), _) = actors.select_nth_unstable(WANTED - 1);
        let last = *last;
        actors.retain(|(ties, _)| *ties <= last);
    }
    let mut named: Vec<_> = actors.into_iter().map(|(ties, id)| (ties, &*graph.actor(id).name)).collect();
    named.sort_unstable();
    named.into_iter().take(WANTED).map(|(_, name)| name.to_owned()).collect()
}
