//! Algorithms that petgraph lacks, or has in a form that does not serve here, over its visit traits.
//!
//! They run on `&View`, on a copied `petgraph::Graph` and on adaptors alike. Every search takes a hop limit, nothing recurses, and
//! every order of results is given by node and edge ids, never by a hash map or by the order in which a graph tells its edges.
//!
//! Nodes that a caller names are not checked, since the traits cannot ask: on a view, ask [`crate::graph::View::contains`] first. From
//! an absent actor the searches find nothing but the actor itself.
//!
//! Deliberately absent: names, dates as written, words for people; and whatever petgraph does well (`dijkstra`, `kosaraju_scc`,
//! `dominators`, `bridges`, `articulation_points` through [`crate::graph::Weighed`]).

mod coexist;
mod components;
mod journeys;
mod meeting;
mod page_rank;
mod paths;
mod seriation;
mod yen;

pub use coexist::coexist;
pub use components::{strong_components, weak_components};
pub use journeys::{Arrival, Journey, Step, Terms, earliest_arrivals, earliest_journey};
pub use page_rank::page_rank;
pub use paths::{Path, all_shortest_paths, distance, shortest_path};
pub use seriation::seriate;
pub use yen::{CostedPath, k_shortest_paths};
