//! The shapes of actors: one for each sort of kind, with the room that letters need in it.

use crate::layout::Point;

/// The outline of an actor's box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// States: a box with a double line.
    Plate,
    /// Governments and authorities: a box with a roof.
    House,
    /// Forces of states and missions abroad: a hexagon.
    Hexagon,
    /// Armed groups, militias, and kinds that users add: a box.
    Rect,
    /// Factions: a box with a bar at its left.
    Barred,
    /// Coalitions, operations rooms, organisations of states: a box with its corners cut.
    Octagon,
    /// Political bodies: a box with a bar along its top.
    Headed,
    /// Companies, institutes, media: a leaf with a folded corner.
    Folded,
    /// Peoples and communities: a slanted box.
    Slanted,
    /// Persons: a box with round ends.
    Pill,
    /// Places: a box that narrows downwards.
    Bucket,
    /// Those whom sources leave without a name: a box with a broken line.
    Broken,
}

impl Shape {
    /// The shape of a kind of actor; kinds of one's own are boxes.
    pub(super) fn of(kind: &str) -> Self {
        match kind {
            "state" => Self::Plate,
            "government" | "governing_authority" => Self::House,
            "state_force" | "external_mission" => Self::Hexagon,
            "faction" => Self::Barred,
            "coalition" | "operations_room" | "intergovernmental_org" => Self::Octagon,
            "political_body" => Self::Headed,
            "private_actor" => Self::Folded,
            "community" => Self::Slanted,
            "person" => Self::Pill,
            "place" => Self::Bucket,
            "unidentified" => Self::Broken,
            _ => Self::Rect,
        }
    }

    /// The colour it is filled with: states bluish, armed actors sandy, all very light, so that letters and lines stand out.
    pub(super) const fn fill(self) -> &'static str {
        match self {
            Self::Plate | Self::House | Self::Hexagon => "#e4ecf6",
            Self::Octagon => "#ece8f4",
            Self::Rect => "#f9e7cf",
            Self::Barred => "#fcf4e6",
            Self::Pill => "#ffffff",
            Self::Bucket | Self::Slanted => "#e9f1e4",
            Self::Headed | Self::Folded | Self::Broken => "#f2f2f0",
        }
    }

    /// The room around letters: left and right, above, below, in pixels.
    pub(super) const fn padding(self) -> (f64, f64, f64) {
        match self {
            Self::Plate => (9.0, 6.0, 6.0),
            Self::House => (8.0, 9.0, 4.0),
            Self::Hexagon => (14.0, 4.0, 4.0),
            Self::Rect | Self::Broken => (8.0, 4.0, 4.0),
            Self::Barred => (11.0, 4.0, 4.0),
            Self::Octagon => (9.0, 5.0, 5.0),
            Self::Headed => (8.0, 8.0, 4.0),
            Self::Folded => (10.0, 4.0, 4.0),
            Self::Slanted => (13.0, 4.0, 4.0),
            Self::Pill => (11.0, 4.0, 4.0),
            Self::Bucket => (14.0, 4.0, 4.0),
        }
    }

    /// The corners of the outline around the origin, for a box of half this size; round ends are given by their tangents.
    pub(super) fn corners(self, half: Point) -> Vec<Point> {
        let (x, y) = (half.x, half.y);
        let cut = y.min(7.0);
        let list: &[(f64, f64)] = match self {
            Self::House => &[(-x, -y + 6.0), (0.0, -y), (x, -y + 6.0), (x, y), (-x, y)],
            Self::Hexagon => &[(-x, 0.0), (-x + 9.0, -y), (x - 9.0, -y), (x, 0.0), (x - 9.0, y), (-x + 9.0, y)],
            Self::Octagon => &[
                (-x, -y + cut),
                (-x + cut, -y),
                (x - cut, -y),
                (x, -y + cut),
                (x, y - cut),
                (x - cut, y),
                (-x + cut, y),
                (-x, y - cut),
            ],
            Self::Folded => &[(-x, -y), (x - 8.0, -y), (x, -y + 8.0), (x, y), (-x, y)],
            Self::Slanted => &[(-x + 9.0, -y), (x, -y), (x - 9.0, y), (-x, y)],
            Self::Bucket => &[(-x, -y), (x, -y), (x - 9.0, y), (-x + 9.0, y)],
            _ => &[(-x, -y), (x, -y), (x, y), (-x, y)],
        };
        list.iter().map(|(x, y)| Point { x: *x, y: *y }).collect()
    }

    /// Whether a displacement from the middle of a box of half this size lies in the outline.
    pub(super) fn holds(self, half: Point, p: Point) -> bool {
        if p.x.abs() > half.x || p.y.abs() > half.y {
            return false;
        }
        if self == Self::Pill {
            let radius = half.y.min(PILL);
            let over =
                Point { x: (p.x.abs() - (half.x - radius)).max(0.0), y: (p.y.abs() - (half.y - radius)).max(0.0) };
            return over.norm() <= radius;
        }
        let corners = self.corners(half);
        (0..corners.len()).all(|n| {
            let (a, b) = (corners[n], corners[(n + 1) % corners.len()]);
            (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) >= 0.0
        })
    }
}

/// The largest radius of the round ends of persons, in pixels.
pub(super) const PILL: f64 = 16.0;
