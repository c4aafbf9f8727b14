//! Whether one stood to another so: a verdict with its reasons.

use super::super::question::Named;
use super::super::reply::{Reply, Rows, Standing};
use super::wording::{Wording, modality_in_words, published, reading, verdict_in_words};
use super::{Asking, assume, evidence, join};
use crate::model::{ActorId, Category, Stance, Temporality, TypeId, Verdict};
use crate::question::{Answer, ClaimRow, Lens, Line, Reason, RelationRow, RelationWord, When, verdict};
use crate::time::{Holds, Window};

/// How many relations a text tells, and how many notes it quotes.
const TOLD: usize = 3;

/// A verdict with whom it was found for.
pub(super) struct Found {
    pub(super) answer: Answer,
    pub(super) a: Line,
    /// Nobody in particular when absent.
    pub(super) b: Option<Line>,
    /// Whom it was asked of instead of those named, in words.
    pub(super) instead: Vec<String>,
}

impl Asking<'_, '_> {
    /// Whether one stood to another so, or to anybody.
    pub(super) fn whether(&self, a: &Named, tie: &RelationWord, b: Option<&Named>) -> Reply {
        // Who descends from whom stays so after it happened: asked in the present without a date, it is asked of all days.
        let vocabulary = self.lens.graph.vocabulary();
        let lasts = |kind: &TypeId| {
            let kind = vocabulary.relation_type(*kind);
            kind.category == Category::Lineage && kind.temporality == Temporality::Event
        };
        if !self.asked.is_dated && self.lens.scope.when == When::Now && tie.types.iter().all(lasts) {
            let mut asked = self.asked.clone();
            asked.scope.when = When::Ever;
            let ever = Asking { asked: &asked, lens: Lens::new(self.lens.graph, asked.scope.clone()), ..*self };
            return ever.whether(a, tie, b);
        }
        let mut reply = self.reply("whether");
        let mut found = self.found(a, tie, b);
        self.say_line(&mut reply, &found.a);
        if let Some(b) = found.b.as_ref().filter(|_| b.is_some()) {
            self.say_line(&mut reply, b);
        }
        let is_open = found.answer.verdict == Verdict::Yes
            && !found.answer.rows.is_empty()
            && !found.answer.rows.iter().any(|row| self.holds_whichever_day(row));
        if is_open {
            found.answer.verdict = Verdict::Possible;
        }
        for words in &found.instead {
            assume(&mut reply, words.clone());
        }
        let Found { answer, .. } = &found;
        reply.verdict = Some(answer.verdict);
        reply.text = self.verdict_text(a, b, &found, &mut reply);
        if is_open {
            reply.text.push_str(" It depends on the day meant, which the records do not tell.");
        }
        evidence::add(&mut reply, answer.rows.iter().flat_map(|row| &row.claims));
        if answer.reasons.contains(&Reason::Opposite) {
            evidence::add(&mut reply, answer.nearest.iter().take(1).flat_map(|row| &row.claims));
        }
        if !answer.rows.is_empty() {
            reply.tables.push((String::new(), Rows::Relations(answer.rows.clone())));
        }
        // A denial is something to tell.
        let is_denied = answer.reasons.iter().any(|reason| matches!(reason, Reason::DeniedElsewhen(..)));
        if answer.verdict == Verdict::Unknown && !is_denied {
            reply.status = Standing::NothingRecorded;
        }
        reply
    }

