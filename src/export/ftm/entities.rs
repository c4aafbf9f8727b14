//! The entities of an export.

use super::link::{Schema, UNKNOWN, link, topics};
use crate::export::Contents;
use crate::export::web::is_address;
use crate::model::{
    ActorId, Claim, EventId, Figure, Grade, Modality, NameKind, RelationId, SourceId, SourceKind, Stance, Status,
    Temporality,
};
use crate::time::{Dated, Holds};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// Sources, actors, links (with the sanctions that some of them are), denials, events, each by readable id.
pub(super) fn all(contents: &Contents<'_, '_>) -> Vec<Value> {
    let writer = Writer { contents };
    let denied = contents.denied();
    let graph = contents.view.graph();
    let mut sources = contents.sources.clone();
    sources
        .extend(denied.iter().flat_map(|id| contents.view.kept_claims(&graph.relation(*id).claims)).map(|c| c.source));
    sources.sort_unstable();
    sources.dedup();
    let mut all: Vec<Value> = sources.into_iter().map(|id| writer.source(id)).collect();
    all.extend(contents.actors.iter().map(|id| writer.actor(*id)));
    all.extend(contents.relations.iter().flat_map(|id| writer.relation(*id)));
    all.extend(denied.iter().map(|id| writer.denied(*id)));
    all.extend(contents.events.iter().map(|id| writer.event(*id)));
    all
}

/// An entity under way: its properties are lists of texts.
struct Entity {
    id: String,
    schema: &'static str,
    properties: Map<String, Value>,
}

impl Entity {
    fn new(schema: &'static str, id: String) -> Self {
        Self { id, schema, properties: Map::new() }
    }

    /// Adds a value, once; empty ones are none.
    fn add(&mut self, property: &str, value: impl Into<String>) -> &mut Self {
        let value = Value::String(value.into());
        if value == "" {
            return self;
        }
        if let Value::Array(values) = self.properties.entry(property).or_insert_with(|| json!([]))
            && !values.contains(&value)
        {
            values.push(value);
        }
        self
    }

    fn add_if(&mut self, property: &str, value: Option<&str>) -> &mut Self {
        value.into_iter().for_each(|value| {
            self.add(property, value);
        });
        self
    }

    fn finish(self) -> Value {
        json!({ "id": self.id, "schema": self.schema, "properties": self.properties })
    }
}

struct Writer<'c, 'v, 'g> {
    contents: &'c Contents<'v, 'g>,
}

