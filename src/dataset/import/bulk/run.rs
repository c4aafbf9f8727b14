//! A run from beginning to end: what relations refer to first, then the relations.

use super::actors::Actors;
use super::bad::{Bad, BadRow, Stop, is_in_the_way};
use super::columns::Rows;
use super::index::SeenIds;
use super::open::{Opened, Opener};
use super::pattern::{At, Not, Pattern};
use super::reader::Next;
use super::{BulkError, Phase, Plan, Progress, Report, Way, records, refuse};
use crate::dataset::check::RowCheck;
use crate::dataset::import::dates::push_number;
use crate::dataset::shape::suggestion;
use crate::model::{Relation, Source, Vocabulary};
use crate::snapshot::{self, Extras, Writer};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Rows between two words of how far it has come.
const BETWEEN: u64 = 4096;

/// A run under way: what was bad, and how far it has come.
pub(super) struct Run<'t> {
    bad: Bad,
    tell: &'t mut dyn FnMut(Progress),
    progress: Progress,
    /// Bytes of the files before this one.
    before: u64,
    too_many: bool,
}

impl Run<'_> {
    /// Begins a phase.
    pub(super) fn begin(&mut self, phase: Phase, all_bytes: Option<u64>) {
        self.progress = Progress { phase, rows: 0, bad: self.bad.count(), bytes: 0, all_bytes };
        self.before = 0;
        (self.tell)(self.progress);
    }

    /// Counts a row; `bytes` were read of its file so far.
    pub(super) fn row(&mut self, bytes: u64) {
        self.progress.rows += 1;
        if self.progress.rows.is_multiple_of(BETWEEN) {
            self.progress.bytes = self.before + bytes;
            self.progress.bad = self.bad.count();
            (self.tell)(self.progress);
        }
    }

    /// A file is read to its end.
    pub(super) const fn read(&mut self, bytes: u64) {
        self.before += bytes;
    }

    /// How many bytes the rows of relations have, where that is known.
    pub(super) fn all_bytes(&self, plan: &Plan) -> Option<u64> {
        let size = |way: &Way| match way {
            Way::Path(path) => path.metadata().ok().filter(std::fs::Metadata::is_file).map(|about| about.len()),
            Way::Reader(_) => None,
        };
        plan.relations.iter().map(|input| size(&input.way)).sum()
    }

    /// Sets a bad row aside.
    pub(super) fn bad(
        &mut self,
        file: &str,
        line: u64,
        reason: &'static str,
        what: &str,
        text: &[u8],
    ) -> Result<(), BulkError> {
        self.bad.add(&BadRow { file, line, reason, what, text }).map_err(|stop| match stop {
            Stop::TooMany => {
                self.too_many = true;
                BulkError::TooManyBad(Box::default())
            }
            Stop::Io(error) => BulkError::Bad(self.bad.path().to_owned(), error),
        })
    }
}

/// Carries out a plan; `tell` hears of it now and then.
///
/// # Errors
/// As [`BulkError`] has them. Bad rows are no error, unless more are than may be.
///
/// # Complexity
/// O(rows log rows) in time. In memory some 100 bytes for each actor besides the actor itself, and some 130 for each relation while the arrays are packed; nothing
/// of the rows.
pub fn run(mut plan: Plan, tell: &mut dyn FnMut(Progress)) -> Result<Report, BulkError> {
    for (path, is_foreign, what) in [
        (&plan.out, plan.out.as_deref().is_some_and(|out| out.exists() && !snapshot::is_compiled(out)), "compiled set"),
        (&plan.bad, plan.bad.as_deref().is_some_and(is_in_the_way), "file of bad rows"),
    ] {
        if let (Some(path), true) = (path, is_foreign) {
            let message = format!("{} is no {what}, and was not touched", path.display());
            return Err(refuse("in-the-way", message, vec!["name another file, or move that one away".into()]));
        }
    }
    let progress = Progress { phase: Phase::Actors, rows: 0, bad: 0, bytes: 0, all_bytes: None };
    let bad = Bad::new(plan.bad.clone().filter(|_| plan.out.is_some()), plan.most_bad);
    let mut run = Run { bad, tell, progress, before: 0, too_many: false };
    let mut report = Report::default();
    let done = go(&mut plan, &mut run, &mut report);
    report.bad_rows = run.bad.count();
    report.bad = run.bad.kinds();
    if done.is_ok() || run.too_many {
        let path = run.bad.path().to_owned();
        report.bad_file = run.bad.finish().map_err(|error| BulkError::Bad(path, error))?;
    }
    match done {
        Err(BulkError::TooManyBad(_)) => Err(BulkError::TooManyBad(Box::new(report))),
        Err(error) => Err(error),
        Ok(()) => Ok(report),
    }
}

