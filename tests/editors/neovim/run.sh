#!/usr/bin/env bash
# Tests the server in a real Neovim, without a window and with the README's configuration only, on a fresh copy of
# tests/examples/editor/: test.lua once for each format, and typing.lua where Neovim completes by itself.
#
#   run.sh BINARY [NVIM]
#
# NVIM is version 0.7 or later (default: the one on PATH). The README has a configuration for 0.11 and later and one for 0.8
# to 0.10; in 0.7, test.lua starts the server itself.
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
touch "$work/files/connect-policy.toml" # The README's configuration takes its folder as the root.
mkdir "$work/bin"
ln -s "$binary" "$work/bin/connect-policy"
config=NONE
has() { "$nvim" --clean --headless -c "if has('nvim-$1') | qall | else | cquit | endif"; }
if has 0.11; then
    config=$work/init.lua
    "$here/../readme-block.sh" lua vim.lsp.config >"$config"
elif has 0.8; then
    config=$work/init.lua
    "$here/../readme-block.sh" lua vim.lsp.start >"$config"
fi
cd "$work/files"
# The README's command finds this server; logs and other files stay in this folder too.
export PATH=$work/bin:$PATH HOME=$work XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache

status=0
for file in policy.json template.yaml main.tf; do
    # The limit is for an editor that hangs.
    timeout 120 "$nvim" --headless -u "$config" -i NONE -n -S "$here/test.lua" "$file" || status=1
done
# The same with the file for nvim-lspconfig.
if has 0.11; then
    mkdir -p "$work/plugin/lsp"
    cp "$here/../../../server/editors/neovim/connect_policy.lua" "$work/plugin/lsp/"
    printf "vim.opt.runtimepath:prepend('%s')\nvim.lsp.enable('connect_policy')\n" "$work/plugin" >"$work/lspconfig.lua"
    for file in policy.json template.yaml main.tf; do
        timeout 120 "$nvim" --headless -u "$work/lspconfig.lua" -i NONE -n -S "$here/test.lua" "$file" || status=1
    done
fi
# What Enter and Tab write, where Neovim completes by itself.
if [ "$config" != NONE ]; then
    for extension in json yaml tf; do
        # Neovim recognizes Terraform by its content. typing.lua replaces it.
        echo "locals {}" >"typing.$extension"
        timeout 300 "$nvim" -l "$here/typing.lua" "$nvim" "$config" "typing.$extension" "$here/../typing.tsv" || status=1
    done
fi
exit "$status"
