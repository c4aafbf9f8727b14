//! What the claims of a relation come to: status, firmness, and the days it holds.

use crate::model::{ActorId, Category, Claim, Grade, Modality, Relation, Source, SourceId, Stance, Status, Vocabulary};
use crate::time::{Dated, Day, Extent, Holds, Window};

/// Which claims count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClaimFilter {
    /// Only claims whose source was published by this day (on its latest possible date).
    pub known_by: Option<Day>,
    /// Whether `known_by` also keeps sources that were only possibly published by then (on their earliest possible date).
    pub known_possibly: bool,
    /// Only claims of these sources, when any are named.
    pub sources: Vec<SourceId>,
    /// No claims of these sources.
    pub excluded: Vec<SourceId>,
    /// Only claims at least this good.
    pub min_grade: Option<Grade>,
}

impl ClaimFilter {
    /// Whether every claim passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self == &Self { known_possibly: self.known_possibly, ..Self::default() }
    }

    /// Whether a source's claims may pass, grades aside.
    #[must_use]
    pub fn keeps_source(&self, id: SourceId, source: &Source) -> bool {
        let published = source.published.hull();
        let known = self
            .known_by
            .is_none_or(|day| published.latest <= day || (self.known_possibly && published.earliest <= day));
        known && (self.sources.is_empty() || self.sources.contains(&id)) && !self.excluded.contains(&id)
    }

    /// Whether a claim of this source counts.
    #[must_use]
    pub fn keeps(&self, claim: &Claim, source: &Source) -> bool {
        self.keeps_source(claim.source, source)
            && self.min_grade.is_none_or(|wanted| {
                Grade { reliability: source.reliability, credibility: claim.credibility }.satisfies(wanted)
            })
    }
}

/// What the claims of a relation come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// When it holds by its dates alone, clipped to the lives of both ends.
    pub dates: Extent,
    /// How the claims stand to one another.
    pub status: Status,
    /// The firmest of the claims for it; of those against it, where there are no others.
    pub modality: Modality,
    /// The last day on which a claim for it attests it (or against it, where it is denied): the earliest day its newest source may have been
    /// published. `None` without such a claim.
    pub last_attested: Option<Day>,
}

impl Standing {
    /// What is left when no claim counts.
    pub const UNSOURCED: Self =
        Self { dates: Extent::NEVER, status: Status::Unsourced, modality: Modality::Predicted, last_attested: None };

    /// When it holds, dates and claims taken together: certain only where it is supported and asserted; never where it is
    /// denied; elsewhere at most possible.
    #[must_use]
    pub fn extent(self) -> Extent {
        match self.status {
            Status::Denied | Status::Unsourced => Extent::NEVER,
            Status::Supported if self.modality == Modality::Asserted => self.dates,
            Status::Supported | Status::Contested | Status::Disputed => self.dates.only_possibly(),
        }
    }

    /// Weighs the claims that the filter keeps.
    ///
    /// `lives` are the extents that cut it: see [`cutting_lives`].
    #[must_use]
    pub(crate) fn weigh(relation: &Relation, sources: &[Source], filter: &ClaimFilter, lives: [Extent; 2]) -> Self {
        let kept: Vec<&Claim> =
            relation.claims.iter().filter(|c| filter.keeps(c, &sources[c.source.index()])).collect();
        let Some((status, modality)) = weigh_claims(&kept) else { return Self::UNSOURCED };
        // What is denied is attested, as denied, by those who deny it.
        let attesting = kept.iter().filter(|c| c.stance == Stance::Supports || status == Status::Denied);
        let attestation = Attestation::of(attesting.copied(), sources);
        let valid = reading_of(relation, &kept, filter);
        let mut dates = valid.extent(attestation.first, attestation.last);
        for life in lives {
            dates = dates.clipped_to(life);
        }
        Self { dates, status, modality, last_attested: attestation.last }
    }
}

