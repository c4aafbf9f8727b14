//! How far a long run has come, on standard error, for those who watch.

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
