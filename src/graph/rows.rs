//! Packed adjacency: for each actor, its relations in one run of memory, with what a walk needs beside each.

use super::calendar::{Calendar, Span};
use super::spans::{SHORTEST, SpanColumns, SpanTable};
use crate::model::{ActorId, RelationId, TypeId};
use crate::storage::{Column, Limits, Sound};
use bytemuck::{Pod, Zeroable};

/// A relation as seen from one of its ends. When it holds is asked of the graph: [`super::TemporalGraph::extent_of`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Neighbour {
    /// The other end.
    pub other: ActorId,
    /// The relation.
    pub relation: RelationId,
    /// The days between which it possibly holds, claims weighed and clipped to the lives of both ends, as the graph's calendar numbers them.
    pub(super) first: u16,
    pub(super) last: u16,
    /// Its type.
    pub kind: TypeId,
    flags: u16,
}

/// The days say all: it certainly holds on each of them.
const EXACT: u16 = 1;
/// No lives cut it.
const UNCUT: u16 = 2;

impl Neighbour {
    pub(super) fn new(other: ActorId, relation: RelationId, kind: TypeId, span: Span, is_uncut: bool) -> Self {
        let flags = if span.is_exact { EXACT } else { 0 } | if is_uncut { UNCUT } else { 0 };
        Self { other, relation, first: span.first, last: span.last, kind, flags }
    }

    /// Whether its two days say all about when it holds.
    #[inline]
    pub(super) const fn is_exact(&self) -> bool {
        self.flags & EXACT != 0
    }

    /// Whether no lives cut it, so that it may hold while an end is absent.
    #[inline]
    pub(super) const fn is_uncut(&self) -> bool {
        self.flags & UNCUT != 0
    }
}

impl Sound for Neighbour {
    fn is_sound(&self, limits: &Limits) -> bool {
        self.other.is_sound(limits) && self.relation.is_sound(limits) && self.kind.is_sound(limits)
    }
}

/// A row so long that it has an index of its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Hub {
    actor: ActorId,
    /// Where its spans begin among those of all hubs.
    spans: u32,
    /// Where what is kept beside them begins.
    beside: u32,
}

impl Sound for Hub {
    fn is_sound(&self, limits: &Limits) -> bool {
        self.actor.is_sound(limits)
    }
}

/// Rows of neighbours, one for each actor.
///
/// A row is ordered by (other end, relation), which makes every walk's order stable.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) starts: Column<u32>,
    pub(super) entries: Column<Neighbour>,
    /// By actor.
    pub(super) hubs: Column<Hub>,
    pub(super) spans: SpanColumns,
}

impl Rows {
    /// Packs entries given as (actor, neighbour), in any order, for `actors` actors.
    ///
    /// # Complexity
    /// O(entries · log entries).
    #[must_use]
    pub(super) fn pack(actors: usize, mut entries: Vec<(ActorId, Neighbour)>) -> Self {
        entries.sort_unstable_by_key(|(actor, n)| (*actor, n.other, n.relation));
        let mut starts = vec![0u32; actors + 1];
        for (actor, _) in &entries {
            starts[actor.index() + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let entries: Vec<Neighbour> = entries.into_iter().map(|(_, n)| n).collect();
        let (mut hubs, mut spans) = (Vec::new(), SpanTable::default());
        for (actor, ends) in starts.windows(2).enumerate() {
            let row = &entries[ends[0] as usize..ends[1] as usize];
            if row.len() >= SHORTEST {
                let (at, beside) = spans.push(row.iter().map(|n| (n.first, n.last)));
                hubs.push(Hub { actor: ActorId::new(actor), spans: at, beside });
            }
        }
        Self { starts: starts.into(), entries: entries.into(), hubs: hubs.into(), spans: spans.into() }
    }

    /// The row of an actor; empty for an id that is not of this graph.
    #[must_use]
    #[inline]
    pub(super) fn row(&self, actor: ActorId) -> &[Neighbour] {
        match self.starts.slice(actor.index()..actor.index() + 2) {
            [from, to] => self.entries.slice(*from as usize..*to as usize),
            _ => &[],
        }
    }

    /// The part of an actor's row whose other end is this one.
    ///
    /// # Complexity
    /// O(log row).
    pub(super) fn with(&self, actor: ActorId, other: ActorId) -> &[Neighbour] {
        let row = self.row(actor);
        let from = row.partition_point(|n| n.other < other);
        let row = row.get(from..).unwrap_or_default();
        row.get(..row.partition_point(|n| n.other == other)).unwrap_or_default()
    }

    /// The places in a row of what possibly holds on some day `from` ..= `by` (as numbered), ascending; `None` for a row without an index.
    pub(super) fn places(&self, actor: ActorId, row: &[Neighbour], from: u16, by: u16) -> Option<Vec<u32>> {
        if row.len() < SHORTEST {
            return None;
        }
        let hubs = self.hubs.all();
        let hub = hubs.get(hubs.binary_search_by_key(&actor, |hub| hub.actor).ok()?)?;
        Some(self.spans.of(hub.spans, hub.beside, row)?.touching(from, by))
    }
}

/// The relations at one end of an actor that a walk must look at: the whole row, or what an index of its days leaves.
#[derive(Clone, Debug)]
pub struct Candidates<'g> {
    row: &'g [Neighbour],
    /// What is left of the row, or the places in it.
    left: Left<'g>,
}

#[derive(Clone, Debug)]
enum Left<'g> {
    Row(std::slice::Iter<'g, Neighbour>),
    Places(std::vec::IntoIter<u32>),
}

impl Default for Candidates<'_> {
    /// Nothing.
    fn default() -> Self {
        Self::all(&[])
    }
}

impl<'g> Candidates<'g> {
    /// All of a row.
    pub(super) fn all(row: &'g [Neighbour]) -> Self {
        Self { row, left: Left::Row(row.iter()) }
    }

    /// The places of a row.
    pub(super) fn some(row: &'g [Neighbour], places: Vec<u32>) -> Self {
        Self { row, left: Left::Places(places.into_iter()) }
    }

    /// Whether an index made the choice.
    #[must_use]
    pub const fn is_indexed(&self) -> bool {
        matches!(self.left, Left::Places(_))
    }
}

impl<'g> Iterator for Candidates<'g> {
    type Item = &'g Neighbour;

    #[inline]
    fn next(&mut self) -> Option<&'g Neighbour> {
        match &mut self.left {
            Left::Row(row) => row.next(),
            Left::Places(places) => {
                let row = self.row;
                places.find_map(|place| row.get(place as usize))
            }
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.left {
            Left::Row(row) => row.size_hint(),
            Left::Places(places) => places.size_hint(),
        }
    }
}

impl Rows {
    /// What a walk must look at to find all that is possibly seen through the days of a gate.
    #[inline]
    pub(super) fn candidates(&self, actor: ActorId, days: Option<(u16, u16)>) -> Candidates<'_> {
        let row = self.row(actor);
        match days.and_then(|(by, from)| self.places(actor, row, from, by)) {
            Some(places) => Candidates::some(row, places),
            None => Candidates::all(row),
        }
    }

    /// The span of a neighbour as an extent, where that says all.
    #[inline]
    pub(super) fn exact(calendar: Calendar, neighbour: &Neighbour) -> Option<crate::time::Extent> {
        neighbour.is_exact().then(|| calendar.extent(neighbour.first, neighbour.last))
    }
}
