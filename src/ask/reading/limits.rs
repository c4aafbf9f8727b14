//! What a question is limited to: days, claims, and what the sentence leaves.

use super::*;

impl Parsed<'_, '_> {
    /// A candidate with all that it is limited to.
    pub(super) fn asked(&self, candidate: Candidate, flags: &Scope) -> Asked {
        let Candidate { question, unaccounted, actors } = candidate;
        let mut scope = flags.clone();
        let claims = &self.publication.claims;
        scope.claims.known_by = match (scope.claims.known_by, claims.known_by) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        if scope.claims.sources.is_empty() {
            scope.claims.sources.clone_from(&claims.sources);
        } else if !claims.sources.is_empty() {
            scope.claims.sources.retain(|source| claims.sources.contains(source));
        }
        scope.claims.excluded.extend(claims.excluded.iter().copied());
        let is_dated = self.days.is_said() || flags.when != When::Now;
        scope.when = match &self.days.when {
            Some(when) => when.clone(),
            None if flags.when != When::Now => flags.when.clone(),
            None => self.default_days(&question),
        };
        // "who has led X since D" asks who does so now.
        if let (Question::Who { .. }, true, Some(Aux::Have)) = (&question, self.days.is_open, self.first_auxiliary()) {
            scope.when = When::Now;
        }
        let is_negated =
            self.is_negated() && self.wh().is_none() && !matches!(question, Question::Whether { ended: true, .. });
        Asked {
            question,
            scope,
            is_dated,
            is_now: self.days.is_now,
            assumptions: self.assumptions.clone(),
            anchors: self.days.anchors.clone(),
            turned: is_negated,
            unaccounted,
            unaccounted_actors: actors,
        }
    }

    /// Whether one of the actors is not any more: "head of the Nusra Front" is about the days when it was.
    pub(super) fn names_somebody_gone(&self) -> bool {
        let graph = self.ground.graph;
        let window = Scope::default().window(graph);
        self.actors.iter().any(|actor| {
            graph.actor(actor.named.actor).exists.is_some() && graph.life(actor.named.actor).holds(window) == Holds::No
        })
    }

    /// The days asked about when no words say them: those of the tense, or of the kind of question.
    pub(super) fn default_days(&self, question: &Question) -> When {
        match question {
            Question::Who { .. } | Question::Whether { .. } => {
                let is_past_verb = self.tense.is_none()
                    && self.items.iter().any(|placed| match &placed.item {
                        Item::Phrase(meanings, _) => {
                            matches!(meanings.first(), Some(Meaning::Tie { form: Form::Past, .. }))
                        }
                        _ => false,
                    });
                let is_past = self.tense == Some(Tense::Past)
                    || is_past_verb
                    || (self.tense.is_none() && self.names_somebody_gone());
                if is_past { When::Ever } else { When::Now }
            }
            Question::Between { .. } | Question::Where { .. } if self.tense == Some(Tense::Present) => When::Now,
            Question::Count(inner) | Question::Any(inner) | Question::Sources(inner) | Question::Sureness(inner) => {
                match **inner {
                    Question::Who { .. } => self.default_days(inner),
                    _ => When::Ever,
                }
            }
            Question::Existence { end: None, .. } => {
                if self.tense == Some(Tense::Past) {
                    When::Ever
                } else {
                    When::Now
                }
            }
            Question::Profile { .. } => When::Now,
            _ => When::Ever,
        }
    }
}
