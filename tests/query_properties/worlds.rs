//! Uncertain dates held against exact worlds: first and last days picked at random inside what the dates leave open.
//!
//! What is certain is so in every world, what is no is so in none, and a row of a world is possible. What a date leaves open is written down here by
//! hand, and what holds in a world is decided by comparing days.

use super::drawing::{Drawing, property};
use super::random::Random;
use allegiance::query::property_graph::PropertyGraph;
use allegiance::query::value::{Map, Value};
use allegiance::query::{Limits, Options, Prepared};
use allegiance::time::Day;

const GRAPHS: u64 = 60;
const WORLDS: usize = 25;

/// First and last day, as numbers.
pub(crate) type Days = (i32, i32);

/// A day before all others here, and one after them.
const PAST: i32 = -100_000;
const FUTURE: i32 = 100_000;

pub(crate) fn day(year: i32, month: u32, day: u32) -> i32 {
    Day::from_ymd(year, month, day).expect("a day of the calendar").number()
}

fn year(year: i32) -> Days {
    (day(year, 1, 1), day(year, 12, 31))
}

/// The bounds of the first day and of the last that a written date leaves open.
fn open(text: &str) -> (Days, Days) {
    let years = |first: i32, last: i32| (day(first, 1, 1), day(last, 12, 31));
    let on = |day: i32| (day, day);
    match text {
        "2016/2018" => (year(2016), year(2018)),
        "2016~" => (years(2015, 2017), years(2015, 2017)),
        "[2016,2018]" => (years(2016, 2018), years(2016, 2018)),
        "../2017" | "/2017" => ((PAST, year(2017).1), year(2017)),
        "2016/.." | "2016/" => (year(2016), (year(2016).0, FUTURE)),
        "2015-03-01/2017-06-30" => (on(day(2015, 3, 1)), on(day(2017, 6, 30))),
        "2017-02-01" => (on(day(2017, 2, 1)), on(day(2017, 2, 1))),
        "2015/2016" => (year(2015), year(2016)),
        "2018/.." => (year(2018), (year(2018).0, FUTURE)),
        "2016-05/2016-08" => ((day(2016, 5, 1), day(2016, 5, 31)), (day(2016, 8, 1), day(2016, 8, 31))),
        "2014/2019" => (year(2014), year(2019)),
        "2017~/2018" => (years(2016, 2018), year(2018)),
        "2016-12-31/2017-01-01" => (on(day(2016, 12, 31)), on(day(2017, 1, 1))),
        "2018-03" => ((day(2018, 3, 1), day(2018, 3, 31)), (day(2018, 3, 1), day(2018, 3, 31))),
        "2015?/2017?" => (years(2014, 2016), years(2016, 2018)),
        "2016-06-15/2018~" => (on(day(2016, 6, 15)), years(2017, 2019)),
        "2017/2017" => (year(2017), year(2017)),
        other => panic!("{other} is not in the table"),
    }
}

/// The days that a question's date stands for: the first and the last.
pub(crate) const ASKED: [&str; 8] =
    ["2016", "2017-03", "2016-06-01", "2015/2017", "2016-12-31", "2014/2014", "2018-02-01/2018-03-15", "2017-01-01"];

pub(crate) fn asked(text: &str) -> Days {
    match text {
        "2016" => year(2016),
        "2017-03" => (day(2017, 3, 1), day(2017, 3, 31)),
        "2016-06-01" => (day(2016, 6, 1), day(2016, 6, 1)),
        "2015/2017" => (day(2015, 1, 1), day(2017, 12, 31)),
        "2016-12-31" => (day(2016, 12, 31), day(2016, 12, 31)),
        "2014/2014" => year(2014),
        "2018-02-01/2018-03-15" => (day(2018, 2, 1), day(2018, 3, 15)),
        "2017-01-01" => (day(2017, 1, 1), day(2017, 1, 1)),
        other => panic!("{other} is not in the table"),
    }
}

