//! The relations and events of some actors as bars over time: what a drawing of a timeline shows.
//!
//! A bar is as long as the [`Extent`] of its relation: from the latest start to the earliest end it certainly held, outside that and within the
//! outer bounds only possibly. Deliberately absent: pixels, columns and colours.

use super::timeline::within;
use super::{ActorBrief, EventRow, Lens, Line, RelationRow};
use crate::graph::{Ending, Footing, Stretch};
use crate::model::{Name, NameKind, RelationId};
use crate::time::{Bounds, Dated, Day, Extent, Holds, Window};
use serde::{Serialize, Serializer};
use std::collections::BTreeSet;

/// A stretch in JSON: the four bounds by its dates, the days it is certain of, and how its ends are recorded.
fn stretch<S: Serializer>(stretch: &Stretch, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Told {
        earliest_start: Option<String>,
        latest_start: Option<String>,
        earliest_end: Option<String>,
        latest_end: Option<String>,
        certain: Option<[String; 2]>,
        begins: &'static str,
        ends: &'static str,
        footing: &'static str,
        happened: bool,
    }
    let day = |day: Day| day.is_bounded().then(|| day.to_string());
    Told {
        earliest_start: day(stretch.dates.start.earliest),
        latest_start: day(stretch.dates.start.latest),
        earliest_end: day(stretch.dates.end.earliest),
        latest_end: day(stretch.dates.end.latest),
        certain: stretch.certain().map(|(first, last)| [first.to_string(), last.to_string()]),
        begins: stretch.begins.word(),
        ends: stretch.ends.word(),
        footing: stretch.footing.word(),
        happened: stretch.happened,
    }
    .serialize(serializer)
}

/// A relation as a bar.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bar {
    /// Over which days.
    #[serde(serialize_with = "stretch")]
    pub stretch: Stretch,
    /// How it reads from the line: `affiliate of`, `armed by`.
    pub label: String,
    /// The member of the line it is of, where that is not the one asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The member of the counterpart's line it is with, where that is not the counterpart named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// The relation.
    pub relation: RelationRow,
}

/// The bars with one counterpart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BarGroup {
    /// The counterpart; the line itself for what is between its members.
    pub counterpart: ActorBrief,
    /// By first day, then id.
    pub bars: Vec<Bar>,
}

/// A name of an actor, and when it was borne.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NamePeriod {
    /// The name.
    pub name: String,
    /// The actor's readable id.
    pub actor: String,
    /// The dates as written (EDTF); empty where they follow from the other names.
    pub dates: String,
    /// Over which days.
    #[serde(serialize_with = "stretch")]
    pub stretch: Stretch,
}

/// What concerns one of the lines asked about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineBars {
    /// The actor asked about.
    pub actor: ActorBrief,
    /// The names of the line over time, where any are dated.
    pub names: Vec<NamePeriod>,
    /// Its counterparts: those asked about as well first, then by number of bars, then by first day and name.
    pub groups: Vec<BarGroup>,
}

/// An event as a mark.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventBar {
    /// On some day of which.
    #[serde(serialize_with = "stretch")]
    pub stretch: Stretch,
    /// The event.
    pub event: EventRow,
}

/// A timeline as bars.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// The first day of the axis.
    pub first: Day,
    /// The last day of the axis.
    pub last: Day,
    /// A single day asked about, to be marked on the axis.
    pub marked: Option<Day>,
    /// The lines asked about. What is between two of them stands with the first.
    pub lines: Vec<LineBars>,
    /// The events, by date.
    pub events: Vec<EventBar>,
    /// How many bars and marks `--limit` left out.
    pub left_out: usize,
}

impl Bars {
    /// The bars, in the order drawn.
    pub fn bars(&self) -> impl Iterator<Item = &Bar> {
        self.lines.iter().flat_map(|line| &line.groups).flat_map(|group| &group.bars)
    }

    /// How many bars and events there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.bars().count() + self.events.len()
    }
}

/// The relations and events of some lines as bars; with others named, only what was between the first and these. With `events_only`, no relations.
///
/// What the days asked about do not touch is left out. Contested and denied relations are kept and say so.
///
/// # Complexity
/// O(relations of the lines · log) besides the events.
#[must_use]
pub fn bars(lens: &Lens<'_>, lines: &[Line], with: &[Line], events_only: bool) -> Bars {
    let mut left = lens.scope.limit.unwrap_or(usize::MAX);
    let mut left_out = 0;
    let mut take = |count: usize| {
        let taken = count.min(left);
        left -= taken;
        left_out += count - taken;
        taken
    };
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for line in lines {
        let mut groups = if events_only { Vec::new() } else { groups(lens, lines, line, with, &mut seen) };
        for group in &mut groups {
            group.bars.truncate(take(group.bars.len()));
        }
        groups.retain(|g| !g.bars.is_empty());
        all.push(LineBars { actor: lens.brief(line.named), names: names(lens, line), groups });
    }
    let mut events = events(lens, lines, with);
    events.truncate(take(events.len()));
    let mut bars =
        Bars { first: lens.window.first, last: lens.window.last, marked: None, lines: all, events, left_out };
    set_axis(lens, &mut bars);
    bars
}

