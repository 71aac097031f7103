#!/usr/bin/env bash
# Proves the server in a real Emacs with eglot, without windows and without anybody's configuration but the README's, over
# a fresh copy of tests/examples/editor/: test.el once for each format.
#
#   run.sh BINARY
#
# Needs Emacs 28 or later with eglot and yaml-mode (EMACS names another than the one on PATH).
set -euo pipefail

binary=$(realpath "${1:?usage: run.sh BINARY}")
here=$(cd "$(dirname "$0")" && pwd)
emacs=${EMACS:-emacs}
command -v "$emacs" >/dev/null || { echo "emacs is not installed" >&2; exit 2; }
for library in eglot yaml-mode; do
    "$emacs" --batch --eval "(progn (require 'package) (package-activate-all) (require '$library))" 2>/dev/null ||
        { echo "$emacs has no $library" >&2; exit 2; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here/../../examples/editor" "$work/files"
mkdir "$work/bin" "$work/home"
ln -s "$binary" "$work/bin/connect-policy"
"$here/../readme-block.sh" elisp eglot-server-programs >"$work/config.el"
cmp "$work/config.el" "$here/../../../server/editors/emacs/eglot.el"
cd "$work/files"
# The server that the README names, and nothing read or written at home.
export PATH=$work/bin:$PATH HOME=$work/home XDG_CONFIG_HOME=$work/home XDG_CACHE_HOME=$work/home TMPDIR=$work
status=0
for file in policy.json template.yaml main.tf; do
    # It ends by itself; the limit is for an editor that hangs.
    FILE=$file CONFIG=$work/config.el timeout 120 "$emacs" --batch -l "$here/test.el" 2>"$work/log" || {
        status=1
        cat "$work/log" >&2
    }
done
if ! "$emacs" --batch --eval "(progn (require 'package) (package-activate-all) (require 'lsp-mode))" 2>/dev/null; then
    [ "${CI:-}" != true ] || { echo "$emacs has no lsp-mode" >&2; exit 2; }
    echo "skipped: lsp-mode is not installed"
    exit "$status"
fi
for file in policy.json template.yaml main.tf; do
    FILE=$file CONFIG=$here/../../../server/editors/emacs/lsp-mode.el timeout 120 "$emacs" --batch -l "$here/lsp-mode.el" 2>"$work/log" || {
        status=1
        cat "$work/log" >&2
    }
done
exit "$status"
