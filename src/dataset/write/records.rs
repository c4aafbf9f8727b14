//! Records of a graph as the JSON that data files hold.

use super::super::{InputFile, load_without_warnings};
use crate::graph::{ClaimFilter, TemporalGraph};
use crate::model::{
    Actor, ActorId, Claim, Event, EventId, Relation, RelationId, RelationType, Source, SourceId, Vocabulary,
};
use crate::time::Dated;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Some records of a graph, and the claims under them that count.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Actors.
    pub actors: BTreeSet<ActorId>,
    /// Relations.
    pub relations: BTreeSet<RelationId>,
    /// Events.
    pub events: BTreeSet<EventId>,
    /// Sources, besides those that claims and names cite.
    pub sources: BTreeSet<SourceId>,
    /// Which claims count.
    pub claims: ClaimFilter,
}

impl Selection {
    /// Everything.
    fn all(graph: &TemporalGraph) -> Self {
        Self {
            actors: graph.actors().map(|(id, _)| id).collect(),
            relations: graph.relations().map(|(id, _)| id).collect(),
            events: graph.events().map(|(id, _)| id).collect(),
            sources: graph.sources().map(|(id, _)| id).collect(),
            claims: ClaimFilter::default(),
        }
    }

    /// Adds the actors and sources that the records name, so that no reference leads nowhere.
    fn close(&mut self, graph: &TemporalGraph, kept: &Kept<'_>) {
        let mut actors = self.actors.clone();
        let mut sources = self.sources.clone();
        let mut claims: Vec<&Claim> = Vec::new();
        for id in &self.relations {
            let relation = graph.relation(*id);
            actors.extend([relation.subject, relation.object]);
            actors.extend(relation.roles.iter().filter_map(|role| role.actor));
            claims.extend(kept.claims(&relation.claims));
        }
        for id in &self.events {
            let event = graph.event(*id);
            actors.extend(event.participants.iter().map(|p| p.actor));
            actors.extend(event.place);
            claims.extend(kept.claims(&event.claims));
        }
        let speakers = |claims: &[&Claim]| -> Vec<ActorId> {
            claims.iter().filter_map(|c| c.attributed_to.as_ref()?.actor).collect()
        };
        actors.extend(speakers(&claims));
        sources.extend(claims.iter().map(|c| c.source));
        // A speaker comes with claims of its own, which may name further speakers.
        let mut waiting: Vec<ActorId> = actors.iter().copied().collect();
        while let Some(id) = waiting.pop() {
            let actor = graph.actor(id);
            let own: Vec<&Claim> = kept.claims(&actor.claims).collect();
            sources.extend(own.iter().map(|c| c.source));
            sources.extend(actor.names.iter().flat_map(|n| &n.sources).filter(|id| kept.source(**id)));
            waiting.extend(speakers(&own).into_iter().filter(|id| actors.insert(*id)));
        }
        let mut waiting: Vec<SourceId> = sources.iter().copied().collect();
        while let Some(id) = waiting.pop() {
            let origins = graph.source(id).derived_from.iter().copied().filter(|id| kept.source(*id));
            waiting.extend(origins.filter(|id| sources.insert(*id)));
        }
        (self.actors, self.sources) = (actors, sources);
    }
}

/// Which claims and sources count.
struct Kept<'g> {
    graph: &'g TemporalGraph,
    filter: &'g ClaimFilter,
}

impl Kept<'_> {
    fn source(&self, id: SourceId) -> bool {
        self.filter.keeps_source(id, self.graph.source(id))
    }

    fn claims<'c>(&self, claims: &'c [Claim]) -> impl Iterator<Item = &'c Claim> {
        claims.iter().filter(|claim| self.filter.keeps(claim, self.graph.source(claim.source)))
    }

    /// How many of the sources that support something do not repeat one another.
    fn origins(&self, claims: &[Claim]) -> usize {
        let all: BTreeSet<SourceId> =
            self.claims(claims).filter(|c| c.stance == crate::model::Stance::Supports).map(|c| c.source).collect();
        all.iter().filter(|id| !self.graph.source(**id).derived_from.iter().any(|d| all.contains(d))).count()
    }
}

