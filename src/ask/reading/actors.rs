//! Actors in a sentence: found by their names, misspelt by a letter, or unknown.

use super::frame;
use crate::ask::lexicon::{Form, Meaning, Unit};
use crate::ask::sentence::Sentence;
use crate::ask::{Ground, Named, Problem};
use crate::model::{ActorId, KindId, Polarity};
use crate::names::{How, NameError, fold};
use crate::time::Window;
use std::ops::Range;

/// No misspelt or unknown name is looked for over more words.
const LONGEST_NAME: usize = 6;

/// Written with a capital, and nobody's name.
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// An actor in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mentioned {
    pub(super) words: Range<usize>,
    pub(super) named: Named,
    /// How it was read, where that is worth a word.
    pub(super) reason: Option<String>,
}

/// Finds the actors that the free words of a sentence name, in its order, and takes their words. `chosen` says who is meant where a name fits several.
///
/// # Errors
/// When a name fits several actors in the days asked about, or when what is written as a name is nobody's.
pub(super) fn find(
    ground: Ground<'_, '_>,
    sentence: &mut Sentence,
    window: Window,
    chosen: &[Named],
) -> Result<Vec<Mentioned>, Problem> {
    let mut found = Vec::new();
    for mention in ground.names.mentions(&sentence.text, window) {
        let words = words_in(sentence, &mention.span);
        if words.is_empty() || is_counted(sentence, words.start) || !sentence.is_free(words.clone()) {
            continue;
        }
        let inner = parts(ground, sentence, &words, window);
        let pieces = if inner.is_empty() { vec![words] } else { inner };
        for words in pieces {
            found.push(resolved(ground, sentence, words, window, chosen)?);
        }
    }
    for mentioned in &found {
        sentence.take(mentioned.words.clone());
    }
    for mentioned in &mut found {
        widen(ground, sentence, mentioned, window, chosen)?;
        sentence.take(mentioned.words.clone());
    }
    misspelt(ground, sentence, window, &mut found);
    for mentioned in &found {
        unnamed_body(ground, sentence, mentioned)?;
    }
    unknown(ground, sentence, window)?;
    found.sort_by_key(|mentioned| mentioned.words.start);
    Ok(found)
}

/// The words within a stretch of the text, without a possessive ending.
fn words_in(sentence: &Sentence, span: &Range<usize>) -> Range<usize> {
    let first = sentence.words.iter().position(|word| word.span.start >= span.start && word.span.start < span.end);
    let Some(first) = first else { return 0..0 };
    let mut last = sentence.words.iter().rposition(|word| word.span.end <= span.end).map_or(first, |at| at + 1);
    while last > first && sentence.word(last - 1) == "'s" {
        last -= 1;
    }
    first..last
}

/// The names inside a name that is made with a word for a tie ("allies of HTS"), which is read as the tie; none for other names.
fn parts(ground: Ground<'_, '_>, sentence: &Sentence, words: &Range<usize>, window: Window) -> Vec<Range<usize>> {
    if words.len() < 2 {
        return Vec::new();
    }
    let is_tie = |at: usize| {
        let units = [Unit::Word(sentence.word(at))];
        ground.lexicon.phrase(&units).is_some_and(|phrase| {
            phrase.meanings.iter().any(|meaning| match meaning {
                // "leadership of X" stays a name: leading says nothing of friend or foe.
                Meaning::Tie { form: Form::Noun | Form::Plural, sense, .. } => {
                    ground.lexicon.tie(*sense, false).polarity.is_some_and(|p| p != Polarity::Neutral)
                }
                _ => false,
            })
        })
    };
    // The names of organisations may hold such words (the Revolutionary Guards); those of factions describe.
    let graph = ground.graph;
    let describes = ground.names.find(sentence.typed(words.clone()), window).is_some_and(|found| {
        let kind = &*graph.vocabulary().kind(graph.actor(found.actor).kind).name;
        matches!(kind, "faction" | "community" | "unidentified")
    });
    if !describes {
        return Vec::new();
    }
    let Some(tie) = words.clone().find(|at| is_tie(*at)) else { return Vec::new() };
    let inside = |range: Range<usize>| {
        let offset = sentence.words.get(range.start).map_or(0, |word| word.span.start);
        let mentions = ground.names.mentions(sentence.typed(range), window);
        mentions.into_iter().map(move |m| words_in(sentence, &(m.span.start + offset..m.span.end + offset)))
    };
    inside(words.start..tie).chain(inside(tie + 1..words.end)).filter(|words| !words.is_empty()).collect()
}

