//! The data set that comes with the program. A test holds the list against the directory.

macro_rules! files {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../data/", $path)))),+]
    };
}

/// The file that declares the shipped vocabulary.
pub(super) const VOCABULARY: &str = "vocabulary.json";

/// (path below `data/`, text), by path.
pub(super) const FILES: &[(&str, &str)] = files![
    "actors/factions.json",
    "actors/groups.json",
    "actors/organisations.json",
    "actors/persons.json",
    "actors/places.json",
    "actors/states.json",
    "actors/syria.json",
    "events/al-qaeda-and-taliban.json",
    "events/foreign-fighters-and-attitudes.json",
    "events/history-and-experts.json",
    "events/hts-and-power.json",
    "events/iran-and-israel.json",
    "events/isis-and-duty-to-warn.json",
    "events/russia-turkey-europe-gulf.json",
    "events/united-states.json",
    "relations/al-qaeda.json",
    "relations/attitudes.json",
    "relations/duty-to-warn.json",
    "relations/europe-gulf.json",
    "relations/foreign-fighters.json",
    "relations/history-and-experts.json",
    "relations/hts-al-qaeda.json",
    "relations/hts-and-power.json",
    "relations/iran-and-israel.json",
    "relations/isis.json",
    "relations/russia.json",
    "relations/sahel.json",
    "relations/sdf.json",
    "relations/taliban.json",
    "relations/turkey.json",
    "relations/united-states.json",
    "sources.json",
    "vocabulary.json",
];
