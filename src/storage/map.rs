//! A file mapped into memory: the one place with `unsafe`.
//!
//! **Why it is sound enough.** The bytes are only read: as plain numbers, which all bytes are ([`bytemuck`] casts them), and as texts, which are checked to be UTF-8 each time that one is taken.
//! What mapping cannot rule out is that someone changes or cuts the file while it is open. A compiled set is never written in place by this
//! program: it is written under another name, then renamed, so that whoever has the old one open keeps it whole. Who overwrites or cuts it by other means may
//! see wrong bytes, which the sums of blocks catch where a block is read for the first time after that, or end the process with the system's
//! own signal where the file has become shorter.

use std::fs::File;
use std::io;
use std::path::Path;

/// The bytes of a file.
#[derive(Debug)]
pub struct Mapping {
    map: memmap2::Mmap,
}

impl Mapping {
    /// Maps a whole file for reading.
    ///
    /// # Errors
    /// When it cannot be opened, is no regular file, or is empty.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let about = file.metadata()?;
        if !about.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
        }
        if about.len() == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it is empty"));
        }
        // SAFETY: the mapping is private to this process and read as bytes only; that the file may be changed by others while it is mapped is
        // accepted for the reasons above.
        let map = unsafe { memmap2::Mmap::map(&file)? };
        Ok(Self { map })
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.map
    }
}
