//! Of sets of actors: who stands so to whom, one inside the other.

use super::asked::side_of;
use super::{Failure, Parts, Side, quoted};
use crate::ask::{Named, Reply, Sort, Who};
use crate::cli::context::Context;
use crate::question::Line;
use crate::time::Holds;

/// A query for the members of a set on its way: clauses, and how many variables they name.
struct Clauses<'a, 'g> {
    parts: &'a Parts<'g>,
    reply: &'a Reply,
    text: String,
    actors: usize,
}

/// Who stands so.
pub(super) fn who(
    context: &Context<'_>,
    title: &str,
    set: &Who,
    sort: Option<&Sort>,
    reply: &Reply,
) -> Result<String, Failure> {
    let parts = Parts::new(context, title, &["The command adds the relations, each with its dates and claims."])?;
    let mut clauses = Clauses { parts: &parts, reply, text: String::new(), actors: 0 };
    let found = clauses.members(set)?;
    let mut kept: Vec<String> = sort.map(|sort| clauses.of_sort(&found, sort)).transpose()?.into_iter().collect();
    let mut named = Vec::new();
    names(set, &mut named);
    let lens = &parts.lens;
    let is_absent = |actor| {
        let graph = lens.graph;
        graph.actor(actor).exists.is_some() && graph.life(actor).holds(lens.window.of_lives()) == Holds::No
    };
    if reply.answers.is_empty() && named.iter().any(|named| is_absent(named.actor)) {
        // Where somebody named did not exist then, what is only possible of its line is no answer.
        kept.push("holds = 'certain'".to_owned());
    }
    let kept =
        if kept.is_empty() { String::new() } else { format!("WITH {found}, holds\nWHERE {}\n", kept.join("\n  AND ")) };
    let text = format!(
        "{}{kept}RETURN {found}.id AS id, {found}.name AS name, {found}.kind AS kind, holds\nORDER BY holds, toLower(name), id{}",
        clauses.text,
        parts.limit(None)
    );
    Ok(parts.text(&text))
}

/// Those named in a set, in the order of the sentence.
fn names<'w>(set: &'w Who, into: &mut Vec<&'w Named>) {
    match set {
        Who::Named(named) => into.push(named),
        Who::Anybody => {}
        Who::Related { to, .. } => names(to, into),
        Who::Both(first, second) => {
            names(first, into);
            names(second, into);
        }
    }
}

impl Clauses<'_, '_> {
    fn actor(&mut self) -> String {
        let letter = char::from(b'a' + (self.actors % 26) as u8);
        let round = self.actors / 26;
        self.actors += 1;
        if round == 0 { letter.to_string() } else { format!("{letter}{round}") }
    }

