//! What every pair of some actors is to each other: friend, enemy, mixed, dealings or nothing known.
//!
//! The sign of a pair is that of [`super::sign`]; a [`State`] adds how firmly it stands and the relations it comes from, and [`compare`] what
//! changed from one time to another. Deliberately absent: how a matrix is shown.

use super::history::{in_force, signed};
use super::timeline::within;
use super::{ActorBrief, EventRow, Lens, Line, RelationRow};
use crate::model::{ActorId, EventId, RelationId, Sign, Status};
use crate::time::{Holds, Window};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::collections::{BTreeMap, BTreeSet};

/// How firmly the sign of a pair stands, from firm to faint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Footing {
    /// On a relation that certainly holds.
    Certain,
    /// On relations that only possibly hold: by their dates, because they were last attested before, or because they are only reported.
    Possible,
    /// On relations whose claims stand on both sides, or that sources date differently.
    Contested,
}

impl Footing {
    /// `certain`, `possible` or `contested`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Possible => "possible",
            Self::Contested => "contested",
        }
    }
}

/// A relation in force between a pair.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Tie {
    /// Whether it is one of those that decide the sign.
    pub decides: bool,
    /// The relation.
    #[serde(flatten)]
    pub row: RelationRow,
}

/// What a pair is to each other in the days of a lens.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// What the relations that decide come to.
    pub sign: Sign,
    /// How firmly; the fainter side of a mixed sign. Absent when nothing is known.
    pub footing: Option<Footing>,
    /// What all relations in force would come to, where that is another sign: a possible or contested one says otherwise.
    pub otherwise: Option<Sign>,
    /// The relations in force, by id.
    pub ties: Vec<Tie>,
    /// How many relations are recorded that are not in force.
    pub elsewhen: usize,
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let holds = match self.footing {
            None => Holds::No,
            Some(Footing::Certain) => Holds::Certain,
            Some(Footing::Possible | Footing::Contested) => Holds::Possible,
        };
        let mut fields = serializer.serialize_struct("State", 6)?;
        fields.serialize_field("sign", self.sign.word())?;
        fields.serialize_field("holds", holds.word())?;
        fields.serialize_field("contested", &(self.footing == Some(Footing::Contested)))?;
        fields.serialize_field("otherwise", &self.otherwise.map(Sign::word))?;
        fields.serialize_field("elsewhen", &self.elsewhen)?;
        fields.serialize_field("relations", &self.ties)?;
        fields.end()
    }
}

/// A pair of the matrix: places in the list of its lines, the first before the second.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The place of the one.
    pub first: usize,
    /// The place of the other.
    pub second: usize,
    /// What they are to each other.
    pub state: State,
}

/// Every pair of some lines, row by row; a pair stands once, since it is the same read either way.
///
/// # Complexity
/// O(n² · relations of a line).
#[must_use]
pub fn matrix(lens: &Lens<'_>, lines: &[Line]) -> Vec<Pair> {
    let pairs = (0..lines.len()).flat_map(|first| (first + 1..lines.len()).map(move |second| (first, second)));
    pairs.map(|(first, second)| Pair { first, second, state: state(lens, &lines[first], &lines[second]) }).collect()
}

/// What two lines are to each other.
///
/// The sign is that of [`super::sign`]. Of the relations that decide, the firmest of each side counts for how firmly it stands.
#[must_use]
pub fn state(lens: &Lens<'_>, a: &Line, b: &Line) -> State {
    let all = lens.relations_between(a, b);
    let in_force: Vec<RelationId> = all.iter().copied().filter(|id| in_force(lens, *id) != Holds::No).collect();
    let polarity = |id: &RelationId| polarity(lens, *id);
    let (sign, deciding) = signed(lens, &in_force);
    let of_all = match [1, -1].map(|side| in_force.iter().any(|id| polarity(id) == side)) {
        [true, true] => Sign::Mixed,
        [true, false] => Sign::Friend,
        [false, true] => Sign::Enemy,
        [false, false] => sign,
    };
    let ties: Vec<Tie> = in_force
        .iter()
        .map(|id| {
            let mut row = lens.row(*id);
            row.recent = row.how == Holds::No;
            Tie { decides: deciding.contains(id), row }
        })
        .collect();
    State {
        sign,
        footing: footing_of_pair(lens, sign, &deciding),
        otherwise: (of_all != sign).then_some(of_all),
        elsewhen: all.len() - ties.len(),
        ties,
    }
}

