//! What changed between two dates: ties that began or ended, and pairs that turned.

use super::history::sign;
use super::timeline::within;
use super::{ActorBrief, EventRow, Lens, Line, RelationRow};
use crate::model::{ActorId, Sign, Temporality};
use crate::time::{Day, End, Holds, Window};
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
#[must_use]
pub fn changes(lens: &Lens<'_>, from: Day, to: Day, lines: &[Line]) -> Changes {
    let (from, to) = (from.min(to), from.max(to));
    let between = Window::sometime(from.plus(1).min(to), to);
    let lens = lens.at(between);
    let concerned = |id: ActorId| lines.is_empty() || lines.iter().any(|l| l.contains(id));
    let mut found = Vec::new();
    let mut pairs: BTreeSet<(ActorId, ActorId)> = BTreeSet::new();
    for (id, relation) in lens.graph.relations() {
        let standing = lens.view.standing(id);
        let ours = concerned(relation.subject) || concerned(relation.object);
        if !ours || !lens.keeps_type(relation.kind) || standing.extent().is_never() {
            continue;
        }
        pairs.insert((relation.subject.min(relation.object), relation.subject.max(relation.object)));
        let t = lens.graph.vocabulary().relation_type(relation.kind);
        let valid = lens.view.dated(id);
        let uncertain = standing.extent() != standing.dates;
        let mut add = |end: End, text: &str, change: ChangeKind| {
            let End::Known(bounds) = end else { return };
            let holds = within(bounds, between.first, between.last);
            let holds = if uncertain { holds.min(Holds::Possible) } else { holds };
            // "By 2014" or "from July 2025 on" leaves all of time open; that is told of the certain end only.
            let vague = holds == Holds::Possible && !(bounds.earliest.is_bounded() && bounds.latest.is_bounded());
            if holds != Holds::No && !vague && lens.keeps(holds) {
                found.push(Change { change, date: text.to_owned(), holds: holds.word(), relation: lens.row(id) });
            }
        };
        if t.temporality == Temporality::Event || !valid.is_interval() {
            add(End::Known(valid.hull()), valid.text(), ChangeKind::Happened);
        } else {
            add(valid.start(), valid.start_text(), ChangeKind::Began);
            add(valid.end(), valid.end_text(), ChangeKind::Ended);
        }
    }
    found.sort_by_cached_key(|c| (c.holds != "certain", c.date.clone(), c.change, c.relation.id.clone()));
    let mut turns: Vec<Turn> = pairs
        .into_iter()
        .filter_map(|(a, b)| {
            let (first, second) = (Line::exactly(a), Line::exactly(b));
            let at = |day| sign(&lens.at(Window::on(day)), &first, &second);
            let (before, after) = (at(from), at(to));
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
    found.truncate(lens.scope.limit.unwrap_or(usize::MAX));
    Changes { changes: found, turns, events }
}
