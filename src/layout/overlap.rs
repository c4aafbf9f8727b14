//! Boxes pushed apart until none overlaps, and no further.
//!
//! Each pair that overlaps is moved apart along the way it is least in, half each, round after round; where crowds do not dissolve, the whole
//! is widened a little and tried again: distinct points get any distance apart in the end, but nobody waits for that without limit. Boxes that stand at one point are first moved
//! off it.
//!
//! Source of the idea to move only what overlaps and keep the rest: E. Gansner, Y. Hu, "Efficient, proximity-preserving node overlap
//! removal", J. Graph Algorithms and Applications 14(1), 2010; the pairwise descent: L. Giovannangeli, F. Lalanne, R. Giot, R. Bourqui, "FORBID: fast
//! overlap removal by stochastic gradient descent", Graph Drawing 2022.

use super::Node;
use super::geometry::Point;

/// How many rounds of pushing there are before the whole is widened.
const ROUNDS: usize = 60;

/// How often the whole is widened: to some fifty times its size.
const WIDENINGS: usize = 80;

/// Moves boxes so that any two are at least `gap` apart, sideways or in height; whether that was done before patience ended.
pub(super) fn remove(nodes: &[Node], at: &mut [Point], gap: f64) -> bool {
    part_twins(at);
    for _ in 0..WIDENINGS {
        for _ in 0..ROUNDS {
            if !push(nodes, at, gap) {
                return true;
            }
        }
        for p in at.iter_mut() {
            *p = *p * 1.05;
        }
    }
    false
}

/// One round of pushing; whether anything overlapped.
fn push(nodes: &[Node], at: &mut [Point], gap: f64) -> bool {
    let mut any = false;
    for a in 0..nodes.len() {
        for b in a + 1..nodes.len() {
            let apart = at[b] - at[a];
            let x = (nodes[a].width + nodes[b].width) / 2.0 + gap - apart.x.abs();
            let y = (nodes[a].height + nodes[b].height) / 2.0 + gap - apart.y.abs();
            if x <= 1e-6 || y <= 1e-6 {
                continue;
            }
            any = true;
            let shift = if x < y {
                Point { x: (x / 2.0 + 1e-3) * sign(apart.x), y: 0.0 }
            } else {
                Point { x: 0.0, y: (y / 2.0 + 1e-3) * sign(apart.y) }
            };
            at[a] = at[a] - shift;
            at[b] = at[b] + shift;
        }
    }
    any
}

fn sign(number: f64) -> f64 {
    if number < 0.0 { -1.0 } else { 1.0 }
}

/// Moves boxes off one another's points, so that widening parts them.
fn part_twins(at: &mut [Point]) {
    for b in 1..at.len() {
        // Each box before it can be in the way of one step at most.
        for _ in 0..b {
            if !at[..b].iter().any(|a| (a.x - at[b].x).abs() < 1e-3 && (a.y - at[b].y).abs() < 1e-3) {
                break;
            }
            at[b].x += 0.37;
            at[b].y += 0.11;
        }
    }
}
