//! One peer, one set: load, ask, time, and report in the plain form's words.
//!
//! Of each kind, three questions are asked to warm up; then all of them, up to five times in the same order, and each question's best
//! time counts. Only the call is timed, up to its answer being values in the caller. Check numbers are of the first pass.

use crate::memory::Memory;
use crate::peers::{Name, Peer};
use crate::plain;
use crate::question::{Answer, Kind, Question, fold};
use anyhow::Result;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

const WARM_UPS: usize = 3;

/// How a peer is asked.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Which kinds of questions.
    pub kinds: Vec<Kind>,
    /// At most so many of each kind.
    pub count: usize,
    /// Passes over the questions, at least one.
    pub passes: usize,
    /// Seconds a kind may take; what was asked until then is reported.
    pub budget: f64,
    /// Whether a peer that keeps a file opens the one it made before.
    pub reopen: bool,
}

/// What came out. Reports of other engines are read too: what they leave out is left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// Who was asked.
    pub peer: String,
    /// What answered.
    #[serde(default)]
    pub version: String,
    /// The set: the name of its folder.
    pub ds: String,
    /// Seconds from nothing to the first question.
    pub load_s: f64,
    /// Whether a file made before was opened, so that `load_s` is not the time to build it.
    #[serde(default)]
    pub reopened: bool,
    /// Megabytes before loading.
    pub rss_start_mb: Option<f64>,
    /// Megabytes at most, after loading.
    pub rss_load_mb: Option<f64>,
    /// Megabytes after loading.
    pub rss_now_mb: Option<f64>,
    /// Megabytes after all questions.
    pub rss_end_mb: Option<f64>,
    /// Megabytes at most, after all questions.
    pub hwm_end_mb: Option<f64>,
    /// Of `rss_end_mb`, pages of files.
    pub file_end_mb: Option<f64>,
    /// By kind; what an engine does not answer is left out.
    #[serde(deserialize_with = "answered")]
    pub kinds: BTreeMap<Kind, Timed>,
}

/// The questions of one kind; times in microseconds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Timed {
    /// How many were asked.
    pub n: usize,
    /// How often all of them were.
    pub passes: usize,
    /// Median of each question's best.
    pub median_us: f64,
    /// The 99th hundredth of each question's best.
    pub p99_us: f64,
    /// Median of the first pass.
    pub first_median_us: f64,
    /// The 99th hundredth of the first pass.
    pub first_p99_us: f64,
    /// Rows of all answers.
    pub rows: usize,
    /// All check numbers in one.
    pub checksum: i64,
    /// The check number of each answer.
    pub checks: Vec<i64>,
    /// A finer number for each answer, in hexadecimal; engines other than ours do not give it.
    #[serde(default)]
    pub digests: Vec<String>,
}

/// Kinds with figures; others have `null` or an error in their place.
fn answered<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<Kind, Timed>, D::Error> {
    let kinds = BTreeMap::<Kind, serde_json::Value>::deserialize(from)?;
    let answered = kinds.into_iter().filter(|(_, timed)| timed.get("checks").is_some());
    answered.map(|(kind, timed)| Ok((kind, serde_json::from_value(timed).map_err(D::Error::custom)?))).collect()
}

/// Loads a peer and asks it.
///
/// # Errors
/// When the set cannot be read or the peer fails.
pub fn run(dir: &Path, name: Name, terms: &Terms) -> Result<Report> {
    let questions = plain::questions(dir)?;
    let start = Memory::read();
    let clock = Instant::now();
    let mut peer = name.load(dir, terms.reopen)?;
    let load = clock.elapsed();
    let loaded = Memory::read();
    let mut kinds = BTreeMap::new();
    for &kind in &terms.kinds {
        let asked: Vec<Question> =
            questions.iter().copied().filter(|question| question.kind() == kind).take(terms.count).collect();
        if !asked.is_empty() {
            kinds.insert(kind, ask(peer.as_mut(), &asked, terms)?);
        }
    }
    let end = Memory::read();
    Ok(Report {
        peer: name.word().to_owned(),
        version: name.version(),
        ds: dir.canonicalize()?.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        load_s: (load.as_secs_f64() * 1000.0).round() / 1000.0,
        reopened: terms.reopen,
        rss_start_mb: start.now,
        rss_load_mb: loaded.peak,
        rss_now_mb: loaded.now,
        rss_end_mb: end.now,
        hwm_end_mb: end.peak,
        file_end_mb: end.of_files,
        kinds,
    })
}

fn ask(peer: &mut dyn Peer, questions: &[Question], terms: &Terms) -> Result<Timed> {
    let budget = Duration::from_secs_f64(terms.budget);
    let clock = Instant::now();
    for &question in questions.iter().take(if terms.passes > 1 { WARM_UPS } else { 0 }) {
        black_box(peer.answer(question)?);
        if clock.elapsed() > budget / 4 {
            break;
        }
    }
    let (mut first, mut checks, mut digests, mut rows) = (Vec::new(), Vec::new(), Vec::new(), 0);
    let clock = Instant::now();
    for &question in questions {
        let (answer, time) = timed(peer, question)?;
        first.push(time);
        rows += answer.rows();
        checks.push(answer.check());
        digests.push(format!("{:016x}", answer.digest()));
        if clock.elapsed() > budget && first.len() >= WARM_UPS {
            break;
        }
    }
    let pass = clock.elapsed();
    let (mut best, mut passes) = (first.clone(), 1);
    while passes < terms.passes && first.len() == questions.len() && pass * (passes as u32 + 1) < budget {
        for (&question, best) in questions.iter().zip(&mut best) {
            *best = timed(peer, question)?.1.min(*best);
        }
        passes += 1;
    }
    Ok(Timed {
        n: first.len(),
        passes,
        median_us: hundredth(&best, 50),
        p99_us: hundredth(&best, 99),
        first_median_us: hundredth(&first, 50),
        first_p99_us: hundredth(&first, 99),
        rows,
        checksum: fold(&checks),
        checks,
        digests,
    })
}

