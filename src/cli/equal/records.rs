//! Of records: `list`, `show`, `lineage`, `conflicts`.

use super::{Failure, Parts, RELATION, quoted};
use crate::cli::context::Context;
use crate::graph::TemporalGraph;
use crate::model::{ActorId, Category, EventId, RelationId, Side, SourceId};
use crate::question::Line;

/// One relation in each row, once, as recorded.
const EACH: &str = "MATCH (a:Actor)-[r{types}]->(b:Actor)\nWHERE startNode(r) = a";

pub(super) fn each(types: &str) -> String {
    EACH.replace("{types}", types)
}

/// `list actors`.
pub(in crate::cli) fn list_actors(context: &Context<'_>) -> Result<String, Failure> {
    let parts = Parts::new(context, "Actors", &[])?;
    let alive =
        if parts.lens.window.is_all() { String::new() } else { format!("WHERE possibly({})\n", parts.valid("a")) };
    Ok(parts.text(&format!(
        "MATCH (a:Actor)\n{alive}RETURN a.id AS id, a.name AS name, a.kind AS kind, a.exists AS exists, COUNT {{ (a)--(:Actor) }} AS relations\nORDER BY id{}",
        parts.limit(None)
    )))
}

/// `list relations`.
pub(in crate::cli) fn list_relations(context: &Context<'_>) -> Result<String, Failure> {
    let parts = Parts::new(context, "Relations", &[])?;
    let (parts, kept) = listed(parts)?;
    Ok(parts.text(&format!(
        "{}\nWITH r, {} AS holds\n{kept}{RELATION}\nORDER BY id{}",
        each(&parts.types(&[])?),
        parts.holds("r"),
        parts.limit(None)
    )))
}

/// `list events`.
pub(in crate::cli) fn list_events(context: &Context<'_>) -> Result<String, Failure> {
    let parts = Parts::new(context, "Events", &[])?;
    let (parts, kept) = listed(parts)?;
    Ok(parts.text(&format!(
        "MATCH (e:Event)\nWITH e, {} AS holds\n{kept}RETURN e.id AS id, e.date AS date, e.name AS name, e.kind AS kind, holds, status(e) AS status, sources(e) AS sources\nORDER BY id{}",
        parts.holds("e"),
        parts.limit(None)
    )))
}

/// Of all time everything is listed, also what is denied.
fn listed(parts: Parts<'_>) -> Result<(Parts<'_>, String), Failure> {
    if parts.lens.window.is_all() && parts.lens.scope.only.is_none() {
        return Ok((parts.shows_all()?, String::new()));
    }
    let kept = format!("WHERE {}\n", parts.kept());
    Ok((parts, kept))
}

/// `list sources`.
pub(in crate::cli) fn list_sources(context: &Context<'_>) -> Result<String, Failure> {
    let mut parts = Parts::new(context, "Sources", &["The command counts the claims of each."])?;
    // All sources are listed, whenever they were published.
    parts.lens.scope.claims.known_by = None;
    Ok(parts.text(&format!(
        "MATCH (s:Source)\nRETURN s.id AS id, s.published AS published, s.reliability AS reliability, s.kind AS kind, s.title AS title\nORDER BY id{}",
        parts.limit(None)
    )))
}

/// What a line is and was called.
pub(super) fn names(context: &Context<'_>, title: &str, line: &Line) -> Result<String, Failure> {
    let parts = Parts::new(context, title, &["The command picks the names that were asked for."])?;
    Ok(parts.text(&format!(
        "MATCH (a:Actor)\nWHERE {}\nRETURN a.id AS id, a.name AS name, a.names AS names, a.exists AS exists\nORDER BY exists, id",
        parts.is_of("a", line)
    )))
}

/// When each of a line existed.
pub(super) fn lives(context: &Context<'_>, title: &str, line: &Line) -> Result<String, Failure> {
    let parts = Parts::new(context, title, &["The command adds what the events and relations of the line say of it."])?;
    Ok(parts.text(&format!(
        "MATCH (a:Actor)\nWHERE {}\nRETURN a.id AS id, a.name AS name, a.exists AS exists, {} AS holds\nORDER BY exists, id",
        parts.is_of("a", line),
        parts.holds("a")
    )))
}

