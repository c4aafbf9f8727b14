//! What colours and signs mean, in a row of samples with words that breaks where the drawing ends.

use super::bar::{Ink, Signs};
use super::{Canvas, Lettering, num};
use crate::export::font::{Weight, width};
use crate::model::Category;

const SIZE: f64 = 10.5;
/// How wide a sample is.
const SAMPLE: f64 = 22.0;
const ROW: f64 = 18.0;

/// A sample and what it means.
pub(super) enum Item {
    /// A colour.
    Color(&'static str, String),
    /// A sign of bars, drawn in grey.
    Sign(Sign, &'static str),
}

/// The signs that have a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Solid,
    Hatched,
    Fading,
    Arrow,
    Contested,
    Denied,
    Day,
    SomeDay,
    /// A passage that is only possible.
    Dashed,
    /// One became the other or went into it.
    Becomes,
    /// One left or broke with the other.
    Breaks,
    /// A life that is not recorded.
    NoLife,
}

/// The samples for the inks and signs that were drawn.
pub(super) fn items(inks: &[Ink], signs: Signs) -> Vec<Item> {
    let mut items: Vec<Item> = inks
        .iter()
        .filter_map(|ink| match ink {
            Ink::Of(category) => Some(Item::Color(ink.color(), category.word().to_owned())),
            Ink::Plain | Ink::Life | Ink::Focus => None,
        })
        .collect();
    for (there, sign, words) in [
        (signs.solid, Sign::Solid, "certain"),
        (signs.hatched, Sign::Hatched, "only possible"),
        (signs.dashed, Sign::Dashed, "only possible"),
        (signs.fading || signs.line, Sign::Fading, "no beginning or end recorded"),
        (signs.arrow, Sign::Arrow, "going on, or beyond the axis"),
        (signs.contested, Sign::Contested, "contested"),
        (signs.denied, Sign::Denied, "denied"),
        (signs.day, Sign::Day, "happened that day"),
        (signs.some_day, Sign::SomeDay, "happened on some day there, or possibly"),
    ] {
        if there {
            items.push(Item::Sign(sign, words));
        }
    }
    items
}

/// Draws the samples from a point on, no wider than `most`; returns how high they are.
pub(super) fn draw(canvas: &mut Canvas, items: &[Item], x: f64, y: f64, most: f64) -> f64 {
    canvas.open("g", &[("class", "legend")]);
    let (mut at, mut row, mut signs) = (x, y + ROW / 2.0, false);
    for item in items {
        let words = match item {
            Item::Color(_, words) => words.as_str(),
            Item::Sign(_, words) => words,
        };
        let needed = SAMPLE + 5.0 + width(words, SIZE, Weight::Regular);
        // Colours and signs keep apart where both are many.
        let turns = matches!(item, Item::Sign(..)) && !signs && items.len() > 8;
        signs |= matches!(item, Item::Sign(..));
        if at > x && (turns || at + needed > x + most) {
            (at, row) = (x, row + ROW);
        }
        match item {
            Item::Color(color, _) => canvas.rect(at, row - 5.0, SAMPLE, 10.0, &[("fill", color)]),
            Item::Sign(sign, _) => sample(canvas, *sign, at, row),
        }
        let lettering = Lettering { size: SIZE, fill: "#333333", ..Lettering::default() };
        canvas.text(at + SAMPLE + 5.0, row + 3.8, &lettering, &[], words);
        at += needed + 18.0;
    }
    canvas.close();
    if items.is_empty() { 0.0 } else { row - y + ROW / 2.0 }
}

fn sample(canvas: &mut Canvas, sign: Sign, x: f64, y: f64) {
    let (color, hatch) = (Ink::Plain.color(), "url(#hatch-plain)");
    let mut rect = |more: &[(&str, &str)]| canvas.rect(x, y - 5.0, SAMPLE, 10.0, more);
    match sign {
        Sign::Solid => rect(&[("fill", color)]),
        Sign::Hatched => {
            rect(&[("fill", hatch), ("stroke", color), ("stroke-width", "0.6"), ("stroke-opacity", "0.6")]);
        }
        Sign::Fading => rect(&[("fill", hatch), ("mask", "url(#fade-right)")]),
        Sign::Contested => {
            rect(&[("fill", hatch), ("stroke", color), ("stroke-width", "1.4"), ("stroke-dasharray", "1.4 2")]);
        }
        Sign::Denied => {
            rect(&[("fill", "#ffffff"), ("stroke", color), ("stroke-width", "1"), ("stroke-dasharray", "3 2")]);
            canvas.line((x, y), (x + SAMPLE, y), &[("stroke", color), ("stroke-width", "1")]);
        }
        Sign::Arrow => {
            canvas.line((x + 2.0, y), (x + 14.0, y), &[("stroke", color), ("stroke-width", "0.8")]);
            let path = format!(
                "M{} {}L{} {}L{} {}Z",
                num(x + 14.0),
                num(y - 4.0),
                num(x + 20.0),
                num(y),
                num(x + 14.0),
                num(y + 4.0)
            );
            canvas.leaf("path", &[("d", &path), ("fill", color)]);
        }
        Sign::Day | Sign::SomeDay => {
            let (middle, fill) = (x + SAMPLE / 2.0, if sign == Sign::Day { color } else { "#ffffff" });
            let path = format!(
                "M{} {}L{} {}L{} {}L{} {}Z",
                num(middle),
                num(y - 6.0),
                num(middle + 6.0),
                num(y),
                num(middle),
                num(y + 6.0),
                num(middle - 6.0),
                num(y)
            );
            canvas.leaf("path", &[("d", &path), ("stroke", color), ("stroke-width", "1.2"), ("fill", fill)]);
        }
        Sign::Becomes | Sign::Breaks => {
            let color = Ink::Of(Category::Lineage).color();
            canvas.line((x + 1.0, y), (x + 14.0, y), &[("stroke", color), ("stroke-width", "2")]);
            arrow(canvas, (x + 21.0, y), (1.0, 0.0), color, sign == Sign::Becomes);
        }
        Sign::Dashed => {
            let color = Ink::Of(Category::Lineage).color();
            let dashes = [("stroke", color), ("stroke-width", "1.8"), ("stroke-dasharray", "6 4")];
            canvas.line((x, y), (x + SAMPLE, y), &dashes);
        }
        Sign::NoLife => {
            let thin =
                [("fill", "#f7f7f5"), ("stroke", "#b9b9b5"), ("stroke-width", "0.8"), ("stroke-dasharray", "2 3")];
            canvas.rect(x, y - 5.0, SAMPLE, 10.0, &thin);
        }
    }
}

/// An arrow head with its tip at a point, full or hollow, pointing along a direction of length 1.
pub(super) fn arrow(canvas: &mut Canvas, (x, y): (f64, f64), (dx, dy): (f64, f64), color: &str, full: bool) {
    let (back_x, back_y) = (x - 8.0 * dx, y - 8.0 * dy);
    let (side_x, side_y) = (-4.0 * dy, 4.0 * dx);
    let path = format!(
        "M{} {}L{} {}L{} {}Z",
        num(x),
        num(y),
        num(back_x + side_x),
        num(back_y + side_y),
        num(back_x - side_x),
        num(back_y - side_y)
    );
    let fill = if full { color } else { "#ffffff" };
    canvas.leaf("path", &[("d", &path), ("fill", fill), ("stroke", color), ("stroke-width", "1.2"), ("class", "head")]);
}
