#!/usr/bin/env python3
"""Prints the section of a version in CHANGELOG.md: the notes of its release.

    notes.py VERSION
"""

import re
import sys
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"


def notes(changelog: str, version: str) -> str:
    """The text below the version's heading, up to the next one."""
    found = re.search(rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## |^\[[^\]]+\]: |\Z)", changelog, re.M | re.S)
    if not found or not found[1].strip():
        raise SystemExit(f"notes.py: CHANGELOG.md does not have a section of {version}")
    return found[1].strip()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: notes.py VERSION")
    print(notes(CHANGELOG.read_text(), sys.argv[1]))
