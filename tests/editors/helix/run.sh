#!/usr/bin/env bash
# Proves the server in a real Helix, which knows nothing but windows, so it gets one of tmux's: keys are typed and the
# screen is read there. Over a fresh copy of tests/examples/editor/, with the README's languages.toml.
#
#   run.sh BINARY [HX]
#
# Needs tmux, and Helix 23.10 or later: the hx on PATH, or one that is named.
set -euo pipefail

binary=$(realpath "${1:?usage: run.sh BINARY [HX]}")
hx=${2:-hx}
here=$(cd "$(dirname "$0")" && pwd)
for program in "$hx" tmux; do
    command -v "$program" >/dev/null || { echo "$program is not installed" >&2; exit 2; }
done
hx=$(realpath "$(command -v "$hx")")
"$hx" --version

work=$(mktemp -d)
tmux=(tmux -u -S "$work/socket" -f /dev/null)
cleanup() {
    "${tmux[@]}" kill-server 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

mkdir -p "$work/bin" "$work/config/helix"
cp -r "$here/../../examples/editor" "$work/original"
cp -r "$work/original" "$work/files"
"$here/../readme-block.sh" toml language-server >"$work/config/helix/languages.toml"
cmp "$work/config/helix/languages.toml" "$here/../../../server/editors/helix/languages.toml"
# The server that the README names, which tells who it is.
printf '#!/bin/sh\necho $$ >"%s"\nexec "%s" "$@"\n' "$work/server" "$binary" >"$work/bin/connect-policy"
chmod +x "$work/bin/connect-policy"
export PATH=$work/bin:$PATH HOME=$work XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache LC_ALL=C.UTF-8
unset TMUX

TYPO=connect:DescribeUsr
passed=0
file=

screen() { "${tmux[@]}" capture-pane -p; }
press() { "${tmux[@]}" send-keys "$@"; }
write() { "${tmux[@]}" send-keys -l -- "$1"; }
command_line() { write ":$1"; press Enter; }

# Waits until a command holds; the rest is what to say where it never does.
until_holds() {
    local end=$((SECONDS + 20))
    until "${@:2}"; do
        if [ "$SECONDS" -ge "$end" ]; then
            printf 'FAIL %s: in vain: %s\n' "$file" "$1"
            screen 2>/dev/null || true
            tail -n 20 "$work/cache/helix/helix.log" 2>/dev/null || true
            exit 1
        fi
        sleep 0.05
    done
}
shows() { screen | grep -F -- "$1" >/dev/null; }
shows_none() { ! shows "$1"; }
see() { until_holds "$1 is seen" shows "$1"; }
offers() { screen | grep -E -- "$1 +function" >/dev/null; }
no_session() { ! "${tmux[@]}" has-session 2>/dev/null; }
no_server() { ! kill -0 "$(cat "$work/server")" 2>/dev/null; }
gone() { until_holds "$1 is gone" shows_none "$1"; }
ok() { passed=$((passed + 1)); printf 'ok   %s: %s\n' "$file" "$1"; }

# Types letter by letter, as a person does: of keys that come all at once, Helix 25.01 tells the server out of their order.
cursor() { "${tmux[@]}" display-message -p '#{cursor_x}'; }
moved() { [ "$(cursor)" != "$1" ]; }
stroke() {
    local before
    before=$(cursor)
    press "$@"
    until_holds "the cursor moves at $*" moved "$before"
}
type_text() {
    local at
    for ((at = 0; at < ${#1}; at++)); do
        stroke -l -- "${1:at:1}"
    done
}

# Writes over what is selected.
change() { press c; see ' INS '; }

# From inserting back to commands. What follows at once would make the escape an Alt of the next key.
leave() { press Escape; see ' NOR '; }

# Enter and Tab belong to the person who types: the first two keys of each line of ../typing.tsv are typed with their sign, then
# Enter, then Tab. The saved file then holds what was typed, and white space, and nothing else.
keys_leave_what_was_typed() {
    local format before typed after keys key count=0
    while IFS=$'\t' read -r format before typed after keys; do
        [ "$format" = "$1" ] || continue
        for key in $(cut -d ' ' -f 1,2 <<<"$keys"); do
            types_key "$(printf '%bx' "$before")" "${typed//%/$key}" "$(printf '%bx' "$after")"
            count=$((count + 1))
        done
    done <"$here/../typing.tsv"
    ok "$count keys, their sign, Enter and Tab leave what was typed"
}

# Types one of them; the two texts end in an x, since a shell takes line breaks from their ends.
types_key() {
    local before=${1%x} typed=$2 after=${3%x} rest
    printf '%s%s' "$before" "$after" >"$file"
    command_line reload
    # To the end of the line that the first text ends with.
    command_line "$(grep -c '' <<<"$before")"
    press A
    see ' INS '
    type_text "$typed"
    # A list has time to open by itself.
    sleep 0.2
    press Enter
    sleep 0.2
    press Tab
    leave
    command_line w
    until_holds "$typed is saved" grep -qF -- "$typed" "$file"
    rest=$(cat "$file"; echo x)
    rest=${rest%x}
    # Helix ends the last line of a file.
    rest=${rest%$'\n'}
    if [ "${rest#"$before$typed"}" != "$rest" ] && rest=${rest#"$before$typed"} && [ "${rest:0:1}" = $'\n' ]; then
        # What is left behind the white space is what was behind the cursor.
        rest=${rest#"${rest%%[![:space:]]*}"}
        # Helix continues a comment on the next line.
        if [ "${typed:0:1}" = '#' ] && [ "${rest:0:1}" = '#' ]; then
            rest=${rest#'#'}
            rest=${rest#"${rest%%[![:space:]]*}"}
        fi
        after=${after%$'\n'}
        [ "$rest" != "${after#"${after%%[![:space:]]*}"}" ] || return 0
    fi
    printf 'FAIL %s: behind %s, Enter and Tab there is:\n' "$file" "$typed"
    cat "$file"
    exit 1
}

# Puts the cursor on a text.
find_text() { write "/$1"; press Enter; }

# Saves the file and compares it with what it was, TYPO replaced.
expect_saved() {
    command_line w
    sed "s/$TYPO/$1/" "$work/original/$file" >"$work/expected"
    until_holds "the saved file has $1 for the typo" cmp -s "$work/files/$file" "$work/expected"
}

# The file's text again.
restore() {
    cp "$work/original/$file" "$work/files/$file"
    command_line reload
    find_text "$TYPO"
    see "unknown action \`$TYPO\`"
}

for file in policy.json template.yaml main.tf; do
    passed=0
    (cd "$work/files" && "${tmux[@]}" new-session -d -x 220 -y 50 "$hx" "$file")
    see ' NOR '

    find_text "$TYPO"
    see "unknown action \`$TYPO\`"
    [ "$(screen | grep -c '(unknown-action)')" = 1 ] || { screen; exit 1; }
    ok 'the typo is found, once'

    press Space a
    see "Replace with \`connect:DescribeUser\`"
    press Enter
    gone 'unknown action'
    expect_saved connect:DescribeUser
    ok 'the code action corrects the typo'
    restore

    change
    type_text connect:ListSecurityK
    until_holds 'the action is offered' offers connect:ListSecurityKeys
    press Tab Enter
    leave
    expect_saved connect:ListSecurityKeys
    gone 'unknown action'
    ok 'an action is taken from the list into the buffer'
    restore

    change
    type_text 'connect:Déscribe😀Usr'
    see "is not allowed in an action"
    # Behind wide letters, so that server and editor must count alike.
    for _ in U s r; do
        stroke BSpace
    done
    type_text Us
    for _ in D é s c r i b e 😀 U s; do
        stroke BSpace
    done
    type_text DescribeUsr
    see "unknown action \`$TYPO\`"
    leave
    expect_saved "$TYPO"
    press Space a
    see "Replace with \`connect:DescribeUser\`"
    press Enter
    expect_saved connect:DescribeUser
    ok 'a finding comes with an edit, and stands where it should'

    find_text connect:ListQueues
    press Space k
    see 'connect:ListQueues · List · Amazon Connect'
    ok 'hover tells of an action'

    command_line 'q!'
    until_holds 'Helix has ended' no_session
    until_holds 'the server has ended' no_server
    ok 'the server ends with the editor'
    printf '%s: %d passed\n' "$file" "$passed"
done

for format in json yaml tf; do
    passed=0
    file=$work/files/typing.$format
    : >"$file"
    (cd "$work/files" && "${tmux[@]}" new-session -d -x 220 -y 50 "$hx" "typing.$format")
    see ' NOR '
    keys_leave_what_was_typed "$format"
    command_line 'q!'
    until_holds 'Helix has ended' no_session
done
