//! Sentence patterns: from a row of items to questions.

use super::frame::{Aux, Tense, Wh};
use super::items::Item;
use super::sets::{Row, TieUse, all_related, related};
use crate::ask::lexicon::Form;
use crate::ask::{End, Manner, Named, Question, Sort, Who};
use crate::model::Polarity;
use crate::question::RelationWord;

/// The questions that a row may be by its ties, the likeliest first; every item of the row is accounted for by each.
pub(super) fn by_ties(row: Row<'_>, text_of_sort: &str) -> Vec<Question> {
    let mut questions = Vec::new();
    let wh = row.items.iter().find_map(|item| match item {
        Item::Wh(wh) => Some(*wh),
        _ => None,
    });
    match wh {
        Some(Wh::When) => questions.extend(when(row, End::Start)),
        Some(Wh::Since) => questions.extend(when(row, End::Start)),
        Some(Wh::Until) => questions.extend(when(row, End::Finish)),
        Some(Wh::Span) => questions.extend(when(row, End::Span)),
        Some(Wh::Who | Wh::What | Wh::Whose) => questions.extend(who(row, text_of_sort)),
        Some(Wh::HowMany) => questions.extend(
            who(row, text_of_sort).into_iter().chain(how_many_of_one(row)).map(|q| Question::Count(Box::new(q))),
        ),
        None => {
            questions.extend(whether(row));
            // "was HTS allied with", "does Israel occupy" ask for no set.
            if row.aux(0).is_none() || row.name(1).is_none() {
                questions.extend(who(row, text_of_sort));
            }
        }
        Some(Wh::How | Wh::Why | Wh::Where) => {}
    }
    questions
}

/// "who backs X", "enemies of X", "which states designated X", "whose proxy is X".
fn who(row: Row<'_>, text_of_sort: &str) -> Vec<Question> {
    let mut at = 0;
    // "by whom was X designated"
    let by_whom = row.is(0, &Item::By) && row.wh(1).is_some();
    at += usize::from(by_whom);
    let wh = row.wh(at);
    at += usize::from(wh.is_some());
    let mut sort = row.sort(at).map(|kinds| Sort::Kinds { text: text_of_sort.to_owned(), kinds: kinds.to_vec() });
    at += usize::from(sort.is_some());
    // "which Central Asian groups are tied to HTS"
    if sort.is_none()
        && wh == Some(Wh::What)
        && let Some(named) = row.name(at)
        && !row.is(at + 1, &Item::Poss)
        && row.noun(at + 1).is_none()
        && row.items[at + 1..].iter().any(|item| matches!(item, Item::Name(_)))
        && (row.aux(at + 1).is_some() || !row.ties(at + 1).is_empty())
    {
        sort = Some(Sort::PartsOf(named.clone()));
        at += 1;
    }
    let set = |set: Who| Question::Who { set, sort: sort.clone(), manner: Manner::Holding };
    let ends = |next: usize| row.is_end(next);
    let mut questions = Vec::new();
    if by_whom {
        // "by whom was X designated": as "who was X designated by".
        if let Some((subjects, next)) = row.sets(at + 1)
            && let Some(tie) = row.tie(next, |form| matches!(form, Form::Past | Form::Participle))
            && ends(next + 1)
        {
            questions.extend(all_related(&tie.word, subjects).map(set));
        }
        return questions;
    }
    // "whose proxy is X"
    if wh == Some(Wh::Whose)
        && let Some(noun) = row.noun(at)
        && row.aux(at + 1).is_some()
        && let Some((to, next)) = row.set(at + 2)
        && ends(next)
    {
        questions.push(set(related(noun.word.from_the_other_side(), to)));
    }
    for (first, next) in [row.predicate(at), row.statement_about_somebody(at)].into_iter().flatten() {
        if ends(next) {
            questions.push(set(first));
        } else if (row.aux(next).is_some() || row.noun(next).is_none())
            && let Some((second, end)) = row.predicate(next + usize::from(row.is(next, &Item::And)))
            && ends(end)
        {
            // "which members of X are also enemies of Y", "enemies of X and partners of Y"
            questions.push(set(Who::Both(Box::new(first), Box::new(second))));
        }
    }
    questions.dedup();
    questions
}

