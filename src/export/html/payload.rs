//! The data of the page: every record of the contents, with its standing by day, under all claims and under each source alone.
//!
//! Ids inside are places in the lists (`actors`, `relations`, `events`, `sources`, `types`, `kinds`), which are ordered by readable id.

use super::spans::{self, Days};
use super::{PairOverTime, SignsUnder};
use crate::export::Contents;
use crate::export::theme::Stroke;
use crate::export::web::is_address;
use crate::graph::{ClaimFilter, Line, Stretch, View};
use crate::model::{
    Actor, ActorId, Category, Claim, Event, EventId, Grade, Modality, RelationId, Sign, SourceId, Stance, Status,
};
use crate::names::fold;
use crate::time::{Day, Extent, Holds};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// How firmly what a pair comes to may stand, in the order in which the page counts them.
const STROKES: [Stroke; 3] = [Stroke::Solid, Stroke::Dashed, Stroke::Dotted];

/// Everything about the contents that the page needs, positions aside.
pub(super) struct Payload<'c, 'v, 'g> {
    contents: &'c Contents<'v, 'g>,
    pub(super) days: Days,
    /// The view under each source alone, in the order of `contents.sources`.
    alone: Vec<View<'g>>,
    pub(super) relations: Vec<RelationId>,
    events: Vec<EventId>,
}

impl<'c, 'v, 'g> Payload<'c, 'v, 'g> {
    pub(super) fn of(contents: &'c Contents<'v, 'g>) -> Self {
        let view = contents.view;
        let alone: Vec<View<'g>> = contents
            .sources
            .iter()
            .map(|id| {
                let only = ClaimFilter { sources: vec![*id], ..view.claim_filter().clone() };
                view.clone().with_claims(only)
            })
            .collect();
        let mut relations: BTreeSet<RelationId> = contents.relations.iter().copied().collect();
        relations.extend(said_otherwise(contents, &alone));
        let relations: Vec<RelationId> = relations.into_iter().collect();
        let events = events(contents);
        let days = days(contents, &relations, &events);
        Self { contents, days, alone, relations, events }
    }

    pub(super) fn json(&self, title: &str, limits: &[String], places: &[[f64; 2]], signs: &[SignsUnder]) -> Value {
        let graph = self.contents.view.graph();
        let vocabulary = graph.vocabulary();
        let kinds: BTreeSet<_> = self.contents.actors.iter().map(|id| graph.actor(*id).kind).collect();
        let kinds: Vec<_> = kinds.into_iter().collect();
        let types: BTreeSet<_> = self.relations.iter().map(|id| graph.relation(*id).kind).collect();
        let types: Vec<_> = types.into_iter().collect();
        let actors = self.contents.actors.iter().zip(places).map(|(id, place)| {
            let kind = place_in(&kinds, &graph.actor(*id).kind);
            self.actor(*id, kind, place)
        });
        let relations = self.relations.iter().map(|id| {
            let kind = place_in(&types, &graph.relation(*id).kind);
            self.relation(*id, kind)
        });
        json!({
            "title": title,
            "limits": limits,
            "version": env!("CARGO_PKG_VERSION"),
            "days": {
                "first": self.days.first.number(),
                "last": self.days.last.number(),
                "focus": self.focus().number(),
            },
            "categories": Category::ALL.iter().map(|c| c.word()).collect::<Vec<_>>(),
            "kinds": kinds.iter().map(|id| {
                let kind = vocabulary.kind(*id);
                json!({"name": &*kind.name, "definition": &*kind.definition})
            }).collect::<Vec<_>>(),
            "types": types.iter().map(|id| {
                let t = vocabulary.relation_type(*id);
                json!({
                    "name": &*t.name, "label": &*t.label, "inverse": &*t.inverse_label, "symmetric": t.symmetric,
                    "category": t.category as usize, "weight": t.weight, "definition": &*t.definition,
                })
            }).collect::<Vec<_>>(),
            "sources": self.contents.sources.iter().map(|id| self.source(*id)).collect::<Vec<_>>(),
            "actors": actors.collect::<Vec<_>>(),
            "relations": relations.collect::<Vec<_>>(),
            "events": self.events.iter().map(|id| self.event(*id)).collect::<Vec<_>>(),
            "signs": Sign::ALL.iter().map(|s| s.word()).collect::<Vec<_>>(),
            "footings": STROKES.map(Stroke::meaning),
            "pairs": self.pairs(signs),
        })
    }

