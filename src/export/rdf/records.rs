//! The records of a view as nodes.

use super::Base;
use super::node::Node;
use super::terms::{self, dcterms, foaf, org, owl, prov, rdfs, schema, skos, skosxl, term};
use crate::export::{Contents, Style};
use crate::model::{ActorId, Claim, EventId, Grade, KindId, Name, Polarity, RelationId, SourceId, SourceKind, TypeId};
use crate::time::{Extent, Holds, Window};
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, NamedNode};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that an export says, in order: the export, sources, actors, relations, what is denied, events (claims after what they are about),
/// the words of the vocabulary that were used, our terms.
pub(super) fn nodes(contents: &Contents<'_, '_>, style: &Style, base: &Base) -> Vec<Node> {
    let mut writer =
        Writer { contents, base, denied: contents.denied(), certain: certain(contents), nodes: Vec::new() };
    writer.export(style);
    for id in writer.sources() {
        writer.source(id);
    }
    for id in &contents.actors {
        writer.actor(*id);
    }
    for id in &contents.relations {
        writer.relation(*id);
    }
    for id in writer.denied.clone() {
        writer.denied_relation(id);
    }
    for id in &contents.events {
        writer.event(*id);
    }
    writer.vocabulary();
    writer.nodes.extend(terms::nodes());
    writer.nodes
}

/// For each actor the relations that certainly hold, by id, with the actor at their other end; those with a direction count for their subject alone.
fn certain(contents: &Contents<'_, '_>) -> BTreeMap<ActorId, Vec<(RelationId, ActorId)>> {
    let mut all: BTreeMap<ActorId, Vec<(RelationId, ActorId)>> = BTreeMap::new();
    for id in contents.relations.iter().filter(|id| contents.view.holds(**id) == Holds::Certain) {
        let relation = contents.relation(*id);
        all.entry(relation.subject).or_default().push((*id, relation.object));
        if contents.relation_type(*id).symmetric {
            all.entry(relation.object).or_default().push((*id, relation.subject));
        }
    }
    all
}

struct Writer<'c, 'v, 'g> {
    contents: &'c Contents<'v, 'g>,
    base: &'c Base,
    denied: Vec<RelationId>,
    certain: BTreeMap<ActorId, Vec<(RelationId, ActorId)>>,
    nodes: Vec<Node>,
}

impl<'g> Writer<'_, '_, 'g> {
    fn iri(&self, kind: &str, id: &str) -> NamedNode {
        self.base.iri(kind, id)
    }

    fn actor_iri(&self, id: ActorId) -> NamedNode {
        self.iri("actor", &self.contents.actor(id).slug)
    }

    fn source_iri(&self, id: SourceId) -> NamedNode {
        self.iri("source", &self.contents.view.graph().source(id).slug)
    }

    fn relation_iri(&self, id: RelationId) -> NamedNode {
        self.iri("relation", &self.contents.relation(id).slug)
    }

    /// The sources of all that is written, those that they repeat, and those that names cite.
    fn sources(&self) -> Vec<SourceId> {
        let graph = self.contents.view.graph();
        let mut all: BTreeSet<SourceId> = self.contents.sources.iter().copied().collect();
        for id in &self.denied {
            all.extend(self.contents.view.kept_claims(&graph.relation(*id).claims).map(|c| c.source));
        }
        for id in &self.contents.actors {
            all.extend(self.contents.actor(*id).names.iter().flat_map(|name| self.kept_sources(name)));
        }
        let mut queue: Vec<SourceId> = all.iter().copied().collect();
        while let Some(id) = queue.pop() {
            for origin in &graph.source(id).derived_from {
                if all.insert(*origin) {
                    queue.push(*origin);
                }
            }
        }
        all.into_iter().collect()
    }

    /// The sources of a name whose claims count.
    fn kept_sources(&self, name: &'g Name) -> impl Iterator<Item = SourceId> + use<'_, 'g> {
        let graph = self.contents.view.graph();
        let filter = self.contents.view.claim_filter();
        name.sources.iter().copied().filter(|id| filter.keeps_source(*id, graph.source(*id)))
    }

