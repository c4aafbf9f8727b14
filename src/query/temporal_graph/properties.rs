//! The properties of nodes and relations: flat, and as in the records.
//!
//! Of a relation `valid`, `since`, `until`, `status`, `modality` and `last_attested` are those of the claims that count in the slice.

use super::words::SUGGESTIONS;
use super::{QueryGraph, Record};
use crate::model::{Actor, Event, Participant, Relation, RelationId, Source};
use crate::names::nearest;
use crate::query::graph::{Entity, KeyId, Owner, SliceId, Term};
use crate::query::value::{Map, Value};
use crate::time::{Dated, End};

/// Classes of what has properties, as bits.
const ACTOR: u8 = 1;
const EVENT: u8 = 1 << 1;
const SOURCE: u8 = 1 << 2;
const RELATION: u8 = 1 << 3;
const LINK: u8 = 1 << 4;

macro_rules! properties {
    ($($variant:ident = $name:literal, $classes:expr;)+) => {
        /// A property that is not an id elsewhere.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Property { $($variant),+ }

        /// Every property with its name and the classes that have it, in the order in which they are told.
        const PROPERTIES: &[(Property, &str, u8)] = &[$((Property::$variant, $name, $classes)),+];
    };
}

properties! {
    Id = "id", ACTOR | EVENT | SOURCE | RELATION;
    Name = "name", ACTOR | EVENT;
    Title = "title", SOURCE;
    Kind = "kind", ACTOR | EVENT | SOURCE;
    Names = "names", ACTOR | SOURCE;
    Exists = "exists", ACTOR;
    Traits = "traits", ACTOR;
    Summary = "summary", ACTOR;
    Type = "type", RELATION | LINK;
    Subject = "subject", RELATION;
    Object = "object", RELATION;
    Valid = "valid", RELATION;
    Since = "since", RELATION;
    Until = "until", RELATION;
    Category = "category", RELATION;
    Polarity = "polarity", RELATION;
    Weight = "weight", RELATION;
    Temporality = "temporality", RELATION;
    Basis = "basis", RELATION;
    Date = "date", EVENT;
    Place = "place", EVENT;
    Participants = "participants", EVENT;
    Opens = "opens", EVENT;
    Closes = "closes", EVENT;
    Status = "status", RELATION | EVENT;
    Modality = "modality", RELATION | EVENT;
    LastAttested = "last_attested", RELATION;
    Roles = "roles", RELATION;
    Role = "role", LINK;
    Note = "note", RELATION | EVENT;
    Author = "author", SOURCE;
    Publisher = "publisher", SOURCE;
    Published = "published", SOURCE;
    Url = "url", SOURCE;
    Reliability = "reliability", SOURCE;
    Paragraphs = "paragraphs", SOURCE;
}

/// The keys by which nodes are found without a scan.
pub(super) fn seekable(key: KeyId) -> Option<Property> {
    let (property, ..) = PROPERTIES.get(key.0 as usize)?;
    matches!(property, Property::Id | Property::Name).then_some(*property)
}

impl<'g> QueryGraph<'g> {
    /// The key of a name among the properties that the owner may have.
    pub(super) fn find_key(&self, name: &str, owner: Owner) -> Term<KeyId> {
        let classes = self.classes_of(owner);
        if let Some(at) = PROPERTIES.iter().position(|(_, known, of)| *known == name && of & classes != 0) {
            return Term::Known(KeyId(at as u32));
        }
        if classes & ACTOR != 0
            && let Some(at) = self.registers().iter().position(|register| **register == *name)
        {
            return Term::Known(KeyId((PROPERTIES.len() + at) as u32));
        }
        // What may as well be a map may have any key.
        if owner == Owner::Unknown {
            return Term::Absent;
        }
        let all = self.property_names(classes);
        let near = nearest(name, all.iter().copied(), SUGGESTIONS);
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Term::Unknown { near: owned(&near), all: owned(&all) }
    }

    /// The names of the properties that the owner may have, in order.
    #[must_use]
    pub fn property_names_of(&self, owner: Owner) -> Vec<&str> {
        self.property_names(self.classes_of(owner))
    }

    fn property_names(&self, classes: u8) -> Vec<&str> {
        let registers = if classes & ACTOR == 0 { &[] } else { self.registers() };
        let own = PROPERTIES.iter().filter(|(.., of)| of & classes != 0).map(|(_, name, _)| *name);
        own.chain(registers.iter().copied()).collect()
    }

