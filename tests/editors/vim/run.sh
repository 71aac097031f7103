#!/usr/bin/env bash
# Tests the server in a real Vim with ALE, without a window and with the settings of server/editors only, on a fresh copy of
# tests/examples/editor/: test.vim once for each format. Completion is not tested: ALE compares what is typed behind the colon with the
# start of each name, so it offers no actions.
#
#   run.sh BINARY
#
# Needs Vim 9 and ALE (Debian: vim, vim-ale).
set -euo pipefail

binary=$(realpath "${1:?usage: run.sh BINARY}")
here=$(cd "$(dirname "$0")" && pwd)
ale=/usr/share/vim-ale
command -v vim >/dev/null || { echo "vim is not installed" >&2; exit 2; }
[ -d "$ale" ] || { echo "ALE is not installed" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$here/../../examples/editor" "$work/files"
mkdir "$work/bin"
printf '#!/bin/sh\necho $$ >"%s"\nexec "%s" "$@"\n' "$work/server" "$binary" >"$work/bin/connect-policy"
chmod +x "$work/bin/connect-policy"
cat >"$work/vimrc" <<VIMRC
set nocompatible encoding=utf-8 rtp+=$ale
filetype plugin on
let g:ale_hover_to_preview = 1
runtime plugin/ale.vim
source $here/../../../server/editors/vim/ale.vim
VIMRC
cd "$work/files"
export PATH=$work/bin:$PATH HOME=$work TERM=dumb
vim --version | head -n 1
status=0
for file in policy.json template.yaml main.tf; do
    rm -f "$work/server"
    # The limit is for an editor that hangs.
    RESULT=$work/result timeout 60 vim -u "$work/vimrc" -i NONE -n --not-a-term -S "$here/test.vim" "$file" </dev/null >"$work/screen" 2>&1 || status=1
    cat "$work/result" 2>/dev/null || { status=1; cat "$work/screen"; }
    rm -f "$work/result"
    # The server ends with the editor.
    for _ in $(seq 100); do
        kill -0 "$(cat "$work/server" 2>/dev/null || echo none)" 2>/dev/null || continue 2
        sleep 0.1
    done
    echo "FAIL $file: the server has not ended"
    status=1
done
exit "$status"
