//! Numbers told in records.

use super::Record;
use super::bag;
use super::find::{self, Search};
use super::words::Strength;
use crate::ask::{Lexicon, RecordQuestion, Wanted};
use crate::graph::Subject;
use crate::model::{Claim, Stance};
use crate::question::{FigureRow, Lens};

/// A number with who gives it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ask) struct Figured<'g> {
    /// The record it stands under.
    pub(in crate::ask) subject: Subject,
    /// The claim that gives it.
    pub(in crate::ask) claim: &'g Claim,
    /// The number.
    pub(in crate::ask) figure: FigureRow,
}

/// The numbers that answer a question, best first, each number of a source once.
pub(super) fn figures<'g>(lexicon: &Lexicon, lens: &Lens<'g>, question: &RecordQuestion) -> Vec<Figured<'g>> {
    let question = RecordQuestion { wanted: Wanted::HowMany, ..question.clone() };
    let search = Search::new(lexicon, lens, &question);
    let named = search.counted();
    let mut all: Vec<Figured<'g>> = Vec::new();
    let mut add = |subject: Subject, claims: &'g [Claim]| {
        let counts = |claim: &&Claim| lens.view.kept_claims(std::slice::from_ref(*claim)).next().is_some();
        for claim in claims.iter().filter(counts).filter(|claim| claim.stance == Stance::Supports) {
            for figure in claim.figures.iter().filter(|figure| bag::counts(&search.words, &figure.what, &named)) {
                let figure = FigureRow {
                    what: figure.what.to_string(),
                    value: figure.value.to_string(),
                    qualifier: figure.qualifier.as_deref().map(str::to_owned),
                };
                let is_known = all.iter().any(|other| {
                    other.figure == figure && other.claim.source == claim.source && other.claim.locator == claim.locator
                });
                if !is_known {
                    all.push(Figured { subject, claim, figure });
                }
            }
        }
    };
    let found = find::best(find::matches(lexicon, lens, &question));
    for found in &found {
        match found.record {
            Record::Event(id) => add(Subject::Event(id), &lens.graph.event(id).claims),
            Record::Relation(id) => add(Subject::Relation(id), &lens.graph.relation(id).claims),
        }
    }
    if found.is_empty()
        && let [sought] = &*search.actors
    {
        let mut tally = search.words.tally();
        for figure in lens.graph.actor(sought.actor).claims.iter().flat_map(|claim| &claim.figures) {
            tally.read(&figure.what, Strength::Strong);
        }
        super::actors::names(lens.graph, sought.actor).for_each(|name| tally.read(name, Strength::Named));
        if tally.all(Strength::Named) {
            add(Subject::Actor(sought.actor), &lens.graph.actor(sought.actor).claims);
        }
    }
    all
}
