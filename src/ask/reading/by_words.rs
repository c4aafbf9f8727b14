//! A sentence as a question to the records, by all its words.

use super::*;

impl Parsed<'_, '_> {
    /// The sentence as a question to the records, by all its words.
    pub(super) fn records(&self) -> Option<Candidate> {
        // What sources disagree about or leave without a name, and who is the same, no record tells by its words.
        let is_of_another_kind = |placed: &Placed| {
            matches!(&placed.item, Item::Phrase(meanings, _) if meanings.iter().all(|m| matches!(m, Meaning::Ask(_))))
                && Self::asks(placed).any(|ask| matches!(ask, "anonymous" | "disagreements" | "same" | "list-sources"))
        };
        let is_beyond_records =
            self.days.is_split || self.days.is_undated_side() || self.items.iter().any(|p| p.item == Item::Unread);
        if is_beyond_records
            || self.items.iter().any(is_of_another_kind)
            || self.breaks_off()
            || self.asks_what_it_is_called()
        {
            return None;
        }
        // What ended, or made something end, is part of the deed; a date is asked of one end or the other anyhow.
        let is_of_time = matches!(self.wh(), Some(Wh::When | Wh::Since | Wh::Until | Wh::Span));
        let ends =
            |placed: &Placed| !is_of_time && Self::asks(placed).any(|ask| matches!(ask, "finish" | "gone" | "founded"));
        let is_content = |placed: &&Placed| match &placed.item {
            Item::Free => !self.is_suffering(placed),
            Item::Phrase(meanings, _) => ends(placed) || meanings.iter().any(|m| matches!(m, Meaning::Tie { .. })),
            _ => false,
        };
        let mut words = self.words_of(self.items.iter().filter(is_content));
        // A word for a sort is one of content where it neither says what is asked for nor stands beside a name ("the HTS group").
        let is_sort = |placed: &Placed| matches!(&placed.item, Item::Phrase(m, _) if m.iter().all(|m| matches!(m, Meaning::Sort(_))));
        let says_nothing = |placed: &Placed| matches!(placed.item, Item::Of | Item::Prep | Item::In);
        for (at, placed) in self.items.iter().enumerate().filter(|(_, placed)| is_sort(placed)) {
            let before = self.items[..at].iter().rev().find(|placed| !says_nothing(placed)).map(|placed| &placed.item);
            let after = self.items.get(at + 1).map(|placed| &placed.item);
            let is_spoken_for = matches!(before, Some(Item::Wh(_) | Item::Name(_) | Item::Poss) | None)
                || matches!(after, Some(Item::Name(_)));
            if !is_spoken_for {
                words.extend(
                    self.words_of(std::iter::once(placed))
                        .into_iter()
                        .filter(|word| !words.contains(word))
                        .collect::<Vec<_>>(),
                );
            }
        }
        let is_risk = |placed: &Placed| Self::asks(placed).any(|ask| ask == "risk");
        let starts_with_aux =
            self.items.first().is_some_and(|placed| matches!(placed.item, Item::Aux(..)) || is_risk(placed));
        let wanted = match self.wh() {
            Some(Wh::When | Wh::Since | Wh::Until | Wh::Span) => Wanted::When,
            Some(Wh::Who | Wh::Whose) => Wanted::Who,
            Some(Wh::Where) => Wanted::Where,
            Some(Wh::HowMany) => Wanted::HowMany,
            Some(Wh::What)
                if self.items.iter().any(
                    |p| matches!(&p.item, Item::Phrase(m, _) if m.iter().any(|m| matches!(m, Meaning::Sort(_)))),
                ) =>
            {
                Wanted::Who
            }
            Some(Wh::What | Wh::How | Wh::Why) => Wanted::What,
            None if self.starts_with_aux() => Wanted::Whether,
            None => Wanted::What,
        };
        let wanted =
            if self.items.iter().any(|p| Self::asks(p).any(|ask| ask == "count")) { Wanted::HowMany } else { wanted };
        // What may come, and what was not so, is said by words that carry nothing elsewhere.
        // "announced that it would" speaks of no risk.
        let is_told = |placed: &Placed| self.sentence.word(placed.words.start) == "would" && !starts_with_aux;
        let is_turning = |placed: &&Placed| {
            (matches!(placed.item, Item::Aux(Aux::Modal, _) | Item::Not) || is_risk(placed)) && !is_told(placed)
        };
        // "might defect": a word of possibility inside a phrase tells of a risk too.
        let phrases = self.items.iter().filter(|placed| matches!(placed.item, Item::Phrase(..)) && !is_risk(placed));
        for word in phrases.flat_map(|placed| placed.words.clone()).map(|at| self.sentence.word(at)) {
            if matches!(word, "may" | "might" | "could") && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
        for at in self.items.iter().filter(is_turning).flat_map(|placed| placed.words.clone()) {
            words.push(self.sentence.word(at).to_owned());
        }
        // What somebody said is told by records of statements.
        let is_saying = |placed: &Placed| {
            Self::asks(placed).any(|ask| ask == "known")
                && !placed
                    .words
                    .clone()
                    .any(|at| matches!(self.sentence.word(at), "known" | "know" | "recorded" | "record"))
        };
        if self.items.iter().any(is_saying) && !self.publication.asks_what_is_said {
            words.push("statement".to_owned());
        }
        // Without anybody named a single word is too little to find a record by; of somebody named there may be a number.
        let is_number = wanted == Wanted::HowMany && !self.actors.is_empty();
        let has_free = self.items.iter().any(|placed| placed.item == Item::Free);
        if self.breaks_off()
            || (words.is_empty() && !is_number)
            || (self.actors.is_empty() && (words.len() < 2 || !has_free))
        {
            return None;
        }
        // A number of one is his whatever he does.
        let is_number_of_one = wanted == Wanted::HowMany && self.actors.len() == 1;
        // "according to X, how does Y regard Z": what Y does is only told.
        let is_told_by = self.items.iter().any(|placed| self.sentence.word(placed.words.start) == "according");
        let (agent, target) = if is_number_of_one || is_told_by { (None, None) } else { self.parts() };
        let question = RecordQuestion { wanted, actors: self.names(), agent, target, words };
        Some(Candidate::new(Question::Records(question), Vec::new()))
    }

    /// Whether a word says that its subject has something done to it, and no more.
    pub(super) fn is_suffering(&self, placed: &Placed) -> bool {
        placed.item == Item::Free && self.ground.lexicon.concept(self.sentence.word(placed.words.start)) == SUFFERING
    }

    /// "who received al-Sharaa in Paris": a place may be where he was whom is asked for, so that it is not named as one who takes part.
    pub(super) fn records_at_places(&self) -> Option<Candidate> {
        let places = self.places();
        let mut candidate = self.records().filter(|_| !places.is_empty() && places.len() < self.actors.len())?;
        let Question::Records(records) = &mut candidate.question else { return None };
        if records.wanted != Wanted::Who || records.agent.is_some() || records.target.is_some() {
            return None;
        }
        records.actors.retain(|named| !places.contains(&named.actor));
        candidate.actors = places;
        Some(candidate)
    }

    /// Which of the actors does it and to which it is done, where the order of the sentence says so.
    pub(super) fn parts(&self) -> (Option<usize>, Option<usize>) {
        let place = |named: &Named, words: &std::ops::Range<usize>| {
            self.actors.iter().position(|actor| actor.named == *named && words.contains(&actor.words.start))
        };
        let row: Vec<&Placed> =
            self.items.iter().filter(|p| !matches!(p.item, Item::Prep | Item::In | Item::Of | Item::Not)).collect();
        let mut agent = None;
        for pair in row.windows(2) {
            if let (Item::By, Item::Name(named)) = (&pair[0].item, &pair[1].item) {
                agent = place(named, &pair[1].words);
            }
        }
        // "did X …", "has X …", "is X …ing": the first name after the first auxiliary is the subject.
        let aux = row.iter().position(|placed| matches!(placed.item, Item::Aux(..)));
        let subject = aux.and_then(|at| match (&row[at].item, row.get(at + 1).map(|p| (&p.item, &p.words))) {
            // In "who is X's adviser" X is no subject.
            (Item::Aux(aux, _), Some((Item::Name(named), words)))
                if row.get(at + 2).is_none_or(|p| p.item != Item::Poss) =>
            {
                place(named, words).map(|who| (*aux, who, at + 2))
            }
            _ => None,
        });
        match subject {
            Some((Aux::Be | Aux::Have, who, next)) => {
                let is_passive = row.get(next).is_some_and(|placed| match &placed.item {
                    Item::Phrase(meanings, _) => {
                        matches!(meanings.first(), Some(Meaning::Tie { form: Form::Past | Form::Participle, .. }))
                    }
                    Item::Free => self.sentence.word(placed.words.start).ends_with("ed"),
                    _ => false,
                });
                // "was the ISIS plot thwarted": only a part of what was.
                let is_noun = row.get(next).is_some_and(|placed| match &placed.item {
                    Item::Phrase(meanings, _) => {
                        meanings.iter().all(|m| matches!(m, Meaning::Tie { form: Form::Matter | Form::Base, .. }))
                    }
                    _ => false,
                });
                if is_noun && row.len() > next + 1 {
                    return (agent, None);
                }
                let is_be = matches!(row[aux.unwrap_or(0)].item, Item::Aux(Aux::Be, _));
                let does = row.get(next).is_some_and(|placed| {
                    Self::is_tie(placed) || self.sentence.word(placed.words.start).ends_with("ing")
                });
                if agent.is_some() || (is_passive && is_be) {
                    (agent, Some(who))
                } else {
                    // "who is trumps adviser" has no verb.
                    (does.then_some(who), None)
                }
            }
            Some((kind @ (Aux::Do | Aux::Modal), who, next)) => match row.get(next).map(|placed| &placed.item) {
                // "did Assad fall": he suffers it.
                // "did X suffer losses": done to it.
                Some(_) if self.is_suffering(row[next]) => (agent, Some(who)),
                Some(Item::Phrase(meanings, _))
                    if meanings.iter().any(|m| matches!(m, Meaning::Tie { turned: true, form: Form::Base, .. })) =>
                {
                    (agent, Some(who))
                }
                // "did the Latakia clashes start": only a part of what did.
                Some(Item::Phrase(meanings, _))
                    if meanings.iter().all(|m| {
                        matches!(m, Meaning::Tie { form: Form::Matter | Form::Plural | Form::Noun | Form::Present, .. })
                    }) =>
                {
                    (agent, None)
                }
                // What one alone may do is told of it.
                _ if kind == Aux::Modal && self.actors.len() == 1 => (agent, None),
                _ => (agent.or(Some(who)), None),
            },
            None => (agent.or_else(|| self.subject(&row)), None),
        }
    }

    /// Who stands before a verb that has somebody behind it too, where there is no auxiliary: "that HTS shared intelligence with the US".
    pub(super) fn subject(&self, row: &[&Placed]) -> Option<usize> {
        row.windows(3).find_map(|three| match (&three[0].item, &three[1].item, &three[2].item) {
            (Item::Name(named), Item::Phrase(meanings, _), Item::Name(_))
                if meanings.iter().all(|m| {
                    matches!(m, Meaning::Tie { form: Form::Past | Form::Present | Form::Base, turned: false, .. })
                }) =>
            {
                self.actors
                    .iter()
                    .position(|actor| actor.named == *named && three[0].words.contains(&actor.words.start))
            }
            _ => None,
        })
    }
}
