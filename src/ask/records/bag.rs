//! What a record tells in words, from what it is called down to the remarks of its claims.

use super::actors::names;
use super::deed::Called;
use super::words::{Strength, Tally, Words, content, tokens};
use crate::model::{Claim, Event, Modality, Relation, RelationType, Stance};
use crate::question::Lens;
use std::collections::BTreeSet;

/// Parts in an event that say by themselves what someone did or suffered, with words for it.
const TELLING_ROLES: &[(&str, &[&str])] =
    &[("host", &["host", "refuge"]), ("mediator", MEDIATING), ("victim", &["victim"])];

/// Words for bringing others together.
pub(super) const MEDIATING: &[&str] = &["mediator", "mediate", "broker", "arrange", "behind"];

/// Parts that say so in passing.
const PASSING_ROLES: &[&str] = &["beneficiary", "recipient"];

/// Accounts for the words of a question by an event; `None` when they are not all in it. `is_narrow` when several actors are named.
pub(super) fn of_event<'w, 'c>(
    lens: &Lens<'_>,
    words: &'w Words<'c>,
    is_narrow: bool,
    event: &Event,
    called: &Called,
    claims: &[&Claim],
) -> Option<Tally<'w, 'c>> {
    let vocabulary = lens.graph.vocabulary();
    let kind = vocabulary.event_kind(event.kind);
    let mut tally = words.tally();
    tally.read_tokens(&called.words[..called.head], Strength::Strong);
    tally.read_tokens(&called.words[called.head..], Strength::Named);
    called.kind.iter().for_each(|word| tally.read_tokens(std::slice::from_ref(word), Strength::Strong));
    read_figures(&mut tally, claims);
    for participant in &event.participants {
        let role = &*vocabulary.event_role(participant.role).name;
        if let Some((_, telling)) = TELLING_ROLES.iter().find(|(name, _)| *name == role) {
            telling.iter().for_each(|word| tally.read(word, Strength::Strong));
        } else if PASSING_ROLES.contains(&role) {
            tally.read(role, Strength::Named);
        }
    }
    if words.len() > 0 && tally.count(Strength::Strong) == 0 {
        return None;
    }
    for actor in event.participants.iter().map(|participant| participant.actor).chain(event.place) {
        names(lens.graph, actor).for_each(|name| tally.read(name, Strength::Named));
    }
    tally.read(&kind.definition, Strength::Weak);
    read_notes(&mut tally, claims);
    (words.len() == 0 || tally.is_complete(is_narrow)).then_some(tally)
}

/// How the words of a question lie to a relation.
pub(super) struct Told<'w, 'c> {
    /// The words it accounts for.
    pub(super) tally: Tally<'w, 'c>,
    /// The words speak from the object's side: "received from".
    pub(super) is_turned: bool,
    /// A word is in what the tie is called, not only in its further parts and figures.
    pub(super) is_called: bool,
    /// How many content words of what the tie is called are met, and how many there are.
    pub(super) share: (usize, usize),
}

/// Accounts for the words of a question by a relation; `None` when they are not all in it. `is_narrow` when several actors are named.
pub(super) fn of_relation<'w, 'c>(
    lens: &Lens<'_>,
    words: &'w Words<'c>,
    is_narrow: bool,
    relation: &Relation,
    claims: &[&Claim],
) -> Option<Told<'w, 'c>> {
    let kind = lens.graph.vocabulary().relation_type(relation.kind);
    let (forward, backward) = called(words, kind);
    let mut tally = forward.clone();
    tally.read(&kind.inverse, Strength::Strong);
    tally.read(&kind.inverse_label, Strength::Strong);
    let is_called = tally.count(Strength::Strong) > 0;
    for role in &relation.roles {
        tally.read(&role.name, Strength::Named);
        match role.actor {
            Some(actor) => names(lens.graph, actor).for_each(|name| tally.read(name, Strength::Named)),
            None => tally.read(&role.value, Strength::Strong),
        }
    }
    read_figures(&mut tally, claims);
    if words.len() > 0 && tally.count(Strength::Strong) == 0 {
        return None;
    }
    for actor in [relation.subject, relation.object] {
        names(lens.graph, actor).for_each(|name| tally.read(name, Strength::Named));
    }
    tally.read(&kind.definition, Strength::Weak);
    read_notes(&mut tally, claims);
    let is_turned = backward.beyond(&forward) > 0 && forward.beyond(&backward) == 0;
    let label = if is_turned { &kind.inverse_label } else { &kind.label };
    let concepts = content(words, &tokens(label), &BTreeSet::new());
    let share = (concepts.iter().filter(|concept| words.mean_concept(concept)).count(), concepts.len());
    (words.len() == 0 || tally.is_complete(is_narrow)).then_some(Told { tally, is_turned, is_called, share })
}

