//! Where the sources disagree.

use super::super::question::Named;
use super::super::reply::{Reply, Rows, Standing};
use super::whether::datings_in_words;
use super::{Asking, evidence, join};
use crate::question::{ClaimRow, Conflict, ConflictKind, EventRow, Line, RelationRow, conflicts};
use std::cmp::Reverse;

/// How many disagreements a text spells out; the others it names.
const TOLD: usize = 5;

impl Asking<'_, '_> {
    /// Where the sources disagree, about somebody, a pair, or anybody.
    pub(super) fn disagreements(&self, about: &[Named]) -> Reply {
        let mut reply = self.timeless("disagreements");
        let lines: Vec<Line> = about.iter().map(|named| self.lens.line(named.actor)).collect();
        for line in &lines {
            self.say_line(&mut reply, line);
        }
        let mut found = conflicts(&self.lens, lines.first());
        if let Some(second) = lines.get(1) {
            found.retain(|conflict| self.ends(conflict).iter().any(|id| second.contains(*id)));
        }
        let mut wording = self.wording();
        if found.is_empty() {
            reply.status = Standing::NothingRecorded;
            let names: Vec<String> = about.iter().map(|named| wording.name(named.actor)).collect();
            let whom =
                if names.is_empty() { String::new() } else { format!(" about {}", super::wording::list(&names)) };
            reply.text = format!("No disagreement of the sources{whom} is recorded.");
            return reply;
        }
        // One record may be disagreed about twice; what most sources have a say in comes first.
        let mut merged: Vec<(Conflict, Vec<ConflictKind>)> = Vec::new();
        for conflict in found {
            match merged.iter_mut().find(|(known, _)| known.id() == conflict.id()) {
                Some((_, kinds)) => kinds.push(conflict.about),
                None => merged.push((conflict.clone(), vec![conflict.about])),
            }
        }
        merged.sort_by_cached_key(|(conflict, kinds)| {
            let claims = claims(conflict);
            let mut sources: Vec<&str> = claims.iter().map(|claim| &*claim.source).collect();
            sources.sort_unstable();
            sources.dedup();
            (
                Reverse(sources.len()),
                Reverse(claims.len() + kinds.len()),
                conflict.event.is_some(),
                conflict.id().to_owned(),
            )
        });
        let mut parts: Vec<String> = Vec::new();
        let mut told: Vec<Vec<String>> = Vec::new();
        let mut also: Vec<String> = Vec::new();
        for (conflict, kinds) in &merged {
            let subject = match (&conflict.relation, &conflict.event) {
                (Some(row), _) => wording.relation(row),
                (_, Some(event)) => event.name.clone(),
                (None, None) => continue,
            };
            let claims = claims(conflict);
            // Two records of one matter rest on the same places; one of them is spelt out.
            let mut places: Vec<String> =
                claims.iter().map(|claim| format!("{} {}", claim.source, claim.locator)).collect();
            places.sort();
            let is_told =
                told.iter().any(|known| places.iter().filter(|place| known.contains(place)).count() * 2 > places.len());
            if is_told || told.len() >= TOLD {
                also.push(subject);
                continue;
            }
            told.push(places);
            let mut part = format!("{subject}:");
            if kinds.contains(&ConflictKind::When) {
                let datings = conflict.relation.as_ref().map(datings_in_words).unwrap_or_default();
                let datings = datings.strip_prefix(": ").unwrap_or("the dates differ");
                part.push_str(&format!(" dated differently, {datings}."));
            }
            if kinds.contains(&ConflictKind::Whether) {
                let side = |supports: bool| {
                    let side = claims.iter().copied().filter(|claim| (claim.stance == "supports") == supports);
                    evidence::notes(side, 1)
                        .into_iter()
                        .next()
                        .map(|note| super::wording::sentence_kept(&note))
                        .unwrap_or_default()
                };
                part.push_str(&format!(" for it, {} Against, {}", side(true), side(false)));
            }
            parts.push(part);
        }
        let count = merged.len();
        parts.insert(0, format!("The sources disagree on {count} {}.", if count == 1 { "matter" } else { "matters" }));
        if !also.is_empty() {
            parts.push(format!("Also: {}.", also.join("; ")));
        }
        for (conflict, _) in &merged {
            evidence::add(&mut reply, claims(conflict));
        }
        reply.text = join(&parts);
        let relations: Vec<RelationRow> = merged.iter().filter_map(|(c, _)| c.relation.clone()).collect();
        let events: Vec<EventRow> = merged.iter().filter_map(|(c, _)| c.event.clone()).collect();
        let mut dates: Vec<String> = Vec::new();
        for row in relations.iter().filter(|row| row.claims.iter().any(|claim| claim.valid.is_some())) {
            dates.extend(row.claims.iter().filter_map(|claim| claim.valid.clone()).filter(|date| !date.contains('/')));
        }
        super::when::in_order(&mut dates);
        reply.dates = dates;
        if !relations.is_empty() {
            reply.tables.push(("Relations".to_owned(), Rows::Relations(relations)));
        }
        if !events.is_empty() {
            reply.tables.push(("Events".to_owned(), Rows::Events(events)));
        }
        reply
    }

    fn ends(&self, conflict: &Conflict) -> Vec<crate::model::ActorId> {
        let of_relation = conflict.relation.iter().flat_map(|row| [row.subject_id, row.object_id]);
        let events = conflict.event.iter().map(|row| self.lens.graph.event(row.event));
        of_relation.chain(events.flat_map(|event| event.participants.iter().map(|part| part.actor))).collect()
    }
}

fn claims(conflict: &Conflict) -> Vec<&ClaimRow> {
    let of_relation = conflict.relation.iter().flat_map(|row| &row.claims);
    of_relation.chain(conflict.event.iter().flat_map(|event| &event.claims)).collect()
}
