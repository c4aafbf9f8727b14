//! Values that STIX prescribes: ids, times, classes of identities, confidence.

use crate::model::{Modality, Status};
use crate::time::{Day, End};
use uuid::Uuid;

/// The namespace of our ids: version 5 of `urn:allegiance:stix` among URLs. Not the one that STIX keeps for cyber-observables.
fn namespace() -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, b"urn:allegiance:stix")
}

/// The id of an object: of a STIX type, for a record of ours.
pub(super) fn id(kind: &str, record: &str) -> String {
    format!("{kind}--{}", Uuid::new_v5(&namespace(), format!("{kind}:{record}").as_bytes()))
}

/// The beginning of a day as a STIX timestamp; `None` for days that RFC 3339 cannot write.
pub(super) fn timestamp(day: Day) -> Option<String> {
    let (year, ..) = day.to_ymd()?;
    (0..=9999).contains(&year).then(|| format!("{day}T00:00:00.000Z"))
}

/// The last second of a day as a STIX timestamp.
pub(super) fn end_of_day(day: Day) -> Option<String> {
    let (year, ..) = day.to_ymd()?;
    (0..=9999).contains(&year).then(|| format!("{day}T23:59:59.000Z"))
}

/// The first and the last moment of what certainly held from one day to another, each only where its end is recorded: a day of attestation is
/// no beginning.
pub(super) fn certain_times(dated: &crate::time::Dated, from: Day, until: Day) -> (Option<String>, Option<String>) {
    let is_date =
        |end: End| matches!(end, End::Known(bounds) if bounds.earliest.is_bounded() && bounds.latest.is_bounded());
    let start = if is_date(dated.start()) { timestamp(from) } else { None };
    let stop = if is_date(dated.end()) { end_of_day(until) } else { None };
    (start, stop)
}

/// The class of an identity (`identity-class-ov`) for an actor's kind; `unknown` for kinds of a data set's own.
pub(super) fn identity_class(kind: &str) -> &'static str {
    match kind {
        "person" => "individual",
        "militia" | "faction" => "group",
        "community" => "class",
        "state"
        | "government"
        | "state_force"
        | "armed_group"
        | "coalition"
        | "operations_room"
        | "external_mission"
        | "political_body"
        | "governing_authority"
        | "intergovernmental_org"
        | "private_actor" => "organization",
        _ => "unknown",
    }
}

/// The sectors of an identity (`industry-sector-ov`) for an actor's kind, where the kind alone tells one.
pub(super) fn sectors(kind: &str) -> &'static [&'static str] {
    match kind {
        "state" | "government" => &["government-national"],
        "state_force" => &["government-national", "defense"],
        "governing_authority" => &["government-regional"],
        _ => &[],
    }
}

/// Confidence for the best credibility among the claims for a record, by the table "Admiralty Credibility" of STIX 2.1, appendix A.
///
/// Only of what is supported and asserted: the credibility of a mere possibility is not the probability of the thing.
pub(super) fn confidence(status: Status, modality: Modality, credibility: Option<u8>) -> Option<u8> {
    if status != Status::Supported || modality != Modality::Asserted {
        return None;
    }
    match credibility? {
        1 => Some(90),
        2 => Some(70),
        3 => Some(50),
        4 => Some(30),
        5 => Some(10),
        _ => None,
    }
}

/// A word as STIX wants types of relationships and labels: ASCII letters in lower case, digits and hyphens.
pub(super) fn kebab(word: &str) -> String {
    word.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Dated;

    fn check(dated: &str, expected: (Option<&str>, Option<&str>)) {
        let dated = Dated::parse(dated).unwrap();
        let attested = Day::from_ymd(2025, 1, 24).ok();
        let extent = dated.extent(attested, attested);
        let made = certain_times(&dated, extent.start.latest, extent.end.earliest);
        assert_eq!((made.0.as_deref(), made.1.as_deref()), expected, "{dated}");
    }

    #[test]
    fn times_are_those_of_recorded_ends() {
        check("2016/2018-05", (Some("2016-12-31T00:00:00.000Z"), Some("2018-05-01T23:59:59.000Z")));
        check("2024-12-08/..", (Some("2024-12-08T00:00:00.000Z"), None));
        check("/2016", (None, Some("2016-01-01T23:59:59.000Z")));
        check("/..", (None, None));
        check("..2014/2016", (None, Some("2016-01-01T23:59:59.000Z")));
        check("2024-12-08", (Some("2024-12-08T00:00:00.000Z"), Some("2024-12-08T23:59:59.000Z")));
    }

    #[test]
    fn ids_depend_on_the_record_alone() {
        assert_eq!(id("identity", "actor:hts"), id("identity", "actor:hts"));
        assert_ne!(id("identity", "actor:hts"), id("identity", "actor:isis"));
        assert_eq!(namespace().to_string(), "4116e644-8d7b-5aab-a210-d38b7f8e7fa3");
    }
}
