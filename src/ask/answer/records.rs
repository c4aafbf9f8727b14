//! What the records that a sentence describes tell: when, who, where, whether, how many, what.

use super::super::question::{End, RecordQuestion, Wanted};
use super::super::records::{Match, Reach, Record, figures, matches};
use super::super::reply::{Answered, Reply, Rows, Standing};
use super::wording::{list, modality_in_words, reading, standing_alone, verdict_in_words};
use super::{Asking, evidence, join};
use crate::graph::Subject;
use crate::model::{ActorId, Verdict};
use crate::question::{ClaimRow, EventRow, Line, RelationRow};
use crate::time::Holds;

/// How many records a text tells, and how many notes it quotes.
const TOLD: usize = 3;
const NOTES: usize = 4;

/// The parts of those who do a thing, those to whom it is done, and those it is about, the likeliest first.
const DOERS: [&str; 5] = ["agent", "host", "source", "mediator", "party"];
const RECEIVERS: [&str; 6] = ["target", "recipient", "victim", "beneficiary", "party", "host"];
const OTHERS: [&str; 2] = ["beneficiary", "subject"];

/// A record with all it says.
enum Told {
    Event(EventRow),
    Relation(RelationRow),
}

impl Told {
    fn claims(&self) -> &[ClaimRow] {
        match self {
            Self::Event(event) => &event.claims,
            Self::Relation(row) => &row.claims,
        }
    }

    fn date(&self) -> &str {
        match self {
            Self::Event(event) => &event.date,
            Self::Relation(row) => &row.valid,
        }
    }

    const fn holds(&self) -> Holds {
        match self {
            Self::Event(event) => event.how,
            Self::Relation(row) => row.how,
        }
    }

    fn standing(&self) -> (&'static str, &'static str) {
        match self {
            Self::Event(event) => (event.status, event.modality),
            Self::Relation(row) => (row.status, row.modality),
        }
    }
}

impl Asking<'_, '_> {
    /// What the records tell that account for every word of a question.
    pub(super) fn records(&self, question: &RecordQuestion) -> Reply {
        let told: Vec<Told> = matches(self.ground, &self.lens, question)
            .into_iter()
            .filter(|found| question.wanted != Wanted::Whether || self.is_a_plain_yes(question, found))
            // Whom the words name is told only by records that nearly all of them name too.
            .filter(|found| question.wanted != Wanted::Who || 3 * found.faint <= question.words.len())
            .filter_map(|found| match found.record {
                Record::Event(id) => self.lens.event_row(id).map(Told::Event),
                Record::Relation(id) => Some(Told::Relation(self.lens.row(id))),
            })
            // Of days before somebody existed only what is certain is told.
            .filter(|record| {
                let is_before =
                    self.asked.is_dated && question.actors.iter().any(|named| self.not_then(named.actor).is_some());
                !is_before || record.holds() == Holds::Certain
            })
            .collect();
        let mut reply = self.reply("records");
        for named in &question.actors {
            self.say_line(&mut reply, &self.lens.line(named.actor));
        }
        if question.wanted == Wanted::HowMany {
            return self.record_figures(&told, question, reply);
        }
        if told.is_empty() {
            reply.status = Standing::NothingRecorded;
            if question.wanted == Wanted::Whether {
                reply.verdict = Some(Verdict::Unknown);
                reply.text = verdict_in_words(Verdict::Unknown).to_owned();
            } else {
                reply.text = "Nothing is recorded of that.".to_owned();
            }
            return reply;
        }
        match question.wanted {
            Wanted::When => self.record_dates(&told, question, reply),
            Wanted::Who => self.record_actors(&told, question, reply),
            Wanted::Where => self.record_places(&told, reply),
            Wanted::Whether => self.record_verdict(&told, reply),
            Wanted::What | Wanted::HowMany => {
                reply.dates =
                    told.iter().take(TOLD).filter_map(|record| standing_alone_or_whole(record.date())).collect();
                super::when::in_order(&mut reply.dates);
                self.finish(&told, Vec::new(), reply)
            }
        }
    }

