//! Positions whose distances are as near as can be to those wished for.
//!
//! The wish for two boxes is the length of the shortest way between them along ties. The sum of squared relative errors ("stress") is lowered
//! by stochastic gradient descent, a pair at a time.
//!
//! Source: J. Zheng, S. Pawar, D. Goodman, "Graph drawing by stochastic gradient descent", IEEE TVCG 25(9), 2019 (arXiv 1710.04626), algorithm 1.

use super::geometry::Point;
use super::parts::Part;
use super::random::Random;
use super::{Node, Options};

/// How much wider than high labels are taken to be: distances are kept in a plane squeezed by this, so that wide labels get room sideways.
const WIDE: f64 = 1.5;

/// The distance wished for between any two boxes of a part.
#[derive(Debug)]
pub(super) struct Ideal {
    count: usize,
    distances: Vec<f64>,
}

impl Ideal {
    /// Shortest ways over ties, each as long as its boxes are large, and longer between boxes with many ties of their own.
    pub(super) fn of(part: &Part, options: &Options) -> Self {
        let count = part.nodes.len();
        let radius = |n: &Node| (n.width / WIDE + n.height) / 4.0;
        let length = |a: usize, b: usize, wished: f64| {
            // Neighbours that only one of the two has need room around it (Gansner, Koren, North 2004, section 3.3).
            let (na, nb) = (&part.neighbours[a], &part.neighbours[b]);
            let shared = na.iter().filter(|(n, _)| nb.iter().any(|(m, _)| m == n)).count();
            #[expect(clippy::cast_precision_loss, reason = "few neighbours")]
            let own = (na.len().min(nb.len()) - 1 - shared.min(na.len().min(nb.len()) - 1)) as f64;
            let crowd = 1.0 + 0.35 * own.sqrt();
            wished * crowd * (options.spacing + radius(&part.nodes[a]) + radius(&part.nodes[b]))
        };
        let rows: Vec<Vec<(usize, f64)>> = part
            .neighbours
            .iter()
            .enumerate()
            .map(|(a, row)| row.iter().map(|(b, wished)| (*b, length(a, *b, *wished))).collect())
            .collect();
        let mut distances = vec![0.0; count * count];
        for from in 0..count {
            distances[from * count..(from + 1) * count].copy_from_slice(&ways(&rows, from));
        }
        Self { count, distances }
    }
}

/// The length of the shortest way from one box to every other (Dijkstra, without a heap: parts are small and rows short).
fn ways(rows: &[Vec<(usize, f64)>], from: usize) -> Vec<f64> {
    let mut known = vec![f64::INFINITY; rows.len()];
    let mut done = vec![false; rows.len()];
    known[from] = 0.0;
    for _ in 0..rows.len() {
        let mut nearest: Option<usize> = None;
        for at in 0..rows.len() {
            if !done[at] && nearest.is_none_or(|n| known[at] < known[n]) {
                nearest = Some(at);
            }
        }
        let Some(at) = nearest else { break };
        done[at] = true;
        for (to, length) in &rows[at] {
            known[*to] = known[*to].min(known[at] + length);
        }
    }
    known
}

/// How many halvings of the logarithm of the step there are: 2^STEPS rounds.
const STEPS: u32 = 5;

/// Positions of low stress, their long axis lying down.
pub(super) fn relax(ideal: &Ideal, seed: u64, options: &Options) -> Vec<Point> {
    let count = ideal.count;
    let mut random = Random::new(seed);
    let longest = ideal.distances.iter().copied().fold(0.0, f64::max);
    let mut at: Vec<Point> =
        (0..count).map(|_| Point { x: random.unit() * longest, y: random.unit() * longest }).collect();
    let mut pairs: Vec<(usize, usize, f64)> = Vec::with_capacity(count * (count - 1) / 2);
    for a in 0..count {
        for b in a + 1..count {
            pairs.push((a, b, ideal.distances[a * count + b]));
        }
    }
    let shortest = pairs.iter().map(|p| p.2).fold(f64::INFINITY, f64::min);
    // From steps that put every pair right at once down to a tenth for the nearest, by equal factors: roots of roots instead of powers.
    let (mut step, last) = (longest * longest, 0.1 * shortest * shortest);
    let mut factor = last / step;
    for _ in 0..STEPS {
        factor = factor.sqrt();
    }
    for _ in 0..=2_u32.pow(STEPS) {
        random.shuffle(&mut pairs);
        for (a, b, wished) in &pairs {
            let share = (step / (wished * wished)).min(1.0);
            let apart = at[*a] - at[*b];
            let distance = apart.norm().max(1e-9);
            let shift = apart * (share * (distance - wished) / (2.0 * distance));
            at[*a] = at[*a] - shift;
            at[*b] = at[*b] + shift;
        }
        step *= factor;
    }
    lie_down(&mut at);
    stretch(&mut at, options.aspect);
    at
}

/// Turns positions so that they spread most from left to right (principal axes of their second moments).
fn lie_down(at: &mut [Point]) {
    let middle = middle(at);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for p in at.iter() {
        let d = *p - middle;
        xx += d.x * d.x;
        xy += d.x * d.y;
        yy += d.y * d.y;
    }
    let spread = (xx + yy) / 2.0 + (((xx - yy) / 2.0) * ((xx - yy) / 2.0) + xy * xy).sqrt();
    let mut axis = Point { x: xy, y: spread - xx };
    if axis.norm() < 1e-9 {
        axis = if xx >= yy { Point { x: 1.0, y: 0.0 } } else { Point { x: 0.0, y: 1.0 } };
    }
    let axis = axis * (1.0 / axis.norm());
    for p in at.iter_mut() {
        let d = *p - middle;
        *p = Point { x: d.x * axis.x + d.y * axis.y, y: d.y * axis.x - d.x * axis.y };
    }
}

/// Gives back the width that labels need, and as much more or less as makes the whole as wide by high as the page.
fn stretch(at: &mut [Point], aspect: f64) {
    let side = |pick: fn(&Point) -> f64| {
        let (low, high) =
            at.iter().map(pick).fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        high - low
    };
    let (width, height) = (side(|p| p.x) * WIDE, side(|p| p.y));
    let wanted = if width > 1e-6 && height > 1e-6 { (aspect * height / width).clamp(0.7, 1.5).sqrt() } else { 1.0 };
    for p in at.iter_mut() {
        p.x *= WIDE * wanted;
        p.y *= 1.0 / wanted;
    }
}

fn middle(at: &[Point]) -> Point {
    let sum = at.iter().fold(Point::default(), |sum, p| sum + *p);
    #[expect(clippy::cast_precision_loss, reason = "few points")]
    let count = at.len().max(1) as f64;
    sum * (1.0 / count)
}
