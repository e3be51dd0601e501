#!/usr/bin/env bash
# Are the tests awake? Plants one error at a time into a copy of the repository and runs the tests on it: each must fail.
#   eng/mutate.sh          all errors of eng/mutations.txt
#   eng/mutate.sh Kto      those whose line matches a regular expression
# Ends with 1 if an error goes unnoticed, does not compile, or its text is no longer in the file exactly once.
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/eng/environment.sh"
bash "$root/eng/setup.sh" || exit 1

# An error may make a test run for ever: none of these tests needs minutes. A line `# tests: FILTER` of the list says which run for those after it.
limit=180
tests=

# The recorded values lie beside the repository, not beside its copy.
folder=$root
while [ -z "${ALIGNMENT_GOLDEN:-}" ] && [ "$folder" != / ]; do
  if [ -d "$folder/shared/golden" ]; then export ALIGNMENT_GOLDEN=$folder/shared/golden; fi
  folder=$(dirname "$folder")
done

copy=$(mktemp -d "${TMPDIR:-/tmp}/alignment-mutate.XXXXXX")
trap 'rm -rf "$copy"' EXIT
tar -C "$root" --exclude=./artifacts --exclude=./.git -cf - . | tar -C "$copy" -xf -
mkdir "$copy/artifacts"
for part in offline-feed packages; do
  if [ -e "$root/artifacts/$part" ]; then ln -s "$root/artifacts/$part" "$copy/artifacts/$part"; fi
done

# Analyzers would turn some errors into warnings about style: only the compiler and the tests judge here.
compile() { dotnet build "$copy/$1" -c Release -v quiet -m:1 -p:RunAnalyzers=false -p:TreatWarningsAsErrors=false -p:WarningLevel=0 "${@:2}" >"$copy/build.log" 2>&1 </dev/null; }
bin=$copy/artifacts/bin
run() { timeout "$limit" dotnet test "$bin/Alignment.Tests/release/Alignment.Tests.dll" --filter "$tests" >"$copy/test.log" 2>&1 </dev/null; }

compile tests/Alignment.Tests || { grep -m 5 'error' "$copy/build.log"; echo "mutate: the copy does not build." >&2; exit 1; }
unchanged() { { compile src/Alignment --no-restore && cp "$bin"/Alignment/release/Alignment.* "$bin/Alignment.Tests/release/" && run; } || { grep -m 5 -E '^\s+Failed ' "$copy/test.log"; echo "mutate: the tests fail before any error is planted." >&2; exit 1; }; }

total=0 caught=0 tried=
report() { printf '%-12s %s: %s  ->  %s\n' "$1" "$file" "$text" "$replacement"; }
while IFS='|' read -r file text replacement; do
  case "$file" in
    '# tests: '*) tests=$(sed 's/^# tests: //' <<<"$file${text:+|$text}${replacement:+|$replacement}"); continue ;;
    '' | '#'*) continue ;;
  esac
  if [ -n "${1:-}" ] && ! grep -qE -- "$1" <<<"$file|$text|$replacement"; then continue; fi
  total=$((total + 1))
  original=$(cat "$root/$file" 2>/dev/null) || original=
  once=${original/"$text"/} all=${original//"$text"/}
  if [ "$once" = "$original" ]; then report 'NOT FOUND'; continue; fi
  if [ "$once" != "$all" ]; then report 'AMBIGUOUS'; continue; fi
  if [ "$tests" != "$tried" ]; then unchanged; tried=$tests; fi
  printf '%s\n' "${original/"$text"/"$replacement"}" >"$copy/$file"
  # The public face stays as it was, so the tests need not be compiled again.
  if ! compile src/Alignment --no-restore; then report 'NO BUILD'; grep -m 1 -oE 'error .*' "$copy/build.log"
  elif cp "$bin"/Alignment/release/Alignment.* "$bin/Alignment.Tests/release/" && run; then report 'NOT CAUGHT'
  else report caught; caught=$((caught + 1)); fi
  printf '%s\n' "$original" >"$copy/$file"
done <"$root/eng/mutations.txt"

echo
echo "$caught of $total planted errors caught"
[ "$total" -gt 0 ] && [ "$caught" = "$total" ]