/// The bars of a line that no line before it has, by counterpart.
fn groups(
    lens: &Lens<'_>,
    lines: &[Line],
    line: &Line,
    with: &[Line],
    seen: &mut BTreeSet<RelationId>,
) -> Vec<BarGroup> {
    let mut groups: Vec<(Line, BarGroup)> = Vec::new();
    for id in lens.relations_of(line) {
        let relation = lens.graph.relation(id);
        let from_subject = line.contains(relation.subject);
        let (own, other) =
            if from_subject { (relation.subject, relation.object) } else { (relation.object, relation.subject) };
        if !with.is_empty() && !with.iter().any(|w| w.contains(other)) {
            continue;
        }
        let stretch = Stretch::of_relation(&lens.view, id);
        let holds = stretch.footing == Footing::Denied && touches(lens, stretch.dates)
            || lens.holds(id) != Holds::No && lens.keeps(lens.holds(id));
        if !holds || (stretch.footing == Footing::Denied && lens.scope.only.is_some()) || !seen.insert(id) {
            continue;
        }
        let row = lens.row(id);
        let within = line.contains(other);
        let label = if within {
            format!("{} {}", row.label, row.object.name)
        } else if from_subject {
            row.label.clone()
        } else {
            row.inverse_label.clone()
        };
        let member = (own != line.named).then(|| lens.name(own).to_owned());
        let mut bar = Bar { stretch, label, member, with: None, relation: row };
        let place = groups.iter().position(|(l, _)| l.contains(other)).unwrap_or_else(|| {
            let of = lines.iter().find(|l| l.contains(other)).cloned().unwrap_or_else(|| lens.line(other));
            let youngest = of.in_force(lens.graph, lens.window).last().copied().unwrap_or(other);
            let named = if lines.contains(&of) { of.named } else { youngest };
            groups.push((of, BarGroup { counterpart: lens.brief(named), bars: Vec::new() }));
            groups.len() - 1
        });
        let group = &mut groups[place].1;
        let is_other = !within && *group.counterpart.id != *lens.graph.actor(other).slug;
        bar.with = is_other.then(|| lens.name(other).to_owned());
        group.bars.push(bar);
    }
    for (_, group) in &mut groups {
        group.bars.sort_by_cached_key(|bar| (bar.stretch.first_told(), bar.relation.id.clone()));
    }
    let rank = |of: &Line| lines.iter().position(|l| l == of).unwrap_or(lines.len());
    groups.sort_by_cached_key(|(of, group)| {
        let first = group.bars.iter().map(|b| b.stretch.first_told()).min();
        (rank(of), usize::MAX - group.bars.len(), first, group.counterpart.name.clone(), group.counterpart.id.clone())
    });
    groups.into_iter().map(|(_, group)| group).collect()
}

fn touches(lens: &Lens<'_>, extent: Extent) -> bool {
    lens.window.is_all() || extent.holds(lens.window) != Holds::No
}

/// The names of a line over time; none when no life and no name is dated.
pub(super) fn names(lens: &Lens<'_>, line: &Line) -> Vec<NamePeriod> {
    let mut periods = Vec::new();
    for id in line.by_age(lens.graph) {
        let actor = lens.graph.actor(id);
        let (life, now) = (lens.graph.life(id), lens.scope.now(lens.graph));
        let mut add = |name: &str, dates: &str, stretch: Stretch| {
            if !stretch.extent.is_never() && touches(lens, stretch.extent) {
                let (name, actor, dates) = (name.to_owned(), actor.slug.to_string(), dates.to_owned());
                periods.push(NamePeriod { name, actor, dates, stretch });
            }
        };
        let borne = |valid: &Dated| Stretch::dated(valid, valid.extent(None, Some(now)));
        let of_name = |name: &&Name| name.kind == NameKind::Former || name.text == actor.name;
        let mut dated: Vec<(&str, &Dated)> =
            actor.names.iter().filter(of_name).filter_map(|n| Some((&*n.text, n.valid.as_ref()?))).collect();
        dated.sort_by_key(|(name, valid)| (valid.hull(), *name));
        for (name, valid) in &dated {
            add(name, valid.text(), borne(valid));
        }
        // The main name where it has no dates of its own: since the last one given up, else all life long.
        let given_up =
            dated.iter().map(|(_, valid)| borne(valid).dates.end).max().filter(|end| end.latest.is_bounded());
        let since = given_up.map(|end| Bounds::between(end.earliest.plus(1), end.latest.plus(1)));
        match (&actor.exists, since) {
            _ if dated.iter().any(|(name, _)| *name == &*actor.name) => {}
            (None, None) => {}
            (Some(exists), None) => add(&actor.name, exists.text(), Stretch::dated(exists, life)),
            (Some(exists), Some(start)) => {
                add(&actor.name, "", Stretch::dated(exists, Extent { start, end: life.end }));
            }
            (None, Some(start)) => {
                let end = Bounds::between(now.max(start.earliest), Day::FAR_FUTURE);
                let unended = Stretch::dated(dated[0].1, Extent { start, end });
                add(&actor.name, "", Stretch { ends: Ending::Unrecorded, ..unended });
            }
        }
    }
    periods
}

