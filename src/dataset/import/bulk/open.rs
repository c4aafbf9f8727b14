//! Files of rows, opened: their header, and the templates that a mapping or the header itself gives them.

use super::columns::{Missing, Rows};
use super::reader::{Delimited, JsonLines, Next, Reader};
use super::{BulkError, Form, Plan, refuse};
use crate::dataset::draft::FileDraft;
use crate::dataset::import::mapping::{Mapping, Step, array};
use crate::dataset::import::rows::{DELIMITERS, may_part, numbered};
use crate::dataset::import::template::{Compiler, Template};
use crate::dataset::shape::{listed, near};
use crate::dataset::{InputFile, Refused};
use crate::diagnostic::{Diagnostic, SourceMap};
use serde_json::{Value, json};
use std::io::{self, Read};
use std::path::Path;

/// How files of rows are read in one run.
pub(super) struct Opener<'p> {
    plan: &'p Plan,
    pub(super) mapping: Option<Mapping>,
    sources: SourceMap,
    schema: Value,
    /// Columns that nothing reads, by file.
    pub(super) unread: Vec<(String, Vec<String>)>,
}

/// A file of rows that is open.
pub(super) struct Opened {
    pub(super) reader: Reader,
    pub(super) name: String,
    pub(super) header: Vec<String>,
    pub(super) templates: Vec<Template>,
    pub(super) empty: Vec<String>,
    /// The first row was read to count its columns, and comes again.
    is_ahead: bool,
    is_table: bool,
}

impl Opened {
    /// The next row; one with more or fewer cells than the header is bad.
    pub(super) fn next(&mut self) -> io::Result<Next> {
        let next = if std::mem::take(&mut self.is_ahead) { Next::Row } else { self.reader.next()? };
        let (has, should) = (self.reader.cells().len(), self.header.len());
        Ok(match next {
            Next::Row if self.is_table && has != should => {
                Next::Bad("ragged-row", format!("the row has {has} cells, not {should}"))
            }
            next => next,
        })
    }
}

