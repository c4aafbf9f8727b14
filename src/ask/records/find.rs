//! Which records account for a question, and which of them do so best.

use super::Record;
use super::actors::{Reach, Sought};
use super::bag;
use super::deed::{self, Called};
use super::words::{Strength, Words};
use crate::ask::{Lexicon, RecordQuestion, Wanted};
use crate::graph::weigh_claims;
use crate::model::{ActorId, Category, Claim, Event, EventId, Modality, Relation, RelationId, Status};
use crate::question::Lens;
use crate::time::{Bounds, Dated, End, Holds};

/// A question that names more is about no single record; it also bounds the search for who stands for whom.
const MOST_ACTORS: usize = 8;

/// Words for what a host does.
const HOSTING: &[&str] = &[
    "refuge",
    "asylum",
    "shelter",
    "sheltered",
    "sheltering",
    "sanctuary",
    "haven",
    "harbour",
    "harboured",
    "harbouring",
    "host",
    "hosts",
    "hosted",
    "hosting",
    "receive",
    "receives",
    "received",
    "welcome",
    "welcomed",
];

/// A record that accounts for a question, and how well. Ordered best first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ask) struct Match {
    /// There are claims against it only: it is recorded that it was not so.
    pub(in crate::ask) is_denied: bool,
    /// It tells only what was said, planned or feared, and the question does not speak of that.
    pub(in crate::ask) is_second_hand: bool,
    /// What is wanted (a place, a number, another actor) is not in it.
    pub(in crate::ask) lacks_wanted: bool,
    /// How many words of the question are only in names and remarks.
    pub(in crate::ask) faint: usize,
    /// The farthest of its actors from those named.
    pub(in crate::ask) reach: Reach,
    /// It is a relation.
    pub(in crate::ask) is_relation: bool,
    /// Most of what it is called is not in the question.
    pub(in crate::ask) is_aside: bool,
    /// It is contested, or told only as reported, possible, offered or predicted.
    pub(in crate::ask) is_doubtful: bool,
    /// How many of its actors and of the words it is called by the question does not name.
    pub(in crate::ask) extra: usize,
    /// The record.
    pub(in crate::ask) record: Record,
    /// How many content words of what it is called the question names, and how many there are.
    pub(in crate::ask) share: (usize, usize),
    /// Who may be asked for by "who": the others in it, in the part that the question leaves open, places aside.
    pub(in crate::ask) others: Vec<ActorId>,
}

impl Match {
    /// Whether it fits as well as the best, give or take what else it tells.
    fn is_as_good_as(&self, best: &Self) -> bool {
        let key = |found: &Self| {
            (
                found.is_denied,
                found.is_second_hand,
                found.lacks_wanted,
                found.faint,
                found.reach,
                found.is_relation,
                found.is_aside,
                found.is_doubtful,
            )
        };
        let (met, all) = self.share;
        let (best_met, best_all) = best.share;
        key(self) == key(best) && 2 * met * best_all >= best_met * all
    }
}

/// What a search goes by.
pub(super) struct Search<'a, 'c> {
    pub(super) lens: &'a Lens<'a>,
    pub(super) words: Words<'c>,
    pub(super) actors: Vec<Sought>,
    pub(super) wanted: Wanted,
    has_agent: bool,
    has_target: bool,
    /// By kind of event: whether its name has a word of the question.
    kinds: Vec<bool>,
    /// The same by type of relation.
    types: Vec<bool>,
}

impl<'a, 'c> Search<'a, 'c> {
    /// Prepares a question.
    pub(super) fn new(lexicon: &'c Lexicon, lens: &'a Lens<'a>, question: &RecordQuestion) -> Self {
        let counts = question.wanted == Wanted::HowMany;
        let words = Words::new(lexicon, &question.words, counts);
        let vocabulary = lens.graph.vocabulary();
        let is_kind_met = |name: &str| deed::kind_words(name).iter().any(|word| words.mean(word));
        Self {
            lens,
            kinds: vocabulary.event_kinds.iter().map(|kind| is_kind_met(&kind.name)).collect(),
            types: vocabulary.relation_types.iter().map(|kind| bag::may_be_called(&words, kind)).collect(),
            words,
            actors: Sought::all(lens, question, counts),
            wanted: question.wanted,
            has_agent: question.agent.is_some(),
            has_target: question.target.is_some(),
        }
    }

