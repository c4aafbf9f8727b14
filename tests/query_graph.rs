//! The temporal graph as queries see it, on the data that comes with the program: held against the records, read plainly.

use allegiance::dataset;
use allegiance::graph::TemporalGraph;
use allegiance::model::{RelationId, Status};
use allegiance::query::graph::{
    Entity, Facet, Graph, Hop, HopFilter, KeyId, NodeId, Owner, RelId, Schema, SliceId, Term, Toward, TypeSet,
};
use allegiance::query::scope::{Scope, Valid};
use allegiance::query::temporal_graph::QueryGraph;
use allegiance::query::value::Value;
use allegiance::time::{Dated, Day, Holds, Reading, Window};
use std::sync::LazyLock;

static DATA: LazyLock<TemporalGraph> = LazyLock::new(dataset::embedded);

fn window(text: &str) -> Window {
    Dated::parse(text).expect("a date").window()
}

fn valid(text: &str, reading: Reading) -> Scope {
    Scope { valid: Some(Valid { window: window(text), reading }), known_by: None }
}

fn known(text: &str) -> Scope {
    Scope { valid: None, known_by: Some(window(text).last) }
}

fn types(graph: &QueryGraph<'_>, name: &str) -> TypeSet {
    match graph.relation_type(name) {
        Term::Known(types) => types,
        other => panic!("{name}: {other:?}"),
    }
}

fn key(graph: &QueryGraph<'_>, name: &str) -> KeyId {
    match graph.key(name, Owner::Unknown) {
        Term::Known(key) => key,
        other => panic!("{name}: {other:?}"),
    }
}

fn node(graph: &QueryGraph<'_>, id: &str) -> NodeId {
    let found = graph.seek(SliceId(0), key(graph, "id"), &Value::text(id));
    *found.first().unwrap_or_else(|| panic!("no {id}"))
}

fn hops(graph: &QueryGraph<'_>, slice: SliceId, node: NodeId, toward: Toward, types: Option<&TypeSet>) -> Vec<Hop> {
    graph.hops(slice, node, HopFilter { toward, types, valid: None }).collect()
}

/// The hops from a node by a look at every relation.
fn hops_by_records(graph: &QueryGraph<'_>, slice: SliceId, from: NodeId, toward: Toward) -> Vec<Hop> {
    let vocabulary = DATA.vocabulary();
    let mut all = Vec::new();
    for (id, relation) in DATA.relations() {
        let (subject, object) = (NodeId(relation.subject.index() as u32), NodeId(relation.object.index() as u32));
        let both = vocabulary.relation_type(relation.kind).symmetric;
        let hop = Hop { relation: RelId(id.index() as u32), node: if subject == from { object } else { subject } };
        let goes =
            (subject == from && (both || toward != Toward::In)) || (object == from && (both || toward != Toward::Out));
        if goes && graph.has_relation(slice, hop.relation) {
            all.push(hop);
        }
    }
    all
}

#[test]
fn hops_are_those_of_the_records_in_every_slice_and_direction() {
    let mut graph = QueryGraph::new(&DATA);
    let mut slices = vec![SliceId(0)];
    let both = |scope: &Scope, text: &str| Scope { known_by: Some(window(text).last), ..scope.clone() };
    let at = valid("2016", Reading::Certain);
    for scope in [at.clone(), valid("2016-07", Reading::Possible), known("2025-02"), both(&at, "2025-02")] {
        slices.push(graph.slice(&scope).expect("a slice"));
    }
    let mut met = vec![0; slices.len()];
    for (at, slice) in slices.iter().enumerate() {
        for node in graph.nodes(*slice, None) {
            for toward in [Toward::Out, Toward::In, Toward::Either] {
                let mut found = hops(&graph, *slice, node, toward, None);
                found.sort_by_key(|hop| hop.relation);
                assert_eq!(found, hops_by_records(&graph, *slice, node, toward), "{node:?} {toward:?} {slice:?}");
                assert!(found.iter().all(|hop| graph.has_node(*slice, hop.node)));
                met[at] += found.len();
            }
        }
    }
    assert!(met.iter().all(|count| *count > 20) && met[1..].iter().all(|count| *count < met[0]), "{met:?}");
}

#[test]
fn hops_of_a_time_are_those_that_hold_then() {
    let graph = QueryGraph::new(&DATA);
    for (text, reading) in [("2016", Reading::Certain), ("2016-07-01", Reading::Possible), ("2025", Reading::Certain)] {
        let asked = Valid { window: window(text), reading };
        let mut some = false;
        for node in graph.nodes(SliceId(0), None) {
            let all = TypeSet::of(0..graph.type_names().count() as u32);
            for types in [None, Some(&all)] {
                let filter = HopFilter { toward: Toward::Either, types, valid: Some(asked) };
                let pushed: Vec<Hop> = graph.hops(SliceId(0), node, filter).collect();
                let mut plain = hops(&graph, SliceId(0), node, Toward::Either, types);
                plain
                    .retain(|hop| reading.keeps(graph.holds(SliceId(0), Entity::Relation(hop.relation), asked.window)));
                assert_eq!(pushed, plain);
                some |= !pushed.is_empty();
            }
        }
        assert!(some, "{text}");
    }
}

