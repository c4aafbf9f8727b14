//! Answers to sentences, as they serialise.

use crate::model::Verdict;
use crate::question::{Chain, Entry, EventRow, RelationRow};
use serde::{Serialize, Serializer};

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// There is something to tell, be it a no.
    Answered,
    /// Nothing of the sort is recorded.
    NothingRecorded,
    /// It was not understood.
    NotUnderstood,
}

/// One of the answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// The id of the actor, source or event.
    pub id: String,
    /// Its name in the days asked about.
    pub name: String,
    /// The kind of actor or event; `source` for a source.
    pub kind: String,
    /// When it holds, as written (EDTF).
    pub valid: Option<String>,
    /// `certain`, `possible` or `no`, for the days asked about.
    pub holds: Option<&'static str>,
    /// How it stands, in words: `backs`, `led by`.
    pub relation: Option<String>,
    /// The ids of the sources, by id.
    pub sources: Vec<String>,
}

/// A citation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Evidence {
    /// The source's id.
    pub source: String,
    /// The place in it.
    pub locator: String,
    /// For or against.
    pub stance: &'static str,
    /// What it says, in our words.
    pub note: String,
}

/// A number asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Count {
    /// Counted among the records.
    Records(usize),
    /// As a source gives it: `4,000–6,000`, `more than 2,800`.
    Figure(String),
}

/// What a table for people shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Rows {
    /// Relations.
    Relations(Vec<RelationRow>),
    /// Events.
    Events(Vec<EventRow>),
    /// What happened, in order.
    Timeline(Vec<Entry>),
    /// Chains of relations.
    Chains(Vec<Chain>),
    /// Facts by what they tell of.
    Facts(Vec<(String, String)>),
}

/// The answer to a sentence.
#[derive(Clone, Debug, Serialize)]
pub struct Reply {
    /// As typed.
    pub question: String,
    /// What came of it.
    pub status: Standing,
    /// The kind of question; none when it was not understood.
    pub kind: Option<&'static str>,
    /// For questions of yes or no.
    #[serde(serialize_with = "verdict_word")]
    pub verdict: Option<Verdict>,
    /// Who, in the order of the answer.
    pub answers: Vec<Answered>,
    /// The dates asked for, as written (EDTF).
    pub dates: Vec<String>,
    /// A number asked for.
    pub count: Option<Count>,
    /// One or two sentences.
    pub text: String,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// The query that it equals, where there is one.
    pub query: Option<String>,
    /// The date it speaks for (EDTF); none for all of time.
    pub as_of: Option<String>,
    /// What was assumed.
    pub assumptions: Vec<String>,
    /// The nearest recorded facts, where nothing of the sort asked about is recorded.
    pub nearest: Vec<String>,
    /// Whether the answer goes beyond what the question's ties say by themselves, so that only its records make a query.
    #[serde(skip)]
    pub is_widened: bool,
    /// For people: tables under the sentences, with headings.
    #[serde(skip)]
    pub tables: Vec<(String, Rows)>,
}

fn verdict_word<S: Serializer>(verdict: &Option<Verdict>, serializer: S) -> Result<S::Ok, S::Error> {
    match verdict {
        Some(verdict) => serializer.serialize_some(verdict.word()),
        None => serializer.serialize_none(),
    }
}

impl Reply {
    /// An empty answer of a kind.
    pub(super) fn new(question: &str, kind: &'static str) -> Self {
        Self {
            question: question.to_owned(),
            status: Standing::Answered,
            kind: Some(kind),
            verdict: None,
            answers: Vec::new(),
            dates: Vec::new(),
            count: None,
            text: String::new(),
            evidence: Vec::new(),
            query: None,
            as_of: None,
            assumptions: Vec::new(),
            nearest: Vec::new(),
            is_widened: false,
            tables: Vec::new(),
        }
    }
}
