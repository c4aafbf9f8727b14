//! What is known of a value's type before a query runs: a set of types it may have.

use super::value::Value;

/// A set of types. `null` is of every type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Types(u16);

impl Types {
    /// `true`, `false`
    pub const BOOLEAN: Self = Self(1);
    /// Whole numbers.
    pub const INTEGER: Self = Self(1 << 1);
    /// Floating point.
    pub const FLOAT: Self = Self(1 << 2);
    /// Texts.
    pub const STRING: Self = Self(1 << 3);
    /// Lists.
    pub const LIST: Self = Self(1 << 4);
    /// Maps.
    pub const MAP: Self = Self(1 << 5);
    /// Nodes.
    pub const NODE: Self = Self(1 << 6);
    /// Relations.
    pub const RELATION: Self = Self(1 << 7);
    /// Paths.
    pub const PATH: Self = Self(1 << 8);
    /// Days.
    pub const DATE: Self = Self(1 << 9);
    /// Durations.
    pub const DURATION: Self = Self(1 << 10);
    /// Lists of relations, as a variable-length pattern binds them.
    pub const RELATIONS: Self = Self::LIST;
    /// Integers and floats.
    pub const NUMBER: Self = Self(Self::INTEGER.0 | Self::FLOAT.0);
    /// Nodes and relations.
    pub const ENTITY: Self = Self(Self::NODE.0 | Self::RELATION.0);
    /// A date as written, a day, or a year as a number.
    pub const WHEN: Self = Self(Self::STRING.0 | Self::DATE.0 | Self::INTEGER.0);
    /// Any type: nothing is known.
    pub const ANY: Self = Self((1 << 11) - 1);

    const NAMES: [&'static str; 11] = [
        "a Boolean",
        "an Integer",
        "a Float",
        "a String",
        "a List",
        "a Map",
        "a Node",
        "a Relation",
        "a Path",
        "a Date",
        "a Duration",
    ];

    /// Whether a value may be of both.
    #[must_use]
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether every type of `other` is in this set.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The type of a value; every type for null.
    #[must_use]
    pub const fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::ANY,
            Value::Boolean(_) => Self::BOOLEAN,
            Value::Integer(_) => Self::INTEGER,
            Value::Float(_) => Self::FLOAT,
            Value::String(_) => Self::STRING,
            Value::List(_) => Self::LIST,
            Value::Map(_) => Self::MAP,
            Value::Node(_) => Self::NODE,
            Value::Relation(_) => Self::RELATION,
            Value::Path(_) => Self::PATH,
            Value::Date(_) => Self::DATE,
            Value::Duration(_) => Self::DURATION,
        }
    }
}

impl std::fmt::Display for Types {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if *self == Self::ANY {
            return f.write_str("any value");
        }
        let names: Vec<&str> =
            (0..Self::NAMES.len()).filter(|bit| self.0 >> bit & 1 == 1).map(|b| Self::NAMES[b]).collect();
        match names.as_slice() {
            [] => f.write_str("no value"),
            [one] => f.write_str(one),
            [rest @ .., last] => write!(f, "{} or {last}", rest.join(", ")),
        }
    }
}
