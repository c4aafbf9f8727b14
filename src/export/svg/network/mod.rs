//! The network of a view as a drawing.
//!
//! Actors are boxes whose shape tells their kind and whose letters grow with their ties; relations are lines whose colour tells their
//! category and whose dashes tell how sure they are. Every box and every line carries what it stands for, with dates and citations, as a tooltip
//! and as `data-` attributes.

mod actors;
mod labels;
mod legend;
mod notes;
mod shape;
mod ties;

use super::super::{Contents, Exporter, Style};
use super::{Canvas, Lettering};
use crate::export::font::Weight;
use crate::graph::Line;
use crate::layout::routes::{Bundle, Curve, route};
use crate::layout::{Edge, Node, Options, Point, layout};
use crate::model::{ActorId, Category};
use actors::Card;
use labels::Label;
use std::collections::BTreeSet;
use std::io::{self, Write};
use ties::Tie;

/// The network of a view as a drawing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Svg;

impl Exporter for Svg {
    fn name(&self) -> &'static str {
        "svg"
    }

    fn losses(&self) -> &'static [&'static str] {
        &["events", "notes of claims (tooltips hold who says so and where)", "names besides the main one"]
    }

    fn write(&self, contents: &Contents<'_, '_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(drawing(contents, style).as_bytes())
    }
}

/// Up to how many relations a drawing writes their types beside its lines.
const MOST_LABELLED: usize = 40;

/// The usual distances between two boxes with a tie where its type is written on it, in pixels: the least that leaves room for all labels is
/// taken, else the one that leaves room for most.
const LABELLED: [f64; 4] = [104.0, 132.0, 168.0, 212.0];
/// White around the whole, in pixels.
const MARGIN: f64 = 28.0;
/// The narrowest drawing: what a title and a legend need.
const NARROWEST: f64 = 640.0;

/// The network as the text of an SVG file.
pub(crate) fn drawing(contents: &Contents<'_, '_>, style: &Style) -> String {
    let cards = cards(contents);
    let ties = ties::ties(contents, &cards);
    let labelled = contents.relations.len() <= MOST_LABELLED;
    let lines = if style.lineage_clusters { contents.lines() } else { Vec::new() };
    let arranged = |spacing: f64| {
        let options = Options { spacing, ..Options::default() };
        let (at, frames) = positions(contents, &cards, &ties, &lines, &options);
        let curves = curves(&cards, &ties, &at, &options);
        let labels = if labelled { labels::place(contents, style, &cards, &ties, &curves, &at) } else { Vec::new() };
        Arranged { at, frames, curves, labels }
    };
    let Arranged { mut at, frames, curves, labels } = if labelled {
        roomiest(LABELLED.into_iter().map(arranged), ties.len())
    } else {
        arranged(Options::default().spacing)
    };
    let untold = if labelled { ties.len() - labels.len() } else { 0 };
    let summary = summary(contents, style, untold);
    let (low, high) = extent(&cards, &at, &ties, &curves, &frames, &labels);
    let inner = (high.x - low.x).max(NARROWEST);

    let mut canvas = Canvas::default();
    let mut y = MARGIN;
    let corner = |y: f64| Point { x: MARGIN, y };
    canvas.open("g", &[("class", "heading")]);
    let title = Lettering { size: 20.0, weight: Weight::Bold, fill: "#111111", anchor: "start" };
    y += notes::paragraph(&style.title, corner(y), inner, &title, &mut canvas);
    let below = Lettering { size: 12.0, fill: "#555555", ..Lettering::default() };
    y += notes::paragraph(&summary, corner(y), inner, &below, &mut canvas) + 14.0;
    canvas.close();
    if cards.is_empty() {
        let plain = Lettering { size: 14.0, fill: "#333333", ..Lettering::default() };
        y += notes::paragraph(
            "Of these days nothing is recorded that this view shows.",
            corner(y),
            inner,
            &plain,
            &mut canvas,
        );
    }

    let shift = Point { x: MARGIN + (inner - (high.x - low.x)) / 2.0 - low.x, y: y - low.y };
    for p in &mut at {
        *p = *p + shift;
    }
    let curves: Vec<Curve> = curves.iter().map(|curve| Curve { points: curve.points.map(|p| p + shift) }).collect();
    for (corner, size) in &frames {
        let corner = *corner + shift;
        let look =
            [("rx", "8"), ("fill", "#f7f5fb"), ("stroke", "#b9acd4"), ("stroke-dasharray", "5 3"), ("class", "line")];
        canvas.rect(corner.x, corner.y, size.x, size.y, &look);
    }
    canvas.open("g", &[("class", "ties")]);
    for (tie, curve) in ties.iter().zip(&curves) {
        tie.draw(contents, curve, &cards, &at, &mut canvas);
    }
    canvas.close();
    canvas.open("g", &[("class", "actors")]);
    for (card, at) in cards.iter().zip(&at) {
        card.draw(contents, *at, &about(contents, card), &mut canvas);
    }
    canvas.close();
    if labelled {
        labels::draw(&labels, &ties, shift, &mut canvas);
    }
    y += high.y - low.y + 22.0;
    if style.legend && !cards.is_empty() {
        y += legend::draw(contents, &cards, &ties, corner(y), inner, &mut canvas) + 8.0;
    }
    if style.footnotes {
        y += notes::footnotes(contents, corner(y + 6.0), inner, &mut canvas) + 12.0;
    }
    canvas.finish(inner + 2.0 * MARGIN, y + MARGIN * 0.6, &style.title, &summary, "")
}

