//! Entities as records, by the rules of a map.

use super::map::Map;
use super::reading::Entity;
use super::status::said;
use crate::dataset::import::known::Known;
use crate::dataset::import::mapping::array;
use crate::dataset::import::slug::{Ids, slug};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{Grade, KindId, Modality, SourceKind, Stance, Vocabulary};
use crate::time::Dated;
use serde_json::{Map as Object, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What was made.
pub(super) struct Made {
    pub(super) file: Value,
    pub(super) notes: Vec<String>,
}

/// Schemata of documents: those that can be sources.
const DOCUMENTS: &[&str] = &[
    "Document",
    "Article",
    "Pages",
    "PlainText",
    "HyperText",
    "Email",
    "Table",
    "Image",
    "Audio",
    "Video",
    "Page",
    "Message",
    "Workbook",
];

/// What the ids of our own exports begin with.
const OURS: &str = "agl-";

pub(super) struct Converter<'c> {
    entities: &'c [Entity],
    map: &'c Map,
    vocabulary: &'c Vocabulary,
    /// Id of a party → id and kind of its actor.
    actors: BTreeMap<&'c str, (String, KindId)>,
    /// The kind of each actor, by its id.
    kinds: BTreeMap<String, KindId>,
    /// What the links of our own exports tell.
    linked: BTreeSet<&'c str>,
    names: Known,
    /// By their main name alone, which is what our own exports write.
    main_names: Known,
    /// Id of a document → id of its source.
    sources: BTreeMap<&'c str, String>,
    lists: BTreeMap<&'static str, Vec<Value>>,
    ids: BTreeMap<&'static str, Ids>,
    /// Schema and reason → how many, and the first.
    left: BTreeMap<(String, String), (usize, String)>,
    /// Schema, list, kind or type → how many.
    taken: BTreeMap<(String, &'static str, String), usize>,
    wrong: Vec<Diagnostic>,
}

impl<'c> Converter<'c> {
    pub(super) fn new(entities: &'c [Entity], map: &'c Map, vocabulary: &'c Vocabulary) -> Self {
        let links = entities.iter().filter(|e| e.id.starts_with("agl-relation-"));
        Self {
            linked: links.filter_map(|e| e.first("recordId")).collect(),
            kinds: BTreeMap::new(),
            entities,
            map,
            vocabulary,
            actors: BTreeMap::new(),
            names: Known::default(),
            main_names: Known::default(),
            sources: BTreeMap::new(),
            lists: BTreeMap::new(),
            ids: BTreeMap::new(),
            left: BTreeMap::new(),
            taken: BTreeMap::new(),
            wrong: Vec::new(),
        }
    }

    /// Everything; or every entity that rests on no source.
    pub(super) fn convert(mut self) -> Result<Made, Vec<Diagnostic>> {
        let mut file = self.map.records.as_object().cloned().unwrap_or_default();
        for list in ["sources", "actors", "relations", "events"] {
            let own = array(&self.map.records, list).to_vec();
            for record in &own {
                self.ids(list).take(record.get("id").and_then(Value::as_str).unwrap_or_default());
            }
            self.lists.insert(list, own);
        }
        let entities = self.entities;
        let cited: BTreeSet<&str> = entities.iter().flat_map(|e| e.all("proof")).map(String::as_str).collect();
        for entity in entities.iter().filter(|e| DOCUMENTS.contains(&e.schema.as_str())) {
            self.document(entity, cited.contains(entity.id.as_str()));
        }
        for entity in entities {
            if let Some(kind) = self.kind(entity) {
                self.actor(entity, kind);
            }
        }
        for entity in entities {
            self.other(entity);
        }
        if !self.wrong.is_empty() {
            return Err(self.wrong);
        }
        let mut notes = Vec::new();
        let mut by_schema: BTreeMap<(&str, &str), Vec<(&str, usize)>> = BTreeMap::new();
        for ((schema, list, word), count) in &self.taken {
            by_schema.entry((schema, list)).or_default().push((word, *count));
        }
        for ((schema, list), words) in by_schema {
            let total: usize = words.iter().map(|(_, count)| count).sum();
            let told: Vec<String> = words.iter().map(|(word, count)| format!("{count} {word}")).collect();
            notes.push(format!("{total} {schema} → {list}: {}", told.join(", ")));
        }
        notes.extend(
            self.left.iter().map(|((schema, why), (count, first))| {
                format!("{count} {schema} left out: {why} (the first: {first})")
            }),
        );
        for (list, records) in std::mem::take(&mut self.lists) {
            file.insert(list.to_owned(), records.into());
        }
        Ok(Made { file: Value::Object(file), notes })
    }

    fn ids(&mut self, list: &'static str) -> &mut Ids {
        self.ids.entry(list).or_default()
    }

    fn leave(&mut self, entity: &Entity, why: impl Into<String>) {
        let first = entity.id.clone();
        self.left.entry((entity.schema.clone(), why.into())).or_insert((0, first)).0 += 1;
    }

    fn take(&mut self, entity: &Entity, list: &'static str, word: &str) {
        *self.taken.entry((entity.schema.clone(), list, word.to_owned())).or_default() += 1;
    }

    /// An id of ours where the entity carries one, else one made of a name.
    fn id(&mut self, list: &'static str, own: Option<&str>, name: &str) -> String {
        let signs = if list == "actors" { "-" } else { "-_." };
        let fits = |id: &&str| {
            id.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
                && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || signs.contains(c))
        };
        let wanted = own.filter(fits).map_or_else(|| slug(name), str::to_owned);
        self.ids(list).free(&wanted, '-')
    }

    fn document(&mut self, entity: &'c Entity, is_cited: bool) {
        if !is_cited {
            return self.leave(entity, "no entity names it as its proof");
        }
        let title = entity.any(&["title", "name", "fileName"]).unwrap_or(&entity.id).to_owned();
        let own = entity.id.starts_with(OURS);
        // "published 2025-08~/2025-09~; reliability C on the Admiralty scale"
        let summary = entity.first("summary").filter(|_| own).unwrap_or_default();
        let told = summary.strip_prefix("published ").and_then(|rest| rest.split(';').next());
        let published = told.or_else(|| entity.any(&["publishedAt", "date", "authoredAt", "modifiedAt"])).map(day);
        let Some(published) = published.filter(|date| Dated::parse(date).is_ok_and(|d| d.hull().latest.is_bounded()))
        else {
            return self.leave(entity, "it has no date of publication, so nothing can be dated by it");
        };
        let grade =
            summary.split("reliability ").nth(1).and_then(|rest| rest.get(..1)).filter(|g| "ABCDEF".contains(g));
        let kind =
            entity.all("keywords").iter().map(|k| k.replace(' ', "_")).find(|k| SourceKind::from_word(k).is_some());
        let default = if entity.schema == "Article" { "news" } else { &self.map.source_kind };
        let id = self.id("sources", entity.first("fileName").filter(|_| own), &title);
        let record = json!({
            "id": id, "title": title, "author": entity.first("author"), "publisher": entity.first("publisher"),
            "published": published, "url": entity.first("sourceUrl"), "kind": kind.as_deref().unwrap_or(default),
            "reliability": grade.unwrap_or(&self.map.reliability),
        });
        self.lists.entry("sources").or_default().push(record);
        self.sources.insert(&entity.id, id);
        let kind = kind.as_deref().unwrap_or(default).to_owned();
        self.take(entity, "sources", &kind);
    }

    /// The kind of the actor that an entity becomes: one that it names in our own words, by topic, by schema.
    fn kind(&mut self, entity: &'c Entity) -> Option<KindId> {
        let schema_kind = self.map.kinds.get(&entity.schema);
        let ours = entity.id.starts_with(OURS);
        let is_party = schema_kind.is_some() || (ours && entity.schema == "Address");
        if !is_party {
            return None;
        }
        let named = entity.all("legalForm").iter().chain(entity.all("keywords"));
        let named: Option<KindId> =
            named.filter(|_| ours).find_map(|word| self.vocabulary.kind_named(&word.replace(' ', "_")));
        let topic = || {
            let has = |topic: &str| entity.schema != "Person" && entity.all("topics").iter().any(|t| t == topic);
            self.map.topics.iter().find(|(topic, _)| has(topic)).map(|(_, kind)| kind.clone())
        };
        if let Some(kind) = named {
            return Some(kind);
        }
        let Some(word) = topic().or_else(|| schema_kind.cloned().flatten()) else {
            self.leave(entity, "the map says so");
            return None;
        };
        let kind = self.vocabulary.kind_named(&word);
        if kind.is_none() {
            self.refuse(
                entity,
                "unknown-kind",
                format!("the map makes `{word}` of it, and there is no such kind of actor"),
                "`allegiance list kinds` shows the kinds",
            );
        }
        kind
    }

    fn actor(&mut self, entity: &'c Entity, kind: KindId) {
        let Some(name) = entity.any(&["name", "weakAlias", "alias", "full"]).map(str::to_owned) else {
            return self.leave(entity, "it has no name");
        };
        let own = entity.id.strip_prefix("agl-actor-");
        let id = self.id("actors", own, &name);
        let mut names: Vec<Value> = Vec::new();
        let mut known = vec![name.clone()];
        for (property, sort) in [
            ("name", "alias"),
            ("alias", "alias"),
            ("weakAlias", "alias"),
            ("abbreviation", "acronym"),
            ("previousName", "former"),
        ] {
            for other in entity.all(property) {
                if !known.contains(other) {
                    known.push(other.clone());
                    names.push(json!({"name": other, "kind": sort}));
                }
            }
        }
        let told = entity.all("notes").iter().find_map(|note| note.strip_prefix("existed ")).filter(|_| own.is_some());
        let begin = entity.any(&["incorporationDate", "birthDate"]).map(day).unwrap_or_default();
        let end = entity.any(&["dissolutionDate", "deathDate"]).map(day).unwrap_or_default();
        let exists = told
            .map(str::to_owned)
            .or_else(|| (!begin.is_empty() || !end.is_empty()).then(|| format!("{begin}/{end}")));
        let mut elsewhere = Object::new();
        if let Some(id) = entity.first("wikidataId") {
            elsewhere.insert("wikidata".into(), id.into());
        }
        if own.is_none() {
            elsewhere.insert("ftm".into(), entity.id.clone().into());
        }
        for note in entity.all("notes").iter().filter(|note| own.is_some() && !note.starts_with("existed ")) {
            if let Some((register, id)) = note.split_once(": ") {
                elsewhere.insert(register.to_owned(), id.into());
            }
        }
        let kind_word = self.vocabulary.kind(kind).name.to_string();
        let traits: Vec<String> = entity
            .all("keywords")
            .iter()
            .map(|word| word.replace(' ', "_"))
            .filter(|word| own.is_some() && *word != kind_word)
            .collect();
        let claims = if own.is_some() { self.told_claims(entity).0 } else { Vec::new() };
        let record = json!({
            "id": id, "name": name, "kind": kind_word, "names": names, "summary": entity.first("summary"), "traits": traits,
            "exists": exists.filter(|text| Dated::parse(text).is_ok()), "external_ids": elsewhere, "claims": claims,
        });
        self.lists.entry("actors").or_default().push(record);
        self.names.add(&id);
        self.main_names.add_name(&id, &name);
        known.iter().for_each(|name| self.names.add_name(&id, name));
        self.take(entity, "actors", &kind_word);
        self.kinds.insert(id.clone(), kind);
        self.actors.insert(&entity.id, (id, kind));
    }

    /// Links, events, sanctions, denials; and whatever has not been understood.
    fn other(&mut self, entity: &'c Entity) {
        let schema = entity.schema.as_str();
        if DOCUMENTS.contains(&schema)
            || self.map.kinds.contains_key(schema)
            || self.actors.contains_key(entity.id.as_str())
        {
            return;
        }
        match schema {
            "Event" => self.event(entity),
            "Sanction" => self.sanction(entity),
            "Note" if entity.id.starts_with("agl-denied-") => self.denied(entity),
            _ => match self.map.links.get(schema) {
                Some(Some(_)) => self.link(entity),
                Some(None) => self.leave(entity, "the map says so"),
                None => self.leave(entity, "no rule covers it"),
            },
        }
    }

    fn link(&mut self, entity: &'c Entity) {
        let Some(Some(link)) = self.map.links.get(&entity.schema) else { return };
        let (Some(a), Some(b)) = (entity.first(&link.subject), entity.first(&link.object)) else {
            return self.leave(entity, "an end is missing");
        };
        let (Some(a), Some(b)) = (self.actors.get(a).cloned(), self.actors.get(b).cloned()) else {
            return self.leave(entity, "an end is no actor of this import");
        };
        if entity.all(&link.subject).len() > 1 || entity.all(&link.object).len() > 1 {
            return self.leave(entity, "an end names several, which could be one link or many");
        }
        // The claims of our own exports say themselves how they speak.
        if self.told_claims(entity).0.is_empty() {
            match said(entity) {
                Err(word) => return self.leave(entity, format!("what its status \"{word}\" says is not known")),
                Ok(said) if said.over && dating(entity).is_none() => {
                    return self.leave(entity, "it is over, and no date says since when");
                }
                Ok(_) => {}
            }
        }
        let label = entity.any(&["role", "relationship", "controlType"]).map(|role| {
            // Our own exports put what keeps a tie from being plain in brackets: "enemy of (only possible)".
            role.split(" (").next().unwrap_or(role).trim().to_owned()
        });
        // Of these the two ends have an order of FollowTheMoney's own, which a word in `role` need not follow.
        let is_turned = matches!(entity.schema.as_str(), "Control" | "Ownership" | "Succession");
        let own = entity.first("recordId").filter(|_| entity.id.starts_with(OURS)).unwrap_or_default();
        let begins = |end: &str| own.strip_prefix(end).is_some_and(|rest| rest.starts_with('.'));
        let by_label = label.as_deref().filter(|_| !is_turned || !own.is_empty()).and_then(|label| self.type_of(label));
        // Our own exports tell the order in the id: `hts.governs.idlib`.
        let by_label = by_label.map(|(kind, turned)| (kind, turned != (begins(&b.0) && !begins(&a.0))));
        let (kind, turned) = match by_label {
            Some(found) => found,
            None if link.types.is_empty() => {
                let why = match &label {
                    Some(label) => format!("no relation type is called \"{label}\": map it under `roles`"),
                    None => "it does not say what ties the two".into(),
                };
                return self.leave(entity, why);
            }
            None => {
                if entity.schema == "Ownership"
                    && entity
                        .first("percentage")
                        .is_some_and(|p| p.trim_end_matches('%').trim().parse::<f64>().is_ok_and(|p| p <= 50.0))
                {
                    return self.leave(entity, "a share of half or less is no control");
                }
                let fits = |word: &&String| {
                    self.vocabulary.type_named(word).is_some_and(|id| {
                        let t = self.vocabulary.relation_type(id);
                        t.subjects.contains(&a.1) && t.objects.contains(&b.1)
                    })
                };
                match link.types.iter().find(fits) {
                    Some(word) => (word.clone(), false),
                    None => {
                        let (a, b) = (&self.vocabulary.kind(a.1).name, &self.vocabulary.kind(b.1).name);
                        return self.leave(
                            entity,
                            format!("{} cannot stand between the kinds {a} and {b}", link.types.join(" or ")),
                        );
                    }
                }
            }
        };
        let (a, b) = if turned { (b, a) } else { (a, b) };
        self.relation(entity, &kind, &a, &b);
    }

    /// The type of a word, and whether it reads it from the object's side.
    fn type_of(&self, word: &str) -> Option<(String, bool)> {
        if let Some(kind) = self.map.roles.get(word) {
            return Some((kind.clone(), false));
        }
        let plain = |text: &str| text.to_lowercase().replace([' ', '-'], "_");
        let wanted = plain(word);
        let types = &self.vocabulary.relation_types;
        if let Some(t) = types.iter().find(|t| *t.name == *wanted || plain(&t.label) == wanted) {
            return Some((t.name.to_string(), false));
        }
        types
            .iter()
            .find(|t| *t.inverse == *wanted || plain(&t.inverse_label) == wanted)
            .map(|t| (t.name.to_string(), true))
    }

    fn relation(&mut self, entity: &'c Entity, kind: &str, a: &(String, KindId), b: &(String, KindId)) {
        let Some(t) = self.vocabulary.type_named(kind).map(|id| self.vocabulary.relation_type(id)) else {
            return self.refuse(
                entity,
                "unknown-type",
                format!("the map makes `{kind}` of it, and there is no such relation type"),
                "`allegiance list types` shows the types",
            );
        };
        if a.0 == b.0 {
            return self.leave(entity, "both ends are one actor");
        }
        let fits = |a: KindId, b: KindId| t.subjects.contains(&a) && t.objects.contains(&b);
        if !(fits(a.1, b.1) || (t.symmetric && fits(b.1, a.1))) {
            let (a, b) = (&self.vocabulary.kind(a.1).name, &self.vocabulary.kind(b.1).name);
            return self.leave(entity, format!("{kind} cannot stand between the kinds {a} and {b}"));
        }
        let valid = dating(entity).unwrap_or_else(|| "/..".into());
        if Dated::parse(&valid).is_err() {
            return self.leave(entity, format!("`{valid}` is no date"));
        }
        let (subject, object) =
            if t.symmetric && a.0 > b.0 && !entity.id.starts_with(OURS) { (&b.0, &a.0) } else { (&a.0, &b.0) };
        let Some((claims, rest)) = self.claims(entity) else { return };
        let mut roles = Object::new();
        let mut notes = Vec::new();
        for line in rest {
            // Our own exports write the further parts of a relation as `agreement: …`.
            match line.split_once(": ") {
                Some((role, value))
                    if entity.id.starts_with(OURS) && !role.contains(|c: char| !c.is_ascii_lowercase() && c != ' ') =>
                {
                    let value = self.main_names.find(value, None).map_or(value, |id| id);
                    roles.insert(role.replace(' ', "_"), value.into());
                }
                _ => notes.push(line),
            }
        }
        let own = entity.first("recordId").filter(|_| entity.id.starts_with(OURS));
        let made = format!("{subject}.{kind}.{object}");
        let id = self.ids("relations").free(own.unwrap_or(&made), '.');
        let note = (!notes.is_empty()).then(|| notes.join(" "));
        let record = json!({
            "id": id, "subject": subject, "type": kind, "object": object, "valid": valid, "roles": roles, "basis": "reported",
            "claims": claims, "note": note,
        });
        self.lists.entry("relations").or_default().push(record);
        self.take(entity, "relations", kind);
    }

    fn sanction(&mut self, entity: &'c Entity) {
        let own = entity.first("recordId");
        if own.is_some_and(|own| self.linked.contains(own) || self.ids("relations").has(own)) {
            return self.leave(entity, "its link says the same");
        }
        let Some(target) = entity.first("entity").and_then(|id| self.actors.get(id)).cloned() else {
            return self.leave(entity, "whom it meets is no actor of this import");
        };
        let Some(authority) = entity.first("authority") else { return self.leave(entity, "it names no authority") };
        let Ok(authority) = self.names.find(authority, None).map(str::to_owned) else {
            return self.leave(entity, "its authority is exactly no actor of this import");
        };
        let Some(kind) = self.kinds.get(&authority).copied() else { return };
        self.relation(entity, "sanctions", &(authority, kind), &target);
    }

    /// "Denied: …" of our own exports: a relation that every claim denies.
    fn denied(&mut self, entity: &'c Entity) {
        let ends: Vec<(String, KindId)> =
            entity.all("entity").iter().filter_map(|id| self.actors.get(id.as_str()).cloned()).collect();
        let kind = entity.first("name").and_then(|name| name.strip_prefix("Denied: ")).and_then(|sentence| {
            let types = self.vocabulary.relation_types.iter().filter(|t| sentence.contains(&format!(" {} ", t.label)));
            types.max_by_key(|t| t.label.len()).map(|t| t.name.to_string())
        });
        match (ends.as_slice(), kind) {
            ([a, b], Some(kind)) => self.relation(entity, &kind, a, b),
            _ => self.leave(entity, "what it denies is not told"),
        }
    }

    fn event(&mut self, entity: &'c Entity) {
        let Some(name) = entity.first("name").map(str::to_owned) else { return self.leave(entity, "it has no name") };
        let words = entity.all("keywords").iter().map(|word| word.as_str());
        let named = words.clone().find_map(|word| self.map.event_kinds.get(word).cloned()).or_else(|| {
            let has = |word: &str| self.vocabulary.event_kinds.iter().any(|k| *k.name == *word);
            words.map(|word| word.replace(' ', "_")).find(|word| has(word))
        });
        let Some(kind) = named.or_else(|| self.map.event_kind.clone()) else {
            return self.leave(
                entity,
                "its keywords name no kind of event: map them under `event_kinds`, or give `event_kind`",
            );
        };
        let Some(date) = dating(entity) else { return self.leave(entity, "it has no date") };
        if Dated::parse(&date).is_err() {
            return self.leave(entity, format!("`{date}` is no date"));
        }
        let mut participants: Vec<Value> = Vec::new();
        for id in entity.all("involved").iter().chain(entity.all("organizer")) {
            let Some((actor, _)) = self.actors.get(id.as_str()) else { continue };
            // Our own exports tell each one's part: "agent: Hayat Tahrir al-Sham".
            let mut told = false;
            for note in entity.all("notes") {
                let Some((role, who)) = note.split_once(": ") else { continue };
                let role = role.replace(' ', "_");
                let is_role = self.vocabulary.event_roles.iter().any(|r| *r.name == *role);
                if is_role && self.main_names.find(who, None) == Ok(actor.as_str()) {
                    told = true;
                    participants.push(json!({"actor": actor, "role": role}));
                }
            }
            if !told {
                participants.push(json!({"actor": actor, "role": "party"}));
            }
        }
        let mut distinct: Vec<Value> = Vec::new();
        for one in participants {
            if !distinct.contains(&one) {
                distinct.push(one);
            }
        }
        let by_address = entity.first("addressEntity").and_then(|id| self.actors.get(id)).map(|(id, _)| id.clone());
        let place = by_address
            .or_else(|| entity.first("location").and_then(|name| self.names.find(name, None).ok()).map(str::to_owned));
        let Some((claims, rest)) = self.claims(entity) else { return };
        let note = (!rest.is_empty()).then(|| rest.join(" "));
        let own = entity.first("recordId").filter(|_| entity.id.starts_with(OURS));
        let id = self.id("events", own, &format!("{name} {}", date.split(['/', '.']).next().unwrap_or_default()));
        let record = json!({
            "id": id, "name": name, "kind": kind, "date": date, "place": place, "participants": distinct, "claims": claims, "note": note,
        });
        self.lists.entry("events").or_default().push(record);
        self.take(entity, "events", &kind);
    }

    /// The claims under an entity, and the lines of its description that are none; `None` when it rests on no source, which is told.
    fn claims(&mut self, entity: &Entity) -> Option<(Vec<Value>, Vec<String>)> {
        let (told, rest) = self.told_claims(entity);
        if !told.is_empty() {
            return Some((told, rest));
        }
        let mut sources: Vec<String> =
            entity.all("proof").iter().filter_map(|id| self.sources.get(id.as_str()).cloned()).collect();
        if sources.is_empty() {
            sources.extend(self.map.source.clone());
        }
        if sources.is_empty() {
            self.refuse(
                entity,
                "no-source",
                format!("the {} `{}` names no source (`proof`), and every claim needs one", entity.schema, entity.id),
                "give one for all such entities with `--map`: `{\"source\": \"ID\", \"records\": {\"sources\": [{\"id\": \"ID\", …}]}}`",
            );
            return None;
        }
        let words = entity.any(&["summary", "description", "role", "relationship"]);
        let note = words
            .map_or_else(|| format!("A {} of FollowTheMoney, without further words.", entity.schema), str::to_owned);
        let said = said(entity).ok().filter(|_| self.map.links.contains_key(&entity.schema));
        let stance = said.map_or(Stance::Supports, |said| said.stance).word();
        // The fainter of what the map and the link say.
        let modality = match (Modality::from_word(&self.map.modality), said) {
            (Some(of_map), Some(said)) => of_map.max(said.modality).word(),
            _ => self.map.modality.as_str(),
        };
        let claim = |source: &String| {
            json!({
                "source": source, "locator": format!("entity {}", entity.id), "stance": stance, "modality": modality,
                "credibility": self.map.credibility, "note": note,
            })
        };
        Some((sources.iter().map(claim).collect(), rest))
    }

    /// The claims that our own exports write into descriptions: `wapo-2025-01 ¶22 (B3, reported, according to …): …`.
    fn told_claims(&self, entity: &Entity) -> (Vec<Value>, Vec<String>) {
        let (mut claims, mut rest) = (Vec::new(), Vec::new());
        for line in entity.all("description") {
            match entity.id.starts_with(OURS).then(|| self.told_claim(entity, line)).flatten() {
                Some(claim) => claims.push(claim),
                None => rest.push(line.clone()),
            }
        }
        (claims, rest)
    }

    fn told_claim(&self, entity: &Entity, line: &str) -> Option<Value> {
        let (source, after) = line.split_once(' ')?;
        let is_proof =
            entity.all("proof").iter().any(|id| self.sources.get(id.as_str()).is_some_and(|known| known == source));
        if !is_proof {
            return None;
        }
        let (locator, after) = after.split_once(" (")?;
        let (qualities, note) = after.split_once("): ")?;
        let mut parts = qualities.splitn(2, ", ");
        let grade = Grade::parse(parts.next()?)?;
        let mut claim = json!({
            "source": source, "locator": locator, "stance": "supports", "modality": "asserted", "credibility": grade.credibility, "note": note,
        });
        let mut rest = parts.next().unwrap_or_default();
        while !rest.is_empty() {
            let (part, after) = rest.split_once(", ").unwrap_or((rest, ""));
            if Stance::from_word(part).is_some() {
                claim["stance"] = part.into();
            } else if Modality::from_word(part).is_some() {
                claim["modality"] = part.into();
            } else if rest.starts_with("according to ") {
                // A speaker's description may hold commas; only a dating comes behind it.
                let (who, dates) = rest.split_once(", dates it ").map_or((rest, ""), |(who, dates)| (who, dates));
                let who = who.trim_start_matches("according to ");
                claim["attributed_to"] = match (who, self.main_names.find(who, None)) {
                    ("someone unnamed", _) => json!({"anonymous": true}),
                    (_, Ok(id)) => json!({"actor": id}),
                    (who, Err(_)) => json!({"name": who}),
                };
                if !dates.is_empty() {
                    claim["valid"] = dates.into();
                }
                break;
            } else if let Some(dates) = rest.strip_prefix("dates it ") {
                claim["valid"] = dates.into();
                break;
            }
            rest = after;
        }
        let is_dated = claim.get("valid").and_then(Value::as_str).is_none_or(|valid| Dated::parse(valid).is_ok());
        is_dated.then_some(claim)
    }

    fn refuse(&mut self, entity: &Entity, code: &'static str, message: String, help: &str) {
        self.wrong.push(Diagnostic {
            code: code.into(),
            severity: Severity::Error,
            message,
            labels: entity.at.clone().into_iter().collect(),
            help: vec![help.to_owned()],
        });
    }
}

