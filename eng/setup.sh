#!/usr/bin/env bash
# Makes this repository buildable on this machine. Idempotent and quick when nothing changed.
#   1. Tries a plain restore.
#   2. Where the feed lacks packages, builds stand-ins for them (eng/offline) over the system's libtorch and restores from there.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
artifacts=$root/artifacts
feed=$artifacts/offline-feed
state=$artifacts/setup.state
log=$artifacts/setup.log
source "$root/eng/environment.sh"

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

command -v dotnet >/dev/null || fail "no .NET SDK found: install the .NET 10 SDK (https://dotnet.microsoft.com/download) and try again."
case "$(dotnet --version 2>/dev/null)" in
  1[0-9].*) ;;
  *) fail "the .NET SDK is older than 10: install the .NET 10 SDK (https://dotnet.microsoft.com/download) and try again." ;;
esac
PATH=$PATH:/usr/sbin:/sbin # ldconfig, for those who are not root
mkdir -p "$artifacts"

# What the outcome depends on: our own sources, the SDK, and which libtorch is asked for.
fingerprint() {
  { cd "$root"
    find eng/offline eng/Packages.props Directory.Build.props eng/setup.sh -type f ! -path '*/obj/*' ! -path '*/bin/*' -print0 | sort -z | xargs -0 sha256sum
    find src tests samples eng -name '*.csproj' -print0 2>/dev/null | sort -z | xargs -0 -r sha256sum
    dotnet --version; printf '%s\n' "${LIBTORCH:-system}" "$root"; } | sha256sum | cut -d' ' -f1
}
now=$(fingerprint)
if [ "$(cat "$state" 2>/dev/null)" = "$now" ]; then
  if [ -d "$feed" ]; then say "up to date, with stand-ins (eng/offline)"; else say "up to date, with the public packages"; fi
  exit 0
fi

restore() { dotnet restore "$root/Alignment.sln" -v quiet -m:1 "$@"; }

# Restored is not yet usable: there are no natives for linux-arm64, and those for linux-x64 want a newer C++ library than some systems have.
natives_load() {
  [ "$(uname -s)" = Linux ] || return 0
  local packages platform=x64 version native needs
  [ "$(uname -m)" = x86_64 ] || platform=arm64
  version=$(sed -n 's/.*Include="TorchSharp" Version="\([^"]*\)".*/\1/p' "$root/eng/Packages.props")
  packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: //')
  native=$packages/torchsharp/$version/runtimes/linux-$platform/native/libLibTorchSharp.so
  [ -f "$native" ] || return 1
  needs=$(ldd "$native" 2>&1) || true # in whole before grep, which stops reading at its first match: with pipefail a broken pipe would say "loads"
  ! grep -q 'version .* not found' <<<"$needs"
}

if [ ! -d "$feed" ] && [ -z "${ALIGNMENT_OFFLINE:-}${LIBTORCH:-}" ]; then
  if restore >"$log" 2>&1; then
    if natives_load; then
      echo "$now" >"$state"
      say "restored the public packages"
      exit 0
    fi
    say "the public packages have no native code that this system can load: building stand-ins (eng/offline)"
  elif grep -q 'NU1301' "$log"; then
    fail "a package source can't be reached ($(grep -oE 'https?://[^ ]*' "$log" | head -n 1)): check the network and 'dotnet nuget list source', then try again; the log is $log."
  elif grep -qE 'NU110[0-9]|NU160[0-9]' "$log"; then
    say "the package feed lacks some packages: building stand-ins (eng/offline)"
  else
    say "a plain restore failed ($(grep -oE 'error [A-Z]+[0-9]+: .*' "$log" | head -n 1 | cut -c1-160)): building stand-ins (eng/offline)"
  fi
fi

# ---- what the stand-ins are built from
need=()
command -v g++ >/dev/null || need+=(g++)
if [ -z "${LIBTORCH:-}" ]; then
  [ -f /usr/include/ATen/ATen.h ] || need+=(libtorch-dev)
  compgen -G '/usr/lib/*/openblas-openmp/libopenblas.so.0' >/dev/null || need+=(libopenblas0-openmp)
fi
libraries=$(ldconfig -p) || true
grep -q 'libsnappy\.so' <<<"$libraries" || need+=(libsnappy1v5)
grep -q 'libzstd\.so' <<<"$libraries" || need+=(libzstd1)
if [ ${#need[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || fail "missing: ${need[*]}; install them with this system's package manager and try again."
  sudo=()
  if [ "$(id -u)" != 0 ]; then
    { command -v sudo >/dev/null && sudo -n true 2>/dev/null; } || fail "missing: ${need[*]}; run 'apt-get install ${need[*]}' as root and try again."
    sudo=(sudo -n)
  fi
  say "installing ${need[*]}"
  install() { "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${need[@]}" >>"$log" 2>&1; }
  { [ -n "$(ls -A /var/lib/apt/lists 2>/dev/null | grep -v -e lock -e partial)" ] && install; } ||
    { "${sudo[@]}" apt-get update >>"$log" 2>&1 && install; } ||
    fail "apt could not install ${need[*]} ($(tail -n 1 "$log")): check the network and try again; the log is $log."
fi

# ---- build, pack, restore
shim=$artifacts/offline/native/libtorch_shim.so
shim_state=$({ sha256sum "$root"/eng/offline/native/*; echo "${LIBTORCH:-system}"; } | sha256sum | cut -d' ' -f1)
if [ ! -f "$shim" ] || [ "$(cat "$shim.state" 2>/dev/null)" != "$shim_state" ]; then
  say "compiling the native part"
  bash "$root/eng/offline/native/build.sh" "$shim" >>"$log" 2>&1 || fail "g++ could not compile eng/offline/native; the log is $log."
  echo "$shim_state" >"$shim.state"
fi
fresh=$artifacts/offline-feed.new
rm -rf "$fresh"
dotnet pack "$root/eng/offline/Offline.sln" -c Release -v quiet -m:1 -p:PackageOutputPath="$fresh" >>"$log" 2>&1 || fail "the stand-ins did not build; the log is $log."
# The versions never change, so what an earlier restore unpacked must go.
for package in "$root"/eng/offline/*/*.csproj; do
  rm -rf "$artifacts/packages/$(basename "$package" .csproj | tr '[:upper:]' '[:lower:]')"
done
rm -rf "$feed"
mv "$fresh" "$feed"
restore >>"$log" 2>&1 || fail "the other packages could not be restored ($(grep -oE 'error [A-Z]+[0-9]+: .*' "$log" | tail -n 1 | cut -c1-200)): check the network and the package sources ('dotnet nuget list source') and try again; the log is $log."
echo "$now" >"$state"
say "restored with stand-ins (eng/offline) in artifacts/packages"
