//! `show`: everything known of one record.

use super::{Ask, Context, Exit, Failure};
use crate::cli::equal::{self, Record};
use crate::cli::output::{Page, event_sheet, facts, relation_flat, relation_sheet, wrapped_note};
use crate::model::{ActorId, Claim, SourceId};
use crate::question::{ClaimRow, EventRow, Lens, RelationRow, When};
use clap::Args;
use serde_json::json;

/// Show everything known of an actor, relation, event or source
#[derive(Debug, Args)]
pub(in crate::cli) struct Show {
    /// An id, or the name of an actor or source
    #[arg(value_name = "ID|NAME")]
    record: String,
}

impl Ask for Show {
    const DEFAULT: When = When::Ever;

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        let record = found(context, self.record.trim())?;
        equal::show(context, &record)
    }

    fn run(self, mut context: Context<'_>) -> Result<Exit, Failure> {
        let lens = context.lens();
        let text = self.record.trim();
        let page = match found(&mut context, text)? {
            Record::Relation(id) => relation(&context, &lens.row(id), &lens),
            Record::Event(id) => match lens.event_row(id) {
                Some(row) => event(&context, &row),
                None => context.page(format!("Event {text}: no claim that counts is left")),
            },
            Record::Source(id) => source(&context, id),
            Record::Actor(id) => actor(&context, id, &lens),
        };
        context.printer.print(&page)?;
        Ok(Exit::Yes)
    }
}

/// The record of an id, or of the name of an actor or source.
fn found(context: &mut Context<'_>, text: &str) -> Result<Record, Failure> {
    let graph = context.graph;
    if let Some(id) = graph.relation_by_slug(text) {
        return Ok(Record::Relation(id));
    }
    if let Some(id) = graph.event_by_slug(text) {
        return Ok(Record::Event(id));
    }
    if let Some(id) = graph.source_by_slug(text) {
        return Ok(Record::Source(id));
    }
    let failure = match context.actor(text) {
        Ok(id) => return Ok(Record::Actor(id)),
        Err(failure) => failure,
    };
    crate::cli::context::source(graph, text).map(Record::Source).map_err(|_| failure)
}

fn claims(page: &mut Page, claims: &[ClaimRow]) {
    page.lines(Some("Who says so"), claims.iter().map(|c| format!("  {}", wrapped_note(c))).collect());
}

fn relation(context: &Context<'_>, row: &RelationRow, lens: &Lens<'_>) -> Page {
    let mut page = context.page(format!("{} {} {}", row.subject.name, row.label, row.object.name));
    let t = lens.graph.vocabulary().relation_type(lens.graph.type_of(row.relation));
    page.set("record", "relation");
    page.set_rows(std::slice::from_ref(row));
    page.flat = Some(relation_flat([row]));
    let dates = lens.view.standing(row.relation).dates;
    let bounds = format!(
        "first day {} … {}, last day {} … {}",
        dates.start.earliest, dates.start.latest, dates.end.earliest, dates.end.latest
    );
    let mut pairs = vec![
        ("id", row.id.clone()),
        ("type", format!("{} ({}, {}): {}", row.kind, row.category, t.polarity, t.definition)),
        ("valid", row.valid.clone()),
        ("bounds", bounds),
        ("status", row.status_in_words()),
        ("basis", row.basis.to_owned()),
        ("last attested", row.last_attested.clone().unwrap_or_default()),
    ];
    pairs.extend(row.roles.iter().map(|(name, value)| (name.as_str(), value.clone())));
    pairs.push(("note", row.note.clone().unwrap_or_default()));
    page.block(None, facts(pairs.into_iter().map(|(name, value)| (name.to_owned(), value))));
    claims(&mut page, &row.claims);
    let events: Vec<EventRow> = lens
        .graph
        .events()
        .filter(|(_, e)| e.opens.contains(&row.relation) || e.closes.contains(&row.relation))
        .filter_map(|(id, _)| lens.event_row(id))
        .collect();
    page.block(Some("Events that begin or end it"), event_sheet(&events));
    page
}

fn event(context: &Context<'_>, row: &EventRow) -> Page {
    let mut page = context.page(row.name.clone());
    page.set("record", "event");
    page.set_rows(std::slice::from_ref(row));
    let mut pairs = vec![
        ("id", row.id.clone()),
        ("kind", row.kind.clone()),
        ("date", row.date.clone()),
        ("status", format!("{}, {}", row.status, row.modality)),
        ("place", row.place.as_ref().map(|p| p.name.clone()).unwrap_or_default()),
    ];
    pairs.extend(row.participants.iter().map(|p| (p.role.as_str(), p.name.clone())));
    pairs.extend(row.opens.iter().map(|id| ("begins", id.clone())));
    pairs.extend(row.closes.iter().map(|id| ("ends", id.clone())));
    pairs.push(("note", row.note.clone().unwrap_or_default()));
    page.block(None, facts(pairs.into_iter().map(|(name, value)| (name.to_owned(), value))));
    claims(&mut page, &row.claims);
    page
}

