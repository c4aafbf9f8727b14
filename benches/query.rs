//! What a query costs beside the same walk written by hand: `cargo bench --bench query`.
//!
//! `by_hand` reads the packed rows of the graph as directly as Rust can; `query` runs a prepared query on the engine. Both count or keep the same
//! things; `agree` checks that before anything is timed. Read the ratio of the two, not the times.

#![allow(missing_docs)]

mod common;

use allegiance::graph::{Neighbour, TemporalGraph};
use allegiance::model::{ActorId, TypeId};
use allegiance::query::graph::NodeId;
use allegiance::query::temporal_graph::QueryGraph;
use allegiance::query::value::{Map, Value};
use allegiance::query::{Limits, Options, Prepared};
use allegiance::time::{Day, Reading, Window};
use common::{Random, graph, sizes};
use divan::Bencher;
use rustc_hash::{FxHashMap, FxHashSet};

fn main() {
    for size in sizes() {
        agree(size);
    }
    divan::main();
}

const DAY: &str = "2012-06-01";

const ONE_HOP: &str = "UNWIND $actors AS a MATCH (a)-[r]-(b) WHERE validAt(r, '2012-06-01') RETURN count(*) AS n";

const ONE_HOP_ROWS: &str = "UNWIND $actors AS a MATCH (a)-[r]-(b) WHERE validAt(r, '2012-06-01') RETURN b AS n";

const ALLIES_OF_ENEMIES: &str = "UNWIND $actors AS a
    MATCH (a)-[x:FOE_OF]-(enemy)-[y:FRIEND_OF]-(ally) WHERE validAt(x, '2012-06-01') AND validAt(y, '2012-06-01')
    RETURN count(DISTINCT ally) AS n";

const ALLIES_OF_EACH: &str = "UNWIND $actors AS a
    MATCH (a)-[x:FOE_OF]-(enemy)-[y:FRIEND_OF]-(ally) WHERE validAt(x, '2012-06-01') AND validAt(y, '2012-06-01')
    RETURN a, count(DISTINCT ally) AS n";

const SHORTEST: &str = "UNWIND $pairs AS pair WITH pair[0] AS a, pair[1] AS b
    MATCH p = shortestPath((a)-[*..6]-(b)) WHERE all(r IN relationships(p) WHERE validAt(r, '2012-06-01'))
    RETURN sum(length(p)) AS n";

fn day() -> Day {
    Day::from_ymd(2012, 6, 1).expect("a date")
}

/// The same thousand different actors for every question.
fn starts(size: usize) -> Vec<ActorId> {
    let mut random = Random::seeded(7);
    let mut actors: Vec<ActorId> = (0..1100).map(|_| ActorId::new(random.below(graph(size).actors().len()))).collect();
    actors.sort_unstable();
    actors.dedup();
    actors.truncate(1000);
    actors
}

fn pairs(size: usize) -> Vec<(ActorId, ActorId)> {
    let starts = starts(size);
    (0..20).map(|at| (starts[at * 17], starts[at * 31 + 300])).collect()
}

fn node(actor: ActorId) -> Value {
    Value::Node(NodeId(actor.index() as u32))
}

fn parameters(size: usize) -> Map {
    let actors = starts(size).into_iter().map(node).collect();
    let pairs = pairs(size).into_iter().map(|(a, b)| Value::list(vec![node(a), node(b)])).collect();
    [("actors", Value::list(actors)), ("pairs", Value::list(pairs))].into_iter().collect()
}

/// A query made ready, with what it is asked of.
struct Asked {
    graph: QueryGraph<'static>,
    prepared: Prepared,
    parameters: Map,
}

impl Asked {
    fn new(text: &str, size: usize) -> Self {
        let mut graph = QueryGraph::new(graph(size));
        let prepared = Prepared::new(text, &mut graph, &Options::default()).expect("a query");
        let parameters = prepared
            .parameters()
            .iter()
            .map(|name| (name.as_str(), parameters(size).get(name).cloned().unwrap_or_default()))
            .collect();
        Self { graph, prepared, parameters }
    }

