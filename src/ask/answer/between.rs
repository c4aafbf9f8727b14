//! What two were to each other.

use super::super::question::{End, Named};
use super::super::reply::{Reply, Rows, Standing};
use super::meant::Other;
use super::wording::Wording;
use super::{Asking, assume, evidence, join};
use crate::model::Sign;
use crate::question::{ClaimRow, EventRow, History, Line, RelationRow, When, history};
use crate::time::Holds;
use std::cmp::Reverse;

/// How many relations of the two a text tells; of others whom the names may mean; and for other days.
const TOLD: (usize, usize, usize) = (5, 3, 3);
/// How many notes it quotes.
const NOTES: usize = 4;

impl Asking<'_, '_> {
    /// What two were to each other.
    pub(super) fn between(&self, a: &Named, b: &Named) -> Reply {
        let mut reply = self.reply("between");
        let (a_meant, b_meant) = (self.meant(a.actor), self.meant(b.actor));
        let is_one_line = a_meant.line.contains(b.actor);
        let alone = |named: &Named, line: &Line| if is_one_line { Line::exactly(named.actor) } else { line.clone() };
        let (a_line, b_line) = (alone(a, &a_meant.line), alone(b, &b_meant.line));
        if !is_one_line {
            self.say_line(&mut reply, &a_line);
            self.say_line(&mut reply, &b_line);
        }
        let direct = history(&self.lens, &a_line, &b_line, None);
        let mut wording = self.wording();
        let mut told: Vec<RelationRow> = in_force(&direct.relations).into_iter().cloned().collect();
        // Others whom the names may mean: what is in force between them then, and between one of them and the other's other.
        let mut via: Vec<(String, RelationRow)> = Vec::new();
        let mut via_elsewhen: Vec<(String, RelationRow)> = Vec::new();
        if !is_one_line {
            let (a_others, b_others) = (self.others(&a_meant, None), self.others(&b_meant, None));
            let mut pairs: Vec<(Line, Line, String, Vec<&Other>)> = Vec::new();
            pairs.extend(
                a_others.iter().map(|o| (o.line.clone(), b_line.clone(), self.also_in_words(a.actor, o), vec![o])),
            );
            pairs.extend(
                b_others.iter().map(|o| (a_line.clone(), o.line.clone(), self.also_in_words(b.actor, o), vec![o])),
            );
            if told.is_empty() {
                for first in &a_others {
                    pairs.extend(b_others.iter().map(|second| {
                        let words = [self.also_in_words(a.actor, first), self.also_in_words(b.actor, second)];
                        (first.line.clone(), second.line.clone(), words.join("; "), vec![first, second])
                    }));
                }
            }
            for (first, second, words, others) in pairs {
                if first.members.iter().any(|id| second.contains(*id)) {
                    continue;
                }
                let mut found = history(&self.lens, &first, &second, None);
                found.relations.retain(|row| others.iter().all(|other| self.overlaps(other, row)));
                let known = |row: &RelationRow, list: &[(String, RelationRow)]| {
                    told.iter().chain(direct.relations.iter()).any(|r| r.relation == row.relation)
                        || list.iter().any(|(_, r)| r.relation == row.relation)
                };
                for row in in_force(&found.relations) {
                    if !known(row, &via) {
                        via.push((words.clone(), row.clone()));
                    }
                }
                for row in &found.relations {
                    if row.how == Holds::No && !known(row, &via_elsewhen) {
                        via_elsewhen.push((words.clone(), row.clone()));
                    }
                }
            }
            via.sort_by_cached_key(|(_, row)| rank(row));
        }
        let elsewhen: Vec<RelationRow> =
            direct.relations.iter().filter(|row| row.how == Holds::No && !row.recent).cloned().collect();
        let events: Vec<EventRow> = direct
            .events
            .iter()
            .filter(|event| {
                // "By 2025" is no date at which something is known to have happened then.
                let hull = self.lens.graph.event(event.event).date.hull();
                let is_bounded = hull.earliest.is_bounded() && hull.latest.is_bounded();
                event.how == Holds::Certain || (event.how == Holds::Possible && is_bounded)
            })
            .cloned()
            .collect();
        if told.is_empty() && via.is_empty() && elsewhen.is_empty() && via_elsewhen.is_empty() && events.is_empty() {
            reply.status = Standing::NothingRecorded;
            let mut parts = vec!["Nothing is recorded between the two.".to_owned()];
            parts.extend([a, b].into_iter().filter_map(|named| self.not_then(named.actor)));
            reply.text = join(&parts);
            return reply;
        }
        let mut parts = vec![self.sign_in_words(&mut wording, &direct, a, b, is_one_line)];
        told.truncate(TOLD.0);
        parts.extend(told.iter().map(|row| wording.told_sentence(row)));
        via.truncate(TOLD.1.max(if told.is_empty() { TOLD.0 } else { 0 }));
        let mut said: Vec<&str> = Vec::new();
        for (words, row) in &via {
            assume(&mut reply, words.clone());
            if !said.contains(&words.as_str()) {
                said.push(words);
                parts.push(format!("{words}."));
            }
            parts.push(wording.told_sentence(row));
        }
        for event in events.iter().take(TOLD.2) {
            parts.push(format!("{} ({}).", event.name, super::wording::reading(&event.date)));
        }
        let mut shown: Vec<RelationRow> = told.clone();
        shown.extend(via.iter().map(|(_, row)| row.clone()));
        if shown.is_empty() && events.is_empty() {
            parts.push("Nothing is recorded for the days asked about. For other days:".to_owned());
            let mut others: Vec<RelationRow> = elsewhen.clone();
            if others.is_empty() {
                for (words, row) in &via_elsewhen {
                    assume(&mut reply, words.clone());
                    others.push(row.clone());
                }
            }
            others.sort_by_cached_key(rank);
            others.truncate(TOLD.2);
            parts.extend(others.iter().map(|row| wording.told_sentence(row)));
            shown = others;
        }
        parts.extend(self.predecessors(&mut wording, &shown, [Some(&a_line), Some(&b_line)]));
        let claims: Vec<&ClaimRow> =
            shown.iter().flat_map(|row| &row.claims).chain(events.iter().flat_map(|e| &e.claims)).collect();
        // One note of each relation before a second of any.
        let first_of_each = shown.iter().filter_map(|row| row.claims.first());
        let telling: Vec<&ClaimRow> = first_of_each.chain(claims.iter().copied()).collect();
        parts.extend(evidence::notes(telling, NOTES).iter().map(|note| super::wording::sentence_kept(note)));
        evidence::add(&mut reply, claims);
        let mut dates: Vec<String> = Vec::new();
        for row in &shown {
            dates.extend(self.datings(row, End::Start).into_iter().map(|dating| dating.date));
        }
        dates.retain(|date| super::wording::width(date) < super::wording::UNBOUNDED);
        dates.extend(events.iter().take(TOLD.2).map(|event| event.date.clone()));
        super::when::in_order(&mut dates);
        reply.dates = dates;
        reply.text = join(&parts);
        let mut rows = direct.relations;
        rows.extend(via.into_iter().map(|(_, row)| row));
        reply.tables.push((String::new(), Rows::Relations(rows)));
        if !direct.events.is_empty() {
            reply.tables.push(("Events that both took part in".to_owned(), Rows::Events(direct.events)));
        }
        reply
    }

