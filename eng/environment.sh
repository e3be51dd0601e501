# What every script of eng/ wants of .NET: no telemetry, no logo, and no build server that outlives the script.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false
# .NET wants a home for its own files, which a bare environment may lack.
[ -n "${HOME:-}" ] && [ -w "${HOME:-/nonexistent}" ] || export DOTNET_CLI_HOME="${TMPDIR:-/tmp}/dotnet-home"
