//! From relations, one at a time, to the arrays of a graph: what a graph made in memory and a compiled set have in common.

use super::standing::cutting_lives;
use super::tables::{RelationColumns, Tables};
use super::{ClaimFilter, Standing};
use crate::model::{Actor, KindId, Relation, Source, Vocabulary};
use crate::time::{Dated, Day, Extent};

/// Collects relations in columns, none of them kept.
#[derive(Debug)]
pub(crate) struct Packer<'a> {
    vocabulary: &'a Vocabulary,
    sources: &'a [Source],
    all: ClaimFilter,
    lives: Vec<Extent>,
    kinds: Vec<KindId>,
    columns: RelationColumns<super::tables::Growing>,
}

impl<'a> Packer<'a> {
    /// Begins with everything that relations refer to; actors by readable id.
    pub(crate) fn new<'r>(
        vocabulary: &'a Vocabulary,
        sources: &'a [Source],
        actors: impl Iterator<Item = &'r Actor>,
    ) -> Self {
        let horizon = horizon(sources);
        let (lives, kinds) = actors.map(|actor| (life(actor.exists.as_ref(), horizon), actor.kind)).unzip();
        Self { vocabulary, sources, all: ClaimFilter::default(), lives, kinds, columns: RelationColumns::default() }
    }

    /// Adds a relation.
    ///
    /// # Panics
    /// When it refers to what is not there.
    pub(crate) fn push(&mut self, relation: &Relation) {
        let lives = cutting_lives(self.vocabulary, |id| self.lives[id.index()], relation);
        let standing = Standing::weigh(relation, self.sources, &self.all, lives);
        self.columns.push(relation, &standing);
    }

    /// Packs the relations, in the order they came in or in another: `order` names for each place of the packed ones when it came in.
    pub(crate) fn finish(self, order: Option<&[u32]>) -> Tables {
        let columns = match order {
            None => self.columns,
            Some(order) => self.columns.reordered(order),
        };
        Tables::pack(self.vocabulary, self.lives, self.kinds, columns)
    }
}

/// The last day on which the newest source may have been published.
pub(crate) fn horizon(sources: &[Source]) -> Day {
    sources.iter().map(|s| s.published.hull().latest).filter(|d| d.is_bounded()).max().unwrap_or(Day::FAR_PAST)
}

/// The life of an actor: what its `exists` says, an open end reaching on; always, where nothing is said.
fn life(exists: Option<&Dated>, horizon: Day) -> Extent {
    exists.map_or(Extent::ALWAYS, |dated| dated.extent(None, Some(horizon)))
}
