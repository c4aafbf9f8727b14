//! Functions of many rows. Nulls are passed over by all of them; `DISTINCT` keeps one of each that are one in grouping.

use super::Body;
use super::arguments::{out_of_range, wrong};
use crate::query::arithmetic::{as_float, overflow};
use crate::query::compare::order;
use crate::query::error::Result;
use crate::query::keys::Seen;
use crate::query::temporal::Duration;
use crate::query::types::Types;
use crate::query::value::Value;
use std::sync::Arc;

/// Which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// `count(x)`
    Count,
    /// `collect(x)`
    Collect,
    /// `sum(x)`
    Sum,
    /// `avg(x)`
    Average,
    /// `min(x)`
    Min,
    /// `max(x)`
    Max,
    /// `stDev(x)`
    StandardDeviation,
    /// `stDevP(x)`
    PopulationStandardDeviation,
    /// `percentileCont(x, p)`
    PercentileContinuous,
    /// `percentileDisc(x, p)`
    PercentileDiscrete,
}

impl Aggregate {
    /// Whether it keeps every value that it sees.
    #[must_use]
    pub const fn keeps_values(self) -> bool {
        matches!(self, Self::Collect | Self::PercentileContinuous | Self::PercentileDiscrete)
    }
}

const NUMBER: Types = Types::NUMBER;
const SUMMABLE: Types = Types::NUMBER.or(Types::DURATION);

const fn many(aggregate: Aggregate) -> Body {
    Body::Aggregate(aggregate)
}

table! { Aggregate:
    "avg" ["value" SUMMABLE] => Types::FLOAT.or(Types::DURATION), many(Aggregate::Average);
        "The mean of numbers or durations; null without any.", "COLLECT { UNWIND [1, 2] AS x RETURN avg(x) }", "[1.5]";
    "collect" ["value" Types::ANY] => Types::LIST, many(Aggregate::Collect);
        "The values as a list, in the order of the rows.", "COLLECT { UNWIND [1, null, 2] AS x RETURN collect(x) }", "[[1, 2]]";
    "count" ["value" Types::ANY] => Types::INTEGER, many(Aggregate::Count);
        "How many values are not null; `count(*)` counts rows.", "COLLECT { UNWIND [1, null, 2] AS x RETURN count(x) }", "[2]";
    "max" ["value" Types::ANY] => Types::ANY, many(Aggregate::Max);
        "The last value in the order of `ORDER BY`.", "COLLECT { UNWIND [1, 3, 2] AS x RETURN max(x) }", "[3]";
    "min" ["value" Types::ANY] => Types::ANY, many(Aggregate::Min);
        "The first value in the order of `ORDER BY`.", "COLLECT { UNWIND [2, 1, 3] AS x RETURN min(x) }", "[1]";
    "percentileCont" ["value" NUMBER, "percentile" NUMBER] => Types::FLOAT, many(Aggregate::PercentileContinuous);
        "The value at a percentile from 0.0 to 1.0, between the two nearest ones.",
        "COLLECT { UNWIND [1, 2] AS x RETURN percentileCont(x, 0.5) }", "[1.5]";
    "percentileDisc" ["value" NUMBER, "percentile" NUMBER] => NUMBER, many(Aggregate::PercentileDiscrete);
        "The nearest of the values to a percentile from 0.0 to 1.0.",
        "COLLECT { UNWIND [1, 2] AS x RETURN percentileDisc(x, 0.5) }", "[1]";
    "stDev" ["value" NUMBER] => Types::FLOAT, many(Aggregate::StandardDeviation);
        "The standard deviation of a sample.", "COLLECT { UNWIND [1, 3, 5] AS x RETURN stDev(x) }", "[2.0]";
    "stDevP" ["value" NUMBER] => Types::FLOAT, many(Aggregate::PopulationStandardDeviation);
        "The standard deviation of a whole population.", "COLLECT { UNWIND [1, 3] AS x RETURN stDevP(x) }", "[1.0]";
    "sum" ["value" SUMMABLE] => SUMMABLE, many(Aggregate::Sum);
        "The sum of numbers or durations; 0 without any.", "COLLECT { UNWIND [1, 2] AS x RETURN sum(x) }", "[3]";
}

