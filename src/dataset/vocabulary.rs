//! Checks what files declare of the vocabulary, over the shipped one.

use super::draft::{FileDraft, KindDraft, KindGroupDraft, List, RelationGroupDraft, RelationTypeDraft, Text};
use super::fault::{Fault, Place};
use super::shape::{listed, suggestion};
use crate::diagnostic::FileId;
use crate::model::{
    ActorKind, Category, EventKind, EventRole, KindGroup, KindId, Polarity, RelationGroup, RelationType, Side,
    Temporality, TypeId, Vocabulary,
};
use std::collections::BTreeMap;
use std::mem::take;

/// A declaration with its place; `None` for the shipped ones.
type Declared<T> = BTreeMap<String, (T, Option<Place<'static>>)>;

/// Every declaration by name, the shipped ones first and overridden by the files' own.
#[derive(Default)]
pub(super) struct Declarations<'a> {
    actor_kinds: Declared<KindDraft<'a>>,
    kind_groups: Declared<KindGroupDraft<'a>>,
    relation_types: Declared<RelationTypeDraft<'a>>,
    relation_groups: Declared<RelationGroupDraft<'a>>,
    event_kinds: Declared<KindDraft<'a>>,
    event_roles: Declared<KindDraft<'a>>,
}

/// The six lists of one file.
pub(super) struct Lists<'a> {
    pub(super) actor_kinds: List<KindDraft<'a>>,
    pub(super) kind_groups: List<KindGroupDraft<'a>>,
    pub(super) relation_types: List<RelationTypeDraft<'a>>,
    pub(super) relation_groups: List<RelationGroupDraft<'a>>,
    pub(super) event_kinds: List<KindDraft<'a>>,
    pub(super) event_roles: List<KindDraft<'a>>,
}

impl<'a> Lists<'a> {
    /// What a file declares, taken out of it.
    pub(super) fn taken_from(file: &mut FileDraft<'a>) -> Self {
        Self {
            actor_kinds: take(&mut file.actor_kinds),
            kind_groups: take(&mut file.kind_groups),
            relation_types: take(&mut file.relation_types),
            relation_groups: take(&mut file.relation_groups),
            event_kinds: take(&mut file.event_kinds),
            event_roles: take(&mut file.event_roles),
        }
    }
}

fn declare<T>(
    into: &mut Declared<T>,
    list: &'static str,
    drafts: List<T>,
    name: fn(&T) -> &str,
    file: Option<FileId>,
    faults: &mut Vec<Fault>,
) {
    for (index, draft) in drafts.0 {
        let place = file.map(|file| Place::record(file, list, index));
        let draft = *draft;
        let key = name(&draft).to_owned();
        if let (Some((_, Some(first))), Some(here)) = (into.get(&key), &place) {
            faults.push(
                Fault::error("duplicate-id", here.key("name"), format!("`{key}` is declared twice in `{list}`"))
                    .label("a second time")
                    .also(first.key("name"), "first here"),
            );
            continue;
        }
        into.insert(key, (draft, place));
    }
}

impl<'a> Declarations<'a> {
    /// Adds a file's lists; `file` is `None` for the shipped vocabulary.
    pub(super) fn add(&mut self, lists: Lists<'a>, file: Option<FileId>, faults: &mut Vec<Fault>) {
        declare(&mut self.actor_kinds, "actor_kinds", lists.actor_kinds, |d| &d.name, file, faults);
        declare(&mut self.kind_groups, "kind_groups", lists.kind_groups, |d| &d.name, file, faults);
        declare(&mut self.relation_types, "relation_types", lists.relation_types, |d| &d.name, file, faults);
        declare(&mut self.relation_groups, "relation_groups", lists.relation_groups, |d| &d.name, file, faults);
        declare(&mut self.event_kinds, "event_kinds", lists.event_kinds, |d| &d.name, file, faults);
        declare(&mut self.event_roles, "event_roles", lists.event_roles, |d| &d.name, file, faults);
    }

