"""The program beside other tools: what each finds, and how long it takes, as tables in Markdown.

    python3 tests/speed/peers target/dist/connect-policy --write README.md

The other tools are installed from PyPI and npm into a folder outside of the repository. Linux only, for the memory.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

# The documents and the language client are those of measure.py, next door.
sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

import installing
import slips
import speed
import table
import tools


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], prog="peers")
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    parser.add_argument("binary", help="the program, as it is released")
    parser.add_argument("--into", default=f"{cache}/connect-policy-peers", help="where the other tools are installed")
    parser.add_argument("--python", default=sys.executable, help="the Python to install them with, 3.10 to 3.13")
    parser.add_argument("--write", type=Path, help="a file to put the tables into, between its markers")
    parser.add_argument("--only", choices=["slips", "speed"], help="one of the tables; nothing is written then")
    return parser.parse_args()


def told(row):
    """Shows that something happens: all of it takes minutes."""
    print(row[0], file=sys.stderr, flush=True)
    return row


def speed_rows(sides, folder):
    for title, kind, task in speed.tasks(folder):
        yield told((title, speed.in_turns(task, [tool if speed.can(tool, kind) else None for tool in sides])))


def main():
    given = arguments()
    binary = str(Path(given.binary).resolve())
    target = given.write and given.write.resolve()
    programs = installing.install(installing.outside_of_repository(given.into), given.python)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # No tool reads the settings of whoever runs this.
        os.chdir(folder)
        os.environ.update(HOME=name, XDG_CONFIG_HOME=name)
        sides = tools.all_tools(binary, programs, installing.version)
        found = [] if given.only == "speed" else [told(row) for row in slips.rows(sides, folder)]
        costs = [] if given.only == "slips" else list(speed_rows(sides, folder))
    text = table.written(sides, costs, found)
    print(text)
    if target and not given.only:
        table.put_between_markers(target, text)


if __name__ == "__main__":
    main()
