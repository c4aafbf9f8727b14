//! What a claim filter leaves of each relation.

use super::standing::cutting_lives;
use super::{ClaimFilter, Standing, TemporalGraph};
use crate::model::{Grade, RelationId};

/// Graphs of more relations than this are not weighed anew as a whole: a relation is when it is asked about.
const ALL_AT_ONCE: usize = 20_000;

/// What a claim filter leaves of each relation.
#[derive(Debug)]
pub(super) enum Filtered {
    /// Weighed once, by relation.
    Weighed(Box<[Standing]>),
    /// Weighed when asked about; for each source, whether the filter keeps it.
    Asked(Box<[bool]>),
}

impl Filtered {
    /// Makes a filter ready for a graph.
    pub(super) fn new(graph: &TemporalGraph, filter: &ClaimFilter) -> Self {
        if graph.relation_count() > ALL_AT_ONCE {
            return Self::Asked(graph.sources().map(|(id, source)| filter.keeps_source(id, source)).collect());
        }
        Self::Weighed((0..graph.relation_count()).map(|at| weigh(graph, filter, RelationId::new(at))).collect())
    }

    /// What the claims that the filter keeps come to.
    pub(super) fn standing(&self, graph: &TemporalGraph, filter: &ClaimFilter, id: RelationId) -> Standing {
        match self {
            Self::Weighed(all) => all[id.index()],
            Self::Asked(sources) => match graph.tables.relations.only_claim(id) {
                // One claim without a dating of its own: the relation stands as it does, or not at all.
                Some((source, credibility)) => {
                    let is_kept = sources.get(source.index()) == Some(&true)
                        && filter.min_grade.is_none_or(|wanted| {
                            let reliability = graph.source(source).reliability;
                            Grade { reliability, credibility }.satisfies(wanted)
                        });
                    if is_kept { graph.standing(id) } else { Standing::UNSOURCED }
                }
                None => weigh(graph, filter, id),
            },
        }
    }
}

fn weigh(graph: &TemporalGraph, filter: &ClaimFilter, id: RelationId) -> Standing {
    let relation = graph.relation(id);
    let lives = cutting_lives(graph.vocabulary(), |actor| graph.life(actor), relation);
    Standing::weigh(relation, &graph.sources, filter, lives)
}
