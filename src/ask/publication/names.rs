//! Sources by what people call them: names, titles, ids, publishers, authors, "document 003", "the newest source", "the article of January 2019".

use super::{date_of_publication, is_after_pause, published_in};
use crate::ask::Problem;
use crate::ask::dates::{self, Relative, Time};
use crate::ask::sentence::Sentence;
use crate::graph::TemporalGraph;
use crate::model::SourceId;
use crate::names::fold;

/// What a source is called by its sort, after or before its name.
pub(super) const SORTS: &[&str] = &[
    "article",
    "report",
    "paper",
    "story",
    "piece",
    "study",
    "analysis",
    "document",
    "doc",
    "source",
    "text",
    "essay",
    "publication",
    "commentary",
];

/// What only follows a name.
const FOLLOWING: &[&str] = &["reporting", "coverage"];

/// What follows "X's".
const ACCOUNTS: &[&str] = &[
    "account",
    "view",
    "views",
    "words",
    "telling",
    "version",
    "reading",
    "opinion",
    "judgement",
    "judgment",
    "assessment",
    "estimation",
    "estimate",
    "reckoning",
    "narrative",
    "claims",
    "description",
];

const NEWEST: &[&str] = &["newest", "latest", "most recent", "last"];
const OLDEST: &[&str] = &["oldest", "earliest", "first"];

/// The longest name, in words.
const LONGEST: usize = 14;

/// The names of the sources, folded.
#[derive(Debug)]
pub(super) struct Names {
    all: Vec<(String, SourceId)>,
}

/// A source as a sentence names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// After the last word.
    pub(super) end: usize,
    /// Which sources bear the name.
    pub(super) ids: Vec<SourceId>,
    /// The sentence says that it is a source: "X's article", "document 003", "the newest source".
    pub(super) is_marked: bool,
    /// It is told by its age alone.
    pub(super) is_by_age: bool,
    /// What is to be said of how it was read.
    pub(super) remark: Option<String>,
}

impl Names {
    /// The names of a graph's sources.
    pub(super) fn of(graph: &TemporalGraph) -> Self {
        let mut all = Vec::new();
        for (id, source) in graph.sources() {
            let mut add = |name: &str| {
                let folded = fold(name);
                if !folded.is_empty() {
                    all.push((folded, id));
                }
            };
            add(&source.slug);
            add(&source.title);
            source.names.iter().for_each(|name| add(name));
            source.publisher.iter().for_each(|name| add(name));
            if let Some(author) = &source.author {
                add(author);
                author.rsplit(' ').next().into_iter().for_each(&mut add);
            }
        }
        all.sort();
        all.dedup();
        Self { all }
    }

    /// The sources of which this is a name.
    fn called(&self, folded: &str) -> Vec<SourceId> {
        self.all.iter().filter(|(name, _)| name == folded).map(|(_, id)| *id).collect()
    }

    /// The sources of which the name is this but for one letter, where all such names mean the same.
    fn nearly_called(&self, folded: &str) -> Option<(String, Vec<SourceId>)> {
        if folded.chars().count() < 5 || folded.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let mut near = self.all.iter().filter(|(name, _)| {
            name.chars().count() >= 5
                && name.chars().next() == folded.chars().next()
                && strsim::osa_distance(name, folded) == 1
        });
        let (name, _) = near.next()?;
        let ids = self.called(name);
        near.all(|(_, id)| ids.contains(id)).then(|| (name.clone(), ids))
    }

    /// Names near a text, for a suggestion.
    pub(super) fn near(&self, graph: &TemporalGraph, text: &str) -> Vec<String> {
        let plain: Vec<&str> = graph
            .sources()
            .flat_map(|(_, source)| std::iter::once(&*source.slug).chain(source.names.iter().map(|name| &**name)))
            .collect();
        crate::names::nearest(&fold(text), plain, 3).into_iter().map(str::to_owned).collect()
    }

    /// The longest name at a word; a number only when `numbers`, and then whatever noughts it begins with.
    fn name(&self, sentence: &Sentence, at: usize, numbers: bool) -> Option<(usize, Vec<SourceId>)> {
        let last = (at + LONGEST).min(sentence.words.len());
        for end in (at + 1..=last).rev() {
            if !sentence.is_free(at..end) || sentence.word(end - 1) == "'s" || sentence.word(at) == "'s" {
                continue;
            }
            let folded = fold(sentence.typed(at..end));
            let is_number = !folded.is_empty() && folded.bytes().all(|b| b.is_ascii_digit());
            if is_number && !numbers {
                continue;
            }
            let ids = self.called(&folded);
            if !ids.is_empty() {
                return Some((end, ids));
            }
            if is_number {
                let value = folded.trim_start_matches('0');
                let same =
                    |name: &str| name.bytes().all(|b| b.is_ascii_digit()) && name.trim_start_matches('0') == value;
                let ids: Vec<SourceId> = self.all.iter().filter(|(name, _)| same(name)).map(|(_, id)| *id).collect();
                if !ids.is_empty() {
                    return Some((end, ids));
                }
            }
        }
        None
    }

