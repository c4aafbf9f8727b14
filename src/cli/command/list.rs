//! `list`: what there is.

use super::{Ask, Context, Exit, Failure};
use crate::cli::equal;
use crate::cli::output::{Page, Sheet, event_sheet, relation_flat, relation_sheet};
use crate::model::{KindId, NameKind, RelationId};
use crate::question::{EventRow, Lens, RelationRow, When};
use crate::time::Holds;
use clap::{Args, ValueEnum};
use serde_json::json;

/// What can be listed.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// Actors, with kind and acronyms
    Actors,
    /// Relations, by id
    Relations,
    /// Events, by id
    Events,
    /// Sources, with dates and grades
    Sources,
    /// Relation types, with category, polarity and definition
    Types,
    /// Kinds of actors and events
    Kinds,
}

/// List actors, relations, events, sources, relation types or kinds
#[derive(Debug, Args)]
pub(in crate::cli) struct List {
    /// What to list
    what: What,
}

impl Ask for List {
    const DEFAULT: When = When::Ever;

    fn equal(&self, context: &mut Context<'_>) -> Result<String, Failure> {
        match self.what {
            What::Actors => equal::list_actors(context),
            What::Relations => equal::list_relations(context),
            What::Events => equal::list_events(context),
            What::Sources => equal::list_sources(context),
            What::Types | What::Kinds => Err(equal::refused(
                "list types, list kinds",
                "the vocabulary is no part of the graph that queries walk",
            )),
        }
    }

    fn run(self, context: Context<'_>) -> Result<Exit, Failure> {
        let lens = context.lens();
        let mut page = match self.what {
            What::Actors => actors(&context, &lens),
            What::Relations => relations(&context, &lens),
            What::Events => events(&context, &lens),
            What::Sources => sources(&context),
            What::Types => types(&context, &lens),
            What::Kinds => kinds(&context),
        };
        if let Some(limit) = context.scope.limit {
            page.rows.truncate(limit);
            let sheets = page.blocks.iter_mut().map(|b| &mut b.sheet).chain(&mut page.flat);
            for sheet in sheets {
                sheet.rows.truncate(limit);
            }
        }
        page.title = format!("{} ({})", page.title, page.rows.len());
        context.printer.print(&page)?;
        Ok(Exit::found(!page.rows.is_empty()))
    }
}

/// How many rows are wanted: those after them need not be made.
fn most(context: &Context<'_>) -> usize {
    context.scope.limit.unwrap_or(usize::MAX)
}

fn actors(context: &Context<'_>, lens: &Lens<'_>) -> Page {
    let graph = context.graph;
    let mut page = context.page("Actors");
    let mut sheet = Sheet::new(&["id", "name", "kind", "acronyms", "existed", "relations"]);
    for (id, actor) in graph.actors().filter(|(id, _)| lens.view.contains(*id)).take(most(context)) {
        let acronyms: Vec<&str> =
            actor.names.iter().filter(|n| n.kind == NameKind::Acronym).map(|n| &*n.text).collect();
        let relations = graph.outgoing(id).len() + graph.incoming(id).len();
        let kind = &graph.vocabulary().kind(actor.kind).name;
        let existed = actor.exists.as_ref().map(|e| e.text());
        page.rows.push(json!({
            "id": &*actor.slug, "name": &*actor.name, "kind": &**kind, "acronyms": acronyms, "exists": existed,
            "relations": relations,
        }));
        sheet.push([
            actor.slug.to_string(),
            actor.name.to_string(),
            kind.to_string(),
            acronyms.join(", "),
            existed.unwrap_or_default().to_owned(),
            relations.to_string(),
        ]);
    }
    page.flat = Some(sheet.clone());
    page.block(None, sheet);
    page
}

fn relations(context: &Context<'_>, lens: &Lens<'_>) -> Page {
    let graph = context.graph;
    let rows: Vec<RelationRow> = (0..graph.relation_count())
        .map(RelationId::new)
        .filter(|id| lens.keeps_type(graph.type_of(*id)) && lens.is_sourced(*id))
        .filter(|id| (lens.window.is_all() || lens.holds(*id) != Holds::No) && lens.keeps(lens.holds(*id)))
        .take(most(context))
        .map(|id| lens.row(id))
        .collect();
    let mut page = context.page("Relations");
    page.when = Some(context.scope.when_in_words(graph));
    page.set_rows(&rows);
    page.flat = Some(relation_flat(&rows));
    page.block(None, relation_sheet(&rows));
    page
}

