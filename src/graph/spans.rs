//! Which of many spans touch some days, without looking at all of them.
//!
//! A row is a list of spans, each with a first and a last day; a place is a position in it. [`SpanTable::push`] makes the index of a row,
//! [`Spans::touching`] gives the places of the spans that touch a window, in ascending order.
//!
//! The index is plain arrays whose lengths follow from the length of the row alone, so that the indexes of many rows lie one behind the other and
//! the same arrays serve in memory and in a mapped file. What they say is not trusted: out of damaged arrays come wrong answers, but no panic.
//! The spans are ordered by their first days and cut into blocks of [`BLOCK`]; a block is ordered by its last days, latest first, so that what it
//! adds to an answer is one run at its front. Above the blocks stand maxima of last days, [`FAN`] to one, level upon level.
//! It is a priority search tree (McCreight 1985) made broad and flat. `docs/design/time-index.md` has what it was measured against.
//!
//! Deliberately absent: what a span means, certain or possible; reading and checking files.

use super::Neighbour;
use crate::storage::Column;
use std::cmp::Reverse;

/// Spans to a block.
const BLOCK: usize = 128;

/// Nodes under one node of the level above.
const FAN: usize = 8;

/// Rows shorter than this have no index: to scan them is as fast.
pub(super) const SHORTEST: usize = 512;

/// More levels than any row can have.
const LEVELS: usize = 24;

/// How long [`Spans::places`] and [`Spans::reaches`] of a row of `n` spans are.
#[must_use]
pub(super) const fn order_len(n: usize) -> usize {
    if n < SHORTEST { 0 } else { n }
}

/// How long [`Spans::guide`] of a row of `n` spans is.
#[must_use]
pub(super) const fn guide_len(n: usize) -> usize {
    if n < SHORTEST {
        return 0;
    }
    let mut level = n.div_ceil(BLOCK);
    let mut len = level + level;
    while level > FAN {
        level = level.div_ceil(FAN);
        len += level;
    }
    len
}

/// The indexes of any number of rows, one behind the other, while they are made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SpanTable {
    /// Places, ordered by block.
    places: Vec<u32>,
    /// The last days of the spans at these places.
    reaches: Vec<u16>,
    /// The first days at which the blocks begin, then the maxima, lowest level first.
    guide: Vec<u16>,
}

impl SpanTable {
    /// Adds the index of a row, and tells where its places and its guide begin.
    ///
    /// # Panics
    /// When there are more than four billion spans in all.
    ///
    /// # Complexity
    /// O(n log n).
    pub(super) fn push(&mut self, row: impl ExactSizeIterator<Item = (u16, u16)>) -> (u32, u32) {
        let place = |n: usize| u32::try_from(n).expect("less than four billion spans");
        let begin = (place(self.places.len()), place(self.guide.len()));
        if row.len() < SHORTEST {
            return begin;
        }
        // Spans that hold on no day come last, as though they began on the last day and ended on the first.
        let mut spans: Vec<(bool, u16, u16, u32)> = (0u32..)
            .zip(row)
            .map(|(place, (first, last))| match first <= last {
                true => (false, first, last, place),
                false => (true, u16::MAX, 0, place),
            })
            .collect();
        spans.sort_unstable();
        self.guide.extend(spans.chunks(BLOCK).map(|block| block[0].1));
        for block in spans.chunks_mut(BLOCK) {
            block.sort_unstable_by_key(|&(is_never, _, last, place)| (Reverse(last), is_never, place));
        }
        self.places.extend(spans.iter().map(|span| span.3));
        self.reaches.extend(spans.iter().map(|span| span.2));
        let mut level: Vec<u16> = spans.chunks(BLOCK).map(|block| block[0].2).collect();
        self.guide.extend_from_slice(&level);
        while level.len() > FAN {
            level = level.chunks(FAN).map(|under| under.iter().copied().max().unwrap_or(0)).collect();
            self.guide.extend_from_slice(&level);
        }
        begin
    }
}

/// The indexes of any number of rows, as they are read.
#[derive(Debug, Default)]
pub(super) struct SpanColumns {
    pub(super) places: Column<u32>,
    pub(super) reaches: Column<u16>,
    pub(super) guide: Column<u16>,
}

impl From<SpanTable> for SpanColumns {
    fn from(table: SpanTable) -> Self {
        Self { places: table.places.into(), reaches: table.reaches.into(), guide: table.guide.into() }
    }
}