    fn export(&mut self, style: &Style) {
        let mut node = Node::new(self.base.export());
        node.class(prov("Entity")).class(schema("Dataset")).english(dcterms("title"), &style.title);
        for limit in &style.limits {
            node.english(dcterms("description"), limit);
        }
        let window = self.contents.view.window();
        if !window.is_all() {
            node.day(term("firstDay"), window.first).day(term("lastDay"), window.last);
        }
        for id in self.sources() {
            node.add(prov("wasDerivedFrom"), self.source_iri(id));
        }
        self.nodes.push(node);
    }

    fn source(&mut self, id: SourceId) {
        let source = self.contents.view.graph().source(id);
        let mut node = Node::new(self.source_iri(id));
        node.class(term("Source")).class(prov("Entity")).class(schema(match source.kind {
            SourceKind::News => "NewsArticle",
            SourceKind::Academic => "ScholarlyArticle",
            SourceKind::Dataset => "Dataset",
            SourceKind::Social => "SocialMediaPosting",
            _ => "CreativeWork",
        }));
        node.text(dcterms("identifier"), &source.slug).text(dcterms("title"), &source.title);
        node.text_if(dcterms("creator"), source.author.as_deref());
        node.text_if(dcterms("publisher"), source.publisher.as_deref());
        node.edtf(dcterms("issued"), source.published.text());
        let published = source.published.hull();
        node.day(term("publishedEarliest"), published.earliest).day(term("publishedLatest"), published.latest);
        if let Some(accessed) = &source.accessed {
            node.edtf(dcterms("dateAccepted"), accessed.text());
        }
        if let Some(url) = &source.url {
            node.add(schema("url"), Literal::new_typed_literal(&**url, xsd::ANY_URI));
        }
        node.text(term("sourceKind"), source.kind.word()).text(term("reliability"), source.reliability.word());
        if let Some(paragraphs) = source.paragraphs {
            node.number(term("paragraphs"), paragraphs);
        }
        for name in &source.names {
            node.text(dcterms("alternative"), name);
        }
        for origin in &source.derived_from {
            node.add(prov("wasDerivedFrom"), self.source_iri(*origin));
        }
        self.nodes.push(node);
    }

