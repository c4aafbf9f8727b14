//! Days and durations by the tables of the conformance kit, and against day-by-day oracles.

use super::*;
use crate::query::notation::literal;
use crate::time::Day;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    date::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn map(text: &str) -> crate::query::value::Map {
    // Days are texts in the notation.
    let Ok(Value::Map(map)) = literal(text) else { panic!("{text}") };
    let dated = |(key, value): (&std::sync::Arc<str>, &Value)| match (&**key, value) {
        ("date", Value::String(text)) => (key.clone(), Value::Date(day(text))),
        _ => (key.clone(), value.clone()),
    };
    map.iter().map(dated).collect()
}

#[test]
fn days_are_read_in_every_form_of_the_calendar() {
    for (text, want) in [
        ("2015-07-21", "2015-07-21"),
        ("20150721", "2015-07-21"),
        ("2015-07", "2015-07-01"),
        ("201507", "2015-07-01"),
        ("2015-W30-2", "2015-07-21"),
        ("2015W302", "2015-07-21"),
        ("2015-W30", "2015-07-20"),
        ("2015W30", "2015-07-20"),
        ("2015-202", "2015-07-21"),
        ("2015202", "2015-07-21"),
        ("2015", "2015-01-01"),
        ("-0044-03-15", "-0044-03-15"),
    ] {
        assert_eq!(day(text).to_string(), want, "{text}");
    }
    for text in [
        "",
        "2015-",
        "2015-7",
        "2015-02-30",
        "2015-W54",
        "2015-366",
        "2016~",
        "20150",
        "2015-W3",
        "x",
        "2015-07-21T",
        "٢٠١٥",
    ] {
        assert!(date::parse(text).is_err(), "{text}");
    }
}

#[test]
fn days_are_made_from_parts() {
    for (parts, want) in [
        ("{year: 1984, month: 10, day: 11}", "1984-10-11"),
        ("{year: 1984, week: 10, dayOfWeek: 3}", "1984-03-07"),
        ("{year: 1984}", "1984-01-01"),
        ("{year: 1984, ordinalDay: 202}", "1984-07-20"),
        ("{year: 1984, quarter: 3, dayOfQuarter: 45}", "1984-08-14"),
        ("{year: 1817, week: 1}", "1816-12-30"),
        ("{year: 1818, week: 53}", "1818-12-28"),
        ("{date: '1816-12-30', week: 2, dayOfWeek: 3}", "1817-01-08"),
        ("{date: '1816-12-31', week: 2}", "1817-01-07"),
        ("{date: '1984-11-11', day: 28}", "1984-11-28"),
        ("{date: '1984-11-11'}", "1984-11-11"),
    ] {
        assert_eq!(date::from_map(&map(parts)).map(|d| d.to_string()).ok().as_deref(), Some(want), "{parts}");
    }
    for parts in
        ["{}", "{month: 1}", "{year: 2016, day: 2}", "{year: 2016, moon: 1}", "{year: 2016, month: 13}", "{year: 1.5}"]
    {
        assert!(date::from_map(&map(parts)).is_err(), "{parts}");
    }
}

#[test]
fn days_are_truncated_to_units() {
    let truncated =
        |unit, text, fields| date::truncate(unit, day(text), Some(&map(fields))).map(|d| d.to_string()).ok();
    for (unit, text, fields, want) in [
        ("millennium", "2017-10-11", "{day: 2}", "2000-01-02"),
        ("century", "1984-10-11", "{}", "1900-01-01"),
        ("decade", "1984-10-11", "{}", "1980-01-01"),
        ("weekYear", "1984-02-01", "{}", "1984-01-02"),
        ("quarter", "1984-11-11", "{}", "1984-10-01"),
        ("week", "1984-10-11", "{dayOfWeek: 2}", "1984-10-09"),
    ] {
        assert_eq!(truncated(unit, text, fields).as_deref(), Some(want), "{unit} {text}");
    }
    assert_eq!(truncated("fortnight", "1984-10-11", "{}"), None);
}

#[test]
fn parts_of_days_and_durations_have_names() {
    let part = |value: &Value, key| match component(value, key) {
        Some(Value::Integer(number)) => number,
        other => panic!("{key}: {other:?}"),
    };
    let known = Value::Date(day("1984-10-11"));
    let parts = [1984, 4, 10, 41, 1984, 11, 11, 4, 4, 285];
    assert_eq!(components(&known).iter().map(|key| part(&known, key)).collect::<Vec<_>>(), parts);
    assert_eq!(part(&Value::Date(day("1984-01-01")), "weekYear"), 1983);
    let fields = "{years: 1, months: 4, days: 10, hours: 1, minutes: 1, seconds: 1, nanoseconds: 111111111}";
    let lasting = Value::Duration(Duration::from_map(&map(fields)).unwrap().into());
    let parts = [
        1,
        5,
        16,
        1,
        10,
        1,
        61,
        3661,
        3_661_111,
        3_661_111_111,
        3_661_111_111_111,
        1,
        1,
        4,
        3,
        1,
        1,
        111,
        111_111,
        111_111_111,
    ];
    assert_eq!(components(&lasting).iter().map(|key| part(&lasting, key)).collect::<Vec<_>>(), parts);
    assert_eq!(component(&lasting, "moons"), None);
}

