//! What walks and counts read: relations in columns, rows of neighbours, and the indexes of their days. The same arrays in memory and in a compiled set.

use super::Standing;
use super::calendar::Calendar;
use super::census::{Census, Holding};
use super::moments::{Moment, Moments};
use super::rows::{Neighbour, Rows};
use super::spans::{SpanColumns, SpanTable};
use crate::model::{ActorId, Category, KindId, Modality, Relation, RelationId, SourceId, Status, TypeId, Vocabulary};
use crate::storage::{Column, Limits, Sound};
use crate::time::{Bounds, Day, End, Extent};
use bytemuck::{Pod, Zeroable};

/// How the claims of a relation stand, in four bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Mark {
    /// The source of its one claim, where that is all there is.
    source: u16,
    /// The credibility of that claim; 0 where there are more, or it gives a dating of its own.
    credibility: u8,
    /// Status and modality.
    state: u8,
}

impl Mark {
    fn new(relation: &Relation, standing: &Standing) -> Self {
        let (source, credibility) = match relation.claims.as_slice() {
            [one] if one.valid.is_none() => (one.source.index() as u16, one.credibility),
            _ => (0, 0),
        };
        Self { source, credibility, state: (standing.status as u8) << 4 | standing.modality as u8 }
    }

    fn status(self) -> Status {
        Status::ALL.get(usize::from(self.state >> 4)).copied().unwrap_or(Status::Unsourced)
    }

    fn modality(self) -> Modality {
        Modality::ALL.get(usize::from(self.state & 15)).copied().unwrap_or(Modality::Predicted)
    }

    /// The source and credibility of the one claim that is all there is, so that whatever leaves it leaves everything as it stands.
    pub(super) fn only_claim(self) -> Option<(SourceId, u8)> {
        (self.credibility != 0).then(|| (SourceId::new(self.source.into()), self.credibility))
    }
}

impl Sound for Mark {
    fn is_sound(&self, limits: &Limits) -> bool {
        usize::from(self.state >> 4) < Status::ALL.len()
            && usize::from(self.state & 15) < Modality::ALL.len()
            && (self.credibility == 0 || usize::from(self.source) < limits.sources)
    }
}

/// Relations in columns, by id.
#[derive(Debug, Default)]
pub(crate) struct RelationColumns<C: Columns = Packed> {
    pub(super) subjects: C::Of<ActorId>,
    pub(super) objects: C::Of<ActorId>,
    pub(super) kinds: C::Of<TypeId>,
    /// When each holds by its dates alone, clipped to the lives of both ends.
    pub(super) dates: C::Of<Extent>,
    pub(super) marks: C::Of<Mark>,
    /// [`Day::FAR_PAST`] for none.
    pub(super) attested: C::Of<Day>,
    /// The relations of which a recorded end is not what `dates` has: lives cut it, or the other end does. By id.
    pub(super) apart: C::Of<RelationId>,
    /// The relations that tell of further parts, or of numbers, by id.
    pub(super) with_parts: C::Of<RelationId>,
}

/// What columns are made of: lists while they grow, arrays when they are packed.
pub(crate) trait Columns {
    /// A column of this.
    type Of<T: Sound>: Default + std::fmt::Debug;
}

/// Lists that grow.
#[derive(Debug, Default)]
pub(crate) struct Growing;

/// Arrays, in memory or in a file.
#[derive(Debug, Default)]
pub(crate) struct Packed;

impl Columns for Growing {
    type Of<T: Sound> = Vec<T>;
}

impl Columns for Packed {
    type Of<T: Sound> = Column<T>;
}

