#!/usr/bin/env bash
# Builds the Windows program and the tests on Debian and runs them under wine. CI runs them on Windows itself; this is for
# those who have none at hand. Not a part of .ci/run: the first run takes about fifteen minutes on two cores (three to fetch
# the packages, two to build std, the rest the crates and the tests), a later one as long as what changed takes to build, and
# two minutes to run the tests.
#
#   windows-under-wine.sh DIR [CARGO_ARGUMENTS]
#
# DIR keeps the compiler, what was built and wine's files (about 4 GB). Without arguments: test --workspace. For instance:
#
#   windows-under-wine.sh ~/.cache/connect-policy-windows test -p connect-policy --test blackbox systems
#   windows-under-wine.sh ~/.cache/connect-policy-windows run --bin connect-policy -- tour
#
# Where rustup has std for Windows (`rustup target add x86_64-pc-windows-gnu`), that is used; otherwise std is built from the
# source that Debian packages with its newest compiler (rustc-web), without touching the installed toolchain. Needs root or
# sudo for mingw and wine, unless they are installed. Tests that need git or cargo are skipped: wine has neither.
set -euo pipefail
mkdir -p "${1:?usage: windows-under-wine.sh DIR [CARGO_ARGUMENTS]}"
dir=$(realpath "$1")
shift
[ $# -gt 0 ] || set -- test --workspace
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
target=x86_64-pc-windows-gnu
started=$SECONDS

main() {
    system_packages
    local std=()
    if ! rustup target list --installed 2>/dev/null | grep -qx "$target"; then
        source_of_std
        export RUSTC=$dir/rust/usr/bin/rustc RUSTC_BOOTSTRAP=1 LD_LIBRARY_PATH=$dir/rust/usr/lib/$(uname -m)-linux-gnu
        std=(-Zbuild-std=std,panic_unwind)
    fi
    wine_prefix
    export CARGO_TARGET_DIR=$dir/target
    export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc
    export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER=wine
    # Skipping is a failure in CI.
    unset CI
    local command=$1
    shift
    cargo "$command" --locked "${std[@]}" --target "$target" "$@"
    echo "done in $((SECONDS - started)) s"
}

system_packages() {
    local missing=()
    command -v x86_64-w64-mingw32-gcc >/dev/null || missing+=(gcc-mingw-w64-x86-64)
    command -v wine >/dev/null || missing+=(wine)
    [ ${#missing[@]} = 0 ] && return
    local sudo=
    [ "$(id -u)" = 0 ] || sudo=sudo
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# Takes the packages of Debian's newest compiler apart in $dir/rust, with the source of std in them.
source_of_std() {
    local version std llvm object
    if [ ! -e "$dir/rust/complete" ]; then
        mkdir -p "$dir/rust/packages"
        version=$(apt-cache policy rustc-web | sed -n 's/ *Candidate: //p')
        std=$(apt-cache depends libstd-rust-web-dev | sed -n 's/.*Depends: \(libstd-rust-web-[0-9.]*\)$/\1/p' | head -n 1)
        llvm=$(apt-cache depends "$std" | sed -n 's/.*Depends: \(libllvm[0-9]*\)$/\1/p' | head -n 1)
        (cd "$dir/rust/packages" &&
            apt-get download -qq rustc-web="$version" "$std" libstd-rust-web-dev rust-web-src "$llvm" &&
            for package in *.deb; do dpkg -x "$package" "$dir/rust"; done)
        rm -r "$dir/rust/packages"
        touch "$dir/rust/complete"
    fi
    # Two objects that belong to std for this target, and that building std does not make.
    local compiler=$dir/rust/usr/bin/rustc libraries
    export LD_LIBRARY_PATH=$dir/rust/usr/lib/$(uname -m)-linux-gnu
    libraries=$("$compiler" --print sysroot)/lib/rustlib
    mkdir -p "$libraries/$target/lib"
    for object in rsbegin rsend; do
        [ -e "$libraries/$target/lib/$object.o" ] || RUSTC_BOOTSTRAP=1 "$compiler" --target "$target" --crate-type lib --emit obj \
            -o "$libraries/$target/lib/$object.o" "$libraries/src/rust/library/rtstartup/$object.rs"
    done
    unset LD_LIBRARY_PATH
}

# wine's files. Older versions lack a DLL that std takes random bytes from.
wine_prefix() {
    export WINEPREFIX=$dir/wine WINEDEBUG=-all
    [ -e "$WINEPREFIX/system.reg" ] || wineboot --init >/dev/null 2>&1
    local dll=$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll
    if [ ! -e "$dll" ]; then
        x86_64-w64-mingw32-gcc -shared -o "$dll" "$here/bcryptprimitives.c" -ladvapi32
    fi
}

main "$@"