/// "was A allied with B", "are A and B at war", "is HTS designated", and the same as a statement.
fn whether(row: Row<'_>) -> Vec<Question> {
    // "HTS allies" names a set; only a question asks whether somebody is one.
    let is_question = row.aux(0).is_some();
    pairs(row)
        .into_iter()
        .filter(|pair| pair.b.is_some() || is_question)
        .map(|Pair { a, tie, b }| Question::Whether { a, b, ended: tie.ends, tie: tie.word })
        .collect()
}

/// "how many US troops are stationed in Syria", "how many Central Asians, Uyghurs and Chechens fight alongside HTS": the first of those named stands
/// for all of them, since a figure for several stands with each.
fn how_many_of_one(row: Row<'_>) -> Vec<Question> {
    let mut rest: Vec<Item> = row.items.iter().filter(|item| !matches!(item, Item::Wh(_))).cloned().collect();
    let is_name = |item: Option<&Item>| matches!(item, Some(Item::Name(_)));
    while is_name(rest.first()) && (is_name(rest.get(1)) || rest.get(1) == Some(&Item::And) && is_name(rest.get(2))) {
        rest.drain(1..if is_name(rest.get(1)) { 2 } else { 3 });
    }
    let pairs = pairs(Row { items: &rest, lexicon: row.lexicon }).into_iter();
    let mut questions = Vec::new();
    for Pair { a, tie, b } in pairs {
        let Some(b) = b else { continue };
        // Those who fight on one's side may be counted as a part of it.
        if matches!(tie.word.polarity, Some(Polarity::Positive | Polarity::Neutral)) {
            questions.push(Question::Between { a: a.clone(), b: b.clone() });
        }
        questions.insert(0, Question::Whether { a, tie: tie.word, b: Some(b), ended: tie.ends });
    }
    questions
}

/// "when did A attack B", "nusra quit al-Qaeda what year", "the designation of A by B, date".
fn when(row: Row<'_>, end: End) -> Vec<Question> {
    let rest: Vec<Item> = row.items.iter().filter(|item| !matches!(item, Item::Wh(_))).cloned().collect();
    let row = Row { items: &rest, lexicon: row.lexicon };
    pairs(row)
        .into_iter()
        .map(|Pair { a, tie, b }| {
            // "when was A allied with B" asks for a span.
            let is_state = matches!(tie.form, Form::Adjective | Form::Noun | Form::Plural | Form::Ing);
            let end = match (tie.ends, end, is_state) {
                (true, _, _) => End::Finish,
                (false, End::Start, true) if row.aux(0).is_some_and(|(aux, _)| aux == Aux::Be) => End::Span,
                _ => end,
            };
            Question::When { a, tie: tie.word, b, end }
        })
        .collect()
}

/// Two actors, or one, and a tie, in the direction in which the sentence says it.
struct Pair {
    a: Named,
    tie: TieUse,
    b: Option<Named>,
}