/// What an aggregate has seen so far.
#[derive(Debug)]
pub struct Accumulator {
    state: State,
    /// What was seen, where only distinct values count.
    seen: Option<Seen>,
}

#[derive(Debug)]
enum State {
    Count(i64),
    Collect(Vec<Value>),
    Sum(Sum),
    Average(Sum),
    /// The best so far, and which order makes a better one.
    Extreme(Option<Value>, std::cmp::Ordering),
    /// Count, mean, sum of squared differences from it; and whether it is the whole population.
    Deviation(f64, f64, f64, bool),
    /// Values, the percentile, and whether to interpolate.
    Percentile(Vec<Value>, f64, bool),
}

/// A sum of numbers, or of durations. Whole numbers are exact; floats are added with compensation, so that their order hardly matters.
#[derive(Debug, Default)]
struct Sum {
    count: i64,
    whole: i128,
    /// The sum of floats and what rounding lost of it, once there was a float.
    float: Option<(f64, f64)>,
    duration: Option<Duration>,
}

impl Sum {
    fn add(&mut self, value: &Value) -> Result<()> {
        match value {
            Value::Integer(number) if self.duration.is_none() => self.whole += i128::from(*number),
            Value::Float(number) if self.duration.is_none() => {
                // Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", 1974.
                let (sum, lost) = self.float.unwrap_or_default();
                let total = sum + number;
                let error = if sum.abs() >= number.abs() { (sum - total) + number } else { (number - total) + sum };
                self.float = Some((total, lost + error));
            }
            Value::Duration(duration) if self.duration.is_some() || self.count == 0 => {
                self.duration = Some(self.duration.unwrap_or_default().plus(duration)?);
            }
            other => {
                let wanted = match (&self.duration, self.count) {
                    (Some(_), _) => Types::DURATION,
                    (None, 0) => SUMMABLE,
                    (None, _) => NUMBER,
                };
                return Err(wrong(other, wanted));
            }
        }
        self.count += 1;
        Ok(())
    }

    /// The sum as a float.
    fn float(&self) -> f64 {
        let (sum, lost) = self.float.unwrap_or_default();
        // What is lost of an infinite sum is not-a-number.
        self.whole as f64 + if sum.is_finite() { sum + lost } else { sum }
    }

    fn total(&self) -> Result<Value> {
        match (self.duration, self.float) {
            (Some(duration), _) => Ok(Value::Duration(Arc::new(duration))),
            (None, Some(_)) => Ok(Value::Float(self.float())),
            (None, None) => i64::try_from(self.whole).map(Value::Integer).map_err(|_| overflow("the sum")),
        }
    }

    fn mean(&self) -> Result<Value> {
        if self.count == 0 {
            return Ok(Value::Null);
        }
        let count = self.count as f64;
        match self.duration {
            Some(duration) => Ok(Value::Duration(Arc::new(duration.times(1.0 / count)?))),
            None => Ok(Value::Float(self.float() / count)),
        }
    }
}

impl Accumulator {
    /// Has seen nothing.
    #[must_use]
    pub fn new(aggregate: Aggregate, distinct: bool) -> Self {
        let state = match aggregate {
            Aggregate::Count => State::Count(0),
            Aggregate::Collect => State::Collect(Vec::new()),
            Aggregate::Sum => State::Sum(Sum::default()),
            Aggregate::Average => State::Average(Sum::default()),
            Aggregate::Min => State::Extreme(None, std::cmp::Ordering::Less),
            Aggregate::Max => State::Extreme(None, std::cmp::Ordering::Greater),
            Aggregate::StandardDeviation => State::Deviation(0.0, 0.0, 0.0, false),
            Aggregate::PopulationStandardDeviation => State::Deviation(0.0, 0.0, 0.0, true),
            Aggregate::PercentileContinuous => State::Percentile(Vec::new(), 0.0, true),
            Aggregate::PercentileDiscrete => State::Percentile(Vec::new(), 0.0, false),
        };
        Self { state, seen: distinct.then(Seen::default) }
    }

