//! What an import wrote into a directory, so that a later one replaces its own work only: the digests of the files, in a file that no load reads.

use super::OutputFile;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::fs;
use std::io;
use std::path::Path;

/// The file that names what an import wrote. It begins with a dot, and loads pass over such names.
pub(super) const MARKER: &str = ".allegiance-import.json";

/// What of a directory is not as an import left it.
#[derive(Debug, Default)]
pub(super) struct Altered {
    /// What no import wrote: all there is, when there is no marker. By name.
    pub(super) foreign: Vec<String>,
    /// What an import wrote, and somebody changed. By name.
    pub(super) changed: Vec<String>,
}

/// The text of the marker for these files.
pub(super) fn text(files: &[OutputFile]) -> String {
    let digests: Map<String, Value> =
        files.iter().map(|file| (file.name.clone(), digest(file.text.as_bytes()).into())).collect();
    let mut text = serde_json::to_string_pretty(&json!({"sha256": digests})).unwrap_or_default();
    text.push('\n');
    text
}

/// Holds a directory against its marker. What is gone since counts as nothing: nothing of it can be lost.
///
/// # Errors
/// When something cannot be read.
pub(super) fn altered(directory: &Path) -> io::Result<Altered> {
    let marker = match fs::read(directory.join(MARKER)) {
        Ok(bytes) => serde_json::from_slice::<Value>(&bytes).ok(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let digests = marker.as_ref().and_then(|marker| marker.get("sha256")?.as_object());
    let mut found = Altered::default();
    look(directory, "", digests, &mut found)?;
    found.foreign.sort();
    found.changed.sort();
    Ok(found)
}

fn look(directory: &Path, above: &str, digests: Option<&Map<String, Value>>, found: &mut Altered) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let name = format!("{above}{}", entry.file_name().to_string_lossy());
        let below = format!("{name}/");
        if kind.is_dir() && digests.is_some_and(|all| all.keys().any(|written| written.starts_with(&below))) {
            look(&entry.path(), &below, digests, found)?;
        } else if name == MARKER && digests.is_some() && kind.is_file() {
            // Ours.
        } else {
            match digests.and_then(|all| all.get(&name)).and_then(Value::as_str) {
                Some(written) if kind.is_file() => {
                    if digest(&fs::read(entry.path())?) != written {
                        found.changed.push(name);
                    }
                }
                _ => found.foreign.push(name),
            }
        }
    }
    Ok(())
}

/// The SHA-256 in hexadecimal digits.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
