//! FollowTheMoney entities (followthemoney.tech), one a line, into a data set.
//!
//! Parties become actors, links relations, events events, and the documents that entities name as their proof the sources. What a schema becomes is
//! told by [`Map`], whose defaults stand in `docs/import.md`; what no rule covers is counted and named by schema and reason, and makes nothing.
//!
//! What `export ftm` writes is read back as far as it holds: ids, kinds, types by their label, datings from the summary, claims from the description.

mod convert;
mod map;
mod reading;
mod status;

pub use map::ftm_schema;

use super::{Imported, cap};
use crate::dataset::write::{Order, layout};
use crate::dataset::{InputFile, Refused, load};
use crate::diagnostic::{Diagnostic, SourceMap};
use convert::Converter;
use map::Map;

/// Reads FollowTheMoney entities into a data set; `map` says what becomes of schemata where the defaults will not do.
///
/// # Errors
/// When a line is no entity, an entity that becomes a relation or event names no source and the map gives none, or what was made does not load.
///
/// # Complexity
/// The entities are held in memory, since a link may come before its ends. Time grows with their number n as n log n, since they are looked up in ordered
/// maps; the values of one property are compared each with each, and the participants of one event with its notes.
pub fn import_ftm(files: Vec<InputFile>, map: Option<InputFile>) -> Result<Imported, Box<Refused>> {
    let mut sources = SourceMap::default();
    let refuse =
        |diagnostics: Vec<Diagnostic>, sources| Err(Box::new(Refused { diagnostics: cap(diagnostics), sources }));
    let map = match map.map(|file| Map::read(file, &mut sources)).transpose() {
        Ok(map) => map.unwrap_or_default(),
        Err(diagnostics) => return refuse(diagnostics, sources),
    };
    let (entities, wrong) = reading::read(files, &mut sources);
    if !wrong.is_empty() {
        return refuse(wrong, sources);
    }
    // The vocabulary that the map's records extend.
    let own = serde_json::Value::Object(map.vocabulary());
    let vocabulary = InputFile { name: "the records of the map".into(), bytes: own.to_string().into_bytes().into() };
    let graph = load(vec![vocabulary])?.graph;
    let made = match Converter::new(&entities, &map, graph.vocabulary()).convert() {
        Ok(made) => made,
        Err(diagnostics) => return refuse(diagnostics, sources),
    };
    let order = Order::of_data_files();
    let records = order.file(made.file);
    let text = layout(&records);
    let loaded =
        load(vec![InputFile { name: "what was made of the entities".into(), bytes: text.into_bytes().into() }])?;
    Ok(Imported::new(records, made.notes, loaded.warnings, loaded.sources))
}
