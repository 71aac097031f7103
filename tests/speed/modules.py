#!/usr/bin/env python3
"""What references between the Terraform files of one folder cost: checking the folder, and a keystroke in a list that
all files use, with every file open.

    cargo build --profile dist && python3 tests/speed/modules.py target/dist/connect-policy
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from client import Client

RUNS = 9


def text(number, count, shape):
    """One file: a list of its own, and a policy that uses lists of others by its shape."""
    others = {
        "none": [],
        "next": [(number + 1) % count],  # each file uses the list of one other
        "one": [0],  # all files use one list
        "all": range(count),  # each file uses the lists of all
    }[shape]
    lists = ", ".join([f"local.list{other}" for other in others] + ['["connect:DescribeQueue", "connect:ListQueuess"]'])
    return (
        f'locals {{\n  list{number} = ["connect:DescribeUser", "connect:ListUsr"]\n}}\n\n'
        f'data "aws_iam_policy_document" "p{number}" {{\n  statement {{\n    actions   = concat({lists})\n'
        f'    resources = ["arn:aws:connect:us-east-1:123456789012:instance/0a1b2c3d-0000-4000-8000-00000000{number:04}/*"]\n  }}\n}}\n'
    )


def write(folder, count, shape):
    for number in range(count):
        (folder / f"f{number}.tf").write_text(text(number, count, shape), encoding="ascii")


def check(binary, folder):
    """Milliseconds of checking the folder."""
    times = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        subprocess.run([binary, "check", "--exit-zero", str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append((time.perf_counter() - begin) * 1e3)
    return statistics.median(times)


def instructions(binary, folder):
    """Millions of instructions of checking the folder on one thread, counted by callgrind."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", binary, "check", "--exit-zero", str(folder)]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True, text=True, env={"RAYON_NUM_THREADS": "1"})
    line = next(line for line in done.stderr.splitlines() if "Collected :" in line)
    return int(line.rsplit(":", 1)[1]) / 1e6


def keystroke(binary, folder, count):
    """Milliseconds from an edit of the first file's list to the diagnostics of all files."""
    client = Client([binary, "lsp"])
    client.start()
    uris = [(folder / f"f{number}.tf").as_uri() for number in range(count)]
    texts = [(folder / f"f{number}.tf").read_text(encoding="ascii") for number in range(count)]
    for uri, content in zip(uris, texts):
        client.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "terraform", "version": 1, "text": content}})
    time.sleep(2)
    drain(client)
    at = texts[0].splitlines()[1].index("ListUsr") + len("ListUsr")
    place = {"line": 1, "character": at}
    times = []
    for version in range(2, RUNS + 2):
        change = {"range": {"start": place, "end": place}, "text": "x"}
        waiting = set(uris)
        begin = time.perf_counter()
        client.notify("textDocument/didChange", {"textDocument": {"uri": uris[0], "version": version}, "contentChanges": [change]})

        def last(message):
            if message.get("method") == "textDocument/publishDiagnostics":
                waiting.discard(message["params"]["uri"])
            return not waiting

        client.wait_for(last)
        times.append((time.perf_counter() - begin) * 1e3)
    client.stop()
    return statistics.median(times)


def drain(client):
    """Reads what was sent before a request that is asked now is answered."""
    client.request("shutdown-barrier", None)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("binary")
    parser.add_argument("--count", action="store_true", help="count instructions too, which needs valgrind")
    arguments = parser.parse_args()
    print(f"{'shape':6} {'files':>5} {'check':>10} {'keystroke':>10}" + (f" {'instructions':>14}" if arguments.count else ""))
    for shape in ("none", "next", "one", "all"):
        for count in (40, 80, 160):
            folder = Path(tempfile.mkdtemp())
            try:
                write(folder, count, shape)
                row = f"{shape:6} {count:5} {check(arguments.binary, folder):7.1f} ms"
                row += f" {keystroke(arguments.binary, folder, count):7.1f} ms" if shape == "one" else " " * 11
                row += f" {instructions(arguments.binary, folder):12.1f} M" if arguments.count else ""
                print(row, flush=True)
            finally:
                shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