    /// Checks and numbers everything.
    pub(super) fn into_vocabulary(self, faults: &mut Vec<Fault>) -> Vocabulary {
        let nowhere = || Place::record(FileId(usize::MAX), "", 0);
        let mut vocabulary = Vocabulary::default();
        for (name, (draft, _)) in self.actor_kinds {
            vocabulary.actor_kinds.push(ActorKind {
                name: name.into(),
                definition: draft.definition.into(),
                example: draft.example.map(Into::into),
            });
        }
        for (name, (draft, _)) in self.event_kinds {
            vocabulary.event_kinds.push(EventKind { name: name.into(), definition: draft.definition.into() });
        }
        for (name, (draft, _)) in self.event_roles {
            vocabulary.event_roles.push(EventRole { name: name.into(), definition: draft.definition.into() });
        }
        for (name, (draft, place)) in self.kind_groups {
            let place = place.unwrap_or_else(nowhere);
            let kinds = kinds(&draft.kinds, &place.key("kinds"), &vocabulary, false, faults);
            vocabulary.kind_groups.push(KindGroup { name: name.into(), kinds });
        }
        let mut inverses = Inverses::default();
        for (name, (draft, place)) in &self.relation_types {
            let list = if place.is_some() { &mut inverses.own } else { &mut inverses.shipped };
            list.insert(name.clone(), draft.inverse.to_string());
        }
        for (name, (draft, place)) in self.relation_types {
            let place = place.unwrap_or_else(nowhere);
            relation_type(&name, draft, &place, &inverses, &mut vocabulary, faults);
        }
        for (name, (draft, place)) in self.relation_groups {
            let place = place.unwrap_or_else(nowhere);
            group(&name, draft, &place, &mut vocabulary, faults);
        }
        vocabulary
    }
}

/// The inverse of every relation type, by the type's name: the files' own, and the shipped ones that they leave as they are.
#[derive(Default)]
struct Inverses {
    own: BTreeMap<String, String>,
    shipped: BTreeMap<String, String>,
}

impl Inverses {
    fn has_type(&self, name: &str) -> bool {
        self.own.contains_key(name) || self.shipped.contains_key(name)
    }

    /// Another type with this inverse.
    fn other(&self, name: &str, inverse: &str) -> Option<&str> {
        let all = self.own.iter().chain(&self.shipped);
        all.filter(|(other, _)| *other != name).find(|(_, i)| *i == inverse).map(|(other, _)| other.as_str())
    }
}