/// Whether a word of the question is in what a relation of this type may be called.
pub(super) fn may_be_called(words: &Words<'_>, kind: &RelationType) -> bool {
    words.meet([&*kind.name, &*kind.label, &*kind.inverse, &*kind.inverse_label])
}

/// Whether a word of the question is in figures or in further parts told in words.
pub(super) fn is_in_parts(words: &Words<'_>, relation: &Relation) -> bool {
    let figures =
        relation.claims.iter().flat_map(|claim| &claim.figures).flat_map(|figure| [&*figure.what, &*figure.value]);
    words.meet(figures)
        || words.meet(relation.roles.iter().filter(|role| role.actor.is_none()).map(|role| &*role.value))
}

/// Whether a word of the question is in what an event is called, its figures or its parts; its kind aside.
pub(super) fn is_in_event(lens: &Lens<'_>, words: &Words<'_>, event: &Event) -> bool {
    let figures =
        event.claims.iter().flat_map(|claim| &claim.figures).flat_map(|figure| [&*figure.what, &*figure.value]);
    let role = |role| &*lens.graph.vocabulary().event_role(role).name;
    let roles = event.participants.iter().filter_map(|participant| {
        TELLING_ROLES.iter().find(|(name, _)| *name == role(participant.role)).map(|(_, telling)| *telling)
    });
    words.meet(std::iter::once(&*event.name).chain(figures)) || roles.flatten().any(|word| words.mean(word))
}

/// The words met by what a type is called, from the subject's side and from the object's.
fn called<'w, 'c>(words: &'w Words<'c>, kind: &RelationType) -> (Tally<'w, 'c>, Tally<'w, 'c>) {
    let read = |texts: [&str; 2]| {
        let mut tally = words.tally();
        texts.iter().for_each(|text| tally.read(text, Strength::Strong));
        tally
    };
    (read([&kind.name, &kind.label]), read([&kind.inverse, &kind.inverse_label]))
}

/// Whether one of the words counts what a figure counts; where no words are left, whether the figure counts the bearers of these names.
pub(super) fn counts(words: &Words<'_>, what: &str, named: &[String]) -> bool {
    let read = tokens(what);
    let row: Vec<&str> = read.iter().map(|token| &**token).collect();
    let what = content(words, &read, &BTreeSet::new());
    what.iter().chain(&words.lexicon.concepts(&row)).any(|concept| words.mean_concept(concept))
        || (words.len() == 0 && what.first().is_some_and(|counted| named.contains(counted)))
}

fn read_figures(tally: &mut Tally<'_, '_>, claims: &[&Claim]) {
    for figure in claims.iter().flat_map(|claim| &claim.figures) {
        tally.read(&figure.what, Strength::Strong);
        tally.read(&figure.value, Strength::Strong);
    }
}

/// Reads the notes of the claims that speak for the record as firmly as any does; an aside on what may come is no part of what happened.
fn read_notes(tally: &mut Tally<'_, '_>, claims: &[&Claim]) {
    let is_supported = claims.iter().any(|claim| claim.stance == Stance::Supports);
    let is_told = claims.iter().any(|claim| claim.modality <= Modality::Reported);
    for claim in claims {
        let is_against = is_supported && claim.stance != Stance::Supports;
        let is_aside = is_told && claim.modality > Modality::Reported;
        if !is_against && !is_aside {
            tally.read_remark(&claim.note);
        }
    }
}
