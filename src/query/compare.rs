//! Equality and order of values, three-valued where the language is.
//!
//! Four questions, each with its own answer: `=` ([`equals`]), `<` and its like ([`test()`]), the place in `ORDER BY` ([`order`]), and
//! whether two values are one for grouping and `DISTINCT` ([`Key`]). Whole numbers and floats are compared exactly, without a cast that loses.

use super::tree::CompareOp;
use super::value::{Map, Path, Value};
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// `a = b`: `None` where it is not known.
///
/// Lists and maps are equal element by element; a null inside leaves it open unless something else differs. A not-a-number is equal
/// to nothing. Values of different types are different.
#[must_use]
pub fn equals(a: &Value, b: &Value) -> Option<bool> {
    match (a, b) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::List(a), Value::List(b)) => {
            if a.len() != b.len() {
                return Some(false);
            }
            every(a.iter().zip(b.iter()).map(|(a, b)| equals(a, b)))
        }
        (Value::Map(a), Value::Map(b)) => {
            if a.len() != b.len() || a.iter().any(|(key, _)| b.get(key).is_none()) {
                return Some(false);
            }
            every(a.iter().map(|(key, value)| equals(value, b.get(key).unwrap_or(&Value::Null))))
        }
        _ => Some(match numbers(a, b) {
            Some(ordering) => ordering == Some(Ordering::Equal),
            None => same_scalar(a, b),
        }),
    }
}

/// `AND` over many: false at the first false, open when something is.
fn every(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = true;
    for answer in answers {
        match answer {
            Some(false) => return Some(false),
            Some(true) => {}
            None => known = false,
        }
    }
    known.then_some(true)
}

/// Equality of what is neither a number nor made of values.
fn same_scalar(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::String(a), Value::String(b)) => a == b,
        (Value::Node(a), Value::Node(b)) => a == b,
        (Value::Relation(a), Value::Relation(b)) => a == b,
        (Value::Path(a), Value::Path(b)) => a == b,
        (Value::Date(a), Value::Date(b)) => a == b,
        (Value::Duration(a), Value::Duration(b)) => a == b,
        _ => false,
    }
}

/// Both values as numbers in order: `None` where one is no number, `Some(None)` where one is not-a-number.
#[allow(clippy::option_option, reason = "two questions: are both numbers, and can they be ordered")]
fn numbers(a: &Value, b: &Value) -> Option<Option<Ordering>> {
    Some(match (a, b) {
        (Value::Integer(a), Value::Integer(b)) => Some(a.cmp(b)),
        (Value::Float(a), Value::Float(b)) => a.partial_cmp(b),
        (Value::Integer(a), Value::Float(b)) => integer_float(*a, *b),
        (Value::Float(a), Value::Integer(b)) => integer_float(*b, *a).map(Ordering::reverse),
        _ => return None,
    })
}

/// The exact order of a whole number and a float; `None` for not-a-number.
fn integer_float(a: i64, b: f64) -> Option<Ordering> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0; // 2^63, exact in floating point
    if b.is_nan() {
        None
    } else if b >= LIMIT {
        Some(Ordering::Less)
    } else if b < -LIMIT {
        Some(Ordering::Greater)
    } else {
        // Within ±2^63 the whole part is exact as an i64.
        let whole = b.trunc();
        Some(a.cmp(&(whole as i64)).then_with(|| 0.0_f64.total_cmp(&(b - whole + 0.0))))
    }
}

/// How two values stand for `<` and its like.
enum Stand {
    /// In this order.
    Ordered(Ordering),
    /// One is not-a-number: no comparison of the two is true.
    Unordered,
    /// Not known: a null, or values of types that are not compared.
    Unknown,
}

fn stand(a: &Value, b: &Value) -> Stand {
    match (a, b) {
        (Value::Boolean(a), Value::Boolean(b)) => Stand::Ordered(a.cmp(b)),
        (Value::String(a), Value::String(b)) => Stand::Ordered(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Stand::Ordered(a.cmp(b)),
        (Value::List(a), Value::List(b)) => {
            let firsts = a.iter().zip(b.iter()).map(|(a, b)| stand(a, b));
            for first in firsts {
                match first {
                    Stand::Ordered(Ordering::Equal) => {}
                    decided => return decided,
                }
            }
            Stand::Ordered(a.len().cmp(&b.len()))
        }
        _ => match numbers(a, b) {
            Some(Some(ordering)) => Stand::Ordered(ordering),
            Some(None) => Stand::Unordered,
            None => Stand::Unknown,
        },
    }
}

/// How two values are ordered, for `<` and its like: `None` where they cannot be compared or it is not known.
///
/// Compared are numbers with numbers, texts, Booleans and days with their like, and lists by their first difference. A comparison with
/// not-a-number is `None` here and *false* in the language: see [`test()`].
#[must_use]
pub fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    match stand(a, b) {
        Stand::Ordered(ordering) => Some(ordering),
        Stand::Unordered | Stand::Unknown => None,
    }
}

