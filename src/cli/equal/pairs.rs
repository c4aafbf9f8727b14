//! Of an actor and of two: `allies`, `rivals`, `relations`, `between`, `when`, `was`, `shared`, `path`.

use super::{Failure, Parts, RELATION, Side, days, quoted};
use crate::cli::context::Context;
use crate::model::{ActorId, TypeId};
use crate::question::{Line, MOST_HOPS, RelationWord};
use crate::time::{Quantifier, Reading, Window};

/// `allies`, `rivals`, `relations`.
pub(in crate::cli) fn ties(
    context: &Context<'_>,
    title: &str,
    line: &Line,
    with: Option<&Line>,
    types: &[TypeId],
) -> Result<String, Failure> {
    let parts = Parts::new(
        context,
        title,
        &["The command adds the places in the sources, and what is recorded for other days."],
    )?;
    let with = with.map_or_else(String::new, |with| format!("\n  AND {}", parts.is_of("b", with)));
    Ok(parts.text(&format!(
        "MATCH (a:Actor)-[r{}]-(b:Actor)\nWHERE {}\n  AND NOT {}{with}\nWITH r, b, {} AS holds\nWHERE {}\n{RELATION}\n\
         ORDER BY holds, status <> 'supported' OR r.modality <> 'asserted', toLower({}), id{}",
        parts.types(types)?,
        parts.is_of("a", line),
        parts.is_of("b", line),
        parts.holds("r"),
        parts.kept(),
        name(&parts, "b"),
        parts.limit(None),
    )))
}

/// The name by which the command puts an actor in order: the one it bore in the days asked about.
///
/// Only a limit makes it matter, so that without one the name goes without the exceptions.
fn name(parts: &Parts<'_>, variable: &str) -> String {
    let lens = &parts.lens;
    let other: Vec<ActorId> = match lens.scope.limit {
        None => Vec::new(),
        Some(_) => lens.graph.actors().filter(|(id, actor)| *lens.name(*id) != *actor.name).map(|(id, _)| id).collect(),
    };
    if other.is_empty() {
        return format!("{variable}.name");
    }
    let cases: Vec<String> = other
        .iter()
        .map(|id| format!("WHEN {} THEN {}", quoted(&lens.graph.actor(*id).slug), quoted(lens.name(*id))))
        .collect();
    format!("CASE {variable}.id {} ELSE {variable}.name END", cases.join(" "))
}

/// `between`, and `when` for one sort of relation.
pub(in crate::cli) fn between(
    context: &Context<'_>,
    title: &str,
    a: impl Into<Side>,
    b: impl Into<Side>,
    word: Option<&RelationWord>,
) -> Result<String, Failure> {
    let adds = if word.is_some() {
        "The command adds the claims, and the events with both."
    } else {
        "The command adds what the relations in force come to (friend, enemy, mixed, dealings), and the events with both."
    };
    let parts = Parts::new(context, title, &[adds])?.shows_all()?;
    let kept = match parts.lens.scope.only {
        None => String::new(),
        // What happened shortly before still counts for a pair.
        Some(reading) => format!(
            "WHERE {}\n  OR holds = 'no' AND r.temporality = 'event' AND {}\n",
            parts.kept(),
            recently(&parts, reading)
        ),
    };
    // What is denied holds on no day, and stands where its dates would put it.
    let earliest = "bounds(CASE status(r) WHEN 'denied' THEN r.valid ELSE r END).startEarliest";
    Ok(parts.text(&format!(
        "{}\nWITH r, {} AS holds\n{kept}{RELATION}\nORDER BY {earliest} IS NOT NULL, {earliest}, id",
        pattern(&parts, &a.into(), word, &b.into())?,
        parts.holds("r"),
    )))
}

/// Whether an event-like relation happened in the days that are remembered.
fn recently(parts: &Parts<'_>, reading: Reading) -> String {
    let Window { first, last, .. } = crate::question::remembered(parts.lens.window);
    let (function, text) = if first <= last {
        ("validDuring", days(Window::sometime(first, last)))
    } else {
        // To have begun by the one day and lasted to the other, the later.
        ("validThroughout", days(Window { quantifier: Quantifier::Throughout, ..Window::sometime(first, last) }))
    };
    let word = if reading == Reading::Certain { "certain" } else { "possible" };
    let text = if text.contains('/') { text } else { format!("{text}/{text}") };
    format!("certainty({function}(r, '{text}')) = '{word}'")
}

/// The pattern between two sides, in the direction the word reads.
fn pattern(parts: &Parts<'_>, a: &Side, word: Option<&RelationWord>, b: &Side) -> Result<String, Failure> {
    let (matched, turned) = parts.reading("a", word, "b")?;
    let mut conditions: Vec<String> = parts.is_meant("a", a)?.into_iter().collect();
    match parts.is_meant("b", b)? {
        Some(condition) => conditions.push(condition),
        None => conditions.extend(a.lines().map(|line| format!("NOT {}", parts.is_of("b", line)))),
    }
    conditions.extend(turned);
    Ok(format!("MATCH {matched}\nWHERE {}", conditions.join("\n  AND ")))
}

