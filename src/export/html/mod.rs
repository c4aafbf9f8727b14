//! The explorer: one self-contained page, which opens by double click and asks nobody for anything.
//!
//! `payload` gathers the records with their standing on every day, `spans` asks the view for it, `page` puts page, style, data and script
//! together. The script (`assets/explorer/`) draws and looks up; it computes no truth and places no actor.

pub mod matrix;
mod page;
mod payload;
mod spans;

use super::font::{self, Weight};
use super::theme::Stroke;
use super::{Contents, Exporter, Style};
use crate::layout::{Edge, Node, Options, layout};
use crate::model::{ActorId, Category, RelationId, Sign, SourceId};
use crate::time::Day;
use std::io::{self, Write};

/// The explorer: one self-contained page.
#[derive(Clone, Debug, Default)]
pub struct Html {
    /// What pairs of actors are to each other, under all claims and under each source alone, for the page's matrix. Questions are asked elsewhere.
    pub signs: Vec<SignsUnder>,
}

/// What pairs are to each other by some claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignsUnder {
    /// The only source whose claims count; `None` where all count that the view keeps.
    pub source: Option<SourceId>,
    /// The pairs.
    pub pairs: Vec<PairOverTime>,
}

/// What two lines of actors are to each other on every day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairOverTime {
    /// The actors of one line.
    pub a: Vec<ActorId>,
    /// Those of the other.
    pub b: Vec<ActorId>,
    /// The changes, by day.
    pub turnings: Vec<Turn>,
}

/// What two lines are to each other from some day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The first day of it.
    pub day: Day,
    /// What they are to each other.
    pub sign: Sign,
    /// How firmly that stands, as strokes tell it; absent when nothing is known.
    pub stroke: Option<Stroke>,
    /// The relations that decide it, by id.
    pub deciding: Vec<RelationId>,
}

/// The days that a page of these contents speaks for, and the relations that it holds: what [`Html::signs`] are wanted for.
#[must_use]
pub fn reach(contents: &Contents<'_, '_>) -> (Day, Day, Vec<RelationId>) {
    let payload = payload::Payload::of(contents);
    (payload.days.first, payload.days.last, payload.relations)
}

impl Exporter for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn losses(&self) -> &'static [&'static str] {
        &[]
    }

    fn write(&self, contents: &Contents<'_, '_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let payload = payload::Payload::of(contents);
        let places = places(contents);
        page::write(&style.title, &payload.json(&style.title, &style.limits, &places, &self.signs), out)
    }
}

/// Where the actors of the contents stand, in their order, for all of the view's days: places are the same whatever the day.
fn places(contents: &Contents<'_, '_>) -> Vec<[f64; 2]> {
    let graph = contents.view.graph();
    let place = |id: ActorId| contents.actors.binary_search(&id).ok();
    let nodes: Vec<Node> = contents
        .actors
        .iter()
        .map(|id| {
            let lines = font::wrap(&graph.actor(*id).name, LETTERS, Weight::Regular, WIDEST_NAME);
            let width = lines.iter().map(|line| font::width(line, LETTERS, Weight::Regular)).fold(0.0, f64::max);
            Node { width: width.clamp(DISC, WIDEST_NAME), height: DISC + LETTERS * 1.2 * lines.len().min(2) as f64 }
        })
        .collect();
    let edges: Vec<Edge> = contents
        .relations
        .iter()
        .filter_map(|id| {
            let relation = graph.relation(*id);
            // Who stands with whom draws together more than what is felt, or where somebody is.
            let length = match graph.vocabulary().relation_type(relation.kind).category {
                Category::Structure | Category::Lineage | Category::Cooperation => 0.8,
                Category::Stance | Category::Territory => 1.5,
                _ => 1.1,
            };
            Some(Edge { from: place(relation.subject)?, to: place(relation.object)?, length })
        })
        .collect();
    let options = Options { gap: 34.0, spacing: 60.0, aspect: 1.3, tries: 4 };
    layout(&nodes, &edges, &options).into_iter().map(|at| [at.x, at.y]).collect()
}

/// The height of the letters that room is kept for, in pixels.
const LETTERS: f64 = 12.0;
/// The width beyond which names are broken, in pixels.
const WIDEST_NAME: f64 = 130.0;
/// The room that an actor's sign takes above its name, in pixels.
const DISC: f64 = 26.0;