/// The events of the lines, and with others named of these as well, by date.
fn events(lens: &Lens<'_>, lines: &[Line], with: &[Line]) -> Vec<EventBar> {
    if !lens.scope.types.is_empty() {
        return Vec::new();
    }
    let of = |lines: &[Line]| -> BTreeSet<_> { lines.iter().flat_map(|line| lens.events_of(line)).collect() };
    let mut ids = of(lines);
    if !with.is_empty() {
        let with = of(with);
        ids.retain(|id| with.contains(id));
    }
    let mut events = Vec::new();
    for id in ids {
        let event = lens.graph.event(id);
        let (Some(row), Some(stretch)) = (lens.event_row(id), Stretch::of_event(&lens.view, event)) else { continue };
        let kept = if stretch.footing == Footing::Denied {
            lens.scope.only.is_none() && touches(lens, stretch.dates)
        } else {
            // As in the list: whether its day lies within the days asked about.
            let inside = within(event.date.hull(), lens.window.first, lens.window.last);
            let holds = if stretch.extent == stretch.dates { inside } else { inside.min(Holds::Possible) };
            holds != Holds::No && lens.keeps(holds)
        };
        if !kept {
            continue;
        }
        events.push(EventBar { stretch, event: row });
    }
    events.sort_by_cached_key(|e| (e.stretch.dates.end.latest, e.stretch.dates.start.earliest, e.event.id.clone()));
    events
}

/// One bar in as many, the earliest ones, may be cut at the left end of the axis, where they would make it twice as long or longer.
const FEW: usize = 20;
/// A span shorter than this is shown as a mark on a longer axis.
const SHORT: i32 = 14;

/// Sets the days of the axis: those asked about where they have both bounds, else those the bars tell of.
fn set_axis(lens: &Lens<'_>, bars: &mut Bars) {
    let now = lens.scope.now(lens.graph);
    let (from, to) = (lens.window.first, lens.window.last);
    let all: Vec<Stretch> = bars
        .bars()
        .map(|b| b.stretch)
        .chain(bars.events.iter().map(|e| e.stretch))
        .chain(bars.lines.iter().flat_map(|l| &l.names).map(|n| n.stretch))
        .collect();
    let is_short = !lens.window.is_all() && to.number().saturating_sub(from.number()) < SHORT;
    let asked = is_short.then_some((from, to));
    bars.marked = asked.map(|(day, _)| day);
    (bars.first, bars.last) = axis(&all, now, asked);
    if !lens.window.is_all() && !is_short {
        let (starts, stops) = (from > Window::ALL.first, to < Window::ALL.last);
        bars.last = if stops { to } else { bars.last.max(from.plus(365)) };
        bars.first = if starts { from } else { bars.first.min(bars.last.plus(-365)) };
    }
}

/// The days of an axis on which all that is told of these stretches is seen, up to the last day the data speaks for, and from the beginning of
/// a year or month on; `asked` are days that it must show as well.
///
/// Where the earliest twentieth of the stretches would take half of the axis or more, it begins after them: they reach in from the left.
pub(super) fn axis(all: &[Stretch], now: Day, asked: Option<(Day, Day)>) -> (Day, Day) {
    let told = |stretch: &Stretch| {
        let (start, end) = (stretch.dates.start, stretch.dates.end);
        [start.earliest, start.latest, end.earliest, end.latest].into_iter().filter(|day| day.is_bounded())
    };
    let mut firsts: Vec<Day> = all.iter().filter_map(|stretch| told(stretch).min()).collect();
    firsts.sort_unstable();
    let latest = all.iter().flat_map(told).max().unwrap_or(now).max(now);
    let mut first = firsts.first().copied().unwrap_or_else(|| now.plus_months(-12));
    for later in firsts.iter().take(1 + firsts.len() / FEW).skip(1) {
        if 2 * (i64::from(latest.number()) - i64::from(later.number()))
            <= i64::from(latest.number()) - i64::from(first.number())
        {
            first = *later;
        }
    }
    let mut last = latest;
    if let Some((from, to)) = asked {
        (first, last) = (first.min(from), last.max(to));
    }
    // A margin, so that what goes on can be seen to.
    let margin = (i64::from(last.number()) - i64::from(first.number())) / 40;
    last = last.plus(i32::try_from(margin).unwrap_or(0).max(3));
    if let Some((year, month, _)) = first.to_ymd() {
        let long = last.number().saturating_sub(first.number()) > 3 * 365;
        first = Day::from_ymd(year, if long { 1 } else { month }, 1).unwrap_or(first);
    }
    (first, last)
}
