//! Templates of a mapping: records with cells in them, compiled for the header of a table, and filled from its rows.

use super::cell::{DateBase, DateCell, Got, Others, Piece, Reading, TextCell, TextOr};
use super::dates::{DateForm, WORDS};
use super::mapping::{Mapping, Step, array, is_date};
use crate::dataset::fault;
use crate::dataset::shape::suggestion;
use crate::diagnostic::{Diagnostic, SourceMap};
use serde_json::{Map, Value};

/// What a row must be like.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    column: usize,
    is: Option<Vec<String>>,
    is_not: Option<Vec<String>>,
    filled: Option<bool>,
}

impl Condition {
    /// Whether a row is.
    pub(super) fn holds(&self, cells: &csv::StringRecord, empty: &[String]) -> bool {
        let mut text = cells.get(self.column).unwrap_or_default().trim();
        if empty.iter().any(|e| e == text) {
            text = "";
        }
        let among = |list: &Vec<String>| list.iter().any(|one| one == text);
        self.is.as_ref().is_none_or(among)
            && !self.is_not.as_ref().is_some_and(among)
            && self.filled.is_none_or(|filled| filled != text.is_empty())
    }
}

/// A record that each row makes.
#[derive(Debug)]
pub(super) struct Template {
    /// The list it goes to.
    pub(super) list: &'static str,
    pub(super) when: Vec<Condition>,
    /// All of it but its claims.
    pub(super) record: Node,
    pub(super) claims: Vec<(Vec<Condition>, Node)>,
}

/// What a template refers to in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refers {
    Actor,
    Source,
}

/// A part of a template.
#[derive(Debug)]
pub(super) enum Node {
    Object { fields: Vec<(String, Self)>, required: Vec<String>, what: &'static str, strict: bool },
    Map(Vec<(String, Self)>),
    List(Vec<Self>),
    Leaf(Box<Leaf>),
}

/// A text, number, date or truth of a template.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) path: Vec<Step>,
    pub(super) content: Content,
}

/// What stands in a leaf.
#[derive(Debug)]
pub(super) enum Content {
    Constant(Value),
    /// An id or name of a record that the mapping gives.
    ConstantReference(String, Refers),
    Text(TextCell),
    Reference(TextCell, Refers),
    Number(TextCell),
    Truth(TextCell),
    Date(Box<DateCell>),
}

impl Leaf {
    /// The first column it reads.
    pub(super) fn column(&self) -> Option<usize> {
        match &self.content {
            Content::Constant(_) | Content::ConstantReference(..) => None,
            Content::Text(cell) | Content::Reference(cell, _) | Content::Number(cell) | Content::Truth(cell) => {
                cell.column()
            }
            Content::Date(date) => date.column(),
        }
    }

    fn split(&self) -> Option<&TextCell> {
        match &self.content {
            Content::Text(cell) | Content::Reference(cell, _) if cell.split.is_some() => Some(cell),
            _ => None,
        }
    }

