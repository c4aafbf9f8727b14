//! The connected parts of a network.

use super::{Edge, Node};

/// A connected part: its boxes, the ties between them, each pair once, and where its boxes stand in the whole list.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) members: Vec<usize>,
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    /// How much each tie weighs: more where several lines join the same two.
    pub(super) weights: Vec<f64>,
    /// For each box the boxes it has a tie with, and the length of the tie.
    pub(super) neighbours: Vec<Vec<(usize, f64)>>,
    /// For each box the weights of those ties, in the same order.
    pub(super) pulls: Vec<Vec<f64>>,
}

/// What each further line between the same two adds to the weight of their tie.
const FURTHER: f64 = 0.35;

/// Two boxes with ties.
struct Pair {
    a: usize,
    b: usize,
    length: f64,
    weight: f64,
}

/// Returns the connected parts, those with more boxes first, equals in the order of their first box.
pub(super) fn split(nodes: &[Node], edges: &[Edge]) -> Vec<Part> {
    let mut pairs: Vec<(usize, usize, f64)> = edges
        .iter()
        .filter(|e| e.from != e.to && e.from < nodes.len() && e.to < nodes.len())
        .map(|e| {
            let length = if e.length.is_finite() { e.length.clamp(0.2, 5.0) } else { 1.0 };
            (e.from.min(e.to), e.from.max(e.to), length)
        })
        .collect();
    pairs.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
    let mut joined: Vec<Pair> = Vec::new();
    for (a, b, length) in pairs {
        match joined.last_mut() {
            Some(last) if (last.a, last.b) == (a, b) => last.weight += FURTHER,
            _ => joined.push(Pair { a, b, length, weight: 1.0 }),
        }
    }
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for pair in &joined {
        near[pair.a].push(pair.b);
        near[pair.b].push(pair.a);
    }
    let mut part_of: Vec<Option<usize>> = vec![None; nodes.len()];
    let mut all: Vec<Vec<usize>> = Vec::new();
    for start in 0..nodes.len() {
        if part_of[start].is_some() {
            continue;
        }
        let mut members = vec![start];
        part_of[start] = Some(all.len());
        let mut next = 0;
        while next < members.len() {
            for other in &near[members[next]] {
                if part_of[*other].is_none() {
                    part_of[*other] = Some(all.len());
                    members.push(*other);
                }
            }
            next += 1;
        }
        members.sort_unstable();
        all.push(members);
    }
    all.sort_by_key(|members| (std::cmp::Reverse(members.len()), members[0]));
    let mut rank = vec![0; nodes.len()];
    for members in &all {
        for (at, member) in members.iter().enumerate() {
            rank[*member] = at;
        }
    }
    let mut parts: Vec<Part> = all
        .iter()
        .map(|members| Part {
            nodes: members.iter().map(|m| nodes[*m]).collect(),
            edges: Vec::new(),
            weights: Vec::new(),
            pulls: vec![Vec::new(); members.len()],
            neighbours: vec![Vec::new(); members.len()],
            members: members.clone(),
        })
        .collect();
    let mut place = vec![0; nodes.len()];
    for (number, members) in all.iter().enumerate() {
        for member in members {
            place[*member] = number;
        }
    }
    for Pair { a, b, length, weight } in joined {
        let part = &mut parts[place[a]];
        part.weights.push(weight);
        part.pulls[rank[a]].push(weight);
        part.pulls[rank[b]].push(weight);
        part.edges.push(Edge { from: rank[a], to: rank[b], length });
        part.neighbours[rank[a]].push((rank[b], length));
        part.neighbours[rank[b]].push((rank[a], length));
    }
    parts
}
