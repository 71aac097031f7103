#!/usr/bin/env bash
# Puts a real VS Code (workbench for a browser, server, extension host) into DEST, from npm alone.
#
#   install-vscode.sh DEST [CODE_SERVER_VERSION]
#
# The download is the npm package code-server, of which only lib/vscode is kept: that is a complete VS Code
# server, and version 4.N.P of the package is VS Code 1.N.P. DEST/vscode/out/server-main.js starts it. A DEST
# that already holds the version asked for by the same Node is left as it is.
#
# Needs node 20 with its headers, npm, a C++ compiler, make and python3 (for three native modules).
set -euo pipefail

dest=${1:?usage: install-vscode.sh DEST [CODE_SERVER_VERSION]}
version=${2:-4.100.3}

mkdir -p "$dest"
dest=$(cd "$dest" && pwd)
stamp="code-server $version, node $(node --version)"
if [ "$(cat "$dest/installed" 2>/dev/null)" = "$stamp" ]; then
    echo "$stamp is already in $dest"
    exit 0
fi

step() { printf '[%ss] %s\n' "$SECONDS" "$*"; }
export npm_config_loglevel=error npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false

rm -rf "$dest/vscode" "$dest/package" "$dest/installed"
cd "$dest"
npm pack "code-server@$version" >/dev/null
tar -xzf "code-server-$version.tgz" package/lib/vscode
mv package/lib/vscode vscode
rm -rf package "code-server-$version.tgz"
step "unpacked"

# The package's shrinkwrap pins every dependency. Install scripts stay off, since some of them download programs
# that nothing here uses; the native modules that the server cannot start without are built below.
cd vscode
npm install --ignore-scripts --omit=dev --legacy-peer-deps
step "dependencies installed"

npm_cli=$(readlink -f "$(command -v npm)")
node_gyp=$(dirname "$npm_cli")/../node_modules/node-gyp/bin/node-gyp.js
# With the headers beside this node, node-gyp need not download them.
prefix=$(node -p 'require("node:path").resolve(process.execPath, "../..")')
headers=()
[ -e "$prefix/include/node/node.h" ] && headers=(--nodedir="$prefix")

for module in @vscode/spdlog native-watchdog @vscode/native-watchdog node-pty; do
    [ -d "node_modules/$module" ] || continue
    if ! (cd "node_modules/$module" && node "$node_gyp" rebuild "${headers[@]}" >gyp.log 2>&1); then
        tail -n 30 "node_modules/$module/gyp.log" >&2
        exit 1
    fi
    step "built $module"
done

# The workbench looks for its modules here.
ln -sfn node_modules node_modules.asar
# Search is all that ripgrep is for, and the one on PATH will do.
if [ -d node_modules/@vscode/ripgrep ] && command -v rg >/dev/null; then
    mkdir -p node_modules/@vscode/ripgrep/bin
    ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
fi

node out/server-main.js --version
echo "$stamp" >"$dest/installed"
step "VS Code is in $dest"
