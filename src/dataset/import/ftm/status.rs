//! What the `status` of a link says of how firmly it is said; and which words of it are not understood.

use super::reading::Entity;
use crate::model::{Modality, Stance};

/// How a claim under a link speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) stance: Stance,
    /// No firmer than this.
    pub(super) modality: Modality,
    /// Whether it is said to be over.
    pub(super) over: bool,
}

/// Words that say nothing but that it is or was so.
const PLAIN: [&str; 10] =
    ["supported", "asserted", "confirmed", "verified", "certain", "active", "current", "in force", "ongoing", "valid"];

/// Words that say that it was so.
const OVER: [&str; 9] =
    ["former", "past", "ended", "inactive", "expired", "resigned", "terminated", "dissolved", "historic"];

/// Words that take the firmness from what is said.
const FAINT: [(&str, Modality); 14] = [
    ("reported", Modality::Reported),
    ("alleged", Modality::Reported),
    ("claimed", Modality::Reported),
    ("accused", Modality::Reported),
    ("rumoured", Modality::Reported),
    ("rumored", Modality::Reported),
    ("unconfirmed", Modality::Reported),
    ("possible", Modality::Possible),
    ("suspected", Modality::Possible),
    ("probable", Modality::Possible),
    ("offered", Modality::Offered),
    ("proposed", Modality::Offered),
    ("planned", Modality::Predicted),
    ("predicted", Modality::Predicted),
];

/// Words against it.
const AGAINST: [(&str, Stance); 6] = [
    ("disputed", Stance::Disputes),
    ("contested", Stance::Disputes),
    ("doubtful", Stance::Disputes),
    ("denied", Stance::Denies),
    ("refuted", Stance::Denies),
    ("rejected", Stance::Denies),
];

/// Reads every `status` of a link, and the words in brackets behind its role (`enemy of (only reported)`) where they are of the same kind.
///
/// # Errors
/// The first status that is not understood.
pub(super) fn said(entity: &Entity) -> Result<Said, String> {
    let mut said = Said { stance: Stance::Supports, modality: Modality::Asserted, over: false };
    for status in entity.all("status") {
        said = read(status, said).ok_or_else(|| status.clone())?;
    }
    let bracket = entity
        .any(&["role", "relationship", "controlType"])
        .and_then(|role| role.trim_end().strip_suffix(')')?.rsplit_once(" (").map(|(_, inside)| inside));
    Ok(bracket.and_then(|bracket| read(bracket, said)).unwrap_or(said))
}

/// What a status adds: the faintest and the most contrary word counts.
fn read(status: &str, mut said: Said) -> Option<Said> {
    for word in status.to_lowercase().split([',', ';']).map(str::trim) {
        let word = word.strip_prefix("only ").unwrap_or(word);
        let of =
            |list: &[(&str, Modality)]| list.iter().find(|(known, _)| *known == word).map(|(_, modality)| *modality);
        if let Some(modality) = of(&FAINT) {
            said.modality = said.modality.max(modality);
        } else if let Some((_, stance)) = AGAINST.iter().find(|(known, _)| *known == word) {
            said.stance = said.stance.max(*stance);
        } else if OVER.contains(&word) {
            said.over = true;
        } else if !PLAIN.contains(&word) {
            return None;
        }
    }
    Some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_read_and_others_are_not() {
        let plain = Said { stance: Stance::Supports, modality: Modality::Asserted, over: false };
        for (text, stance, modality) in [
            ("Current", Stance::Supports, Modality::Asserted),
            ("only offered", Stance::Supports, Modality::Offered),
            ("contested, reported", Stance::Disputes, Modality::Reported),
            ("Alleged; denied", Stance::Denies, Modality::Reported),
        ] {
            assert_eq!(read(text, plain), Some(Said { stance, modality, over: false }), "{text}");
        }
        assert!(read("resigned", plain).is_some_and(|said| said.over));
        for text in ["", "not", "denied by nobody", "pending"] {
            assert_eq!(read(text, plain), None, "{text}");
        }
    }
}
