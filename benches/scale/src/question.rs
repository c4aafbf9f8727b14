//! The five questions, their answers, and the numbers by which answers of different engines are compared.
//!
//! Every question takes relations both ways, whoever is subject or object. A relation is valid on day D when `start <= D <= end`.
//! Nothing here answers a question; that is what a [`crate::peers::Peer`] is for.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Beyond so many steps no path is looked for.
pub const MAX_HOPS: u32 = 12;

/// Check numbers are taken modulo this: the Mersenne prime 2^61 - 1.
const MODULUS: i128 = (1 << 61) - 1;

/// Which of the five questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub enum Kind {
    /// Relations of an actor that are valid on a day.
    RelAt,
    /// Allies of an actor's enemies on a day.
    Allies,
    /// Fewest steps from one actor to another over relations valid on a day.
    Path,
    /// Relations that began or ceased in a window.
    Changed,
    /// Relations and actors by type on a day.
    Aggr,
}

impl Kind {
    /// All five, in the order in which they are asked.
    pub const ALL: [Self; 5] = [Self::RelAt, Self::Allies, Self::Path, Self::Changed, Self::Aggr];

    /// The word for it in `queries.tsv` and in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::RelAt => "rel_at",
            Self::Allies => "allies",
            Self::Path => "path",
            Self::Changed => "changed",
            Self::Aggr => "aggr",
        }
    }

    /// What is asked, in a few words for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::RelAt => "valid at D, one actor",
            Self::Allies => "allies of enemies at D",
            Self::Path => "path at D",
            Self::Changed => "changed in a window",
            Self::Aggr => "count by type at D",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One question with its arguments; days are counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Which relations of the actor are valid on the day?
    RelAt { actor: u32, day: i32 },
    /// Which actors, the actor itself left out, have a relation for (+1) valid on the day to one that has a relation against (-1) to
    /// the actor on that day? Each once.
    Allies { actor: u32, day: i32 },
    /// How many steps are there at least from one to the other over relations valid on the day? At most [`MAX_HOPS`].
    Path { from: u32, to: u32, day: i32 },
    /// Which relations began, or were over for the first day, after `after` and no later than `upto`?
    Changed { after: i32, upto: i32 },
    /// For each type with a relation valid on the day: how many such, and between how many actors?
    Aggr { day: i32 },
}

impl Question {
    /// Which of the five it is.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::RelAt { .. } => Kind::RelAt,
            Self::Allies { .. } => Kind::Allies,
            Self::Path { .. } => Kind::Path,
            Self::Changed { .. } => Kind::Changed,
            Self::Aggr { .. } => Kind::Aggr,
        }
    }
}

/// How many relations of a type there are, and between how many actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeCount {
    /// The type.
    pub kind: u16,
    /// Its relations.
    pub relations: u32,
    /// The actors at either end of them, each once.
    pub actors: u32,
}

/// What a peer answers; the order of lists is its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Numbers of relations or of actors.
    Ids(Vec<u32>),
    /// Steps; none when there is no path.
    Hops(Option<u32>),
    /// Counts by type.
    Counts(Vec<TypeCount>),
}

impl Answer {
    /// How many rows it has; a path is one.
    #[must_use]
    pub fn rows(&self) -> usize {
        match self {
            Self::Ids(ids) => ids.len(),
            Self::Hops(_) => 1,
            Self::Counts(counts) => counts.len(),
        }
    }

    /// The check number that every engine can give: of ids, their count and sum; of a path, its steps or -1.
    #[must_use]
    pub fn check(&self) -> i64 {
        let number = match self {
            Self::Ids(ids) => ids.len() as i128 * 1_000_003 + ids.iter().map(|&id| i128::from(id)).sum::<i128>(),
            Self::Hops(hops) => return hops.map_or(-1, i64::from),
            Self::Counts(counts) => counts
                .iter()
                .map(|c| (i128::from(c.kind) + 1) * (i128::from(c.relations) * 1_000_003 + i128::from(c.actors)))
                .sum(),
        };
        number.rem_euclid(MODULUS) as i64
    }

    /// A number that tells apart what equal counts and sums do not: FNV-1a, 64 bits, of all rows in ascending order.
    ///
    /// Source: G. Fowler, L. C. Noll, K.-P. Vo and D. Eastlake, "The FNV non-cryptographic hash algorithm", RFC 9923.
    #[must_use]
    pub fn digest(mut self) -> u64 {
        let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
        let mut feed = |number: u32| {
            for byte in number.to_le_bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            }
        };
        match &mut self {
            Self::Ids(ids) => {
                ids.sort_unstable();
                ids.iter().for_each(|&id| feed(id));
            }
            Self::Hops(hops) => feed(hops.unwrap_or(u32::MAX)),
            Self::Counts(counts) => {
                counts.sort_unstable();
                counts.iter().for_each(|c| [u32::from(c.kind), c.relations, c.actors].into_iter().for_each(&mut feed));
            }
        }
        hash
    }
}

/// One number for many check numbers, in order.
#[must_use]
pub fn fold(checks: &[i64]) -> i64 {
    checks.iter().fold(0, |sum, &check| (i128::from(sum) * 31 + i128::from(check) + 7).rem_euclid(MODULUS) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_numbers_are_those_of_the_plain_form() {
        // By `check` and `fold` of the Python that defines the plain form.
        assert_eq!(Answer::Ids(vec![7, 4_000_000_000, 12]).check(), 4_003_000_028);
        assert_eq!(Answer::Ids(Vec::new()).check(), 0);
        assert_eq!(Answer::Hops(Some(3)).check(), 3);
        assert_eq!(Answer::Hops(None).check(), -1);
        let count = |kind, relations, actors| TypeCount { kind, relations, actors };
        assert_eq!(Answer::Counts(vec![count(0, 5, 9), count(39, 1_000_000, 7)]).check(), 40_000_125_000_304);
        assert_eq!(fold(&[4_003_000_028, 0, 3, -1, 40_000_125_000_304]), 3_736_854_720_541_879);
        assert_eq!(fold(&[(1 << 61) - 5, (1 << 61) - 9, 3, -1, -1]), 2_750_574);
        assert_eq!(fold(&[-1, -1, -1]), 5958);
    }

    #[test]
    fn digests_see_what_check_numbers_do_not() {
        let (one, other) = (Answer::Ids(vec![1, 4]), Answer::Ids(vec![2, 3]));
        assert_eq!(one.check(), other.check());
        assert_ne!(one.digest(), other.digest());
    }

    #[test]
    fn digests_do_not_depend_on_the_order_of_rows() {
        assert_eq!(Answer::Ids(vec![3, 1, 2]).digest(), Answer::Ids(vec![1, 2, 3]).digest());
    }
}
