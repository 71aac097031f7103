#!/usr/bin/env bash
# Proves the server in a real Neovim, without windows and without anybody's configuration, over a fresh copy of
# tests/examples/editor/: test.lua once for each format.
#
#   run.sh BINARY
#
# Needs Neovim 0.7 or later.
set -euo pipefail

binary=$(realpath "${1:?usage: run.sh BINARY}")
here=$(cd "$(dirname "$0")" && pwd)
command -v nvim >/dev/null || { echo "nvim is not installed" >&2; exit 2; }
nvim --version | head -n 1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here/../../examples/editor" "$work/files"
cd "$work/files"
# Logs and the like go nowhere else either.
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache

status=0
for file in policy.json template.yaml main.tf; do
    # It ends by itself; the limit is for an editor that hangs.
    SERVER=$binary timeout 120 nvim --headless -u NONE -i NONE -n -S "$here/test.lua" "$file" || status=1
done
exit "$status"
