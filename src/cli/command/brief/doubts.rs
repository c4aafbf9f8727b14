//! What is contested, denied, counted and not known.

use super::content::{Section, Statement, Teller, section};
use super::ties::dates;
use crate::ask::wording::sentence;
use crate::model::Status;
use crate::question::{ConflictKind, RelationRow, conflicts};
use crate::time::{Dated, Holds};
use std::collections::BTreeSet;

impl Teller<'_, '_> {
    /// What the sources disagree about, with what each says.
    pub(super) fn contested(&self) -> Section {
        let mut lens = self.lens.at(self.history());
        lens.scope.limit = None;
        let mut statements: Vec<Statement> = Vec::new();
        for conflict in conflicts(&lens, Some(self.line)) {
            let (text, claims) = match (&conflict.relation, &conflict.event) {
                (Some(row), _) if self.reaches_history(row) => {
                    (format!("{} ({})", self.bare(row), dates(&row.valid)), &row.claims)
                }
                (_, Some(event)) if event.how != Holds::No => {
                    (format!("{} ({})", event.name.trim_end_matches('.'), dates(&event.date)), &event.claims)
                }
                _ => continue,
            };
            let colon = if conflict.event.is_some() { ":" } else { "" };
            // A record that is contested both as such and in its dates is told once.
            if let Some(known) = statements.iter_mut().find(|s| s.record.as_deref() == Some(conflict.id())) {
                known.text = known.text.replacen("Whether", "Whether and when", 1);
                continue;
            }
            let about = if conflict.about == ConflictKind::Whether { "Whether" } else { "When" };
            statements.push(Statement {
                text: format!("{about}{colon} {text}"),
                holds: "contested",
                record: Some(conflict.id().to_owned()),
                claims: claims.clone(),
                is_told_in_full: true,
                ..Statement::default()
            });
        }
        section("contested", "Contested", None, statements)
    }

    /// What every claim says was not so.
    pub(super) fn denied(&self) -> Section {
        let rows = self.lens.relations_of(self.line).into_iter().map(|id| self.lens.row(id));
        let statements = rows
            .filter(|row| row.status == Status::Denied.word() && self.reaches_history(row))
            .map(|row| Statement {
                text: format!("That {} ({})", self.bare(&row), dates(&row.valid)),
                holds: "denied",
                about: Some(self.lens.brief(self.other(&row))),
                record: Some(row.id.clone()),
                claims: row.claims,
                is_told_in_full: true,
                ..Statement::default()
            })
            .collect();
        section("denied", "Said not to be so", None, statements)
    }

    /// Numbers that sources give, each once for a place.
    pub(super) fn figures(&self) -> Section {
        let lens = self.lens;
        let relations =
            lens.relations_of(self.line).into_iter().map(|id| lens.row(id)).filter(|row| self.reaches_history(row));
        let events = lens
            .events_of(self.line)
            .into_iter()
            .filter_map(|id| lens.at(self.history()).event_row(id))
            .filter(|e| e.how != Holds::No);
        let own = self.own_claims().into_iter().map(|(_, claim)| claim);
        let claims = own.chain(relations.flat_map(|row| row.claims)).chain(events.flat_map(|event| event.claims));
        let mut told: BTreeSet<(String, String, String, String)> = BTreeSet::new();
        let mut statements = Vec::new();
        for claim in claims {
            for figure in &claim.figures {
                let key = (figure.what.clone(), figure.value.clone(), claim.source.clone(), claim.locator.clone());
                if told.insert(key) {
                    let qualifier = figure.qualifier.as_ref().map_or_else(String::new, |q| format!("{q} "));
                    statements.push(Statement {
                        text: format!(
                            "{}: {qualifier}{}. {}",
                            sentence(&figure.what).trim_end_matches('.'),
                            figure.value,
                            claim.note.trim_end_matches('.')
                        ),
                        holds: if claim.stance == "supports" {
                            if claim.modality == "asserted" { "certain" } else { "possible" }
                        } else {
                            "contested"
                        },
                        claims: vec![claim.clone()],
                        ..Statement::default()
                    });
                }
            }
        }
        section("figures", "Figures", None, statements)
    }

    /// What the records leave open, counted.
    pub(super) fn unknown(&self, rows: &[RelationRow]) -> Section {
        let mut statements = Vec::new();
        let mut say = |text: String| statements.push(Statement { text, ..Statement::default() });
        let of = |count: usize| match rows.len() {
            1 => "the one tie given for these days".to_owned(),
            all if count == all => format!("all {all} ties given for these days"),
            all => format!("{count} of the {all} ties given for these days"),
        };
        let verb = |count: usize, one: &'static str, more: &'static str| if count == 1 { one } else { more };
        let count = |wanted: &dyn Fn(&RelationRow) -> bool| rows.iter().filter(|row| wanted(row)).count();
        let stale = count(&|row| row.stale && row.how == Holds::Possible && row.modality == "asserted");
        if stale > 0 {
            say(format!(
                "Whether {} still held: no end is recorded, and no source attests it on these days",
                of(stale)
            ));
        }
        let no_start =
            count(&|row| Dated::parse(&row.valid).is_ok_and(|d| !matches!(d.start(), crate::time::End::Known(_))));
        if no_start > 0 {
            say(format!("When {} began: no start is recorded", of(no_start)));
        }
        let single = count(&|row| row.sources.len() == 1);
        if single > 0 {
            say(format!(
                "What a second source would say: {} {} on one source",
                of(single),
                verb(single, "rests", "rest")
            ));
        }
        let anonymous = count(&RelationRow::is_anonymous);
        if anonymous > 0 {
            let rest = verb(anonymous, "rests", "rest");
            say(format!("Who says so: {} {rest} only on people whom the sources do not name", of(anonymous)));
        }
        let history = self.lens.at(self.history());
        let known: BTreeSet<&str> = history
            .relations_of(self.line)
            .into_iter()
            .filter(|id| self.line.contains(history.graph.relation(*id).object))
            .map(|id| &*history.graph.vocabulary().relation_type(history.graph.relation(id).kind).name)
            .collect();
        let vocabulary = history.graph.vocabulary();
        let kind = history.graph.actor(self.line.named).kind;
        let is_fighting = ["armed_group", "militia", "faction", "coalition", "operations_room"]
            .contains(&&*vocabulary.kind(kind).name);
        let missing: Vec<String> = ["arms", "funds", "trains", "leads"]
            .iter()
            .filter(|name| is_fighting && !known.contains(**name))
            .filter_map(|name| vocabulary.type_named(name))
            .filter(|id| history.keeps_type(*id) && vocabulary.relation_type(*id).objects.contains(&kind))
            .map(|id| vocabulary.relation_type(id).label.to_string())
            .collect();
        if let Some((last, others)) = missing.split_last() {
            let missing = if others.is_empty() { last.clone() } else { format!("{} or {last}", others.join(", ")) };
            let name = self.name(self.line.named);
            say(format!("Nothing is recorded of who {missing} {name}, which is no sign that nobody does"));
        }
        section("unknown", "What is not known", None, statements)
    }
}
