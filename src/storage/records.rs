//! Records, held in memory or made of a file's bytes when asked for.

use super::{Column, Health, Limits};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A record that may lie in a file. Its readable id must be the first thing that is written of it.
pub trait Record: Serialize + DeserializeOwned + fmt::Debug + Send + Sync {
    /// What records of this kind are called in messages.
    const NAME: &'static str;

    /// Its readable id.
    fn slug(&self) -> &str;

    /// Whether it refers to nothing that is not there.
    fn is_sound(&self, limits: &Limits) -> bool;

    /// What stands for a record that cannot be read.
    fn missing() -> Self;
}

/// How many records are readied for at once; a power of two.
const CHUNK: usize = 256;

/// Records of one kind, ordered by readable id.
#[derive(Debug)]
pub struct Records<T>(Kind<T>);

#[derive(Debug)]
enum Kind<T> {
    Held(Vec<T>),
    Mapped(Box<Mapped<T>>),
}

type Chunk<T> = Box<[OnceLock<Box<T>>]>;

#[derive(Debug)]
struct Mapped<T> {
    len: usize,
    /// Where each record begins in the bytes.
    starts: Column<u64>,
    bytes: Column<u8>,
    made: Box<[OnceLock<Chunk<T>>]>,
    missing: T,
    limits: Limits,
    health: Health,
    file: Arc<str>,
}

impl<T> Default for Records<T> {
    fn default() -> Self {
        Self(Kind::Held(Vec::new()))
    }
}

impl<T> From<Vec<T>> for Records<T> {
    fn from(records: Vec<T>) -> Self {
        Self(Kind::Held(records))
    }
}

impl<T: Record> Records<T> {
    /// Records that are made of a file's bytes when asked for: each begins with its length (four bytes, little end first).
    #[must_use]
    pub fn mapped(starts: Column<u64>, bytes: Column<u8>, limits: Limits, health: Health, file: Arc<str>) -> Self {
        let len = starts.len();
        let made = (0..len.div_ceil(CHUNK)).map(|_| OnceLock::new()).collect();
        Self(Kind::Mapped(Box::new(Mapped { len, starts, bytes, made, missing: T::missing(), limits, health, file })))
    }

    /// How many there are.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        match &self.0 {
            Kind::Held(records) => records.len(),
            Kind::Mapped(mapped) => mapped.len,
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The record at a place.
    ///
    /// # Panics
    /// When there are not so many: ids are handed out by the graph that they are asked of. Never for what a file says.
    #[must_use]
    #[inline]
    pub fn at(&self, at: usize) -> &T {
        match &self.0 {
            Kind::Held(records) => &records[at],
            Kind::Mapped(mapped) => mapped.at(at),
        }
    }

    /// All records in order. Of a file, each is made and kept.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &T> + Clone {
        (0..self.len()).map(|at| self.at(at))
    }

    /// Calls `visit` on each record and its place; of a file, none of those made for it is kept, and what cannot be read is left out.
    pub fn each_once(&self, mut visit: impl FnMut(usize, &T)) {
        self.each_while(|at, record| {
            visit(at, record);
            true
        });
    }

    /// Calls `visit` on each record and its place until it says no; of a file, none of those that it makes is kept.
    pub fn each_while(&self, mut visit: impl FnMut(usize, &T) -> bool) {
        match &self.0 {
            Kind::Held(records) => {
                let _ = records.iter().enumerate().all(|(at, record)| visit(at, record));
            }
            Kind::Mapped(mapped) => {
                let mut made = (0..mapped.len).filter_map(|at| Some((at, mapped.make(at)?)));
                let _ = made.all(|(at, record)| visit(at, &record));
            }
        }
    }

    /// The place of the record with exactly this readable id.
    ///
    /// # Complexity
    /// O(log records); only ids are read.
    #[must_use]
    pub fn place_of(&self, slug: &str) -> Option<usize> {
        match &self.0 {
            Kind::Held(records) => records.binary_search_by(|r| r.slug().cmp(slug)).ok(),
            Kind::Mapped(mapped) => mapped.place_of(slug),
        }
    }

    /// The readable id of the record at a place; empty where there is none or it cannot be read.
    #[must_use]
    pub fn slug_at(&self, at: usize) -> &str {
        match &self.0 {
            Kind::Held(records) => records.get(at).map_or("", T::slug),
            Kind::Mapped(mapped) => mapped.slug_at(at).unwrap_or_default(),
        }
    }
}

impl<T: Record> Mapped<T> {
    fn at(&self, at: usize) -> &T {
        assert!(at < self.len, "no {} has this id", T::NAME);
        let chunk = self.made[at / CHUNK].get_or_init(|| (0..CHUNK).map(|_| OnceLock::new()).collect());
        let made = &chunk[at % CHUNK];
        if let Some(record) = made.get() {
            return record;
        }
        match self.make(at) {
            Some(record) => made.get_or_init(|| Box::new(record)),
            None => &self.missing,
        }
    }

    fn make(&self, at: usize) -> Option<T> {
        let bytes = self.bytes_of(at)?;
        match postcard::from_bytes::<T>(bytes) {
            Ok(record) if record.is_sound(&self.limits) => Some(record),
            Ok(_) => {
                self.health.note(&self.file, format!("the {} number {at} refers to what is not there", T::NAME));
                None
            }
            Err(error) => {
                self.health.note(&self.file, format!("the {} number {at} cannot be read ({error})", T::NAME));
                None
            }
        }
    }

    fn bytes_of(&self, at: usize) -> Option<&[u8]> {
        let start = usize::try_from(*self.starts.get(at)?).ok()?;
        let from = start.checked_add(4);
        let found = from.and_then(|from| {
            let length: [u8; 4] = self.bytes.slice(start..from).try_into().ok()?;
            let length = u32::from_le_bytes(length) as usize;
            let bytes = self.bytes.slice(from..from.checked_add(length)?);
            (bytes.len() == length && length > 0).then_some(bytes)
        });
        if found.is_none() {
            self.health.note(&self.file, format!("the {} number {at} is not where it should be", T::NAME));
        }
        found
    }

    fn slug_at(&self, at: usize) -> Option<&str> {
        match postcard::take_from_bytes::<&str>(self.bytes_of(at)?) {
            Ok((slug, _)) => Some(slug),
            Err(error) => {
                self.health.note(&self.file, format!("the id of the {} number {at} cannot be read ({error})", T::NAME));
                None
            }
        }
    }

    fn place_of(&self, slug: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.len);
        while from < to {
            let middle = from + (to - from) / 2;
            match self.slug_at(middle)?.cmp(slug) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        None
    }
}
