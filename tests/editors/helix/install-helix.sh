#!/usr/bin/env bash
# Puts Helix into DEST, for a Debian whose own release has none: DEST/hx starts it.
#
#   install-helix.sh DEST [SUITE]
#
# The packages are those of a later Debian, from the mirror that this machine uses, with the C library that they need
# beside them; nothing of it is installed on the machine itself. A DEST that holds it already is left as it is.
set -euo pipefail

dest=${1:?usage: install-helix.sh DEST [SUITE]}
suite=${2:-trixie}

mkdir -p "$dest"
dest=$(cd "$dest" && pwd)
if [ "$(cat "$dest/installed" 2>/dev/null)" = "$suite" ]; then
    echo "Helix of $suite is already in $dest"
    exit 0
fi

# shellcheck disable=SC2016 # The dollar is apt's.
mirrors=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages')
mirror=$(grep -E '/debian/$' <<<"$mirrors" | head -n 1 || true)
[ -n "$mirror" ] || { echo "apt knows no mirror of Debian here, from which hx would come" >&2; exit 2; }

rm -rf "${dest:?}"/*
apt=$dest/apt
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$dest/root"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$apt/sources.list"
touch "$apt/status"
# An apt of its own: it knows of nothing installed, so it fetches what hx depends on as well.
own=(-qq -o Dir::Etc::SourceList="$apt/sources.list" -o Dir::Etc::SourceParts=/dev/null -o Dir::State="$apt"
    -o Dir::State::Lists="$apt/lists" -o Dir::State::Status="$apt/status" -o Dir::Cache="$apt/cache"
    -o APT::Sandbox::User="$(id -un)" -o Debug::NoLocking=true)
apt-get "${own[@]}" update
apt-get "${own[@]}" install --download-only --yes --no-install-recommends hx
for package in "$apt"/cache/archives/*.deb; do
    dpkg-deb --extract "$package" "$dest/root"
done
rm -rf "$apt"

cat >"$dest/hx" <<'SCRIPT'
#!/bin/sh
root=$(dirname "$(readlink -f "$0")")/root
libraries=$(dirname "$root"/usr/lib/*/ld-linux*.so.*)
export HELIX_RUNTIME=$root/usr/lib/hx/runtime
exec "$libraries"/ld-linux*.so.* --library-path "$libraries" "$root/usr/lib/hx/hx" "$@"
SCRIPT
chmod +x "$dest/hx"
"$dest/hx" --version
echo "$suite" >"$dest/installed"
