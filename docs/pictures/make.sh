#!/usr/bin/env bash
# Draws the pictures of the gallery from the shipped data: `docs/pictures/make.sh [PROGRAM]`. `cargo test --test pictures` holds them against
# what the program draws today.
set -euo pipefail
cd "$(dirname "$0")"
program=${1:-../../target/debug/allegiance}
unset ALLEGIANCE_DATA

draw() {
  local file=$1
  shift
  "$program" "$@" 2>/dev/null >"$file"
}

draw syria-2015.svg export svg --at 2015
draw syria-2018.svg export svg --at 2018
draw syria-2025-11.svg export svg --at 2025-11
draw hts-2025-01.svg export svg --at 2025-01 --around HTS
draw matrix-2015-2025-01.svg matrix HTS ISIS al-Qaeda SDF Turkey Russia Iran us Israel assad-regime --at 2015 --vs 2025-01 --format svg
