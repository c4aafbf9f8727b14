//! What was known by a day: "as known on 1 January 2020", "sources published before 2025", "with what was known in 2019".

use super::names::{is_sort, is_sorts};
use super::{Said, date_of_publication, is_after_pause, last_day, phrase_at};
use crate::ask::Problem;
use crate::ask::dates::{self, Relative, Time};
use crate::ask::sentence::Sentence;
use crate::graph::TemporalGraph;

/// What may stand before sources or before "what was known".
const BEFORE: &[&str] = &[
    "according to",
    "according only to",
    "as of",
    "based on",
    "based only on",
    "by",
    "drawing on",
    "from",
    "given",
    "going by",
    "going only by",
    "in",
    "in the",
    "judging by",
    "judging from",
    "of",
    "on",
    "on the basis of",
    "only from",
    "only in",
    "only",
    "per",
    "relying on",
    "relying only on",
    "if we only use",
    "if we use only",
    "if one only uses",
    "if we only count",
    "only counting",
    "counting only",
    "considering only",
    "only considering",
    "limited to",
    "restricted to",
    "just",
    "using",
    "using only",
    "only using",
    "with",
    "with only",
    "in the light of",
    "in light of",
    "as per",
    "as reported by",
    "as reported in",
];

const KNOWN: &[&str] = &[
    "as far as was known",
    "as far as it was known",
    "as far as is known",
    "as far as known",
    "so far as was known",
    "what did we know",
    "what did one know",
    "what did people know",
    "what did analysts know",
    "what would we have known",
    "what could we have known",
    "what could one know",
    "as known",
    "as it was known",
    "as was known",
    "as then known",
    "as publicly known",
    "what was known",
    "what was already known",
    "what was publicly known",
    "what was then known",
    "what had been known",
    "what is known",
    "what 's known",
    "what we knew",
    "what one knew",
    "what people knew",
    "the knowledge",
    "knowledge",
    "the state of knowledge",
    "state of knowledge",
    "the information available",
    "information available",
    "the evidence available",
    "evidence available",
    "all that was known",
    "everything known",
    "what was available",
    "what had been reported",
];

const PUBLISHED: &[&str] = &[
    "published",
    "released",
    "written",
    "dated",
    "printed",
    "issued",
    "available",
    "reported",
    "out",
    "that existed",
    "appeared",
    "appearing",
];

const LINKING: &[&str] = &[
    "that was",
    "that were",
    "that is",
    "that are",
    "which was",
    "which were",
    "that had been",
    "which had been",
    "was",
    "were",
    "that have been",
    "had been",
    "which have been",
    "that",
    "which",
];

/// Adjectives that make sources people.
const PEOPLE: &[&str] = &[
    "internal",
    "anonymous",
    "unnamed",
    "official",
    "diplomatic",
    "security",
    "military",
    "intelligence",
    "local",
    "inside",
    "open",
    "other",
    "us",
    "western",
];

/// How words for people of a country end.
const OF_COUNTRIES: &[&str] = &["ish", "ian", "eli", "aqi", "ese"];

/// Reads a phrase at a word; the place after it.
pub(super) fn read(
    graph: &TemporalGraph,
    sentence: &mut Sentence,
    at: usize,
    said: &mut Said,
) -> Option<Result<usize, Problem>> {
    let lead = phrase_at(sentence, at, BEFORE).unwrap_or(0);
    // The lead is tried first; "in" and "of" may also belong to something else.
    let leads: &[usize] = if lead == 0 { &[0] } else { &[lead, 0] };
    for lead in leads {
        let read = known(sentence, at, at + lead, said).or_else(|| published(graph, sentence, at, at + lead, said));
        if read.is_some() {
            return read;
        }
    }
    None
}

/// "as known on D", "with what was known by D"; of "what was known about HTS in 2019" only the date is taken.
fn known(sentence: &mut Sentence, start: usize, at: usize, said: &mut Said) -> Option<Result<usize, Problem>> {
    if let Some(length) = phrase_at(sentence, at, KNOWN) {
        let is_head = start == at && sentence.word(at).starts_with("what");
        let next = at + length;
        let is_noun = matches!(sentence.word(next - 1), "knowledge" | "available");
        if is_noun && start == at && !matches!(sentence.word(at), "the") && !is_after_pause(sentence, at) {
            return None;
        }
        return match dates::date_at(sentence, next) {
            Some(Ok(found)) => {
                let day = last_day(&found.time, true)?;
                let first = if is_head { next } else { start };
                sentence.take(first..found.words.end);
                said.known(day);
                Some(Ok(found.words.end))
            }
            Some(Err(problem)) => Some(Err(problem)),
            None if is_head => known_about(sentence, next, said),
            None => None,
        };
    }
    // "as of January 2019, what was known about HTS"
    if start == at
        && let Some(Ok(found)) = dates::date_at(sentence, at)
        && phrase_at(sentence, found.words.end, KNOWN).is_some()
        && sentence.word(found.words.end) == "what"
    {
        let day = last_day(&found.time, true)?;
        sentence.take(found.words.clone());
        said.known(day);
        return Some(Ok(found.words.end));
    }
    // "known by 2019, who led HTS"
    if start == at && sentence.word(at) == "known" && is_after_pause(sentence, at) && sentence.is_free(at..at + 1) {
        let found = match dates::date_at(sentence, at + 1)? {
            Ok(found) => found,
            Err(problem) => return Some(Err(problem)),
        };
        let is_last = found.words.end >= sentence.words.len() || is_after_pause(sentence, found.words.end);
        let day = last_day(&found.time, true).filter(|_| is_last)?;
        sentence.take(at..found.words.end);
        said.known(day);
        return Some(Ok(found.words.end));
    }
    None
}

