#!/usr/bin/env bash
# All set-up, then samples/Dpo: a small Llama learns emergency advice by supervised fine-tuning and DPO. Arguments go to the sample.
# Then samples/DataReport looks at the data that it learnt from.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/eng/environment.sh"
bash "$root/eng/setup.sh"

log=$root/artifacts/demo.log
for sample in Dpo DataReport; do
  dotnet build "$root/samples/$sample" -c Release -v quiet --no-restore >"$log" 2>&1 || {
    grep -E 'error' "$log" | sort -u | head -n 20
    echo "demo: the build failed; the log is $log." >&2
    exit 1
  }
done
dotnet run --project "$root/samples/Dpo" -c Release --no-build -- "$@"
exec dotnet run --project "$root/samples/DataReport" -c Release --no-build
