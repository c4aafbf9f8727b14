//! How far a long run has come, on standard error, for those who watch.

use crate::dataset::bulk::{self, Phase};
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{JoinHandle, spawn};
use std::time::{Duration, Instant};

/// Runs shorter than this are not worth a word.
const PATIENCE: Duration = Duration::from_millis(500);
const BETWEEN: Duration = Duration::from_millis(200);

/// Tells the rows so far while a query runs; silent where standard error is no terminal.
pub(super) struct Progress {
    rows: Arc<AtomicU64>,
    teller: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins. Where rows appear on the same terminal as they come, they speak for themselves.
    pub(super) fn start(rows_appear: bool) -> Self {
        let rows = Arc::new(AtomicU64::new(0));
        let is_watched = io::stderr().is_terminal() && !(rows_appear && io::stdout().is_terminal());
        let teller = is_watched.then(|| {
            let (stop, stopped) = channel();
            let (rows, begun) = (Arc::clone(&rows), Instant::now());
            let teller = spawn(move || {
                let mut wait = PATIENCE;
                while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                    wait = BETWEEN;
                    let (rows, seconds) = (rows.load(Ordering::Relaxed), begun.elapsed().as_secs());
                    // Nobody is left to tell when this fails.
                    let _ = write!(io::stderr(), "\r\u{1b}[K{rows} rows, {seconds} s");
                }
                if wait == BETWEEN {
                    let _ = write!(io::stderr(), "\r\u{1b}[K");
                }
            });
            (stop, teller)
        });
        Self { rows, teller }
    }

    /// Counts a row.
    pub(super) fn count(&self) {
        self.rows.fetch_add(1, Ordering::Relaxed);
    }

    /// Ends and clears what was told.
    pub(super) fn stop(self) {
        drop(self);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, teller)) = self.teller.take() {
            drop(stop);
            // The thread only writes; should it have failed, the answer stands.
            let _ = teller.join();
        }
    }
}

/// Tells how far an import has come: rows, rows a second, share of bytes and time left. On a terminal in one line that is written anew, elsewhere (where it is
/// asked for) in a line every few seconds.
pub(super) struct Far {
    is_terminal: bool,
    is_told: bool,
    phase: Phase,
    begun: Instant,
    last: Instant,
    has_line: bool,
}

/// Between two lines where nothing can be written anew.
const BETWEEN_LINES: Duration = Duration::from_secs(2);

impl Far {
    /// Begins; `always` also where standard error is no terminal.
    pub(super) fn start(always: bool) -> Self {
        let is_terminal = io::stderr().is_terminal();
        let now = Instant::now();
        let is_told = always || is_terminal;
        Self { is_terminal, is_told, phase: Phase::Actors, begun: now, last: now, has_line: false }
    }

    /// Hears how far it is.
    pub(super) fn tell(&mut self, progress: &bulk::Progress) {
        if !self.is_told {
            return;
        }
        let now = Instant::now();
        if progress.phase != self.phase {
            (self.phase, self.begun) = (progress.phase, now);
        }
        let between = if self.is_terminal { BETWEEN } else { BETWEEN_LINES };
        // Packing says nothing of its own until it is done.
        if now - self.last < between && progress.phase != Phase::Packing {
            return;
        }
        self.last = now;
        self.has_line = true;
        let line = far(progress, now - self.begun);
        // Nobody is left to tell when this fails.
        let _ = match self.is_terminal {
            true => write!(io::stderr(), "\r\u{1b}[K{line}").and_then(|()| io::stderr().flush()),
            false => writeln!(io::stderr(), "{line}"),
        };
    }

    /// Ends and clears what was told.
    pub(super) fn stop(self) {
        if self.has_line && self.is_terminal {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

/// How far it is, in words.
fn far(progress: &bulk::Progress, spent: Duration) -> String {
    let what = match progress.phase {
        Phase::Actors => "actors",
        Phase::NewActors => "looking for actors",
        Phase::Relations => "relations",
        Phase::Packing => return "packing".into(),
    };
    let seconds = spent.as_secs_f64().max(0.001);
    let mut line = format!("{what}: {} rows, {:.0} a second", progress.rows, progress.rows as f64 / seconds);
    if let Some(all) = progress.all_bytes.filter(|all| *all > 0 && progress.bytes > 0) {
        let share = (progress.bytes as f64 / all as f64).min(1.0);
        let left = seconds / share - seconds;
        line.push_str(&format!(", {:.0} %, {left:.0} s left", share * 100.0));
    }
    if progress.bad > 0 {
        line.push_str(&format!(", {} bad", progress.bad));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_follows_from_the_share_of_bytes_and_is_not_told_without_one() {
        let progress =
            bulk::Progress { phase: Phase::Relations, rows: 1000, bad: 0, bytes: 250, all_bytes: Some(1000) };
        let spent = Duration::from_secs(2);
        assert_eq!(far(&progress, spent), "relations: 1000 rows, 500 a second, 25 %, 6 s left");
        let unknown = bulk::Progress { all_bytes: None, bad: 3, ..progress };
        assert_eq!(far(&unknown, spent), "relations: 1000 rows, 500 a second, 3 bad");
    }
}
