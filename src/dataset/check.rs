//! From drafts to records: every reference, date, word and rule is checked, and everything wrong is told.

use super::draft::{ActorDraft, ClaimDraft, EventDraft, FileDraft, List, RelationDraft, SourceDraft, Text};
use super::fault::{Fault, Place};
use super::shape::suggestion;
use super::vocabulary::{Declarations, Lists, unknown_word};
use super::{embedded, vocabulary};
use crate::diagnostic::{FileId, Severity};
use crate::graph::Builder;
use crate::model::{
    Actor, ActorId, Attribution, Basis, Claim, Event, EventKindId, Figure, KindId, Modality, Name, NameKind,
    Participant, Relation, RelationId, Reliability, Role, RoleId, Source, SourceId, SourceKind, Stance, TypeId,
    Uncited, UncitedReason,
};
use crate::time::{Dated, Extent};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

mod rows;

pub(super) use rows::RowCheck;

/// Checks all files together, over the shipped vocabulary unless it is among them. The builder is of use only when no fault is an error.
pub(super) fn check(
    files: Vec<(FileId, FileDraft<'_>)>,
    declared: &[(String, String)],
    has_shipped_vocabulary: bool,
    warn: bool,
) -> (Builder, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut declarations = Declarations::default();
    if !has_shipped_vocabulary {
        declarations.add(shipped(), None, &mut faults);
    }
    let count = |list: fn(&FileDraft<'_>) -> usize| files.iter().map(|(_, file)| list(file)).sum();
    let mut sources = Vec::with_capacity(count(|f| f.sources.0.len()));
    let mut actors = Vec::with_capacity(count(|f| f.actors.0.len()));
    let mut relations = Vec::with_capacity(count(|f| f.relations.0.len()));
    let mut events = Vec::with_capacity(count(|f| f.events.0.len()));
    for (file, mut draft) in files {
        declarations.add(Lists::taken_from(&mut draft), Some(file), &mut faults);
        collect(&mut sources, file, "sources", draft.sources, |d| &d.id);
        collect(&mut actors, file, "actors", draft.actors, |d| &d.id);
        collect(&mut relations, file, "relations", draft.relations, |d| &d.id);
        collect(&mut events, file, "events", draft.events, |d| &d.id);
    }
    let vocabulary = declarations.into_vocabulary(&mut faults);
    let mut check = Checker {
        sources: index(&mut sources, "-_.", "source", &mut faults),
        actors: index(&mut actors, "-", "actor", &mut faults),
        relations: index(&mut relations, "-_.", "relation", &mut faults),
        declared,
        builder: Builder {
            vocabulary,
            sources: Vec::with_capacity(sources.len()),
            actors: Vec::with_capacity(actors.len()),
            relations: Vec::with_capacity(relations.len()),
            events: Vec::with_capacity(events.len()),
        },
        faults,
        lives: Vec::new(),
        is_terse: false,
    };
    index(&mut events, "-_.", "event", &mut check.faults);
    for (_, place, draft) in sources {
        check.source(&place, *draft);
    }
    check.kinds_of(&actors);
    for (_, place, draft) in actors {
        check.actor(&place, *draft);
    }
    let mut places = Vec::new();
    for (slug, place, draft) in relations {
        check.relation(&place, *draft);
        places.push((slug, place));
    }
    for (_, place, draft) in events {
        check.event(&place, *draft, &places, warn);
    }
    if warn && check.faults.iter().all(|fault| fault.severity == Severity::Warning) {
        check.odd_relations(&places);
    }
    (check.builder, check.faults)
}

/// The vocabulary that is always there.
fn shipped() -> Lists<'static> {
    let text = embedded::FILES.iter().find(|(name, _)| *name == embedded::VOCABULARY).map_or("{}", |(_, text)| text);
    // A test loads the shipped vocabulary as a file; were it broken, every type would be unknown, and said to be.
    let mut draft: FileDraft<'_> = serde_json::from_str(text).unwrap_or_default();
    Lists::taken_from(&mut draft)
}

/// A draft with its id and place.
type Placed<'a, T> = (Text<'a>, Place<'static>, Box<T>);

fn collect<'a, T>(
    into: &mut Vec<Placed<'a, T>>,
    file: FileId,
    list: &'static str,
    drafts: List<T>,
    id: fn(&T) -> &Text<'a>,
) {
    for (index, draft) in drafts.0 {
        into.push((id(&draft).clone(), Place::record(file, list, index), draft));
    }
}