    /// The verdict for those named, or the firmest for those whom their names may mean besides where nothing is recorded of them.
    ///
    /// Only one of the two is taken for another, and none where the sources deny the very thing.
    pub(super) fn found(&self, a: &Named, tie: &RelationWord, b: Option<&Named>) -> Found {
        let tie = &self.without_attitudes(tie);
        let (mut a_meant, mut b_meant) = (self.meant(a.actor), b.map(|b| self.meant(b.actor)));
        // What one of a line was to another of it is said of them, never of whom their names may mean besides.
        let is_one_line = b_meant.as_ref().is_some_and(|b| a_meant.line.members.iter().any(|id| b.line.contains(*id)));
        let vocabulary = self.lens.graph.vocabulary();
        let is_descent = |kind: &TypeId| vocabulary.relation_type(*kind).category == Category::Lineage;
        let continues = |kind: &TypeId| vocabulary.relation_type(*kind).continues;
        if (is_one_line && tie.types.iter().any(is_descent)) || tie.types.iter().all(continues) {
            a_meant.line = Line::exactly(a.actor);
            if let Some(b) = &mut b_meant {
                b.line = Line::exactly(b.line.named);
            }
        }
        let b_line = b_meant.as_ref().map(|meant| meant.line.clone());
        let direct = self.judged(&a_meant.line, tie, b_line.as_ref());
        let direct = Found { answer: direct, a: a_meant.line.clone(), b: b_line, instead: Vec::new() };
        let is_denied = direct.answer.reasons.iter().any(|reason| matches!(reason, Reason::DeniedElsewhen(..)));
        if direct.answer.verdict != Verdict::Unknown || is_one_line || is_denied {
            return direct;
        }
        let gives = tie.types.iter().all(|kind| tie.reads(vocabulary, *kind).0);
        let gets = tie.types.iter().all(|kind| tie.reads(vocabulary, *kind).1);
        let a_others = self.others(&a_meant, Some(tie));
        let b_others = b_meant.as_ref().map_or_else(Vec::new, |meant| self.others(meant, Some(tie)));
        let strength = |verdict: Verdict| match verdict {
            Verdict::Yes => 0,
            Verdict::Disputed => 1,
            Verdict::Possible => 2,
            Verdict::No => 3,
            Verdict::Unknown => 4,
        };
        let ends = a_others
            .iter()
            .map(|other| (a, other, true))
            .chain(b.into_iter().flat_map(|b| b_others.iter().map(move |other| (b, other, false))));
        let mut best: Option<(u8, Found)> = None;
        for (named, other, is_first) in ends {
            let (a_line, b_line) =
                if is_first { (&other.line, direct.b.as_ref()) } else { (&a_meant.line, Some(&other.line)) };
            if b_line.is_some_and(|b_line| a_line.members.iter().any(|id| b_line.contains(*id))) {
                continue;
            }
            let named_gives = if is_first { gives && !gets } else { gets && !gives };
            let mut answer = self.judged(a_line, tie, b_line);
            let carried = |row: &RelationRow| self.carried(named.actor, other, Some(tie), named_gives, row);
            answer.rows.retain(|row| carried(row) != Holds::No);
            if answer.rows.is_empty() {
                continue;
            }
            if answer.verdict == Verdict::Yes && !answer.rows.iter().any(|row| carried(row) == Holds::Certain) {
                answer.verdict = Verdict::Possible;
            }
            // That another did not is no proof that the one named did not.
            if matches!(answer.verdict, Verdict::No | Verdict::Unknown) {
                continue;
            }
            let rank = strength(answer.verdict);
            if best.as_ref().is_some_and(|(known, _)| *known <= rank) {
                continue;
            }
            let instead = vec![self.also_in_words(named.actor, other)];
            best = Some((rank, Found { answer, a: a_line.clone(), b: b_line.cloned(), instead }));
        }
        best.map_or(direct, |(_, found)| found)
    }

    /// A tie without the attitudes among its types, unless it is all attitudes: that somebody may go over to one is no alliance with it.
    fn without_attitudes(&self, tie: &RelationWord) -> RelationWord {
        let vocabulary = self.lens.graph.vocabulary();
        let mut tie = tie.clone();
        let is_attitude = |kind: &TypeId| vocabulary.relation_type(*kind).category == Category::Stance;
        if !tie.types.iter().all(is_attitude) {
            tie.types.retain(|kind| !is_attitude(kind));
        }
        tie
    }

    /// Whether something that holds at some time in days that an anchor without a single date opens or closes holds whichever its day was.
    fn holds_whichever_day(&self, row: &RelationRow) -> bool {
        let extent = self.lens.view.standing(row.relation).extent();
        let window = self.lens.window;
        self.asked.anchors.iter().all(|anchor| {
            let hull = anchor.hull();
            if hull.earliest == hull.latest || !hull.earliest.is_bounded() || !hull.latest.is_bounded() {
                return hull.earliest == hull.latest;
            }
            let is_after = window.last > hull.latest
                && extent.holds(Window::sometime(hull.latest.plus(1), window.last)) == Holds::Certain;
            let is_before = window.first < hull.earliest
                && extent.holds(Window::sometime(window.first, hull.earliest.plus(-1))) == Holds::Certain;
            is_after || is_before || extent.holds(Window::throughout(hull.earliest, hull.latest)) == Holds::Certain
        })
    }

