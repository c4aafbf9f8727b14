//! What a scope lets a query see of a temporal graph.
//!
//! | scope | relations and events that are there |
//! |---|---|
//! | none | every record, also the denied and contested |
//! | known time alone | those with a claim that counts, whatever it says |
//! | valid time | those that hold in the window in the reading asked for, by the claims that count |
//!
//! Actors are there when their life reaches, possibly at least, into the window: what is certain of a relation is itself evidence that
//! both ends lived. Sources are there when they were published by the day of known time, possibly so under `POSSIBLY`.

use crate::graph::{ClaimFilter, Gate, Neighbour, TemporalGraph, View};
use crate::model::{ActorId, EventId, RelationId, SourceId, Status};
use crate::query::scope::Scope;
use crate::time::{Extent, Reading, Window};
use std::sync::OnceLock;

/// What decides whether a relation or event is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gateway {
    Everything,
    Sourced,
    Held,
}

/// A graph under a scope.
#[derive(Debug)]
pub(super) struct Slice<'g> {
    pub(super) scope: Scope,
    pub(super) view: View<'g>,
    gate: Gateway,
    /// Every claim counts, so that the extents in the rows are its own.
    pub(super) is_plain: bool,
    /// When each event was, by the claims that count; nothing where none does.
    events: OnceLock<Box<[Option<Extent>]>>,
}

impl<'g> Slice<'g> {
    pub(super) fn new(graph: &'g TemporalGraph, scope: &Scope) -> Self {
        let (window, reading) =
            scope.valid.map_or((Window::ALL, Reading::Possible), |valid| (valid.window, valid.reading));
        let mut view = graph.view(window, reading);
        if scope.known_by.is_some() {
            let known_possibly = scope.is_possibly();
            view = view.with_claims(ClaimFilter { known_by: scope.known_by, known_possibly, ..ClaimFilter::default() });
        }
        let gate = match (scope.valid, scope.known_by) {
            (Some(_), _) => Gateway::Held,
            (None, Some(_)) => Gateway::Sourced,
            (None, None) => Gateway::Everything,
        };
        let is_plain = view.claim_filter().is_empty();
        Self { scope: scope.clone(), view, gate, is_plain, events: OnceLock::new() }
    }

    /// Whether it leaves nothing out.
    #[inline]
    pub(super) fn is_whole(&self) -> bool {
        self.gate == Gateway::Everything
    }

    pub(super) fn has_actor(&self, id: ActorId) -> bool {
        self.gate != Gateway::Held || self.view.contains(id)
    }

    pub(super) fn has_relation(&self, id: RelationId) -> bool {
        match self.gate {
            Gateway::Everything => true,
            Gateway::Sourced => self.is_sourced(id),
            Gateway::Held => self.view.contains_relation(id),
        }
    }

    /// Whether a neighbour of a row is there: as [`Slice::has_relation`], from what stands in the row.
    #[inline]
    pub(super) fn has_neighbour(&self, neighbour: &Neighbour) -> bool {
        match self.gate {
            Gateway::Everything => true,
            Gateway::Sourced => self.is_sourced(neighbour.relation),
            Gateway::Held => self.view.keeps_neighbour(neighbour),
        }
    }

    /// The days that a relation must hold on to be there, where that is asked.
    pub(super) fn held_gate(&self) -> Option<Gate<'g>> {
        (self.gate == Gateway::Held).then(|| *self.view.gate())
    }

    fn is_sourced(&self, id: RelationId) -> bool {
        self.view.standing(id).status != Status::Unsourced
    }

    pub(super) fn has_event(&self, id: EventId) -> bool {
        match self.gate {
            Gateway::Everything => true,
            Gateway::Sourced => self.event_extent(id).is_some(),
            Gateway::Held => {
                self.event_extent(id).is_some_and(|extent| extent.is_seen(self.view.window(), self.view.reading()))
            }
        }
    }

    pub(super) fn has_source(&self, id: SourceId) -> bool {
        self.view.claim_filter().keeps_source(id, self.view.graph().source(id))
    }

    /// When an event was: never more than possibly when it is contested or not asserted, never when it is denied; nothing when no claim
    /// that counts is left.
    pub(super) fn event_extent(&self, id: EventId) -> Option<Extent> {
        self.events.get_or_init(|| self.event_extents())[id.index()]
    }

    fn event_extents(&self) -> Box<[Option<Extent>]> {
        let graph = self.view.graph();
        graph.events().map(|(_, event)| self.view.event_extent(event)).collect()
    }
}