    /// The same with one letter wrong.
    fn bent_name(&self, sentence: &Sentence, at: usize) -> Option<(usize, Vec<SourceId>, String)> {
        let last = (at + 4).min(sentence.words.len());
        (at + 1..=last).rev().find_map(|end| {
            if !sentence.is_free(at..end) || sentence.word(end - 1) == "'s" {
                return None;
            }
            let (name, ids) = self.nearly_called(&fold(sentence.typed(at..end)))?;
            Some((end, ids, format!("read \"{}\" as {name}", sentence.typed(at..end))))
        })
    }

    /// The source that is spoken of at a word. `slips`: also with a letter wrong, or by its bare number.
    pub(super) fn mention(
        &self,
        graph: &TemporalGraph,
        sentence: &Sentence,
        at: usize,
        slips: bool,
    ) -> Option<Result<Mention, Problem>> {
        let start = if matches!(sentence.word(at), "the" | "this" | "that") { at + 1 } else { at };
        if !sentence.is_free(at..start + 1) {
            return None;
        }
        self.by_age(graph, sentence, start)
            .map(Ok)
            .or_else(|| self.dated_sort(graph, sentence, start))
            .or_else(|| self.sort_first(graph, sentence, start))
            .or_else(|| self.name_first(sentence, at, slips).map(Ok))
    }

    /// "newest source", "most recent of the articles".
    fn by_age(&self, graph: &TemporalGraph, sentence: &Sentence, at: usize) -> Option<Mention> {
        let is_newest = super::phrase_at(sentence, at, NEWEST);
        let length = is_newest.or_else(|| super::phrase_at(sentence, at, OLDEST))?;
        let mut next = at + length;
        if sentence.word(next) == "of" {
            next += 1;
            if matches!(sentence.word(next), "the" | "our" | "all") {
                next += 1;
            }
        } else if sentence.word(next) == "published" {
            next += 1;
        }
        let word = sentence.word(next);
        let is_noun = is_sort(word) || (next > at + length && is_sorts(word));
        if !is_noun {
            return None;
        }
        let published = |id: &SourceId| graph.source(*id).published.hull();
        let ids = graph.sources().map(|(id, _)| id);
        let chosen = if is_newest.is_some() {
            ids.max_by_key(|id| (published(id).latest, published(id).earliest))
        } else {
            ids.min_by_key(|id| (published(id).earliest, published(id).latest))
        }?;
        Some(Mention { end: next + 1, ids: vec![chosen], is_marked: true, is_by_age: true, remark: None })
    }

    /// "2019 article", "January 2019 MEI article".
    fn dated_sort(&self, graph: &TemporalGraph, sentence: &Sentence, at: usize) -> Option<Result<Mention, Problem>> {
        if matches!(
            sentence.word(at),
            "in" | "on" | "of" | "from" | "since" | "before" | "after" | "at" | "during" | "by" | "until"
        ) {
            return None;
        }
        // A date that cannot be read is not this phrase's matter yet.
        let found = dates::date_at(sentence, at)?.ok()?;
        let (next, named) = match self.name(sentence, found.words.end, false) {
            Some((end, ids)) => (end, Some(ids)),
            None => (found.words.end, None),
        };
        let sort = sentence.word(next);
        if !is_sort(sort) || is_after_pause(sentence, next) || is_after_pause(sentence, found.words.end) {
            return None;
        }
        let typed = sentence.typed(at..next + 1);
        Some(published_in(graph, &found.time, typed).and_then(|mut ids| {
            if let Some(named) = named {
                ids.retain(|id| named.contains(id));
            }
            if ids.is_empty() {
                return Err(super::no_source(graph, typed));
            }
            Ok(Mention { end: next + 1, ids, is_marked: true, is_by_age: false, remark: None })
        }))
    }

