//! The days of a sentence: from what it says, by dates or by what happened.

use super::actors::Mentioned;
use super::frame::Tense;
use crate::ask::dates::{self, Found, Relative, Time};
use crate::ask::lexicon::{Meaning, Unit};
use crate::ask::sentence::Sentence;
use crate::ask::{Ground, Problem, records};
use crate::graph::TemporalGraph;
use crate::model::ActorId;
use crate::question::{Lens, Scope, When};
use crate::time::{Dated, Day, Window};
use std::ops::Range;

/// Of verbs such as "break away", which records write without.
const PARTICLES: &[&str] = &["away", "off", "up", "out", "down", "over", "apart"];

/// The days of a sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Days {
    /// What is asked about; none when nothing is said.
    pub(super) when: Option<When>,
    /// The dates said, in order, each a date or period: for what changed between two.
    pub(super) dates: Vec<Dated>,
    /// It says "now", "still", "today".
    pub(super) is_now: bool,
    /// It says "since" or "after" and no end.
    pub(super) is_open: bool,
    /// What anchors were taken for.
    pub(super) anchors: Vec<Dated>,
    /// Clauses that the records must date.
    clauses: Vec<(Relative, Range<usize>)>,
    /// Clauses that they could not.
    pub(super) undated: Vec<Range<usize>>,
    /// One of those says "before" or "after".
    is_side_undated: bool,
    /// It says days that lie apart: "in 2016 and 2020".
    pub(super) is_split: bool,
}

impl Days {
    /// The days that a sentence says by dates.
    ///
    /// # Errors
    /// When a period ends before it begins.
    pub(super) fn of(times: &[Found]) -> Result<Self, Problem> {
        let mut days = Self::default();
        for found in times {
            match &found.time {
                Time::Now => days.is_now = true,
                Time::Ever => days.when = Some(When::Ever),
                Time::Anchored(relative, clause) => days.clauses.push((*relative, clause.clone())),
                Time::Dated(relative, dated) => {
                    days.is_open |= matches!(relative, Relative::Since | Relative::After);
                    days.dates.push(dated.clone());
                    days.narrow(found.time.when());
                }
                Time::Between(from, to) => {
                    if from.hull().earliest > to.hull().latest {
                        return Err(Problem::Date {
                            text: format!("{from} … {to}"),
                            message: "the period ends before it begins".to_owned(),
                            help: format!("say it the other way round: between {to} and {from}"),
                        });
                    }
                    days.dates.extend([from.clone(), to.clone()]);
                    days.narrow(found.time.when());
                }
            }
        }
        if days.is_now && days.when.is_none() {
            days.when = Some(When::Now);
        }
        Ok(days)
    }

    /// Takes another saying of days: both hold, as far as they can.
    fn narrow(&mut self, when: Option<When>) {
        let span = |when: &When| match when {
            When::At(dated) | When::During(dated) => Some(dated.window()),
            _ => None,
        };
        self.when = match (self.when.take(), when) {
            (Some(When::Ever) | None, when) => when,
            (earlier, None) => earlier,
            (Some(earlier), Some(later)) => match (span(&earlier), span(&later)) {
                (Some(a), Some(b)) if a.first <= b.last && b.first <= a.last => {
                    let (first, last) = (a.first.max(b.first), a.last.min(b.last));
                    Some(interval(first, last).unwrap_or(later))
                }
                _ => {
                    self.is_split = true;
                    Some(later)
                }
            },
        };
    }

    /// Whether the sentence asks about the days before or after something that no record dates.
    pub(super) const fn is_undated_side(&self) -> bool {
        self.is_side_undated
    }

    /// Whether the sentence says days at all.
    pub(super) const fn is_said(&self) -> bool {
        self.when.is_some() && !self.is_now
    }

    /// The days on which names are looked up: those said; of the present the last ones; otherwise all.
    pub(super) fn window_for_names(&self, graph: &TemporalGraph, tense: Option<Tense>, flags: &Scope) -> Window {
        let when = match (&self.when, tense) {
            (Some(when), _) => when.clone(),
            (None, _) if flags.when != When::Now => flags.when.clone(),
            (None, Some(Tense::Past)) => When::Ever,
            (None, _) => When::Now,
        };
        Scope { when, ..flags.clone() }.window(graph)
    }

    /// Dates the clauses that tell an event ("before the fall of Assad"), takes their words, and with them the actors inside.
    pub(super) fn anchor(
        &mut self,
        ground: Ground<'_, '_>,
        sentence: &mut Sentence,
        actors: &mut Vec<Mentioned>,
        flags: &Scope,
        assumptions: &mut Vec<String>,
    ) {
        for (relative, clause) in std::mem::take(&mut self.clauses) {
            let lens = Lens::new(ground.graph, Scope { when: When::Ever, ..flags.clone() });
            let inside = |actor: &&Mentioned| clause.contains(&actor.words.start);
            let words: Vec<String> = clause
                .clone()
                .filter(|at| !sentence.taken[*at])
                .map(|at| sentence.word(at).to_owned())
                .filter(|word| word != "'s" && !ground.lexicon.is_empty_word(word) && !is_sort(ground, word))
                .filter(|word| !PARTICLES.contains(&word.as_str()))
                .collect();
            let named: Vec<ActorId> = actors.iter().filter(inside).map(|actor| actor.named.actor).collect();
            let context: Vec<ActorId> = actors.iter().filter(|a| !inside(a)).map(|actor| actor.named.actor).collect();
            match records::anchor(ground, &lens, &words, &named, &context) {
                Some((dated, what)) => {
                    assumptions.push(format!("\"{}\" read as {what}, {dated}", sentence.typed(clause.clone())));
                    actors.retain(|actor| !clause.contains(&actor.words.start));
                    sentence.take(clause);
                    // An event that is dated broadly may have happened on any of its days.
                    let (mut first, mut last) = (dated.hull().earliest, dated.hull().latest);
                    if first == last {
                        // Of one on a certain day, after is later and before is earlier.
                        first = if relative == Relative::After { first.plus(1) } else { first };
                        last = if relative == Relative::Before { last.plus(-1) } else { last };
                    }
                    let when = match relative {
                        Relative::After | Relative::Since => interval(first, Day::FAR_FUTURE),
                        Relative::Before | Relative::Until => interval(Day::FAR_PAST, last),
                        Relative::In | Relative::Throughout => Some(dates::relative(relative, &dated)),
                    };
                    self.narrow(when);
                    self.is_open |= matches!(relative, Relative::Since | Relative::After);
                    self.dates.push(dated.clone());
                    self.anchors.push(dated);
                }
                None => {
                    self.is_side_undated |= !matches!(relative, Relative::In | Relative::Throughout);
                    self.undated.push(clause);
                }
            }
        }
    }
}

/// The days from one to another, both included.
fn interval(first: Day, last: Day) -> Option<When> {
    let end = |day: Day| if day.is_bounded() { day.to_string() } else { "..".to_owned() };
    Dated::parse(&format!("{}/{}", end(first), end(last))).ok().map(When::During)
}

/// Whether a word says no more than what sort of actor is meant ("his group").
fn is_sort(ground: Ground<'_, '_>, word: &str) -> bool {
    let phrase = ground.lexicon.phrase(&[Unit::Word(word)]);
    phrase.is_some_and(|phrase| phrase.meanings.iter().all(|meaning| matches!(meaning, Meaning::Sort(_))))
}
