#!/usr/bin/env bash
# Packs the program of a release for Debian and its relatives, with manual pages and completions. The program is static, so the
# package depends on nothing.
#
#   package.sh VERSION ARCH ARCHIVE OUT
#
# ARCH is amd64 or arm64, ARCHIVE the matching connect-policy-alpine-*.tar.gz. Needs dpkg-deb.
set -euo pipefail

usage='usage: package.sh VERSION ARCH ARCHIVE OUT'
version=${1:?$usage} arch=${2:?$usage} archive=${3:?$usage} out=${4:?$usage}
# For the same bytes on each run.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-315532800}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
mkdir "$work/archive"
tar -xzf "$archive" -C "$work/archive" --strip-components=1
root=$work/root
share=$root/usr/share
install -Dm755 "$work/archive/connect-policy" "$root/usr/bin/connect-policy"
install -Dm644 "$work/archive/completions/connect-policy.bash" "$share/bash-completion/completions/connect-policy"
install -Dm644 "$work/archive/completions/connect-policy.zsh" "$share/zsh/vendor-completions/_connect-policy"
install -Dm644 "$work/archive/completions/connect-policy.fish" "$share/fish/vendor_completions.d/connect-policy.fish"
for page in "$work"/archive/man/man1/*.1; do
    install -Dm644 "$page" "$share/man/man1/$(basename "$page")"
    gzip -9n "$share/man/man1/$(basename "$page")"
done
doc=$share/doc/connect-policy
mkdir -p "$doc"
{
    printf 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n'
    printf 'Source: https://github.com/connect-policy/connect-policy\n\n'
    printf 'Files: *\nCopyright: %s\nLicense: MIT\n' "$(sed -n 's/^Copyright (c) //p' "$work/archive/LICENSE")"
    # In this format, an empty line is a dot.
    sed -e '1,/^Copyright/d' "$work/archive/LICENSE" | sed -e '/./,$!d' -e 's/^$/./' -e 's/^/ /'
} >"$doc/copyright"
printf 'connect-policy (%s) stable; urgency=medium\n\n  * See https://github.com/connect-policy/connect-policy/releases\n\n -- connect-policy <connect-policy@users.noreply.github.com>  %s\n' \
    "$version" "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$doc/changelog.gz"
mkdir "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<CONTROL
Package: connect-policy
Version: $version
Architecture: $arch
Maintainer: connect-policy <connect-policy@users.noreply.github.com>
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Section: devel
Priority: optional
Homepage: https://github.com/connect-policy/connect-policy
Description: language server and checker for Amazon Connect access policies
 Checks IAM policies and security profiles for Amazon Connect in JSON, YAML
 and Terraform, on the command line, in CI and in editors.
CONTROL
mkdir -p "$out"
dpkg-deb --root-owner-group -Zxz --build "$root" "$out/connect-policy_${version}_$arch.deb"
