//! Actors by whatever names them, and ids that were given before: small enough for millions.

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

/// Stands for an actor where a text fits several.
const SEVERAL: u32 = u32::MAX;

/// Where a text lies, and its number.
#[derive(Clone, Copy, Debug)]
struct Place {
    begin: u32,
    length: u32,
    number: u32,
}

/// Texts, each with a number. Kept end to end, and found by their hashes; where hashes of different texts meet, by the texts.
#[derive(Default)]
struct Texts {
    all: String,
    places: FxHashMap<u64, Place>,
    /// Those whose hash another text has, and those that lie too far to be told by a place.
    others: FxHashMap<Box<str>, u32>,
}

impl Texts {
    fn text(all: &str, place: Place) -> &str {
        let begin = place.begin as usize;
        &all[begin..begin + place.length as usize]
    }

    fn find(&self, text: &str) -> Option<u32> {
        self.find_hashed(text, xxh3_64(text.as_bytes()))
    }

    fn find_hashed(&self, text: &str, hash: u64) -> Option<u32> {
        match self.places.get(&hash) {
            Some(place) if Self::text(&self.all, *place) == text => Some(place.number),
            _ if self.others.is_empty() => None,
            _ => self.others.get(text).copied(),
        }
    }

    /// Adds a text; one that is there with another number fits several from then on.
    fn add(&mut self, text: &str, number: u32) {
        self.add_hashed(text, xxh3_64(text.as_bytes()), number);
    }

    fn add_hashed(&mut self, text: &str, hash: u64, number: u32) {
        let merge = |known: &mut u32| {
            if *known != number {
                *known = SEVERAL;
            }
        };
        match self.places.get_mut(&hash) {
            Some(place) if Self::text(&self.all, *place) == text => return merge(&mut place.number),
            None if !self.others.contains_key(text) => {
                if let (Ok(begin), Ok(length)) = (u32::try_from(self.all.len()), u32::try_from(text.len())) {
                    self.places.insert(hash, Place { begin, length, number });
                    self.all.push_str(text);
                    return;
                }
            }
            _ => {}
        }
        merge(self.others.entry(text.into()).or_insert(number));
    }

    fn renumber(&mut self, to: &[u32]) {
        // In no order: each is changed for itself.
        let numbers = self.places.values_mut().map(|place| &mut place.number).chain(self.others.values_mut());
        for number in numbers.filter(|number| **number != SEVERAL) {
            *number = to[*number as usize];
        }
    }
}

/// Why no actor was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    Unknown,
    Ambiguous,
}

/// Actors by id, by exact name, and by ids elsewhere.
#[derive(Default)]
pub(super) struct ActorIndex {
    ids: Texts,
    names: Texts,
    registers: FxHashMap<Box<str>, Texts>,
    /// The last number given to an id that was wanted several times.
    wanted: FxHashMap<String, usize>,
}

impl ActorIndex {
    /// Whether an id is taken.
    pub(super) fn has(&self, id: &str) -> bool {
        self.ids.find(id).is_some()
    }

    /// The number of the actor with this id.
    pub(super) fn by_id(&self, id: &str) -> Option<u32> {
        self.ids.find(id)
    }

    /// Adds an id that is not taken.
    pub(super) fn add(&mut self, id: &str, number: u32) {
        self.ids.add(id, number);
    }

    pub(super) fn add_name(&mut self, name: &str, number: u32) {
        self.names.add(name.trim(), number);
    }

    pub(super) fn add_elsewhere(&mut self, register: &str, id: &str, number: u32) {
        match self.registers.get_mut(register) {
            Some(texts) => texts.add(id, number),
            None => self.registers.entry(register.into()).or_default().add(id, number),
        }
    }

    /// The actor that a text names: by the register, when one is given; else by its id, or exactly by one of its names.
    pub(super) fn find(&self, text: &str, by: Option<&str>) -> Result<u32, Missing> {
        let found = match by {
            Some(register) => self.registers.get(register).and_then(|texts| texts.find(text)),
            None => self.ids.find(text).or_else(|| self.names.find(text)),
        };
        match found {
            None => Err(Missing::Unknown),
            Some(SEVERAL) => Err(Missing::Ambiguous),
            Some(number) => Ok(number),
        }
    }

