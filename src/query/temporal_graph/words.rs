//! The names that a query may use for what is in a temporal graph: labels and relation types.
//!
//! | name | means |
//! |---|---|
//! | `Actor`, `Event`, `Source` | all of them |
//! | `ArmedGroup` | an actor kind (`armed_group`) or an event kind in CamelCase; a name of both stands for both |
//! | `Armed` | a group of actor kinds (`ARMED`) |
//! | `ALLIED_WITH` | a relation type (`allied_with`) |
//! | `LINKED_TO`, `ALLIED`, `HOSTILE` | a group of types (`linked-to`, `allied-with`, `hostile-to`), by its name and its further words, where no type has them |
//! | `COOPERATION` | a category of types, where no type or group is called so |
//! | `AGENT` | a role in events: from the event to the actor; `AGENT_ROLE` where the name is taken |
//! | `INVOLVES`, `IN_PLACE`, `DERIVED_FROM` | any role; the place of an event; the source that a source repeats; with `_ROLE`, `_ROLE`, `_SOURCE` where taken |

use crate::model::{Category, Vocabulary, camel, upper};
use crate::names::nearest;
use crate::query::graph::{LabelId, Term, TypeSet};

/// How many names an error suggests.
pub(super) const SUGGESTIONS: usize = 3;

/// What a label stands for.
#[derive(Debug)]
pub(super) struct Label {
    pub(super) name: Box<str>,
    /// By actor kind, whether its actors carry the label.
    pub(super) actors: Box<[bool]>,
    /// By event kind.
    pub(super) events: Box<[bool]>,
    pub(super) sources: bool,
    /// Whether it is worth listing to somebody who knows none.
    is_listed: bool,
}

/// The three labels of whole classes, as [`Words::new`] puts them first.
pub(super) const ACTOR: LabelId = LabelId(0);
pub(super) const EVENT: LabelId = LabelId(1);
pub(super) const SOURCE: LabelId = LabelId(2);

/// The labels and types of one vocabulary.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) labels: Vec<Label>,
    /// The names of the types by number: relation types, roles, `IN_PLACE`, `DERIVED_FROM`.
    pub(super) types: Vec<Box<str>>,
    /// Names that stand for several types.
    groups: Vec<(Box<str>, TypeSet)>,
    /// Inverse names with the type they are read from.
    inverses: Vec<(Box<str>, u32)>,
    /// How many types are those of relations of the graph.
    pub(super) relation_types: u32,
    /// Types that go both ways.
    pub(super) symmetric: TypeSet,
}