    /// The first of the days to show at the start: January of the year before which fewer than a twentieth of all dated changes lie.
    fn focus(&self) -> Day {
        let view = self.contents.view;
        let mut changes: Vec<Day> = self
            .relations
            .iter()
            .flat_map(|id| bounds(view.standing(*id).extent()))
            .chain(self.events.iter().flat_map(|id| bounds(view.graph().event(*id).date.extent(None, None))))
            .filter(|day| self.days.first <= *day && *day <= self.days.last)
            .collect();
        changes.sort_unstable();
        let early = changes.get(changes.len() / 20).copied().unwrap_or(self.days.first);
        let year = early.to_ymd().and_then(|(year, ..)| Day::from_ymd(year, 1, 1).ok()).unwrap_or(early);
        year.clamp(self.days.first, self.days.last)
    }

    fn actor(&self, id: ActorId, kind: usize, [x, y]: &[f64; 2]) -> Value {
        let view = self.contents.view;
        let actor = view.graph().actor(id);
        let names: Vec<Value> = actor
            .names
            .iter()
            .map(|name| {
                let sources: Vec<usize> = name.sources.iter().filter_map(|s| self.source_place(*s)).collect();
                sparse(&[
                    ("text", json!(&*name.text)),
                    ("kind", json!(name.kind.word().replace('_', " "))),
                    ("lang", json!(name.lang.as_deref())),
                    ("valid", json!(name.valid.as_ref().map(|v| v.text()))),
                    ("sources", json!(sources)),
                ])
            })
            .collect();
        let called: Vec<Value> =
            spans::of_name(actor, self.days).iter().map(|(day, name)| json!([day.number(), name])).collect();
        let all = self.line(view, id);
        let mut alone = Map::new();
        for (place, view) in self.alone.iter().enumerate() {
            let line = self.line(view, id);
            if line != all {
                alone.insert(place.to_string(), json!(line));
            }
        }
        let ids: Vec<Value> = actor.external_ids.iter().map(|(register, id)| json!([register, id])).collect();
        sparse(&[
            ("id", json!(&*actor.slug)),
            ("name", json!(&*actor.name)),
            ("kind", json!(kind)),
            ("at", json!([x.round(), y.round()])),
            ("names", json!(names)),
            ("called", json!(called)),
            ("search", json!(folded(actor))),
            ("exists", json!(actor.exists.as_ref().map(|e| e.text()))),
            ("life", json!(spans::flat(&spans::of_life(view, id, self.days)))),
            ("line", json!(all)),
            ("line_alone", Value::Object(alone)),
            ("traits", json!(actor.traits.iter().map(|t| t.replace('_', " ")).collect::<Vec<_>>())),
            ("summary", json!(actor.summary.as_deref())),
            ("elsewhere", json!(ids)),
            ("claims", json!(self.claims(&actor.claims))),
        ])
    }

    /// The actors of the contents that are one with this one by the claims that count in a view, oldest first; none where it stands alone.
    fn line(&self, view: &View<'_>, id: ActorId) -> Vec<usize> {
        let line = Line::seen(view, id).by_age(view.graph());
        let places: Vec<usize> = line.into_iter().filter_map(|member| self.actor_place(member)).collect();
        if places.len() > 1 { places } else { Vec::new() }
    }

