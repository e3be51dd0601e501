#!/usr/bin/env bash
# Checks that every public member of the stand-ins stands in the listings of the real packages.
#   check-api.sh SHARED, the folder that holds tools/ApiList and api/
set -euo pipefail
shared=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/eng/environment.sh"
tool=$root/artifacts/api-list
mkdir -p "$tool"
cp "$shared"/tools/ApiList/*.cs "$shared"/tools/ApiList/*.csproj "$tool/"
# A project of its own, outside this repository's settings.
echo '<Project />' >"$tool/Directory.Build.props"
dotnet build "$tool/ApiList.csproj" -c Release -v quiet -o "$tool/out" >"$tool/build.log" 2>&1 || { cat "$tool/build.log"; exit 1; }
for pair in TorchSharp:TorchSharp Microsoft.ML.Tokenizers:Microsoft.ML.Tokenizers Parquet.Net:Parquet; do
  package=${pair%%:*} assembly=${pair##*:}
  dotnet "$tool/out/ApiList.dll" "$root/artifacts/offline/bin/$package/release/$assembly.dll" --within "$shared/api/$package.txt" ""
done
