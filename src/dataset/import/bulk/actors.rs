//! Who there is: actors of data files, of tables of their own, and those that only rows of relations name.

use super::columns::Rows;
use super::index::{ActorIndex, Missing};
use super::open::Opener;
use super::pattern::{At, Pattern};
use super::reader::Next;
use super::run::Run;
use super::{BulkError, Phase, Plan, refuse};
use crate::dataset::check::{RowCheck, is_id};
use crate::dataset::draft::ActorDraft;
use crate::dataset::import::slug::slug;
use crate::model::{Actor, KindId};
use serde::Deserialize;
use serde_json::Value;

/// Actors as they come, and by what names them.
#[derive(Default)]
pub(super) struct Actors {
    pub(super) all: Vec<Actor>,
    pub(super) index: ActorIndex,
}

impl Actors {
    /// Adds an actor whose id is free.
    pub(super) fn add(&mut self, actor: Actor) {
        let number = self.all.len() as u32;
        self.index.add(&actor.slug, number);
        self.index.add_name(&actor.name, number);
        for name in &actor.names {
            self.index.add_name(&name.text, number);
        }
        for (register, id) in &actor.external_ids {
            self.index.add_elsewhere(register, id, number);
        }
        self.all.push(actor);
    }

    /// Reads the tables of actors.
    pub(super) fn read(
        &mut self,
        plan: &Plan,
        opener: &mut Opener<'_>,
        check: &mut RowCheck,
        run: &mut Run<'_>,
    ) -> Result<(), BulkError> {
        for path in &plan.actors {
            let name = path.display().to_string();
            run.begin(Phase::Actors, path.metadata().ok().map(|about| about.len()));
            let mut opened = opener.open(Rows::Actors, &name, super::run::file(path)?)?;
            while let Some(mut value) = run.record(&mut opened)? {
                run.row(opened.reader.bytes());
                let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
                let id = match text("id") {
                    "" => self.index.free(slug(text("name"))),
                    id => id.to_owned(),
                };
                let wrong = if !is_id(&id, "-") {
                    let message = format!(
                        "`{id}` is no id for actors: lower-case letters a–z, digits and `-`, a letter or digit first"
                    );
                    ("bad-id", message)
                } else if self.index.has(&id) {
                    ("duplicate-id", format!("two actors have the id `{id}`"))
                } else {
                    if let Some(record) = value.as_object_mut() {
                        record.insert("id".into(), id.into());
                    }
                    match ActorDraft::deserialize(&value) {
                        Err(error) => ("not-a-row", error.to_string()),
                        Ok(draft) => match check.actor(draft) {
                            Err(wrong) => (wrong.code, wrong.message),
                            Ok(actor) => {
                                self.add(actor);
                                continue;
                            }
                        },
                    }
                };
                run.bad(&opened.name, opened.reader.line(), wrong.0, &wrong.1, opened.reader.text())?;
            }
        }
        Ok(())
    }

    /// Makes the actors that rows name and nothing else does.
    pub(super) fn learn(
        &mut self,
        plan: &Plan,
        opener: &mut Opener<'_>,
        kind: KindId,
        run: &mut Run<'_>,
    ) -> Result<u64, BulkError> {
        let before = self.all.len();
        run.begin(Phase::NewActors, run.all_bytes(plan));
        for (nth, input) in plan.relations.iter().enumerate() {
            let super::Way::Path(path) = &input.way else { return Err(twice(&input.name)) };
            if !path.metadata().is_ok_and(|about| about.is_file()) {
                return Err(twice(&input.name));
            }
            let mut opened = opener.open(Rows::Relations, &input.name, super::run::file(path)?)?;
            let mut patterns = Vec::new();
            for template in &opened.templates {
                patterns.push(Pattern::of(template).map_err(|cannot| opener.cannot(cannot))?);
            }
            let read = |error| BulkError::Read(input.name.clone(), error);
            loop {
                match opened.next().map_err(read)? {
                    Next::End => break,
                    // Told when relations are read.
                    Next::Bad(..) => run.row(opened.reader.bytes()),
                    Next::Row => {
                        run.row(opened.reader.bytes());
                        let at = At {
                            cells: opened.reader.cells(),
                            empty: &opened.empty,
                            header: &opened.header,
                            number: 0,
                            locator: "",
                            nth,
                        };
                        for pattern in patterns.iter().filter(|pattern| pattern.is_for(&at)) {
                            for (text, by) in pattern.names(&at).into_iter().flatten() {
                                // An id of a register says nothing of a name.
                                if by.is_none() && self.index.find(&text, None) == Err(Missing::Unknown) {
                                    let id = self.index.free(slug(&text));
                                    self.add(named(id, &text, kind));
                                }
                            }
                        }
                    }
                }
            }
            run.read(opened.reader.bytes());
        }
        Ok((self.all.len() - before) as u64)
    }

    /// Puts the actors in the order of their ids, which is that of their numbers in a set.
    pub(super) fn order(&mut self) {
        let mut order: Vec<u32> = (0..self.all.len() as u32).collect();
        order.sort_unstable_by(|a, b| self.all[*a as usize].slug.cmp(&self.all[*b as usize].slug));
        let mut to = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            to[*old as usize] = new as u32;
        }
        self.index.renumber(&to);
        self.all.sort_unstable_by(|a, b| a.slug.cmp(&b.slug));
    }
}

/// An actor of which only the name is known.
fn named(slug: String, name: &str, kind: KindId) -> Actor {
    Actor {
        slug: slug.into(),
        name: name.into(),
        kind,
        names: Vec::new(),
        exists: None,
        traits: Vec::new(),
        summary: None,
        external_ids: Vec::new(),
        claims: Vec::new(),
    }
}

fn twice(name: &str) -> BulkError {
    refuse(
        "cannot-read-twice",
        format!("{name} can be read only once, and new actors take two passes"),
        vec!["write it to a file first, or name the actors with `--actors FILE`".into()],
    )
}
