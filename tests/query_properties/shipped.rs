//! The data that comes with the program: a query says what the views of the graph say, for every relation, on a sample of dates.

use allegiance::dataset;
use allegiance::graph::{Direction, TemporalGraph};
use allegiance::model::RelationId;
use allegiance::query::graph::{Graph, HopFilter, NodeId, SliceId, Toward};
use allegiance::query::scope::{Scope, Valid};
use allegiance::query::temporal_graph::QueryGraph;
use allegiance::query::value::{Map, Value};
use allegiance::query::{Limits, Options, Prepared};
use allegiance::time::{Dated, Holds, Reading, Window};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static DATA: LazyLock<TemporalGraph> = LazyLock::new(dataset::embedded);

const DATES: [&str; 7] = ["2012", "2014-06", "2016-07-01", "2018", "2019-12/2020-02", "2021-08-15", "2024"];
const READINGS: [(Reading, &str); 2] = [(Reading::Certain, ""), (Reading::Possible, " POSSIBLY")];

fn window(date: &str) -> Window {
    Dated::parse(date).expect("a date").window()
}

fn run(text: &str, graph: &mut QueryGraph<'_>, scope: Scope) -> Vec<Vec<Value>> {
    let options = Options { scope, ..Options::default() };
    let prepared = Prepared::new(text, graph, &options).unwrap_or_else(|error| panic!("{text}: {error}"));
    let rows = prepared.run(&*graph, &Map::new(), Limits::default()).expect("there are no parameters");
    rows.collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn number(value: &Value) -> usize {
    match value {
        Value::Node(node) => node.0 as usize,
        Value::Relation(relation) => relation.0 as usize,
        other => panic!("{other:?}"),
    }
}

#[test]
fn relations_at_a_date_are_those_of_the_view() {
    let mut graph = QueryGraph::new(&DATA);
    for date in DATES {
        let mut certain: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
        for (reading, word) in READINGS {
            let view = DATA.view(window(date), reading);
            let wanted: BTreeSet<(usize, usize, usize)> = DATA
                .actors()
                .flat_map(|(id, _)| {
                    let out = view
                        .row(id, Direction::Outgoing)
                        .map(move |n| (id.index(), n.relation.index(), n.other.index()));
                    let into = view
                        .row(id, Direction::Incoming)
                        .map(move |n| (id.index(), n.relation.index(), n.other.index()));
                    out.chain(into).collect::<Vec<_>>()
                })
                .collect();
            let text = "MATCH (a:Actor)-[r]-(b) RETURN a, r, b";
            let rows = run(&format!("FOR VALID_TIME AS OF '{date}'{word} {text}"), &mut graph, Scope::default());
            let found: BTreeSet<_> =
                rows.iter().map(|row| (number(&row[0]), number(&row[1]), number(&row[2]))).collect();
            assert_eq!(found.len(), rows.len(), "a row comes twice on {date}");
            assert_eq!(found, wanted, "{date}{word}");
            assert!(!found.is_empty());
            let scope = Scope { valid: Some(Valid { window: window(date), reading }), known_by: None };
            assert_eq!(run(text, &mut graph, scope), rows, "from outside, and in the same order: {date}{word}");
            assert!(certain.is_subset(&found), "{date}");
            certain = found;
        }
    }
}

#[test]
fn validity_of_a_relation_is_that_of_the_view() {
    let mut graph = QueryGraph::new(&DATA);
    let mut open = 0;
    for date in DATES {
        let view = DATA.view(window(date), Reading::Possible);
        let text = format!("MATCH ()-[r]->() RETURN DISTINCT r, validAt(r, '{date}'), certainty(validAt(r, '{date}'))");
        let rows = run(&text, &mut graph, Scope::default());
        assert_eq!(rows.len(), DATA.relations().len(), "every relation is met");
        for row in rows {
            let holds = view.holds(RelationId::new(number(&row[0])));
            let wanted = match holds {
                Holds::Certain => Value::Boolean(true),
                Holds::Possible => Value::Null,
                Holds::No => Value::Boolean(false),
            };
            assert_eq!(row[1], wanted, "relation {} on {date}", number(&row[0]));
            assert_eq!(row[2], Value::text(holds.word()));
            open += usize::from(holds == Holds::Possible);
        }
    }
    assert!(open > 20, "{open} answers are open");
}

#[test]
fn hops_of_a_filter_are_those_that_hold() {
    let graph = QueryGraph::new(&DATA);
    for date in DATES {
        for (reading, _) in READINGS {
            let view = DATA.view(window(date), reading);
            let valid = Valid { window: window(date), reading };
            for (id, _) in DATA.actors() {
                let node = NodeId(id.index() as u32);
                let hops =
                    |valid| graph.hops(SliceId(0), node, HopFilter { toward: Toward::Either, types: None, valid });
                let wanted: Vec<_> = hops(None)
                    .filter(|hop| reading.keeps(view.holds(RelationId::new(hop.relation.0 as usize))))
                    .collect();
                assert_eq!(hops(Some(valid)).collect::<Vec<_>>(), wanted, "{date} {reading:?}");
            }
        }
    }
}

#[test]
fn rows_come_in_the_same_order_each_time() {
    for text in [
        "MATCH (a:Actor)-[r]-(b) RETURN a, r, b LIMIT 500",
        "MATCH (a:Actor)-[r]-(b) RETURN b, count(*), collect(a)",
        "FOR VALID_TIME AS OF '2016' MATCH (a:Actor {id: 'hts'})-[*1..2]-(b) RETURN a, b UNION FOR VALID_TIME AS OF '2018' MATCH (a:Actor {id: 'hts'})-[*1..2]-(b) RETURN a, b",
        "MATCH (e:Event)-[r:INVOLVES]->(a:Actor) RETURN e, type(r), a",
    ] {
        let [first, second] = [(); 2].map(|()| run(text, &mut QueryGraph::new(&DATA), Scope::default()));
        assert!(!first.is_empty(), "{text}");
        assert_eq!(first, second, "{text}");
    }
}