/// `a < b`, `a = b` and the other comparisons of values: `None` where it is not known, and for operators on texts.
#[must_use]
pub fn test(op: CompareOp, a: &Value, b: &Value) -> Option<bool> {
    let holds: fn(Ordering) -> bool = match op {
        CompareOp::Equal => return equals(a, b),
        CompareOp::NotEqual => return equals(a, b).map(|equal| !equal),
        CompareOp::Less => Ordering::is_lt,
        CompareOp::LessOrEqual => Ordering::is_le,
        CompareOp::Greater => Ordering::is_gt,
        CompareOp::GreaterOrEqual => Ordering::is_ge,
        CompareOp::Matches | CompareOp::StartsWith | CompareOp::EndsWith | CompareOp::Contains => return None,
    };
    match stand(a, b) {
        Stand::Ordered(ordering) => Some(holds(ordering)),
        Stand::Unordered => Some(false),
        Stand::Unknown => None,
    }
}

/// The order of `ORDER BY`, in which any two values have a place.
///
/// By type: maps, nodes, relations, lists, paths, days, durations, texts, Booleans, numbers with not-a-number last, null. Maps by size, keys and
/// values; nodes and relations by number; lists by their first difference; durations by their average length.
/// Two values have the same place exactly when they are one [`Key`].
#[must_use]
pub fn order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Map(a), Value::Map(b)) => order_maps(a, b),
        (Value::Node(a), Value::Node(b)) => a.cmp(b),
        (Value::Relation(a), Value::Relation(b)) => a.cmp(b),
        (Value::List(a), Value::List(b)) => {
            let differs = a.iter().zip(b.iter()).map(|(a, b)| order(a, b)).find(|o| o.is_ne());
            differs.unwrap_or_else(|| a.len().cmp(&b.len()))
        }
        (Value::Path(a), Value::Path(b)) => order_paths(a, b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Duration(a), Value::Duration(b)) => a.average().cmp(&b.average()).then_with(|| a.cmp(b)),
        (Value::String(a), Value::String(b)) => a.cmp(b),
        (Value::Boolean(a), Value::Boolean(b)) => a.cmp(b),
        _ => match numbers(a, b) {
            Some(Some(ordering)) => ordering,
            Some(None) => is_nan(a).cmp(&is_nan(b)),
            None => rank(a).cmp(&rank(b)),
        },
    }
}

fn order_maps(a: &Map, b: &Map) -> Ordering {
    let sorted = |map: &Map| {
        let mut keys: Vec<_> = map.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        keys.sort_by(|(a, _), (b, _)| a.cmp(b));
        keys
    };
    a.len().cmp(&b.len()).then_with(|| {
        let (a, b) = (sorted(a), sorted(b));
        let keys = a.iter().map(|(key, _)| key).cmp(b.iter().map(|(key, _)| key));
        keys.then_with(|| {
            let values = a.iter().zip(&b).map(|((_, a), (_, b))| order(a, b));
            values.fold(Ordering::Equal, Ordering::then)
        })
    })
}

fn order_paths(a: &Path, b: &Path) -> Ordering {
    a.nodes.first().cmp(&b.nodes.first()).then_with(|| {
        let steps = |path: &Path| -> Vec<_> {
            path.relations.iter().copied().zip(path.nodes.iter().skip(1).copied()).collect()
        };
        steps(a).cmp(&steps(b))
    })
}

fn is_nan(value: &Value) -> bool {
    matches!(value, Value::Float(number) if number.is_nan())
}

const fn rank(value: &Value) -> u8 {
    match value {
        Value::Map(_) => 0,
        Value::Node(_) => 1,
        Value::Relation(_) => 2,
        Value::List(_) => 3,
        Value::Path(_) => 4,
        Value::Date(_) => 5,
        Value::Duration(_) => 6,
        Value::String(_) => 7,
        Value::Boolean(_) => 8,
        Value::Integer(_) | Value::Float(_) => 9,
        Value::Null => 10,
    }
}

/// Values as a key of grouping and `DISTINCT`: null is null, 1 is 1.0, a not-a-number is itself, maps have no order.
#[derive(Clone, Debug)]
pub struct Key(pub Box<[Value]>);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(|(a, b)| is_one(a, b))
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|value| hash(value, state));
    }
}

