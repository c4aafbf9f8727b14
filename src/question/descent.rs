//! A lineage as lives and the steps between them: what a drawing or a tree of it shows.

use super::bars::{axis, names};
use super::{ActorBrief, Lens, Line, LineageStep, NamePeriod, StepKind, lineage};
use crate::graph::{Ending, Footing, Stretch};
use crate::model::{ActorId, Side};
use crate::time::{Day, Extent};
use std::collections::BTreeMap;

/// One actor of a lineage.
#[derive(Clone, Debug, PartialEq)]
pub struct Life {
    /// The actor, by the name it bore in the days asked about.
    pub actor: ActorBrief,
    /// When it existed.
    pub stretch: Stretch,
    /// Whether that is recorded at all.
    pub is_recorded: bool,
    /// When it existed, as written (EDTF); empty when not recorded.
    pub dates: String,
    /// Its names over time, where it had several that are dated.
    pub names: Vec<NamePeriod>,
    /// How far from the actor asked about: 0 for it, negative for those before it.
    pub generation: i32,
}

/// One step between two actors of a lineage.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// Which life it leads from, by its place in the list: the earlier one; where neither is earlier, the one the type speaks of.
    pub from: usize,
    /// Which life it leads to.
    pub to: usize,
    /// How it reads in this direction: `succeeded by`, `breaks with`.
    pub label: String,
    /// Whether one became the other, or went into it, rather than leaving or breaking with it.
    pub becomes: bool,
    /// When.
    pub stretch: Stretch,
    /// The step with its relation.
    pub step: LineageStep,
}

/// A lineage as lives and passages.
#[derive(Clone, Debug, PartialEq)]
pub struct Descent {
    /// The first day of the axis.
    pub first: Day,
    /// The last day of the axis.
    pub last: Day,
    /// The actors, the one asked about first, then in the order the steps lead to them.
    pub lives: Vec<Life>,
    /// The steps, in the order of [`lineage`].
    pub passages: Vec<Passage>,
}

/// The lineage of an actor as lives and passages; the actor alone when none is recorded.
#[must_use]
pub fn descent(lens: &Lens<'_>, actor: ActorId) -> Descent {
    let mut lives = vec![life(lens, actor, 0)];
    let mut places = BTreeMap::from([(actor, 0)]);
    let mut passages = Vec::new();
    for step in lineage(lens, actor) {
        let row = &step.relation;
        for id in [row.subject_id, row.object_id] {
            places.entry(id).or_insert_with(|| {
                lives.push(life(lens, id, step.generation));
                lives.len() - 1
            });
        }
        let (subject, object) = (places[&row.subject_id], places[&row.object_id]);
        let later = lens.graph.vocabulary().relation_type(lens.graph.relation(row.relation).kind).later;
        let (from, to, label) = match later {
            Some(Side::Subject) => (object, subject, row.inverse_label.clone()),
            Some(Side::Object) | None => (subject, object, row.label.clone()),
        };
        let stretch = Stretch::of_relation(&lens.view, row.relation);
        passages.push(Passage { from, to, label, becomes: later.is_some(), stretch, step });
    }
    let told: Vec<Stretch> = lives.iter().map(|l| l.stretch).chain(passages.iter().map(|p| p.stretch)).collect();
    let (mut first, last) = axis(&told, lens.scope.now(lens.graph), None);
    if told.iter().any(|stretch| !stretch.dates.start.earliest.is_bounded()) {
        // What began nobody says when is seen to have been there before.
        first = first.plus((i64::from(first.number()) - i64::from(last.number())).max(-40_000) as i32 / 16);
    }
    Descent { first, last, lives, passages }
}

fn life(lens: &Lens<'_>, id: ActorId, generation: i32) -> Life {
    let actor = lens.graph.actor(id);
    let stretch = match &actor.exists {
        Some(dated) => Stretch::dated(dated, lens.graph.life(id)),
        None => unrecorded(),
    };
    let all_names = names(lens, &Line::exactly(id));
    Life {
        actor: lens.brief(id),
        stretch,
        is_recorded: actor.exists.is_some(),
        dates: actor.exists.as_ref().map_or_else(String::new, |dated| dated.text().to_owned()),
        names: if all_names.len() > 1 { all_names } else { Vec::new() },
        generation,
    }
}

/// The stretch of a life of which nothing is recorded.
fn unrecorded() -> Stretch {
    let (begins, ends) = (Ending::Unrecorded, Ending::Unrecorded);
    Stretch { dates: Extent::ALWAYS, extent: Extent::ALWAYS, begins, ends, footing: Footing::Held, happened: false }
}

/// One line of a lineage told as a tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// For each level above, whether more follows there; the last is that of the branch itself. Empty for the root.
    pub more: Vec<bool>,
    /// The passage; none for the root.
    pub passage: Option<usize>,
    /// The life it leads to, by its place.
    pub life: usize,
    /// Whether that life was told of further up, and is not told of again.
    pub is_known: bool,
}

impl Descent {
    /// The lineage as a tree from the actor asked about, depth first: under each life the steps that lead on from it, origins before breaks
    /// before outcomes. Each step stands once, and each life is told of once: where succession runs in a circle, it ends.
    #[must_use]
    pub fn tree(&self) -> Vec<Branch> {
        let mut branches = Vec::new();
        let mut told = vec![false; self.lives.len()];
        let mut leading: Vec<Vec<usize>> = vec![Vec::new(); self.lives.len()];
        for (place, passage) in self.passages.iter().enumerate() {
            leading[self.near(passage)].push(place);
        }
        for passages in &mut leading {
            passages.sort_by_key(|place| (self.passages[*place].step.step, *place));
        }
        // Not a recursion: a chain of successions may be long.
        let mut stack = vec![Branch { more: Vec::new(), passage: None, life: 0, is_known: false }];
        while let Some(mut branch) = stack.pop() {
            let is_break = branch.passage.is_some_and(|p| self.passages[p].step.step == StepKind::Break);
            branch.is_known = !is_break && std::mem::replace(&mut told[branch.life], true);
            // A life that was told of has nothing left to lead on with.
            let next = if is_break { Vec::new() } else { std::mem::take(&mut leading[branch.life]) };
            for (place, passage) in next.iter().enumerate().rev() {
                let mut more = branch.more.clone();
                more.push(place + 1 < next.len());
                let life = self.far(&self.passages[*passage]);
                stack.push(Branch { more, passage: Some(*passage), life, is_known: false });
            }
            branches.push(branch);
        }
        branches
    }

    /// The life a step was found from.
    fn near(&self, passage: &Passage) -> usize {
        if self.far(passage) == passage.to { passage.from } else { passage.to }
    }

    /// The life a step leads to, away from the actor asked about.
    fn far(&self, passage: &Passage) -> usize {
        let is = |life: usize| self.lives[life].actor.id == passage.step.actor.id;
        if is(passage.to) { passage.to } else { passage.from }
    }
}
