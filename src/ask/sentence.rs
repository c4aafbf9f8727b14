//! A sentence as words.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands: bytes of the sentence.
    pub(super) span: Range<usize>,
    /// In small letters, without accents, with plain apostrophes. A possessive ending is a word of its own (`'s`), also after a plural (`allies'`).
    pub(super) text: String,
    /// Only blanks or hyphens part it from the word before.
    pub(super) joined: bool,
}

/// A sentence, with what has been made of its words so far.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    pub(super) text: String,
    pub(super) words: Vec<Word>,
    /// Which words are accounted for: `true` once a part of the reading has taken them.
    pub(super) taken: Vec<bool>,
}

impl Sentence {
    /// The words of a text. A word that begins with a digit goes on over `-`, `/`, `.`, `,`, `:`, `~`, `?` before another digit or letter or dot
    /// (`2025-03-11`, `4,000`, `2016~/2018`, `../2017` without its dots); initials keep together without their dots (`U.S.` is `us`).
    pub(super) fn new(text: &str) -> Self {
        let mut sentence = Self { text: text.to_owned(), words: Vec::new(), taken: Vec::new() };
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let end_of = |at: usize| chars.get(at).map_or(text.len(), |(byte, _)| *byte);
        let (mut at, mut joined) = (0, false);
        while at < chars.len() {
            let c = chars[at].1;
            if !c.is_alphanumeric() {
                joined &= c.is_whitespace() || c == '-' || is_apostrophe(c);
                at += 1;
                continue;
            }
            let start = at;
            let is_number = c.is_ascii_digit();
            at += 1;
            while let Some((_, c)) = chars.get(at) {
                let next = chars.get(at + 1).map(|(_, c)| *c);
                let goes_on = if is_number && "-/.,:~?".contains(*c) {
                    next.is_some_and(|next| next.is_ascii_digit() || (next.is_alphabetic() && *c == '-'))
                        || (*c == '/' && next == Some('.'))
                } else if *c == '.' {
                    // U.S. – one letter since the last dot.
                    at > start
                        && chars[at - 1].1.is_alphabetic()
                        && (at == start + 1 || chars[at - 2].1 == '.')
                        && next.is_some_and(char::is_alphabetic)
                } else if is_apostrophe(*c) {
                    next.is_some_and(char::is_alphabetic) && !is_possessive(&chars[at + 1..])
                } else {
                    c.is_alphanumeric() || is_mark(*c)
                };
                if !goes_on {
                    break;
                }
                at += 1;
            }
            sentence.push(end_of(start)..end_of(at), joined);
            joined = true;
            if chars.get(at).is_some_and(|(_, c)| is_apostrophe(*c)) && is_possessive(&chars[at + 1..]) {
                sentence.push(end_of(at)..end_of(at + 2), true);
                at += 2;
            } else if chars.get(at).is_some_and(|(_, c)| is_apostrophe(*c))
                && chars[at - 1].1.eq_ignore_ascii_case(&'s')
                && chars.get(at + 1).is_some_and(|(_, c)| c.is_whitespace())
            {
                sentence.push_as(end_of(at)..end_of(at + 1), "'s");
                at += 1;
            }
        }
        sentence
    }

    fn push(&mut self, span: Range<usize>, joined: bool) {
        let text = plain(&self.text[span.clone()]);
        self.words.push(Word { span, text, joined });
        self.taken.push(false);
    }

    fn push_as(&mut self, span: Range<usize>, text: &str) {
        self.words.push(Word { span, text: text.to_owned(), joined: true });
        self.taken.push(false);
    }

    /// The text of a range of words, as typed.
    pub(super) fn typed(&self, words: Range<usize>) -> &str {
        match (self.words.get(words.start), words.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) if words.start < words.end => &self.text[first.span.start..last.span.end],
            _ => "",
        }
    }

    /// The word at a place, in small letters; empty beyond the end.
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| &word.text)
    }

    /// Whether the words from a place on are these, and free.
    pub(super) fn is_free(&self, words: Range<usize>) -> bool {
        words.end <= self.words.len() && words.clone().all(|at| !self.taken[at])
    }

    /// Accounts for words.
    pub(super) fn take(&mut self, words: Range<usize>) {
        self.taken[words].fill(true);
    }
}

/// A text in small letters, without accents and dots, with plain apostrophes; digits keep their punctuation.
fn plain(text: &str) -> String {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '.' if !is_number => {}
            _ if is_apostrophe(c) => plain.push('\''),
            _ => {
                plain.extend(std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase));
            }
        }
    }
    plain
}

/// Whether the characters after an apostrophe are an `s` that ends the word.
fn is_possessive(after: &[(usize, char)]) -> bool {
    after.first().is_some_and(|(_, c)| c.eq_ignore_ascii_case(&'s'))
        && after.get(1).is_none_or(|(_, c)| !c.is_alphanumeric())
}

/// The apostrophes people type; the many others belong to transliterations and stay inside names.
const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '＇')
}

/// Marks that belong to the letter before.
fn is_mark(c: char) -> bool {
    is_combining_mark(c) || matches!(c, 'ʾ' | 'ʿ' | 'ʻ' | 'ʽ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Sentence::new(text).words.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn sentences_fall_into_words() {
        assert_eq!(words("Was HTS allied with Al Qa'ida?"), ["was", "hts", "allied", "with", "al", "qa'ida"]);
        assert_eq!(
            words("the enemies of Turkey’s allies' friends"),
            ["the", "enemies", "of", "turkey", "'s", "allies", "'s", "friends"]
        );
        assert_eq!(words("on 2025-03-11, 4,000 men"), ["on", "2025-03-11", "4,000", "men"]);
        assert_eq!(words("the U.S.-led coalition in 2016/2018"), ["the", "us", "led", "coalition", "in", "2016/2018"]);
        assert_eq!(words("who's who, Hay’at Taḥrīr"), ["who", "'s", "who", "hay'at", "tahrir"]);
        assert_eq!(words("  …?!"), Vec::<String>::new());
    }

    #[test]
    fn commas_part_and_hyphens_join() {
        let joined: Vec<bool> = Sentence::new("anti-ISIS, now").words.iter().map(|word| word.joined).collect();
        assert_eq!(joined, [false, true, false]);
    }
}
