//! Names inside a sentence.

use super::Index;
use super::fold::{fold, is_apostrophe, is_hyphen};
use super::resolution::{How, Resolution};
use crate::time::Window;
use std::ops::Range;

/// Sentences are read up to this many bytes.
const LONGEST_SENTENCE: usize = 4096;
/// No name that can be found in a sentence has more words.
const LONGEST_NAME: usize = 16;

/// A name found in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands: bytes of the sentence. A leading "the" and a possessive ending belong to it.
    pub span: Range<usize>,
    /// Who is meant, or between whom it is ambiguous; never unknown.
    pub resolution: Resolution,
}

/// A word of the sentence.
struct Token {
    span: Range<usize>,
    /// Only blanks and hyphens part it from the word before.
    joined: bool,
}

impl Index<'_> {
    /// Returns the names that a sentence mentions, in its order, without overlaps: at each word the longest name that begins there.
    ///
    /// Exact, folded and transliterated names are found, misspelt ones are not: in running text too many words are one letter away
    /// from a name. A name does not reach over a comma or any other punctuation but hyphens, apostrophes and the dots of initials.
    ///
    /// Acronyms are found as they are written, in capitals; in small letters they are found when they have three letters or more
    /// and are no common English word, and with two letters only where the sentence has no difference of case to go by. `is` is never
    /// found in such a sentence, `us` only after `the`, and then in any sentence. A name of one word that records give with `the` (`the West`) needs it in
    /// the sentence as well.
    ///
    /// The caller should take its own keywords out first: "allies of HTS" may itself be the name of an actor.
    ///
    /// # Complexity
    /// O(words · longest name), at most 4096 bytes of the sentence being read; and the folding of all names, once. Where the graph carries
    /// keys for its names, a look-up by them for each of these stretches instead, and no folding but of the names found.
    #[must_use]
    pub fn mentions(&self, sentence: &str, window: Window) -> Vec<Mention> {
        let sentence = &sentence[..sentence.floor_char_boundary(LONGEST_SENTENCE)];
        let tokens = tokens(sentence);
        let has_case = sentence.contains(char::is_lowercase) && sentence.contains(char::is_uppercase);
        let longest = self.longest_words().min(LONGEST_NAME) + 1;
        let mut mentions = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let reach = 1 + tokens[at + 1..].iter().take(longest - 1).take_while(|t| t.joined).count();
            let found = (1..=reach).rev().find_map(|count| {
                let span = tokens[at].span.start..tokens[at + count - 1].span.end;
                let resolution = self.mention(&sentence[span.clone()], has_case, window)?;
                Some((count, Mention { span, resolution }))
            });
            match found {
                Some((count, mention)) => {
                    mentions.push(mention);
                    at += count;
                }
                None => at += 1,
            }
        }
        mentions
    }

    /// Whom a stretch of the sentence names, if anyone.
    fn mention(&self, text: &str, has_case: bool, window: Window) -> Option<Resolution> {
        let folded = fold(text);
        let resolution = self.resolve_folded(text, &folded, window)?;
        let is_keyed = matches!(&resolution, Ok(found) if matches!(found.how, How::Transliterated { .. }));
        if let Some((first, _)) = folded.split_once(' ') {
            // "as Syria …" holds no article of Arabic.
            return (!is_keyed || !FUNCTION_WORDS.contains(&first)).then_some(resolution);
        }
        let after_the = starts_with_the(text);
        let word = if after_the { &text["the ".len()..] } else { text };
        if folded.chars().count() == 2 || FUNCTION_WORDS.contains(&&*folded) {
            let in_capitals = word.trim_end_matches("'s").trim_end_matches("’s").chars().all(|c| !c.is_lowercase());
            let is_name = match has_case {
                true => in_capitals || (folded == "us" && after_the),
                false => !FUNCTION_WORDS.contains(&&*folded) || (folded == "us" && after_the),
            };
            if !is_name {
                return None;
            }
        }
        // Another spelling of a name is a name only if it looks like one.
        if is_keyed && has_case && !word.starts_with(char::is_uppercase) {
            return None;
        }
        let needs_the =
            !is_keyed && self.with_folded_name(&folded).iter().all(|name| starts_with_the(name.text(self.graph())));
        (after_the || !needs_the).then_some(resolution)
    }
}

