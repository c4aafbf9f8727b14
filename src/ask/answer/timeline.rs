//! What happened, in order of time.

use super::super::question::Named;
use super::super::reply::{Reply, Rows, Standing};
use super::wording::{Wording, reading, standing_alone};
use super::{Asking, assume, evidence, join};
use crate::model::ActorId;
use crate::question::{Entry, EntryKind, Lens, Line, timeline};
use crate::time::{Dated, Day, Holds, Window};
use std::cmp::Reverse;

/// How many entries a text tells.
const TOLD: usize = 12;

/// How many certain entries are enough to leave out those that are only possible.
const PLENTY: usize = 3;

/// An entry on its way into words.
struct Told {
    date: String,
    words: String,
    /// Where its claims stand.
    places: Vec<String>,
    is_event: bool,
    /// Bounded, certain, and how much it tells: what is highest is told where not all is.
    rank: (bool, bool, u8),
}

/// The entries that tell most, in order of time, without relations that rest on what another entry tells already.
fn chosen(mut all: Vec<Told>) -> Vec<Told> {
    all.sort_by_key(|told| Reverse(told.rank));
    let mut kept: Vec<Told> = Vec::new();
    let mut covered: Vec<String> = Vec::new();
    for told in all {
        if kept.len() < TOLD && (told.is_event || !evidence::is_covered(&told.places, &covered)) {
            covered.extend(told.places.iter().cloned());
            kept.push(told);
        }
    }
    kept.sort_by_cached_key(|told| {
        let hull = Dated::parse(&told.date).map(|dated| dated.hull());
        hull.map_or((Day::FAR_FUTURE, Day::FAR_FUTURE), |hull| (hull.latest, hull.earliest))
    });
    kept
}

impl Asking<'_, '_> {
    /// What happened to somebody, or to anybody, in order.
    pub(super) fn timeline(&self, of: &[Named], events_only: bool) -> Reply {
        let mut reply = self.timeless("timeline");
        let lens = if self.asked.is_dated { self.lens.at(self.lens.window) } else { self.lens.at(Window::ALL) };
        let mut lines: Vec<Line> = Vec::new();
        for named in of {
            let meant = super::Meant::of(&lens, named.actor);
            self.say_line(&mut reply, &meant.line);
            lines.push(meant.line.clone());
            if self.kind_of(named.actor) == "state" {
                for other in self.others(&meant, None) {
                    if matches!(self.kind_of(other.line.named), "government" | "state_force") {
                        assume(&mut reply, self.also_in_words(named.actor, &other));
                        lines.push(other.line);
                    }
                }
            }
        }
        let mut entries = timeline(&lens, &lines, &[], events_only);
        if self.asked.is_dated {
            // "by 2019" is no date at which something is known to have happened.
            entries.retain(|entry| {
                entry.holds == Holds::Certain.word()
                    || entry.bounds.earliest.is_bounded() && entry.bounds.latest.is_bounded()
            });
        }
        if let [a, b] = of {
            // Of two, what both have a part in; where that is nothing, what either has.
            let (a, b) = (lens.line(a.actor), lens.line(b.actor));
            let joint: Vec<Entry> = entries.iter().filter(|entry| is_of_both(&lens, entry, &a, &b)).cloned().collect();
            if !joint.is_empty() {
                entries = joint;
            }
        }
        let mut wording = self.wording();
        let mut all: Vec<Told> = Vec::new();
        for named in of {
            all.extend(self.life_entries(&mut wording, named, &lens.window));
        }
        for entry in &entries {
            let is_bounded = entry.bounds.earliest.is_bounded() && entry.bounds.latest.is_bounded();
            let rank = match &entry.event {
                Some(event) if event.kind == "statement" => 1,
                Some(_) => 3,
                None => 2,
            };
            let claims = entry
                .event
                .iter()
                .flat_map(|event| &event.claims)
                .chain(entry.relation.iter().flat_map(|row| &row.claims));
            all.push(Told {
                date: entry.date.clone(),
                words: entry_in_words(&mut wording, entry),
                places: evidence::places(claims),
                is_event: entry.event.is_some(),
                rank: (is_bounded, entry.holds == "certain", rank),
            });
        }
        if all.is_empty() {
            reply.status = Standing::NothingRecorded;
            let mut parts = vec!["Nothing is recorded for that time.".to_owned()];
            parts.extend(of.iter().filter_map(|named| self.not_then(named.actor)));
            reply.text = join(&parts);
            return reply;
        }
        let mut dates: Vec<String> =
            all.iter().filter(|told| told.rank.0 && told.rank.1).map(|told| told.date.clone()).collect();
        // Of a time asked about, what certainly fell into it is told before what may have.
        let is_plenty = self.asked.is_dated && all.iter().filter(|told| told.rank.0 && told.rank.1).count() >= PLENTY;
        let told = chosen(all.into_iter().filter(|told| told.rank.1 || !is_plenty).collect());
        dates.extend(told.iter().map(|told| told.date.clone()));
        super::when::in_order(&mut dates);
        let left = entries.len().saturating_sub(told.len());
        let mut parts: Vec<String> = Vec::new();
        let names: Vec<String> = of.iter().map(|named| wording.name(named.actor)).collect();
        if !names.is_empty() {
            parts.push(format!("{}:", super::wording::list(&names)));
        }
        parts.extend(
            told.iter().map(|told| super::wording::sentence(&format!("{}: {}", reading(&told.date), told.words))),
        );
        if left > 0 {
            parts.push(format!("And {left} more in the table."));
        }
        let claims: Vec<_> = entries
            .iter()
            .flat_map(|e| {
                e.event.iter().flat_map(|event| &event.claims).chain(e.relation.iter().flat_map(|row| &row.claims))
            })
            .collect();
        let sources: Vec<String> = {
            let mut all: Vec<String> = claims.iter().map(|claim| claim.source.clone()).collect();
            all.sort();
            all.dedup();
            all
        };
        parts.push(format!("Sources: {}.", sources.join("; ")));
        evidence::add(&mut reply, claims);
        reply.dates = dates;
        reply.text = join(&parts);
        reply.tables.push((String::new(), Rows::Timeline(entries)));
        reply
    }

