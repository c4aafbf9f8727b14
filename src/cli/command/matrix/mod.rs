//! `matrix`: what every pair of some actors is to each other.

mod choice;
pub(super) mod drawn;
mod grid;
mod tables;

use super::{Ask, Context, Draws, Exit, Failure};
use crate::cli::context::{claims_in_words, date, today};
use crate::cli::equal;
use crate::cli::output::{Format, Page};
use crate::model::Sign;
use crate::question::{Comparison, Lens, Line, Member, Pair, Scope, State, Turned, When, compare, matrix};
use crate::time::Reading;
use clap::{Args, ValueEnum};
use serde::Serialize;

/// How rows and columns are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Order {
    /// As named; those with the most relations first where nobody is named
    Given,
    /// By name
    Name,
    /// Friends together, enemies apart
    Blocs,
}

/// Show what every pair of actors is to each other: friend, enemy, mixed, dealings
///
/// Without ACTORS: those with the most relations in force in the days asked about. Ties of polarity +1 alone make a friend, of −1 alone an enemy, both at once
/// `mixed`; talks, agreements, leadership and attitudes alone are `dealings`. A pair is the same read either way: who does what to whom is told
/// with --claims, by `between`, and by the cells of svg and html. A single attack or pledge counts for 90 days.
#[derive(Debug, Args)]
pub(in crate::cli) struct Matrix {
    /// Two actors or more: names, acronyms or ids
    actors: Vec<String>,
    /// Compare with this date (EDTF, `now` or `today`), and tell what changed and why
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    vs: Option<String>,
    /// Instead of ACTORS: this one (repeatable) and those with the most relations with it
    #[arg(long, value_name = "ACTOR", conflicts_with = "actors")]
    around: Vec<String>,
    /// How many actors, where they are not named
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = at_least_two, conflicts_with = "actors")]
    top: usize,
    /// The order of rows and columns [default: given; blocs without ACTORS]
    #[arg(long, value_name = "ORDER", value_enum, hide_possible_values = false)]
    order: Option<Order>,
    /// A row for each pair instead of a grid (table, csv, tsv, md)
    #[arg(long)]
    long: bool,
    /// List the relations and claims that each cell comes from
    #[arg(long)]
    claims: bool,
}

/// A number of actors.
fn at_least_two(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0 | 1) => Err("at least 2: one actor makes no pair".into()),
        Ok(number) => Ok(number),
        Err(_) => Err("a whole number is wanted".into()),
    }
}

/// A pair at the days asked about, or at two times.
pub(super) enum Cells {
    /// At the days asked about.
    Once(Vec<Pair>),
    /// At two times, the earlier first.
    Twice(Vec<Comparison>),
}

/// A pair in either case.
#[derive(Clone, Copy)]
pub(super) struct Cell<'c> {
    pub(super) first: usize,
    pub(super) second: usize,
    /// What it was, where two times are compared.
    pub(super) before: Option<&'c State>,
    /// What it is.
    pub(super) state: &'c State,
    /// The comparison.
    pub(super) change: Option<&'c Comparison>,
}

impl Cells {
    /// The pairs, row by row.
    pub(super) fn all(&self) -> Vec<Cell<'_>> {
        match self {
            Self::Once(pairs) => pairs
                .iter()
                .map(|p| Cell { first: p.first, second: p.second, before: None, state: &p.state, change: None })
                .collect(),
            Self::Twice(pairs) => pairs
                .iter()
                .map(|c| Cell {
                    first: c.first,
                    second: c.second,
                    before: Some(&c.from),
                    state: &c.to,
                    change: Some(c),
                })
                .collect(),
        }
    }
}

impl Cell<'_> {
    /// Whether two times are compared and it came to another sign.
    pub(super) fn has_changed(&self) -> bool {
        self.change.is_some_and(|comparison| comparison.change != Turned::Same)
    }

    /// Whether a relation is in force.
    pub(super) fn is_known(&self) -> bool {
        self.state.sign != Sign::NothingKnown || self.before.is_some_and(|state| state.sign != Sign::NothingKnown)
    }
}