impl SpanColumns {
    /// The index of a row, which begins where [`SpanTable::push`] told; `None` when it is not there.
    pub(super) fn of<R: Row>(&self, places: u32, guide: u32, row: R) -> Option<Spans<'_, R>> {
        let (order, beside) = (order_len(row.len()), guide_len(row.len()));
        let (at, beside_at) = (places as usize, guide as usize);
        let places = self.places.slice(at..at.checked_add(order)?);
        let reaches = self.reaches.slice(at..at.checked_add(order)?);
        let guide = self.guide.slice(beside_at..beside_at.checked_add(beside)?);
        let fits = places.len() == order && reaches.len() == order && guide.len() == beside;
        fits.then_some(Spans { row, places, reaches, guide })
    }
}

/// Spans by place.
pub(super) trait Row {
    /// How many there are.
    fn len(&self) -> usize;

    /// The first and the last day of the span at a place.
    fn days(&self, place: usize) -> Option<(u16, u16)>;
}

impl Row for &[Neighbour] {
    fn len(&self) -> usize {
        <[Neighbour]>::len(self)
    }

    #[inline]
    fn days(&self, place: usize) -> Option<(u16, u16)> {
        self.get(place).map(|neighbour| (neighbour.first, neighbour.last))
    }
}

impl Row for &[[u16; 2]] {
    fn len(&self) -> usize {
        <[[u16; 2]]>::len(self)
    }

    #[inline]
    fn days(&self, place: usize) -> Option<(u16, u16)> {
        self.get(place).map(|[first, last]| (*first, *last))
    }
}

/// One row of spans with its index.
///
/// Both days of a span are inside it. A span whose first day is after its last holds on no day and touches nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spans<'a, R> {
    row: R,
    places: &'a [u32],
    reaches: &'a [u16],
    guide: &'a [u16],
}

impl<R: Row> Spans<'_, R> {
    /// The places of the spans with `first <= by` and `last >= from`, ascending.
    ///
    /// For a day give it twice. With `by` before `from` these are the spans that hold on all days from `by` to `from`.
    /// Also out of damaged arrays come only places of the row, each at most once.
    ///
    /// # Complexity
    /// O(log n + answers) where answers share blocks, as they do unless few; each block with an answer costs one search in it and at most [`FAN`]
    /// looks a level, so never more than O(log n + answers · log n). Rows below [`SHORTEST`]: O(n).
    pub(super) fn touching(&self, from: u16, by: u16) -> Vec<u32> {
        let mut out = Vec::new();
        if self.places.is_empty() {
            let touches = |(first, last): (u16, u16)| first <= by && last >= from && first <= last;
            out.extend((0..self.row.len()).filter(|at| self.row.days(*at).is_some_and(touches)).map(|at| at as u32));
            return out;
        }
        self.walk(from, by, |run, is_cut| match is_cut {
            true => out.extend(run.iter().copied().filter(|&place| self.begins(place, by))),
            false => out.extend_from_slice(run),
        });
        ascend(&mut out, self.row.len());
        out
    }

    /// Whether the span at this place holds on some day and begins by this one.
    fn begins(&self, place: u32, by: u16) -> bool {
        self.row.days(place as usize).is_some_and(|(first, last)| first <= by && first <= last)
    }

    /// How many spans in block order to look at, and in how many blocks, for those that begin by a day.
    ///
    /// All before the last of these blocks do begin by then.
    fn reach_of(&self, by: u16) -> (usize, usize) {
        let n = self.places.len();
        // On the last day the spans that hold on no day, which stand at the end, have to be told from the others.
        let stop = if by == u16::MAX { self.places.partition_point(|&place| self.begins(place, by)) } else { n };
        let heads = &self.guide[..n.div_ceil(BLOCK)];
        (stop, heads.partition_point(|&head| head <= by).min(stop.div_ceil(BLOCK)))
    }

    /// Hands out, block by block, the places of spans that last until `from`, and whether some of them may begin after `by`.
    fn walk(&self, from: u16, by: u16, mut hand_out: impl FnMut(&[u32], bool)) {
        let (stop, blocks) = self.reach_of(by);
        let mut starts = [0; LEVELS];
        let (mut top, mut width) = (0, self.places.len().div_ceil(BLOCK));
        starts[0] = width;
        while width > FAN {
            starts[top + 1] = starts[top] + width;
            (top, width) = (top + 1, width.div_ceil(FAN));
        }
        // A node is a number in a level; it stands over `span` blocks.
        let (mut level, mut node, mut span) = (top, 0, FAN.pow(top as u32));
        while node * span < blocks {
            if self.guide[starts[level] + node] >= from {
                if level > 0 {
                    (level, node, span) = (level - 1, node * FAN, span / FAN);
                    continue;
                }
                let block = node * BLOCK..stop.min((node + 1) * BLOCK);
                let len = self.reaches[block.clone()].partition_point(|&last| last >= from);
                hand_out(&self.places[block][..len], node + 1 == blocks);
            }
            node += 1;
            while level < top && node % FAN == 0 {
                (level, node, span) = (level + 1, node / FAN, span * FAN);
            }
        }
    }
}

