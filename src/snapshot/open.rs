//! Opening a compiled set: the head and the directory are checked, everything else when it is read.

use super::format::{Directory, FORMAT, Head, MAGIC, Meta, ORDER, Section, names};
use crate::graph::{ColumnVisitor, NameKey, NameKeys, Parts, Tables, TemporalGraph, horizon};
use crate::storage::{Column, Damage, Health, Limits, Mapping, Place, Record, Records, Sound, sum_of};
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// A compiled set that is open.
#[derive(Debug)]
pub struct Compiled {
    /// The graph.
    pub graph: TemporalGraph,
    /// Words for `ask` that came with the data.
    pub lexicon: Option<Vec<u8>>,
    /// A sum of what it was made of; empty where that was not kept.
    pub fingerprint: Vec<u8>,
    /// What it was made of, in words.
    pub made_of: Vec<String>,
}

/// Why a file is not opened.
#[derive(Debug)]
pub enum OpenError {
    /// The file system refused.
    Io(io::Error),
    /// It is no compiled set.
    Foreign,
    /// It is a compiled set of another format.
    Format(u32),
    /// It was made on a machine that orders bytes the other way.
    Order,
    /// It ends too early or too late: how long it is, and how long it should be.
    Length(u64, u64),
    /// What it says of itself is wrong.
    Damaged(String),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Foreign => f.write_str("it is no compiled set"),
            Self::Format(format) => write!(f, "it is of format {format}, and this program reads format {FORMAT}"),
            Self::Order => f.write_str("it was made on a machine that orders bytes the other way"),
            Self::Length(is, should) if is < should => write!(f, "it was cut off: it has {is} bytes of {should}"),
            Self::Length(is, should) => write!(f, "it has {is} bytes, and should have {should}"),
            Self::Damaged(what) => write!(f, "it is damaged: {what}"),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Damage> for OpenError {
    fn from(damage: Damage) -> Self {
        Self::Damaged(damage.message)
    }
}

/// Whether a file begins as a compiled set does. False for what cannot be read.
#[must_use]
pub fn is_compiled(path: &Path) -> bool {
    let mut begin = [0; MAGIC.len()];
    // Whatever is no regular file is not read: a pipe would lose what was.
    path.metadata().is_ok_and(|about| about.is_file())
        && File::open(path).and_then(|mut file| file.read_exact(&mut begin)).is_ok()
        && begin == MAGIC
}

/// Opens a compiled set.
///
/// # Errors
/// When it cannot be mapped, is none, is of another format, has not the length it should have, or its head, directory or vocabulary is damaged. Damage elsewhere
/// is found when it is read: [`TemporalGraph::check_health`].
///
/// # Complexity
/// O(sections + blocks); a millisecond for a file of two gigabytes.
pub fn open(path: &Path) -> Result<Compiled, OpenError> {
    let (reader, meta) = Reader::open(path)?;
    let count = |n: u64| usize::try_from(n).map_err(|_| OpenError::Damaged("its counts are too large".into()));
    let (actors, relations, events) = (count(meta.actors)?, count(meta.relations)?, count(meta.events)?);
    let mut reader = reader;
    if meta.sources.len() > usize::from(u16::MAX) + 1 {
        return Err(OpenError::Damaged("it has more sources than a set can hold".into()));
    }
    reader.limits = Limits {
        actors,
        relations,
        events,
        sources: meta.sources.len(),
        types: meta.vocabulary.relation_types.len(),
        kinds: meta.vocabulary.actor_kinds.len(),
        event_kinds: meta.vocabulary.event_kinds.len(),
        roles: meta.vocabulary.event_roles.len(),
    };
    let mut tables = Tables::with_calendar_base(meta.calendar_base);
    tables.visit(&mut reader)?;
    let [exact, folded, keyed] = names::NAMES;
    let name_keys = NameKeys {
        exact: reader.section::<NameKey>(exact)?,
        folded: reader.section::<NameKey>(folded)?,
        keyed: reader.section::<NameKey>(keyed)?,
        longest_words: meta.longest_words,
    };
    let parts = Parts {
        actors: reader.records(names::ACTORS, actors)?,
        relations: reader.records(names::RELATIONS, relations)?,
        events: reader.records(names::EVENTS, events)?,
        horizon: horizon(&meta.sources),
        vocabulary: meta.vocabulary,
        sources: meta.sources,
        tables,
        health: reader.health.clone(),
        // Keys of other forms would miss names; without them all are looked at.
        name_keys: (meta.forms == crate::names::forms_version()).then_some(name_keys),
    };
    if !parts.fit() {
        return Err(OpenError::Damaged("its arrays do not fit one another".into()));
    }
    Ok(Compiled {
        graph: TemporalGraph::of(parts),
        lexicon: meta.lexicon,
        fingerprint: meta.fingerprint,
        made_of: meta.made_of,
    })
}

/// A compiled set that was read as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Of the file, in bytes.
    pub bytes: u64,
    /// Its sections: name and bytes, in the order of the file.
    pub sections: Vec<(String, u64)>,
    /// What it was made of, in words.
    pub made_of: Vec<String>,
}

/// Reads a compiled set as a whole: every block against its sum, every record against what it refers to.
///
/// # Errors
/// As [`open`], and for the first damage found anywhere.
pub fn verify(path: &Path) -> Result<Verified, OpenError> {
    let mut compiled = open(path)?;
    let (reader, _) = Reader::open(path)?;
    for section in &reader.directory.sections {
        reader.sum_up(section)?;
    }
    compiled.graph.check_all()?;
    let sections = reader.directory.sections.iter().map(|s| (s.name.clone(), s.length)).collect();
    Ok(Verified { bytes: reader.mapping.bytes().len() as u64, sections, made_of: compiled.made_of })
}

