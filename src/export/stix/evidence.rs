//! What objects rest on: claims, the sources that they cite, and reports on these.

use super::objects::{Published, Writer, extend, insert_if, insert_list};
use super::values::{id, kebab, timestamp};
use crate::model::{Claim, Grade, Source, SourceId, Stance};
use crate::time::Day;
use serde_json::{Map, Value, json};

impl Writer<'_, '_, '_> {
    pub(super) fn claims(&self, claims: &[Claim]) -> Vec<Value> {
        let of = |claim: &Claim| {
            let source = self.source(claim.source);
            let mut one = Map::new();
            one.insert("source".into(), (*source.slug).into());
            one.insert("locator".into(), (*claim.locator).into());
            one.insert("stance".into(), claim.stance.word().into());
            one.insert("modality".into(), claim.modality.word().into());
            one.insert(
                "grade".into(),
                Grade { reliability: source.reliability, credibility: claim.credibility }.to_string().into(),
            );
            if let Some(by) = &claim.attributed_to {
                insert_if(&mut one, "attributed_to_actor", by.actor.map(|a| &*self.contents.actor(a).slug));
                insert_if(&mut one, "attributed_to", by.name.as_deref());
                one.insert("anonymous".into(), by.anonymous.into());
            }
            insert_if(&mut one, "valid", claim.valid.as_ref().map(|v| v.text()));
            let figures = claim.figures.iter().map(|f| {
                let mut figure = Map::new();
                figure.insert("what".into(), (*f.what).into());
                figure.insert("value".into(), (*f.value).into());
                insert_if(&mut figure, "qualifier", f.qualifier.as_deref());
                figure.into()
            });
            insert_list(&mut one, "figures", figures.collect());
            one.insert("note".into(), (*claim.note).into());
            one.into()
        };
        self.contents.view.kept_claims(claims).map(of).collect()
    }

    pub(super) fn references<'a>(&'a self, claims: &'a [Claim]) -> impl Iterator<Item = Value> + 'a {
        self.contents.view.kept_claims(claims).map(|claim| self.reference(claim))
    }

    /// Where a claim stands, as an external reference.
    pub(super) fn reference(&self, claim: &Claim) -> Value {
        let source = self.source(claim.source);
        let grade = Grade { reliability: source.reliability, credibility: claim.credibility };
        let mut reference = Map::new();
        reference.insert("source_name".into(), titled(source).into());
        let description = format!("{} ({}, {}, {grade}): {}", claim.locator, claim.stance, claim.modality, claim.note);
        reference.insert("description".into(), description.into());
        insert_if(&mut reference, "url", source.url.as_deref());
        reference.insert("external_id".into(), self.contents.citation(claim).into());
        reference.into()
    }

    /// Who says it: the speaker where the source names or describes one, the author, the publisher, or the source itself.
    pub(super) fn speaker(&self, claim: &Claim) -> String {
        let source = self.source(claim.source);
        let quoted = claim.attributed_to.as_ref().and_then(|by| {
            by.name.as_deref().map(str::to_owned).or_else(|| by.actor.map(|a| self.contents.actor(a).name.to_string()))
        });
        quoted
            .or_else(|| source.author.as_deref().map(str::to_owned))
            .or_else(|| source.publisher.as_deref().map(str::to_owned))
            .unwrap_or_else(|| source.title.to_string())
    }

    pub(super) fn published(&self, claims: &[Claim]) -> Option<Published> {
        let days = self.contents.view.kept_claims(claims).map(|c| published_on(self.source(c.source)));
        days.map(|day| (day, day)).reduce(|(a, b), (day, _)| (a.min(day), b.max(day)))
    }

    /// Notes that an object rests on the sources of some claims.
    pub(super) fn rest(&mut self, object: &Map<String, Value>, claims: &[Claim]) {
        let own = object["id"].as_str().unwrap_or_default().to_owned();
        let sources: Vec<SourceId> = self.contents.view.kept_claims(claims).map(|c| c.source).collect();
        for source in sources {
            self.rests_on.entry(source).or_default().insert(own.clone());
        }
    }

    pub(super) fn sources(&mut self) {
        let all = std::mem::take(&mut self.rests_on);
        for (source, refs) in &all {
            let record = self.source(*source);
            let published = published_on(record);
            let mut object = self.object("report", &format!("source:{}", record.slug), Some((published, published)));
            object.insert("labels".into(), json!([kebab(record.kind.word())]));
            object.insert("name".into(), (*record.title).into());
            object.insert(
                "description".into(),
                format!("{}. Reliability {} on the Admiralty scale.", titled(record), record.reliability).into(),
            );
            object.insert(
                "published".into(),
                timestamp(published).unwrap_or_else(|| "1970-01-01T00:00:00.000Z".to_owned()).into(),
            );
            object.insert("object_refs".into(), json!(refs));
            let mut reference = Map::new();
            reference.insert("source_name".into(), titled(record).into());
            insert_if(&mut reference, "url", record.url.as_deref());
            reference.insert("external_id".into(), (*record.slug).into());
            object.insert("external_references".into(), json!([reference]));
            let mut more = Map::new();
            more.insert("id".into(), (*record.slug).into());
            more.insert("kind".into(), record.kind.word().into());
            insert_if(&mut more, "author", record.author.as_deref());
            insert_if(&mut more, "publisher", record.publisher.as_deref());
            more.insert("published".into(), record.published.text().into());
            more.insert("reliability".into(), record.reliability.word().into());
            extend(&mut object, more);
            self.objects.push(object.into());
            for origin in record.derived_from.iter().filter(|origin| all.contains_key(origin)) {
                let origin = self.source(*origin);
                let name = format!("derived:{}:{}", record.slug, origin.slug);
                let mut tie = self.object("relationship", &name, Some((published, published)));
                tie.insert("relationship_type".into(), "derived-from".into());
                tie.insert("source_ref".into(), id("report", &format!("source:{}", record.slug)).into());
                tie.insert("target_ref".into(), id("report", &format!("source:{}", origin.slug)).into());
                self.objects.push(tie.into());
            }
        }
    }
}

/// What a claim says, with its stance where it is against and its modality where it is no assertion.
pub(super) fn stated(claim: &Claim) -> String {
    let mut words: Vec<&str> = Vec::new();
    if claim.stance != Stance::Supports {
        words.push(claim.stance.word());
    }
    if claim.modality.word() != "asserted" {
        words.push(claim.modality.word());
    }
    if words.is_empty() { claim.note.to_string() } else { format!("[{}] {}", words.join(", "), claim.note) }
}

/// A source as people cite it: title, author, publisher, date.
pub(super) fn titled(source: &Source) -> String {
    let by: Vec<&str> = [source.author.as_deref(), source.publisher.as_deref(), Some(source.published.text())]
        .into_iter()
        .flatten()
        .collect();
    format!("{} ({})", source.title, by.join(", "))
}

/// The day by which a source was published.
pub(super) fn published_on(source: &Source) -> Day {
    let hull = source.published.hull();
    if hull.latest.is_bounded() { hull.latest } else { hull.earliest }
}