fn resolved(
    ground: Ground<'_, '_>,
    sentence: &Sentence,
    words: Range<usize>,
    window: Window,
    chosen: &[Named],
) -> Result<Mentioned, Problem> {
    let text = sentence.typed(words.clone()).to_owned();
    if let Some(named) = chosen.iter().find(|named| named.text == text) {
        return Ok(Mentioned { words, named: named.clone(), reason: None });
    }
    let resolved = ground.names.resolve(&text, window).map_err(Problem::Name)?;
    let reason = match resolved.how {
        // In a sentence case and articles are nobody's concern.
        How::Folded { .. } => None,
        _ => resolved.reason(ground.graph),
    };
    Ok(Mentioned { words, named: Named { text, actor: resolved.actor }, reason })
}

/// Looks at the words beside a name: with a neighbour that is written like a part of it, it may be another name ("Islamic State Khorasan").
fn widen(
    ground: Ground<'_, '_>,
    sentence: &Sentence,
    mentioned: &mut Mentioned,
    window: Window,
    chosen: &[Named],
) -> Result<(), Problem> {
    let is_part = |at: usize| {
        is_written_as_name(sentence, at)
            && !sentence.taken[at]
            && is_unknown(ground, sentence, at)
            && sentence.words[at].span.len() > 1
    };
    let mut words = mentioned.words.clone();
    while words.start > 1 && sentence.words[words.start].joined && is_part(words.start - 1) {
        words.start -= 1;
    }
    while words.end < sentence.words.len() && sentence.words[words.end].joined && is_part(words.end) {
        words.end += 1;
    }
    if words == mentioned.words {
        return Ok(());
    }
    *mentioned = resolved(ground, sentence, words, window, chosen)?;
    Ok(())
}

/// Whether a word belongs to "how many": "how many states" counts, and names no "many states".
fn is_counted(sentence: &Sentence, at: usize) -> bool {
    at > 0 && sentence.word(at) == "many" && sentence.word(at - 1) == "how"
}

/// Whether a word begins with a capital in a sentence that has small letters too.
fn is_written_as_name(sentence: &Sentence, at: usize) -> bool {
    let has_case = sentence.text.contains(char::is_lowercase) && sentence.text.contains(char::is_uppercase);
    has_case && sentence.text[sentence.words[at].span.clone()].starts_with(char::is_uppercase)
}

/// Whether a word is none that questions are asked in.
fn is_unknown(ground: Ground<'_, '_>, sentence: &Sentence, at: usize) -> bool {
    let word = sentence.word(at);
    !word.starts_with(|c: char| c.is_ascii_digit())
        && word != "'s"
        && !MONTHS.contains(&word)
        && !ground.lexicon.is_empty_word(word)
        && frame::question_word(sentence, at).is_none()
        && frame::auxiliary(word).is_none()
        && frame::contracted(word).is_none()
        && ground.lexicon.phrase(&[Unit::Word(word)]).is_none()
}

/// Names with one wrong letter, among words that mean nothing otherwise.
fn misspelt(ground: Ground<'_, '_>, sentence: &mut Sentence, window: Window, found: &mut Vec<Mentioned>) {
    let mut at = 0;
    while at < sentence.words.len() {
        let free = |at: usize| !sentence.taken[at] && sentence.word(at) != "'s" && !is_counted(sentence, at);
        let reach = (at..sentence.words.len().min(at + LONGEST_NAME))
            .take_while(|i| free(*i) && (*i == at || sentence.words[*i].joined))
            .count();
        let hit = (1..=reach).rev().map(|count| at..at + count).find_map(|words| {
            let text = sentence.typed(words.clone());
            let has_unknown = words.clone().any(|i| is_unknown(ground, sentence, i) && sentence.word(i).len() >= 4);
            if text.len() < 5 || !has_unknown || !is_unknown(ground, sentence, words.start) {
                return None;
            }
            let resolved = ground.names.find(text, window)?;
            if !begins_alike(ground, text, resolved.actor) || goes_on(ground, sentence, words.end) {
                return None;
            }
            if let How::Misspelt { name } = &resolved.how
                && (is_derived(&fold(text), &fold(name))
                    || is_part_of_more(ground, sentence, words.end, resolved.actor))
            {
                return None;
            }
            // A word of the lexicon that is misspelt is no name.
            let units: Vec<Unit<'_>> = words.clone().map(|i| Unit::Word(sentence.word(i))).collect();
            if words.len() == 1
                && ground.lexicon.misspelt(&units).is_some()
                && !is_written_as_name(sentence, words.start)
            {
                return None;
            }
            let reason = resolved.reason(ground.graph);
            Some(Mentioned { words, named: Named { text: text.to_owned(), actor: resolved.actor }, reason })
        });
        match hit {
            Some(mentioned) => {
                at = mentioned.words.end;
                sentence.take(mentioned.words.clone());
                found.push(mentioned);
            }
            None => at += 1,
        }
    }
}