    /// The sum of the column `n` over all rows: of numbers, or of the numbers of nodes.
    fn run(&self) -> i64 {
        let column = self.prepared.columns().iter().position(|c| c == "n").expect("a column called n");
        let mut rows = self.prepared.run(&self.graph, &self.parameters, Limits::default()).expect("parameters");
        let mut sum = 0;
        while rows.step().expect("no error") {
            match rows.value(column) {
                Value::Integer(n) => sum += n,
                Value::Node(node) => sum += i64::from(node.0),
                _ => {}
            }
        }
        sum
    }
}

/// The relations of an actor on the day, straight from the rows.
fn ties_by_hand(graph: &TemporalGraph, actor: ActorId) -> impl Iterator<Item = &Neighbour> {
    let window = Window::on(day());
    let seen = move |n: &&Neighbour| {
        let extent = graph.extent_of(n);
        extent.start.latest <= window.last && extent.end.earliest >= window.first
    };
    let incoming = graph.incoming(actor).iter().filter(move |n| n.other != actor);
    graph.outgoing(actor).iter().chain(incoming).filter(seen)
}

fn one_hop_by_hand(graph: &TemporalGraph, starts: &[ActorId]) -> i64 {
    starts.iter().map(|actor| ties_by_hand(graph, *actor).count() as i64).sum()
}

/// The same through a view, as one would write it who does not know how rows are packed.
fn one_hop_by_view(graph: &TemporalGraph, starts: &[ActorId]) -> i64 {
    let view = graph.on(day(), Reading::Certain);
    starts.iter().map(|actor| view.ties(*actor).count() as i64).sum()
}

fn rows_by_hand(graph: &TemporalGraph, starts: &[ActorId]) -> i64 {
    starts.iter().flat_map(|actor| ties_by_hand(graph, *actor)).map(|tie| tie.other.index() as i64).sum()
}

fn rows_by_view(graph: &TemporalGraph, starts: &[ActorId]) -> i64 {
    let view = graph.on(day(), Reading::Certain);
    starts.iter().flat_map(|actor| view.ties(*actor)).map(|tie| tie.other.index() as i64).sum()
}

/// The types by name.
fn type_of(graph: &TemporalGraph, name: &str) -> TypeId {
    let at = graph.vocabulary().relation_types.iter().position(|t| &*t.name == name);
    TypeId::new(at.expect("a type of the made-up graph"))
}

fn allies_by_hand(graph: &TemporalGraph, starts: &[ActorId], is_each: bool) -> i64 {
    let (foe, friend) = (type_of(graph, "foe_of"), type_of(graph, "friend_of"));
    let mut met: FxHashSet<ActorId> = FxHashSet::default();
    let mut sum = 0;
    for start in starts {
        for enemy in ties_by_hand(graph, *start).filter(|n| n.kind == foe) {
            let allies = ties_by_hand(graph, enemy.other).filter(|n| n.kind == friend && n.relation != enemy.relation);
            met.extend(allies.map(|n| n.other));
        }
        if is_each {
            sum += met.len() as i64;
            met.clear();
        }
    }
    sum + met.len() as i64
}

/// Breadth first from both ends, the smaller ring first; the number of hops.
fn shortest_by_hand(graph: &TemporalGraph, from: ActorId, to: ActorId, most: i64) -> i64 {
    if from == to {
        return 0;
    }
    let mut near: [FxHashMap<ActorId, i64>; 2] = [FxHashMap::default(), FxHashMap::default()];
    near[0].insert(from, 0);
    near[1].insert(to, 0);
    let mut rings = [vec![from], vec![to]];
    let mut depths = [0, 0];
    while !rings[0].is_empty() && !rings[1].is_empty() && depths[0] + depths[1] < most {
        let side = usize::from(rings[1].len() < rings[0].len());
        depths[side] += 1;
        let mut best = i64::MAX;
        for actor in std::mem::take(&mut rings[side]) {
            for tie in ties_by_hand(graph, actor) {
                if near[side].contains_key(&tie.other) {
                    continue;
                }
                near[side].insert(tie.other, depths[side]);
                rings[side].push(tie.other);
                if let Some(other) = near[1 - side].get(&tie.other) {
                    best = best.min(depths[side] + other);
                }
            }
        }
        if best < i64::MAX {
            return best;
        }
    }
    0
}