/// Whether two values are one for grouping.
fn is_one(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Null, Value::Null) => true,
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| is_one(a, b)),
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| is_one(a, b)))
        }
        _ => match numbers(a, b) {
            Some(Some(ordering)) => ordering.is_eq(),
            Some(None) => is_nan(a) && is_nan(b),
            None => same_scalar(a, b),
        },
    }
}

fn hash<H: Hasher>(value: &Value, state: &mut H) {
    rank(value).hash(state);
    match value {
        Value::Null => {}
        Value::Boolean(value) => value.hash(state),
        Value::Integer(number) => number.hash(state),
        // A float that is a whole number hashes as that number; every not-a-number alike.
        Value::Float(number) if number.is_nan() => f64::NAN.to_bits().hash(state),
        Value::Float(number) => {
            let whole = *number as i64;
            if integer_float(whole, *number) == Some(Ordering::Equal) {
                whole.hash(state);
            } else {
                number.to_bits().hash(state);
            }
        }
        Value::String(text) => text.hash(state),
        Value::List(items) => {
            items.len().hash(state);
            items.iter().for_each(|item| hash(item, state));
        }
        Value::Map(map) => {
            // The sum does not depend on the order of the keys.
            let sum = map.iter().fold(0_u64, |sum, (key, value)| {
                let mut inner = rustc_hash::FxHasher::default();
                key.hash(&mut inner);
                hash(value, &mut inner);
                sum.wrapping_add(inner.finish())
            });
            map.len().hash(state);
            sum.hash(state);
        }
        Value::Node(id) => id.hash(state),
        Value::Relation(id) => id.hash(state),
        Value::Path(path) => {
            path.nodes.hash(state);
            path.relations.hash(state);
        }
        Value::Date(day) => day.hash(state),
        Value::Duration(duration) => duration.hash(state),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::query::graph::{NodeId, RelId};
    use crate::query::notation::literal;
    use crate::query::temporal::Duration;
    use crate::time::Day;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn value(text: &str) -> Value {
        literal(text).unwrap_or_else(|e| panic!("{text}: {e}"))
    }

    fn check(a: &str, op: CompareOp, b: &str, want: &str) {
        assert_eq!(Value::from(test(op, &value(a), &value(b))), value(want), "{a} {op:?} {b}");
    }

    #[test]
    fn equality_is_three_valued_inside_lists_and_maps() {
        for (a, b, want) in [
            ("null", "null", "null"),
            ("1", "1.0", "true"),
            ("1", "'1'", "false"),
            ("NaN", "NaN", "false"),
            ("NaN", "'a'", "false"),
            ("9007199254740993", "9007199254740992.0", "false"),
            ("9223372036854775807", "9223372036854775808.0", "false"),
            ("-9223372036854775808", "-9223372036854775808.0", "true"),
            ("[1, 2]", "'foo'", "false"),
            ("[1]", "[1, null]", "false"),
            ("[null]", "[1]", "null"),
            ("[1, 2]", "[null, 'foo']", "false"),
            ("[[1], [2]]", "[[1], [null]]", "null"),
            ("[[1], [2, 3]]", "[[1], [null]]", "false"),
            ("{k: 1}", "{k: 1, l: null}", "false"),
            ("{k: 1, l: null}", "{l: 1, k: null}", "null"),
            ("{k: 1, l: 2}", "{l: 2, k: 1}", "true"),
        ] {
            check(a, CompareOp::Equal, b, want);
            check(b, CompareOp::Equal, a, want);
        }
    }

    #[test]
    fn only_values_of_one_kind_are_compared_and_not_a_number_is_never_less() {
        use CompareOp::{Greater, GreaterOrEqual, Less, LessOrEqual};
        for (a, op, b, want) in [
            ("1", Less, "3.14", "true"),
            ("1", Less, "'a'", "null"),
            ("false", Less, "true", "true"),
            ("NaN", Greater, "1", "false"),
            ("NaN", LessOrEqual, "NaN", "false"),
            ("NaN", Less, "'a'", "null"),
            ("null", Less, "1", "null"),
            ("{}", Less, "{}", "null"),
            ("[1, 0]", GreaterOrEqual, "[1]", "true"),
            ("[1, null]", GreaterOrEqual, "[1]", "true"),
            ("[1, 2]", GreaterOrEqual, "[1, null]", "null"),
            ("[1, 2]", GreaterOrEqual, "[3, null]", "false"),
            ("9007199254740993", Greater, "9007199254740992.0", "true"),
            ("-1", Less, "-0.5", "true"),
            ("0", Less, "1e300", "true"),
        ] {
            check(a, op, b, want);
        }
    }

    #[test]
    fn any_two_values_have_an_order() {
        let node = Value::Node(NodeId(1));
        let path = Value::Path(Arc::new(Path { nodes: vec![NodeId(0)], relations: vec![] }));
        let mut ordered = vec![value("{}"), value("{a: 1}"), node, Value::Relation(RelId(0))];
        ordered
            .extend(["[]", "['a']", "['a', 1]", "[1]", "[1, 'a']", "[1, null]", "[null, 1]", "[null, 2]"].map(value));
        ordered.extend([path, Value::Date(Day::new(0)), Value::Duration(Arc::default())]);
        ordered.extend(["''", "'a'", "false", "true", "-1", "-0.5", "1", "1.5", "Infinity", "NaN", "null"].map(value));
        for (i, a) in ordered.iter().enumerate() {
            for (j, b) in ordered.iter().enumerate() {
                assert_eq!(order(a, b), i.cmp(&j), "{a:?} {b:?}");
            }
        }
    }

    /// Values that collide often.
    pub(crate) fn any_value() -> impl Strategy<Value = Value> {
        let numbers = prop_oneof![
            (-3_i64..3).prop_map(Value::Integer),
            Just(Value::Integer(i64::MAX)),
            Just(Value::Integer((1 << 53) + 1)),
            (-3_i32..3).prop_map(|n| Value::Float(f64::from(n) / 2.0)),
            Just(Value::Float(-0.0)),
            Just(Value::Float(f64::NAN)),
            Just(Value::Float(9_223_372_036_854_775_807.0)),
            Just(Value::Float(9_007_199_254_740_992.0)),
        ];
        let leaves = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Boolean),
            numbers,
            "[ab]{0,2}".prop_map(|text| Value::text(&text)),
            (0_u32..3).prop_map(|n| Value::Node(NodeId(n))),
            (0_u32..3).prop_map(|n| Value::Relation(RelId(n))),
            (-2_i32..2).prop_map(|n| Value::Date(Day::new(n))),
            (-1_i64..2, -31_i64..31).prop_map(|(months, days)| Value::Duration(Arc::new(Duration {
                months,
                days,
                ..Duration::default()
            }))),
        ];
        leaves.prop_recursive(2, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..3).prop_map(Value::list),
                prop::collection::vec(("[ab]", inner), 0..3)
                    .prop_map(|entries| Value::map(entries.into_iter().collect())),
            ]
        })
    }

    #[test]
    fn keys_are_one_where_equality_is_not_told() {
        for (a, b) in [
            ("null", "null"),
            ("NaN", "NaN"),
            ("1", "1.0"),
            ("0.0", "-0.0"),
            ("[null, NaN]", "[null, NaN]"),
            ("{a: 1, b: null}", "{b: null, a: 1.0}"),
        ] {
            let keys = [a, b].map(|text| Key(Box::new([value(text)])));
            assert_eq!(keys[0], keys[1]);
            assert_eq!(hash_of(&value(a)), hash_of(&value(b)), "{a} {b}");
        }
        assert_ne!(Key(Box::new([value("9007199254740993")])), Key(Box::new([value("9007199254740992.0")])));
    }

    fn hash_of(value: &Value) -> u64 {
        let mut hasher = rustc_hash::FxHasher::default();
        Key(Box::new([value.clone()])).hash(&mut hasher);
        hasher.finish()
    }

    proptest! {
        #[test]
        fn the_order_is_total(a in any_value(), b in any_value(), c in any_value()) {
            prop_assert_eq!(order(&a, &b), order(&b, &a).reverse());
            if order(&a, &b).is_le() && order(&b, &c).is_le() {
                prop_assert!(order(&a, &c).is_le());
            }
        }

        #[test]
        fn keys_agree_with_order_hash_and_equality(a in any_value(), b in any_value()) {
            let is_one = Key(Box::new([a.clone()])) == Key(Box::new([b.clone()]));
            prop_assert_eq!(is_one, order(&a, &b).is_eq());
            if is_one {
                prop_assert_eq!(hash_of(&a), hash_of(&b));
            }
            if equals(&a, &b) == Some(true) {
                prop_assert!(is_one);
            }
            prop_assert_eq!(hash_of(&a), hash_of(&a));
        }

        #[test]
        fn comparisons_agree_with_the_order(a in any_value(), b in any_value()) {
            if let Some(ordering) = compare(&a, &b) {
                prop_assert_eq!(compare(&b, &a), Some(ordering.reverse()));
                if ordering.is_eq() {
                    prop_assert_eq!(equals(&a, &b), Some(true));
                }
            }
        }
    }
}