impl Writer<'_, '_, '_> {
    fn schema(&self, actor: ActorId) -> Schema {
        Schema::of(self.contents.kind(actor))
    }

    fn actor_id(&self, actor: ActorId) -> String {
        id("actor", &self.contents.actor(actor).slug)
    }

    fn source(&self, source: SourceId) -> Value {
        let record = self.contents.view.graph().source(source);
        let schema = if record.kind == SourceKind::News { "Article" } else { "Document" };
        let mut entity = Entity::new(schema, id("source", &record.slug));
        entity.add("name", &*record.title).add("title", &*record.title).add("fileName", &*record.slug);
        entity.add_if("author", record.author.as_deref()).add_if("publisher", record.publisher.as_deref());
        entity.add_if("sourceUrl", web(record.url.as_deref()));
        for date in dates(record.published.text()) {
            entity.add("publishedAt", date);
        }
        entity.add("keywords", record.kind.word().replace('_', " "));
        entity.add(
            "summary",
            format!("published {}; reliability {} on the Admiralty scale", record.published, record.reliability),
        );
        entity.finish()
    }

    fn actor(&self, actor: ActorId) -> Value {
        let (record, kind, schema) = (self.contents.actor(actor), self.contents.kind(actor), self.schema(actor));
        let mut entity = Entity::new(schema.name(), self.actor_id(actor));
        entity.add("name", &*record.name);
        if schema == Schema::Address {
            entity.add("full", &*record.name);
        }
        for name in &record.names {
            let property = match name.kind {
                NameKind::Acronym if schema.is_legal_entity() => "abbreviation",
                NameKind::Former => "previousName",
                _ => "alias",
            };
            entity.add(property, &*name.text);
        }
        entity.add_if("summary", record.summary.as_deref());
        if schema == Schema::Address || schema == Schema::Person {
            entity.add("keywords", kind.replace('_', " "));
        } else {
            entity.add("legalForm", kind.replace('_', " "));
        }
        for quality in &record.traits {
            entity.add("keywords", quality.replace('_', " "));
        }
        for topic in topics(kind) {
            entity.add("topics", *topic);
        }
        if let Some(exists) = &record.exists {
            let (first, last) = if schema == Schema::Person {
                ("birthDate", "deathDate")
            } else {
                ("incorporationDate", "dissolutionDate")
            };
            if schema.is_legal_entity() {
                dates(exists.start_text()).into_iter().for_each(|date| {
                    entity.add(first, date);
                });
                dates(exists.end_text()).into_iter().for_each(|date| {
                    entity.add(last, date);
                });
            }
            entity.add("notes", format!("existed {exists}"));
        }
        for (register, id) in &record.external_ids {
            if &**register == "wikidata" && id.starts_with('Q') && id[1..].bytes().all(|b| b.is_ascii_digit()) {
                entity.add("wikidataId", &**id);
            } else {
                entity.add("notes", format!("{register}: {id}"));
            }
        }
        self.cite(&mut entity, "description", &record.claims);
        entity.finish()
    }

    /// The link of a relation, and what more it is: a listing is a sanction as well.
    fn relation(&self, relation: RelationId) -> Vec<Value> {
        let (record, t) = (self.contents.relation(relation), self.contents.relation_type(relation));
        let standing = self.contents.view.standing(relation);
        let is_plain = standing.status == Status::Supported && standing.modality == Modality::Asserted;
        let (subject, object) = (self.schema(record.subject), self.schema(record.object));
        let chosen = if is_plain { link(&t.name, subject, object) } else { UNKNOWN };
        let mut entity = Entity::new(chosen.schema, id("relation", &record.slug));
        entity.add(chosen.subject, self.actor_id(record.subject)).add(chosen.object, self.actor_id(record.object));
        let doubt = doubt(standing.status, standing.modality);
        let label = doubt.as_ref().map_or_else(|| t.label.to_string(), |doubt| format!("{} ({doubt})", t.label));
        entity.add(chosen.role, label);
        let office = record.roles.iter().find(|role| &*role.name == "office");
        if let (Some(office), "Employment" | "Directorship") = (office, chosen.schema) {
            entity.add("role", &*office.value);
        }
        if chosen.schema != "Associate" {
            let holds = self.contents.view.holds(relation);
            entity.add("status", doubt.unwrap_or_else(|| holds.word().to_owned()));
        }
        self.dated(&mut entity, self.contents.dated(relation), t.temporality == Temporality::Event);
        entity.add("summary", self.sentence(relation));
        entity.add("recordId", &*record.slug);
        entity.add_if("description", record.note.as_deref());
        for role in &record.roles {
            entity.add("description", format!("{}: {}", role.name.replace('_', " "), self.role(role)));
        }
        self.cite(&mut entity, "description", &record.claims);
        let mut all = vec![entity.finish()];
        if is_plain
            && matches!(&*t.name, "designates" | "sanctions")
            && self.contents.view.holds(relation) == Holds::Certain
        {
            all.push(self.sanction(relation));
        }
        all
    }

    fn sanction(&self, relation: RelationId) -> Value {
        let (record, t) = (self.contents.relation(relation), self.contents.relation_type(relation));
        let mut entity = Entity::new("Sanction", id("sanction", &record.slug));
        entity.add("entity", self.actor_id(record.object)).add("authority", self.contents.name(record.subject));
        let list = record.roles.iter().find(|role| &*role.name == "list");
        let program = if &*t.name == "designates" { "terrorist designation" } else { "sanctions" };
        entity.add("program", list.map_or_else(|| program.to_owned(), |role| self.role(role)));
        self.dated(&mut entity, self.contents.dated(relation), false);
        entity.add("summary", self.sentence(relation)).add("recordId", &*record.slug);
        self.cite(&mut entity, "description", &record.claims);
        entity.finish()
    }

    fn denied(&self, relation: RelationId) -> Value {
        let record = self.contents.relation(relation);
        let mut entity = Entity::new("Note", id("denied", &record.slug));
        entity.add("name", format!("Denied: {}", self.sentence(relation)));
        entity.add("entity", self.actor_id(record.subject)).add("entity", self.actor_id(record.object));
        entity.add("keywords", "denied");
        self.cite(&mut entity, "description", &record.claims);
        entity.finish()
    }

    fn event(&self, event: EventId) -> Value {
        let record = self.contents.event(event);
        let vocabulary = self.contents.view.graph().vocabulary();
        let mut entity = Entity::new("Event", id("event", &record.slug));
        entity.add("name", &*record.name);
        self.dated(&mut entity, &record.date, !record.date.is_interval());
        let kind = vocabulary.event_kind(record.kind).name.replace('_', " ");
        let doubt = self.contents.view.weigh(&record.claims).and_then(|(status, modality)| doubt(status, modality));
        entity.add(
            "summary",
            match doubt {
                Some(doubt) => format!("{doubt}: {kind}, {}", record.date),
                None => format!("{kind}, {}", record.date),
            },
        );
        entity.add("keywords", kind);
        let ours = |id: ActorId| self.contents.actors.binary_search(&id).is_ok();
        if let Some(place) = record.place {
            entity.add("location", &*self.contents.actor(place).name);
            if ours(place) && self.schema(place) == Schema::Address {
                entity.add("addressEntity", self.actor_id(place));
            }
        }
        for participant in &record.participants {
            if ours(participant.actor) && self.schema(participant.actor).is_legal_entity() {
                entity.add("involved", self.actor_id(participant.actor));
            }
            let role = vocabulary.event_role(participant.role).name.replace('_', " ");
            entity.add("notes", format!("{role}: {}", self.contents.name(participant.actor)));
        }
        entity.add("recordId", &*record.slug).add_if("description", record.note.as_deref());
        self.cite(&mut entity, "description", &record.claims);
        entity.finish()
    }

    fn role(&self, role: &crate::model::Role) -> String {
        role.actor.map_or_else(|| role.value.to_string(), |actor| self.contents.name(actor).to_owned())
    }

    fn sentence(&self, relation: RelationId) -> String {
        let (record, t) = (self.contents.relation(relation), self.contents.relation_type(relation));
        let standing = self.contents.view.standing(relation);
        let told = format!("{} {} {}", self.contents.name(record.subject), t.label, self.contents.name(record.object));
        let dates = self.contents.dated(relation);
        match doubt(standing.status, standing.modality).filter(|_| standing.status != Status::Denied) {
            Some(doubt) => format!("{told} ({dates}; {doubt})"),
            None => format!("{told} ({dates})"),
        }
    }

    /// Gives the dates that FollowTheMoney can hold: those as sure as a year, a month or a day.
    fn dated(&self, entity: &mut Entity, dated: &Dated, is_event: bool) {
        let mut add = |property: &str, text: &str| {
            for date in dates(text) {
                entity.add(property, date);
            }
        };
        if is_event && !dated.is_interval() {
            add("date", dated.text());
        } else {
            add("startDate", dated.start_text());
            add("endDate", dated.end_text());
        }
    }

    /// Tells the claims that count, and the sources that prove them.
    fn cite(&self, entity: &mut Entity, property: &str, claims: &[Claim]) {
        let graph = self.contents.view.graph();
        for claim in self.contents.view.kept_claims(claims) {
            let source = graph.source(claim.source);
            entity.add("proof", id("source", &source.slug));
            entity.add_if("publisher", source.publisher.as_deref()).add_if("sourceUrl", web(source.url.as_deref()));
            entity.add(
                property,
                format!(
                    "{} ({}): {}{}",
                    self.contents.citation(claim),
                    self.qualities(claim),
                    claim.note,
                    figures(&claim.figures)
                ),
            );
        }
    }

    /// The grade of a claim and whatever keeps it from being a plain assertion of the source's own.
    fn qualities(&self, claim: &Claim) -> String {
        let reliability = self.contents.view.graph().source(claim.source).reliability;
        let mut parts = vec![Grade { reliability, credibility: claim.credibility }.to_string()];
        if claim.stance != Stance::Supports {
            parts.push(claim.stance.word().to_owned());
        }
        if claim.modality != Modality::Asserted {
            parts.push(claim.modality.word().to_owned());
        }
        if let Some(by) = &claim.attributed_to {
            let name = by.name.as_deref().or_else(|| by.actor.map(|actor| &*self.contents.actor(actor).name));
            parts.push(format!("according to {}", name.unwrap_or("someone unnamed")));
        }
        if let Some(valid) = &claim.valid {
            parts.push(format!("dates it {valid}"));
        }
        parts.join(", ")
    }
}