fn events(context: &Context<'_>, lens: &Lens<'_>) -> Page {
    let graph = context.graph;
    let rows: Vec<EventRow> = graph
        .events()
        .filter_map(|(id, _)| lens.event_row(id))
        .filter(|e| (lens.window.is_all() || e.how != Holds::No) && lens.keeps(e.how))
        .collect();
    let mut page = context.page("Events");
    page.when = Some(context.scope.when_in_words(graph));
    page.set_rows(&rows);
    let mut flat = Sheet::new(&["id", "date", "name", "kind", "status", "participants", "sources"]);
    for row in &rows {
        let who: Vec<String> = row.participants.iter().map(|p| format!("{} ({})", p.name, p.role)).collect();
        flat.push([
            row.id.clone(),
            row.date.clone(),
            row.name.clone(),
            row.kind.clone(),
            row.status.to_owned(),
            who.join("; "),
            row.citations(),
        ]);
    }
    page.flat = Some(flat);
    page.block(None, event_sheet(&rows));
    page
}

fn sources(context: &Context<'_>) -> Page {
    let graph = context.graph;
    let mut page = context.page("Sources");
    let mut sheet = Sheet::new(&["id", "published", "reliability", "title", "claims"]);
    let mut flat =
        Sheet::new(&["id", "published", "reliability", "kind", "title", "author", "publisher", "known as", "claims"]);
    let claims_of = graph.claims_by_source();
    for (id, source) in graph.sources().take(most(context)) {
        let claims = claims_of[id.index()];
        let names: Vec<&str> = source.names.iter().map(|n| &**n).collect();
        page.rows.push(json!({
            "id": &*source.slug, "title": &*source.title, "author": source.author.as_deref(),
            "publisher": source.publisher.as_deref(), "published": source.published.text(), "kind": source.kind.word(),
            "reliability": source.reliability.word(), "url": source.url.as_deref(), "paragraphs": source.paragraphs,
            "names": names, "claims": claims,
        }));
        let by: Vec<&str> = source.author.iter().chain(&source.publisher).map(|text| &**text).collect();
        let title =
            if by.is_empty() { source.title.to_string() } else { format!("{} ({})", source.title, by.join(", ")) };
        let [published, reliability, kind] = [source.published.text(), source.reliability.word(), source.kind.word()];
        sheet.push([source.slug.to_string(), published.into(), reliability.into(), title, claims.to_string()]);
        flat.push([
            source.slug.to_string(),
            published.into(),
            reliability.into(),
            kind.into(),
            source.title.to_string(),
            source.author.as_deref().unwrap_or_default().into(),
            source.publisher.as_deref().unwrap_or_default().into(),
            names.join("; "),
            claims.to_string(),
        ]);
    }
    page.flat = Some(flat);
    page.block(None, sheet);
    page
}

fn types(context: &Context<'_>, lens: &Lens<'_>) -> Page {
    let graph = context.graph;
    let vocabulary = graph.vocabulary();
    let mut page = context.page("Relation types");
    let mut sheet = Sheet::new(&["type", "inverse", "category", "±", "kind", "definition"]);
    for (id, t) in vocabulary.types().filter(|(id, _)| lens.keeps_type(*id)) {
        let used = graph.relation_count_of(id);
        let names = |ids: &[KindId]| ids.iter().map(|k| vocabulary.kind(*k).name.to_string()).collect::<Vec<_>>();
        page.rows.push(json!({
            "name": &*t.name, "inverse": &*t.inverse, "symmetric": t.symmetric, "category": t.category.word(),
            "polarity": t.polarity.number(), "weight": t.weight, "kind": t.temporality.word(),
            "subjects": names(&t.subjects), "objects": names(&t.objects), "definition": &*t.definition,
            "example": &*t.example, "relations": used,
        }));
        sheet.push([
            t.name.to_string(),
            if t.symmetric { "(symmetric)".to_owned() } else { t.inverse.to_string() },
            t.category.word().to_owned(),
            t.polarity.word().to_owned(),
            t.temporality.word().to_owned(),
            t.definition.to_string(),
        ]);
    }
    page.flat = Some(sheet.clone());
    page.block(None, sheet);
    let words = vocabulary.relation_groups.iter();
    let words = words.map(|g| format!("{}: {} ({} types)", g.name, g.definition, g.types.len())).collect();
    page.lines(Some("Words for several types"), words);
    page
}

fn kinds(context: &Context<'_>) -> Page {
    let vocabulary = context.graph.vocabulary();
    let mut page = context.page("Kinds");
    let mut sheet = Sheet::new(&["of", "kind", "definition"]);
    let actors = vocabulary.actor_kinds.iter().map(|k| ("actor", &k.name, &k.definition));
    let events = vocabulary.event_kinds.iter().map(|k| ("event", &k.name, &k.definition));
    let roles = vocabulary.event_roles.iter().map(|k| ("role in an event", &k.name, &k.definition));
    for (of, name, definition) in actors.chain(events).chain(roles) {
        page.rows.push(json!({ "of": of, "name": &**name, "definition": &**definition }));
        sheet.push([of.to_owned(), name.to_string(), definition.to_string()]);
    }
    page.flat = Some(sheet.clone());
    page.block(None, sheet);
    page
}
