//! A stretch of time as a bar: solid where it is certain, hatched where it is only possible, fading out where no end is recorded.

use super::axis::Axis;
use super::{Canvas, num};
use crate::export::theme;
use crate::graph::{Ending, Footing, Stretch};
use crate::model::Category;
use std::fmt::Write as _;

/// What a bar is drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// The colour of a category.
    Of(Category),
    /// The grey of names and events.
    Plain,
    /// A light ground for words: lives.
    Life,
    /// The same for the one asked about.
    Focus,
}

impl Ink {
    /// Its colour.
    #[must_use]
    pub const fn color(self) -> &'static str {
        match self {
            Self::Of(category) => theme::color(category),
            Self::Plain => "#4a5360",
            Self::Life => "#cfd6de",
            Self::Focus => "#d8c8ec",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Of(category) => category.word(),
            Self::Plain => "plain",
            Self::Life => "life",
            Self::Focus => "focus",
        }
    }

    fn hatch(self) -> String {
        format!("url(#hatch-{})", self.word())
    }
}

/// What the signs of bars are, for legends: those that were drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    pub(super) solid: bool,
    pub(super) hatched: bool,
    pub(super) fading: bool,
    pub(super) arrow: bool,
    pub(super) contested: bool,
    pub(super) denied: bool,
    pub(super) day: bool,
    pub(super) some_day: bool,
    pub(super) dashed: bool,
    pub(super) line: bool,
}

/// How far the fading of an end without a date reaches, in pixels.
const FADE: f64 = 64.0;
/// No bar is narrower, so that a single day is seen.
const NARROWEST: f64 = 2.5;

/// The patterns and masks that bars need, for the definitions of a drawing.
pub(super) fn definitions(inks: &[Ink]) -> String {
    let mut text = String::from("\n");
    for ink in inks {
        let (word, color) = (ink.word(), ink.color());
        let _ = writeln!(
            text,
            "<pattern id=\"hatch-{word}\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
             <rect width=\"4\" height=\"4\" fill=\"{color}\" fill-opacity=\"0.13\"/>\
             <rect width=\"1.3\" height=\"4\" fill=\"{color}\" fill-opacity=\"0.7\"/></pattern>"
        );
    }
    for (name, near, far) in [("fade-left", 0, 1), ("fade-right", 1, 0)] {
        let _ = writeln!(
            text,
            "<linearGradient id=\"{name}-run\"><stop offset=\"0\" stop-color=\"#fff\" stop-opacity=\"{near}\"/>\
             <stop offset=\"1\" stop-color=\"#fff\" stop-opacity=\"{far}\"/></linearGradient>\
             <mask id=\"{name}\" maskContentUnits=\"objectBoundingBox\"><rect width=\"1\" height=\"1\" fill=\"url(#{name}-run)\"/></mask>"
        );
    }
    text
}

/// Where a bar was drawn, from left to right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawn {
    /// Where it begins, fading included.
    pub(super) from: f64,
    /// Where it ends, fading included.
    pub(super) to: f64,
    /// Where the mark of an occurrence stands.
    pub(super) mark: Option<f64>,
}

/// How a bar looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// How high it is.
    pub(super) height: f64,
    /// What it is drawn in.
    pub(super) ink: Ink,
    /// Where the mark of an occurrence stands; by its dates, when absent.
    pub(super) mark: Option<f64>,
    /// Where it stands at the latest when it goes by its dates and these allow it: what is told of as past is not marked as to come.
    pub(super) latest: f64,
}

