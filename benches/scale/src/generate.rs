//! Made-up sets of any size, the same bytes for the same seed on every machine.
//!
//! Ends follow a power law (weight `(rank + 1)^-0.75`, ranks shuffled); there are 40 types (Zipf, 0.7), 0 to 7 for, 8 to 15 against, the
//! others neither. Starts are uniform from 2000-01-01 to 2025-12-31, lengths log-normal (median 180 days, sigma 1.2), and a tenth
//! run to 2026-12-31. Stretches of one subject, type and object that overlap or touch are one. Relations are numbered by
//! (start, subject, object, type).
//!
//! Only arithmetic that IEEE 754 lays down, and `libm` for the rest, decides what is drawn. The questions are drawn in
//! [`crate::instances`].

use crate::instances;
use crate::plain::{self, Edge, Meta, TypeRow};
use anyhow::{Result, ensure};
use rand::{RngExt, SeedableRng, seq::SliceRandom};
use rand_distr::weighted::WeightedAliasIndex;
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64;
use std::path::Path;

/// 2000-01-01, the first day on which a relation may start.
pub const FIRST_START: u16 = 10957;
/// 2026-01-01, the day after the last on which one may.
pub const STARTS_BEFORE: u16 = 20454;
/// 2026-12-31, the last day on which one may end.
pub const LAST_END: u16 = 20818;
/// How many types there are.
pub const TYPES: u8 = 40;

/// A relation while it is being made: 16 bytes, ordered by what must lie together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The subject.
    pub src: u32,
    /// The object.
    pub dst: u32,
    /// The type.
    pub kind: u8,
    /// The first day.
    pub start: u16,
    /// The last day.
    pub end: u16,
}

/// For (1), against (-1) or neither (0).
#[must_use]
pub const fn polarity(kind: u8) -> i8 {
    match kind {
        0..8 => 1,
        8..16 => -1,
        _ => 0,
    }
}

/// Writes a set of so many relations between so many actors into a folder.
///
/// # Errors
/// When there are too few actors for so many relations, or the folder cannot be written.
pub fn generate(dir: &Path, relations: usize, actors: u32, seed: u64) -> Result<Meta> {
    let rows = rows(relations, actors, seed)?;
    let questions = instances::draw(&rows, actors, seed);
    let meta = Meta {
        n_edges: relations as u64,
        n_actors: actors,
        n_types: TYPES.into(),
        day_min: rows.iter().map(|row| row.start).min().unwrap_or(FIRST_START).into(),
        day_max: rows.iter().map(|row| row.end).max().unwrap_or(FIRST_START).into(),
    };
    let types: Vec<TypeRow> =
        (0..TYPES).map(|kind| TypeRow { polarity: polarity(kind), name: format!("type{kind}") }).collect();
    let edges = rows.iter().enumerate().map(|(eid, row)| Edge {
        src: row.src,
        dst: row.dst,
        kind: row.kind.into(),
        start: row.start.into(),
        end: row.end.into(),
        eid: eid as u32,
        polarity: polarity(row.kind),
    });
    plain::write(dir, meta, &types, edges, &questions)?;
    Ok(meta)
}

/// Draws the relations, in the order of their numbers.
///
/// # Errors
/// When there are too few actors for so many relations.
///
/// # Complexity
/// O(relations · log relations) time; some 17 bytes for each relation and 20 for each actor.
pub fn rows(relations: usize, actors: u32, seed: u64) -> Result<Vec<Row>> {
    ensure!(relations > 0, "a set must have a relation");
    ensure!(relations < u32::MAX as usize, "relations are numbered in 32 bits: at most {}", u32::MAX - 1);
    ensure!(actors > 1, "a relation needs two actors");
    let mut random = Pcg64::seed_from_u64(seed);
    let mut rows = drawn(relations + relations / 12 + 1000, actors, &mut random)?;
    join(&mut rows);
    ensure!(
        rows.len() >= relations,
        "{actors} actors leave room for {} relations that do not run into one another; give more actors than that, or fewer relations",
        rows.len()
    );
    // Selection sampling: D. E. Knuth, "The Art of Computer Programming", volume 2, section 3.4.2, algorithm S.
    let (mut left, mut wanted) = (rows.len() as u64, relations as u64);
    rows.retain(|_| {
        let is_kept = random.random_range(0..left) < wanted;
        left -= 1;
        wanted -= u64::from(is_kept);
        is_kept
    });
    rows.shrink_to_fit();
    rows.sort_unstable_by_key(|row| (row.start, row.src, row.dst, row.kind));
    Ok(rows)
}

/// Makes one of the stretches of a subject, type and object that overlap or touch.
fn join(rows: &mut Vec<Row>) {
    rows.sort_unstable();
    rows.dedup_by(|next, kept| {
        let is_one = (next.src, next.dst, next.kind) == (kept.src, kept.dst, kept.kind) && next.start <= kept.end + 1;
        if is_one {
            kept.end = kept.end.max(next.end);
        }
        is_one
    });
}

