//! STIX 2.1 bundles (OASIS, "STIX Version 2.1", 10 June 2021).
//!
//! | of ours | in STIX | why |
//! |---|---|---|
//! | actor | `identity` | `threat-actor` and `intrusion-set` say that someone acts with malicious intent, which no record says |
//! | place | `location` | |
//! | relation | `relationship` of a type of our own, lower-case with hyphens (section 5.1 allows it) | |
//! | event | `note` on those who took part | `incident` is a stub, and most events are none |
//! | denied relation | `note` labelled `denied` | a relationship would say the opposite |
//! | claim against a contested record | `opinion` on it | |
//! | source | `report` on all that rests on it | |
//!
//! Ids are UUIDs of version 5, `created` and `modified` come from the sources' publication dates: the same data gives the same bytes. What STIX
//! has no property for stands in one property extension, defined in the bundle.

mod evidence;
mod objects;
mod values;

use super::{Contents, Exporter, Style};
use std::io::{self, Write};

/// STIX 2.1 bundles.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stix;

impl Exporter for Stix {
    fn name(&self) -> &'static str {
        "stix"
    }

    fn losses(&self) -> &'static [&'static str] {
        &[
            "names other than the main one, uncertain dates, grades of sources and who is quoted, outside the property extension that the bundle defines",
            "start_time and stop_time where no single day is certain",
            "denied relations as relationships (they are notes labelled `denied`)",
            "where places are (a location must have a region: its own id stands there)",
            "events that are only denied",
            "relation types as a vocabulary: categories and polarity stand in the extension",
        ]
    }

    fn write(&self, contents: &Contents<'_, '_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let bundle = objects::bundle(contents, style);
        serde_json::to_writer_pretty(&mut *out, &bundle)?;
        out.write_all(b"\n")
    }
}
