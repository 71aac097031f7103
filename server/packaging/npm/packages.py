#!/usr/bin/env python3
"""Writes the packages of a release for npm, ready for `npm pack` and `npm publish`.

    packages.py VERSION ARCHIVES OUT

OUT/connect-policy is the package that users install. The package for their platform is one of its optional dependencies, so npm
installs this one only, and no script runs at installation. ARCHIVES is a folder with `connect-policy-CODE.tar.gz` and `.zip`.
"""

import json
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from archives import files_of  # noqa: E402 (its folder is on the path only now)

PLATFORMS = {
    "linux-x64": {"os": ["linux"], "cpu": ["x64"], "libc": ["glibc"]},
    "linux-arm64": {"os": ["linux"], "cpu": ["arm64"], "libc": ["glibc"]},
    "alpine-x64": {"os": ["linux"], "cpu": ["x64"], "libc": ["musl"]},
    "alpine-arm64": {"os": ["linux"], "cpu": ["arm64"], "libc": ["musl"]},
    "darwin-x64": {"os": ["darwin"], "cpu": ["x64"]},
    "darwin-arm64": {"os": ["darwin"], "cpu": ["arm64"]},
    "win32-x64": {"os": ["win32"], "cpu": ["x64"]},
    "win32-arm64": {"os": ["win32"], "cpu": ["arm64"]},
}


def write_manifest(folder: Path, manifest: dict) -> None:
    common = {
        "license": "MIT",
        "homepage": "https://github.com/connect-policy/connect-policy",
        "repository": {"type": "git", "url": "git+https://github.com/connect-policy/connect-policy.git"},
    }
    (folder / "package.json").write_text(json.dumps(manifest | common, indent=2) + "\n")


def main(version: str, archives: str, out: str) -> None:
    platforms = []
    launcher = Path(out) / "connect-policy"
    for code, files in files_of(Path(archives), PLATFORMS):
        name = f"@connect-policy/{code}"
        platforms.append(name)
        folder = Path(out) / code
        folder.mkdir(parents=True)
        program = "connect-policy.exe" if code.startswith("win32") else "connect-policy"
        for file in (program, "LICENSE"):
            (folder / file).write_bytes(files[file])
        (folder / program).chmod(0o755)
        description = f"The program connect-policy for {code}"
        write_manifest(folder, {"name": name, "version": version, "description": description, **PLATFORMS[code]})
        if not (launcher / "LICENSE").exists():
            shutil.copytree(HERE / "launcher", launcher)
            (launcher / "LICENSE").write_bytes(files["LICENSE"])
    write_manifest(
        launcher,
        {
            "name": "connect-policy",
            "version": version,
            "description": "Language server and checker for Amazon Connect access policies",
            "keywords": ["amazon-connect", "aws", "iam", "language-server", "linter"],
            "bin": {"connect-policy": "run.js"},
            "main": "program.js",
            "engines": {"node": ">=18"},
            "optionalDependencies": {name: version for name in platforms},
        },
    )


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit("usage: packages.py VERSION ARCHIVES OUT")
    main(*sys.argv[1:])
