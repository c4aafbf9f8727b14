//! `query`: a question in the query language.

use super::{Exit, Failure};
use crate::cli::args::Flags;
use crate::cli::context::load;
use crate::cli::session::{Bounds, Question, Session};
use crate::graph::TemporalGraph;
use crate::names::nearest;
use crate::query::library::{self, Entry, typed_value};
use crate::query::value::{Map, Value};
use clap::Args;
use serde_json::Value as Json;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

const HELP: &str = "\
Examples:
  allegiance query -e \"MATCH (a:ArmedGroup)-[r:ALLIED]-(b) WHERE a.name = 'SDF' RETURN b, r\"
  allegiance query -e 'MATCH (a)-[r:AT_WAR_WITH]-(b) RETURN a, b' --at 2016
  allegiance query patrons.cypher --param actor=HTS --param date=2018
  allegiance queries                              the questions that come with the program

Labels, types, properties and functions: `:schema` and `:help functions` in `allegiance shell`.
Days: with --at, --during or --throughout a query sees what certainly holds then, with --possible
also what possibly does; without them all that is recorded. What a query says itself
(`FOR VALID_TIME AS OF '2016'`) goes before the flags.
The language, with every function: docs/query-language.md. Another command with --explain prints
the query that it equals.
Exit codes: 0 rows, 1 no rows, 2 could not do it.";

/// Run a query: openCypher read queries, with extensions for valid time
#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub(in crate::cli) struct Query {
    /// A file, the name of one of `allegiance queries`, or `-` for standard input
    #[arg(value_name = "FILE|NAME", required_unless_present = "text")]
    file: Option<PathBuf>,
    /// The query itself
    #[arg(short = 'e', long = "text", value_name = "QUERY", conflicts_with = "file")]
    text: Option<String>,
    /// A parameter (repeatable): its value in the notation of the language (`3`, `'2016'`, `['a', 'b']`), or else a text
    #[arg(long = "param", value_name = "NAME=VALUE", help_heading = "Parameters")]
    parameters: Vec<String>,
    /// Parameters from a JSON object in a file
    #[arg(long = "params", value_name = "FILE", help_heading = "Parameters")]
    parameter_file: Option<PathBuf>,
    /// Stop after so many seconds; 0 for no limit
    #[arg(long, value_name = "SECONDS", default_value_t = 60.0, value_parser = seconds, help_heading = "Limits")]
    timeout: f64,
    /// Fail when there are more rows than this
    #[arg(long, value_name = "N", help_heading = "Limits")]
    max_rows: Option<u64>,
}

/// A time that is no less than none.
pub(super) fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Ok(number),
        _ => Err("a number of seconds is wanted".into()),
    }
}

/// The time of so many seconds; none for 0.
pub(super) fn time(seconds: f64) -> Option<Duration> {
    (seconds > 0.0).then(|| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

impl Query {
    pub(super) fn run(self, flags: &Flags) -> Result<Exit, Failure> {
        let (file, text) = self.source()?;
        let entry = Entry::read(file.as_str(), &text);
        let mut parameters = defaults(&entry)?;
        if let Some(path) = &self.parameter_file {
            for (name, value) in read_parameters(path)? {
                parameters.insert(name, value);
            }
        }
        let mut typed = Vec::new();
        for text in &self.parameters {
            let (name, value) = assignment(text)?;
            let value = typed_value(value, parameters.get(name));
            parameters.insert(name, value);
            typed.push(name.to_owned());
        }
        let bounds = Bounds { timeout: time(self.timeout), max_rows: self.max_rows };
        // The program ends right after the answer: taking the graph apart again would only cost time.
        let graph: &'static TemporalGraph = Box::leak(Box::new(load(flags)?));
        let mut session = Session::new(graph, flags, bounds)?;
        session.run(&Question { title: entry.title.unwrap_or("Query"), file: &file, text: &text, parameters, typed })
    }

    /// The text of the query, and what messages call it.
    fn source(&self) -> Result<(String, String), Failure> {
        if let Some(text) = &self.text {
            return Ok(("<query>".to_owned(), text.clone()));
        }
        let path = self.file.as_deref().unwrap_or(Path::new("-"));
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            return Ok(("<stdin>".to_owned(), utf8(bytes, "standard input")?));
        }
        let name = path.to_string_lossy().into_owned();
        if path.is_file() {
            let bytes = std::fs::read(path).map_err(|error| unreadable("query", path, &error))?;
            let text = utf8(bytes, &name)?;
            return Ok((name, text));
        }
        match library::find(&name) {
            Some(entry) => Ok((name, entry.text.to_owned())),
            None if path.is_dir() => Err(Failure::new(
                "unreadable-file",
                format!("`{name}` is a directory"),
                vec!["name a file with one query, or one of `allegiance queries`".to_owned()],
            )),
            None => Err(unknown_query(&name)),
        }
    }
}

/// The text of a file.
fn utf8(bytes: Vec<u8>, name: &str) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
        Failure::new(
            "unreadable-file",
            format!("{name} is no text in UTF-8, from line {line} on"),
            vec!["save it as UTF-8".to_owned()],
        )
    })
}

