//! What is known of a value before running.

use crate::query::graph::LabelId;
use crate::query::types::Types;

/// What is known of a value before running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// The types it may have.
    pub(super) types: Types,
    /// The types its elements may have, if it is a list.
    pub(super) elements: Types,
    /// A label it carries, if it is a node.
    pub(super) label: Option<LabelId>,
}

impl Known {
    /// Nothing.
    pub(super) const ANY: Self = Self::of(Types::ANY);

    /// Its types.
    pub(super) const fn of(types: Types) -> Self {
        Self { types, elements: Types::ANY, label: None }
    }

    /// A list of elements of which something is known.
    pub(super) const fn list(elements: Types) -> Self {
        Self { types: Types::LIST, elements, label: None }
    }

    /// What is known of an element.
    pub(super) const fn element(self) -> Self {
        Self::of(self.elements)
    }

    /// One or the other.
    pub(super) fn either(self, other: Self) -> Self {
        Self {
            types: self.types.or(other.types),
            elements: self.elements.or(other.elements),
            label: self.label.filter(|_| self.label == other.label),
        }
    }
}
