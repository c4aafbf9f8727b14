//! `fmt`: a data set in canonical order.

use super::{Exit, Failure};
use crate::cli::args::Flags;
use crate::cli::context::data_paths;
use crate::cli::output::print;
use crate::dataset::{self, InputFile};
use clap::Args;
use std::path::PathBuf;

/// Rewrite the files of a data set in canonical order, so that diffs show what changed and nothing else
///
/// Fields in the order of the schema; sources, actors, relations and events by id; a record a line, its names and claims a line each below it. What
/// people put in an order keeps it: claims, names, participants, the lists of a vocabulary. Only the layout changes, never what the records say. Each
/// file is replaced whole or not at all; with one broken file none is touched.
#[derive(Debug, Args)]
pub(in crate::cli) struct Fmt {
    /// Files or directories [default: the data set of --data or ALLEGIANCE_DATA]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Change nothing; name the files that would change, each with its first line that would. Exit code 1 when there are any
    #[arg(long)]
    check: bool,
}

impl Fmt {
    pub(in crate::cli) fn run(self, flags: &Flags) -> Result<Exit, Failure> {
        let paths = if self.paths.is_empty() { data_paths(flags) } else { self.paths };
        if paths.is_empty() || paths.iter().any(|path| path.as_os_str() == "embedded" && !path.exists()) {
            return Err(Failure::new(
                "nothing-to-format",
                "the data set that comes with the program cannot be rewritten",
                vec!["name the directory of yours: `allegiance fmt DIR`".into()],
            ));
        }
        let before: Vec<(PathBuf, InputFile)> = crate::cli::context::read_with_paths(&paths)?;
        let after = dataset::canonical(before.iter().map(|(_, file)| file.clone()).collect())?;
        let changed: Vec<(&(PathBuf, InputFile), &str)> = before
            .iter()
            .zip(&after)
            .filter(|((_, b), a)| *b.bytes != *a.as_bytes())
            .map(|(b, a)| (b, a.as_str()))
            .collect();
        let count = format!("{} of {} file{}", changed.len(), before.len(), if before.len() == 1 { "" } else { "s" });
        if self.check {
            for ((_, file), text) in &changed {
                let (line, has, wanted) = first_difference(&file.bytes, text);
                print(&format!("{}:{line}: not in canonical order\n  has   {has}\n  wants {wanted}\n", file.name))?;
            }
            print(&format!("{count} would change\n"))?;
            return Ok(Exit::found(changed.is_empty()));
        }
        let replacements: Vec<(PathBuf, &[u8])> =
            changed.iter().map(|((path, _), text)| (path.clone(), text.as_bytes())).collect();
        dataset::write_files(&replacements)?;
        for ((_, file), _) in &changed {
            print(&format!("{}\n", file.name))?;
        }
        print(&format!("{count} changed\n"))?;
        Ok(Exit::Yes)
    }
}

/// The first line that two texts do not have in common, counted from 1, as either has it, cut to what fits a line.
fn first_difference(before: &[u8], after: &str) -> (usize, String, String) {
    let before = String::from_utf8_lossy(before);
    let (mut has, mut wants) = (before.split('\n'), after.split('\n'));
    let mut line = 1;
    loop {
        match (has.next(), wants.next()) {
            (Some(a), Some(b)) if a == b => line += 1,
            (a, b) => return (line, shown(a), shown(b)),
        }
    }
}

fn shown(line: Option<&str>) -> String {
    const MOST: usize = 90;
    let Some(line) = line else { return "(the file ends here)".into() };
    let line: String = line
        .chars()
        .flat_map(|c| if c.is_control() || c == '\u{feff}' { c.escape_default().collect() } else { vec![c] })
        .collect();
    let cut: String = if line.chars().count() > MOST { line.chars().take(MOST).chain(['…']).collect() } else { line };
    format!("`{cut}`")
}
