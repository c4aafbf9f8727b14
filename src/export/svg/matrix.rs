//! The matrix as a drawing: a square for each pair, coloured and marked by what the two are to each other.
//!
//! Nothing rests on colour alone: every sign has a mark of its own (plus, minus, both, a ring), what is only possible is hatched and what is
//! contested dotted. Where two times are compared, a pair that changed is cut in two, the earlier time above the later. Each cell tells in words
//! what it comes from when the pointer rests on it, and has an id: `cell.ROW.COLUMN` with the ids of the actors.

use super::{Canvas, Lettering, num};
use crate::export::font::{Weight, cut, fit, width};
use crate::export::matrix::{Change, Face, Look, Matrix, Pair};
use crate::export::theme::{Stroke, sign_color};
use crate::model::Sign;
use std::fmt::Write as _;

/// The space around the drawing, in pixels, as all lengths here.
const MARGIN: f64 = 28.0;
/// The widest a name is set before it is cut.
const LONGEST_NAME: f64 = 214.0;
/// The height of names.
const NAME_SIZE: f64 = 13.0;
const INK: &str = "#1d1d1b";
const GREY: &str = "#5f5f5a";
const PALE: &str = "#f3f3ef";

/// Draws a matrix.
#[must_use]
pub fn draw(matrix: &Matrix) -> String {
    let mut drawing = Drawing::new(matrix);
    let top = drawing.head();
    drawing.names(top);
    let bottom = drawing.cells(top);
    let bottom = drawing.legend(bottom + 30.0);
    let bottom = drawing.sources(bottom + 10.0);
    drawing.finish(bottom)
}

/// A drawing in the making.
struct Drawing<'m> {
    matrix: &'m Matrix,
    canvas: Canvas,
    /// The width and height of a cell, the gap to the next included.
    cell: f64,
    /// Where the first column begins.
    left: f64,
    /// How wide the drawing is.
    width: f64,
    /// How high the slanted names stand.
    slant: f64,
}

const fn letters<'f>(size: f64, weight: Weight, fill: &'f str, anchor: &'static str) -> Lettering<'f> {
    Lettering { size, weight, fill, anchor }
}

impl<'m> Drawing<'m> {
    fn new(matrix: &'m Matrix) -> Self {
        let count = matrix.actors.len();
        let cell = match count {
            0..=16 => 38.0,
            17..=28 => 32.0,
            29..=45 => 26.0,
            _ => 20.0,
        };
        let names = || matrix.actors.iter().map(|head| width(&head.name, NAME_SIZE, Weight::Regular).min(LONGEST_NAME));
        let notes = matrix.actors.iter().filter_map(|head| head.note.as_ref());
        let notes = notes.map(|note| width(note, 10.5, Weight::Regular).min(LONGEST_NAME));
        let longest = names().fold(0.0, f64::max);
        let left = MARGIN + names().chain(notes).fold(0.0, f64::max) + 12.0;
        let grid = left + cell * count as f64;
        // The last slanted names lean out to the right.
        let lean = matrix.actors.iter().enumerate().map(|(place, head)| {
            let own = width(&head.name, NAME_SIZE, Weight::Regular).min(LONGEST_NAME);
            left + cell * (place as f64 + 0.5) + own * std::f64::consts::FRAC_1_SQRT_2 + 10.0
        });
        let width = lean.fold(grid, f64::max).max(520.0) + MARGIN;
        Self { matrix, canvas: Canvas::default(), cell, left, width, slant: longest * std::f64::consts::FRAC_1_SQRT_2 }
    }

    /// Title, days and what was assumed; returns where the cells begin.
    fn head(&mut self) -> f64 {
        let room = self.width - 2.0 * MARGIN;
        let mut y = MARGIN + 4.0;
        for line in fit(&self.matrix.title, 21.0, Weight::Bold, room) {
            y += 18.0;
            self.canvas.text(
                MARGIN,
                y,
                &letters(21.0, Weight::Bold, INK, "start"),
                &[],
                &cut(&line, 21.0, Weight::Bold, room),
            );
            y += 8.0;
        }
        for line in fit(&self.matrix.when, 14.0, Weight::Regular, room) {
            y += 14.0;
            self.canvas.text(
                MARGIN,
                y,
                &letters(14.0, Weight::Regular, INK, "start"),
                &[],
                &cut(&line, 14.0, Weight::Regular, room),
            );
            y += 5.0;
        }
        for line in self.matrix.assumptions.iter().flat_map(|line| fit(line, 11.0, Weight::Regular, room)) {
            y += 11.0;
            self.canvas.text(
                MARGIN,
                y,
                &letters(11.0, Weight::Regular, GREY, "start"),
                &[],
                &cut(&line, 11.0, Weight::Regular, room),
            );
            y += 4.0;
        }
        y + 20.0 + self.slant + 10.0
    }

