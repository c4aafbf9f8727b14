//! Large made-up graphs, the same in every run.

use allegiance::graph::{Builder, TemporalGraph};
use allegiance::model::{
    Actor, ActorId, Basis, Category, Claim, KindId, Modality, Polarity, Relation, RelationType, Reliability, Source,
    SourceId, SourceKind, Stance, Temporality, TypeId, Vocabulary,
};
use allegiance::time::Dated;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// SplitMix64: a counter run through a mixing function; small, seeded, and good enough to draw graphs with.
///
/// Source: G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators", 2014, figure 17.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which must not be 0; the slight preference for small ones does not matter here.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

/// How many relations the graphs have: 10⁵, and 10⁶ too when `ALLEGIANCE_BENCH_LARGE` is set.
pub(crate) fn sizes() -> Vec<usize> {
    let large = std::env::var_os("ALLEGIANCE_BENCH_LARGE").is_some();
    if large { vec![100_000, 1_000_000] } else { vec![100_000] }
}

/// The graph with so many relations: made once, kept for the rest of the run.
pub(crate) fn graph(relations: usize) -> &'static TemporalGraph {
    static GRAPHS: Mutex<Option<HashMap<usize, &'static TemporalGraph>>> = Mutex::new(None);
    let mut graphs = GRAPHS.lock().unwrap_or_else(PoisonError::into_inner);
    graphs.get_or_insert_default().entry(relations).or_insert_with(|| Box::leak(Box::new(power_law(relations))))
}

/// A graph whose few have many relations and many have few.
///
/// There is an actor for every five relations. One end of a relation is any actor, the other an end of a relation drawn before
/// (preferential attachment, as A.-L. Barabási and R. Albert, "Emergence of scaling in random networks", 1999); which of the two
/// is the subject is a toss. Relations begin between 2000 and 2015 and hold for one to nine years, or are open; they are dated by
/// year, month or day. Two fifths of them certainly hold on a day of 2012.
fn power_law(relations: usize) -> TemporalGraph {
    let mut random = Random::seeded(relations as u64);
    let actors = relations / 5;
    let mut ends: Vec<usize> = (0..actors.min(10)).collect();
    let mut relation = |index: usize, random: &mut Random| {
        let (a, b) = (random.below(actors), ends[random.below(ends.len())]);
        ends.extend([a, b]);
        let (subject, object) = if random.below(2) == 0 { (a, b) } else { (b, a) };
        Relation {
            slug: format!("r{index:07}").into(),
            subject: ActorId::new(subject),
            kind: TypeId::new(random.below(2)),
            object: ActorId::new(object),
            valid: dated(random),
            roles: Vec::new(),
            basis: Basis::Reported,
            claims: vec![claim()],
            note: None,
        }
    };
    Builder {
        vocabulary: Vocabulary {
            relation_types: vec![relation_type("friend_of"), relation_type("foe_of")],
            ..Vocabulary::default()
        },
        sources: vec![source()],
        actors: (0..actors).map(actor).collect(),
        relations: (0..relations).map(|index| relation(index, &mut random)).collect(),
        events: Vec::new(),
    }
    .build()
}

fn dated(random: &mut Random) -> Dated {
    let (year, years) = (2000 + random.below(16), 1 + random.below(9));
    let (month, day) = (1 + random.below(12), 1 + random.below(28));
    let text = match random.below(4) {
        0 => format!("{year}/{}", year + years),
        1 => format!("{year}-{month:02}/{}-{month:02}", year + years),
        2 => format!("{year}-{month:02}-{day:02}/.."),
        _ => format!("{year}-{month:02}-{day:02}/{}-{month:02}-{day:02}", year + years),
    };
    Dated::parse(&text).expect("well-formed by construction")
}

fn actor(index: usize) -> Actor {
    Actor {
        slug: format!("a{index:07}").into(),
        name: format!("Actor {index}").into(),
        kind: KindId::new(0),
        names: Vec::new(),
        exists: None,
        traits: Vec::new(),
        summary: None,
        external_ids: Vec::new(),
        claims: Vec::new(),
    }
}

fn claim() -> Claim {
    Claim {
        source: SourceId::new(0),
        locator: "¶1".into(),
        stance: Stance::Supports,
        modality: Modality::Asserted,
        attributed_to: None,
        credibility: 2,
        valid: None,
        figures: Vec::new(),
        note: "Made up.".into(),
    }
}

fn source() -> Source {
    Source {
        slug: "s".into(),
        title: "Made up".into(),
        author: None,
        publisher: None,
        published: Dated::parse("2025-01-01").expect("a date"),
        accessed: None,
        url: None,
        kind: SourceKind::Dataset,
        reliability: Reliability::B,
        derived_from: Vec::new(),
        paragraphs: None,
        names: Vec::new(),
        uncited: Vec::new(),
    }
}

fn relation_type(name: &str) -> RelationType {
    RelationType {
        name: name.into(),
        inverse: name.into(),
        symmetric: true,
        category: Category::Cooperation,
        polarity: Polarity::Positive,
        weight: 1,
        temporality: Temporality::State,
        subjects: Vec::new(),
        objects: Vec::new(),
        definition: "Made up.".into(),
        example: "".into(),
        label: name.into(),
        inverse_label: name.into(),
        later: None,
        continues: false,
    }
}
