//! `timeline`: what began, ended and happened.

mod bars;

pub(super) use bars::{cited_sources, event_lines, told};

use super::{Ask, Context, Draws, Exit, Failure};
use crate::cli::equal;
use crate::cli::output::{Format, Sheet};
use crate::export::svg::timeline::timeline as draw;
use crate::question::{Bars, Entry, EntryKind, Lens, Line, When, bars as bars_of, timeline};
use clap::Args;

/// The most bars that are drawn unless told otherwise: some three printed pages.
const MOST_BARS: usize = 300;

/// Show what began, ended and happened, in order of time
///
/// Of the actors named, or of everybody. Dates are as the sources give them: a year stands after the days within it.
/// With --bars, and as a drawing (`--format svg`, `png`), relations are bars over time by counterpart: solid where certain, hatched where only
/// possible.
#[derive(Debug, Args)]
pub(in crate::cli) struct Timeline {
    /// Actors: names, acronyms or ids
    actors: Vec<String>,
    /// Only what was between these and the actors named first (repeatable)
    #[arg(long, value_name = "ACTOR")]
    with: Vec<String>,
    /// Only events and what happened, without the beginnings and ends of lasting relations
    #[arg(long)]
    events: bool,
    /// Show relations as bars over time
    #[arg(long)]
    bars: bool,
    /// List the sources of what a drawing shows, numbered, below it
    #[arg(long)]
    footnotes: bool,
    /// Leave out the legend of a drawing
    #[arg(long)]
    no_legend: bool,
    /// Draw up to this many bars and events; more are refused
    #[arg(long, value_name = "N", default_value_t = MOST_BARS)]
    max_bars: usize,
}

impl Ask for Timeline {
    const DEFAULT: When = When::Ever;
    const DRAWS: Draws = Draws::PICTURE;

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        let lens = context.lens();
        let (lines, with) = self.lines(context, &lens)?;
        let title = format!("{}, {}", title(context, &lens, &lines, &with), context.scope.when_in_words(context.graph));
        equal::timeline(context, &title, &lines, &with, self.events)
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        let lens = context.lens();
        let (lines, with) = self.lines(&mut context, &lens)?;
        let title = title(&context, &lens, &lines, &with);
        let mut page = context.page(title.clone());
        page.when = Some(context.scope.when_in_words(context.graph));
        let drawn = matches!(context.printer.format(), Format::Svg | Format::Png);
        if !drawn && !self.bars {
            let entries = timeline(&lens, &lines, &with, self.events);
            page.set_rows(&entries);
            page.flat = Some(flat(&entries));
            page.block(None, sheet(&entries));
            if entries.is_empty() {
                page.lines(None, vec![NOTHING.to_owned()]);
            }
            context.printer.print(&page)?;
            return Ok(Exit::found(!entries.is_empty()));
        }
        if lines.is_empty() {
            return Err(Failure::new(
                "no-actor",
                "bars are drawn of some actors, and none is named",
                vec!["name one or several: `allegiance timeline HTS --bars`, `allegiance timeline HTS --with Turkey --format svg`".into()],
            ));
        }
        let found = bars_of(&lens, &lines, &with, self.events);
        if drawn && found.count() > self.max_bars {
            return Err(too_many(found.count(), self.max_bars));
        }
        let now = context.scope.now(context.graph);
        if drawn {
            let mut remarks: Vec<String> = page.when.iter().filter(|_| !lens.window.is_all()).cloned().collect();
            remarks.extend(page.assumptions.iter().cloned());
            remarks.extend(left_out(&found));
            // The letters that come with pictures have no arrow.
            let remarks = remarks.into_iter().map(|remark| remark.replace(" → ", ", then ")).collect();
            let shown = bars::drawing(context.graph, &found, (title, remarks), now, (!self.no_legend, self.footnotes));
            page.drawing = Some(draw(&shown));
        } else {
            let mut rows: Vec<serde_json::Value> = Vec::new();
            for line in &found.lines {
                for group in &line.groups {
                    for bar in &group.bars {
                        let mut row = serde_json::to_value(bar).unwrap_or_default();
                        row["line"] = line.actor.id.clone().into();
                        row["counterpart"] = group.counterpart.id.clone().into();
                        rows.push(row);
                    }
                }
            }
            rows.extend(found.events.iter().map(|e| serde_json::to_value(e).unwrap_or_default()));
            page.rows = rows;
            page.flat = Some(bars_flat(&found));
            if found.count() == 0 {
                page.lines(None, vec![NOTHING.to_owned()]);
            } else {
                page.chart = Some(bars::chart(&found));
                page.notes.extend(left_out(&found));
            }
        }
        context.printer.print(&page)?;
        Ok(Exit::found(found.count() > 0))
    }
}

const NOTHING: &str = "Nothing dated is recorded for these days.";

