//! The shape of a data file, field by field, before anything is checked but its shape.
//!
//! Items of lists are boxed: a list with room for four wide records, of which one is used, costs a short-lived process more in fresh
//! memory than the boxes do.
//!
//! The JSON Schema under `data/schema/` is generated from these types, so the doc comments here are what an editor shows a curator.

use crate::model::{
    Basis, Category, Modality, NameKind, Reliability, Side, SourceKind, Stance, Temporality, UncitedReason,
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One file of a data set: any of these lists, each optional.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Allegiance data file")]
pub(super) struct FileDraft<'a> {
    /// The schema that editors check this file against.
    #[serde(rename = "$schema", default)]
    #[allow(unused, reason = "for editors only")]
    #[serde(borrow)]
    pub(super) schema: Option<Text<'a>>,
    /// Documents that claims cite.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) sources: List<SourceDraft<'a>>,
    /// States, groups, factions, persons, places.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) actors: List<ActorDraft<'a>>,
    /// Ties between two actors.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) relations: List<RelationDraft<'a>>,
    /// What happened.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) events: List<EventDraft<'a>>,
    /// Kinds of actors.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) actor_kinds: List<KindDraft<'a>>,
    /// Sets of kinds under one name, for the ends of relation types.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) kind_groups: List<KindGroupDraft<'a>>,
    /// Types of relations.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) relation_types: List<RelationTypeDraft<'a>>,
    /// Words for several relation types at once.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) relation_groups: List<RelationGroupDraft<'a>>,
    /// Kinds of events.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) event_kinds: List<KindDraft<'a>>,
    /// Parts that actors may have in events.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) event_roles: List<KindDraft<'a>>,
}

impl<'a> FileDraft<'a> {
    /// Whatever records of a file are of a sound shape, when not all are.
    pub(super) fn sound_parts(file: &'a serde_json::Value) -> Self {
        Self {
            schema: None,
            sources: List::sound_parts(file.get("sources")),
            actors: List::sound_parts(file.get("actors")),
            relations: List::sound_parts(file.get("relations")),
            events: List::sound_parts(file.get("events")),
            actor_kinds: List::sound_parts(file.get("actor_kinds")),
            kind_groups: List::sound_parts(file.get("kind_groups")),
            relation_types: List::sound_parts(file.get("relation_types")),
            relation_groups: List::sound_parts(file.get("relation_groups")),
            event_kinds: List::sound_parts(file.get("event_kinds")),
            event_roles: List::sound_parts(file.get("event_roles")),
        }
    }
}

/// A list of records, each with its place in the file, counted from 0.
#[derive(Debug)]
pub(super) struct List<T>(pub(super) Vec<(usize, Box<T>)>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'a, T: Deserialize<'a>> List<T> {
    fn sound_parts(list: Option<&'a serde_json::Value>) -> Self {
        let items = list.and_then(serde_json::Value::as_array).map(Vec::as_slice).unwrap_or_default();
        Self(
            items
                .iter()
                .enumerate()
                .filter_map(|(at, item)| T::deserialize(item).ok().map(|d| (at, Box::new(d))))
                .collect(),
        )
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Numbered<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Numbered<T> {
            type Value = List<T>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<List<T>, A::Error> {
                let mut all = Vec::new();
                while let Some(item) = items.next_element()? {
                    all.push((all.len(), item));
                }
                Ok(List(all))
            }
        }

        deserializer.deserialize_seq(Numbered(std::marker::PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Vec::<T>::json_schema(generator)
    }
}

/// A text of the file: borrowed from it where it has no escapes, so that a load allocates only what the graph keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Text<'a>(Cow<'a, str>);

impl std::ops::Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for Text<'_> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<Text<'_>> for Box<str> {
    fn from(text: Text<'_>) -> Self {
        text.0.into()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyText;

        impl<'de> Visitor<'de> for AnyText {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(AnyText)
    }
}

impl JsonSchema for Text<'_> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
    }
}

/// A map that refuses a key given twice, where serde's own would keep the last.
fn distinct<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<Text<'a>, Text<'a>>, D::Error> {
    struct Distinct;

    impl<'de> Visitor<'de> for Distinct {
        type Value = BTreeMap<Text<'de>, Text<'de>>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some((key, value)) = access.next_entry()? {
                if map.insert(key, value).is_some() {
                    return Err(serde::de::Error::custom("a field is given twice"));
                }
            }
            Ok(map)
        }
    }

    deserializer.deserialize_map(Distinct)
}

/// The values of a word enum, for the schema.
fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|value| word(*value)).collect()
}

