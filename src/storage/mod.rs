//! Arrays and records that lie in memory or in a mapped file, read the same way from both.
//!
//! [`Column`] is an array of plain values, [`Records`] are records that are made of bytes when asked for. Of a file, each block is checked the first
//! time that it is read: its sum, and that no value in it refers to what is not there. Reading never fails and never panics: what is damaged is
//! told once, by [`Health`], and read as if it were not there. Who prints an answer asks [`Health::check`] first.
//!
//! Deliberately absent: what the values mean, and how files are laid out (`snapshot`).

#[forbid(unsafe_code)]
mod column;
#[forbid(unsafe_code)]
mod health;
#[allow(unsafe_code, reason = "mapping a file into memory cannot be had otherwise; see there")]
mod map;
#[forbid(unsafe_code)]
mod records;

pub(crate) use column::{BLOCK_BYTES, block_len, sum_of};
pub use column::{Column, Limits, Place, Sound};
pub use health::{Damage, Health};
pub use map::Mapping;
pub use records::{Record, Records};
