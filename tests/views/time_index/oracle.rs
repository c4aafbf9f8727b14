//! What should come out, looking at each relation in turn: sets of days, no bounds, no order of rows.
//!
//! A *tick* is a place on an axis of days that ascend, [`OLDEST`] … [`NEWEST`]; [`PAST`] and [`FUTURE`] stand for "without bound", and [`BEGIN`] and
//! [`END`] for days beyond all that can be written. A set of ticks is a bit each. Nothing asked here depends on how far apart two days lie, only on
//! which comes first, so that the axis may be any. Shares no code with the library.

use std::collections::BTreeSet;

/// A place on the axis.
pub(crate) type Tick = u32;
/// Stands for all days before those of the axis.
pub(crate) const PAST: Tick = 0;
/// The first day that can be asked about.
pub(crate) const BEGIN: Tick = 1;
/// The first and the last day that can be written.
pub(crate) const OLDEST: Tick = 2;
pub(crate) const NEWEST: Tick = 125;
/// The last day that can be asked about.
pub(crate) const END: Tick = 126;
/// Stands for all days after.
pub(crate) const FUTURE: Tick = 127;

/// The type of relation that lives do not cut.
pub(crate) const LINEAGE: usize = crate::oracle::LINEAGE;

/// A set of ticks.
pub(crate) type Set = u128;

/// The ticks from one to another, both included; none when they are the wrong way round.
pub(crate) fn run(from: Tick, to: Tick) -> Set {
    if from > to { 0 } else { (Set::MAX >> (FUTURE - to)) & (Set::MAX << from) }
}

fn ticks(set: Set) -> impl DoubleEndedIterator<Item = Tick> {
    (PAST..=FUTURE).filter(move |tick| set >> tick & 1 == 1)
}

pub(crate) fn earliest(set: Set) -> Tick {
    ticks(set).next().expect("not empty")
}

pub(crate) fn latest(set: Set) -> Tick {
    ticks(set).next_back().expect("not empty")
}

/// An end of an interval as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tip {
    /// `D`
    On(Tick),
    /// `[D..E]`
    Between(Tick, Tick),
    /// `..D`
    UpTo(Tick),
    /// `D..`, as an end.
    From(Tick),
    /// `..`
    Open,
    /// Nothing.
    Unknown,
}

impl Tip {
    /// The days it may mean; `None` when the days of attestation decide.
    fn days(self) -> Option<Set> {
        match self {
            Self::On(tick) => Some(run(tick, tick)),
            Self::Between(from, to) => Some(run(from, to)),
            Self::UpTo(to) => Some(run(PAST, to)),
            Self::From(from) => Some(run(from, FUTURE)),
            Self::Open | Self::Unknown => None,
        }
    }
}

/// A date (`end` absent) or an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) start: Tip,
    pub(crate) end: Option<Tip>,
}

impl When {
    /// The days that may be the first and those that may be the last, given the days from which and up to which it is attested.
    fn firsts_and_lasts(self, attested: Option<(Tick, Tick)>) -> (Set, Set) {
        let (start, end) = (self.start.days(), self.end.unwrap_or(self.start).days());
        // What ended by a day had begun by it, and nothing ends before it begins.
        let begins = start.unwrap_or_else(|| run(PAST, attested.map_or(FUTURE, |(from, _)| from)));
        let firsts = begins & end.map_or(Set::MAX, |days| run(PAST, latest(days)));
        let ends = end.unwrap_or_else(|| run(attested.map_or(PAST, |(_, to)| to), FUTURE));
        (firsts, ends & run(earliest(firsts), FUTURE))
    }
}

/// For, doubting or against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    For,
    Doubt,
    Against,
}

#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) source: usize,
    pub(crate) side: Side,
    /// Asserted as a fact, or said in a weaker way.
    pub(crate) asserted: bool,
    pub(crate) credibility: u8,
    /// A dating of its own.
    pub(crate) own: Option<When>,
}

#[derive(Clone, Debug)]
pub(crate) struct Relation {
    pub(crate) subject: usize,
    pub(crate) object: usize,
    pub(crate) kind: usize,
    pub(crate) valid: When,
    pub(crate) claims: Vec<Claim>,
}

#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// On a day from one to another.
    pub(crate) published: (Tick, Tick),
    /// 0 for A … 5 for F.
    pub(crate) reliability: u8,
}

/// Which claims count.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) known_by: Option<Tick>,
    pub(crate) known_possibly: bool,
    pub(crate) sources: BTreeSet<usize>,
    pub(crate) excluded: BTreeSet<usize>,
    pub(crate) grade: Option<(u8, u8)>,
}

