#!/usr/bin/env bash
# Packs the libraries into artifacts/packed, or into the folder given.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/eng/environment.sh"
bash "$root/eng/setup.sh"
output=${1:-$root/artifacts/packed}
for project in "$root"/src/*/*.csproj; do
  dotnet pack "$project" -c Release -v quiet --no-restore -o "$output"
done
ls "$output"
