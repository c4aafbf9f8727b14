//! What the flags come to: a graph, a scope, a way to print, and a note of what was assumed.

use super::args::Flags;
use super::failure::Failure;
use super::output::{Page, Printer};
use crate::dataset;
use crate::graph::{ClaimFilter, TemporalGraph};
use crate::model::{ActorId, Category, Grade, SourceId, TypeId};
use crate::names::Index;
use crate::question::{Lens, Line, RelationWord, Scope, When};
use crate::snapshot::{self, Compiled};
use crate::time::{Dated, Day, Reading};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Loads the data the flags name: `--data`, else `ALLEGIANCE_DATA`, else what comes with the program.
pub(super) fn load(flags: &Flags) -> Result<TemporalGraph, Failure> {
    Ok(load_with_words(flags)?.0)
}

/// Loads the data the flags name, and the words for `ask` that come with it.
pub(super) fn load_with_words(flags: &Flags) -> Result<(TemporalGraph, Vec<dataset::InputFile>), Failure> {
    let paths = data_paths(flags);
    if paths.is_empty() {
        return Ok((dataset::embedded(), Vec::new()));
    }
    if let [path] = paths.as_slice()
        && snapshot::is_compiled(path)
    {
        let compiled = snapshot::open(path).map_err(|error| Failure::compiled(path, &error))?;
        return Ok(opened(compiled, path));
    }
    let files = read(&paths)?;
    if let [directory] = paths.as_slice()
        && directory.is_dir()
        && let lexicon = dataset::read_lexicon(directory)?
        && let Some(compiled) = dataset::cached(directory, &files, lexicon.as_ref())
    {
        return Ok(opened(compiled, directory));
    }
    let words = paths.iter().filter_map(|path| dataset::read_lexicon(path).transpose()).collect::<Result<_, _>>()?;
    Ok((dataset::load_without_warnings(files)?, words))
}

/// A compiled set of which nothing damaged will be printed.
fn opened(compiled: Compiled, path: &Path) -> (TemporalGraph, Vec<dataset::InputFile>) {
    super::output::guard::watch(compiled.graph.health());
    let name = format!("{}: lexicon.json", path.display());
    let words = compiled.lexicon.map(|bytes| dataset::InputFile { name, bytes: bytes.into() });
    (compiled.graph, words.into_iter().collect())
}

/// The words for `ask` that come with some data sets; only one of them may have any.
pub(super) fn lexicon_file(paths: &[PathBuf]) -> Result<Option<dataset::InputFile>, Failure> {
    let mut found = None;
    for path in paths {
        if let Some(file) = dataset::read_lexicon(path)? {
            if found.is_some() {
                return Err(Failure::new(
                    "two-lexicons",
                    "more than one of these directories has a lexicon.json, and a compiled set holds one",
                    vec!["put their words into one file".into()],
                ));
            }
            found = Some(file);
        }
    }
    Ok(found)
}

/// The paths of the data sets named; none for what comes with the program.
pub(super) fn data_paths(flags: &Flags) -> Vec<PathBuf> {
    if !flags.data.is_empty() {
        return flags.data.clone();
    }
    std::env::var_os("ALLEGIANCE_DATA")
        .filter(|value| !value.is_empty())
        .map(|value| std::env::split_paths(&value).collect())
        .unwrap_or_default()
}

/// The files of some data sets.
pub(super) fn read(paths: &[PathBuf]) -> Result<Vec<dataset::InputFile>, Failure> {
    Ok(read_with_paths(paths)?.into_iter().map(|(_, file)| file).collect())
}

/// The files of some data sets, each with its path; that of one that comes with the program is its name.
pub(super) fn read_with_paths(paths: &[PathBuf]) -> Result<Vec<(PathBuf, dataset::InputFile)>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if snapshot::is_compiled(path) {
            return Err(Failure::compiled_instead(path));
        }
        if path.as_os_str() == "embedded" && !path.exists() {
            files.extend(dataset::embedded_files().into_iter().map(|file| (PathBuf::from(&file.name), file)));
            continue;
        }
        files.extend(dataset::read_with_paths(path).map_err(|error| {
            Failure::new(
                "unreadable-data",
                format!("cannot read the data set {}: {error}", path.display()),
                vec!["a data set is a directory of *.json files, whose schema `allegiance schema` prints, or a file that `allegiance compile` made".into()],
            )
        })?);
    }
    Ok(files)
}

