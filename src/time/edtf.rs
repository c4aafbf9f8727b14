//! Dates and intervals as written, in EDTF (ISO 8601-2:2019), and the days they may mean.
//!
//! Parsing and calendar bounds come from `edtf-core`, which is named in this file only. Ours is what the
//! standard leaves open: how `~` and `?` widen an end, what an open or unknown end means, and three forms that the
//! standard lacks and curation needs (`/..`, `A/..B` and a one-of set as an end).

use super::{Bounds, Day, Extent, Window};
use edtf_core::{Bound, Date, Edtf, IntervalEndpoint, Precision, SetElement, SetKind};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// How an end of an interval is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// By a date, exact or not; also by a one-sided bound (`..2014`, `2025-07..`), whose free side is unbounded.
    Known(Bounds),
    /// `..`: still going on when last attested (as an end), or already going on when first attested (as a start).
    Open,
    /// Nothing: not recorded.
    Unknown,
}

/// A date or interval as a source or a curator wrote it, with the bounds of its two ends.
///
/// | written | means |
/// |---|---|
/// | `2017`, `2017-01`, `2017-01-29`, `2016-21` | on some day of that year, month, day, spring |
/// | `2016~`, `2016?` | the same, one unit of the written precision wider on both sides |
/// | `2016/2017-01` | from some day of 2016 to some day of January 2017 |
/// | `2024-12-08/..` | from that day on, and still so when last attested |
/// | `2017/` | from 2017; whether it ended is not recorded |
/// | `/2016`, `../2016` | until 2016; the start is not recorded |
/// | `..2014/2016` | began on some day up to the end of 2014 |
/// | `2018/2025-07..` | ended on some day from July 2025 on, or has not |
/// | `[2016,2017]`, `[..2025-03-29]` | on a day of one of these |
/// | `/..` (ours) | so when attested; start not recorded |
/// | `2017/..2025-03` (ours) | ended on some day up to the end of March 2025 |
/// | `[2025-03-11..2025-03-29]/..` (ours) | began on one of these days |
///
/// ```
/// use allegiance::time::Dated;
/// assert_eq!(Dated::parse("2024-12-08/..").unwrap().text(), "2024-12-08/..");
/// assert!(Dated::parse("2025-02-30").is_err());
/// assert_eq!(Dated::parse("circa 2016").unwrap_err().help.as_deref(), Some("write `2016~`"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    text: Box<str>,
    start: End,
    end: End,
    is_interval: bool,
}

/// Why a text is no date that a record or a question can bear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedError {
    /// What is wrong, in a few words.
    pub message: String,
    /// Where it is wrong: a byte offset into the text.
    pub offset: usize,
    /// What to write instead, where that can be told.
    pub help: Option<String>,
}

/// Written as its text.
impl Serialize for Dated {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Dated {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <&str>::deserialize(from)?;
        Self::parse(text).map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for DatedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, " ({help})"))
    }
}

impl std::error::Error for DatedError {}

impl DatedError {
    fn new(message: impl Into<String>, offset: usize) -> Self {
        Self { message: message.into(), offset, help: None }
    }
}

impl Dated {
    /// Reads a date or interval.
    ///
    /// # Errors
    /// When the text is not EDTF, names a day that does not exist, runs backwards, or is a set of several dates
    /// (`{…}`), which one record cannot bear.
    pub fn parse(text: &str) -> Result<Self, DatedError> {
        let (start, end, is_interval) = match text.split_once('/') {
            None => {
                let bounds = date_or_set(text).map_err(|e| with_hint(e, text))?;
                (End::Known(bounds), End::Known(bounds), false)
            }
            Some((first, last)) => {
                let start = endpoint(first).map_err(|e| with_hint(e, text))?;
                let offset = first.len() + 1;
                let end = endpoint(last)
                    .map_err(|e| DatedError { offset: e.offset + offset, ..e })
                    .map_err(|e| with_hint(e, text))?;
                (start, end, true)
            }
        };
        if let (End::Known(first), End::Known(last)) = (start, end)
            && first.earliest > last.latest
        {
            let mut error = DatedError::new("the interval ends before it begins", 0);
            error.help = text.split_once('/').map(|(a, b)| format!("if the two are swapped, write `{b}/{a}`"));
            return Err(error);
        }
        if is_interval && start == End::Open && end == End::Open {
            return Err(DatedError {
                message: "an interval open at both ends says nothing".into(),
                offset: 0,
                help: Some("write `/..` for `so when attested, start not recorded`".into()),
            });
        }
        if is_interval && start == End::Unknown && end == End::Unknown {
            return Err(DatedError::new("an interval needs at least one end", 0));
        }
        Ok(Self { text: text.into(), start, end, is_interval })
    }