/// Whether a misspelt name begins like one of the names of the actor: slips are seldom in the first letter, other names often.
fn begins_alike(ground: Ground<'_, '_>, text: &str, actor: ActorId) -> bool {
    let actor = ground.graph.actor(actor);
    let first = fold(text).chars().next();
    let mut names = std::iter::once(&actor.name).chain(actor.names.iter().map(|name| &name.text));
    names.any(|name| fold(name).split(' ').any(|word| word.chars().next() == first))
}

/// Whether a name written with capitals goes on after a particle: "Jaish al-Islam" is no slip of "Daish".
fn goes_on(ground: Ground<'_, '_>, sentence: &Sentence, at: usize) -> bool {
    let is_joined = |at: usize| sentence.words.get(at).is_some_and(|word| word.joined) && !sentence.taken[at];
    is_joined(at)
        && is_particle(sentence.word(at))
        && is_joined(at + 1)
        && is_written_as_name(sentence, at + 1)
        && is_unknown(ground, sentence, at + 1)
}

/// Whether a word is another word made from a name: "Syriac" is no slip of "Syria".
fn is_derived(typed: &str, name: &str) -> bool {
    typed.strip_prefix(name).is_some_and(|ending| matches!(ending, "c" | "ic" | "ish" | "i"))
}

/// Whether a misspelt name goes on with a word that means nothing, or with a word for a sort of which its actor is none: the whole is another
/// name then.
fn is_part_of_more(ground: Ground<'_, '_>, sentence: &Sentence, at: usize, actor: ActorId) -> bool {
    if !is_free_and_joined(sentence, at) || sentence.word(at) == "'s" {
        return false;
    }
    match sort_at(ground, sentence, at) {
        Some((kinds, _)) => !kinds.contains(&ground.graph.actor(actor).kind) && !is_ground(ground, &kinds),
        None => is_unknown(ground, sentence, at) && ground.lexicon.misspelt(&[Unit::Word(sentence.word(at))]).is_none(),
    }
}

fn is_free_and_joined(sentence: &Sentence, at: usize) -> bool {
    sentence.words.get(at).is_some_and(|word| word.joined) && !sentence.taken[at]
}

/// The kinds of a word for a sort, and how many words it takes; `None` for a word that may also mean something else.
fn sort_at(ground: Ground<'_, '_>, sentence: &Sentence, at: usize) -> Option<(Vec<KindId>, usize)> {
    let reach = (at..sentence.words.len().min(at + 4)).take_while(|i| *i == at || is_free_and_joined(sentence, *i));
    let units: Vec<Unit<'_>> = reach.map(|i| Unit::Word(sentence.word(i))).collect();
    let phrase = ground.lexicon.phrase(&units)?;
    match phrase.meanings.as_slice() {
        [Meaning::Sort(kinds), ..] => Some((kinds.clone(), phrase.length)),
        _ => None,
    }
}

/// Whether kinds are those of land, which is its owner's: "Syrian territory".
fn is_ground(ground: Ground<'_, '_>, kinds: &[KindId]) -> bool {
    kinds.iter().any(|kind| &*ground.graph.vocabulary().kind(*kind).name == "place")
}

/// Refuses "a Turkish group", "the Syrian council": somebody of a country who has no name is not that country. Its government, its army and
/// its land stand for it.
fn unnamed_body(ground: Ground<'_, '_>, sentence: &Sentence, mentioned: &Mentioned) -> Result<(), Problem> {
    let vocabulary = ground.graph.vocabulary();
    let actor = ground.graph.actor(mentioned.named.actor);
    let text = fold(&mentioned.named.text);
    let is_adjective = ["an", "ish", "i", "ese", "ic"].iter().any(|ending| text.ends_with(ending))
        && !text.contains(' ')
        && text != fold(&actor.name);
    let end = mentioned.words.end;
    if !is_adjective || &*vocabulary.kind(actor.kind).name != "state" || !is_free_and_joined(sentence, end) {
        return Ok(());
    }
    let Some((kinds, length)) = sort_at(ground, sentence, end) else { return Ok(()) };
    let is_its_own = |kind: &KindId| matches!(&*vocabulary.kind(*kind).name, "state" | "state_force" | "government");
    if is_ground(ground, &kinds) || kinds.iter().any(is_its_own) {
        return Ok(());
    }
    let text = sentence.typed(mentioned.words.start..end + length).into();
    Err(Problem::Name(NameError::Unknown { text, near: Vec::new() }))
}