    /// The relations that may account for the question, by id: those of one of its actors, or those of the days and sorts that its words may mean.
    fn relations(&self) -> Vec<RelationId> {
        let graph = self.lens.graph;
        let with_parts = graph.relations_with_parts();
        let mut all: Vec<RelationId> = match self.actors.first() {
            Some(sought) => {
                let near = sought.near().flat_map(|id| graph.outgoing(id).iter().chain(graph.incoming(id)));
                near.map(|n| n.relation).chain(with_parts.iter().copied()).collect()
            }
            None => (0..graph.relation_count())
                .map(RelationId::new)
                .filter(|id| self.types[graph.type_of(*id).index()] || with_parts.binary_search(id).is_ok())
                .filter(|id| self.lens.view.standing(*id).dates.holds(self.lens.window) != Holds::No)
                .collect(),
        };
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether there is nothing to go by, or more actors than any record joins.
    fn is_empty(&self) -> bool {
        self.actors.len() > MOST_ACTORS
            || self.words.len() == 0 && (self.wanted != Wanted::HowMany || self.actors.is_empty())
    }
}

/// Every record that accounts for a question, best first.
pub(super) fn matches(lexicon: &Lexicon, lens: &Lens<'_>, question: &RecordQuestion) -> Vec<Match> {
    let search = Search::new(lexicon, lens, question);
    if search.is_empty() {
        return Vec::new();
    }
    let events = lens.graph.events().filter_map(|(id, event)| search.event(id, event));
    let relations = search.relations().into_iter().filter_map(|id| search.relation(id, lens.graph.relation(id)));
    let mut all: Vec<Match> = events.chain(relations).collect();
    all.retain(|found| !found.is_second_hand || search.wanted == Wanted::What);
    all.sort();
    all
}

/// The best of some matches and those as good; after them the denied ones that meet the words as well.
pub(super) fn best(all: Vec<Match>) -> Vec<Match> {
    let Some(best) = all.first().cloned() else { return all };
    all.into_iter()
        .filter(|found| {
            let denies = found.is_denied && !best.is_denied && found.faint <= best.faint && found.reach <= best.reach;
            found.is_as_good_as(&best) || denies
        })
        .collect()
}

impl Search<'_, '_> {
    fn event(&self, id: EventId, event: &Event) -> Option<Match> {
        let lens = self.lens;
        if event.date.extent(None, None).holds(lens.window) == Holds::No {
            return None;
        }
        // The quick refusal first: most events have nobody of the question in them.
        let days = event.date.hull();
        let is_near = |sought: &Sought| cast(event).any(|(actor, _)| sought.reach(lens, actor, days).is_some());
        let strangers = self.actors.iter().filter(|sought| !is_near(sought)).count();
        if strangers > 0 && strangers == self.actors.len() && self.actors.len() > 1 {
            return None;
        }
        let is_met = self.kinds[event.kind.index()] || bag::is_in_event(lens, &self.words, event);
        if self.words.len() > 0 && !is_met {
            return None;
        }
        let reach = self.cast_reach(event, days)?;
        let claims: Vec<&Claim> = lens.view.kept_claims(&event.claims).collect();
        let (status, modality) = weigh_claims(&claims)?;
        // What may come is not told by what did.
        if self.words.may && modality < Modality::Possible {
            return None;
        }
        if self.wanted == Wanted::HowMany && !self.has_figure(&claims) {
            return None;
        }
        let called = Called::new(&self.words, lens.graph, event);
        let tally = bag::of_event(lens, &self.words, self.actors.len() > 1, event, &called, &claims)?;
        let kind = &*lens.graph.vocabulary().event_kind(event.kind).name;
        let share = called.share(&self.words);
        let others = || cast(event).filter(|(actor, _)| !self.names(*actor, days));
        let asked_for: Vec<ActorId> = others()
            .filter(|(actor, role)| self.is_wanted_part(self.role(*role)) && !self.is_place(*actor))
            .map(|(actor, _)| actor)
            .collect();
        Some(Match {
            is_denied: status == Status::Denied,
            // A number is told in what was said.
            is_second_hand: self.wanted != Wanted::HowMany
                && !self.words.may
                && !deed::is_spoken_of(&self.words, kind, &called),
            lacks_wanted: match self.wanted {
                Wanted::Where => event.place.is_none() && !others().any(|(_, role)| self.role(role) == "place"),
                Wanted::Who => asked_for.is_empty(),
                Wanted::When | Wanted::Whether | Wanted::HowMany | Wanted::What => false,
            },
            faint: self.words.len() - tally.count(Strength::Strong),
            reach,
            is_relation: false,
            is_aside: is_aside(share),
            is_doubtful: status != Status::Supported || modality != Modality::Asserted,
            extra: others().count() + share.1 - share.0,
            record: Record::Event(id),
            share,
            others: asked_for,
        })
    }