    fn sign_in_words(
        &self,
        wording: &mut Wording<'_, '_>,
        history: &History,
        a: &Named,
        b: &Named,
        is_one_line: bool,
    ) -> String {
        let (a, b) = (wording.name(a.actor), wording.name(b.actor));
        if is_one_line {
            return format!("{a} and {b} are of one line.");
        }
        let when = match &self.lens.scope.when {
            When::Ever => "In all that is recorded".to_owned(),
            when => {
                let _ = when;
                super::wording::sentence_kept(&self.lens.scope.when_in_words(self.lens.graph))
                    .trim_end_matches('.')
                    .to_owned()
            }
        };
        let sign = match history.sign {
            Sign::Friend => "friendly",
            Sign::Enemy => "hostile",
            Sign::Mixed => "mixed, friendly and hostile at once",
            Sign::Dealings => "dealings, neither friendly nor hostile",
            Sign::NothingKnown => "not recorded as such",
        };
        super::wording::sentence(&format!("{when}, the relation of {a} and {b}: {sign}"))
    }
}

/// The relations that hold in the days asked about, or happened shortly before, the firmest and heaviest first.
fn in_force(rows: &[RelationRow]) -> Vec<&RelationRow> {
    let mut kept: Vec<&RelationRow> = rows.iter().filter(|row| row.how != Holds::No || row.recent).collect();
    kept.sort_by_cached_key(|row| rank(row));
    kept
}

/// Certain before possible, undoubted before doubted, friend and foe before dealings, the latest begun first.
fn rank(row: &RelationRow) -> (Reverse<Holds>, bool, bool, Reverse<String>, String) {
    let start = row.valid.split('/').next().unwrap_or_default().trim_start_matches(['[', '.']).to_owned();
    (
        Reverse(row.how),
        row.status != "supported" || row.modality != "asserted",
        row.category == "stance",
        Reverse(start),
        row.id.clone(),
    )
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::ask::Question;

    fn between(a: &str, b: &str, date: &str) -> Reply {
        let reply = reply(Question::Between { a: named(a), b: named(b) }, date);
        assert_eq!(reply.status == Standing::Answered, !reply.evidence.is_empty(), "{}", reply.text);
        assert!(reply.dates.iter().all(|date| crate::time::Dated::parse(date).is_ok()), "{:?}", reply.dates);
        reply
    }

    #[test]
    fn pairs_are_told() {
        between("nusra", "al-qaeda", "2014");
        let reply = between("hts", "sdf", "2025-04-01");
        assert!(reply.dates.contains(&"2025-03-11".to_owned()));
        between("hts", "united-kingdom", "ever");
        between("united-states", "isis", "2025-01-24");
        between("turkey", "hts", "2025-03");
        between("hts", "russia", "2025-02");
        between("ahmed-al-sharaa", "israel", "2025");
        between("turkey", "sna", "2025-03-29");
        between("iran", "syrian-interim-government", "2025-03");
        between("ktj", "hts", "2019");
        between("taliban", "al-qaeda", "2021/..");
        between("hts", "nusra", "ever");
        between("china", "houthis", "now");
    }
}
