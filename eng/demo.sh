#!/usr/bin/env bash
# All set-up, then the samples, whose results go to artifacts/demo: a small Llama learns to give emergency advice (Sft); from there a reward model,
# DPO, KTO and PPO learn which advice is the better one; a medical and a coding assistant learn from pairs of experts and from the feedback of a script;
# and the data is looked over.
# With arguments, which go to samples/Dpo, that sample runs alone before the data is looked over.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/eng/environment.sh"
bash "$root/eng/setup.sh"

samples=(Dpo DataReport)
[ $# -gt 0 ] || samples=(Sft RewardModel Dpo Kto Ppo MedicalAssistant CodingAssistant DataReport)
log=$root/artifacts/demo.log
for sample in "${samples[@]}"; do
  dotnet build "$root/samples/$sample" -c Release -v quiet --no-restore >"$log" 2>&1 || {
    grep -E 'error' "$log" | sort -u | head -n 20
    echo "demo: the build failed; the log is $log." >&2
    exit 1
  }
done

run() {
  local sample=$1
  shift
  printf '\n== %s\n' "$sample${*:+ $*}"
  dotnet run --project "$root/samples/$sample" -c Release --no-build -- "$@"
}

if [ $# -gt 0 ]; then
  run Dpo "$@"
else
  demo=$root/artifacts/demo
  rm -rf "$demo"
  run Sft --output "$demo/Sft"
  for sample in RewardModel Dpo Kto; do
    run "$sample" --model "$demo/Sft/model" --output "$demo/$sample"
  done
  run Ppo --model "$demo/Sft/model" --reward-model "$demo/RewardModel/model" --output "$demo/Ppo"
  run MedicalAssistant --offline --output "$demo/MedicalAssistant"
  run CodingAssistant --offline --output "$demo/CodingAssistant"
fi
run DataReport --output "$root/artifacts/demo/DataReport"
