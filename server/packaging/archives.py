"""Reads the archives of a release."""

import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path


def files_of(folder: Path, codes: Iterable[str]) -> Iterator[tuple[str, dict[str, bytes]]]:
    """The files in the archive of each platform that the folder has, by their path in it. Without any, it is an error."""
    found = False
    for code in codes:
        name = f"connect-policy-{code}"
        tar, zipped = folder / f"{name}.tar.gz", folder / f"{name}.zip"
        if tar.is_file():
            with tarfile.open(tar) as archive:
                entries = {entry.name: archive.extractfile(entry) for entry in archive if entry.isfile()}
                files = {path: file.read() for path, file in entries.items() if file}
        elif zipped.is_file():
            with zipfile.ZipFile(zipped) as archive:
                files = {path: archive.read(path) for path in archive.namelist() if not path.endswith("/")}
        else:
            continue
        found = True
        yield code, {path.removeprefix(f"{name}/"): data for path, data in files.items()}
    if not found:
        raise SystemExit(f"{folder} does not have an archive of a release")
