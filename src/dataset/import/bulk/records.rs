//! What relations refer to besides actors: sources and types, from tables, data files and the mapping, checked as any data set is.

use super::columns::Rows;
use super::open::Opener;
use super::run::Run;
use super::{BulkError, Plan, refuse};
use crate::dataset::import::cell::{Got, Reading, Told};
use crate::dataset::import::template::Template;
use crate::dataset::{InputFile, Refused, load_with};
use crate::graph::TemporalGraph;
use serde_json::{Map, Value, json};
use std::path::Path;

/// A record made of a row, and where the row stands.
struct FromRow {
    list: &'static str,
    record: Value,
    file: String,
    line: u64,
    text: Vec<u8>,
}

/// What the rows of tables are called where something is wrong with them as a whole.
const TABLES: &str = "tables of sources and types";

/// More can not be numbered in a set.
const MOST: usize = 60_000;

/// Gathers sources and types; the graph that comes has them, the vocabulary, and the actors of the data files.
pub(super) fn gather(plan: &Plan, opener: &mut Opener<'_>, run: &mut Run<'_>) -> Result<TemporalGraph, BulkError> {
    let mut given = plan.onto.clone();
    given.extend(opener.records());
    if let Some(cited) = &plan.cited {
        let text = json!({"sources": [cited]}).to_string();
        given.push(InputFile { name: "--cite".into(), bytes: text.into_bytes().into() });
    }
    let alone = load_with(given.clone(), false).map_err(BulkError::Refused)?.graph;
    let kinds: Vec<&str> = alone.vocabulary().actor_kinds.iter().map(|kind| &*kind.name).collect();
    let mut rows = Vec::new();
    for (kind, paths) in [(Rows::Sources, &plan.sources), (Rows::Types, &plan.types)] {
        for path in paths {
            read(kind, path, opener, run, &kinds, &mut rows)?;
        }
    }
    if rows.is_empty() {
        return Ok(alone);
    }
    if rows.len() + alone.sources().count() > MOST {
        return Err(refuse("too-many", format!("a set has at most {MOST} sources and types"), Vec::new()));
    }
    loop {
        // A record a line, so that what is wrong with a line is wrong with that row.
        let mut text = String::from("{");
        let mut at_line = vec![None];
        for (nth, list) in ["sources", "relation_types"].into_iter().enumerate() {
            text.push_str(&format!("{}\"{list}\": [", if nth == 0 { "" } else { "], " }));
            let mut sign = "\n";
            for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.list == list) {
                text.push_str(sign);
                text.push_str(&row.record.to_string());
                at_line.push(Some(at));
                sign = ",\n";
            }
        }
        text.push_str("]}");
        let mut files = given.clone();
        files.push(InputFile { name: TABLES.into(), bytes: text.into_bytes().into() });
        let refused = match load_with(files, false) {
            Ok(loaded) => return Ok(loaded.graph),
            Err(refused) => refused,
        };
        let wrong = wrong_rows(&refused, &at_line);
        if wrong.is_empty() {
            return Err(BulkError::Refused(refused));
        }
        for (at, code, message) in &wrong {
            let row = &rows[*at];
            run.bad(&row.file, row.line, code, message, &row.text)?;
        }
        let mut at = 0;
        rows.retain(|_| {
            at += 1;
            !wrong.iter().any(|(wrong, ..)| *wrong == at - 1)
        });
    }
}

