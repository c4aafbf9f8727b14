//! A lineage as a drawing: a lane a life along the axis of time, and between the lanes who became, joined, left or broke with whom.
//!
//! The words of a passage stand between two lanes, in as many rows as they need, so that they cover neither bars nor one another. The order of
//! the lanes is searched for short passages that cross few lives.

use super::axis::{Axis, GREY};
use super::bar::{self, Ink, Signs};
use super::legend::{self, Item, Sign, arrow};
use super::timeline::{footnotes, head};
use super::{Canvas, Lettering, num};
use crate::export::font::{Weight, cut, width};
use crate::graph::{Footing, Stretch};
use crate::model::Category;
use crate::time::Day;

/// What a drawing of a lineage shows.
#[derive(Clone, Debug)]
pub struct Lineage {
    /// Whose it is.
    pub title: String,
    /// What it is limited to and what was assumed, a line each.
    pub remarks: Vec<String>,
    /// The first day of the axis.
    pub first: Day,
    /// The last day of the axis.
    pub last: Day,
    /// Days to be marked across the drawing, with a word.
    pub marks: Vec<(Day, String)>,
    /// The actors, the one asked about first.
    pub lives: Vec<Life>,
    /// The passages between them.
    pub passages: Vec<Passage>,
    /// Whether a legend explains colours and signs.
    pub legend: bool,
    /// The sources, in the order of the numbers that passages refer to them by from 1; empty when they are not wanted.
    pub sources: Vec<String>,
}

/// One actor.
#[derive(Clone, Debug)]
pub struct Life {
    /// The actor's readable id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its names over time with the day each began, where it had several; the first may have begun before the axis.
    pub names: Vec<(Day, String)>,
    /// When it existed; `None` when that is not recorded.
    pub stretch: Option<Stretch>,
    /// Whether it is the one asked about.
    pub is_focus: bool,
    /// What is told when the pointer rests on it.
    pub tip: String,
}

/// One passage between two actors.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The relation's readable id.
    pub id: String,
    /// Which life it leads from, by its place in the list.
    pub from: usize,
    /// Which life it leads to.
    pub to: usize,
    /// How it reads in this direction.
    pub label: String,
    /// When, as written.
    pub dates: String,
    /// Whether one became the other or went into it, rather than leaving it.
    pub becomes: bool,
    /// When it happened.
    pub stretch: Stretch,
    /// What is told when the pointer rests on it.
    pub tip: String,
    /// The numbers of its sources, when these are listed.
    pub sources: Vec<usize>,
}

const WIDTH: f64 = 1180.0;
const MARGIN: f64 = 24.0;
/// How high the bar of a life is, and a row of words between two of them.
const BAR: f64 = 24.0;
const ROW: f64 = 18.0;
/// The least between two bars.
const GAP: f64 = 12.0;
const SIZE: f64 = 12.0;
const SMALL: f64 = 10.5;
const COLOR: Ink = Ink::Of(Category::Lineage);
/// How far apart passages stand that would cover one another.
const APART: f64 = 7.0;

/// Draws a lineage as SVG. The same lineage gives the same text.
#[must_use]
pub fn lineage(lineage: &Lineage) -> String {
    let mut canvas = Canvas::default();
    let mut signs = Signs::default();
    let axis = Axis::new(lineage.first, lineage.last, MARGIN + 8.0, WIDTH - 2.0 * MARGIN - 16.0);
    let y = head(&mut canvas, &lineage.title, &lineage.remarks, WIDTH - 2.0 * MARGIN);
    let plan = Plan::of(lineage, &axis, y + 42.0);
    let top = y + 30.0;
    axis.grid(&mut canvas, top, plan.bottom);
    axis.labels(&mut canvas, top - 4.0);
    axis.labels(&mut canvas, plan.bottom + 12.0);
    axis.marks(&mut canvas, &lineage.marks, top, plan.bottom);
    for (passage, place) in lineage.passages.iter().zip(&plan.places) {
        wire(&mut canvas, passage, place, &plan, &mut signs);
    }
    for (life, lane) in lineage.lives.iter().zip(&plan.lanes) {
        bar_of(&mut canvas, &axis, life, *lane, &mut signs);
    }
    for (passage, place) in lineage.passages.iter().zip(&plan.places) {
        canvas.open("g", &[("class", "passage"), ("data-record", &passage.id)]);
        canvas.tip(&passage.tip);
        ends(&mut canvas, passage, place, &plan);
        bar::draw(&mut canvas, &axis, place.row, at(place.x), &passage.stretch, &mut signs);
        let (words, lettering) = (words(passage), Lettering { size: SMALL, fill: "#3b2260", ..Lettering::default() });
        let length = width(&words, SMALL, Weight::Regular);
        canvas.rect(
            place.words - 3.0,
            place.row - 7.5,
            length + 6.0,
            15.0,
            &[("fill", "#ffffff"), ("fill-opacity", "0.94")],
        );
        canvas.text(place.words, place.row + 3.8, &lettering, &[("class", "words")], &words);
        canvas.close();
    }
    let mut y = plan.bottom + 26.0;
    if lineage.legend {
        y += legend::draw(&mut canvas, &items(lineage, signs), MARGIN, y, WIDTH - 2.0 * MARGIN) + 6.0;
    }
    y = footnotes(&mut canvas, &lineage.sources, y, WIDTH);
    let definitions = bar::definitions(&[Ink::Life, Ink::Focus, Ink::Plain, COLOR]);
    canvas.finish(WIDTH, y + 14.0, &lineage.title, &described(lineage), &definitions)
}