    /// A date of which nothing is recorded: what stands for one that cannot be read.
    #[must_use]
    pub(crate) fn unrecorded() -> Self {
        Self { text: "".into(), start: End::Unknown, end: End::Unknown, is_interval: true }
    }

    /// The text as written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the start is given; for a single date, its bounds.
    #[must_use]
    pub const fn start(&self) -> End {
        self.start
    }

    /// How the end is given; for a single date, its bounds.
    #[must_use]
    pub const fn end(&self) -> End {
        self.end
    }

    /// The text of the start as written; the whole text of a single date. Empty when not recorded.
    #[must_use]
    pub fn start_text(&self) -> &str {
        self.text.split_once('/').map_or(&self.text, |(start, _)| start)
    }

    /// The text of the end as written; the whole text of a single date. Empty when not recorded.
    #[must_use]
    pub fn end_text(&self) -> &str {
        self.text.split_once('/').map_or(&self.text, |(_, end)| end)
    }

    /// Whether it was written with a slash: from one end to another, rather than one date.
    #[must_use]
    pub const fn is_interval(&self) -> bool {
        self.is_interval
    }

    /// Whether nothing records that it ended: the end is open or unknown.
    #[must_use]
    pub const fn has_no_end(&self) -> bool {
        matches!(self.end, End::Open | End::Unknown)
    }

    /// The earliest and latest day that the whole may touch; unbounded where an end is open or unknown.
    #[must_use]
    pub fn hull(&self) -> Bounds {
        let earliest = match self.start {
            End::Known(bounds) => bounds.earliest,
            End::Open | End::Unknown => Day::FAR_PAST,
        };
        let latest = match self.end {
            End::Known(bounds) => bounds.latest,
            End::Open | End::Unknown => Day::FAR_FUTURE,
        };
        Bounds { earliest, latest }
    }

    /// The window a question means by this date: some day of it. Open ends reach without bound.
    #[must_use]
    pub fn window(&self) -> Window {
        let hull = self.hull();
        Window::sometime(hull.earliest.max(Window::ALL.first), hull.latest.min(Window::ALL.last))
    }

    /// Returns when it holds, given the days on which sources attest it.
    ///
    /// * An open or unknown **end**: certain up to `last_attested`, only possible after it.
    /// * An open or unknown **start**: certain from `first_attested` on (never later than the end itself), only possible before.
    ///
    /// Without an attestation such an end gives no certainty beyond the other end. Bounds that overlap are tightened by what they imply:
    /// nothing ends before it begins.
    #[must_use]
    pub fn extent(&self, first_attested: Option<Day>, last_attested: Option<Day>) -> Extent {
        let latest_end = self.hull().latest;
        let start = match self.start {
            End::Known(bounds) if bounds.latest == Day::FAR_FUTURE => {
                let attested = first_attested.unwrap_or(latest_end).max(bounds.earliest);
                Bounds::between(bounds.earliest, attested.min(latest_end))
            }
            // What ended on a day had begun by it.
            End::Known(bounds) => Bounds::between(bounds.earliest, bounds.latest.min(latest_end)),
            End::Open | End::Unknown => {
                Bounds::between(Day::FAR_PAST, first_attested.unwrap_or(latest_end).min(latest_end))
            }
        };
        let end = match self.end {
            End::Known(bounds) => Bounds::between(bounds.earliest.max(start.earliest), bounds.latest),
            End::Open | End::Unknown => {
                let attested = last_attested.unwrap_or(start.earliest);
                Bounds::between(attested.max(start.earliest), Day::FAR_FUTURE)
            }
        };
        Extent { start, end }
    }
}