    /// Completes a reply: the records in words after an opening, notes, evidence, and tables.
    fn finish(&self, told: &[Told], opening: Vec<String>, mut reply: Reply) -> Reply {
        let mut wording = self.wording();
        let mut parts = opening;
        for record in told.iter().take(TOLD) {
            let (status, modality) = record.standing();
            let said = match record {
                Told::Event(event) => {
                    let mut remarks = vec![reading(&event.date)];
                    remarks.extend(event.place.as_ref().map(|place| place.name.clone()));
                    match (status, modality) {
                        ("supported", "asserted") => {}
                        ("supported", modality) => remarks.push(modality_in_words(modality).to_owned()),
                        (status, _) => remarks.push(status.to_owned()),
                    }
                    format!("{} ({}).", event.name, remarks.join("; "))
                }
                Told::Relation(row) => wording.told_sentence(row),
            };
            if !parts.contains(&said) {
                parts.push(said);
            }
        }
        let first_of_each = told.iter().take(TOLD).filter_map(|record| record.claims().first());
        let all = told.iter().take(TOLD).flat_map(|record| record.claims());
        parts.extend(
            evidence::notes(first_of_each.chain(all), NOTES).iter().map(|note| super::wording::sentence_kept(note)),
        );
        for record in told.iter().take(TOLD) {
            evidence::add(&mut reply, record.claims());
        }
        if reply.answers.is_empty() {
            reply.answers = told.iter().take(TOLD).filter_map(|record| self.record_as_answer(record)).collect();
        }
        let events: Vec<EventRow> =
            told.iter().filter_map(|r| if let Told::Event(e) = r { Some(e.clone()) } else { None }).collect();
        let rows: Vec<RelationRow> =
            told.iter().filter_map(|r| if let Told::Relation(row) = r { Some(row.clone()) } else { None }).collect();
        if !events.is_empty() {
            reply.tables.push((String::new(), Rows::Events(events)));
        }
        if !rows.is_empty() {
            reply.tables.push((String::new(), Rows::Relations(rows)));
        }
        reply.text = join(&parts);
        reply
    }

    fn record_dates(&self, told: &[Told], question: &RecordQuestion, mut reply: Reply) -> Reply {
        let ends = ["end", "ended", "until", "stop", "stopped", "finish", "over"];
        let end =
            if question.words.iter().any(|word| ends.contains(&word.as_str())) { End::Finish } else { End::Start };
        let dates = |record: &Told| -> Vec<String> {
            match record {
                Told::Relation(row) => self.datings(row, end).into_iter().map(|dating| dating.date).collect(),
                Told::Event(event) => {
                    let own: Vec<&String> = event
                        .claims
                        .iter()
                        .filter(|c| c.stance == "supports")
                        .filter_map(|c| c.valid.as_ref())
                        .collect();
                    let whole = if own.len() > 1 { own } else { vec![&event.date] };
                    let part = |date: &String| match (end, date.split_once('/')) {
                        (End::Finish, Some((_, last))) => standing_alone(last),
                        (_, Some((first, _))) => standing_alone(first),
                        (_, None) => standing_alone(date),
                    };
                    whole.into_iter().filter_map(part).collect()
                }
            }
        };
        // The best record that has a date at all, and others as good that are of the same kind.
        let is_event = |record: &Told| matches!(record, Told::Event(_));
        let dated: Vec<(&Told, Vec<String>)> = told
            .iter()
            .take(TOLD)
            .map(|record| (record, dates(record)))
            .filter(|(_, dates)| !dates.is_empty())
            .collect();
        if let Some((best, _)) = dated.first() {
            let kind = is_event(best);
            reply.dates = dated
                .iter()
                .filter(|(record, _)| is_event(record) == kind)
                .flat_map(|(_, dates)| dates.clone())
                .collect();
            super::when::in_order(&mut reply.dates);
        }
        let mut opening: Vec<String> = Vec::new();
        if reply.dates.is_empty() {
            opening.push("The sources give no date.".to_owned());
        } else if reply.dates.iter().all(|date| date.starts_with('[')) {
            opening.push("No day is recorded.".to_owned());
        }
        self.finish(told, opening, reply)
    }

