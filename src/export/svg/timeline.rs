//! A timeline as a drawing: a row a relation, by counterpart; the names over time and the events above.
//!
//! Words stand in columns beside the bars and so never cover them; only events carry theirs along the axis, in as many lanes as they need. What
//! is shown comes as a [`Timeline`], made by whoever asked; nothing here knows of graphs or questions.

use super::axis::{Axis, GREY};
use super::bar::{self, Ink, Signs};
use super::{Canvas, Lettering, legend};
use crate::export::font::{Weight, cut, fit, width, wrap};
use crate::graph::Stretch;
use crate::time::Day;

/// What a drawing of a timeline shows.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// Who it is of and which days it speaks for.
    pub title: String,
    /// What it is limited to and what was assumed, a line each.
    pub remarks: Vec<String>,
    /// The first day of the axis.
    pub first: Day,
    /// The last day of the axis.
    pub last: Day,
    /// The last day the data speaks for: what may have happened by then is marked by then.
    pub until: Day,
    /// Days to be marked across the drawing, with a word.
    pub marks: Vec<(Day, String)>,
    /// What happened, by date.
    pub events: Vec<Row>,
    /// What concerns each actor asked about.
    pub sections: Vec<Section>,
    /// Whether a legend explains colours and signs.
    pub legend: bool,
    /// The sources, in the order of the numbers that rows refer to them by from 1; empty when they are not wanted.
    pub sources: Vec<String>,
}

/// What concerns one actor.
#[derive(Clone, Debug)]
pub struct Section {
    /// The actor's name.
    pub heading: String,
    /// Its names over time.
    pub names: Vec<Row>,
    /// Its counterparts.
    pub groups: Vec<Group>,
}

/// The rows with one counterpart.
#[derive(Clone, Debug)]
pub struct Group {
    /// The counterpart's name.
    pub name: String,
    /// What was between the two.
    pub rows: Vec<Row>,
}

/// One bar with its words.
#[derive(Clone, Debug)]
pub struct Row {
    /// The record's readable id.
    pub id: String,
    /// What it is, in few words.
    pub label: String,
    /// When, as written.
    pub dates: String,
    /// Its colour.
    pub ink: Ink,
    /// When it held.
    pub stretch: Stretch,
    /// What is told when the pointer rests on it: all of it, with citations.
    pub tip: String,
    /// The numbers of its sources, when these are listed.
    pub sources: Vec<usize>,
}

/// What the heading of the events takes.
const EVENTS: f64 = 48.0;
const WIDTH: f64 = 1180.0;
const MARGIN: f64 = 24.0;
const GAP: f64 = 12.0;
const ROW: f64 = 17.0;
const BAR: f64 = 10.0;
/// The size of the letters of rows, and of what stands back.
const SIZE: f64 = 11.0;
const SMALL: f64 = 9.5;

/// Where the columns stand.
struct Columns {
    names: f64,
    labels: f64,
    axis: Axis,
    dates: f64,
    right: f64,
    /// Where the mark of what happened stands at the latest, if its dates allow it.
    latest: f64,
}

impl Columns {
    fn of(timeline: &Timeline) -> Self {
        let rows =
            || timeline.sections.iter().flat_map(|s| s.names.iter().chain(s.groups.iter().flat_map(|g| &g.rows)));
        let widest = |texts: &mut dyn Iterator<Item = f64>, most: f64| texts.fold(0.0, f64::max).min(most);
        let groups = timeline.sections.iter().flat_map(|s| &s.groups);
        let names = widest(&mut groups.map(|g| width(&g.name, SIZE, Weight::Bold)), 160.0).max(64.0);
        let labels = widest(&mut rows().map(|r| width(&r.label, SIZE, Weight::Regular)), 222.0);
        let dates = widest(&mut rows().map(|r| width(&r.dates, SMALL, Weight::Regular)), 140.0);
        let notes = widest(&mut rows().map(|r| width(&numbers(&r.sources), SMALL, Weight::Regular)), 60.0);
        let left = MARGIN + names + GAP + if labels > 0.0 { labels + GAP } else { 0.0 };
        let right = WIDTH - MARGIN;
        let gutter = if dates > 0.0 { dates + GAP } else { 0.0 } + if notes > 0.0 { notes + 8.0 } else { 0.0 };
        let axis = Axis::new(timeline.first, timeline.last, left, right - gutter - left);
        let is_seen = axis.shows(timeline.until, timeline.until);
        let latest = if is_seen { axis.x_after(timeline.until) - BAR / 2.0 } else { axis.right() };
        Self { names, labels, axis, dates: axis.right() + GAP, right, latest }
    }