    /// The verdict for two lines, or for one and anybody: of "anybody" the opposite of a thing with somebody proves nothing.
    pub(super) fn judged(&self, a: &Line, tie: &RelationWord, b: Option<&Line>) -> Answer {
        if let Some(b) = b {
            return self.as_last_attested(verdict(&self.lens, a, tie, b));
        }
        let members = (0..self.lens.graph.actor_count()).map(ActorId::new).filter(|id| !a.contains(*id)).collect();
        let anybody = Line { named: a.named, members };
        let mut answer = verdict(&self.lens, a, tie, &anybody);
        if answer.reasons == [Reason::Opposite] {
            answer.verdict = Verdict::Unknown;
            answer.reasons = vec![Reason::NothingRecorded];
        }
        answer.nearest.clear();
        self.as_last_attested(answer)
    }

    /// Asked about now, what no source says has ended is so as last attested: a yes that says when that was.
    fn as_last_attested(&self, mut answer: Answer) -> Answer {
        let is_attested = |reason: &Reason| matches!(reason, Reason::LastAttested(..));
        if self.lens.scope.when == When::Now
            && answer.verdict == Verdict::Possible
            && answer.reasons.iter().any(is_attested)
        {
            answer.verdict = Verdict::Yes;
            let attested: Vec<String> = answer
                .reasons
                .iter()
                .filter_map(|reason| if let Reason::LastAttested(id, _) = reason { Some(id.clone()) } else { None })
                .collect();
            answer.rows.retain(|row| attested.contains(&row.id));
            answer.reasons.retain(is_attested);
        }
        let is_dating = |reason: &Reason| matches!(reason, Reason::DatedDifferently(_));
        if self.lens.scope.when == When::Now
            && answer.verdict == Verdict::Disputed
            && answer.reasons.iter().all(is_dating)
            && answer.rows.iter().any(|row| self.is_newest_open(row))
        {
            answer.verdict = Verdict::Yes;
        }
        answer
    }

    /// Whether the newest of the sources that support a relation dates it without an end.
    fn is_newest_open(&self, row: &RelationRow) -> bool {
        let graph = self.lens.graph;
        let relation = graph.relation(row.relation);
        let supporting = self.lens.view.kept_claims(&relation.claims).filter(|claim| claim.stance == Stance::Supports);
        let newest = supporting.max_by_key(|claim| graph.source(claim.source).published.hull().earliest);
        newest.is_some_and(|claim| claim.valid.as_ref().unwrap_or(&relation.valid).has_no_end())
    }

    fn verdict_text(&self, a: &Named, b: Option<&Named>, found: &Found, reply: &mut Reply) -> String {
        let answer = &found.answer;
        let mut wording = self.wording();
        let mut parts = vec![verdict_in_words(answer.verdict).to_owned()];
        if answer.verdict == Verdict::Unknown {
            parts.extend([Some(a), b].into_iter().flatten().filter_map(|named| self.not_then(named.actor)));
            let is_denial = |row: &RelationRow| {
                answer.reasons.iter().any(|reason| matches!(reason, Reason::DeniedElsewhen(id, _) if *id == row.id))
            };
            let mut nearest: Vec<RelationRow> = answer.nearest.clone();
            nearest.sort_by_key(|row| !is_denial(row));
            nearest.truncate(3);
            reply.nearest = nearest.iter().map(|row| wording.told(row)).collect();
            if let Some(nearest) = reply.nearest.first() {
                parts.push(format!("Nearest recorded: {nearest}."));
            }
            evidence::add(reply, nearest.iter().take(1).flat_map(|row| &row.claims));
            if answer.reasons.iter().any(|reason| matches!(reason, Reason::DeniedElsewhen(..))) {
                parts.push("It is denied, though not for all the days asked about.".to_owned());
            }
            return join(&parts);
        }
        parts.extend(found.instead.iter().map(|words| format!("{words}.")));
        parts.extend(self.decisive(&mut wording, answer));
        parts.extend(self.predecessors(&mut wording, &answer.rows, [Some(&found.a), found.b.as_ref()]));
        let told: Vec<&ClaimRow> = answer.rows.iter().take(TOLD).flat_map(|row| &row.claims).collect();
        parts.extend(evidence::notes(told, TOLD).iter().map(|note| super::wording::sentence_kept(note)));
        join(&parts)
    }

