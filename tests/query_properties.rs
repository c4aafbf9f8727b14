//! Properties of the query engine, each held against something that shares no code with it.
//!
//! Graphs and queries come from fixed seeds, so that every run asks the same. What a random query finds to be wrong is shrunk and printed, and
//! belongs into `tests/query/` as a script. Each test also counts how many of its cases are telling, and fails when too few are.

#[path = "query_properties/drawing.rs"]
mod drawing;
#[path = "query_properties/grammar.rs"]
mod grammar;
#[path = "query_properties/matcher.rs"]
mod matcher;
#[path = "query_properties/noise.rs"]
mod noise;
#[path = "query_properties/prefixes.rs"]
mod prefixes;
#[path = "query_properties/random.rs"]
mod random;
#[path = "query_properties/rewrites.rs"]
mod rewrites;
#[path = "query_properties/shipped.rs"]
mod shipped;
#[path = "query_properties/worlds.rs"]
mod worlds;
