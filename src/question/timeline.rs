//! What began, ended and happened, in order of time.

use super::{EventRow, Lens, Line, RelationRow};
use crate::graph::Subject;
use crate::model::{Modality, Status, Temporality};
use crate::time::{Bounds, Day, End, Holds};
use serde::Serialize;

/// What an entry of a timeline tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A relation began, at a recorded time.
    Began,
    /// Something happened: an event, or a relation of an event-like type.
    Happened,
    /// A relation ended, at a recorded time.
    Ended,
}

/// One entry of a timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// The date as written (EDTF): of the start, the end, or the event.
    pub date: String,
    /// What it tells of.
    pub what: EntryKind,
    /// Whether it falls into the days asked about: certainly or possibly.
    pub holds: &'static str,
    /// The event, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EventRow>,
    /// The relation, when it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<RelationRow>,
    /// The earliest and latest day.
    #[serde(skip)]
    pub bounds: Bounds,
}

/// The timeline of some lines (of everybody, when none is named): events, and unless `events_only`, event-like relations and the recorded
/// starts and ends of others.
///
/// With others named, only what was between the first and these. Ordered by latest possible day, then earliest: what is dated narrowly stands where it belongs, and a year after the days within it.
#[must_use]
pub fn timeline<'g>(lens: &Lens<'g>, lines: &[Line], with: &[Line], events_only: bool) -> Vec<Entry> {
    let mut found: Vec<Found<'g>> = Vec::new();
    let concerns = |id| {
        let (subject, object) = lens.graph.ends(id);
        let of = |lines: &[Line], end| lines.iter().any(|line| line.contains(end));
        let between = |a, b| of(lines, a) && (with.is_empty() || of(with, b));
        lines.is_empty() || between(subject, object) || between(object, subject)
    };
    let recorded =
        if events_only { Vec::new() } else { lens.recorded_within(lens.window.first, lens.window.last, lines) };
    for id in recorded {
        let standing = lens.view.standing(id);
        if !concerns(id) || standing.extent().is_never() {
            continue;
        }
        let t = lens.graph.vocabulary().relation_type(lens.graph.type_of(id));
        let valid = lens.view.dated(id);
        let is_sure = (standing.status, standing.modality) == (Status::Supported, Modality::Asserted);
        let mut add = |end: End, date: &'g str, what: EntryKind| {
            let End::Known(bounds) = end else { return };
            // A one-sided bound ("by 2014", "from July 2025 on") is no date at which something is known to have begun or ended.
            let one_sided = !bounds.earliest.is_bounded() || !bounds.latest.is_bounded();
            if !one_sided || what == EntryKind::Happened {
                let record = Subject::Relation(id);
                found.extend(Found::new(lens, Found { date, what, holds: Holds::Certain, bounds, record }, is_sure));
            }
        };
        if t.temporality == Temporality::Event || !valid.is_interval() {
            let hull = valid.hull();
            add(End::Known(hull), valid.text(), EntryKind::Happened);
        } else {
            add(valid.start(), valid.start_text(), EntryKind::Began);
            add(valid.end(), valid.end_text(), EntryKind::Ended);
        }
    }
    for (id, event) in lens.graph.events() {
        let concerned = |lines: &[Line]| {
            lines.is_empty()
                || lines.iter().any(|l| {
                    event.participants.iter().any(|p| l.contains(p.actor)) || event.place.is_some_and(|p| l.contains(p))
                })
        };
        if !concerned(lines) || !concerned(with) || !lens.scope.types.is_empty() {
            continue;
        }
        let Some((status, modality)) = lens.view.weigh(&event.claims) else { continue };
        if status == Status::Denied {
            continue;
        }
        let is_sure = (status, modality) == (Status::Supported, Modality::Asserted);
        let (date, bounds, record) = (event.date.text(), event.date.hull(), Subject::Event(id));
        let one = Found { date, what: EntryKind::Happened, holds: Holds::Certain, bounds, record };
        found.extend(Found::new(lens, one, is_sure));
    }
    found.sort_by_cached_key(|one| (one.bounds.latest, one.bounds.earliest, one.what, one.slug(lens)));
    found.truncate(lens.scope.limit.unwrap_or(usize::MAX));
    found.into_iter().filter_map(|one| one.entry(lens)).collect()
}

/// An entry before its record is told.
struct Found<'g> {
    date: &'g str,
    what: EntryKind,
    holds: Holds,
    bounds: Bounds,
    record: Subject,
}

impl<'g> Found<'g> {
    /// An entry, if it falls into the days asked about and is wanted; only possibly, where its record is not sure.
    fn new(lens: &Lens<'_>, one: Self, is_sure: bool) -> Option<Self> {
        let holds = match within(one.bounds, lens.window.first, lens.window.last) {
            Holds::No => return None,
            holds if is_sure => holds,
            _ => Holds::Possible,
        };
        lens.keeps(holds).then_some(Self { holds, ..one })
    }

    fn slug(&self, lens: &Lens<'g>) -> &'g str {
        match self.record {
            Subject::Relation(id) => &lens.graph.relation(id).slug,
            Subject::Event(id) => &lens.graph.event(id).slug,
            Subject::Actor(id) => &lens.graph.actor(id).slug,
        }
    }

    fn entry(self, lens: &Lens<'_>) -> Option<Entry> {
        let (event, relation) = match self.record {
            Subject::Relation(id) => (None, Some(lens.row(id))),
            Subject::Event(id) => (Some(lens.event_row(id)?), None),
            Subject::Actor(_) => return None,
        };
        let (date, holds) = (self.date.to_owned(), self.holds.word());
        Some(Entry { date, what: self.what, holds, event, relation, bounds: self.bounds })
    }
}

/// Whether a day within the bounds lies between two days, both included: certainly, possibly, or not.
#[must_use]
pub(super) fn within(bounds: Bounds, first: Day, last: Day) -> Holds {
    if first <= bounds.earliest && bounds.latest <= last {
        Holds::Certain
    } else if bounds.earliest <= last && bounds.latest >= first {
        Holds::Possible
    } else {
        Holds::No
    }
}
