#!/usr/bin/env bash
# The same kind of question on two sets, each time as a fresh process, in turns.
#
#   benches/fresh.sh SET NAME SET NAME [RUNS]
#
# runs `allegiance --data SET allies NAME` for both, RUNS times each (default 200) after a tenth as many to warm up, and prints user + system
# and wall time of each in milliseconds (medians, and p99 of the wall), and the ratios second / first. A set is what --data takes;
# `embedded` is the one that comes with the program. ALLEGIANCE names another program than target/release/allegiance. Needs python3.
set -euo pipefail
if [ $# -lt 4 ] || [ $# -gt 5 ]; then
  sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
if [ -z "${ALLEGIANCE:-}" ]; then
  repository=$(cd "$(dirname "$0")/.." && pwd)
  cargo build --release --quiet --manifest-path "$repository/Cargo.toml"
  ALLEGIANCE=$repository/target/release/allegiance
fi
exec python3 - "$ALLEGIANCE" "$@" <<'PYTHON'
import os, statistics, sys, time

program, (first, first_name, second, second_name) = sys.argv[1], sys.argv[2:6]
runs = int(sys.argv[6]) if len(sys.argv) > 6 else 200
commands = [[program, "--data", first, "allies", first_name], [program, "--data", second, "allies", second_name]]
nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]


def run(command):
    begin = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=nowhere)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - begin
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1, 3):  # 1: nothing found, 3: only possibly
        sys.exit(f"{' '.join(command)}: exit code {code}")
    return (usage.ru_utime + usage.ru_stime) * 1000, wall * 1000, code


times = [[], []]
for turn in range(-(runs // 10), runs):
    for command, taken in zip(commands, times):
        result = run(command)
        if turn >= 0:
            taken.append(result)
medians = []
for command, taken in zip(commands, times):
    cpu, wall, codes = zip(*taken)
    medians.append((statistics.median(cpu), statistics.median(wall)))
    p99 = statistics.quantiles(wall, n=100, method="inclusive")[98] if len(wall) > 1 else wall[0]
    told = "" if set(codes) == {0} else f", exit code {', '.join(map(str, sorted(set(codes))))}"
    print(f"{command[2]} {command[4]}: user + system {medians[-1][0]:.2f} ms, wall {medians[-1][1]:.2f} ms (p99 {p99:.2f}){told}")
(cpu, wall), (cpu_second, wall_second) = medians
print(f"ratio: user + system {cpu_second / cpu:.2f}, wall {wall_second / wall:.2f} ({runs} runs each)")
PYTHON
