//! Columns that say themselves what they are: a mapping made of a header.

use super::Form;
use super::json_row::LIST;
use serde_json::{Map, Value, json};

/// A sort of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    Relations,
    Actors,
    Types,
    Sources,
}

const RELATION: [&str; 17] = [
    "id",
    "subject",
    "type",
    "object",
    "valid",
    "date",
    "start",
    "end",
    "basis",
    "source",
    "locator",
    "note",
    "stance",
    "modality",
    "credibility",
    "claim_valid",
    "remark",
];
const ACTOR: [&str; 7] = ["id", "name", "kind", "names", "exists", "summary", "traits"];
const TYPE: [&str; 15] = [
    "name",
    "inverse",
    "symmetric",
    "category",
    "polarity",
    "weight",
    "kind",
    "later",
    "continues",
    "subjects",
    "objects",
    "definition",
    "example",
    "label",
    "inverse_label",
];
const SOURCE: [&str; 11] = [
    "id",
    "title",
    "author",
    "publisher",
    "published",
    "accessed",
    "url",
    "kind",
    "reliability",
    "derived_from",
    "names",
];

/// What stands before the name of a part or a register in a header: `roles.against`, `external_ids.cow`.
const OPEN: [(Rows, &str); 2] = [(Rows::Relations, "roles."), (Rows::Actors, "external_ids.")];

/// What is missing in a header.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Missing {
    Column(&'static str),
    Twice(String),
    /// Neither a column nor anything else names a source.
    Source,
}

impl Rows {
    /// The list of a mapping's table that makes them.
    pub(super) const fn list(self) -> &'static str {
        match self {
            Self::Relations => "relations",
            Self::Actors => "actors",
            Self::Types => "relation_types",
            Self::Sources => "sources",
        }
    }

    /// The columns that are known by their names.
    pub(super) fn known(self) -> impl Iterator<Item = &'static str> {
        let names: &'static [&'static str] = match self {
            Self::Relations => &RELATION,
            Self::Actors => &ACTOR,
            Self::Types => &TYPE,
            Self::Sources => &SOURCE,
        };
        names.iter().copied()
    }

    /// Whether a column is known by its name.
    pub(super) fn knows(self, column: &str) -> bool {
        self.known().any(|name| name == column)
            || OPEN.iter().any(|(rows, begin)| *rows == self && column.len() > begin.len() && column.starts_with(begin))
    }

    /// The table of a mapping that these columns come to, with the source of all claims where no cell names one, and the kind of actors that say none.
    pub(super) fn table(
        self,
        header: &[String],
        form: Form,
        cite: Option<&str>,
        kind: Option<&str>,
    ) -> Result<Value, Missing> {
        for (at, name) in header.iter().enumerate() {
            if self.knows(name) && header[..at].contains(name) {
                return Err(Missing::Twice(name.clone()));
            }
        }
        let columns = Columns { header, split: if form == Form::JsonLines { LIST } else { ';' } };
        let template = match self {
            Self::Relations => return columns.relations(cite),
            Self::Actors => return columns.actors(kind),
            Self::Types => {
                columns.need("name")?;
                columns.need("polarity")?;
                let mut template = columns.all(&TYPE);
                columns.split(&mut template, &["subjects", "objects"]);
                template
            }
            Self::Sources => {
                for name in ["id", "title", "published", "reliability"] {
                    columns.need(name)?;
                }
                let mut template = columns.all(&SOURCE);
                columns.split(&mut template, &["derived_from", "names"]);
                template.insert("kind".into(), columns.or("kind", "dataset"));
                template
            }
        };
        Ok(json!({ self.list(): [template] }))
    }
}

struct Columns<'h> {
    header: &'h [String],
    split: char,
}