    /// "document 003", "source wapo-2025-01", "article by Giustozzi", "article of 25 November 2025".
    fn sort_first(&self, graph: &TemporalGraph, sentence: &Sentence, at: usize) -> Option<Result<Mention, Problem>> {
        if !is_sort(sentence.word(at)) {
            return None;
        }
        let next = match sentence.word(at + 1) {
            "no" | "number" | "nr" | "id" | "called" | "titled" | "entitled" | "by" => at + 2,
            "published" | "written" if sentence.word(at + 2) == "by" => at + 3,
            "from" | "of" | "in" if self.name_with_article(sentence, at + 2).is_some() => at + 2,
            _ => at + 1,
        };
        if !is_after_pause(sentence, at + 1)
            && let Some((end, ids)) = self.name_with_article(sentence, next)
        {
            return Some(Ok(Mention { end, ids, is_marked: true, is_by_age: false, remark: None }));
        }
        let next = match sentence.word(at + 1) {
            "published" | "written" | "dated" => at + 2,
            _ => at + 1,
        };
        let (end, time) = match date_of_publication(sentence, next)? {
            Ok(found) => found,
            Err(problem) => return Some(Err(problem)),
        };
        // "the article before 2019" is not one article, and "which source in 2019" asks for one.
        if !matches!(time, Time::Dated(Relative::In, _)) {
            return None;
        }
        Some(published_in(graph, &time, sentence.typed(at..end)).map(|ids| Mention {
            end,
            ids,
            is_marked: true,
            is_by_age: false,
            remark: None,
        }))
    }

    fn name_with_article(&self, sentence: &Sentence, at: usize) -> Option<(usize, Vec<SourceId>)> {
        self.name(sentence, at, true)
            .or_else(|| (sentence.word(at) == "the").then(|| self.name(sentence, at + 1, true)).flatten())
    }

    /// "the Washington Post", "MEI's article", "WaPo story", "Giustozzi's account".
    fn name_first(&self, sentence: &Sentence, at: usize, slips: bool) -> Option<Mention> {
        let (end, ids, remark) = match self.name(sentence, at, slips) {
            Some((end, ids)) => (end, ids, None),
            None => {
                let (end, ids, remark) = slips.then(|| self.bent_name(sentence, at)).flatten()?;
                (end, ids, Some(remark))
            }
        };
        let owns = sentence.word(end) == "'s";
        let mut next = if owns { end + 1 } else { end };
        if let Some(Ok(found)) = dates::date_at(sentence, next)
            && is_sort(sentence.word(found.words.end))
        {
            next = found.words.end;
        }
        let follows = is_sort(sentence.word(next)) && !matches!(sentence.word(next), "source" | "text");
        let follows =
            follows || FOLLOWING.contains(&sentence.word(next)) || (owns && ACCOUNTS.contains(&sentence.word(next)));
        let is_marked = follows && !is_after_pause(sentence, next) && sentence.is_free(end..next + 1);
        Some(Mention { end: if is_marked { next + 1 } else { end }, ids, is_marked, is_by_age: false, remark })
    }

    /// One source or several: "MEI or the Post", "Giustozzi, MEI and the Post".
    pub(super) fn mentions(
        &self,
        graph: &TemporalGraph,
        sentence: &Sentence,
        at: usize,
        slips: bool,
    ) -> Option<Result<Mention, Problem>> {
        let at = if matches!(sentence.word(at), "both" | "either" | "only") { at + 1 } else { at };
        let mut all = match self.mention(graph, sentence, at, slips)? {
            Ok(first) => first,
            Err(problem) => return Some(Err(problem)),
        };
        // What was named since the last "and" or "or" counts only when one comes.
        let mut pending = all.clone();
        loop {
            let conjoins = matches!(sentence.word(pending.end), "and" | "or" | "nor");
            if !conjoins && !is_listed(sentence, pending.end) {
                return Some(Ok(all));
            }
            let next = if conjoins { pending.end + 1 } else { pending.end };
            let Some(Ok(more)) = self.mention(graph, sentence, next, false) else { return Some(Ok(all)) };
            pending.end = more.end;
            pending.ids.extend(more.ids);
            pending.is_marked |= more.is_marked;
            if conjoins {
                all = pending.clone();
            }
        }
    }
}

/// Whether only a comma stands before a word.
fn is_listed(sentence: &Sentence, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    match (sentence.words.get(before), sentence.words.get(at)) {
        (Some(before), Some(word)) => {
            sentence.text.get(before.span.end..word.span.start).is_some_and(|gap| matches!(gap.trim(), "," | "&" | "/"))
        }
        _ => false,
    }
}

/// Whether a word says what sort of document something is.
pub(super) fn is_sort(word: &str) -> bool {
    SORTS.contains(&word)
}

/// The same in the plural.
pub(super) fn is_sorts(word: &str) -> bool {
    match word {
        "stories" | "studies" | "analyses" | "essays" | "commentaries" => true,
        _ => word.strip_suffix('s').is_some_and(is_sort),
    }
}
