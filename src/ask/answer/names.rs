//! What somebody is or was called, and whether two names are one actor's.

use super::super::question::{Named, NamesWanted};
use super::super::reply::{Answered, Reply, Rows, Standing};
use super::wording::{acronym, list, reading};
use super::{Asking, assume, evidence, join};
use crate::model::{ActorId, Name, NameKind, Verdict};
use crate::question::{ClaimRow, RelationRow, StepKind, lineage};

/// How many other names a text gives.
const MOST: usize = 8;

impl Asking<'_, '_> {
    /// What somebody is or was called.
    pub(super) fn names(&self, of: &Named, wanted: NamesWanted) -> Reply {
        let mut reply = self.timeless("names");
        let actor = self.lens.graph.actor(of.actor);
        let line = self.lens.line(of.actor);
        let name = actor.name.to_string();
        let of_kind = |kinds: &[NameKind]| -> Vec<String> {
            let kept = actor.names.iter().filter(|n| kinds.contains(&n.kind) && n.text != actor.name);
            let mut texts: Vec<String> = kept.map(named_with_dates).collect();
            texts.dedup();
            texts
        };
        let acronyms = of_kind(&[NameKind::Acronym]);
        let short = acronym(&self.lens, of.actor).map(str::to_owned).or_else(|| acronyms.first().cloned());
        let mut former = of_kind(&[NameKind::Former]);
        former.extend(of_kind(&[NameKind::NomDeGuerre]));
        let order = line.by_age(self.lens.graph);
        let own = order.iter().position(|id| *id == of.actor).unwrap_or(0);
        let before: Vec<ActorId> = order[..own].to_vec();
        let mut parts: Vec<String> = Vec::new();
        match wanted {
            NamesWanted::All => {
                if let Some(short) = &short {
                    parts.push(format!("{name}, for short {short}."));
                } else {
                    parts.push(format!("{name}."));
                }
                let others = of_kind(&[NameKind::Alias, NameKind::Exonym, NameKind::Transliteration]);
                if !others.is_empty() {
                    parts.push(format!("Also called {}.", list(&shortened(&others))));
                }
                if !former.is_empty() {
                    parts.push(format!("Earlier or assumed names: {}.", list(&shortened(&former))));
                }
            }
            NamesWanted::Former => {
                if !former.is_empty() {
                    parts.push(format!("{name} was also known as {}.", list(&shortened(&former))));
                }
            }
            NamesWanted::Short => parts.extend(short.map(|short| format!("{name}: {short}."))),
            NamesWanted::Full => {
                let exonyms = of_kind(&[NameKind::Exonym]);
                let meaning = if exonyms.is_empty() {
                    String::new()
                } else {
                    format!(" (in other words: {})", list(&shortened(&exonyms)))
                };
                parts.push(short.map_or_else(
                    || format!("{name}{meaning}."),
                    |short| format!("{short} stands for {name}{meaning}."),
                ));
            }
        }
        if matches!(wanted, NamesWanted::All | NamesWanted::Former) && !before.is_empty() {
            let mut steps = lineage(&self.lens, of.actor);
            steps.retain(|step| {
                step.step == StepKind::Origin
                    && before.iter().any(|id| *self.lens.graph.actor(*id).slug == *step.actor.id)
            });
            let told: Vec<String> = before
                .iter()
                .map(|id| {
                    let exists = self.lens.graph.actor(*id).exists.as_ref();
                    let dates = exists.map_or_else(String::new, |dates| format!(" ({})", reading(dates.text())));
                    format!("{}{dates}", self.lens.graph.actor(*id).name)
                })
                .collect();
            parts.push(format!("Before that it was {}.", list(&told)));
            reply.answers.extend(before.iter().map(|id| self.actor_as_answer(*id, Some("predecessor"))));
            reply.dates.extend(steps.iter().map(|step| step.relation.valid.clone()));
            evidence::add(&mut reply, steps.iter().flat_map(|step| &step.relation.claims));
            self.say_line(&mut reply, &line);
        }
        let claims: Vec<ClaimRow> = self.actor_claims(of.actor);
        evidence::add(&mut reply, &claims);
        let sources = self.name_sources(&actor.names);
        if parts.is_empty() {
            reply.status = Standing::NothingRecorded;
            reply.text = format!(
                "No {} is recorded for {name}.",
                if wanted == NamesWanted::Short { "acronym" } else { "earlier name" }
            );
            return reply;
        }
        if reply.answers.is_empty() {
            reply.answers.push(self.actor_as_answer(of.actor, None));
        }
        if !reply.evidence.is_empty() {
            let cited: Vec<String> = reply.evidence.iter().map(|e| format!("{} {}", e.source, e.locator)).collect();
            parts.push(format!("Sources: {}.", cited.join("; ")));
        } else if !sources.is_empty() {
            parts.push(format!("Sources: {}.", sources.join("; ")));
        }
        reply.text = join(&parts);
        let facts = actor.names.iter().map(|n| (n.kind.word().to_owned(), named_with_dates(n))).collect();
        reply.tables.push((String::new(), Rows::Facts(facts)));
        reply
    }

