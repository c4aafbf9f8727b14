//! The temporal graph: built once, never changed; read through views.
//!
//! [`Builder`] takes records, hands out ids and packs adjacency rows; [`TemporalGraph`] answers for records and neighbours;
//! a [`View`] is a slice of it: some days, certain or possible, some claims, some types. Views borrow; making one copies no relation.
//! `visit` implements petgraph's visit traits for views, so that its algorithms run on any slice.
//!
//! Deliberately absent: files, names as people type them, words for people.

mod builder;
mod calendar;
mod census;
mod changed;
mod filtered;
mod gate;
mod line;
mod moments;
mod name_keys;
mod packer;
mod recorded;
mod rows;
mod spans;
mod standing;
mod stretch;
mod tables;
mod tally;
mod view;
mod visit;
mod weighed;

pub use builder::Builder;
pub(crate) use gate::Gate;
pub use line::Line;
pub use name_keys::{NameKey, NameKeys};
pub(crate) use packer::{Packer, horizon};
use rows::Rows;
pub use rows::{Candidates, Neighbour};
pub use standing::{ClaimFilter, Standing, weigh_claims};
pub use stretch::{Ending, Footing, Stretch};
pub(crate) use tables::{ColumnVisitor, Tables};
pub use tally::TypeTally;
pub use view::{Directed, Directedness, Direction, RelationRef, Undirected, View};
pub use visit::{EdgeKind, EdgeReferences, Edges, Neighbours, NodeReferences, Visited};
pub use weighed::{Weighed, WeighedEdge, WeighedEdges};

use crate::model::{
    Actor, ActorId, Claim, Event, EventId, KindId, Relation, RelationId, Source, SourceId, TypeId, Vocabulary,
};
use crate::storage::{Column, Damage, Health, Records, Sound};
use crate::time::{Day, Extent, Reading, Window};

/// Actors, relations, events, sources and vocabulary of one or more data sets, packed for reading.
///
/// Records of a kind are ordered by their readable ids, so that everything that walks them in id order is stable.
#[derive(Debug)]
pub struct TemporalGraph {
    vocabulary: Vocabulary,
    sources: Vec<Source>,
    actors: Records<Actor>,
    relations: Records<Relation>,
    events: Records<Event>,
    tables: Tables,
    horizon: Day,
    health: Health,
    name_keys: Option<NameKeys>,
}

/// What a graph is made of.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) sources: Vec<Source>,
    pub(crate) actors: Records<Actor>,
    pub(crate) relations: Records<Relation>,
    pub(crate) events: Records<Event>,
    pub(crate) tables: Tables,
    pub(crate) horizon: Day,
    pub(crate) health: Health,
    pub(crate) name_keys: Option<NameKeys>,
}

impl Parts {
    /// Whether the arrays are as long as what there is of actors and relations asks.
    pub(crate) fn fit(&self) -> bool {
        self.tables.fit(self.actors.len(), self.relations.len(), self.vocabulary.relation_types.len())
    }
}

impl TemporalGraph {
    /// A graph of its parts, which must fit one another.
    pub(crate) fn of(parts: Parts) -> Self {
        let Parts { vocabulary, sources, actors, relations, events, tables, horizon, health, name_keys } = parts;
        Self { vocabulary, sources, actors, relations, events, tables, horizon, health, name_keys }
    }

    /// The vocabulary.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The actor of this id.
    #[must_use]
    pub fn actor(&self, id: ActorId) -> &Actor {
        self.actors.at(id.index())
    }

    /// The relation of this id.
    #[must_use]
    pub fn relation(&self, id: RelationId) -> &Relation {
        self.relations.at(id.index())
    }

