//! "Was A … B at D?": one of five verdicts, with the relations that bear it out.

use super::{Lens, Line, RelationRow, RelationWord};
use crate::model::{Category, Modality, Polarity, RelationId, Status, Temporality, Verdict};
use crate::time::{Day, Extent, Holds, Quantifier, Window};
use std::fmt;

/// The answer to a yes-or-no question.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The relations of the sort asked about that decided it, by id.
    pub rows: Vec<RelationRow>,
    /// What else a reader should see: relations of the sort asked about that say otherwise, and the others of the two that hold in the days
    /// asked about; all others, when nothing of the sort is recorded.
    pub nearest: Vec<RelationRow>,
}

/// Why a verdict is what it is. Relations are named by their readable ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is supported, and certain for the days asked about.
    Certain,
    /// Every day asked about is covered, by one relation after another.
    OneAfterAnother,
    /// Several relations may cover every day asked about.
    GapsOpen,
    /// Claims stand on both sides.
    BothSides(String),
    /// One source dates it so that it held then, another so that it did not.
    DatedDifferently(String),
    /// It is claimed only as reported, possible, offered or predicted.
    OnlyClaimed(String, Modality),
    /// No end is recorded, and the newest source that attests it (of this date) is older than the days asked about.
    LastAttested(String, String),
    /// Its dates (as written) leave it open.
    DatesOpen(String, String),
    /// The sources deny it.
    Denied(String),
    /// It is recorded for other days (as written).
    Elsewhen(String, String),
    /// It happened at another time (as written).
    Happened(String, String),
    /// Nothing of the sort is recorded, and the opposite certainly held throughout the days asked about.
    Opposite,
    /// Nothing of the sort is recorded.
    NothingRecorded,
    /// Nothing of the sort is recorded for the days asked about; it is denied for others (as written).
    DeniedElsewhen(String, String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Certain => f.write_str("supported, and certain for the days asked about"),
            Self::OneAfterAnother => {
                f.write_str("supported, and certain for the days asked about, one relation after another")
            }
            Self::GapsOpen => f.write_str("their dates leave it open whether one followed on another without a break"),
            Self::BothSides(id) => write!(f, "{id}: claims stand on both sides"),
            Self::DatedDifferently(id) => write!(f, "{id}: sources date it differently"),
            Self::OnlyClaimed(id, modality) => write!(f, "{id}: only claimed as {modality}"),
            Self::LastAttested(id, day) => write!(f, "{id}: no end is recorded, and it was last attested {day}"),
            Self::DatesOpen(id, valid) => write!(f, "{id}: its dates ({valid}) leave it open"),
            Self::Denied(id) => write!(f, "{id}: the sources deny it"),
            Self::Elsewhen(id, valid) => write!(f, "{id}: recorded for {valid}, not for the days asked about"),
            Self::Happened(id, valid) => write!(f, "{id}: it happened {valid}, not in the days asked about"),
            Self::Opposite => {
                f.write_str("nothing of this sort is recorded, and the opposite certainly held all the time")
            }
            Self::NothingRecorded => f.write_str("nothing of this sort is recorded of the two; that is not a no"),
            Self::DeniedElsewhen(id, valid) => {
                write!(f, "{id}: denied for {valid}; nothing is recorded for the days asked about")
            }
        }
    }
}

/// How one relation bears on the question.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bearing {
    DeniedElsewhen,
    Elsewhen,
    Denied,
    Possible,
    Disputed,
    Certain,
}