    fn relation(&self, id: RelationId, relation: &Relation) -> Option<Match> {
        let lens = self.lens;
        let standing = lens.view.standing(id);
        // A head answers for what began under him.
        let days = standing.dates.start;
        let ends = [relation.subject, relation.object];
        let is_near = |sought: &Sought| {
            ends.iter().any(|end| sought.reach(lens, *end, days).is_some())
                || relation.roles.iter().any(|role| role.actor == Some(sought.actor))
        };
        if !self.actors.iter().all(is_near) {
            return None;
        }
        let is_out = !lens.keeps_type(relation.kind)
            || standing.status == Status::Unsourced
            || standing.dates.holds(lens.window) == Holds::No;
        let is_met = self.types[relation.kind.index()] || bag::is_in_parts(&self.words, relation);
        if is_out || (self.words.len() > 0 && !is_met) || (self.actors.is_empty() && self.words.len() < 2) {
            return None;
        }
        if self.words.may && standing.modality < Modality::Possible {
            return None;
        }
        let claims: Vec<&Claim> = lens.view.kept_claims(&relation.claims).collect();
        if self.wanted == Wanted::HowMany && !self.has_figure(&claims) {
            return None;
        }
        let told = bag::of_relation(lens, &self.words, self.actors.len() > 1, relation, &claims)?;
        let kind = lens.graph.vocabulary().relation_type(relation.kind);
        let (agent, target) = if told.is_turned { (ends[1], ends[0]) } else { (ends[0], ends[1]) };
        let options = |sought: &Sought| {
            let fits = |end: &&ActorId| {
                kind.symmetric || ((!sought.is_agent || **end == agent) && (!sought.is_target || **end == target))
            };
            let is_idle = !sought.is_agent && !sought.is_target;
            let parts =
                relation.roles.iter().filter_map(|role| role.actor).filter(|part| is_idle && *part == sought.actor);
            let parts = parts.map(|part| (part, Reach::Named));
            ends.iter()
                .filter(fits)
                .filter_map(|end| Some((*end, sought.reach(lens, *end, days)?)))
                .chain(parts)
                .collect()
        };
        let reach = farthest(&self.actors.iter().map(options).collect::<Vec<_>>(), &mut Vec::new())?;
        let is_merely_feared = kind.category == Category::Stance && kind.name.starts_with("may_") && !self.words.may;
        let is_merely_offered = standing.modality >= Modality::Offered && !told.is_called;
        let dated = lens.view.dated(id);
        let others = || ends.iter().filter(|end| !self.names(**end, days));
        Some(Match {
            is_denied: standing.status == Status::Denied,
            is_second_hand: is_merely_feared || is_merely_offered,
            lacks_wanted: match self.wanted {
                Wanted::When => !is_dated(dated),
                Wanted::Where => !ends.iter().any(|end| self.is_place(*end)),
                Wanted::Who => others().next().is_none(),
                Wanted::Whether | Wanted::HowMany | Wanted::What => false,
            },
            faint: self.words.len() - told.tally.count(Strength::Strong),
            reach,
            is_relation: true,
            is_aside: is_aside(told.share),
            is_doubtful: standing.status != Status::Supported || standing.modality != Modality::Asserted,
            extra: others().count() + told.share.1 - told.share.0,
            record: Record::Relation(id),
            share: told.share,
            others: others().copied().collect(),
        })
    }

