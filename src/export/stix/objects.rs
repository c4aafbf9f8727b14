//! The objects of a bundle.

use super::evidence::{published_on, stated};
use super::values::{certain_times, confidence, id, identity_class, kebab, sectors, timestamp};
use crate::export::{Contents, Style};
use crate::model::{ActorId, Claim, EventId, RelationId, Source, SourceId, Stance, Status};
use crate::time::{Day, Extent, Window};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The whole bundle: the extension and who made it, actors, relationships with opinions on them, events, denials, sources.
pub(super) fn bundle(contents: &Contents<'_, '_>, style: &Style) -> Value {
    let mut writer = Writer { contents, rests_on: BTreeMap::new(), dates: dates(contents), objects: Vec::new() };
    writer.head(style);
    for actor in &contents.actors {
        writer.actor(*actor);
    }
    for relation in &contents.relations {
        writer.relation(*relation);
    }
    for event in &contents.events {
        writer.event(*event);
    }
    for relation in contents.denied() {
        writer.denied(relation);
    }
    writer.sources();
    let objects = Value::Array(writer.objects);
    json!({ "type": "bundle", "id": id("bundle", &objects.to_string()), "objects": objects })
}

/// The first and the last day on which sources that an object rests on were published.
pub(super) type Published = (Day, Day);

pub(super) struct Writer<'c, 'v, 'g> {
    pub(super) contents: &'c Contents<'v, 'g>,
    /// What rests on a source.
    pub(super) rests_on: BTreeMap<SourceId, BTreeSet<String>>,
    /// When the sources of an actor's records were published; `None` for all sources together.
    dates: BTreeMap<Option<ActorId>, Published>,
    pub(super) objects: Vec<Value>,
}

