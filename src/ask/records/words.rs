//! The words of a question, held against the words of a record.

use crate::ask::Lexicon;
use crate::ask::sentence::Sentence;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Words that say that something may come to be. They need not be found in a record; they tell that a risk is asked about.
const MAY: &[&str] =
    &["may", "might", "could", "would", "likely", "risk", "danger", "possibly", "expected", "potential", "potentially"];

/// Words that only ask for a measure.
const MEASURES: &[&str] = &[
    "many",
    "much",
    "big",
    "large",
    "high",
    "number",
    "total",
    "amount",
    "count",
    "size",
    "sum",
    "exactly",
    "altogether",
    "long",
    "last",
    "lasted",
    "length",
    "duration",
];

/// Words that carry little beside another: they need not be found.
const LIGHT: &[&str] = &[
    "give",
    "gives",
    "gave",
    "given",
    "giving",
    "grant",
    "granted",
    "make",
    "makes",
    "made",
    "hold",
    "held",
    "carry",
    "carried",
    "happen",
    "happened",
    "occur",
    "occurred",
    "become",
    "became",
    "get",
    "got",
    "come",
    "came",
    "help",
    "helps",
    "helped",
    "supply",
    "supplied",
    "provide",
    "provided",
    "pass",
    "passed",
    "passing",
    "inflict",
    "inflicted",
    "suffer",
    "suffered",
    "conduct",
    "conducted",
    "commit",
    "committed",
    "stage",
    "staged",
    "significant",
    "major",
    "heavy",
    "serious",
    "famous",
];

/// Words that together say only that something was, or that somebody was in it.
const TAKES: &[&str] = &["take", "takes", "took", "taken", "taking"];

/// Words that turn or end what stands beside them, so that a remark in passing does not bear them out.
const TURNING: &[&str] = &[
    "end", "stop", "lift", "cease", "quit", "cancel", "drop", "remove", "revoke", "refuse", "reject", "deny", "fail",
    "lose", "not", "never", "without", "no", "nobody", "none",
];

/// After these the words of a clause are not said to be so.
const NEGATING: &[&str] =
    &["not", "no", "never", "without", "nobody", "neither", "nor", "cannot", "unclear", "unknown"];

/// How much a word of a record tells of it, from little to much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// In a remark: the note of a claim, a definition.
    Weak,
    /// In the name of one who takes part, or in what a name tells in passing.
    Named,
    /// In what the record is called.
    Strong,
}

/// One content word of a question.
#[derive(Clone, Debug)]
struct Sought {
    text: String,
    concept: String,
    /// It must be found in what the record is called.
    turns: bool,
}

/// The content words of a question.
pub(super) struct Words<'c> {
    pub(super) lexicon: &'c Lexicon,
    sought: Vec<Sought>,
    /// A risk or a possibility is asked about.
    pub(super) may: bool,
    /// Concepts asked for before: records share most of their words.
    known: RefCell<BTreeMap<String, String>>,
}

impl<'c> Words<'c> {
    /// Reads the content words of a question; with `measures`, words that only ask for a number are left out.
    pub(super) fn new(lexicon: &'c Lexicon, words: &[String], measures: bool) -> Self {
        let turning: Vec<String> = TURNING.iter().map(|word| lexicon.concept(word)).collect();
        let may = words.iter().any(|word| MAY.contains(&&**word));
        let is_light = |at: usize| {
            let is = |at: Option<usize>, list: &[&str]| {
                at.and_then(|at| words.get(at)).is_some_and(|w| list.contains(&&**w))
            };
            is(Some(at), LIGHT)
                || (is(Some(at), TAKES) && is(at.checked_add(1), &["place", "part"]))
                || (is(Some(at), &["place", "part"]) && is(at.checked_sub(1), TAKES))
        };
        let mut sought = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let (length, concept) = longest_concept(lexicon, &words[at..]);
            let is_idle = is_light(at)
                || MAY.contains(&&**word)
                || (measures && MEASURES.contains(&&**word))
                || (!TURNING.contains(&&**word) && lexicon.is_empty_word(word));
            if length > 1 || !is_idle {
                let text = words[at..at + length].concat();
                sought.push(Sought { text, turns: length == 1 && turning.contains(&concept), concept });
            }
            at += length;
        }
        Self { lexicon, sought, may, known: RefCell::default() }
    }

    /// How many words must be accounted for.
    pub(super) fn len(&self) -> usize {
        self.sought.len()
    }

    /// The concept of a word.
    pub(super) fn concept(&self, word: &str) -> String {
        if let Some(concept) = self.known.borrow().get(word) {
            return concept.clone();
        }
        let concept = self.lexicon.concept(word);
        self.known.borrow_mut().insert(word.to_owned(), concept.clone());
        concept
    }

    /// Whether one of the words means the same as this one.
    pub(super) fn mean(&self, word: &str) -> bool {
        self.mean_concept(&self.concept(word))
    }

    /// Whether one of the words is met in one of these texts.
    pub(super) fn meet<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> bool {
        let mut tally = self.tally();
        texts.into_iter().any(|text| {
            tally.read(text, Strength::Strong);
            tally.count(Strength::Strong) > 0
        })
    }

    /// Whether one of the words has this concept.
    pub(super) fn mean_concept(&self, concept: &str) -> bool {
        self.sought.iter().any(|sought| sought.concept == concept)
    }

    /// Whether one of the words is one of these, as typed.
    pub(super) fn say(&self, words: &[&str]) -> bool {
        self.sought.iter().any(|sought| words.contains(&&*sought.text))
    }

    /// An empty tally of these words.
    pub(super) fn tally(&self) -> Tally<'_, 'c> {
        Tally { words: self, found: vec![None; self.sought.len()] }
    }
}

