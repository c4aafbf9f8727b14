//! Who stands in a matrix, and in which order.

use super::{Matrix, Order};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::output::Format;
use crate::question::{Lens, Line, blocs, most_connected};

/// The most actors of a drawing: its names are still read at the size of a poster.
const MOST_DRAWN: usize = 120;
/// The most actors that are put in order of blocs: the time grows with the third power.
const MOST_IN_BLOCS: usize = 400;

impl Matrix {
    /// The lines of the matrix in order.
    pub(super) fn choose(&self, context: &mut Context<'_>, lenses: &[Lens<'_>]) -> Result<Vec<Line>, Failure> {
        let Some(lens) = lenses.last() else { return Ok(Vec::new()) };
        let names = if self.actors.is_empty() { &self.around } else { &self.actors };
        let mut lines: Vec<Line> = Vec::with_capacity(names.len());
        for (place, name) in names.iter().enumerate() {
            let line = context.line(lens, name)?;
            if let Some(same) = lines.iter().position(|other| other.contains(line.named)) {
                return Err(same_actor(&names[same], &names[place]));
            }
            lines.push(line);
        }
        if self.actors.len() == 1 {
            return Err(too_few(&self.actors[0]));
        }
        if self.actors.is_empty() {
            let all: Vec<&Lens<'_>> = lenses.iter().collect();
            lines = most_connected(&all, &lines, self.top.max(lines.len()));
        }
        let format = context.printer.format();
        if matches!(format, Format::Svg | Format::Png | Format::Html) && lines.len() > MOST_DRAWN {
            return Err(too_big_to_draw(lines.len(), self.actors.is_empty()));
        }
        let order = self.order.unwrap_or(if self.actors.is_empty() { Order::Blocs } else { Order::Given });
        match order {
            Order::Given => {}
            Order::Name => {
                lines.sort_by_cached_key(|line| (lens.name(line.named).to_lowercase(), lens.brief(line.named).id));
            }
            Order::Blocs if lines.len() > MOST_IN_BLOCS => return Err(too_many_for_blocs(lines.len())),
            Order::Blocs => lines = blocs(lens, &lines).into_iter().map(|place| lines[place].clone()).collect(),
        }
        Ok(lines)
    }
}

fn same_actor(first: &str, second: &str) -> Failure {
    Failure::new(
        "same-actor",
        format!("`{first}` and `{second}` are one actor, or one line of actors"),
        vec!["name it once; --exact takes the members of a line apart".into()],
    )
}

/// A drawing that nobody could read.
fn too_big_to_draw(count: usize, is_chosen: bool) -> Failure {
    let fewer = if is_chosen {
        format!("take fewer: `--top {MOST_DRAWN}`, or `--around ACTOR --top 40` for those who have most to do with one")
    } else {
        format!(
            "name at most {MOST_DRAWN} actors, or let `--around ACTOR --top 40` choose those who have most to do with one"
        )
    };
    Failure::new(
        "too-big-to-draw",
        format!("the matrix has {count} actors, more than a drawing can show (at most {MOST_DRAWN})"),
        vec![
            fewer,
            "have it as values: `--format csv`, `--format json`, or a row for each pair with `--format csv --long`"
                .into(),
        ],
    )
}

fn too_many_for_blocs(count: usize) -> Failure {
    Failure::new(
        "too-many-for-blocs",
        format!("{count} actors are too many to be put in order of blocs (at most {MOST_IN_BLOCS})"),
        vec![
            "`--order name` puts any number in order, `--order given` leaves them as they are".into(),
            format!("take fewer: `--top {MOST_IN_BLOCS}`"),
        ],
    )
}

fn too_few(name: &str) -> Failure {
    Failure::new(
        "too-few-actors",
        format!("a matrix is of two actors or more, and `{name}` is one"),
        vec![
            format!("`allegiance matrix --around \"{name}\"` takes it and those with the most relations with it"),
            format!("`allegiance allies \"{name}\"` and `allegiance rivals \"{name}\"` tell of one actor"),
        ],
    )
}
