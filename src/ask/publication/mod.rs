//! Whose word counts: "according to the Washington Post", "as known on 1 January 2020", "what did sources published before 2025 say".
//!
//! Runs before dates and names are read, so that a source's date is no day asked about, and a newspaper that speaks is no actor. The name of
//! a source counts only inside a phrase that makes it one: elsewhere the Washington Post is an actor like others.

mod knowledge;
mod names;
mod sayings;
mod sources;
#[cfg(test)]
mod tests;

use super::Problem;
use super::dates::{self, Relative, Time};
use super::sentence::Sentence;
use crate::graph::{ClaimFilter, TemporalGraph};
use crate::model::SourceId;
use crate::time::{Bounds, Day};
use names::Names;

/// What a sentence says of the claims that count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Publication {
    /// The claims that count.
    pub(super) claims: ClaimFilter,
    /// Whether any words said so.
    pub(super) is_said: bool,
    /// The sentence asks what is said at all ("what does the Post say …"), so that the sources are its subject.
    pub(super) asks_what_is_said: bool,
    /// What was understood, for the answer's head: `only claims of wapo-2025-01`.
    pub(super) assumptions: Vec<String>,
}

/// What the phrases of a sentence have said so far.
#[derive(Debug, Default)]
struct Said {
    /// Sources named, of any phrase.
    named: Vec<SourceId>,
    /// Sources by their date, of every phrase.
    dated: Option<Vec<SourceId>>,
    /// The words that dated them.
    dated_by: String,
    excluded: Vec<SourceId>,
    known_by: Option<Day>,
    is_said: bool,
    asks_what_is_said: bool,
    remarks: Vec<String>,
}

/// Finds phrases about publication and takes their words.
///
/// # Errors
/// When it names a source or speaks of sources that there are not, or says a date that there is not.
pub(super) fn find(graph: &TemporalGraph, sentence: &mut Sentence) -> Result<Publication, Problem> {
    let names = Names::of(graph);
    let mut said = Said::default();
    let mut at = 0;
    while at < sentence.words.len() {
        let read = sayings::read(graph, &names, sentence, at, &mut said)
            .or_else(|| knowledge::read(graph, sentence, at, &mut said))
            .or_else(|| sources::read(graph, &names, sentence, at, &mut said));
        match read {
            Some(Ok(end)) => at = end.max(at + 1),
            Some(Err(problem)) => return Err(problem),
            None => at += 1,
        }
    }
    if said.is_said {
        said_passively(sentence, &mut said);
    }
    said.finish(graph)
}

/// "what is said in document 002 about Turkey", "what was reported by MEI about HTS": what is said is asked for.
fn said_passively(sentence: &mut Sentence, said: &mut Said) {
    const PASSIVES: [&str; 9] =
        ["said", "reported", "written", "claimed", "stated", "told", "mentioned", "recorded", "there"];
    for at in 0..sentence.words.len() {
        if sentence.word(at) != "what"
            || !matches!(sentence.word(at + 1), "is" | "was" | "'s")
            || !sentence.is_free(at..at + 2)
        {
            continue;
        }
        let is_taken = |at: usize| sentence.taken.get(at) == Some(&true);
        let has_passive = PASSIVES.contains(&sentence.word(at + 2));
        // "what is in document 002 about Turkey", "what was reported by MEI": the phrase of the source may hold the participle.
        if has_passive || (sentence.word(at + 2) == "in" && is_taken(at + 2)) {
            let end = if is_taken(at + 2) { at + 2 } else { at + 3 };
            sentence.take(at + 1..end);
            said.asks_what_is_said = true;
            return;
        }
    }
}

impl Said {
    /// Remembers sources that count.
    fn name(&mut self, ids: &[SourceId]) {
        self.is_said = true;
        self.named.extend(ids);
    }

    /// Remembers sources that do not count.
    fn exclude(&mut self, ids: &[SourceId]) {
        self.is_said = true;
        self.excluded.extend(ids);
    }

    /// Remembers a last day of publication; the earliest of several counts.
    fn known(&mut self, day: Day) {
        self.is_said = true;
        self.known_by = Some(self.known_by.map_or(day, |known| known.min(day)));
    }

    /// Remembers when the sources that count were published.
    fn published(&mut self, graph: &TemporalGraph, time: &Time, typed: &str) -> Result<(), Problem> {
        if let Some(day) = last_day(time, false) {
            self.known(day);
            return Ok(());
        }
        let ids = published_in(graph, time, typed)?;
        self.is_said = true;
        typed.clone_into(&mut self.dated_by);
        self.dated = Some(match self.dated.take() {
            None => ids,
            Some(before) => before.into_iter().filter(|id| ids.contains(id)).collect(),
        });
        Ok(())
    }

