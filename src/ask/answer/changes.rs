//! What changed.

use super::super::question::{End, Named};
use super::super::reply::{Reply, Rows, Standing};
use super::wording::{UNBOUNDED, Wording, reading, standing_alone, width};
use super::{Asking, assume, evidence, join};
use crate::question::{ChangeKind, Changes, ClaimRow, EventRow, Lens, Line, RelationRow, Turn, changes, history};
use crate::time::{Day, Window};

/// How many changes a text tells.
const TOLD: usize = 12;

/// A change on its way into words.
struct Told<'r> {
    date: String,
    words: String,
    /// The type of a relation; empty for an event.
    sort: String,
    claims: &'r [ClaimRow],
    /// What tells most comes first where not all is told.
    weight: (bool, bool, u8),
}

impl Asking<'_, '_> {
    /// What changed between two days for some, for a pair, or for everybody; over all of time when no day is named.
    pub(super) fn changes(&self, of: &[Named], from: Option<Day>, to: Option<Day>) -> Reply {
        let mut reply = self.timeless("changes");
        let lines: Vec<Vec<Line>> = of.iter().map(|named| self.with_others(named, of.len() == 2, &mut reply)).collect();
        let all: Vec<Line> = lines.iter().flatten().cloned().collect();
        let is_whole = from.is_none() && to.is_none();
        let first = from.or_else(|| Day::from_ymd(1, 1, 1).ok()).unwrap_or(Window::ALL.first);
        let last = to.unwrap_or_else(|| self.lens.scope.now(self.lens.graph));
        let mut found = changes(&self.lens, first, last, &all);
        let mut rows: Vec<RelationRow> = Vec::new();
        if let [a, b] = &lines[..] {
            pair(&mut found, &self.lens, a, b);
            if is_whole {
                let always = self.lens.at(Window::ALL);
                (rows, found.events) = whole(&always, a, b);
                found.changes.clear();
                found.turns.clear();
            }
        }
        found.changes.retain(|change| change.relation.category != "stance" || of.len() < 2);
        if !is_whole {
            reply.as_of = Some(format!("{}/{last}", from.map_or_else(|| "..".to_owned(), |day| day.to_string())));
        }
        let days = match (from, to) {
            (Some(from), Some(to)) => format!("From {from} to {to}"),
            (Some(from), None) => format!("Since {from}"),
            (None, Some(to)) => format!("Up to {to}"),
            (None, None) => "In all that is recorded".to_owned(),
        };
        if found.changes.is_empty() && found.events.is_empty() && found.turns.is_empty() && rows.is_empty() {
            reply.status = Standing::NothingRecorded;
            reply.text = format!("{days}, no change is recorded.");
            return reply;
        }
        let mut wording = self.wording();
        let names: Vec<String> = of.iter().map(|named| wording.name(named.actor)).collect();
        let mut parts = vec![if names.is_empty() {
            format!("{days}:")
        } else {
            format!("{days}, {}:", super::wording::list(&names))
        }];
        parts.extend(found.turns.iter().filter(|_| of.len() != 1 || found.turns.len() < 4).take(3).map(turned));
        let mut told = self.told(&mut wording, &found);
        told.extend(rows.iter().filter(|row| row.status != "denied" && row.category != "stance").map(|row| Told {
            date: row.valid.clone(),
            words: wording.relation(row),
            sort: row.kind.clone(),
            claims: &row.claims,
            weight: (false, row.status != "supported" || row.modality != "asserted", 0),
        }));
        told.sort_by_key(|change| change.weight);
        let all = told.len();
        told = distinct(told);
        told.truncate(TOLD);
        let left = all - told.len();
        let mut order: Vec<String> = told.iter().map(|change| change.date.clone()).collect();
        super::when::in_order(&mut order);
        told.sort_by_cached_key(|change| order.iter().position(|date| *date == change.date));
        let mut dates: Vec<String> = told
            .iter()
            .flat_map(|change| match change.date.split_once('/') {
                Some((start, end)) => [start, end].iter().filter_map(|end| standing_alone(end)).collect(),
                None => vec![change.date.clone()],
            })
            .filter(|date| width(date) < UNBOUNDED)
            .collect();
        super::when::in_order(&mut dates);
        for change in &told {
            let note = evidence::notes(change.claims, 1).into_iter().next().unwrap_or_default();
            let dated = super::wording::sentence(&format!("{}: {}", reading(&change.date), change.words));
            parts.push(format!("{dated} {}", super::wording::sentence_kept(&note)));
            evidence::add(&mut reply, change.claims);
        }
        drop(told);
        if left > 0 {
            parts.push(format!("And {left} more."));
        }
        reply.dates = dates;
        reply.text = join(&parts);
        rows.extend(found.changes.into_iter().map(|change| change.relation));
        if !rows.is_empty() {
            reply.tables.push(("Relations that began, ended or happened".to_owned(), Rows::Relations(rows)));
        }
        if !found.events.is_empty() {
            reply.tables.push(("Events".to_owned(), Rows::Events(found.events)));
        }
        reply
    }

