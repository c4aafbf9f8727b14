//! Tables into a data set, by a mapping.
//!
//! Two walks over the rows: the first learns which actors and sources there are, under which ids; the second makes the records, in which cells
//! may name any of them. What was made is checked as any data set is, and what that finds is told at the row and column it came from.

use super::cell::{Got, Reading, at_cell};
use super::gather::{Gathered, Origin};
use super::known::Known;
use super::mapping::{LISTS, Mapping, Step, array};
use super::rows::{Row, Shape, Table, may_part};
use super::template::{Compiler, Node, Template};
use super::{Imported, cap};
use crate::dataset::draft::FileDraft;
use crate::dataset::fault::{self, Fault};
use crate::dataset::write::{Order, layout};
use crate::dataset::{InputFile, Refused, SHIPPED, check, embedded, load_with};
use crate::diagnostic::{Diagnostic, FileId, Label, Severity, SourceMap};
use crate::graph::TemporalGraph;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// How tables are read.
#[derive(Clone, Debug, Default)]
pub struct CsvOptions {
    /// What parts columns, where the mapping does not say; found out when `None`.
    pub delimiter: Option<u8>,
    /// The files of a data set to whose actors and sources the tables may refer, and which what is made is loaded with.
    pub onto: Vec<InputFile>,
}

/// A table of the mapping with its file, ready to be walked.
struct Source {
    table: Table,
    templates: Vec<Template>,
    empty: Vec<String>,
}

/// Reads tables into a data set.
///
/// # Errors
/// Everything that is wrong with the mapping; else everything that is wrong with the rows, of which the first are told in full and the rest counted.
///
/// # Complexity
/// The texts and the records made of them are held in memory. Time grows with the rows n as n log n, since names, ids and claims are looked up in
/// ordered maps; only the items of a list in one record, such as the names of an actor that many rows add to, are compared each with each.
pub fn import_csv(files: Vec<InputFile>, mapping: InputFile, options: CsvOptions) -> Result<Imported, Box<Refused>> {
    let mut sources = SourceMap::default();
    let refuse =
        |diagnostics: Vec<Diagnostic>, sources: SourceMap| Box::new(Refused { diagnostics: cap(diagnostics), sources });
    let mapping = match Mapping::read(mapping, &mut sources) {
        Ok(mapping) => mapping,
        Err(diagnostics) => return Err(refuse(diagnostics, sources)),
    };
    let base = match options.onto.as_slice() {
        [] => None,
        files => Some(load_with(files.to_vec(), false)?.graph),
    };
    let tables = match open(files, &mapping, options.delimiter, &mut sources) {
        Ok(tables) => tables,
        Err(diagnostics) => return Err(refuse(diagnostics, sources)),
    };
    let mut import = Import::new(&mapping, &tables, base.as_ref());
    import.learn();
    import.make();
    import.finish(&options.onto, sources)
}