    fn finish(mut self, graph: &TemporalGraph) -> Result<Publication, Problem> {
        self.named.sort_unstable();
        self.named.dedup();
        self.excluded.sort_unstable();
        self.excluded.dedup();
        if let Some(dated) = &self.dated {
            if self.named.is_empty() {
                self.named.clone_from(dated);
            } else {
                self.named.retain(|id| dated.contains(id));
            }
            if self.named.is_empty() {
                return Err(no_source(graph, &self.dated_by));
            }
        }
        let list = |ids: &[SourceId]| ids.iter().map(|id| &*graph.source(*id).slug).collect::<Vec<_>>().join(", ");
        let mut assumptions = Vec::new();
        if !self.named.is_empty() {
            assumptions.push(format!("only claims of {}", list(&self.named)));
        }
        if !self.excluded.is_empty() {
            assumptions.push(format!("without claims of {}", list(&self.excluded)));
        }
        if let Some(day) = self.known_by {
            assumptions.push(format!("only claims of sources published by {day}"));
        }
        assumptions.append(&mut self.remarks);
        Ok(Publication {
            claims: ClaimFilter {
                known_by: self.known_by,
                sources: self.named,
                excluded: self.excluded,
                ..ClaimFilter::default()
            },
            is_said: self.is_said,
            asks_what_is_said: self.asks_what_is_said,
            assumptions,
        })
    }
}

/// The problem that no source was published then: the sources there are, each with its date.
fn no_source(graph: &TemporalGraph, typed: &str) -> Problem {
    let near = graph.sources().map(|(_, source)| format!("{} ({})", source.slug, source.published)).collect();
    Problem::Source { text: typed.to_owned(), near }
}

/// The last day of a time that only has an end: "before 2025", "until 2019". `as_known`: a period counts up to its last day too.
fn last_day(time: &Time, as_known: bool) -> Option<Day> {
    let day = match time {
        Time::Dated(Relative::Before, dated) => dated.hull().earliest.plus(-1),
        Time::Dated(Relative::Until, dated) => dated.hull().latest,
        Time::Dated(Relative::In, dated) if as_known => dated.hull().latest,
        _ => return None,
    };
    day.is_bounded().then_some(day)
}

/// The days of a time that has a beginning.
fn days(time: &Time) -> Option<Bounds> {
    Some(match time {
        Time::Dated(Relative::In | Relative::Throughout, dated) => dated.hull(),
        Time::Dated(Relative::After, dated) => Bounds::between(dated.hull().latest.plus(1), Day::FAR_FUTURE),
        Time::Dated(Relative::Since, dated) => Bounds::between(dated.hull().earliest, Day::FAR_FUTURE),
        Time::Between(from, to) => Bounds::between(from.hull().earliest, to.hull().latest),
        _ => return None,
    })
}

/// The sources that may have been published in a time.
fn published_in(graph: &TemporalGraph, time: &Time, typed: &str) -> Result<Vec<SourceId>, Problem> {
    let Some(days) = days(time) else { return Err(no_source(graph, typed)) };
    let ids: Vec<SourceId> = graph
        .sources()
        .filter(|(_, source)| {
            let published = source.published.hull();
            published.earliest <= days.latest && published.latest >= days.earliest
        })
        .map(|(id, _)| id)
        .collect();
    if ids.is_empty() { Err(no_source(graph, typed)) } else { Ok(ids) }
}

/// Whether a comma or another mark stands before a word.
fn is_after_pause(sentence: &Sentence, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    match (sentence.words.get(before), sentence.words.get(at)) {
        (Some(before), Some(word)) => sentence
            .text
            .get(before.span.end..word.span.start)
            .is_some_and(|gap| gap.contains([',', ';', ':', '?', '!', '(', ')', '–', '—'])),
        _ => true,
    }
}

/// The longest of some phrases that stands at a word, all of its words free: its length.
fn phrase_at(sentence: &Sentence, at: usize, phrases: &[&str]) -> Option<usize> {
    let first = sentence.word(at);
    phrases
        .iter()
        .filter(|phrase| phrase.starts_with(first))
        .filter_map(|phrase| {
            let length = phrase.split(' ').count();
            let fits = phrase.split(' ').enumerate().all(|(place, word)| sentence.word(at + place) == word);
            (fits && sentence.is_free(at..at + length)).then_some(length)
        })
        .max()
}

/// A date phrase that may begin with "from" before another preposition: "from before 2020". Where it ends, and the time; "from 2019" is in 2019.
fn date_of_publication(sentence: &Sentence, at: usize) -> Option<Result<(usize, Time), Problem>> {
    let read = dates::date_at(sentence, at);
    let read = if sentence.word(at) == "from" { read.or_else(|| dates::date_at(sentence, at + 1)) } else { read };
    Some(read?.map(|found| {
        let last = sentence.word(found.words.end.saturating_sub(1));
        let goes_on = matches!(
            last,
            "on" | "onward" | "onwards" | "forward" | "forwards" | "later" | "after" | "now" | "today" | "present"
        );
        let time = match found.time {
            Time::Dated(Relative::Since, dated) if sentence.word(at) == "from" && !goes_on => {
                Time::Dated(Relative::In, dated)
            }
            time => time,
        };
        (found.words.end, time)
    }))
}