impl RelationColumns<Growing> {
    /// Adds a relation with what its claims come to.
    pub(crate) fn push(&mut self, relation: &Relation, standing: &Standing) {
        self.subjects.push(relation.subject);
        self.objects.push(relation.object);
        self.kinds.push(relation.kind);
        self.dates.push(standing.dates);
        self.marks.push(Mark::new(relation, standing));
        self.attested.push(standing.last_attested.unwrap_or(Day::FAR_PAST));
        let (start, end) = (standing.dates.start, standing.dates.end);
        let is_as_recorded = match relation.valid.start() {
            End::Known(recorded) => recorded == start,
            End::Open | End::Unknown => !start.earliest.is_bounded(),
        } && match relation.valid.end() {
            End::Known(recorded) => recorded == end,
            End::Open | End::Unknown => !end.latest.is_bounded(),
        };
        let id = RelationId::new(self.kinds.len() - 1);
        if !is_as_recorded {
            self.apart.push(id);
        }
        if !relation.roles.is_empty() || relation.claims.iter().any(|claim| !claim.figures.is_empty()) {
            self.with_parts.push(id);
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.kinds.len()
    }

    /// The relations in another order: `order` names the old place for each new one.
    ///
    /// # Panics
    /// When `order` is not an order of as many places.
    pub(crate) fn reordered(self, order: &[u32]) -> Self {
        fn put<T: Copy>(column: Vec<T>, order: &[u32]) -> Vec<T> {
            assert_eq!(column.len(), order.len());
            order.iter().map(|at| column[*at as usize]).collect()
        }
        // Lists of places, which are sorted by the old ones.
        let listed = |list: &[RelationId]| -> Vec<RelationId> {
            let is_listed = |at: &u32| list.binary_search(&RelationId::new(*at as usize)).is_ok();
            (0..order.len()).filter(|new| is_listed(&order[*new])).map(RelationId::new).collect()
        };
        Self {
            apart: listed(&self.apart),
            with_parts: listed(&self.with_parts),
            subjects: put(self.subjects, order),
            objects: put(self.objects, order),
            kinds: put(self.kinds, order),
            dates: put(self.dates, order),
            marks: put(self.marks, order),
            attested: put(self.attested, order),
        }
    }

    fn standing(&self, at: usize) -> Standing {
        standing(self.dates[at], self.marks[at], self.attested[at])
    }

    fn packed(self) -> RelationColumns {
        RelationColumns {
            subjects: self.subjects.into(),
            objects: self.objects.into(),
            kinds: self.kinds.into(),
            dates: self.dates.into(),
            marks: self.marks.into(),
            attested: self.attested.into(),
            apart: self.apart.into(),
            with_parts: self.with_parts.into(),
        }
    }
}

impl RelationColumns {
    /// What the claims of a relation come to; nothing for one that cannot be read.
    #[inline]
    pub(super) fn standing(&self, id: RelationId) -> Standing {
        let at = id.index();
        match (self.dates.get(at), self.marks.get(at), self.attested.get(at)) {
            (Some(dates), Some(mark), Some(attested)) => standing(*dates, *mark, *attested),
            _ => Standing::UNSOURCED,
        }
    }
}

impl RelationColumns {
    /// The source and credibility of a relation's one claim, where that is all there is.
    pub(super) fn only_claim(&self, id: RelationId) -> Option<(SourceId, u8)> {
        self.marks.get(id.index())?.only_claim()
    }

    /// All relations, each with what [`RelationColumns::only_claim`] says of it.
    pub(super) fn only_claims(&self) -> impl Iterator<Item = (RelationId, Option<(SourceId, u8)>)> {
        self.marks.all().iter().enumerate().map(|(at, mark)| (RelationId::new(at), mark.only_claim()))
    }
}

fn standing(dates: Extent, mark: Mark, attested: Day) -> Standing {
    let last_attested = (attested != Day::FAR_PAST).then_some(attested);
    Standing { dates, status: mark.status(), modality: mark.modality(), last_attested }
}

/// Relations by type, with an index of the days on which they possibly hold.
#[derive(Debug, Default)]
pub(super) struct ByType {
    /// For each type, and one more, where its relations begin.
    pub(super) starts: Column<u32>,
    /// Ascending within a type.
    pub(super) ids: Column<RelationId>,
    /// The first and the last day on which each possibly holds.
    pub(super) days: Column<[u16; 2]>,
    /// For each type where its index lies: spans, and what is kept beside them.
    pub(super) at: Column<[u32; 2]>,
    pub(super) spans: SpanColumns,
}

impl ByType {
    fn pack(types: usize, kinds: &[TypeId], spans_of: impl Fn(usize) -> [u16; 2]) -> Self {
        let mut starts = vec![0u32; types + 1];
        for kind in kinds {
            starts[kind.index() + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let (mut ids, mut days) = (vec![RelationId::new(0); kinds.len()], vec![[0u16; 2]; kinds.len()]);
        let mut next = starts.clone();
        for (relation, kind) in kinds.iter().enumerate() {
            let at = &mut next[kind.index()];
            (ids[*at as usize], days[*at as usize]) = (RelationId::new(relation), spans_of(relation));
            *at += 1;
        }
        let mut spans = SpanTable::default();
        let at: Vec<[u32; 2]> = starts
            .windows(2)
            .map(|ends| {
                let (at, beside) = spans.push(days[ends[0] as usize..ends[1] as usize].iter().map(|[a, b]| (*a, *b)));
                [at, beside]
            })
            .collect();
        Self { starts: starts.into(), ids: ids.into(), days: days.into(), at: at.into(), spans: spans.into() }
    }

    /// The relations of a type, ascending.
    pub(super) fn of(&self, kind: TypeId) -> &[RelationId] {
        match self.starts.slice(kind.index()..kind.index() + 2) {
            [from, to] => self.ids.slice(*from as usize..*to as usize),
            _ => &[],
        }
    }

    /// The relations of a type that possibly hold on some day `from` ..= `by` (as numbered), ascending.
    ///
    /// # Complexity
    /// O(log n + answer · log answer).
    pub(super) fn touching(&self, kind: TypeId, from: u16, by: u16) -> Vec<RelationId> {
        let [start, end] = self.starts.slice(kind.index()..kind.index() + 2) else { return Vec::new() };
        let (start, end) = (*start as usize, *end as usize);
        let (ids, days) = (self.ids.slice(start..end), self.days.slice(start..end));
        let Some([at, beside]) = self.at.get(kind.index()) else { return Vec::new() };
        // Where the index does not fit, each is looked at.
        let all = || (0..ids.len() as u32).collect();
        let places = self.spans.of(*at, *beside, days).map_or_else(all, |spans| spans.touching(from, by));
        places.iter().filter_map(|place| ids.get(*place as usize).copied()).collect()
    }

    /// How many relations are of a type.
    pub(super) fn count(&self, kind: TypeId) -> usize {
        match self.starts.slice(kind.index()..kind.index() + 2) {
            [from, to] => to.saturating_sub(*from) as usize,
            _ => 0,
        }
    }
}

/// All arrays of a graph.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(super) calendar: Calendar,
    pub(super) lives: Column<Extent>,
    pub(super) actor_kinds: Column<KindId>,
    pub(super) relations: RelationColumns,
    pub(super) outgoing: Rows,
    pub(super) incoming: Rows,
    pub(super) by_type: ByType,
    pub(super) began: Moments,
    pub(super) ended: Moments,
    /// In the certain and in the possible reading.
    pub(super) census: [Census; 2],
}

/// What is done with each array of a graph: writing it to a file, or taking it from one.
pub(crate) trait ColumnVisitor {
    /// Why it cannot be done.
    type Error;

