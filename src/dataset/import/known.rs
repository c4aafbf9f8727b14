//! The actors or sources of an import, by whatever names them.

use std::collections::{BTreeMap, BTreeSet};

/// Why nothing was found.
///
/// It carries no words: to miss is usual where records are still being made, and words are gathered only where something is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// Nothing is called so: see [`Known::words`].
    Unknown,
    /// Several are: see [`Known::several`].
    Ambiguous,
}

/// Ids by id, by exact name, and by ids elsewhere.
#[derive(Debug, Default)]
pub(super) struct Known {
    ids: BTreeSet<String>,
    names: BTreeMap<String, BTreeSet<String>>,
    elsewhere: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
}

impl Known {
    /// Adds an id.
    pub(super) fn add(&mut self, id: &str) {
        self.ids.insert(id.to_owned());
    }

    /// Adds a name of an id.
    pub(super) fn add_name(&mut self, id: &str, name: &str) {
        self.names.entry(name.trim().to_owned()).or_default().insert(id.to_owned());
    }

    /// Adds an id that a register gives.
    pub(super) fn add_elsewhere(&mut self, id: &str, register: &str, value: &str) {
        let values = self.elsewhere.entry(register.to_owned()).or_default();
        values.entry(value.to_owned()).or_default().insert(id.to_owned());
    }

    /// Every id, in order.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }

    /// The id of a text: by a register of ids elsewhere, when one is named; else itself an id, or exactly a name.
    ///
    /// # Complexity
    /// Grows as the logarithm of how many there are, found or not.
    pub(super) fn find(&self, text: &str, by: Option<&str>) -> Result<&str, Missing> {
        if let (None, Some(id)) = (by, self.ids.get(text)) {
            return Ok(id);
        }
        let found = self.named(text, by).ok_or(Missing::Unknown)?;
        match (found.first(), found.len()) {
            (Some(one), 1) => Ok(one),
            _ => Err(Missing::Ambiguous),
        }
    }

    /// The ids that go by a text, in order.
    pub(super) fn several(&self, text: &str, by: Option<&str>) -> impl Iterator<Item = &str> {
        self.named(text, by).into_iter().flatten().map(String::as_str)
    }

    /// Every word that would name something: ids, then names; or the ids of a register.
    pub(super) fn words(&self, by: Option<&str>) -> Vec<&str> {
        match by {
            Some(register) => {
                self.elsewhere.get(register).into_iter().flat_map(BTreeMap::keys).map(String::as_str).collect()
            }
            None => self.ids.iter().chain(self.names.keys()).map(String::as_str).collect(),
        }
    }

    fn named(&self, text: &str, by: Option<&str>) -> Option<&BTreeSet<String>> {
        match by {
            Some(register) => self.elsewhere.get(register)?.get(text),
            None => self.names.get(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_goes_before_a_name_and_names_of_several_are_told() {
        let mut known = Known::default();
        for (id, name) in [("a", "North"), ("b", "North"), ("c", "a")] {
            known.add(id);
            known.add_name(id, name);
        }
        known.add_elsewhere("b", "cow", "652");
        assert_eq!(known.find("a", None), Ok("a"));
        assert_eq!(known.find("North", None), Err(Missing::Ambiguous));
        assert_eq!(known.several("North", None).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(known.find("652", Some("cow")), Ok("b"));
        assert_eq!(known.find("652", Some("ucdp")), Err(Missing::Unknown));
        assert_eq!(known.find("north", None), Err(Missing::Unknown));
        assert_eq!(known.words(None), ["a", "b", "c", "North", "a"]);
        assert_eq!((known.words(Some("cow")), known.words(Some("ucdp"))), (vec!["652"], Vec::new()));
    }
}
