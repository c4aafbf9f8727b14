//! The temporal graph: built once, never changed; read through views.
//!
//! [`Builder`] takes records, hands out ids and packs adjacency rows; [`TemporalGraph`] answers for records and neighbours;
//! a [`View`] is a slice of it: some days, certain or possible, some claims, some types. Views borrow; making one copies no relation.
//! `visit` implements petgraph's visit traits for views, so that its algorithms run on any slice.
//!
//! Deliberately absent: files, names as people type them, words for people.

mod builder;
mod line;
mod rows;
mod standing;
mod stretch;
mod view;
mod visit;
mod weighed;

pub use builder::Builder;
pub use line::Line;
pub use rows::Neighbour;
use rows::Rows;
pub use standing::{ClaimFilter, Standing, weigh_claims};
pub use stretch::{Ending, Footing, Stretch};
pub use view::{Directed, Directedness, Direction, RelationRef, Undirected, View};
pub use visit::{EdgeKind, EdgeReferences, Edges, Neighbours, NodeReferences, Visited};
pub use weighed::{Weighed, WeighedEdge, WeighedEdges};

use crate::model::{Actor, ActorId, Claim, Event, EventId, Relation, RelationId, Source, SourceId, Vocabulary};
use crate::time::{Day, Extent, Reading, Window};

/// Actors, relations, events, sources and vocabulary of one or more data sets, packed for reading.
///
/// Records of a kind are ordered by their readable ids, so that everything that walks them in id order is stable.
#[derive(Debug)]
pub struct TemporalGraph {
    vocabulary: Vocabulary,
    sources: Vec<Source>,
    actors: Vec<Actor>,
    relations: Vec<Relation>,
    events: Vec<Event>,
    lives: Vec<Extent>,
    standings: Vec<Standing>,
    outgoing: Rows,
    incoming: Rows,
    horizon: Day,
}

impl TemporalGraph {
    /// The vocabulary.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The actor of this id.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> &Actor {
        &self.actors[id.index()]
    }

    /// The relation of this id.
    #[must_use]
    pub fn relation(&self, id: RelationId) -> &Relation {
        &self.relations[id.index()]
    }

    /// The event of this id.
    #[must_use]
    pub fn event(&self, id: EventId) -> &Event {
        &self.events[id.index()]
    }

    /// The source of this id.
    #[must_use]
    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.index()]
    }

    /// Every actor, by readable id.
    pub fn actors(&self) -> impl ExactSizeIterator<Item = (ActorId, &Actor)> + Clone {
        self.actors.iter().enumerate().map(|(index, actor)| (ActorId::new(index), actor))
    }

    /// Every relation, by readable id.
    pub fn relations(&self) -> impl ExactSizeIterator<Item = (RelationId, &Relation)> + Clone {
        self.relations.iter().enumerate().map(|(index, relation)| (RelationId::new(index), relation))
    }

    /// Every event, by readable id.
    pub fn events(&self) -> impl ExactSizeIterator<Item = (EventId, &Event)> + Clone {
        self.events.iter().enumerate().map(|(index, event)| (EventId::new(index), event))
    }

    /// Every source, by readable id.
    pub fn sources(&self) -> impl ExactSizeIterator<Item = (SourceId, &Source)> + Clone {
        self.sources.iter().enumerate().map(|(index, source)| (SourceId::new(index), source))
    }

    /// The actor with exactly this readable id.
    ///
    /// # Complexity
    /// O(log actors).
    #[must_use]
    pub fn actor_by_slug(&self, slug: &str) -> Option<ActorId> {
        self.actors.binary_search_by(|a| (*a.slug).cmp(slug)).ok().map(ActorId::new)
    }

    /// The relation with exactly this readable id.
    #[must_use]
    pub fn relation_by_slug(&self, slug: &str) -> Option<RelationId> {
        self.relations.binary_search_by(|r| (*r.slug).cmp(slug)).ok().map(RelationId::new)
    }

    /// The event with exactly this readable id.
    #[must_use]
    pub fn event_by_slug(&self, slug: &str) -> Option<EventId> {
        self.events.binary_search_by(|e| (*e.slug).cmp(slug)).ok().map(EventId::new)
    }

    /// The source with exactly this readable id.
    #[must_use]
    pub fn source_by_slug(&self, slug: &str) -> Option<SourceId> {
        self.sources.binary_search_by(|s| (*s.slug).cmp(slug)).ok().map(SourceId::new)
    }

    /// When the actor lived, as far as recorded; always, where nothing is recorded.
    #[must_use]
    pub fn life(&self, id: ActorId) -> Extent {
        self.lives[id.index()]
    }

    /// When the relation holds and how its claims stand, all claims counted.
    #[must_use]
    pub fn standing(&self, id: RelationId) -> Standing {
        self.standings[id.index()]
    }

    /// The relations that go out from an actor (as subject), by (other end, relation).
    #[must_use]
    pub fn outgoing(&self, id: ActorId) -> &[Neighbour] {
        self.outgoing.row(id)
    }

    /// The relations that come in to an actor (as object), by (other end, relation).
    #[must_use]
    pub fn incoming(&self, id: ActorId) -> &[Neighbour] {
        self.incoming.row(id)
    }

    /// The day the data speaks up to: the last day on which its newest source may have been published. This is what
    /// "now" means; the machine's clock is not asked. [`Day::FAR_PAST`] when there is no source.
    #[must_use]
    pub const fn horizon(&self) -> Day {
        self.horizon
    }

    /// Whatever holds in the window, in this reading, all claims counted.
    #[must_use]
    pub fn view(&self, window: Window, reading: Reading) -> View<'_> {
        View::new(self, window, reading)
    }

    /// Whatever holds on one day.
    ///
    /// ```
    /// use allegiance::{dataset, time::{Day, Reading}};
    /// let graph = dataset::embedded();
    /// let day = Day::from_ymd(2025, 1, 24).unwrap();
    /// let (certain, possible) = (graph.on(day, Reading::Certain), graph.on(day, Reading::Possible));
    /// assert!(certain.relations().count() <= possible.relations().count());
    /// ```
    #[must_use]
    pub fn on(&self, day: Day, reading: Reading) -> View<'_> {
        self.view(Window::on(day), reading)
    }

    /// Whatever ever held.
    #[must_use]
    pub fn all_time(&self, reading: Reading) -> View<'_> {
        self.view(Window::ALL, reading)
    }

    /// Every claim of the graph with where it stands, relations first, then events, then actors, each by readable id.
    pub fn claims(&self) -> impl Iterator<Item = (Subject, &Claim)> {
        let relations = self.relations().flat_map(|(id, r)| r.claims.iter().map(move |c| (Subject::Relation(id), c)));
        let events = self.events().flat_map(|(id, e)| e.claims.iter().map(move |c| (Subject::Event(id), c)));
        let actors = self.actors().flat_map(|(id, a)| a.claims.iter().map(move |c| (Subject::Actor(id), c)));
        relations.chain(events).chain(actors)
    }
}

/// The record a claim stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A relation.
    Relation(RelationId),
    /// An event.
    Event(EventId),
    /// An actor.
    Actor(ActorId),
}