    /// Meets an array; its name tells it from all others of the graph.
    fn column<T: Sound>(&mut self, name: &'static str, column: &mut Column<T>) -> Result<(), Self::Error>;
}

/// The arrays of some part of a graph, one after the other, with names that begin with that of the part.
macro_rules! visit {
    ($visitor:expr, $part:literal, $($name:literal: $column:expr),+ $(,)?) => {
        $($visitor.column(concat!($part, ".", $name), &mut $column)?;)+
    };
}

impl Tables {
    /// Meets every array, always in the same order.
    ///
    /// # Errors
    /// The first error of the visitor.
    pub(crate) fn visit<V: ColumnVisitor>(&mut self, visitor: &mut V) -> Result<(), V::Error> {
        visit!(visitor, "actors", "lives": self.lives, "kinds": self.actor_kinds);
        let relations = &mut self.relations;
        visit!(visitor, "relations",
            "subjects": relations.subjects, "objects": relations.objects, "kinds": relations.kinds,
            "dates": relations.dates, "marks": relations.marks, "attested": relations.attested, "apart": relations.apart, "with-parts": relations.with_parts);
        let rows = &mut self.outgoing;
        visit!(visitor, "outgoing", "starts": rows.starts, "entries": rows.entries, "hubs": rows.hubs,
            "places": rows.spans.places, "reaches": rows.spans.reaches, "guide": rows.spans.guide);
        let rows = &mut self.incoming;
        visit!(visitor, "incoming", "starts": rows.starts, "entries": rows.entries, "hubs": rows.hubs,
            "places": rows.spans.places, "reaches": rows.spans.reaches, "guide": rows.spans.guide);
        let by_type = &mut self.by_type;
        visit!(visitor, "by-type", "starts": by_type.starts, "ids": by_type.ids, "days": by_type.days, "at": by_type.at,
            "places": by_type.spans.places, "reaches": by_type.spans.reaches, "guide": by_type.spans.guide);
        let moments = &mut self.began;
        visit!(visitor, "began", "starts": moments.starts, "exact": moments.exact,
            "vague": moments.vague, "vague-days": moments.vague_days,
            "places": moments.spans.places, "reaches": moments.spans.reaches, "guide": moments.spans.guide);
        let moments = &mut self.ended;
        visit!(visitor, "ended", "starts": moments.starts, "exact": moments.exact, "others": moments.others,
            "vague": moments.vague, "vague-days": moments.vague_days,
            "places": moments.spans.places, "reaches": moments.spans.reaches, "guide": moments.spans.guide);
        let [certain, possible] = &mut self.census;
        visit!(visitor, "census-certain", "starts": certain.starts, "days": certain.days, "steps": certain.steps);
        visit!(visitor, "census-possible", "starts": possible.starts, "days": possible.days, "steps": possible.steps);
        Ok(())
    }

