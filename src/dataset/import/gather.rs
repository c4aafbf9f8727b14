//! The records that rows make, put together where rows make the same.

use super::rows::RowAt;
use super::slug::{Ids, slug};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// The row and template that made a record or a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) table: usize,
    pub(super) template: usize,
    /// Which claim of the template, for claims.
    pub(super) claim: Option<usize>,
    pub(super) at: RowAt,
}

/// Where a record comes from: a row, or this place of its list in the mapping.
pub(super) type Whence = Result<Origin, usize>;

/// Where each record and each claim under it comes from, and which further rows made the same record, by list, in the order of ids.
pub(super) type Origins = BTreeMap<&'static str, Vec<(Whence, Vec<Whence>, Vec<Origin>)>>;

/// A record that two rows make differently.
#[derive(Debug)]
pub(super) struct Conflict {
    pub(super) id: String,
    pub(super) field: String,
    pub(super) new: Value,
    pub(super) known: Value,
    pub(super) first: Whence,
}

#[derive(Debug)]
struct Made {
    record: Map<String, Value>,
    whence: Whence,
    claims: Vec<(Value, Whence)>,
    /// The claims as texts, by which one that is there already is found; empty until a second row adds to the record.
    told: BTreeSet<String>,
    /// The rows after the first that made the same.
    further: Vec<Origin>,
}

/// How often a template made something.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    made: usize,
    added: usize,
    left_out: usize,
    elsewhere: usize,
}

/// What became of the rows, in words.
#[derive(Debug, Default)]
pub(super) struct Counts {
    by_template: BTreeMap<(usize, usize), Count>,
    pub(super) notes: Vec<String>,
}

impl Counts {
    /// What a template made, in a line.
    pub(super) fn of(&self, place: (usize, usize)) -> String {
        let count = self.by_template.get(&place).copied().unwrap_or_default();
        let mut parts = vec![format!("{} made", count.made)];
        let mut rows = |count: usize, what: &str| {
            if count > 0 {
                parts.push(format!("{count} row{} {what}", if count == 1 { "" } else { "s" }));
            }
        };
        rows(count.added, "added to one made before");
        rows(count.left_out, "left out, as the mapping says");
        rows(count.elsewhere, "of one that the other data set has, which stays as it is there");
        parts.join(", ")
    }
}

/// Records by list.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    lists: BTreeMap<&'static str, Vec<Made>>,
    by_key: BTreeMap<(&'static str, String), usize>,
    ids: BTreeMap<&'static str, Ids>,
    counts: Counts,
}

impl Gathered {
    /// The ids of a list.
    pub(super) fn ids(&mut self, list: &'static str) -> &mut Ids {
        self.ids.entry(list).or_default()
    }

    /// Remarks on what was done.
    pub(super) fn note(&mut self, note: String) {
        self.counts.notes.push(note);
    }

    fn count(&mut self, origin: Origin) -> &mut Count {
        self.counts.by_template.entry((origin.table, origin.template)).or_default()
    }

    /// Counts a row that makes nothing by this template.
    pub(super) fn left_out(&mut self, place: (usize, usize)) {
        self.counts.by_template.entry(place).or_default().left_out += 1;
    }

    /// Counts a row of a record that another data set has.
    pub(super) fn known_elsewhere(&mut self, place: (usize, usize)) {
        self.counts.by_template.entry(place).or_default().elsewhere += 1;
    }

    /// Takes over a record that the mapping gives.
    pub(super) fn take_over(&mut self, list: &'static str, record: &Value, index: usize) {
        let mut record = record.as_object().cloned().unwrap_or_default();
        let claims = record.shift_remove("claims");
        let claims =
            claims.as_ref().and_then(Value::as_array).into_iter().flatten().map(|c| (c.clone(), Err(index))).collect();
        let id = text(&record, "id").to_owned();
        self.ids(list).take(&id);
        let made = self.lists.entry(list).or_default();
        self.by_key.entry((list, key(list, &record))).or_insert(made.len());
        made.push(Made { record, whence: Err(index), claims, told: BTreeSet::new(), further: Vec::new() });
    }

    /// Adds a record, or what it says to one that a row before made.
    ///
    /// # Complexity
    /// Grows as the logarithm of the records and of the claims under one. The items of a list in a record, such as `names` or `participants`, are
    /// compared each with each: rows that add n of them to one record take time in n².
    pub(super) fn add(
        &mut self,
        list: &'static str,
        record: Map<String, Value>,
        claims: Vec<(Value, Origin)>,
        origin: Origin,
    ) -> Result<(), Box<Conflict>> {
        let key = (list, key(list, &record));
        let all = self.lists.entry(list).or_default();
        let Some(known) = self.by_key.get(&key).and_then(|at| all.get_mut(*at)) else {
            self.by_key.insert(key, all.len());
            let claims = claims.into_iter().map(|(claim, origin)| (claim, Ok(origin))).collect();
            all.push(Made { record, whence: Ok(origin), claims, told: BTreeSet::new(), further: Vec::new() });
            self.count(origin).made += 1;
            return Ok(());
        };
        if let Some((field, new, old)) = merge(&mut known.record, record) {
            let id = text(&known.record, "id");
            let id = if id.is_empty() { text(&known.record, "name") } else { id };
            return Err(Box::new(Conflict { id: id.to_owned(), field, new, known: old, first: known.whence }));
        }
        if known.told.is_empty() {
            known.told = known.claims.iter().map(|(claim, _)| whole(claim)).collect();
        }
        known.further.push(origin);
        for (claim, origin) in claims {
            if known.told.insert(whole(&claim)) {
                known.claims.push((claim, Ok(origin)));
            }
        }
        self.count(origin).added += 1;
        Ok(())
    }

