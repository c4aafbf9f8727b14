//! Writing a compiled set: relations as they come, everything else at the end.

use super::format::{ALIGN, Directory, FORMAT, Head, MAGIC, Meta, ORDER, Section, names};
use crate::graph::{ColumnVisitor, NameKeys, Packer, Tables, TemporalGraph};
use crate::model::{Actor, Event, Relation, Source, Vocabulary};
use crate::storage::{Column, Damage, Limits, Mapping, Record, Sound, block_len, sum_of};
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What goes into a compiled set besides a graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// Words for `ask` that came with the data.
    pub lexicon: Option<Vec<u8>>,
    /// A sum of what it was made of; empty for none.
    pub fingerprint: Vec<u8>,
    /// What it was made of, in words.
    pub made_of: Vec<String>,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Relations.
    pub relations: usize,
    /// Of the file, in bytes.
    pub bytes: u64,
}

/// Why a compiled set could not be written. Nothing was replaced.
#[derive(Debug)]
pub enum WriteError {
    /// The file system refused.
    Io(io::Error),
    /// Two relations have one id.
    Twice(String),
    /// Actors, events or sources are not in the order of their ids, or two have one: what should come after what.
    Unordered(String, String),
    /// A record refers to what is not there, or has a credibility that is none: its id.
    Unsound(String),
    /// A record is too large, or there are too many.
    TooMuch(&'static str),
    /// What the graph was read from is damaged.
    Damaged(Damage),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Twice(slug) => write!(f, "two relations have the id `{slug}`"),
            Self::Unordered(last, next) => write!(f, "`{next}` comes after `{last}`, and records must come by id"),
            Self::Unsound(slug) => write!(f, "`{slug}` refers to what is not there"),
            Self::Damaged(damage) => damage.fmt(f),
            Self::TooMuch(what) => write!(f, "{what} than a compiled set can hold"),
        }
    }
}

impl std::error::Error for WriteError {}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Makes a compiled set of a graph.
///
/// Written beside `path` first and then renamed, so that whoever reads the old file keeps it, and a write that is broken off leaves it as it was.
///
/// # Errors
/// When the file system refuses, or the graph is of a compiled set that proves damaged.
///
/// ```
/// use allegiance::{dataset, snapshot};
/// let path = std::env::temp_dir().join(format!("allegiance-doc-{}.agz", std::process::id()));
/// let graph = dataset::embedded();
/// snapshot::write(&path, &graph, snapshot::Extras::default()).unwrap();
/// let opened = snapshot::open(&path).unwrap();
/// assert_eq!(opened.graph.relation_count(), graph.relation_count());
/// # std::fs::remove_file(path).unwrap();
/// ```
pub fn write(path: &Path, graph: &TemporalGraph, extras: Extras) -> Result<Written, WriteError> {
    // A graph out of a damaged set lacks what it has lost: that is not written down as if it were whole, nor told as a fault of what is left.
    graph.each_actor_once(|_, _| {});
    graph.check_health().map_err(WriteError::Damaged)?;
    let sources: Vec<Source> = graph.sources().map(|(_, source)| source.clone()).collect();
    let actors = graph.actors().map(|(_, actor)| actor);
    let mut writer = Writer::begin(path, graph.vocabulary(), &sources, actors)?;
    let mut failed = None;
    graph.each_relation(|_, relation| {
        failed = writer.relation(relation).err();
        failed.is_none()
    });
    graph.check_health().map_err(WriteError::Damaged)?;
    if let Some(error) = failed {
        return Err(error);
    }
    graph.events().for_each(drop);
    graph.check_health().map_err(WriteError::Damaged)?;
    writer.finish(graph.events().map(|(_, event)| event), extras)
}

/// Writes a compiled set of relations that come one at a time; none is kept.
///
/// What they refer to must be there before: vocabulary, sources, and actors ordered by readable id. Dropped before [`Writer::finish`] it leaves nothing behind.
#[derive(Debug)]
pub struct Writer<'a> {
    out: Output,
    vocabulary: &'a Vocabulary,
    sources: &'a [Source],
    packer: Packer<'a>,
    /// What records may refer to.
    limits: Limits,
    names: NameKeys,
    starts: Vec<u64>,
    /// The ids came in ascending order so far, the last of them this.
    is_ordered: bool,
    last: Box<str>,
    buffer: Vec<u8>,
}

