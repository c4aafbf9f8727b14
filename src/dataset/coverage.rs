//! Which paragraphs of a source the claims cite, which are set aside with a reason, and which nobody has accounted for.

use crate::graph::TemporalGraph;
use crate::model::{SourceId, UncitedReason};

/// What became of one paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParagraphUse {
    /// This many claims cite it.
    Cited(usize),
    /// No claim cites it, for a reason that the data gives.
    SetAside(UncitedReason),
    /// Claims cite it, and yet it is listed as uncited.
    Both(usize),
    /// Nobody has accounted for it.
    Missing,
}

/// The paragraphs of one source.
#[derive(Clone, Debug)]
pub struct SourceCoverage {
    /// The source.
    pub source: SourceId,
    /// One entry a paragraph, the first for ¶1. Empty when the data does not say how many there are.
    pub paragraphs: Vec<ParagraphUse>,
    /// How many claims cite the source.
    pub claims: usize,
}

impl SourceCoverage {
    /// The paragraphs, counted from 1, that are in this state.
    pub fn numbers(&self, wanted: impl Fn(&ParagraphUse) -> bool) -> Vec<u32> {
        (1..).zip(&self.paragraphs).filter(|(_, p)| wanted(p)).map(|(n, _)| n).collect()
    }

    /// Whether every paragraph is cited or set aside, and none is both.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        !self.paragraphs.iter().any(|p| matches!(p, ParagraphUse::Missing | ParagraphUse::Both(_)))
    }
}

/// The paragraphs of every source, by source id.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// One entry a source.
    pub sources: Vec<SourceCoverage>,
}

impl Coverage {
    /// Counts what the claims of a graph cite.
    ///
    /// # Complexity
    /// O(claims + paragraphs).
    #[must_use]
    pub fn of(graph: &TemporalGraph) -> Self {
        let mut cited: Vec<Vec<usize>> =
            graph.sources().map(|(_, s)| vec![0; s.paragraphs.unwrap_or(0) as usize]).collect();
        let mut claims = vec![0; cited.len()];
        for (_, claim) in graph.claims() {
            claims[claim.source.index()] += 1;
            for paragraph in claim.paragraphs() {
                if let Some(count) = cited[claim.source.index()].get_mut(paragraph as usize - 1) {
                    *count += 1;
                }
            }
        }
        let sources = graph
            .sources()
            .map(|(id, source)| {
                let paragraphs = (1..)
                    .zip(&cited[id.index()])
                    .map(|(number, count)| {
                        let aside = source.uncited.iter().find(|u| u.paragraphs().contains(&number));
                        match (count, aside) {
                            (0, None) => ParagraphUse::Missing,
                            (0, Some(uncited)) => ParagraphUse::SetAside(uncited.reason),
                            (count, None) => ParagraphUse::Cited(*count),
                            (count, Some(_)) => ParagraphUse::Both(*count),
                        }
                    })
                    .collect();
                SourceCoverage { source: id, paragraphs, claims: claims[id.index()] }
            })
            .collect();
        Self { sources }
    }

    /// Whether every paragraph of every source is accounted for.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.sources.iter().all(SourceCoverage::is_complete)
    }
}
