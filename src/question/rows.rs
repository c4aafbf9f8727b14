//! Rows of answers, as they serialise to JSON.

use super::Lens;
use crate::graph::TemporalGraph;
use crate::model::{ActorId, Claim, EventId, Grade, RelationId, SourceId, Stance, places_in_words};
use crate::time::{Holds, Window};
use serde::Serialize;

/// An actor by id and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ActorBrief {
    /// The readable id.
    pub id: String,
    /// The name in force in the days asked about.
    pub name: String,
}

impl ActorBrief {
    pub(super) fn new(graph: &TemporalGraph, id: ActorId, window: Window) -> Self {
        let actor = graph.actor(id);
        Self { id: actor.slug.to_string(), name: actor.name_in(window).to_owned() }
    }
}

/// A source by id, with what a reader needs to recognise it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceBrief {
    /// The readable id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it was published (EDTF).
    pub published: String,
}

impl SourceBrief {
    /// The brief of a source.
    #[must_use]
    pub fn new(graph: &TemporalGraph, id: SourceId) -> Self {
        let source = graph.source(id);
        Self {
            id: source.slug.to_string(),
            title: source.title.to_string(),
            published: source.published.text().to_owned(),
        }
    }
}

/// Who is said to say so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttributionRow {
    /// The actor, when the data has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// How the source describes the speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether the source leaves the speaker without a name.
    pub anonymous: bool,
}

/// A number that a source gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureRow {
    /// What is counted.
    pub what: String,
    /// The number or range as written.
    pub value: String,
    /// `about`, `at least` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualifier: Option<String>,
}

/// One saying of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClaimRow {
    /// The source's id.
    pub source: String,
    /// The place in it.
    pub locator: String,
    /// For or against.
    pub stance: &'static str,
    /// How firmly.
    pub modality: &'static str,
    /// Who is said to say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributed_to: Option<AttributionRow>,
    /// Source reliability and claim credibility, as in `B2`.
    pub grade: String,
    /// The dating that this source gives, where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid: Option<String>,
    /// The numbers it gives.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<FigureRow>,
    /// What it says, in our words.
    pub note: String,
}

impl ClaimRow {
    /// A claim as a row.
    #[must_use]
    pub fn new(graph: &TemporalGraph, claim: &Claim) -> Self {
        let source = graph.source(claim.source);
        Self {
            source: source.slug.to_string(),
            locator: claim.locator.to_string(),
            stance: claim.stance.word(),
            modality: claim.modality.word(),
            attributed_to: claim.attributed_to.as_ref().map(|a| AttributionRow {
                actor: a.actor.map(|id| graph.actor(id).name.to_string()),
                name: a.name.as_deref().map(str::to_owned),
                anonymous: a.anonymous,
            }),
            grade: Grade { reliability: source.reliability, credibility: claim.credibility }.to_string(),
            valid: claim.valid.as_ref().map(|v| v.text().to_owned()),
            figures: claim
                .figures
                .iter()
                .map(|f| FigureRow {
                    what: f.what.to_string(),
                    value: f.value.to_string(),
                    qualifier: f.qualifier.as_deref().map(str::to_owned),
                })
                .collect(),
            note: claim.note.to_string(),
        }
    }

    /// The citation as tables show it: `wapo-2025-01 ¶14`, with a mark when the claim is against.
    #[must_use]
    pub fn citation(&self) -> String {
        let against = match self.stance {
            "supports" => "",
            "disputes" => " (disputes)",
            _ => " (denies)",
        };
        format!("{} {}{against}", self.source, self.locator)
    }
}