impl Columns<'_> {
    fn has(&self, name: &str) -> bool {
        self.header.iter().any(|column| column == name)
    }

    fn need(&self, name: &'static str) -> Result<(), Missing> {
        if self.has(name) { Ok(()) } else { Err(Missing::Column(name)) }
    }

    /// The column, or what stands for it where it is missing or a cell of it is empty.
    fn or(&self, name: &str, default: &str) -> Value {
        if self.has(name) { json!({"column": name, "default": default}) } else { default.into() }
    }

    fn all(&self, names: &[&str]) -> Map<String, Value> {
        let there = names.iter().filter(|name| self.has(name));
        there.map(|name| ((*name).to_owned(), json!({"column": name}))).collect()
    }

    fn split(&self, template: &mut Map<String, Value>, names: &[&str]) {
        for name in names {
            if let Some(cell) = template.get_mut(*name) {
                *cell = json!([{"column": name, "split": self.split.to_string()}]);
            }
        }
    }

    /// Columns whose names begin so: what follows, and the cell.
    fn open(&self, begin: &str) -> Map<String, Value> {
        let names = self.header.iter().filter_map(|column| Some((column, column.strip_prefix(begin)?)));
        let named = names.filter(|(_, name)| !name.is_empty());
        named.map(|(column, name)| (name.to_owned(), json!({"column": column}))).collect()
    }

    fn relations(&self, cite: Option<&str>) -> Result<Value, Missing> {
        for name in ["subject", "type", "object"] {
            self.need(name)?;
        }
        let source = match (self.has("source"), cite) {
            (true, Some(cite)) => self.or("source", cite),
            (true, None) => json!({"column": "source"}),
            (false, Some(cite)) => cite.into(),
            (false, None) => return Err(Missing::Source),
        };
        let mut claim = self.all(&["locator"]);
        claim.insert("source".into(), source);
        for (field, default) in
            [("stance", super::pattern::STANCE), ("modality", "asserted"), ("credibility", "6"), ("note", super::NOTE)]
        {
            claim.insert(field.into(), self.or(field, default));
        }
        if self.has("claim_valid") {
            claim.insert("valid".into(), json!({"column": "claim_valid"}));
        }
        let mut record = self.all(&["id", "subject", "type", "object"]);
        record.insert("basis".into(), self.or("basis", "reported"));
        if self.has("remark") {
            record.insert("note".into(), json!({"column": "remark"}));
        }
        let roles = self.open("roles.");
        if !roles.is_empty() {
            record.insert("roles".into(), roles.into());
        }
        record.insert("claims".into(), json!([claim]));
        // Each way to date a row that its columns allow; the first whose cell is filled counts.
        let mut ways: Vec<(Option<&str>, Value)> = Vec::new();
        for name in ["valid", "date"] {
            if self.has(name) {
                ways.push((Some(name), json!({"column": name})));
            }
        }
        if self.has("start") || self.has("end") {
            let mut interval = Map::new();
            for (key, name) in [("from", "start"), ("until", "end")] {
                if self.has(name) {
                    interval.insert(key.into(), json!({"column": name}));
                }
            }
            ways.push((None, interval.into()));
        }
        let Some(last) = ways.len().checked_sub(1) else { return Err(Missing::Column("valid")) };
        let mut templates = Vec::new();
        let mut before: Vec<Value> = Vec::new();
        for (at, (column, valid)) in ways.into_iter().enumerate() {
            let mut record = record.clone();
            record.insert("valid".into(), valid);
            let mut when = before.clone();
            if let Some(column) = column {
                before.push(json!({"column": column, "filled": false}));
                if at < last {
                    when.push(json!({"column": column, "filled": true}));
                }
            }
            if !when.is_empty() {
                record.insert("when".into(), when.into());
            }
            templates.push(Value::Object(record));
        }
        Ok(json!({"relations": templates}))
    }

    fn actors(&self, kind: Option<&str>) -> Result<Value, Missing> {
        self.need("name")?;
        let mut template = self.all(&ACTOR);
        match kind {
            Some(kind) => drop(template.insert("kind".into(), self.or("kind", kind))),
            None => self.need("kind")?,
        }
        self.split(&mut template, &["traits"]);
        if self.has("names") {
            let name = json!({"column": "names", "split": self.split.to_string()});
            template.insert("names".into(), json!([{"name": name, "kind": "alias"}]));
        }
        let ids = self.open("external_ids.");
        if !ids.is_empty() {
            template.insert("external_ids".into(), ids.into());
        }
        if !self.has("id") {
            return Ok(json!({"actors": [template]}));
        }
        // An id that is not given is made of the name.
        let mut unnamed = template.clone();
        unnamed.shift_remove("id");
        template.insert("when".into(), json!({"column": "id", "filled": true}));
        Ok(json!({"actors": [template, unnamed]}))
    }
}
