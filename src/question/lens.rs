//! A graph seen through a scope: the one place that decides what a question gets to see.

use super::rows::{ActorBrief, EventRow, RelationRow};
use super::{Line, Scope};
use crate::graph::{Neighbour, TemporalGraph, View};
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
        self.neighbours(line, None).into_iter().map(|n| n.relation).collect()
    }

    /// The sourced relations between two lines, of any days and either direction, by id.
    ///
    /// # Complexity
    /// O(members of the one · members of the other · log relations of a member + answer), and at most O(relations of the first).
    #[must_use]
    pub fn relations_between(&self, a: &Line, b: &Line) -> Vec<RelationId> {
        self.neighbours(a, Some(b)).into_iter().map(|n| n.relation).collect()
    }

    /// The sourced relations of a line, or between two, as they stand in the rows of the first: what is asked of them there needs no record.
    pub(super) fn neighbours(&self, line: &Line, with: Option<&Line>) -> Vec<&'g Neighbour> {
        let mut all = rows_of(self.graph, line, with);
        all.retain(|n| self.keeps_type(n.kind) && self.view.is_sourced(n));
        all
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

/// All relations of a line, or between two, as they stand in the rows of the first: each once, by id.
pub(super) fn rows_of<'g>(graph: &'g TemporalGraph, line: &Line, with: Option<&Line>) -> Vec<&'g Neighbour> {
    let members = || line.members.iter().copied();
    let rows = || members().flat_map(|m| graph.outgoing(m).iter().chain(graph.incoming(m)));
    let length: usize = members().map(|m| graph.outgoing(m).len() + graph.incoming(m).len()).sum();
    let mut all: Vec<&Neighbour> = match with {
        None => rows().collect(),
        // Between few actors each pair is looked up; between one and everybody the row is gone through.
        Some(with) if line.members.len() * with.members.len() <= length => {
            let pairs = members().flat_map(|one| with.members.iter().map(move |other| (one, *other)));
            pairs.flat_map(|(one, other)| graph.joining(one, other)).collect()
        }
        Some(with) => rows().filter(|n| with.contains(n.other)).collect(),
    };
    all.sort_unstable_by_key(|n| n.relation);
    all.dedup_by_key(|n| n.relation);
    all
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
