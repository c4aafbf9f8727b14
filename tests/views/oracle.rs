//! What should come out, by the slowest means: sets of days instead of bounds, lists instead of rows.
//!
//! Shares no code with the library, and must not: a first oracle that called its date comparison let a wrong `<=` live.
//! Days are counted from 2001-01-01 and kept within [`PAST`] … [`FUTURE`], which stand for "without bound"; no case reaches them.

use std::collections::BTreeSet;

/// Stands for all days before.
pub(crate) const PAST: i32 = -40;
/// Stands for all days after.
pub(crate) const FUTURE: i32 = 160;

/// The kind of relation that joins one actor to the next; the others lie within the lives of their ends.
pub(crate) const LINEAGE: usize = 2;

/// The first day of December 2000, January 2001 …
const MONTHS: [i32; 7] = [-31, 0, 31, 59, 90, 120, 151];

/// An end of an interval as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tip {
    /// A day.
    Day(i32),
    /// A month of 2001, 1–4.
    Month(usize),
    /// About a day: `~`.
    AboutDay(i32),
    /// About a month.
    AboutMonth(usize),
    /// Up to a day: `..D`.
    UpTo(i32),
    /// From a day on, as an end: `D..`.
    From(i32),
    /// `..`.
    Open,
    /// Nothing.
    Unknown,
}

impl Tip {
    /// The days it may mean; `None` when the days of attestation decide.
    fn days(self) -> Option<BTreeSet<i32>> {
        let all = || PAST..=FUTURE;
        Some(match self {
            Self::Day(day) => BTreeSet::from([day]),
            Self::AboutDay(day) => BTreeSet::from([day - 1, day, day + 1]),
            Self::Month(month) => all().filter(|d| month_of(*d) == Some(month)).collect(),
            Self::AboutMonth(month) => {
                all().filter(|d| month_of(*d).is_some_and(|m| m + 1 == month || m == month || m == month + 1)).collect()
            }
            Self::UpTo(last) => all().filter(|d| *d <= last).collect(),
            Self::From(first) => all().filter(|d| *d >= first).collect(),
            Self::Open | Self::Unknown => return None,
        })
    }

    /// As EDTF.
    pub(crate) fn text(self) -> String {
        match self {
            Self::Day(day) => date(day),
            Self::AboutDay(day) => format!("{}~", date(day)),
            Self::Month(month) => format!("2001-{month:02}"),
            Self::AboutMonth(month) => format!("2001-{month:02}~"),
            Self::UpTo(day) => format!("..{}", date(day)),
            Self::From(day) => format!("{}..", date(day)),
            Self::Open => "..".into(),
            Self::Unknown => String::new(),
        }
    }
}

/// 0 for December 2000, 1 for January 2001 …
fn month_of(day: i32) -> Option<usize> {
    MONTHS.windows(2).position(|m| m[0] <= day && day < m[1])
}

fn date(day: i32) -> String {
    let month = month_of(day).expect("cases lie within 2001");
    assert!(month >= 1, "cases lie within 2001");
    format!("2001-{month:02}-{:02}", day - MONTHS[month] + 1)
}

/// A date (`end` absent) or an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) start: Tip,
    pub(crate) end: Option<Tip>,
}

impl When {
    pub(crate) fn text(self) -> String {
        self.end.map_or(self.start.text(), |end| format!("{}/{}", self.start.text(), end.text()))
    }

    /// Whether the records may bear it: it begins by its end and says something.
    pub(crate) fn is_sound(self) -> bool {
        let Some(end) = self.end else {
            return matches!(self.start, Tip::Day(_) | Tip::Month(_) | Tip::AboutDay(_));
        };
        match (self.start.days(), end.days()) {
            (Some(first), Some(last)) => first.first() <= last.last(),
            (None, None) => self.start == Tip::Unknown && end == Tip::Open,
            _ => !matches!(self.start, Tip::From(_)),
        }
    }

