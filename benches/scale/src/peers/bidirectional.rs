//! Breadth first from both ends at once, for engines that give the neighbours of an actor and leave the rest to their user.

use crate::question::MAX_HOPS;
use anyhow::Result;

/// Marks on actors, one number each, that need no clearing between questions.
#[derive(Debug)]
pub struct Marks {
    marks: Vec<u32>,
    last: u32,
}

impl Marks {
    /// No marks on so many actors.
    #[must_use]
    pub fn new(actors: usize) -> Self {
        Self { marks: vec![0; actors], last: 0 }
    }

    /// A mark that no actor bears.
    pub fn fresh(&mut self) -> u32 {
        if self.last == u32::MAX {
            self.marks.fill(0);
            self.last = 0;
        }
        self.last += 1;
        self.last
    }

    /// Two marks that no actor bears.
    fn fresh_pair(&mut self) -> (u32, u32) {
        if self.last >= u32::MAX - 1 {
            self.marks.fill(0);
            self.last = 0;
        }
        (self.fresh(), self.fresh())
    }

    /// Marks an actor; whether it did not bear that mark.
    pub fn put(&mut self, actor: u32, mark: u32) -> bool {
        std::mem::replace(&mut self.marks[actor as usize], mark) != mark
    }

    fn of(&self, actor: u32) -> u32 {
        self.marks[actor as usize]
    }
}

/// The fewest steps from one actor to another, at most [`MAX_HOPS`]. `neighbours` adds an actor's neighbours to a list.
///
/// The side with fewer actors at its edge goes on, a whole layer at a time; the first step that meets the other side is the answer.
///
/// # Errors
/// Those of `neighbours`.
pub fn hops(
    marks: &mut Marks,
    from: u32,
    to: u32,
    mut neighbours: impl FnMut(u32, &mut Vec<u32>) -> Result<()>,
) -> Result<Option<u32>> {
    if from == to {
        return Ok(Some(0));
    }
    let (mut mine, mut theirs) = marks.fresh_pair();
    marks.put(from, mine);
    marks.put(to, theirs);
    let (mut near, mut far) = (vec![from], vec![to]);
    let (mut next, mut around) = (Vec::new(), Vec::new());
    for hops in 1..=MAX_HOPS {
        if near.len() > far.len() {
            std::mem::swap(&mut near, &mut far);
            std::mem::swap(&mut mine, &mut theirs);
        }
        next.clear();
        for &actor in &near {
            around.clear();
            neighbours(actor, &mut around)?;
            for &other in &around {
                let mark = marks.of(other);
                if mark == theirs {
                    return Ok(Some(hops));
                }
                if mark != mine {
                    marks.put(other, mine);
                    next.push(other);
                }
            }
        }
        if next.is_empty() {
            break;
        }
        std::mem::swap(&mut near, &mut next);
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of actors, each a neighbour of the one before and the one after.
    fn on_a_line(count: u32, marks: &mut Marks, from: u32, to: u32) -> Option<u32> {
        hops(marks, from, to, |actor, around| {
            around.extend(actor.checked_sub(1));
            around.extend((actor + 1 < count).then_some(actor + 1));
            Ok(())
        })
        .expect("neighbours")
    }

    #[test]
    fn steps_along_a_line_are_counted_up_to_the_limit() {
        let mut marks = Marks::new(30);
        for (from, to) in [(0, 0), (0, 1), (4, 9), (20, 8), (0, 12), (0, 13), (29, 3)] {
            let apart = u32::abs_diff(from, to);
            assert_eq!(on_a_line(30, &mut marks, from, to), (apart <= MAX_HOPS).then_some(apart), "{from} to {to}");
        }
    }

    #[test]
    fn marks_that_run_out_begin_anew() {
        let mut marks = Marks { marks: vec![1, 2, 0], last: u32::MAX - 1 };
        assert_eq!(marks.fresh_pair(), (1, 2));
        assert!(marks.put(0, 1) && !marks.put(0, 1));
        let mut marks = Marks { marks: vec![1], last: u32::MAX };
        let mark = marks.fresh();
        assert!(marks.put(0, mark));
    }
}