    /// Whether the arrays are as long as these counts ask.
    pub(crate) fn fit(&self, actors: usize, relations: usize, types: usize) -> bool {
        let columns = &self.relations;
        let lengths = [
            columns.subjects.len(),
            columns.objects.len(),
            columns.kinds.len(),
            columns.dates.len(),
            columns.marks.len(),
            columns.attested.len(),
            self.outgoing.entries.len(),
            self.incoming.entries.len(),
            self.by_type.ids.len(),
            self.by_type.days.len(),
        ];
        lengths.iter().all(|length| *length == relations)
            && [self.lives.len(), self.actor_kinds.len()] == [actors; 2]
            && [self.outgoing.starts.len(), self.incoming.starts.len()] == [actors + 1; 2]
            && [self.by_type.starts.len(), self.census[0].starts.len(), self.census[1].starts.len()] == [types + 1; 3]
    }

    /// The day before the first that has a number.
    pub(crate) const fn calendar_base(&self) -> i32 {
        self.calendar.base()
    }

    /// Tables without arrays, whose days are numbered from here; [`Tables::visit`] fills them.
    pub(crate) fn with_calendar_base(base: i32) -> Self {
        Self { calendar: Calendar::from_base(base), ..Self::default() }
    }

    /// Packs relations, given by id, between actors whose lives and kinds are given by id.
    ///
    /// # Complexity
    /// O(relations · log relations).
    pub(crate) fn pack(
        vocabulary: &Vocabulary,
        lives: Vec<Extent>,
        actor_kinds: Vec<KindId>,
        relations: RelationColumns<Growing>,
    ) -> Self {
        let count = relations.len();
        let calendar = Calendar::of((0..count).map(|at| relations.standing(at).dates));
        let spans: Vec<_> = (0..count).map(|at| calendar.span(relations.standing(at).extent())).collect();
        let types = vocabulary.relation_types.len();
        let is_uncut: Vec<bool> = vocabulary.relation_types.iter().map(|t| t.category == Category::Lineage).collect();
        let rows = |ends: &[ActorId], others: &[ActorId]| {
            let entries = (0..count).map(|at| {
                let kind = relations.kinds[at];
                let id = RelationId::new(at);
                (ends[at], Neighbour::new(others[at], id, kind, spans[at], is_uncut[kind.index()]))
            });
            Rows::pack(lives.len(), entries.collect())
        };
        let outgoing = rows(&relations.subjects, &relations.objects);
        let incoming = rows(&relations.objects, &relations.subjects);
        let by_type = ByType::pack(types, &relations.kinds, |at| [spans[at].first, spans[at].last]);
        let moments = |end: fn(&Extent) -> Bounds, other: fn(&Extent) -> Bounds| {
            let relations = &relations;
            let all = (0..count).filter_map(move |at| {
                let standing = relations.standing(at);
                let extent = standing.extent();
                let is_sure = extent == standing.dates;
                (!extent.is_never()).then(|| Moment {
                    relation: RelationId::new(at),
                    bounds: end(&standing.dates),
                    other: other(&standing.dates),
                    is_sure,
                })
            });
            Moments::pack(calendar, all)
        };
        let mut began = moments(|dates| dates.start, |dates| dates.end);
        began.others = Column::default();
        let ended = moments(|dates| dates.end, |dates| dates.start);
        let holdings = |days: &dyn Fn(usize) -> (u16, u16)| {
            Census::take(
                types,
                (0..count).filter(|at| !is_uncut[relations.kinds[*at].index()]).map(|at| {
                    let (first, last) = days(at);
                    let ends = [relations.subjects[at], relations.objects[at]];
                    Holding { kind: relations.kinds[at], ends, first, last }
                }),
            )
        };
        let certain = holdings(&|at| {
            let extent = relations.standing(at).extent();
            if extent.start.latest > extent.end.earliest {
                return (u16::MAX, 0);
            }
            (calendar.census_end(extent.start.latest), calendar.census_end(extent.end.earliest))
        });
        // Not the spans, which are rounded outwards: what ended before all numbered days would hold on the first of them.
        let possible = holdings(&|at| {
            let extent = relations.standing(at).extent();
            (calendar.census_end(extent.start.earliest), calendar.census_end(extent.end.latest))
        });
        Self {
            calendar,
            lives: lives.into(),
            actor_kinds: actor_kinds.into(),
            outgoing,
            incoming,
            by_type,
            began,
            ended,
            census: [certain, possible],
            relations: relations.packed(),
        }
    }
}