    fn relation(&self, id: RelationId, kind: usize) -> Value {
        let view = self.contents.view;
        let relation = view.graph().relation(id);
        let all = self.standing(view, id);
        let mut alone = Map::new();
        for (place, view) in self.alone.iter().enumerate() {
            if view.standing(id).status == Status::Unsourced {
                continue;
            }
            let standing = self.standing(view, id);
            // What one source alone says is mostly what all of them say.
            alone.insert(place.to_string(), if standing == all { json!(1) } else { standing });
        }
        let roles: Vec<Value> = relation
            .roles
            .iter()
            .map(|role| {
                json!([role.name.replace('_', " "), &*role.value, role.actor.and_then(|a| self.actor_place(a))])
            })
            .collect();
        sparse(&[
            ("id", json!(&*relation.slug)),
            ("ends", json!([self.actor_place(relation.subject), self.actor_place(relation.object)])),
            ("type", json!(kind)),
            ("valid", json!(relation.valid.text())),
            ("basis", json!(relation.basis.word())),
            ("roles", json!(roles)),
            ("note", json!(relation.note.as_deref())),
            ("all", all),
            ("alone", Value::Object(alone)),
            ("claims", json!(self.claims(&relation.claims))),
        ])
    }

    /// What the claims that count in a view make of a relation.
    fn standing(&self, view: &View<'_>, id: RelationId) -> Value {
        let standing = view.standing(id);
        let dated = view.dated(id).text();
        let recorded = view.graph().relation(id).valid.text();
        sparse(&[
            ("status", json!(standing.status.word())),
            ("modality", json!(standing.modality.word())),
            ("valid", json!((dated != recorded).then_some(dated))),
            ("attested", json!(standing.last_attested.map(Day::number))),
            ("days", json!(spans::flat(&spans::of_relation(view, id, self.days)))),
        ])
    }

    fn event(&self, id: EventId) -> Value {
        let view = self.contents.view;
        let event = view.graph().event(id);
        let vocabulary = view.graph().vocabulary();
        let participants: Vec<Value> = event
            .participants
            .iter()
            .map(|p| {
                let actor = view.graph().actor(p.actor);
                json!([self.actor_place(p.actor), &*actor.name, vocabulary.event_role(p.role).name.replace('_', " ")])
            })
            .collect();
        let all = event_standing(view, event, self.days);
        let mut alone = Map::new();
        for (place, view) in self.alone.iter().enumerate() {
            if view.kept_claims(&event.claims).next().is_some() {
                let standing = event_standing(view, event, self.days);
                alone.insert(place.to_string(), if standing == all { json!(1) } else { standing });
            }
        }
        let place_of = |id: &RelationId| self.relations.binary_search(id).ok();
        let dates = event.date.extent(None, None);
        let hull = bounds(dates);
        let (told, open) = told(dates);
        sparse(&[
            ("id", json!(&*event.slug)),
            ("name", json!(&*event.name)),
            ("kind", json!(vocabulary.event_kind(event.kind).name.replace('_', " "))),
            ("date", json!(event.date.text())),
            ("from", json!(hull[0].max(self.days.first).number())),
            ("to", json!(hull[3].min(self.days.last).number())),
            ("told", json!(told.map(Day::number))),
            ("open", json!((open != 0).then_some(open))),
            ("place", json!(event.place.map(|p| json!([self.actor_place(p), &*view.graph().actor(p).name])))),
            ("participants", json!(participants)),
            ("opens", json!(event.opens.iter().filter_map(place_of).collect::<Vec<_>>())),
            ("closes", json!(event.closes.iter().filter_map(place_of).collect::<Vec<_>>())),
            ("note", json!(event.note.as_deref())),
            ("all", all),
            ("alone", Value::Object(alone)),
            ("claims", json!(self.claims(&event.claims))),
        ])
    }

    fn source(&self, id: SourceId) -> Value {
        let source = self.contents.view.graph().source(id);
        // Only what a browser opens as a page; anything else is shown as text.
        let is_link = |url: &&str| is_address(url);
        sparse(&[
            ("id", json!(&*source.slug)),
            ("title", json!(&*source.title)),
            ("author", json!(source.author.as_deref())),
            ("publisher", json!(source.publisher.as_deref())),
            ("published", json!(source.published.text())),
            ("kind", json!(source.kind.word().replace('_', " "))),
            ("reliability", json!(source.reliability.word())),
            ("url", json!(source.url.as_deref().filter(is_link))),
            ("place", json!(source.url.as_deref().filter(|url| !is_link(url)))),
        ])
    }