/// What the drawing shows, for those who cannot see it.
fn described(lineage: &Lineage) -> String {
    let lives = match lineage.lives.len() {
        1 => "The life of 1 actor".to_owned(),
        count => format!("Lives of {count} actors"),
    };
    let passages = match lineage.passages.len() {
        0 => "Nothing is recorded of what it came from or became.".to_owned(),
        1 => "1 passage between them.".to_owned(),
        count => format!("{count} passages between them."),
    };
    format!("{lives} over time, from {} to {}. {passages}", lineage.first, lineage.last)
}

fn items(lineage: &Lineage, signs: Signs) -> Vec<Item> {
    let mut items = Vec::new();
    for (there, sign, words) in [
        (lineage.passages.iter().any(|p| p.becomes), Sign::Becomes, "becomes, or goes into"),
        (lineage.passages.iter().any(|p| !p.becomes), Sign::Breaks, "breaks, splits, changes sides"),
        (lineage.lives.iter().any(|l| l.stretch.is_none()), Sign::NoLife, "life not recorded"),
    ] {
        if there {
            items.push(Item::Sign(sign, words));
        }
    }
    items.extend(legend::items(&[], signs));
    items
}

/// The look of the dates of a passage, whose mark stands where it runs.
const fn at(x: f64) -> bar::Look {
    bar::Look { height: 8.0, ink: COLOR, mark: Some(x), latest: x }
}

/// How a passage is called in the drawing.
fn words(passage: &Passage) -> String {
    let cited = passage.sources.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    let cited = if cited.is_empty() { String::new() } else { format!("  [{cited}]") };
    format!("{}, {}{cited}", cut(&passage.label, SMALL, Weight::Regular, 320.0), passage.dates)
}

/// Where everything stands.
struct Plan {
    /// The middle of each life's bar.
    lanes: Vec<f64>,
    /// Where each passage stands.
    places: Vec<Place>,
    bottom: f64,
}

/// Where one passage stands.
struct Place {
    /// Where it runs from lane to lane.
    x: f64,
    /// The middle of the row with its date and words.
    row: f64,
    /// Where its words begin.
    words: f64,
}