/// What is claimed: of anybody, one line, or of two together; all of it, or only what people without a name said.
pub(super) fn claims(
    context: &Context<'_>,
    title: &str,
    lines: &[Line],
    anonymous_only: bool,
) -> Result<String, Failure> {
    let parts = Parts::new(context, title, &[])?.shows_all()?;
    let involved = match lines {
        [] => "  MATCH (e:Event)\n".to_owned(),
        [line] => format!("  MATCH (e:Event)-[:INVOLVES|IN_PLACE]->(x)\n  WHERE {}\n", parts.is_of("x", line)),
        [first, second, ..] => format!(
            "  MATCH (x)<-[:INVOLVES|IN_PLACE]-(e:Event)-[:INVOLVES|IN_PLACE]->(y)\n  WHERE {}\n    AND {}\n",
            parts.is_of("x", first),
            parts.is_of("y", second)
        ),
    };
    let kept = if anonymous_only { "WHERE claim.anonymous\n" } else { "" };
    Ok(parts.text(&format!(
        "CALL {{\n  {}{}\n  RETURN r AS record\n  UNION\n{involved}  RETURN e AS record\n}}\nUNWIND claims(record) AS claim\nWITH record, claim\n{kept}\
         RETURN record.id AS id, claim.source AS source, claim.locator AS locator, claim.stance AS stance, claim.attributed_to AS said_by, claim.note AS note\n\
         ORDER BY id, source, locator{}",
        each(&parts.types(&[])?).replace('\n', "\n  "),
        of_lines(&parts, lines),
        parts.limit(None)
    )))
}

/// A record that is shown.
pub(in crate::cli) enum Record {
    Actor(ActorId),
    Relation(RelationId),
    Event(EventId),
    Source(SourceId),
}

/// `show`.
pub(in crate::cli) fn show(context: &Context<'_>, record: &Record) -> Result<String, Failure> {
    let graph: &TemporalGraph = context.graph;
    let body = |parts: &Parts<'_>| -> Result<String, Failure> {
        Ok(match record {
            Record::Actor(id) => format!(
                "MATCH (a:Actor)-[r{}]-(b:Actor)\nWHERE a.id = {}\nWITH DISTINCT r, {} AS holds\n{RELATION}\nORDER BY r.category, r.type, id",
                parts.types(&[])?,
                quoted(&graph.actor(*id).slug),
                parts.holds("r")
            ),
            Record::Relation(id) => format!(
                "{}\n  AND r.id = {}\nWITH r, {} AS holds\n{RELATION}, claims(r) AS claims",
                each(""),
                quoted(&graph.relation(*id).slug),
                parts.holds("r")
            ),
            Record::Event(id) => format!(
                "MATCH (e:Event {{id: {}}})\nRETURN e.id AS id, e, {} AS holds, status(e) AS status, claims(e) AS claims",
                quoted(&graph.event(*id).slug),
                parts.holds("e")
            ),
            Record::Source(id) => {
                let source = quoted(&graph.source(*id).slug);
                format!(
                    "CALL {{\n  MATCH (a:Actor)-[r]->(:Actor)\n  WHERE startNode(r) = a\n  RETURN r.id AS record, claims(r) AS claims\n  UNION ALL\n  \
                     MATCH (n:Actor|Event)\n  RETURN n.id AS record, claims(n) AS claims\n}}\nUNWIND claims AS claim\nWITH record, claim\n\
                     WHERE claim.source = {source}\nRETURN record AS id, claim.locator AS locator, claim.stance AS stance, claim.note AS note\nORDER BY locator, id"
                )
            }
        })
    };
    let (title, adds) = match record {
        Record::Actor(id) => (&graph.actor(*id).name, "The command adds the actor's names and claims, and its events."),
        Record::Relation(id) => (&graph.relation(*id).slug, "The command adds the events that begin or end it."),
        Record::Event(id) => (&graph.event(*id).name, "The command adds who took part: `MATCH (e)-[r:INVOLVES]->(a)`."),
        Record::Source(id) => (&graph.source(*id).title, "The command adds what is known of the source itself."),
    };
    let mut parts = Parts::new(context, title, &[adds])?;
    if matches!(record, Record::Source(_)) {
        // What a source is cited for is told whatever counts.
        parts.lens.scope.claims.known_by = None;
    }
    let parts = parts.shows_all()?;
    Ok(parts.text(&body(&parts)?))
}

