//! What of a view goes into a file: the same records for every format, in one order.

use super::Style;
use crate::graph::{Line, View};
use crate::model::{Actor, ActorId, Claim, Event, EventId, Relation, RelationId, RelationType, SourceId};
use crate::time::{Dated, Holds};
use fixedbitset::FixedBitSet;
use std::collections::BTreeSet;

/// The records of a view that a file holds, each list by readable id.
#[derive(Debug)]
pub struct Contents<'v, 'g> {
    /// The view they are of.
    pub view: &'v View<'g>,
    /// The actors of the relations, and all others of the view when isolated ones are wanted.
    pub actors: Vec<ActorId>,
    /// The relations.
    pub relations: Vec<RelationId>,
    /// The events of the days asked about in which one of the actors took part, unless none of their claims counts or all deny them.
    pub events: Vec<EventId>,
    /// The sources of the claims that count under these records.
    pub sources: Vec<SourceId>,
}

impl<'v, 'g> Contents<'v, 'g> {
    /// What of a view a file holds.
    #[must_use]
    pub fn of(view: &'v View<'g>, style: &Style) -> Self {
        let graph = view.graph();
        let relations: Vec<RelationId> = view.relations().collect();
        let mut actors: BTreeSet<ActorId> =
            relations.iter().flat_map(|id| <[ActorId; 2]>::from(graph.ends(*id))).collect();
        if style.isolated {
            actors.extend(view.actors());
        }
        let concerns = |event: &Event| {
            event.participants.iter().any(|p| actors.contains(&p.actor))
                || event.place.is_some_and(|place| actors.contains(&place))
        };
        let events: Vec<EventId> = graph
            .events()
            .filter(|(_, event)| concerns(event) && view.event_holds(event) != Holds::No)
            .map(|(id, _)| id)
            .collect();
        let of_relations = relations.iter().flat_map(|id| view.kept_claims(&graph.relation(*id).claims));
        let of_events = events.iter().flat_map(|id| view.kept_claims(&graph.event(*id).claims));
        let of_actors = actors.iter().flat_map(|id| view.kept_claims(&graph.actor(*id).claims));
        let sources: BTreeSet<SourceId> = of_relations.chain(of_events).chain(of_actors).map(|c| c.source).collect();
        Self { view, actors: actors.into_iter().collect(), relations, events, sources: sources.into_iter().collect() }
    }

    /// How many actors and relations a file would hold, without reading their records.
    #[must_use]
    pub fn size(view: &View<'_>, style: &Style) -> (usize, usize) {
        let graph = view.graph();
        let mut actors = FixedBitSet::with_capacity(graph.actor_count());
        let mut relations = 0;
        for id in view.relations() {
            let (subject, object) = graph.ends(id);
            actors.insert(subject.index());
            actors.insert(object.index());
            relations += 1;
        }
        if style.isolated {
            actors.extend(view.actors().map(ActorId::index));
        }
        (actors.count_ones(..), relations)
    }

    /// The relations between actors of the contents that the claims which count deny: records that something was not so, by readable id.
    #[must_use]
    pub fn denied(&self) -> Vec<RelationId> {
        let graph = self.view.graph();
        let is_ours = |id: ActorId| self.actors.binary_search(&id).is_ok();
        let between_them = self.actors.iter().flat_map(|id| graph.outgoing(*id)).filter(|n| is_ours(n.other));
        let mut denied: Vec<RelationId> =
            between_them.map(|n| n.relation).filter(|id| self.view.is_denied(*id)).collect();
        denied.sort_unstable();
        denied
    }

    /// Whether and how an event fell into the days of the view: at most possible when contested or not asserted.
    #[must_use]
    pub fn event_holds(&self, id: EventId) -> Holds {
        self.view.event_holds(self.event(id))
    }

    /// The record of an actor.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> &'g Actor {
        self.view.graph().actor(id)
    }

    /// The name an actor bore in the days of the view.
    #[must_use]
    pub fn name(&self, id: ActorId) -> &'g str {
        self.actor(id).name_in(self.view.window())
    }

    /// The kind of an actor, as records have it: `armed_group`.
    #[must_use]
    pub fn kind(&self, id: ActorId) -> &'g str {
        &self.view.graph().vocabulary().kind(self.actor(id).kind).name
    }

    /// The record of a relation.
    #[must_use]
    pub fn relation(&self, id: RelationId) -> &'g Relation {
        self.view.graph().relation(id)
    }

    /// The type of a relation.
    #[must_use]
    pub fn relation_type(&self, id: RelationId) -> &'g RelationType {
        self.view.graph().vocabulary().relation_type(self.view.graph().type_of(id))
    }

    /// The record of an event.
    #[must_use]
    pub fn event(&self, id: EventId) -> &'g Event {
        self.view.graph().event(id)
    }

    /// The dating of a relation that the claims which count go by.
    #[must_use]
    pub fn dated(&self, id: RelationId) -> &'g Dated {
        self.view.dated(id)
    }

    /// Where a claim stands in print: `wapo-2025-01 ¶14`.
    #[must_use]
    pub fn citation(&self, claim: &Claim) -> String {
        format!("{} {}", self.view.graph().source(claim.source).slug, claim.locator)
    }

    /// Where the claims of a record that count stand, in the order written and each once.
    #[must_use]
    pub fn citations(&self, claims: &[Claim]) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for claim in self.view.kept_claims(claims) {
            let one = self.citation(claim);
            if !all.contains(&one) {
                all.push(one);
            }
        }
        all
    }

    /// The members of each line of renamings and successions that has at least two actors among the contents.
    #[must_use]
    pub fn lines(&self) -> Vec<Vec<ActorId>> {
        let mut lines: Vec<Vec<ActorId>> = Vec::new();
        for actor in &self.actors {
            if lines.iter().any(|members| members.contains(actor)) {
                continue;
            }
            let line = Line::seen(self.view, *actor);
            let members: Vec<ActorId> =
                line.members.into_iter().filter(|member| self.actors.binary_search(member).is_ok()).collect();
            if members.len() > 1 {
                lines.push(members);
            }
        }
        lines
    }
}
