//! When one stood to another so.

use super::super::question::{End, Named};
use super::super::reply::{Reply, Rows, Standing};
use super::wording::{Wording, modality_in_words, point, reading, standing_alone, width};
use super::{Asking, assume, evidence, join};
use crate::model::{ActorId, RelationId};
use crate::question::{EventRow, Line, RelationRow, RelationWord, history};
use crate::time::{Dated, Day, Holds};

/// How many relations a text tells.
const TOLD: usize = 4;

/// A date with what gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dating {
    /// As written (EDTF).
    pub(super) date: String,
    /// The sources that date it so, where others date it otherwise.
    sources: Vec<String>,
    /// The event that dates it finer than the relation does.
    event: Option<String>,
}

impl Asking<'_, '_> {
    /// When one stood to another so, or to anybody.
    pub(super) fn when(&self, a: &Named, tie: &RelationWord, b: Option<&Named>, end: End) -> Reply {
        let mut reply = self.reply("when");
        let found = self.found(a, tie, b);
        self.say_line(&mut reply, &self.lens.line(a.actor));
        if let Some(b) = b {
            self.say_line(&mut reply, &self.lens.line(b.actor));
        }
        for words in &found.instead {
            assume(&mut reply, words.clone());
        }
        let anybody = || Line {
            named: found.a.named,
            members: (0..self.lens.graph.actor_count()).map(ActorId::new).filter(|id| !found.a.contains(*id)).collect(),
        };
        let b_line = found.b.clone().unwrap_or_else(anybody);
        let mut rows = history(&self.lens, &found.a, &b_line, Some(tie)).relations;
        if b.is_none() {
            rows.retain(|row| row.status != "denied");
        }
        if self.asked.is_dated {
            rows.retain(|row| row.how != Holds::No || row.status == "denied");
        }
        if rows.is_empty() {
            reply.status = Standing::NothingRecorded;
            let mut wording = self.wording();
            reply.nearest = found.answer.nearest.iter().take(3).map(|row| wording.told(row)).collect();
            let mut parts = vec!["Nothing is recorded of that.".to_owned()];
            parts.extend([Some(a), b].into_iter().flatten().filter_map(|named| self.not_then(named.actor)));
            parts
                .extend(reply.nearest.first().filter(|_| b.is_some()).map(|near| format!("Nearest recorded: {near}.")));
            reply.text = join(&parts);
            return reply;
        }
        let (decisive, doubted) = decisive(&rows);
        let mut wording = self.wording();
        let mut parts: Vec<String> = found.instead.iter().map(|words| format!("{words}.")).collect();
        let mut dates: Vec<String> = Vec::new();
        for (at, row) in decisive.iter().enumerate() {
            let datings = self.datings(row, end);
            dates.extend(datings.iter().map(|dating| dating.date.clone()));
            if at < TOLD {
                parts.push(self.dated_in_words(&mut wording, row, &datings, end));
            }
        }
        for row in doubted.iter().take(TOLD) {
            parts.push(super::wording::sentence(&contested(&mut wording, row)));
            if decisive.is_empty() && row.status != "denied" {
                dates.extend(self.datings(row, end).into_iter().map(|dating| dating.date));
            }
        }
        in_order(&mut dates);
        if dates.is_empty() {
            parts.push("The sources give no date.".to_owned());
        }
        let shown: Vec<RelationRow> = decisive.iter().chain(&doubted).map(|row| (*row).clone()).collect();
        parts.extend(self.predecessors(&mut wording, &shown, [Some(&found.a), found.b.as_ref()]));
        parts.push(format!(
            "Sources: {}.",
            evidence::citations(shown.iter().take(TOLD * 2).flat_map(|row| &row.claims))
        ));
        evidence::add(&mut reply, shown.iter().flat_map(|row| &row.claims));
        reply.dates = dates;
        reply.text = join(&parts);
        reply.tables.push((String::new(), Rows::Relations(shown)));
        reply
    }

