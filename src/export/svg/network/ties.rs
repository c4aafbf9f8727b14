//! The lines of relations: those of one category and certainty between the same two are one line, with arrowheads where their types point.

use super::actors::Card;
use crate::export::Contents;
use crate::export::svg::{Canvas, num};
use crate::export::theme::{Stroke, color};
use crate::layout::Point;
use crate::layout::routes::Curve;
use crate::model::{Category, RelationId};

/// Relations drawn as one line.
#[derive(Clone, Debug)]
pub(super) struct Tie {
    /// The place of the first actor in the list of cards; the smaller of the two.
    pub(super) from: usize,
    /// The place of the other.
    pub(super) to: usize,
    pub(super) category: Category,
    pub(super) stroke: Stroke,
    pub(super) relations: Vec<RelationId>,
    /// Whether a type points at the first, at the other.
    heads: (bool, bool),
    /// The largest weight of its types.
    weight: u8,
}

/// Returns the lines of the relations, those between the same two beside one another.
pub(super) fn ties(contents: &Contents<'_, '_>, cards: &[Card]) -> Vec<Tie> {
    let mut all: Vec<Tie> = Vec::new();
    let place = |id| cards.binary_search_by_key(&id, |card| card.id).ok();
    for id in &contents.relations {
        let (relation, t) = (contents.relation(*id), contents.relation_type(*id));
        let (Some(subject), Some(object)) = (place(relation.subject), place(relation.object)) else { continue };
        let (from, to) = (subject.min(object), subject.max(object));
        let stroke = Stroke::of(contents.view, *id);
        let heads = (!t.symmetric && object == from, !t.symmetric && object == to);
        let same = |tie: &&mut Tie| (tie.from, tie.to, tie.category, tie.stroke) == (from, to, t.category, stroke);
        match all.iter_mut().find(same) {
            Some(tie) => {
                tie.relations.push(*id);
                tie.heads = (tie.heads.0 || heads.0, tie.heads.1 || heads.1);
                tie.weight = tie.weight.max(t.weight);
            }
            None => {
                all.push(Tie { from, to, category: t.category, stroke, relations: vec![*id], heads, weight: t.weight });
            }
        }
    }
    all.sort_by_key(|tie| (tie.from, tie.to, tie.category, tie.stroke));
    all
}

impl Tie {
    /// How thick its line is, in pixels.
    pub(super) fn width(&self) -> f64 {
        0.7 + 0.35 * f64::from(self.weight)
    }

    /// Draws it along a curve from middle to middle of its two boxes, cut where they begin.
    pub(super) fn draw(
        &self,
        contents: &Contents<'_, '_>,
        curve: &Curve,
        cards: &[Card],
        at: &[Point],
        canvas: &mut Canvas,
    ) {
        let (start, end) = self.ends(curve, cards, at);
        let ink = color(self.category);
        let thick = self.width();
        let head = 5.0 + 1.6 * thick;
        canvas.open(
            "g",
            &[("class", "tie"), ("data-category", self.category.word()), ("data-certainty", self.stroke.meaning())],
        );
        let told: Vec<String> = self.relations.iter().map(|id| told(contents, *id)).collect();
        canvas.tip(&told.join("; "));
        let shown = curve.between(start, end);
        // The line ends inside its arrowheads, so that its square end does not stick out of their tips.
        let length = length(&shown).max(1e-6);
        let back = (head * 0.7 / length).min(0.4);
        let line = shown.between(if self.heads.0 { back } else { 0.0 }, if self.heads.1 { 1.0 - back } else { 1.0 });
        let path = path(&line);
        let dashes = self.stroke.dashes(thick);
        let width = num((thick * 10.0).round() / 10.0);
        let mut look = vec![("d", path.as_str()), ("fill", "none"), ("stroke", ink), ("stroke-width", &width)];
        if let Some(dashes) = &dashes {
            look.push(("stroke-dasharray", dashes));
            if self.stroke == Stroke::Dotted {
                look.push(("stroke-linecap", "round"));
            }
        }
        // What the pointer meets is wider than what is seen.
        canvas.leaf(
            "path",
            &[("d", &path), ("fill", "none"), ("stroke", "#ffffff"), ("stroke-opacity", "0"), ("stroke-width", "9")],
        );
        canvas.leaf("path", &look);
        for (wanted, tip, from) in [(self.heads.0, 0.0, back * 1.4), (self.heads.1, 1.0, 1.0 - back * 1.4)] {
            if wanted {
                let (tip, from) = (shown.at(tip), shown.at(from));
                let points = arrow(from, tip, head);
                canvas.leaf("polygon", &[("points", &points), ("fill", ink)]);
            }
        }
        for id in &self.relations {
            record(contents, *id, canvas);
        }
        canvas.close();
    }

