//! How many, and how sure.

use super::super::question::{Manner, Named, Question};
use super::super::reply::{Answered, Count, Reply, Rows, Standing};
use super::wording::{list, modality_in_words, verdict_in_words};
use super::{Asking, assume, evidence, join};
use crate::model::{Polarity, Verdict};
use crate::question::{ClaimRow, RelationRow};
use crate::time::Holds;

impl Asking<'_, '_> {
    /// How many answers another question has: a figure that a source gives for it where there is one, else the records counted.
    pub(super) fn count(&self, inner: &Question) -> Reply {
        if let Question::Between { a, b } = inner {
            return self.number_of_one_with_another(a, b);
        }
        // "How many never did" counts those of whom it is denied.
        if let Question::Who { set, sort, manner: Manner::Holding } = inner
            && self.sentence.split_whitespace().any(|word| word.eq_ignore_ascii_case("never"))
        {
            return self.count(&Question::Who { set: set.clone(), sort: sort.clone(), manner: Manner::Denied });
        }
        let asked = self.of(inner);
        // Of those who are not against somebody there is no number, whatever the nearest claims tell.
        let is_against = matches!(inner, Question::Whether { tie, .. } if tie.polarity == Some(Polarity::Negative));
        let is_so = !is_against || matches!(asked.verdict, Some(Verdict::Yes | Verdict::Possible));
        let mut reply = Reply { kind: Some("count"), verdict: None, text: String::new(), ..asked };
        let is_of_people = counts_people(self.sentence);
        let claims = self.claims_behind(&reply.evidence);
        let rows: Vec<ClaimRow> = claims.iter().map(|claim| ClaimRow::new(self.lens.graph, claim)).collect();
        if is_so
            && reply.count.is_none()
            && let Some((figures, number, used)) = self.figures(inner, &reply.answers, &rows)
        {
            reply.text = join(&[
                format!("{}.", super::wording::sentence_kept(&list(&figures)).trim_end_matches('.')),
                join(&evidence::notes(&used, 2)),
            ]);
            reply.count = Some(number);
            reply.status = Standing::Answered;
            return reply;
        }
        // A number of states may be given without naming any.
        if let Question::Who { set, sort: Some(sort @ super::super::question::Sort::Kinds { .. }), manner } = inner {
            let unsorted = self.of(&Question::Who { set: set.clone(), sort: None, manner: *manner });
            let claims = self.claims_behind(&unsorted.evidence);
            let rows: Vec<ClaimRow> = claims.iter().map(|claim| ClaimRow::new(self.lens.graph, claim)).collect();
            let sorted = Question::Who { set: set.clone(), sort: Some(sort.clone()), manner: *manner };
            if let Some((figures, number, used)) = self.figures(&sorted, &[], &rows) {
                let said = super::wording::sentence_kept(&list(&figures));
                reply.text = join(&[format!("{}.", said.trim_end_matches('.')), join(&evidence::notes(&used, 2))]);
                reply.count = Some(number);
                reply.status = Standing::Answered;
                evidence::add(&mut reply, &used);
                return reply;
            }
        }
        // Whether it is so is no number; and the actors recorded are not the people in their ranks.
        if (is_of_people || matches!(inner, Question::Whether { .. })) && reply.count.is_none() {
            reply.status = Standing::NothingRecorded;
            reply.answers.clear();
            reply.tables.clear();
            reply.evidence.clear();
            reply.text = "No number is recorded of that.".to_owned();
            return reply;
        }
        if matches!(reply.count, Some(Count::Figure(_))) {
            reply.text = self.of(inner).text;
            return reply;
        }
        let number = match inner {
            Question::Who { .. } | Question::ListSources | Question::Lineage { .. } | Question::Sources(_) => {
                reply.answers.len()
            }
            _ if reply.answers.is_empty() => reply.tables.iter().map(|(_, rows)| length(rows)).sum(),
            _ => reply.answers.len(),
        };
        reply.count = Some(Count::Records(number));
        reply.status = if number == 0 { Standing::NothingRecorded } else { Standing::Answered };
        let certain = reply.answers.iter().filter(|answer| answer.holds == Some("certain")).count();
        let possible = reply.answers.iter().filter(|answer| answer.holds == Some("possible")).count();
        let split = if possible > 0 { format!(" ({certain} certain, {possible} possible)") } else { String::new() };
        let names: Vec<String> = reply.answers.iter().map(|answer| answer.name.clone()).collect();
        let told = if names.is_empty() { String::new() } else { format!(": {}", list(&names)) };
        reply.text = if number == 0 {
            "None is recorded.".to_owned()
        } else {
            let cited =
                if rows.is_empty() { String::new() } else { format!(" Sources: {}.", evidence::citations(&rows)) };
            format!("{number}{split} in the records{told}.{cited}")
        };
        if number > 0 {
            assume(&mut reply, "counted among the records; the sources may leave others unnamed".to_owned());
        }
        reply
    }

