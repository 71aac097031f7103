#!/usr/bin/env bash
# Checks $PATHS: annotations to the log, SARIF to a file. Writes the file, the exit code, and whether to upload the file to the
# step's outputs.
set -euo pipefail
: "${PATHS:?} ${PROGRAM:?} ${UPLOAD:?}"

read -ra paths <<<"$PATHS"
options=(--level "$LEVEL" --quiet)
[ -z "$BASELINE" ] || options+=(--baseline "$BASELINE")
[ -z "$CONFIG" ] || options+=(--config "$CONFIG")

status=0
"$PROGRAM" check --format github "${options[@]}" -- "${paths[@]}" || status=$?
sarif=$RUNNER_TEMP/connect-policy.sarif
# If the first run failed, so does this one, with the same message.
"$PROGRAM" check --format sarif --exit-zero "${options[@]}" -- "${paths[@]}" >"$sarif" 2>/dev/null || rm -f "$sarif"

upload=false
if [ "$UPLOAD" = true ] && [ -e "$sarif" ]; then
    # The token of a pull request from a fork must not write.
    upload=$(jq -r --arg here "$GITHUB_REPOSITORY" '(.pull_request.head.repo.full_name // $here) == $here' "$GITHUB_EVENT_PATH")
fi
{
    echo "status=$status"
    echo "sarif=$sarif"
    echo "upload=$upload"
} >>"$GITHUB_OUTPUT"
