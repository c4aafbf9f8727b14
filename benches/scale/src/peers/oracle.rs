//! The oracle: every question by looking at every relation, column by column.
//!
//! Slow and plain on purpose. It has no index and shares no code with those it judges.

use super::Peer;
use crate::plain;
use crate::question::{MAX_HOPS, TypeCount};
use anyhow::Result;
use std::collections::BTreeSet;
use std::path::Path;

/// The set in columns.
#[derive(Debug)]
pub struct Oracle {
    actors: usize,
    src: Vec<u32>,
    dst: Vec<u32>,
    kind: Vec<u16>,
    start: Vec<i32>,
    end: Vec<i32>,
    eid: Vec<u32>,
    polarity: Vec<i8>,
}

impl Oracle {
    /// Reads a set.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn load(dir: &Path) -> Result<Self> {
        let edges = plain::edges(dir)?;
        let mut oracle = Self {
            actors: edges.meta().n_actors as usize,
            src: Vec::new(),
            dst: Vec::new(),
            kind: Vec::new(),
            start: Vec::new(),
            end: Vec::new(),
            eid: Vec::new(),
            polarity: Vec::new(),
        };
        for edge in edges {
            let edge = edge?;
            oracle.src.push(edge.src);
            oracle.dst.push(edge.dst);
            oracle.kind.push(edge.kind);
            oracle.start.push(edge.start);
            oracle.end.push(edge.end);
            oracle.eid.push(edge.eid);
            oracle.polarity.push(edge.polarity);
        }
        Ok(oracle)
    }

    /// The rows valid on a day.
    fn valid(&self, day: i32) -> Vec<usize> {
        (0..self.eid.len()).filter(|&row| self.start[row] <= day && day <= self.end[row]).collect()
    }
}

impl Peer for Oracle {
    fn rel_at(&mut self, actor: u32, day: i32) -> Result<Vec<u32>> {
        let valid = self.valid(day).into_iter();
        Ok(valid.filter(|&row| self.src[row] == actor || self.dst[row] == actor).map(|row| self.eid[row]).collect())
    }

    fn allies(&mut self, actor: u32, day: i32) -> Result<Vec<u32>> {
        let valid = self.valid(day);
        let mut is_enemy = vec![false; self.actors];
        for &row in valid.iter().filter(|&&row| self.polarity[row] == -1) {
            if self.src[row] == actor {
                is_enemy[self.dst[row] as usize] = true;
            }
            if self.dst[row] == actor {
                is_enemy[self.src[row] as usize] = true;
            }
        }
        let mut is_ally = vec![false; self.actors];
        for &row in valid.iter().filter(|&&row| self.polarity[row] == 1) {
            let (src, dst) = (self.src[row] as usize, self.dst[row] as usize);
            is_ally[src] |= is_enemy[dst];
            is_ally[dst] |= is_enemy[src];
        }
        is_ally[actor as usize] = false;
        Ok((0..self.actors).filter(|&other| is_ally[other]).map(|other| other as u32).collect())
    }

    fn path(&mut self, from: u32, to: u32, day: i32) -> Result<Option<u32>> {
        let valid = self.valid(day);
        let mut is_reached = vec![false; self.actors];
        is_reached[from as usize] = true;
        for hops in 0..=MAX_HOPS {
            if is_reached[to as usize] {
                return Ok(Some(hops));
            }
            let before = is_reached.clone();
            for &row in &valid {
                let (src, dst) = (self.src[row] as usize, self.dst[row] as usize);
                is_reached[dst] |= before[src];
                is_reached[src] |= before[dst];
            }
            if is_reached == before {
                break;
            }
        }
        Ok(None)
    }

    fn changed(&mut self, after: i32, upto: i32) -> Result<Vec<u32>> {
        let is_within = |day: i64| i64::from(after) < day && day <= i64::from(upto);
        let has_changed = |row: usize| is_within(self.start[row].into()) || is_within(i64::from(self.end[row]) + 1);
        Ok((0..self.eid.len()).filter(|&row| has_changed(row)).map(|row| self.eid[row]).collect())
    }

    fn aggr(&mut self, day: i32) -> Result<Vec<TypeCount>> {
        let valid = self.valid(day);
        let kinds: BTreeSet<u16> = valid.iter().map(|&row| self.kind[row]).collect();
        let count = |kind: u16| {
            let mut is_end = vec![false; self.actors];
            let mut relations = 0;
            for &row in valid.iter().filter(|&&row| self.kind[row] == kind) {
                relations += 1;
                is_end[self.src[row] as usize] = true;
                is_end[self.dst[row] as usize] = true;
            }
            let actors = is_end.into_iter().filter(|&is_end| is_end).count() as u32;
            TypeCount { kind, relations, actors }
        };
        Ok(kinds.into_iter().map(count).collect())
    }
}