    /// The days on which a source of this date may have been published.
    pub(crate) fn published(self) -> BTreeSet<i32> {
        self.start.days().expect("sources have dates")
    }

    /// The first days and the last days it may have, given the days from which and up to which it is attested.
    fn firsts_and_lasts(self, attested: Option<(i32, i32)>) -> Days {
        let (start, end) = (self.start.days(), self.end.unwrap_or(self.start).days());
        let latest = end.as_ref().map_or(FUTURE, |days| *days.last().unwrap());
        let mut firsts =
            start.unwrap_or_else(|| (PAST..=FUTURE).filter(|d| attested.is_none_or(|(from, _)| *d <= from)).collect());
        // What ended by a day had begun by it.
        firsts.retain(|d| *d <= latest);
        let earliest = *firsts.first().unwrap();
        let mut lasts =
            end.unwrap_or_else(|| (PAST..=FUTURE).filter(|d| attested.is_none_or(|(_, to)| *d >= to)).collect());
        lasts.retain(|d| *d >= earliest);
        if lasts.is_empty() {
            // Attested after all days of the scale; cannot be, or the case is not sound.
            lasts.insert(FUTURE);
        }
        Days { firsts, lasts }
    }
}

/// The days that may be the first and the last of something.
#[derive(Clone, Debug)]
pub(crate) struct Days {
    pub(crate) firsts: BTreeSet<i32>,
    pub(crate) lasts: BTreeSet<i32>,
}

impl Days {
    fn certainly_on(&self, day: i32) -> bool {
        self.firsts.iter().all(|first| *first <= day) && self.lasts.iter().all(|last| day <= *last)
    }

    fn possibly_on(&self, day: i32) -> bool {
        self.firsts.iter().any(|first| *first <= day) && self.lasts.iter().any(|last| day <= *last)
    }

    /// What is left of them within a life that possibly reaches from a day to a day.
    fn within(&self, from: i32, to: i32) -> Option<Self> {
        let firsts: BTreeSet<i32> = self.firsts.iter().map(|d| *d.max(&from)).collect();
        let lasts: BTreeSet<i32> = self.lasts.iter().map(|d| *d.min(&to)).collect();
        let cut = Self { firsts, lasts };
        (PAST..=FUTURE).any(|day| cut.possibly_on(day)).then_some(cut)
    }
}

/// What is asked about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    pub(crate) first: i32,
    pub(crate) last: i32,
    pub(crate) throughout: bool,
}

impl Asked {
    /// All days but the two that stand for "without bound".
    pub(crate) const ALL: Self = Self { first: PAST + 1, last: FUTURE - 1, throughout: false };

    fn days(self) -> std::ops::RangeInclusive<i32> {
        self.first..=self.last
    }
}

/// Whether something holds, from weak to strong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Answer {
    No,
    Possible,
    Certain,
}

/// Against, doubting or for.
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
    pub(crate) published: When,
    /// 0 for A … 5 for F.
    pub(crate) reliability: u8,
}

/// Which claims count.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) known_by: Option<i32>,
    pub(crate) known_possibly: bool,
    pub(crate) sources: BTreeSet<usize>,
    pub(crate) excluded: BTreeSet<usize>,
    pub(crate) grade: Option<(u8, u8)>,
}

impl Filter {
    pub(crate) fn says_nothing(&self) -> bool {
        self.known_by.is_none() && self.sources.is_empty() && self.excluded.is_empty() && self.grade.is_none()
    }
}

/// One random graph.
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
    pub(crate) filter: Filter,
    pub(crate) kinds: Option<BTreeSet<usize>>,
}

/// A relation of a slice: (number, subject, object).
pub(crate) type Tie = (usize, usize, usize);