/// A graph with the flags read.
pub(super) struct Context<'g> {
    pub(super) graph: &'g TemporalGraph,
    pub(super) scope: Scope,
    pub(super) printer: Printer,
    names: Index<'g>,
    assumptions: Vec<String>,
}

impl<'g> Context<'g> {
    /// Reads the flags; `default` is what is asked about when no flag names days.
    pub(super) fn new(graph: &'g TemporalGraph, flags: &Flags, default: When) -> Result<Self, Failure> {
        let scope = scope(graph, flags, default)?;
        Ok(Self { graph, scope, printer: Printer::new(flags), names: Index::new(graph), assumptions: Vec::new() })
    }

    /// The names of the graph's actors.
    pub(super) const fn names(&self) -> &Index<'g> {
        &self.names
    }

    /// The graph through the scope.
    pub(super) fn lens(&self) -> Lens<'g> {
        Lens::new(self.graph, self.scope.clone())
    }

    /// The actor of a name; how it was read is noted for the answer's head.
    pub(super) fn actor(&mut self, text: &str) -> Result<ActorId, Failure> {
        let window = self.scope.window(self.graph);
        let resolved = self.names.resolve(text, window).map_err(|error| Failure::name(&error))?;
        if let Some(reason) = resolved.reason(self.graph) {
            self.assume(reason);
        }
        Ok(resolved.actor)
    }

    /// The line of a name, noted when it was followed.
    pub(super) fn line(&mut self, lens: &Lens<'_>, text: &str) -> Result<Line, Failure> {
        let actor = self.actor(text)?;
        let line = lens.line(actor);
        if let Some(words) = lens.line_in_words(&line) {
            self.assume(words);
        }
        Ok(line)
    }

    /// The lines of two names, which must not be of one line: nothing can stand between an actor and itself.
    pub(super) fn pair(&mut self, lens: &Lens<'_>, first: &str, second: &str) -> Result<(Line, Line), Failure> {
        let (a, b) = (self.line(lens, first)?, self.line(lens, second)?);
        if a.contains(b.named) {
            return Err(Failure::new(
                "same-actor",
                format!("`{first}` and `{second}` are one actor, or one line of actors"),
                vec![
                    "use --exact to ask about two members of a line, or `allegiance lineage NAME` for how they are tied"
                        .into(),
                ],
            ));
        }
        Ok((a, b))
    }

    /// The relation of a word, of which --type and --category must leave something.
    pub(super) fn relation_word(&self, text: &str) -> Result<RelationWord, Failure> {
        let word = RelationWord::read(self.graph.vocabulary(), text).map_err(|e| Failure::word(&e))?;
        if self.scope.types.is_empty() || word.types.iter().any(|id| self.scope.types.contains(id)) {
            return Ok(word);
        }
        Err(Failure::new(
            "contradictory-types",
            format!("--type and --category leave nothing of `{}`", word.name),
            vec!["leave them out: RELATION alone says what is asked about".into()],
        ))
    }

    /// The name a line goes by in the days asked about, for titles: the member named, with those in force then when they are others.
    pub(super) fn called(&self, lens: &Lens<'_>, line: &Line) -> String {
        let named = lens.graph.actor(line.named);
        let members = line.in_force(lens.graph, lens.window);
        if lens.window.is_all() || members.contains(&line.named) {
            lens.name(line.named).to_owned()
        } else {
            let others: Vec<&str> = members.iter().map(|id| lens.name(*id)).collect();
            format!("{} (then {})", named.name, others.join(", "))
        }
    }

    /// Whom people often mean when they name a member of this line, or who is meant by them: a head and what it heads, rulers and what they rule.
    pub(super) fn also_meant(&self, lens: &Lens<'_>, line: &Line) -> Option<String> {
        let types = self.group("speaks-for").ok()?;
        let mut names: Vec<&str> = lens
            .relations_of(line)
            .into_iter()
            .map(|id| lens.graph.relation(id))
            .filter(|r| types.contains(&r.kind))
            .map(|r| if line.contains(r.subject) { r.object } else { r.subject })
            .filter(|other| !line.contains(*other))
            .map(|other| &*lens.graph.actor(other).name)
            .collect();
        names.sort_unstable();
        names.dedup();
        (!names.is_empty()).then(|| format!("often named for one another, and asked about apart: {}", names.join(", ")))
    }

    /// Whether flags leave out claims, types, or what is certain or possible.
    pub(super) fn is_narrowed(&self) -> bool {
        !self.scope.claims.is_empty() || self.scope.only.is_some() || !self.scope.types.is_empty()
    }

    /// Notes something assumed, once.
    pub(super) fn assume(&mut self, words: impl Into<String>) {
        let words = words.into();
        if !self.assumptions.contains(&words) {
            self.assumptions.push(words);
        }
    }

    /// A page with the date it speaks for and what was assumed.
    pub(super) fn page(&self, title: impl Into<String>) -> Page {
        let mut page = Page::new(title);
        page.as_of = self.scope.as_of(self.graph);
        page.assumptions = self.assumptions.clone();
        if let Some(words) = claims_in_words(self.graph, &self.scope.claims) {
            page.assumptions.push(words);
        }
        page
    }

    /// Every relation type but those of these categories.
    pub(super) fn types_without(&self, categories: &[Category]) -> Vec<TypeId> {
        self.graph.vocabulary().types().filter(|(_, t)| !categories.contains(&t.category)).map(|(id, _)| id).collect()
    }

    /// The types of a word for relations that the program itself uses.
    pub(super) fn group(&self, word: &str) -> Result<Vec<TypeId>, Failure> {
        RelationWord::read(self.graph.vocabulary(), word).map(|w| w.types).map_err(|e| Failure::word(&e))
    }
}