/// Where everything stands.
struct Arranged {
    at: Vec<Point>,
    frames: Frames,
    curves: Vec<Curve>,
    labels: Vec<Label>,
}

/// The first arrangement with as many labels as wanted, else the first of those with most.
fn roomiest(tried: impl Iterator<Item = Arranged>, wanted: usize) -> Arranged {
    let mut best = Arranged { at: Vec::new(), frames: Vec::new(), curves: Vec::new(), labels: Vec::new() };
    for (n, next) in tried.enumerate() {
        if n == 0 || next.labels.len() > best.labels.len() {
            best = next;
        }
        if best.labels.len() >= wanted {
            break;
        }
    }
    best
}

/// A box for each actor, in the order of the contents.
fn cards(contents: &Contents<'_, '_>) -> Vec<Card> {
    let pairs: BTreeSet<(ActorId, ActorId)> = contents
        .relations
        .iter()
        .map(|id| contents.relation(*id))
        .flat_map(|r| [(r.subject, r.object), (r.object, r.subject)])
        .filter(|(a, b)| a != b)
        .collect();
    let degree = |id: ActorId| pairs.range((id, ActorId::new(0))..).take_while(|(a, _)| *a == id).count();
    contents.actors.iter().map(|id| Card::of(contents, *id, degree(*id))).collect()
}

/// How much apart the two ends of a tie should stand: members of a line nearest, then those who stand together, enemies farther.
fn closeness(category: Category) -> f64 {
    match category {
        Category::Lineage => 0.7,
        Category::Structure => 0.85,
        Category::Cooperation => 0.9,
        Category::Support | Category::Diplomacy | Category::Stance | Category::Territory => 1.0,
        Category::Hostility | Category::Designation => 1.2,
    }
}

/// Frames around lines: corner and size.
type Frames = Vec<(Point, Point)>;