impl fmt::Display for Dated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn endpoint(text: &str) -> Result<End, DatedError> {
    match text {
        "" => return Ok(End::Unknown),
        ".." => return Ok(End::Open),
        _ => {}
    }
    if let Some(date) = text.strip_prefix("..") {
        let bounds = single(date).map_err(|e| DatedError { offset: e.offset + 2, ..e })?;
        return Ok(End::Known(Bounds::between(Day::FAR_PAST, bounds.latest)));
    }
    if let Some(date) = text.strip_suffix("..") {
        let bounds = single(date)?;
        return Ok(End::Known(Bounds::between(bounds.earliest, Day::FAR_FUTURE)));
    }
    if text.starts_with(['[', '{']) {
        return date_or_set(text).map(End::Known);
    }
    single(text).map(End::Known)
}

/// The day of a text such as `2017-01-29`: most dates of large sets are written so, and reading them as any EDTF takes ten times as long. `None` for all else,
/// also for days that do not exist, so that what is wrong with them is told in one place.
fn plain_day(text: &str) -> Option<Day> {
    let [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1] = *text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0, |all: u32, digit| digit.is_ascii_digit().then(|| all * 10 + u32::from(digit - b'0')))
    };
    let (year, month, day) = (number(&[y0, y1, y2, y3])?, number(&[m0, m1])?, number(&[d0, d1])?);
    Day::from_ymd(year as i32, month, day).ok()
}

/// The bounds of one date, widened by `~` and `?`.
fn single(text: &str) -> Result<Bounds, DatedError> {
    match plain_day(text) {
        Some(day) => Ok(Bounds::between(day, day)),
        None => single_of_any_form(text),
    }
}

fn single_of_any_form(text: &str) -> Result<Bounds, DatedError> {
    match parse(text)? {
        Edtf::Date(date) => date_bounds(&date),
        Edtf::DateTime(moment) => date_bounds(&moment.date),
        Edtf::Interval(_) | Edtf::Set(_) => Err(DatedError::new("one date is wanted here", 0)),
    }
}

fn date_or_set(text: &str) -> Result<Bounds, DatedError> {
    match plain_day(text) {
        Some(day) => Ok(Bounds::between(day, day)),
        None => date_or_set_of_any_form(text),
    }
}

fn date_or_set_of_any_form(text: &str) -> Result<Bounds, DatedError> {
    match parse(text)? {
        Edtf::Date(date) => date_bounds(&date),
        Edtf::DateTime(moment) => date_bounds(&moment.date),
        Edtf::Interval(interval) => {
            // Reached only by forms without a slash, which EDTF does not have; refuse rather than guess.
            let _ = (interval.start == IntervalEndpoint::Open, interval.end);
            Err(DatedError::new("one date is wanted here", 0))
        }
        Edtf::Set(set) if set.kind == SetKind::AllMembers => Err(DatedError {
            message: "`{…}` means every date of the set, which one record cannot bear".into(),
            offset: 0,
            help: Some("write one record for each date, or `[…]` for one date of these".into()),
        }),
        Edtf::Set(set) => {
            let mut hull: Option<Bounds> = None;
            for element in &set.elements {
                let bounds = match element {
                    SetElement::Date(date) => date_bounds(date)?,
                    SetElement::OnOrBefore(date) => Bounds::between(Day::FAR_PAST, date_bounds(date)?.latest),
                    SetElement::OnOrAfter(date) => Bounds::between(date_bounds(date)?.earliest, Day::FAR_FUTURE),
                    SetElement::Range(first, last) => {
                        Bounds::between(date_bounds(first)?.earliest, date_bounds(last)?.latest)
                    }
                };
                hull =
                    Some(hull.map_or(bounds, |h| {
                        Bounds::between(h.earliest.min(bounds.earliest), h.latest.max(bounds.latest))
                    }));
            }
            hull.ok_or_else(|| DatedError::new("the set is empty", 0))
        }
    }
}

