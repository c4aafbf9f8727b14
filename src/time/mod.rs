//! Dates as sources give them, and what they certainly or possibly cover.
//!
//! A [`Dated`] keeps a date or interval as written (EDTF) beside the earliest and latest day of each
//! of its ends; [`Dated::extent`] closes open and unknown ends by the days of attestation and yields
//! an [`Extent`], which answers whether something holds in a [`Window`]: certainly, possibly or not.
//!
//! Deliberately absent: clocks, time zones, and any knowledge of graphs. "Today" comes in as a [`Day`].

mod day;
mod edtf;
mod extent;
mod ticks;

pub use day::{Day, DayError};
pub use edtf::{Dated, DatedError, End};
pub use extent::{Bounds, Extent, Holds, Quantifier, Reading, Sieve, Window};
pub use ticks::{Tick, Unit, ticks};
