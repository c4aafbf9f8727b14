//! Boxes in the cells of a grid: for networks too large to be laid out by their ties in short time.
//!
//! The boxes with most ties stand in the middle, those they have ties with around them, those without any at the edge: cells are filled from the
//! middle outwards in the order of a walk (breadth first) through each part from its best connected box, larger parts first.

use super::geometry::Point;
use super::parts::Part;
use super::{Node, Options};
use std::collections::VecDeque;

/// Returns the positions of all boxes, no two overlapping, the whole beginning at (0, 0).
///
/// # Complexity
/// O((V + E) log V).
pub(super) fn together(nodes: &[Node], parts: &[Part], options: &Options) -> Vec<Point> {
    let order: Vec<usize> =
        parts.iter().flat_map(|part| outwards(part).into_iter().map(|rank| part.members[rank])).collect();
    let mut at = vec![Point::default(); nodes.len()];
    for (node, cell) in order.iter().zip(cells(nodes, options)) {
        at[*node] = cell;
    }
    let left = nodes.iter().zip(&at).map(|(n, p)| p.x - n.width / 2.0).fold(f64::INFINITY, f64::min);
    let top = nodes.iter().zip(&at).map(|(n, p)| p.y - n.height / 2.0).fold(f64::INFINITY, f64::min);
    at.iter().map(|p| Point { x: p.x - left, y: p.y - top }).collect()
}

/// The positions of the boxes of one part.
pub(super) fn of_part(part: &Part, options: &Options) -> Vec<Point> {
    let mut at = vec![Point::default(); part.nodes.len()];
    for (rank, cell) in outwards(part).into_iter().zip(cells(&part.nodes, options)) {
        at[rank] = cell;
    }
    at
}

/// The boxes of a part as they are met on a walk from the one with most ties, of equals the better connected first.
fn outwards(part: &Part) -> Vec<usize> {
    let ties = |rank: &usize| part.neighbours[*rank].len();
    let Some(hub) = (0..part.nodes.len()).min_by_key(|rank| (std::cmp::Reverse(ties(rank)), *rank)) else {
        return Vec::new();
    };
    let mut met = vec![false; part.nodes.len()];
    met[hub] = true;
    let mut queue = VecDeque::from([hub]);
    let mut order = Vec::with_capacity(part.nodes.len());
    while let Some(rank) = queue.pop_front() {
        order.push(rank);
        let mut next: Vec<usize> = part.neighbours[rank].iter().map(|(other, _)| *other).collect();
        next.retain(|other| !std::mem::replace(&mut met[*other], true));
        next.sort_by_key(|other| (std::cmp::Reverse(ties(other)), *other));
        queue.extend(next);
    }
    order
}

/// The middles of as many cells as there are boxes, each with room for any of them, from the middle of the grid outwards.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "there are far fewer boxes than numbers that are told apart, and what is cut is between 1 and their number"
)]
fn cells(nodes: &[Node], options: &Options) -> Vec<Point> {
    // Some room more than asked for, so that no rounding takes of it.
    let gap = options.gap + 1.0;
    let width = nodes.iter().map(|n| n.width).fold(0.0, f64::max) + gap;
    let height = nodes.iter().map(|n| n.height).fold(0.0, f64::max) + gap;
    let count = nodes.len().max(1);
    let wanted = (count as f64 * options.aspect * height / width).sqrt().ceil();
    let columns = wanted.clamp(1.0, count as f64) as usize;
    let rows = count.div_ceil(columns);
    let middle = Point { x: (columns - 1) as f64 * width / 2.0, y: (rows - 1) as f64 * height / 2.0 };
    let mut all: Vec<(f64, Point)> = (0..rows)
        .flat_map(|row| (0..columns).map(move |column| Point { x: column as f64 * width, y: row as f64 * height }))
        .map(|cell| ((cell - middle).norm(), cell))
        .collect();
    // Equals stay in the order of reading.
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter().take(nodes.len()).map(|(_, cell)| cell).collect()
}
