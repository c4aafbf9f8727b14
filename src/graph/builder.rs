//! From records to a packed graph.

use super::packer::{Packer, horizon};
use super::{Parts, TemporalGraph};
use crate::model::{Actor, Event, Relation, Source, Vocabulary};
use crate::storage::Health;

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
        let mut packer = Packer::new(&vocabulary, &sources, actors.iter());
        relations.iter().for_each(|relation| packer.push(relation));
        TemporalGraph::of(Parts {
            tables: packer.finish(None),
            horizon: horizon(&sources),
            vocabulary,
            sources,
            actors: actors.into(),
            relations: relations.into(),
            events: events.into(),
            health: Health::default(),
            name_keys: None,
        })
    }
}