/// How firmly the sign of a pair stands on the relations that decide it: the firmest of each side counts, and of a mixed sign the fainter side.
pub(super) fn footing_of_pair(lens: &Lens<'_>, sign: Sign, deciding: &[RelationId]) -> Option<Footing> {
    let sides: &[i8] = match sign {
        Sign::Friend => &[1],
        Sign::Enemy => &[-1],
        Sign::Mixed => &[1, -1],
        Sign::Dealings => &[0],
        Sign::NothingKnown => &[],
    };
    let firmest =
        |side: &i8| deciding.iter().filter(|id| polarity(lens, **id) == *side).map(|id| footing(lens, *id)).min();
    sides.iter().filter_map(firmest).max()
}

fn polarity(lens: &Lens<'_>, id: RelationId) -> i8 {
    lens.graph.vocabulary().relation_type(lens.graph.type_of(id)).polarity.number()
}

/// How firmly a relation in force stands.
fn footing(lens: &Lens<'_>, id: RelationId) -> Footing {
    let relation = lens.graph.relation(id);
    let standing = lens.view.standing(id);
    let is_doubted =
        matches!(standing.status, Status::Contested | Status::Disputed) || lens.view.is_dated_differently(id);
    let lasts = lens.graph.vocabulary().relation_type(relation.kind).temporality == crate::model::Temporality::State;
    let window = if lasts { lens.window } else { super::remembered(lens.window) };
    match standing.extent().holds(window) {
        _ if is_doubted => Footing::Contested,
        Holds::Certain => Footing::Certain,
        _ => Footing::Possible,
    }
}

/// What became of a pair from one time to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turned {
    /// It came to another sign.
    Turned,
    /// Nothing was known of it, and now something is.
    Appeared,
    /// Something was known of it, and nothing is recorded as in force any more: that is not an end of it.
    Lapsed,
    /// It came to the same.
    Same,
}

impl Turned {
    /// The word of JSON and tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Turned => "turned",
            Self::Appeared => "appeared",
            Self::Lapsed => "lapsed",
            Self::Same => "same",
        }
    }

    const fn between(from: Sign, to: Sign) -> Self {
        match (from, to) {
            (Sign::NothingKnown, Sign::NothingKnown) => Self::Same,
            (Sign::NothingKnown, _) => Self::Appeared,
            (_, Sign::NothingKnown) => Self::Lapsed,
            _ if from as u8 == to as u8 => Self::Same,
            _ => Self::Turned,
        }
    }
}

/// What became of a relation of a pair that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ShiftKind {
    /// It was not in force, and is.
    InForce,
    /// It was in force, and is not.
    OutOfForce,
    /// It did not decide what the pair comes to, and does.
    Decides,
    /// It decided what the pair comes to, and does not any more.
    DecidesNoMore,
}

impl ShiftKind {
    /// As people read it, before a relation.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::InForce => "now in force",
            Self::OutOfForce => "no longer in force",
            Self::Decides => "decides now",
            Self::DecidesNoMore => "decides no more",
        }
    }
}

/// A relation that made a pair change.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Shift {
    /// What became of it.
    pub shift: ShiftKind,
    /// The relation: as it is, or as it was where it is not in force any more.
    pub relation: RelationRow,
}

/// A pair at two times.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The place of the one.
    pub first: usize,
    /// The place of the other.
    pub second: usize,
    /// What became of it.
    pub change: Turned,
    /// What it was.
    pub from: State,
    /// What it is.
    pub to: State,
    /// For a pair that changed, the relations that made it, by what became of them, then by id.
    pub shifts: Vec<Shift>,
    /// For a pair that changed, the events after the one time and up to the other that both took part in or that open or close one of these
    /// relations, by date.
    pub events: Vec<EventRow>,
}

