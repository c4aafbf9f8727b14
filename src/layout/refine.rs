//! Single boxes moved where that saves crossings and lines through boxes.
//!
//! Box after box is tried at places around where it stands, and around the middle of those it has ties with; the cheapest place is taken. What
//! a place costs: crossings of its ties with others, its ties through boxes, ties of others through it, ties longer than wished, ground far
//! from the middle. Places where it would touch a box are not taken, so that what was free of overlaps stays so.
//!
//! Source of the idea: R. Davidson, D. Harel, "Drawing graphs nicely using simulated annealing", ACM Transactions on Graphics 15(4), 1996; without its
//! uphill moves, since the start is good.

use super::geometry::{Point, cross, hits};
use super::parts::Part;
use super::{Node, Options};

/// What a crossing costs, in units of the usual distance of two boxes.
const CROSSING: f64 = 1.0;
/// What a tie through a box costs.
const THROUGH: f64 = 1.4;
/// What a tie costs for each usual distance it is long.
const LENGTH: f64 = 0.7;
/// Boxes nearer than this many times the least distance crowd one another.
const CROWD: f64 = 2.4;
/// What two boxes cost that nearly touch.
const CROWDED: f64 = 2.4;
/// What it costs more the longer it is, so that none is very long.
const LONG: f64 = 0.12;
/// How often all boxes are gone through.
const ROUNDS: usize = 5;

/// Where a diagonal of length 1 ends, either way.
const DIAGONAL: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// Sixteen directions all around: cosines and sines written out, so that they are the same everywhere.
const DIRECTIONS: [(f64, f64); 16] = [
    (1.0, 0.0),
    (0.923_879_532_511, 0.382_683_432_365),
    (DIAGONAL, DIAGONAL),
    (0.382_683_432_365, 0.923_879_532_511),
    (0.0, 1.0),
    (-0.382_683_432_365, 0.923_879_532_511),
    (-DIAGONAL, DIAGONAL),
    (-0.923_879_532_511, 0.382_683_432_365),
    (-1.0, 0.0),
    (-0.923_879_532_511, -0.382_683_432_365),
    (-DIAGONAL, -DIAGONAL),
    (-0.382_683_432_365, -0.923_879_532_511),
    (0.0, -1.0),
    (0.382_683_432_365, -0.923_879_532_511),
    (DIAGONAL, -DIAGONAL),
    (0.923_879_532_511, -0.382_683_432_365),
];

/// A layout of a part, with what the costs of a place need.
struct State<'a> {
    part: &'a Part,
    at: Vec<Point>,
    half: Vec<Point>,
    gap: f64,
    spacing: f64,
    unit: f64,
    middle: Point,
    aspect: f64,
}

/// What a layout of a part costs.
pub(super) fn cost(part: &Part, at: &[Point], options: &Options) -> f64 {
    let state = State::of(part, at, options);
    // Each crossing is met from both its ties, each tie through a box from the tie and from the box.
    (0..at.len()).map(|n| state.cost(n, at[n], f64::INFINITY)).sum()
}

/// Moves boxes one at a time to where they cost less.
pub(super) fn improve(part: &Part, at: &mut [Point], options: &Options) {
    let mut state = State::of(part, at, options);
    // Those with the fewest ties last: they find room around the others.
    let mut order: Vec<usize> = (0..at.len()).collect();
    order.sort_by_key(|n| (std::cmp::Reverse(part.neighbours[*n].len()), *n));
    for round in 0..ROUNDS {
        let mut moved = false;
        for n in &order {
            moved |= state.settle(*n, round);
        }
        if !moved {
            break;
        }
    }
    at.copy_from_slice(&state.at);
}

impl<'a> State<'a> {
    fn of(part: &'a Part, at: &[Point], options: &Options) -> Self {
        let half: Vec<Point> =
            part.nodes.iter().map(|n: &Node| Point { x: n.width / 2.0, y: n.height / 2.0 }).collect();
        #[expect(clippy::cast_precision_loss, reason = "few boxes")]
        let count = at.len().max(1) as f64;
        let middle = at.iter().fold(Point::default(), |sum, p| sum + *p) * (1.0 / count);
        let size = half.iter().map(|h| h.x + h.y).sum::<f64>() / count;
        Self {
            part,
            at: at.to_vec(),
            half,
            gap: options.gap,
            spacing: options.spacing,
            unit: size + options.spacing,
            middle,
            aspect: options.aspect,
        }
    }

