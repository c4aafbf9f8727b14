//! Claims: who says so, where, how firmly, and how far the saying is to be trusted.

use super::{ActorId, SourceId, words};
use crate::time::Dated;
use serde::{Deserialize, Serialize};

words!(
    /// Which way a claim speaks about the record it stands under.
    Stance {
        /// It says that it is so.
        Supports = "supports",
        /// It doubts that it is so, or says that it is contested.
        Disputes = "disputes",
        /// It says that it is not so.
        Denies = "denies",
    }
);

words!(
    /// How firmly a claim speaks, from firm to faint.
    Modality {
        /// As a fact.
        Asserted = "asserted",
        /// As what others say, without vouching: "reportedly", an accusation.
        Reported = "reported",
        /// As a possibility: "many believe", "if that was the case".
        Possible = "possible",
        /// As an offer or a condition, not as something in force.
        Offered = "offered",
        /// As a forecast or a risk, not as something in force.
        Predicted = "predicted",
    }
);

words!(
    /// The reliability of a source on the Admiralty scale. `F` means that it cannot be judged, which is not the worst grade but none.
    Reliability {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Cannot be judged.
        F = "F",
    }
);

/// A source's reliability and a claim's credibility on the Admiralty scale, as in `B2`.
///
/// Credibility runs from 1 (confirmed by independent sources) to 5 (improbable); 6 means that it cannot be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grade {
    /// The reliability of the source.
    pub reliability: Reliability,
    /// The credibility of the claim, 1–6.
    pub credibility: u8,
}

impl Grade {
    /// Reads a grade as `B2`, or `B` alone for any credibility that can be judged. Letters of either case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut signs = text.chars();
        let reliability = Reliability::from_word(&signs.next()?.to_ascii_uppercase().to_string())?;
        let credibility = match signs.next() {
            None => 5,
            Some(digit @ '1'..='6') => digit as u8 - b'0',
            Some(_) => return None,
        };
        signs.next().is_none().then_some(Self { reliability, credibility })
    }

    /// Whether this grade is at least as good as `wanted` in both parts. A part that cannot be judged (`F`, `6`) satisfies
    /// only a wish that asks for no more than that.
    #[must_use]
    pub fn satisfies(self, wanted: Self) -> bool {
        self.reliability <= wanted.reliability && self.credibility <= wanted.credibility
    }
}

impl std::fmt::Display for Grade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.reliability, self.credibility)
    }
}

/// Who is said to say so, where it is not the source itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// The actor who says so, when the data set knows it.
    pub actor: Option<ActorId>,
    /// How the source describes the speaker, in our words.
    pub name: Option<Box<str>>,
    /// Whether the source leaves the speaker without a name.
    pub anonymous: bool,
}

/// A number that a source gives, as it gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What is counted: `fighters`.
    pub what: Box<str>,
    /// The number or range as written: `4,000–6,000`.
    pub value: Box<str>,
    /// `about`, `at least`, `at most`, `more than` …, where the source says so.
    pub qualifier: Option<Box<str>>,
}

/// One saying of one source about one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The source.
    pub source: SourceId,
    /// The place in it: `¶14`.
    pub locator: Box<str>,
    /// For or against.
    pub stance: Stance,
    /// How firmly.
    pub modality: Modality,
    /// Who is said to say so, where it is not the source itself.
    pub attributed_to: Option<Attribution>,
    /// Credibility on the Admiralty scale, 1–6.
    pub credibility: u8,
    /// The dating that this source gives, where it differs from the record's.
    pub valid: Option<Dated>,
    /// The numbers it gives.
    pub figures: Vec<Figure>,
    /// What it says, in our own words.
    pub note: Box<str>,
}

impl Claim {
    /// Whether nobody is named as saying so, though the source does not say it itself.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        self.attributed_to.as_ref().is_some_and(|a| a.anonymous)
    }

    /// The paragraphs that the locator names: `¶3`, `¶10-12`, `¶3, ¶5`; empty when it names none.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<u32> {
        paragraphs(&self.locator)
    }
}

/// The places of one source in a row: paragraphs in order and once each (`¶1,7,25-28`), then other places as they are.
#[must_use]
pub fn places_in_words<'l>(locators: impl IntoIterator<Item = &'l str>) -> String {
    let mut numbers: Vec<u32> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for locator in locators {
        let named = paragraphs(locator);
        if named.is_empty() && !others.contains(&locator) {
            others.push(locator);
        }
        numbers.extend(named);
    }
    numbers.sort_unstable();
    numbers.dedup();
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let run = |(a, b): &(u32, u32)| if a == b { a.to_string() } else { format!("{a}-{b}") };
    let mut parts: Vec<String> = Vec::new();
    if !runs.is_empty() {
        parts.push(format!("¶{}", runs.iter().map(run).collect::<Vec<_>>().join(",")));
    }
    parts.extend(others.into_iter().map(str::to_owned));
    parts.join(" ")
}

/// The paragraphs that a locator names, in order and once each; empty when it cannot be read as paragraphs.
#[must_use]
pub(super) fn paragraphs(locator: &str) -> Vec<u32> {
    let mut all = Vec::new();
    for part in locator.split(',') {
        let part = part.trim().trim_start_matches('¶');
        let (first, last) = part.split_once(['-', '–']).unwrap_or((part, part));
        let read = |text: &str| text.trim().trim_start_matches('¶').parse::<u32>().ok();
        match (read(first), read(last)) {
            (Some(first), Some(last)) if first <= last && last - first < 10_000 => all.extend(first..=last),
            _ => return Vec::new(),
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locators_are_read_as_paragraphs() {
        assert_eq!(paragraphs("¶14"), [14]);
        assert_eq!(paragraphs("¶3-5, ¶9"), [3, 4, 5, 9]);
        assert_eq!(paragraphs("¶3–¶5"), [3, 4, 5]);
        assert!(paragraphs("p. 3").is_empty());
        assert_eq!(places_in_words(["¶7", "p. 3", "¶3-5", "p. 3", "¶7"]), "¶3-5,7 p. 3");
        assert!(paragraphs("¶5-3").is_empty());
    }

    #[test]
    fn a_grade_that_cannot_be_judged_satisfies_no_wish_for_a_better_one() {
        let grade = |text| Grade::parse(text).unwrap();
        assert!(grade("A2").satisfies(grade("B2")));
        assert!(!grade("B3").satisfies(grade("B2")));
        assert!(!grade("F2").satisfies(grade("E5")));
        assert!(!grade("A6").satisfies(grade("b")));
        assert!(grade("F6").satisfies(grade("F6")));
        assert_eq!(Grade::parse("B7"), None);
        assert_eq!(Grade::parse("B23"), None);
    }
}
