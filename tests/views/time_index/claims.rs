//! Claim filters on graphs of so many relations that each is weighed only when it is asked about.

use super::graphs::{Axis, Dice, Size, build, case, claim_filter, filter, indices, slice, slug, view};
use super::oracle::{Filter, Slice};
use crate::records;
use crate::{Telling, for_some};
use allegiance::graph::Direction;
use allegiance::model::{ActorId, RelationId};
use allegiance::time::{Dated, Window};
use proptest::prelude::*;

/// Enough that a graph is too large to be weighed anew as a whole. Written out, so that the tests notice when it is another.
const MANY: usize = 20_001;

#[test]
fn claim_filters_on_many_relations_leave_what_they_leave_of_few() {
    let [altered, gone, some] = std::array::from_fn(|_| Telling::default());
    for_some(128, &any::<u64>().no_shrink(), |seed| {
        let mut dice = Dice::new(seed);
        let (axis, actors, relations) = (Axis::new(&mut dice), 7, 700);
        let case = case(&mut dice, &axis, Size { actors, relations });
        let few = build(&case, &axis, std::iter::empty());
        // As many more as it takes, behind those of the case: an actor with itself on days of its own.
        let more =
            (relations..MANY).map(|at| records::relation(&slug('r', at), 6, 6, Dated::parse("2020").expect("a year")));
        let many = build(&case, &axis, more);
        prop_assert_eq!(many.relation_count(), MANY);
        for _ in 0..30 {
            let filter = filter(&mut dice, &axis);
            let slice = Slice { among: Some((0..6).collect()), ..slice(&mut dice, &axis, actors) };
            let held = case.held(&filter);
            let seen = case.seen(&held, &slice);
            let (of_few, of_many) = (view(&few, &axis, &slice, &filter), view(&many, &axis, &slice, &filter));
            for id in (0..relations).map(RelationId::new) {
                prop_assert_eq!(
                    of_few.standing(id),
                    of_many.standing(id),
                    "{:?} {:?}",
                    &filter,
                    case.relations[id.index()]
                );
                let before = few.standing(id);
                altered.count(of_few.standing(id) != before && of_few.standing(id).status != before.status);
                gone.count(!before.extent().is_never() && of_few.standing(id).extent().is_never());
            }
            prop_assert_eq!(&indices(of_few.relations()), &seen);
            prop_assert_eq!(&indices(of_many.relations()), &seen);
            prop_assert_eq!(of_few.tally(), of_many.tally());
            for actor in (0..actors).map(ActorId::new) {
                for direction in [Direction::Outgoing, Direction::Incoming] {
                    let row =
                        |view: &allegiance::graph::View<'_>| indices(view.row(actor, direction).map(|n| n.relation));
                    prop_assert_eq!(row(&of_few), row(&of_many));
                }
            }
            some.count(seen.len() > 9);
        }
        // A filter that keeps all claims alters nothing that is not dated otherwise.
        let everything = Filter { known_by: Some(super::oracle::FUTURE), ..Filter::default() };
        let view =
            many.view(Window::ALL, allegiance::time::Reading::Possible).with_claims(claim_filter(&everything, &axis));
        let same = (0..MANY).map(RelationId::new).filter(|id| view.standing(*id) == many.standing(*id)).count();
        prop_assert!(
            same > MANY - relations
                && same >= MANY - case.relations.iter().filter(|r| r.claims[0].own.is_some()).count()
        );
        Ok(())
    });
    altered.assert_percent(10, "another status");
    gone.assert_percent(10, "nothing left");
    some.assert_percent(30, "ten relations or more");
}