    /// An id that is free, numbered where the one wanted is not.
    pub(super) fn free(&mut self, wanted: String) -> String {
        if !self.has(&wanted) {
            return wanted;
        }
        let mut number = self.wanted.get(&wanted).copied().unwrap_or(1);
        loop {
            number += 1;
            let id = format!("{wanted}-{number}");
            if !self.has(&id) {
                self.wanted.insert(wanted, number);
                return id;
            }
        }
    }

    /// Gives every actor another number.
    pub(super) fn renumber(&mut self, to: &[u32]) {
        self.ids.renumber(to);
        self.names.renumber(to);
        self.registers.values_mut().for_each(|texts| texts.renumber(to));
        self.wanted = FxHashMap::default();
    }
}

/// Ids that were given before, by their hashes of 64 bits alone. As long as ids ascend, none can be there, and nothing is looked up.
#[derive(Default)]
pub(super) struct SeenIds {
    last: String,
    ascending: Vec<u64>,
    any: FxHashSet<u64>,
}

impl SeenIds {
    /// Whether an id was given before, or one whose hash is the same: among ten million ids that is so with odds of three in a million.
    pub(super) fn has(&mut self, id: &str) -> bool {
        if self.any.is_empty() {
            if self.ascending.is_empty() || *self.last < *id {
                return false;
            }
            self.any = std::mem::take(&mut self.ascending).into_iter().collect();
        }
        self.any.contains(&xxh3_64(id.as_bytes()))
    }

    /// Adds an id.
    pub(super) fn add(&mut self, id: &str) {
        let hash = xxh3_64(id.as_bytes());
        if self.any.is_empty() {
            self.ascending.push(hash);
            self.last.clear();
            self.last.push_str(id);
        } else {
            self.any.insert(hash);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_whose_hashes_meet_are_told_apart() {
        let mut texts = Texts::default();
        for (text, number) in [("a", 1), ("b", 2), ("c", 3), ("b", 2), ("c", 4)] {
            texts.add_hashed(text, 7, number);
        }
        let found = ["a", "b", "c", "d"].map(|text| texts.find_hashed(text, 7));
        assert_eq!(found, [Some(1), Some(2), Some(SEVERAL), None]);
        texts.renumber(&[9, 8, 7]);
        assert_eq!(["a", "b", "c"].map(|text| texts.find_hashed(text, 7)), [Some(8), Some(7), Some(SEVERAL)]);
    }

    #[test]
    fn an_id_goes_before_a_name_and_a_name_of_several_fits_none() {
        let mut index = ActorIndex::default();
        for (number, (id, name)) in [("a", "North"), ("b", "North"), ("c", "a")].into_iter().enumerate() {
            index.add(id, number as u32);
            index.add_name(name, number as u32);
        }
        index.add_elsewhere("cow", "652", 1);
        assert_eq!(index.find("a", None), Ok(0));
        assert_eq!(index.find("North", None), Err(Missing::Ambiguous));
        assert_eq!(index.find("north", None), Err(Missing::Unknown));
        assert_eq!(index.find("652", Some("cow")), Ok(1));
        assert_eq!(index.find("652", Some("ucdp")), Err(Missing::Unknown));
        assert_eq!(index.free("a".into()), "a-2");
        assert_eq!(index.free("d".into()), "d");
    }

    #[test]
    fn an_id_is_seen_again_whether_ids_ascend_or_not() {
        let mut seen = SeenIds::default();
        for id in ["a", "c", "e"] {
            assert!(!seen.has(id));
            seen.add(id);
        }
        assert!(seen.has("e"));
        assert!(!seen.has("b"));
        seen.add("b");
        assert_eq!(["a", "b", "c", "d", "e", "f"].map(|id| seen.has(id)), [true, true, true, false, true, false]);
    }
}