/// The numbers that a claim gives, in brackets.
fn figures(figures: &[Figure]) -> String {
    let told: Vec<String> = figures
        .iter()
        .map(|f| {
            f.qualifier
                .as_ref()
                .map_or_else(|| format!("{} {}", f.value, f.what), |q| format!("{q} {} {}", f.value, f.what))
        })
        .collect();
    if told.is_empty() { String::new() } else { format!(" [{}]", told.join("; ")) }
}

/// What keeps a record from being a plain fact; `None` when nothing does.
fn doubt(status: Status, modality: Modality) -> Option<String> {
    match (status, modality) {
        (Status::Supported, Modality::Asserted) => None,
        (Status::Supported, modality) => Some(format!("only {modality}")),
        (status, Modality::Asserted) => Some(status.word().to_owned()),
        (status, modality) => Some(format!("{status}, {modality}")),
    }
}

/// The id of an entity. FollowTheMoney takes letters, digits, dots and hyphens, a letter or digit first and last: where an id of ours has other
/// signs, a part of its SHA-256 follows it, so that no two become one.
fn id(kind: &str, slug: &str) -> String {
    /// The longest readable part; FollowTheMoney takes 200 signs in all.
    const LONGEST: usize = 160;
    let plain: String =
        slug.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).take(LONGEST).collect();
    if plain == slug && plain.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return format!("agl-{kind}-{plain}");
    }
    let hash: String = Sha256::digest(slug.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    format!("agl-{kind}-{plain}-{hash}")
}

