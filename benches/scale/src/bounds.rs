//! What is asked of this library beside the others, and whether it is met.
//!
//! The bounds are for sets of a million relations. A ratio is taken within a round, in which the peers ran one after the other, and the
//! median over the rounds counts.

use crate::measure::Report;
use crate::peers::Name;
use crate::question::Kind;

/// What of a report is compared.
#[derive(Clone, Copy, Debug)]
pub enum Figure {
    /// The median time of a kind.
    Median(Kind),
    /// The 99th hundredth of a kind.
    P99(Kind),
    /// Memory after all questions.
    Memory,
    /// The most memory at any time up to then.
    PeakMemory,
}

impl Figure {
    /// Its value in a report.
    #[must_use]
    pub fn of(self, report: &Report) -> Option<f64> {
        match self {
            Self::Median(kind) => report.kinds.get(&kind).map(|timed| timed.median_us),
            Self::P99(kind) => report.kinds.get(&kind).map(|timed| timed.p99_us),
            Self::Memory => report.rss_end_mb,
            Self::PeakMemory => report.hwm_end_mb,
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Median(kind) => format!("{}, median", kind.title()),
            Self::P99(kind) => format!("{}, p99", kind.title()),
            Self::Memory => "memory after all questions".to_owned(),
            Self::PeakMemory => "memory at most".to_owned(),
        }
    }
}

/// A figure of allegiance over that of another peer, or of the better of several.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// What is compared.
    pub figure: Figure,
    /// With whom.
    pub beside: &'static [Name],
    /// The ratio may be so much.
    pub at_most: f64,
}

/// All bounds.
pub const BOUNDS: [Bound; 10] = [
    Bound { figure: Figure::Median(Kind::RelAt), beside: &[Name::Petgraph], at_most: 2.0 },
    Bound { figure: Figure::P99(Kind::RelAt), beside: &[Name::Petgraph], at_most: 1.0 / 20.0 },
    Bound { figure: Figure::P99(Kind::Allies), beside: &[Name::Petgraph], at_most: 1.0 / 5.0 },
    Bound { figure: Figure::Median(Kind::Path), beside: &[Name::Petgraph, Name::Sqlite], at_most: 1.0 },
    Bound { figure: Figure::P99(Kind::Path), beside: &[Name::Petgraph, Name::Sqlite], at_most: 1.0 },
    Bound { figure: Figure::Median(Kind::Changed), beside: &[Name::Sqlite], at_most: 1.0 / 20.0 },
    Bound { figure: Figure::Median(Kind::Aggr), beside: &[Name::Petgraph], at_most: 1.0 / 20.0 },
    Bound { figure: Figure::P99(Kind::Aggr), beside: &[Name::Petgraph], at_most: 1.0 / 20.0 },
    Bound { figure: Figure::Memory, beside: &[Name::Petgraph], at_most: 1.0 },
    Bound { figure: Figure::PeakMemory, beside: &[Name::Petgraph], at_most: 1.0 },
];

impl Bound {
    /// The ratio over some rounds, each the reports of its peers; none when a peer or a figure is missing.
    #[must_use]
    pub fn ratio(&self, rounds: &[Vec<Report>]) -> Option<f64> {
        let ratio = |round: &Vec<Report>| {
            let figure = |name: Name| self.figure.of(round.iter().find(|report| report.peer == name.word())?);
            let others: Option<Vec<f64>> = self.beside.iter().map(|&name| figure(name)).collect();
            let best = others?.into_iter().min_by(f64::total_cmp).filter(|&best| best > 0.0)?;
            Some(figure(Name::Allegiance)? / best)
        };
        median(rounds.iter().map(ratio).collect::<Option<Vec<f64>>>()?)
    }
}

/// The median; of an even number, the mean of the two in the middle.
#[must_use]
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        count if count % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Timed;
    use std::collections::BTreeMap;

    fn report(name: Name, median_us: f64) -> Report {
        let timed = Timed {
            n: 1,
            passes: 1,
            median_us,
            p99_us: median_us * 10.0,
            first_median_us: median_us,
            first_p99_us: median_us,
            rows: 0,
            checksum: 0,
            checks: vec![0],
            digests: Vec::new(),
        };
        Report {
            peer: name.word().to_owned(),
            version: String::new(),
            ds: String::new(),
            load_s: 0.0,
            reopened: false,
            rss_start_mb: None,
            rss_load_mb: None,
            rss_now_mb: None,
            rss_end_mb: None,
            hwm_end_mb: None,
            file_end_mb: None,
            kinds: BTreeMap::from([(Kind::Path, timed)]),
        }
    }

    #[test]
    fn a_ratio_is_over_the_better_of_the_others_and_the_median_of_rounds() {
        let round =
            |ours: f64| vec![report(Name::Petgraph, 4.0), report(Name::Sqlite, 2.0), report(Name::Allegiance, ours)];
        let bound = BOUNDS.iter().find(|bound| matches!(bound.figure, Figure::Median(Kind::Path))).expect("a bound");
        assert_eq!(bound.ratio(&[round(1.0), round(6.0), round(3.0)]), Some(1.5));
        assert_eq!(bound.ratio(&[round(1.0), vec![report(Name::Petgraph, 1.0)]]), None);
        assert_eq!(bound.ratio(&[]), None);
    }

    #[test]
    fn medians_are_of_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
    }
}
