//! What happened: lineage, events, beginnings and ends.

use super::content::{Section, Statement, Teller, section};
use crate::ask::wording::{Wording, modality_in_words};
use crate::model::{Category, Status};
use crate::question::{Entry, EntryKind, RelationRow, StepKind, lineage, timeline};

impl Teller<'_, '_> {
    pub(super) fn lineage(&self) -> Section {
        let mut statements = Vec::new();
        let mut steps = lineage(self.lens, self.line.named);
        steps.sort_by_key(|step| match step.step {
            StepKind::Origin => 0,
            StepKind::Break => 1,
            StepKind::Outcome => 2,
        });
        for step in steps {
            let row = &step.relation;
            if row.status == Status::Denied.word() || !self.reaches_history(row) {
                continue;
            }
            let opening = match step.step {
                StepKind::Origin => "Origin",
                StepKind::Break => "Break",
                StepKind::Outcome => "Outcome",
            };
            statements.push(Statement {
                text: format!("{opening}: {}", self.told(row)),
                holds: if self.is_undisputed(row) {
                    if row.modality == "asserted" { "certain" } else { "possible" }
                } else {
                    "contested"
                },
                about: Some(step.actor.clone()),
                record: Some(row.id.clone()),
                claims: row.claims.clone(),
                ..Statement::default()
            });
        }
        section("lineage", "Origins, breaks and what became of it", None, statements)
    }

    /// What happened, and what began and ended: first what is dated to the year or closer, in order, then events dated more loosely.
    pub(super) fn events(&self) -> [Section; 2] {
        /// What may have happened within more days than this is dated loosely.
        const CLOSE: i32 = 366;
        let mut history = self.lens.at(self.history());
        history.scope.limit = None;
        let entries = timeline(&history, std::slice::from_ref(self.line), &[], false);
        let is_close = |entry: &Entry| {
            entry.bounds.earliest.is_bounded()
                && entry.bounds.latest.number().saturating_sub(entry.bounds.earliest.number()) <= CLOSE
        };
        // A relation that an event of the same days begins, ends or tells of is told with the event.
        let is_told_by_an_event = |row: &RelationRow, entry: &Entry| {
            let other = &self.lens.graph.actor(self.other(row)).slug;
            entries.iter().filter(|e| e.bounds == entry.bounds).filter_map(|e| e.event.as_ref()).any(|event| {
                event.opens.iter().chain(&event.closes).any(|id| *id == row.id)
                    || event.participants.iter().any(|p| *p.id == **other)
            })
        };
        let is_told = |entry: &&Entry| match &entry.relation {
            None => true,
            Some(row) => is_close(entry) && row.category != Category::Stance.word() && !is_told_by_an_event(row, entry),
        };
        let (close, loose): (Vec<&Entry>, Vec<&Entry>) =
            entries.iter().filter(is_told).partition(|entry| is_close(entry));
        let left = entries.len() - close.len() - loose.len();
        let remark = (left > 0).then(|| {
            format!("Beginnings and ends dated no closer than a year, those of attitudes, and those told by an event are left to the other sections ({left} in all).")
        });
        let told = |entries: Vec<&Entry>| entries.into_iter().map(|entry| self.entry(entry)).collect();
        [
            section("events", "In order of time", remark, told(close)),
            section("events-undated", "Dated no closer than a year", None, told(loose)),
        ]
    }

    pub(super) fn entry(&self, entry: &Entry) -> Statement {
        let (text, record, claims, status) = match (&entry.event, &entry.relation) {
            (Some(event), _) => {
                let told = event.claims.iter().find(|c| c.stance == "supports").map_or("", |c| c.note.as_str());
                let head = event.name.trim_end_matches('.');
                let by = self.speakers(&event.claims).map_or_else(String::new, |by| format!(" ({by})"));
                let doubt = match (event.status, event.modality) {
                    ("supported", "asserted") => String::new(),
                    ("supported", modality) => format!(" ({})", modality_in_words(modality)),
                    (status, _) => format!(" ({status})"),
                };
                (format!("{head}{doubt}. {}{by}", told.trim_end_matches('.')), &event.id, &event.claims, event.status)
            }
            (_, Some(row)) => {
                let what = match entry.what {
                    EntryKind::Began => "Beginning: ",
                    EntryKind::Ended => "End: ",
                    EntryKind::Happened => "",
                };
                let mut remarks = Wording::new(self.lens).roles(row);
                remarks.extend(self.doubts(row));
                let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join("; ")) };
                (format!("{what}{}{remarks}", self.bare(row)), &row.id, &row.claims, row.status)
            }
            (None, None) => return Statement::default(),
        };
        Statement {
            text,
            date: Some(entry.date.clone()),
            holds: if status == "supported" { entry.holds } else { "contested" },
            record: Some(record.clone()),
            claims: claims.clone(),
            ..Statement::default()
        }
    }
}