#[test]
fn everything_is_there_without_a_scope_and_only_what_held_with_one() {
    let mut graph = QueryGraph::new(&DATA);
    let ever = graph.slice(&valid("2000", Reading::Certain)).expect("a slice");
    assert_ne!(ever, SliceId(0));
    let all = Scope { valid: Some(Valid { window: Window::ALL, reading: Reading::Possible }), known_by: None };
    let all = graph.slice(&all).expect("a slice");
    assert_eq!(graph.slice(&Scope::default()), Ok(SliceId(0)));
    let denied: Vec<RelationId> =
        DATA.relations().map(|(id, _)| id).filter(|id| DATA.standing(*id).status == Status::Denied).collect();
    assert!(!denied.is_empty(), "the data denies something");
    for id in denied {
        let relation = RelId(id.index() as u32);
        assert!(graph.has_relation(SliceId(0), relation) && !graph.has_relation(all, relation));
        let status = graph.property_by_name(SliceId(0), Entity::Relation(relation), "status");
        assert_eq!(status, Value::text("denied"));
        assert_eq!(graph.facet(SliceId(0), Entity::Relation(relation), Facet::Status), status);
        assert_eq!(graph.holds(SliceId(0), Entity::Relation(relation), Window::ALL), Holds::No);
        assert_eq!(graph.known_by(SliceId(0), Entity::Relation(relation), Day::FAR_FUTURE), Holds::No);
    }
    let kept = DATA.relations().filter(|(id, _)| graph.has_relation(SliceId(0), RelId(id.index() as u32))).count();
    assert_eq!(kept, DATA.relations().len());
}

#[test]
fn known_time_leaves_what_had_been_published() {
    let mut graph = QueryGraph::new(&DATA);
    let first = DATA.sources().map(|(_, source)| source.published.hull().latest).min().expect("sources");
    let slice = graph.slice(&Scope { valid: None, known_by: Some(first) }).expect("a slice");
    let nothing = graph.slice(&Scope { valid: None, known_by: Some(first.plus(-1)) }).expect("a slice");
    let source = |slice| graph.nodes(slice, known_label(&graph, "Source")).count();
    assert!(source(slice) >= 1 && source(slice) < DATA.sources().len() && source(nothing) == 0);
    let mut counts = [0; 2];
    for (id, relation) in DATA.relations() {
        let rel = RelId(id.index() as u32);
        let out = relation.claims.iter().any(|c| DATA.source(c.source).published.hull().latest <= first);
        assert_eq!(graph.has_relation(slice, rel), out, "{}", relation.slug);
        assert!(!graph.has_relation(nothing, rel));
        counts[usize::from(out)] += 1;
        if out && graph.known_by(slice, Entity::Relation(rel), first) == Holds::Certain {
            assert_eq!(graph.facet(slice, Entity::Relation(rel), Facet::KnownSince), Value::Date(first));
        }
    }
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
    assert_eq!(graph.nodes(nothing, known_label(&graph, "Event")).count(), 0);
    assert_eq!(graph.nodes(nothing, known_label(&graph, "Actor")).count(), DATA.actors().len());
}

