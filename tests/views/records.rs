//! Random cases, and the library's records for them.

use crate::oracle::{Asked, Case, Claim, Filter, LINEAGE, Relation, Side, Slice, Source, Tip, When};
use allegiance::graph::{Builder, ClaimFilter, TemporalGraph, View};
use allegiance::model::{
    Actor, ActorId, Basis, Category, Grade, KindId, Modality, Polarity, RelationType, Reliability, SourceId,
    SourceKind, Stance, Temporality, TypeId, Vocabulary,
};
use allegiance::time::{Dated, Day, Reading, Window};
use proptest::prelude::*;

/// The number of 2001-01-01, written out so that no calendar code is trusted.
const BASE: i32 = 11_323;
pub(crate) const KINDS: usize = 3;

pub(crate) fn day(day: i32) -> Day {
    Day::new(BASE + day)
}

pub(crate) fn dated(when: When) -> Dated {
    let text = when.text();
    Dated::parse(&text).unwrap_or_else(|e| panic!("{text}: {e}"))
}

pub(crate) fn actor(slug: &str, exists: Option<Dated>) -> Actor {
    Actor {
        slug: slug.into(),
        name: slug.into(),
        kind: KindId::new(0),
        names: Vec::new(),
        exists,
        traits: Vec::new(),
        summary: None,
        external_ids: Vec::new(),
        claims: Vec::new(),
    }
}

pub(crate) fn source(slug: &str, published: Dated, reliability: Reliability) -> allegiance::model::Source {
    allegiance::model::Source {
        slug: slug.into(),
        title: slug.into(),
        author: None,
        publisher: None,
        published,
        accessed: None,
        url: None,
        kind: SourceKind::News,
        reliability,
        derived_from: Vec::new(),
        paragraphs: None,
        names: Vec::new(),
        uncited: Vec::new(),
    }
}

pub(crate) fn claim(source: usize) -> allegiance::model::Claim {
    allegiance::model::Claim {
        source: SourceId::new(source),
        locator: "¶1".into(),
        stance: Stance::Supports,
        modality: Modality::Asserted,
        attributed_to: None,
        credibility: 1,
        valid: None,
        figures: Vec::new(),
        note: "".into(),
    }
}

pub(crate) fn relation(slug: &str, subject: usize, object: usize, valid: Dated) -> allegiance::model::Relation {
    allegiance::model::Relation {
        slug: slug.into(),
        subject: ActorId::new(subject),
        kind: TypeId::new(0),
        object: ActorId::new(object),
        valid,
        roles: Vec::new(),
        basis: Basis::Reported,
        claims: vec![claim(0)],
        note: None,
    }
}

pub(crate) fn vocabulary() -> Vocabulary {
    let kind = |index: usize| RelationType {
        name: format!("t{index}").into(),
        inverse: format!("t{index}").into(),
        symmetric: false,
        category: if index == LINEAGE { Category::Lineage } else { Category::Cooperation },
        polarity: Polarity::Positive,
        weight: 1,
        temporality: Temporality::State,
        subjects: Vec::new(),
        objects: Vec::new(),
        definition: "".into(),
        example: "".into(),
        label: "".into(),
        inverse_label: "".into(),
        later: None,
        continues: false,
    };
    Vocabulary { relation_types: (0..KINDS).map(kind).collect(), ..Vocabulary::default() }
}

pub(crate) fn build(case: &Case) -> TemporalGraph {
    let claims = |claims: &[Claim]| {
        let record = |c: &Claim| allegiance::model::Claim {
            stance: match c.side {
                Side::For => Stance::Supports,
                Side::Doubt => Stance::Disputes,
                Side::Against => Stance::Denies,
            },
            modality: if c.asserted { Modality::Asserted } else { Modality::Reported },
            credibility: c.credibility,
            valid: c.own.map(dated),
            ..claim(c.source)
        };
        claims.iter().map(record).collect()
    };
    let relations = case.relations.iter().enumerate().map(|(index, r)| allegiance::model::Relation {
        kind: TypeId::new(r.kind),
        claims: claims(&r.claims),
        ..relation(&format!("r{index:02}"), r.subject, r.object, dated(r.valid))
    });
    let sources = case.sources.iter().enumerate().map(|(index, s)| {
        source(&format!("s{index}"), dated(s.published), Reliability::ALL[usize::from(s.reliability)])
    });
    Builder {
        vocabulary: vocabulary(),
        sources: sources.collect(),
        actors: case.actors.iter().enumerate().map(|(i, exists)| actor(&format!("a{i}"), exists.map(dated))).collect(),
        relations: relations.collect(),
        events: Vec::new(),
    }
    .build()
}

pub(crate) fn claim_filter(filter: &Filter) -> ClaimFilter {
    let ids = |set: &std::collections::BTreeSet<usize>| set.iter().map(|s| SourceId::new(*s)).collect();
    ClaimFilter {
        known_by: filter.known_by.map(day),
        known_possibly: filter.known_possibly,
        sources: ids(&filter.sources),
        excluded: ids(&filter.excluded),
        min_grade: filter.grade.map(|(reliability, credibility)| Grade {
            reliability: Reliability::ALL[usize::from(reliability)],
            credibility,
        }),
    }
}

