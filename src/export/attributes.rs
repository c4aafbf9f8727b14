//! What an actor and a relation carry, flat: the same fields, in one order, for every format of nodes and edges.
//!
//! A field is a name (the word of records, JSON and the query language), a type, and how it is read off the contents of a view. Formats that
//! have a place of their own for a field (an id, a label, an end) use that and leave the field out of the list. Deliberately absent: events and
//! sources, which only some formats can hold.
//!
//! `possible_from` … `possible_until` are the days on which a relation possibly holds, `certain_from` … `certain_until` those on which it certainly does, by
//! its dates, the lives of both ends and what its claims come to (`status`, `modality`). Both ends are included. A missing `possible_…` has no limit; without
//! `certain_…` it holds certainly on no single day, though it may within a longer time ("on some day of 2016").

use super::Contents;
use crate::model::{ActorId, Claim, Grade, RelationId, TypeId};
use crate::time::{Dated, Day, End, Extent};
use std::collections::BTreeMap;

/// The type of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text.
    Text,
    /// Some texts, in an order.
    List,
    /// A whole number.
    Number,
    /// True or false.
    Flag,
    /// A day of the calendar.
    Day,
}

/// The value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    List(Vec<String>),
    Number(i64),
    Flag(bool),
    Day(Day),
}

impl Value {
    /// The value as one text: a list with ` | ` between its items, as Darwin Core recommends; a bar or backslash of an item after a backslash.
    pub(super) fn flat(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(items) => {
                let items: Vec<String> =
                    items.iter().map(|item| item.replace('\\', "\\\\").replace('|', "\\|")).collect();
                items.join(" | ")
            }
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// A field of actors or relations.
#[derive(Debug)]
pub(super) struct Field<Id> {
    /// The word of the field.
    pub(super) name: &'static str,
    /// Its type.
    pub(super) kind: Kind,
    read: fn(&Contents<'_, '_>, Id) -> Option<Value>,
}

impl<Id: Copy> Field<Id> {
    /// The value of the field, where there is one. Empty texts and lists are none.
    pub(super) fn of(&self, contents: &Contents<'_, '_>, id: Id) -> Option<Value> {
        (self.read)(contents, id).filter(|value| match value {
            Value::Text(text) => !text.is_empty(),
            Value::List(items) => !items.is_empty(),
            Value::Number(_) | Value::Flag(_) => true,
            Value::Day(day) => day.is_bounded(),
        })
    }
}

/// The fields of a list but for those that the format has another place for.
pub(super) fn besides<Id>(
    fields: &'static [Field<Id>],
    taken: &'static [&'static str],
) -> impl Iterator<Item = &'static Field<Id>> {
    fields.iter().filter(move |field| !taken.contains(&field.name))
}

const fn field<Id>(name: &'static str, kind: Kind, read: fn(&Contents<'_, '_>, Id) -> Option<Value>) -> Field<Id> {
    Field { name, kind, read }
}

/// The fields of actors.
pub(super) const ACTOR: &[Field<ActorId>] = &[
    field("id", Kind::Text, |c, id| text(&c.actor(id).slug)),
    // The name in force in the days of the view.
    field("name", Kind::Text, |c, id| text(c.name(id))),
    field("kind", Kind::Text, |c, id| text(c.kind(id))),
    // The others, the main one first where another is in force.
    field("names", Kind::List, |c, id| list(other_names(c, id))),
    field("exists", Kind::Text, |c, id| c.actor(id).exists.as_ref().and_then(|exists| text(exists.text()))),
    field("possible_from", Kind::Day, |c, id| day(life(c, id)?.start.earliest)),
    field("certain_from", Kind::Day, |c, id| day(certain_days(life(c, id)?)?.0)),
    field("certain_until", Kind::Day, |c, id| day(certain_days(life(c, id)?)?.1)),
    field("possible_until", Kind::Day, |c, id| day(life(c, id)?.end.latest)),
    field("traits", Kind::List, |c, id| list(owned(&c.actor(id).traits))),
    field("summary", Kind::Text, |c, id| c.actor(id).summary.as_deref().and_then(text)),
    // `wikidata:Q42`
    field("external_ids", Kind::List, |c, id| {
        list(c.actor(id).external_ids.iter().map(|(register, id)| format!("{register}:{id}")).collect())
    }),
    field("sources", Kind::List, |c, id| list(sources(c, &c.actor(id).claims))),
    field("citations", Kind::List, |c, id| list(c.citations(&c.actor(id).claims))),
    field("claims", Kind::List, |c, id| list(claims(c, &c.actor(id).claims))),
];

