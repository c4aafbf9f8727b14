//! The same check for records that come one at a time: nothing is kept but what the next ones need.
//!
//! What is wrong comes back at once, the first of it and in a few words; rules and codes are those of a load.

use super::{Checker, Life};
use crate::dataset::draft::{ActorDraft, RelationDraft, Text};
use crate::dataset::fault::Place;
use crate::diagnostic::FileId;
use crate::graph::Builder;
use crate::model::{Actor, ActorId, KindId, Relation, Source, Vocabulary};
use crate::time::Dated;
use rustc_hash::FxHashMap;

/// What is wrong with a record, in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::dataset) struct Wrong {
    /// The code of the rule that it breaks.
    pub(in crate::dataset) code: &'static str,
    pub(in crate::dataset) message: String,
}

/// Checks records one at a time.
pub(in crate::dataset) struct RowCheck {
    checker: Checker<'static>,
}

/// Records have no place in a file of ours; whoever reads rows knows their lines.
const NOWHERE: FileId = FileId(0);

impl RowCheck {
    /// Begins with what records refer to.
    pub(in crate::dataset) fn new(vocabulary: Vocabulary, sources: Vec<Source>) -> Self {
        let by_id = |(at, source): (usize, &Source)| (Text::from(String::from(&*source.slug)), at);
        let checker = Checker {
            sources: sources.iter().enumerate().map(by_id).collect(),
            actors: FxHashMap::default(),
            relations: FxHashMap::default(),
            declared: &[],
            builder: Builder { vocabulary, sources, actors: Vec::new(), relations: Vec::new(), events: Vec::new() },
            faults: Vec::new(),
            lives: Vec::new(),
            is_terse: true,
        };
        Self { checker }
    }

    /// Makes an actor.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub(in crate::dataset) fn actor(&mut self, draft: ActorDraft<'_>) -> Result<Actor, Wrong> {
        let place = Place::record(NOWHERE, "actors", 0);
        self.checker.lives.clear();
        let one = [(draft.id.clone(), place, Box::new(draft))];
        self.checker.kinds_of(&one);
        let [(_, _, draft)] = one;
        self.checker.actor(&place, *draft);
        let made = self.checker.builder.actors.pop();
        self.outcome(made)
    }

    /// Says who the actors are that relations stand between, in the order of their ids.
    pub(in crate::dataset) fn set_actors(&mut self, lives: impl Iterator<Item = (KindId, Option<Dated>)>) {
        let place = Place::record(NOWHERE, "actors", 0);
        let life = |(kind, exists): (KindId, Option<Dated>)| Life {
            kind: Some(kind),
            exists: exists.map(|exists| Box::new((exists, place))),
        };
        self.checker.lives = lives.map(life).collect();
    }

    /// Makes a relation between two actors; also given are the actors of its roles, where their values are ids.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub(in crate::dataset) fn relation(
        &mut self,
        [subject, object]: [ActorId; 2],
        in_roles: Vec<Option<ActorId>>,
        draft: RelationDraft<'_>,
    ) -> Result<Relation, Wrong> {
        let place = Place::record(NOWHERE, "relations", 0);
        self.checker.relation_between([Some(subject), Some(object)], in_roles, &place, draft);
        let made = self.checker.builder.relations.pop();
        self.outcome(made)
    }

    fn outcome<T>(&mut self, made: Option<T>) -> Result<T, Wrong> {
        match made {
            Some(made) if self.checker.faults.is_empty() => Ok(made),
            _ => {
                let first = self.checker.faults.drain(..).next();
                let (code, message) = first.map_or(("unreadable", "it cannot be read".into()), |f| (f.code, f.message));
                Err(Wrong { code, message })
            }
        }
    }
}
