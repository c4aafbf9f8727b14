//! What colours and strokes mean, the same in every drawing.

use crate::graph::View;
use crate::model::{Category, RelationId, Sign, Status};
use crate::time::Holds;

/// The colour of a category, on a light ground: apart for the colour-blind as well (after Okabe and Ito, "Color Universal Design", 2008).
#[must_use]
pub const fn color(category: Category) -> &'static str {
    match category {
        Category::Cooperation => "#009e73",
        Category::Hostility => "#d55e00",
        Category::Structure => "#0072b2",
        Category::Lineage => "#6a3d9a",
        Category::Diplomacy => "#4b9cd3",
        Category::Support => "#66a61e",
        Category::Designation => "#a6202a",
        Category::Stance => "#8a8a8a",
        Category::Territory => "#8c6d31",
    }
}

/// The colour of what two actors are to each other, on a light ground.
#[must_use]
pub const fn sign_color(sign: Sign) -> &'static str {
    match sign {
        Sign::Friend => "#009e73",
        Sign::Enemy => "#d55e00",
        Sign::Mixed => "#b07aa1",
        Sign::Dealings => "#9fb3c8",
        Sign::NothingKnown => "#f2f2ee",
    }
}

/// The colour of a category on a dark ground.
#[must_use]
pub const fn color_on_dark(category: Category) -> &'static str {
    match category {
        Category::Cooperation => "#2fc79a",
        Category::Hostility => "#ff8a3d",
        Category::Structure => "#5aa9e6",
        Category::Lineage => "#b794e6",
        Category::Diplomacy => "#8fc7f2",
        Category::Support => "#9ccc52",
        Category::Designation => "#f0717c",
        Category::Stance => "#a8a8a8",
        Category::Territory => "#c9a566",
    }
}

/// The colour of what two actors are to each other, on a dark ground.
#[must_use]
pub const fn sign_color_on_dark(sign: Sign) -> &'static str {
    match sign {
        Sign::Friend => "#1f9d79",
        Sign::Enemy => "#d9671f",
        Sign::Mixed => "#b487ae",
        Sign::Dealings => "#7f97ae",
        Sign::NothingKnown => "#23282f",
    }
}

/// How the line of a relation is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stroke {
    /// It certainly holds on the days asked about.
    Solid,
    /// It is only possible.
    Dashed,
    /// Its claims stand on both sides.
    Dotted,
}

impl Stroke {
    /// The stroke of a relation of a view.
    #[must_use]
    pub fn of(view: &View<'_>, id: RelationId) -> Self {
        match view.standing(id).status {
            Status::Contested | Status::Disputed => Self::Dotted,
            _ if view.holds(id) == Holds::Certain => Self::Solid,
            _ => Self::Dashed,
        }
    }

    /// What the stroke means, for legends.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Solid => "certain",
            Self::Dashed => "only possible",
            Self::Dotted => "contested",
        }
    }

    /// The `stroke-dasharray` of SVG for lines of this width; `None` for a solid line.
    #[must_use]
    pub fn dashes(self, width: f64) -> Option<String> {
        match self {
            Self::Solid => None,
            Self::Dashed => Some(format!("{:.1} {:.1}", 4.0 * width.max(1.0), 3.0 * width.max(1.0))),
            Self::Dotted => Some(format!("0.1 {:.1}", 2.6 * width.max(1.0))),
        }
    }
}