impl<'g> Writer<'_, '_, 'g> {
    pub(super) fn source(&self, id: SourceId) -> &'g Source {
        self.contents.view.graph().source(id)
    }

    fn kept<'a>(&'a self, claims: &'a [Claim]) -> Vec<&'a Claim> {
        self.contents.view.kept_claims(claims).collect()
    }

    fn actor_id(&self, actor: ActorId) -> String {
        let kind = if self.contents.kind(actor) == "place" { "location" } else { "identity" };
        id(kind, &format!("actor:{}", self.contents.actor(actor).slug))
    }

    /// An object with what all have: type, id, times.
    pub(super) fn object(&self, kind: &str, record: &str, published: Option<Published>) -> Map<String, Value> {
        let fallback = self.dates.get(&None).copied();
        let (first, last) = published.or(fallback).unwrap_or((Day::new(0), Day::new(0)));
        let written = |day: Day| timestamp(day).unwrap_or_else(|| "1970-01-01T00:00:00.000Z".to_owned());
        let mut object = Map::new();
        object.insert("type".into(), kind.into());
        object.insert("spec_version".into(), "2.1".into());
        object.insert("id".into(), id(kind, record).into());
        if record != PRODUCER {
            object.insert("created_by_ref".into(), id("identity", PRODUCER).into());
        }
        object.insert("created".into(), written(first).into());
        object.insert("modified".into(), written(last).into());
        object
    }

    fn head(&mut self, style: &Style) {
        let mut producer = self.object("identity", PRODUCER, None);
        producer.insert("name".into(), "Allegiance".into());
        let mut description =
            format!("The program that wrote this bundle from a data set of sourced, dated relations. {}.", style.title);
        for limit in &style.limits {
            description.push_str(&format!(" Limited: {limit}."));
        }
        producer.insert("description".into(), description.into());
        producer.insert("identity_class".into(), "system".into());
        self.objects.push(producer.into());
        let mut extension = self.object("extension-definition", EXTENSION, None);
        extension.insert("name".into(), "Allegiance records".into());
        extension.insert(
            "description".into(),
            "What a record of Allegiance holds beyond STIX: its readable id, dates as written (EDTF) with their four bounds in days, how its claims stand \
             to one another, and each claim with source, place, stance, modality, Admiralty grade and speaker."
                .into(),
        );
        extension.insert("schema".into(), SCHEMA.into());
        extension.insert("version".into(), "1.0.0".into());
        extension.insert("extension_types".into(), json!(["property-extension"]));
        self.objects.push(extension.into());
    }

    fn actor(&mut self, actor: ActorId) {
        let (record, kind) = (self.contents.actor(actor), self.contents.kind(actor));
        let is_place = kind == "place";
        let name = format!("actor:{}", record.slug);
        let mut object =
            self.object(if is_place { "location" } else { "identity" }, &name, self.dates.get(&Some(actor)).copied());
        object.insert("labels".into(), json!([kebab(kind)]));
        object.insert("name".into(), self.contents.name(actor).into());
        if let Some(summary) = &record.summary {
            object.insert("description".into(), (**summary).into());
        }
        if is_place {
            // A location must have a region, a country or coordinates; records have none. The vocabulary of regions is open, and wants lower case with hyphens.
            object.insert("region".into(), kebab(&record.slug).into());
        } else {
            object.insert("identity_class".into(), identity_class(kind).into());
            if !sectors(kind).is_empty() {
                object.insert("sectors".into(), json!(sectors(kind)));
            }
        }
        let registers = record
            .external_ids
            .iter()
            .map(|(register, id)| json!({ "source_name": &**register, "external_id": &**id }));
        let references: Vec<Value> = registers.chain(self.references(&record.claims)).collect();
        if !references.is_empty() {
            object.insert("external_references".into(), references.into());
        }
        let mut more = Map::new();
        more.insert("id".into(), (*record.slug).into());
        more.insert("kind".into(), kind.into());
        let filter = self.contents.view.claim_filter();
        let names: Vec<Value> = record
            .names
            .iter()
            .map(|n| {
                let sources = n.sources.iter().filter(|id| filter.keeps_source(**id, self.source(**id)));
                let mut one = Map::new();
                one.insert("name".into(), (*n.text).into());
                one.insert("kind".into(), n.kind.word().into());
                insert_if(&mut one, "lang", n.lang.as_deref());
                insert_if(&mut one, "script", n.script.as_deref());
                insert_if(&mut one, "valid", n.valid.as_ref().map(|v| v.text()));
                one.insert("sources".into(), sources.map(|id| Value::from(&*self.source(*id).slug)).collect());
                one.into()
            })
            .collect();
        insert_list(&mut more, "names", names);
        insert_list(&mut more, "traits", record.traits.iter().map(|t| (**t).into()).collect());
        if let Some(exists) = &record.exists {
            more.insert("valid".into(), exists.text().into());
            insert_bounds(&mut more, exists.extent(None, None));
        }
        insert_list(&mut more, "claims", self.claims(&record.claims));
        extend(&mut object, more);
        self.rest(&object, &record.claims);
        self.objects.push(object.into());
    }

    fn relation(&mut self, relation: RelationId) {
        let (record, t) = (self.contents.relation(relation), self.contents.relation_type(relation));
        let standing = self.contents.view.standing(relation);
        let kept = self.kept(&record.claims);
        let name = format!("relation:{}", record.slug);
        let mut object = self.object("relationship", &name, self.published(&record.claims));
        let labels = [kebab(t.category.word()), kebab(self.contents.view.holds(relation).word())]
            .into_iter()
            .chain((standing.status != Status::Supported).then(|| kebab(standing.status.word())))
            .chain((standing.modality.word() != "asserted").then(|| kebab(standing.modality.word())));
        object.insert("labels".into(), labels.collect());
        object.insert("relationship_type".into(), kebab(&t.name).into());
        object.insert("description".into(), self.sentence(relation, standing.status, standing.modality.word()).into());
        object.insert("source_ref".into(), self.actor_id(record.subject).into());
        object.insert("target_ref".into(), self.actor_id(record.object).into());
        let extent = standing.extent();
        if !extent.is_never() && extent.start.latest <= extent.end.earliest {
            let (start, stop) = certain_times(self.contents.dated(relation), extent.start.latest, extent.end.earliest);
            insert_if(&mut object, "start_time", start.as_deref());
            insert_if(&mut object, "stop_time", stop.as_deref());
        }
        let best = kept.iter().filter(|c| c.stance == Stance::Supports).map(|c| c.credibility).min();
        if let Some(confidence) = confidence(standing.status, standing.modality, best) {
            object.insert("confidence".into(), confidence.into());
        }
        let references: Vec<Value> = self.references(&record.claims).collect();
        object.insert("external_references".into(), references.into());
        let more = self.tie(relation);
        extend(&mut object, more);
        let own = object["id"].as_str().unwrap_or_default().to_owned();
        self.rest(&object, &record.claims);
        self.objects.push(object.into());
        self.opinions(&own, &name, &record.claims);
    }

    /// What claims against a record come to: an opinion each.
    fn opinions(&mut self, object: &str, name: &str, claims: &[Claim]) {
        let kept = self.kept(claims);
        if self.contents.view.weigh(claims).is_some_and(|(status, _)| status == Status::Denied) {
            return;
        }
        let mut all = Vec::new();
        // Numbered by their place in the record, so that an opinion keeps its id whatever claims count.
        let is_kept = |claim: &Claim| kept.iter().any(|one| std::ptr::eq(*one, claim));
        for (number, claim) in (1..).zip(claims).filter(|(_, c)| c.stance != Stance::Supports && is_kept(c)) {
            let published = published_on(self.source(claim.source));
            let mut opinion = self.object("opinion", &format!("{name}:{number}"), Some((published, published)));
            opinion.insert("explanation".into(), (*claim.note).into());
            opinion.insert("authors".into(), json!([self.speaker(claim)]));
            opinion.insert(
                "opinion".into(),
                if claim.stance == Stance::Denies { "strongly-disagree" } else { "disagree" }.into(),
            );
            opinion.insert("object_refs".into(), json!([object]));
            opinion.insert("external_references".into(), json!([self.reference(claim)]));
            all.push((opinion, claim));
        }
        for (opinion, claim) in all {
            self.rest(&opinion, std::slice::from_ref(claim));
            self.objects.push(opinion.into());
        }
    }

    fn event(&mut self, event: EventId) {
        let record = self.contents.event(event);
        let vocabulary = self.contents.view.graph().vocabulary();
        let Some((status, modality)) = self.contents.view.weigh(&record.claims) else { return };
        let name = format!("event:{}", record.slug);
        let kind = &vocabulary.event_kind(record.kind).name;
        let mut object = self.object("note", &name, self.published(&record.claims));
        let labels = [kebab("event"), kebab(kind)]
            .into_iter()
            .chain((status != Status::Supported).then(|| kebab(status.word())))
            .chain((modality.word() != "asserted").then(|| kebab(modality.word())));
        object.insert("labels".into(), labels.collect());
        object.insert("abstract".into(), (*record.name).into());
        let mut content = format!("{} ({})", record.name, record.date.text());
        if status != Status::Supported || modality.word() != "asserted" {
            content.push_str(&format!(" [{}, {}]", status.word(), modality.word()));
        }
        for claim in self.kept(&record.claims) {
            content.push_str(&format!("\n{}: {}", self.contents.citation(claim), stated(claim)));
        }
        object.insert("content".into(), content.into());
        let ours = |id: &ActorId| self.contents.actors.binary_search(id).is_ok();
        let held = |id: &&RelationId| self.contents.relations.binary_search(id).is_ok();
        let people =
            record.participants.iter().map(|p| p.actor).chain(record.place).filter(ours).map(|id| self.actor_id(id));
        let ties = record.opens.iter().chain(&record.closes).filter(held);
        let mut refs: Vec<String> = people
            .chain(ties.map(|r| id("relationship", &format!("relation:{}", self.contents.relation(*r).slug))))
            .collect();
        refs.sort();
        refs.dedup();
        object.insert("object_refs".into(), json!(refs));
        object.insert("external_references".into(), self.references(&record.claims).collect::<Vec<_>>().into());
        let mut more = Map::new();
        more.insert("id".into(), (*record.slug).into());
        more.insert("kind".into(), (**kind).into());
        more.insert("valid".into(), record.date.text().into());
        insert_bounds(&mut more, record.date.extent(None, None));
        more.insert("holds".into(), self.contents.event_holds(event).word().into());
        more.insert("status".into(), status.word().into());
        more.insert("modality".into(), modality.word().into());
        insert_if(&mut more, "place", record.place.map(|place| &*self.contents.actor(place).slug));
        let parts = record.participants.iter().map(
            |p| json!({ "actor": &*self.contents.actor(p.actor).slug, "role": &*vocabulary.event_role(p.role).name }),
        );
        insert_list(&mut more, "participants", parts.collect());
        let slugs = |ids: &[RelationId]| ids.iter().map(|id| Value::from(&*self.contents.relation(*id).slug)).collect();
        insert_list(&mut more, "opens", slugs(&record.opens));
        insert_list(&mut more, "closes", slugs(&record.closes));
        insert_if(&mut more, "note", record.note.as_deref());
        insert_list(&mut more, "claims", self.claims(&record.claims));
        extend(&mut object, more);
        let own = object["id"].as_str().unwrap_or_default().to_owned();
        self.rest(&object, &record.claims);
        self.objects.push(object.into());
        self.opinions(&own, &name, &record.claims);
    }

    fn denied(&mut self, relation: RelationId) {
        let record = self.contents.relation(relation);
        let mut object = self.object("note", &format!("denied:{}", record.slug), self.published(&record.claims));
        object.insert("labels".into(), json!(["denied"]));
        let standing = self.contents.view.standing(relation);
        let sentence = self.sentence(relation, standing.status, standing.modality.word());
        object.insert("abstract".into(), sentence.clone().into());
        let mut content = sentence;
        for claim in self.contents.view.kept_claims(&record.claims) {
            content.push_str(&format!("\n{}: {}", self.contents.citation(claim), stated(claim)));
        }
        object.insert("content".into(), content.into());
        let mut refs = vec![self.actor_id(record.subject), self.actor_id(record.object)];
        refs.dedup();
        object.insert("object_refs".into(), json!(refs));
        object.insert("external_references".into(), self.references(&record.claims).collect::<Vec<_>>().into());
        let more = self.tie(relation);
        extend(&mut object, more);
        self.rest(&object, &record.claims);
        self.objects.push(object.into());
    }

    /// What a relation holds beyond STIX.
    fn tie(&self, relation: RelationId) -> Map<String, Value> {
        let (record, t) = (self.contents.relation(relation), self.contents.relation_type(relation));
        let standing = self.contents.view.standing(relation);
        let mut more = Map::new();
        more.insert("id".into(), (*record.slug).into());
        more.insert("type".into(), (*t.name).into());
        more.insert("category".into(), t.category.word().into());
        more.insert("polarity".into(), t.polarity.number().into());
        more.insert("valid".into(), self.contents.dated(relation).text().into());
        insert_bounds(&mut more, standing.dates);
        more.insert("holds".into(), self.contents.view.holds(relation).word().into());
        more.insert("status".into(), standing.status.word().into());
        more.insert("modality".into(), standing.modality.word().into());
        more.insert("basis".into(), record.basis.word().into());
        insert_if(&mut more, "last_attested", standing.last_attested.map(|day| day.to_string()).as_deref());
        let roles = record.roles.iter().map(|role| json!({ "role": &*role.name, "value": &*role.value }));
        insert_list(&mut more, "roles", roles.collect());
        insert_if(&mut more, "note", record.note.as_deref());
        insert_list(&mut more, "claims", self.claims(&record.claims));
        more
    }

    /// A relation as a sentence that cannot be taken for more than it is.
    fn sentence(&self, relation: RelationId, status: Status, modality: &str) -> String {
        let (record, t) = (self.contents.relation(relation), self.contents.relation_type(relation));
        let told = format!("{} {} {}", self.contents.name(record.subject), t.label, self.contents.name(record.object));
        let dates = self.contents.dated(relation).text();
        let firmness = if modality == "asserted" { String::new() } else { format!(", only {modality}") };
        match status {
            Status::Supported if modality == "asserted" => format!("{told} ({dates})."),
            Status::Supported => format!("Only {modality}: {told} ({dates})."),
            Status::Contested => format!("Contested{firmness}: {told} ({dates})."),
            Status::Disputed => format!("Disputed by more sources than support it{firmness}: {told} ({dates})."),
            Status::Denied | Status::Unsourced => format!("Denied: {told} ({dates})."),
        }
    }
}

