//! Who is asked: each peer is loaded from a set in the plain form and answers the five questions.
//!
//! Peers are what one would write or take today, and allegiance itself. None shares code with [`oracle`], which is what all are held
//! against.

pub mod allegiance;
pub mod bidirectional;
pub mod oracle;
pub mod petgraph;
pub mod sqlite;

use crate::question::{Answer, Question, TypeCount};
use anyhow::Result;
use clap::ValueEnum;
use std::fmt;
use std::path::Path;

/// An engine with a set loaded. Arguments and answers are told in [`Question`] and [`Answer`].
pub trait Peer {
    /// Relations of the actor that are valid on the day.
    fn rel_at(&mut self, actor: u32, day: i32) -> Result<Vec<u32>>;
    /// Allies of the actor's enemies on the day.
    fn allies(&mut self, actor: u32, day: i32) -> Result<Vec<u32>>;
    /// Fewest steps between two actors on the day.
    fn path(&mut self, from: u32, to: u32, day: i32) -> Result<Option<u32>>;
    /// Relations that began or ceased after one day and no later than another.
    fn changed(&mut self, after: i32, upto: i32) -> Result<Vec<u32>>;
    /// Relations and actors by type on the day.
    fn aggr(&mut self, day: i32) -> Result<Vec<TypeCount>>;

    /// Answers a question.
    ///
    /// # Errors
    /// When the engine fails.
    fn answer(&mut self, question: Question) -> Result<Answer> {
        Ok(match question {
            Question::RelAt { actor, day } => Answer::Ids(self.rel_at(actor, day)?),
            Question::Allies { actor, day } => Answer::Ids(self.allies(actor, day)?),
            Question::Path { from, to, day } => Answer::Hops(self.path(from, to, day)?),
            Question::Changed { after, upto } => Answer::Ids(self.changed(after, upto)?),
            Question::Aggr { day } => Answer::Counts(self.aggr(day)?),
        })
    }
}

/// The peers by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Name {
    /// Scans of columns; what the others are checked against.
    Oracle,
    /// Written by hand on `petgraph::Graph`.
    Petgraph,
    /// SQLite with covering indexes.
    Sqlite,
    /// This library.
    Allegiance,
}