/// The claims that count, in words; `None` when all do.
pub(super) fn claims_in_words(graph: &TemporalGraph, filter: &ClaimFilter) -> Option<String> {
    let mut parts = Vec::new();
    if let Some(day) = filter.known_by {
        let possibly = if filter.known_possibly { " or possibly by then" } else { "" };
        parts.push(format!("published by {day}{possibly}"));
    }
    let list =
        |ids: &[SourceId]| ids.iter().map(|id| graph.source(*id).slug.to_string()).collect::<Vec<_>>().join(", ");
    if !filter.sources.is_empty() {
        parts.push(format!("of {}", list(&filter.sources)));
    }
    if !filter.excluded.is_empty() {
        parts.push(format!("not of {}", list(&filter.excluded)));
    }
    if let Some(grade) = filter.min_grade {
        parts.push(format!("graded {grade} or better"));
    }
    (!parts.is_empty()).then(|| format!("only claims {}", parts.join(", ")))
}

/// What the flags limit a question to.
pub(super) fn scope(graph: &TemporalGraph, flags: &Flags, default: When) -> Result<Scope, Failure> {
    let when = if flags.ever {
        When::Ever
    } else if let Some(text) = &flags.at {
        match text.as_str() {
            "today" => When::On(today()?),
            "now" => When::Now,
            _ => When::At(date("--at", text)?),
        }
    } else if let Some(text) = &flags.throughout {
        When::Throughout(date("--throughout", text)?)
    } else if let Some(text) = &flags.during {
        When::During(date("--during", text)?)
    } else {
        default
    };
    let known_by = match &flags.known_by {
        None => None,
        Some(text) if text == "today" => Some(today()?),
        Some(text) => {
            let latest = date("--known-by", text)?.hull().latest;
            if !latest.is_bounded() {
                return Err(Failure::new(
                    "bad-date",
                    format!("`--known-by {text}` names no last day"),
                    vec!["give a date or a closed interval: `--known-by 2019-12-31`".into()],
                ));
            }
            Some(latest)
        }
    };
    let mut types = Vec::new();
    for word in &flags.types {
        types.extend(type_named(graph, word)?);
    }
    for word in &flags.category {
        types.extend(graph.vocabulary().types_of(category(word)?));
    }
    types.sort_unstable();
    types.dedup();
    let sources = |names: &[String]| names.iter().map(|name| source(graph, name)).collect::<Result<Vec<_>, _>>();
    Ok(Scope {
        when,
        claims: ClaimFilter {
            known_by,
            known_possibly: flags.possible,
            sources: sources(&flags.source)?,
            excluded: sources(&flags.exclude_source)?,
            min_grade: flags.min_grade.as_deref().map(grade).transpose()?,
        },
        only: match (flags.certain, flags.possible) {
            (true, _) => Some(Reading::Certain),
            (_, true) => Some(Reading::Possible),
            _ => None,
        },
        exact: flags.exact,
        types,
        limit: flags.limit,
    })
}

