//! The stem of a word, so that the words of a question and those of a record meet.

use super::inflection::Inflection;

/// A light stem: irregular forms by the table, then the endings of plurals and verbs. It is a key and not always a word: `pledg`.
pub(super) fn stem(inflection: &Inflection, word: &str) -> String {
    let word = inflection.spelt(word);
    let word = inflection.base(&word);
    let mut stem = without_ending(word);
    if stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    let mut from_the_end = stem.chars().rev();
    if let (Some(last), Some(before)) = (from_the_end.next(), from_the_end.next())
        && last == before
        && !matches!(last, 'a' | 'e' | 'i' | 'o' | 'u')
        && stem.len() > 3
    {
        stem.pop();
    }
    stem
}

fn without_ending(word: &str) -> String {
    let is_plain = word.chars().all(|c| c.is_ascii_lowercase() || c == '\'');
    if !is_plain || word.len() < 4 {
        return word.to_owned();
    }
    for (ending, shortest, instead) in
        [("ies", 5, "y"), ("ied", 5, "y"), ("sses", 5, "ss"), ("shes", 5, "sh"), ("ches", 5, "ch"), ("xes", 5, "x")]
    {
        if let Some(rest) = word.strip_suffix(ending)
            && word.len() >= shortest
        {
            return format!("{rest}{instead}");
        }
    }
    for ending in ["ing", "ed"] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.len() >= 3
            && rest.contains(['a', 'e', 'i', 'o', 'u', 'y'])
            && (ending == "ing" || !rest.ends_with('e'))
        {
            return rest.to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(rest) if !rest.ends_with(['s', 'u', 'i', '\'']) => rest.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_meet() {
        let mut inflection = Inflection::default();
        inflection.add_irregular("flee fled");
        inflection.add_plural("man men");
        for words in [
            "pledge pledges pledged pledging",
            "stop stops stopped stopping",
            "kill kills killed killing",
            "carry carries carried carrying",
            "clash clashes clashed clashing",
            "base bases based basing",
            "press presses pressed pressing",
            "flee flees fled fleeing",
            "man men",
            "city cities",
        ] {
            let mut stems = words.split(' ').map(|word| stem(&inflection, word));
            let first = stems.next().unwrap_or_default();
            assert!(stems.all(|other| other == first), "{words}: {first}");
        }
    }

    #[test]
    fn different_words_stay_apart() {
        let inflection = Inflection::default();
        for (a, b) in [
            ("status", "state"),
            ("bin", "being"),
            ("syria", "syrian"),
            ("need", "net"),
            ("king", "k"),
            ("2,000", "2,00"),
        ] {
            assert_ne!(stem(&inflection, a), stem(&inflection, b), "{a} {b}");
        }
        assert_eq!(stem(&inflection, "was"), "was");
        assert_eq!(stem(&inflection, "isis"), "isis");
    }
}
