//! Layouts end, stay finite and keep boxes apart, whatever they are given.

use allegiance::layout::{Edge, Node, Options, Point, layout};
use proptest::prelude::*;

/// Whether each box has a finite place and no two overlap, sizes read as [`layout`] says they are.
fn assert_apart(nodes: &[Node], at: &[Point]) {
    assert_eq!(nodes.len(), at.len());
    let read = |size: f64| if size > 0.0 { size.min(10_000.0) } else { 0.0 };
    for (n, p) in at.iter().enumerate() {
        assert!(p.x.is_finite() && p.y.is_finite(), "{n} stands at {p:?}");
    }
    for a in 0..nodes.len() {
        for b in a + 1..nodes.len() {
            let wide = (read(nodes[a].width) + read(nodes[b].width)) / 2.0 - (at[a].x - at[b].x).abs();
            let high = (read(nodes[a].height) + read(nodes[b].height)) / 2.0 - (at[a].y - at[b].y).abs();
            assert!(wide < 1e-3 || high < 1e-3, "{a} and {b} overlap by {wide} × {high}");
        }
    }
}

/// Any number that a size or distance might be by mistake.
fn wild() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => 0.0..300.0_f64,
        1 => any::<f64>(),
        1 => prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN_POSITIVE, -0.0, 0.0, 1e300, -1.0]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn wild_numbers_give_places_all_the_same(
        sizes in prop::collection::vec((wild(), wild()), 0..14),
        ties in prop::collection::vec((0..16_usize, 0..16_usize, wild()), 0..24),
        (gap, spacing, aspect) in (wild(), wild(), wild()),
        tries in prop_oneof![0..4_usize, Just(usize::MAX)],
    ) {
        let nodes: Vec<Node> = sizes.into_iter().map(|(width, height)| Node { width, height }).collect();
        let edges: Vec<Edge> = ties.into_iter().map(|(from, to, length)| Edge { from, to, length }).collect();
        let options = Options { gap, spacing, aspect, tries };
        let at = layout(&nodes, &edges, &options);
        assert_apart(&nodes, &at);
        prop_assert_eq!(at, layout(&nodes, &edges, &options));
    }
}

#[test]
fn thousands_of_boxes_get_places_with_the_best_connected_in_the_middle() {
    let nodes: Vec<Node> = (0..3_000_usize)
        .map(|n| Node { width: 40.0 + (n % 7) as f64 * 15.0, height: 20.0 + (n % 3) as f64 * 10.0 })
        .collect();
    // One star of a thousand around box 500, the rest alone.
    let edges: Vec<Edge> = (1_000..2_000).map(|n| Edge { from: 500, to: n, length: 1.0 }).collect();
    let at = layout(&nodes, &edges, &Options::default());
    assert_apart(&nodes, &at);
    let (right, bottom) = at.iter().fold((0.0_f64, 0.0_f64), |(x, y), p| (x.max(p.x), y.max(p.y)));
    let middle = Point { x: right / 2.0, y: bottom / 2.0 };
    let far = |n: usize| (at[n] - middle).norm();
    assert!(far(500) < right / 20.0, "the hub stands in the middle");
    let farthest_tied = (1_000..2_000).map(far).fold(0.0, f64::max);
    let nearest_alone = (0..500).map(far).fold(f64::INFINITY, f64::min);
    assert!(farthest_tied <= nearest_alone + 150.0, "{farthest_tied}, {nearest_alone}");
    assert!((0.8..2.2).contains(&(right / bottom)), "{right} × {bottom}");
}

#[test]
fn very_many_ties_end_as_well() {
    let nodes = vec![Node { width: 60.0, height: 20.0 }; 400];
    let all = (0..400).flat_map(|a| (a + 1..400).map(move |b| Edge { from: a, to: b, length: 1.0 }));
    assert_apart(&nodes, &layout(&nodes, &all.collect::<Vec<_>>(), &Options::default()));
}
