//! A resource with what is said of it.

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};

/// The datatype of dates as the Library of Congress publishes it.
const EDTF: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://id.loc.gov/datatypes/edtf/EDTF");

/// A resource and the triples of which it is the subject, those of one predicate together.
#[derive(Clone, Debug)]
pub(super) struct Node {
    id: NamedNode,
    facts: Vec<(NamedNode, Vec<Term>)>,
}

impl Node {
    /// A resource of which nothing is said yet.
    pub(super) const fn new(id: NamedNode) -> Self {
        Self { id, facts: Vec::new() }
    }

    /// Its IRI.
    pub(super) const fn id(&self) -> &NamedNode {
        &self.id
    }

    /// Says something, once.
    pub(super) fn add(&mut self, predicate: NamedNode, object: impl Into<Term>) -> &mut Self {
        let object = object.into();
        match self.facts.iter_mut().find(|(known, _)| *known == predicate) {
            Some((_, objects)) if objects.contains(&object) => {}
            Some((_, objects)) => objects.push(object),
            None => self.facts.push((predicate, vec![object])),
        }
        self
    }

    /// Says of what class it is.
    pub(super) fn class(&mut self, class: NamedNode) -> &mut Self {
        self.add(rdf::TYPE.into_owned(), class)
    }

    /// Says something in plain text.
    pub(super) fn text(&mut self, predicate: NamedNode, text: &str) -> &mut Self {
        self.add(predicate, Literal::new_simple_literal(text))
    }

    /// Says something in plain text, where there is any.
    pub(super) fn text_if(&mut self, predicate: NamedNode, text: Option<&str>) -> &mut Self {
        if let Some(text) = text {
            self.text(predicate, text);
        }
        self
    }

    /// Says something in English of our own.
    pub(super) fn english(&mut self, predicate: NamedNode, text: &str) -> &mut Self {
        self.add(predicate, Literal::new_language_tagged_literal_unchecked(text, "en"))
    }

    /// Gives a day; one without bound is left out.
    pub(super) fn day(&mut self, predicate: NamedNode, day: crate::time::Day) -> &mut Self {
        if day.is_bounded() && day.number() != i32::MIN + 1 && day.number() != i32::MAX - 1 {
            self.add(predicate, Literal::new_typed_literal(day.to_string(), xsd::DATE));
        }
        self
    }

    /// Gives a number.
    pub(super) fn number(&mut self, predicate: NamedNode, number: impl Into<i64>) -> &mut Self {
        self.add(predicate, Literal::from(number.into()))
    }

    /// Gives a date as written: by the Library of Congress's type where the standard has the form, by ours where it lacks it.
    pub(super) fn edtf(&mut self, predicate: NamedNode, text: &str) -> &mut Self {
        let kind = if is_standard(text) { EDTF.into_owned() } else { super::terms::term("Edtf") };
        self.add(predicate, Literal::new_typed_literal(text, kind))
    }

    /// Its triples, those of one predicate after one another.
    pub(super) fn triples(&self) -> impl Iterator<Item = Triple> {
        self.facts.iter().flat_map(move |(predicate, objects)| {
            objects.iter().map(move |object| Triple::new(self.id.clone(), predicate.clone(), object.clone()))
        })
    }
}

/// Whether ISO 8601-2 has this form of a date that [`crate::time::Dated`] reads: ours are `/..` and its like, which bound an interval on
/// neither side, and ends of intervals that are bounds on one side (`..2014/2016`) or one of several days (`[2016,2017]/..`).
fn is_standard(text: &str) -> bool {
    let Some((start, end)) = text.split_once('/') else { return true };
    let is_date = |part: &str| !part.is_empty() && !part.contains("..") && !part.starts_with(['[', '{']);
    let is_end = |part: &str| part.is_empty() || part == ".." || is_date(part);
    is_end(start) && is_end(end) && (is_date(start) || is_date(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_forms_of_the_standard_are_called_edtf() {
        for text in [
            "2017",
            "2016~",
            "2016/2017-01",
            "2024-12-08/..",
            "2017/",
            "/2016",
            "../2017",
            "[2016,2017]",
            "[..2025-03-29]",
        ] {
            assert!(is_standard(text), "{text}");
        }
        for text in [
            "/..",
            "../..",
            "..2014/2016",
            "2018/2025-07..",
            "2017/..2025-03",
            "[2025-03-11..2025-03-29]/..",
            "/[2016,2017]",
        ] {
            assert!(!is_standard(text), "{text}");
        }
    }
}
