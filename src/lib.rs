//! **Allegiance**: who stands with whom, since when, and who says so.
//!
//! A graph of armed actors, states and factions in which every tie is dated as its sources date it, cites who says so, and is answered
//! for in three values: certain, possible, not.
//!
//! ```text
//! data/*.json ─dataset─▶ TemporalGraph ─view─▶ View (days × certain/possible × claims × types)
//!                                                │
//!                        names ─▶ question ◀─────┤─────▶ algo (petgraph's visit traits)
//!                                    │           └─────▶ export
//!                                    ▼
//!                                   cli ─▶ table, JSON, CSV, Markdown, exit code
//! ```
//!
//! ```
//! use allegiance::{dataset, names::Index, time::Window};
//!
//! let graph = dataset::embedded();
//! let names = Index::new(&graph);
//! let hts = names.resolve("Hay'at Tahrir al-Sham", Window::ALL).unwrap();
//! assert_eq!(&*graph.actor(hts.actor).slug, "hts");
//! ```
//!
//! The library is quiet and repeatable: it prints nothing, reads no clock and no environment, and gives every order by something named.

#[forbid(unsafe_code)]
pub mod algo;
#[forbid(unsafe_code)]
pub mod ask;
#[forbid(unsafe_code)]
pub mod cli;
#[forbid(unsafe_code)]
pub mod dataset;
#[forbid(unsafe_code)]
pub mod diagnostic;
#[forbid(unsafe_code)]
pub mod export;
#[forbid(unsafe_code)]
pub mod graph;
#[forbid(unsafe_code)]
pub mod layout;
#[forbid(unsafe_code)]
pub mod model;
#[forbid(unsafe_code)]
pub mod names;
#[forbid(unsafe_code)]
pub mod query;
#[forbid(unsafe_code)]
pub mod question;
#[forbid(unsafe_code)]
pub mod snapshot;
pub mod storage;
#[forbid(unsafe_code)]
pub mod time;