/// `was`.
pub(in crate::cli) fn was(
    context: &Context<'_>,
    title: &str,
    a: impl Into<Side>,
    word: &RelationWord,
    b: impl Into<Side>,
) -> Result<String, Failure> {
    let adds = [
        "The command makes one verdict of these: yes where one is certain; else disputed where one that may hold is contested, or dated so",
        "by one source and otherwise by another; else possible where one is possible; else no. Without a row: unknown, or no where the",
        "opposite certainly held all the time. It adds the reasons, and the other relations of the two.",
    ];
    let parts = Parts::new(context, title, &adds)?.shows_all()?;
    Ok(parts.text(&format!(
        "{}\nWITH r, {} AS holds\n{RELATION}\nORDER BY holds, id",
        pattern(&parts, &a.into(), Some(word), &b.into())?,
        parts.holds("r"),
    )))
}

/// `shared`.
pub(in crate::cli) fn shared(
    context: &Context<'_>,
    title: &str,
    (a, b): (&Line, &Line),
    friendly: &[TypeId],
    hostile: &[TypeId],
) -> Result<String, Failure> {
    let parts = Parts::new(context, title, &["The command adds the claims of every tie."])?;
    let arm = |what: &str, types: &[TypeId]| -> Result<String, Failure> {
        let types = parts.types(types)?;
        let side = |end: &str, tie: &str, line: &Line, also: &str| {
            format!(
                "  MATCH ({end}:Actor)-[{tie}{types}]-(x{})\n  WHERE {}{also}\n  WITH x, {tie}, {} AS holds{}\n  WHERE {}\n",
                if end == "a" { ":Actor" } else { "" },
                parts.is_of(end, line),
                parts.holds(tie),
                if end == "a" { "" } else { ", first" },
                parts.kept(),
            )
        };
        let outside = format!("\n    AND NOT {}\n    AND NOT {}", parts.is_of("x", a), parts.is_of("x", b));
        Ok(format!(
            "{}  WITH x, collect(holds) AS first\n{}  WITH x, first, collect(holds) AS second\n  RETURN '{what}' AS shared, x, \
             CASE WHEN 'certain' IN first AND 'certain' IN second THEN 'certain' ELSE 'possible' END AS holds\n  ORDER BY holds, toLower({}), x.id{}\n",
            side("a", "r", a, &outside),
            side("b", "s", b, ""),
            name(&parts, "x"),
            parts.limit(None).replace('\n', "\n  "),
        ))
    };
    let arms: Vec<String> = [arm("ally", friendly), arm("enemy", hostile)].into_iter().filter_map(Result::ok).collect();
    if arms.is_empty() {
        parts.types(friendly)?;
    }
    Ok(parts
        .text(&format!("CALL {{\n{}}}\nRETURN shared, x.id AS id, x.name AS actor, holds", arms.join("  UNION ALL\n"))))
}

/// `path`: chains over these types.
pub(in crate::cli) fn path(
    context: &Context<'_>,
    title: &str,
    (a, b): (&Line, &Line),
    types: &[TypeId],
    most: usize,
) -> Result<String, Failure> {
    let parts = Parts::new(context, title, &["The command adds every relation between two neighbours of a chain."])?;
    let can = match parts.lens.scope.only {
        Some(Reading::Certain) => "certainly",
        _ => "possibly",
    };
    let alive = if parts.lens.window.is_all() {
        String::new()
    } else {
        format!("\n  AND all(n IN nodes(p) WHERE possibly({}))", parts.valid("n"))
    };
    let certain = format!("all(r IN relationships(p) WHERE certainly({}))", parts.valid("r"));
    let weak = match parts.lens.scope.only {
        Some(Reading::Possible) => "\nWHERE NOT true IN firm",
        _ => "",
    };
    Ok(parts.text(&format!(
        "MATCH p = allShortestPaths((a:Actor)-[{}*1..{MOST_HOPS}]-(b:Actor))\nWHERE {}\n  AND {}\n  AND all(r IN relationships(p) WHERE {can}({})){alive}\n\
         WITH min(length(p)) AS steps, collect(p) AS paths\nUNWIND [p IN paths WHERE length(p) = steps] AS p\n\
         WITH steps, [n IN nodes(p) | n.id] AS chain, collect({certain}) AS firm, collect(certainty(coexist(p))) AS together{weak}\n\
         RETURN steps, chain, CASE WHEN true IN firm THEN 'certain' ELSE 'possible' END AS weakest,\n  \
         CASE WHEN 'certain' IN together THEN 'certain' WHEN 'possible' IN together THEN 'possible' ELSE 'no' END AS coexist\n\
         ORDER BY weakest, CASE coexist WHEN 'certain' THEN 0 WHEN 'possible' THEN 1 ELSE 2 END, chain{}",
        parts.types(types)?,
        parts.is_of("a", a),
        parts.is_of("b", b),
        parts.valid("r"),
        parts.limit(Some(most)),
    )))
}