/// A document that claims cite.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceDraft<'a> {
    /// Readable id, stable for ever: `wapo-2025-01`.
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    /// Title, or a description in our words where it has none.
    #[serde(borrow)]
    pub(super) title: Text<'a>,
    /// Who wrote it.
    #[serde(borrow)]
    pub(super) author: Option<Text<'a>>,
    /// Who published it, where the document tells.
    #[serde(borrow)]
    pub(super) publisher: Option<Text<'a>>,
    /// When it was published (EDTF).
    #[serde(borrow)]
    pub(super) published: Text<'a>,
    /// When it was read (EDTF).
    #[serde(borrow)]
    pub(super) accessed: Option<Text<'a>>,
    /// Where it is to be found.
    #[serde(borrow)]
    pub(super) url: Option<Text<'a>>,
    /// What kind of document it is.
    #[schemars(extend("enum" = words(SourceKind::ALL, SourceKind::word)))]
    #[serde(borrow)]
    pub(super) kind: Text<'a>,
    /// Admiralty reliability, A–F; F means that it cannot be judged.
    #[schemars(extend("enum" = words(Reliability::ALL, Reliability::word)))]
    #[serde(borrow)]
    pub(super) reliability: Text<'a>,
    /// Ids of the sources it repeats.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) derived_from: Vec<Text<'a>>,
    /// How many paragraphs (non-empty lines) it has, so that coverage can be reported.
    pub(super) paragraphs: Option<u32>,
    /// What people call it; any of these names it on the command line.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) names: Vec<Text<'a>>,
    /// Paragraphs that no claim cites, each with a reason.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) uncited: Vec<UncitedDraft<'a>>,
}

/// Paragraphs that no claim cites, and why.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UncitedDraft<'a> {
    /// Which paragraphs: `¶1-10`.
    #[serde(borrow)]
    pub(super) locator: Text<'a>,
    /// `furniture` (titles, captions, adverts) or `argument` (no fact about an actor).
    #[schemars(extend("enum" = words(UncitedReason::ALL, UncitedReason::word)))]
    #[serde(borrow)]
    pub(super) reason: Text<'a>,
    /// What stands there, in our own words.
    #[serde(borrow)]
    pub(super) note: Text<'a>,
}

/// A state, group, faction, person, place …
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ActorDraft<'a> {
    /// Readable id, stable for ever: `hts`. Lower-case letters, digits and hyphens.
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    /// The name shown.
    #[serde(borrow)]
    pub(super) name: Text<'a>,
    /// One of the vocabulary's `actor_kinds`.
    #[serde(borrow)]
    pub(super) kind: Text<'a>,
    /// When it existed (EDTF interval), where a source tells.
    #[serde(borrow)]
    pub(super) exists: Option<Text<'a>>,
    /// What else is said of its nature: `foreign_fighters` …
    #[serde(default)]
    #[serde(borrow)]
    pub(super) traits: Vec<Text<'a>>,
    /// Who it is, in a sentence of our own.
    #[serde(borrow)]
    pub(super) summary: Option<Text<'a>>,
    /// Other names.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) names: Vec<Box<NameDraft<'a>>>,
    /// Its ids elsewhere: wikidata, ucdp, acled …
    #[serde(default, deserialize_with = "distinct")]
    #[serde(borrow)]
    pub(super) external_ids: BTreeMap<Text<'a>, Text<'a>>,
    /// What sources say of the actor alone: strength, state, figures.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) claims: Vec<Box<ClaimDraft<'a>>>,
}

/// Another name of an actor.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NameDraft<'a> {
    /// The name as written.
    #[serde(borrow)]
    pub(super) name: Text<'a>,
    /// What sort of name it is.
    #[schemars(extend("enum" = words(NameKind::ALL, NameKind::word)))]
    #[serde(borrow)]
    pub(super) kind: Text<'a>,
    /// Language (BCP 47), where it matters.
    #[serde(borrow)]
    pub(super) lang: Option<Text<'a>>,
    /// Script (ISO 15924), where it matters.
    #[serde(borrow)]
    pub(super) script: Option<Text<'a>>,
    /// When the actor went by it (EDTF interval), where that is limited.
    #[serde(borrow)]
    pub(super) valid: Option<Text<'a>>,
    /// Ids of the sources that use it; none for spellings that people type and no source of the set uses.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) sources: Vec<Text<'a>>,
}

