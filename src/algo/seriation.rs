//! Things in a row, like beside like.

/// The most sweeps through all moves; each sweep shortens what is left, and small sets settle after a few.
const MOST_SWEEPS: usize = 40;

/// Returns an order of `0..count` in which what is alike stands near and what is unlike far apart.
///
/// `unlike` says how unlike two things are, not below zero and the same both ways. Sought is the greatest sum of `unlike · distance in the row`
/// over all pairs; what is found is a row that no single thing can better by standing elsewhere, and no two by changing places. Of a row and its
/// reverse the one comes out that has 0 in its first half, so that the result does not depend on chance.
///
/// # Complexity
/// O(count³) a sweep, with at most 40 sweeps; calls `unlike` once for each pair.
///
/// Source: the linear seriation criterion of L. Hubert and J. Schultz, "Quadratic assignment as a general data analysis strategy", British
/// Journal of Mathematical and Statistical Psychology 29, 1976, improved by insertions and exchanges.
///
/// ```
/// use allegiance::algo::seriate;
/// let places = [0, 100, 7, 93, 50_i64];
/// let order = seriate(5, |a, b| places[a].abs_diff(places[b]));
/// assert_eq!(order, [0, 2, 4, 3, 1]);
/// ```
#[must_use]
pub fn seriate(count: usize, unlike: impl Fn(usize, usize) -> u64) -> Vec<usize> {
    let mut table = vec![vec![0_i64; count]; count];
    for (a, b) in (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))) {
        let value = i64::try_from(unlike(a, b)).unwrap_or(i64::MAX);
        (table[a][b], table[b][a]) = (value, value);
    }
    let mut order = begun(&table);
    for _ in 0..MOST_SWEEPS {
        if !(insert_better(&mut order, &table) | exchange_better(&mut order, &table)) {
            break;
        }
    }
    if order.iter().position(|thing| *thing == 0).is_some_and(|place| place > (count - 1) / 2) {
        order.reverse();
    }
    order
}

/// A row to begin with: from one of the two most unlike things to the other, by how much nearer each is to the one than to the other.
fn begun(table: &[Vec<i64>]) -> Vec<usize> {
    let pairs = (0..table.len()).flat_map(|a| (a + 1..table.len()).map(move |b| (a, b)));
    let mut order: Vec<usize> = (0..table.len()).collect();
    if let Some((a, b)) = pairs.max_by_key(|(a, b)| (table[*a][*b], std::cmp::Reverse((*a, *b)))) {
        order.sort_by_key(|thing| (table[a][*thing].saturating_sub(table[b][*thing]), *thing));
    }
    order
}

/// Moves each thing to the place that betters the row most; returns whether any was moved.
fn insert_better(order: &mut Vec<usize>, table: &[Vec<i64>]) -> bool {
    let mut bettered = false;
    for thing in 0..order.len() {
        let Some(place) = order.iter().position(|other| *other == thing) else { continue };
        order.remove(place);
        // What the row gains with the thing at a place, against the place before: worked out step by step from the sums at the left end.
        let across: Vec<i64> = spread(order, table);
        let mut own: i64 = order.iter().enumerate().map(|(at, other)| table[thing][*other] * (at as i64 + 1)).sum();
        let (mut left, mut right) = (0_i64, order.iter().map(|other| table[thing][*other]).sum::<i64>());
        let mut values = vec![own + across[0]];
        for (at, other) in order.iter().enumerate() {
            let tie = table[thing][*other];
            right -= tie;
            own += left - right;
            left += tie;
            values.push(own + across[at + 1]);
        }
        let best = (0..values.len()).max_by_key(|at| (values[*at], std::cmp::Reverse(*at))).unwrap_or(place);
        let target = if values[best] > values[place] { best } else { place };
        bettered |= target != place;
        order.insert(target, thing);
    }
    bettered
}