    /// The recorded beginning and end of an actor itself, within a window.
    fn life_entries(&self, wording: &mut Wording<'_, '_>, named: &Named, window: &Window) -> Vec<Told> {
        let Some(exists) = self.lens.graph.actor(named.actor).exists.as_ref() else { return Vec::new() };
        let ends = [(exists.start_text(), "begins"), (exists.end_text(), "ends")];
        ends.iter()
            .filter_map(|(end, what)| Some((standing_alone(end)?, what)))
            .filter(|(date, _)| {
                Dated::parse(date).is_ok_and(|dated| dated.extent(None, None).holds(*window) != Holds::No)
            })
            .map(|(date, what)| Told {
                date,
                words: format!("{} {what}", wording.name(named.actor)),
                places: Vec::new(),
                is_event: true,
                rank: (true, true, 4),
            })
            .collect()
    }
}

/// An entry of a timeline without its date and full stop.
fn entry_in_words(wording: &mut Wording<'_, '_>, entry: &Entry) -> String {
    if let Some(event) = &entry.event {
        let doubt = if event.status == "supported" { String::new() } else { format!(" ({})", event.status) };
        return format!("{}{doubt}", event.name);
    }
    let Some(row) = &entry.relation else { return String::new() };
    let relation = wording.relation(row);
    let mut remarks: Vec<&str> = Vec::new();
    match entry.what {
        EntryKind::Began => remarks.push("begins"),
        EntryKind::Ended => remarks.push("ends"),
        EntryKind::Happened => {}
    }
    if row.status != "supported" {
        remarks.push(row.status);
    } else if row.modality != "asserted" {
        remarks.push(super::wording::modality_in_words(row.modality));
    }
    if remarks.is_empty() { relation } else { format!("{relation} ({})", remarks.join("; ")) }
}

/// Whether both of two lines have a part in what an entry tells.
fn is_of_both(lens: &Lens<'_>, entry: &Entry, a: &Line, b: &Line) -> bool {
    let parts: Vec<ActorId> = match (&entry.event, &entry.relation) {
        (Some(event), _) => lens.graph.event(event.event).participants.iter().map(|p| p.actor).collect(),
        (None, Some(row)) => vec![row.subject_id, row.object_id],
        (None, None) => Vec::new(),
    };
    [a, b].iter().all(|line| parts.iter().any(|actor| line.contains(*actor)))
}