    /// Moves a box to the cheapest place tried; whether it moved.
    fn settle(&mut self, n: usize, round: usize) -> bool {
        let here = self.at[n];
        let mut best = (self.cost(n, here, f64::INFINITY) - 1e-3, here);
        let ties = &self.part.neighbours[n];
        let mut places: Vec<Point> = Vec::with_capacity(80);
        let reaches: &[f64] = if round.is_multiple_of(2) { &[0.5, 1.3] } else { &[0.25, 0.8, 2.2] };
        let around = |center: Point, reach: Point, places: &mut Vec<Point>, step: usize| {
            for (x, y) in DIRECTIONS.iter().skip(round % step).step_by(step) {
                places.push(Point { x: center.x + reach.x * x, y: center.y + reach.y * y });
            }
        };
        let step = if ties.len() > 6 { 2 } else { 1 };
        for reach in reaches {
            let r = reach * self.unit;
            around(here, Point { x: r * 1.2, y: r }, &mut places, step);
        }
        if let [(hub, _)] = ties.as_slice() {
            // A place beside the box it hangs on, at several distances.
            for beyond in [0.5, 1.1, 1.9] {
                let room = self.half[n] + self.half[*hub];
                let reach = Point { x: room.x + beyond * self.unit * 0.5, y: room.y + beyond * self.unit * 0.5 };
                around(self.at[*hub], reach, &mut places, 1);
            }
        } else if ties.len() > 1 {
            #[expect(clippy::cast_precision_loss, reason = "few ties")]
            let share = 1.0 / ties.len() as f64;
            let center = ties.iter().fold(Point::default(), |sum, (m, _)| sum + self.at[*m]) * share;
            places.push(center);
            for reach in [0.8, 1.9, 3.1] {
                around(center, Point { x: self.unit * reach * 1.2, y: self.unit * reach * 0.8 }, &mut places, 2);
            }
        }
        for place in places {
            if self.is_free(n, place) {
                let cost = self.cost(n, place, best.0);
                if cost < best.0 {
                    best = (cost, place);
                }
            }
        }
        self.at[n] = best.1;
        best.1 != here
    }

    /// Whether a box could stand at a place without touching another.
    fn is_free(&self, n: usize, place: Point) -> bool {
        let own = self.half[n];
        self.at.iter().zip(&self.half).enumerate().all(|(m, (at, half))| {
            m == n
                || (at.x - place.x).abs() >= own.x + half.x + self.gap
                || (at.y - place.y).abs() >= own.y + half.y + self.gap
        })
    }

    /// What a box costs at a place; anything from `most` on once that is reached.
    fn cost(&self, n: usize, place: Point, most: f64) -> f64 {
        let off = place - self.middle;
        let far = Point { x: off.x / self.aspect, y: off.y }.norm() / self.unit;
        let mut cost = 0.03 * far + 0.004 * far * far;
        for (m, wished) in &self.part.neighbours[n] {
            let apart = self.at[*m] - place;
            // From the edge of one box to that of the other, as the crow flies.
            let room = self.half[n] + self.half[*m];
            let clear = Point { x: (apart.x.abs() - room.x).max(0.0), y: (apart.y.abs() - room.y).max(0.0) }.norm();
            let wished = 1.1 * self.spacing * wished;
            let error = (clear - wished) / self.unit;
            cost += if error > 0.0 { LENGTH * error + LONG * error * error } else { 2.0 * LENGTH * error * error };
        }
        for ((m, _), weight) in self.part.neighbours[n].iter().zip(&self.part.pulls[n]) {
            if cost >= most {
                return cost;
            }
            cost += weight * self.line(n, place, *m);
        }
        let own = self.half[n];
        // Boxes close by leave no room for lines between them.
        let near = CROWD * self.gap;
        for (m, (at, half)) in self.at.iter().zip(&self.half).enumerate() {
            let x = (at.x - place.x).abs() - own.x - half.x;
            let y = (at.y - place.y).abs() - own.y - half.y;
            if m != n && x < near && y < near {
                let clear = x.max(y) / near;
                cost += CROWDED * (1.0 - clear) * (1.0 - clear);
            }
        }
        for (e, weight) in self.part.edges.iter().zip(&self.part.weights) {
            if e.from != n && e.to != n && touches(self.at[e.from], self.at[e.to], place, own) {
                cost += THROUGH * weight;
            }
        }
        cost
    }

    /// What the line from a box at a place to another costs: its crossings, and the boxes it runs through.
    fn line(&self, n: usize, place: Point, m: usize) -> f64 {
        let end = self.at[m];
        let mut cost = 0.0;
        for (e, weight) in self.part.edges.iter().zip(&self.part.weights) {
            if e.from == n || e.to == n || e.from == m || e.to == m {
                continue;
            }
            if cross(place, end, self.at[e.from], self.at[e.to]) {
                cost += CROSSING * weight;
            }
        }
        for (k, (at, half)) in self.at.iter().zip(&self.half).enumerate() {
            if k != n && k != m && touches(place, end, *at, *half) {
                cost += THROUGH;
            }
        }
        cost
    }
}

/// Whether a straight line passes through a box: the cheap refusals first.
fn touches(a: Point, b: Point, center: Point, half: Point) -> bool {
    if a.x.max(b.x) <= center.x - half.x || a.x.min(b.x) >= center.x + half.x {
        return false;
    }
    if a.y.max(b.y) <= center.y - half.y || a.y.min(b.y) >= center.y + half.y {
        return false;
    }
    hits(a, b, center, half)
}