/// The first ten signs of a date: what comes behind is a time of day.
fn day(text: &str) -> String {
    match text.split_once('T') {
        Some((day, _)) if day.len() == 10 => day.to_owned(),
        _ => text.to_owned(),
    }
}

/// When an entity held or happened: as our own exports tell it in the summary, else by its dates. An end that is not given is unknown.
fn dating(entity: &Entity) -> Option<String> {
    if entity.id.starts_with(OURS) {
        let summary = match entity.schema.as_str() {
            "Note" => entity.first("name"),
            _ => entity.first("summary"),
        };
        let told = summary.and_then(|summary| {
            if entity.schema == "Event" {
                // "only reported: meeting, [2017-01..2025-03]"
                return summary
                    .split_once(", ")
                    .map(|(_, date)| date.to_owned())
                    .filter(|date| Dated::parse(date).is_ok())
                    .or_else(|| {
                        let at = summary.rfind(", ")?;
                        Some(summary[at + 2..].to_owned())
                    });
            }
            // "A enemy of B (2016~/..; only possible)"
            let at = summary.rfind(" (")?;
            summary[at + 2..].strip_suffix(')').map(|inside| inside.split(';').next().unwrap_or(inside).to_owned())
        });
        if let Some(told) = told.filter(|told| Dated::parse(told).is_ok()) {
            return Some(told);
        }
    }
    let join = |property: &str| {
        let all: Vec<String> = entity.all(property).iter().map(|text| day(text)).collect();
        match all.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            // One of them: FollowTheMoney says no more when a property has several dates.
            several => Some(format!("[{}]", several.join(","))),
        }
    };
    match (join("startDate"), join("endDate"), join("date")) {
        (None, None, date) => date,
        (Some(start), Some(end), _) if start == end => Some(start),
        (start, end, _) => Some(format!("{}/{}", start.unwrap_or_default(), end.unwrap_or_default())),
    }
}