/// The rows that something is wrong with, in order and once each: a code and what is wrong.
fn wrong_rows(refused: &Refused, at_line: &[Option<usize>]) -> Vec<(usize, &'static str, String)> {
    let mut wrong: Vec<(usize, &'static str, String)> = Vec::new();
    for diagnostic in &refused.diagnostics {
        let Some(label) = diagnostic.labels.first() else { continue };
        if refused.sources.name(label.file) != TABLES {
            continue;
        }
        let (line, _) = refused.sources.position(label.file, label.span.start);
        let Some(Some(at)) = at_line.get(line - 1) else { continue };
        let code = match &diagnostic.code {
            std::borrow::Cow::Borrowed(code) => code,
            std::borrow::Cow::Owned(_) => "bad-record",
        };
        if !wrong.iter().any(|(known, ..)| known == at) {
            wrong.push((*at, code, diagnostic.message.clone()));
        }
    }
    wrong.sort_by_key(|(at, ..)| *at);
    wrong
}

/// The records of a table.
fn read(
    kind: Rows,
    path: &Path,
    opener: &mut Opener<'_>,
    run: &mut Run<'_>,
    kinds: &[&str],
    into: &mut Vec<FromRow>,
) -> Result<(), BulkError> {
    let name = path.display().to_string();
    let from = super::run::file(path)?;
    let mut opened = opener.open(kind, &name, from)?;
    while let Some(value) = run.record(&mut opened)? {
        let record = match (kind, value) {
            (Rows::Types, Value::Object(record)) => Value::Object(complete(record, kinds)),
            (_, value) => value,
        };
        let (line, text) = (opened.reader.line(), opened.reader.text().to_vec());
        into.push(FromRow { list: kind.list(), record, file: name.clone(), line, text });
    }
    Ok(())
}

/// A type with what follows from its name and polarity, where it is not given: it lasts, is directed, joins actors of any kind and weighs 1; what is for is cooperation,
/// what is against hostility, the rest diplomacy.
fn complete(mut record: Map<String, Value>, kinds: &[&str]) -> Map<String, Value> {
    let polarity = match record.get("polarity") {
        Some(Value::String(text)) => text.trim_start_matches('+').parse::<i64>().ok(),
        other => other.and_then(Value::as_i64),
    };
    let name = record.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
    let words = name.replace('_', " ");
    let category = match polarity {
        Some(1) => "cooperation",
        Some(-1) => "hostility",
        _ => "diplomacy",
    };
    let is_symmetric = record.get("inverse").and_then(Value::as_str) == Some(&name)
        || record.get("symmetric") == Some(&Value::Bool(true));
    let label = record.get("label").cloned().unwrap_or_else(|| words.clone().into());
    let other = |own: Value, turned: String| if is_symmetric { own } else { turned.into() };
    let inverse_label = other(label.clone(), format!("{words} (from the other side)"));
    let defaults = [
        ("inverse", other(name.clone().into(), format!("inverse_of_{name}"))),
        ("symmetric", is_symmetric.into()),
        ("category", category.into()),
        ("weight", 1.into()),
        ("kind", "state".into()),
        ("subjects", kinds.into()),
        ("objects", kinds.into()),
        ("definition", words.into()),
        ("example", "".into()),
        ("label", label),
        ("inverse_label", inverse_label),
    ];
    for (field, value) in defaults {
        let is_empty = record.get(field).and_then(Value::as_array).is_some_and(Vec::is_empty);
        if is_empty || !record.contains_key(field) {
            record.insert(field.into(), value);
        }
    }
    record
}

impl Run<'_> {
    /// The next record that a template makes of a row; bad rows are set aside. Of several templates the first that is for a row makes its record.
    pub(super) fn record(&mut self, opened: &mut super::open::Opened) -> Result<Option<Value>, BulkError> {
        use super::reader::Next;
        loop {
            let next = opened.next().map_err(|error| BulkError::Read(opened.name.clone(), error))?;
            let mut trouble = None;
            let (code, what) = match next {
                Next::End => return Ok(None),
                Next::Bad(code, what) => (code, what),
                Next::Row => {
                    let cells = opened.reader.cells();
                    let is_for = |template: &&Template| template.when.iter().all(|c| c.holds(cells, &opened.empty));
                    let Some(template) = opened.templates.iter().find(is_for) else { continue };
                    let told = Told::First(&mut trouble);
                    let mut reading = Reading { cells, empty: &opened.empty, known: None, part: None, told };
                    match template.record.fill(&mut reading) {
                        Got::Have(value) => return Ok(Some(value)),
                        Got::LeftOut => continue,
                        Got::Empty => ("empty-cell", "the row says nothing".to_owned()),
                        Got::Failed => trouble.map_or(("unreadable", "it cannot be read".to_owned()), |trouble| {
                            let column = trouble.column.and_then(|column| opened.header.get(column));
                            let message = match column {
                                Some(column) => format!("column `{column}`: {}", trouble.message),
                                None => trouble.message,
                            };
                            (trouble.code, message)
                        }),
                    }
                }
            };
            self.bad(&opened.name, opened.reader.line(), code, &what, opened.reader.text())?;
        }
    }
}
