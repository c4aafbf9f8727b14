//! A lineage as what a drawing of it shows, and as a tree of letters.

use crate::cli::command::timeline::{cited_sources, event_lines, told};
use crate::cli::output::plain;
use crate::cli::output::tree::{Limb, Tree};
use crate::export::svg::lineage::{Life, Lineage, Passage};
use crate::graph::TemporalGraph;
use crate::question::{Descent, NamePeriod, StepKind};
use crate::time::Day;

/// The lineage as a drawing; `now` is the last day the data speaks for.
pub(super) fn drawing(
    graph: &TemporalGraph,
    descent: &Descent,
    (title, remarks): (String, Vec<String>),
    now: Day,
    (legend, footnotes): (bool, bool),
) -> Lineage {
    let claims = descent.passages.iter().map(|p| &p.step.relation.claims);
    let sources = cited_sources(graph, claims, footnotes);
    let lives = descent
        .lives
        .iter()
        .enumerate()
        .map(|(place, life)| Life {
            id: life.actor.id.clone(),
            name: life.actor.name.clone(),
            names: life.names.iter().map(|n| (n.stretch.first_told(), n.name.clone())).collect(),
            stretch: life.is_recorded.then_some(life.stretch),
            is_focus: place == 0,
            tip: lived(life),
        })
        .collect();
    let passages = descent
        .passages
        .iter()
        .map(|passage| {
            let row = &passage.step.relation;
            let sentence = format!("{} {} {}", row.subject.name, row.label, row.object.name);
            let mut tip = told(&sentence, &row.valid, &row.status_in_words(), &row.claims);
            for line in event_lines(&passage.step.events) {
                tip.push('\n');
                tip.push_str(&line);
            }
            Passage {
                id: row.id.clone(),
                from: passage.from,
                to: passage.to,
                label: in_words(&passage.label, row.modality),
                dates: row.valid.clone(),
                becomes: passage.becomes,
                stretch: passage.stretch,
                tip,
                sources: sources.numbers(&row.claims),
            }
        })
        .collect();
    Lineage {
        title,
        remarks,
        first: descent.first,
        last: descent.last,
        marks: vec![(now, format!("data to {now}"))],
        lives,
        passages,
        legend,
        sources: sources.listed,
    }
}

fn in_words(label: &str, modality: &str) -> String {
    if modality == "asserted" { label.to_owned() } else { format!("{label} ({modality})") }
}

/// An actor's name with when it existed, and its names over time.
fn lived(life: &crate::question::Life) -> String {
    let mut text = plain(&life.actor.name);
    text.push_str(&if life.is_recorded {
        format!("\nexisted {}", life.dates)
    } else {
        "\nits life is not recorded".to_owned()
    });
    for name in &life.names {
        text.push_str(&format!("\n{}", plain(&borne(name))));
    }
    text
}

/// A name with when it was borne; after others it has no dates of its own.
fn borne(name: &NamePeriod) -> String {
    if name.dates.is_empty() { format!("then {}", name.name) } else { format!("{} ({})", name.name, name.dates) }
}

/// The lineage as a tree: under each actor how it is tied to the next, when, and on whose word.
pub(super) fn tree(descent: &Descent) -> Tree {
    let limbs = descent
        .tree()
        .into_iter()
        .map(|branch| {
            let life = &descent.lives[branch.life];
            let dates = if life.is_recorded { format!(" ({})", life.dates) } else { String::new() };
            let Some(passage) = branch.passage.map(|place| &descent.passages[place]) else {
                let names: Vec<String> = life.names.iter().map(borne).collect();
                let names = if names.is_empty() { String::new() } else { format!(", named {}", names.join(", ")) };
                return Limb {
                    more: branch.more,
                    sign: None,
                    text: format!("{}{dates}{names}", life.actor.name),
                    aside: String::new(),
                };
            };
            let row = &passage.step.relation;
            // Read from the life above to the one below.
            let label = if row.subject.id == life.actor.id { &row.inverse_label } else { &row.label };
            let again = if branch.is_known { ", see above" } else { "" };
            let status = row.status_in_words();
            let status = if status == "supported" { String::new() } else { format!(", {status}") };
            Limb {
                more: branch.more,
                sign: Some(match passage.step.step {
                    StepKind::Origin => '←',
                    StepKind::Break => '×',
                    StepKind::Outcome => '→',
                }),
                text: format!("{label} {}{dates}{again}", life.actor.name),
                aside: format!("{}{status}; {}", row.valid, row.citations()),
            }
        })
        .collect();
    Tree { limbs, key: "← came from · → became, or went into · × break, split or defection".to_owned() }
}
