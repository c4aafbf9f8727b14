//! The thirteen relations of two intervals, with ends that may be uncertain.
//!
//! Ends are days and belong to the interval. A relation is certain when it holds for every possible first and last day of both, and not
//! so when for none. Each relation is a conjunction of differences (`a ends ≤ b starts − 2`), so that both questions are systems of
//! difference constraints over four days, decided exactly.
//!
//! Source of the relations: J. F. Allen, "Maintaining knowledge about temporal intervals", Communications of the ACM 26 (1983).
//! Source of the method: R. Dechter, I. Meiri and J. Pearl, "Temporal constraint networks", Artificial Intelligence 49 (1991).

use crate::time::{Bounds, Holds};

/// How one interval lies to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allen {
    /// `a` ends, and at least a day lies between.
    Before,
    /// `b` ends, and at least a day lies between.
    After,
    /// `b` starts on the day after `a` ends.
    Meets,
    /// `a` starts on the day after `b` ends.
    MetBy,
    /// `a` starts first, `b` while `a` lasts, and `a` ends first.
    Overlaps,
    /// `b` overlaps `a`.
    OverlappedBy,
    /// `a` starts after `b` and ends before it.
    During,
    /// `b` is during `a`.
    Includes,
    /// Both start on one day, and `a` ends first.
    Begins,
    /// Both start on one day, and `b` ends first.
    BegunBy,
    /// Both end on one day, and `a` starts later.
    Finishes,
    /// Both end on one day, and `b` starts later.
    FinishedBy,
    /// Both start on one day and end on one day.
    Equals,
}

/// An interval: its first day lies within `start`, its last within `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Bounds of the first day.
    pub start: Bounds,
    /// Bounds of the last day.
    pub end: Bounds,
}

/// `from − to ≤ most`, of two of the days below.
#[derive(Clone, Copy)]
struct Difference {
    from: usize,
    to: usize,
    most: i64,
}

/// Day 0, for bounds.
const ZERO: usize = 0;
/// First and last day of one interval, then of the other.
const A: (usize, usize) = (1, 2);
const B: (usize, usize) = (3, 4);
const DAYS: usize = 5;

const fn difference(from: usize, to: usize, most: i64) -> Difference {
    Difference { from, to, most }
}

impl Difference {
    /// What holds exactly when this does not.
    const fn negated(self) -> Self {
        difference(self.to, self.from, -self.most - 1)
    }
}

impl Allen {
    /// The differences that make the relation.
    fn differences(self) -> Vec<Difference> {
        let before = |a: usize, b: usize| difference(a, b, -1);
        let same = |a: usize, b: usize| [difference(a, b, 0), difference(b, a, 0)];
        let meets = |a: usize, b: usize| vec![difference(a, b, -1), difference(b, a, 1)];
        let overlaps =
            |a: (usize, usize), b: (usize, usize)| vec![before(a.0, b.0), difference(b.0, a.1, 0), before(a.1, b.1)];
        let during = |a: (usize, usize), b: (usize, usize)| vec![before(b.0, a.0), before(a.1, b.1)];
        let begins = |a: (usize, usize), b: (usize, usize)| [same(a.0, b.0).as_slice(), &[before(a.1, b.1)]].concat();
        let finishes = |a: (usize, usize), b: (usize, usize)| [same(a.1, b.1).as_slice(), &[before(b.0, a.0)]].concat();
        match self {
            Self::Before => vec![difference(A.1, B.0, -2)],
            Self::After => vec![difference(B.1, A.0, -2)],
            Self::Meets => meets(A.1, B.0),
            Self::MetBy => meets(B.1, A.0),
            Self::Overlaps => overlaps(A, B),
            Self::OverlappedBy => overlaps(B, A),
            Self::During => during(A, B),
            Self::Includes => during(B, A),
            Self::Begins => begins(A, B),
            Self::BegunBy => begins(B, A),
            Self::Finishes => finishes(A, B),
            Self::FinishedBy => finishes(B, A),
            Self::Equals => [same(A.0, B.0), same(A.1, B.1)].concat(),
        }
    }

    /// Whether `a` lies so to `b`. `is_one` says that both are the same interval, whatever its days turn out to be.
    #[must_use]
    pub fn holds(self, a: Interval, b: Interval, is_one: bool) -> Holds {
        let mut base = vec![difference(A.0, A.1, 0), difference(B.0, B.1, 0)];
        for (day, bounds) in [(A.0, a.start), (A.1, a.end), (B.0, b.start), (B.1, b.end)] {
            base.push(difference(day, ZERO, i64::from(bounds.latest.number())));
            base.push(difference(ZERO, day, -i64::from(bounds.earliest.number())));
        }
        if is_one {
            base.extend(Self::Equals.differences());
        }
        let wanted = self.differences();
        if !can_hold(&base, &wanted) {
            return Holds::No;
        }
        let is_certain = wanted.iter().all(|one| !can_hold(&base, &[one.negated()]));
        if is_certain { Holds::Certain } else { Holds::Possible }
    }
}