/// A relation in an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RelationRow {
    /// The readable id.
    pub id: String,
    /// The first end.
    pub subject: ActorBrief,
    /// The type's name.
    #[serde(rename = "type")]
    pub kind: String,
    /// The other end.
    pub object: ActorBrief,
    /// What sort of tie it is.
    pub category: &'static str,
    /// −1, 0 or 1.
    pub polarity: i8,
    /// When it held, as written (EDTF): by the record, unless all claims that count give one other dating.
    pub valid: String,
    /// Whether it holds in the days asked about: `certain`, `possible`, `no`.
    pub holds: &'static str,
    /// How its claims stand to one another.
    pub status: &'static str,
    /// The firmest of the claims.
    pub modality: &'static str,
    /// When the newest source that attests it was published, as written (EDTF).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_attested: Option<String>,
    /// What it rests on.
    pub basis: &'static str,
    /// Further parts: (name, value).
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub roles: std::collections::BTreeMap<String, String>,
    /// The ids of the sources whose claims count, by id.
    pub sources: Vec<String>,
    /// The claims that count.
    pub claims: Vec<ClaimRow>,
    /// A remark of the curator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How it reads between subject and object.
    #[serde(skip)]
    pub label: String,
    /// How it reads between object and subject.
    #[serde(skip)]
    pub inverse_label: String,
    /// Whether and how it holds.
    #[serde(skip)]
    pub how: Holds,
    /// Whether it happened shortly before the days asked about, and counts for them: set by [`super::history`].
    #[serde(skip)]
    pub recent: bool,
    /// Whether no end is recorded and every claim for it is older than the days asked about.
    #[serde(skip)]
    pub stale: bool,
    /// The relation.
    #[serde(skip)]
    pub relation: RelationId,
    /// The first end.
    #[serde(skip)]
    pub subject_id: ActorId,
    /// The other end.
    #[serde(skip)]
    pub object_id: ActorId,
}

impl RelationRow {
    pub(super) fn new(lens: &Lens<'_>, id: RelationId) -> Self {
        let graph = lens.graph;
        let relation = graph.relation(id);
        let t = graph.vocabulary().relation_type(relation.kind);
        let (standing, valid) = (lens.view.standing(id), lens.view.dated(id));
        let how = lens.holds(id);
        let claims: Vec<ClaimRow> = lens.view.kept_claims(&relation.claims).map(|c| ClaimRow::new(graph, c)).collect();
        let mut sources: Vec<String> = claims.iter().map(|c| c.source.clone()).collect();
        sources.sort();
        sources.dedup();
        Self {
            id: relation.slug.to_string(),
            subject: lens.brief(relation.subject),
            kind: t.name.to_string(),
            object: lens.brief(relation.object),
            category: t.category.word(),
            polarity: t.polarity.number(),
            valid: valid.text().to_owned(),
            holds: how.word(),
            status: standing.status.word(),
            modality: standing.modality.word(),
            last_attested: last_attested(lens, relation),
            basis: relation.basis.word(),
            roles: relation.roles.iter().map(|r| (r.name.to_string(), r.value.to_string())).collect(),
            sources,
            claims,
            note: relation.note.as_deref().map(str::to_owned),
            label: t.label.to_string(),
            inverse_label: t.inverse_label.to_string(),
            how,
            recent: false,
            stale: !lens.window.is_all()
                && valid.has_no_end()
                && standing.last_attested.is_some_and(|day| day < lens.window.last),
            relation: id,
            subject_id: relation.subject,
            object_id: relation.object,
        }
    }

    /// The citations as tables show them, those for it first.
    #[must_use]
    pub fn citations(&self) -> String {
        citations(&self.claims)
    }

    /// Whether every claim for it rests on people whom the source does not name.
    #[must_use]
    pub fn is_anonymous(&self) -> bool {
        let mut supporting = self.claims.iter().filter(|c| c.stance == Stance::Supports.word()).peekable();
        supporting.peek().is_some() && supporting.all(|c| c.attributed_to.as_ref().is_some_and(|a| a.anonymous))
    }

    /// The status with what qualifies it: `supported`, `supported, only reported`, `contested, possible` …
    #[must_use]
    pub fn status_in_words(&self) -> String {
        match self.modality {
            "asserted" => self.status.to_owned(),
            modality => format!("{}, {modality}", self.status),
        }
    }
}

/// When the newest of the sources whose claims for a relation count was published, as written.
fn last_attested(lens: &Lens<'_>, relation: &crate::model::Relation) -> Option<String> {
    lens.view
        .kept_claims(&relation.claims)
        .filter(|c| c.stance == Stance::Supports)
        .map(|c| &lens.graph.source(c.source).published)
        .max_by_key(|published| published.hull().earliest)
        .map(|published| published.text().to_owned())
}

