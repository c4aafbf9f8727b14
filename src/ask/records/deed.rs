//! What an event tells of: the deed itself, or only what was said, planned or offered.
//!
//! "US warns Russia of an attack on a concert venue" tells of a warning. Asked when Russia was attacked it is no answer, though every word
//! is in it. So events of kinds that tell of a deed at second hand answer only questions that speak of the telling.

use super::words::{Words, content, tokens};
use crate::graph::TemporalGraph;
use crate::model::Event;
use std::collections::BTreeSet;

/// Kinds of events that tell of a deed at second hand, with words for the telling.
const SECOND_HAND: &[(&str, &[&str])] = &[
    ("negotiation", &["negotiate", "bargain", "process"]),
    ("offer", &["offer", "propose"]),
    ("pledge", &["pledge", "oath", "swear", "vow", "promise", "loyalty", "allegiance"]),
    ("plot", &["plot", "plan", "prepare"]),
    ("statement", &["statement", "say", "claim", "comment", "speak", "state"]),
    ("thwarted_attack", &["thwart", "foil", "avert", "prevent", "plot", "plan"]),
    ("warning", &["warn", "alert", "urge", "tip", "forecast"]),
];

/// Other words for what happens in events of a kind, beside its name.
const ALSO_CALLED: &[(&str, &[&str])] = &[
    ("agreement", &["deal", "accord", "pact"]),
    ("assassination", &["kill", "murder", "death", "die"]),
    ("attack", &["strike", "bomb", "hit"]),
    ("capture", &["fall", "take", "seize", "conquer"]),
    ("ceasefire", &["truce"]),
    ("clash", &["fight", "battle"]),
    ("dissolution", &["disband"]),
    ("flight", &["escape", "refuge", "asylum"]),
    ("founding", &["form", "create", "establish", "emerge"]),
    ("intervention", &["intervene"]),
    ("massacre", &["kill", "slaughter", "murder"]),
    ("meeting", &["meet", "see", "summit"]),
    ("overthrow", &["fall", "collapse", "topple", "oust", "power"]),
    ("split", &["break", "leave", "separation"]),
    ("visit", &["go", "travel", "trip", "meet", "see"]),
    ("withdrawal", &["leave", "pull", "departure"]),
];

/// Kinds in whose names a clause with "that" is what is told, not a circumstance.
const TELLING_THAT: &[&str] = &["announcement", "statement", "warning"];

/// Words in what an event is called by which the rest is not told as done, or as done away with: a question must say them too.
const NOT_DONE: &[&str] = &[
    "try",
    "tries",
    "attempt",
    "attempts",
    "want",
    "wants",
    "seeks",
    "plans",
    "keep",
    "keeps",
    "end",
    "ends",
    "lifts",
    "ease",
    "eases",
    "stop",
    "stops",
    "fail",
    "fails",
    "failed",
    "declines",
    "refuses",
    "disappointed",
    "challenge",
];

/// After these words a name tells of the circumstances, not of the deed.
const CIRCUMSTANCE: &[&str] = &["after", "over", "that", "why", "which"];

/// What an event is called, taken apart.
pub(super) struct Called {
    /// All words of the name.
    pub(super) words: Vec<String>,
    /// How many of them come before the circumstances.
    pub(super) head: usize,
    /// The concepts of its content words before the circumstances, without the actors.
    pub(super) concepts: Vec<String>,
    /// Words for what happens in an event of its kind.
    pub(super) kind: Vec<String>,
}

impl Called {
    /// Takes the name of an event apart.
    pub(super) fn new(asked: &Words<'_>, graph: &TemporalGraph, event: &Event) -> Self {
        let words = tokens(&event.name);
        let kind = &*graph.vocabulary().event_kind(event.kind).name;
        let is_circumstance =
            |word: &String| CIRCUMSTANCE.contains(&&**word) && !(word == "that" && TELLING_THAT.contains(&kind));
        let head = words.iter().position(is_circumstance).unwrap_or(words.len());
        let actors = named_in(graph, event);
        let concepts = content(asked, &words[..head], &actors);
        let kind = kind_words(kind);
        Self { words, head, concepts, kind }
    }

    /// How many of the content words are among those of a question, and how many there are; the kind counts as one where it is met.
    pub(super) fn share(&self, words: &Words<'_>) -> (usize, usize) {
        let met = self.concepts.iter().filter(|concept| words.mean_concept(concept)).count();
        let by_kind = usize::from(self.is_called_by_kind(words));
        (met + by_kind, self.concepts.len().max(by_kind) + by_kind)
    }

    /// Whether a question calls the event by its kind, in a word that its name has not.
    fn is_called_by_kind(&self, words: &Words<'_>) -> bool {
        self.kind.iter().any(|word| {
            let concept = words.concept(word);
            !self.concepts.contains(&concept) && words.mean_concept(&concept)
        })
    }
}

/// Words for what happens in events of a kind: its name, and others.
pub(super) fn kind_words(kind: &str) -> Vec<String> {
    let others = SECOND_HAND.iter().chain(ALSO_CALLED).filter(|(name, _)| *name == kind);
    let others = others.flat_map(|(_, others)| *others).map(|word| (*word).to_owned());
    tokens(kind).into_iter().chain(others).collect()
}

/// Whether the words of a question speak of the deed that an event tells of, rather than of something that was only said or planned in it.
pub(super) fn is_spoken_of(words: &Words<'_>, kind: &str, called: &Called) -> bool {
    let head = &called.words[..called.head];
    if head.iter().any(|word| NOT_DONE.contains(&&**word) && !words.mean(word)) {
        return false;
    }
    let Some((_, telling)) = SECOND_HAND.iter().find(|(name, _)| *name == kind) else { return true };
    let (met, all) = called.share(words);
    let first_is_met = called.concepts.first().is_some_and(|first| words.mean_concept(first));
    telling.iter().any(|word| words.mean(word)) || (first_is_met && met * 3 > all)
}

/// The words of the names of those who take part in an event.
fn named_in(graph: &TemporalGraph, event: &Event) -> BTreeSet<String> {
    let actors = event.participants.iter().map(|participant| participant.actor).chain(event.place);
    actors.flat_map(|actor| super::actors::names(graph, actor)).flat_map(tokens).collect()
}