/// The view that the slice asks for.
pub(crate) fn view<'g>(graph: &'g TemporalGraph, slice: &Slice) -> View<'g> {
    let reading = if slice.certain { Reading::Certain } else { Reading::Possible };
    let view = graph.view(window(slice.asked), reading).with_claims(claim_filter(&slice.filter));
    match &slice.kinds {
        None => view,
        Some(kinds) => view.with_types(&types(kinds)),
    }
}

pub(crate) fn types(kinds: &std::collections::BTreeSet<usize>) -> Vec<TypeId> {
    kinds.iter().map(|k| TypeId::new(*k)).collect()
}

pub(crate) fn window(asked: Asked) -> Window {
    if asked.first == Asked::ALL.first && asked.last == Asked::ALL.last {
        return Window::ALL;
    }
    let make = if asked.throughout { Window::throughout } else { Window::sometime };
    make(day(asked.first), day(asked.last))
}

fn some_day() -> impl Strategy<Value = i32> {
    0..120i32
}

fn tip() -> impl Strategy<Value = Tip> {
    prop_oneof![
        4 => some_day().prop_map(Tip::Day),
        2 => (1..=4usize).prop_map(Tip::Month),
        2 => (1..119i32).prop_map(Tip::AboutDay),
        1 => (1..=4usize).prop_map(Tip::AboutMonth),
        1 => some_day().prop_map(Tip::UpTo),
    ]
}

fn when() -> impl Strategy<Value = When> {
    let start = prop_oneof![6 => tip(), 1 => Just(Tip::Open), 1 => Just(Tip::Unknown)];
    let end = prop_oneof![
        6 => tip(),
        1 => some_day().prop_map(Tip::From),
        2 => Just(Tip::Open),
        2 => Just(Tip::Unknown)
    ];
    let end = prop_oneof![1 => Just(None), 9 => end.prop_map(Some)];
    (start, end).prop_map(|(start, end)| When { start, end }).prop_filter("runs forward", |w| w.is_sound())
}

fn claims() -> impl Strategy<Value = Vec<Claim>> {
    let side = prop_oneof![7 => Just(Side::For), 1 => Just(Side::Doubt), 1 => Just(Side::Against)];
    let claim = (0..4usize, side, prop::bool::weighted(0.8), 1..=6u8, prop::option::weighted(0.3, when()))
        .prop_map(|(source, side, asserted, credibility, own)| Claim { source, side, asserted, credibility, own });
    prop::collection::vec(claim, 1..4)
}

fn sources() -> impl Strategy<Value = Vec<Source>> {
    let published = tip()
        .prop_filter("a date", |t| !matches!(t, Tip::UpTo(_) | Tip::AboutMonth(_)))
        .prop_map(|start| When { start, end: None });
    let source = (published, 0..6u8).prop_map(|(published, reliability)| Source { published, reliability });
    prop::collection::vec(source, 4)
}

pub(crate) fn case() -> impl Strategy<Value = Case> {
    let actors = prop::collection::vec(prop::option::weighted(0.4, when()), 1..7);
    let ends = (0..7usize, 0..7usize, prop::bool::weighted(0.2));
    let relation = (ends, 0..KINDS, when(), claims());
    (actors, prop::collection::vec(relation, 0..32), sources()).prop_map(|(actors, relations, sources)| {
        let count = actors.len();
        let relation = |((a, b, is_loop), kind, valid, claims): ((usize, usize, bool), usize, When, Vec<Claim>)| {
            Relation { subject: a % count, object: if is_loop { a % count } else { b % count }, kind, valid, claims }
        };
        Case { relations: relations.into_iter().map(relation).collect(), actors, sources }
    })
}

fn asked() -> impl Strategy<Value = Asked> {
    prop_oneof![
        4 => some_day().prop_map(|d| Asked { first: d, last: d, throughout: false }),
        6 => (some_day(), 0..60i32, any::<bool>())
            .prop_map(|(d, more, throughout)| Asked { first: d, last: (d + more).min(119), throughout }),
        1 => Just(Asked::ALL),
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    let set = |weight| {
        prop::option::weighted(weight, prop::collection::btree_set(0..4usize, 1..3)).prop_map(Option::unwrap_or_default)
    };
    let grade = prop::option::weighted(0.3, (1..6u8, 2..=6u8));
    (prop::option::weighted(0.4, some_day()), any::<bool>(), set(0.2), set(0.2), grade).prop_map(
        |(known_by, known_possibly, sources, excluded, grade)| Filter {
            known_by,
            known_possibly,
            sources,
            excluded,
            grade,
        },
    )
}

pub(crate) fn slice() -> impl Strategy<Value = Slice> {
    let filter = prop_oneof![1 => Just(Filter::default()), 1 => filter()];
    let kinds = prop::option::weighted(0.3, prop::collection::btree_set(0..KINDS, 0..KINDS));
    (asked(), any::<bool>(), filter, kinds).prop_map(|(asked, certain, filter, kinds)| Slice {
        asked,
        certain,
        filter,
        kinds,
    })
}

/// A slice that holds much, for algorithms that want something to walk on.
fn broad_slice() -> impl Strategy<Value = Slice> {
    (0..60i32, any::<bool>(), 60..120i32).prop_map(|(first, certain, last)| Slice {
        asked: Asked { first, last, throughout: false },
        certain,
        filter: Filter::default(),
        kinds: None,
    })
}

/// Any slice, or a broad one.
pub(crate) fn walkable_slice() -> impl Strategy<Value = Slice> {
    prop_oneof![1 => slice(), 2 => broad_slice()]
}
