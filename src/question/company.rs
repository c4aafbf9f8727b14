//! Whom to show together, and in which order: the lines with the most relations, and rows in which friends stand together.

use super::history::{in_force, sign};
use super::{Lens, Line};
use crate::algo::seriate;
use crate::model::{ActorId, Category, Sign};
use crate::time::Holds;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The lines with the most relations in force with one another in the days of some lenses, most first; those with as many stand by name. A relation
/// counts once, whichever way it runs and by how many lenses it is seen. Holding a place, being active in it, and lineage do not count.
///
/// With `around`, these come first and stay, and only those follow who have a relation with one of them, by how many they have with them.
///
/// Who has nothing to do with any other of those chosen makes room for the next.
///
/// # Complexity
/// O(relations · log + n · most²), n being the number of lines with a relation.
#[must_use]
pub fn most_connected(lenses: &[&Lens<'_>], around: &[Line], most: usize) -> Vec<Line> {
    let Some(lens) = lenses.last() else { return Vec::new() };
    let graph = lens.graph;
    let mut line_of: BTreeMap<ActorId, usize> = BTreeMap::new();
    let mut lines: Vec<Line> = Vec::new();
    for line in around.iter().cloned().chain(graph.actors().map(|(id, _)| lens.line(id))) {
        if !line_of.contains_key(&line.named) {
            line_of.extend(line.members.iter().map(|id| (*id, lines.len())));
            lines.push(line);
        }
    }
    // How many relations each line has with each other one.
    let mut company: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); lines.len()];
    for (id, relation) in graph.relations() {
        let (a, b) = (line_of[&relation.subject], line_of[&relation.object]);
        let category = graph.vocabulary().relation_type(relation.kind).category;
        let counts = a != b
            && !matches!(category, Category::Territory | Category::Lineage)
            && lens.keeps_type(relation.kind)
            && lens.is_sourced(id)
            && lenses.iter().any(|lens| in_force(lens, id) != Holds::No);
        if counts {
            *company[a].entry(b).or_default() += 1;
            *company[b].entry(a).or_default() += 1;
        }
    }
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
