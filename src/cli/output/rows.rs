//! Rows of relations and events as cells.

use super::Sheet;
use crate::question::{EventRow, RelationRow};

/// The columns of relations in CSV.
const FLAT: &[&str] = &[
    "id",
    "subject_id",
    "subject",
    "type",
    "object_id",
    "object",
    "category",
    "polarity",
    "valid",
    "holds",
    "status",
    "modality",
    "last_attested",
    "basis",
    "sources",
    "notes",
];

/// Relations for CSV and TSV: one row each, lists joined by `; `.
pub(in crate::cli) fn relation_flat<'a>(rows: impl IntoIterator<Item = &'a RelationRow>) -> Sheet {
    let mut sheet = Sheet::new(FLAT);
    for row in rows {
        let notes: Vec<&str> = row.claims.iter().map(|c| c.note.as_str()).collect();
        sheet.push([
            row.id.clone(),
            row.subject.id.clone(),
            row.subject.name.clone(),
            row.kind.clone(),
            row.object.id.clone(),
            row.object.name.clone(),
            row.category.to_owned(),
            row.polarity.to_string(),
            row.valid.clone(),
            row.holds.to_owned(),
            row.status.to_owned(),
            row.modality.to_owned(),
            row.last_attested.clone().unwrap_or_default(),
            row.basis.to_owned(),
            row.citations(),
            notes.join("; "),
        ]);
    }
    sheet
}

/// Names and values under one another, without a header; what is empty is left out.
pub(in crate::cli) fn facts(pairs: impl IntoIterator<Item = (String, String)>) -> Sheet {
    let mut sheet = Sheet::new(&["", ""]);
    for (name, value) in pairs {
        if !value.is_empty() {
            sheet.push([name, value]);
        }
    }
    sheet
}

/// Relations for people: whole sentences, `subject relation object`.
pub(in crate::cli) fn relation_sheet<'a>(rows: impl IntoIterator<Item = &'a RelationRow>) -> Sheet {
    let mut sheet = Sheet::new(&["relation", "when", "holds", "sources"]);
    for row in rows {
        sheet.push([
            format!("{} {} {}", row.subject.name, row.label, row.object.name),
            row.valid.clone(),
            held(row),
            row.citations(),
        ]);
    }
    sheet
}

/// Whether it holds, and why not more: what its claims come to, or when it was last attested.
pub(in crate::cli) fn held(row: &RelationRow) -> String {
    let mut words = if row.recent { "shortly before".to_owned() } else { row.holds.to_owned() };
    let doubts = row.status != "supported" || row.modality != "asserted";
    if doubts {
        let status = if row.status == "supported" { "" } else { row.status };
        let modality = if row.modality == "asserted" { "" } else { row.modality };
        for part in [status, modality].into_iter().filter(|part| !part.is_empty() && *part != row.holds) {
            words.push_str(", ");
            words.push_str(part);
        }
    } else if row.holds == "possible"
        && let Some(day) = &row.last_attested
        && row.stale
    {
        words.push_str(&format!(", attested {day}"));
    }
    words
}

/// Events for people.
pub(in crate::cli) fn event_sheet<'a>(rows: impl IntoIterator<Item = &'a EventRow>) -> Sheet {
    let mut sheet = Sheet::new(&["date", "event", "status", "sources"]);
    for row in rows {
        let status = if row.modality == "asserted" {
            row.status.to_owned()
        } else {
            format!("{}, {}", row.status, row.modality)
        };
        sheet.push([row.date.clone(), row.name.clone(), status, row.citations()]);
    }
    sheet
}

/// A claim as a line for people: citation, grade, who says so, what.
pub(in crate::cli) fn wrapped_note(claim: &crate::question::ClaimRow) -> String {
    let (qualities, note) = claim_in_words(claim);
    format!("{} ({qualities}): {note}", claim.citation())
}

/// A claim in words: grade, how firmly, who says so, its own dating; and what it says.
pub(in crate::cli) fn claim_in_words(claim: &crate::question::ClaimRow) -> (String, String) {
    let mut qualities = vec![claim.grade.clone()];
    if claim.modality != "asserted" {
        qualities.push(claim.modality.to_owned());
    }
    if let Some(who) = &claim.attributed_to {
        let name = who.name.clone().or_else(|| who.actor.clone());
        let name = name.unwrap_or_else(|| "someone unnamed".to_owned());
        let anonymous = if who.anonymous && who.name.is_some() { ", unnamed" } else { "" };
        qualities.push(format!("according to {name}{anonymous}"));
    }
    if let Some(valid) = &claim.valid {
        qualities.push(format!("dates it {valid}"));
    }
    let figures: Vec<String> = claim
        .figures
        .iter()
        .map(|f| {
            let qualifier = f.qualifier.as_ref().map_or_else(String::new, |q| format!("{q} "));
            format!("{qualifier}{} {}", f.value, f.what)
        })
        .collect();
    let figures = if figures.is_empty() { String::new() } else { format!(" [{}]", figures.join("; ")) };
    (qualities.join(", "), format!("{}{figures}", claim.note))
}