/// A matrix worked out, as every format gets it.
pub(super) struct Worked<'g> {
    /// The later lens, or the only one.
    pub(super) lens: Lens<'g>,
    /// The earlier one, where two times are compared.
    pub(super) earlier: Option<Lens<'g>>,
    /// Who stands in it, in order.
    pub(super) lines: Vec<Line>,
    /// The same for answers.
    pub(super) members: Vec<Member>,
    pub(super) cells: Cells,
    /// The two times, as short as they were asked for.
    pub(super) times: Option<(String, String)>,
    pub(super) title: String,
    pub(super) when: String,
    /// What the flags leave out.
    pub(super) limits: Vec<String>,
}

impl Worked<'_> {
    /// The name of a place in it.
    pub(super) fn name(&self, place: usize) -> &str {
        &self.members[place].actor.name
    }

    /// What else is to be known of a place: under which name it stood then.
    pub(super) fn note(&self, place: usize) -> Option<String> {
        let names = |member: &Member| member.then.iter().map(|b| b.name.clone()).collect::<Vec<_>>().join(", ");
        let member = &self.members[place];
        let Some((earlier, (from, to))) = self.earlier.as_ref().zip(self.times.as_ref()) else {
            return (!member.then.is_empty()).then(|| format!("then {}", names(member)));
        };
        let before = Member::new(earlier, &self.lines[place]);
        let mut notes = Vec::new();
        match names(&before) {
            then if !then.is_empty() => notes.push(format!("{from}: {then}")),
            _ if before.actor.name != member.actor.name => notes.push(format!("{from}: {}", before.actor.name)),
            _ => {}
        }
        if !member.then.is_empty() {
            notes.push(format!("{to}: {}", names(member)));
        }
        (!notes.is_empty()).then(|| notes.join("; "))
    }
}

/// A pair in JSON, at the days asked about.
#[derive(Serialize)]
struct PairRow<'c> {
    first: &'c crate::question::ActorBrief,
    second: &'c crate::question::ActorBrief,
    #[serde(flatten)]
    state: &'c State,
}

/// A pair in JSON, at two times.
#[derive(Serialize)]
struct ChangeRow<'c> {
    first: &'c crate::question::ActorBrief,
    second: &'c crate::question::ActorBrief,
    change: Turned,
    from: &'c State,
    to: &'c State,
    shifts: &'c [crate::question::Shift],
    events: &'c [crate::question::EventRow],
}

impl Ask for Matrix {
    const DEFAULT: When = When::Now;
    const DRAWS: Draws = Draws::PICTURE_AND_PAGE;

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        let (first, second) = self.scopes(context)?;
        let lenses = lenses(context, &first, second.as_ref());
        let lines = self.choose(context, &lenses)?;
        let title = self.title(&lines, &lenses, context)?;
        let windows: Vec<_> = lenses.iter().map(|lens| (lens.window, lens.scope.when.clone())).collect();
        equal::matrix(context, &format!("{title}, {}", in_words(&lenses)), &lines, &windows)
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        let (first, second) = self.scopes(&context)?;
        let mut lenses = lenses(&context, &first, second.as_ref());
        let lines = self.choose(&mut context, &lenses)?;
        let title = self.title(&lines, &lenses, &mut context)?;
        let when = in_words(&lenses);
        let times = match lenses.as_slice() {
            [from, to] => Some((short(from), short(to))),
            _ => None,
        };
        let cells = match lenses.as_slice() {
            [from, to] => Cells::Twice(compare(from, to, &lines)),
            [lens, ..] => Cells::Once(matrix(lens, &lines)),
            [] => Cells::Once(Vec::new()),
        };
        let lens = lenses.pop().unwrap_or_else(|| context.lens());
        let members = lines.iter().map(|line| Member::new(&lens, line)).collect();
        let limits = limits(&context);
        let worked = Worked { lens, earlier: lenses.pop(), lines, members, cells, times, title, when, limits };
        let page = self.page(&context, &worked);
        context.printer.print(&page)?;
        Ok(Exit::found(worked.cells.all().iter().any(Cell::is_known)))
    }
}

