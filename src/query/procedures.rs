//! The procedures that `CALL name(…) YIELD …` knows.

use super::functions::signature;
use super::types::Types;

/// A procedure with all that is said of it.
#[derive(Debug)]
pub struct Procedure {
    /// Its dotted name; matched in any case.
    pub name: &'static str,
    /// Which.
    pub kind: Kind,
    /// What it takes: name and types.
    pub parameters: &'static [(&'static str, Types)],
    /// How many of the last may be left out.
    pub optional: usize,
    /// What it yields: name and types.
    pub yields: &'static [(&'static str, Types)],
    /// What it does, in a sentence.
    pub summary: &'static str,
}

impl Procedure {
    /// The procedure as it is called: `algo.pageRank([types])`.
    #[must_use]
    pub fn signature(&self) -> String {
        signature(self.name, self.parameters.iter().map(|(name, _)| *name), self.optional, false)
    }
}

impl PartialEq for Procedure {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// Which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `algo.pageRank`
    PageRank,
    /// `algo.components`
    Components,
    /// `path.kShortest`
    KShortest,
}

/// Every procedure, by name.
pub const ALL: &[Procedure] = &[
    Procedure {
        name: "algo.components",
        kind: Kind::Components,
        parameters: &[("types", Types::LIST)],
        optional: 1,
        yields: &[("node", Types::NODE), ("component", Types::INTEGER), ("size", Types::INTEGER)],
        summary: "The weakly connected components of the slice, the largest first; by relations of the types named, or of all.",
    },
    Procedure {
        name: "algo.pageRank",
        kind: Kind::PageRank,
        parameters: &[("types", Types::LIST)],
        optional: 1,
        yields: &[("node", Types::NODE), ("score", Types::FLOAT)],
        summary: "The page rank of each actor of the slice, highest first; by relations of the types named, or of all.",
    },
    Procedure {
        name: "path.kShortest",
        kind: Kind::KShortest,
        parameters: &[("from", Types::NODE), ("to", Types::NODE), ("k", Types::INTEGER), ("types", Types::LIST)],
        optional: 1,
        yields: &[("path", Types::PATH), ("length", Types::INTEGER)],
        summary: "Up to k shortest paths without a repeated actor, shortest first, relations read from both ends.",
    },
];

/// The procedure of a name, in any case.
#[must_use]
pub fn find(name: &str) -> Option<&'static Procedure> {
    ALL.iter().find(|p| p.name.eq_ignore_ascii_case(name))
}