/// Claims as citations, one source once for each stance, those for it first: `giustozzi-2025-03 ¶13,28; wapo-2025-01 ¶7 (denies)`.
///
/// Sources come in the order of the claims.
#[must_use]
pub fn citations<'c>(claims: impl IntoIterator<Item = &'c ClaimRow>) -> String {
    let supports = Stance::Supports.word();
    let (mut ordered, against): (Vec<&ClaimRow>, Vec<&ClaimRow>) =
        claims.into_iter().partition(|claim| claim.stance == supports);
    ordered.extend(against);
    let mut parts: Vec<(&str, &str, Vec<&str>)> = Vec::new();
    for claim in ordered {
        match parts.iter_mut().find(|(source, stance, _)| *source == claim.source && *stance == claim.stance) {
            Some((_, _, places)) => places.push(&claim.locator),
            None => parts.push((&claim.source, claim.stance, vec![&claim.locator])),
        }
    }
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(source, stance, places)| {
            let against = if stance == supports { String::new() } else { format!(" ({stance})") };
            format!("{source} {}{against}", places_in_words(places))
        })
        .collect();
    parts.join("; ")
}

/// An actor in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParticipantRow {
    /// The readable id.
    pub id: String,
    /// The name.
    pub name: String,
    /// In which part.
    pub role: String,
}

/// An event in an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventRow {
    /// The readable id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What kind of event it is.
    pub kind: String,
    /// When (EDTF).
    pub date: String,
    /// Whether it fell into the days asked about: `certain`, `possible`, `no`.
    pub holds: &'static str,
    /// How its claims stand to one another.
    pub status: &'static str,
    /// The firmest of the claims.
    pub modality: &'static str,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<ActorBrief>,
    /// Who took part.
    pub participants: Vec<ParticipantRow>,
    /// Relations that begin with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub opens: Vec<String>,
    /// Relations that end with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub closes: Vec<String>,
    /// The ids of the sources whose claims count, by id.
    pub sources: Vec<String>,
    /// The claims that count.
    pub claims: Vec<ClaimRow>,
    /// A remark of the curator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether and how it fell into the days asked about.
    #[serde(skip)]
    pub how: Holds,
    /// The event.
    #[serde(skip)]
    pub event: EventId,
}

impl EventRow {
    pub(super) fn new(lens: &Lens<'_>, id: EventId) -> Option<Self> {
        let graph = lens.graph;
        let event = graph.event(id);
        let kept: Vec<&Claim> = lens.view.kept_claims(&event.claims).collect();
        let (status, modality) = crate::graph::weigh_claims(&kept)?;
        let how = lens.event_holds(id);
        let mut sources: Vec<String> = kept.iter().map(|c| graph.source(c.source).slug.to_string()).collect();
        sources.sort();
        sources.dedup();
        let slug = |id: &RelationId| graph.relation(*id).slug.to_string();
        Some(Self {
            id: event.slug.to_string(),
            name: event.name.to_string(),
            kind: graph.vocabulary().event_kind(event.kind).name.to_string(),
            date: event.date.text().to_owned(),
            holds: how.word(),
            status: status.word(),
            modality: modality.word(),
            place: event.place.map(|p| lens.brief(p)),
            participants: event
                .participants
                .iter()
                .map(|p| ParticipantRow {
                    id: graph.actor(p.actor).slug.to_string(),
                    name: lens.name(p.actor).to_owned(),
                    role: graph.vocabulary().event_role(p.role).name.to_string(),
                })
                .collect(),
            opens: event.opens.iter().map(slug).collect(),
            closes: event.closes.iter().map(slug).collect(),
            sources,
            claims: kept.into_iter().map(|c| ClaimRow::new(graph, c)).collect(),
            note: event.note.as_deref().map(str::to_owned),
            how,
            event: id,
        })
    }

    /// The citations as tables show them, those for it first.
    #[must_use]
    pub fn citations(&self) -> String {
        citations(&self.claims)
    }
}