    fn classes_of(&self, owner: Owner) -> u8 {
        match owner {
            Owner::Node => ACTOR | EVENT | SOURCE,
            Owner::Relation => RELATION | LINK,
            Owner::Unknown => u8::MAX,
            Owner::Labelled(label) => match label {
                super::words::ACTOR => ACTOR,
                super::words::EVENT => EVENT,
                super::words::SOURCE => SOURCE,
                label => self.words.labels.get(label.0 as usize).map_or(u8::MAX, |label| {
                    let bit = |has: bool, class: u8| if has { class } else { 0 };
                    bit(label.actors.contains(&true), ACTOR)
                        | bit(label.events.contains(&true), EVENT)
                        | bit(label.sources, SOURCE)
                }),
            },
        }
    }

    /// The registers in which actors have ids, by name; each is a property of actors unless a property is called so.
    fn registers(&self) -> &[&'g str] {
        self.registers.get_or_init(|| {
            let ids =
                self.graph.actors().flat_map(|(_, actor)| actor.external_ids.iter().map(|(register, _)| &**register));
            let mut all: Vec<&str> = ids.filter(|r| !PROPERTIES.iter().any(|(_, name, _)| name == r)).collect();
            all.sort_unstable();
            all.dedup();
            all
        })
    }

    pub(super) fn property_of_key(&self, slice: SliceId, entity: Entity, key: KeyId) -> Value {
        let at = key.0 as usize;
        match PROPERTIES.get(at) {
            Some((property, ..)) => self.property_of(slice, entity, *property),
            None => self.registers().get(at - PROPERTIES.len()).map_or(Value::Null, |r| self.external_id(entity, r)),
        }
    }

    pub(super) fn property_of_name(&self, slice: SliceId, entity: Entity, name: &str) -> Value {
        match PROPERTIES.iter().find(|(_, known, _)| *known == name) {
            Some((property, ..)) => self.property_of(slice, entity, *property),
            None => self.external_id(entity, name),
        }
    }

    pub(super) fn all_properties(&self, slice: SliceId, entity: Entity) -> Map {
        let class = match self.record(entity) {
            Some(Record::Actor(_)) => ACTOR,
            Some(Record::Event(_)) => EVENT,
            Some(Record::Source(_)) => SOURCE,
            Some(Record::Relation(_)) => RELATION,
            Some(Record::Link(_)) => LINK,
            None => 0,
        };
        let own = PROPERTIES.iter().filter(|(.., of)| of & class != 0);
        let mut map: Map = own
            .map(|(property, name, _)| (*name, self.property_of(slice, entity, *property)))
            .filter(|(_, value)| !value.is_null())
            .collect();
        if class == ACTOR {
            for register in self.registers() {
                let id = self.external_id(entity, register);
                if !id.is_null() {
                    map.insert(*register, id);
                }
            }
        }
        map
    }

    fn external_id(&self, entity: Entity, register: &str) -> Value {
        let Some(Record::Actor(id)) = self.record(entity) else { return Value::Null };
        let mut ids = self.graph.actor(id).external_ids.iter();
        ids.find(|(known, _)| **known == *register).map_or(Value::Null, |(_, id)| Value::text(id))
    }

    fn property_of(&self, slice: SliceId, entity: Entity, property: Property) -> Value {
        match self.record(entity) {
            Some(Record::Actor(id)) => self.of_actor(self.graph.actor(id), property),
            Some(Record::Event(id)) => match property {
                Property::Status | Property::Modality => {
                    self.event_standing(slice, id).map_or(Value::Null, |(s, m)| {
                        Value::text(if property == Property::Status { s.word() } else { m.word() })
                    })
                }
                _ => self.of_event(self.graph.event(id), property),
            },
            Some(Record::Source(id)) => of_source(self.graph.source(id), property),
            Some(Record::Relation(id)) => self.of_relation(slice, id, property),
            Some(Record::Link(link)) => {
                let role = link.kind.checked_sub(self.words.relation_types).map(|role| role as usize);
                let roles = &self.graph.vocabulary().event_roles;
                match (property, role.and_then(|role| roles.get(role))) {
                    (Property::Role | Property::Type, Some(role)) => Value::text(&role.name),
                    (Property::Type, None) if link.kind == self.words.in_place() => Value::text("in_place"),
                    (Property::Type, None) => Value::text("derived_from"),
                    _ => Value::Null,
                }
            }
            None => Value::Null,
        }
    }

