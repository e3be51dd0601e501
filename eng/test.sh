#!/usr/bin/env bash
# All set-up, then the whole suite. Arguments go to `dotnet test`, for example: --filter DpoLoss
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/eng/environment.sh"
bash "$root/eng/setup.sh" || exit 1
bash "$root/eng/tokenizers.sh"

log=$root/artifacts/test.log
dotnet build "$root/Alignment.sln" -c Release -v quiet -m:2 --no-restore >"$log" 2>&1 || {
  grep -E 'error|warning' "$log" | sort -u | head -n 20
  echo "test: the build failed; the log is $log." >&2
  exit 1
}
dotnet test "$root/Alignment.sln" -c Release --no-build -v quiet --logger 'console;verbosity=minimal' "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

# xunit's own counts, then their sum alone on a line.
echo
grep -E '^(Passed|Failed|Skipped)! +- ' "$log"
awk '/^(Passed|Failed|Skipped)! +- / {
       gsub(",", ""); for (i = 1; i <= NF; i++) { if ($i == "Failed:") f += $(i + 1); if ($i == "Passed:") p += $(i + 1); if ($i == "Skipped:") s += $(i + 1) } }
     END { printf "%d passed, %d failed, %d skipped\n", p, f, s; exit p == 0 }' "$log" || status=1
exit "$status"
