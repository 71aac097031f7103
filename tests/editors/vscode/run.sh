#!/usr/bin/env bash
# Proves the extension in a real VS Code: installs the .vsix as a user would, then runs the tests inside the extension
# host (host/run.js) and the tests at the keyboard (ui.mjs), each over a fresh copy of tests/examples/editor/.
#
#   run.sh VSCODE_DIR VSIX OUT_DIR
#
# VSCODE_DIR is what install-vscode.sh made; OUT_DIR gets logs and screenshots. Needs node 20 and chromium (or its path
# in CHROMIUM). Everything runs on the loopback interface, and what is started here ends here.
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
pid=
cleanup() {
    if [ -n "$pid" ]; then
        # The server leads a process group of its own, so this reaches its children and nobody else.
        kill -- "-$pid" 2>/dev/null || true
        for _ in $(seq 50); do
            kill -0 -- "-$pid" 2>/dev/null || break
            sleep 0.1
        done
        kill -9 -- "-$pid" 2>/dev/null || true
    fi
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

setsid node "$server" "${profile[@]}" --host 127.0.0.1 --port 0 --without-connection-token \
    --enable-smoke-test-driver --disable-workspace-trust >"$out/server.log" 2>&1 &
pid=$!
PORT=
for _ in $(seq 300); do
    PORT=$(sed -n 's/^Extension host agent listening on \([0-9]*\).*/\1/p' "$out/server.log")
    [ -z "$PORT" ] || break
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
done
[ -n "$PORT" ] || { cat "$out/server.log" >&2; exit 1; }

status=0
for part in host ui; do
    echo "== $part"
    cp -r "$here/../../examples/editor" "$work/$part"
    PORT=$PORT WORKSPACE=$work/$part OUT=$out CHROMIUM=$CHROMIUM \
        node "$here/$part.mjs" >"$out/$part.log" 2>&1 || status=1
    cat "$out/$part.log"
done
exit "$status"
