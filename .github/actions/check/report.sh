#!/usr/bin/env bash
# Reports which access a pull request adds and removes: in the step summary, and in one comment that later runs update. Without
# write access, as in pull requests from forks, only the summary is written.
set -euo pipefail
: "${PATHS:?} ${PROGRAM:?}"

number=$(jq -r '.pull_request.number // empty' "$GITHUB_EVENT_PATH")
if [ -z "$number" ]; then
    echo 'not a pull request: no report'
    exit 0
fi

# The revision before the change. Of the merge commit that GitHub checks out, it is the first parent.
base_sha=$(jq -r .pull_request.base.sha "$GITHUB_EVENT_PATH")
if [ "$(git rev-parse HEAD)" = "$GITHUB_SHA" ] && git rev-parse --quiet --verify 'HEAD^2^{commit}' >/dev/null; then
    base=HEAD^1
elif ! base=$(git merge-base HEAD "$base_sha" 2>/dev/null); then
    echo "::error::the report needs the commit before the change; set \`fetch-depth: 2\` for actions/checkout"
    echo 'status=2' >>"$GITHUB_OUTPUT"
    exit 0
fi

read -ra paths <<<"$PATHS"
options=(--against "$base" --quiet)
[ -z "$CONFIG" ] || options+=(--config "$CONFIG")
[ "$FAIL_ON_ESCALATION" != true ] || options+=(--fail-on-escalation)
report=$RUNNER_TEMP/connect-policy-report.md
status=0
"$PROGRAM" report "${options[@]}" -- "${paths[@]}" >"$report" || status=$?
{
    echo "status=$status"
    echo "report=$report"
} >>"$GITHUB_OUTPUT"
if [ "$status" -gt 1 ]; then
    exit 0
fi
if [ "$status" = 1 ]; then
    echo '::error::this pull request adds a risk; see the report'
fi
cat "$report" >>"$GITHUB_STEP_SUMMARY"

repository=$(jq -r '.pull_request.head.repo.full_name // empty' "$GITHUB_EVENT_PATH")
if [ "$COMMENT" != true ] || [ "$repository" != "$GITHUB_REPOSITORY" ]; then
    echo 'no comment: the report is in the summary of this run'
    exit 0
fi

api() {
    curl --fail --silent --show-error --retry 3 --header "Authorization: Bearer $TOKEN" \
        --header 'Accept: application/vnd.github+json' --header 'X-GitHub-Api-Version: 2022-11-28' "$@"
}

# A comment may have 65,536 characters.
limit=60000
mark='<!-- connect-policy: report -->'
text=$(cat "$report")
if [ "${#text}" -gt "$limit" ]; then
    text=${text:0:$limit}
    text="${text%$'\n'*}"$'\n\n'"The report is longer: see the summary of [this run]($GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID)."
fi

comments=$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues/$number/comments
own=
for ((page = 1; page <= 30; page++)); do
    list=$(api "$comments?per_page=100&page=$page") || { echo '::warning::cannot read the comments of this pull request'; exit 0; }
    own=$(jq -r --arg mark "$mark" 'map(select(.user.type == "Bot" and (.body // "" | startswith($mark)))) | .[0].url // empty' <<<"$list")
    if [ -n "$own" ] || [ "$(jq length <<<"$list")" -lt 100 ]; then
        break
    fi
done
# Most pull requests do not change access: they get no comment, unless there is one to update.
if [ -z "$own" ] && ! grep -q '^### ' "$report"; then
    echo 'no comment: access does not change'
    exit 0
fi
body=$(jq -n --arg text "$mark"$'\n'"$text" '{body: $text}')
method=POST
[ -z "$own" ] || method=PATCH
api --request "$method" --data @- "${own:-$comments}" <<<"$body" >/dev/null ||
    echo "::warning::cannot write the comment: add the permission \`pull-requests: write\` to the job, or read the summary of this run"