/// The fields of relations.
pub(super) const RELATION: &[Field<RelationId>] = &[
    field("id", Kind::Text, |c, id| text(&c.relation(id).slug)),
    field("subject", Kind::Text, |c, id| text(&c.actor(c.relation(id).subject).slug)),
    field("object", Kind::Text, |c, id| text(&c.actor(c.relation(id).object).slug)),
    field("type", Kind::Text, |c, id| text(&c.relation_type(id).name)),
    // How it reads between subject and object.
    field("label", Kind::Text, |c, id| text(&c.relation_type(id).label)),
    field("category", Kind::Text, |c, id| text(c.relation_type(id).category.word())),
    field("polarity", Kind::Number, |c, id| Some(Value::Number(c.relation_type(id).polarity.number().into()))),
    field("weight", Kind::Number, |c, id| Some(Value::Number(c.relation_type(id).weight.into()))),
    // Whether it says the same from both ends, so that the arrow means nothing.
    field("symmetric", Kind::Flag, |c, id| Some(Value::Flag(c.relation_type(id).symmetric))),
    field("temporality", Kind::Text, |c, id| text(c.relation_type(id).temporality.word())),
    field("valid", Kind::Text, |c, id| text(c.dated(id).text())),
    field("since", Kind::Text, |c, id| end(c.dated(id).start(), c.dated(id), Dated::start_text)),
    field("until", Kind::Text, |c, id| end(c.dated(id).end(), c.dated(id), Dated::end_text)),
    field("possible_from", Kind::Day, |c, id| day(extent(c, id).start.earliest)),
    field("certain_from", Kind::Day, |c, id| day(certain_days(extent(c, id))?.0)),
    field("certain_until", Kind::Day, |c, id| day(certain_days(extent(c, id))?.1)),
    field("possible_until", Kind::Day, |c, id| day(extent(c, id).end.latest)),
    // Over the days of the view.
    field("holds", Kind::Text, |c, id| text(c.view.holds(id).word())),
    field("status", Kind::Text, |c, id| text(c.view.standing(id).status.word())),
    field("modality", Kind::Text, |c, id| text(c.view.standing(id).modality.word())),
    field("last_attested", Kind::Day, |c, id| c.view.standing(id).last_attested.and_then(day)),
    field("basis", Kind::Text, |c, id| text(c.relation(id).basis.word())),
    // `against=isis`
    field("roles", Kind::List, |c, id| {
        list(c.relation(id).roles.iter().map(|role| format!("{}={}", role.name, role.value)).collect())
    }),
    field("sources", Kind::List, |c, id| list(sources(c, &c.relation(id).claims))),
    field("citations", Kind::List, |c, id| list(c.citations(&c.relation(id).claims))),
    field("grades", Kind::List, |c, id| list(grades(c, &c.relation(id).claims))),
    field("claims", Kind::List, |c, id| list(claims(c, &c.relation(id).claims))),
    field("note", Kind::Text, |c, id| c.relation(id).note.as_deref().and_then(text)),
];

fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

// Options, because that is what fields are read as.
#[expect(clippy::unnecessary_wraps, reason = "what a field is read as")]
fn list(items: Vec<String>) -> Option<Value> {
    Some(Value::List(items))
}

