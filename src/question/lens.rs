//! A graph seen through a scope: the one place that decides what a question gets to see.

use super::rows::{ActorBrief, EventRow, RelationRow};
use super::{Line, Scope};
use crate::graph::{TemporalGraph, View};
use crate::model::{ActorId, EventId, RelationId, Status, TypeId};
use crate::time::{Holds, Reading, Window};

/// A graph seen through a scope.
#[derive(Debug)]
pub struct Lens<'g> {
    /// The graph.
    pub graph: &'g TemporalGraph,
    /// What the question is limited to.
    pub scope: Scope,
    /// The days asked about.
    pub window: Window,
    /// Everything the scope lets through, certain and possible, types aside.
    pub view: View<'g>,
}

impl<'g> Lens<'g> {
    /// Looks at a graph through a scope.
    #[must_use]
    pub fn new(graph: &'g TemporalGraph, scope: Scope) -> Self {
        let window = scope.window(graph);
        let view = graph.view(window, Reading::Possible).with_claims(scope.claims.clone());
        Self { graph, scope, window, view }
    }

    /// The same with other days.
    #[must_use]
    pub fn at(&self, window: Window) -> Self {
        Self { graph: self.graph, scope: self.scope.clone(), window, view: self.view.clone().with_window(window) }
    }

    /// The line of an actor, or the actor alone when the scope says `exact`.
    #[must_use]
    pub fn line(&self, actor: ActorId) -> Line {
        if self.scope.exact { Line::exactly(actor) } else { Line::seen(&self.view, actor) }
    }

    /// Whether the scope lets a type through.
    #[must_use]
    pub fn keeps_type(&self, kind: TypeId) -> bool {
        self.scope.types.is_empty() || self.scope.types.contains(&kind)
    }

    /// Whether a row that holds so is wanted: `--certain` keeps what is certain, `--possible` what is only possible.
    #[must_use]
    pub fn keeps(&self, holds: Holds) -> bool {
        match self.scope.only {
            None => true,
            Some(Reading::Certain) => holds == Holds::Certain,
            Some(Reading::Possible) => holds == Holds::Possible,
        }
    }

    /// Whether a claim that counts is left under a relation.
    #[must_use]
    pub fn is_sourced(&self, id: RelationId) -> bool {
        self.view.standing(id).status != Status::Unsourced
    }

    /// Whether and how a relation holds in the days asked about.
    #[must_use]
    pub fn holds(&self, id: RelationId) -> Holds {
        self.view.holds(id)
    }

    /// A relation as a row.
    #[must_use]
    pub fn row(&self, id: RelationId) -> RelationRow {
        RelationRow::new(self, id)
    }

    /// An event as a row, or `None` when none of its claims counts.
    #[must_use]
    pub fn event_row(&self, id: EventId) -> Option<EventRow> {
        EventRow::new(self, id)
    }

    /// An actor's id and the name it bore in the days asked about.
    #[must_use]
    pub fn brief(&self, id: ActorId) -> ActorBrief {
        ActorBrief::new(self.graph, id, self.window)
    }

    /// The name an actor bore in the days asked about.
    #[must_use]
    pub fn name(&self, id: ActorId) -> &'g str {
        self.graph.actor(id).name_in(self.window)
    }

    /// The sourced relations of a line, of any days, with both directions, each once, by id.
    #[must_use]
    pub fn relations_of(&self, line: &Line) -> Vec<RelationId> {
        let mut all: Vec<RelationId> = line
            .members
            .iter()
            .flat_map(|m| self.graph.outgoing(*m).iter().chain(self.graph.incoming(*m)))
            .map(|n| n.relation)
            .filter(|id| self.keeps_type(self.graph.relation(*id).kind) && self.is_sourced(*id))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The sourced relations between two lines, of any days and either direction, by id.
    #[must_use]
    pub fn relations_between(&self, a: &Line, b: &Line) -> Vec<RelationId> {
        self.relations_of(a)
            .into_iter()
            .filter(|id| {
                let relation = self.graph.relation(*id);
                (a.contains(relation.subject) && b.contains(relation.object))
                    || (b.contains(relation.subject) && a.contains(relation.object))
            })
            .collect()
    }

    /// What was assumed for an actor, for the answer's head: the line that was followed.
    #[must_use]
    pub fn line_in_words(&self, line: &Line) -> Option<String> {
        line.is_followed().then(|| {
            let names: Vec<&str> = line.by_age(self.graph).iter().map(|id| &*self.graph.actor(*id).name).collect();
            format!("lineage followed: {} (--exact: {} alone)", names.join(" → "), self.graph.actor(line.named).name)
        })
    }
}

impl Lens<'_> {
    /// Whether and how an event fell into the days asked about: never more than possible when it is contested or not asserted, and not at
    /// all when it is denied or no claim that counts is left.
    #[must_use]
    pub fn event_holds(&self, id: EventId) -> Holds {
        self.view.event_extent(self.graph.event(id)).map_or(Holds::No, |extent| extent.holds(self.window))
    }

    /// The events with a member of the line among the participants (or as their place), by id.
    #[must_use]
    pub fn events_of(&self, line: &Line) -> Vec<EventId> {
        self.graph
            .events()
            .filter(|(_, e)| {
                e.participants.iter().any(|p| line.contains(p.actor)) || e.place.is_some_and(|p| line.contains(p))
            })
            .map(|(id, _)| id)
            .collect()
    }
}
