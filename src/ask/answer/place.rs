//! Where somebody is: bases, presence, ground held.

use super::super::question::{Named, Who};
use super::super::reply::Reply;
use super::Asking;
use crate::model::Category;
use crate::question::RelationWord;

impl Asking<'_, '_> {
    /// Where somebody is.
    pub(super) fn place(&self, of: &Named) -> Reply {
        let vocabulary = self.lens.graph.vocabulary();
        let types = vocabulary.types_of(Category::Territory);
        // Read from the places: where somebody is based, present, operating or in control.
        let tie = RelationWord {
            name: "place-of".to_owned(),
            types,
            inverted: true,
            either_way: false,
            turned: Vec::new(),
            polarity: None,
            label: "place of".to_owned(),
        };
        let mut reply =
            self.who(&Who::Related { tie, to: Box::new(Who::Named(of.clone())) }, None, crate::ask::Manner::Holding);
        reply.kind = Some("where");
        reply
    }
}
