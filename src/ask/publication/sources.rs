//! Sources named: "according to the Washington Post", "in the MEI article", "without Giustozzi".

use super::names::{Mention, Names};
use super::{Said, date_of_publication, is_after_pause, no_source, phrase_at, published_in};
use crate::ask::Problem;
use crate::ask::dates::{Relative, Time};
use crate::ask::sentence::Sentence;
use crate::graph::TemporalGraph;
use crate::names::Index;
use std::ops::Range;

/// What makes any name of a source one.
const LEADS: &[&str] = &[
    "according to",
    "according only to",
    "acc to",
    "per",
    "as per",
    "as reported by",
    "reported by",
    "as reported in",
    "reported in",
    "as stated by",
    "as stated in",
    "as described by",
    "as described in",
    "as told by",
    "as claimed by",
    "claimed by",
    "as noted by",
    "as noted in",
    "as written by",
    "as mentioned by",
    "as mentioned in",
    "mentioned by",
    "mentioned in",
    "as given by",
    "as given in",
    "as presented by",
    "as seen by",
    "based on",
    "based only on",
    "based solely on",
    "going by",
    "going only by",
    "judging by",
    "judging from",
    "drawing on",
    "relying on",
    "relying only on",
    "in the view of",
    "in the words of",
    "in the account of",
    "in the opinion of",
    "from the point of view of",
    "on the account of",
    "by the account of",
    "with reference to",
    "citing",
    "quoting",
    "if we only use",
    "if we use only",
    "if we only count",
    "only counting",
    "counting only",
    "considering only",
    "limited to",
    "restricted to",
    "using",
    "using only",
    "only using",
    "only according to",
    "only per",
    "only from",
    "made by",
    "claims of",
    "claims by",
    "claims from",
    "the claims of",
    "known from",
    "know from",
    "learn from",
    "learned from",
    "learnt from",
    "sourced to",
    "source",
];

/// What makes a source of a name only with "article" and the like.
const WEAK: &[&str] = &[
    "in",
    "from",
    "by",
    "on",
    "within",
    "of",
    "through",
    "via",
    "only",
    "only in",
    "only by",
    "just",
    "solely from",
    "just from",
    "with",
];

/// What leaves a source out.
const WITHOUT: &[&str] = &[
    "without",
    "without counting",
    "without using",
    "excluding",
    "leaving out",
    "leave out",
    "ignoring",
    "ignore",
    "disregarding",
    "disregard",
    "not counting",
    "discounting",
    "setting aside",
    "leaving aside",
    "if we leave out",
    "if we ignore",
    "if one leaves out",
    "but not according to",
    "not according to",
    "except according to",
    "except per",
    "other than according to",
    "apart from according to",
    "aside from according to",
    "besides according to",
    "but not as reported by",
    "except as reported by",
    "except as reported in",
    "but not per",
];

/// The same, where only "article" and the like make clear that a source is meant.
const WEAKLY_WITHOUT: &[&str] =
    &["except", "except for", "except in", "other than", "apart from", "besides", "aside from", "minus", "but"];

/// Words that make those to whom something is ascribed no source of the set.
const NO_SOURCES: &[&str] = &[
    "source",
    "sources",
    "official",
    "officials",
    "analyst",
    "analysts",
    "expert",
    "experts",
    "report",
    "reports",
    "media",
    "observer",
    "observers",
    "group",
    "groups",
    "people",
    "member",
    "members",
    "resident",
    "residents",
    "officer",
    "officers",
    "critic",
    "critics",
    "commander",
    "commanders",
    "diplomat",
    "diplomats",
    "government",
    "governments",
    "author",
    "authors",
    "article",
    "articles",
    "paper",
    "document",
    "documents",
    "data",
    "text",
    "texts",
    "agencies",
    "agency",
    "services",
    "intelligence",
    "cadre",
    "cadres",
    "fighters",
    "some",
    "many",
    "most",
    "few",
    "several",
    "others",
    "them",
    "him",
    "her",
    "it",
    "us",
    "you",
    "whom",
    "who",
    "which",
    "what",
    "whose",
    "himself",
    "itself",
    "themselves",
    "plan",
    "law",
    "record",
    "records",
    "evidence",
    "everyone",
    "anyone",
    "anybody",
    "specialists",
];

