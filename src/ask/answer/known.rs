//! What is recorded within a scope, what rests on people without a name, who says something, and which sources there are.

use super::super::question::{Named, Question};
use super::super::reply::{Answered, Evidence, Reply, Rows, Standing};
use super::wording::{list, published};
use super::{Asking, evidence, join};
use crate::model::{ActorId, Claim, RelationId, SourceId};
use crate::question::{ClaimRow, EventRow, Line, RelationRow};
use std::cmp::Reverse;

/// How many notes a text quotes.
const NOTES: usize = 6;

/// Records with claims that count.
struct Records {
    relations: Vec<RelationRow>,
    events: Vec<EventRow>,
}

impl Asking<'_, '_> {
    /// What the claims that count say of somebody, or of anybody.
    pub(super) fn known(&self, about: &[Named]) -> Reply {
        let mut reply = self.timeless("known");
        let records = self.records_about(about, &mut reply);
        let mut telling: Vec<(bool, u8, &ClaimRow)> = Vec::new();
        let names: Vec<String> = about.iter().flat_map(|named| self.spellings(named)).collect();
        let speaks_of =
            |claim: &ClaimRow| names.is_empty() || names.iter().any(|name| claim.note.contains(name.as_str()));
        for row in &records.relations {
            let weight = self.lens.graph.vocabulary().relation_type(self.lens.graph.relation(row.relation).kind).weight;
            telling.extend(row.claims.iter().map(|claim| (speaks_of(claim), weight, claim)));
        }
        for event in &records.events {
            telling.extend(event.claims.iter().map(|claim| (speaks_of(claim), 2, claim)));
        }
        // Firm words on the one asked about, of heavy ties, first; then in the order of the sources.
        telling.sort_by_cached_key(|(speaks, weight, claim)| {
            (!speaks, claim.modality != "asserted", Reverse(*weight), place(claim))
        });
        let mut chosen: Vec<&ClaimRow> = Vec::new();
        for (_, _, claim) in &telling {
            let is_told = |other: &&ClaimRow| other.source == claim.source && other.locator == claim.locator;
            if chosen.len() < NOTES && !chosen.iter().any(is_told) {
                chosen.push(claim);
            }
        }
        chosen.sort_by_cached_key(|claim| place(claim));
        let chosen: Vec<ClaimRow> = chosen.into_iter().cloned().collect();
        self.told_by(reply, &chosen, records, about, "Nothing is recorded of that in the sources that count.")
    }

    /// Which claims rest on people whom the sources do not name.
    pub(super) fn anonymous(&self, about: &[Named]) -> Reply {
        let mut reply = self.timeless("anonymous");
        let mut records = self.records_about(about, &mut reply);
        let is_anonymous = |claim: &ClaimRow| claim.attributed_to.as_ref().is_some_and(|a| a.anonymous);
        for claims in records
            .relations
            .iter_mut()
            .map(|row| &mut row.claims)
            .chain(records.events.iter_mut().map(|e| &mut e.claims))
        {
            claims.retain(is_anonymous);
        }
        records.relations.retain(|row| !row.claims.is_empty());
        records.events.retain(|event| !event.claims.is_empty());
        let all: Vec<ClaimRow> = claims_of(&records).cloned().collect();
        let mut chosen: Vec<&ClaimRow> = Vec::new();
        for claim in &all {
            if chosen.len() < NOTES
                && !chosen.iter().any(|other| other.source == claim.source && other.locator == claim.locator)
            {
                chosen.push(claim);
            }
        }
        chosen.sort_by_cached_key(|claim| place(claim));
        let chosen: Vec<ClaimRow> = chosen.into_iter().cloned().collect();
        let mut distinct: Vec<Evidence> = all.iter().map(evidence::evidence).collect();
        distinct.sort();
        distinct.dedup();
        let mut reply = self.told_by(
            reply,
            &chosen,
            records,
            about,
            "No claim that rests on people without a name is recorded there.",
        );
        if !distinct.is_empty() {
            let number = distinct.len();
            let claims = if number == 1 { "1 claim rests".to_owned() } else { format!("{number} claims rest") };
            reply.text = format!("{claims} on anonymous people, whom the source does not name. {}", reply.text);
        }
        reply
    }

