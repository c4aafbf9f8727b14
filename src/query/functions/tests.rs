//! The table is sound, and the functions of values do what the conformance kit and the table say.

use super::mock::{Mock, SLICE};
use super::*;
use crate::query::notation::{literal, write};
use crate::query::tree::BinaryOp;
use proptest::prelude::*;

/// What a call comes to, in notation; the detail of the error where there is one.
fn call(name: &str, arguments: &[&str]) -> String {
    let arguments: Vec<Value> = arguments.iter().map(|text| literal(text).unwrap()).collect();
    let graph = Mock { horizon: crate::time::Day::from_ymd(2025, 11, 30).ok(), ..Mock::default() };
    let found = match find(name).unwrap_or_else(|| panic!("no function {name}")).body {
        Body::Pure(function) => function(&arguments),
        Body::OfGraph(function) => of_graph::call(function, &arguments, &graph, SLICE),
        Body::Aggregate(aggregate) => aggregated(aggregate, false, &[&arguments]),
    };
    found.map_or_else(|error| error.detail.to_owned(), |value| write(&value, &graph, SLICE))
}

fn aggregated(aggregate: Aggregate, distinct: bool, rows: &[&[Value]]) -> Result<Value> {
    let mut accumulator = aggregate::Accumulator::new(aggregate, distinct);
    rows.iter().try_for_each(|row| accumulator.add(row))?;
    accumulator.finish()
}

#[test]
fn the_table_is_in_order_and_complete() {
    let keys: Vec<_> = all().map(|f| (f.group, f.name.to_ascii_lowercase())).collect();
    assert!(keys.is_sorted(), "by group and name");
    for function in all() {
        assert_eq!(all().filter(|f| f.name.eq_ignore_ascii_case(function.name)).count(), 1, "{}", function.name);
        assert!(function.optional <= function.parameters.len(), "{}", function.name);
        assert!(function.summary.ends_with('.'), "{}", function.name);
        assert!(
            function.example.0.to_ascii_lowercase().contains(&function.name.to_ascii_lowercase()),
            "{}",
            function.name
        );
        assert!(literal(function.example.1).is_ok(), "{}", function.name);
        assert!(habit(function.name).is_none(), "{} is here and needs no advice", function.name);
    }
}

#[test]
fn examples_that_need_no_graph_are_true() {
    let mut checked = 0;
    for function in all() {
        let (expression, want) = function.example;
        let inner = expression.strip_prefix(function.name).and_then(|rest| rest.strip_prefix('(')?.strip_suffix(')'));
        let Some(Ok(Value::List(arguments))) = inner.map(|inner| literal(&format!("[{inner}]"))) else { continue };
        let arguments: Vec<String> = arguments.iter().map(|value| write(value, &Mock::default(), SLICE)).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        assert_eq!(call(function.name, &arguments), want, "{expression}");
        checked += 1;
    }
    assert!(checked > 70, "{checked}");
}

#[test]
fn functions_answer_as_the_conformance_kit_has_it() {
    for (name, arguments, want) in [
        ("toInteger", &["82.9"][..], "82"),
        ("toInteger", &["'1.7'"], "1"),
        ("toInteger", &["'foo'"], "null"),
        ("toInteger", &["'9223372036854775807'"], "9223372036854775807"),
        ("toInteger", &["1e300"], "IntegerOverflow"),
        ("toInteger", &["[]"], "InvalidArgumentValue"),
        ("toFloat", &["'foo'"], "null"),
        ("toFloat", &["'inf'"], "null"),
        ("toFloat", &["'1'"], "1.0"),
        ("toBoolean", &["' tru '"], "null"),
        ("toBoolean", &["'FALSE'"], "false"),
        ("toBoolean", &["1.0"], "InvalidArgumentValue"),
        ("toString", &["{}"], "InvalidArgumentValue"),
        ("toString", &["1.0"], "'1.0'"),
        ("labels", &["1"], "InvalidArgumentValue"),
        ("labels", &["null"], "null"),
        ("range", &["0", "1", "-1"], "[]"),
        ("range", &["0", "0", "-1"], "[0]"),
        ("range", &["1381", "-3412", "-1298"], "[1381, 83, -1215, -2513]"),
        ("range", &["2", "8", "0"], "NumberOutOfRange"),
        ("range", &["0.0", "1", "1"], "InvalidArgumentType"),
        (
            "range",
            &["-9223372036854775808", "9223372036854775807", "9223372036854775807"],
            "[-9223372036854775808, -1, 9223372036854775806]",
        ),
        ("range", &["0", "9223372036854775807"], "ValueTooLarge"),
        ("reverse", &["'raksO'"], "'Oskar'"),
        ("substring", &["'0123456789'", "1"], "'123456789'"),
        ("substring", &["'abc'", "-1"], "NumberOutOfRange"),
        ("split", &["'a,b;c'", "[',', ';']"], "['a', 'b', 'c']"),
        ("split", &["'abc'", "''"], "['a', 'b', 'c']"),
        ("size", &["'🧐x'"], "2"),
        ("abs", &["-9223372036854775808"], "IntegerOverflow"),
        ("sign", &["-0.5"], "-1"),
        ("round", &["-1.5"], "-1.0"),
        ("round", &["2.5", "0", "'half_even'"], "2.0"),
        ("round", &["1e300", "10"], "1e300"),
        ("round", &["1", "0", "'sideways'"], "InvalidArgumentValue"),
        ("keys", &["null"], "null"),
        ("coalesce", &["null", "null"], "null"),
        ("date", &[], "'2025-11-30'"),
        ("date", &["'2016-07'"], "'2016-07-01'"),
        ("date", &["'2016~'"], "InvalidArgumentValue"),
        ("date.truncate", &["'year'"], "InvalidArgumentValue"),
        ("validAt", &["null", "'2016'"], "null"),
        ("before", &["'2016'", "'circa 2017'"], "InvalidArgumentValue"),
        ("percentileCont", &["1", "1.1"], "NumberOutOfRange"),
        ("percentileDisc", &["1", "-1"], "NumberOutOfRange"),
    ] {
        assert_eq!(call(name, arguments), want, "{name}{arguments:?}");
    }
}

