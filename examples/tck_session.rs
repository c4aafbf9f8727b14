//! Answers openCypher conformance scenarios: one JSON line for each JSON line, over a plain property graph.
//!
//! Asked are `{"op":"reset"}` and `{"op":"run","role":"setup"|"query"|"control","query":TEXT,"params":{NAME:TEXT}}`; values travel as text in
//! the notation of the conformance kit. Set-up statements go to the fixture loader, all others to the query engine, which only reads.
//!
//! ```text
//! cargo build --release --example tck_session
//! run_tck.py --read-only --no-temporal --errors detail -- target/release/examples/tck_session
//! ```

use allegiance::query::error::{Error, Phase};
use allegiance::query::graph::Graph;
use allegiance::query::property_graph::PropertyGraph;
use allegiance::query::scope::Scope;
use allegiance::query::value::{Map, Value};
use allegiance::query::{Limits, Options, Prepared, fixture, notation};
use serde_json::{Value as Json, json};
use std::io::{self, BufRead, Write};
use std::time::{Duration, Instant};

/// How long a query may run: less than the kit waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// How many rows a query may give.
const MOST_ROWS: u64 = 1_000_000;

fn main() -> io::Result<()> {
    let mut graph = PropertyGraph::new();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().split(b'\n') {
        let answer = match serde_json::from_slice::<Json>(&line?) {
            Ok(request) => answer(&request, &mut graph),
            Err(error) => refusal(&format!("not JSON: {error}")),
        };
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

fn answer(request: &Json, graph: &mut PropertyGraph) -> Json {
    match request["op"].as_str() {
        Some("hello") => json!({"ok": true}),
        Some("reset") => {
            *graph = PropertyGraph::new();
            json!({"ok": true})
        }
        Some("run") => {
            let Some(text) = request["query"].as_str() else { return refusal("`query` is missing") };
            let done = match request["role"].as_str() {
                Some("setup") => fixture::load(text, graph).map(|()| json!({"ok": true, "columns": [], "rows": []})),
                Some("query" | "control") => run(text, &request["params"], graph),
                _ => return refusal("`role` is none of `setup`, `query`, `control`"),
            };
            done.unwrap_or_else(|error| failure(&error))
        }
        _ => refusal("`op` is none of `hello`, `reset`, `run`"),
    }
}

fn run(text: &str, params: &Json, graph: &mut PropertyGraph) -> Result<Json, Box<Error>> {
    let prepared = Prepared::new(text, graph, &Options::default())?;
    let whole = graph.slice(&Scope::default())?;
    let given =
        params.as_object().into_iter().flatten().filter_map(|(name, text)| Some((name.as_str(), text.as_str()?)));
    let parameters: Map =
        given.map(|(name, text)| Ok((name, notation::literal(text)?))).collect::<Result<_, Box<Error>>>()?;
    let limits = Limits { deadline: Some(Instant::now() + PATIENCE), rows: Some(MOST_ROWS), ..Limits::default() };
    let written = |row: Vec<Value>| -> Vec<String> { row.iter().map(|v| notation::write(v, graph, whole)).collect() };
    let rows: Vec<Vec<String>> =
        prepared.run(graph, &parameters, limits)?.map(|row| row.map(written)).collect::<Result<_, _>>()?;
    Ok(json!({"ok": true, "columns": prepared.columns(), "rows": rows, "effects": {}}))
}

/// An error of a query.
fn failure(error: &Error) -> Json {
    let phase = match error.phase {
        Phase::Compile => "compile",
        Phase::Runtime => "runtime",
    };
    json!({
        "ok": false,
        "phase": phase,
        "type": error.kind.word(),
        "detail": error.detail,
        "message": error.message,
    })
}

/// A request that is none.
fn refusal(message: &str) -> Json {
    json!({"ok": false, "phase": "runtime", "type": "ProtocolError", "detail": "BadRequest", "message": message})
}
