//! Sets and numberings of rows, told apart as by grouping and `DISTINCT`. Single nodes and relations, which are most of what is met, take no box.

use super::compare::Key;
use super::value::Value;
use rustc_hash::{FxHashMap, FxHashSet};

/// A node or relation as one number; `None` for anything else.
fn number(values: &[Value]) -> Option<u64> {
    match values {
        [Value::Node(node)] => Some(u64::from(node.0)),
        [Value::Relation(relation)] => Some(1 << 32 | u64::from(relation.0)),
        _ => None,
    }
}

/// Rows that have been seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    entities: FxHashSet<u64>,
    others: FxHashSet<Key>,
}

impl Seen {
    /// Whether the row is seen for the first time.
    pub(super) fn insert(&mut self, row: &[Value]) -> bool {
        match number(row) {
            Some(number) => self.entities.insert(number),
            None => self.others.insert(Key(row.into())),
        }
    }

    /// How many different rows have been seen.
    pub(super) fn len(&self) -> usize {
        self.entities.len() + self.others.len()
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.entities.clear();
        self.others.clear();
    }
}

/// Rows with numbers, given in the order in which they are first met.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    entities: FxHashMap<u64, usize>,
    others: FxHashMap<Key, usize>,
}

impl Numbering {
    /// The number of a row, and whether it is new.
    pub(super) fn number(&mut self, row: &[Value]) -> (usize, bool) {
        let next = self.entities.len() + self.others.len();
        let found = match number(row) {
            Some(number) => *self.entities.entry(number).or_insert(next),
            None => *self.others.entry(Key(row.into())).or_insert(next),
        };
        (found, found == next)
    }
}
