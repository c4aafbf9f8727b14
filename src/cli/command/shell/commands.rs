//! The commands of the shell: words after a colon that are no queries.

use super::{State, help};
use crate::cli::Exit;
use crate::cli::args::Flags;
use crate::cli::command::queries::listed;
use crate::cli::command::query::{assignment, defaults, unknown_query};
use crate::cli::failure::Failure;
use crate::cli::output::{Format, Page, Printer, Sheet, Values};
use crate::cli::session::Question;
use crate::names::nearest;
use crate::query::functions;
use crate::query::graph::{Owner, Schema, SliceId};
use crate::query::library::{self, typed_value};
use crate::query::value::Map;
use clap::ValueEnum;

/// How to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Done {
    /// With the next statement.
    Next,
    /// Not at all.
    Quit,
}

/// Each command with what it takes and does.
pub(super) const COMMANDS: &[(&str, &str, &str)] = &[
    ("help", "[TOPIC]", "this list; or `functions`, `procedures`, or the name of one of them"),
    ("schema", "", "labels, relation types, properties and functions"),
    (
        "at",
        "DATE [possible]",
        "ask about some day of a date or period; with `ever` about all of time, without a date about everything recorded",
    ),
    ("during", "FROM/TO [possible]", "ask about some day of an interval"),
    ("throughout", "DATE [possible]", "ask about every day of a date or period"),
    ("known-by", "DATE", "use only claims published by this date; without a date all"),
    ("format", "FORMAT", "answer as table, json, jsonl, csv, tsv or md"),
    ("params", "NAME=VALUE", "set a parameter; without one show them; `clear` to forget them"),
    ("explain", "QUERY", "show how a query would be run"),
    ("profile", "QUERY", "run a query and show what it cost"),
    ("queries", "", "the questions that come with the program"),
    ("run", "NAME [NAME=VALUE …]", "run one of them"),
    ("quit", "", "leave"),
];

impl State<'_> {
    /// Carries out a command, given without its colon.
    pub(super) fn command(&mut self, text: &str) -> Result<Done, Failure> {
        let text = text.trim().trim_end_matches(';').trim_end();
        let (name, rest) = text.split_once(char::is_whitespace).map_or((text, ""), |(name, rest)| (name, rest.trim()));
        match name {
            "help" | "h" | "?" => help::show(rest, &self.flags)?,
            "schema" => self.schema()?,
            "at" | "during" | "throughout" => self.set_days(name, rest)?,
            "known-by" => self.set_flags(|flags| flags.known_by = (!rest.is_empty()).then(|| rest.to_owned()))?,
            "format" => {
                let format = Format::from_str(wanted(name, rest, "a format")?, true).map_err(|_| no_format(rest))?;
                self.set_flags(|flags| flags.format = format)?;
            }
            "params" | "param" => self.set_parameters(rest)?,
            "explain" | "profile" => {
                let query = wanted(name, rest, "a query")?;
                self.ask(&format!("{} {query}", name.to_uppercase()))?;
            }
            "queries" => Printer::new(&self.flags).print(&listed(None))?,
            "run" => {
                self.run_named(wanted(name, rest, "the name of a query")?)?;
            }
            "quit" | "exit" | "q" => return Ok(Done::Quit),
            _ => return Err(unknown(name)),
        }
        Ok(Done::Next)
    }

    /// Changes the flags, unless the session refuses them.
    fn set_flags(&mut self, change: impl FnOnce(&mut Flags)) -> Result<(), Failure> {
        let mut flags = self.flags.clone();
        change(&mut flags);
        self.session.set_flags(&flags)?;
        self.flags = flags;
        Ok(())
    }

    fn set_days(&mut self, name: &str, rest: &str) -> Result<(), Failure> {
        let mut words: Vec<&str> = rest.split_whitespace().collect();
        let possible = words.last().is_some_and(|word| matches!(*word, "possible" | "possibly"));
        let certain = words.last() == Some(&"certain");
        if possible || certain {
            words.pop();
        }
        let date = words.join(" ");
        self.set_flags(|flags| {
            (flags.at, flags.during, flags.throughout, flags.ever) = (None, None, None, false);
            (flags.possible, flags.certain) = (possible, certain);
            match (name, date.as_str()) {
                (_, "") => {}
                ("at", "ever" | "all") => flags.ever = true,
                ("during", _) => flags.during = Some(date),
                ("throughout", _) => flags.throughout = Some(date),
                _ => flags.at = Some(date),
            }
        })
    }

    fn set_parameters(&mut self, rest: &str) -> Result<(), Failure> {
        if rest == "clear" {
            self.parameters = Map::new();
        } else if rest.is_empty() {
            let mut page = Page::new("Parameters");
            let mut sheet = Sheet::new(&["name", "value"]);
            let values = Values::new(&self.session.graph, SliceId(0));
            for (name, value) in self.parameters.iter() {
                sheet.push([name.to_string(), values.text(value)]);
                page.rows.push(serde_json::json!({ "name": &**name, "value": values.json(value) }));
            }
            page.block(None, sheet);
            if page.rows.is_empty() {
                page.notes.push("none is set; `:params NAME=VALUE` sets one".to_owned());
            }
            Printer::new(&self.flags).print(&page)?;
        } else {
            let (name, value) = assignment(rest)?;
            self.parameters.insert(name, typed_value(value, None));
        }
        Ok(())
    }

    /// Runs a query of the library: its defaults, then what `:params` set, then what stands after its name.
    fn run_named(&mut self, rest: &str) -> Result<Exit, Failure> {
        let words = words(rest);
        let name = words.first().copied().unwrap_or_default();
        let entry = library::find(name).ok_or_else(|| unknown_query(name))?;
        let mut parameters = defaults(&entry)?;
        let names: Vec<String> = parameters.iter().map(|(name, _)| name.to_string()).collect();
        for name in names {
            if let Some(value) = self.parameters.get(&name) {
                parameters.insert(name, value.clone());
            }
        }
        let mut typed = Vec::new();
        for text in words.iter().skip(1) {
            let (name, value) = assignment(text)?;
            let value = typed_value(value, parameters.get(name));
            parameters.insert(name, value);
            typed.push(name.to_owned());
        }
        let title = entry.title.unwrap_or(name);
        self.session.run(&Question { title, file: name, text: entry.text, parameters, typed })
    }

    fn schema(&self) -> Result<(), Failure> {
        let graph = &self.session.graph;
        let mut page = Page::new("Schema");
        let mut flat = Sheet::new(&["what", "name"]);
        let mut add = |what: &str, heading: &str, names: Vec<&str>| {
            if names.is_empty() {
                return;
            }
            for name in &names {
                flat.push([what.to_owned(), (*name).to_owned()]);
                page.rows.push(serde_json::json!({ "what": what, "name": name }));
            }
            page.lines(Some(heading), vec![names.join("  ")]);
        };
        add("label", "Labels of nodes", graph.label_names().collect());
        let (own, links): (Vec<&str>, Vec<&str>) = graph.type_names().partition(|name| {
            matches!(graph.relation_type(name), crate::query::graph::Term::Known(types) if types.intersects(&graph.all_types()))
        });
        add("type", "Types of relations", own);
        add("types", "Names for several types", graph.group_names().collect());
        add("link", "From events to actors, and from sources to sources", links);
        add("property", "Properties of nodes", graph.property_names_of(Owner::Node));
        add("property of relations", "Properties of relations", graph.property_names_of(Owner::Relation));
        let mut names: Vec<&str> = functions::all().map(|function| function.name).collect();
        names.sort_unstable();
        add("function", "Functions", names);
        page.flat = Some(flat);
        Ok(Printer::new(&self.flags).print(&page)?)
    }
}

