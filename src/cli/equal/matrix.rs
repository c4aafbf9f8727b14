//! Of a matrix: a row for each pair, with the relations in force between the two.

use super::{Failure, Parts, days, quoted, valid};
use crate::cli::context::Context;
use crate::question::{Line, When};
use crate::time::{Quantifier, Reading, Window};

/// `matrix`, at one time or at two.
pub(in crate::cli) fn matrix(
    context: &Context<'_>,
    title: &str,
    lines: &[Line],
    times: &[(Window, When)],
) -> Result<String, Failure> {
    let adds =
        ["The command adds what the relations in force come to (friend, enemy, mixed, dealings), and every claim."];
    let parts = Parts::new(context, title, &adds)?;
    let graph = parts.lens.graph;
    let ids: Vec<String> = lines.iter().map(|line| quoted(&graph.actor(line.named).slug)).collect();
    if ids.len() < 2 {
        return Err(super::refused(
            "matrix",
            "there are no two actors with a tie in these days: the matrix has no pair",
        ));
    }
    let of = |variable: &str, id: &str| {
        if parts.lens.scope.exact {
            format!("{variable} = actor({id})")
        } else {
            format!("{variable} IN line(actor({id}))")
        }
    };
    let kept = |word: &str| match parts.lens.scope.only {
        None => format!("{word} <> 'no'"),
        Some(Reading::Certain) => format!("{word} = 'certain'"),
        Some(Reading::Possible) => format!("{word} = 'possible'"),
    };
    let names: &[&str] = if times.len() > 1 { &["from", "to"] } else { &["relations"] };
    let forces: Vec<String> = times.iter().map(|(window, when)| kept(&in_force(*window, when))).collect();
    let collected: Vec<String> = names
        .iter()
        .zip(&forces)
        .map(|(name, force)| format!("collect(CASE WHEN {force} THEN r.id END) AS `{name}`"))
        .collect();
    let last = ids.len() - 1;
    Ok(parts.text(&format!(
        "WITH [{}] AS ids\nUNWIND range(0, {}) AS i\nUNWIND range(i + 1, {last}) AS j\nWITH i, j, ids[i] AS first, ids[j] AS second\n\
         OPTIONAL MATCH (a:Actor)-[r{}]-(b:Actor)\nWHERE {}\n  AND {}\nWITH i, j, first, second, r\nORDER BY i, j, r.id\n\
         WITH i, j, first, second, {}\nRETURN first, second, {}\nORDER BY i, j",
        ids.join(", "),
        last - 1,
        parts.types(&[])?,
        of("a", "first"),
        of("b", "second"),
        collected.join(",\n  "),
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
    )))
}

/// How `r` is in force: what happens counts for some days after it.
fn in_force(window: Window, when: &When) -> String {
    let lasting = format!("certainty({})", valid("r", window, when));
    let Window { first, last, .. } = crate::question::remembered(window);
    let remembered = if first <= last {
        days(Window::sometime(first, last))
    } else {
        // To have begun by the one day and lasted to the other, the later.
        days(Window { quantifier: Quantifier::Throughout, ..Window::sometime(first, last) })
    };
    let function = if first <= last { "validDuring" } else { "validThroughout" };
    let remembered = if remembered.contains('/') { remembered } else { format!("{remembered}/{remembered}") };
    format!("CASE r.temporality WHEN 'event' THEN certainty({function}(r, '{remembered}')) ELSE {lasting} END")
}