pub(crate) fn written(properties: &[(&'static str, Value)]) -> Option<(Days, Days)> {
    match property(properties, "valid") {
        Value::String(text) => Some(open(&text)),
        _ => None,
    }
}

/// Exact days of every node and relation.
#[derive(Clone, Debug)]
struct World {
    lives: Vec<Days>,
    edges: Vec<Days>,
}

/// The bounds of a relation's days: its own, within the outermost days of both ends.
pub(crate) fn bounds(drawing: &Drawing, edge: usize) -> Option<(Days, Days)> {
    let drawn = &drawing.edges[edge];
    let mut bounds = written(&drawn.properties).unwrap_or(((PAST, PAST), (FUTURE, FUTURE)));
    for end in [drawn.from, drawn.to] {
        if let Some((start, last)) = written(&drawing.nodes[end].properties) {
            bounds.0 = (bounds.0.0.max(start.0), bounds.0.1.max(start.0));
            bounds.1 = (bounds.1.0.min(last.1), bounds.1.1.min(last.1));
        }
    }
    (bounds.0.0 <= bounds.1.1 && bounds.0.0.max(bounds.1.0) <= bounds.1.1).then_some(bounds)
}

/// A first and a last day within bounds, the first not after the last; often the outermost ones, and such as are asked about.
fn pick(random: &mut Random, (start, end): (Days, Days)) -> Days {
    let any = |random: &mut Random, (first, last): Days| -> i32 {
        if random.chance(30) {
            return first;
        }
        if random.chance(30) {
            return last;
        }
        let (a, b) = asked(random.of(&ASKED));
        let near = random.of(&[a, b]) + random.between(-1, 1);
        if random.chance(50) && (first..=last).contains(&near) { near } else { random.between(first, last) }
    };
    let first = any(random, (start.0, start.1.min(end.1)));
    (first, any(random, (end.0.max(first), end.1)))
}

impl World {
    /// A world in which every relation lies within the lives of its ends.
    fn random(random: &mut Random, drawing: &Drawing) -> Self {
        let edges: Vec<Days> = (0..drawing.edges.len())
            .map(|edge| pick(random, bounds(drawing, edge).expect("others were taken out")))
            .collect();
        let life = |random: &mut Random, node: usize| {
            let Some((start, end)) = written(&drawing.nodes[node].properties) else { return (PAST, FUTURE) };
            let mut bounds = (start, end);
            for (edge, days) in drawing.edges.iter().zip(&edges) {
                if edge.from == node || edge.to == node {
                    bounds.0.1 = bounds.0.1.min(days.0);
                    bounds.1.0 = bounds.1.0.max(days.1);
                }
            }
            pick(random, bounds)
        };
        Self { lives: (0..drawing.nodes.len()).map(|node| life(random, node)).collect(), edges }
    }

    /// The graph with these days in place of what was written.
    fn drawing(&self, drawing: &Drawing) -> Drawing {
        let mut exact = drawing.clone();
        let date = |properties: &mut Vec<(&'static str, Value)>, (first, last): Days| {
            properties.retain(|(name, _)| *name != "valid");
            let text = format!("{}/{}", Day::new(first), Day::new(last));
            properties.push(("valid", Value::text(&text)));
        };
        for (node, life) in exact.nodes.iter_mut().zip(&self.lives) {
            if *life != (PAST, FUTURE) {
                date(&mut node.properties, *life);
            }
        }
        for (edge, days) in exact.edges.iter_mut().zip(&self.edges) {
            if *days != (PAST, FUTURE) {
                date(&mut edge.properties, *days);
            }
        }
        exact
    }
}

/// A random graph of which every relation can have been.
fn drawn(random: &mut Random) -> Drawing {
    let mut drawing = Drawing::random(random, 4, 6);
    let is_there: Vec<bool> = (0..drawing.edges.len()).map(|edge| bounds(&drawing, edge).is_some()).collect();
    let mut kept = is_there.into_iter();
    drawing.edges.retain(|_| kept.next() == Some(true));
    drawing
}

fn run(text: &str, graph: &mut PropertyGraph) -> Vec<Vec<Value>> {
    let prepared = Prepared::new(text, graph, &Options::default()).unwrap_or_else(|error| panic!("{text}: {error}"));
    let rows = prepared.run(&*graph, &Map::new(), Limits::default()).expect("there are no parameters");
    rows.collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// What is asked of two intervals, and whether it is so when their days are known.
#[derive(Clone, Debug)]
enum Question {
    At(&'static str),
    Throughout(&'static str),
    Within(&'static str),
    Coexist,
    Allen(&'static str),
    AllenWith(&'static str, &'static str),
    Not(Box<Question>),
    And(Box<Question>, Box<Question>),
    Or(Box<Question>, Box<Question>),
    Xor(Box<Question>, Box<Question>),
}

const RELATIONS: [&str; 13] = [
    "before",
    "after",
    "meets",
    "metBy",
    "overlaps",
    "overlappedBy",
    "during",
    "includes",
    "begins",
    "begunBy",
    "finishes",
    "finishedBy",
    "equals",
];

/// Allen's relations of intervals whose ends are whole days.
fn allen(name: &str, (a, b): Days, (c, d): Days) -> bool {
    match name {
        "before" => b + 1 < c,
        "after" => d + 1 < a,
        "meets" => b + 1 == c,
        "metBy" => d + 1 == a,
        "overlaps" => a < c && c <= b && b < d,
        "overlappedBy" => c < a && a <= d && d < b,
        "during" => c < a && b < d,
        "includes" => a < c && d < b,
        "begins" => a == c && b < d,
        "begunBy" => a == c && b > d,
        "finishes" => b == d && a > c,
        "finishedBy" => b == d && a < c,
        _ => a == c && b == d,
    }
}

impl Question {
    fn atom(random: &mut Random) -> Self {
        match random.below(8) {
            0 | 1 => Self::At(random.of(&ASKED)),
            2 => Self::Throughout(random.of(&ASKED)),
            3 => Self::Within(random.of(&ASKED)),
            4 => Self::Coexist,
            5 => Self::AllenWith(random.of(&RELATIONS), random.of(&ASKED)),
            _ => Self::Allen(random.of(&RELATIONS)),
        }
    }

    fn random(random: &mut Random, depth: usize) -> Self {
        if depth == 0 {
            return Self::atom(random);
        }
        let mut inner = || Box::new(Self::random(random, depth - 1));
        let (a, b) = (inner(), inner());
        match random.below(4) {
            0 => Self::Not(a),
            1 => Self::And(a, b),
            2 => Self::Or(a, b),
            _ => Self::Xor(a, b),
        }
    }

    fn text(&self, r: &str, s: &str) -> String {
        let both = |a: &Self, word: &str, b: &Self| format!("({} {word} {})", a.text(r, s), b.text(r, s));
        match self {
            Self::At(date) => format!("validAt({r}, '{date}')"),
            Self::Throughout(date) => format!("validThroughout({r}, '{date}')"),
            Self::Within(date) => format!("validWithin({r}, '{date}')"),
            Self::Coexist => format!("coexist({r}, {s})"),
            Self::Allen(name) => format!("{name}({r}, {s})"),
            Self::AllenWith(name, date) => format!("{name}({r}, '{date}')"),
            Self::Not(a) => format!("(NOT {})", a.text(r, s)),
            Self::And(a, b) => both(a, "AND", b),
            Self::Or(a, b) => both(a, "OR", b),
            Self::Xor(a, b) => both(a, "XOR", b),
        }
    }

    fn is_so(&self, r: Days, s: Days) -> bool {
        match self {
            Self::At(date) => r.0 <= asked(date).1 && asked(date).0 <= r.1,
            Self::Throughout(date) => r.0 <= asked(date).0 && asked(date).1 <= r.1,
            Self::Within(date) => asked(date).0 <= r.0 && r.1 <= asked(date).1,
            Self::Coexist => r.0 <= s.1 && s.0 <= r.1,
            Self::Allen(name) => allen(name, r, s),
            Self::AllenWith(name, date) => allen(name, r, asked(date)),
            Self::Not(a) => !a.is_so(r, s),
            Self::And(a, b) => a.is_so(r, s) && b.is_so(r, s),
            Self::Or(a, b) => a.is_so(r, s) || b.is_so(r, s),
            Self::Xor(a, b) => a.is_so(r, s) != b.is_so(r, s),
        }
    }
}

#[test]
fn certain_answers_are_so_in_every_world_and_open_ones_in_some() {
    let (mut settled, mut open, mut witnessed) = (0u32, 0u32, 0u32);
    for seed in 0..GRAPHS {
        let mut random = Random::new(3000 + seed);
        let drawing = drawn(&mut random);
        let mut graph = drawing.graph();
        let worlds: Vec<World> = (0..WORLDS * 4).map(|_| World::random(&mut random, &drawing)).collect();
        let mut questions: Vec<Question> = (0..12).map(|_| Question::atom(&mut random)).collect();
        questions.extend((0..6).map(|_| Question::random(&mut random, 2)));
        for (what, ends) in [("relations", true), ("nodes", false)] {
            let pattern = if ends { "MATCH ()-[r]->(), ()-[s]->()" } else { "MATCH (r), (s)" };
            // Relations of one pattern are different ones; that each is asked with itself takes two.
            let pattern = if ends { pattern.replace(", ", " MATCH ") } else { pattern.to_owned() };
            let columns: Vec<String> = questions
                .iter()
                .map(|question| question.text("r", "s"))
                .enumerate()
                .map(|(at, text)| format!("{text} AS c{at}"))
                .collect();
            let text = format!("{pattern} RETURN r, s, {}", columns.join(", "));
            for row in run(&text, &mut graph) {
                let (r, s) = match (&row[0], &row[1]) {
                    (Value::Relation(r), Value::Relation(s)) => (r.0 as usize, s.0 as usize),
                    (Value::Node(r), Value::Node(s)) => (r.0 as usize, s.0 as usize),
                    other => panic!("{other:?}"),
                };
                for (at, (question, answer)) in questions.iter().zip(&row[2..]).enumerate() {
                    let days = |world: &World, of: usize| if ends { world.edges[of] } else { world.lives[of] };
                    let found: Vec<bool> =
                        worlds.iter().map(|world| question.is_so(days(world, r), days(world, s))).collect();
                    match answer {
                        Value::Boolean(answer) => {
                            let other = found.iter().position(|found| found != answer);
                            assert!(
                                other.is_none(),
                                "seed {seed}, {what} {r} and {s}: {} is {answer}, and not so in {:?}\n{drawing}",
                                question.text("r", "s"),
                                other.map(|at| &worlds[at])
                            );
                            settled += 1;
                        }
                        Value::Null if at < 12 => {
                            open += 1;
                            witnessed += u32::from(found.contains(&true) && found.contains(&false));
                        }
                        // Three-valued `AND` is open where `a AND NOT a` is not.
                        Value::Null => {}
                        other => panic!("{other:?}"),
                    }
                }
            }
        }
    }
    // Some worlds are too seldom to be picked.
    assert!(witnessed * 10 > open * 8, "{witnessed} of {open} open answers were met both ways");
    assert!(settled > 1000 && open > 1000, "{settled} settled, {open} open");
}

/// A pattern of relations alone, of which every node is an end, and what is asked of them.
fn monotone(random: &mut Random) -> String {
    let arrow = |random: &mut Random, name: &str| {
        let types = random.of(&["", "", "", ":T", ":U|S", ":!V"]);
        match random.below(3) {
            0 => format!("-[{name}{types}]->"),
            1 => format!("<-[{name}{types}]-"),
            _ => format!("-[{name}{types}]-"),
        }
    };
    let (first, second, walk) = (arrow(random, "r"), arrow(random, "s"), arrow(random, "").replace("]-", "*1..2]-"));
    let (pattern, names) = match random.below(5) {
        0 => (format!("(a){first}(b)"), ["r", "r"]),
        1 => (format!("(a){first}(b){second}(c)"), ["r", "s"]),
        2 => (format!("(a){first}(b), (a){second}(c)"), ["r", "s"]),
        3 => (format!("p = (a){walk}(b)"), ["p", "p"]),
        _ => (format!("(a){first}(b){walk}(c)"), ["r", "r"]),
    };
    let condition = match (random.chance(60), names[0]) {
        (false, _) => String::new(),
        (_, "p") => {
            let date = random.of(&ASKED);
            random.of(&[
                "WHERE coexist(p)".to_owned(),
                format!("WHERE validAt(p, '{date}')"),
                format!("WHERE all(x IN relationships(p) WHERE validDuring(x, '{date}'))"),
                format!("WHERE none(x IN relationships(p) WHERE validAt(x, '{date}'))"),
                format!("WHERE any(x IN relationships(p) WHERE validThroughout(x, '{date}'))"),
            ])
        }
        _ => format!("WHERE {}", Question::random(random, random.clone().below(3)).text(names[0], names[1])),
    };
    let mut wanted = vec!["a", "b"];
    wanted.extend(names.iter().filter(|name| **name != "p"));
    format!(
        "MATCH {pattern} {condition} RETURN DISTINCT {}",
        wanted.iter().enumerate().map(|(at, name)| format!("{name} AS c{at}")).collect::<Vec<_>>().join(", ")
    )
}

#[test]
fn certain_rows_are_rows_of_every_world_and_their_rows_are_possible() {
    let (mut certain_rows, mut only_possible, mut asked_count) = (0, 0, 0);
    for seed in 0..GRAPHS {
        let mut random = Random::new(4000 + seed);
        let drawing = drawn(&mut random);
        let mut graph = drawing.graph();
        let mut worlds: Vec<(Drawing, PropertyGraph)> = (0..8)
            .map(|_| World::random(&mut random, &drawing).drawing(&drawing))
            .map(|world| (world.clone(), world.graph()))
            .collect();
        for _ in 0..12 {
            let date = random.of(&ASKED);
            let prefix = match random.below(5) {
                0 | 1 => format!("FOR VALID_TIME AS OF '{date}'"),
                2 => "FOR VALID_TIME FROM '2016-02' TO '2017-03'".to_owned(),
                3 => format!("FOR VALID_TIME WITHIN '{date}'"),
                _ => "FOR VALID_TIME ALL".to_owned(),
            };
            let body = monotone(&mut random);
            let rows = |text: &str, graph: &mut PropertyGraph| -> Vec<String> {
                let mut rows: Vec<String> = run(text, graph).iter().map(|row| format!("{row:?}")).collect();
                rows.sort_unstable();
                rows
            };
            let certain = rows(&format!("{prefix} {body}"), &mut graph);
            let possible = rows(&format!("{prefix} POSSIBLY {body}"), &mut graph);
            let lacks = |some: &[String], all: &[String]| some.iter().find(|row| !all.contains(row)).cloned();
            assert_eq!(lacks(&certain, &possible), None, "seed {seed}: {prefix} {body}\n{drawing}");
            for (exactly, world) in &mut worlds {
                let exact = rows(&format!("{prefix} {body}"), world);
                assert_eq!(
                    lacks(&certain, &exact),
                    None,
                    "not in a world; seed {seed}: {prefix} {body}\n{exactly}\n{drawing}"
                );
                assert_eq!(
                    lacks(&exact, &possible),
                    None,
                    "not possible; seed {seed}: {prefix} {body}\n{exactly}\n{drawing}"
                );
            }
            asked_count += 1;
            certain_rows += usize::from(!certain.is_empty());
            only_possible += usize::from(possible.len() > certain.len());
        }
    }
    assert!(certain_rows * 4 > asked_count, "only {certain_rows} of {asked_count} have certain rows");
    assert!(only_possible * 4 > asked_count, "only {only_possible} of {asked_count} leave something open");
}