    /// Whether two names are one actor's, or of one line.
    pub(super) fn same(&self, a: &Named, b: &Named) -> Reply {
        let mut reply = self.timeless("same");
        let (first, second) = (self.lens.graph.actor(a.actor), self.lens.graph.actor(b.actor));
        let line = self.lens.line(a.actor);
        if a.actor == b.actor {
            reply.verdict = Some(Verdict::Yes);
            reply.text = format!("Yes. “{}” and “{}” both name {}.", a.text, b.text, first.name);
            reply.answers.push(self.actor_as_answer(a.actor, None));
            let claims = self.actor_claims(a.actor);
            evidence::add(&mut reply, &claims);
            let sources = self.name_sources(&first.names);
            if !sources.is_empty() {
                reply.text.push_str(&format!(" Sources: {}.", sources.join("; ")));
            }
            return reply;
        }
        let lens = self.lens.at(crate::time::Window::ALL);
        let joining = |category: &str| -> Vec<RelationRow> {
            let ids = lens
                .relations_between(&crate::question::Line::exactly(a.actor), &crate::question::Line::exactly(b.actor));
            ids.into_iter()
                .map(|id| lens.row(id))
                .filter(|row| category.is_empty() || row.category == category)
                .collect()
        };
        let mut wording = self.wording();
        if line.contains(b.actor) {
            reply.verdict = Some(Verdict::Yes);
            let order = line.by_age(self.lens.graph);
            let place = |id| order.iter().position(|other| *other == id);
            let (earlier, later) =
                if place(a.actor) < place(b.actor) { (a.actor, b.actor) } else { (b.actor, a.actor) };
            let rows = joining("lineage");
            let told: Vec<String> = rows.iter().map(|row| wording.told_sentence(row)).collect();
            reply.text = join(&[
                format!("Yes, under two names: {} became {}.", wording.name(earlier), wording.name(later)),
                join(&told),
                format!("Sources: {}.", evidence::citations(rows.iter().flat_map(|row| &row.claims))),
            ]);
            evidence::add(&mut reply, rows.iter().flat_map(|row| &row.claims));
            reply.dates = rows.iter().map(|row| row.valid.clone()).collect();
            reply.answers = [earlier, later].iter().map(|id| self.actor_as_answer(*id, None)).collect();
            assume(&mut reply, "one body under successive names counts as one".to_owned());
            return reply;
        }
        reply.verdict = Some(Verdict::No);
        let rows = joining("");
        let mut parts = vec![format!("No. {} and {} are two actors.", wording.name(a.actor), wording.name(b.actor))];
        if let Some(summary) = [first, second].iter().map(|actor| actor.summary.as_deref()).collect::<Option<Vec<_>>>()
        {
            parts.extend(summary.iter().map(|text| super::wording::sentence_kept(text)));
        }
        parts.extend(rows.iter().take(3).map(|row| wording.told_sentence(row)));
        evidence::add(&mut reply, rows.iter().take(3).flat_map(|row| &row.claims));
        reply.text = join(&parts);
        reply
    }

    /// An actor as an answer without a relation.
    pub(super) fn actor_as_answer(&self, id: ActorId, relation: Option<&str>) -> Answered {
        let actor = self.lens.graph.actor(id);
        Answered {
            id: actor.slug.to_string(),
            name: self.lens.name(id).to_owned(),
            kind: self.kind_of(id).to_owned(),
            valid: actor.exists.as_ref().map(|dates| dates.text().to_owned()),
            holds: None,
            relation: relation.map(str::to_owned),
            sources: Vec::new(),
        }
    }

    /// The claims that count about an actor itself.
    pub(super) fn actor_claims(&self, id: ActorId) -> Vec<ClaimRow> {
        let graph = self.lens.graph;
        self.lens.view.kept_claims(&graph.actor(id).claims).map(|claim| ClaimRow::new(graph, claim)).collect()
    }

    /// The ids of the sources that use some names.
    fn name_sources(&self, names: &[Name]) -> Vec<String> {
        let mut all: Vec<String> =
            names.iter().flat_map(|n| &n.sources).map(|id| self.lens.graph.source(*id).slug.to_string()).collect();
        all.sort();
        all.dedup();
        all
    }
}

fn named_with_dates(name: &Name) -> String {
    name.valid
        .as_ref()
        .map_or_else(|| name.text.to_string(), |dates| format!("{} ({})", name.text, reading(dates.text())))
}

/// The first of many names, those in Latin letters before others.
fn shortened(names: &[String]) -> Vec<String> {
    let is_latin = |name: &&String| {
        name.chars().all(|c| !c.is_alphabetic() || u32::from(c) < 0x300 || (0x1e00..0x2000).contains(&u32::from(c)))
    };
    let mut kept: Vec<String> = names.iter().filter(is_latin).cloned().collect();
    kept.extend(names.iter().filter(|name| !is_latin(name)).cloned());
    kept.truncate(MOST);
    kept
}
