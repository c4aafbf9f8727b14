//! A slice of the graph: some days, certain or possible, some claims, some types.

use super::filtered::Filtered;
use super::{Candidates, ClaimFilter, EdgeKind, Gate, Neighbour, Standing, TemporalGraph, standing};
use crate::model::{ActorId, Category, Event, Modality, Relation, RelationId, Status, TypeId};
use crate::time::{Dated, Extent, Holds, Reading, Window};
use fixedbitset::FixedBitSet;
use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};

/// Reads relations from subject to object, as stored.
#[derive(Clone, Copy, Debug)]
pub struct Directed;

/// Reads each relation from both ends.
#[derive(Clone, Copy, Debug)]
pub struct Undirected;

/// Whether a view reads relations from one end or from both. Implemented by [`Directed`] and [`Undirected`] only.
pub trait Directedness: sealed::Sealed + EdgeKind + Copy + std::fmt::Debug + 'static {
    /// True for [`Directed`].
    const IS_DIRECTED: bool;
}

impl Directedness for Directed {
    const IS_DIRECTED: bool = true;
}
impl Directedness for Undirected {
    const IS_DIRECTED: bool = false;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Directed {}
    impl Sealed for super::Undirected {}
}

/// Out from an actor or in to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Relations in which the actor is the subject.
    Outgoing,
    /// Relations in which the actor is the object.
    Incoming,
}

/// Present actors numbered without holes, in id order.
#[derive(Debug, Default)]
pub(super) struct Ranks {
    /// The present actors, ascending.
    pub(super) present: Vec<ActorId>,
    /// For each actor of the graph its rank, or `u32::MAX` when absent.
    pub(super) ranks: Vec<u32>,
    /// How many relations the view holds.
    pub(super) relations: usize,
}

/// A slice of a [`TemporalGraph`], borrowed: free to make, and safe to share between threads.
///
/// Actors are present when their life reaches (possibly) into the window, relations when they hold in it in the reading
/// asked for. `&View` implements petgraph's visit traits. Relations are read as stored, from subject to object, until [`View::undirected`].
#[derive(Debug, Clone)]
pub struct View<'g, Ty = Directed> {
    pub(super) graph: &'g TemporalGraph,
    window: Window,
    reading: Reading,
    /// The window and the reading, ready for walks.
    gate: Gate<'g>,
    claims: ClaimFilter,
    /// What a claim filter leaves; absent when every claim counts.
    filtered: Option<Arc<Filtered>>,
    types: Option<Arc<FixedBitSet>>,
    among: Option<Arc<FixedBitSet>>,
    pub(super) ranks: OnceLock<Arc<Ranks>>,
    directed: PhantomData<Ty>,
}

impl<'g> View<'g> {
    pub(super) fn new(graph: &'g TemporalGraph, window: Window, reading: Reading) -> Self {
        Self {
            graph,
            window,
            reading,
            gate: Gate::new(graph, window, reading),
            claims: ClaimFilter::default(),
            filtered: None,
            types: None,
            among: None,
            ranks: OnceLock::new(),
            directed: PhantomData,
        }
    }

    /// The same slice with each relation read from both ends.
    #[must_use]
    pub fn undirected(self) -> View<'g, Undirected> {
        View {
            graph: self.graph,
            window: self.window,
            reading: self.reading,
            gate: self.gate,
            claims: self.claims,
            filtered: self.filtered,
            types: self.types,
            among: self.among,
            ranks: OnceLock::new(),
            directed: PhantomData,
        }
    }
}

impl<'g, Ty: Directedness> View<'g, Ty> {
    /// Only claims that pass the filter count; a relation without such a claim is not there.
    ///
    /// # Complexity
    /// O(claims) once, unless the filter is empty; in graphs of many relations nothing at first, and O(claims of a relation) whenever one is asked about.
    #[must_use]
    pub fn with_claims(mut self, filter: ClaimFilter) -> Self {
        self.filtered = (!filter.is_empty()).then(|| Arc::new(Filtered::new(self.graph, &filter)));
        self.claims = filter;
        self.ranks = OnceLock::new();
        self
    }

    /// Only relations of these types. An empty list keeps none.
    #[must_use]
    pub fn with_types(mut self, types: &[TypeId]) -> Self {
        let mut kept = FixedBitSet::with_capacity(self.graph.vocabulary.relation_types.len());
        for id in types {
            kept.insert(id.index());
        }
        self.types = Some(Arc::new(kept));
        self.ranks = OnceLock::new();
        self
    }