    fn record_actors(&self, told: &[Told], question: &RecordQuestion, mut reply: Reply) -> Reply {
        let lines: Vec<_> = question.actors.iter().map(|named| self.lens.line(named.actor)).collect();
        let is_named = |id: ActorId| lines.iter().any(|line| line.contains(id));
        let mut answers: Vec<Answered> = Vec::new();
        // Relations repeat what an event that answers tells of.
        let mut is_event = None;
        for record in told {
            if is_event.is_some_and(|is_event| is_event != matches!(record, Told::Event(_))) {
                continue;
            }
            let found: Vec<(ActorId, String)> = match record {
                Told::Event(event) => self.parts_wanted(event, question, &is_named),
                Told::Relation(row) => {
                    let ends = [(row.subject_id, row.label.clone()), (row.object_id, row.inverse_label.clone())];
                    let agent = question.agent.and_then(|at| lines.get(at));
                    let target = question.target.and_then(|at| lines.get(at));
                    ends.into_iter()
                        .filter(|(id, _)| {
                            !is_named(*id)
                                && agent.is_none_or(|_| *id == row.object_id || row.label == row.inverse_label)
                                && (agent.is_some()
                                    || target.is_none_or(|_| *id == row.subject_id || row.label == row.inverse_label))
                        })
                        .collect()
                }
            };
            if !found.is_empty() {
                is_event = Some(matches!(record, Told::Event(_)));
            }
            for (id, part) in found {
                let slug = &*self.lens.graph.actor(id).slug;
                if answers.iter().any(|known| known.id == slug) {
                    continue;
                }
                let (holds, sources) = match record {
                    Told::Event(event) => (event.holds, event.sources.clone()),
                    Told::Relation(row) => (row.holds, row.sources.clone()),
                };
                answers.push(Answered {
                    valid: Some(record.date().to_owned()),
                    holds: Some(holds),
                    relation: Some(part),
                    sources,
                    ..self.actor_as_answer(id, None)
                });
            }
        }
        if answers.is_empty() {
            reply.status = Standing::NothingRecorded;
            return self.finish(told, vec!["Who it was is not recorded.".to_owned()], reply);
        }
        let mut wording = self.wording();
        let ids: Vec<ActorId> = answers.iter().filter_map(|answer| self.lens.graph.actor_by_slug(&answer.id)).collect();
        let opening = format!("{}.", wording.names(&ids));
        reply.answers = answers;
        self.finish(told, vec![opening], reply)
    }