/// Orders records by id, refuses doubles and ids of odd signs, and tells where each stands.
fn index<'a, T>(
    records: &mut Vec<Placed<'a, T>>,
    signs: &str,
    what: &str,
    faults: &mut Vec<Fault>,
) -> FxHashMap<Text<'a>, usize> {
    // In place; of two records with one id the one that stands first comes first.
    records.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.order().cmp(&b.1.order())));
    let mut last: Option<(Text<'a>, Place<'static>)> = None;
    records.retain(|(id, place, _)| {
        if !is_id(id, signs) {
            let allowed = signs.chars().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(" ");
            faults.push(
                Fault::error("bad-id", place.key("id"), format!("`{id}` is no id for {what}s"))
                    .label("not an id")
                    .help(format!(
                        "ids are lower-case letters a–z, digits and {allowed}, and begin with a letter or digit"
                    )),
            );
        }
        if let Some((first, there)) = &last
            && first == id
        {
            faults.push(
                Fault::error("duplicate-id", place.key("id"), format!("two {what}s have the id `{id}`"))
                    .label("a second time")
                    .also(there.key("id"), "first here"),
            );
            return false;
        }
        last = Some((id.clone(), *place));
        true
    });
    records.iter().enumerate().map(|(at, (id, ..))| (id.clone(), at)).collect()
}

/// Whether a text is an id: lower-case letters, digits and these signs, a letter or digit first.
pub(super) fn is_id(text: &str, signs: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.starts_with(plain) && text.chars().all(|c| plain(c) || signs.contains(c))
}

/// What the check of relations needs of an actor.
#[derive(Clone, Debug)]
struct Life {
    /// None where it is unknown, so that nothing is concluded from it.
    kind: Option<KindId>,
    /// When it existed, and where that is said. Boxed: of most actors nothing is known.
    exists: Option<Box<(Dated, Place<'static>)>>,
}

struct Checker<'d> {
    sources: FxHashMap<Text<'d>, usize>,
    actors: FxHashMap<Text<'d>, usize>,
    relations: FxHashMap<Text<'d>, usize>,
    declared: &'d [(String, String)],
    builder: Builder,
    faults: Vec<Fault>,
    /// Of every actor.
    lives: Vec<Life>,
    /// Whether words to help are left out: gathering them takes longer than all the rest where ids are many.
    is_terse: bool,
}

