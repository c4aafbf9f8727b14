//! The actors of a question, held against those of a record.

use crate::ask::{Meant, RecordQuestion, Why};
use crate::graph::TemporalGraph;
use crate::model::{ActorId, RelationId};
use crate::question::{Lens, Line, RelationWord};
use crate::time::{Bounds, Holds, Window};

/// How near the one in the record is to the one named, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ask) enum Reach {
    /// The one named.
    Named,
    /// One of its line: a predecessor or successor.
    Line,
    /// Named in what the event is called, without taking part.
    Told,
    /// What it heads, who heads it, or an organ of it.
    Also,
    /// The state or body of which it is a part; only for numbers.
    Whole,
}

/// Another actor that may be meant.
struct Also {
    actor: ActorId,
    /// What makes it so.
    tie: RelationId,
    /// It is a part or a whole rather than a head.
    is_part: bool,
    reach: Reach,
}

/// An actor of a question, with whom else it may be.
pub(super) struct Sought {
    pub(super) actor: ActorId,
    line: Line,
    /// Others, with the tie that makes them so.
    also: Vec<Also>,
    /// The names of the line that may be met in a text, in small letters and as words.
    forms: Vec<(String, Vec<String>)>,
    pub(super) is_agent: bool,
    pub(super) is_target: bool,
}

impl Sought {
    /// The actors of a question. With `wholes`, a part also stands for what it is a part of. No actor stands for another that is named.
    pub(super) fn all(lens: &Lens<'_>, question: &RecordQuestion, wholes: bool) -> Vec<Self> {
        let named: Vec<ActorId> = question.actors.iter().map(|named| named.actor).collect();
        let mut all: Vec<Self> = named
            .iter()
            .enumerate()
            .map(|(index, actor)| Self {
                is_agent: question.agent == Some(index),
                is_target: question.target == Some(index),
                ..Self::new(lens, *actor, &named, wholes)
            })
            .collect();
        // A name given twice is one actor, with both parts only where both are said of it.
        all.sort_by_key(|sought| (sought.actor, !sought.is_agent && !sought.is_target));
        all.dedup_by_key(|sought| (sought.actor, sought.is_agent, sought.is_target));
        let mut kept: Vec<Self> = Vec::with_capacity(all.len());
        for sought in all {
            let is_idle = !sought.is_agent && !sought.is_target;
            if !(is_idle && kept.iter().any(|other| other.actor == sought.actor)) {
                kept.push(sought);
            }
        }
        kept
    }

    /// One actor, without a direction.
    pub(super) fn new(lens: &Lens<'_>, actor: ActorId, named: &[ActorId], wholes: bool) -> Self {
        let meant = Meant::of(lens, actor);
        let ties =
            |name: &str| RelationWord::read(lens.graph.vocabulary(), name).map(|word| word.types).unwrap_or_default();
        let (speaks_for, segment_of) = (ties("speaks-for"), ties("segment-of"));
        let mut also: Vec<Also> = Vec::new();
        for id in lens.relations_of(&meant.line) {
            let ((subject, object), kind) = (lens.graph.ends(id), lens.graph.type_of(id));
            let is_subject = meant.line.contains(subject);
            let other = if is_subject { object } else { subject };
            let why = meant.also.iter().find(|(actor, _)| *actor == other).map(|(_, why)| *why);
            let is_part = segment_of.contains(&kind);
            let types = if why == Some(Why::Organ) { &segment_of } else { &speaks_for };
            if why.is_some() && types.contains(&kind) {
                also.push(Also { actor: other, tie: id, is_part, reach: Reach::Also });
            } else if wholes && is_subject && is_part {
                also.push(Also { actor: other, tie: id, is_part, reach: Reach::Whole });
            }
        }
        also.retain(|other| !named.contains(&other.actor));
        let mut line = meant.line;
        line.members.retain(|member| *member == actor || !named.contains(member));
        let forms = line.members.iter().flat_map(|member| names(lens.graph, *member));
        let forms = forms.map(|name| (name.to_lowercase(), super::words::tokens(name)));
        let is_long = |words: &[String]| words.len() > 1 || words.first().is_some_and(|word| word.chars().count() > 3);
        let forms = forms.filter(|(_, words)| is_long(words)).collect();
        Self { actor, line, also, forms, is_agent: false, is_target: false }
    }

    /// Whom it may be, on whatever days.
    pub(super) fn near(&self) -> impl Iterator<Item = ActorId> {
        let others = self.also.iter().map(|also| also.actor);
        [self.actor].into_iter().chain(self.line.members.iter().copied()).chain(others)
    }

    /// How near an actor of a record that happened or began in these days is to the one sought; `None` when it is somebody else.
    pub(super) fn reach(&self, lens: &Lens<'_>, other: ActorId, days: Bounds) -> Option<Reach> {
        if other == self.actor {
            return Some(Reach::Named);
        }
        if self.line.contains(other) {
            return Some(Reach::Line);
        }
        self.also
            .iter()
            .filter(|also| also.actor == other && bears_on(lens, also.tie, also.is_part, days))
            .map(|also| also.reach)
            .min()
    }

    /// Whether one of the line is named in a text: by a word of four letters or more, or by several words.
    pub(super) fn is_told(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        // The letters first, which is quick; then whole words.
        self.forms.iter().any(|(name, words)| {
            lower.contains(name) && super::words::tokens(text).windows(words.len()).any(|part| part == words)
        })
    }
}

/// The names of an actor, the main one first, without what is added in brackets: `Damascus` of `Damascus (city)`.
pub(super) fn names(graph: &TemporalGraph, actor: ActorId) -> impl Iterator<Item = &str> {
    let actor = graph.actor(actor);
    let bare = |name: &'_ str| name.find(" (").unwrap_or(name.len());
    std::iter::once(&actor.name[..bare(&actor.name)]).chain(actor.names.iter().map(|name| &*name.text))
}

/// Whether a tie bears on a record of some days: one heads another only when it is certain that he did then, since heads follow one another;
/// a part is one whenever it may have been.
fn bears_on(lens: &Lens<'_>, tie: RelationId, is_part: bool, days: Bounds) -> bool {
    let window = Window::sometime(days.earliest, days.latest);
    let least = if is_part { Holds::Possible } else { Holds::Certain };
    lens.view.standing(tie).extent().holds(window) >= least
}