impl Plan {
    fn of(lineage: &Lineage, axis: &Axis, top: f64) -> Self {
        let order = order(lineage, axis);
        let mut lane_of = vec![0; order.len()];
        for (lane, life) in order.iter().enumerate() {
            lane_of[*life] = lane;
        }
        let xs = apart(lineage, axis, &lane_of);
        // Below which lane the words of each passage stand: beside the one it leads to.
        let gaps: Vec<usize> = lineage
            .passages
            .iter()
            .map(|p| if lane_of[p.from] < lane_of[p.to] { lane_of[p.to] - 1 } else { lane_of[p.to] })
            .collect();
        let mut rows: Vec<Vec<Vec<(f64, f64)>>> = vec![Vec::new(); order.len()];
        let mut chosen = vec![(0, 0.0); lineage.passages.len()];
        let mut turn: Vec<usize> = (0..lineage.passages.len()).collect();
        turn.sort_by(|a, b| xs[*a].total_cmp(&xs[*b]).then(a.cmp(b)));
        for index in turn {
            let passage = &lineage.passages[index];
            let crossing: Vec<f64> = (0..xs.len())
                .filter(|other| *other != index && crosses(&lineage.passages[*other], &lane_of, gaps[index]))
                .map(|other| xs[other])
                .collect();
            chosen[index] = seat(axis, passage, xs[index], &crossing, &mut rows[gaps[index]]);
        }
        let mut lanes = vec![0.0; order.len()];
        let mut tops = Vec::new();
        let mut y = top;
        for (lane, life) in order.iter().enumerate() {
            lanes[*life] = y + BAR / 2.0;
            y += BAR;
            tops.push(y + GAP / 2.0 + 2.0);
            y += GAP + rows[lane].len() as f64 * ROW + if rows[lane].is_empty() { 0.0 } else { 8.0 };
        }
        let places = chosen
            .iter()
            .enumerate()
            .map(|(index, (row, words))| Place {
                x: xs[index],
                row: tops[gaps[index]] + (*row as f64 + 0.5) * ROW + 2.0,
                words: *words,
            })
            .collect();
        Self { lanes, places, bottom: y }
    }
}

/// Whether a passage runs through the gap below a lane.
fn crosses(passage: &Passage, lane_of: &[usize], gap: usize) -> bool {
    let (a, b) = (lane_of[passage.from], lane_of[passage.to]);
    a.min(b) <= gap && gap < a.max(b)
}

/// The row and place for the words of a passage: the first row with room for its dates and words, right of them or left, and rather where no
/// other passage runs through the words.
fn seat(axis: &Axis, passage: &Passage, x: f64, crossing: &[f64], rows: &mut Vec<Vec<(f64, f64)>>) -> (usize, f64) {
    let (mut unseen, mut signs) = (Canvas::default(), Signs::default());
    let drawn = bar::draw(&mut unseen, axis, 0.0, at(x), &passage.stretch, &mut signs);
    let (from, to) = drawn.map_or((x, x), |d| (d.from.min(x), d.to.max(x)));
    let length = width(&words(passage), SMALL, Weight::Regular);
    let mark = drawn.and_then(|d| d.mark).unwrap_or(x);
    let right = (from - 4.0, to + 8.0 + length, to + 8.0);
    let left = (from - 8.0 - length, to + 4.0, from - 8.0 - length);
    let over_right = (from - 4.0, (mark + 10.0 + length).max(to + 4.0), mark + 10.0);
    let over_left = ((mark - 10.0 - length).min(from - 4.0), to + 4.0, mark - 10.0 - length);
    let fits = |way: &(f64, f64, f64)| way.2 >= MARGIN && way.2 + length <= WIDTH - MARGIN;
    let mut ways: Vec<(f64, f64, f64)> = [right, left, over_right, over_left].into_iter().filter(fits).collect();
    if ways.is_empty() {
        let words = (WIDTH - MARGIN - length).max(MARGIN);
        ways.push((from.min(words), to.max(words + length), words));
    }
    let clear = |way: &(f64, f64, f64)| crossing.iter().all(|x| *x < way.2 - 3.0 || *x > way.2 + length + 3.0);
    let beside = ways.len().min(2);
    // Sides that nothing runs through go first; the order is else as it was.
    ways[..beside].sort_by_key(|way| !clear(way));
    let free =
        |row: &[(f64, f64)], way: &(f64, f64, f64)| row.iter().all(|(a, b)| way.1 + 8.0 <= *a || way.0 >= b + 8.0);
    let best = ways[0];
    let found = rows.iter().enumerate().find_map(|(n, row)| {
        ways.iter().filter(|way| clear(way) || !clear(&best)).find(|way| free(row, way)).map(|way| (n, *way))
    });
    let (row, way) = found.unwrap_or((rows.len(), best));
    if row == rows.len() {
        rows.push(Vec::new());
    }
    rows[row].push((way.0, way.1));
    (row, way.2)
}

/// Where a passage stands by its dates: in the middle of them, or at the one bound they have.
fn x_of(axis: &Axis, stretch: &Stretch) -> f64 {
    let (first, last) = (stretch.dates.start.earliest, stretch.dates.end.latest);
    match (first.is_bounded(), last.is_bounded()) {
        (true, true) => f64::midpoint(axis.x(first), axis.x_after(last)),
        (true, false) => axis.x(first),
        (false, true) => axis.x_after(last),
        (false, false) => axis.left + axis.width / 2.0,
    }
}

