//! Days without a year ("on October 7"): the year of the one day of that name that the data has.

use super::calendar;
use crate::ask::sentence::Sentence;
use crate::graph::TemporalGraph;
use crate::time::{Bounds, End};
use std::collections::BTreeSet;

/// A sentence with the years of its days put in, and what was assumed; `None` when there is nothing to put in, or when more than one year would do.
pub(in crate::ask) fn in_full(graph: &TemporalGraph, text: &str) -> Option<(String, Vec<String>)> {
    let sentence = Sentence::new(text);
    let mut full = text.to_owned();
    let mut assumptions = Vec::new();
    let mut found: Vec<(usize, u32, u32, std::ops::Range<usize>)> = Vec::new();
    let day = |at: usize| {
        let word = sentence.words.get(at).map(|word| word.text.as_str())?;
        calendar::day_number(word).or_else(|| calendar::ordinal(word))
    };
    let month = |at: usize| sentence.words.get(at).and_then(|word| calendar::month(&word.text));
    for at in 0..sentence.words.len() {
        let (month, day, words) = if let (Some(month), Some(day)) = (month(at), day(at + 1)) {
            (month, day, at..at + 2)
        } else if let (Some(day), Some(month)) = (day(at), month(at + 1)) {
            (month, day, at..at + 2)
        } else {
            continue;
        };
        let is_year = |at: usize| sentence.words.get(at).is_some_and(|word| calendar::year(&word.text).is_some());
        if is_year(words.end) {
            return None;
        }
        found.push((sentence.words[words.end - 1].span.end, month, day, words));
    }
    // From the last on, so that the places before stay what they are.
    for (end, month, day, words) in found.into_iter().rev() {
        let years = years_of(graph, month, day);
        let [year] = &*years.iter().collect::<Vec<_>>() else { return None };
        full.insert_str(end, &format!(" {year}"));
        assumptions.push(format!("\"{}\" read as that of {year}, the only one recorded", sentence.typed(words)));
    }
    (!assumptions.is_empty()).then_some((full, assumptions))
}

/// The years in which something is recorded to the day on this day of this month.
fn years_of(graph: &TemporalGraph, month: u32, day: u32) -> BTreeSet<String> {
    let mut years = BTreeSet::new();
    let mut add = |bounds: Bounds| {
        if bounds.earliest != bounds.latest || bounds.earliest.to_ymd().is_none_or(|(_, m, d)| (m, d) != (month, day)) {
            return;
        }
        let text = bounds.earliest.to_string();
        if let Some(year) = text.strip_suffix(&format!("-{month:02}-{day:02}")) {
            years.insert(year.to_owned());
        }
    };
    for (_, event) in graph.events() {
        for end in [event.date.start(), event.date.end()] {
            if let End::Known(bounds) = end {
                add(bounds);
            }
        }
    }
    graph.each_recorded_ends(|ends| [ends.start, ends.end].into_iter().for_each(&mut add));
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_a_year_is_the_one_recorded() {
        use crate as allegiance;
        let graph = allegiance::dataset::embedded();
        let full = |text: &str| in_full(&graph, text).map(|(text, _)| text);
        assert_eq!(full("who attacked Israel on October 7").as_deref(), Some("who attacked Israel on October 7 2023"));
        assert_eq!(full("what happened on 7 October?").as_deref(), Some("what happened on 7 October 2023?"));
        assert_eq!(full("what happened on 7 October 2023?"), None);
        assert_eq!(full("what happened on 3 February"), None);
        assert_eq!(full("what happened in October"), None);
    }
}
