//! The matrix as drawings and pages get it: everything in words.

use super::tables::{rows, state_in_words};
use super::{Cell, Worked};
use crate::cli::output::claim_in_words;
use crate::export::matrix::{Change, Face, Fact, Happening, Head, Look, Matrix, Pair, Said, Source};
use crate::export::theme::Stroke;
use crate::model::Sign;
use crate::question::{ClaimRow, Footing, State, Turned};
use std::collections::BTreeSet;

/// A matrix with everything that a drawing shows.
pub(super) fn drawn(worked: &Worked<'_>) -> Matrix {
    let actors = (0..worked.members.len())
        .map(|place| Head {
            id: worked.members[place].actor.id.clone(),
            name: worked.name(place).to_owned(),
            note: worked.note(place),
        })
        .collect();
    let cells = worked.cells.all();
    let mut cited: BTreeSet<&str> = BTreeSet::new();
    for cell in &cells {
        let ties = cell.before.into_iter().chain([cell.state]).flat_map(|state| &state.ties);
        cited.extend(ties.flat_map(|tie| &tie.row.claims).map(|claim| &*claim.source));
        cited.extend(
            cell.change.iter().flat_map(|c| &c.events).flat_map(|event| &event.claims).map(|claim| &*claim.source),
        );
    }
    let graph = worked.lens.graph;
    let sources = graph
        .sources()
        .filter(|(_, source)| cited.contains(&*source.slug))
        .map(|(_, source)| Source {
            id: source.slug.to_string(),
            title: source.title.to_string(),
            publisher: source.publisher.as_deref().map(str::to_owned),
            published: source.published.text().to_owned(),
            url: source.url.as_deref().map(str::to_owned),
        })
        .collect();
    Matrix {
        title: worked.title.clone(),
        when: worked.when.clone(),
        times: worked.times.clone(),
        assumptions: worked.limits.clone(),
        actors,
        pairs: cells.iter().map(|cell| pair(worked, cell)).collect(),
        sources,
    }
}

fn pair(worked: &Worked<'_>, cell: &Cell<'_>) -> Pair {
    let change = match cell.change.map_or(Turned::Same, |comparison| comparison.change) {
        Turned::Same => Change::None,
        Turned::Turned => Change::Turned,
        Turned::Appeared | Turned::Lapsed => Change::Known,
    };
    let decides = |id: &str| {
        let mut ties = cell.before.into_iter().chain([cell.state]).flat_map(|state| &state.ties);
        ties.any(|tie| tie.decides && tie.row.id == id)
    };
    let facts = rows(cell)
        .into_iter()
        .map(|(row, holds)| Fact {
            text: format!("{} {} {}", row.subject.name, row.label, row.object.name),
            when: row.valid.clone(),
            holds,
            decides: decides(&row.id),
            citations: row.citations(),
            claims: row.claims.iter().map(said).collect(),
            id: row.id,
        })
        .collect();
    let events = cell.change.iter().flat_map(|comparison| &comparison.events);
    Pair {
        first: cell.first,
        second: cell.second,
        look: Look { before: cell.before.map(face), face: face(cell.state), change },
        words: words(worked, cell),
        facts,
        events: events
            .map(|event| Happening { date: event.date.clone(), name: event.name.clone(), citations: event.citations() })
            .collect(),
        remarks: remarks(worked, cell),
    }
}

fn face(state: &State) -> Face {
    let stroke = state.footing.map_or(Stroke::Solid, stroke);
    Face { sign: state.sign, stroke, otherwise: state.otherwise.is_some() }
}

/// How firmly a sign stands, as strokes tell it.
pub(in crate::cli::command) const fn stroke(footing: Footing) -> Stroke {
    match footing {
        Footing::Certain => Stroke::Solid,
        Footing::Possible => Stroke::Dashed,
        Footing::Contested => Stroke::Dotted,
    }
}

fn words(worked: &Worked<'_>, cell: &Cell<'_>) -> String {
    let known = |state: &State| match state.footing {
        Some(Footing::Certain) => format!("{}, certain", state.sign),
        _ => state_in_words(state),
    };
    match (cell.before, &worked.times) {
        (Some(before), Some((from, to))) if cell.has_changed() => {
            format!("{} ({from}) → {} ({to})", known(before), known(cell.state))
        }
        (Some(before), Some((from, to))) if before.footing != cell.state.footing => {
            format!("{} ({from}), {} ({to})", known(before), known(cell.state))
        }
        (Some(_), Some(_)) => format!("{} at both times", known(cell.state)),
        _ => known(cell.state),
    }
}

/// What else is to be said: what is recorded of other days, and what would come out otherwise.
fn remarks(worked: &Worked<'_>, cell: &Cell<'_>) -> Vec<String> {
    let mut all = Vec::new();
    let otherwise = |state: &State, when: &str| {
        let sign = state.otherwise.map(Sign::word)?;
        Some(format!("With what is only possible or contested, it would come to {sign}{when}."))
    };
    match (cell.before, &worked.times) {
        (Some(before), Some((from, to))) => {
            all.extend(otherwise(before, &format!(" ({from})")));
            all.extend(otherwise(cell.state, &format!(" ({to})")));
        }
        _ => all.extend(otherwise(cell.state, "")),
    }
    if cell.before.is_none() && cell.state.elsewhen > 0 {
        let number = cell.state.elsewhen;
        let noun = if number == 1 { "relation is" } else { "relations are" };
        all.push(format!("{number} more {noun} recorded, and not in force then."));
    }
    all
}

fn said(claim: &ClaimRow) -> Said {
    let (qualities, note) = claim_in_words(claim);
    let stance = if claim.stance == "supports" { String::new() } else { format!("{}, ", claim.stance) };
    Said {
        source: claim.source.clone(),
        locator: claim.locator.clone(),
        qualities: format!("{stance}{qualities}"),
        note,
    }
}
