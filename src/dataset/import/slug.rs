//! Readable ids made of names.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The most signs that an id made of a name has, a number that tells two apart not counted.
const MOST: usize = 60;

/// The id that a name gives: in Latin letters, lower case, words parted by hyphens; `unnamed` where nothing is left.
///
/// Other scripts are written in Latin letters sign by sign (Arabic without the vowels that it does not write), which is steady rather than pretty:
/// give ids of your own where people will type them.
pub(in crate::dataset) fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        // Apostrophes part nothing: Hay'at.
        if matches!(c, '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | 'ʾ' | 'ʿ' | '`' | '´') {
            continue;
        }
        // Vowels that Arabic does write, and that the table of signs drops or takes for consonants.
        let plain = match c {
            'ا' | 'أ' | 'آ' | 'ة' | 'ى' => "a",
            'إ' => "i",
            _ => any_ascii::any_ascii_char(c),
        };
        for sign in plain.chars() {
            if sign.is_ascii_alphanumeric() {
                out.push(sign.to_ascii_lowercase());
            } else if sign != '\'' && sign != '`' && !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
        }
    }
    let end = out.trim_end_matches('-').len();
    out.truncate(end);
    if out.len() > MOST {
        let cut = out[..=MOST].rfind('-').filter(|at| *at > MOST / 2).unwrap_or(MOST);
        out.truncate(cut);
    }
    if out.is_empty() { "unnamed".into() } else { out }
}

/// Hands out ids, each once: the second that wants one gets `-2`, or another sign and 2.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Each with the last number given to one that wanted it.
    taken: BTreeMap<String, usize>,
}

impl Ids {
    /// Takes an id that is given; whether it was free.
    pub(super) fn take(&mut self, id: &str) -> bool {
        // The number of one that is taken stays, so that numbering goes on where it was.
        match self.taken.entry(id.to_owned()) {
            Entry::Vacant(place) => {
                place.insert(1);
                true
            }
            Entry::Occupied(_) => false,
        }
    }

    /// Whether an id is taken.
    pub(super) fn has(&self, id: &str) -> bool {
        self.taken.contains_key(id)
    }

    /// An id that is free, numbered where the one wanted is not.
    pub(super) fn free(&mut self, wanted: &str, sign: char) -> String {
        if self.take(wanted) {
            return wanted.to_owned();
        }
        let mut number = self.taken.get(wanted).copied().unwrap_or(1);
        loop {
            number += 1;
            let id = format!("{wanted}{sign}{number}");
            if !self.taken.contains_key(&id) {
                self.taken.insert(wanted.to_owned(), number);
                self.take(&id);
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_script_give_ids() {
        for (name, id) in [
            ("Hay'at Tahrir al-Sham", "hayat-tahrir-al-sham"),
            ("Türkiye", "turkiye"),
            ("  \"The\" <b>Group</b> & Co. ", "the-b-group-b-co"),
            ("جبهة الشمال", "jbha-alshmal"),
            ("", "unnamed"),
            ("---", "unnamed"),
            ("10th Division", "10th-division"),
            (&"long ".repeat(40), "long-long-long-long-long-long-long-long-long-long-long-long"),
        ] {
            assert_eq!(slug(name), id, "{name:?}");
        }
    }

    #[test]
    fn ids_wanted_twice_are_numbered_and_given_ids_stay() {
        let mut ids = Ids::default();
        assert!(ids.take("a-2"));
        assert_eq!([ids.free("a", '-'), ids.free("a", '-'), ids.free("a", '-')], ["a", "a-3", "a-4"]);
        assert!(!ids.take("a"));
        assert_eq!(ids.free("a", '-'), "a-5");
    }
}
