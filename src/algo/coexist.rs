//! When several things hold together.

use crate::time::Extent;

/// Returns the days on which all of the extents hold: on a day, certainly when each of them certainly does, possibly when each
/// possibly does. [`Extent::NEVER`] when they have no possible day in common; [`Extent::ALWAYS`] when there are none.
///
/// The extents are taken to be independent of one another. Where it is open whether they share a day at all, nothing of the result
/// is certain, not even of a period: two battles, each on some day of July, certainly took place in July but perhaps on different days.
///
/// ```
/// use allegiance::algo::coexist;
/// use allegiance::time::{Dated, Day, Holds, Window};
/// let extent = |text| Dated::parse(text).unwrap().extent(None, None);
/// let day = |m, d| Day::from_ymd(2016, m, d).unwrap();
///
/// let both = coexist([extent("2016-01-10/2016-05"), extent("2016-03/2016-12-31")]);
/// assert_eq!(both.holds(Window::on(day(3, 20))), Holds::Possible); // the second began on some day of March
/// assert_eq!(both.holds(Window::on(day(4, 20))), Holds::Certain);
/// assert_eq!(both.holds(Window::on(day(6, 1))), Holds::No);
///
/// let battles = coexist([extent("2016-07"), extent("2016-07")]);
/// assert_eq!(battles.holds(Window::sometime(day(7, 1), day(7, 31))), Holds::Possible);
/// ```
///
/// # Complexity
/// O(extents²); a handful is usual.
#[must_use]
pub fn coexist(extents: impl IntoIterator<Item = Extent>) -> Extent {
    let extents: Vec<Extent> = extents.into_iter().collect();
    let all = extents.iter().fold(Extent::ALWAYS, |all, extent| all.meet(*extent));
    let certainly_share_a_day = extents.iter().enumerate().all(|(i, a)| {
        let others = extents.iter().enumerate().filter(|(j, _)| i != *j);
        others.map(|(_, b)| b).all(|b| a.start.latest <= b.end.earliest)
    });
    // `Extent::holds` supposes that the first day is never after the last, which only holds of what certainly shares a day.
    if certainly_share_a_day || all.is_never() { all } else { all.only_possibly() }
}