impl Checker<'_> {
    /// A reference to a record of a list by its id.
    fn refer(&mut self, list: &'static str, what: &str, id: &str, place: &Place<'_>) -> Option<usize> {
        let index = match list {
            "sources" => &self.sources,
            "actors" => &self.actors,
            _ => &self.relations,
        };
        if let Some(found) = index.get(id) {
            return Some(*found);
        }
        // Declared in a file that has other faults: those are told, this reference is fine.
        if self.declared.iter().any(|(l, d)| l == list && d == id) {
            return None;
        }
        let code = match list {
            "sources" => "unknown-source",
            "actors" => "unknown-actor",
            _ => "unknown-relation",
        };
        let mut fault =
            Fault::error(code, *place, format!("no {what} has the id `{id}`")).label(format!("not {}", an(what)));
        if !self.is_terse {
            let mut known: Vec<&str> = index.keys().map(|id| &**id).collect();
            known.sort_unstable();
            fault.help = nearest_ids(id, &known, what);
        }
        self.faults.push(fault);
        None
    }

    fn actor_ref(&mut self, id: &str, place: &Place<'_>) -> Option<ActorId> {
        self.refer("actors", "actor", id, place).map(ActorId::new)
    }

    fn source_ref(&mut self, id: &str, place: &Place<'_>) -> Option<SourceId> {
        self.refer("sources", "source", id, place).map(SourceId::new)
    }

    fn date(&mut self, text: &str, place: &Place<'_>) -> Option<Dated> {
        match Dated::parse(text) {
            Ok(dated) => Some(dated),
            Err(error) => {
                let code = if error.message.contains("ends before") { "reversed-interval" } else { "bad-date" };
                let mut fault = Fault::error(code, *place, format!("`{text}` is no date: {}", error.message))
                    .label(error.message.clone())
                    .within(error.offset);
                match error.help {
                    Some(help) => fault = fault.help(help),
                    None => {
                        fault = fault.help(
                            "dates are EDTF: `2017`, `2017-01-29`, `2016~`, `2016/2017-01`, `2024-12-08/..`, `/2016`, `..2014/2017`",
                        );
                    }
                }
                self.faults.push(fault);
                None
            }
        }
    }

    fn optional_date(&mut self, text: Option<&Text<'_>>, place: &Place<'_>) -> Option<Dated> {
        text.and_then(|text| self.date(text, place))
    }

    fn word<T: Copy>(
        &mut self,
        text: &str,
        what: &str,
        place: Place<'_>,
        read: fn(&str) -> Option<T>,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> Option<T> {
        let value = read(text);
        if value.is_none() {
            let known: Vec<&str> = all.iter().map(|v| word(*v)).collect();
            self.faults.push(unknown_word(place, what, text, &known));
        }
        value
    }

    fn source(&mut self, place: &Place<'_>, draft: SourceDraft<'_>) {
        let published = self.date(&draft.published, &place.key("published"));
        let accessed = self.optional_date(draft.accessed.as_ref(), &place.key("accessed"));
        let kind = self.word(
            &draft.kind,
            "kind of source",
            place.key("kind"),
            SourceKind::from_word,
            SourceKind::ALL,
            SourceKind::word,
        );
        let reliability = self.word(
            &draft.reliability,
            "reliability",
            place.key("reliability"),
            Reliability::from_word,
            Reliability::ALL,
            Reliability::word,
        );
        let mut derived_from = Vec::new();
        for (index, id) in draft.derived_from.iter().enumerate() {
            derived_from.extend(self.source_ref(id, &place.key("derived_from").item(index)));
        }
        if let Some(dated) = &published
            && !dated.hull().latest.is_bounded()
        {
            self.faults.push(
                Fault::error("bad-date", place.key("published"), "a publication date needs an end")
                    .label("reaches on without end")
                    .help("write the latest day it may have been published: `2025-08~/2025-09~`"),
            );
        }
        let mut uncited = Vec::new();
        for (index, draft_uncited) in draft.uncited.into_iter().enumerate() {
            let list = place.key("uncited");
            let place = list.item(index);
            let reason = self.word(
                &draft_uncited.reason,
                "reason",
                place.key("reason"),
                UncitedReason::from_word,
                UncitedReason::ALL,
                UncitedReason::word,
            );
            let entry = Uncited {
                locator: draft_uncited.locator.into(),
                reason: reason.unwrap_or(UncitedReason::Argument),
                note: draft_uncited.note.into(),
            };
            self.paragraphs(&entry.paragraphs(), draft.paragraphs, &entry.locator, &place.key("locator"));
            uncited.push(entry);
        }
        self.builder.sources.push(Source {
            slug: draft.id.into(),
            title: draft.title.into(),
            author: draft.author.map(Into::into),
            publisher: draft.publisher.map(Into::into),
            published: published.unwrap_or_else(someday),
            accessed,
            url: draft.url.map(Into::into),
            kind: kind.unwrap_or(SourceKind::News),
            reliability: reliability.unwrap_or(Reliability::F),
            derived_from,
            paragraphs: draft.paragraphs,
            names: draft.names.into_iter().map(Into::into).collect(),
            uncited,
        });
    }

    /// Whether a locator names paragraphs that the source has.
    fn paragraphs(&mut self, named: &[u32], has: Option<u32>, locator: &str, place: &Place<'_>) {
        if locator.contains('¶') && named.is_empty() {
            self.faults.push(
                Fault::error("bad-locator", *place, format!("`{locator}` names no paragraph"))
                    .label("not a locator")
                    .help("write `¶14`, `¶3-5` or `¶3, ¶7`"),
            );
        }
        if named.first() == Some(&0) {
            self.faults.push(
                Fault::error("bad-locator", *place, "paragraphs are counted from 1").label("there is no paragraph 0"),
            );
        } else if let (Some(has), Some(last)) = (has, named.last())
            && *last > has
        {
            self.faults.push(
                Fault::error("bad-locator", *place, format!("the source has paragraphs 1 to {has}"))
                    .label("not among them"),
            );
        }
    }

    /// Reads every actor's kind and life before the actors themselves, since claims and relations refer to any of them.
    fn kinds_of(&mut self, actors: &[Placed<'_, ActorDraft<'_>>]) {
        for (_, place, draft) in actors {
            let kind = self.builder.vocabulary.kind_named(&draft.kind);
            if kind.is_none() {
                let known: Vec<&str> = self.builder.vocabulary.actor_kinds.iter().map(|k| &*k.name).collect();
                let mut fault =
                    Fault::error("unknown-kind", place.key("kind"), format!("there is no actor kind `{}`", draft.kind))
                        .label("not a kind");
                fault.help = suggestion(&draft.kind, &known);
                self.faults.push(fault);
            }
            let exists = self.optional_date(draft.exists.as_ref(), &place.key("exists"));
            self.lives.push(Life { kind, exists: exists.map(|exists| Box::new((exists, *place))) });
        }
    }

    fn actor(&mut self, place: &Place<'_>, draft: ActorDraft<'_>) {
        let Life { kind, exists } = self.lives[self.builder.actors.len()].clone();
        if draft.name.trim().is_empty() {
            self.faults.push(Fault::error("empty-name", place.key("name"), "an actor needs a name").label("empty"));
        }
        let mut names = Vec::with_capacity(draft.names.len());
        for (index, name) in draft.names.into_iter().enumerate() {
            let list = place.key("names");
            let place = list.item(index);
            if name.name.trim().is_empty() {
                self.faults.push(Fault::error("empty-name", place.key("name"), "the name is empty").label("empty"));
            }
            let kind = self.word(
                &name.kind,
                "kind of name",
                place.key("kind"),
                NameKind::from_word,
                NameKind::ALL,
                NameKind::word,
            );
            let valid = self.optional_date(name.valid.as_ref(), &place.key("valid"));
            let mut sources = Vec::new();
            for (index, id) in name.sources.iter().enumerate() {
                sources.extend(self.source_ref(id, &place.key("sources").item(index)));
            }
            names.push(Name {
                text: name.name.into(),
                lang: name.lang.map(Into::into),
                script: name.script.map(Into::into),
                kind: kind.unwrap_or(NameKind::Alias),
                valid,
                sources,
            });
        }
        let claims = self.claims(&place.key("claims"), draft.claims);
        self.builder.actors.push(Actor {
            slug: draft.id.into(),
            name: draft.name.into(),
            kind: kind.unwrap_or(KindId::new(0)),
            names,
            exists: exists.map(|exists| exists.0),
            traits: draft.traits.into_iter().map(Into::into).collect(),
            summary: draft.summary.map(Into::into),
            external_ids: draft.external_ids.into_iter().map(|(k, v)| (k.into(), v.into())).collect(),
            claims,
        });
    }

    fn claims(&mut self, place: &Place<'_>, drafts: Vec<Box<ClaimDraft<'_>>>) -> Vec<Claim> {
        let mut claims: Vec<Claim> = Vec::with_capacity(drafts.len());
        for (index, draft) in drafts.into_iter().enumerate() {
            let place = place.item(index);
            let source = self.source_ref(&draft.source, &place.key("source"));
            let stance =
                self.word(&draft.stance, "stance", place.key("stance"), Stance::from_word, Stance::ALL, Stance::word);
            let modality = self.word(
                &draft.modality,
                "modality",
                place.key("modality"),
                Modality::from_word,
                Modality::ALL,
                Modality::word,
            );
            if !(1..=6).contains(&draft.credibility) {
                self.faults.push(
                    Fault::error("bad-credibility", place.key("credibility"), "credibility is 1 to 6")
                        .label("not a credibility")
                        .help("1 confirmed by independent sources, 2 probably true, 3 possibly, 4 doubtful, 5 improbable, 6 cannot be judged"),
                );
            }
            if draft.note.trim().is_empty() {
                self.faults.push(
                    Fault::error("empty-note", place.key("note"), "a claim needs a note")
                        .label("empty")
                        .help("say in your own words what the source says there"),
                );
            }
            let valid = self.optional_date(draft.valid.as_ref(), &place.key("valid"));
            let attributed_to = draft.attributed_to.map(|a| {
                let at = place.key("attributed_to");
                if a.actor.is_none() && a.name.is_none() && !a.anonymous {
                    self.faults.push(
                        Fault::error("empty-attribution", at, "the attribution names nobody")
                            .label("nobody")
                            .help("give `actor`, `name` or `\"anonymous\": true`"),
                    );
                }
                Attribution {
                    actor: a.actor.and_then(|id| self.actor_ref(&id, &at.key("actor"))),
                    name: a.name.map(Into::into),
                    anonymous: a.anonymous,
                }
            });
            let claim = Claim {
                source: source.unwrap_or(SourceId::new(0)),
                locator: draft.locator.into(),
                stance: stance.unwrap_or(Stance::Supports),
                modality: modality.unwrap_or(Modality::Asserted),
                attributed_to,
                credibility: draft.credibility,
                valid,
                figures: draft
                    .figures
                    .into_iter()
                    .map(|f| Figure {
                        what: f.what.into(),
                        value: f.value.into(),
                        qualifier: f.qualifier.map(Into::into),
                    })
                    .collect(),
                note: draft.note.into(),
            };
            if source.is_some() {
                let has = self.builder.sources[claim.source.index()].paragraphs;
                self.paragraphs(&claim.paragraphs(), has, &claim.locator, &place.key("locator"));
            }
            claims.push(claim);
        }
        for (index, claim) in claims.iter().enumerate() {
            if claim.credibility == 1 && self.origins(&claims) < 2 {
                self.faults.push(
                    Fault::error(
                        "unconfirmed",
                        place.item(index).key("credibility"),
                        "credibility 1 (confirmed) needs two independent sources",
                    )
                    .label("confirmed by whom?")
                    .help("2 is the best grade that one source can have"),
                );
            }
        }
        claims
    }

    /// How many supporting sources do not derive from one another.
    fn origins(&self, claims: &[Claim]) -> usize {
        let mut all: Vec<SourceId> = claims.iter().filter(|c| c.stance == Stance::Supports).map(|c| c.source).collect();
        all.sort_unstable();
        all.dedup();
        // A claim whose source is unknown stands under the first one, which need not be there.
        let derived = |s: &SourceId| self.builder.sources.get(s.index()).map_or(&[][..], |source| &source.derived_from);
        all.iter().filter(|s| !derived(s).iter().any(|d| all.contains(d))).count()
    }

    fn relation(&mut self, place: &Place<'_>, draft: RelationDraft<'_>) {
        let subject = self.actor_ref(&draft.subject, &place.key("subject"));
        let object = self.actor_ref(&draft.object, &place.key("object"));
        let in_roles = draft.roles.values().map(|id| self.actors.get(id).copied().map(ActorId::new)).collect();
        self.relation_between([subject, object], in_roles, place, draft);
    }

    /// A relation whose ends are found; and the actors of its roles, where their values are ids.
    fn relation_between(
        &mut self,
        [subject, object]: [Option<ActorId>; 2],
        in_roles: Vec<Option<ActorId>>,
        place: &Place<'_>,
        draft: RelationDraft<'_>,
    ) {
        let kind = self.builder.vocabulary.type_named(&draft.kind);
        if kind.is_none() {
            self.unknown_type(&draft.kind, place);
        }
        if let (Some(subject), Some(object), Some(kind)) = (subject, object, kind) {
            self.ends(subject, object, kind, place);
        }
        let valid = self.date(&draft.valid, &place.key("valid"));
        // Lineage joins lives that need not overlap: one may end on the day before the other begins.
        let is_lineage = kind
            .is_some_and(|id| self.builder.vocabulary.relation_type(id).category == crate::model::Category::Lineage);
        if let (Some(subject), Some(object), Some(valid), false) = (subject, object, &valid, is_lineage) {
            self.within_lives([subject, object], valid, place);
        }
        let basis = self.word(&draft.basis, "basis", place.key("basis"), Basis::from_word, Basis::ALL, Basis::word);
        if draft.claims.is_empty() {
            self.no_claims("relation", &draft.id, place);
        }
        let mut roles = Vec::new();
        for (index, ((name, value), actor)) in draft.roles.into_iter().zip(in_roles).enumerate() {
            if value.trim().is_empty() {
                self.faults.push(
                    Fault::error(
                        "empty-role",
                        place.key("roles").value_at(index),
                        format!("the role `{name}` is empty"),
                    )
                    .label("empty"),
                );
            }
            roles.push(Role { name: name.into(), value: value.into(), actor });
        }
        let claims = self.claims(&place.key("claims"), draft.claims);
        self.builder.relations.push(Relation {
            slug: draft.id.into(),
            subject: subject.unwrap_or(ActorId::new(0)),
            kind: kind.unwrap_or(TypeId::new(0)),
            object: object.unwrap_or(ActorId::new(0)),
            valid: valid.unwrap_or_else(someday),
            roles,
            basis: basis.unwrap_or(Basis::Reported),
            claims,
            note: draft.note.map(Into::into),
        });
    }

    fn unknown_type(&mut self, word: &str, place: &Place<'_>) {
        let types = &self.builder.vocabulary.relation_types;
        let mut fault = Fault::error("unknown-type", place.key("type"), format!("there is no relation type `{word}`"))
            .label("not a relation type");
        if let Some(t) = types.iter().find(|t| !t.symmetric && *t.inverse == *word) {
            fault = fault.help(format!("`{word}` is the inverse of `{}`: swap subject and object", t.name));
        } else if !self.is_terse {
            let known: Vec<&str> = types.iter().map(|t| &*t.name).collect();
            fault.help = suggestion(word, &known);
        }
        self.faults.push(fault);
    }

    /// Whether a type may stand between two actors.
    fn ends(&mut self, subject: ActorId, object: ActorId, kind: TypeId, place: &Place<'_>) {
        let vocabulary = &self.builder.vocabulary;
        let t = vocabulary.relation_type(kind);
        if subject == object {
            self.faults.push(
                Fault::error("self-relation", place.key("object"), "an actor has no relation with itself")
                    .label("the subject again"),
            );
            return;
        }
        let fits = |allowed: &[KindId], actor: ActorId| {
            self.lives[actor.index()].kind.is_none_or(|kind| allowed.contains(&kind))
        };
        let (forth, back) = (
            fits(&t.subjects, subject) && fits(&t.objects, object),
            t.symmetric && fits(&t.subjects, object) && fits(&t.objects, subject),
        );
        if forth || back {
            return;
        }
        let swapped = fits(&t.subjects, object) && fits(&t.objects, subject);
        for (key, allowed, actor) in [("subject", &t.subjects, subject), ("object", &t.objects, object)] {
            let Some(kind) = self.lives[actor.index()].kind.filter(|kind| !allowed.contains(kind)) else { continue };
            let found = &vocabulary.kind(kind).name;
            let list: Vec<&str> = allowed.iter().map(|k| &*vocabulary.kind(*k).name).collect();
            let mut fault = Fault::error(
                "type-not-allowed",
                place.key(key),
                format!("the {key} of `{}` cannot be of kind `{found}`", t.name),
            )
            .label(format!("is of kind `{found}`"))
            .help(format!("allowed: {}", super::shape::listed(&list)));
            if swapped {
                fault = fault.help("the other way round would be allowed: are subject and object swapped?");
            }
            self.faults.push(fault);
        }
    }

    /// Whether a dating can lie within the lives of both ends.
    fn within_lives(&mut self, ends: [ActorId; 2], valid: &Dated, place: &Place<'_>) {
        let hull = valid.hull();
        let mut extent = Extent {
            start: crate::time::Bounds::between(hull.earliest, hull.latest),
            end: crate::time::Bounds::between(hull.earliest, hull.latest),
        };
        for end in ends {
            let Some(exists) = &self.lives[end.index()].exists else { continue };
            let (life, life_place) = &**exists;
            let life_hull = life.hull();
            extent = extent.clipped_to(Extent {
                start: crate::time::Bounds::between(life_hull.earliest, life_hull.latest),
                end: crate::time::Bounds::between(life_hull.earliest, life_hull.latest),
            });
            if extent.is_never() {
                let message = format!("`{valid}` lies outside the lives of the two actors");
                self.faults.push(
                    Fault::error("outside-life", place.key("valid"), message)
                        .label("neither certainly nor possibly within both")
                        .also(life_place.key("exists"), format!("this one existed {life}")),
                );
                return;
            }
        }
    }

    fn no_claims(&mut self, what: &str, id: &str, place: &Place<'_>) {
        self.faults.push(
            Fault::error("no-claims", place.key("id"), format!("the {what} `{id}` has no claim"))
                .label("says who?")
                .help("add `claims`, each with `source`, `locator`, `stance`, `modality`, `credibility` and `note`"),
        );
    }

    fn event(
        &mut self,
        place: &Place<'_>,
        draft: EventDraft<'_>,
        relations: &[(Text<'_>, Place<'static>)],
        warn: bool,
    ) {
        let date = self.date(&draft.date, &place.key("date"));
        let kind = self.named_in_vocabulary(&draft.kind, "event kind", place.key("kind"), |v| {
            v.event_kinds.iter().map(|k| &*k.name).collect()
        });
        let place_of = draft.place.as_ref().and_then(|id| self.actor_ref(id, &place.key("place")));
        let mut participants = Vec::new();
        for (index, p) in draft.participants.iter().enumerate() {
            let list = place.key("participants");
            let place = list.item(index);
            let actor = self.actor_ref(&p.actor, &place.key("actor"));
            let role = self.named_in_vocabulary(&p.role, "event role", place.key("role"), |v| {
                v.event_roles.iter().map(|k| &*k.name).collect()
            });
            if let (Some(actor), Some(role)) = (actor, role) {
                participants.push(Participant { actor, role: RoleId::new(role) });
            }
        }
        if draft.claims.is_empty() {
            self.no_claims("event", &draft.id, place);
        }
        let mut opens = Vec::new();
        let mut closes = Vec::new();
        for (ids, key, into) in [(&draft.opens, "opens", &mut opens), (&draft.closes, "closes", &mut closes)] {
            for (index, id) in ids.iter().enumerate() {
                let list = place.key(key);
                let here = list.item(index);
                let Some(found) = self.refer("relations", "relation", id, &here) else { continue };
                into.push(RelationId::new(found));
                if warn && let Some(date) = &date {
                    self.event_fits(key, RelationId::new(found), date, &here, relations);
                }
            }
        }
        let claims = self.claims(&place.key("claims"), draft.claims);
        self.builder.events.push(Event {
            slug: draft.id.into(),
            name: draft.name.into(),
            kind: EventKindId::new(kind.unwrap_or(0)),
            date: date.unwrap_or_else(someday),
            place: place_of,
            participants,
            opens,
            closes,
            claims,
            note: draft.note.map(Into::into),
        });
    }

    fn named_in_vocabulary(
        &mut self,
        word: &str,
        what: &str,
        place: Place<'_>,
        names: fn(&crate::model::Vocabulary) -> Vec<&str>,
    ) -> Option<usize> {
        let known = names(&self.builder.vocabulary);
        let found = known.iter().position(|name| *name == word);
        if found.is_none() {
            let fault = unknown_word(place, what, word, &known);
            self.faults.push(fault);
        }
        found
    }

    /// Warns when an event that opens or closes a relation cannot lie at that end of it.
    fn event_fits(
        &mut self,
        key: &str,
        id: RelationId,
        date: &Dated,
        place: &Place<'_>,
        places: &[(Text<'_>, Place<'static>)],
    ) {
        let Some(relation) = self.builder.relations.get(id.index()) else { return };
        let end = if key == "opens" { relation.valid.start() } else { relation.valid.end() };
        let crate::time::End::Known(bounds) = end else { return };
        let event = date.hull();
        if event.earliest > bounds.latest || event.latest < bounds.earliest {
            let verb = if key == "opens" { "begins" } else { "ends" };
            let fault = Fault::warning(
                "event-elsewhere",
                *place,
                format!("the event is dated `{date}`, and the relation {verb} at another time"),
            )
            .label(format!("does not {} here", verb.trim_end_matches('s')))
            .also(places[id.index()].1.key("valid"), "its own dating");
            self.faults.push(fault);
        }
    }

    /// Warns of relations that probably say the same twice, and of datings that no claim bears.
    fn odd_relations(&mut self, places: &[(Text<'_>, Place<'static>)]) {
        let mut seen: BTreeMap<(ActorId, TypeId, ActorId), Vec<usize>> = BTreeMap::new();
        for (at, relation) in self.builder.relations.iter().enumerate() {
            let mut ends = (relation.subject, relation.kind, relation.object);
            if self.builder.vocabulary.relation_type(relation.kind).symmetric && ends.0 > ends.2 {
                ends = (ends.2, ends.1, ends.0);
            }
            seen.entry(ends).or_default().push(at);
        }
        for ats in seen.values() {
            for (nth, a) in ats.iter().enumerate() {
                for b in &ats[nth + 1..] {
                    let (first, second) = (&self.builder.relations[*a], &self.builder.relations[*b]);
                    let meet = first.valid.extent(None, None).meet(second.valid.extent(None, None));
                    if !meet.is_never() && meet.start.latest <= meet.end.earliest {
                        self.faults.push(
                            Fault::warning(
                                "told-twice",
                                places[*b].1.key("id"),
                                format!("`{}` says the same of the same actors at the same time", first.slug),
                            )
                            .label("the second")
                            .help("put the claims under one relation")
                            .also(places[*a].1.key("id"), "the first"),
                        );
                    }
                }
            }
        }
    }
}

/// Ids near a mistyped one, by slip or by a shared part.
fn nearest_ids(id: &str, known: &[&str], what: &str) -> Vec<String> {
    if let Some(near) = super::shape::near(id, known) {
        return vec![format!("did you mean `{near}`?")];
    }
    let mut parts: Vec<&str> =
        known.iter().filter(|k| id.len() > 2 && (k.contains(id) || id.contains(**k))).copied().collect();
    parts.truncate(5);
    if parts.is_empty() {
        vec![format!("`allegiance list {what}s` shows the ids")]
    } else {
        vec![format!("near it: {}", parts.iter().map(|p| format!("`{p}`")).collect::<Vec<_>>().join(", "))]
    }
}

pub(super) fn an(what: &str) -> String {
    let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {what}")
}

/// Stands in for a date that was refused, in a builder that will not be built.
fn someday() -> Dated {
    vocabulary::placeholder_date()
}