fn starts_with_the(text: &str) -> bool {
    text.get(.."the ".len()).is_some_and(|start| start.eq_ignore_ascii_case("the "))
}

/// Words of English that in small letters are never an acronym; beside these, no two-letter word is one where case tells.
const FUNCTION_WORDS: &[&str] = &[
    "am", "an", "and", "any", "are", "as", "at", "be", "but", "by", "can", "did", "do", "for", "had", "has", "he",
    "her", "him", "his", "how", "if", "in", "is", "it", "its", "may", "me", "mod", "my", "no", "nor", "not", "now",
    "of", "off", "on", "or", "our", "out", "per", "she", "so", "than", "that", "the", "them", "then", "they", "this",
    "to", "too", "up", "us", "was", "we", "were", "what", "when", "who", "whom", "why", "will", "with", "you",
];

/// The words of a sentence: letters and digits with the apostrophes, marks and dots of initials between them.
fn tokens(sentence: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut joined = false;
    let mut chars = sentence.char_indices().peekable();
    let mut start = None;
    while let Some((at, c)) = chars.next() {
        let next_is_letter = chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        let inside = match start {
            None => c.is_alphanumeric(),
            Some(start) => is_inside(&sentence[start..at], c, next_is_letter),
        };
        if inside {
            start.get_or_insert(at);
            continue;
        }
        if let Some(start) = start.take() {
            tokens.push(Token { span: start..at, joined });
            joined = true;
        }
        // An apostrophe or an invisible mark between words is no punctuation.
        joined &= c.is_whitespace() || is_hyphen(c) || is_apostrophe(c) || !is_punctuation(c);
    }
    if let Some(start) = start {
        tokens.push(Token { span: start..sentence.len(), joined });
    }
    tokens
}

/// Whether a character goes on with the word read so far.
fn is_inside(word: &str, c: char, next_is_letter: bool) -> bool {
    match c {
        '.' => {
            let segment = word.rsplit('.').next().unwrap_or(word);
            // `U.S` goes on, and `U.S.` keeps its last dot; `HTS.` does not.
            segment.chars().count() == 1 && (next_is_letter || word.contains('.'))
        }
        _ if is_apostrophe(c) => next_is_letter,
        _ => c.is_alphanumeric() || !(c.is_whitespace() || is_hyphen(c) || is_punctuation(c)),
    }
}

/// Whether a character parts names: whatever is ASCII and no letter, and quotes, stops and commas of other scripts.
fn is_punctuation(c: char) -> bool {
    (c.is_ascii() && !c.is_ascii_alphanumeric())
        || matches!(c, '\u{a1}'..='\u{bf}' | '،' | '؛' | '؟' | '\u{2014}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3000}'..='\u{303f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(sentence: &str) -> Vec<&str> {
        tokens(sentence).into_iter().map(|t| &sentence[t.span]).collect()
    }

    #[test]
    fn sentences_fall_into_words() {
        assert_eq!(words("Who fights the U.S.-led coalition?"), ["Who", "fights", "the", "U.S.", "led", "coalition"]);
        assert_eq!(words("Hay’at Tahrir al-Sham, HTS."), ["Hay’at", "Tahrir", "al", "Sham", "HTS"]);
        assert_eq!(words("Turkey's allies' (or 'friends')"), ["Turkey's", "allies", "or", "friends"]);
        assert_eq!(words("Taḥrīr Tah\u{323}rir"), ["Taḥrīr", "Tah\u{323}rir"]);
        assert_eq!(words("  …!"), Vec::<&str>::new());
    }

    #[test]
    fn punctuation_parts_and_hyphens_join() {
        let joined = |sentence: &str| tokens(sentence).iter().map(|t| t.joined).collect::<Vec<_>>();
        assert_eq!(joined("Islamic, State"), [false, false]);
        assert_eq!(joined("al-Sham and HTS"), [false, true, true, true]);
        assert_eq!(joined("workers’ party"), [false, true]);
        assert_eq!(joined("one. Two"), [false, false]);
    }
}
