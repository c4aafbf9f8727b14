//! How much holds on a day, by type, without looking at what does.

use super::{Directedness, View};
use crate::model::{ActorId, Category, TypeId};
use crate::time::{Quantifier, Reading};

/// How many relations of a type a view has, and between how many actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypeTally {
    /// The type.
    pub kind: TypeId,
    /// Its relations; at least one.
    pub relations: usize,
    /// The actors at either end of them, each once.
    pub actors: usize,
}

impl<Ty: Directedness> View<'_, Ty> {
    /// How many relations of each type the view has, and how many actors they join; types of which it has none are left out. By type.
    ///
    /// # Complexity
    /// O(types · log days) for one day with all claims and all actors; otherwise O(relations in the view · log).
    ///
    /// ```
    /// use allegiance::{dataset, time::{Day, Reading}};
    /// let graph = dataset::embedded();
    /// let view = graph.on(Day::from_ymd(2018, 1, 1).unwrap(), Reading::Certain);
    /// let all: usize = view.tally().iter().map(|of_type| of_type.relations).sum();
    /// assert_eq!(all, view.relations().count());
    /// ```
    #[must_use]
    pub fn tally(&self) -> Vec<TypeTally> {
        let vocabulary = self.graph.vocabulary();
        let kinds = vocabulary.types().filter(|(kind, _)| self.keeps_type(*kind));
        kinds
            .filter_map(|(kind, of_type)| {
                // Whether lineage is there hangs on both its ends being present.
                if of_type.category != Category::Lineage
                    && let Some(counted) = self.counted(kind)
                {
                    return counted;
                }
                self.looked_at(kind)
            })
            .collect()
    }

    /// What was counted for the day of the view; `None` where nothing was.
    fn counted(&self, kind: TypeId) -> Option<Option<TypeTally>> {
        let window = self.window();
        let tables = &self.graph.tables;
        let is_one_day = window.first == window.last && window.quantifier != Quantifier::Within;
        if !is_one_day || self.is_filtered() || self.has_chosen_actors() {
            return None;
        }
        let number = tables.calendar.census_day(window.first)?;
        let census = &tables.census[usize::from(self.reading() == Reading::Possible)];
        Some(census.on(kind, number).map(|step| TypeTally {
            kind,
            relations: step.relations as usize,
            actors: step.actors as usize,
        }))
    }

    fn looked_at(&self, kind: TypeId) -> Option<TypeTally> {
        let mut actors: Vec<ActorId> = Vec::new();
        let mut relations = 0;
        for id in self.relations_of(kind) {
            let (subject, object) = self.graph.ends(id);
            actors.extend([subject, object]);
            relations += 1;
        }
        actors.sort_unstable();
        actors.dedup();
        (relations > 0).then_some(TypeTally { kind, relations, actors: actors.len() })
    }
}
