#!/usr/bin/env bash
# Installs the release that the file `release` names, or $VERSION with $CHECKSUM, for the platform of the runner.
# Uses $PROGRAM instead if it is set. Writes the path of the program to the step's outputs.
set -euo pipefail

fail() {
    echo "::error::$1"
    exit 1
}

done_with() {
    "$1" --version
    echo "program=$1" >>"$GITHUB_OUTPUT"
}

if [ -n "$PROGRAM" ]; then
    path=$(command -v "$PROGRAM") || fail "\`$PROGRAM\` is not installed; check the input \`program\`"
    done_with "$path"
    exit 0
fi

case $RUNNER_OS in
    Linux) system=linux kind=tar.gz suffix= ;;
    macOS) system=darwin kind=tar.gz suffix= ;;
    Windows) system=win32 kind=zip suffix=.exe ;;
    *) fail "\`$RUNNER_OS\` is not supported; install the program and set the input \`program\`" ;;
esac
case $RUNNER_ARCH in
    X64) arch=x64 ;;
    ARM64) arch=arm64 ;;
    *) fail "\`$RUNNER_ARCH\` is not supported; install the program and set the input \`program\`" ;;
esac
name=connect-policy-$system-$arch
archive=$name.$kind

if [ -n "$VERSION" ]; then
    [ -n "$CHECKSUM" ] || fail "the input \`version\` needs \`checksum\`: the line of \`$archive\` in SHA256SUMS of the release"
    version=$VERSION checksum=$CHECKSUM
else
    # Line 1 has the version, the others are those of SHA256SUMS.
    release=$ACTION/release
    [ -e "$release" ] || fail "this commit of the action does not name a release; set the inputs \`version\` and \`checksum\`"
    version=$(head -n 1 "$release")
    checksum=$(awk -v name="$archive" '$2 == name { print $1 }' "$release")
    [ -n "$checksum" ] || fail "release $version does not have \`$archive\`"
fi

folder=$(mktemp -d "$RUNNER_TEMP/connect-policy.XXXXXX")
from=${CONNECT_POLICY_RELEASES:-https://github.com/connect-policy/connect-policy/releases/download}
curl --fail --silent --show-error --location --retry 3 --output "$folder/$archive" "$from/v$version/$archive" ||
    fail "cannot download $from/v$version/$archive"
if command -v sha256sum >/dev/null; then
    actual=$(sha256sum <"$folder/$archive")
else
    actual=$(shasum -a 256 <"$folder/$archive")
fi
[ "${actual%% *}" = "$checksum" ] || fail "the checksum of \`$archive\` is ${actual%% *}, but must be $checksum"
case $kind in
    # Windows' own tar reads zip files too; Git's does not.
    zip) "$SYSTEMROOT/System32/tar.exe" -xf "$(cygpath -w "$folder/$archive")" -C "$(cygpath -w "$folder")" ;;
    *) tar -xzf "$folder/$archive" -C "$folder" ;;
esac
done_with "$folder/$name/connect-policy$suffix"
