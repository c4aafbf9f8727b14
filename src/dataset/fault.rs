//! What is wrong with a data file, and at which of its values.

use crate::diagnostic::{Diagnostic, FileId, Label, Severity, SourceMap};
use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use std::collections::HashMap;
use std::ops::Range;

/// A step from a JSON value to one inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    /// Into the field of this name.
    Key(&'static str),
    /// Into this item, counted from 0.
    Item(usize),
    /// To the value of this entry of an object, counted in the order of the keys' text.
    ValueAt(usize),
}

/// A value in a file, told by the way to it.
///
/// Making one allocates nothing, since a load makes thousands and needs none of them unless something is wrong.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'p> {
    file: FileId,
    list: &'static str,
    index: usize,
    last: Option<(&'p Self, Step)>,
}

impl Place<'_> {
    /// A record of one of the file's lists.
    pub(super) const fn record(file: FileId, list: &'static str, index: usize) -> Place<'static> {
        Place { file, list, index, last: None }
    }

    /// Where the record stands among all records of its list, for putting records in order.
    pub(super) const fn order(&self) -> (FileId, usize) {
        (self.file, self.index)
    }

    /// A field of it.
    pub(super) const fn key(&self, name: &'static str) -> Place<'_> {
        self.step(Step::Key(name))
    }

    /// An item of it.
    pub(super) const fn item(&self, index: usize) -> Place<'_> {
        self.step(Step::Item(index))
    }

    /// The value of an entry of it, counted in the order of the keys' text.
    pub(super) const fn value_at(&self, index: usize) -> Place<'_> {
        self.step(Step::ValueAt(index))
    }

    const fn step(&self, step: Step) -> Place<'_> {
        Place { file: self.file, list: self.list, index: self.index, last: Some((self, step)) }
    }

    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut at = self;
        while let Some((before, step)) = at.last {
            steps.push(step);
            at = before;
        }
        steps.extend([Step::Item(self.index), Step::Key(self.list)]);
        steps.reverse();
        steps
    }
}

/// A place that outlives the check.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    file: FileId,
    steps: Vec<Step>,
}

impl Spot {
    /// The file it is in.
    pub(super) const fn file(&self) -> FileId {
        self.file
    }

    /// The way to it from the file's object.
    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }
}

impl From<Place<'_>> for Spot {
    fn from(place: Place<'_>) -> Self {
        Self { file: place.file, steps: place.steps() }
    }
}

/// Something wrong with one value. Its place is turned into a span only once it is to be shown.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) place: Spot,
    /// Which bytes of the value's text, when it is a string and only a part of it is wrong.
    pub(super) within: Option<usize>,
    pub(super) message: String,
    /// A few words under the underlined value.
    pub(super) label: String,
    pub(super) help: Vec<String>,
    /// A second place worth seeing, with a few words.
    pub(super) also: Option<(Spot, String)>,
}

impl Fault {
    pub(super) fn error(code: &'static str, place: Place<'_>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            place: place.into(),
            within: None,
            message: message.into(),
            label: String::new(),
            help: Vec::new(),
            also: None,
        }
    }

    pub(super) fn warning(code: &'static str, place: Place<'_>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message) }
    }

    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        let help = help.into();
        if !help.is_empty() {
            self.help.push(help);
        }
        self
    }

    pub(super) fn also(mut self, place: Place<'_>, text: impl Into<String>) -> Self {
        self.also = Some((place.into(), text.into()));
        self
    }

    pub(super) fn within(mut self, offset: usize) -> Self {
        self.within = Some(offset);
        self
    }
}

/// How `jsonc-parser` is to read: plain JSON, nothing more.
pub(super) fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// Turns faults into diagnostics with spans, ordered by severity, file and place.
///
/// Each file with a fault is parsed once more, into a tree with spans; a load without faults never comes here.
pub(super) fn to_diagnostics(faults: Vec<Fault>, sources: &SourceMap) -> Vec<Diagnostic> {
    let mut trees: HashMap<FileId, Option<Value<'_>>> = HashMap::new();
    for fault in &faults {
        for file in std::iter::once(fault.place.file).chain(fault.also.as_ref().map(|(place, _)| place.file)) {
            trees.entry(file).or_insert_with(|| {
                parse_to_ast(sources.text(file), &CollectOptions::default(), &strict()).ok().and_then(|r| r.value)
            });
        }
    }
    let span =
        |place: &Spot| trees.get(&place.file).and_then(Option::as_ref).map_or(0..0, |tree| locate(tree, &place.steps));
    let mut diagnostics: Vec<Diagnostic> = faults
        .into_iter()
        .map(|fault| {
            let mut at = span(&fault.place);
            if let Some(offset) = fault.within {
                // Inside a string literal: past the quote, at the offset, up to the closing quote.
                let start = (at.start + 1 + offset).min(at.end.saturating_sub(1).max(at.start));
                at = start..at.end.saturating_sub(1).max(start + 1);
            }
            let mut labels = vec![Label { file: fault.place.file, span: at, text: fault.label }];
            if let Some((place, text)) = fault.also {
                labels.push(Label { file: place.file, span: span(&place), text });
            }
            Diagnostic {
                code: fault.code.into(),
                severity: fault.severity,
                message: fault.message,
                labels,
                help: fault.help,
            }
        })
        .collect();
    diagnostics.sort_by_key(|d| {
        let first = d.labels.first().map(|l| (l.file, l.span.start));
        (d.severity, first, d.code.clone())
    });
    diagnostics
}

/// The span of a value, or of the nearest enclosing one that exists (a field that is missing points at its record).
fn locate(tree: &Value<'_>, steps: &[Step]) -> Range<usize> {
    let mut value = tree;
    let mut span = first_line(value);
    for step in steps {
        let next = match (value, step) {
            (Value::Object(object), Step::Key(name)) => object.get(name).map(|p| &p.value),
            (Value::Array(array), Step::Item(index)) => array.elements.get(*index),
            (Value::Object(object), Step::ValueAt(index)) => entry(object, *index).map(|p| &p.value),
            _ => None,
        };
        let Some(next) = next else { return span };
        value = next;
        span = first_line(value);
    }
    span
}

/// The entry of an object that comes at this place when keys are ordered as text.
fn entry<'a, 'b>(object: &'b Object<'a>, index: usize) -> Option<&'b jsonc_parser::ast::ObjectProp<'a>> {
    let mut entries: Vec<_> = object.properties.iter().collect();
    entries.sort_by(|a, b| a.name.as_str().cmp(b.name.as_str()));
    entries.get(index).copied()
}

/// The whole of a plain value; of an object or a list only its opening, or its `id` when it has one, so that no page is underlined.
fn first_line(value: &Value<'_>) -> Range<usize> {
    match value {
        Value::Object(object) => ["id", "name"]
            .iter()
            .find_map(|key| object.get(key))
            .map_or(object.start()..object.start() + 1, |p| p.value.start()..p.value.end()),
        Value::Array(array) => array.start()..array.start() + 1,
        plain => plain.start()..plain.end(),
    }
}