impl Words {
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        let relation_types = vocabulary.relation_types.len() as u32;
        let mut words = Self {
            labels: labels(vocabulary),
            types: vocabulary.relation_types.iter().map(|t| upper(&t.name)).collect(),
            groups: Vec::new(),
            inverses: Vec::new(),
            relation_types,
            symmetric: TypeSet::of(vocabulary.types().filter(|(_, t)| t.symmetric).map(|(id, _)| id.index() as u32)),
        };
        for group in &vocabulary.relation_groups {
            words.add_group(upper(&group.name), group.types.iter().map(|id| id.index() as u32));
        }
        for category in Category::ALL {
            words.add_group(upper(category.word()), vocabulary.types_of(*category).iter().map(|id| id.index() as u32));
        }
        for group in &vocabulary.relation_groups {
            for word in &group.words {
                words.add_group(upper(word), group.types.iter().map(|id| id.index() as u32));
            }
        }
        for role in &vocabulary.event_roles {
            let name = words.free(upper(&role.name), "_ROLE");
            words.types.push(name);
        }
        for (name, suffix) in [("IN_PLACE", "_ROLE"), ("DERIVED_FROM", "_SOURCE")] {
            let name = words.free(name.into(), suffix);
            words.types.push(name);
        }
        let involves = words.free("INVOLVES".into(), "_ROLE");
        words.add_group(involves, relation_types..relation_types + vocabulary.event_roles.len() as u32);
        for (id, t) in vocabulary.types().filter(|(_, t)| !t.symmetric && t.inverse != t.name) {
            words.inverses.push((upper(&t.inverse), id.index() as u32));
        }
        words
    }

    /// The number of the type of an event's place.
    pub(super) fn in_place(&self) -> u32 {
        self.types.len() as u32 - 2
    }

    /// The number of the type of what a source repeats.
    pub(super) fn derived_from(&self) -> u32 {
        self.types.len() as u32 - 1
    }

    fn is_taken(&self, name: &str) -> bool {
        self.types.iter().any(|t| **t == *name) || self.groups.iter().any(|(n, _)| **n == *name)
    }

    /// The name, with the suffix as often as it takes to be nobody else's.
    fn free(&self, name: Box<str>, suffix: &str) -> Box<str> {
        let mut name = name;
        while self.is_taken(&name) {
            name = format!("{name}{suffix}").into();
        }
        name
    }

    fn add_group(&mut self, name: Box<str>, types: impl Iterator<Item = u32>) {
        if !self.is_taken(&name) {
            self.groups.push((name, TypeSet::of(types)));
        }
    }

    pub(super) fn label(&self, name: &str) -> Term<LabelId> {
        if let Some(at) = self.labels.iter().position(|label| &*label.name == name) {
            return Term::Known(LabelId(at as u32));
        }
        let near = nearest(name, self.labels.iter().map(|label| &*label.name), SUGGESTIONS);
        let all = self.labels.iter().filter(|label| label.is_listed).map(|label| label.name.to_string());
        Term::Unknown { near: near.into_iter().map(str::to_owned).collect(), all: all.collect() }
    }

    pub(super) fn relation_type(&self, name: &str) -> Term<TypeSet> {
        if let Some(at) = self.types.iter().position(|t| &**t == name) {
            return Term::Known(TypeSet::of([at as u32]));
        }
        if let Some((_, types)) = self.groups.iter().find(|(group, _)| &**group == name) {
            return Term::Known(types.clone());
        }
        if let Some((_, id)) = self.inverses.iter().find(|(inverse, _)| inverse.eq_ignore_ascii_case(name)) {
            let stored = &self.types[*id as usize];
            return Term::Unknown { near: vec![format!("{stored}, with the arrow turned round")], all: Vec::new() };
        }
        let names = self.types.iter().chain(self.groups.iter().map(|(group, _)| group)).map(|name| &**name);
        let near = nearest(name, names, SUGGESTIONS).into_iter().map(str::to_owned).collect();
        Term::Unknown { near, all: Vec::new() }
    }

    /// The names that stand for several types, in order of precedence.
    pub(super) fn group_names(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().map(|(name, _)| &**name)
    }
}

fn labels(vocabulary: &Vocabulary) -> Vec<Label> {
    let (kinds, events) = (vocabulary.actor_kinds.len(), vocabulary.event_kinds.len());
    let whole = |name: &str, actors: bool, of_events: bool, sources: bool| Label {
        name: name.into(),
        actors: vec![actors; kinds].into(),
        events: vec![of_events; events].into(),
        sources,
        is_listed: true,
    };
    let mut labels = vec![
        whole("Actor", true, false, false),
        whole("Event", false, true, false),
        whole("Source", false, false, true),
    ];
    for (at, kind) in vocabulary.actor_kinds.iter().enumerate() {
        let label = place_of(&mut labels, camel(&kind.name), true, kinds, events);
        labels[label].actors[at] = true;
    }
    for group in &vocabulary.kind_groups {
        let label = place_of(&mut labels, camel(&group.name), true, kinds, events);
        for kind in &group.kinds {
            labels[label].actors[kind.index()] = true;
        }
    }
    for (at, kind) in vocabulary.event_kinds.iter().enumerate() {
        let label = place_of(&mut labels, camel(&kind.name), false, kinds, events);
        labels[label].events[at] = true;
    }
    labels
}

/// The place of the label of this name, which is made when there is none.
fn place_of(labels: &mut Vec<Label>, name: Box<str>, is_listed: bool, kinds: usize, events: usize) -> usize {
    labels.iter().position(|label| label.name == name).unwrap_or_else(|| {
        labels.push(Label {
            name,
            actors: vec![false; kinds].into(),
            events: vec![false; events].into(),
            sources: false,
            is_listed,
        });
        labels.len() - 1
    })
}
