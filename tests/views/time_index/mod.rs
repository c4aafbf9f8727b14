//! The index of days against a look at every relation: hubs, what began and ended, counts by type, claim filters on many relations.
//!
//! Cases are graphs of hundreds or thousands of relations, so that rows are long enough to be indexed. Their days lie on an axis: days that follow
//! one another, or days so far apart that a graph's calendar must round some of them. `oracle` works on places of that axis, as sets; `graphs` makes
//! cases and their records; the other files compare.

mod claims;
mod graphs;
mod hubs;
mod moments;
mod oracle;
mod tallies;
