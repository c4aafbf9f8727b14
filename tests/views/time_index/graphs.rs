//! Random graphs of any size out of a seed, and the library's records for them.

use super::oracle::{
    Asked, BEGIN, Case, Claim, END, FUTURE, Filter, LINEAGE, NEWEST, OLDEST, PAST, Relation, Side, Slice, Source, Tick,
    Tip, When,
};
use crate::records::{self, KINDS};
use allegiance::graph::{Builder, ClaimFilter, TemporalGraph, View};
use allegiance::model::{ActorId, Grade, Modality, RelationId, Reliability, SourceId, Stance, TypeId};
use allegiance::time::{Dated, Day, Reading, Window};
use std::collections::BTreeSet;
use std::fmt;

/// Chance, the same in every run. Source of the method: Steele, Lea and Flood (2014), SplitMix64.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below this one.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// A number from one to another, both included.
    pub(crate) fn between(&mut self, from: Tick, to: Tick) -> Tick {
        from + self.below((to - from + 1) as usize) as Tick
    }

    /// True so many times of a hundred.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn subset(&mut self, bound: usize, percent: usize) -> BTreeSet<usize> {
        (0..bound).filter(|_| self.percent(percent)).collect()
    }
}

/// How many days before the last one a calendar numbers, that one included. Written out, so that the tests notice when it is another.
const NUMBERED: i32 = 65_534;

/// Days in the order of ticks.
pub(crate) struct Axis {
    days: Vec<i32>,
    /// The ticks that the dates of relations lie between.
    written: (Tick, Tick),
    /// The ticks around the day before which a calendar of these dates has no numbers; where no date is as old, those around the first.
    edge: (Tick, Tick),
    /// Whether some dates lie before that day.
    pub(crate) is_rounded: bool,
}

/// What tells one axis from another.
impl fmt::Debug for Axis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = self.written;
        write!(f, "dates {} = {from} to {} = {to}, edge {:?}", self.day(from), self.day(to), self.edge)
    }
}

impl Axis {
    /// One of several axes, each awkward in its own way.
    pub(crate) fn new(dice: &mut Dice) -> Self {
        let ymd = |y, m, d| Day::from_ymd(y, m, d).expect("a date").number();
        let (oldest, newest) = (ymd(-9999, 1, 1), ymd(9999, 12, 31));
        let last = ymd(2025, 6, 30) + dice.below(400) as i32;
        match dice.below(4) {
            // Days one after the other.
            0 => {
                let days = [oldest].into_iter().chain((3..=124).map(|at| last - 120 + at)).chain([newest]);
                Self { days: days.collect(), written: (10, 110), edge: (8, 14), is_rounded: false }
            }
            // Centuries between them: a few days of 1648, the edge of the calendar, some between, the last ones, and days that no date reaches.
            1 => Self { days: Self::wide(oldest, last, newest), written: (3, 101), edge: (28, 41), is_rounded: true },
            // The oldest date is one of those around the edge.
            2 => {
                let first = dice.between(32, 37);
                let edge = (30, 39);
                Self { days: Self::wide(oldest, last, newest), written: (first, 101), edge, is_rounded: first < 35 }
            }
            // All of the days that can be written at all, nearly none of which has a number.
            _ => {
                let early = (0..20).map(|at| oldest + at);
                let now = (0..60).map(|at| last - 180 + 3 * at);
                let edge = (-12..13).map(|at| newest - NUMBERED + at);
                let late = (0..19).map(|at| newest - 18 + at);
                let days = early.chain(now).chain(edge).chain(late).collect();
                Self { days, written: (OLDEST, NEWEST), edge: (88, 101), is_rounded: true }
            }
        }
        .checked()
    }

    /// The tick 34 is the last day without a number, if the day of tick 101 is the last that is written.
    fn wide(oldest: i32, last: i32, newest: i32) -> Vec<i32> {
        let treaty = Day::from_ymd(1648, 10, 24).expect("a date").number();
        let old = (0..19).map(|at| treaty + 11 * at);
        let edge = (-12..13).map(|at| last - NUMBERED + at);
        let between = (1..16).map(|at| last - NUMBERED + 4_000 * at);
        let late = (-39..=0).map(|at| last + at);
        let after = (1..24).map(|at| last + at * at);
        [oldest].into_iter().chain(old).chain(edge).chain(between).chain(late).chain(after).chain([newest]).collect()
    }