    /// All of it as one data file, in the order of ids, with what became of the rows, and where each record comes from.
    pub(super) fn into_file(mut self) -> ((Value, Counts), Origins) {
        let mut file = Map::new();
        let mut origins = Origins::new();
        for (list, mut all) in std::mem::take(&mut self.lists) {
            self.name(list, &mut all);
            all.sort_by(|a, b| text(&a.record, "id").cmp(text(&b.record, "id")));
            let mut places = Vec::with_capacity(all.len());
            let mut records = Vec::with_capacity(all.len());
            for Made { mut record, whence, claims, further, .. } in all {
                let (claims, whences): (Vec<Value>, Vec<Whence>) = claims.into_iter().unzip();
                if !claims.is_empty() {
                    record.insert("claims".into(), claims.into());
                }
                records.push(Value::Object(record));
                places.push((whence, whences, further));
            }
            file.insert(list.to_owned(), records.into());
            origins.insert(list, places);
        }
        ((Value::Object(file), self.counts), origins)
    }

    /// Gives an id to each record without: after those that rows give, in the order of the rows.
    fn name(&mut self, list: &'static str, all: &mut [Made]) {
        for made in all.iter().filter(|made| made.whence.is_ok()) {
            let id = text(&made.record, "id");
            if !id.is_empty() {
                self.ids(list).take(id);
            }
        }
        let mut dated = 0;
        for made in all {
            if !text(&made.record, "id").is_empty() {
                continue;
            }
            let field = |key: &str| text(&made.record, key);
            let id = if list == "relations" {
                let wanted = format!("{}.{}.{}", field("subject"), field("type"), field("object"));
                let day = day(field("valid"));
                let ids = self.ids(list);
                if ids.take(&wanted) {
                    wanted
                } else {
                    dated += 1;
                    let longer = if day.is_empty() { wanted } else { format!("{wanted}.{day}") };
                    ids.free(&longer, '.')
                }
            } else {
                let (name, day) = (slug(field("name")), day(field("date")));
                let wanted = if day.is_empty() || name.ends_with(&day) { name } else { format!("{name}-{day}") };
                self.ids(list).free(&wanted, '-')
            };
            made.record.insert("id".into(), id.into());
        }
        if dated > 0 {
            self.note(format!("{dated} further relation{} of a pair that has the same one at another time: the id ends in the day it begins", if dated == 1 { "" } else { "s" }));
        }
    }
}

/// What makes two records the same.
fn key(list: &str, record: &Map<String, Value>) -> String {
    let id = text(record, "id");
    if !id.is_empty() {
        return format!("id {id}");
    }
    let fields: &[&str] = match list {
        "relations" => &["subject", "type", "object", "valid", "roles", "basis", "note"],
        _ => &["name", "kind", "date", "place"],
    };
    let parts: Vec<String> = fields.iter().map(|f| record.get(*f).map_or_else(String::new, Value::to_string)).collect();
    parts.join("\u{1f}")
}

/// Adds what a record says to another; the first field in which they contradict each other, with both values, and then nothing more.
fn merge(into: &mut Map<String, Value>, from: Map<String, Value>) -> Option<(String, Value, Value)> {
    for (field, value) in from {
        match (into.get_mut(&field), value) {
            (None, value) => drop(into.insert(field, value)),
            (Some(Value::Array(known)), Value::Array(new)) => {
                for item in new {
                    if !known.contains(&item) {
                        known.push(item);
                    }
                }
            }
            (Some(Value::Object(known)), Value::Object(new)) => {
                if let Some((inner, new, old)) = merge(known, new) {
                    return Some((format!("{field}.{inner}"), new, old));
                }
            }
            (Some(known), value) if *known == value => {}
            (Some(known), value) => return Some((field, value, known.clone())),
        }
    }
    None
}

/// A claim as a text that equal claims have in common, whatever the order of their fields.
fn whole(claim: &Value) -> String {
    let mut claim = claim.clone();
    claim.sort_all_objects();
    claim.to_string()
}

fn text<'r>(record: &'r Map<String, Value>, key: &str) -> &'r str {
    record.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The first date in a dating, as an id can hold it: `2016-03` of `2016-03~/..`.
fn day(dated: &str) -> String {
    let begin = dated.find(|c: char| c.is_ascii_digit()).unwrap_or(dated.len());
    let length = dated[begin..].find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(dated.len() - begin);
    dated[begin..begin + length].trim_matches('-').to_owned()
}
