//! Whether it is over that one stood to another so.

use super::super::meant::Why;
use super::super::question::{End, Named};
use super::super::reply::{Reply, Rows, Standing};
use super::meant::Other;
use super::wording::{published, verdict_in_words};
use super::{Asking, assume, evidence, join};
use crate::model::{ActorId, Verdict};
use crate::question::{Line, RelationRow, RelationWord, When, history};
use crate::time::{Bounds, Dated, Day, Holds};

/// How many relations a text tells, and how many notes it quotes.
const TOLD: usize = 3;

impl Asking<'_, '_> {
    /// Whether it has ended that one stood to another so, or to anybody: by the last day asked about, and while the one named had it in hand.
    pub(super) fn ended(&self, a: &Named, tie: &RelationWord, b: Option<&Named>) -> Reply {
        let mut reply = self.reply("ended");
        let (a_meant, b_meant) = (self.meant(a.actor), b.map(|b| self.meant(b.actor)));
        let everybody = |a: &Line| Line {
            named: a.named,
            members: (0..self.lens.graph.actor_count()).map(ActorId::new).filter(|id| !a.contains(*id)).collect(),
        };
        // "no longer" asks of the present whether it ended at any time before.
        let first = if self.asked.scope.when == When::Now { Day::FAR_PAST } else { self.lens.window.first };
        let days = Bounds::between(first, self.lens.window.last.min(self.lens.scope.now(self.lens.graph)));
        let rows_of = |a: &Line, b: &Line| -> Vec<RelationRow> {
            let mut rows = history(&self.lens, a, b, Some(tie)).relations;
            rows.retain(|row| row.status == "supported");
            rows
        };
        let b_line = b_meant.as_ref().map_or_else(|| everybody(&a_meant.line), |meant| meant.line.clone());
        self.say_line(&mut reply, &a_meant.line);
        if let Some(meant) = &b_meant {
            self.say_line(&mut reply, &meant.line);
        }
        let mut instead: Option<String> = None;
        let (mut rows, mut within) = (rows_of(&a_meant.line, &b_line), vec![days]);
        if rows.is_empty() {
            let vocabulary = self.lens.graph.vocabulary();
            let gives = tie.types.iter().all(|kind| tie.reads(vocabulary, *kind).0);
            let first = self.others(&a_meant, Some(tie));
            let second = b_meant.as_ref().map_or_else(Vec::new, |meant| self.others(meant, Some(tie)));
            let found = first
                .iter()
                .map(|other| (rows_of(&other.line, &b_line), a.actor, other, gives))
                .chain(second.iter().map(|other| (rows_of(&a_meant.line, &other.line), b_line.named, other, !gives)))
                .map(|(mut rows, named, other, gives)| {
                    rows.retain(|row| {
                        self.carried(named, other, Some(tie), gives, row) != Holds::No
                            || self.is_listing_by_head(named, other, row)
                    });
                    (rows, named, other)
                })
                .find(|(rows, ..)| !rows.is_empty());
            if let Some((other_rows, named, other)) = found {
                let words = self.also_in_words(named, other);
                assume(&mut reply, words.clone());
                instead = Some(words);
                (rows, within) = (other_rows, in_hand(other, days));
            }
        }
        if rows.is_empty() {
            reply.verdict = Some(Verdict::Unknown);
            reply.status = Standing::NothingRecorded;
            reply.text = verdict_in_words(Verdict::Unknown).to_owned();
            return reply;
        }
        // One that some sources say goes on leaves it open.
        let goes_on = history(&self.lens, &a_meant.line, &b_line, Some(tie))
            .relations
            .into_iter()
            .find(|row| matches!(row.status, "contested" | "disputed") && row.how != Holds::No);
        let over: Vec<Verdict> = rows.iter().map(|row| self.is_over(row, &within)).collect();
        let verdict = if goes_on.is_some() {
            Verdict::Disputed
        } else if over.contains(&Verdict::No) {
            Verdict::No
        } else if over.contains(&Verdict::Possible) {
            Verdict::Possible
        } else {
            Verdict::Yes
        };
        // What ended in the days of one who spoke for another need not be his doing.
        let verdict = if instead.is_some() && verdict == Verdict::Yes { Verdict::Possible } else { verdict };
        reply.verdict = Some(verdict);
        let mut wording = self.wording();
        let mut parts = vec![verdict_in_words(verdict).to_owned()];
        parts.extend(instead.iter().map(|words| format!("{words}.")));
        for row in rows.iter().take(TOLD) {
            parts.push(wording.told_sentence(row));
            if row.valid.ends_with('/') || row.valid.ends_with("/..") {
                let attested = row
                    .last_attested
                    .as_deref()
                    .map_or_else(String::new, |day| format!("; it was last attested {}", published(day)));
                parts.push(format!("No end is recorded{attested}."));
            }
            reply.dates.extend(self.datings(row, End::Finish).into_iter().map(|dating| dating.date));
        }
        rows.extend(goes_on);
        super::when::in_order(&mut reply.dates);
        let claims: Vec<_> = rows.iter().take(TOLD).flat_map(|row| &row.claims).collect();
        parts.extend(
            evidence::notes(claims.iter().copied(), TOLD).iter().map(|note| super::wording::sentence_kept(note)),
        );
        evidence::add(&mut reply, claims);
        reply.text = join(&parts);
        reply.tables.push((String::new(), Rows::Relations(rows)));
        reply
    }

