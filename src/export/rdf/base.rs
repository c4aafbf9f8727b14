//! What the names of records begin with, and how a readable id becomes an IRI.

use oxrdf::NamedNode;
use std::fmt;

/// The namespace of the terms that every export uses, whatever its base.
pub(super) const TERMS: &str = "urn:allegiance:ns:";

/// The kinds of records and words that get IRIs, each a prefix.
const KINDS: &[&str] =
    &["actor", "relation", "event", "source", "claim", "name", "kind", "type", "event-kind", "part", "role"];

/// What the IRIs of records begin with: `urn:allegiance:` makes `urn:allegiance:actor:hts`, `https://example.org/syria/` makes
/// `https://example.org/syria/actor/hts`.
///
/// The default gives names, not addresses: it promises no page behind them. Whoever publishes an export gives an address of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

/// Why a text is no base.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaseError {
    /// It is no absolute IRI; what is wrong with it.
    NoIri(String),
    /// It does not end where a name can begin: in `/`, `#` or `:`.
    Ending,
}

impl fmt::Display for BaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoIri(why) => write!(f, "it is no absolute IRI: {why}"),
            Self::Ending => f.write_str("it does not end in `/`, `#` or `:`, after which a name can begin"),
        }
    }
}

impl std::error::Error for BaseError {}

impl Default for Base {
    fn default() -> Self {
        Self("urn:allegiance:".to_owned())
    }
}

impl Base {
    /// Reads a base.
    ///
    /// # Errors
    /// When it is no absolute IRI, or does not end in `/`, `#` or `:`.
    pub fn parse(text: &str) -> Result<Self, BaseError> {
        let iri = NamedNode::new(text).map_err(|e| BaseError::NoIri(e.to_string()))?;
        if !text.ends_with(['/', '#', ':'])
            || text.ends_with("://")
            || text.split_once(':').is_some_and(|(_, rest)| rest.is_empty())
        {
            return Err(BaseError::Ending);
        }
        Ok(Self(iri.into_string()))
    }

    /// What stands between the kind of a record and its id.
    fn separator(&self) -> char {
        if self.0.ends_with(':') { ':' } else { '/' }
    }

    /// What the IRIs of one kind of record begin with.
    fn space(&self, kind: &str) -> String {
        format!("{}{kind}{}", self.0, self.separator())
    }

    /// The IRI of a record or word.
    pub(super) fn iri(&self, kind: &str, id: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{}", self.space(kind), encoded(id)))
    }

    /// The IRI of the export itself.
    pub(super) fn export(&self) -> NamedNode {
        NamedNode::new_unchecked(format!("{}export", self.0))
    }

    /// The prefixes of an export with what they stand for, by prefix.
    pub(super) fn prefixes(&self) -> Vec<(String, String)> {
        let fixed = [
            ("agl", TERMS),
            ("dcterms", "http://purl.org/dc/terms/"),
            ("edtf", "http://id.loc.gov/datatypes/edtf/"),
            ("foaf", "http://xmlns.com/foaf/0.1/"),
            ("org", "http://www.w3.org/ns/org#"),
            ("owl", "http://www.w3.org/2002/07/owl#"),
            ("prov", "http://www.w3.org/ns/prov#"),
            ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
            ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
            ("schema", "https://schema.org/"),
            ("skos", "http://www.w3.org/2004/02/skos/core#"),
            ("skosxl", "http://www.w3.org/2008/05/skos-xl#"),
            ("xsd", "http://www.w3.org/2001/XMLSchema#"),
        ];
        let mut all: Vec<(String, String)> = fixed.map(|(p, iri)| (p.to_owned(), iri.to_owned())).to_vec();
        all.extend(KINDS.iter().map(|kind| ((*kind).to_owned(), self.space(kind))));
        all.sort();
        all
    }
}

/// An id with every sign percent-encoded that RFC 3986 does not leave unreserved, so that no id can end an IRI or begin another part of it.
fn encoded(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, expected: Result<&str, BaseError>) {
        let made = Base::parse(base).map(|base| base.iri("actor", "a b/é").into_string());
        match (made, expected) {
            (Ok(made), Ok(expected)) => assert_eq!(made, expected),
            (Err(BaseError::NoIri(_)), Err(BaseError::NoIri(_))) => {}
            (made, expected) => {
                assert_eq!(made.map_err(|e| e.to_string()), expected.map(str::to_owned).map_err(|e| e.to_string()));
            }
        }
    }

    #[test]
    fn a_base_ends_where_a_name_can_begin() {
        check("urn:allegiance:", Ok("urn:allegiance:actor:a%20b%2F%C3%A9"));
        check("https://example.org/syria/", Ok("https://example.org/syria/actor/a%20b%2F%C3%A9"));
        check("https://example.org/syria#", Ok("https://example.org/syria#actor/a%20b%2F%C3%A9"));
        check("https://example.org/syria", Err(BaseError::Ending));
        check("https://", Err(BaseError::Ending));
        check("urn:", Err(BaseError::Ending));
        for no_iri in ["", "syria/", "/syria/", "https://example.org/<b>/", "http://a b/", "https://example.org/\n/"] {
            check(no_iri, Err(BaseError::NoIri(String::new())));
        }
    }
}
