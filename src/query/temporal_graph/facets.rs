//! What records say of themselves beyond their properties: dates, claims, sources, status, and since when they are known.
//!
//! Only the claims that count in the slice are told. A participation says what its event says. An actor is known by whoever mentions it:
//! in a name, a claim of its own, a relation or an event.

use super::{QueryGraph, Record};
use crate::graph::weigh_claims;
use crate::model::{ActorId, Claim, EventId, Grade, Modality, SourceId, Stance, Status};
use crate::query::graph::{Entity, Facet, NodeId, SliceId};
use crate::query::value::{Map, Value};
use crate::time::{Day, Holds};

impl<'g> QueryGraph<'g> {
    pub(super) fn facet_of(&self, slice: SliceId, entity: Entity, facet: Facet) -> Value {
        let Some(record) = self.record_or_event(entity) else { return Value::Null };
        match facet {
            Facet::Validity => self.validity(slice, record),
            Facet::Claims => Value::list(self.claims(slice, record).map(|claim| self.claim(claim)).collect()),
            Facet::Sources => {
                let mut ids = self.sources(slice, record, |_| true);
                ids.sort_unstable();
                ids.dedup();
                Value::list(ids.into_iter().map(|id| Value::text(&self.graph.source(id).slug)).collect())
            }
            Facet::Status => match record {
                Record::Relation(id) => Value::text(self.sliced(slice).view.standing(id).status.word()),
                _ => {
                    let kept: Vec<&Claim> = self.claims(slice, record).collect();
                    weigh_claims(&kept).map_or(Value::Null, |(status, _)| Value::text(status.word()))
                }
            },
            Facet::KnownSince => {
                let ids = self.sources(slice, record, |claim| claim.stance == Stance::Supports);
                let days = ids.into_iter().map(|id| self.graph.source(id).published.hull().latest);
                days.filter(|day| day.is_bounded()).min().map_or(Value::Null, Value::Date)
            }
        }
    }

    pub(super) fn is_known_by(&self, slice: SliceId, entity: Entity, day: Day) -> Holds {
        let Some(record) = self.record_or_event(entity) else { return Holds::Certain };
        let ids = self.sources(slice, record, |claim| claim.stance == Stance::Supports);
        let known = |id: SourceId| {
            let published = self.graph.source(id).published.hull();
            match day {
                day if published.latest <= day => Holds::Certain,
                day if published.earliest <= day => Holds::Possible,
                _ => Holds::No,
            }
        };
        ids.into_iter().map(known).max().unwrap_or(Holds::No)
    }

    /// How the claims of an event that count stand to one another.
    pub(super) fn event_standing(&self, slice: SliceId, id: EventId) -> Option<(Status, Modality)> {
        let kept: Vec<&Claim> = self.claims(slice, Record::Event(id)).collect();
        weigh_claims(&kept)
    }

    /// The record of a node or relation; the event of a participation. `None` for a link between sources.
    fn record_or_event(&self, entity: Entity) -> Option<Record> {
        match self.record(entity)? {
            Record::Link(link) => match self.record(Entity::Node(link.start))? {
                event @ Record::Event(_) => Some(event),
                _ => None,
            },
            record => Some(record),
        }
    }

    fn validity(&self, slice: SliceId, record: Record) -> Value {
        match record {
            Record::Relation(id) => Value::text(self.sliced(slice).view.dated(id).text()),
            Record::Event(id) => Value::text(self.graph.event(id).date.text()),
            Record::Actor(id) => {
                self.graph.actor(id).exists.as_ref().map_or(Value::Null, |exists| Value::text(exists.text()))
            }
            Record::Source(_) | Record::Link(_) => Value::Null,
        }
    }

    /// The claims under a record that count, in the order written.
    fn claims(&self, slice: SliceId, record: Record) -> impl Iterator<Item = &Claim> {
        let claims: &[Claim] = match record {
            Record::Relation(id) => &self.graph.relation(id).claims,
            Record::Event(id) => &self.graph.event(id).claims,
            Record::Actor(id) => &self.graph.actor(id).claims,
            Record::Source(_) | Record::Link(_) => &[],
        };
        self.sliced(slice).view.kept_claims(claims)
    }

    /// The sources of the claims under a record that count and pass; of an actor, those that mention it; a source itself.
    fn sources(&self, slice: SliceId, record: Record, passes: fn(&Claim) -> bool) -> Vec<SourceId> {
        let of = |record| self.claims(slice, record).filter(|claim| passes(claim)).map(|claim| claim.source);
        match record {
            Record::Source(id) => self.sliced(slice).has_source(id).then_some(id).into_iter().collect(),
            Record::Actor(id) => {
                let mut ids: Vec<SourceId> = of(record).collect();
                self.add_mentions(slice, id, &mut ids);
                ids
            }
            _ => of(record).collect(),
        }
    }

    /// The sources that mention an actor in a name, a relation or an event, whatever they say of it.
    fn add_mentions(&self, slice: SliceId, id: ActorId, ids: &mut Vec<SourceId>) {
        let sliced = self.sliced(slice);
        let names = self.graph.actor(id).names.iter().flat_map(|name| name.sources.iter().copied());
        ids.extend(names.filter(|source| sliced.has_source(*source)));
        for neighbour in self.graph.outgoing(id).iter().chain(self.graph.incoming(id)) {
            ids.extend(self.claims(slice, Record::Relation(neighbour.relation)).map(|claim| claim.source));
        }
        for number in self.links().to(NodeId(id.index() as u32)) {
            let start = self.links().get(*number).and_then(|link| self.record(Entity::Node(link.start)));
            ids.extend(start.into_iter().flat_map(|event| self.claims(slice, event)).map(|claim| claim.source));
        }
    }

    fn claim(&self, claim: &Claim) -> Value {
        let source = self.graph.source(claim.source);
        let speaker = claim
            .attributed_to
            .as_ref()
            .and_then(|speaker| speaker.actor.map(|id| &*self.graph.actor(id).name).or(speaker.name.as_deref()));
        let grade = Grade { reliability: source.reliability, credibility: claim.credibility };
        let figures = claim.figures.iter().map(|figure| {
            Value::map(Map::from_iter([
                ("what", Value::text(&figure.what)),
                ("value", Value::text(&figure.value)),
                ("qualifier", figure.qualifier.as_ref().map_or(Value::Null, |word| Value::text(word))),
            ]))
        });
        Value::map(Map::from_iter([
            ("source", Value::text(&source.slug)),
            ("locator", Value::text(&claim.locator)),
            ("stance", Value::text(claim.stance.word())),
            ("modality", Value::text(claim.modality.word())),
            ("attributed_to", speaker.map_or(Value::Null, Value::text)),
            ("anonymous", Value::Boolean(claim.is_anonymous())),
            ("grade", Value::text(&grade.to_string())),
            ("reliability", Value::text(grade.reliability.word())),
            ("credibility", Value::Integer(grade.credibility.into())),
            ("published", Value::text(source.published.text())),
            ("valid", claim.valid.as_ref().map_or(Value::Null, |valid| Value::text(valid.text()))),
            ("note", Value::text(&claim.note)),
            ("figures", Value::list(figures.collect())),
        ]))
    }
}
