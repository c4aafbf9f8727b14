//! The test of days that a walk puts to what it meets, made ready once.

use super::{Neighbour, TemporalGraph};
use crate::time::{Reading, Sieve, Window};

/// What a reader sees in a window, ready to be asked of the rows of a graph: for most windows two small numbers to compare with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gate<'g> {
    graph: &'g TemporalGraph,
    sieve: Sieve,
    days: Option<(u16, u16)>,
}

impl<'g> Gate<'g> {
    /// Makes a window and a reading ready for a graph.
    pub(crate) fn new(graph: &'g TemporalGraph, window: Window, reading: Reading) -> Self {
        let sieve = Sieve::new(window, reading);
        Self { graph, sieve, days: graph.tables.calendar.days(&sieve) }
    }

    /// The sieve it was made of.
    pub(crate) const fn sieve(&self) -> &Sieve {
        &self.sieve
    }

    /// The number by which something must have begun and that up to which it must have lasted to be possibly seen; `None` where two days do not say all.
    pub(super) const fn days(&self) -> Option<(u16, u16)> {
        self.days
    }

    /// Whether the relation of a neighbour is seen, all claims counted.
    #[inline]
    pub(crate) fn passes(&self, neighbour: &Neighbour) -> bool {
        match self.days {
            Some((by, from)) => {
                neighbour.first <= by && neighbour.last >= from && (neighbour.is_exact() || self.asks(neighbour))
            }
            None => self.asks(neighbour),
        }
    }

    /// Kept out of the walk.
    #[inline(never)]
    fn asks(&self, neighbour: &Neighbour) -> bool {
        self.sieve.passes(&self.graph.extent_of(neighbour))
    }
}