fn source(context: &Context<'_>, id: SourceId) -> Page {
    let graph = context.graph;
    let source = graph.source(id);
    let mut page = context.page(source.title.to_string());
    let text = |value: &Option<Box<str>>| value.as_deref().unwrap_or_default().to_owned();
    let names: Vec<&str> = source.names.iter().map(|n| &**n).collect();
    let pairs = [
        ("id", source.slug.to_string()),
        ("author", text(&source.author)),
        ("publisher", text(&source.publisher)),
        ("published", source.published.text().to_owned()),
        ("kind", source.kind.word().to_owned()),
        ("reliability", source.reliability.word().to_owned()),
        ("url", text(&source.url)),
        ("paragraphs", source.paragraphs.map(|p| p.to_string()).unwrap_or_default()),
        ("known as", names.join(", ")),
    ];
    page.block(None, facts(pairs.map(|(name, value)| (name.to_owned(), value))));
    let mut cited: Vec<(Vec<u32>, String, ClaimRow)> = Vec::new();
    let mut cite = |record: &str, claims: &[Claim]| {
        let of_it = claims.iter().filter(|c| c.source == id);
        cited.extend(of_it.map(|c| (c.paragraphs(), record.to_owned(), ClaimRow::new(graph, c))));
    };
    for relation in graph.relations_citing(id).into_iter().map(|id| graph.relation(id)) {
        cite(&relation.slug, &relation.claims);
    }
    graph.events().for_each(|(_, event)| cite(&event.slug, &event.claims));
    graph.each_actor(|_, actor| {
        cite(&actor.slug, &actor.claims);
        true
    });
    cited.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    page.set("record", "source");
    page.set("id", &*source.slug);
    page.set("published", source.published.text());
    page.set("reliability", source.reliability.word());
    page.rows = cited
        .iter()
        .map(|(_, record, claim)| json!({ "record": record, "claim": serde_json::to_value(claim).unwrap_or_default() }))
        .collect();
    let mut sheet = crate::cli::output::Sheet::new(&["¶", "record", "stance", "note"]);
    for (_, record, claim) in &cited {
        sheet.push([claim.locator.clone(), record.clone(), claim.stance.to_owned(), claim.note.clone()]);
    }
    page.flat = Some(sheet.clone());
    page.block(Some("What it is cited for"), sheet);
    page
}

fn actor(context: &Context<'_>, id: ActorId, lens: &Lens<'_>) -> Page {
    let graph = context.graph;
    let record = graph.actor(id);
    let mut page = context.page(record.name.to_string());
    let kind = graph.vocabulary().kind(record.kind);
    let names: Vec<String> = record
        .names
        .iter()
        .map(|n| {
            let mut qualities = Vec::new();
            if n.kind != crate::model::NameKind::Alias {
                qualities.push(n.kind.word().replace('_', " "));
            }
            qualities.extend(n.valid.as_ref().map(|v| v.text().to_owned()));
            if qualities.is_empty() { n.text.to_string() } else { format!("{} ({})", n.text, qualities.join(", ")) }
        })
        .collect();
    let mut pairs = vec![
        ("id", record.slug.to_string()),
        ("kind", format!("{}: {}", kind.name, kind.definition)),
        ("existed", record.exists.as_ref().map(|e| e.text().to_owned()).unwrap_or_default()),
        ("summary", record.summary.as_deref().unwrap_or_default().to_owned()),
        ("traits", record.traits.iter().map(|t| &**t).collect::<Vec<_>>().join(", ")),
    ];
    pairs.extend(record.external_ids.iter().map(|(register, id)| (&**register, id.to_string())));
    pairs.push(("names", names.join("; ")));
    page.block(None, facts(pairs.into_iter().map(|(name, value)| (name.to_owned(), value))));
    let own = crate::question::Line::exactly(id);
    let mut relations: Vec<RelationRow> = lens.relations_of(&own).into_iter().map(|r| lens.row(r)).collect();
    relations.sort_by_cached_key(|r| (r.category, r.kind.clone(), r.id.clone()));
    let events: Vec<EventRow> = lens.events_of(&own).into_iter().filter_map(|e| lens.event_row(e)).collect();
    let claim_rows: Vec<ClaimRow> = lens.view.kept_claims(&record.claims).map(|c| ClaimRow::new(graph, c)).collect();
    page.set("record", "actor");
    page.set("id", &*record.slug);
    page.set("kind", &*kind.name);
    page.set("exists", &record.exists.as_ref().map(|e| e.text().to_owned()));
    page.set("summary", &record.summary.as_deref());
    page.set("traits", &record.traits.iter().map(|t| t.to_string()).collect::<Vec<_>>());
    let name_rows: Vec<serde_json::Value> = record
        .names
        .iter()
        .map(|n| {
            json!({
                "name": &*n.text, "kind": n.kind.word(), "lang": n.lang.as_deref(),
                "valid": n.valid.as_ref().map(|v| v.text()),
                "sources": n.sources.iter().map(|s| graph.source(*s).slug.to_string()).collect::<Vec<_>>(),
            })
        })
        .collect();
    page.set("names", &name_rows);
    page.set("claims", &claim_rows);
    page.set("events", &events);
    page.set_rows(&relations);
    page.flat = Some(relation_flat(&relations));
    claims(&mut page, &claim_rows);
    let mut from = 0;
    while from < relations.len() {
        let category = relations[from].category;
        let to = from + relations[from..].iter().take_while(|r| r.category == category).count();
        let mut heading = category.to_owned();
        heading[..1].make_ascii_uppercase();
        page.block(Some(&heading), relation_sheet(&relations[from..to]));
        from = to;
    }
    page.block(Some("Events"), event_sheet(&events));
    page
}