    const fn look(&self, row: &Row) -> bar::Look {
        bar::Look { height: BAR, ink: row.ink, mark: None, latest: self.latest }
    }
}

/// The numbers of sources as rows refer to them: `1, 3`.
fn numbers(sources: &[usize]) -> String {
    sources.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

/// Draws a timeline as SVG. The same timeline gives the same text.
#[must_use]
pub fn timeline(timeline: &Timeline) -> String {
    let mut canvas = Canvas::default();
    let columns = Columns::of(timeline);
    let mut signs = Signs::default();
    let mut y = head(&mut canvas, &timeline.title, &timeline.remarks, WIDTH - 2.0 * MARGIN);
    let rows: Vec<&Row> = timeline
        .sections
        .iter()
        .flat_map(|s| s.names.iter().chain(s.groups.iter().flat_map(|g| &g.rows)))
        .chain(&timeline.events)
        .collect();
    if rows.is_empty() {
        let lettering = Lettering { size: 13.0, fill: GREY, ..Lettering::default() };
        canvas.text(MARGIN, y + 20.0, &lettering, &[], "Nothing is recorded for these days.");
        return canvas.finish(WIDTH, y + 44.0, &timeline.title, "An empty timeline", "");
    }
    let mut inks: Vec<Ink> = rows.iter().map(|row| row.ink).collect();
    inks.push(Ink::Plain);
    inks.sort_unstable();
    inks.dedup();

    // The ground first, so that lines lie under bars: what stands where is worked out before anything is drawn on it.
    let top = y + 30.0;
    let lanes = lanes(timeline, &columns);
    let plan = plan(timeline, &columns, &lanes, top + 6.0);
    for (band, (from, to)) in plan.bands.iter().enumerate() {
        if band % 2 == 0 {
            canvas.rect(MARGIN - 8.0, *from, WIDTH - 2.0 * MARGIN + 16.0, to - from, &[("fill", "#f6f6f3")]);
        }
    }
    columns.axis.grid(&mut canvas, top, plan.bottom);
    columns.axis.labels(&mut canvas, top - 4.0);
    columns.axis.labels(&mut canvas, plan.bottom + 12.0);
    columns.axis.marks(&mut canvas, &timeline.marks, top, plan.bottom);
    events(&mut canvas, timeline, &columns, &lanes, plan.events, &mut signs);
    let mut groups = plan.groups.iter();
    for (section, heading) in timeline.sections.iter().zip(&plan.headings) {
        if let Some(at) = heading {
            let lettering = Lettering { size: 13.0, weight: Weight::Bold, ..Lettering::default() };
            let name = cut(&section.heading, 13.0, Weight::Bold, columns.axis.left - MARGIN - GAP);
            canvas.text(MARGIN, at + 15.0, &lettering, &[("class", "heading")], &name);
        }
        let named = (!section.names.is_empty()).then_some(("names", true, &section.names));
        let others = section.groups.iter().map(|g| (g.name.as_str(), false, &g.rows));
        for (name, aside, rows) in named.into_iter().chain(others) {
            let Some(at) = groups.next() else { break };
            group(&mut canvas, &columns, name, aside, rows, *at, &mut signs);
        }
    }
    y = plan.bottom + 26.0;
    if timeline.legend {
        y += legend::draw(&mut canvas, &legend::items(&inks, signs), MARGIN, y, WIDTH - 2.0 * MARGIN) + 6.0;
    }
    y = footnotes(&mut canvas, &timeline.sources, y, WIDTH);
    let description = format!(
        "Bars over time, from {} to {}: {} relations and names, {} events.",
        timeline.first,
        timeline.last,
        rows.len() - timeline.events.len(),
        timeline.events.len()
    );
    canvas.finish(WIDTH, y + 14.0, &timeline.title, &description, &bar::definitions(&inks))
}

/// Writes the title and the remarks under it; returns where they end.
pub(super) fn head(canvas: &mut Canvas, title: &str, remarks: &[String], most: f64) -> f64 {
    let mut y = MARGIN;
    for line in fit(title, 18.0, Weight::Bold, most) {
        y += 18.0;
        let lettering = Lettering { size: 18.0, weight: Weight::Bold, ..Lettering::default() };
        canvas.text(MARGIN, y, &lettering, &[("class", "title")], &line);
        y += 5.0;
    }
    for line in remarks.iter().flat_map(|remark| fit(remark, SIZE, Weight::Regular, most)) {
        y += 14.5;
        canvas.text(
            MARGIN,
            y,
            &Lettering { size: SIZE, fill: GREY, ..Lettering::default() },
            &[("class", "remark")],
            &line,
        );
    }
    y + 8.0
}

/// Writes the numbered sources in lines; returns where they end.
pub(super) fn footnotes(canvas: &mut Canvas, sources: &[String], mut y: f64, wide: f64) -> f64 {
    for (number, source) in sources.iter().enumerate() {
        let number = format!("{}", number + 1);
        for (index, line) in fit(source, SMALL + 0.5, Weight::Regular, wide - 2.0 * MARGIN - 18.0).iter().enumerate() {
            y += 14.0;
            let lettering = Lettering { size: SMALL + 0.5, fill: "#444444", ..Lettering::default() };
            if index == 0 {
                canvas.text(MARGIN, y, &lettering, &[("class", "note")], &number);
            }
            canvas.text(MARGIN + 18.0, y, &lettering, &[("class", "note")], line);
        }
    }
    y
}

/// Where everything stands, from top to bottom.
struct Plan {
    events: f64,
    /// A heading's top for each section, where it has one.
    headings: Vec<Option<f64>>,
    /// The top of each group, the names of a section first.
    groups: Vec<f64>,
    /// From where to where each group reaches.
    bands: Vec<(f64, f64)>,
    bottom: f64,
}

fn plan(timeline: &Timeline, columns: &Columns, lanes: &Lanes, top: f64) -> Plan {
    let mut plan = Plan { events: top, headings: Vec::new(), groups: Vec::new(), bands: Vec::new(), bottom: top };
    let mut y = top;
    if lanes.count > 0 {
        y += lanes.count as f64 * ROW + 10.0;
    }
    for section in &timeline.sections {
        let is_headed = timeline.sections.len() > 1 && !(section.names.is_empty() && section.groups.is_empty());
        plan.headings.push(is_headed.then_some(y));
        y += if is_headed { 24.0 } else { 0.0 };
        if !section.names.is_empty() {
            plan.groups.push(y);
            let high = section.names.len() as f64 * ROW + 6.0;
            plan.bands.push((y, y + high));
            y += high;
        }
        for group in &section.groups {
            let lines = wrapped(&group.name, columns.names).len();
            let high = (group.rows.len() as f64 * ROW).max(lines as f64 * 13.0 + 3.0) + 5.0;
            plan.groups.push(y);
            plan.bands.push((y, y + high));
            y += high;
        }
        y += 6.0;
    }
    plan.bottom = y;
    plan
}

/// A counterpart's name in up to three lines.
fn wrapped(name: &str, most: f64) -> Vec<String> {
    let mut lines = wrap(name, SIZE, Weight::Bold, most);
    if lines.len() > 3 {
        let rest = lines.split_off(2).join(" ");
        lines.push(rest);
    }
    lines.iter().map(|line| cut(line, SIZE, Weight::Bold, most)).collect()
}

fn group(canvas: &mut Canvas, columns: &Columns, name: &str, aside: bool, rows: &[Row], top: f64, signs: &mut Signs) {
    canvas.open("g", &[("class", "group")]);
    let weight = if aside { Weight::Regular } else { Weight::Bold };
    let fill = if aside { GREY } else { "#222222" };
    let lettering = Lettering { size: SIZE, weight, fill, ..Lettering::default() };
    for (index, line) in wrapped(name, columns.names).iter().enumerate() {
        canvas.text(MARGIN, top + 14.0 + index as f64 * 13.0, &lettering, &[("class", "counterpart")], line);
    }
    for (index, row) in rows.iter().enumerate() {
        let y = top + 2.5 + (index as f64 + 0.5) * ROW;
        canvas.open("g", &[("data-record", &row.id), ("class", "row")]);
        canvas.tip(&row.tip);
        let label = cut(&row.label, SIZE, Weight::Regular, columns.labels.max(1.0));
        let x = MARGIN + columns.names + GAP;
        canvas.text(x, y + 4.0, &Lettering { size: SIZE, ..Lettering::default() }, &[("class", "label")], &label);
        bar::draw(canvas, &columns.axis, y, columns.look(row), &row.stretch, signs);
        let lettering = Lettering { size: SMALL, fill: GREY, ..Lettering::default() };
        let most = columns.right - columns.dates - width(&numbers(&row.sources), SMALL, Weight::Regular);
        let dates = cut(&row.dates, SMALL, Weight::Regular, most.max(1.0));
        canvas.text(columns.dates, y + 3.5, &lettering, &[("class", "dates")], &dates);
        if !row.sources.is_empty() {
            let lettering = Lettering { anchor: "end", ..lettering };
            let cited = cut(&numbers(&row.sources), SMALL, Weight::Regular, 60.0);
            canvas.text(columns.right, y + 3.5, &lettering, &[("class", "cited")], &cited);
        }
        canvas.close();
    }
    canvas.close();
}

/// In which lane each event stands, and where its words do.
struct Lanes {
    count: usize,
    /// A lane, where the words begin, and the words; in the order of the events. None for those off the axis.
    places: Vec<Option<(usize, f64, String)>>,
}

/// How an event is called in the drawing.
fn words(row: &Row) -> String {
    let cited = numbers(&row.sources);
    let most = WIDTH * 0.5;
    let mut words = cut(&row.label, SMALL + 0.5, Weight::Regular, most);
    if !cited.is_empty() {
        words.push_str(&format!("  [{cited}]"));
    }
    words
}

/// Puts events into the first lane with room for the mark and its words, to the right of it, else to the left.
fn lanes(timeline: &Timeline, columns: &Columns) -> Lanes {
    let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut places = Vec::new();
    for row in &timeline.events {
        let (mut unseen, mut signs) = (Canvas::default(), Signs::default());
        let drawn = bar::draw(&mut unseen, &columns.axis, 0.0, columns.look(row), &row.stretch, &mut signs);
        let Some(bar::Drawn { from, to, mark }) = drawn else {
            places.push(None);
            continue;
        };
        let words = words(row);
        let length = width(&words, SMALL + 0.5, Weight::Regular);
        let on_the_right = (from - 2.0, to + 6.0 + length, to + 6.0);
        let on_the_left = (from - 6.0 - length, to + 2.0, from - 6.0 - length);
        // What is as long as the axis leaves no room beside it: its words stand on it, beside its mark.
        let mark = mark.unwrap_or(to);
        let beside = if mark + 12.0 + length <= columns.right { mark + 12.0 } else { mark - 12.0 - length };
        let over = (from - 2.0, to + 2.0, beside.max(MARGIN));
        // Beside the events the columns of words are empty, but for their heading.
        let fits = |span: &(f64, f64, f64)| span.0 >= MARGIN + EVENTS && span.1 <= columns.right;
        let mut ways: Vec<(f64, f64, f64)> = [on_the_right, on_the_left].into_iter().filter(fits).collect();
        if ways.is_empty() {
            ways.push((over.0.min(over.2), over.1.max(over.2 + length), over.2));
        }
        let free = |lane: &[(f64, f64)], way: &(f64, f64, f64)| {
            lane.iter().all(|(a, b)| way.1 + 10.0 <= *a || way.0 >= *b + 10.0)
        };
        let place = taken
            .iter()
            .enumerate()
            .find_map(|(lane, spans)| ways.iter().find(|way| free(spans, way)).map(|way| (lane, *way)))
            .unwrap_or((taken.len(), ways[0]));
        if place.0 == taken.len() {
            taken.push(Vec::new());
        }
        taken[place.0].push((place.1.0, place.1.1));
        places.push(Some((place.0, place.1.2, words)));
    }
    Lanes { count: taken.len(), places }
}

fn events(canvas: &mut Canvas, timeline: &Timeline, columns: &Columns, lanes: &Lanes, top: f64, signs: &mut Signs) {
    if lanes.count == 0 {
        return;
    }
    let lettering = Lettering { size: SIZE, fill: GREY, ..Lettering::default() };
    canvas.open("g", &[("class", "events")]);
    canvas.text(MARGIN, top + 13.0, &lettering, &[("class", "counterpart")], "events");
    for (row, place) in timeline.events.iter().zip(&lanes.places) {
        let Some((lane, x, words)) = place else { continue };
        let y = top + (*lane as f64 + 0.5) * ROW;
        canvas.open("g", &[("data-record", &row.id), ("class", "event")]);
        canvas.tip(&row.tip);
        bar::draw(canvas, &columns.axis, y, columns.look(row), &row.stretch, signs);
        let lettering = Lettering { size: SMALL + 0.5, ..Lettering::default() };
        let length = width(words, lettering.size, Weight::Regular);
        canvas.rect(x - 2.0, y - 6.5, length + 4.0, 13.0, &[("fill", "#ffffff"), ("fill-opacity", "0.9")]);
        canvas.text(*x, y + 3.6, &lettering, &[("class", "event")], words);
        canvas.close();
    }
    canvas.close();
}