    /// The names of rows and columns.
    fn names(&mut self, top: f64) {
        for (place, head) in self.matrix.actors.iter().enumerate() {
            let name = cut(&head.name, NAME_SIZE, Weight::Regular, LONGEST_NAME);
            let middle = top + self.cell * (place as f64 + 0.5);
            let right = self.left - 9.0;
            let ink = letters(NAME_SIZE, Weight::Regular, INK, "end");
            self.canvas.open("g", &[("class", "row")]);
            self.canvas.tip(&full(&head.name, head.note.as_deref()));
            match &head.note {
                Some(note) if self.cell >= 26.0 => {
                    self.canvas.text(right, middle - 1.5, &ink, &[], &name);
                    let note = cut(note, 10.5, Weight::Regular, LONGEST_NAME);
                    self.canvas.text(right, middle + 11.0, &letters(10.5, Weight::Regular, GREY, "end"), &[], &note);
                }
                _ => self.canvas.text(right, middle + 4.5, &ink, &[], &name),
            }
            self.canvas.close();
            let (x, y) = (self.left + self.cell * (place as f64 + 0.5) + 3.0, top - 8.0);
            let turned = format!("rotate(-45 {} {})", num(x), num(y));
            self.canvas.open("g", &[("class", "column")]);
            self.canvas.tip(&full(&head.name, head.note.as_deref()));
            self.canvas.text(
                x,
                y,
                &letters(NAME_SIZE, Weight::Regular, INK, "start"),
                &[("transform", &turned)],
                &name,
            );
            self.canvas.close();
        }
    }

    /// The cells; returns where they end.
    fn cells(&mut self, top: f64) -> f64 {
        let (matrix, size) = (self.matrix, self.cell - 2.0);
        for (row, head) in matrix.actors.iter().enumerate() {
            for (column, other) in matrix.actors.iter().enumerate() {
                let Some(pair) = matrix.at(row, column) else { continue };
                let (x, y) = (self.left + self.cell * column as f64 + 1.0, top + self.cell * row as f64 + 1.0);
                let id = format!("cell.{}.{}", head.id, other.id);
                self.canvas.open("g", &[("id", &id), ("class", class(pair))]);
                self.canvas.tip(&told(matrix, pair));
                self.look(&pair.look, x, y, size);
                self.canvas.close();
            }
        }
        top + self.cell * matrix.actors.len() as f64
    }

    /// A cell.
    fn look(&mut self, look: &Look, x: f64, y: f64, size: f64) {
        match &look.before {
            Some(before) if look.change != Change::None => {
                let (right, bottom) = (x + size, y + size);
                let corners = |a: (f64, f64), b: (f64, f64), c: (f64, f64)| {
                    let point = |(x, y): (f64, f64)| format!("{},{}", num(x), num(y));
                    format!("{} {} {}", point(a), point(b), point(c))
                };
                let upper = corners((x, y), (right, y), (x, bottom));
                let lower = corners((right, y), (right, bottom), (x, bottom));
                self.ground(before, Shape::Triangle(&upper));
                self.ground(&look.face, Shape::Triangle(&lower));
                let (near, far) = (size * 0.29, size * 0.71);
                self.mark(before, x + near, y + near, size * 0.62);
                self.mark(&look.face, x + far, y + far, size * 0.62);
                self.canvas.line((x, bottom), (right, y), &[("stroke", "#ffffff"), ("stroke-width", "1.5")]);
                let line = if look.change == Change::Turned { "2.6" } else { "1.2" };
                let edge = [("fill", "none"), ("stroke", INK), ("stroke-width", line), ("rx", "2")];
                self.canvas.rect(x, y, size, size, &edge);
            }
            _ => {
                self.ground(&look.face, Shape::Square(x, y, size));
                self.mark(&look.face, x + size / 2.0, y + size / 2.0, size);
            }
        }
        if look.face.otherwise || look.before.is_some_and(|before| before.otherwise && look.change != Change::None) {
            let (right, third) = (x + size, (size * 0.26).max(6.0));
            let corner = format!(
                "{},{} {},{} {},{}",
                num(right - third),
                num(y),
                num(right),
                num(y),
                num(right),
                num(y + third)
            );
            self.canvas
                .leaf("polygon", &[("points", &corner), ("fill", INK), ("stroke", "#ffffff"), ("stroke-width", "0.8")]);
        }
    }

