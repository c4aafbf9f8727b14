//! Sources: the documents that the claims cite.

use super::{Reliability, SourceId, words};
use crate::time::Dated;
use serde::{Deserialize, Serialize};

words!(
    /// What kind of document a source is.
    SourceKind {
        /// A newspaper, agency or magazine.
        News = "news",
        /// A research institute, think tank or charity.
        Ngo = "ngo",
        /// A scholarly work.
        Academic = "academic",
        /// A state or one of its organs.
        State = "state",
        /// An organisation of states.
        Intergovernmental = "intergovernmental",
        /// An outlet of a party to the conflict.
        PartyMedia = "party_media",
        /// A data set.
        Dataset = "dataset",
        /// A posting on a social network.
        Social = "social",
        /// A court.
        Court = "court",
    }
);

words!(
    /// Why no claim cites a paragraph.
    UncitedReason {
        /// Titles, captions, adverts, biographies: not part of the text.
        Furniture = "furniture",
        /// Argument, advice or judgement that states no fact about an actor.
        Argument = "argument",
    }
);

/// Paragraphs that no claim cites, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uncited {
    /// Which paragraphs: `¶1-10`.
    pub locator: Box<str>,
    /// Why.
    pub reason: UncitedReason,
    /// What stands there, in our own words.
    pub note: Box<str>,
}

impl Uncited {
    /// The paragraphs that the locator names.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<u32> {
        super::claim::paragraphs(&self.locator)
    }
}

/// A document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// The readable id.
    pub slug: Box<str>,
    /// Its title, or a description in our words where it has none.
    pub title: Box<str>,
    /// Who wrote it.
    pub author: Option<Box<str>>,
    /// Who published it, where the document tells.
    pub publisher: Option<Box<str>>,
    /// When it was published.
    pub published: Dated,
    /// When it was read.
    pub accessed: Option<Dated>,
    /// Where it is to be found.
    pub url: Option<Box<str>>,
    /// What kind of document it is.
    pub kind: SourceKind,
    /// How far it is to be trusted in general.
    pub reliability: Reliability,
    /// The sources it repeats.
    pub derived_from: Vec<SourceId>,
    /// How many paragraphs (non-empty lines) it has.
    pub paragraphs: Option<u32>,
    /// What people call it: on the command line, any of these names it.
    pub names: Vec<Box<str>>,
    /// The paragraphs that no claim cites, each with a reason.
    pub uncited: Vec<Uncited>,
}