fn owned(words: &[Box<str>]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

#[expect(clippy::unnecessary_wraps, reason = "what a field is read as")]
fn day(day: Day) -> Option<Value> {
    Some(Value::Day(day))
}

/// The text of an end; none where it is open or not recorded.
fn end(end: End, dated: &Dated, read: fn(&Dated) -> &str) -> Option<Value> {
    match end {
        End::Known(_) => text(read(dated)),
        End::Open | End::Unknown => None,
    }
}

/// The life of an actor, where one is recorded.
fn life(contents: &Contents<'_, '_>, id: ActorId) -> Option<Extent> {
    contents.actor(id).exists.as_ref().map(|_| contents.view.graph().life(id))
}

/// When a relation holds, dates and claims taken together.
fn extent(contents: &Contents<'_, '_>, id: RelationId) -> Extent {
    contents.view.standing(id).extent()
}

/// The days on which an extent certainly holds, where there are any.
pub(super) fn certain_days(extent: Extent) -> Option<(Day, Day)> {
    (extent.start.latest <= extent.end.earliest).then_some((extent.start.latest, extent.end.earliest))
}

/// The names of an actor besides the one shown, each once.
fn other_names(contents: &Contents<'_, '_>, id: ActorId) -> Vec<String> {
    let (actor, shown) = (contents.actor(id), contents.name(id));
    let mut names: Vec<String> = Vec::new();
    for name in std::iter::once(&*actor.name).chain(actor.names.iter().map(|name| &*name.text)) {
        if name != shown && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The ids of the sources whose claims count, by id.
fn sources(contents: &Contents<'_, '_>, claims: &[Claim]) -> Vec<String> {
    let graph = contents.view.graph();
    let mut ids: Vec<String> =
        contents.view.kept_claims(claims).map(|claim| graph.source(claim.source).slug.to_string()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// How good a claim is: `B2`.
pub(super) fn grade(contents: &Contents<'_, '_>, claim: &Claim) -> Grade {
    let reliability = contents.view.graph().source(claim.source).reliability;
    Grade { reliability, credibility: claim.credibility }
}

/// The grades of the claims that count, best first, each once.
fn grades(contents: &Contents<'_, '_>, claims: &[Claim]) -> Vec<String> {
    let mut all: Vec<Grade> = contents.view.kept_claims(claims).map(|claim| grade(contents, claim)).collect();
    all.sort();
    all.dedup();
    all.iter().map(ToString::to_string).collect()
}

/// The claims that count, one a text: `wapo-2025-01 ¶14 (supports, reported, B2, by a US official, dates it 2024-12): what it says`.
fn claims(contents: &Contents<'_, '_>, claims: &[Claim]) -> Vec<String> {
    contents.view.kept_claims(claims).map(|claim| claim_in_words(contents, claim)).collect()
}

/// A claim as one text.
pub(super) fn claim_in_words(contents: &Contents<'_, '_>, claim: &Claim) -> String {
    let mut about =
        vec![claim.stance.word().to_owned(), claim.modality.word().to_owned(), grade(contents, claim).to_string()];
    if let Some(by) = &claim.attributed_to {
        let actor = by.actor.map(|id| &*contents.actor(id).name);
        match actor.or(by.name.as_deref()) {
            Some(name) if by.anonymous => about.push(format!("by {name}, not named")),
            Some(name) => about.push(format!("by {name}")),
            None => about.push("by people not named".to_owned()),
        }
    }
    if let Some(valid) = &claim.valid {
        about.push(format!("dates it {valid}"));
    }
    for figure in &claim.figures {
        let qualifier = figure.qualifier.as_deref().map(|word| format!("{word} ")).unwrap_or_default();
        about.push(format!("{}: {qualifier}{}", figure.what, figure.value));
    }
    format!("{} ({}): {}", contents.citation(claim), about.join(", "), claim.note)
}

/// For each relation the name of its type, numbered from the second on where a pair has several of one type (`attacks`, `attacks-2`): tools that
/// merge parallel edges of one kind keep them all.
pub(super) fn strands(contents: &Contents<'_, '_>) -> Vec<String> {
    let mut seen: BTreeMap<(ActorId, TypeId, ActorId), usize> = BTreeMap::new();
    let name = |id: &RelationId| {
        let relation = contents.relation(*id);
        let count = seen.entry((relation.subject, relation.kind, relation.object)).or_default();
        *count += 1;
        let name = &contents.relation_type(*id).name;
        if *count == 1 { name.to_string() } else { format!("{name}-{count}") }
    };
    contents.relations.iter().map(name).collect()
}
