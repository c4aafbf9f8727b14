//! Compiled sets of directories: what they were made of, and the one that a directory keeps for itself.

use super::{InputFile, embedded_files};
use crate::snapshot::{self, Compiled, FORMAT};
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::Xxh3;

/// The compiled set that a data directory may keep. Its name begins with a dot, so that nothing takes it for data.
const CACHE: &str = ".allegiance.agz";

/// Where a directory keeps a compiled set of itself.
#[must_use]
pub fn cache_path(directory: &Path) -> PathBuf {
    directory.join(CACHE)
}

/// What a file is called below the one of some paths that it lies under; its own name, where it is one of them or lies under none.
#[must_use]
pub fn relative(paths: &[PathBuf], name: &str) -> String {
    let file = Path::new(name);
    let below = paths.iter().filter_map(|path| file.strip_prefix(path).ok()).find(|rest| !rest.as_os_str().is_empty());
    let own = || file.file_name().map_or_else(|| name.to_owned(), |own| own.to_string_lossy().into_owned());
    below.map_or_else(own, |rest| rest.to_string_lossy().into_owned())
}

/// A sum of all that a graph is made of: these files, in this order, with what they are called below their directory; the words that come with them; the vocabulary that comes with the program; and
/// the program's version, since another one may weigh otherwise.
///
/// XXH3 of 128 bits: it tells one content from another, and is no protection against someone who makes two that sum up alike.
#[must_use]
pub fn fingerprint(paths: &[PathBuf], files: &[InputFile], lexicon: Option<&InputFile>) -> Vec<u8> {
    let mut sum = Xxh3::new();
    let mut add = |bytes: &[u8]| {
        sum.update(&(bytes.len() as u64).to_le_bytes());
        sum.update(bytes);
    };
    add(env!("CARGO_PKG_VERSION").as_bytes());
    add(&FORMAT.to_le_bytes());
    for file in embedded_files().iter().filter(|file| file.name.ends_with(super::embedded::VOCABULARY)) {
        add(&file.bytes);
    }
    for file in files {
        add(relative(paths, &file.name).as_bytes());
        add(&file.bytes);
    }
    add(lexicon.map_or(&[], |file| &file.bytes));
    sum.digest128().to_le_bytes().to_vec()
}

/// The compiled set that a directory keeps of itself, if it has one that was made of exactly these files by this version of the program. One that cannot be opened is as none.
#[must_use]
pub fn cached(directory: &Path, files: &[InputFile], lexicon: Option<&InputFile>) -> Option<Compiled> {
    let path = cache_path(directory);
    if !snapshot::is_compiled(&path) {
        return None;
    }
    let compiled = snapshot::open(&path).ok()?;
    (compiled.fingerprint == fingerprint(&[directory.to_owned()], files, lexicon)).then_some(compiled)
}