    /// Who says what another question asks about.
    pub(super) fn sources(&self, inner: &Question) -> Reply {
        let asked = self.of(inner);
        let mut reply = Reply { kind: Some("sources"), verdict: None, ..self.timeless("sources") };
        for words in &asked.assumptions {
            super::assume(&mut reply, words.clone());
        }
        if asked.evidence.is_empty() {
            reply.status = Standing::NothingRecorded;
            reply.text = join(&["No source says anything of that.".to_owned(), asked.text]);
            return reply;
        }
        let claims = self.claims_behind(&asked.evidence);
        let mut sources: Vec<SourceId> = claims.iter().map(|claim| claim.source).collect();
        sources.sort_unstable_by_key(|id| &self.lens.graph.source(*id).slug);
        sources.dedup();
        let rows: Vec<ClaimRow> = claims.iter().map(|claim| ClaimRow::new(self.lens.graph, claim)).collect();
        let mut speakers: Vec<crate::model::ActorId> =
            claims.iter().filter_map(|c| c.attributed_to.as_ref()?.actor).collect();
        speakers.sort_unstable();
        speakers.dedup();
        reply.answers = speakers.iter().map(|id| self.actor_as_answer(*id, Some("says so"))).collect();
        reply.answers.extend(sources.iter().map(|id| self.source_as_answer(*id)));
        let mut parts: Vec<String> = Vec::new();
        for id in &sources {
            let source = self.lens.graph.source(*id);
            let of_source: Vec<&ClaimRow> = rows.iter().filter(|row| row.source == *source.slug).collect();
            let notes = evidence::notes(of_source.iter().copied(), 2);
            let said: Vec<String> =
                of_source.iter().filter_map(|row| self.speaker(row)).fold(Vec::new(), |mut all, name| {
                    if !all.contains(&name) {
                        all.push(name);
                    }
                    all
                });
            let by = if said.is_empty() { String::new() } else { format!(", on the word of {}", list(&said)) };
            parts.push(format!("{}{by}:", self.source_in_words(*id)));
            parts.extend(notes.iter().map(|note| super::wording::sentence_kept(note)));
        }
        if self.sentence.to_lowercase().contains("how many") {
            let number = sources.len();
            reply.count = Some(super::super::reply::Count::Records(number));
            parts.insert(0, if number == 1 { "1 source:".to_owned() } else { format!("{number} sources:") });
        }
        reply.dates = asked.dates;
        reply.evidence = asked.evidence;
        reply.text = join(&parts);
        reply.tables = asked.tables;
        reply
    }

    /// Which sources there are, the newest first.
    pub(super) fn list_sources(&self) -> Reply {
        let mut reply = self.timeless("list-sources");
        let graph = self.lens.graph;
        let mut all: Vec<SourceId> = graph
            .sources()
            .filter(|(id, source)| self.lens.scope.claims.keeps_source(*id, source))
            .map(|(id, _)| id)
            .collect();
        all.sort_by_key(|id| (Reverse(graph.source(*id).published.hull().latest), *id));
        if all.is_empty() {
            reply.status = Standing::NothingRecorded;
            reply.text = "No source counts.".to_owned();
            return reply;
        }
        reply.answers = all.iter().map(|id| self.source_as_answer(*id)).collect();
        reply.dates = all.iter().map(|id| graph.source(*id).published.text().to_owned()).collect();
        let told: Vec<String> = all.iter().map(|id| self.source_in_words(*id)).collect();
        let count = if told.len() == 1 { "1 source".to_owned() } else { format!("{} sources", told.len()) };
        reply.text = format!("{count}, the newest first: {}.", told.join("; "));
        reply
    }

    /// The claims that some evidence names.
    pub(super) fn claims_behind(&self, evidence: &[Evidence]) -> Vec<&Claim> {
        let graph = self.lens.graph;
        let mut kept: Vec<&Claim> = Vec::new();
        for (_, claim) in graph.claims() {
            let is_named = evidence.iter().any(|e| {
                e.locator == *claim.locator && e.note == *claim.note && e.source == *graph.source(claim.source).slug
            });
            let is_known = |other: &&Claim| {
                other.source == claim.source && other.locator == claim.locator && other.note == claim.note
            };
            if is_named && !kept.iter().any(is_known) {
                kept.push(claim);
            }
        }
        kept
    }

    /// Who is said to say so: `Charles Lister`, `an HTS cadre (not named)`.
    pub(super) fn speaker(&self, claim: &ClaimRow) -> Option<String> {
        let by = claim.attributed_to.as_ref()?;
        if by.anonymous {
            return by.name.as_ref().or(by.actor.as_ref()).map(|name| format!("{name} (anonymous)"));
        }
        by.actor.clone().or_else(|| by.name.clone())
    }