fn known_label(graph: &QueryGraph<'_>, name: &str) -> Option<allegiance::query::graph::LabelId> {
    match graph.label(name) {
        Term::Known(label) => Some(label),
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn labels_are_classes_kinds_and_groups() {
    let graph = QueryGraph::new(&DATA);
    for name in graph.label_names() {
        let label = known_label(&graph, name);
        let nodes: Vec<NodeId> = graph.nodes(SliceId(0), label).collect();
        assert_eq!(nodes.len(), graph.count_nodes(label), "{name}");
        assert!(nodes.iter().all(|node| graph.labels(*node).contains(&name)), "{name}");
        let all = graph.nodes(SliceId(0), None).filter(|node| graph.labels(*node).contains(&name)).count();
        assert_eq!(all, nodes.len(), "{name}");
    }
    assert_eq!(graph.labels(node(&graph, "hts"))[..2], ["Actor", "ArmedGroup"]);
    assert!(graph.labels(node(&graph, "hts")).contains(&"Armed"));
    let Term::Unknown { near, all } = graph.label("armedgroup") else { panic!("labels are exact in case") };
    assert_eq!(near[0], "ArmedGroup");
    assert!(all.contains(&"Event".to_owned()));
    let Term::Unknown { near, .. } = graph.label("Persn") else { panic!() };
    assert_eq!(near, ["Person"]);
}

#[test]
fn types_are_named_one_by_one_and_in_groups() {
    let graph = QueryGraph::new(&DATA);
    let one = types(&graph, "ALLIED_WITH");
    assert_eq!(one.iter().count(), 1);
    assert!(graph.is_symmetric(one.iter().next().expect("one")));
    for (group, member) in [
        ("ALLIED", "AFFILIATE_OF"),
        ("ALLIES", "ALLIED_WITH"),
        ("HOSTILE", "AT_WAR_WITH"),
        ("HOSTILITY", "AT_WAR_WITH"),
        ("FRIENDLY_TO", "BACKS"),
        ("LINKED_TO", "CONTROLS"),
        ("INVOLVES", "AGENT"),
    ] {
        let (group, member) = (types(&graph, group), types(&graph, member));
        assert!(group.iter().count() > 1 && group.and(&member) == member);
    }
    assert_eq!(types(&graph, "LINKED_TO"), graph.all_types());
    assert!(!types(&graph, "IN_PLACE").intersects(&graph.all_types()));
    assert!(types(&graph, "IN_PLACE").reaches(85) && !graph.all_types().reaches(85));
    let unknown = |name: &str| match graph.relation_type(name) {
        Term::Unknown { near, .. } => near,
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(unknown("RENAMED_FROM"), ["RENAMED_TO, with the arrow turned round"]);
    assert!(unknown("allied_with").contains(&"ALLIED_WITH".to_owned()));
    assert_eq!(unknown("ALIED_WITH")[0], "ALLIED_WITH");
    let counted: usize = graph.all_types().iter().map(|id| graph.count_relations(Some(&TypeSet::of([id])))).sum();
    assert_eq!((counted, graph.count_relations(None)), (DATA.relations().len(), DATA.relations().len()));
}

#[test]
fn participations_are_met_only_when_asked_for() {
    let graph = QueryGraph::new(&DATA);
    let involves = types(&graph, "INVOLVES").or(&types(&graph, "IN_PLACE"));
    let mut told = 0;
    for (id, event) in DATA.events() {
        let from = NodeId((DATA.actors().len() + id.index()) as u32);
        assert!(hops(&graph, SliceId(0), from, Toward::Either, None).is_empty());
        let found = hops(&graph, SliceId(0), from, Toward::Out, Some(&involves));
        let who: Vec<usize> = found.iter().map(|hop| hop.node.0 as usize).collect();
        let written = event.participants.iter().map(|p| p.actor).chain(event.place);
        assert_eq!(who, written.map(|actor| actor.index()).collect::<Vec<_>>(), "{}", event.slug);
        assert!(hops(&graph, SliceId(0), from, Toward::In, Some(&involves)).is_empty());
        for hop in found {
            let link = Entity::Relation(hop.relation);
            assert_eq!(graph.ends(hop.relation), (from, hop.node));
            assert_eq!(graph.extent(SliceId(0), link), graph.extent(SliceId(0), Entity::Node(from)));
            let back = hops(&graph, SliceId(0), hop.node, Toward::In, Some(&involves));
            assert!(back.contains(&Hop { relation: hop.relation, node: from }));
            let role = graph.property_by_name(SliceId(0), link, "role");
            let name = graph.type_name(graph.type_of(hop.relation));
            assert!(if name == "IN_PLACE" { role.is_null() } else { role == Value::text(&name.to_lowercase()) });
            told += 1;
        }
    }
    assert!(told > 20, "{told}");
    let repeats = types(&graph, "DERIVED_FROM");
    let written: usize = DATA.sources().map(|(_, source)| source.derived_from.len()).sum();
    let sources = graph.nodes(SliceId(0), known_label(&graph, "Source"));
    assert_eq!(sources.map(|s| hops(&graph, SliceId(0), s, Toward::Out, Some(&repeats)).len()).sum::<usize>(), written);
}

#[test]
fn nodes_are_sought_by_id_and_name() {
    // The same graph as a compiled set has it.
    let keyed = dataset::embedded().with_name_keys(allegiance::names::keys(&DATA));
    for data in [&*DATA, &keyed] {
        nodes_are_sought_in(&QueryGraph::new(data));
    }
}

fn nodes_are_sought_in(graph: &QueryGraph<'_>) {
    let by_records = |text: &str| -> Vec<NodeId> {
        let names = DATA.actors().map(|(_, actor)| &*actor.name).chain(DATA.events().map(|(_, event)| &*event.name));
        names.zip(0..).filter(|(name, _)| *name == text).map(|(_, at)| NodeId(at)).collect()
    };
    let (id, name) = (key(graph, "id"), key(graph, "name"));
    assert!(graph.can_seek(id) && graph.can_seek(name) && !graph.can_seek(key(graph, "kind")));
    for (seek, property) in [(id, "id"), (name, "name")] {
        for node in graph.nodes(SliceId(0), None) {
            let value = graph.property_by_name(SliceId(0), Entity::Node(node), property);
            let found = graph.seek(SliceId(0), seek, &value);
            assert!(value.is_null() || found.contains(&node), "{value:?}");
            assert!(found.is_sorted());
            if let (Value::String(text), true) = (&value, seek == name) {
                assert_eq!(found, by_records(text), "{text}");
            }
        }
    }
    assert!(graph.seek(SliceId(0), name, &Value::text("nobody")).is_empty());
    assert!(graph.seek(SliceId(0), id, &Value::Integer(1)).is_empty());
}

#[test]
fn properties_are_those_of_the_records_and_unknown_ones_are_mistakes() {
    let graph = QueryGraph::new(&DATA);
    for owner in [Owner::Node, Owner::Relation, Owner::Labelled(known_label(&graph, "Event").expect("known"))] {
        for name in graph.property_names_of(owner) {
            assert!(matches!(graph.key(name, owner), Term::Known(_)), "{name}");
        }
    }
    let entities = graph.nodes(SliceId(0), None).map(Entity::Node);
    let relations = DATA.relations().map(|(id, _)| Entity::Relation(RelId(id.index() as u32)));
    for entity in entities.chain(relations) {
        let owner = if matches!(entity, Entity::Node(_)) { Owner::Node } else { Owner::Relation };
        let all = graph.properties(SliceId(0), entity);
        assert!(all.len() >= 3);
        for name in graph.property_names_of(owner) {
            let value = graph.property_by_name(SliceId(0), entity, name);
            let Term::Known(key) = graph.key(name, owner) else { panic!("{name}") };
            assert_eq!(value, graph.property(SliceId(0), entity, key));
            assert_eq!(all.get(name).cloned().unwrap_or_default(), value, "{name}");
        }
    }
    let Term::Unknown { near, all } = graph.key("catgory", Owner::Relation) else { panic!("a mistake") };
    assert_eq!(near, ["category"]);
    assert!(all.contains(&"valid".to_owned()) && !all.contains(&"name".to_owned()));
    let person = known_label(&graph, "Person").expect("known");
    assert!(matches!(graph.key("date", Owner::Labelled(person)), Term::Unknown { .. }));
    assert_eq!(graph.key("whatever", Owner::Unknown), Term::Absent);
    let renamed = DATA.relations().find(|(_, r)| r.valid.has_no_end()).expect("one without end").0;
    let renamed = Entity::Relation(RelId(renamed.index() as u32));
    assert!(graph.property_by_name(SliceId(0), renamed, "until").is_null());
}

#[test]
fn facets_tell_claims_sources_and_dates() {
    let graph = QueryGraph::new(&DATA);
    for (id, relation) in DATA.relations() {
        let entity = Entity::Relation(RelId(id.index() as u32));
        let facet = |facet| graph.facet(SliceId(0), entity, facet);
        assert_eq!(facet(Facet::Validity), Value::text(relation.valid.text()));
        let Value::List(claims) = facet(Facet::Claims) else { panic!() };
        assert_eq!(claims.len(), relation.claims.len());
        let Value::List(sources) = facet(Facet::Sources) else { panic!() };
        assert!(!sources.is_empty() && sources.len() <= claims.len());
        if let Value::Date(day) = facet(Facet::KnownSince) {
            assert_eq!(graph.known_by(SliceId(0), entity, day), Holds::Certain);
            assert_ne!(graph.known_by(SliceId(0), entity, day.plus(-1)), Holds::Certain);
        }
    }
    let hts = Entity::Node(node(&graph, "hts"));
    let Value::List(sources) = graph.facet(SliceId(0), hts, Facet::Sources) else { panic!() };
    assert!(sources.len() > 1, "{sources:?}");
}

#[test]
fn actors_are_named_as_on_the_command_line() {
    let graph = QueryGraph::new(&DATA);
    assert_eq!(graph.actor(SliceId(0), "Hay'at Tahrir al-Sham"), Ok(node(&graph, "hts")));
    let unknown = graph.actor(SliceId(0), "Hayat Tahrir al-Shaaaam").expect_err("no such actor");
    assert!(unknown.help[0].starts_with("nearest names: "), "{unknown:?}");
    assert_eq!(unknown.code(), "unknown-actor");
    assert_eq!(graph.actor(SliceId(0), " ").expect_err("empty").code(), "empty-name");
    let line = graph.line(SliceId(0), node(&graph, "hts"));
    assert!(line.len() > 1 && line.contains(&node(&graph, "hts")));
    let event = NodeId(DATA.actors().len() as u32);
    assert_eq!(graph.line(SliceId(0), event), [event]);
}