/// `lineage`.
pub(in crate::cli) fn lineage(context: &Context<'_>, title: &str, actor: ActorId) -> Result<String, Failure> {
    let adds = [
        "Whatever the days and types asked about: a lineage is a history. The command adds generations, and the events that open or close a step.",
    ];
    let parts = Parts::new(context, title, &adds)?.shows_all()?;
    let vocabulary = context.graph.vocabulary();
    let types = |later: fn(Option<Side>) -> bool| -> Vec<String> {
        let lineage = vocabulary.types().filter(|(_, t)| t.category == Category::Lineage && later(t.later));
        parts.names(
            &lineage.map(|(id, _)| id.index() as u32).collect::<Vec<_>>(),
            vocabulary.relation_types.len() as u32,
        )
    };
    let (directed, breaks) = (types(|later| later.is_some()).join("|"), types(|later| later.is_none()).join("|"));
    let subject_later: Vec<String> =
        types(|later| later == Some(Side::Subject)).iter().map(|name| quoted(name)).collect();
    let subject_later = format!("[{}]", subject_later.join(", "));
    // Of most types the object comes later; from the end that is earlier a step leads on.
    let step = |end: &str, relation: &str, node: &str| {
        format!("(type({relation}) IN {subject_later}) = ({end}({relation}) = {node})")
    };
    let walk = |end: &str| {
        format!(
            "  MATCH p = (me)-[:{directed}*0..16]-(x:Actor)\n  WHERE all(i IN range(0, length(p) - 1) WHERE {})\n  WITH DISTINCT x\n",
            step(end, "relationships(p)[i]", "nodes(p)[i]")
        )
    };
    let mut arms = Vec::new();
    if !directed.is_empty() {
        for (word, end) in [("outcome", "endNode"), ("origin", "startNode")] {
            arms.push(format!(
                "{}  MATCH (x)-[r:{directed}]-(:Actor)\n  WHERE {}\n  RETURN '{word}' AS step, r\n",
                walk(end),
                step(end, "r", "x")
            ));
        }
    }
    if !breaks.is_empty() {
        let origins = if directed.is_empty() { "  WITH me AS x\n".to_owned() } else { walk("startNode") };
        arms.push(format!("{origins}  MATCH (x)-[r:{breaks}]-(:Actor)\n  RETURN 'break' AS step, r\n"));
    }
    if arms.is_empty() {
        return Err(super::refused("lineage", "the vocabulary of this data has no types of lineage"));
    }
    Ok(parts.text(&format!(
        "MATCH (me:Actor {{id: {}}})\nCALL (me) {{\n{}}}\nRETURN step, r.id AS id, startNode(r).name AS subject, type(r) AS type, endNode(r).name AS object,\n  \
         r.valid AS valid, {} AS holds, status(r) AS status, sources(r) AS sources\nORDER BY step, valid, id",
        quoted(&context.graph.actor(actor).slug),
        arms.join("  UNION\n"),
        parts.holds("r"),
    )))
}

/// A condition on the ends of a relation: that one is of a line, or each of another of two.
fn of_lines(parts: &Parts<'_>, lines: &[Line]) -> String {
    let way = |a: &Line, b: &Line| format!("{} AND {}", parts.is_of("a", a), parts.is_of("b", b));
    match lines {
        [] => String::new(),
        [line] => format!("\n    AND ({} OR {})", parts.is_of("a", line), parts.is_of("b", line)),
        [first, second, ..] => format!("\n    AND ({} OR {})", way(first, second), way(second, first)),
    }
}

/// `conflicts`: about anybody, one line, or what is between two.
pub(in crate::cli) fn conflicts(context: &Context<'_>, title: &str, lines: &[Line]) -> Result<String, Failure> {
    let parts = Parts::new(context, title, &["The command adds both sides, each with its claims."])?.shows_all()?;
    let mut arms = vec![format!(
        "  {}{}\n  RETURN r AS record, r.valid AS dated, r.id AS relation, null AS event\n",
        each(&parts.types(&[])?).replace('\n', "\n  "),
        of_lines(&parts, lines)
    )];
    if parts.lens.scope.types.is_empty() {
        arms.push(match lines {
            [] => "  MATCH (e:Event)\n  RETURN e AS record, e.date AS dated, null AS relation, e.id AS event\n".to_owned(),
            [line] => format!(
                "  MATCH (e:Event)-[:INVOLVES]->(x)\n  WHERE {}\n  RETURN DISTINCT e AS record, e.date AS dated, null AS relation, e.id AS event\n",
                parts.is_of("x", line)
            ),
            [first, second, ..] => format!(
                "  MATCH (x)<-[:INVOLVES]-(e:Event)-[:INVOLVES]->(y)\n  WHERE {}\n    AND {}\n  RETURN DISTINCT e AS record, e.date AS dated, null AS relation, e.id AS event\n",
                parts.is_of("x", first),
                parts.is_of("y", second)
            ),
        });
    }
    Ok(parts.text(&format!(
        "CALL {{\n{}}}\nWITH record, relation, event, [c IN claims(record) | c.stance] AS stances,\n  \
         [c IN claims(record) WHERE c.stance = 'supports' | bounds(coalesce(c.valid, dated))] AS datings\n\
         UNWIND CASE WHEN 'supports' IN stances AND any(s IN stances WHERE s <> 'supports') THEN ['whether'] ELSE [] END\n  \
         + CASE WHEN any(a IN datings WHERE any(b IN datings WHERE a.startEarliest > b.startLatest OR a.endEarliest > b.endLatest))\n    \
         THEN ['when'] ELSE [] END AS about\n\
         RETURN about, relation, event, record, status(record) AS status\nORDER BY relation IS NULL, relation, event, about = 'when'{}",
        arms.join("  UNION ALL\n"),
        parts.limit(None)
    )))
}
