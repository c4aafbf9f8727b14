//! A JSON object as a row: the fields that are wanted, as texts.

use rustc_hash::FxHashMap;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// What parts the texts of a list in one cell; no text has it by chance.
pub(super) const LIST: char = '\u{1f}';

/// Picks fields out of objects.
pub(super) struct Picker {
    places: FxHashMap<String, usize>,
    cells: Vec<Option<String>>,
}

impl Picker {
    /// Wants these fields.
    pub(super) fn new(fields: &[String]) -> Self {
        let places = fields.iter().enumerate().map(|(at, field)| (field.clone(), at)).collect();
        Self { places, cells: vec![None; fields.len()] }
    }

    /// Fills cells from an object.
    ///
    /// # Errors
    /// When the text is no object, or a field that is wanted is given twice or holds more than texts: a code, and what is wrong.
    pub(super) fn pick(&mut self, text: &str, into: &mut csv::StringRecord) -> Result<(), (&'static str, String)> {
        self.cells.fill(None);
        let mut json = serde_json::Deserializer::from_str(text);
        let read = Row { places: &self.places, cells: &mut self.cells }.deserialize(&mut json);
        read.and_then(|()| json.end()).map_err(|error| {
            let message = error.to_string();
            if error.is_data() {
                ("not-a-row", message.split(" at line ").next().unwrap_or(&message).to_owned())
            } else {
                ("not-json", message.replace(" at line 1 column ", " at byte "))
            }
        })?;
        into.clear();
        for cell in &self.cells {
            into.push_field(cell.as_deref().unwrap_or_default());
        }
        Ok(())
    }
}

struct Row<'p> {
    places: &'p FxHashMap<String, usize>,
    cells: &'p mut [Option<String>],
}

impl<'de> DeserializeSeed<'de> for Row<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Row<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(place) = map.next_key_seed(Key(self.places))? {
            let Some(place) = place else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let text = map.next_value_seed(Cell { within_list: false })?;
            if self.cells[place].replace(text).is_some() {
                return Err(A::Error::custom("a field is given twice"));
            }
        }
        Ok(())
    }
}

/// A field's place among those wanted.
struct Key<'p>(&'p FxHashMap<String, usize>);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Option<usize>, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<Option<usize>, E> {
        Ok(self.0.get(name).copied())
    }
}

/// A value as a text: texts, numbers, truths, nothing, and lists of these.
#[derive(Clone, Copy)]
struct Cell {
    within_list: bool,
}

impl<'de> DeserializeSeed<'de> for Cell {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<String, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cell {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.within_list { "a text or number" } else { "a text, a number, or a list of these" })
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_bool<E>(self, truth: bool) -> Result<String, E> {
        Ok(truth.to_string())
    }

    fn visit_i64<E>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u64<E>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_f64<E>(self, number: f64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_unit<E>(self) -> Result<String, E> {
        Ok(String::new())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<String, A::Error> {
        if self.within_list {
            return Err(A::Error::custom("a list stands in a list"));
        }
        let mut all = String::new();
        while let Some(item) = items.next_element_seed(Self { within_list: true })? {
            if !all.is_empty() {
                all.push(LIST);
            }
            all.push_str(&item);
        }
        Ok(all)
    }
}