#[test]
fn aggregates_pass_over_nulls_and_repeats() {
    let check = |aggregate, distinct, values: &str, want: &str| {
        let Ok(Value::List(values)) = literal(values) else { panic!("{values}") };
        let half = Value::Float(0.5);
        let rows: Vec<Vec<Value>> = values.iter().map(|value| vec![value.clone(), half.clone()]).collect();
        let rows: Vec<&[Value]> = rows.iter().map(Vec::as_slice).collect();
        let found = aggregated(aggregate, distinct, &rows);
        let found = found.map_or_else(|e| e.detail.to_owned(), |value| write(&value, &Mock::default(), SLICE));
        assert_eq!(found, want, "{aggregate:?} {values:?}");
    };
    check(Aggregate::Count, false, "[1, null, 1.0]", "2");
    check(Aggregate::Count, true, "[1, null, 1.0]", "1");
    check(Aggregate::Collect, true, "[null, 1, null, 1]", "[1]");
    check(Aggregate::Sum, false, "[]", "0");
    check(Aggregate::Sum, false, "[1, 2.5, null]", "3.5");
    check(Aggregate::Sum, false, "[9223372036854775807, 1, -1]", "9223372036854775807");
    check(Aggregate::Sum, false, "[9223372036854775807, 1]", "IntegerOverflow");
    check(Aggregate::Sum, false, "[1e100, 1, -1e100]", "1.0");
    check(Aggregate::Sum, false, "['a']", "InvalidArgumentValue");
    check(Aggregate::Average, false, "[]", "null");
    check(Aggregate::Average, false, "[1, 2]", "1.5");
    check(Aggregate::Max, false, "[1, 'a', null, [1, 2], 0.2, 'b']", "1");
    check(Aggregate::Min, false, "[1, 'a', null, [1, 2], 0.2, 'b']", "[1, 2]");
    check(Aggregate::Max, false, "[[1], [2], [2, 1]]", "[2, 1]");
    check(Aggregate::StandardDeviation, false, "[7]", "0.0");
    check(Aggregate::StandardDeviation, false, "[1, 3, 5]", "2.0");
    check(Aggregate::PercentileDiscrete, false, "[30, 10, 20]", "20");
    check(Aggregate::PercentileContinuous, false, "[10.0, 20.0]", "15.0");
    check(Aggregate::PercentileContinuous, false, "[]", "null");
}

#[test]
fn names_that_are_near_or_from_elsewhere_are_answered() {
    assert_eq!(near("tolower")[0], "toLower");
    assert_eq!(near("colesce")[0], "coalesce");
    assert_eq!(near("valdAt")[0], "validAt");
    assert!(near("qqqq").is_empty());
    assert!(habit("ID").is_some_and(|advice| advice.contains("n.id")));
    assert!(habit("apoc.text.join").is_some());
    assert!(habit("foo").is_none());
    assert!(find("COUNT").is_some());
}

proptest! {
    #[test]
    fn no_argument_makes_a_function_panic(arguments in prop::collection::vec(crate::query::compare::tests::any_value(), 0..4)) {
        let graph = Mock::default();
        for function in all() {
            let count = arguments.len();
            let fewest = function.parameters.len() - function.optional;
            if count < fewest || (count > function.parameters.len() && !function.variadic) {
                continue;
            }
            match function.body {
                Body::Pure(body) => drop(body(&arguments)),
                Body::OfGraph(body) => drop(of_graph::call(body, &arguments, &graph, SLICE)),
                Body::Aggregate(body) => drop(aggregated(body, true, &[&arguments, &arguments])),
            }
        }
    }

    #[test]
    fn numbers_and_texts_read_back(number in any::<f64>(), whole in any::<i64>(), text in any::<String>()) {
        let values = Value::list(vec![Value::Float(number), Value::Integer(whole), Value::text(&text)]);
        let map = Value::map([(text.as_str(), values.clone())].into_iter().collect());
        for value in [values, map] {
            let written = write(&value, &Mock::default(), SLICE);
            let read = literal(&written).unwrap();
            prop_assert_eq!(write(&read, &Mock::default(), SLICE), written);
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "[-\\[\\]{}:,'\"`a0.eE\\\\un ]{0,20}") {
        let _ = literal(&text);
    }
}

#[test]
fn nesting_has_an_end_when_read() {
    assert!(literal(&"[".repeat(100_000)).is_err());
    assert!(literal("[1, 2").is_err());
    assert!(literal("{a 1}").is_err());
    assert!(literal("9223372036854775808").is_err());
    assert_eq!(literal("-0x10").unwrap(), Value::Integer(-16));
    assert_eq!(crate::query::arithmetic::binary(BinaryOp::Add, &Value::Null, &Value::Null).unwrap(), Value::Null);
}
