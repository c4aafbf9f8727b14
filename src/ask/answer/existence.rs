//! Whether somebody still exists, since when, and until when.

use super::super::question::{End, Named};
use super::super::reply::{Reply, Rows, Standing};
use super::wording::{point, published, reading, standing_alone, verdict_in_words};
use super::{Asking, evidence, join};
use crate::model::{ActorId, Category, Side, Verdict};
use crate::question::{ClaimRow, EventRow, RelationRow, When};
use crate::time::Holds;

/// How many notes a text quotes.
const NOTES: usize = 3;

/// What the records say of an actor's end or beginning.
struct Bounds {
    relations: Vec<RelationRow>,
    events: Vec<EventRow>,
}

impl Bounds {
    fn claims(&self) -> impl Iterator<Item = &ClaimRow> {
        // The events tell of the same in fuller words.
        self.events.iter().flat_map(|event| &event.claims).chain(self.relations.iter().flat_map(|row| &row.claims))
    }

    fn is_doubted(&self) -> bool {
        let doubted = |status: &str| matches!(status, "contested" | "disputed");
        self.relations.iter().any(|row| doubted(row.status)) || self.events.iter().any(|event| doubted(event.status))
    }

    fn is_firm(&self) -> bool {
        let firm = |status: &str, modality: &str| status == "supported" && modality == "asserted";
        // What is dated as going on has begun, and need not be done.
        self.relations.iter().any(|row| firm(row.status, row.modality) && !row.valid.contains('/'))
            || self.events.iter().any(|e| firm(e.status, e.modality))
    }

    /// Whether an end is asserted that is not said to be complete.
    fn is_under_way(&self) -> bool {
        self.relations.iter().any(|row| row.modality == "asserted" && row.valid.contains('/'))
    }

    fn is_empty(&self) -> bool {
        self.relations.is_empty() && self.events.is_empty()
    }
}

impl Asking<'_, '_> {
    /// Whether somebody exists (or, when `gone`, no longer does), or a date of its beginning or end.
    pub(super) fn existence(&self, of: &Named, end: Option<End>, gone: bool) -> Reply {
        match end {
            Some(end) => self.life_dates(of, end),
            None => self.exists(of, gone),
        }
    }

    fn exists(&self, of: &Named, gone: bool) -> Reply {
        let mut reply = self.reply("existence");
        let exists = self.lens.graph.actor(of.actor).exists.as_ref();
        let life = self.lens.graph.life(of.actor).holds(self.lens.window.of_lives());
        let ends = self.bounds_of(of.actor, End::Finish, true);
        let mut wording = self.wording();
        let name = wording.name(of.actor);
        let attested = self.last_attested(of.actor);
        let is_person = self.kind_of(of.actor) == "person";
        // Whether a recorded end of it lies before the end of the days asked about.
        let ended = exists.and_then(|dates| match dates.end() {
            crate::time::End::Known(end) if end.earliest <= self.lens.window.last => {
                Some(end.latest <= self.lens.window.last)
            }
            _ => None,
        });
        let no_end = match &attested {
            Some((day, _)) => format!("No end of {name} is recorded; it was last attested {}.", published(day)),
            None => format!("No end of {name} is recorded."),
        };
        // Whether it exists; silence about an end is no proof that it does, nor that it does not.
        let (verdict, mut parts) = match (exists, life) {
            (Some(dates), Holds::No) if !gone || ended == Some(true) => {
                (Verdict::No, vec![format!("{name} is recorded {}.", reading(dates.text()))])
            }
            (Some(dates), Holds::No) => {
                (Verdict::Unknown, vec![format!("{name} is recorded {}.", reading(dates.text()))])
            }
            _ if ends.is_doubted() => (Verdict::Disputed, Vec::new()),
            _ if ends.is_firm() => (Verdict::No, Vec::new()),
            _ if ends.is_under_way() => {
                (Verdict::Possible, vec!["That began, and how far it has gone is not recorded.".to_owned()])
            }
            _ if !ends.is_empty() => (Verdict::Possible, vec!["That it is gone is only claimed.".to_owned()]),
            (Some(dates), life) if ended.is_some() => {
                let verdict = match (gone, ended, life) {
                    (true, Some(true), _) => Verdict::No,
                    (false, _, Holds::Certain) => Verdict::Yes,
                    _ => Verdict::Possible,
                };
                (verdict, vec![format!("{name} is recorded {}.", reading(dates.text()))])
            }
            _ if is_person || gone => (Verdict::Unknown, vec![no_end]),
            (Some(dates), Holds::Certain) if self.lens.scope.when != When::Now && !self.lens.window.is_all() => (
                Verdict::Yes,
                vec![format!("{name} is recorded {}, and nothing records an end.", reading(dates.text()))],
            ),
            (dates, _) => match &attested {
                Some((_, holds))
                    if *holds == Holds::Certain || dates.is_some() || self.lens.scope.when == When::Now =>
                {
                    let dates = dates.map(|dates| format!("{name} is recorded {}.", reading(dates.text())));
                    (Verdict::Yes, dates.into_iter().chain([no_end]).collect())
                }
                _ => (Verdict::Unknown, vec![no_end]),
            },
        };
        let verdict = match (verdict, gone) {
            (Verdict::Yes, true) => Verdict::No,
            (Verdict::No, true) => Verdict::Yes,
            (verdict, _) => verdict,
        };
        if verdict == Verdict::Unknown {
            reply.status = Standing::NothingRecorded;
        }
        reply.verdict = Some(verdict);
        parts.insert(0, verdict_in_words(verdict).to_owned());
        parts.extend(ends.relations.iter().take(2).map(|row| wording.told_sentence(row)));
        if ends.relations.is_empty() {
            parts.extend(ends.events.iter().take(2).map(|event| format!("{} ({}).", event.name, reading(&event.date))));
        }
        parts.extend(evidence::notes(ends.claims(), NOTES).iter().map(|note| super::wording::sentence_kept(note)));
        evidence::add(&mut reply, ends.claims());
        if ends.is_empty() {
            let begins = self.bounds_of(of.actor, End::Start, false);
            let mut claims: Vec<ClaimRow> = begins.claims().cloned().collect();
            if claims.is_empty() {
                claims = self.actor_claims(of.actor);
            }
            parts.extend(evidence::notes(&claims, 1).iter().map(|note| super::wording::sentence_kept(note)));
            evidence::add(&mut reply, &claims);
            if claims.is_empty() {
                let rows = self.newest_relations(of.actor);
                parts.extend(
                    evidence::notes(rows.iter().flat_map(|row| &row.claims), 1)
                        .iter()
                        .map(|note| super::wording::sentence_kept(note)),
                );
                evidence::add(&mut reply, rows.iter().flat_map(|row| &row.claims));
            }
        }
        reply.dates = exists.map(|dates| dates.text().to_owned()).into_iter().collect();
        reply.text = join(&parts);
        if !ends.relations.is_empty() {
            reply.tables.push((String::new(), Rows::Relations(ends.relations)));
        }
        reply
    }

