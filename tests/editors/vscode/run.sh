#!/usr/bin/env bash
# Proves the extension in a real VS Code: installs the .vsix as a user would, then runs the tests inside the extension
# host (host/run.js, and host/multi.js for a workspace of two folders), those at the keyboard (ui.mjs, and typing.mjs for
# what Enter and Tab write) and those in an untrusted workspace (trust.mjs), most of them over a fresh copy of
# tests/examples/editor/.
#
#   run.sh VSCODE_DIR VSIX OUT_DIR
#
# VSCODE_DIR is what install-vscode.sh made; OUT_DIR gets logs and screenshots. Needs node 20 and chromium (or its path
# in CHROMIUM). PARTS="host ui" runs only these of host, multi, ui, typing and trust. Everything runs on the loopback
# interface, and what is started here ends here.
set -euo pipefail

usage='usage: run.sh VSCODE_DIR VSIX OUT_DIR'
server=$(realpath "${1:?$usage}")/vscode/out/server-main.js
vsix=$(realpath "${2:?$usage}")
mkdir -p "${3:?$usage}"
out=$(realpath "$3")
rm -f "$out"/*.png "$out"/*.log
here=$(cd "$(dirname "$0")" && pwd)

CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
[ -n "$CHROMIUM" ] || { echo "chromium is not installed" >&2; exit 2; }
[ -e "$server" ] || { echo "$server is missing: run install-vscode.sh first" >&2; exit 2; }
[ -d "$here/node_modules/playwright-core" ] || (cd "$here" && npm ci --no-audit --no-fund --loglevel=error)

work=$(mktemp -d)
# VS Code leaves its sockets behind, which are to go with the rest.
export TMPDIR=$work XDG_RUNTIME_DIR=$work
pid=
stop() {
    [ -n "$pid" ] || return 0
    # The server leads a process group of its own, so this reaches its children and nobody else.
    kill -- "-$pid" 2>/dev/null || true
    for _ in $(seq 50); do
        kill -0 -- "-$pid" 2>/dev/null || break
        sleep 0.1
    done
    kill -9 -- "-$pid" 2>/dev/null || true
    pid=
}
cleanup() {
    stop
    rm -rf "$out/logs"
    cp -r "$work/user/logs" "$out/logs" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

mkdir -p "$work/user/User" "$work/extensions" "$work/server"
cp "$here/settings.json" "$work/user/User/settings.json"
profile=(--user-data-dir "$work/user" --extensions-dir "$work/extensions" --server-data-dir "$work/server"
    --accept-server-license-terms --telemetry-level off)

# No gallery: nothing is looked up outside. No variable either that would replace the server in the package.
export EXTENSIONS_GALLERY='{}'
unset CONNECT_POLICY_SERVER

node "$server" "${profile[@]}" --install-extension "$vsix" >"$out/install.log" 2>&1 || true
grep -q 'successfully installed' "$out/install.log" || { cat "$out/install.log" >&2; exit 1; }

# Starts the server, with flags, and waits until it tells its port.
start() {
    local log=$out/server-$1.log
    shift
    # Here already, since it is read before the server has come as far as opening it.
    : >"$log"
    setsid node "$server" "${profile[@]}" --host 127.0.0.1 --port 0 --without-connection-token \
        --enable-smoke-test-driver "$@" >"$log" 2>&1 &
    pid=$!
    port=
    for _ in $(seq 300); do
        port=$(sed -n 's/^Extension host agent listening on \([0-9]*\).*/\1/p' "$log")
        [ -z "$port" ] || return 0
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    cat "$log" >&2
    exit 1
}

extension=$(echo "$work"/extensions/connect-policy.*)
status=0
# Runs a script of this folder, with arguments, on a workspace.
part() {
    local name=$1 workspace=$2
    shift 2
    [[ " ${PARTS:-$name} " == *" $name "* ]] || return 0
    echo "== $name"
    PORT=$port WORKSPACE=$workspace OUT=$out CHROMIUM=$CHROMIUM EXTENSION=$extension \
        node "$@" >"$out/$name.log" 2>&1 || status=1
    cat "$out/$name.log"
}

examples=$here/../../examples/editor
cp -r "$examples" "$work/host"
cp -r "$examples" "$work/ui"
mkdir "$work/multi" "$work/typing"
for folder in one two; do
    cp -r "$examples" "$work/multi/$folder"
done
printf '[rules]\nunknown-action = "error"\n' >"$work/multi/one/connect-policy.toml"
printf '[rules]\nunknown-action = "information"\n' >"$work/multi/two/connect-policy.toml"
echo '{ "folders": [] }' >"$work/multi/both.code-workspace"
# A workspace whose own settings choose a program, which leaves a mark when it runs.
cp -r "$examples" "$work/trust"
mkdir "$work/trust/.vscode"
printf '#!/bin/sh\ntouch "%s"\nexec "%s" "$@"\n' "$work/trust/has-run" "$extension/server/connect-policy" >"$work/trust/program"
chmod +x "$work/trust/program"
echo "{ \"connectPolicy.server.path\": \"$work/trust/program\" }" >"$work/trust/.vscode/settings.json"

start trusting --disable-workspace-trust
part host "$work/host" "$here/host.mjs" run
part multi "$work/multi/both.code-workspace" "$here/host.mjs" multi
part ui "$work/ui" "$here/ui.mjs"
stop
# VS Code's own support of JSON opens lists of its own.
mkdir "$work/builtin"
for own in "$(dirname "$server")"/../extensions/*; do
    [[ $own == */json-language-features ]] || ln -s "$(realpath "$own")" "$work/builtin/"
done
start typing --disable-workspace-trust --builtin-extensions-dir "$work/builtin"
part typing "$work/typing" "$here/typing.mjs"
stop
start careful
part trust "$work/trust" "$here/trust.mjs"
exit "$status"