impl Case {
    fn counts(&self, claim: &Claim, filter: &Filter) -> bool {
        let source = &self.sources[claim.source];
        let days = source.published.published();
        let known = filter.known_by.is_none_or(|by| {
            if filter.known_possibly { days.iter().any(|d| *d <= by) } else { days.iter().all(|d| *d <= by) }
        });
        known
            && (filter.sources.is_empty() || filter.sources.contains(&claim.source))
            && !filter.excluded.contains(&claim.source)
            && filter.grade.is_none_or(|(r, c)| source.reliability <= r && claim.credibility <= c)
    }

    /// The days on which an actor possibly exists: the first and the last of them.
    fn life(&self, actor: usize) -> (i32, i32) {
        let Some(exists) = self.actors[actor] else { return (PAST, FUTURE) };
        let horizon = self.sources.iter().flat_map(|s| s.published.published()).max();
        let days = exists.firsts_and_lasts(horizon.map(|h| (FUTURE, h)));
        let possible: Vec<i32> = (PAST..=FUTURE).filter(|d| days.possibly_on(*d)).collect();
        (possible[0], possible[possible.len() - 1])
    }

    pub(crate) fn is_present(&self, actor: usize, asked: Asked) -> bool {
        let (from, to) = self.life(actor);
        let mut days = asked.days();
        let lives = |day| from <= day && day <= to;
        if asked.throughout { days.all(lives) } else { days.any(lives) }
    }

    /// The days of a relation and whether anything of them is certain; `None` when it never held.
    fn days(&self, relation: &Relation, filter: &Filter) -> Option<(Days, bool)> {
        let kept: Vec<&Claim> = relation.claims.iter().filter(|c| self.counts(c, filter)).collect();
        let sources = |sides: &[Side]| -> BTreeSet<usize> {
            kept.iter().filter(|c| sides.contains(&c.side)).map(|c| c.source).collect()
        };
        let (pro, con) = (sources(&[Side::For]).len(), sources(&[Side::Doubt, Side::Against]).len());
        if pro == 0 && (con == 0 || !sources(&[Side::Against]).is_empty()) {
            return None;
        }
        let firm = con == 0 && kept.iter().any(|c| c.side == Side::For && c.asserted);
        let supporting: Vec<&&Claim> = kept.iter().filter(|c| c.side == Side::For).collect();
        let attested = supporting.iter().map(|c| self.sources[c.source].published.published()).fold(
            None::<(i32, i32)>,
            |so_far, days| {
                let (earliest, latest) = (*days.first().unwrap(), *days.last().unwrap());
                Some(so_far.map_or((latest, earliest), |(from, to)| (from.min(latest), to.max(earliest))))
            },
        );
        let one_other_dating = supporting.first().and_then(|c| c.own).filter(|own| {
            !filter.says_nothing() && supporting.iter().all(|c| c.own.is_some_and(|o| o.text() == own.text()))
        });
        let mut days = one_other_dating.unwrap_or(relation.valid).firsts_and_lasts(attested);
        // What joins one life to the next may lie outside of both.
        for actor in [relation.subject, relation.object].into_iter().filter(|_| relation.kind != LINEAGE) {
            let (from, to) = self.life(actor);
            days = days.within(from, to)?;
        }
        Some((days, firm))
    }

    pub(crate) fn answer(&self, relation: usize, asked: Asked, filter: &Filter) -> Answer {
        let Some((days, firm)) = self.days(&self.relations[relation], filter) else { return Answer::No };
        let mut all = asked.days();
        let (certain, possible) = if asked.throughout {
            (asked.days().all(|d| days.certainly_on(d)), all.all(|d| days.possibly_on(d)))
        } else {
            // At some day, and whichever of their possible days the ends turn out to be.
            let begins = days.firsts.iter().all(|first| *first <= asked.last);
            let lasts = days.lasts.iter().all(|last| *last >= asked.first);
            // Whatever held at all held at some time, also where its days have no bound.
            let ever = asked.first == PAST + 1 && asked.last == FUTURE - 1;
            (ever || (begins && lasts), ever || all.any(|d| days.possibly_on(d)))
        };
        match (certain && firm, possible) {
            (true, _) => Answer::Certain,
            (false, true) => Answer::Possible,
            (false, false) => Answer::No,
        }
    }