/// The defaults that the head of a query gives.
pub(super) fn defaults(entry: &Entry<'_>) -> Result<Map, Failure> {
    entry.defaults().map_err(|error| {
        let help = error.help.into_iter().chain(["write `// params: name = 'text'; other = 3`".to_owned()]).collect();
        Failure::new("bad-default", format!("a default in the head of {}: {}", entry.name, error.message), help)
    })
}

/// A name that is neither a file nor a query of the library.
pub(super) fn unknown_query(name: &str) -> Failure {
    let mut near = nearest(name, library::names(), 3);
    if near.is_empty() && !name.is_empty() {
        // A word of a name: `patrons` for `hts-patrons`.
        let word = name.to_lowercase();
        near.extend(library::names().filter(|known| known.split('-').any(|part| part == word)).take(5));
    }
    let mut help = Vec::new();
    if !near.is_empty() {
        help.push(format!("did you mean {}?", near.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(" or ")));
    }
    if name.contains(char::is_whitespace) {
        help.push("a query on the command line comes after `-e`".to_owned());
    }
    help.push("`allegiance queries` shows the questions that come with the program".to_owned());
    Failure::new("unknown-query", format!("`{name}` is no file and no query of the library"), help)
}

/// `name=value`, the name perhaps with the `$` that queries put before it.
pub(super) fn assignment(typed: &str) -> Result<(&str, &str), Failure> {
    let (name, value) = typed.split_once('=').unwrap_or((typed, ""));
    let name = name.trim().trim_start_matches('$');
    if name.is_empty() || !typed.contains('=') {
        return Err(Failure::new(
            "bad-parameter",
            format!("`{typed}` is no parameter"),
            vec!["write `name=value`: `--param actor=HTS`".to_owned()],
        ));
    }
    Ok((name, value.trim()))
}

/// The parameters of a file with a JSON object.
fn read_parameters(path: &Path) -> Result<Vec<(String, Value)>, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| unreadable("parameters", path, &error))?;
    match serde_json::from_str(&text) {
        Ok(Json::Object(object)) => object.into_iter().map(|(name, value)| Ok((name, value_of_json(&value)))).collect(),
        outcome => {
            let reason = outcome.err().map_or_else(String::new, |error| format!(": {error}"));
            Err(Failure::new(
                "bad-parameters",
                format!("{} holds no JSON object{reason}", path.display()),
                vec!["write an object with a field for each parameter: `{\"actor\": \"HTS\"}`".to_owned()],
            ))
        }
    }
}

/// JSON as a value of the language.
fn value_of_json(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Boolean(*truth),
        Json::Number(number) => {
            number.as_i64().map_or_else(|| number.as_f64().map_or(Value::Null, Value::Float), Value::Integer)
        }
        Json::String(text) => Value::text(text),
        Json::Array(items) => Value::list(items.iter().map(value_of_json).collect()),
        Json::Object(object) => {
            Value::map(object.iter().map(|(key, value)| (key.as_str(), value_of_json(value))).collect())
        }
    }
}

fn unreadable(what: &str, path: &Path, error: &io::Error) -> Failure {
    Failure::new("unreadable-file", format!("cannot read the {what} {}: {error}", path.display()), Vec::new())
}
