//! What a question is limited to: days, claims, types, and whether lineage is followed.

use crate::graph::{ClaimFilter, TemporalGraph};
use crate::model::TypeId;
use crate::time::{Dated, Day, Reading, Window};

/// The days a question asks about.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum When {
    /// The last day the data speaks for: its horizon, or the day it is known by when that is earlier.
    #[default]
    Now,
    /// All of time.
    Ever,
    /// Some day of a date or period.
    At(Dated),
    /// Every day of a date or period.
    Throughout(Dated),
    /// Some day of an interval.
    During(Dated),
    /// One day, named otherwise than by a date (`today`).
    On(Day),
}

/// What a question is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The days asked about.
    pub when: When,
    /// The claims that count.
    pub claims: ClaimFilter,
    /// Only what is certain, or only what is merely possible; both when absent.
    pub only: Option<Reading>,
    /// Whether the actor named is meant alone, without its predecessors and successors.
    pub exact: bool,
    /// Only these relation types, when any are named.
    pub types: Vec<TypeId>,
    /// At most this many rows.
    pub limit: Option<usize>,
}

impl Scope {
    /// The window meant by `when` on this graph.
    #[must_use]
    pub fn window(&self, graph: &TemporalGraph) -> Window {
        match &self.when {
            When::Now => Window::on(self.now(graph)),
            When::On(day) => Window::on(*day),
            When::Ever => Window::ALL,
            When::At(dated) | When::During(dated) => dated.window(),
            When::Throughout(dated) => {
                let window = dated.window();
                Window::throughout(window.first, window.last)
            }
        }
    }

    /// The last day the data speaks for, given the claims that count.
    #[must_use]
    pub fn now(&self, graph: &TemporalGraph) -> Day {
        let horizon = graph
            .sources()
            .filter(|(id, source)| self.claims.keeps_source(*id, source))
            .map(|(_, source)| source.published.hull().latest)
            .max()
            .unwrap_or_else(|| graph.horizon());
        self.claims.known_by.map_or(horizon, |day| horizon.min(day))
    }

    /// The days in words: `as of 2025-11-25, the last day the data speaks for`, `at some day of 2016` …
    #[must_use]
    pub fn when_in_words(&self, graph: &TemporalGraph) -> String {
        match &self.when {
            When::Now => format!("as of {} (the last day the data speaks for)", self.now(graph)),
            When::On(day) => format!("on {day}"),
            When::Ever => "at any time".to_owned(),
            When::At(dated) | When::During(dated) => {
                let window = dated.window();
                if window.first == window.last {
                    format!("on {dated}")
                } else if dated.is_interval() {
                    format!("on some day of {dated}")
                } else {
                    format!("at some time in {dated}")
                }
            }
            When::Throughout(dated) => format!("throughout {dated}"),
        }
    }

    /// The date asked about, as EDTF; `None` for all of time.
    #[must_use]
    pub fn as_of(&self, graph: &TemporalGraph) -> Option<String> {
        match &self.when {
            When::Now => Some(self.now(graph).to_string()),
            When::On(day) => Some(day.to_string()),
            When::Ever => None,
            When::At(dated) | When::During(dated) | When::Throughout(dated) => Some(dated.text().to_owned()),
        }
    }
}