    /// The claims that count, in the order written; what most claims are is left out (supporting, asserted).
    fn claims(&self, claims: &[Claim]) -> Vec<Value> {
        let graph = self.contents.view.graph();
        self.contents
            .view
            .kept_claims(claims)
            .map(|claim| {
                let source = graph.source(claim.source);
                let by = claim.attributed_to.as_ref().map(|by| {
                    let actor = by.actor.map(|a| &*graph.actor(a).name);
                    sparse(&[
                        ("actor", json!(by.actor.and_then(|a| self.actor_place(a)))),
                        ("name", json!(by.name.as_deref().or(actor))),
                        ("anonymous", json!(by.anonymous.then_some(true))),
                    ])
                });
                let figures: Vec<String> = claim
                    .figures
                    .iter()
                    .map(|f| {
                        let qualifier = f.qualifier.as_deref().map(|q| format!("{q} ")).unwrap_or_default();
                        format!("{}: {qualifier}{}", f.what.replace('_', " "), f.value)
                    })
                    .collect();
                sparse(&[
                    ("source", json!(self.source_place(claim.source))),
                    ("at", json!(&*claim.locator)),
                    ("stance", json!((claim.stance != Stance::Supports).then(|| claim.stance.word()))),
                    ("modality", json!((claim.modality != Modality::Asserted).then(|| claim.modality.word()))),
                    (
                        "grade",
                        json!(Grade { reliability: source.reliability, credibility: claim.credibility }.to_string()),
                    ),
                    ("by", json!(by)),
                    ("valid", json!(claim.valid.as_ref().map(|v| v.text()))),
                    ("figures", json!(figures)),
                    ("note", json!(&*claim.note)),
                ])
            })
            .collect()
    }

    /// What pairs of lines come to by day, under all claims first and then under each source: for each pair its two lines and its turnings.
    fn pairs(&self, signs: &[SignsUnder]) -> Value {
        let places = |actors: &[ActorId]| actors.iter().filter_map(|a| self.actor_place(*a)).collect::<Vec<_>>();
        let pair = |p: &PairOverTime| {
            let turnings: Vec<Value> = p
                .turnings
                .iter()
                .map(|turn| {
                    let deciding: Vec<usize> =
                        turn.deciding.iter().filter_map(|id| self.relations.binary_search(id).ok()).collect();
                    let footing = turn.stroke.map(|stroke| place_in(&STROKES, &stroke));
                    json!([turn.day.number(), turn.sign as usize, deciding, footing])
                })
                .collect();
            json!([places(&p.a), places(&p.b), turnings])
        };
        let under = |source: Option<SourceId>| {
            signs.iter().find(|s| s.source == source).map(|s| s.pairs.iter().map(pair).collect::<Vec<_>>())
        };
        let alone: Vec<Value> = self.contents.sources.iter().map(|id| json!(under(Some(*id)))).collect();
        json!({"all": under(None), "alone": alone})
    }

    fn actor_place(&self, id: ActorId) -> Option<usize> {
        self.contents.actors.binary_search(&id).ok()
    }

    fn source_place(&self, id: SourceId) -> Option<usize> {
        self.contents.sources.binary_search(&id).ok()
    }
}

