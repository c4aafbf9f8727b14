//! `:help`: the commands of the shell, and the functions and procedures of the language.

use super::commands::COMMANDS;
use crate::cli::args::Flags;
use crate::cli::failure::Failure;
use crate::cli::output::{self, Page, Printer, Sheet};
use crate::names::nearest;
use crate::query::functions::{self, Function, Group};
use crate::query::procedures;

/// The headings under which functions are described, in order.
const GROUPS: [(Group, &str); 8] = [
    (Group::Time, "Valid time"),
    (Group::Graph, "Nodes, relations and paths"),
    (Group::Aggregate, "Many rows to one value"),
    (Group::List, "Lists"),
    (Group::Text, "Texts"),
    (Group::Number, "Numbers"),
    (Group::Value, "Values and conversions"),
    (Group::Calendar, "Days and durations"),
];

/// Shows help on a topic: a command, `functions`, `procedures`, or the name of one of them; without one the commands.
pub(super) fn show(topic: &str, flags: &Flags) -> Result<(), Failure> {
    let name = topic.trim_start_matches(':').trim_end_matches("()");
    match name {
        "" | "commands" => return Ok(output::print(&commands())?),
        "functions" => return Ok(Printer::new(flags).print(&functions_by_group())?),
        "procedures" => return Ok(Printer::new(flags).print(&procedures_by_name())?),
        _ => {}
    }
    let text = if let Some(function) = functions::find(name) {
        let (example, value) = function.example;
        format!("{}\n  {}\n  {example} = {value}\n", function.signature(), function.summary)
    } else if let Some(procedure) = procedures::find(name) {
        let yields: Vec<&str> = procedure.yields.iter().map(|(name, _)| *name).collect();
        format!("CALL {} YIELD {}\n  {}\n", procedure.signature(), yields.join(", "), procedure.summary)
    } else if let Some(command) = COMMANDS.iter().find(|(known, ..)| *known == name) {
        line(command)
    } else {
        return Err(unknown(name));
    };
    Ok(output::print(&text)?)
}

fn unknown(name: &str) -> Failure {
    let known = COMMANDS
        .iter()
        .map(|(name, ..)| *name)
        .chain(functions::all().map(|function| function.name))
        .chain(procedures::ALL.iter().map(|procedure| procedure.name))
        .chain(["functions", "procedures"]);
    let near = nearest(name, known, 3);
    let mut help: Vec<String> = Vec::new();
    if !near.is_empty() {
        let near: Vec<String> = near.iter().map(|near| format!("`:help {near}`")).collect();
        help.push(format!("did you mean {}?", near.join(" or ")));
    }
    help.push("`:help` shows the commands, `:help functions` the functions".to_owned());
    Failure::new("unknown-topic", format!("there is no help on `{name}`"), help)
}

fn commands() -> String {
    let text = "A query ends with `;` or an empty line: MATCH (a:State)-[:BACKS]->(b) RETURN a, b;\n\n".to_owned();
    COMMANDS.iter().fold(text, |text, command| text + &line(command))
}

/// A command, what it takes, and what it does.
fn line((name, takes, does): &(&str, &str, &str)) -> String {
    let typed = format!(":{name} {takes}");
    format!("{typed:<28} {does}\n")
}

fn functions_by_group() -> Page {
    let mut page = Page::new("Functions");
    let mut flat = Sheet::new(&["group", "function", "summary", "example", "value"]);
    for (group, heading) in GROUPS {
        let mut functions: Vec<&Function> = functions::all().filter(|function| function.group == group).collect();
        functions.sort_by_key(|function| function.name);
        let mut sheet = Sheet::new(&["", ""]);
        for function in functions {
            let (signature, (example, value)) = (function.signature(), function.example);
            page.rows.push(serde_json::json!({
                "group": heading, "function": signature, "summary": function.summary, "example": example, "value": value,
            }));
            sheet.push([signature.clone(), function.summary.to_owned()]);
            flat.push([heading, &signature, function.summary, example, value].map(str::to_owned));
        }
        page.block(Some(heading), sheet);
    }
    page.flat = Some(flat);
    page.notes.push("an example of one: `:help NAME`".to_owned());
    page
}

fn procedures_by_name() -> Page {
    let mut page = Page::new("Procedures");
    let mut sheet = Sheet::new(&["procedure", "yields", "summary"]);
    for procedure in procedures::ALL {
        let yields: Vec<&str> = procedure.yields.iter().map(|(name, _)| *name).collect();
        page.rows.push(serde_json::json!({
            "procedure": procedure.signature(), "yields": yields, "summary": procedure.summary,
        }));
        sheet.push([procedure.signature(), yields.join(", "), procedure.summary.to_owned()]);
    }
    page.block(None, sheet);
    page.notes.push("CALL algo.pageRank() YIELD node, score RETURN node, score LIMIT 5;".to_owned());
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_stands_under_a_heading() {
        assert_eq!(functions_by_group().rows.len(), functions::all().count());
    }
}