/// A web address; other texts are none.
fn web(url: Option<&str>) -> Option<&str> {
    url.filter(|url| is_address(url))
}

/// The dates of a text as FollowTheMoney writes them, prefixes of YYYY-MM-DD: one, or each of a one-of set; none where the text says less.
fn dates(text: &str) -> Vec<String> {
    let is_plain = |date: &str| {
        let parts: Vec<&str> = date.split('-').collect();
        let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        match parts.as_slice() {
            [year] => digits(year, 4),
            [year, month] => digits(year, 4) && digits(month, 2) && *month <= "12",
            [year, month, day] => digits(year, 4) && digits(month, 2) && digits(day, 2),
            _ => false,
        }
    };
    let inside = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let all: Vec<String> = inside.split(',').map(|date| date.trim().to_owned()).collect();
    if all.iter().all(|date| is_plain(date)) { all } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_as_sure_as_a_prefix_are_given() {
        assert_eq!(dates("2017"), ["2017"]);
        assert_eq!(dates("2025-03-11"), ["2025-03-11"]);
        assert_eq!(dates("[2016,2017]"), ["2016", "2017"]);
        for text in [
            "",
            "..",
            "2016~",
            "2016?",
            "..2014",
            "2025-07..",
            "[..2025-03-29]",
            "[2024-12..2025-03]",
            "2016-21",
            "201X",
            "-0044",
        ] {
            assert!(dates(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn no_two_ids_become_one() {
        assert_eq!(id("actor", "hts"), "agl-actor-hts");
        assert_ne!(id("relation", "a.enemy_of.b"), id("relation", "a.enemy-of.b"));
        assert_ne!(id("relation", "a_"), id("relation", "a-"));
        let long = "a".repeat(400);
        assert!(id("relation", &long).len() <= 200 && id("relation", &long) != id("relation", &format!("{long}b")));
    }
}
