//! How phrases are written in the data: `sign/strike deal/accord (with)`, `give … intelligence`, `co-operate (with)`.
//!
//! Blanks part the places of a phrase; `/` parts what may stand in one place, `-` the words of one such choice; a bracket at the end holds
//! particles, any of which may follow, or none. Phrases stay as they are written and are read when a sentence is held against them, so that
//! a thousand entries cost little to load.

use super::inflection::Inflection;

/// An actor inside a phrase.
pub(super) const GAP: &str = "…";

/// Words that, at the end of a phrase without brackets, can only stand before the other end. Not `in`, `on` and `over`, which as often
/// belong to the verb (`take in`, `turn on`).
const PARTICLES: [&str; 15] = [
    "with",
    "to",
    "from",
    "of",
    "by",
    "into",
    "against",
    "for",
    "behind",
    "as",
    "about",
    "towards",
    "toward",
    "alongside",
    "upon",
];

/// A phrase as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Notation {
    /// What comes before the bracket.
    body: Box<str>,
    /// What is inside.
    particles: Box<str>,
}

impl Notation {
    /// A phrase as an entry of the data has it; `None` when there is no word in it.
    pub(super) fn new(entry: &str) -> Option<Self> {
        Self::with_particle(entry, "")
    }

    /// A noun: `of` may follow when the entry has no bracket of its own.
    pub(super) fn of_noun(entry: &str) -> Option<Self> {
        Self::with_particle(entry, "of")
    }

    fn with_particle(entry: &str, particle: &str) -> Option<Self> {
        let entry = entry.trim().to_lowercase();
        let (body, particles) = match entry.split_once('(') {
            Some((body, rest)) => (body.trim_end(), rest.trim_end_matches(')')),
            None => (entry.as_str(), particle),
        };
        let has_word = body.split_whitespace().next().is_some_and(|first| first != GAP);
        has_word.then(|| Self { body: body.into(), particles: particles.into() })
    }

    /// The places of the phrase, particles apart.
    pub(super) fn places(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.body.split_whitespace()
    }

    /// What may stand in the first place.
    pub(super) fn first_choices(&self) -> impl Iterator<Item = &str> {
        choices(self.places().next().unwrap_or_default())
    }

    /// The particles, each of one or more words.
    pub(super) fn particles(&self) -> impl Iterator<Item = &str> {
        choices(&self.particles)
    }

    /// Every word of it, a gap apart.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let all = self.places().flat_map(choices).chain(self.particles());
        all.flat_map(words_of).filter(|word| *word != GAP)
    }

    /// Whether, without a particle of the bracket, its last word stands before the other end all the same. Where the other end is in a
    /// gap, nothing does.
    pub(super) fn ends_in_particle(&self) -> bool {
        let mut places = self.places().rev();
        let last = places.next().unwrap_or_default();
        places.next().is_some() && !self.has_gap() && choices(last).all(|choice| PARTICLES.contains(&choice))
    }

    /// Whether an actor stands inside.
    pub(super) fn has_gap(&self) -> bool {
        self.places().any(|place| place == GAP)
    }

    /// The same in the plural: of the word before `of` or `in`, or of the last before the particle.
    pub(super) fn plural(&self, inflection: &Inflection) -> Self {
        let mut places: Vec<String> = self.places().map(str::to_owned).collect();
        let at = places.iter().position(|place| matches!(place.as_str(), "of" | "in")).unwrap_or(places.len());
        if let Some(noun) = at.checked_sub(1).and_then(|at| places.get_mut(at)) {
            let plurals: Vec<String> = choices(noun).map(|choice| plural(choice, inflection)).collect();
            *noun = plurals.join("/");
        }
        Self { body: places.join(" ").into(), particles: self.particles.clone() }
    }

    /// The same with another first place.
    pub(super) fn beginning(&self, first: &str) -> Self {
        let places: Vec<&str> = std::iter::once(first).chain(self.places().skip(1)).collect();
        Self { body: places.join(" ").into(), particles: self.particles.clone() }
    }

    /// The same without its first place; `None` when nothing else is in it.
    pub(super) fn without_first(&self) -> Option<Self> {
        let places: Vec<&str> = self.places().skip(1).collect();
        (!places.is_empty()).then(|| Self { body: places.join(" ").into(), particles: self.particles.clone() })
    }
}

/// What may stand in a place.
pub(super) fn choices(place: &str) -> impl Iterator<Item = &str> {
    place.split('/').map(str::trim).filter(|choice| !choice.is_empty())
}

/// The words of a choice.
pub(super) fn words_of(choice: &str) -> impl Iterator<Item = &str> {
    choice.split([' ', '-']).filter(|word| !word.is_empty())
}

/// The plural of a choice: of its last word.
fn plural(choice: &str, inflection: &Inflection) -> String {
    match choice.rsplit_once('-') {
        Some((before, last)) => format!("{before}-{}", inflection.plural(last)),
        None => inflection.plural(choice),
    }
}

#[cfg(test)]
impl Notation {
    /// Every phrase that it stands for, in words.
    pub(super) fn spelt_out(&self) -> Vec<String> {
        let mut texts = vec![String::new()];
        for place in self.places() {
            let longer = |text: &String| choices(place).map(|choice| format!("{text} {choice}")).collect::<Vec<_>>();
            texts = texts.iter().flat_map(longer).collect();
        }
        let particles: Vec<&str> = self.particles().collect();
        let with = |text: &String| particles.iter().map(|particle| format!("{text} {particle}")).collect::<Vec<_>>();
        let all = texts.iter().flat_map(with).chain(texts.iter().cloned());
        all.map(|text| text.trim().replace('-', " ")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_taken_apart() {
        let notation = Notation::new("sign/strike peace-deal/accord (with/along with)").unwrap();
        assert_eq!(notation.first_choices().collect::<Vec<_>>(), ["sign", "strike"]);
        assert_eq!(notation.particles().collect::<Vec<_>>(), ["with", "along with"]);
        let words: Vec<_> = notation.words().collect();
        assert_eq!(words, ["sign", "strike", "peace", "deal", "accord", "with", "along", "with"]);
        assert_eq!(Notation::new(""), None);
        assert_eq!(Notation::new("… at war"), None);
    }

    #[test]
    fn the_end_of_a_phrase_may_be_a_particle() {
        for (entry, expected) in [
            ("go over to", true),
            ("turn on", false),
            ("take in", false),
            ("split (from)", false),
            ("provide … with", false),
            ("of", false),
            ("stand with/by", true),
        ] {
            assert_eq!(Notation::new(entry).unwrap().ends_in_particle(), expected, "{entry}");
        }
    }

    #[test]
    fn plurals_change_the_head() {
        let plural = |entry: &str| Notation::of_noun(entry).unwrap().plural(&Inflection::default());
        assert_eq!(plural("ally"), Notation { body: "allies".into(), particles: "of".into() });
        assert_eq!(plural("head of state").body, "heads of state".into());
        assert_eq!(
            plural("arch-enemy/foe (to)"),
            Notation { body: "arch-enemies/foes".into(), particles: "to".into() }
        );
    }
}