/// The dating to go by: the curator's, unless a filter leaves only claims that all give one other dating of their own.
pub(super) fn reading_of<'a>(relation: &'a Relation, kept: &[&'a Claim], filter: &ClaimFilter) -> &'a Dated {
    if filter.is_empty() {
        return &relation.valid;
    }
    let mut own = kept.iter().filter(|c| c.stance == Stance::Supports).map(|c| c.valid.as_ref());
    match own.next() {
        Some(Some(first)) if own.all(|other| other == Some(first)) => first,
        _ => &relation.valid,
    }
}

/// The days on which supporting claims attest a relation.
struct Attestation {
    first: Option<Day>,
    last: Option<Day>,
}

impl Attestation {
    fn of<'a>(claims: impl Iterator<Item = &'a Claim>, sources: &[Source]) -> Self {
        let mut attestation = Self { first: None, last: None };
        for claim in claims {
            let published = sources[claim.source.index()].published.hull();
            // Cautious on both sides: a source of uncertain date attests from its latest day on and up to its earliest.
            attestation.first = Some(attestation.first.map_or(published.latest, |day: Day| day.min(published.latest)));
            attestation.last =
                Some(attestation.last.map_or(published.earliest, |day: Day| day.max(published.earliest)));
        }
        attestation
    }
}

/// The lives that cut a relation: those of its ends; none for lineage, which joins lives that need not overlap.
pub(crate) fn cutting_lives(
    vocabulary: &Vocabulary,
    life: impl Fn(ActorId) -> Extent,
    relation: &Relation,
) -> [Extent; 2] {
    if vocabulary.relation_type(relation.kind).category == Category::Lineage {
        [Extent::ALWAYS; 2]
    } else {
        [life(relation.subject), life(relation.object)]
    }
}

/// The status of a record with these claims and the firmest modality among those for it (or against it, when there are no others).
/// `None` when there are no claims.
#[must_use]
pub fn weigh_claims(claims: &[&Claim]) -> Option<(Status, Modality)> {
    let status = status(claims)?;
    let firmest = |wanted: fn(Stance) -> bool| claims.iter().filter(|c| wanted(c.stance)).map(|c| c.modality).min();
    let modality = firmest(|s| s == Stance::Supports).or_else(|| firmest(|_| true))?;
    Some((status, modality))
}

/// The status of some claims; `None` when there are none.
fn status(claims: &[&Claim]) -> Option<Status> {
    let origins = |stands: fn(Stance) -> bool| {
        let mut ids: Vec<SourceId> = claims.iter().filter(|c| stands(c.stance)).map(|c| c.source).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    };
    let (supporting, opposing) = (origins(|s| s == Stance::Supports), origins(|s| s != Stance::Supports));
    Some(match (supporting, opposing) {
        (0, 0) => return None,
        (_, 0) => Status::Supported,
        (0, _) if claims.iter().any(|c| c.stance == Stance::Denies) => Status::Denied,
        (0, _) => Status::Disputed,
        (s, o) if o > s => Status::Disputed,
        _ => Status::Contested,
    })
}

/// Whether sources date the relation so differently that, in the window, one says it certainly held and another that it did not.
#[must_use]
pub(crate) fn dated_differently(relation: &Relation, sources: &[Source], filter: &ClaimFilter, window: Window) -> bool {
    let mut seen = (false, false);
    for claim in
        relation.claims.iter().filter(|c| c.stance == Stance::Supports && filter.keeps(c, &sources[c.source.index()]))
    {
        let published = sources[claim.source.index()].published.hull();
        let valid = claim.valid.as_ref().unwrap_or(&relation.valid);
        match valid.extent(Some(published.latest), Some(published.earliest)).holds(window) {
            Holds::Certain => seen.0 = true,
            Holds::No => seen.1 = true,
            Holds::Possible => {}
        }
    }
    seen == (true, true)
}
