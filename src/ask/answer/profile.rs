//! Who or what somebody is.

use super::super::question::Named;
use super::super::reply::{Reply, Rows};
use super::wording::{list, reading, sentence_kept};
use super::{Asking, evidence, join};
use crate::model::{ActorId, NameKind};
use crate::question::{RelationRow, RelationWord};
use crate::time::{Holds, Window};

/// How many names, leaders, friends and foes a text gives.
const MOST: usize = 5;

impl Asking<'_, '_> {
    /// Who or what somebody is: kind, names, life, leaders, friends and foes.
    pub(super) fn profile(&self, of: &Named) -> Reply {
        let mut reply = self.reply("profile");
        let graph = self.lens.graph;
        let actor = graph.actor(of.actor);
        let line = self.lens.line(of.actor);
        self.say_line(&mut reply, &line);
        let mut wording = self.wording();
        let kind = self.kind_of(of.actor).replace('_', " ");
        let mut parts = vec![format!("{}: {kind}.", wording.name(of.actor))];
        parts.extend(actor.summary.as_deref().map(sentence_kept));
        let others: Vec<String> = actor
            .names
            .iter()
            .filter(|name| matches!(name.kind, NameKind::Former | NameKind::NomDeGuerre) && name.text != actor.name)
            .map(|name| name.text.to_string())
            .take(MOST)
            .collect();
        if !others.is_empty() {
            parts.push(format!("Also known as {}.", list(&others)));
        }
        parts.extend(actor.exists.as_ref().map(|exists| format!("Recorded {}.", reading(exists.text()))));
        let mut shown: Vec<RelationRow> = Vec::new();
        let is_person = self.kind_of(of.actor) == "person";
        let offices: &[&str] = if is_person {
            &["leads", "governs", "holds_office_in", "belongs_to"]
        } else {
            &["led_by", "governed_by", "subordinate_to", "proxy_of", "affiliate_of", "member_of", "part_of"]
        };
        let always = self.lens.at(Window::ALL);
        let rows_of = |names: &[&str], lens: &crate::question::Lens<'_>| -> Vec<RelationRow> {
            let words: Vec<RelationWord> =
                names.iter().filter_map(|name| RelationWord::read(graph.vocabulary(), name).ok()).collect();
            let mut rows: Vec<RelationRow> = lens
                .relations_of(&line)
                .into_iter()
                .filter(|id| {
                    let relation = graph.relation(*id);
                    let fits = |word: &RelationWord| {
                        let (forth, back) = word.reads(graph.vocabulary(), relation.kind);
                        word.types.contains(&relation.kind)
                            && ((forth && line.contains(relation.subject)) || (back && line.contains(relation.object)))
                    };
                    words.iter().any(fits) && lens.holds(*id) != Holds::No
                })
                .map(|id| lens.row(id))
                .filter(|row| {
                    !(line.contains(row.subject_id) && line.contains(row.object_id)) && row.status != "disputed"
                })
                .collect();
            rows.sort_by_cached_key(|row| (std::cmp::Reverse(row.how), row.modality != "asserted", row.id.clone()));
            rows
        };
        let told_offices: Vec<RelationRow> = rows_of(offices, &always).into_iter().take(MOST).collect();
        parts.extend(told_offices.iter().map(|row| wording.told_sentence(row)));
        shown.extend(told_offices);
        for (word, opening) in [("allied-with", "Allied with"), ("hostile-to", "Hostile to")] {
            let rows: Vec<RelationRow> =
                rows_of(&[word], &self.lens).into_iter().filter(|row| row.modality == "asserted").collect();
            let mut ids: Vec<ActorId> = Vec::new();
            for row in &rows {
                let other = if line.contains(row.subject_id) { row.object_id } else { row.subject_id };
                if !ids.contains(&other) && self.kind_of(other) != "place" && ids.len() < MOST {
                    ids.push(other);
                    shown.push(row.clone());
                }
            }
            if !ids.is_empty() {
                parts.push(format!("{opening} {}.", wording.names(&ids)));
            }
        }
        let claims = self.actor_claims(of.actor);
        let cited = claims.iter().chain(shown.iter().flat_map(|row| &row.claims));
        let citations = evidence::citations(cited.clone());
        if !citations.is_empty() {
            parts.push(format!("Sources: {citations}."));
        }
        evidence::add(&mut reply, cited);
        reply.answers.push(self.actor_as_answer(of.actor, None));
        reply.text = join(&parts);
        let mut facts = vec![
            ("id".to_owned(), actor.slug.to_string()),
            ("name".to_owned(), actor.name.to_string()),
            ("kind".to_owned(), kind),
        ];
        facts.extend(actor.names.iter().map(|name| (name.kind.word().to_owned(), name.text.to_string())));
        facts.extend(actor.exists.as_ref().map(|exists| ("exists".to_owned(), exists.text().to_owned())));
        reply.tables.push((String::new(), Rows::Facts(facts)));
        if !shown.is_empty() {
            reply.tables.push(("Main relations".to_owned(), Rows::Relations(shown)));
        }
        reply
    }
}
