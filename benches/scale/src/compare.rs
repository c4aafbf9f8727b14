//! Several peers on one set, side by side.
//!
//! Each peer runs in a process of its own, one after the other, several rounds of all; each answer is held against the oracle's.

use crate::bounds::{BOUNDS, median};
use crate::measure::Report;
use crate::peers::Name;
use crate::plain;
use crate::question::Kind;
use anyhow::{Context, Result, bail, ensure};
use comfy_table::{CellAlignment, Table, presets};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What is compared, and how.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Which peers, in the order of their turns.
    pub peers: Vec<Name>,
    /// How often each has its turn, at least once.
    pub rounds: usize,
    /// Which kinds of questions.
    pub kinds: Vec<Kind>,
    /// Seconds that a kind may take a peer in a round.
    pub budget: f64,
    /// How many questions of each kind are checked.
    pub check: usize,
    /// Reports of other engines on the same set, shown and checked too.
    pub beside: Vec<PathBuf>,
    /// Whether tables are Markdown.
    pub markdown: bool,
}

/// Runs, checks and prints; whether every answer was the oracle's.
///
/// # Errors
/// When a set cannot be read or a peer fails.
pub fn compare(dir: &Path, terms: &Terms, out: &mut impl Write) -> Result<bool> {
    let meta = plain::meta(dir)?;
    let oracle = child(
        dir,
        Name::Oracle,
        &terms.kinds,
        &["--passes", "1", "--budget", "1e9", "--count", &terms.check.to_string()],
    )?;
    let mut rounds: Vec<Vec<Report>> = Vec::new();
    for round in 0..terms.rounds.max(1) {
        let mut reports = Vec::new();
        for &peer in &terms.peers {
            let budget = terms.budget.to_string();
            let mut arguments = vec!["--budget", budget.as_str()];
            if round > 0 {
                arguments.push("--reopen");
            }
            reports.push(child(dir, peer, &terms.kinds, &arguments)?);
        }
        rounds.push(reports);
    }
    for path in &terms.beside {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let line = text.lines().next().unwrap_or_default();
        let report: Report = serde_json::from_str(line)
            .or_else(|_| serde_json::from_str(&text))
            .with_context(|| format!("{} is no report", path.display()))?;
        ensure!(report.ds == oracle.ds, "{} is of {}, not of {}", path.display(), report.ds, oracle.ds);
        rounds.iter_mut().for_each(|round| round.push(report.clone()));
    }
    writeln!(
        out,
        "{}: {} relations, {} actors; {} rounds; median / p99 of each question's best, median of the rounds",
        oracle.ds,
        meta.n_edges,
        meta.n_actors,
        rounds.len()
    )?;
    writeln!(out, "\n{}", figures(terms, &rounds))?;
    if terms.peers.contains(&Name::Allegiance) {
        writeln!(out, "\n{}", ratios(terms, &rounds))?;
    }
    let checked = check(&oracle, &rounds);
    checked.short.iter().try_for_each(|line| writeln!(out, "\n{line}"))?;
    checked.wrong.iter().try_for_each(|line| writeln!(out, "\n{line}"))?;
    if checked.wrong.is_empty() {
        let each: Vec<String> = oracle.kinds.iter().map(|(kind, timed)| format!("{kind} {}", timed.n)).collect();
        writeln!(
            out,
            "\nEvery answer given is the oracle's; checked of each round were the first {}.",
            each.join(", ")
        )?;
    }
    Ok(checked.wrong.is_empty())
}

/// Runs a peer in a process of its own.
fn child(dir: &Path, peer: Name, kinds: &[Kind], arguments: &[&str]) -> Result<Report> {
    let program = std::env::current_exe().context("cannot tell where this program is")?;
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
    let mut command = Command::new(program);
    command.arg("run").arg(dir).args(["--peer", peer.word(), "--kinds", &kinds.join(",")]).args(arguments);
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot run {peer}"))?;
    if !output.status.success() {
        bail!("{peer} failed: {}", output.status);
    }
    serde_json::from_slice(&output.stdout).with_context(|| format!("{peer} gave no report"))
}