    /// The line of one named, and for pairs and states the lines of those whom the name may mean besides.
    fn with_others(&self, named: &Named, is_pair: bool, reply: &mut Reply) -> Vec<Line> {
        let meant = super::Meant::of(&self.lens.at(Window::ALL), named.actor);
        self.say_line(reply, &meant.line);
        let mut lines = vec![meant.line.clone()];
        if is_pair || self.kind_of(named.actor) == "state" {
            for other in self.others(&meant, None) {
                assume(reply, self.also_in_words(named.actor, &other));
                lines.push(other.line);
            }
        }
        lines
    }

    fn told<'r>(&self, wording: &mut Wording<'_, '_>, found: &'r Changes) -> Vec<Told<'r>> {
        let mut all: Vec<Told<'r>> = Vec::new();
        for event in &found.events {
            let is_talk = event.kind == "statement";
            all.push(Told {
                date: event.date.clone(),
                words: event.name.clone(),
                sort: String::new(),
                claims: &event.claims,
                weight: (event.holds != "certain", is_talk, u8::from(width(&event.date) > 400)),
            });
        }
        for change in &found.changes {
            let row = &change.relation;
            let relation = wording.relation(row);
            let words = match change.change {
                ChangeKind::Began => format!("{relation} (began)"),
                ChangeKind::Ended => format!("{relation} (ended)"),
                ChangeKind::Happened => relation,
            };
            let end = if change.change == ChangeKind::Ended { End::Finish } else { End::Start };
            let date =
                self.datings(row, end).into_iter().next().map_or_else(|| change.date.clone(), |dating| dating.date);
            let is_doubted = row.status != "supported" || row.modality != "asserted";
            let is_told = found.events.iter().any(|event| {
                let of_event = if end == End::Finish { &event.closes } else { &event.opens };
                of_event.contains(&row.id)
            });
            if !is_told {
                all.push(Told {
                    date,
                    words,
                    sort: row.kind.clone(),
                    claims: &row.claims,
                    weight: (change.holds != "certain" || is_doubted, false, 1),
                });
            }
        }
        all
    }
}

/// All that is recorded between the lines of two: relations, and events that both took part in, each once.
fn whole(lens: &Lens<'_>, a: &[Line], b: &[Line]) -> (Vec<RelationRow>, Vec<EventRow>) {
    let (mut rows, mut events): (Vec<RelationRow>, Vec<EventRow>) = (Vec::new(), Vec::new());
    for (first, second) in a.iter().flat_map(|first| b.iter().map(move |second| (first, second))) {
        if first.members.iter().any(|id| second.contains(*id)) {
            continue;
        }
        let found = history(lens, first, second, None);
        for row in found.relations {
            if !rows.iter().any(|known| known.relation == row.relation) {
                rows.push(row);
            }
        }
        for event in found.events {
            if !events.iter().any(|known| known.event == event.event) {
                events.push(event);
            }
        }
    }
    (rows, events)
}

/// Changes without those that rest on what another tells already, or are of the same sort and date.
fn distinct(all: Vec<Told<'_>>) -> Vec<Told<'_>> {
    let mut kept: Vec<Told<'_>> = Vec::new();
    for change in all {
        let places = evidence::places(change.claims);
        let is_told = kept.iter().filter(|other| other.date == change.date).any(|other| {
            let is_twin = !change.sort.is_empty() && other.sort == change.sort;
            is_twin || evidence::is_covered(&places, &evidence::places(other.claims))
        });
        if !is_told {
            kept.push(change);
        }
    }
    kept
}

fn turned(turn: &Turn) -> String {
    format!("{} and {} turned from {} to {}.", turn.first.name, turn.second.name, turn.from, turn.to)
}

/// Leaves only what concerns both of a pair.
fn pair(found: &mut Changes, lens: &Lens<'_>, a: &[Line], b: &[Line]) {
    let of = |lines: &[Line], id: crate::model::ActorId| lines.iter().any(|line| line.contains(id));
    found.changes.retain(|change| {
        let (subject, object) = (change.relation.subject_id, change.relation.object_id);
        (of(a, subject) && of(b, object)) || (of(b, subject) && of(a, object))
    });
    found.events.retain(|event: &EventRow| {
        let event = lens.graph.event(event.event);
        let has = |lines: &[Line]| event.participants.iter().any(|part| of(lines, part.actor));
        has(a) && has(b)
    });
    found.turns.retain(|turn| {
        let ends = [&turn.first.id, &turn.second.id].map(|slug| lens.graph.actor_by_slug(slug));
        let [Some(first), Some(second)] = ends else { return false };
        (of(a, first) && of(b, second)) || (of(b, first) && of(a, second))
    });
}
