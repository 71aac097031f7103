#!/usr/bin/env bash
# Packs the program as a release archive, with manual pages for `man` and completions for each shell.
#
#   archive.sh PROGRAM CODE OUT
#
# CODE is the platform as VS Code names it, for example linux-x64. The program must run here. Needs 7z for win32.
set -euo pipefail

usage='usage: archive.sh PROGRAM CODE OUT'
program=${1:?$usage} code=${2:?$usage}
mkdir -p "${3:?$usage}"
out=$(cd "$3" && pwd)
repo=$(cd "$(dirname "$0")/../.." && pwd)
name=connect-policy-$code
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/$name/completions"
suffix=
[[ $code != win32-* ]] || suffix=.exe
cp "$program" "$work/$name/connect-policy$suffix"
cp "$repo/LICENSE" "$repo/README.md" "$work/$name"
program=$work/$name/connect-policy$suffix
"$program" man "$work/$name/man/man1"
for shell in bash elvish fish powershell zsh; do
    "$program" completions "$shell" >"$work/$name/completions/connect-policy.$shell"
done
cd "$work"
if [[ $code == win32-* ]]; then
    7z a -bd "$out/$name.zip" "$name" >&2
else
    tar -czf "$out/$name.tar.gz" "$name"
fi