    /// The dates of an end of a relation: by the sources where they differ, and by the events that open or close it where those are finer.
    pub(super) fn datings(&self, row: &RelationRow, end: End) -> Vec<Dating> {
        let of = |written: &str| match (end, written.split_once('/')) {
            (_, None) => standing_alone(written),
            (End::Start, Some((start, _))) => standing_alone(start),
            (End::Finish, Some((_, finish))) => standing_alone(finish),
            (End::Span, Some((start, finish))) => {
                let says = |text: &str| !text.is_empty() && text != "..";
                (says(start) || says(finish)).then(|| written.to_owned())
            }
        };
        let mut own: Vec<Dating> = Vec::new();
        for claim in row.claims.iter().filter(|claim| claim.stance == "supports") {
            let Some(date) = claim.valid.as_deref().and_then(of) else { continue };
            match own.iter_mut().find(|known| known.date == date) {
                Some(known) if known.sources.contains(&claim.source) => {}
                Some(known) => known.sources.push(claim.source.clone()),
                None => own.push(Dating { date, sources: vec![claim.source.clone()], event: None }),
            }
        }
        if !own.is_empty() {
            // The record's dating stands for the sources that give none of their own.
            let has_own = |source: &String| own.iter().any(|dating| dating.sources.contains(source));
            let supporting = row.claims.iter().filter(|claim| claim.stance == "supports").map(|claim| &claim.source);
            let mut others: Vec<String> = supporting.filter(|source| !has_own(source)).cloned().collect();
            others.sort();
            others.dedup();
            if let Some(date) = of(&row.valid).filter(|_| !others.is_empty()) {
                match own.iter_mut().find(|dating| dating.date == date) {
                    Some(dating) => dating.sources.append(&mut others),
                    None => own.push(Dating { date, sources: others, event: None }),
                }
            }
            if let [only] = &mut own[..] {
                only.sources.clear();
            }
            return own;
        }
        let recorded = of(&row.valid);
        let finer = self.finer(row.relation, end, recorded.as_deref());
        match (finer, recorded) {
            (Some(event), _) => vec![Dating { date: event.date, sources: Vec::new(), event: Some(event.name) }],
            (None, Some(date)) => vec![Dating { date, sources: Vec::new(), event: None }],
            (None, None) => Vec::new(),
        }
    }

    /// The event that opens or closes a relation, where its date is narrower than the one recorded.
    fn finer(&self, id: RelationId, end: End, recorded: Option<&str>) -> Option<EventRow> {
        let bounds = |event: &crate::model::Event| match end {
            End::Start => event.opens.contains(&id),
            End::Finish => event.closes.contains(&id),
            End::Span => false,
        };
        let known = recorded.map_or(i64::MAX, width);
        let mut events: Vec<EventRow> = self
            .lens
            .graph
            .events()
            .filter(|(_, event)| bounds(event) && width(event.date.text()) < known)
            .filter_map(|(id, _)| self.lens.event_row(id))
            .filter(|row| row.status == "supported" && row.modality == "asserted")
            .collect();
        events.sort_by_cached_key(|row| (width(&row.date), row.id.clone()));
        events.into_iter().next()
    }