#[test]
fn durations_are_written_and_read_back() {
    for (parts, want) in [
        ("{days: 14, hours: 16, minutes: 12}", "P14DT16H12M"),
        ("{months: 5, days: 1.5}", "P5M1DT12H"),
        ("{months: 0.75}", "P22DT19H51M49.5S"),
        ("{weeks: 2.5}", "P17DT12H"),
        (
            "{years: 12, months: 5, days: 14, hours: 16, minutes: 12, seconds: 70, nanoseconds: 1}",
            "P12Y5M14DT16H13M10.000000001S",
        ),
        ("{years: 12, months: 5, days: -14, hours: 16}", "P12Y5M-14DT16H"),
        ("{minutes: 12, seconds: -60}", "PT11M"),
        ("{seconds: 2, milliseconds: -1}", "PT1.999S"),
        ("{seconds: -2, milliseconds: 1}", "PT-1.999S"),
        ("{days: 1, milliseconds: -1}", "P1DT-0.001S"),
        ("{seconds: -60, milliseconds: -1}", "PT-1M-0.001S"),
        ("{minutes: 1.5, seconds: 1}", "PT1M31S"),
        ("{}", "PT0S"),
    ] {
        let duration = Duration::from_map(&map(parts)).unwrap_or_else(|e| panic!("{parts}: {e}"));
        assert_eq!(duration.to_string(), want);
        assert_eq!(Duration::parse(want).ok(), Some(duration), "{want}");
    }
    for text in ["", "P", "PT", "1Y", "P1", "P1H", "PT1Y", "P1.Y", "P99999999999999999999Y", "P-"] {
        assert!(Duration::parse(text).is_err(), "{text}");
    }
}

#[test]
fn durations_are_added_to_days_and_scaled() {
    let fields = "{years: 12.5, months: 5.5, days: 14.5, hours: 16.5, minutes: 12.5, seconds: 70.5, nanoseconds: 3}";
    let duration = Duration::from_map(&map(fields)).unwrap();
    let day = day("1984-10-11");
    assert_eq!(date::plus(day, &duration).unwrap().to_string(), "1997-10-11");
    assert_eq!(date::plus(day, &duration.negated().unwrap()).unwrap().to_string(), "1971-10-12");
    let whole = Duration::parse("P12Y5M14DT16H13M10.000000001S").unwrap();
    assert_eq!(whole.times(0.5).unwrap().to_string(), "P6Y2M22DT13H21M8S");
    assert_eq!(whole.times(2.0).unwrap().to_string(), "P24Y10M28DT32H26M20.000000002S");
    assert!(date::plus(day, &Duration { days: i64::MAX, ..Duration::default() }).is_err());
    assert!(date::plus(day, &Duration { months: i64::MIN, ..Duration::default() }).is_err());
    assert!(date::between(Day::FAR_PAST, day).is_err());
}

#[test]
fn between_counts_whole_months() {
    for (from, to, want) in [
        ("1984-10-11", "2015-06-24", "P30Y8M13D"),
        ("2018-03-11", "2016-06-24", "P-1Y-8M-17D"),
        ("2016-01-31", "2016-02-29", "P29D"),
    ] {
        assert_eq!(date::between(day(from), day(to)).unwrap().to_string(), want, "{from} {to}");
    }
}

proptest! {
    #[test]
    fn what_lies_between_two_days_leads_from_one_to_the_other(from in -500_000_i32..500_000, to in -500_000_i32..500_000) {
        let (from, to) = (Day::new(from), Day::new(to));
        prop_assert_eq!(date::plus(from, &date::between(from, to).unwrap()).unwrap(), to);
        prop_assert_eq!(date::days_between(from, to), i64::from(to.number()) - i64::from(from.number()));
    }

    #[test]
    fn every_form_of_a_day_names_it(number in -4_000_000_i32..2_900_000) {
        let day = Day::new(number);
        let of = |key| component(&Value::Date(day), key).unwrap();
        for keys in [["year", "month", "day"], ["year", "quarter", "dayOfQuarter"]] {
            let map = keys.into_iter().map(|key| (key, of(key))).collect();
            prop_assert_eq!(date::from_map(&map).unwrap(), day);
        }
        let week = [("year", of("weekYear")), ("week", of("week")), ("dayOfWeek", of("dayOfWeek"))];
        prop_assert_eq!(date::from_map(&week.into_iter().collect()).unwrap(), day);
        prop_assert_eq!(date::parse(&day.to_string()).unwrap(), day);
    }

    #[test]
    fn no_text_makes_it_panic(text in "[-+0-9PTWYMDHS.X~/]{0,12}") {
        let _ = date::parse(&text);
        let _ = Duration::parse(&text);
    }

    #[test]
    fn durations_read_back(months in -99_i64..99, days in -99_i64..99, seconds in -99_999_i64..99_999, nanoseconds in 0_i32..1_000_000_000) {
        let duration = Duration { months, days, seconds, nanoseconds };
        prop_assert_eq!(Duration::parse(&duration.to_string()).unwrap(), duration);
        prop_assert_eq!(duration.negated().unwrap().negated().unwrap(), duration);
        prop_assert_eq!(duration.plus(&duration.negated().unwrap()).unwrap(), Duration::default());
    }
}
