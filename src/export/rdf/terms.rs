//! The terms that exports use and what they mean: a small ontology that goes into every file.

use super::base::TERMS;
use super::node::Node;
use oxrdf::{NamedNode, vocab};

/// A term of ours.
pub(super) fn term(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{TERMS}{name}"))
}

macro_rules! vocabulary {
    ($($(#[$meta:meta])* $name:ident = $iri:literal;)+) => {
        $($(#[$meta])* pub(super) fn $name(local: &str) -> NamedNode {
            NamedNode::new_unchecked(format!(concat!($iri, "{}"), local))
        })+
    };
}

vocabulary! {
    /// Dublin Core.
    dcterms = "http://purl.org/dc/terms/";
    /// Friend of a Friend.
    foaf = "http://xmlns.com/foaf/0.1/";
    /// The W3C's organization ontology.
    org = "http://www.w3.org/ns/org#";
    /// Web Ontology Language.
    owl = "http://www.w3.org/2002/07/owl#";
    /// The W3C's provenance ontology.
    prov = "http://www.w3.org/ns/prov#";
    /// RDF Schema.
    rdfs = "http://www.w3.org/2000/01/rdf-schema#";
    /// Schema.org.
    schema = "https://schema.org/";
    /// The W3C's thesaurus vocabulary.
    skos = "http://www.w3.org/2004/02/skos/core#";
    /// Its extension for labels that are resources.
    skosxl = "http://www.w3.org/2008/05/skos-xl#";
}

/// Classes: name, label, what it is, the class of another vocabulary that it belongs to.
const CLASSES: &[(&str, &str, &str, Option<&str>)] = &[
    ("Actor", "actor", "A state, group, faction, person or place: whatever a relation can join.", None),
    (
        "Relation",
        "relation",
        "A tie between two actors, of a type, over a time, on the word of sources. At least one claim speaks for it; agl:status tells whether others \
         speak against it.",
        Some("http://www.w3.org/ns/prov#Entity"),
    ),
    (
        "DeniedRelation",
        "denied relation",
        "A tie of which every claim says that there was none in the days given. Not a relation: its ends have properties of their own, so that no query \
         for relations finds it.",
        Some("http://www.w3.org/ns/prov#Entity"),
    ),
    ("Event", "event", "Something that happened: when, where, with whom.", Some("https://schema.org/Event")),
    (
        "Claim",
        "claim",
        "One saying of one source about one record, for or against, in the words of whoever curated the data.",
        Some("http://www.w3.org/ns/prov#Entity"),
    ),
    ("Source", "source", "A document that claims cite.", Some("http://www.w3.org/ns/prov#Entity")),
    ("Figure", "figure", "A number that a source gives, as it gives it.", None),
];

/// Properties: name, label, what it says, the property of another vocabulary that it narrows.
const PROPERTIES: &[(&str, &str, &str, Option<&str>)] = &[
    ("subject", "subject", "The first end of a relation; for a directed type, the one the type speaks of.", None),
    ("type", "type", "The type of a relation.", None),
    ("object", "object", "The other end of a relation.", None),
    ("deniedSubject", "denied subject", "The first end of a tie that is denied.", None),
    ("deniedType", "denied type", "The type of a tie that is denied.", None),
    ("deniedObject", "denied object", "The other end of a tie that is denied.", None),
    (
        "valid",
        "valid",
        "The time over which it held, existed or happened, as written: EDTF (ISO 8601-2), or agl:Edtf.",
        None,
    ),
    (
        "startEarliest",
        "start, earliest",
        "The first day on which it may have begun, by its dates, its last attestation and the lives of both ends; absent where nothing bounds it.",
        None,
    ),
    (
        "startLatest",
        "start, latest",
        "The last day on which it may have begun: from then on it had certainly begun.",
        None,
    ),
    (
        "endEarliest",
        "end, earliest",
        "The first day on which it may have ended: until then it had certainly not ended.",
        None,
    ),
    ("endLatest", "end, latest", "The last day on which it may have ended; absent where nothing bounds it.", None),
    (
        "certainFrom",
        "certain from",
        "The first day on which it certainly held, dates and claims taken together; absent where no single day is certain.",
        None,
    ),
    ("certainUntil", "certain until", "The last day on which it certainly held; after it, it may have gone on.", None),
    ("holds", "holds", "Whether it held in the days of the export: `certain` or `possible`.", None),
    (
        "status",
        "status",
        "How its claims stand to one another: supported, contested (as many sources for it as against, or more), disputed (more against), denied.",
        None,
    ),
    (
        "modality",
        "modality",
        "How firmly a claim speaks, or the firmest of the claims for a record: asserted, reported, possible, offered, predicted.",
        None,
    ),
    (
        "basis",
        "basis",
        "What a relation rests on: reported (a source says it), inferred (by the curator, told in the note), derived (by rule).",
        None,
    ),
    (
        "lastAttested",
        "last attested",
        "The earliest day on which the newest source that attests it may have been published.",
        None,
    ),
    ("claim", "claim", "A claim about a record.", None),
    ("about", "about", "The record that a claim is about.", None),
    ("stance", "stance", "Which way a claim speaks: supports, disputes, denies.", None),
    ("locator", "locator", "The place in the source.", None),
    ("paragraph", "paragraph", "A paragraph that the locator names, counted over non-empty lines from 1.", None),
    (
        "grade",
        "grade",
        "Admiralty code: the source's reliability A–F and the claim's credibility 1–6, as in `B2`.",
        None,
    ),
    (
        "credibility",
        "credibility",
        "The claim's credibility on the Admiralty scale: 1 confirmed … 5 improbable, 6 cannot be judged.",
        None,
    ),
    ("reliability", "reliability", "The source's reliability on the Admiralty scale: A … E, F cannot be judged.", None),
    (
        "speaker",
        "speaker",
        "How the source describes who says so, where it does not say it itself, in the curator's words.",
        None,
    ),
    ("anonymous", "anonymous", "Whether the source leaves the speaker without a name.", None),
    ("figure", "figure", "A number that a claim gives.", None),
    ("counts", "counts", "What a figure counts.", None),
    ("value", "value", "The number or range as written.", None),
    ("qualifier", "qualifier", "`about`, `at least`, `more than` …, where the source says so.", None),
    (
        "note",
        "note",
        "A remark of the curator; in a claim, what the source says.",
        Some("http://www.w3.org/2000/01/rdf-schema#comment"),
    ),
    ("kind", "kind", "The kind of an actor or event.", None),
    (
        "nameKind",
        "kind of name",
        "What sort of name it is: alias, acronym, former, nom_de_guerre, transliteration, exonym.",
        None,
    ),
    ("trait", "trait", "What else is said of an actor's nature.", None),
    (
        "externalId",
        "external id",
        "An id in another register: `register:id`.",
        Some("http://purl.org/dc/terms/identifier"),
    ),
    (
        "participant",
        "participant",
        "Who took part in an event; the properties narrowed from it tell in which part.",
        None,
    ),
    ("place", "place", "Where an event happened.", Some("https://schema.org/location")),
    ("opens", "opens", "A relation that begins with the event.", None),
    ("closes", "closes", "A relation that ends with the event.", None),
    (
        "role",
        "role",
        "A further part of a relation: against whom, from whom, under which agreement; the properties narrowed from it tell which.",
        None,
    ),
    ("sourceKind", "kind of source", "What kind of document a source is.", None),
    ("paragraphs", "paragraphs", "How many paragraphs a source has.", None),
    ("publishedEarliest", "published, earliest", "The first day on which a source may have been published.", None),
    ("publishedLatest", "published, latest", "The last day on which a source may have been published.", None),
    (
        "category",
        "category",
        "What sort of tie a relation type is: cooperation, hostility, structure, lineage, diplomacy, support, designation, stance, territory.",
        None,
    ),
    ("polarity", "polarity", "Whether a relation type is for (1), against (-1) or neither (0).", None),
    ("temporality", "temporality", "Whether a relation type lasts (state) or happens (event).", None),
    (
        "firstDay",
        "first day",
        "The first of the days that an export asks about; absent when it asks about all of time.",
        None,
    ),
    ("lastDay", "last day", "The last of the days that an export asks about.", None),
];

/// The terms as nodes: the ontology, its classes, its properties, and our datatype.
pub(super) fn nodes() -> Vec<Node> {
    let ontology = NamedNode::new_unchecked(TERMS);
    let mut all = Vec::new();
    let mut node = Node::new(ontology.clone());
    node.class(owl("Ontology")).english(dcterms("title"), "Allegiance: dated, sourced relations of actors").english(
        rdfs("comment"),
        "A property named by a relation type (prefix type) joins two actors directly where such a relation certainly held on some day that the export asks \
         about; the dates, the claims and whatever is only possible or contested stand with the relation itself. What is denied is an agl:DeniedRelation.",
    );
    all.push(node);
    let described = |name: &str, label: &str, comment: &str| {
        let mut node = Node::new(term(name));
        node.english(rdfs("label"), label).english(rdfs("comment"), comment).add(rdfs("isDefinedBy"), ontology.clone());
        node
    };
    for (name, label, comment, broader) in CLASSES {
        let mut node = described(name, label, comment);
        node.class(rdfs("Class"));
        if let Some(broader) = broader {
            node.add(rdfs("subClassOf"), NamedNode::new_unchecked(*broader));
        }
        all.push(node);
    }
    for (name, label, comment, broader) in PROPERTIES {
        let mut node = described(name, label, comment);
        node.class(vocab::rdf::PROPERTY.into_owned());
        if let Some(broader) = broader {
            node.add(rdfs("subPropertyOf"), NamedNode::new_unchecked(*broader));
        }
        all.push(node);
    }
    let mut node = described(
        "Edtf",
        "extended EDTF",
        "EDTF with three forms that the standard lacks: `/..` (so when attested, start not recorded), an end of an interval that is a bound on one side \
         (`..2014/2016`: begun by 2014), and one that is one of several days (`[2016,2017]/..`).",
    );
    node.class(rdfs("Datatype"));
    all.push(node);
    all
}