/// "what was known about HTS in 2019": the date at the end. With "is", only a date that cannot be HTS's own.
fn known_about(sentence: &mut Sentence, at: usize, said: &mut Said) -> Option<Result<usize, Problem>> {
    let is_past = matches!(sentence.word(at.saturating_sub(2)), "was" | "already" | "publicly" | "then" | "been")
        || matches!(sentence.word(at.saturating_sub(1)), "knew" | "know")
        || sentence.word(at.saturating_sub(2)) == "have";
    if !matches!(sentence.word(at), "about" | "of" | "on" | "regarding" | "concerning") {
        return None;
    }
    for start in at + 1..sentence.words.len() {
        let found = match dates::date_at(sentence, start) {
            Some(Ok(found)) => found,
            Some(Err(problem)) => return Some(Err(problem)),
            None => continue,
        };
        let is_last = found.words.end >= sentence.words.len();
        let is_as_of = matches!((sentence.word(start), sentence.word(start + 1)), ("as", "of" | "at"));
        let fits = match found.time {
            Time::Dated(Relative::In, _) => is_past || is_as_of,
            Time::Dated(Relative::Until | Relative::Before, _) => true,
            _ => false,
        };
        let day = last_day(&found.time, true).filter(|_| is_last && fits)?;
        sentence.take(found.words.clone());
        said.known(day);
        // What stands between is read on its own.
        return Some(Ok(at));
    }
    None
}

/// "sources published before 2025", "articles from before 2020", "2019 sources", "what was published by 2019".
fn published(
    graph: &TemporalGraph,
    sentence: &mut Sentence,
    start: usize,
    at: usize,
    said: &mut Said,
) -> Option<Result<usize, Problem>> {
    let (noun, end, time) = match dated_sources(sentence, at)? {
        Ok(found) => found,
        Err(problem) => return Some(Err(problem)),
    };
    let typed = sentence.typed(at..end).to_owned();
    if let Err(problem) = said.published(graph, &time, &typed) {
        return Some(Err(problem));
    }
    // "which articles published before 2020 …" still asks for articles.
    let before = at.checked_sub(1).map_or("", |before| sentence.word(before));
    let asks = start == at && matches!(before, "which" | "many" | "what" | "list" | "all");
    sentence.take(if asks { noun + 1..end } else { start..end });
    Some(Ok(end))
}

/// Sources by their date at a word: where their noun stands, where the phrase ends, and the time.
pub(super) fn dated_sources(sentence: &Sentence, at: usize) -> Option<Result<(usize, usize, Time), Problem>> {
    let mut noun = at;
    while matches!(sentence.word(noun), "the" | "only" | "those" | "all" | "any") && sentence.is_free(noun..noun + 1) {
        noun += 1;
    }
    let word = sentence.word(noun);
    // "2019 sources", "pre-2020 articles"
    if let Some(Ok(found)) = dates::date_at(sentence, noun)
        && !matches!(
            word,
            "in" | "on" | "of" | "from" | "since" | "before" | "after" | "at" | "during" | "by" | "until" | "for"
        )
        && is_sorts(sentence.word(found.words.end))
        && !is_after_pause(sentence, found.words.end)
    {
        let end = found.words.end + 1;
        return sentence.is_free(at..end).then_some(Ok((found.words.end, end, found.time)));
    }
    let is_documents = is_sorts(word) || matches!(word, "material" | "reporting" | "coverage" | "literature" | "press");
    let is_open =
        matches!(word, "what" | "anything" | "everything" | "whatever" | "that" | "those" | "things") || is_sort(word);
    if (!is_documents && !is_open) || !sentence.is_free(noun..noun + 1) {
        return None;
    }
    let before = noun.checked_sub(1).map_or("", |before| sentence.word(before));
    if PEOPLE.contains(&before) || OF_COUNTRIES.iter().any(|ending| before.ends_with(ending)) {
        return None;
    }
    let mut next = noun + 1;
    next += phrase_at(sentence, next, LINKING).unwrap_or(0);
    let participle = phrase_at(sentence, next, PUBLISHED);
    next += participle.unwrap_or(0);
    if participle.is_none() && (is_open || next > noun + 1) {
        return None;
    }
    let (end, time) = match date_of_publication(sentence, next)? {
        Ok(found) => found,
        Err(problem) => return Some(Err(problem)),
    };
    // "sources 2019" may be anything.
    let is_bound = participle.is_some() || next < end && !sentence.word(next).starts_with(|c: char| c.is_ascii_digit());
    (is_bound && sentence.is_free(at..end)).then_some(Ok((noun, end, time)))
}
