//! What changed between two dates: ties that began or ended, and pairs that turned.

use super::history::{in_force_for, sign};
use super::lens::rows_of;
use super::timeline::within;
use super::{ActorBrief, EVENT_MEMORY_DAYS, EventRow, Lens, Line, RelationRow};
use crate::model::{ActorId, RelationId, Sign, Temporality, TypeId};
use crate::time::{Day, End, Extent, Holds, Reading, Window};
use serde::Serialize;
use std::collections::BTreeSet;

/// What became of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It began between the dates.
    Began,
    /// It ended between the dates.
    Ended,
    /// It happened between the dates.
    Happened,
}

/// A relation that began, ended or happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What became of it.
    pub change: ChangeKind,
    /// When, as written (EDTF).
    pub date: String,
    /// Certainly between the dates, or possibly.
    pub holds: &'static str,
    /// The relation.
    pub relation: RelationRow,
}

/// A pair whose relations came to something else.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Turn {
    /// One of the two.
    pub first: ActorBrief,
    /// The other.
    pub second: ActorBrief,
    /// What they came to on the first date.
    pub from: &'static str,
    /// What they come to on the second.
    pub to: &'static str,
}

/// What changed between two dates.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changes {
    /// Relations that began, ended or happened: certain ones first, then by date.
    pub changes: Vec<Change>,
    /// Pairs that turned, by names.
    pub turns: Vec<Turn>,
    /// Events between the dates, by date.
    pub events: Vec<EventRow>,
}

/// What changed from one day to another (the first excluded, the second included) for some lines, or for everybody when none is named.
///
/// A pair *turned* when the certain and possible relations in force come to another [`Sign`] on the second day than on the first.
///
/// # Complexity
/// O(relations of the lines); without lines O(what began, ended or happened then · log), and the relations of several claims.
#[must_use]
pub fn changes<'g>(lens: &Lens<'g>, from: Day, to: Day, lines: &[Line]) -> Changes {
    let (from, to) = (from.min(to), from.max(to));
    let between = Window::sometime(from.plus(1).min(to), to);
    let lens = lens.at(between);
    let concerned = |id: ActorId| lines.is_empty() || lines.iter().any(|l| l.contains(id));
    let mut found: Vec<(Holds, &str, ChangeKind, RelationId)> = Vec::new();
    for id in lens.recorded_within(between.first, between.last, lines) {
        let standing = lens.view.standing(id);
        if standing.extent().is_never() {
            continue;
        }
        let t = lens.graph.vocabulary().relation_type(lens.graph.type_of(id));
        let valid = lens.view.dated(id);
        let uncertain = standing.extent() != standing.dates;
        let mut add = |end: End, text: &'g str, change: ChangeKind| {
            let End::Known(bounds) = end else { return };
            let holds = within(bounds, between.first, between.last);
            let holds = if uncertain { holds.min(Holds::Possible) } else { holds };
            // "By 2014" or "from July 2025 on" leaves all of time open; that is told of the certain end only.
            let vague = holds == Holds::Possible && !(bounds.earliest.is_bounded() && bounds.latest.is_bounded());
            if holds != Holds::No && !vague && lens.keeps(holds) {
                found.push((holds, text, change, id));
            }
        };
        if t.temporality == Temporality::Event || !valid.is_interval() {
            add(End::Known(valid.hull()), valid.text(), ChangeKind::Happened);
        } else {
            add(valid.start(), valid.start_text(), ChangeKind::Began);
            add(valid.end(), valid.end_text(), ChangeKind::Ended);
        }
    }
    // Relations are numbered in the order of their readable ids.
    found.sort_unstable_by_key(|(holds, date, change, id)| (*holds != Holds::Certain, *date, *change, *id));
    found.truncate(lens.scope.limit.unwrap_or(usize::MAX));
    let changes = found
        .into_iter()
        .map(|(holds, date, change, id)| Change {
            change,
            date: date.to_owned(),
            holds: holds.word(),
            relation: lens.row(id),
        })
        .collect();
    let (before, after) = (lens.at(Window::on(from)), lens.at(Window::on(to)));
    let mut turns: Vec<Turn> = shifted(&before, &after, lines)
        .into_iter()
        .filter_map(|(a, b)| {
            let (first, second) = (Line::exactly(a), Line::exactly(b));
            let (before, after) = (sign(&before, &first, &second), sign(&after, &first, &second));
            let told = before != after && before != Sign::NothingKnown && after != Sign::NothingKnown;
            told.then(|| Turn { first: lens.brief(a), second: lens.brief(b), from: before.word(), to: after.word() })
        })
        .collect();
    turns.sort_by_cached_key(|t| (t.first.name.to_lowercase(), t.second.name.to_lowercase()));
    let mut events: Vec<EventRow> = lens
        .graph
        .events()
        .filter(|(_, e)| lines.is_empty() || e.participants.iter().any(|p| concerned(p.actor)))
        .filter(|(id, _)| lens.scope.types.is_empty() && lens.event_holds(*id) != Holds::No)
        .filter_map(|(id, _)| lens.event_row(id))
        .filter(|row| lens.keeps(row.how))
        .collect();
    events.sort_by_key(|e| {
        let hull = lens.graph.event(e.event).date.hull();
        (hull.latest, hull.earliest, e.id.clone())
    });
    Changes { changes, turns, events }
}

/// The pairs, by ids, between which a relation counts otherwise on one day than on another, some days before it: only these can have turned. With lines, those with a relation of theirs.
fn shifted(before: &Lens<'_>, after: &Lens<'_>, lines: &[Line]) -> BTreeSet<(ActorId, ActorId)> {
    let (graph, from, to) = (before.graph, before.window.first, after.window.first);
    let pair = |id: RelationId| {
        let (subject, object) = graph.ends(id);
        (subject.min(object), subject.max(object))
    };
    let counts_otherwise = |id: RelationId, kind: TypeId, extent: Extent| {
        before.keeps_type(kind) && {
            let [was, is] = [before, after].map(|lens| in_force_for(lens, id, kind, extent));
            was != is
        }
    };
    if !lines.is_empty() {
        let rows = lines.iter().flat_map(|line| rows_of(graph, line, None));
        let counting = rows.filter(|n| counts_otherwise(n.relation, n.kind, before.view.extent(n)));
        return counting.map(|n| pair(n.relation)).collect();
    }
    // What counts turns on the four bounds of a relation, which for what happened count some days longer, and on the datings of several claims.
    let mut ids = graph.began(from.plus(1), to, Reading::Possible);
    ids.extend(graph.ended(from.plus(-EVENT_MEMORY_DAYS), to, Reading::Possible));
    ids.extend(graph.of_several_claims());
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| counts_otherwise(*id, graph.type_of(*id), before.view.standing(*id).extent()));
    ids.into_iter().map(pair).collect()
}