    pub(crate) fn actors_of(&self, slice: &Slice) -> Vec<usize> {
        (0..self.actors.len()).filter(|a| self.is_present(*a, slice.asked)).collect()
    }

    pub(crate) fn ties_of(&self, slice: &Slice) -> Vec<Tie> {
        let wanted = if slice.certain { Answer::Certain } else { Answer::Possible };
        (0..self.relations.len())
            .filter(|r| slice.kinds.as_ref().is_none_or(|kinds| kinds.contains(&self.relations[*r].kind)))
            .filter(|r| self.answer(*r, slice.asked, &slice.filter) >= wanted)
            // Whoever walks them wants both ends there.
            .filter(|r| self.is_present(self.relations[*r].subject, slice.asked))
            .filter(|r| self.is_present(self.relations[*r].object, slice.asked))
            .map(|r| (r, self.relations[r].subject, self.relations[r].object))
            .collect()
    }
}

/// Each tie as walked from its ends: as stored, or from both, a loop once.
pub(crate) fn steps(ties: &[Tie], undirected: bool) -> Vec<Tie> {
    let back = ties.iter().filter(|(_, a, b)| undirected && a != b).map(|(id, a, b)| (*id, *b, *a));
    ties.iter().copied().chain(back).collect()
}

/// Every path from `from` to `to` that visits no actor twice, as lists of actors, in no particular order.
pub(crate) fn simple_paths(steps: &[Tie], from: usize, to: usize) -> BTreeSet<Vec<usize>> {
    let pairs: BTreeSet<(usize, usize)> = steps.iter().map(|(_, a, b)| (*a, *b)).collect();
    let mut found = BTreeSet::new();
    let mut open = vec![vec![from]];
    while let Some(path) = open.pop() {
        let last = path[path.len() - 1];
        if last == to {
            found.insert(path);
            continue;
        }
        for (_, next) in pairs.iter().filter(|(a, b)| *a == last && !path.contains(b)) {
            open.push(path.iter().copied().chain([*next]).collect());
        }
    }
    found
}

/// Whom each actor of `actors` can reach, itself included.
pub(crate) fn reach(steps: &[Tie], actors: &[usize]) -> BTreeSet<(usize, usize)> {
    let mut pairs: BTreeSet<(usize, usize)> = actors.iter().map(|a| (*a, *a)).collect();
    loop {
        let onward = pairs.iter().flat_map(|(a, b)| steps.iter().filter(|s| s.1 == *b).map(|s| (*a, s.2)));
        let more: BTreeSet<(usize, usize)> = onward.filter(|pair| !pairs.contains(pair)).collect();
        if more.is_empty() {
            return pairs;
        }
        pairs.extend(more);
    }
}

/// Page ranks of `count` actors by multiplying with the whole matrix.
pub(crate) fn page_rank(steps: &[(usize, usize)], count: usize, damping: f64, rounds: usize) -> Vec<f64> {
    let mut matrix = vec![vec![(1.0 - damping) / count as f64; count]; count];
    for (from, row) in matrix.iter_mut().enumerate() {
        let out: Vec<usize> = steps.iter().filter(|(a, _)| *a == from).map(|(_, b)| *b).collect();
        for (to, cell) in row.iter_mut().enumerate() {
            *cell += damping
                * match out.len() {
                    0 => 1.0 / count as f64,
                    ways => out.iter().filter(|b| **b == to).count() as f64 / ways as f64,
                };
        }
    }
    let mut ranks = vec![1.0 / count as f64; count];
    for _ in 0..rounds {
        ranks = (0..count).map(|to| (0..count).map(|from| ranks[from] * matrix[from][to]).sum()).collect();
    }
    ranks
}