    /// The relations that decide, with why they decide so.
    fn decisive(&self, wording: &mut Wording<'_, '_>, answer: &Answer) -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        let mut rows: Vec<&RelationRow> = answer.rows.iter().collect();
        // The firmest and the most heavily attested say most.
        rows.sort_by_key(|row| {
            (std::cmp::Reverse(row.how), row.modality != "asserted", std::cmp::Reverse(row.claims.len()))
        });
        parts.extend(rows.iter().take(TOLD).map(|row| wording.told_sentence(row)));
        let mut said: Vec<String> = Vec::new();
        for reason in &answer.reasons {
            let words = match reason {
                Reason::Certain | Reason::NothingRecorded => continue,
                Reason::OneAfterAnother => "One relation after another covers all the days asked about.".to_owned(),
                Reason::GapsOpen => {
                    "The dates leave it open whether one followed on another without a break.".to_owned()
                }
                Reason::BothSides(_) => "The sources stand on both sides.".to_owned(),
                Reason::DatedDifferently(id) => {
                    let row = answer.rows.iter().find(|row| row.id == *id);
                    let datings = row.map(datings_in_words).unwrap_or_default();
                    format!("The sources date it differently{datings}.")
                }
                Reason::OnlyClaimed(_, modality) => format!("It is {}.", modality_in_words(modality.word())),
                Reason::LastAttested(_, day) => format!("No end is recorded; it was last attested {}.", published(day)),
                Reason::DatesOpen(..) => "The dates leave it open for the days asked about.".to_owned(),
                Reason::Denied(_) => "The sources deny it.".to_owned(),
                Reason::Elsewhen(_, valid) if reading(valid).contains("not recorded") => {
                    "It is recorded, but not for the days asked about.".to_owned()
                }
                Reason::Elsewhen(..) => "It is recorded for other days than those asked about.".to_owned(),
                Reason::Happened(..) => "It happened on other days than those asked about.".to_owned(),
                Reason::Opposite => {
                    let hostile =
                        answer.nearest.first().map(|row| format!(": {}", wording.told(row))).unwrap_or_default();
                    format!("Nothing of the sort is recorded, and the opposite held all the time{hostile}.")
                }
                Reason::DeniedElsewhen(..) => {
                    "It is denied for other days; for those asked about nothing is recorded.".to_owned()
                }
            };
            if !said.contains(&words) {
                said.push(words);
            }
        }
        parts.extend(said);
        parts
    }

    /// Says whose predecessors or successors the ends of some relations are, where they are not those named: `al-Nusra is of one line with …`.
    pub(super) fn predecessors(
        &self,
        wording: &mut Wording<'_, '_>,
        rows: &[RelationRow],
        lines: [Option<&Line>; 2],
    ) -> Vec<String> {
        let mut said = Vec::new();
        for line in lines.into_iter().flatten() {
            let order = line.by_age(self.lens.graph);
            let place = |id| order.iter().position(|other| *other == id);
            // What holds within the line says it itself.
            let outward = rows.iter().filter(|row| !(line.contains(row.subject_id) && line.contains(row.object_id)));
            let mut members: Vec<_> = outward.flat_map(|row| [row.subject_id, row.object_id]).collect();
            members.retain(|id| line.contains(*id) && *id != line.named);
            members.sort_unstable();
            members.dedup();
            for id in members {
                let kin = if place(id) < place(line.named) { "a predecessor" } else { "a successor" };
                said.push(format!("{} is {kin} of {}.", wording.name(id), wording.name(line.named)));
            }
        }
        said
    }
}