/// Reads a phrase at a word; the place after it.
pub(super) fn read(
    graph: &TemporalGraph,
    names: &Names,
    sentence: &mut Sentence,
    at: usize,
    said: &mut Said,
) -> Option<Result<usize, Problem>> {
    if !sentence.is_free(at..at + 1) {
        return None;
    }
    let attempts: [(&[&str], bool, bool); 4] =
        [(LEADS, false, false), (WITHOUT, true, false), (WEAK, false, true), (WEAKLY_WITHOUT, true, true)];
    for (leads, excludes, weak) in attempts {
        let Some(length) = phrase_at(sentence, at, leads) else { continue };
        let mention = match names.mentions(graph, sentence, at + length, !weak && sentence.word(at) != "source") {
            Some(Ok(mention)) => mention,
            Some(Err(problem)) => return Some(Err(problem)),
            None => continue,
        };
        if weak && !mention.is_marked {
            continue;
        }
        return Some(take(graph, sentence, at, mention, excludes, said));
    }
    // ", says MEI"
    if is_after_pause(sentence, at)
        && matches!(sentence.word(at), "says" | "said" | "writes" | "wrote" | "reports" | "reported")
        && let Some(Ok(mention)) = names.mentions(graph, sentence, at + 1, false)
        && !mention.is_marked
    {
        return Some(take(graph, sentence, at, mention, false, said));
    }
    // "leaving Giustozzi aside"
    if matches!(sentence.word(at), "leaving" | "setting" | "putting" | "leave")
        && let Some(Ok(mut mention)) = names.mentions(graph, sentence, at + 1, false)
        && sentence.word(mention.end) == "aside"
    {
        mention.end += 1;
        return Some(take(graph, sentence, at, mention, true, said));
    }
    if let Some(problem) = unknown(graph, names, sentence, at) {
        return Some(Err(problem));
    }
    // "WaPo story on …", "document 003": a source without any lead, but "which is the newest source" asks for one.
    match names.mention(graph, sentence, at, false)? {
        Ok(mention) if mention.is_marked && !mention.is_by_age && !is_asked_for(sentence, at) => {
            Some(take(graph, sentence, at, mention, false, said))
        }
        _ => None,
    }
}

/// Whether a word before asks for what stands at a word ("which article of 2019"), or takes its date for another ("since the Post article").
fn is_asked_for(sentence: &Sentence, at: usize) -> bool {
    const ASKING: [&str; 17] = [
        "which", "what", "whose", "many", "a", "an", "any", "wrote", "write", "since", "before", "after", "until",
        "between", "and", "or", "than",
    ];
    let asks = |at: usize| ASKING.contains(&sentence.word(at));
    match at.checked_sub(1) {
        Some(before) if sentence.word(before) == "the" => before.checked_sub(1).is_some_and(asks),
        Some(before) => asks(before),
        None => false,
    }
}

fn take(
    graph: &TemporalGraph,
    sentence: &mut Sentence,
    start: usize,
    mention: Mention,
    excludes: bool,
    said: &mut Said,
) -> Result<usize, Problem> {
    let mention = dated_mention(graph, sentence, mention)?;
    let mut end = mention.end;
    if matches!(sentence.word(end), "only" | "alone")
        && sentence.is_free(end..end + 1)
        && !is_after_pause(sentence, end)
    {
        end += 1;
    }
    sentence.take(start..end);
    if excludes {
        said.exclude(&mention.ids);
    } else {
        said.name(&mention.ids);
    }
    said.remarks.extend(mention.remark);
    Ok(end)
}

