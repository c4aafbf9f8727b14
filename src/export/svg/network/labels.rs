//! The types of relations written beside their lines, in drawings small enough for it.

use super::actors::Card;
use super::notes::numbers;
use super::ties::Tie;
use crate::export::font::{Weight, width};
use crate::export::svg::{Canvas, Lettering};
use crate::export::theme::color;
use crate::export::{Contents, Style};
use crate::layout::Point;
use crate::layout::routes::Curve;
use std::collections::BTreeSet;

const SIZE: f64 = 9.5;
const LEADING: f64 = 11.5;
/// How many places along its line are tried.
const PLACES: u32 = 25;
/// Which part of its line a label may stand on, from its middle to either side.
const REACH: f64 = 0.36;
/// How far off its line, in its own heights.
const ASIDE: [f64; 7] = [0.0, 0.4, -0.4, 0.75, -0.75, 1.1, -1.1];
/// How much farther than its own line the lines of other pairs keep off a label, in pixels.
const CLEAR: f64 = 4.0;
/// Of how many straight pieces a line is taken to be where labels keep off it.
const STEPS: u32 = 96;

/// A label with its place.
#[derive(Clone, Debug)]
pub(super) struct Label {
    /// Its middle.
    pub(super) at: Point,
    /// Half its width and half its height.
    pub(super) half: Point,
    tie: usize,
    lines: Vec<String>,
}

/// The points of a line as it is seen, close to one another.
type Seen = Vec<Point>;

/// The labels that find a place where they hide neither boxes nor one another and where nobody takes them for those of another line: they
/// touch no line of another pair, and no line at all is nearer than their own. What finds none is left to the tooltip.
pub(super) fn place(
    contents: &Contents<'_, '_>,
    style: &Style,
    cards: &[Card],
    ties: &[Tie],
    curves: &[Curve],
    at: &[Point],
) -> Vec<Label> {
    let parts: Vec<Curve> = ties
        .iter()
        .zip(curves)
        .map(|(tie, curve)| {
            let (from, to) = tie.ends(curve, cards, at);
            curve.between(from, to)
        })
        .collect();
    let seen: Vec<Seen> =
        parts.iter().map(|part| (0..=STEPS).map(|n| part.at(f64::from(n) / f64::from(STEPS))).collect()).collect();
    let mut taken: Vec<(Point, Point)> = cards.iter().zip(at).map(|(card, at)| (*at, card.half())).collect();
    let mut labels = Vec::new();
    for (n, (tie, part)) in ties.iter().zip(&parts).enumerate() {
        let lines = words(contents, style, tie);
        let wide = lines.iter().map(|line| width(line, SIZE, Weight::Regular)).fold(0.0, f64::max);
        #[expect(clippy::cast_precision_loss, reason = "few lines")]
        let half = Point { x: wide / 2.0 + 2.0, y: lines.len() as f64 * LEADING / 2.0 + 1.0 };
        let is_free = |p: Point| {
            taken.iter().all(|(q, h)| (p.x - q.x).abs() >= half.x + h.x || (p.y - q.y).abs() >= half.y + h.y)
                && is_told(n, p, half, ties, &seen)
        };
        let places = ASIDE.iter().flat_map(|aside| (0..PLACES).map(move |nth| (*aside, share(nth))));
        let free = places
            .map(|(aside, share)| {
                let (p, next) = (part.at(share), part.at((share + 0.02).min(1.0)));
                let along = next - p;
                let side = along.turned() * (1.0 / along.norm().max(1e-6));
                p + side * (aside * (half.y + half.x * side.x.abs()))
            })
            .find(|p| is_free(*p));
        let Some(p) = free else { continue };
        taken.push((p, half));
        labels.push(Label { at: p, half, tie: n, lines });
    }
    labels
}

/// The share of the way at which the `nth` place is: the middle first, then to either side by turns.
fn share(nth: u32) -> f64 {
    let step = f64::from(nth.div_ceil(2)) / f64::from(PLACES / 2) * REACH;
    if nth.is_multiple_of(2) { 0.5 - step } else { 0.5 + step }
}

/// Whether a frame around `p` is plainly that of the line `own`.
fn is_told(own: usize, p: Point, half: Point, ties: &[Tie], seen: &[Seen]) -> bool {
    let nearest = |of: &Seen, size: Point| {
        of.iter()
            .map(|q| {
                let off = Point { x: ((q.x - p.x).abs() - size.x).max(0.0), y: ((q.y - p.y).abs() - size.y).max(0.0) };
                off.norm()
            })
            .fold(f64::INFINITY, f64::min)
    };
    let (to_frame, to_middle) = (nearest(&seen[own], half), nearest(&seen[own], Point::default()));
    ties.iter().zip(seen).enumerate().filter(|(n, _)| *n != own).all(|(_, (tie, other))| {
        let is_pair = (tie.from, tie.to) == (ties[own].from, ties[own].to);
        (is_pair || nearest(other, half) >= to_frame + CLEAR) && nearest(other, Point::default()) >= to_middle
    })
}

/// Writes labels, all of them moved by `shift`.
pub(super) fn draw(labels: &[Label], ties: &[Tie], shift: Point, canvas: &mut Canvas) {
    canvas.open("g", &[("class", "labels")]);
    for label in labels {
        let p = label.at + shift;
        let ink = color(ties[label.tie].category);
        let lettering = Lettering { size: SIZE, fill: ink, anchor: "middle", ..Lettering::default() };
        let mut y = p.y - label.half.y + 1.0 + SIZE * 0.95;
        // A rim of white keeps the letters legible where their line runs below them.
        let rim =
            [("stroke", "#ffffff"), ("stroke-width", "3"), ("stroke-linejoin", "round"), ("paint-order", "stroke")];
        for line in &label.lines {
            canvas.text(p.x, y, &lettering, &rim, line);
            y += LEADING;
        }
    }
    canvas.close();
}

/// What a line says: its types, with their dates and the numbers of their sources where these are wanted.
fn words(contents: &Contents<'_, '_>, style: &Style, tie: &Tie) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for id in &tie.relations {
        let mut line = contents.relation_type(*id).label.to_string();
        if style.footnotes {
            line.push(' ');
            line.push_str(&numbers(contents, *id));
        }
        lines.push(line);
        let dates = contents.dated(*id).text();
        if style.dates && dates != "/.." {
            lines.push(dates.to_owned());
        }
    }
    let mut seen = BTreeSet::new();
    lines.retain(|line| seen.insert(line.clone()));
    lines
}