/// Every pair of some lines at two times, row by row. A pair *changed* when it came to another sign; how firmly it stands is no change of the pair.
#[must_use]
pub fn compare(before: &Lens<'_>, after: &Lens<'_>, lines: &[Line]) -> Vec<Comparison> {
    let with: Vec<BTreeSet<EventId>> = lines.iter().map(|line| after.events_of(line).into_iter().collect()).collect();
    let (first, last) = (before.window.first.min(after.window.first), before.window.last.max(after.window.last));
    let between = after.at(Window::sometime(first, last));
    let pairs = matrix(before, lines).into_iter().zip(matrix(after, lines));
    pairs
        .map(|(Pair { first, second, state: from }, Pair { state: to, .. })| {
            let change = Turned::between(from.sign, to.sign);
            let mut comparison = Comparison { first, second, change, from, to, shifts: Vec::new(), events: Vec::new() };
            if change != Turned::Same {
                comparison.shifts = shifts(&comparison.from, &comparison.to);
                let both: BTreeSet<EventId> = with[first].intersection(&with[second]).copied().collect();
                comparison.events = events(&between, &both, &comparison.shifts);
            }
            comparison
        })
        .collect()
}

fn shifts(from: &State, to: &State) -> Vec<Shift> {
    let mut all: BTreeMap<&str, (Option<&Tie>, Option<&Tie>)> = BTreeMap::new();
    for tie in &from.ties {
        all.entry(&tie.row.id).or_default().0 = Some(tie);
    }
    for tie in &to.ties {
        all.entry(&tie.row.id).or_default().1 = Some(tie);
    }
    let mut found: Vec<Shift> = all
        .into_values()
        .filter_map(|(was, is)| {
            let shift = match (was, is) {
                (None, Some(_)) => ShiftKind::InForce,
                (Some(_), None) => ShiftKind::OutOfForce,
                (Some(was), Some(is)) if is.decides && !was.decides => ShiftKind::Decides,
                (Some(was), Some(is)) if was.decides && !is.decides => ShiftKind::DecidesNoMore,
                _ => return None,
            };
            Some(Shift { shift, relation: is.or(was)?.row.clone() })
        })
        .collect();
    found.sort_by(|a, b| (a.shift, &a.relation.id).cmp(&(b.shift, &b.relation.id)));
    found
}

fn events(between: &Lens<'_>, of_both: &BTreeSet<EventId>, shifts: &[Shift]) -> Vec<EventRow> {
    let moved: BTreeSet<RelationId> = shifts.iter().map(|shift| shift.relation.relation).collect();
    let mut found: Vec<EventRow> = between
        .graph
        .events()
        .filter(|(id, event)| {
            of_both.contains(id) || event.opens.iter().chain(&event.closes).any(|r| moved.contains(r))
        })
        .filter(|(_, event)| {
            // "By 2014" and "from 2025 on" name no time between the two.
            let hull = event.date.hull();
            let is_bounded = hull.earliest.is_bounded() && hull.latest.is_bounded();
            is_bounded && within(hull, between.window.first, between.window.last) != Holds::No
        })
        .filter_map(|(id, _)| between.event_row(id))
        .filter(|row| row.how != Holds::No)
        .collect();
    found.sort_by_key(|row| {
        let hull = between.graph.event(row.event).date.hull();
        (hull.latest, hull.earliest, row.id.clone())
    });
    found
}

/// A line of a matrix, for answers.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Member {
    /// The actor named.
    #[serde(flatten)]
    pub actor: ActorBrief,
    /// The whole line, by age, where it has several members.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub line: Vec<ActorBrief>,
    /// Those of the line in force in the days asked about, where the one named is not among them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<ActorBrief>,
}

impl Member {
    /// A line as seen through a lens.
    #[must_use]
    pub fn new(lens: &Lens<'_>, line: &Line) -> Self {
        let briefs = |ids: Vec<ActorId>| ids.into_iter().map(|id| lens.brief(id)).collect::<Vec<_>>();
        let in_force = line.in_force(lens.graph, lens.window);
        let is_then = lens.window.is_all() || in_force.contains(&line.named);
        Self {
            actor: lens.brief(line.named),
            line: if line.is_followed() { briefs(line.by_age(lens.graph)) } else { Vec::new() },
            then: if is_then { Vec::new() } else { briefs(in_force) },
        }
    }
}
