//! Two hundred of each question, drawn so that most have something to answer.
//!
//! Half of the actors are drawn as ends of relations, so that those with many come often, the other half by lot. A path is mostly asked
//! between ends of relations that are valid on the day. Windows are of 1, 7 or 30 days.

use crate::generate::{Row, polarity};
use crate::question::Question;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

/// How many there are of each question.
pub const EACH: usize = 200;

/// Draws the questions for a set, which must not be empty; its relations must be ordered by start.
#[must_use]
pub fn draw(rows: &[Row], actors: u32, seed: u64) -> Vec<Question> {
    let (first, last) = days(rows);
    let has_foes = rows.iter().any(|row| polarity(row.kind) < 0);
    let mut draw = Draw { rows, actors, first, last, random: Pcg64::seed_from_u64(seed ^ 0x9E37_79B9_7F4A_7C15) };
    let mut questions = Vec::with_capacity(5 * EACH);
    for turn in 0..EACH {
        let (actor, day) = if turn % 2 == 0 { draw.end_and_day(|_| true) } else { (draw.actor(), draw.day()) };
        let day = day.into();
        questions.push(Question::RelAt { actor, day });
    }
    for turn in 0..EACH {
        let (actor, day) = draw.end_and_day(|row| turn % 2 != 0 || !has_foes || polarity(row.kind) < 0);
        questions.push(Question::Allies { actor, day: day.into() });
    }
    for turn in 0..EACH {
        let (_, day) = draw.end_and_day(|_| true);
        let valid = |row: &Row| (row.start..=row.end).contains(&day);
        let (from, to) =
            if turn % 4 < 3 { (draw.row(valid).src, draw.row(valid).dst) } else { (draw.actor(), draw.actor()) };
        let to = if from == to { (to + 1) % actors } else { to };
        questions.push(Question::Path { from, to, day: day.into() });
    }
    for turn in 0..EACH {
        let after = i32::from(draw.day());
        questions.push(Question::Changed { after, upto: after + [1, 7, 30][turn % 3] });
    }
    for turn in 0..EACH {
        let day = if turn % 2 == 0 { draw.day() } else { draw.end_and_day(|_| true).1 };
        questions.push(Question::Aggr { day: day.into() });
    }
    questions
}

struct Draw<'r> {
    rows: &'r [Row],
    actors: u32,
    first: u16,
    last: u16,
    random: Pcg64,
}

impl Draw<'_> {
    /// A relation of those that `keep` keeps, each as likely as any other; there must be one.
    fn row(&mut self, keep: impl Fn(&Row) -> bool) -> Row {
        loop {
            let row = self.rows[self.random.random_range(0..self.rows.len() as u64) as usize];
            if keep(&row) {
                return row;
            }
        }
    }

    /// One end of a relation, and a day on which it is valid.
    fn end_and_day(&mut self, keep: impl Fn(&Row) -> bool) -> (u32, u16) {
        let row = self.row(keep);
        let day = self.random.random_range(row.start..=row.end);
        (if self.random.random_range(0..2u32) == 0 { row.src } else { row.dst }, day)
    }

    fn actor(&mut self) -> u32 {
        self.random.random_range(0..self.actors)
    }

    fn day(&mut self) -> u16 {
        self.random.random_range(self.first..=self.last)
    }
}

/// The days asked about by lot: from the first hundredth of the starts to the last hundredth of the ends.
fn days(rows: &[Row]) -> (u16, u16) {
    let first = rows[(rows.len() - 1) / 100].start;
    let mut ending = vec![0usize; usize::from(u16::MAX) + 1];
    rows.iter().for_each(|row| ending[usize::from(row.end)] += 1);
    let mut left = (rows.len() - 1) * 99 / 100;
    let last = ending.iter().position(|&count| {
        let is_here = left < count;
        left -= count.min(left);
        is_here
    });
    (first, last.map_or(first, |day| day as u16).max(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{self, LAST_END};
    use crate::question::Kind;

    #[test]
    fn there_are_two_hundred_of_each_with_actors_and_days_of_the_set() {
        let rows = generate::rows(5000, 500, 1).expect("rows");
        let questions = draw(&rows, 500, 1);
        for kind in Kind::ALL {
            assert_eq!(questions.iter().filter(|q| q.kind() == kind).count(), EACH);
        }
        let days = i32::from(rows[0].start)..=i32::from(LAST_END);
        for question in questions {
            match question {
                Question::RelAt { actor, day } | Question::Allies { actor, day } => {
                    assert!(actor < 500 && days.contains(&day), "{question:?}");
                }
                Question::Path { from, to, day } => {
                    assert!(from != to && from < 500 && to < 500 && days.contains(&day), "{question:?}");
                }
                Question::Changed { after, upto } => {
                    assert!(days.contains(&after) && [1, 7, 30].contains(&(upto - after)), "{question:?}");
                }
                Question::Aggr { day } => assert!(days.contains(&day), "{question:?}"),
            }
        }
    }

    #[test]
    fn hundredths_are_counted_from_both_sides() {
        let row = |start: u16, end: u16| Row { src: 0, dst: 1, kind: 0, start, end };
        let rows: Vec<Row> = (0..=200).map(|n| row(n, 1000 - n)).collect();
        assert_eq!(days(&rows), (2, 998));
        assert_eq!(days(&[row(7, 9)]), (7, 9));
    }
}