/// The middle of each box, and the frames around the members of lines, who stand one below the other, eldest first.
fn positions(
    contents: &Contents<'_, '_>,
    cards: &[Card],
    ties: &[Tie],
    lines: &[Vec<ActorId>],
    options: &Options,
) -> (Vec<Point>, Frames) {
    const INSIDE: f64 = 34.0;
    const PAD: f64 = 12.0;
    let mut unit_of: Vec<Option<usize>> = vec![None; cards.len()];
    let mut units: Vec<Vec<usize>> = Vec::new();
    let place = |id: ActorId| cards.binary_search_by_key(&id, |card| card.id).ok();
    for members in lines {
        let line = Line { named: members[0], members: members.clone() };
        let stacked: Vec<usize> = line.by_age(contents.view.graph()).into_iter().filter_map(place).collect();
        for member in &stacked {
            unit_of[*member] = Some(units.len());
        }
        units.push(stacked);
    }
    for (n, unit) in unit_of.iter_mut().enumerate() {
        if unit.is_none() {
            *unit = Some(units.len());
            units.push(vec![n]);
        }
    }
    let unit_of: Vec<usize> = unit_of.into_iter().flatten().collect();
    let nodes: Vec<Node> = units
        .iter()
        .map(|members| {
            let widest = members.iter().map(|m| cards[*m].width).fold(0.0, f64::max);
            let high: f64 = members.iter().map(|m| cards[*m].height + INSIDE).sum::<f64>() - INSIDE;
            let pad = if members.len() > 1 { 2.0 * PAD } else { 0.0 };
            Node { width: widest + pad, height: high + pad }
        })
        .collect();
    let edges: Vec<Edge> = ties
        .iter()
        .map(|tie| Edge { from: unit_of[tie.from], to: unit_of[tie.to], length: closeness(tie.category) })
        .collect();
    let centers = layout(&nodes, &edges, options);
    let mut at = vec![Point::default(); cards.len()];
    let mut frames = Vec::new();
    for ((members, center), node) in units.iter().zip(&centers).zip(&nodes) {
        let size = Point { x: node.width, y: node.height };
        let corner = *center - size * 0.5;
        if members.len() > 1 {
            frames.push((corner, size));
        }
        let mut y = corner.y + if members.len() > 1 { PAD } else { 0.0 };
        for member in members {
            at[*member] = Point { x: center.x, y: y + cards[*member].height / 2.0 };
            y += cards[*member].height + INSIDE;
        }
    }
    (at, frames)
}

/// A curve for each tie; those between the same two run side by side.
fn curves(cards: &[Card], ties: &[Tie], at: &[Point], options: &Options) -> Vec<Curve> {
    let nodes: Vec<Node> = cards.iter().map(|card| Node { width: card.width, height: card.height }).collect();
    let mut bundles: Vec<Bundle> = Vec::new();
    for tie in ties {
        match bundles.last_mut() {
            Some(last) if (last.from, last.to) == (tie.from, tie.to) => last.lines += 1,
            _ => bundles.push(Bundle { from: tie.from, to: tie.to, lines: 1 }),
        }
    }
    route(&nodes, at, &bundles, options).concat()
}

/// The corners of what boxes, curves, frames and labels take up.
fn extent(
    cards: &[Card],
    at: &[Point],
    ties: &[Tie],
    curves: &[Curve],
    frames: &Frames,
    labels: &[Label],
) -> (Point, Point) {
    let boxes = cards.iter().zip(at).flat_map(|(card, at)| [*at - card.half(), *at + card.half()]);
    let bent = ties.iter().zip(curves).flat_map(|(_, curve)| curve.samples());
    let framed = frames.iter().flat_map(|(corner, size)| [*corner, *corner + *size]);
    let labelled = labels.iter().flat_map(|label| [label.at - label.half, label.at + label.half]);
    let mut all = boxes.chain(bent).chain(framed).chain(labelled);
    let Some(first) = all.next() else { return (Point::default(), Point::default()) };
    all.fold((first, first), |(low, high), p| {
        (Point { x: low.x.min(p.x), y: low.y.min(p.y) }, Point { x: high.x.max(p.x), y: high.y.max(p.y) })
    })
}

/// How much is shown, what it is limited to, and how many lines found no room for their labels.
fn summary(contents: &Contents<'_, '_>, style: &Style, untold: usize) -> String {
    let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let mut words = format!(
        "{}, {}, {}",
        count(contents.actors.len(), "actor", "actors"),
        count(contents.relations.len(), "relation", "relations"),
        count(contents.sources.len(), "source", "sources")
    );
    for limit in &style.limits {
        words.push_str(" · ");
        words.push_str(limit);
    }
    if untold > 0 {
        let lines = count(untold, "line is in its tooltip", "lines are in their tooltips");
        words.push_str(&format!(" · for want of room, what is written on {lines} only"));
    }
    words
}

/// An actor in words, for its tooltip.
fn about(contents: &Contents<'_, '_>, card: &Card) -> String {
    let actor = contents.actor(card.id);
    let mut words = format!("{} ({})", contents.name(card.id), contents.kind(card.id).replace('_', " "));
    if contents.name(card.id) != &*actor.name {
        words.push_str(&format!(", later {}", actor.name));
    }
    if let Some(summary) = &actor.summary {
        words.push_str(": ");
        words.push_str(summary);
    }
    words
}