    fn told_by(
        &self,
        mut reply: Reply,
        chosen: &[ClaimRow],
        records: Records,
        about: &[Named],
        nothing: &str,
    ) -> Reply {
        if chosen.is_empty() {
            reply.status = Standing::NothingRecorded;
            reply.text = nothing.to_owned();
            return reply;
        }
        let mut wording = self.wording();
        let names: Vec<String> = about.iter().map(|named| wording.name(named.actor)).collect();
        let mut parts: Vec<String> = if names.is_empty() { Vec::new() } else { vec![format!("Of {}:", list(&names))] };
        for claim in chosen {
            let by = self.speaker(claim).map_or_else(String::new, |name| format!(" Said by {name}."));
            parts.push(format!("{}{by}", super::wording::sentence_kept(&evidence::note(claim))));
        }
        evidence::add(&mut reply, claims_of(&records));
        let mut dates: Vec<String> = records.events.iter().map(|event| event.date.clone()).collect();
        super::when::in_order(&mut dates);
        reply.dates = dates;
        reply.text = join(&parts);
        if !records.relations.is_empty() {
            reply.tables.push(("Relations".to_owned(), Rows::Relations(records.relations)));
        }
        if !records.events.is_empty() {
            reply.tables.push(("Events".to_owned(), Rows::Events(records.events)));
        }
        reply
    }

    /// The relations and events of those named – of all of them together, where there are several – that have claims that count.
    fn records_about(&self, about: &[Named], reply: &mut Reply) -> Records {
        let lines: Vec<Line> = about.iter().map(|named| self.lens.line(named.actor)).collect();
        for line in &lines {
            self.say_line(reply, line);
        }
        let graph = self.lens.graph;
        let is_dated = self.asked.is_dated;
        let has_all = |ids: &[ActorId]| lines.iter().all(|line| ids.iter().any(|id| line.contains(*id)));
        let recorded = match lines.first() {
            Some(line) => self.lens.relations_of(line),
            None => {
                let all = (0..graph.relation_count()).map(RelationId::new);
                all.filter(|id| self.lens.is_sourced(*id) && self.lens.keeps_type(graph.type_of(*id))).collect()
            }
        };
        let relations = recorded
            .into_iter()
            .filter(|id| !is_dated || self.lens.holds(*id) != crate::time::Holds::No)
            .filter(|id| has_all(&<[ActorId; 2]>::from(graph.ends(*id))))
            .map(|id| self.lens.row(id))
            .collect();
        let events = graph
            .events()
            .filter(|(id, event)| {
                let ids: Vec<_> = event.participants.iter().map(|part| part.actor).chain(event.place).collect();
                (!is_dated || self.lens.event_holds(*id) != crate::time::Holds::No) && has_all(&ids)
            })
            .filter_map(|(id, _)| self.lens.event_row(id))
            .collect();
        Records { relations, events }
    }

    /// How notes may spell an actor: its name, its acronym, and the last part of a person's name.
    fn spellings(&self, named: &Named) -> Vec<String> {
        let actor = self.lens.graph.actor(named.actor);
        let mut all = vec![actor.name.to_string()];
        all.extend(actor.names.iter().map(|name| name.text.to_string()));
        all
    }

    fn source_as_answer(&self, id: SourceId) -> Answered {
        let source = self.lens.graph.source(id);
        Answered {
            id: source.slug.to_string(),
            name: source.title.to_string(),
            kind: "source".to_owned(),
            valid: Some(source.published.text().to_owned()),
            holds: None,
            relation: None,
            sources: vec![source.slug.to_string()],
        }
    }

    /// A source in words: `giustozzi-2025-03 (“Post-Jihadism Dilemmas”, Antonio Giustozzi, 2025-03-29)`.
    pub(super) fn source_in_words(&self, id: SourceId) -> String {
        let source = self.lens.graph.source(id);
        let mut parts = vec![format!("“{}”", source.title)];
        parts.extend([&source.author, &source.publisher].into_iter().flatten().map(ToString::to_string));
        parts.push(published(source.published.text()));
        format!("{} ({})", source.slug, parts.join(", "))
    }
}

fn claims_of(records: &Records) -> impl Iterator<Item = &ClaimRow> {
    records.relations.iter().flat_map(|row| &row.claims).chain(records.events.iter().flat_map(|event| &event.claims))
}

/// Where a claim stands: its source, and its first paragraph there.
fn place(claim: &ClaimRow) -> (String, u32, String) {
    let digits: String =
        claim.locator.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    (claim.source.clone(), digits.parse().unwrap_or(u32::MAX), claim.locator.clone())
}