    /// The ground of a face: full where certain, hatched where possible, dotted where contested.
    fn ground(&mut self, face: &Face, shape: Shape<'_>) {
        let name = class_of(face.sign);
        let (fill, edge) = match (face.sign, face.stroke) {
            (Sign::NothingKnown, _) => (PALE.to_owned(), None),
            (sign, Stroke::Solid) => (sign_color(sign).to_owned(), None),
            (sign, Stroke::Dashed) => (format!("url(#possible-{name})"), Some((sign_color(sign), "none"))),
            (sign, Stroke::Dotted) => (format!("url(#contested-{name})"), Some((sign_color(sign), "2 2"))),
        };
        let (color, dashes) = edge.unwrap_or(("none", "none"));
        let more = [("fill", fill.as_str()), ("stroke", color), ("stroke-width", "1.2"), ("stroke-dasharray", dashes)];
        match shape {
            Shape::Square(x, y, size) => {
                let inset = if edge.is_some() { 0.6 } else { 0.0 };
                let rounded: Vec<(&str, &str)> = more.iter().copied().chain([("rx", "3")]).collect();
                self.canvas.rect(x + inset, y + inset, size - 2.0 * inset, size - 2.0 * inset, &rounded);
            }
            Shape::Triangle(points) => {
                let all: Vec<(&str, &str)> =
                    [("points", points)].into_iter().chain(more.iter().copied().take(1)).collect();
                self.canvas.leaf("polygon", &all);
            }
        }
    }

    /// The mark of a sign around a point, for a cell of this size.
    fn mark(&mut self, face: &Face, x: f64, y: f64, size: f64) {
        let solid = face.stroke == Stroke::Solid && face.sign != Sign::Dealings;
        let ink = if solid { "#ffffff" } else { INK };
        let (arm, bold) = (size * 0.19, (size * 0.085).clamp(1.4, 3.2));
        if face.stroke != Stroke::Solid && face.sign != Sign::NothingKnown {
            // On hatching and dots, the mark stands on a light disc.
            let disc = [("cx", num(x)), ("cy", num(y)), ("r", num(arm * 1.5))];
            let mut all: Vec<(&str, &str)> = disc.iter().map(|(name, value)| (*name, value.as_str())).collect();
            all.push(("fill", "#ffffff"));
            self.canvas.leaf("circle", &all);
        }
        let mut path = String::new();
        let mut stroke = |from: (f64, f64), to: (f64, f64)| {
            let _ = write!(path, "M{} {}L{} {}", num(from.0), num(from.1), num(to.0), num(to.1));
        };
        match face.sign {
            Sign::Friend => {
                stroke((x - arm, y), (x + arm, y));
                stroke((x, y - arm), (x, y + arm));
            }
            Sign::Enemy => stroke((x - arm, y), (x + arm, y)),
            Sign::Mixed => {
                let up = y - arm * 0.45;
                stroke((x - arm, up), (x + arm, up));
                stroke((x, up - arm), (x, up + arm));
                stroke((x - arm, y + arm * 1.15), (x + arm, y + arm * 1.15));
            }
            Sign::Dealings => {
                let ring = [("cx", num(x)), ("cy", num(y)), ("r", num(arm * 0.72)), ("stroke-width", num(bold * 0.8))];
                let mut all: Vec<(&str, &str)> = ring.iter().map(|(name, value)| (*name, value.as_str())).collect();
                all.extend([("fill", "none"), ("stroke", ink)]);
                self.canvas.leaf("circle", &all);
            }
            Sign::NothingKnown => {}
        }
        if path.is_empty() {
            return;
        }
        self.canvas.leaf("path", &[("d", &path), ("fill", "none"), ("stroke", ink), ("stroke-width", &num(bold))]);
    }

