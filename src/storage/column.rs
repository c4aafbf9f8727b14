//! Arrays of plain values, in memory or in a mapped file.

use super::{Health, Mapping};
use bytemuck::Pod;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many of what there are: what ids in an array must stay below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Actors.
    pub actors: usize,
    /// Relations.
    pub relations: usize,
    /// Events.
    pub events: usize,
    /// Sources.
    pub sources: usize,
    /// Types of relations.
    pub types: usize,
    /// Kinds of actors.
    pub kinds: usize,
    /// Kinds of events.
    pub event_kinds: usize,
    /// Parts in events.
    pub roles: usize,
}

/// A plain value that may stand in a file.
pub trait Sound: Pod + fmt::Debug + Send + Sync {
    /// Whether the value refers to nothing that is not there.
    fn is_sound(&self, limits: &Limits) -> bool {
        let _ = limits;
        true
    }
}

impl Sound for u8 {}
impl Sound for u16 {}
impl Sound for u32 {}
impl Sound for u64 {}
impl Sound for i32 {}
impl Sound for [u16; 2] {}
impl Sound for [u32; 2] {}

/// The bytes of a block: what is checked at once.
pub(crate) const BLOCK_BYTES: usize = 16 * 1024;

/// How many values of a type a block holds: a power of two.
pub(crate) const fn block_len<T>() -> usize {
    let fit = BLOCK_BYTES / size_of::<T>();
    1 << fit.ilog2()
}

/// The sum of a block's bytes: XXH3 of 64 bits, which tells accidents from what was written, and is no protection against malice.
pub(crate) fn sum_of(bytes: &[u8]) -> u64 {
    xxhash_rust::xxh3::xxh3_64(bytes)
}

/// Where an array lies in a mapped file.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub mapping: Arc<Mapping>,
    /// Its name in messages.
    pub file: Arc<str>,
    /// What has been found of it.
    pub health: Health,
    /// What ids in it must stay below.
    pub limits: Limits,
    /// What the array is called in messages.
    pub name: &'static str,
    /// Its bytes.
    pub bytes: Range<usize>,
    /// The sums of its blocks, checked already.
    pub sums: Arc<[u64]>,
}

/// An array of plain values, in memory or in a mapped file.
///
/// What lies in a file is checked block by block as it is read; a damaged or missing part reads as empty, and [`Health`] says so.
#[derive(Debug)]
pub struct Column<T: Sound>(Kind<T>);

#[derive(Debug)]
enum Kind<T: Sound> {
    Held(Vec<T>),
    Mapped(Box<Mapped>),
}

#[derive(Debug)]
struct Mapped {
    place: Place,
    len: usize,
    /// A bit for each block found sound.
    sound: Box<[AtomicU64]>,
}

impl<T: Sound> Default for Column<T> {
    fn default() -> Self {
        Self(Kind::Held(Vec::new()))
    }
}

impl<T: Sound> From<Vec<T>> for Column<T> {
    fn from(values: Vec<T>) -> Self {
        Self(Kind::Held(values))
    }
}

impl<T: Sound> Column<T> {
    /// An array that lies in a file. `None` when it does not fit there: not aligned, or not a whole number of values or sums.
    #[must_use]
    pub fn mapped(place: Place) -> Option<Self> {
        let bytes = place.mapping.bytes().get(place.bytes.clone())?;
        let values: &[T] = bytemuck::try_cast_slice(bytes).ok()?;
        let len = values.len();
        let blocks = len.div_ceil(block_len::<T>());
        if place.sums.len() != blocks {
            return None;
        }
        let sound = (0..blocks.div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        Some(Self(Kind::Mapped(Box::new(Mapped { place, len, sound }))))
    }

    /// How many values there are.
    #[must_use]
    #[inline]
    pub fn len(&self) -> usize {
        match &self.0 {
            Kind::Held(values) => values.len(),
            Kind::Mapped(mapped) => mapped.len,
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at a place; `None` beyond the end, or where the file is damaged.
    #[must_use]
    #[inline]
    pub fn get(&self, at: usize) -> Option<&T> {
        match &self.0 {
            Kind::Held(values) => values.get(at),
            Kind::Mapped(mapped) => mapped.slice::<T>(at..at.checked_add(1)?)?.first(),
        }
    }

    /// The values of a range; none where it runs beyond the end or the file is damaged.
    #[must_use]
    #[inline]
    pub fn slice(&self, range: Range<usize>) -> &[T] {
        match &self.0 {
            Kind::Held(values) => values.get(range).unwrap_or_default(),
            Kind::Mapped(mapped) => mapped.slice(range).unwrap_or_default(),
        }
    }

    /// All values; none where any block of them is damaged.
    #[must_use]
    pub fn all(&self) -> &[T] {
        self.slice(0..self.len())
    }

    /// The values as bytes, for writing.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(self.all())
    }

    /// How many bytes of memory it takes, besides what lies in a file.
    #[must_use]
    pub fn held_bytes(&self) -> usize {
        match &self.0 {
            Kind::Held(values) => values.capacity() * size_of::<T>(),
            Kind::Mapped(mapped) => mapped.sound.len() * 8 + mapped.place.sums.len() * 8,
        }
    }
}

impl Mapped {
    #[inline]
    fn slice<T: Sound>(&self, range: Range<usize>) -> Option<&[T]> {
        if range.start >= range.end {
            return Some(&[]);
        }
        if range.end > self.len {
            return None;
        }
        let (first, last) = (range.start / block_len::<T>(), (range.end - 1) / block_len::<T>());
        for block in first..=last {
            let is_known =
                self.sound.get(block / 64).is_some_and(|word| word.load(Ordering::Acquire) >> (block % 64) & 1 == 1);
            if !is_known && !self.examine::<T>(block) {
                return None;
            }
        }
        self.values::<T>().get(range)
    }

    #[inline]
    fn values<T: Sound>(&self) -> &[T] {
        let bytes = &self.place.mapping.bytes()[self.place.bytes.clone()];
        bytemuck::cast_slice(bytes)
    }

    /// Checks a block for the first time.
    #[cold]
    fn examine<T: Sound>(&self, block: usize) -> bool {
        let place = &self.place;
        let from = block * block_len::<T>();
        let Some(values) = self.values::<T>().get(from..self.len.min(from + block_len::<T>())) else {
            place.health.note(&place.file, format!("{} end before {from}", place.name));
            return false;
        };
        let at = || place.bytes.start + from * size_of::<T>();
        if place.sums.get(block) != Some(&sum_of(bytemuck::cast_slice(values))) {
            place.health.note(&place.file, format!("the sum of {} at byte {} is wrong", place.name, at()));
            return false;
        }
        if !values.iter().all(|value| value.is_sound(&place.limits)) {
            place.health.note(&place.file, format!("{} at byte {} refer to what is not there", place.name, at()));
            return false;
        }
        if let Some(word) = self.sound.get(block / 64) {
            word.fetch_or(1 << (block % 64), Ordering::Release);
        }
        true
    }
}