    /// Clauses that end with rows of a member and how it `holds` that it is one, each member once; returns the member's variable.
    fn members(&mut self, set: &Who) -> Result<String, Failure> {
        match set {
            Who::Named(named) => {
                let name = self.actor();
                let condition = self.parts.is_of(&name, &self.parts.lens.line(named.actor));
                self.text
                    .push_str(&format!("MATCH ({name}:Actor)\nWHERE {condition}\nWITH {name}, 'certain' AS holds\n"));
                Ok(name)
            }
            Who::Anybody => {
                let name = self.actor();
                self.text.push_str(&format!("MATCH ({name}:Actor)\nWITH {name}, 'certain' AS holds\n"));
                Ok(name)
            }
            Who::Related { tie, to } => {
                let name = self.actor();
                let (target, side) = match &**to {
                    Who::Named(named) => (self.actor(), Some(side_of(&self.parts.lens, self.reply, named))),
                    inner => (self.members(inner)?, None),
                };
                let (matched, ways) = self.parts.reading(&name, Some(tie), &target)?;
                let mut conditions: Vec<String> = Vec::new();
                if let Some(side) = &side {
                    conditions.extend(self.parts.is_meant(&target, side)?);
                }
                conditions.extend(self.not_named(&name, set));
                conditions.extend(ways);
                // What more sources dispute than support is no answer, and a place is no friend and no foe.
                conditions.push("status(r) <> 'disputed'".to_owned());
                if tie.either_way {
                    conditions.push(format!("{name}.kind <> 'place'"));
                }
                let holds = self.parts.holds("r");
                let (matched, kept, holds, together) = match &side {
                    None => (
                        // The target is bound; its label is known.
                        matched.replace(&format!("({target}:Actor)"), &format!("({target})")),
                        name.clone(),
                        format!("CASE {holds} WHEN 'no' THEN 'no' WHEN 'possible' THEN 'possible' ELSE holds END"),
                        "min(holds)",
                    ),
                    Some(Side { line: Some(line), others }) if !others.is_empty() => (
                        matched,
                        format!("{name}, {} AS own", self.parts.is_of(&target, line)),
                        holds,
                        // Relations of the one named go before those of others.
                        "coalesce(min(CASE WHEN own THEN holds END), min(holds))",
                    ),
                    Some(_) => (matched, name.clone(), holds, "min(holds)"),
                };
                self.text.push_str(&format!(
                    "MATCH {matched}\nWHERE {}\nWITH {kept}, {holds} AS holds\nWHERE {}\nWITH {name}, {together} AS holds\n",
                    conditions.join("\n  AND "),
                    self.parts.kept()
                ));
                Ok(name)
            }
            Who::Both(first, second) => {
                let before = std::mem::take(&mut self.text);
                let one = self.members(first)?;
                let first_text = std::mem::take(&mut self.text);
                let other = self.members(second)?;
                let second_text = std::mem::replace(&mut self.text, before);
                let inside = |text: &str| text.lines().map(|line| format!("  {line}\n")).collect::<String>();
                let mut conditions = vec![format!("{one} = {other}")];
                conditions.extend(self.not_named(&one, set));
                self.text.push_str(&format!(
                    "CALL {{\n{}  RETURN {one}, holds AS first\n}}\nCALL {{\n{}  RETURN {other}, holds AS second\n}}\n\
                     WITH {one}, {other}, first, second\nWHERE {}\nWITH {one}, CASE WHEN first = 'certain' THEN second ELSE first END AS holds\n",
                    inside(&first_text),
                    inside(&second_text),
                    conditions.join("\n  AND ")
                ));
                Ok(one)
            }
        }
    }

    /// Nobody who is named is an answer.
    fn not_named(&self, variable: &str, set: &Who) -> Option<String> {
        let mut named = Vec::new();
        names(set, &mut named);
        let mut lines: Vec<Line> = Vec::new();
        for side in named.into_iter().map(|named| side_of(&self.parts.lens, self.reply, named)) {
            for line in side.lines() {
                if !lines.contains(line) {
                    lines.push(line.clone());
                }
            }
        }
        self.parts.is_of_any(variable, &lines).map(|condition| format!("NOT {condition}"))
    }

    /// Whether an actor is of a sort.
    fn of_sort(&self, variable: &str, sort: &Sort) -> Result<String, Failure> {
        let vocabulary = self.parts.lens.graph.vocabulary();
        match sort {
            Sort::Kinds { kinds, .. } => {
                let kinds: Vec<String> = kinds.iter().map(|kind| quoted(&vocabulary.kind(*kind).name)).collect();
                Ok(format!("{variable}.kind IN [{}]", kinds.join(", ")))
            }
            Sort::PartsOf(named) => {
                let steps: Vec<_> =
                    ["part_of", "wing_of", "member_of"].iter().filter_map(|name| vocabulary.type_named(name)).collect();
                let steps: Vec<String> = self.parts.names(
                    &steps.iter().map(|id| id.index() as u32).collect::<Vec<_>>(),
                    vocabulary.relation_types.len() as u32,
                );
                Ok(format!(
                    "EXISTS {{\n  MATCH p = ({variable})-[:{}*0..16]->(whole:Actor)\n  WHERE {}\n    AND all(step IN relationships(p) WHERE possibly(validDuring(step, '../..')))\n}}",
                    steps.join("|"),
                    self.parts.is_of("whole", &self.parts.lens.line(named.actor))
                ))
            }
        }
    }
}