/// The records of a selection, or all, as one data file.
pub(super) fn to_value(graph: &TemporalGraph, selection: Option<&Selection>) -> Value {
    let mut selection = selection.cloned().unwrap_or_else(|| Selection::all(graph));
    let filter = selection.claims.clone();
    let kept = Kept { graph, filter: &filter };
    selection.close(graph, &kept);
    let mut file = json!({
        "sources": selection.sources.iter().map(|id| source(graph, graph.source(*id), &kept)).collect::<Vec<_>>(),
        "actors": selection.actors.iter().map(|id| actor(graph, graph.actor(*id), &kept)).collect::<Vec<_>>(),
        "relations": selection.relations.iter().map(|id| relation(graph, graph.relation(*id), &kept)).collect::<Vec<_>>(),
        "events": selection.events.iter().map(|id| event(graph, graph.event(*id), &selection, &kept)).collect::<Vec<_>>(),
    });
    if let Some(object) = file.as_object_mut() {
        object.extend(own_vocabulary(graph.vocabulary()));
    }
    file
}

/// What of a vocabulary has to be declared beside the shipped one. A group of kinds or types that merely takes in what is declared need not be:
/// so kinds come first, then the types that differ from the shipped ones read with these kinds, then the groups that differ from those read with
/// all of it.
fn own_vocabulary(wanted: &Vocabulary) -> Map<String, Value> {
    const STAGES: [&[&str]; 3] =
        [&["actor_kinds", "event_kinds", "event_roles", "kind_groups"], &["relation_types"], &["relation_groups"]];
    let wanted = lists(wanted);
    let mut own = Map::new();
    for stage in STAGES {
        let text = Value::Object(own.clone()).to_string();
        let so_far = InputFile { name: "the vocabulary so far".into(), bytes: text.into_bytes().into() };
        // Parts of a vocabulary that loaded; should they not load alone, all of the stage is declared.
        let known = load_without_warnings(vec![so_far]).map(|graph| lists(graph.vocabulary())).unwrap_or_default();
        for name in stage {
            let entries = |all: &[(&str, Vec<Value>)]| {
                all.iter().find(|(list, _)| list == name).map(|(_, entries)| entries.clone()).unwrap_or_default()
            };
            let known = entries(&known);
            let new: Vec<Value> = entries(&wanted).into_iter().filter(|entry| !known.contains(entry)).collect();
            own.insert((*name).to_owned(), new.into());
        }
    }
    own
}

fn text(dated: Option<&Dated>) -> Option<&str> {
    dated.map(Dated::text)
}

fn slugs<'g, T: Copy>(ids: &[T], slug: impl Fn(T) -> &'g str) -> Vec<&'g str> {
    ids.iter().map(|id| slug(*id)).collect()
}

fn source(graph: &TemporalGraph, source: &Source, kept: &Kept<'_>) -> Value {
    let origins: Vec<SourceId> = source.derived_from.iter().copied().filter(|id| kept.source(*id)).collect();
    json!({
        "id": source.slug, "title": source.title, "author": source.author, "publisher": source.publisher,
        "published": source.published.text(), "accessed": text(source.accessed.as_ref()), "url": source.url,
        "kind": source.kind.word(), "reliability": source.reliability.word(),
        "derived_from": slugs(&origins, |id| &graph.source(id).slug),
        "paragraphs": source.paragraphs, "names": source.names,
        "uncited": source.uncited.iter().map(|u| json!({
            "locator": u.locator, "reason": u.reason.word(), "note": u.note,
        })).collect::<Vec<_>>(),
    })
}

fn actor(graph: &TemporalGraph, actor: &Actor, kept: &Kept<'_>) -> Value {
    let names: Vec<Value> = actor
        .names
        .iter()
        .map(|n| {
            let sources: Vec<SourceId> = n.sources.iter().copied().filter(|id| kept.source(*id)).collect();
            json!({
                "name": n.text, "kind": n.kind.word(), "lang": n.lang, "script": n.script, "valid": text(n.valid.as_ref()),
                "sources": slugs(&sources, |id| &graph.source(id).slug),
            })
        })
        .collect();
    json!({
        "id": actor.slug, "name": actor.name, "kind": graph.vocabulary().kind(actor.kind).name, "names": names,
        "exists": text(actor.exists.as_ref()), "traits": actor.traits, "summary": actor.summary,
        "external_ids": map(actor.external_ids.iter().map(|(register, id)| (&**register, &**id))),
        "claims": claims(graph, &actor.claims, kept),
    })
}

fn relation(graph: &TemporalGraph, relation: &Relation, kept: &Kept<'_>) -> Value {
    json!({
        "id": relation.slug,
        "subject": graph.actor(relation.subject).slug,
        "type": graph.vocabulary().relation_type(relation.kind).name,
        "object": graph.actor(relation.object).slug,
        "valid": relation.valid.text(),
        "roles": map(relation.roles.iter().map(|role| (&*role.name, &*role.value))),
        "basis": relation.basis.word(),
        "claims": claims(graph, &relation.claims, kept),
        "note": relation.note,
    })
}