fn parse(text: &str) -> Result<Edtf, DatedError> {
    if text.is_empty() {
        return Err(DatedError::new("a date is wanted here", 0));
    }
    Edtf::parse(text).map_err(|e| DatedError::new(e.message, e.offset))
}

fn date_bounds(date: &Date) -> Result<Bounds, DatedError> {
    let bounds = Edtf::Date(*date).bounds();
    let (earliest, latest) = (day(bounds.earliest)?, day(bounds.latest)?);
    if !date.is_uncertain() && !date.is_approximate() {
        return Ok(Bounds::between(earliest, latest));
    }
    // One unit of the written precision on both sides. A year with unspecified digits (`201X~`) moves by its own width.
    let whole_years = latest.number().saturating_sub(earliest.number()) / 365;
    Ok(match date.precision() {
        Precision::Day => Bounds::between(earliest.plus(-1), latest.plus(1)),
        Precision::Month => Bounds::between(earliest.plus_months(-1), month_end(latest.plus_months(1))),
        Precision::Season => Bounds::between(earliest.plus_months(-3), month_end(latest.plus_months(3))),
        Precision::Year => {
            let months = 12 * whole_years.max(1);
            Bounds::between(earliest.plus_months(-months), month_end(latest.plus_months(months)))
        }
    })
}

/// The last day of the month a day lies in.
fn month_end(day: Day) -> Day {
    day.to_ymd().and_then(|(y, m, _)| Day::from_ymd(y, m, 1).ok()).map_or(day, |first| first.plus_months(1).plus(-1))
}

fn day(bound: Bound) -> Result<Day, DatedError> {
    let too_far = || DatedError::new("the year must lie between -9999 and 9999", 0);
    match bound {
        Bound::NegativeInfinity => Ok(Day::FAR_PAST),
        Bound::PositiveInfinity => Ok(Day::FAR_FUTURE),
        Bound::Unknown => Err(too_far()),
        Bound::Date(d) => {
            let year = i32::try_from(d.year).map_err(|_| too_far())?;
            Day::from_ymd(year, u32::from(d.month), u32::from(d.day)).map_err(|_| too_far())
        }
    }
}

/// Adds what to write instead, for the forms people try first.
fn with_hint(mut error: DatedError, text: &str) -> DatedError {
    if error.help.is_none() {
        error.help = hint(text.trim()).map(|instead| format!("write `{instead}`"));
    }
    error
}

fn hint(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    for word in ["circa ", "ca. ", "ca ", "c. ", "about ", "around "] {
        if let Some(rest) = lower.strip_prefix(word) {
            return valid(format!("{rest}~"));
        }
    }
    if text.contains(['–', '—']) {
        return valid(text.replace(['–', '—'], "/"));
    }
    if let Some((a, b)) = text.split_once("..").filter(|(a, _)| !a.is_empty() && !a.contains('/')) {
        let instead = if b.is_empty() { format!("{a}/..") } else { format!("{a}/{b}") };
        return valid(instead);
    }
    if let Some(date) = text.strip_prefix("..").filter(|_| !text.contains('/')) {
        return valid(format!("/{date}"));
    }
    for (name, marker) in [("before ", "/"), ("until ", "/")] {
        if let Some(rest) = lower.strip_prefix(name) {
            return valid(format!("{marker}{rest}"));
        }
    }
    for name in ["since ", "after ", "from "] {
        if let Some(rest) = lower.strip_prefix(name) {
            return valid(format!("{rest}/.."));
        }
    }
    unpadded(text).and_then(valid)
}