/// Where each passage runs: by its dates, moved aside where it would cover another that it does not share an end with.
fn apart(lineage: &Lineage, axis: &Axis, lane_of: &[usize]) -> Vec<f64> {
    let mut xs: Vec<f64> = Vec::new();
    let span = |p: &Passage| (lane_of[p.from].min(lane_of[p.to]), lane_of[p.from].max(lane_of[p.to]));
    for (index, passage) in lineage.passages.iter().enumerate() {
        let (top, bottom) = span(passage);
        let wanted = x_of(axis, &passage.stretch);
        let taken: Vec<f64> = (0..index)
            .filter(|other| {
                let one = &lineage.passages[*other];
                let (a, b) = span(one);
                a < bottom && top < b
            })
            .map(|other| xs[other])
            .collect();
        let step = (0..64).map(|n| if n % 2 == 0 { f64::from(n / 2) } else { -f64::from(n / 2 + 1) });
        let free = step.map(|n| wanted + n * APART).find(|x| {
            *x >= axis.left && *x <= axis.right() && taken.iter().all(|other| (other - x).abs() > APART - 0.5)
        });
        xs.push(free.unwrap_or(wanted));
    }
    xs
}

/// The order of the lanes, by place in the list of lives.
///
/// Starts from the order given with earlier lives above, and moves single lanes while that makes passages shorter, lets them cross fewer lives,
/// or brings who comes later below: a search for a local best, bounded in its rounds.
fn order(lineage: &Lineage, axis: &Axis) -> Vec<usize> {
    let count = lineage.lives.len();
    let mut order: Vec<usize> = (0..count).collect();
    let lives: Vec<Option<(f64, f64)>> = lineage
        .lives
        .iter()
        .map(|life| {
            let dates = life.stretch?.dates;
            Some((axis.x(dates.start.earliest), axis.x_after(dates.end.latest)))
        })
        .collect();
    let passages: Vec<(usize, usize, f64, bool)> =
        lineage.passages.iter().map(|p| (p.from, p.to, x_of(axis, &p.stretch), p.becomes)).collect();
    let cost = |order: &[usize]| -> usize {
        let mut lane_of = vec![0; count];
        for (lane, life) in order.iter().enumerate() {
            lane_of[*life] = lane;
        }
        let mut cost = 0;
        for (from, to, x, becomes) in &passages {
            let (a, b) = (lane_of[*from], lane_of[*to]);
            let (top, bottom) = (a.min(b), a.max(b));
            cost += if *becomes { 8 } else { 4 } * (bottom - top);
            let crossed = order[top + 1..bottom.max(top + 1)].iter();
            let crossed = crossed.filter(|life| lives[**life].is_none_or(|(from, to)| from < *x && *x < to)).count();
            cost += if *becomes { 18 } else { 12 } * crossed;
            // What becomes another stands above it.
            cost += if *becomes && a > b { 3 } else { 0 };
        }
        cost
    };
    let mut best = cost(&order);
    let rounds = 4_000 / (count * count * (passages.len() + 1) / 8 + 1).max(40) + 1;
    for _ in 0..rounds.min(40) {
        let before = best;
        for life in 0..count {
            let Some(at) = order.iter().position(|l| *l == life) else { continue };
            let mut kept: Option<Vec<usize>> = None;
            for to in 0..count {
                let mut tried = order.clone();
                let moved = tried.remove(at);
                tried.insert(to, moved);
                let now = cost(&tried);
                if now < best {
                    (best, kept) = (now, Some(tried));
                }
            }
            if let Some(better) = kept {
                order = better;
            }
        }
        if best == before {
            break;
        }
    }
    order
}

/// From where to where a passage runs, edge to edge.
fn edges(passage: &Passage, plan: &Plan) -> (f64, f64) {
    let (from, to) = (plan.lanes[passage.from], plan.lanes[passage.to]);
    let half = if from < to { BAR / 2.0 } else { -BAR / 2.0 };
    (from + half, to - half)
}

