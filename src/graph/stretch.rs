//! When something held, with what a bar over time has to show of it: how its ends are recorded, and whether its claims agree.
//!
//! Deliberately absent: axes, colours and what the days asked about are.

use super::View;
use crate::model::{Event, RelationId, Status};
use crate::time::{Bounds, Dated, Day, End, Extent, Holds};

/// How the claims stand to something drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Footing {
    /// Nobody contradicts.
    Held,
    /// There are claims on both sides.
    Contested,
    /// Those who speak of it deny it.
    Denied,
}

impl Footing {
    const fn of(status: Status) -> Self {
        match status {
            Status::Supported => Self::Held,
            Status::Contested | Status::Disputed => Self::Contested,
            Status::Denied | Status::Unsourced => Self::Denied,
        }
    }

    /// The word for it in JSON: `held`, `contested`, `denied`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Contested => "contested",
            Self::Denied => "denied",
        }
    }
}

/// How an end is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// By a date, exact or not.
    Dated,
    /// It was going on when first or last attested.
    GoingOn,
    /// Not at all, or by a bound on one side only.
    Unrecorded,
}

impl Ending {
    fn of(end: End, bounds: Bounds) -> Self {
        match end {
            // The lives of both ends may bound what no date bounds.
            _ if bounds.earliest.is_bounded() && bounds.latest.is_bounded() => Self::Dated,
            End::Open => Self::GoingOn,
            End::Known(_) | End::Unknown => Self::Unrecorded,
        }
    }

    /// The word for it in JSON: `dated`, `going_on`, `unrecorded`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dated => "dated",
            Self::GoingOn => "going_on",
            Self::Unrecorded => "unrecorded",
        }
    }
}

/// When something certainly and possibly held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The bounds of both ends by the dates alone, whatever the claims come to.
    pub dates: Extent,
    /// The same as far as the claims bear it out: certain only where it is asserted and nobody contradicts, never where it is denied.
    pub extent: Extent,
    /// How its beginning is recorded.
    pub begins: Ending,
    /// How its end is recorded.
    pub ends: Ending,
    /// How the claims stand to it.
    pub footing: Footing,
    /// Whether it has one date rather than two: an occurrence on some day of the bounds.
    pub happened: bool,
}

impl Stretch {
    /// That of a relation of a view, whatever the view's days.
    #[must_use]
    pub fn of_relation(view: &View<'_>, id: RelationId) -> Self {
        let (standing, dated) = (view.standing(id), view.dated(id));
        Self {
            extent: standing.extent(),
            footing: Footing::of(standing.status),
            happened: !dated.is_interval(),
            ..Self::dated(dated, standing.dates)
        }
    }

    /// That of an event, by the claims that a view keeps; `None` when none is left.
    #[must_use]
    pub fn of_event(view: &View<'_>, event: &Event) -> Option<Self> {
        let footing = Footing::of(view.weigh(&event.claims)?.0);
        let (dates, extent) = (event.date.extent(None, None), view.event_extent(event)?);
        Some(Self { extent, footing, happened: true, ..Self::dated(&event.date, dates) })
    }

    /// That of a life or a name: of dates that no claims stand under.
    #[must_use]
    pub fn dated(dated: &Dated, extent: Extent) -> Self {
        Self {
            dates: extent,
            extent,
            begins: Ending::of(dated.start(), extent.start),
            ends: Ending::of(dated.end(), extent.end),
            footing: Footing::Held,
            happened: false,
        }
    }

    /// The days on which it certainly held, both included; `None` where it is certain of no single day.
    #[must_use]
    pub fn certain(&self) -> Option<(Day, Day)> {
        let (first, last) = (self.extent.start.latest, self.extent.end.earliest);
        (first <= last).then_some((first, last))
    }

    /// The days on which it possibly held, the certain ones included; `None` where it is denied.
    #[must_use]
    pub fn possible(&self) -> Option<(Day, Day)> {
        (!self.extent.is_never()).then_some((self.extent.start.earliest, self.extent.end.latest))
    }

    /// Whether and how it held on a day.
    #[must_use]
    pub fn on(&self, day: Day) -> Holds {
        let covers = |days: Option<(Day, Day)>| days.is_some_and(|(first, last)| first <= day && day <= last);
        match (covers(self.certain()), covers(self.possible())) {
            (true, _) => Holds::Certain,
            (false, true) => Holds::Possible,
            (false, false) => Holds::No,
        }
    }

    /// The first day told of: the earliest it may have begun, or where that is unbounded, the day by which it had.
    #[must_use]
    pub fn first_told(&self) -> Day {
        let start = self.dates.start;
        if start.earliest.is_bounded() { start.earliest } else { start.latest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_certain_between_the_inner_bounds_and_possible_between_the_outer_ones() {
        let dated = Dated::parse("2016/2018-03").unwrap();
        let stretch = Stretch::dated(&dated, dated.extent(None, None));
        let on = |y, m, d| stretch.on(Day::from_ymd(y, m, d).unwrap());
        assert_eq!((on(2015, 12, 31), on(2016, 1, 1), on(2016, 12, 30)), (Holds::No, Holds::Possible, Holds::Possible));
        assert_eq!(
            (on(2016, 12, 31), on(2018, 3, 1), on(2018, 3, 2)),
            (Holds::Certain, Holds::Certain, Holds::Possible)
        );
        assert_eq!(on(2018, 4, 1), Holds::No);
        assert_eq!(Stretch { extent: stretch.extent.only_possibly(), ..stretch }.certain(), None);
        assert_eq!(Stretch { extent: Extent::NEVER, ..stretch }.possible(), None);
    }

    #[test]
    fn an_open_end_goes_on_and_an_empty_one_is_not_recorded() {
        let ends = |text: &str| {
            let dated = Dated::parse(text).unwrap();
            let stretch = Stretch::dated(&dated, dated.extent(None, Some(Day::new(20_000))));
            (stretch.begins, stretch.ends)
        };
        assert_eq!(ends("2016/.."), (Ending::Dated, Ending::GoingOn));
        assert_eq!(ends("2016/"), (Ending::Dated, Ending::Unrecorded));
        assert_eq!(ends("../2016"), (Ending::GoingOn, Ending::Dated));
        assert_eq!(ends("2016/2018.."), (Ending::Dated, Ending::Unrecorded));
    }
}
