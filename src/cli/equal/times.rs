//! Of dates: `timeline`, `changes`.

use super::{Failure, Parts, records::each};
use crate::cli::context::Context;
use crate::question::Line;
use crate::time::Window;

/// Whose relations.
#[derive(Clone, Copy)]
pub(in crate::cli) enum Whose<'l> {
    /// With one of these at an end; all, without any.
    Any(&'l [Line]),
    /// With one of the first at one end, and one of the second at the other.
    Pair(&'l [Line], &'l [Line]),
}

/// `timeline`, of what was between the lines and those of `with` where any are named; with `events_only`, without relations.
pub(in crate::cli) fn timeline(
    context: &Context<'_>,
    title: &str,
    lines: &[Line],
    with: &[Line],
    events_only: bool,
) -> Result<String, Failure> {
    let parts = Parts::new(context, title, &["The command adds the places in the sources."])?.shows_all()?;
    let mut arms = Vec::new();
    if !events_only {
        let whose = if with.is_empty() { Whose::Any(lines) } else { Whose::Pair(lines, with) };
        arms.push(relations(&parts, whose)?);
    }
    if parts.lens.scope.types.is_empty() {
        let whose = match (parts.is_of_any("x", lines), parts.is_of_any("y", with)) {
            (None, _) => "  MATCH (e:Event)\n  WHERE status(e) <> 'denied'\n".to_owned(),
            (Some(any), Some(with)) => format!(
                "  MATCH (e:Event)-[:INVOLVES|IN_PLACE]->(x), (e)-[:INVOLVES|IN_PLACE]->(y)\n  WHERE {any}\n    AND {with}\n    AND status(e) <> 'denied'\n  WITH DISTINCT e\n"
            ),
            (Some(any), None) => format!(
                "  MATCH (e:Event)-[:INVOLVES|IN_PLACE]->(x)\n  WHERE {any}\n    AND status(e) <> 'denied'\n  WITH DISTINCT e\n"
            ),
        };
        arms.push(format!(
            "{whose}  RETURN e AS record, 'happened' AS what, e.date AS date, null AS relation, e.id AS event\n"
        ));
    }
    if arms.is_empty() {
        return Err(super::refused("timeline --events with --type", "events are of no relation type: nothing is left"));
    }
    let order =
        "latest, earliest IS NOT NULL, earliest, CASE what WHEN 'began' THEN 0 WHEN 'happened' THEN 1 ELSE 2 END, id";
    Ok(parts.text(&entries(&parts, &arms, parts.lens.window, false, order)))
}

/// `changes`: in these days.
pub(in crate::cli) fn changes(
    context: &Context<'_>,
    title: &str,
    between: Window,
    whose: Whose<'_>,
) -> Result<String, Failure> {
    let adds = ["The command adds the pairs whose relations came to another sign, and the events between the dates."];
    let parts = Parts::new(context, title, &adds)?.shows_all()?;
    let order = "holds, date, CASE what WHEN 'began' THEN 0 WHEN 'ended' THEN 1 ELSE 2 END, id";
    Ok(parts.text(&entries(&parts, &[relations(&parts, whose)?], between, true, order)))
}

/// What began, ended or happened by relations, as an arm of a union.
fn relations(parts: &Parts<'_>, whose: Whose<'_>) -> Result<String, Failure> {
    let any = |variable: &str, lines: &[Line]| parts.is_of_any(variable, lines).unwrap_or_default();
    let whose = match whose {
        Whose::Any([]) => String::new(),
        Whose::Any(lines) => {
            let ends = ["a", "b"].into_iter().flat_map(|end| lines.iter().map(move |line| (end, line)));
            let ends: Vec<String> = ends.map(|(end, line)| parts.is_of(end, line)).collect();
            format!("\n    AND ({})", ends.join(" OR "))
        }
        Whose::Pair(first, second) => {
            let way = |a: &[Line], b: &[Line]| format!("{} AND {}", any("a", a), any("b", b));
            format!("\n    AND ({} OR {})", way(first, second), way(second, first))
        }
    };
    Ok(format!(
        "  {}{whose}\n    AND possibly(validDuring(r, '../..'))\n  \
         UNWIND CASE WHEN r.temporality = 'event' OR NOT r.valid CONTAINS '/' THEN [['happened', r.valid]]\n    \
         ELSE [['began', r.since], ['ended', r.until]] END AS entry\n  \
         WITH r, entry[0] AS what, entry[1] AS date\n  \
         WHERE what = 'happened' OR NOT (date STARTS WITH '..' OR date ENDS WITH '..')\n  \
         RETURN r AS record, what, date, r.id AS relation, null AS event\n",
        each(&parts.types(&[])?).replace('\n', "\n  ")
    ))
}

/// The entries whose date reaches into a window.
fn entries(parts: &Parts<'_>, arms: &[String], window: Window, bounded_only: bool, order: &str) -> String {
    let first = (window.first != Window::ALL.first).then_some(window.first);
    let last = (window.last != Window::ALL.last).then_some(window.last);
    let bounded = "earliest IS NOT NULL AND latest IS NOT NULL";
    let mut reaches = vec![if bounded_only { bounded.to_owned() } else { format!("(what = 'happened' OR {bounded})") }];
    let mut within = vec![bounded.to_owned()];
    if let Some(first) = first {
        reaches.push(format!("(latest IS NULL OR latest >= date('{first}'))"));
        within.push(format!("earliest >= date('{first}')"));
    }
    if let Some(last) = last {
        reaches.push(format!("(earliest IS NULL OR earliest <= date('{last}'))"));
        within.push(format!("latest <= date('{last}')"));
    }
    let kept = if parts.lens.scope.only.is_some() { format!("\nWHERE {}", parts.kept()) } else { String::new() };
    format!(
        "CALL {{\n{}}}\nWITH record, relation, event, what, date, bounds(date).startEarliest AS earliest, bounds(date).endLatest AS latest\nWHERE {}\n\
         WITH *, CASE WHEN status(record) = 'supported' AND record.modality = 'asserted' AND {}\n  THEN 'certain' ELSE 'possible' END AS holds{kept}\n\
         RETURN date, what, coalesce(event, relation) AS id, relation, event, holds, record, sources(record) AS sources\nORDER BY {order}{}",
        arms.join("  UNION ALL\n"),
        reaches.join("\n  AND "),
        within.join(" AND "),
        parts.limit(None),
    )
}
