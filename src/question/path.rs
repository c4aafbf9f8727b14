//! How two actors are connected: the shortest chains of sourced relations between them.

use super::{ActorBrief, Lens, Line, RelationRow};
use crate::algo::all_shortest_paths;
use crate::model::{ActorId, RelationId, TypeId};
use crate::time::{Day, Extent, Holds, Reading, Window};
use serde::Serialize;
use std::collections::BTreeSet;

/// The longest chain looked for.
pub const MOST_HOPS: usize = 8;
/// How many paths over single relations are examined before parallel ones are folded into chains.
const MOST_PATHS: usize = 4096;

/// One step of a chain.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Link {
    /// The end nearer to the first actor.
    pub from: ActorBrief,
    /// The end nearer to the second.
    pub to: ActorBrief,
    /// Every relation between the two that the question lets through: the firmest first, then by weight and id.
    pub relations: Vec<RelationRow>,
}

/// A chain of relations from one actor to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chain {
    /// How many steps it has.
    pub hops: usize,
    /// The actors, from the first to the second.
    pub actors: Vec<ActorBrief>,
    /// The steps.
    pub links: Vec<Link>,
    /// Whether there is one day on which every step holds by some relation: `certain`, `possible` or `no`.
    pub coexist: &'static str,
}

/// The shortest chains between two lines over relations of these types, read from both ends, within [`MOST_HOPS`] steps: those whose weakest
/// step is firmest first, then by the ids of their actors.
///
/// # Complexity
/// O(V + E log D) for each pair of members, and the number of shortest paths.
#[must_use]
pub fn chains(lens: &Lens<'_>, a: &Line, b: &Line, types: &[TypeId], most: usize) -> Vec<Chain> {
    let view = lens.view.clone().with_types(types).with_reading(reading(lens)).undirected();
    let mut found: BTreeSet<Vec<ActorId>> = BTreeSet::new();
    let mut best = MOST_HOPS;
    for from in a.members.iter().filter(|id| view.contains(**id)) {
        for to in b.members.iter().filter(|id| view.contains(**id) && !a.contains(**id)) {
            for path in all_shortest_paths(&view, *from, *to, best, MOST_PATHS) {
                if path.hops() < best {
                    best = path.hops();
                    found.clear();
                }
                found.insert(path.nodes);
            }
        }
    }
    let mut chains: Vec<Chain> =
        found.into_iter().filter(|nodes| nodes.len() == best + 1).map(|nodes| chain(lens, &nodes, types)).collect();
    let weakest = |chain: &Chain| chain.links.iter().map(|l| l.relations.first().map_or(Holds::No, |r| r.how)).min();
    // What is asked for as only possible is the chain; some of its steps may be certain.
    chains.retain(|chain| weakest(chain).is_some_and(|holds| lens.keeps(holds)));
    // The firmest first: by the weakest step, then by whether all held together; the sort keeps the order of ids otherwise.
    chains.sort_by_key(|chain| std::cmp::Reverse((weakest(chain), Holds::from_word(chain.coexist))));
    chains.truncate(most);
    chains
}

/// Which relations make a link: only certain ones where only certain chains are wanted.
fn reading(lens: &Lens<'_>) -> Reading {
    lens.scope.only.unwrap_or(Reading::Possible)
}

fn chain(lens: &Lens<'_>, nodes: &[ActorId], types: &[TypeId]) -> Chain {
    let reading = reading(lens);
    let mut links = Vec::new();
    let mut choices: Vec<Vec<Extent>> = Vec::new();
    for pair in nodes.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let mut ids: Vec<RelationId> = lens
            .view
            .ties(from)
            .filter(|n| n.other == to && types.contains(&n.kind) && reading.keeps(lens.holds(n.relation)))
            .map(|n| n.relation)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        choices.push(ids.iter().map(|id| lens.view.standing(*id).extent()).collect());
        let mut relations: Vec<RelationRow> = ids.iter().map(|id| lens.row(*id)).collect();
        relations.sort_by_cached_key(|row| {
            let weight = lens.graph.vocabulary().relation_type(lens.graph.type_of(row.relation)).weight;
            (std::cmp::Reverse(row.how), std::cmp::Reverse(weight), row.id.clone())
        });
        links.push(Link { from: lens.brief(from), to: lens.brief(to), relations });
    }
    Chain {
        hops: links.len(),
        actors: nodes.iter().map(|id| lens.brief(*id)).collect(),
        links,
        coexist: together(&choices).word(),
    }
}

/// Whether there is a day on which each list has an extent that holds: certainly, possibly, or none.
///
/// As [`crate::algo::coexist`] has it for the best choice of one extent from each list, without trying them all.
fn together(choices: &[Vec<Extent>]) -> Holds {
    let certain = |extents: &[Extent]| -> Vec<Extent> {
        extents.iter().copied().filter(|e| e.holds(Window::ALL) == Holds::Certain).collect()
    };
    let certain: Vec<Vec<Extent>> = choices.iter().map(|extents| certain(extents)).collect();
    // They certainly share a day when each has begun before any other ends. `last` is the one to begin last: the others have to cover that
    // beginning, and of those that do the earliest to begin asks least of it.
    let certainly = certain.iter().enumerate().any(|(at, extents)| {
        extents.iter().any(|last| {
            let begun = last.start.latest;
            certain.iter().enumerate().filter(|(other, _)| *other != at).all(|(_, others)| {
                let covering = others.iter().filter(|e| e.start.latest <= begun && begun <= e.end.earliest);
                covering.map(|e| e.start.latest).min().is_some_and(|start| start <= last.end.earliest)
            })
        })
    });
    if certainly {
        return Holds::Certain;
    }
    // If there is a day that all possibly share, the first possible day of one of them is one.
    let on =
        |day: Day| choices.iter().all(|extents| extents.iter().any(|e| e.start.earliest <= day && day <= e.end.latest));
    if choices.iter().flatten().any(|e| on(e.start.earliest)) { Holds::Possible } else { Holds::No }
}