    /// The figures in some claims that count what is asked for, with the claims that give them.
    fn figures(
        &self,
        inner: &Question,
        found: &[Answered],
        rows: &[ClaimRow],
    ) -> Option<(Vec<String>, Count, Vec<ClaimRow>)> {
        // A figure tells how many stand so, not how many do not or no longer do.
        if matches!(inner, Question::Who { manner, .. } if *manner != Manner::Holding) {
            return None;
        }
        if !matches!(inner, Question::Who { .. } | Question::Records(_) | Question::Whether { .. }) {
            return None;
        }
        let mut words: Vec<String> = stems(self.sentence);
        words.retain(|word| !self.ground.lexicon.is_empty_word(word));
        // Asked how many states, only what counts states answers.
        let wanted_sort: Vec<String> = match inner {
            Question::Who { sort: Some(super::super::question::Sort::Kinds { text, .. }), .. } => stems(text),
            _ => Vec::new(),
        };
        let sort: Vec<String> = match inner {
            // Whoever is among the parts found may be the one counted.
            Question::Who { sort: Some(super::super::question::Sort::PartsOf(_)), .. } => {
                found.iter().flat_map(|answer| stems(&answer.name)).collect()
            }
            _ => Vec::new(),
        };
        let concept = |stem: &str| self.ground.lexicon.concept(&format!("{stem}s"));
        let mut figures: Vec<String> = Vec::new();
        let mut numbers: Vec<String> = Vec::new();
        let mut used: Vec<ClaimRow> = Vec::new();
        for row in rows {
            for figure in &row.figures {
                let counted = stems(&figure.what);
                let is_asked = if wanted_sort.is_empty() {
                    counted.iter().any(|word| words.contains(word) || sort.contains(word))
                } else {
                    counted.first().is_some_and(|word| wanted_sort.iter().any(|sort| concept(sort) == concept(word)))
                };
                let said = evidence::figure(figure);
                if is_asked && !figures.contains(&said) {
                    figures.push(said);
                    numbers.push(evidence::number(figure));
                    used.push(row.clone());
                }
            }
        }
        (!figures.is_empty()).then(|| (figures, as_written(numbers), used))
    }

    /// How many of the one there are with the other: the figures that sources give for their being a part of it, in its ranks, or in its place.
    fn number_of_one_with_another(&self, a: &Named, b: &Named) -> Reply {
        let mut reply = self.reply("count");
        let (a_line, b_line) = (self.lens.line(a.actor), self.lens.line(b.actor));
        let counts = |row: &RelationRow| matches!(row.category, "structure" | "territory" | "support");
        let ids = self.lens.relations_between(&a_line, &b_line);
        let mut rows: Vec<RelationRow> = ids.into_iter().map(|id| self.lens.row(id)).collect();
        rows.retain(|row| {
            counts(row) && row.how != Holds::No && row.claims.iter().any(|claim| !claim.figures.is_empty())
        });
        let claims: Vec<ClaimRow> =
            rows.iter().flat_map(|row| &row.claims).filter(|claim| !claim.figures.is_empty()).cloned().collect();
        let mut figures: Vec<String> = claims.iter().flat_map(|claim| &claim.figures).map(evidence::figure).collect();
        figures.dedup();
        if figures.is_empty() {
            reply.status = Standing::NothingRecorded;
            reply.text = "No number is recorded of that.".to_owned();
            return reply;
        }
        let said = super::wording::sentence_kept(&list(&figures));
        reply.text = join(&[format!("{}.", said.trim_end_matches('.')), join(&evidence::notes(&claims, 2))]);
        let numbers = claims.iter().flat_map(|claim| &claim.figures).map(evidence::number).collect();
        reply.count = Some(as_written(numbers));
        evidence::add(&mut reply, &claims);
        reply.tables.push((String::new(), Rows::Relations(rows)));
        reply
    }