/// What the program itself is called among our ids.
const PRODUCER: &str = "allegiance";

/// What the extension is called among our ids.
const EXTENSION: &str = "records";

/// The extension in short; STIX takes a text or the address of a schema.
const SCHEMA: &str = "id: text, the record's readable id; type, kind, category, status, modality, basis, holds, place, note: text; polarity: -1, 0 or 1; valid: text, EDTF; \
     start_earliest, start_latest, end_earliest, end_latest, last_attested: text, YYYY-MM-DD, absent without bound; names, participants, roles, claims: lists of \
     objects; traits, opens, closes: lists of text. A claim: source, locator, stance, modality, grade, attributed_to, attributed_to_actor, note: text; anonymous: \
     boolean; valid: text, EDTF; figures: list of objects with what, value, qualifier.";

/// When the sources behind each actor's records, and behind all, were published.
fn dates(contents: &Contents<'_, '_>) -> BTreeMap<Option<ActorId>, Published> {
    let graph = contents.view.graph();
    let mut all: BTreeMap<Option<ActorId>, Published> = BTreeMap::new();
    let mut note = |whose: Vec<ActorId>, claims: &[Claim]| {
        for claim in contents.view.kept_claims(claims) {
            let day = published_on(graph.source(claim.source));
            for key in whose.iter().map(|id| Some(*id)).chain([None]) {
                let known = all.entry(key).or_insert((day, day));
                *known = (known.0.min(day), known.1.max(day));
            }
        }
    };
    for id in &contents.relations {
        let relation = contents.relation(*id);
        note(vec![relation.subject, relation.object], &relation.claims);
    }
    for id in &contents.events {
        let event = contents.event(*id);
        note(event.participants.iter().map(|p| p.actor).collect(), &event.claims);
    }
    for id in &contents.actors {
        note(vec![*id], &contents.actor(*id).claims);
    }
    all
}

pub(super) fn insert_if(object: &mut Map<String, Value>, key: &str, value: Option<&str>) {
    if let Some(value) = value {
        object.insert(key.to_owned(), value.into());
    }
}

pub(super) fn insert_list(object: &mut Map<String, Value>, key: &str, values: Vec<Value>) {
    if !values.is_empty() {
        object.insert(key.to_owned(), values.into());
    }
}

/// The four bounds of a dating; those that reach without limit are left out.
fn insert_bounds(object: &mut Map<String, Value>, extent: Extent) {
    for (name, day) in [
        ("start_earliest", extent.start.earliest),
        ("start_latest", extent.start.latest),
        ("end_earliest", extent.end.earliest),
        ("end_latest", extent.end.latest),
    ] {
        if day.is_bounded() && day > Window::ALL.first && day < Window::ALL.last {
            object.insert(name.to_owned(), day.to_string().into());
        }
    }
}

/// Puts what STIX has no property for under the extension.
pub(super) fn extend(object: &mut Map<String, Value>, more: Map<String, Value>) {
    let mut extension = Map::new();
    extension.insert("extension_type".into(), "property-extension".into());
    extension.extend(more);
    object.insert("extensions".into(), json!({ id("extension-definition", EXTENSION): extension }));
}
