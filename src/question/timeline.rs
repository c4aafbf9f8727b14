//! What began, ended and happened, in order of time.

use super::{EventRow, Lens, Line, RelationRow};
use crate::model::Temporality;
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
pub fn timeline(lens: &Lens<'_>, lines: &[Line], with: &[Line], events_only: bool) -> Vec<Entry> {
    let mut entries = Vec::new();
    let concerns = |id| {
        let relation = lens.graph.relation(id);
        let of = |lines: &[Line], end| lines.iter().any(|line| line.contains(end));
        let between = |a, b| of(lines, a) && (with.is_empty() || of(with, b));
        lines.is_empty() || between(relation.subject, relation.object) || between(relation.object, relation.subject)
    };
    for (id, relation) in lens.graph.relations() {
        if events_only || !concerns(id) || !lens.keeps_type(relation.kind) || !lens.is_sourced(id) {
            continue;
        }
        let t = lens.graph.vocabulary().relation_type(relation.kind);
        let valid = lens.view.dated(id);
        let mut add = |end: End, text: &str, what: EntryKind| {
            let End::Known(bounds) = end else { return };
            // A one-sided bound ("by 2014", "from July 2025 on") is no date at which something is known to have begun or ended.
            let one_sided = !bounds.earliest.is_bounded() || !bounds.latest.is_bounded();
            if one_sided && what != EntryKind::Happened {
                return;
            }
            push(lens, &mut entries, text, what, bounds, lens.view.standing(id).extent().is_never(), || {
                (None, Some(lens.row(id)))
            });
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
        let Some(row) = lens.event_row(id) else { continue };
        let denied = row.status == "denied";
        push(lens, &mut entries, event.date.text(), EntryKind::Happened, event.date.hull(), denied, || {
            (Some(row), None)
        });
    }
    entries.sort_by_cached_key(|e| {
        (
            e.bounds.latest,
            e.bounds.earliest,
            e.what,
            e.event.as_ref().map_or_else(
                || e.relation.as_ref().map_or_else(String::new, |r| r.id.clone()),
                |event| event.id.clone(),
            ),
        )
    });
    entries.truncate(lens.scope.limit.unwrap_or(usize::MAX));
    entries
}

fn push(
    lens: &Lens<'_>,
    entries: &mut Vec<Entry>,
    text: &str,
    what: EntryKind,
    bounds: Bounds,
    denied: bool,
    rows: impl FnOnce() -> (Option<EventRow>, Option<RelationRow>),
) {
    let holds = within(bounds, lens.window.first, lens.window.last);
    if denied || holds == Holds::No {
        return;
    }
    let (event, relation) = rows();
    let uncertain = event.as_ref().map_or_else(
        || relation.as_ref().is_some_and(|r| r.status != "supported" || r.modality != "asserted"),
        |e| e.status != "supported" || e.modality != "asserted",
    );
    let holds = if uncertain { Holds::Possible } else { holds };
    if lens.keeps(holds) {
        entries.push(Entry { date: text.to_owned(), what, holds: holds.word(), event, relation, bounds });
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