    fn life_dates(&self, of: &Named, end: End) -> Reply {
        let mut reply = self.reply("existence");
        let mut wording = self.wording();
        let name = wording.name(of.actor);
        let exists = self.lens.graph.actor(of.actor).exists.as_ref();
        let mut dates: Vec<String> = Vec::new();
        let mut parts: Vec<String> = Vec::new();
        if let Some(life) = exists {
            let written = match end {
                End::Start => standing_alone(life.start_text()),
                End::Finish => standing_alone(life.end_text()),
                End::Span => Some(life.text().to_owned()),
            };
            if let Some(date) = written {
                parts.push(match end {
                    End::Start => format!("{name} began: {}.", point(&date)),
                    End::Finish => format!("{name} ended: {}.", point(&date)),
                    End::Span => format!("{name} is recorded {}.", reading(&date)),
                });
                dates.push(date);
            }
        }
        let bounds = match end {
            End::Span => Bounds { relations: Vec::new(), events: Vec::new() },
            end => self.bounds_of(of.actor, end, false),
        };
        let is_dated = !dates.is_empty();
        for (date, told) in bounds.relations.iter().map(|row| (row.valid.clone(), wording.told(row))).chain(
            bounds
                .events
                .iter()
                .map(|event| (event.date.clone(), format!("{} ({})", event.name, reading(&event.date)))),
        ) {
            if !is_dated {
                dates.push(date);
            }
            if parts.len() < 4 {
                parts.push(format!("{told}."));
            }
        }
        if bounds.is_doubted() {
            parts.push("The sources do not agree that it is so.".to_owned());
        }
        super::when::in_order(&mut dates);
        let claims = self.actor_claims(of.actor);
        if parts.is_empty() {
            reply.status = Standing::NothingRecorded;
            let what = if end == End::Finish { "end" } else { "beginning" };
            reply.text = format!("No {what} of {name} is recorded.");
            reply.nearest =
                exists.map(|life| format!("{name} is recorded {}", reading(life.text()))).into_iter().collect();
            return reply;
        }
        parts.extend(
            evidence::notes(bounds.claims().chain(&claims), NOTES)
                .iter()
                .map(|note| super::wording::sentence_kept(note)),
        );
        evidence::add(&mut reply, bounds.claims().chain(&claims));
        reply.dates = dates;
        reply.text = join(&parts);
        reply
    }

