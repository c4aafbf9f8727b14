//! The lines of text above and below a drawing: its title, what it is limited to, the sources behind it.

use crate::export::Contents;
use crate::export::font::{Weight, fit};
use crate::export::svg::{Canvas, Lettering};
use crate::layout::Point;
use crate::model::{RelationId, SourceId};
use std::collections::BTreeSet;

/// Draws a paragraph from a corner on; returns its height.
pub(super) fn paragraph(text: &str, corner: Point, most: f64, lettering: &Lettering<'_>, canvas: &mut Canvas) -> f64 {
    let mut y = corner.y;
    for line in fit(text, lettering.size, lettering.weight, most) {
        canvas.text(corner.x, y + lettering.size, lettering, &[], &line);
        y += lettering.size * 1.35;
    }
    y - corner.y
}

/// The number of a source among those of the contents, from 1.
pub(super) fn number(contents: &Contents<'_, '_>, source: SourceId) -> usize {
    contents.sources.binary_search(&source).map_or(0, |at| at + 1)
}

/// The numbers of the sources of some claims, in brackets: `[1, 3]`.
pub(super) fn numbers(contents: &Contents<'_, '_>, id: RelationId) -> String {
    let cited: BTreeSet<usize> =
        contents.view.kept_claims(&contents.relation(id).claims).map(|claim| number(contents, claim.source)).collect();
    let cited: Vec<String> = cited.iter().map(ToString::to_string).collect();
    format!("[{}]", cited.join(", "))
}

const SIZE: f64 = 10.5;
const SMALL: f64 = 9.5;
/// How far the further lines of a note stand in.
const HANG: f64 = 10.0;

/// Draws the sources, numbered, and each relation with the numbers and places of what it rests on, in columns; returns the height.
pub(super) fn footnotes(contents: &Contents<'_, '_>, corner: Point, most: f64, canvas: &mut Canvas) -> f64 {
    let mut y = corner.y;
    let heads = Lettering { size: SIZE + 1.0, weight: Weight::Bold, fill: "#333333", anchor: "start" };
    let plain = Lettering { size: SIZE, fill: "#333333", ..Lettering::default() };
    canvas.open("g", &[("class", "footnotes")]);
    canvas.text(corner.x, y + heads.size, &heads, &[], "Sources");
    y += 20.0;
    for id in &contents.sources {
        let source = contents.view.graph().source(*id);
        let who = [source.author.as_deref(), source.publisher.as_deref()];
        let who: Vec<&str> = who.into_iter().flatten().collect();
        let url = source.url.as_deref().map(|url| format!(", {url}")).unwrap_or_default();
        let text = format!(
            "{}. {}: “{}”, {}{url} ({}, reliability {})",
            number(contents, *id),
            if who.is_empty() { source.slug.to_string() } else { who.join(", ") },
            source.title,
            source.published,
            source.slug,
            source.reliability
        );
        canvas.open("g", &[("class", "source"), ("id", &format!("source-{}", source.slug))]);
        y += paragraph(&text, Point { x: corner.x, y }, most, &plain, canvas) + 3.0;
        canvas.close();
    }
    y += 12.0;
    canvas.text(corner.x, y + heads.size, &heads, &[], "What the lines rest on");
    y += 20.0;
    let columns = (most / 420.0).floor().max(1.0);
    let gutter = 22.0;
    let wide = (most - gutter * (columns - 1.0)) / columns;
    let small = Lettering { size: SMALL, fill: "#444444", ..Lettering::default() };
    let set: Vec<Vec<String>> =
        contents.relations.iter().map(|id| fit(&resting(contents, *id), SMALL, Weight::Regular, wide - HANG)).collect();
    let lines: usize = set.iter().map(Vec::len).sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful")]
    let per_column = lines.div_ceil(columns as usize).max(1);
    let step = SMALL * 1.32;
    let (mut column, mut used, mut deepest) = (0.0, 0_usize, 0_usize);
    for note in &set {
        if used >= per_column {
            column += 1.0;
            used = 0;
        }
        for (n, line) in note.iter().enumerate() {
            let indent = if n == 0 { 0.0 } else { HANG };
            #[expect(clippy::cast_precision_loss, reason = "few lines")]
            let down = used as f64 * step;
            canvas.text(corner.x + column * (wide + gutter) + indent, y + down + SMALL, &small, &[], line);
            used += 1;
        }
        deepest = deepest.max(used);
    }
    canvas.close();
    #[expect(clippy::cast_precision_loss, reason = "few lines")]
    let depth = deepest as f64 * step;
    y + depth - corner.y
}

/// A relation with its dates and the places that tell of it: `Turkey hosts Syrians in Turkey, /..: [2] ¶14`.
fn resting(contents: &Contents<'_, '_>, id: RelationId) -> String {
    let relation = contents.relation(id);
    let mut cited: Vec<String> = Vec::new();
    for claim in contents.view.kept_claims(&relation.claims) {
        let one = format!("[{}] {}", number(contents, claim.source), claim.locator);
        if !cited.contains(&one) {
            cited.push(one);
        }
    }
    format!(
        "{} {} {}, {}: {}",
        contents.name(relation.subject),
        contents.relation_type(id).label,
        contents.name(relation.object),
        contents.dated(id),
        cited.join(", ")
    )
}