impl<'a> Writer<'a> {
    /// Begins a file that will be at `path`.
    ///
    /// # Errors
    /// When no file can be made in that directory.
    pub fn begin<'r>(
        path: &Path,
        vocabulary: &'a Vocabulary,
        sources: &'a [Source],
        actors: impl Iterator<Item = &'r Actor> + Clone,
    ) -> Result<Self, WriteError> {
        let mut out = Output::create(path)?;
        let mut starts = Vec::new();
        let mut buffer = Vec::new();
        let mut keys = crate::names::KeysBuilder::default();
        out.begin(names::ACTORS[1], 1)?;
        let limits = Limits { sources: sources.len(), kinds: vocabulary.actor_kinds.len(), ..Limits::default() };
        let limits = Limits { actors: actors.clone().count(), ..limits };
        check_order(sources.iter().map(|source| &*source.slug))?;
        check_order(actors.clone().map(|actor| &*actor.slug))?;
        for (at, actor) in actors.clone().enumerate() {
            if !actor.is_sound(&limits) {
                return Err(WriteError::Unsound(actor.slug.to_string()));
            }
            keys.add(crate::model::ActorId::new(at), actor);
            starts.push(out.record(actor, &mut buffer)?);
        }
        out.end()?;
        out.column(names::ACTORS[0], &starts)?;
        let packer = Packer::new(vocabulary, sources, actors);
        out.begin(names::RELATIONS[1], 1)?;
        Ok(Self {
            out,
            vocabulary,
            sources,
            packer,
            limits: Limits {
                types: vocabulary.relation_types.len(),
                event_kinds: vocabulary.event_kinds.len(),
                roles: vocabulary.event_roles.len(),
                ..limits
            },
            names: keys.finish(),
            starts: Vec::new(),
            is_ordered: true,
            last: "".into(),
            buffer,
        })
    }

    /// Adds a relation. Those that come in the order of their readable ids cost least.
    ///
    /// # Errors
    /// When the file system refuses, it refers to what is not there, or there are more than four billion.
    pub fn relation(&mut self, relation: &Relation) -> Result<(), WriteError> {
        if self.starts.len() >= u32::MAX as usize {
            return Err(WriteError::TooMuch("there are more relations"));
        }
        if !relation.is_sound(&self.limits) {
            return Err(WriteError::Unsound(relation.slug.to_string()));
        }
        self.is_ordered &= self.starts.is_empty() || *self.last < *relation.slug;
        if self.is_ordered {
            self.last.clone_from(&relation.slug);
        }
        self.packer.push(relation);
        self.starts.push(self.out.record(relation, &mut self.buffer)?);
        Ok(())
    }

    /// How many relations there are so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there is none yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Adds the rest, and puts the file in its place. Events come by id; a relation that one opens or closes is named by its place among all relations by id.
    ///
    /// # Errors
    /// When the file system refuses, two relations have one id, or events are out of order or refer to what is not there. The file that stood in the place stands there still.
    pub fn finish<'r>(
        mut self,
        events: impl Iterator<Item = &'r Event>,
        extras: Extras,
    ) -> Result<Written, WriteError> {
        let records = self.out.end()?;
        let order = if self.is_ordered { None } else { Some(self.order(records)?) };
        let starts = match &order {
            None => std::mem::take(&mut self.starts),
            Some(order) => order.iter().map(|at| self.starts[*at as usize]).collect(),
        };
        let relations = starts.len();
        self.out.column(names::RELATIONS[0], &starts)?;
        drop(starts);
        let mut tables = self.packer.finish(order.as_deref());
        drop(order);
        tables.visit(&mut self.out)?;
        let mut starts = Vec::new();
        self.out.begin(names::EVENTS[1], 1)?;
        let limits = Limits { relations, ..self.limits };
        let mut last: Option<&str> = None;
        for event in events {
            if let Some(last) = last.replace(&event.slug)
                && *last >= *event.slug
            {
                return Err(WriteError::Unordered(last.to_owned(), event.slug.to_string()));
            }
            if !event.is_sound(&limits) {
                return Err(WriteError::Unsound(event.slug.to_string()));
            }
            starts.push(self.out.record(event, &mut self.buffer)?);
        }
        self.out.end()?;
        self.out.column(names::EVENTS[0], &starts)?;
        let keys = [&self.names.exact, &self.names.folded, &self.names.keyed];
        for (name, column) in names::NAMES.into_iter().zip(keys) {
            self.out.column(name, column.all())?;
        }
        let meta = Meta {
            vocabulary: self.vocabulary.clone(),
            sources: self.sources.to_vec(),
            actors: self.limits.actors as u64,
            relations: relations as u64,
            events: starts.len() as u64,
            calendar_base: Tables::calendar_base(&tables),
            longest_words: self.names.longest_words,
            forms: crate::names::forms_version(),
            lexicon: extras.lexicon,
            fingerprint: extras.fingerprint,
            made_of: extras.made_of,
        };
        self.out.column(names::META, &encoded(&meta)?)?;
        let bytes = self.out.finish()?;
        Ok(Written { relations, bytes })
    }

    /// The relations in the order of their ids, read back from what was written of them.
    fn order(&mut self, records: u64) -> Result<Vec<u32>, WriteError> {
        self.out.file.flush()?;
        let mapping = Mapping::open(&self.out.partial)?;
        let at = |start: u64| -> &str {
            let begin = (records + start) as usize + 4;
            let bytes = mapping.bytes().get(begin..).unwrap_or_default();
            postcard::take_from_bytes::<&str>(bytes).map_or("", |(slug, _)| slug)
        };
        let mut order: Vec<u32> = (0..self.starts.len() as u32).collect();
        order.sort_by(|a, b| at(self.starts[*a as usize]).cmp(at(self.starts[*b as usize])));
        let same = order.windows(2).find(|pair| at(self.starts[pair[0] as usize]) == at(self.starts[pair[1] as usize]));
        match same {
            Some(pair) => Err(WriteError::Twice(at(self.starts[pair[0] as usize]).to_owned())),
            None => Ok(order),
        }
    }
}