/// Relations between actors of the contents that are in the view by what one source says alone, and those that are said not to be so: they are
/// part of what is claimed, though no drawing of all claims has them.
fn said_otherwise(contents: &Contents<'_, '_>, alone: &[View<'_>]) -> Vec<RelationId> {
    let view = contents.view;
    let has = |id: ActorId| contents.actors.binary_search(&id).is_ok();
    view.graph()
        .relations()
        .filter(|(_, r)| view.keeps_type(r.kind) && has(r.subject) && has(r.object))
        .filter(|(id, _)| {
            let standing = view.standing(*id);
            let denied = standing.status == Status::Denied && standing.dates.holds(view.window()) != Holds::No;
            denied || alone.iter().any(|view| view.contains_relation(*id))
        })
        .map(|(id, _)| id)
        .collect()
}

/// The events of the contents, and those that are denied or fell into the days by what one source says alone.
fn events(contents: &Contents<'_, '_>) -> Vec<EventId> {
    let view = contents.view;
    let has = |id: ActorId| contents.actors.binary_search(&id).is_ok();
    view.graph()
        .events()
        .filter(|(_, e)| e.participants.iter().any(|p| has(p.actor)) || e.place.is_some_and(has))
        .filter(|(_, e)| e.date.extent(None, None).holds(view.window()) != Holds::No)
        .filter(|(_, e)| view.kept_claims(&e.claims).next().is_some())
        .map(|(id, _)| id)
        .collect()
}

/// The days that the page speaks for: those of the view where it is limited, else from the first dated change to the last day that a source
/// whose claims count may have been published.
fn days(contents: &Contents<'_, '_>, relations: &[RelationId], events: &[EventId]) -> Days {
    let view = contents.view;
    let graph = view.graph();
    let (window, filter) = (view.window(), view.claim_filter());
    let published = graph.sources().filter(|(id, source)| filter.keeps_source(*id, source));
    let horizon = published.map(|(_, source)| source.published.hull().latest).max().unwrap_or_else(|| graph.horizon());
    let horizon = filter.known_by.map_or(horizon, |day| horizon.min(day));
    let horizon = if horizon.is_bounded() { horizon } else { Day::new(0) };
    let limited = |day: Day, of_all: Day| (day != of_all).then_some(day);
    let all = crate::time::Window::ALL;
    let last = limited(window.last, all.last).unwrap_or(horizon);
    let first = limited(window.first, all.first).unwrap_or_else(|| {
        let of_relations = relations.iter().flat_map(|id| bounds(view.standing(*id).extent()));
        let of_events = events.iter().flat_map(|id| bounds(graph.event(*id).date.extent(None, None)));
        let earliest = of_relations.chain(of_events).filter(|day| day.is_bounded() && *day <= last).min();
        earliest.unwrap_or(last)
    });
    Days { first: first.min(last), last }
}

fn bounds(extent: Extent) -> [Day; 4] {
    [extent.start.earliest, extent.start.latest, extent.end.earliest, extent.end.latest]
}

/// What the claims that count in a view make of an event.
fn event_standing(view: &View<'_>, event: &Event, days: Days) -> Value {
    let (status, modality) = view.weigh(&event.claims).unwrap_or((Status::Unsourced, Modality::Predicted));
    let dates = event.date.extent(None, None);
    let is_sure = dates.start.earliest == dates.end.latest
        && Stretch::of_event(view, event).is_some_and(|stretch| stretch.certain().is_some());
    sparse(&[
        ("status", json!(status.word())),
        ("modality", json!(modality.word())),
        ("sure", json!(is_sure.then_some(1))),
        ("days", json!(spans::flat(&spans::of_event(view, event, days)))),
    ])
}

/// The first and the last day that the dates of an event tell of, and which sides are open beyond them: 1 the earlier, 2 the later one.
fn told(dates: Extent) -> ([Day; 2], u8) {
    let (first, last) = (dates.start.earliest, dates.end.latest);
    let from = if first.is_bounded() { first } else { dates.start.latest.min(last) };
    let to = if last.is_bounded() { last } else { dates.end.earliest.max(from) };
    ([from, to], u8::from(!first.is_bounded()) | u8::from(!last.is_bounded()) << 1)
}

/// Every form in which an actor is searched for, folded and once each: its names and its id.
fn folded(actor: &Actor) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    let texts = std::iter::once(&actor.name).chain(actor.names.iter().map(|n| &n.text));
    for form in texts.map(|text| fold(text)).chain([fold(&actor.slug)]) {
        if !form.is_empty() && !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// An object without the fields that are empty.
fn sparse(fields: &[(&str, Value)]) -> Value {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    };
    fields
        .iter()
        .filter(|(_, value)| !is_empty(value))
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect()
}

fn place_in<T: Ord>(list: &[T], item: &T) -> usize {
    list.binary_search(item).unwrap_or_default()
}