    fn dated_in_words(&self, wording: &mut Wording<'_, '_>, row: &RelationRow, datings: &[Dating], end: End) -> String {
        let relation = wording.relation(row);
        let firmness = match row.modality {
            "asserted" => String::new(),
            modality => format!(" ({})", modality_in_words(modality)),
        };
        let is_state = row.valid.contains('/');
        let said: Vec<String> = datings
            .iter()
            .map(|dating| {
                let read = if end == End::Span { reading(&dating.date) } else { point(&dating.date) };
                let read = match end {
                    End::Start if is_state => format!("began {read}"),
                    End::Finish if is_state => format!("ended {read}"),
                    _ => read,
                };
                let vague = if read.contains("between") { ", no day is recorded" } else { "" };
                let by = if dating.sources.is_empty() {
                    String::new()
                } else {
                    format!(" by {}", dating.sources.join(", "))
                };
                let event = dating.event.as_ref().map_or_else(String::new, |name| format!(" ({name})"));
                format!("{read}{by}{event}{vague}")
            })
            .collect();
        match &said[..] {
            [] => super::wording::sentence(&format!("{relation}{firmness} ({})", reading(&row.valid))),
            [one] => super::wording::sentence(&format!("{relation}{firmness}: {one}")),
            _ => super::wording::sentence(&format!(
                "{relation}{firmness}; the sources date it differently: {}",
                said.join("; ")
            )),
        }
    }
}

/// The relations that decide – undoubted ones, or else supported ones – and those that are contested.
fn decisive(rows: &[RelationRow]) -> (Vec<&RelationRow>, Vec<&RelationRow>) {
    let supported = |row: &&RelationRow| row.status == "supported";
    let firm: Vec<&RelationRow> = rows.iter().filter(supported).filter(|row| row.modality == "asserted").collect();
    let firm = if firm.is_empty() { rows.iter().filter(supported).collect() } else { firm };
    (firm, rows.iter().filter(|row| row.status != "supported").collect())
}

/// A contested or denied relation, with what each source says of its date.
fn contested(wording: &mut Wording<'_, '_>, row: &RelationRow) -> String {
    let datings = super::whether::datings_in_words(row);
    format!("{}{datings}", wording.told(row))
}

/// Sorts dates by their earliest day, then as written, each once.
pub(super) fn in_order(dates: &mut Vec<String>) {
    dates.sort_by_cached_key(|date| {
        let hull = Dated::parse(date).map(|dated| dated.hull());
        (hull.map_or((Day::FAR_FUTURE, Day::FAR_FUTURE), |hull| (hull.earliest, hull.latest)), date.clone())
    });
    dates.dedup();
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::ask::Question;

    fn when(a: &str, tie: RelationWord, b: &str, end: End) -> Reply {
        let b = (!b.is_empty()).then(|| named(b));
        let reply = reply(Question::When { a: named(a), tie, b, end }, "ever");
        assert!(reply.dates.iter().all(|date| Dated::parse(date).is_ok()), "{:?}", reply.dates);
        assert_eq!(reply.status == Standing::Answered, !reply.evidence.is_empty(), "{}", reply.text);
        reply
    }

    #[test]
    fn dates_stay_as_precise_as_recorded() {
        assert_eq!(
            when("donald-trump", tie("meets_with"), "ahmed-al-sharaa", End::Start).dates,
            ["[2025-01-20..2025-09-30]"]
        );
        assert_eq!(when("united-states", tie("designates"), "hts", End::Start).dates, ["2018"]);
        assert_eq!(when("united-states", tie("shares_intelligence_with"), "hts", End::Start).dates, ["2024-12-22~"]);
        assert_eq!(when("united-states", tie("kills"), "qassem-soleimani", End::Start).dates, ["2020"]);
        when("united-states", tie("designates"), "hts", End::Finish);
        when("hts", tie("breaks_with"), "al-qaeda", End::Start);
        when("nusra", tie("succeeded_by"), "hts", End::Start);
        when("hts", ties(&["overthrows"], false), "bashar-al-assad", End::Start);
        when("taliban", ties(&["controls"], false), "kabul", End::Start);
        when("hts", tie("affiliate_of"), "al-qaeda", End::Span);
        when("pkk", tie("at_war_with"), "turkey", End::Span);
        when("hts", tie("allied_with"), "", End::Start);
        when("ktj", ties(&["pledges_allegiance_to"], false), "ayman-al-zawahiri", End::Start);
        when("barbara-leaf", tie("meets_with"), "ahmed-al-sharaa", End::Start);
    }
}