fn pairs(row: Row<'_>) -> Vec<Pair> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut first_aux: Option<(Aux, Tense)> = None;
    while let Some(aux) = row.aux(start) {
        first_aux = first_aux.or(Some(aux));
        start += 1;
    }
    let passive = |form| matches!(form, Form::Past | Form::Participle);
    let mut add = |a: &Named, tie: TieUse, b: Option<&Named>| found.push(Pair { a: a.clone(), tie, b: b.cloned() });
    let turned = |tie: TieUse| TieUse { word: tie.word.from_the_other_side(), ..tie };
    if let Some(a) = row.name(start) {
        let mut at = start + 1;
        let has_poss = row.is(at, &Item::Poss);
        at += usize::from(has_poss);
        // "are A and B allied"
        let second = if row.is(at, &Item::And) { row.name(at + 1) } else { None };
        if let Some(b) = second {
            let mut at = at + 2;
            while row.aux(at).is_some() {
                at += 1;
            }
            for tie in row.ties(at) {
                if row.is_end(at + 1) {
                    add(a, tie, Some(b));
                }
            }
        }
        let mut aux = first_aux.map(|(aux, _)| aux);
        while let Some((inner, _)) = row.aux(at) {
            aux = aux.or(Some(inner)).map(|aux| if inner == Aux::Be { Aux::Be } else { aux });
            at += 1;
        }
        // After "did" there stands a verb, where the word can be one.
        let can_be_verb = row.ties(at).iter().any(|tie| tie.form != Form::Matter);
        for tie in row.ties(at) {
            if aux == Some(Aux::Do) && can_be_verb && tie.form == Form::Matter {
                continue;
            }
            let by = row.is(at + 1, &Item::By);
            let other = at + 1 + usize::from(by);
            let b = row.name(other);
            let end = other + usize::from(b.is_some());
            let end = if row.aux(end).is_some() && b.is_some() { end + 1 } else { end };
            if !row.is_end(end) {
                continue;
            }
            match (b, by) {
                (Some(b), true) if passive(tie.form) || tie.form == Form::Matter => add(a, turned(tie), Some(b)),
                (Some(_), true) => {}
                (Some(b), false) if has_poss && tie.form == Form::Matter => add(a, tie, Some(b)),
                (Some(b), false) if !has_poss => add(a, tie, Some(b)),
                // "is HTS designated", "when was HTS founded": the one named suffers it.
                (None, _) if aux == Some(Aux::Be) && passive(tie.form) => add(a, turned(tie), None),
                (None, _) if passive(tie.form) && first_aux.is_none() => {
                    add(a, tie.clone(), None);
                    add(a, turned(tie), None);
                }
                (None, false) => add(a, tie, None),
                _ => {}
            }
        }
        // "is A B's ally", "is A an ally of B": the second is a set of those who stand so to B.
        if !has_poss
            && let Some((Who::Related { tie, to }, next)) = row.set(at)
            && let Who::Named(b) = *to
            && row.is_end(next)
        {
            add(a, TieUse { word: tie, form: Form::Noun, ends: false, has_particle: true }, Some(&b));
        }
    }
    // "is there an alliance between A and B", "designation of A by B".
    for tie in row.ties(start) {
        if let (Some(a), joint, Some(b)) = (row.name(start + 1), row.get(start + 2), row.name(start + 3))
            && (row.is_end(start + 4)
                || row.is_end(start + 5) && row.ties(start + 4).iter().any(|verb| is_done(&tie, verb)))
        {
            match joint {
                Some(Item::And) => add(a, tie, Some(b)),
                Some(Item::By) => add(a, turned(tie), Some(b)),
                _ => {}
            }
        } else if let (Some(a), Some(b)) = (row.name(start + 1), row.name(start + 2))
            && (row.is_end(start + 3)
                || row.is_end(start + 4) && row.ties(start + 3).iter().any(|verb| is_done(&tie, verb)))
        {
            add(a, tie, Some(b));
        } else if let Some(a) = row.name(start + 1)
            && row.is_end(start + 2)
            && tie.form == Form::Matter
        {
            add(a, turned(tie.clone()), None);
            add(a, tie, None);
        }
    }
    found
}

/// Whether a verb at the end says no more than the noun at the beginning: "the agreement between A and B was signed".
fn is_done(noun: &TieUse, verb: &TieUse) -> bool {
    noun.form == Form::Matter && noun.word == verb.word && matches!(verb.form, Form::Past | Form::Participle)
}

impl Row<'_> {
    /// "taliban sheltering who", "X is allied with whom": the one asked for stands at the end.
    fn statement_about_somebody(&self, at: usize) -> Option<(Who, usize)> {
        let (subjects, mut next) = self.sets(at)?;
        while self.aux(next).is_some() {
            next += 1;
        }
        let tie = self.tie(next, |form| !matches!(form, Form::Noun | Form::Plural | Form::Matter))?;
        let by = self.is(next + 1, &Item::By);
        let wh = next + 1 + usize::from(by);
        self.wh(wh)?;
        let word: RelationWord = if by { tie.word } else { tie.word.from_the_other_side() };
        Some((all_related(&word, subjects)?, wh + 1))
    }
}
