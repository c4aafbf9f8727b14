//! The shipped data is tested like code.

use allegiance::dataset::{self, Coverage};
use allegiance::graph::TemporalGraph;
use allegiance::model::{Category, Stance, Status};
use allegiance::names::{Index, NameError};
use allegiance::time::Window;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The data directory, loaded with the look for oddities.
fn loaded() -> dataset::Loaded {
    let files = dataset::read(Path::new("data")).expect("data/ can be read");
    match dataset::load(files) {
        Ok(loaded) => loaded,
        Err(refused) => {
            let drawn = allegiance::diagnostic::render(&refused.diagnostics, &refused.sources, Default::default());
            panic!("data/ does not load:\n{drawn}")
        }
    }
}

fn graph() -> TemporalGraph {
    loaded().graph
}

#[test]
fn the_data_loads_without_a_warning() {
    let loaded = loaded();
    let drawn = allegiance::diagnostic::render(&loaded.warnings, &loaded.sources, Default::default());
    assert!(loaded.warnings.is_empty(), "{drawn}");
}

#[test]
fn the_program_holds_every_file_of_the_directory() {
    let in_directory: BTreeMap<String, Vec<u8>> = dataset::read(Path::new("data"))
        .unwrap()
        .into_iter()
        .map(|f| (f.name.replace('\\', "/").trim_start_matches("data/").to_owned(), f.bytes.into_owned()))
        .collect();
    let in_program: BTreeMap<String, Vec<u8>> = dataset::embedded_files()
        .into_iter()
        .map(|f| (f.name.trim_start_matches("embedded:").to_owned(), f.bytes.into_owned()))
        .collect();
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&in_program), names(&in_directory), "src/dataset/embedded.rs lists other files than data/ has");
    assert_eq!(in_program, in_directory);
}

#[test]
fn the_schema_checked_in_is_the_generated_one() {
    let checked_in = std::fs::read_to_string("data/schema/dataset.schema.json").unwrap();
    assert_eq!(checked_in, dataset::schema(), "run `cargo run -- schema > data/schema/dataset.schema.json`");
}

#[test]
fn every_paragraph_is_accounted_for() {
    let graph = graph();
    let coverage = Coverage::of(&graph);
    assert_eq!(coverage.sources.len(), 5);
    for source in &coverage.sources {
        let slug = &graph.source(source.source).slug;
        assert!(!source.paragraphs.is_empty(), "{slug} does not say how many paragraphs it has");
        assert!(source.is_complete(), "{slug}: some paragraph is not accounted for, or both cited and set aside");
    }
}

#[test]
fn every_claim_says_something_of_its_own() {
    let graph = graph();
    for (subject, claim) in graph.claims() {
        assert!(claim.note.len() >= 15, "{subject:?}: {:?} says too little", claim.note);
        assert!(claim.note.len() <= 320, "{subject:?}: a note is a sentence, not a page: {}", claim.note);
        assert!(!claim.paragraphs().is_empty(), "{subject:?}: {} is no paragraph", claim.locator);
    }
}

#[test]
fn ids_of_relations_tell_what_they_are() {
    let graph = graph();
    for (_, relation) in graph.relations() {
        let t = graph.vocabulary().relation_type(relation.kind);
        let (subject, object) = (&graph.actor(relation.subject).slug, &graph.actor(relation.object).slug);
        let wanted = format!("{subject}.{}.{object}", t.name);
        let rest = relation.slug.strip_prefix(&wanted);
        assert!(
            rest.is_some_and(|r| r.is_empty() || r.starts_with('.')),
            "{} should begin with {wanted}",
            relation.slug
        );
        assert!(!t.symmetric || subject < object, "{}: the first id of a symmetric type comes first", relation.slug);
    }
}

#[test]
fn no_attitude_or_forecast_is_read_as_an_alliance() {
    let graph = graph();
    let allied = graph.vocabulary().relation_groups.iter().find(|g| &*g.name == "allied-with").unwrap();
    for id in &allied.types {
        let t = graph.vocabulary().relation_type(*id);
        assert!(t.category != Category::Stance && t.polarity.number() == 1, "{} makes an alliance", t.name);
    }
    for (_, t) in graph.vocabulary().types().filter(|(_, t)| t.category == Category::Stance) {
        assert_eq!(t.polarity.number(), 0, "{} is an attitude", t.name);
    }
}

#[test]
fn what_is_easy_to_miss_is_there() {
    let graph = graph();
    let status = |slug: &str| {
        let id = graph.relation_by_slug(slug).unwrap_or_else(|| panic!("{slug} is missing"));
        graph.standing(id).status
    };
    // Negations, contested facts, spared, both directions of covert intelligence, a designation that lasted "at least".
    assert_eq!(status("hts.spared_by.united-states"), Status::Supported);
    assert!(matches!(status("hts.affiliate_of.al-qaeda"), Status::Contested | Status::Disputed));
    assert_eq!(status("united-states.shares_intelligence_with.hts"), Status::Supported);
    let believed = graph.relation_by_slug("hts.shares_intelligence_with.united-states").unwrap();
    assert_ne!(graph.standing(believed).modality, allegiance::model::Modality::Asserted);
    let listed = graph.relation_by_slug("united-states.designates.hts").unwrap();
    assert_eq!(graph.relation(listed).valid.text(), "2018/2025-07..");
    let claims = || graph.claims().map(|(_, c)| c);
    assert!(claims().any(|c| c.stance == Stance::Denies), "no negation is kept");
    assert!(claims().any(|c| c.stance == Stance::Disputes), "no dispute is kept");
    assert!(claims().any(|c| c.is_anonymous()), "no anonymous claim is kept");
    for modality in allegiance::model::Modality::ALL {
        assert!(claims().any(|c| c.modality == *modality), "nothing is {modality}");
    }
    assert!(claims().any(|c| c.figures.iter().any(|f| f.value.contains("2,800"))), "a figure is lost");
}

#[test]
fn every_name_of_every_actor_leads_to_it() {
    let graph = graph();
    let index = Index::new(&graph);
    for (id, actor) in graph.actors() {
        for name in std::iter::once(&actor.name).chain(actor.names.iter().map(|n| &n.text)) {
            match index.resolve(name, Window::ALL) {
                Ok(resolved) => assert_eq!(resolved.actor, id, "{name} leads to another actor than {}", actor.slug),
                Err(NameError::Ambiguous { candidates, .. }) => {
                    assert!(candidates.iter().any(|c| c.actor == id), "{name} does not list {}", actor.slug);
                    assert!(
                        candidates.iter().all(|c| c.valid.is_some()),
                        "{name} fits several without dates to tell them apart"
                    );
                }
                Err(error) => panic!("{name} of {} is not read: {error}", actor.slug),
            }
        }
    }
}

#[test]
fn every_type_has_a_definition_and_an_example_and_reads_both_ways() {
    let graph = graph();
    let mut labels = BTreeSet::new();
    for (_, t) in graph.vocabulary().types() {
        assert!(t.definition.ends_with('.'), "{}: a definition is a sentence", t.name);
        assert!(!t.example.is_empty() && !t.label.is_empty() && !t.inverse_label.is_empty(), "{}", t.name);
        assert!(labels.insert(t.label.clone()), "two types read `{}`", t.label);
        assert_ne!(&*t.name, "related_to");
    }
}