/// A mention with the date of publication that follows it: "the Washington Post in January 2025". A date on which none of its sources was
/// published, or after a comma, is a day asked about.
pub(super) fn dated_mention(graph: &TemporalGraph, sentence: &Sentence, mention: Mention) -> Result<Mention, Problem> {
    let at = mention.end;
    if mention.is_by_age
        || is_after_pause(sentence, at)
        || !matches!(sentence.word(at), "in" | "of" | "from" | "on" | "dated" | "published")
    {
        return Ok(mention);
    }
    let next = if sentence.word(at) == "published" { at + 1 } else { at };
    let (end, time) = match date_of_publication(sentence, next) {
        Some(Ok(found)) => found,
        Some(Err(problem)) => return Err(problem),
        None => return Ok(mention),
    };
    if !matches!(time, Time::Dated(Relative::In, _)) {
        return Ok(mention);
    }
    match narrowed(graph, sentence, &mention, at..end, &time) {
        Some(dated) => Ok(dated),
        None if mention.is_marked || next > at => Err(no_source(graph, sentence.typed(at..end))),
        None => Ok(mention),
    }
}

/// A mention narrowed by a date of publication at a word, wherever that stands, and where the date ends.
pub(super) fn published_then(
    graph: &TemporalGraph,
    sentence: &Sentence,
    mention: &Mention,
    at: usize,
) -> Option<Result<(Mention, usize), Problem>> {
    let (end, time) = match date_of_publication(sentence, at)? {
        Ok(found) => found,
        Err(problem) => return Some(Err(problem)),
    };
    if !matches!(time, Time::Dated(Relative::In, _)) {
        return None;
    }
    narrowed(graph, sentence, mention, at..end, &time).map(|dated| Ok((dated, end)))
}

/// The sources of a mention that may have been published in a time; `None` when there are none.
fn narrowed(
    graph: &TemporalGraph,
    sentence: &Sentence,
    mention: &Mention,
    words: Range<usize>,
    time: &Time,
) -> Option<Mention> {
    let typed = sentence.typed(words.clone());
    let published = published_in(graph, time, typed).unwrap_or_default();
    let ids: Vec<_> = mention.ids.iter().copied().filter(|id| published.contains(id)).collect();
    if ids.is_empty() {
        return None;
    }
    let remark = format!("read \"{typed}\" as the date of publication");
    let remark = mention.remark.as_ref().map_or_else(|| remark.clone(), |earlier| format!("{earlier}; {remark}"));
    Some(Mention { end: words.end, ids, remark: Some(remark), ..mention.clone() })
}

/// "according to the Guardian", where no such source is and no actor either.
fn unknown(graph: &TemporalGraph, names: &Names, sentence: &Sentence, at: usize) -> Option<Problem> {
    let length = phrase_at(sentence, at, &["according to", "according only to", "only according to"])?;
    let first = at + length;
    let start = if sentence.word(first) == "the" { first + 1 } else { first };
    const STOPS: &[&str] = &[
        "in", "on", "at", "what", "who", "which", "when", "where", "how", "did", "was", "is", "has", "have", "had",
        "were", "are", "does", "do", "and", "or", "about", "before", "after", "since", "until", "by",
    ];
    let mut end = start;
    while end < sentence.words.len()
        && end < start + 6
        && (end == start || !is_after_pause(sentence, end))
        && !STOPS.contains(&sentence.word(end))
        && sentence.is_free(end..end + 1)
    {
        end += 1;
    }
    if end == start || (start..end).any(|at| NO_SOURCES.contains(&sentence.word(at))) {
        return None;
    }
    // Whoever is an actor may be quoted by a source.
    let actors = Index::new(graph);
    if (start + 1..=end).any(|end| actors.is_name(sentence.typed(start..end))) {
        return None;
    }
    let text = sentence.typed(start..end).to_owned();
    let near = names.near(graph, &text);
    Some(Problem::Source { text, near })
}
