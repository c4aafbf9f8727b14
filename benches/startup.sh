#!/usr/bin/env bash
# One question on the shipped data as a fresh process, beside sqlite3 opening a 300-row file and answering one query.
# Needs hyperfine, sqlite3 and python3. Prints user + system time of both in milliseconds, and their ratio.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sqlite3 "$work/relations.db" "
  CREATE TABLE relation(id TEXT PRIMARY KEY, subject TEXT, type TEXT, object TEXT, valid TEXT, note TEXT);
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
  INSERT INTO relation SELECT 'r' || i, 's' || (i % 50), 't' || (i % 20), 'o' || (i % 60), '2017/..',
    'a note of some eighty signs that makes the row as long as a curated one would be' FROM n;
  CREATE INDEX by_subject ON relation(subject);"
hyperfine --shell=none --ignore-failure --warmup 30 --runs 300 --export-json "$work/times.json" \
  "sqlite3 $work/relations.db \"SELECT * FROM relation WHERE subject = 's7'\"" \
  "target/release/allegiance allies HTS" >"$work/hyperfine.txt" 2>&1
python3 - "$work/times.json" <<'PYTHON'
import json, sys
sqlite, ours = ((r["user"] + r["system"]) * 1000 for r in json.load(open(sys.argv[1]))["results"])
print(f"sqlite3 {sqlite:.2f} ms, allegiance {ours:.2f} ms, ratio {ours / sqlite:.2f}")
PYTHON
