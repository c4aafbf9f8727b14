//! What stood between an actor and others: ties on the days asked about, earlier ones, and each as a sentence.

use super::content::{Group, Section, Statement, Teller, section};
use super::short::acronym_of;
use crate::ask::wording::{Wording, is_plural, list, modality_in_words, predicate, published, reading};
use crate::model::{ActorId, Category, Status, Temporality};
use crate::question::{ClaimRow, RelationRow, When, remembered};
use crate::time::{Holds, Window};

impl Teller<'_, '_> {
    /// The days up to which a history is told: up to the day asked about, or the period asked about.
    pub(super) fn history(&self) -> Window {
        match self.lens.scope.when {
            When::Now | When::On(_) | When::At(_) => Window::sometime(Window::ALL.first, self.lens.window.last),
            When::Ever => Window::ALL,
            When::Throughout(_) | When::During(_) => Window::sometime(self.lens.window.first, self.lens.window.last),
        }
    }

    /// What an actor is called in running text: the one the brief is about by its acronym.
    pub(super) fn name(&self, id: ActorId) -> String {
        let name = self.lens.name(id);
        if id == self.line.named { acronym_of(self.lens, id).unwrap_or(name).to_owned() } else { name.to_owned() }
    }

    /// Who is said to say so, where every claim for a record (against it, where there are no others) is somebody else's than its source's.
    pub(super) fn speakers(&self, claims: &[ClaimRow]) -> Option<String> {
        let supporting: Vec<&ClaimRow> = claims.iter().filter(|c| c.stance == "supports").collect();
        let supporting = if supporting.is_empty() { claims.iter().collect() } else { supporting };
        let (mut named, mut unnamed): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for claim in supporting {
            let by = claim.attributed_to.as_ref()?;
            let name = by.name.clone().or_else(|| by.actor.clone()).unwrap_or_else(|| "someone".to_owned());
            let name =
                if *name == *self.lens.graph.actor(self.line.named).name { self.name(self.line.named) } else { name };
            let name = name.replace(", unnamed", "").trim_start_matches("unnamed ").to_owned();
            let list = if by.anonymous { &mut unnamed } else { &mut named };
            if !list.contains(&name) {
                list.push(name);
            }
        }
        match (named.is_empty(), unnamed.is_empty()) {
            (true, true) => None,
            (false, true) => Some(format!("according to {}", list(&named))),
            (true, false) => Some(format!("according to {}, unnamed", list(&unnamed))),
            (false, false) => Some(format!("according to {}; and, unnamed, to {}", list(&named), list(&unnamed))),
        }
    }

    pub(super) fn other(&self, row: &RelationRow) -> ActorId {
        if self.line.contains(row.subject_id) { row.object_id } else { row.subject_id }
    }

    /// A relation as a sentence without its full stop, dates and doubts.
    pub(super) fn bare(&self, row: &RelationRow) -> String {
        let is_plural = self.is_plural(row.subject_id);
        let phrase = predicate(&row.label, Wording::new(self.lens).is_past(row), is_plural);
        let phrase = if is_plural { several(&phrase) } else { phrase };
        format!("{} {phrase} {}", self.name(row.subject_id), self.name(row.object_id))
    }

    /// Whether a name is a plural; also that of a force or firm that ends in a common noun: `intelligence agencies`.
    pub(super) fn is_plural(&self, id: ActorId) -> bool {
        let kind = &*self.lens.graph.vocabulary().kind(self.lens.graph.actor(id).kind).name;
        let last = self.lens.name(id).rsplit(' ').next().unwrap_or_default();
        let is_common = last.ends_with('s') && !last.ends_with("ss") && last.starts_with(|c: char| c.is_lowercase());
        is_plural(self.lens, id) || (is_common && matches!(kind, "state_force" | "private_actor"))
    }

    /// Somebody whom the sources leave without a name and who only belongs to the line: an informant, not one of its parts that matter.
    pub(super) fn is_of_an_informant(&self, row: &RelationRow) -> bool {
        let kind = self.lens.graph.actor(self.other(row)).kind;
        row.category == Category::Structure.word() && &*self.lens.graph.vocabulary().kind(kind).name == "unidentified"
    }

    /// A relation as a sentence with its dates and everything that keeps it from being plain.
    pub(super) fn told(&self, row: &RelationRow) -> String {
        let mut remarks = Wording::new(self.lens).roles(row);
        let is_undated = row.valid == "/..";
        if !(is_undated && row.stale && row.last_attested.is_some()) {
            remarks.push(dates(&row.valid));
        }
        let mut doubts = self.doubts(row);
        if row.stale
            && let Some(day) = &row.last_attested
        {
            let word = if is_undated { "attested" } else { "last attested" };
            doubts.insert(0, format!("{word} {}", published(day)));
        }
        remarks.extend(doubts);
        format!("{} ({})", self.bare(row), remarks.join("; "))
    }

    /// What keeps a relation from being plain, its dates apart.
    pub(super) fn doubts(&self, row: &RelationRow) -> Vec<String> {
        let mut doubts = Vec::new();
        if row.modality != "asserted" && row.status != "denied" {
            doubts.push(modality_in_words(row.modality).to_owned());
        }
        if row.status == "contested" || row.status == "disputed" {
            doubts.push(row.status.to_owned());
        }
        if row.basis != "reported" {
            doubts.push(row.basis.to_owned());
        }
        doubts.extend(self.speakers(&row.claims));
        doubts
    }