    /// The event of this id.
    #[must_use]
    pub fn event(&self, id: EventId) -> &Event {
        self.events.at(id.index())
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

    /// Calls `visit` on every actor, by readable id; of a compiled set, none that is made for it stays in memory.
    pub fn each_actor_once(&self, mut visit: impl FnMut(ActorId, &Actor)) {
        self.actors.each_once(|at, actor| visit(ActorId::new(at), actor));
    }

    /// Every relation, by readable id.
    pub fn relations(&self) -> impl ExactSizeIterator<Item = (RelationId, &Relation)> + Clone {
        self.relations.iter().enumerate().map(|(index, relation)| (RelationId::new(index), relation))
    }

    /// Shows every actor, by readable id, until `visit` says no. Unlike [`TemporalGraph::actors`] it keeps none of those of a compiled set in memory.
    pub fn each_actor(&self, mut visit: impl FnMut(ActorId, &Actor) -> bool) {
        self.actors.each_while(|at, actor| visit(ActorId::new(at), actor));
    }

    /// Shows every relation, by readable id, until `visit` says no. Unlike [`TemporalGraph::relations`] it keeps none of those of a compiled set in memory.
    pub fn each_relation(&self, mut visit: impl FnMut(RelationId, &Relation) -> bool) {
        self.relations.each_while(|at, relation| visit(RelationId::new(at), relation));
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
        self.actors.place_of(slug).map(ActorId::new)
    }

    /// The relation with exactly this readable id.
    #[must_use]
    pub fn relation_by_slug(&self, slug: &str) -> Option<RelationId> {
        self.relations.place_of(slug).map(RelationId::new)
    }

    /// The event with exactly this readable id.
    #[must_use]
    pub fn event_by_slug(&self, slug: &str) -> Option<EventId> {
        self.events.place_of(slug).map(EventId::new)
    }

    /// The source with exactly this readable id.
    #[must_use]
    pub fn source_by_slug(&self, slug: &str) -> Option<SourceId> {
        self.sources.binary_search_by(|s| (*s.slug).cmp(slug)).ok().map(SourceId::new)
    }

    /// When the actor lived, as far as recorded; always, where nothing is recorded.
    #[must_use]
    pub fn life(&self, id: ActorId) -> Extent {
        self.tables.lives.get(id.index()).copied().unwrap_or(Extent::NEVER)
    }

    /// When the relation holds and how its claims stand, all claims counted.
    #[must_use]
    pub fn standing(&self, id: RelationId) -> Standing {
        self.tables.relations.standing(id)
    }

    /// The ends of a relation, subject and object, read without the record.
    ///
    /// # Panics
    /// When the id is not of this graph.
    #[must_use]
    #[inline]
    pub fn ends(&self, id: RelationId) -> (ActorId, ActorId) {
        let columns = &self.tables.relations;
        match (columns.subjects.get(id.index()), columns.objects.get(id.index())) {
            (Some(subject), Some(object)) => (*subject, *object),
            _ => self.record_ends(id),
        }
    }

    #[cold]
    fn record_ends(&self, id: RelationId) -> (ActorId, ActorId) {
        let relation = self.relation(id);
        (relation.subject, relation.object)
    }

    /// The type of a relation, read without the record.
    ///
    /// # Panics
    /// When the id is not of this graph.
    #[must_use]
    #[inline]
    pub fn type_of(&self, id: RelationId) -> TypeId {
        self.tables.relations.kinds.get(id.index()).copied().unwrap_or_else(|| self.relation(id).kind)
    }

    /// The kind of an actor, read without the record.
    ///
    /// # Panics
    /// When the id is not of this graph.
    #[must_use]
    #[inline]
    pub fn kind_of(&self, id: ActorId) -> KindId {
        self.tables.actor_kinds.get(id.index()).copied().unwrap_or_else(|| self.actor(id).kind)
    }

    /// How many actors there are.
    #[must_use]
    #[inline]
    pub fn actor_count(&self) -> usize {
        self.actors.len()
    }

    /// How many relations there are.
    #[must_use]
    #[inline]
    pub fn relation_count(&self) -> usize {
        self.relations.len()
    }

    /// How many events there are.
    #[must_use]
    pub fn event_count(&self) -> usize {
        self.events.len()
    }

    /// The relations of a type, ascending, whatever their days and claims.
    #[must_use]
    pub fn relations_of_type(&self, kind: TypeId) -> &[RelationId] {
        self.tables.by_type.of(kind)
    }

    /// How many relations are of a type, whatever their days and claims.
    ///
    /// # Complexity
    /// O(1).
    #[must_use]
    pub fn relation_count_of(&self, kind: TypeId) -> usize {
        self.tables.by_type.count(kind)
    }

    /// When the relation of a neighbour holds, all claims counted: as [`TemporalGraph::standing`] has it, mostly from what stands in the row.
    #[must_use]
    #[inline]
    pub fn extent_of(&self, neighbour: &Neighbour) -> Extent {
        Rows::exact(self.tables.calendar, neighbour).unwrap_or_else(|| self.standing(neighbour.relation).extent())
    }

    /// Whether what was read of a compiled set so far was sound. A graph made in memory always is.
    ///
    /// Reading never fails: what is damaged reads as if it were not there. So ask this before trusting an answer.
    ///
    /// # Errors
    /// When something read so far was damaged.
    pub fn check_health(&self) -> Result<(), Damage> {
        self.health.check()
    }

    /// Reads all there is, for damage.
    ///
    /// # Errors
    /// For the first damage found.
    pub(crate) fn check_all(&mut self) -> Result<(), Damage> {
        struct Reader;
        impl ColumnVisitor for Reader {
            type Error = std::convert::Infallible;
            fn column<T: Sound>(&mut self, _: &'static str, column: &mut Column<T>) -> Result<(), Self::Error> {
                let _ = column.all();
                Ok(())
            }
        }
        let Ok(()) = self.tables.visit(&mut Reader);
        if let Some(keys) = &self.name_keys {
            let _ = [&keys.exact, &keys.folded, &keys.keyed].map(Column::all);
        }
        self.actors.each_once(|_, _| {});
        self.events.each_once(|_, _| {});
        self.relations.each_once(|_, _| {});
        self.check_health()
    }

    /// Where names are found without making the actors; only a compiled set has it.
    #[must_use]
    pub const fn name_keys(&self) -> Option<&NameKeys> {
        self.name_keys.as_ref()
    }

    /// The graph with keys for the names of its actors, which must be its own ([`names::keys`](crate::names::keys())).
    #[must_use]
    pub fn with_name_keys(self, keys: NameKeys) -> Self {
        Self { name_keys: Some(keys), ..self }
    }

    /// What [`TemporalGraph::check_health`] asks, to be kept by who prints.
    #[must_use]
    pub const fn health(&self) -> &Health {
        &self.health
    }

    /// What of a row a walk must look at to find all that passes a gate; the whole row without one.
    #[inline]
    pub(crate) fn candidates(&self, actor: ActorId, direction: Direction, gate: Option<&Gate<'_>>) -> Candidates<'_> {
        let days = gate.and_then(Gate::days);
        match direction {
            Direction::Outgoing => self.tables.outgoing.candidates(actor, days),
            Direction::Incoming => self.tables.incoming.candidates(actor, days),
        }
    }

    /// The relations that go out from an actor (as subject), by (other end, relation).
    #[must_use]
    pub fn outgoing(&self, id: ActorId) -> &[Neighbour] {
        self.tables.outgoing.row(id)
    }

    /// The relations that come in to an actor (as object), by (other end, relation).
    #[must_use]
    pub fn incoming(&self, id: ActorId) -> &[Neighbour] {
        self.tables.incoming.row(id)
    }

    /// The relations between two actors, as stored: those that go out from `a` to `b`, then those that come in to it from there, each by id. One of an actor
    /// with itself comes twice.
    ///
    /// # Complexity
    /// O(log relations of `a` + answer).
    pub fn joining(&self, a: ActorId, b: ActorId) -> impl Iterator<Item = &Neighbour> {
        self.tables.outgoing.with(a, b).iter().chain(self.tables.incoming.with(a, b))
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