/// For each gap of a row, the sum of how unlike things on its two sides are: what one more thing standing there adds to the distances of others.
fn spread(order: &[usize], table: &[Vec<i64>]) -> Vec<i64> {
    let mut sums = vec![0_i64; order.len() + 1];
    for (at, thing) in order.iter().enumerate() {
        let (before, after) = order.split_at(at);
        let sum = |others: &[usize]| others.iter().map(|other| table[*thing][*other]).sum::<i64>();
        sums[at + 1] = sums[at] - sum(before) + sum(&after[1..]);
    }
    sums
}

/// Exchanges things while that betters the row; returns whether any were.
fn exchange_better(order: &mut [usize], table: &[Vec<i64>]) -> bool {
    let mut bettered = false;
    for a in 0..order.len() {
        for b in a + 1..order.len() {
            let (first, second) = (order[a], order[b]);
            let gain: i64 = order
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != a && *at != b)
                .map(|(at, other)| {
                    let nearer = at.abs_diff(a) as i64 - at.abs_diff(b) as i64;
                    (table[second][*other] - table[first][*other]) * nearer
                })
                .sum();
            if gain > 0 {
                order.swap(a, b);
                bettered = true;
            }
        }
    }
    bettered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worth(order: &[usize], unlike: &dyn Fn(usize, usize) -> u64) -> u64 {
        let pairs = (0..order.len()).flat_map(|a| (a + 1..order.len()).map(move |b| (a, b)));
        pairs.map(|(a, b)| unlike(order[a], order[b]) * (b - a) as u64).sum()
    }

    fn permutations(count: usize) -> Vec<Vec<usize>> {
        if count == 0 {
            return vec![Vec::new()];
        }
        let smaller = permutations(count - 1);
        smaller
            .iter()
            .flat_map(|row| {
                (0..count).map(|at| {
                    let mut row = row.clone();
                    row.insert(at, count - 1);
                    row
                })
            })
            .collect()
    }

    /// Numbers that look random and are the same in every run.
    fn noise(seed: u64, a: usize, b: usize) -> u64 {
        let mut x = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)
            ^ ((a.min(b) * 64 + a.max(b)) as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x ^= x >> 29;
        x = x.wrapping_mul(0x94d0_49bb_1331_11eb);
        (x ^ (x >> 32)) % 9
    }

    #[test]
    fn no_single_move_betters_the_row_and_most_rows_are_the_best_there_are() {
        let mut best_found = 0;
        for seed in 0..60 {
            let unlike = |a: usize, b: usize| noise(seed, a, b);
            let order = seriate(6, unlike);
            let found = worth(&order, &unlike);
            let mut sorted = order.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2, 3, 4, 5]);
            for from in 0..6 {
                for to in 0..6 {
                    let mut moved = order.clone();
                    let thing = moved.remove(from);
                    moved.insert(to, thing);
                    assert!(worth(&moved, &unlike) <= found, "seed {seed}: {order:?} is worse than {moved:?}");
                }
            }
            let best = permutations(6).iter().map(|row| worth(row, &unlike)).max().unwrap();
            best_found += usize::from(best == found);
        }
        assert!(best_found >= 45, "only {best_found} of 60 are the best");
    }

    #[test]
    fn few_things_and_equal_things_keep_their_order() {
        assert!(seriate(0, |_, _| 1).is_empty());
        assert_eq!(seriate(1, |_, _| 1), [0]);
        assert_eq!(seriate(2, |_, _| 1), [0, 1]);
        assert_eq!(seriate(4, |_, _| 0), [0, 1, 2, 3]);
    }

    #[test]
    fn two_blocs_stand_apart() {
        let order = seriate(8, |a, b| if a % 2 == b % 2 { 0 } else { 4 });
        let sides: Vec<usize> = order.iter().map(|a| a % 2).collect();
        assert_eq!(sides, [0, 0, 0, 0, 1, 1, 1, 1]);
    }
}