fn unknown(name: &str) -> Failure {
    let near = nearest(name, COMMANDS.iter().map(|(name, ..)| *name), 1);
    let mut help: Vec<String> = near.iter().map(|near| format!("did you mean `:{near}`?")).collect();
    help.push("`:help` shows the commands".to_owned());
    Failure::new("unknown-command", format!("there is no command `:{name}`"), help)
}

/// What stands after a command that cannot do without.
fn wanted<'t>(name: &str, rest: &'t str, what: &str) -> Result<&'t str, Failure> {
    if !rest.is_empty() {
        return Ok(rest);
    }
    let takes = COMMANDS.iter().find(|(known, ..)| *known == name).map_or("", |(_, takes, _)| takes);
    Err(Failure::new("incomplete-command", format!("`:{name}` wants {what}"), vec![format!("write `:{name} {takes}`")]))
}

fn no_format(text: &str) -> Failure {
    let known: Vec<String> = Format::value_variants()
        .iter()
        .filter_map(|format| Some(format!("`{}`", format.to_possible_value()?.get_name())))
        .collect();
    Failure::new(
        "unknown-format",
        format!("there is no format `{text}`"),
        vec![format!("formats: {}", known.join(", "))],
    )
}

/// Words between blanks, where those inside quotes and brackets belong to the word.
fn words(text: &str) -> Vec<&str> {
    let (mut words, mut start, mut quote, mut depth) = (Vec::new(), None, None, 0u32);
    for (at, sign) in text.char_indices() {
        match (quote, sign) {
            (Some(open), sign) => {
                if sign == open {
                    quote = None;
                }
                continue;
            }
            (None, '\'' | '"') => quote = Some(sign),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, sign) if sign.is_whitespace() && depth == 0 => {
                words.extend(start.take().map(|start: usize| &text[start..at]));
                continue;
            }
            _ => {}
        }
        start = start.or(Some(at));
    }
    words.extend(start.map(|start| &text[start..]));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_what_is_quoted_together() {
        assert_eq!(words("patrons  actor='A b' dates=['1', '2']"), ["patrons", "actor='A b'", "dates=['1', '2']"]);
        assert!(words("  ").is_empty());
    }
}