    fn fill(&self, reading: &mut Reading<'_>) -> Got<Value> {
        let text = match &self.content {
            Content::Constant(value) => return Got::Have(value.clone()),
            Content::ConstantReference(text, refers) => {
                // A text that names nothing stays: the check of the record tells of it, with its place in the mapping.
                let id = reading.known.and_then(|(actors, sources)| {
                    let known = if *refers == Refers::Actor { actors } else { sources };
                    known.find(text, None).ok().map(str::to_owned)
                });
                return Got::Have(id.unwrap_or_else(|| text.clone()).into());
            }
            Content::Date(date) => date.read(reading),
            Content::Reference(cell, refers) => match (reading.known, refers) {
                (Some((actors, _)), Refers::Actor) => cell.refer(actors, "actor", reading),
                (Some((_, sources)), Refers::Source) => cell.refer(sources, "source", reading),
                (None, _) => plain(cell.read(reading)),
            },
            Content::Text(cell) => plain(cell.read(reading)),
            Content::Number(cell) => {
                return match plain(cell.read(reading)) {
                    Got::Have(text) => match text.parse::<i64>() {
                        Ok(number) => Got::Have(number.into()),
                        Err(_) => {
                            reading.refuse(
                                cell.column(),
                                "not-a-number",
                                &format!("`{text}` is no whole number"),
                                "not a number",
                                vec!["map words to numbers with `values`".into()],
                            );
                            Got::Failed
                        }
                    },
                    other => other.without(),
                };
            }
            Content::Truth(cell) => {
                return match plain(cell.read(reading)) {
                    Got::Have(text) if text == "true" || text == "false" => Got::Have((text == "true").into()),
                    Got::Have(text) => {
                        let help = vec!["map it with `values`: `{\"yes\": \"true\", \"no\": \"false\"}`".into()];
                        let message = format!("`{text}` is neither `true` nor `false`");
                        reading.refuse(cell.column(), "not-a-truth", &message, "neither", help);
                        Got::Failed
                    }
                    other => other.without(),
                };
            }
        };
        match text {
            Got::Have(text) => Got::Have(text.into()),
            other => other.without(),
        }
    }
}

fn plain(got: Got<(String, bool)>) -> Got<String> {
    match got {
        Got::Have((text, _)) => Got::Have(text),
        other => other.without(),
    }
}

impl<T> Got<T> {
    /// The same without a value; for what has none.
    fn without<U>(self) -> Got<U> {
        match self {
            Self::Have(_) | Self::Failed => Got::Failed,
            Self::Empty => Got::Empty,
            Self::LeftOut => Got::LeftOut,
        }
    }
}

