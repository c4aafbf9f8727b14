//! What became of a text: the actor that is meant and how that was found, or why no actor could be told.

use crate::graph::TemporalGraph;
use crate::model::ActorId;
use crate::time::{Dated, Holds};
use std::fmt;

/// An actor, or why none could be told.
pub type Resolution = Result<Resolved, NameError>;

/// The actor meant by a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The text as typed, without blanks around it.
    pub text: Box<str>,
    /// The actor.
    pub actor: ActorId,
    /// How it was found.
    pub how: How,
    /// Whether the actor went by the name found on the days asked about. `No` for "Syrian army" of 2015 where the set knows that
    /// name only from 2024 on: the only actor that fits, and worth a word. An id and an undated name hold always.
    pub in_force: Holds,
}

/// How an actor was found, with the name of it that fitted, as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// By its id.
    Id,
    /// By a name, letter for letter.
    Exact {
        /// The name.
        name: Box<str>,
    },
    /// By a name that differs only in case, accents, apostrophes, hyphens or articles.
    Folded {
        /// The name.
        name: Box<str>,
    },
    /// By another spelling of a name from another script.
    Transliterated {
        /// The name.
        name: Box<str>,
    },
    /// By a name that is one letter away.
    Misspelt {
        /// The name.
        name: Box<str>,
    },
}

impl Resolved {
    /// Returns what the head of an answer should say about the reading of the text; `None` when it was the id or an exact name.
    ///
    /// `read "Jolanee" as Ahmed al-Sharaa (misspelling of Jolani)`
    #[must_use]
    pub fn reason(&self, graph: &TemporalGraph) -> Option<String> {
        let (name, what) = match &self.how {
            How::Id | How::Exact { .. } => return None,
            How::Folded { name } => (name, "written"),
            How::Transliterated { name } => (name, "other spelling of"),
            How::Misspelt { name } => (name, "misspelling of"),
        };
        let actor = &graph.actor(self.actor).name;
        let text = shown(&self.text);
        Some(match self.how {
            How::Folded { .. } if name == actor => format!("read \"{text}\" as {actor}"),
            _ => format!("read \"{text}\" as {actor} ({what} {name})"),
        })
    }
}

/// Why a text names no one actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameError {
    /// Nothing to look up: no letter and no digit.
    Empty,
    /// It fits several actors on the days asked about.
    Ambiguous {
        /// The text as typed, cut when long.
        text: Box<str>,
        /// Who is meant by it, by id; an actor once for each dating of the name.
        candidates: Vec<Candidate>,
    },
    /// It fits none.
    Unknown {
        /// The text as typed, cut when long.
        text: Box<str>,
        /// Names that may have been meant, best first, at most five; empty when nothing is near.
        near: Vec<Near>,
    },
}

/// No message lists more actors that a text fits; in a large set thousands may share a name.
const MOST_LISTED: usize = 12;

/// One of several actors that a text fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The actor.
    pub actor: ActorId,
    /// Its id in records, which tells it from the others when typed.
    pub slug: Box<str>,
    /// Its main name.
    pub label: Box<str>,
    /// The name that fits, as recorded.
    pub name: Box<str>,
    /// When it went by that name, where that is limited.
    pub valid: Option<Dated>,
}

impl Candidate {
    /// Those of the candidates that a message lists, and how many it leaves out.
    #[must_use]
    pub fn listed(candidates: &[Self]) -> (&[Self], usize) {
        let listed = &candidates[..candidates.len().min(MOST_LISTED)];
        (listed, candidates.len() - listed.len())
    }
}

/// An actor that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The actor.
    pub actor: ActorId,
    /// Its main name.
    pub label: Box<str>,
    /// The name of it that is near, as recorded.
    pub name: Box<str>,
}

impl fmt::Display for NameError {
    /// One line that stands alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a name is needed"),
            Self::Ambiguous { text, candidates } => {
                write!(f, "\"{text}\" fits several actors: ")?;
                let (listed, others) = Candidate::listed(candidates);
                for (at, candidate) in listed.iter().enumerate() {
                    let Candidate { slug, label, valid, .. } = candidate;
                    write!(f, "{}{label} ({slug}", if at == 0 { "" } else { ", " })?;
                    if let Some(valid) = valid {
                        write!(f, ", {}", valid.text())?;
                    }
                    f.write_str(")")?;
                }
                if others > 0 { write!(f, " and {others} more") } else { Ok(()) }
            }
            Self::Unknown { text, near } => {
                write!(f, "no actor is called \"{text}\"")?;
                for (at, near) in near.iter().enumerate() {
                    write!(f, "{}{}", if at == 0 { "; near: " } else { ", " }, near.name)?;
                    if near.name != near.label {
                        write!(f, " ({})", near.label)?;
                    }
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for NameError {}

/// A text as typed, cut so that it fits a line, without characters that would spoil it.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut chars = text.chars().filter(|c| !c.is_control());
    let mut shown: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}
