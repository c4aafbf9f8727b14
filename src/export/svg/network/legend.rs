//! What shapes, colours and lines of a drawing mean: only those that occur in it.

use super::actors::{Card, outline};
use super::shape::Shape;
use super::ties::{Tie, arrow};
use crate::export::Contents;
use crate::export::font::{Weight, width};
use crate::export::svg::{Canvas, Lettering};
use crate::export::theme::{Stroke, color};
use crate::layout::Point;
use crate::model::Category;
use std::collections::{BTreeMap, BTreeSet};

const SIZE: f64 = 11.0;
const ROW: f64 = 22.0;
const SAMPLE: f64 = 34.0;

/// A sample with what it means.
enum Entry {
    Line(Category),
    Certainty(Stroke),
    Box(Shape),
    Head,
}

/// Draws the legend from a corner on, at most `most` wide; returns its height.
pub(super) fn draw(
    contents: &Contents<'_, '_>,
    cards: &[Card],
    ties: &[Tie],
    corner: Point,
    most: f64,
    canvas: &mut Canvas,
) -> f64 {
    let categories: BTreeSet<Category> = ties.iter().map(|tie| tie.category).collect();
    let strokes: BTreeSet<Stroke> = ties.iter().map(|tie| tie.stroke).collect();
    let mut shapes: BTreeMap<Shape, BTreeSet<&str>> = BTreeMap::new();
    for card in cards {
        shapes.entry(card.shape).or_default().insert(contents.kind(card.id));
    }
    let lines: Vec<(Entry, String)> = categories.into_iter().map(|c| (Entry::Line(c), c.word().to_owned())).collect();
    let mut sure: Vec<(Entry, String)> =
        strokes.into_iter().map(|s| (Entry::Certainty(s), s.meaning().to_owned())).collect();
    if ties.iter().any(Tie::is_directed) {
        sure.push((Entry::Head, "from whom to whom".to_owned()));
    }
    let boxes: Vec<(Entry, String)> = shapes
        .into_iter()
        .map(|(shape, kinds)| {
            let words: Vec<String> = kinds.iter().map(|kind| kind.replace('_', " ")).collect();
            (Entry::Box(shape), words.join(", "))
        })
        .collect();
    canvas.open("g", &[("class", "legend")]);
    let mut y = corner.y;
    for (heading, entries) in [("Lines", lines), ("How sure", sure), ("Actors", boxes)] {
        if entries.is_empty() {
            continue;
        }
        let heads = Lettering { size: SIZE, weight: Weight::Bold, fill: "#333333", anchor: "start" };
        canvas.text(corner.x, y + ROW * 0.65, &heads, &[], heading);
        let indent = corner.x + 66.0;
        let mut x = indent;
        for (entry, words) in entries {
            let wide = SAMPLE + 8.0 + width(&words, SIZE, Weight::Regular) + 20.0;
            if x > indent && x + wide > corner.x + most {
                x = indent;
                y += ROW;
            }
            sample(&entry, Point { x, y: y + ROW / 2.0 }, canvas);
            let plain = Lettering { size: SIZE, fill: "#333333", ..Lettering::default() };
            canvas.text(x + SAMPLE + 8.0, y + ROW * 0.67, &plain, &[], &words);
            x += wide;
        }
        y += ROW;
    }
    canvas.close();
    y - corner.y
}

/// Draws what an entry is about: its left end at a point.
fn sample(entry: &Entry, at: Point, canvas: &mut Canvas) {
    let end = Point { x: at.x + SAMPLE, y: at.y };
    let mut line = |ink: &str, dashes: Option<String>, round: bool, to: Point| {
        let mut look = vec![("stroke", ink), ("stroke-width", "1.8")];
        if let Some(dashes) = &dashes {
            look.push(("stroke-dasharray", dashes));
        }
        if round {
            look.push(("stroke-linecap", "round"));
        }
        canvas.line((at.x, at.y), (to.x, to.y), &look);
    };
    match entry {
        Entry::Line(category) => line(color(*category), None, false, end),
        Entry::Certainty(stroke) => line("#444444", stroke.dashes(1.8), *stroke == Stroke::Dotted, end),
        Entry::Head => {
            line("#444444", None, false, end - Point { x: 6.0, y: 0.0 });
            canvas.leaf("polygon", &[("points", &arrow(at, end, 9.0)), ("fill", "#444444")]);
        }
        Entry::Box(shape) => {
            let half = Point { x: SAMPLE / 2.0, y: 7.5 };
            outline(*shape, half, at + Point { x: half.x, y: 0.0 }, "#555555", "1", canvas);
        }
    }
}