    /// Whether a relation is a listing by a state that one named led: one that goes on was not lifted by him.
    fn is_listing_by_head(&self, named: ActorId, other: &Other, row: &RelationRow) -> bool {
        self.kind_of(named) == "person"
            && other.why == Why::Heads
            && self.kind_of(other.line.named) == "state"
            && row.category == "designation"
            && self.overlap(other, row) == Holds::Certain
    }

    /// Whether a relation ended within one of some spans of days.
    fn is_over(&self, row: &RelationRow, within: &[Bounds]) -> Verdict {
        let dates = self.datings(row, End::Finish);
        let ends: Vec<Bounds> =
            dates.iter().filter_map(|dating| Dated::parse(&dating.date).ok()).map(|dated| dated.hull()).collect();
        let certain =
            |end: &Bounds| within.iter().any(|days| days.earliest <= end.earliest && end.latest <= days.latest);
        let possible =
            |end: &Bounds| within.iter().any(|days| end.earliest <= days.latest && days.earliest <= end.latest);
        if ends.is_empty() {
            Verdict::No
        } else if ends.iter().all(certain) {
            Verdict::Yes
        } else if ends.iter().any(possible) {
            Verdict::Possible
        } else {
            Verdict::No
        }
    }
}

/// The days of those asked about in which one stood for another.
fn in_hand(other: &Other, days: Bounds) -> Vec<Bounds> {
    let spans =
        other.spans.iter().map(|span| (span.start.earliest.max(days.earliest), span.end.latest.min(days.latest)));
    spans.filter(|(first, last)| first <= last).map(|(first, last)| Bounds::between(first, last)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::ask::Question;

    fn ended(a: &str, word: RelationWord, b: &str, date: &str) -> Verdict {
        let reply = reply(Question::Whether { a: named(a), tie: word, b: Some(named(b)), ended: true }, date);
        reply.verdict.unwrap()
    }

    #[test]
    fn an_end_counts_for_whoever_had_it_in_hand() {
        assert_eq!(ended("joe-biden", ties(&["designates"], false), "hts", "ever"), Verdict::No);
        assert_eq!(ended("united-states", ties(&["designates"], false), "hts", "2019"), Verdict::No);
        assert_eq!(ended("united-states", ties(&["designates"], false), "hts", "now"), Verdict::Possible);
        assert_eq!(ended("united-states", ties(&["places_bounty_on"], false), "ahmed-al-sharaa", "ever"), Verdict::Yes);
        let bounty = || ties(&["places_bounty_on"], false);
        assert_eq!(ended("donald-trump", bounty(), "ahmed-al-sharaa", "ever"), Verdict::Unknown);
        assert_eq!(ended("taliban", ties(&["hosts"], false), "al-qaeda", "now"), Verdict::No);
        assert_eq!(ended("china", ties(&["backs"], false), "houthis", "now"), Verdict::Unknown);
    }
}