/// `2017-1-5`, `2017/1/5` and `2017.01.05` as `2017-01-05`.
fn unpadded(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    if !(2..=3).contains(&parts.len()) || parts.iter().any(|p| p.is_empty() || !p.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let (first, last) = (parts.first()?, parts.last()?);
    let year_first = first.len() == 4 && parts[1..].iter().all(|p| p.len() <= 2);
    let year_last = last.len() == 4 && parts[..parts.len() - 1].iter().all(|p| p.len() <= 2) && parts.len() == 3;
    if !year_first && !year_last {
        return None;
    }
    let ordered: Vec<&str> = if year_first { parts } else { parts.into_iter().rev().collect() };
    let mut written = ordered[0].to_owned();
    for part in &ordered[1..] {
        written.push_str(&format!("-{part:0>2}"));
    }
    Some(written)
}

fn valid(text: String) -> Option<String> {
    Dated::parse_strictly(&text).then_some(text)
}

impl Dated {
    /// Whether the text is a date, without asking for hints again.
    fn parse_strictly(text: &str) -> bool {
        match text.split_once('/') {
            None => date_or_set(text).is_ok(),
            Some((a, b)) => endpoint(a).is_ok() && endpoint(b).is_ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Holds;

    fn ends(text: &str) -> [String; 4] {
        let extent = Dated::parse(text).unwrap_or_else(|e| panic!("{text}: {e}")).extent(None, None);
        [extent.start.earliest, extent.start.latest, extent.end.earliest, extent.end.latest].map(|d| d.to_string())
    }

    #[test]
    fn bounds_are_those_of_the_written_precision() {
        for (text, want) in [
            ("2017", ["2017-01-01", "2017-12-31", "2017-01-01", "2017-12-31"]),
            ("2016-02", ["2016-02-01", "2016-02-29", "2016-02-01", "2016-02-29"]),
            ("2016-21", ["2016-03-01", "2016-05-31", "2016-03-01", "2016-05-31"]),
            ("2016~/2017", ["2015-01-01", "2017-12-31", "2017-01-01", "2017-12-31"]),
            ("2016~/2017-01", ["2015-01-01", "2017-01-31", "2017-01-01", "2017-01-31"]),
            ("2024-12-22~/2025", ["2024-12-21", "2024-12-23", "2025-01-01", "2025-12-31"]),
            ("2025-08~/2025-09~", ["2025-07-01", "2025-09-30", "2025-08-01", "2025-10-31"]),
            ("..2014/2016", ["..", "2014-12-31", "2016-01-01", "2016-12-31"]),
            ("2018/2025-07..", ["2018-01-01", "2018-12-31", "2025-07-01", ".."]),
            ("[2016,2018]", ["2016-01-01", "2018-12-31", "2016-01-01", "2018-12-31"]),
            ("201X~", ["2000-01-01", "2029-12-31", "2000-01-01", "2029-12-31"]),
            ("2017/..2025-03", ["2017-01-01", "2017-12-31", "2017-01-01", "2025-03-31"]),
            ("[2025-03-11..2025-03-29]/..", ["2025-03-11", "2025-03-29", "2025-03-11", ".."]),
            ("[..2019]/[2019..]", ["..", "2019-12-31", "2019-01-01", ".."]),
        ] {
            assert_eq!(ends(text), want, "{text}");
        }
    }

    #[test]
    fn plain_days_are_read_as_the_parser_of_all_forms_reads_them() {
        let check = |text: &str| {
            let plain = plain_day(text).map(|day| Bounds::between(day, day));
            let any = [single_of_any_form(text), date_or_set_of_any_form(text)].map(Result::ok);
            if let Some(plain) = plain {
                assert_eq!(any, [Some(plain); 2], "{text}");
            }
            (plain, any[0])
        };
        // Every day and every text of the form near one: what is a day for one is the same day for the other.
        for year in (0..=12).chain(1580..=1604).chain(1890..=2110).chain(9990..=9999) {
            for month in 0..=13 {
                for day in 0..=32 {
                    let text = format!("{year:04}-{month:02}-{day:02}");
                    let (plain, any) = check(&text);
                    assert_eq!(plain, any, "{text}");
                }
            }
        }
        // Any sign in any place: what is read as plain is read the same by the other.
        for text in ["2016-02-29", "1999-12-31", "0001-01-01"] {
            for place in 0..text.len() {
                for sign in (b' '..=b'~').map(char::from).chain(['\t', '\n', 'é', '０', '−']) {
                    let mut signs: Vec<char> = text.chars().collect();
                    signs[place] = sign;
                    check(&signs.iter().collect::<String>());
                    signs.insert(place, sign);
                    check(&signs.iter().collect::<String>());
                    signs.drain(place..=place + 1);
                    check(&signs.iter().collect::<String>());
                }
            }
        }
    }

    #[test]
    fn an_open_end_is_certain_up_to_the_last_attestation() {
        let attested = Day::from_ymd(2025, 3, 29).ok();
        let extent = Dated::parse("2024-12-08/..").unwrap().extent(None, attested);
        let at = |y, m, d| extent.holds(Window::on(Day::from_ymd(y, m, d).unwrap()));
        assert_eq!(at(2024, 12, 7), Holds::No);
        assert_eq!(at(2024, 12, 8), Holds::Certain);
        assert_eq!(at(2025, 3, 29), Holds::Certain);
        assert_eq!(at(2025, 3, 30), Holds::Possible);
    }

    #[test]
    fn an_unknown_start_is_certain_from_the_first_attestation() {
        let attested = Day::from_ymd(2019, 1, 31).ok();
        let extent = Dated::parse("/..").unwrap().extent(attested, Day::from_ymd(2025, 1, 1).ok());
        let at = |y, m, d| extent.holds(Window::on(Day::from_ymd(y, m, d).unwrap()));
        assert_eq!(at(2019, 1, 30), Holds::Possible);
        assert_eq!(at(2019, 1, 31), Holds::Certain);
        assert_eq!(at(2025, 1, 1), Holds::Certain);
        assert_eq!(at(2025, 1, 2), Holds::Possible);
    }

    #[test]
    fn what_ended_was_so_on_its_last_day_whatever_the_attestation() {
        let extent = Dated::parse("/2024-12-08").unwrap().extent(Day::from_ymd(2025, 3, 29).ok(), None);
        assert_eq!(extent.holds(Window::on(Day::from_ymd(2024, 12, 8).unwrap())), Holds::Certain);
        assert_eq!(extent.holds(Window::on(Day::from_ymd(2024, 12, 7).unwrap())), Holds::Possible);
        assert_eq!(extent.holds(Window::on(Day::from_ymd(2024, 12, 9).unwrap())), Holds::No);
    }

    #[test]
    fn faults_come_with_an_offset_and_what_to_write() {
        for (text, offset, help) in [
            ("2025-02-30", 8, None),
            ("2025-13", 5, None),
            ("", 0, None),
            ("circa 2016", 5, Some("write `2016~`")),
            ("2017-1-5", 6, Some("write `2017-01-05`")),
            ("2017..", 4, Some("write `2017/..`")),
            ("2014–2016", 4, Some("write `2014/2016`")),
            ("since 2016", 5, Some("write `2016/..`")),
            ("2025/2024", 0, Some("if the two are swapped, write `2024/2025`")),
            ("2020/2025-02-30", 13, None),
        ] {
            let error = Dated::parse(text).expect_err(text);
            assert_eq!(error.help.as_deref(), help, "{text}: {error}");
            assert_eq!(error.offset, offset, "{text}: {error}");
        }
        assert!(Dated::parse("{2014,2016}").is_err());
        assert!(Dated::parse("../..").is_err());
        assert!(Dated::parse("/").is_err());
    }
}
