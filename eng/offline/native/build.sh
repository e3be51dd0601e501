#!/usr/bin/env bash
# Builds torch_shim.cpp over the system's libtorch, or over the one that LIBTORCH names (PyTorch's own folder will do).
#   build.sh OUTPUT.so
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
output=$1
if [ -n "${LIBTORCH:-}" ]; then
  include=$LIBTORCH/include
  lib=$LIBTORCH/lib
  paths=(-L"$lib" -Wl,-rpath,"$lib")
else
  include=/usr/include
  lib=$(dirname "$(ldconfig -p | awk '/libtorch_cpu\.so/ { print $NF; exit }')")
  # Debian's default OpenBLAS has threads of its own that fight OpenMP's. An old-style rpath is inherited by libtorch's own lookups.
  paths=(-Wl,-rpath,"$lib/openblas-openmp")
fi
[ -f "$include/ATen/ATen.h" ] || { echo "No libtorch headers in $include: install libtorch-dev or set LIBTORCH to PyTorch's folder." >&2; exit 1; }

version=$(awk '/define TORCH_VERSION_(MAJOR|MINOR)/ { v[$2] = $3 } END { print v["TORCH_VERSION_MAJOR"] * 100 + v["TORCH_VERSION_MINOR"] }' \
  "$include/torch/csrc/api/include/torch/version.h" "$include"/torch/headeronly/version.h 2>/dev/null || true)
standard=c++17
[ "${version:-0}" -lt 211 ] || standard=c++20
libraries=(-ltorch -ltorch_cpu -lc10)
if [ -f "$lib/libtorch_cuda.so" ]; then libraries+=(-Wl,--no-as-needed -ltorch_cuda -lc10_cuda); fi
abi=()
# grep -c reads all of nm's output: -q stops at the first match, and with pipefail the broken pipe would say "none".
if [ -n "${LIBTORCH:-}" ] && ! nm -DC "$lib/libc10.so" 2>/dev/null | grep -c 'std::__cxx11::basic_string' >/dev/null; then abi=(-D_GLIBCXX_USE_CXX11_ABI=0); fi

mkdir -p "$(dirname "$output")"
g++ -std=$standard -O2 -fPIC -shared -fvisibility=hidden "${abi[@]}" "$here/torch_shim.cpp" -o "$output" \
  -I"$include" -I"$include/torch/csrc/api/include" "${libraries[@]}" -Wl,--disable-new-dtags "${paths[@]}"