/// The line of a passage, behind the bars.
fn wire(canvas: &mut Canvas, passage: &Passage, place: &Place, plan: &Plan, signs: &mut Signs) {
    let (from, to) = edges(passage, plan);
    let back = if from < to { 7.0 } else { -7.0 };
    let mut look = vec![("stroke", COLOR.color()), ("stroke-width", "1.8"), ("class", "wire")];
    match passage.stretch.footing {
        Footing::Held if passage.stretch.extent == passage.stretch.dates => {}
        Footing::Held => {
            signs.dashed = true;
            look.push(("stroke-dasharray", "6 4"));
        }
        Footing::Contested => {
            signs.contested = true;
            look.extend([("stroke-dasharray", "0.1 4"), ("stroke-linecap", "round")]);
        }
        Footing::Denied => {
            signs.denied = true;
            look.extend([("stroke-dasharray", "3 2"), ("stroke-opacity", "0.5")]);
        }
    }
    canvas.line((place.x, from), (place.x, to - back), &look);
}

/// The dot and the arrow head of a passage, before the bars.
fn ends(canvas: &mut Canvas, passage: &Passage, place: &Place, plan: &Plan) {
    let (from, to) = edges(passage, plan);
    let (x, y) = (num(place.x), num(from));
    canvas.leaf("circle", &[("cx", &x), ("cy", &y), ("r", "2.8"), ("fill", COLOR.color())]);
    let down = if from < to { 1.0 } else { -1.0 };
    arrow(canvas, (place.x, to), (0.0, down), COLOR.color(), passage.becomes);
}

/// The bar of a life with its name, or its names.
fn bar_of(canvas: &mut Canvas, axis: &Axis, life: &Life, y: f64, signs: &mut Signs) {
    canvas.open("g", &[("class", "life"), ("data-record", &life.id)]);
    canvas.tip(&life.tip);
    let (mut from, mut to) = (axis.left, axis.right());
    if let Some(stretch) = &life.stretch {
        let ink = if life.is_focus { Ink::Focus } else { Ink::Life };
        let look = bar::Look { height: BAR, ink, mark: None, latest: f64::INFINITY };
        // White under the hatching hides the passages that run behind.
        if let Some(drawn) = bar::draw(&mut Canvas::default(), axis, y, look, stretch, &mut Signs::default()) {
            (from, to) = (drawn.from, drawn.to);
            canvas.rect(from, y - BAR / 2.0, to - from, BAR, &[("fill", "#ffffff"), ("fill-opacity", "0.85")]);
            bar::draw(canvas, axis, y, look, stretch, signs);
        }
    } else {
        let stroke = if life.is_focus { "#9a7cc4" } else { "#b9b9b5" };
        let fill = if life.is_focus { "#f4effa" } else { "#f7f7f5" };
        let thin = [("fill", fill), ("stroke", stroke), ("stroke-width", "0.8"), ("stroke-dasharray", "2 3")];
        canvas.rect(from, y - BAR / 2.0, to - from, BAR, &thin);
    }
    let weight = if life.is_focus { Weight::Bold } else { Weight::Regular };
    let lettering = Lettering { size: SIZE, weight, ..Lettering::default() };
    let halo = [
        ("class", "name"),
        ("stroke", "#ffffff"),
        ("stroke-width", "3"),
        ("paint-order", "stroke"),
        ("stroke-opacity", "0.8"),
    ];
    if life.names.len() > 1 {
        for (index, (day, name)) in life.names.iter().enumerate() {
            let x = axis.x(*day).max(from);
            let next = life.names.get(index + 1).map_or(to, |(day, _)| axis.x(*day));
            let shown = cut(name, SIZE, weight, next - x - 10.0);
            if index > 0 {
                canvas.line((x, y - BAR / 2.0), (x, y + BAR / 2.0), &[("stroke", GREY), ("stroke-width", "1.2")]);
            }
            if shown != "…" {
                canvas.text(x + 6.0, y + 4.2, &lettering, &halo, &shown);
            }
        }
    } else {
        let length = width(&life.name, SIZE, weight);
        let x = if length + 12.0 <= to - from || to + 6.0 + length <= WIDTH - MARGIN && to - from < 24.0 {
            if length + 12.0 <= to - from { from + 8.0 } else { to + 8.0 }
        } else if to + 8.0 + length <= WIDTH - MARGIN {
            to + 8.0
        } else {
            (from - 8.0 - length).max(MARGIN)
        };
        let shown = cut(&life.name, SIZE, weight, WIDTH - MARGIN - x);
        canvas.text(x, y + 4.2, &lettering, &halo, &shown);
    }
    canvas.close();
}