    /// Those who took the part in an event that is asked for, without those named: all of the likeliest part that anybody had.
    fn parts_wanted(
        &self,
        event: &EventRow,
        question: &RecordQuestion,
        is_named: &dyn Fn(ActorId) -> bool,
    ) -> Vec<(ActorId, String)> {
        let graph = self.lens.graph;
        let record = graph.event(event.event);
        let others: Vec<(ActorId, String)> = record
            .participants
            .iter()
            .filter(|part| !is_named(part.actor) && self.kind_of(part.actor) != "place")
            .map(|part| (part.actor, graph.vocabulary().event_role(part.role).name.to_string()))
            .collect();
        let orders: [&[&str]; 3] =
            if question.agent.is_some() { [&RECEIVERS, &OTHERS, &DOERS] } else { [&DOERS, &RECEIVERS, &OTHERS] };
        for role in orders.into_iter().flatten() {
            let found: Vec<(ActorId, String)> = others.iter().filter(|(_, part)| part == role).cloned().collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn record_places(&self, told: &[Told], mut reply: Reply) -> Reply {
        let graph = self.lens.graph;
        let mut ids: Vec<(ActorId, &Told)> = Vec::new();
        for record in told.iter().take(TOLD) {
            let places: Vec<ActorId> = match record {
                Told::Event(event) => {
                    let event = graph.event(event.event);
                    let parts = event.participants.iter().filter(|part| {
                        &*graph.vocabulary().event_role(part.role).name == "place"
                            || self.kind_of(part.actor) == "place"
                    });
                    event.place.into_iter().chain(parts.map(|part| part.actor)).collect()
                }
                Told::Relation(row) => {
                    [row.subject_id, row.object_id].into_iter().filter(|id| self.kind_of(*id) == "place").collect()
                }
            };
            for id in places {
                if !ids.iter().any(|(known, _)| *known == id) {
                    ids.push((id, record));
                }
            }
        }
        if ids.is_empty() {
            reply.status = Standing::NothingRecorded;
            return self.finish(told, vec!["Where it was is not recorded.".to_owned()], reply);
        }
        reply.answers = ids
            .iter()
            .map(|(id, record)| Answered {
                valid: Some(record.date().to_owned()),
                relation: Some("place".to_owned()),
                ..self.actor_as_answer(*id, None)
            })
            .collect();
        let names: Vec<String> = ids.iter().map(|(id, _)| self.lens.name(*id).to_owned()).collect();
        self.finish(told, vec![format!("{}.", list(&names))], reply)
    }

    /// Whether a record may answer yes or no: an event in which all that are named take part themselves and not only as what it is about, of which
    /// every word of the sentence tells, first-hand. Ties are asked about by [`Question::Whether`](super::super::Question::Whether).
    fn is_a_plain_yes(&self, question: &RecordQuestion, found: &Match) -> bool {
        let Record::Event(id) = found.record else { return false };
        if found.faint > 0 || found.is_second_hand || found.reach > Reach::Line {
            return false;
        }
        let graph = self.lens.graph;
        let event = graph.event(id);
        let role = |part: &crate::model::Participant| &*graph.vocabulary().event_role(part.role).name;
        let lines: Vec<Line> = question.actors.iter().map(|named| self.lens.line(named.actor)).collect();
        let takes_part = |line: &Line| {
            event
                .participants
                .iter()
                .any(|part| line.contains(part.actor) && !matches!(role(part), "subject" | "source"))
                || event.place.is_some_and(|place| line.contains(place))
        };
        // "did HTS fall" is no question about the fall of another.
        let is_done_to_another = lines.len() == 1
            && question.words.len() == 1
            && event
                .participants
                .iter()
                .any(|part| matches!(role(part), "target" | "victim") && !lines[0].contains(part.actor));
        !lines.is_empty() && lines.iter().all(takes_part) && !is_done_to_another
    }

    fn record_verdict(&self, told: &[Told], mut reply: Reply) -> Reply {
        let verdict = match told.first().map(Told::standing) {
            // What may have happened at another time is no yes for the days asked about.
            Some(("supported", "asserted")) if told.first().is_some_and(|record| record.holds() != Holds::Certain) => {
                Verdict::Possible
            }
            Some(("supported", "asserted")) => Verdict::Yes,
            Some(("supported", _)) => Verdict::Possible,
            Some(("denied", _)) => Verdict::No,
            Some(("contested" | "disputed", _)) => Verdict::Disputed,
            _ => Verdict::Unknown,
        };
        reply.verdict = Some(verdict);
        reply.dates = told.first().and_then(|record| standing_alone_or_whole(record.date())).into_iter().collect();
        self.finish(told, vec![verdict_in_words(verdict).to_owned()], reply)
    }

    /// Whether a record joins one that is named itself, or one whom a person or a state stands for.
    fn is_of_those_named(&self, question: &RecordQuestion, subject: Subject) -> bool {
        let graph = self.lens.graph;
        let parts: Vec<ActorId> = match subject {
            Subject::Relation(id) => vec![graph.relation(id).subject, graph.relation(id).object],
            Subject::Event(id) => graph.event(id).participants.iter().map(|part| part.actor).collect(),
            Subject::Actor(id) => vec![id],
        };
        question.actors.is_empty()
            || question.actors.iter().any(|named| {
                matches!(self.kind_of(named.actor), "person" | "state" | "government")
                    || parts.iter().any(|part| self.lens.line(named.actor).contains(*part))
            })
    }

    fn record_figures(&self, told: &[Told], question: &RecordQuestion, mut reply: Reply) -> Reply {
        let mut found = figures(self.ground, &self.lens, question);
        // What a head commands is no number of the body that he heads.
        found.retain(|figured| self.is_of_those_named(question, figured.subject));
        if found.is_empty() {
            reply.status = Standing::NothingRecorded;
            return self.finish(told, vec!["No such number is recorded.".to_owned()], reply);
        }
        let mut said: Vec<String> = Vec::new();
        let mut claims: Vec<ClaimRow> = Vec::new();
        for figured in &found {
            let number = evidence::figure(&figured.figure);
            if !said.contains(&number) {
                said.push(number);
            }
            let claim = ClaimRow::new(self.lens.graph, figured.claim);
            if !claims.contains(&claim) {
                claims.push(claim);
            }
        }
        let by = claims
            .iter()
            .filter_map(|claim| self.speaker(claim))
            .next()
            .map_or_else(String::new, |name| format!(", by {name}"));
        reply.count =
            Some(super::count::as_written(found.iter().map(|figured| evidence::number(&figured.figure)).collect()));
        reply.dates = told.first().and_then(|record| standing_alone_or_whole(record.date())).into_iter().collect();
        let cited = evidence::citations(&claims);
        evidence::add(&mut reply, &claims);
        self.finish(told, vec![format!("{} ({cited}{by}).", list(&said))], reply)
    }

    fn record_as_answer(&self, record: &Told) -> Option<Answered> {
        let Told::Event(event) = record else { return None };
        Some(Answered {
            id: event.id.clone(),
            name: event.name.clone(),
            kind: event.kind.clone(),
            valid: Some(event.date.clone()),
            holds: Some(event.holds),
            relation: None,
            sources: event.sources.clone(),
        })
    }
}

/// A date that stands alone, or an interval as written.
fn standing_alone_or_whole(written: &str) -> Option<String> {
    if written.contains('/') {
        let (start, end) = written.split_once('/')?;
        let says = |text: &str| !text.is_empty() && text != "..";
        (says(start) || says(end)).then(|| written.to_owned())
    } else {
        standing_alone(written)
    }
}