    /// Whether another question has any answer: yes where one certainly holds, possibly where one may.
    pub(super) fn any(&self, inner: &Question) -> Reply {
        let mut reply = self.of(inner);
        let verdict = match reply.status {
            Standing::Answered if reply.answers.iter().any(|answer| answer.holds == Some(Holds::Certain.word())) => {
                Verdict::Yes
            }
            Standing::Answered => Verdict::Possible,
            _ => Verdict::Unknown,
        };
        reply.verdict = Some(verdict);
        let said = if verdict == Verdict::Unknown { "" } else { reply.text.as_str() };
        reply.text = join(&[verdict_in_words(verdict).to_owned(), said.to_owned()]);
        reply
    }

    /// How sure another question's answer is.
    pub(super) fn sureness(&self, inner: &Question) -> Reply {
        let asked = self.of(inner);
        let told = asked.text.clone();
        let mut reply = Reply { kind: Some("sureness"), text: String::new(), ..asked };
        // What stands nearest to a thing of which nothing is recorded says nothing about it.
        let is_unknown = reply.verdict == Some(Verdict::Unknown) || reply.status == Standing::NothingRecorded;
        let claims = if is_unknown { Vec::new() } else { self.claims_behind(&reply.evidence) };
        if claims.is_empty() {
            reply.status = Standing::NothingRecorded;
            reply.verdict = reply.verdict.or(Some(Verdict::Unknown));
            reply.evidence.clear();
            reply.text = "Nothing is recorded of that (which is not a no).".to_owned();
            return reply;
        }
        // A no rests on what is recorded of other days, or of the opposite: how firmly that is said is not how sure the thing is.
        if reply.verdict == Some(Verdict::No) {
            reply.text = told;
            return reply;
        }
        let rows: Vec<ClaimRow> = claims.iter().map(|claim| ClaimRow::new(self.lens.graph, claim)).collect();
        // Sources that draw on one another are one.
        let mut sources: Vec<_> = claims.iter().map(|claim| claim.source).collect();
        sources.sort_unstable();
        sources.dedup();
        let all = sources.clone();
        sources.retain(|id| !self.lens.graph.source(*id).derived_from.iter().any(|origin| all.contains(origin)));
        let mut parts: Vec<String> = Vec::new();
        if let Some(verdict) = reply.verdict {
            parts.push(verdict_in_words(verdict).to_owned());
        }
        let against = rows.iter().filter(|row| row.stance != "supports").count();
        let mut firmness: Vec<String> = Vec::new();
        for modality in ["asserted", "reported", "possible", "offered", "predicted"] {
            let number = rows.iter().filter(|row| row.stance == "supports" && row.modality == modality).count();
            if number > 0 {
                let claims = if number == 1 { "1 claim".to_owned() } else { format!("{number} claims") };
                firmness.push(format!("{} in {claims}", modality_in_words(modality)));
            }
        }
        if !firmness.is_empty() {
            parts.push(format!("It is {}.", list(&firmness)));
        }
        if against > 0 {
            parts.push(format!("{against} {} against it.", if against == 1 { "claim stands" } else { "claims stand" }));
        }
        if rows.iter().all(|row| row.modality != "asserted") {
            parts.push("No source confirms it outright.".to_owned());
        }
        let number = sources.len();
        let independent =
            if number == 1 { "1 independent source".to_owned() } else { format!("{number} independent sources") };
        let mut grades: Vec<String> = rows.iter().map(|row| row.grade.clone()).collect();
        grades.sort();
        grades.dedup();
        parts.push(format!("{independent}; grades {}.", grades.join(", ")));
        let speakers: Vec<String> =
            rows.iter().filter_map(|row| self.speaker(row)).fold(Vec::new(), |mut all, name| {
                if !all.contains(&name) {
                    all.push(name);
                }
                all
            });
        if !speakers.is_empty() {
            parts.push(format!("On the word of {}.", list(&speakers)));
        }
        parts.extend(evidence::notes(&rows, 3).iter().map(|note| super::wording::sentence_kept(note)));
        reply.text = join(&parts);
        reply
    }
}