/// A tie between two actors.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationDraft<'a> {
    /// Readable id: `hts.enemy_of.isis`.
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    /// Id of the first end.
    #[serde(borrow)]
    pub(super) subject: Text<'a>,
    /// One of the vocabulary's `relation_types`.
    #[serde(rename = "type")]
    #[serde(borrow)]
    pub(super) kind: Text<'a>,
    /// Id of the other end.
    #[serde(borrow)]
    pub(super) object: Text<'a>,
    /// When it held (EDTF interval, or a date for what happens).
    #[serde(borrow)]
    pub(super) valid: Text<'a>,
    /// Further parts: `against`, `from`, `agreement`, `list` …
    #[serde(default, deserialize_with = "distinct")]
    #[serde(borrow)]
    pub(super) roles: BTreeMap<Text<'a>, Text<'a>>,
    /// `reported`, `inferred` or `derived`.
    #[schemars(extend("enum" = words(Basis::ALL, Basis::word)))]
    #[serde(borrow)]
    pub(super) basis: Text<'a>,
    /// The claims, at least one.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) claims: Vec<Box<ClaimDraft<'a>>>,
    /// A remark of the curator.
    #[serde(borrow)]
    pub(super) note: Option<Text<'a>>,
}

/// Something that happened.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EventDraft<'a> {
    /// Readable id, ending in the year or month.
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    /// What it is called.
    #[serde(borrow)]
    pub(super) name: Text<'a>,
    /// One of the vocabulary's `event_kinds`.
    #[serde(borrow)]
    pub(super) kind: Text<'a>,
    /// When (EDTF).
    #[serde(borrow)]
    pub(super) date: Text<'a>,
    /// Id of the place.
    #[serde(borrow)]
    pub(super) place: Option<Text<'a>>,
    /// Who took part.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) participants: Vec<ParticipantDraft<'a>>,
    /// Ids of relations that begin with it.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) opens: Vec<Text<'a>>,
    /// Ids of relations that end with it.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) closes: Vec<Text<'a>>,
    /// The claims, at least one.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) claims: Vec<Box<ClaimDraft<'a>>>,
    /// A remark of the curator.
    #[serde(borrow)]
    pub(super) note: Option<Text<'a>>,
}

/// An actor in an event.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ParticipantDraft<'a> {
    /// Id of the actor.
    #[serde(borrow)]
    pub(super) actor: Text<'a>,
    /// One of the vocabulary's `event_roles`.
    #[serde(borrow)]
    pub(super) role: Text<'a>,
}

/// One saying of one source.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClaimDraft<'a> {
    /// Id of the source.
    #[serde(borrow)]
    pub(super) source: Text<'a>,
    /// The place in it: `¶14`.
    #[serde(borrow)]
    pub(super) locator: Text<'a>,
    /// For (`supports`) or against (`disputes`, `denies`).
    #[schemars(extend("enum" = words(Stance::ALL, Stance::word)))]
    #[serde(borrow)]
    pub(super) stance: Text<'a>,
    /// How firmly.
    #[schemars(extend("enum" = words(Modality::ALL, Modality::word)))]
    #[serde(borrow)]
    pub(super) modality: Text<'a>,
    /// Who is said to say so, where it is not the source itself.
    #[serde(borrow)]
    pub(super) attributed_to: Option<AttributionDraft<'a>>,
    /// Admiralty credibility, 1–6; 6 means that it cannot be judged.
    #[schemars(range(min = 1, max = 6))]
    pub(super) credibility: u8,
    /// The dating this source gives, where it differs from the record's (EDTF).
    #[serde(borrow)]
    pub(super) valid: Option<Text<'a>>,
    /// The numbers it gives.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) figures: Vec<FigureDraft<'a>>,
    /// What it says, in our own words; never the source's sentences.
    #[serde(borrow)]
    pub(super) note: Text<'a>,
}

