//! FollowTheMoney entities (followthemoney.tech), one a line: what Aleph, OpenSanctions' tools and their like read.
//!
//! The schema of a link is chosen by the relation's type (`link`), and only what is supported and asserted gets one that says more than "linked
//! to": whatever is contested, reported or possible is an `UnknownLink` whose role and status say so, and what is denied is a `Note`.

mod entities;
mod link;

use super::{Contents, Exporter, Style};
use std::io::{self, Write};

/// FollowTheMoney entities.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ftm;

impl Exporter for Ftm {
    fn name(&self) -> &'static str {
        "ftm"
    }

    fn losses(&self) -> &'static [&'static str] {
        &[
            "dates less sure than a year, month or day, or open on one side, outside the text of `summary` (`startDate` and `endDate` are left out)",
            "when a name was in use, its language and its source",
            "each claim as a record: stance, modality and grade stand in the text of `description`",
            "relation types as such: most are `UnknownLink` with the type as its role",
            "denied relations as links (they are notes), and events that are only denied",
        ]
    }

    fn write(&self, contents: &Contents<'_, '_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
        for entity in entities::all(contents) {
            serde_json::to_writer(&mut *out, &entity)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
