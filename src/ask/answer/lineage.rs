//! What became of somebody, or whom it came from.

use super::super::question::{Named, Toward};
use super::super::reply::{Answered, Reply, Rows, Standing};
use super::{Asking, evidence, join};
use crate::question::{LineageStep, RelationRow, StepKind, lineage};
use crate::time::{Holds, Window};

/// How many steps a text tells, and how many notes it quotes.
const TOLD: usize = 6;
const NOTES: usize = 3;

impl Asking<'_, '_> {
    /// What somebody came from, what became of it, and what broke away.
    pub(super) fn lineage(&self, of: &Named, toward: Toward) -> Reply {
        let mut reply = self.timeless("lineage");
        let always = self.lens.at(Window::ALL);
        let (vocabulary, line) = (self.lens.graph.vocabulary(), self.lens.line(of.actor));
        let mut steps: Vec<LineageStep> = lineage(&always, of.actor)
            .into_iter()
            .filter(|step| match toward {
                Toward::Origins => step.step == StepKind::Origin,
                Toward::Outcomes => step.step == StepKind::Outcome,
                Toward::Breaks => step.step == StepKind::Break,
                Toward::All => true,
            })
            .filter(|step| step.relation.status != "denied")
            .filter(|step| {
                // Those who come over to it do not break with it.
                let comes_over =
                    vocabulary.type_named("defects_to") == Some(self.lens.graph.relation(step.relation.relation).kind);
                toward != Toward::Breaks || !comes_over || !line.contains(step.relation.object_id)
            })
            .collect();
        if self.asked.is_dated {
            steps.retain(|step| self.lens.holds(step.relation.relation) != Holds::No);
        }
        // The nearest generation first, undoubted before contested.
        steps.sort_by_key(|step| (step.generation.unsigned_abs(), step.relation.status != "supported"));
        let mut wording = self.wording();
        if steps.is_empty() {
            reply.status = Standing::NothingRecorded;
            let name = wording.name(of.actor);
            reply.text = match toward {
                Toward::Origins => format!("Nothing is recorded of what {name} came from."),
                Toward::Outcomes => format!("Nothing is recorded of what came after {name}."),
                Toward::Breaks => format!("No split of {name} is recorded."),
                Toward::All => format!("No lineage of {name} is recorded."),
            };
            return reply;
        }
        let mut answers: Vec<Answered> = Vec::new();
        let nearest = steps.iter().map(|step| step.generation.unsigned_abs()).min();
        for step in &steps {
            // What came of what came of it is told, and is no answer.
            let is_far =
                matches!(toward, Toward::Origins | Toward::Outcomes) && Some(step.generation.unsigned_abs()) != nearest;
            if is_far {
                continue;
            }
            let Some(id) = self.lens.graph.actor_by_slug(&step.actor.id) else { continue };
            if id == of.actor || answers.iter().any(|known| known.id == step.actor.id) {
                continue;
            }
            let row = &step.relation;
            let (label, other) =
                if row.subject_id == id { (&row.label, row.object_id) } else { (&row.inverse_label, row.subject_id) };
            answers.push(Answered {
                id: step.actor.id.clone(),
                name: self.lens.graph.actor(id).name.to_string(),
                kind: self.kind_of(id).to_owned(),
                valid: Some(row.valid.clone()),
                holds: Some(always.holds(row.relation).word()),
                relation: Some(if other == of.actor {
                    label.clone()
                } else {
                    format!("{label} {}", self.lens.graph.actor(other).name)
                }),
                sources: row.sources.clone(),
            });
        }
        reply.answers = answers;
        let rows: Vec<RelationRow> = steps.iter().map(|step| step.relation.clone()).collect();
        let mut parts: Vec<String> = rows.iter().take(TOLD).map(|row| wording.told_sentence(row)).collect();
        let claims: Vec<_> = rows.iter().take(TOLD).flat_map(|row| &row.claims).collect();
        parts.extend(evidence::notes(claims, NOTES).iter().map(|note| super::wording::sentence_kept(note)));
        reply.dates =
            rows.iter().flat_map(|row| self.datings(row, super::super::question::End::Start)).map(|d| d.date).collect();
        super::when::in_order(&mut reply.dates);
        evidence::add(&mut reply, rows.iter().flat_map(|row| &row.claims));
        reply.text = join(&parts);
        reply.tables.push((String::new(), Rows::Relations(rows)));
        reply
    }
}
