//! The whole dated history of two actors, and what it comes to at a date: `between`, and `when` for one sort of relation.

use super::{EventRow, Footing, Lens, Line, RelationRow, RelationWord, State, verdict};
use crate::model::{Category, RelationId, Sign, Status, Temporality, TypeId, Verdict};
use crate::time::{Extent, Holds, Quantifier, Window};

/// How long an event-like relation (an attack, a pledge given) counts towards the sign of a pair: 90 days after it.
pub const EVENT_MEMORY_DAYS: i32 = 90;

/// Everything recorded between two actors.
#[derive(Clone, Debug)]
pub struct History {
    /// What the relations in force come to.
    pub sign: Sign,
    /// How firmly that stands; none where nothing is known.
    pub footing: Option<Footing>,
    /// Whether anything at all holds in the days asked about.
    pub verdict: Verdict,
    /// The relations, of any days, by earliest start, then id.
    pub relations: Vec<RelationRow>,
    /// The events that both took part in, by date.
    pub events: Vec<EventRow>,
}

/// The relations between two lines, of one sort when a word is given, and the events both took part in.
#[must_use]
pub fn history(lens: &Lens<'_>, a: &Line, b: &Line, word: Option<&RelationWord>) -> History {
    let mut ids = lens.relations_between(a, b);
    if let Some(word) = word {
        ids.retain(|id| verdict::fits(lens, a, word, b, *id));
    }
    let mut relations: Vec<RelationRow> = ids.iter().map(|id| lens.row(*id)).collect();
    for row in &mut relations {
        row.recent = row.how == Holds::No && in_force(lens, row.relation) != Holds::No;
    }
    relations.retain(|row| lens.scope.only.is_none() || row.recent || lens.keeps(row.how));
    relations.sort_by_key(|row| (lens.view.standing(row.relation).dates.start.earliest, row.id.clone()));
    let with_b = lens.events_of(b);
    let mut events: Vec<EventRow> =
        lens.events_of(a).into_iter().filter(|id| with_b.contains(id)).filter_map(|id| lens.event_row(id)).collect();
    events.sort_by_key(|e| (lens.graph.event(e.event).date.hull(), e.id.clone()));
    let State { sign, footing, .. } = super::state(lens, a, b);
    History { sign, footing, verdict: overall(lens, &relations), relations, events }
}

/// What the relations in force between two lines come to in the lens's days.
///
/// Those decide that certainly hold, and those that certainly began and of which no end is recorded, though their last attestation is older
/// than the days asked about; only where there is none of these do merely possible ones, contested ones, and ones that sources date
/// differently. Event-like relations count for [`EVENT_MEMORY_DAYS`]. Being in a place or holding it is nothing between the two: ties of territory
/// do not count.
#[must_use]
pub fn sign(lens: &Lens<'_>, a: &Line, b: &Line) -> Sign {
    signed(lens, &lens.relations_between(a, b)).0
}

/// What some relations of one pair come to in the lens's days, by the rule of [`sign`], and the ones that decide it.
pub(super) fn signed(lens: &Lens<'_>, relations: &[RelationId]) -> (Sign, Vec<RelationId>) {
    let mut deciding: [Vec<RelationId>; 2] = [Vec::new(), Vec::new()];
    let in_places = |id: &RelationId| {
        lens.graph.vocabulary().relation_type(lens.graph.type_of(*id)).category == Category::Territory
    };
    for id in relations.iter().filter(|id| !in_places(id)) {
        match in_force(lens, *id) {
            Holds::No => {}
            Holds::Certain => deciding[0].push(*id),
            Holds::Possible => deciding[1].push(*id),
        }
    }
    let Some(deciding) = deciding.into_iter().find(|ids| !ids.is_empty()) else {
        return (Sign::NothingKnown, Vec::new());
    };
    let polarity = |id: &RelationId| lens.graph.vocabulary().relation_type(lens.graph.type_of(*id)).polarity.number();
    let (plus, minus) = (deciding.iter().any(|id| polarity(id) == 1), deciding.iter().any(|id| polarity(id) == -1));
    let sign = match (plus, minus) {
        (true, true) => Sign::Mixed,
        (true, false) => Sign::Friend,
        (false, true) => Sign::Enemy,
        (false, false) => Sign::Dealings,
    };
    (sign, deciding)
}

/// How far a relation counts as in force, for what a pair comes to.
pub(super) fn in_force(lens: &Lens<'_>, id: RelationId) -> Holds {
    in_force_for(lens, id, lens.graph.type_of(id), lens.view.standing(id).extent())
}

/// The same, where its type and when it holds are at hand.
pub(super) fn in_force_for(lens: &Lens<'_>, id: RelationId, kind: TypeId, extent: Extent) -> Holds {
    let holds = match lens.graph.vocabulary().relation_type(kind).temporality {
        Temporality::State => extent.holds(lens.window),
        Temporality::Event => extent.holds(remembered(lens.window)),
    };
    // `--certain` and `--possible` keep rows by how they hold, and the pair comes to what the rows kept say.
    if !lens.keeps(holds) {
        return Holds::No;
    }
    let not_known_to_have_ended = || extent.start.latest <= lens.window.last && lens.view.dated(id).has_no_end();
    match holds {
        Holds::No => Holds::No,
        _ if lens.view.is_dated_differently(id) => Holds::Possible,
        Holds::Possible if not_known_to_have_ended() => Holds::Certain,
        holds => holds,
    }
}

/// The days on which an event must have happened to count in the window, or on every day of it.
pub(crate) fn remembered(window: Window) -> Window {
    match window.quantifier {
        _ if window.is_all() => window,
        Quantifier::Within => window,
        Quantifier::Sometime => Window { first: window.first.plus(-EVENT_MEMORY_DAYS), ..window },
        Quantifier::Throughout => {
            Window { first: window.last.plus(-EVENT_MEMORY_DAYS), last: window.first, quantifier: Quantifier::Sometime }
        }
    }
}

/// What the rows come to as an answer to "was there anything between them then?"
fn overall(lens: &Lens<'_>, rows: &[RelationRow]) -> Verdict {
    // What happened counts for a while, so that it may be certain that it does though on which day it happened is not.
    let happens = |row: &RelationRow| {
        lens.graph.vocabulary().relation_type(lens.graph.type_of(row.relation)).temporality == Temporality::Event
    };
    let counted: Vec<(Holds, &RelationRow)> = rows
        .iter()
        .map(|row| (if row.recent || happens(row) { in_force(lens, row.relation) } else { row.how }, row))
        .filter(|(holds, _)| *holds != Holds::No)
        .collect();
    let doubted = |row: &RelationRow| {
        matches!(lens.view.standing(row.relation).status, Status::Contested | Status::Disputed)
            || lens.view.is_dated_differently(row.relation)
    };
    if rows.is_empty() {
        Verdict::Unknown
    } else if counted.iter().any(|(holds, row)| *holds == Holds::Certain && !doubted(row)) {
        Verdict::Yes
    } else if counted.iter().any(|(_, row)| doubted(row)) {
        Verdict::Disputed
    } else if !counted.is_empty() {
        Verdict::Possible
    } else {
        Verdict::No
    }
}