/// What came of holding answers against the oracle's, a line for each peer, round and kind.
#[derive(Debug, Default, PartialEq, Eq)]
struct Checked {
    /// Where answers differ.
    wrong: Vec<String>,
    /// Where fewer were given than asked for.
    short: Vec<String>,
}

fn check(oracle: &Report, rounds: &[Vec<Report>]) -> Checked {
    let mut checked = Checked::default();
    for (round, report) in
        rounds.iter().enumerate().flat_map(|(round, all)| all.iter().map(move |one| (round + 1, one)))
    {
        for (kind, expected) in &oracle.kinds {
            let Some(timed) = report.kinds.get(kind) else {
                checked.short.push(format!("{}, round {round}: does not answer {kind}", report.peer));
                continue;
            };
            let is_wrong = |&place: &usize| {
                let digests = timed.digests.get(place).zip(expected.digests.get(place));
                timed.checks[place] != expected.checks[place] || digests.is_some_and(|(one, other)| one != other)
            };
            let both = timed.checks.len().min(expected.checks.len());
            let wrong: Vec<usize> = (0..both).filter(is_wrong).collect();
            if let Some(first) = wrong.first() {
                let (peer, count, first) = (&report.peer, wrong.len(), first + 1);
                checked.wrong.push(format!(
                    "{peer}, round {round}: {count} of {both} answers to {kind} are not the oracle's, first the one to question {first}"
                ));
            }
            if timed.n < expected.n {
                checked
                    .short
                    .push(format!("{}, round {round}: {kind} {} times within the budget", report.peer, timed.n));
            }
        }
    }
    checked
}

type Megabytes = fn(&Report) -> Option<f64>;

fn figures(terms: &Terms, rounds: &[Vec<Report>]) -> Table {
    let mut table = table(terms.markdown);
    let peers = rounds.first().map(Vec::as_slice).unwrap_or_default();
    table.set_header(std::iter::once("").chain(peers.iter().map(|report| report.peer.as_str())));
    let over_rounds = |place: usize, value: &dyn Fn(&Report) -> Option<f64>| {
        median(rounds.iter().filter_map(|round| value(&round[place])).collect())
    };
    let mut row = |title: &str, cell: &dyn Fn(usize) -> String| {
        table.add_row(std::iter::once(title.to_owned()).chain((0..peers.len()).map(cell)));
    };
    for kind in &terms.kinds {
        row(kind.title(), &|place| {
            let median = over_rounds(place, &|report| Some(report.kinds.get(kind)?.median_us));
            let p99 = over_rounds(place, &|report| Some(report.kinds.get(kind)?.p99_us));
            median.zip(p99).map_or("–".to_owned(), |(median, p99)| format!("{} / {}", time(median), time(p99)))
        });
    }
    row("load, first round", &|place| format!("{:.2} s", peers[place].load_s));
    let memory: [(&str, Megabytes); 4] = [
        ("memory after load", |report| report.rss_now_mb),
        ("memory after all questions", |report| report.rss_end_mb),
        ("of that, pages of files", |report| report.file_end_mb),
        ("memory at most", |report| report.hwm_end_mb),
    ];
    for (title, value) in memory {
        row(title, &|place| over_rounds(place, &value).map_or("–".to_owned(), |mb| format!("{mb:.0} MB")));
    }
    aligned(table, 1)
}

fn ratios(terms: &Terms, rounds: &[Vec<Report>]) -> Table {
    let mut table = table(terms.markdown);
    table.set_header(["allegiance over", "what", "ratio", "at most", ""]);
    for bound in &BOUNDS {
        let Some(ratio) = bound.ratio(rounds) else { continue };
        let beside: Vec<&str> = bound.beside.iter().map(|name| name.word()).collect();
        let met = if ratio <= bound.at_most { "met" } else { "not met" };
        table.add_row([beside.join(" or ").as_str(), &bound.figure.words(), &told(ratio), &told(bound.at_most), met]);
    }
    aligned(table, 2)
}

