//! The sources of a brief: numbered in the order in which they are first cited.

use super::content::Section;
use crate::graph::TemporalGraph;
use crate::model::{Reliability, Source, SourceId, places_in_words};
use crate::question::ClaimRow;
use serde_json::{Value, json};

/// The sources that a brief cites, in order of their numbers.
#[derive(Debug)]
pub(super) struct Sources {
    /// Each with the places cited, as locators.
    cited: Vec<(SourceId, Vec<String>)>,
    slugs: Vec<String>,
}

impl Sources {
    /// Numbers the sources of all statements: in the order of the page, the claims for a statement before those against it.
    pub(super) fn number(sections: &[Section], graph: &TemporalGraph) -> Self {
        let mut all = Self { cited: Vec::new(), slugs: Vec::new() };
        for section in sections {
            for id in &section.named_by {
                all.note(&graph.source(*id).slug, graph);
            }
            for statement in &section.statements {
                let (for_it, against): (Vec<_>, Vec<_>) = statement.claims.iter().partition(|c| c.stance == "supports");
                for claim in for_it.into_iter().chain(against) {
                    if let Some(at) = all.note(&claim.source, graph)
                        && !claim.locator.is_empty()
                    {
                        all.cited[at].1.push(claim.locator.clone());
                    }
                }
            }
        }
        all
    }

    /// The place of a source, which becomes the next one where it has none.
    fn note(&mut self, slug: &str, graph: &TemporalGraph) -> Option<usize> {
        if let Some(at) = self.slugs.iter().position(|known| known == slug) {
            return Some(at);
        }
        let id = graph.source_by_slug(slug)?;
        self.cited.push((id, Vec::new()));
        self.slugs.push(slug.to_owned());
        Some(self.slugs.len() - 1)
    }

    /// The number of a source, counted from 1.
    pub(super) fn number_of(&self, slug: &str) -> Option<usize> {
        self.slugs.iter().position(|known| known == slug).map(|at| at + 1)
    }

    /// Claims as citations: `1 ¶13,28; 2 ¶7 (denies)`. Empty where there are none.
    pub(super) fn citations(&self, claims: &[ClaimRow]) -> String {
        let supports = |c: &&ClaimRow| c.stance == "supports";
        let mut parts: Vec<(usize, &str, Vec<&str>)> = Vec::new();
        for claim in claims.iter().filter(supports).chain(claims.iter().filter(|c| !supports(c))) {
            let Some(number) = self.number_of(&claim.source) else { continue };
            match parts.iter_mut().find(|(known, stance, _)| *known == number && *stance == claim.stance) {
                Some((.., places)) => places.push(&claim.locator),
                None => parts.push((number, claim.stance, vec![&claim.locator])),
            }
        }
        let told: Vec<String> = parts
            .into_iter()
            .map(|(number, stance, places)| {
                let against = if stance == "supports" { String::new() } else { format!(" ({stance})") };
                // A source that uses a name is cited as a whole.
                let places = places_in_words(places.into_iter().filter(|place| !place.is_empty()));
                if places.is_empty() { format!("{number}{against}") } else { format!("{number} {places}{against}") }
            })
            .collect();
        told.join("; ")
    }

    /// The sources with their numbers, for programs.
    pub(super) fn rows(&self, graph: &TemporalGraph) -> Vec<Value> {
        (1..)
            .zip(&self.cited)
            .map(|(number, (id, places)): (usize, _)| {
                let source = graph.source(*id);
                json!({
                    "number": number,
                    "id": &*source.slug,
                    "title": &*source.title,
                    "author": source.author.as_deref(),
                    "publisher": source.publisher.as_deref(),
                    "published": source.published.text(),
                    "url": source.url.as_deref(),
                    "reliability": source.reliability.word(),
                    "cited": places_in_words(places.iter().map(String::as_str)),
                })
            })
            .collect()
    }

    /// The sources in order, each with the places cited in words.
    pub(super) fn listed<'s, 'g>(
        &'s self,
        graph: &'g TemporalGraph,
    ) -> impl Iterator<Item = (&'g Source, String)> + use<'s, 'g> {
        self.cited.iter().map(|(id, places)| (graph.source(*id), places_in_words(places.iter().map(String::as_str))))
    }
}

/// A reliability in words, as the Admiralty scale has it.
pub(super) const fn in_words(reliability: Reliability) -> &'static str {
    match reliability {
        Reliability::A => "completely reliable",
        Reliability::B => "usually reliable",
        Reliability::C => "fairly reliable",
        Reliability::D => "not usually reliable",
        Reliability::E => "unreliable",
        Reliability::F => "cannot be judged",
    }
}
