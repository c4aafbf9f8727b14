//! Which relations a history has to look at: those of which something recorded may fall into its days.

use super::lens::rows_of;
use super::timeline::within;
use super::{Lens, Line};
use crate::graph::Neighbour;
use crate::model::{RelationId, Temporality, TypeId};
use crate::time::{Bounds, Day, Holds, Window};

impl Lens<'_> {
    /// The relations, of types that the scope lets through, of which a recorded end, or the time at which something happened, may touch a day from `first` to
    /// `last`, both included, by id; with lines, only those with an end in one of them. Never too few, and perhaps too many.
    ///
    /// # Complexity
    /// O(relations of the lines); without lines O(answer · log answer), and under a claim filter the relations of several claims. All relations, where all of
    /// time is asked about.
    pub(super) fn recorded_within(&self, first: Day, last: Day, lines: &[Line]) -> Vec<RelationId> {
        let (graph, vocabulary) = (self.graph, self.graph.vocabulary());
        let is_all = first <= Window::ALL.first && last >= Window::ALL.last;
        let recorded = self.view.recorded_ends();
        let touches = |bounds: Bounds| within(bounds, first, last) != Holds::No;
        let is_told = |bounds: Bounds| bounds.earliest.is_bounded() && bounds.latest.is_bounded();
        let is_wanted = |id: RelationId, kind: TypeId, neighbour: Option<&Neighbour>| {
            self.keeps_type(kind)
                && recorded(id, neighbour).is_none_or(|ends| {
                    if vocabulary.relation_type(kind).temporality == Temporality::Event {
                        return touches(Bounds::between(ends.start.earliest, ends.end.latest));
                    }
                    // An end without a bound on one side is no date; a single date may be told all the same.
                    [ends.start, ends.end].iter().any(|end| touches(*end) && (is_told(*end) || ends.start == ends.end))
                })
        };
        let mut all: Vec<RelationId> = if !lines.is_empty() {
            let rows = lines.iter().flat_map(|line| rows_of(graph, line, None));
            rows.filter(|n| is_wanted(n.relation, n.kind, Some(n))).map(|n| n.relation).collect()
        } else {
            let mut all: Vec<RelationId> = if is_all {
                (0..graph.relation_count()).map(RelationId::new).collect()
            } else {
                graph.recorded_within(first, last)
            };
            if !self.scope.claims.is_empty() {
                all.extend(graph.of_several_claims());
            }
            all.retain(|id| is_wanted(*id, graph.type_of(*id), None));
            all
        };
        all.sort_unstable();
        all.dedup();
        all
    }
}