impl Name {
    /// The name as one types it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Oracle => "oracle",
            Self::Petgraph => "petgraph",
            Self::Sqlite => "sqlite",
            Self::Allegiance => "allegiance",
        }
    }

    /// What answers, with its version where it is not of this package.
    #[must_use]
    pub fn version(self) -> String {
        match self {
            Self::Oracle => "scan of columns".to_owned(),
            Self::Petgraph => "petgraph 0.8".to_owned(),
            Self::Sqlite => format!("SQLite {}", rusqlite::version()),
            Self::Allegiance => "this tree".to_owned(),
        }
    }

    /// Loads a set. With `reopen`, a peer that keeps a file opens the one it made before, which must be of this set.
    ///
    /// # Errors
    /// When the set cannot be read, or the file cannot be written.
    pub fn load(self, dir: &Path, reopen: bool) -> Result<Box<dyn Peer>> {
        Ok(match self {
            Self::Oracle => Box::new(oracle::Oracle::load(dir)?),
            Self::Petgraph => Box::new(petgraph::ByHand::load(dir)?),
            Self::Sqlite => Box::new(sqlite::Sqlite::load(dir, reopen)?),
            Self::Allegiance => Box::new(allegiance::Allegiance::load(dir, reopen)?),
        })
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate;
    use crate::plain::{self, Edge, Meta, TypeRow};
    use crate::question::Kind;

    fn sorted(answer: Answer) -> Answer {
        match answer {
            Answer::Ids(mut ids) => {
                ids.sort_unstable();
                Answer::Ids(ids)
            }
            Answer::Counts(mut counts) => {
                counts.sort_unstable();
                Answer::Counts(counts)
            }
            Answer::Hops(_) => answer,
        }
    }

    /// Every peer's answers to the questions of a set must be the oracle's; the numbers of rows by kind are given back.
    fn agree(dir: &Path, questions: &[Question]) -> Vec<(Kind, usize)> {
        let mut oracle = Name::Oracle.load(dir, false).expect("loaded");
        let expected: Vec<Answer> =
            questions.iter().map(|&question| sorted(oracle.answer(question).expect("an answer"))).collect();
        for (name, reopen) in
            [(Name::Petgraph, false), (Name::Sqlite, false), (Name::Sqlite, true), (Name::Allegiance, false)]
        {
            let mut peer = name.load(dir, reopen).expect("loaded");
            // Twice, since peers keep marks from one question to the next.
            for _ in 0..2 {
                for (&question, expected) in questions.iter().zip(&expected) {
                    let answer = sorted(peer.answer(question).expect("an answer"));
                    assert_eq!(&answer, expected, "{name} on {question:?}");
                }
            }
        }
        let rows =
            |kind| questions.iter().zip(&expected).filter(|(q, _)| q.kind() == kind).map(|(_, a)| a.rows()).sum();
        Kind::ALL.into_iter().map(|kind| (kind, rows(kind))).collect()
    }

    #[test]
    fn every_peer_answers_as_the_oracle_does() {
        let dir = tempfile::tempdir().expect("a folder");
        generate::generate(dir.path(), 4000, 400, 11).expect("a set");
        let questions = plain::questions(dir.path()).expect("questions");
        for (kind, rows) in agree(dir.path(), &questions) {
            assert!(rows >= 200, "{kind} would hardly be tried: {rows} rows");
        }
    }

    #[test]
    fn peers_agree_where_sets_are_odd() {
        // Relations of an actor with itself, several at once between two actors, days before 1970, an actor without any relation.
        let edge = |eid, src, dst, kind: u16, start, end| Edge {
            src,
            dst,
            kind,
            start,
            end,
            eid,
            polarity: [1, -1, 0][usize::from(kind)],
        };
        let edges = [
            edge(0, 0, 0, 0, -20, 5),
            edge(1, 0, 1, 1, -20, 5),
            edge(2, 1, 0, 1, -10, 9),
            edge(3, 1, 1, 1, -5, 5),
            edge(4, 1, 2, 0, -5, 5),
            edge(5, 2, 1, 0, 0, 0),
            edge(6, 2, 3, 2, 0, 7),
            edge(7, 0, 1, 0, -5, 5),
        ];
        let type_row = |name: &str, polarity| TypeRow { polarity, name: name.into() };
        let types = [type_row("for", 1), type_row("against", -1), type_row("neither", 0)];
        let meta = Meta { n_edges: 8, n_actors: 5, n_types: 3, day_min: -20, day_max: 9 };
        let mut questions = Vec::new();
        for day in -22..12 {
            questions.push(Question::Aggr { day });
            questions.extend((-22..12).map(|upto| Question::Changed { after: day, upto }));
            for actor in 0..5 {
                questions.extend([Question::RelAt { actor, day }, Question::Allies { actor, day }]);
                questions.extend((0..5).map(|to| Question::Path { from: actor, to, day }));
            }
        }
        let dir = tempfile::tempdir().expect("a folder");
        plain::write(dir.path(), meta, &types, edges.into_iter(), &questions).expect("a set");
        agree(dir.path(), &questions);
    }

    #[test]
    fn the_oracle_answers_what_can_be_read_off_a_set() {
        let dir = tempfile::tempdir().expect("a folder");
        let types = [("for", 1), ("against", -1)].map(|(name, polarity)| TypeRow { polarity, name: name.into() });
        let edge = |eid, src, dst, polarity: i8, start, end| Edge {
            src,
            dst,
            kind: u16::from(polarity < 0),
            start,
            end,
            eid,
            polarity,
        };
        // 0 is against 1 on days 10 to 20; 2 is for 1 on days 15 to 30; 1 is for 3 on days 1 to 12.
        let edges = [edge(0, 1, 3, 1, 1, 12), edge(1, 0, 1, -1, 10, 20), edge(2, 2, 1, 1, 15, 30)];
        let meta = Meta { n_edges: 3, n_actors: 4, n_types: 2, day_min: 1, day_max: 30 };
        plain::write(dir.path(), meta, &types, edges.into_iter(), &[]).expect("a set");
        let mut oracle = Name::Oracle.load(dir.path(), false).expect("loaded");
        let mut ask = |question| sorted(oracle.answer(question).expect("an answer"));
        assert_eq!(ask(Question::RelAt { actor: 1, day: 12 }), Answer::Ids(vec![0, 1]));
        assert_eq!(ask(Question::RelAt { actor: 1, day: 13 }), Answer::Ids(vec![1]));
        assert_eq!(ask(Question::Allies { actor: 0, day: 12 }), Answer::Ids(vec![3]));
        assert_eq!(ask(Question::Allies { actor: 0, day: 20 }), Answer::Ids(vec![2]));
        assert_eq!(ask(Question::Allies { actor: 0, day: 21 }), Answer::Ids(vec![]));
        assert_eq!(ask(Question::Path { from: 0, to: 2, day: 15 }), Answer::Hops(Some(2)));
        assert_eq!(ask(Question::Path { from: 0, to: 2, day: 14 }), Answer::Hops(None));
        // Relation 0 is over on day 13 for the first day.
        assert_eq!(ask(Question::Changed { after: 12, upto: 13 }), Answer::Ids(vec![0]));
        assert_eq!(ask(Question::Changed { after: 9, upto: 12 }), Answer::Ids(vec![1]));
        assert_eq!(
            ask(Question::Aggr { day: 16 }),
            Answer::Counts(vec![
                TypeCount { kind: 0, relations: 1, actors: 2 },
                TypeCount { kind: 1, relations: 1, actors: 2 }
            ])
        );
    }
}
