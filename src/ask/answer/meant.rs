//! When a question is also asked of those whom a name may mean besides its bearer.

use super::super::meant::{Meant, Why};
use super::Asking;
use crate::model::{ActorId, Category, Temporality, TypeId};
use crate::question::{Line, RelationRow, RelationWord};
use crate::time::{Extent, Holds};

/// One whom a name may mean besides its bearer.
#[derive(Clone, Debug)]
pub(super) struct Other {
    pub(super) line: Line,
    pub(super) why: Why,
    /// When the one stood for the other.
    pub(super) spans: Vec<Extent>,
}

impl Asking<'_, '_> {
    /// The others of whom a question with this tie may be asked, nearest first; which of their relations answer it, [`Self::carried`] decides.
    ///
    /// Who leads or governs is asked of nobody else. A place means nobody.
    pub(super) fn others(&self, meant: &Meant, tie: Option<&RelationWord>) -> Vec<Other> {
        let vocabulary = self.lens.graph.vocabulary();
        let group = |name: &str| RelationWord::read(vocabulary, name).map(|word| word.types).unwrap_or_default();
        let (speaks_for, segment_of) = (group("speaks-for"), group("segment-of"));
        let is_of_leading = tie.is_some_and(|tie| tie.types.iter().any(|t| speaks_for.contains(t)));
        if self.lens.scope.exact || is_of_leading || self.kind_of(meant.line.named) == "place" {
            return Vec::new();
        }
        let others = meant.also.iter().filter(|(id, _)| !meant.line.contains(*id));
        others
            .map(|(id, why)| {
                let mut links = self.lens.relations_between(&meant.line, &Line::exactly(*id));
                links.retain(|link| {
                    let kind = self.lens.graph.relation(*link).kind;
                    speaks_for.contains(&kind) || segment_of.contains(&kind)
                });
                let spans = links.iter().map(|link| self.lens.view.standing(*link).extent()).collect();
                Other { line: self.lens.line(*id), why: *why, spans }
            })
            .collect()
    }

    /// How firmly a relation of another answers a question with this tie about the one named: not at all, possibly, or for certain.
    ///
    /// A state and its government, with their organs, are as good as one while the one stands for the other. What is friendly or hostile to a
    /// head is so to what it heads. A group, its leader and what they govern only may be meant for one another, and only in dealings: never
    /// where it is about force, land, listings, descent or who belongs to whom. `gives`: the one named is at the giving end of the tie.
    pub(super) fn carried(
        &self,
        named: ActorId,
        other: &Other,
        tie: Option<&RelationWord>,
        gives: bool,
        row: &RelationRow,
    ) -> Holds {
        let vocabulary = self.lens.graph.vocabulary();
        let kind = vocabulary.relation_type(self.lens.graph.relation(row.relation).kind);
        let (own, its) = (self.kind_of(named), self.kind_of(other.line.named));
        let is_official = |kind: &str| matches!(kind, "state" | "government" | "state_force");
        let is_act = |id: &TypeId| vocabulary.relation_type(*id).temporality == Temporality::Event;
        // Contact between offices is no meeting of two people.
        let is_mere_contact = own == "person"
            && kind.category == Category::Diplomacy
            && kind.temporality == Temporality::State
            && tie.is_some_and(|tie| tie.types.iter().any(is_act));
        let firmness = match kind.category {
            _ if is_mere_contact => Holds::No,
            Category::Structure | Category::Lineage | Category::Territory | Category::Designation => {
                if own == "state" && matches!(its, "government" | "state_force") { Holds::Certain } else { Holds::No }
            }
            _ if is_official(own) && is_official(its) => Holds::Certain,
            Category::Hostility | Category::Support
                if own == "person" && is_official(its) && other.why == Why::Heads && !gives =>
            {
                Holds::Certain
            }
            Category::Hostility if own == "person" && other.why == Why::Heads && !gives => Holds::Possible,
            Category::Support | Category::Cooperation | Category::Diplomacy => Holds::Possible,
            _ => Holds::No,
        };
        firmness.min(self.overlap(other, row))
    }

    /// The parts of a line in the days asked about, by id: attitudes are told of factions.
    pub(super) fn segments(&self, line: &Line) -> Vec<Other> {
        let graph = self.lens.graph;
        let segment_of =
            RelationWord::read(graph.vocabulary(), "segment-of").map(|word| word.types).unwrap_or_default();
        let mut parts: Vec<Other> = Vec::new();
        for id in self.lens.relations_of(line) {
            let relation = graph.relation(id);
            let is_part = segment_of.contains(&relation.kind)
                && line.contains(relation.object)
                && !line.contains(relation.subject);
            if is_part && self.lens.holds(id) != Holds::No {
                let spans = vec![self.lens.view.standing(id).extent()];
                parts.push(Other { line: Line::exactly(relation.subject), why: Why::Organ, spans });
            }
        }
        parts
    }

    /// Whether a relation of another may have held while it stood for the one named: who backed Syria after a president fell did not back him.
    pub(super) fn overlaps(&self, other: &Other, row: &RelationRow) -> bool {
        let extent = self.lens.view.standing(row.relation).extent();
        let kind = self.lens.graph.vocabulary().relation_type(self.lens.graph.relation(row.relation).kind);
        other.spans.iter().any(|span| {
            let both = extent.meet(*span);
            // What begins on the last day of one who stood for the other begins after him.
            if kind.temporality == Temporality::State && both.start.earliest == span.end.latest {
                return false;
            }
            both.holds(self.lens.window) != Holds::No || (row.how == Holds::No && !both.is_never())
        })
    }

    /// How firmly it is known that a relation of another held, or happened, while it stood for the one named. What happened must certainly have
    /// happened then, as heads follow one another.
    pub(super) fn overlap(&self, other: &Other, row: &RelationRow) -> Holds {
        if !self.overlaps(other, row) {
            return Holds::No;
        }
        let extent = self.lens.view.standing(row.relation).extent();
        let kind = self.lens.graph.vocabulary().relation_type(self.lens.graph.relation(row.relation).kind);
        if kind.temporality == Temporality::Event && !row.valid.contains('/') {
            let is_within =
                |span: &Extent| span.start.latest <= extent.start.earliest && extent.end.latest <= span.end.earliest;
            return if other.spans.iter().any(is_within) { Holds::Certain } else { Holds::No };
        }
        let is_sure = |span: &Extent| {
            let both = extent.meet(*span);
            let is_known = both.start.latest <= both.end.earliest;
            is_known && (both.holds(self.lens.window) == Holds::Certain || row.how == Holds::No)
        };
        if other.spans.iter().any(is_sure) { Holds::Certain } else { Holds::Possible }
    }

    /// The name of an actor's kind.
    pub(super) fn kind_of(&self, actor: ActorId) -> &str {
        &self.lens.graph.vocabulary().kind(self.lens.graph.actor(actor).kind).name
    }

    /// The assumption in words: `Bashar al-Assad: also asked of Assad regime, which it leads or governs`.
    pub(super) fn also_in_words(&self, named: ActorId, other: &Other) -> String {
        let (name, also) = (self.lens.name(named), self.lens.name(other.line.named));
        let is_person = |id| self.kind_of(id) == "person";
        let why = match other.why {
            Why::Heads if is_person(named) => format!("which {name} led or governed then"),
            Why::Heads => format!("which {name} governed then"),
            Why::HeadedBy if is_person(other.line.named) => "who led or governed it then".to_owned(),
            Why::HeadedBy => "which governed it then".to_owned(),
            Why::Organ => format!("a part of {name}"),
        };
        format!("{name}: also asked of {also}, {why}")
    }
}
