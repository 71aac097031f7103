"""Installs the other tools, each apart from the others, in the versions that the README's tables are about."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

# setuptools 81 and later have no pkg_resources, which parliament imports.
FROM_PYPI = {
    "parliament": ["parliament==1.6.4", "boto3==1.44.5", "setuptools==80.9.0"],
    "cfn-lint": ["cfn-lint==1.58.0"],
    "cfn-lsp-extra": ["cfn-lsp-extra==0.7.5", "cfn-lint==1.58.0", "pygls==2.1.1", "boto3==1.44.5"],
}
# Version 2 asks for a newer Node than the rest of this repository.
FROM_NPM = {"yaml-language-server": "yaml-language-server@1.25.0"}


def version(name):
    """The version of a tool, as it is pinned here."""
    return FROM_NPM[name].partition("@")[2] if name in FROM_NPM else FROM_PYPI[name][0].partition("==")[2]


def install(folder, python):
    """The program of each tool, installed below the folder unless the same pins were installed there before."""
    programs = {}
    for name, pins in FROM_PYPI.items():
        ensure(folder / name, pins, lambda into, pins: from_pypi(into, pins, python))
        programs[name] = folder / name / "bin" / name
    for name, pin in FROM_NPM.items():
        ensure(folder / name, [pin], from_npm)
        programs[name] = folder / name / "node_modules" / ".bin" / name
    return {name: str(program) for name, program in programs.items()}


def ensure(into, pins, build):
    """Builds the folder anew unless it tells that it holds the pins."""
    note = into / "installed.json"
    if note.exists() and json.loads(note.read_text()) == pins:
        return
    print(f"installing {', '.join(pins)}", file=sys.stderr)
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    build(into, pins)
    note.write_text(json.dumps(pins))


def from_pypi(into, pins, python):
    run(python, "-m", "venv", into)
    run(into / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *pins)


def from_npm(into, pins):
    run("npm", "install", "--prefix", into, "--silent", "--ignore-scripts", "--no-audit", "--no-fund", *pins)


def run(*command):
    subprocess.run([str(part) for part in command], check=True, stdout=sys.stderr)


def outside_of_repository(folder):
    """The folder, which must not be one of the repository's."""
    repository = Path(__file__).resolve().parents[3]
    folder = Path(folder).expanduser().resolve()
    if folder == repository or repository in folder.parents:
        raise SystemExit(f"--into must lead out of {repository}")
    return folder