impl Node {
    /// A field of an object.
    pub(super) fn field(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object { fields, .. } | Self::Map(fields) => {
                fields.iter().find(|(key, _)| key == name).map(|(_, node)| node)
            }
            _ => None,
        }
    }

    /// The leaf that a place in a record came from, or the first that is nearest to it.
    pub(super) fn leaf_at(&self, steps: &[fault::Step]) -> Option<&Leaf> {
        match (self, steps.first()) {
            (Self::Leaf(leaf), _) => Some(leaf),
            (Self::Object { .. }, Some(fault::Step::Key(name))) => {
                self.field(name).and_then(|node| node.leaf_at(&steps[1..]))
            }
            (Self::Map(fields), Some(fault::Step::ValueAt(index))) => {
                fields.get(*index).and_then(|(_, node)| node.leaf_at(&steps[1..]))
            }
            (Self::List(items), Some(fault::Step::Item(index))) => {
                items.get((*index).min(items.len().saturating_sub(1))).and_then(|node| node.leaf_at(&steps[1..]))
            }
            (Self::Object { fields, .. } | Self::Map(fields), _) => {
                fields.iter().find_map(|(_, node)| node.leaf_at(&[]))
            }
            (Self::List(items), _) => items.iter().find_map(|node| node.leaf_at(&[])),
        }
    }

    /// The first column that it reads.
    fn column(&self) -> Option<usize> {
        match self {
            Self::Leaf(leaf) => leaf.column(),
            Self::Object { fields, .. } | Self::Map(fields) => fields.iter().find_map(|(_, node)| node.column()),
            Self::List(items) => items.iter().find_map(Self::column),
        }
    }

    fn splits<'n>(&'n self, into: &mut Vec<&'n TextCell>) {
        match self {
            Self::Leaf(leaf) => into.extend(leaf.split()),
            Self::Object { fields, .. } | Self::Map(fields) => fields.iter().for_each(|(_, node)| node.splits(into)),
            Self::List(items) => items.iter().for_each(|node| node.splits(into)),
        }
    }

    /// Fills it from a row.
    pub(super) fn fill(&self, reading: &mut Reading<'_>) -> Got<Value> {
        match self {
            Self::Leaf(leaf) => leaf.fill(reading),
            Self::Map(fields) => {
                let mut all = Map::new();
                let mut failed = false;
                for (name, node) in fields {
                    match node.fill(reading) {
                        Got::Have(value) => drop(all.insert(name.clone(), value)),
                        Got::Failed => failed = true,
                        Got::Empty | Got::LeftOut => {}
                    }
                }
                if failed { Got::Failed } else { Got::Have(Value::Object(all)) }
            }
            Self::List(items) => {
                let mut all = Vec::new();
                let mut failed = false;
                for item in items {
                    let mut cells = Vec::new();
                    item.splits(&mut cells);
                    let counts: Vec<usize> =
                        cells.iter().filter_map(|cell| cell.parts(reading)).map(|p| p.len()).collect();
                    let most = counts.iter().copied().max();
                    if let Some(most) = most
                        && counts.iter().any(|count| *count != most && *count != 0)
                    {
                        let message = "the cells of one list hold different numbers of texts".to_owned();
                        let column = cells.first().and_then(|cell| cell.column());
                        reading.refuse(column, "uneven-lists", &message, "as many as in the other column?", Vec::new());
                        failed = true;
                        continue;
                    }
                    let before = reading.part;
                    for part in 0..most.unwrap_or(1) {
                        if most.is_some() {
                            reading.part = Some(part);
                        }
                        match item.fill(reading) {
                            Got::Have(value) => {
                                if !all.contains(&value) {
                                    all.push(value);
                                }
                            }
                            Got::Failed => failed = true,
                            Got::Empty | Got::LeftOut => {}
                        }
                    }
                    reading.part = before;
                }
                if failed { Got::Failed } else { Got::Have(Value::Array(all)) }
            }
            Self::Object { fields, required, what, strict } => {
                let mut all = Map::new();
                let (mut failed, mut left_out, mut empty) = (false, false, false);
                for (name, node) in fields {
                    let is_required = required.iter().any(|r| r == name);
                    match node.fill(reading) {
                        Got::Have(value) => drop(all.insert(name.clone(), value)),
                        Got::Failed => failed = true,
                        Got::LeftOut => left_out |= is_required,
                        Got::Empty if is_required && *strict => {
                            let help = vec![format!(
                                "give the cell a `default`, or leave such rows out: `\"when\": {{\"column\": …, \"filled\": true}}`"
                            )];
                            let article = crate::dataset::check::an(what);
                            reading.refuse(
                                node.column(),
                                if name == "source" { "no-source" } else { "empty-cell" },
                                &format!("the cell is empty, and {article} needs `{name}`"),
                                "empty",
                                help,
                            );
                            failed = true;
                        }
                        Got::Empty => empty |= is_required,
                    }
                }
                if left_out {
                    Got::LeftOut
                } else if failed {
                    Got::Failed
                } else if empty || (all.is_empty() && !fields.is_empty()) {
                    Got::Empty
                } else {
                    Got::Have(Value::Object(all))
                }
            }
        }
    }
}

/// Compiles templates for one table.
pub(super) struct Compiler<'c> {
    pub(super) header: &'c [String],
    pub(super) mapping: &'c Mapping,
    pub(super) sources: &'c SourceMap,
    /// The schema of data files.
    pub(super) schema: &'c Value,
    pub(super) wrong: Vec<Diagnostic>,
    pub(super) path: Vec<Step>,
}