/// Both ways give the same, or nothing is timed.
fn agree(size: usize) {
    let (graph, starts) = (graph(size), starts(size));
    assert!(DAY.len() == 10 && !starts.is_empty());
    assert_eq!(Asked::new(ONE_HOP, size).run(), one_hop_by_hand(graph, &starts), "one hop");
    assert_eq!(one_hop_by_view(graph, &starts), one_hop_by_hand(graph, &starts), "one hop, by view");
    assert_eq!(Asked::new(ONE_HOP_ROWS, size).run(), rows_by_hand(graph, &starts), "rows of one hop");
    assert_eq!(rows_by_view(graph, &starts), rows_by_hand(graph, &starts), "rows of one hop, by view");
    assert_eq!(Asked::new(ALLIES_OF_ENEMIES, size).run(), allies_by_hand(graph, &starts, false), "allies of enemies");
    assert_eq!(
        Asked::new(ALLIES_OF_EACH, size).run(),
        allies_by_hand(graph, &starts, true),
        "allies of the enemies of each"
    );
    let by_hand: i64 = pairs(size).iter().map(|(a, b)| shortest_by_hand(graph, *a, *b, 6)).sum();
    assert_eq!(Asked::new(SHORTEST, size).run(), by_hand, "shortest path");
}

macro_rules! beside {
    ($name:ident, $query:expr, $($other:ident: $by:expr),+) => {
        #[divan::bench_group]
        mod $name {
            use super::*;

            #[divan::bench(args = sizes())]
            fn query(bencher: Bencher<'_, '_>, size: usize) {
                let asked = Asked::new($query, size);
                bencher.bench_local(|| asked.run());
            }

            $(
                #[divan::bench(args = sizes())]
                fn $other(bencher: Bencher<'_, '_>, size: usize) {
                    let (graph, starts, pairs) = (graph(size), starts(size), pairs(size));
                    let by: fn(&TemporalGraph, &[ActorId], &[(ActorId, ActorId)]) -> i64 = $by;
                    bencher.bench_local(|| by(graph, &starts, &pairs));
                }
            )+
        }
    };
}

beside!(one_hop_of_1000_actors_counted, ONE_HOP,
    by_hand: |graph, starts, _| one_hop_by_hand(graph, starts),
    by_view: |graph, starts, _| one_hop_by_view(graph, starts));
beside!(one_hop_of_1000_actors_as_rows, ONE_HOP_ROWS,
    by_hand: |graph, starts, _| rows_by_hand(graph, starts),
    by_view: |graph, starts, _| rows_by_view(graph, starts));
beside!(allies_of_enemies_of_1000_actors, ALLIES_OF_ENEMIES, by_hand: |graph, starts, _| allies_by_hand(graph, starts, false));
beside!(allies_of_enemies_of_each_of_1000, ALLIES_OF_EACH, by_hand: |graph, starts, _| allies_by_hand(graph, starts, true));
beside!(shortest_path_of_20_pairs, SHORTEST,
    by_hand: |graph, _, pairs| pairs.iter().map(|(a, b)| shortest_by_hand(graph, *a, *b, 6)).sum());

/// One whole question, text and all, as the shell pays for it.
#[divan::bench(args = sizes())]
fn read_and_prepare(bencher: Bencher<'_, '_>, size: usize) {
    let mut graph = QueryGraph::new(graph(size));
    bencher
        .bench_local(|| Prepared::new(ALLIES_OF_ENEMIES, &mut graph, &Options::default()).map(|p| p.columns().len()));
}

/// One actor's question, prepared: what it costs to begin.
#[divan::bench(args = sizes())]
fn one_hop_of_one_actor(bencher: Bencher<'_, '_>, size: usize) {
    let mut asked = Asked::new(ONE_HOP, size);
    asked.parameters.insert("actors", Value::list(vec![node(starts(size)[0])]));
    bencher.bench_local(|| asked.run());
}