fn kinds(
    words: &[Text<'_>],
    place: &Place<'_>,
    vocabulary: &Vocabulary,
    groups_too: bool,
    faults: &mut Vec<Fault>,
) -> Vec<KindId> {
    let mut all = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if let Some(kind) = vocabulary.kind_named(word) {
            all.push(kind);
        } else if let Some(group) = vocabulary.kind_groups.iter().find(|g| groups_too && *g.name == **word) {
            all.extend(&group.kinds);
        } else {
            let mut known: Vec<&str> = vocabulary.actor_kinds.iter().map(|k| &*k.name).collect();
            if groups_too {
                known.extend(vocabulary.kind_groups.iter().map(|g| &*g.name));
            }
            let mut fault = Fault::error("unknown-kind", place.item(index), format!("there is no actor kind `{word}`"))
                .label("not a kind");
            fault.help = suggestion(word, &known);
            faults.push(fault);
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn relation_type(
    name: &str,
    draft: RelationTypeDraft<'_>,
    place: &Place<'_>,
    inverses: &Inverses,
    vocabulary: &mut Vocabulary,
    faults: &mut Vec<Fault>,
) {
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        faults.push(
            Fault::error("bad-id", place.key("name"), format!("`{name}` is no name for a relation type"))
                .label("not a name")
                .help("use lower-case letters, digits and underscores: `allied_with`"),
        );
    }
    let category = Category::from_word(&draft.category);
    if category.is_none() {
        faults.push(unknown_word(
            place.key("category"),
            "category",
            &draft.category,
            &Category::ALL.iter().map(|c| c.word()).collect::<Vec<_>>(),
        ));
    }
    let temporality = Temporality::from_word(&draft.kind);
    if temporality.is_none() {
        faults.push(unknown_word(place.key("kind"), "kind of relation type", &draft.kind, &["state", "event"]));
    }
    let polarity = match draft.polarity {
        -1 => Some(Polarity::Negative),
        0 => Some(Polarity::Neutral),
        1 => Some(Polarity::Positive),
        other => {
            faults.push(
                Fault::error("bad-polarity", place.key("polarity"), format!("a polarity of {other} means nothing"))
                    .label("not a polarity")
                    .help("1 is for, -1 against, 0 neither"),
            );
            None
        }
    };
    if !(1..=3).contains(&draft.weight) {
        faults.push(Fault::error("bad-weight", place.key("weight"), "a weight is 1, 2 or 3").label("not a weight"));
    }
    if !inverses.own.contains_key(name) {
        // A shipped type is sound in itself; what clashes with it is told where the files say it.
    } else if let Some((other, _)) = inverses.shipped.iter().find(|(other, i)| *i == name && *other != name) {
        faults.push(
            Fault::error("bad-inverse", place.key("name"), format!("`{name}` is the inverse of `{other}`"))
                .label("the name of an inverse")
                .help(format!("use `{other}`, or another name")),
        );
    } else if draft.symmetric != (*draft.inverse == *name) {
        let help = if draft.symmetric {
            format!("a symmetric type reads the same from both ends: its inverse is `{name}`")
        } else {
            "a directed type needs another name for its inverse, or `symmetric: true`".to_owned()
        };
        faults.push(
            Fault::error("bad-inverse", place.key("inverse"), "the inverse does not fit `symmetric`")
                .label("does not fit")
                .help(help),
        );
    } else if !draft.symmetric && (draft.inverse.is_empty() || inverses.has_type(&draft.inverse)) {
        faults.push(
            Fault::error("bad-inverse", place.key("inverse"), format!("`{}` cannot be an inverse", draft.inverse))
                .label(if draft.inverse.is_empty() { "empty" } else { "a type of its own" }),
        );
    } else if let Some(other) = inverses.other(name, &draft.inverse) {
        faults.push(
            Fault::error("bad-inverse", place.key("inverse"), format!("`{other}` has the same inverse"))
                .label("used twice"),
        );
    }
    let subjects = kinds(&draft.subjects, &place.key("subjects"), vocabulary, true, faults);
    let objects = kinds(&draft.objects, &place.key("objects"), vocabulary, true, faults);
    for (ends, key) in [(&subjects, "subjects"), (&objects, "objects")] {
        if ends.is_empty() && faults.last().is_none_or(|f| f.code != "unknown-kind") {
            faults.push(Fault::error("no-kinds", place.key(key), format!("`{name}` allows no kind here")));
        }
    }
    let later = draft.later.as_deref().and_then(|word| {
        let side = Side::from_word(word);
        if side.is_none() {
            faults.push(unknown_word(place.key("later"), "end of a relation", word, &["subject", "object"]));
        }
        side
    });
    if draft.continues && draft.later.is_none() {
        faults.push(
            Fault::error(
                "no-order",
                place.key("continues"),
                format!("`{name}` continues an actor, and does not say which end is the later"),
            )
            .label("which of the two?")
            .help("add `\"later\": \"subject\"` or `\"later\": \"object\"`"),
        );
    }
    vocabulary.relation_types.push(RelationType {
        name: name.into(),
        inverse: draft.inverse.into(),
        symmetric: draft.symmetric,
        category: category.unwrap_or(Category::Stance),
        polarity: polarity.unwrap_or(Polarity::Neutral),
        weight: draft.weight,
        temporality: temporality.unwrap_or(Temporality::State),
        subjects,
        objects,
        definition: draft.definition.into(),
        example: draft.example.into(),
        label: draft.label.into(),
        inverse_label: draft.inverse_label.into(),
        later,
        continues: draft.continues,
    });
}

fn group(
    name: &str,
    draft: RelationGroupDraft<'_>,
    place: &Place<'_>,
    vocabulary: &mut Vocabulary,
    faults: &mut Vec<Fault>,
) {
    let mut types: Vec<TypeId> = Vec::new();
    for (index, word) in draft.categories.iter().enumerate() {
        match Category::from_word(word) {
            Some(category) => types.extend(vocabulary.types_of(category)),
            None => faults.push(unknown_word(
                place.key("categories").item(index),
                "category",
                word,
                &Category::ALL.iter().map(|c| c.word()).collect::<Vec<_>>(),
            )),
        }
    }
    for (index, word) in draft.types.iter().enumerate() {
        match vocabulary.type_named(word) {
            Some(id) => types.push(id),
            None => {
                let known: Vec<&str> = vocabulary.relation_types.iter().map(|t| &*t.name).collect();
                let mut fault = Fault::error(
                    "unknown-type",
                    place.key("types").item(index),
                    format!("there is no relation type `{word}`"),
                )
                .label("not a relation type");
                fault.help = suggestion(word, &known);
                faults.push(fault);
            }
        }
    }
    types.sort_unstable();
    types.dedup();
    vocabulary.relation_groups.push(RelationGroup {
        name: name.into(),
        words: draft.words.into_iter().map(Into::into).collect(),
        types,
        definition: draft.definition.into(),
    });
}

/// A word that is none of a closed list.
pub(super) fn unknown_word(place: Place<'_>, what: &str, word: &str, known: &[&str]) -> Fault {
    let near = super::shape::near(word, known);
    let help = match near {
        Some(near) => format!("did you mean `{near}`? allowed here: {}", listed(known)),
        None => format!("allowed here: {}", listed(known)),
    };
    Fault::error("unknown-word", place, format!("`{word}` is no {what}"))
        .label(format!("not {}", super::check::an(what)))
        .help(help)
}

/// A date for records whose own was refused, so that the check can go on; no graph is built of them.
pub(super) fn placeholder_date() -> crate::time::Dated {
    crate::time::Dated::parse("1970").unwrap_or_else(|_| unreachable!("1970 is a year"))
}