fn go(plan: &mut Plan, run: &mut Run<'_>, report: &mut Report) -> Result<(), BulkError> {
    let mut opened_once: Vec<Option<Box<dyn Read>>> = Vec::with_capacity(plan.relations.len());
    for input in &mut plan.relations {
        opened_once.push(match &mut input.way {
            Way::Reader(reader) => reader.take(),
            Way::Path(_) => None,
        });
    }
    let plan = &*plan;
    let mut opener = Opener::new(plan)?;
    let base = records::gather(plan, &mut opener, run)?;
    let vocabulary: Vocabulary = base.vocabulary().clone();
    let sources: Vec<Source> = base.sources().map(|(_, source)| source.clone()).collect();
    if let Some(cite) = plan.cite.as_deref().filter(|cite| !sources.iter().any(|source| *source.slug == **cite)) {
        let known: Vec<&str> = sources.iter().map(|source| &*source.slug).collect();
        let mut help = if known.is_empty() { Vec::new() } else { suggestion(cite, &known) };
        help.push(
            "make it with `--title TITLE --published DATE --reliability A–F`, or name a table: `--sources FILE`".into(),
        );
        return Err(refuse("unknown-source", format!("no source has the id `{cite}`"), help));
    }
    let mut check = RowCheck::new(vocabulary.clone(), sources.clone());
    let mut actors = Actors::default();
    for (_, actor) in base.actors() {
        actors.add(actor.clone());
    }
    for (what, count) in [("relation", base.relation_count()), ("event", base.event_count())] {
        if count > 0 {
            let s = if count == 1 { "" } else { "s" };
            report.notes.push(format!("{count} {what}{s} of the data files are not taken over"));
        }
    }
    drop(base);
    actors.read(plan, &mut opener, &mut check, run)?;
    if let Some(word) = &plan.new_actors {
        let Some(kind) = vocabulary.kind_named(word) else {
            let known: Vec<&str> = vocabulary.actor_kinds.iter().map(|kind| &*kind.name).collect();
            return Err(refuse("unknown-kind", format!("there is no actor kind `{word}`"), suggestion(word, &known)));
        };
        report.new_actors = actors.learn(plan, &mut opener, kind, run)?;
    }
    actors.order();
    check.set_actors(actors.all.iter().map(|actor| (actor.kind, actor.exists.clone())));
    report.actors = actors.all.len() as u64;
    report.sources = sources.len() as u64;
    report.types = own_types(&vocabulary);
    let mut writer = match &plan.out {
        Some(out) => Some(Writer::begin(out, &vocabulary, &sources, actors.all.iter())?),
        None => None,
    };
    let Actors { all, index } = actors;
    drop(all);
    run.begin(Phase::Relations, run.all_bytes(plan));
    let mut seen = SeenIds::default();
    let mut made: Vec<Relation> = Vec::new();
    for (input, once) in plan.relations.iter().zip(opened_once) {
        let from = match (&input.way, once) {
            (Way::Path(path), _) => file(path)?,
            (Way::Reader(_), Some(reader)) => reader,
            (Way::Reader(_), None) => {
                return Err(refuse("cannot-read-twice", format!("{} can be read only once", input.name), Vec::new()));
            }
        };
        let mut opened = opener.open(Rows::Relations, &input.name, from)?;
        let mut patterns = Vec::with_capacity(opened.templates.len());
        for template in &opened.templates {
            patterns.push(Pattern::of(template).map_err(|cannot| opener.cannot(cannot))?);
        }
        let gives_ids = patterns.iter().any(Pattern::gives_ids);
        let place = if plan.relations.len() > 1 { format!("{} row ", base_name(&input.name)) } else { "row ".into() };
        let mut in_file = 0u64;
        let mut locator = String::new();
        loop {
            let next = opened.next().map_err(|error| BulkError::Read(input.name.clone(), error))?;
            if matches!(next, Next::End) {
                break;
            }
            report.rows += 1;
            in_file += 1;
            run.row(opened.reader.bytes());
            let outcome = match next {
                Next::End => break,
                Next::Bad(code, what) => Err(Not::Bad(code, what)),
                Next::Row => {
                    locator.clear();
                    locator.push_str(&place);
                    push_number(&mut locator, in_file, 1);
                    let number = report.rows;
                    made.clear();
                    relations(&opened, &patterns, number, &locator, &index, &mut check, &mut seen, &mut made)
                }
            };
            match outcome {
                Ok(()) => {
                    for relation in &made {
                        // Ids that are rows' numbers are given once.
                        if gives_ids {
                            seen.add(&relation.slug);
                        }
                        if let Some(writer) = &mut writer {
                            writer.relation(relation)?;
                        }
                    }
                    report.taken += 1;
                    report.relations += made.len() as u64;
                }
                Err(Not::LeftOut) => report.left_out += 1,
                Err(Not::Bad(code, what)) => {
                    run.bad(&input.name, opened.reader.line(), code, &what, opened.reader.text())?;
                }
            }
        }
        run.read(opened.reader.bytes());
    }
    for (name, columns) in &opener.unread {
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        report.notes.push(format!("{name}: not read: {}", columns.join(", ")));
    }
    if let Some(writer) = writer.filter(|_| report.relations > 0) {
        run.begin(Phase::Packing, None);
        let inputs = plan.relations.iter().map(|input| input.name.clone());
        let tables = plan.sources.iter().chain(&plan.types).chain(&plan.actors).map(|path| path.display().to_string());
        let extras = Extras { made_of: inputs.chain(tables).collect(), ..Extras::default() };
        report.written = Some(writer.finish(std::iter::empty(), extras)?);
    }
    Ok(())
}