/// Words for people in the ranks of something: of those only a figure that a source gives is a number.
const PEOPLE: [&str; 18] = [
    "fighter",
    "militant",
    "combatant",
    "insurgent",
    "rebel",
    "jihadist",
    "jihadi",
    "soldier",
    "troop",
    "men",
    "man",
    "member",
    "people",
    "person",
    "personnel",
    "recruit",
    "civilian",
    "prisoner",
];

/// Whether a sentence asks for a number of people in the ranks of something: `how many foreign fighters …`.
fn counts_people(sentence: &str) -> bool {
    let small = sentence.to_lowercase();
    let Some((_, rest)) =
        ["how many ", "number of ", "how strong "].iter().find_map(|opening| small.split_once(opening))
    else {
        return false;
    };
    // The thing counted stands at most behind two words that describe it.
    let words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let ends = |word: &&str| {
        matches!(*word, "of" | "in" | "do" | "does" | "did" | "has" | "have" | "is" | "are" | "was" | "were")
    };
    words.take_while(|word| !ends(word)).take(3).any(|word| PEOPLE.contains(&word.trim_end_matches('s')))
}

/// Numbers as their sources give them, each once: a plain one as a number.
pub(super) fn as_written(mut numbers: Vec<String>) -> Count {
    let mut seen: Vec<String> = Vec::new();
    numbers.retain(|number| {
        !seen.contains(number) && {
            seen.push(number.clone());
            true
        }
    });
    match &numbers[..] {
        [only] if only.parse::<usize>().is_ok() => Count::Records(only.parse().unwrap_or_default()),
        _ => Count::Figure(numbers.join("; ")),
    }
}

fn length(rows: &Rows) -> usize {
    match rows {
        Rows::Relations(rows) => rows.len(),
        Rows::Events(rows) => rows.len(),
        Rows::Timeline(rows) => rows.len(),
        Rows::Chains(rows) => rows.len(),
        Rows::Facts(rows) => rows.len(),
    }
}

/// The words of a text that may mean something, without their endings.
pub(super) fn stems(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| word.chars().count() > 3).map(|word| word.trim_end_matches('s').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::ask::question::Who;
    use crate::model::Verdict;

    #[test]
    fn people_are_not_counted_among_the_records() {
        let parts = Question::Who {
            set: related(tie("linked-to"), Who::Named(named("isis"))),
            sort: None,
            manner: Manner::Holding,
        };
        let count = Question::Count(Box::new(parts));
        let reply = reply_to("how many soldiers does ISIS have", asked(count.clone(), "now"));
        assert_eq!((reply.count, reply.status), (None, Standing::NothingRecorded), "{}", reply.text);
        let reply = reply_to("how many actors are linked to ISIS", asked(count, "now"));
        assert!(matches!(reply.count, Some(Count::Records(number)) if number > 0), "{}", reply.text);
    }

    #[test]
    fn numbers_stand_without_what_they_count() {
        let written = |all: &[&str]| as_written(all.iter().map(|number| (*number).to_owned()).collect());
        assert_eq!(written(&["3"]), Count::Records(3));
        assert_eq!(written(&["4,000–6,000", "4,000–6,000"]), Count::Figure("4,000–6,000".to_owned()));
        assert_eq!(written(&["more than 2,800"]), Count::Figure("more than 2,800".to_owned()));
    }

    #[test]
    fn what_is_nearest_makes_nothing_sure() {
        let inner =
            Question::Whether { a: named("hts"), tie: tie("allied-with"), b: Some(named("isis")), ended: false };
        let reply = reply(Question::Sureness(Box::new(inner)), "ever");
        assert_eq!(reply.verdict, Some(Verdict::Unknown));
        assert!(reply.evidence.is_empty() && !reply.text.contains("asserted"), "{}", reply.text);
    }
}