/// Gives each table of the mapping its file, reads the headers, and compiles the templates.
fn open(
    mut files: Vec<InputFile>,
    mapping: &Mapping,
    delimiter: Option<u8>,
    sources: &mut SourceMap,
) -> Result<Vec<Source>, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    let at = |number: usize| vec![Step::Key("tables".into()), Step::Item(number)];
    let count = mapping.tables().len();
    if count != files.len() {
        let names: Vec<&str> = files.iter().map(|f| f.name.as_str()).collect();
        let message = format!(
            "the mapping has {count} table{}, and {} file{} named",
            if count == 1 { "" } else { "s" },
            files.len(),
            if files.len() == 1 { " is" } else { "s are" }
        );
        let help = vec![format!("files: {}", names.join(", "))];
        return Err(vec![mapping.wrong(
            sources,
            &[Step::Key("tables".into())],
            "other-tables",
            message,
            "its tables",
            help,
        )]);
    }
    let mut ordered: Vec<Option<InputFile>> = (0..count).map(|_| None).collect();
    for (number, table) in mapping.tables().iter().enumerate() {
        let Some(name) = table.get("file").and_then(Value::as_str) else { continue };
        match files.iter().position(|file| file.name == name || file.name.rsplit(['/', '\\']).next() == Some(name)) {
            Some(found) => ordered[number] = Some(files.remove(found)),
            None => {
                let mut path = at(number);
                path.push(Step::Key("file".into()));
                let names: Vec<&str> = files.iter().map(|f| f.name.as_str()).collect();
                let help = crate::dataset::shape::suggestion(name, &names);
                wrong.push(mapping.wrong(
                    sources,
                    &path,
                    "unknown-file",
                    format!("no file named is called `{name}`"),
                    "not named",
                    help,
                ));
            }
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut left = files.into_iter();
    let schema = schemars::schema_for!(FileDraft<'_>).to_value();
    let mut opened = Vec::with_capacity(count);
    for (number, value) in mapping.tables().iter().enumerate() {
        let Some(file) = ordered[number].take().or_else(|| left.next()) else { continue };
        let mut wanted = Vec::new();
        columns(value, &mut wanted);
        let given = match value.get("delimiter").and_then(Value::as_str) {
            None => delimiter,
            Some(sign) if sign.len() == 1 && may_part(sign.as_bytes()[0]) => Some(sign.as_bytes()[0]),
            Some(sign) => {
                let mut path = at(number);
                path.push(Step::Key("delimiter".into()));
                let help = vec!["use one sign of ASCII: `,`, `;`, `\\t`, `|`".into()];
                wrong.push(mapping.wrong(
                    sources,
                    &path,
                    "bad-delimiter",
                    format!("`{sign}` cannot part columns"),
                    "not one sign",
                    help,
                ));
                continue;
            }
        };
        if !array(value, "relation_types").is_empty() {
            let mut path = at(number);
            path.push(Step::Key("relation_types".into()));
            let help = vec!["declare the types under `records`, or import into a compiled set: `-o set.agz`".into()];
            let message = "types of relations come from a table only where a compiled set is made".to_owned();
            wrong.push(mapping.wrong(sources, &path, "types-of-a-table", message, "not here", help));
            continue;
        }
        let truth = |key: &str| value.get(key).and_then(Value::as_bool).unwrap_or(true);
        let shape = Shape { delimiter: given, has_header: truth("header"), has_quotes: truth("quotes") };
        let table = match Table::open(file, shape, &wanted, sources) {
            Ok(table) => table,
            Err(diagnostic) => {
                wrong.push(*diagnostic);
                continue;
            }
        };
        let mut compiler =
            Compiler { header: &table.header, mapping, sources, schema: &schema, wrong: Vec::new(), path: Vec::new() };
        let mut templates = Vec::new();
        for list in LISTS {
            for (index, template) in array(value, list).iter().enumerate() {
                compiler.path = at(number);
                compiler.path.extend([Step::Key(list.into()), Step::Item(index)]);
                templates.push(compiler.template(template, list));
            }
        }
        wrong.append(&mut compiler.wrong);
        let empty = array(value, "empty").iter().filter_map(Value::as_str).map(|text| text.trim().to_owned()).collect();
        opened.push(Source { table, templates, empty });
    }
    if wrong.is_empty() { Ok(opened) } else { Err(wrong) }
}

/// Every column that a table of a mapping names outright.
fn columns<'v>(value: &'v Value, into: &mut Vec<&'v str>) {
    match value {
        Value::Object(fields) => {
            into.extend(fields.get("column").and_then(Value::as_str).map(str::trim));
            fields.values().for_each(|field| columns(field, into));
        }
        Value::Array(items) => items.iter().for_each(|item| columns(item, into)),
        _ => {}
    }
}

/// An import under way.
struct Import<'i> {
    mapping: &'i Mapping,
    tables: &'i [Source],
    actors: Known,
    sources: Known,
    /// The ids that another data set has.
    elsewhere: BTreeSet<String>,
    symmetric: BTreeSet<String>,
    /// The id of each actor and source that rows make, by list and by the id they give or else the name.
    ids: BTreeMap<(&'static str, String), String>,
    gathered: Gathered,
    wrong: Vec<Diagnostic>,
    rows: Vec<usize>,
}

impl<'i> Import<'i> {
    fn new(mapping: &'i Mapping, tables: &'i [Source], base: Option<&TemporalGraph>) -> Self {
        let (mut actors, mut sources) = (Known::default(), Known::default());
        let mut elsewhere = BTreeSet::new();
        let mut symmetric = BTreeSet::new();
        let mut types_of = |graph: &TemporalGraph| {
            let types = graph.vocabulary().types().filter(|(_, t)| t.symmetric).map(|(_, t)| t.name.to_string());
            symmetric.extend(types);
        };
        match base {
            Some(graph) => types_of(graph),
            None => types_of(
                &crate::dataset::load_without_warnings(Vec::new())
                    .unwrap_or_else(|_| crate::graph::Builder::default().build()),
            ),
        }
        for (_, actor) in base.into_iter().flat_map(TemporalGraph::actors) {
            actors.add(&actor.slug);
            elsewhere.insert(actor.slug.to_string());
            actors.add_name(&actor.slug, &actor.name);
            actor.names.iter().for_each(|name| actors.add_name(&actor.slug, &name.text));
            actor.external_ids.iter().for_each(|(register, id)| actors.add_elsewhere(&actor.slug, register, id));
        }
        let mut gathered = Gathered::default();
        if let Some(graph) = base {
            for (_, relation) in graph.relations() {
                gathered.ids("relations").take(&relation.slug);
            }
            for (_, event) in graph.events() {
                gathered.ids("events").take(&event.slug);
            }
        }
        for (_, source) in base.into_iter().flat_map(TemporalGraph::sources) {
            sources.add(&source.slug);
            elsewhere.insert(source.slug.to_string());
            sources.add_name(&source.slug, &source.title);
            source.names.iter().for_each(|name| sources.add_name(&source.slug, name));
        }
        let records = &mapping.value["records"];
        let text = |record: &Value, key: &str| record.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        for t in array(records, "relation_types") {
            let is_symmetric = t.get("symmetric") == Some(&Value::Bool(true));
            if is_symmetric {
                symmetric.insert(text(t, "name"))
            } else {
                symmetric.remove(&text(t, "name"))
            };
        }
        for list in LISTS {
            for (index, record) in array(records, list).iter().enumerate() {
                gathered.take_over(list, record, index);
            }
        }
        for actor in array(records, "actors") {
            learn_actor(&mut actors, &text(actor, "id"), actor);
        }
        for source in array(records, "sources") {
            learn_source(&mut sources, &text(source, "id"), source);
        }
        Self {
            mapping,
            tables,
            actors,
            sources,
            elsewhere,
            symmetric,
            ids: BTreeMap::new(),
            gathered,
            wrong: Vec::new(),
            rows: vec![0; tables.len()],
        }
    }

    /// The first walk: which actors and sources there are. Ids that are given go first, then those made of names, in the order of the rows.
    fn learn(&mut self) {
        let mut seen: Vec<(&'static str, Option<String>, String, Value)> = Vec::new();
        let mut keys = BTreeSet::new();
        for source in self.tables {
            let templates: Vec<&Template> =
                source.templates.iter().filter(|t| matches!(t.list, "sources" | "actors")).collect();
            if templates.is_empty() {
                continue;
            }
            for row in source.table.rows().flatten() {
                for template in &templates {
                    if !template.when.iter().all(|c| c.holds(&row.cells, &source.empty)) {
                        continue;
                    }
                    // What is wrong is told on the second walk.
                    let mut wrong = Vec::new();
                    let mut reading = Reading::of(&source.table, &row, &source.empty, None, &mut wrong);
                    let mut fill = |field: &str| match template.record.field(field).map(|node| node.fill(&mut reading))
                    {
                        Some(Got::Have(value)) => Some(value),
                        _ => None,
                    };
                    let named = if template.list == "actors" { "name" } else { "title" };
                    let mut record = Map::new();
                    for field in [named, "names", "external_ids"] {
                        record.extend(fill(field).map(|value| (field.to_owned(), value)));
                    }
                    let id = fill("id").and_then(|id| id.as_str().map(str::to_owned));
                    let Some(name) = record.get(named).and_then(Value::as_str).map(str::to_owned) else { continue };
                    let key = id.clone().unwrap_or_else(|| name.clone());
                    let record = Value::Object(record);
                    if keys.insert((template.list, key, record.to_string())) {
                        seen.push((template.list, id, name, record));
                    }
                }
            }
        }
        for (list, id, _, _) in &seen {
            if let Some(id) = id {
                self.gathered.ids(list).take(id);
                self.ids.insert((list, id.clone()), id.clone());
            }
        }
        let taken: Vec<String> = self.elsewhere.iter().cloned().collect();
        for list in ["sources", "actors"] {
            for id in &taken {
                self.gathered.ids(list).take(id);
            }
        }
        for (list, id, name, record) in &seen {
            let known = if *list == "actors" { &mut self.actors } else { &mut self.sources };
            let id = match id {
                Some(id) => id.clone(),
                None => match self.ids.get(&(*list, name.clone())) {
                    Some(id) => id.clone(),
                    None => {
                        // An actor of another data set, or one taken over, is not made again.
                        let id = match known.find(name, None) {
                            Ok(id) => id.to_owned(),
                            Err(_) => {
                                let wanted = super::slug::slug(name);
                                let id = self.gathered.ids(list).free(&wanted, '-');
                                if id != wanted {
                                    self.gathered
                                        .note(format!("`{id}` is the id of \"{name}\", as `{wanted}` is another's"));
                                }
                                id
                            }
                        };
                        self.ids.insert((*list, name.clone()), id.clone());
                        id
                    }
                },
            };
            if *list == "actors" { learn_actor(known, &id, record) } else { learn_source(known, &id, record) }
        }
    }

    /// The second walk: every record.
    fn make(&mut self) {
        for (number, source) in self.tables.iter().enumerate() {
            for row in source.table.rows() {
                self.rows[number] += 1;
                match row {
                    Ok(row) => source
                        .templates
                        .iter()
                        .enumerate()
                        .for_each(|(t, template)| self.record(number, source, &row, t, template)),
                    Err(wrong) => self.wrong.push(*wrong),
                }
            }
        }
    }

    fn record(&mut self, number: usize, source: &Source, row: &Row, t: usize, template: &Template) {
        let place = (number, t);
        if !template.when.iter().all(|c| c.holds(&row.cells, &source.empty)) {
            self.gathered.left_out(place);
            return;
        }
        let known = Some((&self.actors, &self.sources));
        let mut reading = Reading::of(&source.table, row, &source.empty, known, &mut self.wrong);
        let origin = Origin { table: number, template: t, claim: None, at: row.at };
        let mut claims = Vec::new();
        let mut failed = false;
        let filled = template.record.fill(&mut reading);
        if matches!(filled, Got::LeftOut) {
            self.gathered.left_out(place);
            return;
        }
        for (index, (when, node)) in template.claims.iter().enumerate() {
            if !when.iter().all(|c| c.holds(&row.cells, &source.empty)) {
                continue;
            }
            match node.fill(&mut reading) {
                Got::Have(claim) => claims.push((claim, Origin { claim: Some(index), ..origin })),
                Got::Failed => failed = true,
                Got::Empty | Got::LeftOut => {}
            }
        }
        let record = match filled {
            Got::Have(Value::Object(record)) if !failed => record,
            Got::Empty => {
                self.gathered.left_out(place);
                return;
            }
            _ => return,
        };
        if claims.is_empty() && matches!(template.list, "relations" | "events") {
            let help = vec!["look at the `when` and `values` of the template's claims".into()];
            let message = "no claim is made of this row, and the record it makes needs one";
            self.wrong.push(at_cell(
                &source.table,
                row.at,
                None,
                "no-source",
                Severity::Error,
                message,
                "says who?",
                help,
            ));
            return;
        }
        let (record, claims) = match template.list {
            "relations" => (self.turned(record), claims),
            "events" => (record, claims),
            list => {
                let named = if list == "actors" { "name" } else { "title" };
                let text = |key: &str| record.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
                let key = if record.contains_key("id") { text("id") } else { text(named) };
                let id = self.ids.get(&(list, key.clone())).cloned().unwrap_or(key);
                if self.elsewhere.contains(&id) {
                    self.gathered.known_elsewhere(place);
                    return;
                }
                let mut record = record;
                record.insert("id".into(), id.into());
                (record, claims)
            }
        };
        if let Err(conflict) = self.gathered.add(template.list, record, claims, origin) {
            let column = template.record.field(&conflict.field).and_then(|node| match node {
                Node::Leaf(leaf) => leaf.column(),
                _ => None,
            });
            let first = match conflict.first {
                Ok(first) => format!("on line {} of {}", first.at.line, self.tables[first.table].table.name),
                Err(_) => "in the records of the mapping".to_owned(),
            };
            let message = format!(
                "`{}` of `{}` is {} here, and {} {first}",
                conflict.field, conflict.id, conflict.new, conflict.known
            );
            let mut diagnostic = at_cell(&source.table, row.at, column, "conflicting-rows", Severity::Error, &message, "says otherwise", vec![
                "rows that make one record must agree: take the field from fewer rows with `when`, or give the records ids of their own".into(),
            ]);
            if let Ok(first) = conflict.first {
                let table = &self.tables[first.table].table;
                diagnostic.labels.push(Label {
                    file: table.file,
                    span: table.span(first.at, column.unwrap_or(0)),
                    text: "first here".into(),
                });
            }
            self.wrong.push(diagnostic);
        }
    }

    /// A relation with its ends in the order that symmetric types are written in: by id.
    fn turned(&self, mut record: Map<String, Value>) -> Map<String, Value> {
        let text = |key: &str| record.get(key).and_then(Value::as_str).unwrap_or_default();
        if self.symmetric.contains(text("type")) && text("subject") > text("object") {
            let (subject, object) = (record["subject"].clone(), record["object"].clone());
            record.insert("subject".into(), object);
            record.insert("object".into(), subject);
        }
        record
    }

    /// Checks what was made, and tells it or hands it over.
    fn finish(mut self, onto: &[InputFile], mut sources: SourceMap) -> Result<Imported, Box<Refused>> {
        let order = Order::of_data_files();
        let (mut file, origins) = std::mem::take(&mut self.gathered).into_file();
        if let (Some(all), Some(records)) = (file.0.as_object_mut(), self.mapping.value["records"].as_object()) {
            for (list, records) in records {
                if !LISTS.contains(&list.as_str()) {
                    all.insert(list.clone(), records.clone());
                }
            }
        }
        let records = order.file(file.0);
        let text = layout(&records);
        let mut diagnostics = self.wrong;
        let declared: Vec<(String, String)> = [("actors", &self.actors), ("sources", &self.sources)]
            .into_iter()
            .flat_map(|(list, known)| known.ids().map(move |id| (list.to_owned(), id.to_owned())))
            .collect();
        // Where rows failed, what they would have made is missing: that is no further fault.
        let declared = if diagnostics.is_empty() { Vec::new() } else { declared };
        let ours = FileId(usize::MAX - 1);
        let texts: Vec<String> = onto.iter().filter_map(|f| String::from_utf8(f.bytes.to_vec()).ok()).collect();
        let has_shipped = onto.iter().any(|f| f.name.strip_prefix(SHIPPED) == Some(embedded::VOCABULARY));
        let mut drafts: Vec<(FileId, FileDraft<'_>)> = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            drafts.extend(
                crate::dataset::parse(text.trim_start_matches('\u{feff}'))
                    .ok()
                    .map(|draft| (FileId(usize::MAX - 2 - number), draft)),
            );
        }
        match crate::dataset::parse(&text) {
            Ok(draft) => drafts.push((ours, draft)),
            // Only a mapping could make it so, and its shape was held against the schema.
            Err(error) => {
                let id = sources.add("what was made", text.clone());
                diagnostics.extend(crate::dataset::shape::examine(id, &text, &error).diagnostics);
            }
        }
        let (_, faults) = check::check(drafts, &declared, has_shipped, diagnostics.is_empty());
        let told = Told { mapping: self.mapping, tables: self.tables, origins: &origins, sources: &sources };
        let mut once = BTreeSet::new();
        for fault in faults.into_iter().filter(|f| f.place.file() == ours) {
            let (diagnostic, is_constant) = told.diagnostic(fault);
            // What the mapping itself says wrong is wrong in every row.
            if !is_constant || once.insert((diagnostic.code.clone(), diagnostic.message.clone())) {
                diagnostics.push(diagnostic);
            }
        }
        diagnostics.sort_by_key(|d| (d.severity, d.labels.first().map(|l| (l.file, l.span.start))));
        if diagnostics.iter().any(|d| d.severity == Severity::Error) {
            return Err(Box::new(Refused { diagnostics: cap(diagnostics), sources }));
        }
        let mut notes = Vec::new();
        for (number, source) in self.tables.iter().enumerate() {
            notes.push(format!(
                "{}: {} row{}",
                source.table.name,
                self.rows[number],
                if self.rows[number] == 1 { "" } else { "s" }
            ));
            for (t, template) in source.templates.iter().enumerate() {
                let of_list = |templates: &[Template]| templates.iter().filter(|t| t.list == template.list).count();
                let which = match of_list(&source.templates) {
                    1 => template.list.to_owned(),
                    _ => format!("{}, template {}", template.list, of_list(&source.templates[..=t])),
                };
                notes.push(format!("  {which}: {}", file.1.of((number, t))));
            }
        }
        notes.extend(file.1.notes);
        Ok(Imported::new(records, notes, diagnostics, sources))
    }
}

fn learn_actor(known: &mut Known, id: &str, record: &Value) {
    known.add(id);
    let text = |record: &Value, key: &str| record.get(key).and_then(Value::as_str).map(str::to_owned);
    text(record, "name").iter().for_each(|name| known.add_name(id, name));
    array(record, "names").iter().filter_map(|n| text(n, "name")).for_each(|name| known.add_name(id, &name));
    for (register, value) in record.get("external_ids").and_then(Value::as_object).into_iter().flatten() {
        value.as_str().iter().for_each(|value| known.add_elsewhere(id, register, value));
    }
}

fn learn_source(known: &mut Known, id: &str, record: &Value) {
    known.add(id);
    record.get("title").and_then(Value::as_str).iter().for_each(|title| known.add_name(id, title));
    array(record, "names").iter().filter_map(Value::as_str).for_each(|name| known.add_name(id, name));
}

/// What is needed to tell a fault of a record at the row it came from.
struct Told<'t> {
    mapping: &'t Mapping,
    tables: &'t [Source],
    origins: &'t super::gather::Origins,
    sources: &'t SourceMap,
}

