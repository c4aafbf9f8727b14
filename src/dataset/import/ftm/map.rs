//! What becomes of FollowTheMoney's schemata, and how a file overrides it.

use crate::dataset::draft::FileDraft;
use crate::dataset::{InputFile, not_utf8, shape, utf8};
use crate::diagnostic::{Diagnostic, Severity, SourceMap};
use serde_json::{Map as Object, Value, json};
use std::collections::BTreeMap;

/// A link: which type stands for it, and which of its properties hold the ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Types in order: the first that may stand between the two kinds is taken.
    pub(super) types: Vec<String>,
    pub(super) subject: String,
    pub(super) object: String,
}

/// The rules of an import.
#[derive(Clone, Debug)]
pub(super) struct Map {
    pub(super) records: Value,
    /// The source of entities that name none.
    pub(super) source: Option<String>,
    pub(super) modality: String,
    pub(super) credibility: i64,
    pub(super) reliability: String,
    pub(super) source_kind: String,
    /// Schema → kind; none where it makes no actor.
    pub(super) kinds: BTreeMap<String, Option<String>>,
    /// Topic → kind, which goes before the schema's.
    pub(super) topics: Vec<(String, String)>,
    pub(super) links: BTreeMap<String, Option<Link>>,
    /// Texts of a link's role → type.
    pub(super) roles: BTreeMap<String, String>,
    /// Keywords of an event → kind.
    pub(super) event_kinds: BTreeMap<String, String>,
    pub(super) event_kind: Option<String>,
}

/// Schema and kind. An organisation of which no more is said is taken for a private one, and told of.
const KINDS: &[(&str, &str)] = &[
    ("Person", "person"),
    ("Company", "private_actor"),
    ("Organization", "private_actor"),
    ("LegalEntity", "private_actor"),
    ("PublicBody", "political_body"),
    ("Country", "state"),
];

/// Topic and kind; the first that an entity has is taken. Not of persons.
const TOPICS: &[(&str, &str)] = &[
    ("gov.igo", "intergovernmental_org"),
    ("gov.security", "state_force"),
    ("mil", "state_force"),
    ("gov.national", "government"),
    ("gov.executive", "government"),
    ("pol.party", "political_body"),
    ("gov.legislative", "political_body"),
    ("gov", "political_body"),
    ("crime.terror", "armed_group"),
];

/// Schema, types in order of choice, the property of the subject, that of the object.
const LINKS: &[(&str, &[&str], &str, &str)] = &[
    ("Membership", &["belongs_to", "member_of", "part_of"], "member", "organization"),
    ("Directorship", &["leads"], "director", "organization"),
    ("Employment", &["holds_office_in"], "employee", "employer"),
    ("Ownership", &["subordinate_to"], "asset", "owner"),
    ("Control", &["subordinate_to"], "controlled", "controller"),
    ("Representation", &["proxy_of"], "agent", "client"),
    ("Succession", &["successor_of"], "successor", "predecessor"),
    ("Associate", &["cooperates_with"], "person", "associate"),
    ("UnknownLink", &[], "subject", "object"),
];

impl Default for Map {
    fn default() -> Self {
        let pair = |(a, b): &(&str, &str)| ((*a).to_owned(), (*b).to_owned());
        Self {
            records: Value::Null,
            source: None,
            modality: "asserted".into(),
            credibility: 6,
            reliability: "F".into(),
            source_kind: "dataset".into(),
            kinds: KINDS.iter().map(pair).map(|(schema, kind)| (schema, Some(kind))).collect(),
            topics: TOPICS.iter().map(pair).collect(),
            links: LINKS
                .iter()
                .map(|(schema, types, subject, object)| {
                    let types = types.iter().map(|t| (*t).to_owned()).collect();
                    ((*schema).to_owned(), Some(Link { types, subject: (*subject).into(), object: (*object).into() }))
                })
                .collect(),
            roles: BTreeMap::new(),
            event_kinds: BTreeMap::new(),
            event_kind: None,
        }
    }
}

