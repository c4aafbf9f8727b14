//! Readings by ties: the items of a sentence as a row, its circumstances left out one by one.

use super::*;

impl Parsed<'_, '_> {
    /// The readings by ties: every item but free words, prepositions and words of time that the tie bears. What follows a preposition ("in Syria",
    /// "for the clashes in Latakia") may be no more than a circumstance, which the records must then bear out.
    pub(super) fn by_ties(&self) -> Vec<Candidate> {
        self.by_ties_inside(&[])
    }

    /// The same without the items of an outer question: "how sure are we that".
    pub(super) fn by_ties_inside(&self, outer: &[usize]) -> Vec<Candidate> {
        let whole = self.by_ties_but(&[], outer);
        let circumstances = self.circumstances();
        let rest = circumstances.into_iter().flat_map(|places| self.by_ties_but(&places, outer)).collect::<Vec<_>>();
        // In "al-Qaeda affiliates in the Sahel" nobody affiliates the Sahel.
        let is_heading = self.wh().is_none() && !self.starts_with_aux() && !self.names_but_places().is_empty();
        if is_heading && !rest.is_empty() && self.names_but_places().len() < self.actors.len() {
            return rest;
        }
        whole.into_iter().chain(rest).collect()
    }

    /// What may be left out as a circumstance, the least first: a place alone, then all that follows one of the last prepositions.
    pub(super) fn circumstances(&self) -> Vec<Vec<usize>> {
        let mut found: Vec<Vec<usize>> = Vec::new();
        let is_named_after_in = |at: usize| {
            matches!(self.items.get(at.wrapping_sub(1)), Some(Placed { item: Item::In, .. }))
                && matches!(&self.items[at].item, Item::Name(_))
        };
        let places: Vec<usize> = (0..self.items.len()).filter(|at| is_named_after_in(*at)).collect();
        if !places.is_empty() {
            found.push(places);
        }
        // At a preposition, or where words stand that mean nothing.
        let is_cut = |at: &usize| {
            let is_loose = |at: usize| {
                matches!(self.items[at].item, Item::In | Item::Prep | Item::Of | Item::Free)
                    || self.sentence.word(self.items[at].words.start) == "according"
            };
            is_loose(*at)
                && self.items[..*at]
                    .iter()
                    .any(|placed| matches!(placed.item, Item::Name(_) | Item::Phrase(_, Some(_))))
        };
        let cuts: Vec<usize> = (1..self.items.len()).filter(is_cut).rev().take(MOST_CIRCUMSTANCES).collect();
        found.extend(cuts.into_iter().map(|at| (at..self.items.len()).collect()));
        found.dedup();
        found
    }

