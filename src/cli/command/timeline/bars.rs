//! A timeline as bars: for the terminal, and as what a drawing shows.

use crate::cli::output::chart::{Chart, Entry};
use crate::cli::output::plain;
use crate::export::svg::bar::Ink;
use crate::export::svg::timeline::{Group, Row, Section, Timeline};
use crate::graph::TemporalGraph;
use crate::model::Category;
use crate::question::{Bar, BarGroup, Bars, ClaimRow, EventBar, EventRow, LineBars, NamePeriod};
use crate::time::Day;
use std::collections::BTreeSet;

/// The bars as a drawing. `now` is the last day the data speaks for; sources are numbered and listed when `footnotes` are wanted.
pub(super) fn drawing(
    graph: &TemporalGraph,
    bars: &Bars,
    (title, remarks): (String, Vec<String>),
    now: Day,
    (legend, footnotes): (bool, bool),
) -> Timeline {
    let claims = bars.bars().map(|bar| &bar.relation.claims).chain(bars.events.iter().map(|e| &e.event.claims));
    let cited = cited_sources(graph, claims, footnotes);
    let bar = |bar: &Bar| Row {
        id: bar.relation.id.clone(),
        label: in_words(bar),
        dates: bar.relation.valid.clone(),
        ink: category(bar).map_or(Ink::Plain, Ink::Of),
        stretch: bar.stretch,
        tip: tip(bar),
        sources: cited.numbers(&bar.relation.claims),
    };
    let name = |period: &NamePeriod| Row {
        id: period.actor.clone(),
        label: period.name.clone(),
        dates: period.dates.clone(),
        ink: Ink::Plain,
        stretch: period.stretch,
        tip: format!("{}\n{}", plain(&period.name), period.dates).trim_end().to_owned(),
        sources: Vec::new(),
    };
    let event = |event: &EventBar| Row {
        id: event.event.id.clone(),
        label: event_in_words(event),
        dates: event.event.date.clone(),
        ink: Ink::Plain,
        stretch: event.stretch,
        tip: event_tip(event),
        sources: cited.numbers(&event.event.claims),
    };
    let section = |line: &LineBars| Section {
        heading: line.actor.name.clone(),
        names: line.names.iter().map(name).collect(),
        groups: line
            .groups
            .iter()
            .map(|group| Group { name: group_in_words(line, group), rows: group.bars.iter().map(bar).collect() })
            .collect(),
    };
    let mut marks = vec![(now, format!("data to {now}"))];
    marks.extend(bars.marked.filter(|day| *day != now).map(|day| (day, day.to_string())));
    Timeline {
        title,
        remarks,
        first: bars.first,
        last: bars.last,
        until: now,
        marks,
        events: bars.events.iter().map(event).collect(),
        sections: bars.lines.iter().map(section).collect(),
        legend,
        sources: cited.listed,
    }
}

/// The sources that a drawing lists, numbered from 1.
pub(in crate::cli::command) struct Cited {
    slugs: Vec<String>,
    /// What is listed, in the order of the numbers.
    pub(in crate::cli::command) listed: Vec<String>,
}

impl Cited {
    /// The numbers of the sources of some claims, ascending.
    pub(in crate::cli::command) fn numbers(&self, claims: &[ClaimRow]) -> Vec<usize> {
        let all: BTreeSet<usize> =
            claims.iter().filter_map(|c| self.slugs.binary_search(&c.source).ok()).map(|n| n + 1).collect();
        all.into_iter().collect()
    }
}

/// The sources of some claims, by id; none unless they are `wanted`.
pub(in crate::cli::command) fn cited_sources<'a>(
    graph: &TemporalGraph,
    claims: impl Iterator<Item = &'a Vec<ClaimRow>>,
    wanted: bool,
) -> Cited {
    let slugs: BTreeSet<&str> = claims.flatten().map(|claim| claim.source.as_str()).filter(|_| wanted).collect();
    let slugs: Vec<String> = slugs.into_iter().map(str::to_owned).collect();
    let listed = slugs.iter().filter_map(|slug| graph.source_by_slug(slug)).map(|id| source(graph, id)).collect();
    Cited { slugs, listed }
}

/// A source as it is listed below a drawing.
fn source(graph: &TemporalGraph, id: crate::model::SourceId) -> String {
    let source = graph.source(id);
    let by = source.author.iter().chain(&source.publisher).map(|part| format!("{part}, ")).collect::<String>();
    format!("{}: “{}”, {by}{}", source.slug, source.title, source.published)
}

/// The bars as a chart of letters.
pub(super) fn chart(bars: &Bars) -> Chart {
    let mut lines = Vec::new();
    if !bars.events.is_empty() {
        lines.push(Entry::Heading("Events".to_owned()));
        for event in &bars.events {
            lines.push(Entry::Bar(event_in_words(event), event.stretch, None));
        }
    }
    for line in &bars.lines {
        if line.names.is_empty() && line.groups.is_empty() {
            continue;
        }
        lines.push(Entry::Heading(line.actor.name.clone()));
        for period in &line.names {
            lines.push(Entry::Bar(period.name.clone(), period.stretch, None));
        }
        for group in &line.groups {
            lines.push(Entry::Group(group_in_words(line, group)));
            for bar in &group.bars {
                lines.push(Entry::Bar(in_words(bar), bar.stretch, category(bar)));
            }
        }
    }
    Chart { first: bars.first, last: bars.last, lines }
}

/// Whom a group of bars is with.
fn group_in_words(line: &LineBars, group: &BarGroup) -> String {
    if group.counterpart.id == line.actor.id { "within the line".to_owned() } else { group.counterpart.name.clone() }
}

fn category(bar: &Bar) -> Option<Category> {
    Category::from_word(bar.relation.category)
}

/// How a relation reads from its line, with the member and what keeps it from being asserted.
fn in_words(bar: &Bar) -> String {
    let member = bar.member.as_ref().map_or_else(String::new, |name| format!("{name}: "));
    let modality =
        if bar.relation.modality == "asserted" { String::new() } else { format!(", {}", bar.relation.modality) };
    let with = bar.with.as_ref().map_or_else(String::new, |name| format!(" {name}"));
    format!("{member}{}{with}{modality}", bar.label)
}

fn event_in_words(event: &EventBar) -> String {
    match event.event.modality {
        "asserted" => event.event.name.clone(),
        modality => format!("{}, {modality}", event.event.name),
    }
}

fn tip(bar: &Bar) -> String {
    let row = &bar.relation;
    let sentence = format!("{} {} {}", row.subject.name, row.label, row.object.name);
    told(&sentence, &row.valid, &row.status_in_words(), &row.claims)
}

fn event_tip(event: &EventBar) -> String {
    let row = &event.event;
    let status =
        if row.modality == "asserted" { row.status.to_owned() } else { format!("{}, {}", row.status, row.modality) };
    told(&row.name, &row.date, &status, &row.claims)
}

/// What is told of a record when the pointer rests on it: a line for each claim.
pub(in crate::cli::command) fn told(sentence: &str, dates: &str, status: &str, claims: &[ClaimRow]) -> String {
    let mut lines = vec![plain(sentence), plain(&format!("{dates}, {status}"))];
    lines.extend(claims.iter().map(|claim| plain(&format!("{}: {}", claim.citation(), claim.note))));
    lines.join("\n")
}

/// Events as lines of what is told, each with its date and citations.
pub(in crate::cli::command) fn event_lines(events: &[EventRow]) -> Vec<String> {
    events.iter().map(|e| plain(&format!("{}: {} ({})", e.date, e.name, e.citations()))).collect()
}