/// The datings of a relation by source: `: 2016 (giustozzi-2025-03), 2017 (wapo-2025-01)`.
pub(super) fn datings_in_words(row: &RelationRow) -> String {
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    let supporting = || row.claims.iter().filter(|claim| claim.stance == "supports");
    for claim in supporting() {
        // The record's dating stands for the sources that give none of their own.
        if claim.valid.is_none() && supporting().any(|other| other.source == claim.source && other.valid.is_some()) {
            continue;
        }
        let dating = reading(claim.valid.as_ref().unwrap_or(&row.valid));
        match all.iter_mut().find(|(known, _)| *known == dating) {
            Some((_, sources)) if sources.contains(&claim.source) => {}
            Some((_, sources)) => sources.push(claim.source.clone()),
            None => all.push((dating, vec![claim.source.clone()])),
        }
    }
    if all.len() < 2 {
        return String::new();
    }
    let parts: Vec<String> = all.iter().map(|(dating, sources)| format!("{dating} ({})", sources.join(", "))).collect();
    format!(": {}", parts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::ask::Question;

    fn whether(a: &str, tie: RelationWord, b: &str, date: &str) -> (Verdict, String) {
        let b = (!b.is_empty()).then(|| named(b));
        let reply = reply(Question::Whether { a: named(a), tie, b, ended: false }, date);
        assert_eq!(reply.verdict == Some(Verdict::Unknown), reply.text.starts_with("Nothing"), "{}", reply.text);
        assert!(reply.verdict == Some(Verdict::Unknown) || !reply.evidence.is_empty(), "uncited: {}", reply.text);
        (reply.verdict.unwrap(), reply.text)
    }

    #[test]
    fn verdicts_are_those_of_the_records() {
        let allied = || tie("allied-with");
        assert_eq!(whether("iran", allied(), "bashar-al-assad", "ever").0, Verdict::Possible);
        assert_eq!(whether("sdf", allied(), "turkey", "now").0, Verdict::Unknown);
        assert_eq!(whether("turkey", allied(), "bashar-al-assad", "ever").0, Verdict::Unknown);
        assert_eq!(whether("hts", allied(), "isis", "2025-01").0, Verdict::No);
        assert_eq!(whether("china", allied(), "houthis", "now").0, Verdict::Unknown);
        assert_eq!(whether("jnim", tie("affiliate_of"), "al-qaeda", "now").0, Verdict::Yes);
        let (verdict, text) = whether("hts", tie("affiliate_of"), "al-qaeda", "2018");
        assert_eq!(verdict, Verdict::Disputed, "{text}");
        assert_eq!(whether("ahmed-al-sharaa", allied(), "isis", "ever").0, Verdict::Unknown);
        whether("hts", allied(), "al-qaeda", "2018");
        whether("hezbollah", ties(&["fights_for"], false), "bashar-al-assad", "ever");
        whether("hts", ties(&["designates"], true), "united-states", "2025-01-24");
        whether("hts", ties(&["designates"], true), "united-states", "2025-09");
        whether("hts", ties(&["designates"], true), "", "now");
        whether("hts", ties(&["shares_intelligence_with"], false), "united-states", "ever");
        whether("iran", allied(), "syrian-interim-government", "now");
        whether("donald-trump", tie("hostile-to"), "isis", "now");
    }

    #[test]
    fn nobody_is_taken_for_another_where_that_would_be_wrong() {
        let leads = || ties(&["leads"], false);
        for (a, tie, b, date) in [
            ("bashar-al-assad", leads(), "hts", "ever"),
            ("bashar-al-assad", ties(&["governs", "controls"], false), "hts", "ever"),
            ("bashar-al-assad", leads(), "syrian-interim-government", "ever"),
            ("ahmed-al-sharaa", ties(&["meets_with", "engages_with"], false), "joe-biden", "ever"),
            ("israel", ties(&["occupies"], false), "hts", "now"),
            ("united-states", tie("allied-with"), "hts", "now"),
            ("hts", tie("allied-with"), "isis", "ever"),
            ("hts", ties(&["successor_of"], true), "nusra", "ever"),
            ("hts", ties(&["may_defect_to"], false), "isis", "ever"),
        ] {
            let (verdict, text) = whether(a, tie, b, date);
            assert_eq!(verdict, Verdict::Unknown, "{a} {b}: {text}");
        }
        let (_, text) = whether("united-states", tie("allied-with"), "hts", "now");
        assert!(text.contains("denied"), "{text}");
        // Whoever is taken for another is said to be so, and a state is as good as its government.
        let (verdict, text) = whether("hts", ties(&["overthrows"], false), "bashar-al-assad", "ever");
        assert_eq!(verdict, Verdict::Yes, "{text}");
        assert!(text.contains("also asked of Assad regime"), "{text}");
    }

    #[test]
    fn what_depends_on_the_day_of_an_anchor_is_only_possible() {
        let question = || Question::Whether {
            a: named("hts"),
            tie: tie("affiliate_of"),
            b: Some(named("al-qaeda")),
            ended: false,
        };
        let mut after = asked(question(), "[2016,2017]/..");
        assert_eq!(reply_to("test", after.clone()).verdict, Some(Verdict::Yes));
        after.anchors = vec![crate::time::Dated::parse("[2016,2017]").unwrap()];
        assert_eq!(reply_to("test", after).verdict, Some(Verdict::Possible));
    }

    #[test]
    fn a_predecessor_is_named() {
        let (verdict, text) = whether("hts", tie("affiliate_of"), "al-qaeda", "2015");
        assert_eq!(verdict, Verdict::Yes);
        assert!(text.contains("al-Nusra is a predecessor of Hayat Tahrir al-Sham"), "{text}");
    }
}