    fn of_actor(&self, actor: &Actor, property: Property) -> Value {
        match property {
            Property::Id => Value::text(&actor.slug),
            Property::Name => Value::text(&actor.name),
            Property::Kind => {
                let kind = self.graph.vocabulary().actor_kinds.get(actor.kind.index());
                kind.map_or(Value::Null, |kind| Value::text(&kind.name))
            }
            Property::Names => texts(actor.names.iter().map(|name| &*name.text)),
            Property::Exists => actor.exists.as_ref().map_or(Value::Null, |exists| Value::text(exists.text())),
            Property::Traits => texts(actor.traits.iter().map(|word| &**word)),
            Property::Summary => optional(actor.summary.as_deref()),
            _ => Value::Null,
        }
    }

    fn of_event(&self, event: &Event, property: Property) -> Value {
        let graph = self.graph;
        match property {
            Property::Id => Value::text(&event.slug),
            Property::Name => Value::text(&event.name),
            Property::Kind => Value::text(&graph.vocabulary().event_kind(event.kind).name),
            Property::Date => Value::text(event.date.text()),
            Property::Place => event.place.map_or(Value::Null, |place| Value::text(&graph.actor(place).slug)),
            Property::Participants => {
                texts(event.participants.iter().map(|Participant { actor, .. }| &*graph.actor(*actor).slug))
            }
            Property::Opens => texts(event.opens.iter().map(|id| &*graph.relation(*id).slug)),
            Property::Closes => texts(event.closes.iter().map(|id| &*graph.relation(*id).slug)),
            Property::Note => optional(event.note.as_deref()),
            _ => Value::Null,
        }
    }

    fn of_relation(&self, slice: SliceId, id: RelationId, property: Property) -> Value {
        let (graph, relation) = (self.graph, self.graph.relation(id));
        let view = &self.sliced(slice).view;
        let kind = graph.vocabulary().relation_type(relation.kind);
        match property {
            Property::Id => Value::text(&relation.slug),
            Property::Type => Value::text(&kind.name),
            Property::Subject => Value::text(&graph.actor(relation.subject).slug),
            Property::Object => Value::text(&graph.actor(relation.object).slug),
            Property::Valid => Value::text(view.dated(id).text()),
            Property::Since => end_of(view.dated(id), Dated::start, Dated::start_text),
            Property::Until => end_of(view.dated(id), Dated::end, Dated::end_text),
            Property::Category => Value::text(kind.category.word()),
            Property::Polarity => Value::Integer(kind.polarity.number().into()),
            Property::Weight => Value::Integer(kind.weight.into()),
            Property::Temporality => Value::text(kind.temporality.word()),
            Property::Basis => Value::text(relation.basis.word()),
            Property::Status => Value::text(view.standing(id).status.word()),
            Property::Modality => Value::text(view.standing(id).modality.word()),
            Property::LastAttested => {
                let day = view.standing(id).last_attested.filter(|day| day.is_bounded());
                day.map_or(Value::Null, Value::Date)
            }
            Property::Roles => roles(relation),
            Property::Note => optional(relation.note.as_deref()),
            _ => Value::Null,
        }
    }
}

fn of_source(source: &Source, property: Property) -> Value {
    match property {
        Property::Id => Value::text(&source.slug),
        Property::Title => Value::text(&source.title),
        Property::Kind => Value::text(source.kind.word()),
        Property::Names => texts(source.names.iter().map(|name| &**name)),
        Property::Author => optional(source.author.as_deref()),
        Property::Publisher => optional(source.publisher.as_deref()),
        Property::Published => Value::text(source.published.text()),
        Property::Url => optional(source.url.as_deref()),
        Property::Reliability => Value::text(source.reliability.word()),
        Property::Paragraphs => source.paragraphs.map_or(Value::Null, |count| Value::Integer(count.into())),
        _ => Value::Null,
    }
}

/// The further parts of a relation as a map; a part that is there several times as a list.
fn roles(relation: &Relation) -> Value {
    let mut map = Map::new();
    for role in &relation.roles {
        let value = Value::text(&role.value);
        let value = match map.get(&role.name) {
            None => value,
            Some(Value::List(others)) => Value::list(others.iter().cloned().chain([value]).collect()),
            Some(other) => Value::list(vec![other.clone(), value]),
        };
        map.insert(&*role.name, value);
    }
    Value::map(map)
}

/// The text of an end; null where it is open or not recorded.
fn end_of(dated: &Dated, end: fn(&Dated) -> End, text: fn(&Dated) -> &str) -> Value {
    match end(dated) {
        End::Known(_) => Value::text(text(dated)),
        End::Open | End::Unknown => Value::Null,
    }
}

fn optional(text: Option<&str>) -> Value {
    text.map_or(Value::Null, Value::text)
}

fn texts<'a>(texts: impl Iterator<Item = &'a str>) -> Value {
    Value::list(texts.map(Value::text).collect())
}
