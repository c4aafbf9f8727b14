//! Positions for drawings of networks: pure, repeatable, without any drawing.
//!
//! [`layout`] places labelled boxes so that those with a tie stand near one another, no two boxes overlap, and the whole fits a page on its
//! side. Steps: each connected part is laid out by stress (`stress`), its boxes are pushed apart (`overlap`), a search moves single boxes where
//! that saves crossings (`refine`), and the parts are packed (`pack`). Networks too large for that get a place on a `grid` each.
//!
//! Positions come of `+ - * /` and square roots alone, whose results IEEE 754 fixes to the last bit, and of a random sequence of our own
//! (`random`): the same input gives the same positions on every machine. Deliberately absent: what actors and relations are, the lines
//! between boxes, colours.

pub mod geometry;
mod grid;
mod overlap;
mod pack;
mod parts;
mod random;
mod refine;
pub mod routes;
mod stress;

pub use geometry::Point;

/// A box to be placed, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

/// A tie between two boxes. Ties of a box with itself and between boxes that are not there do nothing; of several between the same two the shortest counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The place of one box in the list.
    pub from: usize,
    /// The place of the other.
    pub to: usize,
    /// How far apart the two should stand, as a multiple of what is usual: below 1 for close ties, above for distant ones.
    pub length: f64,
}

/// What the positions are to be like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// The least distance between two boxes, in pixels.
    pub gap: f64,
    /// The usual distance between the edges of two boxes with a tie, in pixels.
    pub spacing: f64,
    /// Width by height of the whole, where that can be had.
    pub aspect: f64,
    /// How many layouts of each part are tried; the best is kept. Time grows with it.
    pub tries: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { gap: 20.0, spacing: 56.0, aspect: 4.0 / 3.0, tries: 4 }
    }
}

impl Options {
    /// The same within the ranges that can be computed with; what is no number is as by default.
    fn sane(&self) -> Self {
        let default = Self::default();
        let within = |value: f64, least: f64, most: f64, otherwise: f64| {
            if value.is_nan() { otherwise } else { value.clamp(least, most) }
        };
        Self {
            gap: within(self.gap, 0.0, LARGEST, default.gap),
            spacing: within(self.spacing, 1.0, LARGEST, default.spacing),
            aspect: within(self.aspect, 0.1, 10.0, default.aspect),
            tries: self.tries.clamp(1, MOST_TRIES),
        }
    }
}

/// The largest size of a box and the largest distance asked for that are followed, in pixels; what is larger counts as this.
const LARGEST: f64 = 10_000.0;
/// The most layouts that are tried.
const MOST_TRIES: usize = 32;
/// The most boxes that are laid out by their ties; more get places on a grid.
const MOST_LAID_OUT: usize = 600;
/// The most pairs of boxes with ties of a network that is laid out by them.
const MOST_PAIRS: usize = 6_000;

/// Returns the centre of each box, in the order of `nodes`; the whole begins at (0, 0) and its boxes do not overlap.
///
/// Of more than 600 boxes, or 6 000 pairs with ties, each gets a place on a grid: the best connected in the middle, their neighbours around them.
/// Sizes that are no numbers or negative count as zero, those above 10 000 pixels as that; the options are kept to 0 to 10 000 (`gap`), 1 to
/// 10 000 (`spacing`), 0.1 to 10 (`aspect`), 1 to 32 (`tries`).
///
/// # Complexity
/// For each part of V boxes and E pairs with ties: O(V³) time and O(V²) memory for the shortest ways, O(tries · V²) to relax, and O(E · (E + V)) a
/// round for the search that saves crossings, which is left out where that is too much. On a grid O((V + E) log V) in all.
///
/// ```
/// use allegiance::layout::{Edge, Node, Options, layout};
/// let nodes = [Node { width: 80.0, height: 30.0 }; 3];
/// let edges = [Edge { from: 0, to: 1, length: 1.0 }];
/// let at = layout(&nodes, &edges, &Options::default());
/// assert_eq!(at.len(), 3);
/// assert_eq!(at, layout(&nodes, &edges, &Options::default()));
/// ```
#[must_use]
pub fn layout(nodes: &[Node], edges: &[Edge], options: &Options) -> Vec<Point> {
    let options = &options.sane();
    let sane = |size: f64| if size > 0.0 { size.min(LARGEST) } else { 0.0 };
    let nodes: Vec<Node> = nodes.iter().map(|n| Node { width: sane(n.width), height: sane(n.height) }).collect();
    let parts = parts::split(&nodes, edges);
    if nodes.len() > MOST_LAID_OUT || parts.iter().map(|part| part.edges.len()).sum::<usize>() > MOST_PAIRS {
        return grid::together(&nodes, &parts, options);
    }
    let placed: Vec<Vec<Point>> = parts.iter().map(|part| place(part, options)).collect();
    pack::together(&nodes, &parts, &placed, options)
}

/// How many of the layouts tried are refined.
const REFINED: usize = 2;
/// Where E · (E + V) is more, no layout is refined: it would take more than some seconds.
const MOST_TO_REFINE: usize = 6_000_000;

/// The positions of one connected part.
fn place(part: &parts::Part, options: &Options) -> Vec<Point> {
    match part.nodes.as_slice() {
        [_] => vec![Point::default()],
        [a, b] => {
            let apart = (a.width + b.width) / 2.0 + options.spacing * part.edges[0].length;
            vec![Point::default(), Point { x: apart, y: 0.0 }]
        }
        [_, _, _] if part.edges.len() == 2 => row(part, options),
        _ => {
            let ideal = stress::Ideal::of(part, options);
            let apart = |seed: usize| {
                let mut at = stress::relax(&ideal, seed as u64, options);
                let is_apart = overlap::remove(&part.nodes, &mut at, options.gap);
                if is_apart { at } else { grid::of_part(part, options) }
            };
            if part.edges.len() * (part.edges.len() + part.nodes.len()) > MOST_TO_REFINE {
                return apart(0);
            }
            let mut tried: Vec<(f64, Vec<Point>)> = (0..options.tries)
                .map(|seed| {
                    let at = apart(seed);
                    (refine::cost(part, &at, options), at)
                })
                .collect();
            tried.sort_by(|a, b| a.0.total_cmp(&b.0));
            tried.truncate(REFINED);
            for (cost, at) in &mut tried {
                refine::improve(part, at, options);
                *cost = refine::cost(part, at, options);
            }
            tried.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, at)| at).unwrap_or_default()
        }
    }
}

/// Three boxes in a row, the one with ties to both in the middle.
fn row(part: &parts::Part, options: &Options) -> Vec<Point> {
    let mut at = vec![Point::default(); 3];
    let middle = (0..3).find(|n| part.neighbours[*n].len() == 2).unwrap_or(0);
    for ((n, length), side) in part.neighbours[middle].iter().zip([-1.0, 1.0]) {
        let apart = (part.nodes[middle].width + part.nodes[*n].width) / 2.0 + options.spacing * length;
        at[*n] = Point { x: side * apart, y: 0.0 };
    }
    at
}