/// Who is said to say so.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributionDraft<'a> {
    /// Id of the actor who says so, when the data set has it.
    #[serde(borrow)]
    pub(super) actor: Option<Text<'a>>,
    /// How the source describes the speaker, in our words.
    #[serde(borrow)]
    pub(super) name: Option<Text<'a>>,
    /// Whether the source leaves the speaker without a name.
    #[serde(default)]
    pub(super) anonymous: bool,
}

/// A number that a source gives.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FigureDraft<'a> {
    /// What is counted.
    #[serde(borrow)]
    pub(super) what: Text<'a>,
    /// The number or range as written.
    #[serde(borrow)]
    pub(super) value: Text<'a>,
    /// `about`, `at least`, `at most`, `more than` …
    #[serde(borrow)]
    pub(super) qualifier: Option<Text<'a>>,
}

/// A kind of actor or event, or a part in an event.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct KindDraft<'a> {
    /// Its name: `armed_group`.
    #[serde(borrow)]
    pub(super) name: Text<'a>,
    /// What it is, in one sentence.
    #[serde(borrow)]
    pub(super) definition: Text<'a>,
    /// An example.
    #[serde(borrow)]
    pub(super) example: Option<Text<'a>>,
}

/// A set of actor kinds under one name.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct KindGroupDraft<'a> {
    /// Its name, in capitals: `ARMED`.
    #[serde(borrow)]
    pub(super) name: Text<'a>,
    /// The kinds.
    #[serde(borrow)]
    pub(super) kinds: Vec<Text<'a>>,
}

/// A type of relation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationTypeDraft<'a> {
    /// Its name: `shares_intelligence_with`.
    #[serde(borrow)]
    pub(super) name: Text<'a>,
    /// The same tie read from the object's side; its own name when symmetric.
    #[serde(borrow)]
    pub(super) inverse: Text<'a>,
    /// Whether it says the same from both ends.
    pub(super) symmetric: bool,
    /// What sort of tie it is.
    #[schemars(extend("enum" = words(Category::ALL, Category::word)))]
    #[serde(borrow)]
    pub(super) category: Text<'a>,
    /// 1 for, -1 against, 0 neither.
    #[schemars(range(min = -1, max = 1))]
    pub(super) polarity: i8,
    /// How much it counts in rankings and drawings, 1–3.
    #[schemars(range(min = 1, max = 3))]
    pub(super) weight: u8,
    /// `state` (lasts) or `event` (happens).
    #[schemars(extend("enum" = words(Temporality::ALL, Temporality::word)))]
    #[serde(borrow)]
    pub(super) kind: Text<'a>,
    /// For lineage: which end comes after the other, `subject` or `object`; none where neither does (a break).
    #[serde(borrow)]
    #[schemars(extend("enum" = words(Side::ALL, Side::word)))]
    pub(super) later: Option<Text<'a>>,
    /// Actor kinds, or groups of them, that its subject may have.
    #[serde(borrow)]
    pub(super) subjects: Vec<Text<'a>>,
    /// Actor kinds, or groups of them, that its object may have.
    #[serde(borrow)]
    pub(super) objects: Vec<Text<'a>>,
    /// What it means, in one sentence.
    #[serde(borrow)]
    pub(super) definition: Text<'a>,
    /// An example.
    #[serde(borrow)]
    pub(super) example: Text<'a>,
    /// How it reads between subject and object.
    #[serde(borrow)]
    pub(super) label: Text<'a>,
    /// How it reads between object and subject.
    #[serde(borrow)]
    pub(super) inverse_label: Text<'a>,
    /// Whether its two ends are one actor over time (needs `later`).
    #[serde(default)]
    pub(super) continues: bool,
}

/// A word for several relation types at once.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationGroupDraft<'a> {
    /// Its name: `allied-with`.
    #[serde(borrow)]
    pub(super) name: Text<'a>,
    /// Other words for it.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) words: Vec<Text<'a>>,
    /// Whole categories it stands for.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) categories: Vec<Text<'a>>,
    /// Further types it stands for.
    #[serde(default)]
    #[serde(borrow)]
    pub(super) types: Vec<Text<'a>>,
    /// What it means, in one sentence.
    #[serde(borrow)]
    pub(super) definition: Text<'a>,
}
