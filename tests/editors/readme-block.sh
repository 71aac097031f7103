#!/usr/bin/env bash
# Prints the fenced block of the README that holds TEXT, so that what runs in an editor is what the README says.
#
#   readme-block.sh LANGUAGE TEXT
set -euo pipefail

usage='usage: readme-block.sh LANGUAGE TEXT'
awk -v fence="\`\`\`${1:?$usage}" -v text="${2:?$usage}" '
    $0 == fence { inside = 1; block = ""; next }
    inside && $0 == "```" { inside = 0; if (index(block, text)) { found += 1; printf "%s", block } }
    inside { block = block $0 "\n" }
    END { if (found != 1) { print found + 0 " blocks of the README hold " text >"/dev/stderr"; exit 1 } }
' "$(dirname "$0")/../../README.md"