/// Whether days can be found that keep every difference: no cycle of them is negative.
fn can_hold(base: &[Difference], more: &[Difference]) -> bool {
    /// More than any path of differences comes to.
    const NONE: i64 = i64::MAX / 4;
    let mut most = [[NONE; DAYS]; DAYS];
    for one in base.iter().chain(more) {
        let bound = &mut most[one.from][one.to];
        *bound = one.most.min(*bound);
    }
    for via in 0..DAYS {
        for from in 0..DAYS {
            for to in 0..DAYS {
                let path = most[from][via].saturating_add(most[via][to]);
                most[from][to] = most[from][to].min(path);
            }
        }
    }
    (0..DAYS).all(|day| most[day][day] >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Day;
    use proptest::prelude::*;

    pub(super) const ALL: [Allen; 13] = [
        Allen::Before,
        Allen::After,
        Allen::Meets,
        Allen::MetBy,
        Allen::Overlaps,
        Allen::OverlappedBy,
        Allen::During,
        Allen::Includes,
        Allen::Begins,
        Allen::BegunBy,
        Allen::Finishes,
        Allen::FinishedBy,
        Allen::Equals,
    ];

    /// The one relation of two intervals whose days are known, by the words of the definitions.
    fn relation((a0, a1): (i32, i32), (b0, b1): (i32, i32)) -> Allen {
        if a1 + 1 < b0 {
            Allen::Before
        } else if b1 + 1 < a0 {
            Allen::After
        } else if a1 + 1 == b0 {
            Allen::Meets
        } else if b1 + 1 == a0 {
            Allen::MetBy
        } else {
            match (a0.cmp(&b0), a1.cmp(&b1)) {
                (std::cmp::Ordering::Less, std::cmp::Ordering::Less) => Allen::Overlaps,
                (std::cmp::Ordering::Greater, std::cmp::Ordering::Greater) => Allen::OverlappedBy,
                (std::cmp::Ordering::Greater, std::cmp::Ordering::Less) => Allen::During,
                (std::cmp::Ordering::Less, std::cmp::Ordering::Greater) => Allen::Includes,
                (std::cmp::Ordering::Equal, std::cmp::Ordering::Less) => Allen::Begins,
                (std::cmp::Ordering::Equal, std::cmp::Ordering::Greater) => Allen::BegunBy,
                (std::cmp::Ordering::Greater, std::cmp::Ordering::Equal) => Allen::Finishes,
                (std::cmp::Ordering::Less, std::cmp::Ordering::Equal) => Allen::FinishedBy,
                (std::cmp::Ordering::Equal, std::cmp::Ordering::Equal) => Allen::Equals,
            }
        }
    }

    fn bounds() -> impl Strategy<Value = Bounds> {
        (0_i32..7, 0_i32..4).prop_map(|(first, more)| Bounds::between(Day::new(first), Day::new(first + more)))
    }

    /// Every pair of a first and a last day, by trying all.
    fn worlds(interval: Interval) -> Vec<(i32, i32)> {
        let within = |bounds: Bounds| bounds.earliest.number()..=bounds.latest.number();
        let all = within(interval.start).flat_map(|first| within(interval.end).map(move |last| (first, last)));
        all.filter(|(first, last)| first <= last).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn relations_hold_as_in_every_possible_world(a in (bounds(), bounds()), b in (bounds(), bounds())) {
            let [a, b] = [a, b].map(|(start, end)| Interval { start, end });
            let (of_a, of_b) = (worlds(a), worlds(b));
            let found: Vec<Allen> = of_a.iter().flat_map(|x| of_b.iter().map(move |y| relation(*x, *y))).collect();
            for one in ALL {
                let count = found.iter().filter(|other| **other == one).count();
                let want = if count == 0 { Holds::No } else if count == found.len() { Holds::Certain } else { Holds::Possible };
                prop_assert_eq!(one.holds(a, b, false), want, "{:?}", one);
                let with_itself: Vec<bool> = of_a.iter().map(|x| relation(*x, *x) == one).collect();
                let want = if with_itself.contains(&true) { Holds::Certain } else { Holds::No };
                prop_assert_eq!(one.holds(a, a, true), want, "{:?}", one);
            }
        }
    }

    #[test]
    fn ends_without_bound_do_not_overflow() {
        let always = Interval { start: Bounds::on(Day::FAR_PAST), end: Bounds::on(Day::FAR_FUTURE) };
        assert_eq!(Allen::Equals.holds(always, always, false), Holds::Certain);
        assert_eq!(Allen::Before.holds(always, always, false), Holds::No);
        let any = Bounds::between(Day::FAR_PAST, Day::FAR_FUTURE);
        let unknown = Interval { start: any, end: any };
        assert!(ALL.iter().all(|one| one.holds(unknown, unknown, false) == Holds::Possible));
    }
}