fn timed(peer: &mut dyn Peer, question: Question) -> Result<(Answer, Duration)> {
    let question = black_box(question);
    let clock = Instant::now();
    let answer = black_box(peer.answer(question));
    let time = clock.elapsed();
    Ok((answer?, time))
}

/// The hundredth of some times, between the two nearest where it falls between them, in microseconds to the hundredth.
fn hundredth(times: &[Duration], hundredth: usize) -> f64 {
    let mut sorted: Vec<f64> = times.iter().map(|time| time.as_nanos() as f64 / 1000.0).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let place = (sorted.len() - 1) as f64 * hundredth as f64 / 100.0;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    ((below + (above - below) * place.fract()) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate;
    use crate::question::TypeCount;

    #[test]
    fn hundredths_lie_between_the_two_nearest() {
        let times: Vec<Duration> = (1..=100).rev().map(Duration::from_micros).collect();
        assert_eq!(hundredth(&times, 50), 50.5);
        assert_eq!(hundredth(&times, 99), 99.01);
        assert_eq!(hundredth(&times[..1], 99), 100.0);
    }

    /// Counts how often it is asked.
    struct Counter(usize);

    impl Peer for Counter {
        fn rel_at(&mut self, actor: u32, _: i32) -> Result<Vec<u32>> {
            self.0 += 1;
            Ok(vec![actor, 1])
        }
        fn allies(&mut self, _: u32, _: i32) -> Result<Vec<u32>> {
            anyhow::bail!("knows no allies")
        }
        fn path(&mut self, _: u32, _: u32, _: i32) -> Result<Option<u32>> {
            Ok(None)
        }
        fn changed(&mut self, _: i32, _: i32) -> Result<Vec<u32>> {
            Ok(Vec::new())
        }
        fn aggr(&mut self, _: i32) -> Result<Vec<TypeCount>> {
            Ok(Vec::new())
        }
    }

    fn terms(passes: usize, budget: f64) -> Terms {
        Terms { kinds: Kind::ALL.to_vec(), count: usize::MAX, passes, budget, reopen: false }
    }

    #[test]
    fn questions_are_asked_to_warm_up_and_then_in_passes_and_checked_once() {
        let questions: Vec<Question> = (0..10).map(|actor| Question::RelAt { actor, day: 0 }).collect();
        let mut peer = Counter(0);
        let timed = ask(&mut peer, &questions, &terms(5, 60.0)).expect("answers");
        assert_eq!((peer.0, timed.n, timed.passes, timed.rows), (3 + 5 * 10, 10, 5, 20));
        assert_eq!(timed.checks, (0..10).map(|actor| 2 * 1_000_003 + actor + 1).collect::<Vec<_>>());
        assert_eq!(timed.checksum, fold(&timed.checks));
    }

    #[test]
    fn out_of_budget_what_was_asked_is_reported() {
        let questions = [Question::RelAt { actor: 1, day: 0 }; 10];
        let timed = ask(&mut Counter(0), &questions, &terms(5, 0.0)).expect("answers");
        assert_eq!((timed.n, timed.passes, timed.checks.len()), (3, 1, 3));
    }

    #[test]
    fn a_peer_that_fails_is_an_error() {
        let questions = [Question::Allies { actor: 1, day: 0 }];
        assert!(ask(&mut Counter(0), &questions, &terms(1, 1.0)).is_err());
    }

    #[test]
    fn reports_of_other_engines_are_read() {
        let text = r#"{"peer": "numpy_scan", "version": "2.4.6", "ds": "syn1e5", "load_s": 0.16, "rss_load_mb": 37.7, "kinds": {
            "rel_at": {"n": 1, "passes": 5, "median_us": 76.95, "p99_us": 114.98, "first_median_us": 78.43, "first_p99_us": 179.61,
                "cpu_median_us": 77.96, "rows": 2, "checksum": 2000020, "checks": [2000013]},
            "aggr": null, "path": {"error": "RuntimeError: no"}}, "rss_peak_mb": 37.7}"#;
        let report: Report = serde_json::from_str(text).expect("a report");
        assert_eq!(report.kinds.keys().collect::<Vec<_>>(), [&Kind::RelAt]);
        assert_eq!((report.rss_load_mb, report.rss_end_mb), (Some(37.7), None));
        assert_eq!(fold(&report.kinds[&Kind::RelAt].checks), 2_000_020);
        assert!(serde_json::from_str::<Report>(&text.replace("76.95", "null")).is_err());
    }

    #[test]
    fn a_report_is_read_as_it_was_written() {
        let dir = tempfile::tempdir().expect("a folder");
        generate::generate(dir.path(), 500, 50, 3).expect("a set");
        let report = run(dir.path(), Name::Petgraph, &terms(1, 60.0)).expect("a report");
        let text = serde_json::to_string(&report).expect("JSON");
        let again: Report = serde_json::from_str(&text).expect("read");
        assert_eq!(again.kinds.len(), 5);
        assert_eq!(again.kinds[&Kind::Path].checks, report.kinds[&Kind::Path].checks);
        assert!(text.contains(r#""kinds":{"rel_at":{"n":200,"passes":1,"median_us":"#), "{text}");
    }
}