    fn checked(self) -> Self {
        assert_eq!(self.days.len(), (NEWEST - OLDEST + 1) as usize);
        assert!(self.days.is_sorted_by(|a, b| a < b), "{:?}", self.days);
        self
    }

    pub(crate) fn day(&self, tick: Tick) -> Day {
        match tick {
            PAST => Day::FAR_PAST,
            BEGIN => Window::ALL.first,
            END => Window::ALL.last,
            FUTURE => Day::FAR_FUTURE,
            tick => Day::new(self.days[(tick - OLDEST) as usize]),
        }
    }

    fn text_of(&self, tip: Tip) -> String {
        match tip {
            Tip::On(tick) => self.day(tick).to_string(),
            Tip::Between(from, to) => format!("[{}..{}]", self.day(from), self.day(to)),
            Tip::UpTo(tick) => format!("..{}", self.day(tick)),
            Tip::From(tick) => format!("{}..", self.day(tick)),
            Tip::Open => "..".into(),
            Tip::Unknown => String::new(),
        }
    }

    fn dated(&self, when: When) -> Dated {
        let start = self.text_of(when.start);
        let text = when.end.map_or(start.clone(), |end| format!("{start}/{}", self.text_of(end)));
        Dated::parse(&text).unwrap_or_else(|e| panic!("{text}: {e}"))
    }

    /// A day that dates are written with, often one around the edge of the calendar.
    fn written(&self, dice: &mut Dice) -> Tick {
        let (from, to) = self.written;
        let (edge_from, edge_to) = self.edge;
        match dice.below(10) {
            0..3 => dice.between(edge_from.max(from), edge_to),
            3 => to - dice.below(3) as Tick,
            4 => from + dice.below(3) as Tick,
            _ => dice.between(from, to),
        }
    }

    /// A day to ask about: any, also ones that are none.
    pub(crate) fn any(&self, dice: &mut Dice) -> Tick {
        match dice.below(10) {
            0..2 => dice.between(self.edge.0, self.edge.1),
            2..4 => [PAST, BEGIN, OLDEST, NEWEST, END, FUTURE][dice.below(6)],
            4..6 => self.written(dice),
            _ => dice.between(OLDEST, NEWEST),
        }
    }

    pub(crate) fn window(&self, asked: Asked) -> Window {
        match asked {
            Asked::All => Window::ALL,
            Asked::Sometime(from, to) if from == to => Window::on(self.day(from)),
            Asked::Sometime(from, to) => Window::sometime(self.day(from), self.day(to)),
            Asked::Throughout(from, to) => Window::throughout(self.day(from), self.day(to)),
            Asked::Within(from, to) => Window::within(self.day(from), self.day(to)),
        }
    }

    pub(crate) fn asked(&self, dice: &mut Dice) -> Asked {
        let (a, b) = (self.any(dice), self.any(dice));
        // Windows of several days begin and end with days.
        let within = |tick: Tick| tick.clamp(BEGIN, END);
        let (from, to) = (within(a.min(b)), within(a.max(b)));
        match dice.below(20) {
            0..8 => Asked::Sometime(a, a),
            8..12 => Asked::Sometime(from, to),
            12..15 => Asked::Throughout(from, to),
            15 => Asked::Throughout(within(a), within(a + 1)),
            16..19 => Asked::Within(from, to),
            _ => Asked::All,
        }
    }