    /// Only these actors, and relations between them.
    #[must_use]
    pub fn among(mut self, actors: &[ActorId]) -> Self {
        let mut kept = FixedBitSet::with_capacity(self.graph.actors.len());
        for id in actors {
            kept.insert(id.index());
        }
        self.among = Some(Arc::new(kept));
        self.ranks = OnceLock::new();
        self
    }

    /// The same slice in other days.
    #[must_use]
    pub fn with_window(mut self, window: Window) -> Self {
        self.window = window;
        self.gate = Gate::new(self.graph, window, self.reading);
        self.ranks = OnceLock::new();
        self
    }

    /// The same slice in another reading.
    #[must_use]
    pub fn with_reading(mut self, reading: Reading) -> Self {
        self.reading = reading;
        self.gate = Gate::new(self.graph, self.window, reading);
        self.ranks = OnceLock::new();
        self
    }

    /// The graph it is a slice of.
    #[must_use]
    pub const fn graph(&self) -> &'g TemporalGraph {
        self.graph
    }

    /// The days asked about.
    #[must_use]
    pub const fn window(&self) -> Window {
        self.window
    }

    /// Whether only the certain is kept.
    #[must_use]
    pub const fn reading(&self) -> Reading {
        self.reading
    }

    /// The claims that count.
    #[must_use]
    pub const fn claim_filter(&self) -> &ClaimFilter {
        &self.claims
    }

    /// What the claims that count say of a relation.
    #[must_use]
    pub fn standing(&self, id: RelationId) -> Standing {
        match &self.filtered {
            None => self.graph.standing(id),
            Some(filtered) => filtered.standing(self.graph, &self.claims, id),
        }
    }

    /// The dating of a relation to go by: the record's, unless the claims that count all give one other dating of their own.
    #[must_use]
    pub fn dated(&self, id: RelationId) -> &'g Dated {
        let relation = self.graph.relation(id);
        let kept: Vec<&crate::model::Claim> = match self.filtered {
            None => Vec::new(),
            Some(_) => relation.claims.iter().filter(|c| self.claims.keeps(c, self.graph.source(c.source))).collect(),
        };
        standing::reading_of(relation, &kept, &self.claims)
    }

    /// Whether and how a relation holds in the window, its type aside.
    #[must_use]
    pub fn holds(&self, id: RelationId) -> Holds {
        self.standing(id).extent().holds(self.window)
    }

    /// Whether its sources date a relation so differently that in the window it holds by one and not by another.
    #[must_use]
    pub fn is_dated_differently(&self, id: RelationId) -> bool {
        // One claim alone differs from no other.
        self.graph.tables.relations.only_claim(id).is_none()
            && standing::dated_differently(self.graph.relation(id), &self.graph.sources, &self.claims, self.window)
    }

    /// The claims of a record that count, in the order written.
    pub fn kept_claims<'a>(
        &'a self,
        claims: &'a [crate::model::Claim],
    ) -> impl Iterator<Item = &'a crate::model::Claim> {
        claims.iter().filter(|c| self.claims.keeps(c, self.graph.source(c.source)))
    }

    /// How the claims of a record that count stand to one another, and the firmest of those for it; `None` when none counts.
    #[must_use]
    pub fn weigh(&self, claims: &[crate::model::Claim]) -> Option<(Status, Modality)> {
        standing::weigh_claims(&self.kept_claims(claims).collect::<Vec<_>>())
    }

    /// When an event was, dates and claims taken together: at most possible where it is contested or not asserted, never where it is denied.
    /// `None` when no claim of it counts.
    #[must_use]
    pub fn event_extent(&self, event: &Event) -> Option<Extent> {
        let dates = event.date.extent(None, None);
        Some(match self.weigh(&event.claims)? {
            (Status::Denied | Status::Unsourced, _) => Extent::NEVER,
            (Status::Supported, Modality::Asserted) => dates,
            _ => dates.only_possibly(),
        })
    }

    /// Whether and how an event fell into the window.
    #[must_use]
    pub fn event_holds(&self, event: &Event) -> Holds {
        self.event_extent(event).map_or(Holds::No, |extent| extent.holds(self.window))
    }

    /// Everything by whose bounds the answer about a relation may differ from one day to the next: when it holds, and when by each claim that
    /// counts it would.
    pub fn datings(&self, id: RelationId) -> impl Iterator<Item = Extent> {
        let relation = self.graph.relation(id);
        let by_claims = self.kept_claims(&relation.claims).map(|claim| {
            let published = self.graph.source(claim.source).published.hull();
            claim.valid.as_ref().unwrap_or(&relation.valid).extent(Some(published.latest), Some(published.earliest))
        });
        std::iter::once(self.standing(id).extent()).chain(by_claims)
    }

    /// Whether the view has this actor: it is one of the graph's, and its life reaches into the window.
    ///
    /// Ask this before any walk from an actor that a person named: walks accept an absent start quietly.
    #[must_use]
    pub fn contains(&self, id: ActorId) -> bool {
        let window = self.window.of_lives();
        id.index() < self.graph.actor_count()
            && self.is_among(id)
            // One whose life cannot be read counts as there, so that nothing that joins it hangs in the air; the damage is told.
            && self.graph.tables.lives.get(id.index()).is_none_or(|life| life.holds(window) != Holds::No)
    }

    /// Whether the view has this relation: it is of a type the view keeps, and holds while both its ends live.
    #[must_use]
    pub fn contains_relation(&self, id: RelationId) -> bool {
        id.index() < self.graph.relations.len()
            && self.keeps_type(self.graph.type_of(id))
            && self.has_ends_among(id)
            && self.reading.keeps(self.holds(id))
            && (!self.is_uncut(id) || self.has_ends(id))
    }

    /// Whether both ends of a relation are present, as those of one that lives cut are whenever it holds. Seldom asked on walks.
    #[cold]
    fn has_ends(&self, id: RelationId) -> bool {
        let (subject, object) = self.graph.ends(id);
        self.contains(subject) && self.contains(object)
    }

    fn has_ends_among(&self, id: RelationId) -> bool {
        self.among.is_none() || {
            let (subject, object) = self.graph.ends(id);
            self.is_among(subject) && self.is_among(object)
        }
    }

    /// Whether the view would have this relation, by its type, ends and dates, if its sources did not deny it.
    #[must_use]
    pub fn is_denied(&self, id: RelationId) -> bool {
        let standing = self.standing(id);
        standing.status == Status::Denied
            && self.keeps_type(self.graph.type_of(id))
            && self.has_ends_among(id)
            && self.reading.keeps(standing.dates.holds(self.window))
    }

    fn is_uncut(&self, id: RelationId) -> bool {
        self.graph.vocabulary.relation_type(self.graph.type_of(id)).category == Category::Lineage
    }

    fn is_among(&self, id: ActorId) -> bool {
        self.among.as_ref().is_none_or(|kept| kept.contains(id.index()))
    }

    /// Whether the view keeps relations of this type.
    #[must_use]
    pub fn keeps_type(&self, kind: TypeId) -> bool {
        self.types.as_ref().is_none_or(|kept| kept.contains(kind.index()))
    }

    /// Whether a neighbour of an actor that [`View::among`] keeps is in the view.
    #[inline]
    pub(crate) fn keeps_neighbour(&self, neighbour: &Neighbour) -> bool {
        self.keeps_type(neighbour.kind)
            && self.is_among(neighbour.other)
            && self.passes(neighbour)
            && (!neighbour.is_uncut() || self.has_ends(neighbour.relation))
    }

    /// When the relation of a neighbour holds, by the claims that count.
    #[inline]
    pub(crate) fn extent(&self, neighbour: &Neighbour) -> Extent {
        match &self.filtered {
            None => self.graph.extent_of(neighbour),
            Some(_) => self.standing(neighbour.relation).extent(),
        }
    }

    /// Whether a claim that counts is left under the relation of a neighbour; mostly told by what stands in the row.
    #[inline]
    pub(crate) fn is_sourced(&self, neighbour: &Neighbour) -> bool {
        let is_sure = self.filtered.is_none() && neighbour.is_exact() && !self.graph.extent_of(neighbour).is_never();
        is_sure || self.standing(neighbour.relation).status != Status::Unsourced
    }

    /// Whether the relation of a neighbour is seen in the days of the view, by the claims that count.
    #[inline]
    fn passes(&self, neighbour: &Neighbour) -> bool {
        match &self.filtered {
            None => self.gate.passes(neighbour),
            Some(_) => self.gate.sieve().passes(&self.extent(neighbour)),
        }
    }

    /// The present actors, in id order.
    pub fn actors(&self) -> impl Iterator<Item = ActorId> {
        (0..self.graph.actors.len()).map(ActorId::new).filter(|id| self.contains(*id))
    }

    /// The present relations, in id order.
    ///
    /// # Complexity
    /// O(log relations + answer · log answer) where days are asked about, whatever else is; O(relations) for all of time, and under a claim filter. Among few
    /// actors, at most O(their relations).
    pub fn relations(&self) -> impl Iterator<Item = RelationId> {
        let found = self.between_chosen().or_else(|| self.filtered.is_none().then(|| self.touched()).flatten());
        let all = if found.is_some() { 0 } else { self.graph.relations.len() };
        let ids = found.unwrap_or_default().into_iter().chain((0..all).map(RelationId::new));
        ids.filter(|id| self.contains_relation(*id))
    }

    /// The relations between the few actors that the view keeps, by id; `None` where it keeps all or many.
    fn between_chosen(&self) -> Option<Vec<RelationId>> {
        let chosen = self.among.as_ref()?;
        let actors = || chosen.ones().map(ActorId::new);
        let most = self.graph.relation_count() / 8;
        let mut length = 0;
        for actor in actors() {
            length += self.graph.outgoing(actor).len();
            if length > most {
                return None;
            }
        }
        let rows = actors().flat_map(|actor| self.graph.outgoing(actor));
        let mut all: Vec<RelationId> = rows.filter(|n| self.is_among(n.other)).map(|n| n.relation).collect();
        all.sort_unstable();
        Some(all)
    }

    /// The relations that possibly hold in the days of the view, of the types it keeps, by id: those that the index of days leaves. `None` where it has no
    /// answer.
    fn touched(&self) -> Option<Vec<RelationId>> {
        let (by, from) = self.gate.days()?;
        let kinds = self.graph.vocabulary.types().map(|(kind, _)| kind).filter(|kind| self.keeps_type(*kind));
        let mut all: Vec<RelationId> =
            kinds.flat_map(|kind| self.graph.tables.by_type.touching(kind, from, by)).collect();
        all.sort_unstable();
        Some(all)
    }

    /// The present relations of a type, in id order.
    ///
    /// # Complexity
    /// As [`View::relations`], over the relations of the type.
    pub fn relations_of(&self, kind: TypeId) -> impl Iterator<Item = RelationId> {
        let tables = &self.graph.tables;
        let touched = match self.gate.days() {
            _ if !self.keeps_type(kind) => Some(Vec::new()),
            Some((by, from)) if self.filtered.is_none() => Some(tables.by_type.touching(kind, from, by)),
            _ => None,
        };
        let all: &[RelationId] = if touched.is_some() { &[] } else { tables.by_type.of(kind) };
        let ids = touched.unwrap_or_default().into_iter().chain(all.iter().copied());
        ids.filter(|id| self.contains_relation(*id))
    }

    /// The window and the reading, ready for walks.
    pub(crate) const fn gate(&self) -> &Gate<'g> {
        &self.gate
    }

    /// Whether claims are left out, so that the days in the rows are not those of the view.
    pub(super) const fn is_filtered(&self) -> bool {
        self.filtered.is_some()
    }

    /// Whether only some actors are kept.
    pub(super) const fn has_chosen_actors(&self) -> bool {
        self.among.is_some()
    }

    /// The present relations of an actor in one direction, as stored, by (other end, relation).
    ///
    /// # Complexity
    /// O(log relations + answer · log answer) for an actor with many; O(relations of the actor) for all of time, and under a claim filter.
    pub fn row(&self, actor: ActorId, direction: Direction) -> impl Iterator<Item = &'g Neighbour> {
        self.candidates(actor, direction).filter(move |n| self.keeps_neighbour(n))
    }

    /// What of the row of an actor, present or not, may be in the view; nothing for actors that [`View::among`] leaves out.
    pub(super) fn candidates(&self, actor: ActorId, direction: Direction) -> Candidates<'g> {
        if !self.is_among(actor) {
            return Candidates::default();
        }
        self.graph.candidates(actor, direction, self.filtered.is_none().then_some(&self.gate))
    }

    /// The present relations of an actor in both directions: those going out first, then those coming in, each by (other end, relation).
    /// A relation of an actor with itself comes once.
    pub fn ties(&self, actor: ActorId) -> impl Iterator<Item = &'g Neighbour> {
        self.row(actor, Direction::Outgoing)
            .chain(self.row(actor, Direction::Incoming).filter(move |n| n.other != actor))
    }

    pub(super) fn ranks(&self) -> &Ranks {
        self.ranks.get_or_init(|| {
            let present: Vec<ActorId> = self.actors().collect();
            let mut ranks = vec![u32::MAX; self.graph.actors.len()];
            for (rank, id) in present.iter().enumerate() {
                ranks[id.index()] = rank as u32;
            }
            Arc::new(Ranks { present, ranks, relations: self.relations().count() })
        })
    }
}

/// A relation seen while walking, with the end it was reached from as its source.
#[derive(Clone, Copy, Debug)]
pub struct RelationRef<'g> {
    /// The relation.
    pub id: RelationId,
    /// The end walked from.
    pub source: ActorId,
    /// The end walked to.
    pub target: ActorId,
    pub(super) graph: &'g TemporalGraph,
}

impl<'g> RelationRef<'g> {
    /// The record.
    #[must_use]
    pub fn relation(&self) -> &'g Relation {
        self.graph.relation(self.id)
    }
}