impl Told<'_> {
    /// The fault at its row and column, and whether it lies in what the mapping gives.
    fn diagnostic(&self, fault: Fault) -> (Diagnostic, bool) {
        let place = self.place(fault.place.steps());
        let mut labels = Vec::new();
        let mut message = fault.message;
        let mut help = fault.help;
        let is_constant = match &place {
            Some((origin, Some(column), _)) => {
                let table = &self.tables[origin.table].table;
                message = format!("column \"{}\": {message}", table.header[*column]);
                labels.push(Label { file: table.file, span: table.span(origin.at, *column), text: fault.label });
                false
            }
            Some((origin, None, path)) => {
                let table = &self.tables[origin.table].table;
                let is_constant = path.is_some();
                let text = if is_constant { String::new() } else { fault.label.clone() };
                labels.extend(path.as_ref().map(|path| self.mapping.label(self.sources, path, &fault.label)));
                labels.push(Label {
                    file: table.file,
                    span: table.span(origin.at, 0),
                    text: if is_constant { "in the record of this row".into() } else { text },
                });
                is_constant
            }
            None => {
                let path = self.records_path(fault.place.steps());
                labels.push(self.mapping.label(self.sources, &path, &fault.label));
                false
            }
        };
        if let Some((spot, text)) = fault.also
            && let Some((origin, column, _)) = self.place(spot.steps())
        {
            let table = &self.tables[origin.table].table;
            labels.push(Label { file: table.file, span: table.span(origin.at, column.unwrap_or(0)), text });
        }
        if fault.code == "type-not-allowed" || fault.code == "unknown-kind" {
            help.push("`values` of a cell map words of the table to words of the vocabulary".into());
        }
        help.extend(self.further(fault.place.steps()));
        (Diagnostic { code: fault.code.into(), severity: fault.severity, message, labels, help }, is_constant)
    }

    /// The lines of the other rows that made the same record, whose fault is theirs too.
    fn further(&self, steps: &[fault::Step]) -> Option<String> {
        const MOST: usize = 12;
        let (fault::Step::Key(list), fault::Step::Item(index)) = (steps.first()?, steps.get(1)?) else { return None };
        let (_, _, further) = self.origins.get(*list)?.get(*index)?;
        // A fault of one claim is that of one row.
        if further.is_empty() || matches!(steps.get(2), Some(fault::Step::Key("claims"))) {
            return None;
        }
        let shown: Vec<String> = further
            .iter()
            .take(MOST)
            .map(|origin| match self.tables.len() {
                1 => origin.at.line.to_string(),
                _ => format!("{} of {}", origin.at.line, self.tables[origin.table].table.name),
            })
            .collect();
        let more = match further.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let lines = if further.len() == 1 { "line" } else { "lines" };
        Some(format!("the same stands on {lines} {}{more}", shown.join(", ")))
    }

    /// The row that a place of a record came from, with the column, or with the path of what the mapping gives there.
    #[allow(clippy::type_complexity, reason = "the three parts of one answer")]
    fn place(&self, steps: &[fault::Step]) -> Option<(Origin, Option<usize>, Option<Vec<Step>>)> {
        let (fault::Step::Key(list), fault::Step::Item(index)) = (steps.first()?, steps.get(1)?) else { return None };
        let (record, claims, _) = self.origins.get(*list)?.get(*index)?;
        let mut origin = (*record).ok();
        let mut rest = &steps[2..];
        if let (Some(fault::Step::Key("claims")), Some(fault::Step::Item(claim))) = (rest.first(), rest.get(1)) {
            origin = (*claims.get(*claim)?).ok();
            rest = &rest[2..];
        }
        let origin = origin?;
        let template = &self.tables[origin.table].templates[origin.template];
        let node = match origin.claim {
            Some(claim) => &template.claims.get(claim)?.1,
            None => &template.record,
        };
        // An id that was made and a place that is not in the template: the row as a whole.
        let leaf = match rest.first() {
            Some(fault::Step::Key(name)) if node.field(name).is_none() => None,
            _ => node.leaf_at(rest),
        };
        let column = leaf.and_then(super::template::Leaf::column);
        let path = leaf.filter(|_| column.is_none()).map(|leaf| leaf.path.clone());
        Some((origin, column, path))
    }

    /// The place of a record that the mapping gives.
    fn records_path(&self, steps: &[fault::Step]) -> Vec<Step> {
        let mut path = vec![Step::Key("records".into())];
        path.extend(steps.iter().map(|step| match step {
            fault::Step::Key(key) => Step::Key((*key).to_owned()),
            fault::Step::Item(index) | fault::Step::ValueAt(index) => Step::Item(*index),
        }));
        // Records are ordered by id; the mapping has them as people wrote them.
        if let (Some(fault::Step::Key(list)), Some(fault::Step::Item(index))) = (steps.first(), steps.get(1))
            && let Some((Err(written), ..)) = self.origins.get(*list).and_then(|all| all.get(*index))
        {
            path[2] = Step::Item(*written);
        }
        path
    }
}
