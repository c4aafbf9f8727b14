//! How things stand on every day, as lists of the days on which that changes.
//!
//! Each list is made by asking the view itself on every day on which its answer may differ from the day before. The page only looks days up;
//! it knows nothing of how claims are weighed or dates are read.

use crate::graph::View;
use crate::model::{Actor, ActorId, Event, RelationId, Status};
use crate::time::{Day, Extent, Holds, Window};
use std::collections::BTreeSet;

/// Set beside a relation's [`holds`] where sources stand against each other.
pub(super) const CONTESTED: u8 = 4;
/// Set beside a relation's [`holds`] where by one source it certainly holds on that day, and by another it does not.
pub(super) const DATED_DIFFERENTLY: u8 = 8;

/// Values by day: each holds from its day to the day before the next; before the first there is `T::default()`.
pub(super) type Changes<T> = Vec<(Day, T)>;

/// The days that a page speaks for, both ends included.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    pub(super) first: Day,
    pub(super) last: Day,
}

impl Days {
    /// Asks on the first day and on every day on which one of the extents crosses a bound.
    fn changes<T: Default + PartialEq>(self, extents: &[Extent], ask: impl Fn(Window) -> T) -> Changes<T> {
        let mut days = BTreeSet::from([self.first]);
        for e in extents {
            let bounds = [e.start.earliest, e.start.latest, e.end.earliest.plus(1), e.end.latest.plus(1)];
            days.extend(bounds.into_iter().filter(|day| self.first < *day && *day <= self.last));
        }
        let mut changes: Changes<T> = Vec::new();
        for day in days {
            let value = ask(Window::on(day));
            if changes.last().map_or(value != T::default(), |(_, before)| *before != value) {
                changes.push((day, value));
            }
        }
        changes
    }
}

/// 0, 1 or 2: not, possibly, certainly.
pub(super) const fn holds(holds: Holds) -> u8 {
    match holds {
        Holds::No => 0,
        Holds::Possible => 1,
        Holds::Certain => 2,
    }
}

/// The same, nothing where the view does not read it: one of the certain only keeps nothing that is merely possible.
fn read(view: &View<'_>, how: Holds) -> u8 {
    if view.reading().keeps(how) { holds(how) } else { 0 }
}

/// How a relation stands by the claims that count in the view, its type aside.
pub(super) fn of_relation(view: &View<'_>, id: RelationId, days: Days) -> Changes<u8> {
    let extents: Vec<Extent> = view.datings(id).collect();
    let contested = matches!(view.standing(id).status, Status::Contested | Status::Disputed);
    days.changes(&extents, |window| {
        let view = view.clone().with_window(window);
        let how = read(&view, view.holds(id));
        let mark = |is: bool, mark: u8| if is { mark } else { 0 };
        how | mark(contested && how > 0, CONTESTED) | mark(view.is_dated_differently(id), DATED_DIFFERENTLY)
    })
}

/// Whether and how an event fell on a day by the claims that count in the view.
pub(super) fn of_event(view: &View<'_>, event: &Event, days: Days) -> Changes<u8> {
    let extent = event.date.extent(None, None);
    days.changes(&[extent], |window| read(view, view.clone().with_window(window).event_holds(event)))
}

/// Whether and how an actor lived.
pub(super) fn of_life(view: &View<'_>, id: ActorId, days: Days) -> Changes<u8> {
    let life = view.graph().life(id);
    days.changes(&[life], |window| holds(life.holds(window)))
}

/// The names an actor bore, where dates tell; nothing when the main name stood all the time.
pub(super) fn of_name(actor: &Actor, days: Days) -> Changes<&str> {
    let extents: Vec<Extent> =
        actor.names.iter().filter_map(|n| n.valid.as_ref()).map(|v| v.extent(None, None)).collect();
    let names = days.changes(&extents, |window| actor.name_in(window));
    if names.iter().all(|(_, name)| **name == *actor.name) { Vec::new() } else { names }
}

/// A list of changes as the page reads it: day, value, day, value …
pub(super) fn flat(changes: &[(Day, u8)]) -> Vec<i32> {
    changes.iter().flat_map(|(day, value)| [day.number(), i32::from(*value)]).collect()
}