    /// Sees the arguments of one row; none for `count(*)`.
    ///
    /// # Errors
    /// When a value is of a wrong type, or a percentile lies outside 0 to 1.
    pub fn add(&mut self, arguments: &[Value]) -> Result<()> {
        if let State::Percentile(_, percentile, _) = &mut self.state {
            *percentile = match arguments.get(1) {
                Some(number @ (Value::Integer(_) | Value::Float(_))) => as_float(number),
                other => return Err(wrong(other.unwrap_or(&Value::Null), NUMBER)),
            };
            if !(0.0..=1.0).contains(&*percentile) {
                return Err(out_of_range(format!("a percentile lies between 0.0 and 1.0, not at {percentile:?}")));
            }
        }
        let value = arguments.first().unwrap_or(&Value::Boolean(true));
        if value.is_null() {
            return Ok(());
        }
        if let Some(seen) = &mut self.seen
            && !seen.insert(std::slice::from_ref(value))
        {
            return Ok(());
        }
        match &mut self.state {
            State::Count(count) => *count += 1,
            State::Collect(values) => values.push(value.clone()),
            State::Sum(sum) | State::Average(sum) => sum.add(value)?,
            State::Extreme(best, better) => {
                if best.as_ref().is_none_or(|best| order(value, best) == *better) {
                    *best = Some(value.clone());
                }
            }
            State::Deviation(count, mean, squares, _) => {
                // Source: B. P. Welford, "Note on a method for calculating corrected sums of squares and products", 1962.
                let number = number(value)?;
                *count += 1.0;
                let difference = number - *mean;
                *mean += difference / *count;
                *squares += difference * (number - *mean);
            }
            State::Percentile(values, ..) => {
                number(value)?;
                values.push(value.clone());
            }
        }
        Ok(())
    }

    /// How many values it keeps.
    #[must_use]
    pub fn kept(&self) -> usize {
        let values = match &self.state {
            State::Collect(values) | State::Percentile(values, ..) => values.len(),
            _ => 0,
        };
        values + self.seen.as_ref().map_or(0, Seen::len)
    }

    /// What it comes to.
    ///
    /// # Errors
    /// On overflow.
    pub fn finish(self) -> Result<Value> {
        match self.state {
            State::Count(count) => Ok(Value::Integer(count)),
            State::Collect(values) => Ok(Value::list(values)),
            State::Sum(sum) => sum.total(),
            State::Average(sum) => sum.mean(),
            State::Extreme(best, _) => Ok(best.unwrap_or_default()),
            State::Deviation(count, _, squares, is_population) => {
                let among = if is_population { count } else { count - 1.0 };
                Ok(Value::Float(if among > 0.0 { (squares / among).sqrt() } else { 0.0 }))
            }
            State::Percentile(values, percentile, interpolates) => Ok(percentile_of(values, percentile, interpolates)),
        }
    }
}

fn number(value: &Value) -> Result<f64> {
    match value {
        Value::Integer(_) | Value::Float(_) => Ok(as_float(value)),
        other => Err(wrong(other, NUMBER)),
    }
}

fn percentile_of(mut values: Vec<Value>, percentile: f64, interpolates: bool) -> Value {
    values.sort_by(order);
    let at = |index: usize| values.get(index.min(values.len().saturating_sub(1))).cloned().unwrap_or_default();
    if values.is_empty() {
        Value::Null
    } else if interpolates {
        let place = percentile * (values.len() - 1) as f64;
        let (below, above) = (at(place.floor() as usize), at(place.ceil() as usize));
        let (below, share) = (as_float(&below), place.fract());
        let above = as_float(&above);
        // Equal neighbours need no mixing, which would make not-a-number of two infinities.
        Value::Float(if share == 0.0 || below == above { below } else { below * (1.0 - share) + above * share })
    } else {
        at((percentile * values.len() as f64).ceil() as usize - usize::from(percentile > 0.0))
    }
}
