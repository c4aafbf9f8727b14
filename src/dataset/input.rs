//! Which files make up a data set.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file as read: its name in messages, and its bytes.
#[derive(Clone, Debug)]
pub struct InputFile {
    /// The name that messages show.
    pub name: String,
    /// What it holds.
    pub bytes: Cow<'static, [u8]>,
}

/// The file in a directory that holds words for `ask`, and no records.
const LEXICON: &str = "lexicon.json";

/// Reads every `*.json` below a directory, or the one file named, in the order of their paths.
///
/// Not read: files named `*.schema.json` or `lexicon.json`, and anything in or below a name that begins with a dot. Links to directories are not followed.
///
/// # Errors
/// When the path does not exist or cannot be read, or a directory holds no data file.
pub fn read(path: &Path) -> io::Result<Vec<InputFile>> {
    Ok(read_with_paths(path)?.into_iter().map(|(_, file)| file).collect())
}

/// Reads what [`read`] does, each file with its path, which its name in messages cannot always tell: a path need not be UTF-8.
///
/// # Errors
/// As [`read`].
pub fn read_with_paths(path: &Path) -> io::Result<Vec<(PathBuf, InputFile)>> {
    let mut paths = Vec::new();
    if fs::metadata(path)?.is_dir() {
        collect(path, &mut paths)?;
        paths.sort();
        if paths.is_empty() && !path.join(LEXICON).is_file() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "no *.json file is in this directory"));
        }
    } else {
        paths.push(path.to_owned());
    }
    paths
        .into_iter()
        .map(|path| {
            let bytes = fs::read(&path).map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display())))?;
            let file = InputFile { name: path.display().to_string(), bytes: bytes.into() };
            Ok((path, file))
        })
        .collect()
}

/// Reads the words that a directory adds to the lexicon of `ask`: its own `lexicon.json`; `None` when it has none, or the path is a file.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn read_lexicon(path: &Path) -> io::Result<Option<InputFile>> {
    let path = path.join(LEXICON);
    if !path.is_file() {
        return Ok(None);
    }
    let bytes = fs::read(&path).map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display())))?;
    Ok(Some(InputFile { name: path.display().to_string(), bytes: bytes.into() }))
}

fn collect(directory: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            collect(&path, into)?;
        } else if name.ends_with(".json")
            && !name.ends_with(".schema.json")
            && name != LEXICON
            && fs::metadata(&path)?.is_file()
        {
            into.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_no_records() {
        let names: Vec<String> = read(Path::new("data")).unwrap().into_iter().map(|file| file.name).collect();
        assert!(names.iter().any(|name| name.ends_with("vocabulary.json")));
        assert!(!names.iter().any(|name| name.ends_with(LEXICON)), "{names:?}");
        assert!(read_lexicon(Path::new("data")).unwrap().is_some());
        assert!(read_lexicon(Path::new("src")).unwrap().is_none());
        assert!(read_lexicon(Path::new("data/vocabulary.json")).unwrap().is_none());
    }
}
