//! This library, through nothing but its public interface.
//!
//! A set is compiled once, and opened by memory map. Every relation has one source and one claim that asserts it, so that it holds certainly from its first day to its last. All calls of
//! the library are in this file: [`Allegiance::load`] builds, the methods of [`Peer`] ask.

use super::Peer;
use crate::plain::{self, Edge, TypeRow};
use crate::question::{MAX_HOPS, TypeCount};
use ::allegiance::algo::distance;
use ::allegiance::graph::{TemporalGraph, TypeTally, View};
use ::allegiance::model::{
    Actor, ActorId, ActorKind, Basis, Category, Claim, KindId, Modality, Polarity, Relation, RelationType, Reliability,
    Source, SourceId, SourceKind, Stance, Temporality, TypeId, Vocabulary,
};
use ::allegiance::snapshot;
use ::allegiance::time::{Dated, Day, Reading};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::path::Path;

/// The graph, in which actors, types and relations have the numbers of the set.
#[derive(Debug)]
pub struct Allegiance {
    graph: TemporalGraph,
    types: Vec<TypeRow>,
}

impl Allegiance {
    /// Compiles a set, or with `reopen` opens what was compiled of it before.
    ///
    /// # Errors
    /// When the set cannot be read, or its relations are not in the order of their numbers.
    pub fn load(dir: &Path, reopen: bool) -> Result<Self> {
        let types = plain::types(dir)?;
        let path = dir.join("scale.agz");
        if !reopen || !path.exists() {
            compile(dir, &types, &path)?;
        }
        let graph = snapshot::open(&path)?.graph;
        Ok(Self { graph, types })
    }

    fn on(&self, day: i32) -> View<'_> {
        self.graph.on(Day::new(day), Reading::Certain)
    }

    fn polarity(&self, kind: TypeId) -> i8 {
        self.types[kind.index()].polarity
    }
}

impl Peer for Allegiance {
    fn rel_at(&mut self, actor: u32, day: i32) -> Result<Vec<u32>> {
        Ok(self.on(day).ties(ActorId::new(actor as usize)).map(|tie| tie.relation.index() as u32).collect())
    }

    fn allies(&mut self, actor: u32, day: i32) -> Result<Vec<u32>> {
        let (view, actor) = (self.on(day), ActorId::new(actor as usize));
        let against = |actor| view.ties(actor).filter(|tie| self.polarity(tie.kind) < 0).map(|tie| tie.other);
        let allied = |actor| view.ties(actor).filter(|tie| self.polarity(tie.kind) > 0).map(|tie| tie.other);
        let enemies: BTreeSet<ActorId> = against(actor).collect();
        let allies: BTreeSet<ActorId> = enemies.into_iter().flat_map(allied).filter(|&other| other != actor).collect();
        Ok(allies.into_iter().map(|ally| ally.index() as u32).collect())
    }

    fn path(&mut self, from: u32, to: u32, day: i32) -> Result<Option<u32>> {
        let (from, to) = (ActorId::new(from as usize), ActorId::new(to as usize));
        let hops = distance(&self.on(day).undirected(), from, to, MAX_HOPS as usize);
        Ok(hops.map(|hops| hops as u32))
    }

    fn changed(&mut self, after: i32, upto: i32) -> Result<Vec<u32>> {
        let ids = self.graph.changed(Day::new(after), Day::new(upto), Reading::Certain);
        Ok(ids.into_iter().map(|id| id.index() as u32).collect())
    }

    fn aggr(&mut self, day: i32) -> Result<Vec<TypeCount>> {
        let count = |of_type: TypeTally| TypeCount {
            kind: of_type.kind.index() as u16,
            relations: of_type.relations as u32,
            actors: of_type.actors as u32,
        };
        Ok(self.on(day).tally().into_iter().map(count).collect())
    }
}

/// Relations are streamed into a compiled set, none of them kept.
fn compile(dir: &Path, types: &[TypeRow], path: &Path) -> Result<()> {
    let edges = plain::edges(dir)?;
    let meta = edges.meta();
    ensure!(usize::from(meta.n_types) <= types.len(), "types.tsv has {} of {} types", types.len(), meta.n_types);
    let vocabulary = Vocabulary {
        actor_kinds: vec![ActorKind { name: "group".into(), definition: "".into(), example: None }],
        relation_types: types.iter().enumerate().map(|(number, t)| relation_type(number, t.polarity)).collect(),
        ..Vocabulary::default()
    };
    let sources = [source()?];
    let actors: Vec<Actor> = (0..meta.n_actors).map(actor).collect();
    let mut writer = snapshot::Writer::begin(path, &vocabulary, &sources, actors.iter())?;
    for edge in edges {
        let edge = edge?;
        ensure!(edge.eid as usize == writer.len(), "relation {} is not in its place", edge.eid);
        writer.relation(&relation(&edge)?)?;
    }
    writer.finish(std::iter::empty(), snapshot::Extras::default())?;
    Ok(())
}

fn relation(edge: &Edge) -> Result<Relation> {
    let day = |number: i32| {
        let (year, month, day) = Day::new(number).to_ymd().with_context(|| format!("{number} is no day"))?;
        anyhow::Ok(format!("{year:04}-{month:02}-{day:02}"))
    };
    let days = format!("{}/{}", day(edge.start)?, day(edge.end)?);
    Ok(Relation {
        slug: format!("r{:010}", edge.eid).into(),
        subject: ActorId::new(edge.src as usize),
        kind: TypeId::new(edge.kind.into()),
        object: ActorId::new(edge.dst as usize),
        valid: Dated::parse(&days).map_err(|fault| anyhow::anyhow!("{days}: {fault}"))?,
        roles: Vec::new(),
        basis: Basis::Reported,
        claims: vec![claim()],
        note: None,
    })
}

fn claim() -> Claim {
    Claim {
        source: SourceId::new(0),
        locator: "".into(),
        stance: Stance::Supports,
        modality: Modality::Asserted,
        attributed_to: None,
        credibility: 2,
        valid: None,
        figures: Vec::new(),
        note: "".into(),
    }
}

fn source() -> Result<Source> {
    Ok(Source {
        slug: "s".into(),
        title: "Made up".into(),
        author: None,
        publisher: None,
        published: Dated::parse("2027-01-01").map_err(|fault| anyhow::anyhow!("{fault}"))?,
        accessed: None,
        url: None,
        kind: SourceKind::Dataset,
        reliability: Reliability::B,
        derived_from: Vec::new(),
        paragraphs: None,
        names: Vec::new(),
        uncited: Vec::new(),
    })
}

fn actor(number: u32) -> Actor {
    Actor {
        slug: format!("a{number:010}").into(),
        name: format!("actor{number}").into(),
        kind: KindId::new(0),
        names: Vec::new(),
        exists: None,
        traits: Vec::new(),
        summary: None,
        external_ids: Vec::new(),
        claims: Vec::new(),
    }
}

fn relation_type(number: usize, polarity: i8) -> RelationType {
    // Names are ordered as numbers are.
    let name: Box<str> = format!("type{number:05}").into();
    RelationType {
        inverse: name.clone(),
        symmetric: true,
        category: Category::Cooperation,
        polarity: match polarity {
            1 => Polarity::Positive,
            -1 => Polarity::Negative,
            _ => Polarity::Neutral,
        },
        weight: 1,
        temporality: Temporality::State,
        subjects: Vec::new(),
        objects: Vec::new(),
        definition: "".into(),
        example: "".into(),
        label: name.clone(),
        inverse_label: name.clone(),
        later: None,
        continues: false,
        name,
    }
}