impl<'p> Opener<'p> {
    /// Reads the mapping, if there is one.
    pub(super) fn new(plan: &'p Plan) -> Result<Self, BulkError> {
        let mut sources = SourceMap::default();
        let mapping = match &plan.mapping {
            None => None,
            Some(file) => match Mapping::read(file.clone(), &mut sources) {
                Ok(mapping) => Some(mapping),
                Err(diagnostics) => return Err(refused(diagnostics, sources)),
            },
        };
        let opener = Self {
            plan,
            mapping,
            sources,
            schema: schemars::schema_for!(FileDraft<'_>).to_value(),
            unread: Vec::new(),
        };
        let wrong = opener.not_in_bulk();
        if wrong.is_empty() { Ok(opener) } else { Err(refused(wrong, opener.sources)) }
    }

    /// What of the mapping needs all rows at once.
    fn not_in_bulk(&self) -> Vec<Diagnostic> {
        let Some(mapping) = &self.mapping else { return Vec::new() };
        let mut wrong = Vec::new();
        let mut tell = |path: Vec<Step>, message: &str, help: &str| {
            let help = vec![help.to_owned(), "`import csv … -o DIR` holds all rows, and can do it".into()];
            wrong.push(mapping.wrong(&self.sources, &path, "not-in-bulk", message.into(), "not here", help));
        };
        let key = |name: &str| Step::Key(name.into());
        for list in ["relations", "events"] {
            if !array(&mapping.value["records"], list).is_empty() {
                let message = format!("{list} under `records` are not taken over into a compiled set");
                tell(vec![key("records"), key(list)], &message, "give relations as rows");
            }
        }
        for (number, table) in mapping.tables().iter().enumerate() {
            let path = |list: &str| vec![key("tables"), Step::Item(number), key(list)];
            if !array(table, "events").is_empty() {
                tell(path("events"), "rows make no events of a compiled set", "leave the events out");
            }
            let lists = ["relations", "actors", "relation_types", "sources"];
            let made: Vec<&str> = lists.into_iter().filter(|list| !array(table, list).is_empty()).collect();
            if let Some(list) = made.iter().find(|list| **list != "relations" && array(table, list).len() > 1) {
                tell(path(list), &format!("a row makes one record of {list} of a compiled set"), "leave one template");
            }
            if let [first, second, ..] = made[..] {
                let message = format!("a table of {first} makes no {second} of a compiled set");
                let help = match second {
                    "actors" => {
                        "name actors in a table of their own, `--actors FILE`, or take those that rows name with `--new-actors KIND`"
                    }
                    _ => "give them a table of their own: `--types FILE`, `--sources FILE`",
                };
                tell(path(second), &message, help);
            }
        }
        wrong
    }

    /// The table of the mapping for a file: the one that names it, else the first that names none and makes such rows.
    fn table_of(&self, rows: Rows, name: &str) -> Option<(usize, &Value)> {
        let tables = self.mapping.as_ref()?.tables().iter().enumerate();
        let fit = tables.filter(|(_, table)| !array(table, rows.list()).is_empty());
        let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let file = |table: &Value| table.get("file").and_then(Value::as_str).map(str::to_owned);
        let named = fit.clone().find(|(_, table)| file(table).is_some_and(|file| file == name || file == base));
        named.or_else(|| fit.clone().find(|(_, table)| file(table).is_none()))
    }

    /// Opens rows from wherever they come.
    pub(super) fn open(&mut self, rows: Rows, name: &str, from: Box<dyn Read>) -> Result<Opened, BulkError> {
        let form = if rows == Rows::Relations { self.plan.form } else { form_of(name).unwrap_or(self.plan.form) };
        let table = self.table_of(rows, name).map(|(number, table)| (number, table.clone()));
        if let (None, Rows::Relations, Some(_)) = (&table, rows, &self.mapping) {
            let help = vec![
                "a table makes relations by templates under `relations`; its `file`, if it says one, is the name of the file".into(),
            ];
            return Err(refuse("no-table", format!("no table of the mapping makes relations of {name}"), help));
        }
        let mut wanted = Vec::new();
        if let Some((_, table)) = &table {
            named_columns(table, &mut wanted);
        }
        let read = |error| BulkError::Read(name.to_owned(), error);
        let (mut reader, mut header, mut is_ahead) = match form {
            Form::JsonLines => {
                let mut fields = if table.is_some() { wanted } else { rows.known().map(str::to_owned).collect() };
                fields.sort_unstable();
                fields.dedup();
                let lines = JsonLines::open(from, &fields);
                (Reader::Json(Box::new(lines)), fields, false)
            }
            Form::Tsv | Form::Csv => {
                let has_quotes =
                    !self.plan.no_quotes && table.as_ref().is_none_or(|(_, t)| t.get("quotes") != Some(&json!(false)));
                let sign = self.delimiter(table.as_ref(), form)?;
                let choose = |first: &str| {
                    sign.unwrap_or_else(|| {
                        let columns =
                            |sign: u8| first.trim_end().split(char::from(sign)).map(|c| c.trim().trim_matches('"'));
                        let known = |c: &&str| {
                            if wanted.is_empty() { rows.knows(c) } else { wanted.iter().any(|w| w == c) }
                        };
                        let best = DELIMITERS
                            .iter()
                            .rev()
                            .max_by_key(|sign| (columns(**sign).filter(known).count(), columns(**sign).count()));
                        best.copied().unwrap_or(b',')
                    })
                };
                let table = Delimited::open(from, has_quotes, choose).map_err(read)?;
                (Reader::Table(Box::new(table)), Vec::new(), false)
            }
        };
        if form != Form::JsonLines {
            match reader.next().map_err(read)? {
                Next::End => {
                    let help = vec!["the first line of a table names its columns".into()];
                    return Err(refuse("empty-table", format!("{name} has no header"), help));
                }
                Next::Bad(code, what) => {
                    return Err(refuse(code, format!("the first line of {name} cannot be read: {what}"), Vec::new()));
                }
                Next::Row if table.as_ref().is_some_and(|(_, t)| t.get("header") == Some(&json!(false))) => {
                    header = numbered(reader.cells().len());
                    is_ahead = true;
                }
                Next::Row => header = reader.cells().iter().map(|column| column.trim().to_owned()).collect(),
            }
        }
        let (templates, empty) = match &table {
            Some((number, table)) => self.compiled(*number, table, rows, &header)?,
            None => self.by_names(rows, &header, name, form)?,
        };
        let is_table = form != Form::JsonLines;
        Ok(Opened { reader, name: name.to_owned(), header, templates, empty, is_ahead, is_table })
    }

    /// The sign that the mapping, the plan or the form names.
    fn delimiter(&self, table: Option<&(usize, Value)>, form: Form) -> Result<Option<u8>, BulkError> {
        let said = table.and_then(|(number, table)| Some((number, table.get("delimiter")?.as_str()?)));
        match (said, &self.mapping) {
            (Some((_, sign)), _) if sign.len() == 1 && may_part(sign.as_bytes()[0]) => Ok(Some(sign.as_bytes()[0])),
            (Some((number, sign)), Some(mapping)) => {
                let path = [Step::Key("tables".into()), Step::Item(*number), Step::Key("delimiter".into())];
                let help = vec!["use one sign of ASCII: `,`, `;`, `\\t`, `|`".into()];
                let message = format!("`{sign}` cannot part columns");
                let wrong = mapping.wrong(&self.sources, &path, "bad-delimiter", message, "not one sign", help);
                Err(refused(vec![wrong], self.sources.clone()))
            }
            _ => Ok(self.plan.delimiter.or((form == Form::Tsv).then_some(b'\t'))),
        }
    }

    /// The templates of a table of the mapping.
    fn compiled(
        &self,
        number: usize,
        table: &Value,
        rows: Rows,
        header: &[String],
    ) -> Result<(Vec<Template>, Vec<String>), BulkError> {
        let Some(mapping) = &self.mapping else { return Ok((Vec::new(), Vec::new())) };
        let mut compiler = Compiler {
            header,
            mapping,
            sources: &self.sources,
            schema: &self.schema,
            wrong: Vec::new(),
            path: Vec::new(),
        };
        let templates = templates(&mut compiler, number, table, rows.list());
        let wrong = compiler.wrong;
        if !wrong.is_empty() {
            return Err(refused(wrong, self.sources.clone()));
        }
        let empty = array(table, "empty").iter().filter_map(Value::as_str).map(|text| text.trim().to_owned()).collect();
        Ok((templates, empty))
    }

    /// The templates that the names of columns come to.
    fn by_names(
        &mut self,
        rows: Rows,
        header: &[String],
        name: &str,
        form: Form,
    ) -> Result<(Vec<Template>, Vec<String>), BulkError> {
        let kind = self.plan.new_actors.as_deref();
        let table = rows.table(header, form, self.plan.cite.as_deref(), kind).map_err(|missing| {
            let known: Vec<&str> = rows.known().collect();
            let map = "or say with `--map FILE` which columns are what; `allegiance schema mapping` describes it";
            match missing {
                Missing::Column(column) => {
                    let there: Vec<&str> = header.iter().map(String::as_str).collect();
                    let what = if column == "valid" {
                        format!("no column of {name} says when: `valid`, `date`, or `start` and `end`")
                    } else {
                        format!("{name} has no column `{column}`")
                    };
                    let mut help: Vec<String> = vec![format!("its columns: {}", listed(&there))];
                    let slip = near(column, &there).filter(|_| column != "valid");
                    help.extend(slip.map(|slip| format!("is `{slip}` that column?")));
                    help.push(format!("known by their names: {}", listed(&known)));
                    help.push(map.into());
                    refuse("unknown-column", what, help)
                }
                Missing::Twice(column) => {
                    refuse("ambiguous-column", format!("{name} has several columns `{column}`"), vec![map.into()])
                }
                Missing::Source => refuse(
                    "no-source",
                    format!("the rows of {name} rest on no source: every relation needs one"),
                    vec![
                        "add a column `source` with ids of sources, or name one for all rows: `--cite ID`".into(),
                        "a source that is nowhere yet is made by `--cite ID --title TITLE --published DATE --reliability A–F`".into(),
                    ],
                ),
            }
        })?;
        if form != Form::JsonLines {
            let unread: Vec<String> = header.iter().filter(|column| !rows.knows(column)).cloned().collect();
            if !unread.is_empty() && !self.unread.iter().any(|(file, _)| file == name) {
                self.unread.push((name.to_owned(), unread));
            }
        }
        let mut sources = SourceMap::default();
        let value = json!({"tables": [table]});
        let file = sources.add(name, value.to_string());
        let mapping = Mapping { file, value };
        let mut compiler = Compiler {
            header,
            mapping: &mapping,
            sources: &sources,
            schema: &self.schema,
            wrong: Vec::new(),
            path: Vec::new(),
        };
        let templates = templates(&mut compiler, 0, &mapping.tables()[0], rows.list());
        let wrong = compiler.wrong;
        if wrong.is_empty() { Ok((templates, Vec::new())) } else { Err(refused(wrong, sources)) }
    }

    /// Tells of a template that cannot be done in bulk.
    pub(super) fn cannot(&self, cannot: Vec<super::pattern::CannotBe>) -> BulkError {
        let Some(mapping) = &self.mapping else {
            return refuse("not-in-bulk", "this cannot be done in bulk", Vec::new());
        };
        let tell = |(path, what): super::pattern::CannotBe| {
            let help = vec!["`import csv … -o DIR` holds all rows, and can do it".into()];
            let message = format!("a compiled set takes no {what} from rows");
            mapping.wrong(&self.sources, &path, "not-in-bulk", message, "not here", help)
        };
        refused(cannot.into_iter().map(tell).collect(), self.sources.clone())
    }

    /// The records of the mapping that are taken over as they stand, as a data file.
    pub(super) fn records(&self) -> Option<InputFile> {
        let records = self.mapping.as_ref()?.value.get("records")?;
        let name = format!("{} (records)", self.plan.mapping.as_ref()?.name);
        Some(InputFile { name, bytes: records.to_string().into_bytes().into() })
    }
}

fn templates(compiler: &mut Compiler<'_>, number: usize, table: &Value, list: &'static str) -> Vec<Template> {
    let one = |(index, template): (usize, &Value)| {
        let keys = [Step::Key("tables".into()), Step::Item(number), Step::Key(list.into()), Step::Item(index)];
        compiler.path = keys.into();
        compiler.template(template, list)
    };
    array(table, list).iter().enumerate().map(one).collect()
}

fn refused(diagnostics: Vec<Diagnostic>, sources: SourceMap) -> BulkError {
    BulkError::Refused(Box::new(Refused { diagnostics, sources }))
}

/// What the name of a file says of its form.
fn form_of(name: &str) -> Option<Form> {
    let ending = Path::new(name).extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "tsv" | "tab" => Some(Form::Tsv),
        "csv" => Some(Form::Csv),
        "jsonl" | "ndjson" => Some(Form::JsonLines),
        _ => None,
    }
}

/// Every column that a table of a mapping names, outright or within a text.
fn named_columns(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                match (key.as_str(), field.as_str()) {
                    ("column", Some(name)) => into.push(name.trim().to_owned()),
                    ("text", Some(text)) => {
                        let text = text.replace("{{", "").replace("}}", "");
                        let names = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
                        into.extend(names.map(|(name, _)| name.trim().to_owned()));
                    }
                    _ => named_columns(field, into),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| named_columns(item, into)),
        _ => {}
    }
}
