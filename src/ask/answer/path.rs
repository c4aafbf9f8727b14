//! How two are connected.

use super::super::question::Named;
use super::super::reply::{Answered, Reply, Rows, Standing};
use super::{Asking, assume, evidence, join};
use crate::model::{Category, TypeId};
use crate::question::{Chain, MOST_HOPS, chains};
use crate::time::Window;

/// How many chains are shown.
const CHAINS: usize = 5;

impl Asking<'_, '_> {
    /// How two are connected: the shortest chain of relations, and others as short in a table.
    pub(super) fn path(&self, a: &Named, b: &Named) -> Reply {
        let mut reply = self.timeless("path");
        let (a_line, b_line) = (self.lens.line(a.actor), self.lens.line(b.actor));
        self.say_line(&mut reply, &a_line);
        self.say_line(&mut reply, &b_line);
        let lens = if self.asked.is_dated { self.lens.at(self.lens.window) } else { self.lens.at(Window::ALL) };
        let types_without = |without: &[Category]| -> Vec<TypeId> {
            let vocabulary = self.lens.graph.vocabulary();
            let kept = vocabulary.types().filter(|(id, t)| !without.contains(&t.category) && self.lens.keeps_type(*id));
            kept.map(|(id, _)| id).collect()
        };
        let mut found: Vec<Chain> = Vec::new();
        for without in [&[Category::Stance, Category::Territory][..], &[]] {
            found = chains(&lens, &a_line, &b_line, &types_without(without), CHAINS);
            if !found.is_empty() {
                if !without.is_empty() {
                    assume(&mut reply, "attitudes and places make no link".to_owned());
                }
                break;
            }
        }
        if !self.asked.is_dated {
            assume(&mut reply, "over all of time, so the steps need not have held together".to_owned());
        }
        if a_line.contains(b.actor) {
            let mut same = self.same(a, b);
            same.kind = Some("path");
            same.verdict = None;
            same.answers = vec![self.actor_as_answer(a.actor, None), self.actor_as_answer(b.actor, None)];
            return same;
        }
        let Some(best) = found.first() else {
            reply.status = Standing::NothingRecorded;
            reply.text = format!("No chain of at most {MOST_HOPS} recorded relations joins the two.");
            return reply;
        };
        let mut wording = self.wording();
        let ids: Vec<_> = best.actors.iter().filter_map(|actor| self.lens.graph.actor_by_slug(&actor.id)).collect();
        let names: Vec<String> = ids.iter().map(|id| wording.name(*id)).collect();
        let mut parts = vec![format!("{}.", names.join(" – "))];
        for (at, link) in best.links.iter().enumerate() {
            let Some(row) = link.relations.first() else { continue };
            parts.push(format!("{}: {}.", at + 1, wording.told(row)));
            evidence::add(&mut reply, &row.claims);
        }
        parts.push(match best.coexist {
            "certain" => "All of it held on some one day.".to_owned(),
            "possible" => "All of it possibly held on some one day.".to_owned(),
            _ => "It never held all at once.".to_owned(),
        });
        let rest: Vec<String> = found[1..]
            .iter()
            .filter(|chain| chain.actors.len() > 2)
            .map(|chain| {
                chain.actors[1..chain.actors.len() - 1]
                    .iter()
                    .map(|actor| actor.name.clone())
                    .collect::<Vec<_>>()
                    .join(" – ")
            })
            .collect();
        if !rest.is_empty() {
            parts.push(format!("As short: by way of {}.", super::wording::list(&rest)));
        }
        for (id, named) in [(ids.first(), a.actor), (ids.last(), b.actor)] {
            if let Some(id) = id.filter(|id| **id != named) {
                parts.push(format!("{} is of one line with {}.", wording.name(*id), wording.name(named)));
            }
        }
        let claims = best.links.iter().filter_map(|link| link.relations.first()).flat_map(|row| &row.claims);
        parts.push(format!("Sources: {}.", evidence::citations(claims)));
        reply.answers = best
            .actors
            .iter()
            .zip(&ids)
            .enumerate()
            .map(|(at, (_, id))| {
                // Each step reads from this actor to the next.
                let link = best.links.get(at).and_then(|link| link.relations.first());
                let label =
                    link.map(|row| if row.subject_id == *id { row.label.clone() } else { row.inverse_label.clone() });
                Answered {
                    valid: link.map(|row| row.valid.clone()),
                    holds: link.map(|row| row.holds),
                    relation: label,
                    sources: link.map(|row| row.sources.clone()).unwrap_or_default(),
                    ..self.actor_as_answer(*id, None)
                }
            })
            .collect();
        reply.text = join(&parts);
        reply.tables.push((String::new(), Rows::Chains(found)));
        reply
    }
}
