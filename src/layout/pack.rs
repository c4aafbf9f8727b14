//! The parts of a network set side by side.
//!
//! The largest part stands; each other one is moved against it from below or from above, wherever the whole grows least and its corners get
//! filled. What is in the way is kept as two skylines: for each strip of the page the lowest and the highest ground taken.
//!
//! Source of the skyline: E. Coffman, M. Garey, D. Johnson, R. Tarjan, "Performance bounds for level-oriented two-dimensional packing algorithms",
//! SIAM J. Computing 9(4), 1980 (bottom-left packing).

use super::geometry::Point;
use super::parts::Part;
use super::{Node, Options};

/// How wide the strips of the skylines are at least, in pixels.
const STRIP: f64 = 8.0;
/// The most strips of a page: on a wider one each is wider.
const MOST_STRIPS: f64 = 2_000.0;

/// Returns the positions of all boxes, none in another's way, the whole beginning at (0, 0).
pub(super) fn together(nodes: &[Node], parts: &[Part], placed: &[Vec<Point>], options: &Options) -> Vec<Point> {
    let mut all = vec![Point::default(); nodes.len()];
    let frames: Vec<(Point, Point)> = parts.iter().zip(placed).map(|(part, at)| frame(&part.nodes, at)).collect();
    let apart = options.gap + options.spacing * 0.5;
    let area: f64 = frames.iter().map(|(low, high)| (high.x - low.x + apart) * (high.y - low.y + apart)).sum();
    let widest = frames.iter().map(|(low, high)| high.x - low.x).fold(0.0, f64::max);
    let most = widest.max((area * options.aspect).sqrt());
    let mut page = Page::new(most, apart);
    for ((part, at), (low, high)) in parts.iter().zip(placed).zip(&frames) {
        let size = *high - *low;
        let corner = page.place(size);
        let moved: Vec<Point> = at.iter().map(|p| *p - *low + corner).collect();
        page.take(part, &moved);
        for (member, p) in part.members.iter().zip(moved) {
            all[*member] = p;
        }
    }
    let top = nodes.iter().zip(&all).map(|(n, p)| p.y - n.height / 2.0).fold(f64::INFINITY, f64::min);
    let left = nodes.iter().zip(&all).map(|(n, p)| p.x - n.width / 2.0).fold(f64::INFINITY, f64::min);
    all.iter().map(|p| Point { x: p.x - left, y: p.y - top }).collect()
}

/// A page being filled: the ground taken in each strip, from `top` down to `bottom`; empty strips have a top below their bottom.
struct Page {
    width: f64,
    /// How wide a strip is.
    strip: f64,
    apart: f64,
    top: Vec<f64>,
    bottom: Vec<f64>,
    /// The frame of all that stands.
    high: f64,
    low: f64,
}

impl Page {
    fn new(width: f64, apart: f64) -> Self {
        let strip = STRIP.max(width / MOST_STRIPS);
        let strips = number(width, strip) + 2;
        Self {
            width,
            strip,
            apart,
            top: vec![f64::INFINITY; strips],
            bottom: vec![f64::NEG_INFINITY; strips],
            high: 0.0,
            low: 0.0,
        }
    }

    /// The corner for a part of this size: where the page grows least, below rather than above, left rather than right.
    fn place(&self, size: Point) -> Point {
        if self.bottom.iter().all(|y| *y == f64::NEG_INFINITY) {
            return Point { x: ((self.width - size.x) / 2.0).max(0.0), y: 0.0 };
        }
        let last = self.number((self.width - size.x).max(0.0));
        let mut best: Option<(f64, f64, Point)> = None;
        for first in 0..=last {
            #[expect(clippy::cast_precision_loss, reason = "few strips")]
            let x = first as f64 * self.strip;
            let covered = first.saturating_sub(self.number(self.apart))
                ..=(self.number(x + size.x + self.apart)).min(self.top.len() - 1);
            let floor = covered.clone().map(|s| self.bottom[s]).fold(f64::NEG_INFINITY, f64::max);
            let ceiling = covered.map(|s| self.top[s]).fold(f64::INFINITY, f64::min);
            let under = if floor.is_finite() { floor + self.apart } else { self.high };
            let over = if ceiling.is_finite() { ceiling - self.apart - size.y } else { self.low - size.y };
            // Growth first; then far from the middle of the page, so that corners fill up.
            let middle = f64::midpoint(self.low, self.high);
            for (y, dislike) in [(under, 0.0), (over, 40.0)] {
                let growth = (y + size.y - self.low).max(0.0) + (self.high - y).max(0.0);
                let inner = -((y + size.y / 2.0 - middle).abs()) - 0.3 * (x + size.x / 2.0 - self.width / 2.0).abs();
                let cost = if growth > 0.5 { growth + dislike } else { 0.0 };
                if best
                    .as_ref()
                    .is_none_or(|(c, i, _)| cost < *c - 0.5 || ((cost - *c).abs() <= 0.5 && inner < *i - 0.5))
                {
                    best = Some((cost, inner, Point { x, y }));
                }
            }
        }
        best.map_or(Point { x: 0.0, y: self.low + self.apart }, |(.., corner)| corner)
    }

    /// Takes the ground of a part's boxes and ties.
    fn take(&mut self, part: &Part, at: &[Point]) {
        let first = self.bottom.iter().all(|y| *y == f64::NEG_INFINITY);
        for (node, p) in part.nodes.iter().zip(at) {
            let half = Point { x: node.width / 2.0, y: node.height / 2.0 };
            self.cover(p.x - half.x, p.x + half.x, p.y - half.y, p.y + half.y);
            if first && self.low == 0.0 && self.high == 0.0 {
                (self.high, self.low) = (p.y - half.y, p.y + half.y);
            }
            self.high = self.high.min(p.y - half.y);
            self.low = self.low.max(p.y + half.y);
        }
        for e in &part.edges {
            let (a, b) = (at[e.from], at[e.to]);
            for n in 0..=32 {
                let p = a + (b - a) * (f64::from(n) / 32.0);
                // Lines may bend: some room on both sides.
                let room = (b - a).norm() * 0.06;
                self.cover(p.x - self.strip * 2.0, p.x + self.strip * 2.0, p.y - room, p.y + room);
            }
        }
    }

    /// The strip that a distance from the left falls in.
    fn number(&self, x: f64) -> usize {
        number(x, self.strip)
    }

    fn cover(&mut self, left: f64, right: f64, high: f64, low: f64) {
        for s in self.number(left)..=self.number(right).min(self.top.len() - 1) {
            self.top[s] = self.top[s].min(high);
            self.bottom[s] = self.bottom[s].max(low);
        }
    }
}

/// The strip of a width that a distance from the left falls in.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pages have few strips, and the left is cut at 0"
)]
fn number(x: f64, strip: f64) -> usize {
    (x.max(0.0) / strip) as usize
}

/// The corners of the smallest frame around boxes.
fn frame(nodes: &[Node], at: &[Point]) -> (Point, Point) {
    let mut low = Point { x: f64::INFINITY, y: f64::INFINITY };
    let mut high = Point { x: f64::NEG_INFINITY, y: f64::NEG_INFINITY };
    for (n, p) in nodes.iter().zip(at) {
        low = Point { x: low.x.min(p.x - n.width / 2.0), y: low.y.min(p.y - n.height / 2.0) };
        high = Point { x: high.x.max(p.x + n.width / 2.0), y: high.y.max(p.y + n.height / 2.0) };
    }
    (low, high)
}