    /// What marks and grounds mean, as far as they occur; returns where it ends.
    fn legend(&mut self, top: f64) -> f64 {
        let (entries, signs) = self.matrix.legend();
        let (mut x, mut y, size) = (MARGIN, top, 20.0);
        for (number, (look, words)) in entries.iter().enumerate() {
            let room = size + 7.0 + width(words, 12.0, Weight::Regular) + 22.0;
            if number == signs || (x > MARGIN && x + room - 22.0 > self.width - MARGIN) {
                (x, y) = (MARGIN, y + 28.0);
            }
            self.canvas.open("g", &[("class", "legend")]);
            self.look(look, x, y, size);
            self.canvas.text(x + size + 7.0, y + 14.5, &letters(12.0, Weight::Regular, INK, "start"), &[], words);
            self.canvas.close();
            x += room;
        }
        y + size + 8.0
    }

    /// The sources; returns where they end.
    fn sources(&mut self, top: f64) -> f64 {
        if self.matrix.sources.is_empty() {
            return top;
        }
        let all: Vec<String> = self
            .matrix
            .sources
            .iter()
            .map(|source| {
                let publisher = source.publisher.as_ref().map_or_else(String::new, |p| format!("{p}, "));
                format!("{} ({publisher}{})", source.title, source.published)
            })
            .collect();
        let room = self.width - 2.0 * MARGIN;
        let mut y = top;
        let ink = letters(10.5, Weight::Regular, GREY, "start");
        for line in fit(&format!("Sources: {}", all.join(" · ")), 10.5, Weight::Regular, room) {
            y += 11.0;
            self.canvas.text(MARGIN, y, &ink, &[], &cut(&line, 10.5, Weight::Regular, room));
            y += 4.0;
        }
        y
    }

    fn finish(self, bottom: f64) -> String {
        let Self { matrix, canvas, width, .. } = self;
        let count = |sign: Sign| matrix.pairs.iter().filter(|pair| pair.look.face.sign == sign).count();
        let counts: Vec<String> =
            matrix.signs().into_iter().map(|sign| format!("{}: {}", sign.word(), count(sign))).collect();
        let description = format!("{}, {}. Pairs: {}.", matrix.title, matrix.when, counts.join(", "));
        canvas.finish(width, bottom + MARGIN, &format!("{}, {}", matrix.title, matrix.when), &description, &patterns())
    }
}

/// Where a ground is laid.
enum Shape<'p> {
    Square(f64, f64, f64),
    Triangle(&'p str),
}

/// Hatching for what is possible and dots for what is contested, in the colour of every sign.
fn patterns() -> String {
    let mut all = String::new();
    for sign in Sign::ALL.iter().filter(|sign| **sign != Sign::NothingKnown) {
        let (name, color) = (class_of(*sign), sign_color(*sign));
        let _ = write!(
            all,
            "<pattern id=\"possible-{name}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
             <rect width=\"6\" height=\"6\" fill=\"#ffffff\"/><rect width=\"2.2\" height=\"6\" fill=\"{color}\"/></pattern>\
             <pattern id=\"contested-{name}\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">\
             <rect width=\"5\" height=\"5\" fill=\"#ffffff\"/><circle cx=\"2.5\" cy=\"2.5\" r=\"1.3\" fill=\"{color}\"/></pattern>"
        );
    }
    all
}

const fn class_of(sign: Sign) -> &'static str {
    match sign {
        Sign::Friend => "friend",
        Sign::Enemy => "enemy",
        Sign::Mixed => "mixed",
        Sign::Dealings => "dealings",
        Sign::NothingKnown => "nothing-known",
    }
}

fn class(pair: &Pair) -> &'static str {
    class_of(pair.look.face.sign)
}

fn full(name: &str, note: Option<&str>) -> String {
    note.map_or_else(|| name.to_owned(), |note| format!("{name} ({note})"))
}

/// What a cell tells when the pointer rests on it.
fn told(matrix: &Matrix, pair: &Pair) -> String {
    let facts =
        pair.facts.iter().map(|fact| format!("{}, {}: {} [{}]", fact.text, fact.when, fact.holds, fact.citations));
    std::iter::once(matrix.told(pair)).chain(facts).chain(pair.remarks.iter().cloned()).collect::<Vec<_>>().join(" • ")
}