impl Filter {
    fn says_nothing(&self) -> bool {
        self.known_by.is_none() && self.sources.is_empty() && self.excluded.is_empty() && self.grade.is_none()
    }
}

/// What is asked about: some day, every day, or all of it, from a tick to a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    All,
    Sometime(Tick, Tick),
    Throughout(Tick, Tick),
    Within(Tick, Tick),
}

impl Asked {
    fn days(self) -> Set {
        match self {
            Self::All => Set::MAX,
            Self::Sometime(from, to) | Self::Throughout(from, to) | Self::Within(from, to) => run(from, to),
        }
    }
}

/// Whether something holds, from weak to strong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Answer {
    No,
    Possible,
    Certain,
}

/// When a relation held, for one that did on some day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    /// The days that may be its first.
    pub(crate) firsts: Set,
    /// The days that may be its last.
    pub(crate) lasts: Set,
    /// Asserted, and nobody says otherwise.
    pub(crate) is_firm: bool,
    /// The days on which it holds, whichever its first and last one are.
    certain: Set,
    /// The days on which it may hold.
    possible: Set,
}

impl Held {
    fn new(firsts: Set, lasts: Set, is_firm: bool) -> Option<Self> {
        let on = |day: Tick, all: bool| {
            let (by, from) = (run(PAST, day), run(day, FUTURE));
            if all { firsts & !by == 0 && lasts & !from == 0 } else { firsts & by != 0 && lasts & from != 0 }
        };
        let days = |all| (PAST..=FUTURE).filter(|day| on(*day, all)).map(|day| 1 << day).sum();
        let (certain, possible): (Set, Set) = (days(true), days(false));
        (possible != 0).then_some(Self { firsts, lasts, is_firm, certain, possible })
    }

    pub(crate) fn answer(&self, asked: Asked) -> Answer {
        let days = asked.days();
        let (certain, possible) = match asked {
            Asked::All | Asked::Sometime(BEGIN, END) => (true, true),
            Asked::Sometime(from, to) => {
                // Whichever of its days turn out to be the first and the last.
                let is_missed = ticks(self.firsts).any(|first| first > to) || ticks(self.lasts).any(|last| last < from);
                (!is_missed, self.possible & days != 0)
            }
            Asked::Throughout(..) => (days & !self.certain == 0, days & !self.possible == 0),
            // The outermost days are no bounds.
            Asked::Within(from, to) => {
                self.within(run(if from == BEGIN { PAST } else { from }, if to == END { FUTURE } else { to }))
            }
        };
        match (certain && self.is_firm, possible) {
            (true, _) => Answer::Certain,
            (false, true) => Answer::Possible,
            (false, false) => Answer::No,
        }
    }

    /// Whether each, and whether some, pair of a first and a last day lies within these days.
    fn within(&self, days: Set) -> (bool, bool) {
        // What is doubted may have begun at any later time, and ended at any earlier one.
        let (firsts, lasts) = match self.is_firm {
            true => (self.firsts, self.lasts),
            false => (run(earliest(self.firsts), FUTURE), run(PAST, latest(self.lasts))),
        };
        let (mut each, mut some) = (true, false);
        for first in ticks(firsts) {
            let lasts = lasts & run(first, FUTURE);
            let is_in = days >> first & 1 == 1;
            each &= lasts == 0 || is_in && lasts & !days == 0;
            some |= is_in && lasts & days != 0;
        }
        (each, some)
    }

    /// Whether an end falls from a tick to a tick: certainly, or possibly.
    pub(crate) fn falls(&self, end: End, from: Tick, to: Tick, certain: bool) -> bool {
        let days = run(from, to) & run(BEGIN, END);
        let may = self.days_of(end);
        let is_told = may & 1 << PAST == 0 || may & 1 << FUTURE == 0;
        if certain { self.is_firm && may & !days == 0 } else { is_told && may & days != 0 }
    }

    /// The day of an end, where nobody doubts it.
    pub(crate) fn known(&self, end: End) -> Option<Tick> {
        let may = self.days_of(end);
        (self.is_firm && may.count_ones() == 1).then(|| earliest(may))
    }

    fn days_of(&self, end: End) -> Set {
        match end {
            End::First => self.firsts,
            End::Last => self.lasts,
        }
    }
}

/// Which end of a relation.
#[derive(Clone, Copy, Debug)]
pub(crate) enum End {
    First,
    Last,
}

/// A graph.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// When each actor existed, where that is recorded.
    pub(crate) actors: Vec<Option<When>>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) sources: Vec<Source>,
}