/// A date typed after a flag or as an argument.
pub(super) fn date(flag: &str, text: &str) -> Result<Dated, Failure> {
    Dated::parse(text.trim()).map_err(|error| Failure::date(flag, text.trim(), &error))
}

/// The machine's day (UTC): asked for by name only.
pub(super) fn today() -> Result<Day, Failure> {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_err(|e| Failure::Io(io::Error::other(format!("the machine's clock is before 1970: {e}"))))?;
    Ok(Day::new(i32::try_from(since.as_secs() / 86_400).unwrap_or(i32::MAX - 1)))
}

fn type_named(graph: &TemporalGraph, word: &str) -> Result<Vec<TypeId>, Failure> {
    let vocabulary = graph.vocabulary();
    let plain = |text: &str| text.trim().to_lowercase().replace([' ', '-'], "_");
    let wanted = plain(word);
    if let Some((id, _)) =
        vocabulary.types().find(|(_, t)| *t.name == *wanted || *t.inverse == *wanted || plain(&t.label) == wanted)
    {
        return Ok(vec![id]);
    }
    let names: Vec<&str> = vocabulary.relation_types.iter().map(|t| &*t.name).collect();
    let near = crate::names::nearest(word, names, 3);
    let mut help = Vec::new();
    if !near.is_empty() {
        help.push(format!("did you mean {}?", near.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" or ")));
    }
    help.push("`allegiance list types` shows every type with its definition".into());
    Err(Failure::new("unknown-type", format!("there is no relation type `{word}`"), help))
}

fn category(word: &str) -> Result<Category, Failure> {
    Category::from_word(&word.trim().to_lowercase()).ok_or_else(|| {
        let known: Vec<&str> = Category::ALL.iter().map(|c| c.word()).collect();
        let near = crate::names::nearest(word, known.iter().copied(), 1);
        let mut help: Vec<String> = near.iter().map(|n| format!("did you mean `{n}`?")).collect();
        help.push(format!("categories: {}", known.join(", ")));
        Failure::new("unknown-category", format!("there is no category `{word}`"), help)
    })
}

fn grade(text: &str) -> Result<Grade, Failure> {
    Grade::parse(text.trim()).ok_or_else(|| {
        Failure::new(
            "bad-grade",
            format!("`{text}` is no grade"),
            vec![
                "a grade is a letter A–F for the source and, if wanted, a digit 1–6 for the claim: `B` or `B3`".into(),
            ],
        )
    })
}

/// The source of an id or of one of the names people use for it, in any case.
pub(super) fn source(graph: &TemporalGraph, name: &str) -> Result<SourceId, Failure> {
    if let Some(id) = graph.source_by_slug(name) {
        return Ok(id);
    }
    let wanted = crate::names::fold(name);
    let fits = |source: &crate::model::Source| {
        std::iter::once(&source.title).chain(&source.names).any(|n| crate::names::fold(n) == wanted)
    };
    let found: Vec<SourceId> =
        graph.sources().filter(|(_, s)| !wanted.is_empty() && fits(s)).map(|(id, _)| id).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let known: Vec<String> = graph.sources().map(|(_, s)| format!("`{}`", s.slug)).collect();
            let all: Vec<&str> = graph
                .sources()
                .flat_map(|(_, s)| std::iter::once(&*s.slug).chain(s.names.iter().map(|n| &**n)))
                .collect();
            let near = crate::names::nearest(name, all, 3);
            let mut help: Vec<String> = Vec::new();
            if !near.is_empty() {
                help.push(format!(
                    "did you mean {}?",
                    near.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" or ")
                ));
            }
            help.push(format!("sources: {}", known.join(", ")));
            Err(Failure::new("unknown-source", format!("no source is called `{name}`"), help))
        }
        several => {
            let ids: Vec<String> = several.iter().map(|id| format!("`{}`", graph.source(*id).slug)).collect();
            Err(Failure::new(
                "ambiguous-source",
                format!("`{name}` fits several sources"),
                vec![format!("name one by its id: {}", ids.join(", "))],
            ))
        }
    }
}