/// The small words inside names.
fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "al" | "ut" | "at" | "as" | "ash" | "an" | "bin" | "ibn" | "abu" | "wal" | "of" | "the" | "de" | "el"
    )
}

/// Refuses what is written as a name and is nobody's: several words with capitals, or one that is no word of English questions.
fn unknown(ground: Ground<'_, '_>, sentence: &Sentence, window: Window) -> Result<(), Problem> {
    let mut at = 0;
    while at < sentence.words.len() {
        let is_start = at == 0 || sentence.word(at - 1).is_empty();
        let begins = !sentence.taken[at] && is_written_as_name(sentence, at) && is_unknown(ground, sentence, at);
        // A capital at the beginning of a sentence says nothing, unless another follows.
        let next_is_name = |at: usize| {
            at < sentence.words.len()
                && sentence.words[at].joined
                && !sentence.taken[at]
                && is_written_as_name(sentence, at)
                && is_unknown(ground, sentence, at)
        };
        if !begins || (is_start && !next_is_name(at + 1)) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < sentence.words.len() && sentence.words[end].joined && !sentence.taken[end] {
            if next_is_name(end) {
                end += 1;
            } else if is_particle(sentence.word(end)) && next_is_name(end + 1) {
                end += 2;
            } else {
                break;
            }
        }
        let text = sentence.typed(at..end);
        // A place that nobody knows may be no more than a circumstance, which the records must bear out.
        let is_after_in = at > 0 && matches!(sentence.word(at - 1), "in" | "at" | "near" | "inside" | "across");
        if is_after_in || is_told(ground, text) {
            at = end;
            continue;
        }
        if let Err(error @ (NameError::Unknown { .. } | NameError::Ambiguous { .. })) =
            ground.names.resolve(text, window)
        {
            return Err(Problem::Name(error));
        }
        at = end;
    }
    Ok(())
}

/// Whether the name of an event or the note of a claim has these words as they stand: the Victory Conference is nobody, and known.
fn is_told(ground: Ground<'_, '_>, text: &str) -> bool {
    let wanted = format!(" {} ", fold(text));
    let tells = |text: &str| format!(" {} ", fold(text)).contains(&wanted);
    let graph = ground.graph;
    let mut is_told =
        graph.events().any(|(_, event)| tells(&event.name) || event.claims.iter().any(|claim| tells(&claim.note)));
    if !is_told {
        graph.each_relation(|_, relation| {
            is_told = relation.claims.iter().any(|claim| tells(&claim.note));
            !is_told
        });
    }
    is_told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate as allegiance;
    use crate::ask::Lexicon;
    use crate::names::Index;

    #[test]
    fn bodies_without_a_name_are_no_states() {
        let graph = allegiance::dataset::embedded();
        let names = Index::new(&graph);
        let lexicon = Lexicon::embedded(graph.vocabulary());
        let ground = Ground { graph: &graph, names: &names, lexicon: &lexicon };
        let found = |text: &str| {
            let found = find(ground, &mut Sentence::new(text), Window::ALL, &[]);
            found.map(|found| found.iter().map(|one| graph.actor(one.named.actor).slug.to_string()).collect::<Vec<_>>())
        };
        for (text, slugs) in [
            ("is turkey allied with hts", &["turkey", "hts"][..]),
            ("is turky allied with hts", &["turkey", "hts"]),
            ("is the turkish government allied with hts", &["turkey", "hts"]),
            ("is the turkish army allied with hts", &["turkey", "hts"]),
            ("is the syriac military council allied with turkey", &["turkey"]),
            ("is the syriac council allied with turkey", &["turkey"]),
            ("did turky bananas attack hts", &["hts"]),
        ] {
            assert_eq!(
                found(text).as_deref().ok(),
                Some(&slugs.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()[..]),
                "{text}"
            );
        }
        for text in [
            "is the turkish group allied with hts",
            "are russian companies allied with hts",
            "is an iranian militia in syria",
        ] {
            assert!(found(text).is_err(), "{text}");
        }
    }
}