impl Matrix {
    /// The days of --at and the like, and those of --vs: the earlier first.
    fn scopes(&self, context: &Context<'_>) -> Result<(Scope, Option<Scope>), Failure> {
        if context.scope.limit.is_some() {
            return Err(Failure::new(
                "flag-without-meaning",
                "`--limit` says nothing to a matrix",
                vec!["`--top N` says how many actors it shows, ACTORS which".into()],
            ));
        }
        let Some(text) = &self.vs else { return Ok((context.scope.clone(), None)) };
        if context.scope.when == When::Ever {
            return Err(Failure::new(
                "no-date-to-compare",
                "`--vs` compares two dates, and `--ever` names none",
                vec!["say the other one with --at: `--at 2015 --vs 2025-01`".into()],
            ));
        }
        let when = match (text.as_str(), &context.scope.when) {
            ("now", _) => When::Now,
            ("today", _) => When::On(today()?),
            (text, When::Throughout(_)) => When::Throughout(date("--vs", text)?),
            (text, _) => When::At(date("--vs", text)?),
        };
        let other = Scope { when, ..context.scope.clone() };
        let (one, two) = (context.scope.window(context.graph), other.window(context.graph));
        if one == two {
            return Err(Failure::new(
                "same-dates",
                format!("`--vs {text}` names the days that the matrix is for already"),
                vec!["name two different dates: `--at 2015 --vs 2025-01`; without --at the one is the last day the data speaks for".into()],
            ));
        }
        let is_first = (one.first, one.last) <= (two.first, two.last);
        Ok(if is_first { (context.scope.clone(), Some(other)) } else { (other, Some(context.scope.clone())) })
    }

    /// How many there are, and around whom: the actors named, wherever they stand.
    fn title(&self, lines: &[Line], lenses: &[Lens<'_>], context: &mut Context<'_>) -> Result<String, Failure> {
        let mut names: Vec<String> = Vec::new();
        if let Some(lens) = lenses.last() {
            for name in &self.around {
                let line = context.line(lens, name)?;
                names.push(context.called(lens, &line));
            }
        }
        let around = if names.is_empty() { String::new() } else { format!(" around {}", names.join(", ")) };
        Ok(format!("Friends and enemies among {} actors{around}", lines.len()))
    }

    /// The answer in the format asked for.
    fn page(&self, context: &Context<'_>, worked: &Worked<'_>) -> Page {
        let mut page = context.page(worked.title.clone());
        page.as_of = worked.lens.scope.as_of(context.graph);
        page.when = Some(worked.when.clone());
        page.assumptions
            .extend(worked.limits.iter().filter(|line| !page.assumptions.contains(line)).cloned().collect::<Vec<_>>());
        page.set("actors", &worked.members);
        if let (Some(earlier), Some((from, to))) = (&worked.earlier, &worked.times) {
            page.as_of = earlier.scope.as_of(context.graph).zip(page.as_of.take()).map(|(a, b)| format!("{a}, {b}"));
            page.set("from", from);
            page.set("to", to);
        }
        match &worked.cells {
            Cells::Once(pairs) => {
                let brief = |place: usize| &worked.members[place].actor;
                let row = |p: &Pair| {
                    serde_json::to_value(PairRow { first: brief(p.first), second: brief(p.second), state: &p.state })
                };
                page.rows = pairs.iter().filter_map(|pair| row(pair).ok()).collect();
            }
            Cells::Twice(pairs) => {
                let brief = |place: usize| &worked.members[place].actor;
                let row = |c: &Comparison| {
                    serde_json::to_value(ChangeRow {
                        first: brief(c.first),
                        second: brief(c.second),
                        change: c.change,
                        from: &c.from,
                        to: &c.to,
                        shifts: &c.shifts,
                        events: &c.events,
                    })
                };
                page.rows = pairs.iter().filter_map(|pair| row(pair).ok()).collect();
            }
        }
        match context.printer.format() {
            Format::Json | Format::Jsonl => {}
            Format::Csv | Format::Tsv => {
                page.flat =
                    Some(if self.long { tables::flat(worked) } else { tables::square(worked, tables::in_words) });
            }
            Format::Svg | Format::Png => page.drawing = Some(crate::export::svg::matrix::draw(&drawn::drawn(worked))),
            Format::Html => page.html = Some(crate::export::html::matrix::page(&drawn::drawn(worked))),
            Format::Table => {
                self.told(context, worked, &mut page, |page| grid::show(worked, context.printer.width(), page));
            }
            Format::Md => self.told(context, worked, &mut page, |page| {
                page.block(None, tables::square(worked, tables::in_marks));
                page.notes.extend(grid::legend(worked, 0).into_iter().map(|line| line.replace("a>b", "a→b")));
            }),
        }
        page
    }

    /// The answer for people: the grid or a row for each pair, what changed, and what it comes from.
    fn told(&self, context: &Context<'_>, worked: &Worked<'_>, page: &mut Page, grid: impl FnOnce(&mut Page)) {
        let cells = worked.cells.all();
        if !cells.iter().any(Cell::is_known) {
            let words = if context.is_narrowed() { " within what the flags let through" } else { "" };
            page.lines(
                None,
                vec![format!("Nothing is recorded as in force between any two of them{words}. That is not a no.")],
            );
            return;
        }
        if self.long {
            page.block(None, tables::pairs(worked));
        } else {
            grid(page);
        }
        if worked.times.is_some() {
            tables::changes(worked, context.printer.format() == Format::Md, page);
        }
        if self.claims || context.printer.format() == Format::Md {
            tables::claims(worked, self.claims, page);
        }
        if !self.claims && context.printer.format() == Format::Table {
            page.notes.extend(self.hint(context, worked));
        }
    }

    /// How to see what a cell comes from.
    fn hint(&self, context: &Context<'_>, worked: &Worked<'_>) -> Option<String> {
        let cells = worked.cells.all();
        let cell =
            cells.iter().find(|cell| cell.has_changed()).or_else(|| cells.iter().find(|cell| cell.is_known()))?;
        let [first, second] =
            [cell.first, cell.second].map(|place| &*context.graph.actor(worked.lines[place].named).slug);
        let flag = match &worked.lens.scope.when {
            When::Now => String::new(),
            When::Ever => " --ever".to_owned(),
            When::Throughout(dated) => format!(" --throughout {dated}"),
            When::During(dated) => format!(" --during {dated}"),
            When::At(dated) => format!(" --at {dated}"),
            When::On(day) => format!(" --at {day}"),
        };
        Some(format!("what a cell comes from: --claims for all, `allegiance between {first} {second}{flag}` for one"))
    }
}

/// The lenses: one, or the earlier and the later.
fn lenses<'g>(context: &Context<'g>, first: &Scope, second: Option<&Scope>) -> Vec<Lens<'g>> {
    [Some(first), second].into_iter().flatten().map(|scope| Lens::new(context.graph, scope.clone())).collect()
}

