//! Dates of question sets beside dates of answers: the same, coarser, finer. Reads EDTF by itself, so that it owes nothing to the program.

/// How a date of an answer stands to the one expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// Another date.
    Other,
    /// Within the one expected, and more precise than the texts.
    Finer,
    /// Around the one expected.
    Coarser,
    /// The same, qualifiers aside.
    Same,
}

/// The first and the last day, in whatever precision, as numbers that compare.
type Hull = (u32, u32);

/// Compares dates as written.
pub(crate) fn fit(expected: &str, given: &str) -> Fit {
    let (expected, given) = (bare(expected), bare(given));
    if expected == given {
        return Fit::Same;
    }
    match (expected.split_once('/'), given.split_once('/')) {
        (None, None) => compared(hull(&expected), hull(&given)),
        // "2016" is told by "2016/.." and "../2016", and by an end of "2016/2018".
        (None, Some((from, to))) => {
            if from == expected || to == expected {
                return Fit::Same;
            }
            let ends = [from, to].map(|end| compared(hull(&expected), hull(end)));
            match ends.into_iter().max() {
                Some(end @ (Fit::Finer | Fit::Coarser)) => end,
                _ => compared(hull(&expected), around(from, to)),
            }
        }
        (Some((from, to)), None) => {
            if (from == given && is_open(to)) || (to == given && is_open(from)) {
                return Fit::Same;
            }
            compared(around(from, to), hull(&given))
        }
        (Some((from, to)), Some((given_from, given_to))) => {
            if around(from, to) == around(given_from, given_to) {
                return Fit::Same;
            }
            let part = |expected: &str, given: &str| match (is_open(expected), is_open(given)) {
                (true, true) => Fit::Same,
                (true, false) => Fit::Finer,
                (false, true) => Fit::Coarser,
                (false, false) if expected == given => Fit::Same,
                (false, false) => compared(hull(expected), hull(given)),
            };
            part(from, given_from).min(part(to, given_to))
        }
    }
}

/// Without signs of doubt.
fn bare(text: &str) -> String {
    text.trim().chars().filter(|c| !"~?%".contains(*c)).collect()
}

fn is_open(end: &str) -> bool {
    end.is_empty() || end == ".."
}

/// The days of a date; `None` for what is none.
fn hull(date: &str) -> Option<Hull> {
    let mut parts = date.split('-').map(str::parse::<u32>);
    let year = parts.next()?.ok()?;
    let month = parts.next().transpose().ok()?;
    let day = parts.next().transpose().ok()?;
    let number = |month: u32, day: u32| year * 10_000 + month * 100 + day;
    Some(match (month, day) {
        (None, _) => (number(1, 1), number(12, 31)),
        (Some(month), None) => (number(month, 1), number(month, 31)),
        (Some(month), Some(day)) => (number(month, day), number(month, day)),
    })
}

fn around(from: &str, to: &str) -> Option<Hull> {
    let first = if is_open(from) { 0 } else { hull(from)?.0 };
    let last = if is_open(to) { u32::MAX } else { hull(to)?.1 };
    Some((first, last))
}

fn compared(expected: Option<Hull>, given: Option<Hull>) -> Fit {
    let (Some(expected), Some(given)) = (expected, given) else { return Fit::Other };
    if expected == given {
        Fit::Same
    } else if given.0 <= expected.0 && expected.1 <= given.1 {
        Fit::Coarser
    } else if expected.0 <= given.0 && given.1 <= expected.1 {
        Fit::Finer
    } else {
        Fit::Other
    }
}

const MONTHS: [&str; 12] = [
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

/// The dates that a text tells: EDTF, and "11 March 2025", "March 2025".
pub(crate) fn told(text: &str) -> Vec<String> {
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || "(),;“”\"".contains(c))
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_digit() && !c.is_alphabetic() && c != '~').to_lowercase())
        .collect();
    let year = |at: usize| words.get(at).filter(|w| w.len() == 4 && w.chars().all(|c| c.is_ascii_digit()));
    let mut dates = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let month = MONTHS.iter().position(|month| month == word);
        if let (Some(month), Some(year)) = (month, year(at + 1)) {
            let day = at.checked_sub(1).and_then(|before| words[before].parse::<u32>().ok()).filter(|d| *d <= 31);
            let day = day.map_or_else(String::new, |day| format!("-{day:02}"));
            dates.push(format!("{year}-{:02}{day}", month + 1));
        }
        if word.chars().take(4).filter(char::is_ascii_digit).count() == 4
            && hull(&bare(word).replace('/', "-")).is_some()
            || word.split_once('/').is_some_and(|(from, to)| hull(&bare(from)).is_some() && hull(&bare(to)).is_some())
        {
            dates.push(word.clone());
        }
    }
    dates
}

#[test]
fn dates_are_the_same_coarser_or_finer() {
    for (expected, given, fits) in [
        ("2016", "2016", Fit::Same),
        ("2016~", "2016", Fit::Same),
        ("2025-01-20/2025-09~", "2025-01-20/2025-09", Fit::Same),
        ("2025-01-20/2025-09~", "2025-05-14", Fit::Finer),
        ("2025-01-20/2025-09~", "2025", Fit::Coarser),
        ("2024-11", "2024-11-27", Fit::Finer),
        ("2024-11-27", "2024-11", Fit::Coarser),
        ("2024-11", "2024", Fit::Coarser),
        ("2024-11", "2024-12", Fit::Other),
        ("2016", "2016/..", Fit::Same),
        ("2016", "2016-07/..", Fit::Finer),
        ("2016-07", "2016/..", Fit::Coarser),
        ("2016", "../2016", Fit::Same),
        ("2016/..", "2016", Fit::Same),
        ("../2024-12", "2024-12", Fit::Same),
        ("2016/2018", "2016", Fit::Finer),
        ("2016/2018", "2016/..", Fit::Coarser),
        ("2016", "2017/2018", Fit::Other),
        ("2016", "nonsense", Fit::Other),
    ] {
        assert_eq!(fit(expected, given), fits, "{expected} {given}");
    }
}

#[test]
fn texts_tell_dates() {
    assert_eq!(
        told("On 11 March 2025 (2025-03-11), and in March 2024; since 2016/2018, 2017~, 4,000 men."),
        ["2025-03-11", "2025", "2025-03-11", "2024-03", "2024", "2016/2018", "2017~"]
    );
}