/// Draws a stretch along an axis, its middle at `y`; nothing when it lies off the axis.
pub(super) fn draw(
    canvas: &mut Canvas,
    axis: &Axis,
    y: f64,
    look: Look,
    stretch: &Stretch,
    signs: &mut Signs,
) -> Option<Drawn> {
    let Look { height, ink, mark, latest } = look;
    let (first, last) = (stretch.dates.start.earliest, stretch.dates.end.latest);
    if stretch.dates.is_never() || !axis.shows(first, last) {
        return None;
    }
    let pen = Pen { axis, y, height, ink, footing: stretch.footing };
    if stretch.happened && first == last {
        let x = mark.unwrap_or_else(|| f64::midpoint(axis.x(first), axis.x_after(first)));
        pen.diamond(canvas, x, stretch.certain().is_some(), signs);
        return Some(Drawn { from: x - height / 2.0, to: x + height / 2.0, mark: Some(x) });
    }
    // What is told of by dates has edges; what is not fades from the nearest day told of.
    let edge_start = if first.is_bounded() { first } else { stretch.dates.start.latest.min(last) };
    let edge_end = if last.is_bounded() { last } else { stretch.dates.end.earliest.max(edge_start) };
    if !axis.shows(edge_start, edge_end) {
        // Nothing told of lies on the axis: only what may have been before or after it.
        pen.hairline(canvas, axis.left, axis.right());
        if first.is_bounded() && axis.is_before(first) || !first.is_bounded() && stretch.begins == Ending::GoingOn {
            pen.reach(canvas, axis.left, false, signs);
        }
        if last.is_bounded() && axis.is_after(last) || !last.is_bounded() && stretch.ends == Ending::GoingOn {
            pen.reach(canvas, axis.right(), true, signs);
        }
        signs.line = true;
        return Some(Drawn { from: axis.left, to: axis.right(), mark: None });
    }
    let (mut from, mut to) = (axis.x(edge_start), axis.x_after(edge_end));
    to = to.max(from);
    let (inner_from, inner_to) = (from, to);
    if !first.is_bounded() {
        from = pen.fade_left(canvas, inner_from, stretch.begins, signs);
    } else if axis.is_before(first) {
        pen.reach(canvas, axis.left, false, signs);
    }
    if !last.is_bounded() {
        to = pen.fade_right(canvas, inner_to, stretch.ends, signs);
    } else if axis.is_after(last) {
        pen.reach(canvas, axis.right(), true, signs);
    }
    pen.body(canvas, inner_from, inner_to, stretch, signs);
    if stretch.happened {
        let x = mark.unwrap_or_else(|| match (first.is_bounded(), last.is_bounded()) {
            (true, true) => f64::midpoint(inner_from, inner_to).min(latest.max(inner_from)),
            (false, _) => inner_to.min(latest),
            (true, false) => inner_from,
        });
        pen.diamond(canvas, x, false, signs);
        return Some(Drawn { from: from.min(x - height / 2.0), to: to.max(x + height / 2.0), mark: Some(x) });
    }
    Some(Drawn { from, to, mark: None })
}

struct Pen<'a> {
    axis: &'a Axis,
    y: f64,
    height: f64,
    ink: Ink,
    footing: Footing,
}