    pub(super) fn by_ties_but(&self, left_out: &[usize], outer: &[usize]) -> Vec<Candidate> {
        let asks_end = |placed: &Placed| {
            Self::asks(placed)
                .any(|ask| matches!(ask, "start" | "finish" | "span" | "no-longer" | "each-other" | "common" | "names"))
        };
        let is_sort = |placed: &Placed| matches!(&placed.item, Item::Phrase(meanings, _) if meanings.iter().any(|m| matches!(m, Meaning::Sort(_))));
        let mut kept: Vec<&Placed> = Vec::new();
        let mut left: Vec<&Placed> = Vec::new();
        for (at, placed) in self.items.iter().enumerate() {
            match &placed.item {
                _ if outer.contains(&at) => {}
                _ if left_out.contains(&at) || self.is_in_undated(placed) => left.push(placed),
                Item::Phrase(..) if Self::is_tie(placed) || is_sort(placed) => kept.push(placed),
                Item::Phrase(..) if asks_end(placed) => {}
                Item::Free | Item::Phrase(..) => left.push(placed),
                Item::Prep | Item::In | Item::Of | Item::Not => {}
                _ => kept.push(placed),
            }
        }
        let mut unaccounted = self.words_of(left.iter().copied());
        let mut actors: Vec<ActorId> = Vec::new();
        for placed in left {
            match &placed.item {
                Item::Name(named) | Item::Phrase(_, Some(named)) => actors.push(named.actor),
                _ => {}
            }
        }
        let mut row: Vec<Item> = Vec::with_capacity(kept.len());
        for placed in &kept {
            row.push(placed.item.clone());
            if let Item::Phrase(_, Some(inside)) = &placed.item {
                row.push(Item::Name(inside.clone()));
            }
        }
        // "Sharaa's group" is whoever his name means.
        for at in (0..row.len()).rev() {
            let is_sort_alone =
                |item: &Item| matches!(item, Item::Phrase(m, _) if m.iter().all(|m| matches!(m, Meaning::Sort(_))));
            if row[at] == Item::Poss && row.get(at + 1).is_some_and(is_sort_alone) {
                row.drain(at..at + 2);
            }
        }
        if row.len() > MOST_ITEMS || !kept.iter().any(|placed| Self::is_tie(placed)) {
            return Vec::new();
        }
        let sort = kept.iter().find(|placed| is_sort(placed));
        let text_of_sort = sort.map_or("", |placed| self.sentence.typed(placed.words.clone()));
        let mut questions = patterns::by_ties(Row { items: &row, lexicon: self.ground.lexicon }, text_of_sort);
        if questions.is_empty() && kept.iter().any(|placed| matches!(placed.item, Item::Phrase(_, Some(_)))) {
            // "defect from X to Y": the one inside the phrase is left to be borne out.
            let outside: Vec<Item> = kept.iter().map(|placed| placed.item.clone()).collect();
            questions = patterns::by_ties(Row { items: &outside, lexicon: self.ground.lexicon }, text_of_sort);
            if !questions.is_empty() {
                actors.extend(kept.iter().filter_map(|placed| match &placed.item {
                    Item::Phrase(_, Some(inside)) => Some(inside.actor),
                    _ => None,
                }));
            }
        }
        if sort.is_some() && questions.is_empty() {
            // A word for a sort may be no more than an addition: "the HTS group".
            let is_only_sort =
                |item: &Item| matches!(item, Item::Phrase(m, _) if m.iter().all(|m| matches!(m, Meaning::Sort(_))));
            let is_name = |at: usize| matches!(row.get(at), Some(Item::Name(_)));
            let is_addition = |at: usize| is_only_sort(&row[at]) && (is_name(at + 1) || at > 0 && is_name(at - 1));
            let bare: Vec<Item> = (0..row.len()).filter(|at| !is_addition(*at)).map(|at| row[at].clone()).collect();
            questions = patterns::by_ties(Row { items: &bare, lexicon: self.ground.lexicon }, "");
            // One that stands beside nobody named is left to be borne out: "the capital".
            let is_name = |at: Option<usize>| {
                at.and_then(|at| kept.get(at)).is_some_and(|placed| matches!(placed.item, Item::Name(_)))
            };
            let alone = kept.iter().enumerate().filter(|(at, placed)| {
                is_only_sort(&placed.item) && !is_name(at.checked_sub(1)) && !is_name(at.checked_add(1))
            });
            unaccounted.extend(self.words_of(alone.map(|(_, placed)| *placed)));
        }
        {
            // "does X occupy Y's territory"
            let ends_name = |at: usize| at > 0 && matches!(row[at - 1], Item::Name(_) | Item::Poss);
            let bare = (0..row.len()).filter(|at| !(ends_name(*at) && self.is_word_for_place(&row[*at])));
            let mut bare: Vec<Item> = bare.map(|at| row[at].clone()).collect();
            if bare.len() < row.len() {
                while bare.last() == Some(&Item::Poss) {
                    bare.pop();
                }
                questions.extend(patterns::by_ties(Row { items: &bare, lexicon: self.ground.lexicon }, text_of_sort));
            }
        }
        // "who leads Afghanistan": where nobody leads it, those who govern it.
        let further = without_first_sense(&row);
        if further != row {
            for question in patterns::by_ties(Row { items: &further, lexicon: self.ground.lexicon }, text_of_sort) {
                if !questions.contains(&question) {
                    questions.push(question);
                }
            }
        }
        if self.breaks_off() && self.actors.is_empty() {
            return Vec::new();
        }
        // "who stopped the offensive" asks who made it end, not who made it.
        let stops =
            self.items.iter().any(|placed| !Self::is_tie(placed) && Self::asks(placed).any(|ask| ask == "finish"));
        if self.has_ask("common") {
            questions = questions.into_iter().map(in_common).collect();
        }
        if self.breaks_off() {
            questions.retain(|question| !matches!(question, Question::Whether { b: None, .. }));
        }
        questions
            .into_iter()
            .filter(|question| !(stops && matches!(question, Question::Who { .. } | Question::Count(_))))
            .filter_map(|question| self.at_risk(question))
            .flat_map(|question| self.of_its_own(question))
            .map(|question| Candidate {
                question: self.in_manner(question),
                unaccounted: unaccounted.clone(),
                actors: actors.clone(),
            })
            .collect()
    }

    /// Whether an item stands in a clause of time that no record dates.
    pub(super) fn is_in_undated(&self, placed: &Placed) -> bool {
        self.days.undated.iter().any(|clause| clause.contains(&placed.words.start))
    }

    /// "did HTS split" asks of a part that leaves it, before it asks whom it left.
    pub(super) fn of_its_own(&self, question: Question) -> Vec<Question> {
        let vocabulary = self.ground.graph.vocabulary();
        let breaks = |tie: &RelationWord| {
            ["splits_from", "may_break_with"]
                .iter()
                .any(|name| vocabulary.type_named(name).is_some_and(|kind| tie.types.contains(&kind)))
        };
        match &question {
            Question::Whether { a, tie, b: None, ended } if breaks(tie) && !tie.inverted => {
                let tie = tie.clone().from_the_other_side();
                let turned = Question::Whether { a: a.clone(), tie, b: None, ended: *ended };
                vec![turned, question]
            }
            _ => vec![question],
        }
    }