/// The relations that a row makes, all or none.
#[allow(clippy::too_many_arguments, reason = "the parts of one run, of which some change and some do not")]
fn relations(
    opened: &Opened,
    patterns: &[Pattern],
    number: u64,
    locator: &str,
    index: &super::index::ActorIndex,
    check: &mut RowCheck,
    seen: &mut SeenIds,
    made: &mut Vec<Relation>,
) -> Result<(), Not> {
    let mut at =
        At { cells: opened.reader.cells(), empty: &opened.empty, header: &opened.header, number, locator, nth: 0 };
    for pattern in patterns {
        if !pattern.is_for(&at) {
            continue;
        }
        at.nth = made.len();
        let relation = match pattern.make(&at, index, check) {
            Ok(relation) => relation,
            Err(Not::LeftOut) => continue,
            Err(bad) => return Err(bad),
        };
        if pattern.gives_ids() && (seen.has(&relation.slug) || made.iter().any(|other| other.slug == relation.slug)) {
            return Err(Not::Bad("duplicate-id", format!("another row has the id `{}`", relation.slug)));
        }
        made.push(relation);
    }
    if made.is_empty() { Err(Not::LeftOut) } else { Ok(()) }
}

/// Opens a file to be read from its beginning.
pub(super) fn file(path: &Path) -> Result<Box<dyn Read>, BulkError> {
    match File::open(path) {
        Ok(file) => Ok(Box::new(file)),
        Err(error) => Err(BulkError::Read(path.display().to_string(), error)),
    }
}

fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// How many types the shipped vocabulary does not have.
fn own_types(vocabulary: &Vocabulary) -> u64 {
    let shipped = crate::dataset::load_without_warnings(Vec::new());
    let is_shipped = |name: &str| shipped.as_ref().is_ok_and(|graph| graph.vocabulary().type_named(name).is_some());
    vocabulary.relation_types.iter().filter(|t| !is_shipped(&t.name)).count() as u64
}