/// Takes sections out of a file.
struct Reader {
    mapping: Arc<Mapping>,
    file: Arc<str>,
    health: Health,
    limits: Limits,
    directory: Directory,
}

impl Reader {
    fn open(path: &Path) -> Result<(Self, Meta), OpenError> {
        if !path.metadata()?.is_file() || !is_compiled(path) {
            return Err(OpenError::Foreign);
        }
        let mapping = Mapping::open(path)?;
        let bytes = mapping.bytes();
        let length = bytes.len() as u64;
        let Some(begin) = bytes.get(..size_of::<Head>()) else {
            return Err(OpenError::Length(length, size_of::<Head>() as u64));
        };
        let head: Head = bytemuck::pod_read_unaligned(begin);
        if head.order == ORDER.swap_bytes() {
            return Err(OpenError::Order);
        }
        if head.format != FORMAT {
            return Err(OpenError::Format(head.format));
        }
        if head.sum != sum_of(&begin[..begin.len() - 8]) || head.order != ORDER {
            return Err(OpenError::Damaged("the sum of its head is wrong".into()));
        }
        if head.length != length {
            return Err(OpenError::Length(length, head.length));
        }
        let wrong = |what: &str| OpenError::Damaged(what.to_owned());
        let directory = range(head.directory, head.directory_length)
            .and_then(|range| bytes.get(range))
            .ok_or_else(|| wrong("its directory is not where it should be"))?;
        if sum_of(directory) != head.directory_sum {
            return Err(wrong("the sum of its directory is wrong"));
        }
        let directory: Directory =
            postcard::from_bytes(directory).map_err(|_| wrong("its directory cannot be read"))?;
        let reader = Self {
            mapping: Arc::new(mapping),
            file: path.display().to_string().into(),
            health: Health::default(),
            limits: Limits::default(),
            directory,
        };
        let meta = reader.section::<u8>(names::META)?;
        let found = postcard::from_bytes(meta.all());
        reader.health.check()?;
        let meta = found.map_err(|_| wrong("its vocabulary cannot be read"))?;
        Ok((reader, meta))
    }

    fn find(&self, name: &str) -> Result<&Section, OpenError> {
        let missing = || OpenError::Damaged(format!("it has no section {name}"));
        self.directory.sections.iter().find(|section| section.name == name).ok_or_else(missing)
    }

    fn sums(&self, section: &Section) -> Result<Arc<[u64]>, OpenError> {
        let wrong = || OpenError::Damaged(format!("the sums of {} are wrong", section.name));
        let length = section.sums_count.checked_mul(8).ok_or_else(wrong)?;
        let bytes =
            range(section.sums_at, length).and_then(|range| self.mapping.bytes().get(range)).ok_or_else(wrong)?;
        if sum_of(bytes) != section.sums_sum {
            return Err(wrong());
        }
        let sums: &[u64] = bytemuck::try_cast_slice(bytes).map_err(|_| wrong())?;
        Ok(sums.into())
    }

    fn section<T: Sound>(&self, name: &'static str) -> Result<Column<T>, OpenError> {
        let section = self.find(name)?;
        let wrong = || OpenError::Damaged(format!("its section {name} does not fit"));
        if section.element as usize != size_of::<T>() {
            return Err(wrong());
        }
        let place = Place {
            mapping: Arc::clone(&self.mapping),
            file: Arc::clone(&self.file),
            health: self.health.clone(),
            limits: self.limits,
            name,
            bytes: range(section.at, section.length).ok_or_else(wrong)?,
            sums: self.sums(section)?,
        };
        Column::mapped(place).ok_or_else(wrong)
    }

    fn records<T: Record>(&self, [starts, bytes]: [&'static str; 2], count: usize) -> Result<Records<T>, OpenError> {
        let starts = self.section::<u64>(starts)?;
        if starts.len() != count {
            return Err(OpenError::Damaged(format!("it has {} {}s and should have {count}", starts.len(), T::NAME)));
        }
        let bytes = self.section::<u8>(bytes)?;
        Ok(Records::mapped(starts, bytes, self.limits, self.health.clone(), Arc::clone(&self.file)))
    }

    /// Every block of a section against its sum.
    fn sum_up(&self, section: &Section) -> Result<(), OpenError> {
        let wrong = |at: u64| OpenError::Damaged(format!("the sum of {} at byte {at} is wrong", section.name));
        let bytes = range(section.at, section.length)
            .and_then(|range| self.mapping.bytes().get(range))
            .ok_or_else(|| wrong(section.at))?;
        let element = (section.element as usize).max(1);
        let per_block = (crate::storage::BLOCK_BYTES / element).max(1);
        let block = (1usize << per_block.ilog2()) * element;
        let sums = self.sums(section)?;
        if bytes.len().div_ceil(block) != sums.len() {
            return Err(wrong(section.at));
        }
        for (at, (bytes, sum)) in bytes.chunks(block).zip(sums.iter()).enumerate() {
            if sum_of(bytes) != *sum {
                return Err(wrong(section.at + (at * block) as u64));
            }
        }
        Ok(())
    }
}

impl ColumnVisitor for Reader {
    type Error = OpenError;

    fn column<T: Sound>(&mut self, name: &'static str, column: &mut Column<T>) -> Result<(), OpenError> {
        *column = self.section(name)?;
        Ok(())
    }
}

fn range(at: u64, length: u64) -> Option<std::ops::Range<usize>> {
    let end = at.checked_add(length)?;
    Some(usize::try_from(at).ok()?..usize::try_from(end).ok()?)
}
