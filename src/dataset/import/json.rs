//! Our own JSON into the files of a directory.

use super::Imported;
use crate::dataset::{InputFile, Refused, load};
use serde_json::{Map, Value};

/// Reads data files of our own form, a whole set or parts of one, into the files of one directory.
///
/// # Errors
/// When they do not load together: everything that is wrong with them.
pub fn import_json(files: Vec<InputFile>) -> Result<Imported, Box<Refused>> {
    let loaded = load(files.clone())?;
    let mut all = Map::new();
    for file in files {
        // It has just been read as a data file.
        let text = super::super::utf8(file.bytes).unwrap_or_default();
        let Ok(Value::Object(lists)) = serde_json::from_str(&text) else { continue };
        for (name, list) in lists {
            let (Value::Array(records), false) = (list, name == "$schema") else { continue };
            match all.entry(name).or_insert_with(|| Value::Array(Vec::new())) {
                Value::Array(known) => known.extend(records),
                _ => unreachable!("only lists were put in"),
            }
        }
    }
    Ok(Imported::new(Value::Object(all), Vec::new(), loaded.warnings, loaded.sources))
}
