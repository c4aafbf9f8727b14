//! What a reading leaves of a sentence, and whether the records that answer bear it out: "in Syria", "under al-Sharaa", "despite the coup".

use super::super::reply::{Reply, Rows};
use super::Asking;
use super::who::Member;
use crate::model::{ActorId, Category};
use crate::names::fold;
use crate::question::ClaimRow;
use crate::question::RelationRow;
use std::collections::BTreeSet;

/// A text as words to be found in.
struct Told {
    /// Folded, with a blank before the first word and after the last.
    text: String,
    concepts: BTreeSet<String>,
}

impl Asking<'_, '_> {
    /// Whether a reply as a whole bears out what the reading leaves; of a set each member has been asked already.
    pub(super) fn is_borne_out(&self, reply: &Reply) -> bool {
        if self.leaves_nothing() || reply.kind == Some("who") {
            return true;
        }
        // When it was is told by each relation for itself.
        if reply.kind == Some("when") {
            let rows = reply.tables.iter().filter_map(|(_, rows)| match rows {
                Rows::Relations(rows) => Some(rows),
                _ => None,
            });
            return rows.flatten().all(|row| self.is_borne_out_by(row));
        }
        let notes = reply.evidence.iter().map(|evidence| evidence.note.as_str());
        let names = reply.answers.iter().map(|answer| answer.name.as_str());
        let speakers: Vec<String> = reply.tables.iter().flat_map(|(_, rows)| speakers(rows)).collect();
        let speakers = speakers.iter().map(String::as_str);
        let roles = reply.tables.iter().flat_map(|(_, rows)| roles(rows));
        let told = self.texts(notes.chain(names).chain(speakers).chain(roles).chain([reply.text.as_str()]));
        self.asked.unaccounted_actors.iter().all(|actor| self.is_told(&told, *actor)) && self.has_words(&told)
    }

    /// Whether what makes somebody one of a set bears out what the reading leaves.
    pub(super) fn bears_out(&self, member: &Member) -> bool {
        if self.leaves_nothing() {
            return true;
        }
        let notes = member.ties.iter().flat_map(|(row, _)| &row.claims).map(|claim| claim.note.as_str());
        let labels = member.ties.iter().map(|(_, label)| label.as_str());
        let said: Vec<String> = member.ties.iter().flat_map(|(row, _)| row.claims.iter().filter_map(speaker)).collect();
        let told = self
            .texts(notes.chain(labels).chain(said.iter().map(String::as_str)).chain([self.lens.name(member.actor)]));
        // "Iran's allies in the Axis": the Axis is none of those asked for.
        if self.asked.unaccounted_actors.contains(&member.actor) {
            return false;
        }
        let is_there = |actor: &ActorId| {
            let others = member.ties.iter().flat_map(|(row, _)| [row.subject_id, row.object_id]);
            self.is_told(&told, *actor) || others.chain([member.actor]).any(|other| self.is_recorded_at(other, *actor))
        };
        self.asked.unaccounted_actors.iter().all(is_there) && self.has_words(&told)
    }

    /// Whether one relation bears out what the reading leaves.
    fn is_borne_out_by(&self, row: &RelationRow) -> bool {
        let notes = row.claims.iter().map(|claim| claim.note.as_str());
        let kind = self.lens.graph.vocabulary().relation_type(self.lens.graph.relation(row.relation).kind);
        let parts = row.roles.values().map(String::as_str);
        let names = [self.lens.name(row.subject_id), self.lens.name(row.object_id), &*kind.label];
        let told = self.texts(notes.chain(names).chain(parts));
        let is_there = |actor: &ActorId| {
            self.is_told(&told, *actor)
                || [row.subject_id, row.object_id].iter().any(|end| self.is_recorded_at(*end, *actor))
        };
        self.asked.unaccounted_actors.iter().all(is_there) && self.has_words(&told)
    }

    fn leaves_nothing(&self) -> bool {
        self.asked.unaccounted.is_empty() && self.asked.unaccounted_actors.is_empty()
    }

    fn texts<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Told {
        let text = format!(" {} ", fold(&texts.collect::<Vec<_>>().join(" ")));
        let concepts = text.split_whitespace().map(|word| self.ground.lexicon.concept(word)).collect();
        Told { text, concepts }
    }

    fn has_words(&self, told: &Told) -> bool {
        self.asked.unaccounted.iter().all(|word| told.concepts.contains(&self.ground.lexicon.concept(word)))
    }

    /// Whether a text names an actor, also by a word made from its name ("Syrian").
    fn is_told(&self, told: &Told, actor: ActorId) -> bool {
        let actor = self.lens.graph.actor(actor);
        let mut names = std::iter::once(&actor.name).chain(actor.names.iter().map(|name| &name.text));
        names.any(|name| {
            let name = fold(name);
            // Short names are taken whole: `us` begins many words.
            let end = if name.len() > 3 { "" } else { " " };
            !name.is_empty() && told.text.contains(&format!(" {name}{end}"))
        })
    }

    /// Whether an actor is recorded as being at a place, holding it, or being a part of it or under somebody, at any time.
    fn is_recorded_at(&self, actor: ActorId, place: ActorId) -> bool {
        let graph = self.lens.graph;
        let wanted = format!(" {} ", fold(&graph.actor(place).name));
        let is_place =
            |other: ActorId| other == place || format!(" {} ", fold(&graph.actor(other).name)).contains(&wanted);
        graph.outgoing(actor).iter().any(|neighbour| {
            let kind = graph.vocabulary().relation_type(neighbour.kind);
            matches!(kind.category, Category::Territory | Category::Structure)
                && self.lens.is_sourced(neighbour.relation)
                && is_place(neighbour.other)
        })
    }
}

/// Who is said to say so.
fn speaker(claim: &ClaimRow) -> Option<String> {
    let attribution = claim.attributed_to.as_ref()?;
    Some(
        [attribution.actor.as_deref(), attribution.name.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" "),
    )
}

/// Those who are said to say what some rows tell.
fn speakers(rows: &Rows) -> Vec<String> {
    match rows {
        Rows::Relations(rows) => rows.iter().flat_map(|row| &row.claims).filter_map(speaker).collect(),
        Rows::Events(rows) => rows.iter().flat_map(|row| &row.claims).filter_map(speaker).collect(),
        Rows::Timeline(_) | Rows::Chains(_) | Rows::Facts(_) => Vec::new(),
    }
}

/// Further parts of relations: an office, an offer, against whom.
fn roles(rows: &Rows) -> Vec<&str> {
    match rows {
        Rows::Relations(rows) => rows.iter().flat_map(|row| row.roles.values()).map(String::as_str).collect(),
        _ => Vec::new(),
    }
}