/// Orders places, dropping what is not below `n`, and doubles.
///
/// Few are sorted; many are ticked off in a set of `n` bits, which costs the set's n / 64 words and so is no more than the answers are.
fn ascend(out: &mut Vec<u32>, n: usize) {
    if out.len() < 24 || out.len() < n / 64 {
        out.sort_unstable();
        out.dedup();
        out.truncate(out.partition_point(|&place| (place as usize) < n));
        return;
    }
    let mut ticked = vec![0u64; n.div_ceil(64)];
    for place in out.drain(..) {
        if let Some(word) = ticked.get_mut(place as usize / 64) {
            *word |= 1 << (place % 64);
        }
    }
    for (base, mut word) in (0u32..).step_by(64).zip(ticked) {
        while word != 0 {
            out.push(base + word.trailing_zeros());
            word &= word - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Days that often meet one another and the bounds.
    fn day() -> impl Strategy<Value = u16> {
        prop_oneof![4 => 1000u16..1200, 1 => any::<u16>(), 1 => Just(0), 1 => Just(u16::MAX), 1 => Just(u16::MAX - 1), 1 => Just(1)]
    }

    /// Rows shorter and longer than the shortest that has an index: whole, with an open end, inverted and never.
    fn row() -> impl Strategy<Value = Vec<[u16; 2]>> {
        let length = prop_oneof![0usize..40, SHORTEST - 3..SHORTEST + 3, 1000usize..1300, 9000usize..9100];
        let span = prop_oneof![
            6 => (day(), 0u16..60).prop_map(|(first, days)| [first, first.saturating_add(days)]),
            1 => day().prop_map(|first| [first, u16::MAX]),
            1 => (day(), day()).prop_map(|(first, last)| [first, last]),
            1 => Just([u16::MAX, 0]),
        ];
        length.prop_flat_map(move |n| proptest::collection::vec(span.clone(), n))
    }

    fn by_looking(row: &[[u16; 2]], from: u16, by: u16) -> Vec<u32> {
        let mut places = Vec::new();
        for (place, [first, last]) in row.iter().enumerate() {
            if first <= last && *first <= by && from <= *last {
                places.push(place as u32);
            }
        }
        places
    }

    fn check(before: &[[u16; 2]], row: &[[u16; 2]], windows: &[(u16, u16)]) -> usize {
        let spans = |row: &[[u16; 2]]| row.iter().map(|[first, last]| (*first, *last)).collect::<Vec<_>>();
        let mut table = SpanTable::default();
        table.push(spans(before).into_iter());
        let (at, beside) = table.push(spans(row).into_iter());
        table.push(spans(before).into_iter());
        let columns = SpanColumns::from(table);
        let index = columns.of(at, beside, row).expect("it was pushed");
        windows
            .iter()
            .map(|(from, by)| {
                let found = index.touching(*from, *by);
                assert_eq!(found, by_looking(row, *from, *by), "from {from} by {by}");
                found.len()
            })
            .sum()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn the_index_finds_what_a_look_at_each_span_does(
            before in row(), row in row(), windows in proptest::collection::vec((day(), day()), 12)
        ) {
            check(&before, &row, &windows);
        }

        #[test]
        fn damaged_arrays_give_places_of_the_row_and_no_panic(
            row in row(), places in proptest::collection::vec(any::<u32>(), 1300), days in proptest::collection::vec(any::<u16>(), 1300),
            from in day(), by in day()
        ) {
            let columns = SpanColumns { places: places.into(), reaches: days.clone().into(), guide: days.into() };
            if let Some(index) = columns.of(0, 0, row.as_slice()) {
                let found = index.touching(from, by);
                prop_assert!(found.is_sorted_by(|a, b| a < b) && found.iter().all(|place| (*place as usize) < row.len()));
            }
        }
    }

    #[test]
    fn awkward_rows_answer_as_a_look_at_each_span_does() {
        let windows: Vec<(u16, u16)> = [0, 1, 499, 500, 501, 4_000, 65_534, 65_535]
            .iter()
            .flat_map(|a| [(*a, *a), (0, *a), (*a, 65_535)])
            .collect();
        let rows: [&dyn Fn(u16) -> [u16; 2]; 6] = [
            &|_| [500, 500],
            &|at| [at, u16::MAX - at],
            &|at| [at * 3, at * 3 + 1],
            &|at| [at, u16::MAX],
            &|_| [u16::MAX, 0],
            &|at| if at % 2 == 0 { [u16::MAX, u16::MAX] } else { [0, 0] },
        ];
        let mut found = 0;
        for row in rows {
            let row: Vec<[u16; 2]> = (0..5_000).map(row).collect();
            found += check(&[], &row, &windows);
        }
        assert!(found > 100_000, "{found}");
    }
}
