//! Which relations something recorded of them may put into some days: what a history of the whole graph must look at.
//!
//! A history tells ends as they are recorded, the indexes know them as the graph reads them: cut to the lives of both actors, and tightened where one end
//! says something of the other. The few relations in which the two differ are listed apart, and are always among what is to be looked at.

use super::{Directedness, Gate, Neighbour, TemporalGraph, View};
use crate::model::{RelationId, SourceId, Temporality};
use crate::time::{Bounds, Day, End, Extent, Reading, Window};

impl TemporalGraph {
    /// The relations of which a recorded end, or the time at which something happened, may touch a day from `first` to `last`, both included, all claims
    /// counted; by id. Never too few, and perhaps too many: which they are is to be asked of each.
    ///
    /// # Complexity
    /// O(answer · log answer), and the relations whose ends are open.
    #[must_use]
    pub(crate) fn recorded_within(&self, first: Day, last: Day) -> Vec<RelationId> {
        let mut all = self.began(first, last, Reading::Possible);
        all.extend(self.ended(first, last, Reading::Possible));
        // What happened at some time of a period touches all of it.
        let days = Gate::new(self, Window::sometime(first, last), Reading::Possible).days();
        for (kind, _) in self.vocabulary.types().filter(|(_, of_type)| of_type.temporality == Temporality::Event) {
            match days {
                Some((by, from)) => all.extend(self.tables.by_type.touching(kind, from, by)),
                None => all.extend(self.tables.by_type.of(kind)),
            }
        }
        all.extend(self.tables.relations.apart.all());
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The relations that rest on more than one claim, or on one that gives a dating of its own, by id: all in which claims can say different things.
    ///
    /// # Complexity
    /// O(relations), four bytes of each.
    pub(crate) fn of_several_claims(&self) -> impl Iterator<Item = RelationId> {
        self.tables.relations.only_claims().filter(|(_, only)| only.is_none()).map(|(id, _)| id)
    }

    /// The relations that tell of further parts besides their ends, or of numbers, by id.
    pub(crate) fn relations_with_parts(&self) -> &[RelationId] {
        self.tables.relations.with_parts.all()
    }

    /// The bounds of both ends of every relation as recorded, whatever its claims; an end that is not recorded is without bound outwards.
    ///
    /// # Complexity
    /// O(relations), sixteen bytes of each.
    pub(crate) fn each_recorded_ends(&self, mut visit: impl FnMut(Extent)) {
        let relations = &self.tables.relations;
        let mut apart = relations.apart.all().iter().peekable();
        for (at, dates) in relations.dates.all().iter().enumerate() {
            let id = RelationId::new(at);
            if apart.next_if_eq(&&id).is_none() {
                visit(*dates);
                continue;
            }
            let valid = &self.relation(id).valid;
            let bounds = |end: End| match end {
                End::Known(bounds) => bounds,
                End::Open | End::Unknown => Bounds::between(Day::FAR_PAST, Day::FAR_FUTURE),
            };
            visit(Extent { start: bounds(valid.start()), end: bounds(valid.end()) });
        }
    }

    /// Whether a relation is one of [`TemporalGraph::of_several_claims`].
    pub(crate) fn has_several_claims(&self, id: RelationId) -> bool {
        self.tables.relations.only_claim(id).is_none()
    }

    /// How many claims each source makes, by source.
    ///
    /// # Complexity
    /// O(relations), four bytes of each; those of several claims, events and actors are read.
    #[must_use]
    pub fn claims_by_source(&self) -> Vec<usize> {
        let mut counts = vec![0; self.sources.len()];
        let mut count = |source: SourceId| {
            if let Some(count) = counts.get_mut(source.index()) {
                *count += 1;
            }
        };
        self.each_claim_of_relations(|_, source| count(source));
        self.events().flat_map(|(_, event)| &event.claims).for_each(|claim| count(claim.source));
        self.each_actor(|_, actor| {
            actor.claims.iter().for_each(|claim| count(claim.source));
            true
        });
        counts
    }

    /// The relations that cite a source, by id.
    ///
    /// # Complexity
    /// O(relations), four bytes of each; those of several claims are read.
    #[must_use]
    pub fn relations_citing(&self, source: SourceId) -> Vec<RelationId> {
        let mut citing = Vec::new();
        self.each_claim_of_relations(|id, cited| {
            if cited == source && citing.last() != Some(&id) {
                citing.push(id);
            }
        });
        citing
    }

    /// The sources of the claims of relations, by relation.
    fn each_claim_of_relations(&self, mut visit: impl FnMut(RelationId, SourceId)) {
        for (id, only) in self.tables.relations.only_claims() {
            match only {
                Some((source, _)) => visit(id, source),
                None => self.relation(id).claims.iter().for_each(|claim| visit(id, claim.source)),
            }
        }
    }
}

impl<Ty: Directedness> View<'_, Ty> {
    /// Tells the bounds of both ends of a relation as [`View::dated`] has them, without the record; an end that is not recorded has no bound outwards. `None`
    /// where only the record tells. With a neighbour, mostly from what stands in the row.
    pub(crate) fn recorded_ends(&self) -> impl Fn(RelationId, Option<&Neighbour>) -> Option<Extent> {
        let graph = self.graph;
        let relations = &graph.tables.relations;
        let (apart, is_filtered) = (relations.apart.all(), self.is_filtered());
        move |id, neighbour| {
            let is_told = apart.binary_search(&id).is_err() && (!is_filtered || relations.only_claim(id).is_some());
            // What a row says exactly is what the dates say, unless there it never holds.
            let in_row = neighbour.filter(|n| n.is_exact()).map(|n| graph.extent_of(n)).filter(|e| !e.is_never());
            is_told.then(|| in_row.unwrap_or_else(|| graph.standing(id).dates))
        }
    }
}
