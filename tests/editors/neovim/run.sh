#!/usr/bin/env bash
# Proves the server in a real Neovim, without windows and without anybody's configuration but the README's, over a fresh
# copy of tests/examples/editor/: test.lua once for each format.
#
#   run.sh BINARY [NVIM]
#
# NVIM, 0.7 or later, is the one on PATH where nothing is named. From 0.11 on it starts the server by the README's
# configuration, which earlier ones do not understand.
set -euo pipefail

binary=$(realpath "${1:?usage: run.sh BINARY [NVIM]}")
nvim=${2:-nvim}
here=$(cd "$(dirname "$0")" && pwd)
command -v "$nvim" >/dev/null || { echo "$nvim is not installed" >&2; exit 2; }
nvim=$(realpath "$(command -v "$nvim")")
"$nvim" --version | head -n 1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here/../../examples/editor" "$work/files"
mkdir "$work/bin"
ln -s "$binary" "$work/bin/connect-policy"
config=NONE
if "$nvim" --clean --headless -c 'if has("nvim-0.11") | qall | else | cquit | endif'; then
    config=$work/init.lua
    "$here/../readme-block.sh" lua vim.lsp.config >"$config"
fi
cd "$work/files"
# The server that the README names; logs and the like go nowhere else either.
export PATH=$work/bin:$PATH HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache

status=0
for file in policy.json template.yaml main.tf; do
    # It ends by itself; the limit is for an editor that hangs.
    timeout 120 "$nvim" --headless -u "$config" -i NONE -n -S "$here/test.lua" "$file" || status=1
done
exit "$status"