impl Map {
    /// Reads a map, which goes before the defaults.
    pub(super) fn read(input: InputFile, sources: &mut SourceMap) -> Result<Self, Vec<Diagnostic>> {
        let name = input.name.clone();
        let text = utf8(input.bytes).map_err(|error| vec![not_utf8(sources, &name, &error)])?;
        let file = sources.add(name, text);
        let text = sources.text(file);
        let wrong = shape::against(file, text, &schema_value()).diagnostics;
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        let mut map = Self::default();
        let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        let set = |field: &mut String, key: &str| {
            if let Some(new) = text(&value, key) {
                *field = new;
            }
        };
        set(&mut map.modality, "modality");
        set(&mut map.reliability, "reliability");
        set(&mut map.source_kind, "source_kind");
        map.credibility = value.get("credibility").and_then(Value::as_i64).unwrap_or(map.credibility);
        map.source = text(&value, "source");
        map.event_kind = text(&value, "event_kind");
        let entries = |key: &str| value.get(key).and_then(Value::as_object).into_iter().flatten();
        for (schema, kind) in entries("kinds") {
            map.kinds.insert(schema.clone(), kind.as_str().map(str::to_owned));
        }
        let topics = entries("topics").filter_map(|(topic, kind)| Some((topic.clone(), kind.as_str()?.to_owned())));
        map.topics = topics.chain(map.topics).collect();
        for (schema, link) in entries("links") {
            let default = map.links.get(schema).cloned().flatten();
            let link = match link {
                Value::Null => None,
                link => {
                    let end = |key: &str, default: Option<String>| text(link, key).or(default);
                    let (Some(subject), Some(object)) = (
                        end("subject", default.as_ref().map(|d| d.subject.clone())),
                        end("object", default.as_ref().map(|d| d.object.clone())),
                    ) else {
                        return Err(vec![Diagnostic {
                            code: "no-ends".into(),
                            severity: Severity::Error,
                            message: format!(
                                "the link `{schema}` needs `subject` and `object`: the properties that hold its ends"
                            ),
                            labels: Vec::new(),
                            help: Vec::new(),
                        }]);
                    };
                    Some(Link { types: vec![text(link, "type").unwrap_or_default()], subject, object })
                }
            };
            map.links.insert(schema.clone(), link);
        }
        let texts =
            |key: &str| entries(key).filter_map(|(from, to)| Some((from.clone(), to.as_str()?.to_owned()))).collect();
        map.roles = texts("roles");
        map.event_kinds = texts("event_kinds");
        map.records = value.get("records").cloned().unwrap_or_default();
        Ok(map)
    }

    /// The lists of a vocabulary among its records.
    pub(super) fn vocabulary(&self) -> Object<String, Value> {
        let lists = self.records.as_object().into_iter().flatten();
        lists
            .filter(|(name, _)| !matches!(name.as_str(), "sources" | "actors" | "relations" | "events"))
            .map(|(name, list)| (name.clone(), list.clone()))
            .collect()
    }
}

/// The JSON Schema of the maps of `import ftm`; with an end of line.
#[must_use]
pub fn ftm_schema() -> String {
    let mut text = serde_json::to_string_pretty(&schema_value()).unwrap_or_default();
    text.push('\n');
    text
}

fn schema_value() -> Value {
    let mut records = schemars::schema_for!(FileDraft<'_>).to_value();
    let defs = records.as_object_mut().and_then(|o| o.shift_remove("$defs")).unwrap_or_default();
    if let Some(object) = records.as_object_mut() {
        object.shift_remove("$schema");
        object.shift_remove("title");
        object.insert(
            "description".into(),
            "Records taken over as they stand: the source, a vocabulary of your own.".into(),
        );
    }
    let text = |description: &str| json!({"description": description, "type": "string"});
    let texts = |description: &str, values: Value| json!({"description": description, "type": "object", "additionalProperties": values});
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Allegiance map of FollowTheMoney",
        "description": "What becomes of FollowTheMoney entities, where the defaults will not do.",
        "type": "object",
        "properties": {
            "$schema": text("The schema that editors check this file against."),
            "records": records,
            "source": text("The id of the source of entities that name no proof: one of `records`."),
            "modality": text("How firmly links and events are said; `asserted` when not given."),
            "credibility": {"description": "Admiralty credibility of claims, 6 (cannot be judged) when not given.", "type": "integer", "minimum": 2, "maximum": 6},
            "reliability": text("Admiralty reliability of documents, F (cannot be judged) when not given."),
            "source_kind": text("What kind of source a document is, `dataset` when not given; an Article is `news`."),
            "kinds": texts("Schema of an entity → kind of actor; null makes none.", json!({"type": ["string", "null"]})),
            "topics": texts("Topic → kind of actor; goes before `kinds`.", json!({"type": "string"})),
            "links": texts("Schema of a link → the relation it becomes; null makes none.", json!({"type": ["object", "null"],
                "properties": {
                    "type": text("The type of relation."),
                    "subject": text("The property that holds the subject."),
                    "object": text("The property that holds the object.")
                }, "required": ["type"], "additionalProperties": false})),
            "roles": texts("The text of a link's role → type of relation; goes before `links`.", json!({"type": "string"})),
            "event_kinds": texts("A keyword of an event → kind of event.", json!({"type": "string"})),
            "event_kind": text("The kind of events without any such keyword; without it they are left out.")
        },
        "additionalProperties": false,
        "$defs": defs
    })
}