    /// The farthest reach at which the cast of an event has everybody named, in the parts that the question gives them.
    fn cast_reach(&self, event: &Event, days: Bounds) -> Option<Reach> {
        let kind = &*self.lens.graph.vocabulary().event_kind(event.kind).name;
        let parts = Parts {
            is_told_from_guest: self.words.mean(kind) && !self.words.say(HOSTING),
            mediates: self.mediates(),
            receives: ["receive", "get", "power"].iter().any(|word| self.words.mean(word)),
            is_change_of_own: matches!(kind, "founding" | "merger" | "split" | "dissolution"),
            is_counted: kind == "statement" && self.wanted == Wanted::HowMany,
            has_target: cast(event).any(|(_, role)| self.role(role) == "target"),
            is_hosted: cast(event).any(|(_, role)| self.role(role) == "host"),
        };
        let options = |sought: &Sought| {
            let met = cast(event)
                .filter_map(|(actor, role)| Some((actor, sought.reach(self.lens, actor, days)?, self.role(role))))
                .filter(|(_, reach, role)| parts.fit(sought, *reach, role))
                .map(|(actor, reach, _)| (actor, reach));
            // Who is only told of stands for nobody else.
            let told = self.told_reach(sought, event).map(|reach| (sought.actor, reach));
            met.chain(told).collect()
        };
        farthest(&self.actors.iter().map(options).collect::<Vec<_>>(), &mut Vec::new())
    }

    /// A place, or one who has no part of his own, may be named in what the event or those in it are called: "shrine near Damascus".
    fn told_reach(&self, sought: &Sought, event: &Event) -> Option<Reach> {
        let graph = self.lens.graph;
        if sought.is_agent || (sought.is_target && !self.is_place(sought.actor)) {
            return None;
        }
        // Of those in it only places: the names of others tell of more than where it was.
        let places = cast(event).map(|(actor, _)| actor).filter(|actor| self.is_place(*actor));
        let is_told = sought.is_told(&event.name)
            || places.flat_map(|actor| super::actors::names(graph, actor)).any(|name| sought.is_told(name));
        is_told.then_some(Reach::Told)
    }

    /// Whether an actor of a record is one of those named.
    fn names(&self, actor: ActorId, days: Bounds) -> bool {
        self.actors.iter().any(|sought| sought.reach(self.lens, actor, days).is_some())
    }

    /// Whether an actor is a place.
    fn is_place(&self, actor: ActorId) -> bool {
        let graph = self.lens.graph;
        &*graph.vocabulary().kind(graph.actor(actor).kind).name == "place"
    }

    /// Whether the question speaks of mediating.
    fn mediates(&self) -> bool {
        bag::MEDIATING.iter().any(|word| self.words.mean(word))
    }

    /// Whether one with this part may be the one asked for.
    fn is_wanted_part(&self, role: &str) -> bool {
        if self.mediates() {
            return role == "mediator";
        }
        match (self.has_agent, self.has_target) {
            (false, true) => matches!(role, "agent" | "party" | "source" | "host" | "mediator"),
            (true, false) => !matches!(role, "agent" | "source" | "mediator"),
            _ => true,
        }
    }

    fn role(&self, role: Option<crate::model::RoleId>) -> &str {
        role.map_or("place", |role| &self.lens.graph.vocabulary().event_role(role).name)
    }

    /// Whether one of the claims gives a number of what is counted.
    fn has_figure(&self, claims: &[&Claim]) -> bool {
        let named = self.counted();
        claims.iter().flat_map(|claim| &claim.figures).any(|figure| bag::counts(&self.words, &figure.what, &named))
    }

