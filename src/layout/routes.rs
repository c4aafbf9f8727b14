//! Lines between boxes that keep off the boxes of others.
//!
//! Each pair of boxes with ties gets one curve from middle to middle: straight where that is free, else the least bent of a few arcs and
//! swerves that are. Several lines between the same two run side by side along it. Whoever draws cuts the curves where they leave the boxes.

use super::geometry::{Point, cross, hits};
use super::{Node, Options};

/// A cubic Bézier curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    /// Where it begins, the points that pull it, and where it ends.
    pub points: [Point; 4],
}

impl Curve {
    /// The point a share of the way along the curve, from 0 to 1.
    #[must_use]
    pub fn at(&self, share: f64) -> Point {
        let rest = 1.0 - share;
        let [a, b, c, d] = self.points;
        a * (rest * rest * rest)
            + b * (3.0 * rest * rest * share)
            + c * (3.0 * rest * share * share)
            + d * (share * share * share)
    }

    /// The part of the curve between two shares of the way (de Casteljau).
    #[must_use]
    pub fn between(&self, from: f64, to: f64) -> Self {
        let mix = |a: Point, b: Point, t: f64| a * (1.0 - t) + b * t;
        let split = |p: [Point; 4], t: f64| {
            let (ab, bc, cd) = (mix(p[0], p[1], t), mix(p[1], p[2], t), mix(p[2], p[3], t));
            let (abc, bcd) = (mix(ab, bc, t), mix(bc, cd, t));
            let middle = mix(abc, bcd, t);
            ([p[0], ab, abc, middle], [middle, bcd, cd, p[3]])
        };
        let (first, _) = split(self.points, to);
        let (_, part) = split(first, if to > 0.0 { from / to } else { 0.0 });
        Self { points: part }
    }

    /// The points that a drawing of straight pieces would go through.
    #[must_use]
    pub fn samples(&self) -> [Point; PIECES + 1] {
        let mut all = [Point::default(); PIECES + 1];
        for (n, point) in all.iter_mut().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "few pieces")]
            let share = n as f64 / PIECES as f64;
            *point = self.at(share);
        }
        all
    }
}

/// Of how many straight pieces a curve is taken to be.
pub const PIECES: usize = 10;

/// Ties between two boxes that are to be drawn side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// The place of one box in the list.
    pub from: usize,
    /// The place of the other.
    pub to: usize,
    /// How many lines.
    pub lines: usize,
}

/// How far apart lines side by side run at their middle, in pixels.
const STRAND: f64 = 9.0;

/// How far the pulling points of a curve may stand aside, as shares of its length.
const BENDS: [f64; 11] = [0.0, 0.07, -0.07, 0.14, -0.14, 0.23, -0.23, 0.34, -0.34, 0.48, -0.48];
/// What a line through a box costs, in crossings.
const THROUGH: f64 = 5.0;
/// What a crossing costs: less than a bend that everybody sees.
const CROSSING: f64 = 0.3;
/// What bending costs.
const BENDING: f64 = 4.5;

/// All bends tried, the plainest first, with what each costs: arcs are plainer than swerves near one end, S-shapes the least plain.
fn bends() -> Vec<((f64, f64), f64)> {
    let mut all: Vec<((f64, f64), f64)> = BENDS
        .iter()
        .flat_map(|first| BENDS.iter().map(|last| (*first, *last)))
        .map(|(first, last)| {
            let twist = if first * last < 0.0 { 1.0 } else { 0.35 };
            ((first, last), BENDING * (f64::midpoint(first.abs(), last.abs()) * 1.6 + twist * (first - last).abs()))
        })
        .collect();
    all.sort_by(|a, b| a.1.total_cmp(&b.1));
    all
}

/// Returns for each bundle its lines, side by side, in the order asked for.
///
/// A bundle of a box with itself gets a loop over its upper right corner.
#[must_use]
pub fn route(nodes: &[Node], at: &[Point], bundles: &[Bundle], options: &Options) -> Vec<Vec<Curve>> {
    let clear = options.gap * 0.35;
    let mut chosen: Vec<Option<Way>> = (0..bundles.len()).map(|_| None).collect();
    let mut bend_of: Vec<(f64, f64)> = vec![(0.0, 0.0); bundles.len()];
    // Short ones first: they have the least choice.
    let mut order: Vec<usize> = (0..bundles.len()).filter(|n| bundles[*n].from != bundles[*n].to).collect();
    let length = |n: &usize| (at[bundles[*n].to] - at[bundles[*n].from]).norm();
    order.sort_by(|a, b| length(a).total_cmp(&length(b)).then(a.cmp(b)));
    let tried = bends();
    for _ in 0..2 {
        for n in &order {
            let Bundle { from, to, lines } = bundles[*n];
            let others: Vec<(Point, Point)> = obstacles(nodes, at, from, to, clear + spread(lines) / 2.0);
            let mut best: Option<(f64, (f64, f64), Way)> = None;
            for (bend, plainness) in &tried {
                let most = best.as_ref().map_or(f64::INFINITY, |(least, ..)| *least);
                if *plainness >= most {
                    break;
                }
                let way = Way::along(&bent(at[from], at[to], *bend, 0.0), *bend);
                let mut cost = *plainness;
                let (low, high) = way.frame;
                for (center, half) in &others {
                    let aside = low.x >= center.x + half.x || high.x <= center.x - half.x;
                    if aside || low.y >= center.y + half.y || high.y <= center.y - half.y {
                        continue;
                    }
                    if way.points.windows(2).any(|p| hits(p[0], p[1], *center, *half)) {
                        cost += THROUGH;
                        if cost >= most {
                            break;
                        }
                    }
                }
                if cost < most {
                    cost += CROSSING * crossings(&way, *n, bundles, &chosen);
                }
                if cost < most {
                    best = Some((cost, *bend, way));
                }
            }
            if let Some((_, bend, way)) = best {
                bend_of[*n] = bend;
                chosen[*n] = Some(way);
            }
        }
    }
    bundles
        .iter()
        .zip(bend_of)
        .map(|(bundle, bend)| {
            (0..bundle.lines)
                .map(|line| {
                    if bundle.from == bundle.to {
                        return looped(at[bundle.from], nodes[bundle.from], line);
                    }
                    #[expect(clippy::cast_precision_loss, reason = "few lines")]
                    let aside = line as f64 * STRAND - spread(bundle.lines) / 2.0;
                    bent(at[bundle.from], at[bundle.to], bend, aside)
                })
                .collect()
        })
        .collect()
}