fn event(graph: &TemporalGraph, event: &Event, selection: &Selection, kept: &Kept<'_>) -> Value {
    let vocabulary = graph.vocabulary();
    let relations = |ids: &[RelationId]| {
        let inside: Vec<RelationId> = ids.iter().copied().filter(|id| selection.relations.contains(id)).collect();
        slugs(&inside, |id| &graph.relation(id).slug)
    };
    json!({
        "id": event.slug, "name": event.name, "kind": vocabulary.event_kind(event.kind).name, "date": event.date.text(),
        "place": event.place.map(|id| &graph.actor(id).slug),
        "participants": event.participants.iter().map(|p| json!({
            "actor": graph.actor(p.actor).slug, "role": vocabulary.event_role(p.role).name,
        })).collect::<Vec<_>>(),
        "opens": relations(&event.opens), "closes": relations(&event.closes),
        "claims": claims(graph, &event.claims, kept), "note": event.note,
    })
}

fn claims(graph: &TemporalGraph, claims: &[Claim], kept: &Kept<'_>) -> Vec<Value> {
    // Where claims are left out, what they confirmed may be left unconfirmed: 2 is the best grade that one source can have.
    let is_confirmed = kept.filter.is_empty() || kept.origins(claims) > 1;
    let credibility = |claim: &Claim| if is_confirmed { claim.credibility } else { claim.credibility.max(2) };
    kept.claims(claims)
        .map(|claim| {
            json!({
                "source": graph.source(claim.source).slug, "locator": claim.locator, "stance": claim.stance.word(),
                "modality": claim.modality.word(),
                "attributed_to": claim.attributed_to.as_ref().map(|a| json!({
                    "actor": a.actor.map(|id| &graph.actor(id).slug), "name": a.name, "anonymous": a.anonymous,
                })),
                "credibility": credibility(claim), "valid": text(claim.valid.as_ref()),
                "figures": claim.figures.iter().map(|f| json!({
                    "what": f.what, "value": f.value, "qualifier": f.qualifier,
                })).collect::<Vec<_>>(),
                "note": claim.note,
            })
        })
        .collect()
}

fn map<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> Map<String, Value> {
    entries.map(|(key, value)| (key.to_owned(), value.into())).collect()
}

/// Every list of a vocabulary as declarations, by name. Kinds and types stand one by one where files may name groups of them.
fn lists(vocabulary: &Vocabulary) -> Vec<(&'static str, Vec<Value>)> {
    let kinds = |ids: &[crate::model::KindId]| slugs(ids, |id| &*vocabulary.kind(id).name);
    let relation_type = |t: &RelationType| {
        json!({
            "name": t.name, "inverse": t.inverse, "symmetric": t.symmetric, "category": t.category.word(),
            "polarity": t.polarity.number(), "weight": t.weight, "kind": t.temporality.word(),
            "later": t.later.map(crate::model::Side::word), "subjects": kinds(&t.subjects), "objects": kinds(&t.objects),
            "definition": t.definition, "example": t.example, "label": t.label, "inverse_label": t.inverse_label,
            "continues": t.continues,
        })
    };
    vec![
        (
            "actor_kinds",
            vocabulary
                .actor_kinds
                .iter()
                .map(|k| json!({"name": k.name, "definition": k.definition, "example": k.example}))
                .collect(),
        ),
        (
            "kind_groups",
            vocabulary.kind_groups.iter().map(|g| json!({"name": g.name, "kinds": kinds(&g.kinds)})).collect(),
        ),
        ("relation_types", vocabulary.relation_types.iter().map(relation_type).collect()),
        (
            "relation_groups",
            vocabulary
                .relation_groups
                .iter()
                .map(|g| {
                    json!({
                        "name": g.name, "words": g.words, "definition": g.definition,
                        "types": slugs(&g.types, |id| &*vocabulary.relation_type(id).name),
                    })
                })
                .collect(),
        ),
        (
            "event_kinds",
            vocabulary.event_kinds.iter().map(|k| json!({"name": k.name, "definition": k.definition})).collect(),
        ),
        (
            "event_roles",
            vocabulary.event_roles.iter().map(|k| json!({"name": k.name, "definition": k.definition})).collect(),
        ),
    ]
}