/// Decides whether one line stood to another as the word says, in the days asked about.
///
/// * `yes`: a supported, asserted relation of that sort certainly holds then; throughout a period, several may that leave no gap;
/// * `disputed`: none does, but one whose dates allow it is contested, or is dated so by one source and otherwise by another;
/// * `possible`: one may hold by its dates, or is claimed only as possible, reported, offered or predicted;
/// * `no`: such relations are recorded, and all are over, not begun or denied then; or none is recorded, an everyday word for friend or foe
///   was used, the opposite certainly holds on all the days asked about, and nothing of the polarity asked about does;
/// * `unknown`: nothing of the sort is recorded, or only denials of other days.
#[must_use]
pub fn verdict(lens: &Lens<'_>, a: &Line, word: &RelationWord, b: &Line) -> Answer {
    let between = lens.relations_between(a, b);
    let (asked, others): (Vec<RelationId>, Vec<RelationId>) =
        between.into_iter().partition(|id| fits(lens, a, word, b, *id));
    let bearings: Vec<(Bearing, RelationId)> = asked.iter().map(|id| (bearing(lens, *id), *id)).collect();
    let best = bearings.iter().map(|(bearing, _)| *bearing).max();
    let (verdict, decisive): (Verdict, &[Bearing]) = match best {
        Some(Bearing::Certain) => (Verdict::Yes, &[Bearing::Certain]),
        Some(Bearing::Disputed) => (Verdict::Disputed, &[Bearing::Disputed]),
        Some(Bearing::Possible) => (Verdict::Possible, &[Bearing::Possible]),
        Some(Bearing::Denied | Bearing::Elsewhen) => (Verdict::No, &[Bearing::Denied, Bearing::Elsewhen]),
        Some(Bearing::DeniedElsewhen) => (Verdict::Unknown, &[]),
        None if opposite_holds(lens, word, &others) => (Verdict::No, &[]),
        None => (Verdict::Unknown, &[]),
    };
    let mut answer = Answer {
        verdict,
        reasons: Vec::new(),
        rows: bearings.iter().filter(|(b, _)| decisive.contains(b)).map(|(_, id)| lens.row(*id)).collect(),
        nearest: Vec::new(),
    };
    if let Some(together @ (Verdict::Yes | Verdict::Possible)) = throughout_together(lens, &asked, best) {
        answer.verdict = together;
        answer.reasons = vec![if together == Verdict::Yes { Reason::OneAfterAnother } else { Reason::GapsOpen }];
        let touched = Window { quantifier: Quantifier::Sometime, ..lens.window };
        let rows = asked.iter().filter(|id| lens.view.standing(**id).extent().holds(touched) != Holds::No);
        answer.rows = rows.map(|id| lens.row(*id)).collect();
    } else {
        answer.reasons = match (best, verdict) {
            (Some(Bearing::Certain), _) => vec![Reason::Certain],
            (Some(Bearing::DeniedElsewhen), _) => {
                asked.iter().map(|id| lens.row(*id)).map(|r| Reason::DeniedElsewhen(r.id, r.valid)).collect()
            }
            (Some(_), _) => answer.rows.iter().map(|row| reason(lens, row)).collect(),
            (None, Verdict::No) => vec![Reason::Opposite],
            (None, _) => vec![Reason::NothingRecorded],
        };
    }
    let shown = |id: &RelationId| answer.rows.iter().any(|row| row.relation == *id);
    let contrary = bearings.iter().filter(|(b, id)| *b != Bearing::Elsewhen && !shown(id)).map(|(_, id)| *id);
    let in_force = others.iter().copied().filter(|id| best.is_none() || lens.holds(*id) != Holds::No);
    let mut nearest: Vec<RelationRow> = contrary.chain(in_force).map(|id| lens.row(id)).collect();
    nearest.sort_by_cached_key(|row| (std::cmp::Reverse(row.how), row.polarity == 0, row.id.clone()));
    answer.nearest = nearest;
    answer
}

/// Whether the opposite of a word for friend or foe certainly held on every day asked about, and nothing of the polarity asked about on any.
fn opposite_holds(lens: &Lens<'_>, word: &RelationWord, others: &[RelationId]) -> bool {
    let opposite = match word.polarity {
        Some(Polarity::Positive) => Category::Hostility,
        Some(Polarity::Negative) => Category::Cooperation,
        _ => return false,
    };
    if word.types.len() < 2 || lens.window.is_all() {
        return false;
    }
    let all_the_time = Window { quantifier: Quantifier::Throughout, ..lens.window };
    let kind = |id: RelationId| lens.graph.vocabulary().relation_type(lens.graph.type_of(id));
    let refutes = |id: &RelationId| {
        kind(*id).category == opposite && lens.view.standing(*id).extent().holds(all_the_time) == Holds::Certain
    };
    let speaks_for = |id: &RelationId| word.polarity == Some(kind(*id).polarity) && lens.holds(*id) != Holds::No;
    others.iter().any(refutes) && !others.iter().any(speaks_for)
}