    pub(super) fn tie(&self, row: &RelationRow) -> Statement {
        let is_shortly_before = row.how == Holds::No && self.happened_shortly_before(row);
        let text = self.told(row);
        let group = match row.how {
            Holds::Certain | Holds::No => Group::Plain,
            Holds::Possible if row.modality != "asserted" => Group::Said,
            Holds::Possible if row.stale => Group::Attested,
            Holds::Possible => Group::Open,
        };
        Statement {
            text: if is_shortly_before { format!("shortly before: {text}") } else { text },
            holds: if is_shortly_before { "certain" } else { row.holds },
            group,
            about: Some(self.lens.brief(self.other(row))),
            record: Some(row.id.clone()),
            claims: row.claims.clone(),
            ..Statement::default()
        }
    }

    /// Whether nobody speaks against a relation.
    pub(super) fn is_undisputed(&self, row: &RelationRow) -> bool {
        row.status == Status::Supported.word()
    }

    /// The undisputed relations of the line to others that hold on the days asked about, and acts shortly before them: certain ones first, then by the
    /// other end's name.
    pub(super) fn ties_at_date(&self) -> Vec<RelationRow> {
        let lens = self.lens;
        let mut rows: Vec<RelationRow> = lens
            .relations_of(self.line)
            .into_iter()
            .map(|id| lens.row(id))
            .filter(|row| !(self.line.contains(row.subject_id) && self.line.contains(row.object_id)))
            .filter(|row| self.is_undisputed(row) && row.category != Category::Lineage.word())
            .filter(|row| match row.how {
                Holds::No => self.happened_shortly_before(row) && lens.keeps(Holds::Certain),
                holds => lens.keeps(holds),
            })
            .collect();
        rows.sort_by_cached_key(|row| {
            let how = if row.how == Holds::No { Holds::Certain } else { row.how };
            let first = ["leads", "governs", "holds_office_in"].iter().position(|kind| *kind == row.kind).unwrap_or(3);
            (std::cmp::Reverse(how), first, lens.name(self.other(row)).to_lowercase(), row.id.clone())
        });
        rows
    }

    pub(super) fn happened_shortly_before(&self, row: &RelationRow) -> bool {
        let t = self.lens.graph.vocabulary().relation_type(self.lens.graph.relation(row.relation).kind);
        t.temporality == Temporality::Event
            && self.lens.view.standing(row.relation).extent().holds(remembered(self.lens.window)) == Holds::Certain
    }

    /// Whether a relation may have held in the days that the history tells of.
    pub(super) fn reaches_history(&self, row: &RelationRow) -> bool {
        self.lens.view.standing(row.relation).dates.holds(self.history()) != Holds::No
    }

    /// Ties of state that were in force before the days asked about and are no more.
    pub(super) fn earlier(&self, shown: &[RelationRow]) -> Section {
        let history = self.lens.at(self.history());
        let mut rows: Vec<RelationRow> = self
            .lens
            .relations_of(self.line)
            .into_iter()
            .filter(|id| !shown.iter().any(|row| row.relation == *id))
            .map(|id| self.lens.row(id))
            .filter(|row| !(self.line.contains(row.subject_id) && self.line.contains(row.object_id)))
            .filter(|row| row.how == Holds::No && self.is_undisputed(row))
            .filter(|row| ![Category::Lineage.word(), Category::Stance.word()].contains(&row.category))
            .filter(|row| history.keeps(history.holds(row.relation)) && history.holds(row.relation) != Holds::No)
            .filter(|row| {
                let t = self.lens.graph.vocabulary().relation_type(self.lens.graph.relation(row.relation).kind);
                t.temporality == Temporality::State
            })
            .collect();
        rows.sort_by_cached_key(|row| {
            let dates = self.lens.view.standing(row.relation).dates;
            (dates.end.latest, dates.start.earliest, row.id.clone())
        });
        let statements =
            rows.iter().map(|row| Statement { holds: history.holds(row.relation).word(), ..self.tie(row) });
        section("earlier", "Earlier ties", None, statements.collect())
    }
}

/// A phrase about several: `are an enemy of` becomes `are enemies of`.
pub(super) fn several(phrase: &str) -> String {
    let nouns = [
        ("an enemy", "enemies"),
        ("an affiliate", "affiliates"),
        ("a rival", "rivals"),
        ("a member", "members"),
        ("a proxy", "proxies"),
        ("a wing", "wings"),
        ("a successor", "successors"),
    ];
    let found = nouns.iter().find_map(|(one, more)| {
        let (be, rest) = phrase.split_once(' ')?;
        Some(format!("{be} {more}{}", rest.strip_prefix(one)?))
    });
    found.unwrap_or_else(|| phrase.to_owned())
}

/// Dates in words, with one turn of our own for what lasted from some time on, nobody says how long.
pub(super) fn dates(written: &str) -> String {
    match written.split_once('/') {
        Some((start, end)) if end.strip_suffix("..") == Some(start) && !start.is_empty() => {
            format!("from {start} on, for how long is not recorded")
        }
        _ if written == "/.." => "undated".to_owned(),
        _ => reading(written),
    }
}
