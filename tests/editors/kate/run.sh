#!/usr/bin/env bash
# Tests the settings of server/editors/kate in a real Kate without a window, on a fresh copy of tests/examples/editor/: Kate starts
# the server for each format and receives the finding. What Kate shows is not tested, because nothing reads its window.
#
#   run.sh BINARY
#
# Needs Kate 22.12 or later, and dbus-run-session (Debian: kate, dbus).
set -euo pipefail

binary=$(realpath "${1:?usage: run.sh BINARY}")
here=$(cd "$(dirname "$0")" && pwd)
for program in kate dbus-run-session; do
    command -v "$program" >/dev/null || { echo "$program is not installed" >&2; exit 2; }
done

work=$(mktemp -d)
kate=
cleanup() {
    [ -z "$kate" ] || kill -- "-$kate" 2>/dev/null || true
    sleep 0.5
    rm -rf "$work"
}
trap cleanup EXIT
cp -r "$here/../../examples/editor" "$work/files"
mkdir -p "$work/bin" "$work/config/kate/lspclient" "$work/home/.local/share/kate/sessions"
cp "$here/../../../server/editors/kate/settings.json" "$work/config/kate/lspclient/"
# Kate asks before it starts a server for the first time; this is the answer.
printf '[lspclient]\nAllowedServerCommandLines=%s lsp\n' "$work/bin/connect-policy" >"$work/config/katerc"
printf '[Kate Plugins]\nlspclientplugin=true\n' >"$work/home/.local/share/kate/sessions/test.katesession"
# The server, with copies of what it receives and sends.
printf '#!/bin/sh\necho $$ >"%s"\nexec "%s" "$@"\n' "$work/server" "$binary" >"$work/bin/server"
printf '#!/bin/sh\ntee "%s" | server "$@" | tee "%s"\n' "$work/received" "$work/sent" >"$work/bin/connect-policy"
chmod +x "$work"/bin/*
chmod 700 "$work"
unset WAYLAND_DISPLAY DISPLAY
export PATH=$work/bin:$PATH HOME=$work/home XDG_CONFIG_HOME=$work/config XDG_RUNTIME_DIR=$work QT_QPA_PLATFORM=offscreen
kate --version

until_holds() {
    local end=$((SECONDS + 30))
    until "${@:2}" 2>/dev/null; do
        [ "$SECONDS" -lt "$end" ] || { echo "FAIL $file: $1"; tail -n 5 "$work/log"; exit 1; }
        sleep 0.1
    done
}
no_server() { ! kill -0 "$(cat "$work/server")"; }
found() { grep -aF "/$file\"" "$work/sent" | grep -qaF "unknown action \`connect:DescribeUsr\`"; }

for file in policy.json template.yaml main.tf; do
    rm -f "$work"/{received,sent,server,log}
    # In a process group of its own, which is ended together.
    set -m
    dbus-run-session kate --start test "$work/files/$file" >"$work/log" 2>&1 &
    kate=$!
    set +m
    until_holds 'the server is not started' test -s "$work/received"
    until_holds 'the typo is not found' found
    pkill -TERM -g "$kate" -x kate
    until_holds 'the server does not end with Kate' no_server
    wait "$kate" 2>/dev/null || true
    kate=
    echo "ok   $file: Kate starts the server, which finds the typo and ends with Kate"
done
