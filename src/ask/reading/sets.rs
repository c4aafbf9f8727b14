//! Sets of actors in a row of items: "Turkey's allies' enemies", "the leader of HTS", "backed by Iran".

use super::frame::{Aux, Tense, Wh};
use super::items::Item;
use crate::ask::lexicon::{Form, Lexicon, Meaning};
use crate::ask::{Named, Who};
use crate::model::KindId;
use crate::question::RelationWord;

/// Sentences with more items are not read as patterns.
pub(super) const MOST_ITEMS: usize = 40;

/// A tie as a phrase in its place.
#[derive(Clone, Debug)]
pub(super) struct TieUse {
    pub(super) word: RelationWord,
    pub(super) form: Form,
    /// What is asked about is its end.
    pub(super) ends: bool,
    /// Its particle stands with it: "member of".
    pub(super) has_particle: bool,
}

/// Items in which what carries no structure is left out.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) items: &'a [Item],
    pub(super) lexicon: &'a Lexicon,
}

impl<'a> Row<'a> {
    pub(super) fn get(&self, at: usize) -> Option<&'a Item> {
        self.items.get(at)
    }

    pub(super) fn is_end(&self, at: usize) -> bool {
        at >= self.items.len()
    }

    pub(super) fn name(&self, at: usize) -> Option<&'a Named> {
        match self.get(at) {
            Some(Item::Name(named)) => Some(named),
            _ => None,
        }
    }

    pub(super) fn aux(&self, at: usize) -> Option<(Aux, Tense)> {
        match self.get(at) {
            Some(Item::Aux(aux, tense)) => Some((*aux, *tense)),
            _ => None,
        }
    }

    pub(super) fn wh(&self, at: usize) -> Option<Wh> {
        match self.get(at) {
            Some(Item::Wh(wh)) => Some(*wh),
            _ => None,
        }
    }

    pub(super) fn is(&self, at: usize, item: &Item) -> bool {
        self.get(at) == Some(item)
    }

    /// The ties that the phrase at a place may mean, the likeliest first.
    pub(super) fn ties(&self, at: usize) -> Vec<TieUse> {
        let Some(Item::Phrase(meanings, _)) = self.get(at) else { return Vec::new() };
        meanings
            .iter()
            .filter_map(|meaning| match meaning {
                Meaning::Tie { sense, form, turned, ends, has_particle } => Some(TieUse {
                    word: self.lexicon.tie(*sense, *turned),
                    form: *form,
                    ends: *ends,
                    has_particle: *has_particle,
                }),
                _ => None,
            })
            .collect()
    }

    /// The tie at a place in one of these forms.
    pub(super) fn tie(&self, at: usize, wanted: impl Fn(Form) -> bool) -> Option<TieUse> {
        self.ties(at).into_iter().find(|tie| wanted(tie.form))
    }

    pub(super) fn noun(&self, at: usize) -> Option<TieUse> {
        self.tie(at, |form| matches!(form, Form::Noun | Form::Plural))
    }

    pub(super) fn sort(&self, at: usize) -> Option<&'a [KindId]> {
        match self.get(at) {
            Some(Item::Phrase(meanings, _)) => meanings.iter().find_map(|meaning| match meaning {
                Meaning::Sort(kinds) => Some(kinds.as_slice()),
                _ => None,
            }),
            _ => None,
        }
    }

    /// The set that begins at a place, as long as it goes, and where it ends.
    pub(super) fn set(&self, at: usize) -> Option<(Who, usize)> {
        let (mut set, mut next) = match self.get(at)? {
            Item::Name(named) => (Who::Named(named.clone()), at + 1),
            _ => {
                let noun = self.noun(at)?;
                let (to, next) = self.set(at + 1)?;
                (related(noun.word, to), next)
            }
        };
        loop {
            let after = if self.is(next, &Item::Poss) { next + 1 } else { next };
            match self.noun(after) {
                // In "HTS ally of Turkey" the noun belongs to what follows, in "what is Hamas a member of" to what is asked for.
                Some(noun) if after > next || (self.name(after + 1).is_none() && !noun.has_particle) => {
                    set = related(noun.word, set);
                    next = after + 1;
                }
                _ => return Some((set, next)),
            }
        }
    }

    /// Sets joined by "and": who stands to all of them.
    pub(super) fn sets(&self, at: usize) -> Option<(Vec<Who>, usize)> {
        let (first, mut next) = self.set(at)?;
        let mut sets = vec![first];
        // In "enemies of X and partners of Y" what follows is another description, not another X.
        while self.is(next, &Item::And)
            && self.name(next + 1).is_some()
            && let Some((another, after)) = self.set(next + 1)
        {
            sets.push(another);
            next = after;
        }
        Some((sets, next))
    }

    /// The set of those of whom what begins at a place is true ("backs Assad", "was HTS fighting", "designated by the US"), and where it ends.
    pub(super) fn predicate(&self, at: usize) -> Option<(Who, usize)> {
        self.nominal(at).or_else(|| self.as_object(at)).or_else(|| self.as_subject(at)).or_else(|| self.of_anybody(at))
    }

    /// "is designated", "has been sanctioned", "have pledged allegiance": to or by anybody, at the end of the sentence.
    fn of_anybody(&self, at: usize) -> Option<(Who, usize)> {
        let mut next = at;
        let mut is_passive = false;
        while let Some((aux, _)) = self.aux(next) {
            is_passive |= aux == Aux::Be;
            next += 1;
        }
        if next == at || !self.is_end(next + 1) {
            return None;
        }
        let past = |form| matches!(form, Form::Past | Form::Participle);
        // "who was allied with" breaks off.
        if self.tie(next, past)?.has_particle {
            return None;
        }
        if is_passive {
            let tie = self.tie(next, past)?;
            return Some((related(tie.word.from_the_other_side(), Who::Anybody), next + 1));
        }
        let tie = self.tie(next, past)?;
        Some((related(tie.word, Who::Anybody), next + 1))
    }

    /// "[are] the enemies of X", "[is] X's leader", "allies does HTS have".
    fn nominal(&self, at: usize) -> Option<(Who, usize)> {
        let start = if self.aux(at).is_some_and(|(aux, _)| aux == Aux::Be) { at + 1 } else { at };
        // "allies does HTS have"
        if let (Some(noun), Some((Aux::Do | Aux::Have, _))) = (self.noun(start), self.aux(start + 1))
            && let Some((to, next)) = self.sets(start + 2)
        {
            let next = if self.aux(next).is_some_and(|(aux, _)| aux == Aux::Have) { next + 1 } else { next };
            return Some((all_related(&noun.word, to)?, next));
        }
        // "is a member of both X and Y"
        if let Some(noun) = self.noun(start)
            && let Some((to, next)) = self.sets(start + 1)
        {
            return Some((all_related(&noun.word, to)?, next));
        }
        let (set, next) = self.set(start)?;
        matches!(set, Who::Related { .. }).then_some((set, next))
    }

    /// "did X attack", "was X fighting", "is X allied with", "was X backed by", "is X a member of".
    fn as_object(&self, at: usize) -> Option<(Who, usize)> {
        let (aux, _) = self.aux(at)?;
        // In "do American troops partner" the noun is no partner of theirs: names alone are tried before sets.
        let names = self.plain_names(at + 1).and_then(|(subjects, next)| self.done_by(aux, subjects, next));
        names.or_else(|| self.sets(at + 1).and_then(|(subjects, next)| self.done_by(aux, subjects, next)))
    }

    /// Names joined by "and", each alone.
    fn plain_names(&self, at: usize) -> Option<(Vec<Who>, usize)> {
        let mut names = vec![Who::Named(self.name(at)?.clone())];
        let mut next = at + 1;
        while self.is(next, &Item::And)
            && let Some(named) = self.name(next + 1)
        {
            names.push(Who::Named(named.clone()));
            next += 2;
        }
        Some((names, next))
    }

    /// What follows the subjects of a question about an object.
    fn done_by(&self, aux: Aux, subjects: Vec<Who>, after: usize) -> Option<(Who, usize)> {
        let mut next = after;
        let mut aux = aux;
        while let Some((inner, _)) = self.aux(next) {
            // "has X been at odds with"
            aux = if inner == Aux::Be { Aux::Be } else { aux };
            next += 1;
        }
        let is_passive = |form| matches!(form, Form::Past | Form::Participle);
        if aux != Aux::Do
            && let Some(tie) = self.tie(next, is_passive)
            && self.is(next + 1, &Item::By)
        {
            return Some((all_related(&tie.word, subjects)?, next + 2));
        }
        let tie = match aux {
            Aux::Do | Aux::Modal => self.tie(next, |form| matches!(form, Form::Base | Form::Present | Form::Past)),
            Aux::Have => self.tie(next, is_passive).or_else(|| self.tie(next, |form| form == Form::Ing)),
            Aux::Be => self
                .tie(next, |form| matches!(form, Form::Ing | Form::Adjective))
                .or_else(|| self.tie(next, |form| form == Form::Noun)),
        }?;
        Some((all_related(&tie.word.from_the_other_side(), subjects)?, next + 1))
    }

    /// "backs X", "is fighting X", "is allied with X", "was designated by X", "has attacked X".
    fn as_subject(&self, at: usize) -> Option<(Who, usize)> {
        let mut next = at;
        let mut first = None;
        while let Some((aux, _)) = self.aux(next) {
            first = first.or(Some(aux));
            next += 1;
        }
        let is_passive = |form| matches!(form, Form::Past | Form::Participle);
        if let Some(tie) = self.tie(next, is_passive)
            && self.is(next + 1, &Item::By)
            && first != Some(Aux::Do)
        {
            let (to, end) = self.sets(next + 2)?;
            return Some((all_related(&tie.word.from_the_other_side(), to)?, end));
        }
        let tie = match first {
            None => self.tie(next, |form| form != Form::Noun && form != Form::Plural && form != Form::Matter),
            Some(Aux::Be) => self
                .tie(next, |form| matches!(form, Form::Ing | Form::Adjective))
                .or_else(|| self.tie(next, is_passive)),
            Some(Aux::Have) => self.tie(next, |form| is_passive(form) || matches!(form, Form::Adjective | Form::Ing)),
            Some(Aux::Do | Aux::Modal) => self.tie(next, |form| matches!(form, Form::Base | Form::Present)),
        }?;
        let (to, end) = self.sets(next + 1)?;
        Some((all_related(&tie.word, to)?, end))
    }
}

/// Those who stand so to a set.
pub(super) fn related(tie: RelationWord, to: Who) -> Who {
    Who::Related { tie, to: Box::new(to) }
}

/// Those who stand so to each of several sets; none when there is no set.
pub(super) fn all_related(tie: &RelationWord, to: Vec<Who>) -> Option<Who> {
    to.into_iter().map(|to| related(tie.clone(), to)).reduce(|all, next| Who::Both(Box::new(all), Box::new(next)))
}
