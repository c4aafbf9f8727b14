//! What an answer rests on: citations, notes, and the list of claims.

use super::super::reply::{Evidence, Reply};
use crate::question::{self, ClaimRow};

/// Adds claims to what a reply rests on: by source and place, each once.
pub(super) fn add<'c>(reply: &mut Reply, claims: impl IntoIterator<Item = &'c ClaimRow>) {
    reply.evidence.extend(claims.into_iter().map(evidence));
    reply.evidence.sort_by(|a, b| order(a).cmp(&order(b)));
    reply.evidence.dedup();
}

/// A claim as evidence.
pub(super) fn evidence(claim: &ClaimRow) -> Evidence {
    Evidence {
        source: claim.source.clone(),
        locator: claim.locator.clone(),
        stance: claim.stance,
        note: claim.note.clone(),
    }
}

fn order(e: &Evidence) -> (&str, u32, &str, &str, &str) {
    (&e.source, first_number(&e.locator), &e.locator, e.stance, &e.note)
}

fn first_number(locator: &str) -> u32 {
    let digits: String = locator.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(u32::MAX)
}

/// Citations of claims, by source and place: `giustozzi-2025-03 ¶13,28; wapo-2025-01 ¶7 (denies)`.
pub(super) fn citations<'c>(claims: impl IntoIterator<Item = &'c ClaimRow>) -> String {
    let mut ordered: Vec<&ClaimRow> = claims.into_iter().collect();
    ordered.sort_by_cached_key(|claim| (claim.source.clone(), first_number(&claim.locator), claim.locator.clone()));
    question::citations(ordered)
}

/// Where some claims stand: each place of a source once.
pub(super) fn places<'c>(claims: impl IntoIterator<Item = &'c ClaimRow>) -> Vec<String> {
    let mut all: Vec<String> = claims.into_iter().map(|claim| format!("{} {}", claim.source, claim.locator)).collect();
    all.sort();
    all.dedup();
    all
}

/// Whether at least half of some places are among others: the two tell of one matter.
pub(super) fn is_covered(places: &[String], by: &[String]) -> bool {
    !places.is_empty() && places.iter().filter(|place| by.contains(place)).count() * 2 >= places.len()
}

/// A claim as its source has it: `anti-isis-gamble-2025-11 ¶6: The article holds that …`.
pub(super) fn note(claim: &ClaimRow) -> String {
    let figures: Vec<String> = claim.figures.iter().map(figure).filter(|figure| !claim.note.contains(figure)).collect();
    let figures = if figures.is_empty() { String::new() } else { format!(" ({})", figures.join("; ")) };
    let against = if claim.stance == "supports" { String::new() } else { format!(" ({})", claim.stance) };
    format!("{} {}{against}: {}{figures}", claim.source, claim.locator, claim.note)
}

/// A figure in words: `at least 2,800 engagements`.
pub(super) fn figure(figure: &crate::question::FigureRow) -> String {
    let qualifier = figure.qualifier.as_ref().map_or_else(String::new, |q| format!("{q} "));
    format!("{qualifier}{} {}", figure.value, figure.what)
}

/// The number of a figure without what it counts: `at least 2,800`.
pub(super) fn number(figure: &crate::question::FigureRow) -> String {
    let qualifier = figure.qualifier.as_ref().map_or_else(String::new, |q| format!("{q} "));
    format!("{qualifier}{}", figure.value)
}

/// The most telling notes of some claims, at most so many: one from each side first where there are two, firm ones before others, each place
/// of a source once.
pub(super) fn notes<'c>(claims: impl IntoIterator<Item = &'c ClaimRow>, most: usize) -> Vec<String> {
    let all: Vec<&ClaimRow> = claims.into_iter().collect();
    let first = all.iter().copied().find(|c| c.stance == "supports");
    let against = all.iter().copied().find(|c| c.stance != "supports");
    let mut chosen: Vec<&ClaimRow> = Vec::new();
    for claim in first.into_iter().chain(against).chain(all.iter().copied()) {
        let is_told = |other: &&ClaimRow| {
            other.source == claim.source
                && (other.locator == claim.locator && other.stance == claim.stance || other.note == claim.note)
        };
        if chosen.len() < most && !chosen.iter().any(is_told) {
            chosen.push(claim);
        }
    }
    chosen.into_iter().map(note).collect()
}
