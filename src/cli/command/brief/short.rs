//! Who is friend, enemy, both, or only dealt with: the brief in a few lines.

use crate::ask::wording::acronym;
use crate::model::{ActorId, Category, Polarity, RelationId, Sign, Temporality};
use crate::question::{ActorBrief, Lens, Line, RelationWord, When, remembered, sign};
use crate::time::{Holds, Reading};
use serde::Serialize;
use std::collections::BTreeMap;

/// The actors that stand in one way to the one a brief is about.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Camp {
    /// How they stand to it: `friend`, `enemy`, `mixed`, `dealings`.
    pub(super) sign: &'static str,
    /// Those who certainly do: the best attested first.
    pub(super) certain: Vec<ActorBrief>,
    /// Those who certainly did when last attested, of which no end is recorded.
    pub(super) attested: Vec<ActorBrief>,
    /// Those who possibly do.
    pub(super) possible: Vec<ActorBrief>,
}

/// The acronym of an actor, where its name spells one out.
pub(super) fn acronym_of<'g>(lens: &Lens<'g>, id: ActorId) -> Option<&'g str> {
    acronym(lens, id)
}

/// The camps around a line on the days asked about; none where all of time is asked about, in which everybody turns.
pub(super) fn in_short(lens: &Lens<'_>, line: &Line) -> Vec<Camp> {
    if lens.scope.when == When::Ever {
        return Vec::new();
    }
    let graph = lens.graph;
    // Only acts, and whatever `allied-with` stands for (a pledge, an affiliation): attitudes, places and parts make nobody friend or foe.
    let allied = RelationWord::read(graph.vocabulary(), "allied-with").map(|word| word.types).unwrap_or_default();
    let is_act = |category: Category| {
        matches!(
            category,
            Category::Cooperation
                | Category::Hostility
                | Category::Support
                | Category::Designation
                | Category::Diplomacy
        )
    };
    let types: Vec<_> = graph
        .vocabulary()
        .types()
        .filter(|(id, t)| (is_act(t.category) || allied.contains(id)) && lens.keeps_type(*id))
        .map(|(id, _)| id)
        .collect();
    let narrowed = |only: Option<Reading>| {
        let mut scope = lens.scope.clone();
        scope.types.clone_from(&types);
        scope.only = only;
        Lens::new(graph, scope)
    };
    let (certain, all) = (narrowed(Some(Reading::Certain)), narrowed(lens.scope.only));
    if types.is_empty() {
        return Vec::new();
    }
    let mut weights: BTreeMap<ActorId, usize> = BTreeMap::new();
    for id in all.relations_of(line) {
        let relation = graph.relation(id);
        if line.contains(relation.subject) && line.contains(relation.object) {
            continue;
        }
        let other = if line.contains(relation.subject) { relation.object } else { relation.subject };
        *weights.entry(other).or_default() +=
            all.view.kept_claims(&relation.claims).count() + usize::from(all.holds(id) == Holds::Certain);
    }
    let mut found: Vec<(usize, usize, ActorId)> = weights
        .into_iter()
        .map(|(id, weight)| (rank(&graph.vocabulary().kind(graph.actor(id).kind).name), weight, id))
        .filter(|(rank, ..)| *rank < NOBODY)
        .collect();
    found.sort_by_key(|(rank, weight, id)| (*rank, std::cmp::Reverse(*weight), *id));
    let mut camps: Vec<Camp> = [Sign::Friend, Sign::Enemy, Sign::Mixed, Sign::Dealings]
        .iter()
        .map(|sign| Camp { sign: sign.word(), certain: Vec::new(), attested: Vec::new(), possible: Vec::new() })
        .collect();
    for (_, _, id) in found {
        let other = Line::exactly(id);
        // Whatever may be in force counts: a friend who possibly is an enemy as well is both at once, possibly.
        let (sure, maybe) = (sign(&certain, line, &other), possible_sign(&all, line, &other));
        let is_sure = sure == maybe;
        if let Some(camp) = camps.iter_mut().find(|c| c.sign == maybe.word()) {
            let list = match (is_sure, was_certain(&all, line, &other)) {
                (true, _) => &mut camp.certain,
                (false, true) => &mut camp.attested,
                (false, false) => &mut camp.possible,
            };
            list.push(lens.brief(id));
        }
    }
    camps.retain(|camp| [&camp.certain, &camp.attested, &camp.possible].iter().any(|names| !names.is_empty()));
    camps
}

/// Kinds that are not named in a summary: somebody unnamed, and places.
const NOBODY: usize = 9;

/// Which kinds come first in a summary: states and their like, armed actors, then the others.
fn rank(kind: &str) -> usize {
    match kind {
        "state" | "government" | "intergovernmental_org" => 0,
        "armed_group" | "state_force" | "militia" | "coalition" | "operations_room" | "external_mission" => 1,
        "unidentified" | "place" => NOBODY,
        _ => 2,
    }
}

/// What all ties of the two come to that may be in force, none outweighing another.
fn possible_sign(lens: &Lens<'_>, line: &Line, other: &Line) -> Sign {
    let graph = lens.graph;
    let polarities: Vec<i8> = lens
        .relations_between(line, other)
        .into_iter()
        .filter(|id| {
            let t = graph.vocabulary().relation_type(graph.relation(*id).kind);
            let window = if t.temporality == Temporality::Event { remembered(lens.window) } else { lens.window };
            let holds = lens.view.standing(*id).extent().holds(window);
            holds != Holds::No && lens.keeps(holds)
        })
        .map(|id| graph.vocabulary().relation_type(graph.relation(id).kind).polarity.number())
        .collect();
    match (polarities.contains(&1), polarities.contains(&-1)) {
        (true, true) => Sign::Mixed,
        (true, false) => Sign::Friend,
        (false, true) => Sign::Enemy,
        (false, false) if polarities.is_empty() => Sign::NothingKnown,
        (false, false) => Sign::Dealings,
    }
}

/// Whether a tie of each polarity that makes up their sign certainly began before the end of the days asked about, without any end on record.
fn was_certain(lens: &Lens<'_>, line: &Line, other: &Line) -> bool {
    let polarity = |id: &RelationId| lens.graph.vocabulary().relation_type(lens.graph.relation(*id).kind).polarity;
    let ties: Vec<RelationId> =
        lens.relations_between(line, other).into_iter().filter(|id| lens.holds(*id) != Holds::No).collect();
    let lasting: Vec<_> = ties
        .iter()
        .filter(|id| {
            let extent = lens.view.standing(**id).extent();
            !extent.is_never() && extent.start.latest <= lens.window.last && lens.view.dated(**id).has_no_end()
        })
        .map(polarity)
        .collect();
    let charged: Vec<_> = ties.iter().map(polarity).filter(|p| *p != Polarity::Neutral).collect();
    !lasting.is_empty() && charged.iter().all(|p| lasting.contains(p))
}
