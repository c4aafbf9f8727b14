//! Points, boxes and straight lines in the plane.

use std::ops::{Add, Mul, Sub};

/// A point or a displacement, in pixels; y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    /// The distance from the origin.
    #[must_use]
    pub fn norm(self) -> f64 {
        (self.x * self.x + self.y * self.y).sqrt()
    }

    /// The displacement turned by a right angle.
    #[must_use]
    pub fn turned(self) -> Self {
        Self { x: -self.y, y: self.x }
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { x: self.x + other.x, y: self.y + other.y }
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { x: self.x - other.x, y: self.y - other.y }
    }
}

impl Mul<f64> for Point {
    type Output = Self;
    fn mul(self, by: f64) -> Self {
        Self { x: self.x * by, y: self.y * by }
    }
}

/// Twice the area of a triangle, positive when its corners go clockwise on a screen.
fn turn(a: Point, b: Point, c: Point) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// Whether two straight lines cross in a point inside both; lines that only touch or share an end do not.
#[must_use]
pub fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    if a.x.max(b.x) < c.x.min(d.x)
        || c.x.max(d.x) < a.x.min(b.x)
        || a.y.max(b.y) < c.y.min(d.y)
        || c.y.max(d.y) < a.y.min(b.y)
    {
        return false;
    }
    turn(a, b, c) * turn(a, b, d) < 0.0 && turn(c, d, a) * turn(c, d, b) < 0.0
}

/// Whether a straight line passes through the inside of a box of half `width` and half `height` around `center`.
///
/// Source: the slab method, T. Kay and J. Kajiya, "Ray tracing complex scenes", SIGGRAPH 1986.
#[must_use]
pub fn hits(a: Point, b: Point, center: Point, half: Point) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (from, to, middle, half) in [(a.x, b.x, center.x, half.x), (a.y, b.y, center.y, half.y)] {
        let (low, high) = (middle - half, middle + half);
        let along = to - from;
        if along == 0.0 {
            if from <= low || from >= high {
                return false;
            }
            continue;
        }
        let (t1, t2) = ((low - from) / along, (high - from) / along);
        enter = enter.max(t1.min(t2));
        leave = leave.min(t1.max(t2));
        if enter >= leave {
            return false;
        }
    }
    true
}