    fn when(&self, dice: &mut Dice) -> When {
        let (a, b) = (self.written(dice), self.written(dice));
        let (from, to) = (a.min(b), a.max(b));
        let near = |dice: &mut Dice, tick: Tick| (tick + dice.below(6) as Tick).min(self.written.1);
        let (start, end) = match dice.below(20) {
            0..6 => (Tip::On(from), Some(Tip::On(to))),
            6..9 => (Tip::On(a), Some(Tip::On(near(dice, a)))),
            9 => (Tip::On(a), None),
            10 => (Tip::Between(a, near(dice, a).max(a)), None),
            11 => (Tip::Between(from, near(dice, from)), Some(Tip::On(to))),
            12 => (Tip::On(from), Some(Tip::Between(to, near(dice, to)))),
            13 => (Tip::Between(from, to), Some(Tip::Between(from, near(dice, to)))),
            14 => (Tip::On(a), Some(Tip::Open)),
            15 => (Tip::On(a), Some(Tip::Unknown)),
            16 => (Tip::Unknown, Some(Tip::On(a))),
            17 => (Tip::Unknown, Some(Tip::Open)),
            18 => (Tip::UpTo(from), Some(if dice.percent(50) { Tip::On(to) } else { Tip::UpTo(to) })),
            _ => (Tip::Between(from, near(dice, from)), Some(Tip::From(to))),
        };
        When { start, end }
    }
}

/// How large a case is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) actors: usize,
    pub(crate) relations: usize,
}

const SOURCES: usize = 6;

/// A graph in which the actors 0 and 1 have most relations.
pub(crate) fn case(dice: &mut Dice, axis: &Axis, size: Size) -> Case {
    let sources = (0..SOURCES).map(|_| {
        let from = if dice.percent(70) { dice.between(60, 120) } else { axis.any(dice).clamp(OLDEST, NEWEST) };
        let to = if dice.percent(70) { from } else { (from + dice.below(9) as Tick).min(NEWEST) };
        Source { published: (from, to), reliability: dice.below(6) as u8 }
    });
    let sources = sources.collect();
    // Whoever has most relations seldom has a life that leaves few of them.
    let actors = (0..size.actors).map(|at| dice.percent(if at < 2 { 25 } else { 40 }).then(|| axis.when(dice)));
    let actors = actors.collect();
    let relations = (0..size.relations).map(|_| relation(dice, axis, size.actors)).collect();
    Case { actors, relations, sources }
}

fn relation(dice: &mut Dice, axis: &Axis, actors: usize) -> Relation {
    let end = |dice: &mut Dice, hub: usize| if dice.percent(75) { hub % actors } else { dice.below(actors) };
    let subject = end(dice, 0);
    let object = if dice.percent(4) { subject } else { end(dice, 1) };
    let kind = [0, 0, 0, 0, 0, 0, 1, 1, 1, LINEAGE][dice.below(10)];
    let claim = |dice: &mut Dice, side: Side| Claim {
        source: dice.below(SOURCES),
        side,
        asserted: dice.percent(85),
        credibility: 1 + dice.below(6) as u8,
        own: None,
    };
    let mut claims = vec![claim(dice, Side::For)];
    match dice.below(20) {
        0 => claims[0].side = Side::Against,
        1 => claims[0].side = Side::Doubt,
        2 => claims[0].own = Some(axis.when(dice)),
        3..5 => {
            let side = if dice.percent(50) { Side::Doubt } else { Side::Against };
            claims.push(claim(dice, side));
        }
        5 => {
            let own = Some(axis.when(dice));
            claims.push(claim(dice, Side::For));
            claims.iter_mut().for_each(|claim| claim.own = own);
        }
        6 => {
            claims.push(Claim { own: Some(axis.when(dice)), ..claim(dice, Side::For) });
            claims.push(claim(dice, Side::Against));
        }
        _ => {}
    }
    // One source says one thing.
    let mut told = BTreeSet::new();
    claims.retain(|claim| told.insert(claim.source));
    Relation { subject, object, kind, valid: axis.when(dice), claims }
}

pub(crate) fn filter(dice: &mut Dice, axis: &Axis) -> Filter {
    Filter {
        known_by: dice.percent(50).then(|| axis.any(dice)),
        known_possibly: dice.percent(50),
        sources: if dice.percent(30) { dice.subset(SOURCES, 50) } else { BTreeSet::new() },
        excluded: if dice.percent(40) { dice.subset(SOURCES, 30) } else { BTreeSet::new() },
        grade: dice.percent(40).then(|| (1 + dice.below(5) as u8, 2 + dice.below(5) as u8)),
    }
}

