//! The boxes of actors: how large their names are set, how they are broken into lines, and how they are drawn.

use super::shape::{PILL, Shape};
use crate::export::Contents;
use crate::export::font::{Weight, cut, width, wrap};
use crate::export::svg::{Canvas, Lettering, num};
use crate::layout::Point;
use crate::model::ActorId;

/// The height of the letters of actors with one tie, in pixels.
const SMALLEST: f64 = 11.0;
/// What the letters grow by at most, for actors with many ties.
const GROWTH: f64 = 11.0;
/// From this size on names are bold.
const BOLD_FROM: f64 = 14.0;
/// The most lines a name is given.
const MOST_LINES: usize = 5;

/// An actor as a box.
#[derive(Clone, Debug)]
pub(super) struct Card {
    pub(super) id: ActorId,
    pub(super) shape: Shape,
    /// With how many others it has ties.
    pub(super) degree: usize,
    lines: Vec<String>,
    size: f64,
    weight: Weight,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Card {
    /// The box of an actor with ties to `degree` others.
    pub(super) fn of(contents: &Contents<'_, '_>, id: ActorId, degree: usize) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "few ties")]
        let root = (degree.max(1) as f64).sqrt();
        let size = SMALLEST + (1.45 * (root - 1.0)).min(GROWTH);
        let weight = if size >= BOLD_FROM { Weight::Bold } else { Weight::Regular };
        let measure = 10.0 * size;
        let mut lines: Vec<String> = wrap(contents.name(id), size, weight, measure);
        if lines.len() > MOST_LINES {
            let rest = lines.split_off(MOST_LINES - 1).join(" ");
            lines.push(cut(&rest, size, weight, measure.min(width(&rest, size, weight) - 1.0)));
        }
        let lines: Vec<String> = lines.iter().map(|line| cut(line, size, weight, 2.0 * measure)).collect();
        let shape = Shape::of(contents.kind(id));
        let (sides, above, below) = shape.padding();
        let widest = lines.iter().map(|line| width(line, size, weight)).fold(size, f64::max);
        #[expect(clippy::cast_precision_loss, reason = "few lines")]
        let height = lines.len().max(1) as f64 * size * LEADING + above + below;
        Self { id, shape, degree, lines, size, weight, width: (widest + 2.0 * sides).ceil(), height: height.ceil() }
    }

    /// Half its width and half its height.
    pub(super) fn half(&self) -> Point {
        Point { x: self.width / 2.0, y: self.height / 2.0 }
    }

    /// Draws it around a point.
    pub(super) fn draw(&self, contents: &Contents<'_, '_>, at: Point, tip: &str, canvas: &mut Canvas) {
        let actor = contents.actor(self.id);
        canvas.open(
            "g",
            &[
                ("id", &format!("actor-{}", actor.slug)),
                ("class", "actor"),
                ("data-kind", contents.kind(self.id)),
                ("data-name", contents.name(self.id)),
                ("data-ties", &self.degree.to_string()),
            ],
        );
        canvas.tip(tip);
        let ink = if self.weight == Weight::Bold { "#333333" } else { "#777777" };
        let line = if self.weight == Weight::Bold { "1.5" } else { "1" };
        outline(self.shape, self.half(), at, ink, line, canvas);
        let (_, above, below) = self.shape.padding();
        let lettering = Lettering { size: self.size, weight: self.weight, fill: "#1a1a1a", anchor: "middle" };
        #[expect(clippy::cast_precision_loss, reason = "few lines")]
        let block = self.lines.len() as f64 * self.size * LEADING;
        let mut y = at.y + (above - below) / 2.0 - block / 2.0 + self.size * BASELINE;
        let nudge = if self.shape == Shape::Barred { 1.5 } else { 0.0 };
        for line in &self.lines {
            canvas.text(at.x + nudge, y, &lettering, &[], line);
            y += self.size * LEADING;
        }
        canvas.close();
    }
}

/// The distance between lines of a name, in heights of its letters.
const LEADING: f64 = 1.18;
/// Where the letters of a line stand below its top, in heights of its letters.
const BASELINE: f64 = 0.92;

/// Draws an outline of half this size around a point.
pub(super) fn outline(shape: Shape, half: Point, at: Point, ink: &str, thick: &str, canvas: &mut Canvas) {
    let paint = [("fill", shape.fill()), ("stroke", ink), ("stroke-width", thick)];
    let corner = at - half;
    let (w, h) = (2.0 * half.x, 2.0 * half.y);
    let bare = [("fill", "none"), ("stroke", ink), ("stroke-width", "1")];
    match shape {
        Shape::Pill => {
            let radius = num(half.y.min(PILL));
            let all = [paint.as_slice(), &[("rx", &radius)]].concat();
            canvas.rect(corner.x, corner.y, w, h, &all);
        }
        Shape::Rect => canvas.rect(corner.x, corner.y, w, h, &[paint.as_slice(), &[("rx", "2")]].concat()),
        Shape::Broken => {
            canvas.rect(corner.x, corner.y, w, h, &[paint.as_slice(), &[("stroke-dasharray", "3 2.5")]].concat());
        }
        Shape::Plate => {
            canvas.rect(corner.x, corner.y, w, h, &paint);
            canvas.rect(corner.x + 3.0, corner.y + 3.0, w - 6.0, h - 6.0, &bare);
        }
        Shape::Barred => {
            canvas.rect(corner.x, corner.y, w, h, &paint);
            canvas.line((corner.x + 4.0, corner.y), (corner.x + 4.0, corner.y + h), &bare);
        }
        Shape::Headed => {
            canvas.rect(corner.x, corner.y, w, h, &paint);
            canvas.line((corner.x, corner.y + 4.0), (corner.x + w, corner.y + 4.0), &bare);
        }
        _ => {
            let corners: Vec<String> =
                shape.corners(half).iter().map(|p| format!("{},{}", num(at.x + p.x), num(at.y + p.y))).collect();
            canvas.leaf("polygon", &[[("points", corners.join(" ").as_str())].as_slice(), &paint].concat());
            if shape == Shape::Folded {
                let right = at.x + half.x;
                let fold = format!(
                    "{},{} {},{} {},{}",
                    num(right - 8.0),
                    num(corner.y),
                    num(right - 8.0),
                    num(corner.y + 8.0),
                    num(right),
                    num(corner.y + 8.0)
                );
                canvas.leaf("polyline", &[[("points", fold.as_str())].as_slice(), &bare].concat());
            }
        }
    }
}