fn table(markdown: bool) -> Table {
    let mut table = Table::new();
    table.load_style(if markdown { presets::ASCII_MARKDOWN } else { presets::UTF8_FULL_CONDENSED });
    table
}

/// Figures to the right, in every column from `first` on.
fn aligned(mut table: Table, first: usize) -> Table {
    for column in table.column_iter_mut().skip(first) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// A ratio as one speaks of it: `2.5`, or `1/17.6` for small ones.
fn told(ratio: f64) -> String {
    if ratio > 0.4 { format!("{ratio:.2}") } else { format!("1/{:.1}", 1.0 / ratio) }
}

/// Microseconds in a unit that fits, with three digits.
fn time(microseconds: f64) -> String {
    let (value, unit) = match microseconds {
        us if us < 1000.0 => (us, "µs"),
        us if us < 1_000_000.0 => (us / 1000.0, "ms"),
        us => (us / 1_000_000.0, "s"),
    };
    let digits = if value < 10.0 { 2 } else { usize::from(value < 100.0) };
    format!("{value:.digits$} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate;
    use crate::measure::{self, run};

    #[test]
    fn times_have_three_digits_and_a_unit() {
        let told = [0.04, 2.594, 34.56, 634.6, 1936.0, 35_120.0, 8_500_000.0].map(time);
        assert_eq!(told, ["0.04 µs", "2.59 µs", "34.6 µs", "635 µs", "1.94 ms", "35.1 ms", "8.50 s"]);
    }

    #[test]
    fn ratios_are_told_as_parts_where_they_are_small() {
        assert_eq!([2.5, 1.0, 0.2, 0.0569].map(told), ["2.50", "1.00", "1/5.0", "1/17.6"]);
    }

    fn report(name: Name, count: usize) -> Report {
        let dir = tempfile::tempdir().expect("a folder");
        generate::generate(dir.path(), 500, 50, 3).expect("a set");
        let terms = measure::Terms { kinds: Kind::ALL.to_vec(), count, passes: 1, budget: 60.0, reopen: false };
        run(dir.path(), name, &terms).expect("a report")
    }

    #[test]
    fn a_wrong_answer_is_found_even_where_counts_and_sums_are_right() {
        let (oracle, right) = (report(Name::Oracle, 200), report(Name::Petgraph, 200));
        assert_eq!(check(&oracle, &[vec![right.clone()]]), Checked::default());
        let mut wrong = right.clone();
        wrong.kinds.get_mut(&Kind::Allies).expect("asked").digests[4] = "0".repeat(16);
        let told = check(&oracle, &[vec![right.clone()], vec![wrong]]).wrong;
        assert_eq!(
            told,
            ["petgraph, round 2: 1 of 200 answers to allies are not the oracle's, first the one to question 5"]
        );
        let mut wrong = right;
        wrong.kinds.get_mut(&Kind::Path).expect("asked").checks[0] += 1;
        assert!(check(&oracle, &[vec![wrong]]).wrong[0].contains("answers to path are not the oracle's"));
    }

    #[test]
    fn answers_that_are_missing_are_told_and_are_not_wrong() {
        let (oracle, mut short) = (report(Name::Oracle, 200), report(Name::Petgraph, 150));
        short.kinds.remove(&Kind::Aggr);
        let checked = check(&oracle, &[vec![short]]);
        assert!(checked.wrong.is_empty());
        assert_eq!(checked.short[0], "petgraph, round 1: rel_at 150 times within the budget");
        assert_eq!(checked.short[4], "petgraph, round 1: does not answer aggr");
    }
}