/// Which words of a question a record has accounted for, and how strongly.
#[derive(Clone)]
pub(super) struct Tally<'w, 'c> {
    words: &'w Words<'c>,
    found: Vec<Option<Strength>>,
}

impl Tally<'_, '_> {
    /// Reads a text of the record.
    pub(super) fn read(&mut self, text: &str, strength: Strength) {
        if self.all(strength) {
            return;
        }
        self.read_tokens(&tokens(text), strength);
    }

    /// Reads a remark: clauses that say that something is not so are left out from the word that says it.
    pub(super) fn read_remark(&mut self, text: &str) {
        if self.all(Strength::Weak) {
            return;
        }
        for clause in clauses(text) {
            let tokens = tokens(clause);
            let end = tokens.iter().position(|token| NEGATING.contains(&&**token)).unwrap_or(tokens.len());
            self.read_tokens(&tokens[..end], Strength::Weak);
        }
    }

    /// Reads words; two that stand together also account for one that is written together (`cease-fire`, `ceasefire`), and the other way.
    pub(super) fn read_tokens(&mut self, tokens: &[String], strength: Strength) {
        let sought = &self.words.sought;
        if self.all(strength) {
            return;
        }
        for (at, token) in tokens.iter().enumerate() {
            let concept = self.words.concept(token);
            for (index, word) in sought.iter().enumerate() {
                let is_met = word.concept == concept
                    || tokens.get(at + 1).is_some_and(|next| is_joined(&word.text, token, next));
                if is_met {
                    self.found[index] = self.found[index].max(Some(strength));
                }
                // The other way round: the question parts what the record writes together.
                if sought.get(index + 1).is_some_and(|next| is_joined(token, &word.text, &next.text)) {
                    self.found[index] = self.found[index].max(Some(strength));
                    self.found[index + 1] = self.found[index + 1].max(Some(strength));
                }
            }
        }
        if !self.all(strength) {
            self.read_phrases(tokens, strength);
        }
    }

    /// Reads phrases: several words of a record may mean one of the question ("air strike").
    fn read_phrases(&mut self, tokens: &[String], strength: Strength) {
        let row: Vec<&str> = tokens.iter().map(|token| &**token).collect();
        let concepts = self.words.lexicon.concepts(&row);
        if concepts.len() == row.len() {
            return;
        }
        for (word, found) in self.words.sought.iter().zip(&mut self.found) {
            if concepts.contains(&word.concept) {
                *found = (*found).max(Some(strength));
            }
        }
    }

    /// How many words were found at least so strongly.
    pub(super) fn count(&self, least: Strength) -> usize {
        self.found.iter().filter(|found| found.is_some_and(|found| found >= least)).count()
    }

    /// Whether every word is accounted for: one at least by what the record is called, none of those that turn the meaning by remarks, and
    /// of the others no more than half; two in three where `is_narrow` because several actors are named.
    pub(super) fn is_complete(&self, is_narrow: bool) -> bool {
        let share = if is_narrow { 3 } else { 2 };
        self.found.iter().all(Option::is_some)
            && self.count(Strength::Strong) > 0
            && self.count(Strength::Named) * share >= self.found.len()
            && self.turning_words_are_strong()
    }

    fn turning_words_are_strong(&self) -> bool {
        self.words.sought.iter().zip(&self.found).all(|(word, found)| !word.turns || *found == Some(Strength::Strong))
    }

    /// Whether every word was found at least so strongly.
    pub(super) fn all(&self, least: Strength) -> bool {
        self.count(least) == self.found.len()
    }

    /// How many words this text has that the other has not.
    pub(super) fn beyond(&self, other: &Self) -> usize {
        self.found.iter().zip(&other.found).filter(|(own, other)| own.is_some() && other.is_none()).count()
    }
}

/// The concept of the longest phrase of up to four words that begins these, and how many words it takes.
fn longest_concept(lexicon: &Lexicon, words: &[String]) -> (usize, String) {
    let row: Vec<&str> = words.iter().take(4).map(|word| &**word).collect();
    (2..=row.len())
        .rev()
        .find_map(|length| match &mut *lexicon.concepts(&row[..length]) {
            [concept] => Some((length, std::mem::take(concept))),
            _ => None,
        })
        .unwrap_or_else(|| (1, row.first().map(|word| lexicon.concept(word)).unwrap_or_default()))
}

/// Whether a word is two others written together.
fn is_joined(word: &str, first: &str, second: &str) -> bool {
    word.len() == first.len() + second.len() && word.starts_with(first) && word.ends_with(second)
}

/// The words of a text, as a question's are read; `_` parts them as well.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let text = text.replace('_', " ");
    Sentence::new(&text).words.into_iter().map(|word| word.text).filter(|word| word != "'s").collect()
}

/// The clauses of a text; commas inside numbers part nothing.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', ':', '(', ')']).flat_map(|part| part.split(", ")).flat_map(|part| part.split(". "))
}

/// The content words of what a record is called, each concept once, without those of the actors in it.
pub(super) fn content(asked: &Words<'_>, words: &[String], actors: &BTreeSet<String>) -> Vec<String> {
    let mut content: Vec<String> = Vec::new();
    for word in words {
        if asked.lexicon.is_empty_word(word) || actors.contains(word) {
            continue;
        }
        let concept = asked.concept(word);
        if !content.contains(&concept) {
            content.push(concept);
        }
    }
    content
}
