//! What an actor is: its names, and what sources say of it alone.

use super::content::{Section, Statement, Teller, section};
use super::ties::dates;
use crate::ask::wording::list;
use crate::model::{ActorId, NameKind, SourceId};
use crate::question::{ClaimRow, When};
use std::collections::BTreeSet;

impl Teller<'_, '_> {
    pub(super) fn names(&self) -> Section {
        let graph = self.lens.graph;
        let actor = graph.actor(self.line.named);
        let filter = &self.lens.scope.claims;
        let mut named_by: BTreeSet<SourceId> = BTreeSet::new();
        let mut statements = Vec::new();
        let mut spelt: BTreeSet<String> = BTreeSet::from([crate::names::fold(&actor.name)]);
        let mut said = |opening: &str, wanted: fn(&crate::model::Name) -> bool| {
            let (mut all, mut claims): (Vec<String>, Vec<ClaimRow>) = (Vec::new(), Vec::new());
            for name in actor.names.iter().filter(|n| wanted(n)) {
                let sources: Vec<SourceId> =
                    name.sources.iter().copied().filter(|id| filter.keeps_source(*id, graph.source(*id))).collect();
                if (sources.is_empty() && name.lang.is_none()) || !spelt.insert(crate::names::fold(&name.text)) {
                    continue;
                }
                for id in sources {
                    named_by.insert(id);
                    let slug = &*graph.source(id).slug;
                    if !claims.iter().any(|c| c.source == slug) {
                        claims.push(naming(slug));
                    }
                }
                let when = name.valid.as_ref().map(|valid| dates(valid.text()));
                let remarks: Vec<String> = name.lang.as_deref().map(str::to_owned).into_iter().chain(when).collect();
                let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join(", ")) };
                all.push(format!("{}{remarks}", name.text));
            }
            claims.sort_by(|a, b| a.source.cmp(&b.source));
            if !all.is_empty() {
                statements.push(Statement {
                    text: format!("{opening} {}", list(&all)),
                    holds: "certain",
                    claims,
                    ..Statement::default()
                });
            }
        };
        said("For short:", |n| n.kind == NameKind::Acronym && n.lang.is_none());
        said("Formerly:", |n| n.kind == NameKind::Former && n.lang.is_none());
        said("Nom de guerre:", |n| n.kind == NameKind::NomDeGuerre && n.lang.is_none());
        said("Also called", |n| n.lang.is_none());
        said("In other languages:", |n| n.lang.is_some());
        let unused = actor.names.iter().filter(|n| n.sources.is_empty() && n.lang.is_none()).count();
        let mut names = section("names", "Names", None, statements);
        if unused > 0 {
            let (spellings, are, them) =
                if unused == 1 { ("spelling", "is", "it") } else { ("spellings", "are", "them") };
            names.remark = Some(format!(
                "{unused} further {spellings} {are} kept for searching; no source of the data set uses {them}."
            ));
        }
        names.named_by = named_by.into_iter().collect();
        names
    }

    /// What sources say of the actor itself, outright.
    pub(super) fn nature(&self) -> Section {
        let said =
            self.own_claims().into_iter().filter(|(_, c)| c.modality == "asserted").map(|(id, c)| self.saying(id, c));
        // Claims about an actor alone bear no dates of their own as a rule: said in 2025, they must not be read as told of 2015.
        let remark = (!matches!(self.lens.scope.when, When::Now | When::Ever))
            .then(|| "Each as of the day its source was published, whatever the days asked about.".to_owned());
        section("nature", "What it is", remark, said.collect())
    }

    /// What sources only report, think possible or expect of the actor itself.
    pub(super) fn open_questions(&self) -> Section {
        let said = self.own_claims().into_iter().filter(|(_, c)| c.modality != "asserted").map(|(id, c)| {
            let word = match c.modality {
                "reported" => "reported",
                "predicted" => "a forecast",
                "offered" => "an offer",
                _ => "possible",
            };
            let mut statement = self.saying(id, c);
            statement.text = format!("{} ({word})", statement.text.trim_end_matches('.'));
            statement.holds = "possible";
            statement
        });
        let remark = "Said of it without being asserted: hearsay, possibilities, forecasts.";
        section("open", "Only reported, possible or expected", Some(remark.to_owned()), said.collect())
    }

    /// The claims about the members of the line themselves that count.
    pub(super) fn own_claims(&self) -> Vec<(ActorId, ClaimRow)> {
        let (graph, members) = (self.lens.graph, self.line.by_age(self.lens.graph));
        let of = |id: ActorId| {
            self.lens.view.kept_claims(&graph.actor(id).claims).map(move |c| (id, ClaimRow::new(graph, c)))
        };
        members.into_iter().flat_map(of).collect()
    }

    /// A claim as a statement of its own.
    pub(super) fn saying(&self, whose: ActorId, claim: ClaimRow) -> Statement {
        let against = match claim.stance {
            "supports" => "",
            "disputes" => "Doubted: ",
            _ => "Denied: ",
        };
        let whose = if whose == self.line.named { String::new() } else { format!("{}: ", self.lens.name(whose)) };
        let remarks: Vec<String> =
            claim.valid.as_deref().map(dates).into_iter().chain(self.speakers(std::slice::from_ref(&claim))).collect();
        let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join("; ")) };
        Statement {
            text: format!("{whose}{against}{}{remarks}", claim.note.trim_end_matches('.')),
            holds: if claim.stance == "supports" { "certain" } else { "contested" },
            claims: vec![claim],
            ..Statement::default()
        }
    }
}

/// A stand-in for a claim where a source uses a name: it cites the source as a whole.
pub(super) fn naming(source: &str) -> ClaimRow {
    ClaimRow {
        source: source.to_owned(),
        locator: String::new(),
        stance: "supports",
        modality: "asserted",
        attributed_to: None,
        grade: String::new(),
        valid: None,
        figures: Vec::new(),
        note: String::new(),
    }
}
