//! How many relations of a type hold on a day, and how many actors have one: counted when the graph is made, for every day on which either changes.

use super::calendar::FAR_FUTURE;
use crate::model::{ActorId, TypeId};
use crate::storage::{Column, Sound};
use bytemuck::{Pod, Zeroable};

/// What holds from one day on until the next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Step {
    /// Relations that hold.
    pub(super) relations: u32,
    /// Actors at either end of them, each once.
    pub(super) actors: u32,
}

impl Sound for Step {}

/// Counts by type and day, in one reading.
#[derive(Debug, Default)]
pub(super) struct Census {
    /// For each type, and one more, where its steps begin.
    pub(super) starts: Column<u32>,
    /// The numbers of the days from which steps count, ascending within a type.
    pub(super) days: Column<u16>,
    pub(super) steps: Column<Step>,
}

/// A relation as the census takes it in: the days on which it holds in the reading, as numbers, both included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holding {
    pub(super) kind: TypeId,
    pub(super) ends: [ActorId; 2],
    pub(super) first: u16,
    pub(super) last: u16,
}

impl Census {
    /// Counts. What begins after it ends is not counted.
    ///
    /// # Complexity
    /// O(n · log n); memory while at work: 16 bytes a relation, and up to 150 more for each relation of the type at work.
    pub(super) fn take(types: usize, holdings: impl Iterator<Item = Holding>) -> Self {
        let mut by_type: Vec<Vec<Holding>> = vec![Vec::new(); types];
        for holding in holdings.filter(|h| h.first <= h.last) {
            if let Some(all) = by_type.get_mut(holding.kind.index()) {
                all.push(holding);
            }
        }
        let (mut starts, mut days, mut steps) = (vec![0u32], Vec::new(), Vec::new());
        for all in by_type {
            let mut changes: Vec<(u16, i32, i32)> = Vec::new();
            let mut lives: Vec<(ActorId, u16, u16)> = Vec::with_capacity(all.len() * 2);
            for Holding { ends: [subject, object], first, last, .. } in all {
                push(&mut changes, first, last, 1, 0);
                lives.push((subject, first, last));
                if object != subject {
                    lives.push((object, first, last));
                }
            }
            // An actor counts once, however many relations overlap.
            lives.sort_unstable();
            let mut current: Option<(ActorId, u16, u16)> = None;
            for (actor, first, last) in lives {
                match &mut current {
                    Some((same, _, until)) if *same == actor && first <= *until => *until = (*until).max(last),
                    _ => {
                        if let Some((_, from, until)) = current.replace((actor, first, last)) {
                            push(&mut changes, from, until, 0, 1);
                        }
                    }
                }
            }
            if let Some((_, from, until)) = current {
                push(&mut changes, from, until, 0, 1);
            }
            changes.sort_unstable();
            let (mut relations, mut actors) = (0i64, 0i64);
            for day in changes.chunk_by(|a, b| a.0 == b.0) {
                relations += day.iter().map(|change| i64::from(change.1)).sum::<i64>();
                actors += day.iter().map(|change| i64::from(change.2)).sum::<i64>();
                days.push(day[0].0);
                steps.push(Step { relations: relations as u32, actors: actors as u32 });
            }
            starts.push(days.len() as u32);
        }
        Self { starts: starts.into(), days: days.into(), steps: steps.into() }
    }

    /// What holds of a type on the day of a number; nothing where none does.
    ///
    /// # Complexity
    /// O(log steps).
    pub(super) fn on(&self, kind: TypeId, number: u16) -> Option<Step> {
        let [from, to] = self.starts.slice(kind.index()..kind.index() + 2) else { return None };
        let days = self.days.slice(*from as usize..*to as usize);
        let after = days.partition_point(|day| *day <= number);
        let step = *self.steps.get(*from as usize + after.checked_sub(1)?)?;
        (step.relations > 0).then_some(step)
    }
}

fn push(changes: &mut Vec<(u16, i32, i32)>, first: u16, last: u16, relations: i32, actors: i32) {
    changes.push((first, relations, actors));
    if last < FAR_FUTURE {
        changes.push((last + 1, -relations, -actors));
    }
}
