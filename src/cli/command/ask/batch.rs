//! The questions of a file, one a line, answered in JSON Lines as they come.

use super::{Asker, Exit, Failure, exit, problem};
use crate::cli::output;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// Answers every line of a file, or of standard input where it is called `-`; goes on after what could not be answered.
pub(super) fn run(asker: &mut Asker<'_>, path: &Path) -> Result<Exit, Failure> {
    let mut lines = open(path)?;
    let mut worst = Exit::Yes;
    let mut line = Vec::new();
    let mut number = 0_usize;
    loop {
        line.clear();
        if lines.read_until(b'\n', &mut line)? == 0 {
            return Ok(worst);
        }
        number += 1;
        let bytes = if number == 1 { line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&line) } else { &line };
        let (written, ended) = match std::str::from_utf8(bytes) {
            Err(_) => {
                let text = String::from_utf8_lossy(bytes);
                let failure = Failure::new(
                    "not-utf-8",
                    format!("line {number} is no text in UTF-8"),
                    vec!["save the file as UTF-8".into()],
                );
                (problem::json(text.trim(), &failure, false), Exit::Failed)
            }
            Ok(text) if text.trim().is_empty() || text.trim_start().starts_with('#') => continue,
            Ok(text) => answer(asker, text.trim())?,
        };
        output::print(&written)?;
        worst = worse(worst, ended);
    }
}

fn open(path: &Path) -> Result<Box<dyn BufRead>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(path).and_then(|file| {
        if file.metadata()?.is_dir() { Err(io::Error::from(io::ErrorKind::IsADirectory)) } else { Ok(file) }
    });
    let file = file.map_err(|error| {
        Failure::new(
            "unreadable-file",
            format!("cannot read the questions {}: {error}", path.display()),
            vec!["name a text file with one question a line, or `-` for standard input".into()],
        )
    })?;
    Ok(Box::new(BufReader::new(file)))
}

/// The line for one question.
fn answer(asker: &mut Asker<'_>, question: &str) -> Result<(String, Exit), Failure> {
    match asker.ask(question) {
        Ok((asked, mut reply)) => {
            reply.query = asker.query(&asked, &reply);
            let text = serde_json::to_string(&reply).unwrap_or_default();
            Ok((format!("{text}\n"), exit(&reply)))
        }
        Err(Failure::Io(error)) => Err(Failure::Io(error)),
        Err(failure) => Ok((problem::json(question, &failure, false), Exit::Failed)),
    }
}

/// The worse of two ends: what was not understood, then what is undetermined, then no and nothing recorded.
const fn worse(one: Exit, other: Exit) -> Exit {
    const fn weight(exit: Exit) -> u8 {
        match exit {
            Exit::Yes => 0,
            Exit::No => 1,
            Exit::Undetermined => 2,
            Exit::Failed => 3,
        }
    }
    if weight(other) > weight(one) { other } else { one }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_end_is_kept() {
        let all = |ends: &[Exit]| ends.iter().fold(Exit::Yes, |one, other| worse(one, *other));
        assert_eq!(all(&[]), Exit::Yes);
        assert_eq!(all(&[Exit::Yes, Exit::No, Exit::Yes]), Exit::No);
        assert_eq!(all(&[Exit::No, Exit::Undetermined, Exit::No]), Exit::Undetermined);
        assert_eq!(all(&[Exit::Undetermined, Exit::Failed, Exit::No]), Exit::Failed);
    }
}