/// A slice of a case.
#[derive(Clone, Debug)]
pub(crate) struct Slice {
    pub(crate) asked: Asked,
    pub(crate) certain: bool,
    pub(crate) kinds: Option<BTreeSet<usize>>,
    pub(crate) among: Option<BTreeSet<usize>>,
}

impl Case {
    /// The first and the last day on which each actor possibly exists.
    fn lives(&self) -> Vec<(Tick, Tick)> {
        let horizon = self.sources.iter().map(|source| source.published.1).max();
        let life = |exists: &Option<When>| {
            let Some(when) = exists else { return (PAST, FUTURE) };
            let (firsts, lasts) = when.firsts_and_lasts(horizon.map(|horizon| (FUTURE, horizon)));
            (earliest(firsts), latest(lasts))
        };
        self.actors.iter().map(life).collect()
    }

    /// When each relation held, by the claims that count; `None` for one that never did.
    pub(crate) fn held(&self, filter: &Filter) -> Vec<Option<Held>> {
        let lives = self.lives();
        self.relations.iter().map(|relation| self.when(relation, filter, &lives)).collect()
    }

    fn counts(&self, claim: &Claim, filter: &Filter) -> bool {
        let source = &self.sources[claim.source];
        let (from, to) = source.published;
        let known = filter.known_by.is_none_or(|by| {
            let mut days = from..=to;
            if filter.known_possibly { days.any(|day| day <= by) } else { days.all(|day| day <= by) }
        });
        known
            && (filter.sources.is_empty() || filter.sources.contains(&claim.source))
            && !filter.excluded.contains(&claim.source)
            && filter.grade.is_none_or(|(r, c)| source.reliability <= r && claim.credibility <= c)
    }

    fn when(&self, relation: &Relation, filter: &Filter, lives: &[(Tick, Tick)]) -> Option<Held> {
        let kept: Vec<&Claim> = relation.claims.iter().filter(|claim| self.counts(claim, filter)).collect();
        let count = |side: Side| kept.iter().filter(|claim| claim.side == side).count();
        let (pro, doubt, against) = (count(Side::For), count(Side::Doubt), count(Side::Against));
        if pro == 0 && (against > 0 || doubt == 0) {
            return None;
        }
        let pros: Vec<&&Claim> = kept.iter().filter(|claim| claim.side == Side::For).collect();
        let is_firm = doubt + against == 0 && pros.iter().any(|claim| claim.asserted);
        let published = || pros.iter().map(|claim| self.sources[claim.source].published);
        // Attested at the latest from the oldest source on, and at the earliest up to the newest.
        let attested = published().map(|days| days.1).min().zip(published().map(|days| days.0).max());
        let own = pros.first().and_then(|claim| claim.own).filter(|own| pros.iter().all(|c| c.own == Some(*own)));
        let valid = own.filter(|_| !filter.says_nothing()).unwrap_or(relation.valid);
        let (mut firsts, mut lasts) = valid.firsts_and_lasts(attested);
        // What joins one life to the next may lie outside of both.
        for actor in [relation.subject, relation.object].into_iter().filter(|_| relation.kind != LINEAGE) {
            let (from, to) = lives[actor];
            firsts = ticks(firsts).map(|day| day.max(from)).fold(0, |set, day| set | 1 << day);
            lasts = ticks(lasts).map(|day| day.min(to)).fold(0, |set, day| set | 1 << day);
        }
        Held::new(firsts, lasts, is_firm)
    }

    fn is_present(&self, life: (Tick, Tick), asked: Asked) -> bool {
        let lived = run(life.0, life.1);
        let days = asked.days();
        if matches!(asked, Asked::Throughout(..)) { days & !lived == 0 } else { days & lived != 0 }
    }

    /// The relations of a slice, given when each held.
    pub(crate) fn seen(&self, held: &[Option<Held>], slice: &Slice) -> Vec<usize> {
        let lives = self.lives();
        let wanted = if slice.certain { Answer::Certain } else { Answer::Possible };
        let is_seen = |id: &usize| {
            let relation = &self.relations[*id];
            let ends = [relation.subject, relation.object];
            held[*id].is_some_and(|held| held.answer(slice.asked) >= wanted)
                && slice.kinds.as_ref().is_none_or(|kinds| kinds.contains(&relation.kind))
                && slice.among.as_ref().is_none_or(|among| ends.iter().all(|end| among.contains(end)))
                // Whoever walks them wants both ends there.
                && ends.iter().all(|end| self.is_present(lives[*end], slice.asked))
        };
        (0..self.relations.len()).filter(is_seen).collect()
    }
}