    /// A question that begins with "could" or "may" is one of risk: of going over or breaking away, the only ones that records tell; `None` of others.
    pub(super) fn at_risk(&self, mut question: Question) -> Option<Question> {
        let is_modal = |placed: &Placed| {
            matches!(placed.item, Item::Aux(Aux::Modal, _)) || Self::asks(placed).any(|ask| ask == "risk")
        };
        if !self.items.iter().any(is_modal) {
            return Some(question);
        }
        let lexicon = self.ground.lexicon;
        let vocabulary = self.ground.graph.vocabulary();
        let turn = |tie: &mut RelationWord| {
            let has = |name: &str| vocabulary.type_named(name).is_some_and(|kind| tie.types.contains(&kind));
            let sense = if has("may_defect_to") || has("may_break_with") {
                return true;
            } else if has("defects_to") || has("member_of") {
                lexicon.sense("may-defect")
            } else if has("splits_from") || has("breaks_with") {
                lexicon.sense("may-break")
            } else {
                None
            };
            let Some(sense) = sense else { return false };
            *tie = lexicon.tie(sense, tie.inverted);
            true
        };
        let is_told = match &mut question {
            Question::Whether { tie, .. } | Question::When { tie, .. } => turn(tie),
            Question::Who { set: Who::Related { tie, .. }, .. } => turn(tie),
            Question::Count(_) | Question::Any(_) | Question::Who { .. } => false,
            _ => true,
        };
        is_told.then_some(question)
    }

    /// A question with what "no longer", "stopped" and "never" make of it.
    pub(super) fn in_manner(&self, mut question: Question) -> Question {
        let ends = self.items.iter().any(|placed| {
            Self::asks(placed).any(|ask| matches!(ask, "finish" | "no-longer"))
                || matches!(&placed.item, Item::Phrase(meanings, _) if matches!(meanings.first(), Some(Meaning::Tie { ends: true, .. })))
        });
        match &mut question {
            Question::Whether { ended, .. } => *ended |= ends,
            Question::When { end, .. } if ends => *end = crate::ask::End::Finish,
            Question::Count(inner) => {
                let bare = (**inner).clone();
                **inner = self.in_manner(bare);
            }
            Question::Who { manner, .. } if self.is_negated() => *manner = crate::ask::Manner::Denied,
            Question::Who { manner, .. } if ends => *manner = crate::ask::Manner::Ended,
            _ => {}
        }
        question
    }

    /// Whether an item says no more than that a place is one ("Syrian territory").
    pub(super) fn is_word_for_place(&self, item: &Item) -> bool {
        let vocabulary = self.ground.graph.vocabulary();
        let is_place =
            |kinds: &[crate::model::KindId]| kinds.iter().any(|kind| &*vocabulary.kind(*kind).name == "place");
        matches!(item, Item::Phrase(meanings, _) if meanings.iter().any(|m| matches!(m, Meaning::Sort(kinds) if is_place(kinds))))
    }
}

/// "who shares an enemy with X": those who stand so to those to whom X does.
fn in_common(question: Question) -> Question {
    match question {
        Question::Who { set: Who::Related { tie, to }, sort, manner } if matches!(*to, Who::Named(_)) => {
            let shared = Who::Related { tie: tie.clone(), to };
            Question::Who { set: Who::Related { tie, to: Box::new(shared) }, sort, manner }
        }
        // "do A and B share an enemy"
        Question::Whether { a, tie, b: Some(b), ended: false } => {
            let of = |named: Named| Box::new(sets::related(tie.clone(), Who::Named(named)));
            let shared =
                Question::Who { set: Who::Both(of(a), of(b)), sort: None, manner: crate::ask::Manner::Holding };
            Question::Any(Box::new(shared))
        }
        other => other,
    }
}

/// A row in which a phrase with several senses has lost the first.
fn without_first_sense(row: &[Item]) -> Vec<Item> {
    let sense = |meaning: &Meaning| if let Meaning::Tie { sense, .. } = meaning { Some(*sense) } else { None };
    row.iter()
        .map(|item| match item {
            Item::Phrase(meanings, inside) => {
                let first = meanings.iter().find_map(sense);
                let rest: Vec<Meaning> = meanings.iter().filter(|meaning| sense(meaning) != first).cloned().collect();
                // What ends one tie is another tie of its own: that is no second choice.
                let ends = meanings.iter().any(|meaning| matches!(meaning, Meaning::Tie { ends: true, .. }));
                let has_other = !ends && rest.iter().any(|meaning| sense(meaning).is_some());
                Item::Phrase(if has_other { rest } else { meanings.clone() }, inside.clone())
            }
            other => other.clone(),
        })
        .collect()
}