impl Compiler<'_> {
    /// Compiles a template of a list; the path is that of the template.
    pub(super) fn template(&mut self, value: &Value, list: &'static str) -> Template {
        let mut def = self.resolve(&self.schema["properties"][list]["items"].clone());
        if list == "relation_types" {
            // The rest follows from these where it is not given.
            def["required"] = serde_json::json!(["name", "polarity"]);
        }
        let what = match list {
            "sources" => "source",
            "actors" => "actor",
            "relations" => "relation",
            "relation_types" => "relation type",
            _ => "event",
        };
        let record = self.object(value, &def, what, true);
        let claim = self.resolve(&def["properties"]["claims"]["items"].clone());
        let mut claims = Vec::new();
        self.path.push(Step::Key("claims".into()));
        for (index, value) in array(value, "claims").iter().enumerate() {
            self.path.push(Step::Item(index));
            claims.push((self.conditions(value), self.object(value, &claim, "claim", true)));
            self.path.pop();
        }
        self.path.pop();
        Template { list, when: self.conditions(value), record, claims }
    }

    fn resolve(&self, schema: &Value) -> Value {
        let mut schema = schema;
        loop {
            if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
                let Some(target) = self.schema.pointer(reference.trim_start_matches('#')) else {
                    return schema.clone();
                };
                schema = target;
            } else if let Some(first) = schema.get("anyOf").and_then(|any| any.get(0)) {
                schema = first;
            } else {
                return schema.clone();
            }
        }
    }

    fn refuse(&mut self, code: &'static str, message: String, label: &str, help: Vec<String>) {
        self.wrong.push(self.mapping.wrong(self.sources, &self.path, code, message, label, help));
    }

    fn conditions(&mut self, value: &Value) -> Vec<Condition> {
        let Some(when) = value.get("when") else { return Vec::new() };
        self.path.push(Step::Key("when".into()));
        let texts = |value: &Value, key: &str| {
            value
                .get(key)
                .map(|_| array(value, key).iter().filter_map(Value::as_str).map(str::to_owned).collect::<Vec<_>>())
        };
        let mut all = Vec::new();
        let list = when.as_array().map_or(std::slice::from_ref(when), Vec::as_slice);
        for (index, one) in list.iter().enumerate() {
            if when.is_array() {
                self.path.push(Step::Item(index));
            }
            if let Some(column) = self.column_of(one) {
                let (is, is_not) = (texts(one, "is"), texts(one, "is_not"));
                let filled = one.get("filled").and_then(Value::as_bool);
                if is.is_none() && is_not.is_none() && filled.is_none() {
                    self.refuse(
                        "empty-condition",
                        "this condition asks nothing".into(),
                        "says nothing",
                        vec!["give `is`, `is_not` or `filled`".into()],
                    );
                }
                all.push(Condition { column, is, is_not, filled });
            }
            if when.is_array() {
                self.path.pop();
            }
        }
        self.path.pop();
        all
    }

    fn object(&mut self, value: &Value, def: &Value, what: &'static str, strict: bool) -> Node {
        let properties = &def["properties"];
        let mut fields = Vec::new();
        for (name, value) in value.as_object().into_iter().flatten() {
            if matches!(name.as_str(), "when" | "claims") {
                continue;
            }
            self.path.push(Step::Key(name.clone()));
            let node = self.node(value, &properties[name], name);
            fields.push((name.clone(), node));
            self.path.pop();
        }
        let required = array(def, "required").iter().filter_map(Value::as_str).map(str::to_owned).collect();
        Node::Object { fields, required, what, strict }
    }

    fn node(&mut self, value: &Value, schema: &Value, field: &str) -> Node {
        let schema = self.resolve(schema);
        if schema.get("properties").is_some() {
            return self.object(value, &schema, "record", false);
        }
        if let (Some(each), Some(entries)) =
            (schema.get("additionalProperties").filter(|v| v.is_object()), value.as_object())
        {
            let mut fields = Vec::new();
            for (name, value) in entries {
                self.path.push(Step::Key(name.clone()));
                fields.push((name.clone(), self.node(value, each, "")));
                self.path.pop();
            }
            fields.sort_by(|a, b| a.0.cmp(&b.0));
            return Node::Map(fields);
        }
        if let (Some(each), Some(items)) = (schema.get("items"), value.as_array()) {
            let mut nodes = Vec::new();
            for (index, item) in items.iter().enumerate() {
                self.path.push(Step::Item(index));
                let node = self.node(item, each, field);
                nodes.push(node);
                self.path.pop();
            }
            return Node::List(nodes);
        }
        let content = self.leaf(value, &schema, field);
        Node::Leaf(Box::new(Leaf { path: self.path.clone(), content }))
    }

    fn leaf(&mut self, value: &Value, schema: &Value, field: &str) -> Content {
        let refers = match field {
            "subject" | "object" | "actor" | "place" => Some(Refers::Actor),
            "source" | "sources" | "derived_from" => Some(Refers::Source),
            _ => None,
        };
        if !value.is_object() {
            return match (value.as_str(), refers) {
                (Some(text), Some(refers)) => Content::ConstantReference(text.to_owned(), refers),
                _ => Content::Constant(value.clone()),
            };
        }
        if is_date(field) {
            return Content::Date(Box::new(self.date(value)));
        }
        let Some(cell) = self.cell(value) else { return Content::Constant(Value::Null) };
        // Past `tables`, its number, the list, the template's number; a claim is one of a list, and cannot be several.
        let before = if self.path.get(4) == Some(&Step::Key("claims".into())) { 6 } else { 4 };
        if cell.split.is_some() && !self.path.iter().skip(before).any(|step| matches!(step, Step::Item(_))) {
            self.refuse(
                "split-without-a-list",
                "`split` makes several of a cell, and here stands one".into(),
                "not in a list",
                Vec::new(),
            );
        }
        let types: Vec<&str> = match &schema["type"] {
            Value::String(one) => vec![one],
            Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        if let Some(refers) = refers {
            Content::Reference(cell, refers)
        } else if types.contains(&"integer") {
            Content::Number(cell)
        } else if types.contains(&"boolean") {
            Content::Truth(cell)
        } else {
            Content::Text(cell)
        }
    }

    fn date(&mut self, value: &Value) -> DateCell {
        let mark = value.get("mark").map(|mark| self.text_or("mark", mark));
        let nested = |compiler: &mut Self, key: &str| {
            value.get(key).map(|date| {
                compiler.path.push(Step::Key(key.into()));
                let date = match date.as_str() {
                    Some(text) => DateCell { base: DateBase::Constant(text.to_owned()), mark: None },
                    None => compiler.date(date),
                };
                compiler.path.pop();
                Box::new(date)
            })
        };
        let has = |keys: &[&str]| keys.iter().any(|key| value.get(*key).is_some());
        let ways = [has(&["column", "text"]), has(&["year", "month", "day"]), has(&["from", "until"])];
        if ways.iter().filter(|way| **way).count() != 1 {
            self.refuse(
                "no-date",
                "a date comes from `column` or `text`, from `year` (`month`, `day`), or from `from` and `until`".into(),
                "one of the three",
                Vec::new(),
            );
            return DateCell { base: DateBase::Constant(String::new()), mark };
        }
        let base = if ways[2] {
            let ongoing = value.get("ongoing").and_then(Value::as_bool).unwrap_or(false);
            DateBase::Interval { from: nested(self, "from"), until: nested(self, "until"), ongoing }
        } else if ways[1] {
            let mut part = |key: &str| value.get(key).map(|part| self.text_or(key, part));
            let (year, month, day) = (part("year"), part("month"), part("day"));
            if year.is_none() || (day.is_some() && month.is_none()) {
                self.refuse("no-date", "a month needs a year, and a day a month".into(), "not a date", Vec::new());
            }
            DateBase::Parts(Box::new([year, month, day]))
        } else {
            let forms = self.forms(value);
            match self.cell(value) {
                Some(cell) => DateBase::Cell(Box::new(cell), forms),
                None => DateBase::Constant(String::new()),
            }
        };
        DateCell { base, mark }
    }

    fn forms(&mut self, value: &Value) -> Vec<(String, DateForm)> {
        let Some(format) = value.get("format") else { return Vec::new() };
        let list = format.as_array().map_or(std::slice::from_ref(format), Vec::as_slice);
        let mut forms = Vec::new();
        self.path.push(Step::Key("format".into()));
        for text in list.iter().filter_map(Value::as_str) {
            match DateForm::parse(text) {
                Ok(form) => forms.push((text.to_owned(), form)),
                Err(why) => self.refuse(
                    "bad-format",
                    format!("`{text}` is no form of dates: {why}"),
                    "not a form of dates",
                    vec![format!("a form is made of {WORDS}")],
                ),
            }
        }
        self.path.pop();
        forms
    }

    fn text_or(&mut self, key: &str, value: &Value) -> TextOr {
        self.path.push(Step::Key(key.into()));
        let made = match value.as_str() {
            Some(text) => TextOr::Constant(text.to_owned()),
            None => {
                self.cell(value).map_or_else(|| TextOr::Constant(String::new()), |cell| TextOr::Cell(Box::new(cell)))
            }
        };
        self.path.pop();
        made
    }

    fn cell(&mut self, value: &Value) -> Option<TextCell> {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let pieces = match (text("column"), text("text")) {
            (Some(_), None) => vec![Piece::Column(self.column_of(value)?)],
            (None, Some(template)) => {
                self.path.push(Step::Key("text".into()));
                let pieces = self.pieces(template);
                self.path.pop();
                pieces?
            }
            _ => {
                self.refuse("no-column", "a cell has either `column` or `text`".into(), "one of the two", Vec::new());
                return None;
            }
        };
        let values = value.get("values").and_then(Value::as_object).map(|values| {
            values.iter().map(|(from, to)| (from.trim().to_owned(), to.as_str().map(str::to_owned))).collect()
        });
        let others = match text("others") {
            None | Some("error") => Others::Error,
            Some("keep") => Others::Keep,
            Some("leave_out") => Others::LeaveOut,
            Some(other) => {
                let help = suggestion(other, &["error", "keep", "leave_out"]);
                self.path.push(Step::Key("others".into()));
                self.refuse(
                    "unknown-word",
                    format!("`{other}` is nothing that can become of other texts"),
                    "not known",
                    help,
                );
                self.path.pop();
                Others::Error
            }
        };
        Some(TextCell {
            pieces,
            values,
            others,
            default: text("default").map(str::to_owned),
            split: text("split").map(str::to_owned),
            by: text("by").map(str::to_owned),
            slug: value.get("slug").and_then(Value::as_bool).unwrap_or(false),
        })
    }

    fn column_of(&mut self, value: &Value) -> Option<usize> {
        let name = value.get("column").and_then(Value::as_str)?;
        self.path.push(Step::Key("column".into()));
        let found = self.column(name);
        self.path.pop();
        found
    }

    fn column(&mut self, name: &str) -> Option<usize> {
        let mut found = self.header.iter().enumerate().filter(|(_, column)| *column == name.trim()).map(|(at, _)| at);
        match (found.next(), found.next()) {
            (Some(at), None) => Some(at),
            (Some(_), Some(_)) => {
                self.refuse(
                    "ambiguous-column",
                    format!("the table has several columns `{name}`"),
                    "which of them?",
                    Vec::new(),
                );
                None
            }
            (None, _) => {
                let known: Vec<&str> = self.header.iter().map(String::as_str).collect();
                let help = suggestion(name, &known);
                self.refuse("unknown-column", format!("the table has no column `{name}`"), "not a column", help);
                None
            }
        }
    }

    fn pieces(&mut self, template: &str) -> Option<Vec<Piece>> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            literal.push_str(&rest[..at]);
            let sign = &rest[at..=at];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(sign) {
                literal.push_str(sign);
                rest = after;
                continue;
            }
            let end = if sign == "{" { rest.find('}') } else { None };
            let Some(end) = end else {
                let help = vec!["a brace of the text itself is written twice: `{{`".into()];
                self.refuse("bad-text", format!("`{sign}` stands alone"), "not closed", help);
                return None;
            };
            if !literal.is_empty() {
                pieces.push(Piece::Literal(std::mem::take(&mut literal)));
            }
            pieces.push(Piece::Column(self.column(&rest[..end])?));
            rest = &rest[end + 1..];
        }
        literal.push_str(rest);
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        if !pieces.iter().any(|piece| matches!(piece, Piece::Column(_))) {
            let help = vec!["write the text itself in place of the cell".into()];
            self.refuse("no-column", "this text names no column".into(), "always the same", help);
            return None;
        }
        Some(pieces)
    }
}
