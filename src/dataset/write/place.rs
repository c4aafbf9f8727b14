//! Files and directories on disk, whole or not at all.
//!
//! What is new is written beside its place and synced, then put there in one step. Whoever reads meanwhile sees the old or the new, and a run
//! that is killed leaves the old (and perhaps something beside it whose name begins with a dot and ends in `.part`, which no load reads).

use super::{OutputFile, marker};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a directory was not written.
#[derive(Debug)]
pub enum Occupied {
    /// Something is there, and replacing it was not asked for.
    Exists,
    /// It is no directory.
    NotDirectory,
    /// The directory holds these names, which no import wrote there: replacing it would lose them.
    Foreign(Vec<String>),
    /// These files of the directory are not as an import wrote them: replacing it would lose what was changed.
    Changed(Vec<String>),
    /// Reading or writing failed.
    Io(io::Error),
}

impl From<io::Error> for Occupied {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Puts contents at paths, in the place of files that exist or as new ones. Permissions stay, links are followed.
///
/// Everything is written and synced beside its place first: when that fails for one, none is touched. Then each is renamed into its place, in the order
/// given. A renaming that fails, which is rare (its directory was changed meanwhile), ends this: the file named in the error and those after it
/// are as they were, those before it are new, and each is whole. What is no file but can be written to, such as a pipe, is written to last.
///
/// # Errors
/// When something cannot be written; told with the path.
pub fn write_files(files: &[(PathBuf, &[u8])]) -> io::Result<()> {
    let mut written: Vec<(PathBuf, PathBuf)> = Vec::with_capacity(files.len());
    let mut streams: Vec<(&Path, &[u8])> = Vec::new();
    let outcome = (|| {
        for (path, bytes) in files {
            let existing = match fs::metadata(path) {
                Ok(existing) if existing.is_dir() => {
                    return Err(named(path, &io::Error::from(io::ErrorKind::IsADirectory)));
                }
                Ok(existing) if !existing.is_file() => {
                    streams.push((path, bytes));
                    continue;
                }
                Ok(existing) => Some(existing),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(named(path, &error)),
            };
            let target = followed(path).map_err(|e| named(path, &e))?;
            let (beside, file) = beside(&target, |p| OpenOptions::new().write(true).create_new(true).open(p))?;
            written.push((beside.clone(), target));
            if let Some(existing) = existing {
                fs::set_permissions(&beside, existing.permissions()).map_err(|e| named(path, &e))?;
            }
            fill(file, bytes).map_err(|e| named(path, &e))?;
        }
        for (beside, path) in &written {
            fs::rename(beside, path).map_err(|e| named(path, &e))?;
        }
        for (path, bytes) in streams {
            OpenOptions::new()
                .write(true)
                .open(path)
                .and_then(|mut f| f.write_all(bytes))
                .map_err(|e| named(path, &e))?;
        }
        Ok(())
    })();
    if outcome.is_err() {
        for (beside, _) in &written {
            // What was renamed is no longer there, and what cannot be removed does no harm.
            let _ = fs::remove_file(beside);
        }
    }
    outcome
}

/// Where a path leads; the path that a link names where nothing is there yet.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    // As many as systems follow.
    for _ in 0..40 {
        match fs::canonicalize(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            found => return found,
        }
        let Ok(next) = fs::read_link(&path) else { return Ok(path) };
        path = path.parent().map_or_else(|| next.clone(), |parent| parent.join(&next));
    }
    Err(io::Error::other("too many links, each to the next"))
}

/// Makes a directory of these files. With `force` it takes the place of one that an import made; never of one that holds anything else.
///
/// # Errors
/// When something is in the way, or cannot be written.
pub fn write_directory(directory: &Path, files: &[OutputFile], force: bool) -> Result<(), Occupied> {
    let existing = match fs::symlink_metadata(directory) {
        Ok(_) if !force => return Err(Occupied::Exists),
        Ok(_) => Some(fs::canonicalize(directory)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let target = existing.as_deref().unwrap_or(directory);
    if existing.is_some() {
        if !target.is_dir() {
            return Err(Occupied::NotDirectory);
        }
        let marker::Altered { foreign, changed } = marker::altered(target)?;
        if !foreign.is_empty() {
            return Err(Occupied::Foreign(foreign));
        }
        if !changed.is_empty() {
            return Err(Occupied::Changed(changed));
        }
    }
    let (fresh, ()) = beside(target, |p| fs::create_dir(p))?;
    let outcome = fill_directory(&fresh, files).and_then(|()| match existing {
        Some(_) => exchange(&fresh, target),
        // Between the look above and now somebody may have made it: renaming onto a directory that is not empty fails, as it should.
        None => fs::rename(&fresh, target),
    });
    // After an exchange it holds what was there before; after a renaming it is not there.
    let _ = fs::remove_dir_all(&fresh);
    outcome.map_err(|e| Occupied::Io(named(directory, &e)))
}

/// Makes something new beside a path, under a name that nothing else has.
fn beside<T>(path: &Path, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(PathBuf, T)> {
    let name = path.file_name().ok_or_else(|| io::Error::other(format!("{} names no file", path.display())))?;
    for number in 0..1000 {
        let mut fresh = OsString::from(".");
        fresh.push(name);
        fresh.push(if number == 0 { OsString::from(".part") } else { format!(".{number}.part").into() });
        let fresh = path.with_file_name(fresh);
        match make(&fresh) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(named(path, &error)),
            Ok(made) => return Ok((fresh, made)),
        }
    }
    Err(io::Error::other(format!("{} is surrounded by leftovers named `.….part`", path.display())))
}

fn fill(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

fn fill_directory(directory: &Path, files: &[OutputFile]) -> io::Result<()> {
    for file in files {
        let path = directory.join(&file.name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fill(OpenOptions::new().write(true).create_new(true).open(&path)?, file.text.as_bytes())?;
    }
    fill(
        OpenOptions::new().write(true).create_new(true).open(directory.join(marker::MARKER))?,
        marker::text(files).as_bytes(),
    )
}

/// Exchanges two directories in one step where the system can, else in two renamings, the first of which is taken back when the second fails.
fn exchange(fresh: &Path, target: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, fresh, CWD, target, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
        // Some file systems cannot.
    }
    let (old, ()) = beside(target, |p| if p.exists() { Err(io::ErrorKind::AlreadyExists.into()) } else { Ok(()) })?;
    fs::rename(target, &old)?;
    if let Err(error) = fs::rename(fresh, target) {
        fs::rename(&old, target)?;
        return Err(error);
    }
    let _ = fs::remove_dir_all(&old);
    Ok(())
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