    /// The shares of the way at which a curve leaves the box it begins in and enters the one it ends in.
    pub(super) fn ends(&self, curve: &Curve, cards: &[Card], at: &[Point]) -> (f64, f64) {
        let inside = |end: usize, share: f64| cards[end].shape.holds(cards[end].half(), curve.at(share) - at[end]);
        let loops = self.from == self.to;
        let leave = edge(|share| inside(self.from, share), if loops { 0.5 } else { 1.0 });
        let enter = 1.0 - edge(|share| inside(self.to, 1.0 - share), if loops { 0.5 } else { 1.0 });
        // A breath between box and line, so that arrowheads stay whole.
        let breath = 1.5 / length(curve).max(1e-6);
        if leave + 2.0 * breath < enter { (leave + breath, enter - breath) } else { (0.45, 0.55) }
    }
}

/// The share of the way at which a curve that begins inside first gets out.
fn edge(inside: impl Fn(f64) -> bool, most: f64) -> f64 {
    const STEPS: u32 = 24;
    let mut low = 0.0;
    for step in 1..=STEPS {
        let high = most * f64::from(step) / f64::from(STEPS);
        if !inside(high) {
            let (mut a, mut b) = (low, high);
            for _ in 0..12 {
                let middle = f64::midpoint(a, b);
                if inside(middle) { a = middle } else { b = middle }
            }
            return b;
        }
        low = high;
    }
    most
}

/// The length of a curve, by its straight pieces.
pub(super) fn length(curve: &Curve) -> f64 {
    curve.samples().windows(2).map(|p| (p[1] - p[0]).norm()).sum()
}

/// A curve as SVG writes it.
fn path(curve: &Curve) -> String {
    let [a, b, c, d] = curve.points;
    format!("M{},{}C{},{} {},{} {},{}", num(a.x), num(a.y), num(b.x), num(b.y), num(c.x), num(c.y), num(d.x), num(d.y))
}

/// The corners of an arrowhead with its tip at a point, pointing away from another.
pub(super) fn arrow(from: Point, tip: Point, long: f64) -> String {
    let along = tip - from;
    let along = along * (1.0 / along.norm().max(1e-6));
    let back = tip - along * long;
    let side = along.turned() * (long * 0.36);
    [tip, back + side, back - side].iter().map(|p| format!("{},{}", num(p.x), num(p.y))).collect::<Vec<_>>().join(" ")
}

/// A relation in words: who, what, whom, when, how sure, who says so.
pub(super) fn told(contents: &Contents<'_, '_>, id: RelationId) -> String {
    let relation = contents.relation(id);
    let stroke = Stroke::of(contents.view, id);
    let cited = contents.citations(&relation.claims);
    format!(
        "{} {} {}, {}, {} [{}]",
        contents.name(relation.subject),
        contents.relation_type(id).label,
        contents.name(relation.object),
        contents.dated(id),
        stroke.meaning(),
        cited.join("; ")
    )
}

/// The record of a relation, for programs that read the drawing.
fn record(contents: &Contents<'_, '_>, id: RelationId, canvas: &mut Canvas) {
    let relation = contents.relation(id);
    canvas.leaf(
        "g",
        &[
            ("id", &format!("relation-{}", relation.slug)),
            ("class", "relation"),
            ("data-subject", &contents.actor(relation.subject).slug),
            ("data-type", &contents.relation_type(id).name),
            ("data-object", &contents.actor(relation.object).slug),
            ("data-valid", contents.dated(id).text()),
            ("data-claims", &contents.citations(&relation.claims).join("; ")),
        ],
    );
}

impl Tie {
    /// Whether a type among its own points somewhere.
    pub(super) const fn is_directed(&self) -> bool {
        self.heads.0 || self.heads.1
    }
}
