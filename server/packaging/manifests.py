#!/usr/bin/env python3
"""Fills the templates of this folder with the version and the checksums of a release.

    manifests.py VERSION SHA256SUMS OUT

In a template, `{{version}}` is the version, `{{releases}}` the address of the release's files, and `{{sha256:FILE}}` the
checksum of one of them. A file that SHA256SUMS does not list is an error.
"""

import re
import sys
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent / "templates"
REPOSITORY = "https://github.com/connect-policy/connect-policy"


def fill(text: str, version: str, checksums: dict[str, str]) -> str:
    """The text with values for its placeholders."""

    def value(found: re.Match) -> str:
        name = found[1]
        if name == "version":
            return version
        if name == "releases":
            return f"{REPOSITORY}/releases/download/v{version}"
        file = name.removeprefix("sha256:")
        if name == file or file not in checksums:
            raise SystemExit(f"manifests.py: SHA256SUMS does not list `{file}`")
        return checksums[file]

    return re.sub(r"\{\{(version|releases|sha256:[^}]+)\}\}", value, text)


def main(version: str, sums: str, out: str) -> None:
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise SystemExit(f"manifests.py: `{version}` is not a version such as 0.1.0")
    lines = [line.split() for line in Path(sums).read_text().splitlines()]
    checksums = {file: checksum for checksum, file in lines}
    for template in sorted(path for path in TEMPLATES.rglob("*") if path.is_file()):
        target = Path(out) / template.relative_to(TEMPLATES)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(fill(template.read_text(), version, checksums))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit("usage: manifests.py VERSION SHA256SUMS OUT")
    main(*sys.argv[1:])