    /// The concepts in the names of those named and of their parts, which a figure may count.
    pub(super) fn counted(&self) -> Vec<String> {
        if self.words.len() > 0 {
            return Vec::new();
        }
        let graph = self.lens.graph;
        let parts = |actor: ActorId| {
            let is_part = |n: &&crate::graph::Neighbour| &*graph.vocabulary().relation_type(n.kind).name == "part_of";
            graph.incoming(actor).iter().filter(is_part).map(|n| n.other)
        };
        let actors = self.actors.iter().flat_map(|sought| std::iter::once(sought.actor).chain(parts(sought.actor)));
        actors
            .flat_map(|actor| super::actors::names(graph, actor))
            .flat_map(super::words::tokens)
            .filter(|word| !self.words.lexicon.is_empty_word(word))
            .map(|word| self.words.concept(&word))
            .collect()
    }
}

/// What decides which parts in an event stand for doing and for suffering.
struct Parts {
    /// The question calls the event by its kind ("visit", "flee") and does not speak of hosting.
    is_told_from_guest: bool,
    /// It speaks of mediating.
    mediates: bool,
    /// It speaks of receiving, or of coming to power.
    receives: bool,
    /// The one it is about is also the one who does it: an absorption, a dissolution.
    is_change_of_own: bool,
    /// Deeds of the one spoken about are counted.
    is_counted: bool,
    /// Someone is aimed at.
    has_target: bool,
    /// Someone hosts.
    is_hosted: bool,
}

impl Parts {
    /// Whether one in this part may be the actor sought, given how near it is.
    fn fit(&self, sought: &Sought, reach: Reach, role: &str) -> bool {
        // Who is merely near must be there for itself: harm to an ally's army is not yet harm to the ally.
        let is_near_only = reach >= Reach::Also && matches!(role, "subject" | "victim" | "place");
        if is_near_only || (role == "mediator" && !self.mediates) {
            return false;
        }
        // "France receives al-Sharaa": told from the host's side, unless the question says "visit".
        let from_host = self.is_hosted && !self.is_told_from_guest;
        let acts = match role {
            "agent" | "party" | "source" | "mediator" => true,
            "host" => from_host,
            "subject" => self.is_change_of_own || self.is_counted,
            "recipient" | "beneficiary" => self.receives,
            _ => false,
        };
        let suffers = match role {
            "target" | "recipient" | "beneficiary" | "party" | "subject" | "place" | "host" => true,
            // Harmed beside the one aimed at.
            "victim" => !self.has_target,
            "agent" => from_host,
            _ => false,
        };
        (!sought.is_agent || acts) && (!sought.is_target || suffers)
    }
}

/// The farthest reach when everyone sought is met by another actor, chosen so that it is as near as can be; `None` when they cannot all be.
fn farthest(options: &[Vec<(ActorId, Reach)>], used: &mut Vec<ActorId>) -> Option<Reach> {
    if options.iter().any(Vec::is_empty) {
        return None;
    }
    let Some((first, rest)) = options.split_first() else { return Some(Reach::Named) };
    let mut nearest = None;
    for (actor, reach) in first {
        if used.contains(actor) {
            continue;
        }
        used.push(*actor);
        let far = farthest(rest, used).map(|far| far.max(*reach));
        used.pop();
        nearest = match (nearest, far) {
            (Some(known), Some(far)) => Some(std::cmp::min::<Reach>(known, far)),
            (known, far) => known.or(far),
        };
    }
    nearest
}

/// Those in an event with their parts, the place (without a part) last.
fn cast(event: &Event) -> impl Iterator<Item = (ActorId, Option<crate::model::RoleId>)> {
    event.participants.iter().map(|p| (p.actor, Some(p.role))).chain(event.place.map(|place| (place, None)))
}

/// Whether less than half of what a record is called is in the question.
fn is_aside((met, all): (usize, usize)) -> bool {
    met * 2 < all
}

/// Whether a date says when something happened or began.
fn is_dated(dated: &Dated) -> bool {
    matches!(dated.start(), End::Known(bounds) if bounds.earliest.is_bounded() || !dated.is_interval())
}