    fn actor(&mut self, id: ActorId) {
        let actor = self.contents.actor(id);
        let mut node = Node::new(self.actor_iri(id));
        node.class(term("Actor"));
        for class in classes(self.contents.kind(id)) {
            node.class(class);
        }
        node.text(dcterms("identifier"), &actor.slug)
            .add(term("kind"), self.iri("kind", self.contents.kind(id)))
            .text(rdfs("label"), self.contents.name(id))
            .text(skos("prefLabel"), &actor.name);
        node.text_if(dcterms("description"), actor.summary.as_deref());
        if let Some(exists) = &actor.exists {
            node.edtf(term("valid"), exists.text());
            bounds(&mut node, exists.extent(None, None));
        }
        for quality in &actor.traits {
            node.text(term("trait"), quality);
        }
        for (register, id) in &actor.external_ids {
            node.text(term("externalId"), &format!("{register}:{id}"));
            if &**register == "wikidata" && id.starts_with('Q') && id[1..].bytes().all(|b| b.is_ascii_digit()) {
                node.add(owl("sameAs"), NamedNode::new_unchecked(format!("http://www.wikidata.org/entity/{id}")));
            }
        }
        for name in &actor.names {
            node.add(skos("altLabel"), literal(name));
        }
        let names: Vec<(NamedNode, &'g Name)> = (1..)
            .zip(&actor.names)
            .map(|(number, name)| (self.iri("name", &format!("{}.{number}", actor.slug)), name))
            .collect();
        for (iri, _) in &names {
            node.add(skosxl("altLabel"), iri.clone());
        }
        for (relation, other) in self.certain.get(&id).into_iter().flatten() {
            node.add(self.iri("type", &self.contents.relation_type(*relation).name), self.actor_iri(*other));
        }
        let claims = self.cite(&mut node, &format!("actor.{}", actor.slug), &actor.claims);
        self.nodes.push(node);
        for (iri, name) in names {
            self.name(iri, name);
        }
        self.nodes.extend(claims);
    }

    fn name(&mut self, iri: NamedNode, name: &'g Name) {
        let mut node = Node::new(iri);
        node.class(skosxl("Label")).add(skosxl("literalForm"), literal(name)).text(term("nameKind"), name.kind.word());
        if let Some(valid) = &name.valid {
            node.edtf(term("valid"), valid.text());
            bounds(&mut node, valid.extent(None, None));
        }
        let sources: Vec<SourceId> = self.kept_sources(name).collect();
        for source in sources {
            node.add(prov("wasDerivedFrom"), self.source_iri(source));
        }
        self.nodes.push(node);
    }

    fn relation(&mut self, id: RelationId) {
        let (relation, t) = (self.contents.relation(id), self.contents.relation_type(id));
        let mut node = Node::new(self.relation_iri(id));
        node.class(term("Relation")).class(prov("Entity"));
        let (subject, object) = (self.contents.name(relation.subject), self.contents.name(relation.object));
        node.text(dcterms("identifier"), &relation.slug)
            .english(rdfs("label"), &format!("{subject} {} {object}", t.label));
        node.add(term("subject"), self.actor_iri(relation.subject));
        node.add(term("type"), self.iri("type", &t.name));
        node.add(term("object"), self.actor_iri(relation.object));
        node.text(term("holds"), self.contents.view.holds(id).word());
        self.tie(node, id);
    }

    fn denied_relation(&mut self, id: RelationId) {
        let (relation, t) = (self.contents.relation(id), self.contents.relation_type(id));
        let mut node = Node::new(self.relation_iri(id));
        node.class(term("DeniedRelation")).class(prov("Entity"));
        let (subject, object) = (self.contents.name(relation.subject), self.contents.name(relation.object));
        node.text(dcterms("identifier"), &relation.slug)
            .english(rdfs("label"), &format!("denied: {subject} {} {object}", t.label));
        node.add(term("deniedSubject"), self.actor_iri(relation.subject));
        node.add(term("deniedType"), self.iri("type", &t.name));
        node.add(term("deniedObject"), self.actor_iri(relation.object));
        self.tie(node, id);
    }

    /// What relations and denied ones have alike: dates, status, further parts, claims.
    fn tie(&mut self, mut node: Node, id: RelationId) {
        let (relation, standing) = (self.contents.relation(id), self.contents.view.standing(id));
        node.edtf(term("valid"), self.contents.dated(id).text());
        bounds(&mut node, standing.dates);
        let extent = standing.extent();
        if extent.start.latest <= extent.end.earliest && !extent.is_never() {
            node.day(term("certainFrom"), extent.start.latest).day(term("certainUntil"), extent.end.earliest);
        }
        node.text(term("status"), standing.status.word())
            .text(term("modality"), standing.modality.word())
            .text(term("basis"), relation.basis.word());
        if let Some(day) = standing.last_attested {
            node.day(term("lastAttested"), day);
        }
        for role in &relation.roles {
            let predicate = self.iri("role", &role.name);
            match role.actor {
                Some(actor) => node.add(predicate, self.actor_iri(actor)),
                None => node.text(predicate, &role.value),
            };
        }
        node.text_if(term("note"), relation.note.as_deref());
        let claims = self.cite(&mut node, &format!("relation.{}", relation.slug), &relation.claims);
        self.nodes.push(node);
        self.nodes.extend(claims);
    }

    fn event(&mut self, id: EventId) {
        let (event, vocabulary) = (self.contents.event(id), self.contents.view.graph().vocabulary());
        let mut node = Node::new(self.iri("event", &event.slug));
        node.class(term("Event")).class(schema("Event"));
        node.text(dcterms("identifier"), &event.slug).text(rdfs("label"), &event.name);
        node.add(term("kind"), self.iri("event-kind", &vocabulary.event_kind(event.kind).name));
        node.edtf(term("valid"), event.date.text());
        bounds(&mut node, event.date.extent(None, None));
        node.text(term("holds"), self.contents.event_holds(id).word());
        if let Some((status, modality)) = self.contents.view.weigh(&event.claims) {
            node.text(term("status"), status.word()).text(term("modality"), modality.word());
        }
        if let Some(place) = event.place {
            node.add(term("place"), self.actor_iri(place));
        }
        for participant in &event.participants {
            let role = &vocabulary.event_role(participant.role).name;
            node.add(term("participant"), self.actor_iri(participant.actor));
            node.add(self.iri("part", role), self.actor_iri(participant.actor));
        }
        for relation in &event.opens {
            node.add(term("opens"), self.relation_iri(*relation));
        }
        for relation in &event.closes {
            node.add(term("closes"), self.relation_iri(*relation));
        }
        node.text_if(term("note"), event.note.as_deref());
        let claims = self.cite(&mut node, &format!("event.{}", event.slug), &event.claims);
        self.nodes.push(node);
        self.nodes.extend(claims);
    }

    /// Ties a record to its claims that count and their sources, and returns the claims. A claim is named by its record and its place in it.
    fn cite(&self, record: &mut Node, name: &str, claims: &[Claim]) -> Vec<Node> {
        let (graph, filter) = (self.contents.view.graph(), self.contents.view.claim_filter());
        let kept = |claim: &Claim| filter.keeps(claim, graph.source(claim.source));
        let mut all = Vec::new();
        for (number, claim) in (1..).zip(claims).filter(|(_, claim)| kept(claim)) {
            let iri = self.iri("claim", &format!("{name}.{number}"));
            record.add(term("claim"), iri.clone()).add(prov("wasDerivedFrom"), self.source_iri(claim.source));
            let source = graph.source(claim.source);
            let mut node = Node::new(iri.clone());
            node.class(term("Claim")).class(prov("Entity"));
            node.add(term("about"), record.id().clone())
                .add(prov("wasDerivedFrom"), self.source_iri(claim.source))
                .text(term("locator"), &claim.locator);
            for paragraph in claim.paragraphs() {
                node.number(term("paragraph"), paragraph);
            }
            let grade = Grade { reliability: source.reliability, credibility: claim.credibility };
            node.text(term("stance"), claim.stance.word())
                .text(term("modality"), claim.modality.word())
                .text(term("grade"), &grade.to_string())
                .number(term("credibility"), claim.credibility);
            if let Some(attribution) = &claim.attributed_to {
                if let Some(actor) = attribution.actor {
                    node.add(prov("wasAttributedTo"), self.actor_iri(actor));
                }
                node.text_if(term("speaker"), attribution.name.as_deref());
                node.add(term("anonymous"), Literal::from(attribution.anonymous));
            }
            if let Some(valid) = &claim.valid {
                node.edtf(term("valid"), valid.text());
                bounds(&mut node, valid.extent(None, None));
            }
            node.english(term("note"), &claim.note);
            let mut figures = Vec::new();
            for (place, figure) in (1..).zip(&claim.figures) {
                let iri = self.iri("claim", &format!("{name}.{number}.figure.{place}"));
                node.add(term("figure"), iri.clone());
                let mut one = Node::new(iri);
                one.class(term("Figure")).english(term("counts"), &figure.what).text(term("value"), &figure.value);
                if let Some(qualifier) = &figure.qualifier {
                    one.english(term("qualifier"), qualifier);
                }
                figures.push(one);
            }
            all.push(node);
            all.extend(figures);
        }
        all
    }

    /// The words of the vocabulary that the records use.
    fn vocabulary(&mut self) {
        let (contents, vocabulary) = (self.contents, self.contents.view.graph().vocabulary());
        let kinds: BTreeSet<KindId> = contents.actors.iter().map(|id| contents.actor(*id).kind).collect();
        for kind in kinds.into_iter().map(|id| vocabulary.kind(id)) {
            let mut node = self.concept("kind", &kind.name, &kind.definition);
            if let Some(example) = &kind.example {
                node.english(skos("example"), example);
            }
            self.nodes.push(node);
        }
        let ties: Vec<RelationId> = contents.relations.iter().chain(&self.denied).copied().collect();
        let types: BTreeSet<TypeId> = ties.iter().map(|id| contents.relation(*id).kind).collect();
        for t in types.into_iter().map(|id| vocabulary.relation_type(id)) {
            let mut node = self.concept("type", &t.name, &t.definition);
            node.class(rdf::PROPERTY.into_owned())
                .english(rdfs("label"), &t.label)
                .english(skos("example"), &t.example);
            node.text(term("category"), t.category.word())
                .number(
                    term("polarity"),
                    match t.polarity {
                        Polarity::Negative => -1,
                        Polarity::Neutral => 0,
                        Polarity::Positive => 1,
                    },
                )
                .text(term("temporality"), t.temporality.word());
            if t.symmetric {
                node.class(owl("SymmetricProperty"));
                self.nodes.push(node);
            } else {
                let inverse = self.iri("type", &t.inverse);
                node.add(owl("inverseOf"), inverse.clone());
                self.nodes.push(node);
                let mut node = Node::new(inverse);
                node.class(rdf::PROPERTY.into_owned()).english(rdfs("label"), &t.inverse_label);
                self.nodes.push(node);
            }
        }
        let events: Vec<_> = contents.events.iter().map(|id| contents.event(*id)).collect();
        let kinds: BTreeSet<_> = events.iter().map(|event| event.kind).collect();
        for kind in kinds.into_iter().map(|id| vocabulary.event_kind(id)) {
            let node = self.concept("event-kind", &kind.name, &kind.definition);
            self.nodes.push(node);
        }
        let parts: BTreeSet<_> = events.iter().flat_map(|event| &event.participants).map(|p| p.role).collect();
        for part in parts.into_iter().map(|id| vocabulary.event_role(id)) {
            let mut node = self.concept("part", &part.name, &part.definition);
            node.class(rdf::PROPERTY.into_owned()).add(rdfs("subPropertyOf"), term("participant"));
            self.nodes.push(node);
        }
        let roles: BTreeSet<&str> =
            ties.iter().flat_map(|id| &contents.relation(*id).roles).map(|role| &*role.name).collect();
        for role in roles {
            let mut node = Node::new(self.iri("role", role));
            node.class(rdf::PROPERTY.into_owned())
                .english(rdfs("label"), &role.replace('_', " "))
                .add(rdfs("subPropertyOf"), term("role"));
            self.nodes.push(node);
        }
    }

    fn concept(&self, kind: &str, name: &str, definition: &str) -> Node {
        let mut node = Node::new(self.iri(kind, name));
        node.class(skos("Concept"))
            .text(skos("notation"), name)
            .english(skos("prefLabel"), &name.replace('_', " "))
            .english(skos("definition"), definition);
        node
    }
}

/// The four bounds of a dating; those that reach without limit are left out.
fn bounds(node: &mut Node, extent: Extent) {
    let within = |day: crate::time::Day| day > Window::ALL.first && day < Window::ALL.last;
    for (name, day) in [
        ("startEarliest", extent.start.earliest),
        ("startLatest", extent.start.latest),
        ("endEarliest", extent.end.earliest),
        ("endLatest", extent.end.latest),
    ] {
        if within(day) {
            node.day(term(name), day);
        }
    }
}

/// A name with its language, and its script where the language does not tell it; plain where its tag is none.
fn literal(name: &Name) -> Literal {
    let Some(lang) = name.lang.as_deref() else { return Literal::new_simple_literal(&*name.text) };
    let usual = match lang.split('-').next().unwrap_or(lang) {
        "ar" | "fa" | "ur" | "ps" | "ckb" => "Arab",
        "ru" | "uk" | "be" | "bg" => "Cyrl",
        "he" => "Hebr",
        "en" | "fr" | "de" | "es" | "it" | "nl" | "tr" => "Latn",
        _ => "",
    };
    let tag = match name.script.as_deref() {
        Some(script) if script != usual && !lang.contains('-') => format!("{lang}-{script}"),
        _ => lang.to_owned(),
    };
    Literal::new_language_tagged_literal(&*name.text, tag).unwrap_or_else(|_| Literal::new_simple_literal(&*name.text))
}

/// The classes of other vocabularies to which an actor of a shipped kind belongs; for kinds of a data set's own, an agent.
fn classes(kind: &str) -> Vec<NamedNode> {
    match kind {
        "place" => vec![schema("Place"), prov("Location")],
        "person" => vec![foaf("Person"), schema("Person"), prov("Person")],
        "state" => vec![schema("Country"), prov("Agent")],
        "government" | "state_force" | "governing_authority" => {
            vec![org("Organization"), schema("GovernmentOrganization"), prov("Organization")]
        }
        "armed_group"
        | "militia"
        | "coalition"
        | "operations_room"
        | "external_mission"
        | "political_body"
        | "intergovernmental_org"
        | "private_actor" => {
            vec![org("Organization"), schema("Organization"), prov("Organization")]
        }
        "community" | "faction" => vec![foaf("Group"), prov("Agent")],
        _ => vec![foaf("Agent"), prov("Agent")],
    }
}
