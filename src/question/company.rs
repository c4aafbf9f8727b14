//! Whom to show together, and in which order: the lines with the most relations, and rows in which friends stand together.

use super::history::{in_force, remembered, sign};
use super::{Lens, Line};
use crate::algo::seriate;
use crate::graph::{TemporalGraph, View};
use crate::model::{ActorId, Category, RelationId, Sign};
use crate::time::Holds;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The lines with the most relations in force with one another in the days of some lenses, most first; those with as many stand by name. A relation
/// counts once, whichever way it runs and by how many lenses it is seen. Holding a place, being active in it, and lineage do not count.
///
/// With `around`, these come first and stay, and only those follow who have a relation with one of them, by how many they have with them.
///
/// Who has nothing to do with any other of those chosen makes room for the next.
///
/// # Complexity
/// O(relations in force · log + n · most²), n being the number of lines with one; with `around`, only the relations of those lines and of their company.
#[must_use]
pub fn most_connected(lenses: &[&Lens<'_>], around: &[Line], most: usize) -> Vec<Line> {
    let Some(lens) = lenses.last() else { return Vec::new() };
    let graph = lens.graph;
    let mut line_of: BTreeMap<ActorId, usize> = BTreeMap::new();
    let mut lines: Vec<Line> = Vec::new();
    for line in around {
        if !line_of.contains_key(&line.named) {
            line_of.extend(line.members.iter().map(|id| (*id, lines.len())));
            lines.push(line.clone());
        }
    }
    let continued = continued(graph);
    let mut place_of = |actor: ActorId| {
        line_of.get(&actor).copied().unwrap_or_else(|| {
            let line = if continued.contains(&actor) { lens.line(actor) } else { Line::exactly(actor) };
            let named = line.members.first().copied().unwrap_or(actor);
            line_of.extend(line.members.iter().map(|id| (*id, lines.len())));
            lines.push(Line { named, ..line });
            lines.len() - 1
        })
    };
    // How many relations each line has with each other one.
    let mut company: Vec<BTreeMap<usize, usize>> = Vec::new();
    for id in perhaps_in_force(lenses, around) {
        let (subject, object) = graph.ends(id);
        let kind = graph.type_of(id);
        let category = graph.vocabulary().relation_type(kind).category;
        let counts = !matches!(category, Category::Territory | Category::Lineage)
            && lens.keeps_type(kind)
            && lens.is_sourced(id)
            && lenses.iter().any(|lens| in_force(lens, id) != Holds::No);
        if !counts {
            continue;
        }
        let (a, b) = (place_of(subject), place_of(object));
        company.resize(company.len().max(a.max(b) + 1), BTreeMap::new());
        if a != b {
            *company[a].entry(b).or_default() += 1;
            *company[b].entry(a).or_default() += 1;
        }
    }
    company.resize(lines.len(), BTreeMap::new());
    let near = |place: usize| company[place].range(..around.len()).map(|(_, count)| *count).sum::<usize>();
    let all = |place: usize| company[place].values().sum::<usize>();
    let mut ranked: Vec<usize> = (around.len()..lines.len())
        .filter(|place| if around.is_empty() { all(*place) > 0 } else { near(*place) > 0 })
        .collect();
    // Names put in order what counts the same, so that an answer does not hang on ids.
    let name = |place: usize| (lens.name(lines[place].named).to_lowercase(), lines[place].named);
    ranked.sort_by_cached_key(|place| (Reverse(near(*place)), Reverse(all(*place)), name(*place)));
    let room = most.saturating_sub(around.len());
    while around.is_empty() {
        let chosen = &ranked[..room.min(ranked.len())];
        let is_alone = |place: &usize| !chosen.iter().any(|other| company[*place].contains_key(other));
        let Some(alone) = chosen.iter().rposition(is_alone) else { break };
        ranked.remove(alone);
    }
    let chosen = (0..around.len()).chain(ranked.into_iter().take(room)).take(most);
    chosen.map(|place| current(lens, &lines[place], place < around.len())).collect()
}

/// The relations that may count in the days of some lenses, each once, by id: all of them, or those of the company of some lines.
fn perhaps_in_force(lenses: &[&Lens<'_>], around: &[Line]) -> Vec<RelationId> {
    // What happened counts for a while: days enough for what lasts as well.
    let views: Vec<View<'_>> = lenses.iter().map(|l| l.view.clone().with_window(remembered(l.window))).collect();
    let mut all: Vec<RelationId> = if around.is_empty() {
        views.iter().flat_map(View::relations).collect()
    } else {
        let ties = |id: &ActorId| views.iter().flat_map(move |view| view.ties(*id)).copied().collect::<Vec<_>>();
        let named: BTreeSet<ActorId> = around.iter().flat_map(|line| line.members.iter().copied()).collect();
        let others: BTreeSet<ActorId> = named.iter().flat_map(ties).map(|n| n.other).collect();
        let lines = lenses.last().into_iter().flat_map(|lens| others.iter().flat_map(|id| lens.line(*id).members));
        let company: BTreeSet<ActorId> = lines.chain(named.iter().copied()).collect();
        company.iter().flat_map(ties).map(|n| n.relation).collect()
    };
    all.sort_unstable();
    all.dedup();
    all
}

/// The actors that are one with another through a rename or succession, contested or not.
fn continued(graph: &TemporalGraph) -> BTreeSet<ActorId> {
    let continuing = graph.vocabulary().types().filter(|(_, of_type)| of_type.continues);
    let relations = continuing.flat_map(|(kind, _)| graph.relations_of_type(kind));
    relations.flat_map(|id| <[ActorId; 2]>::from(graph.ends(*id))).collect()
}

/// The line by its youngest member in force; as it was named, where somebody named it.
fn current(lens: &Lens<'_>, line: &Line, is_named: bool) -> Line {
    let youngest = line.in_force(lens.graph, lens.window).last().copied();
    match youngest {
        Some(named) if !is_named => Line { named, members: line.members.clone() },
        _ => line.clone(),
    }
}

/// An order of lines in which friends stand together and enemies apart: by what each pair is to each other, and by how alike they stand to the
/// others. The order in which the lines are given does not matter.
#[must_use]
pub fn blocs(lens: &Lens<'_>, lines: &[Line]) -> Vec<usize> {
    let mut by_id: Vec<usize> = (0..lines.len()).collect();
    by_id.sort_by_key(|place| lines[*place].named);
    let count = lines.len();
    let mut signs = vec![vec![0_i64; count]; count];
    for a in 0..count {
        for b in a + 1..count {
            let value = match sign(lens, &lines[by_id[a]], &lines[by_id[b]]) {
                Sign::Friend => 2,
                Sign::Enemy => -2,
                Sign::Mixed | Sign::Dealings | Sign::NothingKnown => 0,
            };
            (signs[a][b], signs[b][a]) = (value, value);
        }
    }
    let unlike = |a: usize, b: usize| {
        let direct = 2 * (2 - signs[a][b]);
        let others = (0..count).filter(|c| *c != a && *c != b);
        let indirect: i64 = others.map(|c| (signs[a][c] - signs[b][c]).abs()).sum();
        (direct + indirect).unsigned_abs()
    };
    seriate(count, unlike).into_iter().map(|place| by_id[place]).collect()
}