pub(crate) fn slice(dice: &mut Dice, axis: &Axis, actors: usize) -> Slice {
    let among = dice.percent(25).then(|| {
        let mut among = dice.subset(actors, 60);
        if dice.percent(80) {
            among.extend([0, 1 % actors]);
        }
        among
    });
    Slice {
        asked: axis.asked(dice),
        certain: dice.percent(50),
        kinds: dice.percent(35).then(|| dice.subset(KINDS, 60)),
        among,
    }
}

/// The records of a case, and others behind them.
pub(crate) fn build(
    case: &Case,
    axis: &Axis,
    more: impl Iterator<Item = allegiance::model::Relation>,
) -> TemporalGraph {
    let claims = |claims: &[Claim]| {
        let record = |c: &Claim| allegiance::model::Claim {
            stance: match c.side {
                Side::For => Stance::Supports,
                Side::Doubt => Stance::Disputes,
                Side::Against => Stance::Denies,
            },
            modality: if c.asserted { Modality::Asserted } else { Modality::Reported },
            credibility: c.credibility,
            valid: c.own.map(|own| axis.dated(own)),
            ..records::claim(c.source)
        };
        claims.iter().map(record).collect()
    };
    let relations = case.relations.iter().enumerate().map(|(index, r)| allegiance::model::Relation {
        kind: TypeId::new(r.kind),
        claims: claims(&r.claims),
        ..records::relation(&slug('r', index), r.subject, r.object, axis.dated(r.valid))
    });
    let sources = case.sources.iter().enumerate().map(|(index, s)| {
        let (from, to) = s.published;
        let published = When { start: if from == to { Tip::On(from) } else { Tip::Between(from, to) }, end: None };
        records::source(&slug('s', index), axis.dated(published), Reliability::ALL[usize::from(s.reliability)])
    });
    let actors = case.actors.iter().enumerate();
    Builder {
        vocabulary: records::vocabulary(),
        sources: sources.collect(),
        actors: actors.map(|(i, exists)| records::actor(&slug('a', i), exists.map(|e| axis.dated(e)))).collect(),
        relations: relations.chain(more).collect(),
        events: Vec::new(),
    }
    .build()
}

/// A readable id that sorts by its number.
pub(crate) fn slug(kind: char, number: usize) -> String {
    format!("{kind}{number:06}")
}

pub(crate) fn claim_filter(filter: &Filter, axis: &Axis) -> ClaimFilter {
    let ids = |set: &BTreeSet<usize>| set.iter().map(|s| SourceId::new(*s)).collect();
    ClaimFilter {
        known_by: filter.known_by.map(|tick| axis.day(tick)),
        known_possibly: filter.known_possibly,
        sources: ids(&filter.sources),
        excluded: ids(&filter.excluded),
        min_grade: filter.grade.map(|(reliability, credibility)| Grade {
            reliability: Reliability::ALL[usize::from(reliability)],
            credibility,
        }),
    }
}

pub(crate) fn reading(certain: bool) -> Reading {
    if certain { Reading::Certain } else { Reading::Possible }
}

/// The view that a slice asks for.
pub(crate) fn view<'g>(graph: &'g TemporalGraph, axis: &Axis, slice: &Slice, filter: &Filter) -> View<'g> {
    let mut view = graph.view(axis.window(slice.asked), reading(slice.certain)).with_claims(claim_filter(filter, axis));
    if let Some(kinds) = &slice.kinds {
        view = view.with_types(&kinds.iter().map(|kind| TypeId::new(*kind)).collect::<Vec<_>>());
    }
    match &slice.among {
        None => view,
        Some(among) => view.among(&among.iter().map(|actor| ActorId::new(*actor)).collect::<Vec<_>>()),
    }
}

pub(crate) fn indices(ids: impl IntoIterator<Item = RelationId>) -> Vec<usize> {
    ids.into_iter().map(RelationId::index).collect()
}