fn drawn(count: usize, actors: u32, random: &mut Pcg64) -> Result<Vec<Row>> {
    let weights = |count: u32, power: f64| (1..=count).map(|rank| libm::pow(rank.into(), -power)).collect::<Vec<_>>();
    let ends = WeightedAliasIndex::new(weights(actors, 0.75))?;
    let kinds = WeightedAliasIndex::new(weights(TYPES.into(), 0.7))?;
    let mut actor_of: Vec<u32> = (0..actors).collect();
    actor_of.shuffle(random);
    let mut kind_of: Vec<u8> = (0..TYPES).collect();
    kind_of.shuffle(random);
    let mut rows = Vec::with_capacity(count);
    for _ in 0..count {
        let (src, dst) = (actor_of[ends.sample(random)], actor_of[ends.sample(random)]);
        let kind = kind_of[kinds.sample(random)];
        let start = random.random_range(FIRST_START..STARTS_BEFORE);
        let length = length(StandardNormal.sample(random));
        let runs_on = random.random_range(0..10u32) == 0;
        let end = if runs_on { LAST_END } else { (u32::from(start) + length - 1).min(LAST_END.into()) as u16 };
        if src != dst {
            rows.push(Row { src, dst, kind, start, end });
        }
    }
    Ok(rows)
}

/// Days of a relation, at least 1, from a draw of the standard normal distribution.
fn length(normal: f64) -> u32 {
    libm::round(180.0 * libm::exp(1.2 * normal)).clamp(1.0, 100_000.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::fs;

    fn bytes(relations: usize, actors: u32, seed: u64) -> Vec<u8> {
        let dir = tempfile::tempdir().expect("a folder");
        generate(dir.path(), relations, actors, seed).expect("a set");
        let names = ["edges.tsv", "actors.tsv", "types.tsv", "queries.tsv", "meta.json"];
        names.iter().flat_map(|name| fs::read(dir.path().join(name)).expect("a file")).collect()
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
        let once = bytes(3000, 300, 5);
        assert_eq!(once, bytes(3000, 300, 5));
        assert_ne!(once, bytes(3000, 300, 6));
    }

    #[test]
    fn the_bytes_of_a_seed_are_the_same_everywhere() {
        let sum = bytes(3000, 300, 5)
            .iter()
            .fold(0xCBF2_9CE4_8422_2325u64, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        assert_eq!(
            sum, 2_988_005_857_235_587_193,
            "or the way of drawing was changed: then sets made before are other sets"
        );
    }

    #[test]
    fn relations_are_within_the_bounds_and_in_order() {
        let rows = rows(20_000, 2000, 1).expect("rows");
        assert_eq!(rows.len(), 20_000);
        for row in &rows {
            assert!(row.src != row.dst && row.src < 2000 && row.dst < 2000 && row.kind < TYPES, "{row:?}");
            assert!((FIRST_START..STARTS_BEFORE).contains(&row.start), "{row:?}");
            assert!((row.start..=LAST_END).contains(&row.end), "{row:?}");
        }
        assert!(rows.is_sorted_by_key(|row| (row.start, row.src, row.dst, row.kind)));
    }

    #[test]
    fn stretches_of_one_pair_and_type_neither_overlap_nor_touch() {
        // Few actors, so that many stretches of one pair and type meet.
        let mut of: BTreeMap<(u32, u32, u8), Vec<(u16, u16)>> = BTreeMap::new();
        for row in rows(20_000, 200, 1).expect("rows") {
            of.entry((row.src, row.dst, row.kind)).or_default().push((row.start, row.end));
        }
        assert!(of.values().any(|stretches| stretches.len() > 2));
        for stretches in of.values() {
            assert!(stretches.windows(2).all(|two| two[1].0 > two[0].1 + 1), "{stretches:?}");
        }
    }

    #[test]
    fn stretches_are_joined_where_they_overlap_or_touch_and_only_there() {
        let row = |kind, start, end| Row { src: 0, dst: 1, kind, start, end };
        let mut rows =
            vec![row(0, 11, 12), row(0, 1, 10), row(0, 2, 3), row(0, 14, 15), row(0, 15, 15), row(1, 16, 20)];
        join(&mut rows);
        assert_eq!(rows, [row(0, 1, 12), row(0, 14, 15), row(1, 16, 20)]);
    }

    #[test]
    fn shares_are_those_told() {
        let rows = rows(100_000, 10_000, 1).expect("rows");
        let share =
            |keep: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| keep(row)).count() as f64 / rows.len() as f64;
        let to_the_end = share(&|row| row.end == LAST_END);
        assert!((0.10..0.20).contains(&to_the_end), "a tenth, and those cut off: {to_the_end}");
        let before_2013 = share(&|row| row.start < (FIRST_START + STARTS_BEFORE) / 2);
        assert!((0.49..0.51).contains(&before_2013), "starts are uniform: {before_2013}");
        let short = share(&|row| row.end != LAST_END && row.end - row.start < 180);
        assert!((0.42..0.48).contains(&short), "180 days are the median of nine tenths: {short}");
        let mut degrees = vec![0u32; 10_000];
        rows.iter().for_each(|row| degrees[row.src as usize] += 1);
        degrees.sort_unstable();
        // The sum of rank^-0.75 over 10,000 ranks is 36.5, so the first rank has 1/36.5 of all.
        assert!((2500..3000).contains(degrees.last().expect("actors")), "{:?}", degrees.last());
        assert!((2..6).contains(&degrees[5000]), "{}", degrees[5000]);
    }

    #[test]
    fn too_few_actors_are_an_error_that_says_so() {
        assert!(rows(1_000_000, 2, 1).expect_err("no room").to_string().contains("give more actors"));
        assert!(rows(10, 1, 1).is_err());
        assert!(rows(0, 10, 1).is_err());
    }
}