/// What several relations come to together where every day is asked about and none of them holds on all of those alone: `Yes` where their
/// certain days leave no gap, `Possible` where their possible days leave none; `None` where they do, or where one alone decides.
fn throughout_together(lens: &Lens<'_>, asked: &[RelationId], best: Option<Bearing>) -> Option<Verdict> {
    if lens.window.quantifier != Quantifier::Throughout || matches!(best, Some(Bearing::Certain | Bearing::Disputed)) {
        return None;
    }
    let covers = |days: fn(Extent) -> (Day, Day)| {
        let mut spans: Vec<(Day, Day)> = asked.iter().map(|id| days(lens.view.standing(*id).extent())).collect();
        spans.sort_unstable();
        let reached = spans.into_iter().filter(|(first, last)| first <= last).fold(
            lens.window.first.plus(-1),
            |reached, (first, last)| if first <= reached.plus(1) { reached.max(last) } else { reached },
        );
        reached >= lens.window.last
    };
    if covers(|e| (e.start.latest, e.end.earliest)) {
        Some(Verdict::Yes)
    } else if best < Some(Bearing::Possible) && covers(|e| (e.start.earliest, e.end.latest)) {
        Some(Verdict::Possible)
    } else {
        None
    }
}

/// Whether a relation between the two lines is of the sort the word names, in the direction it reads.
pub(super) fn fits(lens: &Lens<'_>, a: &Line, word: &RelationWord, b: &Line, id: RelationId) -> bool {
    let relation = lens.graph.relation(id);
    if !word.types.contains(&relation.kind) {
        return false;
    }
    let forth = a.contains(relation.subject) && b.contains(relation.object);
    let back = b.contains(relation.subject) && a.contains(relation.object);
    let (forwards, backwards) = word.reads(lens.graph.vocabulary(), relation.kind);
    (forwards && forth) || (backwards && back)
}

fn bearing(lens: &Lens<'_>, id: RelationId) -> Bearing {
    let standing = lens.view.standing(id);
    let by_dates = standing.dates.holds(lens.window);
    match (by_dates, standing.status) {
        (Holds::Certain, Status::Denied) => Bearing::Denied,
        (_, Status::Denied | Status::Unsourced) => Bearing::DeniedElsewhen,
        _ if lens.view.is_dated_differently(id) => Bearing::Disputed,
        (Holds::No, _) => Bearing::Elsewhen,
        (_, Status::Contested | Status::Disputed) => Bearing::Disputed,
        (_, Status::Supported) if lens.holds(id) == Holds::Certain => Bearing::Certain,
        (_, Status::Supported) => Bearing::Possible,
    }
}

/// Why a relation bears on the question as it does.
fn reason(lens: &Lens<'_>, row: &RelationRow) -> Reason {
    let id = row.id.clone();
    let t = lens.graph.vocabulary().relation_type(lens.graph.type_of(row.relation));
    match bearing(lens, row.relation) {
        Bearing::Certain => Reason::Certain,
        Bearing::Disputed if row.status == Status::Supported.word() => Reason::DatedDifferently(id),
        Bearing::Disputed => Reason::BothSides(id),
        Bearing::Denied => Reason::Denied(id),
        Bearing::DeniedElsewhen => Reason::DeniedElsewhen(id, row.valid.clone()),
        Bearing::Elsewhen if t.temporality == Temporality::Event => Reason::Happened(id, row.valid.clone()),
        Bearing::Elsewhen => Reason::Elsewhen(id, row.valid.clone()),
        Bearing::Possible => match (lens.view.standing(row.relation).modality, &row.last_attested) {
            (Modality::Asserted, Some(day)) if row.stale => Reason::LastAttested(id, day.clone()),
            (Modality::Asserted, _) => Reason::DatesOpen(id, row.valid.clone()),
            (modality, _) => Reason::OnlyClaimed(id, modality),
        },
    }
}