impl Pen<'_> {
    fn rect(&self, canvas: &mut Canvas, from: f64, to: f64, class: &str, more: &[(&str, &str)]) {
        let mut all = vec![("class", class)];
        all.extend_from_slice(more);
        canvas.rect(from, self.y - self.height / 2.0, to - from, self.height, &all);
    }

    /// The part of a bar between days told of.
    fn body(&self, canvas: &mut Canvas, from: f64, to: f64, stretch: &Stretch, signs: &mut Signs) {
        let (color, hatch) = (self.ink.color(), self.ink.hatch());
        let to = to.max((from + NARROWEST).min(self.axis.right()));
        let from = from.min(to - NARROWEST);
        match self.footing {
            Footing::Denied => {
                signs.denied = true;
                let dashes =
                    [("fill", "#ffffff"), ("stroke", color), ("stroke-width", "1"), ("stroke-dasharray", "3 2")];
                self.rect(canvas, from, to, "denied", &dashes);
                canvas.line((from, self.y), (to, self.y), &[("stroke", color), ("stroke-width", "1")]);
                return;
            }
            Footing::Contested => {
                signs.contested = true;
                let dots = [
                    ("fill", hatch.as_str()),
                    ("stroke", color),
                    ("stroke-width", "1.4"),
                    ("stroke-dasharray", "1.4 2"),
                ];
                self.rect(canvas, from, to, "contested", &dots);
                return;
            }
            Footing::Held => {}
        }
        let core = stretch.certain().filter(|(first, last)| self.axis.shows(*first, *last));
        let (mut core_from, mut core_to) =
            core.map_or((to, to), |(first, last)| (self.axis.x(first), self.axis.x_after(last)));
        if core.is_some() && core_to - core_from < NARROWEST {
            core_from = core_from.min(to - NARROWEST).max(from);
            core_to = core_from + NARROWEST;
        }
        let thin = [("fill", hatch.as_str()), ("stroke", color), ("stroke-width", "0.6"), ("stroke-opacity", "0.6")];
        for (a, b) in [(from, core_from), (core_to, to)] {
            if b - a > 0.05 {
                signs.hatched = true;
                self.rect(canvas, a, b, "possible", &thin);
            }
        }
        if core.is_some() {
            signs.solid = true;
            self.rect(canvas, core_from, core_to, "certain", &[("fill", color)]);
        }
    }

    /// How far an end without a date fades: all the way for lives, of which there are few, so that they look no shorter than they may be.
    const fn fade(&self) -> f64 {
        match self.ink {
            Ink::Of(_) | Ink::Plain => FADE,
            Ink::Life | Ink::Focus => f64::INFINITY,
        }
    }

    /// Fades out to the left of `edge`, with a hairline on to the axis's end; returns where it begins.
    fn fade_left(&self, canvas: &mut Canvas, edge: f64, begins: Ending, signs: &mut Signs) -> f64 {
        let from = (edge - self.fade()).max(self.axis.left);
        if edge - self.axis.left > 0.5 {
            signs.fading |= self.footing != Footing::Denied;
            self.hairline(canvas, self.axis.left, from);
            self.faded(canvas, from, edge, "url(#fade-left)");
        }
        if begins == Ending::GoingOn {
            self.reach(canvas, self.axis.left, false, signs);
        }
        self.axis.left
    }

    /// The same to the right.
    fn fade_right(&self, canvas: &mut Canvas, edge: f64, ends: Ending, signs: &mut Signs) -> f64 {
        let to = (edge + self.fade()).min(self.axis.right());
        if self.axis.right() - edge > 0.5 {
            signs.fading |= self.footing != Footing::Denied;
            self.hairline(canvas, to, self.axis.right());
            self.faded(canvas, edge, to, "url(#fade-right)");
        }
        if ends == Ending::GoingOn {
            self.reach(canvas, self.axis.right(), true, signs);
        }
        self.axis.right()
    }

    fn hairline(&self, canvas: &mut Canvas, from: f64, to: f64) {
        if to - from > 0.5 && self.footing != Footing::Denied {
            let thin =
                [("stroke", self.ink.color()), ("stroke-width", "0.8"), ("stroke-opacity", "0.45"), ("class", "open")];
            canvas.line((from, self.y), (to, self.y), &thin);
        }
    }

    fn faded(&self, canvas: &mut Canvas, from: f64, to: f64, mask: &str) {
        if to - from > 0.5 && self.footing != Footing::Denied {
            self.rect(canvas, from, to, "open", &[("fill", &self.ink.hatch()), ("mask", mask)]);
        }
    }

    /// An arrow head at an end of the axis: it went on there.
    fn reach(&self, canvas: &mut Canvas, x: f64, to_the_right: bool, signs: &mut Signs) {
        // What is denied did not go on.
        if self.footing == Footing::Denied {
            return;
        }
        signs.arrow = true;
        let half = self.height * 0.36;
        let tip = if to_the_right { x + half * 1.5 } else { x - half * 1.5 };
        let (x, top, bottom) = (num(x), num(self.y - half), num(self.y + half));
        let path = format!("M{x} {top}L{} {}L{x} {bottom}Z", num(tip), num(self.y));
        canvas.leaf("path", &[("d", &path), ("fill", self.ink.color()), ("class", "on")]);
    }

    /// An occurrence: full where its day is certain, hollow where it is only some day or only possible.
    fn diamond(&self, canvas: &mut Canvas, x: f64, certain: bool, signs: &mut Signs) {
        let half = self.height * 0.56;
        let path = format!(
            "M{} {}L{} {}L{} {}L{} {}Z",
            num(x),
            num(self.y - half),
            num(x + half),
            num(self.y),
            num(x),
            num(self.y + half),
            num(x - half),
            num(self.y)
        );
        let color = self.ink.color();
        let mut look = vec![("d", path.as_str()), ("stroke", color), ("stroke-width", "1.2"), ("class", "happened")];
        look.push(("fill", if certain { color } else { "#ffffff" }));
        match self.footing {
            Footing::Held if certain => signs.day = true,
            Footing::Held => signs.some_day = true,
            Footing::Contested => {
                signs.contested = true;
                look.push(("stroke-dasharray", "1.5 1"));
            }
            Footing::Denied => {
                signs.denied = true;
                look.push(("stroke-dasharray", "3 2"));
            }
        }
        canvas.leaf("path", &look);
        if self.footing == Footing::Denied {
            canvas.line((x - half, self.y), (x + half, self.y), &[("stroke", color), ("stroke-width", "1")]);
        }
    }
}