    /// The records that tell of an actor's beginning or end; with `by_then`, only those that may have happened by the days asked about.
    fn bounds_of(&self, actor: ActorId, end: End, by_then: bool) -> Bounds {
        let graph = self.lens.graph;
        let vocabulary = graph.vocabulary();
        let is_ending = end == End::Finish;
        // The end of what somebody led is nobody's death.
        let is_person = self.kind_of(actor) == "person";
        let fells = if is_person { ["kills", "kills"] } else { ["dismantles", "overthrows"] }
            .map(|name| vocabulary.type_named(name));
        let line = crate::question::Line::exactly(actor);
        let in_time = |earliest: crate::time::Day| !by_then || earliest <= self.lens.window.last;
        let mut relations: Vec<RelationRow> = Vec::new();
        for id in self.lens.relations_of(&line) {
            let relation = graph.relation(id);
            let kind = vocabulary.relation_type(relation.kind);
            let earlier = match kind.later {
                Some(Side::Object) => Some(relation.subject),
                Some(Side::Subject) => Some(relation.object),
                None => None,
            };
            let is_lineage = kind.category == Category::Lineage && earlier.is_some() && !is_person;
            let fits = if is_ending {
                (is_lineage && earlier == Some(actor))
                    || (fells.contains(&Some(relation.kind)) && relation.object == actor)
            } else {
                is_lineage && earlier != Some(actor)
            };
            let row = self.lens.row(id);
            if fits && row.status != "denied" && in_time(relation.valid.hull().earliest) {
                relations.push(row);
            }
        }
        let kinds: &[&str] = match (is_ending, is_person) {
            (true, true) => &["assassination"],
            (true, false) => &["dissolution", "overthrow"],
            (false, _) => &["founding"],
        };
        let roles: &[&str] = if is_ending { &["agent", "subject", "target"] } else { &["subject", "agent"] };
        let events = graph
            .events()
            .filter(|(_, event)| {
                let kind = &*vocabulary.event_kind(event.kind).name;
                kinds.contains(&kind)
                    && in_time(event.date.hull().earliest)
                    && event.participants.iter().any(|part| {
                        let role = &*vocabulary.event_role(part.role).name;
                        // Who overthrows is not overthrown; who dissolves something may dissolve itself; a founder is not founded.
                        let is_felled = !matches!(kind, "overthrow" | "assassination") || role == "target";
                        let is_founded = kind != "founding" || role == "subject";
                        part.actor == actor && roles.contains(&role) && is_felled && is_founded
                    })
            })
            .filter_map(|(id, _)| self.lens.event_row(id))
            .filter(|row| row.status != "denied")
            .collect();
        Bounds { relations, events }
    }

    /// When the newest source that attests a relation of an actor in the days asked about was published, and how firmly one holds then.
    fn last_attested(&self, actor: ActorId) -> Option<(String, Holds)> {
        let rows = self.newest_relations(actor);
        let holds = rows.iter().map(|row| row.how).max()?;
        rows.first().and_then(|row| row.last_attested.clone()).map(|day| (day, holds))
    }

    /// The relations of an actor in force in the days asked about, the last attested first.
    fn newest_relations(&self, actor: ActorId) -> Vec<RelationRow> {
        let ids = self.lens.relations_of(&crate::question::Line::exactly(actor));
        let mut rows: Vec<RelationRow> =
            ids.into_iter().filter(|id| self.lens.holds(*id) != Holds::No).map(|id| self.lens.row(id)).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(self.lens.view.standing(row.relation).last_attested));
        rows.truncate(3);
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::ask::Question;

    #[test]
    fn silence_is_no_end_and_no_life() {
        for (slug, gone, wanted) in [
            ("bashar-al-assad", true, Verdict::Unknown),
            ("ahmed-al-sharaa", true, Verdict::Unknown),
            ("ahmed-al-sharaa", false, Verdict::Unknown),
            ("qassem-soleimani", true, Verdict::Yes),
            ("qassem-soleimani", false, Verdict::No),
            ("assad-regime", true, Verdict::Yes),
            ("isis", true, Verdict::Unknown),
            ("isis", false, Verdict::Yes),
            ("hts", true, Verdict::Disputed),
            ("sdf", true, Verdict::Possible),
        ] {
            let reply = reply(Question::Existence { of: named(slug), end: None, gone }, "now");
            assert_eq!(reply.verdict, Some(wanted), "{slug} {gone}: {}", reply.text);
        }
        let reply = reply(Question::Existence { of: named("isis"), end: None, gone: false }, "now");
        assert!(reply.text.contains("last attested"), "{}", reply.text);
    }
}