/// Ids must ascend: records are found by them.
fn check_order<'s>(slugs: impl Iterator<Item = &'s str>) -> Result<(), WriteError> {
    let mut last: Option<&str> = None;
    for slug in slugs {
        if let Some(last) = last.replace(slug)
            && last >= slug
        {
            return Err(WriteError::Unordered(last.to_owned(), slug.to_owned()));
        }
    }
    Ok(())
}

fn encoded<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, WriteError> {
    postcard::to_stdvec(value).map_err(|error| WriteError::Io(io::Error::other(error)))
}

/// A file that is being written beside the one that it will replace.
#[derive(Debug)]
struct Output {
    file: io::BufWriter<File>,
    path: PathBuf,
    partial: PathBuf,
    is_done: bool,
    at: u64,
    directory: Directory,
    /// The section at work, what of it belongs to no whole block yet, and the sums of its blocks.
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    name: &'static str,
    element: u32,
    begin: u64,
    block_bytes: usize,
    rest: Vec<u8>,
    sums: Vec<u64>,
}

impl Output {
    fn create(path: &Path) -> io::Result<Self> {
        // Refused now rather than after hours of work.
        if path.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "a directory is in its place"));
        }
        let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it names no file"))?;
        // A name that nobody has, so that two who write at once do not write into one file.
        let mut number = 0;
        let (partial, file) = loop {
            let mut partial_name = std::ffi::OsString::from(".");
            partial_name.push(name);
            partial_name.push(format!(".{}-{number}.partial", std::process::id()));
            let partial = path.with_file_name(partial_name);
            match OpenOptions::new().read(true).write(true).create_new(true).open(&partial) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1_000 => number += 1,
                file => break (partial, file?),
            }
        };
        let mut file = io::BufWriter::with_capacity(1 << 20, file);
        file.write_all(&[0; size_of::<Head>()])?;
        Ok(Self {
            file,
            path: path.to_owned(),
            partial,
            is_done: false,
            at: size_of::<Head>() as u64,
            directory: Directory::default(),
            open: None,
        })
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    fn align(&mut self) -> io::Result<()> {
        let missing = self.at.next_multiple_of(ALIGN) - self.at;
        self.put(&[0; ALIGN as usize][..missing as usize])
    }

    /// Begins a section of values of a size.
    fn begin(&mut self, name: &'static str, element: usize) -> io::Result<()> {
        self.align()?;
        let block_bytes = crate::storage::BLOCK_BYTES / element;
        let block_bytes = (1usize << block_bytes.ilog2()) * element;
        self.open = Some(Open {
            name,
            element: element as u32,
            begin: self.at,
            block_bytes,
            rest: Vec::with_capacity(block_bytes),
            sums: Vec::new(),
        });
        Ok(())
    }

    /// Adds to the section at work.
    fn add(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        self.put(bytes)?;
        let Some(open) = &mut self.open else { return Ok(()) };
        while !bytes.is_empty() {
            if open.rest.is_empty() && bytes.len() >= open.block_bytes {
                let (block, more) = bytes.split_at(open.block_bytes);
                open.sums.push(sum_of(block));
                bytes = more;
                continue;
            }
            let (now, more) = bytes.split_at(bytes.len().min(open.block_bytes - open.rest.len()));
            open.rest.extend_from_slice(now);
            bytes = more;
            if open.rest.len() == open.block_bytes {
                open.sums.push(sum_of(&open.rest));
                open.rest.clear();
            }
        }
        Ok(())
    }

    /// Ends the section at work, and tells where it began.
    fn end(&mut self) -> io::Result<u64> {
        let Some(mut open) = self.open.take() else { return Ok(self.at) };
        if !open.rest.is_empty() {
            open.sums.push(sum_of(&open.rest));
        }
        let length = self.at - open.begin;
        self.align()?;
        let sums: &[u8] = bytemuck::cast_slice(&open.sums);
        self.directory.sections.push(Section {
            name: open.name.to_owned(),
            element: open.element,
            at: open.begin,
            length,
            sums_at: self.at,
            sums_count: open.sums.len() as u64,
            sums_sum: sum_of(sums),
        });
        self.put(sums)?;
        Ok(open.begin)
    }

    fn column<T: Sound>(&mut self, name: &'static str, values: &[T]) -> io::Result<()> {
        debug_assert_eq!(block_len::<T>() * size_of::<T>(), {
            let fit = crate::storage::BLOCK_BYTES / size_of::<T>();
            (1usize << fit.ilog2()) * size_of::<T>()
        });
        self.begin(name, size_of::<T>())?;
        self.add(bytemuck::cast_slice(values))?;
        self.end()?;
        Ok(())
    }

    /// Adds a record to the section at work, and tells where in it.
    fn record<T: Record>(&mut self, record: &T, buffer: &mut Vec<u8>) -> Result<u64, WriteError> {
        let begin = self.at - self.open.as_ref().map_or(0, |open| open.begin);
        buffer.clear();
        buffer.extend_from_slice(&[0; 4]);
        *buffer = postcard::to_extend(record, std::mem::take(buffer))
            .map_err(|error| WriteError::Io(io::Error::other(error)))?;
        let length = u32::try_from(buffer.len() - 4).map_err(|_| WriteError::TooMuch("a record has more bytes"))?;
        buffer[..4].copy_from_slice(&length.to_le_bytes());
        self.add(buffer)?;
        Ok(begin)
    }

    /// Writes directory and head, and puts the file in its place.
    fn finish(&mut self) -> Result<u64, WriteError> {
        self.align()?;
        let directory = encoded(&self.directory)?;
        let mut head = Head {
            magic: MAGIC,
            format: FORMAT,
            order: ORDER,
            length: self.at + directory.len() as u64,
            directory: self.at,
            directory_length: directory.len() as u64,
            directory_sum: sum_of(&directory),
            zero: 0,
            sum: 0,
        };
        let bytes = bytemuck::bytes_of(&head);
        head.sum = sum_of(&bytes[..bytes.len() - 8]);
        self.put(&directory)?;
        self.file.flush()?;
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(bytemuck::bytes_of(&head))?;
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        fs::rename(&self.partial, &self.path)?;
        self.is_done = true;
        Ok(head.length)
    }
}

impl Drop for Output {
    /// What was not finished goes.
    fn drop(&mut self) {
        if !self.is_done {
            let _ = fs::remove_file(&self.partial);
        }
    }
}

impl ColumnVisitor for Output {
    type Error = WriteError;

    fn column<T: Sound>(&mut self, name: &'static str, column: &mut Column<T>) -> Result<(), WriteError> {
        Self::column(self, name, column.all())?;
        // What is written is needed no more: at ten million relations that is half of all memory.
        *column = Column::default();
        Ok(())
    }
}
