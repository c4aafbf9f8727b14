//! From records to a packed graph.

use super::standing::cutting_lives;
use super::{ClaimFilter, Neighbour, Rows, Standing, TemporalGraph};
use crate::model::{Actor, ActorId, Category, Event, Relation, RelationId, Source, Vocabulary};
use crate::time::{Dated, Day, Extent};

/// Collects checked records and packs them.
///
/// The records refer to one another by ids, which are places in these lists; each list must be ordered by `slug`, without doubles, and
/// the vocabulary's lists by name. [`crate::dataset`] sees to all of that; code that builds graphs by hand must.
#[derive(Debug, Default)]
pub struct Builder {
    /// Kinds and types.
    pub vocabulary: Vocabulary,
    /// Documents.
    pub sources: Vec<Source>,
    /// Actors.
    pub actors: Vec<Actor>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// Events.
    pub events: Vec<Event>,
}

impl Builder {
    /// Packs the records.
    ///
    /// # Panics
    /// When a record refers to one that is not there, or a list is not ordered by `slug`.
    ///
    /// # Complexity
    /// O(relations · log relations).
    #[must_use]
    pub fn build(self) -> TemporalGraph {
        let Self { vocabulary, sources, actors, relations, events } = self;
        assert!(actors.is_sorted_by(|a, b| a.slug < b.slug), "actors must be ordered by slug");
        assert!(relations.is_sorted_by(|a, b| a.slug < b.slug), "relations must be ordered by slug");
        assert!(events.is_sorted_by(|a, b| a.slug < b.slug), "events must be ordered by slug");
        assert!(sources.is_sorted_by(|a, b| a.slug < b.slug), "sources must be ordered by slug");
        let horizon = horizon(&sources);
        let lives: Vec<Extent> = actors.iter().map(|a| life(a.exists.as_ref(), horizon)).collect();
        let all = ClaimFilter::default();
        let standings: Vec<Standing> = relations
            .iter()
            .map(|r| Standing::weigh(r, &sources, &all, cutting_lives(&vocabulary, &lives, r)))
            .collect();
        let mut outgoing: Vec<(ActorId, Neighbour)> = Vec::with_capacity(relations.len());
        let mut incoming: Vec<(ActorId, Neighbour)> = Vec::with_capacity(relations.len());
        for (index, (relation, standing)) in relations.iter().zip(&standings).enumerate() {
            let seen = |other| Neighbour {
                extent: standing.extent(),
                other,
                relation: RelationId::new(index),
                kind: relation.kind,
                is_uncut: vocabulary.relation_type(relation.kind).category == Category::Lineage,
            };
            outgoing.push((relation.subject, seen(relation.object)));
            incoming.push((relation.object, seen(relation.subject)));
        }
        TemporalGraph {
            outgoing: Rows::pack(actors.len(), outgoing),
            incoming: Rows::pack(actors.len(), incoming),
            vocabulary,
            sources,
            actors,
            relations,
            events,
            lives,
            standings,
            horizon,
        }
    }
}

/// The last day on which the newest source may have been published.
fn horizon(sources: &[Source]) -> Day {
    sources.iter().map(|s| s.published.hull().latest).filter(|d| d.is_bounded()).max().unwrap_or(Day::FAR_PAST)
}

/// The life of an actor: what its `exists` says, an open end reaching on; always, where nothing is said.
fn life(exists: Option<&Dated>, horizon: Day) -> Extent {
    exists.map_or(Extent::ALWAYS, |dated| dated.extent(None, Some(horizon)))
}