/// How wide a bundle of this many lines is.
#[expect(clippy::cast_precision_loss, reason = "few lines")]
fn spread(lines: usize) -> f64 {
    (lines.max(1) - 1) as f64 * STRAND
}

/// A curve from point to point; `aside` moves it sideways, less so at its ends.
fn bent(from: Point, to: Point, bend: (f64, f64), aside: f64) -> Curve {
    let along = to - from;
    let length = along.norm().max(1e-6);
    let side = along.turned() * (1.0 / length);
    let ends = side * (aside * 0.55);
    let pull = |share: f64, bend: f64| from + along * share + side * (bend * length + aside * 1.15);
    Curve { points: [from + ends, pull(1.0 / 3.0, bend.0), pull(2.0 / 3.0, bend.1), to + ends] }
}

/// A loop of a box with itself.
fn looped(center: Point, node: Node, line: usize) -> Curve {
    #[expect(clippy::cast_precision_loss, reason = "few lines")]
    let reach = 34.0 + 12.0 * line as f64;
    let corner = center + Point { x: node.width / 2.0, y: -node.height / 2.0 };
    Curve {
        points: [
            center,
            corner + Point { x: -reach * 0.6, y: -reach },
            corner + Point { x: reach, y: reach * 0.2 },
            center,
        ],
    }
}

/// The boxes that a line between two others might run into, widened by `clear`: middle and half size.
fn obstacles(nodes: &[Node], at: &[Point], from: usize, to: usize, clear: f64) -> Vec<(Point, Point)> {
    let (a, b) = (at[from], at[to]);
    let reach = 0.45 * (b - a).norm();
    let (low, high) = (
        Point { x: a.x.min(b.x) - reach, y: a.y.min(b.y) - reach },
        Point { x: a.x.max(b.x) + reach, y: a.y.max(b.y) + reach },
    );
    nodes
        .iter()
        .zip(at)
        .enumerate()
        .filter(|(n, _)| *n != from && *n != to)
        .map(|(_, (node, center))| (*center, Point { x: node.width / 2.0 + clear, y: node.height / 2.0 + clear }))
        .filter(|(c, half)| {
            c.x + half.x > low.x && c.x - half.x < high.x && c.y + half.y > low.y && c.y - half.y < high.y
        })
        .collect()
}

/// The straight pieces that a curve is taken to be: one when it is straight.
struct Way {
    points: Vec<Point>,
    /// Its upper left and its lower right.
    frame: (Point, Point),
}

impl Way {
    fn along(curve: &Curve, bend: (f64, f64)) -> Self {
        let points = if bend == (0.0, 0.0) { vec![curve.points[0], curve.points[3]] } else { curve.samples().to_vec() };
        let frame = points.iter().fold((points[0], points[0]), |(low, high), p| {
            (Point { x: low.x.min(p.x), y: low.y.min(p.y) }, Point { x: high.x.max(p.x), y: high.y.max(p.y) })
        });
        Self { points, frame }
    }

    fn crosses(&self, other: &Self) -> bool {
        let ((low, high), (l, h)) = (self.frame, other.frame);
        if l.x > high.x || h.x < low.x || l.y > high.y || h.y < low.y {
            return false;
        }
        self.points.windows(2).any(|p| other.points.windows(2).any(|q| cross(p[0], p[1], q[0], q[1])))
    }
}

/// How many ways chosen so far a way crosses; those that share a box with it do not count.
fn crossings(way: &Way, own: usize, bundles: &[Bundle], chosen: &[Option<Way>]) -> f64 {
    let ends = |n: usize| [bundles[n].from, bundles[n].to];
    let mut count = 0.0;
    for (n, other) in chosen.iter().enumerate() {
        let Some(other) = other else { continue };
        let joined = n == own || ends(n).iter().any(|e| ends(own).contains(e));
        if !joined && way.crosses(other) {
            count += 1.0;
        }
    }
    count
}