impl Timeline {
    /// The lines named, and those that what is shown must be with.
    fn lines(&self, context: &mut Context<'_>, lens: &Lens<'_>) -> Result<(Vec<Line>, Vec<Line>), Failure> {
        let mut read = |names: &[String]| -> Result<Vec<Line>, Failure> {
            let mut lines: Vec<Line> = Vec::new();
            for name in names {
                let line = context.line(lens, name)?;
                // Two names of one line are one.
                if !lines.iter().any(|known| known.members == line.members) {
                    lines.push(line);
                }
            }
            Ok(lines)
        };
        let (lines, with) = (read(&self.actors)?, read(&self.with)?);
        if lines.is_empty() && !with.is_empty() {
            return Err(Failure::new(
                "no-actor",
                "`--with` names whom, and nobody is named whose timeline it is",
                vec![format!("name an actor first: `allegiance timeline HTS --with {}`", self.with[0])],
            ));
        }
        if let Some(both) = with.iter().position(|line| lines.iter().any(|known| known.members == line.members)) {
            return Err(Failure::new(
                "same-actor",
                format!("`--with {}` names an actor, or the line of one, whose timeline it is", self.with[both]),
                vec!["leave it out here or there; --exact takes the members of a line apart".into()],
            ));
        }
        Ok((lines, with))
    }
}

fn title(context: &Context<'_>, lens: &Lens<'_>, lines: &[Line], with: &[Line]) -> String {
    let called = |lines: &[Line]| lines.iter().map(|l| context.called(lens, l)).collect::<Vec<_>>().join(", ");
    match (lines.is_empty(), with.is_empty()) {
        (true, _) => "Timeline".to_owned(),
        (_, true) => format!("Timeline of {}", called(lines)),
        (_, false) => format!("Timeline of {} with {}", called(lines), called(with)),
    }
}

/// What `--limit` kept out, in words.
fn left_out(bars: &Bars) -> Option<String> {
    (bars.left_out > 0).then(|| format!("{} more left out by --limit", bars.left_out))
}

/// A drawing that nobody could read.
fn too_many(count: usize, most: usize) -> Failure {
    Failure::new(
        "too-big-to-draw",
        format!("the timeline has {count} bars and events, more than a drawing can show (at most {most})"),
        vec![
            "narrow it: `--with ACTOR`, `--category hostility`, `--type TYPE`, `--during 2024/2025`, `--certain`, `--events`".into(),
            format!("draw it all the same with `--max-bars {count}`, or the first of it with `--limit {most}`"),
        ],
    )
}

/// The bars as rows of a table of values.
fn bars_flat(bars: &Bars) -> Sheet {
    let mut sheet = Sheet::new(&[
        "line",
        "counterpart",
        "record",
        "text",
        "category",
        "dates",
        "earliest_start",
        "latest_start",
        "earliest_end",
        "latest_end",
        "certain_from",
        "certain_to",
        "footing",
        "sources",
    ]);
    let days = |stretch: &crate::graph::Stretch| {
        let (start, end) = (stretch.dates.start, stretch.dates.end);
        let certain = stretch.certain();
        [
            start.earliest.to_string(),
            start.latest.to_string(),
            end.earliest.to_string(),
            end.latest.to_string(),
            certain.map_or_else(String::new, |(first, _)| first.to_string()),
            certain.map_or_else(String::new, |(_, last)| last.to_string()),
            stretch.footing.word().to_owned(),
        ]
    };
    for line in &bars.lines {
        for group in &line.groups {
            for bar in &group.bars {
                let row = &bar.relation;
                let text = format!("{} {} {}", row.subject.name, row.label, row.object.name);
                let head = [&line.actor.id, &group.counterpart.id, &row.id, &text, row.category, &row.valid]
                    .map(str::to_owned);
                sheet.push(head.into_iter().chain(days(&bar.stretch)).chain([row.citations()]));
            }
        }
    }
    for event in &bars.events {
        let row = &event.event;
        let head = ["", "", &row.id, &row.name, "event", &row.date].map(str::to_owned);
        sheet.push(head.into_iter().chain(days(&event.stretch)).chain([row.citations()]));
    }
    sheet
}

fn what(entry: &Entry) -> String {
    match (&entry.event, &entry.relation) {
        (Some(event), _) => event.name.clone(),
        (_, Some(row)) => {
            let sentence = format!("{} {} {}", row.subject.name, row.label, row.object.name);
            match entry.what {
                EntryKind::Began => format!("began: {sentence}"),
                EntryKind::Ended => format!("ended: {sentence}"),
                EntryKind::Happened => sentence,
            }
        }
        (None, None) => String::new(),
    }
}

fn citations(entry: &Entry) -> String {
    entry
        .event
        .as_ref()
        .map(crate::question::EventRow::citations)
        .or_else(|| entry.relation.as_ref().map(crate::question::RelationRow::citations))
        .unwrap_or_default()
}

pub(super) fn sheet(entries: &[Entry]) -> Sheet {
    let mut sheet = Sheet::new(&["date", "what", "holds", "sources"]);
    for entry in entries {
        sheet.push([entry.date.clone(), what(entry), entry.holds.to_owned(), citations(entry)]);
    }
    sheet
}

fn flat(entries: &[Entry]) -> Sheet {
    let mut sheet = Sheet::new(&["date", "earliest", "latest", "what", "record", "text", "holds", "sources"]);
    for entry in entries {
        let word = match entry.what {
            EntryKind::Began => "began",
            EntryKind::Happened => "happened",
            EntryKind::Ended => "ended",
        };
        let id = entry.event.as_ref().map(|e| e.id.clone()).or_else(|| entry.relation.as_ref().map(|r| r.id.clone()));
        sheet.push([
            entry.date.clone(),
            entry.bounds.earliest.to_string(),
            entry.bounds.latest.to_string(),
            word.to_owned(),
            id.unwrap_or_default(),
            what(entry),
            entry.holds.to_owned(),
            citations(entry),
        ]);
    }
    sheet
}