/// The days of one lens or two.
fn in_words(lenses: &[Lens<'_>]) -> String {
    let words: Vec<String> = lenses.iter().map(|lens| lens.scope.when_in_words(lens.graph)).collect();
    words.join(", then ")
}

/// The date as it was typed, or the day it means.
fn short(lens: &Lens<'_>) -> String {
    lens.scope.as_of(lens.graph).unwrap_or_default()
}

/// What the flags leave out, in words.
fn limits(context: &Context<'_>) -> Vec<String> {
    let mut all: Vec<String> = claims_in_words(context.graph, &context.scope.claims).into_iter().collect();
    let (vocabulary, types) = (context.graph.vocabulary(), &context.scope.types);
    if !types.is_empty() {
        let whole = |category: &crate::model::Category| {
            let own = vocabulary.types_of(*category);
            !own.is_empty() && own.iter().all(|id| types.contains(id))
        };
        let categories: Vec<_> = crate::model::Category::ALL.iter().copied().filter(whole).collect();
        let mut names: Vec<&str> = categories.iter().map(|category| category.word()).collect();
        let single = types.iter().map(|id| vocabulary.relation_type(*id)).filter(|t| !categories.contains(&t.category));
        names.extend(single.map(|t| &*t.name));
        all.push(format!("only relations of {}", names.join(", ")));
    }
    match context.scope.only {
        None => {}
        Some(Reading::Certain) => all.push("only what is certain".to_owned()),
        Some(Reading::Possible) => all.push("only what is possible and not certain".to_owned()),
    }
    all
}
